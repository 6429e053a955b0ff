//! English numbers: digits with scales, number words, fractions, orders of magnitude.

use super::line::{Line, TokenKind};
use super::numeral::{Form, Numeral, decimal, fraction};
use super::word_map::WordMap;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Word {
    /// Zero to nineteen.
    Small(u32),
    /// Twenty to ninety.
    Ten(u32),
    Hundred,
    Scale(u64),
    /// The parts of a fraction, and whether the word is a plural.
    Part(u64, bool),
    Dozen,
}

static WORDS: LazyLock<WordMap<Word>> = LazyLock::new(|| {
    const SMALL: &[(&str, u32)] = &[
        ("zero", 0),
        ("nought", 0),
        ("naught", 0),
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("thirteen", 13),
        ("fourteen", 14),
        ("fifteen", 15),
        ("sixteen", 16),
        ("seventeen", 17),
        ("eighteen", 18),
        ("nineteen", 19),
    ];
    const TENS: &[(&str, u32)] = &[
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fourty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
    ];
    const SCALES: &[(&str, u64)] = &[
        ("thousand", 1_000),
        ("million", 1_000_000),
        ("billion", 1_000_000_000),
        ("trillion", 1_000_000_000_000),
        ("quadrillion", 1_000_000_000_000_000),
        ("lakh", 100_000),
        ("crore", 10_000_000),
    ];
    const PARTS: &[(&str, u64)] = &[
        ("half", 2),
        ("third", 3),
        ("quarter", 4),
        ("fourth", 4),
        ("fifth", 5),
        ("sixth", 6),
        ("seventh", 7),
        ("eighth", 8),
        ("ninth", 9),
        ("tenth", 10),
        ("eleventh", 11),
        ("twelfth", 12),
        ("fifteenth", 15),
        ("sixteenth", 16),
        ("twentieth", 20),
        ("twenty-first", 21),
        ("thirtieth", 30),
        ("fiftieth", 50),
        ("hundredth", 100),
        ("thousandth", 1_000),
        ("millionth", 1_000_000),
        ("billionth", 1_000_000_000),
        ("trillionth", 1_000_000_000_000),
    ];
    let mut words: BTreeMap<&str, Word> = BTreeMap::new();
    words.extend(SMALL.iter().map(|&(w, n)| (w, Word::Small(n))));
    words.extend(TENS.iter().map(|&(w, n)| (w, Word::Ten(n))));
    words.extend(SCALES.iter().map(|&(w, n)| (w, Word::Scale(n))));
    words.extend(PARTS.iter().map(|&(w, n)| (w, Word::Part(n, false))));
    for (plural, n) in [
        ("halves", 2),
        ("thirds", 3),
        ("quarters", 4),
        ("fourths", 4),
        ("fifths", 5),
        ("sixths", 6),
        ("sevenths", 7),
        ("eighths", 8),
        ("ninths", 9),
        ("tenths", 10),
        ("twelfths", 12),
        ("sixteenths", 16),
        ("twentieths", 20),
        ("hundredths", 100),
        ("thousandths", 1_000),
        ("millionths", 1_000_000),
        ("trillionths", 1_000_000_000_000),
    ] {
        words.insert(plural, Word::Part(n, true));
    }
    words.insert("hundred", Word::Hundred);
    for dozen in ["dozen", "dozens", "doz", "dozs", "dz", "dzs"] {
        words.insert(dozen, Word::Dozen);
    }
    words.into_iter().collect()
});

fn word(line: &Line, at: usize) -> Option<Word> {
    WORDS.at(line, at).copied()
}

/// Scale letters that touch their digits: `3.5bn`, `10k`. A lone `m` is for the caller to judge.
fn suffix(text: &str) -> Option<u64> {
    match text {
        "k" | "K" => Some(1_000),
        "M" | "mn" | "mln" | "mil" | "MM" | "mm" | "MN" | "Mn" => Some(1_000_000),
        "b" | "B" | "bn" | "bln" | "BN" | "Bn" | "bil" | "G" => Some(1_000_000_000),
        "tn" | "trn" | "tln" | "TN" | "Tn" | "T" | "tr" => Some(1_000_000_000_000),
        _ => None,
    }
}

