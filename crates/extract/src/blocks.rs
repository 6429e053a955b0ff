//! A page's words as blocks: paragraphs, headings, list items, rows; with what stands where.

use crate::bylines::BYLINES;
use crate::dates::WORDS;
use aho_corasick::AhoCorasick;
use dom_query::{Document, NodeRef};
use std::sync::LazyLock;

/// A block of text: a paragraph, a heading, a list item, or a row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// The words; cells of a row are apart by a tab.
    pub text: String,
    /// Whether it is a row of a table.
    pub row: bool,
    /// Links in it: words and address.
    pub links: Vec<(String, String)>,
    /// What the names of the elements around it say.
    pub place: Place,
}

/// What the names of elements say about the words in them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// Beside the article: comments, teasers, the foot of the page.
    pub aside: bool,
    /// Where pages put dates.
    pub dated: bool,
    /// The level of a heading, 0 for none.
    pub heading: u8,
    /// Elements that the words are inside of, for names that speak of the nearest ones only.
    near: u8,
}

/// A date in an attribute.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// The value.
    pub value: String,
    /// The block that it stands before.
    pub block: usize,
    /// Whether its element is named as the date of publication.
    pub stated: bool,
    /// Where it stands.
    pub place: Place,
}

/// An element that is named for the author.
#[derive(Debug, Clone)]
pub struct Signature {
    /// Its words.
    pub text: String,
    /// The block that it stands in.
    pub block: usize,
    /// How clearly it is named, 1 to 4.
    pub rank: u8,
    /// Whether it stands beside the article.
    pub aside: bool,
}

/// A page's blocks in order, and what its elements say beside them.
#[derive(Debug, Default)]
pub struct Outline {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Dates in attributes.
    pub stamps: Vec<Stamp>,
    /// Elements named for the author.
    pub signatures: Vec<Signature>,
}

/// The outline of a tree.
pub fn outline(document: &Document) -> Outline {
    let mut walker = Walker { reads_names: true, ..Walker::default() };
    walker.walk(&document.root(), 0, Place::default());
    walker.end();
    walker.outline
}

/// The blocks of a tree, in order.
pub fn blocks(document: &Document) -> Vec<Block> {
    let mut walker = Walker::default();
    walker.walk(&document.root(), 0, Place::default());
    walker.end();
    walker.outline.blocks
}
/// Elements that end a line.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
    "header",
    "footer",
    "pre",
    "dd",
    "dt",
    "dl",
    "figure",
    "figcaption",
    "table",
    "tr",
    "main",
    "aside",
    "nav",
    "form",
    "hr",
    "center",
    "br",
    "option",
    "button",
    "address",
    "summary",
    "details",
    "body",
    "title",
];
/// Elements whose words are not for people.
const SILENT: &[&str] =
    &["script", "style", "noscript", "template", "svg", "iframe", "object", "head", "textarea", "select"];

static DATED: LazyLock<AhoCorasick> = LazyLock::new(|| words(&WORDS.places.dated));
static ASIDE: LazyLock<AhoCorasick> = LazyLock::new(|| words(&WORDS.places.aside));
static SIGNED: LazyLock<AhoCorasick> = LazyLock::new(|| words(&BYLINES.places));

fn words(list: &[String]) -> AhoCorasick {
    AhoCorasick::builder().ascii_case_insensitive(true).build(list).expect("the words are few and short")
}

/// How many elements around a block may name it a date: the second name is the list's, the third the page's.
const NEAR: u8 = 2;
/// A name of an author is at most this long.
const SIGNATURE: usize = 90;

#[derive(Default)]
struct Walker {
    outline: Outline,
    current: Block,
    reads_names: bool,
}

impl Walker {
    fn walk(&mut self, node: &NodeRef, depth: usize, place: Place) {
        if depth > crate::MAX_DEPTH {
            return;
        }
        if node.is_text() {
            self.push(&node.text(), place);
            return;
        }
        let name = node.node_name().map(|n| n.to_ascii_lowercase()).unwrap_or_default();
        if SILENT.contains(&name.as_str()) {
            return;
        }
        if name == "tr" {
            self.row(node, depth, place);
            return;
        }
        let breaks = BLOCKS.contains(&name.as_str());
        if breaks {
            self.end();
        }
        let (mut place, rank) = if self.reads_names { self.names(node, &name, place) } else { (place, 0) };
        if let Some(level) = heading(&name) {
            place.heading = level;
        }
        let (block, before) = (self.outline.blocks.len(), self.current.text.len());
        for child in node.children_it(false) {
            self.walk(&child, depth + 1, place);
        }
        if rank > 0 {
            self.sign(block, before, rank, place.aside);
        }
        if name == "a" && self.current.text.len() > before {
            let href = node.attr("href").unwrap_or_default().to_string();
            // A block inside the link has begun the text anew.
            let words = self.current.text.get(before..).unwrap_or_default().trim().to_owned();
            if !href.is_empty() && !words.is_empty() {
                self.current.links.push((words, href));
            }
        }
        if breaks {
            self.end();
        }
    }

