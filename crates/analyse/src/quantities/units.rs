//! The unit lexicon: units, currencies and comparators of the data files, ready to be matched.

use super::line::{Line, TokenKind};
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a written unit stands for.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The unit as the analysis gives it.
    pub name: String,
    /// What is measured.
    pub kind: QuantityKind,
    /// How many of `name` one written unit is.
    pub factor: Decimal,
}

/// Everything that the data files say about units.
pub struct Lexicon {
    units: Vec<Unit>,
    /// First word in lower case to phrases, longest first; `true` where case counts.
    english: BTreeMap<String, Vec<Phrase>>,
    /// First character to strings, longest first.
    chinese: BTreeMap<char, Vec<(String, usize)>>,
    /// Signs of money, longest first.
    signs: Vec<(String, usize)>,
    /// ISO 4217 codes.
    codes: BTreeMap<String, usize>,
}

struct Phrase {
    words: Vec<String>,
    cased: bool,
    unit: usize,
}

#[derive(Deserialize)]
struct UnitFile {
    unit: Vec<UnitEntry>,
}

#[derive(Deserialize)]
struct UnitEntry {
    unit: String,
    kind: QuantityKind,
    factor: Option<Decimal>,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    en_case: Vec<String>,
    #[serde(default)]
    zh: Vec<String>,
}

#[derive(Deserialize)]
struct CurrencyFile {
    currency: Vec<CurrencyEntry>,
}

#[derive(Deserialize)]
struct CurrencyEntry {
    iso: String,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    zh: Vec<String>,
    #[serde(default)]
    sign: Vec<String>,
    #[serde(default)]
    minor: Vec<String>,
    #[serde(default)]
    minor_zh: Vec<String>,
}

/// The lexicon, read once. The files are part of the program and a test reads them.
pub static UNITS: LazyLock<Lexicon> = LazyLock::new(|| {
    let units: UnitFile =
        toml::from_str(include_str!("../../data/units.toml")).expect("units.toml is well-formed");
    let money: CurrencyFile =
        toml::from_str(include_str!("../../data/currencies.toml")).expect("currencies.toml is well-formed");
    Lexicon::build(units, money)
});

impl Lexicon {
    fn build(units: UnitFile, money: CurrencyFile) -> Self {
        let mut lexicon = Lexicon {
            units: Vec::new(),
            english: BTreeMap::new(),
            chinese: BTreeMap::new(),
            signs: Vec::new(),
            codes: BTreeMap::new(),
        };
        for entry in units.unit {
            let unit = lexicon.unit(&entry.unit, entry.kind, entry.factor.unwrap_or(Decimal::ONE));
            lexicon.words(&entry.en, &entry.zh, unit);
            entry.en_case.iter().for_each(|words| lexicon.english(words, true, unit));
        }
        for entry in money.currency {
            lexicon.currency(entry);
        }
        lexicon
            .english
            .values_mut()
            .for_each(|p| p.sort_by_key(|p| std::cmp::Reverse((p.words.len(), p.cased))));
        lexicon.chinese.values_mut().for_each(|p| p.sort_by_key(|(s, _)| std::cmp::Reverse(s.len())));
        lexicon.signs.sort_by_key(|(s, _)| std::cmp::Reverse(s.len()));
        lexicon
    }

    fn unit(&mut self, name: &str, kind: QuantityKind, factor: Decimal) -> usize {
        self.units.push(Unit { name: name.to_owned(), kind, factor });
        self.units.len() - 1
    }

    fn currency(&mut self, entry: CurrencyEntry) {
        let unit = self.unit(&entry.iso, QuantityKind::Money, Decimal::ONE);
        self.words(&entry.en, &entry.zh, unit);
        let code = [entry.iso.clone()];
        self.english(&entry.iso, true, unit);
        self.words(&[], &code, unit);
        self.codes.insert(entry.iso.clone(), unit);
        self.signs.extend(entry.sign.into_iter().map(|s| (s, unit)));
        if !(entry.minor.is_empty() && entry.minor_zh.is_empty()) {
            let minor = self.unit(&entry.iso, QuantityKind::Money, Decimal::new(1, 2));
            self.words(&entry.minor, &entry.minor_zh, minor);
        }
    }

