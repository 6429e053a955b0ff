//! Calendar periods and their ISO 8601 / EDTF names.

use headwater_model::time::Precision;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A stretch of the calendar, as precise as it was stated.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// From this year, a hundred years.
    Century(i16),
    /// From this year, ten years.
    Decade(i16),
    /// A year.
    Year(i16),
    /// Spring (1) to winter (4).
    Season(i16, i8),
    /// First or second half.
    Half(i16, i8),
    /// First to fourth quarter.
    Quarter(i16, i8),
    /// A month.
    Month(i16, i8),
    /// Days in a row, first and last: a week, a weekend, ten days of a month, the past three years.
    Days(Date, Date),
    /// A day.
    Day(Date),
    /// From one to another, both named.
    Span(Box<When>, Box<When>),
    /// From this on.
    From(Box<When>),
    /// Up to this.
    Until(Box<When>),
    /// Some part of a period: early, mid, late, earlier. It is named like the period, for its own edges are not stated;
    /// the days are what is commonly meant.
    Within(Box<When>, Date, Date),
}

impl When {
    /// The first day; `None` where the calendar ends or the start is open.
    pub fn first(&self) -> Option<Date> {
        match self {
            When::Century(y) | When::Decade(y) | When::Year(y) => day(*y, 1, 1),
            When::Season(y, s) => day(*y, s * 3, 1),
            When::Half(y, h) => day(*y, (h - 1) * 6 + 1, 1),
            When::Quarter(y, q) => day(*y, (q - 1) * 3 + 1, 1),
            When::Month(y, m) => day(*y, *m, 1),
            When::Days(first, _) | When::Within(_, first, _) => Some(*first),
            When::Day(date) => Some(*date),
            When::Span(from, _) => from.first(),
            When::From(from) => from.first(),
            When::Until(_) => None,
        }
    }

    /// The last day.
    pub fn last(&self) -> Option<Date> {
        match self {
            When::Century(y) => day(y.checked_add(99)?, 12, 31),
            When::Decade(y) => day(y.checked_add(9)?, 12, 31),
            When::Year(y) => day(*y, 12, 31),
            When::Season(y, 4) => Some(day(y.checked_add(1)?, 2, 1)?.last_of_month()),
            When::Season(y, s) => Some(day(*y, s * 3 + 2, 1)?.last_of_month()),
            When::Half(y, h) => Some(day(*y, h * 6, 1)?.last_of_month()),
            When::Quarter(y, q) => Some(day(*y, q * 3, 1)?.last_of_month()),
            When::Month(y, m) => Some(day(*y, *m, 1)?.last_of_month()),
            When::Days(_, last) | When::Within(_, _, last) => Some(*last),
            When::Day(date) => Some(*date),
            When::Span(_, to) => to.last(),
            When::From(_) => None,
            When::Until(to) => to.last(),
        }
    }

    /// ISO 8601, or EDTF where ISO has no name: quarters are 33–36, halves 40 and 41, seasons 21–24.
    pub fn edtf(&self) -> String {
        match self {
            When::Century(y) => format!("{:02}XX", y / 100),
            When::Decade(y) => format!("{:03}X", y / 10),
            When::Year(y) => format!("{y:04}"),
            When::Season(y, s) => format!("{y:04}-{}", 20 + s),
            When::Half(y, h) => format!("{y:04}-{}", 39 + h),
            When::Quarter(y, q) => format!("{y:04}-{}", 32 + q),
            When::Month(y, m) => format!("{y:04}-{m:02}"),
            When::Days(first, last) => format!("{first}/{last}"),
            When::Within(period, ..) => period.edtf(),
            When::Day(date) => date.to_string(),
            When::Span(from, to) => format!("{}/{}", end(from, true), end(to, false)),
            When::From(from) => format!("{}/..", end(from, true)),
            When::Until(to) => format!("../{}", end(to, false)),
        }
    }

    /// How much is known.
    pub fn precision(&self) -> Precision {
        match self {
            When::Century(_) | When::Decade(_) | When::Year(_) => Precision::Year,
            When::Season(..) | When::Half(..) | When::Quarter(..) | When::Month(..) => Precision::Month,
            When::Days(..) | When::Day(_) => Precision::Day,
            When::Span(from, to) => from.precision().max(to.precision()),
            When::From(one) | When::Until(one) | When::Within(one, ..) => one.precision(),
        }
    }
}

/// The end of an interval: plain ISO, since an interval of intervals has no name.
fn end(when: &When, first: bool) -> String {
    match when {
        When::Year(_) | When::Month(..) | When::Day(_) => when.edtf(),
        When::Within(period, ..) => self::end(period, first),
        _ => if first { when.first() } else { when.last() }.map_or_else(|| "..".into(), |d| d.to_string()),
    }
}

/// A day that exists.
pub fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// A length of time in calendar units.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Length {
    /// Years.
    pub years: i32,
    /// Months.
    pub months: i32,
    /// Days.
    pub days: i32,
}

impl Length {
    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self == Length::default()
    }

    /// The day this long after another, or before it; `None` where the calendar ends.
    pub fn from(self, date: Date, back: bool) -> Option<Date> {
        let sign = if back { -1 } else { 1 };
        let months = self.years.checked_mul(12)?.checked_add(self.months)?;
        if months.abs() > 60_000 || self.days.abs() > 2_000_000 {
            return None;
        }
        date.checked_add((sign * months).months()).ok()?.checked_add((sign * self.days).days()).ok()
    }
}

