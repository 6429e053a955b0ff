//! Trains the learned reading of claims: `crates/analyse/data/frames_{en,zh}.bin`.
//!
//! From our own labelled sentences, leads and claims, and from the passages that specify the rules; never from a set that is
//! kept unread. On the way it prints, for each hand of `data/sentences`, what a model makes of it that learned from all the
//! others. It asks the model of every sentence, also of those that the reading leaves alone (labels, other worlds, questions).

use crate::svm::{self, Example};
use anyhow::{Context, Result};
use headwater_analyse::claims::Lesson;
use headwater_analyse::claims::learned::{Verdict, class_of, verdict};
use headwater_analyse::claims::linear::Linear;
use headwater_analyse::lessons;
use headwater_eval::corpus;
use headwater_knowledge::{Lexicon, embedded};
use headwater_model::claim::Frame;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Sets by which the learned reading is measured, and from which it does not learn: of leads, and of claims.
const UNREAD: [&str; 3] = ["leads/fourth", "claims/tenth", "claims/held"];

/// How much a passage counts that specifies rules: they are to read it as it says.
const SPECIFIED: f64 = 2.0;

/// A labelled text as the three kinds of set give it.
#[derive(Default, Deserialize)]
struct Labelled {
    language: String,
    text: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    split: String,
    /// Of a lead: its frames and the words that assert it.
    #[serde(default)]
    frame: Vec<Frame>,
    #[serde(default)]
    main: String,
    #[serde(default)]
    claims: Vec<serde_json::Value>,
    #[serde(default)]
    optional: Vec<serde_json::Value>,
}

impl Labelled {
    /// Its set among the claims.
    fn set(&self) -> String {
        format!("claims/{}", self.split)
    }
}

/// A claim of a sentence: its accepted frames, the best first, and the words that assert it.
#[derive(Deserialize)]
struct Asserted {
    frame: Vec<Frame>,
    main: String,
}

/// An accepted reading of a labelled claim.
#[derive(Deserialize)]
struct Reading {
    frame: Frame,
}

/// A sentence that is labelled.
struct Sentence {
    hand: String,
    chinese: bool,
    features: Vec<u32>,
    /// The frames that it tells, and all that are accepted for them.
    frames: BTreeSet<Frame>,
    accepted: BTreeSet<Frame>,
    by_rules: Vec<Frame>,
}

/// Trains a model a language and measures each hand by the others.
pub fn train(data: &Path, analyse: &Path) -> Result<()> {
    let sentences = sentences(&files(data, &analyse.join("specs"))?)?;
    for (language, chinese) in [("en", false), ("zh", true)] {
        let own: Vec<&Sentence> = sentences.iter().filter(|s| s.chinese == chinese).collect();
        let hands: BTreeSet<&str> =
            own.iter().map(|s| s.hand.as_str()).filter(|h| h.starts_with("sentences/")).collect();
        for hand in hands {
            let (held, others): (Vec<&Sentence>, Vec<&Sentence>) = own.iter().partition(|s| s.hand == hand);
            measure(hand, &held, &learn(&others));
        }
        let bytes = learn(&own);
        let path = analyse.join(format!("data/frames_{language}.bin"));
        std::fs::write(&path, &bytes).with_context(|| format!("write {}", path.display()))?;
        println!("{language}: {} sentences, {} bytes", own.len(), bytes.len());
    }
    Ok(())
}

fn learn(sentences: &[&Sentence]) -> Vec<u8> {
    let classes = |s: &Sentence| {
        let frames: Vec<usize> = s.frames.iter().map(|frame| class_of(Some(*frame))).collect();
        if frames.is_empty() { vec![class_of(None)] } else { frames }
    };
    let weight = |s: &Sentence| if s.hand.starts_with("specs/") { SPECIFIED } else { 1.0 };
    let examples: Vec<Example> = sentences
        .iter()
        .map(|s| Example { features: &s.features, classes: classes(s), weight: weight(s) })
        .collect();
    svm::train(&examples, Frame::ALL.len() + 1)
}

