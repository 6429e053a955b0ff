//! How firm a claim is, learned from labelled sentences.
//!
//! `modality.rs` goes by the firmest word that its rules know. A linear model weighs what that says with all that stands
//! around the trigger, each word with its place: "would" before the verb is not "would" in the next clause. The weights
//! come with the program: `cargo xtask train --data DIR --only firmness` makes them of our own labelled sentences.

use super::learned::{FEATURES, Stem, each_stem, short, tag};
use super::linear::{Linear, Row};
use super::modality::Site;
use super::rules::{CHINESE, ENGLISH, Rule, RuleSet};
use crate::cues::Hit;
use crate::names::tagger::tokens::hash;
use crate::passage::Language;
use headwater_model::claim::Modality;
use headwater_model::mention::Attribution;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// How often what the rules say counts against a single word.
const BY_RULES: usize = 3;

static IN_ENGLISH: LazyLock<Firmness> =
    LazyLock::new(|| Firmness::new(&ENGLISH, include_bytes!("../../data/firmness_en.bin")));
static IN_CHINESE: LazyLock<Firmness> =
    LazyLock::new(|| Firmness::new(&CHINESE, include_bytes!("../../data/firmness_zh.bin")));

/// The model of a language, and what each word of its rules says of firmness.
pub(super) struct Firmness {
    /// None only while a new one is made, for other modalities than those of the file.
    model: Option<Linear>,
    /// A tag for each modality that a cue stands for, by the word's number.
    marks: Vec<Vec<u64>>,
}

/// A claim whose firmness is asked for.
pub(super) struct Asked<'a> {
    /// Its trigger, in its clause.
    pub site: &'a Site<'a>,
    /// Its rule.
    pub rule: &'a Rule,
    /// What the rules say.
    pub stated: Modality,
    /// How firm the document is of which the sentence speaks, or the plan with which it goes on.
    pub document: Option<Modality>,
    /// On whose word it is said.
    pub attribution: &'a [Attribution],
}

/// Where a stretch stands, seen from the trigger.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Trigger,
    IntoTrigger,
    RightBefore,
    Before,
    ClauseBefore,
    RightAfter,
    After,
    ClauseAfter,
}

impl Firmness {
    pub(super) fn of(language: Language) -> &'static Firmness {
        if language == Language::English { &IN_ENGLISH } else { &IN_CHINESE }
    }

    fn new(set: &RuleSet, weights: &[u8]) -> Firmness {
        let of_word = |word: u32| {
            let groups = set.cues.groups_of(word);
            let own = set.modality.iter().filter(|mark| groups.contains(&mark.cues));
            let tags: BTreeSet<u64> = own.map(|mark| tag("cue", mark.value.word())).collect();
            tags.into_iter().collect()
        };
        let model = Linear::read(weights).filter(|model| model.classes() == Modality::ALL.len());
        Firmness { model, marks: (0..set.cues.words()).map(of_word).collect() }
    }

    /// How firm a claim is.
    pub(super) fn modality(&self, asked: &Asked) -> Modality {
        let Some(model) = &self.model else { return asked.stated };
        let features = self.features(asked);
        let count = features.len();
        firmest(&model.scores(&model.sum(features), count), asked.stated)
    }

    /// All that says how firm a claim is, each a 32-bit hash.
    pub(super) fn features(&self, asked: &Asked) -> Vec<u32> {
        let mut features = Vec::with_capacity(FEATURES);
        self.each(asked, |feature| features.push(feature));
        features
    }

    /// Calls a function with each feature: what the rules say, the rule, the voice, the cues and the words by their places.
    fn each(&self, asked: &Asked, mut take: impl FnMut(u32)) {
        let Asked { site, rule, .. } = *asked;
        let stated = tag("stated", asked.stated.word());
        let form = hash(tag("form", ""), site.set.cues.form(&site.trigger) as u64);
        (0..BY_RULES).for_each(|_| take(short(stated)));
        for of in [tag("frame", rule.frame.word()), tag("rule", &rule.name), form] {
            take(short(of));
            take(short(hash(of, stated)));
        }
        rule.modality.iter().for_each(|own| take(short(tag("own", own.word()))));
        asked.document.iter().for_each(|state| take(short(tag("document", state.word()))));
        let voice = asked.attribution.last().map_or("", |said| said.source.kind.word());
        take(short(tag("voice", voice)));
        self.each_cue(site, stated, &mut take);
        each_word(site, &mut take);
    }

    /// What each cue of firmness says, by its place; more of one kind at one place say no more than one.
    fn each_cue(&self, site: &Site, stated: u64, take: &mut impl FnMut(u32)) {
        let placed = |hit: &Hit| {
            let place = place(site, &(hit.start..hit.end)) as u64;
            self.marks[hit.word as usize].iter().map(move |mark| (*mark, place))
        };
        let mut told: Vec<(u64, u64)> = site.hits.iter().flat_map(placed).collect();
        told.sort_unstable();
        told.dedup();
        for (mark, place) in told {
            let placed = hash(hash(mark, place), 1);
            [mark, placed, hash(placed, stated)].into_iter().for_each(|feature| take(short(feature)));
        }
    }
}

