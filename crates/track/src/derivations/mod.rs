//! Derivations: what one article owes to others, worked out from the window as it stands. Here: whose
//! text it shares, and which of two came first.
//!
//! [`derive`] depends on the window alone, so when a late arrival changes what is known it is asked
//! again for every article concerned, and the difference is told.

pub mod citing;
pub mod owing;
mod passages;
pub mod translation;

use crate::memory::copies::{Held, Pair, Pairs, Run};
use crate::memory::near::Row;
use crate::memory::numbers;
use crate::memory::seen::{Seen, one_publisher};
use crate::memory::unseen::Register;
use crate::memory::window::Window;
use crate::reading::reference::{Reference, Via};
use crate::text::units::{self, Unit};
use headwater_model::source::SourceClass;
use headwater_model::tracking::{Cited, DerivationKind, Edge, Reason};
use headwater_model::{Evidence, Knowledge, NodeId, Part};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// From this share of its shingles on, a text is a copy of another.
const COPY: f64 = 0.7;
/// A copy that keeps less than this share of the other is an excerpt of it.
const WHOLE: f64 = 0.3;
/// The same for a text that is laid to the other by a source line.
const EDITED: f64 = 0.5;
/// Less than this share in common is no near-identical text, whatever the other direction says.
const COMMON: f64 = 0.4;
/// Shingles that a further source must explain beyond what stronger ones did.
const PASSAGE: usize = 18;
/// Weight of the longest shared run that makes an excerpt: 24 words, or 38 Han characters. A retelling in
/// the same language often keeps a clause of its source; it does not keep that much.
const LONG_RUN: usize = 384;
/// Weight of the shared runs that make one together, each a clause long: a source whose sentences were cut and
/// reordered. A retelling keeps a clause here and there, and not that much of them.
const MANY_RUNS: usize = 520;
const CLAUSE: usize = 100;
/// Shingles fewer than which make no such sum, whatever the script.
const FEW: usize = 12;
/// Who names its source and has less than these shares in common with it, of its own text and of the source's, retells it
/// and keeps a clause here and there.
const RETOLD: (f64, f64) = (0.28, 0.135);
/// Units of a marked quote that are worth an edge.
const QUOTE: usize = 6;
/// Days back in which a source is looked for where the text gives no day.
pub const REACH_DAYS: i32 = 30;

/// Which of two came first, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Whether the other precedes this one.
    pub other_first: bool,
    /// Whether more than the order of capture says so.
    pub known: bool,
    /// Whether this one names the other's publisher or links to it.
    pub named: bool,
    /// Why.
    pub why: &'static str,
}

/// Orders two articles that share text.
pub fn order(this: &Seen, other: &Seen) -> Order {
    let (mine, theirs) = (names(this, other), names(other, this));
    let decided = |other_first, why| Order { other_first, known: true, named: mine, why };
    // A page that links to another of its own site leads on to it, as a notice does to its annex.
    if mine != theirs && !one_publisher(this, other) {
        return decided(mine, "it names the other as its source");
    }
    if this.day != other.day {
        return decided(other.day < this.day, "it was published on a later day");
    }
    if let (Some(a), Some(b)) = (this.moment, other.moment)
        && a.abs_diff(b) >= 60
    {
        return decided(b < a, "it was published later that day");
    }
    let (official, theirs) = (this.class == SourceClass::Official, other.class == SourceClass::Official);
    if official != theirs {
        return decided(theirs, "the other is the authority's own page");
    }
    let (lined, theirs) = (source_line(this).is_some(), source_line(other).is_some());
    if lined != theirs {
        return decided(lined, "it has a source line and the other has none");
    }
    let why = "only the order of capture speaks for it";
    Order { other_first: other.seq < this.seq, known: false, named: mine, why }
}

/// Whether one article names the other's publisher or links to it.
pub fn names(this: &Seen, other: &Seen) -> bool {
    this.references.iter().any(|r| r.names(&other.publisher)) || links_to(this, other).is_some()
}

/// The source that an article's page gives as its own.
pub fn source_line(seen: &Seen) -> Option<&Reference> {
    seen.references.iter().find(|r| r.via == Via::SourceLine)
}

