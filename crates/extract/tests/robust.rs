//! Pages that nobody should write are read, quickly and without a panic.

use headwater_extract::extract;
use headwater_model::{Article, Capture, Hints};

fn read(page: impl Into<Vec<u8>>) -> Article {
    extract(&Capture {
        url: "https://page.example/".into(),
        captured: "2026-06-20T08:00:00Z".parse().expect("a time"),
        status: 200,
        content_type: Some("text/html".into()),
        body: page.into(),
        hints: Hints::default(),
    })
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
