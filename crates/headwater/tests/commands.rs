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

/// A table without the mark that tells spreadsheets of its encoding.
fn unmarked(csv: &str) -> &[u8] {
    csv.strip_prefix('\u{feff}').expect("the table begins with a mark").as_bytes()
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
    let mut rows = csv::Reader::from_reader(unmarked(&csv));
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
    assert!(
        csv.starts_with("\u{feff}measure,name,on,known,state,step,day,") && csv.lines().count() == 2,
        "{csv}"
    );
    assert_eq!(refused(folder.path(), &["measure", "nothing"]).0, Some(2));
}

#[test]
fn tables_for_spreadsheets() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let rows = |what: &str| {
        let text = told(folder.path(), &["export", "--what", what, "--format", "csv"]);
        csv::Reader::from_reader(unmarked(&text)).records().map(Result::unwrap).count()
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
        (&["list", "entity-list", "--on", "2026-06-01"], "no act upon it is known"),
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

/// One page in some editions, by their day.
fn editions(folder: &Path, editions: &[(&str, &str, &str)]) {
    let url = "https://e.example/levy";
    let at = |day: &str| format!("{day}T12:00:00Z");
    let made = editions.iter().map(|(day, title, text)| document(url, "2026-11-01", &at(day), title, text));
    workspace(folder, &made.collect::<Vec<_>>());
}

#[test]
fn an_earlier_edition_is_cited_by_its_copy_or_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let title = "Norland sets levy on cranes";
    let text = |percent: u8| {
        format!("Norland will charge a levy of {percent} percent on imported cranes, the board said.")
    };
    editions(folder.path(), &[("2026-11-02", title, &text(5)), ("2026-11-04", title, &text(8))]);
    let latest = told(folder.path(), &["cite", "https://e.example/levy"]);
    assert!(latest.contains("urldate = {2026-11-04}"), "{latest}");
    let first =
        told(folder.path(), &["cite", "http://localhost:8080/web/20261102120000/https://e.example/levy"]);
    assert!(first.contains("urldate = {2026-11-02}"), "{first}");
    let traced: Value =
        serde_json::from_str(&told(folder.path(), &["trace", "https://e.example/levy", "--format", "json"]))
            .unwrap();
    let capture = traced[0]["mentions"][0]["capture"].as_str().unwrap();
    assert_eq!(told(folder.path(), &["cite", capture]), latest);
}

#[test]
fn an_edit_is_told_by_its_words_and_a_counter_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let first = "Norland said on Monday it would charge a levy of 5 percent on imported cranes from March 1, 2027.\n\n\
                 About 40 firms are \"affected\".\n\nViews: 4,207\n\nUpdated 3 hours ago";
    let counted =
        first.replace("4,207", "8,345").replace("3 hours", "27 hours").replace("\"affected\"", "“affected”");
    let raised = counted.replace("5 percent", "8 percent").replace("8,345", "9,001");
    let withdrawn = raised.replace("affected”.", "affected”. The ministry later withdrew the plan.");
    editions(
        folder.path(),
        &[
            ("2026-11-02", "Norland sets levy on cranes", first),
            ("2026-11-03", "Norland sets levy on cranes", &counted),
            ("2026-11-04", "Norland sets levy on cranes", &raised),
            ("2026-11-05", "Norland sets levy on cranes", &withdrawn),
            ("2026-11-06", "Norland withdraws levy on cranes", &withdrawn),
        ],
    );
    let news = objects(&told(folder.path(), &["changes", "--format", "jsonl"]));
    let edits: Vec<(&str, &str)> = news
        .iter()
        .filter(|item| item["kind"] == "edit")
        .map(|item| (item["known"].as_str().unwrap(), item["text"].as_str().unwrap()))
        .collect();
    assert_eq!(edits.len(), 3, "{edits:?}");
    assert!(edits[0].0 == "2026-11-06" && edits[0].1.contains("the headline “Norland sets"), "{edits:?}");
    assert!(edits[1].1.contains("“The ministry later withdrew the plan.” was added"), "{edits:?}");
    assert!(edits[2].1.contains("levy of 5 percent") && edits[2].1.contains("became"), "{edits:?}");
    assert!(edits.iter().all(|(_, text)| !text.contains("8,345") && !text.contains("hours")), "{edits:?}");
    assert!(!news.iter().any(|item| item["kind"] == "new_story"), "one page is no second article: {news:?}");
    let stories = objects(&told(folder.path(), &["export", "--what", "stories"]));
    assert_eq!(stories[0]["urls"], json!(["https://e.example/levy"]), "{stories:?}");
    // Each edition shows the claims of the page, and that a later one has other words.
    let pages = program::Pages::of(folder.path());
    for article in stories[0]["articles"].as_array().unwrap() {
        let (status, page) = pages.get(&format!("/article/{}", article["capture"].as_str().unwrap()));
        assert!(status == 200 && !page.contains("No claims were found"), "{article}");
        let latest = article["captured"].as_str().unwrap().starts_with("2026-11-06");
        assert_eq!(page.contains("A later edition"), !latest, "{article}");
        assert!(page.contains("<ins>"), "what changed is shown");
    }
}

