//! The word lists of `data/tagger_words.toml`: for each word, the set of lists in which it stands.

use super::tokens::{hash_start, hash_with};
use crate::table::Table;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A word list as a bit.
pub type Lists = u32;

/// Longest Han word of the lists, in characters.
pub const LONGEST: usize = 6;

#[derive(Deserialize, Default)]
struct File {
    english: BTreeMap<String, String>,
    chinese: BTreeMap<String, String>,
}

/// The lists of one language.
pub struct Words {
    /// The hash of each word, and of each beginning of one, with the word's lists.
    lists: Table<u64, Lists>,
    names: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/tagger_words.toml")).expect("data/tagger_words.toml")
});

/// The English lists.
pub static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::new(&FILE.english, false));

/// The Chinese lists. `surname` and `sound` list characters without spaces between them.
pub static CHINESE: LazyLock<Words> = LazyLock::new(|| Words::new(&FILE.chinese, true));

impl Words {
    fn new(source: &BTreeMap<String, String>, characters: bool) -> Self {
        let mut lists: BTreeMap<u64, Lists> = BTreeMap::new();
        for (bit, (name, text)) in source.iter().enumerate() {
            let single = characters && (name == "surname" || name == "sound");
            for word in text.split_whitespace() {
                let mut sum = hash_start();
                for c in word.chars() {
                    sum = hash_with(if single { hash_start() } else { sum }, c);
                    *lists.entry(sum).or_default() |= if single { 1 << bit } else { 0 };
                }
                *lists.entry(sum).or_default() |= 1 << bit;
            }
        }
        Words { lists: Table::of(lists.into_iter().collect()), names: source.keys().cloned().collect() }
    }

    /// The lists in which a word stands, by its hash; `None` if no word of the lists begins like this.
    pub fn of(&self, word: u64) -> Option<Lists> {
        self.lists.get(word).copied()
    }

    /// The bit of a list.
    pub fn list(&self, name: &str) -> Lists {
        self.names.iter().position(|n| n == name).map_or(0, |bit| 1 << bit)
    }
}
