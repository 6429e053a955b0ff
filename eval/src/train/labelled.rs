//! The labelled texts from which the reading of claims is learned: our own sentences, leads and claims, and the passages that
//! specify the rules; never a set that is kept unread.

use anyhow::{Context, Result};
use headwater_eval::corpus;
use headwater_model::Article;
use headwater_model::claim::{Frame, Modality};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Sets by which the learned reading is measured, and from which it does not learn: of leads, and of claims.
const UNREAD: [&str; 5] =
    ["leads/sixth", "claims/twelfth", "claims/thirteenth", "claims/held", "claims/pages"];

/// How much a passage counts that specifies rules: they are to read it as it says.
const SPECIFIED: f64 = 3.0;

/// How much a text of the claims' sets counts: most are passages as they stand in an article, with all that they claim.
const PASSAGE: f64 = 2.0;

/// A labelled text as the kinds of set give it.
#[derive(Default, Deserialize)]
pub struct Labelled {
    /// Which hand or set it is of: `sentences/en-a`, `leads/first`, `claims/tenth`, `specs/claims_en`.
    #[serde(skip)]
    pub hand: String,
    language: String,
    /// The text.
    pub text: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    split: String,
    /// Of a lead: its frames, its modalities and the words that assert it.
    #[serde(default)]
    frame: Vec<Frame>,
    #[serde(default)]
    modality: Vec<Modality>,
    #[serde(default)]
    main: String,
    #[serde(default)]
    claims: Vec<serde_json::Value>,
    #[serde(default)]
    optional: Vec<serde_json::Value>,
}

/// What is labelled in a text.
pub enum Labels {
    /// Each claim with the words that assert it. Of a lead only the main one is known.
    Placed {
        /// The claims.
        claims: Vec<Asserted>,
        /// Whether there is no other.
        all: bool,
    },
    /// The accepted readings of each claim, which may stand anywhere: those expected and those optional.
    Anywhere {
        /// What the text asserts.
        expected: Vec<Vec<Reading>>,
        /// What it may be read to assert.
        optional: Vec<Vec<Reading>>,
    },
}

/// A claim: its accepted frames and modalities, the best first, and the words that assert it.
#[derive(Clone, Deserialize)]
pub struct Asserted {
    /// Frames.
    pub frame: Vec<Frame>,
    /// Modalities.
    #[serde(default)]
    pub modality: Vec<Modality>,
    /// Words of the text.
    pub main: String,
}

/// An accepted reading of a claim.
#[derive(Clone, Deserialize)]
pub struct Reading {
    /// Its frame.
    pub frame: Frame,
    /// Its modalities, the best first.
    #[serde(default)]
    pub modality: Vec<Modality>,
}

impl Labelled {
    /// What is labelled in it.
    pub fn labels(&self) -> Result<Labels> {
        if self.claims.first().or(self.optional.first()).is_some_and(serde_json::Value::is_array) {
            let readings = |claims: &[serde_json::Value]| {
                claims.iter().map(|claim| serde_json::from_value(claim.clone())).collect::<Result<_, _>>()
            };
            let (expected, optional) = (readings(&self.claims)?, readings(&self.optional)?);
            return Ok(Labels::Anywhere { expected, optional });
        }
        let all = self.frame.is_empty();
        let mut claims: Vec<Asserted> = self
            .claims
            .iter()
            .map(|claim| serde_json::from_value(claim.clone()))
            .collect::<Result<_, _>>()?;
        if !all {
            let (frame, modality) = (self.frame.clone(), self.modality.clone());
            claims.push(Asserted { frame, modality, main: self.main.clone() });
        }
        let missing = claims.iter().find(|claim| !self.text.contains(&claim.main));
        anyhow::ensure!(missing.is_none(), "{:?} is not in the text", missing.map(|claim| &claim.main));
        Ok(Labels::Placed { claims, all })
    }

