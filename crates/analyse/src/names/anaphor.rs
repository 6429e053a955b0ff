//! Words that point back: "the ministry", 该公司. Linked only where one name alone can be meant.

use super::{Found, Meaning, taken};
use crate::Passage;
use crate::passage::is_han;
use aho_corasick::{AhoCorasick, MatchKind};
use headwater_knowledge::is_of_word;
use headwater_model::knowledge::Entity;
use headwater_model::mention::EntityKind;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Table {
    anaphor: Vec<Anaphor>,
}

#[derive(Deserialize)]
struct Anaphor {
    words: Vec<String>,
    kinds: Vec<EntityKind>,
    #[serde(default)]
    subtypes: Vec<String>,
    #[serde(default)]
    named: Option<String>,
    /// Whether it points only where it opens a clause.
    #[serde(default)]
    opens: bool,
    /// What makes another word of it, right behind it.
    #[serde(default)]
    unless: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/anaphors.toml")).unwrap_or(Table { anaphor: Vec::new() })
});

/// How many sentences back a word can point; further back the link is a guess.
const REACH: usize = 2;

/// Adds what the pointing words of all passages point to. `found` is in order.
pub(super) fn add<'l>(passages: &[Passage], found: &mut Vec<Found<'l>>) {
    let mut added = Vec::new();
    for (number, passage) in passages.iter().enumerate() {
        for (index, sentence) in passage.sentences.iter().enumerate() {
            let words = &passage.as_str()[sentence.range.clone()];
            for (at, length, anaphor) in pointers(words) {
                let range = sentence.range.start + at..sentence.range.start + at + length;
                if taken(found, number, &range) {
                    continue;
                }
                let here = Place { passage: number, index, at: range.start };
                if let Some(entity) = antecedent(passage, found, &here, anaphor) {
                    added.push(Found {
                        passage: number,
                        range,
                        meaning: Meaning::One(entity),
                        rule: "anaphor",
                    });
                }
            }
        }
    }
    found.append(&mut added);
}

/// Finds every pointing word in one pass; a pattern's number leads to its row of the table.
static FINDER: LazyLock<(Option<AhoCorasick>, Vec<usize>)> = LazyLock::new(|| {
    let rows = TABLE.anaphor.iter().enumerate();
    let words: Vec<(usize, &String)> =
        rows.flat_map(|(row, a)| a.words.iter().map(move |w| (row, w))).collect();
    let finder = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(words.iter().map(|(_, word)| word.as_bytes()));
    (finder.ok(), words.into_iter().map(|(row, _)| row).collect())
});

/// The pointing words of a sentence; Latin ones only as whole words, with a capital at most in front.
fn pointers(sentence: &str) -> Vec<(usize, usize, &'static Anaphor)> {
    let (Some(finder), rows) = &*FINDER else { return Vec::new() };
    let hits = finder.find_iter(sentence).filter(|hit| {
        let words = &sentence[hit.range()];
        let latin = |c: Option<char>| c.is_some_and(is_of_word);
        let alone = words.starts_with(is_han)
            || !latin(sentence[..hit.start()].chars().next_back())
                && !latin(sentence[hit.end()..].chars().next());
        alone && !words.chars().skip(1).any(char::is_uppercase)
    });
    let found = hits.map(|hit| (hit.start(), hit.len(), &TABLE.anaphor[rows[hit.pattern().as_usize()]]));
    found.filter(|(at, length, anaphor)| points(sentence, *at..at + length, anaphor)).collect()
}

/// Whether a word points back where it stands.
fn points(sentence: &str, word: Range<usize>, anaphor: &Anaphor) -> bool {
    /// What may stand right before the first word of a clause.
    const OPENING: [char; 13] = ['，', '；', '：', '“', '「', ' ', ',', '称', '稱', '示', '说', '說', '指'];
    let before = sentence[..word.start].chars().next_back();
    let behind = &sentence[word.end..];
    (!anaphor.opens || before.is_none_or(|c| OPENING.contains(&c)))
        && !anaphor.unless.iter().any(|other| behind.starts_with(other.as_str()))
}

struct Place {
    passage: usize,
    index: usize,
    at: usize,
}

/// The one entity of a fitting kind in this sentence before the word, else in the sentence before, and so on.
fn antecedent<'l>(
    passage: &Passage,
    found: &[Found<'l>],
    here: &Place,
    anaphor: &Anaphor,
) -> Option<&'l Entity> {
    for back in 0..=REACH.min(here.index) {
        let sentence = &passage.sentences[here.index - back].range;
        let until = if back == 0 { here.at } else { sentence.end };
        let from = found.partition_point(|f| (f.passage, f.range.start) < (here.passage, sentence.start));
        let named = found[from..].iter().take_while(|f| f.passage == here.passage && f.range.start < until);
        let mut fitting: Vec<&Entity> =
            named.filter_map(Found::entity).filter(|e| fits(e, anaphor)).collect();
        fitting.dedup_by(|a, b| a.id == b.id);
        match fitting.as_slice() {
            [] => {}
            [one] => return Some(one),
            [first, rest @ ..] => return rest.iter().all(|e| e.id == first.id).then_some(*first),
        }
    }
    None
}

fn fits(entity: &Entity, anaphor: &Anaphor) -> bool {
    let subtype = entity.subtype.as_deref().unwrap_or_default();
    anaphor.kinds.contains(&entity.kind)
        && (anaphor.subtypes.is_empty()
            || anaphor.subtypes.iter().any(|s| subtype.contains(s.as_str()))
            || anaphor.named.as_ref().is_some_and(|word| entity.en.contains(word.as_str())))
}
