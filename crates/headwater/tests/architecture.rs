//! Holds the table of crates in ARCHITECTURE.md against what Cargo knows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

type Uses = BTreeMap<String, BTreeSet<String>>;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
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
