//! The main text of a page.
//!
//! Two families of extractors, each best on its ground (measured by `cargo xtask eval reading`): readability for pages
//! in Chinese and Japanese, trafilatura for the rest. Trafilatura is asked for more than it is sure of, for
//! readability tells which of it to believe: what both found is text; what only one found has to look like it.

use crate::blocks::{Block, blocks, squeezed};
use crate::cues::is_furniture;
use crate::metadata::folded;
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use std::collections::BTreeSet;

/// The blocks of a page's main text. `page` is the decoded page, `document` its tree, `all` what stands on it.
pub fn main_blocks(page: &str, document: &Document, all: &[Block], eastern: bool) -> Vec<Block> {
    let quick = blocks_of(readability(document));
    if eastern && weight(&quick) >= ENOUGH {
        return without_furniture(quick);
    }
    let mut thorough = blocks_of(trafilatura(page));
    if weight(&thorough) < 3 * ENOUGH && is_glued(&thorough, all) {
        thorough.clear();
    }
    let text = match () {
        () if eastern || weight(&thorough) < ENOUGH => heavier(thorough, quick),
        () => agreed(thorough, quick),
    };
    let text = without_furniture(text);
    if weight(&text) >= ENOUGH {
        return text;
    }
    // Both ask for more text than a short notice has: take what the page itself marks as its content.
    let own = without_furniture(marked(document));
    if weight(&own) >= NOTICE { own } else { heavier(text, own) }
}

/// Letters that the shortest notice has.
const NOTICE: usize = 90;

/// Whether a short page came back in one piece, headline, byline and buttons run together: what trafilatura does
/// when it finds no text that it believes.
fn is_glued(found: &[Block], all: &[Block]) -> bool {
    let [one] = found else { return false };
    all.iter().filter(|b| letters(&b.text) > 12 && one.text.contains(&b.text)).take(3).count() == 3
}

/// Letters of text above which an extractor is believed; a Han character says as much as three.
const ENOUGH: usize = 240;

fn weight(blocks: &[Block]) -> usize {
    blocks.iter().map(|b| letters(&b.text)).sum()
}

fn letters(text: &str) -> usize {
    text.chars().map(|c| if c as u32 >= 0x2e80 { 3 } else { 1 }).sum()
}

fn heavier(first: Vec<Block>, second: Vec<Block>) -> Vec<Block> {
    if weight(&second) > weight(&first) { second } else { first }
}

fn blocks_of(html: Option<String>) -> Vec<Block> {
    html.map(|html| blocks(&Document::from(html))).unwrap_or_default()
}

fn readability(document: &Document) -> Option<String> {
    let mut readability = Readability::with_document(document.clone(), None, Some(Config::default())).ok()?;
    Some(readability.parse().ok()?.content.to_string())
}

fn trafilatura(page: &str) -> Option<String> {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_links(true)
        .with_exclude_comments(true)
        .with_focus(trafilatura::ExtractionFocus::FavorRecall);
    trafilatura::extract(page, &options).ok().map(|found| found.content_html)
}

/// A block that one extractor alone found amid the text has at least so many letters.
const AMID: usize = 35;
/// Before and after what both found stand captions, teasers and boilerplate: a block there has to be a paragraph.
const BESIDE: usize = 150;

/// The blocks of `thorough` that `quick` found as well, and those that look like text by themselves.
fn agreed(thorough: Vec<Block>, quick: Vec<Block>) -> Vec<Block> {
    let thorough = without_furniture(thorough);
    let known: BTreeSet<String> = quick.iter().map(|b| folded(&b.text)).collect();
    let shared: Vec<bool> = thorough.iter().map(|b| known.contains(&folded(&b.text))).collect();
    let both = thorough.iter().zip(&shared).filter(|(_, s)| **s);
    let together: usize = both.map(|(b, _)| letters(&b.text)).sum();
    let (first, last) = (shared.iter().position(|s| *s), shared.iter().rposition(|s| *s));
    let text: Vec<Block> = match (first, last) {
        // Two that agree on less than half read different parts of the page; then neither tells on the other.
        (Some(first), Some(last)) if together * 2 >= weight(&thorough) => {
            let kept = |at: usize, block: &Block| {
                let least = if (first..=last).contains(&at) { AMID } else { BESIDE };
                shared[at] || letters(&block.text) >= least && !is_linked(block)
            };
            thorough.into_iter().enumerate().filter(|(at, b)| kept(*at, b)).map(|(_, b)| b).collect()
        }
        _ => thorough,
    };
    // Where readability finds half as much again, trafilatura has lost a part.
    if weight(&text) * 3 < weight(&quick) * 2 { quick } else { text }
}

/// Whether most of a block is links.
fn is_linked(block: &Block) -> bool {
    let linked: usize = block.links.iter().map(|(words, _)| letters(words)).sum();
    linked * 2 > letters(&block.text)
}

/// Takes out lines that point elsewhere, and headings at the end that nothing follows. A text that would lose half
/// of itself keeps them.
fn without_furniture(blocks: Vec<Block>) -> Vec<Block> {
    let mut kept: Vec<Block> = blocks.iter().filter(|b| b.row || !is_furniture(&b.text)).cloned().collect();
    while kept.len() > 2 && kept.last().is_some_and(|b| b.place.heading > 0) {
        kept.pop();
    }
    if weight(&kept) * 2 > weight(&blocks) { kept } else { blocks }
}

/// What the page itself marks as its content.
fn marked(document: &Document) -> Vec<Block> {
    let marked =
        document.select("article p, main p, [class*='content'] p, [class*='text'] p, [id*='content'] p");
    let paragraphs = marked.nodes().iter().map(|n| squeezed(&n.text())).filter(|t| !t.is_empty());
    let mut seen = BTreeSet::new();
    let fresh = paragraphs.filter(|t| seen.insert(t.clone()));
    fresh.map(|text| Block { text, ..Block::default() }).collect()
}
