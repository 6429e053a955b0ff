//! Derivations: what one article owes to others, worked out from the window as it stands.
//!
//! [`derive`] depends on the window alone, so when a late arrival changes what is known it is asked
//! again for every article concerned, and the difference is told.

use crate::copies::{self, Run};
use crate::reference::{Reference, Via};
use crate::seen::Seen;
use crate::units::{self, Unit};
use crate::unseen::Register;
use crate::window::Window;
use headwater_model::source::SourceClass;
use headwater_model::tracking::{Cited, DerivationKind, Edge, Reason};
use headwater_model::{Evidence, NodeId, Part};
use std::collections::BTreeSet;

/// From this share of its shingles on, a text is a copy of another.
const COPY: f64 = 0.7;
/// A copy that keeps less than this share of the other is an excerpt of it.
const WHOLE: f64 = 0.3;
/// Less than this share in common is no near-identical text, whatever the other direction says.
const COMMON: f64 = 0.4;
/// Shingles that a further source must explain beyond what stronger ones did.
const PASSAGE: usize = 18;
/// Units of the longest shared run that make an excerpt without any other sign.
const LONG_RUN: usize = 24;
/// Units of a marked quote that are worth an edge.
const QUOTE: usize = 6;
/// Days back in which a cited report is looked for where the text gives no day.
const REACH_DAYS: i32 = 30;
/// Nearness from which two articles are about one thing, so that a citation means this report.
const RELATED: f64 = 0.10;

/// Which of two came first, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Whether the other precedes this one.
    pub other_first: bool,
    /// Whether more than the order of capture says so.
    pub known: bool,
    /// Why.
    pub why: &'static str,
}

/// Orders two articles that share text.
pub fn order(this: &Seen, other: &Seen) -> Order {
    let decided = |other_first, why| Order { other_first, known: true, why };
    let (mine, theirs) = (names(this, other), names(other, this));
    if mine != theirs {
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
    Order { other_first: other.seq < this.seq, known: false, why: "only the order of capture speaks for it" }
}

fn names(this: &Seen, other: &Seen) -> bool {
    this.references.iter().any(|r| r.names(&other.publisher)) || links_to(this, other).is_some()
}

fn source_line(seen: &Seen) -> Option<&Reference> {
    seen.references.iter().find(|r| r.via == Via::SourceLine)
}

/// The words of a link from one article to another; the link itself without words.
fn links_to<'a>(this: &'a Seen, other: &Seen) -> Option<Option<&'a Evidence>> {
    let address = crate::publisher::address(&other.url);
    let link = this.links.iter().find(|(href, _)| *href == address)?;
    Some(link.1.as_ref())
}

/// A text that shares passages with the one in question.
struct Overlap<'a> {
    other: &'a Seen,
    /// Share of this text that the other has.
    of_this: f64,
    /// Share of the other text that this one has.
    of_other: f64,
    order: Order,
    named: bool,
}

/// What one article derives from.
pub fn derive(this: &Seen, window: &Window, register: &mut Register) -> Vec<Edge> {
    let mut draft = Draft { this, edges: Vec::new() };
    let covered = copy_edges(this, window, &mut draft);
    translation_edge(this, window, &mut draft);
    citation_edges(this, window, register, &covered, &mut draft);
    link_edges(this, window, &mut draft);
    draft.edges.sort_by(|a, b| b.score.cmp(&a.score).then(a.to.cmp(&b.to)));
    draft.edges
}

/// Edges under construction: one a pair, the strongest kind.
struct Draft<'a> {
    this: &'a Seen,
    edges: Vec<Edge>,
}

impl Draft<'_> {
    fn add(&mut self, to: NodeId, kind: DerivationKind, score: u16, directed: bool, reason: Reason) {
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
    fn has(&self, other: &Seen) -> bool {
        self.edges.iter().any(|e| e.to == NodeId::Capture(other.capture.clone()))
    }
}

