//! Pages that were written one by one, each in a layout of its own, by somebody who had not read the code: articles from many
//! countries, and pages that are none. What a careful reader would say of `NAME.html` stands in `NAME.json`. Each hand's
//! pages have a folder of their own.

use crate::layouts::Invented;
use anyhow::{Context, Result};
use headwater_model::{Capture, Hints};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What a page is and says.
#[derive(Debug, Deserialize)]
pub struct Stated {
    /// What the page is, where it is no article.
    #[serde(default)]
    pub kind: Option<String>,
    /// Its address.
    pub url: String,
    /// Its language.
    #[serde(default)]
    pub language: String,
    /// Its headline.
    #[serde(default)]
    pub title: String,
    /// Who wrote it.
    #[serde(default)]
    pub authors: Vec<String>,
    /// The day of its publication.
    #[serde(default)]
    pub date: Option<String>,
    /// What its site is called.
    #[serde(default)]
    pub site: String,
    /// Its text, paragraph by paragraph.
    #[serde(default)]
    pub text: String,
}

/// A page with what is to be read on it.
pub struct Written {
    /// The file's name.
    pub name: String,
    /// What is known of it.
    pub stated: Stated,
    /// The same as it is written.
    pub json: serde_json::Value,
    /// As it was captured.
    pub capture: Capture,
}

impl Written {
    /// Whether it is an article.
    pub fn is_article(&self) -> bool {
        matches!(self.stated.kind.as_deref(), None | Some("article"))
    }
}

/// The hands, by their folders.
pub const HANDS: [&str; 4] = ["first", "second", "third", "fourth"];

/// Where a hand's pages are.
pub fn folder(hand: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/pages").join(hand)
}

/// All of a hand, in the order of their names.
pub fn pages(hand: &str) -> Result<Vec<Written>> {
    let folder = folder(hand);
    let mut files: Vec<_> = std::fs::read_dir(&folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "html"));
    files.sort();
    files.iter().map(|file| page(file).with_context(|| file.display().to_string())).collect()
}

fn page(file: &Path) -> Result<Written> {
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(file.with_extension("json"))?)?;
    let stated = Stated::deserialize(&json)?;
    let capture = Capture {
        url: stated.url.clone(),
        captured: jiff::Timestamp::constant(1_793_491_200, 0),
        status: 200,
        content_type: Some("text/html".into()),
        body: std::fs::read(file)?,
        hints: Hints::default(),
    };
    Ok(Written {
        name: file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        stated,
        json,
        capture,
    })
}

/// The articles of all hands, to learn from.
pub fn articles() -> Result<Vec<Invented>> {
    let pages: Vec<Vec<Written>> = HANDS.iter().map(|hand| pages(hand)).collect::<Result<_>>()?;
    let articles = pages.into_iter().flatten().filter(Written::is_article);
    Ok(articles
        .map(|page| Invented {
            layout: page.name,
            capture: page.capture,
            title: page.stated.title,
            text: page.stated.text,
        })
        .collect())
}
