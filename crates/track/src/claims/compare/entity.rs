//! A party, a name or a state in the place of another.

use crate::claims::compare::exclusivity::told_exclusivity;
use crate::claims::compare::scope::tokens;
use crate::claims::compare::{Difference, Said, are_one_wording, shares_figure};
use crate::memory::seen::Seen;
use crate::reading::asserted::{ACTED_UPON, ids, leads};
use crate::text::units::{self, folded};
use crate::text::words;
use headwater_model::claim::{Exclusivity, Role};
use headwater_model::knowledge::Entity;
use headwater_model::mention::{EntityKind, QuantityKind};
use headwater_model::tracking::Dimension;
use headwater_model::{Claim, EntityId, Knowledge, Part};
use std::collections::BTreeSet;

/// A party that the first article does not name at all, in the place of one that the second's claim no longer
/// has: another company, another product, a product given to another maker. Roles do not matter here, for
/// "ordered from" and "supplied by" exchange them.
pub(super) fn entity(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    /// Kinds of parties; a country or a ministry may stand for one another and is none.
    const EXCHANGED: [EntityKind; 5] =
        [EntityKind::Company, EntityKind::Product, EntityKind::Person, EntityKind::List, EntityKind::Fund];
    // A product in whose place another company stands was given to another maker.
    let parties = |s: Said<'_>, other: &Claim| -> BTreeSet<(EntityKind, EntityId)> {
        let named = |id: &EntityId| other.fillers.iter().any(|f| f.id.as_ref() == Some(id));
        let entities = s.claim.fillers.iter().filter_map(|f| knowledge.entity(f.id.as_ref()?));
        let mut found = BTreeSet::new();
        for entity in entities {
            found.insert((entity.kind, entity.id.clone()));
            let made = entity.kind == EntityKind::Product && !named(&entity.id);
            let maker = entity.parent.as_ref().filter(|_| made).and_then(|id| knowledge.entity(id));
            found.extend(maker.filter(|e| e.kind == EntityKind::Company).map(|e| (e.kind, e.id.clone())));
        }
        found
    };
    let (mine, theirs) = (parties(from, to.claim), parties(to, from.claim));
    for kind in EXCHANGED {
        let of_kind = |all: &BTreeSet<(EntityKind, EntityId)>| -> Vec<EntityId> {
            all.iter().filter(|(k, _)| *k == kind).map(|(_, id)| id.clone()).collect()
        };
        let (a, b) = (of_kind(&mine), of_kind(&theirs));
        let kin = |x: &EntityId, y: &EntityId| x == y || knowledge.are_related(x, y);
        let new = b.iter().find(|id| !from.seen.entities.contains(*id) && !a.iter().any(|x| kin(x, id)));
        let gone: Vec<&EntityId> = a.iter().filter(|id| !b.iter().any(|y| kin(y, id))).collect();
        if let (Some(new), false) = (new, gone.is_empty()) {
            let known = |id: &EntityId| knowledge.name(id);
            let before: Vec<String> = gone.into_iter().map(known).collect();
            return Some(Difference::new(Dimension::Entity, before.join(", "), known(new)));
        }
    }
    members(from, to, knowledge)
        .or_else(|| rival(from, to, knowledge))
        .or_else(|| renamed(from, to, knowledge))
        .or_else(|| other_state(from, to, knowledge))
        .or_else(|| other_agency(from, to, knowledge))
        .or_else(|| other_country(from, to, knowledge))
}

/// A country upon which the act is done and of which the first article says nothing, in the place of one of which the second says
/// nothing: shrimp from Ecuador told as shrimp from Vietnam.
fn other_country(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let country = |id: &EntityId| knowledge.entity(id).and_then(|e| e.country.as_deref());
    let (a, b) = (from.claim, to.claim);
    if a.frame != b.frame || !leads(a) || !leads(b) || b.evidence.part() == Part::Title {
        return None;
    }
    let upon = |claim| -> BTreeSet<&EntityId> {
        let upon = ACTED_UPON.into_iter().flat_map(|role| ids(claim, role));
        upon.filter(|id| knowledge.is(id, EntityKind::Place) && country(id).is_some()).collect()
    };
    let (before, after) = (upon(a), upon(b));
    let speaks_of =
        |seen: &Seen, id: &EntityId| seen.entities.iter().any(|known| country(known) == country(id));
    let strangers =
        before.iter().all(|id| !speaks_of(to.seen, id)) && after.iter().all(|id| !speaks_of(from.seen, id));
    let exchanged = !before.is_empty() && !after.is_empty() && strangers;
    exchanged.then(|| Difference::new(Dimension::Entity, named(&before, knowledge), named(&after, knowledge)))
}

