//! A page's words as blocks: paragraphs, headings, list items, rows; with what stands where.

use crate::bylines::{self, BYLINES};
use crate::marks::{self, Called, Marks, Near};
use dom_query::{Attr, Document, NodeData, NodeRef};
use headwater_model::article::LINE_IN_CELL;

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
    /// The element that it stands in, by its number in the outline.
    pub element: usize,
    /// What the elements inside a line say that hold all of it.
    pub marks: Marks,
    /// Letters in bold type.
    pub bold: usize,
}

impl Block {
    /// Letters of its links.
    pub fn linked(&self) -> usize {
        self.links.iter().map(|(words, _)| letters(words)).sum()
    }
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

/// An element that holds blocks.
#[derive(Debug, Clone)]
pub struct Element {
    /// The element around it; the first one is its own.
    pub parent: usize,
    /// The number after the last element inside of it.
    pub end: usize,
    /// How far up the nearest element of each mark is.
    pub near: Near,
    /// Tag and names as one number, to tell elements of one template.
    pub like: u32,
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
    /// How clearly it is named, 1 to 4; 1 is a link to somebody's page.
    pub rank: u8,
    /// Whether it stands beside the article.
    pub aside: bool,
}

/// A page's blocks in order, and what its elements say beside them.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// The elements that hold them, each after the one around it.
    pub elements: Vec<Element>,
    /// Dates in attributes.
    pub stamps: Vec<Stamp>,
    /// Elements named for the author.
    pub signatures: Vec<Signature>,
    /// Whether it has a field for a password.
    pub asks_password: bool,
    /// Whether it plays a film of its own.
    pub plays: bool,
}

/// The outline of a tree.
pub fn outline(document: &Document) -> Outline {
    let mut walker = Walker::default();
    let root = Element { parent: 0, end: 0, near: Near::default(), like: 0 };
    walker.outline.elements.push(root);
    walker.walk(&document.root(), 0, Spot::default());
    walker.end();
    walker.outline.elements[0].end = walker.outline.elements.len();
    walker.outline
}

/// Letters of a text; a Han character says as much as three.
pub fn letters(text: &str) -> usize {
    text.chars().map(letters_of).sum()
}

/// As how many letters a character counts.
pub fn letters_of(c: char) -> usize {
    if c as u32 >= 0x2e80 { 3 } else { 1 }
}

/// Whether an element ends a line.
fn breaks(tag: &str) -> bool {
    matches!(
        tag,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "pre"
            | "dd"
            | "dt"
            | "dl"
            | "figure"
            | "figcaption"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "main"
            | "aside"
            | "nav"
            | "form"
            | "hr"
            | "center"
            | "br"
            | "option"
            | "button"
            | "address"
            | "summary"
            | "details"
            | "body"
            | "title"
    )
}

/// Whether the words of an element are not for people.
fn is_silent(tag: &str) -> bool {
    matches!(
        tag,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "object"
            | "head"
            | "textarea"
            | "select"
    )
}

/// How many elements around a block may name it a date: the second name is the list's, the third the page's.
const NEAR: u8 = 2;
/// A name of an author is at most this long.
const SIGNATURE: usize = 90;

/// Where the walk is.
#[derive(Debug, Clone, Copy, Default)]
struct Spot {
    place: Place,
    element: usize,
    marks: Marks,
    bold: bool,
}

/// The attributes of an element that say something of its words.
#[derive(Default)]
struct Attributes {
    /// Class and id in lower case, with spaces around, so that a cue can ask for a whole name.
    called: String,
    item: String,
    rel: String,
    href: String,
    hidden: bool,
    pubdate: bool,
    secret: bool,
    /// Of `datetime`, `content`, `title`, `data-datetime`, `data-date`, `data-time`.
    values: [Option<String>; 6],
}

const VALUES: [&str; 6] = ["datetime", "content", "title", "data-datetime", "data-date", "data-time"];

