//! Elements of a feed document to records.

use super::words::{self, Setting};
use super::{Category, Extra, Feed, Generator, Link, Moment, Person, Record, people};
use crate::dates;
use crate::xml::{Document, Element};
use std::collections::BTreeMap;
use url::Url;

/// Entries of one feed that are kept.
const MAX_ENTRIES: usize = 20_000;

/// People, categories and links of one record that are kept.
const MAX_PARTS: usize = 1_000;

/// Whether an outermost element is a feed's.
pub fn is_feed_root(root: &Element) -> bool {
    matches!(root.name.as_str(), "rss" | "feed" | "rdf" | "channel")
}

/// Reads a feed document.
pub fn read_document(document: &Document, address: Option<&Url>) -> Feed {
    let mut feed = Feed {
        problems: document.problems.clone(),
        namespaces: document.namespaces.clone(),
        ..Feed::default()
    };
    let Some(root) = &document.root else { return feed };
    if !is_feed_root(root) {
        feed.problems.push(format!("<{}> is no feed's outermost element", root.written));
        return feed;
    }
    feed.version = version(root, &document.doctype);
    let base = address.map(words::as_base).unwrap_or_default();
    let atom = root.name == "feed";
    let atom10 = feed.version == "atom10";
    let outer = Setting { base, atom, atom10, ..Setting::default() }.inside(root);
    feed.head.language = root.attribute("xml:lang").and_then(|_| outer.language.clone());
    let mut reader = Reader { feed };
    reader.container(root, &outer);
    reader.finish()
}

fn version(root: &Element, doctype: &str) -> String {
    let stated = root.attribute("version").unwrap_or_default().trim();
    let namespaces =
        || root.attributes.iter().filter(|(n, _)| n.starts_with("xmlns")).map(|(_, v)| v.as_str());
    let uses = |part: &str| namespaces().any(|uri| uri.contains(part));
    match root.name.as_str() {
        "rss" => match stated {
            "" => "rss".to_owned(),
            "0.91" if uses("netscape") || doctype.to_ascii_lowercase().contains("netscape") => {
                "rss091n".to_owned()
            }
            "0.91" => "rss091u".to_owned(),
            "0.92" => "rss092".to_owned(),
            "0.93" => "rss093".to_owned(),
            "0.94" => "rss094".to_owned(),
            other if other.starts_with('2') => "rss20".to_owned(),
            _ => "rss".to_owned(),
        },
        "rdf" if uses("rdf/simple/0.9") => "rss090".to_owned(),
        "rdf" => "rss10".to_owned(),
        "feed" => match stated {
            "0.1" => "atom01".to_owned(),
            "0.2" => "atom02".to_owned(),
            "0.3" => "atom03".to_owned(),
            "1.0" => "atom10".to_owned(),
            _ if uses("w3.org/2005/Atom") => "atom10".to_owned(),
            _ if uses("purl.org/atom") => "atom03".to_owned(),
            _ => "atom".to_owned(),
        },
        _ => "cdf".to_owned(),
    }
}

struct Reader {
    feed: Feed,
}

impl Reader {
    /// An element that holds a feed's own elements and its entries: `channel`, `feed`, `rdf:RDF`, `rss`.
    fn container(&mut self, element: &Element, setting: &Setting) {
        let mut head = std::mem::take(&mut self.feed.head);
        if element.name == "channel" {
            cdf_attributes(element, setting, &mut head);
            if head.language.is_none() {
                head.language = element.attribute("xml:lang").and_then(|_| setting.language.clone());
            }
        }
        for child in element.elements() {
            let inner = setting.inside(child);
            if !child.space.is_empty() {
                field(child, setting, &mut head);
                continue;
            }
            match child.name.as_str() {
                "item" | "entry" => self.entry(child, &inner),
                "channel" | "redirect" => {
                    self.feed.head = head;
                    self.container(child, &inner);
                    head = std::mem::take(&mut self.feed.head);
                }
                "items" if child.child("", "item").is_some() => {
                    for item in child.elements().filter(|e| e.is("", "item")) {
                        self.entry(item, &inner.inside(item));
                    }
                }
                _ => field(child, setting, &mut head),
            }
        }
        self.feed.head = head;
    }

