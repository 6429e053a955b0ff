//! Dates as feeds and lists write them, brought to ISO 8601.
//!
//! Feeds promise RFC 822 or RFC 3339 and keep neither: two-digit years, weekday names in other languages, zone
//! names, missing zones. A date without a zone stays without one; nothing is guessed.

use jiff::civil::{Date, Time};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What `data/dates.toml` holds.
#[derive(Deserialize)]
struct Words {
    month: Vec<Month>,
    among: Among,
    zones: BTreeMap<String, i64>,
    hours: Hours,
}

#[derive(Deserialize)]
struct Month {
    begins: Vec<String>,
    names: Vec<String>,
}

#[derive(Deserialize)]
struct Among {
    between: Vec<String>,
}

#[derive(Deserialize)]
struct Hours {
    morning: Vec<String>,
    afternoon: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../data/dates.toml")).expect("data/dates.toml is right"));

/// The ISO 8601 value of a date as written: `2026-06-09`, `2026-06-09T08:30:00+08:00`, `2026-06`, `2026`.
/// `None` where no date can be read.
pub fn to_iso(written: &str) -> Option<String> {
    read_with(words, written)
}

fn read_with(words: fn(&str) -> Option<String>, written: &str) -> Option<String> {
    let text = written.trim();
    // Longer ones are prose; dates with weekday, month and zone in words stay below.
    if text.is_empty() || text.len() > 120 {
        return None;
    }
    let text = fullwidth_to_ascii(text);
    iso(&text).or_else(|| chinese(&text)).or_else(|| words(&text)).or_else(|| slashed(&text))
}

/// The first date inside a longer text, for lists that print it beside the headline.
pub fn find_iso(text: &str) -> Option<String> {
    let text = fullwidth_to_ascii(text);
    let starts = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
    let mut last_end = usize::MAX;
    for at in starts.take(400) {
        if last_end == at {
            last_end = at + 1;
            continue;
        }
        last_end = at + 1;
        let rest = &text[at..];
        let end = rest.char_indices().nth(24).map_or(rest.len(), |(end, _)| end);
        if let Some(found) = starting_date(&rest[..end]) {
            return Some(found);
        }
    }
    read_with(among_words, &text)
}

/// A full date at the very start of a text: year first, then month and day.
fn starting_date(text: &str) -> Option<String> {
    let (year, rest) = number(text, 4, 4)?;
    let rest = rest.trim_start_matches(['-', '/', '.', '年', ' ']);
    if rest.len() == text.len() - 4 {
        return None;
    }
    let (month, rest) = number(rest, 1, 2)?;
    let rest = rest.trim_start_matches(['-', '/', '.', '月', ' ']);
    let (day, rest) = number(rest, 1, 2)?;
    let date = date(year, month, day)?;
    let rest = rest.trim_start_matches(['日', ' ', 'T']);
    Some(match clock(rest) {
        Some((time, _)) => format!("{date}T{time}"),
        None => date.to_string(),
    })
}

fn fullwidth_to_ascii(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        other => other,
    };
    text.chars().map(narrow).collect()
}

/// A number of `least` to `most` digits at the start of a text, and what follows.
fn number(text: &str, least: usize, most: usize) -> Option<(i64, &str)> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if digits < least {
        return None;
    }
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|y| (1..=9999).contains(y))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `14:05`, `14:05:09`, `14:05:09.25`; also the `60` of a leap second and 24:00, which are brought into range.
fn clock(text: &str) -> Option<(Time, &str)> {
    let (hour, rest) = number(text, 1, 2)?;
    let (minute, rest) = number(rest.strip_prefix([':', '时', '時', '点'])?, 1, 2)?;
    let rest = rest.strip_prefix('分').unwrap_or(rest);
    let (second, rest) = match rest.strip_prefix([':', '.']).and_then(|r| number(r, 1, 2)) {
        Some((second, rest)) => (second, rest),
        None => (0, rest),
    };
    let rest = match rest.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let rest = rest.strip_prefix('秒').unwrap_or(rest);
    let fits = |n: i64| i8::try_from(n).ok();
    let time = Time::new(fits(hour)?, fits(minute)?, fits(second.min(59))?, 0).ok()?;
    Some((time, rest))
}

