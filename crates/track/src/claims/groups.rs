//! Claim groups: which mentions assert the same thing.
//!
//! A claim joins the group whose mentions it fits best. How well it must fit depends on what else ties
//! the two articles together: a derivation, a story, or nothing but time.

use crate::claims::compare::{self, Place, Said, denies, refutes};
use crate::claims::modality::stage;
use crate::claims::retelling;
use crate::claims::rivals;
use crate::memory::seen::Seen;
use crate::memory::window::Window;
use crate::reading::asserted::{self, ids, kin};
use crate::reading::figures::{self, Relation};
use crate::text::glossary::{self, Concept};
use crate::text::pieces;
use crate::text::units;
use crate::text::words;
use headwater_model::claim::{Frame, ListChange, Modality, Polarity, Role};
use headwater_model::mention::{EntityKind, VoiceKind};
use headwater_model::source::SourceClass;
use headwater_model::time::{days_between, first_day};
use headwater_model::tracking::Mention;
use headwater_model::{CaptureId, Claim, EntityId, GroupId, Knowledge, MeasureId, NodeId, Part, StoryId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Fit from which a claim joins along a derivation: where it is laid to that very article, and elsewhere;
/// within a story, and without either.
pub const LAID_TO: f64 = 0.20;
pub const ALONG: f64 = 0.30;
/// Fit from which two claims along a derivation are plainly one.
const ONE: f64 = 0.45;
/// Fit from which a headline joins its own article's claim.
const HEADLINE: f64 = 0.22;
/// Fit from which two sentences of one article join where the second tells the first in full.
const IN_FULL: f64 = 0.10;
const IN_STORY: f64 = 0.52;
/// Fit beyond these that is asked where a model heard neither of two claims, one, or both.
const HEARD: [f64; 3] = [0.0, 0.15, 0.25];
/// Fit with a claim of each from which two groups are one.
const TWINS: f64 = 0.60;
const APART: f64 = 0.80;
/// The same within days of one another: two outlets with sources of their own.
const SAME_DAYS: f64 = 0.62;
/// Days within which mentions are one claim without a derivation or a story.
const APART_DAYS: i32 = 10;
/// Fit from which a denial within days joins what it denies: it repeats it.
const DENIES: f64 = 0.50;
const DENIAL_DAYS: i32 = 4;
/// Mentions of one group; beyond, a further group goes on, or one claim would cost ever more.
const MENTIONS: usize = 300;
/// Mentions of a group that a claim is compared with.
const COMPARED: usize = 8;
/// Groups remembered for one measure or list.
const ANCHORED: usize = 24;

/// A group as the tracker keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its frame.
    pub frame: Frame,
    /// The measure that it is about.
    pub measure: Option<MeasureId>,
    /// The story in which it first appeared.
    pub story: Option<StoryId>,
    /// Its mentions, in archive order.
    pub places: Vec<Place>,
    /// Whether a person put it together: then nothing joins it by itself.
    pub closed: bool,
    /// What was told of it already.
    pub told: BTreeSet<String>,
}

/// All groups with every mention in the window.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Groups {
    groups: BTreeMap<GroupId, Group>,
    #[serde(skip)]
    by_story: BTreeMap<StoryId, BTreeSet<GroupId>>,
    #[serde(skip)]
    by_capture: BTreeMap<u64, Vec<GroupId>>,
    /// Saved, for it forgets in an order of its own: what it forgot, a rebuilt one would know.
    by_anchor: BTreeMap<String, BTreeSet<(u64, GroupId)>>,
}

impl Groups {
    /// A group.
    pub fn get(&self, id: &GroupId) -> Option<&Group> {
        self.groups.get(id)
    }
    /// The same, to be changed.
    pub fn get_mut(&mut self, id: &GroupId) -> Option<&mut Group> {
        self.groups.get_mut(id)
    }
    /// Groups with a mention in a capture, each once, in the order of the claims.
    pub fn of_capture(&self, seq: u64) -> Vec<GroupId> {
        let mut found: Vec<GroupId> = Vec::new();
        for id in self.by_capture.get(&seq).into_iter().flatten() {
            if !found.contains(id) {
                found.push(id.clone());
            }
        }
        found
    }

    /// Makes the indexes anew that follow from the groups: of a restored state, or after a person's decision.
    pub fn reindex(&mut self, window: &Window) {
        self.by_story.clear();
        self.by_capture.clear();
        for group in self.groups.clone().values() {
            for place in &group.places {
                self.index(group, *place, window);
            }
        }
    }

    /// Forgets the groups of captures that left the window, at once: told again, they would lack a mention.
    pub fn forget_captures(&mut self, gone: std::ops::Range<u64>) {
        for id in gone.filter_map(|seq| self.by_capture.remove(&seq)).flatten() {
            self.groups.remove(&id);
        }
    }

    /// Clears the indexes of what was forgotten.
    pub fn forget_before(&mut self, first: u64) {
        let groups = &self.groups;
        self.by_capture.retain(|seq, _| *seq >= first);
        for index in self.by_story.values_mut() {
            index.retain(|id| groups.contains_key(id));
        }
        self.by_story.retain(|_, index| !index.is_empty());
        for index in self.by_anchor.values_mut() {
            index.retain(|(_, id)| groups.contains_key(id));
        }
        self.by_anchor.retain(|_, index| !index.is_empty());
    }

