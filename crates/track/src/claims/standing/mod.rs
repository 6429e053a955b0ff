//! How a claim stands: where it comes from, what changed on the way, what contradicts it.
//!
//! A function of the group's mentions and the derivations of their articles, so it is worked out anew
//! whenever either changes.

mod drift;

use crate::claims::apart::is_history;
use crate::claims::between::{Apart, Between};
use crate::claims::compare::proposed::Lesson;
use crate::claims::compare::{self, Difference, Place, Said, denies};
use crate::claims::groups::{self, Closeness, Group};
use crate::claims::modality::{self, stage};
use crate::claims::retelling;
use crate::claims::sameness::{self, Tie};
use crate::memory::seen::{Seen, one_publisher};
use crate::memory::unseen::Register;
use crate::memory::window::Window;
use crate::reading::asserted;
use crate::reading::figures::{self, Relation};
use crate::reading::reference::Via;
use crate::text::terms;
use crate::text::units;
use headwater_model::claim::{Exclusivity, Modality, Polarity, Role};
use headwater_model::mention::{Attribution, EntityKind, Quantity, VoiceKind};
use headwater_model::source::SourceClass;
use headwater_model::time::{Date, days_between};
use headwater_model::tracking::{
    Cited, ClaimGroup, Conflict, DerivationKind, Dimension, Drift, Edge, GroupState, Reason,
};
use headwater_model::{Claim, EntityId, Knowledge, NodeId, Part};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// Captures of one claim that are compared pairwise for conflicts.
const COMPARED: usize = 20;

/// Note of a conflict between a claim and its denial.
const DENIED: &str = "denied";

/// What is needed to judge a group.
pub struct Bench<'a> {
    /// The window.
    pub window: &'a Window,
    /// The knowledge.
    pub knowledge: &'a Knowledge,
    /// What is known of pairs of claims.
    pub between: &'a Between,
    /// The reports that are not captured.
    pub register: &'a Register,
}

/// How the mentions of two captures that are nearest to one another differ.
#[derive(Default)]
struct Compared<'a> {
    /// The two; none where one capture has no mention.
    pair: Option<(Said<'a>, Said<'a>)>,
    differences: Vec<(Difference, Drift)>,
}

/// The sentences of one capture that retell another's, each compared with its own.
type Retold<'a> = Rc<[Rc<Compared<'a>>]>;

/// A group's mentions by capture.
struct Case<'a> {
    bench: &'a Bench<'a>,
    /// Claims of each capture, text before title.
    by_capture: BTreeMap<u64, Vec<Said<'a>>>,
    /// Captures replaced by a later version of their address.
    replaced: BTreeMap<u64, u64>,
    /// Captures that deny the claim.
    deniers: BTreeSet<u64>,
    known: Known<'a>,
}

/// What was worked out of captures so far: it is asked for again and again.
#[derive(Default)]
struct Known<'a> {
    parents: RefCell<BTreeMap<u64, Rc<[u64]>>>,
    origins: RefCell<BTreeMap<u64, Rc<BTreeSet<NodeId>>>>,
    own_source: RefCell<BTreeMap<u64, bool>>,
    compared: RefCell<BTreeMap<(u64, u64), Rc<Compared<'a>>>>,
    counterparts: RefCell<BTreeMap<(u64, u64), Retold<'a>>>,
}

/// What is known of a capture or of two, else what is now worked out.
fn known<K: Ord + Copy, T: Clone>(of: &RefCell<BTreeMap<K, T>>, key: K, work_out: impl FnOnce() -> T) -> T {
    if let Some(known) = of.borrow().get(&key) {
        return known.clone();
    }
    let found = work_out();
    of.borrow_mut().insert(key, found.clone());
    found
}

/// The group as it stands.
pub fn standing(group: &Group, bench: &Bench) -> ClaimGroup {
    let case = Case::new(group, bench);
    let mut live: Vec<Place> =
        group.places.iter().filter(|(seq, _)| !case.replaced.contains_key(seq)).copied().collect();
    // An edited page stands where it was first captured.
    live.sort_by_cached_key(|(seq, _)| (case.first_version(*seq), *seq));
    let mentions =
        live.iter().filter_map(|(seq, at)| groups::mention(bench.window.get(*seq)?, *at)).collect();
    let headwaters = case.headwaters();
    let (drift, renderings) = case.drift();
    let conflicts = case.conflicts();
    let done = case.done_since_denied();
    ClaimGroup {
        id: group.id.clone(),
        frame: group.frame,
        measure: group.measure.clone(),
        story: group.story.clone(),
        mentions,
        independent_sources: headwaters.len() as u32,
        state: case.state(&conflicts, &headwaters, done.is_some()),
        headwaters,
        drift,
        conflicts,
        renderings,
        reasons: case.reasons(group, done),
    }
}

/// What the retellings of a group may have changed: what `cargo xtask train --only drift` learns from.
pub fn lessons(group: &Group, bench: &Bench) -> Vec<Lesson> {
    Case::new(group, bench).lessons()
}

