//! The date sets of Recognizers-Text.
//!
//! Ours reads a bare day as the nearest past one, so the past resolution is compared; where the set leaves past and
//! future open for weekdays and day numbers, either of the two is the same reading of the words and only the past
//! one counts. A period is right if it begins on the same day and ends on the same day, whether the set counts the end in
//! (from 4 to 22) or names the day after (February). The span must be the same but for a preposition or article at its start
//! and spaces. Extractor files hold no values: there the spans alone are compared. Expressions that resolve to no date
//! (30 February) must not be found with another value. Cases with lunar words (农历, 正月, 大年, 初一) are left out: the set
//! takes the lunar month and day for those of the common calendar, which names another day.

use super::{Case, cases, figure, report};
use crate::{Context, floors::Figure};
use headwater_analyse::dates::{self, Found, Sort, calendar::Now, calendar::When};
use headwater_analyse::passage::Language;
use headwater_analyse::quantities::{self, Setting};
use headwater_model::mention::QuantityKind;
use jiff::civil::Date;
use serde_json::Value;
use std::path::Path;

/// Dates, periods and durations, both languages.
pub fn measure(context: &Context, folder: &Path, digest: &str) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for (language, short, name) in
        [(Language::English, "en", "English"), (Language::ChineseSimplified, "zh", "Chinese")]
    {
        for (topic, judge) in [("Date", date as Judge), ("DatePeriod", period), ("Duration", duration)] {
            let (mut right, mut items) = (0, 0);
            for kind in ["Parser", "Extractor"] {
                let cases = cases(&folder.join(format!("DateTime/{name}/{topic}{kind}.json")))?;
                let cases: Vec<Case> = cases
                    .into_iter()
                    .filter(|case| !LUNAR.iter().any(|word| case.input.contains(word)))
                    .collect();
                let label = format!("{topic} {kind}, {short}");
                right +=
                    cases.iter().filter(|case| report(context, &label, case, judge(case, language))).count();
                items += cases.len();
            }
            figures.push(figure("recognizers", &format!("{topic}, {short}"), right, items, None, digest));
        }
    }
    Ok(figures)
}

const LUNAR: &[&str] = &["农历", "正月", "大年", "初一"];

type Judge = fn(&Case, Language) -> Result<(), String>;

/// Recognizers' own default day, where a case gives none.
fn day(case: &Case) -> Date {
    case.day.as_ref().and_then(|d| d.parse().ok()).unwrap_or(Date::constant(2016, 11, 7))
}

fn found(case: &Case, language: Language) -> Vec<Found> {
    dates::read(&case.input, language, Now { day: day(case), future: false, soon: false, begins: false })
}

fn shown(case: &Case, found: &[Found]) -> String {
    found
        .iter()
        .map(|f| format!("{} = {} ({:?})", &case.input[f.range.clone()], f.when.edtf(), f.sort))
        .collect::<Vec<_>>()
        .join("; ")
}

/// The words without what may open a date expression.
fn core(text: &str) -> String {
    let lower = text.to_lowercase().replace('，', ",");
    let mut rest = lower.trim();
    loop {
        let before = rest;
        for word in
            ["the ", "on ", "in ", "from ", "between ", "for ", "my ", "a ", "从", "在", "的", "within "]
        {
            rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
        }
        if rest == before {
            break;
        }
    }
    rest.trim_end_matches(['.', ',']).chars().filter(|c| !c.is_whitespace()).map(half_width).collect()
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        other => other,
    }
}

fn compare(case: &Case, ours: &[&Found], fits: impl Fn(&Found, &Value) -> bool) -> Result<(), String> {
    let wanted: Vec<&Value> = case.results.iter().filter(|r| resolvable(r)).collect();
    let right = ours.len() == wanted.len()
        && ours.iter().zip(&wanted).all(|(o, t)| {
            core(&case.input[o.range.clone()]) == core(t["Text"].as_str().unwrap_or_default()) && fits(o, t)
        });
    let list: Vec<Found> = ours.iter().map(|f| (*f).clone()).collect();
    right.then_some(()).ok_or_else(|| shown(case, &list))
}

/// The set resolves impossible days (30 February) to the year 1.
fn resolvable(result: &Value) -> bool {
    result["Value"]["PastResolution"].as_object().is_none_or(|p| p.values().all(|v| v != "0001-01-01"))
}

