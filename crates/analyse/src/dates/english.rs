//! English dates.

use super::calendar::{
    Length, Now, When, day, full_year, monday, nearest, nth_weekday, quarter, shift, shift_month, week,
};
use super::numeric::numeric;
use super::{Found, Sort};
use crate::quantities::line::{Line, TokenKind};
use crate::quantities::numerals_en::{Reading, numeral};
use jiff::civil::Weekday;
use rust_decimal::prelude::ToPrimitive;

/// An expression that has been read: what it names, the token after it, its sort, whether it is complete.
#[derive(Debug, Clone)]
struct Read {
    when: When,
    start: usize,
    next: usize,
    sort: Sort,
    complete: bool,
}

/// The dates of a sentence.
pub fn read(sentence: &str, now: Now) -> Vec<Found> {
    let line = Line::new(sentence);
    let reader = Reader { line: &line, now };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < line.len() {
        let Some(read) = reader.expression(at) else {
            at += 1;
            continue;
        };
        let range = line.start(read.start)..line.end_before(read.next).max(line.start(read.start));
        at = read.next.max(at + 1);
        found.push(Found { range, when: read.when, sort: read.sort, complete: read.complete });
    }
    found
}

/// Words with which a date can begin, sorted. All others are passed by at once: most words of a text name no date.
const FIRST_WORDS: &[&str] = &[
    "a",
    "an",
    "april",
    "apr",
    "aug",
    "august",
    "autumn",
    "beginning",
    "between",
    "coming",
    "couple",
    "current",
    "dec",
    "december",
    "early",
    "earlier",
    "eight",
    "eighteen",
    "eighteenth",
    "eighth",
    "eighty",
    "eleven",
    "eleventh",
    "end",
    "fall",
    "feb",
    "february",
    "few",
    "fifteen",
    "fifteenth",
    "fifth",
    "fifty",
    "first",
    "fiscal",
    "five",
    "following",
    "forty",
    "four",
    "fourteen",
    "fourteenth",
    "fourth",
    "fri",
    "friday",
    "fridays",
    "from",
    "in",
    "jan",
    "january",
    "jul",
    "july",
    "jun",
    "june",
    "last",
    "late",
    "later",
    "mar",
    "march",
    "may",
    "mid",
    "middle",
    "mon",
    "monday",
    "mondays",
    "month",
    "my",
    "next",
    "nine",
    "nineteen",
    "nineteenth",
    "ninety",
    "ninth",
    "nov",
    "november",
    "now",
    "oct",
    "october",
    "on",
    "one",
    "past",
    "previous",
    "rest",
    "same",
    "sat",
    "saturday",
    "saturdays",
    "second",
    "sep",
    "sept",
    "september",
    "seven",
    "seventeen",
    "seventeenth",
    "seventh",
    "seventy",
    "several",
    "six",
    "sixteen",
    "sixteenth",
    "sixth",
    "sixty",
    "spring",
    "start",
    "summer",
    "sun",
    "sunday",
    "sundays",
    "ten",
    "tenth",
    "that",
    "the",
    "third",
    "thirteen",
    "thirteenth",
    "thirtieth",
    "thirty",
    "this",
    "three",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "thursdays",
    "tmr",
    "tmrw",
    "today",
    "tomorrow",
    "tonight",
    "tue",
    "tues",
    "tuesday",
    "tuesdays",
    "twelfth",
    "twelve",
    "twentieth",
    "twenty",
    "two",
    "upcoming",
    "wed",
    "wednesday",
    "wednesdays",
    "week",
    "weds",
    "winter",
    "within",
    "year",
    "yesterday",
];

static STARTERS: std::sync::LazyLock<std::collections::BTreeSet<&'static str>> =
    std::sync::LazyLock::new(|| FIRST_WORDS.iter().copied().collect());

fn may_begin(line: &Line, at: usize) -> bool {
    let text = line.text(at);
    match line.kind(at) {
        Some(TokenKind::Number) => true,
        Some(TokenKind::Word) => {
            // Q3 and H1
            let code = text.len() <= 6 && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
            let mut buffer = [0u8; 24];
            code || line
                .lower(at, &mut buffer)
                .is_some_and(|word| word.len() <= 11 && STARTERS.contains(word))
        }
        _ => matches!(text, "'" | "’"),
    }
}

struct Reader<'l, 'a> {
    line: &'l Line<'a>,
    now: Now,
}

const JOINS: &[&str] = &["to", "through", "until", "till", "thru"];

impl Reader<'_, '_> {
    /// A range or a single expression at `at`.
    fn expression(&self, at: usize) -> Option<Read> {
        if !may_begin(self.line, at) {
            return None;
        }
        self.rolling(at).or_else(|| self.range(at)).or_else(|| self.single(at))
    }

