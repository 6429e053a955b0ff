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
    /// Units that tell a limit where a preposition stands before the number: 于15日前.
    #[serde(default)]
    limits: Vec<String>,
}

/// Words for a day by how far back it is.
#[derive(Deserialize)]
pub struct DayWord {
    days: i32,
    names: Vec<String>,
}

/// Characters of a line that may tell a time from now backwards.
const LINE: usize = 60;

/// The seconds of each unit, from seconds to months. Years are told of what a text speaks of.
const SECONDS: [i64; 6] = [1, 60, 3600, 86_400, 7 * 86_400, 30 * 86_400];
/// Where months stand among the units.
const MONTH: usize = 5;

fn any<'a>(words: impl Iterator<Item = &'a String>) -> String {
    words.map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}

/// What stands between a number and the words around it: nothing in scripts without blanks.
fn gap(word: &str) -> String {
    regex::escape(word).replace(' ', r"\s+")
}

impl Ago {
    /// The pattern of a time told so; `limited` leaves out the units that tell a limit.
    fn pattern(&self, limited: bool) -> String {
        let numbers = any(self.numbers.iter().flatten());
        let numbers = if numbers.is_empty() { r"\d{1,3}".into() } else { format!(r"\d{{1,3}}|{numbers}") };
        let units = any(self.units.iter().flatten().filter(|unit| !limited || !self.limits.contains(unit)));
        format!(r"{}(?:{numbers})\s*(?:{units}){}", gap(&self.before), gap(&self.after))
    }

    /// How many of which unit a time told this way is back.
    fn read(&self, told: &str) -> Option<(i64, usize)> {
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
        Some((number, at))
    }
}

static AGO: LazyLock<Regex> = LazyLock::new(|| {
    let ways = |limited| WORDS.ago.iter().map(|way| way.pattern(limited)).collect::<Vec<_>>().join("|");
    let (free, behind) = (ways(false), ways(true));
    pattern(&format!(r"(?:(?:^|[\s|·:,(•])(?P<free>{free})|[于於](?P<behind>{behind}))(?:$|[\s|·,)•发發更])"))
});

/// A time that a short line tells from now backwards: "5 hours ago", 5小时前.
pub fn ago(folded: &str) -> Option<&str> {
    let told = folded.chars().count() <= LINE;
    let found = told.then(|| AGO.captures(folded)).flatten()?;
    Some(found.name("free").or(found.name("behind"))?.as_str())
}

/// 昨天 14:03, or the word alone or set off: "USA Today" is a name.
static DAY_WORD: LazyLock<Regex> = LazyLock::new(|| {
    let names = any(WORDS.day_word.iter().flat_map(|day| &day.names));
    pattern(&format!(
        r"(?:^|[\s|·:,(•于於])(?P<hourly>{names}),?\s*(?:at\s|um\s|à\s)?\d{{1,2}}:\d\d|(?:^|[|·:(•于於]\s*)(?P<alone>{names})$|^(?P<label>\S+)\s+(?P<labelled>{names})$"
    ))
});
/// 11月25日, 11월 25일.
static EASTERN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[^\d年년])(?P<m>\d{1,2})(?:月|월\s?)(?P<d>\d{1,2})(?P<ending>[日号號일])")
});
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
        r"(?:^|[^\p{L}\p{M}])(?P<name>[\p{L}\p{M}]{3,12})\.?\s+(?P<d>\d{1,2})(?P<ending>st|nd|rd|th)?(?:$|[^\d:.,%]|[.,](?:$|\D))",
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

/// The day on which a dispatch was sent.
pub fn dispatched(line: &str, captured: Timestamp, habit: Habit) -> Option<PageDate> {
    let folded = fold(dispatch(line)?);
    let found = ascii_digits(&folded);
    let named = month_day(&found, habit)?;
    let day = nearest(named.month, named.day, last_day(captured, habit)?)?;
    Some(with_hour(day, "", DateBasis::Text, habit))
}

