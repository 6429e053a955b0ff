//! Folding: what two spellings of one name have in common. Case, width and script are folded
//! away, hyphens become spaces, and spaces beside a Han character vanish, so that `昇腾 910C`,
//! `昇騰910C` and `Ascend-910c`'s parts meet their names.

pub use headwater_model::script::is_han;
use std::ops::Range;
use std::sync::LazyLock;

/// Whether a character belongs to a word of letters and digits. Han characters make no such words.
#[inline]
pub fn is_of_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // Nearly all other characters of a text: signs, which need no look at the tables of all letters.
    let sign = matches!(c, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}');
    !sign && !is_han(c) && c.is_alphanumeric()
}

/// Pairs of a traditional character and its simplified form.
const PAIRS: &str = include_str!("../data/simplified.txt");

/// First and last character of the table that folds script.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

static SIMPLIFIED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    // Every character of the range fits 16 bits; zero stands for "itself".
    let mut table = vec![0u16; (LAST - FIRST + 1) as usize];
    for pair in PAIRS.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace) {
        let mut chars = pair.chars();
        if let (Some(from), Some(to)) = (chars.next(), chars.next())
            && (FIRST..=LAST).contains(&(from as u32))
            && let Ok(to) = u16::try_from(to as u32)
        {
            table[(from as u32 - FIRST) as usize] = to;
        }
    }
    table
});

/// The simplified form of a character; itself, if it has none.
#[inline]
pub fn simplified(c: char) -> char {
    let code = c as u32;
    if !(FIRST..=LAST).contains(&code) {
        return c;
    }
    match SIMPLIFIED[(code - FIRST) as usize] {
        0 => c,
        other => char::from_u32(u32::from(other)).unwrap_or(c),
    }
}

/// A full-width form as its half-width one, every kind of dash as a space, every kind of
/// apostrophe and middle dot as one.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).map_or(c, plain),
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => ' ',
        '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{3000}' | '\t' => ' ',
        '\u{2018}' | '\u{2019}' | '\u{2032}' | '`' => '\'',
        '\u{2022}' | '\u{2027}' | '\u{30fb}' | '\u{ff65}' | '\u{2219}' => '·',
        _ => c,
    }
}

/// One character folded; characters whose lower case is longer than one stay.
fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return plain(c).to_ascii_lowercase();
    }
    let c = plain(c);
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// A folded text with the way back to the original bytes.
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, the byte of the original at which its character starts; one more
    /// for the end.
    origin: Vec<u32>,
}

impl Folded {
    /// Folds a text.
    pub fn new(original: &str) -> Self {
        let mut folded = Folded {
            text: String::with_capacity(original.len()),
            origin: Vec::with_capacity(original.len() + 1),
        };
        each_folded(original, |c, from| {
            folded.text.push(c);
            folded.origin.push(from as u32);
            if !c.is_ascii() {
                folded.origin.resize(folded.text.len(), from as u32);
            }
        });
        folded.origin.push(original.len() as u32);
        folded
    }

    /// The bytes of the original, which was folded, for a range of folded bytes.
    pub fn original(&self, original: &str, range: &Range<usize>) -> Range<usize> {
        let from = self.origin[range.start] as usize;
        if range.is_empty() {
            return from..from;
        }
        let last = self.origin[range.end - 1] as usize;
        from..last + original[last..].chars().next().map_or(0, char::len_utf8)
    }
}

/// A name folded.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_into(name, &mut folded);
    folded
}

/// A name folded, in place of what `folded` holds.
pub(crate) fn fold_into(name: &str, folded: &mut String) {
    folded.clear();
    each_folded(name.trim(), |c, _| folded.push(c));
}

/// Calls a function with each character of the folded text and the place of the one in the original that it stands for.
#[inline]
fn each_folded(original: &str, mut take: impl FnMut(char, usize)) {
    let mut chars = original.char_indices().peekable();
    let mut previous = '\n';
    while let Some((at, c)) = chars.next() {
        // Most characters of most texts, and nothing to fold but capitals and script.
        if c.is_ascii_alphanumeric() {
            take(c.to_ascii_lowercase(), at);
            previous = c;
            continue;
        }
        if is_han(c) {
            take(simplified(c), at);
            previous = c;
            continue;
        }
        let folded = fold_char(c);
        if folded == ' ' {
            let next = chars.peek().map_or('\n', |&(_, n)| n);
            if previous == ' ' || is_han(previous) || is_han(next) {
                continue;
            }
        }
        take(folded, at);
        previous = folded;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_of_letters_and_digits() {
        let plain = |c: char| !is_han(c) && c.is_alphanumeric();
        assert!(('\0'..='\u{ffff}').all(|c| is_of_word(c) == plain(c)));
    }

    #[test]
    fn spellings_meet() {
        for (a, b) in [
            ("華為", "华为"),
            ("臺灣", "台湾"),
            ("昇騰 910C", "昇腾910c"),
            ("ＮＶＩＤＩＡ", "nvidia"),
            ("T-Head", "t head"),
            ("吉娜•雷蒙多", "吉娜·雷蒙多"),
            ("People’s Daily", "people's daily"),
        ] {
            assert_eq!(fold(a), fold(b), "{a}");
        }
        assert_ne!(fold("Ascend 910"), fold("Ascend910"));
    }

    #[test]
    fn ranges_lead_back() {
        let text = "據報 ＮＶＩＤＩＡ 的 H20。";
        let folded = Folded::new(text);
        let at = folded.text.find("nvidia").unwrap();
        assert_eq!(&text[folded.original(text, &(at..at + 6))], "ＮＶＩＤＩＡ");
        let at = folded.text.find("h20").unwrap();
        assert_eq!(&text[folded.original(text, &(at..at + 3))], "H20");
        assert_eq!(folded.original(text, &(0..0)), 0..0);
    }
}