/// Scale abbreviations that may stand apart: `3.5 bn`.
fn apart(text: &str) -> Option<u64> {
    suffix(text).filter(|_| text.len() > 1 && text != "mm" && text != "tr" && text != "mil")
}

/// A number and the token after it.
pub type Read = (Numeral, usize);

/// How a number is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading {
    /// After a money sign a lone `m` is a million and `b`, `T` are scales.
    pub money: bool,
    /// Every number counts, even one that is rather a word ("one", scale letters apart from the digits).
    pub bare: bool,
}

/// The number that begins at token `at`.
pub fn numeral(line: &Line, at: usize, reading: Reading) -> Option<Read> {
    if !may_begin(line, at) {
        return None;
    }
    if let Some(read) = signed(line, at, reading) {
        return Some(read);
    }
    vague(line, at).or_else(|| unsigned(line, at, reading))
}

/// Whether a number can begin at a token; most tokens fail here, at the cost of one look-up.
pub(crate) fn may_begin(line: &Line, at: usize) -> bool {
    match line.kind(at) {
        Some(TokenKind::Number) => true,
        Some(TokenKind::Sign) => matches!(line.text(at), "-" | "−"),
        Some(TokenKind::Word) => {
            word(line, at).is_some()
                || line.is_any(at, &["a", "an", "several", "few", "minus", "negative"])
                || plural_scale(line.text(at)).is_some()
        }
        None => false,
    }
}

fn signed(line: &Line, at: usize, reading: Reading) -> Option<Read> {
    let word = line.is_any(at, &["minus", "negative"]);
    let dash =
        matches!(line.get(at), Some("-" | "−")) && !line.glued(at) && (line.glued(at + 1) || reading.bare);
    if !(word || dash) {
        return None;
    }
    let (mut read, next) = unsigned(line, at + 1, reading)?;
    read.low = -read.low;
    read.high = -read.high;
    read.range.start = line.start(at);
    Some((read, next))
}

fn unsigned(line: &Line, at: usize, reading: Reading) -> Option<Read> {
    let (value, scale, form, next) = article_or_half(line, at).or_else(|| composite(line, at, reading))?;
    let start = line.start(at);
    let mut read = Numeral { scale, ..Numeral::exact(start..line.end_before(next), value, form) };
    let mut next = next;
    if let Some((sum, after)) = and_part(line, next, value, scale) {
        (read.low, read.high, next) = (sum, sum, after);
        if let Some((scaled, by, after)) = trailing_scale(line, next, sum) {
            (read.low, read.high, read.scale, next) = (scaled, scaled, by, after);
        }
    }
    read.range.end = line.end_before(next);
    Some((read, next))
}

/// `a dozen`, `half a million`, `a third`, `a quarter million`, `a hundred thousand`.
fn article_or_half(line: &Line, at: usize) -> Option<(Decimal, Decimal, Form, usize)> {
    let article = line.is_any(at, &["a", "an"]);
    if line.is_word(at, "half") || (article && line.is_word(at + 1, "half")) {
        let next = at + 1 + usize::from(article);
        return half(line, at, next);
    }
    if !article {
        let quarter = word(line, at) == Some(Word::Part(4, false)) && line.is_word(at, "quarter");
        return match word(line, at + 1) {
            Some(Word::Scale(s)) if quarter => {
                Some((Decimal::from(s).checked_div(4.into())?, s.into(), Form::Words, at + 2))
            }
            _ => None,
        };
    }
    match word(line, at + 1)? {
        Word::Scale(s) if !matches!(word(line, at + 2), Some(Word::Scale(_))) => {
            Some((s.into(), s.into(), Form::Words, at + 2))
        }
        Word::Hundred | Word::Scale(_) => composite(line, at + 1, Reading::default()),
        Word::Dozen => Some((Decimal::from(12), Decimal::ONE, Form::Words, at + 2)),
        // "for a third day", "a seventh straight month": an ordinal.
        Word::Part(of, false)
            if of != 4
                && line.is_any(
                    at + 2,
                    &[
                        "day",
                        "week",
                        "month",
                        "year",
                        "quarter",
                        "hour",
                        "decade",
                        "time",
                        "straight",
                        "consecutive",
                        "successive",
                    ],
                ) =>
        {
            None
        }
        Word::Part(of, false) => of_scale(line, at + 2, fraction(Decimal::ONE, of.into())?),
        Word::Ten(_) => {
            part_after(line, at + 1, Decimal::ONE).and_then(|(value, next)| of_scale(line, next, value))
        }
        _ => None,
    }
}

