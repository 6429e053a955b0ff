//! How common a word is in the news at large.
//!
//! A young archive knows too little to tell the words of one event from those of every report: in forty pages
//! "fined" is as rare as the company that was. The table says of each frequent word, and of each pair of Han
//! characters, which share of reports has it. `cargo xtask train --only background` counts them.

use crate::text::terms::{self, Term};
use crate::text::units;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static SHARES: LazyLock<FxHashMap<Term, f32>> =
    LazyLock::new(|| read(include_bytes!("../../data/background.bin")));

/// Steps of a factor e between two shares that the table tells apart.
const STEPS: f64 = 24.0;

/// A word's entry: the term in little endian, and how small its share is.
const ENTRY: usize = size_of::<Term>() + 1;

/// The share of reports that have a word, 0 where fewer than a table's least have it.
pub fn share(term: Term) -> f64 {
    SHARES.get(&term).copied().map_or(0.0, f64::from)
}

/// Whether so many reports have a word that two of them may share it by chance; its hash is that of
/// [`pieces::words`](crate::text::pieces::words).
pub fn is_common(hash: u64) -> bool {
    const COMMON: f64 = 0.02;
    share(terms::word(hash)) >= COMMON
}

/// How rare a word is, by its hash: the logarithm of so many reports of which one has it.
pub fn rarity(hash: u64) -> f32 {
    /// Of a word that the table does not have no more is known.
    const LEAST: f64 = 0.0003;
    -libm::log(share(terms::word(hash)).max(LEAST)) as f32
}

/// The words of a text as the table counts them.
pub fn words(title: &str, text: &str) -> BTreeSet<Term> {
    terms::plain(title, &units::units(title)).chain(terms::plain(text, &units::units(text))).collect()
}

/// The table of words and their shares, which must be above 0 and at most 1.
pub fn write(shares: impl Iterator<Item = (Term, f64)>) -> Vec<u8> {
    let level = |share: f64| (-libm::log(share) * STEPS).round().clamp(0.0, 255.0) as u8;
    shares.flat_map(|(term, share)| term.to_le_bytes().into_iter().chain([level(share)])).collect()
}

fn read(table: &[u8]) -> FxHashMap<Term, f32> {
    let entry = |bytes: &[u8]| {
        let term = Term::from_le_bytes(bytes[..ENTRY - 1].try_into().ok()?);
        Some((term, libm::exp(-f64::from(bytes[ENTRY - 1]) / STEPS) as f32))
    };
    table.chunks_exact(ENTRY).filter_map(entry).collect()
}
