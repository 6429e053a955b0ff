//! From one date to another.

use super::super::Sort;
use super::super::calendar::{When, day, shift_month};
use super::{Read, Reader};
use crate::quantities::line::TokenKind;

impl Reader<'_, '_> {
    /// "from A to B", "between A and B", "A to B", "A - B".
    ///
    /// Where that is none, the expression that begins here.
    pub(super) fn range_or_single(&self, at: usize) -> Option<Read> {
        let opened = self.line.is_any(at, &["from", "between"]);
        let first_at = at + usize::from(opened);
        if let Some(read) = self.year_range(at, first_at).or_else(|| self.day_range(at, first_at)) {
            return Some(read);
        }
        let first = self.single(first_at);
        let range =
            first.as_ref().filter(|r| r.start == first_at).and_then(|r| self.range_from(at, opened, r));
        range.or_else(|| if opened { self.single(at) } else { first })
    }

    /// A range by its first end, which an opening word may stand before.
    fn range_from(&self, at: usize, opened: bool, first: &Read) -> Option<Read> {
        let line = self.line;
        let between = line.is_word(at, "between");
        let join = first.next;
        let joined = line.is_any(join, JOINS) || between && line.is_word(join, "and") || line.is_dash(join);
        if !joined {
            return None;
        }
        let second_at = join + 1;
        let mut second = self.single(second_at).or_else(|| self.rest_of_month(second_at, &first.when))?;
        if second.start > second_at + 1 {
            return None;
        }
        let mut from = first.when.clone();
        self.agree(&mut from, first, &mut second);
        let ordered = matches!((from.first(), second.when.first()), (Some(a), Some(b)) if a <= b);
        let dash_of_years = line.is_dash(join)
            && !opened
            && !matches!(
                (&from, &second.when),
                (When::Year(_), When::Year(_))
                    | (When::Day(_), When::Day(_))
                    | (When::Month(..), When::Month(..))
            );
        if !ordered || dash_of_years {
            return None;
        }
        let complete = second.complete;
        Some(Read {
            when: When::Span(from.into(), second.when.into()),
            start: at,
            next: second.next,
            sort: Sort::Period,
            complete,
        })
    }

    /// `2014-2018`, `2025-26`.
    pub(super) fn year_range(&self, at: usize, first: usize) -> Option<Read> {
        let line = self.line;
        let number = |i: usize| {
            line.get(i)
                .filter(|t| line.kind(i) == Some(TokenKind::Number) && t.bytes().all(|b| b.is_ascii_digit()))
        };
        let (from, dash, to) = (number(first)?, line.is_dash(first + 1), number(first + 2)?);
        let tail = line.is_dash(first + 3) && line.glued(first + 3)
            || line.glued(first + 3) && line.kind(first + 3) == Some(TokenKind::Word);
        let start: i16 =
            from.parse().ok().filter(|y| from.len() == 4 && dash && !tail && (1700..2100).contains(y))?;
        let end: i16 = match to.len() {
            4 => to.parse().ok()?,
            2 => to
                .parse::<i16>()
                .ok()
                .filter(|n| *n > 12 && *n == start % 100 + 1)
                .map(|n| start / 100 * 100 + n)?,
            _ => return None,
        };
        let when = When::Span(When::Year(start).into(), When::Year(end).into());
        (start < end && (1900..2200).contains(&end)).then_some(Read {
            when,
            start: at,
            next: first + 3,
            sort: Sort::Period,
            complete: true,
        })
    }

