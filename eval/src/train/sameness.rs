//! Trains what tells whether two claims assert the same: `crates/track/data/sameness.toml`, from the labelled chains.
//!
//! A lesson is a pair of claims of two pages of one hand: of one labelled claim, or plainly not. On the way it prints, for each
//! hand, what a model makes of it that learned from all the others.

use crate::logistic::{self, Example, Model, RIDGE};
use anyhow::Result;
use headwater_eval::chains::{self, Book, Chain, UNREAD};
use headwater_model::CaptureId;
use headwater_model::tracking::Cited;
use headwater_track::{Clues, Pair, Tables, Tie, Weights};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How much a pair counts of which one claim is labelled and the other another sentence of a page that tells it elsewhere: it
/// may tell it twice.
const OTHER_SENTENCE: f64 = 0.3;

struct Lesson {
    hand: String,
    tie: Tie,
    clues: Clues,
    is_one: bool,
    weight: f64,
}

/// Trains both tables and measures each hand by the others.
pub fn train(target: &Path) -> Result<()> {
    let (all, lexicon) = chains::labelled()?;
    let mut lessons: Vec<Lesson> = Vec::new();
    for (hand, of_hand) in chains::by_hand(&all) {
        let (book, tracker) = chains::run(&of_hand, &lexicon);
        let labels = Labels::new(&of_hand, &book);
        lessons.extend(tracker.pairs().iter().filter_map(|pair| labels.lesson(hand, pair)));
    }
    let hands: BTreeSet<&str> = lessons.iter().map(|l| l.hand.as_str()).collect();
    for tie in [Tie::Derived, Tie::Unconnected] {
        for hand in &hands {
            let model = learn(&lessons, tie, |l| l.hand != *hand);
            measure(hand, tie, &lessons, &model);
        }
    }
    let table = |tie: Tie| learn(&lessons, tie, |l| !UNREAD.contains(&l.hand.as_str())).table(Weights::of);
    let tables = Tables { derived: table(Tie::Derived), unconnected: table(Tie::Unconnected) };
    let head = "# What each clue says for two claims' being one, as logarithm of the odds: of captures of which one derives\n\
                # from the other, and of others. Made by `cargo xtask train --only sameness`; the clues are explained in\n\
                # src/claims/sameness.rs.\n\n";
    std::fs::write(target, format!("{head}{}", toml::to_string(&tables)?))?;
    println!("{}: {} lessons", target.display(), lessons.len());
    Ok(())
}

fn learn(lessons: &[Lesson], tie: Tie, is_asked: impl Fn(&Lesson) -> bool) -> Model {
    let asked = lessons.iter().filter(|lesson| lesson.tie == tie && is_asked(lesson));
    let example = |l: &Lesson| Example::of(l.clues.values(), l.is_one, l.weight);
    logistic::train(&asked.map(example).collect::<Vec<_>>(), RIDGE)
}

/// Prints how many pairs a model finds at even odds, and how many it should.
fn measure(hand: &str, tie: Tie, lessons: &[Lesson], model: &Model) {
    let own = || lessons.iter().filter(|l| l.hand == hand && l.tie == tie);
    let found = |is_one: bool| {
        own()
            .filter(|l| l.is_one == is_one && l.weight == 1.0 && model.odds(&l.clues.values()) >= 0.0)
            .count()
    };
    let all = own().filter(|l| l.is_one).count();
    println!("{hand}, {tie:?}: {} of {all} pairs of one claim found, {} false", found(true), found(false));
}

/// Which labelled claims the pages of a hand tell, and where.
struct Labels<'a> {
    chains: &'a [&'a Chain],
    book: &'a Book,
    pages: BTreeMap<CaptureId, (usize, &'a str)>,
}

impl<'a> Labels<'a> {
    fn new(chains: &'a [&'a Chain], book: &'a Book) -> Self {
        let mut pages = BTreeMap::new();
        for (at, chain) in chains.iter().enumerate() {
            for (name, page) in &chain.pages {
                pages
                    .extend(book.article(page).map(|article| (article.capture.clone(), (at, name.as_str()))));
            }
        }
        Labels { chains, book, pages }
    }

    /// The pair with what its labels say of it; `None` where they say nothing.
    fn lesson(&self, hand: &str, pair: &Pair) -> Option<Lesson> {
        let [(a, _), (b, _)] = &pair.claims;
        let ((chain_a, page_a), (chain_b, page_b)) = (self.pages.get(a)?, self.pages.get(b)?);
        let [told_a, told_b] = pair.claims.each_ref().map(|(capture, evidence)| {
            self.told(&Cited { capture: capture.clone(), evidence: evidence.clone() })
        });
        let lesson = |is_one: bool, weight: f64| Lesson {
            hand: hand.to_owned(),
            tie: pair.tie,
            clues: pair.clues,
            is_one,
            weight,
        };
        let chain = self.chains[*chain_a];
        let distracts = |page: &str| chain.pages[page].distractor;
        if chain_a != chain_b || distracts(page_a) || distracts(page_b) {
            return Some(lesson(false, 1.0));
        }
        if !told_a.is_empty() && !told_b.is_empty() {
            return Some(lesson(!told_a.is_disjoint(&told_b), 1.0));
        }
        let (told, other) = if told_a.is_empty() { (told_b, page_a) } else { (told_a, page_b) };
        let elsewhere = told.iter().any(|claim| chain.claims[*claim].quotes.contains_key(*other));
        elsewhere.then(|| lesson(false, OTHER_SENTENCE))
    }

    /// The labelled claims of its chain that words of a page tell.
    fn told(&self, cited: &Cited) -> BTreeSet<usize> {
        let Some((chain, name)) = self.pages.get(&cited.capture) else { return BTreeSet::new() };
        let chain = self.chains[*chain];
        let page = &chain.pages[*name];
        let tells = |claim: &chains::Claim| {
            let words = claim.quotes.get(*name);
            words.is_some_and(|words| self.book.overlaps(page, words, &cited.capture, cited))
        };
        (0..chain.claims.len()).filter(|at| tells(&chain.claims[*at])).collect()
    }
}
