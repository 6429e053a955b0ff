//! What a sentence asserts, learned from labelled sentences.
//!
//! A rule asks for words at their places, and people find ever new ways to say the same. So a linear model weighs all that a
//! sentence has: the words of every rule wherever they stand, its own words one by one and in pairs, the kinds of its names
//! and figures. It decides where no rule fires, or where those that do are far from what the sentence seems to say. The
//! weights come with the program: `cargo xtask train --data DIR --only claims` makes them of our own labelled sentences, and of
//! pages that are about something else.

use super::Context;
use super::linear::{CLASSES, Linear, Row, add};
use super::rules::{CHINESE, ENGLISH, Rule, RuleSet};
use crate::cues::{Hit, Hits};
use crate::names::tagger::tokens::{hash, hash_text};
use crate::passage::Language;
use headwater_model::claim::Frame;
use headwater_model::script::is_han;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// By how much a frame must be better than none where no rule fires.
const HEARD: f32 = 0.15;

/// By how much none, or another frame, must be better than the frames that the rules found. `cargo xtask train` prints what the
/// bounds do on each hand of labelled sentences: lower ones tell more claims, and soon as many more false ones.
const DECISIVE: f32 = 0.5;

/// What another frame that the rules found must have to be told beside the best of them: a sentence has seldom two.
const BESIDE: f32 = -0.6;

/// Room for the features of a sentence: few have more.
pub(super) const FEATURES: usize = 512;

/// Letters of a word that stand for it and its inflections.
const STEM: usize = 5;

static IN_ENGLISH: LazyLock<Senses> =
    LazyLock::new(|| Senses::new(&ENGLISH, include_bytes!("../../data/frames_en.bin")));
static IN_CHINESE: LazyLock<Senses> =
    LazyLock::new(|| Senses::new(&CHINESE, include_bytes!("../../data/frames_zh.bin")));

/// The model of a language, and what each word of its rules says.
pub(super) struct Senses {
    /// Features of each cue, by the word's number.
    tags: Vec<Vec<u32>>,
    /// None only while a new one is made, for other frames than those of the file.
    frames: Option<Linear>,
    /// What those of each cue say for each class.
    cues: Vec<Row<i32>>,
}

/// What the learned reading says of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is not sure that these are wrong, by their classes.
    Keeps(Row<bool>),
    /// The sentence asserts nothing.
    Nothing,
    /// It asserts this, and nothing that they found.
    Another(Frame),
}

/// What a sentence has.
enum Had {
    /// A cue, by its number.
    Cue(u32),
    /// Anything else, by its hash.
    Feature(u32),
}

impl Senses {
    pub(super) fn of(language: Language) -> &'static Senses {
        if language == Language::English { &IN_ENGLISH } else { &IN_CHINESE }
    }

    fn new(set: &RuleSet, frames: &[u8]) -> Senses {
        let by_group = tags_by_group(set);
        let of_word = |word: u32| {
            let form = set.cues.form_of(word) as u64;
            let groups = set.cues.groups_of(word).iter();
            let of_groups = groups.flat_map(|g| by_group[usize::from(*g)].iter().copied());
            let rules = set.cues.rules_of(word).iter().map(|rule| &set.rules[*rule]);
            let triggers = rules.flat_map(|rule| names(rule).map(|of| tag("trigger", of)));
            let tags: BTreeSet<u64> = of_groups.chain(triggers).collect();
            tags.into_iter().flat_map(|tag| [short(tag), short(hash(tag, form))]).collect()
        };
        let tags: Vec<Vec<u32>> = (0..set.cues.words()).map(of_word).collect();
        let frames = Linear::read(frames).filter(|model| model.classes() == Frame::ALL.len() + 1);
        let sum = |tags: &Vec<u32>| frames.as_ref().map_or(Row::default(), |model| model.sum(tags.clone()));
        let cues = tags.iter().map(sum).collect();
        Senses { tags, frames, cues }
    }

    /// All that a sentence has, each a 32-bit hash.
    pub(super) fn features(&self, hits: &Hits, context: &Context) -> Vec<u32> {
        let mut features = Vec::new();
        each(hits, context, |had| match had {
            Had::Cue(word) => features.extend_from_slice(&self.tags[word as usize]),
            Had::Feature(feature) => features.push(feature),
        });
        features
    }

    /// What the model says of the frames that the rules found in a sentence, or of their silence.
    pub(super) fn verdict(
        &self,
        hits: &Hits,
        context: &Context,
        by_rules: impl Iterator<Item = Frame>,
    ) -> Verdict {
        let Some(model) = &self.frames else { return Verdict::Keeps([true; CLASSES]) };
        let (mut by_cues, mut count, mut features) = (Row::default(), 0, Vec::with_capacity(FEATURES));
        each(hits, context, |had| match had {
            Had::Cue(word) => {
                add(&mut by_cues, &self.cues[word as usize]);
                count += self.tags[word as usize].len();
            }
            Had::Feature(feature) => features.push(feature),
        });
        count += features.len();
        let mut sum = model.sum(features);
        add(&mut sum, &by_cues);
        verdict(&model.scores(&sum, count), by_rules)
    }

    /// The cue that says most for a frame, with a rule: one that it triggers and that has its words, if there is any, else the plain one.
    pub(super) fn trigger(&self, set: &RuleSet, hits: &Hits, frame: Frame) -> Option<(usize, Hit)> {
        let weight = |hit: &Hit| self.cues[hit.word as usize][class_of(Some(frame))];
        let rule = |hit: &Hit| {
            let own = set.triggered(hits, hit).filter(|rule| set.rules[*rule].frame == frame);
            own.max_by_key(|rule| (set.rules[*rule].strength, std::cmp::Reverse(*rule)))
        };
        let first = |hit: &Hit| std::cmp::Reverse(hit.start);
        let by_rule = hits.iter().filter_map(|hit| Some((rule(hit)?, *hit)));
        let plain = set.plain + frame as usize;
        let any = || hits.iter().filter(|hit| weight(hit) > 0).max_by_key(|hit| (weight(hit), first(hit)));
        by_rule.max_by_key(|(_, hit)| (weight(hit), first(hit))).or_else(|| Some((plain, *any()?)))
    }
}