fn half(line: &Line, at: usize, next: usize) -> Option<(Decimal, Decimal, Form, usize)> {
    let ordinal = at > 0 && line.is_any(at - 1, &["first", "second", "latter", "other", "top", "bottom"]);
    if ordinal {
        return None;
    }
    let after = next + usize::from(line.is_any(next, &["a", "an"]));
    let after = after + usize::from(line.is_dash(after));
    match word(line, after) {
        Some(Word::Dozen) => Some((Decimal::from(6), Decimal::ONE, Form::Words, after + 1)),
        Some(Word::Scale(s)) => {
            let scale = Decimal::from(s);
            Some((scale.checked_mul(Decimal::new(5, 1))?, scale, Form::Words, after + 1))
        }
        _ => of_scale(line, next, Decimal::new(5, 1)),
    }
}

/// A fraction, perhaps of a scale: "two thirds of a million", "three quarters billion".
fn of_scale(line: &Line, next: usize, value: Decimal) -> Option<(Decimal, Decimal, Form, usize)> {
    let after = if line.is_word(next, "of") && line.is_any(next + 1, &["a", "an"]) { next + 2 } else { next };
    if let Some(Word::Scale(s)) = word(line, after) {
        let scale = Decimal::from(s);
        return Some((value.checked_mul(scale)?, scale, Form::Words, after + 1));
    }
    Some((value, Decimal::ONE, Form::Fraction, next))
}

/// `… and a half`, `… and three quarters`.
fn and_part(line: &Line, at: usize, value: Decimal, scale: Decimal) -> Option<(Decimal, usize)> {
    if !line.is_word(at, "and") {
        return None;
    }
    let count = match word(line, at + 1) {
        Some(Word::Small(n)) => Decimal::from(n),
        Some(Word::Part(2, false)) => {
            let own = smaller_scale(line, at + 2, scale);
            let half = own.unwrap_or(scale).checked_mul(Decimal::new(5, 1))?;
            return Some((value.checked_add(half)?, at + 2 + usize::from(own.is_some())));
        }
        _ if line.is_any(at + 1, &["a", "an"]) => Decimal::ONE,
        _ => return None,
    };
    let Some(Word::Part(of, plural)) = word(line, at + 2 + usize::from(line.is_dash(at + 2))) else {
        return None;
    };
    if plural == (count == Decimal::ONE) {
        return None;
    }
    let next = at + 3 + usize::from(line.is_dash(at + 2));
    let own = smaller_scale(line, next, scale);
    let part = fraction(count, of.into())?.checked_mul(own.unwrap_or(scale))?;
    Some((value.checked_add(part)?, next + usize::from(own.is_some())))
}

/// "one billion and a half million": the half has a scale of its own.
fn smaller_scale(line: &Line, at: usize, scale: Decimal) -> Option<Decimal> {
    match word(line, at) {
        Some(Word::Scale(s)) if Decimal::from(s) < scale => Some(s.into()),
        _ => None,
    }
}

fn trailing_scale(line: &Line, at: usize, value: Decimal) -> Option<(Decimal, Decimal, usize)> {
    let Some(Word::Scale(s)) = word(line, at) else { return None };
    let scale = Decimal::from(s);
    Some((value.checked_mul(scale)?, scale, at + 1))
}

#[derive(Clone, Copy, PartialEq)]
enum Last {
    Nothing,
    Digits,
    Small,
    Ten,
    Hundred,
    Scale,
}

/// A number in the making: `total` holds finished groups, `group` the one being read.
struct Sum {
    total: Decimal,
    group: Decimal,
    last: Last,
    scale: Decimal,
    digits: bool,
}

/// Digits and number words put together: `2.5 million`, `three hundred and twenty-one`, `3 hundred and 21`.
fn composite(line: &Line, at: usize, reading: Reading) -> Option<(Decimal, Decimal, Form, usize)> {
    let mut sum = Sum {
        total: Decimal::ZERO,
        group: Decimal::ZERO,
        last: Last::Nothing,
        scale: Decimal::ONE,
        digits: false,
    };
    let between = at > 0 && line.is_word(at - 1, "between");
    let mut next = at;
    // A number has a dozen words at the most; more are a list.
    for _ in 0..24 {
        let after = match step(line, &mut sum, next, reading, between) {
            Some(after) => after,
            None => break,
        };
        next = after;
    }
    if sum.last == Last::Nothing {
        return None;
    }
    let value = sum.total.checked_add(sum.group)?;
    finish(line, value, &sum, next)
}

