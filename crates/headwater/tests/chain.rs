//! A chain of many retellings stays readable: those that change nothing are folded, what changed stands out.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

const SOURCE: &str = "The ministry will require licences for exports of gallium to Norland from March 1, \
    according to three officials.\n\nThe restrictions will cover at least 140 companies, including Brightwater and Calder, \
    the officials said. Exporters had expected the step since the summer, when inspectors first asked for their books.";

fn capture(host: &str, hour: u8, text: &str) -> serde_json::Value {
    serde_json::json!({
        "url": format!("https://{host}/gallium"),
        "published": format!("2026-01-05T{hour:02}:00:00Z"),
        "captured": format!("2026-01-05T{hour:02}:30:00Z"),
        "title": "Ministry to require licences for gallium exports",
        "text": text,
    })
}

/// One report, fourteen reprints, and a retelling that loses the bound.
fn newsroom(folder: &Path) {
    let changed = SOURCE.replace("at least 140", "140");
    let mut captures = vec![capture("first.example", 6, SOURCE)];
    captures.extend((0..14).map(|n| capture(&format!("outlet-{n}.example"), 7 + n, SOURCE)));
    captures.push(capture("changed.example", 22, &changed));
    let lines: Vec<String> = captures.iter().map(ToString::to_string).collect();
    std::fs::write(folder.join("captures.jsonl"), lines.join("\n")).unwrap();
    headwater(folder, &["init"]);
    headwater(folder, &["import", folder.join("captures.jsonl").to_str().unwrap()]);
}

fn headwater(folder: &Path, arguments: &[&str]) -> String {
    let binary = env!("CARGO_BIN_EXE_headwater");
    let output = Command::new(binary).arg("--dir").arg(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A page as the server gives it.
fn page(folder: &Path, path: &str) -> String {
    let mut server = Command::new(env!("CARGO_BIN_EXE_headwater"))
        .arg("--dir")
        .arg(folder)
        .args(["serve", "--port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines().map_while(Result::ok);
    let address = lines.find_map(|line| {
        let word = line.split_whitespace().find_map(|w| w.strip_prefix("http://"))?;
        Some(word.trim_end_matches('/').to_owned())
    });
    let mut stream = TcpStream::connect(address.unwrap()).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    answer
}

#[test]
fn reprints_of_a_long_chain_are_folded_and_what_changed_stands_out() {
    let folder = tempfile::tempdir().unwrap();
    newsroom(folder.path());
    let claims = headwater(folder.path(), &["trace", "https://changed.example/gallium", "--format", "jsonl"]);
    let mut claims = claims.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let drifted = claims.find(|c| c["drift"][0]["dimension"] == "comparator").expect("the lost bound");
    assert_eq!(drifted["mentions"].as_array().unwrap().len(), 16, "no mention is folded for machines");
    let id = drifted["id"].as_str().unwrap();

    let traced = headwater(folder.path(), &["trace", id]);
    let folded: Vec<&str> =
        traced.lines().filter(|l| l.trim().starts_with("reprinted unchanged by")).collect();
    assert_eq!(folded.len(), 1, "{traced}");
    assert_eq!(folded[0].matches("https://outlet-").count(), 14, "{traced}");
    assert!(!folded[0].contains("changed.example"), "{traced}");

    let page = page(folder.path(), &format!("/claim/{id}"));
    assert!(page.contains("14 reprints"), "{page}");
    assert!(page.contains("16 reports"), "{page}");
    assert_eq!(page.matches("class=\"node").count(), 3, "the source, its reprints, what changed");
}
