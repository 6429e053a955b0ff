//! Sentences that the analysis made no claim of, read by the claims of what they derive from or what derives from them.
//!
//! A sentence alone may be put in words that no rule knows; beside its source, or beside a retelling, it is plain what it
//! says. What it shares with the other's claim is taken over, what it says itself (figure, voices, how far it has come)
//! is its own.

use crate::claims::compare::{self, Said};
use crate::claims::groups;
use crate::claims::sameness::{self, Tie};
use crate::memory::seen::Seen;
use crate::memory::window::Window;
use crate::reading::asserted::{self, ids};
use crate::reading::figures::{self, Relation};
use crate::reading::steps::Steps;
use crate::reading::unread::Unread;
use crate::text::glossary::Concept;
use crate::text::{pieces, units, words};
use headwater_model::claim::{Exclusivity, Filler, Modality, Role};
use headwater_model::mention::{EntityKind, Quantity};
use headwater_model::source::SourceClass;
use headwater_model::time::{days_between, first_day};
use headwater_model::tracking::{DerivationKind, Edge};
use headwater_model::{Claim, EntityId, Evidence, Knowledge, NodeId, Part};
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeSet;

/// What the same figure, a party, a term and the same words say for a sentence telling a claim, and how much must be said.
const FIGURE: usize = 3;
const PARTY: usize = 2;
const TERM: usize = 1;
const WORDS: usize = 3;
const LEAST: usize = 5;
/// What it says that a sentence with the figure names the source whose lead gives it.
const LEAD: usize = 2;
/// How much must be said where the sentence does not name the other as its source.
const PLAINLY: usize = 6;
/// Claims of another capture by which sentences are read.
const ASKED_OF: usize = 24;
/// Share of the shorter one's words that makes two sentences of one language alike.
const ALIKE: f64 = 0.4;

/// Share of a sentence's words that its source must have for it to be a copy.
const COPIED: f64 = 0.8;
/// What a rule is called by which a sentence was read by its source.
const RULE: &str = "source ";

/// A claim that a sentence turned out to make.
pub struct Read {
    /// The claim.
    pub claim: Claim,
    /// Terms of the glossary in its words, sorted.
    pub concepts: Vec<Concept>,
    /// Figures and days in its words, by hash, sorted.
    pub details: Vec<u32>,
    /// Figures in its words.
    pub figures: Vec<Quantity>,
}

/// Reads a capture's sentences by the claims of others.
pub struct Reader<'a> {
    /// The capture.
    pub seen: &'a Seen,
    /// Other captures.
    pub window: &'a Window,
    /// The knowledge.
    pub knowledge: &'a Knowledge,
}

impl<'a> Reader<'a> {
    /// The claims that a retelling makes in sentences of which none was made yet: those that name a source, that copy it, or
    /// that plainly tell one of its claims.
    pub fn by_sources(&self) -> Vec<Read> {
        let mut found: Vec<Read> = Vec::new();
        // What an authority repeats of others it need not assert: "some media say that …".
        if self.seen.class == SourceClass::Official {
            return found;
        }
        for edge in &self.seen.edges {
            let sources = self.sources(edge);
            if edge.kind == DerivationKind::Citation {
                let naming = self.naming(edge);
                let told = |unread: &Unread| sources.iter().find_map(|source| self.read(unread, source));
                let mut left = naming.into_iter().filter(|unread| !is_read(unread, &found));
                let claim = left.find_map(told);
                found.extend(claim);
            } else if edge.kind <= DerivationKind::Excerpt {
                for source in &sources {
                    self.copied(source, &mut found);
                }
            }
            if let NodeId::Capture(_) = &edge.to {
                for source in sources {
                    self.counterparts(source, &mut found);
                }
            }
        }
        found
    }

    /// The claims that a source makes in sentences of which none was made yet, as one retelling tells them.
    pub fn by_retelling(&self, retelling: &Seen) -> Vec<Read> {
        let mut found = Vec::new();
        self.counterparts(retelling, &mut found);
        found
    }

    /// Claims of another capture that this one does not make, as a sentence of it plainly tells them.
    fn counterparts(&self, other: &Seen, found: &mut Vec<Read>) {
        let unread = &self.seen.unread;
        if unread.iter().all(|unread| is_read(unread, found)) {
            return;
        }
        let own: Vec<Said> = Said::all(self.seen).filter(in_text).collect();
        let theirs = Said::all(other).zip(&other.concepts).take(ASKED_OF);
        for (said, concepts) in theirs {
            let claim = said.claim;
            let made = |own: &Said| {
                own.claim.frame == claim.frame
                    && sameness::odds(said, *own, Tie::Derived, self.knowledge)
                        .is_some_and(|odds| odds >= groups::DERIVED)
            };
            if !in_text(&said) || own.iter().any(made) {
                continue;
            }
            let left = unread.iter().filter(|unread| !is_read(unread, found) && may_tell(unread, said));
            let scored = left.map(|unread| {
                let terms = TERM * units::shared(&unread.concepts, concepts);
                (self.agreement(unread, other, claim) + terms, unread)
            });
            let best = scored.rev().max_by_key(|(score, _)| *score).filter(|(score, _)| *score >= PLAINLY);
            found.extend(best.map(|(_, unread)| self.as_told(unread, other, claim)));
        }
    }

