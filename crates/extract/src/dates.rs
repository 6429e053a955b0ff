//! Dates as pages state them.

use headwater_model::time::{DateBasis, PageDate, Precision, utc_day};
use headwater_model::{Article, Doubt};
use regex::Regex;
use std::sync::LazyLock;

static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<y>(?:19|20)\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?:[T \-]*(?P<h>\d{1,2}):(?P<min>\d\d)(?::\d\d(?:\.\d+)?)?\s*(?P<z>Z|[+-]\d\d:?\d\d)?)?").expect("a valid pattern")
});
static COMPACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:\d{6})?$").expect("a valid pattern")
});
static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?(?P<name>[a-zäéûç]{3,10})\.?,?\s+(?:de\s+)?(?P<y>(?:19|20)\d\d)\b").expect("a valid pattern")
});
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?P<name>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b")
        .expect("a valid pattern")
});
static IN_URL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[/_-](?P<y>(?:19|20)\d\d)[/_-]?(?P<m>0[1-9]|1[0-2])[/_-]?(?P<d>0[1-9]|[12]\d|3[01])(?:[/_.-]|$)",
    )
    .expect("a valid pattern")
});

/// Beginnings of month names in English, German, French, Spanish, Italian, Portuguese and Dutch.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("jän", 1),
    ("ene", 1),
    ("gen", 1),
    ("feb", 2),
    ("fev", 2),
    ("fév", 2),
    ("mar", 3),
    ("mär", 3),
    ("maa", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("mag", 5),
    ("mei", 5),
    ("juin", 6),
    ("jun", 6),
    ("giu", 6),
    ("juil", 7),
    ("jul", 7),
    ("lug", 7),
    ("aug", 8),
    ("aoû", 8),
    ("aou", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("out", 10),
    ("ott", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("déc", 12),
    ("dic", 12),
];

/// A date as a page writes it. `eastern` says that a time without a zone is Beijing's.
pub fn page_date(value: &str, basis: DateBasis, eastern: bool) -> Option<PageDate> {
    let value = value.trim();
    if let Some(found) = NUMERIC.captures(value) {
        let day = civil(&found)?;
        let part = |name: &str| found.name(name).map(|m| m.as_str());
        let (Some(hour), Some(minute)) = (part("h"), part("min")) else { return Some(day_date(day, basis)) };
        let zone = match part("z") {
            Some("Z") => "Z".to_owned(),
            Some(zone) if zone.contains(':') => zone.to_owned(),
            Some(zone) => format!("{}:{}", &zone[..3], &zone[3..]),
            None if eastern => "+08:00".to_owned(),
            None => String::new(),
        };
        let hour: u8 = hour.parse().ok().filter(|h| *h < 24)?;
        return Some(PageDate {
            value: format!("{day}T{hour:02}:{minute}{zone}"),
            precision: Precision::Minute,
            basis,
        });
    }
    let found = COMPACT.captures(value).and_then(|c| civil(&c)).or_else(|| named(value))?;
    Some(day_date(found, basis))
}

fn day_date(day: jiff::civil::Date, basis: DateBasis) -> PageDate {
    PageDate { value: day.to_string(), precision: Precision::Day, basis }
}

fn civil(found: &regex::Captures) -> Option<jiff::civil::Date> {
    let number = |name: &str| found.name(name)?.as_str().parse::<i16>().ok();
    jiff::civil::Date::new(number("y")?, number("m")? as i8, number("d")? as i8).ok()
}

/// A date with the month's name.
fn named(value: &str) -> Option<jiff::civil::Date> {
    [&*DAY_MONTH, &*MONTH_DAY].into_iter().find_map(|pattern| {
        pattern.captures_iter(value).find_map(|found| {
            let name = found.name("name")?.as_str().to_lowercase();
            let (_, month) = MONTHS.iter().find(|(start, _)| name.starts_with(start))?;
            let number = |part: &str| found.name(part)?.as_str().parse::<i16>().ok();
            jiff::civil::Date::new(number("y")?, *month, number("d")? as i8).ok()
        })
    })
}

/// A date in an address: `/2026/06/09/`, `_20260609.`.
pub fn in_url(url: &str) -> Option<PageDate> {
    let day = civil(&IN_URL.captures(url)?)?;
    Some(day_date(day, DateBasis::Url))
}

/// Dates after the capture's own are a clock's or a calendar's, not the page's.
pub fn drop_future(article: &mut Article) {
    // The page's zone may be a day ahead of UTC.
    let last = utc_day(article.captured).tomorrow().unwrap_or_else(|_| utc_day(article.captured));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_pages_write_them() {
        let check = |value: &str, expected: &str| {
            let found = page_date(value, DateBasis::Meta, true);
            assert_eq!(found.map(|d| d.value).unwrap_or_default(), expected, "{value}");
        };
        check("2026-06-09T08:30:00Z", "2026-06-09T08:30Z");
        check("2026-06-09T08:30:00+0800", "2026-06-09T08:30+08:00");
        check("2026-06-09 08:30", "2026-06-09T08:30+08:00");
        check("2026-06-09-08:30:15", "2026-06-09T08:30+08:00");
        check("2026年6月9日", "2026-06-09");
        check("20260609", "2026-06-09");
        check("June 9, 2026", "2026-06-09");
        check("9th of June 2026", "2026-06-09");
        check("Tue, 09 Jun 2026 10:00:00 GMT", "2026-06-09");
        check("9. März 2026", "2026-03-09");
        check("2026-13-40", "");
        check("soon", "");
        assert_eq!(in_url("https://a.example/2026/06/09/x").unwrap().value, "2026-06-09");
        assert_eq!(in_url("https://a.example/a/20260609.shtml").unwrap().value, "2026-06-09");
        assert!(in_url("https://a.example/2026123/").is_none());
    }
}