#[test]
fn one_page_has_many_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Norland has banned imports of port cranes, the ministry of transport said on Monday.";
    let addresses =
        ["https://w.example/a?utm_source=rss", "https://w.example/a", "http://www.w.example/a/#top"];
    let documents = addresses.map(|url| document(url, "2026-11-02", "2026-11-02T12:00:00Z", "Cranes", text));
    workspace(folder.path(), &documents);
    assert!(told(folder.path(), &["search", "cranes"]).ends_with("1 of 1 article\n"));
    let traced = told(folder.path(), &["trace", addresses[0]]);
    for same in ["https://w.example/a", "http://w.example/a/", "https://www.w.example/a?utm_medium=mail#x"] {
        assert_eq!(told(folder.path(), &["trace", same]), traced, "{same}");
    }
    assert_eq!(refused(folder.path(), &["trace", "https://w.example/a?id=2"]).0, Some(2));
}

#[test]
fn names_are_found_in_lower_case_and_by_the_adjective_of_their_country() {
    let folder = tempfile::tempdir().unwrap();
    let text = "SMIC and South Korean makers asked MIIT for a licence.";
    workspace(
        folder.path(),
        &[document("https://l.example/1", "2026-11-02", "2026-11-02T12:00:00Z", "A licence", text)],
    );
    for typed in ["smic", "SMIC", "中芯国际", "miit", "korea", "韩国", "license", "\"a license\""] {
        let found = told(folder.path(), &["search", typed]);
        assert!(found.ends_with("1 of 1 article\n"), "{typed}: {found}");
    }
    assert!(told(folder.path(), &["search", "north korea"]).ends_with("0 of 0 articles\n"));
}

#[test]
fn what_a_limit_leaves_out_is_said() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    let all = objects(&told(folder.path(), &["changes", "--format", "jsonl"])).len();
    let output = program::run(folder.path(), &["changes", "--limit", "1", "--format", "jsonl"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("and {} more; `--limit {all}` shows all", all - 1)), "{said}");
    let pages = program::Pages::of(folder.path());
    let (status, page) = pages.get("/claims?page=9");
    assert!(status == 200 && page.contains("The list ends before this page"), "{page}");
    let (status, answer) = pages.get("/api/claim/zz");
    assert!(
        status == 404 && answer.contains("application/json") && answer.contains(r#"{"error":"#),
        "{answer}"
    );
    let (_, feed) = pages.get("/feed.xml");
    assert!(feed.contains(r#"<link rel="self" href="http://localhost/feed.xml"#), "{feed}");
}

#[test]
fn what_cannot_be_imported_is_named() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), &["init"]);
    let inputs = folder.path().join("in");
    std::fs::create_dir(&inputs).unwrap();
    std::fs::write(inputs.join("a.png"), b"\x89PNG\r\n\x1a\n\0\0\0").unwrap();
    std::fs::write(inputs.join("b.txt"), "Norland bans imports of port cranes, the ministry said on Monday.")
        .unwrap();
    let line = |captured: &str| {
        json!({ "url": "https://f.example/", "title": "T", "captured": captured }).to_string()
    };
    let lines = [line("2026-99-01"), line("2999-01-01")].join("\n");
    std::fs::write(inputs.join("c.jsonl"), lines).unwrap();
    #[cfg(unix)]
    assert!(std::process::Command::new("mkfifo").arg(inputs.join("pipe")).status().unwrap().success());
    let (code, said) = refused(folder.path(), &["import", inputs.to_str().unwrap()]);
    assert_eq!(code, Some(1), "{said}");
    for word in ["a.png: nothing to read", "c.jsonl line 1: its \"captured\" is", "yet to come"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    #[cfg(unix)]
    assert!(said.contains("pipe: it is neither a file nor a folder"), "{said}");
    let page = inputs.join("b.txt");
    let future = ["import", "--captured", "2999-01-01", page.to_str().unwrap()];
    let (code, said) = refused(folder.path(), &future);
    assert!(code == Some(2) && said.contains("yet to come"), "{said}");
}

/// A full disk, as Linux plays it.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    for arguments in [
        &["changes"][..],
        &["search", "gallium"],
        &["list"],
        &["check"],
        &["cite", "https://c.example/gallium"],
    ] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = program::command(folder.path(), arguments).stdout(full).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("cannot write") && !said.contains("panicked"), "{arguments:?}: {said}");
    }
}

#[test]
fn imported_knowledge_is_not_lost_to_a_dump_of_another_kind() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), &["init"]);
    let dump = folder.path().join("f.jsonl");
    let company = json!({ "id": "x1", "schema": "Company", "properties": { "name": ["Quillmark Works"] } });
    std::fs::write(&dump, company.to_string()).unwrap();
    told(folder.path(), &["knowledge", "import", "--from", "ftm", dump.to_str().unwrap()]);
    let before = std::fs::read_dir(folder.path().join("knowledge")).unwrap().count();
    let (code, said) =
        refused(folder.path(), &["knowledge", "import", "--from", "wikidata", dump.to_str().unwrap()]);
    assert!(code == Some(2) && said.contains("nothing was written"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path().join("knowledge")).unwrap().count(), before);
    let kept = std::fs::read_to_string(folder.path().join("knowledge/imported-ftm-f.jsonl")).unwrap();
    assert!(kept.contains("Quillmark Works"), "{kept}");
}

#[test]
fn what_was_cut_off_from_the_archive_is_named() {
    let folder = tempfile::tempdir().unwrap();
    filled(folder.path());
    std::fs::write(folder.path().join("archive/00000001.warc.cut"), b"half a record").unwrap();
    let output = program::run(folder.path(), &["check"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.contains("00000001.warc.cut: 13 bytes"), "{said}");
}