/// What a model of frames says by its scores of what the rules found.
pub fn verdict(scores: &Row<f32>, by_rules: impl Iterator<Item = Frame>) -> Verdict {
    let best = best(&scores[..=Frame::ALL.len()]);
    let told = by_rules.map(|frame| scores[class_of(Some(frame))]).reduce(f32::max);
    let (beside, bound) = told.map_or((scores[0], HEARD), |told| (told, DECISIVE));
    match best.checked_sub(1) {
        _ if scores[best] - beside <= bound => Verdict::Keeps(scores.map(|s| s >= beside.min(BESIDE))),
        None => Verdict::Nothing,
        Some(frame) => Verdict::Another(Frame::ALL[frame]),
    }
}

/// Calls a function with each thing that a sentence has: its cues, each once, its words one by one and in pairs, the kinds of its
/// names and figures.
fn each(hits: &Hits, context: &Context, mut take: impl FnMut(Had)) {
    let mut cues: Vec<u32> = hits.iter().map(|hit| hit.word).collect();
    cues.sort_unstable();
    cues.dedup();
    cues.into_iter().for_each(|cue| take(Had::Cue(cue)));
    each_pair(hits.pieces(), |feature| take(Had::Feature(short(feature))));
    let mut named = |what: &str, kind: &str| take(Had::Feature(short(tag(what, kind))));
    context.names.iter().for_each(|n| named("name", n.mention.kind.word()));
    context.figures.iter().for_each(|(_, q)| named("figure", q.kind.word()));
    if !context.dates.is_empty() {
        named("date", "");
    }
    if !context.voices.is_empty() {
        named("voice", "");
    }
}

/// The class of the highest score, the first of equals.
fn best(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, class| if scores[class] > scores[best] { class } else { best })
}

/// The class of a frame in the model; of no claim it is the first.
pub fn class_of(frame: Option<Frame>) -> usize {
    const { assert!(Frame::ALL.len() < CLASSES) };
    frame.map_or(0, |frame| frame as usize + 1)
}

pub(super) fn short(feature: u64) -> u32 {
    // No entry of a table has the hash 0.
    ((feature ^ feature >> 32) as u32).max(1)
}

/// A feature that is no word: what it is of, and which.
pub(super) fn tag(what: &str, of: &str) -> u64 {
    hash(hash_text(what.chars()), hash_text(of.chars()))
}

/// By what features know a rule: its frame, and itself.
fn names(rule: &Rule) -> [&str; 2] {
    [rule.frame.word(), &rule.name]
}

/// What the words of each group are for: which rules they complete, and what they say of firmness.
fn tags_by_group(set: &RuleSet) -> Vec<Vec<u64>> {
    let mut tags = vec![Vec::new(); set.cues.group_numbers()];
    let mut tag = |group: u16, what: &str, of: &str| tags[usize::from(group)].push(tag(what, of));
    for rule in &set.rules[..set.plain] {
        for of in names(rule) {
            rule.after.iter().for_each(|group| tag(*group, "after", of));
            rule.before.iter().for_each(|group| tag(*group, "before", of));
            rule.near.iter().for_each(|group| tag(*group, "near", of));
            tag(rule.without, "without", of);
        }
    }
    set.modality.iter().for_each(|mark| tag(mark.cues, "firm", mark.value.word()));
    set.polarity.iter().for_each(|mark| tag(mark.cues, "polarity", mark.value.word()));
    set.blockers.iter().for_each(|blocker| tag(blocker.cues, "blocker", &blocker.name));
    set.grammar_groups.iter().for_each(|(name, group)| tag(*group, "grammar", name));
    tags
}