/// RFC 3339 and the ISO 8601 forms seen in feeds: dashes optional, week and ordinal dates, only a year.
fn iso(text: &str) -> Option<String> {
    let (year, rest) = number(text, 4, 4)?;
    if rest.is_empty() {
        return (1000..=2999).contains(&year).then(|| format!("{year:04}"));
    }
    let dashed = rest.starts_with('-');
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    if let Some((ordinal, tail)) =
        number(rest, 3, 3).filter(|(_, t)| !t.starts_with(|c: char| c.is_ascii_digit()))
    {
        let first = date(year, 1, 1)?;
        let day = first.checked_add(jiff::Span::new().days(ordinal - 1)).ok()?;
        return with_time(day, tail);
    }
    let (month, rest) = number(rest, 1, 2)?;
    if rest.is_empty() && dashed {
        return date(year, month, 1).map(|_| format!("{year:04}-{month:02}"));
    }
    let rest = if dashed { rest.strip_prefix('-')? } else { rest };
    let (day, rest) = number(rest, 1, 2)?;
    with_time(date(year, month, day)?, rest)
}

fn with_time(date: Date, rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches(['T', 't', ' ', '_']);
    if rest.is_empty() {
        return Some(date.to_string());
    }
    let (time, rest) = match clock(rest) {
        Some(found) => found,
        None => compact_clock(rest)?,
    };
    Some(joined(date, time, zone(rest)))
}

fn compact_clock(text: &str) -> Option<(Time, &str)> {
    let (hour, rest) = number(text, 2, 2)?;
    let (minute, rest) = number(rest, 2, 2).unwrap_or((0, rest));
    let (second, rest) = number(rest, 2, 2).unwrap_or((0, rest));
    let fits = |n: i64| i8::try_from(n).ok();
    Some((Time::new(fits(hour)?, fits(minute)?, fits(second)?, 0).ok()?, rest))
}

fn joined(date: Date, time: Time, zone: Option<i64>) -> String {
    match zone {
        None => format!("{date}T{time}"),
        Some(0) => format!("{date}T{time}Z"),
        Some(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{date}T{time}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    }
}

/// Minutes east of UTC: `Z`, `+0800`, `+08:00`, `GMT+8`, `EST`. `None` if nothing or nothing known stands there.
fn zone(text: &str) -> Option<i64> {
    let text = text.trim().trim_start_matches('(').trim_end_matches(')');
    let lower = text.to_ascii_lowercase();
    let word_ends = lower.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(lower.len());
    let (word, rest) = lower.split_at(word_ends);
    let named = match word {
        "" => None,
        word => Some(*WORDS.zones.get(word)?),
    };
    let sign = match rest.trim_start().chars().next() {
        Some('+') => 1,
        Some('-') => -1,
        _ => return named,
    };
    let digits = rest.trim_start()[1..].trim_start();
    let (hours, minutes) = match number(digits, 4, 4) {
        Some((both, _)) => (both / 100, both % 100),
        None => {
            let (hours, tail) = number(digits, 1, 2)?;
            (hours, tail.strip_prefix(':').and_then(|t| number(t, 2, 2)).map_or(0, |(m, _)| m))
        }
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes) + named.unwrap_or(0))
}

