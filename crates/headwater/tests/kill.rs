//! A process that is killed at any moment loses nothing that it had reported, and the next run goes on.
#![allow(clippy::disallowed_methods, reason = "how long an undisturbed run takes says when to kill the next")]

mod program;

use program::run;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};

const DOCUMENTS: usize = 120;
const PAGES: usize = 40;
/// At how many moments a run is killed. Twenty were tried by hand; eight keep the suite quick.
const MOMENTS: u32 = 8;

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Starts a command and kills it (SIGKILL) after a while; says whether it was killed before its end.
fn killed_after(workspace: &Path, arguments: &[&str], pause: Duration) -> bool {
    let mut child = program::command(workspace, arguments).spawn().unwrap();
    let begun = Instant::now();
    while begun.elapsed() < pause && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let ended = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    !ended
}

fn assert_agrees(workspace: &Path, when: &str) -> String {
    let check = run(workspace, &["check"]);
    assert!(check.status.success(), "{when}: {}", text(&check));
    let ledger = text(&check).lines().find(|l| l.starts_with("ledger ")).map(str::to_owned);
    ledger.unwrap_or_default()
}

fn articles(workspace: &Path) -> Vec<String> {
    let output = run(workspace, &["export", "--format", "jsonl", "--what", "articles"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut urls: Vec<String> = lines
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["url"].as_str().unwrap().to_owned())
        .collect();
    urls.sort();
    urls.dedup();
    urls
}

fn documents(path: &Path) {
    let mut lines = String::new();
    for n in 0..DOCUMENTS {
        let day = n % 28 + 1;
        let line = serde_json::json!({
            "url": format!("http://register.example/{n}"), "published": format!("2026-03-{day:02}"), "captured": format!("2026-04-{day:02}"),
            "title": format!("Agency {} adds {} companies to the Entity List", n % 7, n % 13 + 2),
            "text": format!("The Commerce Department added {} companies to the Entity List, according to a notice.\n{}", n % 13 + 2, "Exporters must obtain a licence before any shipment of the goods named in it. ".repeat(n % 19)),
        });
        lines += &format!("{line}\n");
    }
    std::fs::write(path, lines).unwrap();
}

#[test]
fn an_import_that_is_killed_goes_on_to_the_same_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("documents.jsonl");
    documents(&file);
    let import = ["import", file.to_str().unwrap()];

    let whole = folder.path().join("whole");
    run(&whole, &["init"]);
    let begun = Instant::now();
    let output = run(&whole, &import);
    let takes = begun.elapsed();
    assert!(output.status.success(), "{}", text(&output));
    let expected = assert_agrees(&whole, "undisturbed");
    assert_eq!(articles(&whole).len(), DOCUMENTS);

    let killed = folder.path().join("killed");
    run(&killed, &["init"]);
    let mut times = 0;
    for moment in 1..=MOMENTS {
        times += u32::from(killed_after(&killed, &import, takes * moment / MOMENTS));
        if killed.join("ledger.sqlite").exists() {
            assert_agrees(&killed, &format!("killed at moment {moment}"));
        }
    }
    assert!(times >= 2, "only {times} runs were killed before their end");
    assert!(run(&killed, &import).status.success());
    assert_eq!(assert_agrees(&killed, "at the end"), expected);
}

/// A feed and its pages.
fn page(path: &str, base: &str) -> program::Page {
    if path == "/feed.xml" {
        let items: String = (0..PAGES)
            .map(|n| format!("<item><title>Story {n}</title><link>{base}/story/{n}</link><pubDate>Tue, 02 Jun 2026 08:{n:02}:00 GMT</pubDate></item>"))
            .collect();
        let feed = format!(
            "<rss version=\"2.0\"><channel><title>Wire</title><link>{base}/</link>{items}</channel></rss>"
        );
        return ("200 OK", "application/rss+xml", feed);
    }
    match path.strip_prefix("/story/") {
        Some(n) => {
            let words = format!(
                "The fund of round {n} raised {n} billion yuan, its manager said on Tuesday, and it will invest in makers of equipment. "
            );
            let body = format!(
                "<html><head><title>Story {n}</title></head><body><article><h1>Story {n}</h1><p>{}</p><p>{}</p></article></body></html>",
                words.repeat(3),
                words.repeat(2)
            );
            ("200 OK", "text/html", body)
        }
        None => ("404 Not Found", "text/plain", String::new()),
    }
}

#[test]
fn a_collect_that_is_killed_loses_no_page_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("watch");
    run(&workspace, &["init"]);
    let settings = "[collect]\nrevisit_always = true\n[collect.fetch]\nallow_private = true\ndelay = 0.0\n";
    std::fs::write(workspace.join("headwater.toml"), settings).unwrap();
    let base = program::site(page);
    let added = run(&workspace, &["source", "add", &format!("{base}/feed.xml")]);
    assert!(added.status.success(), "{}", text(&added));
    let mut held = 0;
    for moment in 1..=MOMENTS {
        let pause = u64::from(moment) * 110;
        killed_after(&workspace, &["collect", "--all"], Duration::from_millis(pause));
        if workspace.join("ledger.sqlite").exists() {
            assert_agrees(&workspace, &format!("killed after {pause} ms"));
            let now = articles(&workspace).len();
            assert!(now >= held, "{held} articles before, {now} after {pause} ms");
            held = now;
        }
    }
    let last = run(&workspace, &["collect", "--all"]);
    assert!(last.status.success(), "{}", text(&last));
    assert_agrees(&workspace, "at the end");
    assert_eq!(articles(&workspace).len(), PAGES);
}