impl<'a> Case<'a> {
    fn new(group: &Group, bench: &'a Bench<'a>) -> Self {
        let mut by_capture: BTreeMap<u64, Vec<Said>> = BTreeMap::new();
        for said in group.places.iter().filter_map(|place| Said::at(*place, bench.window)) {
            by_capture.entry(said.seen.seq).or_default().push(said);
        }
        for all in by_capture.values_mut() {
            all.sort_by_key(|said| said.claim.evidence.part() == Part::Title);
        }
        // The next version that makes the claim: one between may have left it out.
        let next = |seq: &u64| bench.window.get(*seq).and_then(|seen| seen.superseded);
        let later = |seq: &u64| {
            let versions = std::iter::successors(next(seq), next);
            versions.into_iter().find(|next| by_capture.contains_key(next)).map(|next| (*seq, next))
        };
        let replaced = by_capture.keys().filter_map(later).collect();
        let deniers = deniers(&by_capture, bench.window);
        Case { bench, by_capture, replaced, deniers, known: Known::default() }
    }

    fn seen(&self, seq: u64) -> Option<&'a Seen> {
        self.bench.window.get(seq)
    }

    fn captured(&self, node: &NodeId) -> Option<&'a Seen> {
        self.bench.window.captured(node)
    }

    fn live(&self) -> impl Iterator<Item = u64> + '_ {
        self.by_capture.keys().copied().filter(|seq| !self.replaced.contains_key(seq))
    }

    fn denies(&self, seq: u64) -> bool {
        self.deniers.contains(&seq)
    }

    /// Captures with a mention that this one has the claim from, the strongest derivation first. Where a
    /// parent's own words of the claim were not made out, its parents stand for it.
    fn parents(&self, seq: u64) -> Rc<[u64]> {
        known(&self.known.parents, seq, || self.find_parents(seq).into())
    }

    fn find_parents(&self, seq: u64) -> Vec<u64> {
        let mut found: Vec<u64> = Vec::new();
        let mut asked = BTreeSet::from([seq]);
        let mut open = vec![seq];
        while let Some(child) = open.pop() {
            let Some(seen) = self.seen(child) else { continue };
            let own = self.has_own_source(child);
            let mut edges: Vec<&Edge> = seen.edges.iter().filter(|e| !own || is_copy(e)).collect();
            edges.sort_by_key(|e| e.kind);
            for edge in edges {
                let Some(parent) = self.captured(&edge.to).filter(|p| asked.insert(p.seq)) else { continue };
                if !self.by_capture.contains_key(&parent.seq) {
                    if self.rests_on(seen, edge, false) {
                        open.push(parent.seq);
                    }
                } else if self.denies(parent.seq) == self.denies(seq) {
                    found.push(parent.seq);
                }
            }
        }
        found
    }

    /// Whether a capture first tells the claim on the word of people who spoke to its own outlet: another report that it
    /// also mentions is not where it has it from.
    fn has_own_source(&self, seq: u64) -> bool {
        known(&self.known.own_source, seq, || self.is_told_by_people(seq))
    }

    fn is_told_by_people(&self, seq: u64) -> bool {
        let (Some(seen), Some(claims)) = (self.seen(seq), self.by_capture.get(&seq)) else { return false };
        let first = text_first(claims).min_by_key(|claim| claim.evidence.span().start);
        first.is_some_and(|claim| {
            let person = |a: &Attribution| a.source.kind != VoiceKind::Outlet || seen.publisher.is_named(a);
            let voices = !claim.attribution.is_empty() && claim.attribution.iter().all(person);
            voices && seen.publisher.is_told(claim.evidence.quote())
        })
    }

    /// Nodes that this capture has the claim from: captures that make it, and reports it is laid to.
    fn upstream(&self, seq: u64) -> Vec<NodeId> {
        let Some(seen) = self.seen(seq) else { return Vec::new() };
        let parents = self.parents(seq);
        let mut found: Vec<NodeId> = parents.iter().filter_map(|p| self.seen(*p)).map(Seen::node).collect();
        let own = self.has_own_source(seq);
        for edge in seen.edges.iter().filter(|e| !own || is_copy(e)) {
            let whole = edge.kind <= DerivationKind::Translation && matches!(edge.to, NodeId::Capture(_));
            // A captured source whose words of the claim were not made out is still its source.
            let silent = !self.captured(&edge.to).is_some_and(|s| self.by_capture.contains_key(&s.seq));
            let rests = silent && self.rests_on(seen, edge, !parents.is_empty());
            let copied = || whole && !self.denies(seq) && self.is_copied(seen, edge);
            if (rests || copied()) && !found.contains(&edge.to) {
                found.push(edge.to.clone());
            }
        }
        if found.is_empty() {
            found.extend(self.announced_by(seq).map(Seen::node));
        }
        found
    }

    /// The authority's own page, where a report tells the authority's act after it and names nobody else for it.
    fn announced_by(&self, seq: u64) -> Option<&'a Seen> {
        let (seen, claims) = (self.seen(seq)?, self.by_capture.get(&seq)?);
        let done = |seq: u64| self.step(seq) == stage(Modality::InForce);
        let own_word = |a: &Attribution| matches!(a.source.kind, VoiceKind::Official | VoiceKind::Document);
        let voiceless = text_first(claims).all(|c| c.attribution.iter().all(own_word));
        if self.denies(seq) {
            return self.denied_on_page(seen, claims);
        }
        if seen.class == SourceClass::Official || !voiceless || !done(seq) {
            return None;
        }
        let announces = |other: &u64| {
            let authority =
                self.seen(*other).filter(|s| s.class == SourceClass::Official && s.day <= seen.day);
            let by = authority.and_then(|s| s.publisher.entity.as_ref());
            *other < seq
                && done(*other)
                && !self.denies(*other)
                && by.is_some_and(|by| {
                    claims.iter().any(|s| asserted::ids(s.claim, Role::Authority).contains(by))
                })
                && !self.differs(*other, seq, Dimension::Quantity)
        };
        // An edition that was replaced since then is what was read.
        let mut versions = self.by_capture.keys().copied();
        versions.find(announces).and_then(|page| self.seen(page))
    }

    /// The authority's own page that denies it, where a report tells of a denial on an official's word.
    fn denied_on_page(&self, seen: &Seen, claims: &[Said]) -> Option<&'a Seen> {
        let on_official_word = |claim: &Claim| {
            let voices = &claim.attribution;
            !voices.is_empty() && voices.iter().all(|a| a.source.kind == VoiceKind::Official)
        };
        let told = seen.class != SourceClass::Official && text_first(claims).any(on_official_word);
        let mut denying = self.deniers.iter().filter_map(|seq| self.seen(*seq)).filter(|_| told);
        denying.find(|page| page.class == SourceClass::Official && page.day <= seen.day)
    }

    /// Whether the claim in this article rests on a report that the article cites and that is not captured,
    /// or whose own words of it are not known.
    fn rests_on(&self, seen: &Seen, edge: &Edge, has_parent: bool) -> bool {
        let claims = self.by_capture.get(&seen.seq).map(Vec::as_slice).unwrap_or_default();
        let cited = edge.reasons.iter().flat_map(|r| &r.cited).find(|c| c.capture == seen.capture);
        let Some(cited) = cited else { return false };
        let Some(reference) = seen.references.iter().find(|r| r.evidence == cited.evidence) else {
            // A link in the claim's own words is where it was read.
            return claims.iter().any(|said| said.claim.evidence.overlaps(&cited.evidence));
        };
        if reference.via == Via::SourceLine {
            return true;
        }
        if claims.iter().any(|said| retelling::is_laid_to(said.claim, reference)) {
            return true;
        }
        // A claim told without any voice of its own, in an article that rests on one report, is that report's.
        // "Report says", in a headline, is the report that the text names.
        let the_report = |claim: &Claim, a: &Attribution| {
            let unnamed = a.source.kind == VoiceKind::Document && a.source.entity.is_none();
            unnamed && claim.evidence.part() == Part::Title
        };
        let own_voice = |said: &Said| {
            let own = |a: &Attribution| a.source.kind != VoiceKind::Outlet && !the_report(said.claim, a);
            said.claim.attribution.iter().any(own)
        };
        !has_parent
            && !self.denies(seen.seq)
            && !claims.iter().any(own_voice)
            && leads_with(seen, reference)
            && self.is_supported(seen, edge, claims)
    }

    /// Whether a captured report that does not visibly assert the claim could be its source: it has most of the claim's
    /// words, or in another language its parties and figures.
    fn is_supported(&self, seen: &Seen, edge: &Edge, claims: &[Said]) -> bool {
        let Some(source) = self.captured(&edge.to) else { return true };
        let place = |id: &EntityId| self.bench.knowledge.is(id, EntityKind::Place);
        let tells = |said: &Said| {
            let named = said.claim.fillers.iter().filter_map(|f| f.id.as_ref());
            let mut parties = named.filter(|id| !place(id)).peekable();
            let (details, concepts) = (said.details(), said.concepts());
            let has_detail = |mark: &u32| source.details.iter().any(|all| all.contains(mark));
            let has_term = |concept: &u32| source.across.has(terms::of_concept(*concept));
            // A sentence that names nobody, tells of no known thing and gives no figure of it is in no way the other's.
            let any = parties.peek().is_some() || !concepts.is_empty() || details.iter().any(has_detail);
            any && parties.all(|id| source.entities.contains(id))
                && (concepts.is_empty() || concepts.iter().any(has_term))
        };
        claims.iter().any(|said| match seen.tongue() == source.tongue() {
            true => groups::are_words_of(*said, source),
            false => tells(said) && !is_history(*said),
        })
    }

    /// Whether the claim's own words stand in the text that the article copies; a translation's are the other's.
    fn is_copied(&self, seen: &Seen, edge: &Edge) -> bool {
        let Some(source) = self.captured(&edge.to) else { return true };
        let claims = self.by_capture.get(&seen.seq).map(Vec::as_slice).unwrap_or_default();
        let within = |said: &Said| groups::are_words_of(*said, source);
        edge.kind == DerivationKind::Translation || claims.iter().any(within)
    }

    /// The version of a capture's page that made the claim last.
    fn last_version(&self, seq: u64) -> u64 {
        std::iter::successors(Some(seq), |seq| self.replaced.get(seq).copied()).last().unwrap_or(seq)
    }

    /// The origins of one capture's claim, as they stand now.
    fn origins(&self, seq: u64) -> Rc<BTreeSet<NodeId>> {
        known(&self.known.origins, seq, || Rc::new(self.find_origins(seq)))
    }

    fn find_origins(&self, seq: u64) -> BTreeSet<NodeId> {
        let mut origins = BTreeSet::new();
        let mut asked: BTreeSet<u64> = BTreeSet::new();
        let mut open = vec![seq];
        while let Some(seq) = open.pop() {
            if !asked.insert(seq) {
                continue;
            }
            let upstream = self.upstream(seq);
            if upstream.is_empty() {
                origins.extend(self.seen(self.last_version(seq)).map(Seen::node));
            }
            for node in upstream {
                match &node {
                    NodeId::Unseen(_) => {
                        origins.insert(node);
                    }
                    NodeId::Capture(_) => open.extend(self.captured(&node).map(|s| s.seq)),
                }
            }
        }
        origins
    }

    fn headwaters(&self) -> Vec<NodeId> {
        let all: BTreeSet<NodeId> = self.live().flat_map(|seq| BTreeSet::clone(&self.origins(seq))).collect();
        let mut ordered: Vec<NodeId> = all.into_iter().collect();
        ordered.sort_by_key(|node| (self.day(node), self.seq(node), node.clone()));
        let mut kept: Vec<NodeId> = Vec::new();
        for node in ordered {
            if !kept.iter().any(|first| self.is_of_one_newsroom(first, &node)) {
                kept.push(node);
            }
        }
        kept
    }

    /// Whether two captured reports are of one newsroom: its second report is no second source. Of what an authority gives
    /// out each is a step of its own.
    fn is_of_one_newsroom(&self, a: &NodeId, b: &NodeId) -> bool {
        let press = |node| self.captured(node).filter(|s| s.class != SourceClass::Official);
        press(a).zip(press(b)).is_some_and(|(a, b)| one_publisher(a, b))
    }

    fn day(&self, node: &NodeId) -> Date {
        let day = match node {
            NodeId::Capture(_) => self.captured(node).map(|s| s.day),
            // A report came out before those who cite it.
            NodeId::Unseen(unseen) => self.bench.register.get(unseen).and_then(|report| report.date),
        };
        day.unwrap_or(Date::MIN)
    }

    /// The number of a report, or of the version of its page that was seen first.
    fn seq(&self, node: &NodeId) -> u64 {
        match node {
            NodeId::Capture(_) => self.captured(node).map_or(u64::MAX, |s| self.first_version(s.seq)),
            NodeId::Unseen(_) => 0,
        }
    }

    /// The version of a capture's page that made the claim first.
    fn first_version(&self, seq: u64) -> u64 {
        let before =
            |seq: &u64| self.replaced.iter().filter(|(_, next)| *next == seq).map(|(old, _)| *old).min();
        std::iter::successors(Some(seq), |seq| before(seq).filter(|old| old < seq)).last().unwrap_or(seq)
    }

    /// The mentions of two captures that are nearest to one another, compared.
    fn compare(&self, from: u64, to: u64) -> Rc<Compared<'a>> {
        known(&self.known.compared, (from, to), || Rc::new(self.find_compared(from, to)))
    }

    fn find_compared(&self, from: u64, to: u64) -> Compared<'a> {
        let Some((a, b, differences)) = self.nearest(from, to) else { return Compared::default() };
        let Bench { knowledge, between, .. } = self.bench;
        let closeness = between.closeness(a, b, || groups::closeness(a, b, knowledge));
        // What one article tells as two versions of one thing need not be told alike.
        let strange = closeness == Closeness::Strange;
        if strange && !self.are_versions(from, to) {
            return Compared { pair: Some((a, b)), differences: Vec::new() };
        }
        // A voice missing in the second is missed only where the two are plainly one, and a "not" only where both lead
        // or neither does.
        let leads = asserted::leads(a.claim) == asserted::leads(b.claim);
        let one = closeness == Closeness::One || (leads && compare::same_sum(a, b, knowledge));
        let counts = |difference: &&Difference| match difference.dimension {
            Dimension::Quantity => true,
            _ if strange => false,
            Dimension::Attribution => one,
            Dimension::Polarity => leads,
            _ => true,
        };
        self.recorded(a, b, differences.iter().filter(counts).cloned())
    }

    fn recorded(
        &self,
        a: Said<'a>,
        b: Said<'a>,
        differences: impl IntoIterator<Item = Difference>,
    ) -> Compared<'a> {
        let recorded = |difference: Difference| {
            let drift = record(&difference, a, b);
            (difference, drift)
        };
        Compared { pair: Some((a, b)), differences: differences.into_iter().map(recorded).collect() }
    }

    /// Whether an article has the claim from both of two captures.
    fn are_versions(&self, a: u64, b: u64) -> bool {
        let told = |seq: u64| {
            let parents = self.parents(seq);
            parents.contains(&a) && parents.contains(&b)
        };
        self.live().any(told)
    }

    /// The claim of one capture and the claim of the other that are counterparts, and how they differ.
    fn nearest(&self, from: u64, to: u64) -> Option<(Said<'a>, Said<'a>, Arc<[Difference]>)> {
        let Bench { knowledge, between, .. } = self.bench;
        let (upper, lower) = (self.by_capture.get(&from)?, self.by_capture.get(&to)?);
        let pairs = upper.iter().flat_map(|a| lower.iter().map(|b| (*a, *b)));
        let apart = |a, b| between.apart(a, b, || apart(a, b, knowledge));
        let ranked: Vec<_> = pairs.map(|(a, b)| (apart(a, b), a, b)).collect();
        // What differs is asked of those alone that may be the nearest: another figure makes two claims stranger by one.
        let (titles, strange, ..) = ranked.iter().map(|(apart, ..)| *apart).min()?;
        let near = ranked.into_iter().filter(|(apart, ..)| apart.0 == titles && apart.1 <= strange + 1);
        let differences = |a, b| self.between(a, b);
        let compared = near.map(|(apart, a, b)| (apart, a, b, differences(a, b)));
        let nearest = compared.min_by_key(|((titles, strange, unshared, leads), _, _, differences)| {
            let other = has_other_figure(differences);
            let differ = differences.iter().filter(|d| !d.rendering).count();
            (*titles, strange + other, *unshared, *leads, differ + other)
        });
        nearest.map(|(_, a, b, differences)| (a, b, differences))
    }

    /// The firmest step that a capture's text tells, or its headline where the text tells none.
    fn step(&self, seq: u64) -> Option<u8> {
        text_first(self.by_capture.get(&seq)?).filter_map(|c| stage(c.modality)).max()
    }

    /// Whether the mentions of two captures differ on a dimension.
    fn differs(&self, a: u64, b: u64, dimension: Dimension) -> bool {
        let compared = self.compare(a, b);
        compared.differences.iter().any(|(d, _)| d.dimension == dimension && !d.rendering)
    }

    /// Whether a capture says on a dimension what one says that it has the claim from: it is no further value.
    fn repeats(&self, seq: u64, dimension: Dimension) -> bool {
        self.parents(seq).iter().any(|parent| !self.differs(*parent, seq, dimension))
    }

    /// Whether one of two captures tells a plan and the other what was officially done afterwards: its figure need not
    /// be the one that was planned.
    fn is_overtaken(&self, a: u64, b: u64) -> bool {
        let act = |plan: u64, act: u64| {
            let (Some(before), Some(after)) = (self.seen(plan), self.seen(act)) else { return false };
            let announces = |seq: u64| {
                let official = self.seen(seq).filter(|s| s.class == SourceClass::Official);
                official.is_some_and(|s| s.day > before.day && s.day <= after.day)
                    && self.step(seq) == self.step(act)
                    && (seq == act || !self.differs(seq, act, Dimension::Quantity))
            };
            self.step(plan) < self.step(act) && self.by_capture.keys().any(|seq| announces(*seq))
        };
        act(a, b) || act(b, a)
    }

    /// Differences between mentions that do not derive from one another.
    fn conflicts(&self) -> Vec<Conflict> {
        let mut found: Vec<Conflict> = Vec::new();
        let live: Vec<u64> = self.live().collect();
        let asked = representatives(&live);
        for (i, a) in asked.iter().enumerate() {
            for b in &asked[i + 1..] {
                if self.denies(*a) != self.denies(*b) {
                    self.denial(*a, *b, &mut found);
                } else if !self.denies(*a) && self.are_unconnected(*a, *b) {
                    self.conflict(&self.compare(*a, *b), "", &mut found);
                }
            }
        }
        for (old, new) in &self.replaced {
            for (before, after, edited) in self.edits(*old, *new) {
                for copy in self.copies_of(*old) {
                    // What the edit left as it was is no mistake of those who had it from there.
                    let Some(copied) = self.counterpart(before, copy) else { continue };
                    let on = |d: &Difference| edited.contains(&d.dimension);
                    // From the copy to the correction: its note names the mistake, too.
                    let differences =
                        self.between(copied, after).iter().filter(|d| on(d)).cloned().collect::<Vec<_>>();
                    let compared = self.recorded(copied, after, differences);
                    self.conflict(&compared, Conflict::CORRECTED, &mut found);
                }
            }
        }
        found
    }

    /// The claims that an edit changed, before and after, and on what.
    fn edits(&self, old: u64, new: u64) -> Vec<(Said<'a>, Said<'a>, Vec<Dimension>)> {
        let edited = |before: &Said<'a>| {
            let after = self.counterpart(*before, new)?;
            let differences = self.between(*before, after);
            let on: Vec<Dimension> =
                differences.iter().filter(|d| !d.rendering).map(|d| d.dimension).collect();
            Some((*before, after, on)).filter(|(.., on)| !on.is_empty())
        };
        self.by_capture.get(&old).into_iter().flatten().filter_map(edited).collect()
    }

    /// The claim of a capture that is most likely one with another's.
    fn counterpart(&self, said: Said<'a>, seq: u64) -> Option<Said<'a>> {
        let odds = |other: &Said| sameness::odds(said, *other, Tie::Derived, self.bench.knowledge);
        let part = said.claim.evidence.part();
        let claims = self.by_capture.get(&seq)?.iter().filter(|other| other.claim.evidence.part() == part);
        let likely =
            claims.filter_map(|other| Some((odds(other).filter(|odds| *odds >= groups::DERIVED)?, *other)));
        likely.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, other)| other)
    }

    /// How the second claim differs from the first.
    fn between(&self, from: Said, to: Said) -> Arc<[Difference]> {
        let Bench { knowledge, between, .. } = self.bench;
        between.differences(from, to, || compare::differences(from, to, knowledge))
    }

    /// Live mentions that have the claim from a capture, over whatever others.
    fn copies_of(&self, old: u64) -> Vec<u64> {
        let copies = |seq: &u64| {
            let (mut asked, mut open) = (BTreeSet::new(), vec![*seq]);
            while let Some(lower) = open.pop() {
                let parents = if asked.insert(lower) { self.parents(lower) } else { Rc::from([]) };
                if parents.contains(&old) {
                    return true;
                }
                open.extend(parents.iter());
            }
            false
        };
        self.live().filter(copies).collect()
    }

    /// Whether what a capture denies is what another asserts: not where it denies another figure, or that it is done what
    /// the other tells as weighed or planned.
    fn is_denied_by(&self, denied: u64, denier: u64) -> bool {
        let (Some(denial), Some(report)) = (self.foremost(denier, true), self.foremost(denied, false)) else {
            return true;
        };
        let figures = denial.claim.quantity.as_ref().zip(report.claim.quantity.as_ref());
        let same = |p: &Quantity, q: &Quantity| {
            figures::relate(p, denial.seen.day, q, report.seen.day, self.bench.knowledge)
        };
        let another = figures.is_some_and(|(p, q)| {
            same(p, q) == Relation::Different && units::shared(denial.details(), report.details()) == 0
        });
        let open = stage(modality::told(report)).is_some_and(|step| Some(step) < stage(Modality::InForce));
        !(another || open && modality::denies_what_is_done(denial.claim))
    }

    /// A capture's first claim that denies, or that does not; else its first.
    fn foremost(&self, seq: u64, denying: bool) -> Option<Said<'a>> {
        let all = self.by_capture.get(&seq)?;
        all.iter().find(|said| denies(said.claim) == denying).or(all.first()).copied()
    }

    fn denial(&self, a: u64, b: u64, found: &mut Vec<Conflict>) {
        let (denied, denier) = if self.denies(a) { (b, a) } else { (a, b) };
        if !self.is_denied_by(denied, denier) {
            return;
        }
        // "Has not approved" agrees with the denial that it has.
        let agrees = |said: &Said| said.claim.polarity == Polarity::Negated;
        if self.by_capture.get(&denied).is_some_and(|claims| claims.iter().all(agrees)) {
            return;
        }
        let quote = |seq: u64| self.foremost(seq, seq == denier).map(cite);
        let (Some(report), Some(denial)) = (quote(denied), quote(denier)) else { return };
        let sides = |before: &str, after: &str| {
            [(before.to_owned(), report.clone()), (after.to_owned(), denial.clone())]
        };
        add_conflict(found, Dimension::Polarity, sides("affirmed", "denied"), DENIED);
        let modality = |seq: u64| self.foremost(seq, seq == denier).map(|said| said.claim.modality);
        if let (Some(before), Some(after)) = (modality(denied), modality(denier))
            && before != after
            && after == Modality::Denied
        {
            add_conflict(found, Dimension::Modality, sides(before.word(), after.word()), DENIED);
        }
    }

    /// Neither derives from the other, and they do not share a captured origin, in whose retellings
    /// differences are drift.
    fn are_unconnected(&self, a: u64, b: u64) -> bool {
        if self.is_upstream(a, b) || self.is_upstream(b, a) {
            return false;
        }
        let shared: Vec<NodeId> = self.origins(a).intersection(&self.origins(b)).cloned().collect();
        shared.iter().all(|node| matches!(node, NodeId::Unseen(_)))
    }

    fn is_upstream(&self, upper: u64, lower: u64) -> bool {
        let mut asked = BTreeSet::new();
        let mut open = vec![lower];
        while let Some(seq) = open.pop() {
            if self.last_version(seq) == self.last_version(upper) {
                return true;
            }
            if asked.insert(seq) {
                open.extend(self.parents(seq).iter());
            }
        }
        false
    }

    /// Tells the differences of two mentions that are contradictions.
    fn conflict(&self, compared: &Compared, note: &str, found: &mut Vec<Conflict>) {
        let Some((from, to)) = compared.pair else { return };
        let (a, b) = (from.seen.seq, to.seen.seq);
        for (difference, drift) in &compared.differences {
            let corrected = !note.is_empty() && difference.dimension == Dimension::Entity;
            let opposed = || modality::are_opposed(from, to);
            if difference.dimension == Dimension::Modality && !opposed() {
                continue;
            }
            let differs = corrected || contradicts(difference, self.seen(a), self.seen(b));
            let overtaken = || difference.dimension == Dimension::Quantity && self.is_overtaken(a, b);
            // A copy of the corrected text differs as its source did.
            let repeated =
                || note.is_empty() && [a, b].iter().any(|seq| self.repeats(*seq, difference.dimension));
            // A copy that departs from its source has drifted; its source is asked for itself.
            let drifted = || {
                note.is_empty()
                    && difference.dimension == Dimension::Modality
                    && [a, b].iter().any(|seq| !self.parents(*seq).is_empty())
            };
            if !difference.rendering && differs && !overtaken() && !repeated() && !drifted() {
                let Drift { from_value, from, to_value, to, .. } = drift.clone();
                let values = [(from_value, from), (to_value, to)];
                add_conflict(found, difference.dimension, values, note);
            }
        }
    }

    /// Whether somebody denies what one of the origins asserts; where no origin that asserts it is captured, what anybody does.
    fn is_denied(&self, headwaters: &[NodeId]) -> bool {
        let captured = |node| self.captured(node).map(|seen| seen.seq);
        let asserts = |seq: &u64| !self.denies(*seq) && self.by_capture.contains_key(seq);
        let mut asked: Vec<u64> = headwaters.iter().filter_map(captured).filter(asserts).collect();
        if asked.is_empty() {
            asked = self.live().filter(asserts).collect();
        }
        let denied = |denier: &u64| {
            asked.is_empty() || asked.iter().any(|asserted| self.is_denied_by(*asserted, *denier))
        };
        self.deniers.iter().any(denied)
    }

    fn state(&self, conflicts: &[Conflict], headwaters: &[NodeId], done: bool) -> GroupState {
        // What was done in the end is no longer in dispute with its denial.
        let is_open = |conflict: &Conflict| !(done && conflict.note == DENIED);
        if !done && self.is_denied(headwaters) {
            GroupState::Denied
        } else if self.was_corrected() {
            GroupState::Corrected
        } else if !conflicts.iter().any(is_open) {
            GroupState::Stands
        } else {
            GroupState::Disputed
        }
    }

    /// The capture by which what was denied was done afterwards, and the denial: an authority's own page tells it on a later day,
    /// or anybody where it was only denied that it was weighed or planned.
    fn done_since_denied(&self) -> Option<(Said<'a>, Said<'a>)> {
        let first_hand = self.deniers.iter().filter(|seq| self.parents(**seq).is_empty());
        let denials: Vec<Said> = first_hand.filter_map(|seq| self.foremost(*seq, true)).collect();
        let last = denials.iter().copied().max_by_key(|denial| (denial.seen.day, denial.seen.seq))?;
        let plain = denials.iter().any(|denial| modality::denies_what_is_done(denial.claim));
        let done = |said: &&Said| {
            let claim = said.claim;
            claim.polarity == Polarity::Affirmed
                && !denies(claim)
                && claim.evidence.part() == Part::Text
                && stage(modality::told(**said)) == stage(Modality::InForce)
        };
        let act = |seq: u64| {
            let seen = self.seen(seq).filter(|seen| seen.day > last.seen.day && !self.denies(seq))?;
            let vouched = seen.class == SourceClass::Official || !plain;
            self.by_capture.get(&seq)?.iter().find(done).filter(|_| vouched).copied()
        };
        self.live().find_map(act).map(|act| (act, last))
    }

    fn was_corrected(&self) -> bool {
        self.replaced.iter().any(|(old, new)| !self.edits(*old, *new).is_empty())
    }

    fn reasons(&self, group: &Group, done: Option<(Said, Said)>) -> Vec<Reason> {
        let seqs: Vec<u64> = self.by_capture.keys().copied().collect();
        let Some((first, rest)) = seqs.split_first() else { return Vec::new() };
        let along = rest.iter().filter(|seq| !self.parents(**seq).is_empty()).count();
        let mut text = format!("{} articles assert the same {}", seqs.len(), group.frame);
        if along > 0 {
            text.push_str(&format!("; {along} of them derive it from another"));
        }
        if group.measure.is_some() {
            text.push_str("; they name one measure");
        }
        let cited = self.by_capture.get(first).and_then(|all| all.first()).map(|said| cite(*said));
        let mut reasons =
            vec![Reason { rule: "same_assertion".into(), text, cited: cited.into_iter().collect() }];
        if let Some((act, denial)) = done {
            let text = format!("denied on {}, and told as done on {}", denial.seen.day, act.seen.day);
            reasons.push(Reason {
                rule: "done_after_denial".into(),
                text,
                cited: vec![cite(denial), cite(act)],
            });
        }
        reasons
    }
}

