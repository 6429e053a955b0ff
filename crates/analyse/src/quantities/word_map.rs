//! What words mean, asked for token by token.

use super::line::Line;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// Longer words are not looked up.
const LONGEST: usize = 24;

/// Values by words in lower case. Words of one length and first letter stand side by side; there are few of them or, for most
/// tokens that are asked for, none.
#[derive(Debug, Clone)]
pub struct WordMap<V> {
    words: Vec<(String, V)>,
    /// Where those of a length and letter begin, by `place`; one more at the end.
    starts: Vec<u16>,
}

impl<V> WordMap<V> {
    /// What the token means, in any case.
    pub fn at(&self, line: &Line, at: usize) -> Option<&V> {
        self.get(line.lower(at)?)
    }

    /// What a word in lower case means.
    pub fn get(&self, word: &str) -> Option<&V> {
        let place = place(word)?;
        let alike = &self.words[usize::from(self.starts[place])..usize::from(self.starts[place + 1])];
        alike.iter().find(|(other, _)| other == word).map(|(_, value)| value)
    }
}

/// The number of a word's length and first letter, which goes by its place in the alphabet; whatever else by what is left of it.
fn place(word: &str) -> Option<usize> {
    let letter = usize::from(word.as_bytes().first().copied().unwrap_or(0) & 31);
    (word.len() <= LONGEST).then_some(word.len() * 32 + letter)
}

impl<W: Into<String>, V> FromIterator<(W, V)> for WordMap<V> {
    fn from_iter<I: IntoIterator<Item = (W, V)>>(words: I) -> Self {
        let words: BTreeMap<String, V> =
            words.into_iter().map(|(word, value)| (word.into(), value)).collect();
        let mut words: Vec<(String, V)> =
            words.into_iter().filter(|(word, _)| place(word).is_some()).collect();
        words.sort_by_key(|(word, _)| place(word));
        let before = |place_of| words.partition_point(|(word, _)| place(word) < Some(place_of)) as u16;
        let starts = (0..=(LONGEST + 1) * 32).map(before).collect();
        WordMap { words, starts }
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
