//! Trains what tells whether an article owes what it tells to a captured page: `crates/track/data/owing.toml`, from the labelled
//! chains.
//!
//! A lesson is an article with the pages of its hand that are near it and to which neither a reference nor shared text led: it derives
//! from one of them, or from none. On the way it prints, for each hand, what a model makes of it that learned from all the others.

use crate::logistic::{self, Example, Model};
use anyhow::Result;
use headwater_eval::chains::{self, Book, Chain, UNREAD};
use headwater_model::CaptureId;
use headwater_track::owing::{self, Lesson, Table, Tables, Weights};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a squared weight costs against an error: little, as the choices are few and each is told by many clues.
const RIDGE: f64 = 2.0;

/// An article and the pages that it may owe something to.
struct Told {
    hand: String,
    /// What ties it to each that it derives from, in the columns of both tables.
    sources: Vec<Vec<f64>>,
    /// The same of the others.
    others: Vec<Vec<f64>>,
}

/// Trains both tables and measures each hand by the others.
pub fn train(target: &Path) -> Result<()> {
    let (all, lexicon) = chains::labelled()?;
    let mut told: Vec<Told> = Vec::new();
    for (hand, of_hand) in chains::by_hand(&all) {
        // What was learned before is not to teach itself.
        let (book, tracker) = chains::run_by(&of_hand, &lexicon, |tracker| tracker.owe_by(None));
        let labels = labels(&of_hand, &book);
        let mut articles: BTreeMap<CaptureId, Told> = BTreeMap::new();
        for lesson in tracker.owings() {
            let Lesson { from, to, .. } = &lesson;
            let article = articles.entry(from.clone()).or_insert_with(|| Told::of(hand));
            match labels.get(&(from.clone(), to.clone())) {
                // What need not be found says nothing.
                Some(true) => {}
                Some(false) => article.sources.push(columns(&lesson)),
                None => article.others.push(columns(&lesson)),
            }
        }
        told.extend(articles.into_values());
    }
    let hands: BTreeSet<&str> = told.iter().map(|t| t.hand.as_str()).collect();
    for hand in hands {
        measure(hand, &told, &learn(&told, |other| other != hand));
    }
    let tables = tables(&learn(&told, |hand| !UNREAD.contains(&hand)));
    let head = "# What each clue says for an article's owing what it tells to a page, as logarithm of the odds against owing it to none: to a\n\
                # document, and to a report. Made by `cargo xtask train --only owing`; the clues are explained in\n\
                # src/derivations/owing.rs.\n\n";
    std::fs::write(target, format!("{head}{}", toml::to_string(&tables)?))?;
    println!("{}: {} lessons", target.display(), told.len());
    Ok(())
}

/// What ties an article to a page, in one row for both tables, as the pages of both kinds stand in one choice: the clues of a document,
/// those of a report, and whether it is a document.
fn columns(lesson: &Lesson) -> Vec<f64> {
    let clues = lesson.clues.values();
    let none = vec![0.0; clues.len()];
    match lesson.table {
        Table::Document => [clues, none, vec![1.0]].concat(),
        Table::Report => [none, clues, vec![0.0]].concat(),
    }
}

/// The two tables of a model of such rows.
fn tables(model: &Model) -> Tables {
    let (of_document, of_each) = model.weights.split_last().expect("a column tells which kind a page is of");
    let (document, report) = of_each.split_at(of_each.len() / 2);
    let table = |bias: f64, weights: &[f64]| Model { bias, weights: weights.to_vec() }.table(Weights::of);
    Tables { document: table(model.bias + of_document, document), report: table(model.bias, report) }
}

fn learn(told: &[Told], is_asked: impl Fn(&str) -> bool) -> Model {
    let choices = told.iter().filter(|told| is_asked(&told.hand)).flat_map(Told::choices);
    logistic::train(&choices.collect::<Vec<_>>(), RIDGE)
}

impl Told {
    /// An article of a hand, with no page yet.
    fn of(hand: &str) -> Self {
        Told { hand: hand.to_owned(), sources: Vec::new(), others: Vec::new() }
    }

    /// A choice for each page that the article derives from, without the others that it does; of an article that derives from none, one.
    fn choices(&self) -> Vec<Example> {
        let choice = |source: Option<&Vec<f64>>| {
            let options = source.into_iter().chain(&self.others).cloned().collect();
            Example { options, chosen: source.map(|_| 0), weight: 1.0 }
        };
        if self.sources.is_empty() {
            return vec![choice(None)];
        }
        self.sources.iter().map(|source| choice(Some(source))).collect()
    }

    /// Whether the page that a model finds is one that the article derives from, if it finds one.
    fn is_found(&self, model: &Model) -> Option<bool> {
        let pages = self.sources.iter().chain(&self.others);
        let odds: Vec<f64> = pages.map(|columns| model.odds(columns)).collect();
        owing::likeliest(&odds).map(|(at, _)| at < self.sources.len())
    }
}

/// Prints of how many articles a model finds a source, and how many have one.
fn measure(hand: &str, told: &[Told], model: &Model) {
    let own = || told.iter().filter(|t| t.hand == hand);
    let found = |is_source: bool| own().filter(|t| t.is_found(model) == Some(is_source)).count();
    let all = own().filter(|t| !t.sources.is_empty()).count();
    println!("{hand}: a source of {} of {all} articles found, {} false", found(true), found(false));
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