/// A date so many days on.
pub fn shift(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

/// The month so many months on.
pub fn shift_month(date: Date, months: i32) -> Option<(i16, i8)> {
    let shifted = date.first_of_month().checked_add(months.months()).ok()?;
    Some((shifted.year(), shifted.month()))
}

/// Monday of the week so many weeks on.
pub fn monday(date: Date, weeks: i32) -> Option<Date> {
    let back = i32::from(date.weekday().to_monday_zero_offset());
    shift(date, weeks.checked_mul(7)? - back)
}

/// The week so many weeks on, Monday to Sunday.
pub fn week(date: Date, weeks: i32) -> Option<When> {
    let first = monday(date, weeks)?;
    Some(When::Days(first, shift(first, 6)?))
}

/// The quarter so many quarters on.
pub fn quarter(date: Date, quarters: i32) -> Option<When> {
    let (year, month) = shift_month(date, quarters.checked_mul(3)?)?;
    Some(When::Quarter(year, (month - 1) / 3 + 1))
}

/// The last day on or before `date` that falls on a weekday, or the next one after it.
pub fn nearest(date: Date, weekday: Weekday, future: bool) -> Option<Date> {
    if date.weekday() == weekday {
        return Some(date);
    }
    date.nth_weekday(if future { 1 } else { -1 }, weekday).ok()
}

/// The n-th weekday of a month; the last one for -1.
pub fn nth_weekday(year: i16, month: i8, n: i8, weekday: Weekday) -> Option<Date> {
    day(year, month, 1)?.nth_weekday_of_month(n, weekday).ok()
}

/// Where "today" is, and whether the sentence looks ahead.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// The day to which "today" refers.
    pub day: Date,
    /// Whether a bare day or month is the next one, not the last one.
    pub future: bool,
    /// Whether a day and month of the coming fortnight is that one all the same, and not last year's: an article of June 22
    /// that names June 25 speaks of what is near.
    pub soon: bool,
    /// Whether an act begins on the day: then a bare day or month is the nearest one, behind or ahead.
    pub begins: bool,
}

/// Days ahead that are near.
const SOON: i32 = 14;
/// So many days or months back, a day on which an act begins has just gone by.
const JUST_GONE: (i32, i8) = (62, 2);
/// By so many days the day to come may be further off than the last one.
const LEANING: i32 = 30;

impl Now {
    /// Whether the nearest day counts, for it is one on which an act begins and no word says that it is to come.
    fn leans(self) -> bool {
        self.begins && !self.future
    }

    /// A day and month without a year.
    pub fn month_day(self, month: i8, date: i8) -> Option<Date> {
        let near = |d: &Date| self.day < *d && (*d - self.day).get_days() <= SOON;
        let mut next = [0, 1].iter().filter_map(|y| day(self.day.year().checked_add(*y)?, month, date));
        if let Some(next) = next.find(near).filter(|_| self.soon && !self.future) {
            return Some(next);
        }
        if self.leans() {
            let in_year = |by: i16| day(self.day.year().checked_add(by)?, month, date);
            let past = [0, -1].into_iter().filter_map(in_year).find(|d| *d <= self.day);
            let next = [0, 1].into_iter().filter_map(in_year).find(|d| *d > self.day);
            if let (Some(past), Some(next)) = (past, next) {
                let (gone, to_come) = ((self.day - past).get_days(), (next - self.day).get_days());
                let past_it_is = gone <= JUST_GONE.0 || gone + LEANING < to_come;
                return Some(if past_it_is { past } else { next });
            }
        }
        let years = if self.future { [0i16, 1, 2, 3, 4, -1] } else { [0i16, -1, -2, -3, -4, -5] };
        let fits = |d: &Date| if self.future { *d >= self.day } else { *d <= self.day };
        years.iter().filter_map(|y| day(self.day.year().checked_add(*y)?, month, date)).find(fits)
    }

    /// A day of some month.
    pub fn month_of_day(self, date: i8) -> Option<Date> {
        if self.leans() {
            let (past, next) = (Now { begins: false, ..self }, Now { begins: false, future: true, ..self });
            let (past, next) = (past.month_of_day(date)?, next.month_of_day(date)?);
            let (gone, to_come) = ((self.day - past).get_days(), (next - self.day).get_days());
            return Some(if gone <= to_come { past } else { next });
        }
        (0..4)
            .filter_map(|n| {
                let (year, month) = shift_month(self.day, if self.future { n } else { -n })?;
                day(year, month, date)
            })
            .find(|d| if self.future { *d >= self.day } else { *d <= self.day })
    }

    /// The year of a month without one.
    pub fn year_of_month(self, month: i8) -> i16 {
        let current = self.day.month();
        if self.leans() {
            let (gone, to_come) = ((current - month).rem_euclid(12), (month - current).rem_euclid(12));
            let past = gone <= JUST_GONE.1 || gone < to_come;
            return self.day.year()
                + if past { -i16::from(month > current) } else { i16::from(month < current) };
        }
        let shift = if self.future { i16::from(month < current) } else { -i16::from(month > current) };
        self.day.year() + shift
    }
}

/// Two digits of a year: 60–99 are the last century's.
pub fn full_year(two: i16, now: Date) -> i16 {
    if two >= 100 {
        return two;
    }
    let century = now.year() / 100 * 100;
    if two > now.year() % 100 + 40 { century - 100 + two } else { century + two }
}
