//! Trains what tells whether an article joins a story: `crates/track/data/stories.toml`, from the labelled chains and the odd
//! topics of ECB+.
//!
//! A lesson is an article with a story that it may join, where all articles before it stand in the stories of their labels. On
//! the way it traces each hand by what was learned from all the others, and the even topics by what was learned from all.

use crate::logistic::{self, Example, Model};
use anyhow::Result;
use headwater_eval::chains::{self, Book, Chain};
use headwater_eval::topics::{self, Document};
use headwater_model::CaptureId;
use headwater_track::joining::{Clues, Lesson, Table, Tables, Weights};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Hands by which the tables are measured, and from which they do not learn.
const UNREAD: [&str; 3] = ["blind13", "blind14", "blind15"];

/// What a squared weight costs against an error.
const RIDGE: f64 = 10.0;

/// How much a lesson of ECB+ counts: its topics are many to the hands of chains, and of one kind.
const OF_TOPICS: f64 = 0.5;

/// The name under which the topics stand among the hands.
const TOPICS: &str = "topics";

struct Told {
    hand: String,
    weight: f64,
    lesson: Lesson,
}

/// Trains both tables and measures each hand by the others.
pub fn train(data: &Path, target: &Path) -> Result<()> {
    let folder = chains::folder();
    let all = chains::read(&folder)?;
    let lexicon = chains::lexicon(&folder)?;
    let hands = chains::by_hand(&all);
    let mut told: Vec<Told> = Vec::new();
    for (hand, of_hand) in &hands {
        let (book, tracker) = chains::run(of_hand, &lexicon);
        let stories = labelled(of_hand, &book);
        let lessons = tracker.joins(&|capture| stories.get(capture).copied());
        told.extend(lessons.into_iter().map(|lesson| Told { hand: (*hand).to_owned(), weight: 1.0, lesson }));
    }
    let documents = topics::read(&data.join(topics::FOLDER))?;
    let (odd, mut even): (Vec<Document>, Vec<Document>) =
        documents.into_iter().partition(|document| document.topic % 2 == 1);
    told.extend(of_topics(odd));
    if let Ok(path) = std::env::var("DUMP") {
        let mut out = format!("hand\ttable\town\tarticle\t{}\n", Clues::NAMES.join("\t"));
        for Told { hand, lesson, .. } in &told {
            let values: Vec<String> = lesson.clues.values().iter().map(|v| format!("{v:.4}")).collect();
            out += &format!("{hand}\t{:?}\t{}\t{}\t{}\n", lesson.table, u8::from(lesson.is_own), lesson.article, values.join("\t"));
        }
        std::fs::write(path, out)?;
    }
    for least in [-1.0, -0.5, 0.0, 0.5] {
        let (mut right, mut found, mut wanted, mut f) = (0, 0, 0, 0.0);
        for (hand, of_hand) in &hands {
            let tables = learn(&told, least, |other| other != *hand && (!UNREAD.contains(&other) || UNREAD.contains(hand)));
            let (book, _) = chains::run_by(of_hand, &lexicon, tables);
            let score = pairs(of_hand, &book);
            println!(
                "{least} {hand}: precision {:.4}, recall {:.4} of {} pairs of pages of one story",
                score.0 as f64 / score.1.max(1) as f64,
                score.0 as f64 / score.2.max(1) as f64,
                score.2
            );
            (right, found, wanted) = (right + score.0, found + score.1, wanted + score.2);
            f += 2.0 * score.0 as f64 / (score.1 + score.2).max(1) as f64;
        }
        println!("{least} all: {right} of {wanted}, {found} found; sum of F {f:.4}");
        let tables = learn(&told, least, |hand| !UNREAD.contains(&hand));
        even.sort_by(|a, b| (a.topic, &a.name).cmp(&(b.topic, &b.name)));
        for order in ["corpus order", "mixed order"] {
            if order == "mixed order" {
                topics::mix(&mut even);
            }
            let (precision, recall) = topics::b_cubed(&even, &topics::run(&even, tables).stories);
            println!("{least} even topics, {order}: B3 precision {precision:.4}, recall {recall:.4}, {:.4}", 2.0 * precision * recall / (precision + recall));
        }
    }
    let tables = learn(&told, 0.0, |hand| !UNREAD.contains(&hand));
    let head = "# What each clue says for an article's telling a story, as logarithm of the odds: of stories that have articles of its\n\
                # language, and of others. Made by `cargo xtask train --only stories`; the clues are explained in\n\
                # src/stories/joining.rs.\n\n";
    std::fs::write(target, format!("{head}{}", toml::to_string(&tables)?))?;
    println!("{}: {} lessons", target.display(), told.len());
    Ok(())
}

