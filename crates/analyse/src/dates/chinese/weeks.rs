//! Weeks and their days.

use super::super::Sort;
use super::super::calendar::{When, monday, nearest, shift, week};
use super::{Read, Reader, opens};
use crate::quantities::numerals_zh::begins;
use jiff::civil::Weekday;

impl Reader<'_> {
    /// 周三, 星期一, 禮拜日
    pub(super) fn weekday_name(&self, at: usize) -> Option<(Weekday, usize)> {
        let place = self.starts(at, &["星期", "礼拜", "禮拜", "周", "週"])?;
        let c = self.rest(place).chars().next()?;
        let weekday = match c {
            '一' | '1' => Weekday::Monday,
            '二' | '2' => Weekday::Tuesday,
            '三' | '3' => Weekday::Wednesday,
            '四' | '4' => Weekday::Thursday,
            '五' | '5' => Weekday::Friday,
            '六' | '6' => Weekday::Saturday,
            '日' | '天' | '7' => Weekday::Sunday,
            _ => return None,
        };
        let end = place + c.len_utf8();
        let more = self.rest(end).chars().next();
        let short = self.rest(at).starts_with(['周', '週']);
        // 周四一度下跌, 周三两次
        let apart = ["一度", "一早", "两次", "兩次", "再"].iter().any(|w| self.rest(end).starts_with(w));
        let longer = more
            .is_some_and(|n| begins(n) && !apart && !matches!(n, '上') && c != '日' && c != '天')
            || short && c == '天'
            || short && c == '日' && more.is_some_and(|n| "报報刊".contains(n))
            || c.is_ascii_digit() && short && more.is_some_and(|n| n.is_ascii_digit());
        (!longer).then_some((weekday, end))
    }

    /// 上周三, 下下周日, 这个星期一, 周三
    pub(super) fn weekday(&self, at: usize) -> Option<Read> {
        let before = &self.text[..at];
        if let Some((by, place)) = self.week_prefix(at) {
            let (weekday, end) = self.weekday_name(place)?;
            let date = shift(monday(self.day, by)?, i32::from(weekday.to_monday_zero_offset()));
            return self.done(date.map(When::Day), end, Sort::Day, false);
        }
        if before.ends_with(['每', '逢'])
            || before.ends_with(|c: char| begins(c) && c != '上')
            || before.ends_with(['个', '個']) && !before.ends_with("这个")
        {
            return None;
        }
        let (weekday, end) = self.weekday_name(at)?;
        self.done(nearest(self.day, weekday, self.now().future).map(When::Day), end, Sort::Day, false)
    }

    /// 上, 本, 下下个 before a week: how many weeks on, and where 周 stands.
    pub(super) fn week_prefix(&self, at: usize) -> Option<(i32, usize)> {
        const PREFIXES: &[(&str, i32)] = &[
            ("上上上", -3),
            ("下下下", 3),
            ("上上", -2),
            ("下下", 2),
            ("上一", -1),
            ("下一", 1),
            ("上", -1),
            ("下", 1),
            ("本", 0),
            ("这", 0),
            ("這", 0),
            ("当", 0),
        ];
        let (word, by) = PREFIXES.iter().find(|(w, _)| opens(self.rest(at), w))?;
        let place = at + word.len();
        let place = self.starts(place, &["个", "個"]).unwrap_or(place);
        let week = self.starts(place, &["星期", "礼拜", "禮拜", "周", "週"]).is_some();
        week.then_some((*by, place))
    }

    /// 下周, 本周末, 周末
    pub(super) fn week(&self, at: usize) -> Option<Read> {
        let (by, place) =
            self.week_prefix(at).or_else(|| self.starts(at, &["周末", "週末"]).map(|_| (0, at)))?;
        // 第11个周末
        if self.text[..at].ends_with(|c: char| matches!(c, '个' | '個' | '每') || begins(c) && c != '上')
        {
            return None;
        }
        let end = self.starts(place, &["星期", "礼拜", "禮拜", "周", "週"])?;
        if let Some(stop) = self.starts(end, &["末"]) {
            let saturday = shift(monday(self.day, by)?, 5)?;
            return self.done(Some(When::Days(saturday, shift(saturday, 1)?)), stop, Sort::Period, false);
        }
        let word = self.rest(end).starts_with(['期', '年', '边', '刊', '报', '转', '岁', '知', '密', '全']);
        self.done(week(self.day, by).filter(|_| !word), end, Sort::Period, false)
    }
}
