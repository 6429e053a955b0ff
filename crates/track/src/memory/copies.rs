//! Copies: which earlier texts share passages with a new one.
//!
//! Candidates come from an index of winnowed shingles (Schleimer, Wilkerson, Aiken 2003): of every
//! window of eight shingles the smallest is kept, so any two texts that share twelve words in a row
//! are certain to meet. What is said of a pair is then computed exactly, on all its shingles.

use crate::text::units::{self, Shingle, Unit};
use headwater_model::tracking::Cited;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// Of this many shingles in a row one is indexed.
const WINNOW: usize = 8;
/// Texts remembered for one shingle: the latest. More would make boilerplate expensive.
const POSTINGS: usize = 24;
/// Pairs that are compared exactly for one new text.
const CANDIDATES: usize = 48;

/// The shingles of one text, ready to be compared.
#[derive(Debug, Clone, Default)]
pub struct Sketch {
    /// All distinct shingle hashes, sorted.
    pub hashes: Vec<u32>,
    /// The winnowed ones, in text order.
    winnowed: Vec<u32>,
    /// Units of the text.
    pub units: usize,
}

impl Sketch {
    /// Sketches a text that was cut into units.
    pub fn new(units: &[Unit]) -> Self {
        let shingles = units::shingles(units);
        Sketch { hashes: units::distinct(&shingles), winnowed: winnow(&shingles), units: units.len() }
    }
    /// Share of this text's shingles that the other has, 0..=1; 0 for a text too short to have any.
    pub fn contained_in(&self, other: &Sketch) -> f64 {
        self.share(self.shared_with(other))
    }
    /// Distinct shingles that both have.
    pub fn shared_with(&self, other: &Sketch) -> usize {
        units::shared(&self.hashes, &other.hashes)
    }
    /// What share of this text's shingles so many are.
    pub fn share(&self, shared: usize) -> f64 {
        if self.hashes.is_empty() { 0.0 } else { shared as f64 / self.hashes.len() as f64 }
    }
}

fn winnow(shingles: &[Shingle]) -> Vec<u32> {
    let mut kept: Vec<u32> = Vec::new();
    let mut last = usize::MAX;
    let windows = shingles.len().saturating_sub(WINNOW - 1).max(usize::from(!shingles.is_empty()));
    for start in 0..windows {
        let window = &shingles[start..(start + WINNOW).min(shingles.len())];
        let Some(best) = (0..window.len()).rev().min_by_key(|&i| window[i].hash) else { break };
        if start + best != last {
            last = start + best;
            kept.push(shingles[last].hash);
        }
    }
    kept
}

/// An index of the texts in the window.
#[derive(Debug, Default)]
pub struct Index {
    postings: FxHashMap<u32, VecDeque<u64>>,
}

impl Index {
    /// Texts that share at least one winnowed shingle with `sketch`, those sharing most first
    /// (among equals the latest), at most [`CANDIDATES`].
    pub fn candidates(&self, sketch: &Sketch) -> Vec<u64> {
        let postings = sketch.winnowed.iter().filter_map(|hash| self.postings.get(hash));
        let mut hits: Vec<u64> = postings.flatten().copied().collect();
        hits.sort_unstable();
        let mut ranked: Vec<(u32, u64)> =
            hits.chunk_by(|a, b| a == b).map(|same| (same.len() as u32, same[0])).collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        ranked.truncate(CANDIDATES);
        ranked.into_iter().map(|(_, text)| text).collect()
    }

    /// Adds a text under its number; numbers grow.
    pub fn add(&mut self, text: u64, sketch: &Sketch) {
        for &hash in &sketch.winnowed {
            let posting = self.postings.entry(hash).or_default();
            if posting.back() != Some(&text) {
                posting.push_back(text);
            }
            if posting.len() > POSTINGS {
                posting.pop_front();
            }
        }
    }

    /// Forgets a text.
    pub fn remove(&mut self, text: u64, sketch: &Sketch) {
        for hash in &sketch.winnowed {
            let Some(posting) = self.postings.get_mut(hash) else { continue };
            posting.retain(|&t| t != text);
            if posting.is_empty() {
                self.postings.remove(hash);
            }
        }
    }
}

