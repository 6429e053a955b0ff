//! Whom each name means.

use super::world::{World, sole};
use super::{Found, Meaning, holder};
use crate::Passage;
use crate::passage::{LONGEST, is_han};
use headwater_knowledge::{Candidate, Match};
use headwater_model::knowledge::Entity;
use headwater_model::mention::EntityKind;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What a piece of evidence weighs. The order matters, not the size: another name of the entity
/// outweighs a word of context, which outweighs where the page comes from. Who was named by the full name a sentence ago is
/// meant before one who is named elsewhere.
const NAMED_ELSEWHERE: u32 = 8;
const JUST_NAMED: u32 = 7;
const COUNTRY_BESIDE: u32 = 6;
const CONTEXT: u32 = 4;
const RELATED: u32 = 4;
const CONTEXT_BESIDE: u32 = 2;
const PAGE: u32 = 3;
const TOPIC: u32 = 1;

#[derive(Deserialize, Default)]
struct Rows {
    /// Between two names of a row.
    words: Vec<String>,
    /// Words after a name that make a place of it.
    places: Vec<String>,
    /// Capitalised words after a place that speak of the place itself: its offices and its days.
    of_places: Vec<String>,
}

static ROWS: LazyLock<Rows> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/rows.toml")).expect("data/rows.toml"));

/// Decides every name of every passage: leftmost and longest among those that mean something.
pub(super) fn decide<'l>(passages: &[Passage], hits: &[Vec<Match<'l>>], world: &World<'l>) -> Vec<Found<'l>> {
    let mut found = Vec::new();
    for (number, (passage, list)) in passages.iter().zip(hits).enumerate() {
        let mut free = 0;
        let mut near = Near::default();
        for one in list {
            if one.range.start < free {
                continue;
            }
            if let Some((meaning, rule)) = decide_one(passage, list, one, world, &mut near) {
                free = one.range.end;
                found.push(Found { passage: number, range: one.range.clone(), meaning, rule });
            }
        }
    }
    found
}

/// The context words of the sentence that was asked last: all its names ask for the same.
#[derive(Default)]
struct Near<'l> {
    stretch: Range<usize>,
    contexts: BTreeSet<&'l str>,
}

impl<'l> Near<'l> {
    fn of(&mut self, stretch: Range<usize>, words: &str, world: &World<'l>) -> &BTreeSet<&'l str> {
        if self.stretch != stretch {
            self.contexts = world.contexts_of(words);
            self.stretch = stretch;
        }
        &self.contexts
    }
}

fn decide_one<'l>(
    passage: &Passage,
    list: &[Match<'l>],
    one: &Match<'l>,
    world: &World<'l>,
    near: &mut Near<'l>,
) -> Option<(Meaning<'l>, &'static str)> {
    let text = passage.as_str();
    let after = passage.sentences.partition_point(|s| s.range.start <= one.range.start);
    let sentence = passage.sentences[..after].last().map_or(0..text.len(), |s| s.range.clone());
    // Behind the last sentence that is read the text may run on for long.
    let reach = text.floor_char_boundary(one.range.start.saturating_sub(LONGEST));
    let sentence_start = sentence.start.max(reach).min(one.range.start);
    let beside = || {
        country_behind(text, one, list)
            .or_else(|| world.country_before(text, sentence_start, one.range.start, list))
    };
    if is_in_place_name(text, one) || begins_a_name(text, one) {
        return None;
    }
    match one.candidates.as_slice() {
        [] => None,
        [only] if only.context.is_none() => {
            let foreign = is_of_another_country(only.entity, text, one, list, world)
                || holder::is_of_another(only.entity, text, &sentence, one, list, world);
            (!foreign).then_some((Meaning::One(only.entity), "name"))
        }
        [only] => {
            let meant = supports(only, beside(), world)
                || has_company(only.entity, text, &sentence, one, list) && !is_part(text, &one.range);
            meant.then_some((Meaning::One(only.entity), "context"))
        }
        several => {
            let country = beside();
            let own = |c: &&Candidate<'l>| {
                !is_of_another_country(c.entity, text, one, list, world)
                    && !is_spoken_of_another(c, country, world)
            };
            let several: Vec<Candidate<'l>> = several.iter().filter(own).copied().collect();
            let words = &text[sentence_start..sentence.end.max(one.range.end)];
            let near = near.of(sentence_start..sentence.end.max(one.range.end), words, world);
            let before = after.checked_sub(2).map_or(sentence_start, |at| passage.sentences[at].range.start);
            let just = just_named(&several, before..one.range.start, list);
            let weigh = |c: &Candidate<'l>| {
                let named = just.is_some_and(|entity| entity.id == c.entity.id);
                score(c, country, near, world) + if named { JUST_NAMED } else { 0 }
            };
            let scores: Vec<u32> = several.iter().map(weigh).collect();
            let best = scores.iter().copied().max().unwrap_or(0);
            let mut leading = several.iter().zip(&scores).filter(|(_, s)| **s == best).map(|(c, _)| c.entity);
            match (leading.next(), leading.next()) {
                (None, _) => None,
                (Some(entity), None) if best > 0 => Some((Meaning::One(entity), "context")),
                _ => several_meanings(&several, &scores, best),
            }
        }
    }
}

