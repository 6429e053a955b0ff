//! A small tree of an XML document, read so that ill-formed input still gives what can be had.
//!
//! `quick-xml` cuts the tokens; this file closes what was left open, ignores what was never opened, knows HTML's
//! entities, and resolves names to the vocabularies that feeds use.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Elements deeper than this are read as if they stood at this depth: no feed needs more, and trees are dropped
/// recursively.
const MAX_DEPTH: usize = 120;

/// At most this many elements are kept: a sitemap may hold 50,000 entries of six elements.
const MAX_ELEMENTS: usize = 1_000_000;

/// What the entities that a document declares may come to in bytes: a few characters can stand for two hundred.
const MAX_EXPANDED: usize = 1 << 20;

/// Attributes of one element that are kept.
const MAX_ATTRIBUTES: usize = 64;

/// An element.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// Its vocabulary: a well-known prefix (`dc`, `media`), empty for the feed formats' own, or the URI.
    pub space: Cow<'static, str>,
    /// Its local name, lower case.
    pub name: String,
    /// The name as written, with its prefix.
    pub written: String,
    /// Attributes: name as written in lower case with a well-known prefix if it has one, and value.
    pub attributes: Vec<(String, String)>,
    /// Its content in order.
    pub children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug, Clone)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Characters, references resolved.
    Text(String),
}

impl Element {
    /// The value of an attribute, by its name in lower case.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
    /// Elements directly inside.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }
    /// The first element inside with this vocabulary and name.
    pub fn child(&self, space: &str, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.is(space, name))
    }
    /// Whether it has this vocabulary and name.
    pub fn is(&self, space: &str, name: &str) -> bool {
        self.space == space && self.name == name
    }
    /// The characters that stand in it and in no element inside of it, blanks at both ends removed.
    pub fn own_text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect::<String>().trim().to_owned()
    }
    /// All characters inside, blanks at both ends removed, unless they have more bytes than this.
    pub fn text_within(&self, most: usize) -> Option<String> {
        let mut text = String::new();
        self.gather_within(most, &mut text).then(|| text.trim().to_owned())
    }
    fn gather_within(&self, most: usize, text: &mut String) -> bool {
        self.children.iter().all(|node| match node {
            Node::Text(t) if text.len() + t.len() > most => false,
            Node::Text(t) => {
                text.push_str(t);
                true
            }
            Node::Element(e) => e.gather_within(most, text),
        })
    }
    /// All characters inside, blanks at both ends removed.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text);
        text.trim().to_owned()
    }
    fn gather(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(t) => text.push_str(t),
                Node::Element(e) => e.gather(text),
            }
        }
    }
    /// The content as markup.
    pub fn inner_markup(&self) -> String {
        let mut markup = String::new();
        self.write_children(&mut markup);
        markup
    }
    fn write_children(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(t) => out.push_str(&quick_xml::escape::partial_escape(t.as_str())),
                Node::Element(e) => e.write(out),
            }
        }
    }
    fn write(&self, out: &mut String) {
        let name = self.written.rsplit(':').next().unwrap_or(&self.written);
        out.push('<');
        out.push_str(name);
        for (name, value) in &self.attributes {
            if name.starts_with("xmlns") {
                continue;
            }
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(&quick_xml::escape::escape(value.as_str()));
            out.push('"');
        }
        if self.children.is_empty() && is_void(name) {
            out.push_str(" />");
            return;
        }
        out.push('>');
        self.write_children(out);
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr" | "img" | "input" | "area" | "base" | "col" | "link" | "meta" | "embed" | "param"
    )
}

/// What was read.
#[derive(Debug, Default)]
pub struct Document {
    /// The outermost element, if there is one.
    pub root: Option<Element>,
    /// How the document is ill-formed, each kind once.
    pub problems: Vec<String>,
    /// Prefixes with the URIs that the document gives them.
    pub namespaces: BTreeMap<String, String>,
    /// What its DOCTYPE says, cut to 200 characters; empty without one.
    pub doctype: String,
}