    /// Puts every claim of a capture from one number on into its group; returns the groups concerned, in order, each with
    /// whether it is new, and those that became part of another.
    pub fn place(
        &mut self,
        seen: &Seen,
        from: usize,
        window: &Window,
        knowledge: &Knowledge,
    ) -> (Vec<(GroupId, bool)>, Vec<GroupId>) {
        let neighbours = neighbours(seen, window);
        let (mut touched, mut gone): (Vec<(GroupId, bool)>, Vec<GroupId>) = Default::default();
        // A headline says again what the text says, so the text comes first.
        let notes = |claim: &Claim| {
            seen.correction.as_ref().is_some_and(|note| note.overlaps(&claim.evidence)) || corrects(claim)
        };
        // Neither what others are said to report nor a note of correction is asserted.
        let asserted = |said: &Said| !compare::is_taken_up(*said) && !notes(said.claim);
        let mut ordered: Vec<Said> = Said::all(seen).skip(from).filter(asserted).collect();
        ordered.sort_by_key(|said| said.claim.evidence.part() == Part::Title);
        for said in ordered {
            let place = said.place();
            let found = self.best(said, &neighbours, window, knowledge);
            let (id, new) = match found {
                Some(id) => {
                    let twins = self.twins(said, &id, &neighbours, window, knowledge);
                    let kept = twins.iter().chain([&id]).min_by_key(|id| self.first_place(id)).cloned();
                    let kept = kept.unwrap_or_else(|| id.clone());
                    for twin in twins.into_iter().chain([id]).filter(|twin| *twin != kept) {
                        self.absorb(&kept, &twin, window, knowledge);
                        touched.retain(|(t, _)| *t != twin);
                        gone.push(twin);
                    }
                    (kept, false)
                }
                None => (self.open(said), true),
            };
            if let Some(group) = self.groups.get_mut(&id) {
                group.places.push(place);
                group.measure = group.measure.take().or(said.claim.measure.clone());
                let group = group.clone();
                self.index(&group, place, window);
                self.index_anchor(&group.id, said, knowledge);
            }
            if !touched.iter().any(|(t, _)| *t == id) {
                touched.push((id, new));
            }
        }
        let one = rivals::versions(seen, window, knowledge)
            .into_iter()
            .map(|places| places.into_iter().filter_map(|place| self.at(place)).collect());
        let one: Vec<BTreeSet<GroupId>> = one.chain(self.readings(seen.seq, window)).collect();
        for ids in one {
            let mut ids: Vec<GroupId> = ids.into_iter().filter(|id| self.groups.contains_key(id)).collect();
            ids.sort_by_key(|id| self.first_place(id));
            let mentions: usize =
                ids.iter().filter_map(|id| self.groups.get(id)).map(|g| g.places.len()).sum();
            let Some((kept, others)) = ids.split_first().filter(|_| mentions <= MENTIONS) else { continue };
            for other in others {
                self.absorb(kept, other, window, knowledge);
                touched.retain(|(t, _)| t != other);
                gone.push(other.clone());
            }
            if !others.is_empty() && !touched.iter().any(|(t, _)| t == kept) {
                touched.push((kept.clone(), false));
            }
        }
        (touched, gone)
    }

    /// Pairs of a capture's groups that are two readings of one assertion: the same sentences of several captures, read in
    /// two frames each.
    fn readings(&self, seq: u64, window: &Window) -> Vec<BTreeSet<GroupId>> {
        /// Captures of which one sentence stands in both.
        const BOTH: usize = 2;
        let sentence = |place: &Place| {
            let span = Said::at(*place, window)?.claim.evidence.span();
            Some((place.0, span.start, span.end))
        };
        let mut here: BTreeMap<(u64, u32, u32), BTreeSet<GroupId>> = BTreeMap::new();
        for group in self.of_capture(seq).iter().filter_map(|id| self.groups.get(id)) {
            for own in group.places.iter().filter(|place| place.0 == seq).filter_map(sentence) {
                here.entry(own).or_default().insert(group.id.clone());
            }
        }
        let sentences = |group: &Group| -> BTreeSet<(u64, u32, u32)> {
            group.places.iter().filter_map(sentence).collect()
        };
        let mut found: Vec<BTreeSet<GroupId>> = Vec::new();
        for ids in here.into_values().map(Vec::from_iter) {
            for (i, a) in ids.iter().enumerate() {
                for b in &ids[i + 1..] {
                    let (Some(x), Some(y)) = (self.groups.get(a), self.groups.get(b)) else { continue };
                    let open = !x.closed && !y.closed && kin(x.frame, y.frame);
                    if !open || tell_two_acts(x, y, seq, window) {
                        continue;
                    }
                    let (p, q) = (sentences(x), sentences(y));
                    let shared: BTreeSet<u64> = p.intersection(&q).map(|(seq, ..)| *seq).collect();
                    if shared.len() >= BOTH {
                        found.push(BTreeSet::from([a.clone(), b.clone()]));
                    }
                }
            }
        }
        found
    }

