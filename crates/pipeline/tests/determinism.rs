//! The second law: live, rebuilt, interrupted, with one thread or four, the ledger is the same.

mod made;

use headwater_archive::{Item, SEGMENT_SIZE, Writer};
use headwater_knowledge::Lexicon;
use headwater_ledger::Ledger;
use headwater_model::capture::Position;
use headwater_model::note::{Decision, Note};
use headwater_pipeline::{Line, Workspace, check, rebuild};
use std::path::Path;
use std::sync::Arc;

/// A day: a report, its retellings in two languages, a decision, a denial, an edit, a page gone.
fn day() -> Vec<Item> {
    let lead = "The Commerce Department added 12 companies, including Huawei and SMIC, to the Entity List on Tuesday, \
                according to two people familiar with the matter. The list limits exports of advanced chips worth $2 billion a year.";
    let longer = format!(
        "{lead}\nThe department declined to comment. Analysts said that sales of as many as 40,000 units were at stake."
    );
    let zh = "据《晨星日报》6月9日报道，美国商务部将华为、中芯国际等12家企业列入实体清单，涉及每年约20亿美元的先进芯片出口。";
    let only =
        "Only Huawei and SMIC were added to the Entity List, the Morning Star Daily reported on Tuesday.";
    let denial =
        "A Commerce Department spokesman denied that Huawei and SMIC had been added to the Entity List.";
    let document = |host: &str, n: u32, title: &str, text: &str| {
        made::document(&format!("http://{host}/{n}"), n, title, text)
    };
    let mut edited = document(
        "star.example",
        1,
        "US adds 12 companies to list",
        &longer.replace("12 companies", "14 companies"),
    );
    edited.captured = "2026-06-09T15:00:00Z".parse().unwrap();
    let mut gone = document("copy.example", 2, "gone", "gone");
    (gone.status, gone.captured) = (404, "2026-06-09T16:00:00Z".parse().unwrap());
    let note = Note {
        made: "2026-06-09T10:30:00Z".parse().unwrap(),
        author: "editor".into(),
        reason: "no such rule".into(),
        decision: Decision::ConfirmMeasure { measure: "proposed-x".into(), confirmed: false, name: None },
    };
    vec![
        Item::Capture(document("star.example", 1, "US adds 12 companies to list", &longer)),
        Item::Capture(document("copy.example", 2, "Washington widens blacklist", &longer)),
        Item::Capture(document("zh.example", 3, "美国将12家企业列入实体清单", zh)),
        Item::Note(note),
        Item::Capture(document("only.example", 4, "Only two firms hit", only)),
        Item::Capture(document("agency.example", 5, "Statement", denial)),
        Item::Capture(edited),
        Item::Capture(gone),
    ]
}

fn lexicon() -> Arc<Lexicon> {
    Arc::new(Lexicon::new(headwater_knowledge::embedded()))
}

fn digest(workspace: &Workspace) -> String {
    Ledger::open(&workspace.ledger()).unwrap().digest().unwrap()
}

fn advance(workspace: &Workspace, lexicon: &Arc<Lexicon>) {
    let summary = Line::open(workspace, lexicon.clone()).unwrap().advance(&mut |_| {}).unwrap();
    assert_eq!(summary.faults, Vec::<String>::new());
}

/// Writes the day item by item into segments of a size, opening the line anew after every `step` items.
fn live(folder: &Path, lexicon: &Arc<Lexicon>, step: usize, segment: u64) -> Workspace {
    let workspace = Workspace::new(folder);
    for items in day().chunks(step) {
        let mut writer =
            Writer::with_segment_size(&workspace.archive(), Position::default(), segment).unwrap();
        for item in items {
            match item {
                Item::Capture(capture) => writer.resource(capture),
                Item::Note(note) => writer.note(note),
                Item::Revisit { .. } => panic!("the day has none"),
            }
            .unwrap();
        }
        drop(writer);
        advance(&workspace, lexicon);
    }
    workspace
}

#[test]
fn every_way_of_replaying_a_day_gives_one_ledger() {
    let lexicon = lexicon();
    let folders: Vec<_> = (0..5).map(|_| tempfile::tempdir().unwrap()).collect();
    let whole = live(folders[0].path(), &lexicon, usize::MAX, 2_500);
    let expected = digest(&whole);
    let ways = [(1, 2_500), (2, 2_500), (3, 2_500), (usize::MAX, SEGMENT_SIZE)];
    for (folder, (step, segment)) in folders[1..].iter().zip(ways) {
        assert_eq!(
            digest(&live(folder.path(), &lexicon, step, segment)),
            expected,
            "interrupted after every {step} items, in segments of {segment} bytes"
        );
    }
    for threads in [1, 4] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| rebuild(&whole, lexicon.clone(), &mut |_| {})).unwrap();
        assert_eq!(digest(&whole), expected, "rebuilt with {threads} threads");
    }
    let report = check(&whole, &lexicon.knowledge().digest).unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    assert!(report.quotes > 20, "{} quotes", report.quotes);
}

#[test]
fn what_is_not_from_this_archive_is_noticed() {
    let lexicon = lexicon();
    let folder = tempfile::tempdir().unwrap();
    let workspace = live(folder.path(), &lexicon, usize::MAX, 2_500);
    let path = headwater_archive::Archive::open(&workspace.archive()).path(1);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    std::fs::write(&path, bytes).unwrap();
    assert!(!check(&workspace, &lexicon.knowledge().digest).unwrap().faults.is_empty());
}
