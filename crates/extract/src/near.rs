//! Days that only the capture completes: 3小时前, yesterday 14:03, 11月25日, 25 Nov.
//!
//! What is told back from now, or without its year, is the nearest such day in the past.

use crate::cues::fold;
use crate::dates::{Habit, MONTHS, WORDS, ascii_digits, pattern, with_hour};
use headwater_model::time::{DateBasis, PageDate, Precision};
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use regex::{Captures, Regex};
use serde::Deserialize;
use std::sync::LazyLock;

/// How a language tells a time from now backwards.
#[derive(Deserialize)]
pub struct Ago {
    /// What stands before the number.
    #[serde(default)]
    before: String,
    /// Numbers in words, beginning with those for one.
    #[serde(default)]
    numbers: Vec<Vec<String>>,
    /// The units, from seconds to years.
    units: Vec<Vec<String>>,
    /// What stands behind the unit.
    #[serde(default)]
    after: String,
}

/// Words for a day by how far back it is.
#[derive(Deserialize)]
pub struct DayWord {
    days: i32,
    names: Vec<String>,
}

/// Characters of a line that may tell a time from now backwards.
const LINE: usize = 60;

/// The seconds of each unit, from seconds to years.
const SECONDS: [i64; 7] = [1, 60, 3600, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400];

fn any<'a>(words: impl Iterator<Item = &'a String>) -> String {
    words.map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}

/// What stands between a number and the words around it: nothing in scripts without blanks.
fn gap(word: &str) -> String {
    regex::escape(word).replace(' ', r"\s+")
}

impl Ago {
    fn pattern(&self) -> String {
        let numbers = any(self.numbers.iter().flatten());
        let numbers = if numbers.is_empty() { r"\d{1,3}".into() } else { format!(r"\d{{1,3}}|{numbers}") };
        let units = any(self.units.iter().flatten());
        format!(r"{}(?:{numbers})\s*(?:{units}){}", gap(&self.before), gap(&self.after))
    }

    /// The seconds that a time told this way is back.
    fn seconds(&self, told: &str) -> Option<i64> {
        let rest = told.strip_prefix(self.before.as_str())?.strip_suffix(self.after.trim_start())?.trim();
        let figures = rest.chars().take_while(char::is_ascii_digit).count();
        let words = || {
            let values = self.numbers.iter().zip(1i64..);
            let named = values.flat_map(|(names, value)| names.iter().map(move |name| (name, value)));
            named.filter(|(name, _)| rest.starts_with(name.as_str())).max_by_key(|(name, _)| name.len())
        };
        let (number, unit) = match figures {
            0 => words().map(|(name, value)| (value, &rest[name.len()..]))?,
            _ => (rest[..figures].parse().ok()?, &rest[figures..]),
        };
        let at = self.units.iter().position(|names| names.iter().any(|name| name == unit.trim()))?;
        Some(number * SECONDS.get(at)?)
    }
}

static AGO: LazyLock<Regex> = LazyLock::new(|| {
    let ways = WORDS.ago.iter().map(Ago::pattern).collect::<Vec<_>>().join("|");
    pattern(&format!(r"(?:^|[\s|·:,(•于於])({ways})(?:$|[\s|·,)•发發更])"))
});

/// A time that a short line tells from now backwards: "5 hours ago", 5小时前.
pub fn ago(folded: &str) -> Option<&str> {
    let told = folded.chars().count() <= LINE;
    Some(told.then(|| AGO.captures(folded)).flatten()?.get(1)?.as_str())
}

