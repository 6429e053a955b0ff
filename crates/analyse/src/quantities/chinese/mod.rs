//! Chinese figures.

mod bare;
mod bounds;
mod fixed;
mod measure;
mod parts;
mod rates;
mod words;

use self::words::WORDS;
use super::numeral::{Form, Numeral};
use super::numerals_zh::{Reading, arabic, begins, numeral};
use super::units::{UNITS, Unit};
use super::{Found, Setting, counting_zh, is_masked};
use crate::characters::Characters;
use crate::passage::is_han;
pub use bare::numbers;
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;
use std::ops::Range;
use std::sync::LazyLock;

/// Characters with which a figure can begin, or what only looks like one; all others are passed by at once.
static FIRST: LazyLock<Characters> =
    LazyLock::new(|| ['第'].into_iter().chain(fixed::FIRST).chain(counting_zh::begin_words()).collect());

/// The figures of a sentence.
pub fn figures(sentence: &str, setting: Setting, masked: &[Range<usize>]) -> Vec<Found> {
    let reader = Reader { text: sentence, setting, masked };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = sentence[at..].chars().next() {
        let next = if begins(c) || FIRST.hold(c) { reader.figure(at, c, &mut found) } else { at };
        at = next.max(at + c.len_utf8());
    }
    found
}

struct Reader<'a> {
    text: &'a str,
    setting: Setting,
    masked: &'a [Range<usize>],
}

/// A number with its unit.
struct Measure {
    read: Numeral,
    unit: Option<Unit>,
    start: usize,
    end: usize,
    /// How a word between number and unit bounds it: 3000多元, 10年左右.
    bound: Option<Comparator>,
}

/// The word that bounds a count and stands before its noun, and its length.
fn bound_of_counted(text: &str) -> Option<(Comparator, usize)> {
    let (word, is) = [
        ("余", Comparator::MoreThan),
        ("餘", Comparator::MoreThan),
        ("多", Comparator::MoreThan),
        ("左右", Comparator::Approximate),
        ("以上", Comparator::AtLeast),
    ]
    .into_iter()
    .find(|(word, _)| text.starts_with(word))?;
    // 三个多边机构
    let longer = word == "多" && text["多".len()..].starts_with(|c: char| "样元边年種种國国媒功".contains(c));
    (!longer).then_some((is, word.len()))
}

fn share(factor: Decimal) -> Unit {
    Unit { name: "percent".into(), kind: QuantityKind::Percent, factor }
}

impl<'a> Reader<'a> {
    /// Reads what begins at `at`, adds figures, and says where to go on.
    fn figure(&self, at: usize, c: char, found: &mut Vec<Found>) -> usize {
        let rest = &self.text[at..];
        // 第三十五条 is one of them and no number of them.
        if c == '第' {
            let place = at + c.len_utf8();
            return numeral(self.text, place, Reading::default()).map_or(at, |read| read.range.end);
        }
        if let Some(length) = counting_zh::word(rest).filter(|_| self.is_whole_word(at)) {
            return at + length;
        }
        if let Some((figure, end)) = self.fixed(at).or_else(|| self.one_of_each(at)) {
            found.push(figure);
            return end;
        }
        if !begins(c) || self.touches_letters(at, c) {
            return at;
        }
        let Some(first) = self.measure(at) else { return self.skip_number(at) };
        if is_masked(self.masked, &first.read.range) || self.is_label(&first) {
            return first.read.range.end;
        }
        if let Some((figure, end)) = self.range(&first) {
            found.extend(figure);
            return end;
        }
        let end = first.end;
        match self.single(first) {
            Some((figure, end)) => {
                found.push(figure);
                end
            }
            None => end,
        }
    }

    /// 一些, 统一 and so on count as words only when the numeral does not go on: 一百一十二.
    fn is_whole_word(&self, at: usize) -> bool {
        // 十分之一
        let part = ["十分之", "百分之", "十分钟", "十分鐘"].iter().any(|w| self.text[at..].starts_with(w));
        !part && !self.text[..at].ends_with(|c: char| begins(c) && c != '上' && c != '.')
    }

