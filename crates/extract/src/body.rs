//! The main text of a page.
//!
//! Two families of extractors, each best on its ground (measured by `cargo xtask eval reading`): readability for pages
//! in Chinese and Japanese, trafilatura for the rest. Where one finds nothing, the other is asked.

use crate::blocks::{Block, blocks, squeezed};
use dom_query::Document;
use dom_smoothie::{Config, Readability};

/// An extractor: the decoded page, its tree and its address to the HTML of its main text.
type Way = fn(&str, &Document, &str) -> Option<String>;

/// The blocks of a page's main text. `page` is the decoded page, `document` its tree.
pub fn main_blocks(page: &str, document: &Document, url: &str, eastern: bool) -> Vec<Block> {
    let ways: [Way; 2] = if eastern { [readability, trafilatura] } else { [trafilatura, readability] };
    let mut best = Vec::new();
    for way in ways {
        let found = way(page, document, url).map(|html| blocks(&Document::from(html))).unwrap_or_default();
        if weight(&found) >= ENOUGH {
            return found;
        }
        if weight(&found) > weight(&best) {
            best = found;
        }
    }
    // Both ask for more text than a short notice has: take what the page itself marks as its content.
    let marked =
        document.select("article p, main p, [class*='content'] p, [class*='text'] p, [id*='content'] p");
    let paragraphs = marked.nodes().iter().map(|n| squeezed(&n.text())).filter(|t| !t.is_empty());
    let mut seen = std::collections::BTreeSet::new();
    let plain: Vec<Block> = paragraphs
        .filter(|t| seen.insert(t.clone()))
        .map(|text| Block { text, ..Block::default() })
        .collect();
    if weight(&plain) > weight(&best) { plain } else { best }
}

/// Letters of text above which an extractor is believed; a Han character says as much as three.
const ENOUGH: usize = 240;

fn weight(blocks: &[Block]) -> usize {
    blocks.iter().flat_map(|b| b.text.chars()).map(|c| if c as u32 >= 0x2e80 { 3 } else { 1 }).sum()
}

fn readability(_: &str, document: &Document, _: &str) -> Option<String> {
    let mut readability = Readability::with_document(document.clone(), None, Some(Config::default())).ok()?;
    Some(readability.parse().ok()?.content.to_string())
}

fn trafilatura(page: &str, _: &Document, _: &str) -> Option<String> {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_links(true)
        .with_exclude_comments(true)
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision);
    trafilatura::extract(page, &options).ok().map(|found| found.content_html)
}
