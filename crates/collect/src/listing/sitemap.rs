//! Sitemaps: `urlset`, `sitemapindex`, the news extension, and plain text with one address a line.

use super::{Child, Entry, Form, Listing};
use crate::dates;
use crate::xml::{Document, Element};
use std::collections::BTreeSet;
use url::Url;

pub(super) fn read(document: &Document, base: &Url) -> Listing {
    let Some(root) = &document.root else { return Listing::unreadable("the sitemap is empty") };
    let is_index = root.name == "sitemapindex";
    let mut listing = Listing::new(if is_index { Form::SitemapIndex } else { Form::Sitemap });
    listing.problems.clone_from(&document.problems);
    let mut seen = BTreeSet::new();
    for element in root.elements() {
        match element.name.as_str() {
            "sitemap" => listing.children.extend(child(element, base)),
            "url" => listing.add(base, entry(element), &mut seen),
            _ => {}
        }
    }
    listing
}

fn inner(element: &Element, space: &str, name: &str) -> Option<String> {
    element.child(space, name).map(Element::text).filter(|t| !t.is_empty())
}

fn date(written: Option<String>) -> Option<String> {
    written.and_then(|w| dates::to_iso(&w))
}

fn child(element: &Element, base: &Url) -> Option<Child> {
    let url = super::web_address(base, &inner(element, "", "loc")?)?;
    Some(Child { url, updated: date(inner(element, "", "lastmod")) })
}

fn entry(element: &Element) -> Entry {
    let mut entry = Entry {
        url: inner(element, "", "loc").unwrap_or_default(),
        updated: date(inner(element, "", "lastmod")),
        ..Entry::default()
    };
    if let Some(news) = element.child("news", "news") {
        entry.title = inner(news, "news", "title");
        entry.published = date(inner(news, "news", "publication_date"));
        entry.language = news.child("news", "publication").and_then(|p| inner(p, "news", "language"));
        entry.language = entry.language.map(|l| bcp47(&l));
    }
    entry
}

/// News sitemaps write ISO 639 codes, and `zh-cn` and `zh-tw` for the two scripts.
fn bcp47(code: &str) -> String {
    match code.to_ascii_lowercase().as_str() {
        "zh-cn" => "zh-Hans".to_owned(),
        "zh-tw" => "zh-Hant".to_owned(),
        other => other.to_owned(),
    }
}

/// A text sitemap: every line an address.
pub(super) fn read_text(text: &str, base: &Url) -> Listing {
    let lines = || text.lines().map(str::trim).filter(|l| !l.is_empty());
    if !lines().take(20).all(|line| line.starts_with("http://") || line.starts_with("https://")) {
        let start: String = text.chars().take(40).collect();
        return Listing::unreadable(format!("it begins {start:?}: neither a feed, a sitemap, HTML nor JSON"));
    }
    let mut listing = Listing::new(Form::Sitemap);
    let mut seen = BTreeSet::new();
    for line in lines() {
        listing.add(base, Entry { url: line.to_owned(), ..Entry::default() }, &mut seen);
    }
    listing
}
