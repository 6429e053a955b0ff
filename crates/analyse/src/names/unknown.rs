//! Names that the knowledge lacks: what the tagger finds beside the known ones, where it is sure enough.

use super::tagger::{self, Class, Tagged};
use super::{Found, Meaning, sort};
use crate::Passage;
use crate::passage::{Sentence, is_han};
use headwater_model::mention::EntityKind;
use std::ops::Range;

/// A tagged name of a smaller margin than this is dropped: a wrong name costs more than a missing one.
const SURE: i32 = 12;

/// A sentence longer than this, in bytes, is a list or a table; its first part is read.
const LONGEST: usize = 4000;

/// Adds the unknown names of all passages. `found` is in order.
pub(super) fn add(passages: &[Passage], found: &mut Vec<Found<'_>>) {
    let mut people: Vec<String> = Vec::new();
    for (number, passage) in passages.iter().enumerate() {
        for sentence in &passage.sentences {
            add_of_sentence(passage, number, sentence, found, &mut people);
        }
    }
    sort(found);
}

fn add_of_sentence(
    passage: &Passage,
    number: usize,
    sentence: &Sentence,
    found: &mut Vec<Found<'_>>,
    people: &mut Vec<String>,
) {
    let text = &passage.as_str()[sentence.range.clone()];
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let start = sentence.range.start;
    let from = found.partition_point(|f| (f.passage, f.range.end) <= (number, start));
    let here = found[from..].iter().take_while(|f| f.passage == number && f.range.start < start + text.len());
    let known: Vec<(Range<usize>, EntityKind)> = here
        .filter_map(|f| Some((f.range.start.checked_sub(start)?..f.range.end - start, f.kind()?)))
        .collect();
    let mut added = Vec::new();
    for tagged in tagger::tag(text, sentence.language.is_chinese(), &known) {
        let name = &text[tagged.range.clone()];
        if tagged.margin < SURE || !is_name(name) || !stands_free(name, &tagged, &known) {
            continue;
        }
        let kind = tagger::kind(name, tagged.class);
        let full = if kind == EntityKind::Person { full_name(name, people) } else { name.to_owned() };
        added.push(Found {
            passage: number,
            range: start + tagged.range.start..start + tagged.range.end,
            meaning: Meaning::Unknown(kind, full),
            rule: "tagger",
        });
    }
    found.retain(|f| f.passage != number || !added.iter().any(|a| a.range.start <= f.range.start && f.range.end <= a.range.end));
    let at = found.partition_point(|f| (f.passage, f.range.start) < (number, start));
    found.splice(at..at, added);
    found[at..].sort_by_key(|f| (f.passage, f.range.start, f.range.end));
}

/// A capital in a Latin name, two characters in a Han one.
fn is_name(name: &str) -> bool {
    if name.chars().any(is_han) {
        return name.chars().count() > 1;
    }
    name.chars().count() > 1 && name.chars().any(char::is_uppercase)
}

/// A known name keeps its place, but for a place within the longer name of a body: the University of Toronto.
fn stands_free(name: &str, tagged: &Tagged, known: &[(Range<usize>, EntityKind)]) -> bool {
    let mut met = known.iter().filter(|(r, _)| r.start < tagged.range.end && tagged.range.start < r.end).peekable();
    if met.peek().is_none() {
        return true;
    }
    let ends = tagger::has_ending(name);
    tagged.class == Class::Body
        && ends
        && met.all(|(r, kind)| {
            let inside = tagged.range.start <= r.start && r.end <= tagged.range.end;
            inside && *kind == EntityKind::Place && r.len() < tagged.range.len()
        })
}

/// The full name of a person who was named before; else the name as it is, which is noted.
fn full_name(name: &str, people: &mut Vec<String>) -> String {
    let family = |full: &String| full.strip_suffix(name).is_some_and(|given| given.ends_with([' ', '·']));
    if let Some(full) = people.iter().find(|full| family(full)) {
        return full.clone();
    }
    if people.len() < 100 {
        people.push(name.to_owned());
    }
    name.to_owned()
}
