//! Terms that mean the same in every language, found in a text: `wafer` and 晶圆, `export curbs` and 出口管制.
//!
//! Names and figures tie two reports across languages; a short report has few of them. Terms come from the
//! knowledge folder and count like names, each as heavy as it is rare.

use crate::text::terms::{stem, text_hash};
use crate::text::units::{self, Unit};
use crate::text::words;
use headwater_model::Knowledge;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A term by hash of its key.
pub type Concept = u32;

/// Whether a term names an act, an instrument or somebody in general, and not what is dealt in.
pub fn is_act(concept: Concept) -> bool {
    static ACTS: LazyLock<BTreeSet<Concept>> =
        LazyLock::new(|| words::lists().texts.acts.iter().map(|key| concept_of(key)).collect());
    ACTS.contains(&concept)
}

/// Whether a term is of trade and technology policy.
pub fn is_trade(concept: Concept) -> bool {
    static TRADE: LazyLock<BTreeSet<Concept>> =
        LazyLock::new(|| words::lists().instruments.trade.iter().map(|key| concept_of(key)).collect());
    TRADE.contains(&concept)
}

fn concept_of(key: &str) -> Concept {
    (text_hash(key) >> 32) as Concept
}

/// A term where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub concept: Concept,
    /// First byte.
    pub start: u32,
}

/// The terms of the knowledge, by the first unit of each of their words.
#[derive(Debug, Default)]
pub struct Glossary {
    by_first: FxHashMap<u64, Vec<(Vec<u64>, Concept)>>,
}

impl Glossary {
    /// The knowledge's terms.
    pub fn new(knowledge: &Knowledge) -> Self {
        let mut glossary = Glossary::default();
        for (key, words) in &knowledge.terms {
            let concept = concept_of(key);
            for word in words {
                let keys: Vec<u64> = units::units(word).iter().map(|u| unit_key(word, u)).collect();
                let Some((first, rest)) = keys.split_first() else { continue };
                glossary.by_first.entry(*first).or_default().push((rest.to_vec(), concept));
            }
        }
        // The longest term that fits is the one that is meant.
        glossary
            .by_first
            .values_mut()
            .for_each(|terms| terms.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len())));
        glossary
    }

    /// The terms of a text in order, none inside another.
    pub fn find(&self, text: &str, units: &[Unit]) -> Vec<Found> {
        let keys: Vec<u64> = units.iter().map(|u| unit_key(text, u)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(first) = keys.get(at) {
            let fits = |(rest, _): &&(Vec<u64>, Concept)| keys[at + 1..].starts_with(rest);
            match self.by_first.get(first).into_iter().flatten().find(fits) {
                Some((rest, concept)) => {
                    found.push(Found { concept: *concept, start: units[at].start });
                    at += 1 + rest.len();
                }
                None => at += 1,
            }
        }
        found
    }

    /// The distinct terms of a quote, sorted; those inside longer ones, too: AI chips are chips.
    pub fn distinct(&self, quote: &str) -> Vec<Concept> {
        let keys: Vec<u64> = units::units(quote).iter().map(|u| unit_key(quote, u)).collect();
        let mut concepts: Vec<Concept> = Vec::new();
        for (at, first) in keys.iter().enumerate() {
            let terms = self.by_first.get(first).into_iter().flatten();
            let here = terms.filter(|(term, _)| keys[at + 1..].starts_with(term));
            concepts.extend(here.map(|(_, concept)| *concept));
        }
        concepts.sort_unstable();
        concepts.dedup();
        concepts
    }
}

/// A word without its ending; a Han character as it is.
fn unit_key(text: &str, unit: &Unit) -> u64 {
    let word = text.get(unit.start as usize..unit.end as usize).filter(|_| !unit.ideographic);
    word.and_then(stem).unwrap_or(unit.hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_in_either_language_the_longest_first() {
        let term =
            |key: &str, words: &[&str]| (key.to_owned(), words.iter().map(|w| w.to_string()).collect());
        let terms = [
            term("chip", &["chip", "芯片"]),
            term("ai-chip", &["AI chip", "AI芯片"]),
            term("export-control", &["export control", "出口管制"]),
        ];
        let knowledge = Knowledge { terms: terms.into_iter().collect(), ..Knowledge::default() };
        let glossary = Glossary::new(&knowledge);
        let concepts = |text: &str| -> Vec<Concept> {
            glossary.find(text, &units::units(text)).into_iter().map(|f| f.concept).collect()
        };
        assert_eq!(
            concepts("Export controls on AI chips, not all chips"),
            concepts("出口管制：AI晶片除外？AI芯片，芯片")[..3]
        );
        assert_eq!(concepts("對AI芯片的出口管制").len(), 2);
        assert!(concepts("Ships and chipmunks").is_empty());
    }
}
