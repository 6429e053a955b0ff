//! Parties in a run of Chinese words.

use super::vocabulary::vocabulary;
use super::{Party, is_name, place, without_brackets};
use crate::text::passage::shifted;
use crate::text::units;
use crate::text::words::{ends_with_any, has_any, starts_with_any};
use std::ops::Range;

/// Parties in a run of Chinese words: 甲公司、乙研究所（B Institute）和丙公司等3家实体.
pub fn in_chinese_run(text: &str, run: Range<usize>) -> Vec<Party> {
    let words = &text[run.clone()];
    let mut found: Vec<Party> = Vec::new();
    for piece in pieces(words) {
        let Some(at) = chinese_name(words, piece.clone()) else { continue };
        // 无法核实最终用户、最终用途的甲公司: the description ran over the mark.
        if at.start > piece.start && words[piece.start..at.start].ends_with('的') {
            found.retain(|party| looks_like_party(&text[party.at.clone()]));
        }
        found.push(Party::at(shifted(&at, run.start)));
    }
    found
}

/// The pieces of a run between marks, and between words for "and" where a name ends before them.
fn pieces(words: &str) -> Vec<Range<usize>> {
    let (bare, _) = without_brackets(words);
    let joints = bare.char_indices().filter(|(at, c)| match c {
        '、' | '，' | ';' | '；' => true,
        '和' | '及' | '与' | '與' => ends_name(&words[..*at], &bare[..*at]),
        _ => false,
    });
    let mut start = 0;
    let mut found = Vec::new();
    for (at, c) in joints {
        found.push(start..at);
        start = at + c.len_utf8();
    }
    found.push(start..words.len());
    found
}

/// Whether words end in the name of a party; `bare` are the same without brackets.
fn ends_name(words: &str, bare: &str) -> bool {
    let before = units::simplified(bare.trim_end());
    words.trim_end().ends_with(['）', ')'])
        || before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
        || ends_with_any(&before, &vocabulary().ends)
}

/// A piece without what counts or describes: 等3家美国实体, 公告2026年第3号中.
fn chinese_name(words: &str, piece: Range<usize>) -> Option<Range<usize>> {
    let piece = behind_notice(&words[piece.clone()], piece.start);
    let own = &words[piece.clone()];
    let own = &own[..counted(own).unwrap_or(own.len())];
    let marks = |c: char| c.is_whitespace() || "“”‘’「」『』\"'，,：:。；".contains(c);
    let name = without_owner(without_description(own.trim_matches(marks)));
    (is_name(name) && !is_no_name(&units::simplified(name))).then(|| place(name, own, piece.start))
}

/// What stands behind the number of a notice, 商务部公告2026年第18号中…, of words that begin at a byte.
fn behind_notice(words: &str, begins: usize) -> Range<usize> {
    let number = words.find('号').or(words.find('號')).filter(|at| words[..*at].contains('第'));
    let Some(number) = number else { return begins..begins + words.len() };
    let rest = &words[number + '号'.len_utf8()..];
    let leads = vocabulary().of_notice.iter();
    let rest = leads.fold(rest, |rest, lead| rest.strip_prefix(lead.as_str()).unwrap_or(rest));
    begins + words.len() - rest.len()..begins + words.len()
}

/// Where words begin to count parties or to stand for others: 泰伦公司3家美国实体, 泰伦公司等.
fn counted(words: &str) -> Option<usize> {
    let (bare, _) = without_brackets(words);
    let mut places = bare.char_indices();
    let counts = |(at, c): &(usize, char)| {
        *c == '等' && *at > 0 && stands_for_others(&bare[*at..]) || begins_with_count(&bare[*at..])
    };
    places.find(counts).map(|(at, _)| at)
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || vocabulary().numerals.contains(c)
}

fn begins_with_count(words: &str) -> bool {
    let behind = words.trim_start_matches(is_number);
    behind.len() < words.len() && starts_with_any(behind, &vocabulary().counters)
}

/// 甲公司等企业, and not 甲高等研究院.
fn stands_for_others(words: &str) -> bool {
    let behind = units::simplified(words.trim_start_matches('等').trim_start());
    behind.is_empty()
        || behind.starts_with(|c: char| is_number(c) || !c.is_alphanumeric())
        || starts_with_any(&behind, &vocabulary().others)
}

/// 已暂停措施的甲公司, and not 美的集团.
fn without_description(words: &str) -> &str {
    let Some(at) = words.rfind('的') else { return words };
    let inside = vocabulary().holding.iter().any(|word| {
        words.match_indices(word.as_str()).any(|(start, word)| (start..start + word.len()).contains(&at))
    });
    let described = words[..at].chars().count() > 2 && !words[at..].starts_with("的（") && !inside;
    if described { &words[at + '的'.len_utf8()..] } else { words }
}

/// 其子公司伊塔公司, 旗下企业
fn without_owner(words: &str) -> &str {
    let folded = units::simplified(words);
    let Some(owner) = vocabulary().owned.iter().find(|lead| folded.starts_with(lead.as_str())) else {
        return words;
    };
    let behind = words.char_indices().nth(owner.chars().count());
    &words[behind.map_or(words.len(), |(at, _)| at)..]
}

/// Whether folded words point elsewhere or back, are those of who signs, or a paper's.
fn is_no_name(folded: &str) -> bool {
    let known = vocabulary();
    starts_with_any(folded, &known.pointers)
        || starts_with_any(folded, &known.anaphors)
        || ends_with_any(folded, &known.papers)
        || has_any(folded, &known.signatures)
}

/// Whether a Chinese name is one by its looks: by how it ends, or because it is given in Latin letters too.
pub fn looks_like_party(name: &str) -> bool {
    let folded = units::simplified(name);
    let bare = folded.trim_end_matches(['）', ')']);
    bare.len() < folded.len()
        || folded.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
        || ends_with_any(bare, &vocabulary().ends)
}