/// The nearest past day that a line names from now backwards or without its year; with the hour behind it.
pub fn past(line: &str, captured: Timestamp, habit: Habit) -> Option<PageDate> {
    let folded = fold(line);
    let line = ascii_digits(&folded);
    if let Some((number, unit)) = told_back(&line) {
        let then = captured.checked_sub((number * SECONDS.get(unit)?).seconds()).ok()?;
        return Some(told(local_day(then, habit), unit));
    }
    if let Some((back, end)) = by_word(&line) {
        let day = local_day(captured, habit).checked_sub(back.days()).ok()?;
        return Some(with_hour(day, &line[end..], DateBasis::RelativeTime, habit));
    }
    let named = month_day(&line, habit)?;
    let last = last_day(captured, habit)?;
    let day = nearest(named.month, named.day, last).filter(|_| !is_ahead(&named, last))?;
    let date = with_hour(day, &line[named.end..], DateBasis::Text, habit);
    is_set_off(&line, &named, date.precision).then_some(date)
}

/// Whether a brief line names a day and month without the year, or tells one from now backwards.
pub fn is_told(line: &str) -> bool {
    if line.chars().count() > LINE {
        return false;
    }
    let folded = fold(line);
    let line = ascii_digits(&folded);
    let named = || {
        let named = month_day(&line, Habit::default())?;
        let day = Date::new(LEAP, named.month, named.day).ok()?;
        let date = with_hour(day, &line[named.end..], DateBasis::Text, Habit::default());
        Some(is_set_off(&line, &named, date.precision))
    };
    told_back(&line).is_some() || by_word(&line).is_some() || named().unwrap_or(false)
}

/// A year that has every day.
const LEAP: i16 = 2024;

/// The day of an instant where the page is written.
fn local_day(instant: Timestamp, habit: Habit) -> Date {
    habit.zone.and_then(offset).unwrap_or(Offset::UTC).to_datetime(instant).date()
}

/// `+08:00` as what it is.
fn offset(zone: &str) -> Option<Offset> {
    let (hours, minutes) = zone.split_once(':')?;
    let sign = if hours.starts_with('-') { -1 } else { 1 };
    let seconds = hours.parse::<i32>().ok()? * 3600 + sign * minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(seconds).ok()
}

/// The last day on which the page can have been published: where its zone is not known, it may be a day ahead.
fn last_day(captured: Timestamp, habit: Habit) -> Option<Date> {
    let today = local_day(captured, habit);
    if habit.zone.is_some() { Some(today) } else { today.tomorrow().ok() }
}

/// A month is told less exactly than the days of it.
fn told(day: Date, unit: usize) -> PageDate {
    let basis = DateBasis::RelativeTime;
    match unit {
        MONTH => {
            let value = format!("{:04}-{:02}", day.year(), day.month());
            PageDate { value, precision: Precision::Month, basis }
        }
        _ => PageDate { value: day.to_string(), precision: Precision::Day, basis },
    }
}

fn told_back(line: &str) -> Option<(i64, usize)> {
    let told = ago(line)?;
    WORDS.ago.iter().find_map(|way| way.read(told)).filter(|(_, unit)| *unit <= MONTH)
}

/// How many days back the word for a day tells, and where it ends.
fn by_word(line: &str) -> Option<(i32, usize)> {
    let found = DAY_WORD.captures(line)?;
    // Before a word with nothing but a blank stands what the day is of: "Posted today".
    let labelled = || {
        let label = found.name("label")?.as_str();
        let is_cue = |words: &[String]| words.iter().any(|word| label.contains(word.trim()));
        let said = is_cue(&WORDS.cues.published) || is_cue(&WORDS.cues.modified);
        found.name("labelled").filter(|_| said)
    };
    let name = found.name("hourly").or(found.name("alone")).or_else(labelled)?;
    let back = WORDS.day_word.iter().find(|day| day.names.iter().any(|n| n == name.as_str()))?;
    Some((back.days, name.end()))
}

/// A day and month in a line.
struct Named {
    month: i8,
    day: i8,
    start: usize,
    end: usize,
}

/// Days for which pages tell ahead what is to come.
const AHEAD: i64 = 90;

/// Whether a day of this year, or of the next one's beginning, lies shortly ahead.
fn is_ahead(named: &Named, last: Date) -> bool {
    let horizon = last.saturating_add(AHEAD.days());
    let years = [last.year(), last.year().saturating_add(1)];
    years
        .into_iter()
        .filter_map(|year| Date::new(year, named.month, named.day).ok())
        .any(|day| day > last && day <= horizon)
}

/// What parts a date from what else stands in its line.
const APART: &[char] =
    &['|', '·', '•', ':', ',', '-', '–', '—', '(', ')', '/', '、', '.', ';', '[', ']', '【', '】', '│', '\t'];
