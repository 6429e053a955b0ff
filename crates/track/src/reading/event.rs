//! What an article's lead asserts, as far as it tells one event from another of the same parties.

use crate::reading::asserted::{ACTED_UPON, ACTING, kin, leads};
use crate::reading::figures::{self, figure_mark};
use crate::text::background;
use crate::text::glossary::{self, Concept};
use crate::text::pieces;
use crate::text::terms::mark;
use crate::text::units;
use headwater_model::claim::{Filler, Frame, Role};
use headwater_model::mention::EntityKind;
use headwater_model::time::Date;
use headwater_model::{Claim, EntityId, Knowledge};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An assertion at the head of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    frame: Frame,
    /// By hash, sorted: every pair of leads is compared.
    parties: Vec<u32>,
    /// Those upon whom it is done, likewise.
    upon: Vec<u32>,
    /// Countries of those who act, so far as they are known.
    lands: BTreeSet<String>,
    /// Products and terms in its words, sorted: what it is about.
    things: Vec<u32>,
    /// The words for what it is done upon, likewise.
    objects: Vec<u32>,
    /// Its words that few reports have, save those for who acts, likewise: two reports of one event share some.
    matter: Vec<u32>,
    /// Those of them that name somebody upon whom it is done, known or not, likewise.
    named: Vec<u32>,
    figure: Option<u32>,
    /// Its amount of money in dollars: two reports may give it in two currencies.
    worth: Option<u64>,
    /// The article's language: within one, other words are other things.
    tongue: String,
}

/// How the leads of two articles compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// They assert one thing.
    Same,
    /// They assert things of different kinds.
    Other,
    /// Neither can be said.
    Open,
}

/// Events kept of one story.
const KEPT: usize = 24;

/// What an article's lead asserts; `concepts` are the terms in each claim's words.
pub fn of(
    claims: &[Claim],
    concepts: &[Vec<Concept>],
    tongue: &str,
    day: Date,
    knowledge: &Knowledge,
) -> Vec<Event> {
    let heads = claims.iter().zip(concepts).filter(|(claim, _)| leads(claim));
    let mut found = Vec::new();
    let events = heads.map(|(claim, concepts)| Event {
        frame: claim.frame,
        parties: marks(claim.fillers.iter().filter_map(|f| f.id.as_ref())),
        upon: upon(claim),
        lands: lands(claim, knowledge),
        things: things(claim, concepts, knowledge),
        objects: objects(claim),
        matter: hashes(rare_words(claim.evidence.quote()).difference(&of_actors(claim)).copied()),
        named: named(claim),
        figure: claim.quantity.as_ref().and_then(figure_mark),
        worth: claim.quantity.as_ref().and_then(|q| figures::dollars(q, day, knowledge)),
        tongue: tongue.to_owned(),
    });
    add(&mut found, events.collect());
    found
}

fn upon(claim: &Claim) -> Vec<u32> {
    let fillers = claim.fillers.iter().filter(|f| ACTED_UPON.contains(&f.role));
    marks(fillers.filter_map(|f| f.id.as_ref()))
}

