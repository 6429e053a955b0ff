//! Chinese numbers: 2.5万亿, 一百零五, 三分之一, 百分之五, 数十亿, 三四十, and digits mixed with all of these.

use super::numeral::{Form, Numeral, decimal, fraction};
use crate::characters::Characters;
use rust_decimal::Decimal;
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    Zero,
    Digit(u32),
    /// 十, 百, 千, 万, 亿, 兆 as powers of ten.
    Unit(u64),
    /// 廿, 卅.
    Tens(u32),
    /// 几, 数: some digit.
    Some,
    /// 余, 多, 来 inside a number.
    More,
}

const WAN: u64 = 10_000;

fn piece(c: char) -> Option<Piece> {
    let digit = match c {
        '零' | '〇' | '○' => return Some(Piece::Zero),
        '一' | '壹' | '弌' => 1,
        '二' | '贰' | '貳' | '两' | '兩' | '俩' | '倆' => 2,
        '三' | '叁' | '參' | '叄' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        '廿' => return Some(Piece::Tens(20)),
        '卅' => return Some(Piece::Tens(30)),
        '几' | '幾' | '数' | '數' => return Some(Piece::Some),
        '余' | '餘' | '多' | '来' | '來' => return Some(Piece::More),
        _ => return unit(c).map(Piece::Unit),
    };
    Some(Piece::Digit(digit))
}

fn unit(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' | '萬' => WAN,
        '亿' | '億' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    })
}

/// A digit of the ASCII or the full-width set.
pub fn arabic(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        _ => None,
    }
}

/// Characters with which a number can begin; all are of the basic plane.
static FIRST: LazyLock<Characters> = LazyLock::new(|| {
    let begins = |c: &char| {
        arabic(*c).is_some()
            || matches!(c, '负' | '負' | '半' | '上' | '.' | '-' | '－' | '−')
            || !matches!(piece(*c), None | Some(Piece::More))
    };
    ('\0'..='\u{ffff}').filter(begins).collect()
});

/// Whether a character can begin a number.
pub fn begins(c: char) -> bool {
    FIRST.hold(c)
}

/// How a number is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading {
    /// Spaces may stand inside a number, and powers are read.
    pub loose: bool,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    loose: bool,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }
    fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{3000}']).len();
    }
    fn eat(&mut self, word: &str) -> bool {
        let hit = self.rest().starts_with(word);
        if hit {
            self.at += word.len();
        }
        hit
    }
    /// Eats a word whose characters may stand apart.
    fn eat_loose(&mut self, words: &[&str]) -> bool {
        let start = self.at;
        for word in words {
            let mut hit = true;
            for c in word.chars() {
                self.skip_spaces();
                hit &= self.peek() == Some(c);
                if !hit {
                    break;
                }
                self.at += c.len_utf8();
            }
            if hit {
                return true;
            }
            self.at = start;
        }
        false
    }
}

/// The number that begins at byte `at`.
pub fn numeral(text: &str, at: usize, reading: Reading) -> Option<Numeral> {
    let mut reader = Reader { text, at, loose: reading.loose };
    let negative = reader.eat("负") || reader.eat("負") || minus(&mut reader);
    if negative && reading.loose {
        reader.skip_spaces();
    }
    let mut read = percent(&mut reader).or_else(|| plain(&mut reader))?;
    if negative {
        (read.low, read.high) = (-read.high, -read.low);
    }
    read.range.start = at;
    Some(read)
}

/// A minus sign counts where nothing stands right before it that it could join.
fn minus(reader: &mut Reader) -> bool {
    if !matches!(reader.peek(), Some('-' | '－' | '−')) {
        return false;
    }
    let before = reader.text[..reader.at].chars().next_back();
    let joins = before
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '－' | '%' | '％' | '—' | ')' | '）'));
    let digit = reader.rest().chars().nth(1).is_some_and(|c| arabic(c).is_some() || c == '.');
    let sign = !joins && digit;
    if sign {
        reader.at += reader.peek().map_or(0, char::len_utf8);
    }
    sign
}

