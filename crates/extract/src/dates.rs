//! Dates as pages write them, in whatever language.

use crate::calendars;
use crate::near::{Ago, DayWord};
use headwater_model::time::{DateBasis, PageDate, Precision, utc_day};
use headwater_model::{Article, Doubt};
use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How a page writes dates.
#[derive(Debug, Clone, Copy, Default)]
pub struct Habit {
    /// The zone of times that name none: Beijing's, Tokyo's.
    pub zone: Option<&'static str>,
    /// 6/9/2026 is 9 June.
    pub month_first: bool,
}

/// What `data/dates.toml` holds.
#[derive(Deserialize)]
pub struct Words {
    month: Vec<Month>,
    /// The names of each month of the calendar of Iran and Afghanistan.
    pub iranian_months: Vec<Vec<String>>,
    /// Numbers by which Vietnamese calls months.
    pub vietnamese_months: Vec<String>,
    /// Words that say what a line's date is.
    pub cues: CueWords,
    /// Parts of elements' names.
    pub places: Places,
    /// Names of values in scripts.
    pub scripts: Scripts,
    /// Times told from now backwards.
    pub ago: Vec<Ago>,
    /// Words for today and the days before.
    pub day_word: Vec<DayWord>,
}

#[derive(Deserialize)]
struct Month {
    number: i8,
    names: Vec<String>,
}

/// Words that say what a line's date is.
#[derive(Deserialize)]
pub struct CueWords {
    /// First publication.
    pub published: Vec<String>,
    /// A change.
    pub modified: Vec<String>,
    /// Something else.
    pub other: Vec<String>,
}

/// Parts of elements' names.
#[derive(Deserialize)]
pub struct Places {
    /// Where dates stand.
    pub dated: Vec<String>,
    /// What lies beside the article.
    pub aside: Vec<String>,
}

/// Names of values in scripts.
#[derive(Deserialize)]
pub struct Scripts {
    /// Of the publication.
    pub published: Vec<String>,
    /// Those that scripts assign, too.
    pub assigned: Vec<String>,
}

/// The words, read once.
pub static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../data/dates.toml")).expect("data/dates.toml is right"));

/// Months by their names.
pub static MONTHS: LazyLock<BTreeMap<&str, i8>> = LazyLock::new(|| {
    let names = |m: &'static Month| m.names.iter().map(|n| (n.as_str(), m.number));
    WORDS.month.iter().flat_map(names).collect()
});

/// `\d` of a pattern is a digit that can be read as a number: one of ASCII, as which those of the scripts that are known
/// are written by [`ascii_digits`].
pub fn pattern(source: &str) -> Regex {
    Regex::new(&source.replace(r"\d", "[0-9]")).expect("a valid pattern")
}

/// Year, month and day in figures: 2026-06-09, 2026年6月9日, 2026. 6. 9.
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d])(?P<y>(?:19|20)\d\d)(?:\s?[-/._年년:]\s?)(?P<m>\d{1,2})(?:\s?[-/._月월:]\s?)(?P<d>\d{1,2})(?:[^\d]|$)",
    )
});
/// 9.6.2026, 09/06/2026, 09.06.26.
static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d.,/:-])(?P<d>\d{1,2})(?:\s?(?P<sep>[-/.])\s?)(?P<m>\d{1,2})(?:\s?[-/.]\s?)(?P<y>(?:19|20)\d\d|\d\d)(?:[^\d]|$)",
    )
});
/// 9 June 2026, 9. März 2026, 9 de junio de 2026, 9-Jun-2026.
static DAY_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d])(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|e)?[.,]?[\s-]*(?:of |de |di |d’|d')?(?P<name>[\p{L}\p{M}]{2,}(?: الأول| الثاني)?)\.?[,،]?[\s-]*(?:de |del |of )?(?P<y>(?:19|20)\d\d)(?:[^\d]|$)",
    )
});
/// June 9, 2026; Jun 9th 2026.
static NAME_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<name>[\p{L}\p{M}]{3,})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\.?[,،]?\s+(?:at\s)?(?P<y>(?:19|20)\d\d)(?:[^\d]|$)",
    )
});
/// 2026 Jun 9, 2026. június 9.
static YEAR_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d])(?P<y>(?:19|20)\d\d)[.,]?[\s-]+(?P<name>[\p{L}\p{M}]{3,})\.?[\s-]+(?P<d>\d{1,2})(?:[^\d]|$)",
    )
});
/// Mon Jun 09 08:30:00 CEST 2026, as programs print.
static PROGRAM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<name>[A-Za-z]{3}) (?P<d>\d{1,2}) \d\d:\d\d:\d\d (?:[A-Z]{2,5} |[A-Z]{3}[+-]\d+ )?(?P<y>(?:19|20)\d\d)",
    )
});
/// 20260609, 20260609083015.
static COMPACT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{4,6}Z?)?$"));
/// The hour after a date and perhaps its day of the week.
static HOUR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:\s?[(（]\S{1,9}[)）]|\s?(?:星期|周|週)\S)?[T\s,،|/·•–-]{0,4}
        (?:um|at|às|à|a\ las|kl\.?|alle|ore|o|в|lúc|pukul|เวลา|ساعت|الساعة)?\s{0,2}
        (?:(?P<am>오전|上午|午前|早上|凌晨)|(?P<pm>오후|下午|午後|晚上|晚间|晚間))?\s?
        (?P<h>\d{1,2})(?::|[时時点點]|시\s?)(?P<min>\d\d)(?:[分분]|(?P<s>:\d\d(?:[.,]\d+)?))?\s*
        (?:(?P<am1>am|a\.m\.)|(?P<pm1>pm|p\.m\.))?\s*
        \(?(?P<z>(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d\d)?|Z\b|GMT\b|UTC\b|[+-]\d\d:?\d\d)?",
    )
});

