//! What a page's head and structured data say.

use crate::blocks::{Outline, squeezed};
use crate::cues::CUES;
use crate::dates::{Habit, page_date};
use crate::landmarks::Landmarks;
use crate::letter::is_alphanumeric;
use crate::published::{self, Places};
use crate::site::{self, Logo};
use crate::{bylines, titles};
use dom_query::{Document, NodeRef};
use headwater_model::time::{DateBasis, PageDate};
use headwater_model::{Article, Capture, Text};
use serde::Deserialize;
use serde_json::Value;
use std::sync::LazyLock;

/// What `data/metadata.toml` holds.
#[derive(Deserialize)]
pub struct Names {
    /// Of the date of publication.
    pub published: Vec<String>,
    /// Of the last change.
    pub modified: Vec<String>,
    /// Of authors.
    pub authors: Vec<String>,
    /// Of the site.
    pub sites: Vec<String>,
    /// Of the headline.
    pub titles: Vec<String>,
    /// Of the row of a table that holds the headline.
    pub title_labels: Vec<String>,
    /// Marks between a headline and its site.
    pub marks: Vec<String>,
    /// How names of Chinese sites end.
    pub site_endings: Vec<String>,
    /// Before the owner's name at the foot of a page.
    pub owned_by: Vec<String>,
    /// Behind it.
    pub owned: Vec<String>,
    /// How names of companies end, which are not their sites'.
    pub companies: Vec<String>,
    /// Behind the name of a body whose site an office keeps.
    pub offices: Vec<String>,
    /// How names of offices end that stand in brackets behind a headline.
    pub office_endings: Vec<String>,
    /// Parts of a tab that any site has.
    pub general: Vec<String>,
    /// Second-level domains under country codes.
    pub second_level: Vec<String>,
    /// Sites whose first label names the publication.
    pub platforms: Vec<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/metadata.toml")).expect("data/metadata.toml is right")
});

/// Names of values, from `data/metadata.toml`.
pub fn names() -> &'static Names {
    &NAMES
}

/// A page's `meta` elements, title and structured data.
#[derive(Clone)]
pub struct Head {
    metas: Vec<(String, String)>,
    data: Vec<Value>,
    main: Option<usize>,
    /// The title as a browser's tab shows it.
    pub tab: String,
}

impl Head {
    /// Reads the head of a tree.
    pub fn of(landmarks: &Landmarks) -> Head {
        let tab = landmarks.tab.as_ref().map(|title| squeezed(&title.text())).unwrap_or_default();
        let data = structured(&landmarks.data);
        let main = main_item(&data, &tab);
        Head { metas: metas(&landmarks.metas), data, main, tab }
    }

    /// The values of the elements of these names, in the order of the names.
    pub fn meta_values<'a>(&'a self, names: &'a [impl AsRef<str>]) -> impl Iterator<Item = &'a str> {
        let of = |name: &'a str| {
            let key = key(name);
            self.metas.iter().filter(move |(n, v)| *n == key && !v.is_empty()).map(|(_, v)| v.as_str())
        };
        names.iter().flat_map(move |n| of(n.as_ref()))
    }

    /// The first date among the elements of these names.
    pub fn meta_date(&self, names: &[String], habit: Habit) -> Option<PageDate> {
        self.meta_values(names).find_map(|v| page_date(v, DateBasis::Meta, habit))
    }

    /// The first date among these fields of the structured data.
    pub fn json_date(&self, fields: &[&str], habit: Habit) -> Option<PageDate> {
        let item = self.item()?;
        let value = |f: &&str| item.get(*f).and_then(text_of);
        fields.iter().filter_map(value).find_map(|v| page_date(&v, DateBasis::JsonLd, habit))
    }

    /// The object that describes the article.
    pub fn item(&self) -> Option<&Value> {
        self.main.map(|at| &self.data[at])
    }

    /// What the head calls the page, if that is nothing to be read as an article: a shop's product, a job, somebody's profile.
    pub fn declared(&self) -> Option<&str> {
        let open_graph = || self.meta_values(&["og:type"]);
        let is_article = self.data.iter().any(|v| is(v, ARTICLES) && !is(v, &["JobPosting"]))
            || self.meta_values(&["article:published_time"]).next().is_some()
            || open_graph().any(|kind| ["article", "news", "blog"].iter().any(|w| kind.starts_with(w)));
        let cues = &CUES.page_kind;
        let mut kinds = cues.declared.iter().chain(&cues.offered).map(String::as_str);
        let stated = kinds.clone().find(|kind| self.data.iter().any(|v| is_of_type(v, kind)));
        let stated = stated.or_else(|| open_graph().find(|kind| kinds.any(|k| k == *kind)));
        stated.filter(|_| !is_article)
    }

    /// The object that another one refers to by its identifier, or the value itself.
    pub fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(id) = value.get("@id").filter(|_| value.get("name").is_none()) else { return value };
        self.data.iter().find(|v| v.get("@id") == Some(id) && v.get("name").is_some()).unwrap_or(value)
    }

    /// The headlines that it states.
    pub fn titles(&self) -> impl Iterator<Item = String> {
        let headline = self.item().and_then(|i| text_of(i.get("headline")?));
        self.meta_values(&NAMES.titles).map(titles::unescaped).chain(headline)
    }

    /// The site's name as structured data give it.
    pub fn publisher(&self) -> Option<String> {
        let stated = self.item().and_then(|i| i.get("publisher")).and_then(|p| text_of(self.resolved(p)));
        let site = || self.data.iter().find(|v| is(v, &["WebSite"])).and_then(|v| text_of(v.get("name")?));
        stated.or_else(site)
    }
}