/// Reads a document. Never fails: what cannot be read becomes a problem.
pub fn parse(text: &str) -> Document {
    let repaired = repair(text);
    let mut builder = Builder::new(text);
    let mut reader = Reader::from_str(&repaired);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => builder.take(event),
            Err(error) => {
                builder.problem(format!("the markup breaks off: {error}"));
                break;
            }
        }
    }
    builder.finish()
}

/// Removes what no XML reader takes: characters outside XML, and `<` that opens nothing (`a < b`).
fn repair(text: &str) -> Cow<'_, str> {
    let wrong = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if !text.contains(wrong) && !text.contains(is_c1) && !has_lone_bracket(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.extend(rest[..at].chars().filter(|c| !wrong(*c)).map(mended));
        rest = &rest[at..];
        let kept =
            ["<![CDATA[", "<!--"].iter().zip(["]]>", "-->"]).find(|(open, _)| rest.starts_with(**open));
        if let Some((_, close)) = kept {
            let end = rest.find(close).map_or(rest.len(), |e| e + close.len());
            out.extend(rest[..end].chars().filter(|c| !wrong(*c)).map(mended));
            rest = &rest[end..];
            continue;
        }
        out.push_str(if opens(&rest[1..]) { "<" } else { "&lt;" });
        rest = &rest[1..];
    }
    out.extend(rest.chars().filter(|c| !wrong(*c)).map(mended));
    Cow::Owned(out)
}

fn is_c1(c: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&c)
}

/// A C1 control is a Windows-1252 character whose byte was taken for its number: nobody writes controls.
fn mended(c: char) -> char {
    match u8::try_from(u32::from(c)) {
        Ok(byte @ 0x80..=0x9f) => {
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(c)
        }
        _ => c,
    }
}

fn has_lone_bracket(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| !opens(&text[at + 1..]))
}

fn opens(after: &str) -> bool {
    after.is_empty() || after.starts_with(|c: char| c.is_alphabetic() || "_:/!?".contains(c))
}

struct Builder {
    open: Vec<Element>,
    scopes: Vec<Vec<(String, String)>>,
    skipped: usize,
    elements: usize,
    root: Option<Element>,
    problems: Vec<String>,
    namespaces: BTreeMap<String, String>,
    entities: BTreeMap<String, String>,
    expanded: usize,
    doctype: String,
}

impl Builder {
    fn new(text: &str) -> Builder {
        let mut builder = Builder {
            open: Vec::new(),
            scopes: Vec::new(),
            skipped: 0,
            elements: 0,
            root: None,
            problems: Vec::new(),
            namespaces: BTreeMap::new(),
            entities: BTreeMap::new(),
            expanded: 0,
            doctype: String::new(),
        };
        if text.find("<?xml ").is_some_and(|at| at > 0) {
            builder.problem("the XML declaration does not stand at the start");
        }
        builder
    }

