//! The pages to learn from, and what is known of each one's text.

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use headwater_eval::layouts::{self, Invented};
use headwater_eval::written;
use headwater_model::{Capture, Hints};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// What is known of a page's text.
pub enum Truth {
    /// All of it, as people marked it.
    Whole(String),
    /// All of it, as readability's makers expect it.
    Expected(String),
    /// Some of it, and some that is not of it.
    Parts { with: Vec<String>, without: Vec<String> },
    /// All of it, for the page is invented.
    Lines(String),
    /// Nothing.
    Unknown,
}

/// A page.
pub struct Page {
    /// The set that it is of.
    pub set: &'static str,
    /// Its site: pages of one site are learned from or measured on together.
    pub site: String,
    /// As it was captured.
    pub capture: Capture,
    /// Its text.
    pub truth: Truth,
}

#[derive(Deserialize)]
struct Whole {
    #[serde(rename = "articleBody")]
    body: String,
    #[serde(default)]
    url: String,
}

#[derive(Deserialize)]
struct Parts {
    file: String,
    with: Vec<String>,
    without: Vec<String>,
}

#[derive(Deserialize)]
struct Dated {
    file: String,
}

/// Every page of every set.
pub fn all(data: &Path) -> Result<Vec<Page>> {
    let mut pages = Vec::new();
    let folder = data.join("extraction/aeb");
    let truths: BTreeMap<String, Whole> = json(&folder.join("ground-truth.json"))?;
    for (id, truth) in truths {
        let path = folder.join(format!("html/{id}.html.gz"));
        pages.push(page("aeb", &truth.url, &path, Truth::Whole(truth.body))?);
    }
    let folder = data.join("extraction/trafilatura");
    let truths: BTreeMap<String, Parts> = json(&folder.join("evaldata.json"))?;
    let mut known = Vec::new();
    for (url, truth) in truths {
        let places = ["eval", "cache"].map(|p| folder.join(p).join(&truth.file));
        known.push(truth.file);
        if let Some(path) = places.iter().find(|p| p.is_file()) {
            pages.push(page(
                "trafilatura",
                &url,
                path,
                Truth::Parts { with: truth.with, without: truth.without },
            )?);
        }
    }
    let folder = data.join("extraction/readability/test-pages");
    let mut names: Vec<_> = std::fs::read_dir(&folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    names.sort();
    for path in names.iter().filter(|p| p.join("expected.html").exists()) {
        let expected = std::fs::read_to_string(path.join("expected.html"))?;
        let text = headwater_extract::teach::lines(&expected).join("\n");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let url = format!("http://{name}.example/page.html");
        pages.push(page("readability", &url, &path.join("source.html"), Truth::Expected(text))?);
    }
    let folder = data.join("dates/htmldate");
    for list in ["eval_default.json", "eval_mediacloud_2020.json"] {
        let text = std::fs::read_to_string(folder.join(list))?.replace(": NaN", ": null");
        let truths: BTreeMap<String, Dated> = serde_json::from_str(&text)?;
        for (url, truth) in truths {
            let places = ["eval", "cache", "test_set"].map(|p| folder.join(p).join(&truth.file));
            let Some(path) = places.iter().find(|p| p.is_file()) else { continue };
            if !known.contains(&truth.file) {
                known.push(truth.file);
                pages.push(page("htmldate", &url, path, Truth::Unknown)?);
            }
        }
    }
    Ok(pages)
}

/// The pages of invented layouts, and those that were written one by one.
pub fn invented() -> Result<Vec<Page>> {
    let page = |set, made: Invented| Page {
        set,
        site: made.layout,
        truth: Truth::Lines(made.text),
        capture: made.capture,
    };
    let layouts = layouts::pages()?.into_iter().map(|made| page("layouts", made));
    let written = written::articles()?.into_iter().map(|made| page("written", made));
    Ok(layouts.chain(written).collect())
}

fn json<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T> {
    let bytes = std::fs::read(path).with_context(|| format!("{} is absent", path.display()))?;
    Ok(serde_json::from_slice(&bytes)?)
}

fn page(set: &'static str, url: &str, path: &Path, truth: Truth) -> Result<Page> {
    let bytes = std::fs::read(path)?;
    let mut body = Vec::new();
    if path.extension().is_some_and(|e| e == "gz") {
        GzDecoder::new(&bytes[..]).read_to_end(&mut body)?;
    } else {
        body = bytes;
    }
    let address = url::Url::parse(url).ok();
    let host = address.as_ref().and_then(|u| u.host_str()).unwrap_or(url);
    let site = host.trim_start_matches("www.").to_owned();
    let capture = Capture {
        url: url.into(),
        captured: "2026-11-01T00:00:00Z".parse()?,
        status: 200,
        content_type: Some("text/html".into()),
        body,
        hints: Hints::default(),
    };
    Ok(Page { set, site, capture, truth })
}
