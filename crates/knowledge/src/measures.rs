//! What leads to a measure: its names, its cue words and who issues it, each found without a walk through all measures.

use aho_corasick::{AhoCorasick, MatchKind};
use headwater_model::knowledge::Measure;
use headwater_model::{EntityId, Knowledge};
use std::collections::BTreeMap;
use std::ops::Range;

/// A name of up to this many characters is too short to tell a measure.
const SHORT: usize = 3;

/// The names and cues of all measures. A measure is meant by its number in [`Knowledge::measures`].
pub struct MeasureIndex {
    names: Option<AhoCorasick>,
    /// Whose name each of the patterns is.
    bearers: Vec<u32>,
    words: Option<AhoCorasick>,
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
        let (mut names, mut bearers) = (Vec::new(), Vec::new());
        let mut words: BTreeMap<String, u32> = BTreeMap::new();
        let mut alternatives = Vec::new();
        let mut parties: BTreeMap<EntityId, Vec<u32>> = BTreeMap::new();
        for (measure, number) in knowledge.measures.iter().zip(0u32..) {
            for name in long_names(measure) {
                names.push(name);
                bearers.push(number);
            }
            let cues = measure.cues.iter().filter(|c| !c.is_empty() && c.iter().all(|w| !w.is_empty()));
            alternatives.push(cues.map(|cue| alternative(cue, &mut words)).collect());
            for party in measure.authorities.iter().chain(&measure.list) {
                parties.entry(party.clone()).or_default().push(number);
            }
        }
        let mut numbered: Vec<(String, u32)> = words.into_iter().collect();
        numbered.sort_by_key(|(_, number)| *number);
        let words = numbered.iter().map(|(word, _)| word.as_str());
        MeasureIndex {
            names: automaton(names.into_iter(), false),
            bearers,
            words: automaton(words, true),
            alternatives,
            parties,
        }
    }

    /// Every place where a measure's name stands, as it is written, with the measure.
    pub fn names_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, u32)> + 't {
        let hits = self.names.iter().flat_map(move |names| names.find_overlapping_iter(text));
        hits.map(|hit| (hit.range(), self.bearers[hit.pattern().as_usize()]))
    }

    /// The numbers of the cue words in a text, in any case; one that stands there twice comes twice.
    pub fn words_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = u32> + 't {
        let hits = self.words.iter().flat_map(move |words| words.find_overlapping_iter(text));
        hits.map(|hit| hit.pattern().as_u32())
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

fn alternative(cue: &[String], words: &mut BTreeMap<String, u32>) -> Alternative {
    let number = |word: &String| {
        let next = words.len() as u32;
        *words.entry(word.to_ascii_lowercase()).or_insert(next)
    };
    Alternative { length: cue.iter().map(String::len).sum(), words: cue.iter().map(number).collect() }
}

/// `None` without any patterns.
fn automaton<'p>(patterns: impl Iterator<Item = &'p str>, any_case: bool) -> Option<AhoCorasick> {
    let patterns: Vec<&str> = patterns.collect();
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::Standard).ascii_case_insensitive(any_case);
    if patterns.is_empty() { None } else { builder.build(patterns).ok() }
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
            assert!(index.names_in(&text).any(|(range, m)| m == number && text[range] == measure.en));
            for (cue, alternative) in measure.cues.iter().zip(index.alternatives(number)) {
                let met: Vec<u32> = index.words_in(&cue.join("|").to_uppercase()).collect();
                assert!(alternative.words.iter().all(|w| met.contains(w)), "{cue:?}");
            }
            assert!(measure.authorities.iter().all(|a| index.of_party(a).contains(&number)));
        }
        assert_eq!(index.names_in("nothing of the kind").count(), 0);
    }

    #[test]
    fn no_measures() {
        let index = MeasureIndex::new(&Knowledge::default());
        assert_eq!((index.names_in("a").count(), index.words_in("a").count()), (0, 0));
        assert!(index.alternatives(0).is_empty());
    }
}
