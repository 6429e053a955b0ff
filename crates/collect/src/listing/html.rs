//! HTML pages that list links: by the source's own selectors, or by what lists have in common.

use super::{Entry, Form, Listing, web_address};
use crate::dates;
use crate::source::ListRule;
use dom_query::{Document, Matcher, Node, Selection};
use std::collections::BTreeSet;
use url::Url;

/// Links of one page that are looked at.
const MAX_LINKS: usize = 5_000;

/// A longer address is no place where relative ones start.
const MAX_BASE: usize = 2 << 10;

pub(super) fn read(text: &str, base: &Url, rule: &ListRule) -> Listing {
    let document = Document::from(text);
    let base = document_base(&document, base);
    let mut listing = Listing::new(Form::List);
    listing.title = some(&words(&document.select("title").first().text()));
    listing.language = document.select("html").attr("lang").and_then(|l| some(l.trim()));
    if let Some(fault) = selector_faults(rule) {
        listing.problems.push(fault);
        return listing;
    }
    let mut seen = BTreeSet::new();
    let found = match &rule.item {
        Some(item) => by_rule(&document, item, rule),
        None => by_likeness(&document, &base),
    };
    for entry in found {
        listing.add(&base, entry, &mut seen);
    }
    if listing.entries.is_empty() {
        listing.problems.push(match &rule.item {
            Some(item) => format!("nothing on the page matches `{item}`, or it holds no links"),
            None => "no links to articles were recognised; set `list.item` to a selector".to_owned(),
        });
    }
    listing.next_page = next_page(&document, &base, rule);
    listing
}

fn selector_faults(rule: &ListRule) -> Option<String> {
    let selectors = [&rule.item, &rule.link, &rule.title, &rule.date, &rule.next];
    let wrong = selectors.into_iter().flatten().find(|s| Matcher::new(s).is_err())?;
    Some(format!("`{wrong}` is not a CSS selector"))
}

fn document_base(document: &Document, base: &Url) -> Url {
    let stated = document.select("base[href]").attr("href");
    // Every relative address on the page becomes as long as it.
    let stated = stated.filter(|href| href.len() <= MAX_BASE);
    stated.and_then(|href| base.join(href.trim()).ok()).unwrap_or_else(|| base.clone())
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn by_rule(document: &Document, item: &str, rule: &ListRule) -> Vec<Entry> {
    let items = document.select(item);
    items.nodes().iter().take(MAX_LINKS).filter_map(|node| entry_of(*node, rule)).collect()
}

fn entry_of(node: Node<'_>, rule: &ListRule) -> Option<Entry> {
    let item = Selection::from(node);
    let link = match &rule.link {
        Some(selector) => item.select(selector).first(),
        None if item.is("a[href]") => item.clone(),
        None => item.select("a[href]").first(),
    };
    let title = match &rule.title {
        Some(selector) => words(&item.select(selector).first().text()),
        None => link_title(&link),
    };
    let date = match &rule.date {
        Some(selector) => date_in(&item.select(selector).first()),
        None => date_in(&item),
    };
    let url = link.attr("href")?.trim().to_owned();
    let followable = !url.is_empty() && !url.starts_with('#') && !url.starts_with("javascript:");
    followable.then(|| Entry { url, title: some(&title), published: date, ..Entry::default() })
}

/// Lists cut long headlines; the full one then stands in the `title` attribute.
fn link_title(link: &Selection<'_>) -> String {
    let shown = words(&link.text());
    let full = link.attr("title").map(|t| words(&t)).unwrap_or_default();
    let cut = shown.trim_end_matches(['.', '…']);
    if full.chars().count() > shown.chars().count() && full.starts_with(cut) { full } else { shown }
}

/// A date of an element: its `datetime` first, then its words.
fn date_in(item: &Selection<'_>) -> Option<String> {
    let stated = item.attr("datetime").or_else(|| item.select("time[datetime]").attr("datetime"));
    stated.and_then(|s| dates::to_iso(&s)).or_else(|| dates::find_iso(&words(&item.text())))
}

/// Without a rule: links outside navigation with words enough for a headline. If several of them stand beside a
/// date, only those.
fn by_likeness(document: &Document, base: &Url) -> Vec<Entry> {
    let links = document.select("a[href]");
    let mut found: Vec<Entry> = Vec::new();
    for node in links.nodes().iter().take(MAX_LINKS) {
        let link = Selection::from(*node);
        let title = link_title(&link);
        if headline_weight(&title) < 12 || in_furniture(node) {
            continue;
        }
        let href = link.attr("href").unwrap_or_default();
        let Some(url) = web_address(base, &href) else { continue };
        if Url::parse(&url).is_ok_and(|u| u.host() == base.host() && u.path().len() > 1) {
            let published = surrounding_date(node);
            found.push(Entry { url, title: Some(title), published, ..Entry::default() });
        }
    }
    let dated = found.iter().filter(|e| e.published.is_some()).count();
    if dated >= 3 {
        found.retain(|e| e.published.is_some());
    }
    found
}

/// A Han character says as much as two letters.
fn headline_weight(title: &str) -> usize {
    title.chars().map(|c| if ('\u{2e80}'..='\u{9fff}').contains(&c) { 2 } else { 1 }).sum()
}

fn in_furniture(node: &Node<'_>) -> bool {
    node.ancestors(Some(12)).iter().any(|a| {
        a.node_name()
            .is_some_and(|name| matches!(name.as_ref(), "nav" | "header" | "footer" | "aside" | "form"))
    })
}

/// The date in the smallest of the three elements around a link that says more than the link.
fn surrounding_date(node: &Node<'_>) -> Option<String> {
    node.ancestors(Some(3)).iter().find_map(|around| {
        let around = Selection::from(*around);
        // A container of many links would lend its first date to all of them.
        if around.select("a[href]").length() > 3 {
            return None;
        }
        date_in(&around)
    })
}

fn next_page(document: &Document, base: &Url, rule: &ListRule) -> Option<String> {
    let selector = rule.next.as_deref().unwrap_or("link[rel=next], a[rel=next]");
    let next = document.select(selector).first().attr("href")?;
    web_address(base, &next).filter(|url| url != base.as_str())
}

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLink {
    /// Absolute address.
    pub url: String,
    /// Its title, if the page gives one.
    pub title: Option<String>,
    /// Media type as the page states it.
    pub media_type: String,
}

/// The feeds that a page names in its head.
pub fn feed_links(html: &str, base: &Url) -> Vec<FeedLink> {
    let document = Document::from(html);
    let base = document_base(&document, base);
    let mut found: Vec<FeedLink> = Vec::new();
    for node in document.select("link[href]").nodes().iter().take(MAX_LINKS) {
        let link = Selection::from(*node);
        let attribute = |name: &str| link.attr(name).map(|v| v.trim().to_owned()).unwrap_or_default();
        let rel = attribute("rel").to_ascii_lowercase();
        let media_type = attribute("type").to_ascii_lowercase();
        let is_feed = ["rss+xml", "atom+xml", "feed+json", "rdf+xml"].iter().any(|t| media_type.contains(t));
        let named = rel.split_whitespace().any(|r| r == "feed" || (r == "alternate" && is_feed));
        let Some(url) = web_address(&base, &attribute("href")).filter(|_| named) else { continue };
        if found.iter().all(|f| f.url != url) {
            found.push(FeedLink { url, title: some(&attribute("title")), media_type });
        }
    }
    found
}
