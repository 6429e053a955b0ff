//! JSON Feed 1.0 and 1.1.

use super::words::as_base;
use super::{Category, Feed, Link, Moment, Person, Record, Words};
use crate::dates;
use serde_json::Value;
use std::sync::Arc;
use url::Url;

/// Reads a JSON Feed.
pub fn read_json(text: &str, address: Option<&Url>) -> Feed {
    let mut feed = Feed::default();
    let root: Value = match serde_json::from_str(text) {
        Ok(root) => root,
        Err(error) => {
            feed.problems.push(format!("the JSON cannot be read: {error}"));
            return feed;
        }
    };
    let stated = word(&root, "version").unwrap_or_default();
    if !stated.contains("jsonfeed.org/version/") {
        feed.problems.push("it does not say that it is a JSON Feed".to_owned());
        if !root["items"].is_array() {
            return feed;
        }
    }
    feed.version = if stated.ends_with("/1") { "json1" } else { "json11" }.to_owned();
    let base = Base { url: address.cloned(), start: address.map(as_base).unwrap_or_default() };
    feed.head = base.record(&root);
    if let Some(home) = word(&root, "home_page_url") {
        feed.head.links.push(base.link(&home, "alternate"));
    }
    let items = root["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    feed.entries = items.iter().take(20_000).map(|item| base.item(item)).collect();
    feed
}

fn word(value: &Value, key: &str) -> Option<String> {
    match &value[key] {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

struct Base {
    url: Option<Url>,
    start: Arc<str>,
}

impl Base {
    fn absolute(&self, written: &str) -> String {
        let joined = self.url.as_ref().and_then(|base| base.join(written).ok());
        joined.map_or_else(|| written.to_owned(), String::from)
    }

    fn link(&self, written: &str, rel: &str) -> Link {
        Link { href: self.absolute(written), rel: rel.to_owned(), ..Link::default() }
    }

    fn words(&self, value: &Value, key: &str, media_type: &str) -> Option<Words> {
        let base = self.start.clone();
        let language = word(value, "language");
        let media_type = media_type.to_owned();
        word(value, key).map(|value| Words { value, media_type, base, language, src: None })
    }

    /// What a feed and an item have in common.
    fn record(&self, value: &Value) -> Record {
        let mut people = value["authors"].as_array().cloned().unwrap_or_default();
        people.extend(value.get("author").cloned());
        let person = |v: &Value| Person { name: word(v, "name"), email: None, href: word(v, "url") };
        Record {
            id: word(value, "id"),
            title: self.words(value, "title", "text/plain"),
            summary: self.words(value, "summary", "text/plain").or(self.words(
                value,
                "description",
                "text/plain",
            )),
            authors: people.iter().map(person).filter(|p| p.name.is_some() || p.href.is_some()).collect(),
            language: word(value, "language"),
            ..Record::default()
        }
    }

    fn item(&self, value: &Value) -> Record {
        let mut record = self.record(value);
        if let Some(url) = word(value, "url") {
            record.links.push(self.link(&url, "alternate"));
        }
        if let Some(url) = word(value, "external_url") {
            let rel = if record.links.is_empty() { "alternate" } else { "related" };
            record.links.push(self.link(&url, rel));
        }
        record.id_is_link = record.id.as_deref().is_some_and(|id| id.starts_with("http"));
        record.contents.extend(self.words(value, "content_html", "text/html"));
        record.contents.extend(self.words(value, "content_text", "text/plain"));
        let moment = |key| word(value, key).map(|written| Moment { iso: dates::to_iso(&written), written });
        record.published = moment("date_published");
        record.updated = moment("date_modified");
        let tags = value["tags"].as_array().map(Vec::as_slice).unwrap_or_default();
        let terms = tags.iter().filter_map(Value::as_str);
        record.categories = terms.map(|t| Category { term: t.to_owned(), ..Category::default() }).collect();
        for attachment in value["attachments"].as_array().map(Vec::as_slice).unwrap_or_default() {
            let Some(url) = word(attachment, "url") else { continue };
            let mut link = self.link(&url, "enclosure");
            link.media_type = word(attachment, "mime_type");
            link.length = word(attachment, "size_in_bytes");
            record.links.push(link);
        }
        record
    }
}
