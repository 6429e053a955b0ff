//! Chinese dates.

use super::calendar::{
    Length, Now, When, day, full_year, monday, nearest, nth_weekday, quarter, shift, shift_month, week,
};
use super::numeric::numeric;
use super::{Found, Sort, lunar};
use crate::quantities::Form;
use crate::quantities::numerals_zh::{Reading, arabic, begins, numeral};
use jiff::civil::{Date, Weekday};
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Words {
    eras: Vec<Era>,
    years: Vec<Distance>,
    days: Vec<Distance>,
    months: Vec<Distance>,
    feasts: Vec<Feast>,
}

#[derive(Deserialize)]
struct Era {
    name: String,
    first: i16,
}

#[derive(Deserialize)]
struct Distance {
    name: String,
    by: i32,
}

#[derive(Deserialize)]
struct Feast {
    name: String,
    month: i8,
    #[serde(default)]
    day: i8,
    #[serde(default)]
    lunar: bool,
    #[serde(default)]
    nth: i8,
    #[serde(default)]
    weekday: i8,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: Words =
        toml::from_str(include_str!("../../data/calendar_zh.toml")).expect("calendar_zh.toml is well-formed");
    words.eras.sort_by_key(|e| std::cmp::Reverse(e.name.len()));
    for list in [&mut words.years, &mut words.days, &mut words.months] {
        list.sort_by_key(|d| std::cmp::Reverse(d.name.len()));
    }
    words.feasts.sort_by_key(|f| std::cmp::Reverse(f.name.len()));
    words
});

/// An expression that has been read.
#[derive(Debug, Clone)]
struct Read {
    when: When,
    end: usize,
    sort: Sort,
    complete: bool,
}

/// The dates of a sentence.
pub fn read(sentence: &str, now: Now) -> Vec<Found> {
    let reader = Reader { text: sentence, now };
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(c) = sentence[at..].chars().next() {
        let read = if may_begin(c) { reader.expression(at) } else { None };
        match read {
            Some(read) => {
                found.push(Found {
                    range: at..read.end,
                    when: read.when,
                    sort: read.sort,
                    complete: read.complete,
                });
                at = read.end.max(at + c.len_utf8());
            }
            None => at = reader.past(at, c),
        }
    }
    found
}

/// Characters that can begin a date; all others are passed by at once.
fn may_begin(c: char) -> bool {
    begins(c)
        || matches!(
            c,
            'H' | 'Q'
                | 'h'
                | 'q'
                | '万'
                | '上'
                | '下'
                | '中'
                | '之'
                | '乾'
                | '今'
                | '从'
                | '令'
                | '儿'
                | '元'
                | '光'
                | '公'
                | '再'
                | '农'
                | '冬'
                | '初'
                | '前'
                | '劳'
                | '勞'
                | '半'
                | '去'
                | '同'
                | '后'
                | '周'
                | '咸'
                | '嘉'
                | '国'
                | '國'
                | '圣'
                | '在'
                | '夏'
                | '大'
                | '妇'
                | '季'
                | '宣'
                | '崇'
                | '平'
                | '年'
                | '康'
                | '建'
                | '廿'
                | '开'
                | '当'
                | '後'
                | '從'
                | '情'
                | '愚'
                | '感'
                | '截'
                | '教'
                | '明'
                | '星'
                | '春'
                | '昨'
                | '昭'
                | '最'
                | '月'
                | '未'
                | '末'
                | '本'
                | '来'
                | '植'
                | '正'
                | '母'
                | '民'
                | '永'
                | '洪'
                | '父'
                | '由'
                | '當'
                | '礼'
                | '神'
                | '禮'
                | '秋'
                | '端'
                | '第'
                | '聖'
                | '腊'
                | '臘'
                | '自'
                | '贞'
                | '農'
                | '过'
                | '近'
                | '这'
                | '這'
                | '週'
                | '過'
                | '道'
                | '重'
                | '閏'
                | '闰'
                | '阴'
                | '陰'
                | '雍'
                | '青'
                | '首'
        )
}

