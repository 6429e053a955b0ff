//! What is derived can be lost, spoiled or of another making: a rebuild, or the next run, makes it anew.

mod made;

use headwater_archive::Writer;
use headwater_knowledge::Lexicon;
use headwater_ledger::Ledger;
use headwater_model::capture::Position;
use headwater_model::note::{Decision, Note};
use headwater_model::source::{Health, SourceState};
use headwater_model::{Capture, Knowledge};
use headwater_pipeline::{CODE_VERSION, Line, Report, Workspace, check, import, is_behind, note, rebuild};
use headwater_search::{Filter, Index};
use std::sync::Arc;

fn lexicon() -> Arc<Lexicon> {
    Arc::new(Lexicon::new(headwater_knowledge::embedded()))
}

fn document(n: u32) -> Capture {
    let text = format!("Huawei was fined ${n} million by the Commerce Department.");
    made::document(&format!("http://outlet.example/{n}"), n, "News", &text)
}

/// A workspace with three documents, folded in.
fn filled(folder: &tempfile::TempDir, lexicon: &Arc<Lexicon>) -> Workspace {
    let workspace = Workspace::new(folder.path());
    let (mut line, mut writer) = Line::open_with_writer(&workspace, lexicon.clone()).unwrap();
    for n in 1..=3 {
        writer.resource(&document(n)).unwrap();
    }
    line.advance(&mut |_| {}).unwrap();
    workspace
}

fn digest(workspace: &Workspace) -> String {
    Ledger::open(&workspace.ledger()).unwrap().digest().unwrap()
}

fn checked(workspace: &Workspace, lexicon: &Lexicon) -> Report {
    check(workspace, &lexicon.knowledge().digest).unwrap()
}

#[test]
fn a_ledger_that_cannot_be_read_is_made_anew() {
    let lexicon = lexicon();
    let folder = tempfile::tempdir().unwrap();
    let workspace = filled(&folder, &lexicon);
    let expected = digest(&workspace);
    let whole = std::fs::read(workspace.ledger()).unwrap();
    let spoiled: [&[u8]; 3] = [b"junk", b"", &whole[..whole.len() / 3]];
    for bytes in spoiled {
        std::fs::write(workspace.ledger(), bytes).unwrap();
        let summary = rebuild(&workspace, lexicon.clone(), &mut |_| {}).unwrap();
        let told = matches!(&summary.faults[..], [fault] if fault.contains("the old ledger cannot be read"));
        assert!(told, "{} bytes: {:?}", bytes.len(), summary.faults);
        assert_eq!(digest(&workspace), expected);
        let report = checked(&workspace, &lexicon);
        assert_eq!((report.faults, report.pending), (vec![], vec![]));
    }
}

#[test]
fn how_the_sources_fare_survives_a_rebuild() {
    let lexicon = lexicon();
    let folder = tempfile::tempdir().unwrap();
    let workspace = filled(&folder, &lexicon);
    let state = SourceState {
        source: "wire".into(),
        name: "Wire".into(),
        url: "http://wire.example/feed".into(),
        health: Health::ALL[0],
        since: None,
        checked: None,
        entries: 7,
        last_new: None,
        message: String::new(),
    };
    Ledger::open(&workspace.ledger()).unwrap().set_source(&state).unwrap();
    let summary = rebuild(&workspace, lexicon, &mut |_| {}).unwrap();
    assert_eq!(summary.faults, Vec::<String>::new());
    assert_eq!(Ledger::open(&workspace.ledger()).unwrap().sources().unwrap(), [state]);
}

#[test]
fn a_ledger_of_other_code_is_refused_until_it_is_made_anew() {
    let lexicon = lexicon();
    let folder = tempfile::tempdir().unwrap();
    let workspace = filled(&folder, &lexicon);
    let ledger = Ledger::open(&workspace.ledger()).unwrap();
    assert_eq!(ledger.meta("code_version").unwrap().as_deref(), Some(CODE_VERSION));
    // The same release, with one stage changed.
    ledger.set_meta("code_version", &format!("{}+0123456789abcdef", env!("CARGO_PKG_VERSION"))).unwrap();
    drop(ledger);
    let refused = Line::open(&workspace, lexicon.clone()).err().unwrap().to_string();
    assert!(refused.contains("another version") && refused.contains("rebuild"), "{refused}");
    assert_eq!(checked(&workspace, &lexicon).faults.len(), 1);
    rebuild(&workspace, lexicon.clone(), &mut |_| {}).unwrap();
    assert!(Line::open(&workspace, lexicon.clone()).is_ok());
    assert_eq!(checked(&workspace, &lexicon).faults, Vec::<String>::new());
}

/// How many articles are found by the entity that they name.
fn naming_huawei(workspace: &Workspace) -> usize {
    let index = Index::open(&workspace.index()).unwrap().unwrap();
    let names_in = |_: &str| vec![(0..5, vec!["huawei".into()])];
    index.search("xyzzy", &Filter::default(), 10, 0, &names_in).unwrap().total
}

