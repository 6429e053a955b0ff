//! Years and decades.

use super::super::Sort;
use super::super::calendar::{When, day, full_year};
use super::words::WORDS;
use super::{Read, Reader, Year};
use crate::quantities::Form;
use crate::quantities::numerals_zh::{arabic, begins};
use rust_decimal::prelude::ToPrimitive;

impl Reader<'_> {
    /// A year and what it opens.
    pub(super) fn with_year(&self, at: usize) -> Option<Read> {
        let (year, end, complete) = self.year(at)?;
        let of = self.starts(self.spaces(end), &["的"]).unwrap_or(end);
        let next = self.spaces(self.starts(of, &["，", ","]).unwrap_or(of));
        if let Some(read) = self.part_of_year(of, year, complete, false) {
            return Some(read);
        }
        if let Some(read) =
            self.with_month(next, Some((year, complete))).or_else(|| self.feast(of, Some(year)))
        {
            return Some(read);
        }
        if let Some(end) =
            self.starts(of, &["年底", "年末", "底", "末"]).filter(|e| !self.rest(*e).starts_with('期'))
        {
            return self.done(day(year, 12, 31).map(When::Day), end, Sort::Day, complete);
        }
        if let Some(end) = self.starts(of, &["年初", "初", "年中", "中期"]) {
            return self.done(Some(When::Year(year)), end, Sort::Period, complete);
        }
        if let Some(end) = self.starts(end, &["以来", "以來"]).filter(|_| !complete) {
            let first = day(year, 1, 1)?;
            return self.done(
                Some(When::Days(first, self.day)).filter(|_| first <= self.day),
                end,
                Sort::Period,
                false,
            );
        }
        let end = self
            .starts(end, &["年度", "度"])
            .filter(|_| self.rest(end).starts_with('度') || !complete)
            .unwrap_or(end);
        self.done(Some(When::Year(year)), end, Sort::Period, complete)
    }

    /// 2016年, 二〇一六年, 民國115年, 去年, 98年 before a month; the byte after it, and whether it is complete.
    pub(super) fn year(&self, at: usize) -> Option<Year> {
        self.read.years.at(at, || self.year_at(at))
    }

    fn year_at(&self, at: usize) -> Option<Year> {
        if let Some((_, word)) = WORDS.years.beginning(self.rest(at)) {
            let follows = self.rest(at + word.name.len()).chars().next();
            let inside = self.text[..at]
                .ends_with(['当', '每', '半', '1', '2', '3', '5', '一', '两', '三', '五', '十'])
                || word.name == "后年" && self.text[..at].ends_with('以');
            let of_word = word.name.starts_with('年')
                && (self.text[..at].ends_with(|c: char| arabic(c).is_some() || begins(c) || c == '周')
                    || follows == Some('部'))
                || word.name == "前年" && self.text[..at].ends_with('大');
            // 投产后年产值, 三年前年均: the word ends one word and begins another.
            let crossing = matches!(word.name.as_str(), "后年" | "後年" | "前年")
                && follows.is_some_and(|c| "产產均度收薪化轻龄齡报報销銷".contains(c));
            // 比上年增长: what is compared with is the year before the one told of, as "on the year" is no date.
            let compares = matches!(word.name.as_str(), "上年" | "上一年")
                && self.text[..at].ends_with(['比', '较', '較', '与', '與']);
            let inside = inside || crossing || compares;
            let year = self.day.year().checked_add(word.by as i16)?;
            return (!(inside || of_word)).then_some((year, at + word.name.len(), false));
        }
        if let Some((_, era)) = WORDS.eras.beginning(self.rest(at)) {
            let place = self.spaces(at + era.name.len());
            let (n, end) = match self.starts(place, &["元年"]) {
                Some(end) => (1, end),
                None => {
                    let read = self.numeral(place)?;
                    (
                        read.low.to_i16().filter(|n| (1..200).contains(n))?,
                        self.starts(self.spaces(read.range.end), &["年"])?,
                    )
                }
            };
            return Some((era.first.checked_add(n)?.checked_sub(1)?, end, true));
        }
        self.numbered_year(at)
    }

    fn numbered_year(&self, at: usize) -> Option<Year> {
        let place = self.starts(at, &["公元", "西元"]).unwrap_or(at);
        // 公元前3世纪 and 前221年 are no years that we name.
        if self.text[..at].ends_with("元前") {
            return None;
        }
        if self.text[..at]
            .ends_with(|c: char| begins(c) && !matches!(c, '上' | '半' | '-' | '.') || c == '第')
            || self.text[..at].ends_with('.')
                && self.text[..at].chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit())
        {
            return None;
        }
        let (number, width, stop) = self.year_number(place)?;
        let end = self.starts(self.spaces(stop), &["年"])?;
        let after = self.rest(end).chars().next();
        if after.is_some_and(|c| "期级級代来來龄齡".contains(c)) {
            return None;
        }
        let dated = |end: usize| {
            self.month_number(self.spaces(end)).is_some()
                || self.rest(end).starts_with(['第', '初', '底', '末']) && width <= 2
                || self.quarter_or_half(end).is_some()
                || self.pair(end, 12).is_some()
        };
        let year = match width {
            4 => (1001..2200).contains(&number).then_some(number)?,
            3 if (100..150).contains(&number) && (dated(end) || self.rest(end).starts_with('度')) => {
                number + 1911
            }
            3 => ((100..1000).contains(&number)
                && (dated(end) || place > at || self.text[..at].ends_with('在')))
            .then_some(number)?,
            2 => {
                let leading_zero = number < 10;
                let read = dated(end)
                    || leading_zero && !self.text[place..stop].starts_with('十')
                    || self.feast(end, Some(2000)).is_some()
                    || self.starts(end, &["前七个月"]).is_some();
                read.then(|| full_year(number, self.day))?
            }
            _ => return None,
        };
        Some((year, end, true))
    }

    /// The digits of a year and how many there are: 二〇一六, 两千零四, 98, 零八.
    pub(super) fn year_number(&self, at: usize) -> Option<(i16, usize, usize)> {
        let digits: String = self.rest(at).chars().map_while(arabic).collect();
        if !digits.is_empty() {
            let end = at + self.rest(at).chars().take(digits.len()).map(char::len_utf8).sum::<usize>();
            return Some((digits.parse().ok()?, digits.len(), end));
        }
        // Digits one by one: 九七, 二〇二六. The reader of numbers takes 三四 for a span, so read them here.
        let one_by_one: String = self.rest(at).chars().map_while(chinese_digit).collect();
        let count = one_by_one.chars().count();
        if (2..=4).contains(&count) {
            let end = at + self.rest(at).chars().take(count).map(char::len_utf8).sum::<usize>();
            if !self.rest(end).starts_with(['十', '百', '千', '万', '亿']) {
                return Some((one_by_one.parse().ok()?, count, end));
            }
        }
        let read = self.numeral(at).filter(|n| n.is_exact() && n.form == Form::Words)?;
        let number = read.low.to_i16().filter(|n| (1000..2200).contains(n))?;
        Some((number, 4, read.range.end))
    }

    /// 90年代, 上世纪90年代, 20世纪
    pub(super) fn decade(&self, at: usize) -> Option<Read> {
        let (century, place, complete) = match self.starts(at, &["上个世纪", "上世纪", "上世紀", "上個世紀"])
        {
            Some(end) => (Some(self.day.year() / 100 * 100 - 100), end, false),
            None => match self.starts(at, &["本世纪", "本世紀"]) {
                Some(end) => (Some(self.day.year() / 100 * 100), end, false),
                None => match self
                    .small(at, 30)
                    .filter(|_| !self.text[..at].ends_with("元前"))
                    .and_then(|(n, end)| Some((n, self.starts(end, &["世纪", "世紀"])?)))
                {
                    Some((n, end)) => (Some((i16::from(n) - 1) * 100), end, true),
                    None => (None, at, false),
                },
            },
        };
        let number = self.small(place, 99).filter(|(n, _)| n % 10 == 0);
        if let Some((n, end)) = number.and_then(|(n, end)| Some((n, self.starts(end, &["年代"])?))) {
            let year = match century {
                Some(century) => century + i16::from(n),
                None => self.past_decade(i16::from(n)),
            };
            let end = self.starts(end, &["初期", "中期", "后期", "末", "初"]).unwrap_or(end);
            return self.done(Some(When::Decade(year)), end, Sort::Period, complete);
        }
        // 20世纪60和70年代, 上世纪六七十年代
        if let Some(read) = century.and_then(|century| self.two_decades(place, century, complete)) {
            return Some(read);
        }
        self.done(century.map(When::Century), place, Sort::Period, complete)
    }

    /// A decade by its tens: the last one of that name, or the next where the clause looks ahead.
    fn past_decade(&self, tens: i16) -> i16 {
        let now = self.day.year();
        let decade = now / 100 * 100 + tens;
        if decade > now && !self.now().future { decade - 100 } else { decade }
    }

    fn two_decades(&self, at: usize, century: i16, complete: bool) -> Option<Read> {
        let tens = |n: i8| (10..100).contains(&n) && n % 10 == 0;
        let (from, to, end) = match self.small(at, 99) {
            Some((from, end)) => {
                let place = self.starts(end, &["年代和", "和", "、", "至", "到", "-", "年代至", "年代到"])?;
                let (to, end) = self.small(place, 99)?;
                (from, to, end)
            }
            // 六七十年代: the reader of numbers takes it for a span.
            None => {
                let read = self.numeral(at).filter(|n| !n.is_exact())?;
                (read.low.to_i8()?, read.high.to_i8()?, read.range.end)
            }
        };
        let end = self.starts(end, &["年代"]).filter(|_| tens(from) && tens(to) && from < to)?;
        let decade = |n: i8| When::Decade(century + i16::from(n)).into();
        self.done(Some(When::Span(decade(from), decade(to))), end, Sort::Period, complete)
    }
}

pub(super) fn chinese_digit(c: char) -> Option<char> {
    Some(match c {
        '零' | '〇' | '○' => '0',
        '一' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        _ => return None,
    })
}
