//! What a source lists: the addresses of its pages with what it says of them, whatever the format.

mod html;
mod json;
mod sitemap;

use crate::feed::{self, Feed, Record};
use crate::source::ListRule;
use crate::{inflate, xml};
use headwater_model::source::SourceKind;
use std::collections::BTreeSet;
use url::Url;

pub use html::{FeedLink, feed_links};

/// Entries of one listing that are kept: a sitemap may hold 50,000.
const MAX_ENTRIES: usize = 50_000;

/// One page that a source lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Absolute address, without fragment.
    pub url: String,
    /// Headline, without markup.
    pub title: Option<String>,
    /// First published, ISO 8601.
    pub published: Option<String>,
    /// Last changed, ISO 8601.
    pub updated: Option<String>,
    /// Authors' names.
    pub authors: Vec<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// Summary, without markup.
    pub summary: Option<String>,
}

/// In what form a source lists its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A feed of this version.
    Feed(String),
    /// A sitemap.
    Sitemap,
    /// A list of sitemaps.
    SitemapIndex,
    /// An HTML page with links.
    List,
    /// A JSON document with an array of entries.
    Json,
    /// The page itself.
    Page,
    /// Nothing that could be read.
    Unknown,
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Form::Feed(version) if version.is_empty() => f.write_str("a feed"),
            Form::Feed(version) => write!(f, "a feed ({version})"),
            Form::Sitemap => f.write_str("a sitemap"),
            Form::SitemapIndex => f.write_str("a list of sitemaps"),
            Form::List => f.write_str("a list of links"),
            Form::Json => f.write_str("a JSON list"),
            Form::Page => f.write_str("a page"),
            Form::Unknown => f.write_str("nothing that can be read"),
        }
    }
}

/// A sitemap that a list of sitemaps names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// Absolute address.
    pub url: String,
    /// Last changed, ISO 8601.
    pub updated: Option<String>,
}

/// What a source lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// In what form.
    pub form: Form,
    /// Its own title.
    pub title: Option<String>,
    /// Its language, BCP 47.
    pub language: Option<String>,
    /// Its pages, in its order, each address once.
    pub entries: Vec<Entry>,
    /// Sitemaps to read besides.
    pub children: Vec<Child>,
    /// The next page of the list.
    pub next_page: Option<String>,
    /// Minutes for which it asks not to be asked again.
    pub ttl: Option<u32>,
    /// Where it says that it lives now.
    pub moved_to: Option<String>,
    /// What is wrong with it, in words.
    pub problems: Vec<String>,
}

impl Listing {
    fn new(form: Form) -> Listing {
        Listing {
            form,
            title: None,
            language: None,
            entries: Vec::new(),
            children: Vec::new(),
            next_page: None,
            ttl: None,
            moved_to: None,
            problems: Vec::new(),
        }
    }

    fn unreadable(problem: impl Into<String>) -> Listing {
        Listing { problems: vec![problem.into()], ..Listing::new(Form::Unknown) }
    }

    /// Adds an entry, unless its address is no web address or is there already.
    fn add(&mut self, base: &Url, mut entry: Entry, seen: &mut BTreeSet<String>) {
        if self.entries.len() >= MAX_ENTRIES {
            return;
        }
        let Some(url) = web_address(base, &entry.url) else { return };
        if seen.insert(url.clone()) {
            entry.url = url;
            self.entries.push(entry);
        }
    }
}

