//! Voices: who says what.
//!
//! Each language finds source, cue and content of a sentence by its own shallow grammar ([`english`], [`chinese`]);
//! what kind of voice it is, how many people, and which entity, is decided here. The words are data:
//! `rules/voices_en.toml`, `rules/voices_zh.toml`.

mod chinese;
mod english;
pub(crate) mod kinds;

use crate::Passage;
use crate::cues::Hits;
use crate::passage::{Language, Piece};
use headwater_knowledge::Lexicon;
use headwater_model::mention::{Attribution, EntityKind, EntityMention, Voice, VoiceKind};
use headwater_model::{Analysis, EntityId};
use std::collections::BTreeMap;
use std::ops::Range;

/// A voice as a language found it; all positions are bytes of the passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    source: Range<usize>,
    cue: Range<usize>,
    content: Range<usize>,
    direct: bool,
}

/// Finds the attributions of a passage; names are already in `analysis.entities`.
pub fn find(passage: &Passage, analysis: &mut Analysis, lexicon: &Lexicon) {
    let text = passage.as_str();
    let quotes = quotations(text);
    let mut found = Vec::new();
    let mut hits = Hits::default();
    let names: Vec<(Range<usize>, &EntityMention)> = analysis
        .entities
        .iter()
        .filter(|e| e.evidence.part() == passage.part)
        .map(|e| (passage.text.bytes(e.evidence.span()), e))
        .collect();
    let mut ends: Vec<usize> = names.iter().map(|(range, _)| range.end).collect();
    ends.sort_unstable();
    for sentence in passage.sentences.iter().filter(|s| s.piece == Piece::Whole) {
        let quotes = quotations_at(&quotes, &sentence.range);
        match sentence.language {
            Language::English => english::find(text, sentence.range.clone(), quotes, &mut hits, &mut found),
            other => {
                chinese::find(text, sentence.range.clone(), other, quotes, &ends, &mut hits, &mut found);
            }
        }
    }
    run_on(passage, &mut found);
    let mut last_person: Option<(Option<EntityId>, VoiceKind)> = None;
    let mut attributions = Vec::new();
    for one in found {
        attributions.extend(attribution(passage, &names, lexicon, &one, &mut last_person));
    }
    analysis.attributions.append(&mut attributions);
}

/// 统计显示，…；…。 What is said runs on over a Chinese semicolon, up to a part that has a voice of its own.
fn run_on(passage: &Passage, found: &mut [Found]) {
    const STOP: usize = '；'.len_utf8();
    let text = passage.as_str();
    let first_in = |found: &[Found], at: usize| found.partition_point(|f| f.cue.start < at);
    for (at, sentence) in passage.sentences.iter().enumerate() {
        if !text[sentence.range.clone()].ends_with('；') {
            continue;
        }
        let own = first_in(found, sentence.range.start)..first_in(found, sentence.range.end);
        let runs_on = |f: &Found| !f.direct && f.content.end + STOP == sentence.range.end;
        // Only from a voice on, and to the next: parts without any would be read again from each of them.
        if !found[own.clone()].iter().any(runs_on) {
            continue;
        }
        let mut end = sentence.range.end - STOP;
        let mut behind = sentence.range.end;
        for next in &passage.sentences[at + 1..] {
            let spoken = first_in(found, next.range.start) < first_in(found, next.range.end);
            let silent = || chinese::falls_silent(&text[next.range.clone()], next.language);
            if spoken || silent() || text[behind..next.range.start].contains('\n') {
                break;
            }
            behind = next.range.end;
            let words = &text[next.range.clone()];
            end = next.range.start + words.trim_end_matches(['；', '。', '！', '？']).len();
            if !words.ends_with('；') {
                break;
            }
        }
        for one in found[own].iter_mut().filter(|f| runs_on(f)) {
            one.content.end = end;
        }
    }
}

