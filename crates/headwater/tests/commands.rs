//! The commands that ask a workspace: what changed, who was on a list, how a measure stood, searches, traces.

mod program;

use program::{refused, told, workspace};
use serde_json::{Value, json};
use std::path::Path;

fn document(url: &str, published: &str, captured: &str, title: &str, text: &str) -> Value {
    json!({ "url": url, "published": published, "captured": captured, "title": title, "text": text })
}

/// A rule of March that was captured in November, a later removal, and a draft.
fn filled(folder: &Path) {
    let captured = "2026-11-02T08:00:00Z";
    workspace(
        folder,
        &[
            document(
                "https://www.bis.gov/press/1",
                "2026-03-02",
                captured,
                "Commerce adds two firms to the Entity List",
                "The Bureau of Industry and Security added Huawei and SMIC to the Entity List, effective March 9, 2026.",
            ),
            document(
                "https://www.bis.gov/press/2",
                "2026-06-01",
                captured,
                "Commerce removes one firm from the Entity List",
                "The Bureau of Industry and Security removed SMIC from the Entity List, effective June 1, 2026.",
            ),
            document(
                "https://c.example/gallium",
                "2026-11-04",
                "2026-11-05T08:00:00Z",
                "Norland weighs a gallium ban",
                "Norland is considering a ban on exports of gallium, two officials said on Wednesday.",
            ),
        ],
    );
}

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

#[test]
fn changes_since_a_day_are_what_became_known_since() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let all = objects(&told(folder.path(), &["changes", "--format", "jsonl"]));
    let march = all.iter().find(|n| n["day"] == "2026-03-02").expect("news of the rule of March");
    assert_eq!(march["known"], "2026-11-02", "it became known when it was captured: {march}");
    let monday = objects(&told(folder.path(), &["changes", "--since", "2026-11-02", "--format", "jsonl"]));
    assert_eq!(monday.len(), all.len(), "an import of old pages is news");
    let later = objects(&told(folder.path(), &["changes", "--since", "2026-11-03", "--format", "jsonl"]));
    assert!(!later.is_empty() && later.iter().all(|n| n["known"] == "2026-11-05"), "{later:?}");
    let text = told(folder.path(), &["changes", "--since", "2026-11-02"]);
    assert!(text.starts_with("2026-11-05\n") && text.contains("\n2026-11-02\n"), "{text}");
    assert!(text.contains("(of 2026-03-02)"), "{text}");
}

#[test]
fn a_list_answers_for_any_day_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let on = |day: &str| {
        let text = told(folder.path(), &["list", "entity-list", "--on", day, "--format", "jsonl"]);
        let mut members: Vec<String> =
            objects(&text).iter().map(|m| m["member"].as_str().unwrap().to_owned()).collect();
        members.sort();
        members
    };
    assert!(on("2026-03-08").is_empty(), "published, and not yet effective");
    assert_eq!(on("2026-03-09"), ["huawei", "smic"]);
    assert_eq!(on("2026-06-01"), ["huawei"], "an official act removes");
    let known = ["list", "Entity List", "--on", "2026-07-01", "--known", "2026-05-01", "--format", "csv"];
    let csv = told(folder.path(), &known);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let heads = rows.headers().unwrap().clone();
    let at =
        |name: &str| heads.iter().position(|h| h == name).unwrap_or_else(|| panic!("{name} in {heads:?}"));
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2, "as known on 1 May: {csv}");
    assert_eq!(&rows[0][at("since")], "2026-03-09");
    assert_eq!(&rows[0][at("since_basis")], "effective");
    assert_eq!(&rows[0][at("known")], "2026-05-01");
    let latest: Value =
        serde_json::from_str(&told(folder.path(), &["list", "entity-list", "--format", "json"])).unwrap();
    assert_eq!((&latest["on"], latest["members"].as_array().unwrap().len()), (&json!("2026-11-05"), 1));
    let text = told(folder.path(), &["list", "entity-list"]);
    assert!(text.contains("1 member on 2026-11-05") && text.contains("Huawei  since 2026-03-09"), "{text}");
    let lists = told(folder.path(), &["list"]);
    assert!(lists.contains("1 member  on 2026-11-05"), "{lists}");
    let (code, why) = refused(folder.path(), &["list", "nobody"]);
    assert_eq!(code, Some(2));
    assert!(why.contains("there is no list \"nobody\""), "{why}");
}