/// A date in an address: `/2026/06/09/`, `/20260609/`, `t20260609_`.
static IN_PATH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:[/_-]|/[a-z]{1,2}-?)(?P<y>(?:19|20)\d\d)(?:[/_-]?(?P<m>0[1-9]|1[0-2])[/_-]?(?P<d>0[1-9]|[12]\d|3[01])|/(?P<m1>[1-9])/(?P<d1>[1-9]|[12]\d|3[01])|/(?P<m2>1[0-2]|0[1-9])/(?P<d2>[1-9]))(?:[/_.-]|$)",
    )
});
/// A day somewhere in an address: `_vom_09.06.2026_`, `/09-06-2026`.
static IN_SLUG: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:[/_~-])(?P<d>0[1-9]|[12]\d|3[01])[._-]?(?P<m>0[1-9]|1[0-2])[._-]?(?P<y>20\d\d)(?:[/_.-]|$)")
});

/// A date as a page states it, in a value of its own or in a line.
pub fn page_date(value: &str, basis: DateBasis, habit: Habit) -> Option<PageDate> {
    let value = ascii_digits(value.trim());
    let compact = || COMPACT.captures(&value).and_then(|c| civil(&c)).or_else(|| epoch(&value));
    if value.starts_with(|c: char| c.is_ascii_digit())
        && let Some(day) = compact()
    {
        return Some(day_date(day, basis));
    }
    let (day, end) = first_day(&value, habit)?;
    Some(with_hour(day, &value[end..], basis, habit))
}

/// Whether a word is a month's name.
pub fn is_month(word: &str) -> bool {
    MONTHS.contains_key(word.to_lowercase().as_str())
}

/// The first day that a line names, and where it ends.
fn first_day(value: &str, habit: Habit) -> Option<(Date, usize)> {
    if !value.contains(|c: char| c.is_ascii_digit()) {
        return calendars::spelled(value);
    }
    let figures = [
        YEAR_FIRST.captures(value).and_then(|c| found(&c, civil(&c)?)),
        DAY_FIRST.captures(value).and_then(|c| found(&c, day_first(&c, value, habit)?)),
    ];
    let named = [&*DAY_NAME, &*NAME_DAY, &*YEAR_NAME, &*PROGRAM]
        .map(|p| p.captures_iter(value).take(4).find_map(|c| found(&c, named(&c)?)));
    let rare = calendars::first_day(value).map(|(place, day)| (place.start, day, place.end));
    let all = figures.into_iter().chain(named).chain([rare]).flatten();
    all.min_by_key(|(start, ..)| *start).map(|(_, day, end)| (day, end))
}

fn found(captures: &regex::Captures, day: Date) -> Option<(usize, Date, usize)> {
    let end = ["d", "d1", "y", "m"].iter().filter_map(|n| Some(captures.name(n)?.end())).max()?;
    Some((captures.get(0)?.start(), day, end))
}