    /// The group that a claim is in, if a person has not closed it.
    fn at(&self, place: Place) -> Option<GroupId> {
        let mut ids = self.by_capture.get(&place.0).into_iter().flatten();
        let of = |id: &&GroupId| self.groups.get(*id).is_some_and(|g| !g.closed && g.places.contains(&place));
        ids.find(of).cloned()
    }

    fn first_place(&self, id: &GroupId) -> Option<Place> {
        self.groups.get(id).and_then(|group| group.places.first().copied())
    }

    /// Other groups that assert the same, as a source shows that is captured after its retellings: each of them
    /// made a group of its own. Two that one article tells apart are two.
    fn twins(
        &self,
        said: Said,
        id: &GroupId,
        neighbours: &BTreeSet<u64>,
        window: &Window,
        knowledge: &Knowledge,
    ) -> Vec<GroupId> {
        let Some(found) = self.groups.get(id).filter(|group| !group.closed) else { return Vec::new() };
        let mut captures: BTreeSet<u64> = found.places.iter().map(|(seq, _)| *seq).collect();
        captures.insert(said.seen.seq);
        let near: BTreeSet<&GroupId> =
            neighbours.iter().filter_map(|seq| self.by_capture.get(seq)).flatten().collect();
        let mut twins = Vec::new();
        for group in near.into_iter().filter_map(|other| self.groups.get(other)) {
            let apart = group.id == *id
                || group.closed
                || group.frame != found.frame
                || group.places.len() + found.places.len() > MENTIONS
                || group.places.iter().any(|(seq, _)| captures.contains(seq));
            let one = |place: &Place| {
                let told = Said::at(*place, window).filter(|_| neighbours.contains(&place.0));
                told.is_some_and(|told| is_twin(told, said, knowledge))
            };
            if !apart && group.places.iter().any(one) {
                captures.extend(group.places.iter().map(|(seq, _)| *seq));
                twins.push(group.id.clone());
            }
        }
        twins
    }

    /// Makes one group part of another.
    fn absorb(&mut self, keep: &GroupId, gone: &GroupId, window: &Window, knowledge: &Knowledge) {
        let Some(old) = self.groups.remove(gone) else { return };
        let Some(kept) = self.groups.get_mut(keep) else { return };
        kept.places.extend(&old.places);
        kept.places.sort_unstable();
        kept.measure = kept.measure.take().or(old.measure);
        kept.told.extend(old.told);
        let kept = kept.clone();
        for place in &old.places {
            if let Some(ids) = self.by_capture.get_mut(&place.0) {
                ids.retain(|id| id != gone);
            }
            self.index(&kept, *place, window);
            if let Some(said) = Said::at(*place, window) {
                self.index_anchor(keep, said, knowledge);
            }
        }
        for index in self.by_story.values_mut() {
            index.remove(gone);
        }
    }

    /// The story of what an article denies, if it denies something that was told lately.
    pub fn denied_story(&self, seen: &Seen, window: &Window, knowledge: &Knowledge) -> Option<StoryId> {
        let said = Said::all(seen).find(|said| refutes(*said))?;
        let group = self.get(&self.best(said, &neighbours(seen, window), window, knowledge)?)?;
        window.get(group.places.first()?.0)?.story.clone()
    }

    fn open(&mut self, said: Said) -> GroupId {
        let Said { seen, claim, .. } = said;
        let id = GroupId::of(&[seen.capture.as_str().as_bytes(), &said.place().1.to_le_bytes()]);
        let group = Group {
            id: id.clone(),
            frame: claim.frame,
            measure: claim.measure.clone(),
            story: seen.story.clone(),
            places: Vec::new(),
            closed: false,
            told: BTreeSet::new(),
        };
        self.groups.insert(id.clone(), group);
        id
    }

    fn index(&mut self, group: &Group, place: Place, window: &Window) {
        self.by_capture.entry(place.0).or_default().push(group.id.clone());
        if let Some(story) = &group.story {
            self.by_story.entry(story.clone()).or_default().insert(group.id.clone());
        }
        if let Some(story) = window.get(place.0).and_then(|seen| seen.story.as_ref()) {
            self.by_story.entry(story.clone()).or_default().insert(group.id.clone());
        }
    }

    fn index_anchor(&mut self, group: &GroupId, said: Said, knowledge: &Knowledge) {
        for anchor in anchors(said.claim).into_iter().chain(party_anchors(said, knowledge)) {
            let index = self.by_anchor.entry(anchor).or_default();
            index.insert((said.seen.seq, group.clone()));
            if index.len() > ANCHORED {
                index.pop_first();
            }
        }
    }