    fn problem(&mut self, problem: impl Into<String>) {
        let problem = problem.into();
        if self.problems.len() < 20 && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::Empty(tag) => {
                self.start(&tag);
                self.end(tag.name().as_ref());
            }
            Event::End(tag) => self.end(tag.name().as_ref()),
            Event::Text(text) => {
                if text.contains('&') {
                    self.problem("an ampersand stands alone");
                }
                self.text(&text.xml10_content());
            }
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let resolved = self.reference(&reference);
                self.text(&resolved);
            }
            Event::DocType(text) => self.doctype(&text),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Eof => {}
        }
    }

    /// Entities that the document declares, if they are plain text: markup or references inside them would let a
    /// few lines grow into gigabytes.
    fn doctype(&mut self, text: &str) {
        self.doctype = text.trim().chars().take(200).collect();
        for declaration in text.split("<!ENTITY").skip(1).take(500) {
            let mut words = declaration.trim_start().splitn(2, char::is_whitespace);
            let (Some(name), Some(rest)) = (words.next(), words.next()) else { continue };
            let rest = rest.trim_start();
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let Some(value) = rest[1..].split(quote).next() else { continue };
            let value = resolve_once(value);
            if value.len() <= 200 {
                self.entities.insert(name.to_owned(), value);
            }
        }
    }

    fn reference(&mut self, name: &str) -> String {
        if let Some(number) = name.strip_prefix('#') {
            return character(number).map_or_else(|| format!("&{name};"), String::from);
        }
        if let Some(known) = quick_xml::escape::resolve_xml_entity(name) {
            return known.to_owned();
        }
        if let Some(declared) = self.entities.get(name) {
            self.expanded += declared.len();
            if self.expanded <= MAX_EXPANDED {
                return declared.clone();
            }
            self.problem("the entities that it declares come to more than a megabyte");
            return String::new();
        }
        if self.doctype.is_empty() {
            let name: String = name.chars().take(40).collect();
            self.problem(format!("the entity &{name}; is not declared"));
        }
        html_entity(name).unwrap_or_else(|| format!("&{name};"))
    }

    fn text(&mut self, text: &str) {
        let Some(top) = self.open.last_mut() else {
            if !text.trim().is_empty() {
                self.problem("text stands outside the document");
            }
            return;
        };
        match top.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => top.children.push(Node::Text(text.to_owned())),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        self.elements += 1;
        if self.open.len() >= MAX_DEPTH || self.elements > MAX_ELEMENTS {
            self.problem("the document is too deep or too large");
            self.skipped += 1;
            return;
        }
        if self.open.is_empty() && self.root.is_some() {
            self.problem("the document has more than one outermost element");
        }
        let written = tag.name().as_ref().to_owned();
        let attributes = self.attributes(tag);
        let (prefix, local) = written.split_once(':').unwrap_or(("", &written));
        let (space, local) = (self.space(prefix), local.to_lowercase());
        let attributes = self.named_attributes(attributes);
        self.open.push(Element { space, name: local, written, attributes, children: Vec::new() });
    }

    /// Attributes with references resolved; declares the namespaces among them.
    fn attributes(&mut self, tag: &BytesStart<'_>) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut declared = Vec::new();
        for attribute in tag.html_attributes().with_checks(false).flatten().take(MAX_ATTRIBUTES) {
            let name = attribute.key.as_ref().to_owned();
            let value = self.unescape(&attribute.value);
            if name == "xmlns" || name.starts_with("xmlns:") {
                let prefix = name.strip_prefix("xmlns:").unwrap_or("").to_owned();
                self.namespaces.entry(prefix.clone()).or_insert_with(|| value.clone());
                declared.push((prefix, value.clone()));
            }
            found.push((name, value));
        }
        self.scopes.push(declared);
        found
    }

    fn unescape(&mut self, value: &str) -> String {
        let mut out = String::with_capacity(value.len());
        let mut rest = value;
        while let Some(at) = rest.find('&') {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let name_ends = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'));
            match name_ends.filter(|end| *end > 0 && rest[*end..].starts_with(';')) {
                Some(end) => {
                    let name = rest[..end].to_owned();
                    out.push_str(&self.reference(&name));
                    rest = &rest[end + 1..];
                }
                None => {
                    self.problem("an ampersand stands alone");
                    out.push('&');
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn named_attributes(&mut self, attributes: Vec<(String, String)>) -> Vec<(String, String)> {
        let name = |(name, value): (String, String)| {
            let lower = name.to_lowercase();
            if lower.starts_with("xmlns") {
                return (lower, value);
            }
            let Some((prefix, local)) = lower.split_once(':') else { return (lower, value) };
            let space = self.space(prefix);
            let plain = space.is_empty() || space.contains('/');
            (if plain { local.to_owned() } else { format!("{space}:{local}") }, value)
        };
        attributes.into_iter().map(name).collect()
    }

    /// The vocabulary of a prefix in the present scope. An undeclared prefix speaks for itself.
    fn space(&mut self, prefix: &str) -> Cow<'static, str> {
        let declared =
            self.scopes.iter().rev().flatten().find(|(p, _)| p == prefix).map(|(_, uri)| uri.clone());
        match declared {
            Some(uri) => vocabulary_of(&uri),
            None if prefix.is_empty() => Cow::Borrowed(""),
            None if prefix == "xml" => Cow::Borrowed("xml"),
            None => {
                let shown: String = prefix.chars().take(40).collect();
                self.problem(format!("the prefix {shown}: is not declared"));
                well_known_prefix(prefix)
            }
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let name = name.trim();
        let same = |e: &Element| e.written == name;
        let Some(at) = self.open.iter().rposition(same) else {
            let name: String = name.chars().take(40).collect();
            self.problem(format!("</{name}> closes nothing"));
            return;
        };
        if at + 1 < self.open.len() {
            self.problem("an element is not closed");
        }
        while self.open.len() > at {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(element) = self.open.pop() else { return };
        self.scopes.pop();
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None if self.root.is_none() => self.root = Some(element),
            None => {}
        }
    }

    fn finish(mut self) -> Document {
        if !self.open.is_empty() {
            self.problem("the document ends before its elements are closed");
        }
        while !self.open.is_empty() {
            self.close();
        }
        if self.root.is_none() {
            self.problem("the document has no element");
        }
        Document {
            root: self.root,
            problems: self.problems,
            namespaces: self.namespaces,
            doctype: self.doctype,
        }
    }
}

/// Character references inside an entity's value; other references stay as they are.
fn resolve_once(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find("&#") {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 2..];
        match tail.split_once(';').and_then(|(number, after)| Some((character(number)?, after))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push_str("&#");
                rest = tail;
            }
        }
    }
    out + rest
}

/// The character of a reference's number. Numbers 128–159 mean Windows-1252, as in HTML.
pub fn character(number: &str) -> Option<char> {
    let value = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(value) {
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
    }
    // Controls are no text, and a terminal obeys them.
    char::from_u32(value).filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
}

/// The characters of an HTML entity.
pub fn html_entity(name: &str) -> Option<String> {
    let (first, second) = web_atoms::NAMED_ENTITIES.get(&format!("{name};"))?;
    let characters = [*first, *second].into_iter().filter(|c| *c != 0).filter_map(char::from_u32);
    Some(characters.collect()).filter(|text: &String| !text.is_empty())
}

/// Vocabularies by URI: lower-case beginnings with the prefix that this crate knows them by. Empty: the feed
/// formats themselves.
const VOCABULARIES: &[(&str, &str)] = &[
    ("http://backend.userland.com/rss", ""),
    ("http://blogs.law.harvard.edu/tech/rss", ""),
    ("http://purl.org/rss/1.0/modules/content", "content"),
    ("http://purl.org/rss/1.0/modules/syndication", "sy"),
    ("http://purl.org/rss/1.0/modules/slash", "slash"),
    ("http://purl.org/rss/1.0/modules/", "rss-module"),
    ("http://purl.org/rss/1.0", ""),
    ("http://my.netscape.com/rdf/simple/0.9", ""),
    ("http://channel.netscape.com/rdf/simple/0.9", ""),
    ("http://my.netscape.com/publish/formats/rss-0.91", ""),
    ("http://purl.org/echo", ""),
    ("http://purl.org/pie", ""),
    ("http://purl.org/atom/ns", ""),
    ("http://www.w3.org/2005/atom", ""),
    ("http://purl.org/rss/1.0/modules/rss091", ""),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf"),
    ("http://purl.org/dc/elements/", "dc"),
    ("http://purl.org/dc/terms", "dcterms"),
    ("http://www.w3.org/1999/xhtml", "xhtml"),
    ("http://www.w3.org/xml/1998/namespace", "xml"),
    ("http://www.w3.org/1999/xlink", "xlink"),
    ("http://www.w3.org/2000/svg", "svg"),
    ("http://www.w3.org/1998/math/mathml", "mathml"),
    ("http://www.itunes.com/dtds/podcast", "itunes"),
    ("http://itunes.com/dtds/podcast", "itunes"),
    ("http://search.yahoo.com/mrss", "media"),
    ("http://video.search.yahoo.com/mrss", "media"),
    ("http://webns.net/mvcb/", "admin"),
    ("http://wellformedweb.org/commentapi/", "wfw"),
    ("http://creativecommons.org/ns#license", "cc"),
    ("http://web.resource.org/cc/", "cc"),
    ("http://backend.userland.com/creativecommonsrssmodule", "creativecommons"),
    ("http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", "creativecommons"),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("http://www.georss.org/georss", "georss"),
    ("http://www.opengis.net/gml", "gml"),
    ("http://www.w3.org/2003/01/geo/wgs84_pos#", "geo"),
    ("http://podlove.org/simple-chapters", "psc"),
    ("http://www.sitemaps.org/schemas/sitemap/", ""),
    ("http://www.google.com/schemas/sitemap/", ""),
    ("http://www.google.com/schemas/sitemap-news/", "news"),
    ("http://www.google.com/schemas/sitemap-image/", "image"),
    ("http://www.google.com/schemas/sitemap-video/", "video"),
    ("http://purl.org/syndication/thread/1.0", "thr"),
    ("http://madskills.com/public/xml/rss/module/pingback/", "pingback"),
    ("http://madskills.com/public/xml/rss/module/trackback/", "trackback"),
    ("http://freshmeat.net/rss/fm/", "fm"),
    ("http://purl.org/rss/1.0/modules/company", "co"),
    ("http://postneo.com/icbm/", "icbm"),
    ("http://www.apple.com/ilife/wallpapers", "wallpapers"),
    ("http://hacks.benhammersley.com/rss/streaming/", "str"),
    ("http://www.rssboard.org/media-rss", "media"),
];

fn vocabulary_of(uri: &str) -> Cow<'static, str> {
    let lower = uri.trim().to_ascii_lowercase().replacen("https://", "http://", 1);
    let longest =
        VOCABULARIES.iter().filter(|(known, _)| lower.starts_with(known)).max_by_key(|(k, _)| k.len());
    match longest {
        Some((_, prefix)) => Cow::Borrowed(prefix),
        None if lower.is_empty() => Cow::Borrowed(""),
        None => Cow::Owned(uri.to_owned()),
    }
}

