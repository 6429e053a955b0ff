//! Title, authors, date and site name against what people wrote down.

use crate::{Context, floors::Figure};
use headwater_model::Article;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// What a set states of a page; a field that is absent is not asked.
#[derive(Deserialize, Default)]
pub struct Stated {
    title: Option<String>,
    #[serde(alias = "byline", alias = "authors")]
    author: Option<Value>,
    #[serde(alias = "publishedTime")]
    date: Option<String>,
    #[serde(alias = "siteName", alias = "site")]
    sitename: Option<String>,
}

/// Trafilatura 2.3.1 (Python) on the same pages by the same measure: set, field, value.
const PEERS: &[(&str, &str, f64)] = &[
    ("trafilatura", "title", 0.614),
    ("trafilatura", "authors", 0.562),
    ("trafilatura", "date", 0.865),
    ("trafilatura", "site name", 0.800),
    ("readability", "title", 0.643),
    ("readability", "authors", 0.547),
    ("readability", "date", 0.938),
    ("readability", "site name", 0.885),
];

/// One figure a field.
pub fn figures(
    context: &Context,
    set: &str,
    stated: &[&Stated],
    articles: &[Article],
    corpus: &str,
) -> Vec<Figure> {
    type Field = fn(&Stated) -> Option<String>;
    type Found = fn(&Article) -> String;
    let fields: [(&str, Field, Found); 4] = [
        ("title", |s| present(s.title.as_deref()).map(|t| folded(&t)), |a| folded(a.title.as_str())),
        ("authors", |s| s.author.as_ref().and_then(authors), |a| joined(a.byline.iter().map(String::as_str))),
        (
            "date",
            |s| present(s.date.as_deref()).map(|d| day(&d)),
            |a| a.published.as_ref().map(|d| day(&d.value)).unwrap_or_default(),
        ),
        (
            "site name",
            |s| present(s.sitename.as_deref()).map(|t| folded(&t)),
            |a| folded(a.site_name.as_deref().unwrap_or_default()),
        ),
    ];
    let figure = |(name, expected, found): (&str, Field, Found)| {
        let (mut items, mut right) = (0, 0);
        for (stated, article) in stated.iter().zip(articles) {
            let Some(expected) = expected(stated) else { continue };
            let found = found(article);
            items += 1;
            right += usize::from(found == expected);
            if context.misses && found != expected {
                println!("{set}: {name} {found:?} for {expected:?} of {}", article.url);
            }
        }
        let peer = PEERS.iter().find(|(s, f, _)| *s == set && *f == name);
        let peer = peer.map(|(_, _, value)| format!("trafilatura 2.3.1 {value:.3}"));
        let figure = Figure::share(set, format!("{name}, accuracy"), right, items as usize, corpus);
        figure.beside(peer.as_deref())
    };
    fields.into_iter().map(figure).collect()
}

fn present(value: Option<&str>) -> Option<String> {
    value.map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned)
}

/// Letters and digits in lower case: how a title is set does not matter.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn day(value: &str) -> String {
    value.chars().take(10).collect()
}

fn authors(value: &Value) -> Option<String> {
    let names: Vec<&str> = match value {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    Some(joined(names.into_iter())).filter(|n| !n.is_empty())
}

/// The set of names, whatever joins them and whatever stands before the first.
fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut set = BTreeSet::new();
    for name in names {
        let spaced =
            name.split_whitespace().collect::<Vec<_>>().join(" ").replace(" and ", ",").replace(" und ", ",");
        for part in spaced.split([',', ';', '&', '、', '|']) {
            let part = part.trim();
            let bare =
                ["By ", "by ", "BY ", "Par ", "Von ", "von "].iter().find_map(|p| part.strip_prefix(p));
            set.insert(folded(bare.unwrap_or(part)));
        }
    }
    set.remove("");
    set.into_iter().collect::<Vec<_>>().join("; ")
}
