//! JioNLP's cases of Chinese money and time.
//!
//! Money: the span (extractor) and the value, bounds and currency (parser). Its "about", "less than" and "more than" are
//! one value with a mark (blur, blur-, blur+); ours is the same value with a comparator that points the same way. Bare
//! numbers ("15k左右", "三百万") are money for that suite only because it is told so: there our number is compared.
//! Time: dates and periods by their first and last day, lengths by their figure. A bare month or day is this year's for
//! that suite and the nearest past one, or with a future cue the next one, for ours: either reading is right. Times of day
//! are no part of our dates: a case is right by its days. A case whose base names no day is read from a whole month or
//! year, so there only the months are compared. That suite's seasons begin with the solar terms, ours with the month, as
//! ISO 8601-2 leaves their edges open: there the ends may lie 31 days apart.

use super::figure;
use crate::{Context, floors::Figure, floors::corpus_digest};
use headwater_analyse::dates::{self, Sort, calendar::Now, calendar::When};
use headwater_analyse::passage::Language;
use headwater_analyse::quantities::{self, Found, Setting};
use headwater_model::mention::{Comparator, QuantityKind};
use jiff::civil::Date;
use serde_json::Value;

const ZH: Language = Language::ChineseSimplified;

/// Money and time.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let folder = context.data.join("quantities/jionlp");
    let digest = corpus_digest(&folder)?;
    let mut figures = Vec::new();
    let rows: [(&str, &[(&str, Judge)]); 2] = [
        ("money, zh", &[("money_parser.jsonl", money), ("money_extractor.jsonl", money_spans)]),
        ("time, zh", &[("time_parser.jsonl", time), ("time_extractor.jsonl", time_spans)]),
    ];
    for (name, files) in rows {
        let (mut right, mut items) = (0, 0);
        for (file, judge) in files {
            for line in std::fs::read_to_string(folder.join(file))?.lines() {
                let case: Value = serde_json::from_str(line)?;
                let case = case["case"].as_array().cloned().unwrap_or_default();
                let verdict = judge(&case);
                items += 1;
                right += usize::from(verdict.is_ok());
                if let (true, Err(found)) = (context.misses, &verdict) {
                    println!("{file}\t{}\texpected {}\tfound {found}", case[0], case[case.len() - 1]);
                }
            }
        }
        figures.push(figure("jionlp", name, right, items, Some("its own suite"), &digest));
    }
    Ok(figures)
}

type Judge = fn(&[Value]) -> Result<(), String>;

fn figures(text: &str, kind: QuantityKind) -> Vec<Found> {
    quantities::figures(text, Setting::of(ZH), &[]).into_iter().filter(|f| f.kind == kind).collect()
}

fn shown(text: &str, found: &[Found]) -> String {
    found
        .iter()
        .map(|f| format!("{} {:?}..{:?} {} {}", &text[f.range.clone()], f.low, f.high, f.unit, f.comparator))
        .collect::<Vec<_>>()
        .join("; ")
}

fn float(value: Option<rust_decimal::Decimal>) -> f64 {
    value.and_then(|d| d.to_string().parse().ok()).unwrap_or(f64::NAN)
}

/// The set rounds to two places.
fn close(ours: f64, theirs: &Value) -> bool {
    theirs.as_str().and_then(|s| s.parse::<f64>().ok()).is_some_and(|t| (ours - t).abs() < 0.01)
}

fn code(name: &str) -> &str {
    match name {
        "元" => "CNY",
        "港元" => "HKD",
        "美元" => "USD",
        "日元" => "JPY",
        "新台币" => "TWD",
        "泰铢" => "THB",
        "卢布" => "RUB",
        "欧元" => "EUR",
        "澳元" => "AUD",
        "韩元" => "KRW",
        other => other,
    }
}