/// `2026年6月9日 14:05`, `2026年6月`.
fn chinese(text: &str) -> Option<String> {
    let (year, rest) = number(text, 4, 4)?;
    let (month, rest) = number(rest.trim_start().strip_prefix('年')?.trim_start(), 1, 2)?;
    let rest = rest.trim_start().strip_prefix('月')?.trim_start();
    if rest.is_empty() {
        return date(year, month, 1).map(|_| format!("{year:04}-{month:02}"));
    }
    let (day, rest) = number(rest, 1, 2)?;
    let rest = rest.trim_start().trim_start_matches(['日', '号']).trim_start();
    let after = |words: &[String]| words.iter().find_map(|word| rest.strip_prefix(word.as_str()));
    let (morning, evening) = (after(&WORDS.hours.morning), after(&WORDS.hours.afternoon));
    let (afternoon, rest) = (evening.is_some(), morning.or(evening).unwrap_or(rest));
    let date = date(year, month, day)?;
    match clock(rest.trim_start()) {
        Some((time, rest)) => Some(joined(date, shifted(time, afternoon), zone(rest))),
        None => Some(date.to_string()),
    }
}

fn shifted(time: Time, afternoon: bool) -> Time {
    let hour = if afternoon && time.hour() < 12 { time.hour() + 12 } else { time.hour() };
    Time::new(hour, time.minute(), time.second(), 0).unwrap_or(time)
}

/// `2026/6/9`, `2026.06.09 14:05`, `6/9/2026` (month first, as in the feeds that use it).
fn slashed(text: &str) -> Option<String> {
    let mut parts = text.splitn(2, char::is_whitespace);
    let (day, rest) = (parts.next()?, parts.next().unwrap_or_default());
    let numbers: Vec<&str> = day.split(['/', '.']).collect();
    let [first, second, third] = numbers.as_slice() else { return None };
    let parse = |s: &str| s.parse::<i64>().ok();
    let date = if first.len() == 4 {
        date(parse(first)?, parse(second)?, parse(third)?)?
    } else if day.contains('.') {
        date(full_year(third)?, parse(second)?, parse(first)?)?
    } else {
        date(full_year(third)?, parse(first)?, parse(second)?)?
    };
    Some(match clock(rest.trim()) {
        Some((time, tail)) => {
            let tail = tail.trim();
            let afternoon = tail.get(..2).is_some_and(|t| t.eq_ignore_ascii_case("pm"));
            joined(date, shifted(time, afternoon), zone(tail))
        }
        None => date.to_string(),
    })
}

/// Two digits mean 1990 to 2089 (RFC 2822 ends its window at 2049; feeds are younger than 1990).
fn full_year(text: &str) -> Option<i64> {
    let year: i64 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year < 90 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// The month whose name a word begins like: enough where nothing but a date stands.
fn month(word: &str) -> Option<i64> {
    let lower = word.to_lowercase();
    month_with(|month| month.begins.iter().any(|name| lower.starts_with(name)))
}

/// The month that a word names: "Markets" begins like March and is none.
fn month_named(word: &str) -> Option<i64> {
    let lower = word.trim_end_matches('.').to_lowercase();
    month_with(|month| month.names.contains(&lower))
}

fn month_with(is_it: impl Fn(&Month) -> bool) -> Option<i64> {
    WORDS.month.iter().position(is_it).map(|at| at as i64 + 1)
}

/// RFC 822 and its relatives: month in words, the rest in any usual order.
fn words(text: &str) -> Option<String> {
    let cleaned: String = text.chars().map(|c| if c == ',' { ' ' } else { c }).collect();
    let mut parts = Parts::default();
    for token in cleaned.split_whitespace() {
        parts.take(token);
    }
    parts.finish()
}

#[derive(Default)]
struct Parts {
    day: Option<i64>,
    month: Option<i64>,
    year: Option<i64>,
    time: Option<Time>,
    zone: Option<i64>,
    afternoon: bool,
}

impl Parts {
    fn take(&mut self, token: &str) {
        if self.take_time(token) {
            return;
        }
        for piece in token.split('-').filter(|p| !p.is_empty()) {
            self.piece(piece);
        }
    }

    /// Takes a time of day, the half of the day, or a zone after a time; false if the token is none of them.
    fn take_time(&mut self, token: &str) -> bool {
        if token.contains(':')
            && let Some((time, rest)) = clock(token)
        {
            self.time = Some(time);
            self.zone = zone(rest).or(self.zone);
            self.afternoon |= rest.eq_ignore_ascii_case("pm");
            return true;
        }
        if token.eq_ignore_ascii_case("pm") || token.eq_ignore_ascii_case("am") {
            self.afternoon = token.eq_ignore_ascii_case("pm");
            return true;
        }
        let offset = self.time.and_then(|_| zone(token));
        self.zone = offset.or(self.zone);
        offset.is_some()
    }

    /// Takes the time that comes next, with a word before it at most, and what belongs to it.
    fn take_next_time<'a>(&mut self, tokens: impl Iterator<Item = &'a str>) {
        for (at, token) in tokens.enumerate() {
            if !self.take_time(token) && (at > 0 || self.time.is_some()) {
                return;
            }
        }
    }

    fn piece(&mut self, piece: &str) {
        let plain = piece.trim_end_matches(['.', 'º', '°']);
        let digits = plain.trim_end_matches(|c: char| c.is_alphabetic());
        match digits.parse::<i64>() {
            Ok(n) if self.day.is_none() && digits.len() <= 2 && (1..=31).contains(&n) => self.day = Some(n),
            Ok(_) if self.year.is_none() => self.year = full_year(digits),
            Ok(_) => {}
            Err(_) if self.month.is_none() => self.month = month(plain),
            Err(_) => {}
        }
    }

    fn finish(self) -> Option<String> {
        let date = date(self.year?, self.month?, self.day?)?;
        match self.time {
            Some(time) => Some(joined(date, shifted(time, self.afternoon), self.zone)),
            None => Some(date.to_string()),
        }
    }
}

