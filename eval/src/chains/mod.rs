//! Labelled chains of retellings: what derives from what, where a claim comes from, what changed on
//! the way. The chains and distractors of one hand run as one stream, in the order of capture; what two hands invented
//! may coincide, and then says nothing of either.

mod book;
mod label;

pub use book::Book;
use label::read;
pub use label::{Chain, Claim, Page};

use headwater_knowledge::Lexicon;
use headwater_model::{Article, Capture, Hints};
use headwater_track::Tracker;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Hands by which what is learned of the chains is measured, and from which nothing is learned.
pub const UNREAD: [&str; 4] = ["blind13", "blind16", "blind21", "blind22"];

/// Where the chains stand.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/chains")
}

/// All labelled chains, and the knowledge that they are read with.
pub fn labelled() -> anyhow::Result<(Vec<Chain>, Lexicon)> {
    let folder = folder();
    Ok((read(&folder)?, lexicon(&folder)?))
}

/// Chains by the hand that wrote them.
pub fn by_hand(chains: &[Chain]) -> BTreeMap<&str, Vec<&Chain>> {
    let mut hands: BTreeMap<&str, Vec<&Chain>> = BTreeMap::new();
    for chain in chains {
        hands.entry(hand(&chain.half)).or_default().push(chain);
    }
    hands
}

/// Who wrote a half: the held chains are of the same hand as the others of our own.
fn hand(half: &str) -> &str {
    if half == "held" { "dev" } else { half }
}

/// The project's knowledge and the stand-in outlets of the chains.
fn lexicon(folder: &Path) -> anyhow::Result<Lexicon> {
    let together = std::env::temp_dir().join(format!("headwater-chains-{}", std::process::id()));
    std::fs::create_dir_all(&together)?;
    for (name, text) in headwater_knowledge::FILES {
        std::fs::write(together.join(name), text)?;
    }
    std::fs::copy(folder.join("outlets.toml"), together.join("outlets-of-chains.toml"))?;
    let knowledge = headwater_knowledge::load(&together);
    std::fs::remove_dir_all(&together)?;
    Ok(Lexicon::new(knowledge?))
}

/// What the tracker tells of the pages of one hand, and the tracker afterwards.
pub fn run(chains: &[&Chain], lexicon: &Lexicon) -> (Book, Tracker) {
    run_by(chains, lexicon, |_| {})
}

/// The same, by a tracker that a trainer set otherwise.
pub fn run_by(chains: &[&Chain], lexicon: &Lexicon, set: impl FnOnce(&mut Tracker)) -> (Book, Tracker) {
    let mut pages: Vec<&Page> = chains.iter().flat_map(|c| c.pages.values()).collect();
    pages.sort_by_key(|p| (p.captured(), p.url.clone()));
    let mut tracker = Tracker::new(Arc::new(lexicon.knowledge().clone()));
    set(&mut tracker);
    let mut book = Book::default();
    for page in pages {
        let article = article(page);
        let analysis = headwater_analyse::analyse(&article, lexicon);
        let changes = tracker.step(&article, &analysis, 200);
        book.enter(page, article, changes);
    }
    (book, tracker)
}

/// The article of a page.
pub fn article(page: &Page) -> Article {
    headwater_extract::extract(&Capture {
        url: page.url.clone(),
        captured: page.captured(),
        status: 200,
        content_type: Some("text/html; charset=utf-8".into()),
        body: html(page).into_bytes(),
        hints: Hints::default(),
    })
}

/// A plain news page: head, source line, text, foot.
fn html(page: &Page) -> String {
    let escaped = |s: &str| s.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let chinese = page.text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let paragraphs: String =
        page.text.lines().filter(|l| !l.is_empty()).map(|l| format!("<p>{}</p>\n", escaped(l))).collect();
    let source = page.source.as_ref().map_or(String::new(), |s| format!("<span>来源：{}</span>", escaped(s)));
    let (sample, language) =
        if chinese { ("示例页面，并非新闻", "zh") } else { ("Sample page, not news", "en") };
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta property=\"article:published_time\" content=\"{published}\"></head><body>\
         <div class=\"sample-banner\">{sample}</div><nav><a href=\"/\">Home</a><a href=\"/news\">News</a></nav>\
         <main><article><h1>{title}</h1><div class=\"info\"><span>{published}</span> {source}</div>\n\
         <div class=\"content\">{paragraphs}</div></article></main>\
         <footer><p>{sample}</p></footer></body></html>",
        title = escaped(&page.title),
        published = page.published,
    )
}
