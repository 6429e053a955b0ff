//! Powers in digits: `1e10`, `2^5`, `1.3x10^6`. Only bare numbers are read so, no figures with a unit.

use super::numeral::{Form, Numeral};
use super::numerals_zh::arabic;
use rust_decimal::Decimal;

/// The power that begins at byte `at`, with its sign.
pub fn power(text: &str, at: usize) -> Option<Numeral> {
    let rest: Vec<(usize, char)> = text[at..].char_indices().take(48).collect();
    let mut next = 0;
    let negative = sign(&rest, &mut next)?;
    let base = number(&rest, &mut next)?;
    let (base, times) = match rest.get(next)?.1 {
        'e' | 'E' | 'ｅ' => (Decimal::TEN, base),
        '^' => (base, Decimal::ONE),
        'x' | '×'
            if rest.get(next + 1..next + 4).is_some_and(|r| r.iter().map(|(_, c)| *c).eq("10^".chars())) =>
        {
            next += 3;
            (Decimal::TEN, base)
        }
        _ => return None,
    };
    next += 1;
    let down = sign(&rest, &mut next)?;
    let exponent = number(&rest, &mut next)?;
    let end = rest.get(next).map_or(text.len(), |(byte, _)| at + byte);
    let exponent: i64 = i64::try_from(exponent.trunc()).ok().filter(|e| e.abs() <= 40)?;
    let mut value = times.checked_mul(raise(base, exponent, down)?)?;
    if negative {
        value = -value;
    }
    Some(Numeral::exact(at..end, value.normalize(), Form::Digits))
}

fn raise(base: Decimal, exponent: i64, down: bool) -> Option<Decimal> {
    let mut power = Decimal::ONE;
    for _ in 0..exponent.unsigned_abs() {
        power = power.checked_mul(base)?;
    }
    if down != (exponent < 0) { Decimal::ONE.checked_div(power) } else { Some(power) }
}

/// Signs before a number; whether they make it negative. A run of two minus signs counts as one, as calculators read it.
fn sign(rest: &[(usize, char)], next: &mut usize) -> Option<bool> {
    let (mut negative, mut signs) = (false, 0);
    while let Some(c) = rest.get(*next).map(|(_, c)| *c).filter(|c| matches!(c, '+' | '-' | '－' | '−')) {
        negative = if c == '+' { negative } else { !negative };
        *next += 1;
        signs += 1;
        if signs > 4 {
            return None;
        }
    }
    Some(negative)
}

fn number(rest: &[(usize, char)], next: &mut usize) -> Option<Decimal> {
    let mut digits = String::new();
    while let Some((_, c)) = rest.get(*next) {
        match (arabic(*c), *c) {
            (Some(d), _) => digits.push(d),
            (None, '.') if !digits.contains('.') && !digits.is_empty() => digits.push('.'),
            _ => break,
        }
        *next += 1;
    }
    Decimal::from_str_exact(digits.trim_end_matches('.')).ok()
}