fn copy_edges(this: &Seen, window: &Window, draft: &mut Draft) -> BTreeSet<usize> {
    let mut covered = BTreeSet::new();
    let mut rest = overlaps(this, window);
    if rest.is_empty() {
        return covered;
    }
    let units = units::units(this.text.as_str());
    while let Some(best) = take_best(&mut rest) {
        let other_units = units::units(best.other.text.as_str());
        let runs = copies::runs(&units, &other_units);
        let fresh = fresh_units(&runs, &covered, &units);
        let near_identical = is_reprint(&best);
        if near_identical && covered.is_empty() {
            add_copy(draft, &best, DerivationKind::Reprint, &runs, &units);
            covered.extend(runs.iter().flat_map(|r| r.a..r.a + r.len));
            continue;
        }
        let longest = runs.iter().map(|r| plain_run(r, &units)).max().unwrap_or(0);
        let cited = best.named;
        let enough =
            fresh.plain >= PASSAGE + 5 && (longest >= LONG_RUN || (cited && longest >= LONG_RUN / 2));
        if enough && (cited || !third_source(this, best.other)) {
            add_copy(draft, &best, DerivationKind::Excerpt, &runs, &units);
            covered.extend(runs.iter().flat_map(|r| r.a..r.a + r.len));
        } else if fresh.quoted >= QUOTE && cited {
            add_copy(draft, &best, DerivationKind::Quotation, &runs, &units);
        }
    }
    covered
}

/// Units that a run covers and that nothing stronger covered, inside quotation marks and outside.
struct Fresh {
    plain: usize,
    quoted: usize,
}

fn fresh_units(runs: &[Run], covered: &BTreeSet<usize>, units: &[Unit]) -> Fresh {
    let mut fresh = Fresh { plain: 0, quoted: 0 };
    for i in runs.iter().flat_map(|r| r.a..r.a + r.len).filter(|i| !covered.contains(i)) {
        if units[i].quoted { fresh.quoted += 1 } else { fresh.plain += 1 }
    }
    fresh
}

/// Length of a run outside quotation marks.
fn plain_run(run: &Run, units: &[Unit]) -> usize {
    units[run.a..run.a + run.len].iter().filter(|u| !u.quoted).count()
}

fn is_reprint(overlap: &Overlap) -> bool {
    let (low, high) = (overlap.of_this.min(overlap.of_other), overlap.of_this.max(overlap.of_other));
    (overlap.of_this >= COPY && overlap.of_other >= WHOLE) || (high >= COPY && low >= COMMON)
}

/// Whether both name one and the same source that is neither of them: what they share may be its.
fn third_source(this: &Seen, other: &Seen) -> bool {
    this.references.iter().any(|mine| {
        !mine.names(&other.publisher)
            && other.references.iter().any(|theirs| {
                !theirs.names(&this.publisher)
                    && ((mine.entity.is_some() && mine.entity == theirs.entity) || mine.key == theirs.key)
            })
    })
}

/// Texts that share passages and can be the source, i.e. came first.
fn overlaps<'a>(this: &Seen, window: &'a Window) -> Vec<Overlap<'a>> {
    let mut numbers: BTreeSet<u64> = window.copies.candidates(&this.sketch).into_iter().collect();
    // An index of the latest copies may have lost the first one; the copies know it.
    let parents: Vec<u64> =
        numbers.iter().filter_map(|n| window.get(*n)).flat_map(|s| parents_of(s, window)).collect();
    numbers.extend(parents);
    let address = crate::publisher::address(&this.url);
    let mut found = Vec::new();
    for other in numbers.into_iter().filter_map(|n| window.get(n)) {
        let same_page = other.seq == this.seq || crate::publisher::address(&other.url) == address;
        let order = order(this, other);
        if same_page || !order.other_first || both_from_elsewhere(this, other) {
            continue;
        }
        let of_this = this.sketch.contained_in(&other.sketch);
        let of_other = other.sketch.contained_in(&this.sketch);
        found.push(Overlap { other, of_this, of_other, order, named: names(this, other) });
    }
    found
}