/// Whether a derivation is of the text itself.
fn is_copy(edge: &Edge) -> bool {
    edge.kind <= DerivationKind::Translation
}

/// A capture's claims in its text, or in its headline where the text makes none.
fn text_first<'a>(all: &[Said<'a>]) -> impl Iterator<Item = &'a Claim> {
    let title = |c: &Claim| c.evidence.part() == Part::Title;
    let only_title = all.iter().all(|said| title(said.claim));
    all.iter().map(|said| said.claim).filter(move |c| only_title || !title(c))
}

/// Captures that deny what others assert: in so many words, or on an authority's word by a plain "has not". Who has it
/// from that very authority tells it wrongly and asserts nothing that it would deny.
fn deniers(by_capture: &BTreeMap<u64, Vec<Said>>, window: &Window) -> BTreeSet<u64> {
    let negated = |c: &Claim| c.polarity == Polarity::Negated && c.change.is_none();
    let affirmed = |said: &Said| said.claim.polarity == Polarity::Affirmed && !denies(said.claim);
    let official = |seq: &u64| window.get(*seq).is_some_and(|s| s.class == SourceClass::Official);
    let by_official = |c: &Claim| c.attribution.iter().any(|a| a.source.kind == VoiceKind::Official);
    let from_there =
        |other: u64, seq: u64, all: &[Said]| all.iter().all(affirmed) && is_downstream(other, seq, window);
    let asserted = |seq: u64| {
        by_capture
            .iter()
            .any(|(other, all)| all.iter().any(affirmed) && (*other == seq || !from_there(*other, seq, all)))
    };
    // An authority's own page denies with what it says first, whatever else it tells of the matter.
    let opens = |all: &[Said]| text_first(all).min_by_key(|c| c.evidence.span().start).is_some_and(negated);
    let of = |(seq, all): (&u64, &Vec<Said>)| {
        let on_its_word = || all.iter().any(|said| by_official(said.claim)) && text_first(all).all(negated);
        let says = text_first(all).any(denies)
            || (((official(seq) && opens(all)) || on_its_word())
                && !compare::negates_figure(&claims(all))
                && asserted(*seq));
        says.then_some(*seq)
    };
    let mut found: BTreeSet<u64> = by_capture.iter().filter_map(of).collect();
    // Who repeats a denial and asserts nothing denies it, too.
    let repeats = |(seq, all): (&u64, &Vec<Said>)| {
        let parents = window.parents(*seq);
        (text_first(all).all(negated)
            && !compare::negates_figure(&claims(all))
            && parents.iter().any(|p| found.contains(p)))
        .then_some(*seq)
    };
    let more: Vec<u64> = by_capture.iter().filter_map(repeats).collect();
    found.extend(more);
    found
}