#[test]
fn a_measure_answers_for_any_day() {
    let folder = tempfile::tempdir().unwrap();
    workspace(
        folder.path(),
        &[document(
            "https://www.bis.gov/press/affiliates",
            "2025-09-29",
            "2025-10-01T08:00:00Z",
            "BIS issues the Affiliates Rule",
            "The Bureau of Industry and Security issued the Affiliates Rule, a final rule that applies Entity List \
             restrictions to subsidiaries that listed entities own.",
        )],
    );
    let measures = objects(&told(folder.path(), &["measure", "--format", "jsonl"]));
    assert_eq!(measures[0]["measure"], "us-affiliates-rule");
    let name = measures[0]["name"].as_str().unwrap();
    let state = |on: &str, known: &str| -> Value {
        let arguments = ["measure", name, "--on", on, "--known", known, "--format", "json"];
        serde_json::from_str::<Value>(&told(folder.path(), &arguments)).unwrap()["state"].clone()
    };
    assert_eq!(state("2025-09-28", "2026-12-31"), Value::Null);
    assert_eq!(state("2025-09-29", "2026-12-31"), "adopted");
    assert_eq!(state("2025-09-29", "2025-09-28"), Value::Null, "not yet known");
    let text = told(folder.path(), &["measure", "us-affiliates-rule", "--on", "2025-09-30"]);
    assert!(text.contains("adopted on 2025-09-30, as known on 2025-10-01"), "{text}");
    let csv = told(folder.path(), &["measure", "us-affiliates-rule", "--format", "csv"]);
    assert!(csv.starts_with("measure,name,on,known,state,step,day,") && csv.lines().count() == 2, "{csv}");
    assert_eq!(refused(folder.path(), &["measure", "nothing"]).0, Some(2));
}

#[test]
fn tables_for_spreadsheets() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let rows = |what: &str| {
        let text = told(folder.path(), &["export", "--what", what, "--format", "csv"]);
        csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).count()
    };
    let inner = |what: &str, field: &str| {
        let objects = objects(&told(folder.path(), &["export", "--what", what]));
        objects.iter().map(|o| o[field].as_array().unwrap().len()).sum::<usize>()
    };
    for (what, field) in [("claims", "mentions"), ("lists", "events"), ("measures", "events")] {
        assert_eq!(rows(what), inner(what, field), "{what}");
    }
    assert!(rows("lists") >= 3 && rows("claims") >= 3);
    assert_eq!(rows("articles"), 3);
    let (code, why) = refused(folder.path(), &["export", "--what", "edges", "--format", "csv"]);
    assert_eq!(code, Some(2));
    assert!(why.contains("no table"), "{why}");
}

#[test]
fn a_workspace_into_which_nothing_came_answers() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), &["init"]);
    for (arguments, answer) in [
        (&["changes"][..], "nothing moved"),
        (&["list"], "no list has changed yet"),
        (&["list", "entity-list", "--on", "2026-06-01"], "0 members on 2026-06-01, as known on 2026-06-01"),
        (&["measure"], "no measure has moved yet"),
        (&["export", "--what", "claims"], ""),
    ] {
        let said = told(folder.path(), arguments);
        assert!(said.contains(answer), "{arguments:?}: {said}");
    }
    let (code, said) = refused(folder.path(), &["trace", "https://a.example/"]);
    assert!(code == Some(2) && said.contains("neither a captured page nor a claim"), "{said}");
    assert!(!folder.path().join("ledger.sqlite").exists(), "looking makes nothing");
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    for (arguments, word) in [
        (&["search", "gallium", "--language", "xx"][..], "there are: en"),
        (&["search", "gallium", "--since", "2026-06-10", "--until", "2026-06-01"], "no day lies between"),
        (&["search", "gallium", "--limit", "0"], "is no number from 1 on"),
        (&["search", "gallium", "--since", "soon"], "is not a date"),
        (&["changes", "--limit", "0"], "is no number from 1 on"),
        (&["changes", "--since", "2026-02-30"], "is not a date"),
        (&["list", "entity-list", "--on", "abc"], "is not a date"),
        (&["trace", "https://nowhere.example/"], "neither a captured page nor a claim"),
        (&["read", "absent.html"], "cannot be read"),
        (&["import", "absent.html"], "cannot be read"),
    ] {
        let (code, why) = refused(folder.path(), arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {why}");
        assert!(why.contains(word), "{arguments:?}: {why}");
    }
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let (code, why) = refused(folder.path(), &["read", empty.to_str().unwrap()]);
    assert_eq!(code, Some(2), "{why}");
    assert!(why.contains("there is nothing in it"), "{why}");
    std::fs::write(empty.join("broken.pdf"), b"%PDF-1.7 and no more").unwrap();
    let (code, why) = refused(folder.path(), &["read", empty.to_str().unwrap()]);
    assert_eq!(code, Some(1), "{why}");
    assert!(why.contains("broken.pdf: nothing to read"), "{why}");
}

