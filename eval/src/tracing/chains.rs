//! Labelled chains of retellings against what the tracker tells of them.

use super::judge::{self, Score};
use crate::{Context, floors::Figure};
use headwater_eval::chains;
use std::collections::BTreeMap;

pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    // `--only chains/NAME` shows one chain with everything that its pages assert; `chains/HALF` the misses of a half.
    let (only, name) = match context.only.as_deref().map(|only| only.split_once('/').unwrap_or((only, ""))) {
        Some((only, name)) => (only, name),
        None => ("", ""),
    };
    if !"chains".contains(only) {
        return Ok(Vec::new());
    }
    let (all, lexicon) = chains::labelled()?;
    let mut scores: BTreeMap<(&str, &str), Score> = BTreeMap::new();
    for of_hand in chains::by_hand(&all).values() {
        let (book, _) = chains::run(of_hand, &lexicon);
        for chain in of_hand {
            let half = if name.is_empty() { "dev" } else { name };
            let shown = context.misses && (chain.half == half || chain.name == name);
            if shown && chain.name == name {
                book.show(chain);
            }
            for (measure, score) in judge::judge(chain, &book, shown) {
                scores.entry((chain.half.as_str(), measure)).or_default().add(score);
            }
        }
    }
    let corpus = crate::floors::corpus_digest(&chains::folder())?;
    let figure = |set: &str, measure: String, value, items| Figure::new(set, measure, value, items, &corpus);
    let mut figures = Vec::new();
    for ((half, measure), score) in scores {
        let set = if half == "dev" { "chains".to_owned() } else { format!("chains, {half}") };
        figures.push(figure(&set, format!("{measure}, precision"), score.precision(), score.found()));
        figures.push(figure(&set, format!("{measure}, recall"), score.recall(), score.wanted()));
    }
    Ok(figures)
}