/// 昨天 14:03, or the word alone.
static DAY_WORD: LazyLock<Regex> = LazyLock::new(|| {
    let names = any(WORDS.day_word.iter().flat_map(|day| &day.names));
    pattern(&format!(r"(?:^|[\s|·:,(•于於])(?P<name>{names})(?:,?\s*(?:at\s|um\s|à\s)?\d{{1,2}}:\d\d|$)"))
});
/// 11月25日, 11월 25일.
static EASTERN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[^\d年년])(?P<m>\d{1,2})(?:月|월\s?)(?P<d>\d{1,2})[日号號일]"));
/// 11-25 14:03: without an hour such figures are anything.
static FIGURES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[^\d.,/:-])(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})\.?,?\s+(?:-\s)?\d{1,2}:\d\d")
});
/// 25 Nov, 25. November, 25 de noviembre.
static DAY_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d.,/:-])(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª)?\.?[\s-]+(?:of |de |di )?(?P<name>[\p{L}\p{M}]{3,12})\.?(?:$|[^\p{L}\p{M}])",
    )
});
/// Nov 25, November 25th.
static NAME_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\p{L}\p{M}])(?P<name>[\p{L}\p{M}]{3,12})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:$|[^\d:.,%]|[.,](?:$|\D))",
    )
});
/// Where a dispatch was sent from, and when: 新华社北京11月25日电, BEIJING, Nov. 25 (Xinhua).
static DISPATCH_EAST: LazyLock<Regex> = LazyLock::new(|| pattern(r"^.{0,30}?\d{1,2}月\d{1,2}日[电電讯訊]"));
static DISPATCH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\p{Lu}[^(]{0,40}?,\s\p{Lu}\p{Ll}{2,8}\.?\s\d{1,2}\s\([^)]{2,40}\)\s*[-–—]{1,2}")
});

/// Whether a line begins as a dispatch does; it ends with the day of that.
pub fn dispatch(line: &str) -> Option<&str> {
    let found = DISPATCH_EAST.find(line).or_else(|| DISPATCH.find(line))?;
    Some(found.as_str())
}

/// The nearest past day that a line names from now backwards or without its year; with the hour behind it.
pub fn past(line: &str, captured: Timestamp, habit: Habit) -> Option<PageDate> {
    let line = ascii_digits(&fold(line));
    let zone = habit.zone.and_then(|zone| zone.get(1..3)?.parse::<i8>().ok()).unwrap_or(0);
    let now = |back: i64| {
        let then = captured.checked_sub(back.seconds()).ok()?;
        Some(Offset::constant(zone).to_datetime(then).date())
    };
    if let Some(day) = told_back(&line).and_then(now) {
        return Some(told(day));
    }
    let today = now(0)?;
    if let Some((day, end)) = by_word(&line, today) {
        let date = with_hour(day, &line[end..], DateBasis::RelativeTime, habit);
        return Some(date);
    }
    let (month, day, end) = month_day(&line, habit)?;
    let last = if habit.zone.is_some() { today } else { today.tomorrow().ok()? };
    let day = nearest(month, day, last)?;
    Some(with_hour(day, &line[end..], DateBasis::Text, habit))
}

/// Whether a brief line names a day and month without the year, or tells one from now backwards.
pub fn is_told(line: &str) -> bool {
    line.chars().count() <= LINE && past(line, Timestamp::UNIX_EPOCH, Habit::default()).is_some()
}

fn told(day: Date) -> PageDate {
    PageDate { value: day.to_string(), precision: Precision::Day, basis: DateBasis::RelativeTime }
}

fn told_back(line: &str) -> Option<i64> {
    let told = ago(line)?;
    WORDS.ago.iter().find_map(|way| way.seconds(told))
}

fn by_word(line: &str, today: Date) -> Option<(Date, usize)> {
    let name = DAY_WORD.captures(line)?.name("name")?;
    let back = WORDS.day_word.iter().find(|day| day.names.iter().any(|n| n == name.as_str()))?;
    Some((today.checked_sub(back.days.days()).ok()?, name.end()))
}

/// Month, day, and where they end.
fn month_day(line: &str, habit: Habit) -> Option<(i8, i8, usize)> {
    let number = |told: &Captures, name: &str| told.name(name)?.as_str().parse::<i8>().ok();
    let end =
        |told: &Captures| ["m", "d", "b", "name"].iter().filter_map(|n| Some(told.name(n)?.end())).max();
    if let Some(told) = EASTERN.captures(line) {
        return Some((number(&told, "m")?, number(&told, "d")?, end(&told)?));
    }
    for named in [&*DAY_NAME, &*NAME_DAY] {
        let month = |told: &Captures| MONTHS.get(told.name("name")?.as_str()).copied();
        let read = |told: Captures| Some((month(&told)?, number(&told, "d")?, end(&told)?));
        let found = named.captures_iter(line).take(4).find_map(read);
        if found.is_some() {
            return found;
        }
    }
    let told = FIGURES.captures(line)?;
    let (a, b) = (number(&told, "a")?, number(&told, "b")?);
    let month_first = (habit.month_first || habit.zone.is_some() || b > 12) && a <= 12;
    let (month, day) = if month_first { (a, b) } else { (b, a) };
    Some((month, day, end(&told)?))
}

