//! Figures in one word (doubled, tenfold) and ratios (one in five).

use super::super::line::TokenKind;
use super::super::numeral::{Form, Numeral};
use super::super::numerals_en::{Reading, numeral};
use super::super::units::{BOUNDS, UNITS, Unit};
use super::super::{Found, is_masked};
use super::Reader;
use super::words::WORDS;
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// "one in five", "3 out of 10 workers": a share, as a fraction is.
    pub(super) fn ratio(&self, at: usize) -> Option<(Vec<Found>, usize)> {
        let line = self.line;
        let plain = |at: usize| {
            numeral(line, at, Reading::default()).filter(|(n, next)| {
                n.is_exact() && n.low.scale() == 0 && n.scale == Decimal::ONE && *next == at + 1
            })
        };
        let (count, next) = plain(at)?;
        // "two people in three"
        let noun = line.is_any(
            next,
            &["people", "adults", "workers", "children", "households", "voters", "women", "men"],
        );
        let next = next + usize::from(noun && line.is_word(next + 1, "in"));
        let of = if line.is_word(next, "in") {
            next + 1
        } else if line.is_word(next, "out") && line.is_word(next + 1, "of") {
            next + 2
        } else if line.is_word(next, "of") && line.is_word(next + 1, "every") {
            next + 1
        } else {
            return None;
        };
        let of = of + usize::from(line.is_word(of, "every"));
        let (base, end) = plain(of)?;
        let unit = UNITS.english_at(line, end).is_some()
            || noun && line.kind(end) == Some(TokenKind::Word) && !WORDS.stops.has(line, end)
            || line.is_dash(end)
            || line.kind(end) == Some(TokenKind::Number);
        // "38 out of 193 states" counts both; only round numbers and small ones make a share.
        let counted = base.low > Decimal::from(20) && base.low % Decimal::TEN != Decimal::ZERO;
        if unit || counted || count.low >= base.low || base.low > Decimal::from(1000) || count.low.is_zero() {
            return None;
        }
        let share =
            Unit { name: "percent".into(), kind: QuantityKind::Percent, factor: Decimal::ONE_HUNDRED };
        let value = crate::quantities::numeral::fraction(count.low, base.low)?;
        let (comparator, start, _) = self.bound(at, end, end, false);
        let range = start.unwrap_or(line.start(at))..line.end_before(end);
        if is_masked(self.masked, &range) {
            return None;
        }
        let read = Numeral::exact(range.clone(), value, Form::Fraction);
        let mut found = Found::bounded(range, &share, &read, comparator)?;
        found.scope = if line.is_word(end, "of") { self.scope(end) } else { self.phrase(end) };
        Some((vec![found], end))
    }

    /// "per cent of twenty-two", and nothing else: the number follows its unit.
    pub(super) fn inverted_percent(&self) -> Option<(Vec<Found>, usize)> {
        let line = self.line;
        let (unit, next) =
            UNITS.english_at(line, 0).filter(|(u, n)| u.name == "percent" && line.is_word(*n, "of"))?;
        let (read, end) =
            numeral(line, next + 1, Reading::default()).filter(|(_, end)| *end == line.len())?;
        let found = Found::bounded(0..line.end_before(end), unit, &read, Comparator::Exact)?;
        Some((vec![found], end))
    }

    /// "doubled", "tenfold", "halved", "twice": a figure in one word.
    pub(super) fn multiple(&self, at: usize) -> Option<(Vec<Found>, usize)> {
        let line = self.line;
        let (value, unit, kind) = self.one_word(at)?;
        let comparator = BOUNDS.english_before(line, at, false);
        let start = comparator.map_or(line.start(at), |(_, token)| line.start(token));
        let unit = Unit { name: unit.into(), kind, factor: Decimal::ONE };
        let read = Numeral::exact(start..line.end_before(at + 1), value, Form::Words);
        let range = read.range.clone();
        if is_masked(self.masked, &range) {
            return None;
        }
        let found = Found::bounded(range, &unit, &read, comparator.map_or(Comparator::Exact, |(is, _)| is))?;
        Some((vec![found], at + 1))
    }

    fn one_word(&self, at: usize) -> Option<(Decimal, &'static str, QuantityKind)> {
        let line = self.line;
        if !(5..=12).contains(&line.text(at).len()) {
            return None;
        }
        let word = line.lower(at)?;
        if WORDS.halves.contains(word) {
            return Some((Decimal::from(50), "percent", QuantityKind::Percent));
        }
        let times = *WORDS.multiples.get(word)?;
        let name = line.is_any(at, &["double", "doubles", "triple", "triples"])
            && (line.is_dash(at + 1) || WORDS.after_double.has(line, at + 1));
        // "scored twice", "twice daily" count times that something was done; "twice as many" multiplies.
        let done = line.is_any(at, &["twice", "thrice"])
            && !(line.is_any(at + 1, &["as", "the", "its", "their", "that", "what"]));
        (!name && !done).then(|| (times.into(), "times", QuantityKind::Other))
    }
}