/// Other parts of a line that a date without an hour is a part of, and words of each.
const PARTS: usize = 2;
const WORDS_OF_PART: usize = 4;

/// Whether a date is set off from the words of its line, or said to be of publication: "Article 14 - Set 8 of rules" has none.
fn is_set_off(line: &str, named: &Named, precision: Precision) -> bool {
    let (before, after) = (&line[..named.start], line[named.end..].trim_start());
    if WORDS.cues.published.iter().any(|word| line.contains(word.as_str())) {
        return true;
    }
    let hourly = precision == Precision::Minute;
    let label = before.rsplit(APART).next().unwrap_or_default();
    // Before a date stands the day of the week. Scripts without blanks go on without one where a sentence does.
    let flows = |label: &str| label.ends_with(|c: char| c as u32 >= 0x2e80);
    let begins = label.split_whitespace().count() <= 1 && !flows(label);
    let ends = hourly || after.is_empty() || after.starts_with(APART);
    let others = |text: &str| {
        let parts = text.split(APART).map(|part| part.split_whitespace().count());
        parts.filter(|words| *words > 0).collect::<Vec<_>>()
    };
    let brief = || {
        let parts = [others(before), others(after)].concat();
        parts.len() <= PARTS && parts.iter().all(|words| *words <= WORDS_OF_PART)
    };
    begins && ends && (hourly || brief())
}

/// The first day and month.
fn month_day(line: &str, habit: Habit) -> Option<Named> {
    let number = |told: &Captures, name: &str| told.name(name)?.as_str().parse::<i8>().ok();
    let named = |told: &Captures, month: i8, day: i8| {
        let parts = || ["m", "d", "a", "b", "name", "ending"].into_iter().filter_map(|n| told.name(n));
        let (start, end) = (parts().map(|p| p.start()).min()?, parts().map(|p| p.end()).max()?);
        Some(Named { month, day, start, end })
    };
    if let Some(told) = EASTERN.captures(line) {
        return named(&told, number(&told, "m")?, number(&told, "d")?);
    }
    for pattern in [&*DAY_NAME, &*NAME_DAY] {
        let month = |told: &Captures| MONTHS.get(told.name("name")?.as_str()).copied();
        let read = |told: Captures| named(&told, month(&told)?, number(&told, "d")?);
        let found = pattern.captures_iter(line).take(4).find_map(read);
        if found.is_some() {
            return found;
        }
    }
    let told = FIGURES.captures(line)?;
    let (a, b) = (number(&told, "a")?, number(&told, "b")?);
    let month_first = (habit.month_first || habit.zone.is_some() || b > 12) && a <= 12;
    let (month, day) = if month_first { (a, b) } else { (b, a) };
    named(&told, month, day)
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
            // What lies shortly ahead is to come.
            ("6月11日", ""),
            ("时间：7月12日 09:00", ""),
            ("论坛曾于5月12日 09:00", ""),
            ("东岸日报 6月8日 14:03", "2026-06-08T14:03+08:00"),
            ("请于5日前发送", ""),
            ("发布于2天前", "2026-06-08"),
            ("港口 今日", ""),
            ("来源：昨天", "2026-06-09"),
            ("1个月前", "2026-05"),
            ("100年前", ""),
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
            ("Bay Today", ""),
            ("By Ida Moran, Bay Today", ""),
            ("Ida Moran | Today", "2026-06-09"),
            ("Posted today", "2026-06-09"),
            ("2 months ago", "2026-04"),
            ("500 years ago", ""),
            ("Ruta de 14 mar libre", ""),
            ("Regel 14 Des Kais", ""),
            ("Rule 4 - Set 8 of cranes", ""),
            ("Score: Moran 12 Mar 45", ""),
            ("Look it up in 3-5 10:30", ""),
            ("Meeting: crane forum, 12 March, Leith", ""),
            ("Wed, 3 June", "2026-06-03"),
            ("Set 30.5 tonnes", ""),
        ] {
            check(line, Habit::default(), expected);
        }
        check("5/25 14:03", AMERICAN, "2026-05-25T14:03");
    }

    #[test]
    fn zones_of_both_hemispheres() {
        let captured = "2026-06-09T02:30:00Z".parse().expect("an instant");
        let west = Habit { zone: Some("-05:30"), month_first: true };
        let found = past("today", captured, west).map(|date| date.value);
        assert_eq!(found.as_deref(), Some("2026-06-08"));
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