    /// Letters before digits make a code: H20, A100, 昇腾910C.
    fn touches_letters(&self, at: usize, c: char) -> bool {
        let before = self.text[..at].chars().next_back();
        let joined = before.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, '_' | '#'))
            || before == Some('-')
                && self.text[..at].chars().rev().nth(1).is_some_and(|b| b.is_ascii_alphanumeric())
            || before == Some('.')
                && self.text[..at].chars().rev().nth(1).is_some_and(|b| b.is_ascii_digit());
        arabic(c).is_some() && joined && !self.money_before(at)
    }

    fn money_before(&self, at: usize) -> bool {
        UNITS.money_before(&self.text[..at]).is_some()
            || UNITS.chinese_money_before(self.text[..at].trim_end()).is_some()
    }

    /// Past a number that led nowhere, so that its tail is not read again.
    fn skip_number(&self, at: usize) -> usize {
        numeral(self.text, at, Reading::default()).map_or(at, |read| read.range.end)
    }

    /// A number that names: 第三, 2026年 as part of a label, 5G, 财税〔2016〕36号, 10:30.
    fn is_label(&self, measure: &Measure) -> bool {
        let (before, after) = (&self.text[..measure.start], &self.text[measure.end..]);
        let ordinal = before.trim_end().ends_with(['第', '〔', '［', '['])
            || before.ends_with(':')
            || before.ends_with('：') && measure.unit.is_none() && after.starts_with([':', '：']);
        let number = after.starts_with(['号', '號', ':', '：', '∶']) && measure.unit.is_none()
            || after.starts_with(['时', '時']) && !after.starts_with("时间") && measure.unit.is_none();
        let code = measure.unit.is_none()
            && measure.end == measure.read.range.end
            && after.starts_with(|c: char| c.is_ascii_alphabetic())
            && counting_zh::noun(after).is_none_or(|n| n.start > 0);
        let bracket = after.starts_with(['〕', ']']);
        ordinal || number || code || bracket
    }

    /// 5%至10%, 1万-5万元, 从8500到3万港元.
    fn range(&self, first: &Measure) -> Option<(Option<Found>, usize)> {
        let rest = &self.text[first.end..];
        let trimmed = rest.trim_start_matches(' ');
        let dash =
            trimmed.len() - trimmed.trim_start_matches(['-', '—', '–', '－', '~', '～', '〜', '─']).len();
        let join = if dash > 0 {
            dash
        } else {
            ["至", "到", "或"].into_iter().find(|w| trimmed.starts_with(w)).map_or(0, str::len)
        };
        if join == 0 || first.read.form == Form::Vague && first.unit.is_none() {
            return None;
        }
        let gap = rest.len() - trimmed.len() + join;
        let mut place = first.end + gap;
        place += self.text[place..].len() - self.text[place..].trim_start_matches(' ').len();
        if let Some((_, length)) = UNITS.sign_at(&self.text[place..]) {
            place += length;
        }
        let second = self.measure(place).filter(|m| !is_masked(self.masked, &(m.read.range.start..m.end)))?;
        let same = match (&first.unit, &second.unit) {
            (Some(a), Some(b)) => a.name == b.name && a.factor == b.factor,
            (Some(a), None) => a.kind == QuantityKind::Money,
            _ => true,
        };
        // 下调300万吨至8300万吨: by how much, and to what.
        let change = trimmed.starts_with(['至', '到'])
            && first.unit.is_some()
            && WORDS.changes.iter().any(|verb| self.text[..first.start].ends_with(verb.as_str()))
            && first.read.high.checked_mul(Decimal::TWO).is_none_or(|twice| second.read.low > twice);
        if change {
            return None;
        }
        let mut low = first.read.clone();
        low.borrow_scale(&second.read);
        if trimmed.starts_with('或') && first.unit.is_some() || !same || low.high >= second.read.low {
            return None;
        }
        let (unit, end) = match second.unit.clone().or_else(|| first.unit.clone()) {
            Some(unit) => (unit, second.end),
            None => self.counted(&second)?,
        };
        let from = self.text[..first.start].ends_with(['从', '從', '由']);
        let start = first.start - if from { '从'.len_utf8() } else { 0 };
        let read = Numeral { low: low.low, high: second.read.high, more: false, ..low };
        let (comparator, begin, end) = self.bounds(start, end, None, &unit, &read);
        let comparator = if matches!(comparator, Comparator::Exact | Comparator::Approximate) {
            Comparator::Range
        } else {
            comparator
        };
        let found = Found::bounded(begin.max(first.start.min(begin))..end, &unit, &read, comparator)
            .map(|f| self.finish(f));
        Some((found, end))
    }

    fn single(&self, measure: Measure) -> Option<(Found, usize)> {
        if let Some(discount) = self.discount(&measure) {
            return Some(discount);
        }
        let (unit, end) = match measure.unit.clone() {
            Some(unit) => (unit, measure.end),
            None => self.counted(&measure)?,
        };
        let mut read = self.bare_one(&unit, &measure)?;
        let below = self.text[..measure.start]
            .strip_suffix("零下")
            .filter(|_| unit.name == "Cel" || unit.name == "[degF]");
        if below.is_some() {
            (read.low, read.high) = (-read.high, -read.low);
        }
        let bound = measure.bound.or_else(|| self.bound_before_noun(&measure));
        let (comparator, start, end) = self.bounds(measure.start, end, bound, &unit, &read);
        let start = below.map_or(start, |before| start.min(before.len()));
        let found = Found::bounded(start..end, &unit, &read, comparator)?;
        Some((self.finish(found), end))
    }

    /// 一家公司 is "a company": 一 counts only people, money, time and other true units.
    fn bare_one(&self, unit: &Unit, measure: &Measure) -> Option<Numeral> {
        let one =
            measure.read.form == Form::Words && measure.read.high == Decimal::ONE && measure.read.is_exact();
        let weak = unit.kind == QuantityKind::Count && unit.name != "人"
            || unit.kind == QuantityKind::Duration
                && (matches!(unit.name.as_str(), "d" | "s" | "min"))
                && self.text[measure.end..].starts_with(|c: char| is_han(c) && !"内后前的以之".contains(c));
        // 同一天, 有一年
        let some = unit.kind == QuantityKind::Duration
            && self.text[..measure.start].ends_with(['同', '有', '那', '这', '這', '某', '每', '另']);
        (!(one && (weak || some))).then(|| measure.read.clone())
    }

    /// 人口达3.1亿, 用户数突破1.5亿: what is counted stands before the number.
    fn counted_before(&self, measure: &Measure) -> Option<(Unit, usize)> {
        let large = measure.read.scale >= Decimal::from(10_000) || measure.read.low >= Decimal::from(1_000);
        let ends = self.text[measure.end..].chars().next().is_none_or(|c| "，。；、,）)".contains(c));
        if !(large && ends) {
            return None;
        }
        let mut before = self.text[..measure.start].trim_end();
        while let Some(shorter) = WORDS.reaching.iter().find_map(|verb| before.strip_suffix(verb.as_str())) {
            before = shorter;
        }
        // 突破1.5亿, with nothing that is counted: units of one.
        let scaled = measure.read.scale >= Decimal::from(10_000) && before.len() < measure.start;
        let noun = counting_zh::last(before).or_else(|| scaled.then_some("1"))?;
        let unit = Unit { name: noun.to_owned(), kind: QuantityKind::Count, factor: Decimal::ONE };
        Some((unit, measure.end))
    }

    /// How a word between the measure word and the noun bounds a count: 四个多月, 85艘左右船只.
    fn bound_before_noun(&self, measure: &Measure) -> Option<Comparator> {
        let rest = self.text[measure.end..].trim_start_matches(' ');
        let length = counting_zh::measure(rest).filter(|_| measure.unit.is_none())?;
        let (is, bound) = bound_of_counted(&rest[length..])?;
        counting_zh::noun(&rest[length + bound..]).map(|_| is)
    }

    /// What is counted: 12万颗芯片, 1.2万人.
    fn counted(&self, measure: &Measure) -> Option<(Unit, usize)> {
        let spaces = |at: usize| at + self.text[at..].len() - self.text[at..].trim_start_matches(' ').len();
        let at = spaces(measure.end);
        let rest = &self.text[at..];
        let count =
            |name: &str| Unit { name: name.to_owned(), kind: QuantityKind::Count, factor: Decimal::ONE };
        if let Some(length) = counting_zh::measure(rest) {
            let after = at + length;
            // 一支3000人的部队
            if self.text[after..].starts_with(|c: char| arabic(c).is_some()) {
                let one = measure.read.form == Form::Words && measure.read.high == Decimal::ONE;
                return (!one).then(|| (count(&rest[..length]), at + length));
            }
            let after = after + bound_of_counted(&self.text[after..]).map_or(0, |(_, length)| length);
            if let Some(noun) = counting_zh::noun(&self.text[after..]) {
                return Some((count(&self.text[after + noun.start..after + noun.end]), after + noun.end));
            }
            return Some((count(&rest[..length]), at + length));
        }
        if let Some(length) = counting_zh::direct(rest) {
            let bare = measure.read.form == Form::Digits
                || measure.read.scale > Decimal::ONE
                || matches!(&rest[..length], "人" | "人次" | "国" | "國" | "死" | "伤");
            return bare.then(|| (count(&rest[..length]), at + length));
        }
        let noun = counting_zh::noun(rest)
            .filter(|n| n.start <= '国'.len_utf8() * 4 && measure.read.form == Form::Digits);
        let Some(noun) = noun else { return self.counted_before(measure) };
        (noun.start == 0 || measure.read.low >= Decimal::TEN)
            .then(|| (count(&rest[noun.clone()]), at + noun.end))
    }
}