/// The words of a link from one article to another; the link itself without words.
pub fn links_to<'a>(this: &'a Seen, other: &Seen) -> Option<Option<&'a Evidence>> {
    let link = this.links.iter().find(|(href, _)| *href == other.address)?;
    Some(link.1.as_ref())
}

/// An article that is asked for its sources, and what is worked out of it once, however often it is needed.
pub struct Asked<'a> {
    /// The article.
    pub this: &'a Seen,
    /// Where they are looked for.
    pub window: &'a Window,
    /// The knowledge.
    pub knowledge: &'a Knowledge,
    near: &'a OnceCell<Row>,
    held: OnceCell<Held>,
}

impl<'a> Asked<'a> {
    /// An article; in `near` stands how near it is to the latest captures, once that was asked for.
    pub fn new(
        this: &'a Seen,
        window: &'a Window,
        knowledge: &'a Knowledge,
        near: &'a OnceCell<Row>,
    ) -> Self {
        Asked { this, window, knowledge, near, held: OnceCell::new() }
    }
    /// How near it is to each of the latest captures.
    pub fn near(&self) -> &'a Row {
        self.near.get_or_init(|| self.window.latest.near(self.this))
    }
    /// How near it is to another.
    pub fn nearness(&self, other: &Seen) -> f64 {
        self.near().to(self.this, other)
    }
    fn held(&self) -> &Held {
        self.held.get_or_init(|| Held::new(self.this.text.as_str()))
    }
}

/// A text that shares passages with the one in question.
struct Overlap<'a> {
    other: &'a Seen,
    pair: Pair,
    /// Share of this text that the other has.
    of_this: f64,
    /// Share of the other text that this one has.
    of_other: f64,
    order: Order,
    /// Those of the row of overlaps that the other reprints.
    reprints: Vec<usize>,
    /// Whether it was taken out of the row.
    taken: bool,
}

/// What one article derives from; `pairs` are what is known of its text and others, and are known afterwards. `owing` tells what it
/// owes that no reference led to.
pub fn derive(
    asked: &Asked,
    pairs: &mut Pairs,
    register: &mut Register,
    owing: Option<&owing::Tables>,
) -> Vec<Edge> {
    let (mut draft, mut unresolved) = by_references(asked, pairs);
    if let Some(tables) = owing {
        unresolved = owing::edges(asked, tables, unresolved, &mut draft);
    }
    for reference in unresolved {
        citing::cite_unseen(asked, reference, register, &mut draft);
    }
    draft.edges.sort_by(|a, b| b.score.cmp(&a.score).then(a.to.cmp(&b.to)));
    draft.edges
}

/// What an article owes by the text that it shares and by what it refers to, and its references to what is not captured.
fn by_references<'a>(asked: &Asked<'a>, pairs: &mut Pairs) -> (Draft<'a>, Vec<&'a Reference>) {
    let this = asked.this;
    let mut draft = Draft { this, edges: Vec::new() };
    let covered = copy_edges(asked, pairs, &mut draft);
    // What reprints a translation has it from there, not from the foreign text.
    if !draft.edges.iter().any(|e| e.kind == DerivationKind::Reprint) {
        translation::edge(this, asked.window, &mut draft);
    }
    let unresolved = citing::edges(asked, &covered, &mut draft);
    citing::link_edges(asked, &mut draft);
    citing::number_edges(asked, &covered, &mut draft);
    citing::author_edges(asked, &mut draft);
    (draft, unresolved)
}

/// What ties every capture of the window to each page that it may owe something to.
pub fn lessons(window: &Window, knowledge: &Knowledge) -> Vec<owing::Lesson> {
    let of = |this: &Seen| {
        let near = OnceCell::new();
        let asked = Asked::new(this, window, knowledge, &near);
        let (draft, unresolved) = by_references(&asked, &mut Pairs::default());
        owing::lessons(&asked, &unresolved, &draft)
    };
    window.iter().flat_map(of).collect()
}

/// Edges under construction: one a pair, the strongest kind.
pub struct Draft<'a> {
    this: &'a Seen,
    /// The edges so far.
    pub edges: Vec<Edge>,
}

