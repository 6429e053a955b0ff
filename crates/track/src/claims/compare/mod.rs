//! Two mentions of one claim, dimension by dimension: what differs, and what is the same value in
//! another rendering.

mod attribution;
mod entity;
mod exclusivity;
mod figures;
mod polarity;
pub mod proposed;
mod scope;
mod time;

pub use time::same_time;

use crate::claims::modality::{self, stage};
use crate::memory::seen::Seen;
use crate::memory::window::Window;
use crate::reading::asserted::kin;
use crate::reading::figures::{Relation, bound, is_telling, relate};
use crate::reading::wording::{Gist, OfClaim};
use crate::text::glossary::Concept;
use crate::text::pieces;
use crate::text::units::{self, folded};
use crate::text::words;
use headwater_model::claim::{Frame, Modality, Polarity, Role};
use headwater_model::mention::{Attribution, Quantity, QuantityKind, VoiceKind};
use headwater_model::source::SourceClass;
use headwater_model::tracking::Dimension;
use headwater_model::{Claim, EntityId, Knowledge, Part};
use std::collections::BTreeSet;

/// A claim by the number of its capture and its place in it.
pub type Place = (u64, u32);

/// A claim in the article that makes it.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    /// The article.
    pub seen: &'a Seen,
    /// The claim.
    pub claim: &'a Claim,
    /// Which of the article's claims it is.
    at: usize,
}

impl<'a> Said<'a> {
    /// All that an article says.
    pub fn all(seen: &'a Seen) -> impl Iterator<Item = Said<'a>> {
        seen.claims.iter().enumerate().map(move |(at, claim)| Said { seen, claim, at })
    }
    /// A claim of a capture in the window.
    pub fn at((seq, at): Place, window: &'a Window) -> Option<Self> {
        let (seen, at) = (window.get(seq)?, at as usize);
        Some(Said { seen, claim: seen.claims.get(at)?, at })
    }
    /// Where it stands.
    pub fn place(&self) -> Place {
        (self.seen.seq, self.at as u32)
    }
    /// Terms of the glossary in the claim's words.
    pub fn concepts(&self) -> &[Concept] {
        self.of_claim(&self.seen.concepts)
    }
    /// Telling figures and days in the claim's words.
    pub fn details(&self) -> &[u32] {
        self.of_claim(&self.seen.details)
    }
    /// Every telling figure in the claim's words.
    fn figures(&self) -> &'a [Quantity] {
        let seen: &'a Seen = self.seen;
        self.of_claim(&seen.figures)
    }
    /// The claim's words.
    pub fn wording(&self) -> Option<&'a OfClaim> {
        self.seen.wording.claims(&self.seen.claims).get(self.at)
    }
    /// What says most of whether it is one with another.
    pub fn gist(&self, knowledge: &Knowledge) -> &'a Gist {
        let seen: &'a Seen = self.seen;
        &seen.gists(knowledge)[self.at]
    }
    fn of_claim<'s, T>(&self, rows: &'s [Vec<T>]) -> &'s [T] {
        rows.get(self.at).map_or(&[], Vec::as_slice)
    }
    /// How far down its article it stands, 0..=1.
    pub fn position(&self) -> f64 {
        f64::from(self.claim.evidence.span().start) / f64::from(self.seen.text.char_len().max(1))
    }
    /// Where the claim lies in the text, in bytes.
    fn bytes(&self) -> std::ops::Range<usize> {
        self.seen.text.bytes(self.claim.evidence.span())
    }
    /// The authority on whose own page the claim stands without saying whose act it is: "the Ministry has not
    /// decided …".
    pub fn own_authority(self) -> Option<&'a EntityId> {
        let acts =
            |role: Role| matches!(role, Role::Authority | Role::Funder | Role::Holder | Role::Supplier);
        let told = self.claim.fillers.iter().any(|f| f.id.is_some() && acts(f.role));
        self.seen.publisher.entity.as_ref().filter(|_| self.seen.class == SourceClass::Official && !told)
    }
}

