//! Lines that name something and assert nothing: the head of a letter, the title of a document, a label and what it labels.

use super::rules::Lists;
use headwater_model::Part;

/// Characters of a label's line.
const SHORT: usize = 60;
/// Words of a name that stands alone.
const WORDS: std::ops::RangeInclusive<usize> = 2..=14;

/// Whether a sentence only names. A headline asserts, however it is written.
pub(super) fn only_names(lists: &Lists, sentence: &str, part: Part) -> bool {
    part == Part::Text && (is_labelled(lists, sentence) || is_written_as_name(lists, sentence))
}

/// 【发布单位】安全与管制局
fn is_labelled(lists: &Lists, sentence: &str) -> bool {
    let line = sentence.trim_start_matches(['【', '［', '[', ' ', '\u{3000}']);
    let label = lists.labels.iter().find_map(|label| line.strip_prefix(label.as_str()));
    let behind = label.is_some_and(|rest| rest.starts_with(['】', '］', ']', '：', ':']));
    behind && !sentence.ends_with('。') && sentence.chars().count() <= SHORT
}

/// "Office of Financial Sanctions Implementation HM Treasury"
fn is_written_as_name(lists: &Lists, sentence: &str) -> bool {
    let words = || sentence.split_whitespace();
    let is_name = |word: &str| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        lists.small.iter().any(|small| small == word) || !word.starts_with(char::is_lowercase)
    };
    sentence.is_ascii()
        && !sentence.trim_end().ends_with(['.', '!', ';', ':', '"'])
        && words().all(is_name)
        && WORDS.contains(&words().count())
}