impl Draft<'_> {
    /// Adds a derivation; a second one of the pair makes the first stronger.
    pub fn add(&mut self, to: NodeId, kind: DerivationKind, score: u16, directed: bool, reason: Reason) {
        let from = self.this.capture.clone();
        let Some(edge) = self.edges.iter_mut().find(|e| e.to == to) else {
            self.edges.push(Edge { from, to, kind, score, directed, reasons: vec![reason] });
            return;
        };
        if kind < edge.kind {
            edge.kind = kind;
            edge.reasons.insert(0, reason);
        } else {
            edge.reasons.push(reason);
        }
        edge.score = edge.score.max(score);
        edge.directed |= directed;
    }
    /// Whether there is a derivation from this article.
    pub fn has(&self, other: &Seen) -> bool {
        self.edges.iter().any(|e| e.to == NodeId::Capture(other.capture.clone()))
    }
}

/// Units of a text that are told to be another's.
#[derive(Default)]
pub struct Covered {
    units: Vec<bool>,
    count: usize,
}

impl Covered {
    fn add(&mut self, runs: &[Run], units: usize) {
        self.units.resize(units, false);
        for unit in runs.iter().flat_map(|r| r.a..r.a + r.len) {
            self.count += usize::from(!std::mem::replace(&mut self.units[unit], true));
        }
    }
    fn has(&self, unit: usize) -> bool {
        self.units.get(unit).copied().unwrap_or(false)
    }
    /// Whether a stretch of the article's text holds words, and they are all another's.
    pub fn has_all(&self, asked: &Asked, bytes: &std::ops::Range<usize>) -> bool {
        if self.count == 0 {
            return false;
        }
        let units = &asked.held().units;
        let first = units.partition_point(|u| (u.start as usize) < bytes.start);
        let inside = units[first..].iter().take_while(|u| u.end as usize <= bytes.end).count();
        inside > 0 && (first..first + inside).all(|unit| self.has(unit))
    }
}

fn copy_edges(asked: &Asked, pairs: &mut Pairs, draft: &mut Draft) -> Covered {
    let this = asked.this;
    let mut covered = Covered::default();
    let mut rest = overlaps(this, asked.window, pairs);
    // Shingles that stand more than once in this text.
    let repeated = this.sketch.units.saturating_sub(this.sketch.hashes.len());
    // So few shingles in common make neither a passage nor a sum of them.
    let few = |of: &Overlap| of.pair.shared + repeated < FEW && !of.order.named && !is_reprint(of);
    let mut left = rest.iter().filter(|overlap| !few(overlap)).count();
    // Where less is left than the least that a further source would have to explain, none is asked for.
    while left > 0 && covered.count + QUOTE <= this.sketch.units {
        let Some(at) = take_best(&mut rest) else { break };
        let best = &mut rest[at];
        if few(best) {
            continue;
        }
        left -= 1;
        let other = best.other;
        let runs = best.pair.runs.take();
        let runs = runs.unwrap_or_else(|| asked.held().runs(&units::units(other.text.as_str())));
        let kind = kind_of_copy(asked, best, &runs, &covered);
        if kind == Some(DerivationKind::Excerpt) && is_retold(best) {
            covered.add(&runs, this.sketch.units);
        } else if let Some(kind) = kind {
            add_copy(asked, draft, best, kind, &runs);
            if kind != DerivationKind::Quotation {
                covered.add(&runs, this.sketch.units);
            }
        }
        best.pair.runs = Some(runs);
    }
    *pairs = Pairs::of(rest.into_iter().map(|overlap| (overlap.other.seq, overlap.pair)));
    covered
}

/// What a text is to one that it shares runs with, beyond what stronger ones explain.
fn kind_of_copy(asked: &Asked, best: &Overlap, runs: &[Run], covered: &Covered) -> Option<DerivationKind> {
    let this = asked.this;
    // What two notices of one authority share is its form.
    if numbers::are_two_notices(this, best.other) {
        return None;
    }
    if covered.count == 0 && (is_reprint(best) || is_edited_reprint(this, best)) {
        return Some(DerivationKind::Reprint);
    }
    let longest = runs.iter().map(|r| r.plain).max().unwrap_or(0);
    let together = |least: usize| -> usize { runs.iter().map(|r| r.plain).filter(|w| *w >= least).sum() };
    // The articles of a notice lose their numbers in a report, and so stand in several runs.
    let official = best.other.class == SourceClass::Official;
    let longest = if official && best.order.named { together(LONG_RUN / 2) } else { longest };
    let long = longest >= LONG_RUN;
    let many = together(CLAUSE) >= MANY_RUNS;
    // An authority that decides what it drafted repeats itself: the two are steps, each its own origin.
    let steps = official && this.class == SourceClass::Official;
    let is_third = (long || many) && third_source(this, best.other);
    let passage = (long && (best.order.named || !is_third)) || (many && !is_third && !steps);
    if !passage && !best.order.named {
        return None;
    }
    let fresh = fresh_units(runs, covered, &asked.held().units);
    if passage && fresh.plain >= PASSAGE + 5 {
        Some(DerivationKind::Excerpt)
    } else if best.order.named && fresh.quoted >= QUOTE {
        Some(DerivationKind::Quotation)
    } else {
        None
    }
}

