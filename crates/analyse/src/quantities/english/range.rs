//! Two numbers that are one range, or two values of a change.

use super::super::line::TokenKind;
use super::super::numeral::{Form, Numeral};
use super::super::numerals_en::{Reading, numeral};
use super::super::units::{BOUNDS, UNITS, Unit};
use super::super::{Found, is_masked};
use super::words::WORDS;
use super::{Measure, Reader};
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// The second half of a range after `first`, if there is one.
    pub(super) fn range(&self, at: usize, first: &Measure) -> Option<(Measure, Measure)> {
        let line = self.line;
        let between = at > 0 && self.opener(at, first) == Some("between");
        let join = first.next;
        let joined = line.is_dash(join)
            || line.is_any(join, &["to", "through", "~", "～"])
            || (between && line.is_word(join, "and"))
            || line.is_word(join, "or");
        if !joined || first.read.form == Form::Vague {
            return None;
        }
        let second_at = self.second_number(join + 1)?;
        let second = self.measure(second_at)?;
        if is_masked(self.masked, &(second.start..line.end_before(second.next)))
            || second.start < line.start(join)
        {
            return None;
        }
        let same = match (&first.unit, &second.unit) {
            (Some(a), Some(b)) => a.name == b.name && a.factor == b.factor,
            (Some(a), None) => a.kind == QuantityKind::Money && first.start < first.read.range.start,
            _ => true,
        };
        let mut low = Measure { read: first.read.clone(), unit: first.unit.clone(), ..*first };
        low.read.borrow_scale(&second.read);
        let rises = low.read.high < second.read.low;
        // "fell by almost half to 431,000"
        if first.read.form == Form::Fraction && first.unit.is_none() && second.read.form != Form::Fraction {
            return None;
        }
        let change = line.is_word(join, "to")
            && !between
            && (self.is_change(at, first) && !(self.is_growth(at, first) && near(&low, &second))
                || self.is_by(at, first) && !near(&low, &second));
        let choice = line.is_word(join, "or")
            && !(first.unit.is_none()
                && second.read.low.checked_sub(low.read.high).is_some_and(|gap| gap <= Decimal::TEN));
        (same && rises && !change && !choice).then_some((low, second))
    }

    /// The token of the number after a range's joining word, past a money sign.
    pub(super) fn second_number(&self, at: usize) -> Option<usize> {
        (at..at + 4)
            .find(|&i| {
                self.line.kind(i) == Some(TokenKind::Number)
                    || self.line.kind(i) == Some(TokenKind::Word)
                        && numeral(self.line, i, Reading::default()).is_some()
            })
            .filter(|&i| {
                i == at
                    || (at..i).all(|k| {
                        UNITS.code(self.line.text(k)).is_some()
                            || self.line.kind(k) == Some(TokenKind::Sign)
                                && !matches!(self.line.text(k), "," | "." | "(" | "/")
                            || self.line.glued(i)
                    })
            })
    }

    /// The word before a figure (and its money sign).
    pub(super) fn opener(&self, at: usize, first: &Measure) -> Option<&'static str> {
        let token = self.line.token_from(first.start).min(at);
        let before = token.checked_sub(1)?;
        ["between", "from"].into_iter().find(|w| self.line.is_word(before, w))
    }

    /// "rose from 5% to 10%" and "raised 5% to 10%" state two values, no span.
    pub(super) fn is_change(&self, at: usize, first: &Measure) -> bool {
        let from = self.opener(at, first) == Some("from");
        let start = self.line.token_from(first.start).min(at);
        let reach = if from { 8 } else { 1 };
        let verb = (start.saturating_sub(reach)..start).any(|i| WORDS.changes.has(self.line, i));
        verb && (from || first.unit.is_some())
    }

    /// "cut by 14,000 yuan to 249,900 yuan": by how much, and to what.
    fn is_by(&self, at: usize, first: &Measure) -> bool {
        let start = self.line.token_from(first.start).min(at);
        let bound = BOUNDS.english_before(self.line, start, false).map_or(start, |(_, token)| token);
        let Some(by) = bound.checked_sub(1) else { return false };
        self.line.is_word(by, "by") && (by.saturating_sub(3)..by).any(|i| WORDS.changes.has(self.line, i))
    }

    /// "will grow 4.5% to 5%": a verb of growth alone before two shares of about the same size gives a span.
    fn is_growth(&self, at: usize, first: &Measure) -> bool {
        let start = self.line.token_from(first.start).min(at);
        let bare = start > 0 && WORDS.growths.has(self.line, start - 1);
        bare && first.unit.as_ref().is_some_and(|unit| unit.kind == QuantityKind::Percent)
    }

    pub(super) fn ranged(&self, at: usize, low: Measure, high: Measure) -> Option<Found> {
        let unit = self.range_unit(&low, &high)?;
        let (unit, end) = unit;
        // "a 38-44 mark" is a score.
        let dashed = self.line.is_dash(low.next);
        if dashed && unit.kind == QuantityKind::Count && WORDS.results.contains(&unit.name) {
            return None;
        }
        let read = Numeral { low: low.read.low, high: high.read.high, more: false, ..low.read.clone() };
        let opener = self.opener(at, &low).map(|_| self.line.start(self.line.token_from(low.start) - 1));
        let start = opener.filter(|_| true).unwrap_or(low.start);
        let first = self.line.token_from(low.start);
        let found =
            Found::bounded(low.start.min(start.max(low.start))..end, &unit, &read, Comparator::Range)?;
        Some(self.finish(found, self.line.token_from(end), first))
    }

    pub(super) fn range_unit(&self, low: &Measure, high: &Measure) -> Option<(Unit, usize)> {
        if let Some(unit) = high.unit.as_ref().or(low.unit.as_ref()) {
            return Some((unit.clone(), self.line.end_before(high.next)));
        }
        let aged = self.age(high.next, &low.read);
        let counted = aged.or_else(|| self.counted(high.next, &high.read));
        // "rose by between 4 million and 5 million"
        counted.or_else(|| self.bare(self.line.token_from(low.start), high))
    }
}

/// Whether the second of two values is at most twice the first.
fn near(first: &Measure, second: &Measure) -> bool {
    first.read.high.checked_mul(Decimal::TWO).is_some_and(|twice| second.read.low <= twice)
}