/// Prints what the rules alone, and with a model, make of sentences.
fn measure(hand: &str, sentences: &[&Sentence], model: &[u8]) {
    let Some(model) = Linear::read(model) else { return };
    let scores = |s: &Sentence| model.scores(&model.sum(&s.features), s.features.len());
    let rules = |s: &Sentence| s.by_rules.clone();
    let both = |s: &Sentence| match verdict(&scores(s), s.by_rules.iter().copied()) {
        Verdict::Agrees => s.by_rules.clone(),
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

/// The files of labelled texts.
fn files(data: &Path, specs: &Path) -> Result<Vec<PathBuf>> {
    let specified = ["claims_en.md", "claims_zh.md", "claims_firmness.md"];
    let mut files: Vec<PathBuf> = specified.iter().map(|name| specs.join(name)).collect();
    for folder in ["sentences", "leads", "claims"] {
        let found = std::fs::read_dir(data.join(folder))?.collect::<std::io::Result<Vec<_>>>()?;
        let paths = found.into_iter().map(|file| file.path());
        files.extend(paths.filter(|path| path.extension().is_some_and(|e| e == "jsonl")));
    }
    files.sort();
    Ok(files)
}

/// All labelled sentences that may be learned from.
fn sentences(files: &[PathBuf]) -> Result<Vec<Sentence>> {
    let lexicon = Lexicon::new(embedded());
    let mut all = Vec::new();
    for path in files {
        let (folder, stem) = (path.parent().and_then(Path::file_name), path.file_stem());
        let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let hand = format!("{}/{}", name(folder), name(stem));
        if UNREAD.contains(&hand.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
        let labelled: Vec<Labelled> = if path.extension().is_some_and(|e| e == "md") {
            specified(&text)
        } else {
            let read = text.lines().map(serde_json::from_str).collect::<Result<_, _>>();
            read.with_context(|| format!("read {}", path.display()))?
        };
        let read: Result<Vec<Vec<Sentence>>> = labelled
            .par_iter()
            .map(|labelled| {
                of_text(&hand, labelled, &lexicon).with_context(|| format!("{hand}: {}", labelled.text))
            })
            .collect();
        all.extend(read?.into_iter().flatten());
    }
    Ok(all)
}

/// The passages of a page that specifies rules, with the claims of their tables: see `crates/analyse/tests/specs.rs`.
fn specified(page: &str) -> Vec<Labelled> {
    let passages = page.split("```passage ").skip(1);
    let read = |passage: &str| {
        let (head, rest) = passage.split_once('\n')?;
        let (text, tables) = rest.split_once("\n```")?;
        let text = text.split_once('\n').filter(|_| text.starts_with("# ")).map_or(text, |(_, text)| text);
        let mut lines = tables.lines().skip_while(|line| !line.starts_with("| claim |"));
        let frame = lines.next()?.split('|').position(|cell| cell.trim() == "frame")?;
        let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
        let claim = |row: &str| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let (main, frame) = (cells.get(1)?, cells.get(frame)?);
            text.contains(main).then(|| serde_json::json!({ "frame": [frame], "main": main }))
        };
        let claims: Option<Vec<_>> = rows.map(claim).collect();
        let language = head.split(' ').next().unwrap_or_default().to_owned();
        let whole = !tables.contains("\npartly:");
        let labelled = Labelled { language, text: text.to_owned(), claims: claims?, ..Labelled::default() };
        whole.then_some(labelled)
    };
    passages.filter_map(read).collect()
}

/// The sentences of a labelled text of which it is known what they assert.
fn of_text(hand: &str, labelled: &Labelled, lexicon: &Lexicon) -> Result<Vec<Sentence>> {
    if UNREAD.contains(&labelled.set().as_str()) {
        return Ok(Vec::new());
    }
    let title = if labelled.kind == "headline" { labelled.text.as_str() } else { labelled.title.as_str() };
    let article = corpus::plain_article("lesson", &labelled.language, title, &labelled.text)?;
    let lessons = lessons(&article, lexicon);
    let told = if labelled.claims.first().or(labelled.optional.first()).is_some_and(|c| c.is_array()) {
        as_the_rules_read(labelled, &lessons)?
    } else {
        by_their_words(labelled, &lessons)?
    };
    let known = lessons.into_iter().zip(told).filter_map(|(lesson, told)| {
        let told = told?;
        Some(Sentence {
            hand: hand.to_owned(),
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

/// By the words that assert each claim. Of a lead only the main assertion is labelled, and no other sentence is known.
fn by_their_words(labelled: &Labelled, lessons: &[Lesson]) -> Result<Vec<Told>> {
    let lead = !labelled.frame.is_empty();
    let mut claims: Vec<Asserted> = labelled
        .claims
        .iter()
        .map(|claim| serde_json::from_value(claim.clone()))
        .collect::<Result<_, _>>()?;
    if lead {
        claims.push(Asserted { frame: labelled.frame.clone(), main: labelled.main.clone() });
    }
    let mut told: Vec<Vec<Vec<Frame>>> = vec![Vec::new(); lessons.len()];
    for claim in claims {
        let at = labelled
            .text
            .find(&claim.main)
            .with_context(|| format!("{:?} is not in the text", claim.main))?;
        let here = |lesson: &Lesson| at < lesson.range.end && lesson.range.start < at + claim.main.len();
        let own = told.iter_mut().zip(lessons).filter(|(_, lesson)| here(lesson));
        own.for_each(|(told, _)| told.push(claim.frame.clone()));
    }
    Ok(told.into_iter().map(|told| Some(told).filter(|t| !lead || !t.is_empty())).collect())
}

/// The sets of claims say not where in the text each stands: in a text of one sentence it is known, and in a longer one if the rules
/// read exactly what is labelled.
fn as_the_rules_read(labelled: &Labelled, lessons: &[Lesson]) -> Result<Vec<Told>> {
    let frames = |claims: &[serde_json::Value]| -> Result<Vec<Vec<Frame>>> {
        let read = |claim: &serde_json::Value| -> Result<Vec<Frame>> {
            let readings: Vec<Reading> = serde_json::from_value(claim.clone())?;
            Ok(readings.iter().map(|r| r.frame).collect())
        };
        claims.iter().map(read).collect()
    };
    let (mut expected, mut optional) = (frames(&labelled.claims)?, frames(&labelled.optional)?);
    if lessons.len() == 1 && optional.is_empty() {
        return Ok(vec![Some(expected)]);
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
    Ok(if agrees { told } else { vec![None; lessons.len()] })
}
