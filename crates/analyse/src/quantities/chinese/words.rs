//! Words around figures, from the data file.

use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A word that makes a figure a rate.
#[derive(Deserialize)]
pub(super) struct Rate {
    pub(super) word: String,
    pub(super) unit: String,
    /// Whether other words may stand between it and the figure.
    #[serde(default)]
    pub(super) apart: bool,
}

#[derive(Deserialize)]
pub(super) struct Words {
    pub(super) rates_after: Vec<Rate>,
    pub(super) rates_before: Vec<Rate>,
    pub(super) shares: Vec<String>,
    pub(super) reaching: Vec<String>,
    pub(super) changes: Vec<String>,
}

/// The characters with which words of `rates_before` begin: a text that has none of them has no such word.
pub(super) static RATE_SIGNS: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| WORDS.rates_before.iter().filter_map(|rate| rate.word.chars().next()).collect());

/// The words, read once. The file is part of the program and the tests read it.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/figures_zh.toml")).expect("figures_zh.toml is well-formed")
});