    /// What an element is called and what dates it carries; and how clearly it is named for the author.
    fn names(&mut self, node: &NodeRef, name: &str, outer: Place) -> (Place, u8) {
        let mut place = outer;
        let attribute = |wanted: &str| node.attr(wanted).map(|v| v.to_ascii_lowercase()).unwrap_or_default();
        // Spaces around, so that a cue can ask for a whole name.
        let called = format!(" {} {} ", attribute("class"), attribute("id"));
        let item = attribute("itemprop") + " " + &attribute("property");
        // The page's own body and article are called by what else is on them.
        let whole = matches!(name, "body" | "html" | "article" | "main");
        place.aside |= matches!(name, "aside" | "nav" | "footer" | "form")
            && !(name == "footer" && outer.near > 0 && called.contains("entry"));
        place.aside |= !whole && ASIDE.is_match(&called);
        if !whole && (DATED.is_match(&called) || name == "time") {
            place.dated = true;
            place.near = 0;
        } else {
            place.near = place.near.saturating_add(1);
            place.dated &= place.near <= NEAR;
        }
        self.stamp(node, name, &called, &item, place);
        let rel = attribute("rel");
        let rank = match () {
            () if item.contains("author") || rel == "author" => 4,
            () if whole || !SIGNED.is_match(&called) => 0,
            () if called.split_whitespace().any(|c| matches!(c, "author" | "byline" | "autor" | "fn")) => 3,
            () => 2,
        };
        (place, rank)
    }

    fn stamp(&mut self, node: &NodeRef, name: &str, called: &str, item: &str, place: Place) {
        let published =
            ["datepublished", "datecreated", "dc:date", "pubdate"].iter().any(|i| item.contains(i));
        let machine = match name {
            "time" => node.attr("datetime"),
            _ if published => {
                node.attr("content").or_else(|| node.attr("datetime")).or_else(|| node.attr("title"))
            }
            "abbr" => node.attr("title").filter(|_| place.dated),
            _ if place.dated && place.near == 0 => node
                .attr("data-datetime")
                .or_else(|| node.attr("data-date"))
                .or_else(|| node.attr("data-time")),
            _ => None,
        };
        let stated = published
            || node.attr("pubdate").is_some()
            || ["published", "entry-date", "pub-date", "pubdate"].iter().any(|c| called.contains(c));
        let block = self.outline.blocks.len();
        if let Some(value) = machine.filter(|v| v.len() >= 8 && v.len() < 60) {
            self.outline.stamps.push(Stamp { value: value.to_string(), block, stated, place });
        } else if published {
            self.outline.stamps.push(Stamp { value: squeezed(&node.text()), block, stated, place });
        }
    }

    /// Notes the words of an element that is named for the author: the first block of it that has any.
    fn sign(&mut self, block: usize, before: usize, rank: u8, aside: bool) {
        let text = match self.outline.blocks.get(block) {
            Some(first) => first.text.get(before..).unwrap_or(&first.text),
            None => self.current.text.get(before..).unwrap_or_default(),
        };
        let text = text.trim();
        if !text.is_empty() && text.chars().count() <= SIGNATURE {
            self.outline.signatures.push(Signature { text: text.to_owned(), block, rank, aside });
        }
    }

    /// A row of a table that holds data; a row that only lays the page out is walked like any block.
    fn row(&mut self, node: &NodeRef, depth: usize, place: Place) {
        self.end();
        let cells: Vec<NodeRef> = node
            .children_it(false)
            .filter(|c| c.node_name().is_some_and(|n| matches!(&*n, "td" | "th")))
            .collect();
        let texts: Vec<String> = cells.iter().map(|c| squeezed(&c.text())).collect();
        let lays_out = texts.len() < 2
            || texts.iter().any(|t| t.chars().count() > 400)
            || cells
                .iter()
                .any(|c| c.descendants_it().any(|d| d.node_name().is_some_and(|n| &*n == "table")));
        if lays_out {
            for cell in cells {
                self.end();
                for child in cell.children_it(false) {
                    self.walk(&child, depth + 1, place);
                }
            }
            self.end();
            return;
        }
        let links = cells
            .iter()
            .flat_map(|c| c.descendants_it())
            .filter(|d| d.node_name().is_some_and(|n| &*n == "a"));
        let links = links.filter_map(|a| Some((squeezed(&a.text()), a.attr("href")?.to_string()))).collect();
        if texts.iter().any(|t| !t.is_empty()) {
            self.outline.blocks.push(Block { text: texts.join("\t"), row: true, links, place });
        }
    }

