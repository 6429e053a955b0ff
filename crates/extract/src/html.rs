//! An HTML page to an article.

use crate::blocks::{self, Block};
use crate::{MAX_DEPTH, MAX_TAGS, body, charset, cues, metadata, notices, official};
use dom_query::Document;
use headwater_model::article::{Link, Table};
use headwater_model::{Article, Capture, Doubt, Part, Text};

/// Characters looked at to tell a page in Chinese or Japanese from the rest.
const SAMPLE: usize = 60_000;

/// Bytes of a page that is no tree which are read as words.
const MAX_PLAIN: usize = 4 << 20;

/// Reads a page.
pub fn read(capture: &Capture, article: &mut Article) {
    let page = charset::decode(&capture.body, capture.content_type.as_deref(), &capture.url);
    if let Some(doubt) = out_of_bounds(&page) {
        article.doubts.push(doubt);
        fill(article, blocks::plain_words(&page[..page.floor_char_boundary(MAX_PLAIN)]));
        return;
    }
    let document = Document::from(page.as_str());
    let outline = blocks::outline(&document);
    let all = &outline.blocks;
    let eastern = is_eastern(all);
    metadata::read(&page, &document, &outline, capture, eastern, article);
    let mut main = body::main_blocks(&page, &document, eastern);
    let title = cues::fold(article.title.as_str());
    main.retain(|b| cues::fold(&b.text) != title || title.is_empty());
    official::read(all, article);
    let furniture: Vec<&Block> = all.iter().filter(|b| !main.iter().any(|m| m.text == b.text)).collect();
    notices::take(&mut main, &furniture, article);
    fill(article, main);
    notices::add_text_notices(article);
    article.page_kind_reason = None;
}

/// Why a page is read as plain words and not as a tree, if it must be.
fn out_of_bounds(page: &str) -> Option<Doubt> {
    if blocks::depth(page) > MAX_DEPTH * 8 {
        let why = format!("the page is nested deeper than {MAX_DEPTH} elements and was read as plain words");
        return Some(Doubt::new("too_deep", why));
    }
    if page.bytes().filter(|b| *b == b'<').count() > MAX_TAGS {
        let why = format!("the page has more than {MAX_TAGS} tags and was read as plain words");
        return Some(Doubt::new("too_large", why));
    }
    None
}

fn is_eastern(blocks: &[Block]) -> bool {
    let (mut east, mut letters) = (0usize, 0usize);
    for c in blocks.iter().flat_map(|b| b.text.chars()).take(SAMPLE) {
        match c {
            '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => east += 1,
            c if c.is_alphabetic() => letters += 1,
            _ => {}
        }
    }
    east * 3 > letters
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
