//! Counts which share of reports has a word: `crates/track/data/background.bin`.
//!
//! From the pages of the reading corpora as our own reader reads them, and apart from them from our own labelled
//! texts: a word counts as common that is so in the news at large or in policy news. A chain counts as one report,
//! so that what only its pages share is no common word. The texts of ECB+, on which stories
//! are measured, are not among them.

use crate::body::pages;
use anyhow::{Context, Result};
use headwater_track::background;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Reports that must have a word before it is known to be common.
const LEAST: usize = 3;
/// Reports without which a language is left out: shares of few are no shares.
const REPORTS: usize = 60;
/// Labelled passages, each a few sentences, that make up one report.
const PACK: usize = 6;

type Words = BTreeSet<u32>;

#[derive(Deserialize)]
struct Chain {
    pages: BTreeMap<String, Page>,
}

#[derive(Deserialize)]
struct Page {
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct Passage {
    language: String,
    text: String,
}

pub fn train(data: &Path, own: &Path, target: &Path) -> Result<()> {
    let of_all = read(data)?.into_iter().map(|(language, words)| (("all", language), words));
    let of_field = chains(&own.join("chains"))?.into_iter().chain(passages(own)?);
    let of_field = of_field.map(|(language, words)| (("field", language), words));
    let mut reports: BTreeMap<(&str, String), Vec<Words>> = BTreeMap::new();
    for (group, words) in of_all.chain(of_field).filter(|((_, language), _)| language != "mul") {
        reports.entry(group).or_default().push(words);
    }
    let mut shares: BTreeMap<u32, f64> = BTreeMap::new();
    for ((news, language), reports) in reports.iter().filter(|(_, reports)| reports.len() >= REPORTS) {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        reports.iter().flatten().for_each(|word| *counts.entry(*word).or_default() += 1);
        counts.retain(|_, n| *n >= LEAST);
        println!("{language}, {news}: {} reports, {} words", reports.len(), counts.len());
        for (word, n) in counts {
            let share = n as f64 / reports.len() as f64;
            let known = shares.entry(word).or_default();
            *known = known.max(share);
        }
    }
    let bytes = background::write(shares.into_iter());
    std::fs::write(target, &bytes).with_context(|| format!("write {}", target.display()))?;
    println!("background: {} bytes", bytes.len());
    Ok(())
}

fn tongue(language: &str) -> String {
    language.split('-').next().unwrap_or_default().to_owned()
}

/// The articles of the corpora.
fn read(data: &Path) -> Result<Vec<(String, Words)>> {
    let pages = pages::all(data)?;
    let read = |page: &pages::Page| {
        let article = headwater_extract::extract(&page.capture);
        let words = background::words(article.title.as_str(), article.text.as_str());
        (tongue(&article.language), words)
    };
    Ok(pages.par_iter().map(read).filter(|(_, words)| !words.is_empty()).collect())
}

/// Our own chains, one report a language.
fn chains(folder: &Path) -> Result<Vec<(String, Words)>> {
    let mut reports = Vec::new();
    for path in files(folder, "toml")?.iter().filter(|p| p.file_stem().is_some_and(|s| s != "outlets")) {
        let chain: Chain =
            toml::from_str(&std::fs::read_to_string(path)?).with_context(|| path.display().to_string())?;
        let mut by_language: BTreeMap<String, Words> = BTreeMap::new();
        for page in chain.pages.values() {
            let words = background::words(&page.title, &page.text);
            let han = page.text.chars().any(headwater_model::script::is_han);
            by_language.entry(if han { "zh".into() } else { "en".into() }).or_default().extend(words);
        }
        reports.extend(by_language);
    }
    Ok(reports)
}

/// Our own labelled passages, some to a report.
fn passages(own: &Path) -> Result<Vec<(String, Words)>> {
    let mut reports = Vec::new();
    for set in ["claims", "voices", "names", "quantities"] {
        for path in files(&own.join(set), "jsonl")? {
            let text = std::fs::read_to_string(&path)?;
            let passages: Vec<Passage> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
            for pack in passages.chunks(PACK) {
                let words = pack.iter().flat_map(|p| background::words("", &p.text)).collect();
                reports.push((tongue(&pack[0].language), words));
            }
        }
    }
    Ok(reports)
}

fn files(folder: &Path, ending: &str) -> Result<Vec<std::path::PathBuf>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == ending));
    files.sort();
    Ok(files)
}