    /// The group that a claim fits best, if it fits any well enough.
    fn best(
        &self,
        said: Said,
        neighbours: &BTreeSet<u64>,
        window: &Window,
        knowledge: &Knowledge,
    ) -> Option<GroupId> {
        let mut best: Option<(f64, &GroupId)> = None;
        let mut candidates = self.candidates(said, neighbours);
        candidates.extend(self.strangers(said, window, knowledge));
        for id in candidates {
            let Some(group) = self.groups.get(id) else { continue };
            if group.closed || group.places.len() >= MENTIONS {
                continue;
            }
            let excess = self.excess(said, group, neighbours, window, knowledge);
            if let Some(excess) = excess
                && best.is_none_or(|(b, _)| excess > b)
            {
                best = Some((excess, &group.id));
            }
        }
        best.map(|(_, id)| id.clone())
    }

    fn candidates(&self, said: Said, neighbours: &BTreeSet<u64>) -> BTreeSet<&GroupId> {
        let mut found: BTreeSet<&GroupId> = BTreeSet::new();
        let near = neighbours.iter().chain([&said.seen.seq]);
        found.extend(near.filter_map(|seq| self.by_capture.get(seq)).flatten());
        let story = said.seen.story.as_ref().and_then(|s| self.by_story.get(s));
        let known = story.into_iter().flatten().filter(|id| self.groups.contains_key(*id));
        found.extend(known.rev().take(200));
        let anchored = anchors(said.claim).into_iter().filter_map(|a| self.by_anchor.get(&a));
        found.extend(anchored.flatten().map(|(_, id)| id));
        found
    }

    /// Groups about the same party that nothing else ties to a claim, where a figure does, or where the claim denies.
    fn strangers(&self, said: Said, window: &Window, knowledge: &Knowledge) -> Vec<&GroupId> {
        let anchors = party_anchors(said, knowledge);
        let anchored = anchors.iter().filter_map(|a| self.by_anchor.get(a)).flatten();
        let tied = |id: &GroupId| {
            let first = self.groups.get(id).and_then(|group| group.places.first());
            let other = first.and_then(|place| Said::at(*place, window));
            other.is_some_and(|other| {
                let days = days_between(other.seen.day, said.seen.day);
                let denied = refutes(said) != refutes(other) && days <= DENIAL_DAYS;
                days <= APART_DAYS && (denied || compare::same_figure(other, said, knowledge))
            })
        };
        anchored.map(|(_, id)| id).filter(|id| tied(id)).collect()
    }

    /// By how much a claim fits a group better than it must; `None` if it does not.
    fn excess(
        &self,
        said: Said,
        group: &Group,
        neighbours: &BTreeSet<u64>,
        window: &Window,
        knowledge: &Knowledge,
    ) -> Option<f64> {
        let (mut along_best, mut best): (Option<f64>, Option<f64>) = (None, None);
        let mut cannot = false;
        for place in compared(group, neighbours, said.seen.seq) {
            let Some(other) = Said::at(place, window) else { continue };
            let Said { seen, claim, .. } = other;
            let along = neighbours.contains(&seen.seq) || seen.seq == said.seen.seq;
            let kindred = || kin(claim.frame, said.claim.frame) && in_one_story(other, said);
            if !along && claim.frame != said.claim.frame && !kindred() {
                continue;
            }
            let Some(fit) = fit(other, said, along, knowledge) else {
                // What changed on the way is told in the group and speaks for nobody else.
                cannot |= !along && !seen.edges.iter().any(|e| matches!(e.to, NodeId::Capture(_)));
                continue;
            };
            let Some(least) = least(other, said, along).filter(|least| fit >= *least) else { continue };
            let slot = if along { &mut along_best } else { &mut best };
            let excess = fit - least + if along { 0.1 } else { 0.0 };
            *slot = Some(slot.map_or(excess, |b| b.max(excess)));
        }
        // Along a derivation the nearest mention decides; a stranger must fit them all.
        let among = best.filter(|_| !cannot);
        along_best.into_iter().chain(among).reduce(f64::max)
    }

    /// Takes mentions of some captures out of a group into one of their own.
    pub fn split(&mut self, id: &GroupId, captures: &BTreeSet<u64>, window: &Window) -> Option<GroupId> {
        let group = self.groups.get_mut(id)?;
        let (leave, stay): (Vec<Place>, Vec<Place>) =
            group.places.iter().partition(|(seq, _)| captures.contains(seq));
        if leave.is_empty() || stay.is_empty() {
            return None;
        }
        group.places = stay;
        group.closed = true;
        let mut split = group.clone();
        split.places = leave;
        split.told.clear();
        split.id = GroupId::of(&[b"split", id.as_str().as_bytes(), &split.places[0].0.to_le_bytes()]);
        let new = split.id.clone();
        self.groups.insert(new.clone(), split);
        self.reindex(window);
        Some(new)
    }

    /// Puts all mentions of one group into another; says whether there were two.
    pub fn merge(&mut self, keep: &GroupId, merge: &GroupId, window: &Window, knowledge: &Knowledge) -> bool {
        let two = keep != merge && self.groups.contains_key(keep) && self.groups.contains_key(merge);
        if two {
            self.absorb(keep, merge, window, knowledge);
        }
        two
    }
}

/// Whether a claim stands in a note of correction: "(Corrects the size of the limit to …".
fn corrects(claim: &Claim) -> bool {
    let quote = units::simplified(claim.evidence.quote());
    let words = quote.trim_start_matches(['(', '（', '[', '【']);
    words::lists().members.corrects.iter().any(|word| words.starts_with(word.as_str()))
}