fn claims<'a>(all: &[Said<'a>]) -> Vec<&'a Claim> {
    all.iter().map(|said| said.claim).collect()
}

/// Whether one capture derives from another, over whatever others.
fn is_downstream(lower: u64, upper: u64, window: &Window) -> bool {
    let (mut asked, mut open) = (BTreeSet::new(), vec![lower]);
    while let Some(seq) = open.pop() {
        let parents = if asked.insert(seq) { window.parents(seq) } else { Vec::new() };
        if parents.contains(&upper) {
            return true;
        }
        open.extend(parents);
    }
    false
}

/// How little two claims are each other's counterpart. Headlines leave out what texts say; figure is compared with
/// figure; the counterpart of a sentence is the one about the same parties, and of a lead the lead.
fn apart(a: Said, b: Said, knowledge: &Knowledge) -> Apart {
    /// Parties beyond whom more say no more.
    const ENOUGH: usize = 2;
    let titles = [a, b].iter().filter(|s| s.claim.evidence.part() == Part::Title).count();
    let comparable = match (&a.claim.quantity, &b.claim.quantity) {
        (Some(p), Some(q)) => {
            figures::relate(p, a.seen.day, q, b.seen.day, knowledge) != Relation::Incomparable
        }
        (p, q) => p.is_none() && q.is_none(),
    };
    let figures = usize::from(!comparable);
    let frames = usize::from(a.claim.frame != b.claim.frame);
    let shared = compare::shared_ids(a.claim, b.claim);
    let strange = ENOUGH - shared.min(ENOUGH);
    let leads = usize::from(asserted::leads(a.claim) != asserted::leads(b.claim));
    (titles, 2 * figures + frames + strange, usize::MAX - shared, leads)
}

