//! Dates as feeds and lists write them, brought to ISO 8601.
//!
//! Feeds promise RFC 822 or RFC 3339 and keep neither: two-digit years, weekday names in other languages, zone
//! names, missing zones. A date without a zone stays without one; nothing is guessed.

use jiff::civil::{Date, Time};

/// The ISO 8601 value of a date as written: `2026-06-09`, `2026-06-09T08:30:00+08:00`, `2026-06`, `2026`.
/// `None` where no date can be read.
pub fn to_iso(written: &str) -> Option<String> {
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
    to_iso(&text)
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
    let upper = text.to_ascii_uppercase();
    let word_ends = upper.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(upper.len());
    let (word, rest) = upper.split_at(word_ends);
    let named = match word {
        "" => None,
        "Z" | "UT" | "UTC" | "GMT" | "WET" => Some(0),
        "BST" | "CET" | "MEZ" | "WEST" => Some(60),
        "CEST" | "MESZ" | "EET" => Some(120),
        "MSK" | "EEST" => Some(180),
        "IST" => Some(330),
        "HKT" | "SGT" | "AWST" => Some(480),
        "JST" | "KST" => Some(540),
        "AEST" => Some(600),
        "EST" => Some(-300),
        "EDT" | "AST" => Some(-240),
        "CST" => Some(-360),
        "CDT" => Some(-300),
        "MST" => Some(-420),
        "MDT" => Some(-360),
        "PST" => Some(-480),
        "PDT" => Some(-420),
        "AKST" => Some(-540),
        "HST" => Some(-600),
        _ => return None,
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
    let afternoon = rest.starts_with("下午") || rest.starts_with("晚上");
    let rest = ["上午", "下午", "晚上", "凌晨"].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
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

/// Month names by their beginning: English, German, French, Spanish, Hungarian, Greek, Dutch, Italian.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "ιαν"],
    &["feb", "fév", "fev", "φεβ"],
    &["mar", "mär", "mrz", "maa", "már", "μάρ", "μαρ", "μάώ"],
    &["apr", "avr", "abr", "ápr", "απρ"],
    &["may", "mai", "mei", "maj", "máj", "mag", "μάι", "μαι", "μαϊ"],
    &["jun", "juin", "jún", "giu", "ιούν", "ιον", "ιουν"],
    &["jul", "juil", "júl", "lug", "ιούλ", "ιολ", "ιουλ"],
    &["aug", "aoû", "aou", "ago", "αύγ", "αυγ"],
    &["sep", "set", "szept", "σεπ"],
    &["oct", "okt", "ott", "οκτ"],
    &["nov", "νοέ", "νοε"],
    &["dec", "dez", "déc", "dic", "δεκ"],
];

fn month(word: &str) -> Option<i64> {
    let lower = word.to_lowercase();
    let starts = |names: &&[&str]| names.iter().any(|name| lower.starts_with(name));
    MONTHS.iter().position(starts).map(|at| at as i64 + 1)
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
        if token.contains(':')
            && let Some((time, rest)) = clock(token)
        {
            self.time = Some(time);
            self.zone = zone(rest).or(self.zone);
            self.afternoon |= rest.eq_ignore_ascii_case("pm");
            return;
        }
        if token.eq_ignore_ascii_case("pm") || token.eq_ignore_ascii_case("am") {
            self.afternoon = token.eq_ignore_ascii_case("pm");
            return;
        }
        if self.time.is_some()
            && let Some(offset) = zone(token)
        {
            self.zone = Some(offset);
            return;
        }
        for piece in token.split('-').filter(|p| !p.is_empty()) {
            self.piece(piece);
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
        assert_eq!(find_iso("第十四个五年规划 20 条"), None);
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