/// Mentions of a group that a claim is compared with: those in derivation neighbours, the first and the
/// latest.
fn compared(group: &Group, neighbours: &BTreeSet<u64>, own: u64) -> Vec<Place> {
    let near = |seq: &u64| *seq == own || neighbours.contains(seq);
    let mut found: Vec<Place> =
        group.places.iter().filter(|(seq, _)| near(seq)).take(COMPARED).copied().collect();
    let ends = group.places.iter().take(2).chain(group.places.iter().rev().take(4));
    for place in ends {
        if !found.contains(place) && found.len() < COMPARED {
            found.push(*place);
        }
    }
    found
}

/// Whether a claim asserts, along a derivation, plainly what one of another group does: with the same figure or of the
/// same parties, far beyond what it takes to join.
fn is_twin(other: Said, said: Said, knowledge: &Knowledge) -> bool {
    let title = |s: Said| s.claim.evidence.part() == Part::Title;
    let tied = compare::same_figure(other, said, knowledge) || shared_parties(other, said, knowledge).0 > 1;
    let enough = |fit: f64| fit >= TWINS;
    other.claim.frame == said.claim.frame
        && !title(other)
        && !title(said)
        && tied
        && fit(other, said, true, knowledge).is_some_and(enough)
}

/// Fit that a claim needs to be one with another; `None` where nothing ties the two together.
fn least(other: Said, said: Said, along: bool) -> Option<f64> {
    // A frame that a model heard is less of a tie than one whose words a rule found, save between two leads.
    let lead = |said: Said| asserted::leads(said.claim) && said.claim.evidence.part() == Part::Text;
    let heard = [other, said].into_iter().filter(|said| said.claim.is_learned()).count();
    let more = if lead(other) && lead(said) { 0.0 } else { HEARD[heard] };
    least_of_read(other, said, along).map(|least| least + more)
}

/// The same of two claims that rules read.
fn least_of_read(other: Said, said: Said, along: bool) -> Option<f64> {
    let title = |s: Said| s.claim.evidence.part() == Part::Title;
    if other.seen.seq == said.seen.seq {
        // Two sentences of one article say two things, unless one is its headline.
        return Some(match () {
            () if title(other) != title(said) => HEADLINE,
            () if is_told_in_full(other.claim, said.claim) => IN_FULL,
            () => IN_STORY + 0.1,
        });
    }
    let laid = |a: &headwater_model::mention::Attribution| a.source.kind == VoiceKind::Outlet;
    if along {
        let named = said.seen.references.iter().any(|r| retelling::names(said.claim, r));
        return Some(if named || said.claim.attribution.iter().any(laid) { LAID_TO } else { ALONG });
    }
    if refutes(other) != refutes(said) {
        return (days_between(other.seen.day, said.seen.day) <= DENIAL_DAYS).then_some(DENIES);
    }
    let near = days_between(other.seen.day, said.seen.day) <= APART_DAYS;
    if in_one_story(other, said) && near {
        Some(IN_STORY)
    } else if days_between(other.seen.day, said.seen.day) <= 2 {
        Some(SAME_DAYS)
    } else {
        near.then_some(APART)
    }
}

/// Whether two articles tell one story.
fn in_one_story(a: Said, b: Said) -> bool {
    a.seen.story.is_some() && a.seen.story == b.seen.story
}

/// Whether one of two sentences of an article names the members of what the other says was put on a list, or taken
/// off it: the lead and its detail.
fn is_told_in_full(x: &Claim, y: &Claim) -> bool {
    let same_act =
        x.frame == Frame::Listing && x.frame == y.frame && x.change.is_some() && x.change == y.change;
    let times = x.time.as_ref().zip(y.time.as_ref());
    let same_time = times.is_none_or(|(p, q)| compare::same_time(&p.value, &q.value));
    let members = |c: &Claim| c.role(Role::Member).next().is_some();
    same_act && same_time && x.polarity == y.polarity && members(x) != members(y)
}

/// Captures that derive from this one or that it derives from; the earlier version of its address, too.
fn neighbours(seen: &Seen, window: &Window) -> BTreeSet<u64> {
    let mut found = window.derived_from(&seen.capture);
    for edge in &seen.edges {
        match &edge.to {
            node @ NodeId::Capture(_) => found.extend(window.captured(node).map(|s| s.seq)),
            // Two retellings of one uncaptured report are as near as two of a captured one.
            NodeId::Unseen(_) => found.extend(window.sharing_unseen(&edge.to, 24)),
        }
    }
    found.extend(window.earlier_version(seen.seq));
    found.remove(&seen.seq);
    found
}

/// What finds a group again outside its story: its measure, its list.
fn anchors(claim: &Claim) -> Vec<String> {
    let measure = claim.measure.iter().map(|m| format!("{} {m}", claim.frame));
    let lists = ids(claim, Role::List);
    measure.chain(lists.into_iter().map(|l| format!("{} list {l}", claim.frame))).collect()
}