    /// "from A to B", "between A and B", "A to B", "A - B".
    fn range(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let opened = line.is_any(at, &["from", "between"]);
        let between = line.is_word(at, "between");
        let first_at = at + usize::from(opened);
        if let Some(read) = self.year_range(at, first_at) {
            return Some(read);
        }
        if let Some(read) = self.day_range(at, first_at) {
            return Some(read);
        }
        let first = self.single(first_at).filter(|r| r.start == first_at)?;
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
        self.agree(&mut from, &first, &mut second);
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
    fn year_range(&self, at: usize, first: usize) -> Option<Read> {
        let line = self.line;
        let number = |i: usize| {
            line.get(i)
                .filter(|t| line.kind(i) == Some(TokenKind::Number) && t.bytes().all(|b| b.is_ascii_digit()))
        };
        let (from, dash, to) = (number(first)?, line.is_dash(first + 1), number(first + 2)?);
        let tail = line.is_dash(first + 3) && line.glued(first + 3)
            || line.glued(first + 3) && line.kind(first + 3) == Some(TokenKind::Word);
        let start: i16 =
            from.parse().ok().filter(|y| from.len() == 4 && dash && !tail && (1900..2100).contains(y))?;
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
        (start < end && end < 2200).then_some(Read {
            when,
            start: at,
            next: first + 3,
            sort: Sort::Period,
            complete: true,
        })
    }

    /// The two ends of a range share the year that only one states, and stand in order.
    fn agree(&self, from: &mut When, first: &Read, second: &mut Read) {
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
            if end <= self.now.day && !self.is_relative(first.start) {
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

    fn is_relative(&self, at: usize) -> bool {
        self.line.is_any(at, &["today", "now", "last", "next", "this", "yesterday", "tomorrow"])
            || self.weekday(at).is_some()
    }

    /// After "November 19 to": a day of the same month.
    fn rest_of_month(&self, at: usize, first: &When) -> Option<Read> {
        let When::Day(from) = first else { return None };
        let the = usize::from(self.line.is_word(at, "the"));
        let (date, next) = self.day_number(at + the)?;
        if self.line.is_word(next, "%")
            || self.line.is_word(next, "percent")
            || self.line.kind(next) == Some(TokenKind::Word) && self.line.glued(next)
        {
            return None;
        }
        let to = day(from.year(), from.month(), date)?;
        Some(Read { when: When::Day(to), start: at, next, sort: Sort::Day, complete: true })
    }

    /// "4 to 22 January, 1995", "from 4 to 22 this month", "between 3 and 12 of Sept", "November between 19 and 20".
    fn day_range(&self, at: usize, first_at: usize) -> Option<Read> {
        let line = self.line;
        if let Some((month, next)) = self.month(at).filter(|(_, n)| line.is_any(*n, &["between", "from"])) {
            let (from, to, end) = self.two_days(next + 1)?;
            let (year, end, complete) = self.year_after(end, month);
            return self.days((year, month), (from, to), at, (end, complete));
        }
        let (from, to, next) = self.two_days(first_at)?;
        let of = next + usize::from(line.is_any(next, &["of", "in"]));
        if let Some((shift_by, after)) = self.relative_month(of) {
            let (year, month) = shift_month(self.now.day, shift_by)?;
            return self.days((year, month), (from, to), at, (after, false));
        }
        if let Some((month, after)) = self.month(of) {
            let (year, end, complete) = self.year_after(after, month);
            return self.days((year, month), (from, to), at, (end, complete));
        }
        None
    }

    /// Two days of one month.
    fn days(
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
    fn two_days(&self, at: usize) -> Option<(i8, i8, usize)> {
        let line = self.line;
        let (from, next) = self.day_number(at)?;
        let joined = line.is_any(next, JOINS) || line.is_dash(next) || line.is_word(next, "and");
        let the = usize::from(line.is_word(next + 1, "the"));
        let (to, end) = self.day_number(next + 1 + the).filter(|_| joined)?;
        (from < to).then_some((from, to, end))
    }

    /// this month, next month
    fn relative_month(&self, at: usize) -> Option<(i32, usize)> {
        let the = usize::from(self.line.is_word(at, "the"));
        let by = self.relative_word(at + the)?;
        self.line.is_word(at + the + 1, "month").then_some((by, at + the + 2))
    }

    fn relative_word(&self, at: usize) -> Option<i32> {
        match self.line.text(at) {
            _ if self.line.is_any(at, &["this", "current", "same"]) => Some(0),
            _ if self.line.is_any(at, &["next", "coming", "upcoming", "following"]) => Some(1),
            _ if self.line.is_any(at, &["last", "past", "previous"]) => Some(-1),
            _ => None,
        }
    }

    /// The year after a month, else the year that the month itself suggests.
    fn year_after(&self, at: usize, month: i8) -> (i16, usize, bool) {
        let line = self.line;
        let skip = usize::from(line.is_any(at, &[",", "of"]));
        if let Some((year, next)) = self.year(at + skip) {
            return (year, next, true);
        }
        let the = usize::from(line.is_any(at, &["of", ","]));
        if let Some(by) = self.relative_word(at + the).filter(|_| line.is_word(at + the + 1, "year")) {
            return (self.now.day.year().saturating_add(by as i16), at + the + 2, false);
        }
        (self.now.year_of_month(month), at, false)
    }

    /// Every expression that is no range.
    fn single(&self, at: usize) -> Option<Read> {
        self.numeric(at)
            .or_else(|| self.distance(at))
            .or_else(|| self.nth(at))
            .or_else(|| self.part_of_year(at))
            .or_else(|| self.named_day(at))
            .or_else(|| self.month_day(at))
            .or_else(|| self.weekday_and_date(at))
            .or_else(|| self.weekday_expression(at))
            .or_else(|| self.named_month(at))
            .or_else(|| self.relative_period(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.year_expression(at))
            .or_else(|| self.ordinal_day(at))
    }

    fn done(
        &self,
        when: Option<When>,
        start: usize,
        next: usize,
        sort: Sort,
        complete: bool,
    ) -> Option<Read> {
        Some(Read { when: when?, start, next, sort, complete })
    }

    fn numeric(&self, at: usize) -> Option<Read> {
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
        if let Some((when, complete, end)) = numeric(line.source(), start, self.now, alone, false) {
            let two = matches!(when, When::Day(_)) && !complete;
            let unit = line.token_from(end);
            let counted = two
                && (line.is(unit, "%")
                    || line.is_any(
                        unit,
                        &["percent", "million", "billion", "points", "of", "inches", "cents", "times"],
                    ));
            let sort = if matches!(when, When::Day(_)) { Sort::Day } else { Sort::Period };
            return if counted { None } else { self.done(Some(when), at, unit, sort, complete) };
        }
        self.glued_month(at)
    }

    /// `2019-sep-1`, `1-jan`, `22april`.
    fn glued_month(&self, at: usize) -> Option<Read> {
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
        let when = if complete { day(year, month, date) } else { self.now.month_day(month, date) };
        self.done(when.map(When::Day), at, next, Sort::Day, complete)
    }

    /// today, yesterday, the day after tomorrow
    fn named_day(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        if line.is_word(at + the, "day") && line.is_any(at + the + 1, &["before", "after"]) {
            let by = match line.text(at + the + 2) {
                t if t.eq_ignore_ascii_case("yesterday") => -2,
                t if t.eq_ignore_ascii_case("tomorrow") || t.eq_ignore_ascii_case("tmrw") => 2,
                _ => return None,
            };
            return self.done(shift(self.now.day, by).map(When::Day), at, at + the + 3, Sort::Day, false);
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
        self.done(shift(self.now.day, by).map(When::Day), at, at + 1, Sort::Day, false)
    }

    fn month(&self, at: usize) -> Option<(i8, usize)> {
        let mut buffer = [0u8; 24];
        let word = self.line.lower(at, &mut buffer)?;
        const MONTHS: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let short = word.len() == 3 || word == "sept";
        let index = MONTHS.iter().position(|m| *m == word || short && m.starts_with(word))?;
        let lower = self.line.text(at).starts_with(|c: char| c.is_lowercase());
        let date_follows = self.line.kind(at + 1) == Some(TokenKind::Number)
            || self.line.is_any(at + 1, &["the", "first", "twenty", "of", ".", "-", "between"]);
        let date_before = at > 0
            && (self.line.kind(at - 1) == Some(TokenKind::Number)
                || self.line.is_any(
                    at - 1,
                    &[
                        "of", "in", "last", "next", "this", "since", "until", "by", "from", "to", "th", "st",
                        "nd", "rd", "through", "late", "early", "mid", "and", ",",
                    ],
                ));
        if matches!(word, "may" | "march" | "mar" | "sep" | "dec" | "jan")
            && lower
            && !(date_follows && self.line.kind(at + 1) == Some(TokenKind::Number)
                || date_before && !self.line.is_any(at.wrapping_sub(1), &["to", "and", ","]))
        {
            return (matches!(word, "jan" | "sep" | "dec") && (date_follows || date_before))
                .then(|| (index as i8 + 1, at + 1));
        }
        if (word == "may" || word == "march") && !lower && at == 0 && !date_follows {
            return None;
        }
        let stop = usize::from(
            short
                && self.line.is(at + 1, ".")
                && self.line.glued(at + 1)
                && at + 2 < self.line.len()
                && (self.line.kind(at + 2) == Some(TokenKind::Number)),
        );
        let full_stop = usize::from(
            stop == 0
                && self.line.is(at + 1, ".")
                && self.line.glued(at + 1)
                && self.line.kind(at + 2) == Some(TokenKind::Number),
        );
        Some((index as i8 + 1, at + 1 + stop + full_stop))
    }

    fn weekday(&self, at: usize) -> Option<(Weekday, usize)> {
        let mut buffer = [0u8; 24];
        let word = self.line.lower(at, &mut buffer)?;
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

    /// 1 to 31 in digits, with or without an ending, or in words.
    fn day_number(&self, at: usize) -> Option<(i8, usize)> {
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
    fn month_day(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let (body, weekday) = match self.weekday(at) {
            Some((weekday, next)) => (next + usize::from(line.is(next, ",")), Some(weekday)),
            None => (at, None),
        };
        let body = body + usize::from(weekday.is_some() && line.is_word(body, "the"));
        let (month, date, next) = self.month_then_day(body).or_else(|| self.day_then_month(body))?;
        let (year, end, complete) = self.year_after(next, month);
        let stated = complete || end > next;
        let when = if stated { day(year, month, date) } else { self.now.month_day(month, date) };
        // "October 12, Monday": a weekday after the date belongs to it.
        self.done(when.map(When::Day), at, end, Sort::Day, complete)
    }

    fn month_then_day(&self, at: usize) -> Option<(i8, i8, usize)> {
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

    fn day_then_month(&self, at: usize) -> Option<(i8, i8, usize)> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let (date, next) = self.day_number(at + the)?;
        let stop = usize::from(line.is(next, ".") && line.glued(next));
        let of = usize::from(line.is_word(next + stop, "of"));
        let dash = usize::from(line.is(next, "-") && line.glued(next));
        let (month, end) = self.month(next + stop + of + dash)?;
        Some((month, date, end))
    }

    /// A year in digits or in words: 2016, nineteen seventy eight, two thousand and eighteen.
    fn year(&self, at: usize) -> Option<(i16, usize)> {
        let line = self.line;
        if line.kind(at) == Some(TokenKind::Number) {
            let text = line.text(at);
            if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let year: i16 = text.parse().ok()?;
            let glued = line.glued(at + 1)
                && (line.kind(at + 1) == Some(TokenKind::Word) || line.is_any(at + 1, &["%", ":"]));
            return ((1000..2200).contains(&year)
                && !glued
                && !line.is_any(at + 1, &["percent", "%", "million", "billion"]))
            .then_some((year, at + 1));
        }
        year_words(line, at)
    }

    /// "Friday 2018-7-6", "this friday june 22", "this friday (jun-15)": the fuller date says which Friday.
    fn weekday_and_date(&self, at: usize) -> Option<Read> {
        let this = usize::from(self.relative_word(at).is_some());
        let (_, next) = self.weekday(at + this)?;
        let open = usize::from(self.line.is_any(next, &["(", "-", ","]));
        let place = next + open;
        let fuller = self.weekday_number(place).or_else(|| self.month_day(place).filter(|_| this == 1))?;
        let close = usize::from(self.line.is(next, "(") && self.line.is(fuller.next, ")"));
        Some(Read { start: at, next: fuller.next + close, ..fuller })
    }

    fn weekday_number(&self, at: usize) -> Option<Read> {
        let start = (self.line.kind(at)? == TokenKind::Number).then(|| self.line.start(at))?;
        let (when, complete, end) = numeric(self.line.source(), start, self.now, true, false)
            .filter(|(w, ..)| matches!(w, When::Day(_)))?;
        self.done(Some(when), at, self.line.token_from(end), Sort::Day, complete)
    }

    /// "Friday", "last Friday", "this week Friday", "on Friday next week", "Friday the 22nd"
    fn weekday_expression(&self, at: usize) -> Option<Read> {
        let line = self.line;
        if let Some(by) = self.relative_word(at) {
            if let Some((weekday, next)) = self.weekday(at + 1) {
                let month = self.month(next);
                if let (Some((month, end)), true) = (month, line.is_any(at, &["last"])) {
                    return self.done(
                        nth_weekday(self.now.year_of_month(month), month, -1, weekday).map(When::Day),
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
                self.now.month_of_day(date).map(|d| self.matching(d, date, weekday)).map(When::Day),
                at,
                end,
                Sort::Day,
                false,
            );
        }
        self.done(nearest(self.now.day, weekday, self.now.future).map(When::Day), at, next, Sort::Day, false)
    }

    /// The month in which the day falls on the weekday: this one, else the one before or after.
    fn matching(&self, found: jiff::civil::Date, date: i8, weekday: Weekday) -> jiff::civil::Date {
        [0, -1, 1, -2, 2]
            .into_iter()
            .filter_map(|n| shift_month(self.now.day, n).and_then(|(y, m)| day(y, m, date)))
            .find(|d| d.weekday() == weekday)
            .unwrap_or(found)
    }

    fn in_week(&self, weeks: i32, weekday: Weekday) -> Option<When> {
        shift(monday(self.now.day, weeks)?, i32::from(weekday.to_monday_zero_offset())).map(When::Day)
    }

    /// "the first friday of july", "the third week of 2027", "the last week of july", "second Sunday", "first week of this month"
    fn nth(&self, at: usize) -> Option<Read> {
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

    fn nth_weekday(&self, at: usize, n: i8, weekday: Weekday, after: usize) -> Option<Read> {
        let of = usize::from(self.line.is_any(after, &["of", "in"]));
        let (year, month, end) = match self.some_month(after + of) {
            Some(found) => found,
            None if n == -1 => return None,
            None => (self.now.day.year(), self.now.day.month(), after),
        };
        let named = self.month(after + of).is_some();
        let date = |year| nth_weekday(year, month, n, weekday);
        let mut found = date(year)?;
        if named && found > self.now.day && !self.now.future && self.year(end.wrapping_sub(1)).is_none() {
            found = date(year - 1)?;
        }
        self.done(Some(When::Day(found)), at, end, Sort::Day, false)
    }

    /// A month by name or by "this month"; with the year.
    fn some_month(&self, at: usize) -> Option<(i16, i8, usize)> {
        if let Some((month, next)) = self.month(at) {
            let (year, end, _) = self.year_after(next, month);
            return Some((year, month, end));
        }
        let (by, next) = self.relative_month(at)?;
        let (year, month) = shift_month(self.now.day, by)?;
        Some((year, month, next))
    }

    /// A year by number or by "this year".
    fn some_year(&self, at: usize) -> Option<(i16, usize)> {
        let of = usize::from(self.line.is_any(at, &["of", "in", ","]));
        let the = usize::from(self.line.is_word(at + of, "the"));
        if let Some(by) =
            self.relative_word(at + of + the).filter(|_| self.line.is_word(at + of + the + 1, "year"))
        {
            return Some((self.now.day.year().checked_add(by as i16)?, at + of + the + 2));
        }
        if the == 1 && self.line.is_word(at + of + 1, "year") {
            return Some((self.now.day.year(), at + of + 2));
        }
        self.year(at + of)
    }

    /// Quarters, halves and seasons.
    fn part_of_year(&self, at: usize) -> Option<Read> {
        let line = self.line;
        if let Some(code) = self.part_code(at) {
            return Some(code);
        }
        // "2016 Q3", "2016 the third quarter"
        if let Some((year, next)) = self.year(at) {
            if let Some((half, end)) = self.half_code(next) {
                return self.done(Some(When::Half(year, half)), at, end, Sort::Period, true);
            }
            if let Some(Read { when, next: end, .. }) =
                self.part_code(next).or_else(|| self.part_in_words(next)).filter(|r| !r.complete)
            {
                let when = match when {
                    When::Quarter(_, q) => When::Quarter(year, q),
                    When::Half(_, h) => When::Half(year, h),
                    _ => return None,
                };
                return self.done(Some(when), at, end, Sort::Period, true);
            }
            if let Some((month, end)) = self.month(next + usize::from(line.is(next, ","))) {
                return self.done(Some(When::Month(year, month)), at, end, Sort::Period, true);
            }
        }
        self.first_of_year(at).or_else(|| self.part_in_words(at)).or_else(|| self.season(at))
    }

    /// "the first nine months of 2026", "first three quarters"
    fn first_of_year(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        if !line.is_word(at + the, "first") {
            return None;
        }
        let (n, next) = self.count(at + the + 1)?;
        let year_of = |end: usize| {
            self.some_year(end)
                .map_or((self.now.day.year(), end, false), |(y, e)| (y, e, self.year(e - 1).is_some()))
        };
        let (year, end, complete) = year_of(next + 1);
        let n = i8::try_from(n).ok()?;
        let when = if line.is_word(next, "months") && (2..12).contains(&n) {
            When::Span(When::Month(year, 1).into(), When::Month(year, n).into())
        } else if line.is_word(next, "quarters") && (2..4).contains(&n) {
            When::Span(When::Quarter(year, 1).into(), When::Quarter(year, n).into())
        } else {
            return None;
        };
        let other = end == next + 1 && line.is_any(end, &["of", "after", "in"]);
        (!other).then_some(Read { when, start: at, next: end, sort: Sort::Period, complete })
    }

    fn half_code(&self, at: usize) -> Option<(i8, usize)> {
        let half = if self.line.is_word(at, "H1") {
            1
        } else if self.line.is_word(at, "H2") {
            2
        } else {
            return None;
        };
        Some((half, at + 1))
    }

    /// Q3, H1, 1Q26 with the year after it.
    fn part_code(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let mut buffer = [0u8; 24];
        let word = line.lower(at, &mut buffer)?;
        let mut chars = word.chars();
        let (letter, number) = (chars.next()?, chars.next()?.to_digit(10)? as i8);
        let rest = chars.as_str();
        let short_year = rest.strip_prefix(['\'', '-']).unwrap_or(rest).parse::<i16>().ok();
        if !(rest.is_empty() || short_year.is_some()) {
            return None;
        }
        let make = |year: i16| match letter {
            'q' if (1..=4).contains(&number) => Some(When::Quarter(year, number)),
            'h' if (1..=2).contains(&number) => Some(When::Half(year, number)),
            _ => None,
        };
        make(2000)?;
        if let Some(year) = short_year.filter(|y| *y >= 10) {
            return self.done(make(full_year(year, self.now.day)), at, at + 1, Sort::Period, true);
        }
        if let Some((year, next)) = self.some_year(at + 1) {
            let complete = self.year(next - 1).is_some();
            return self.done(make(year), at, next, Sort::Period, complete);
        }
        if letter == 'h' {
            return None;
        }
        let year = self.now.day.year();
        let ahead = make(year)?.first()? > self.now.day && !self.now.future;
        self.done(make(if ahead { year - 1 } else { year }), at, at + 1, Sort::Period, false)
    }

    /// "the third quarter of 2016", "first half of this year", "fourth quarter"
    fn part_in_words(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let (n, mut next) = ordinal_words(line, at + the)
            .or_else(|| self.day_number(at + the).filter(|(_, n)| *n == at + the + 2))?;
        next += usize::from(line.is_dash(next));
        let quarter = line.is_word(next, "quarter") && (1..=4).contains(&n);
        let half = line.is_word(next, "half") && (1..=2).contains(&n);
        if !(quarter || half) {
            return None;
        }
        let make = |year| if quarter { When::Quarter(year, n) } else { When::Half(year, n) };
        if let Some((year, end)) = self.some_year(next + 1) {
            let complete = self.year(end - 1).is_some();
            return self.done(Some(make(year)), at, end, Sort::Period, complete);
        }
        if half && !line.is_any(next + 1, &["of"]) && self.line.is_any(next + 1, &["and"]) {
            return None;
        }
        if half && (line.is_word(next + 1, "of")) {
            return None;
        }
        let year = self.now.day.year();
        let ahead = make(year).first()? > self.now.day && !self.now.future;
        self.done(Some(make(if ahead { year - 1 } else { year })), at, next + 1, Sort::Period, false)
    }

    fn season(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let mid = usize::from(line.is_any(at + the, &["mid", "early", "late"]))
            + usize::from(line.is_dash(at + the + 1));
        let by = self.relative_word(at + the + mid);
        let place = at + the + mid + usize::from(by.is_some());
        let season = match line.text(place) {
            _ if line.is_word(place, "spring") => 1,
            _ if line.is_word(place, "summer") => 2,
            _ if line.is_any(place, &["autumn"])
                || line.is_word(place, "fall")
                    && (by.is_some() || the == 1 && self.some_year(place + 1).is_some()) =>
            {
                3
            }
            _ if line.is_word(place, "winter") => 4,
            _ => return None,
        };
        if let Some(by) = by {
            return self.done(
                Some(When::Season(self.now.day.year().checked_add(by as i16)?, season)),
                at,
                place + 1,
                Sort::Period,
                false,
            );
        }
        let (year, end) = self.some_year(place + 1)?;
        self.done(Some(When::Season(year, season)), at, end, Sort::Period, self.year(end - 1).is_some())
    }

    /// "June 2026", "June of 2026", "june next year", "this September", "early June", "end of March", bare "June"
    fn named_month(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let (part, body) = self.part_word(at);
        let by = self.relative_word(body).filter(|_| self.month(body + 1).is_some());
        if let (Some((month, next)), Some(by)) = (self.month(body + 1), by) {
            let now = self.now.day;
            let year = match by {
                0 => now.year(),
                1 => now.year() + i16::from(month <= now.month()),
                _ => now.year() - i16::from(month >= now.month()),
            };
            return self.done(
                Some(part.of(When::Month(year, month), self.now)),
                at,
                next,
                Sort::Period,
                false,
            );
        }
        let (month, next) = self.month(body)?;
        let (year, end, complete) = self.year_after(next, month);
        let when = part.of(When::Month(year, month), self.now);
        let name_only = end == next && part == PartOf::Whole;
        let lone = line.text(body).len() < 4
            && name_only
            && !(at > 0 && line.is_any(at - 1, &["in", "since", "by", "until", "of", "from", "to"]));
        // May, March and August begin names too: a bare month wants a word before it that dates take.
        let doubtful = name_only
            && line.is_any(body, &["may", "march", "august", "april", "june"])
            && !(at > 0
                && line.is_any(
                    at - 1,
                    &[
                        "in", "since", "by", "until", "of", "from", "to", "through", "for", "during",
                        "before", "after", "and", "between", "or", "out", "through", "last", "this", "each",
                        "every",
                    ],
                ));
        if lone || doubtful {
            return None;
        }
        let sort = if matches!(when, When::Day(_)) { Sort::Day } else { Sort::Period };
        self.done(Some(when), at, end, sort, complete)
    }

    /// early, late, mid-, beginning of, end of
    fn part_word(&self, at: usize) -> (PartOf, usize) {
        let line = self.line;
        let place = at + usize::from(line.is_word(at, "the"));
        let after = |next: usize| {
            let of = usize::from(line.is_any(next, &["of", "in"]));
            next + of + usize::from(of == 1 && line.is_word(next + 1, "the"))
        };
        const OF: &[(&str, PartOf)] = &[
            ("end", PartOf::End),
            ("start", PartOf::Early),
            ("beginning", PartOf::Early),
            ("middle", PartOf::Mid),
        ];
        if let Some((_, part)) =
            OF.iter().find(|(w, _)| line.is_word(place, w)).filter(|_| line.is_word(place + 1, "of"))
        {
            return (*part, after(place + 1));
        }
        const BARE: &[(&str, PartOf)] = &[
            ("early", PartOf::Early),
            ("late", PartOf::Late),
            ("mid", PartOf::Mid),
            ("earlier", PartOf::Earlier),
            ("later", PartOf::Later),
        ];
        match BARE.iter().find(|(w, _)| line.is_word(place, w)) {
            Some((_, part)) => (*part, after(place + 1 + usize::from(line.is_dash(place + 1)))),
            None => (PartOf::Whole, at),
        }
    }

    /// "next week", "this year", "last quarter", "the week", "the week after next", "this weekend", "rest of the week", "week of the 18th", "Week 31"
    fn relative_period(&self, at: usize) -> Option<Read> {
        if self.line.is_word(at, "year")
            && self.line.is_word(at + 1, "to")
            && self.line.is_word(at + 2, "date")
        {
            let first = day(self.now.day.year(), 1, 1)?;
            return self.done(Some(When::Days(first, self.now.day)), at, at + 3, Sort::Period, false);
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
                    quarter(self.now.day, -4)
                } else {
                    shift_month(self.now.day, -12).map(|(y, m)| When::Month(y, m))
                };
                return self.done(months, at, unit + 3, Sort::Period, false);
            }
            let when = self.unit_period(unit, by.unwrap_or(0))?;
            let sort = if matches!(when, When::Day(_)) { Sort::Day } else { Sort::Period };
            // "the day" alone says nothing in a text.
            let end = if matches!(when, When::Day(_)) && by.is_none() && !self.is_short() {
                None
            } else {
                Some(part.of(when, self.now))
            };
            self.done(end, start, unit + 1, sort, false)
        })
    }

    /// A question or a command of a few words, not running text.
    fn is_short(&self) -> bool {
        self.line.len() < 12
    }

    fn unit_period(&self, at: usize, by: i32) -> Option<When> {
        let (line, now) = (self.line, self.now.day);
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

    fn after_next(&self, at: usize) -> Option<Read> {
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

    fn rest_of(&self, at: usize) -> Option<Read> {
        let line = self.line;
        if !line.is_word(at, "rest") {
            return None;
        }
        let mut unit = at + 1;
        while line.is_any(unit, &["of", "the", "this", "my", "current"]) {
            unit += 1;
        }
        let last = self.unit_period(unit, 0)?.last()?;
        self.done(Some(When::Days(self.now.day, last)), at, unit + 1, Sort::Period, false)
    }

    /// "week of the 18th", "week of september 16th", "Week 31"
    fn week_of(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        if !line.is_any(at + the, &["week", "month"]) {
            return None;
        }
        if let Some(n) = line
            .get(at + 1)
            .filter(|_| the == 0 && line.is_word(at, "week") && line.kind(at + 1) == Some(TokenKind::Number))
            .and_then(|t| t.parse::<i8>().ok())
        {
            return self.done(
                week_of_year(self.now.day.year(), n).filter(|_| (1..=53).contains(&n)),
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
    fn week_day_number(&self, at: usize) -> Option<Read> {
        let the = usize::from(self.line.is_word(at, "the"));
        let (date, next) = self.day_number(at + the)?;
        self.done(self.now.month_of_day(date).map(When::Day), at, next, Sort::Day, false)
    }

    /// "the 1970s", "the 70s", "the seventies", "15th century"
    fn decade(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let apostrophe = usize::from(line.is_any(at + the, &["'", "’"]));
        let place = at + the + apostrophe;
        if let Some((n, next)) = self.day_number(place).filter(|(_, n)| {
            line.is_word(*n, "century") || line.is_dash(*n) && line.is_word(*n + 1, "century")
        }) {
            let start = (i16::from(n) - 1).checked_mul(100)?;
            return self.done(
                Some(When::Century(start)),
                place,
                next + 1 + usize::from(line.is_dash(next)),
                Sort::Period,
                true,
            );
        }
        if line.kind(place) == Some(TokenKind::Number) {
            let text = line.text(place);
            let possessive = usize::from(line.is_any(place + 1, &["'", "’"]));
            let plural = line.is(place + 1 + possessive, "s") && line.glued(place + 1);
            let number: i16 = text
                .parse()
                .ok()
                .filter(|n| n % 10 == 0 && plural && (text.len() == 4 || text.len() == 2))?;
            let year = if text.len() == 4 { number } else { full_year(number, self.now.day) };
            return self.done(
                Some(When::Decade(year)),
                at,
                place + 2 + possessive,
                Sort::Period,
                text.len() == 4,
            );
        }
        if the == 0 {
            return None;
        }
        let (year, next) = decade_words(line, place)?;
        self.done(Some(When::Decade(year)), at, next, Sort::Period, year >= 1000)
    }

    /// "in 2016", "2026 budget", "nineteen twenty eight", "year 247"
    fn year_expression(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let (part, body) = self.part_word(at);
        if line.is_any(body, &["year", "fiscal"]) {
            let year = line.is_any(body + 1, &["year"]);
            let place = body + 1 + usize::from(year);
            if let Some((n, next)) = self.year(place) {
                return self.done(Some(When::Year(n)), body, next, Sort::Period, true);
            }
            let (n, next) = numeral(line, place, Reading::default()).filter(|(n, _)| n.is_exact())?;
            let year = n.low.to_i16().filter(|y| {
                (100..1000).contains(y) && line.is_word(body, "year") && (body == 0 || self.is_short())
            })?;
            return self.done(Some(When::Year(year)), body, next, Sort::Period, true);
        }
        let (year, next) = self.year(body)?;
        let lone = line.kind(body) == Some(TokenKind::Number);
        let money = body > 0
            && (line.is_any(
                body - 1,
                &[
                    "$",
                    "€",
                    "£",
                    "¥",
                    "no",
                    "#",
                    "rs",
                    "nearly",
                    "about",
                    "around",
                    "some",
                    "over",
                    "than",
                    "least",
                    "approximately",
                    "roughly",
                    "almost",
                ],
            ) || line.glued(body) && !line.is_any(body - 1, &["(", "\"", "“", "‘", "'", "/", "—", "–"]));
        let counted = lone && part == PartOf::Whole && self.is_counted_year(body, next, year);
        let own =
            !lone || (1900..2100).contains(&year) || body > 0 && line.is_any(body - 1, &["in", "since"]);
        if money
            || counted
            || !own
            || line.glued(next)
                && line.is_dash(next)
                && line.glued(next + 1)
                && line.kind(next + 1) == Some(TokenKind::Number)
        {
            return None;
        }
        let when = part.of(When::Year(year), self.now);
        let sort = if matches!(when, When::Day(_)) { Sort::Day } else { Sort::Period };
        self.done(Some(when), at, next, sort, true)
    }

    /// 2000 people, 2048 GPUs: a plain plural after the number makes it a count, unless a preposition makes it a year.
    fn is_counted_year(&self, at: usize, next: usize, year: i16) -> bool {
        let line = self.line;
        let preposition = at > 0
            && line.is_any(
                at - 1,
                &[
                    "in",
                    "since",
                    "by",
                    "until",
                    "from",
                    "during",
                    "of",
                    "for",
                    "late",
                    "early",
                    "before",
                    "after",
                    "through",
                    "fiscal",
                    "and",
                    "to",
                    "throughout",
                    "till",
                ],
            );
        let noun = line.text(next);
        let plural = noun.len() > 3
            && noun.ends_with('s')
            && !noun.ends_with("ss")
            && noun.starts_with(|c: char| c.is_lowercase())
            || line.is_any(
                next,
                &[
                    "people", "gpus", "km", "meters", "metres", "miles", "yuan", "dollars", "points",
                    "troops", "mw", "tons", "tonnes",
                ],
            );
        let round = year % 100 == 0 || !(1950..=2050).contains(&year);
        let unit = crate::quantities::units::UNITS
            .english_at(line, next)
            .is_some_and(|(u, _)| u.factor > rust_decimal::Decimal::ZERO)
            && !line.is_any(next, &["real", "mark"]);
        plural && (!preposition && (round || year == 2048) || unit) || unit && !preposition
    }

    /// "the 27th", "on 15", "the twenty second", "20th of next month"
    fn ordinal_day(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let (date, next) = self.day_number(at + the)?;
        let ending = line.kind(at + the) == Some(TokenKind::Number) && next == at + the + 2;
        let of = usize::from(line.is_any(next, &["of", "in"]));
        if let Some((by, end)) = self.relative_month(next + of).filter(|_| ending || the == 1) {
            let (year, month) = shift_month(self.now.day, by)?;
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
        self.done(self.now.month_of_day(date).map(When::Day), at, next, Sort::Day, false)
    }

    /// "two weeks ago", "a month ago", "in 3 weeks", "two days from tomorrow", "2 years 21 days later"
    fn distance(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let within = line.is_word(at, "in");
        let (length, next) = self.length(at + usize::from(within))?;
        if within {
            return self.ahead(at, length, next);
        }
        let (anchor, back, end) = match line.text(next) {
            _ if line.is_word(next, "ago") => (self.now.day, true, next + 1),
            _ if line.is_any(next, &["later", "hence"]) => (self.now.day, false, next + 1),
            _ if line.is_any(next, &["from", "after", "before"]) => {
                let back = line.is_word(next, "before");
                let (by, known) = match line.text(next + 1) {
                    _ if line.is_any(next + 1, &["now", "today"]) => (0, true),
                    _ if line.is_any(next + 1, &["tomorrow", "tmrw"]) => (1, true),
                    _ if line.is_word(next + 1, "yesterday") => (-1, true),
                    _ => (0, false),
                };
                (shift(self.now.day, by).filter(|_| known)?, back, next + 2)
            }
            _ => return None,
        };
        let date = length.from(anchor, back)?;
        let coarse = if self.is_short() { When::Day(date) } else { coarse(length, date) };
        self.done(Some(coarse), at, end, Sort::Distance, false)
    }

    /// "in 3 weeks" is a date; "in three years" says how long something takes as often, and stays a figure.
    fn ahead(&self, at: usize, length: Length, next: usize) -> Option<Read> {
        let closes = next >= self.line.len() || self.line.is(next, ".");
        (closes && length.years == 0 && length.months == 0 && self.is_short()).then_some(())?;
        self.done(length.from(self.now.day, false).map(When::Day), at, next, Sort::Distance, false)
    }

    /// "past 3 weeks", "the next two decades", "within 5 days"
    fn rolling(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let within = line.is_word(at, "within");
        let the = usize::from(line.is_word(at + usize::from(within), "the"));
        let word = at + usize::from(within) + the;
        let by = self.relative_word(word).filter(|by| *by != 0);
        if by.is_none() && !(within && the == 0) {
            return None;
        }
        let body = word + usize::from(by.is_some());
        let now = self.now.day;
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

    fn count(&self, at: usize) -> Option<(i16, usize)> {
        let (n, next) = numeral(self.line, at, Reading::default()).filter(|(n, _)| n.is_exact())?;
        Some((n.low.to_i16().filter(|n| (1..100).contains(n))?, next))
    }

    /// "2 years 1 month 21 days", "a month", "few days", "two and a half days"
    fn length(&self, at: usize) -> Option<(Length, usize)> {
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

    fn number_of_units(&self, at: usize) -> Option<(i32, usize)> {
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
        let (n, next) = numeral(line, at, Reading::default()).filter(|(n, _)| n.is_exact())?;
        Some((n.low.to_i32().filter(|n| (0..100_000).contains(n))?, next))
    }
}

/// A length of years or months names the year or month, one of days the day.
fn coarse(length: Length, date: jiff::civil::Date) -> When {
    match (length.years, length.months, length.days) {
        (1.., 0, 0) => When::Year(date.year()),
        (_, 1.., 0) => When::Month(date.year(), date.month()),
        _ => When::Day(date),
    }
}

fn unit_length(line: &Line, at: usize, n: i32) -> Option<Length> {
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

/// Which part of a period is meant.
#[derive(Debug, Clone, Copy, PartialEq)]
enum PartOf {
    Whole,
    Early,
    Mid,
    Late,
    /// Before now, within the period.
    Earlier,
    /// After now, within the period.
    Later,
    /// The end: its last day.
    End,
}

impl PartOf {
    /// Early and late are halves, mid the middle two quarters.
    fn of(self, when: When, now: Now) -> When {
        let (Some(first), Some(last)) = (when.first(), when.last()) else { return when };
        let days = (last - first).get_days();
        let half = match when {
            When::Year(y) => day(y, 6, 30),
            When::Month(y, m) => day(y, m, 15),
            _ => shift(first, days / 2),
        };
        let Some(half) = half else { return when };
        let within = |from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>| match (from, to) {
            (Some(from), Some(to)) if from <= to => When::Within(when.clone().into(), from, to),
            _ => when.clone(),
        };
        match self {
            PartOf::Whole => when,
            PartOf::Early => within(Some(first), Some(half)),
            PartOf::Late => within(shift(half, if days == 6 { 0 } else { 1 }), Some(last)),
            PartOf::Mid => within(shift(first, days / 4), shift(last, -(days / 4))),
            PartOf::Earlier => within(Some(first), Some(now.day.min(last))),
            PartOf::Later => within(Some(now.day.max(first)), Some(last)),
            PartOf::End if matches!(when, When::Days(..)) => PartOf::Late.of(when, now),
            PartOf::End => When::Day(last),
        }
    }
}

/// first, second … thirty-first, twenty second
fn ordinal_words(line: &Line, at: usize) -> Option<(i8, usize)> {
    const FIRST: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    let position = |at: usize| FIRST.iter().position(|w| line.is_word(at, w)).map(|i| i as i8 + 1);
    if let Some(n) = position(at) {
        return Some((n, at + 1));
    }
    let tens = match line.text(at) {
        _ if line.is_word(at, "twenty") => 20,
        _ if line.is_word(at, "thirty") => 30,
        _ if line.is_word(at, "thirtieth") => return Some((30, at + 1)),
        _ if line.is_word(at, "fifteen") => return Some((15, at + 1)),
        _ => return None,
    };
    let next = at + 1 + usize::from(line.is_dash(at + 1));
    const UNITS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let unit = position(next)
        .filter(|n| *n < 10)
        .or_else(|| UNITS.iter().position(|w| line.is_word(next, w)).map(|i| i as i8 + 1));
    match unit.map(|u| tens + u) {
        Some(n) if n <= 31 => Some((n, next + 1)),
        Some(_) => None,
        None => Some((tens, at + 1)),
    }
}

/// nineteen seventy eight, nineteen zero one, two thousand and eighteen, one thousand seven hundred and eighty nine
fn year_words(line: &Line, at: usize) -> Option<(i16, usize)> {
    let (first, next) = numeral(line, at, Reading::default())
        .filter(|(n, _)| n.is_exact() && n.form == crate::quantities::Form::Words)?;
    let first = first.low.to_i16()?;
    if (1000..2200).contains(&first) && line.is_any(at, &["one", "two"]) && line.is_word(at + 1, "thousand") {
        return Some((first, next));
    }
    if !(17..=20).contains(&first) {
        return None;
    }
    let zero = usize::from(line.is_any(next, &["zero", "oh"]));
    let dash = usize::from(line.is_dash(next));
    let (second, end) = numeral(line, next + zero + dash, Reading::default())
        .filter(|(n, _)| n.is_exact() && n.form == crate::quantities::Form::Words)?;
    let second = second
        .low
        .to_i16()
        .filter(|n| if zero == 1 { (1..10).contains(n) } else { (10..100).contains(n) })?;
    Some((first * 100 + second, end))
}

/// the seventies, the nineteen seventies, the twenty-tens, the two thousands, the noughties
fn decade_words(line: &Line, at: usize) -> Option<(i16, usize)> {
    const TENS: [(&str, i16); 9] = [
        ("tens", 10),
        ("twenties", 20),
        ("thirties", 30),
        ("forties", 40),
        ("fifties", 50),
        ("sixties", 60),
        ("seventies", 70),
        ("eighties", 80),
        ("nineties", 90),
    ];
    let tens = |at: usize| TENS.iter().find(|(w, _)| line.is_word(at, w)).map(|(_, n)| *n);
    if line.is_word(at, "noughties") {
        return Some((2000, at + 1));
    }
    if line.is_word(at, "two") && line.is_word(at + 1, "thousands") {
        return Some((2000, at + 2));
    }
    if line.is_word(at, "two") && line.is_word(at + 1, "thousand") && line.is_word(at + 2, "and") {
        return tens(at + 3).map(|n| (2000 + n, at + 4));
    }
    if let Some(n) = tens(at) {
        return (n >= 20).then_some((if n == 20 { 1920 } else { 1900 + n }, at + 1));
    }
    let century = if line.is_word(at, "nineteen") {
        1900
    } else if line.is_word(at, "twenty") {
        2000
    } else if line.is_word(at, "eighteen") {
        1800
    } else {
        return None;
    };
    let next = at + 1 + usize::from(line.is_dash(at + 1));
    tens(next).map(|n| (century + n, next + 1))
}

/// The n-th week of a month: the first is the one that holds its first Thursday… counted by its first Monday.
fn week_of_month(year: i16, month: i8, n: i8) -> Option<When> {
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
fn week_of_year(year: i16, n: i8) -> Option<When> {
    let first = monday(day(year, 1, 4)?, 0)?;
    let start = if n == -1 { monday(day(year, 12, 31)?, 0)? } else { shift(first, (i32::from(n) - 1) * 7)? };
    Some(When::Days(start, shift(start, 6)?))
}
