//! Chinese figures.

use super::counting_zh;
use super::numeral::{Form, Numeral};
use super::numerals_zh::{Reading, arabic, begins, numeral};
use super::units::{BOUNDS, UNITS, Unit};
use super::{Found, Setting, is_masked};
use crate::passage::{Region, is_han};
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;
use std::ops::Range;

/// The figures of a sentence.
pub fn figures(sentence: &str, setting: Setting, masked: &[Range<usize>]) -> Vec<Found> {
    let reader = Reader { text: sentence, setting, masked };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = sentence[at..].chars().next() {
        let next = reader.figure(at, c, &mut found);
        at = next.max(at + c.len_utf8());
    }
    found
}

/// Every number of a sentence, unless it is a character of a word (一切, 四川) or carries a unit of its own.
pub fn numbers(sentence: &str) -> Vec<Numeral> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(c) = sentence[at..].chars().next() {
        let next = at + c.len_utf8();
        if let Some(power) = super::power::power(sentence, at).filter(|_| !ends_digit(&sentence[..at])) {
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
fn bare(sentence: &str, read: Numeral) -> Numeral {
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
fn slashed(sentence: &str, read: &Numeral) -> Option<Numeral> {
    let loose = Reading { loose: true };
    let over = |count: &Numeral| -> Option<Numeral> {
        let slash = sentence[count.range.end..].chars().next().filter(|c| matches!(c, '/' | '／'))?;
        let of = numeral(sentence, count.range.end + slash.len_utf8(), loose)
            .filter(|n| n.form == Form::Digits)?;
        let value = super::numeral::fraction(count.low, of.low)?;
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
fn is_inside_word(sentence: &str, at: usize, c: char) -> bool {
    let ordinary = matches!(c, '伍' | '拾' | '陆' | '陸' | '肆' | '上' | '半');
    let next = sentence[at + c.len_utf8()..].chars().next();
    ordinary && !next.is_some_and(|n| begins(n) && n != '半') && next.is_some_and(is_han)
}

fn ends_digit(text: &str) -> bool {
    text.ends_with(|c: char| arabic(c).is_some() || c == '.' || c == '^')
}

struct Reader<'a> {
    text: &'a str,
    setting: Setting,
    masked: &'a [Range<usize>],
}

/// A number with its unit.
struct Measure {
    read: Numeral,
    unit: Option<Unit>,
    start: usize,
    end: usize,
    /// How a word between number and unit bounds it: 3000多元, 10年左右.
    bound: Option<Comparator>,
}

impl<'a> Reader<'a> {
    /// Reads what begins at `at`, adds figures, and says where to go on.
    fn figure(&self, at: usize, c: char, found: &mut Vec<Found>) -> usize {
        let rest = &self.text[at..];
        if let Some(length) = counting_zh::word(rest).filter(|_| self.is_whole_word(at)) {
            return at + length;
        }
        if let Some((figure, end)) = self.fixed(at) {
            found.push(figure);
            return end;
        }
        if !begins(c) || self.touches_letters(at, c) {
            return at;
        }
        let Some(first) = self.measure(at) else { return self.skip_number(at) };
        if is_masked(self.masked, &(first.read.range.start..first.end)) || self.is_label(&first) {
            return first.read.range.end;
        }
        if let Some((figure, end)) = self.range(&first) {
            found.extend(figure);
            return end;
        }
        let end = first.end;
        match self.single(first) {
            Some((figure, end)) => {
                found.push(figure);
                end
            }
            None => end,
        }
    }

    /// 一些, 统一 and so on count as words only when the numeral does not go on: 一百一十二.
    fn is_whole_word(&self, at: usize) -> bool {
        !self.text[..at].ends_with(|c: char| begins(c) && c != '上' && c != '.')
    }

    /// Letters before digits make a code: H20, A100, 昇腾910C.
    fn touches_letters(&self, at: usize, c: char) -> bool {
        let before = self.text[..at].chars().next_back();
        let joined = before.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, '_' | '#'))
            || before == Some('-')
                && self.text[..at].chars().rev().nth(1).is_some_and(|b| b.is_ascii_alphanumeric())
            || before == Some('.')
                && self.text[..at].chars().rev().nth(1).is_some_and(|b| b.is_ascii_digit());
        arabic(c).is_some() && joined && !self.money_before(at)
    }

    fn money_before(&self, at: usize) -> bool {
        UNITS.money_before(&self.text[..at]).is_some()
            || UNITS.chinese_money_before(self.text[..at].trim_end()).is_some()
    }

    /// Past a number that led nowhere, so that its tail is not read again.
    fn skip_number(&self, at: usize) -> usize {
        numeral(self.text, at, Reading::default()).map_or(at, |read| read.range.end)
    }

    /// Figures that are no number plus unit: 一半, 翻番, 减半, 七折.
    fn fixed(&self, at: usize) -> Option<(Found, usize)> {
        let rest = &self.text[at..];
        if !rest.starts_with(['翻', '减', '減', '腰', '一', '半', '对', '對', '过', '過']) {
            return None;
        }
        const FIXED: &[(&str, i64, bool)] = &[
            ("翻了一番", 2, false),
            ("翻一番", 2, false),
            ("翻番", 2, false),
            ("翻倍", 2, false),
            ("翻了一倍", 2, false),
            ("翻了两番", 4, false),
            ("翻两番", 4, false),
            ("翻了兩番", 4, false),
            ("翻兩番", 4, false),
            ("减半", 50, true),
            ("減半", 50, true),
            ("腰斩", 50, true),
            ("一半", 50, true),
            ("半数", 50, true),
            ("半數", 50, true),
            ("对折", 50, true),
            ("對折", 50, true),
            ("过半", 50, true),
            ("過半", 50, true),
        ];
        let (word, value, share) = FIXED.iter().find(|(word, _, _)| rest.starts_with(word))?;
        let after = at + word.len();
        let discount = word.ends_with('折') && !self.text[..at].ends_with('打');
        if discount || is_masked(self.masked, &(at..after)) {
            return None;
        }
        let (name, kind) =
            if *share { ("percent", QuantityKind::Percent) } else { ("times", QuantityKind::Other) };
        let unit = Unit { name: name.into(), kind, factor: Decimal::ONE };
        let read = Numeral::exact(at..after, Decimal::from(*value), Form::Words);
        let (mut comparator, start, end) = self.bounds(at, after, None, &unit, &read);
        if word.starts_with('过') || word.starts_with('過') {
            comparator = Comparator::MoreThan;
        }
        let mut found = Found::bounded(start..end, &unit, &read, comparator)?;
        if *share {
            found.scope = self.scope(start, end);
        }
        Some((found, end))
    }

    /// The number at `at` and its unit.
    fn measure(&self, at: usize) -> Option<Measure> {
        if self.text[at..].starts_with('半') {
            return self.half_share(at).or_else(|| self.half(at));
        }
        let read = numeral(self.text, at, Reading::default())?;
        let words = !matches!(read.form, Form::Digits);
        let after = self.text[read.range.end..].chars().next();
        // 十五五 is a plan, no number.
        if words
            && after.is_some_and(|c| {
                begins(c)
                    && !matches!(c, '几' | '数' | '上' | '半' | '负' | '十')
                    && arabic(c).is_none()
                    && c != '.'
                    && c != '-'
            })
            && read.form == Form::Words
        {
            return Some(Measure {
                start: at,
                end: read.range.end + after.map_or(0, char::len_utf8),
                read,
                unit: None,
                bound: None,
            });
        }
        let (mut start, mut end) = (at, read.range.end);
        let mut read = read;
        if read.form == Form::Percent {
            return Some(Measure { start, end, unit: Some(share(Decimal::ONE)), read, bound: None });
        }
        if read.form == Form::Fraction {
            return Some(Measure { start, end, unit: Some(share(Decimal::ONE_HUNDRED)), read, bound: None });
        }
        let mut bound = self.inner_bound(&mut end, &read);
        if let Some((unit, begin)) = self.sign_before(at) {
            start = begin;
            end = self.currency_after(end, &unit);
            return Some(Measure { start, end, unit: Some(unit), read, bound });
        }
        let space = self.text[end..].len() - self.text[end..].trim_start_matches([' ', '\u{a0}']).len();
        if let Some((unit, length)) = self.and_more(end) {
            return Some(Measure {
                start,
                end: end + length,
                unit: Some(unit),
                read,
                bound: Some(Comparator::MoreThan),
            });
        }
        let half = self.text[end..].starts_with("个半") || self.text[end..].starts_with("個半");
        let place = end + space + if half { "个半".len() } else { 0 };
        let unit = self.unit_at(place, &read, half);
        if let Some((unit, length)) = unit {
            end = place + length;
            if half {
                read = add(read, Decimal::new(5, 1));
            }
            let (unit, read) = self.refine(unit, read, &mut end)?;
            bound = bound.or_else(|| {
                self.inner_bound(&mut end, &read).filter(|_| unit.kind == QuantityKind::Duration)
            });
            return Some(Measure { start, end, unit: Some(unit), read, bound });
        }
        Some(Measure { start, end, read, unit: None, bound })
    }

    /// 个多月, 个多星期 after a number.
    fn and_more(&self, at: usize) -> Option<(Unit, usize)> {
        let after = ["个多", "個多", "个余"].into_iter().find_map(|w| self.text[at..].strip_prefix(w))?;
        let joined: String = std::iter::once('个').chain(after.chars().take(3)).collect();
        let (unit, length) = UNITS.chinese_at(&joined).filter(|(u, _)| u.kind == QuantityKind::Duration)?;
        Some((unit.clone(), "个多".len() + length - '个'.len_utf8()))
    }

    /// 半成, 半折.
    fn half_share(&self, at: usize) -> Option<Measure> {
        let end = ["半成", "半折"].into_iter().find(|w| self.text[at..] == **w).map(|w| at + w.len())?;
        let value = if self.text.ends_with('成') { 5 } else { 50 };
        let read = Numeral::exact(at..end, Decimal::from(value), Form::Percent);
        Some(Measure { start: at, end, read, unit: Some(share(Decimal::ONE)), bound: None })
    }

    /// 半年, 半小时, 半个月.
    fn half(&self, at: usize) -> Option<Measure> {
        let mut place = at + '半'.len_utf8();
        let rest = &self.text[place..];
        if rest.starts_with(['个', '個']) && !rest.starts_with("个月") && !rest.starts_with("個月") {
            place += '个'.len_utf8();
        }
        let (unit, length) =
            UNITS.chinese_at(&self.text[place..]).filter(|(u, _)| u.kind == QuantityKind::Duration)?;
        let end = place + length;
        let next = self.text[end..].chars().next();
        // 下半年, 上半年, 半年报 are dates or words.
        let word = self.text[..at].ends_with(['上', '下', '前', '后', '後', '大', '夜'])
            || matches!(next, Some('报' | '報' | '度' | '线'));
        let read = Numeral::exact(at..end, Decimal::new(5, 1), Form::Words);
        (!word && unit.name != "d").then(|| Measure {
            start: at,
            end,
            read,
            unit: Some(unit.clone()),
            bound: None,
        })
    }

    /// 多 and 余 between number and unit: 3000多欧元. They move `end`.
    fn inner_bound(&self, end: &mut usize, read: &Numeral) -> Option<Comparator> {
        let rest = &self.text[*end..];
        let trimmed = rest.trim_start_matches(' ');
        let word =
            ["多", "余", "餘", "来", "來", "(含)", "（含）"].into_iter().find(|w| trimmed.starts_with(w))?;
        let after = &trimmed[word.len()..];
        let next = after.trim_start_matches(' ');
        let unit = UNITS.chinese_at(next).is_some()
            || next.starts_with(['元', '圆', '圓'])
            || counting_zh::measure(next).is_some()
            || counting_zh::direct(next).is_some();
        let closing = next.is_empty() || next.starts_with(['，', '。', '、', '；', ',']);
        if word.ends_with(['）', ')']) {
            *end = self.text.len() - after.len();
            return None;
        }
        if !(unit || closing && !matches!(word, "来" | "來"))
            || after.starts_with(['年', '月'])
                && matches!(word, "来" | "來")
                && read.low % Decimal::TEN != Decimal::ZERO
        {
            return None;
        }
        *end = self.text.len() - after.len();
        Some(if matches!(word, "来" | "來") { Comparator::Approximate } else { Comparator::MoreThan })
    }

    /// 人民币, ￥ or USD before the number.
    fn sign_before(&self, at: usize) -> Option<(Unit, usize)> {
        let before = self.text[..at].trim_end_matches([' ', '\u{a0}']);
        if let Some((unit, start)) = UNITS.money_before(before) {
            let yen = unit.name == "CNY"
                && before.ends_with(['¥', '￥'])
                && self.text.contains(['円', '圓'])
                && self.text.contains('日');
            return Some((if yen { UNITS.code("JPY")?.clone() } else { unit.clone() }, start));
        }
        let (unit, start) = UNITS.chinese_money_before(before)?;
        let name = &before[start..];
        // 一元, 块 before a number belong to what stands before them.
        let own = name.chars().count() > 1
            && !self.text[..start].ends_with(|c: char| begins(c) || matches!(c, '多' | '余'));
        (own && !matches!(name, "块钱" | "塊錢")).then(|| (unit.clone(), start))
    }

    /// 元 and 块 after a number that already has its currency: 人民币50元, 港币两千元.
    fn currency_after(&self, end: usize, unit: &Unit) -> usize {
        let rest = self.text[end..].trim_start_matches(' ');
        let skipped = self.text[end..].len() - rest.len();
        for word in ["元整", "圆整", "圓整", "元", "圆", "圓", "块"] {
            if rest.starts_with(word)
                && !UNITS.chinese_at(rest).is_some_and(|(u, l)| l > word.len() && u.name != unit.name)
            {
                return end + skipped + word.len();
            }
        }
        match UNITS.chinese_at(rest) {
            Some((u, length)) if u.name == unit.name && u.factor == Decimal::ONE => end + skipped + length,
            _ => end,
        }
    }

    /// The unit at `place`; 元 by itself is the page's own currency.
    fn unit_at(&self, place: usize, read: &Numeral, half: bool) -> Option<(Unit, usize)> {
        let rest = &self.text[place..];
        let found =
            UNITS.chinese_at(rest).or_else(|| spaced_points(rest)).map(|(u, length)| (u.clone(), length));
        if let Some((unit, length)) = found {
            let fits = self.fits(&unit, &rest[..length], &rest[length..], read, half);
            return fits.then_some((unit, length));
        }
        let own = ["元整", "圆整", "圓整", "元", "圆", "圓"].into_iter().find(|w| rest.starts_with(w))?;
        let after = &rest[own.len()..];
        if own == "元"
            && after.starts_with(['素', '首', '旦', '件', '宇', '年', '老', '帅', '器', '月', '代'])
            && !after.starts_with("月")
        {
            return None;
        }
        let foreign = UNITS
            .chinese_at(after)
            .filter(|(u, _)| u.kind == QuantityKind::Money && !after.starts_with(['块', '塊', '镑']));
        if let Some((unit, length)) = foreign {
            return Some((unit.clone(), own.len() + length));
        }
        let iso = match self.setting.region {
            Region::Taiwan => "TWD",
            Region::HongKong => "HKD",
            Region::Mainland => "CNY",
        };
        Some((UNITS.code(iso)?.clone(), own.len()))
    }

    /// Whether a unit is one here.
    fn fits(&self, unit: &Unit, word: &str, after: &str, read: &Numeral, half: bool) -> bool {
        let next = after.chars().next();
        let one_char = word.chars().count() == 1;
        let digit = read.form == Form::Digits;
        match word {
            "成" => {
                !next.is_some_and(|c| "为為立功本员員果长長绩績分交人年品就语語效套型都熟千上份".contains(c))
                    && read.high <= Decimal::TEN
            }
            "点" | "點" => {
                digit
                    && !next.is_some_and(|c| {
                        "前后後半左钟鐘整的多之以到至开開分".contains(c) || arabic(c).is_some()
                    })
                    && read.low >= Decimal::from(24)
            }
            "年" => {
                !next.is_some_and(|c| "级級代度报報龄齡终終初底末".contains(c))
                    && read.low < Decimal::from(10_000)
            }
            "天" => !next.is_some_and(|c| "然空津".contains(c)),
            "日" => {
                (digit || after.is_empty() || after.starts_with(['内', '內']))
                    && read.low >= Decimal::TWO
                    && !next.is_some_and(|c| "元圆圓币幣本报報".contains(c))
            }
            "周" | "週" => !next.is_some_and(|c| "边邊年末岁".contains(c)),
            "時" => false,
            "升" => !next.is_some_and(|c| "至到级級值".contains(c)) && digit,
            "方" => digit && next.is_none_or(|c| !is_han(c)),
            "克" => !next.is_some_and(|c| "拉朗服".contains(c)),
            "磅" | "伏" | "瓦" | "载" | "哩" | "米" => {
                digit || read.form == Form::Words && !next.is_some_and(|c| "兰德".contains(c))
            }
            "块" | "塊" => self.is_money_piece(after),
            "倍" | "倍数" => !half,
            "桶" | "吨" | "噸" | "公里" => true,
            "pct" | "bp" | "BP" => digit,
            _ => !(one_char && unit.kind == QuantityKind::Money && half),
        }
    }

    /// 三块 is money where nothing is counted by the piece: 三块, 三块钱, 十块三毛, not 三块蛋糕.
    fn is_money_piece(&self, after: &str) -> bool {
        let next = after.chars().next();
        next.is_none_or(|c| !is_han(c) || "钱錢左上以多一二三四五六七八九的和".contains(c))
    }

    /// What follows a unit and belongs to the number: 三年半, 五元三毛, 七成六, 两小时20分钟.
    fn refine(&self, unit: Unit, read: Numeral, end: &mut usize) -> Option<(Unit, Numeral)> {
        let rest = &self.text[*end..];
        if unit.kind == QuantityKind::Duration && rest.starts_with('半') && !rest.starts_with("半数") {
            *end += '半'.len_utf8();
            return Some((unit, add(read, Decimal::new(5, 1))));
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
    fn tenths(&self, unit: Unit, read: Numeral, end: &mut usize) -> (Unit, Numeral) {
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
    fn small_change(&self, unit: &Unit, read: Numeral, end: &mut usize) -> Numeral {
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

    /// A number that names: 第三, 2026年 as part of a label, 5G, 财税〔2016〕36号, 10:30.
    fn is_label(&self, measure: &Measure) -> bool {
        let (before, after) = (&self.text[..measure.start], &self.text[measure.end..]);
        let ordinal = before.trim_end().ends_with(['第', '〔', '［', '['])
            || before.ends_with(':')
            || before.ends_with('：') && measure.unit.is_none() && after.starts_with([':', '：']);
        let number = after.starts_with(['号', '號', ':', '：', '∶']) && measure.unit.is_none()
            || after.starts_with(['时', '時']) && !after.starts_with("时间") && measure.unit.is_none();
        let code = measure.unit.is_none()
            && measure.end == measure.read.range.end
            && after.starts_with(|c: char| c.is_ascii_alphabetic())
            && counting_zh::noun(after).is_none_or(|n| n.start > 0);
        let bracket = after.starts_with(['〕', ']']);
        ordinal || number || code || bracket
    }

    /// 5%至10%, 1万-5万元, 从8500到3万港元.
    fn range(&self, first: &Measure) -> Option<(Option<Found>, usize)> {
        let rest = &self.text[first.end..];
        let trimmed = rest.trim_start_matches(' ');
        let dash =
            trimmed.len() - trimmed.trim_start_matches(['-', '—', '–', '－', '~', '～', '〜', '─']).len();
        let join = if dash > 0 {
            dash
        } else {
            ["至", "到", "或"].into_iter().find(|w| trimmed.starts_with(w)).map_or(0, str::len)
        };
        if join == 0 || first.read.form == Form::Vague && first.unit.is_none() {
            return None;
        }
        let gap = rest.len() - trimmed.len() + join;
        let mut place = first.end + gap;
        place += self.text[place..].len() - self.text[place..].trim_start_matches(' ').len();
        if let Some((_, length)) = UNITS.sign_at(&self.text[place..]) {
            place += length;
        }
        let second = self.measure(place).filter(|m| !is_masked(self.masked, &(m.read.range.start..m.end)))?;
        let same = match (&first.unit, &second.unit) {
            (Some(a), Some(b)) => a.name == b.name && a.factor == b.factor,
            (Some(a), None) => a.kind == QuantityKind::Money,
            _ => true,
        };
        let mut low = first.read.clone();
        low.borrow_scale(&second.read);
        if trimmed.starts_with('或') && first.unit.is_some() || !same || low.high >= second.read.low {
            return None;
        }
        let (unit, end) = match second.unit.clone().or_else(|| first.unit.clone()) {
            Some(unit) => (unit, second.end),
            None => self.counted(&second)?,
        };
        let from = self.text[..first.start].ends_with(['从', '從', '由']);
        let start = first.start - if from { '从'.len_utf8() } else { 0 };
        let read = Numeral { low: low.low, high: second.read.high, more: false, ..low };
        let (comparator, begin, end) = self.bounds(start, end, None, &unit, &read);
        let comparator = if matches!(comparator, Comparator::Exact | Comparator::Approximate) {
            Comparator::Range
        } else {
            comparator
        };
        let found = Found::bounded(begin.max(first.start.min(begin))..end, &unit, &read, comparator)
            .map(|f| self.finish(f));
        Some((found, end))
    }

    fn single(&self, measure: Measure) -> Option<(Found, usize)> {
        if let Some(discount) = self.discount(&measure) {
            return Some(discount);
        }
        let (unit, end) = match measure.unit.clone() {
            Some(unit) => (unit, measure.end),
            None => self.counted(&measure)?,
        };
        let read = self.bare_one(&unit, &measure)?;
        let (comparator, start, end) = self.bounds(measure.start, end, measure.bound, &unit, &read);
        let found = Found::bounded(start..end, &unit, &read, comparator)?;
        Some((self.finish(found), end))
    }

    /// 一家公司 is "a company": 一 counts only people, money, time and other true units.
    fn bare_one(&self, unit: &Unit, measure: &Measure) -> Option<Numeral> {
        let one =
            measure.read.form == Form::Words && measure.read.high == Decimal::ONE && measure.read.is_exact();
        let weak = unit.kind == QuantityKind::Count && unit.name != "人"
            || unit.kind == QuantityKind::Duration
                && (matches!(unit.name.as_str(), "d" | "s" | "min"))
                && self.text[measure.end..].starts_with(|c: char| is_han(c) && !"内后前的以之".contains(c));
        (!(one && weak)).then(|| measure.read.clone())
    }

    /// 打七折, 八五折.
    fn discount(&self, measure: &Measure) -> Option<(Found, usize)> {
        let rest = self.text[measure.end..].trim_start();
        if measure.unit.is_some()
            || !rest.starts_with('折')
            || rest.starts_with("折叠")
            || rest.starts_with("折合")
            || rest.starts_with("折腾")
        {
            return None;
        }
        let end = self.text.len() - rest.len() + '折'.len_utf8();
        let mut read = measure.read.clone();
        if read.high > Decimal::ONE_HUNDRED || read.high == Decimal::TEN || read.form == Form::Vague {
            return None;
        }
        // 三八折 reads its digits one by one; 五六折 is a span only where it is not.
        if read.high < Decimal::TEN {
            read = read.times(Decimal::TEN)?;
        }
        let unit = share(Decimal::ONE);
        Some((Found::bounded(measure.start..end, &unit, &read, Comparator::Exact)?, end))
    }

    /// What is counted: 12万颗芯片, 1.2万人.
    fn counted(&self, measure: &Measure) -> Option<(Unit, usize)> {
        let spaces = |at: usize| at + self.text[at..].len() - self.text[at..].trim_start_matches(' ').len();
        let at = spaces(measure.end);
        let rest = &self.text[at..];
        let count =
            |name: &str| Unit { name: name.to_owned(), kind: QuantityKind::Count, factor: Decimal::ONE };
        if let Some(length) = counting_zh::measure(rest) {
            let after = at + length + usize::from(false);
            let after = after
                + ["余", "多"].iter().find(|w| self.text[after..].starts_with(**w)).map_or(0, |w| w.len());
            if let Some(noun) = counting_zh::noun(&self.text[after..]) {
                return Some((count(&self.text[after + noun.start..after + noun.end]), after + noun.end));
            }
            return Some((count(&rest[..length]), at + length));
        }
        if let Some(length) = counting_zh::direct(rest) {
            let bare = measure.read.form == Form::Digits
                || measure.read.scale > Decimal::ONE
                || matches!(&rest[..length], "人" | "人次" | "国" | "國" | "死" | "伤");
            return bare.then(|| (count(&rest[..length]), at + length));
        }
        let noun = counting_zh::noun(rest)
            .filter(|n| n.start <= '国'.len_utf8() * 4 && measure.read.form == Form::Digits)?;
        (noun.start == 0 || measure.read.low >= Decimal::TEN)
            .then(|| (count(&rest[noun.clone()]), at + noun.end))
    }

    /// The bounds before and after.
    fn bounds(
        &self,
        start: usize,
        end: usize,
        inner: Option<Comparator>,
        unit: &Unit,
        read: &Numeral,
    ) -> (Comparator, usize, usize) {
        let before = self.text[..start].trim_end_matches(' ');
        let front = BOUNDS
            .chinese_before(before)
            .filter(|(is, at)| self.bounds_here(*is, *at, start, end, unit, read));
        let spaces = self.text[end..].len() - self.text[end..].trim_start_matches(' ').len();
        let back = BOUNDS
            .chinese_after(&self.text[end + spaces..])
            .filter(|(is, length)| self.follows(end + spaces, *is, *length, unit));
        let after = back.map_or(end, |(_, length)| end + spaces + length);
        if let Some((is, at)) = front {
            return (
                is,
                at,
                if is == Comparator::Approximate || back.is_some_and(|(b, _)| b == is) {
                    after
                } else {
                    end.max(after)
                },
            );
        }
        match back {
            Some((is, _)) => (is, start, after),
            None => (inner.unwrap_or(Comparator::Exact), start, end),
        }
    }

    /// 最近, 附近, 近三年 and 超 in 超级 are no bounds.
    fn bounds_here(
        &self,
        is: Comparator,
        at: usize,
        start: usize,
        end: usize,
        unit: &Unit,
        read: &Numeral,
    ) -> bool {
        let word = self.text[at..start].trim();
        let before = self.text[..at].chars().next_back();
        match word {
            "近" => {
                let joined = before.is_some_and(|c| "最附靠临邻远鄰臨遠新将接".contains(c));
                let span = unit.kind == QuantityKind::Duration
                    && (self.text[end..].starts_with(['来', '來', '内', '间', '以'])
                        || read.high < Decimal::from(6) && !self.after_span_verb(at));
                !joined && !span
            }
            "约" | "約" => !before.is_some_and(|c| "条合節节预預签簽北纽紐大契公".contains(c)),
            "超" => !before.is_some_and(|c| "赶中英高反趕".contains(c)),
            "破" => !before.is_some_and(|c| "突打侦".contains(c)) && is == Comparator::MoreThan,
            "估计" | "大概" => true,
            _ => true,
        }
    }

    /// 历时近三年: after such a verb 近 is "nearly".
    fn after_span_verb(&self, at: usize) -> bool {
        [
            "历时", "長達", "长达", "为期", "耗时", "用时", "时隔", "持续", "持續", "歷時", "了", "已",
            "已有", "工作",
        ]
        .iter()
        .any(|w| self.text[..at].ends_with(w))
    }

    fn follows(&self, at: usize, is: Comparator, length: usize, unit: &Unit) -> bool {
        let word = &self.text[at..at + length];
        let after = &self.text[at + length..];
        match word {
            "多" | "余" | "餘" | "强" => {
                unit.kind == QuantityKind::Duration && matches!(word, "多" | "余")
                    || after.is_empty()
                    || after.starts_with(['，', '。', '、'])
            }
            "起" => unit.kind == QuantityKind::Money && !after.starts_with(['来', '到', '诉', '草', '步']),
            "以上" | "以下" => {
                !after.starts_with("所述") && unit.name != "d" || is == Comparator::AtLeast
            }
            "以内" | "之内" => true,
            "前后" => unit.kind != QuantityKind::Percent,
            "许" => false,
            _ => true,
        }
    }

    fn finish(&self, mut found: Found) -> Found {
        found.per = self.per(&found);
        if found.kind == QuantityKind::Percent {
            found.scope = self.scope(found.range.start, found.range.end);
        }
        found
    }

    /// 每年, 年产, 每股, /年.
    fn per(&self, found: &Found) -> Option<String> {
        let after = &self.text[found.range.end..];
        const AFTER: &[(&str, &str)] = &[
            ("/年", "a"),
            ("每年", "a"),
            ("/月", "mo"),
            ("每月", "mo"),
            ("/日", "d"),
            ("/天", "d"),
            ("每日", "d"),
            ("每天", "d"),
            ("/小时", "h"),
            ("每小时", "h"),
            ("每股", "股"),
            ("/股", "股"),
            ("/吨", "t"),
            ("每吨", "t"),
            ("/桶", "[bbl_us]"),
            ("每桶", "[bbl_us]"),
            ("/人", "人"),
            ("/片", "片"),
            ("/秒", "s"),
            ("每秒", "s"),
        ];
        if let Some((_, unit)) = AFTER.iter().find(|(word, _)| {
            after.starts_with(word)
                && !(word.starts_with('每') && after[word.len()..].starts_with(|c: char| arabic(c).is_some()))
        }) {
            return Some((*unit).into());
        }
        const BEFORE: &[(&str, &str)] = &[
            ("每年", "a"),
            ("年产", "a"),
            ("年產", "a"),
            ("年产能", "a"),
            ("年產能", "a"),
            ("年均", "a"),
            ("每年生产", "a"),
            ("每月", "mo"),
            ("月产", "mo"),
            ("月產", "mo"),
            ("月产能", "mo"),
            ("月產能", "mo"),
            ("每周", "wk"),
            ("每週", "wk"),
            ("每日", "d"),
            ("每天", "d"),
            ("日产", "d"),
            ("日均", "d"),
            ("每小时", "h"),
            ("每股", "股"),
            ("每桶", "[bbl_us]"),
            ("每吨", "t"),
            ("每人", "人"),
            ("人均", "人"),
            ("每秒", "s"),
            ("每平方米", "m2"),
            ("每辆", "辆"),
            ("每颗", "颗"),
            ("每片", "片"),
            ("每股作价", "股"),
        ];
        let before = self.text[..found.range.start].trim_end_matches([
            ' ', '约', '約', '达', '達', '为', '為', '近', '超', '过', '過', '可', '有', '逾', '到',
        ]);
        let near = before.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
        let clause = before[near..].rsplit(['，', '。', '、', '；', ',']).next().unwrap_or_default();
        let each = |word: &str| {
            word.starts_with('每') && clause.contains(word) && !clause.contains(|c: char| arabic(c).is_some())
        };
        BEFORE
            .iter()
            .find(|(word, _)| before.ends_with(word) || each(word))
            .map(|(_, unit)| (*unit).to_owned())
    }

    /// 80%的芯片, or 国产芯片占比80%.
    fn scope(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let after = &self.text[end..];
        if let Some(rest) = after.strip_prefix('的') {
            let length = phrase_length(rest);
            let at = end + '的'.len_utf8();
            return (length > 0).then(|| at..at + length);
        }
        // 占收入的20.8%, 约为对手产品的60%
        let before = self.text[..start].trim_end();
        if let Some(whole) = before.strip_suffix('的') {
            let from = whole
                .rfind([
                    '，', '。', '、', '；', '：', ',', '占', '佔', '为', '為', '是', '达', '達', '到', '约',
                    '約', '于', '於',
                ])
                .map_or(0, |b| b + whole[b..].chars().next().map_or(1, char::len_utf8));
            return (from < whole.len()).then_some(from..whole.len());
        }
        let dated = self.masked.iter().map(|m| m.end).filter(|e| *e <= start).max().unwrap_or(0);
        const SHARES: &[&str] = &[
            "占比",
            "佔比",
            "比例",
            "比重",
            "份额",
            "份額",
            "国产化率",
            "國產化率",
            "自给率",
            "自給率",
            "占有率",
            "佔有率",
            "使用率",
            "渗透率",
            "滲透率",
        ];
        let clause_start = self.text[..start]
            .rfind(['，', '。', '、', '；', '：', ',', '（', '(', '“', '「'])
            .map_or(0, |b| b + self.text[b..].chars().next().map_or(1, char::len_utf8));
        let clause_start = clause_start.max(dated);
        let clause = &self.text[clause_start..start];
        // 增加值占GDP比重: a share of the GDP.
        let clause_start = clause
            .char_indices()
            .rev()
            .find(|&(at, c)| {
                matches!(c, '占' | '佔')
                    && !clause[at..].starts_with("占比")
                    && !clause[at..].starts_with("佔比")
                    && !clause[at..].starts_with("占有")
            })
            .map_or(clause_start, |(at, c)| clause_start + at + c.len_utf8());
        let clause = &self.text[clause_start..start];
        let (word, at) =
            SHARES.iter().filter_map(|w| clause.rfind(w).map(|at| (*w, at))).max_by_key(|(_, at)| *at)?;
        let subject = clause[..at].trim_end_matches(['的', ' ']);
        let rate = word.ends_with('率');
        let stop = if rate { clause_start + at + word.len() } else { clause_start + subject.len() };
        (stop > clause_start).then_some(clause_start..stop)
    }
}

/// 个 百 分 点, set with spaces.
fn spaced_points(text: &str) -> Option<(&'static Unit, usize)> {
    let (mut plain, mut length) = (String::new(), 0);
    for (at, c) in text.char_indices().take(16) {
        if c != ' ' {
            plain.push(c);
        }
        length = at + c.len_utf8();
        if matches!(c, '点' | '點') {
            break;
        }
    }
    let (unit, _) =
        UNITS.chinese_at(&plain).filter(|(u, l)| u.name == "percentage_point" && *l == plain.len())?;
    Some((unit, length))
}

/// The noun phrase that begins `text`: Han characters, letters and digits up to a stop.
fn phrase_length(text: &str) -> usize {
    const STOPS: &str = "的了在是和与與及将將被已向从從对對为為以于於并並而等都必须須应應会會来來由打";
    text.char_indices()
        .take(12)
        .find(|&(_, c)| STOPS.contains(c) || !c.is_alphanumeric())
        .map_or_else(|| text.char_indices().nth(12).map_or(text.len(), |(at, _)| at), |(at, _)| at)
}

fn share(factor: Decimal) -> Unit {
    Unit { name: "percent".into(), kind: QuantityKind::Percent, factor }
}

fn add(read: Numeral, more: Decimal) -> Numeral {
    match (read.low.checked_add(more), read.high.checked_add(more)) {
        (Some(low), Some(high)) => Numeral { low, high, ..read },
        _ => read,
    }
}
