//! A tracker that forgets: saved and restored at any moment, it goes on as if it had not been.

mod told;

use headwater_model::Capture;
use headwater_track::Tracker;
use std::sync::Arc;
use told::{LEXICON, Told};

/// Captures that the tracker remembers; many more are told.
const REMEMBERED: usize = 60;
const TOLD: usize = 700;

/// Reports of a few companies and agencies, some of which copy or cite an earlier one.
fn captures() -> Vec<Capture> {
    let firms = ["Huawei", "SMIC", "Cambricon", "NAURA", "Hygon"];
    let agencies =
        ["Commerce Department", "Ministry of Industry and Information Technology", "European Commission"];
    let document = |n: usize| {
        let (firm, agency) = (firms[n % 5], agencies[n % 3]);
        let told = match n % 4 {
            0 => format!("The {agency} fined {firm} ${} million on Monday over sales of chips.", 10 + n / 9),
            1 => format!(
                "{firm} has ordered {} servers, two people familiar with the order said.",
                1000 + n / 7
            ),
            2 => format!("The {agency} added {firm} and {} others to the Entity List.", 2 + n % 11),
            _ => format!(
                "{firm} denied that the {agency} had opened an investigation, Outlet {} reported.",
                n % 6
            ),
        };
        let text =
            format!("{told}\nThe case of {} is number {n} this year, and {firm} did not comment.", n / 3);
        let url = format!("http://outlet{}.example/{}", n % 6, n - n % 40 / 39);
        let captured = format!("2026-05-{:02}T{:02}:{:02}:00Z", 4 + n / 200, n / 60 % 24, n % 60);
        told::document(&url, "2026-05-04", &captured, &told, &text)
    };
    (0..TOLD).map(document).collect()
}

#[test]
fn what_is_forgotten_is_forgotten_alike_by_a_restored_tracker() {
    let knowledge = Arc::new(LEXICON.knowledge().clone());
    let (mut whole, mut told) = (Tracker::within(knowledge.clone(), REMEMBERED), Told::default());
    let (mut restored, mut told_again) = (Tracker::within(knowledge.clone(), REMEMBERED), Told::default());
    for (n, capture) in captures().iter().enumerate() {
        told.take(&mut whole, &LEXICON, capture);
        told_again.take(&mut restored, &LEXICON, capture);
        // Between two clearings of the indexes as well as on them.
        if n % 37 == 0 || n % 512 == 0 {
            restored = Tracker::restore(knowledge.clone(), &restored.save()).unwrap();
        }
    }
    assert!(told.groups.len() > 50, "{} groups", told.groups.len());
    assert_eq!(told.derivations(), told_again.derivations());
    assert_eq!(told, told_again);
    assert_eq!(whole.save(), restored.save());
}
