//! Months, their days and their parts.

use super::super::Sort;
use super::super::calendar::{When, day, monday, nth_weekday, shift, shift_month};
use super::words::WORDS;
use super::{Read, Reader};
use crate::quantities::numerals_zh::{arabic, begins};

impl Reader<'_> {
    /// 3月, 十二月, 12月份, 第8个月 after a year.
    pub(super) fn month_number(&self, at: usize) -> Option<(i8, usize)> {
        let (month, end) = self.small(at, 12)?;
        let end = self.spaces(end);
        let end = self.starts(end, &["月份", "月"])?;
        // 三月内 and 两月来 are lengths.
        let two = self.rest(at).starts_with(['两', '兩', '俩']);
        (!two).then_some((month, end))
    }

    /// A month by name or by distance, and what follows it.
    pub(super) fn with_month(&self, at: usize, year: Option<(i16, bool)>) -> Option<Read> {
        let (when_year, month, end, complete) = self.month(at, year)?;
        let next = self.spaces(self.starts(end, &["的"]).unwrap_or(end));
        if let Some((date, stop, marked)) = self.day_number(next, year.is_some() || complete) {
            let found = match (year, self.month_by_name(at)) {
                (None, true) => self.now().month_day(month, date),
                _ => day(when_year, month, date),
            };
            let bare_fits = marked
                || !self.rest(stop).starts_with(|c: char| {
                    "个個家名人吨元%％年月天万亿千百倍点度分周次场場些直定样樣切起般位件项項条條所座种種"
                        .contains(c)
                });
            if let Some(found) = found.filter(|_| bare_fits) {
                return self.done(Some(When::Day(found)), self.weekday_note(stop), Sort::Day, complete);
            }
        }
        if let Some(read) = self.part_of_month(next, end, when_year, month, complete) {
            return Some(read);
        }
        let period = When::Month(when_year, month);
        if let Some(stop) = self.starts(end, &["以来", "以來"]).filter(|_| !self.month_by_name(at)) {
            let first = day(when_year, month, 1)?;
            return self.done(
                Some(When::Days(first, self.day)).filter(|_| first <= self.day),
                stop,
                Sort::Period,
                false,
            );
        }
        self.done(Some(period), end, Sort::Period, complete)
    }

    pub(super) fn month_by_name(&self, at: usize) -> bool {
        self.month_number(at).is_some()
    }

    /// The month and its year.
    pub(super) fn month(&self, at: usize, year: Option<(i16, bool)>) -> Option<(i16, i8, usize, bool)> {
        if let Some((_, word)) = WORDS.months.beginning(self.rest(at)) {
            let (own, month) = shift_month(self.day, word.by)?;
            // 上个月 ends a longer word in 三个月; 上月 in 以上月.
            let inside = self.text[..at].ends_with(['以', '每'])
                || word.name.starts_with("下") && self.text[..at].ends_with('以');
            let year = year.map_or(own, |(y, _)| y);
            return (!inside).then_some((year, month, at + word.name.len(), false));
        }
        let before = &self.text[..at];
        let joined = before.ends_with(|c: char| {
            begins(c) && !matches!(c, '上' | '-' | '半') && arabic(c).is_some()
                || matches!(c, '第' | '.' | '/')
        });
        let (month, end) = self.month_number(at).filter(|_| !joined)?;
        match year {
            Some((year, complete)) => Some((year, month, end, complete)),
            None => Some((self.now().year_of_month(month), month, end, false)),
        }
    }

    /// 12日, 12号, 十五 after a month; whether 日 stands there.
    pub(super) fn day_number(&self, at: usize, _known: bool) -> Option<(i8, usize, bool)> {
        let (date, end) = self.small(at, 31)?;
        match self.starts(self.spaces(end), &["日", "号", "號"]) {
            Some(end) => Some((date, end, true)),
            None => Some((date, end, false)),
        }
    }

    /// （周三）, ，星期一 after a day belong to it.
    pub(super) fn weekday_note(&self, at: usize) -> usize {
        let open = self.starts(at, &["（", "(", "，", ",", " "]);
        let Some(place) = open else { return at };
        match self.weekday_name(place) {
            Some((_, end)) => self
                .starts(end, &["）", ")"])
                .unwrap_or(if self.rest(at).starts_with(['（', '(']) { at } else { end }),
            None => at,
        }
    }

    /// 上旬, 月底, 第一周, 第3个星期日
    pub(super) fn part_of_month(
        &self,
        at: usize,
        end: usize,
        year: i16,
        month: i8,
        complete: bool,
    ) -> Option<Read> {
        let last = day(year, month, 1)?.last_of_month();
        let tens = |from: i8, to: i8| Some(When::Days(day(year, month, from)?, day(year, month, to)?));
        if let Some(stop) = self.starts(end, &["上旬"]) {
            return self.done(tens(1, 10), stop, Sort::Period, complete);
        }
        if let Some(stop) = self.starts(end, &["中旬"]) {
            return self.done(tens(11, 20), stop, Sort::Period, complete);
        }
        if let Some(stop) = self.starts(end, &["下旬"]) {
            return self.done(tens(21, last.day()), stop, Sort::Period, complete);
        }
        if let Some(stop) = self.starts(end, &["月底", "月末", "底", "末"]) {
            return self.done(Some(When::Day(last)), stop, Sort::Day, complete);
        }
        if let Some(stop) = self.starts(end, &["月初", "初"]).filter(|s| self.small(*s, 10).is_none()) {
            return self.done(Some(When::Month(year, month)), stop, Sort::Period, complete);
        }
        let (n, place) = match self.starts(at, &["最后一个", "最後一個", "最后一"]) {
            Some(place) => (-1, place),
            None => self
                .small(self.starts(at, &["第"])?, 5)
                .map(|(n, e)| (n, self.starts(e, &["个", "個"]).unwrap_or(e)))?,
        };
        if let Some((weekday, stop)) = self.weekday_name(place) {
            let mut found = nth_weekday(year, month, n, weekday)?;
            if !complete && found > self.day && !self.now().future {
                found = nth_weekday(year - 1, month, n, weekday).filter(|_| month != self.day.month())?;
            }
            return self.done(Some(When::Day(found)), stop, Sort::Day, complete);
        }
        let stop = self.starts(place, &["周", "週", "星期"])?;
        let first = day(year, month, 1)?;
        let thursday = shift(monday(first, 0)?, 3)?;
        let start = if thursday.month() == month { monday(first, 0)? } else { monday(first, 1)? };
        let start = shift(start, (i32::from(n.max(1)) - 1) * 7)?;
        self.done(Some(When::Days(start, shift(start, 6)?)), stop, Sort::Period, complete)
    }
}