    /// The captures that tell what is derived: the source, or who else retells it where it is not captured.
    fn sources(&self, edge: &Edge) -> Vec<&'a Seen> {
        /// Retellings of one uncaptured report that are asked, the latest.
        const ASKED: usize = 12;
        match &edge.to {
            node @ NodeId::Capture(_) => self.window.captured(node).into_iter().collect(),
            NodeId::Unseen(_) => {
                let others = self.window.sharing_unseen(&edge.to, ASKED).into_iter();
                others.filter(|seq| *seq != self.seen.seq).filter_map(|seq| self.window.get(seq)).collect()
            }
        }
    }

    /// What a copied text tells that was itself read by another's claim.
    fn copied(&self, source: &Seen, found: &mut Vec<Read>) {
        for said in Said::all(source).filter(|said| said.claim.rule.starts_with(RULE)) {
            let claim = said.claim;
            let words = pieces::pieces(claim.evidence.quote());
            let alike = |unread: &Unread| {
                let own = pieces::pieces(unread.sentence.quote());
                own.intersection(&words).count() as f64 >= COPIED * own.len().max(1) as f64
            };
            let same = |unread: &Unread| alike(unread) && may_tell(unread, said);
            let copy = self.seen.unread.iter().find(|unread| same(unread) && !is_read(unread, found));
            found.extend(copy.map(|unread| self.as_told(unread, source, claim)));
        }
    }

    /// The unread sentences that name the source of a derivation.
    fn naming(&self, edge: &Edge) -> Vec<&'a Unread> {
        let cited = edge.reasons.iter().flat_map(|reason| &reason.cited);
        let own = cited.filter(|cited| cited.capture == self.seen.capture);
        let around = |evidence: &Evidence| self.seen.unread.iter().find(|u| u.sentence.overlaps(evidence));
        own.filter_map(|cited| around(&cited.evidence)).collect()
    }

    /// What a sentence says, if it tells a claim of its source.
    fn read(&self, unread: &Unread, source: &Seen) -> Option<Read> {
        let claims: Vec<(Said, &Vec<Concept>)> = Said::all(source).zip(&source.concepts).collect();
        let asked = claims.into_iter().filter(|(said, _)| may_tell(unread, *said));
        let scored =
            asked.map(|(said, concepts)| (self.named(unread, source, said.claim, concepts), said.claim));
        let best = scored.rev().max_by_key(|(score, _)| *score);
        best.filter(|(score, _)| *score >= LEAST).map(|(_, claim)| self.as_told(unread, source, claim))
    }

    /// What speaks for a sentence that names a source telling a claim of it: the lead above all.
    fn named(&self, unread: &Unread, source: &Seen, claim: &Claim, concepts: &[Concept]) -> usize {
        let shared = units::shared(&unread.concepts, concepts);
        let score = self.agreement(unread, source, claim) + TERM * shared;
        let figure = claim.quantity.as_ref().filter(|q| asserted::leads(claim) && figures::is_telling(q));
        match figure {
            Some(figure) if self.tells_figure(unread, source, figure) => score + LEAD,
            // Another figure of the same things: "15,000 tonnes of cobalt", of a lead with 12,000.
            Some(figure) if shared > 1 && self.figure(unread, source, figure, false).is_some() => {
                score.max(LEAST)
            }
            _ => score,
        }
    }

    /// What figure, parties and words say for a sentence telling a claim.
    fn agreement(&self, unread: &Unread, source: &Seen, claim: &Claim) -> usize {
        let place = |id: &EntityId| self.knowledge.is(id, EntityKind::Place);
        let named: BTreeSet<&EntityId> = claim.fillers.iter().filter_map(|f| f.id.as_ref()).collect();
        let parties = unread.entities.iter().filter(|(id, _)| named.contains(id) && !place(id)).count();
        let figure = claim.quantity.as_ref().is_some_and(|figure| self.tells_figure(unread, source, figure));
        let alike = self.seen.tongue() == source.tongue() && {
            let (p, q) = (pieces::pieces(unread.sentence.quote()), pieces::pieces(claim.evidence.quote()));
            p.intersection(&q).count() as f64 >= ALIKE * p.len().min(q.len()).max(1) as f64
        };
        let tied = figure || parties > 0 || alike;
        let score = FIGURE * usize::from(figure) + PARTY * parties + WORDS * usize::from(alike);
        if tied { score } else { 0 }
    }

    /// Whether a sentence tells a figure of the source, be it without what is counted: "offered to buy 300".
    fn tells_figure(&self, unread: &Unread, source: &Seen, figure: &Quantity) -> bool {
        /// Numbers below are in every text, and years are no figures.
        const LEAST: u64 = 20;
        const YEARS: std::ops::Range<u64> = 1900..2100;
        let number = figure.low.or(figure.high).and_then(|n| n.to_u64().filter(|whole| n == (*whole).into()));
        let bare = number.filter(|n| *n >= LEAST && !YEARS.contains(n)).is_some_and(|n| {
            let quote = unread.sentence.quote().replace(',', "");
            // Not the number of a product: H20.
            let mut numbers =
                quote.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '%' || c == '-'));
            let counts_another = unread.quantities.iter().any(|q| {
                q.low == Some(n.into())
                    && figures::relate(figure, source.day, q, self.seen.day, self.knowledge)
                        == Relation::Incomparable
            });
            !counts_another && numbers.any(|word| word.trim_end_matches('.') == n.to_string())
        });
        self.figure(unread, source, figure, true).is_some() || bare && figures::is_telling(figure)
    }

    /// The figure of a sentence that is one of the source's, or, where it need not be the same, stands in its place.
    fn figure<'u>(
        &self,
        unread: &'u Unread,
        source: &Seen,
        figure: &Quantity,
        same: bool,
    ) -> Option<&'u Quantity> {
        let related =
            |q: &&Quantity| match figures::relate(figure, source.day, q, self.seen.day, self.knowledge) {
                Relation::Same | Relation::Rendered(_) => figures::is_telling(q) || !same,
                Relation::Different => !same,
                Relation::Incomparable => false,
            };
        unread.quantities.iter().find(related)
    }

    /// A claim of another capture as a sentence tells it.
    fn as_told(&self, unread: &Unread, source: &Seen, claim: &Claim) -> Read {
        let filler = |role: Role| {
            let here = unread.entities.iter().filter(move |(id, _)| ids(claim, role).contains(id));
            here.map(move |(id, evidence)| Filler { role, id: Some(id.clone()), evidence: evidence.clone() })
        };
        let mut roles: Vec<Role> = claim.fillers.iter().map(|f| f.role).collect();
        roles.sort_unstable();
        roles.dedup();
        let fillers = roles.into_iter().flat_map(filler).collect();
        let figure = |same| self.figure(unread, source, claim.quantity.as_ref()?, same).cloned();
        let of_act = |value: &str| {
            first_day(value).is_some_and(|day| value.len() < 10 || days_between(day, self.seen.day) > 7)
        };
        let claim = Claim {
            frame: claim.frame,
            change: claim.change,
            fillers,
            quantity: figure(true).or_else(|| figure(false)),
            modality: step(unread.sentence.quote()).unwrap_or(claim.modality),
            polarity: claim.polarity,
            exclusivity: Exclusivity::Unspecified,
            time: unread.dates.iter().find(|d| of_act(&d.value)).cloned(),
            attribution: unread.attributions.clone(),
            measure: None,
            rule: format!("{RULE}{}", claim.rule.trim_start_matches(RULE)),
            evidence: unread.sentence.clone(),
        };
        Read {
            claim,
            concepts: unread.concepts.clone(),
            details: unread.details.clone(),
            figures: unread.quantities.clone(),
        }
    }
}

