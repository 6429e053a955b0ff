//! Words around figures, from the data file.

use crate::quantities::line::Line;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Words in lower case.
#[derive(Deserialize)]
pub(super) struct Set(BTreeSet<String>);

impl Set {
    /// Whether the token is one of these words in any case.
    pub(super) fn has(&self, line: &Line, at: usize) -> bool {
        line.lower(at).is_some_and(|word| self.0.contains(word))
    }

    /// Whether the word, in lower case, is one of these.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

#[derive(Deserialize)]
pub(super) struct Words {
    pub(super) stops: Set,
    pub(super) between: Set,
    pub(super) labels: Set,
    pub(super) changes: Set,
    pub(super) after_shares: Set,
    pub(super) per_things: Set,
    pub(super) irregular_plurals: Set,
    pub(super) noun_joints: Set,
    pub(super) casualties: Set,
    pub(super) groups: Set,
    pub(super) aged: Set,
    pub(super) streets: Set,
    pub(super) spans: Set,
    pub(super) results: Set,
    pub(super) adjectives: Set,
    pub(super) halves: Set,
    pub(super) after_double: Set,
    pub(super) multiples: BTreeMap<String, u32>,
}

/// The words, read once. The file is part of the program and the tests read it.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/figures_en.toml")).expect("figures_en.toml is well-formed")
});
