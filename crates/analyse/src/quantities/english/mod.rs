//! English figures.

mod bare;
mod counted;
mod labels;
mod measure;
mod multiples;
mod range;
mod rates;
mod words;

use self::words::WORDS;
use super::line::{Line, TokenKind};
use super::numeral::Numeral;
use super::units::{BOUNDS, Unit};
use super::{Found, is_masked};
pub use bare::numbers;
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;
use std::ops::Range;

/// The figures of a sentence.
pub fn figures(sentence: &str, masked: &[Range<usize>]) -> Vec<Found> {
    read(sentence, masked, false)
}

/// The figures of a sentence in which every length of time counts: "an hour", "another week", "all day".
pub fn lengths(sentence: &str) -> Vec<Found> {
    read(sentence, &[], true)
}

fn read(sentence: &str, masked: &[Range<usize>], lengths: bool) -> Vec<Found> {
    let line = Line::new(sentence);
    let reader = Reader {
        line: &line,
        masked,
        headline: headline(&line),
        capital: line.text(0),
        consumed: Default::default(),
        counted: Default::default(),
        last: Default::default(),
        lengths,
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        at = match reader.figure(at) {
            Some((figures, next)) => {
                reader.consumed.set(if figures.is_empty() { 0 } else { next });
                if let Some(last) = figures.last().filter(|f| f.kind == QuantityKind::Count) {
                    reader.counted.replace(last.unit.clone());
                }
                if let Some(last) = figures.last() {
                    reader.last.replace(Some(reader.remembered(last)));
                }
                found.extend(figures);
                next.max(at + 1)
            }
            None => at + 1,
        };
    }
    found
}

/// Most words of a headline begin with a capital, so capitals say nothing there.
fn headline(line: &Line) -> bool {
    let words = (0..line.len()).filter(|&i| line.kind(i) == Some(TokenKind::Word) && line.text(i).len() > 3);
    let (mut all, mut capitals) = (0, 0);
    for at in words {
        all += 1;
        capitals += usize::from(line.text(at).starts_with(|c: char| c.is_uppercase()));
    }
    capitals * 3 > all * 2
}

struct Reader<'l, 'a> {
    line: &'l Line<'a>,
    masked: &'l [Range<usize>],
    headline: bool,
    capital: &'a str,
    /// Tokens before this one belong to figures already.
    consumed: std::cell::Cell<usize>,
    /// What the last count of the sentence counted.
    counted: std::cell::RefCell<String>,
    /// The last figure of the sentence.
    last: std::cell::RefCell<Option<Last>>,
    /// Whether "an hour" is a figure.
    lengths: bool,
}

/// What a later number of the sentence takes from a figure: "from 67 years in 2000 to 73".
struct Last {
    unit: Unit,
    /// The word before the figure.
    opener: Option<&'static str>,
    /// Token after it.
    next: usize,
}

/// A number with its unit.
struct Measure {
    read: Numeral,
    unit: Option<Unit>,
    /// First byte, with a sign before the number.
    start: usize,
    /// Token after it.
    next: usize,
}

impl Reader<'_, '_> {
    fn figure(&self, at: usize) -> Option<(Vec<Found>, usize)> {
        if at == 0
            && let Some(share) = self.inverted_percent()
        {
            return Some(share);
        }
        if !self.may_begin(at) {
            return None;
        }
        if let Some(multiple) = self.multiple(at) {
            return Some(multiple);
        }
        if let Some(ratio) = self.ratio(at) {
            return Some(ratio);
        }
        let first = self.measure(at)?;
        if is_masked(self.masked, &first.read.range) || self.is_label(at, &first) {
            return Some((Vec::new(), first.next));
        }
        if let Some((found, next)) = self.per_many(&first) {
            return Some((vec![found], next));
        }
        if let Some((low, high)) = self.range(at, &first) {
            let next = high.next;
            return Some((self.ranged(at, low, high).into_iter().collect(), next));
        }
        let next = first.next;
        let (found, after) = self.single(at, first)?;
        Some((found.into_iter().collect(), after.max(next)))
    }

