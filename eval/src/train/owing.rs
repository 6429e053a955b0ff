//! Trains what tells whether an article owes what it tells to a captured page: `crates/track/data/owing.toml`, from the labelled
//! chains.
//!
//! A lesson is an article with a page of its hand that is near it; it is one of those that the article derives from, or it is none.
//! On the way it prints, for each hand, what a model makes of it that learned from all the others.

use crate::logistic::{self, Example, Model, RIDGE};
use anyhow::Result;
use headwater_eval::chains::{self, Book, Chain, UNREAD};
use headwater_model::CaptureId;
use headwater_track::owing::{Lesson, Table, Tables, Weights};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

struct Told {
    hand: String,
    lesson: Lesson,
    is_source: bool,
}

/// Trains both tables and measures each hand by the others.
pub fn train(target: &Path) -> Result<()> {
    let (all, lexicon) = chains::labelled()?;
    let mut told: Vec<Told> = Vec::new();
    for (hand, of_hand) in chains::by_hand(&all) {
        // What was learned before is not to teach itself.
        let (book, tracker) = chains::run_by(&of_hand, &lexicon, |tracker| tracker.owe_by(None));
        let labels = labels(&of_hand, &book);
        told.extend(tracker.owings().into_iter().filter_map(|lesson| {
            let label = labels.get(&(lesson.from.clone(), lesson.to.clone()));
            // What need not be found says nothing.
            let is_source = label.is_some_and(|optional| !optional);
            (label != Some(&true)).then(|| Told { hand: hand.to_owned(), lesson, is_source })
        }));
    }
    let hands: BTreeSet<&str> = told.iter().map(|t| t.hand.as_str()).collect();
    for table in [Table::Document, Table::Report] {
        for hand in &hands {
            measure(hand, table, &told, &learn(&told, table, |other| other != *hand));
        }
    }
    let of = |table: Table| learn(&told, table, |hand| !UNREAD.contains(&hand)).table(Weights::of);
    let tables = Tables { document: of(Table::Document), report: of(Table::Report) };
    let head = "# What each clue says for an article's owing what it tells to a page, as logarithm of the odds: to a document, and\n\
                # to a report. Made by `cargo xtask train --only owing`; the clues are explained in src/derivations/owing.rs.\n\n";
    std::fs::write(target, format!("{head}{}", toml::to_string(&tables)?))?;
    println!("{}: {} lessons", target.display(), told.len());
    Ok(())
}

/// How much more a source counts to which neither a reference nor shared text led: these are what is asked for.
const SILENT: f64 = 3.0;

fn learn(told: &[Told], table: Table, is_asked: impl Fn(&str) -> bool) -> Model {
    let asked = told.iter().filter(|told| told.lesson.table == table && is_asked(&told.hand));
    let weight = |t: &Told| if t.lesson.is_known { 1.0 } else { SILENT };
    let example =
        |t: &Told| Example { features: t.lesson.clues.values(), is_of: t.is_source, weight: weight(t) };
    logistic::train(&asked.map(example).collect::<Vec<_>>(), RIDGE)
}

/// Prints how many sources a model finds to which no reference and no shared text led, and how many there are.
fn measure(hand: &str, table: Table, told: &[Told], model: &Model) {
    let own = || told.iter().filter(|t| t.hand == hand && t.lesson.table == table && !t.lesson.is_known);
    let likely = |t: &&Told| model.odds(&t.lesson.clues.values()) >= table.least();
    let found = |is_source: bool| own().filter(likely).filter(|t| t.is_source == is_source).count();
    let all = own().filter(|t| t.is_source).count();
    println!("{hand}, {table:?}: {} of {all} sources found, {} false", found(true), found(false));
}

/// The labelled derivations between pages, and whether they need not be found.
fn labels(chains: &[&Chain], book: &Book) -> BTreeMap<(CaptureId, CaptureId), bool> {
    let mut labels = BTreeMap::new();
    for chain in chains {
        let capture = |name: &str| Some(book.article(chain.pages.get(name)?)?.capture.clone());
        for edge in &chain.edges {
            let Some(pair) = capture(&edge.from).zip(capture(&edge.to)) else { continue };
            let optional = labels.entry(pair).or_insert(true);
            *optional &= edge.optional;
        }
    }
    labels
}