fn attribution(
    passage: &Passage,
    names: &[(Range<usize>, &EntityMention)],
    lexicon: &Lexicon,
    found: &Found,
    last_person: &mut Option<(Option<EntityId>, VoiceKind)>,
) -> Option<Attribution> {
    let text = passage.as_str();
    if found.source.is_empty() {
        return unnamed(passage, found);
    }
    let source = found.source.clone();
    let words = text.get(source.clone())?;
    let head = kinds::head(words);
    let first = names.partition_point(|(r, _)| r.start < source.start);
    let end = source.start + head.len();
    let inside = names[first..]
        .iter()
        .take_while(|(r, _)| r.start < end)
        .filter(|(r, _)| r.end <= end)
        .map(|(_, m)| *m);
    let begins = || {
        let next = passage.sentences.partition_point(|s| s.range.start <= source.start);
        passage.sentences.get(next.saturating_sub(1)).map_or(0, |s| s.range.start)
    };
    let (kind, speaker) = kinds::decide(head, inside, lexicon, begins() == source.start);
    let mut entity = speaker.and_then(|m| m.id.clone());
    // A person of two names who reports is its reporter, not a paper.
    let the = words.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("the "));
    let by_name = !the && speaker.is_some_and(|m| m.kind == EntityKind::Person) && head.contains([' ', '·']);
    let paper = kind == VoiceKind::Person
        && entity.is_none()
        && !by_name
        && kinds::is_paper(words, text.get(found.cue.clone())?);
    let unknown = speaker.is_none_or(|m| m.kind != EntityKind::Person) && !words.contains(' ');
    let body = kind == VoiceKind::Person
        && unknown
        && words.starts_with(char::is_uppercase)
        && kinds::speaks_as_body(text.get(found.content.clone())?);
    let mut kind = match kind {
        _ if paper => VoiceKind::Outlet,
        _ if body => VoiceKind::Organisation,
        kind => kind,
    };
    let is_it = words.eq_ignore_ascii_case("it");
    let body = is_it.then(|| kinds::body(names, begins(), source.start)).flatten();
    if let Some((id, known_kind)) = body {
        entity = id;
        kind = known_kind;
    } else if kinds::is_pronoun(words) {
        if let Some((known, known_kind)) = last_person.as_ref() {
            entity = entity.or_else(|| known.clone());
            kind = *known_kind;
        }
    } else if matches!(kind, VoiceKind::Person | VoiceKind::Official) {
        let person = speaker.filter(|m| m.kind == EntityKind::Person);
        *last_person = Some((person.and_then(|m| m.id.clone()), kind));
    }
    let whole = source.start.min(found.cue.start)..source.end.max(found.cue.end);
    Some(Attribution {
        source: Voice {
            entity,
            text: words.to_owned(),
            kind,
            count: (kind == VoiceKind::Anonymous || kinds::is_single(words))
                .then(|| kinds::count(words))
                .flatten(),
        },
        cue: text.get(found.cue.clone())?.to_owned(),
        content: passage.text.span(found.content.clone()),
        direct: found.direct,
        evidence: passage.text.cut(whole, passage.part)?,
    })
}

/// 据悉, "it is alleged": nobody is named, and the cue's own words stand for who says it.
fn unnamed(passage: &Passage, found: &Found) -> Option<Attribution> {
    let cue = passage.as_str().get(found.cue.clone())?.to_owned();
    let kind = if kinds::is_report(&cue) { VoiceKind::Outlet } else { VoiceKind::Anonymous };
    Some(Attribution {
        source: Voice { entity: None, text: cue.clone(), kind, count: None },
        cue,
        content: passage.text.span(found.content.clone()),
        direct: found.direct,
        evidence: passage.text.cut(found.cue.clone(), passage.part)?,
    })
}

/// Quotation marks and what stands between them, in order. A quotation ends with its paragraph at the latest.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        match (c, open) {
            ('\n', Some((start, _))) => {
                if text[start..at].chars().count() > 2 {
                    all.push(start..at);
                }
                open = None;
            }
            ('“' | '「' | '『', None) => open = Some((at, c)),
            ('"', None) => open = Some((at, c)),
            ('”', Some((start, '“')))
            | ('"', Some((start, '"')))
            | ('」', Some((start, '「')))
            | ('』', Some((start, '『'))) => {
                all.push(start..after);
                open = None;
            }
            _ => {}
        }
    }
    all
}

/// Those of the quotations, in order, that a sentence meets, and the one before it: it may be the sentence's too.
fn quotations_at<'q>(quotes: &'q [Range<usize>], sentence: &Range<usize>) -> &'q [Range<usize>] {
    let first = quotes.partition_point(|q| q.end < sentence.start);
    let end = quotes.partition_point(|q| q.start <= sentence.end);
    &quotes[first.saturating_sub(1)..end]
}

/// A list of words of a rule file.
fn words(file: &BTreeMap<String, toml::Value>, name: &str) -> Vec<String> {
    let list = file.get(name).and_then(toml::Value::as_array);
    list.map_or(Vec::new(), |l| l.iter().filter_map(|w| w.as_str().map(ToOwned::to_owned)).collect())
}

#[cfg(test)]
mod tests {
    use super::quotations;

    #[test]
    fn quotations_are_paired_within_a_paragraph() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = quotations(text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(found, expected);
        };
        check("“No,” he said. \"Yes\" and 「好」", &["“No,”", "\"Yes\"", "「好」"]);
        check("“Left open\nand on", &["“Left open"]);
        check("none", &[]);
    }
}