/// How two mentions differ on one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// On what.
    pub dimension: Dimension,
    /// The first mention's value in words.
    pub from: String,
    /// The second's.
    pub to: String,
    /// What a person should know.
    pub note: String,
    /// Whether it is the same value in another rendering: a conversion, a rounding.
    pub rendering: bool,
    /// Whether the first article gives the second's value as well, so that it is one of its others.
    pub known: bool,
}

impl Difference {
    /// A difference without a note.
    pub fn new(dimension: Dimension, from: impl Into<String>, to: impl Into<String>) -> Self {
        Difference {
            dimension,
            from: from.into(),
            to: to.into(),
            note: String::new(),
            rendering: false,
            known: false,
        }
    }
    /// Whether two modalities lie so far apart that more than wording separates them: weighed against done.
    pub fn is_wide(&self) -> bool {
        let rung = |word: &str| Modality::ALL.iter().find(|m| m.word() == word).and_then(|m| stage(*m));
        rung(&self.from).zip(rung(&self.to)).is_some_and(|(a, b)| a.abs_diff(b) >= 2)
    }
}

/// Everything on which the second mention differs from the first.
pub fn differences(from: Said, to: Said, knowledge: &Knowledge) -> Vec<Difference> {
    let mut found = Vec::new();
    // One sentence on two pages says one thing, however each was read.
    if is_one_sentence(from.claim.evidence.quote(), to.claim.evidence.quote()) {
        return found;
    }
    figures::quantity(from, to, knowledge, &mut found);
    found.extend(modality::difference(from, to));
    found.extend(polarity::polarity(from, to));
    found.extend(exclusivity::exclusivity(from, to));
    found.extend(exclusivity::change(from.claim, to.claim));
    found.extend(time::time(from, to, knowledge));
    found.extend(entity::entity(from, to, knowledge));
    found.extend(scope::scope(from, to, knowledge));
    found.extend(attribution::attribution(from, to, knowledge));
    found
}

/// Whether two sentences have the same words: the point of a figure is one of them, for 2.6 is not 26.
fn is_one_sentence(a: &str, b: &str) -> bool {
    let points = |s: &str| s.as_bytes().windows(3).filter(|w| is_point(w)).count();
    folded(a) == folded(b) && points(a) == points(b)
}

/// Whether the middle one of three bytes is the point of a figure.
fn is_point(three: &[u8]) -> bool {
    matches!(three, [before, b'.', behind] if before.is_ascii_digit() && behind.is_ascii_digit())
}

/// Whether two claims give one figure that tells something: an amount, a share, a count of some size.
pub fn same_figure(a: Said, b: Said, knowledge: &Knowledge) -> bool {
    let (Some(p), Some(q)) = (&a.claim.quantity, &b.claim.quantity) else { return false };
    let related = relate(p, a.seen.day, q, b.seen.day, knowledge);
    is_telling(p) && is_telling(q) && matches!(related, Relation::Same | Relation::Rendered(_))
}

/// Whether two sentences of one language plainly say one thing: most of their words are the same, and the figure of either, or
/// neither has one.
pub fn are_one_wording(a: Said, b: Said, knowledge: &Knowledge) -> bool {
    let figures = match (&a.claim.quantity, &b.claim.quantity) {
        (Some(p), Some(q)) => {
            matches!(relate(p, a.seen.day, q, b.seen.day, knowledge), Relation::Same | Relation::Rendered(_))
        }
        (p, q) => p.is_none() && q.is_none(),
    };
    let frames = a.claim.frame == b.claim.frame || kin(a.claim.frame, b.claim.frame);
    frames && figures && are_alike(a, b)
}

/// Whether the words of two claims give one such figure, whichever is their own.
fn shares_figure(a: Said, b: Said, knowledge: &Knowledge) -> bool {
    let one = |p: &Quantity, q: &Quantity| {
        is_telling(p) && relate(p, a.seen.day, q, b.seen.day, knowledge) == Relation::Same
    };
    a.figures().iter().any(|p| b.figures().iter().any(|q| one(p, q)))
}

