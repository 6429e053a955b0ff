//! Holds the tables of ARCHITECTURE.md against what is there: that of the crates against what Cargo knows, that of the folders of
//! `headwater-track` against what their files name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

type Uses = BTreeMap<String, BTreeSet<String>>;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Rows `| folder | holds | may use |`, in their order.
fn stated_folders() -> Vec<(String, BTreeSet<String>)> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows = text.lines().skip_while(|line| *line != "| folder | holds | may use |").skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
            let [folder, _, may_use] = cells[..] else { panic!("no row of three: {line}") };
            let used = may_use.split(", ").filter(|f| *f != "–").map(str::to_owned).collect();
            (folder.trim_matches('`').to_owned(), used)
        })
        .collect()
}

/// What each folder of `headwater-track`, or file beside them, names of the others.
fn actual_folders() -> Uses {
    let source = root().join("crates/track/src");
    let mut uses = Uses::new();
    let mut left: Vec<PathBuf> = vec![source.clone()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let own = path.strip_prefix(&source).unwrap().iter().next().unwrap().to_str().unwrap();
        let own = own.trim_end_matches(".rs");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("crate::{"), "{path:?} names several folders at once, which is not read here");
        let named = text.split("crate::").skip(1).map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(rest.len());
            rest[..end].to_owned()
        });
        uses.entry(own.to_owned()).or_default().extend(named.filter(|used| used != own));
    }
    uses.remove("lib");
    uses
}

/// Rows `| floor | crate | turns | may use |`.
fn stated() -> (Uses, BTreeMap<String, u32>) {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut uses = Uses::new();
    let mut floors = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [floor, name, _, may_use] = cells[..] else { continue };
        let Ok(floor) = floor.parse() else { continue };
        let name = name.trim_matches('`').to_owned();
        let crates = may_use.split(", ").filter(|c| *c != "–").map(|c| format!("headwater-{c}")).collect();
        floors.insert(name.clone(), floor);
        uses.insert(name, crates);
    }
    (uses, floors)
}

/// Normal dependencies between the crates of this workspace under `crates/`.
fn actual() -> Uses {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut uses = Uses::new();
    for package in metadata["packages"].as_array().unwrap() {
        if !package["manifest_path"].as_str().unwrap().contains("/crates/") {
            continue;
        }
        let dependencies = package["dependencies"].as_array().unwrap();
        let ours = dependencies
            .iter()
            .filter(|d| d["kind"].is_null())
            .map(|d| d["name"].as_str().unwrap().to_owned())
            .filter(|name| name.starts_with("headwater"))
            .collect();
        uses.insert(package["name"].as_str().unwrap().to_owned(), ours);
    }
    uses
}

#[test]
fn the_table_of_crates_is_true() {
    let (stated, _) = stated();
    let actual = actual();
    assert_eq!(stated.keys().collect::<Vec<_>>(), actual.keys().collect::<Vec<_>>());
    for (name, uses) in &actual {
        let beyond: Vec<_> = uses.difference(&stated[name]).collect();
        assert!(beyond.is_empty(), "{name} uses {beyond:?}, which ARCHITECTURE.md does not allow");
        let unused: Vec<_> = stated[name].difference(uses).collect();
        assert!(unused.is_empty(), "ARCHITECTURE.md lets {name} use {unused:?}, which it does not");
    }
}

#[test]
fn no_crate_uses_its_own_floor_or_a_higher_one() {
    let (_, floors) = stated();
    for (name, uses) in actual() {
        for used in uses {
            assert!(
                floors[&used] < floors[&name],
                "{name} (floor {}) uses {used} (floor {})",
                floors[&name],
                floors[&used]
            );
        }
    }
}

#[test]
fn data_run_one_way_through_the_folders_of_tracing() {
    let (stated, actual) = (stated_folders(), actual_folders());
    let names: BTreeSet<&String> = stated.iter().map(|(name, _)| name).collect();
    assert_eq!(names, actual.keys().collect());
    let mut before = BTreeSet::new();
    for (name, may_use) in stated {
        assert_eq!(actual[&name], may_use, "what {name} uses, and what ARCHITECTURE.md says that it may");
        let later: Vec<_> = may_use.difference(&before).collect();
        assert!(later.is_empty(), "{name} uses {later:?}, which stand behind it");
        before.insert(name);
    }
}
