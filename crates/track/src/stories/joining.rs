//! Whether an article joins a story: a linear model weighs how near it is to the story's articles and whether it asserts what they do.
//!
//! The clues are few and have names; what each says for or against stands in `data/stories.toml`, learned from the labelled
//! chains and half the topics of ECB+ by `cargo xtask train --only stories`. Two tables: of stories that have articles of the
//! article's language, and of others.

use super::{Open, Probe, days};
use crate::claims::compare::Said;
use crate::claims::sameness::{self, Tie, is, name_clues};
use crate::memory::near::{Row, Shared};
use crate::memory::seen::Seen;
use crate::memory::window::Window;
use crate::reading::asserted::leads;
use crate::reading::event::{self, Likeness};
use crate::text::terms::Vector;
use headwater_model::{CaptureId, Knowledge, StoryId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::LazyLock;

name_clues! {
    /// Cosine with the words of the story's articles of its language.
    words,
    /// The greatest cosine with the words of one of them.
    nearest_words,
    /// Words that it shares with that one, in twenties, 0..=2.
    shared_words,
    /// Cosine with what crosses languages in the story.
    names,
    /// The greatest cosine with what crosses languages in one of its articles.
    nearest_names,
    /// Names, figures and terms that it shares with the one with which it shares most, in tens, 0..=2.
    shared_names,
    /// Terms of the leads that both have, in fives, 0..=1.
    shared_things,
    /// Share of the terms of the lead that has fewer.
    things,
    /// The leads assert one thing.
    same_event,
    /// They assert things of different kinds.
    other_event,
    /// It derives from an article of the story.
    cites,
    /// Days of silence beyond the first three, in tens, 0..=3.
    silence,
    /// More than a week of it.
    long_silence,
    /// How many articles the story has, as logarithm.
    size,
    /// The best odds that a claim of its lead is one with a claim of a lead of the story, as share, 0..=1.
    claim,
    /// These odds as logarithm, in fives, -1..=1.
    claim_odds,
    /// The leads make no claims that anything ties.
    no_claim,
    /// The greatest cosine with the words of one article, where the leads make no claims: then words alone tell.
    words_alone,
    /// The story has another page of its publisher, as far as that is known: an authority makes one page of an act, and a
    /// newsroom seldom tells one thing twice.
    told_before,
    /// The story has articles of other languages.
    mixed,
}

/// The two tables.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tables {
    /// Logarithm of the odds from which an article joins.
    pub least: f64,
    /// Of stories that have articles of the article's language.
    pub beside: Weights,
    /// Of others.
    pub across: Weights,
}

static LEARNED: LazyLock<Tables> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/stories.toml")).expect("data/stories.toml is right")
});

impl Default for Tables {
    fn default() -> Self {
        *LEARNED
    }
}

impl Tables {
    /// Logarithm of the odds that an article tells a story.
    pub fn odds(&self, clues: &Clues, table: Table) -> f64 {
        let weights = match table {
            Table::Beside => &self.beside,
            Table::Across => &self.across,
        };
        weights.odds(clues)
    }
}

/// Which table tells of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// It has articles of the article's language.
    Beside,
    /// It has none.
    Across,
}

/// An article and a story that it may join, as a trainer asks for them.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The article.
    pub article: CaptureId,
    /// Which table tells of it.
    pub table: Table,
    /// What the two have in common.
    pub clues: Clues,
    /// Whether it is the article's story.
    pub is_own: bool,
}

/// Articles of a story that are looked at, the latest.
const LOOKED_AT: usize = 16;
/// Of these the nearest whose claims are.
const ASKED: usize = 4;
/// Claims of a lead.
const CLAIMS: usize = 4;

/// An article that is to join a story.
pub(super) struct Asked<'a> {
    pub seen: &'a Seen,
    pub window: &'a Window,
    pub knowledge: &'a Knowledge,
    /// What it shares with the latest captures.
    pub row: &'a Row,
    /// Stories of the articles that it derives from.
    pub cited: BTreeSet<&'a StoryId>,
    words: Probe<'a>,
    across: Probe<'a>,
}

/// Cosines with a story's sums.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cosines {
    words: Option<f64>,
    names: f64,
}

impl Cosines {
    /// What the story is told by.
    pub fn table(&self) -> Table {
        if self.words.is_some() { Table::Beside } else { Table::Across }
    }
    /// How near the two are, as far as the sums tell.
    pub fn nearness(&self) -> f64 {
        /// What crosses languages says less than the words.
        const NAMES: f64 = 0.5;
        self.words.unwrap_or(0.0).max(NAMES * self.names)
    }
}

impl<'a> Asked<'a> {
    pub fn new(
        seen: &'a Seen,
        window: &'a Window,
        knowledge: &'a Knowledge,
        row: &'a Row,
        cited: BTreeSet<&'a StoryId>,
    ) -> Self {
        let (words, across) = (Probe::new(&seen.vector), Probe::new(&seen.across));
        Asked { seen, window, knowledge, row, cited, words, across }
    }