/// What finds a group again across stories: its frame and each party of an article's leading claim, places apart.
fn party_anchors(said: Said, knowledge: &Knowledge) -> Vec<String> {
    let claim = said.claim;
    let mut parties: BTreeSet<&EntityId> = claim.fillers.iter().filter_map(|f| f.id.as_ref()).collect();
    let told = asserted::leads(claim) || refutes(said);
    parties.extend(said.own_authority().filter(|_| refutes(said)));
    parties.extend(compare::denying(said));
    let parties = parties.into_iter().filter(|id| told && !knowledge.is(id, EntityKind::Place));
    parties.map(|id| format!("{} by {id}", claim.frame)).collect()
}

/// How close two claims of one group are: together in it by way of others, they may say different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closeness {
    /// They are not each other's.
    Strange,
    /// One retells the other.
    Counterparts,
    /// They are plainly one.
    One,
}

/// How close two claims of one group are.
pub fn closeness(a: Said, b: Said, knowledge: &Knowledge) -> Closeness {
    match fit(a, b, true, knowledge) {
        _ if opens_in_past(a) != opens_in_past(b) => Closeness::Strange,
        Some(fit) if fit < ALONG => Closeness::Strange,
        Some(fit) if fit < ONE => Closeness::Counterparts,
        // A product given to another maker fits nothing.
        _ => Closeness::One,
    }
}

/// What the same words around two figures say for the claims' being one.
const RIVALS: f64 = 0.35;

/// How well two claims fit, about 0..=1.5; `None` if they cannot be one.
pub fn fit(a: Said, b: Said, along: bool, knowledge: &Knowledge) -> Option<f64> {
    let (x, y) = (a.claim, b.claim);
    let frames = x.frame == y.frame;
    // What is cheap to ask comes first: most pairs end here.
    if (!frames && !along && !in_one_story(a, b)) || apart_by_act(a, b, along) || apart_by_party(x, y, along)
    {
        return None;
    }
    let details = units::shared(a.details(), b.details());
    let (shared, share) = shared_parties(a, b, knowledge);
    // One sentence that was read in two ways is two claims, however alike their words.
    let one_sentence = !frames && x.evidence == y.evidence && a.seen.seq == b.seen.seq;
    let words = if one_sentence { 0.0 } else { words(a, b) };
    let one_wording = || words >= ONE_WORDING && shared + details > 0;
    if !(frames || kin(x.frame, y.frame) || compare::same_figure(a, b, knowledge) || one_wording()) {
        return None;
    }
    let one_story = in_one_story(a, b);
    let one_sum = || one_story && compare::same_sum(a, b, knowledge);
    let about_others = || apart_by_thing(a, b) && !one_sum();
    if !along && (retelling::name_others((a.seen, x), (b.seen, y), knowledge) || about_others()) {
        return None;
    }
    let mut fit = 0.45 * share + words - if frames { 0.0 } else { 0.1 };
    if along && asserted::leads(x) && asserted::leads(y) {
        fit += LEADS;
    }
    if a.seen.seq == b.seen.seq && is_headline_of(x, y) {
        fit += LEADS;
    }
    fit += match (&x.quantity, &y.quantity) {
        (Some(p), Some(q)) => match figures::relate(p, a.seen.day, q, b.seen.day, knowledge) {
            Relation::Same | Relation::Rendered(_) => 0.35,
            // What an authority does on another day to another number is another act.
            Relation::Different if !along && are_of_one_authority(a, b) => return None,
            // The same two parties or more and another figure: then the figure is what is disputed.
            Relation::Different if shared > 1 => 0.0,
            Relation::Different if one_story && are_rivals(a, b) => RIVALS,
            Relation::Different if along => -0.05,
            Relation::Different => -0.15,
            Relation::Incomparable => 0.0,
        },
        _ => 0.0,
    };
    if x.measure.is_some() && x.measure == y.measure {
        fit += 0.2;
    }
    if asserted::share(x, Role::List, y, Role::List) {
        fit += 0.2;
    }
    let same_time = match (&x.time, &y.time) {
        (Some(p), Some(q)) => Some(compare::same_time(&p.value, &q.value)),
        _ => None,
    };
    fit += match same_time {
        Some(true) if is_one_day(x, y) => ONE_DAY,
        Some(true) => 0.1,
        Some(false) => -0.1,
        None => 0.0,
    };
    // What figure and time already said is not said again.
    let told = usize::from(compare::same_figure(a, b, knowledge)) + usize::from(same_time == Some(true));
    fit += DETAIL * details.saturating_sub(told).min(2) as f64;
    if over(x) != over(y) {
        fit -= 0.15;
    }
    let stages = stage(x.modality).zip(stage(y.modality));
    if !along && stages.is_some_and(|(p, q)| p.abs_diff(q) > 1) && !denies(x) && !denies(y) {
        fit -= 0.15;
    }
    Some(fit)
}

/// Whether both stand on pages of one authority, of different days.
fn are_of_one_authority(a: Said, b: Said) -> bool {
    let official = |said: Said| said.seen.class == SourceClass::Official;
    let one = a.seen.publisher.entity.is_some() && a.seen.publisher.entity == b.seen.publisher.entity;
    official(a) && official(b) && one && a.seen.day != b.seen.day
}