    fn entry(&mut self, element: &Element, setting: &Setting) {
        if self.feed.entries.len() >= MAX_ENTRIES {
            return;
        }
        let mut record = Record::default();
        cdf_attributes(element, setting, &mut record);
        if let Some(about) = element.attribute("rdf:about") {
            record.id = Some(setting.absolute(about));
        }
        record.language = element.attribute("xml:lang").and_then(|_| setting.language.clone());
        // Podcast and media elements speak only where the format's own do not, wherever they stand.
        let secondary = |e: &&Element| matches!(e.space.as_ref(), "media" | "itunes");
        for child in element.elements().filter(|e| !secondary(e)).chain(element.elements().filter(secondary))
        {
            field(child, setting, &mut record);
        }
        settle(&mut record);
        self.feed.entries.push(record);
    }

    fn finish(mut self) -> Feed {
        settle(&mut self.feed.head);
        if self.feed.entries.is_empty() && self.feed.version.is_empty() {
            self.feed.problems.push("it holds neither entries nor a version".to_owned());
        }
        self.feed
    }
}

/// CDF keeps address and date in attributes.
fn cdf_attributes(element: &Element, setting: &Setting, record: &mut Record) {
    if let Some(href) = element.attribute("href") {
        record.links.push(Link {
            href: setting.absolute(href),
            rel: "alternate".to_owned(),
            ..Link::default()
        });
    }
    if let Some(date) = element.attribute("lastmod") {
        record.updated = Some(moment(date));
    }
}

fn moment(written: &str) -> Moment {
    Moment { written: written.trim().to_owned(), iso: dates::to_iso(written) }
}

/// What is decided only when the whole record is known.
fn settle(record: &mut Record) {
    if record.id_is_link
        && let Some(id) = &record.id
        && record.links.iter().all(|l| l.rel != "alternate")
    {
        let link = Link { href: id.clone(), rel: "alternate".to_owned(), ..Link::default() };
        record.links.push(link);
    }
    if record.published.is_none() && record.created.is_some() && record.updated.is_none() {
        record.published.clone_from(&record.created);
    }
}

/// One element of a channel, an entry or a source.
fn field(element: &Element, outer: &Setting, record: &mut Record) {
    let handled = match element.space.as_ref() {
        "" => own_field(element, outer, record),
        "dc" => dublin_core(element, outer, record),
        "dcterms" => dates_of(element, record),
        "content" if element.name == "encoded" => content(element, outer, record),
        "itunes" => itunes(element, outer, record),
        "media" => media(element, outer, record),
        "xhtml" if element.name == "body" || element.name == "div" => content(element, outer, record),
        "admin" if element.name == "generatoragent" => generator_agent(element, outer, record),
        _ => false,
    };
    if !handled {
        keep(element, outer, record);
    }
}

fn own_field(element: &Element, outer: &Setting, record: &mut Record) -> bool {
    let setting = outer.inside(element);
    match element.name.as_str() {
        "title" => put(&mut record.title, words::of(element, outer)),
        "description" | "abstract" => describe(element, outer, record),
        "summary" if !outer.atom => describe(element, outer, record),
        "summary" => record.summary = Some(words::of(element, outer)),
        "subtitle" | "tagline" => put(&mut record.summary, words::of(element, outer)),
        "content" | "body" | "fullitem" => return content(element, outer, record),
        "info" => put(&mut record.info, words::of(element, outer)),
        "rights" | "copyright" => put(&mut record.rights, words::of(element, outer)),
        "link" => link(element, &setting, record),
        "enclosure" => enclosure(element, &setting, record),
        "guid" => guid(element, &setting, record),
        "id" => record.id = Some(setting.absolute_id(&element.text())),
        "author" | "managingeditor" => author(element, outer, record),
        "contributor" => record.contributors.push(people::from_element(element, &setting)),
        "webmaster" | "publisher" => record.publisher = Some(people::from_element(element, &setting)),
        "category" | "keywords" | "tags" => category(element, record),
        "language" => record.language = Some(element.text()).filter(|l| !l.is_empty()),
        "generator" => generator(element, &setting, record),
        "ttl" => record.ttl = element.text().parse().ok(),
        "source" => source(element, &setting, record),
        _ => return dates_of(element, record),
    }
    true
}