fn money(case: &[Value]) -> Result<(), String> {
    let (text, wanted) = (case[0].as_str().unwrap_or_default(), &case[1]);
    let found = figures(text, QuantityKind::Money);
    if found.is_empty() {
        let numbers = quantities::numbers(text, ZH);
        let right = numbers.len() == 1 && close(float(Some(numbers[0].low)), &wanted["num"]);
        return right.then_some(()).ok_or_else(|| "no money".to_owned());
    }
    let right = found.len() == 1
        && found[0].unit == code(wanted["case"].as_str().unwrap_or_default())
        && value(&found[0], wanted);
    right.then_some(()).ok_or_else(|| shown(text, &found))
}

fn value(found: &Found, wanted: &Value) -> bool {
    use Comparator::*;
    if let Some([low, high]) = wanted["num"].as_array().map(Vec::as_slice) {
        // 3000多: the set closes the open side at the next round number; ours leaves it open.
        return close(float(found.low), low)
            && (found.comparator == MoreThan || close(float(found.high), high));
    }
    let direction = match wanted["definition"].as_str() {
        Some("blur-") => matches!(found.comparator, Nearly | LessThan | AtMost | UpTo),
        Some("blur+") => matches!(found.comparator, AtLeast | MoreThan),
        Some("blur") => found.comparator == Approximate,
        _ => found.comparator == Exact,
    };
    direction && close(float(found.low.or(found.high)), &wanted["num"])
}

fn offsets(text: &str, from: usize, to: usize) -> (u64, u64) {
    (text[..from].chars().count() as u64, text[..to].chars().count() as u64)
}

fn money_spans(case: &[Value]) -> Result<(), String> {
    let text = case[0].as_str().unwrap_or_default();
    let found = figures(text, QuantityKind::Money);
    let wanted = case[1].as_array().cloned().unwrap_or_default();
    let right = found.len() == wanted.len()
        && found.iter().zip(&wanted).all(|(f, w)| spans_agree(offsets(text, f.range.start, f.range.end), w));
    right.then_some(()).ok_or_else(|| shown(text, &found))
}

fn spans_agree(ours: (u64, u64), wanted: &Value) -> bool {
    ours == (
        wanted["offset"][0].as_u64().unwrap_or(u64::MAX),
        wanted["offset"][1].as_u64().unwrap_or(u64::MAX),
    )
}

/// The day that a case is read on: a timestamp, a list or a record of year, month, day. What is left out is the first.
fn base(value: &Value) -> Option<Date> {
    if let Some(stamp) = value.as_f64() {
        let instant = jiff::Timestamp::from_second(stamp as i64).ok()?;
        return Some(jiff::tz::Offset::constant(8).to_datetime(instant).date());
    }
    let part = |n: usize, name: &str| value.get(n).or(value.get(name)).and_then(Value::as_i64);
    Date::new(part(0, "year")? as i16, part(1, "month").unwrap_or(1) as i8, part(2, "day").unwrap_or(1) as i8)
        .ok()
}

fn time(case: &[Value]) -> Result<(), String> {
    let text = case[0].as_str().unwrap_or_default();
    let wanted = &case[case.len() - 1];
    if wanted["type"] == "time_delta" {
        return length(text, &wanted["time"]);
    }
    let day = base(&case[1]).ok_or("no base")?;
    let coarse = has_no_day(&case[1]);
    let past = time_read(text, wanted, Now { day, future: false, soon: false, begins: false }, coarse);
    past.or_else(|miss| {
        time_read(text, wanted, Now { day, future: true, soon: false, begins: false }, coarse)
            .map_err(|_| miss)
    })
}

/// Whether a base is a month or a year.
fn has_no_day(base: &Value) -> bool {
    base.as_f64().is_none() && base.get(2).or(base.get("day")).is_none()
}

