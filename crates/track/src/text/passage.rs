//! Sentences: where the one around a position begins and ends, and those of a line.

use crate::text::words;
use aho_corasick::AhoCorasick;
use headwater_model::{Evidence, Part, Text};
use std::collections::BTreeSet;
use std::ops::Range;

/// Words of an article's text without the blanks around them; `None` if there are none.
pub fn cut(text: &Text, at: Range<usize>) -> Option<Evidence> {
    let words = text.as_str().get(at.clone())?;
    let start = at.start + (words.len() - words.trim_start().len());
    text.cut(start..start + words.trim().len(), Part::Text)
}

/// Where some words of an article stand in longer ones of it that hold them: at their own place, and not where the like of
/// them stands first.
pub fn place_in(longer: &Evidence, words: &Evidence) -> Option<usize> {
    let quote = longer.quote();
    let own = || {
        let skipped = words.span().start.checked_sub(longer.span().start)?;
        let (at, _) = quote.char_indices().nth(skipped as usize)?;
        quote[at..].starts_with(words.quote()).then_some(at)
    };
    let same = longer.part() == words.part();
    Some(()).filter(|()| same).and_then(|()| own()).or_else(|| quote.find(words.quote()))
}

/// Longest sentence in bytes; what runs on longer is cut there.
const LONGEST: usize = 1500;

/// Byte at which the sentence that begins at or before `from` ends (its full stop included).
pub fn sentence_end(text: &str, from: usize) -> usize {
    let mut chars = text[text.floor_char_boundary(from)..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let here = text.floor_char_boundary(from) + at + c.len_utf8();
        let next = chars.peek().map(|(_, c)| *c);
        if at > LONGEST || c == '\n' {
            return here - usize::from(c == '\n');
        }
        if ends(c, next) {
            let close = next.filter(|c| matches!(c, '”' | '」' | '』' | '"'));
            return here + close.map_or(0, char::len_utf8);
        }
    }
    text.len()
}

fn ends(c: char, next: Option<char>) -> bool {
    match c {
        '。' | '！' | '？' => true,
        '.' | '!' | '?' => next.is_none_or(|n| n.is_whitespace() || matches!(n, '”' | '"')),
        _ => false,
    }
}

/// Byte at which the sentence around `at` begins.
pub fn sentence_start(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let begin = text.floor_char_boundary(at.saturating_sub(LONGEST));
    let mut start = begin;
    let mut chars = text[begin..at].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        if c == '\n' || (next.is_some() && ends(c, next)) {
            start = begin + i + c.len_utf8();
        }
    }
    start
}

/// The lines of a text, by their bytes, without the blanks at their ends.
pub fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start..start + line.trim_end().len();
        start += line.len();
        at
    })
}

/// The sentences of a line, by their bytes. Other than for the sentence around a place, a stop behind a short form ends none:
/// official documents are full of Co. and No.
pub fn sentences(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    /// Bytes of the longest word that is looked at before a stop.
    const WORD: usize = 64;
    let words = &text[line.clone()];
    let lists = words::lists();
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let ends = match c {
            '。' | '；' => true,
            '.' => {
                let near = &words[words.floor_char_boundary(at.saturating_sub(WORD))..at];
                let last = near.rsplit([' ', '(']).next().unwrap_or_default().to_ascii_lowercase();
                let behind = words[at + 1..].trim_start();
                // "the entry is deleted: ‘17. Acme AO’": a number in front of what is listed.
                let number = last.trim_start_matches(['‘', '“', '"', '\'']);
                let listed = number.len() < last.len() && number.chars().all(|c| c.is_ascii_digit());
                let short = listed
                    || lists.texts.short_forms.contains(&last)
                    || last.chars().count() <= 1
                    || last.contains('.');
                // "… Widgets Ltd. The rule": an article opens a sentence all the same.
                let opens = lists.texts.openers.iter().any(|word| behind.starts_with(word.as_str()));
                let upper = behind.starts_with(char::is_uppercase);
                next.is_none_or(char::is_whitespace) && upper && (!short || opens && last != "u.s")
            }
            _ => false,
        };
        if ends {
            found.push(line.start + start..line.start + at + c.len_utf8());
            start = at + c.len_utf8();
        }
    }
    if start < words.len() {
        found.push(line.start + start..line.end);
    }
    found
}

