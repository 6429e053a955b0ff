//! A feed under the names by which feedparser's suite asks for its parts.

use super::expression::Value;
use super::extensions;
use headwater_collect::dates;
use headwater_collect::feed::{Category, Extra, Feed, Link, Moment, Person, Record, Words};
use std::collections::BTreeMap;

pub(super) type Map = BTreeMap<String, Value>;

/// Everything that an expectation may name.
pub fn names(feed: &Feed, encoding: String) -> Map {
    let mut names = Map::new();
    let entries = feed.entries.iter().map(|e| Value::Map(record(e, "summary")));
    let namespaces = feed.namespaces.iter().map(|(p, u)| (p.clone(), text(u))).collect();
    names.insert("bozo".to_owned(), Value::Bool(!feed.problems.is_empty()));
    names.insert("version".to_owned(), text(&feed.version));
    names.insert("encoding".to_owned(), Value::Text(encoding));
    names.insert("entries".to_owned(), Value::List(entries.collect()));
    names.insert("feed".to_owned(), Value::Map(record(&feed.head, "subtitle")));
    names.insert("namespaces".to_owned(), Value::Map(namespaces));
    names
}

pub(super) fn text(value: impl Into<String>) -> Value {
    Value::Text(value.into())
}

fn maybe(value: &Option<String>) -> Value {
    value.clone().map_or(Value::None, Value::Text)
}

pub(super) fn put(map: &mut Map, names: &[&str], value: Value) {
    for name in names {
        map.entry((*name).to_owned()).or_insert_with(|| value.clone());
    }
}

fn words(map: &mut Map, names: &[&str], words: &Option<Words>) {
    let Some(words) = words else { return };
    put(map, names, text(&words.value));
    let details: Vec<String> = names.iter().map(|n| format!("{n}_detail")).collect();
    put(map, &details.iter().map(String::as_str).collect::<Vec<_>>(), detail(words));
}

fn detail(words: &Words) -> Value {
    let mut map = Map::new();
    map.insert("value".to_owned(), text(&words.value));
    map.insert("type".to_owned(), text(&words.media_type));
    map.insert("language".to_owned(), maybe(&words.language));
    map.insert("base".to_owned(), text(&*words.base));
    if let Some(src) = &words.src {
        map.insert("src".to_owned(), text(src));
    }
    Value::Map(map)
}

pub(super) fn moment(map: &mut Map, names: &[&str], moment: &Option<Moment>) {
    let Some(moment) = moment else { return };
    put(map, names, text(&moment.written));
    let parsed = moment.iso.as_deref().and_then(parsed_date).unwrap_or(Value::None);
    let names: Vec<String> = names.iter().map(|n| format!("{n}_parsed")).collect();
    put(map, &names.iter().map(String::as_str).collect::<Vec<_>>(), parsed);
}

/// Python's nine numbers of a date in UTC.
pub(super) fn parsed_date(iso: &str) -> Option<Value> {
    let instant = dates::instant(iso)?;
    let civil = headwater_model::time::utc_day(instant);
    let seconds = instant.as_second().rem_euclid(86_400);
    let weekday = civil.weekday().to_monday_zero_offset();
    let parts = [
        i64::from(civil.year()),
        i64::from(civil.month()),
        i64::from(civil.day()),
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        i64::from(weekday),
        i64::from(civil.day_of_year()),
        0,
    ];
    Some(Value::List(parts.iter().map(|n| Value::Number(*n as f64)).collect()))
}

/// feedparser answers for an address under its older name too, unless whole persons are compared.
fn person(person: &Person) -> Value {
    let mut map = Map::new();
    for (name, value) in [("name", &person.name), ("email", &person.email), ("href", &person.href)] {
        if let Some(value) = value {
            map.insert(name.to_owned(), text(value));
        }
    }
    Value::Map(map)
}

fn link(link: &Link, with_rel: bool) -> Value {
    let mut map = Map::new();
    map.insert("href".to_owned(), text(&link.href));
    if with_rel {
        map.insert("rel".to_owned(), text(&link.rel));
        let usual = if link.rel == "self" { "application/atom+xml" } else { "text/html" };
        map.insert("type".to_owned(), text(link.media_type.as_deref().unwrap_or(usual)));
    }
    for (name, value) in [
        ("type", &link.media_type),
        ("title", &link.title),
        ("length", &link.length),
        ("hreflang", &link.hreflang),
    ] {
        if let Some(value) = value {
            map.insert(name.to_owned(), text(value));
        }
    }
    Value::Map(map)
}

fn category(category: &Category) -> Value {
    let mut map = Map::new();
    map.insert("term".to_owned(), text(&category.term));
    map.insert("scheme".to_owned(), maybe(&category.scheme));
    map.insert("label".to_owned(), maybe(&category.label));
    Value::Map(map)
}

fn extra(extra: &Extra) -> Value {
    if extra.attributes.is_empty() && extra.children.is_empty() {
        return text(&extra.text);
    }
    let mut map: Map = extra.attributes.iter().map(|(n, v)| (n.replace(':', "_"), text(v))).collect();
    for (name, child) in &extra.children {
        put(&mut map, &[name], extra_number(name, child));
    }
    if !extra.text.is_empty() {
        put(&mut map, &["content", "value"], text(&extra.text));
    }
    Value::Map(map)
}

fn extra_number(name: &str, child: &Extra) -> Value {
    match child.text.parse::<f64>() {
        Ok(number) if matches!(name, "width" | "height") => Value::Number(number),
        _ => extra(child),
    }
}

