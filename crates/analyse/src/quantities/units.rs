//! The unit lexicon: units, currencies and comparators of the data files, ready to be matched.

use super::line::{Line, TokenKind};
use super::word_map::WordMap;
use crate::texts::Texts;
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
    english: WordMap<Vec<Phrase>>,
    chinese: Texts<usize>,
    /// Signs of money, by their beginning and by their end.
    signs: Texts<usize>,
    closing_signs: Texts<usize>,
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
        let mut entries = Entries::default();
        for entry in units.unit {
            let unit = entries.unit(&entry.unit, entry.kind, entry.factor.unwrap_or(Decimal::ONE));
            entries.words(&entry.en, &entry.zh, unit);
            entry.en_case.iter().for_each(|words| entries.english(words, true, unit));
        }
        for entry in money.currency {
            entries.currency(entry);
        }
        let mut english = entries.english;
        english.values_mut().for_each(|p| p.sort_by_key(|p| std::cmp::Reverse((p.words.len(), p.cased))));
        Lexicon {
            units: entries.units,
            english: english.into_iter().collect(),
            chinese: Texts::by_first(entries.chinese),
            signs: Texts::by_first(entries.signs.clone()),
            closing_signs: Texts::by_last(entries.signs),
            codes: entries.codes,
        }
    }

    /// The unit that begins at token `at`, and the token after it.
    pub fn english_at(&self, line: &Line, at: usize) -> Option<(&Unit, usize)> {
        let phrases = self.english.at(line, at)?;
        phrases.iter().find_map(|phrase| Some((&self.units[phrase.unit], phrase.end(line, at)?)))
    }

    /// The unit that `text` begins with, and its length in bytes.
    pub fn chinese_at(&self, text: &str) -> Option<(&Unit, usize)> {
        let (word, unit) = self.chinese.beginning(text)?;
        Some((&self.units[*unit], word.len()))
    }

    /// The money sign or name that `text` ends with, and where it begins. `name` tells a Chinese name
    /// (人民币) from a sign.
    pub fn money_before(&self, text: &str) -> Option<(&Unit, usize)> {
        let (sign, unit) = self.closing_signs.ending(text, ends_with_word)?;
        Some((&self.units[*unit], text.len() - sign.len()))
    }

    /// The money sign that `text` begins with, and its length.
    pub fn sign_at(&self, text: &str) -> Option<(&Unit, usize)> {
        let (sign, unit) = self.signs.beginning(text)?;
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

/// What the files say, while it is gathered.
#[derive(Default)]
struct Entries {
    units: Vec<Unit>,
    english: BTreeMap<String, Vec<Phrase>>,
    chinese: Vec<(String, usize)>,
    signs: Vec<(String, usize)>,
    codes: BTreeMap<String, usize>,
}

impl Entries {
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
        self.chinese.extend(zh.iter().map(|word| (word.clone(), unit)));
    }

    fn english(&mut self, words: &str, cased: bool, unit: usize) {
        let line = Line::new(words);
        let words: Vec<String> =
            (0..line.len()).filter(|&i| line.text(i) != "-").map(|i| line.text(i).to_owned()).collect();
        if let Some(first) = words.first() {
            self.english.entry(first.to_lowercase()).or_default().push(Phrase { words, cased, unit });
        }
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
    /// By their last word.
    english_before: WordMap<Vec<EnglishBound>>,
    /// By their first word.
    english_after: WordMap<Vec<EnglishBound>>,
    chinese_before: Texts<Comparator>,
    chinese_after: Texts<Comparator>,
}

struct EnglishBound {
    words: Vec<String>,
    is: Comparator,
    /// Whether it bounds no length of time.
    only_plain: bool,
}

/// The bounds, read once.
pub static BOUNDS: LazyLock<Bounds> = LazyLock::new(|| {
    let file: ComparatorFile =
        toml::from_str(include_str!("../../data/comparators.toml")).expect("comparators.toml is well-formed");
    Bounds::build(file)
});

/// Bounds by one of their words, of each the longest first.
fn by_word(bounds: Vec<EnglishBound>, key: fn(&[String]) -> Option<&String>) -> WordMap<Vec<EnglishBound>> {
    let mut sorted: BTreeMap<String, Vec<EnglishBound>> = BTreeMap::new();
    for bound in bounds {
        if let Some(key) = key(&bound.words).map(|word| word.to_ascii_lowercase()) {
            sorted.entry(key).or_default().push(bound);
        }
    }
    sorted.values_mut().for_each(|bounds| bounds.sort_by_key(|bound| std::cmp::Reverse(bound.words.len())));
    sorted.into_iter().collect()
}

impl Bounds {
    fn build(file: ComparatorFile) -> Self {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let (mut chinese_before, mut chinese_after) = (Vec::new(), Vec::new());
        for entry in file.comparator {
            let is = entry.is;
            let bound = |words: &String, only_plain| EnglishBound {
                words: words.split(' ').map(str::to_owned).collect(),
                is,
                only_plain,
            };
            before.extend(entry.en.iter().map(|words| bound(words, false)));
            before.extend(entry.en_only_plain.iter().map(|words| bound(words, true)));
            after.extend(entry.en_after.iter().map(|words| bound(words, false)));
            chinese_before.extend(entry.zh.into_iter().map(|word| (word, is)));
            chinese_after.extend(entry.zh_after.into_iter().map(|word| (word, is)));
        }
        Bounds {
            english_before: by_word(before, |words| words.last()),
            english_after: by_word(after, |words| words.first()),
            chinese_before: Texts::by_last(chinese_before),
            chinese_after: Texts::by_first(chinese_after),
        }
    }

    /// The bound whose words end just before token `at`, and the token it begins with.
    pub fn english_before(&self, line: &Line, at: usize, duration: bool) -> Option<(Comparator, usize)> {
        let bounds = self.english_before.at(line, at.checked_sub(1)?)?;
        bounds.iter().filter(|bound| !(bound.only_plain && duration)).find_map(|bound| {
            let start = at.checked_sub(bound.words.len())?;
            bound.stands_at(line, start).then_some((bound.is, start))
        })
    }

    /// The bound whose words begin at token `at`, and the token after it.
    pub fn english_after(&self, line: &Line, at: usize) -> Option<(Comparator, usize)> {
        let mut bounds = self.english_after.at(line, at)?.iter();
        bounds.find(|bound| bound.stands_at(line, at)).map(|bound| (bound.is, at + bound.words.len()))
    }

    /// The bound that ends `text`, and where it begins.
    pub fn chinese_before(&self, text: &str) -> Option<(Comparator, usize)> {
        let (word, is) = self.chinese_before.ending(text, |text, word| text.ends_with(word))?;
        Some((*is, text.len() - word.len()))
    }

    /// The bound that begins `text`, and its length.
    pub fn chinese_after(&self, text: &str) -> Option<(Comparator, usize)> {
        let (word, is) = self.chinese_after.beginning(text)?;
        Some((*is, word.len()))
    }
}

impl EnglishBound {
    fn stands_at(&self, line: &Line, at: usize) -> bool {
        self.words.iter().enumerate().all(|(n, word)| line.is_word(at + n, word))
    }
}

/// Whether a token can carry a unit's name.
pub fn is_name(line: &Line, at: usize) -> bool {
    line.kind(at) == Some(TokenKind::Word)
}
