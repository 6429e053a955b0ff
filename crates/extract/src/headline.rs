//! The headline that stands above the text, where the page's head has another title or none.
//!
//! Many pages name themselves after their section (公告, "Press releases"), after a file, or with a title written for
//! search engines. Once the text is known, the line above it that looks like a headline is the better one.

use crate::blocks::{Block, Outline, letters};
use crate::bylines::is_byline;
use crate::cues::{CUES, fold, is_furniture};
use crate::dates::{Habit, page_date};
use crate::marks::Mark;
use crate::metadata::{Head, folded, names};
use crate::titles::segments;
use headwater_model::time::DateBasis;
use std::ops::Range;

/// Blocks above the text among which its headline stands.
const ABOVE: usize = 12;
/// Letters of a headline; a Han character says as much as three.
const SHORTEST: usize = 18;
const LONGEST: usize = 400;
/// The same of one that the tab names.
const BRIEFEST: usize = 9;
/// A title with fewer letters may be a section's.
const BRIEF: usize = 24;
/// Characters of a line that is little else than a date.
const DATELINE: usize = 60;

/// What speaks for a line must add up to this, unless the page shows its title nowhere.
const CLEAR: i32 = 4;
const LIKELY: i32 = 1;

/// A line that is the headline.
pub struct Shown {
    /// Its block, the first of two.
    pub block: usize,
    /// Its words.
    pub text: String,
}

/// The headline above the text, if it is another one than the title that the head gives. `first` is the text's first block.
pub fn above(outline: &Outline, first: usize, head: &Head, title: &str) -> Option<Shown> {
    let blocks = &outline.blocks;
    let region = first.saturating_sub(ABOVE)..(first + 2).min(blocks.len());
    let given = folded(title);
    let page = Page { outline, first, head, tab: folded(&head.tab), given: &given };
    let brief = letters(title) < BRIEF;
    let is_title = |at: usize| {
        let text = folded(&blocks[at].text);
        !given.is_empty() && (is_same(&text, &given) || !brief && text.contains(&given))
    };
    let shown = (0..region.end).find(|at| is_title(*at));
    let headed = |at: usize| blocks[at].place.heading > 0 && is_title(at);
    if !brief && (shown.is_some() || (region.end..blocks.len()).any(headed)) {
        return page.whole(region);
    }
    if let Some(at) = shown.filter(|at| region.contains(at)) {
        // The second line of two: 答记者问.
        let joined = page.joined(at);
        if joined.text != blocks[at].text {
            return Some(joined);
        }
    }
    let scored = region.filter_map(|at| Some((page.score(at)?, at)));
    // Of equals the nearest to the text.
    let (score, at) = scored.max_by_key(|(score, at)| (*score, *at))?;
    (score >= if shown.is_some() { CLEAR } else { LIKELY }).then(|| page.joined(at))
}

struct Page<'a> {
    outline: &'a Outline,
    first: usize,
    head: &'a Head,
    tab: String,
    given: &'a str,
}

