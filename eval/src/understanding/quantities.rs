//! The quantities and dates sets.
//!
//! How an expectation maps to ours. Numbers: each expected number must be found with the same value (relative
//! tolerance 1e-9, for the set prints 15 digits) over the same characters, and nothing more may be found. Percent and
//! currency: the same count of figures in order, each with the same value, unit and span; a unit that the set leaves
//! open (Dollar, Pound, Franc) takes our default for it, and minor units (50 cents) are hundredths of ours. A comparator
//! before a figure ("about $14 million") belongs to our evidence but not to the set's, so spans are compared from the
//! end, and the start may lie earlier. Expectations without a value (a unit word alone) have no counterpart: we state no figure
//! where there is none, and the case counts without them. Dates: the value resolved towards the past, the way we read a
//! bare date.

mod dates;
mod jionlp;
mod sentences;

use crate::{Context, floors::Figure, floors::corpus_digest};
use headwater_analyse::passage::Language;
use headwater_analyse::quantities::{self, Found, Setting};
use headwater_model::mention::QuantityKind;
use serde_json::Value;
use std::path::Path;

/// Measures every set that is there.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    if context.wants("recognizers", "quantities/recognizers") {
        figures.extend(recognizers(context)?);
    }
    if context.wants("jionlp", "quantities/jionlp") {
        figures.extend(jionlp::measure(context)?);
    }
    figures.extend(sentences::measure(context)?);
    Ok(figures)
}

fn recognizers(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let folder = context.data.join("quantities/recognizers");
    let digest = corpus_digest(&folder)?;
    let (en, zh) = (Language::English, Language::ChineseSimplified);
    let rows: [(&str, &str, Language, Judge, Option<&str>); 6] = [
        (
            "currency, zh",
            "NumberWithUnit/Chinese/CurrencyModel.json",
            zh,
            currency,
            Some("0.931 Recognizers' Python port"),
        ),
        ("number, zh", "Number/Chinese/NumberModel.json", zh, number, Some("0.925 Recognizers' Python port")),
        (
            "percent, zh",
            "Number/Chinese/PercentModel.json",
            zh,
            percent,
            Some("0.914 Recognizers' Python port"),
        ),
        (
            "currency, en",
            "NumberWithUnit/English/CurrencyModel.json",
            en,
            currency,
            Some("0.969 Recognizers' Python port"),
        ),
        ("number, en", "Number/English/NumberModel.json", en, number, Some("0.815 Recognizers' Python port")),
        ("percent, en", "Number/English/PercentModel.json", en, percent, None),
    ];
    let mut figures = Vec::new();
    for (name, file, language, judge, peer) in rows {
        let cases = cases(&folder.join(file))?;
        let right = cases.iter().filter(|case| report(context, name, case, judge(case, language))).count();
        figures.push(figure("recognizers", name, right, cases.len(), peer, &digest));
    }
    figures.extend(dates::measure(context, &folder, &digest)?);
    Ok(figures)
}

/// One row of the table.
pub(super) fn figure(
    set: &str,
    measure: &str,
    right: usize,
    items: usize,
    peer: Option<&str>,
    digest: &str,
) -> Figure {
    Figure::share(set, measure, right, items, digest).beside(peer)
}

/// Prints a miss, if asked, and says whether the case is right.
pub(super) fn report(context: &Context, name: &str, case: &Case, verdict: Result<(), String>) -> bool {
    if let (true, Err(found)) = (context.misses, &verdict) {
        println!("{name}\t{}\texpected {}\tfound {found}", case.input.replace('\n', "\\n"), case.wanted());
    }
    verdict.is_ok()
}

type Judge = fn(&Case, Language) -> Result<(), String>;

/// A case of a specification.
pub(super) struct Case {
    /// The text.
    pub input: String,
    /// The day it was said on, for dates.
    pub day: Option<String>,
    /// What is to be found.
    pub results: Vec<Value>,
}

impl Case {
    fn wanted(&self) -> String {
        let shown = |r: &Value| {
            format!("{} {}", r["Text"], r.get("Resolution").or(r.get("Value")).unwrap_or(&Value::Null))
        };
        self.results.iter().map(shown).collect::<Vec<_>>().join("; ")
    }
}