impl Attributes {
    fn of(attributes: &[Attr]) -> Attributes {
        let mut read = Attributes::default();
        let mut identifier = "";
        for attribute in attributes {
            let value: &str = &attribute.value;
            match &*attribute.name.local {
                "class" => {
                    read.called.push(' ');
                    read.called.push_str(value);
                }
                "id" => identifier = value,
                "itemprop" | "property" => {
                    read.item.push_str(value);
                    read.item.push(' ');
                }
                "rel" => read.rel = value.to_ascii_lowercase(),
                "href" => value.clone_into(&mut read.href),
                "style" => read.hidden |= hides(value),
                "hidden" => read.hidden = true,
                "aria-hidden" => read.hidden |= value == "true",
                "pubdate" => read.pubdate = true,
                "type" => read.secret = value.eq_ignore_ascii_case("password"),
                name => {
                    if let Some(at) = VALUES.iter().position(|v| *v == name) {
                        read.values[at] = Some(value.to_owned());
                    }
                }
            }
        }
        if !identifier.is_empty() {
            read.called.push(' ');
            read.called.push_str(identifier);
        }
        if !read.called.is_empty() {
            read.called.push(' ');
        }
        read.called.make_ascii_lowercase();
        read.item.make_ascii_lowercase();
        read
    }

    fn value(&self, name: &str) -> Option<&String> {
        self.values[VALUES.iter().position(|v| *v == name)?].as_ref()
    }
}

fn hides(style: &str) -> bool {
    let plain: String =
        style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    plain.contains("display:none") || plain.contains("visibility:hidden")
}

#[derive(Default)]
struct Walker {
    outline: Outline,
    current: Block,
    /// The link that the walk is inside of.
    link: Option<Linking>,
}

/// A link whose end is yet to come.
struct Linking {
    href: String,
    /// Where its words begin in the block at hand.
    from: usize,
}

impl Walker {
    fn walk(&mut self, node: &NodeRef, depth: usize, spot: Spot) {
        if depth > crate::MAX_DEPTH {
            return;
        }
        let mut tag = None;
        let mut attributes = Attributes::default();
        node.query(|n| match &n.data {
            NodeData::Text { contents } => self.push(contents, spot),
            NodeData::Element(element) => {
                tag = Some(element.name.local.clone());
                if !element.attrs.is_empty() {
                    attributes = Attributes::of(&element.attrs);
                }
            }
            _ => {}
        });
        let Some(tag) = tag.as_deref() else {
            // The root, a comment or a text.
            self.children(node, depth, spot);
            return;
        };
        if is_silent(tag) {
            return;
        }
        let breaks = breaks(tag);
        if breaks {
            self.end();
        }
        let (inner, rank) = self.enter(tag, &attributes, node, spot);
        if tag == "tr" && self.row(node, inner) {
            self.leave(inner, spot);
            return;
        }
        self.outline.asks_password |= tag == "input" && attributes.secret;
        self.outline.plays |= tag == "video";
        let (block, before) = (self.outline.blocks.len(), self.current.text.len());
        let opens = tag == "a" && !attributes.href.is_empty();
        if opens {
            self.link = Some(Linking { href: attributes.href, from: before });
        }
        self.children(node, depth, inner);
        if rank > 0 {
            self.sign(block, before, rank, inner.place.aside);
        }
        if opens {
            self.end_link();
            self.link = None;
        }
        if breaks {
            self.end();
        }
        self.leave(inner, spot);
    }

    fn children(&mut self, node: &NodeRef, depth: usize, spot: Spot) {
        for child in node.children_it(false) {
            self.walk(&child, depth + 1, spot);
        }
    }

    /// Reads what an element is and is called; elements that hold lines get a number.
    fn enter(&mut self, tag: &str, attributes: &Attributes, node: &NodeRef, outer: Spot) -> (Spot, u8) {
        let mut inner = outer;
        let called = Called::of(&attributes.called);
        let (place, rank) = self.names(tag, attributes, called, node, outer.place);
        inner.place = place;
        if let Some(level) = heading(tag) {
            inner.place.heading = level;
        }
        let marks = marks::of(tag, called.marks, &attributes.item, attributes.hidden);
        match () {
            () if matches!(tag, "b" | "strong") => inner.bold = true,
            () if is_inline(tag) => inner.marks = inner.marks | marks,
            () if matches!(tag, "br" | "hr") => {}
            () => {
                let parent = &self.outline.elements[outer.element];
                let like = marks::like(tag, &attributes.called, parent.like);
                let near = parent.near.inside(marks);
                inner.element = self.outline.elements.len();
                inner.marks = Marks::default();
                self.outline.elements.push(Element { parent: outer.element, end: 0, near, like });
            }
        }
        (inner, rank)
    }