fn finish(line: &Line, value: Decimal, sum: &Sum, next: usize) -> Option<(Decimal, Decimal, Form, usize)> {
    // A scale that could not be taken in made the number too large to be exact.
    if matches!(word(line, next), Some(Word::Scale(_))) && sum.last != Last::Scale {
        return None;
    }
    let form = if sum.digits { Form::Digits } else { Form::Words };
    if word(line, next) == Some(Word::Dozen) && !line.is_word(next, "dz") {
        return Some((value.checked_mul(12.into())?, Decimal::ONE, form, next + 1));
    }
    if !sum.digits
        && line.is_word(next, "point")
        && let Some((value, next)) = spoken_decimals(line, next + 1, value)
    {
        return match trailing_scale(line, next, value) {
            Some((value, scale, next)) => Some((value, scale, form, next)),
            None => Some((value, Decimal::ONE, form, next)),
        };
    }
    match part_after(line, next, value) {
        Some((value, next)) => of_scale(line, next, value),
        None => Some((value, sum.scale, form, next)),
    }
}

/// The denominator after a count: `two thirds`, `one-fifth`, `three twenty-firsts`.
fn part_after(line: &Line, at: usize, count: Decimal) -> Option<(Decimal, usize)> {
    let next = at + usize::from(line.is_dash(at));
    if let Some((of, plural, after)) = compound_part(line, next) {
        return (plural != (count == Decimal::ONE))
            .then(|| fraction(count, of.into()))?
            .map(|value| (value, after));
    }
    let Some(Word::Part(of, plural)) = word(line, next) else { return None };
    let quarter_of_a_year = of == 4 && !plural && line.is_word(next, "quarter") && count != Decimal::ONE;
    // "nine quarters" and "two halves" are parts of a game or a year, not fractions.
    let whole = of <= 4 && count >= Decimal::from(of);
    if (!plural && count != Decimal::ONE) || quarter_of_a_year || count.is_zero() || whole {
        return None;
    }
    Some((fraction(count, of.into())?, next + 1))
}

/// `twenty-fifth`, `twenty firsts`: the parts, whether it is a plural, and the token after it.
fn compound_part(line: &Line, at: usize) -> Option<(u64, bool, usize)> {
    let Word::Ten(tens) = word(line, at)? else { return None };
    let unit = at + 1 + usize::from(line.is_dash(at + 1));
    let (ones, plural) = match word(line, unit) {
        Some(Word::Part(n @ 3..=9, plural)) => (n, plural),
        _ if line.is_any(unit, &["first", "firsts"]) => (1, line.is_word(unit, "firsts")),
        _ => return None,
    };
    Some((u64::from(tens) + ones, plural, unit + 1))
}

fn spoken_decimals(line: &Line, at: usize, whole: Decimal) -> Option<(Decimal, usize)> {
    let (mut digits, mut next) = (String::new(), at);
    while digits.len() < 12 {
        match word(line, next) {
            Some(Word::Small(n)) => digits.push_str(&n.to_string()),
            Some(Word::Ten(n)) => {
                let dash = usize::from(line.is_dash(next + 1));
                match word(line, next + 1 + dash) {
                    Some(Word::Small(unit @ 1..=9)) => {
                        digits.push_str(&(n + unit).to_string());
                        next += 1 + dash;
                    }
                    _ => digits.push_str(&n.to_string()),
                }
            }
            _ => break,
        }
        next += 1;
    }
    let decimals = decimal(&format!("0.{digits}")).filter(|_| !digits.is_empty())?;
    Some((whole.checked_add(decimals)?, next))
}

