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
    /// Which of them are the beginnings of words.
    stems: Vec<bool>,
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
            stems: Vec::new(),
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
            words: cue.iter().map(|word| self.add_word(word)).collect(),
            length: cue.iter().map(|word| word.trim_end_matches(STEM).len()).sum(),
        });
        let alternatives = alternatives.collect();
        self.alternatives.push(alternatives);
        for party in measure.authorities.iter().chain(&measure.list) {
            self.parties.entry(party.clone()).or_default().push(number);
        }
    }

    fn add_word(&mut self, word: &str) -> u32 {
        let number = self.words.add(&word.trim_end_matches(STEM).to_ascii_lowercase());
        self.stems.resize(self.words.len(), false);
        self.stems[number as usize] |= word.ends_with(STEM);
        number
    }

    /// Every place where a measure's name stands, as it is written, with the measure.
    pub fn names_in(&self, text: &str) -> Vec<(Range<usize>, u32)> {
        let mut found = Vec::new();
        for at in beginnings(text) {
            self.names.each_at(text, at, |length, name| {
                if !ends_word(text, at..at + length, &["s"]) {
                    return;
                }
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
        for at in beginnings(&lower) {
            self.words.each_at(&lower, at, |length, word| {
                if self.stems[word as usize] || ends_word(&lower, at..at + length, &ENDINGS) {
                    found.push(word);
                }
            });
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

/// The sign behind a cue word that is only the beginning of a word: "licen*".
const STEM: char = '*';

/// Endings that a cue word may have where it stands: plurals, forms of verbs, who does it.
const ENDINGS: [&str; 7] = ["s", "es", "d", "ed", "ing", "er", "ers"];

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{c0}'..'\u{250}').contains(&c)
}

/// Where a name or word may begin: not within a Latin word or a number, "23" not in "1230" nor in "4.23".
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    let mut last = [' ', ' '];
    text.char_indices().filter_map(move |(at, c)| {
        let [before, previous] = last;
        last = [previous, c];
        let in_word = is_latin(c) && is_latin(previous);
        let in_number = c.is_ascii_digit() && matches!(previous, '.' | ',') && before.is_ascii_digit();
        (!in_word && !in_number).then_some(at)
    })
}

/// Whether a Latin word or a number ends where a stretch does, but for some endings.
fn ends_word(text: &str, stretch: Range<usize>, endings: &[&str]) -> bool {
    let Some(last) = text[stretch.clone()].chars().next_back().filter(|c| is_latin(*c)) else { return true };
    let behind = &text[stretch.end..];
    let rest = &behind[..behind.find(|c| !is_latin(c)).unwrap_or(behind.len())];
    if last.is_ascii_digit() {
        let mut next = behind.chars();
        let goes_on =
            matches!(next.next(), Some('.' | ',')) && next.next().is_some_and(|c| c.is_ascii_digit());
        return !goes_on && (rest.is_empty() || rest == "s");
    }
    // "Ban", "banned".
    let doubled = rest.strip_prefix(last).is_some_and(|rest| matches!(rest, "ed" | "ing"));
    rest.is_empty() || endings.contains(&rest) || (doubled && endings.contains(&"ed"))
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
                let met = index.words_in(&cue.join("|").replace(STEM, "").to_ascii_uppercase());
                assert!(alternative.words.iter().all(|w| met.contains(w)), "{cue:?}");
            }
            assert!(measure.authorities.iter().all(|a| index.of_party(a).contains(&number)));
        }
        assert!(index.names_in("nothing of the kind").is_empty());
    }

    #[test]
    fn pieces_of_words_and_numbers_are_no_cues() {
        let mut knowledge = Knowledge::default();
        let cue = ["ban", "licen*", "23", "act of trade"].map(str::to_owned);
        let measure = Measure {
            en: "The Chips Act".into(),
            cues: vec![cue.to_vec()],
            ..crate::embedded().measures[0].clone()
        };
        knowledge.measures.push(Measure { aliases: Vec::new(), ..measure });
        let index = MeasureIndex::new(&knowledge);
        let met = |text: &str| {
            let words = index.words_in(text);
            let cue = ["ban", "licen", "23", "act of trade"].into_iter().zip(&index.alternatives(0)[0].words);
            cue.filter(|(_, word)| words.contains(word)).map(|(cue, _)| cue).collect::<Vec<_>>()
        };
        assert_eq!(met("Urban banks hold 1230, 4.23 and 23.5 in acts of trade"), [""; 0]);
        assert_eq!(met("It banned 23 licensees, acts of trade"), ["ban", "licen", "23"]);
        assert_eq!(met("Bans; 对23个物项, a license"), ["ban", "licen", "23"]);
        assert!(index.names_in("the The Chips Action plan").is_empty());
        assert_eq!(index.names_in("《The Chips Act》").len(), 1);
    }

    #[test]
    fn no_measures() {
        let index = MeasureIndex::new(&Knowledge::default());
        assert!(index.names_in("a").is_empty() && index.words_in("a").is_empty());
        assert!(index.alternatives(0).is_empty());
    }
}
