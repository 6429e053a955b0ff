//! What a feed says: RSS 0.90–2.0, RSS 1.0, Atom 0.3 and 1.0, CDF and JSON Feed in one shape.
//!
//! The reader is our own, on `quick-xml`'s tokens, because the feeds that matter are often ill-formed, in another
//! encoding than they claim, or mix vocabularies; a library that stops at the first error would lose the source.
//! `eval` measures it on feedparser's suite.

mod json;
mod markup;
mod people;
mod read;
mod words;

pub use json::read_json;
pub use read::{is_feed_root, read_document};

use std::collections::BTreeMap;
use std::sync::Arc;
use url::Url;

/// A text with what is known of its form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The text; markup if the media type says so.
    pub value: String,
    /// `text/plain`, `text/html`, `application/xhtml+xml`, or what the feed states.
    pub media_type: String,
    /// BCP 47, from the nearest `xml:lang`.
    pub language: Option<String>,
    /// Where relative addresses inside it start.
    pub base: Arc<str>,
    /// Address of the content, where it stands elsewhere.
    pub src: Option<String>,
}

impl Words {
    /// Without markup, on one line.
    pub fn plain(&self) -> String {
        if self.media_type == "text/plain" {
            return one_line(&self.value);
        }
        one_line(&markup::without_tags(&self.value))
    }
}

fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Someone named by a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Home page.
    pub href: Option<String>,
}

/// A link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// Absolute address.
    pub href: String,
    /// What it is to the entry: `alternate`, `enclosure`, `self` …
    pub rel: String,
    /// Media type as stated.
    pub media_type: Option<String>,
    /// Title as stated.
    pub title: Option<String>,
    /// Length in bytes as stated.
    pub length: Option<String>,
    /// Language of the target as stated.
    pub hreflang: Option<String>,
}

/// A category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Category {
    /// The word.
    pub term: String,
    /// Its scheme's address.
    pub scheme: Option<String>,
    /// The word for people.
    pub label: Option<String>,
}

/// A date: as written, and in ISO 8601 if it could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moment {
    /// As written.
    pub written: String,
    /// ISO 8601.
    pub iso: Option<String>,
}

/// The program that made the feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Generator {
    /// Name.
    pub name: String,
    /// Home page.
    pub href: Option<String>,
    /// Version.
    pub version: Option<String>,
}

/// An element that has no field of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extra {
    /// Its attributes.
    pub attributes: BTreeMap<String, String>,
    /// Its text.
    pub text: String,
    /// Elements inside, by name.
    pub children: Vec<(String, Extra)>,
}

/// A channel, an entry, or the source of an entry: they share their elements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Id as stated (`guid`, `id`, `rdf:about`).
    pub id: Option<String>,
    /// Whether the id is the entry's address (`isPermaLink`).
    pub id_is_link: bool,
    /// Headline.
    pub title: Option<Words>,
    /// Description, summary, subtitle.
    pub summary: Option<Words>,
    /// Full contents.
    pub contents: Vec<Words>,
    /// Rights.
    pub rights: Option<Words>,
    /// A note of the feed about itself.
    pub info: Option<Words>,
    /// Authors.
    pub authors: Vec<Person>,
    /// Contributors.
    pub contributors: Vec<Person>,
    /// Publisher.
    pub publisher: Option<Person>,
    /// First published.
    pub published: Option<Moment>,
    /// Last changed.
    pub updated: Option<Moment>,
    /// Made.
    pub created: Option<Moment>,
    /// No longer valid from.
    pub expired: Option<Moment>,
    /// Links, the entry's own address among them (`alternate`).
    pub links: Vec<Link>,
    /// Categories.
    pub categories: Vec<Category>,
    /// BCP 47.
    pub language: Option<String>,
    /// The feed that the entry was taken from.
    pub source: Option<Box<Record>>,
    /// The program.
    pub generator: Option<Generator>,
    /// Minutes for which the feed need not be asked again.
    pub ttl: Option<u32>,
    /// Everything else: `prefix_name`, or the name alone for the formats' own elements.
    pub extras: BTreeMap<String, Vec<Extra>>,
}