#[test]
fn a_search_finds_articles_each_once() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let changed = document(
        "https://c.example/gallium",
        "2026-11-04",
        "2026-11-06T08:00:00Z",
        "Norland weighs a gallium ban",
        "Norland is considering a ban on exports of gallium and indium, two officials said on Wednesday.",
    );
    std::fs::write(folder.path().join("edit.jsonl"), changed.to_string()).unwrap();
    told(folder.path(), &["import", folder.path().join("edit.jsonl").to_str().unwrap()]);
    let text = told(folder.path(), &["search", "gallium"]);
    assert!(text.contains("2 editions, the latest captured 2026-11-06T08:00:00Z"), "{text}");
    assert!(text.ends_with("1 of 1 article\n"), "{text}");
    let without = told(folder.path(), &["search", "-gallium", "--limit", "5"]);
    assert!(!without.contains("gallium") && without.ends_with("2 of 2 articles\n"), "{without}");
    assert!(told(folder.path(), &["search", "*"]).ends_with("0 of 0 articles\n"));
}

/// A page whose own address is another than that at which it was captured.
const CANONICAL: &str = "<html><head><title>Cranes</title><link rel=\"canonical\" href=\"https://d.example/cranes\"></head>\
    <body><article><h1>Norland bans imports of cranes</h1><p>Norland has banned imports of port cranes, the ministry of \
    transport said on Monday. The ban took effect on October 1, it said in a notice on its website.</p></article></body></html>";

#[test]
fn a_page_is_traced_by_its_own_address_and_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), &["init"]);
    let path = folder.path().join("cranes.html");
    std::fs::write(&path, CANONICAL).unwrap();
    told(folder.path(), &["import", path.to_str().unwrap()]);
    let by_path = told(folder.path(), &["trace", path.to_str().unwrap()]);
    assert!(by_path.contains("banned imports of port cranes"), "{by_path}");
    assert_eq!(told(folder.path(), &["trace", "https://d.example/cranes"]), by_path);
}

#[test]
fn a_merged_claim_leads_to_the_one_it_went_into() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let claims = objects(&told(folder.path(), &["export", "--what", "claims"]));
    let id = |n: usize| claims[n]["id"].as_str().unwrap().to_owned();
    let (keep, merged) = (id(0), id(1));
    told(folder.path(), &["note", "merge", &keep, &merged, "--reason", "the same act"]);
    let pages = program::Pages::of(folder.path());
    for _ in 0..2 {
        let output = program::run(folder.path(), &["trace", &merged, "--format", "json"]);
        let traced: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(traced[0]["id"], json!(keep));
        assert!(String::from_utf8_lossy(&output.stderr).contains("was merged into"));
        let (status, answer) = pages.get(&format!("/claim/{merged}"));
        assert_eq!(status, 307);
        assert!(answer.contains(&format!("/claim/{keep}")), "{answer}");
        told(folder.path(), &["rebuild"]);
    }
}

#[test]
fn pages_and_claims_are_cited_with_their_archived_copies() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let bibtex = told(folder.path(), &["cite", "https://c.example/gallium"]);
    assert!(bibtex.contains("title = {{Norland weighs a gallium ban}}"), "{bibtex}");
    assert!(bibtex.contains("date = {2026-11-04}") && bibtex.contains("urldate = {2026-11-05}"), "{bibtex}");
    assert!(bibtex.contains("/web/20261105080000/https://c.example/gallium"), "{bibtex}");
    let claims = objects(&told(folder.path(), &["export", "--what", "claims"]));
    let id = claims[0]["id"].as_str().unwrap();
    let csl: Value = serde_json::from_str(&told(folder.path(), &["cite", id, "--format", "csl"])).unwrap();
    assert_eq!(csl[0]["URL"], claims[0]["mentions"][0]["url"]);
    let pages = program::Pages::of(folder.path());
    let (status, ris) = pages.get(&format!("/cite/ris/{id}"));
    assert!(status == 200 && ris.contains("TY  - ELEC"), "{ris}");
    assert_eq!(pages.get(&format!("/cite/mla/{id}")).0, 400);
    assert_eq!(pages.get("/cite/ris/nothing").0, 404);
    assert_eq!(refused(folder.path(), &["cite", "https://nowhere.example/"]).0, Some(2));
}