fn civil(found: &regex::Captures) -> Option<Date> {
    let number = |names: [&str; 3]| names.iter().find_map(|n| found.name(n))?.as_str().parse::<i16>().ok();
    let day =
        Date::new(number(["y", "", ""])?, number(["m", "m1", "m2"])? as i8, number(["d", "d1", "d2"])? as i8);
    day.ok()
}

/// Day before month, unless the page or the figures say otherwise. Two figures for a year only in a short line,
/// for elsewhere they are measurements and versions.
fn day_first(found: &regex::Captures, value: &str, habit: Habit) -> Option<Date> {
    let number = |name: &str| found.name(name)?.as_str().parse::<i16>().ok();
    let (first, second, year) = (number("d")?, number("m")?, number("y")?);
    let year = match year {
        0..=69 if value.chars().count() <= 60 => 2000 + year,
        90..=99 if value.chars().count() <= 60 => 1900 + year,
        1900.. => year,
        _ => return None,
    };
    let month_first = habit.month_first && found.name("sep")?.as_str() != ".";
    let (day, month) = if month_first { (second, first) } else { (first, second) };
    Date::new(year, month as i8, day as i8).or_else(|_| Date::new(year, day as i8, month as i8)).ok()
}

fn named(found: &regex::Captures) -> Option<Date> {
    let name = found.name("name")?.as_str().to_lowercase();
    let month = MONTHS.get(name.as_str())?;
    let number = |part: &str| found.name(part)?.as_str().parse::<i16>().ok();
    Date::new(number("y")?, *month, number("d")? as i8).ok()
}

/// Seconds or milliseconds since 1970, as programs count.
fn epoch(value: &str) -> Option<Date> {
    let seconds: i64 = match value.len() {
        10 => value.parse().ok()?,
        13 => value.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    let plausible = (700_000_000..4_000_000_000).contains(&seconds);
    let instant = plausible.then(|| headwater_model::time::Timestamp::from_second(seconds).ok())??;
    Some(utc_day(instant))
}

/// A date with the hour after it. Midnight to the second is no hour but a date that a program has filled up.
pub fn with_hour(day: Date, rest: &str, basis: DateBasis, habit: Habit) -> PageDate {
    let Some((hour, minute, zone)) = hour(rest) else { return day_date(day, basis) };
    if hour == 0 && minute == 0 && rest.contains(":00:00") {
        return day_date(day, basis);
    }
    let zone = zone.as_deref().map(in_figures).or(habit.zone.map(str::to_owned)).unwrap_or_default();
    PageDate { value: format!("{day}T{hour:02}:{minute:02}{zone}"), precision: Precision::Minute, basis }
}

fn hour(rest: &str) -> Option<(u8, u8, Option<String>)> {
    let rest = rest.trim_start_matches(['日', '일', '.', ',']);
    let found = HOUR.captures(rest)?;
    let number = |name: &str| found.name(name)?.as_str().parse::<u8>().ok();
    let (hour, minute) = (number("h")?, number("min")?);
    let is = |names: [&str; 2]| names.iter().any(|name| found.name(name).is_some());
    let hour = match hour {
        ..12 if is(["pm", "pm1"]) => hour + 12,
        12 if is(["am", "am1"]) => 0,
        hour => hour,
    };
    (hour < 24 && minute < 60)
        .then(|| (hour, minute, found.name("z").map(|z| z.as_str().to_ascii_uppercase())))
}

/// A zone as hours and minutes from UTC: `GMT+7`, `+0800`.
fn in_figures(zone: &str) -> String {
    let Some(at) = zone.find(['+', '-']) else { return "Z".into() };
    let (sign, figures) = zone[at..].split_at(1);
    let figures: String = figures.chars().filter(char::is_ascii_digit).collect();
    match figures.len() {
        1 | 2 => format!("{sign}{figures:0>2}:00"),
        _ => format!("{sign}{:0>2}:{}", &figures[..figures.len() - 2], &figures[figures.len() - 2..]),
    }
}

fn day_date(day: Date, basis: DateBasis) -> PageDate {
    PageDate { value: day.to_string(), precision: Precision::Day, basis }
}

/// Digits of other scripts made ASCII.
pub fn ascii_digits(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| ascii_digit(c).is_some()) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| ascii_digit(c).unwrap_or(c)).collect()
}

