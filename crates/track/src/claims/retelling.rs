//! Whether a claim that an article lays to a source is one that a captured report makes: what ties a
//! citation to a report where two languages, or a column and a news item, share few words.

use crate::claims::compare::{self, Said};
use crate::memory::seen::Seen;
use crate::reading::asserted::{ACTED_UPON, ids, kin, leads};
use crate::reading::figures::{self, Relation};
use crate::reading::reference::Reference;
use crate::text::units;
use headwater_model::claim::{Polarity, Role};
use headwater_model::mention::EntityKind;
use headwater_model::{Claim, EntityId, Knowledge};
use std::collections::BTreeSet;

/// What the same figure, the same party and the same term say for two claims being one.
const FIGURE: usize = 2;
const PARTY: usize = 2;
const TERM: usize = 1;
/// How much must be said for it.
const LEAST: usize = 3;

/// A source that an article names, with the claims that are laid to it.
pub struct Laid<'a> {
    this: &'a Seen,
    /// How it is named.
    pub reference: &'a Reference,
    claims: Vec<usize>,
}

impl<'a> Laid<'a> {
    /// What an article lays to one of its sources.
    pub fn new(this: &'a Seen, reference: &'a Reference) -> Self {
        let claims = (0..this.claims.len()).filter(|at| is_laid_to(&this.claims[*at], reference)).collect();
        Laid { this, reference, claims }
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }

    /// Whether a report asserts some of it.
    pub fn is_told_by(&self, report: &Seen, knowledge: &Knowledge) -> bool {
        (0..report.claims.len()).any(|at| self.is_told_in(report, at, knowledge))
    }

    fn is_told_in(&self, report: &Seen, at: usize, knowledge: &Knowledge) -> bool {
        self.claims.iter().any(|own| agreement((self.this, *own), (report, at), knowledge) >= LEAST)
    }

    /// Whether every figure of it is another than those of a report's claims of the same.
    pub fn differs_in_figure(&self, report: &Seen, knowledge: &Knowledge) -> bool {
        let laid =
            self.claims.iter().map(|at| &self.this.claims[*at]).filter(|claim| claim.quantity.is_some());
        let pairs = laid.flat_map(|a| report.claims.iter().map(move |b| (a, b)));
        let related = pairs.filter_map(|(a, b)| {
            let (p, q) = (a.quantity.as_ref()?, b.quantity.as_ref()?);
            match figures::relate(p, self.this.day, q, report.day, knowledge) {
                Relation::Same | Relation::Rendered(_) => Some(true),
                Relation::Different => Some(false),
                Relation::Incomparable => None,
            }
        });
        let same: Vec<bool> = related.collect();
        !same.is_empty() && !same.contains(&true)
    }

    /// Whether what is laid to the source, or else the lead, is an act of other states than the one whose page a report stands on.
    pub fn is_of_other_state(&self, report: &Seen, knowledge: &Knowledge) -> bool {
        let claims = &self.this.claims;
        let laid = || self.claims.iter().map(|at| &claims[*at]);
        let is_told = laid().any(|claim| !acting(claim, knowledge).is_empty());
        if is_told {
            are_of_other_state(laid(), report, knowledge)
        } else {
            are_of_other_state(claims.iter().filter(|claim| leads(claim)), report, knowledge)
        }
    }

    /// Whether the article affirms what a report of the source denies: then it had it elsewhere.
    pub fn is_denied_by(&self, report: &Seen, knowledge: &Knowledge) -> bool {
        // Most reports deny nothing, which is cheap to ask.
        if self.is_empty() || !Said::all(report).any(compare::refutes) {
            return false;
        }
        // What the article itself tells with a "not" it has from there: "the licence does not cover crude oil".
        let affirmed = |at: &&usize| {
            let claim = &self.this.claims[**at];
            claim.polarity == Polarity::Affirmed && !compare::denies(claim)
        };
        let own: Vec<usize> = self.claims.iter().filter(affirmed).copied().collect();
        let affirmed = Laid { this: self.this, reference: self.reference, claims: own };
        let told =
            Said::all(report).enumerate().filter(|(at, _)| affirmed.is_told_in(report, *at, knowledge));
        let mut same = told.map(|(_, said)| said).filter(|said| !compare::is_taken_up(*said)).peekable();
        let this = self.this;
        same.peek().is_some()
            && same.all(compare::refutes)
            && !this.wording.speaks_of_denial(this.text.as_str())
    }
}

