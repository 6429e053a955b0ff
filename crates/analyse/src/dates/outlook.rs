//! Which parts of a sentence look ahead.
//!
//! "The ministry said on Monday that the rule will take effect on July 1" names a past day and a future one. So a cue
//! (will, due, 将于) holds for its own clause, and there for what follows it; what stands before it looks ahead as well
//! ("On July 1 the rule will take effect") unless it tells when something was said or done.

use super::{chinese, english};
use crate::passage::Language;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::ops::Range;
use std::sync::LazyLock;

/// The words that count, found in one pass.
struct Cues {
    automaton: AhoCorasick,
    /// The first so many patterns look ahead, the others report.
    ahead: usize,
}

impl Cues {
    fn new(ahead: &[String], reports: &[String]) -> Self {
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(ahead.iter().chain(reports))
            .expect("a few hundred short words");
        Cues { automaton, ahead: ahead.len() }
    }
}

static ENGLISH: LazyLock<Cues> =
    LazyLock::new(|| Cues::new(&english::words::WORDS.ahead, &english::words::WORDS.reports));
static CHINESE: LazyLock<Cues> =
    LazyLock::new(|| Cues::new(&chinese::words::WORDS.ahead, &chinese::words::WORDS.reports));

struct Clause {
    range: Range<usize>,
    /// Where the first cue begins.
    cue: Option<usize>,
    /// Where the first word begins that reports.
    report: Option<usize>,
}

/// The clauses of a sentence and what their dates look at.
pub(super) struct Outlook<'a> {
    sentence: &'a str,
    /// None where the sentence has no cue at all.
    clauses: Vec<Clause>,
    chinese: bool,
}

/// A clause up to this many bytes is hardly more than a date and goes with its neighbour.
const SHORT: usize = 32;

impl<'a> Outlook<'a> {
    /// Reads a sentence.
    pub(super) fn of(sentence: &'a str, language: Language) -> Self {
        let chinese = language.is_chinese();
        let cues: &Cues = if chinese { &CHINESE } else { &ENGLISH };
        let mut outlook = Outlook { sentence, clauses: Vec::new(), chinese };
        let words: Vec<(usize, bool)> = cues
            .automaton
            .find_overlapping_iter(sentence)
            .map(|word| (word.start(), word.pattern().as_usize() < cues.ahead))
            .collect();
        if words.iter().any(|(_, ahead)| *ahead) {
            outlook.clauses =
                clauses(sentence, chinese).map(|range| Clause { range, cue: None, report: None }).collect();
            words.into_iter().for_each(|(at, ahead)| outlook.note(at, ahead));
        }
        outlook
    }

    fn note(&mut self, at: usize, ahead: bool) {
        let index = self.clauses.partition_point(|clause| clause.range.end <= at);
        let Some(clause) = self.clauses.get_mut(index) else { return };
        let first = if ahead { &mut clause.cue } else { &mut clause.report };
        *first = Some(first.map_or(at, |known| known.min(at)));
    }

    /// Whether a bare date at this byte is the next one rather than the last one.
    pub(super) fn looks_ahead(&self, at: usize) -> bool {
        let index = self.clauses.partition_point(|clause| clause.range.end <= at);
        let Some(clause) = self.clauses.get(index) else { return false };
        if clause.cue.is_some() {
            return self.ahead(clause, at);
        }
        if clause.range.len() > SHORT || clause.report.is_some() {
            return false;
        }
        let before = index.checked_sub(1).and_then(|i| self.clauses.get(i));
        let after = self.clauses.get(index + 1).is_some_and(|next| self.ahead(next, next.range.start));
        after || !self.chinese && before.is_some_and(|last| last.cue.is_some())
    }

    /// Whether an act begins on the day that stands at this byte: "from Oct. 15", 自10月15日起, 12月1日生效.
    pub(super) fn begins(&self, at: usize) -> bool {
        let (Some(before), Some(rest)) = (self.sentence.get(..at), self.sentence.get(at..)) else {
            return false;
        };
        if self.chinese { begins_chinese(before, rest) } else { begins_english(before, rest) }
    }

    fn ahead(&self, clause: &Clause, at: usize) -> bool {
        let Some(cue) = clause.cue else { return false };
        let told = clause.report.is_some_and(|report| report < cue);
        if at >= cue { !self.dates_deed(at, cue) } else { !(told || self.follows_deed(at)) }
    }

    /// "passed on May 5 and will take effect": a past tense stands just before the date.
    fn follows_deed(&self, at: usize) -> bool {
        let words = self.sentence[..at].split_whitespace().rev().take(3);
        !self.chinese && words.into_iter().any(is_deed)
    }

