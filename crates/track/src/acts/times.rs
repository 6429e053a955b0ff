//! Lengths of time by their words, "for ninety days", 为期三个月, and whether they are those of an act.

use crate::text::list::List;
use crate::text::words::has_any;
use headwater_model::time::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    unit: Vec<Units>,
    numbers: BTreeMap<String, i64>,
    tens: BTreeMap<String, i64>,
    digits: BTreeMap<char, i64>,
    act: Act,
}

#[derive(Deserialize)]
struct Units {
    is: Unit,
    words: List,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    before: List,
    behind: List,
    verbs: List,
    within: List,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/times.toml")).expect("data/times.toml is right")
});

/// A length of time where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Length {
    at: Range<usize>,
    count: i64,
    unit: Unit,
}

impl Length {
    /// The last day of such a time that begins on a day.
    fn last(&self, from: Date) -> Option<Date> {
        let span = jiff::Span::new();
        let span = match self.unit {
            Unit::Day => span.try_days(self.count),
            Unit::Week => span.try_weeks(self.count),
            Unit::Month => span.try_months(self.count),
            Unit::Year => span.try_years(self.count),
        };
        from.checked_add(span.ok()?).ok()?.yesterday().ok()
    }
}

/// The last day of a time that begins on a day, by the first length that folded words give: 90天内, "one year".
pub fn last_day(words: &str, from: Date) -> Option<Date> {
    lengths(words).first()?.last(from)
}

/// The same by the first length that is the act's own, and not one in which others may do something: "suspended for 90 days",
/// and not "firms have 90 days to comply".
pub fn last_day_of_act(words: &str, from: Date) -> Option<Date> {
    lengths(words).into_iter().find(|length| is_of_act(words, &length.at))?.last(from)
}

fn is_of_act(words: &str, at: &Range<usize>) -> bool {
    const ENDS: [char; 7] = ['，', ',', '；', ';', '。', '：', '\n'];
    let (before, after) = (words[..at.start].trim_end(), &words[at.end..]);
    let act = &FILE.act;
    if act.before.iter().any(|word| before.ends_with(word.as_str()))
        || act.behind.iter().any(|word| after.trim_start().starts_with(word.as_str()))
    {
        return true;
    }
    if words[at.clone()].is_ascii() {
        return false;
    }
    let clause = before.rsplit(ENDS).next().unwrap_or_default();
    let mut clauses = after.split(ENDS);
    let rest = clauses.next().unwrap_or_default();
    // 自…起90天内，暂停实施….
    let next = clauses.next().filter(|_| act.within.iter().any(|word| word == rest)).unwrap_or_default();
    [clause, rest, next].iter().any(|part| has_any(part, &act.verbs))
}

/// Lengths of time in folded words, in their order.
fn lengths(words: &str) -> Vec<Length> {
    /// The largest number before a unit: that of the days in ten years.
    const LARGEST: i64 = 3_700;
    let told = FILE.unit.iter().flat_map(|unit| {
        let places = unit.words.iter().flat_map(|word| words.match_indices(word.as_str()));
        places.map(|(at, word)| (at, word, unit.is))
    });
    let lengths = told.filter_map(|(at, word, unit)| {
        let ends =
            !word.is_ascii() || !words[at + word.len()..].starts_with(|c: char| c.is_ascii_alphabetic());
        let (start, count) = number_before(&words[..at]).filter(|_| ends)?;
        // 日内: that it is within them is no part of the length.
        let end = at + word.trim_end_matches("内").trim_end_matches("期间").len();
        (1..=LARGEST).contains(&count).then_some(Length { at: start..end, count, unit })
    });
    let mut lengths: Vec<Length> = lengths.collect();
    lengths.sort_by_key(|length| (length.at.start, std::cmp::Reverse(length.at.end)));
    lengths
}

