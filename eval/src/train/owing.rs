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
    /// What ties it to each, in the columns of both tables, and whether it is one that it derives from.
    pages: Vec<(Vec<f64>, bool)>,
}

/// Trains both tables and measures each hand by the others.
pub fn train(target: &Path) -> Result<()> {
    let (all, lexicon) = chains::labelled()?;
    let mut told: Vec<Told> = Vec::new();
    for (hand, of_hand) in chains::by_hand(&all) {
        // What was learned before is not to teach itself.
        let (book, tracker) = chains::run_by(&of_hand, &lexicon, |tracker| tracker.owe_by(None));
        let labels = labels(&of_hand, &book);
        let mut articles: BTreeMap<CaptureId, Vec<(Vec<f64>, bool)>> = BTreeMap::new();
        for lesson in tracker.owings().into_iter().filter(|lesson| !lesson.is_known) {
            let label = labels.get(&(lesson.from.clone(), lesson.to.clone()));
            // What need not be found says nothing.
            if label != Some(&true) {
                let is_source = label.is_some_and(|optional| !optional);
                articles.entry(lesson.from.clone()).or_default().push((columns(&lesson), is_source));
            }
        }
        told.extend(articles.into_values().map(|pages| Told { hand: hand.to_owned(), pages }));
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
    /// A choice for each page that the article derives from, without the others that it does; of an article that derives from none, one.
    fn choices(&self) -> Vec<Example> {
        let beside = |source: Option<usize>| {
            let asked = self
                .pages
                .iter()
                .enumerate()
                .filter(|(at, (_, is_source))| !is_source || Some(*at) == source);
            let asked: Vec<_> = asked.map(|(_, page)| page).collect();
            let chosen = asked.iter().position(|(_, is_source)| *is_source);
            Example {
                options: asked.into_iter().map(|(columns, _)| columns.clone()).collect(),
                chosen,
                weight: 1.0,
            }
        };
        let sources =
            self.pages.iter().enumerate().filter(|(_, (_, is_source))| *is_source).map(|(at, _)| at);
        let choices: Vec<Example> = sources.map(|source| beside(Some(source))).collect();
        if choices.is_empty() { vec![beside(None)] } else { choices }
    }
}

/// Prints of how many articles a model finds a source, and how many have one.
fn measure(hand: &str, told: &[Told], model: &Model) {
    let own = || told.iter().filter(|t| t.hand == hand);
    let likeliest = |t: &Told| {
        let odds: Vec<f64> = t.pages.iter().map(|(columns, _)| model.odds(columns)).collect();
        owing::likeliest(&odds).map(|(at, _)| t.pages[at].1)
    };
    let found = |is_source: bool| own().filter(|t| likeliest(t) == Some(is_source)).count();
    let all = own().filter(|t| t.pages.iter().any(|(_, is_source)| *is_source)).count();
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
