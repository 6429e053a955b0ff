//! Chinese dates.

mod days;
mod lengths;
mod lunar_dates;
mod months;
mod parts;
mod ranges;
mod references;
mod weeks;
pub(super) mod words;
mod years;

use self::references::Passed;
use self::words::WORDS;
use super::calendar::{Now, When};
use super::memo::Memo;
use super::{Found, Sort};
use crate::quantities::Numeral;
use crate::quantities::numerals_zh::{Reading, arabic, begins, numeral};
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;

/// An expression that has been read.
#[derive(Debug, Clone)]
struct Read {
    when: When,
    end: usize,
    sort: Sort,
    complete: bool,
}

/// The dates of a sentence.
pub fn read(sentence: &str, day: Date, now: impl Fn(usize) -> Now) -> Vec<Found> {
    let before = Before { numbers: Memo::new(), years: Memo::new() };
    let (mut found, mut at, mut last) = (Vec::new(), 0, None);
    while let Some(c) = sentence[at..].chars().next() {
        if !may_begin(c, &sentence[at..]) {
            at += c.len_utf8();
            continue;
        }
        let now = || now(at);
        let reader = Reader { text: sentence, read: &before, day, now: &now };
        let read = match reader.habit(at).or_else(|| reader.back_reference(at, last)) {
            Some(Passed { read: None, end }) => {
                at = end.max(at + c.len_utf8());
                continue;
            }
            Some(Passed { read, .. }) => read,
            None => reader.expression(at).map(|read| reader.in_month_of(at, last, read)),
        };
        match read {
            Some(read) => {
                last = read.when.first().filter(|_| read.complete).or(last);
                found.push(Found {
                    range: at..read.end,
                    when: read.when,
                    sort: read.sort,
                    complete: read.complete,
                });
                at = read.end.max(at + c.len_utf8());
            }
            None => at = reader.past(at, c),
        }
    }
    found
}

/// Whether a date can begin with a character and what follows it; all others are passed by at once.
fn may_begin(c: char, text: &str) -> bool {
    let named = || WORDS.feasts.beginning(text).is_some() || WORDS.eras.beginning(text).is_some();
    begins(c) || WORDS.first.hold(c) || named()
}

/// `starts_with` that looks at two bytes first: the words here are three bytes a character, and nearly all differ in these.
fn opens(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let third = word.len().min(3).wrapping_sub(1);
    text.len() >= word.len() && text.get(third) == word.get(third) && text.starts_with(word)
}

struct Reader<'a> {
    text: &'a str,
    read: &'a Before,
    day: Date,
    /// The day with what the clause looks at, worked out where a bare date asks for it.
    now: &'a dyn Fn() -> Now,
}

/// A year, the byte after it, and whether it is complete.
type Year = (i16, usize, bool);

/// What was read in the sentence before: rules for one expression ask for the same again and again. Neither hangs on what
/// the clause looks at.
struct Before {
    numbers: Memo<Option<Numeral>>,
    years: Memo<Option<Year>>,
}

impl Reader<'_> {
    fn now(&self) -> Now {
        (self.now)()
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or("")
    }

    fn starts(&self, at: usize, words: &[&str]) -> Option<usize> {
        {
            let rest = self.rest(at);
            words.iter().find(|w| opens(rest, w)).map(|w| at + w.len())
        }
    }

    fn spaces(&self, at: usize) -> usize {
        at + self.rest(at).len() - self.rest(at).trim_start_matches([' ', '\u{a0}', '\u{3000}']).len()
    }

    /// A command of a few words, not running text.
    fn is_short(&self) -> bool {
        self.text.chars().nth(12).is_none()
    }

    /// Past a character, or past all of a number, so that its tail is not read as a date.
    fn past(&self, at: usize, c: char) -> usize {
        let next = at + c.len_utf8();
        if arabic(c).is_none() {
            return next;
        }
        let rest = self.rest(next);
        next + rest.len()
            - rest.trim_start_matches(|c: char| arabic(c).is_some() || c.is_ascii_alphabetic()).len()
    }

    fn expression(&self, at: usize) -> Option<Read> {
        let first = self.first_of_year(at, self.day.year()).filter(|_| !self.rest(at).starts_with('第'));
        if let Some((when, end)) = first.filter(|(_, end)| self.starts(*end, &["前", "内", "来"]).is_none())
        {
            return self.done(Some(when), end, Sort::Period, false);
        }
        self.rolling(at).or_else(|| self.range_or_single(at))
    }

    /// The number that begins at a byte.
    fn numeral(&self, at: usize) -> Option<Numeral> {
        if !self.rest(at).starts_with(begins) {
            return None;
        }
        self.read.numbers.at(at, || numeral(self.text, at, Reading::default()))
    }

    fn done(&self, when: Option<When>, end: usize, sort: Sort, complete: bool) -> Option<Read> {
        Some(Read { when: when?, end, sort, complete })
    }

    // Single expressions.
    fn single(&self, at: usize) -> Option<Read> {
        self.digits(at)
            .or_else(|| self.lunar_date(at))
            .or_else(|| self.with_year(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.distance(at))
            .or_else(|| self.relative_day(at))
            .or_else(|| self.with_month(at, None))
            .or_else(|| self.weekday(at))
            .or_else(|| self.week(at))
            .or_else(|| self.part_of_year(at, self.day.year(), false, true))
            .or_else(|| self.feast(at, None))
            .or_else(|| self.day_alone(at))
            .or_else(|| self.end_of_now(at))
    }

    /// A number from 1 to `limit` in either script.
    fn small(&self, at: usize, limit: i16) -> Option<(i8, usize)> {
        if !self.rest(at).starts_with(begins) || self.rest(at).starts_with(['-', '.', '上', '半', '负']) {
            return None;
        }
        let read = self.numeral(at)?;
        let number = if read.is_exact() { read.low.to_i16() } else { None };
        let number = number.filter(|n| (1..=limit).contains(n))?;
        (read.low.scale() == 0).then_some((i8::try_from(number).ok()?, read.range.end))
    }
}
