//! English dates.

mod days;
mod lengths;
mod months;
mod ordinals;
mod parts;
mod periods;
mod ranges;
mod weekdays;
pub(super) mod words;
mod years;

use self::words::WORDS;
use super::calendar::{Now, When, day, shift};
use super::memo::Memo;
use super::{Found, Sort};
use crate::quantities::line::{Line, TokenKind};
use crate::quantities::numerals_en::{self, Reading};
use jiff::civil::Date;
use parts::PartOf;

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
pub fn read(sentence: &str, day: Date, now: impl Fn(usize) -> Now) -> Vec<Found> {
    let line = Line::new(sentence);
    let numbers = Memo::new();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < line.len() {
        if !may_begin(&line, at) {
            at += 1;
            continue;
        }
        let now = || now(line.start(at));
        let reader = Reader { line: &line, numbers: &numbers, day, now: &now };
        // "every October", "each Monday": a habit names no date.
        let habit = at > 0 && line.is_any(at - 1, &["every", "each"]);
        let Some(read) = reader.expression(at).filter(|_| !habit || reader.is_short()) else {
            at += 1;
            continue;
        };
        let range = line.start(read.start)..line.end_before(read.next).max(line.start(read.start));
        at = read.next.max(at + 1);
        found.push(Found { range, when: read.when, sort: read.sort, complete: read.complete });
    }
    found
}

fn may_begin(line: &Line, at: usize) -> bool {
    let text = line.text(at);
    match line.kind(at) {
        Some(TokenKind::Number) => true,
        Some(TokenKind::Word) => {
            // Q3 and H1
            let code = text.len() <= 6 && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
            let first = |word: &str| word.len() <= 11 && WORDS.first_words.contains(word);
            code || line.lower(at).is_some_and(first) && may_go_on(line, at)
        }
        _ => matches!(text, "'" | "’"),
    }
}

/// Whether a date can go on behind a word with which one may begin. The commonest of these are asked for what follows, for
/// nearly all of them begin something else.
fn may_go_on(line: &Line, at: usize) -> bool {
    let next = at + 1;
    match line.lower(at) {
        Some("the") => {
            line.kind(next) == Some(TokenKind::Number)
                || line.is_any(next, &["'", "’"])
                || [&WORDS.first_words, &WORDS.periods, &WORDS.decades]
                    .iter()
                    .any(|words| words.has(line, next))
        }
        Some("a" | "an") => numerals_en::may_begin(line, next) || WORDS.lengths.has(line, next),
        Some("that") => WORDS.periods.has(line, next),
        // "In two weeks" is a date of a few words only.
        Some("in") => line.len() < SHORT,
        _ => true,
    }
}

/// Fewer tokens than this are a question or a command, not running text.
const SHORT: usize = 12;

struct Reader<'l, 'a> {
    line: &'l Line<'a>,
    numbers: &'l Memo<Option<numerals_en::Read>>,
    day: Date,
    /// The day with what the clause looks at, worked out where a bare date asks for it.
    now: &'l dyn Fn() -> Now,
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
        let within = |from: Option<Date>, to: Option<Date>| match (from, to) {
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

impl Reader<'_, '_> {
    fn now(&self) -> Now {
        (self.now)()
    }

    /// A range or a single expression at `at`.
    fn expression(&self, at: usize) -> Option<Read> {
        self.rolling(at).or_else(|| self.range_or_single(at))
    }

    /// The number that begins at a token.
    fn numeral(&self, at: usize) -> Option<numerals_en::Read> {
        self.numbers.at(at, || numerals_en::numeral(self.line, at, Reading::default()))
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

    /// A question or a command of a few words, not running text.
    fn is_short(&self) -> bool {
        self.line.len() < SHORT
    }
}
