//! Dates in digits: 2026-06-09, 6/9/2026, 9.6.2026, 2026.6, 4/22.

use super::calendar::{Now, When, day, full_year};
use jiff::civil::Date;

/// Digits as numbers, which separator, and the byte after them.
struct Parts {
    numbers: [i16; 3],
    widths: [usize; 3],
    count: usize,
    separator: char,
    end: usize,
}

/// The digits at byte `at`, up to three groups with one separator.
fn parts(text: &str, at: usize) -> Option<Parts> {
    let bytes = text.as_bytes();
    let mut parts = Parts { numbers: [0; 3], widths: [0; 3], count: 0, separator: ' ', end: at };
    let mut next = at;
    while parts.count < 3 {
        let width = bytes[next.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
        if width == 0 || width > 4 {
            break;
        }
        parts.numbers[parts.count] = text[next..next + width].parse().ok()?;
        parts.widths[parts.count] = width;
        parts.count += 1;
        parts.end = next + width;
        next = parts.end;
        let Some((separator, length)) = separator(&text[next..]) else { break };
        if parts.count > 1 && separator != parts.separator && !(separator == ',' && parts.separator == '/') {
            break;
        }
        if parts.count == 1 && separator == ',' {
            break;
        }
        if parts.count == 1 {
            parts.separator = separator;
        }
        next += length;
    }
    Some(parts)
}

/// A separator, with spaces around a hyphen or slash.
fn separator(text: &str) -> Option<(char, usize)> {
    let trimmed = text.trim_start_matches(' ');
    let spaces = text.len() - trimmed.len();
    let c = trimmed.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | ','))?;
    let after = &trimmed[1..];
    let more = after.len() - after.trim_start_matches(' ').len();
    let wide = spaces + more > 0;
    (spaces <= 1 && more <= 1 && !(wide && matches!(c, '.' | ','))).then_some((c, spaces + 1 + more))
}

/// A date in digits, whether it is complete, and the byte after it. `alone` allows a day and month without a year.
pub fn numeric(
    text: &str,
    at: usize,
    today: Date,
    now: impl Fn() -> Now,
    alone: bool,
    day_first: bool,
) -> Option<(When, bool, usize)> {
    let before = text[..at].chars().next_back();
    if before
        .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '$' | '€' | '£' | '#'))
    {
        return None;
    }
    let parts = parts(text, at)?;
    // `10/1/2018-10/7/2018`: a hyphen may join two dates whose own parts are joined otherwise.
    let whole = parts.count == 3 && parts.separator == '/';
    if before == Some('-') && !whole {
        return None;
    }
    let after = text[parts.end..].chars().next();
    let more = text[parts.end..].chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    if after.is_some_and(|c| {
        c.is_ascii_alphanumeric()
            || matches!(c, '%' | '_')
            || matches!(c, '/' | '-') && more && !(c == '-' && whole)
    }) {
        return None;
    }
    let (when, complete) = match parts.count {
        3 => (three(&parts, today, day_first)?, true),
        2 => two(&parts, now, alone)?,
        _ => return None,
    };
    Some((when, complete, parts.end))
}

fn three(parts: &Parts, today: Date, day_first: bool) -> Option<When> {
    let [a, b, c] = parts.numbers;
    let date = |year: i16, month: i16, date: i16| day(year, month.try_into().ok()?, date.try_into().ok()?);
    if parts.widths[0] == 4 {
        return date(a, b, c).or_else(|| date(a, c, b)).map(When::Day);
    }
    if parts.widths[0] > 2
        || parts.widths[1] > 2
        || !(parts.widths[2] == 2 || parts.widths[2] == 4 || parts.widths[2] == 1)
    {
        return None;
    }
    let year = full_year(c, today);
    // A full stop separates day, month and year; a slash or hyphen is read by the language's habit.
    if day_first && parts.widths[2] != 4 && parts.separator == '-' && parts.widths[0] == 2 {
        return date(full_year(a, today), b, c).map(When::Day);
    }
    let first = day_first || parts.separator == '.';
    let (one, other) =
        if first { (date(year, b, a), date(year, a, b)) } else { (date(year, a, b), date(year, b, a)) };
    // 6-2-1 is a record of games.
    if parts.widths[2] == 1 && parts.widths[0] == 1 && parts.separator == '-' {
        return None;
    }
    if parts.widths[2] == 1 {
        return date(full_year(a, today), b, c).map(When::Day);
    }
    one.or(other).map(When::Day)
}

fn two(parts: &Parts, now: impl Fn() -> Now, alone: bool) -> Option<(When, bool)> {
    let [a, b, _] = parts.numbers;
    let month = |m: i16| i8::try_from(m).ok().filter(|m| (1..=12).contains(m));
    let is_year = |y: i16| (1000..2200).contains(&y);
    if parts.widths[0] == 4 && is_year(a) && parts.widths[1] <= 2 {
        return Some((When::Month(a, month(b)?), true));
    }
    if parts.widths[1] == 4 && is_year(b) && parts.widths[0] <= 2 && parts.separator != '.' {
        return Some((When::Month(b, month(a)?), true));
    }
    let short = parts.widths[0] <= 2 && parts.widths[1] <= 2 && alone;
    let pair = |m: i16, d: i16| now().month_day(month(m)?, d.try_into().ok()?);
    short.then(|| pair(a, b).or_else(|| pair(b, a)))?.map(|date| (When::Day(date), false))
}