/// The lessons of documents, in either order.
fn of_topics(mut documents: Vec<Document>) -> Vec<Told> {
    let mut told = Vec::new();
    for order in 0..2 {
        if order == 1 {
            topics::mix(&mut documents);
        }
        let traced = topics::run(&documents, Tables::default());
        let labels: BTreeSet<&str> = documents.iter().map(|d| d.label.as_str()).collect();
        let numbers: BTreeMap<&str, usize> = labels.into_iter().zip(0..).collect();
        let stories: BTreeMap<&CaptureId, usize> =
            traced.captures.iter().zip(&documents).map(|(capture, d)| (capture, numbers[d.label.as_str()])).collect();
        let lessons = traced.tracker.joins(&|capture| stories.get(capture).copied());
        told.extend(lessons.into_iter().map(|lesson| Told { hand: TOPICS.into(), weight: OF_TOPICS / 2.0, lesson }));
    }
    told
}

fn learn(told: &[Told], least: f64, is_asked: impl Fn(&str) -> bool) -> Tables {
    let table = |table: Table| {
        let asked = told.iter().filter(|told| told.lesson.table == table && is_asked(&told.hand));
        let example =
            |t: &Told| Example { features: t.lesson.clues.values(), is_of: t.lesson.is_own, weight: t.weight };
        weights(&logistic::train(&asked.map(example).collect::<Vec<_>>(), RIDGE))
    };
    Tables { least, beside: table(Table::Beside), across: table(Table::Across) }
}

/// The weights as the tracker reads them, to the fourth digit.
fn weights(model: &Model) -> Weights {
    let rounded = |value: f64| (value * 1e4).round() / 1e4;
    let named =
        Clues::NAMES.iter().zip(&model.weights).map(|(name, w)| ((*name).to_owned(), rounded(*w).into()));
    let clues = toml::Table::from_iter(named).try_into().expect("every clue has its weight");
    Weights { bias: rounded(model.bias), clues }
}

/// The labelled story of each capture, by number.
fn labelled(chains: &[&Chain], book: &Book) -> BTreeMap<CaptureId, usize> {
    let stories = chains.iter().flat_map(|chain| chain.stories.iter().map(move |story| (chain, story)));
    let pages = stories.enumerate().flat_map(|(number, (chain, story))| {
        story.pages.iter().filter_map(move |name| Some((book.article(chain.pages.get(name)?)?.capture.clone(), number)))
    });
    pages.collect()
}

/// Pairs of pages of one story: those rightly found, found and wanted.
fn pairs(chains: &[&Chain], book: &Book) -> (usize, usize, usize) {
    let labels = labelled(chains, book);
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    labels.values().for_each(|story| *sizes.entry(*story).or_default() += 1);
    let of = |n: usize| n * n.saturating_sub(1) / 2;
    let (mut right, mut found) = (0, 0);
    for story in book.stories.values() {
        let mut own: BTreeMap<usize, usize> = BTreeMap::new();
        for capture in &story.articles {
            labels.get(capture).into_iter().for_each(|story| *own.entry(*story).or_default() += 1);
        }
        right += own.values().copied().map(of).sum::<usize>();
        found += of(story.articles.len());
    }
    (right, found, sizes.values().copied().map(of).sum())
}