/// 百分之五, 千分之二, 万分之三, 百分之百.
fn percent(reader: &mut Reader) -> Option<Numeral> {
    let start = reader.at;
    let mut parts = Decimal::ONE;
    while let Some(by) = reader.peek().and_then(unit) {
        parts = parts.checked_mul(by.into())?;
        reader.at += reader.peek().map_or(0, char::len_utf8);
        reader.skip_spaces();
    }
    if parts == Decimal::ONE || parts == Decimal::TEN || !reader.eat_loose(&["分之"]) {
        reader.at = start;
        return None;
    }
    reader.skip_spaces();
    let negative = reader.eat("负") || reader.eat("負");
    let Some(count) = cardinal(reader).or_else(|| hundred(reader)) else {
        reader.at = start;
        return None;
    };
    let by = fraction(Decimal::ONE_HUNDRED, parts)?;
    let mut read = Numeral { form: Form::Percent, ..count.times(if negative { -by } else { by })? };
    read.range = start..reader.at;
    read.scale = Decimal::ONE;
    Some(read)
}

/// 百 alone, in 百分之百.
fn hundred(reader: &mut Reader) -> Option<Numeral> {
    let start = reader.at;
    (reader.eat("百") || reader.eat("佰"))
        .then(|| Numeral::exact(start..reader.at, Decimal::ONE_HUNDRED, Form::Words))
}

fn plain(reader: &mut Reader) -> Option<Numeral> {
    let start = reader.at;
    let mut read = cardinal(reader)?;
    if let Some(part) = parts(reader, &read) {
        read = part;
    } else if let Some(part) = whole_and_parts(reader) {
        read.low = read.low.checked_add(part)?;
        read.high = read.low;
    }
    read.range = start..reader.at;
    Some(read)
}

/// 三分之一 after its denominator has been read.
fn parts(reader: &mut Reader, of: &Numeral) -> Option<Numeral> {
    let start = reader.at;
    if !reader.eat_loose(&["分之"]) {
        return None;
    }
    reader.skip_spaces();
    let negative = reader.eat("负") || reader.eat("負");
    let read = cardinal(reader).and_then(|count| fraction(count.low, of.low));
    match read {
        Some(value) => Some(Numeral::exact(
            of.range.start..reader.at,
            if negative { -value } else { value },
            Form::Fraction,
        )),
        None => {
            reader.at = start;
            None
        }
    }
}

/// 又三分之一.
fn whole_and_parts(reader: &mut Reader) -> Option<Decimal> {
    let start = reader.at;
    let read = reader.eat_loose(&["又"]).then(|| {
        reader.skip_spaces();
        let of = cardinal(reader)?;
        parts(reader, &of)
    });
    if let Some(Some(part)) = read {
        return Some(part.low);
    }
    reader.at = start;
    None
}

/// The number in the making; a pair of bounds all the way, for 三四十 and 几万.
#[derive(Default)]
struct Sum {
    total: (Decimal, Decimal),
    section: (Decimal, Decimal),
    current: Option<(Decimal, Decimal)>,
    last_unit: u64,
    /// Whether 零 stands since the last unit.
    zero: bool,
    pieces: u32,
    arabic: bool,
    vague: bool,
    more: bool,
    scale: u64,
    /// Consecutive Chinese digits read so far: 二〇二六.
    run: u32,
}

fn cardinal(reader: &mut Reader) -> Option<Numeral> {
    let start = reader.at;
    if reader.rest().starts_with("上") {
        return above(reader);
    }
    let mut sum = Sum::default();
    let mut end = reader.at;
    while sum.pieces < 64 {
        let before = reader.at;
        if sum.pieces > 0 {
            reader.skip_spaces();
        }
        let apart = reader.at > before;
        if apart && !sum.goes_on(reader) || sum.step(reader).is_none() {
            reader.at = before;
            break;
        }
        sum.pieces += 1;
        end = reader.at;
    }
    reader.at = end;
    // A scale that could not be taken in made the number too large to be exact.
    let too_large = reader.peek().and_then(unit).is_some_and(|by| (WAN..1_000_000_000_000).contains(&by));
    if sum.pieces == 0 || sum.lone_unit() || too_large {
        reader.at = start;
        return None;
    }
    let read = sum.finish(start..end);
    if read.is_none() {
        reader.at = start;
    }
    let read = spoken_decimals(reader, read?)?;
    Some(Numeral { range: start..reader.at, ..letters(reader, read) })
}

