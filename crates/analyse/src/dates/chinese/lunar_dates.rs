//! Days of the lunar calendar, and feasts.

use super::super::calendar::{When, day, nth_weekday, shift};
use super::super::{Sort, lunar};
use super::words::WORDS;
use super::{Read, Reader};
use jiff::civil::{Date, Weekday};

impl Reader<'_> {
    // Lunar dates and feasts.
    /// 农历十月初一, 正月, 腊月初十, 大年初一, 闰四月, 五月廿二
    pub(super) fn lunar_date(&self, at: usize) -> Option<Read> {
        let (year, place) = match self.starts(at, &["农历", "農曆", "阴历"]) {
            Some(end) => (None, end),
            None => match self.year(at) {
                Some((year, end, complete)) => (Some((year, complete)), end),
                None => (None, at),
            },
        };
        let (year, place, marked) = match self.starts(place, &["农历", "農曆", "阴历"]) {
            Some(end) => (year, end, true),
            None if place > at && year.is_none() => match self.year(place) {
                Some((year, end, complete)) => (Some((year, complete)), end, true),
                None => (None, place, true),
            },
            None => (year, place, false),
        };
        let new_year = self.starts(place, &["大年"]);
        let (month, leap, next, named) = match new_year {
            Some(end) if self.rest(end).starts_with("三十") => (12, false, end, true),
            Some(end) => (1, false, end, true),
            None => self.lunar_month(place)?,
        };
        let number = self.lunar_day(next);
        let lunar_day = number.is_some_and(|(_, _, lunar)| lunar);
        if !(marked || named || leap || lunar_day) {
            return None;
        }
        let guess = year.map_or(self.day.year(), |(y, _)| y);
        let complete = year.is_some_and(|(_, c)| c);
        match number.filter(|(_, end, lunar)| {
            *lunar
                || marked && self.starts(*end, &["日", "号"]).is_none()
                || self.starts(*end, &["日"]).is_some()
                || named
        }) {
            Some((date, end, _)) => {
                let find = |y: i16| lunar::civil(y, month, date, leap);
                let mut found = find(guess)?;
                if year.is_none()
                    && found > self.day
                    && !self.now().future
                    && (found - self.day).get_days() > 300
                {
                    found = find(guess - 1)?;
                }
                self.done(Some(When::Day(found)), end, Sort::Day, complete)
            }
            None => {
                let first = lunar::civil(guess, month, 1, leap)?;
                let length = if lunar::civil(guess, month, 30, leap).is_some() { 29 } else { 28 };
                self.done(Some(When::Days(first, shift(first, length)?)), next, Sort::Period, complete)
            }
        }
    }

    pub(super) fn lunar_month(&self, at: usize) -> Option<(i8, bool, usize, bool)> {
        let leap = self.starts(at, &["闰", "閏"]);
        let place = leap.unwrap_or(at);
        for (name, month) in [("正月", 1), ("腊月", 12), ("臘月", 12), ("冬月", 11)] {
            if let Some(end) = self.starts(place, &[name]) {
                return Some((month, leap.is_some(), end, true));
            }
        }
        let (month, end) = self.small(place, 12)?;
        let end = self.starts(end, &["月"])?;
        Some((month, leap.is_some(), end, false))
    }

    /// 初一, 廿二, 十五, 18: the day and whether it is a lunar name.
    pub(super) fn lunar_day(&self, at: usize) -> Option<(i8, usize, bool)> {
        if let Some(place) = self.starts(at, &["初"]) {
            return self.small(place, 10).map(|(n, end)| (n, end, true));
        }
        let lunar = self.rest(at).starts_with(['廿', '卅']);
        let read = self.small(at, 30)?;
        Some((read.0, read.1, lunar))
    }

    pub(super) fn feast(&self, at: usize, year: Option<i16>) -> Option<Read> {
        let (_, feast) = WORDS.feasts.beginning(self.rest(at))?;
        let end = at + feast.name.len();
        // 国庆 and 春节 alone are events more than days.
        if year.is_none()
            && (self.text.chars().count() > 24 || self.rest(end).starts_with(['档', '联', '期']))
        {
            return None;
        }
        let guess = year.unwrap_or(self.day.year());
        let date: Option<Date> = match (feast.lunar, feast.nth) {
            _ if feast.term > 0 => lunar::term(guess, feast.term),
            (true, _) => lunar::civil(guess, feast.month, feast.day, false),
            (false, 0) => day(guess, feast.month, feast.day),
            (false, nth) => Weekday::from_monday_one_offset(feast.weekday)
                .ok()
                .and_then(|w| nth_weekday(guess, feast.month, nth, w)),
        };
        self.done(date.map(When::Day), end, Sort::Day, year.is_some())
    }
}