/// Whether claims are acts of other states than the one whose page a report stands on.
pub fn are_of_other_state<'a>(
    claims: impl Iterator<Item = &'a Claim>,
    report: &Seen,
    knowledge: &Knowledge,
) -> bool {
    let own = report.publisher.entity.as_ref().and_then(|id| knowledge.entity(id)?.country.as_deref());
    let mut states = claims.flat_map(|claim| acting(claim, knowledge)).peekable();
    own.is_some_and(|own| states.peek().is_some() && states.all(|state| state != own))
}

/// The states whose authorities act in a claim.
fn acting<'a>(claim: &Claim, knowledge: &'a Knowledge) -> Vec<&'a str> {
    let authorities = ids(claim, Role::Authority).into_iter();
    authorities.filter_map(|id| knowledge.entity(id)?.country.as_deref()).collect()
}

/// Whether a claim is laid to a source: by its attribution, or because its own words name it.
pub fn is_laid_to(claim: &Claim, reference: &Reference) -> bool {
    let voice = |a: &headwater_model::mention::Attribution| {
        (a.source.entity.is_some() && a.source.entity == reference.entity)
            || a.evidence == reference.evidence
            || crate::reading::publisher::bare(&a.source.text) == reference.key
    };
    claim.attribution.iter().any(voice) || names(claim, reference)
}

/// Whether the claim's own words name the source.
pub fn names(claim: &Claim, reference: &Reference) -> bool {
    (reference.node || reference.is_described()) && claim.evidence.overlaps(&reference.evidence)
}

fn agreement((a, i): (&Seen, usize), (b, j): (&Seen, usize), knowledge: &Knowledge) -> usize {
    let (x, y) = (&a.gists(knowledge)[i], &b.gists(knowledge)[j]);
    let figures = usize::from(x.figure.is_some() && x.figure == y.figure);
    let (p, q) = (a.claims[i].frame, b.claims[j].frame);
    if p != q && !kin(p, q) && figures == 0 {
        return 0;
    }
    let parties = x.parties.iter().filter(|id| y.parties.contains(id)).count();
    let terms = match (a.concepts.get(i), b.concepts.get(j)) {
        (Some(p), Some(q)) => units::shared(p, q),
        _ => 0,
    };
    FIGURE * figures + PARTY * parties + TERM * terms
}

/// Whether each of two claims names somebody upon whom it is done, and whom the other article does not name
/// at all.
pub fn name_others(a: (&Seen, &Claim), b: (&Seen, &Claim), knowledge: &Knowledge) -> bool {
    let places =
        |claim: &Claim| upon(claim, knowledge).into_iter().all(|id| knowledge.is(id, EntityKind::Place));
    // A country and a product say nothing against one another.
    places(a.1) == places(b.1) && is_strange(a, b.0, knowledge) && is_strange(b, a.0, knowledge)
}

fn is_strange((from, claim): (&Seen, &Claim), other: &Seen, knowledge: &Knowledge) -> bool {
    let upon = upon(claim, knowledge);
    let known = |id: &&EntityId| {
        other.entities.contains(*id) || other.entities.iter().any(|e| knowledge.are_related(id, e))
    };
    if !upon.is_empty() {
        return !upon.iter().any(known);
    }
    // A name that the knowledge lacks is looked for in the words of the same language.
    let fillers = claim.fillers.iter().filter(|f| ACTED_UPON.contains(&f.role) && f.id.is_none());
    let mut names = fillers.filter_map(|f| proper(f.evidence.quote())).peekable();
    from.tongue() == other.tongue()
        && names.peek().is_some()
        && names.all(|name| !other.text.as_str().contains(name) && !other.title.as_str().contains(name))
}

/// Those upon whom or which a claim says that it is done; a country only where it names nobody else.
fn upon<'a>(claim: &'a Claim, knowledge: &Knowledge) -> BTreeSet<&'a EntityId> {
    let all: BTreeSet<&EntityId> = ACTED_UPON.into_iter().flat_map(|role| ids(claim, role)).collect();
    let narrow: BTreeSet<&EntityId> =
        all.iter().copied().filter(|id| !knowledge.is(id, EntityKind::Place)).collect();
    if narrow.is_empty() { all } else { narrow }
}

/// The name in letters with capitals that words are, without what Chinese puts behind it: Orvane公司.
fn proper(words: &str) -> Option<&str> {
    let name = words.trim_end_matches(units::is_ideographic);
    let is_name = |name: &&str| {
        name.is_ascii() && name.split(' ').all(|word| word.starts_with(|c: char| c.is_uppercase()))
    };
    Some(name).filter(is_name)
}