/// A digit of another script made ASCII.
fn ascii_digit(c: char) -> Option<char> {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{7c0}'..='\u{7c9}' => 0x7c0,
        '\u{966}'..='\u{96f}' => 0x966,
        '\u{9e6}'..='\u{9ef}' => 0x9e6,
        '\u{e50}'..='\u{e59}' => 0xe50,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return None,
    };
    char::from_digit(c as u32 - zero, 10)
}

/// The date that an address is filed under: `/2026/06/09/`, `_20260609.`.
pub fn in_url(url: &str) -> Option<PageDate> {
    IN_PATH.captures_iter(url).find_map(|c| civil(&c)).map(|day| day_date(day, DateBasis::Url))
}

/// A day that an address mentions, which may as well be its subject's.
pub fn in_slug(url: &str) -> Option<PageDate> {
    Some(day_date(civil(&IN_SLUG.captures(url)?)?, DateBasis::Url))
}

/// Dates after the capture's own are a clock's or a calendar's, not the page's.
pub fn drop_future(article: &mut Article) {
    let last = last_day(article);
    let mut dropped = Vec::new();
    for date in [&mut article.published, &mut article.modified] {
        if date.as_ref().and_then(PageDate::day).is_some_and(|day| day > last)
            && let Some(date) = date.take()
        {
            dropped.push(Doubt::new(
                "future_date",
                format!("the page gives {}, which is after its capture; it was left out", date.value),
            ));
        }
    }
    article.doubts.extend(dropped);
}

