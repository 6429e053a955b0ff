//! Lengths of time, counted from the day of writing.

use super::super::Sort;
use super::super::calendar::{Length, When};
use super::{Read, Reader};
use crate::quantities::numerals_zh::arabic;
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;

impl Reader<'_> {
    /// 三天前, 两年后. Hours ago are a figure: which day they name hangs on the time of writing.
    pub(super) fn distance(&self, at: usize) -> Option<Read> {
        let (length, end, sort) = self
            .length(at)
            .map(|(length, end)| (length, end, Sort::Distance))
            .or_else(|| self.hours(at).map(|(length, end)| (length, end, Sort::Rolling)))?;
        let back = self.starts(end, &["之前", "以前", "前"]);
        let on = self.starts(end, &["之后", "之後", "以后", "以後", "后", "後"]);
        let stop = back.or(on)?;
        let next = self.rest(stop).chars().next();
        if next.is_some_and(|c| "三两一二四五六十0123456789夕景".contains(c) && back.is_some()) {
            return None;
        }
        // 六年后他回到家乡: told of the past, such a length counts from another day.
        if back.is_none() && !(self.now().future || self.is_short()) {
            return None;
        }
        let date = length.from(self.day, back.is_some())?;
        let when = match (length.years, length.months, length.days) {
            (1.., 0, 0) => When::Year(date.year()),
            (_, 1.., 0) => When::Month(date.year(), date.month()),
            _ => When::Day(date),
        };
        self.done(Some(when), stop, sort, false)
    }

    /// 过去十年, 近三年, 未来两天, 前1周, 上2个月, 后1年, 三十天内
    pub(super) fn rolling(&self, at: usize) -> Option<Read> {
        let now = self.day;
        const BACK: &[&str] = &["过去的", "过去", "過去", "最近的", "最近", "近", "前", "上"];
        const ON: &[&str] =
            &["未来的", "未来", "未來", "今后", "今後", "接下来的", "接下来", "后", "後", "下", "之后"];
        let half = self.starts(at, &["上半年", "下半年"]).is_some();
        let back = self.starts(at, BACK).filter(|_| !half);
        let on = self.starts(at, ON).filter(|_| !half);
        if let Some(place) = back.or(on) {
            let (length, end) = self.length_or_hours(self.spaces(place))?;
            let short = place - at == '近'.len_utf8();
            let joined = self.text[..at].ends_with(|c: char| {
                crate::passage::is_han(c) && "以之最附接将临靠了人此日月年从提目先身背随今周天度".contains(c)
            });
            let inside = short && (joined || self.starts(end, &["前", "后"]).is_some());
            if inside {
                return None;
            }
            let end = self.starts(end, &["以来", "以來", "来", "間", "间", "内"]).unwrap_or(end);
            let when = if back.is_some() {
                When::Days(length.from(now, true)?, now)
            } else {
                When::Days(now, length.from(now, false)?)
            };
            return self.done(Some(when), end, Sort::Rolling, false);
        }
        let (length, end) = self.length_or_hours(at)?;
        if let Some(stop) = self.starts(end, &["以来", "以來", "来", "來"]) {
            let first = self.coarse_start(&self.text[at..end], length.from(now, true)?);
            return self.done(Some(When::Days(first, now)), stop, Sort::Rolling, false);
        }
        let end = self.starts(end, &["以内", "之内", "内", "以內", "內"])?;
        self.done(Some(When::Days(now, length.from(now, false)?)), end, Sort::Rolling, false)
    }

    fn length_or_hours(&self, at: usize) -> Option<(Length, usize)> {
        self.length(at).or_else(|| self.hours(at))
    }

    /// 三年多以来 began in some year, 三年半以来 and 三个多月以来 in some month.
    fn coarse_start(&self, words: &str, date: Date) -> Date {
        let vague = words.contains(['多', '余', '半']);
        match words.contains('年') && !words.contains('半') {
            _ if !vague || words.contains(['天', '日', '时', '分', '秒']) => date,
            true => date.first_of_year(),
            false => date.first_of_month(),
        }
    }

    /// 60小时, 半小时, 一个半小时, 一分钟半, 十三秒钟: in whole days.
    fn hours(&self, at: usize) -> Option<(Length, usize)> {
        const UNITS: &[(&str, i32)] = &[
            ("个小时", 3600),
            ("小时", 3600),
            ("小時", 3600),
            ("个钟头", 3600),
            ("钟头", 3600),
            ("分钟", 60),
            ("分鐘", 60),
            ("分半钟", 90),
            ("秒钟", 1),
            ("秒", 1),
        ];
        let (n, place) = match self.starts(at, &["半"]) {
            Some(place) => (1, place),
            None => {
                let read = self.numeral(at).filter(|n| n.low.scale() == 0)?;
                (read.low.to_i32().filter(|n| (1..100_000).contains(n))?, read.range.end)
            }
        };
        let place = self.starts(place, &["个半", "個半"]).unwrap_or(place);
        let (word, seconds) = UNITS.iter().find(|(word, _)| self.rest(place).starts_with(word))?;
        let end = place + word.len();
        let end = self.starts(end, &["半"]).unwrap_or(end);
        let days = n.checked_mul(*seconds)?.checked_add(43_200)? / 86_400;
        Some((Length { days, ..Length::default() }, end))
    }

    /// 三年, 两个月, 1周, 17天, 半年, 三年半
    pub(super) fn length(&self, at: usize) -> Option<(Length, usize)> {
        if self.text[..at].ends_with(|c: char| arabic(c).is_some() || c == '第' || c == '.') {
            return None;
        }
        if let Some(end) = self.starts(at, &["半年"]) {
            return Some((Length { months: 6, ..Length::default() }, end));
        }
        let read = self.numeral(at).filter(|n| n.low.scale() == 0)?;
        let n = read.low.to_i32().filter(|n| (1..100_000).contains(n))?;
        let end = self.spaces(self.starts(read.range.end, &["多", "余"]).unwrap_or(read.range.end));
        let (length, end) = if let Some(end) = self.starts(end, &["个季度", "个季"]) {
            (Length { months: n.checked_mul(3)?, ..Length::default() }, end)
        } else if let Some(end) = self.starts(end, &["个多月", "个月", "個月", "个半月"]) {
            (Length { months: n, ..Length::default() }, end)
        } else if let Some(end) = self.starts(end, &["周年", "年"]).filter(|_| n < 1000) {
            (Length { years: n, ..Length::default() }, end)
        } else if let Some(end) = self.starts(end, &["个星期", "個星期", "星期", "个礼拜", "周", "週"])
        {
            (Length { days: n.checked_mul(7)?, ..Length::default() }, end)
        } else {
            let end = self.starts(end, &["天"]).or_else(|| {
                self.starts(end, &["日"]).filter(|e| self.starts(*e, &["内", "之内", "以内"]).is_some())
            })?;
            // Half a day more reaches into the next one.
            let half = self.starts(end, &["半"]).filter(|_| !self.rest(end).starts_with("半数"));
            (Length { days: n + i32::from(half.is_some()), ..Length::default() }, half.unwrap_or(end))
        };
        if length.years > 0
            && let Some(end) = self.starts(end, &["半"])
        {
            return Some((Length { months: 6, ..length }, end));
        }
        Some((length, end))
    }
}