/// An authority of which the first article says nothing in the place of one of the same country of which the second says
/// nothing: an order of the central bank told as one of the regulator of telephones.
fn other_agency(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let agencies = |claim: &Claim| -> Vec<EntityId> {
        let voices = claim.attribution.iter().filter_map(|a| a.source.entity.as_ref());
        let ids = ids(claim, Role::Authority).into_iter().chain(voices);
        ids.filter(|id| knowledge.is(id, EntityKind::Agency)).cloned().collect()
    };
    let parent = |id: &EntityId| {
        let above = knowledge.entity(id).and_then(|e| e.parent.clone());
        above.filter(|id| knowledge.is(id, EntityKind::Agency))
    };
    let kin =
        |a: &EntityId, b: &EntityId| a == b || parent(a).as_ref() == Some(b) || parent(b).as_ref() == Some(a);
    let named = |seen: &Seen, id: &EntityId| {
        seen.entities.iter().chain(seen.publisher.entity.iter()).any(|known| kin(known, id))
    };
    let country = |id: &EntityId| knowledge.entity(id).and_then(|e| e.country.clone());
    let new = agencies(to.claim).into_iter().find(|id| !named(from.seen, id))?;
    let text = to.claim.evidence.part() == Part::Text;
    // Who acts may be told in another sentence.
    let mut before = agencies(from.claim);
    if before.is_empty() {
        before = from.seen.claims.iter().flat_map(agencies).collect();
    }
    before.retain(|id| country(id) == country(&new));
    let old = before.first().filter(|_| text && !before.iter().any(|id| named(to.seen, id)))?;
    Some(Difference::new(Dimension::Entity, knowledge.name(old), knowledge.name(&new)))
}

/// Parties of one act upon a list that only one of the two claims names: the first names all of them, and the second one more,
/// or fewer.
fn members(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let (a, b) = (from.claim, to.claim);
    let one_act = a.change.is_some() && a.change == b.change && a.polarity == b.polarity;
    let open = [from, to].iter().any(|said| told_exclusivity(*said) != Exclusivity::Unspecified);
    let (before, after) = (ids(a, Role::Member), ids(b, Role::Member));
    if !one_act || open || before.is_disjoint(&after) || b.evidence.part() == Part::Title {
        return None;
    }
    let counted = |claim: &Claim| claim.quantity.as_ref().is_some_and(|q| q.kind == QuantityKind::Count);
    let (added, left) = (|| after.difference(&before), || before.difference(&after));
    let kin =
        |id: &EntityId, others: &BTreeSet<&EntityId>| others.iter().any(|o| knowledge.are_related(id, o));
    let told = |claim: &Claim, id: &EntityId| {
        let named = knowledge.entity(id);
        named.is_some_and(|e| [&e.en, &e.zh_hans, &e.zh_hant].iter().any(|n| is_in(claim, n)))
    };
    // Who is named elsewhere in either is left out of no claim by more than its reading.
    let more = added().any(|id| !kin(id, &before) && !from.seen.entities.contains(*id));
    let fewer = left().any(|id| !kin(id, &after) && !to.seen.entities.contains(*id) && !told(b, id));
    let differs = more || (fewer && !counted(b));
    differs.then(|| Difference::new(Dimension::Entity, named(&before, knowledge), named(&after, knowledge)))
}

/// Some parties by their names.
fn named(ids: &BTreeSet<&EntityId>, knowledge: &Knowledge) -> String {
    ids.iter().map(|id| knowledge.name(id)).collect::<Vec<_>>().join(", ")
}

/// Whether a claim's words hold a name.
fn is_in(claim: &Claim, name: &str) -> bool {
    !name.is_empty() && units::simplified(claim.evidence.quote()).contains(&units::simplified(name))
}

