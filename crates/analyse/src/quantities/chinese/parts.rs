//! What follows a unit and belongs to its number: 三年半, 七成六, 五元三毛.

use super::super::numeral::{Form, Numeral};
use super::super::numerals_zh::{Reading, numeral};
use super::super::units::{UNITS, Unit};
use super::Reader;
use headwater_model::mention::QuantityKind;
use rust_decimal::Decimal;

impl<'a> Reader<'a> {
    /// What follows a unit and belongs to the number: 三年半, 五元三毛, 七成六, 两小时20分钟.
    pub(super) fn refine(&self, unit: Unit, read: Numeral, end: &mut usize) -> Option<(Unit, Numeral)> {
        let rest = &self.text[*end..];
        if unit.kind == QuantityKind::Duration && rest.starts_with('半') && !rest.starts_with("半数") {
            *end += '半'.len_utf8();
            return Some((unit, add(read, Decimal::new(5, 1))));
        }
        if unit.name == "s"
            && let Some((part, length)) = hundredths(rest)
        {
            *end += length;
            return Some((unit, add(read, part)));
        }
        if unit.name == "percent" && unit.factor == Decimal::TEN {
            return Some(self.tenths(unit, read, end));
        }
        if unit.kind == QuantityKind::Money && read.is_exact() {
            return Some((unit.clone(), self.small_change(&unit, read, end)));
        }
        Some((unit, read))
    }

    /// 三成半, 七成六.
    pub(super) fn tenths(&self, unit: Unit, read: Numeral, end: &mut usize) -> (Unit, Numeral) {
        let rest = &self.text[*end..];
        if rest.starts_with('半') {
            *end += '半'.len_utf8();
            return (unit, add(read, Decimal::new(5, 1)));
        }
        let spaces = rest.len() - rest.trim_start().len();
        let next = numeral(self.text, *end + spaces, Reading::default());
        match next {
            Some(part)
                if part.is_exact()
                    && part.form == Form::Words
                    && part.high < Decimal::TEN
                    && part.range.len() == '六'.len_utf8()
                    && read.form != Form::Digits =>
            {
                *end = part.range.end;
                let tenth = part.high / Decimal::TEN;
                (unit, add(read, tenth))
            }
            _ => (unit, read),
        }
    }

    /// 角, 毛 and 分 after a currency: 五元三毛 is 5.3, 两美元又三美分 2.03.
    pub(super) fn small_change(&self, unit: &Unit, read: Numeral, end: &mut usize) -> Numeral {
        let mut read = read;
        for _ in 0..2 {
            let rest = &self.text[*end..];
            let joined = if rest.starts_with('又') { '又'.len_utf8() } else { 0 };
            let Some(part) = numeral(self.text, *end + joined, Reading::default())
                .filter(|p| p.is_exact() && p.high < Decimal::ONE_HUNDRED)
            else {
                break;
            };
            let after = &self.text[part.range.end..];
            let minor = UNITS
                .chinese_at(after)
                .filter(|(u, _)| u.name == unit.name && u.factor < Decimal::ONE)
                .map(|(u, l)| (u.factor, l));
            let coin = match after.chars().next() {
                Some('角' | '毛') => Some((Decimal::new(1, 1), '角'.len_utf8())),
                Some('分') if !after.starts_with("分之") && !after.starts_with("分钟") => {
                    Some((Decimal::new(1, 2), '分'.len_utf8()))
                }
                _ => None,
            };
            let Some((factor, length)) = minor.or(coin) else { break };
            let Some(value) = part.high.checked_mul(factor) else { break };
            read = add(read, value);
            *end = part.range.end + length;
            if self.text[*end..].starts_with(['钱', '錢']) {
                *end += '钱'.len_utf8();
            }
        }
        read
    }
}

pub(super) fn add(read: Numeral, more: Decimal) -> Numeral {
    match (read.low.checked_add(more), read.high.checked_add(more)) {
        (Some(low), Some(high)) => Numeral { low, high, ..read },
        _ => read,
    }
}

/// `72` in 10秒72: a race is timed to the hundredth.
fn hundredths(text: &str) -> Option<(Decimal, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let ends =
        !text[digits..].starts_with(|c: char| c.is_alphanumeric() && c != '的' && c != '夺' && c != '获');
    let part: i64 = (digits == 2 && ends).then(|| text[..digits].parse().ok())??;
    Some((Decimal::new(part, 2), digits))
}
