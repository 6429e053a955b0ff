//! The main text of a page, and its blocks.
//!
//! Two families of extractors, each best on its ground (measured by `cargo xtask eval reading`): readability for pages
//! in Chinese and Japanese, trafilatura for the rest. Where one finds nothing, the other is asked.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

/// A block of text: a paragraph, a heading, a list item, or a row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// The words; cells of a row are apart by a tab.
    pub text: String,
    /// Whether it is a row of a table.
    pub row: bool,
    /// Links in it: words and address.
    pub links: Vec<(String, String)>,
}

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

/// All blocks of a tree, in order.
pub fn blocks(document: &Document) -> Vec<Block> {
    let mut walker = Walker::default();
    walker.walk(&document.root(), 0);
    walker.end();
    walker.blocks
}

#[derive(Default)]
struct Walker {
    blocks: Vec<Block>,
    current: Block,
}

impl Walker {
    fn walk(&mut self, node: &NodeRef, depth: usize) {
        if depth > 2 * crate::MAX_DEPTH {
            return;
        }
        if node.is_text() {
            self.push(&node.text());
            return;
        }
        let name = node.node_name().map(|n| n.to_ascii_lowercase()).unwrap_or_default();
        if SILENT.contains(&name.as_str()) {
            return;
        }
        if name == "tr" {
            self.row(node);
            return;
        }
        let breaks = BLOCKS.contains(&name.as_str());
        if breaks {
            self.end();
        }
        let before = self.current.text.len();
        for child in node.children_it(false) {
            self.walk(&child, depth + 1);
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

    /// A row of a table that holds data; a row that only lays the page out is walked like any block.
    fn row(&mut self, node: &NodeRef) {
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
                    self.walk(&child, 0);
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
            self.blocks.push(Block { text: texts.join("\t"), row: true, links });
        }
    }

    fn push(&mut self, text: &str) {
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
            self.blocks.push(Block { text: text.to_owned(), ..block });
        }
    }
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

/// How deep a page's elements are nested at most, by its tags alone: linear and without a tree.
pub fn depth(page: &str) -> usize {
    const VOID: &[&str] = &[
        "br", "img", "meta", "link", "input", "hr", "area", "base", "col", "embed", "source", "track", "wbr",
        "param", "p", "li", "td", "tr", "th", "option", "dd", "dt",
    ];
    let bytes = page.as_bytes();
    let (mut depth, mut most, mut at) = (0usize, 0usize, 0usize);
    while let Some(found) = page[at..].find('<') {
        at += found + 1;
        let closing = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closing);
        let length = bytes[start..].iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
        if length == 0 {
            continue;
        }
        let name = page[start..start + length].to_ascii_lowercase();
        if closing {
            depth = depth.saturating_sub(1);
        } else if !VOID.contains(&name.as_str()) {
            depth += 1;
            most = most.max(depth);
        }
    }
    most
}