/// A name in the very place of another one, in two sentences that have the same words around it: "including an Acme soybean",
/// "including a Tern soybean", whoever they are.
fn renamed(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    if from.seen.tongue() != to.seen.tongue() || from.claim.frame != to.claim.frame {
        return None;
    }
    let (before, after) = (from.claim.evidence.quote(), to.claim.evidence.quote());
    let (old, new) = if before.is_ascii() && after.is_ascii() {
        exchanged_word(before, after)?
    } else {
        exchanged_run(before, after)?
    };
    // Who is named on both sides was only left out here.
    let names = |seen: &Seen, name: &str| {
        let told = |name: &str| {
            [seen.text.as_str(), seen.title.as_str()].iter().any(|t| folded(t).contains(&folded(name)))
        };
        // 芯片企业Acme is Acme.
        let bare = name.trim_start_matches(units::is_ideographic);
        told(name) || (!bare.is_empty() && told(bare))
    };
    // Burma is Myanmar.
    let one_entity = || {
        let called = |e: &Entity, name: &str| e.names().any(|own| folded(own) == folded(name));
        let both = |id: &EntityId| to.seen.entities.contains(id);
        let shared = from.seen.entities.iter().filter(|id| both(id)).filter_map(|id| knowledge.entity(id));
        shared.into_iter().any(|e| called(e, &old) && called(e, &new))
    };
    let strangers = !names(from.seen, &new) && !names(to.seen, &old) && !one_entity();
    strangers.then(|| Difference::new(Dimension::Entity, old, new))
}

/// A capitalised word of the first sentence in whose place the second has another, between the same words.
fn exchanged_word(a: &str, b: &str) -> Option<(String, String)> {
    /// Words around it that must be the same, beside articles.
    const AROUND: usize = 2;
    let words = |s: &str| -> Vec<String> {
        let bare = s.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
        bare.filter(|w| !w.is_empty() && !matches!(&**w, "a" | "an" | "the")).collect()
    };
    let (x, y) = (words(a), words(b));
    // A month is no name.
    let dated = |word: &str| words::lists().days.calendar.iter().any(|name| name == word);
    let named = |word: &str| {
        word.chars().count() > 2 && word.starts_with(|c: char| c.is_ascii_uppercase()) && !dated(word)
    };
    let place = |i: usize| Some((x.get(i.checked_sub(AROUND)?..i)?, x.get(i + 1..i + 1 + AROUND)?));
    let exchanged = |(i, old): (usize, &String)| {
        let (before, behind) = place(i).filter(|_| named(old))?;
        let mut others = (AROUND..y.len().saturating_sub(AROUND))
            .filter(|j| y[j - AROUND..*j] == *before && y[j + 1..j + 1 + AROUND] == *behind && named(&y[*j]));
        let new = &y[others.next()?];
        (new != old && !x.contains(new) && !y.contains(old)).then(|| (old.clone(), new.clone()))
    };
    // A sentence's first word is a capital in any case.
    x.iter().enumerate().skip(1).find_map(exchanged)
}

/// The one run of Han characters in whose place the second clause has another, between the same words.
fn exchanged_run(a: &str, b: &str) -> Option<(String, String)> {
    /// Characters on either side that must be the same, and on both together.
    const AROUND: usize = 2;
    const IN_ALL: usize = 10;
    /// Han characters and words of the longest name.
    const MOST: usize = 8;
    let clauses = |s: &str| -> Vec<Vec<char>> {
        let simplified = without_asides(&units::simplified(s));
        simplified.split(['，', ',', '。', '；', '：']).map(|clause| clause.chars().collect()).collect()
    };
    let (joints, before_names) = (&words::lists().wording.joints, &words::lists().wording.before_names);
    let (x, y) = (clauses(a), clauses(b));
    let pairs = x.iter().flat_map(|p| y.iter().map(move |q| (p, q)));
    pairs.into_iter().find_map(|(p, q)| {
        let before = p.iter().zip(q).take_while(|(c, d)| c == d).count();
        let room = p.len().min(q.len()) - before;
        let behind = p.iter().rev().zip(q.iter().rev()).take(room).take_while(|(c, d)| c == d).count();
        let (old, new) = (&p[before..p.len() - behind], &q[before..q.len() - behind]);
        let is_name = |run: &[char]| {
            let words = tokens(&run.iter().collect::<String>()).len();
            (run.len() > 1 && words <= MOST)
                && run.iter().all(|c| units::is_ideographic(*c) || c.is_ascii_alphabetic())
                && !run.iter().any(|c| joints.contains(*c))
        };
        let led = before.checked_sub(1).is_some_and(|at| before_names.contains(p[at]));
        let framed = led && before.min(behind) >= AROUND && before + behind >= IN_ALL;
        let framed = framed && is_name(old) && is_name(new);
        framed.then(|| (old.iter().collect(), new.iter().collect()))
    })
}

/// Words without what they add in brackets: 约合34亿元人民币.
fn without_asides(words: &str) -> String {
    let mut depth = 0_usize;
    let outside = |c: &char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    words.chars().filter(outside).collect()
}

