//! Words around dates, from the data file.

use crate::quantities::word_map::WordSet;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
pub(in crate::dates) struct Words {
    pub(super) first_words: WordSet,
    pub(super) periods: WordSet,
    pub(super) decades: WordSet,
    pub(super) lengths: WordSet,
    pub(super) games: WordSet,
    pub(in crate::dates) ahead: Vec<String>,
    pub(in crate::dates) reports: Vec<String>,
    pub(in crate::dates) begins_behind: Vec<String>,
    pub(in crate::dates) passed_over: Vec<String>,
    pub(in crate::dates) spans: Vec<String>,
}

/// The words, read once. The file is part of the program and the tests read it.
pub(in crate::dates) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/calendar_en.toml")).expect("calendar_en.toml is well-formed")
});