/// Reads one more piece of a number; `None` where it ends.
fn step(line: &Line, sum: &mut Sum, at: usize, reading: Reading, between: bool) -> Option<usize> {
    if line.kind(at)? == TokenKind::Number {
        return digits(line, sum, at, reading);
    }
    if sum.last == Last::Digits
        && let Some(next) = scale_letters(line, sum, at, reading)
    {
        return Some(next);
    }
    let joined = at > 0
        && line.is_dash(at)
        && matches!(sum.last, Last::Ten | Last::Small | Last::Digits | Last::Hundred);
    let place = at + usize::from(joined);
    if sum.last != Last::Nothing && line.is_word(at, "and") {
        return and_word(line, sum, at + 1, between);
    }
    match word(line, place)? {
        Word::Small(n) => small(line, sum, place, n),
        Word::Ten(n) => matches!(sum.last, Last::Nothing | Last::Hundred | Last::Scale)
            .then(|| tail(line, sum, place, n, Last::Ten))?,
        Word::Hundred => hundred(sum, place),
        Word::Scale(s) => scale(sum, place, Decimal::from(s)),
        Word::Part(..) | Word::Dozen => None,
    }
}

fn small(line: &Line, sum: &mut Sum, at: usize, n: u32) -> Option<usize> {
    let fits = match sum.last {
        Last::Nothing | Last::Hundred | Last::Scale => true,
        Last::Ten => (1..=9).contains(&n),
        Last::Small | Last::Digits => false,
    };
    fits.then(|| tail(line, sum, at, n, Last::Small))?
}

/// A number word after a scale begins a smaller group, and only in a number that began in words.
fn tail(line: &Line, sum: &mut Sum, at: usize, n: u32, last: Last) -> Option<usize> {
    if sum.last == Last::Scale && (sum.digits || !smaller_group(line, at, sum.scale)) {
        return None;
    }
    sum.group = sum.group.checked_add(n.into())?;
    sum.last = last;
    Some(at + 1)
}

/// Whether the words from `at` on are a number below `limit`.
fn smaller_group(line: &Line, at: usize, limit: Decimal) -> bool {
    let mut size = Decimal::ONE;
    for next in at..at + 6 {
        match word(line, next) {
            Some(Word::Small(_) | Word::Ten(_)) => {}
            Some(Word::Hundred) => size = size.max(Decimal::ONE_HUNDRED),
            Some(Word::Scale(s)) => return Decimal::from(s) < limit,
            _ if line.is_dash(next) => {}
            _ => break,
        }
    }
    size < limit
}

fn hundred(sum: &mut Sum, at: usize) -> Option<usize> {
    let first = matches!(sum.last, Last::Nothing);
    if !(first
        || (matches!(sum.last, Last::Small | Last::Ten | Last::Digits) && sum.group < Decimal::from(1000)))
    {
        return None;
    }
    sum.group = if first { Decimal::ONE_HUNDRED } else { sum.group.checked_mul(Decimal::ONE_HUNDRED)? };
    sum.last = Last::Hundred;
    Some(at + 1)
}

fn scale(sum: &mut Sum, at: usize, by: Decimal) -> Option<usize> {
    if sum.last == Last::Nothing {
        return None;
    }
    if sum.last == Last::Scale {
        sum.total = sum.total.checked_mul(by)?;
        sum.scale = sum.scale.checked_mul(by)?;
        return Some(at + 1);
    }
    if sum.scale > Decimal::ONE && by >= sum.scale {
        return None;
    }
    sum.total = sum.total.checked_add(sum.group.checked_mul(by)?)?;
    sum.group = Decimal::ZERO;
    sum.scale = by;
    sum.last = Last::Scale;
    Some(at + 1)
}

fn and_word(line: &Line, sum: &mut Sum, at: usize, between: bool) -> Option<usize> {
    let limit = match sum.last {
        Last::Hundred => Decimal::ONE_HUNDRED,
        Last::Scale => sum.scale,
        Last::Ten => Decimal::TEN,
        _ => return None,
    };
    let followed_by_part =
        matches!(word(line, at + 1 + usize::from(line.is_dash(at + 1))), Some(Word::Part(..)));
    if between || followed_by_part {
        return None;
    }
    match word(line, at) {
        Some(Word::Small(n)) if smaller_after_and(line, at, sum, limit) && n > 0 => {
            sum.group = sum.group.checked_add(n.into())?;
            sum.last = Last::Small;
            Some(at + 1)
        }
        Some(Word::Ten(n)) if sum.last != Last::Ten && smaller_after_and(line, at, sum, limit) => {
            sum.group = sum.group.checked_add(n.into())?;
            sum.last = Last::Ten;
            Some(at + 1)
        }
        None if line.kind(at) == Some(TokenKind::Number) && sum.digits && sum.last == Last::Hundred => {
            let n = decimal(line.text(at))
                .filter(|n| *n < Decimal::ONE_HUNDRED && n.scale() == 0 && !n.is_zero())?;
            let scaled = matches!(word(line, at + 1), Some(Word::Hundred | Word::Scale(_)));
            sum.group = sum.group.checked_add(n).filter(|_| !scaled)?;
            sum.last = Last::Small;
            Some(at + 1)
        }
        _ => None,
    }
}

