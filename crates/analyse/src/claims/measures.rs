//! Which measure a claim is about.

use headwater_knowledge::{Lexicon, MeasureIndex};
use headwater_model::MeasureId;
use headwater_model::claim::{Filler, Role};
use headwater_model::time::{Date, days_between};
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::ops::Range;

/// Days before its first act for which a measure is spoken of, in reports of what is planned.
const SPOKEN_OF_BEFORE: i32 = 120;

/// What names and cue words of measures stand in a title.
pub struct Title {
    names: Vec<(Range<usize>, u32)>,
    words: Vec<u32>,
}

impl Title {
    /// Reads a title once for all sentences below it.
    pub fn new(lexicon: &Lexicon, title: &str) -> Self {
        Title { names: lexicon.measures().names_in(title), words: lexicon.measures().words_in(title) }
    }
}

/// What names and cue words of measures stand in a sentence and in the title above it.
pub struct Places<'l> {
    index: &'l MeasureIndex,
    text: &'l str,
    above: &'l Title,
    sentence: Vec<(Range<usize>, u32)>,
    /// Names that stand in the title only, by their length.
    title: Vec<(usize, u32)>,
    /// Numbers of cue words in either, sorted; read when a party is met that has a measure.
    words: OnceCell<Vec<u32>>,
}

impl<'l> Places<'l> {
    /// Reads a sentence once for all its claims. `title` is what stands above it, `above` what was read of that.
    pub fn new(lexicon: &'l Lexicon, sentence: &'l str, title: &str, above: &'l Title) -> Self {
        let index = lexicon.measures();
        let elsewhere = above.names.iter().filter(|(range, _)| !sentence.contains(&title[range.clone()]));
        Places {
            index,
            text: sentence,
            above,
            sentence: index.names_in(sentence),
            title: elsewhere.map(|(range, measure)| (range.len(), *measure)).collect(),
            words: OnceCell::new(),
        }
    }

    fn words(&self) -> &[u32] {
        self.words.get_or_init(|| {
            let mut words = self.index.words_in(self.text);
            words.extend(&self.above.words);
            words.sort_unstable();
            words
        })
    }

    /// The measure whose name the sentence or title gives, else the one whose cues all occur and whose authority or
    /// list plays a part. The longest name wins, so that a part of a name does not. A name at a place of the sentence
    /// that `is_basis` tells is the law that an act rests on, and not what is decided. A text of `day` is about no measure
    /// of much later.
    pub fn find(
        &self,
        lexicon: &Lexicon,
        day: Date,
        fillers: &[Filler],
        is_basis: &dyn Fn(usize) -> bool,
    ) -> Option<MeasureId> {
        let measures = &lexicon.knowledge().measures;
        let of_its_time = |(_, measure): &(usize, u32)| {
            let since = measures.get(*measure as usize).and_then(|m| m.since);
            since.is_none_or(|since| day >= since || days_between(day, since) <= SPOKEN_OF_BEFORE)
        };
        let here = self.sentence.iter().filter(|(range, _)| !is_basis(range.start));
        let named = here.map(|(range, measure)| (range.len(), *measure)).chain(self.title.iter().copied());
        let best = |(length, measure): &(usize, u32)| (*length, Reverse(*measure));
        let by_cues = || self.by_cues(fillers).filter(of_its_time).max_by_key(best);
        let (_, measure) = named.filter(of_its_time).max_by_key(best).or_else(by_cues)?;
        measures.get(measure as usize).map(|m| m.id.clone())
    }

    /// The measures of the parties that take part, with the length of the cues that are met.
    fn by_cues<'a>(&'a self, fillers: &'a [Filler]) -> impl Iterator<Item = (usize, u32)> + 'a {
        let plays =
            |f: &&Filler| matches!(f.role, Role::Authority | Role::List | Role::Funder | Role::Holder);
        let parties = fillers.iter().filter(plays).filter_map(|f| f.id.as_ref());
        let measures = parties.flat_map(|party| self.index.of_party(party));
        measures.filter_map(|&measure| {
            let met = |word: &u32| self.words().binary_search(word).is_ok();
            let alternatives = self.index.alternatives(measure).iter();
            let lengths = alternatives.filter(|a| a.words.iter().all(met)).map(|a| a.length);
            lengths.max().map(|length| (length, measure))
        })
    }
}
