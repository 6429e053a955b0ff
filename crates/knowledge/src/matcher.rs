//! All names, found by their hashes: from a place in a text a hash grows letter by letter, and a table leads from it to the
//! name that ends there. Two filters in front, a few bits a name, answer nearly every question without a look at the
//! table: whether a name is of this hash, and whether one that begins so goes on. A million names are entered in a fraction
//! of a second; an automaton over them takes ten seconds to build and more memory than the names.

use crate::fold::is_han;
use std::ops::Range;

/// Distinct texts, each by its number in their order.
pub struct Matcher {
    /// All texts, one after another.
    all: String,
    /// Where each begins; one more at the end.
    starts: Vec<u32>,
    /// Numbers of texts by hash, open addressing, at most half full.
    places: Vec<Place>,
    /// Hashes of whole texts.
    whole: Filter,
    /// Hashes of the beginnings of texts, of as many characters as `is_asked` tells.
    beginnings: Filter,
    /// How many characters the shortest text has.
    shortest: usize,
}

/// The number of a text, and a part of its hash: nearly every other text differs in it and need not be looked at.
#[derive(Clone, Copy)]
struct Place {
    number: u32,
    tag: u32,
}

/// No text.
const NONE: Place = Place { number: u32::MAX, tag: 0 };

impl Place {
    fn is_taken(self) -> bool {
        self.number != NONE.number
    }
}