    /// "will be released under a deal reached on May 16": the day is that of a deed, not of what is to come.
    fn dates_deed(&self, at: usize, cue: usize) -> bool {
        const TO_COME: &[&str] =
            &["expected", "scheduled", "planned", "needed", "slated", "poised", "required"];
        let mut words = self.sentence[cue..at].split_whitespace().rev();
        let on = words.next() == Some("on");
        let deed = words.next().is_some_and(|word| is_deed(word) && !TO_COME.contains(&word));
        let to_be = words.next().is_none_or(|word| matches!(word, "be" | "is" | "are" | "being" | "get"));
        !self.chinese && on && deed && !to_be
    }
}

/// A day by its characters: 10月15日, 十月十五号（周四）, 12月底.
const OF_A_DAY: &str =
    "0123456789０１２３４５６７８９一二三四五六七八九十廿两月日号號份底末初上中下旬 （）()周週星期";

fn begins_chinese(before: &str, rest: &str) -> bool {
    let words = &*chinese::words::WORDS;
    let after = rest.trim_start_matches(|c| OF_A_DAY.contains(c));
    after.len() < rest.len()
        && (words.begins_before.iter().any(|word| after.starts_with(word.as_str()))
            || words.begins_behind.iter().any(|word| before.ends_with(word.as_str())))
}

fn begins_english(before: &str, rest: &str) -> bool {
    /// How far the words around a day are looked at.
    const NEAR: usize = 4;
    let words = &*english::words::WORDS;
    let is_of = |list: &[String], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let mut back = before.split_whitespace().rev().take(NEAR).map(|word| word.trim_end_matches(','));
    let opener = back.find(|word| is_of(&words.begins_behind, word) || !is_of(&words.passed_over, word));
    opener.is_some_and(|word| is_of(&words.begins_behind, word))
        && !rest.split_whitespace().take(NEAR).any(|word| is_of(&words.spans, word))
}

/// Whether a word is in the past tense, as far as its ending tells.
fn is_deed(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed")
}

/// Clauses by their signs, and in English by the words that begin one.
fn clauses(sentence: &str, chinese: bool) -> impl Iterator<Item = Range<usize>> + '_ {
    const SIGNS: &str = ",;:()“”\"，；。：（）「」";
    const WORDS: &[&str] =
        &[" that ", " which ", " who ", " after ", " but ", " while ", " when ", " because "];
    let mut cuts: Vec<usize> = sentence.match_indices(|c| SIGNS.contains(c)).map(|(at, _)| at).collect();
    if !chinese {
        cuts.extend(WORDS.iter().flat_map(|word| sentence.match_indices(word).map(|(at, _)| at)));
        cuts.sort_unstable();
    }
    cuts.push(sentence.len());
    let mut from = 0;
    cuts.into_iter().map(move |to| {
        let range = from..to.max(from);
        from = range.end;
        range
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_holds_for_its_clause() {
        let check = |sentence: &str, language, date: &str, expected: bool| {
            let at = sentence.find(date).unwrap();
            assert_eq!(Outlook::of(sentence, language).looks_ahead(at), expected, "{sentence}: {date}");
        };
        let told = "The ministry said on Monday that the rule will take effect on July 1.";
        check(told, Language::English, "Monday", false);
        check(told, Language::English, "July", true);
        check("The court said on Sunday it will rule on Friday.", Language::English, "Sunday", false);
        check("The court said on Sunday it will rule on Friday.", Language::English, "Friday", true);
        check("On July 1, the rule will take effect.", Language::English, "July", true);
        check("On July 1 the rule will take effect, it said Monday.", Language::English, "July", true);
        check("On July 1 the rule will take effect, it said Monday.", Language::English, "Monday", false);
        check("It was passed on May 5 and will take effect in October.", Language::English, "May", false);
        check("It was passed on May 5 and will take effect in October.", Language::English, "October", true);
        let deal = "Another 50 are due to be freed on Friday under a deal reached on May 16.";
        check(deal, Language::English, "Friday", true);
        check(deal, Language::English, "May", false);
        let told = "商务部6月3日宣布将于7月1日起实施新规。";
        check(told, Language::ChineseSimplified, "6月", false);
        check(told, Language::ChineseSimplified, "7月", true);
        check("白宫周日称，总统将于周五到访。", Language::ChineseSimplified, "周日", false);
        check("白宫周日称，总统将于周五到访。", Language::ChineseSimplified, "周五", true);
        check("周三，央行将公布利率决定。", Language::ChineseSimplified, "周三", true);
    }
}
