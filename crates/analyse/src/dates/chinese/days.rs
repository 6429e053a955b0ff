//! Days in digits, by distance, alone.

use super::super::Sort;
use super::super::calendar::{When, day, shift};
use super::super::numeric::numeric;
use super::words::WORDS;
use super::{Read, Reader};
use crate::quantities::numerals_zh::{arabic, begins};

impl Reader<'_> {
    /// 2010-01-29, 2020/1/2, 13.5.2015, 20240307
    pub(super) fn digits(&self, at: usize) -> Option<Read> {
        let first = self.rest(at).chars().next().filter(char::is_ascii_digit)?;
        debug_assert!(first.is_ascii());
        if let Some(read) = self.compact(at) {
            return Some(read);
        }
        let slash = self.rest(at).trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('/');
        let (when, complete, end) =
            numeric(self.text, at, self.day, || self.now(), slash && self.text.len() < 40, true)?;
        let unit =
            self.rest(end).chars().next().is_some_and(|c| "元%％倍亿万千百个年月日吨米家名".contains(c));
        let month = matches!(when, When::Month(..));
        let dotted = month && self.text[at..end].contains(['.', '．'])
            || month && !self.text[at..end].contains('/') && self.text[..at].ends_with(['从', '至']);
        if unit || dotted && month {
            return None;
        }
        let sort = if month { Sort::Period } else { Sort::Day };
        self.done(Some(when), end, sort, complete)
    }

    pub(super) fn compact(&self, at: usize) -> Option<Read> {
        let rest = self.rest(at);
        let width = rest.bytes().take_while(u8::is_ascii_digit).count();
        let free = !self.text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || "-./_".contains(c))
            && !rest[width..].starts_with(|c: char| c.is_ascii_alphanumeric() || "-.%元".contains(c));
        if width != 8 || !free {
            return None;
        }
        let year: i16 = rest[..4].parse().ok().filter(|y| (1900..2100).contains(y))?;
        let date = day(year, rest[4..6].parse().ok()?, rest[6..8].parse().ok()?)?;
        self.done(Some(When::Day(date)), at + 8, Sort::Day, true)
    }

    /// 昨天, 大后天
    pub(super) fn relative_day(&self, at: usize) -> Option<Read> {
        let (_, word) = WORDS.days.beginning(self.rest(at))?;
        let before = &self.text[..at];
        let inside = before.ends_with(|c: char| begins(c) && c != '上') && word.by != 0
            || before.ends_with(['以', '之', '从']) && word.name.starts_with(['前', '后'])
            || word.name == "前日" && before.ends_with('日')
            || word.name == "前日" && self.rest(at + word.name.len()).starts_with('本')
            || word.name == "今天" && self.rest(at + word.name.len()).starts_with('津')
            || word.name.starts_with('明') && before.ends_with(['光', '文', '声', '说', '证']);
        let note = word.name.strip_suffix('（').map(|w| at + w.len());
        if let Some(place) = note {
            let (_, end) = self.small(place + '（'.len_utf8(), 31)?;
            let end = self.starts(end, &["日）", "号）"])?;
            return self.done(Some(When::Day(self.day)), end, Sort::Day, false);
        }
        if inside {
            return None;
        }
        let end = at + word.name.len();
        // 今日（9日）: the day is stated once more.
        self.done(shift(self.day, word.by).map(When::Day), end, Sort::Day, false)
    }

    /// 29日, 12号
    pub(super) fn day_alone(&self, at: usize) -> Option<Read> {
        let before = &self.text[..at];
        let joined = before.ends_with(|c: char| {
            c.is_ascii_alphanumeric() || begins(c) && c != '上' || "第-.,/年月、〕］])）字".contains(c)
        }) && !before.ends_with('、');
        let digit = self.rest(at).starts_with(|c| arabic(c).is_some());
        let (date, end) = self.small(at, 31).filter(|_| !joined)?;
        let stop = self.starts(end, &["日", "号", "號"])?;
        let number = !self.rest(end).starts_with('日');
        let after = self.rest(stop);
        let label = number
            && after.starts_with(|c: char| {
                "文令线線楼樓院馆机機公法决決提议議店房门門厅井岛船舰艦馆站坑员專专工通批楼车車种".contains(c)
            });
        let length = after.starts_with(['内', '後', '后', '元', '圆', '币', '本', '游', '间'])
            || after.starts_with("之内")
            || after.starts_with("以内")
            || after.starts_with("以上")
            || after.starts_with("左右")
            || after.starts_with("以后");
        let lone = after.is_empty() || self.text.chars().count() < 12;
        let spelled = !(digit || number || lone);
        // 南海大道21号
        let address =
            number && before.ends_with(['路', '街', '道', '巷', '弄', '段', '村', '区', '區', '镇']);
        if label || length || spelled || address {
            return None;
        }
        self.done(self.now().month_of_day(date).map(When::Day), self.weekday_note(stop), Sort::Day, false)
    }
}
