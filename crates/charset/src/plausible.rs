//! Whether a decoding is a text, or letters that only a wrong table gives.
//!
//! Nearly every pair of bytes is a character of GB18030, Big5 and EUC-KR alike, so that a text under the label of
//! another is seldom invalid. But the standards put the frequent characters first, and a text under the wrong label
//! is scattered over the whole table.

use crate::labels;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};

/// Letters beyond ASCII that are looked at.
const SAMPLE: usize = 2_000;
/// Fewer letters than these refute nothing.
const FEW: usize = 12;

/// Whether a text that happens to be UTF-8 is too short to be so by more than chance: 通知 in GBK is two Cyrillic
/// letters.
pub fn is_chance(text: &str) -> bool {
    let foreign = || text.chars().filter(|c| !c.is_ascii());
    foreign().all(|c| c < '\u{800}') && foreign().count() < FEW && in_runs_of(2, text) >= 50
}

/// Whether the letters beyond ASCII are such as texts in this encoding have.
pub fn is_text(text: &str, encoding: &'static Encoding) -> bool {
    let foreign: Vec<char> = text.chars().filter(|c| !c.is_ascii()).take(SAMPLE).collect();
    let odd = foreign.iter().filter(|c| matches!(c, '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}')).count();
    if odd * 100 > foreign.len() {
        return false;
    }
    // An accented letter and the plain one after it make one Eastern character between plain letters.
    if labels::is_eastern(encoding) && foreign.len() >= 4 && in_runs_of(2, text) < 50 {
        return false;
    }
    if foreign.len() < FEW {
        return true;
    }
    let share = |test: fn(&char) -> bool| foreign.iter().filter(|c| test(c)).count() * 100 / foreign.len();
    match encoding {
        e if e == WINDOWS_1252 => share(is_latin) >= 70 && in_runs_of(4, text) < 50,
        e if e == GB18030 => share(is_kana) < 15 && share(|c| is_chinese(c) || is_kana(c)) >= 80,
        e if e == BIG5 => share(is_chinese) >= 80,
        e if e == EUC_JP || e == SHIFT_JIS => share(is_kana) >= 5 && share(is_japanese) >= 80,
        e if e == EUC_KR => share(is_hangul) >= 50,
        _ => true,
    }
}

/// The hundredth part of the letters beyond ASCII that stand in runs of so many. Accented letters stand alone between
/// plain ones; the bytes of Chinese read as Latin letters follow one another.
pub fn in_runs_of(long: usize, text: &str) -> usize {
    let runs = text.split(|c: char| c.is_ascii()).map(|run| run.chars().count()).filter(|n| *n > 0);
    let (mut in_long, mut all) = (0, 0);
    for run in runs.take(SAMPLE) {
        all += run;
        in_long += if run >= long { run } else { 0 };
    }
    in_long * 100 / all.max(1)
}

/// Letters, quotation marks and dashes of Western texts, and hardly any of the symbols between them in the table.
fn is_latin(c: &char) -> bool {
    matches!(c, '\u{c0}'..='\u{17e}' | '\u{2013}'..='\u{2026}' | '\u{20ac}') || "\u{a0}«»°§©®·´£".contains(*c)
}

fn is_kana(c: &char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

fn is_hangul(c: &char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Punctuation, full-width forms, and whatever else is no letter of a script: it says nothing against a table.
fn is_neutral(c: &char) -> bool {
    matches!(c, '\u{a0}'..='\u{bf}' | '\u{2000}'..='\u{27bf}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}')
}

fn is_chinese(c: &char) -> bool {
    is_neutral(c) || lead(*c, GB18030).is_some_and(|b| (0xb0..=0xd7).contains(&b)) || is_frequent_big5(*c)
}

fn is_japanese(c: &char) -> bool {
    is_neutral(c) || is_kana(c) || lead(*c, EUC_JP).is_some_and(|b| (0xb0..=0xcf).contains(&b))
}

fn is_frequent_big5(c: char) -> bool {
    lead(c, BIG5).is_some_and(|b| (0xa4..=0xc6).contains(&b))
}

/// The first of the two bytes of a character in a table; the rows of frequent characters begin with the same ones.
fn lead(c: char, encoding: &'static Encoding) -> Option<u8> {
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = encoding.encode(c.encode_utf8(&mut buffer));
    match (&bytes[..], unmappable) {
        // GB 2312 has its second byte above 0xa0; below it are the rare ones that GBK added.
        ([first, second], false) if encoding != GB18030 || *second > 0xa0 => Some(*first),
        _ => None,
    }
}