    fn leave(&mut self, inner: Spot, outer: Spot) {
        if inner.element != outer.element {
            self.outline.elements[inner.element].end = self.outline.elements.len();
        }
    }

    /// What an element's names say of dates and of what is beside the article, and what dates it carries; and how
    /// clearly it is named for the author.
    fn names(
        &mut self,
        tag: &str,
        attributes: &Attributes,
        says: Called,
        node: &NodeRef,
        outer: Place,
    ) -> (Place, u8) {
        let mut place = outer;
        let Attributes { called, item, .. } = attributes;
        // The page's own body and article are called by what else is on them.
        let whole = matches!(tag, "body" | "html" | "article" | "main");
        place.aside |= matches!(tag, "aside" | "nav" | "footer")
            && !(tag == "footer" && outer.near > 0 && called.contains("entry"));
        // Some programs put the whole page into a form.
        place.aside |= tag == "form" && !is_child_of_body(node);
        place.aside |= !whole && says.aside;
        if !whole && (says.dated || tag == "time") {
            place.dated = true;
            place.near = 0;
        } else {
            place.near = place.near.saturating_add(1);
            place.dated &= place.near <= NEAR;
        }
        self.stamp(tag, attributes, node, place);
        let rank = match () {
            () if !item.is_empty() && item.contains("author") || attributes.rel == "author" => 4,
            () if tag == "a" && bylines::leads_to_author(&attributes.href) => 1,
            () if whole || !says.signed => 0,
            () if called.split_whitespace().any(|c| BYLINES.clear.iter().any(|name| name == c)) => 3,
            () => 2,
        };
        (place, rank)
    }

