//! Lengths of time, counted from the day of writing.

use super::super::Sort;
use super::super::calendar::{Length, When, shift};
use super::{Read, Reader};
use crate::quantities::line::Line;
use rust_decimal::prelude::ToPrimitive;

impl Reader<'_, '_> {
    /// "two weeks ago", "a month ago", "in 3 weeks", "two days from tomorrow", "2 years 21 days later"
    pub(super) fn distance(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let within = line.is_word(at, "in");
        let (length, next) = self.length(at + usize::from(within))?;
        if within {
            return self.ahead(at, length, next);
        }
        let (anchor, back, end) = match line.text(next) {
            _ if line.is_word(next, "ago") => (self.day, true, next + 1),
            // "Two years later he returned": told of the past, such a length counts from another day.
            _ if line.is_word(next, "later") && !(self.is_short() || self.now().future) => return None,
            _ if line.is_any(next, &["later", "hence"]) => (self.day, false, next + 1),
            _ if line.is_any(next, &["from", "after", "before"]) => {
                let back = line.is_word(next, "before");
                let (by, known) = match line.text(next + 1) {
                    _ if line.is_any(next + 1, &["now", "today"]) => (0, true),
                    _ if line.is_any(next + 1, &["tomorrow", "tmrw"]) => (1, true),
                    _ if line.is_word(next + 1, "yesterday") => (-1, true),
                    _ => (0, false),
                };
                (shift(self.day, by).filter(|_| known)?, back, next + 2)
            }
            _ => return None,
        };
        let date = length.from(anchor, back)?;
        let coarse = if self.is_short() { When::Day(date) } else { coarse(length, date) };
        self.done(Some(coarse), at, end, Sort::Distance, false)
    }

    /// "in 3 weeks" is a date; "in three years" says how long something takes as often, and stays a figure.
    pub(super) fn ahead(&self, at: usize, length: Length, next: usize) -> Option<Read> {
        let closes = next >= self.line.len() || self.line.is(next, ".");
        (closes && length.years == 0 && length.months == 0 && self.is_short()).then_some(())?;
        self.done(length.from(self.day, false).map(When::Day), at, next, Sort::Distance, false)
    }

    /// "past 3 weeks", "the next two decades", "within 5 days"
    pub(super) fn rolling(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let within = line.is_word(at, "within");
        let the = usize::from(line.is_word(at + usize::from(within), "the"));
        let word = at + usize::from(within) + the;
        let by = self.relative_word(word).filter(|by| *by != 0);
        if by.is_none() && !(within && the == 0) {
            return None;
        }
        let body = word + usize::from(by.is_some());
        let now = self.day;
        if let Some((n, next)) =
            self.count(body).filter(|(_, next)| line.is_any(*next, &["decades", "decade"]))
        {
            let start = now.year() / 10 * 10;
            let (from, to) =
                if by == Some(-1) { (start - 10 * n, start - 10) } else { (start + 10, start + 10 * n) };
            return self.done(
                Some(When::Span(When::Decade(from).into(), When::Decade(to).into())),
                at,
                next + 1,
                Sort::Rolling,
                false,
            );
        }
        let start = if by.is_some() && !within { word } else { at };
        let (length, next) = self.length(body)?;
        let when = match by {
            Some(-1) => When::Days(length.from(now, true)?, now),
            _ => When::Days(now, length.from(now, false)?),
        };
        self.done(Some(when), start, next, Sort::Rolling, false)
    }

    pub(super) fn count(&self, at: usize) -> Option<(i16, usize)> {
        let (n, next) = self.numeral(at).filter(|(n, _)| n.is_exact())?;
        Some((n.low.to_i16().filter(|n| (1..100).contains(n))?, next))
    }

    /// "2 years 1 month 21 days", "a month", "few days", "two and a half days"
    pub(super) fn length(&self, at: usize) -> Option<(Length, usize)> {
        let line = self.line;
        let (mut length, mut next, mut any) = (Length::default(), at, false);
        for _ in 0..4 {
            let joined = next + usize::from(any && line.is_any(next, &["and", ","]));
            let Some((n, unit)) = self.number_of_units(joined) else { break };
            let Some(by) = unit_length(line, unit, n) else { break };
            length = Length {
                years: length.years + by.years,
                months: length.months + by.months,
                days: length.days + by.days,
            };
            (next, any) =
                (unit + 1 + usize::from(line.is_any(unit, &["business", "working", "calendar"])), true);
        }
        (any && !length.is_zero()).then_some((length, next))
    }

    pub(super) fn number_of_units(&self, at: usize) -> Option<(i32, usize)> {
        let line = self.line;
        let article = usize::from(line.is_any(at, &["a", "an"]));
        if line.is_any(at + article, &["few", "several"]) {
            return Some((3, at + article + 1));
        }
        if line.is_word(at + article, "couple") {
            return Some((2, at + article + 1 + usize::from(line.is_word(at + article + 1, "of"))));
        }
        if article == 1 && unit_length(line, at + 1, 1).is_some() {
            return Some((1, at + 1));
        }
        let (n, next) = self.numeral(at).filter(|(n, _)| n.is_exact())?;
        Some((n.low.to_i32().filter(|n| (0..100_000).contains(n))?, next))
    }
}

/// A length of years or months names the year or month, one of days the day.
pub(super) fn coarse(length: Length, date: jiff::civil::Date) -> When {
    match (length.years, length.months, length.days) {
        (1.., 0, 0) => When::Year(date.year()),
        (_, 1.., 0) => When::Month(date.year(), date.month()),
        _ => When::Day(date),
    }
}

pub(super) fn unit_length(line: &Line, at: usize, n: i32) -> Option<Length> {
    let unit = at + usize::from(line.is_any(at, &["business", "working", "calendar"]));
    match line.text(unit) {
        _ if line.is_any(unit, &["day", "days"]) && unit > at => {
            Some(Length { days: n + n / 5 * 2, ..Length::default() })
        }
        _ if line.is_any(unit, &["day", "days"]) => Some(Length { days: n, ..Length::default() }),
        _ if line.is_any(unit, &["week", "weeks"]) => {
            Some(Length { days: n.checked_mul(7)?, ..Length::default() })
        }
        _ if line.is_any(unit, &["month", "months"]) => Some(Length { months: n, ..Length::default() }),
        _ if line.is_any(unit, &["year", "years"]) => Some(Length { years: n, ..Length::default() }),
        _ if line.is_any(unit, &["decade", "decades"]) => {
            Some(Length { years: n.checked_mul(10)?, ..Length::default() })
        }
        _ => None,
    }
}