/// Nobody leads. Words that only look like names in the wrong company mean nothing; names do.
fn several_meanings<'l>(
    several: &[Candidate<'l>],
    scores: &[u32],
    best: u32,
) -> Option<(Meaning<'l>, &'static str)> {
    let entities = several.iter().zip(scores).filter(|(_, s)| **s == best).map(|(c, _)| c.entity).collect();
    Some((Meaning::Several(entities), "ambiguous"))
}

/// Whether the text speaks of another country's office of that name: "the finance ministry" of a sentence on Thailand is
/// none of those that the knowledge has.
fn is_spoken_of_another(candidate: &Candidate<'_>, country: Option<&str>, world: &World<'_>) -> bool {
    let entity = candidate.entity;
    let bare = entity.kind == EntityKind::Agency && candidate.context.is_some_and(|words| words.is_empty());
    let spoken_of = country.or(world.topic()).or(world.page());
    let own = [country, world.topic(), world.page()].contains(&entity.country.as_deref());
    bare && spoken_of.is_some() && !own && !world.is_certain(entity)
}

/// Which of the bearers of a name was last named by a name that only it bears, in a stretch of the text.
fn just_named<'l>(
    several: &[Candidate<'l>],
    stretch: Range<usize>,
    list: &[Match<'l>],
) -> Option<&'l Entity> {
    let from = list.partition_point(|m| m.range.start < stretch.start);
    let until = list.partition_point(|m| m.range.start < stretch.end).max(from);
    let named = list[from..until].iter().rev().filter(|m| m.range.end <= stretch.end).filter_map(sole);
    named.into_iter().find(|entity| several.iter().any(|c| c.entity.id == entity.id))
}

fn score(candidate: &Candidate<'_>, country: Option<&str>, near: &BTreeSet<&str>, world: &World<'_>) -> u32 {
    let entity = candidate.entity;
    let same = |other: Option<&str>| other.is_some() && other == entity.country.as_deref();
    let words = candidate.context.unwrap_or_default();
    let context = world.has_one_of(words);
    let near = words.iter().any(|w| near.contains(w.as_str()));
    [
        (world.is_certain(entity), NAMED_ELSEWHERE),
        (same(country), COUNTRY_BESIDE),
        (context, CONTEXT),
        (world.is_related(entity), RELATED),
        (near, CONTEXT_BESIDE),
        (same(world.page()), PAGE),
        (same(world.topic()), TOPIC),
    ]
    .into_iter()
    .filter_map(|(holds, weight)| holds.then_some(weight))
    .sum()
}

/// Whether the article lets an ambiguous name mean its only bearer. With context words, one must
/// stand there; a name with none ("the finance ministry") goes by its country.
fn supports(only: &Candidate<'_>, country: Option<&str>, world: &World<'_>) -> bool {
    if world.is_certain(only.entity) {
        return true;
    }
    if world.is_related(only.entity) && only.entity.kind != EntityKind::Agency {
        return true;
    }
    let words = only.context.unwrap_or_default();
    if !words.is_empty() {
        return world.has_one_of(words);
    }
    let own = only.entity.country.as_deref();
    match (country, world.topic(), world.page()) {
        (None, None, None) => true,
        (None, topic, page) => [topic, page].contains(&own),
        (beside, ..) => beside == own,
    }
}

