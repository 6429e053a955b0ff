//! Days: in digits, by name, by month and number.

use super::super::Sort;
use super::super::calendar::{When, day, shift, shift_month};
use super::super::numeric::numeric;
use super::ordinals::ordinal_words;
use super::ranges::JOINS;
use super::{Read, Reader};
use crate::quantities::line::TokenKind;

impl Reader<'_, '_> {
    pub(super) fn numeric(&self, at: usize) -> Option<Read> {
        let line = self.line;
        if line.kind(at) != Some(TokenKind::Number) {
            return self.glued_month(at);
        }
        let start = line.start(at);
        let preposition = at > 0 && line.is_any(at - 1, &["on", "in", "by", "from", "to", "until", "since"]);
        let slash = line.source()[start..].trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('/');
        let alone = (preposition && (slash || self.is_short())
            || slash && (at == 0 || self.line.source().len() < 60))
            && !(at > 0 && line.is_word(at - 1, "at"));
        if let Some((when, complete, end)) =
            numeric(line.source(), start, self.day, || self.now(), alone, false)
        {
            let two = matches!(when, When::Day(_)) && !complete;
            let unit = line.token_from(end);
            let counted = two
                && (line.is(unit, "%")
                    || line.is_any(
                        unit,
                        &["percent", "million", "billion", "points", "of", "inches", "cents", "times"],
                    )
                    || line.source()[start..end].contains('.') && line.kind(unit) == Some(TokenKind::Word));
            let sort = if matches!(when, When::Day(_)) { Sort::Day } else { Sort::Period };
            return if counted { None } else { self.done(Some(when), at, unit, sort, complete) };
        }
        self.glued_month(at)
    }

    /// `2019-sep-1`, `1-jan`, `22april`.
    pub(super) fn glued_month(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let number: i16 = line.get(at).filter(|_| line.kind(at) == Some(TokenKind::Number))?.parse().ok()?;
        let dash = usize::from(line.is_any(at + 1, &["-", "/"]) && line.glued(at + 1));
        let (month, next) =
            self.month(at + 1 + dash).filter(|_| line.glued(at + 1) && (dash == 0 || line.glued(at + 2)))?;
        if number > 31 {
            let again = usize::from(line.is_any(next, &["-", "/"]));
            let (date, end) = self.day_number(next + again)?;
            return self.done(day(number, month, date).map(When::Day), at, end, Sort::Day, true);
        }
        let date = i8::try_from(number).ok()?;
        let (year, next, complete) = self.year_after(next, month);
        let when = if complete { day(year, month, date) } else { self.now().month_day(month, date) };
        self.done(when.map(When::Day), at, next, Sort::Day, complete)
    }

    /// today, yesterday, the day after tomorrow
    pub(super) fn named_day(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        if line.is_word(at + the, "day") && line.is_any(at + the + 1, &["before", "after"]) {
            let by = match line.text(at + the + 2) {
                t if t.eq_ignore_ascii_case("yesterday") => -2,
                t if t.eq_ignore_ascii_case("tomorrow") || t.eq_ignore_ascii_case("tmrw") => 2,
                _ => return None,
            };
            return self.done(shift(self.day, by).map(When::Day), at, at + the + 3, Sort::Day, false);
        }
        if the == 1 {
            return None;
        }
        let by = match line.text(at) {
            _ if line.is_any(at, &["today", "tonight"]) => 0,
            _ if line.is_word(at, "now")
                && (at > 0 && line.is_any(at - 1, JOINS)
                    || line.is_word(at + 1, "and") && at > 0 && line.is_word(at - 1, "between")
                    || at > 0 && line.is_word(at - 1, "and")) =>
            {
                0
            }
            _ if line.is_word(at, "yesterday") => -1,
            _ if line.is_any(at, &["tomorrow", "tmrw", "tmr"]) => 1,
            _ => return None,
        };
        self.done(shift(self.day, by).map(When::Day), at, at + 1, Sort::Day, false)
    }

    /// 1 to 31 in digits, with or without an ending, or in words.
    pub(super) fn day_number(&self, at: usize) -> Option<(i8, usize)> {
        let line = self.line;
        if line.kind(at) == Some(TokenKind::Number) {
            let text = line.text(at);
            let date: i8 = (text.len() <= 2).then(|| text.parse().ok())??;
            let ending = usize::from(line.glued(at + 1) && line.is_any(at + 1, &["st", "nd", "rd", "th"]));
            return (1..=31).contains(&date).then_some((date, at + 1 + ending));
        }
        ordinal_words(line, at)
    }

    /// January 12, 2016 · 12 January 2016 · monday january 12th, 2016 · 2nd of Aug
    pub(super) fn month_day(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let (body, weekday) = match self.weekday(at) {
            Some((weekday, next)) => (next + usize::from(line.is(next, ",")), Some(weekday)),
            None => (at, None),
        };
        let body = body + usize::from(weekday.is_some() && line.is_word(body, "the"));
        let (month, date, next) = self.month_then_day(body).or_else(|| self.day_then_month(body))?;
        let (year, end, complete) = self.year_after(next, month);
        let stated = complete || end > next;
        let when = if stated { day(year, month, date) } else { self.now().month_day(month, date) };
        // "October 12, Monday": a weekday after the date belongs to it.
        self.done(when.map(When::Day), at, end, Sort::Day, complete)
    }

    pub(super) fn month_then_day(&self, at: usize) -> Option<(i8, i8, usize)> {
        let line = self.line;
        let (month, next) = self.month(at)?;
        let gap = usize::from(line.is_any(next, &["-", "/"]) && line.glued(next))
            + usize::from(line.is_any(next, &["the"]));
        let (date, end) = self.day_number(next + gap)?;
        let year_like =
            line.kind(end) == Some(TokenKind::Sign) && line.glued(end) && line.is_any(end, &[":", "%"]);
        let counted = line.is_any(end, &["percent", "%", "million", "billion"]);
        (!(year_like || counted)).then_some((month, date, end))
    }

    pub(super) fn day_then_month(&self, at: usize) -> Option<(i8, i8, usize)> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let (date, next) = self.day_number(at + the)?;
        let stop = usize::from(line.is(next, ".") && line.glued(next));
        let of = usize::from(line.is_word(next + stop, "of"));
        let dash = usize::from(line.is(next, "-") && line.glued(next));
        let (month, end) = self.month(next + stop + of + dash)?;
        Some((month, date, end))
    }

    /// "the 27th", "on 15", "the twenty second", "20th of next month"
    pub(super) fn ordinal_day(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let (date, next) = self.day_number(at + the)?;
        let ending = line.kind(at + the) == Some(TokenKind::Number) && next == at + the + 2;
        let of = usize::from(line.is_any(next, &["of", "in"]));
        if let Some((by, end)) = self.relative_month(next + of).filter(|_| ending || the == 1) {
            let (year, month) = shift_month(self.day, by)?;
            return self.done(day(year, month, date).map(When::Day), at, end, Sort::Day, false);
        }
        let closes = next >= line.len()
            || line.kind(next) == Some(TokenKind::Sign)
                && !line.is_any(next, &["%", "-", "–", "/", ":", "$"]);
        let on = at > 0 && line.is_word(at - 1, "on") && line.kind(at) == Some(TokenKind::Number) && closes;
        let named = the == 1
            && closes
            && self.is_short()
            && at > 0
            && line.is_any(at - 1, &["for", "on", "of", "by", "until"]);
        (on || named).then_some(())?;
        self.done(self.now().month_of_day(date).map(When::Day), at, next, Sort::Day, false)
    }
}