fn parents_of<'a>(seen: &'a Seen, window: &'a Window) -> impl Iterator<Item = u64> + 'a {
    let captures = seen.edges.iter().filter_map(|e| match &e.to {
        NodeId::Capture(capture) if e.kind <= DerivationKind::Excerpt => Some(capture),
        _ => None,
    });
    captures.filter_map(|capture| window.find(capture)).map(|s| s.seq)
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

/// The best explanation that is left: named, then nearly the most text, then the root of the copies,
/// the authority, and the earliest.
fn take_best<'a>(rest: &mut Vec<Overlap<'a>>) -> Option<Overlap<'a>> {
    /// Shares that differ by less are alike.
    const ALIKE: f64 = 0.1;
    let most = rest.iter().map(|o| o.of_this).fold(0.0, f64::max);
    let alike = |o: &Overlap| o.of_this + ALIKE >= most;
    let among: BTreeSet<_> = rest.iter().map(|o| o.other.capture.clone()).collect();
    let is_root = |o: &Overlap| {
        !o.other.edges.iter().any(|e| {
            e.kind == DerivationKind::Reprint && matches!(&e.to, NodeId::Capture(c) if among.contains(c))
        })
    };
    let rank = |o: &Overlap| {
        let official = o.other.class == SourceClass::Official;
        let moment = (o.other.day, o.other.moment.unwrap_or(i64::MAX), o.other.seq);
        (!alike(o), !o.named, o.other.superseded.is_some(), !is_root(o), !official, moment)
    };
    let best = (0..rest.len()).min_by_key(|&i| rank(&rest[i]))?;
    Some(rest.remove(best))
}

fn add_copy(draft: &mut Draft, overlap: &Overlap, kind: DerivationKind, runs: &[Run], units: &[Unit]) {
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
    let cited = cite_longest(draft.this, overlap.other, runs, units);
    let directed = overlap.order.known;
    let to = NodeId::Capture(overlap.other.capture.clone());
    draft.add(to, kind, score, directed, Reason { rule: rule.into(), text, cited });
}

/// The longest shared run, quoted on both sides.
fn cite_longest(this: &Seen, other: &Seen, runs: &[Run], units: &[Unit]) -> Vec<Cited> {
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
    cut(this, units, run.a).into_iter().chain(cut(other, &other_units, run.b)).collect()
}

/// Shared order of entities and figures from which a text in another language is a translation, with
/// and without words that say so, in per mille of the longer sequence.
const TRANSLATION: (usize, usize) = (350, 700);
/// Entities and figures that must be shared.
const TRANSLATION_MARKS: (usize, usize) = (3, 7);

fn translation_edge(this: &Seen, window: &Window, draft: &mut Draft) {
    let mut best: Option<(usize, &Seen)> = None;
    for other in translation_candidates(this, window) {
        let told = this.translated.is_some() || names(this, other);
        let (least, marks) =
            if told { (TRANSLATION.0, TRANSLATION_MARKS.0) } else { (TRANSLATION.1, TRANSLATION_MARKS.1) };
        // Naming an outlet is how retellings cite; only a notice or a close fit makes a translation.
        let least =
            if this.translated.is_some() { least } else { TRANSLATION.1 - if told { 100 } else { 0 } };
        let kept = in_order(&this.marks, &other.marks);
        let longer = this.marks.len().max(other.marks.len()).max(1);
        let share = kept * 1000 / longer;
        if share >= least
            && kept >= marks
            && alike_in_length(this, other)
            && best.is_none_or(|(s, _)| share > s)
        {
            best = Some((share, other));
        }
    }
    let Some((share, other)) = best else { return };
    let mut cited: Vec<Cited> = Vec::new();
    cited.extend(this.translated.clone().map(|evidence| Cited { capture: this.capture.clone(), evidence }));
    let lead = |s: &Seen| s.lead().map(|evidence| Cited { capture: s.capture.clone(), evidence });
    cited.extend(lead(this).into_iter().chain(lead(other)));
    let text = format!("names and figures stand in the same order in both languages ({}%)", share / 10);
    let reason = Reason { rule: "aligned_translation".into(), text, cited };
    let directed = this.translated.is_some() || order(this, other).known;
    draft.add(
        NodeId::Capture(other.capture.clone()),
        DerivationKind::Translation,
        share.min(1000) as u16,
        directed,
        reason,
    );
}