    fn push(&mut self, text: &str, place: Place) {
        if text.trim().is_empty() && self.current.text.is_empty() {
            return;
        }
        if self.current.text.is_empty() {
            self.current.place = place;
        } else if !text.trim().is_empty() {
            self.current.place.dated |= place.dated;
            self.current.place.aside &= place.aside;
            self.current.place.heading = self.current.place.heading.max(place.heading);
        }
        for (i, word) in text.split(char::is_whitespace).enumerate() {
            if i > 0 && !self.current.text.is_empty() && !self.current.text.ends_with(' ') {
                self.current.text.push(' ');
            }
            self.current.text.push_str(word);
        }
    }

    fn end(&mut self) {
        let block = std::mem::take(&mut self.current);
        let text = block.text.trim();
        if !text.is_empty() {
            self.outline.blocks.push(Block { text: text.to_owned(), ..block });
        }
    }
}

fn heading(name: &str) -> Option<u8> {
    name.strip_prefix('h')?.parse().ok().filter(|level| (1..=6).contains(level))
}

/// White space runs made one space.
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page that is nested too deep for a tree: its words without its tags.
pub fn plain_words(page: &str) -> Vec<Block> {
    let mut text = String::with_capacity(page.len() / 2);
    let mut inside = false;
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push('\n');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let lines = text.lines().map(squeezed).filter(|l| !l.is_empty());
    lines.map(|text| Block { text, ..Block::default() }).collect()
}

/// Elements that have no content, or that the next of their kind closes.
const UNNESTED: &[&str] = &[
    "br", "img", "meta", "link", "input", "hr", "area", "base", "col", "embed", "source", "track", "wbr",
    "param", "p", "li", "td", "tr", "th", "option", "dd", "dt", "tbody", "thead", "html", "head", "body",
];
/// Elements that the end of an element inside them does not close.
const INLINE: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "span",
    "label", "abbr", "cite", "q", "sub", "sup", "mark", "time", "ins", "del",
];
/// How far back the beginning of an element is looked for.
const BACK: usize = 300;

/// How deep a page's elements are nested at most, by its tags alone: linear and without a tree. An end without a
/// beginning ends nothing.
pub fn depth(page: &str) -> usize {
    let bytes = page.as_bytes();
    let mut open: Vec<&str> = Vec::new();
    let (mut most, mut at) = (0usize, 0usize);
    while let Some(found) = page[at..].find('<') {
        at += found + 1;
        let closing = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closing);
        let length =
            bytes[start..].iter().take(16).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        let name = &page[start..start + length];
        let is = |list: &[&str]| list.iter().any(|n| n.eq_ignore_ascii_case(name));
        if length == 0 || is(UNNESTED) {
            continue;
        }
        if !closing {
            open.push(name);
            most = most.max(open.len());
            continue;
        }
        let inline = is(INLINE);
        let back = open.iter().rev().take(BACK).take_while(|n| {
            n.eq_ignore_ascii_case(name) || !inline || INLINE.iter().any(|i| i.eq_ignore_ascii_case(n))
        });
        let begun = back.enumerate().find(|(_, n)| n.eq_ignore_ascii_case(name)).map(|(back, _)| back);
        if let Some(back) = begun {
            open.truncate(open.len() - back - 1);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::depth;

    #[test]
    fn depth_of_well_and_ill_nested_pages() {
        let check = |page: &str, expected: usize| assert_eq!(depth(page), expected, "{page:.60}");
        check("<div><p>a</p><p>b</p></div>", 1);
        check(&"<div><p>a</p>".repeat(50), 50);
        check(&"<div></b>".repeat(50), 50);
        check(&"<b><div></b>".repeat(50), 100);
        check(&"<div><span>a</div>".repeat(50), 2);
        check(&"<ul><li>".repeat(50), 50);
        check(&"<br><img><p>".repeat(50), 0);
    }
}
