//! What people decided about a proposed measure holds for whatever reads the ledger.

use std::path::Path;
use std::process::{Command, Output};

fn headwater(workspace: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_headwater"))
        .arg("--dir")
        .arg(workspace)
        .args(arguments)
        .output()
        .unwrap()
}

fn done(workspace: &Path, arguments: &[&str]) -> String {
    let output = headwater(workspace, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Id and name of every measure that is exported.
fn measures(workspace: &Path) -> Vec<(String, String)> {
    let lines = done(workspace, &["export", "--what", "measures"]);
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let measure = |line: &str| {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        (word(&object["id"]), word(&object["name"]))
    };
    lines.lines().map(measure).collect()
}

#[test]
fn an_export_follows_what_was_decided() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("workspace");
    let file = folder.path().join("documents.jsonl");
    let text = "The Remote Access Control Act would require exporters of advanced chips to obtain a licence for cloud \
                access by Chinese companies, two lawmakers said on Tuesday. It restricts exports of chips to China.";
    let document = serde_json::json!({
        "url": "http://daily.example/1", "published": "2026-06-09", "captured": "2026-06-09",
        "title": "Bill would control exports of chips by cloud", "text": text,
    });
    std::fs::write(&file, format!("{document}\n")).unwrap();
    done(&workspace, &["init"]);
    done(&workspace, &["import", file.to_str().unwrap()]);
    let proposed = measures(&workspace);
    let [(id, name)] = &proposed[..] else { panic!("{proposed:?}") };
    assert!(id.starts_with("proposed-") && name.contains("Remote Access Control Act"), "{proposed:?}");

    done(&workspace, &["note", "reject", id]);
    assert_eq!(measures(&workspace), []);
    done(&workspace, &["note", "confirm", id, "--name", "The cloud act"]);
    assert_eq!(measures(&workspace), [(id.clone(), "The cloud act".to_owned())]);
    done(&workspace, &["rebuild"]);
    assert_eq!(measures(&workspace), [(id.clone(), "The cloud act".to_owned())]);
    assert!(done(&workspace, &["check"]).contains("everything agrees"));

    let page = "http://daily.example/1";
    done(&workspace, &["note", "disregard", id, page, "--reason", "it only speaks of it"]);
    assert_eq!(measures(&workspace), []);
    let notes = done(&workspace, &["note", "list"]);
    assert!(notes.contains(&format!("what {page} says of {id} does not count")), "{notes}");
    let twice = headwater(&workspace, &["note", "disregard", id, page]);
    assert!(String::from_utf8_lossy(&twice.stderr).contains("tells no step of a measure"), "{twice:?}");
    done(&workspace, &["note", "regard", id, page]);
    assert_eq!(measures(&workspace), [(id.clone(), "The cloud act".to_owned())]);
}