fn translation_candidates<'a>(this: &Seen, window: &'a Window) -> Vec<&'a Seen> {
    /// Captures that are looked at.
    const LOOKED_AT: usize = 400;
    if this.marks.len() < TRANSLATION_MARKS.0 {
        return Vec::new();
    }
    let fits = |other: &&Seen| {
        let first =
            order(this, other).other_first || (this.translated.is_some() && other.translated.is_none());
        other.tongue() != this.tongue() && first && days_between(this, other) <= REACH_DAYS
    };
    let near = |other: &&Seen| this.vector.shared_across(&other.vector) >= TRANSLATION_MARKS.0.min(2);
    window.iter().rev().take(LOOKED_AT).filter(fits).filter(near).collect()
}

fn days_between(a: &Seen, b: &Seen) -> i32 {
    a.day.since(b.day).map_or(i32::MAX, |span| span.get_days().abs())
}

/// Han characters that one English word is worth, times ten: about 1.6.
fn alike_in_length(a: &Seen, b: &Seen) -> bool {
    let size = |seen: &Seen| -> usize {
        let units = units::units(seen.text.as_str());
        units.iter().map(|u| if u.ideographic { 10 } else { 16 }).sum::<usize>().max(1)
    };
    let (a, b) = (size(a), size(b));
    a < b * 2 && b < a * 2
}

/// Length of the longest common subsequence, over the first 200 marks of each.
fn in_order(a: &[u32], b: &[u32]) -> usize {
    const LONGEST: usize = 200;
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

fn citation_edges(
    this: &Seen,
    window: &Window,
    register: &mut Register,
    covered: &BTreeSet<usize>,
    draft: &mut Draft,
) {
    let units = if covered.is_empty() { Vec::new() } else { units::units(this.text.as_str()) };
    let copied = |evidence: &Evidence| {
        evidence.part() == Part::Text && {
            let bytes = this.text.bytes(evidence.span());
            let within =
                |i: &usize| units[*i].start as usize >= bytes.start && (units[*i].end as usize) <= bytes.end;
            let inside: Vec<usize> = (0..units.len()).filter(within).collect();
            !inside.is_empty() && inside.iter().all(|i| covered.contains(i))
        }
    };
    for reference in &this.references {
        let found = resolve(this, reference, window);
        // What was copied with its passage is the other's citation, not this article's.
        let already = found.is_some_and(|other| draft.has(other));
        if !already && (copied(&reference.evidence) || inherited(this, reference, window, draft)) {
            continue;
        }
        match found {
            Some(other) => cite_captured(this, reference, other, draft),
            None if reference.node => cite_unseen(this, reference, window, register, draft),
            None => {}
        }
    }
}

/// Whether a reprinted or translated parent names the same source: it came along with the text.
fn inherited(this: &Seen, reference: &Reference, window: &Window, draft: &Draft) -> bool {
    if reference.via == Via::SourceLine {
        return false;
    }
    let parents = draft.edges.iter().filter(|e| e.kind <= DerivationKind::Translation);
    let captures = parents.filter_map(|e| match &e.to {
        NodeId::Capture(c) => window.find(c),
        NodeId::Unseen(_) => None,
    });
    let same = |r: &Reference| (r.entity.is_some() && r.entity == reference.entity) || r.key == reference.key;
    captures.into_iter().any(|parent| parent.seq != this.seq && parent.references.iter().any(same))
}

fn cite_captured(this: &Seen, reference: &Reference, other: &Seen, draft: &mut Draft) {
    let dated = reference.date.is_some();
    let score = match (reference.via, dated) {
        (Via::SourceLine, _) => 950,
        (Via::Attribution, true) => 950,
        (Via::Attribution, false) => 850,
        (Via::Name, true) => 800,
        (Via::Name, false) => 650,
    };
    let mut cited = vec![Cited { capture: this.capture.clone(), evidence: reference.evidence.clone() }];
    cited.extend(other.lead().map(|evidence| Cited { capture: other.capture.clone(), evidence }));
    let text = format!("names {} as its source; the report of {} is captured", reference.name, other.day);
    let reason = Reason { rule: rule_of(reference).into(), text, cited };
    draft.add(NodeId::Capture(other.capture.clone()), DerivationKind::Citation, score, true, reason);
}

fn cite_unseen(
    this: &Seen,
    reference: &Reference,
    window: &Window,
    register: &mut Register,
    draft: &mut Draft,
) {
    let related = |seq: u64| seq == this.seq || window.get(seq).is_some_and(|s| s.nearness(this) >= RELATED);
    let id = register.cite(this, reference, related);
    let dated = reference.date.map_or(String::new(), |d| format!(" of {d}"));
    let text = format!("names {}{dated} as its source, which is not captured", reference.name);
    let cited = vec![Cited { capture: this.capture.clone(), evidence: reference.evidence.clone() }];
    let reason = Reason { rule: rule_of(reference).into(), text, cited };
    let score = if reference.via == Via::Name { 600 } else { 800 };
    draft.add(NodeId::Unseen(id), DerivationKind::Citation, score, true, reason);
}

fn rule_of(reference: &Reference) -> &'static str {
    match reference.via {
        Via::SourceLine => "source_line",
        Via::Attribution => "attribution",
        Via::Name => "named_outlet",
    }
}