    fn stamp(&mut self, tag: &str, attributes: &Attributes, node: &NodeRef, place: Place) {
        let Attributes { called, item, .. } = attributes;
        let published = !item.is_empty()
            && ["datepublished", "datecreated", "dc:date", "pubdate"].iter().any(|i| item.contains(i));
        let first = |names: &[&str]| names.iter().find_map(|n| attributes.value(n));
        let machine = match tag {
            "time" => first(&["datetime"]),
            _ if published => first(&["content", "datetime", "title"]),
            "abbr" => first(&["title"]).filter(|_| place.dated),
            _ if place.dated && place.near == 0 => first(&["data-datetime", "data-date", "data-time"]),
            _ => None,
        };
        let machine = machine.filter(|v| v.len() >= 8 && v.len() < 60);
        let shown = || if published { brief_text(node) } else { None };
        let Some(value) = machine.cloned().or_else(shown) else { return };
        let stated = published
            || attributes.pubdate
            || ["published", "entry-date", "pub-date", "pubdate"].iter().any(|c| called.contains(c));
        self.outline.stamps.push(Stamp { value, block: self.outline.blocks.len(), stated, place });
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

    /// A row of a table that holds data; false for one that only lays the page out, which is walked like any block.
    fn row(&mut self, node: &NodeRef, spot: Spot) -> bool {
        let is = |n: &NodeRef, tags: &[&str]| n.element_ref().is_some_and(|e| tags.contains(&&*e.name.local));
        let cells: Vec<NodeRef> = node.children_it(false).filter(|c| is(c, &["td", "th"])).collect();
        let texts: Vec<String> = cells.iter().map(cell_text).collect();
        let lays_out = texts.len() < 2
            || texts.iter().any(|t| t.chars().count() > 400)
            || cells.iter().any(|c| c.descendants_it().any(|d| is(&d, &["table"])));
        if lays_out {
            return false;
        }
        let links = cells.iter().flat_map(|c| c.descendants_it()).filter(|d| is(d, &["a"]));
        let links = links.filter_map(|a| Some((squeezed(&a.text()), a.attr("href")?.to_string()))).collect();
        if texts.iter().any(|t| !t.is_empty()) {
            let Spot { place, element, marks, .. } = spot;
            let row = Block { text: texts.join("\t"), row: true, links, place, element, marks, bold: 0 };
            self.outline.blocks.push(row);
        }
        true
    }

    fn push(&mut self, text: &str, spot: Spot) {
        let blank = text.chars().all(is_blank);
        if blank && self.current.text.is_empty() {
            return;
        }
        if self.current.text.is_empty() {
            self.current.place = spot.place;
            self.current.element = spot.element;
            self.current.marks = spot.marks;
        } else if !blank {
            let place = &mut self.current.place;
            place.dated |= spot.place.dated;
            place.aside &= spot.place.aside;
            place.heading = place.heading.max(spot.place.heading);
            self.current.marks = self.current.marks & spot.marks;
        }
        if spot.bold {
            self.current.bold += letters(text.trim());
        }
        for (i, word) in text.split(is_blank).enumerate() {
            if i > 0 && !self.current.text.is_empty() && !self.current.text.ends_with(' ') {
                self.current.text.push(' ');
            }
            self.current.text.push_str(word);
        }
    }

    /// Keeps the words of the link that the block at hand has. A link may hold many blocks: a teaser's headline and its lines.
    fn end_link(&mut self) {
        let Some(link) = &mut self.link else { return };
        let words = self.current.text.get(link.from..).unwrap_or_default().trim();
        if !words.is_empty() {
            self.current.links.push((words.to_owned(), link.href.clone()));
        }
        link.from = 0;
    }

    fn end(&mut self) {
        self.end_link();
        let block = std::mem::take(&mut self.current);
        let text = block.text.trim();
        if !text.is_empty() {
            self.outline.blocks.push(Block { text: text.to_owned(), ..block });
        }
    }
}

fn is_child_of_body(node: &NodeRef) -> bool {
    node.parent().is_some_and(|parent| parent.element_ref().is_some_and(|e| &*e.name.local == "body"))
}

/// Whether an element stands inside a line.
fn is_inline(tag: &str) -> bool {
    nesting(tag.as_bytes()) == Nesting::Inline
        || matches!(tag, "img" | "input" | "wbr" | "picture" | "source")
}

fn heading(name: &str) -> Option<u8> {
    name.strip_prefix('h')?.parse().ok().filter(|level| (1..=6).contains(level))
}

/// White space runs made one space. Controls are no text, and a terminal obeys them.
pub fn squeezed(text: &str) -> String {
    text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// The words of a cell, its lines apart: a name and the address below it are two things.
fn cell_text(cell: &NodeRef) -> String {
    let mut lines = vec![String::new()];
    gather_lines(cell, &mut lines);
    let lines = lines.iter().map(|line| squeezed(line)).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(LINE_IN_CELL.encode_utf8(&mut [0; 4]))
}

fn gather_lines(node: &NodeRef, lines: &mut Vec<String>) {
    for child in node.children_it(false) {
        let tag = child.element_ref().map(|element| element.name.local.clone());
        let Some(tag) = tag else {
            if child.is_text() {
                lines.last_mut().expect("there is always a line").push_str(&child.text());
            }
            continue;
        };
        if is_silent(&tag) {
            continue;
        }
        if breaks(&tag) {
            lines.push(String::new());
        }
        gather_lines(&child, lines);
        if breaks(&tag) {
            lines.push(String::new());
        }
    }
}

/// The words of an element that holds a date and little else have at most so many characters, in so many nodes.
const BRIEF: usize = 200;

/// The words of a brief element. Longer ones are not even gathered: elements around one another would each hold them all.
fn brief_text(node: &NodeRef) -> Option<String> {
    let mut text = String::new();
    for (at, inside) in node.descendants_it().enumerate() {
        inside.query(|n| {
            if let NodeData::Text { contents } = &n.data {
                text.extend(contents.chars().take(BRIEF + 1));
            }
        });
        if at > BRIEF || text.chars().count() > BRIEF {
            return None;
        }
    }
    Some(squeezed(&text))
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

/// How an element nests.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nesting {
    /// It has no content, or the next of its kind closes it.
    None,
    /// The end of an element inside of it does not close it.
    Inline,
    Block,
}

/// Names of elements are told apart by so many bytes.
const NAME: usize = 16;

fn nesting(name: &[u8]) -> Nesting {
    match name {
        b"br" | b"img" | b"meta" | b"link" | b"input" | b"hr" | b"area" | b"base" | b"col" | b"embed"
        | b"source" | b"track" | b"wbr" | b"param" | b"p" | b"li" | b"td" | b"tr" | b"th" | b"option"
        | b"dd" | b"dt" | b"tbody" | b"thead" | b"html" | b"head" | b"body" | b"" => Nesting::None,
        b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike"
        | b"strong" | b"tt" | b"u" | b"span" | b"label" | b"abbr" | b"cite" | b"q" | b"sub" | b"sup"
        | b"mark" | b"time" | b"ins" | b"del" => Nesting::Inline,
        _ => Nesting::Block,
    }
}

/// How far back the beginning of an element is looked for.
const BACK: usize = 300;

/// What a page's tags alone tell of its tree.
#[derive(Debug, PartialEq, Eq)]
pub struct Shape {
    /// How deep elements are nested at most. An end without a beginning ends nothing.
    pub depth: usize,
    /// How many tags there are, or what looks like one.
    pub tags: usize,
}

/// The shape of a page: linear and without a tree.
pub fn shape(page: &str) -> Shape {
    let bytes = page.as_bytes();
    let mut open: Vec<([u8; NAME], Nesting)> = Vec::new();
    let mut shape = Shape { depth: 0, tags: 0 };
    for at in memchr::memchr_iter(b'<', bytes) {
        shape.tags += 1;
        let closing = bytes.get(at + 1) == Some(&b'/');
        let start = at + 1 + usize::from(closing);
        let letters =
            bytes[start..].iter().take(NAME).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-');
        let (mut name, mut length) = ([0; NAME], 0);
        for letter in letters {
            name[length] = letter.to_ascii_lowercase();
            length += 1;
        }
        let kind = nesting(&name[..length]);
        if kind == Nesting::None {
            continue;
        }
        if !closing {
            open.push((name, kind));
            shape.depth = shape.depth.max(open.len());
            continue;
        }
        let back = open.iter().rev().take(BACK);
        let mut back =
            back.take_while(|(n, k)| *n == name || kind == Nesting::Block || *k == Nesting::Inline);
        if let Some(back) = back.position(|(n, _)| *n == name) {
            open.truncate(open.len() - back - 1);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::{outline, shape};
    use dom_query::Document;

    /// Elements that are all named as the date and stand around one another would each hold the words of all of them.
    #[test]
    fn a_date_is_brief() {
        let stamps = |page: &str| outline(&Document::from(page)).stamps;
        let open = "<div itemprop=datePublished>";
        let words = "words of a page ".repeat(2_000);
        assert!(stamps(&format!("{}{words}", open.repeat(100))).is_empty());
        assert!(stamps(&format!("{}{}9 June 2026", open.repeat(2), "<br>".repeat(1_000))).is_empty());
        let stated = stamps(&format!("{open}Published on <b>9 June</b>\n 2026</div>"));
        assert_eq!(stated[0].value, "Published on 9 June 2026");
    }

    #[test]
    fn depth_of_well_and_ill_nested_pages() {
        let check = |page: &str, expected: usize| assert_eq!(shape(page).depth, expected, "{page:.60}");
        check("<div><p>a</p><p>b</p></div>", 1);
        check(&"<div><p>a</p>".repeat(50), 50);
        check(&"<div></b>".repeat(50), 50);
        check(&"<b><div></b>".repeat(50), 100);
        check(&"<div><span>a</div>".repeat(50), 2);
        check(&"<ul><li>".repeat(50), 50);
        check(&"<br><img><p>".repeat(50), 0);
    }
}
