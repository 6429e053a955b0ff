//! Sentences of a retelling that the analysis made no claim of, read by the claim of the source that they name.
//!
//! A sentence alone may be put in words that no rule knows; beside its source it is plain what it says. What it shares
//! with a claim of the source is taken over, what it says itself (figure, voices, how far it has come) is its own.

use crate::claims::compare::{self, Relation, ids};
use crate::claims::modality::Steps;
use crate::claims::wording;
use crate::memory::seen::Seen;
use crate::memory::window::Window;
use crate::text::glossary::Glossary;
use crate::text::passage;
use crate::text::units;
use headwater_model::claim::{Exclusivity, Filler, Modality, Role};
use headwater_model::mention::Quantity;
use headwater_model::source::SourceClass;
use headwater_model::time::{days_between, first_day};
use headwater_model::tracking::{DerivationKind, Edge};
use headwater_model::{Analysis, Claim, EntityId, Evidence, Knowledge, NodeId, Part};
use std::collections::BTreeSet;

/// What the same figure, a party, a term and the same words say for a sentence telling a claim, and how much must be said.
const FIGURE: usize = 3;
const PARTY: usize = 2;
const TERM: usize = 1;
const WORDS: usize = 3;
const LEAST: usize = 5;
/// Share of the shorter one's words that makes two sentences of one language alike.
const ALIKE: f64 = 0.4;

/// Share of a sentence's words that its source must have for it to be a copy.
const COPIED: f64 = 0.8;
/// What a rule is called by which a sentence was read by its source.
const RULE: &str = "source ";

/// What is needed to read a sentence by its source.
pub struct Reader<'a> {
    /// The retelling.
    pub seen: &'a Seen,
    /// What was found in it.
    pub analysis: &'a Analysis,
    /// Other captures.
    pub window: &'a Window,
    /// The knowledge.
    pub knowledge: &'a Knowledge,
    /// Its terms.
    pub glossary: &'a Glossary,
}

