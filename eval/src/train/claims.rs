//! Trains the learned reading of claims: `crates/analyse/data/frames_{en,zh}.bin`.
//!
//! On the way it prints, for each hand of `data/sentences`, what a model makes of it that learned from all the others. It asks the
//! model of every sentence, also of those that the reading leaves alone (labels, other worlds, questions).
//!
//! A sentence that a labelled chain follows counts more, and where it has no label its frame is guessed from all sentences that tell
//! the same.
//!
//! What claims nothing is learned from pages of the reading corpora as well: of those that are about something else the sentences
//! without a word of policy.

use crate::body::pages::Page;
use crate::hands;
use crate::labelled::{Asserted, Labelled, Labels, Reading};
use crate::svm::{self, Example};
use anyhow::{Context, Result};
use headwater_analyse::claims::learned::{Verdict, class_of, verdict};
use headwater_analyse::claims::linear::Linear;
use headwater_analyse::claims::{Lesson, is_of_something_else};
use headwater_analyse::lessons;
use headwater_eval::chains::{self, Chain};
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

/// A text whose claims may stand in any of its sentences.
struct Scattered<'a> {
    sentences: Vec<Sentence<'a>>,
    /// The accepted frames of each claim that it makes.
    expected: Vec<Vec<Frame>>,
    /// Whether those are all.
    all: bool,
}

impl hands::Lesson for Sentence<'_> {
    fn hand(&self) -> &str {
        self.hand
    }
}

/// Trains a model a language and measures each hand by the others.
pub fn train(texts: &[Labelled], chains: &[Chain], pages: &[Page], analyse: &Path) -> Result<()> {
    let lexicon = Lexicon::new(embedded());
    let elsewhere = pages.par_iter().flat_map_iter(|page| of_something_else(page, &lexicon));
    let elsewhere: Vec<Sentence> = elsewhere.collect();
    let known: BTreeSet<&str> = texts.iter().map(|labelled| labelled.text.trim()).collect();
    let retold: Vec<Retold> = chains.par_iter().map(|chain| of_chain(chain, &known, &lexicon)).collect();
    let followed: BTreeSet<String> = retold.iter().flat_map(|chain| chain.known.clone()).collect();
    let read =
        |labelled| of_text(labelled, &followed, &lexicon).with_context(|| format!("{:?}", labelled.text));
    let texts: Vec<Scattered> = texts.par_iter().map(read).collect::<Result<_>>()?;
    let (chinese, english): (Vec<Scattered>, Vec<Scattered>) =
        texts.into_iter().partition(|text| text.sentences.first().is_some_and(|s| s.chinese));
    let (zh, en): (Vec<Sentence>, Vec<Sentence>) = elsewhere.into_iter().partition(|s| s.chinese);
    let mut languages = [Known::new("en", english)?, Known::new("zh", chinese)?];
    let firsts = languages.each_ref().map(|language| &language.first);
    let retold = retold.into_iter().flat_map(|chain| chain.told(firsts)).collect::<Vec<_>>();
    let (retold_zh, retold_en): (Vec<Sentence>, Vec<Sentence>) = retold.into_iter().partition(|s| s.chinese);
    for (language, more) in languages.iter_mut().zip([[en, retold_en], [zh, retold_zh]]) {
        println!(
            "{}: {} sentences of pages of something else, {} of chains",
            language.name,
            more[0].len(),
            more[1].len()
        );
        language.sentences.extend(more.into_iter().flatten());
        let all: Vec<&Sentence> = language.sentences.iter().collect();
        hands::train(&all, learn, measure, &analyse.join(format!("data/frames_{}.bin", language.name)))?;
    }
    Ok(())
}

/// What is learned from in a language.
struct Known<'a> {
    name: &'static str,
    sentences: Vec<Sentence<'a>>,
    /// A model of the sentences of which it is known what they claim.
    first: Linear,
}

impl<'a> Known<'a> {
    /// The sentences of texts, each claim of a longer one given to its likeliest sentence.
    fn new(name: &'static str, texts: Vec<Scattered<'a>>) -> Result<Self> {
        let (known, scattered): (Vec<Scattered>, Vec<Scattered>) =
            texts.into_iter().partition(|text| text.expected.is_empty());
        let mut sentences: Vec<Sentence> = known.into_iter().flat_map(|text| text.sentences).collect();
        let first = Linear::read(&learn(&sentences.iter().collect::<Vec<_>>()));
        let first = first.context("a model that was just made")?;
        sentences.extend(scattered.into_iter().flat_map(|text| place(text, &first)));
        Ok(Known { name, sentences, first })
    }
}

