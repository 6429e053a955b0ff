//! `headwater read`, `init`, `import`, `export`, `check` through the real binary.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

fn headwater(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_headwater")).args(arguments).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Every `{start, end, quote}` of a document stands where it says.
fn assert_quotes_hold(document: &Value) {
    fn walk(value: &Value, document: &Value, count: &mut usize) {
        match value {
            Value::Object(fields) => {
                if let (Some(quote), Some(start), Some(end)) =
                    (fields.get("quote"), fields.get("start"), fields.get("end"))
                {
                    let part = match fields.get("part").and_then(Value::as_str) {
                        Some("title") => "title",
                        Some("page") => "furniture",
                        _ => "text",
                    };
                    let text = document[part].as_str().unwrap();
                    let range = start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize;
                    let found: String = text.chars().skip(range.start).take(range.len()).collect();
                    assert_eq!(found, quote.as_str().unwrap(), "in {part}");
                    *count += 1;
                }
                fields.values().for_each(|v| walk(v, document, count));
            }
            Value::Array(values) => values.iter().for_each(|v| walk(v, document, count)),
            _ => {}
        }
    }
    let mut count = 0;
    walk(document, document, &mut count);
    assert!(count > 0, "no evidence at all in {document}");
}

#[test]
fn one_object_an_input_in_order_and_every_quote_holds() {
    let folder = tempfile::tempdir().unwrap();
    let en = file(
        folder.path(),
        "en.txt",
        b"The Commerce Department added Huawei and SMIC to the Entity List, Reuters reported on Tuesday.",
    );
    let zh = file(
        folder.path(),
        "zh.txt",
        "商务部6月9日将28家美国实体列入出口管制管控名单，涉及金额约20亿元。".as_bytes(),
    );
    let html = file(
        folder.path(),
        "page.html",
        "<html><head><title>Chips</title></head><body><article><h1>Chips</h1><p>The fund raised 45 billion yuan on Monday, the company said in a statement, and it will invest in equipment makers.</p><p>A second paragraph gives the background of the fund and of the companies that it supports across the country.</p></article></body></html>".as_bytes(),
    );
    let output = headwater(&["read", "--format", "jsonl", "--captured", "2026-06-10", &en, &zh, &html]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let documents = lines(&output);
    assert_eq!(documents.len(), 3);
    for (document, name) in documents.iter().zip(["en.txt", "zh.txt", "page.html"]) {
        assert!(document["url"].as_str().unwrap().ends_with(name), "{document}");
        for list in [
            "entities",
            "quantities",
            "dates",
            "attributions",
            "claims",
            "doubts",
            "notices",
            "paragraphs",
            "byline",
        ] {
            assert!(document[list].is_array(), "{list} in {document}");
        }
        assert_quotes_hold(document);
    }
    assert_eq!(
        documents[0]["text"],
        "The Commerce Department added Huawei and SMIC to the Entity List, Reuters reported on Tuesday."
    );
    assert_eq!(documents[0]["claims"][0]["frame"], "listing");
    assert!(documents[0]["entities"].as_array().unwrap().iter().any(|e| e["id"] == "huawei"));
}

#[test]
fn bad_input_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let good = file(folder.path(), "good.txt", b"The ministry said it would fine the company $2 million.");
    let bomb = file(folder.path(), "bomb.html.gz", &gzip(&vec![b' '; 100 << 20]));
    let deep = file(folder.path(), "deep.html", "<div>".repeat(100_000).as_bytes());
    let empty = file(folder.path(), "empty.html", b"");
    let mislabelled = file(
        folder.path(),
        "label.html",
        "<meta charset=gb2312><p>工业和信息化部发布通知，要求企业申报。</p>".as_bytes(),
    );
    let junk = file(folder.path(), "junk", &[0u8, 159, 146, 150, 255, 254, 0, 1]);
    let lines_file = file(
        folder.path(),
        "docs.jsonl",
        b"{\"url\": \"http://a.example/\", \"title\": \"T\", \"text\": \"x\"}\nnonsense\n{\"title\": 1}\n",
    );
    let absent = folder.path().join("absent.html").to_str().unwrap().to_owned();
    let inputs = [&good, &bomb, &deep, &empty, &mislabelled, &junk, &lines_file, &absent, &good];
    let arguments: Vec<&str> =
        ["read", "--format", "jsonl"].into_iter().chain(inputs.iter().map(|s| s.as_str())).collect();
    let output = headwater(&arguments);
    assert_eq!(output.status.code(), Some(1));
    let documents = lines(&output);
    assert_eq!(documents.len(), 11, "{documents:#?}");
    let errors: Vec<&str> = documents.iter().filter_map(|d| d["error"].as_str()).collect();
    assert_eq!(errors.len(), 4, "{errors:?}");
    assert!(errors.iter().any(|e| e.contains("larger than 32 MiB")), "{errors:?}");
    assert!(errors.iter().any(|e| e.contains("not JSON")), "{errors:?}");
    assert!(documents[4]["text"].as_str().unwrap().contains("工业和信息化部"), "{}", documents[4]);
    assert_eq!(documents.last().unwrap()["text"], documents[0]["text"]);
}

#[test]
fn a_workspace_from_import_to_export() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("work").to_str().unwrap().to_owned();
    let refused = headwater(&["--dir", &dir, "check"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("init"));
    assert!(headwater(&["--dir", &dir, "init"]).status.success());
    let documents = file(
        folder.path(),
        "docs.jsonl",
        b"{\"url\": \"http://a.example/1\", \"published\": \"2026-06-09\", \"title\": \"Two firms listed\", \"text\": \"The Commerce Department added Huawei and SMIC to the Entity List on Tuesday.\"}\n\
          {\"url\": \"http://b.example/2\", \"published\": \"2026-06-10\", \"title\": \"Fund\", \"text\": \"The fund raised 45 billion yuan on Wednesday, the company said.\"}\n",
    );
    let import = |path: &str| headwater(&["--dir", &dir, "import", path]);
    let output = import(&documents);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("2 captures archived"));
    assert!(String::from_utf8_lossy(&import(&documents).stdout).contains("0 captures archived, 2 held"));
    let export =
        |what: &str| lines(&headwater(&["--dir", &dir, "export", "--format", "jsonl", "--what", what]));
    let articles = export("articles");
    assert_eq!(articles.len(), 2);
    for field in ["url", "captured", "page_kind", "title", "published", "language", "text", "notices"] {
        assert!(articles[0].get(field).is_some(), "{field}");
    }
    let claims = export("claims");
    assert!(claims.iter().any(|c| c["frame"] == "listing"), "{claims:?}");
    for what in ["edges", "stories", "measures", "lists", "sources"] {
        export(what);
    }
    for command in ["check", "rebuild", "check"] {
        let output = headwater(&["--dir", &dir, command]);
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let found = headwater(&["--dir", &dir, "search", "华为"]);
    assert!(
        String::from_utf8_lossy(&found.stdout).contains("Two firms listed"),
        "an entity is found by all its names"
    );
}

#[test]
fn an_earlier_capture_of_the_same_bytes_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("work").to_str().unwrap().to_owned();
    assert!(headwater(&["--dir", &dir, "init"]).status.success());
    let page = file(folder.path(), "a.html", b"<p>The same words on both days.</p>");
    let import = |day: &str| {
        let output = headwater(&["--dir", &dir, "import", "--captured", day, &page]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    for (day, told) in [
        ("2026-06-10", "1 captures archived"),
        ("2026-06-01", "1 captures archived"),
        ("2026-06-01", "1 held"),
        ("2026-06-12", "1 held"),
    ] {
        let output = import(day);
        assert!(output.contains(told), "{day}: {output}");
    }
}

#[test]
fn help_on_a_command_says_what_it_takes() {
    let help = headwater(&["help", "search"]);
    assert!(String::from_utf8_lossy(&help.stdout).contains("`-without`"));
}