/// A run of units that two texts share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// First unit in the first text.
    pub a: usize,
    /// First unit in the second text.
    pub b: usize,
    /// Units.
    pub len: usize,
    /// Weight of what stands outside quotation marks in the first text.
    pub plain: usize,
}

/// Weight of a word and of a Han character, which says less.
const WORD: usize = 16;
const CHARACTER: usize = 10;

/// A text that is held against others.
pub struct Held {
    /// Its units.
    pub units: Vec<Unit>,
    shingles: Vec<Shingle>,
    hashes: FxHashSet<u32>,
}

impl Held {
    /// Makes a text ready.
    pub fn new(text: &str) -> Self {
        let units = units::units(text);
        let shingles = units::shingles(&units);
        let hashes = shingles.iter().map(|s| s.hash).collect();
        Held { units, shingles, hashes }
    }

    /// Runs that it shares with another text, in its own order, without overlap in it. Each run is at least a shingle
    /// long.
    pub fn runs(&self, other: &[Unit]) -> Vec<Run> {
        let mut places: FxHashMap<u32, u32> = FxHashMap::default();
        for shingle in units::shingles(other).iter().filter(|s| self.hashes.contains(&s.hash)) {
            places.entry(shingle.hash).or_insert(shingle.first);
        }
        let mut found = Vec::new();
        let mut next = 0;
        for shingle in &self.shingles {
            let first = shingle.first as usize;
            if first < next {
                continue;
            }
            let Some(place) = places.get(&shingle.hash).map(|place| *place as usize) else { continue };
            let own = &self.units[first..];
            let len = own.iter().zip(&other[place..]).take_while(|(x, y)| x.hash == y.hash).count();
            if len >= shingle.len as usize {
                found.push(Run { a: first, b: place, len, plain: plain(&own[..len]) });
                next = first + len;
            }
        }
        found
    }
}

/// Weight of units outside quotation marks.
fn plain(units: &[Unit]) -> usize {
    units.iter().filter(|u| !u.quoted).map(|u| if u.ideographic { CHARACTER } else { WORD }).sum()
}

/// What two texts share. It never changes, and is asked for again whenever a late arrival may have: so it is kept.
#[derive(Debug, Clone, Default)]
pub struct Pair {
    /// Distinct shingles that both have.
    pub shared: usize,
    /// The runs, once they were asked for.
    pub runs: Option<Vec<Run>>,
    /// The longest of them, quoted on both sides, likewise.
    pub cited: Option<Vec<Cited>>,
}

/// What a text shares with others, by their numbers, in order.
#[derive(Debug, Clone, Default)]
pub struct Pairs(Vec<(u64, Pair)>);

impl Pairs {
    /// Takes out what is known of one.
    pub fn take(&mut self, other: u64) -> Option<Pair> {
        let at = self.0.binary_search_by_key(&other, |(number, _)| *number).ok()?;
        Some(std::mem::take(&mut self.0[at].1))
    }
    /// Those of some texts, in order.
    pub fn of(pairs: impl Iterator<Item = (u64, Pair)>) -> Self {
        Pairs(pairs.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "The ministry said on Monday that it would require data centres to use domestic chips for at least half of their new capacity, and that the rule would apply from next spring in every province.";

    fn sketch(text: &str) -> Sketch {
        Sketch::new(&units::units(text))
    }

    #[test]
    fn a_copy_with_another_head_is_found() {
        let mut index = Index::default();
        index.add(7, &sketch(REPORT));
        let copy =
            format!("Markets today. {} Shares fell in the afternoon.", REPORT.replace("Monday", "Tuesday"));
        assert_eq!(index.candidates(&sketch(&copy)), [7]);
        assert!(sketch(REPORT).contained_in(&sketch(&copy)) > 0.7);
        index.remove(7, &sketch(REPORT));
        assert!(index.candidates(&sketch(&copy)).is_empty());
    }

    #[test]
    fn runs_name_what_is_shared() {
        let a = Held::new("Before it all. The rule applies from 1 May in every single province. After.");
        let b = units::units("Nothing else: the rule applies from 1 May in every single province!");
        assert_eq!(a.runs(&b), [Run { a: 3, b: 2, len: 10, plain: 160 }]);
    }
}