/// A date among other words: day, month and year side by side, the month by its whole name.
fn among_words(text: &str) -> Option<String> {
    let spaced = text.replace(',', " ");
    let mut tokens: Vec<&str> = Vec::new();
    for token in spaced.split_whitespace() {
        let parts = token.split(|c| c == '-' && !token.contains(':'));
        tokens.extend(parts.filter(|part| !part.is_empty()));
    }
    (0..tokens.len()).find_map(|at| side_by_side(&tokens, at))
}

fn side_by_side(tokens: &[&str], at: usize) -> Option<String> {
    let between = |token: &str| WORDS.among.between.iter().any(|word| token.eq_ignore_ascii_case(word));
    let mut rest = tokens[at..].iter().copied().filter(|t| !between(t));
    let (first, second) = (rest.next()?, rest.next()?);
    let mut parts = Parts::default();
    if let Some(year) = year(first) {
        parts = Parts { year: Some(year), month: month_named(second), day: day(rest.next()?), ..parts };
    } else {
        parts.day = day(first).or_else(|| day(second));
        parts.month = month_named(first).or_else(|| month_named(second));
        let mut third = rest.next()?;
        // Programs print the time before the year.
        while parts.take_time(third) {
            third = rest.next()?;
        }
        // Two figures are a year only where little else stands: "On 5 May 20 cranes were sold".
        let short = || full_year(third).filter(|_| tokens.len() <= 5);
        parts.year = year(third).or_else(short);
    }
    if parts.time.is_none() {
        parts.take_next_time(rest);
    }
    if parts.time.is_none() {
        parts.take_next_time(tokens[at.saturating_sub(2)..at].iter().copied());
    }
    parts.finish()
}

/// A day of the month: `9`, `9.`, `9th`, `1er`.
fn day(token: &str) -> Option<i64> {
    let (day, rest) = number(token.trim_start_matches(['(', '[', '【']), 1, 2)?;
    let suffix = rest.trim_end_matches(['.', 'º', '°']);
    let is_ordinal = suffix.chars().count() <= 2 && suffix.chars().all(char::is_alphabetic);
    ((1..=31).contains(&day) && is_ordinal).then_some(day)
}

/// A year in four figures, whatever signs stand after it.
fn year(token: &str) -> Option<i64> {
    let (year, rest) = number(token, 4, 4)?;
    ((1900..2100).contains(&year) && !rest.starts_with(|c: char| c.is_ascii_digit())).then_some(year)
}

