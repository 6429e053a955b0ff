//! Trains the learned firmness of claims: `crates/analyse/data/firmness_{en,zh}.bin`.
//!
//! A lesson is a claim that the reading made and that is labelled. Which those are, the weights of the frames decide with which this
//! program was built: they are trained before, and the program built anew. On the way it prints, for each hand of `data/sentences`, what a model makes of it that learned from all the
//! others.

use crate::hands;
use crate::labelled::{Asserted, Labelled, Labels, Reading};
use crate::svm::{self, Example};
use anyhow::{Context, Result};
use headwater_analyse::claims::FirmnessLesson;
use headwater_analyse::claims::firmness::firmest;
use headwater_analyse::claims::linear::Linear;
use headwater_analyse::firmness_lessons;
use headwater_knowledge::{Lexicon, embedded};
use headwater_model::claim::Modality;
use rayon::prelude::*;
use std::path::Path;

/// How much an error costs against large weights.
const COST: f64 = 4.0;

/// A claim that was made and is labelled: its accepted modalities, the best first.
struct Told<'a> {
    hand: &'a str,
    weight: f64,
    lesson: FirmnessLesson,
    accepted: Vec<Modality>,
}

impl hands::Lesson for Told<'_> {
    fn hand(&self) -> &str {
        self.hand
    }
}

/// Trains a model a language and measures each hand by the others.
pub fn train(texts: &[Labelled], analyse: &Path) -> Result<()> {
    let lexicon = Lexicon::new(embedded());
    let read = |labelled| of_text(labelled, &lexicon).with_context(|| format!("{:?}", labelled.text));
    let told: Vec<Vec<Told>> = texts.par_iter().map(read).collect::<Result<_>>()?;
    for (language, chinese) in [("en", false), ("zh", true)] {
        let is_own = |t: &&Told| t.lesson.language.is_chinese() == chinese;
        let own: Vec<&Told> = told.iter().flatten().filter(is_own).collect();
        hands::train(&own, learn, measure, &analyse.join(format!("data/firmness_{language}.bin")))?;
    }
    Ok(())
}

fn learn(told: &[&Told]) -> Vec<u8> {
    let class = |modality: &Modality| *modality as usize;
    let examples: Vec<Example> = told
        .iter()
        .map(|t| Example {
            features: &t.lesson.features,
            classes: t.accepted.iter().take(1).map(class).collect(),
            accepted: t.accepted.iter().map(class).collect(),
            weight: t.weight,
        })
        .collect();
    svm::train(&examples, Modality::ALL.len(), COST)
}

/// Prints how many claims the rules alone, and with a model, get right.
fn measure(hand: &str, told: &[&Told], model: &Linear) {
    let right = |say: &dyn Fn(&FirmnessLesson) -> Modality| {
        told.iter().filter(|t| t.accepted.contains(&say(&t.lesson))).count()
    };
    let learned = |lesson: &FirmnessLesson| {
        let scores = model.scores(&model.sum(lesson.features.clone()), lesson.features.len());
        firmest(&scores, lesson.stated)
    };
    let (rules, both) = (right(&|lesson| lesson.stated), right(&learned));
    println!("{hand}: of {} claims the rules have {rules} right, with the model {both}", told.len());
}

/// The claims of a text that were made and are labelled.
fn of_text<'a>(labelled: &'a Labelled, lexicon: &Lexicon) -> Result<Vec<Told<'a>>> {
    let lessons = firmness_lessons(&labelled.article()?, lexicon);
    let labels = labelled.labels()?;
    let accepted = |lesson: &FirmnessLesson| match &labels {
        Labels::Placed { claims, .. } => by_its_words(&labelled.text, claims, lesson),
        Labels::Anywhere { expected, optional } => by_its_frame(expected, optional, lesson),
    };
    let told = lessons.into_iter().filter_map(|lesson| {
        let accepted = accepted(&lesson).filter(|modalities| !modalities.is_empty())?;
        Some(Told { hand: &labelled.hand, weight: labelled.weight(), lesson, accepted })
    });
    Ok(told.collect())
}

/// The labelled claim of an accepted frame in the same sentence whose words stand nearest to the trigger.
fn by_its_words(text: &str, claims: &[Asserted], lesson: &FirmnessLesson) -> Option<Vec<Modality>> {
    let far = |claim: &&Asserted| {
        let words = claim.range(text);
        words.start.saturating_sub(lesson.trigger).max((lesson.trigger + 1).saturating_sub(words.end))
    };
    let here = |claim: &&Asserted| {
        let (words, own) = (claim.range(text), &lesson.evidence);
        claim.frame.contains(&lesson.frame) && words.start < own.end && own.start < words.end
    };
    claims.iter().filter(here).min_by_key(far).map(|claim| claim.modality.clone())
}

/// The reading of that frame, if only one labelled claim of the text has one.
fn by_its_frame(
    expected: &[Vec<Reading>],
    optional: &[Vec<Reading>],
    lesson: &FirmnessLesson,
) -> Option<Vec<Modality>> {
    let of_frame = |readings: &&Vec<Reading>| readings.iter().any(|r| r.frame == lesson.frame);
    let mut found = expected.iter().chain(optional).filter(of_frame);
    let readings = found.next().filter(|_| found.next().is_none())?;
    readings.iter().find(|r| r.frame == lesson.frame).map(|r| r.modality.clone())
}
