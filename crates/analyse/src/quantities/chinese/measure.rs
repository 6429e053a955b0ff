//! A number with the sign before it or the unit after it.

use super::super::counting_zh;
use super::super::numeral::{Form, Numeral};
use super::super::numerals_zh::{Reading, arabic, begins, numeral};
use super::super::units::{UNITS, Unit};
use super::parts::add;
use super::{Measure, Reader, share};
use crate::passage::{Region, is_han};
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;

impl<'a> Reader<'a> {
    /// The number at `at` and its unit.
    pub(super) fn measure(&self, at: usize) -> Option<Measure> {
        if self.text[at..].starts_with('半') {
            return self.half_share(at).or_else(|| self.half(at));
        }
        let read = numeral(self.text, at, Reading::default()).or_else(|| self.scale_alone(at))?;
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
        // 千分之五秒
        let rest = &self.text[end..];
        if let Some((unit, length)) = UNITS
            .chinese_at(rest)
            .filter(|(unit, _)| unit.kind == QuantityKind::Duration && rest.starts_with(['秒', '毫']))
            && let Some(part) = of_seconds(&read)
        {
            return Some(Measure {
                start,
                end: end + length,
                unit: Some(unit.clone()),
                read: part,
                bound: None,
            });
        }
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
            bound = bound.or_else(|| self.inner_bound(&mut end, &read));
            return Some(Measure { start, end, unit: Some(unit), read, bound });
        }
        Some(Measure { start, end, read, unit: None, bound })
    }

    /// 突破万亿元, 近千亿元, 逾百万人: after a word that bounds, a scale word alone is a number.
    fn scale_alone(&self, at: usize) -> Option<Numeral> {
        const SCALES: &[(&str, i64)] = &[
            ("万亿", 1_000_000_000_000),
            ("萬億", 1_000_000_000_000),
            ("千亿", 100_000_000_000),
            ("千億", 100_000_000_000),
            ("百亿", 10_000_000_000),
            ("百億", 10_000_000_000),
            ("亿", 100_000_000),
            ("億", 100_000_000),
            ("千万", 10_000_000),
            ("千萬", 10_000_000),
            ("百万", 1_000_000),
            ("百萬", 1_000_000),
            ("万", 10_000),
            ("萬", 10_000),
            ("千", 1_000),
            ("百", 100),
        ];
        let bound = self.text[..at].ends_with(['破', '超', '近', '逾', '过', '過', '达', '達']);
        let (word, value) = SCALES.iter().find(|(word, _)| bound && self.text[at..].starts_with(word))?;
        let end = at + word.len();
        let unit = self.text[end..].starts_with(['元', '人', '户'])
            || counting_zh::measure(&self.text[end..]).is_some()
            || UNITS.chinese_at(&self.text[end..]).is_some_and(|(unit, _)| unit.kind == QuantityKind::Money);
        let read = Numeral::exact(at..end, Decimal::from(*value), Form::Words);
        unit.then_some(Numeral { scale: read.low, ..read })
    }

    /// 个多月, 个多星期 after a number.
    pub(super) fn and_more(&self, at: usize) -> Option<(Unit, usize)> {
        let after = ["个多", "個多", "个余"].into_iter().find_map(|w| self.text[at..].strip_prefix(w))?;
        let joined: String = std::iter::once('个').chain(after.chars().take(3)).collect();
        let (unit, length) = UNITS.chinese_at(&joined).filter(|(u, _)| u.kind == QuantityKind::Duration)?;
        Some((unit.clone(), "个多".len() + length - '个'.len_utf8()))
    }

    /// 半成, 半折.
    pub(super) fn half_share(&self, at: usize) -> Option<Measure> {
        let end = ["半成", "半折"].into_iter().find(|w| self.text[at..] == **w).map(|w| at + w.len())?;
        let value = if self.text.ends_with('成') { 5 } else { 50 };
        let read = Numeral::exact(at..end, Decimal::from(value), Form::Percent);
        Some(Measure { start: at, end, read, unit: Some(share(Decimal::ONE)), bound: None })
    }

    /// 半年, 半小时, 半个月.
    pub(super) fn half(&self, at: usize) -> Option<Measure> {
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
    pub(super) fn inner_bound(&self, end: &mut usize, read: &Numeral) -> Option<Comparator> {
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
    pub(super) fn sign_before(&self, at: usize) -> Option<(Unit, usize)> {
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
            && !self.lasts(at)
            && !self.text[..start].ends_with(|c: char| begins(c) || matches!(c, '多' | '余'));
        (own && !matches!(name, "块钱" | "塊錢")).then(|| (unit.clone(), start))
    }

    /// 比特币七个月来: the number before a unit of time is no amount of what stands before it.
    fn lasts(&self, at: usize) -> bool {
        let end = numeral(self.text, at, Reading::default()).map_or(at, |read| read.range.end);
        UNITS.chinese_at(&self.text[end..]).is_some_and(|(unit, _)| unit.kind == QuantityKind::Duration)
    }

    /// 元 and 块 after a number that already has its currency: 人民币50元, 港币两千元.
    pub(super) fn currency_after(&self, end: usize, unit: &Unit) -> usize {
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
    pub(super) fn unit_at(&self, place: usize, read: &Numeral, half: bool) -> Option<(Unit, usize)> {
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
    pub(super) fn fits(&self, unit: &Unit, word: &str, after: &str, read: &Numeral, half: bool) -> bool {
        let next = after.chars().next();
        let one_char = word.chars().count() == 1;
        let digit = read.form == Form::Digits;
        match word {
            "成" => {
                // 四成人口 are people, 十成人 none.
                after.starts_with("人口")
                    || !next.is_some_and(|c| {
                        "为為立功本员員果长長绩績分交人年品就语語效套型都熟千上份".contains(c)
                    }) && read.high <= Decimal::TEN
            }
            "点" | "點" => {
                digit
                    && !next.is_some_and(|c| {
                        "前后後半左钟鐘整的多之以到至开開分".contains(c) || arabic(c).is_some()
                    })
                    && read.low >= Decimal::from(24)
            }
            "年" => {
                // 2024年第46号: the year of a document's number.
                let numbered = next == Some('第') && read.low >= Decimal::from(1900);
                !numbered
                    && !next.is_some_and(|c| "级級代度报報龄齡终終初底末".contains(c))
                    && (read.low < Decimal::from(10_000) || read.scale > Decimal::ONE_HUNDRED)
            }
            "天" => !next.is_some_and(|c| "然空津".contains(c)),
            "日" => {
                let row = self.text[..read.range.start].ends_with("连续")
                    || self.text[..read.range.start].ends_with("連續");
                (digit || row || after.is_empty() || after.starts_with(['内', '內']))
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
    pub(super) fn is_money_piece(&self, after: &str) -> bool {
        let next = after.chars().next();
        next.is_none_or(|c| !is_han(c) || "钱錢左上以多一二三四五六七八九的和".contains(c))
    }
}

/// A part of a second as it is stated: 千分之五 is 0.005.
fn of_seconds(read: &Numeral) -> Option<Numeral> {
    match read.form {
        Form::Fraction => Some(read.clone()),
        Form::Percent => Some(Numeral { form: Form::Fraction, ..read.clone().times(Decimal::new(1, 2))? }),
        _ => None,
    }
}

/// 个 百 分 点, set with spaces.
pub(super) fn spaced_points(text: &str) -> Option<(&'static Unit, usize)> {
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
