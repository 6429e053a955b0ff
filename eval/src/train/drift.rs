//! Trains what tells whether a retelling changed what its source says: `crates/track/data/drift.toml`, from the labelled chains.
//!
//! A lesson is a sentence of a retelling beside one of its source. What is labelled is the page and the dimension, not the
//! sentences: of a labelled change the likeliest lesson is the one, by the model learned so far. On
//! the way it prints, for each hand, what a model makes of it that learned from all the others.

use crate::logistic::{self, Example, Model, RIDGE};
use anyhow::Result;
use headwater_eval::chains::{self, Book, Chain, UNREAD};
use headwater_model::CaptureId;
use headwater_track::drifting::{Clues, LEAST, Table, Tables, Weights};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How often the likeliest lessons of the labelled changes are chosen anew.
const ROUNDS: usize = 4;

/// All that a page may have changed on a dimension.
struct Bag {
    hand: String,
    table: Table,
    lessons: Vec<Clues>,
    is_changed: bool,
}

/// Trains all tables and measures each hand by the others.
pub fn train(target: &Path) -> Result<()> {
    let (all, lexicon) = chains::labelled()?;
    let mut bags: Vec<Bag> = Vec::new();
    let mut wanted: BTreeMap<(String, Table), usize> = BTreeMap::new();
    for (hand, of_hand) in chains::by_hand(&all) {
        let (book, tracker) = chains::run(&of_hand, &lexicon);
        let labels = labels(&of_hand, &book);
        for ((_, table), _) in labels.iter().filter(|(_, optional)| !**optional) {
            *wanted.entry((hand.to_owned(), *table)).or_default() += 1;
        }
        let pages: BTreeSet<CaptureId> = of_hand
            .iter()
            .flat_map(|c| c.pages.values())
            .filter_map(|p| Some(book.article(p)?.capture.clone()))
            .collect();
        let mut of: BTreeMap<(CaptureId, Table), Vec<Clues>> = BTreeMap::new();
        for lesson in tracker.changes().into_iter().filter(|lesson| pages.contains(&lesson.to)) {
            of.entry((lesson.to, lesson.table)).or_default().push(lesson.clues);
        }
        for ((page, table), lessons) in of {
            let label = labels.get(&(page, table));
            // What need not be found says nothing.
            if label != Some(&true) {
                bags.push(Bag { hand: hand.to_owned(), table, lessons, is_changed: label.is_some() });
            }
        }
    }
    let hands: BTreeSet<&str> = bags.iter().map(|bag| bag.hand.as_str()).collect();
    for table in Table::ALL {
        for hand in &hands {
            let wanted = wanted.get(&((*hand).to_owned(), table)).copied().unwrap_or_default();
            measure(hand, table, wanted, &bags, &learn(&bags, table, |other| other != *hand));
        }
    }
    let of = |table: Table| learn(&bags, table, |hand| !UNREAD.contains(&hand)).table(Weights::of);
    let tables = Tables { modality: of(Table::Modality), attribution: of(Table::Attribution) };
    let head = "# What each clue says for a retelling's having changed what its source says, as logarithm of the odds: of the\n\
                # step that is reached, and of on whose word it is. Made by `cargo xtask train --only drift`; the clues are\n\
                # explained in src/claims/compare/proposed.rs.\n\n";
    std::fs::write(target, format!("{head}{}", toml::to_string(&tables)?))?;
    println!("{}: {} pages with dimensions", target.display(), bags.len());
    Ok(())
}

fn learn(bags: &[Bag], table: Table, is_asked: impl Fn(&str) -> bool) -> Model {
    let asked: Vec<&Bag> = bags.iter().filter(|bag| bag.table == table && is_asked(&bag.hand)).collect();
    // At first what the rules tell, or else find, or what stands nearest.
    let first = |clues: &Clues| 4.0 * clues.ruled + 2.0 * clues.found + clues.nearest + clues.sameness;
    let mut model = logistic::train(&examples(&asked, first), RIDGE);
    for _ in 1..ROUNDS {
        model = logistic::train(&examples(&asked, |clues| model.odds(&clues.values())), RIDGE);
    }
    model
}

/// Of every changed page the likeliest lesson, of others all.
fn examples(bags: &[&Bag], likely: impl Fn(&Clues) -> f64) -> Vec<Example> {
    let example = |clues: &Clues, is_of: bool, weight: f64| Example::of(clues.values(), is_of, weight);
    let mut examples = Vec::new();
    for bag in bags {
        if bag.is_changed {
            let best = bag.lessons.iter().max_by(|a, b| likely(a).total_cmp(&likely(b)));
            examples.extend(best.map(|clues| example(clues, true, 1.0)));
        } else {
            examples.extend(bag.lessons.iter().map(|clues| example(clues, false, 1.0)));
        }
    }
    examples
}

/// Prints how many changes a model and the rules alone find, and how many there are.
fn measure(hand: &str, table: Table, wanted: usize, bags: &[Bag], model: &Model) {
    let own = || bags.iter().filter(|bag| bag.hand == hand && bag.table == table);
    let count = |told: &dyn Fn(&Clues) -> bool, is_changed: bool| {
        own().filter(|bag| bag.is_changed == is_changed && bag.lessons.iter().any(told)).count()
    };
    let likely = |clues: &Clues| model.odds(&clues.values()) >= LEAST;
    let ruled = |clues: &Clues| clues.ruled > 0.0;
    println!(
        "{hand}, {table:?}: {} of {wanted} changes found, {} false; by the rules alone {} and {}; within reach {}",
        count(&likely, true),
        count(&likely, false),
        count(&ruled, true),
        count(&ruled, false),
        own().filter(|bag| bag.is_changed).count()
    );
}

/// The labelled changes, and whether they need not be found.
fn labels(chains: &[&Chain], book: &Book) -> BTreeMap<(CaptureId, Table), bool> {
    let mut labels = BTreeMap::new();
    for chain in chains {
        for drift in &chain.drift {
            let page = chain.pages.get(&drift.at).and_then(|page| book.article(page));
            let Some(page) = page else { continue };
            let Some(table) = Table::of(drift.dimension) else { continue };
            let optional = labels.entry((page.capture.clone(), table)).or_insert(true);
            *optional &= drift.optional;
        }
    }
    labels
}