/// Whether most of the words of two claims are the same.
fn are_alike(a: Said, b: Said) -> bool {
    const MOST: f64 = 0.5;
    a.seen.tongue() == b.seen.tongue() && likeness(a, b) >= MOST
}

/// How like one another the words of two claims of one language are, 0..=1.
pub fn likeness(a: Said, b: Said) -> f64 {
    a.wording().zip(b.wording()).map_or(0.0, |(p, q)| pieces::likeness(&p.pieces, &q.pieces))
}

/// The same of an amount or a count: shares and rates are alike by chance.
pub fn same_sum(a: Said, b: Said, knowledge: &Knowledge) -> bool {
    let share = a.claim.quantity.as_ref().is_some_and(|q| q.kind == QuantityKind::Percent);
    !share && same_figure(a, b, knowledge)
}

/// Whether a claim is the denial of what it says.
pub fn denies(claim: &Claim) -> bool {
    claim.modality == Modality::Denied
}

/// Whether a page only takes up what the press says, to answer it: "some media report that …". It asserts nothing of it.
pub fn is_taken_up(said: Said) -> bool {
    let voices = &said.claim.attribution;
    let press = |a: &Attribution| a.source.kind == VoiceKind::Outlet;
    let answered = said.seen.class == SourceClass::Official && !voices.is_empty() && voices.iter().all(press);
    let replied = said.claim.frame != Frame::Position
        && said.claim.evidence.part() == Part::Text
        && words::has_any(&units::simplified(said.claim.evidence.quote()), &words::lists().sources.taking_up);
    (answered || replied) && !refutes(said)
}

/// Authorities that a denial is laid to: what they deny is their own act.
pub fn denying<'a>(said: Said<'a>) -> impl Iterator<Item = &'a EntityId> {
    let official = |a: &&Attribution| a.source.kind == VoiceKind::Official;
    let voices = said.claim.attribution.iter().filter(official).filter_map(|a| a.source.entity.as_ref());
    voices.filter(move |_| refutes(said))
}

/// Whether a claim denies in so many words, or by an authority's plain "has not" on its own page.
pub fn refutes(said: Said) -> bool {
    let claim = said.claim;
    let negated = claim.polarity == Polarity::Negated && claim.change.is_none() && !negates_figure(&[claim]);
    denies(claim) || (negated && said.seen.class == SourceClass::Official)
}

/// Whether a negation belongs to a figure: "not less than" negates nothing else.
pub fn negates_figure(claims: &[&Claim]) -> bool {
    /// Bytes before a figure in which its own words may begin.
    const BEFORE: usize = 16;
    let of_figure = |claim: &Claim, q: &Quantity| {
        let (quote, figure) = (claim.evidence.quote(), q.evidence.quote());
        // A figure that is not found in the words may be bounded by any of them.
        let Some(at) = quote.find(figure) else { return true };
        let from = quote.floor_char_boundary(at.saturating_sub(BEFORE));
        words::has_any(&words::spaced(&quote[from..at + figure.len()]), &words::lists().wording.negations)
    };
    let bounded = |c: &Claim, q: &Quantity| !matches!(bound(q.comparator), 0 | 3) && of_figure(c, q);
    claims
        .iter()
        .any(|c| c.polarity == Polarity::Negated && c.quantity.as_ref().is_some_and(|q| bounded(c, q)))
}

/// How many entities two claims share, whatever their roles.
pub fn shared_ids(a: &Claim, b: &Claim) -> usize {
    let own: BTreeSet<&EntityId> = a.fillers.iter().filter_map(|f| f.id.as_ref()).collect();
    own.into_iter().filter(|id| b.fillers.iter().any(|f| f.id.as_ref() == Some(*id))).count()
}