impl Reader<'_> {
    /// The claims that are made by sentences which name a captured source and of which none was made yet.
    pub fn claims(&self) -> Vec<Claim> {
        let mut found: Vec<Claim> = Vec::new();
        // What an authority repeats of others it need not assert: "some media say that …".
        if self.seen.class == SourceClass::Official {
            return found;
        }
        for edge in &self.seen.edges {
            let sources = self.sources(edge);
            if edge.kind == DerivationKind::Citation {
                let sentences = self.naming(edge);
                let told = |sentence: &Evidence| {
                    sources.iter().find_map(|source| self.read(sentence.clone(), source))
                };
                let mut unread = sentences.iter().filter(|sentence| !self.is_read(sentence, &found));
                let claim = unread.find_map(told);
                found.extend(claim);
            } else if edge.kind <= DerivationKind::Excerpt {
                let copied: Vec<Claim> =
                    sources.iter().flat_map(|source| self.copied(source, &found)).collect();
                found.extend(copied);
            }
        }
        found
    }

    /// The captures that tell what is derived: the source, or who else retells it where it is not captured.
    fn sources(&self, edge: &Edge) -> Vec<&Seen> {
        /// Retellings of one uncaptured report that are asked, the latest.
        const ASKED: usize = 12;
        match &edge.to {
            NodeId::Capture(capture) => self.window.find(capture).into_iter().collect(),
            NodeId::Unseen(_) => {
                let others = self.window.sharing_unseen(&edge.to).into_iter().rev().take(ASKED);
                others.filter(|seq| *seq != self.seen.seq).filter_map(|seq| self.window.get(seq)).collect()
            }
        }
    }

    /// What a copied text tells that was itself read by its source.
    fn copied(&self, source: &Seen, found: &[Claim]) -> Vec<Claim> {
        let read = source.claims.iter().filter(|claim| claim.rule.starts_with(RULE));
        let told = read.filter_map(|claim| {
            let words = wording::pieces(claim.evidence.quote());
            let alike = |sentence: &Evidence| {
                let own = wording::pieces(sentence.quote());
                own.intersection(&words).count() as f64 >= COPIED * own.len().max(1) as f64
            };
            let sentence = self.sentences().find(|s| alike(s) && !self.is_read(s, found))?;
            Some(self.as_told(sentence, source, claim))
        });
        told.collect()
    }

    /// The sentences at the beginning of the text.
    fn sentences(&self) -> impl Iterator<Item = Evidence> {
        const MOST: usize = 12;
        let text = &self.seen.text;
        let mut at = 0;
        let next = move || {
            let from = at;
            at = passage::sentence_end(text.as_str(), from).max(from + 1);
            (from < text.as_str().len()).then(|| from..at.min(text.as_str().len()))
        };
        std::iter::from_fn(next).take(2 * MOST).filter_map(|range| self.seen.cut(range)).take(MOST)
    }

    /// The sentences of the text that name the source of a derivation.
    fn naming(&self, edge: &Edge) -> Vec<Evidence> {
        let text = &self.seen.text;
        let own = edge
            .reasons
            .iter()
            .flat_map(|reason| &reason.cited)
            .filter(|cited| cited.capture == self.seen.capture && cited.evidence.part() == Part::Text);
        let sentence = |evidence: &Evidence| {
            let bytes = text.bytes(evidence.span());
            let start = passage::sentence_start(text.as_str(), bytes.start);
            let end = passage::sentence_end(text.as_str(), bytes.end.saturating_sub(1)).max(start);
            self.seen.cut(start..end)
        };
        own.filter_map(|cited| sentence(&cited.evidence)).collect()
    }

    /// Whether a claim stands in a sentence, or none does because it asks.
    fn is_read(&self, sentence: &Evidence, found: &[Claim]) -> bool {
        let question = sentence.quote().contains(['?', '？']);
        question || self.seen.claims.iter().chain(found).any(|claim| holds(sentence, &claim.evidence))
    }

    /// What a sentence says, if it tells a claim of its source.
    fn read(&self, sentence: Evidence, source: &Seen) -> Option<Claim> {
        let terms = self.glossary.distinct(sentence.quote());
        let claims = source.claims.iter().zip(&source.concepts);
        let asked = claims.filter(|(claim, _)| claim.evidence.part() == Part::Text);
        let scored = asked.map(|(claim, concepts)| {
            (self.agreement(&sentence, source, claim) + TERM * units::shared(&terms, concepts), claim)
        });
        let best = scored.rev().max_by_key(|(score, _)| *score);
        best.filter(|(score, _)| *score >= LEAST).map(|(_, claim)| self.as_told(sentence, source, claim))
    }

    /// What figure, parties and words say for a sentence telling a claim.
    fn agreement(&self, sentence: &Evidence, source: &Seen, claim: &Claim) -> usize {
        let place = |id: &EntityId| compare::is_place(id, self.knowledge);
        let named: BTreeSet<&EntityId> = claim.fillers.iter().filter_map(|f| f.id.as_ref()).collect();
        let parties =
            self.entities(sentence).iter().filter(|(id, _)| named.contains(id) && !place(id)).count();
        let figure = claim.quantity.as_ref().and_then(|figure| self.figure(sentence, source, figure, true));
        let alike = self.seen.tongue() == source.tongue() && {
            let (p, q) = (wording::pieces(sentence.quote()), wording::pieces(claim.evidence.quote()));
            p.intersection(&q).count() as f64 >= ALIKE * p.len().min(q.len()).max(1) as f64
        };
        let tied = figure.is_some() || parties > 0 || alike;
        let score = FIGURE * usize::from(figure.is_some()) + PARTY * parties + WORDS * usize::from(alike);
        if tied { score } else { 0 }
    }

    /// The entities that a sentence names, each once.
    fn entities(&self, sentence: &Evidence) -> Vec<(&EntityId, &Evidence)> {
        let mut found: Vec<(&EntityId, &Evidence)> = Vec::new();
        for mention in self.analysis.entities.iter().filter(|e| holds(sentence, &e.evidence)) {
            if let Some(id) = mention.id.as_ref().filter(|id| !found.iter().any(|(known, _)| known == id)) {
                found.push((id, &mention.evidence));
            }
        }
        found
    }

    /// The figure of a sentence that is one of the source's, or, where it need not be the same, stands in its place.
    fn figure(&self, sentence: &Evidence, source: &Seen, figure: &Quantity, same: bool) -> Option<&Quantity> {
        let related =
            |q: &&Quantity| match compare::relate(figure, source.day, q, self.seen.day, self.knowledge) {
                Relation::Same | Relation::Rendered(_) => compare::is_telling(q) || !same,
                Relation::Different => !same,
                Relation::Incomparable => false,
            };
        self.analysis.quantities.iter().filter(|q| holds(sentence, &q.evidence)).find(related)
    }

    /// A claim of the source as a sentence tells it.
    fn as_told(&self, sentence: Evidence, source: &Seen, claim: &Claim) -> Claim {
        let entities = self.entities(&sentence);
        let filler = |role: Role| {
            let here = entities.iter().filter(move |(id, _)| ids(claim, role).contains(id));
            here.map(move |(id, evidence)| Filler {
                role,
                id: Some((*id).clone()),
                evidence: (*evidence).clone(),
            })
        };
        let mut roles: Vec<Role> = claim.fillers.iter().map(|f| f.role).collect();
        roles.dedup();
        let fillers = roles.into_iter().flat_map(filler).collect();
        let figure = |same| self.figure(&sentence, source, claim.quantity.as_ref()?, same).cloned();
        let of_act = |value: &str| {
            first_day(value).is_some_and(|day| value.len() < 10 || days_between(day, self.seen.day) > 7)
        };
        let dates = self.analysis.dates.iter().filter(|d| holds(&sentence, &d.evidence));
        let voices = self.analysis.attributions.iter().filter(|a| holds(&sentence, &a.evidence));
        Claim {
            frame: claim.frame,
            change: claim.change,
            fillers,
            quantity: figure(true).or_else(|| figure(false)),
            modality: step(sentence.quote()).unwrap_or(claim.modality),
            polarity: claim.polarity,
            exclusivity: Exclusivity::Unspecified,
            time: dates.into_iter().find(|d| of_act(&d.value)).cloned(),
            attribution: voices.cloned().collect(),
            measure: None,
            rule: format!("{RULE}{}", claim.rule.trim_start_matches(RULE)),
            evidence: sentence,
        }
    }
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

/// Whether words stand in a sentence.
fn holds(sentence: &Evidence, words: &Evidence) -> bool {
    sentence.part() == words.part() && sentence.span().overlaps(words.span())
}