/// "two hundred and two thousand" is one number, "three hundred and two hundred" are two.
fn smaller_after_and(line: &Line, at: usize, sum: &Sum, limit: Decimal) -> bool {
    if sum.last == Last::Ten {
        return sum.total.is_zero() && !sum.digits && matches!(word(line, at), Some(Word::Small(1..=9)));
    }
    // Crores and lakhs are added up in words and digits alike.
    let indian = sum.scale == Decimal::from(10_000_000) || sum.scale == Decimal::from(100_000);
    if sum.digits && sum.last == Last::Scale && !indian {
        return false;
    }
    let grows = sum.last == Last::Hundred && matches!(word(line, at + 1), Some(Word::Hundred));
    !grows && (sum.last == Last::Hundred || smaller_group(line, at, limit))
}

fn digits(line: &Line, sum: &mut Sum, at: usize, reading: Reading) -> Option<usize> {
    let text = line.text(at);
    // 007, 0830: no figure is written so.
    let code = text.len() > 1 && text.starts_with('0') && !text.contains('.');
    if code && !reading.bare {
        return None;
    }
    if sum.last != Last::Nothing {
        // `4 thousand 3 hundred`: digits go on only towards a smaller scale.
        let by = match word(line, at + 1) {
            Some(Word::Hundred) => Decimal::ONE_HUNDRED,
            Some(Word::Scale(s)) => s.into(),
            _ => return None,
        };
        if !(sum.last == Last::Scale && sum.digits && by < sum.scale) {
            return None;
        }
    }
    if part_of_code(line, at, reading) {
        return None;
    }
    let value = decimal(text)?;
    sum.digits = true;
    sum.last = Last::Digits;
    if let Some((value, next)) = slashed(line, at, value) {
        sum.group = value;
        return Some(next);
    }
    sum.group = sum.group.checked_add(value)?;
    Some(at + 1)
}

/// `3/4`, `2 1/4`, `2½`.
fn slashed(line: &Line, at: usize, first: Decimal) -> Option<(Decimal, usize)> {
    if let Some(vulgar) = vulgar(line.text(at + 1)) {
        return Some((first.checked_add(vulgar)?, at + 2));
    }
    let whole = |from: usize| -> Option<(Decimal, usize)> {
        if !(line.is(from + 1, "/") && line.glued(from + 1) && line.glued(from + 2)) {
            return None;
        }
        let (count, of) = (decimal(line.get(from)?)?, decimal(line.text(from + 2))?);
        let long = line.is(from + 3, "/") && line.glued(from + 3);
        (!long && of <= Decimal::ONE_HUNDRED && of.scale() == 0)
            .then(|| fraction(count, of))?
            .map(|v| (v, from + 3))
    };
    if let Some(read) = whole(at) {
        return Some(read);
    }
    let (part, next) = (line.kind(at + 1) == Some(TokenKind::Number)).then(|| whole(at + 1))??;
    Some((first.checked_add(part)?, next))
}

/// The value of `½` and its like.
pub fn vulgar(text: &str) -> Option<Decimal> {
    let mut chars = text.chars();
    let (count, of) = match (chars.next()?, chars.next()) {
        ('½', None) => (1, 2),
        ('⅓', None) => (1, 3),
        ('⅔', None) => (2, 3),
        ('¼', None) => (1, 4),
        ('¾', None) => (3, 4),
        ('⅕', None) => (1, 5),
        ('⅖', None) => (2, 5),
        ('⅗', None) => (3, 5),
        ('⅘', None) => (4, 5),
        ('⅙', None) => (1, 6),
        ('⅚', None) => (5, 6),
        ('⅛', None) => (1, 8),
        ('⅜', None) => (3, 8),
        ('⅝', None) => (5, 8),
        ('⅞', None) => (7, 8),
        _ => return None,
    };
    fraction(Decimal::from(count), Decimal::from(of))
}