    /// Whether a figure can begin at a token. Letters decide for words: number words and multiples begin with these.
    fn may_begin(&self, at: usize) -> bool {
        match self.line.kind(at) {
            Some(TokenKind::Number) => true,
            Some(TokenKind::Sign) => matches!(self.line.text(at), "-" | "−"),
            Some(TokenKind::Word) => {
                let first = self.line.text(at).as_bytes().first().map_or(0, u8::to_ascii_lowercase);
                b"abcdefhmnoqstwz".contains(&first) && self.line.text(at).len() <= 13
            }
            None => false,
        }
    }

    fn remembered(&self, found: &Found) -> Last {
        let unit = Unit { name: found.unit.clone(), kind: found.kind, factor: Decimal::ONE };
        let before = self.line.token_from(found.range.start).checked_sub(1);
        let opener =
            ["from", "to", "by"].into_iter().find(|w| before.is_some_and(|at| self.line.is_word(at, w)));
        Last { unit, opener, next: self.line.token_from(found.range.end) }
    }

    fn single(&self, at: usize, measure: Measure) -> Option<(Option<Found>, usize)> {
        let line = self.line;
        let (unit, end) = match &measure.unit {
            Some(unit) => (unit.clone(), line.end_before(measure.next)),
            None => match self.counted(measure.next, &measure.read) {
                Some(counted) => counted,
                None => match self.of_the_next(at, &measure).or_else(|| self.bare(at, &measure)) {
                    Some(bare) => bare,
                    None => return Some((None, measure.next)),
                },
            },
        };
        let next = line.token_from(end);
        let mut read = measure.read.clone();
        let next = self.and_a_half(&unit, &mut read, next);
        let start = line.token_from(measure.start).min(at);
        let duration = unit.kind == QuantityKind::Duration || WORDS.spans.contains(unit.name.as_str());
        let (comparator, begin, next) = self.bound(start, next, measure.next, duration);
        let range = begin.unwrap_or(measure.start)..line.end_before(next).max(end);
        // `-402 airplanes` are a model's.
        if unit.kind == QuantityKind::Count && read.low.is_sign_negative() {
            return Some((None, measure.next));
        }
        let found = Found::bounded(range, &unit, &read, comparator)?;
        Some((Some(self.finish(found, next, start)), next))
    }

    /// "an hour and a half", "two years and a half".
    fn and_a_half(&self, unit: &Unit, read: &mut Numeral, next: usize) -> usize {
        let line = self.line;
        if unit.kind != QuantityKind::Duration || !line.is_word(next, "and") {
            return next;
        }
        let half = next + 1 + usize::from(line.is_word(next + 1, "a"));
        if !line.is_word(half, "half") {
            return next;
        }
        let add = Decimal::new(5, 1);
        if let (Some(low), Some(high)) = (read.low.checked_add(add), read.high.checked_add(add)) {
            (read.low, read.high) = (low, high);
        }
        half + 1
    }

    /// The words that bound a figure, before it or after it.
    fn bound(
        &self,
        start: usize,
        next: usize,
        number_end: usize,
        duration: bool,
    ) -> (Comparator, Option<usize>, usize) {
        let line = self.line;
        let article = usize::from(start > 0 && line.is_any(start - 1, &["a", "an"]) && start > 1);
        let before = BOUNDS
            .english_before(line, start, duration)
            .or_else(|| (article == 1).then(|| BOUNDS.english_before(line, start - 1, duration)).flatten());
        if let Some((is, token)) = before {
            return (is, Some(line.start(token)), next);
        }
        if let Some((is, after)) = BOUNDS
            .english_after(line, next)
            .or_else(|| BOUNDS.english_after(line, number_end).filter(|(_, a)| *a <= next))
        {
            return (is, None, after.max(next));
        }
        (Comparator::Exact, None, next)
    }

    /// Rate and scope.
    fn finish(&self, mut found: Found, next: usize, start: usize) -> Found {
        found.per = self.per(next, &found);
        if found.kind == QuantityKind::Percent {
            found.scope = self.scope(next);
        }
        let capacity = start >= 3
            && self.line.is_word(start - 1, "of")
            && self.line.is_any(start - 3, &["annual", "yearly"])
            && self.line.is_any(
                start - 2,
                &["capacity", "output", "production", "sales", "shipments", "supply", "quota", "demand"],
            );
        if capacity && found.per.is_none() {
            found.per = Some("a".into());
        }
        found
    }
}
