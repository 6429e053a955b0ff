//! Dates as sources state them: often only a year or a month, sometimes a quarter.

use crate::{Evidence, vocabulary};
use serde::{Deserialize, Serialize};

pub use jiff::Timestamp;
pub use jiff::civil::Date;

vocabulary! {
    /// How much of a date is known.
    Precision { Year => "year", Month => "month", Day => "day", Minute => "minute" }
}

vocabulary! {
    /// Where a page's date was found.
    DateBasis {
        JsonLd => "json_ld", Meta => "meta", TimeElement => "time_element", Url => "url",
        Text => "text", Feed => "feed", RelativeTime => "relative_time",
    }
}

/// A page's own date (`published`, `modified`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageDate {
    /// ISO 8601 at the stated precision: `2026`, `2026-06`, `2026-06-09`, `2026-06-09T08:30+08:00`.
    pub value: String,
    /// How much of it is known.
    pub precision: Precision,
    /// Where it was found.
    pub basis: DateBasis,
}

impl PageDate {
    /// The calendar day, if the date is precise to the day or better.
    pub fn day(&self) -> Option<Date> {
        day_of(&self.value)
    }
}

/// Days between two days, whichever is first.
pub fn days_between(a: Date, b: Date) -> i32 {
    const HOURS: i64 = 24;
    i32::try_from(a.duration_since(b).as_hours().abs() / HOURS).unwrap_or(i32::MAX)
}

/// The calendar day of an instant in UTC.
pub fn utc_day(instant: Timestamp) -> Date {
    jiff::tz::Offset::UTC.to_datetime(instant).date()
}

/// The calendar day that an ISO 8601 value begins with, if it names one.
pub fn day_of(iso: &str) -> Option<Date> {
    iso.get(..10)?.parse().ok()
}

/// The first calendar day of an ISO 8601 / EDTF value: `2026-06` gives 1 June, `2026-Q3` 1 July,
/// `2026-06-01/2026-06-09` 1 June. `None` where no year can be read.
pub fn first_day(value: &str) -> Option<Date> {
    let value = value.split('/').next()?.trim_end_matches(['~', '?', '%']);
    if let Some(day) = day_of(value) {
        return Some(day);
    }
    let year: i16 = value.get(..4)?.parse().ok()?;
    let month = match value.get(5..) {
        None | Some("") => 1,
        Some(rest) => month_of(rest)?,
    };
    Date::new(year, month, 1).ok()
}

/// Month number of `06`, `Q3`, `H2` or the EDTF season codes 33–36 (quarters) and 40–41 (halves).
fn month_of(rest: &str) -> Option<i8> {
    if let Some(quarter) = rest.strip_prefix('Q') {
        return quarter.parse::<i8>().ok()?.checked_sub(1)?.checked_mul(3)?.checked_add(1);
    }
    if let Some(half) = rest.strip_prefix('H') {
        return Some(if half == "2" { 7 } else { 1 });
    }
    match rest.get(..2)?.parse::<i8>().ok()? {
        season @ 33..=36 => Some((season - 33) * 3 + 1),
        40 => Some(1),
        41 => Some(7),
        month @ 1..=12 => Some(month),
        _ => None,
    }
}

vocabulary! {
    /// What a relative date was resolved against.
    Anchor { Capture => "capture", Published => "published", Text => "text" }
}

/// A date named in a text, resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateMention {
    /// ISO 8601 or EDTF (`2026-06-09`, `2026-06`, `2026-Q3`, `2026-06-01/2026-06-09`).
    pub value: String,
    /// How much of it is known.
    pub precision: Precision,
    /// What it was resolved against; `text` for a date that is complete in itself.
    pub anchor: Anchor,
    /// The words.
    pub evidence: Evidence,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_days() {
        let check = |value: &str, expected: &str| {
            assert_eq!(first_day(value).map(|d| d.to_string()).unwrap_or_default(), expected, "{value}");
        };
        check("2026", "2026-01-01");
        check("2026-06", "2026-06-01");
        check("2026-06-09T08:30+08:00", "2026-06-09");
        check("2026-Q3", "2026-07-01");
        check("2026-34", "2026-04-01");
        check("2026-41", "2026-07-01");
        check("2026-06-01/2026-06-09", "2026-06-01");
        check("soon", "");
        check("2026-Q0", "");
    }
}