/// 上百, 上千, 上万, 上亿: that much or more.
fn above(reader: &mut Reader) -> Option<Numeral> {
    let start = reader.at;
    let rest = reader.rest().strip_prefix('上')?;
    let mut value = Decimal::ONE;
    let mut length = '上'.len_utf8();
    for c in rest.chars() {
        let Some(by) = unit(c).filter(|&u| u >= 100) else { break };
        value = value.checked_mul(by.into())?;
        length += c.len_utf8();
    }
    if value == Decimal::ONE {
        return None;
    }
    reader.at = start + length;
    Some(Numeral { more: true, ..Numeral::exact(start..reader.at, value, Form::Vague) })
}

impl Sum {
    fn step(&mut self, reader: &mut Reader) -> Option<()> {
        let c = reader.peek()?;
        if arabic(c).is_some() || (c == '.' && self.pieces == 0) {
            let digits_again = self.current.is_some();
            let value = (!digits_again).then(|| digits(reader))??;
            self.current = Some((value, value));
            self.arabic = true;
            self.run = 0;
            return Some(());
        }
        // 两个亿
        if matches!(c, '个' | '個')
            && self.pieces > 0
            && self.current.is_some()
            && reader.rest().chars().nth(1).is_some_and(|n| matches!(n, '亿' | '億'))
        {
            reader.at += c.len_utf8();
            return Some(());
        }
        let next = piece(c)?;
        match next {
            Piece::Zero => self.zero_piece(),
            Piece::Digit(n) => self.digit(n, c),
            Piece::Tens(n) => self.add_tens(n),
            Piece::Some => self.some(reader),
            Piece::More => self.more(reader),
            Piece::Unit(by) => self.unit(by, reader),
        }?;
        reader.at += c.len_utf8();
        Some(())
    }

    /// Whether a number goes on behind spaces: with a unit, or with a digit after one (一百 五 十 二, 7 万5 千).
    fn goes_on(&self, reader: &Reader) -> bool {
        let rest = reader.rest();
        match rest.chars().next() {
            Some(c) if arabic(c).is_some() => {
                let after = rest.trim_start_matches(|c: char| arabic(c).is_some()).trim_start_matches(' ');
                self.last_unit > 0
                    && self.current.is_none()
                    && after.chars().next().and_then(unit).is_some_and(|u| u < self.last_unit)
            }
            Some(c) => match piece(c) {
                Some(Piece::Unit(_)) => true,
                Some(Piece::More) => self.pieces > 0,
                Some(Piece::Digit(_) | Piece::Zero | Piece::Some) => {
                    !self.arabic && self.last_unit > 0 && self.current.is_none()
                }
                _ => false,
            },
            None => false,
        }
    }

    fn zero_piece(&mut self) -> Option<()> {
        if self.current.is_some() {
            return self.digit(0, '零');
        }
        self.zero = true;
        if self.pieces == 0 {
            self.current = Some((Decimal::ZERO, Decimal::ZERO));
            self.run = 1;
        }
        Some(())
    }

    fn digit(&mut self, n: u32, c: char) -> Option<()> {
        let n = Decimal::from(n);
        let Some((low, high)) = self.current else {
            self.current = Some((n, n));
            self.run = 1;
            return Some(());
        };
        // 十五五 is no number; 两 never stands inside a row of digits.
        if self.run == 0
            || matches!(c, '两' | '兩' | '俩' | '倆')
            || self.section != (Decimal::ZERO, Decimal::ZERO) && !follows(high, n)
        {
            return None;
        }
        self.run += 1;
        self.current = if self.run == 2 && follows(low, n) {
            self.vague = true;
            Some((low, n))
        } else {
            let low = if self.vague { low.checked_mul(Decimal::TEN)?.checked_add(high)? } else { high };
            self.vague = false;
            let value = low.checked_mul(Decimal::TEN)?.checked_add(n)?;
            Some((value, value))
        };
        Some(())
    }

