//! What the site answers, through its router: no browser, no network.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use headwater_archive::{Exchange, Writer};
use headwater_ledger::{CaptureRecord, Ledger};
use headwater_model::article::Paragraph;
use headwater_model::capture::Position;
use headwater_model::claim::{Claim, Exclusivity, Frame, Modality, Polarity};
use headwater_model::mention::{EntityKind, EntityMention};
use headwater_model::{Analysis, Article, Capture, Hints, Knowledge, Part, Text};
use headwater_search::Index;
use headwater_serve::{Site, router};
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt;

/// Addresses of which one is the beginning, the decoded form or the folder of another.
const ADDRESSES: &[&str] = &[
    "https://a.example/show",
    "https://a.example/show?id=5&page=x",
    "https://a.example/show?id=6",
    "https://a.example/%E5%85%AC%E5%91%8A",
    "https://a.example/公告",
    "https://a.example/100%25",
    "https://a.example/b",
    "https://a.example/a/../b?x=%3F",
    "https://a.example/b#part",
    "file:///home/reader/.notes/a b.html",
];

fn capture(url: &str, page: &str) -> Capture {
    Capture {
        url: url.into(),
        captured: "2026-06-09T08:30:00Z".parse().unwrap(),
        status: 200,
        content_type: Some("text/html; charset=utf-8".into()),
        body: page.as_bytes().to_vec(),
        hints: Hints::default(),
    }
}

/// A workspace's files, filled with captures, and what was read in each.
struct Workspace(tempfile::TempDir);

impl Workspace {
    fn new(captures: &[Capture], read: impl Fn(&Capture) -> (Article, Analysis)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut writer = Writer::open(&path("archive"), Position::default()).unwrap();
        let mut ledger = Ledger::create(&path("ledger.sqlite")).unwrap();
        let mut index = Index::open_or_create(&path("index")).unwrap();
        ledger.begin().unwrap();
        for capture in captures {
            let exchange = Exchange { capture, request_headers: &[], response_headers: &[] };
            let record = CaptureRecord {
                id: capture.id(),
                url: capture.url.clone(),
                captured: capture.captured,
                status: 200,
                media_type: capture.media_type(),
                position: writer.exchange(&exchange).unwrap(),
                source: None,
                requested_url: None,
            };
            let (article, analysis) = read(capture);
            ledger.capture(&record).unwrap();
            ledger.article(&article, &analysis).unwrap();
            index.add(&article, &[]).unwrap();
        }
        ledger.commit().unwrap();
        index.commit(captures.len() as u64, "").unwrap();
        Workspace(folder)
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    async fn ask(&self, address: &str) -> (StatusCode, HeaderMap, String) {
        ask(self.0.path(), address).await
    }
}

async fn ask(folder: &Path, address: &str) -> (StatusCode, HeaderMap, String) {
    let site = Site {
        ledger: folder.join("ledger.sqlite"),
        index: folder.join("index"),
        archive: folder.join("archive"),
        knowledge: Arc::new(Knowledge::default()),
        sample: false,
        names_in: Arc::new(|_| Vec::new()),
    };
    let request = Request::builder().uri(sent(address)).body(Body::empty()).unwrap();
    let response = router(site).oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, headers, String::from_utf8(body.to_vec()).unwrap())
}

