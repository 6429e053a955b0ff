//! What a figure is per, and what a share is a share of.

use super::super::Found;
use super::super::counting_zh;
use super::super::numerals_zh::arabic;
use super::super::units::UNITS;
use super::Reader;
use super::words::{RATE_SIGNS, Rate, WORDS};
use crate::passage::is_han;
use headwater_model::mention::QuantityKind;
use rust_decimal::Decimal;
use std::ops::Range;

impl<'a> Reader<'a> {
    pub(super) fn finish(&self, mut found: Found) -> Found {
        found.per = self.per(&found);
        if found.kind == QuantityKind::Percent {
            found.scope = self.scope(found.range.start, found.range.end);
        }
        found
    }

    /// 每年, 年产, 每股, /年.
    pub(super) fn per(&self, found: &Found) -> Option<String> {
        self.per_after(&self.text[found.range.end..]).or_else(|| self.per_before(found))
    }

    fn per_after(&self, after: &str) -> Option<String> {
        let Some(rate) = WORDS.rates_after.iter().find(|rate| after.starts_with(rate.word.as_str())) else {
            // 139人/平方公里
            let (unit, _) = UNITS.chinese_at(after.strip_prefix(['/', '／'])?)?;
            return (unit.factor == Decimal::ONE && unit.kind != QuantityKind::Money)
                .then(|| unit.name.clone());
        };
        let next = &after[rate.word.len()..];
        // 5元每10公里
        let counts_on = rate.word.starts_with('每') && next.starts_with(|c: char| arabic(c).is_some());
        (!counts_on).then(|| rate.unit.clone())
    }

    fn per_before(&self, found: &Found) -> Option<String> {
        let before = self.text[..found.range.start].trim_end_matches([
            ' ', '约', '約', '达', '達', '为', '為', '近', '超', '过', '過', '可', '有', '逾', '到',
        ]);
        let near = before.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
        let clause = before[near..].rsplit(['，', '。', '、', '；', ',']).next().unwrap_or_default();
        // A number between the two has the rate for itself.
        let alone = |at: usize| !clause[at..].contains(|c: char| arabic(c).is_some());
        let fits = |rate: &&Rate| {
            before.ends_with(rate.word.as_str())
                || rate.apart && last_in(clause, &rate.word).is_some_and(alone)
        };
        let may_fit = clause.contains(|c| RATE_SIGNS.contains(&c));
        if let Some(rate) = WORDS.rates_before.iter().filter(|_| may_fit).find(fits) {
            return Some(rate.unit.clone());
        }
        each(before)
            .map(|(_, unit)| unit)
            .or_else(|| paid_each(clause).filter(|_| found.kind == QuantityKind::Money))
    }

    /// 80%的芯片, or 国产芯片占比80%.
    pub(super) fn scope(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let after = &self.text[end..];
        if let Some(rest) = after.strip_prefix('的') {
            let length = phrase_length(rest);
            let at = end + '的'.len_utf8();
            return (length > 0).then(|| at..at + length);
        }
        // 近九成村庄, 三分之二受访者
        if let Some(noun) = counting_zh::noun(after).filter(|noun| noun.start <= 6) {
            return Some(end..end + noun.end);
        }
        // 占收入的20.8%, 约为对手产品的60%
        let before = self.text[..start].trim_end();
        if let Some(whole) = before.strip_suffix('的') {
            let from = whole
                .rfind([
                    '，', '。', '、', '；', '：', ',', '占', '佔', '为', '為', '是', '达', '達', '到', '约',
                    '約', '于', '於', '足',
                ])
                .map_or(0, |b| b + whole[b..].chars().next().map_or(1, char::len_utf8));
            return (from < whole.len()).then_some(from..whole.len());
        }
        let dated = self.masked.iter().map(|m| m.end).filter(|e| *e <= start).max().unwrap_or(0);
        let clause_start = self.text[..start]
            .rfind(['，', '。', '、', '；', '：', ',', '（', '(', '“', '「'])
            .map_or(0, |b| b + self.text[b..].chars().next().map_or(1, char::len_utf8));
        let clause_start = clause_start.max(dated);
        let clause = &self.text[clause_start..start];
        // 增加值占GDP比重: a share of the GDP.
        let clause_start = clause
            .char_indices()
            .rev()
            .find(|&(at, c)| {
                matches!(c, '占' | '佔')
                    && !clause[at..].starts_with("占比")
                    && !clause[at..].starts_with("佔比")
                    && !clause[at..].starts_with("占有")
            })
            .map_or(clause_start, |(at, c)| clause_start + at + c.len_utf8());
        let clause = &self.text[clause_start..start];
        let (word, at) = WORDS
            .shares
            .iter()
            .filter_map(|w| last_in(clause, w).map(|at| (w, at)))
            .max_by_key(|(_, at)| *at)?;
        let subject = clause[..at].trim_end_matches(['的', ' ']);
        let rate = word.ends_with('率');
        let stop = if rate { clause_start + at + word.len() } else { clause_start + subject.len() };
        (stop > clause_start).then_some(clause_start..stop)
    }
}

/// Where a word stands last in a clause, which is too short for a prepared search to be worth its while.
pub(super) fn last_in(clause: &str, word: &str) -> Option<usize> {
    // The words are Han, of three bytes a character: the third differs most.
    let differs = |at: usize| clause.as_bytes().get(at + 2) != word.as_bytes().get(2);
    let places = clause.char_indices().rev().map(|(at, _)| at);
    places.filter(|&at| !differs(at)).find(|&at| clause[at..].starts_with(word))
}

/// The noun phrase that begins `text`: Han characters, letters and digits up to a stop.
pub(super) fn phrase_length(text: &str) -> usize {
    const STOPS: &str = "再仍已均或及不更拟擬让使把可的了在是和与與及将將被已向从從对對为為以于於并並而等都必须須应應会會来來由打";
    text.char_indices()
        .take(12)
        .find(|&(_, c)| STOPS.contains(c) || !c.is_alphanumeric())
        .map_or_else(|| text.char_indices().nth(12).map_or(text.len(), |(at, _)| at), |(at, _)| at)
}

/// 每升支付1.78欧元: a verb of a few characters stands between.
fn paid_each(clause: &str) -> Option<String> {
    let after = &clause[clause.rfind('每')? + '每'.len_utf8()..];
    let (unit, length) = UNITS.chinese_at(after).filter(|(unit, _)| unit.factor == Decimal::ONE)?;
    let verb = after[length..].chars().all(is_han) && after[length..].chars().count() <= 4;
    (verb && unit.kind != QuantityKind::Money).then(|| unit.name.clone())
}

/// 每盎司2331美元, 每盒1360元: any unit or measure word after 每 that touches the number, and where 每 stands.
pub(super) fn each(before: &str) -> Option<(usize, String)> {
    let from = before.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
    let at = before[from..].rfind('每')? + from;
    let word = before[at + '每'.len_utf8()..].trim();
    let unit = UNITS.chinese_at(word).filter(|(unit, length)| {
        *length == word.len() && unit.factor == Decimal::ONE && unit.kind != QuantityKind::Money
    });
    let measure =
        || counting_zh::measure(word).filter(|length| *length == word.len()).map(|_| word.to_owned());
    unit.map(|(unit, _)| unit.name.clone()).or_else(measure).map(|unit| (at, unit))
}