/// Those of some names that a text holds, found in one pass over it.
pub fn held<'n>(text: &str, names: &[&'n str]) -> BTreeSet<&'n str> {
    match AhoCorasick::new(names) {
        Ok(names_in) => names_in.find_overlapping_iter(text).map(|found| names[found.pattern()]).collect(),
        // More or longer names than it has room for.
        Err(_) => names.iter().copied().filter(|name| text.contains(name)).collect(),
    }
}

/// What stands in a stretch of the text, of mentions in the order of an analysis: those of the headline before the text's, and
/// each before what stands behind it.
pub fn mentions_in<'a, T>(
    text: &'a Text,
    all: &'a [T],
    evidence: impl Fn(&T) -> &Evidence + Copy + 'a,
    stretch: Range<usize>,
) -> impl Iterator<Item = &'a T> {
    let at = move |one: &T| text.bytes(evidence(one).span());
    let in_text = move |one: &T| evidence(one).part() == Part::Text;
    let first = all.partition_point(|one| !in_text(one) || at(one).start < stretch.start);
    let near = all[first..].iter().take_while(move |one| at(one).start <= stretch.end);
    near.filter(move |one| in_text(one) && at(one).end <= stretch.end)
}

/// A stretch of words that begin at a byte, by its place in the whole.
pub fn shifted(at: &Range<usize>, by: usize) -> Range<usize> {
    at.start + by..at.end + by
}

/// Whether two stretches share a byte.
pub fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// What follows the number of a numbered line.
pub fn numbered(line: &str) -> Option<&str> {
    let line = line.trim_start().trim_start_matches(['（', '(']);
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let rest = line.trim_start_matches(number);
    let rest = (rest.len() < line.len()).then_some(rest)?;
    let rest = rest.strip_prefix(['.', '．', '、', ')', '）', ' '])?;
    // "3.5 percent" is a figure.
    let name = rest.trim_start_matches(['.', '．', '、', ')', '）', ' ', '\u{3000}']);
    (!name.starts_with(|c: char| c.is_ascii_digit())).then(|| name.trim_end_matches([',', '，', '、', ' ']))
}

/// The byte behind the character that begins at one.
pub fn behind(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(1, char::len_utf8)
}

/// A text up to a byte, with the rest of its sentence and the one behind it.
pub fn up_to_next(text: &str, at: usize) -> &str {
    let end = sentence_end(text, at.saturating_sub(1));
    let behind = end + text[end..].len() - text[end..].trim_start().len();
    if behind < text.len() { &text[..sentence_end(text, behind)] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_where_they_stand_whole() {
        let text = "Tern Optics Ltd.; Tern Relay OOO; 燕鸥公司；AB";
        let names = [
            "Tern Optics",
            "Tern Relay",
            "Tern Radio",
            "燕鸥公司",
            "燕鸥集团",
            "AB",
            "AC",
            "OOO; 燕鸥公司；AB and more",
        ];
        let found: Vec<&str> = held(text, &names).into_iter().collect();
        assert_eq!(found, ["AB", "Tern Optics", "Tern Relay", "燕鸥公司"]);
    }

    #[test]
    fn sentences_end_at_stops_of_both_scripts() {
        let check = |text: &str, at: usize, expected: &str| {
            assert_eq!(text[sentence_start(text, at)..sentence_end(text, at)].trim(), expected);
        };
        check("One is 2.5 here. Two is there.", 3, "One is 2.5 here.");
        check("One is 2.5 here. Two is there.", 20, "Two is there.");
        check("第一句。第二句在此。", 15, "第二句在此。");
        check("a\nb", 2, "b");
        check("", 0, "");
    }
}