/// What a browser sends for an address on a page: folders are resolved, a fragment is kept back.
fn sent(address: &str) -> String {
    let base = url::Url::parse("http://127.0.0.1:8080/article/x").unwrap();
    let url = base.join(address).unwrap();
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

/// The first address on a page that begins with some words.
fn link(page: &str, begins: &str) -> String {
    let at = page.find(begins).unwrap_or_else(|| panic!("no {begins} in {page}"));
    let link = &page[at + begins.find('/').unwrap()..];
    link[..link.find('"').unwrap()].replace("&amp;", "&")
}

fn plain(capture: &Capture) -> (Article, Analysis) {
    let article = Article {
        title: "A page".into(),
        text: "Words of the page.".into(),
        ..Article::new(capture.id(), capture.url.as_str(), capture.captured)
    };
    (article, Analysis::empty(capture.id()))
}

#[tokio::test]
async fn every_capture_is_replayed_from_its_article_whatever_its_address() {
    let captures: Vec<_> = ADDRESSES
        .iter()
        .enumerate()
        .map(|(n, url)| capture(url, &format!("<p>Page number {n}.</p>")))
        .collect();
    let workspace = Workspace::new(&captures, plain);
    for (n, capture) in captures.iter().enumerate() {
        let (_, _, article) = workspace.ask(&format!("/article/{}", capture.id())).await;
        let (status, _, frame) = workspace.ask(&link(&article, "href=\"/web/")).await;
        assert_eq!(status, StatusCode::OK, "{}", capture.url);
        assert!(frame.contains(&format!("/article/{}\"", capture.id())), "{}: {frame}", capture.url);
        let (status, headers, page) = workspace.ask(&link(&frame, "src=\"/raw/")).await;
        assert_eq!(status, StatusCode::OK, "{}", capture.url);
        assert!(page.contains(&format!("Page number {n}.")), "{}: {page}", capture.url);
        assert!(headers["content-security-policy"].to_str().unwrap().starts_with("sandbox;"));
        let (_, _, reference) = workspace.ask(&format!("/cite/csl/{}", capture.id())).await;
        let (status, _, frame) = workspace.ask(&link(&reference, "\"/web/")).await;
        assert_eq!(status, StatusCode::OK, "{}: {reference}", capture.url);
        assert!(frame.contains(&format!("/article/{}\"", capture.id())), "{}: {frame}", capture.url);
    }
}

#[tokio::test]
async fn a_page_is_replayed_in_the_encoding_in_which_it_was_read() {
    let text = "商务部公告：对镓、锗相关物项实施出口管制，自公布之日起施行。";
    let (body, _, _) = encoding_rs::GB18030.encode(text);
    let mut unlabelled = capture("https://a.example/notice", "");
    (unlabelled.body, unlabelled.content_type) = (body.into_owned(), Some("text/html".into()));
    let workspace = Workspace::new(&[unlabelled], plain);
    let (status, _, page) = workspace.ask("/raw/20260609083000/https://a.example/notice").await;
    assert!(status == StatusCode::OK && page.contains(text), "{page}");
}

#[tokio::test]
async fn a_capture_is_replayed_at_its_address_as_a_person_writes_it() {
    let captures: Vec<_> = ADDRESSES.iter().map(|url| capture(url, "<p>A page.</p>")).collect();
    let workspace = Workspace::new(&captures, plain);
    for written in
        ["https://a.example/show?id=5&page=x", "https://a.example/show?id=6", "https://a.example/公告"]
    {
        let (status, _, frame) = workspace.ask(&format!("/web/20260609083000/{written}")).await;
        assert_eq!(status, StatusCode::OK, "{written}");
        assert!(frame.contains(&format!(">{}</p>", written.replace('&', "&amp;"))), "{written}: {frame}");
    }
    for nothing in ["/web/", "/web/2026/", "/web/june/https://a.example/show", "/web/2026/https://b.example/"]
    {
        assert_eq!(workspace.ask(nothing).await.0, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn any_page_of_a_search_may_be_asked_for() {
    let workspace = Workspace::new(&[capture(ADDRESSES[0], "<p>A page.</p>")], plain);
    let (status, _, page) = workspace.ask("/search?q=page").await;
    assert!(status == StatusCode::OK && page.contains("/article/"), "{page}");
    for far in ["10000000000000", "18446744073709551615"] {
        for list in ["/search?q=page&page=", "/stories?page="] {
            assert_eq!(workspace.ask(&format!("{list}{far}")).await.0, StatusCode::OK, "{list}{far}");
        }
    }
}

#[tokio::test]
async fn words_that_are_no_operators_are_told_so() {
    let workspace = Workspace::new(&[capture(ADDRESSES[0], "<p>A page.</p>")], plain);
    for (query, told) in [
        ("words+|+page", Some("|")),
        ("%E5%85%AC%E5%91%8A+AND+page", Some("AND")),
        ("inurl:a.example+page", Some("inurl:")),
        ("Intitle:page", Some("Intitle:")),
        ("words+and+page", None),
        ("%22words+AND+page%22", None),
        // These are some.
        ("words+OR+page", None),
        ("site:a.example+page", None),
        ("Title:page", None),
        ("opposite:page", None),
    ] {
        let page = workspace.ask(&format!("/search?q={query}")).await.2;
        let hint =
            told.map_or("is no operator".to_owned(), |word| format!("<code>{word}</code> is no operator"));
        assert_eq!(page.contains(&hint), told.is_some(), "{query}");
    }
}

#[tokio::test]
async fn looking_makes_nothing() {
    let workspace = Workspace::new(&[], plain);
    std::fs::remove_dir_all(workspace.path("index")).unwrap();
    assert_eq!(workspace.ask("/search?q=page").await.0, StatusCode::OK);
    assert!(!workspace.path("index").exists());
    let empty = tempfile::tempdir().unwrap();
    for page in ["/", "/stories", "/claims", "/measures", "/lists", "/sources", "/search", "/feed.xml"] {
        assert_eq!(ask(empty.path(), page).await.0, StatusCode::OK, "{page}");
    }
    assert_eq!(std::fs::read_dir(empty.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn what_a_page_says_is_words_and_never_markup() {
    let hostile =
        "<script>alert(1)</script><p onclick=\"alert(2)\">Body</p><img src=\"http://b.example/pixel\">";
    let captures = [capture("https://a.example/\"><script>", hostile)];
    let workspace = Workspace::new(&captures, |capture| {
        let (article, analysis) = plain(capture);
        (Article { title: "<script>alert(3)</script>".into(), ..article }, analysis)
    });
    let address = format!("/article/{}", captures[0].id());
    let (_, headers, article) = workspace.ask(&address).await;
    assert!(!article.contains("<script"), "{article}");
    assert!(article.contains("&lt;script&gt;alert(3)"), "{article}");
    assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    assert_eq!((&headers["x-content-type-options"], &headers["referrer-policy"]).0, "nosniff");
    let (_, _, frame) = workspace.ask(&link(&article, "href=\"/web/")).await;
    let (_, _, page) = workspace.ask(&link(&frame, "src=\"/raw/")).await;
    assert!(page.contains("Body") && !page.contains("alert") && !page.contains("pixel"), "{page}");
}

fn name(text: &Text, words: &str) -> EntityMention {
    let at = text.as_str().find(words).unwrap();
    EntityMention {
        id: None,
        name: words.into(),
        kind: EntityKind::Company,
        candidates: Vec::new(),
        rule: "name".into(),
        evidence: text.cut(at..at + words.len(), Part::Text).unwrap(),
    }
}

fn claim(text: &Text, words: &str) -> Claim {
    Claim {
        frame: Frame::ALL[0],
        change: None,
        fillers: Vec::new(),
        quantity: None,
        modality: Modality::ALL[0],
        polarity: Polarity::ALL[0],
        exclusivity: Exclusivity::ALL[0],
        time: None,
        attribution: Vec::new(),
        measure: None,
        rule: "r".into(),
        evidence: name(text, words).evidence,
    }
}

#[tokio::test]
async fn what_was_found_is_marked_in_every_paragraph() {
    let lines = ["Acme of Bern opened a hall.", "Nothing here.", "华芯在伯尔尼建厂。"];
    let captures = [capture(ADDRESSES[0], "<p>A page.</p>")];
    let workspace = Workspace::new(&captures, |capture| {
        let text = Text::new(lines.join("\n"));
        let spans =
            lines.map(|line| text.span(text.as_str().find(line).map(|at| at..at + line.len()).unwrap()));
        let paragraphs =
            spans.map(|span| Paragraph { span, language: "en".into(), rendering: false }).to_vec();
        let analysis = Analysis {
            // In another order than the text's.
            entities: ["华芯", "Bern", "Acme"].map(|words| name(&text, words)).to_vec(),
            claims: vec![claim(&text, "Acme of Bern opened a hall")],
            ..Analysis::empty(capture.id())
        };
        (Article { text, paragraphs, ..plain(capture).0 }, analysis)
    });
    let (_, _, page) = workspace.ask(&format!("/article/{}", captures[0].id())).await;
    for paragraph in [
        "<mark class=\"claim name\" id=\"c0\">Acme</mark><mark class=\"claim\"> of </mark><mark class=\"claim name\">Bern</mark><mark class=\"claim\"> opened a hall</mark>.</p>",
        ">Nothing here.</p>",
        "<mark class=\"name\"><span lang=\"zh-Hans\">华芯</span></mark><span lang=\"zh-Hans\">在伯尔尼建厂</span>。</p>",
    ] {
        assert!(page.contains(paragraph), "{paragraph} not in {page}");
    }
}
