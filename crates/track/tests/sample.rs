//! The sample newsroom is traced as `sample/expected.toml` says.

mod told;

use headwater_knowledge::{FILES, Lexicon};
use headwater_model::claim::Modality;
use headwater_track::Tracker;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use told::{Told, page};

#[derive(Deserialize)]
struct Newsroom {
    outlet: Vec<Outlet>,
    page: Vec<Page>,
}

#[derive(Deserialize)]
struct Outlet {
    id: String,
    name: String,
    name_zh: String,
    host: String,
    kind: String,
}

#[derive(Deserialize)]
struct Page {
    url: String,
    file: Option<String>,
    content_type: Option<String>,
    status: Option<u16>,
    round: Option<u32>,
}

#[derive(Deserialize)]
struct Expected {
    edge: Vec<Edge>,
    drift: Vec<Drift>,
    conflict: Vec<Conflict>,
}

#[derive(Deserialize)]
struct Edge {
    from: String,
    to: String,
    kind: String,
}

#[derive(Deserialize)]
struct Drift {
    dimension: String,
    at_url: String,
    from_value: String,
    to_value: String,
}

#[derive(Deserialize)]
struct Conflict {
    dimension: String,
    urls: Vec<String>,
}

fn sample() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../sample")
}

fn read<T: for<'a> Deserialize<'a>>(name: &str) -> T {
    toml::from_str(&std::fs::read_to_string(sample().join(name)).unwrap()).unwrap()
}

fn lexicon(outlets: &[Outlet]) -> Lexicon {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let entity = |o: &Outlet| {
        let kind = if o.kind == "official" { "agency" } else { "outlet" };
        format!(
            "[[entity]]\nid = {:?}\nkind = {kind:?}\nen = {:?}\nhans = {:?}\nsites = [{:?}]\n",
            o.id, o.name, o.name_zh, o.host
        )
    };
    let text: String = outlets.iter().map(entity).collect();
    std::fs::write(folder.path().join("sample.toml"), text).unwrap();
    Lexicon::new(headwater_knowledge::load(folder.path()).unwrap())
}

#[test]
fn the_newsroom_is_traced_as_expected() {
    let newsroom: Newsroom = read("newsroom.toml");
    let lexicon = lexicon(&newsroom.outlet);
    let mut tracker = Tracker::new(Arc::new(lexicon.knowledge().clone()));
    let mut told = Told::default();
    let mut pages: Vec<&Page> = newsroom.page.iter().filter(|p| p.file.is_some()).collect();
    pages.sort_by_key(|p| p.round.unwrap_or(1));
    for (n, p) in pages.into_iter().enumerate() {
        let body = std::fs::read(sample().join(p.file.as_ref().unwrap())).unwrap();
        let captured = format!("2026-07-01T{:02}:{:02}:00Z", n / 60, n % 60);
        let mut capture = page(&p.url, &captured, p.content_type.as_deref().unwrap_or("text/html"), body);
        capture.status = p.status.unwrap_or(200);
        told.take(&mut tracker, &lexicon, &capture);
    }
    let expected: Expected = read("expected.toml");
    let edges: BTreeSet<String> = told.derivations().into_iter().collect();
    for edge in expected.edge {
        let wanted = format!("{} {} {}", edge.from, edge.kind, edge.to);
        assert!(edges.contains(&wanted), "no edge {wanted}\n{edges:#?}");
    }
    let drifts: Vec<_> = told.groups.values().flat_map(|g| &g.drift).collect();
    for drift in expected.drift {
        // How firm a decision is, is for the analyser's specs to say; here it must have become firmer.
        let firmer = |to: &str| {
            let rung = |word: &str| Modality::ALL.iter().find(|m| m.word() == word).and_then(|m| m.rung());
            rung(to).is_some() && rung(to) > rung(&drift.from_value)
        };
        let fits = drifts.iter().any(|d| {
            d.dimension.word() == drift.dimension
                && told.urls[&d.to.capture] == drift.at_url
                && d.from_value == drift.from_value
                && (d.to_value == drift.to_value || firmer(&d.to_value))
        });
        assert!(fits, "no drift {} at {}", drift.dimension, drift.at_url);
    }
    for conflict in expected.conflict {
        let fits = told.groups.values().flat_map(|g| &g.conflicts).any(|c| {
            let urls: Vec<&String> = c.values.iter().map(|(_, cited)| &told.urls[&cited.capture]).collect();
            c.dimension.word() == conflict.dimension && conflict.urls.iter().all(|u| urls.contains(&u))
        });
        assert!(fits, "no conflict of {} between {:?}", conflict.dimension, conflict.urls);
    }
}