impl Matcher {
    /// No texts yet, and room for about so many.
    pub fn for_texts(count: usize) -> Self {
        Matcher {
            all: String::new(),
            starts: vec![0],
            places: vec![NONE; (count * 2).next_power_of_two().max(2)],
            whole: Filter::of(count),
            beginnings: Filter::of(count * 2),
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
        self.starts.len() - 1
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where a text stands in all of them.
    fn range(&self, number: u32) -> Range<usize> {
        self.starts[number as usize] as usize..self.starts[number as usize + 1] as usize
    }

    /// Enters a text, if it is not there yet, and tells its number.
    pub fn add(&mut self, text: &str) -> u32 {
        let hash = hash_of(text);
        if let Some(number) = self.number(text.as_bytes(), hash) {
            return number;
        }
        let (mut beginning, mut count) = (START, 0);
        for c in text.chars() {
            beginning = grown(beginning, c);
            count += 1;
            if is_asked(count) {
                self.beginnings.enter(beginning);
            }
        }
        self.shortest = self.shortest.min(count);
        self.whole.enter(hash);
        let number = self.len() as u32;
        self.all.push_str(text);
        self.starts.push(self.all.len() as u32);
        if self.len() * 2 > self.places.len() {
            self.places = vec![NONE; self.places.len() * 2];
            (0..number).for_each(|n| self.place(n, hash_of(&self.all[self.range(n)])));
        }
        self.place(number, hash);
        number
    }

    fn place(&mut self, number: u32, hash: u64) {
        let mask = self.places.len() - 1;
        let hash = spread(hash);
        let mut at = hash as usize & mask;
        while self.places[at].is_taken() {
            at = (at + 1) & mask;
        }
        self.places[at] = Place { number, tag: (hash >> 32) as u32 };
    }

    /// Calls a function with the length and the number of each text that stands at a place, the shortest first.
    pub fn each_at(&self, text: &str, at: usize, take: impl FnMut(usize, u32)) {
        self.each_that_ends(text, at, |_, _| true, take);
    }

    /// The same for texts that end where a word does: letters of other scripts than Han go on with the word before them.
    pub fn each_word_at(&self, text: &str, at: usize, take: impl FnMut(usize, u32)) {
        self.each_that_ends(text, at, |last, next| !(joins(last) && next.is_some_and(joins)), take);
    }

    /// The same for texts that end where a word or, but for its plural s, nearly does.
    pub(crate) fn each_name_at(&self, text: &str, at: usize, take: impl FnMut(usize, u32)) {
        let goes_on = |next: char| next != 's' && joins(next);
        self.each_that_ends(text, at, |last, next| !(joins(last) && next.is_some_and(goes_on)), take);
    }

    /// `may_end` is asked first, with a text's last character and the one behind it: it costs less than a look at the filter.
    #[inline]
    fn each_that_ends(
        &self,
        text: &str,
        at: usize,
        may_end: impl Fn(char, Option<char>) -> bool,
        mut take: impl FnMut(usize, u32),
    ) {
        let rest = &text[at..];
        let (mut hash, mut count) = (START, 0);
        let mut chars = rest.char_indices().peekable();
        while let Some((begin, c)) = chars.next() {
            hash = grown(hash, c);
            count += 1;
            if is_asked(count) && !self.beginnings.may_hold(hash) {
                return;
            }
            let may_end = count >= self.shortest && may_end(c, chars.peek().map(|(_, next)| *next));
            if may_end && self.whole.may_hold(hash) {
                let length = begin + c.len_utf8();
                if let Some(number) = self.number(&rest.as_bytes()[..length], hash) {
                    take(length, number);
                }
            }
        }
    }

    fn number(&self, text: &[u8], hash: u64) -> Option<u32> {
        let mask = self.places.len() - 1;
        let hash = spread(hash);
        let mut at = hash as usize & mask;
        while self.places[at].is_taken() {
            let Place { number, tag } = self.places[at];
            if tag == (hash >> 32) as u32 && &self.all.as_bytes()[self.range(number)] == text {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
        None
    }
}

/// Whether a character belongs to a word of letters that are no Han characters.
#[inline]
fn joins(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { !is_han(c) && c.is_alphanumeric() }
}

/// At which lengths the beginnings of texts are entered and asked for: after the second character, the fourth, and so on.
#[inline]
fn is_asked(count: usize) -> bool {
    count.is_power_of_two() && count > 1 || count > 8 && count.is_multiple_of(8)
}

/// A set of hashes that may take a few others for its own.
struct Filter(Vec<u64>);

impl Filter {
    /// Bits a hash.
    const BITS: usize = 12;

    fn of(count: usize) -> Self {
        Filter(vec![0; (count * Self::BITS).next_power_of_two().max(64) / 64])
    }
    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let hash = spread(hash);
        // Two bits of one word: two chances to tell a stranger, one look.
        (hash as usize & (self.0.len() - 1), 1 << (hash >> 58) | 1 << (hash >> 52 & 63))
    }
    fn enter(&mut self, hash: u64) {
        let (word, bits) = self.place(hash);
        self.0[word] |= bits;
    }
    #[inline]
    fn may_hold(&self, hash: u64) -> bool {
        let (word, bits) = self.place(hash);
        self.0[word] & bits == bits
    }
}

/// The hash of no text.
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of a text that goes on with a character.
#[inline]
fn grown(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(u32::from(c))).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn hash_of(text: &str) -> u64 {
    text.chars().fold(START, grown)
}

/// A hash whose every bit hangs on all of the text.
#[inline]
fn spread(hash: u64) -> u64 {
    (hash ^ hash >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93) ^ hash >> 29
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
    fn words_end_where_letters_do() {
        let matcher = Matcher::new(["chip", "chip ban", "芯片", "ai"].into_iter());
        let found = |text: &str| {
            let mut found = Vec::new();
            matcher.each_word_at(text, 0, |length, _| found.push(&text[..length]));
            found.join("|")
        };
        assert_eq!(found("chip bans"), "chip");
        assert_eq!(found("chip ban."), "chip|chip ban");
        assert_eq!(found("chips"), "");
        assert_eq!(found("芯片chip"), "芯片");
        assert_eq!(found("ai芯片"), "ai");
    }

    #[test]
    fn no_texts() {
        Matcher::new([].into_iter()).each_at("abc", 1, |_, _| panic!("found something"));
    }
}