    fn add_tens(&mut self, n: u32) -> Option<()> {
        if self.current.is_some() {
            return None;
        }
        self.section = plus(self.section, (n.into(), n.into()))?;
        self.last_unit = 10;
        Some(())
    }

    /// 几 or 数 before a unit (几十), 几 after 十 (十几).
    fn some(&mut self, reader: &Reader) -> Option<()> {
        let c = reader.peek()?;
        let next = reader.rest().chars().nth(1).and_then(unit);
        let after_unit = self.last_unit > 0 && self.current.is_none();
        if self.current.is_some() || (next.is_none() && !(after_unit && matches!(c, '几' | '幾'))) {
            return None;
        }
        let low = if after_unit { Decimal::ZERO } else { Decimal::ONE };
        self.current = Some((low, Decimal::TEN));
        self.vague = true;
        self.run = 0;
        self.zero = true;
        Some(())
    }

    /// 余, 多, 来 inside a number stand before a larger unit: 一千多万.
    fn more(&mut self, reader: &Reader) -> Option<()> {
        let next = reader.rest().chars().skip(1).find(|c| *c != ' ').and_then(unit);
        if self.pieces == 0 || next.is_none_or(|by| by < WAN) {
            return None;
        }
        self.more = true;
        Some(())
    }

    fn unit(&mut self, by: u64, reader: &Reader) -> Option<()> {
        if by == 1_000_000_000_000 && mega(reader) {
            return None;
        }
        let bare = self.current.is_none();
        let factor = Decimal::from(by);
        if by < WAN {
            if bare
                && self.last_unit != 0
                && self.last_unit < WAN
                && self.last_unit <= by
                && self.section != (Decimal::ZERO, Decimal::ZERO)
            {
                return None;
            }
            if bare && by > 10 && !(self.pieces == 0 && large_follows(reader)) && !self.zero {
                return None;
            }
            if self.section.1 > Decimal::ZERO && self.last_unit > 0 && self.last_unit <= by {
                return None;
            }
            let count = self.current.take().unwrap_or((Decimal::ONE, Decimal::ONE));
            let count = if count.1.is_zero() { (Decimal::ONE, Decimal::ONE) } else { count };
            self.section = plus(self.section, (count.0.checked_mul(factor)?, count.1.checked_mul(factor)?))?;
        } else {
            self.myriad(factor)?;
            self.scale = by;
        }
        self.last_unit = by;
        self.zero = false;
        self.run = 0;
        Some(())
    }

    /// 万, 亿 and 兆 multiply all that is smaller than they are: 一万五千亿.
    fn myriad(&mut self, by: Decimal) -> Option<()> {
        let current = self.current.take().unwrap_or_default();
        let small = plus(self.section, current)?;
        if small == (Decimal::ZERO, Decimal::ZERO) && self.total == (Decimal::ZERO, Decimal::ZERO) {
            return None;
        }
        self.section = Default::default();
        if small == (Decimal::ZERO, Decimal::ZERO) {
            self.total = (self.total.0.checked_mul(by)?, self.total.1.checked_mul(by)?);
            return Some(());
        }
        let low = (self.total.0.checked_rem(by)?, self.total.1.checked_rem(by)?);
        let kept = (self.total.0 - low.0, self.total.1 - low.1);
        let group = plus(low, small)?;
        self.total = plus(kept, (group.0.checked_mul(by)?, group.1.checked_mul(by)?))?;
        Some(())
    }

    /// A unit alone (百, 万) is a word, not a number.
    fn lone_unit(&self) -> bool {
        self.pieces == 1 && self.current.is_none() && self.last_unit != 10
    }

