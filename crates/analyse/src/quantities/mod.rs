//! Figures: money, percentages, counts, durations, with comparators and scopes.
//!
//! A sentence is read once from left to right. Where a number begins, [`numerals_en`] or
//! [`numerals_zh`] reads it; the rest of this module looks at what stands around it: a sign or a unit
//! ([`units`]), a second number (a range), the words that bound it, the rate, and what it is a share of.

pub mod chinese;
pub(crate) mod counting_zh;
pub mod english;
pub mod line;
pub mod numeral;
pub mod numerals_en;
pub mod numerals_zh;
mod power;
pub mod units;
pub mod word_map;

pub use numeral::{Form, Numeral};

use crate::Passage;
use crate::passage::{Language, Region};
use headwater_model::Analysis;
use headwater_model::mention::{Comparator, Quantity, QuantityKind};
use rust_decimal::Decimal;
use std::ops::Range;

/// A figure of a sentence, before evidence is cut for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Bytes of the sentence.
    pub range: Range<usize>,
    /// What is measured.
    pub kind: QuantityKind,
    /// Lower value.
    pub low: Option<Decimal>,
    /// Upper value.
    pub high: Option<Decimal>,
    /// The unit, as in [`Quantity::unit`].
    pub unit: String,
    /// How it bounds the true one.
    pub comparator: Comparator,
    /// A rate's denominator.
    pub per: Option<String>,
    /// Bytes of what a share is a share of.
    pub scope: Option<Range<usize>>,
}

impl Found {
    /// A figure with the bounds that a comparator leaves open.
    fn bounded(
        range: Range<usize>,
        unit: &units::Unit,
        numeral: &Numeral,
        comparator: Comparator,
    ) -> Option<Self> {
        let (low, high) = (numeral.low.checked_mul(unit.factor)?, numeral.high.checked_mul(unit.factor)?);
        let (low, high) = (low.normalize(), high.normalize());
        let comparator = match comparator {
            Comparator::Exact if numeral.more => Comparator::MoreThan,
            Comparator::Exact | Comparator::Approximate if low != high => Comparator::Range,
            other => other,
        };
        let (low, high) = match comparator {
            Comparator::AtLeast | Comparator::MoreThan => (Some(low), None),
            Comparator::AtMost | Comparator::LessThan | Comparator::UpTo => (None, Some(high)),
            _ => (Some(low), Some(high)),
        };
        let unit_name = unit.name.clone();
        Some(Found { range, kind: unit.kind, low, high, unit: unit_name, comparator, per: None, scope: None })
    }
}

/// Where a text was published, as far as that changes what its words mean.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Language and script.
    pub language: Language,
    /// Whose dollar or yuan a bare one is.
    pub region: Region,
}

impl Setting {
    /// A text of which nothing but the language is known.
    pub fn of(language: Language) -> Self {
        let region = if language == Language::ChineseTraditional { Region::Taiwan } else { Region::Mainland };
        Setting { language, region }
    }
}

/// The figures of one sentence. `masked` are ranges that hold none: dates, names, addresses.
pub fn figures(sentence: &str, setting: Setting, masked: &[Range<usize>]) -> Vec<Found> {
    let found = if setting.language.is_chinese() {
        chinese::figures(sentence, setting, masked)
    } else {
        english::figures(sentence, masked)
    };
    join_lengths(sentence, found)
}

/// "two hours and 20 minutes", 四年六个月: one length, in the smaller unit, where that is exact.
fn join_lengths(sentence: &str, found: Vec<Found>) -> Vec<Found> {
    let mut joined: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        match joined.last_mut().and_then(|last| sum_of_lengths(sentence, last, &next)) {
            Some(sum) => {
                joined.pop();
                joined.push(sum);
            }
            None => joined.push(next),
        }
    }
    joined
}

fn sum_of_lengths(sentence: &str, large: &Found, small: &Found) -> Option<Found> {
    const CHAIN: &[(&str, &str, i64)] = &[
        ("a", "mo", 12),
        ("wk", "d", 7),
        ("d", "h", 24),
        ("d", "min", 1440),
        ("h", "min", 60),
        ("h", "s", 3600),
        ("min", "s", 60),
        ("[ft_i]", "[in_i]", 12),
    ];
    let between = sentence.get(large.range.end..small.range.start)?;
    let touches = matches!(between.trim(), "" | "and" | "," | "又" | "零" | "余") && !between.contains('\n');
    let (_, _, factor) =
        CHAIN.iter().find(|(from, to, _)| touches && *from == large.unit && *to == small.unit)?;
    let one = |found: &Found| found.low.filter(|_| found.low == found.high);
    let plain = small.comparator == Comparator::Exact && (large.per.is_none() || small.per.is_none());
    let value = one(large)
        .or(large.low.or(large.high))
        .filter(|_| plain)?
        .checked_mul((*factor).into())?
        .checked_add(one(small)?)?;
    let set = |bound: Option<Decimal>| bound.map(|_| value);
    let range = large.range.start..small.range.end;
    Some(Found {
        range,
        low: set(large.low),
        high: set(large.high),
        unit: small.unit.clone(),
        per: large.per.clone().or_else(|| small.per.clone()),
        ..large.clone()
    })
}

/// Every number of a sentence, with or without a unit, powers and fractions too. [`find`] drops what has no unit.
pub fn numbers(sentence: &str, language: Language) -> Vec<Numeral> {
    if language.is_chinese() { chinese::numbers(sentence) } else { english::numbers(sentence) }
}