/// The country that the words right behind a body's name tell: its own name, or its officer's.
fn country_behind<'l>(text: &str, one: &Match<'l>, list: &[Match<'l>]) -> Option<&'l str> {
    country_after(text, one, list).or_else(|| holder::country_of_officer(text, one, list))
}

/// The country of "the Ministry of Foreign Affairs of the Russian Federation".
fn country_after<'l>(text: &str, one: &Match<'l>, list: &[Match<'l>]) -> Option<&'l str> {
    let rest = &text[one.range.end..];
    let place = rest.strip_prefix(" of ")?;
    let start = text.len() - place.strip_prefix("the ").unwrap_or(place).len();
    let at = list.partition_point(|m| m.range.start < start);
    let here = list[at..].iter().take_while(|m| m.range.start == start);
    let place = here.filter_map(sole).find(|e| e.kind == EntityKind::Place)?;
    place.country.as_deref()
}

/// Apple Valley, Oracle Park: a place, whatever the first word names elsewhere.
fn is_in_place_name(text: &str, one: &Match<'_>) -> bool {
    let named =
        one.candidates.iter().all(|c| matches!(c.entity.kind, EntityKind::Company | EntityKind::Product));
    let next = text[one.range.end..].strip_prefix(' ').unwrap_or_default();
    let next = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    named && ROWS.places.iter().any(|p| p == next)
}

/// "Zhejiang Runhai", "Ningbo Huake": a town or a province that a capitalised word follows inside a sentence begins the name of
/// somebody else, unless that word is an office of the place, or all words around have capitals.
fn begins_a_name(text: &str, one: &Match<'_>) -> bool {
    let place = |c: &Candidate| {
        c.entity.kind == EntityKind::Place
            && !matches!(c.entity.subtype.as_deref(), Some("country" | "region"))
    };
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    let behind = text[one.range.end..].strip_prefix(' ').unwrap_or_default();
    let mut words = behind.split(' ').map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let Some(next) = words.next().filter(|next| capital(next)) else { return false };
    let own = ROWS.of_places.iter().any(|word| word == next);
    let small = |word: &str| word.len() > 3 && word.starts_with(char::is_lowercase);
    !own && one.candidates.iter().all(place) && words.take(4).any(small)
}

/// How far to both sides, in bytes, a name's company is looked for.
const BESIDE: usize = 300;

/// Whether a name stands in a row with a certain name of the same kind ("Dell and HPE", 海光、飞腾), or is a
/// company's, in Latin letters, in a sentence with a certain company: a capital alone may begin any sentence.
fn has_company(
    entity: &Entity,
    text: &str,
    sentence: &Range<usize>,
    one: &Match<'_>,
    list: &[Match<'_>],
) -> bool {
    let latin = !text[one.range.clone()].chars().any(is_han);
    let from = list.partition_point(|m| m.range.start + BESIDE < one.range.start);
    let near = list[from..].iter().take_while(|m| m.range.start < one.range.end + BESIDE);
    let mut alike = near.filter(|m| sole(m).is_some_and(|e| e.kind == entity.kind && e.id != entity.id));
    alike.any(|other| {
        let between = if other.range.end <= one.range.start {
            text.get(other.range.end..one.range.start)
        } else {
            text.get(one.range.end..other.range.start)
        };
        let in_row = between.is_some_and(|words| ROWS.words.iter().any(|w| w == words));
        let in_sentence = sentence.start <= other.range.start && other.range.end <= sentence.end;
        in_row || latin && in_sentence && entity.kind == EntityKind::Company
    })
}

/// Whether a capitalised word stands right beside a Latin name, which may be a part of another name then:
/// Oracle Park, Blackwell County.
fn is_part(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].strip_suffix(' ').and_then(|t| t.rsplit(' ').next());
    let after = text[range.end..].strip_prefix(' ').and_then(|t| t.split(' ').next());
    let capital = |word: Option<&str>| word.is_some_and(|w| w.starts_with(char::is_uppercase));
    let first = before.is_none_or(|w| w.ends_with(['.', '"', '”', ':']));
    capital(after) || capital(before) && !first
}

/// "the Thai Ministry of Commerce" is not the ministry that the knowledge has, if that is another's.
fn is_of_another_country(
    entity: &Entity,
    text: &str,
    one: &Match<'_>,
    list: &[Match<'_>],
    world: &World<'_>,
) -> bool {
    let (EntityKind::Agency | EntityKind::List, Some(own)) = (entity.kind, entity.country.as_deref()) else {
        return false;
    };
    let union = |country: &str| country == "EU" || own == "EU";
    if let Some(named) = country_behind(text, one, list) {
        return named != own && !union(named);
    }
    let before = &text[..one.range.start];
    let bare = before.trim_end_matches([' ', '的', '\'', '’', 's']);
    if before.len() - bare.len() > 6 || bare.is_empty() {
        return false;
    }
    let from = list.partition_point(|m| m.range.start + BESIDE < bare.len());
    let near = list[from..].iter().take_while(|m| m.range.start < bare.len());
    let place = near.filter(|m| m.range.end == bare.len()).find_map(super::world::sole);
    let place = place.filter(|e| e.kind == EntityKind::Place && e.subtype.as_deref().is_some_and(is_country));
    let country = place.and_then(|e| e.country.as_deref());
    let adjective = world.adjective_before(last_word(bare)).map(|(_, country)| country);
    // A union's own bodies stand beside its members'.
    country.or(adjective).is_some_and(|c| c != own && !union(c))
}

/// The letters, digits and full stops that end a text.
fn last_word(text: &str) -> &str {
    let inner = |c: char| c.is_alphanumeric() || c == '.';
    &text[text.trim_end_matches(inner).len()..]
}

fn is_country(subtype: &str) -> bool {
    subtype.contains("country")
}