impl Setting {
    /// Ids are addresses only by accident: relative ones are resolved, others kept to the letter.
    fn absolute_id(&self, id: &str) -> String {
        if id.contains('/') && !id.contains(':') { self.absolute(id) } else { id.to_owned() }
    }
}

/// The first value that says something stays.
fn put(slot: &mut Option<super::Words>, words: super::Words) {
    if slot.as_ref().is_none_or(|kept| kept.value.is_empty()) {
        *slot = Some(words);
    }
}

/// `description` and RSS's `summary`: the first is the summary, the second the content.
fn describe(element: &Element, outer: &Setting, record: &mut Record) {
    let words = words::of(element, outer);
    match &record.summary {
        Some(kept) if !kept.value.is_empty() => record.contents.push(words),
        _ => record.summary = Some(words),
    }
}

fn content(element: &Element, outer: &Setting, record: &mut Record) -> bool {
    let mut words = words::of(element, outer);
    let xhtml = element.space == "xhtml" || element.name == "body";
    if element.attribute("type").is_none() && !outer.atom {
        words.media_type = if xhtml { "application/xhtml+xml" } else { "text/html" }.to_owned();
    }
    record.contents.push(words);
    true
}

fn link(element: &Element, setting: &Setting, record: &mut Record) {
    let attribute = |name: &str| element.attribute(name).map(str::to_owned);
    let text = element.text();
    let href = element.attribute("href").or_else(|| element.attribute("rdf:resource"));
    let written = match href {
        Some(href) => href,
        None if !text.is_empty() => &text,
        None => return,
    };
    let rel = attribute("rel").unwrap_or_else(|| "alternate".to_owned());
    let rel = rel
        .rsplit_once('/')
        .filter(|(head, _)| head.contains("iana.org"))
        .map_or(rel.clone(), |(_, r)| r.into());
    record.links.push(Link {
        href: setting.absolute(written),
        rel,
        media_type: attribute("type"),
        title: attribute("title"),
        length: attribute("length"),
        hreflang: attribute("hreflang"),
    });
}

fn enclosure(element: &Element, setting: &Setting, record: &mut Record) {
    let attribute = |name: &str| element.attribute(name).map(str::to_owned);
    let Some(url) = element.attribute("url").or_else(|| element.attribute("href")) else { return };
    record.links.push(Link {
        href: setting.absolute(url),
        rel: "enclosure".to_owned(),
        media_type: attribute("type"),
        length: attribute("length"),
        ..Link::default()
    });
}

/// A guid is an address unless it says that it is none, and only if it looks like one.
fn guid(element: &Element, setting: &Setting, record: &mut Record) {
    let text = element.text();
    let says_no = element.attribute("ispermalink").is_some_and(|v| v.trim().eq_ignore_ascii_case("false"));
    let is_address = Url::parse(&text).is_ok_and(|u| matches!(u.scheme(), "http" | "https"));
    record.id_is_link = !says_no && is_address;
    record.id = Some(if says_no { text } else { setting.absolute_id(&text) });
}

fn author(element: &Element, outer: &Setting, record: &mut Record) {
    let person = people::from_element(element, &outer.inside(element));
    if people::is_named(&person) && record.authors.len() < MAX_PARTS && !record.authors.contains(&person) {
        record.authors.push(person);
    }
}

