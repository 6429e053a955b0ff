//! Figures: which tell one thing from another, and which are one value in another currency or rounded.

use crate::text::pieces::share_words;
use crate::text::terms::mark;
use crate::text::words;
use headwater_model::Knowledge;
use headwater_model::mention::{Comparator, Quantity, QuantityKind};
use headwater_model::time::Date;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// How two figures relate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// They measure different things.
    Incomparable,
    /// One value, written alike.
    Same,
    /// One value after conversion or rounding: how.
    Rendered(String),
    /// Two values.
    Different,
}

/// Rates differ from day to day and source to source by about this much.
const CONVERSION: f64 = 0.06;
/// From which share on the rest of it counts.
const NEARLY_ALL: Decimal = Decimal::from_parts(99, 0, 0, false, 0);
const ALL: Decimal = Decimal::ONE_HUNDRED;
/// Rounding further than this is another figure.
const ROUNDING: f64 = 0.03;

/// Relates two figures, converting currencies at the rates of the given days.
pub fn relate(a: &Quantity, a_day: Date, b: &Quantity, b_day: Date, knowledge: &Knowledge) -> Relation {
    if a.kind != b.kind || a.per.is_some() && b.per.is_some() && a.per != b.per {
        return Relation::Incomparable;
    }
    let (Some(x), Some(y)) = (middle(a), middle(b)) else { return Relation::Incomparable };
    if a.kind == QuantityKind::Money && a.unit != b.unit {
        return converted(a, x, a_day, b, y, b_day, knowledge);
    }
    if let Some((x, y)) = in_days(a, x).zip(in_days(b, y)).filter(|_| a.unit != b.unit) {
        return same_duration(x, y, &a.unit, &b.unit);
    }
    if a.unit != b.unit && a.kind != QuantityKind::Count {
        return Relation::Incomparable;
    }
    // "35,000 of its chips", 4万颗: what is counted is not said beside the number.
    let unsaid = |q: &Quantity| q.unit.is_empty() || q.unit == "1" || words::is_counter(&q.unit);
    let other_things = a.unit != b.unit
        && a.unit.is_ascii() == b.unit.is_ascii()
        && !(unsaid(a) || unsaid(b) || share_words(&a.unit, &b.unit) || name_one_thing(&a.unit, &b.unit));
    let of_other_kinds = a.kind == QuantityKind::Count
        && a.unit != b.unit
        && words::are_other_things(&words::things(&a.unit), &words::things(&b.unit));
    if of_other_kinds {
        return Relation::Incomparable;
    }
    // "42 bodies" and "42 organisations": so large a number is seldom shared by chance.
    if other_things && !(is_telling(a) && same_bounds(a, b)) {
        return Relation::Incomparable;
    }
    if same_bounds(a, b) || x == y {
        return Relation::Same;
    }
    // Of a purity the rest is what counts: 99.9% is not 99.998%.
    let rest = |value: Decimal| Decimal::ONE_HUNDRED - value;
    let pure = a.kind == QuantityKind::Percent && [x, y].iter().all(|v| (NEARLY_ALL..ALL).contains(v));
    // 99.64% of the shares is 99.6% of them.
    let shortened = |fine: Decimal, coarse: Decimal| fine.round_dp(coarse.normalize().scale()) == coarse;
    if pure && (shortened(x, y) || shortened(y, x)) {
        return Relation::Rendered("a rounding".into());
    }
    if pure && !(rounds_to(rest(x), rest(y)) || rounds_to(rest(y), rest(x))) {
        return Relation::Different;
    }
    if rounds_to(x, y) || rounds_to(y, x) || counts_about(a, x, y) {
        return Relation::Rendered("a rounding".into());
    }
    Relation::Different
}

/// How near to one another two different figures of one kind are: the smaller as part of the larger, 0..=1.
pub fn ratio(a: &Quantity, a_day: Date, b: &Quantity, b_day: Date, knowledge: &Knowledge) -> f64 {
    let money = a.kind == QuantityKind::Money && a.unit != b.unit;
    let (x, y) = if money {
        let worth = |q: &Quantity, day| dollars(q, day, knowledge).map(Decimal::from);
        (worth(a, a_day), worth(b, b_day))
    } else {
        let times = in_days(a, middle(a).unwrap_or_default()).zip(in_days(b, middle(b).unwrap_or_default()));
        times.map_or((middle(a), middle(b)), |(x, y)| (Some(x), Some(y)))
    };
    let (Some(x), Some(y)) = (x, y) else { return 0.0 };
    let part = x.min(y).checked_div(x.max(y)).filter(|part| part.is_sign_positive());
    part.and_then(|part| part.to_f64()).unwrap_or(0.0)
}

/// A time in days, as far as its unit is one of the calendar.
fn in_days(quantity: &Quantity, value: Decimal) -> Option<Decimal> {
    /// Days of a year, a month, a week and a day, times twelve.
    const UNITS: [(&str, i64); 4] = [("a", 4380), ("mo", 365), ("wk", 84), ("d", 12)];
    let of = |(unit, _): &&(&str, i64)| *unit == quantity.unit;
    let (_, days) = UNITS.iter().find(of).filter(|_| quantity.kind == QuantityKind::Duration)?;
    value.checked_mul(Decimal::from(*days))
}