fn date(case: &Case, language: Language) -> Result<(), String> {
    let found = found(case, language);
    let days: Vec<&Found> = found.iter().filter(|f| matches!(f.sort, Sort::Day | Sort::Distance)).collect();
    compare(case, &days, |ours, theirs| {
        let past = &theirs["Value"]["PastResolution"]["date"];
        let short = matches!(ours.when, When::Year(_) | When::Month(..));
        past.as_str().is_none_or(|p| {
            ours.when.first().is_some_and(|d| d.to_string() == p || short && p.starts_with(&ours.when.edtf()))
        })
    })
}

fn period(case: &Case, language: Language) -> Result<(), String> {
    let found = found(case, language);
    let periods: Vec<&Found> =
        found.iter().filter(|f| matches!(f.sort, Sort::Period | Sort::Rolling)).collect();
    compare(case, &periods, |ours, theirs| {
        let past = &theirs["Value"]["PastResolution"];
        let (Some(start), Some(end)) = (past["startDate"].as_str(), past["endDate"].as_str()) else {
            return past["startDate"].is_null();
        };
        let near = |ours: Option<Date>, theirs: &str, slack: i32| match (ours, theirs.parse::<Date>()) {
            (Some(a), Ok(b)) => (b - a).get_days().abs() <= slack,
            _ => false,
        };
        // "2014 to 2018" ends for the set where 2018 begins.
        let last = match &ours.when {
            When::Span(_, to) => near(to.first(), end, 1) || near(to.last(), end, 1),
            when => near(when.last(), end, 1),
        };
        // A length from now begins for the set on the day after.
        near(ours.when.first(), start, i32::from(ours.sort == Sort::Rolling)) && last
    })
}

/// Durations are figures; months count 30 days and years 365, as the set has it.
fn duration(case: &Case, language: Language) -> Result<(), String> {
    let figures: Vec<_> = quantities::durations(&case.input, Setting::of(language))
        .into_iter()
        .filter(|f| f.kind == QuantityKind::Duration)
        .collect();
    let figures = merged(&case.input, figures);
    let shown = || {
        figures
            .iter()
            .map(|f| format!("{} {}", &case.input[f.range.clone()], f.seconds))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let right = figures.len() == case.results.len()
        && figures.iter().zip(&case.results).all(|(ours, theirs)| {
            let words = core(&case.input[ours.range.clone()]);
            let wanted = core(theirs["Text"].as_str().unwrap_or_default());
            let seconds =
                theirs["Value"]["PastResolution"]["duration"].as_str().and_then(|s| s.parse::<f64>().ok());
            let stated = ours.seconds;
            words.ends_with(&wanted) && seconds.is_none_or(|s| (s - stated).abs() <= s * 1e-6)
        });
    right.then_some(()).ok_or_else(shown)
}

/// A length in seconds. Years, months and days in a row are one length for the set; ours keeps apart what has no
/// exact sum (a month has no fixed number of days).
struct Seconds {
    range: std::ops::Range<usize>,
    seconds: f64,
}

fn merged(text: &str, figures: Vec<quantities::Found>) -> Vec<Seconds> {
    let mut lengths: Vec<Seconds> = Vec::new();
    for found in figures {
        let stated =
            found.low.or(found.high).and_then(|d| d.to_string().parse::<f64>().ok()).unwrap_or(f64::NAN);
        // Years and months together are months for us; the set counts each year as 365 days.
        let years = if found.unit == "mo" && text[found.range.clone()].contains(['年', 'y']) {
            (stated / 12.0).trunc()
        } else {
            0.0
        };
        let seconds = stated * unit_seconds(&found.unit) + years * 5.0 * 86_400.0;
        match lengths.last_mut().filter(|l| {
            text.get(l.range.end..found.range.start)
                .is_some_and(|gap| matches!(gap.trim(), "" | "and" | "," | "又" | "零" | "余"))
        }) {
            Some(last) => {
                last.seconds += seconds;
                last.range.end = found.range.end;
            }
            None => lengths.push(Seconds { range: found.range, seconds }),
        }
    }
    lengths
}

fn unit_seconds(unit: &str) -> f64 {
    match unit {
        "a" => 31_536_000.0,
        "mo" => 2_592_000.0,
        "wk" => 604_800.0,
        "d" | "working_day" => 86_400.0,
        "h" => 3_600.0,
        "min" => 60.0,
        "ms" => 0.001,
        _ => 1.0,
    }
}
