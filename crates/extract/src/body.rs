//! The main text of a page: the blocks for which most speaks, and what the page's bounds say of the rest.
//!
//! Each block is weighed by [`crate::trees`] on what [`crate::features`] tells of it; nothing is parsed a second
//! time.

use crate::blocks::{Block, Outline, letters};
use crate::bylines::is_byline;
use crate::cues::is_furniture;
use crate::dates::{Habit, page_date};
use crate::features::About;
use crate::marks::{FAR, Mark, Near};
use crate::reporters::names_reporter;
use crate::trees::{BODY, UNIT};
use headwater_model::time::DateBasis;
use regex::Regex;
use std::sync::LazyLock;

/// The blocks of a page's main text.
pub fn main_blocks(outline: &Outline, about: &About) -> Vec<Block> {
    let mut scores = BODY.scores(outline, about);
    for (block, score) in outline.blocks.iter().zip(&mut scores) {
        let near = &outline.elements[block.element].near;
        if is_offer(near) || is_caption(block, near) {
            *score = i32::MIN / 2;
        }
    }
    with_tables(outline, &mut scores);
    if let Some(next) = next_article(outline, about.headline) {
        scores[next..].fill(i32::MIN / 2);
    }
    let text = chosen(&outline.blocks, &scores);
    if weight(&text) >= ENOUGH {
        let more = begun_and_signed(outline, &mut scores, about.headline);
        return if more { chosen(&outline.blocks, &scores) } else { text };
    }
    // Short notices look like little: where nothing else is there, what is nearly text is taken.
    let nearly: Vec<i32> = scores.iter().map(|score| score + NEARLY).collect();
    let nearly = chosen(&outline.blocks, &nearly);
    if !nearly.is_empty() { nearly } else { outline.blocks.iter().filter(|b| is_prose(b)).cloned().collect() }
}

/// Blocks behind a headline among which those stand that say who wrote what follows, and when.
const SIGNATURE: usize = 3;

/// Where the next article begins on a page without an end: at another headline of the first level, with its own by-line or date
/// below it. Headings inside of an article have none.
fn next_article(outline: &Outline, headline: Option<usize>) -> Option<usize> {
    let blocks = &outline.blocks;
    let first = headline.filter(|at| blocks.get(*at).is_some_and(|b| b.place.heading == 1))?;
    let is_signed = |block: &Block| {
        let brief = block.text.chars().count() <= SIGNED && !block.row;
        let dated = || page_date(&block.text, DateBasis::Text, Habit::default()).is_some();
        brief && (is_byline(&block.text) || names_reporter(&block.text) || dated())
    };
    let begins = |at: &usize| {
        let block = &blocks[*at];
        block.place.heading == 1
            && !block.place.aside
            && block.text != blocks[first].text
            && blocks[at + 1..].iter().take(SIGNATURE).any(is_signed)
    };
    (first + 1 + BETWEEN..blocks.len()).find(begins)
}

/// Rows that a table of its own has.
const ROWS: usize = 2;

/// Makes tables whole. The rows of a small one look like furniture each by itself: a table is text if some of its rows are, or
/// if it stands beside the text's own paragraphs and holds no links; with it what stands between.
fn with_tables(outline: &Outline, scores: &mut [i32]) {
    let blocks = &outline.blocks;
    let mut from = 0;
    while let Some(start) = (from..blocks.len()).find(|at| blocks[*at].row) {
        let table = table_of(outline, start);
        let end = (start..blocks.len()).find(|at| table_of(outline, *at) != table || table.is_none());
        let end = end.unwrap_or(blocks.len()).max(start + 1);
        from = end;
        let Some(table) = table else { continue };
        let plain =
            (start..end).all(|at| blocks[at].row && blocks[at].linked() == 0 && !blocks[at].place.aside);
        if !plain || end - start < ROWS || !blocks[start].text.contains('\t') {
            continue;
        }
        let parent = outline.elements[table].parent;
        let beside = |at: &usize| scores[*at] > 0 && outline.elements[blocks[*at].element].parent == parent;
        let before = (start.saturating_sub(BETWEEN)..start).rev().find(beside);
        let some = (start..end).any(|at| scores[at] > 0);
        if some || before.is_some() {
            let own = |at: &usize| {
                outline.elements[blocks[*at].element].parent == parent && !blocks[*at].place.aside
            };
            let between = (before.map_or(start, |at| at + 1)..start).filter(own);
            between.chain(start..end).for_each(|at| scores[at] = scores[at].max(1));
        }
    }
}

/// The table that a row stands in.
fn table_of(outline: &Outline, at: usize) -> Option<usize> {
    let mut element = outline.blocks[at].element;
    while outline.elements[element].near.to(Mark::Table) > 0 {
        let parent = outline.elements[element].parent;
        if parent == element || outline.elements[element].near.to(Mark::Table) == FAR {
            return None;
        }
        element = parent;
    }
    Some(element)
}

/// A paragraph has at least so many letters.
const PARAGRAPH: usize = 120;

/// Whether a block is a paragraph that no name puts beside an article: on a page that resembles none of those learned from, all
/// that there is to go by.
fn is_prose(block: &Block) -> bool {
    let size = letters(&block.text);
    !block.place.aside && size >= PARAGRAPH && block.linked() * 3 < size && !is_furniture(&block.text)
}

/// Blocks between a lead and the text, and between the text and the day under a notice.
const BETWEEN: usize = 6;
/// Characters of the lines under a notice: its annexes, its issuer, its day.
const SIGNED: usize = 40;