/// An address made absolute and without fragment, if it is a web address.
pub(crate) fn web_address(base: &Url, written: &str) -> Option<String> {
    let mut url = base.join(written.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_fragment(None);
    Some(url.into())
}

/// Reads a listing. `kind` matters only where the bytes leave a choice: an HTML page is a list for
/// [`SourceKind::List`], and a mistake for a feed. Never fails: what cannot be read becomes a problem.
pub fn parse(
    bytes: &[u8],
    content_type: Option<&str>,
    base: &Url,
    kind: SourceKind,
    rule: &ListRule,
) -> Listing {
    if kind == SourceKind::Page {
        let entry = Entry { url: base.to_string(), ..Entry::default() };
        return Listing { entries: vec![entry], ..Listing::new(Form::Page) };
    }
    let bytes = match inflate::gunzip_if_gzip(bytes) {
        Ok(bytes) => bytes,
        Err(problem) => return Listing::unreadable(problem),
    };
    let decoded = headwater_charset::decode(&bytes, content_type, base.as_str());
    let text = decoded.text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() {
        return Listing::unreadable("the answer is empty");
    }
    if kind == SourceKind::List && !text.starts_with("<?xml") && !text.starts_with(['{', '[']) {
        return html::read(text, base, rule);
    }
    let mut listing = match text.as_bytes()[0] {
        b'{' | b'[' => json_listing(text, base, rule),
        b'<' => markup_listing(text, base, kind, rule),
        _ => sitemap::read_text(text, base),
    };
    if decoded.mislabelled {
        listing.problems.push(format!("the declared encoding is wrong; read as {}", decoded.encoding));
    }
    listing
}

fn json_listing(text: &str, base: &Url, rule: &ListRule) -> Listing {
    if text.contains("jsonfeed.org/version/") {
        return from_feed(feed::read_json(text, Some(base)), base);
    }
    json::read(text, base, rule)
}

fn markup_listing(text: &str, base: &Url, kind: SourceKind, rule: &ListRule) -> Listing {
    if is_html(text) {
        if kind == SourceKind::List {
            return html::read(text, base, rule);
        }
        return not_a_feed(text, base);
    }
    let document = xml::parse(text);
    let Some(root) = &document.root else {
        return Listing::unreadable("the answer is no XML document");
    };
    match root.name.as_str() {
        "urlset" | "sitemapindex" => sitemap::read(&document, base),
        "html" => not_a_feed(text, base),
        _ if feed::is_feed_root(root) => from_feed(feed::read_document(&document, Some(base)), base),
        other => Listing::unreadable(format!("<{other}> begins neither a feed nor a sitemap")),
    }
}

fn is_html(text: &str) -> bool {
    let start: String = text.chars().take(2_000).collect::<String>().to_ascii_lowercase();
    if start.contains("<rss") || start.contains("<feed") || start.contains("<rdf:rdf") {
        return false;
    }
    start.starts_with("<!doctype html") || start.contains("<html") || start.contains("<head>")
}

/// An HTML page where a feed was expected: says so, and names the feeds that it links to.
fn not_a_feed(text: &str, base: &Url) -> Listing {
    let links = feed_links(text, base);
    let mut listing = Listing::unreadable(match links.first() {
        Some(link) => format!("it is an HTML page, not a feed; the page names the feed {}", link.url),
        None => "it is an HTML page, not a feed".to_owned(),
    });
    listing.children = links.into_iter().map(|l| Child { url: l.url, updated: None }).collect();
    listing
}

fn from_feed(feed: Feed, base: &Url) -> Listing {
    let mut listing = Listing::new(Form::Feed(feed.version.clone()));
    listing.title = feed.head.title.as_ref().map(|t| t.plain()).filter(|t| !t.is_empty());
    listing.language = feed.head.language.clone();
    listing.ttl = feed.head.ttl.or_else(|| update_period(&feed.head));
    listing.moved_to = feed.head.extra("newlocation").map(|e| e.text.clone());
    listing.problems = feed.problems;
    let mut seen = BTreeSet::new();
    for record in &feed.entries {
        let Some(url) = entry_address(record) else { continue };
        let entry = Entry {
            url: url.to_owned(),
            title: record.title.as_ref().map(|t| t.plain()).filter(|t| !t.is_empty()),
            published: record.published.as_ref().or(record.updated.as_ref()).and_then(|m| m.iso.clone()),
            updated: record.updated.as_ref().and_then(|m| m.iso.clone()),
            authors: record.authors.iter().map(ToString::to_string).filter(|a| !a.is_empty()).collect(),
            language: record.language.clone().or_else(|| feed.head.language.clone()),
            summary: record.summary.as_ref().map(|s| s.plain()).filter(|s| !s.is_empty()),
        };
        listing.add(base, entry, &mut seen);
    }
    if listing.entries.is_empty() && !feed.entries.is_empty() {
        listing.problems.push("its entries give no addresses".to_owned());
    }
    listing
}

/// Where an entry can be read: its link, an id that is an address, else its enclosure.
fn entry_address(record: &Record) -> Option<&str> {
    let by_id = || record.id.as_deref().filter(|id| id.starts_with("http://") || id.starts_with("https://"));
    let enclosure = || record.enclosures().next().map(|l| l.href.as_str());
    record.link().or_else(by_id).or_else(enclosure)
}

/// `sy:updatePeriod` and `sy:updateFrequency` in minutes.
fn update_period(head: &Record) -> Option<u32> {
    let minutes = match head.extra("sy_updateperiod")?.text.as_str() {
        "hourly" => 60,
        "daily" => 24 * 60,
        "weekly" => 7 * 24 * 60,
        _ => return None,
    };
    let frequency = head.extra("sy_updatefrequency").and_then(|f| f.text.parse::<u32>().ok()).unwrap_or(1);
    Some(minutes / frequency.clamp(1, 60))
}