/// The captured report that a reference means.
pub fn resolve<'a>(this: &Seen, reference: &Reference, window: &'a Window) -> Option<&'a Seen> {
    /// Reports of one publisher that are looked at, the latest first.
    const LOOKED_AT: usize = 200;
    let address = crate::publisher::address(&this.url);
    let numbers = window.of_publisher(&reference.keys());
    let candidates = numbers.into_iter().rev().take(LOOKED_AT).filter_map(|n| window.get(n));
    let mut best: Option<(u32, &Seen)> = None;
    for other in candidates {
        let same_page = other.seq == this.seq || crate::publisher::address(&other.url) == address;
        if same_page || !in_time(this, reference, other) || before(this, other) {
            continue;
        }
        let nearness = this.nearness(other);
        let linked = links_to(this, other).is_some();
        let least = if reference.date == Some(other.day) || linked { RELATED / 2.0 } else { RELATED };
        if nearness < least {
            continue;
        }
        let rank = (nearness * 1000.0) as u32
            + if linked { 2000 } else { 0 }
            + if reference.date == Some(other.day) { 200 } else { 0 };
        // An address's later version is the one that stands, unless it came after the citation.
        let rank =
            if other.superseded.is_some_and(|s| s < this.seq) { rank.saturating_sub(50) } else { rank };
        if best.is_none_or(|(r, _)| rank > r) {
            best = Some((rank, other));
        }
    }
    best.map(|(_, other)| other)
}

/// Whether this article was certainly published before the other.
fn before(this: &Seen, other: &Seen) -> bool {
    match (this.moment, other.moment) {
        (Some(a), Some(b)) if this.day == other.day => a + 60 < b,
        // A day's difference is what time zones make.
        _ => this.day.saturating_add(jiff::Span::new().days(1)) < other.day,
    }
}

fn in_time(this: &Seen, reference: &Reference, other: &Seen) -> bool {
    let apart = |a: headwater_model::time::Date| a.since(other.day).map_or(i32::MAX, |s| s.get_days().abs());
    match reference.date {
        Some(date) => apart(date) <= 1,
        None => apart(this.day) <= REACH_DAYS,
    }
}

/// Links in the text to captured pages about the same thing.
fn link_edges(this: &Seen, window: &Window, draft: &mut Draft) {
    for (address, evidence) in &this.links {
        let Some(evidence) = evidence.as_ref().filter(|e| e.part() == Part::Text) else { continue };
        let Some(other) = window.at_address(address).filter(|o| o.seq != this.seq) else { continue };
        let own = other.publisher == this.publisher
            || crate::publisher::address(&other.url) == crate::publisher::address(&this.url);
        if own || before(this, other) || this.nearness(other) < RELATED {
            continue;
        }
        let cited = vec![Cited { capture: this.capture.clone(), evidence: evidence.clone() }];
        let text = format!("links to {}", other.url);
        let reason = Reason { rule: "link".into(), text, cited };
        draft.add(NodeId::Capture(other.capture.clone()), DerivationKind::Citation, 750, true, reason);
    }
}