/// `starts_with` that looks at two bytes first: the words here are three bytes a character, and nearly all differ in these.
fn opens(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let third = word.len().min(3).wrapping_sub(1);
    text.len() >= word.len() && text.get(third) == word.get(third) && text.starts_with(word)
}

struct Reader<'a> {
    text: &'a str,
    now: Now,
}

impl Reader<'_> {
    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or("")
    }

    fn starts(&self, at: usize, words: &[&str]) -> Option<usize> {
        {
            let rest = self.rest(at);
            words.iter().find(|w| opens(rest, w)).map(|w| at + w.len())
        }
    }

    fn spaces(&self, at: usize) -> usize {
        at + self.rest(at).len() - self.rest(at).trim_start_matches([' ', '\u{a0}', '\u{3000}']).len()
    }

    /// Past a character, or past all of a number, so that its tail is not read as a date.
    fn past(&self, at: usize, c: char) -> usize {
        let next = at + c.len_utf8();
        if arabic(c).is_none() {
            return next;
        }
        let rest = self.rest(next);
        next + rest.len()
            - rest.trim_start_matches(|c: char| arabic(c).is_some() || c.is_ascii_alphabetic()).len()
    }

    fn expression(&self, at: usize) -> Option<Read> {
        let first = self.first_of_year(at, self.now.day.year()).filter(|_| !self.rest(at).starts_with('第'));
        if let Some((when, end)) = first.filter(|(_, end)| self.starts(*end, &["前", "内", "来"]).is_none())
        {
            return self.done(Some(when), end, Sort::Period, false);
        }
        self.rolling(at).or_else(|| self.range(at)).or_else(|| self.single(at))
    }

    fn done(&self, when: Option<When>, end: usize, sort: Sort, complete: bool) -> Option<Read> {
        Some(Read { when: when?, end, sort, complete })
    }

    // Ranges.

    fn range(&self, at: usize) -> Option<Read> {
        let open = self.starts(at, &["从", "從", "由", "自"]);
        let opened = open.or_else(|| self.starts(at, &["在"])).unwrap_or(at);
        if let Some(read) = self.months_or_days(opened) {
            return Some(read);
        }
        let first = self.single(opened).or_else(|| self.bare_year(opened, true))?;
        let gap = self.spaces(first.end);
        let between = self.starts(gap, &["与", "與", "和"]);
        let after = self.starts(gap, &["之后", "以后", "后"]).filter(|_| first.complete);
        let join = self
            .starts(gap, &["至", "到", "--", "——", "-", "—", "–", "－", "~", "～", "〜"])
            .or(between)
            .or(after)?;
        let second_at = self.spaces(join);
        let second = self
            .single(second_at)
            .map(|r| self.day_of_same_month(second_at, &first, r))
            .or_else(|| self.rest_of_date(second_at, &first))
            .or_else(|| self.bare_year(second_at, false))?;
        let mut end = second.end;
        let closed = self.starts(self.spaces(end), &["之间", "期间", "間", "间"]);
        if between.is_some() {
            end = closed?;
        } else if after.is_some() {
            end = self.starts(end, &["之前", "以前", "前"])?;
        }
        let (mut from, mut to) = (first.when.clone(), second.when.clone());
        self.agree(&mut from, &first, &mut to, &second);
        let ordered = matches!((from.first(), to.first()), (Some(a), Some(b)) if a <= b);
        let same = matches!(
            (&from, &to),
            (When::Day(_), When::Day(_))
                | (When::Month(..), When::Month(..))
                | (When::Year(_), When::Year(_))
        ) || open.is_some()
            || between.is_some()
            || after.is_some()
            || first.complete;
        if !ordered || !same || from == to {
            return None;
        }
        let complete = first.complete || second.complete;
        self.done(Some(When::Span(from.into(), to.into())), end, Sort::Period, complete)
    }

    /// The two ends share the year that only one states, and stand in order.
    fn agree(&self, from: &mut When, first: &Read, to: &mut When, second: &Read) {
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
                moved(to, end.year() + 1).filter(|_| self.now.future || self.is_relative(first))
            {
                *to = new;
            } else if let Some(new) = moved(from, start.year() - 1) {
                *from = new;
            }
        }
    }

    fn is_relative(&self, read: &Read) -> bool {
        let words = &self.text[..read.end];
        words.ends_with(|c| "一二三四五六日天".contains(c)) && !words.ends_with('日')
    }

    /// 1-9月, 4月12-19日, 1至3月: two numbers that share the unit behind them.
    fn months_or_days(&self, at: usize) -> Option<Read> {
        let (year, complete, place) = match self.year(at) {
            Some((year, end, complete)) => (Some(year), complete, self.spaces(end)),
            None => (None, false, at),
        };
        if let Some((from, to, end)) = self.pair(place, 12).filter(|(_, _, end)| self.is_month_unit(*end)) {
            let end = self.starts(end, &["月份", "月"])?;
            let guess = self.now.year_of_month(to);
            let year = year.unwrap_or(guess);
            let when = When::Span(When::Month(year, from).into(), When::Month(year, to).into());
            return self.done(Some(when), end, Sort::Period, complete);
        }
        let (month, next) = self.month_number(place)?;
        let (from, to, end) = self.pair(next, 31)?;
        let end = self.starts(end, &["日", "号", "號"])?;
        let year_found = year.map_or_else(|| self.now.month_day(month, to).map(|d| d.year()), Some)?;
        let when = When::Span(
            When::Day(day(year_found, month, from)?).into(),
            When::Day(day(year_found, month, to)?).into(),
        );
        self.done(Some(when), end, Sort::Period, complete)
    }

    fn is_month_unit(&self, at: usize) -> bool {
        self.rest(at).starts_with('月')
    }

    fn pair(&self, at: usize, limit: i16) -> Option<(i8, i8, usize)> {
        let (from, next) = self.small(at, limit)?;
        let join = self
            .starts(next, &["至", "到", "-", "—", "–", "－", "~", "～", "、"])
            .filter(|_| !self.rest(next).starts_with('、'))?;
        let (to, end) = self.small(join, limit)?;
        (from < to).then_some((from, to, end))
    }

    /// After 一月十日到: 十二日. After 1月3至: 2月10.
    fn rest_of_date(&self, at: usize, first: &Read) -> Option<Read> {
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
    fn day_of_same_month(&self, at: usize, first: &Read, read: Read) -> Read {
        let alone =
            self.small(at, 31).is_some_and(|(_, end)| self.starts(end, &["日", "号", "號"]).is_some());
        if alone { self.rest_of_date(at, first).unwrap_or(read) } else { read }
    }

    /// 2016 without 年, at the end or the beginning of a range or before a space.
    fn bare_year(&self, at: usize, opens: bool) -> Option<Read> {
        let digits: String = self.rest(at).chars().map_while(arabic).collect();
        let year: i16 = digits.parse().ok().filter(|y| digits.len() == 4 && (1900..2100).contains(y))?;
        let end = at + self.rest(at).chars().take(4).map(char::len_utf8).sum::<usize>();
        let before = self.text[..at].chars().next_back();
        let after = self.rest(end).chars().next();
        let free = !before.is_some_and(|c| c.is_ascii_alphanumeric() || opens && "-/.".contains(c))
            && !after.is_some_and(|c| c.is_ascii_alphanumeric() || "元人个亿万千百多余家名".contains(c));
        self.done(free.then_some(When::Year(year)), end, Sort::Period, true)
    }

    // Single expressions.

    fn single(&self, at: usize) -> Option<Read> {
        self.digits(at)
            .or_else(|| self.lunar_date(at))
            .or_else(|| self.with_year(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.distance(at))
            .or_else(|| self.relative_day(at))
            .or_else(|| self.with_month(at, None))
            .or_else(|| self.weekday(at))
            .or_else(|| self.week(at))
            .or_else(|| self.part_of_year(at, self.now.day.year(), false, true))
            .or_else(|| self.feast(at, None))
            .or_else(|| self.day_alone(at))
            .or_else(|| self.end_of_now(at))
    }

    /// 2010-01-29, 2020/1/2, 13.5.2015, 20240307
    fn digits(&self, at: usize) -> Option<Read> {
        let first = self.rest(at).chars().next().filter(char::is_ascii_digit)?;
        debug_assert!(first.is_ascii());
        if let Some(read) = self.compact(at) {
            return Some(read);
        }
        let slash = self.rest(at).trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('/');
        let (when, complete, end) = numeric(self.text, at, self.now, slash && self.text.len() < 40, true)?;
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

    fn compact(&self, at: usize) -> Option<Read> {
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

    /// A year and what it opens.
    fn with_year(&self, at: usize) -> Option<Read> {
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
                Some(When::Days(first, self.now.day)).filter(|_| first <= self.now.day),
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
    fn year(&self, at: usize) -> Option<(i16, usize, bool)> {
        if let Some(word) = WORDS.years.iter().find(|y| opens(self.rest(at), &y.name)) {
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
            let inside = inside || crossing;
            let year = self.now.day.year().checked_add(word.by as i16)?;
            return (!(inside || of_word)).then_some((year, at + word.name.len(), false));
        }
        if let Some(era) = WORDS.eras.iter().find(|e| opens(self.rest(at), &e.name)) {
            let place = self.spaces(at + era.name.len());
            let (n, end) = match self.starts(place, &["元年"]) {
                Some(end) => (1, end),
                None => {
                    let read = numeral(self.text, place, Reading::default())?;
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

    fn numbered_year(&self, at: usize) -> Option<(i16, usize, bool)> {
        let place = self.starts(at, &["公元", "西元"]).unwrap_or(at);
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
                read.then(|| full_year(number, self.now.day))?
            }
            _ => return None,
        };
        Some((year, end, true))
    }

    /// The digits of a year and how many there are: 二〇一六, 两千零四, 98, 零八.
    fn year_number(&self, at: usize) -> Option<(i16, usize, usize)> {
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
        let read =
            numeral(self.text, at, Reading::default()).filter(|n| n.is_exact() && n.form == Form::Words)?;
        let number = read.low.to_i16().filter(|n| (1000..2200).contains(n))?;
        Some((number, 4, read.range.end))
    }

    /// A number from 1 to `limit` in either script.
    fn small(&self, at: usize, limit: i16) -> Option<(i8, usize)> {
        if !self.rest(at).starts_with(begins) || self.rest(at).starts_with(['-', '.', '上', '半', '负']) {
            return None;
        }
        let read = numeral(self.text, at, Reading::default())?;
        let number = if read.is_exact() { read.low.to_i16() } else { None };
        let number = number.filter(|n| (1..=limit).contains(n))?;
        (read.low.scale() == 0).then_some((i8::try_from(number).ok()?, read.range.end))
    }

    /// 3月, 十二月, 12月份, 第8个月 after a year.
    fn month_number(&self, at: usize) -> Option<(i8, usize)> {
        let (month, end) = self.small(at, 12)?;
        let end = self.spaces(end);
        let end = self.starts(end, &["月份", "月"])?;
        // 三月内 and 两月来 are lengths.
        let two = self.rest(at).starts_with(['两', '兩', '俩']);
        (!two).then_some((month, end))
    }

    /// A month by name or by distance, and what follows it.
    fn with_month(&self, at: usize, year: Option<(i16, bool)>) -> Option<Read> {
        let (when_year, month, end, complete) = self.month(at, year)?;
        let next = self.spaces(self.starts(end, &["的"]).unwrap_or(end));
        if let Some((date, stop, marked)) = self.day_number(next, year.is_some() || complete) {
            let found = match (year, self.month_by_name(at)) {
                (None, true) => self.now.month_day(month, date),
                _ => day(when_year, month, date),
            };
            let bare_fits = marked
                || !self
                    .rest(stop)
                    .starts_with(|c: char| "个個家名人吨元%％年月天万亿千百倍点度分周".contains(c));
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
                Some(When::Days(first, self.now.day)).filter(|_| first <= self.now.day),
                stop,
                Sort::Period,
                false,
            );
        }
        self.done(Some(period), end, Sort::Period, complete)
    }

    fn month_by_name(&self, at: usize) -> bool {
        self.month_number(at).is_some()
    }

    /// The month and its year.
    fn month(&self, at: usize, year: Option<(i16, bool)>) -> Option<(i16, i8, usize, bool)> {
        if let Some(word) = WORDS.months.iter().find(|m| opens(self.rest(at), &m.name)) {
            let (own, month) = shift_month(self.now.day, word.by)?;
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
            None => Some((self.now.year_of_month(month), month, end, false)),
        }
    }

    /// 12日, 12号, 十五 after a month; whether 日 stands there.
    fn day_number(&self, at: usize, _known: bool) -> Option<(i8, usize, bool)> {
        let (date, end) = self.small(at, 31)?;
        match self.starts(self.spaces(end), &["日", "号", "號"]) {
            Some(end) => Some((date, end, true)),
            None => Some((date, end, false)),
        }
    }

    /// （周三）, ，星期一 after a day belong to it.
    fn weekday_note(&self, at: usize) -> usize {
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
    fn part_of_month(&self, at: usize, end: usize, year: i16, month: i8, complete: bool) -> Option<Read> {
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
            if !complete && found > self.now.day && !self.now.future {
                found = nth_weekday(year - 1, month, n, weekday).filter(|_| month != self.now.day.month())?;
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

    /// 第一季度, 一季度, 上半年, 夏天, Q3
    fn part_of_year(&self, at: usize, year: i16, complete: bool, alone: bool) -> Option<Read> {
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
            let ahead = alone && !self.now.future && make(year).first()? > self.now.day;
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
    fn first_of_year(&self, at: usize, year: i16) -> Option<(When, usize)> {
        if let Some(place) = self.starts(at, &["第"]) {
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

    fn relative_quarter(&self, at: usize) -> Option<Read> {
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
        self.done(quarter(self.now.day, *by), at + word.len(), Sort::Period, false)
    }

    fn quarter_or_half(&self, at: usize) -> Option<(When, usize)> {
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
        Some((When::Quarter(2000, n), end))
    }

    /// 90年代, 上世纪90年代, 20世纪
    fn decade(&self, at: usize) -> Option<Read> {
        let (century, place, complete) = match self.starts(at, &["上个世纪", "上世纪", "上世紀", "上個世紀"])
        {
            Some(end) => (Some(self.now.day.year() / 100 * 100 - 100), end, false),
            None => match self.starts(at, &["本世纪", "本世紀"]) {
                Some(end) => (Some(self.now.day.year() / 100 * 100), end, false),
                None => match self
                    .small(at, 30)
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
                None => full_year(i16::from(n), self.now.day),
            };
            let end = self.starts(end, &["初期", "中期", "后期", "末", "初"]).unwrap_or(end);
            return self.done(Some(When::Decade(year)), end, Sort::Period, complete);
        }
        self.done(century.map(When::Century), place, Sort::Period, complete)
    }

    /// 昨天, 大后天
    fn relative_day(&self, at: usize) -> Option<Read> {
        let word = WORDS.days.iter().find(|d| opens(self.rest(at), &d.name))?;
        let before = &self.text[..at];
        let inside = before.ends_with(|c: char| begins(c) && c != '上') && word.by != 0
            || before.ends_with(['以', '之', '从']) && word.name.starts_with(['前', '后'])
            || word.name == "前日" && before.ends_with('日')
            || word.name.starts_with('明') && before.ends_with(['光', '文', '声', '说', '证']);
        let note = word.name.strip_suffix('（').map(|w| at + w.len());
        if let Some(place) = note {
            let (_, end) = self.small(place + '（'.len_utf8(), 31)?;
            let end = self.starts(end, &["日）", "号）"])?;
            return self.done(Some(When::Day(self.now.day)), end, Sort::Day, false);
        }
        if inside {
            return None;
        }
        let end = at + word.name.len();
        // 今日（9日）: the day is stated once more.
        self.done(shift(self.now.day, word.by).map(When::Day), end, Sort::Day, false)
    }

    /// 周三, 星期一, 禮拜日
    fn weekday_name(&self, at: usize) -> Option<(Weekday, usize)> {
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
        let longer = more.is_some_and(|n| begins(n) && !matches!(n, '上') && c != '日' && c != '天')
            || short && c == '天'
            || short && c == '日' && more.is_some_and(|n| "报報刊".contains(n))
            || c.is_ascii_digit() && short && more.is_some_and(|n| n.is_ascii_digit());
        (!longer).then_some((weekday, end))
    }

    /// 上周三, 下下周日, 这个星期一, 周三
    fn weekday(&self, at: usize) -> Option<Read> {
        let before = &self.text[..at];
        if let Some((by, place)) = self.week_prefix(at) {
            let (weekday, end) = self.weekday_name(place)?;
            let date = shift(monday(self.now.day, by)?, i32::from(weekday.to_monday_zero_offset()));
            return self.done(date.map(When::Day), end, Sort::Day, false);
        }
        if before.ends_with(['每', '逢'])
            || before.ends_with(|c: char| begins(c) && c != '上')
            || before.ends_with(['个', '個']) && !before.ends_with("这个")
        {
            return None;
        }
        let (weekday, end) = self.weekday_name(at)?;
        self.done(nearest(self.now.day, weekday, self.now.future).map(When::Day), end, Sort::Day, false)
    }

    /// 上, 本, 下下个 before a week: how many weeks on, and where 周 stands.
    fn week_prefix(&self, at: usize) -> Option<(i32, usize)> {
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
    fn week(&self, at: usize) -> Option<Read> {
        let (by, place) =
            self.week_prefix(at).or_else(|| self.starts(at, &["周末", "週末"]).map(|_| (0, at)))?;
        let end = self.starts(place, &["星期", "礼拜", "禮拜", "周", "週"])?;
        if let Some(stop) = self.starts(end, &["末"]) {
            let saturday = shift(monday(self.now.day, by)?, 5)?;
            return self.done(Some(When::Days(saturday, shift(saturday, 1)?)), stop, Sort::Period, false);
        }
        let word = self.rest(end).starts_with(['期', '年', '边', '刊', '报', '转', '岁', '知', '密', '全']);
        self.done(week(self.now.day, by).filter(|_| !word), end, Sort::Period, false)
    }

    /// 29日, 12号
    fn day_alone(&self, at: usize) -> Option<Read> {
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
        if label || length || spelled {
            return None;
        }
        self.done(self.now.month_of_day(date).map(When::Day), self.weekday_note(stop), Sort::Day, false)
    }

    /// 年底, 月底, 年初, 月初 without a year or month before them.
    fn end_of_now(&self, at: usize) -> Option<Read> {
        let now = self.now.day;
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

    // Lunar dates and feasts.

    /// 农历十月初一, 正月, 腊月初十, 大年初一, 闰四月, 五月廿二
    fn lunar_date(&self, at: usize) -> Option<Read> {
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
        let guess = year.map_or(self.now.day.year(), |(y, _)| y);
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
                    && found > self.now.day
                    && !self.now.future
                    && (found - self.now.day).get_days() > 300
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

    fn lunar_month(&self, at: usize) -> Option<(i8, bool, usize, bool)> {
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
    fn lunar_day(&self, at: usize) -> Option<(i8, usize, bool)> {
        if let Some(place) = self.starts(at, &["初"]) {
            return self.small(place, 10).map(|(n, end)| (n, end, true));
        }
        let lunar = self.rest(at).starts_with(['廿', '卅']);
        let read = self.small(at, 30)?;
        Some((read.0, read.1, lunar))
    }

    fn feast(&self, at: usize, year: Option<i16>) -> Option<Read> {
        let feast = WORDS.feasts.iter().find(|f| opens(self.rest(at), &f.name))?;
        let end = at + feast.name.len();
        // 国庆 and 春节 alone are events more than days.
        if year.is_none()
            && (self.text.chars().count() > 24 || self.rest(end).starts_with(['档', '联', '期']))
        {
            return None;
        }
        let guess = year.unwrap_or(self.now.day.year());
        let date: Option<Date> = match (feast.lunar, feast.nth) {
            (true, _) => lunar::civil(guess, feast.month, feast.day, false),
            (false, 0) => day(guess, feast.month, feast.day),
            (false, nth) => Weekday::from_monday_one_offset(feast.weekday)
                .ok()
                .and_then(|w| nth_weekday(guess, feast.month, nth, w)),
        };
        self.done(date.map(When::Day), end, Sort::Day, year.is_some())
    }

    // Distances and lengths.

    /// 三天前, 两年后
    fn distance(&self, at: usize) -> Option<Read> {
        let (length, end) = self.length(at)?;
        let back = self.starts(end, &["之前", "以前", "前"]);
        let on = self.starts(end, &["之后", "之後", "以后", "以後", "后", "後"]);
        let stop = back.or(on)?;
        let next = self.rest(stop).chars().next();
        if next.is_some_and(|c| "三两一二四五六十0123456789夕景".contains(c) && back.is_some()) {
            return None;
        }
        let date = length.from(self.now.day, back.is_some())?;
        let when = match (length.years, length.months, length.days) {
            (1.., 0, 0) => When::Year(date.year()),
            (_, 1.., 0) => When::Month(date.year(), date.month()),
            _ => When::Day(date),
        };
        self.done(Some(when), stop, Sort::Distance, false)
    }

    /// 过去十年, 近三年, 未来两天, 前1周, 上2个月, 后1年, 三十天内
    fn rolling(&self, at: usize) -> Option<Read> {
        let now = self.now.day;
        const BACK: &[&str] = &["过去的", "过去", "過去", "最近的", "最近", "近", "前", "上"];
        const ON: &[&str] =
            &["未来的", "未来", "未來", "今后", "今後", "接下来的", "接下来", "后", "後", "下", "之后"];
        let half = self.starts(at, &["上半年", "下半年"]).is_some();
        let back = self.starts(at, BACK).filter(|_| !half);
        let on = self.starts(at, ON).filter(|_| !half);
        if let Some(place) = back.or(on) {
            let (length, end) = self.length(self.spaces(place))?;
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
        let (length, end) = self.length(at)?;
        if let Some(end) = self.starts(end, &["以来", "以來", "来", "來"]) {
            return self.done(Some(When::Days(length.from(now, true)?, now)), end, Sort::Rolling, false);
        }
        let end = self.starts(end, &["以内", "之内", "内", "以內", "內"])?;
        self.done(Some(When::Days(now, length.from(now, false)?)), end, Sort::Rolling, false)
    }

    /// 三年, 两个月, 1周, 17天, 半年, 三年半
    fn length(&self, at: usize) -> Option<(Length, usize)> {
        if self.text[..at].ends_with(|c: char| arabic(c).is_some() || c == '第' || c == '.') {
            return None;
        }
        if let Some(end) = self.starts(at, &["半年"]) {
            return Some((Length { months: 6, ..Length::default() }, end));
        }
        let read = numeral(self.text, at, Reading::default()).filter(|n| n.low.scale() == 0)?;
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
            (Length { days: n, ..Length::default() }, end)
        };
        if length.years > 0
            && let Some(end) = self.starts(end, &["半"])
        {
            return Some((Length { months: 6, ..length }, end));
        }
        Some((length, end))
    }
}

fn chinese_digit(c: char) -> Option<char> {
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