    fn finish(self, range: std::ops::Range<usize>) -> Option<Numeral> {
        let mut rest = self.current.unwrap_or_default();
        // 四百五 is 450, 一万三 13,000; not after 零 and not in digits.
        let short =
            self.run == 1 && !self.zero && !self.arabic && self.last_unit >= 100 && self.current.is_some();
        if short {
            let by = fraction(self.last_unit.into(), Decimal::TEN)?;
            rest = (rest.0.checked_mul(by)?, rest.1.checked_mul(by)?);
        }
        let (low, high) = plus(plus(self.total, self.section)?, rest)?;
        let form = match (self.vague, self.arabic) {
            (true, _) => Form::Vague,
            (false, true) => Form::Digits,
            (false, false) => Form::Words,
        };
        let scale =
            Decimal::from(self.scale.max(if self.current.is_none() { self.last_unit } else { 1 }).max(1));
        Some(Numeral { range, low, high, form, scale, more: self.more })
    }
}

fn plus(a: (Decimal, Decimal), b: (Decimal, Decimal)) -> Option<(Decimal, Decimal)> {
    Some((a.0.checked_add(b.0)?, a.1.checked_add(b.1)?))
}

/// 七八, 三五: two digits that name a span.
fn follows(low: Decimal, high: Decimal) -> bool {
    low > Decimal::ZERO
        && (high - low == Decimal::ONE || (low == Decimal::from(3) && high == Decimal::from(5)))
}

/// 兆瓦, 兆字节, 兆赫, 兆比特: the prefix mega, no 10¹².
fn mega(reader: &Reader) -> bool {
    reader
        .rest()
        .chars()
        .nth(1)
        .is_some_and(|c| matches!(c, '瓦' | '字' | '赫' | '比' | '帕' | '位' | '欧' | '伏'))
}

/// 百万, 千亿, 百余, 千多: a unit may open a number before a larger one or 余.
fn large_follows(reader: &Reader) -> bool {
    reader.rest().chars().nth(1).is_some_and(|c| {
        unit(c).is_some_and(|u| u >= WAN) || matches!(c, '余' | '餘' | '多' | '三' | '二' | '五')
    })
}

/// Digits with grouping commas and a decimal point, ASCII or full width.
fn digits(reader: &mut Reader) -> Option<Decimal> {
    let (mut plain, mut at) = (String::new(), reader.at);
    let (mut point, mut groups) = (false, false);
    while let Some(c) = reader.text[at..].chars().next() {
        let next = at + c.len_utf8();
        if let Some(digit) = arabic(c) {
            plain.push(digit);
        } else if matches!(c, ',' | '，')
            && !point
            && (groups || (1..=3).contains(&plain.len()))
            && grouped(&reader.text[next..])
        {
            groups = true;
        } else if matches!(c, '.' | '．')
            && !point
            && reader.text[next..].chars().next().and_then(arabic).is_some()
        {
            point = true;
            plain.push('.');
        } else {
            break;
        }
        at = next;
    }
    let value = decimal(&plain)?;
    reader.at = at;
    Some(value)
}

/// Whether exactly three digits follow a comma.
fn grouped(after: &str) -> bool {
    after.chars().take_while(|c| arabic(*c).is_some()).count() == 3
}