    fn words(&mut self, en: &[String], zh: &[String], unit: usize) {
        en.iter().for_each(|words| self.english(words, false, unit));
        for word in zh {
            if let Some(first) = word.chars().next() {
                self.chinese.entry(first).or_default().push((word.clone(), unit));
            }
        }
    }

    fn english(&mut self, words: &str, cased: bool, unit: usize) {
        let line = Line::new(words);
        let words: Vec<String> =
            (0..line.len()).filter(|&i| line.text(i) != "-").map(|i| line.text(i).to_owned()).collect();
        if let Some(first) = words.first() {
            self.english.entry(first.to_lowercase()).or_default().push(Phrase { words, cased, unit });
        }
    }

    /// The unit that begins at token `at`, and the token after it.
    pub fn english_at(&self, line: &Line, at: usize) -> Option<(&Unit, usize)> {
        let phrases = self.english.get(line.lower(at)?)?;
        phrases.iter().find_map(|phrase| Some((&self.units[phrase.unit], phrase.end(line, at)?)))
    }

    /// The unit that `text` begins with, and its length in bytes.
    pub fn chinese_at(&self, text: &str) -> Option<(&Unit, usize)> {
        let words = self.chinese.get(&text.chars().next()?)?;
        let (word, unit) = words.iter().find(|(word, _)| text.starts_with(word.as_str()))?;
        Some((&self.units[*unit], word.len()))
    }

    /// The money sign or name that `text` ends with, and where it begins. `name` tells a Chinese name
    /// (人民币) from a sign.
    pub fn money_before(&self, text: &str) -> Option<(&Unit, usize)> {
        let (sign, unit) = self.signs.iter().find(|(sign, _)| ends_with_word(text, sign))?;
        Some((&self.units[*unit], text.len() - sign.len()))
    }

    /// The money sign that `text` begins with, and its length.
    pub fn sign_at(&self, text: &str) -> Option<(&Unit, usize)> {
        let (sign, unit) = self.signs.iter().find(|(sign, _)| text.starts_with(sign.as_str()))?;
        Some((&self.units[*unit], sign.len()))
    }

    /// The currency with this ISO code.
    pub fn code(&self, code: &str) -> Option<&Unit> {
        self.codes.get(code).map(|&unit| &self.units[unit])
    }

    /// The currency whose Chinese name ends `text`, and where the name begins.
    pub fn chinese_money_before(&self, text: &str) -> Option<(&Unit, usize)> {
        text.char_indices()
            .rev()
            .take(6)
            .filter_map(|(at, _)| {
                let (unit, length) = self.chinese_at(&text[at..])?;
                (at + length == text.len() && unit.kind == QuantityKind::Money).then_some((unit, at))
            })
            .last()
    }
}

impl Phrase {
    fn end(&self, line: &Line, at: usize) -> Option<usize> {
        let mut next = at;
        for (n, word) in self.words.iter().enumerate() {
            if n > 0 && line.is(next, "-") {
                next += 1;
            }
            let text = line.get(next)?;
            let same = if self.cased {
                text == word
            } else {
                text.eq_ignore_ascii_case(word) || (!text.is_ascii() && text.to_lowercase() == *word)
            };
            if !same {
                return None;
            }
            next += 1;
        }
        Some(next)
    }
}