/// The number at the end of folded words, and where it begins.
fn number_before(before: &str) -> Option<(usize, i64)> {
    let bare = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = before.len() - bare.len();
    if digits > 0 {
        // 2026年 is a year, and 1.5年 no whole number.
        let whole = digits < 4 && !bare.ends_with(['.', ',', '/', '-', '第', '年', '月']);
        return before[bare.len()..].parse().ok().filter(|_| whole).map(|count| (bare.len(), count));
    }
    let bare = before.trim_end_matches(|c: char| matches!(c, '十' | '百') || FILE.digits.contains_key(&c));
    if bare.len() < before.len() {
        let dated = bare.ends_with(['第', '年', '月', '〇', '零']);
        return chinese(&before[bare.len()..]).filter(|_| !dated).map(|count| (bare.len(), count));
    }
    english(before)
}

/// A Chinese number below a thousand: 一百八十.
fn chinese(numeral: &str) -> Option<i64> {
    let (mut sum, mut digit) = (0, None);
    for c in numeral.chars() {
        let step = match c {
            '百' => 100,
            '十' => 10,
            _ if digit.is_none() => {
                digit = FILE.digits.get(&c).copied();
                continue;
            }
            // 二六 is no number but a row of digits.
            _ => return None,
        };
        sum += digit.take().unwrap_or(1) * step;
    }
    Some(sum + digit.unwrap_or(0))
}

/// An English number below a hundred: "forty-five", and the figure in brackets behind it left out.
fn english(before: &str) -> Option<(usize, i64)> {
    let last = |words: &str| -> (usize, String) {
        let bare = words.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        (bare.len(), words[bare.len()..].to_owned())
    };
    let (start, word) = last(before);
    let ten = |word: &str| FILE.tens.get(word).copied();
    let Some(one) = FILE.numbers.get(&word).copied() else {
        return ten(&word).map(|count| (start, count));
    };
    let tens = before[..start].strip_suffix(['-', ' ']).map(last);
    let tens = tens.and_then(|(start, word)| Some((start, ten(&word)?))).filter(|_| (1..10).contains(&one));
    Some(tens.map_or((start, one), |(start, tens)| (start, tens + one)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(words: &str) -> Vec<(i64, Unit)> {
        lengths(words).into_iter().map(|length| (length.count, length.unit)).collect()
    }

    #[test]
    fn numbers_are_read_whole() {
        assert_eq!(count("暂停九十天"), [(90, Unit::Day)]);
        assert_eq!(count("为期一百八十天"), [(180, Unit::Day)]);
        assert_eq!(count("三十日内"), [(30, Unit::Day)]);
        assert_eq!(count("有效期十五年"), [(15, Unit::Year)]);
        assert_eq!(count("暂停三个月，并在30天内报告"), [(3, Unit::Month), (30, Unit::Day)]);
        assert_eq!(count("for ninety days"), [(90, Unit::Day)]);
        assert_eq!(count("for forty-five days and twelve weeks"), [(45, Unit::Day), (12, Unit::Week)]);
        assert_eq!(count("a 90-day pause"), [(90, Unit::Day)]);
        assert_eq!(count("自2026年5月1日起，二〇二六年五月"), []);
        assert_eq!(count("the dayton works and 5 daylight lamps"), []);
    }

    #[test]
    fn a_time_in_which_others_may_act_is_not_the_act_s() {
        let from: Date = "2026-05-01".parse().unwrap();
        let check = |words: &str, expected: Option<&str>| {
            let last = last_day_of_act(words, from).map(|day| day.to_string());
            assert_eq!(last.as_deref(), expected, "{words}");
        };
        check("the tin plating rule takes effect on may 1, 2026, and firms have 90 days to comply", None);
        check("自2026年5月1日起施行，企业应当在三个月内完成整改", None);
        check("comments are due within 30 days; the rule was issued a year ago", None);
        check("the bureau suspends the rule for ninety days", Some("2026-07-29"));
        check("the bureau announced a 90-day pause of the rule", Some("2026-07-29"));
        check("自5月1日起90天内，暂停实施该公告", Some("2026-07-29"));
        check("继续暂停该公告三个月", Some("2026-07-31"));
        check("本公告自公布之日起施行，有效期两年", Some("2028-04-30"));
        check("该措施为期九十天", Some("2026-07-29"));
    }
}