/// 十二点五, 零点五, 四点五亿.
fn spoken_decimals(reader: &mut Reader, whole: Numeral) -> Option<Numeral> {
    let start = reader.at;
    if whole.form != Form::Words || !reader.eat_loose(&["点", "點"]) {
        reader.at = start;
        return Some(whole);
    }
    reader.skip_spaces();
    let mut digits = String::new();
    while let Some(c) = reader.peek() {
        let n = match piece(c) {
            _ if arabic(c).is_some() => arabic(c)?,
            Some(Piece::Zero) => '0',
            Some(Piece::Digit(n)) if !matches!(c, '两' | '兩') => char::from_digit(n, 10)?,
            _ => break,
        };
        digits.push(n);
        reader.at += c.len_utf8();
    }
    // 三点二十分, 三点一刻: a time of day.
    let clock = reader.peek().is_some_and(|c| matches!(c, '十' | '分' | '刻' | '钟' | '鐘'));
    let decimals = decimal(&format!("0.{digits}")).filter(|_| !digits.is_empty() && !clock);
    let Some(decimals) = decimals else {
        reader.at = start;
        return Some(whole);
    };
    let mut read = Numeral { scale: Decimal::ONE, ..whole };
    read.low = read.low.checked_add(decimals)?;
    read.high = read.low;
    while let Some(by) =
        reader.peek().and_then(unit).filter(|&u| u >= 100 && !(u > 100_000_000 && mega(reader)))
    {
        read = read.times(by.into())?;
        read.scale = Decimal::from(by);
        reader.at += reader.peek().map_or(0, char::len_utf8);
    }
    Some(read)
}

/// `15k`, `30w` after digits.
fn letters(reader: &mut Reader, read: Numeral) -> Numeral {
    let start = reader.at;
    reader.skip_spaces();
    let mut chars = reader.rest().chars();
    let by: u32 = match (chars.next(), chars.next()) {
        (Some('k' | 'K' | 'ｋ' | 'Ｋ'), next) if !next.is_some_and(|c| c.is_ascii_alphanumeric()) => 1_000,
        (Some('w'), next) if !next.is_some_and(|c| c.is_ascii_alphanumeric()) => 10_000,
        (Some('M' | 'm'), next) if reader.loose && !next.is_some_and(|c| c.is_alphanumeric()) => 1_000_000,
        _ => 1,
    };
    if by == 1 || read.form != Form::Digits {
        reader.at = start;
        return read;
    }
    match read.clone().times(by.into()) {
        Some(scaled) => {
            reader.at += reader.peek().map_or(0, char::len_utf8);
            Numeral { scale: by.into(), ..scaled }
        }
        None => {
            reader.at = start;
            read
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, low: &str, high: &str, words: &str) {
        let read = numeral(text, 0, Reading { loose: true }).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (read.low.normalize().to_string(), read.high.normalize().to_string(), &text[read.range]),
            (low.into(), high.into(), words),
            "{text}"
        );
    }

    #[test]
    fn place_values() {
        for (text, value) in [
            ("一百五十二", "152"),
            ("两千四百五", "2450"),
            ("一千零五", "1005"),
            ("四百五", "450"),
            ("一万五千亿", "1500000000000"),
            ("4.78万亿", "4780000000000"),
            ("10万万", "1000000000"),
            ("五亿零六", "500000006"),
            ("二〇二六", "2026"),
            ("3千万亿", "3000000000000000"),
            ("1,100.9亿", "110090000000"),
            ("3万4000", "34000"),
            ("百分之五", "5"),
            ("千分之一", "0.1"),
            ("五分之一", "0.2"),
            ("十二点五", "12.5"),
            ("拾万零五十六", "100056"),
            ("四点五亿", "450000000"),
            ("15k", "15000"),
            ("１．５万", "15000"),
            ("82，225.00", "82225"),
            ("一千多万", "10000000"),
        ] {
            check(text, value, value, text);
        }
    }

    #[test]
    fn spans() {
        check("三四十", "30", "40", "三四十");
        check("八九亿", "800000000", "900000000", "八九亿");
        check("三五百", "300", "500", "三五百");
        check("数十亿", "1000000000", "10000000000", "数十亿");
        check("十几", "10", "20", "十几");
        check("几十万", "100000", "1000000", "几十万");
    }

    #[test]
    fn no_numbers() {
        for text in ["万", "百姓", "多个", "数字", "几个", "上海"] {
            assert!(numeral(text, 0, Reading::default()).is_none(), "{text}");
        }
        let plan = numeral("十五五", 0, Reading::default()).unwrap();
        assert_eq!(&"十五五"[plan.range], "十五");
    }
}
