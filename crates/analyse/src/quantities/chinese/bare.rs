//! Numbers without a look at their units.

use super::super::counting_zh;
use super::super::numeral::{Form, Numeral};
use super::super::numerals_zh::{Reading, arabic, begins, numeral};
use crate::passage::is_han;
use rust_decimal::Decimal;

/// Every number of a sentence, unless it is a character of a word (一切, 四川) or carries a unit of its own.
pub fn numbers(sentence: &str) -> Vec<Numeral> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(c) = sentence[at..].chars().next() {
        let next = at + c.len_utf8();
        if let Some(power) =
            crate::quantities::power::power(sentence, at).filter(|_| !ends_digit(&sentence[..at]))
        {
            at = power.range.end;
            found.push(power);
            continue;
        }
        if let Some(length) = counting_zh::word(&sentence[at..]) {
            at += length;
            continue;
        }
        if !begins(c) || c == '数' || c == '數' || is_inside_word(sentence, at, c) {
            at = next;
            continue;
        }
        match numeral(sentence, at, Reading { loose: true }).map(|read| bare(sentence, read)) {
            Some(read) => {
                at = read.range.end.max(next);
                found.push(read);
            }
            None => at = next,
        }
    }
    found
}

/// What only bare numbers have: fractions with a slash (1 3/5), dozens (五十打), and the number inside 百分之五.
pub(super) fn bare(sentence: &str, read: Numeral) -> Numeral {
    let inner = sentence[read.range.clone()]
        .find('之')
        .filter(|_| read.form == Form::Percent)
        .map(|at| read.range.start + at + '之'.len_utf8());
    if let Some(number) = inner
        .and_then(|at| numeral(sentence, at, Reading { loose: true }))
        .filter(|_| sentence[read.range.clone()].starts_with(['百', '佰']))
    {
        return number;
    }
    let rest = &sentence[read.range.end..];
    if rest.starts_with('打')
        && !rest.starts_with("打折")
        && let Some(dozens) = read.clone().times(Decimal::from(12))
    {
        return Numeral { range: read.range.start..read.range.end + '打'.len_utf8(), ..dozens };
    }
    slashed(sentence, &read).unwrap_or(read)
}

/// `3/5`, `1 3/5`, ASCII or full width.
pub(super) fn slashed(sentence: &str, read: &Numeral) -> Option<Numeral> {
    let loose = Reading { loose: true };
    let over = |count: &Numeral| -> Option<Numeral> {
        let slash = sentence[count.range.end..].chars().next().filter(|c| matches!(c, '/' | '／'))?;
        let of = numeral(sentence, count.range.end + slash.len_utf8(), loose)
            .filter(|n| n.form == Form::Digits)?;
        let value = crate::quantities::numeral::fraction(count.low, of.low)?;
        Some(Numeral::exact(count.range.start..of.range.end, value, Form::Fraction))
    };
    if read.form != Form::Digits {
        return None;
    }
    if let Some(fraction) = over(read) {
        return Some(fraction);
    }
    let next = sentence[read.range.end..].strip_prefix(' ').map(|_| read.range.end + 1)?;
    let part = over(&numeral(sentence, next, loose).filter(|n| n.form == Form::Digits)?)?;
    Some(Numeral::exact(read.range.start..part.range.end, read.low.checked_add(part.low)?, Form::Fraction))
}

/// Capital numerals are ordinary characters too: alone they are numbers only at the edge of a phrase.
pub(super) fn is_inside_word(sentence: &str, at: usize, c: char) -> bool {
    let ordinary = matches!(c, '伍' | '拾' | '陆' | '陸' | '肆' | '上' | '半');
    let next = sentence[at + c.len_utf8()..].chars().next();
    ordinary && !next.is_some_and(|n| begins(n) && n != '半') && next.is_some_and(is_han)
}

pub(super) fn ends_digit(text: &str) -> bool {
    text.ends_with(|c: char| arabic(c).is_some() || c == '.' || c == '^')
}
