//! Dates that hang on another date of the sentence: 次年1月, 同年5月, and 19日 after a full date.

use super::super::Sort;
use super::super::calendar::{When, day};
use super::{Read, Reader};
use jiff::civil::Date;

/// Words that were read, and the date they name, if one is known.
pub(super) struct Passed {
    pub(super) read: Option<Read>,
    pub(super) end: usize,
}

impl Reader<'_> {
    /// 每年十月, 每逢周三: a habit names no date.
    pub(super) fn habit(&self, at: usize) -> Option<Passed> {
        let before = &self.text[..at];
        let habit =
            ["每年", "每月", "每逢", "历年", "逢", "每年的"].iter().any(|word| before.ends_with(word));
        let read = habit.then(|| self.expression(at))??;
        Some(Passed { read: None, end: read.end })
    }

    /// 次年, 翌年, 同年 count from the last full date; where there is none, we do not know the year.
    pub(super) fn back_reference(&self, at: usize, last: Option<Date>) -> Option<Passed> {
        const WORDS: &[(&str, i16)] =
            &[("次年", 1), ("翌年", 1), ("隔年", 1), ("同年", 0), ("当年", 0), ("當年", 0)];
        let (word, by) = WORDS.iter().find(|(word, _)| self.rest(at).starts_with(word))?;
        let place = at + word.len();
        let year = last.and_then(|date| date.year().checked_add(*by));
        let read = self.with_month(place, Some((year.unwrap_or(2000), true)));
        let end = read.as_ref().map_or(place, |read| read.end);
        let bare = || self.done(year.map(When::Year), place, Sort::Period, true);
        // 当年 alone says "in those days".
        let read = read.filter(|_| year.is_some()).or_else(|| bare().filter(|_| end == place && *by > 0));
        Some(Passed { read, end })
    }

    /// 19日 after 2012年9月10日 is a day of the same month, unless it comes earlier in it.
    pub(super) fn in_month_of(&self, at: usize, last: Option<Date>, read: Read) -> Read {
        let When::Day(found) = read.when else { return read };
        let alone = !read.complete && self.day_alone(at).is_some_and(|alone| alone.end == read.end);
        let moved = last
            .filter(|last| alone && found.day() > last.day())
            .and_then(|last| day(last.year(), last.month(), found.day()));
        match moved {
            Some(date) => Read { when: When::Day(date), complete: true, ..read },
            None => read,
        }
    }
}
