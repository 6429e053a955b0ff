//! A list of words of the data files, made ready to be found in a text all at once.

use aho_corasick::{AhoCorasick, MatchKind};
use serde::{Deserialize, Deserializer};
use std::ops::Deref;
use std::sync::OnceLock;

/// Words of one kind, in the order of their file.
#[derive(Debug, Default)]
pub struct List {
    words: Vec<String>,
    finder: OnceLock<Option<AhoCorasick>>,
}

impl List {
    /// A list of words.
    pub fn of(words: Vec<String>) -> Self {
        List { words, finder: OnceLock::new() }
    }
    /// Whether some words hold one of the list.
    pub fn is_in(&self, words: &str) -> bool {
        let build = || AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&self.words).ok();
        match self.finder.get_or_init(build) {
            Some(finder) => finder.is_match(words),
            // Only a list too long for a finder has none.
            None => self.words.iter().any(|word| words.contains(word.as_str())),
        }
    }
}

impl Deref for List {
    type Target = [String];
    fn deref(&self) -> &[String] {
        &self.words
    }
}

impl<'a> IntoIterator for &'a List {
    type Item = &'a String;
    type IntoIter = std::slice::Iter<'a, String>;
    fn into_iter(self) -> Self::IntoIter {
        self.words.iter()
    }
}

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(List::of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_found_wherever_one_of_its_words_stands() {
        let list = List::of(["ban", "export ban", "出口管制"].map(str::to_owned).to_vec());
        for (words, held) in [
            ("an export ban", true),
            ("urban", true),
            ("加强出口管制措施", true),
            ("出口", false),
            ("", false),
            ("a banal export", true),
            ("an expo", false),
        ] {
            assert_eq!(list.is_in(words), held, "{words}");
            assert_eq!(held, list.iter().any(|word| words.contains(word.as_str())), "{words}");
        }
        assert!(!List::default().is_in("ban"));
    }
}
