//! Names: entities of the knowledge folder and names that it lacks.
//!
//! Linking, not string search. First every string that can be a name is found; names that only one
//! entity bears say what the article is about; then ambiguous names are decided by that (`decide`),
//! short forms and words that point back are tied to the full names (`short`, `anaphor`), and
//! products that the text gives to another maker and people whom it makes others become doubts (`maker`, `namesake`). People, bodies and places that
//! the knowledge lacks are found last (`unknown`, `tagger`, `cued`).

mod anaphor;
mod cued;
mod decide;
mod holder;
mod maker;
mod namesake;
mod short;
pub mod tagger;
mod unknown;
mod world;

use crate::Passage;
use headwater_knowledge::{Folded, Lexicon, Match, Words};
use headwater_model::knowledge::Entity;
use headwater_model::mention::{EntityKind, EntityMention};
use headwater_model::{Analysis, Article, Doubt, Part};
use std::ops::Range;
use world::World;

/// A name that was decided: where it stands and whom it means.
struct Found<'l> {
    passage: usize,
    range: Range<usize>,
    meaning: Meaning<'l>,
    rule: &'static str,
}

/// Whom a name means.
#[derive(Clone)]
enum Meaning<'l> {
    One(&'l Entity),
    Several(Vec<&'l Entity>),
    /// Nobody whom the knowledge has: what it is and the full name.
    Unknown(EntityKind, String),
}

impl Meaning<'_> {
    /// Whether both are sure and mean the same.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Meaning::One(a), Meaning::One(b)) => a.id == b.id,
            (Meaning::Unknown(_, a), Meaning::Unknown(_, b)) => a == b,
            _ => false,
        }
    }
}

impl<'l> Found<'l> {
    /// What is named; nothing for a word that points back, which is no name.
    fn kind(&self) -> Option<EntityKind> {
        match &self.meaning {
            _ if self.rule == "anaphor" => None,
            Meaning::One(entity) => Some(entity.kind),
            Meaning::Several(entities) => entities.first().map(|e| e.kind),
            Meaning::Unknown(kind, _) => Some(*kind),
        }
    }

    fn entity(&self) -> Option<&'l Entity> {
        match self.meaning {
            Meaning::One(entity) => Some(entity),
            Meaning::Several(_) | Meaning::Unknown(..) => None,
        }
    }
}

/// Finds the names of all passages.
pub fn find(article: &Article, passages: &[Passage], lexicon: &Lexicon, analysis: &mut Analysis) {
    let mut desk = tagger::Desk::default();
    let mut found = linked(article, passages, lexicon, &mut desk.words);
    unknown::add(passages, &mut found, &mut desk);
    found.retain(|one| !is_adjective(&passages[one.passage].as_str()[one.range.clone()], one, lexicon));
    short::add(passages, lexicon, &mut found, |meaning| matches!(meaning, Meaning::Unknown(..)));
    namesake::doubt(passages, lexicon, &mut found);
    for one in &found {
        report(passages, one, analysis);
    }
    maker::doubt(passages, lexicon, &found, analysis);
}

/// The names of a text that the knowledge has, by bytes, as they are told to the tagger. Its weights have no part in
/// them, so that the same sentences teach it the same, whatever it has learnt before.
pub fn known(article: &Article, lexicon: &Lexicon) -> Vec<(Range<usize>, EntityKind)> {
    let passages = [Passage::new(article, Part::Text)];
    let found = linked(article, &passages, lexicon, &mut Words::default());
    found.into_iter().filter_map(|f| Some((f.range.clone(), f.kind()?))).collect()
}

/// The names that the knowledge has, in order. `words` remembers the article's cuts.
fn linked<'l>(
    article: &Article,
    passages: &[Passage],
    lexicon: &'l Lexicon,
    words: &mut Words,
) -> Vec<Found<'l>> {
    let folded: Vec<Folded> = passages.iter().map(|p| Folded::new(p.as_str())).collect();
    let texts = passages.iter().zip(&folded);
    let named = |m: &Match<'_>| !m.candidates.is_empty();
    let mut all = |passage: &Passage, folded| {
        lexicon.all_in(passage.as_str(), folded, words).into_iter().filter(named).collect::<Vec<_>>()
    };
    let hits: Vec<Vec<Match<'_>>> = texts.map(|(passage, folded)| all(passage, folded)).collect();
    let world = World::new(article, passages, lexicon, &folded, &hits);
    let mut found = decide::decide(passages, &hits, &world);
    short::add(passages, lexicon, &mut found, |meaning| matches!(meaning, Meaning::One(_)));
    sort(&mut found);
    anaphor::add(passages, &mut found);
    sort(&mut found);
    found
}

/// Whether a guessed name is only a country's adjective: "the Dutch".
fn is_adjective(written: &str, one: &Found<'_>, lexicon: &Lexicon) -> bool {
    matches!(one.meaning, Meaning::Unknown(..)) && lexicon.country_of_adjective(written).is_some()
}

fn sort(found: &mut [Found<'_>]) {
    found.sort_by_key(|f| (f.passage, f.range.start, f.range.end));
}

/// Whether a place in a passage is taken by a name already. `found` is in order, without overlaps.
fn taken(found: &[Found<'_>], passage: usize, range: &Range<usize>) -> bool {
    let after = found.partition_point(|f| (f.passage, f.range.start) < (passage, range.end));
    found[..after].last().is_some_and(|f| f.passage == passage && range.start < f.range.end)
}

fn report(passages: &[Passage], one: &Found<'_>, analysis: &mut Analysis) {
    let passage = &passages[one.passage];
    let Some(evidence) = passage.text.cut(one.range.clone(), passage.part) else { return };
    let written = evidence.quote().to_owned();
    match &one.meaning {
        Meaning::One(entity) => {
            let whole = matches!(one.rule, "short_form" | "anaphor");
            analysis.entities.push(EntityMention {
                id: Some(entity.id.clone()),
                name: if whole { full_name(entity, &written) } else { written },
                kind: entity.kind,
                candidates: Vec::new(),
                rule: one.rule.to_owned(),
                evidence,
            });
        }
        Meaning::Unknown(kind, name) => analysis.entities.push(EntityMention {
            id: None,
            name: name.clone(),
            kind: *kind,
            candidates: Vec::new(),
            rule: one.rule.to_owned(),
            evidence,
        }),
        Meaning::Several(entities) => {
            let names: Vec<&str> = entities.iter().map(|e| e.id.as_str()).collect();
            let message = match names.as_slice() {
                [one] => format!("{written:?} is a name of {one}, but the text speaks of somebody else"),
                several => {
                    format!("{written:?} may mean {}; the article does not tell which", several.join(" or "))
                }
            };
            analysis.doubts.push(Doubt::at("ambiguous_name", message, evidence.clone()));
            analysis.entities.push(EntityMention {
                id: None,
                name: written,
                kind: entities.first().map_or(EntityKind::Organisation, |e| e.kind),
                candidates: entities.iter().map(|e| e.id.clone()).collect(),
                rule: one.rule.to_owned(),
                evidence,
            });
        }
    }
}

/// The full name in the script in which the short form is written.
fn full_name(entity: &Entity, written: &str) -> String {
    let chinese = written.chars().any(crate::passage::is_han);
    if chinese && !entity.zh_hans.is_empty() { entity.zh_hans.clone() } else { entity.en.clone() }
}
