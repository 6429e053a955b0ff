//! What leads to a measure: its names, its cue words and who issues it, each found without a walk through all measures.

use crate::matcher::Matcher;
use headwater_model::knowledge::Measure;
use headwater_model::{EntityId, Knowledge};
use std::collections::BTreeMap;
use std::ops::Range;

/// A name of up to this many characters is too short to tell a measure.
const SHORT: usize = 3;

/// The names and cues of all measures. A measure is meant by its number in [`Knowledge::measures`].
pub struct MeasureIndex {
    names: Matcher,
    /// Who has each of the names.
    bearers: Vec<Vec<u32>>,
    /// Cue words in lower case.
    words: Matcher,
    alternatives: Vec<Vec<Alternative>>,
    parties: BTreeMap<EntityId, Vec<u32>>,
}

/// Cue words that tell a measure where all of them stand.
pub struct Alternative {
    /// The words, by number.
    pub words: Vec<u32>,
    /// Their length in bytes: longer cues say more.
    pub length: usize,
}

impl MeasureIndex {
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let count = knowledge.measures.len();
        let mut index = MeasureIndex {
            names: Matcher::for_texts(count * 4),
            bearers: Vec::new(),
            words: Matcher::for_texts(count * 8),
            alternatives: Vec::with_capacity(count),
            parties: BTreeMap::new(),
        };
        for (measure, number) in knowledge.measures.iter().zip(0u32..) {
            index.add(measure, number);
        }
        index
    }

    fn add(&mut self, measure: &Measure, number: u32) {
        for name in long_names(measure) {
            let name = self.names.add(name) as usize;
            self.bearers.resize_with(self.names.len(), Vec::new);
            self.bearers[name].push(number);
        }
        let cues = measure.cues.iter().filter(|c| !c.is_empty() && c.iter().all(|w| !w.is_empty()));
        let alternatives = cues.map(|cue| Alternative {
            words: cue.iter().map(|word| self.words.add(&word.to_ascii_lowercase())).collect(),
            length: cue.iter().map(String::len).sum(),
        });
        self.alternatives.push(alternatives.collect());
        for party in measure.authorities.iter().chain(&measure.list) {
            self.parties.entry(party.clone()).or_default().push(number);
        }
    }

    /// Every place where a measure's name stands, as it is written, with the measure.
    pub fn names_in(&self, text: &str) -> Vec<(Range<usize>, u32)> {
        let mut found = Vec::new();
        for (at, _) in text.char_indices() {
            self.names.each_at(text, at, |length, name| {
                let bearers = &self.bearers[name as usize];
                found.extend(bearers.iter().map(|measure| (at..at + length, *measure)));
            });
        }
        found
    }

    /// The numbers of the cue words in a text, in any case; one that stands there twice comes twice.
    pub fn words_in(&self, text: &str) -> Vec<u32> {
        let lower = text.to_ascii_lowercase();
        let mut found = Vec::new();
        for (at, _) in lower.char_indices() {
            self.words.each_at(&lower, at, |_, word| found.push(word));
        }
        found
    }

    /// The measures that an entity issues, or which keep it if it is a list.
    pub fn of_party(&self, party: &EntityId) -> &[u32] {
        self.parties.get(party).map_or(&[], Vec::as_slice)
    }

    /// The cues of a measure.
    pub fn alternatives(&self, measure: u32) -> &[Alternative] {
        self.alternatives.get(measure as usize).map_or(&[], Vec::as_slice)
    }
}

fn long_names(measure: &Measure) -> impl Iterator<Item = &str> {
    let names = measure.aliases.iter().chain([&measure.en, &measure.zh]).map(String::as_str);
    names.filter(|name| name.chars().count() > SHORT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_found_by_name_and_words() {
        let knowledge = crate::embedded();
        let index = MeasureIndex::new(&knowledge);
        for (measure, number) in knowledge.measures.iter().zip(0u32..) {
            let text = format!("({})", measure.en);
            assert!(index.names_in(&text).contains(&(1..text.len() - 1, number)), "{text}");
            for (cue, alternative) in measure.cues.iter().zip(index.alternatives(number)) {
                let met = index.words_in(&cue.join("|").to_ascii_uppercase());
                assert!(alternative.words.iter().all(|w| met.contains(w)), "{cue:?}");
            }
            assert!(measure.authorities.iter().all(|a| index.of_party(a).contains(&number)));
        }
        assert!(index.names_in("nothing of the kind").is_empty());
    }

    #[test]
    fn no_measures() {
        let index = MeasureIndex::new(&Knowledge::default());
        assert!(index.names_in("a").is_empty() && index.words_in("a").is_empty());
        assert!(index.alternatives(0).is_empty());
    }
}
