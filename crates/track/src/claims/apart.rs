//! What sets two claims apart, and the parties and figures that they share.

use crate::claims::compare::{self, Said, denies};
use crate::claims::modality::stage;
use crate::reading::asserted;
use crate::text::glossary::{self, Concept};
use crate::text::pieces;
use crate::text::units;
use headwater_model::claim::{Frame, ListChange, Modality, Polarity, Role};
use headwater_model::mention::EntityKind;
use headwater_model::source::SourceClass;
use headwater_model::time::first_day;
use headwater_model::{Claim, EntityId, Knowledge, Part};
use std::collections::BTreeSet;

/// What sharing but places is worth beside sharing a party.
const PLACES: f64 = 0.7;

/// Days by which an act lies back if an article tells it as history.
const HISTORY_DAYS: i32 = 60;

/// Whether an article tells a claim as something long past.
pub fn is_history(said: Said) -> bool {
    // What is only weighed or planned is not past, whatever year its "from January" was taken to mean.
    let open = stage(said.claim.modality).is_some_and(|rung| rung < stage(Modality::InForce).unwrap_or(rung));
    let Some(time) = said.claim.time.as_ref().filter(|_| !open) else { return false };
    // A year or month that the article's own day lies in is not past, nor is a span.
    let current = said.seen.day.to_string().starts_with(&time.value) || time.value.contains(['/', 'Q', 'H']);
    let then = first_day(&time.value).filter(|_| !current);
    let days = then.and_then(|then| said.seen.day.since(then).ok()).map_or(0, |span| span.get_days());
    days > HISTORY_DAYS
}

/// Whether the two are different acts upon one thing: added and removed, done and ended, of other
/// measures, lists or times.
pub fn by_act(a: Said, b: Said) -> bool {
    let (x, y) = (a.claim, b.claim);
    let measures = x.measure.is_some() && y.measure.is_some() && x.measure != y.measure;
    let lists = asserted::differ(x, y, Role::List);
    let inward = |c: &Claim| match c.change {
        Some(ListChange::Added | ListChange::Listed) => Some(c.polarity == Polarity::Affirmed),
        Some(ListChange::Removed | ListChange::Excluded) => Some(false),
        Some(ListChange::Suspended | ListChange::Resumed | ListChange::Postponed) | None => None,
    };
    let removed = |c: &Claim| c.change == Some(ListChange::Removed);
    let same_members = share_members(x, y);
    // Not listed and struck off are one company's fate in two tellings.
    let changes = removed(x) != removed(y) && x.change.is_some() && y.change.is_some() && !same_members;
    let changes = changes || (inward(x).zip(inward(y)).is_some_and(|(p, q)| p != q) && !same_members);
    // Weighed to be suspended and suspended, or suspended and scrapped, are one fate in two tellings.
    let stands = |c: &Claim| stage(c.modality) == Some(3);
    // Told to stop and 暂停 are one act.
    let stops = |said: Said| said.wording().is_some_and(|words| words.stops);
    let ends = over(x) != over(y) && (stands(x) || stands(y)) && !(stops(a) && stops(b));
    // "It has been on the list since 2023" is another's fate than "on it since 2021".
    let past_year = |said: Said| {
        let year = said.claim.time.as_ref()?.value.get(..4)?.parse::<i16>().ok()?;
        Some(year).filter(|year| *year < said.seen.day.year())
    };
    let years = past_year(a).zip(past_year(b));
    let dates = x.frame == Frame::Listing && !same_members && years.is_some_and(|(p, q)| p != q);
    measures || lists || changes || dates || (ends && !denies(x) && !denies(y))
}

/// The end that a claim tells: suspended, ended, rejected.
pub fn over(claim: &Claim) -> Option<u8> {
    stage(claim.modality).filter(|stage| (10..13).contains(stage))
}

/// Companies put on a list and others left off it are two acts; the same companies, one and its opposite.
fn share_members(x: &Claim, y: &Claim) -> bool {
    asserted::share(x, Role::Member, y, Role::Member)
}

