//! Sentences that the analysis made no claim of, which those of others may tell how to read.

use crate::reading;
use crate::reading::reference::Reference;
use crate::text::glossary::{Concept, Glossary};
use crate::text::passage;
use headwater_model::mention::{Attribution, Quantity};
use headwater_model::time::DateMention;
use headwater_model::{Analysis, Claim, EntityId, Evidence, Part, Text};
use serde::{Deserialize, Serialize};

/// Sentences at the beginning of a text that are read by the claims of others, and sentences that name a source.
const MOST: usize = 12;

/// A sentence that the analysis made no claim of, and what stands in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unread {
    pub sentence: Evidence,
    /// The entities that it names, each once.
    pub entities: Vec<(EntityId, Evidence)>,
    pub quantities: Vec<Quantity>,
    pub dates: Vec<DateMention>,
    pub attributions: Vec<Attribution>,
    pub concepts: Vec<Concept>,
    pub details: Vec<u32>,
}

impl Unread {
    /// The unread sentences at the beginning of a text, and those around the names of its sources.
    pub fn of(
        (whole, references, claims): (&Text, &[Reference], &[Claim]),
        analysis: &Analysis,
        glossary: &Glossary,
    ) -> Vec<Unread> {
        let text = whole.as_str();
        let around = |evidence: &Evidence| {
            let bytes = whole.bytes(evidence.span());
            let start = passage::sentence_start(text, bytes.start);
            passage::cut(whole, start..passage::sentence_end(text, bytes.end.saturating_sub(1)).max(start))
        };
        let in_text = references.iter().map(|r| &r.evidence).filter(|e| e.part() == Part::Text);
        let mut found: Vec<Evidence> = first_sentences(whole).collect();
        for sentence in in_text.take(MOST).filter_map(around) {
            if !found.iter().any(|known| known.overlaps(&sentence)) {
                found.push(sentence);
            }
        }
        let asks = |sentence: &Evidence| sentence.quote().contains(['?', '？']);
        let told = |sentence: &Evidence| claims.iter().any(|claim| sentence.overlaps(&claim.evidence));
        found.retain(|sentence| !asks(sentence) && !told(sentence));
        let details = reading::details(analysis, &found);
        let all = found.into_iter().zip(details);
        all.map(|(sentence, details)| Self::new(sentence, details, analysis, glossary)).collect()
    }

    /// Whether this is the sentence that a claim was read from.
    pub fn is(&self, claim: &Claim) -> bool {
        self.sentence == claim.evidence
    }

    fn new(sentence: Evidence, details: Vec<u32>, analysis: &Analysis, glossary: &Glossary) -> Self {
        let mut entities: Vec<(EntityId, Evidence)> = Vec::new();
        for mention in analysis.entities.iter().filter(|e| sentence.overlaps(&e.evidence)) {
            if let Some(id) = mention.id.as_ref().filter(|id| !entities.iter().any(|(known, _)| known == *id))
            {
                entities.push((id.clone(), mention.evidence.clone()));
            }
        }
        Unread {
            entities,
            quantities: within(&sentence, &analysis.quantities, |q| &q.evidence),
            dates: within(&sentence, &analysis.dates, |d| &d.evidence),
            attributions: within(&sentence, &analysis.attributions, |a| &a.evidence),
            concepts: glossary.distinct(sentence.quote()),
            details,
            sentence,
        }
    }
}

fn within<T: Clone>(sentence: &Evidence, all: &[T], evidence: impl Fn(&T) -> &Evidence) -> Vec<T> {
    all.iter().filter(|one| sentence.overlaps(evidence(one))).cloned().collect()
}

/// The sentences at the beginning of a text.
fn first_sentences(whole: &Text) -> impl Iterator<Item = Evidence> {
    let text = whole.as_str();
    let mut at = 0;
    let next = move || {
        let from = at;
        at = passage::sentence_end(text, from).max(from + 1);
        (from < text.len()).then(|| from..at.min(text.len()))
    };
    std::iter::from_fn(next).take(2 * MOST).filter_map(|range| passage::cut(whole, range)).take(MOST)
}