    /// The two ends of a range share the year that only one states, and stand in order.
    pub(super) fn agree(&self, from: &mut When, first: &Read, second: &mut Read) {
        let (Some(start), Some(end)) = (from.first(), second.when.first()) else { return };
        if !first.complete
            && second.complete
            && first.sort == Sort::Day
            && matches!(from, When::Day(_))
            && !self.line.is_any(first.start, &["today", "yesterday", "now"])
        {
            let year = if (start.month(), start.day()) <= (end.month(), end.day()) {
                end.year()
            } else {
                end.year() - 1
            };
            if let Some(moved) =
                day(year, start.month(), start.day()).filter(|_| !self.is_relative(first.start))
            {
                *from = When::Day(moved);
            }
        }
        if first.complete
            && !second.complete
            && start > end
            && let Some(moved) = day(start.year(), end.month(), end.day())
        {
            second.when = When::Day(moved);
        }
        if !first.complete
            && !second.complete
            && start > end
            && let (When::Day(_), When::Day(_)) = (&*from, &second.when)
        {
            if end <= self.day && !self.is_relative(first.start) {
                if let Some(moved) = day(start.year() - 1, start.month(), start.day()) {
                    *from = When::Day(moved);
                }
            } else if let Some(moved) = day(end.year() + 1, end.month(), end.day()) {
                second.when = When::Day(moved);
            }
        }
        if let (When::Month(_, month), When::Month(later, end)) = (from.clone(), &second.when)
            && !first.complete
            && second.complete
        {
            *from = When::Month(if month <= *end { *later } else { later - 1 }, month);
        }
    }

    pub(super) fn is_relative(&self, at: usize) -> bool {
        self.line.is_any(at, &["today", "now", "last", "next", "this", "yesterday", "tomorrow"])
            || self.weekday(at).is_some()
    }

    /// After "November 19 to": a day of the same month.
    pub(super) fn rest_of_month(&self, at: usize, first: &When) -> Option<Read> {
        let When::Day(from) = first else { return None };
        let the = usize::from(self.line.is_word(at, "the"));
        let (date, next) = self.day_number(at + the)?;
        if self.line.is_any(next, &["%", ":", "a.m.", "p.m.", "am", "pm", "percent"])
            || self.line.kind(next) == Some(TokenKind::Word) && self.line.glued(next)
        {
            return None;
        }
        let to = day(from.year(), from.month(), date)?;
        Some(Read { when: When::Day(to), start: at, next, sort: Sort::Day, complete: true })
    }

    /// "4 to 22 January, 1995", "from 4 to 22 this month", "between 3 and 12 of Sept", "November between 19 and 20".
    pub(super) fn day_range(&self, at: usize, first_at: usize) -> Option<Read> {
        let line = self.line;
        if let Some((month, next)) = self.month(at).filter(|(_, n)| line.is_any(*n, &["between", "from"])) {
            let (from, to, end) = self.two_days(next + 1)?;
            let (year, end, complete) = self.year_after(end, month);
            return self.days((year, month), (from, to), at, (end, complete));
        }
        let (from, to, next) = self.two_days(first_at)?;
        let of = next + usize::from(line.is_any(next, &["of", "in"]));
        if let Some((shift_by, after)) = self.relative_month(of) {
            let (year, month) = shift_month(self.day, shift_by)?;
            return self.days((year, month), (from, to), at, (after, false));
        }
        if let Some((month, after)) = self.month(of) {
            let (year, end, complete) = self.year_after(after, month);
            return self.days((year, month), (from, to), at, (end, complete));
        }
        None
    }

    /// Two days of one month.
    pub(super) fn days(
        &self,
        (year, month): (i16, i8),
        (from, to): (i8, i8),
        start: usize,
        (next, complete): (usize, bool),
    ) -> Option<Read> {
        let (first, last) = (day(year, month, from)?, day(year, month, to)?);
        let when = When::Span(When::Day(first).into(), When::Day(last).into());
        (first < last).then_some(Read { when, start, next, sort: Sort::Period, complete })
    }

    /// "4 to 22", "4-22", "3 and 12".
    pub(super) fn two_days(&self, at: usize) -> Option<(i8, i8, usize)> {
        let line = self.line;
        let (from, next) = self.day_number(at)?;
        let joined = line.is_any(next, JOINS) || line.is_dash(next) || line.is_word(next, "and");
        let the = usize::from(line.is_word(next + 1, "the"));
        let (to, end) = self.day_number(next + 1 + the).filter(|_| joined)?;
        (from < to).then_some((from, to, end))
    }
}

pub(super) const JOINS: &[&str] = &["to", "through", "until", "till", "thru"];