/// Reads what is asked to find the text: the title, by the head and by what the blocks show.
pub fn read(document: &Document, outline: &Outline, capture: &Capture, article: &mut Article) -> Said {
    let landmarks = Landmarks::of(document);
    let head = Head::of(&landmarks);
    article.canonical_url = canonical(&landmarks, &capture.url);
    article.site_name = site::stated(&head, &capture.url);
    let title = titles::title(&landmarks, &outline.blocks, &head, article.site_name.as_deref(), &capture.url);
    let headline = headline(outline, &title);
    article.title = Text::new(title);
    let description = head.meta_values(&["description", "og:description"]).max_by_key(|d| d.len());
    let description = description.unwrap_or_default().to_owned();
    let stated = head.item().and_then(|i| text_of(i.get("articleBody")?)).unwrap_or_default();
    let logos = site::logos(&landmarks, &capture.url);
    Said { head, headline, description, stated, logos, month_first: month_first(&landmarks) }
}

/// Reads what hangs on the headline into the article: the site's name, authors and dates.
pub fn read_rest(
    page: &str,
    outline: &Outline,
    said: &Said,
    zone: Option<&'static str>,
    article: &mut Article,
) {
    let Said { head, headline, .. } = said;
    if article.site_name.is_none() {
        let address = article.canonical_url.as_deref().unwrap_or(&article.url);
        article.site_name = site::shown(outline, said, article.title.as_str(), address);
    }
    if let Some(name) = site::in_own_script(article.site_name.as_deref(), &head.tab, article.title.as_str()) {
        article.site_name = Some(name);
    }
    let site = article.site_name.as_deref().unwrap_or_default();
    article.byline = bylines::authors(head, outline, *headline, site);
    let habit = Habit { zone, month_first: said.month_first };
    published::read(&Places { page, head, outline, headline: *headline, habit }, article);
}

/// What a page says of its article, beside what is kept.
#[derive(Clone)]
pub struct Said {
    /// Its head.
    pub head: Head,
    /// The block of the headline.
    pub headline: Option<usize>,
    /// What its logos are called.
    pub logos: Vec<Logo>,
    /// Whether 6/9 is 9 June.
    month_first: bool,
    /// What the article is about.
    pub description: String,
    /// The article's text in the structured data.
    pub stated: String,
}

/// The block that holds the headline: a heading if there is one of these words.
fn headline(outline: &Outline, title: &str) -> Option<usize> {
    let title = folded(title);
    if title.is_empty() {
        return None;
    }
    let matches = |text: &str| {
        let text = folded(text);
        text == title || (text.len() > 12 && (title.contains(&text) || text.starts_with(&title)))
    };
    let of = |heading: bool| {
        let mut blocks = outline.blocks.iter().enumerate();
        blocks
            .find(|(_, b)| (b.place.heading > 0) == heading && b.text.len() < 600 && matches(&b.text))
            .map(|(at, _)| at)
    };
    let first_heading = || outline.blocks.iter().position(|b| b.place.heading == 1);
    of(true).or_else(first_heading).or_else(|| of(false))
}

/// Letters and digits in lower case.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Nearly all are of these two kinds.
            c if c.is_ascii_alphanumeric() => folded.push(c.to_ascii_lowercase()),
            '\u{4e00}'..='\u{9fff}' => folded.push(c),
            c if !c.is_ascii() && is_alphanumeric(c) => folded.extend(c.to_lowercase()),
            _ => {}
        }
    }
    folded
}

/// Whether the page is written in American English, where 6/9 is 9 June.
fn month_first(landmarks: &Landmarks) -> bool {
    let language = landmarks.whole.as_ref().and_then(|html| html.attr("lang"));
    language.is_some_and(|l| matches!(l.to_ascii_lowercase().as_str(), "en" | "en-us" | "en_us"))
}

