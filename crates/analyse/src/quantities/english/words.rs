//! Words around figures, from the data file.

use crate::quantities::word_map::{WordMap, WordSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
pub(super) struct Words {
    pub(super) stops: WordSet,
    pub(super) between: WordSet,
    pub(super) labels: WordSet,
    pub(super) changes: WordSet,
    pub(super) after_shares: WordSet,
    pub(super) per_things: WordSet,
    pub(super) irregular_plurals: WordSet,
    pub(super) noun_joints: WordSet,
    pub(super) casualties: WordSet,
    pub(super) groups: WordSet,
    pub(super) harms: WordSet,
    pub(super) pairs: WordSet,
    pub(super) aged: WordSet,
    pub(super) streets: WordSet,
    pub(super) spans: WordSet,
    pub(super) growths: WordSet,
    pub(super) persons: WordSet,
    pub(super) measured: WordSet,
    pub(super) counted_by: BTreeMap<String, String>,
    pub(super) results: WordSet,
    pub(super) adjectives: WordSet,
    pub(super) halves: WordSet,
    pub(super) after_double: WordSet,
    pub(super) multiples: WordMap<u32>,
}

/// The words, read once. The file is part of the program and the tests read it.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/figures_en.toml")).expect("figures_en.toml is well-formed")
});