/// A sign that begins with a letter must begin a word: `S$` is not the end of `US$`, `A$` not of `NA$`.
fn ends_with_word(text: &str, sign: &str) -> bool {
    let Some(start) = text.len().checked_sub(sign.len()).filter(|at| text.is_char_boundary(*at)) else {
        return false;
    };
    let (before, end) = text.split_at(start);
    // `us$` and `usd$` are seen in lower case; one letter before a sign is not.
    let same = end == sign || sign.len() > 2 && sign.ends_with('$') && end.eq_ignore_ascii_case(sign);
    if !same {
        return false;
    }
    let lettered = sign.starts_with(|c: char| c.is_ascii_alphabetic());
    !(lettered && before.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

#[derive(Deserialize)]
struct ComparatorFile {
    comparator: Vec<ComparatorEntry>,
}

#[derive(Deserialize)]
struct ComparatorEntry {
    is: Comparator,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    en_only_plain: Vec<String>,
    #[serde(default)]
    en_after: Vec<String>,
    #[serde(default)]
    zh: Vec<String>,
    #[serde(default)]
    zh_after: Vec<String>,
}

/// The words that bound a figure.
pub struct Bounds {
    english_before: Vec<(Vec<String>, Comparator, bool)>,
    english_after: Vec<(Vec<String>, Comparator)>,
    chinese_before: Vec<(String, Comparator)>,
    chinese_after: Vec<(String, Comparator)>,
}

/// The bounds, read once.
pub static BOUNDS: LazyLock<Bounds> = LazyLock::new(|| {
    let file: ComparatorFile =
        toml::from_str(include_str!("../../data/comparators.toml")).expect("comparators.toml is well-formed");
    Bounds::build(file)
});

fn split(words: &str) -> Vec<String> {
    words.split(' ').map(str::to_owned).collect()
}

impl Bounds {
    fn build(file: ComparatorFile) -> Self {
        let mut bounds = Bounds {
            english_before: Vec::new(),
            english_after: Vec::new(),
            chinese_before: Vec::new(),
            chinese_after: Vec::new(),
        };
        for entry in file.comparator {
            let is = entry.is;
            bounds.english_before.extend(entry.en.iter().map(|w| (split(w), is, false)));
            bounds.english_before.extend(entry.en_only_plain.iter().map(|w| (split(w), is, true)));
            bounds.english_after.extend(entry.en_after.iter().map(|w| (split(w), is)));
            bounds.chinese_before.extend(entry.zh.into_iter().map(|w| (w, is)));
            bounds.chinese_after.extend(entry.zh_after.into_iter().map(|w| (w, is)));
        }
        bounds.english_before.sort_by_key(|(w, _, _)| std::cmp::Reverse(w.len()));
        bounds.english_after.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
        bounds.chinese_before.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
        bounds.chinese_after.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
        bounds
    }

    /// The bound whose words end just before token `at`, and the token it begins with.
    pub fn english_before(&self, line: &Line, at: usize, duration: bool) -> Option<(Comparator, usize)> {
        self.english_before.iter().find_map(|(words, is, plain_only)| {
            if *plain_only && duration {
                return None;
            }
            let start = at.checked_sub(words.len())?;
            let same = words.iter().enumerate().all(|(n, w)| line.is_word(start + n, w));
            same.then_some((*is, start))
        })
    }

    /// The bound whose words begin at token `at`, and the token after it.
    pub fn english_after(&self, line: &Line, at: usize) -> Option<(Comparator, usize)> {
        self.english_after.iter().find_map(|(words, is)| {
            let same = words.iter().enumerate().all(|(n, w)| line.is_word(at + n, w));
            same.then_some((*is, at + words.len()))
        })
    }

    /// The bound that ends `text`, and where it begins.
    pub fn chinese_before(&self, text: &str) -> Option<(Comparator, usize)> {
        let (word, is) = self.chinese_before.iter().find(|(word, _)| text.ends_with(word.as_str()))?;
        Some((*is, text.len() - word.len()))
    }

    /// The bound that begins `text`, and its length.
    pub fn chinese_after(&self, text: &str) -> Option<(Comparator, usize)> {
        let (word, is) = self.chinese_after.iter().find(|(word, _)| text.starts_with(word.as_str()))?;
        Some((*is, word.len()))
    }
}

/// Whether a token can carry a unit's name.
pub fn is_name(line: &Line, at: usize) -> bool {
    line.kind(at) == Some(TokenKind::Word)
}