/// Letters and digits of a name, in lower case: sites write `article:published_time` in many ways.
fn key(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn metas(elements: &[NodeRef]) -> Vec<(String, String)> {
    let read = |m: &NodeRef| {
        let content = squeezed(&m.attr("content")?);
        let names = ["property", "name", "itemprop", "http-equiv"].map(|a| m.attr(a).map(|n| key(&n)));
        Some(names.into_iter().flatten().map(move |n| (n, content.clone())).collect::<Vec<_>>())
    };
    elements.iter().filter_map(read).flatten().collect()
}

/// Every JSON-LD object, graphs laid open.
fn structured(scripts: &[NodeRef]) -> Vec<Value> {
    let mut found = Vec::new();
    for script in scripts {
        let text = script.text();
        let text = json_in(&text);
        // Line ends inside strings are a common fault.
        let parsed = serde_json::from_str(text)
            .or_else(|_| serde_json::from_str(&text.replace(['\n', '\r', '\t'], " ")));
        let Ok(value) = parsed else { continue };
        open(value, &mut found, 0);
    }
    found
}

/// A script's JSON without the comment or section that some pages wrap around it.
fn json_in(script: &str) -> &str {
    let script = script.trim_start().trim_start_matches("<![CDATA[");
    let from = script.find(['{', '[']).unwrap_or(0);
    let to = script.trim_end().trim_end_matches("]]>").rfind(['}', ']']).map_or(script.len(), |at| at + 1);
    script.get(from..to).unwrap_or_default()
}

/// Fields in which one object holds another that may be the article.
const HOLDERS: &[&str] = &["@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "review"];

fn open(value: Value, found: &mut Vec<Value>, depth: usize) {
    match value {
        _ if depth > 6 => {}
        Value::Array(values) => values.into_iter().for_each(|v| open(v, found, depth + 1)),
        Value::Object(mut fields) => {
            let inner: Vec<Value> = HOLDERS.iter().filter_map(|h| fields.remove(*h)).collect();
            found.push(Value::Object(fields));
            inner.into_iter().for_each(|v| open(v, found, depth + 1));
        }
        _ => {}
    }
}

fn types(value: &Value) -> Vec<&str> {
    match value.get("@type") {
        Some(Value::String(t)) => vec![t.as_str()],
        Some(Value::Array(ts)) => ts.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    }
}

fn is(value: &Value, wanted: &[&str]) -> bool {
    types(value).iter().any(|t| wanted.iter().any(|w| t.ends_with(w)))
}

/// Whether an object is of this very type, perhaps written as an address: `https://schema.org/Product`.
fn is_of_type(value: &Value, kind: &str) -> bool {
    types(value).iter().any(|t| t.rsplit(['/', ':', '#']).next() == Some(kind))
}

/// How the types of articles end.
const ARTICLES: &[&str] = &["Article", "Posting", "Report", "Review", "Recipe"];

/// The object that describes the article: of several the one whose headline the tab shows.
fn main_item(data: &[Value], tab: &str) -> Option<usize> {
    let tab = folded(tab);
    let headline =
        |v: &Value| v.get("headline").or_else(|| v.get("name")).and_then(text_of).map(|h| folded(&h));
    let shown = |v: &Value| headline(v).is_some_and(|h| h.chars().count() > 3 && tab.contains(&h));
    let article = |v: &Value| is(v, ARTICLES) && headline(v).is_some();
    let dated = |v: &Value| v.get("datePublished").is_some();
    let find = |wanted: &dyn Fn(&Value) -> bool| data.iter().position(wanted);
    find(&|v| article(v) && dated(v) && shown(v))
        .or_else(|| find(&|v| article(v) && dated(v)))
        .or_else(|| find(&|v| article(v)))
        .or_else(|| find(&|v| dated(v)))
        .or_else(|| find(&|v| is(v, &["VideoObject", "WebPage"])))
}

/// A value's text: of an object its name, of a list its first.
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(titles::unescaped(&squeezed(s))).filter(|s| !s.is_empty()),
        Value::Object(fields) => fields.get("name").or_else(|| fields.get("@value")).and_then(text_of),
        Value::Array(values) => values.first().and_then(text_of),
        _ => None,
    }
}

/// The address that a page gives as its own.
pub fn canonical(landmarks: &Landmarks, url: &str) -> Option<String> {
    let is_address = |meta: &&NodeRef| meta.attr("property").is_some_and(|name| &*name == "og:url");
    let linked = landmarks.canonical.as_ref().and_then(|link| link.attr("href"));
    let stated = || landmarks.metas.iter().find(is_address)?.attr("content");
    let link = linked.or_else(stated)?;
    let base = url::Url::parse(url).ok();
    let absolute = base.and_then(|b| b.join(&link).ok()).or_else(|| url::Url::parse(&link).ok())?;
    matches!(absolute.scheme(), "http" | "https").then(|| absolute.into())
}