/// Finds the figures of a passage; names and dates are already in `analysis`.
pub fn find(passage: &Passage, analysis: &mut Analysis) {
    let text = passage.as_str();
    let taken = taken(passage, analysis);
    let mut from = 0;
    for sentence in &passage.sentences {
        let whole = sentence.range.clone();
        let Some(words) = text.get(whole.clone()) else { continue };
        if !has_number(words) {
            continue;
        }
        while taken.get(from).is_some_and(|n| n.end <= whole.start) {
            from += 1;
        }
        let mut masked: Vec<Range<usize>> = addresses(words).collect();
        let inside = taken[from..].iter().take_while(|n| n.start < whole.end);
        masked.extend(inside.map(|n| n.start.saturating_sub(whole.start)..n.end.saturating_sub(whole.start)));
        let setting = Setting { language: sentence.language, region: passage.region };
        for found in figures(words, setting, &masked) {
            analysis.quantities.extend(cut(passage, whole.start, found));
        }
    }
}

/// Where names and dates stand: no figures begin there.
fn taken(passage: &Passage, analysis: &Analysis) -> Vec<Range<usize>> {
    let names = analysis.entities.iter().map(|e| &e.evidence);
    let dates = analysis.dates.iter().map(|d| &d.evidence);
    let here = names.chain(dates).filter(|e| e.part() == passage.part);
    let mut taken: Vec<Range<usize>> = here.map(|e| passage.text.bytes(e.span())).collect();
    taken.sort_unstable_by_key(|range| (range.start, range.end));
    taken
}

fn cut(passage: &Passage, offset: usize, found: Found) -> Option<Quantity> {
    let shift = |range: Range<usize>| range.start + offset..range.end + offset;
    let evidence = passage.text.cut(shift(found.range), passage.part)?;
    let scope = found.scope.and_then(|range| passage.text.cut(shift(range), passage.part));
    Some(Quantity {
        kind: found.kind,
        low: found.low,
        high: found.high,
        unit: found.unit,
        comparator: found.comparator,
        per: found.per,
        scope,
        evidence,
    })
}

/// A quick look that spares most sentences the reading.
fn has_number(sentence: &str) -> bool {
    sentence.chars().any(|c| c.is_ascii_digit() || !c.is_ascii() || c == 'd' || c == 'e' || c == 'o')
}

/// Web addresses: digits and per cent signs in them are no figures.
pub fn addresses(sentence: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    sentence.match_indices("://").map(|(at, _)| {
        let start = sentence[..at]
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |b| b + sentence[b..].chars().next().map_or(1, char::len_utf8));
        let end = sentence[at..].find(char::is_whitespace).map_or(sentence.len(), |e| at + e);
        start..end
    })
}

/// Whether a range touches a masked one.
fn is_masked(masked: &[Range<usize>], range: &Range<usize>) -> bool {
    masked.iter().any(|m| m.start < range.end && range.start < m.end)
}

/// The lengths of time of a sentence.
pub fn durations(sentence: &str, setting: Setting) -> Vec<Found> {
    let found = if setting.language.is_chinese() {
        figures(sentence, setting, &[])
    } else {
        join_lengths(sentence, english::lengths(sentence))
    };
    found.into_iter().filter(|f| f.kind == QuantityKind::Duration).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Date;

    /// Pieces of numbers, units and dates, thrown together; what is found must be cut out of the text, and nothing may panic.
    #[test]
    fn any_text_is_read() {
        const PIECES: &str = "一二三十百千万亿兆零〇两半几数余多来年月日号点分之又个成折倍元角毛块$£€½/\u{202f}　-–—~.,，%1234567890 \
            five twenty hundred million half a third of and to from between Q3 last June the 27th mid 3.5bn 2026-06-09 人民币 ¥ 上旬 农历 闰 初 廿 周三 去年";
        let pieces: Vec<&str> = PIECES.split(' ').chain(PIECES.split_inclusive(|_: char| true)).collect();
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..1_500 {
            let mut text = String::new();
            for _ in 0..16 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                text.push_str(pieces[(state % pieces.len() as u64) as usize]);
                if state & 4096 != 0 {
                    text.push(' ');
                }
            }
            check_reads(&text);
        }
    }

    fn check_reads(text: &str) {
        for language in [Language::English, Language::ChineseSimplified, Language::ChineseTraditional] {
            let masked = crate::dates::spans(text, language);
            for found in figures(text, Setting::of(language), &masked) {
                assert!(text.get(found.range).is_some_and(|words| !words.is_empty()), "{text}");
                assert!(found.low.is_some() || found.high.is_some(), "{text}");
            }
            for number in numbers(text, language) {
                assert!(text.get(number.range).is_some(), "{text}");
            }
            for date in crate::dates::dates(text, language, Date::constant(2026, 6, 9)) {
                assert!(text.get(date.range).is_some_and(|words| !words.is_empty()), "{text}");
            }
        }
    }

    #[test]
    fn figures_too_large_are_left_out() {
        let check =
            |text: &str, language| assert!(figures(text, Setting::of(language), &[]).is_empty(), "{text}");
        check("It cost $99999999999999999999999999999999 in all.", Language::English);
        check("It cost $999999999999999999999999 trillion in all.", Language::English);
        check("共9999999999999999999999999万亿亿元。", Language::ChineseSimplified);
    }
}