/// Relates two times in units of their own: a year is twelve months and about 52 weeks.
fn same_duration(x: Decimal, y: Decimal, a_unit: &str, b_unit: &str) -> Relation {
    /// Months and weeks are not of one length.
    const OFF: f64 = 0.04;
    if relative(x, y) <= OFF {
        Relation::Rendered(format!("{} told as {}", calendar(a_unit), calendar(b_unit)))
    } else {
        Relation::Different
    }
}

/// What a unit of the calendar is called.
fn calendar(unit: &str) -> &str {
    match unit {
        "a" => "years",
        "mo" => "months",
        "wk" => "weeks",
        "d" => "days",
        other => other,
    }
}

/// Whether a count that is given as about so many may be another: "about a dozen" is eleven.
fn counts_about(a: &Quantity, x: Decimal, y: Decimal) -> bool {
    /// How far off it may be.
    const OFF: f64 = 0.1;
    a.kind == QuantityKind::Count && a.comparator == Comparator::Approximate && relative(x, y) <= OFF
}

/// Whether a figure tells one thing from another: an amount, a share, a count of some size.
pub fn is_telling(q: &Quantity) -> bool {
    q.kind != QuantityKind::Count || q.low.or(q.high).is_some_and(|n| n >= Decimal::TEN)
}

/// Whether two words for what is counted are words for one thing: "entities", "companies".
fn name_one_thing(a: &str, b: &str) -> bool {
    !words::things(a).is_disjoint(&words::things(b))
}

/// Whether two figures have one value, each as it is bounded.
pub fn same_bounds(a: &Quantity, b: &Quantity) -> bool {
    let one = |q: &Quantity| q.low.or(q.high);
    one(a).is_some()
        && one(a) == one(b)
        && (a.comparator == Comparator::Range) == (b.comparator == Comparator::Range)
}

fn converted(
    a: &Quantity,
    x: Decimal,
    a_day: Date,
    b: &Quantity,
    y: Decimal,
    b_day: Date,
    knowledge: &Knowledge,
) -> Relation {
    let (Some(per_a), Some(per_b)) = (knowledge.per_usd(&a.unit, a_day), knowledge.per_usd(&b.unit, b_day))
    else {
        return Relation::Incomparable;
    };
    let (Some(in_a), Some(in_b)) = (x.checked_div(per_a), y.checked_div(per_b)) else {
        return Relation::Incomparable;
    };
    let apart = relative(in_a, in_b);
    let stated = if a.unit == "USD" { y.checked_div(x) } else { x.checked_div(y) };
    let rate = stated.map_or(String::new(), |r| format!(" at {}", r.round_dp(3).normalize()));
    let note = format!("a conversion{rate} ({} to {})", a.unit, b.unit);
    let near = apart <= CONVERSION || rounds_to(in_a, in_b) || rounds_to(in_b, in_a);
    if near && fits_bound(b, in_a, in_b) {
        let rounded = if apart > 0.01 { " and a rounding" } else { "" };
        return Relation::Rendered(format!("{note}{rounded}"));
    }
    Relation::Different
}

/// Whether a value may be what another figure bounds: 4.72 is not "more than 5", nor 5 "less than 4.72".
fn fits_bound(bounded: &Quantity, value: Decimal, bound_at: Decimal) -> bool {
    /// How far rates of two days may carry a value over its bound.
    const OVER: f64 = 0.04;
    let beyond = relative(value, bound_at) > OVER;
    match bound(bounded.comparator) {
        1 => value >= bound_at || !beyond,
        2 => value <= bound_at || !beyond,
        _ => true,
    }
}

/// What an amount of money is worth in US dollars, to two digits.
pub fn dollars(quantity: &Quantity, day: Date, knowledge: &Knowledge) -> Option<u64> {
    let per_usd = knowledge.per_usd(&quantity.unit, day).filter(|_| quantity.kind == QuantityKind::Money)?;
    middle(quantity)?.checked_div(per_usd)?.round_sf(2)?.to_u64()
}

/// Whether two such worths are one amount, converted at the rates of different days and rounded.
pub fn same_worth(a: u64, b: u64) -> bool {
    relative(a.into(), b.into()) <= CONVERSION
}

fn relative(a: Decimal, b: Decimal) -> f64 {
    let (a, b) = (a.to_f64().unwrap_or(0.0), b.to_f64().unwrap_or(0.0));
    if a == b { 0.0 } else { (a - b).abs() / a.abs().max(b.abs()).max(f64::MIN_POSITIVE) }
}

/// Whether the coarser figure is the finer one with fewer digits.
fn rounds_to(fine: Decimal, coarse: Decimal) -> bool {
    /// Digits of a figure that is near whatever it was rounded from.
    const NEAR: u32 = 2;
    let digits = significant(coarse);
    // A half goes either way.
    let rounded = [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::MidpointTowardZero]
        .map(|strategy| fine.round_sf_with_strategy(digits, strategy));
    if digits >= NEAR && significant(fine) == digits + 1 && rounded.contains(&Some(coarse)) {
        return true;
    }
    // Percentages and small counts of one digit are figures of their own.
    significant(fine) > digits && relative(fine, coarse) <= ROUNDING
}