    /// The article that has only this text; of a headline also as its title.
    pub fn article(&self) -> Result<Article> {
        let title = if self.kind == "headline" { self.text.as_str() } else { self.title.as_str() };
        corpus::plain_article("lesson", &self.language, title, &self.text)
    }

    /// How much it counts.
    pub fn weight(&self) -> f64 {
        match self.hand.split_once('/') {
            Some(("specs", _)) => SPECIFIED,
            Some(("claims", _)) => PASSAGE,
            _ => 1.0,
        }
    }
}

impl Asserted {
    /// The bytes of its words.
    pub fn range(&self, text: &str) -> std::ops::Range<usize> {
        let at = text.find(&self.main).unwrap_or_default();
        at..at + self.main.len()
    }
}

/// All texts that may be learned from.
pub fn texts(data: &Path, specs: &Path) -> Result<Vec<Labelled>> {
    let mut all = Vec::new();
    for path in files(data, specs)? {
        let text = std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
        let labelled: Vec<Labelled> = if path.extension().is_some_and(|e| e == "md") {
            specified(&text)
        } else {
            let read = text.lines().map(serde_json::from_str).collect::<Result<_, _>>();
            read.with_context(|| format!("read {}", path.display()))?
        };
        let (folder, stem) = (path.parent().and_then(Path::file_name), path.file_stem());
        let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let (folder, stem) = (name(folder), name(stem));
        let named = |labelled: Labelled| {
            let set = if labelled.split.is_empty() { &stem } else { &labelled.split };
            Labelled { hand: format!("{folder}/{set}"), ..labelled }
        };
        all.extend(labelled.into_iter().map(named));
    }
    all.retain(|labelled| !UNREAD.contains(&labelled.hand.as_str()));
    Ok(all)
}

/// The files of labelled texts, sorted.
fn files(data: &Path, specs: &Path) -> Result<Vec<PathBuf>> {
    let specified = ["claims_en.md", "claims_zh.md", "claims_firmness.md"];
    let mut files: Vec<PathBuf> = specified.iter().map(|name| specs.join(name)).collect();
    for folder in ["sentences", "leads", "claims"] {
        let found = std::fs::read_dir(data.join(folder))?.collect::<std::io::Result<Vec<_>>>()?;
        let paths = found.into_iter().map(|file| file.path());
        files.extend(paths.filter(|path| path.extension().is_some_and(|e| e == "jsonl")));
    }
    files.sort();
    Ok(files)
}

/// The passages of a page that specifies rules, with the claims of their tables: see `crates/analyse/tests/specs.rs`.
fn specified(page: &str) -> Vec<Labelled> {
    let passages = page.split("```passage ").skip(1);
    let read = |passage: &str| {
        let (head, rest) = passage.split_once('\n')?;
        let (text, tables) = rest.split_once("\n```")?;
        let text = text.split_once('\n').filter(|_| text.starts_with("# ")).map_or(text, |(_, text)| text);
        let mut lines = tables.lines().skip_while(|line| !line.starts_with("| claim |"));
        let titles: Vec<&str> = lines.next()?.split('|').map(str::trim).collect();
        let column = |title: &str| titles.iter().position(|cell| *cell == title);
        let (frame, modality) = (column("frame")?, column("modality"));
        let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
        let claim = |row: &str| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let (main, frame) = (cells.get(1)?, cells.get(frame)?);
            let modality = modality.and_then(|at| cells.get(at)).filter(|cell| !cell.is_empty());
            let modality: Vec<&&str> = modality.into_iter().collect();
            let claim = serde_json::json!({ "frame": [frame], "modality": modality, "main": main });
            text.contains(main).then_some(claim)
        };
        let claims: Option<Vec<_>> = rows.map(claim).collect();
        let language = head.split(' ').next().unwrap_or_default().to_owned();
        let whole = !tables.contains("\npartly:");
        let labelled = Labelled { language, text: text.to_owned(), claims: claims?, ..Labelled::default() };
        whole.then_some(labelled)
    };
    passages.filter_map(read).collect()
}