    /// How near it is to the sums of a story.
    pub fn cosines(&self, open: &Open) -> Cosines {
        let words = open.words.get(self.seen.tongue()).map(|sum| self.words.cosine(sum));
        Cosines { words, names: self.across.cosine(&open.across) }
    }

    /// What speaks against a story whose leads are told by the sentence pattern of its own and are of different matters, the more
    /// where they are of different states: short reports then share most of their words. Too few of the labelled ones are such
    /// for this to be learned.
    pub fn strangeness(&self, open: &Open) -> f64 {
        const OTHER_MATTERS: f64 = 1.0;
        const OTHER_STATES: f64 = 4.0;
        let (own, others) = (&self.seen.events, &open.events);
        let cites = self.cited.contains(&open.story.id);
        match event::are_strangers(own, others) && !cites && event::relate(own, others) != Likeness::Same {
            false => 0.0,
            true if event::are_elsewhere(own, others) => OTHER_STATES,
            true => OTHER_MATTERS,
        }
    }

    /// What it has in common with a story.
    pub fn clues(&self, open: &Open, cosines: &Cosines) -> Clues {
        let near = self.nearest(open);
        let most = |of: &dyn Fn(&Shared) -> u64| near.iter().map(|(shared, _)| of(shared)).max().unwrap_or(0);
        let nearest = near.iter().max_by_key(|(shared, other)| (shared.words, other.seq));
        let nearest_words = Vector::cosine_of(most(&|shared| shared.words));
        let (shared, things) = event::shared_things(&self.seen.events, &open.events);
        let relation = event::relate(&self.seen.events, &open.events);
        let silence = days(self.seen.day, open);
        let odds = self.best_odds(near.iter().take(ASKED).map(|(_, other)| *other));
        let known = odds.unwrap_or(f64::NEG_INFINITY);
        Clues {
            words: cosines.words.unwrap_or(0.0),
            nearest_words,
            shared_words: nearest.map_or(0.0, |(_, other)| self.shared_words(other)),
            names: cosines.names,
            nearest_names: Vector::cosine_of(most(&|shared| shared.across)),
            shared_names: (most(&|shared| shared.common as u64) as f64 / 10.0).min(2.0),
            shared_things: shared.min(5) as f64 / 5.0,
            things,
            same_event: is(relation == Likeness::Same),
            other_event: is(relation == Likeness::Other),
            cites: is(self.cited.contains(&open.story.id)),
            silence: f64::from((silence - 3).clamp(0, 30)) / 10.0,
            long_silence: is(silence > 7),
            size: libm::log(open.story.articles.len().max(1) as f64),
            claim: sameness::share(known),
            claim_odds: if odds.is_some() { known.clamp(-5.0, 5.0) / 5.0 } else { 0.0 },
            no_claim: is(odds.is_none()),
            words_alone: is(odds.is_none()) * nearest_words,
            told_before: is(near.iter().any(|(_, other)| self.is_of_one_publisher(other))),
            mixed: is(open.words.len() > usize::from(cosines.words.is_some())),
        }
    }

    /// The story's latest articles with what they share, the nearest first.
    fn nearest(&self, open: &Open) -> Vec<(Shared, &'a Seen)> {
        let latest = open.story.articles.iter().rev().take(LOOKED_AT);
        let others = latest.filter_map(|capture| self.window.find(capture));
        let mut near: Vec<(Shared, &Seen)> =
            others.map(|other| (self.row.shared(self.seen, other), other)).collect();
        let nearness = |(shared, other): &(Shared, &Seen)| {
            (shared.nearness(|| other.tongue() == self.seen.tongue()), other.seq)
        };
        near.sort_by(|a, b| {
            let (p, q) = (nearness(a), nearness(b));
            q.0.total_cmp(&p.0).then(q.1.cmp(&p.1))
        });
        near
    }

    /// Words that it shares with another, in twenties, 0..=2.
    fn shared_words(&self, other: &Seen) -> f64 {
        (self.seen.vector.shared(&other.vector) as f64 / 20.0).min(2.0)
    }

    /// Whether both are pages of one known publisher, and not editions of one page.
    fn is_of_one_publisher(&self, other: &Seen) -> bool {
        let (own, others) = (&self.seen.publisher.entity, &other.publisher.entity);
        own.is_some() && own == others && self.seen.address != other.address
    }

    /// The best odds that a claim of its lead is one with a claim of a lead of others.
    fn best_odds(&self, others: impl Iterator<Item = &'a Seen>) -> Option<f64> {
        let of_lead = |seen| Said::all(seen).filter(|said| leads(said.claim)).take(CLAIMS);
        let pairs = others
            .flat_map(|other| of_lead(self.seen).flat_map(move |a| of_lead(other).map(move |b| (a, b))));
        let odds = pairs.filter_map(|(a, b)| sameness::odds(a, b, Tie::Unconnected, self.knowledge));
        odds.max_by(f64::total_cmp)
    }
}