/// Sentences of the pages of a chain, and for each claim that is followed through it those that assert it. Its frame is not labelled.
struct Retold<'a> {
    sentences: Vec<Sentence<'a>>,
    claims: Vec<Vec<usize>>,
    /// Further sentences that assert one and are labelled themselves.
    known: Vec<String>,
}

/// Those of a chain; of what is labelled itself nothing need be guessed.
fn of_chain<'a>(chain: &'a Chain, labelled: &BTreeSet<&str>, lexicon: &Lexicon) -> Retold<'a> {
    let (mut sentences, mut of_labelled) = (Vec::new(), Vec::new());
    let mut claims = vec![Vec::new(); chain.claims.len()];
    for (name, page) in &chain.pages {
        let quotes =
            chain.claims.iter().enumerate().filter_map(|(at, claim)| Some((at, claim.quotes.get(name)?)));
        let quotes: Vec<(usize, &String)> = quotes.collect();
        if quotes.is_empty() {
            continue;
        }
        let article = chains::article(page);
        for lesson in lessons(&article, lexicon) {
            let words = &article.text.as_str()[lesson.range.clone()];
            let told: Vec<usize> = quotes
                .iter()
                .filter(|(_, quote)| words.contains(quote.as_str()))
                .map(|(at, _)| *at)
                .collect();
            if told.is_empty() {
                continue;
            }
            if labelled.contains(words.trim()) {
                of_labelled.push(words.trim().to_owned());
            } else {
                told.into_iter().for_each(|at| claims[at].push(sentences.len()));
                sentences.push(Sentence::silent(&chain.half, RETOLD, lesson));
            }
        }
    }
    Retold { sentences, claims, known: of_labelled }
}

/// How much more a sentence counts that is followed through a chain: it is what a page is about.
const RETOLD: f64 = 2.0;

impl<'a> Retold<'a> {
    /// The sentences as those that tell the claims: all that tell one are of the frame that most likely all have.
    fn told(self, firsts: [&Linear; 2]) -> Vec<Sentence<'a>> {
        let Retold { sentences, claims, .. } = self;
        let mut told: Vec<Vec<Vec<Frame>>> = vec![Vec::new(); sentences.len()];
        let likely: Vec<_> = sentences.iter().map(|s| s.likely(firsts[usize::from(s.chinese)])).collect();
        for mentions in claims {
            let sum = |frame: Frame| mentions.iter().map(|at| likely[*at](frame)).sum::<f32>();
            let best = Frame::ALL.iter().copied().max_by(|a, b| sum(*a).total_cmp(&sum(*b)));
            for (at, frame) in mentions.iter().flat_map(|at| best.map(|frame| (*at, frame))) {
                told[at].push(vec![frame]);
            }
        }
        drop(likely);
        sentences.into_iter().zip(told).map(|(sentence, told)| sentence.telling(told)).collect()
    }
}

/// The sentences of a text, each claim given to the one that most likely makes it. What claims nothing then is silent, unless the text
/// may be read to claim more.
fn place<'a>(text: Scattered<'a>, model: &Linear) -> Vec<Sentence<'a>> {
    let Scattered { sentences, expected, all } = text;
    let mut told: Vec<Vec<Vec<Frame>>> = vec![Vec::new(); sentences.len()];
    let likely: Vec<_> = sentences.iter().map(|sentence| sentence.likely(model)).collect();
    for frames in expected {
        let likely = |at: usize| frames.iter().map(|frame| likely[at](*frame)).fold(f32::MIN, f32::max);
        let best = (0..told.len()).reduce(|best, at| if likely(at) > likely(best) { at } else { best });
        best.into_iter().for_each(|at| told[at].push(frames.clone()));
    }
    drop(likely);
    let known = sentences.into_iter().zip(told).filter(|(_, told)| all || !told.is_empty());
    known.map(|(sentence, told)| sentence.telling(told)).collect()
}

