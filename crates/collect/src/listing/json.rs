//! JSON interfaces that list documents: the array and its fields by dotted paths.

use super::{Entry, Form, Listing};
use crate::dates;
use crate::source::ListRule;
use serde_json::Value;
use std::collections::BTreeSet;
use url::Url;

/// Where interfaces usually keep their array.
const ARRAYS: &[&str] =
    &["results", "items", "data", "documents", "articles", "entries", "list", "data.list", "data.items"];
const ADDRESSES: &[&str] = &["html_url", "url", "link", "href", "permalink", "web_url"];
const TITLES: &[&str] = &["title", "headline", "name"];
const PUBLISHED: &[&str] = &[
    "publication_date",
    "published",
    "published_at",
    "date_published",
    "publish_time",
    "pubDate",
    "date",
    "created_at",
];
const UPDATED: &[&str] = &["updated", "updated_at", "modified", "date_modified", "last_modified"];
const SUMMARIES: &[&str] = &["abstract", "summary", "description", "excerpt"];
const NEXT: &[&str] = &["next_page_url", "next", "next_url", "links.next", "paging.next"];

pub(super) fn read(text: &str, base: &Url, rule: &ListRule) -> Listing {
    let root: Value = match serde_json::from_str(text) {
        Ok(root) => root,
        Err(error) => return Listing::unreadable(format!("the JSON cannot be read: {error}")),
    };
    let mut listing = Listing::new(Form::Json);
    let Some(items) = array(&root, rule) else {
        let sought = rule.item.as_deref().unwrap_or("results, items, data …");
        return Listing::unreadable(format!("the JSON holds no array under {sought}"));
    };
    let mut seen = BTreeSet::new();
    for item in items {
        let entry = Entry {
            url: field(item, rule.link.as_deref(), ADDRESSES).unwrap_or_default(),
            title: field(item, rule.title.as_deref(), TITLES),
            published: field(item, rule.date.as_deref(), PUBLISHED).and_then(|d| dates::to_iso(&d)),
            updated: field(item, None, UPDATED).and_then(|d| dates::to_iso(&d)),
            summary: field(item, None, SUMMARIES),
            ..Entry::default()
        };
        if !entry.url.is_empty() {
            listing.add(base, entry, &mut seen);
        }
    }
    if listing.entries.is_empty() && !items.is_empty() {
        listing
            .problems
            .push("its entries give no addresses; set `list.link` to the field's path".to_owned());
    }
    listing.next_page =
        field(&root, rule.next.as_deref(), NEXT).and_then(|next| super::web_address(base, &next));
    listing
}

fn array<'a>(root: &'a Value, rule: &ListRule) -> Option<&'a Vec<Value>> {
    if let Some(path) = &rule.item {
        return at(root, path)?.as_array();
    }
    root.as_array().or_else(|| ARRAYS.iter().find_map(|path| at(root, path)?.as_array()))
}

/// The value at a dotted path; numbers count into arrays.
fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, key| match value {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        other => other.get(key),
    })
}

fn field(value: &Value, path: Option<&str>, usual: &[&str]) -> Option<String> {
    let read = |path: &str| match at(value, path)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match path {
        Some(path) => read(path),
        None => usual.iter().find_map(|path| read(path)),
    }
}
