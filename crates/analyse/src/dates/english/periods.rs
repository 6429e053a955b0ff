//! Weeks, months and years by distance from now.

use super::super::Sort;
use super::super::calendar::{When, day, monday, quarter, shift, shift_month, week};
use super::parts::PartOf;
use super::{Read, Reader};
use crate::quantities::line::TokenKind;

impl Reader<'_, '_> {
    /// "next week", "this year", "last quarter", "the week", "the week after next", "this weekend", "rest of the week", "week of the 18th", "Week 31"
    pub(super) fn relative_period(&self, at: usize) -> Option<Read> {
        if self.line.is_word(at, "year")
            && self.line.is_word(at + 1, "to")
            && self.line.is_word(at + 2, "date")
        {
            let first = day(self.day.year(), 1, 1)?;
            return self.done(Some(When::Days(first, self.day)), at, at + 3, Sort::Period, false);
        }
        self.rest_of(at).or_else(|| self.week_of(at)).or_else(|| self.after_next(at)).or_else(|| {
            let line = self.line;
            let (part, body) = self.part_word(at);
            let the = usize::from(line.is_any(body, &["the", "my"]));
            let by = self.relative_word(body + the);
            let that = line.is_any(body + the, &["that"]);
            let unit = body + the + usize::from(by.is_some() || that);
            let bare = the == 1 || part != PartOf::Whole;
            if by.is_none() && !that && !bare {
                return None;
            }
            if by.is_none()
                && the == 1
                && part == PartOf::Whole
                && !line.is_any(unit, &["week", "weekend", "day"])
            {
                return None;
            }
            let start = if part == PartOf::Whole
                && line.is_word(body, "the")
                && by.is_some()
                && !line.is_any(unit, &["day", "decade"])
            {
                body + the
            } else {
                at
            };
            // "the same quarter last year"
            if unit > 0
                && line.is_word(unit - 1, "same")
                && line.is_any(unit, &["quarter", "month"])
                && line.is_any(unit + 1, &["last"])
                && line.is_word(unit + 2, "year")
            {
                let months = if line.is_word(unit, "quarter") {
                    quarter(self.day, -4)
                } else {
                    shift_month(self.day, -12).map(|(y, m)| When::Month(y, m))
                };
                return self.done(months, at, unit + 3, Sort::Period, false);
            }
            // "the week to May 29", "the past decade": what is named is the end, or a length.
            let ends = self.line.is_any(unit + 1, &["to", "ended", "ending", "through"]);
            let length = by.is_some_and(|by| by != 0)
                && (self.line.is_any(unit, &["decade", "century"])
                    || self.line.is_word(unit - 1, "past") && self.line.is_word(unit.wrapping_sub(2), "the"));
            if (ends && by.is_none() || length) && !self.is_short() {
                return None;
            }
            let when = self.unit_period(unit, by.unwrap_or(0))?;
            let sort = if matches!(when, When::Day(_)) { Sort::Day } else { Sort::Period };
            // "the day" alone says nothing in a text.
            // Nor does "the next day", which counts from a day that the text tells of.
            let other = by.is_none() || line.is_any(unit - 1, &["next", "following", "same", "previous"]);
            let end = if matches!(when, When::Day(_)) && other && !self.is_short() {
                None
            } else {
                Some(part.of(when, self.now()))
            };
            self.done(end, start, unit + 1, sort, false)
        })
    }

    pub(super) fn unit_period(&self, at: usize, by: i32) -> Option<When> {
        let (line, now) = (self.line, self.day);
        let year = |n: i32| now.year().checked_add(i16::try_from(n).ok()?);
        match line.text(at) {
            _ if line.is_word(at, "day") => shift(now, by).map(When::Day),
            _ if line.is_word(at, "week") => week(now, by),
            _ if line.is_word(at, "weekend") => {
                let saturday = shift(monday(now, by)?, 5)?;
                Some(When::Days(saturday, shift(saturday, 1)?))
            }
            _ if line.is_word(at, "month") => shift_month(now, by).map(|(y, m)| When::Month(y, m)),
            _ if line.is_word(at, "quarter") => quarter(now, by),
            _ if line.is_word(at, "year") => year(by).map(When::Year),
            _ if line.is_word(at, "decade") => {
                Some(When::Decade((now.year() / 10 * 10).checked_add((by * 10) as i16)?))
            }
            _ if line.is_word(at, "century") => {
                Some(When::Century((now.year() / 100 * 100).checked_add((by * 100) as i16)?))
            }
            _ => None,
        }
    }