/// The last day on which a captured page can have been published: its zone may be a day ahead of UTC.
pub fn last_day(article: &Article) -> Date {
    let day = utc_day(article.captured);
    day.tomorrow().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EAST: Habit = Habit { zone: Some("+08:00"), month_first: false };
    const AMERICAN: Habit = Habit { zone: None, month_first: true };

    fn check(value: &str, habit: Habit, expected: &str) {
        let found = page_date(value, DateBasis::Meta, habit);
        assert_eq!(found.map(|d| d.value).unwrap_or_default(), expected, "{value}");
    }

    #[test]
    fn dates_as_pages_write_them() {
        for (value, expected) in [
            ("2026-06-09T08:30:00Z", "2026-06-09T08:30Z"),
            ("2026-06-09T08:30:00+0800", "2026-06-09T08:30+08:00"),
            ("2026-06-09 08:30", "2026-06-09T08:30+08:00"),
            ("2026-06-09-08:30:15", "2026-06-09T08:30+08:00"),
            ("2026-06-09T00:00:00+08:00", "2026-06-09"),
            ("2026年6月9日", "2026-06-09"),
            ("2026年6月9日 08:30", "2026-06-09T08:30+08:00"),
            ("发布时间：2026年06月09日08:30", "2026-06-09T08:30+08:00"),
            ("二〇二六年六月九日", "2026-06-09"),
            ("二○二六年十一月二十六日", "2026-11-26"),
            ("中華民國115年6月9日", "2026-06-09"),
            ("令和8年6月9日", "2026-06-09"),
            ("令和元年5月1日", "2019-05-01"),
            ("20260609", "2026-06-09"),
            ("20260609083015", "2026-06-09"),
        ] {
            check(value, EAST, expected);
        }
        for (value, expected) in [
            ("June 9, 2026", "2026-06-09"),
            ("9th of June 2026", "2026-06-09"),
            ("Tue, 09 Jun 2026 10:00:00 GMT", "2026-06-09T10:00Z"),
            ("Tue Jun 09 10:00:00 CEST 2026", "2026-06-09"),
            ("9. März 2026", "2026-03-09"),
            ("Di., 09.06.2026 - 14:45", "2026-06-09T14:45"),
            ("09.06.26", "2026-06-09"),
            ("9/6/2026", "2026-06-09"),
            ("6/19/2026", "2026-06-19"),
            ("martes, 9 de junio de 2026", "2026-06-09"),
            ("Publié le 9 juin 2026 à 08:30", "2026-06-09T08:30"),
            ("9 июня 2026 г.", "2026-06-09"),
            ("9 Haziran 2026", "2026-06-09"),
            ("2026. június 9.", "2026-06-09"),
            ("09 يونيو 2026", "2026-06-09"),
            ("٩ يونيو ٢٠٢٦", "2026-06-09"),
            ("৯ জুন ২০২৬", "2026-06-09"),
            ("ngày 9 tháng 6 năm 2026", "2026-06-09"),
            ("2026년 6월 9일", "2026-06-09"),
            ("June 9, 2026 3:05 p.m.", "2026-06-09T15:05"),
            ("1780992000", "2026-06-09"),
            // Calendars of their own.
            ("سه‌شنبه ۱۹ خرداد ۱۴۰۵ - ۱۰:۳۰", "2026-06-09T10:30"),
            ("۱۴۰۵/۰۳/۱۹", "2026-06-09"),
            ("1405-03-19 08:30", "2026-06-09T08:30"),
            ("تاریخ انتشار: ۰۷ ارديبهشت ۱۴۰۵ - ۱۱:۲۴", "2026-04-27T11:24"),
            ("۱۹ جوزا ۱۴۰۵", "2026-06-09"),
            ("۲۹ اسفند ماه ۱۴۰۴", "2026-03-20"),
            ("9 มิถุนายน 2569", "2026-06-09"),
            ("๙ มิถุนายน พ.ศ. ๒๕๖๙", "2026-06-09"),
            ("9 มิ.ย. 69 เวลา 14:05 น.", "2026-06-09T14:05"),
            ("09/06/2569", "2026-06-09"),
            ("2569-06-09", "2026-06-09"),
            // Months of many names.
            ("9 حزيران/يونيو 2026", "2026-06-09"),
            ("9 شباط (فبراير) 2026", "2026-02-09"),
            ("9 جويلية، 2026", "2026-07-09"),
            ("9 جون 2026", "2026-06-09"),
            ("जून 9, 2026", "2026-06-09"),
            ("9 फ़रवरी 2026", "2026-02-09"),
            ("9 ஜூன் 2026", "2026-06-09"),
            ("9 Tháng Sáu, 2026", "2026-06-09"),
            ("9 Tháng Mười Hai 2026", "2026-12-09"),
            ("Tháng 6 9, 2026", "2026-06-09"),
            ("Thứ Ba, 9/6/2026, 08:30 (GMT+7)", "2026-06-09T08:30+07:00"),
            ("9 ביוני 2026", "2026-06-09"),
            ("9 ივნისი 2026", "2026-06-09"),
            // Halves of the day.
            ("입력 2026.06.09. 오후 4:12", "2026-06-09T16:12"),
            ("2026년 6월 9일 오전 12시 05분", "2026-06-09T00:05"),
            ("2026.06.09 (화) 10:30", "2026-06-09T10:30"),
            ("2026年6月9日（火）午後3時15分", "2026-06-09T15:15"),
            ("2026年6月9日 星期二 上午 9:05", "2026-06-09T09:05"),
            ("Tue Jun 09 2026 10:00:00 GMT+0800 (CST)", "2026-06-09T10:00+08:00"),
            // What only looks like a year of theirs.
            ("No. 1405/23/99", ""),
            ("tel. 1390-31-42", ""),
            ("دی", ""),
            ("2026-13-40", ""),
            ("version 1.2.3", ""),
            ("call 12 34 5678", ""),
            ("soon", ""),
            // Digits of a script that is not known.
            ("2026-06-09T08:30+௦௮௦௦", "2026-06-09T08:30"),
            ("௨௦௨௬-௦௬-௦௯", ""),
        ] {
            check(value, Habit::default(), expected);
        }
        check("6/9/2026", AMERICAN, "2026-06-09");
        check("9.6.2026", AMERICAN, "2026-06-09");
    }

    #[test]
    fn dates_in_addresses() {
        for (url, expected) in [
            ("https://a.example/2026/06/09/x", "2026-06-09"),
            ("https://a.example/2026/6/9/x", "2026-06-09"),
            ("https://a.example/a/20260609.shtml", "2026-06-09"),
            ("https://a.example/a/t20260609_1234.html", "2026-06-09"),
            ("https://a.example/2026-06/09/c_1234.html", "2026-06-09"),
            ("https://a.example/2026123/", ""),
            ("https://web.archive.example/web/20260609101112/x", ""),
        ] {
            assert_eq!(in_url(url).map(|d| d.value).unwrap_or_default(), expected, "{url}");
        }
        assert_eq!(in_slug("https://a.example/bericht_vom_09.06.2026_x").unwrap().value, "2026-06-09");
    }
}