/// A channel, an entry or a source. `summary` is the name of its description: entries have summaries, feeds
/// subtitles.
fn record(record: &Record, summary: &str) -> Map {
    let mut map = Map::new();
    words(&mut map, &["title"], &record.title);
    words(&mut map, &[summary, "description", "tagline", "subtitle", "summary"], &record.summary);
    words(&mut map, &["rights", "copyright"], &record.rights);
    words(&mut map, &["info"], &record.info);
    moment(&mut map, &["published", "issued"], &record.published);
    moment(&mut map, &["updated", "modified", "date"], &record.updated);
    moment(&mut map, &["updated", "modified", "date"], &record.published);
    moment(&mut map, &["created"], &record.created);
    moment(&mut map, &["expired"], &record.expired);
    people(&mut map, record);
    links(&mut map, record);
    contents(&mut map, record);
    if let Some(id) = &record.id {
        put(&mut map, &["id", "guid"], text(id));
    }
    let only_id =
        record.links.iter().filter(|l| l.rel == "alternate").all(|l| Some(&l.href) == record.id.as_ref());
    map.insert("guidislink".to_owned(), Value::Bool(record.id_is_link && only_id));
    if let Some(language) = &record.language {
        put(&mut map, &["language"], text(language));
    }
    if !record.categories.is_empty() {
        put(&mut map, &["tags"], Value::List(record.categories.iter().map(category).collect()));
        put(&mut map, &["category"], text(&record.categories[0].term));
    }
    generator(&mut map, record);
    if let Some(source) = &record.source {
        put(&mut map, &["source"], Value::Map(source_view(source)));
    }
    extras(&mut map, record);
    map
}

fn source_view(source: &Record) -> Map {
    let mut map = record(source, "subtitle");
    if let Some(address) = source.link() {
        put(&mut map, &["href", "url"], text(address));
    }
    map
}

fn people(map: &mut Map, record: &Record) {
    if let Some(author) = record.authors.first() {
        put(map, &["author"], text(author.to_string()));
        put(map, &["author_detail"], person(author));
        put(map, &["authors"], Value::List(record.authors.iter().map(person).collect()));
    }
    if !record.contributors.is_empty() {
        put(map, &["contributors"], Value::List(record.contributors.iter().map(person).collect()));
    }
    if let Some(publisher) = &record.publisher {
        put(map, &["publisher"], text(publisher.to_string()));
        put(map, &["publisher_detail"], person(publisher));
    }
}

fn links(map: &mut Map, record: &Record) {
    if let Some(address) = record.link() {
        put(map, &["link"], text(address));
    }
    put(map, &["links"], Value::List(record.links.iter().map(|l| link(l, true)).collect()));
    let enclosures: Vec<Value> = record.enclosures().map(|l| link(l, false)).collect();
    put(map, &["enclosures"], Value::List(enclosures));
    if let Some(license) = record.links.iter().find(|l| l.rel == "license") {
        put(map, &["license"], text(&license.href));
    }
}

/// Without a summary the readable content stands for it, as feedparser has it.
fn contents(map: &mut Map, record: &Record) {
    if record.contents.is_empty() {
        return;
    }
    put(map, &["content"], Value::List(record.contents.iter().map(detail).collect()));
    let readable = record
        .contents
        .iter()
        .find(|c| matches!(c.media_type.as_str(), "text/plain" | "text/html" | "application/xhtml+xml"));
    words(map, &["summary", "description"], &readable.cloned());
}

fn generator(map: &mut Map, record: &Record) {
    let Some(generator) = &record.generator else { return };
    put(map, &["generator"], text(&generator.name));
    let mut detail = Map::new();
    put(&mut detail, &["name"], text(&generator.name));
    if let Some(href) = &generator.href {
        put(&mut detail, &["href", "url"], text(href));
    }
    if let Some(version) = &generator.version {
        put(&mut detail, &["version"], text(version));
    }
    put(map, &["generator_detail"], Value::Map(detail));
}

/// Elements of which feedparser makes a list.
const LISTS: &[&str] = &["media_thumbnail", "media_content", "media_credit"];

fn extras(map: &mut Map, record: &Record) {
    for (name, all) in &record.extras {
        let value = match (name.as_str(), all.as_slice()) {
            (name, all) if LISTS.contains(&name) => Value::List(all.iter().map(extra).collect()),
            (_, [first, ..]) => extra(first),
            (_, []) => continue,
        };
        put(map, &[name], value);
    }
    if let Some(Value::Map(image)) = map.get_mut("image")
        && let Some(url) = image.get("url").cloned()
    {
        image.entry("href".to_owned()).or_insert(url);
    }
    itunes(map, record);
    extensions::put_all(map, record);
    if let Some(ttl) = record.ttl {
        put(map, &["ttl"], text(ttl.to_string()));
    }
}

fn itunes(map: &mut Map, record: &Record) {
    let word = |name: &str| record.extra(name).map(|e| e.text.clone());
    if let Some(block) = word("itunes_block") {
        map.insert("itunes_block".to_owned(), Value::Bool(block == "yes"));
    }
    if let Some(explicit) = word("itunes_explicit") {
        let value = match explicit.as_str() {
            "yes" | "true" => Value::Bool(true),
            "clean" | "no" | "false" => Value::Bool(false),
            _ => Value::None,
        };
        map.insert("itunes_explicit".to_owned(), value);
    }
    if let Some(image) = record.extra("itunes_image").or_else(|| record.extra("itunes_link")) {
        let address =
            image.attributes.get("href").or_else(|| image.attributes.get("url")).unwrap_or(&image.text);
        if !address.is_empty() {
            map.insert("image".to_owned(), Value::Map(Map::from([("href".to_owned(), text(address))])));
        }
    }
    for name in ["cc_license", "creativecommons_license"] {
        if let Some(license) = record.extra(name) {
            let address = license.attributes.get("rdf:resource").unwrap_or(&license.text);
            put(map, &["license"], text(address));
        }
    }
}
