//! The second law: live, rebuilt, interrupted, with one thread or four, the ledger is the same.

use headwater_archive::Writer;
use headwater_knowledge::Lexicon;
use headwater_ledger::Ledger;
use headwater_model::capture::{DOCUMENT_TYPE, Position};
use headwater_model::{Capture, Hints};
use headwater_pipeline::{Line, Workspace, check, rebuild};
use std::path::Path;
use std::sync::Arc;

/// A day of captures: a report, its retellings in two languages, an edit, a denial, a page gone.
fn day() -> Vec<Capture> {
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
        Capture {
        url: format!("http://{host}/{n}"),
        captured: format!("2026-06-09T{:02}:00:00Z", 6 + n).parse().unwrap(),
        status: 200,
        content_type: Some(DOCUMENT_TYPE.into()),
        body: serde_json::json!({ "url": format!("http://{host}/{n}"), "published": "2026-06-09", "title": title, "text": text })
            .to_string()
            .into_bytes(),
        hints: Hints::default(),
    }
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
    vec![
        document("star.example", 1, "US adds 12 companies to list", &longer),
        document("copy.example", 2, "Washington widens blacklist", &longer),
        document("zh.example", 3, "美国将12家企业列入实体清单", zh),
        document("only.example", 4, "Only two firms hit", only),
        document("agency.example", 5, "Statement", denial),
        edited,
        gone,
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

/// Writes the day capture by capture, opening the line anew after every `step` captures.
fn live(folder: &Path, lexicon: &Arc<Lexicon>, step: usize) -> Workspace {
    let workspace = Workspace::new(folder);
    for captures in day().chunks(step) {
        let mut writer = Writer::with_segment_size(&workspace.archive(), Position::default(), 2_500).unwrap();
        for capture in captures {
            writer.resource(capture).unwrap();
        }
        drop(writer);
        advance(&workspace, lexicon);
    }
    workspace
}

#[test]
fn every_way_of_replaying_a_day_gives_one_ledger() {
    let lexicon = lexicon();
    let folders: Vec<_> = (0..4).map(|_| tempfile::tempdir().unwrap()).collect();
    let whole = live(folders[0].path(), &lexicon, usize::MAX);
    let expected = digest(&whole);
    for (folder, step) in folders[1..].iter().zip([1, 2, 3]) {
        assert_eq!(
            digest(&live(folder.path(), &lexicon, step)),
            expected,
            "interrupted after every {step} captures"
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
    let workspace = live(folder.path(), &lexicon, usize::MAX);
    let path = headwater_archive::Archive::open(&workspace.archive()).path(1);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    std::fs::write(&path, bytes).unwrap();
    assert!(!check(&workspace, &lexicon.knowledge().digest).unwrap().faults.is_empty());
}