/// Likeness of words from which two tellings are one whatever frames they were read in, along a derivation.
const ONE_WORDING: f64 = 0.25;
/// What the very day from which something applies says, where both tell it.
const ONE_DAY: f64 = 0.2;
/// What each further figure or day says that both tell.
const DETAIL: f64 = 0.12;
/// What sharing but places is worth beside sharing a party.
const PLACES: f64 = 0.7;
/// What a retelling retells is above all the lead: credited to two claims that each head their article.
const LEADS: f64 = 0.15;

/// Whether two claims give one date to the day.
fn is_one_day(x: &Claim, y: &Claim) -> bool {
    let day = |claim: &Claim| claim.time.as_ref().is_some_and(|time| time.value.len() == "2026-10-01".len());
    day(x) && day(y)
}

/// Whether one sentence of a capture says two things: of some part that both play, each names another player.
fn tell_two_acts(x: &Group, y: &Group, seq: u64, window: &Window) -> bool {
    let of = |group: &Group| -> Vec<&Claim> {
        let here = group.places.iter().filter(|place| place.0 == seq);
        here.filter_map(|place| Some(Said::at(*place, window)?.claim)).collect()
    };
    let players = |claim: &Claim, role: Role| -> BTreeSet<String> {
        claim.role(role).map(|filler| units::folded(filler.value())).collect()
    };
    let other_players = |a: &Claim, b: &Claim| {
        Role::ALL.iter().any(|role| {
            let (own, other) = (players(a, *role), players(b, *role));
            !own.is_empty() && !other.is_empty() && own.is_disjoint(&other)
        })
    };
    let (p, q) = (of(x), of(y));
    let mut pairs = p.iter().flat_map(|a| q.iter().map(move |b| (*a, *b)));
    pairs.any(|(a, b)| a.evidence.span() == b.evidence.span() && other_players(a, b))
}

/// Days by which an act lies back if an article tells it as history.
const HISTORY_DAYS: i32 = 60;

/// Whether a sentence begins with a year gone by: "In 2024, …", 2024年，….
fn opens_in_past(said: Said) -> bool {
    let quote = said.claim.evidence.quote();
    let led = quote.strip_prefix("In ");
    let words = led.unwrap_or(quote);
    let year = words.get(..4).and_then(|digits| digits.parse::<i16>().ok());
    // "2000 workers were laid off" begins with a figure.
    let ends = words
        .get(4..)
        .is_some_and(|rest| rest.starts_with([',', '年']) || led.is_some() && rest.starts_with(' '));
    ends && year.is_some_and(|year| year > 1900 && year < said.seen.day.year())
}