/// Of two figures the one that is the same is the one that is retold.
fn has_other_figure(differences: &[Difference]) -> usize {
    usize::from(differences.iter().any(|d| d.dimension == Dimension::Quantity && !d.rendering))
}

fn same_kind(a: &Difference, b: &Difference) -> bool {
    a.dimension == b.dimension && a.rendering == b.rendering
}

/// Whether the reference stands in the headline or so early that the whole article rests on it.
fn leads_with(seen: &Seen, reference: &crate::reading::reference::Reference) -> bool {
    /// Characters from the beginning.
    const EARLY: u32 = 600;
    reference.evidence.part() == Part::Title
        || reference.evidence.span().start < EARLY.max(seen.text.char_len() / 3)
}

/// Captures compared pairwise: all, or the first and the last of many.
fn representatives(live: &[u64]) -> Vec<u64> {
    if live.len() <= COMPARED {
        return live.to_vec();
    }
    let half = COMPARED / 2;
    live[..half].iter().chain(&live[live.len() - half..]).copied().collect()
}

/// Whether a difference between unconnected reports is a contradiction: reports of different days may
/// each be right about the step reached, and what one leaves out it does not deny.
fn contradicts(difference: &Difference, a: Option<&Seen>, b: Option<&Seen>) -> bool {
    let days = a.zip(b).map_or(i32::MAX, |(a, b)| days_between(a.day, b.day));
    match difference.dimension {
        Dimension::Quantity | Dimension::Polarity | Dimension::Change | Dimension::Time => true,
        Dimension::Exclusivity => {
            let open = Exclusivity::Unspecified.word();
            difference.from != open && difference.to != open
        }
        Dimension::Modality => days <= 2 && difference.is_wide(),
        _ => false,
    }
}

/// Adds values to the conflict on this dimension; a value stated twice is quoted once.
fn add_conflict(found: &mut Vec<Conflict>, dimension: Dimension, values: [(String, Cited); 2], note: &str) {
    let at = match found.iter().position(|c| c.dimension == dimension && c.note == note) {
        Some(at) => at,
        None => {
            found.push(Conflict { dimension, values: Vec::new(), note: note.into() });
            found.len() - 1
        }
    };
    for (value, cited) in values {
        if !found[at].values.iter().any(|(v, c)| *v == value && c.capture == cited.capture) {
            found[at].values.push((value, cited));
        }
    }
}

/// A difference with both quotes.
fn record(difference: &Difference, from: Said, to: Said) -> Drift {
    Drift {
        dimension: difference.dimension,
        from_value: difference.from.clone(),
        to_value: difference.to.clone(),
        from: cite(from),
        to: cite(to),
        note: difference.note.clone(),
    }
}

fn cite(said: Said) -> Cited {
    Cited { capture: said.seen.capture.clone(), evidence: said.claim.evidence.clone() }
}
