//! Chinese dates.

mod days;
mod lengths;
mod lunar_dates;
mod months;
mod parts;
mod ranges;
mod weeks;
pub(super) mod words;
mod years;

use super::calendar::{Now, When};
use super::{Found, Sort};
use crate::quantities::numerals_zh::{Reading, arabic, begins, numeral};
use rust_decimal::prelude::ToPrimitive;

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
}