/// Adds what stands at the ends of a text and resembles furniture: the lead under the headline, where its element is called one,
/// and below a notice its annexes and its issuer down to the day of its signing. Says whether there is any of it.
fn begun_and_signed(outline: &Outline, scores: &mut [i32], headline: Option<usize>) -> bool {
    let blocks = &outline.blocks;
    let near = |at: usize| &outline.elements[blocks[at].element].near;
    let chosen = |score: &i32| *score > 0;
    let (first, last) = (scores.iter().position(chosen), scores.iter().rposition(chosen));
    let (Some(first), Some(last)) = (first, last) else { return false };
    let from = headline.map_or(first, |h| h + 1).max(first.saturating_sub(BETWEEN));
    let parent = |at: usize| outline.elements[blocks[at].element].parent;
    // A paragraph among the text's own, which the signature in it makes look like a line about it.
    let own =
        |at: usize| parent(at) == parent(first) && is_prose(&blocks[at]) && names_reporter(&blocks[at].text);
    let is_lead = |at: usize| near(at).to(Mark::Lead) == 0 || own(at);
    let lead = (from..first).filter(|at| is_lead(*at) && is_sentence(&blocks[*at]));
    let below = last + 1..blocks.len().min(last + 1 + BETWEEN);
    let brief = |at: &usize| parent(*at) == parent(last) && blocks[*at].text.chars().count() <= SIGNED;
    let lines: Vec<usize> = below.take_while(brief).collect();
    let day = lines.iter().position(|at| DAY.is_match(blocks[*at].text.trim()));
    let signature = day.map_or(&lines[..0], |day| &lines[..=day]);
    let added: Vec<usize> = lead.chain(signature.iter().copied()).collect();
    added.iter().for_each(|at| scores[*at] = 1);
    !added.is_empty()
}

fn is_sentence(block: &Block) -> bool {
    block.links.is_empty()
        && !block.place.aside
        && block.text.ends_with(['.', '。', '!', '！', '?', '？', '…', '»', '”'])
}

/// A day in Chinese that is all of a line.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[12]\d{3}|[一二三四五六七八九〇○零]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$")
        .expect("a valid pattern")
});

/// Letters of text that need no more; a Han character says as much as three.
const ENOUGH: usize = 240;
/// How far below nothing a score is of what is nearly text: one such block of six is text.
const NEARLY: i32 = UNIT * 3 / 2;

/// The blocks that their scores make the text.
pub fn chosen(blocks: &[Block], scores: &[i32]) -> Vec<Block> {
    let found = blocks.iter().zip(scores).filter(|(_, score)| **score > 0);
    without_furniture(found.map(|(block, _)| block.clone()).collect())
}

/// Whether words stand in an aside that is called an offer, an advert or other articles: a page that says so of its own
/// words is believed.
fn is_offer(near: &Near) -> bool {
    let aside = near.to(Mark::Aside);
    aside != FAR && [Mark::Offer, Mark::Advert, Mark::Related].iter().any(|mark| near.to(*mark) <= aside)
}

/// A longer line is more than a caption.
const CAPTION: usize = 200;

/// Whether a line is no sentence and its own element is called a picture's.
fn is_caption(block: &Block, near: &Near) -> bool {
    (near.to(Mark::Caption) == 0 || FIGURE.is_match(&block.text))
        && block.place.heading == 0
        && !block.text.ends_with(['.', '。', '!', '?', '！', '？', '”', '"', '」', '»', ':', '：'])
        && letters(&block.text) < CAPTION
}

/// The number of a figure that begins its caption: 图1, 圖 2, Abb. 3.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[图圖図]\s?|Fig\.\s|Figure\s|Abb\.\s)[0-9]{1,2}[^0-9]").expect("a valid pattern")
});

fn weight(blocks: &[Block]) -> usize {
    blocks.iter().map(|b| letters(&b.text)).sum()
}

/// Whether a line is a bullet and another article's headline.
fn is_pointer(block: &Block) -> bool {
    block.text.starts_with(['·', '•', '●', '■', '◆', '▪', '・']) && block.linked() * 2 > letters(&block.text)
}

/// Letters of a cell that is no paragraph.
const SCRAP: usize = 60;

/// Whether a row has one brief cell beside empty ones: a way here or a counter in a table that lays the page out.
fn is_scrap(block: &Block) -> bool {
    let mut filled = block.text.split('\t').filter(|cell| !cell.trim().is_empty());
    filled.next().is_some_and(|cell| letters(cell) < SCRAP) && filled.next().is_none()
}

/// Takes out lines that point elsewhere, and headings and pointers at the end that nothing follows. A text that would lose half
/// of itself keeps them.
fn without_furniture(blocks: Vec<Block>) -> Vec<Block> {
    let is_row = |at: usize| blocks.get(at).is_some_and(|b| b.row);
    let lone = |at: usize| !is_row(at + 1) && (at == 0 || !is_row(at - 1)) && is_scrap(&blocks[at]);
    let own = |(at, b): &(usize, &Block)| if b.row { !lone(*at) } else { !is_furniture(&b.text) };
    let mut kept: Vec<Block> = blocks.iter().enumerate().filter(own).map(|(_, b)| b.clone()).collect();
    while kept.len() > 2 && kept.last().is_some_and(|b| b.place.heading > 0 || is_pointer(b)) {
        kept.pop();
    }
    if weight(&kept) * 2 > weight(&blocks) { kept } else { blocks }
}