fn category(element: &Element, record: &mut Record) {
    let attribute = |name: &str| element.attribute(name).map(|v| v.trim().to_owned());
    let scheme = attribute("scheme").or_else(|| attribute("domain"));
    let term = attribute("term").unwrap_or_else(|| element.text());
    if element.name != "category" && element.space != "dc" {
        let words = term.split([',', '，', '、', ';']).map(str::trim).filter(|w| !w.is_empty());
        let left = MAX_PARTS.saturating_sub(record.categories.len());
        record
            .categories
            .extend(words.take(left).map(|w| Category { term: w.to_owned(), ..Category::default() }));
        return;
    }
    record.categories.push(Category { term, scheme, label: attribute("label") });
}

fn generator(element: &Element, setting: &Setting, record: &mut Record) {
    let href = element.attribute("uri").or_else(|| element.attribute("url"));
    record.generator = Some(Generator {
        name: element.text(),
        href: href.map(|h| setting.absolute(h)),
        version: element.attribute("version").map(str::to_owned),
    });
}

fn generator_agent(element: &Element, setting: &Setting, record: &mut Record) -> bool {
    let Some(resource) = element.attribute("rdf:resource") else { return false };
    let href = Some(setting.absolute(resource));
    record.generator = Some(Generator { name: resource.to_owned(), href, version: None });
    true
}

/// Atom's `source` is a record; RSS's is a name with an address.
fn source(element: &Element, setting: &Setting, record: &mut Record) {
    let mut source = Record::default();
    for child in element.elements() {
        field(child, setting, &mut source);
    }
    if element.elements().next().is_none() {
        source.title = Some(words::of(element, setting));
    }
    if let Some(url) = element.attribute("url") {
        let href = setting.absolute(url);
        source.links.push(Link { href, rel: "alternate".to_owned(), ..Link::default() });
    }
    settle(&mut source);
    record.source = Some(Box::new(source));
}

fn dublin_core(element: &Element, outer: &Setting, record: &mut Record) -> bool {
    match element.name.as_str() {
        "title" => put(&mut record.title, words::of(element, outer)),
        "description" => describe(element, outer, record),
        "rights" => put(&mut record.rights, words::of(element, outer)),
        "creator" | "author" => author(element, outer, record),
        "contributor" => record.contributors.push(people::from_element(element, outer)),
        "publisher" => record.publisher = Some(people::from_element(element, outer)),
        "subject" => category(element, record),
        "language" => record.language = Some(element.text()).filter(|l| !l.is_empty()),
        "identifier" => {
            if record.id.is_none() {
                record.id = Some(element.text());
            }
        }
        "date" => set(&mut record.updated, &element.text()),
        _ => return false,
    }
    true
}

/// The last date of a kind that can be read stays.
fn set(slot: &mut Option<Moment>, written: &str) {
    let read = moment(written);
    if read.iso.is_some() || slot.as_ref().is_none_or(|kept| kept.iso.is_none()) && !written.is_empty() {
        *slot = Some(read);
    }
}

fn dates_of(element: &Element, record: &mut Record) -> bool {
    let slot = match element.name.as_str() {
        "pubdate" | "published" | "issued" => &mut record.published,
        "updated" | "modified" | "lastbuilddate" => &mut record.updated,
        "created" => &mut record.created,
        "expirationdate" | "expired" => &mut record.expired,
        _ => return false,
    };
    set(slot, &element.text());
    true
}

fn itunes(element: &Element, outer: &Setting, record: &mut Record) -> bool {
    match element.name.as_str() {
        "title" => put(&mut record.title, words::of(element, outer)),
        "author" if record.authors.is_empty() => author(element, outer, record),
        "owner" => record.publisher = Some(people::from_element(element, outer)),
        "summary" => put(&mut record.summary, words::of(element, outer)),
        "subtitle" => put(&mut record.summary, words::of(element, outer)),
        "category" | "keywords" => itunes_categories(element, record),
        _ => return false,
    }
    true
}