    pub(super) fn after_next(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let unit = at + the;
        let by = match (line.is_word(unit + 1, "after"), line.is_word(unit + 1, "before")) {
            (true, _) => 2,
            (_, true) => -2,
            _ => return None,
        };
        let article = usize::from(line.is_word(unit + 2, "the"));
        let word = if by > 0 { "next" } else { "last" };
        if the == 0 || !line.is_word(unit + 2 + article, word) || line.is_word(unit, "day") {
            return None;
        }
        self.done(self.unit_period(unit, by), at, unit + 3 + article, Sort::Period, false)
    }

    pub(super) fn rest_of(&self, at: usize) -> Option<Read> {
        let line = self.line;
        if !line.is_word(at, "rest") {
            return None;
        }
        let mut unit = at + 1;
        while line.is_any(unit, &["of", "the", "this", "my", "current"]) {
            unit += 1;
        }
        let last = self.unit_period(unit, 0)?.last()?;
        self.done(Some(When::Days(self.day, last)), at, unit + 1, Sort::Period, false)
    }

    /// "week of the 18th", "week of september 16th", "Week 31"
    pub(super) fn week_of(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        if !line.is_any(at + the, &["week", "month"]) {
            return None;
        }
        if let Some(n) = line
            .get(at + 1)
            .filter(|_| the == 0 && line.is_word(at, "week") && line.kind(at + 1) == Some(TokenKind::Number))
            .filter(|_| at == 0 || self.is_short())
            .and_then(|t| t.parse::<i8>().ok())
        {
            return self.done(
                week_of_year(self.day.year(), n).filter(|_| (1..=53).contains(&n)),
                at,
                at + 2,
                Sort::Period,
                false,
            );
        }
        let starting = line.is_any(at + the + 1, &["commencing", "starting", "beginning"])
            && line.is_word(at + the, "week");
        if !(line.is_word(at + the + 1, "of") || starting) {
            return None;
        }
        let place = at + the + 2 + usize::from(line.is_word(at + the + 2, "on"));
        if let Some((month, next)) =
            self.month(place).filter(|_| line.is_word(at + the, "month") && self.month_day(place).is_none())
        {
            let (year, end, complete) = self.year_after(next, month);
            return self.done(Some(When::Month(year, month)), at, end, Sort::Period, complete);
        }
        let day = self.month_day(place).or_else(|| self.week_day_number(place))?;
        let When::Day(date) = day.when else { return None };
        let when = if line.is_word(at + the, "week") {
            week(date, 0)
        } else {
            Some(When::Month(date.year(), date.month()))
        };
        self.done(when, at, day.next, Sort::Period, false)
    }

    /// the 18th, in "the week of the 18th"
    pub(super) fn week_day_number(&self, at: usize) -> Option<Read> {
        let the = usize::from(self.line.is_word(at, "the"));
        let (date, next) = self.day_number(at + the)?;
        self.done(self.now().month_of_day(date).map(When::Day), at, next, Sort::Day, false)
    }
}

/// The n-th week of a month: the first is the one that holds its first Thursday… counted by its first Monday.
pub(super) fn week_of_month(year: i16, month: i8, n: i8) -> Option<When> {
    let first = if n == -1 {
        let last = day(year, month, 1)?.last_of_month();
        monday(last, 0)?
    } else {
        let first = day(year, month, 1)?;
        let thursday = monday(first, 0).and_then(|m| shift(m, 3))?;
        let start = if thursday.month() == month { monday(first, 0)? } else { monday(first, 1)? };
        shift(start, (i32::from(n) - 1) * 7)?
    };
    Some(When::Days(first, shift(first, 6)?))
}

/// The n-th ISO week of a year.
pub(super) fn week_of_year(year: i16, n: i8) -> Option<When> {
    let first = monday(day(year, 1, 4)?, 0)?;
    let start = if n == -1 { monday(day(year, 12, 31)?, 0)? } else { shift(first, (i32::from(n) - 1) * 7)? };
    Some(When::Days(start, shift(start, 6)?))
}