fn marks<'a>(ids: impl Iterator<Item = &'a EntityId>) -> Vec<u32> {
    let mut marks: Vec<u32> = ids.map(|id| mark(id.as_str())).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

fn disjoint(a: &[u32], b: &[u32]) -> bool {
    units::shared(a, b) == 0
}

fn lands(claim: &Claim, knowledge: &Knowledge) -> BTreeSet<String> {
    let actors = actors(claim).filter_map(|f| f.id.as_ref());
    actors.filter_map(|id| knowledge.entity(id)?.country.clone()).collect()
}

/// Those who act.
fn actors(claim: &Claim) -> impl Iterator<Item = &Filler> {
    claim.fillers.iter().filter(|f| ACTING.contains(&f.role))
}

fn things(claim: &Claim, concepts: &[Concept], knowledge: &Knowledge) -> Vec<u32> {
    let product = |id: &&EntityId| knowledge.is(id, EntityKind::Product);
    let products = claim.fillers.iter().filter_map(|f| f.id.as_ref()).filter(product);
    let mut things: Vec<u32> = products
        .map(|id| mark(id.as_str()))
        .chain(concepts.iter().copied().filter(|c| !glossary::is_act(*c)))
        .collect();
    things.sort_unstable();
    things.dedup();
    things
}

/// The words by which a claim names what it is about, by hash, sorted.
pub fn objects(claim: &Claim) -> Vec<u32> {
    let fillers = claim.role(Role::Object).chain(claim.role(Role::Target));
    hashes(fillers.flat_map(|f| pieces::pieces(f.evidence.quote()).into_iter().chain(goods_behind(claim, f))))
}

/// The rare words right behind a name, which may tell what of its is meant: "US corn", 原产于美国的进口玉米.
fn goods_behind(claim: &Claim, filler: &Filler) -> BTreeSet<u64> {
    /// Characters behind the name, in letters and in Han characters.
    const BEHIND: (usize, usize) = (24, 7);
    let (quote, name) = (claim.evidence.quote(), filler.evidence.quote());
    let Some(at) = quote.find(name) else { return BTreeSet::new() };
    let rest = &quote[at + name.len()..];
    let han = rest.starts_with(units::is_ideographic);
    let rest = rest.split([',', '，', '。', ';', '；', '、', '(', '（']).next().unwrap_or_default();
    let near: String = rest.chars().take(if han { BEHIND.1 } else { BEHIND.0 }).collect();
    // A word that is cut off is none.
    let whole = if han || near.len() == rest.len() {
        &*near
    } else {
        near.rsplit_once(' ').map_or("", |(whole, _)| whole)
    };
    rare_words(whole)
}

fn named(claim: &Claim) -> Vec<u32> {
    let upon = claim.fillers.iter().filter(|f| ACTED_UPON.contains(&f.role));
    hashes(upon.flat_map(|f| rare_words(f.evidence.quote())))
}

fn of_actors(claim: &Claim) -> BTreeSet<u64> {
    actors(claim).flat_map(|f| pieces::words(f.evidence.quote())).collect()
}

fn rare_words(text: &str) -> BTreeSet<u64> {
    pieces::words(text).into_iter().filter(|word| !background::is_common(*word)).collect()
}

fn hashes(words: impl Iterator<Item = u64>) -> Vec<u32> {
    let mut words: Vec<u32> = words.map(|word| (units::spread(word) >> 32) as u32).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Adds events that are not there yet.
pub fn add(known: &mut Vec<Event>, events: Vec<Event>) {
    for event in events {
        if known.len() < KEPT && !known.contains(&event) {
            known.push(event);
        }
    }
}

/// Compares two rows of events.
pub fn relate(a: &[Event], b: &[Event]) -> Likeness {
    let pairs = || a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    // Without a party in common there is nothing to confuse.
    let parties = pairs().any(|(x, y)| !disjoint(&x.parties, &y.parties));
    if !parties {
        Likeness::Open
    } else if pairs().all(|(x, y)| are_of_other_lands(x, y)) {
        Likeness::Other
    } else if pairs().any(|(x, y)| same(x, y)) {
        Likeness::Same
    } else if pairs()
        .any(|(x, y)| (x.frame == y.frame || kin(x.frame, y.frame)) && !are_about_other_things(x, y))
    {
        Likeness::Open
    } else {
        Likeness::Other
    }
}

/// Whether two rows of events are told by one sentence pattern and are of different matters: "Ghana requires permits for
/// drones", "Oman requires permits for cables".
pub fn are_strangers(a: &[Event], b: &[Event]) -> bool {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    let mut alike = pairs.filter(|(x, y)| x.tongue == y.tongue && x.frame == y.frame).peekable();
    alike.peek().is_some() && alike.all(|(x, y)| are_of_other_matters(x, y))
}

/// Whether all acts of one row are of other governments than those of the other.
pub fn are_elsewhere(a: &[Event], b: &[Event]) -> bool {
    let mut pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y))).peekable();
    pairs.peek().is_some() && pairs.all(|(x, y)| are_of_other_lands(x, y))
}

/// Whether little of what is rare in one is in the other; the less, the less they say upon whom it is done.
fn are_of_other_matters(a: &Event, b: &Event) -> bool {
    let shared = units::shared(&a.matter, &b.matter);
    let fewest = a.matter.len().min(b.matter.len());
    let most = if units::are_strangers(&a.named, &b.named) { 2 * fewest } else { fewest };
    fewest > 0 && 3 * shared <= most && disjoint(&a.upon, &b.upon) && disjoint(&a.things, &b.things)
}

/// Products and terms that two leads have in common, the most of any pair, and the greatest share of those of the one that
/// names fewer.
pub fn shared_things(a: &[Event], b: &[Event]) -> (usize, f64) {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    pairs.fold((0, 0.0), |(most, greatest), (x, y)| {
        let shared = units::shared(&x.things, &y.things);
        let share = shared as f64 / x.things.len().min(y.things.len()).max(1) as f64;
        (shared.max(most), share.max(greatest))
    })
}

/// Whether the leads of two articles could be one report and its retelling: the same kind of act, and a
/// party in common.
pub fn agree(a: &[Event], b: &[Event]) -> bool {
    let fits = |a: &Event, b: &Event| {
        (a.frame == b.frame || kin(a.frame, b.frame)) && !disjoint(&a.parties, &b.parties)
    };
    a.iter().any(|x| b.iter().any(|y| fits(x, y)))
}

/// Whether the act is one government's in one and another's in the other.
fn are_of_other_lands(a: &Event, b: &Event) -> bool {
    // A city may stand for the Union that sits there.
    let union = |event: &Event| event.lands.contains("EU");
    !a.lands.is_empty() && !b.lands.is_empty() && a.lands.is_disjoint(&b.lands) && !union(a) && !union(b)
}

/// Whether each says what it is about and the two have nothing of it in common.
fn are_about_other_things(a: &Event, b: &Event) -> bool {
    // Fewer say too little across languages.
    let one_tongue = a.tongue == b.tongue;
    let least = if one_tongue { 1 } else { 2 };
    if one_tongue && (a.things.is_empty() || b.things.is_empty()) {
        return units::are_strangers(&a.objects, &b.objects);
    }
    a.things.len() >= least && b.things.len() >= least && units::shared(&a.things, &b.things) == 0
}

fn same(a: &Event, b: &Event) -> bool {
    let others = !a.upon.is_empty() && !b.upon.is_empty() && disjoint(&a.upon, &b.upon);
    if others || are_about_other_things(a, b) || are_of_other_lands(a, b) {
        return false;
    }
    let shared = units::shared(&a.parties, &b.parties);
    let worth = a.worth.zip(b.worth).is_some_and(|(p, q)| figures::same_worth(p, q));
    let figures = worth || (a.figure.is_some() && a.figure == b.figure);
    a.frame == b.frame && (shared > 1 || (shared > 0 && figures))
}