/// Whether a sentence was read already.
fn is_read(unread: &Unread, found: &[Read]) -> bool {
    found.iter().any(|read| unread.sentence.overlaps(&read.claim.evidence))
}

/// Whether a sentence may tell a claim as far as its "not" goes: what a source denies or negates is not what a sentence
/// without one says, nor the other way round.
fn may_tell(unread: &Unread, said: Said) -> bool {
    let negative = is_negative(unread.sentence.quote());
    negative == is_negative(said.claim.evidence.quote()) && (!compare::refutes(said) || negative)
}

fn in_text(said: &Said) -> bool {
    said.claim.evidence.part() == Part::Text
}

fn is_negative(words: &str) -> bool {
    words::has_any(&words::spaced(words), &words::lists().wording.negations)
}

/// How far something has come by the words of a sentence, where they say it.
fn step(sentence: &str) -> Option<Modality> {
    let steps = Steps::of(sentence);
    match () {
        () if steps.weighed => Some(Modality::Considering),
        () if steps.in_effect || steps.opens_done => Some(Modality::InForce),
        () if steps.drafted => Some(Modality::Drafting),
        () if steps.planned => Some(Modality::Announced),
        () if steps.coming => Some(Modality::Expected),
        () if steps.finished => Some(Modality::InForce),
        () => None,
    }
}
