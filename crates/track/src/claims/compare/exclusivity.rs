//! Whether those named are all there are, and what is done upon a list.

use crate::claims::compare::{Difference, Said, shared_ids};
use crate::text::background;
use headwater_model::claim::{Exclusivity, ListChange, Polarity, Role};
use headwater_model::tracking::Dimension;
use headwater_model::{Claim, EntityId};
use std::collections::BTreeSet;

/// "Is not on the list" and "was left off the list" are one exclusion in two forms.
pub(super) fn same_exclusion(a: &Claim, b: &Claim) -> bool {
    let out = |c: &Claim| {
        c.change == Some(ListChange::Excluded) || (c.change.is_some() && c.polarity == Polarity::Negated)
    };
    out(a) && out(b)
}

pub(super) fn exclusivity(from: Said, to: Said) -> Option<Difference> {
    let (a, b) = (told_exclusivity(from), told_exclusivity(to));
    let differs = match (a, b) {
        (x, y) if x == y => false,
        // What is left open adds nothing; that nothing else is there adds something.
        (_, Exclusivity::Unspecified) => false,
        (Exclusivity::Unspecified, Exclusivity::Including) => false,
        // "Only" bounds what stands behind it: "applies only to data centres" says nothing of "firms including Acme".
        (Exclusivity::Including, Exclusivity::Only) | (Exclusivity::Only, Exclusivity::Including) => {
            name_one(from, to)
        }
        _ => true,
    };
    let is_closed = (a, b) == (Exclusivity::Unspecified, Exclusivity::Only);
    let among_others = || is_closed.then(|| named_among_others(from, to)).flatten();
    differs.then(|| match among_others() {
        Some(other) => Difference {
            note: format!("named among others: “{}”", other.claim.evidence.quote()),
            ..Difference::new(Dimension::Exclusivity, Exclusivity::Including.word(), b.word())
        },
        None => Difference::new(Dimension::Exclusivity, a.word(), b.word()),
    })
}

/// The sentence of the first article that names among others whom the second names alone.
fn named_among_others<'a>(from: Said<'a>, to: Said) -> Option<Said<'a>> {
    /// Rare words by which a sentence names the same.
    const NAMES: usize = 2;
    let rare = |said: Said| -> BTreeSet<u64> {
        let pieces = said.wording().map(|words| words.pieces.clone()).unwrap_or_default();
        pieces.into_iter().filter(|piece| !background::is_common(*piece)).collect()
    };
    let words = rare(to);
    let names_the_same = |other: &Said| {
        let words = rare(*other).intersection(&words).count() >= NAMES;
        words || shared_ids(other.claim, to.claim) >= NAMES
    };
    let mut others = Said::all(from.seen).filter(|other| told_exclusivity(*other) == Exclusivity::Including);
    others.find(names_the_same)
}

/// Whether two claims name one party or thing beside who acts, or neither names any that is known.
fn name_one(a: Said, b: Said) -> bool {
    let acts = |role: Role| matches!(role, Role::Authority | Role::Funder | Role::Holder);
    let named = |said: Said| -> BTreeSet<EntityId> {
        said.claim.fillers.iter().filter(|f| !acts(f.role)).filter_map(|f| f.id.clone()).collect()
    };
    let things = |said: Said| said.wording().map(|words| words.things.clone()).unwrap_or_default();
    let (x, y) = (named(a), named(b));
    !x.is_disjoint(&y) || x.is_empty() || y.is_empty() || !things(a).is_disjoint(&things(b))
}

/// Whether the named are all there is; 手机、平板等, "phones and tablets, among others", leaves room for more.
pub(super) fn told_exclusivity(said: Said) -> Exclusivity {
    let open = || said.wording().is_some_and(|words| words.names_some);
    let closed = || said.wording().is_some_and(|words| words.names_only);
    // A model hears what is done, not whom alone it concerns: that must stand in the words.
    let read = said.claim.exclusivity;
    match if said.claim.is_learned() { Exclusivity::Unspecified } else { read } {
        Exclusivity::Unspecified if closed() => Exclusivity::Only,
        Exclusivity::Unspecified if open() => Exclusivity::Including,
        told => told,
    }
}

pub(super) fn change(a: &Claim, b: &Claim) -> Option<Difference> {
    let (x, y) = (a.change?, b.change?);
    let standing = |c: ListChange| matches!(c, ListChange::Added | ListChange::Listed);
    let told = |c: &Claim, change: ListChange| match c.polarity {
        Polarity::Negated => format!("not {change}"),
        Polarity::Affirmed => change.word().to_owned(),
    };
    (x != y && !(standing(x) && standing(y)))
        .then(|| Difference::new(Dimension::Change, told(a, x), told(b, y)))
}