/// Whether the one party that makes such a claim what it is differs: a stance is its holder's.
pub fn by_party(x: &Claim, y: &Claim) -> bool {
    let differ = |role: Role| asserted::differ(x, y, role);
    match x.frame {
        _ if x.frame != y.frame => false,
        Frame::Position => differ(Role::Holder),
        Frame::Supply => {
            // "Ordered from" and "sold to" are read as each other now and then.
            let exchanged = asserted::share(x, Role::Supplier, y, Role::Buyer)
                || asserted::share(x, Role::Buyer, y, Role::Supplier);
            !exchanged && differ(Role::Supplier) && differ(Role::Buyer)
        }
        _ => false,
    }
}

/// Whether both say, in one language, what they are about, and nothing of it is the same. Where the glossary has no
/// words for it, their own decide.
pub fn by_thing(a: Said, b: Said) -> bool {
    let things = |said: Said| -> Vec<Concept> {
        said.concepts().iter().copied().filter(|concept| !glossary::is_act(*concept)).collect()
    };
    if a.seen.tongue() != b.seen.tongue() {
        return false;
    }
    let (p, q) = (things(a), things(b));
    if p.is_empty() || q.is_empty() {
        let objects = a.wording().zip(b.wording());
        return objects.is_some_and(|(x, y)| units::are_strangers(&x.objects, &y.objects));
    }
    units::are_strangers(&p, &q)
}

/// How many parties both name, and their share of the shorter row; places apart from the rest.
pub fn shared_parties<'a>(a: Said<'a>, b: Said<'a>, knowledge: &Knowledge) -> (usize, f64) {
    // Of two pages of one authority neither says more by that.
    let own = |said: Said<'a>, other: Said| {
        said.own_authority().filter(|_| other.seen.class != SourceClass::Official)
    };
    let (x, y) = (own(a, b), own(b, a));
    let denying = [a, b].into_iter().any(|said| compare::denying(said).next().is_some());
    if x.is_none() && y.is_none() && !denying {
        // Of most pairs what each claim names tells it.
        let (p, q) = (&a.gist(knowledge).parties, &b.gist(knowledge).parties);
        if !p.is_empty() && !q.is_empty() {
            let shared = units::shared(p, q);
            return (shared, shared as f64 / p.len().min(q.len()) as f64);
        }
    }
    let all = |said: Said<'a>, own: Option<&'a EntityId>| -> BTreeSet<&'a EntityId> {
        let told = said.claim.fillers.iter().filter_map(|f| f.id.as_ref());
        told.chain(own).chain(compare::denying(said)).collect()
    };
    let (mut p, mut q) = (all(a, x), all(b, y));
    let named = |ids: &BTreeSet<&'a EntityId>| -> BTreeSet<&'a EntityId> {
        ids.iter().copied().filter(|id| !knowledge.is(id, EntityKind::Place)).collect()
    };
    let (narrow, other) = (named(&p), named(&q));
    let mut worth = PLACES;
    if !narrow.is_empty() && !other.is_empty() {
        (p, q, worth) = (narrow, other, 1.0);
    }
    let shared = p.intersection(&q).count();
    let least = p.len().min(q.len());
    (shared, if least == 0 { 0.0 } else { worth * shared as f64 / least as f64 })
}

/// Whether two claims of one language set two figures among the same words: "buys at least 6 million tonnes of gas a year",
/// "buys 4.5 million tonnes of gas a year".
pub fn are_rivals(a: Said, b: Said) -> bool {
    /// Bytes of the words around a figure, and the share and number of them that must be the same.
    const AROUND: usize = 70;
    const MOST: f64 = 0.6;
    const LEAST: usize = 5;
    let around = |said: Said| -> Option<BTreeSet<u64>> {
        let quantity = said.claim.quantity.as_ref().filter(|q| q.evidence.part() == Part::Text)?;
        let (text, at) = (said.seen.text.as_str(), said.seen.text.bytes(quantity.evidence.span()));
        let sentence = said.seen.text.bytes(said.claim.evidence.span());
        let from = text.floor_char_boundary(at.start.saturating_sub(AROUND).max(sentence.start));
        let to = text.floor_char_boundary((at.end + AROUND).min(sentence.end));
        let words = format!("{} {}", text.get(from..at.start)?, text.get(at.end..to)?);
        Some(pieces::pieces(&words))
    };
    let (Some(p), Some(q)) = (around(a), around(b)) else { return false };
    let shared = p.intersection(&q).count();
    a.seen.tongue() == b.seen.tongue()
        && shared >= LEAST
        && shared as f64 >= MOST * p.len().min(q.len()) as f64
}
