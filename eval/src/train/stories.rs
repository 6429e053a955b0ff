//! Trains what tells whether an article joins a story: `crates/track/data/stories.toml`, from the labelled chains and the odd
//! topics of ECB+.
//!
//! A lesson is an article with a story that it may join, where all articles before it stand in the stories of their labels. On
//! the way it traces each hand by what was learned from all the others, and the even topics by what was learned from all.

use crate::logistic::{self, Example, RIDGE};
use anyhow::Result;
use headwater_eval::chains::{self, Book, Chain, UNREAD};
use headwater_eval::topics::{self, Document};
use headwater_model::CaptureId;
use headwater_track::joining::{Lesson, Table, Tables, Weights};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How much a lesson of ECB+ counts, which is there in either order.
const OF_TOPICS: f64 = 0.5;

/// Logarithm of the odds from which an article joins: who opens a story of his own is lost to all who follow. Chosen on the hands
/// and topics that are learned from.
const LEAST: f64 = -0.9;

/// The name under which the topics stand among the hands.
const TOPICS: &str = "topics";

struct Told {
    hand: String,
    weight: f64,
    lesson: Lesson,
}

/// Trains both tables and measures each hand by the others.
pub fn train(data: &Path, target: &Path) -> Result<()> {
    let (all, lexicon) = chains::labelled()?;
    let hands = chains::by_hand(&all);
    let mut told: Vec<Told> = Vec::new();
    for (hand, of_hand) in &hands {
        let (book, tracker) = chains::run(of_hand, &lexicon);
        let stories = labelled(of_hand, &book);
        let lessons = tracker.joins(&|capture| stories.get(capture).copied());
        told.extend(lessons.into_iter().map(|lesson| Told { hand: (*hand).to_owned(), weight: 1.0, lesson }));
    }
    let documents = topics::read(&data.join(topics::FOLDER))?;
    let (odd, even): (Vec<Document>, Vec<Document>) =
        documents.into_iter().partition(|document| document.topic % 2 == 1);
    told.extend(of_topics(odd));
    for (hand, of_hand) in &hands {
        let tables = learn(&told, |other| other != *hand && !UNREAD.contains(&other));
        let (book, _) = chains::run_by(of_hand, &lexicon, |tracker| tracker.join_by(tables));
        let (right, found, wanted) = pairs(of_hand, &book);
        println!("{hand}: {right} of {wanted} pairs of pages of one story found, {} false", found - right);
    }
    let tables = learn(&told, |hand| !UNREAD.contains(&hand));
    topics::each_order(even, |order, documents| {
        let (precision, recall) = topics::b_cubed(documents, &topics::run(documents, tables).stories);
        println!("even topics, {order}: B3 precision {precision:.4}, recall {recall:.4}");
    });
    let head = "# What each clue says for an article's telling a story, as logarithm of the odds: of stories that have articles of its\n\
                # language, and of others. Made by `cargo xtask train --only stories`; the clues are explained in\n\
                # src/stories/joining.rs.\n\n";
    std::fs::write(target, format!("{head}{}", toml::to_string(&tables)?))?;
    println!("{}: {} lessons", target.display(), told.len());
    Ok(())
}

/// The lessons of documents, in either order.
fn of_topics(documents: Vec<Document>) -> Vec<Told> {
    let mut told = Vec::new();
    topics::each_order(documents, |_, documents| {
        let traced = topics::run(documents, Tables::default());
        let labels: BTreeSet<&str> = documents.iter().map(|d| d.label.as_str()).collect();
        let numbers: BTreeMap<&str, usize> = labels.into_iter().zip(0..).collect();
        let labelled = traced.captures.iter().zip(documents);
        let stories: BTreeMap<&CaptureId, usize> =
            labelled.map(|(capture, d)| (capture, numbers[d.label.as_str()])).collect();
        let lessons = traced.tracker.joins(&|capture| stories.get(capture).copied());
        told.extend(lessons.into_iter().map(|lesson| Told {
            hand: TOPICS.into(),
            weight: OF_TOPICS,
            lesson,
        }));
    });
    told
}

fn learn(told: &[Told], is_asked: impl Fn(&str) -> bool) -> Tables {
    let table = |table: Table| {
        let asked = told.iter().filter(|told| told.lesson.table == table && is_asked(&told.hand));
        let example = |t: &Told| Example::of(t.lesson.clues.values(), t.lesson.is_own, t.weight);
        logistic::train(&asked.map(example).collect::<Vec<_>>(), RIDGE).table(Weights::of)
    };
    Tables { least: LEAST, beside: table(Table::Beside), across: table(Table::Across) }
}

/// The labelled story of each capture, by number.
fn labelled(chains: &[&Chain], book: &Book) -> BTreeMap<CaptureId, usize> {
    let stories = chains.iter().flat_map(|chain| chain.stories.iter().map(move |story| (chain, story)));
    let pages = stories.enumerate().flat_map(|(number, (chain, story))| {
        story
            .pages
            .iter()
            .filter_map(move |name| Some((book.article(chain.pages.get(name)?)?.capture.clone(), number)))
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
