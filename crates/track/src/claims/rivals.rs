//! Versions of one thing by several sources: "Reuters has 500 aircraft, the Keizai 300".
//!
//! Two newsrooms with people of their own seldom use each other's words, and where their figures differ, little shows that
//! they speak of one thing. Who has read both and tells them side by side, each laid to its source, says so.

use crate::claims::apart;
use crate::claims::compare::{self, Place, Said};
use crate::claims::groups;
use crate::claims::modality::{DONE, stage};
use crate::claims::retelling;
use crate::claims::sameness::{self, Tie};
use crate::memory::seen::Seen;
use crate::memory::window::Window;
use crate::reading::asserted::{kin, leads};
use crate::reading::figures::{self, Relation};
use headwater_model::claim::{Frame, Polarity};
use headwater_model::mention::{Attribution, VoiceKind};
use headwater_model::tracking::{DerivationKind, Edge};
use headwater_model::{Claim, Knowledge, NodeId, Part};

/// Claims of an article, each laid to another of its sources, that are versions of one thing, with those of the sources
/// that they retell.
pub fn versions<'s>(seen: &'s Seen, window: &'s Window, knowledge: &Knowledge) -> Vec<Vec<Place>> {
    let sources: Vec<(&Edge, &Seen)> = seen
        .edges
        .iter()
        .filter(|edge| edge.kind >= DerivationKind::Quotation)
        .filter_map(|edge| Some((edge, window.captured(&edge.to).filter(|_| is_capture(edge))?)))
        .collect();
    if sources.len() < 2 {
        return Vec::new();
    }
    let told = |said: Said<'s>| {
        let claim = said.claim;
        let source = source_of(seen, claim, &sources).filter(|_| claim.evidence.part() == Part::Text)?;
        Some(Version { said, source, retold: retold(said, source, knowledge) })
    };
    let told: Vec<Version> = Said::all(seen).filter_map(told).collect();
    let mut found = Vec::new();
    for (i, a) in told.iter().enumerate() {
        for b in told[i + 1..].iter().filter(|b| b.source.seq != a.source.seq) {
            let sides = a.retold.zip(b.retold);
            let differ = || sides.is_some_and(|(x, y)| are_versions(x, y, knowledge));
            if are_versions(a.said, b.said, knowledge) || differ() {
                let sources = [a, b].into_iter().filter_map(|version| version.retold);
                let all = [a.said, b.said].into_iter().chain(sources);
                found.push(all.map(|said| said.place()).collect());
            }
        }
    }
    found
}

/// A denial that leads an article, and what the article lays to an outlet of the same: "the ministry denied that it was considering a fee.
/// The Gazette reported that Riyadh was weighing one." The authority's own page need not say whom it denies.
pub fn denied(seen: &Seen) -> Option<Vec<Place>> {
    let in_text = || Said::all(seen).filter(|said| said.claim.evidence.part() == Part::Text);
    let denial = in_text().find(|said| compare::denies(said.claim) && leads(said.claim))?;
    let by_outlet = |claim: &Claim| {
        let outlet = |voice: &Attribution| voice.source.kind == VoiceKind::Outlet;
        // What is only weighed or planned is denied as such; of what is done much may be denied.
        let planned = stage(claim.modality).is_some_and(|rung| rung < DONE);
        claim.attribution.iter().any(outlet) && claim.polarity == Polarity::Affirmed && planned
    };
    let mut reported = in_text().filter(|said| {
        let frames = (said.claim.frame, denial.claim.frame);
        by_outlet(said.claim)
            && (frames.0 == frames.1 || kin(frames.0, frames.1))
            && !apart::by_thing(*said, denial)
    });
    Some(vec![denial.place(), reported.next()?.place()])
}

/// A claim that is laid to a captured source, with the claim of the source that it retells.
struct Version<'a> {
    said: Said<'a>,
    source: &'a Seen,
    retold: Option<Said<'a>>,
}

fn is_capture(edge: &Edge) -> bool {
    matches!(edge.to, NodeId::Capture(_))
}

/// The one captured source that a claim is laid to.
fn source_of<'a>(seen: &Seen, claim: &Claim, sources: &[(&Edge, &'a Seen)]) -> Option<&'a Seen> {
    let laid = |edge: &Edge| {
        let cited = edge.reasons.iter().flat_map(|r| &r.cited).filter(|c| c.capture == seen.capture);
        let mut references = cited.filter_map(|c| seen.references.iter().find(|r| r.evidence == c.evidence));
        references.any(|reference| retelling::is_laid_to(claim, reference))
    };
    let mut of = sources.iter().filter(|(edge, _)| laid(edge));
    let source = of.next()?.1;
    of.next().is_none().then_some(source)
}

/// The claim of a source that another article retells best.
fn retold<'a>(said: Said, source: &'a Seen, knowledge: &Knowledge) -> Option<Said<'a>> {
    let mut best: Option<(f64, Said)> = None;
    for other in Said::all(source).filter(|other| other.claim.quantity.is_some()) {
        let odds =
            sameness::odds(other, said, Tie::Derived, knowledge).filter(|odds| *odds >= groups::DERIVED);
        if let Some(odds) = odds
            && best.as_ref().is_none_or(|(b, ..)| odds > *b)
        {
            best = Some((odds, other));
        }
    }
    best.map(|(_, said)| said)
}

/// Whether two claims give two figures of one thing.
fn are_versions(a: Said, b: Said, knowledge: &Knowledge) -> bool {
    let (Some(p), Some(q)) = (&a.claim.quantity, &b.claim.quantity) else { return false };
    let frames = (a.claim.frame, b.claim.frame);
    let money = |(x, y)| matches!((x, y), (Frame::Charge, Frame::Funding) | (Frame::Funding, Frame::Charge));
    let one_kind = frames.0 == frames.1 || kin(frames.0, frames.1) || money(frames);
    one_kind
        && figures::relate(p, a.seen.day, q, b.seen.day, knowledge) == Relation::Different
        && !apart::by_act(a, b)
        && !apart::by_thing(a, b)
}
