//! Days in other calendars than the Gregorian, and in the ways of few languages: years of eras (民國, 令和, พ.ศ.), the months of
//! Iran, 二〇二六年, tháng.
//!
//! Each is asked for only where its words or its years stand.

use crate::dates::{MONTHS, WORDS, pattern};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// A day and where it stands in its line.
type Found = Option<(Range<usize>, Date)>;

/// The first day that a line names so. Digits are ASCII's.
pub fn first_day(line: &str) -> Found {
    if line.is_ascii() {
        return iranian_figures(line).or_else(|| buddhist_figures(line));
    }
    let asked = |holds: bool, read: fn(&str) -> Found| holds.then(|| read(line)).flatten();
    asked(line.contains('年'), of_an_era)
        .or_else(|| asked(line.contains("háng "), vietnamese))
        .or_else(|| asked(line.contains(is_thai), thai))
        .or_else(|| asked(line.contains(is_arabic), |line| iranian(line).or_else(|| of_two_names(line))))
        .or_else(|| iranian_figures(line))
        .or_else(|| buddhist_figures(line))
}

/// A day in Chinese numerals and where it ends.
pub fn spelled(line: &str) -> Option<(Date, usize)> {
    let found = line.contains('年').then(|| CHINESE.captures(line))??;
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).unwrap_or(0) as i16;
    let year = found.name("y")?.as_str().chars().fold(0, |n, c| n * 10 + digit(c));
    let small = |name: &str| {
        let text = found.name(name)?.as_str();
        Some(match text.split_once('十') {
            Some((tens, ones)) => {
                let tens = tens.chars().next().map_or(1, digit);
                tens * 10 + ones.chars().next().map_or(0, digit)
            }
            None => digit(text.chars().next()?),
        })
    };
    let day = Date::new(year, small("m")? as i8, small("d")? as i8).ok()?;
    Some((day, found.get(0)?.end()))
}

/// 二〇二六年六月九日.
static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<y>[一二三四五六七八九〇○零]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日",
    )
});

/// 民國115年6月9日, the Republic's years, which may stand by themselves; 令和8年6月9日, years of a Japanese era.
static OF_AN_ERA: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?P<era>令和|平成)(?P<y1>\d{1,2}|元)|(?:民國|民国|^|\s)(?P<y>\d{2,3}))年(?P<m>\d{1,2})月(?P<d>\d{1,2})日",
    )
});

fn of_an_era(line: &str) -> Found {
    let told = OF_AN_ERA.captures(line)?;
    // The year before the first of each.
    let begun = match told.name("era").map(|era| era.as_str()) {
        Some("令和") => 2018,
        Some(_) => 1988,
        None => 1911,
    };
    let year = number(&told, "y").or_else(|| number(&told, "y1")).unwrap_or(1);
    let day = Date::new(begun + year, number(&told, "m")? as i8, number(&told, "d")? as i8).ok()?;
    Some((place(&told)?, day))
}

/// ngày 9 tháng 6 năm 2026; 9 Tháng Sáu, 2026; Tháng 6 9, 2026.
static VIETNAMESE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:(?P<d>\d{1,2})\s+)?tháng\s+(?:(?P<m>\d{1,2})|(?P<name>\p{L}{2,4}(?:\s(?:một|hai))?))(?:\s+(?P<d1>\d{1,2}))?(?:\s?,|\s+năm)?\s+(?P<y>20\d\d)",
    )
});

fn vietnamese(line: &str) -> Found {
    let told = VIETNAMESE.captures(line)?;
    let named = || {
        let name = told.name("name")?.as_str().to_lowercase();
        WORDS.vietnamese_months.iter().position(|month| *month == name).map(|at| at as i16 + 1)
    };
    let month = number(&told, "m").or_else(named)?;
    let day = number(&told, "d").or_else(|| number(&told, "d1"))?;
    Some((place(&told)?, Date::new(number(&told, "y")?, month as i8, day as i8).ok()?))
}

/// Years from the Buddha's death are so many more than those from the birth of Christ.
const BUDDHIST: i16 = 543;

/// 9 มิถุนายน 2569, 9 มิ.ย. 69.
static THAI: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d])(?P<d>\d{1,2})\s*(?P<name>[\x{e01}-\x{e4e}.]{3,14})\s*(?:พ\.ศ\.\s*)?(?P<y>(?:25|20)\d\d|\d\d)(?:[^\d]|$)",
    )
});

fn thai(line: &str) -> Found {
    let told = THAI.captures(line)?;
    let month = MONTHS.get(told.name("name")?.as_str())?;
    let year = match number(&told, "y")? {
        year @ 0..=99 => 2500 + year - BUDDHIST,
        year @ 2500.. => year - BUDDHIST,
        year => year,
    };
    Some((place(&told)?, Date::new(year, *month, number(&told, "d")? as i8).ok()?))
}

/// 09/06/2569, 2569-06-09: no other calendar is as far.
static BUDDHIST_FIGURES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d/.-])(?:(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>25[3-9]\d)|(?P<y1>25[3-9]\d)[-/](?P<m1>\d{1,2})[-/](?P<d1>\d{1,2}))(?:[^\d/.-]|$)",
    )
});