/// Units that a run covers and that nothing stronger covered, inside quotation marks and outside.
struct Fresh {
    plain: usize,
    quoted: usize,
}

fn fresh_units(runs: &[Run], covered: &Covered, units: &[Unit]) -> Fresh {
    let mut fresh = Fresh { plain: 0, quoted: 0 };
    for i in runs.iter().flat_map(|r| r.a..r.a + r.len).filter(|i| !covered.has(*i)) {
        if units[i].quoted { fresh.quoted += 1 } else { fresh.plain += 1 }
    }
    fresh
}

fn is_reprint(overlap: &Overlap) -> bool {
    let (low, high) = (overlap.of_this.min(overlap.of_other), overlap.of_this.max(overlap.of_other));
    (overlap.of_this >= COPY && overlap.of_other >= WHOLE) || (high >= COPY && low >= COMMON)
}

/// Whether a page says by its source line that it took its text from the other, and it is for the most part.
fn is_edited_reprint(this: &Seen, overlap: &Overlap) -> bool {
    let (low, high) = (overlap.of_this.min(overlap.of_other), overlap.of_this.max(overlap.of_other));
    let lined = source_line(this).is_some_and(|line| line.names(&overlap.other.publisher));
    lined && high >= EDITED && low >= COMMON
}

/// Whether a report that the other names has so little in common with it that it is retold, and cited for it.
fn is_retold(overlap: &Overlap) -> bool {
    overlap.order.named
        && overlap.other.class != SourceClass::Official
        && overlap.of_this < RETOLD.0
        && overlap.of_other < RETOLD.1
}

/// Whether both name one and the same source that is neither of them: what they share may be its.
fn third_source(this: &Seen, other: &Seen) -> bool {
    // Whose act is told is told by everybody.
    let told = |r: &&Reference| !(r.spoken && r.via == Via::Name);
    this.references.iter().filter(told).any(|mine| {
        !mine.names(&other.publisher)
            && other.references.iter().filter(told).any(|theirs| {
                !theirs.names(&this.publisher)
                    && ((mine.entity.is_some() && mine.entity == theirs.entity) || mine.key == theirs.key)
            })
    })
}

/// Texts that share passages and can be the source, i.e. came first.
fn overlaps<'a>(this: &Seen, window: &'a Window, pairs: &mut Pairs) -> Vec<Overlap<'a>> {
    let mut numbers: BTreeSet<u64> = window.copies.candidates(&this.sketch).into_iter().collect();
    // An index of the latest copies may have lost the first one; the copies know it.
    let parents: Vec<u64> =
        numbers.iter().filter_map(|n| window.get(*n)).flat_map(|s| parents_of(s, window)).collect();
    numbers.extend(parents);
    let mut found = Vec::new();
    for other in numbers.into_iter().filter_map(|n| window.get(n)) {
        let same_page = other.seq == this.seq || other.address == this.address;
        let order = order(this, other);
        // A version that came later is not the one that was copied.
        let edited_since =
            other.seq > this.seq && window.earlier_version(other.seq).is_some_and(|v| v < this.seq);
        if same_page || edited_since || !order.other_first || both_from_elsewhere(this, other) {
            continue;
        }
        let met = || Pair { shared: this.sketch.shared_with(&other.sketch), ..Pair::default() };
        let pair = pairs.take(other.seq).unwrap_or_else(met);
        let (of_this, of_other) = (this.sketch.share(pair.shared), other.sketch.share(pair.shared));
        let (reprints, taken) = (Vec::new(), false);
        found.push(Overlap { other, pair, of_this, of_other, order, reprints, taken });
    }
    for at in 0..found.len() {
        found[at].reprints = reprinted(found[at].other, window, &found);
    }
    found
}