/// Digits that belong to an address, a version or a code.
fn part_of_code(line: &Line, at: usize, reading: Reading) -> bool {
    if reading.bare {
        return false;
    }
    let dotted = line.is(at + 1, ".")
        && line.glued(at + 1)
        && line.kind(at + 2) == Some(TokenKind::Number)
        && line.glued(at + 2);
    let after_word = at > 1
        && line.is(at - 1, "-")
        && line.glued(at)
        && line.glued(at - 1)
        && line.kind(at - 2) == Some(TokenKind::Word)
        && word(line, at - 2).is_none();
    let after_dot =
        at > 0 && line.glued(at) && (line.is(at - 1, ".") || line.is(at - 1, "_") || line.is(at - 1, "#"));
    dotted || after_word || after_dot
}

/// `3.5bn`, `10k`, `5m`.
fn scale_letters(line: &Line, sum: &mut Sum, at: usize, reading: Reading) -> Option<usize> {
    let text = line.get(at)?;
    let by = if line.glued(at) {
        match text {
            "m" if reading.money || people_follow(line, at) => 1_000_000,
            "m" | "mm" if !reading.money => return None,
            "B" | "T" | "G" | "tr" | "mil" | "b"
                if !(reading.money || reading.bare || people_follow(line, at)) =>
            {
                return None;
            }
            _ => suffix(text)?,
        }
    } else if reading.bare || reading.money {
        suffix(text)
            .filter(|_| text != "mm" && text != "T" && (text != "G" || reading.bare))
            .or_else(|| (text == "m" && reading.money).then_some(1_000_000))?
    } else {
        apart(text)?
    };
    scale(sum, at, Decimal::from(by))
}

/// After `5m` or `3B` a plain plural in lower case tells millions from metres.
fn people_follow(line: &Line, at: usize) -> bool {
    let next = line.text(at + 1);
    next.len() > 3 && next.ends_with('s') && next.chars().all(|c| c.is_ascii_lowercase())
        || line.is_any(at + 1, &["people", "barrels", "bpd"])
}

/// `dozens of`, `hundreds of thousands of`, `several hundred`: an order of magnitude, from one of it to ten.
fn vague(line: &Line, at: usize) -> Option<Read> {
    let start = line.start(at);
    let (first, mut next) = if line.is_word(at, "several")
        || line.is_word(at, "few")
        || (line.is_word(at, "a") && line.is_word(at + 1, "few"))
    {
        let next = at + 1 + usize::from(line.is_word(at, "a"));
        let by = match word(line, next)? {
            Word::Hundred => Decimal::ONE_HUNDRED,
            Word::Scale(s) => s.into(),
            Word::Dozen => Decimal::TEN,
            _ => return None,
        };
        (by, next + 1)
    } else {
        (plural_scale(line.text(at))?, at + 1)
    };
    let mut low = first;
    while line.is_word(next, "of")
        && let Some(by) = plural_scale(line.text(next + 1))
    {
        low = low.checked_mul(by)?;
        next += 2;
    }
    if let Some(Word::Scale(s)) = word(line, next) {
        low = low.checked_mul(s.into())?;
        next += 1;
    }
    let high = low.checked_mul(Decimal::TEN)?;
    let range = start..line.end_before(next);
    Some((Numeral { range, low, high, form: Form::Vague, scale: Decimal::ONE, more: false }, next))
}

fn plural_scale(text: &str) -> Option<Decimal> {
    if !text.ends_with('s') || !(4..=9).contains(&text.len()) {
        return None;
    }
    let value: u64 = match text {
        t if t.eq_ignore_ascii_case("dozens")
            || t.eq_ignore_ascii_case("tens")
            || t.eq_ignore_ascii_case("scores") =>
        {
            10
        }
        t if t.eq_ignore_ascii_case("hundreds") => 100,
        t if t.eq_ignore_ascii_case("thousands") => 1_000,
        t if t.eq_ignore_ascii_case("millions") => 1_000_000,
        t if t.eq_ignore_ascii_case("billions") => 1_000_000_000,
        t if t.eq_ignore_ascii_case("trillions") => 1_000_000_000_000,
        _ => return None,
    };
    Some(value.into())
}
