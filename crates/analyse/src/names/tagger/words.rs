//! The word lists of `data/tagger_words.toml`: for each word, the set of lists in which it stands.

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
    /// Words and their lists, sorted.
    lists: BTreeMap<String, Lists>,
    names: Vec<String>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/tagger_words.toml")).unwrap_or_default());

/// The English lists.
pub static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::new(&FILE.english, false));

/// The Chinese lists. `surname` and `sound` list characters without spaces between them.
pub static CHINESE: LazyLock<Words> = LazyLock::new(|| Words::new(&FILE.chinese, true));

impl Words {
    fn new(source: &BTreeMap<String, String>, characters: bool) -> Self {
        let mut lists: BTreeMap<String, Lists> = BTreeMap::new();
        for (bit, (name, text)) in source.iter().enumerate() {
            let single = characters && (name == "surname" || name == "sound");
            for word in text.split_whitespace() {
                if single {
                    for c in word.chars() {
                        *lists.entry(c.to_string()).or_default() |= 1 << bit;
                    }
                } else {
                    *lists.entry(word.to_owned()).or_default() |= 1 << bit;
                }
            }
        }
        Words { lists, names: source.keys().cloned().collect() }
    }

    /// The lists in which a word stands.
    pub fn of(&self, word: &str) -> Lists {
        self.lists.get(word).copied().unwrap_or(0)
    }

    /// The bit of a list.
    pub fn list(&self, name: &str) -> Lists {
        self.names.iter().position(|n| n == name).map_or(0, |bit| 1 << bit)
    }
}
