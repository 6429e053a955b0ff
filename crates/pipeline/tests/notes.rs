//! What a person decides survives a rebuild.

mod made;

use headwater_archive::Writer;
use headwater_knowledge::Lexicon;
use headwater_ledger::Ledger;
use headwater_model::Capture;
use headwater_model::capture::Position;
use headwater_model::note::{Decision, Note};
use headwater_model::tracking::ClaimGroup;
use headwater_pipeline::{Line, Workspace, note, rebuild};
use std::sync::Arc;

fn document(n: u32, text: &str) -> Capture {
    made::document(&format!("http://outlet{n}.example/{n}"), n, "News", text)
}

fn groups(workspace: &Workspace) -> Vec<ClaimGroup> {
    let mut groups = Vec::new();
    Ledger::open(&workspace.ledger()).unwrap().each_group(|group| groups.push(group)).unwrap();
    groups.sort_by_key(|group| group.mentions[0].url.clone());
    groups
}

fn decide(workspace: &Workspace, lexicon: &Arc<Lexicon>, hour: u32, decision: Decision) {
    let made = format!("2026-06-10T{hour:02}:00:00Z").parse().unwrap();
    let decided = Note { made, author: "editor".into(), reason: "they are".into(), decision };
    note(workspace, lexicon.clone(), &decided, &mut |_| {}).unwrap();
}

#[test]
fn merging_and_splitting_survive_a_rebuild() {
    let lexicon = Arc::new(Lexicon::new(headwater_knowledge::embedded()));
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::new(folder.path());
    let mut writer = Writer::open(&workspace.archive(), Position::default()).unwrap();
    for (n, text) in
        ["Huawei was fined $5 million by the Commerce Department.", "TSMC has shipped 900 servers to Nvidia."]
            .into_iter()
            .enumerate()
    {
        writer.resource(&document(n as u32, text)).unwrap();
    }
    drop(writer);
    Line::open(&workspace, lexicon.clone()).unwrap().advance(&mut |_| {}).unwrap();
    let before = groups(&workspace);
    assert_eq!(before.len(), 2, "two claims that have nothing in common");

    let (keep, merge) = (before[0].id.clone(), before[1].id.clone());
    decide(&workspace, &lexicon, 1, Decision::MergeGroups { keep: keep.clone(), merge });
    let merged = groups(&workspace);
    assert_eq!((merged.len(), merged[0].mentions.len()), (1, 2));

    let captures = vec![before[1].mentions[0].capture.clone()];
    decide(&workspace, &lexicon, 2, Decision::SplitGroup { group: keep, captures });
    assert_eq!(groups(&workspace).len(), 2);

    let digest = || Ledger::open(&workspace.ledger()).unwrap().digest().unwrap();
    let decided = digest();
    rebuild(&workspace, lexicon, &mut |_| {}).unwrap();
    assert_eq!(digest(), decided);
    assert_eq!(groups(&workspace).len(), 2);
}

#[test]
fn what_follows_a_decision_meets_the_same_groups_in_a_line_that_was_opened_anew() {
    let lexicon = Arc::new(Lexicon::new(headwater_knowledge::embedded()));
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::new(folder.path());
    let archive = |captures: &[Capture]| {
        let mut line = Line::open(&workspace, lexicon.clone()).unwrap();
        let mut writer = Writer::open(&workspace.archive(), line.position()).unwrap();
        for capture in captures {
            writer.resource(capture).unwrap();
        }
        drop(writer);
        line.advance(&mut |_| {}).unwrap();
    };
    let shipped =
        "TSMC has shipped 900 servers to Nvidia for a hall in Oregon, two people familiar with it said.";
    archive(&[
        document(0, "The ministry has told SMEE to deliver 40 lithography machines."),
        document(1, shipped),
    ]);
    let before = groups(&workspace);
    let (keep, merge) = (before[0].id.clone(), before[1].id.clone());
    decide(&workspace, &lexicon, 1, Decision::MergeGroups { keep, merge });
    archive(&[document(
        2,
        "TSMC has shipped Nvidia 900 servers for its hall in Oregon, a person familiar with it said.",
    )]);

    let merged = groups(&workspace);
    assert_eq!(merged[0].mentions.len(), 3, "the third report joins the claim into which the second was put");
    let digest = || Ledger::open(&workspace.ledger()).unwrap().digest().unwrap();
    let live = digest();
    rebuild(&workspace, lexicon.clone(), &mut |_| {}).unwrap();
    assert_eq!(digest(), live);
}
