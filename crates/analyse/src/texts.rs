//! Words that are looked for where they begin or end, in texts without blanks between words.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Words with what they stand for, by their first or their last character; of each the longest first.
#[derive(Debug)]
pub struct Texts<V> {
    words: BTreeMap<char, Vec<(String, V)>>,
    /// One bit for each of these characters, and for a few others: most characters of a text are none of them.
    keys: [u64; KEYS],
}

/// How many numbers of bits stand for all characters.
const KEYS: usize = 64;

impl<V> Texts<V> {
    /// Words that are looked for where they begin.
    pub fn by_first(words: impl IntoIterator<Item = (String, V)>) -> Self {
        Texts::by(words, |word| word.chars().next())
    }

    /// Words that are looked for where they end.
    pub fn by_last(words: impl IntoIterator<Item = (String, V)>) -> Self {
        Texts::by(words, |word| word.chars().next_back())
    }

    fn by(words: impl IntoIterator<Item = (String, V)>, key: fn(&str) -> Option<char>) -> Self {
        let mut sorted: BTreeMap<char, Vec<(String, V)>> = BTreeMap::new();
        for (word, value) in words {
            if let Some(key) = key(&word) {
                sorted.entry(key).or_default().push((word, value));
            }
        }
        sorted.values_mut().for_each(|words| words.sort_by_key(|(word, _)| Reverse(word.len())));
        let mut keys = [0; KEYS];
        sorted.keys().for_each(|key| keys[place(*key)] |= bit(*key));
        Texts { words: sorted, keys }
    }

    /// The first or the last characters of all words.
    pub fn keys(&self) -> impl Iterator<Item = char> {
        self.words.keys().copied()
    }

    /// The words of a key.
    #[inline]
    fn of(&self, key: char) -> Option<&Vec<(String, V)>> {
        if self.keys[place(key)] & bit(key) == 0 { None } else { self.words.get(&key) }
    }

    /// The longest with which a text begins.
    pub fn beginning(&self, text: &str) -> Option<(&str, &V)> {
        let words = self.of(text.chars().next()?)?;
        let (word, value) = words.iter().find(|(word, _)| opens(text, word))?;
        Some((word, value))
    }

    /// The longest with which a text ends, as `ends` tells.
    pub fn ending(&self, text: &str, ends: fn(&str, &str) -> bool) -> Option<(&str, &V)> {
        let words = self.of(text.chars().next_back()?)?;
        let (word, value) = words.iter().find(|(word, _)| ends(text, word))?;
        Some((word, value))
    }
}

fn place(key: char) -> usize {
    key as usize / 64 % KEYS
}

fn bit(key: char) -> u64 {
    1 << (key as u32 % 64)
}

/// `starts_with` for a word of the text's first character: most of those differ in their last byte.
fn opens(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    text.get(word.len() - 1) == word.last() && text.starts_with(word)
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn the_longest_word_is_found() {
        let words = || ["上", "上半年", "上年", "下半年", ""].map(|word| (word.to_owned(), word.len()));
        let (first, last) = (Texts::by_first(words()), Texts::by_last(words()));
        let beginning = |text: &str| first.beginning(text).map(|(word, length)| (word.to_owned(), *length));
        assert_eq!(beginning("上半年里"), Some(("上半年".to_owned(), 9)));
        assert_eq!(beginning("上半"), Some(("上".to_owned(), 3)));
        assert_eq!(beginning("下年"), None);
        assert_eq!(beginning(""), None);
        let ending = |text: &str| {
            last.ending(text, |text, word| text.ends_with(word)).map(|(word, _)| word.to_owned())
        };
        assert_eq!(ending("在上年"), Some("上年".to_owned()));
        assert_eq!(ending("半年"), None);
    }
}
