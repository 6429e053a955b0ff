//! An HTML page to an article.

use crate::article::words_of;
use crate::blocks::{self, Block, Outline, Shape};
use crate::dates::{Habit, page_date};
use crate::features::About;
use crate::landmarks::Landmarks;
use crate::letter::is_alphabetic;
use crate::marks::Marks;
use crate::metadata::Said;
use crate::page_kind::Around;
use crate::{MAX_DEPTH, MAX_TAGS, body, cues, headline, metadata, notices, official, register};
use dom_query::Document;
use headwater_model::article::{Link, Table};
use headwater_model::time::DateBasis;
use headwater_model::{Article, Capture, Doubt, Part, Text};
use std::collections::BTreeSet;

/// Characters looked at to tell a page in Chinese or Japanese from the rest.
const SAMPLE: usize = 60_000;

/// Bytes of a page that is no tree which are read as words.
const MAX_PLAIN: usize = 4 << 20;

/// Reads a page. Returns what stands around its main text.
pub fn read(capture: &Capture, article: &mut Article) -> Around {
    let page = words_of(capture);
    let shape = blocks::shape(&page);
    if let Some(doubt) = out_of_bounds(&shape) {
        return as_plain_words(&page, doubt, article);
    }
    if shape.depth <= SHALLOW {
        return read_tree(&page, capture, article);
    }
    // The libraries that walk the tree do so by recursion: a deep page gets a stack of its own.
    let deep = std::thread::scope(|scope| {
        let read = || read_tree(&page, capture, article);
        let deep = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read).ok()?;
        Some(deep.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    deep.unwrap_or_else(|| {
        let why = "no thread could be started for its depth, and it was read as plain words";
        as_plain_words(&page, Doubt::new("too_deep", why), article)
    })
}

/// The address that a saved page gives as its own: the one from which a browser saved it, else the canonical one of its head. A site
/// that calls all its pages its front page says nothing.
pub fn own_address(capture: &Capture) -> Option<String> {
    /// Bytes of a head that are read.
    const HEAD: usize = 256 << 10;
    let page = words_of(capture);
    let head = &page[..page.floor_char_boundary(HEAD)];
    let head = &head[..head.find("<body").unwrap_or(head.len())];
    if out_of_bounds(&blocks::shape(head)).is_some() {
        return None;
    }
    let stated = || metadata::canonical(&Landmarks::of(&Document::from(head)), &capture.url);
    let address = saved_from(head).or_else(stated)?;
    let url = url::Url::parse(&address).ok()?;
    (matches!(url.scheme(), "http" | "https") && (url.path() != "/" || url.query().is_some()))
        .then_some(address)
}

/// The address in the note that browsers write into what they save: `<!-- saved from url=(0031)https://… -->`.
fn saved_from(head: &str) -> Option<String> {
    let (_, rest) = head.split_once("saved from url=(")?;
    let (_, rest) = rest.split_once(')')?;
    let end = rest.find(|c: char| c.is_whitespace() || c == '>')?;
    Some(rest[..end].to_owned())
}

fn as_plain_words(page: &str, doubt: Doubt, article: &mut Article) -> Around {
    article.doubts.push(doubt);
    fill(article, blocks::plain_words(&page[..page.floor_char_boundary(MAX_PLAIN)]));
    Around::default()
}

/// Elements nested so deep fit on any stack.
const SHALLOW: usize = 150;
/// Room for pages as deep as they are read at all; only what is used is taken.
const STACK: usize = 256 << 20;

/// A page's outline, and what its head says of its article.
#[derive(Clone)]
pub struct ReadPage {
    /// The outline.
    pub outline: Outline,
    /// The zone of the readers of a page in Chinese or Japanese.
    pub zone: Option<&'static str>,
    title: String,
    said: Said,
}

impl ReadPage {
    /// Parses a page and reads its metadata into the article.
    pub fn of(page: &str, capture: &Capture, article: &mut Article) -> ReadPage {
        let document = Document::from(page);
        let mut outline = blocks::outline(&document);
        if outline.blocks.iter().map(|b| b.text.len()).sum::<usize>() < SHELL
            && let Some(unread) = for_others(&document)
        {
            outline = blocks::outline(&Document::from(unread));
        }
        let zone = eastern_zone(&outline.blocks);
        let said = metadata::read(&document, &outline, capture, article);
        ReadPage { outline, zone, title: article.title.as_str().to_owned(), said }
    }

    /// The blocks of the main text. Where another headline than the head's stands above them, it becomes the title, and the
    /// text is sought once more.
    fn main_blocks(&mut self, article: &mut Article) -> Vec<Block> {
        let main = body::main_blocks(&self.outline, &self.about());
        let is_first = |b: &Block| main.first().is_some_and(|m| m.element == b.element && m.text == b.text);
        let Some(first) = self.outline.blocks.iter().position(is_first) else { return main };
        let Some(shown) = headline::above(&self.outline, first, &self.said.head, &self.title) else {
            return main;
        };
        self.said.headline = Some(shown.block);
        self.title = shown.text;
        article.title = Text::from(self.title.as_str());
        body::main_blocks(&self.outline, &self.about())
    }

    /// The page without some of its blocks.
    pub fn without(&self, is_left_out: &[bool]) -> ReadPage {
        let mut left_out = is_left_out.iter();
        let mut read = self.clone();
        read.outline.blocks.retain(|_| !left_out.next().copied().unwrap_or(false));
        let before = |at: usize| is_left_out[..at].iter().filter(|out| !**out).count();
        let kept = self.said.headline.filter(|at| !is_left_out[*at]);
        read.said.headline = kept.map(before);
        read
    }

    /// The page without what the names of its elements say; their tags speak on.
    pub fn nameless(&self) -> ReadPage {
        let mut read = self.clone();
        read.outline.elements.iter_mut().for_each(|element| element.near = element.near.nameless());
        for block in &mut read.outline.blocks {
            block.marks = Marks::default();
            (block.place.aside, block.place.dated) = (false, false);
        }
        read
    }

    /// What is known of the article before its text is.
    pub fn about(&self) -> About<'_> {
        let Said { headline, description, stated, .. } = &self.said;
        About { title: &self.title, headline: *headline, description, stated }
    }
}

/// A page with fewer bytes of text than this is a shell for scripts.
const SHELL: usize = 250;

/// What a page holds for browsers without scripts, or for its own scripts to show, which its tree keeps as it is written: of
/// some all of the text. What is yet to be filled in is none.
fn for_others(document: &Document) -> Option<String> {
    let written = document.select(
        "noscript, script[type^='text/template'], script[type^='text/x-template'], script[type='text/html']",
    );
    let texts = written.nodes().iter().map(|node| node.text());
    let whole: Vec<_> = texts.filter(|t| !["{{", "<%", "${"].iter().any(|gap| t.contains(gap))).collect();
    let unread = whole.iter().map(|t| &**t).collect::<Vec<_>>().join("\n");
    (unread.len() > 4 * SHELL).then_some(unread)
}

/// Blocks above the text among which stand those that label it.
const ABOVE: usize = 12;

/// The text as structured data give it, for a page that shows none.
fn in_data(stated: &str, main: &[Block]) -> Option<Vec<Block>> {
    let shown: usize = main.iter().map(|b| b.text.len()).sum();
    (shown < SHELL && stated.len() > 2 * SHELL).then(|| blocks::plain_words(stated))
}

fn read_tree(page: &str, capture: &Capture, article: &mut Article) -> Around {
    let mut read = ReadPage::of(page, capture, article);
    let mut main = read.main_blocks(article);
    let all = &read.outline.blocks;
    metadata::read_rest(page, &read.outline, &read.said, read.zone, article);
    if let Some(blocks) = in_data(&read.said.stated, &main) {
        main = blocks;
    }
    let title = cues::fold(article.title.as_str());
    main.retain(|b| title.is_empty() || !cues::folds(&b.text).eq(title.chars()));
    without_dateline(&mut main);
    official::without_head(&mut main);
    official::read(all, article);
    if article.official.is_none() {
        article.official = register::of_text(all.iter().map(|b| b.text.as_str()));
    }
    let text: BTreeSet<&str> = main.iter().map(|b| b.text.as_str()).collect();
    let furniture: Vec<&Block> = all.iter().filter(|b| !text.contains(b.text.as_str())).collect();
    let is_film = read.said.head.meta_values(&["og:type"]).any(|kind| kind.starts_with("video"));
    let mut around = Around::of(&main, &furniture, &read.outline);
    around.is_film = is_film;
    around.declared = read.said.head.declared().map(str::to_owned);
    // What labels the article stands above its text; the same words elsewhere label teasers of others.
    let first = all.iter().position(|b| text.contains(b.text.as_str())).unwrap_or(all.len());
    let above: Vec<&str> = all[first.saturating_sub(ABOVE)..first].iter().map(|b| b.text.as_str()).collect();
    notices::take(&mut main, &furniture, &above, article);
    fill(article, main);
    notices::add_text_notices(article);
    around
}

/// Why a page is read as plain words and not as a tree, if it must be.
fn out_of_bounds(shape: &Shape) -> Option<Doubt> {
    if shape.depth > MAX_DEPTH {
        let why = format!("the page is nested deeper than {MAX_DEPTH} elements and was read as plain words");
        return Some(Doubt::new("too_deep", why));
    }
    if shape.tags > MAX_TAGS {
        let why = format!("the page has more than {MAX_TAGS} tags and was read as plain words");
        return Some(Doubt::new("too_large", why));
    }
    None
}

/// Longest line that is no more than a date, who wrote the page and where it comes from.
const DATELINE: usize = 60;

/// Takes the line with the date off the beginning of the text.
fn without_dateline(main: &mut Vec<Block>) {
    let is_dateline = |b: &Block| {
        let brief = !b.row
            && b.place.heading == 0
            && b.text.chars().count() <= DATELINE
            && !b.text.ends_with(['.', '。', '!', '?', '！', '？']);
        brief && page_date(&b.text, DateBasis::Text, Habit::default()).is_some()
    };
    while main.len() > 1 && is_dateline(&main[0]) {
        main.remove(0);
    }
}

/// Whether a page is in Chinese or Japanese, by the zone of its readers.
fn eastern_zone(blocks: &[Block]) -> Option<&'static str> {
    let (mut kana, mut han, mut letters) = (0usize, 0usize, 0usize);
    for c in blocks.iter().flat_map(|b| b.text.chars()).take(SAMPLE) {
        match c {
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{3400}'..='\u{9fff}' => han += 1,
            c if is_alphabetic(c) => letters += 1,
            _ => {}
        }
    }
    let japanese = kana * 10 > kana + han;
    ((kana + han) * 3 > letters).then_some(if japanese { "+09:00" } else { "+08:00" })
}

