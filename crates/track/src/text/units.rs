//! Texts as sequences of comparable units: words of alphabetic scripts, single characters of Han.
//!
//! Both scripts of Chinese fold to one, case and width are levelled, punctuation falls away, so that
//! two copies of one text give the same units whatever their pages did to them.

use headwater_model::script::is_han;
use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::ops::Range;
use std::sync::LazyLock;

/// Blocks of Han characters that have simplified forms.
const HAN: std::ops::RangeInclusive<u32> = 0x3400..=0x9fff;

static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(simplified_forms);

fn simplified_forms() -> Vec<char> {
    use ferrous_opencc::{OpenCC, config::BuiltinConfig};
    let converter = OpenCC::from_config(BuiltinConfig::T2s).ok();
    let simplified = |c: char| {
        let converted = converter.as_ref()?.convert(c.encode_utf8(&mut [0; 4]));
        let mut chars = converted.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    HAN.filter_map(char::from_u32).map(|c| simplified(c).unwrap_or(c)).collect()
}

/// A character as comparison sees it: simplified, half-width, lower case.
#[inline]
pub fn fold(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { fold_beyond_ascii(c) }
}

fn fold_beyond_ascii(c: char) -> char {
    let code = c as u32;
    match code {
        _ if HAN.contains(&code) => SIMPLIFIED.get((code - HAN.start()) as usize).copied().unwrap_or(c),
        0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// A string folded character by character, blanks and punctuation dropped.
pub fn folded(text: &str) -> String {
    text.chars().map(fold).filter(|c| c.is_alphanumeric()).collect()
}

/// Words as the lists of `data` have them: small letters, simplified characters.
pub fn simplified(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// A string folded so that every character keeps its place, byte for byte.
pub fn aligned(text: &str) -> String {
    let same = |c: char| {
        let folded = fold(c);
        if folded.len_utf8() == c.len_utf8() { folded } else { c }
    };
    text.chars().map(same).collect()
}

/// Whether a character is written without spaces between words.
pub fn is_ideographic(c: char) -> bool {
    is_han(c) || ('\u{3040}'..='\u{30ff}').contains(&c)
}

/// One unit of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Hash of the folded form.
    pub hash: u64,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whether it is a character of a script without word spaces.
    pub ideographic: bool,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
}

/// A quotation that is never closed ends after this many characters, or it would swallow the text.
const LONGEST_QUOTE: u32 = 600;

/// Cuts a text into units.
pub fn units(text: &str) -> Vec<Unit> {
    let mut found: Vec<Unit> = Vec::with_capacity(text.len() / 5 + 4);
    let mut quote = Quote::default();
    let mut word: Option<(u32, FxHasher)> = None;
    for (at, c) in text.char_indices() {
        let folded = fold(c);
        let ideographic = !folded.is_ascii() && is_ideographic(folded);
        if folded.is_alphanumeric() && !ideographic {
            word.get_or_insert_with(|| (at as u32, FxHasher::default())).1.write_u32(folded as u32);
            continue;
        }
        if let Some((start, hasher)) = word.take() {
            found.push(unit(start, at as u32, hasher, false, quote.open));
        }
        if ideographic {
            let mut hasher = FxHasher::default();
            hasher.write_u32(folded as u32);
            found.push(unit(at as u32, (at + c.len_utf8()) as u32, hasher, true, quote.open));
        } else {
            quote.see(c, at as u32);
        }
    }
    if let Some((start, hasher)) = word {
        found.push(unit(start, text.len() as u32, hasher, false, quote.open));
    }
    found
}

fn unit(start: u32, end: u32, hasher: FxHasher, ideographic: bool, quoted: bool) -> Unit {
    Unit { hash: spread(hasher.finish()), start, end, ideographic, quoted }
}

/// Spreads a weak hash over all bits (the finaliser of SplitMix64).
pub fn spread(hash: u64) -> u64 {
    let mut z = hash.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Whether the reader is inside quotation marks.
#[derive(Default)]
struct Quote {
    open: bool,
    since: u32,
}

impl Quote {
    fn see(&mut self, c: char, at: u32) {
        match c {
            '“' | '「' | '『' => (self.open, self.since) = (true, at),
            '”' | '」' | '』' => self.open = false,
            '"' => (self.open, self.since) = (!self.open, at),
            '\n' => self.open = false,
            _ if self.open && at.saturating_sub(self.since) > LONGEST_QUOTE * 3 => self.open = false,
            _ => {}
        }
    }
}

/// Width of a shingle: five words, or eight Han characters, or a mixture of the same weight.
const SHINGLE: u32 = 40;
const WORD_WEIGHT: u32 = SHINGLE / 5;
const CHARACTER_WEIGHT: u32 = SHINGLE / 8;

/// A shingle: its hash and the range of units that it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shingle {
    /// Hash of the units in order.
    pub hash: u32,
    /// First unit.
    pub first: u32,
    /// Number of units.
    pub len: u32,
}

/// All shingles of a text, one beginning at each unit that has enough units after it.
pub fn shingles(units: &[Unit]) -> Vec<Shingle> {
    let mut found = Vec::with_capacity(units.len());
    for first in 0..units.len() {
        let Some(range) = shingle_at(units, first) else { break };
        let mut hash = 0u64;
        for unit in &units[range.clone()] {
            hash = (hash.rotate_left(7) ^ unit.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        let hash = (spread(hash) >> 32) as u32;
        found.push(Shingle { hash, first: first as u32, len: range.len() as u32 });
    }
    found
}

fn shingle_at(units: &[Unit], first: usize) -> Option<Range<usize>> {
    let mut weight = 0;
    for (i, unit) in units.iter().enumerate().skip(first) {
        weight += if unit.ideographic { CHARACTER_WEIGHT } else { WORD_WEIGHT };
        if weight >= SHINGLE {
            return Some(first..i + 1);
        }
    }
    None
}

/// The distinct hashes of shingles, sorted.
pub fn distinct(shingles: &[Shingle]) -> Vec<u32> {
    let mut hashes: Vec<u32> = shingles.iter().map(|s| s.hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// How many values two sorted lists share.
pub fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

/// Whether two sorted lists both hold something and share nothing of it.
pub fn are_strangers(a: &[u32], b: &[u32]) -> bool {
    !a.is_empty() && !b.is_empty() && shared(a, b) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_widths_fold_together() {
        let hashes = |s: &str| units(s).iter().map(|u| u.hash).collect::<Vec<_>>();
        assert_eq!(hashes("华为芯片AI ２０２５"), hashes("華為芯片，ai 2025"));
        assert_ne!(hashes("华为"), hashes("海思"));
    }

    #[test]
    fn quotes_are_marked() {
        let marks = |s: &str| units(s).iter().map(|u| u.quoted).collect::<Vec<_>>();
        assert_eq!(marks("a \"b c\" d"), [false, true, true, false]);
        assert_eq!(marks("他“说”了"), [false, true, false]);
    }

    #[test]
    fn a_shingle_is_five_words_or_eight_characters() {
        assert_eq!(shingles(&units("one two three four five six")).len(), 2);
        assert_eq!(shingles(&units("一二三四五六七八九")).len(), 2);
        assert!(shingles(&units("one two three four")).is_empty());
    }
}