/// The cases of a file, which begins with a byte order mark.
pub(super) fn cases(path: &Path) -> anyhow::Result<Vec<Case>> {
    let text = std::fs::read_to_string(path)?;
    let list: Vec<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    Ok(list
        .into_iter()
        .map(|case| Case {
            input: case["Input"].as_str().unwrap_or_default().into(),
            day: case["Context"]["ReferenceDateTime"].as_str().map(|d| d.chars().take(10).collect()),
            results: case["Results"].as_array().cloned().unwrap_or_default(),
        })
        .collect())
}

/// Bytes of a result: `Start` and `End` count UTF-16 units, which are characters in these files.
fn span(case: &Case, result: &Value) -> Option<(usize, usize)> {
    let byte = |at: u64| case.input.char_indices().nth(at as usize).map_or(case.input.len(), |(b, _)| b);
    Some((byte(result["Start"].as_u64()?), byte(result["End"].as_u64()? + 1)))
}

fn same(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1e-12)
}

fn value(result: &Value) -> Option<f64> {
    result["Resolution"]["value"].as_str()?.trim_end_matches('%').parse().ok()
}

fn float(decimal: rust_decimal::Decimal) -> f64 {
    decimal.to_string().parse().unwrap_or(f64::NAN)
}

fn number(case: &Case, language: Language) -> Result<(), String> {
    let found = quantities::numbers(&case.input, language);
    let shown = || {
        found
            .iter()
            .map(|n| format!("{} {}", &case.input[n.range.clone()], n.low))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let right = found.len() == case.results.len()
        && found.iter().zip(&case.results).all(|(ours, theirs)| {
            value(theirs).is_some_and(|v| same(float(ours.low), v))
                && span(case, theirs) == Some((ours.range.start, ours.range.end))
        });
    right.then_some(()).ok_or_else(shown)
}

fn figures(case: &Case, language: Language, kind: QuantityKind) -> Vec<Found> {
    let masked: Vec<_> = quantities::addresses(&case.input).collect();
    quantities::figures(&case.input, Setting::of(language), &masked)
        .into_iter()
        .filter(|f| f.kind == kind)
        .collect()
}

fn judge(case: &Case, found: &[Found], fits: impl Fn(&Found, &Value) -> bool) -> Result<(), String> {
    let wanted: Vec<&Value> = case.results.iter().filter(|r| value(r).is_some()).collect();
    let right = found.len() == wanted.len()
        && found.iter().zip(&wanted).all(|(ours, theirs)| {
            let spans = span(case, theirs).is_some_and(|(start, end)| {
                ours.range.start <= start && end <= ours.range.end && ours.range.end - end <= 12
            });
            spans && fits(ours, theirs)
        });
    right.then_some(()).ok_or_else(|| {
        found
            .iter()
            .map(|f| format!("{} {:?}..{:?} {}", &case.input[f.range.clone()], f.low, f.high, f.unit))
            .collect::<Vec<_>>()
            .join("; ")
    })
}

fn stated(found: &Found) -> f64 {
    found.low.or(found.high).map_or(f64::NAN, float)
}

/// A percentage point is no per cent for us; the set calls both a percentage.
fn percent(case: &Case, language: Language) -> Result<(), String> {
    judge(case, &figures(case, language, QuantityKind::Percent), |ours, theirs| {
        ours.unit != "basis_point"
            && value(theirs)
                .is_some_and(|v| same(stated(ours), v) || ours.high.is_some_and(|h| same(float(h), v)))
    })
}

fn currency(case: &Case, language: Language) -> Result<(), String> {
    judge(case, &figures(case, language, QuantityKind::Money), |ours, theirs| {
        let unit = theirs["Resolution"]["unit"].as_str().unwrap_or_default();
        let iso = theirs["Resolution"]["isoCurrency"].as_str().unwrap_or_else(|| default_code(unit));
        let factor = if matches!(unit, "Cent" | "Pence" | "Penny" | "Sen") { 0.01 } else { 1.0 };
        ours.unit == iso && value(theirs).is_some_and(|v| same(stated(ours), v * factor))
    })
}

/// Our code for a unit that the set leaves open.
fn default_code(unit: &str) -> &'static str {
    match unit {
        "Dollar" | "Cent" => "USD",
        "Pound" | "Pence" | "Penny" => "GBP",
        "Franc" => "CHF",
        "Peseta" => "ESP",
        "Finnish markka" => "FIM",
        "Netherlands guilder" => "NLG",
        "Rupee" => "INR",
        "Bitcoin" => "XBT",
        "Satoshi" => "SATOSHI",
        "Sen" => "MYR",
        "Mark" => "DEM",
        _ => "",
    }
}