/// Lays the blocks out as the article's text, with tables and links where they stand.
pub fn fill(article: &mut Article, blocks: Vec<Block>) {
    let mut text = String::new();
    let mut rows: Vec<(usize, Vec<std::ops::Range<usize>>)> = Vec::new();
    let mut links: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(&block.text);
        if block.row {
            let mut from = start;
            let cells = block.text.split('\t').map(|cell| {
                let range = from..from + cell.len();
                from = range.end + 1;
                range
            });
            rows.push((at, cells.collect()));
        }
        let mut from = 0;
        for (words, href) in &block.links {
            if let Some(found) = block.text[from..].find(words.as_str()) {
                let range = from + found..from + found + words.len();
                from = range.end;
                links.push((start + range.start..start + range.end, href.clone()));
            }
        }
    }
    article.text = Text::new(text);
    let base = url::Url::parse(&article.url).ok();
    for (range, href) in links {
        let absolute = base.as_ref().and_then(|b| b.join(&href).ok());
        if let Some(absolute) = absolute.filter(|u| matches!(u.scheme(), "http" | "https")) {
            let evidence = article.text.cut(range, Part::Text);
            article.links.push(Link { href: absolute.into(), evidence });
        }
    }
    // Rows that follow one another make a table.
    for group in rows.chunk_by(|a, b| a.0 + 1 == b.0).filter(|g| g.len() > 1) {
        let spans =
            group.iter().map(|(_, cells)| cells.iter().map(|c| article.text.span(c.clone())).collect());
        article.tables.push(Table { rows: spans.collect() });
    }
}
