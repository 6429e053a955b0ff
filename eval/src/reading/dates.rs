//! Publication dates on htmldate's pages, to the day.

use super::pages::{self, Page};
use crate::{Context, floors, floors::Figure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Truth {
    file: String,
    date: Option<String>,
}

/// Day accuracy over all pages of both lists.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let folder = context.data.join("dates/htmldate");
    if !context.wants("htmldate", "dates/htmldate") {
        return Ok(Vec::new());
    }
    let places = ["eval", "cache", "test_set"].map(|f| folder.join(f));
    let places: Vec<&Path> = places.iter().map(|p| p.as_path()).collect();
    let (mut list, mut expected) = (Vec::new(), Vec::new());
    for name in ["eval_default.json", "eval_mediacloud_2020.json"] {
        // One date of the set is a bare NaN, which is not JSON.
        let text = std::fs::read_to_string(folder.join(name))?.replace(": NaN", ": null");
        let truth: BTreeMap<String, Truth> = serde_json::from_str(&text)?;
        for (url, truth) in truth {
            if let Some(path) = pages::find(&places, &truth.file) {
                list.push(Page { name: truth.file, url, path });
                expected.push(truth.date);
            }
        }
    }
    let mut right = 0;
    for ((page, expected), article) in list.iter().zip(&expected).zip(pages::read(&list)?) {
        let found = article.published.as_ref().map(|d| d.value.chars().take(10).collect::<String>());
        right += usize::from(found == *expected);
        if context.misses && found != *expected {
            let basis = article.published.map(|d| d.basis.to_string()).unwrap_or_default();
            println!("htmldate: {found:?} by {basis} for {expected:?}: {} {}", page.name, page.url);
        }
    }
    let corpus = floors::corpus_digest(&folder)?;
    let figure = Figure::share("htmldate", "publication date, day accuracy", right, list.len(), &corpus);
    Ok(vec![figure.beside(Some("htmldate extensive .903, fast .861, newspaper4k .680"))])
}
