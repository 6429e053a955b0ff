//! What a person hands over: what cannot be read is named, and costs nothing else.

use headwater_pipeline::captures;
use std::io::Write;
use std::path::Path;

/// Addresses of what was read, and what was refused, in order.
fn found(path: &Path) -> (Vec<String>, Vec<String>) {
    let captured = "2026-06-09T12:00:00Z".parse().unwrap();
    let (mut urls, mut refused) = (Vec::new(), Vec::new());
    for item in captures(path, captured) {
        match item {
            Ok(capture) => urls.push(capture.url),
            Err(e) => refused.push(format!("{} {}", e.what, e.why)),
        }
    }
    (urls, refused)
}

/// A folder so deep that its path cannot be opened; it is put together from two that can.
#[cfg(unix)]
fn too_deep(folder: &Path) {
    let name = "d".repeat(250);
    let half = |top: &str| {
        let mut path = folder.join(top);
        (0..10).for_each(|_| path.push(&name));
        std::fs::create_dir_all(&path).unwrap();
        path
    };
    let (first, _) = (half("first"), half("second"));
    std::fs::rename(folder.join("second"), first.join("second")).unwrap();
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_read_costs_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.html", "z.html"] {
        std::fs::write(folder.path().join(name), "<p>A page.</p>").unwrap();
    }
    too_deep(folder.path());
    let (urls, refused) = found(folder.path());
    let names: Vec<&str> = urls.iter().map(|u| u.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["a.html", "z.html"]);
    assert!(refused.len() == 1 && refused[0].contains("it cannot be read"), "{refused:?}");
}

#[test]
fn a_saved_page_is_of_the_address_that_it_gives_as_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let page = |head: &str| format!("<!doctype html><html>{head}<body><p>A page.</p></body></html>");
    let saved = "<!-- saved from url=(0027)https://b.example/news/2.html -->";
    for (name, head) in [
        ("1.html", r#"<head><link rel="canonical" href="https://a.example/news/1.html"></head>"#),
        ("2.html", saved),
        ("3.html", r#"<head><link rel="canonical" href="https://c.example/"></head>"#),
        ("4.html", r#"<head><link rel="canonical" href="javascript:void(0)"></head>"#),
        ("5.html", r#"<head><meta property="og:url" content="https://d.example/a?id=5"></head>"#),
    ] {
        std::fs::write(folder.path().join(name), page(head)).unwrap();
    }
    let (urls, _) = found(folder.path());
    assert_eq!(urls[..2], ["https://a.example/news/1.html", "https://b.example/news/2.html"]);
    assert!(urls[2].ends_with("/3.html") && urls[3].ends_with("/4.html"), "{urls:?}");
    assert_eq!(urls[4], "https://d.example/a?id=5");
}

#[test]
fn a_path_that_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (urls, refused) = found(&folder.path().join("none"));
    assert_eq!((urls.len(), refused.len()), (0, 1), "{refused:?}");
}

/// A document of so many bytes on one line.
fn line(n: u32, bytes: usize) -> String {
    let empty = format!(r#"{{"url":"http://a.example/{n}","text":""}}"#);
    empty.replace(r#""""#, &format!(r#""{}""#, "x".repeat(bytes - empty.len())))
}

#[test]
fn a_line_that_is_too_long_costs_only_itself() {
    const MOST: usize = 16 << 20;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("documents.jsonl");
    let mut file = std::fs::File::create(&path).unwrap();
    for (n, bytes) in [(1, 100), (2, MOST + 1), (3, MOST), (4, 3 * MOST), (5, 100)] {
        writeln!(file, "{}", line(n, bytes)).unwrap();
    }
    let (urls, refused) = found(&path);
    assert_eq!(urls, ["http://a.example/1", "http://a.example/3", "http://a.example/5"]);
    let lines: Vec<&str> =
        refused.iter().map(|r| r.rsplit_once(" it is").unwrap().0.rsplit(' ').next().unwrap()).collect();
    assert_eq!(lines, ["2", "4"], "{refused:?}");
}

#[test]
fn an_answer_that_lists_documents_is_each_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let document = |n: u8| {
        format!(r#"{{"title":"Rule {n}","abstract":"A rule.","html_url":"http://gazette.example/{n}"}}"#)
    };
    write("a.json", &format!(r#"{{"count":2,"results":[{},{}]}}"#, document(1), document(2)));
    write("b.json", &format!("[{}]", document(3)));
    write("c.json", &document(4));
    write("d.json", &format!(r#"{{"results":[{},{{"title":"no address"}}]}}"#, document(5)));
    write("e.json", r#"{"results":[1,2]}"#);
    let (urls, refused) = found(folder.path());
    let names: Vec<&str> = urls.iter().map(|u| u.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["1", "2", "3", "c.json", "5", "e.json"]);
    assert!(refused.len() == 1 && refused[0].contains("d.json entry 2"), "{refused:?}");
}
