//! Figures and the floors below which they may not fall.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// One measured figure.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Figure {
    /// The corpus, e.g. `aeb`.
    pub set: String,
    /// What is measured, e.g. `main text, 4-gram F1`.
    pub measure: String,
    /// The value; higher is better.
    pub value: f64,
    /// How many items it was measured on.
    pub items: usize,
    /// The best other figure known for the same measure, if any, with its source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer: Option<String>,
    /// Digest of the corpus.
    pub corpus: String,
}

impl Figure {
    /// A figure, to four digits.
    pub fn new(set: &str, measure: impl Into<String>, value: f64, items: usize, corpus: &str) -> Self {
        let value = (value * 10_000.0).round() / 10_000.0;
        Figure { set: set.into(), measure: measure.into(), value, items, peer: None, corpus: corpus.into() }
    }
    /// The share of the items that are right; nothing of nothing is 0.
    pub fn share(set: &str, measure: impl Into<String>, right: usize, items: usize, corpus: &str) -> Self {
        Figure::new(set, measure, share(right, items), items, corpus)
    }
    /// The same with the best other figure known.
    pub fn beside(self, peer: Option<&str>) -> Self {
        Figure { peer: peer.map(Into::into), ..self }
    }
}

/// A part of a whole; of nothing, 0.
pub fn share(right: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { right as f64 / of as f64 }
}

/// A figure may differ from its floor by this much, for a changed rounding is no regression.
const TOLERANCE: f64 = 0.0005;

/// Prints the table, compares with the floors, and stores them if asked. `whole` says that no set was left out.
pub fn report(suite: &str, figures: &[Figure], whole: bool, write: bool, lower: bool) -> anyhow::Result<()> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("{suite}.json"));
    let floors = read(&path)?;
    println!("{:<28} {:<40} {:>7} {:>7} {:>6}  peer", "set", "measure", "value", "floor", "items");
    for figure in figures {
        let floor = floors.get(&key(figure));
        let shown = floor.map_or("-".to_owned(), |f| format!("{:.4}", f.value));
        let peer = figure.peer.as_deref().unwrap_or("");
        println!(
            "{:<28} {:<40} {:>7.4} {shown:>7} {:>6}  {peer}",
            figure.set, figure.measure, figure.value, figure.items
        );
    }
    let fallen = fallen(figures, &floors, whole);
    if write && (fallen.is_empty() || lower) {
        let mut all = if whole { BTreeMap::new() } else { floors };
        all.extend(figures.iter().map(|f| (key(f), f.clone())));
        let all: Vec<_> = all.into_values().collect();
        std::fs::write(&path, serde_json::to_string_pretty(&all)? + "\n")?;
        println!("stored in {}", path.display());
        return Ok(());
    }
    anyhow::ensure!(fallen.is_empty(), "below the floor: {} (--write --lower accepts it)", fallen.join("; "));
    Ok(())
}

/// The floors that do not hold: a figure is lower, is no number, or is not there although everything was measured.
fn fallen(figures: &[Figure], floors: &BTreeMap<String, Figure>, whole: bool) -> Vec<String> {
    let measured: BTreeMap<String, f64> = figures.iter().map(|f| (key(f), f.value)).collect();
    let holds = |key: &String, floor: &Figure| match measured.get(key) {
        Some(value) => value + TOLERANCE >= floor.value,
        None => !whole,
    };
    floors.iter().filter(|(key, floor)| !holds(key, floor)).map(|(key, _)| key.clone()).collect()
}

fn key(figure: &Figure) -> String {
    format!("{} / {}", figure.set, figure.measure)
}

fn read(path: &std::path::Path) -> anyhow::Result<BTreeMap<String, Figure>> {
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let stored: Vec<Figure> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    Ok(stored.into_iter().map(|f| (key(&f), f)).collect())
}

/// Digest of a corpus: hash of its file names and sizes, in order.
pub fn corpus_digest(folder: &std::path::Path) -> anyhow::Result<String> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.sort();
    let lines: Vec<String> = files.into_iter().map(|(name, size)| format!("{name} {size}\n")).collect();
    Ok(headwater_model::id::digest(&[lines.concat().as_bytes()]))
}

fn list(folder: &std::path::Path, files: &mut Vec<(String, u64)>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            list(&entry.path(), files)?;
        } else {
            files.push((entry.file_name().to_string_lossy().into_owned(), entry.metadata()?.len()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(measure: &str, value: f64) -> Figure {
        let (set, corpus) = ("a".to_owned(), String::new());
        Figure { set, measure: measure.into(), value, items: 1, peer: None, corpus }
    }

    #[test]
    fn a_floor_holds_only_where_a_figure_stands_on_it() {
        let floors: BTreeMap<_, _> = [figure("f1", 0.9), figure("recall", 0.8)].map(|f| (key(&f), f)).into();
        let check = |figures: &[Figure], whole: bool, expected: &[&str]| {
            assert_eq!(fallen(figures, &floors, whole), expected, "{figures:?}");
        };
        check(&[figure("f1", 0.8998), figure("recall", 0.9), figure("new", 0.1)], true, &[]);
        check(&[figure("f1", 0.89), figure("recall", 0.8)], true, &["a / f1"]);
        check(&[figure("f1", f64::NAN), figure("recall", 0.8)], true, &["a / f1"]);
        check(&[figure("f1", 0.9), figure("recall of all", 0.8)], true, &["a / recall"]);
        check(&[figure("f1", 0.9)], false, &[]);
    }
}
