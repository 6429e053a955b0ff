//! Claim groups: which mentions assert the same thing.
//!
//! A claim joins the group with whose mentions it is most likely one. How likely that must be depends on whether one of the
//! articles derives from the other, and on whose word the claims are told.

use crate::claims::apart::shared_parties;
use crate::claims::compare::{self, Place, Said, refutes};
use crate::claims::rivals;
use crate::claims::sameness::{self, Tie};
use crate::claims::within;
use crate::memory::near::Row;
use crate::memory::seen::Seen;
use crate::memory::window::Window;
use crate::reading::asserted::{self, ids, kin};
use crate::text::units;
use crate::text::words;
use headwater_model::claim::{Frame, Role};
use headwater_model::mention::EntityKind;
use headwater_model::source::SourceClass;
use headwater_model::time::days_between;
use headwater_model::tracking::Mention;
use headwater_model::{CaptureId, Claim, EntityId, GroupId, Knowledge, MeasureId, NodeId, Part, StoryId};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Odds, as [`sameness::odds`] gives them, from which a claim joins along a derivation; of captures of which neither derives
/// from the other where it says on whose word it is told, and where it does not, for then it seldom has a source of its own; and
/// where one denies what the other tells.
pub const DERIVED: f64 = -0.7;
const UNCONNECTED: f64 = 1.4;
const SILENT: f64 = 3.0;
const DENIED: f64 = 0.5;
/// Odds below which no other mention of the group may be.
const CANNOT: f64 = -3.0;
/// Odds below which two claims that lead their articles are not each other's, and two of which one stands further down, where
/// much is told beside the point; and from which they are plainly one.
const STRANGE: f64 = -0.5;
const STRANGE_BELOW: f64 = 2.0;
const ONE: f64 = 0.5;
/// Odds with a claim of each from which two groups are one.
const TWINS: f64 = 2.0;
/// What a fit within an article is worth in odds.
const WITHIN: f64 = 6.0;
/// Captures near to a claim's own whose groups are asked, and how near they must be.
const NEAREST: usize = 12;
const NEAR: f64 = 0.10;
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
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Group> {
        self.groups.values()
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

    /// Puts every claim of a capture from one number on into its group (`near`: how near it is to the latest captures); returns the
    /// groups concerned, in order, each with whether it is new, and those that became part of another.
    pub fn place(
        &mut self,
        seen: &Seen,
        from: usize,
        near: &OnceCell<Row>,
        window: &Window,
        knowledge: &Knowledge,
    ) -> (Vec<(GroupId, bool)>, Vec<GroupId>) {
        let around = Around::new(seen, near, window, knowledge);
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
            let found = self.best(said, &around);
            let (id, new) = match found {
                Some(id) => {
                    let twins = self.twins(said, &id, &around);
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
            .chain(rivals::denied(seen))
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
    fn twins(&self, said: Said, id: &GroupId, around: &Around) -> Vec<GroupId> {
        let Around { derived, window, knowledge, .. } = around;
        let Some(found) = self.groups.get(id).filter(|group| !group.closed) else { return Vec::new() };
        let mut captures: BTreeSet<u64> = found.places.iter().map(|(seq, _)| *seq).collect();
        captures.insert(said.seen.seq);
        let near: BTreeSet<&GroupId> =
            derived.iter().filter_map(|seq| self.by_capture.get(seq)).flatten().collect();
        let mut twins = Vec::new();
        for group in near.into_iter().filter_map(|other| self.groups.get(other)) {
            let apart = group.id == *id
                || group.closed
                || group.frame != found.frame
                || group.places.len() + found.places.len() > MENTIONS
                || group.places.iter().any(|(seq, _)| captures.contains(seq));
            let one = |place: &Place| {
                let told = Said::at(*place, window).filter(|_| derived.contains(&place.0));
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
    pub fn denied_story(
        &self,
        seen: &Seen,
        near: &OnceCell<Row>,
        window: &Window,
        knowledge: &Knowledge,
    ) -> Option<StoryId> {
        let said = Said::all(seen).find(|said| refutes(*said))?;
        let group = self.get(&self.best(said, &Around::new(seen, near, window, knowledge))?)?;
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
    fn best(&self, said: Said, around: &Around) -> Option<GroupId> {
        let mut best: Option<(f64, &GroupId)> = None;
        for id in self.candidates(said, around) {
            let Some(group) = self.groups.get(id) else { continue };
            if group.closed || group.places.len() >= MENTIONS {
                continue;
            }
            let excess = excess(said, group, around);
            if let Some(excess) = excess
                && best.is_none_or(|(b, _)| excess > b)
            {
                best = Some((excess, &group.id));
            }
        }
        best.map(|(_, id)| id.clone())
    }

    fn candidates(&self, said: Said, around: &Around) -> BTreeSet<&GroupId> {
        let mut found: BTreeSet<&GroupId> = BTreeSet::new();
        let near = around.derived.iter().chain(&around.near).chain([&said.seen.seq]);
        found.extend(near.filter_map(|seq| self.by_capture.get(seq)).flatten());
        let story = said.seen.story.as_ref().and_then(|s| self.by_story.get(s));
        let known = story.into_iter().flatten().filter(|id| self.groups.contains_key(*id));
        found.extend(known.rev().take(200));
        let anchored = anchors(said.claim).into_iter().filter_map(|a| self.by_anchor.get(&a));
        found.extend(anchored.flatten().map(|(_, id)| id));
        found.extend(self.of_parties(said, around));
        found
    }

    /// Groups whose leading claim is about a party of a claim's.
    fn of_parties(&self, said: Said, around: &Around) -> impl Iterator<Item = &GroupId> {
        let anchors = party_anchors(said, around.knowledge);
        let anchored = anchors.into_iter().filter_map(|anchor| self.by_anchor.get(&anchor)).flatten();
        anchored.map(|(_, id)| id)
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

/// By how much the odds that a claim is one with a group are better than they must be; `None` if it is not.
fn excess(said: Said, group: &Group, around: &Around) -> Option<f64> {
    let Around { derived, window, knowledge, .. } = around;
    let (mut near, mut far): (Option<f64>, Option<f64>) = (None, None);
    let mut cannot = false;
    for place in compared(group, derived, said.seen.seq) {
        let Some(other) = Said::at(place, window) else { continue };
        let (best, excess) = if other.seen.seq == said.seen.seq {
            (&mut near, within::excess(other, said, knowledge).map(|excess| WITHIN * excess))
        } else if derived.contains(&other.seen.seq) {
            (&mut near, sameness::odds(other, said, Tie::Derived, knowledge).map(|odds| odds - DERIVED))
        } else {
            let odds = sameness::odds(other, said, Tie::Unconnected, knowledge);
            // What changed on the way is told in the group and speaks for nobody else, and a headline says little.
            let derives = || other.seen.edges.iter().any(|e| matches!(e.to, NodeId::Capture(_)));
            let title = other.claim.evidence.part() == Part::Title;
            // What a person put in beside it is of another frame often enough.
            let alike = other.claim.frame == said.claim.frame || sameness::in_one_story(other, said);
            cannot |= odds.is_none_or(|odds| odds < CANNOT) && alike && !title && !derives();
            (&mut far, odds.map(|odds| odds - unconnected(other, said)))
        };
        *best = best.iter().copied().chain(excess.filter(|excess| *excess >= 0.0)).reduce(f64::max);
    }
    // Along a derivation the nearest mention decides; a stranger must fit them all.
    near.into_iter().chain(far.filter(|_| !cannot)).reduce(f64::max)
}

/// The odds that two claims of captures of which neither derives from the other must have to be one.
fn unconnected(other: Said, said: Said) -> f64 {
    let voiced = |said: Said| !said.claim.attribution.is_empty() || said.seen.class == SourceClass::Official;
    match () {
        () if refutes(other) != refutes(said) => DENIED,
        () if voiced(other) && voiced(said) => UNCONNECTED,
        () => SILENT,
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
    other.claim.frame == said.claim.frame
        && !title(other)
        && !title(said)
        && tied
        && sameness::odds(other, said, Tie::Derived, knowledge).is_some_and(|odds| odds >= TWINS)
}

/// What stands around a capture whose claims are placed.
struct Around<'a> {
    /// Captures that derive from it or that it derives from.
    derived: BTreeSet<u64>,
    /// Captures of the days around it that are about the same.
    near: Vec<u64>,
    window: &'a Window,
    knowledge: &'a Knowledge,
}

impl<'a> Around<'a> {
    fn new(seen: &Seen, near: &OnceCell<Row>, window: &'a Window, knowledge: &'a Knowledge) -> Self {
        let row = near.get_or_init(|| window.latest.near(seen));
        let others = row.as_near(NEAR).filter(|seq| *seq != seen.seq).filter_map(|seq| window.get(seq));
        let others = others.filter(|other| days_between(other.day, seen.day) <= sameness::DAYS);
        let mut ranked: Vec<(f64, u64)> = others.map(|other| (row.to(seen, other), other.seq)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let near = ranked.into_iter().take(NEAREST).map(|(_, seq)| seq).collect();
        Around { derived: sameness::derived(seen, window), near, window, knowledge }
    }
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
    let lead = [a, b].iter().all(|said| asserted::leads(said.claim));
    let least = if lead { STRANGE } else { STRANGE_BELOW };
    match sameness::odds(a, b, Tie::Derived, knowledge) {
        _ if opens_in_past(a) != opens_in_past(b) => Closeness::Strange,
        None => Closeness::Strange,
        Some(odds) if odds < least => Closeness::Strange,
        Some(odds) if odds < ONE => Closeness::Counterparts,
        Some(_) => Closeness::One,
    }
}

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