fn time_read(text: &str, wanted: &Value, now: Now, coarse: bool) -> Result<(), String> {
    let found = dates::read(text, ZH, now);
    let shown = || {
        found
            .iter()
            .map(|f| format!("{} {}", &text[f.range.clone()], f.when.edtf()))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let [Some(start), Some(end)] = [0, 1].map(|n| wanted["time"][n].as_str()) else { return Err(shown()) };
    let season = found.iter().any(|f| matches!(f.when, When::Season(..)));
    let same = |ours: Option<Date>, theirs: &str| {
        theirs.ends_with("inf")
            || ours.zip(theirs.get(..10).and_then(|day| day.parse::<Date>().ok())).is_some_and(
                |(a, b)| match () {
                    () if season => (a - b).get_days().abs() <= 31,
                    () if coarse => (a.year(), a.month()) == (b.year(), b.month()),
                    () => a == b,
                },
            )
    };
    let right = found.len() == 1 && same(found[0].when.first(), start) && same(found[0].when.last(), end);
    right.then_some(()).ok_or_else(shown)
}

fn length(text: &str, wanted: &Value) -> Result<(), String> {
    let found: Vec<Found> = quantities::durations(text, Setting::of(ZH));
    let bounds = wanted.as_array();
    let (low, high) = match bounds.map(Vec::as_slice) {
        Some([low, high]) => (days(low), days(high)),
        _ => (days(wanted), days(wanted)),
    };
    let years = |value: f64, unit: &str| {
        if unit == "mo" && text.contains('年') { (value / 12.0).trunc() * 5.0 } else { 0.0 }
    };
    let ours = |value: Option<rust_decimal::Decimal>, unit: &str| {
        float(value) * unit_days(unit) + years(float(value), unit)
    };
    let same = |ours: f64, theirs: Option<f64>| theirs.is_none_or(|t| (ours - t).abs() < 0.01 * t.max(0.01));
    let right = match found.as_slice() {
        [one] => match one.comparator {
            Comparator::AtMost | Comparator::LessThan | Comparator::UpTo => {
                same(ours(one.high, &one.unit), high)
            }
            Comparator::AtLeast | Comparator::MoreThan => same(ours(one.low, &one.unit), low),
            _ => same(ours(one.low, &one.unit), low) && same(ours(one.high, &one.unit), high),
        },
        [first, second] => {
            same(ours(first.low, &first.unit), low) && same(ours(second.high, &second.unit), high)
        }
        _ => false,
    };
    right.then_some(()).ok_or_else(|| shown(text, &found))
}

/// A length of the set in days; `None` for an open side.
fn days(value: &Value) -> Option<f64> {
    let record = value.as_object()?;
    if record.contains_key("infinite") || record.contains_key("zero") {
        return None;
    }
    let unit = |name: &str| match name {
        "year" => 365.0,
        "month" => 30.0,
        "hour" => 1.0 / 24.0,
        "minute" => 1.0 / 1440.0,
        "second" => 1.0 / 86_400.0,
        _ => 1.0,
    };
    Some(record.iter().map(|(name, n)| unit(name) * n.as_f64().unwrap_or(f64::NAN)).sum())
}

fn unit_days(unit: &str) -> f64 {
    match unit {
        "a" => 365.0,
        "mo" => 30.0,
        "wk" => 7.0,
        "h" => 1.0 / 24.0,
        "min" => 1.0 / 1440.0,
        "s" => 1.0 / 86_400.0,
        _ => 1.0,
    }
}

fn time_spans(case: &[Value]) -> Result<(), String> {
    let text = case[0].as_str().unwrap_or_default();
    let now = Now { day: Date::constant(2024, 3, 10), future: false, soon: false, begins: false };
    let found: Vec<_> = dates::read(text, ZH, now).into_iter().filter(|f| f.sort != Sort::Rolling).collect();
    let wanted = case[1].as_array().cloned().unwrap_or_default();
    let right = found.len() == wanted.len()
        && found.iter().zip(&wanted).all(|(f, w)| spans_agree(offsets(text, f.range.start, f.range.end), w));
    right
        .then_some(())
        .ok_or_else(|| found.iter().map(|f| text[f.range.clone()].to_owned()).collect::<Vec<_>>().join("; "))
}
