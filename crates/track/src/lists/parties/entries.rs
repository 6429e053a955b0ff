//! Parties of an annex: at the heads of its lines and in the cells of its tables, with what they are called besides.

use super::chinese::in_chinese_run;
use super::english::{aliases, in_run, other_names};
use super::vocabulary::vocabulary;
use super::{Party, is_form, is_name, place, without_brackets, without_stop};
use crate::text::passage::numbered;
use crate::text::units;
use crate::text::words::{has_any, places, starts_with_any};
use headwater_model::article::LINE_IN_CELL;
use std::ops::Range;

/// The parties of a line of an annex. A line of facts begins with the name: "ACME LTD (a.k.a. ACE), Dubai; DOB …".
pub fn in_line(text: &str, line: Range<usize>) -> Vec<Party> {
    let words = &text[line.clone()];
    let folded = units::simplified(words);
    if starts_with_any(&folded, &vocabulary().no_entries) {
        return Vec::new();
    }
    if is_han(&folded) {
        let end = without_brackets(words).0.find(['，', ',', '\t']).unwrap_or(words.len());
        let is_prose = words.contains(['。', '；', '：']);
        return if is_prose { Vec::new() } else { in_chinese_run(text, line.start..line.start + end) };
    }
    // "CHINA: A; B; and C."
    let under = words.find(": ").filter(|at| *at <= 40 && !words[..*at].chars().any(char::is_lowercase));
    if let Some(at) = under {
        return in_run(text, line.start + at + 2..line.end);
    }
    let entry = || {
        let name = head_name(words, name_end(words)?);
        // "The office is also issuing General License 8": a sentence without its stop.
        if vocabulary().says.iter().any(|verb| name.contains(verb.as_str())) {
            return None;
        }
        let capital = name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let party = || Party { at: place(name, words, line.start), also: further_names(words) };
        (capital && is_name(name) && !is_signed(&folded)).then(party)
    };
    if words.ends_with(':') || is_prose(words) { Vec::new() } else { entry().into_iter().collect() }
}

/// The party of a cell, which may hold its aliases and its address behind the name.
pub fn in_cell(text: &str, cell: Range<usize>) -> Option<Party> {
    let whole = &text[cell.clone()];
    let quotes = |c: char| c.is_whitespace() || "‘’'\"“”".contains(c);
    let words = whole.trim_matches(quotes);
    let words = numbered(words).unwrap_or(words).trim_matches(quotes);
    let han = is_han(words);
    // Below the name stands where it sits.
    let first = words.split(LINE_IN_CELL).next().unwrap_or_default().trim_end();
    let end = match () {
        () if han => without_brackets(first).0.find(['，', '；']).unwrap_or(first.len()),
        () if is_person(first) => first.len(),
        () => name_end(first).or_else(|| (first.len() < words.len()).then_some(first.len()))?,
    };
    let name = head_name(words, end);
    let also = if han { Vec::new() } else { further_names(words) };
    is_name(name).then(|| Party { at: place(name, whole, cell.start), also })
}

/// The name up to a place, without marks and stops.
fn head_name(words: &str, end: usize) -> &str {
    without_stop(words[..end].trim_matches(|c: char| c.is_whitespace() || "\"“”,;".contains(c)))
}

/// Whether the first letter or figure of words is a Chinese character.
fn is_han(words: &str) -> bool {
    words.chars().find(|c| c.is_alphanumeric()).is_some_and(units::is_ideographic)
}

/// "ZIMIN, Viktor Pavlovich": a person's family name in capitals, and what it is called besides.
fn is_person(words: &str) -> bool {
    let Some((family, given)) = words.split_once(", ") else { return false };
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '.');
    family.chars().all(|c| !c.is_lowercase() && plain(c))
        && given.chars().all(plain)
        && given.split(' ').count() <= 4
        && !family.split(' ').chain(given.split(' ')).any(is_form)
}

/// Other names of an entry: in brackets, or behind "a.k.a." in its words.
fn further_names(words: &str) -> Vec<String> {
    let (bare, brackets) = without_brackets(words);
    aliases(&bare, brackets.into_iter().flat_map(|bracket| other_names(&words[bracket])).collect())
}

/// Whether a line is a sentence and no entry: small words at its end, and nothing that lists facts.
fn is_prose(words: &str) -> bool {
    let facts = words.contains(['[', ';']) || words.contains(" (");
    let count = words.split(' ').count();
    let small = words.split(' ').filter(|w| w.starts_with(char::is_lowercase)).count();
    !facts && (small * 2 > count || count > 14 && small * 4 > count)
}

/// Whether a line is that of who signs, with what office, or what a gazette prints below a document.
fn is_signed(folded: &str) -> bool {
    let office = |word: &String| places(folded, word).any(|at| folded[..at.start].contains(", "));
    vocabulary().officers.iter().any(office) && !folded.contains(['[', ';'])
        || has_any(folded, &vocabulary().imprints)
}

/// Where the name ends that a line begins with. A person's has its given names behind the comma.
pub fn name_end(line: &str) -> Option<usize> {
    let facts = vocabulary().facts.iter();
    let fact =
        facts.filter_map(|mark| line.find(mark.as_str()).filter(|at| !ends_form(line, *at, mark))).min();
    let mut commas = line.match_indices(", ").map(|(at, _)| at).filter(|at| {
        let next = line[at + 2..].split([' ', ',']).next().unwrap_or_default();
        !is_form(next.trim_end_matches([';', ')', ':']))
    });
    let comma = commas.nth(usize::from(has_any(line, &vocabulary().persons)));
    let end = fact.into_iter().chain(comma).min().unwrap_or(line.len());
    let end = line[..end].trim_end().len();
    (end > 0).then_some(end)
}

/// "TRADING CO. (…)", "Ltd. ": a stop behind a legal form ends no name, unless that is the last of it: "Tern Ltd. Room 12".
fn ends_form(words: &str, at: usize, mark: &str) -> bool {
    let last = words[..at].rsplit([' ', ',']).next().unwrap_or_default().to_lowercase();
    let next = words[at + mark.len()..].split([' ', ',', ';']).next().unwrap_or_default();
    let closes = mark == ". "
        && last.len() > 2
        && !last.contains('.')
        && next.starts_with(char::is_alphanumeric)
        && !is_form(next);
    mark.starts_with('.') && (is_form(&last) && !closes || last.chars().count() <= 2)
}
