//! What words mean, asked for token by token.

use super::line::Line;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// Longer words are not looked up.
const LONGEST: usize = 24;

/// Values by words in lower case. Most tokens are none of them, and nearly all of those differ from every one in length or
/// first letter.
#[derive(Debug, Clone)]
pub struct WordMap<V> {
    values: BTreeMap<String, V>,
    /// By length, the first letters as bits.
    firsts: [u32; LONGEST + 1],
}

impl<V> WordMap<V> {
    /// What the token means, in any case.
    pub fn at(&self, line: &Line, at: usize) -> Option<&V> {
        self.get(line.lower(at)?)
    }

    /// What a word in lower case means.
    pub fn get(&self, word: &str) -> Option<&V> {
        let firsts = self.firsts.get(word.len())?;
        if firsts & bit(word) == 0 { None } else { self.values.get(word) }
    }
}

/// A letter by its place in the alphabet; whatever else by what is left of it.
fn bit(word: &str) -> u32 {
    1 << (word.as_bytes().first().copied().unwrap_or(0) & 31)
}

impl<W: Into<String>, V> FromIterator<(W, V)> for WordMap<V> {
    fn from_iter<I: IntoIterator<Item = (W, V)>>(words: I) -> Self {
        let values: BTreeMap<String, V> =
            words.into_iter().map(|(word, value)| (word.into(), value)).collect();
        let mut firsts = [0; LONGEST + 1];
        for word in values.keys() {
            if let Some(firsts) = firsts.get_mut(word.len()) {
                *firsts |= bit(word);
            }
        }
        WordMap { values, firsts }
    }
}

/// A table in the data file.
impl<'de, V: Deserialize<'de>> Deserialize<'de> for WordMap<V> {
    fn deserialize<D: Deserializer<'de>>(table: D) -> Result<Self, D::Error> {
        Ok(BTreeMap::<String, V>::deserialize(table)?.into_iter().collect())
    }
}

/// A set of words: a list in the data file.
#[derive(Debug, Clone)]
pub struct WordSet(WordMap<()>);

impl WordSet {
    /// Whether the token is one of these words in any case.
    pub fn has(&self, line: &Line, at: usize) -> bool {
        self.0.at(line, at).is_some()
    }

    /// Whether the word, in lower case, is one of these.
    pub fn contains(&self, word: &str) -> bool {
        self.0.get(word).is_some()
    }
}

impl<'de> Deserialize<'de> for WordSet {
    fn deserialize<D: Deserializer<'de>>(list: D) -> Result<Self, D::Error> {
        let words = Vec::<String>::deserialize(list)?;
        Ok(WordSet(words.into_iter().map(|word| (word, ())).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        let map: WordMap<u32> =
            [("ten", 10), ("two", 2), ("einundzwanzigtausendundzwei", 21_002)].into_iter().collect();
        let line = Line::new("Two tens, TEN Einundzwanzigtausendundzwei toe");
        let found: Vec<Option<&u32>> = (0..line.len()).map(|at| map.at(&line, at)).collect();
        assert_eq!(found, [Some(&2), None, None, Some(&10), None, None]);
    }
}
