//! From one date to another.

use super::super::Sort;
use super::super::calendar::{When, day};
use super::{Read, Reader};
use crate::quantities::numerals_zh::arabic;

impl Reader<'_> {
    /// From one date to another, else the one that begins here.
    pub(super) fn range_or_single(&self, at: usize) -> Option<Read> {
        let open = self.starts(at, &["从", "從", "由", "自"]);
        let first_at = open.or_else(|| self.starts(at, &["在"])).unwrap_or(at);
        if let Some(read) = self.months_or_days(first_at) {
            return Some(read);
        }
        let single = self.single(first_at);
        let first = single.clone().or_else(|| self.bare_year(first_at, true));
        let range = first.and_then(|first| self.range_from(open.is_some(), &first));
        range.or_else(|| if first_at == at { single } else { self.single(at) })
    }

    /// A range by its first end; `opened` tells whether a word such as 从 stands before it.
    fn range_from(&self, opened: bool, first: &Read) -> Option<Read> {
        let clock = self.clock(first.end).filter(|_| matches!(first.when, When::Day(_)));
        let gap = self.spaces(clock.unwrap_or(first.end));
        let between = self.starts(gap, &["与", "與", "和"]);
        let after = self.starts(gap, &["之后", "以后", "后"]).filter(|_| first.complete);
        let join = self
            .starts(gap, &["至", "到", "--", "——", "-", "—", "–", "－", "~", "～", "〜"])
            .or(between)
            .or(after)?;
        let second_at = self.spaces(join);
        let year = first.when.first().map(|date| date.year());
        let second = self
            .feast(second_at, year)
            .or_else(|| self.single(second_at))
            .map(|r| self.day_of_same_month(second_at, first, r))
            .or_else(|| self.rest_of_date(second_at, first))
            .or_else(|| self.bare_year(second_at, false))?;
        let mut end = self.clock(second.end).filter(|_| clock.is_some()).unwrap_or(second.end);
        let closed = self.starts(self.spaces(end), &["之间", "期间", "間", "间"]);
        if between.is_some() {
            end = closed?;
        } else if after.is_some() {
            end = self.starts(end, &["之前", "以前", "前"])?;
        }
        let (mut from, mut to) = (first.when.clone(), second.when.clone());
        self.agree(&mut from, first, &mut to, &second);
        let ordered = matches!((from.first(), to.first()), (Some(a), Some(b)) if a <= b);
        let same = matches!(
            (&from, &to),
            (When::Day(_), When::Day(_))
                | (When::Month(..), When::Month(..))
                | (When::Year(_), When::Year(_))
        ) || opened
            || between.is_some()
            || after.is_some()
            || first.complete;
        if !ordered || !same || from == to {
            return None;
        }
        let complete = first.complete || second.complete;
        self.done(Some(When::Span(from.into(), to.into())), end, Sort::Period, complete)
    }

    /// A time of day after a date, with a blank before it: 下午5点, 11:00时, 零时.
    fn clock(&self, at: usize) -> Option<usize> {
        const PARTS: &[&str] = &["上午", "下午", "凌晨", "早上", "晚上", "中午", "傍晚", "晚", "早"];
        let place = self.spaces(at);
        let place = self.starts(place, PARTS).unwrap_or(place);
        let (_, end) = self.small(place, 24).or_else(|| self.starts(place, &["零"]).map(|end| (0, end)))?;
        let rest = self.rest(end);
        let minutes = rest
            .strip_prefix(':')
            .or_else(|| rest.strip_prefix('：'))
            .map_or(rest, |after| after.trim_start_matches(|c: char| c.is_ascii_digit()));
        let end = end + rest.len() - minutes.len();
        let unit = self.starts(end, &["时", "時", "点钟", "点", "點"]);
        unit.or((minutes.len() < rest.len()).then_some(end))
    }

    /// The two ends share the year that only one states, and stand in order.
    pub(super) fn agree(&self, from: &mut When, first: &Read, to: &mut When, second: &Read) {
        let (Some(start), Some(end)) = (from.first(), to.first()) else { return };
        let moved = |when: &When, year: i16| match when {
            When::Day(d) => day(year, d.month(), d.day()).map(When::Day),
            When::Month(_, m) => Some(When::Month(year, *m)),
            _ => None,
        };
        if first.complete && !second.complete && second.sort != Sort::Distance {
            let later = if (end.month(), end.day()) >= (start.month(), start.day()) {
                start.year()
            } else {
                start.year() + 1
            };
            if let Some(new) = moved(to, later) {
                *to = new;
            }
        } else if !first.complete && !second.complete && start > end {
            if let Some(new) =
                moved(to, end.year() + 1).filter(|_| self.now().future || self.is_relative(first))
            {
                *to = new;
            } else if let Some(new) = moved(from, start.year() - 1) {
                *from = new;
            }
        }
    }

    pub(super) fn is_relative(&self, read: &Read) -> bool {
        let words = &self.text[..read.end];
        words.ends_with(|c| "一二三四五六日天".contains(c)) && !words.ends_with('日')
    }

    /// 1-9月, 4月12-19日, 1至3月: two numbers that share the unit behind them.
    pub(super) fn months_or_days(&self, at: usize) -> Option<Read> {
        let (year, complete, place) = match self.year(at) {
            Some((year, end, complete)) => (Some(year), complete, self.spaces(end)),
            None => (None, false, at),
        };
        if let Some((from, to, end)) = self.pair(place, 12).filter(|(_, _, end)| self.is_month_unit(*end)) {
            let end = self.starts(end, &["月份", "月"])?;
            let guess = self.now().year_of_month(to);
            let year = year.unwrap_or(guess);
            let when = When::Span(When::Month(year, from).into(), When::Month(year, to).into());
            return self.done(Some(when), end, Sort::Period, complete);
        }
        let (month, next) = self.month_number(place)?;
        let (from, to, end) = self.pair(next, 31)?;
        let end = self.starts(end, &["日", "号", "號"])?;
        let year_found = year.map_or_else(|| self.now().month_day(month, to).map(|d| d.year()), Some)?;
        let when = When::Span(
            When::Day(day(year_found, month, from)?).into(),
            When::Day(day(year_found, month, to)?).into(),
        );
        self.done(Some(when), end, Sort::Period, complete)
    }

    pub(super) fn is_month_unit(&self, at: usize) -> bool {
        self.rest(at).starts_with('月')
    }

    pub(super) fn pair(&self, at: usize, limit: i16) -> Option<(i8, i8, usize)> {
        let (from, next) = self.small(at, limit)?;
        let join = self
            .starts(next, &["至", "到", "-", "—", "–", "－", "~", "～", "、"])
            .filter(|_| !self.rest(next).starts_with('、'))?;
        let (to, end) = self.small(join, limit)?;
        (from < to).then_some((from, to, end))
    }

    /// After 一月十日到: 十二日. After 1月3至: 2月10.
    pub(super) fn rest_of_date(&self, at: usize, first: &Read) -> Option<Read> {
        let from = match &first.when {
            When::Day(date) => *date,
            _ => return None,
        };
        let (date, end) = self.small(at, 31)?;
        let end = self.starts(end, &["日", "号", "號"])?;
        let to = day(from.year(), from.month(), date).filter(|d| *d > from)?;
        self.done(Some(When::Day(to)), end, Sort::Day, true)
    }

    /// A second end that is a day alone belongs to the month of the first.
    pub(super) fn day_of_same_month(&self, at: usize, first: &Read, read: Read) -> Read {
        let alone =
            self.small(at, 31).is_some_and(|(_, end)| self.starts(end, &["日", "号", "號"]).is_some());
        if alone { self.rest_of_date(at, first).unwrap_or(read) } else { read }
    }

    /// 2016 without 年, at the end or the beginning of a range or before a space.
    pub(super) fn bare_year(&self, at: usize, opens: bool) -> Option<Read> {
        let digits: String = self.rest(at).chars().map_while(arabic).collect();
        let year: i16 = digits
            .parse()
            .ok()
            .filter(|y| digits.len() == 4 && (if opens { 1700 } else { 1900 }..2100).contains(y))?;
        let end = at + self.rest(at).chars().take(4).map(char::len_utf8).sum::<usize>();
        let before = self.text[..at].chars().next_back();
        let after = self.rest(end).chars().next();
        let free = !before.is_some_and(|c| c.is_ascii_alphanumeric() || opens && "-/.".contains(c))
            && !after.is_some_and(|c| c.is_ascii_alphanumeric() || "元人个亿万千百多余家名".contains(c));
        self.done(free.then_some(When::Year(year)), end, Sort::Period, true)
    }
}
