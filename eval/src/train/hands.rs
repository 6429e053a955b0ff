//! What a model makes of each hand of labelled sentences that it did not see, and the model of all.

use anyhow::{Context, Result};
use headwater_analyse::claims::linear::Linear;
use std::collections::BTreeSet;
use std::path::Path;

/// Something to learn from, by the hand that labelled it.
pub trait Lesson {
    /// Which hand or set it is of: `sentences/en-a`.
    fn hand(&self) -> &str;
}

/// Measures each hand of `data/sentences` by a model of all the others, then writes the model of all.
pub fn train<T: Lesson>(
    all: &[&T],
    learn: impl Fn(&[&T]) -> Vec<u8>,
    measure: impl Fn(&str, &[&T], &Linear),
    path: &Path,
) -> Result<()> {
    let hands: BTreeSet<&str> =
        all.iter().map(|t| t.hand()).filter(|h| h.starts_with("sentences/")).collect();
    for hand in hands {
        let (held, others): (Vec<&T>, Vec<&T>) = all.iter().partition(|t| t.hand() == hand);
        let model = Linear::read(&learn(&others)).context("a model that was just made")?;
        measure(hand, &held, &model);
    }
    let bytes = learn(all);
    std::fs::write(path, &bytes).with_context(|| format!("write {}", path.display()))?;
    let name = path.file_name().unwrap_or_default().display();
    println!("{name}: {} lessons, {} bytes", all.len(), bytes.len());
    Ok(())
}
