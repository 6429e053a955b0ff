//! Pages of our own and what is read from them: each folder of `tests/pages` holds the page's bytes and what is expected.
//!
//! A field that `expected.toml` leaves out is not asked. `text` is the whole text, line by line.

mod captured;

use captured::capture;
use headwater_extract::extract;
use headwater_model::{Article, Capture};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Expected {
    /// The page's encoding, by its label; the file itself is in UTF-8.
    encoding: Option<String>,
    url: String,
    content_type: Option<String>,
    kind: Option<String>,
    title: Option<String>,
    byline: Option<Vec<String>>,
    site_name: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    language: Option<String>,
    languages: Option<Vec<String>>,
    renderings: Option<Vec<bool>>,
    text: Option<Vec<String>>,
    notices: Option<Vec<(String, String)>>,
    doubts: Option<Vec<String>>,
    tables: Option<usize>,
    official: Option<Official>,
}

#[derive(Deserialize)]
struct Official {
    number: Option<String>,
    index: Option<String>,
    issuers: Option<Vec<String>>,
    signed: Option<String>,
    effective: Option<String>,
    validity: Option<String>,
    annexes: Option<Vec<String>>,
}

fn read(folder: &Path, expected: &Expected) -> Article {
    let mut body = std::fs::read(folder.join("page.html")).expect("a page");
    if let Some(label) = &expected.encoding {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a known encoding");
        body = encoding.encode(std::str::from_utf8(&body).expect("UTF-8")).0.into_owned();
    }
    let media_type = expected.content_type.as_deref().unwrap_or("text/html");
    extract(&Capture { url: expected.url.clone(), ..capture(media_type, body) })
}

/// Adds what differs to the list of faults.
fn ask<T: PartialEq + std::fmt::Debug>(faults: &mut Vec<String>, what: &str, expected: &Option<T>, found: T) {
    if expected.as_ref().is_some_and(|e| *e != found) {
        faults.push(format!("  {what}: {found:?}\n    expected {:?}", expected.as_ref().expect("asked")));
    }
}

fn faults(expected: &Expected, article: &Article) -> Vec<String> {
    let mut faults = Vec::new();
    let f = &mut faults;
    ask(f, "kind", &expected.kind, article.page_kind.to_string());
    ask(f, "title", &expected.title, article.title.as_str().to_owned());
    ask(f, "byline", &expected.byline, article.byline.clone());
    ask(f, "site name", &expected.site_name, article.site_name.clone().unwrap_or_default());
    let date =
        |d: &Option<headwater_model::time::PageDate>| d.as_ref().map(|d| d.value.clone()).unwrap_or_default();
    ask(f, "published", &expected.published, date(&article.published));
    ask(f, "modified", &expected.modified, date(&article.modified));
    ask(f, "language", &expected.language, article.language.clone());
    ask(f, "languages", &expected.languages, article.paragraphs.iter().map(|p| p.language.clone()).collect());
    ask(f, "renderings", &expected.renderings, article.paragraphs.iter().map(|p| p.rendering).collect());
    ask(f, "text", &expected.text, article.text.as_str().lines().map(str::to_owned).collect());
    let notices = article.notices.iter().map(|n| (n.kind.to_string(), n.value.clone()));
    ask(f, "notices", &expected.notices, notices.collect());
    ask(f, "doubts", &expected.doubts, article.doubts.iter().map(|d| d.kind.clone()).collect());
    ask(f, "tables", &expected.tables, article.tables.len());
    if let Some(expected) = &expected.official {
        let found = article.official.clone().unwrap_or_default();
        ask(f, "number", &expected.number, found.number.unwrap_or_default());
        ask(f, "index", &expected.index, found.index.unwrap_or_default());
        ask(f, "issuers", &expected.issuers, found.issuers);
        ask(f, "signed", &expected.signed, found.signed.unwrap_or_default());
        ask(f, "effective", &expected.effective, found.effective.unwrap_or_default());
        ask(f, "validity", &expected.validity, found.validity.unwrap_or_default());
        ask(f, "annexes", &expected.annexes, found.annexes);
    }
    for evidence in article.notices.iter().map(|n| &n.evidence) {
        if article.part(evidence.part()).slice(evidence.span()) != evidence.quote() {
            f.push(format!("  a quote does not stand where it says: {}", evidence.quote()));
        }
    }
    faults
}

#[test]
fn pages_of_our_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut folders: Vec<_> =
        std::fs::read_dir(&root).expect("the pages").map(|e| e.expect("a folder").path()).collect();
    folders.sort();
    assert!(folders.len() >= 10);
    let mut all = Vec::new();
    for folder in folders {
        let expected = std::fs::read_to_string(folder.join("expected.toml")).expect("what is expected");
        let expected: Expected =
            toml::from_str(&expected).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        let faults = faults(&expected, &read(&folder, &expected));
        if !faults.is_empty() {
            all.push(format!(
                "{}\n{}",
                folder.file_name().expect("a name").to_string_lossy(),
                faults.join("\n")
            ));
        }
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

#[test]
fn a_feed_dates_a_page_that_states_no_day_itself() {
    let prose = "The harbour office said that the origin of every control unit must be declared by August.";
    let page = |dated: &str| {
        let body = format!(
            "<title>Cranes</title><h1>Cranes named</h1><div>{dated}</div><p>{prose}</p><p>{prose}</p>"
        );
        let mut page = capture("text/html", body);
        page.hints.published = Some("2026-06-19T09:00:00Z".into());
        let article = extract(&page);
        let guessed = article.doubts.iter().any(|doubt| doubt.kind == "date_guessed");
        (article.published.expect("a date").value, guessed)
    };
    assert_eq!(page("2 weeks ago"), ("2026-06-19T09:00Z".to_owned(), false));
    assert_eq!(page(""), ("2026-06-19T09:00Z".to_owned(), false));
    assert_eq!(page("18 June 2026"), ("2026-06-18".to_owned(), false));
}