fn well_known_prefix(prefix: &str) -> Cow<'static, str> {
    let lower = prefix.to_lowercase();
    if lower == "atom" || lower == "rss" {
        return Cow::Borrowed("");
    }
    match VOCABULARIES.iter().find(|(_, p)| *p == lower) {
        Some((_, known)) => Cow::Borrowed(known),
        None => Cow::Owned(lower),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(xml: &str) -> String {
        parse(xml).root.map(|r| r.text()).unwrap_or_default()
    }

    #[test]
    fn ill_formed_input_keeps_its_text() {
        let check = |xml: &str, text: &str, sound: bool| {
            let document = parse(xml);
            assert_eq!(document.problems.is_empty(), sound, "{xml}: {:?}", document.problems);
            assert_eq!(text_of(xml), text, "{xml}");
        };
        check("<a>AT&amp;T</a>", "AT&T", true);
        check("<a>AT&T &copy; 5 < 6</a>", "AT&T © 5 < 6", false);
        check("<a><b>x</a>", "x", false);
        check("<a>x</b></a>", "x", false);
        check("<a>x</a", "x", false);
        check("<a><![CDATA[x < y]]></a>", "x < y", true);
        check("<a>\u{1}x</a>", "x", true);
        check("<!DOCTYPE a [<!ENTITY name \"v&#97;lue\">]><a>&name;</a>", "value", true);
        check("", "", false);
        check("<a>&#x4e2d;&#146;</a>", "中’", true);
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "<a>".repeat(100_000) + "x";
        assert!(parse(&deep).problems.iter().any(|p| p.contains("too deep")));
    }

    #[test]
    fn names_are_resolved() {
        let document = parse("<r xmlns:d='http://purl.org/dc/elements/1.1/' xml:lang='zh'><d:Creator/></r>");
        let root = document.root.unwrap();
        assert!(root.child("dc", "creator").is_some());
        assert_eq!(root.attribute("xml:lang"), Some("zh"));
    }
}
