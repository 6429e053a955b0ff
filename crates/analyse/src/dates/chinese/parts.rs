//! Quarters, halves and seasons.

use super::super::Sort;
use super::super::calendar::{When, day, quarter};
use super::{Read, Reader, opens};
use crate::quantities::numerals_zh::begins;

impl Reader<'_> {
    /// 第一季度, 一季度, 上半年, 夏天, Q3
    pub(super) fn part_of_year(&self, at: usize, year: i16, complete: bool, alone: bool) -> Option<Read> {
        if let Some((when, end)) = self.first_of_year(at, year) {
            return self.done(Some(when), end, Sort::Period, complete);
        }
        if let Some(read) = self.relative_quarter(at).filter(|_| alone) {
            return Some(read);
        }
        if let Some((when, end)) = self.quarter_or_half(at) {
            let make = |year| match when {
                When::Quarter(_, q) => When::Quarter(year, q),
                When::Half(_, h) => When::Half(year, h),
                _ => When::Year(year),
            };
            let ahead = alone && !self.now().future && make(year).first()? > self.day;
            return self.done(Some(make(if ahead { year - 1 } else { year })), end, Sort::Period, complete);
        }
        if alone {
            return None;
        }
        let (season, length) = [
            ("春天", 1),
            ("春季", 1),
            ("春", 1),
            ("夏天", 2),
            ("夏季", 2),
            ("夏", 2),
            ("秋天", 3),
            ("秋季", 3),
            ("秋", 3),
            ("冬天", 4),
            ("冬季", 4),
            ("冬", 4),
        ]
        .into_iter()
        .find(|(w, _)| {
            self.rest(at).starts_with(w)
                && !self.rest(at).starts_with("春节")
                && !self.rest(at).starts_with("春節")
                && !self.rest(at).starts_with("冬月")
                && !self.rest(at).starts_with("冬至")
                && !self.rest(at).starts_with("秋分")
                && !self.rest(at).starts_with("春分")
        })
        .map(|(w, s)| (s, w.len()))?;
        self.done(Some(When::Season(year, season)), at + length, Sort::Period, complete)
    }

    /// 前三季度, 前五个月, 第8个月
    pub(super) fn first_of_year(&self, at: usize, year: i16) -> Option<(When, usize)> {
        if let Some(place) = self.starts(at, &["第"]) {
            // 连续第三个月: how long, not which.
            if self.text[..at].ends_with(['续', '續']) {
                return None;
            }
            let (n, end) = self.small(place, 12)?;
            let end = self.starts(end, &["个月", "個月"])?;
            return Some((When::Month(year, n), end));
        }
        let place = self
            .starts(at, &["前", "首"])
            .filter(|_| !self.text[..at].ends_with(['此', '之', '以', '目', '提']))?;
        let (n, end) = self.small(place, 12)?;
        if let Some(end) = self.starts(end, &["季度", "季", "个季度"]).filter(|_| (2..=4).contains(&n))
        {
            return Some((When::Span(When::Quarter(year, 1).into(), When::Quarter(year, n).into()), end));
        }
        let end = self.starts(end, &["个月", "個月", "月"])?;
        Some((When::Span(When::Month(year, 1).into(), When::Month(year, n).into()), end))
    }

    pub(super) fn relative_quarter(&self, at: usize) -> Option<Read> {
        const WORDS: &[(&str, i32)] = &[
            ("上上个季度", -2),
            ("下下个季度", 2),
            ("上个季度", -1),
            ("上一季度", -1),
            ("上季度", -1),
            ("下个季度", 1),
            ("下一季度", 1),
            ("下季度", 1),
            ("本季度", 0),
            ("这个季度", 0),
            ("上一季", -1),
            ("本季", 0),
        ];
        let (word, by) = WORDS.iter().find(|(w, _)| opens(self.rest(at), w))?;
        self.done(quarter(self.day, *by), at + word.len(), Sort::Period, false)
    }

    pub(super) fn quarter_or_half(&self, at: usize) -> Option<(When, usize)> {
        if let Some(end) = self.starts(at, &["上半年"]) {
            return Some((When::Half(2000, 1), end));
        }
        if let Some(end) = self.starts(at, &["下半年"]) {
            return Some((When::Half(2000, 2), end));
        }
        if let Some(end) = self.starts(at, &["首季度", "首季"]) {
            return Some((When::Quarter(2000, 1), end));
        }
        if let Some(place) = self
            .starts(at, &["Q", "q"])
            .filter(|_| !self.text[..at].ends_with(|c: char| c.is_ascii_alphabetic()))
        {
            let (n, end) = self.small(place, 4)?;
            return (!self.rest(end).starts_with(|c: char| c.is_ascii_alphanumeric()))
                .then_some((When::Quarter(2000, n), end));
        }
        let ordinal = self.starts(at, &["第"]);
        let (n, end) = self.small(ordinal.unwrap_or(at), 4)?;
        let end = self.starts(end, &["季度", "季"])?;
        // 新一季, 每一季
        if ordinal.is_none() && self.text[..at].ends_with(['新', '每', '另', '了', '又', '换', '連', '连'])
        {
            return None;
        }
        Some((When::Quarter(2000, n), end))
    }

    /// 年底, 月底, 年初, 月初 without a year or month before them.
    pub(super) fn end_of_now(&self, at: usize) -> Option<Read> {
        let now = self.day;
        if self.text[..at].ends_with(|c: char| begins(c) || "去今明后前上下本每".contains(c)) {
            return None;
        }
        if let Some(end) = self.starts(at, &["年底", "年末"]) {
            return self.done(day(now.year(), 12, 31).map(When::Day), end, Sort::Day, false);
        }
        if let Some(end) = self.starts(at, &["月底", "月末"]) {
            return self.done(Some(When::Day(now.last_of_month())), end, Sort::Day, false);
        }
        if let Some(end) = self.starts(at, &["年初"]) {
            return self.done(Some(When::Year(now.year())), end, Sort::Period, false);
        }
        None
    }
}