/// Another state or union that acts, of which the first article says nothing, in the place of the one that acts there: a rule
/// of Denmark told as one of the European Union.
fn other_state(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    const ACTING: [Role; 3] = [Role::Authority, Role::Subject, Role::Funder];
    let (a, b) = (from.claim, to.claim);
    if a.frame != b.frame || !leads(a) || !leads(b) || b.evidence.part() == Part::Title {
        return None;
    }
    let place = |id: &EntityId| knowledge.entity(id).filter(|e| e.kind == EntityKind::Place);
    let acts = |claim: &Claim, roles: &[Role]| -> Vec<&Entity> {
        let of = roles.iter().flat_map(|role| claim.role(*role)).filter_map(|f| f.id.as_ref());
        of.filter_map(|id| knowledge.entity(id)).collect()
    };
    // "Chinese-made cars" are no act of China.
    let made = |filler: &headwater_model::claim::Filler| {
        let quote = units::simplified(b.evidence.quote());
        let behind = quote
            .split_once(&units::simplified(filler.evidence.quote()))
            .map(|(_, behind)| behind.to_owned());
        behind.is_some_and(|behind| words::starts_with_any(&behind, &words::lists().wording.made))
    };
    if b.role(Role::Authority).any(made) {
        return None;
    }
    let (old, new) = (acts(a, &ACTING), acts(b, &ACTING[..1]));
    let ([old], [new]) = (&old[..], &new[..]) else { return None };
    let known = from.seen.entities.iter().filter_map(|id| knowledge.entity(id));
    let apart = old.country.is_some() && new.country.is_some() && old.country != new.country;
    // With the figure of the first and without a word of who acts there.
    let gone = |id: &EntityId| knowledge.entity(id).is_none_or(|e| e.country != old.country);
    let replaced = || shares_figure(from, to, knowledge) && to.seen.entities.iter().all(gone);
    let stranger = known.into_iter().all(|e| e.country != new.country) || replaced();
    let states = place(&old.id).is_some() && place(&new.id).is_some();
    (states && apart && stranger).then(|| Difference::new(Dimension::Entity, &*old.en, &*new.en))
}

/// A party that the first article names elsewhere, its rival, in the place of the one that acts in its lead: "Acme is to supply
/// Tern", told as "Beta is to supply Tern".
fn rival(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    const ACTING: [Role; 4] = [Role::Supplier, Role::Buyer, Role::Recipient, Role::Funder];
    let company = |id: &&EntityId| knowledge.is(id, EntityKind::Company);
    let named = |claim: &Claim, id: &EntityId| claim.fillers.iter().any(|f| f.id.as_ref() == Some(id));
    let same_frame = from.claim.frame == to.claim.frame;
    let leading = leads(from.claim)
        && leads(to.claim)
        && (share_party(from.claim, to.claim, knowledge) || shares_figure(from, to, knowledge));
    // In one and the same sentence another name is another party, whatever else is told of it.
    let one_wording = same_frame && are_one_wording(from, to, knowledge);
    let one_act = same_frame && (leading || one_wording);
    let in_role = |claim: &Claim, role: Role| -> Vec<EntityId> {
        ids(claim, role).into_iter().filter(company).cloned().collect()
    };
    ACTING.into_iter().filter(|_| one_act).find_map(|role| {
        let (before, after) = (in_role(from.claim, role), in_role(to.claim, role));
        let ([old], [new]) = (&before[..], &after[..]) else { return None };
        // What both articles tell of the rival as well is no exchange.
        let told = |seen: &Seen, id: &EntityId| {
            seen.claims.iter().any(|c| c.frame == from.claim.frame && ids(c, role).contains(id))
        };
        let exchanged = old != new
            && !knowledge.are_related(old, new)
            && !named(to.claim, old)
            && !named(from.claim, new)
            && (one_wording || !(told(from.seen, new) || told(to.seen, old)));
        let name = |id: &EntityId| knowledge.name(id);
        exchanged.then(|| Difference::new(Dimension::Entity, name(old), name(new)))
    })
}

/// Whether two claims name one company or product.
fn share_party(a: &Claim, b: &Claim, knowledge: &Knowledge) -> bool {
    let party = |id: &EntityId| {
        let kind = knowledge.entity(id).map(|e| e.kind);
        matches!(kind, Some(EntityKind::Company | EntityKind::Product))
    };
    let all = |c: &Claim| -> BTreeSet<EntityId> {
        c.fillers.iter().filter_map(|f| f.id.clone()).filter(party).collect()
    };
    !all(a).is_disjoint(&all(b))
}
