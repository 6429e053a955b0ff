//! Days of the week.

use super::super::Sort;
use super::super::calendar::{When, day, monday, nearest, nth_weekday, shift, shift_month};
use super::super::numeric::numeric;
use super::ordinals::ordinal_words;
use super::periods::{week_of_month, week_of_year};
use super::{Read, Reader};
use crate::quantities::line::TokenKind;
use jiff::civil::Weekday;

impl Reader<'_, '_> {
    pub(super) fn weekday(&self, at: usize) -> Option<(Weekday, usize)> {
        let word = self.line.lower(at)?;
        let weekday = match word {
            "monday" | "mon" | "mondays" => Weekday::Monday,
            "tuesday" | "tue" | "tues" | "tuesdays" => Weekday::Tuesday,
            "wednesday" | "wed" | "weds" | "wednesdays" => Weekday::Wednesday,
            "thursday" | "thu" | "thur" | "thurs" | "thursdays" => Weekday::Thursday,
            "friday" | "fri" | "fridays" => Weekday::Friday,
            "saturday" | "sat" | "saturdays" => Weekday::Saturday,
            "sunday" | "sun" | "sundays" => Weekday::Sunday,
            _ => return None,
        };
        let word_of_its_own = matches!(word, "sat" | "sun" | "wed")
            && !self.line.is_any(at + 1, &[",", "."])
            && !(at > 0 && self.line.is_any(at - 1, &["on", "until", "from", "to", "last", "next", "this"]));
        (!word_of_its_own).then(|| {
            (
                weekday,
                at + 1
                    + usize::from(
                        word.len() < 6
                            && self.line.is(at + 1, ".")
                            && self.line.glued(at + 1)
                            && self.line.is_any(at + 2, &[","]),
                    ),
            )
        })
    }

    /// "Friday 2018-7-6", "this friday june 22", "this friday (jun-15)": the fuller date says which Friday.
    pub(super) fn weekday_and_date(&self, at: usize) -> Option<Read> {
        let this = usize::from(self.relative_word(at).is_some());
        let (_, next) = self.weekday(at + this)?;
        let open = usize::from(self.line.is_any(next, &["(", "-", ","]));
        let place = next + open;
        let fuller = self.weekday_number(place).or_else(|| self.month_day(place).filter(|_| this == 1))?;
        let close = usize::from(self.line.is(next, "(") && self.line.is(fuller.next, ")"));
        Some(Read { start: at, next: fuller.next + close, ..fuller })
    }

    pub(super) fn weekday_number(&self, at: usize) -> Option<Read> {
        let start = (self.line.kind(at)? == TokenKind::Number).then(|| self.line.start(at))?;
        let (when, complete, end) = numeric(self.line.source(), start, self.day, || self.now(), true, false)
            .filter(|(w, ..)| matches!(w, When::Day(_)))?;
        self.done(Some(when), at, self.line.token_from(end), Sort::Day, complete)
    }

    /// "Friday", "last Friday", "this week Friday", "on Friday next week", "Friday the 22nd"
    pub(super) fn weekday_expression(&self, at: usize) -> Option<Read> {
        let line = self.line;
        if let Some(by) = self.relative_word(at) {
            if let Some((weekday, next)) = self.weekday(at + 1) {
                let month = self.month(next);
                if let (Some((month, end)), true) = (month, line.is_any(at, &["last"])) {
                    return self.done(
                        nth_weekday(self.now().year_of_month(month), month, -1, weekday).map(When::Day),
                        at,
                        end,
                        Sort::Day,
                        false,
                    );
                }
                return self.done(self.in_week(by, weekday), at, next, Sort::Day, false);
            }
            if line.is_word(at + 1, "week") {
                let on = usize::from(line.is_word(at + 2, "on"));
                let (weekday, next) = self.weekday(at + 2 + on)?;
                return self.done(self.in_week(by, weekday), at, next, Sort::Day, false);
            }
            return None;
        }
        let on = usize::from(line.is_word(at, "on"));
        let (weekday, next) = self.weekday(at + on)?;
        let of = usize::from(line.is_word(next, "of"));
        if let Some(by) = self.relative_word(next + of).filter(|_| line.is_word(next + of + 1, "week")) {
            return self.done(self.in_week(by, weekday), at, next + of + 2, Sort::Day, false);
        }
        if on == 1 {
            return None;
        }
        if line.is_word(next, "the")
            && let Some((date, end)) = self.day_number(next + 1)
        {
            return self.done(
                self.now().month_of_day(date).map(|d| self.matching(d, date, weekday)).map(When::Day),
                at,
                end,
                Sort::Day,
                false,
            );
        }
        self.done(nearest(self.day, weekday, self.now().future).map(When::Day), at, next, Sort::Day, false)
    }

    /// The month in which the day falls on the weekday: this one, else the one before or after.
    pub(super) fn matching(&self, found: jiff::civil::Date, date: i8, weekday: Weekday) -> jiff::civil::Date {
        [0, -1, 1, -2, 2]
            .into_iter()
            .filter_map(|n| shift_month(self.day, n).and_then(|(y, m)| day(y, m, date)))
            .find(|d| d.weekday() == weekday)
            .unwrap_or(found)
    }

    pub(super) fn in_week(&self, weeks: i32, weekday: Weekday) -> Option<When> {
        shift(monday(self.day, weeks)?, i32::from(weekday.to_monday_zero_offset())).map(When::Day)
    }

    /// "the first friday of july", "the third week of 2027", "the last week of july", "second Sunday", "first week of this month"
    pub(super) fn nth(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let last = line.is_word(at + the, "last");
        let (n, next) = if last {
            (-1, at + the + 1)
        } else {
            ordinal_words(line, at + the)
                .or_else(|| self.day_number(at + the).filter(|(_, n)| *n > at + the + 1))?
        };
        if !(n == -1 || (1..=5).contains(&n) || line.is_word(next, "week")) {
            return None;
        }
        if let Some((weekday, after)) = self.weekday(next) {
            return self.nth_weekday(at, n, weekday, after);
        }
        let after = line.is_word(next, "week").then_some(next + 1)?;
        let of = usize::from(line.is_any(after, &["of", "in"]));
        if let Some((year, month, end)) = self.some_month(after + of) {
            return self.done(week_of_month(year, month, n), at, end, Sort::Period, false);
        }
        let (year, end) = self.some_year(after + of)?;
        self.done(week_of_year(year, n), at, end, Sort::Period, false)
    }

    pub(super) fn nth_weekday(&self, at: usize, n: i8, weekday: Weekday, after: usize) -> Option<Read> {
        let of = usize::from(self.line.is_any(after, &["of", "in"]));
        let (year, month, end) = match self.some_month(after + of) {
            Some(found) => found,
            None if n == -1 => return None,
            None => (self.day.year(), self.day.month(), after),
        };
        let named = self.month(after + of).is_some();
        let date = |year| nth_weekday(year, month, n, weekday);
        let mut found = date(year)?;
        if named && found > self.day && !self.now().future && self.year(end.wrapping_sub(1)).is_none() {
            found = date(year - 1)?;
        }
        self.done(Some(When::Day(found)), at, end, Sort::Day, false)
    }
}