/// The words of a text, their stems, and each stem with the one behind it; of Han text the characters, two and three in a row.
fn each_pair<'t>(pieces: impl Iterator<Item = &'t str>, mut take: impl FnMut(u64)) {
    each_stem(pieces.map(|piece| ((), piece)), |(), word, Stem { stem, last, before }| {
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            take(hash_text(word.chars()));
        }
        take(hash(stem, 1));
        last.iter().for_each(|last| take(hash(hash(*last, stem), 2)));
        if let (Some(before), Some(last)) = (before, last) {
            take(hash(hash(hash(before, last), stem), 3));
        }
    });
}

/// A word by its stem; every number is the same.
pub(super) struct Stem {
    /// The hash of its stem.
    pub stem: u64,
    /// That of the word before it.
    pub last: Option<u64>,
    /// That of the one before that, where the word is a Han character.
    pub before: Option<u64>,
}

/// Calls a function with each word of pieces, with its stem and with what goes with the piece.
pub(super) fn each_stem<'t, P>(
    pieces: impl Iterator<Item = (P, &'t str)>,
    mut take: impl FnMut(P, &'t str, Stem),
) {
    let (mut last, mut before) = (None, None);
    for (place, word) in pieces {
        let Some(first) = word.chars().next().filter(|c| !c.is_whitespace()) else { continue };
        let stem = if first.is_ascii_digit() {
            hash_text(['0'].into_iter())
        } else {
            hash_text(word.chars().take(STEM))
        };
        take(place, word, Stem { stem, last, before: before.filter(|_| is_han(first)) });
        (before, last) = (last, Some(stem));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use headwater_knowledge::Pieces;

    #[test]
    fn there_is_a_model_of_each_language() {
        assert!(
            [Language::English, Language::ChineseSimplified]
                .map(Senses::of)
                .iter()
                .all(|s| s.frames.is_some())
        );
    }

    #[test]
    fn a_model_must_be_surer_to_silence_a_rule_than_to_speak() {
        let scores = |none, listing, charge| {
            let mut scores = Row::default().map(|_: f32| -2.0);
            (scores[0], scores[class_of(Some(Frame::Listing))]) = (none, listing);
            scores[class_of(Some(Frame::Charge))] = charge;
            scores
        };
        let by_rules = || [Frame::Charge].into_iter();
        let keeps = |verdict: Verdict| matches!(verdict, Verdict::Keeps(_));
        assert!(keeps(verdict(&scores(0.0, 0.1, -1.0), std::iter::empty())));
        assert_eq!(verdict(&scores(0.0, 0.4, -1.0), std::iter::empty()), Verdict::Another(Frame::Listing));
        assert!(keeps(verdict(&scores(0.4, -1.0, 0.0), by_rules())));
        assert_eq!(verdict(&scores(0.6, -1.0, 0.0), by_rules()), Verdict::Nothing);
        assert!(keeps(verdict(&scores(-1.0, 0.4, 0.0), by_rules())));
        assert_eq!(verdict(&scores(-1.0, 0.6, 0.0), by_rules()), Verdict::Another(Frame::Listing));
        assert!(keeps(verdict(&scores(-1.0, 0.9, 1.0), by_rules())));
    }

    #[test]
    fn of_two_frames_the_unlikely_one_goes_and_the_best_stays() {
        let kept = |listing: f32, charge: f32| {
            let mut scores = Row::default().map(|_: f32| -2.0);
            scores[0] = -0.9;
            scores[class_of(Some(Frame::Listing))] = listing;
            scores[class_of(Some(Frame::Charge))] = charge;
            let Verdict::Keeps(kept) = verdict(&scores, [Frame::Listing, Frame::Charge].into_iter()) else {
                panic!("the rules are not overruled")
            };
            [Frame::Listing, Frame::Charge].map(|frame| kept[class_of(Some(frame))])
        };
        assert_eq!(kept(0.5, -0.3), [true, true]);
        assert_eq!(kept(0.5, -0.7), [true, false]);
        assert_eq!(kept(-0.8, -0.7), [false, true]);
    }

    #[test]
    fn words_are_told_by_themselves_by_their_stems_and_in_pairs() {
        let features = |text: &str| {
            let mut features = Vec::new();
            each_pair(Pieces::of(text).within(text), |feature| features.push(feature));
            features
        };
        let shared = |a: &str, b: &str| {
            let others = features(b);
            features(a).into_iter().filter(|feature| others.contains(feature)).count()
        };
        assert_eq!(features("").len(), 0);
        // Two words, two stems, a pair.
        assert_eq!(features("exports halted").len(), 5);
        assert_eq!(shared("exporting halts", "exports halted"), 1, "the stem of export");
        // A number is only a number.
        assert_eq!(features("12"), features("345"));
        // Three characters, and two and three in a row.
        assert_eq!(features("禁出口").len(), 3 + 3 + 2 + 1);
        assert_eq!(shared("禁出口", "出口"), 2 + 2 + 1);
    }
}