/// Whether an article tells a claim as something long past.
fn is_history(said: Said) -> bool {
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
pub(super) fn apart_by_act(a: Said, b: Said, along: bool) -> bool {
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
    // Not listed and struck off are one company's fate in two tellings, along a derivation.
    let changes = removed(x) != removed(y) && x.change.is_some() && y.change.is_some();
    let changes = changes && !(along && same_members);
    let changes = changes || (inward(x).zip(inward(y)).is_some_and(|(p, q)| p != q) && !same_members);
    let members = !along && asserted::differ(x, y, Role::Member);
    let history = !along && is_history(a) != is_history(b);
    // Weighed to be suspended and suspended, or suspended and scrapped, are one fate in two tellings, along a
    // derivation.
    let stands = |c: &Claim| stage(c.modality) == Some(3);
    // Told to stop and 暂停 are one act.
    let stops = |said: Said| said.wording().is_some_and(|words| words.stops);
    let stopped = along && stops(a) && stops(b);
    let ends = over(x) != over(y) && !(along && !stands(x) && !stands(y)) && !stopped;
    // "It has been on the list since 2023" is another's fate than "on it since 2021".
    let past_year = |said: Said| {
        let year = said.claim.time.as_ref()?.value.get(..4)?.parse::<i16>().ok()?;
        Some(year).filter(|year| *year < said.seen.day.year())
    };
    let years = past_year(a).zip(past_year(b));
    let dates = x.frame == Frame::Listing && !same_members && years.is_some_and(|(p, q)| p != q);
    measures || lists || changes || members || dates || history || (ends && !denies(x) && !denies(y))
}

/// Whether one claim stands in the headline and the other at the beginning of the text below it.
fn is_headline_of(x: &Claim, y: &Claim) -> bool {
    let title = |claim: &Claim| claim.evidence.part() == Part::Title;
    title(x) != title(y) && asserted::leads(x) && asserted::leads(y)
}

/// The end that a claim tells: suspended, ended, rejected.
fn over(claim: &Claim) -> Option<u8> {
    stage(claim.modality).filter(|stage| (10..13).contains(stage))
}

/// Companies put on a list and others left off it are two acts; the same companies, one and its opposite.
fn share_members(x: &Claim, y: &Claim) -> bool {
    asserted::share(x, Role::Member, y, Role::Member)
}

/// Whether the one party that makes such a claim what it is differs: a stance is its holder's.
fn apart_by_party(x: &Claim, y: &Claim, along: bool) -> bool {
    let differ = |role: Role| asserted::differ(x, y, role);
    match x.frame {
        _ if x.frame != y.frame => false,
        Frame::Position => differ(Role::Holder),
        Frame::Supply => {
            // "Ordered from" and "sold to" are read as each other now and then.
            let exchanged = asserted::share(x, Role::Supplier, y, Role::Buyer)
                || asserted::share(x, Role::Buyer, y, Role::Supplier);
            !exchanged && differ(Role::Supplier) && (!along || differ(Role::Buyer))
        }
        Frame::Penalty | Frame::Investigation => !along && differ(Role::Subject),
        _ => !along && differ(Role::Authority) && differ(Role::Object),
    }
}

/// Whether both say, in one language, what they are about, and nothing of it is the same. Where the glossary has no
/// words for it, their own decide.
pub(super) fn apart_by_thing(a: Said, b: Said) -> bool {
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
fn shared_parties<'a>(a: Said<'a>, b: Said<'a>, knowledge: &Knowledge) -> (usize, f64) {
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

/// Up to 0.5 for the same words in one language; a little where languages differ, for nothing speaks
/// against it.
fn words(a: Said, b: Said) -> f64 {
    const ACROSS: f64 = 0.1;
    if a.seen.tongue() != b.seen.tongue() && !a.seen.tongue().is_empty() && !b.seen.tongue().is_empty() {
        return ACROSS + likeness(a.concepts(), b.concepts());
    }
    let (Some(p), Some(q)) = (a.wording(), b.wording()) else { return 0.0 };
    let (p, q) = (&p.pieces, &q.pieces);
    if p.is_empty() || q.is_empty() {
        return 0.0;
    }
    0.5 * share(units::shared(p, q), p.len(), q.len())
}

/// Whether two sentences of one language plainly say one thing: most of their words are the same, and the figure of either, or
/// neither has one.
pub fn are_one_wording(a: Said, b: Said, knowledge: &Knowledge) -> bool {
    const MOST: f64 = 0.5;
    let (Some(p), Some(q)) = (a.wording(), b.wording()) else { return false };
    let figures = match (&a.claim.quantity, &b.claim.quantity) {
        (Some(p), Some(q)) => {
            matches!(
                figures::relate(p, a.seen.day, q, b.seen.day, knowledge),
                Relation::Same | Relation::Rendered(_)
            )
        }
        (p, q) => p.is_none() && q.is_none(),
    };
    let shared = units::shared(&p.pieces, &q.pieces);
    let alike = shared > 0 && share(shared, p.pieces.len(), q.pieces.len()) >= MOST;
    let frames = a.claim.frame == b.claim.frame || kin(a.claim.frame, b.claim.frame);
    a.seen.tongue() == b.seen.tongue() && frames && figures && alike
}

/// Whether two claims of one language set two figures among the same words: "buys at least 6 million tonnes of gas a year",
/// "buys 4.5 million tonnes of gas a year".
fn are_rivals(a: Said, b: Said) -> bool {
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

/// What the terms of two claims say for their being one, up to 0.3, and against it where both have some and none
/// in common.
fn likeness(p: &[Concept], q: &[Concept]) -> f64 {
    /// Terms that say something.
    const LEAST: usize = 2;
    match units::shared(p, q) {
        0 if p.len() >= LEAST && q.len() >= LEAST => -0.1,
        0..LEAST => 0.0,
        shared => 0.3 * share(shared, p.len(), q.len()),
    }
}

/// A headline and a sentence differ in length, so the shorter counts most.
fn share(shared: usize, p: usize, q: usize) -> f64 {
    let (shared, short, long) = (shared as f64, p.min(q) as f64, p.max(q) as f64);
    0.6 * shared / short + 0.4 * shared / long
}

/// Whether most of a claim's words stand in an article.
pub fn are_words_of(said: Said, article: &Seen) -> bool {
    let Some(words) = said.wording() else { return false };
    let (own, theirs) = (&words.pieces, article.wording.text(article.text.as_str()));
    own.iter().filter(|piece| theirs.binary_search(piece).is_ok()).count() * 2 >= own.len()
}

/// A mention as it is told.
pub fn mention(seen: &Seen, at: u32) -> Option<Mention> {
    let claim = seen.claims.get(at as usize)?;
    let mut entities: Vec<String> =
        claim.fillers.iter().filter_map(|f| f.id.as_ref().map(|id| format!("{}:{id}", f.role))).collect();
    entities.sort();
    entities.dedup();
    Some(Mention {
        capture: seen.capture.clone(),
        url: seen.url.clone(),
        claim: at,
        day: seen.day,
        modality: claim.modality,
        polarity: claim.polarity,
        exclusivity: claim.exclusivity,
        change: claim.change,
        quantity: claim.quantity.clone(),
        attribution: claim.attribution.clone(),
        entities,
        evidence: claim.evidence.clone(),
    })
}

/// Numbers of the captures with these ids.
pub fn numbers(captures: &[CaptureId], window: &Window) -> BTreeSet<u64> {
    captures.iter().filter_map(|c| window.find(c)).map(|s| s.seq).collect()
}
