//! Trains the learned reading of claims: `crates/analyse/data/frames_{en,zh}.bin`.
//!
//! On the way it prints, for each hand of `data/sentences`, what a model makes of it that learned from all the others. It asks the
//! model of every sentence, also of those that the reading leaves alone (labels, other worlds, questions).

use crate::labelled::{Asserted, Labelled, Labels, Reading};
use crate::svm::{self, Example};
use anyhow::{Context, Result};
use headwater_analyse::claims::Lesson;
use headwater_analyse::claims::learned::{Verdict, class_of, verdict};
use headwater_analyse::claims::linear::Linear;
use headwater_analyse::lessons;
use headwater_knowledge::{Lexicon, embedded};
use headwater_model::claim::Frame;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// How much an error costs against large weights.
const COST: f64 = 2.0;

/// A sentence that is labelled.
struct Sentence<'a> {
    hand: &'a str,
    weight: f64,
    chinese: bool,
    features: Vec<u32>,
    /// The frames that it tells, and all that are accepted for them.
    frames: BTreeSet<Frame>,
    accepted: BTreeSet<Frame>,
    by_rules: Vec<Frame>,
}

/// Trains a model a language and measures each hand by the others.
pub fn train(texts: &[Labelled], analyse: &Path) -> Result<()> {
    let lexicon = Lexicon::new(embedded());
    let read = |labelled| of_text(labelled, &lexicon).with_context(|| format!("{:?}", labelled.text));
    let sentences: Vec<Vec<Sentence>> = texts.par_iter().map(read).collect::<Result<_>>()?;
    for (language, chinese) in [("en", false), ("zh", true)] {
        let own: Vec<&Sentence> = sentences.iter().flatten().filter(|s| s.chinese == chinese).collect();
        let hands: BTreeSet<&str> =
            own.iter().map(|s| s.hand).filter(|h| h.starts_with("sentences/")).collect();
        for hand in hands {
            let (held, others): (Vec<&Sentence>, Vec<&Sentence>) = own.iter().partition(|s| s.hand == hand);
            measure(hand, &held, &learn(&others));
        }
        let bytes = learn(&own);
        let path = analyse.join(format!("data/frames_{language}.bin"));
        std::fs::write(&path, &bytes).with_context(|| format!("write {}", path.display()))?;
        println!("frames, {language}: {} sentences, {} bytes", own.len(), bytes.len());
    }
    Ok(())
}

fn learn(sentences: &[&Sentence]) -> Vec<u8> {
    let classes = |s: &Sentence| {
        let frames: Vec<usize> = s.frames.iter().map(|frame| class_of(Some(*frame))).collect();
        if frames.is_empty() { vec![class_of(None)] } else { frames }
    };
    let examples: Vec<Example> = sentences
        .iter()
        .map(|s| Example { features: &s.features, classes: classes(s), accepted: Vec::new(), weight: s.weight })
        .collect();
    svm::train(&examples, Frame::ALL.len() + 1, COST)
}

/// Prints what the rules alone, and with a model, make of sentences.
fn measure(hand: &str, sentences: &[&Sentence], model: &[u8]) {
    let Some(model) = Linear::read(model) else { return };
    let scores = |s: &Sentence| model.scores(&model.sum(&s.features), s.features.len());
    let rules = |s: &Sentence| s.by_rules.clone();
    let both = |s: &Sentence| match verdict(&scores(s), s.by_rules.iter().copied()) {
        Verdict::Keeps(kept) => {
            s.by_rules.iter().copied().filter(|frame| kept[class_of(Some(*frame))]).collect()
        }
        Verdict::Nothing => Vec::new(),
        Verdict::Another(frame) => vec![frame],
    };
    println!("{hand}: rules {}; with the model {}", tally(sentences, rules), tally(sentences, both));
}

fn tally(sentences: &[&Sentence], read: impl Fn(&Sentence) -> Vec<Frame>) -> String {
    let (mut right, mut wrong, mut missed, mut false_ones) = (0, 0, 0, 0);
    for sentence in sentences {
        let told = read(sentence);
        let met = told.iter().any(|frame| sentence.accepted.contains(frame));
        match (sentence.frames.is_empty(), told.is_empty()) {
            (true, told) => false_ones += usize::from(!told),
            (false, true) => missed += 1,
            (false, false) => *if met { &mut right } else { &mut wrong } += 1,
        }
    }
    let silent = sentences.iter().filter(|s| s.frames.is_empty()).count();
    let claims = sentences.len() - silent;
    format!("{right} of {claims} right, {wrong} wrong, {missed} missed, {false_ones} false of {silent}")
}

/// The sentences of a labelled text of which it is known what they assert.
fn of_text<'a>(labelled: &'a Labelled, lexicon: &Lexicon) -> Result<Vec<Sentence<'a>>> {
    let lessons = lessons(&labelled.article()?, lexicon);
    let told = match labelled.labels()? {
        Labels::Placed { claims, all } => by_their_words(&labelled.text, &claims, all, &lessons),
        Labels::Anywhere { expected, optional } => as_the_rules_read(&expected, &optional, &lessons),
    };
    let known = lessons.into_iter().zip(told).filter_map(|(lesson, told)| {
        let told = told?;
        Some(Sentence {
            hand: &labelled.hand,
            weight: labelled.weight(),
            chinese: lesson.language.is_chinese(),
            features: lesson.features,
            frames: told.iter().filter_map(|frames| frames.first().copied()).collect(),
            accepted: told.into_iter().flatten().collect(),
            by_rules: lesson.by_rules,
        })
    });
    Ok(known.collect())
}

/// The accepted frames of each claim of a sentence, if it is known which it has.
type Told = Option<Vec<Vec<Frame>>>;

/// By the words that assert each claim. Where only the main assertion is labelled, no other sentence is known.
fn by_their_words(text: &str, claims: &[Asserted], all: bool, lessons: &[Lesson]) -> Vec<Told> {
    let mut told: Vec<Vec<Vec<Frame>>> = vec![Vec::new(); lessons.len()];
    for claim in claims {
        let words = claim.range(text);
        let here = |lesson: &Lesson| words.start < lesson.range.end && lesson.range.start < words.end;
        let own = told.iter_mut().zip(lessons).filter(|(_, lesson)| here(lesson));
        own.for_each(|(told, _)| told.push(claim.frame.clone()));
    }
    told.into_iter().map(|told| Some(told).filter(|t| all || !t.is_empty())).collect()
}

/// Where it is not said where in the text each claim stands: in a text of one sentence it is known, and in a longer one if the rules
/// read exactly what is labelled.
fn as_the_rules_read(expected: &[Vec<Reading>], optional: &[Vec<Reading>], lessons: &[Lesson]) -> Vec<Told> {
    let frames = |claims: &[Vec<Reading>]| -> Vec<Vec<Frame>> {
        claims.iter().map(|readings| readings.iter().map(|r| r.frame).collect()).collect()
    };
    let (mut expected, mut optional) = (frames(expected), frames(optional));
    if lessons.len() == 1 && optional.is_empty() {
        return vec![Some(expected)];
    }
    let mut take = |frame: &Frame| {
        for claims in [&mut expected, &mut optional] {
            if let Some(at) = claims.iter().position(|readings| readings.contains(frame)) {
                claims.remove(at);
                return Some(vec![*frame]);
            }
        }
        None
    };
    let read = |lesson: &Lesson| lesson.by_rules.iter().map(&mut take).collect();
    let told: Vec<Told> = lessons.iter().map(read).collect();
    let agrees = expected.is_empty() && told.iter().all(Option::is_some);
    if agrees { told } else { vec![None; lessons.len()] }
}