/// The places of those among the texts that one reprints.
fn reprinted(seen: &Seen, window: &Window, among: &[Overlap]) -> Vec<usize> {
    let reprints = seen.edges.iter().filter(|e| e.kind == DerivationKind::Reprint);
    let captured = reprints.filter_map(|e| window.captured(&e.to));
    captured.filter_map(|source| among.iter().position(|overlap| overlap.other.seq == source.seq)).collect()
}

fn parents_of<'a>(seen: &'a Seen, window: &'a Window) -> impl Iterator<Item = u64> + 'a {
    let copies = seen.edges.iter().filter(|e| e.kind <= DerivationKind::Excerpt);
    copies.filter_map(|e| window.captured(&e.to)).map(|s| s.seq)
}

/// Whether the source lines of both name one third outlet: then each copies that one.
fn both_from_elsewhere(this: &Seen, other: &Seen) -> bool {
    match (source_line(this), source_line(other)) {
        (Some(a), Some(b)) => {
            !a.names(&other.publisher) && ((a.entity.is_some() && a.entity == b.entity) || a.key == b.key)
        }
        _ => false,
    }
}

/// The place of the best explanation that is left: named, then nearly the most text, then the root of the copies,
/// the authority, and the earliest. It is taken out of the row.
fn take_best(rest: &mut [Overlap]) -> Option<usize> {
    /// Shares that differ by less are alike.
    const ALIKE: f64 = 0.1;
    let left = || (0..rest.len()).filter(|at| !rest[*at].taken);
    let most = left().map(|at| rest[at].of_this).fold(0.0, f64::max);
    let rank = |at: &usize| {
        let o = &rest[*at];
        let alike = o.of_this + ALIKE >= most;
        let is_root = o.reprints.iter().all(|parent| rest[*parent].taken);
        let official = o.other.class == SourceClass::Official;
        let moment = (o.other.day, o.other.moment.unwrap_or(i64::MAX), o.other.seq);
        (!alike, !o.order.named, o.other.superseded.is_some(), !is_root, !official, moment)
    };
    let best = left().min_by_key(rank)?;
    rest[best].taken = true;
    Some(best)
}

fn add_copy(asked: &Asked, draft: &mut Draft, overlap: &mut Overlap, kind: DerivationKind, runs: &[Run]) {
    let per_mille = |share: f64| (share * 1000.0).round() as u16;
    let (mine, theirs) = (per_mille(overlap.of_this), per_mille(overlap.of_other));
    let score = match kind {
        DerivationKind::Reprint => mine.max(theirs),
        DerivationKind::Quotation => 800,
        _ => (500 + mine / 2).min(950),
    };
    let rule = match kind {
        DerivationKind::Reprint => "near_identical_text",
        DerivationKind::Quotation => "shared_quote",
        _ => "shared_passages",
    };
    let text = format!(
        "{}% of this text stands in the other, {}% of the other in this; {}",
        mine / 10,
        theirs / 10,
        overlap.order.why
    );
    let cited = overlap.pair.cited.get_or_insert_with(|| cite_longest(asked, overlap.other, runs)).clone();
    let directed = overlap.order.known;
    let to = NodeId::Capture(overlap.other.capture.clone());
    draft.add(to, kind, score, directed, Reason { rule: rule.into(), text, cited });
}

/// The longest shared run, quoted on both sides.
fn cite_longest(asked: &Asked, other: &Seen, runs: &[Run]) -> Vec<Cited> {
    /// A quote longer than this many units says no more.
    const SHOWN: usize = 60;
    let Some(run) = runs.iter().max_by_key(|r| (r.len, std::cmp::Reverse(r.a))) else { return Vec::new() };
    let other_units = units::units(other.text.as_str());
    let len = run.len.min(SHOWN);
    let cut = |seen: &Seen, units: &[Unit], first: usize| {
        let (first, last) = (units.get(first)?, units.get(first + len - 1)?);
        let evidence = seen.text.cut(first.start as usize..last.end as usize, Part::Text)?;
        Some(Cited { capture: seen.capture.clone(), evidence })
    };
    cut(asked.this, &asked.held().units, run.a).into_iter().chain(cut(other, &other_units, run.b)).collect()
}