fn buddhist_figures(line: &str) -> Found {
    let told = line.contains("25").then(|| BUDDHIST_FIGURES.captures(line)).flatten()?;
    let [year, month, day] = [("y", "y1"), ("m", "m1"), ("d", "d1")]
        .map(|(one, other)| number(&told, one).or_else(|| number(&told, other)));
    Some((place(&told)?, Date::new(year? - BUDDHIST, month? as i8, day? as i8).ok()?))
}

/// 19 خرداد 1405.
static IRANIAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d])(?P<d>\d{1,2})\s*(?P<name>[\p{L}\p{M}\x{200c}]{2,9})(?:\s?ماه)?\s?[,،]?\s*(?P<y>1[34]\d\d)(?:[^\d]|$)",
    )
});
/// 1405/03/19.
static IRANIAN_FIGURES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d/.-])(?P<y>1(?:3[7-9]|4[0-4])\d)(?:/(?P<m>\d{1,2})/(?P<d>\d{1,2})|-(?P<m1>\d\d)-(?P<d1>\d\d))(?:[^\d/.-]|$)",
    )
});

fn iranian(line: &str) -> Found {
    let named = |told: Captures| {
        // Many keyboards write the Arabic forms of two letters.
        let name =
            told.name("name")?.as_str().trim_end_matches('\u{200c}').replace('ي', "ی").replace('ك', "ک");
        let month = WORDS.iranian_months.iter().position(|names| names.contains(&name))?;
        let day = from_iranian(number(&told, "y")?, month as i16 + 1, number(&told, "d")?)?;
        Some((place(&told)?, day))
    };
    IRANIAN.captures_iter(line).take(4).find_map(named)
}

/// 9 حزيران/يونيو 2026: months that the Levant and Egypt call otherwise.
static OF_TWO_NAMES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d])(?P<d>\d{1,2})\s+(?P<name>[\p{L}\p{M}]{2,12}(?: الأول| الثاني)?)\s?[/(]\s?[\p{L}\p{M}]{2,12}(?: الأول| الثاني)?\)?[,،]?\s+(?P<y>20\d\d)(?:[^\d]|$)",
    )
});

fn of_two_names(line: &str) -> Found {
    let told = OF_TWO_NAMES.captures(line)?;
    let month = MONTHS.get(told.name("name")?.as_str())?;
    Some((place(&told)?, Date::new(number(&told, "y")?, *month, number(&told, "d")? as i8).ok()?))
}

fn iranian_figures(line: &str) -> Found {
    let told = line.contains('1').then(|| IRANIAN_FIGURES.captures(line)).flatten()?;
    let either = |one: &str, other: &str| number(&told, one).or_else(|| number(&told, other));
    let day = from_iranian(number(&told, "y")?, either("m", "m1")?, either("d", "d1")?)?;
    Some((place(&told)?, day))
}

/// The Gregorian day of one in the calendar of Iran and Afghanistan: six months of 31 days, five of 30, and one of 29, or 30 in
/// eight years of 33. It is right from 1178 to 1501, which ends in 2123.
fn from_iranian(year: i16, month: i16, day: i16) -> Option<Date> {
    let length = match month {
        1..=6 => 31,
        7..=12 => 30,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    let leap_days = |year: i16| (8 * i32::from(year) + 21) / 33;
    let years = i32::from(year) - 1405;
    let before = i32::from(month - 1) * 31 - i32::from((month - 7).max(0)) + i32::from(day - 1);
    let days = years * 365 + leap_days(year) - leap_days(1405) + before;
    date(2026, 3, 21).checked_add(days.days()).ok()
}

fn is_thai(c: char) -> bool {
    ('\u{e00}'..='\u{e7f}').contains(&c)
}

fn is_arabic(c: char) -> bool {
    ('\u{600}'..='\u{6ff}').contains(&c)
}

fn number(found: &Captures, name: &str) -> Option<i16> {
    found.name(name)?.as_str().parse().ok()
}

/// From where a match begins to the end of its last figure.
fn place(found: &Captures) -> Option<Range<usize>> {
    let figures = ["d", "d1", "m", "m1", "y", "y1"].iter().filter_map(|name| Some(found.name(name)?.end()));
    Some(found.get(0)?.start()..figures.max()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_of_iran_by_its_new_years_and_leap_days() {
        for (given, expected) in [
            ((1405, 1, 1), date(2026, 3, 21)),
            ((1404, 1, 1), date(2025, 3, 21)),
            ((1403, 1, 1), date(2024, 3, 20)),
            ((1403, 12, 30), date(2025, 3, 20)),
            ((1399, 12, 30), date(2021, 3, 20)),
            ((1400, 1, 1), date(2021, 3, 21)),
            ((1408, 12, 30), date(2030, 3, 20)),
            ((1376, 1, 1), date(1997, 3, 21)),
            ((1405, 6, 31), date(2026, 9, 22)),
            ((1405, 7, 1), date(2026, 9, 23)),
            ((1405, 12, 29), date(2027, 3, 20)),
        ] {
            let (year, month, day) = given;
            assert_eq!(from_iranian(year, month, day), Some(expected), "{given:?}");
        }
        assert_eq!(from_iranian(1405, 7, 31), None);
        assert_eq!(from_iranian(1405, 13, 1), None);
    }
}