#[test]
fn an_index_of_another_ledger_is_filled_anew() {
    let (lexicon, bare) = (lexicon(), Arc::new(Lexicon::new(Knowledge::default())));
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let (workspace, other) = (filled(&folders[0], &lexicon), filled(&folders[1], &bare));
    assert_eq!((naming_huawei(&workspace), naming_huawei(&other)), (3, 0));
    // As if a rebuild had been interrupted after the ledger was swapped and before the index was.
    std::fs::remove_dir_all(workspace.index()).unwrap();
    std::fs::rename(other.index(), workspace.index()).unwrap();
    let report = checked(&workspace, &lexicon);
    assert_eq!(
        (report.faults, report.pending),
        (vec![], vec!["the search index is of another ledger".into()])
    );
    Line::open(&workspace, lexicon.clone()).unwrap().advance(&mut |_| {}).unwrap();
    assert_eq!(naming_huawei(&workspace), 3);
    assert_eq!(checked(&workspace, &lexicon).pending, Vec::<String>::new());
}

#[test]
fn an_index_that_is_missing_is_named_and_filled() {
    let lexicon = lexicon();
    let folder = tempfile::tempdir().unwrap();
    let workspace = filled(&folder, &lexicon);
    std::fs::remove_dir_all(workspace.index()).unwrap();
    assert_eq!(checked(&workspace, &lexicon).pending, ["3 articles are not yet in the search index"]);
    assert!(!workspace.index().exists(), "a check writes nothing");
    Line::open(&workspace, lexicon).unwrap().advance(&mut |_| {}).unwrap();
    assert_eq!(naming_huawei(&workspace), 3);
}

#[test]
fn nothing_is_begun_while_another_process_writes() {
    let lexicon = lexicon();
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::new(folder.path());
    let _other = Writer::open(&workspace.archive(), Position::default()).unwrap();
    let made = "2026-06-10T09:00:00Z".parse().unwrap();
    let decision = Decision::ConfirmMeasure { measure: "m".into(), confirmed: true, name: None };
    let decided = Note { made, author: "editor".into(), reason: String::new(), decision };
    let paths = [folder.path().join("none")];
    let refused = [
        import(&workspace, lexicon.clone(), &paths, made, made, &mut |_| {}, &mut |_| {}).err(),
        note(&workspace, lexicon.clone(), &decided, &mut |_| {}).err(),
        rebuild(&workspace, lexicon.clone(), &mut |_| {}).err(),
        Line::open_with_writer(&workspace, lexicon).err(),
    ];
    for error in refused.map(Option::unwrap) {
        assert!(error.is_locked() && error.to_string().contains("another process"), "{error}");
    }
    assert!(!workspace.ledger().exists(), "the ledger is not looked at before the right to write is held");
}

#[test]
fn a_ledger_is_not_given_up_for_an_archive_that_is_missing_or_cut_off() {
    let lexicon = lexicon();
    let folder = tempfile::tempdir().unwrap();
    let workspace = filled(&folder, &lexicon);
    let before = digest(&workspace);
    let aside = folder.path().join("elsewhere");
    std::fs::rename(workspace.archive(), &aside).unwrap();
    let refused = rebuild(&workspace, lexicon.clone(), &mut |_| {}).unwrap_err().to_string();
    assert!(refused.contains("is the disk mounted?"), "{refused}");
    assert_eq!(digest(&workspace), before);
    assert!(!workspace.archive().exists(), "nothing is made where a disk belongs");
    std::fs::rename(&aside, workspace.archive()).unwrap();
    // Of three records, the last is cut off.
    let segment = workspace.archive().join("00000001.warc.gz");
    let bytes = std::fs::read(&segment).unwrap();
    std::fs::write(&segment, &bytes[..bytes.len() - 40]).unwrap();
    std::fs::write(workspace.collector(), "{}").unwrap();
    let summary = rebuild(&workspace, lexicon.clone(), &mut |_| {}).unwrap();
    assert_eq!(summary.captures, 2);
    assert!(
        summary.faults.iter().any(|fault| fault.starts_with("1 captures that the old ledger knew")),
        "{:?}",
        summary.faults
    );
    assert!(!workspace.collector().exists(), "what was lost may be fetched again");
}

#[test]
fn a_ledger_that_lacks_what_is_archived_is_known_to() {
    let lexicon = lexicon();
    let folder = tempfile::tempdir().unwrap();
    let workspace = filled(&folder, &lexicon);
    let behind = || is_behind(&workspace, &Ledger::open_read_only(&workspace.ledger()).unwrap()).unwrap();
    assert!(!behind());
    let (line, mut writer) = Line::open_with_writer(&workspace, lexicon.clone()).unwrap();
    drop(line);
    writer.resource(&document(4)).unwrap();
    drop(writer);
    assert!(behind());
}