impl Record {
    /// The address of what the record is about.
    pub fn link(&self) -> Option<&str> {
        if let Some(original) = self.extras.get("feedburner_origlink").and_then(|all| all.first()) {
            return Some(&original.text);
        }
        self.stated_link()
    }
    /// The address as the format's own elements give it.
    pub fn stated_link(&self) -> Option<&str> {
        let alternates = || self.links.iter().filter(|l| l.rel == "alternate" && !l.href.is_empty());
        let readable = |l: &&Link| {
            l.media_type
                .as_deref()
                .is_none_or(|t| t.contains("html") || t == "text/plain" || t == "application/pdf")
        };
        let chosen = alternates().find(readable).or_else(|| alternates().next());
        match chosen {
            Some(link) => Some(&link.href),
            None if self.id_is_link => self.id.as_deref(),
            None => None,
        }
    }
    /// Files that belong to the entry.
    pub fn enclosures(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|l| l.rel == "enclosure")
    }
    /// The first element without a field of its own under this name.
    pub fn extra(&self, name: &str) -> Option<&Extra> {
        self.extras.get(name).and_then(|all| all.first())
    }
}

/// A feed.
#[derive(Debug, Clone, Default)]
pub struct Feed {
    /// Which format: `rss20`, `rss10`, `atom10`, `atom03`, `cdf`, `json11` …; empty if unknown.
    pub version: String,
    /// The feed itself.
    pub head: Record,
    /// Its entries, in its order.
    pub entries: Vec<Record>,
    /// How it breaks its format's rules.
    pub problems: Vec<String>,
    /// Encoding in which it was read.
    pub encoding: String,
    /// Prefixes with the URIs that the document gives them.
    pub namespaces: BTreeMap<String, String>,
}

/// How a feed was served.
#[derive(Debug, Clone, Copy, Default)]
pub struct Served<'a> {
    /// `Content-Type`.
    pub content_type: Option<&'a str>,
    /// `Content-Language`.
    pub language: Option<&'a str>,
    /// Its address, after redirects.
    pub address: Option<&'a Url>,
}

/// Reads a feed in any format from bytes. Never fails: what cannot be read becomes a problem.
pub fn read(bytes: &[u8], served: Served<'_>) -> Feed {
    let (content_type, address) = (served.content_type, served.address);
    let decoded = headwater_charset::decode(bytes, content_type, address.map_or("", Url::as_str));
    let mut feed = if decoded.text.trim_start().starts_with('{') {
        read_json(&decoded.text, address)
    } else {
        read_document(&crate::xml::parse(&decoded.text), address)
    };
    if let Some(language) = served.language.filter(|_| feed.head.language.is_none()) {
        inherit_language(&mut feed, language);
    }
    if let Some(stated) = content_type.filter(|t| !is_feed_type(t)) {
        feed.problems.push(format!("it is served as {stated}, which is no feed's type"));
    }
    feed.encoding = decoded.encoding;
    if decoded.mislabelled {
        feed.problems.push("the declared encoding does not fit the bytes".to_owned());
    }
    feed
}

fn is_feed_type(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media_type.contains("xml") || media_type.contains("json") || media_type.contains("rss")
}

/// The server's word for the language holds where the feed has none of its own.
fn inherit_language(feed: &mut Feed, language: &str) {
    let language = language.split(',').next().unwrap_or_default().trim();
    if language.is_empty() {
        return;
    }
    feed.head.language = Some(language.to_owned());
    for record in std::iter::once(&mut feed.head).chain(&mut feed.entries) {
        for words in record.title.iter_mut().chain(&mut record.summary).chain(&mut record.contents) {
            words.language.get_or_insert_with(|| language.to_owned());
        }
    }
}