/// The last such day that is not after another.
fn nearest(month: i8, day: i8, last: Date) -> Option<Date> {
    // 29 February comes once in four years, or in eight.
    (0..=8).filter_map(|back| Date::new(last.year() - back, month, day).ok()).find(|day| *day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EAST: Habit = Habit { zone: Some("+08:00"), month_first: false };
    const AMERICAN: Habit = Habit { zone: None, month_first: true };

    fn check(line: &str, habit: Habit, expected: &str) {
        let captured = "2026-06-09T18:30:00Z".parse().expect("an instant");
        let found = past(line, captured, habit);
        assert_eq!(found.map(|d| d.value).unwrap_or_default(), expected, "{line}");
    }

    #[test]
    fn days_that_the_capture_completes() {
        for (line, expected) in [
            // In Beijing it is half past two on the tenth.
            ("3小时前", "2026-06-09"),
            ("发布于2小時前", "2026-06-10"),
            ("30分钟前 来源：东岸日报", "2026-06-10"),
            ("2天前", "2026-06-08"),
            ("1周前", "2026-06-03"),
            ("昨天 14:03", "2026-06-09T14:03+08:00"),
            ("今天", "2026-06-10"),
            ("前天 08:30 东岸日报", "2026-06-08T08:30+08:00"),
            ("6月8日 14:03", "2026-06-08T14:03+08:00"),
            ("11月25日 14:03", "2025-11-25T14:03+08:00"),
            ("6月11日", "2025-06-11"),
            ("11-25 14:03", "2025-11-25T14:03+08:00"),
            ("05/25 07:10 东岸日报", "2026-05-25T07:10+08:00"),
            ("２月２９日", "2024-02-29"),
            ("3時間前", "2026-06-09"),
            ("2026年", ""),
            ("第3小时", ""),
            ("13月40日", ""),
            ("1-3", ""),
        ] {
            check(line, EAST, expected);
        }
        for (line, expected) in [
            ("3 hours ago", "2026-06-09"),
            ("Ida Moran · an hour ago", "2026-06-09"),
            ("2 days ago", "2026-06-07"),
            ("two weeks ago", "2026-05-26"),
            ("Yesterday, 14:03", "2026-06-08T14:03"),
            ("Yesterday at 14:03", "2026-06-08T14:03"),
            ("25 Nov", "2025-11-25"),
            ("25 Nov, 14:03", "2025-11-25T14:03"),
            ("Nov 25", "2025-11-25"),
            ("Published: June 3rd", "2026-06-03"),
            ("By Ida Moran | May 25, 2:03 pm", "2026-05-25T14:03"),
            ("25. Mai, 14:03 Uhr", "2026-05-25T14:03"),
            ("25 de noviembre", "2025-11-25"),
            ("25/11 14:03", "2025-11-25T14:03"),
            ("vor 3 Stunden", "2026-06-09"),
            ("il y a 2 jours", "2026-06-07"),
            ("hace 2 días", "2026-06-07"),
            ("3 часа назад", "2026-06-09"),
            ("3시간 전", "2026-06-09"),
            ("3 or 4 cranes", ""),
            ("yesterday's cranes", ""),
            ("Set 30.5 tonnes", ""),
        ] {
            check(line, Habit::default(), expected);
        }
        check("5/25 14:03", AMERICAN, "2026-05-25T14:03");
    }

    #[test]
    fn dispatches() {
        for (line, expected) in [
            ("新华社北京11月25日电（记者林青）港务部门", Some("新华社北京11月25日电")),
            ("BEIJING, Nov. 25 (Xinhua) -- The port", Some("BEIJING, Nov. 25 (Xinhua) --")),
            ("The port said on Nov. 25 (Friday) that it", None),
            ("到11月25日，电力恢复", None),
        ] {
            assert_eq!(dispatch(line), expected, "{line}");
        }
    }
}