fn itunes_categories(element: &Element, record: &mut Record) {
    let scheme = Some("http://www.itunes.com/".to_owned());
    let text = element.own_text();
    let words: Vec<&str> = match element.attribute("text") {
        Some(word) => vec![word],
        None => text.split([',', ' ']).filter(|w| !w.is_empty()).collect(),
    };
    for word in words {
        let category = Category { term: word.to_owned(), scheme: scheme.clone(), label: None };
        if record.categories.len() < MAX_PARTS && !record.categories.contains(&category) {
            record.categories.push(category);
        }
    }
    for inner in element.elements() {
        itunes_categories(inner, record);
    }
}

fn media(element: &Element, outer: &Setting, record: &mut Record) -> bool {
    match element.name.as_str() {
        "title" => put(&mut record.title, words::of(element, outer)),
        "description" | "text" => put(&mut record.summary, words::of(element, outer)),
        "category" => {
            let scheme =
                element.attribute("scheme").unwrap_or("http://search.yahoo.com/mrss/category_schema");
            let label = element.attribute("label").map(str::to_owned);
            let category = Category { term: element.text(), scheme: Some(scheme.to_owned()), label };
            record.categories.push(category);
        }
        "keywords" => category(element, record),
        "group" => element.elements().for_each(|child| field(child, outer, record)),
        "content" => {
            keep(element, outer, record);
            // What stands inside another one is kept with it already, at every depth.
            let inner = element.elements().filter(|e| !matches!(e.name.as_str(), "content" | "group"));
            inner.for_each(|child| field(child, outer, record));
        }
        _ => return false,
    }
    true
}

/// Keeps an element that has no field of its own.
fn keep(element: &Element, outer: &Setting, record: &mut Record) {
    let space = element.space.as_ref();
    let prefix = if space.contains('/') || space.contains(':') {
        element.written.split_once(':').map_or("", |(prefix, _)| prefix)
    } else {
        space
    };
    let name = if prefix.is_empty() {
        element.name.clone()
    } else {
        format!("{}_{}", prefix.to_lowercase(), element.name)
    };
    let kept = record.extras.entry(name).or_default();
    if kept.len() < 1_000 {
        kept.push(extra(element, &outer.inside(element)));
    }
}

/// Elements whose text is an address.
fn holds_address(element: &Element) -> bool {
    let name = element.name.as_str();
    matches!(
        name,
        "url" | "link" | "docs" | "comments" | "icon" | "logo" | "newlocation" | "comment" | "commentrss"
    ) || name.ends_with("link")
}

/// So much text of the elements inside is an element's too, as a place's coordinates are; more, kept at every depth,
/// would grow with the depth.
const BRIEF: usize = 4 << 10;

fn extra(element: &Element, setting: &Setting) -> Extra {
    let text = element.text_within(BRIEF).unwrap_or_else(|| element.own_text());
    let text = if holds_address(element) && !text.is_empty() { setting.absolute(&text) } else { text };
    let attributes = element.attributes.iter().filter(|(n, _)| !n.starts_with("xmlns"));
    let value = |(name, value): &(String, String)| {
        let address = matches!(name.as_str(), "href" | "url" | "rdf:resource" | "src");
        (name.clone(), if address { setting.absolute(value) } else { value.clone() })
    };
    let attributes: BTreeMap<String, String> = attributes.map(value).collect();
    let children = element.elements().take(1_000);
    let children = children.map(|c| (c.name.clone(), extra(c, &setting.inside(c)))).collect();
    Extra { attributes, text, children }
}

/// A person as one line: `Name (e-mail)`.
impl std::fmt::Display for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.name, &self.email) {
            (Some(name), Some(email)) => write!(f, "{name} ({email})"),
            (Some(one), None) | (None, Some(one)) => f.write_str(one),
            (None, None) => f.write_str(self.href.as_deref().unwrap_or_default()),
        }
    }
}
