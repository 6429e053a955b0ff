//! Numbers of notices, 商务部公告2026年第27号, by which one notice names another.

use crate::memory::seen::Seen;
use crate::reading::publisher;
use crate::text::units;
use crate::text::words::{self, ends_with_any, has_any};
use headwater_model::mention::EntityKind;
use headwater_model::{Analysis, EntityId, Part, Text};
use std::collections::BTreeMap;
use std::ops::Range;

/// Bytes of the longest title of an instrument.
pub const LONGEST_TITLE: usize = 240;

/// A number in a text.
pub struct Numbered {
    /// The series, the year and the number.
    pub key: String,
    /// Where it stands.
    pub at: Range<usize>,
    /// The title that a bracket behind it gives.
    pub title: Option<String>,
}

/// The key of a document's own number, in its headline or its head.
pub fn own_number(seen: &Seen, analysis: &Analysis) -> Option<String> {
    /// Bytes of the headline in which its own number begins.
    const HEAD: usize = 60;
    let title = seen.title.as_str();
    let issuers = issuers(analysis, &seen.title, Part::Title);
    let Some(first) = numbers_in(seen, (title, &issuers), &(0..title.len())).into_iter().next() else {
        return regulations_in(title).into_iter().next().map(|(key, _)| key);
    };
    // 关于暂停实施2026年第27号公告 gives another's number.
    let before = units::simplified(&title[..first.at.start]);
    (first.at.start < HEAD && !has_any(&before, &words::lists().instruments.of_others)).then_some(first.key)
}

/// Keys of the notices that a whole text names, and where.
pub fn numbers_of_text(seen: &Seen, analysis: &Analysis) -> Vec<(String, Range<usize>)> {
    let text = seen.text.as_str();
    let issuers = issuers(analysis, &seen.text, Part::Text);
    let found = numbers_in(seen, (text, &issuers), &(0..text.len()));
    let own = regulations_in(seen.title.as_str()).into_iter().map(|(key, _)| (key, 0..0));
    let numbered = found.into_iter().map(|number| (number.key, number.at));
    own.chain(numbered).chain(regulations_in(text)).collect()
}

/// Numbers of acts of the Union, "Regulation (EU) 2026/2417".
fn regulations_in(text: &str) -> Vec<(String, Range<usize>)> {
    /// How many of a text are read.
    const MOST: usize = 200;
    let number = |(at, mark): (usize, &str)| {
        let rest = &text[at + mark.len()..];
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != '/').unwrap_or(rest.len());
        let (year, number) = rest[..length].split_once('/')?;
        let is_number = is_year(year) && !number.is_empty() && !number.contains('/');
        let end = at + mark.len() + length;
        is_number.then(|| (format!("eu:{year}/{number}"), at..end))
    };
    text.match_indices("(EU) ").filter_map(number).take(MOST).collect()
}

/// The authorities that a part of an article names, by where their names end.
pub type Issuers<'a> = BTreeMap<usize, (usize, &'a EntityId)>;

/// The authorities that a part of an article names.
pub fn issuers<'a>(analysis: &'a Analysis, text: &Text, part: Part) -> Issuers<'a> {
    let agencies =
        analysis.entities.iter().filter(|e| e.evidence.part() == part && e.kind == EntityKind::Agency);
    let placed = agencies.filter_map(|agency| {
        let at = text.bytes(agency.evidence.span());
        Some((at.end, (at.start, agency.id.as_ref()?)))
    });
    placed.collect()
}

/// The authority whose name ends where the kind of its notice begins, 商务部公告…; of several, 商务部 海关总署公告…, the first: the
/// number is of its series.
fn issuer_of<'a>(issuers: &Issuers<'a>, text: &str, mut end: usize) -> Option<&'a EntityId> {
    let mut first = None;
    while let Some((start, agency)) = issuers.get(&end) {
        first = Some(*agency);
        end = text[..*start].trim_end_matches([' ', '、', '\u{3000}']).len();
    }
    first
}

/// The title of an instrument in the bracket with which words begin, （…的决定）, and not （以下简称61号公告）.
fn in_bracket(words: &str) -> Option<&str> {
    let inside = words.strip_prefix(['（', '('])?;
    let near = &inside[..inside.floor_char_boundary(LONGEST_TITLE)];
    let title = near[..near.find(['）', ')'])?].trim_matches(['《', '》']);
    (ends_with_any(title, &words::lists().instruments.endings) && title.chars().count() > 6).then_some(title)
}

/// Numbers of notices in a stretch, 商务部公告2026年第27号（…的决定）.
pub fn numbers_in(seen: &Seen, (text, issuers): (&str, &Issuers), stretch: &Range<usize>) -> Vec<Numbered> {
    let words = &text[stretch.clone()];
    let publisher =
        seen.publisher.entity.as_ref().map_or_else(|| publisher::host(&seen.url), ToString::to_string);
    let number = |(at, mark): (usize, &str)| {
        let (head, number) = number_before(&words[..at])?;
        let behind = &words[at + mark.len()..];
        let tail = last_four(head);
        let year = Some(tail).filter(|tail| is_year(tail));
        let issuer = year.map_or(head, |year| &head[..head.len() - year.len()]);
        let issuer = issuer.trim_end_matches(['〔', '(', '（', '[', ' ']);
        let kind = kind_of(issuer, behind)?;
        let body = if issuer.trim_end_matches("公告").ends_with("机制") { "body" } else { "" };
        let named = issuer.trim_end_matches(['公', '通', '告', '令', ' ']);
        let whose = Some(named).filter(|named| body.is_empty() && !named.is_empty());
        let whose = whose.and_then(|named| issuer_of(issuers, text, stretch.start + named.len()));
        let series = whose.map_or(publisher.as_str(), |id| id.as_str());
        let year = year.map_or_else(|| seen.day.year().to_string(), str::to_owned);
        Some(Numbered {
            key: format!("{series}:{body}{kind}:{year}:{number}"),
            at: stretch.start + head.len() - tail.len()..stretch.start + at + mark.len(),
            title: in_bracket(behind.trim_start_matches("公告").trim_start()).map(str::to_owned),
        })
    };
    words.match_indices('号').chain(words.match_indices('號')).filter_map(number).collect()
}

/// The number behind 第 at the end of words, and what stands before its year's mark.
fn number_before(words: &str) -> Option<(&str, &str)> {
    let head = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &words[head.len()..];
    let head = head.trim_end().strip_suffix('第').filter(|_| !number.is_empty())?;
    Some((head.trim_end_matches(['年', '〕', '〔', '(', ')', '（', '）', '[', ']']), number))
}

fn last_four(words: &str) -> &str {
    &words[words.char_indices().rev().nth(3).map_or(0, |(at, _)| at)..]
}

fn is_year(four: &str) -> bool {
    four.len() == 4 && four.starts_with("20") && four.chars().all(|c| c.is_ascii_digit())
}

/// Whether what has a number is a decree, 令, or a notice, 公告, by the words before the number and behind it.
fn kind_of(before: &str, behind: &str) -> Option<&'static str> {
    let decree = before.ends_with('令') || behind.starts_with('令');
    let notice = before.ends_with("公告") || behind.starts_with("公告") || before.ends_with("通告");
    if decree { Some("decree") } else { notice.then_some("notice") }
}