impl<'a> Sentence<'a> {
    /// A sentence that claims nothing.
    fn silent(hand: &'a str, weight: f64, lesson: Lesson) -> Self {
        let Lesson { language, features, by_rules, .. } = lesson;
        let (frames, accepted) = (BTreeSet::new(), BTreeSet::new());
        Sentence { hand, weight, chinese: language.is_chinese(), features, frames, accepted, by_rules }
    }

    /// How likely it claims a frame, against claiming nothing.
    fn likely(&self, model: &Linear) -> impl Fn(Frame) -> f32 + use<'_, 'a> {
        /// How much it counts that the rules read the frame.
        const BY_RULES: f32 = 1.0;
        let scores = model.scores(&model.sum(self.features.clone()), self.features.len());
        move |frame| {
            let by_rules = if self.by_rules.contains(&frame) { BY_RULES } else { 0.0 };
            scores[class_of(Some(frame))] - scores[class_of(None)] + by_rules
        }
    }

    /// The sentence as one that tells these claims, each by its accepted frames.
    fn telling(self, told: Vec<Vec<Frame>>) -> Self {
        let frames = told.iter().filter_map(|frames| frames.first().copied()).collect();
        Sentence { frames, accepted: told.into_iter().flatten().collect(), ..self }
    }
}

/// How much a sentence of a page of something else counts: nobody read it, and one in some asserts what would be a claim elsewhere.
const UNREAD: f64 = 0.5;

/// The sentences without a word of policy of a page that is about something else: they claim nothing.
fn of_something_else<'a>(page: &Page, lexicon: &Lexicon) -> Vec<Sentence<'a>> {
    let lessons = lessons(&headwater_extract::extract(&page.capture), lexicon);
    let (of_policy, others): (Vec<Lesson>, Vec<Lesson>) = lessons.into_iter().partition(|l| l.policy);
    if !is_of_something_else(of_policy.len(), of_policy.len() + others.len()) {
        return Vec::new();
    }
    let silent = |lesson| Sentence::silent(page.set, UNREAD, lesson);
    others.into_iter().map(silent).collect()
}

fn learn(sentences: &[&Sentence]) -> Vec<u8> {
    let classes = |s: &Sentence| {
        let frames: Vec<usize> = s.frames.iter().map(|frame| class_of(Some(*frame))).collect();
        if frames.is_empty() { vec![class_of(None)] } else { frames }
    };
    let examples: Vec<Example> = sentences
        .iter()
        .map(|s| Example {
            features: &s.features,
            classes: classes(s),
            accepted: Vec::new(),
            weight: s.weight,
        })
        .collect();
    svm::train(&examples, Frame::ALL.len() + 1, COST)
}

/// Prints what the rules alone, and with a model, make of sentences.
fn measure(hand: &str, sentences: &[&Sentence], model: &Linear) {
    let scores = |s: &Sentence| model.scores(&model.sum(s.features.clone()), s.features.len());
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

/// The sentences of a labelled text of which it is known what they assert, or all with what the text asserts.
fn of_text<'a>(
    labelled: &'a Labelled,
    followed: &BTreeSet<String>,
    lexicon: &Lexicon,
) -> Result<Scattered<'a>> {
    let lessons = lessons(&labelled.article()?, lexicon);
    let weight = labelled.weight() * if followed.contains(labelled.text.trim()) { RETOLD } else { 1.0 };
    let sentence = |(lesson, told)| Sentence::silent(&labelled.hand, weight, lesson).telling(told);
    let (told, expected, all): (Vec<Told>, _, _) = match labelled.labels()? {
        Labels::Placed { claims, all } => {
            (by_their_words(&labelled.text, &claims, all, &lessons), Vec::new(), true)
        }
        Labels::Anywhere { expected, optional } => {
            let frames = |readings: &Vec<Reading>| readings.iter().map(|r| r.frame).collect();
            let expected: Vec<Vec<Frame>> = expected.iter().map(frames).collect();
            match lessons.len() {
                1 if optional.is_empty() => (vec![Some(expected)], Vec::new(), true),
                count => (vec![Some(Vec::new()); count], expected, optional.is_empty()),
            }
        }
    };
    let known = lessons.into_iter().zip(told).filter_map(|(lesson, told)| Some((lesson, told?)));
    let sentences = known.map(sentence).collect();
    Ok(Scattered { sentences, expected, all })
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
