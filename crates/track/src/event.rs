//! What an article's lead asserts, as far as it tells one event from another of the same parties.

use crate::compare::{figure_mark, leads};
use crate::groups::kin;
use crate::seen::Seen;
use headwater_model::EntityId;
use headwater_model::claim::Frame;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An assertion at the head of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    frame: Frame,
    parties: BTreeSet<EntityId>,
    figure: Option<u32>,
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

/// What an article's lead asserts.
pub fn of(seen: &Seen) -> Vec<Event> {
    let heads = seen.claims.iter().filter(|c| leads(c));
    let mut found = Vec::new();
    let events = heads.map(|claim| Event {
        frame: claim.frame,
        parties: claim.fillers.iter().filter_map(|f| f.id.clone()).collect(),
        figure: claim.quantity.as_ref().and_then(figure_mark),
    });
    add(&mut found, events.collect());
    found
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
    let parties = pairs().any(|(x, y)| !x.parties.is_disjoint(&y.parties));
    if !parties {
        Likeness::Open
    } else if pairs().any(|(x, y)| same(x, y)) {
        Likeness::Same
    } else if pairs().any(|(x, y)| x.frame == y.frame || kin(x.frame, y.frame)) {
        Likeness::Open
    } else {
        Likeness::Other
    }
}

/// Whether the leads of two articles could be one report and its retelling: the same kind of act, and a
/// party in common.
pub fn agree(a: &Seen, b: &Seen) -> bool {
    let (x, y) = (of(a), of(b));
    let fits = |a: &Event, b: &Event| {
        (a.frame == b.frame || kin(a.frame, b.frame)) && !a.parties.is_disjoint(&b.parties)
    };
    x.iter().any(|a| y.iter().any(|b| fits(a, b)))
}

fn same(a: &Event, b: &Event) -> bool {
    let shared = a.parties.intersection(&b.parties).count();
    let figures = a.figure.is_some() && a.figure == b.figure;
    a.frame == b.frame && (shared > 1 || (shared > 0 && figures))
}
