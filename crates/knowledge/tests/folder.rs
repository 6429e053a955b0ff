//! The folder that is compiled in, and the checks.

use headwater_knowledge::{Lexicon, add_entity, check, embedded, load};
use headwater_model::EntityId;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")
}

#[test]
fn the_folder_is_sound_and_compiled_in_whole() {
    let report = check(&folder()).unwrap();
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    assert_eq!(load(&folder()).unwrap(), embedded());
    assert!(report.entities.values().sum::<usize>() >= 400 && report.measures >= 80);
}

fn problems_of(files: &[(&str, &str)]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    check(dir.path()).unwrap().problems.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn check_problem(text: &str, expected: &str) {
    let problems = problems_of(&[("a.toml", text)]);
    assert!(problems.iter().any(|p| p.contains(expected)), "{expected:?} is not in {problems:?}");
}

#[test]
fn faults_name_file_line_and_entry() {
    check_problem("[[entity]]\nid = 1", "a.toml:2");
    check_problem("[[entity]]\nid = \"x\"\nen = \"X\"", "a.toml:1: x: has no kind");
    let two = "[[entity]]\nid=\"x\"\nkind=\"company\"\nen=\"Xab\"\n[[entity]]\nid=\"x\"\nkind=\"company\"\nen=\"Yab\"";
    check_problem(two, "a.toml:5: x: stands already at a.toml:1");
    check_problem("[[entity]]\nid=\"x\"\nkind=\"agency\"\nen=\"Xab\"", "has no Chinese name");
    check_problem("[[entity]]\nid=\"x\"\nkind=\"company\"\nen=\"Xab\"\nparent=\"y\"", "parent");
    check_problem("[[entity]]\nid=\"x\"\nkind=\"company\"\nen=\"Xab\"\naliases=[\"华\"]", "too short");
    check_problem(
        "[[entity]]\nid=\"x\"\nkind=\"company\"\nen=\"Xab\"\nambiguous=[[\"N\",\"@none\"]]",
        "no group of context",
    );
    check_problem(
        "[[measure]]\nid=\"m\"\nen=\"M\"\nzh=\"规\"\njurisdiction=\"CN\"\ninstrument=\"law\"\nauthorities=[\"y\"]",
        "names EntityId(\"y\")",
    );
}

#[test]
fn a_clash_needs_a_rule_on_both_sides() {
    let one = "[[entity]]\nid=\"x\"\nkind=\"company\"\nen=\"Xab\"\naliases=[\"超微\"]\n";
    let other = "[[entity]]\nid=\"y\"\nkind=\"company\"\nen=\"Yab\"\nhans=\"超微\"\n";
    let ruled = "[[entity]]\nid=\"y\"\nkind=\"company\"\nen=\"Yab\"\nambiguous=[[\"超微\",\"CPU\"]]\n";
    assert_eq!(problems_of(&[("a.toml", one), ("b.toml", other)]).len(), 2);
    assert_eq!(problems_of(&[("a.toml", one), ("b.toml", ruled)]).len(), 1);
    let both = one.replace("aliases=[\"超微\"]", "ambiguous=[[\"超微\"]]");
    assert!(problems_of(&[("a.toml", &both), ("b.toml", ruled)]).is_empty());
}

#[test]
fn what_is_added_is_found_and_what_clashes_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.toml"), "[[entity]]\nid=\"acme\"\nkind=\"company\"\nen=\"Acme\"\n")
        .unwrap();
    let mut entity = embedded().entity(&EntityId::new("huawei")).unwrap().clone();
    entity.parent = None;
    add_entity(dir.path(), &entity).unwrap();
    let knowledge = load(dir.path()).unwrap();
    assert_eq!(knowledge.entity(&entity.id), Some(&entity));
    assert_eq!(Lexicon::new(knowledge).names_in("華為與Acme").len(), 2);
    let error = add_entity(dir.path(), &entity).unwrap_err();
    assert!(error.to_string().contains("stands already"), "{error}");
}