/// The words of the sentence, by their stems and places, and each with the one behind it; of Han text two and three characters.
fn each_word(site: &Site, take: &mut impl FnMut(u32)) {
    let mut take = |feature: u64| take(short(feature));
    each_stem(site.hits.placed_pieces(), |range, _, Stem { stem, last, before }| {
        let place = place(site, &range);
        take(hash(hash(stem, place as u64), 1));
        take(hash(stem, 1));
        let pair = last.map(|last| hash(hash(last, stem), 2));
        let three = before.zip(pair).map(|(before, pair)| hash(hash(before, pair), 3));
        for several in [pair, three].into_iter().flatten() {
            take(several);
            take(hash(hash(several, place.side()), 1));
        }
    });
}

impl Place {
    /// Places that are alike for what takes more than one word.
    fn side(self) -> u64 {
        match self {
            Place::Trigger | Place::IntoTrigger => 0,
            Place::RightBefore | Place::Before => 1,
            Place::ClauseBefore => 2,
            Place::RightAfter | Place::After => 3,
            Place::ClauseAfter => 4,
        }
    }
}

fn place(site: &Site, range: &Range<usize>) -> Place {
    /// Bytes within which an auxiliary stands by its verb.
    const RIGHT_BY: usize = 28;
    let trigger = site.trigger.start..site.trigger.end;
    if trigger.start <= range.start && range.end <= trigger.end {
        return Place::Trigger;
    }
    if range.start < trigger.end && trigger.start < range.end {
        return Place::IntoTrigger;
    }
    let inside = site.clause.start <= range.start && range.end <= site.clause.end;
    let before = range.end <= trigger.start;
    let gap = if before { trigger.start - range.end } else { range.start - trigger.end };
    match (before, inside, gap <= RIGHT_BY) {
        (true, true, true) => Place::RightBefore,
        (true, true, false) => Place::Before,
        (true, false, _) => Place::ClauseBefore,
        (false, true, true) => Place::RightAfter,
        (false, true, false) => Place::After,
        (false, false, _) => Place::ClauseAfter,
    }
}

/// The modality of the highest score; what the rules say if that is no lower.
pub fn firmest(scores: &Row<f32>, stated: Modality) -> Modality {
    let score = |modality: Modality| scores[modality as usize];
    let better = |best, other| if score(other) > score(best) { other } else { best };
    Modality::ALL.iter().copied().fold(stated, better)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_model_of_each_language() {
        let languages = [Language::English, Language::ChineseSimplified];
        assert!(languages.map(Firmness::of).iter().all(|firmness| firmness.model.is_some()));
    }

    #[test]
    fn what_the_rules_say_stands_unless_another_modality_is_likelier() {
        let mut scores = Row::default().map(|_: f32| -1.0);
        assert_eq!(firmest(&scores, Modality::Adopted), Modality::Adopted);
        scores[Modality::Considering as usize] = -0.5;
        assert_eq!(firmest(&scores, Modality::Adopted), Modality::Considering);
    }
}
