//! Texts that may begin and end anywhere: from a place a hash grows letter by letter, and where it is a text's the text ends
//! there. A filter tells whether any text begins so.

use crate::hashed::{Filter, START, Store, grown};

/// Distinct texts, each by its number in their order.
pub struct Matcher {
    texts: Store,
    /// Hashes of the beginnings of texts, of as many characters as `is_asked` tells.
    beginnings: Filter,
    /// Characters with which a text begins.
    firsts: Characters,
    /// Characters of the shortest text.
    shortest: usize,
}

impl Matcher {
    /// No texts yet, and room for about so many.
    pub fn for_texts(count: usize) -> Self {
        Matcher {
            texts: Store::for_texts(count),
            beginnings: Filter::of(count * 2),
            firsts: Characters([0; Characters::WORDS]),
            shortest: usize::MAX,
        }
    }

    /// Texts in their order.
    pub fn new<'t>(texts: impl ExactSizeIterator<Item = &'t str>) -> Self {
        let mut matcher = Matcher::for_texts(texts.len());
        for text in texts {
            matcher.add(text);
        }
        matcher
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Enters a text, if it is not there yet, and tells its number.
    pub fn add(&mut self, text: &str) -> u32 {
        let (number, new) = self.texts.add(text, hash_of);
        if new {
            text.chars().next().into_iter().for_each(|first| self.firsts.enter(first));
            self.shortest = self.shortest.min(text.chars().count());
            let mut beginning = START;
            for (count, c) in (1..).zip(text.chars()) {
                beginning = grown(beginning, c.into());
                if is_asked(count) {
                    self.beginnings.enter(beginning);
                }
            }
        }
        number
    }

    /// Whether a text may begin with a character: if not, none does.
    #[inline]
    pub fn may_begin(&self, c: char) -> bool {
        self.firsts.may_hold(c)
    }

    /// Calls a function with the length and the number of each text that stands at a place, the shortest first.
    pub fn each_at(&self, text: &str, at: usize, mut take: impl FnMut(usize, u32)) {
        let rest = &text[at..];
        if !rest.starts_with(|c| self.may_begin(c)) {
            return;
        }
        let mut hash = START;
        for (count, (begin, c)) in (1..).zip(rest.char_indices()) {
            hash = grown(hash, c.into());
            if is_asked(count) && !self.beginnings.may_hold(hash) {
                return;
            }
            if count < self.shortest {
                continue;
            }
            let length = begin + c.len_utf8();
            if let Some(number) = self.texts.get(&rest.as_bytes()[..length], hash) {
                take(length, number);
            }
        }
    }
}

fn hash_of(text: &str) -> u64 {
    text.chars().fold(START, |hash, c| grown(hash, c.into()))
}

/// At which lengths the beginnings of texts are entered and asked for: two characters, four, and so on.
#[inline]
fn is_asked(count: usize) -> bool {
    count.is_power_of_two() && count > 1 || count > 8 && count.is_multiple_of(8)
}

/// A set of characters that may take a few others for its own.
struct Characters([u64; Characters::WORDS]);

impl Characters {
    const WORDS: usize = 64;

    #[inline]
    fn place(c: char) -> (usize, u32) {
        (c as usize / 64 % Characters::WORDS, c as u32 % 64)
    }
    fn enter(&mut self, c: char) {
        let (word, bit) = Characters::place(c);
        self.0[word] |= 1 << bit;
    }
    #[inline]
    fn may_hold(&self, c: char) -> bool {
        let (word, bit) = Characters::place(c);
        self.0[word] >> bit & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::Matcher;

    #[test]
    fn every_text_that_stands_there() {
        let texts = [
            "a",
            "ab",
            "abcd",
            "abcde",
            "abcdef",
            "abce",
            "a name of more than sixteen letters",
            "华为",
            "华为技术",
            "华为技术有限公司",
            "华为云",
        ];
        let matcher = Matcher::new(texts.into_iter());
        for text in [
            "abcdefg",
            "abcde",
            "abcx",
            "x",
            "",
            "华为技术有限",
            "华为云服务",
            "华",
            "a name of more than sixteen letters in a text",
            "a name of more than sixteen",
        ] {
            let mut found = Vec::new();
            matcher.each_at(text, 0, |length, number| found.push((length, number)));
            let expected: Vec<(usize, u32)> = texts
                .iter()
                .zip(0..)
                .filter(|(t, _)| text.starts_with(**t))
                .map(|(t, number)| (t.len(), number))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn no_texts() {
        Matcher::new([].into_iter()).each_at("abc", 1, |_, _| panic!("found something"));
    }
}
