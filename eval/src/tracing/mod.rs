//! The tracing suite: stories, copies, and chains of retellings.

mod chains;
mod copies;
mod judge;
mod stories;

use crate::{Context, floors::Figure};
use headwater_knowledge::Lexicon;
use std::path::{Path, PathBuf};

/// Measures every set that is there.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let mut figures = stories::measure(context)?;
    figures.extend(copies::measure(context)?);
    figures.extend(chains::measure(context)?);
    Ok(figures)
}

/// The knowledge that the stages get: the project's own folder.
fn lexicon() -> Lexicon {
    Lexicon::new(headwater_knowledge::embedded())
}

/// Files of this name one folder down, in order.
fn pages(folder: &Path, name: &str) -> anyhow::Result<Vec<PathBuf>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut found: Vec<PathBuf> =
        entries.filter_map(|e| Some(e.ok()?.path().join(name))).filter(|p| p.exists()).collect();
    found.sort();
    Ok(found)
}