impl Page<'_> {
    /// A heading that begins with the title and goes on, or that is all of it but a label: 報道発表資料：….
    fn whole(&self, region: Range<usize>) -> Option<Shown> {
        let blocks = &self.outline.blocks;
        let fits = |at: &usize| {
            let block = &blocks[*at];
            let text = folded(&block.text);
            let more = text.strip_prefix(self.given).is_some_and(|rest| letters(rest) >= SHORTEST);
            let label = self.given.strip_suffix(text.as_str()).map_or(0, letters);
            let eastern = block.text.contains(|c: char| c as u32 >= 0x2e80);
            let labelled = (1..=BRIEF).contains(&label) && letters(&text) >= 2 * label;
            block.place.heading > 0 && eastern && may_be_headline(block) && (more || labelled)
        };
        region.into_iter().find(fits).map(|at| Shown { block: at, text: blocks[at].text.clone() })
    }

    /// What speaks for a line; nothing if it cannot be a headline.
    fn score(&self, at: usize) -> Option<i32> {
        let block = &self.outline.blocks[at];
        if labelled(block).is_some() {
            return Some(LABELLED);
        }
        let text = folded(&block.text);
        let near = &self.outline.elements[block.element].near;
        let pictured = near.to(Mark::Caption).min(near.to(Mark::Figure)) <= 1;
        let bold = block.bold * 2 > letters(&block.text);
        // Short as it is, it is said in few characters, and the tab ends with it.
        let eastern = block.text.chars().all(|c| c as u32 >= 0x2e80 || !c.is_alphabetic());
        let named = || bold && self.tab_ends(&block.text) && is_line(block);
        let brief = || eastern && letters(&text) >= BRIEFEST && named();
        if !(may_be_headline(block) || brief()) || pictured || is_same(&text, self.given) {
            return None;
        }
        let heading = match block.place.heading {
            1 => 5,
            2 | 3 => 3,
            4..=6 => 2,
            _ if at >= self.first => return None,
            _ => 0,
        };
        let called = near.to(Mark::Headline) <= 1 || block.marks.has(Mark::Headline);
        let stated = || self.head.titles().any(|t| folded(&t) == text);
        let named = (self.tab.contains(&text) || stated()) && text.chars().count() > 4;
        let close = self.first.saturating_sub(at) <= 4;
        let part = |holds: bool, weight: i32| if holds { weight } else { 0 };
        Some(heading + part(called, 3) + part(named, 4) + part(bold, 1) + part(close, 1))
    }

    /// Whether a line is the last or the first part of the tab's title.
    fn tab_ends(&self, line: &str) -> bool {
        let parts = segments(&self.head.tab);
        [parts.first(), parts.last()].into_iter().flatten().any(|part| *part == line)
    }

    /// A headline with the line that goes on with it: two lines of one template, neither of them a sentence.
    fn joined(&self, at: usize) -> Shown {
        let blocks = &self.outline.blocks;
        if let Some(text) = labelled(&blocks[at]) {
            return Shown { block: at, text: text.to_owned() };
        }
        let like = |at: usize| self.outline.elements[blocks[at].element].like;
        let goes_on = |a: usize, b: usize| {
            // Elsewhere the line before is a label: "Rohstoffe".
            let eastern = |at: usize| blocks[at].text.ends_with(|c: char| c as u32 >= 0x2e80);
            let brief = |at: usize| blocks[at].text.chars().count() <= DATELINE && eastern(at);
            let bold = |at: usize| blocks[at].bold > 0;
            like(a) == like(b)
                && bold(a) == bold(b)
                && [a, b].iter().all(|at| brief(*at) && is_line(&blocks[*at]))
        };
        let (from, until) = match () {
            () if at + 1 < self.first && goes_on(at, at + 1) => (at, at + 1),
            () if at > 0 && goes_on(at - 1, at) => (at - 1, at),
            () => (at, at),
        };
        let text = blocks[from..=until].iter().map(|b| b.text.as_str()).collect();
        Shown { block: from, text }
    }
}

/// Whether a line is the title, or the title behind a label.
fn is_same(line: &str, title: &str) -> bool {
    line.ends_with(title) && 2 * letters(title) >= letters(line)
}

/// What the label of a headline in a table is worth.
const LABELLED: i32 = 6;

/// The headline that a row of a table gives under its label.
fn labelled(block: &Block) -> Option<&str> {
    let (label, text) = block.text.split_once('\t').filter(|_| block.row)?;
    let label = folded(label);
    let is_label = names().title_labels.iter().any(|l| folded(l) == label);
    (is_label && (SHORTEST..=LONGEST).contains(&letters(text)) && !text.contains('\t')).then(|| text.trim())
}

/// Whether a block is a line by itself that says neither when the page was published nor by whom.
fn is_line(block: &Block) -> bool {
    let long = block.text.chars().count();
    let dated = || long <= DATELINE && page_date(&block.text, DateBasis::Text, Habit::default()).is_some();
    !block.row
        && block.linked() * 2 < letters(&block.text).max(1)
        && (block.place.heading > 0 || !block.text.ends_with(['。', '.', '：', ':', '，', ',', '；']))
        && !is_furniture(&block.text)
        && !is_byline(&block.text)
        && !stands_beside(&block.text)
        && !dated()
}

fn may_be_headline(block: &Block) -> bool {
    let heading = block.place.heading > 0;
    (SHORTEST..=LONGEST).contains(&letters(&block.text)) && (heading || !block.place.aside) && is_line(block)
}

/// Whether a brief line holds a word of those between a headline and its text: 字号, 阅读.
pub fn stands_beside(line: &str) -> bool {
    let line = fold(line);
    line.chars().count() <= DATELINE && CUES.furniture.beside.iter().any(|word| line.contains(word.as_str()))
}