/// The instant of an ISO 8601 value: without a zone it is taken as UTC, without a time as midnight.
pub fn instant(iso: &str) -> Option<jiff::Timestamp> {
    if let Ok(instant) = iso.parse::<jiff::Timestamp>() {
        return Some(instant);
    }
    let civil = iso.parse::<jiff::civil::DateTime>().ok();
    let civil = civil.or_else(|| headwater_model::time::first_day(iso).map(|d| d.at(0, 0, 0, 0)))?;
    jiff::tz::Offset::UTC.to_timestamp(civil).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let check = |written: &str, expected: &str| {
            assert_eq!(to_iso(written).as_deref().unwrap_or("none"), expected, "{written}");
        };
        check("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z");
        check("Thu, 1 Jan 04 19:48 +0800", "2004-01-01T19:48:00+08:00");
        check("Thu, 31 Jun 2004 19:48:21 GMT", "none");
        check("Sun Jan  4 16:29:06 PST 2004", "2004-01-04T16:29:06-08:00");
        check("Fri, 09-Jun-2026 08:30:00 EST", "2026-06-09T08:30:00-05:00");
        check("June 9, 2026 8:30 PM", "2026-06-09T20:30:00");
        check("9 juin 2026", "2026-06-09");
        // China's time and America's have one name.
        check("Tue Jun 09 20:30:00 CST 2026", "2026-06-09T20:30:00");
        check("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T12:00:00-05:00");
        check("2026-06-09T08:30:00.123+08:00", "2026-06-09T08:30:00+08:00");
        check("2026-06-09T08:30Z", "2026-06-09T08:30:00Z");
        check("2026-06-09 08:30", "2026-06-09T08:30:00");
        check("20260609", "2026-06-09");
        check("2003-335", "2003-12-01");
        check("2026-06", "2026-06");
        check("2026", "2026");
        check("2026年6月9日 下午2:05", "2026-06-09T14:05:00");
        check("2026年6月", "2026-06");
        check("2026/6/9", "2026-06-09");
        check("６/９/２０２６", "2026-06-09");
        check("９.6.2026", "2026-06-09");
        check("2026-13-01", "none");
        check("yesterday", "none");
        check("", "none");
    }

    #[test]
    fn dates_inside_text() {
        let check =
            |text: &str, expected: &str| assert_eq!(find_iso(text).as_deref(), Some(expected), "{text}");
        check("[2026-06-09] 关于公布目录的通知", "2026-06-09");
        check("关于公布2026年目录的通知 2026年6月9日", "2026-06-09");
        check("Notice · 2026.06.09 14:05 · 3 comments", "2026-06-09T14:05:00");
        check("9 June 2026", "2026-06-09");
        check("Ministry names two buyers | Tuesday, June 9th, 2026 at 8:30 pm", "2026-06-09T20:30:00");
        check("14:05 Uhr, 9. Juni 2026 Kran verkauft", "2026-06-09T14:05:00");
        check("Publié le 1er juin 2026 à 14:05", "2026-06-01T14:05:00");
        check("9 de junho de 2026", "2026-06-09");
        check("9-Jun-26 Notice", "2026-06-09");
        check("Tue Jun 09 14:05:00 CEST 2026 Notice", "2026-06-09T14:05:00+02:00");
        for none in [
            "第十四个五年规划 20 条",
            "Top 10 Decisions of 2026",
            "5 Markets to Watch in 2026",
            "10 augmented cranes of 2026",
            "March sales: 5 things that changed in 2026",
        ] {
            assert_eq!(find_iso(none), None, "{none}");
        }
    }

    #[test]
    fn instants() {
        let check = |iso: &str, expected: &str| assert_eq!(instant(iso).unwrap().to_string(), expected);
        check("2026-06-09T08:30:00+08:00", "2026-06-09T00:30:00Z");
        check("2026-06-09T08:30:00", "2026-06-09T08:30:00Z");
        check("2026-06-09", "2026-06-09T00:00:00Z");
        check("2026-06", "2026-06-01T00:00:00Z");
    }
}