fn significant(value: Decimal) -> u32 {
    let digits = value.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len().max(1) as u32
}

/// A figure, or the middle of a range.
pub fn middle(q: &Quantity) -> Option<Decimal> {
    match (q.low, q.high) {
        (Some(low), Some(high)) => low.checked_add(high)?.checked_div(Decimal::TWO),
        (low, high) => low.or(high),
    }
}

/// On which side a figure is bounded: below, above, both (a range), or not at all.
pub fn bound(comparator: Comparator) -> u8 {
    match comparator {
        Comparator::Exact | Comparator::Approximate | Comparator::Nearly => 0,
        Comparator::AtLeast | Comparator::MoreThan => 1,
        Comparator::AtMost | Comparator::LessThan | Comparator::UpTo => 2,
        Comparator::Range => 3,
    }
}

/// The mark of a figure.
pub fn figure_mark(quantity: &Quantity) -> Option<u32> {
    let value = quantity.low.or(quantity.high)?;
    Some(mark(&format!("{}{}", value.normalize(), quantity.kind)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use headwater_model::{Part, Text};

    fn money(words: &str, value: i64, unit: &str) -> Quantity {
        let text = Text::from(words);
        let value = Decimal::from(value);
        Quantity {
            kind: QuantityKind::Money,
            low: Some(value),
            high: Some(value),
            unit: unit.into(),
            comparator: Comparator::Exact,
            per: None,
            scope: None,
            evidence: text.cut(0..words.len(), Part::Text).unwrap(),
        }
    }

    fn check(a: (i64, &str), b: (i64, &str), same: bool) {
        let day = Date::constant(2026, 6, 9);
        let rate = headwater_model::knowledge::Rate {
            currency: "CNY".into(),
            date: day,
            per_usd: Decimal::new(678, 2),
        };
        let knowledge = Knowledge { rates: vec![rate], ..Knowledge::default() };
        let relation = relate(&money("a", a.0, a.1), day, &money("b", b.0, b.1), day, &knowledge);
        assert_eq!(relation != Relation::Different, same, "{a:?} {b:?} {relation:?}");
    }

    #[test]
    fn conversions_and_roundings_are_one_value() {
        check((2_000_000_000_000, "CNY"), (295_000_000_000, "USD"), true);
        check((295_000_000_000, "USD"), (300_000_000_000, "USD"), true);
        check((2_000_000_000_000, "CNY"), (300_000_000_000, "USD"), true);
        check((2_000_000_000_000, "CNY"), (400_000_000_000, "USD"), false);
        check((3_000_000_000, "USD"), (5_000_000_000, "USD"), false);
    }

    #[test]
    fn a_year_is_twelve_months() {
        let day = Date::constant(2026, 6, 9);
        let time =
            |value: i64, unit: &str| Quantity { kind: QuantityKind::Duration, ..money("a", value, unit) };
        let compared = |a: (i64, &str), b: (i64, &str)| {
            relate(&time(a.0, a.1), day, &time(b.0, b.1), day, &Knowledge::default())
        };
        assert!(matches!(compared((12, "mo"), (1, "a")), Relation::Rendered(_)));
        assert_eq!(compared((90, "d"), (3, "mo")), Relation::Rendered("days told as months".into()));
        assert_eq!(compared((18, "mo"), (1, "a")), Relation::Different);
        assert_eq!(compared((12, "h"), (1, "a")), Relation::Incomparable);
    }

    #[test]
    fn a_share_loses_decimals_and_a_purity_does_not() {
        let day = Date::constant(2026, 6, 9);
        let share = |value: Decimal| Quantity {
            kind: QuantityKind::Percent,
            low: Some(value),
            high: Some(value),
            ..money("a", 1, "%")
        };
        let compared = |a: (i64, u32), b: (i64, u32)| {
            let [a, b] = [a, b].map(|(digits, scale)| share(Decimal::new(digits, scale)));
            relate(&a, day, &b, day, &Knowledge::default())
        };
        assert!(matches!(compared((9964, 2), (996, 1)), Relation::Rendered(_)));
        assert_eq!(compared((99998, 3), (999, 1)), Relation::Different);
        assert_eq!(compared((9995, 2), (999, 1)), Relation::Different);
    }

    #[test]
    fn counts_of_bodies_are_one_figure_whatever_they_are_called() {
        let day = Date::constant(2026, 6, 9);
        let count =
            |value: i64, unit: &str| Quantity { kind: QuantityKind::Count, ..money("a", value, unit) };
        let compared = |a: (i64, &str), b: (i64, &str)| {
            relate(&count(a.0, a.1), day, &count(b.0, b.1), day, &Knowledge::default())
        };
        assert_eq!(compared((42, "bodies"), (42, "organisations")), Relation::Same);
        assert_eq!(compared((42, "bodies"), (41, "entities")), Relation::Different);
        assert_eq!(compared((8, "chips"), (20, "企业")), Relation::Incomparable);
    }
}
