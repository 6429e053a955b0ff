//! Pages that nobody should write are read, quickly and without a panic.

mod captured;

use captured::capture;
use headwater_extract::extract;
use headwater_model::{Article, Capture, Hints};

fn read(page: impl Into<Vec<u8>>) -> Article {
    extract(&capture("text/html", page))
}

#[test]
fn nested_pages() {
    for depth in [100, 700, 100_000] {
        for (open, close) in [
            ("<div>", "</div>"),
            ("<div><p>x</p>", ""),
            ("<div></b>", ""),
            ("<b><div>", "</b>"),
            ("<table><tr><td>", ""),
            ("<ul><li>", "</li></ul>"),
            ("<span class=date>", "</span>"),
            ("<blockquote><a href=/x>", "</a></blockquote>"),
        ] {
            let page =
                format!("<html><body>{}Deep words of the page{}", open.repeat(depth), close.repeat(depth));
            let article = read(page);
            let shallow = depth < 200;
            assert!(!shallow || article.text.as_str().contains("Deep words"), "{open} {depth}");
        }
    }
}

#[test]
fn broken_pages() {
    for page in [
        "",
        "<",
        "</",
        "<html",
        "<!--",
        "<script>",
        "<title>",
        "<p>\u{0}\u{ffff}</p>",
        "<a href='http://[::'>x</a>",
        "<time datetime='99999999999999999999'>x</time>",
        "<script type='application/ld+json'>{\"@graph\":[{\"@graph\":[</script>",
        "<meta name=date content='0000-00-00T99:99:99+99:99'><p>2026-02-31 31.02.2026 February 30, 2026</p>",
        "<base href='::'><a href='//'>x</a><table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>",
        "二〇二六年十三月四十日 民國999年99月99日",
    ] {
        read(page);
    }
    let bytes: Vec<u8> = (0..=255u8).cycle().take(5_000).collect();
    read(bytes);
}

#[test]
fn a_page_full_of_notices() {
    let lines: String = (0..5_000).map(|n| format!("<p>Editor: n{n}</p>")).collect();
    let article = read(format!("<html><body><p>The crane was sold on Tuesday.</p>{lines}</body></html>"));
    assert_eq!(article.notices.len(), 20);
    assert_eq!((article.notices[0].value.as_str(), article.notices[19].value.as_str()), ("n0", "n19"));
}

#[test]
fn digits_of_other_scripts() {
    for date in ["2026-06-09T08:30+௦௮௦௦", "2026-06-09T௦௮:௩௦", "௨௦௨௬-௦௬-௦௯", "௯ June 2026", "௯.௬.2026"]
    {
        let article =
            read(format!("<html><body><time datetime='{date}'>{date}</time><p>Words.</p></body></html>"));
        assert!(article.doubts.iter().all(|d| d.kind != "unreadable"), "{date}");
    }
}

/// A terminal obeys controls, and no reader of feeds takes them.
#[test]
fn controls_are_no_text() {
    let page = "<html><head><title>Cranes&#27;]0;x&#7; sold</title><meta name=author content='Ida&#27;[2J Moran'>
        <meta property='og:site_name' content='The&#8;Quay'></head>
        <body><h1>Cranes&#27;]0;x&#7; sold</h1><p>Two cranes&#27;[31m were sold on\u{9b}2J Tuesday, the port says.</p>
        <table><tr><td>one&#27;</td><td>two</td></tr><tr><td>1</td><td>2</td></tr></table></body></html>";
    let document = r#"{"url":"https://page.example/","title":"Cranes\u001b]0;x\u0007 sold","text":"Two cranes\u001b[31m were\nsold.",
        "authors":["Ida\u001b[2J Moran"],"site_name":"The\bQuay"}"#;
    let text = "Cranes\u{1b}]0;x\u{7} sold\n\nTwo cranes\u{1b}[31m were\tsold.";
    let read_as = |media: &str, body: &str| {
        let hints = Hints { authors: vec!["Ida\u{1b}[2J Moran".into()], ..Hints::default() };
        extract(&Capture { hints, ..capture(media, body) })
    };
    for (media, body) in [("text/html", page), ("application/json", document), ("text/plain", text)] {
        let article = read_as(media, body);
        assert!(article.title.as_str().starts_with("Cranes"), "{media} {:?}", article.title);
        assert!(article.text.as_str().contains("Two cranes [31m were"), "{media} {:?}", article.text);
        let wrong = |s: &str| s.contains(|c: char| c.is_control() && c != '\n' && c != '\t');
        let names = article.byline.iter().chain(&article.site_name).map(String::as_str);
        for said in names.chain([article.title.as_str(), article.text.as_str()]) {
            assert!(!wrong(said), "{media} {said:?}");
        }
    }
}

/// Pages that were cut off, or lack a part in the middle, are read as far as they go.
#[test]
fn damaged_pages() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let folders = std::fs::read_dir(root).expect("the pages").map(|e| e.expect("a folder").path());
    let pages: Vec<Vec<u8>> = folders.map(|f| std::fs::read(f.join("page.html")).expect("a page")).collect();
    assert!(pages.len() >= 10);
    for page in pages {
        for at in (0..page.len()).step_by(97) {
            let rest = &page[(at + 300).min(page.len())..];
            for damaged in [page[..at].to_vec(), [&page[..at], rest].concat(), rest.to_vec()] {
                let article = read(damaged);
                let unread = article.doubts.iter().any(|d| d.kind == "unreadable");
                assert!(!unread, "a page damaged at {at} made reading give up");
            }
        }
    }
}
