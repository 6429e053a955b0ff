//! The latest captures by their terms: how near all of them are to one is told by the terms that it shares with them, for
//! most share next to none.

use crate::memory::seen::Seen;
use crate::text::terms::{Term, Vector};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// How many captures are the latest.
pub const LATEST: usize = 600;

/// The latest captures that have a term, the earliest first, and its weight in each.
#[derive(Debug, Default)]
pub struct Latest {
    by_term: FxHashMap<Term, VecDeque<(u64, u32)>>,
    captures: VecDeque<u64>,
}

impl Latest {
    /// Takes a capture in; numbers grow one by one.
    pub fn add(&mut self, seen: &Seen) {
        self.captures.push_back(seen.seq);
        for (term, weight) in terms(seen) {
            self.by_term.entry(term).or_default().push_back((seen.seq, weight));
        }
    }

    /// Lets the earliest capture go, if it is this one.
    pub fn remove(&mut self, seen: &Seen) {
        if self.captures.front() != Some(&seen.seq) {
            return;
        }
        self.captures.pop_front();
        for (term, _) in terms(seen) {
            let Some(captures) = self.by_term.get_mut(&term) else { continue };
            captures.pop_front();
            if captures.is_empty() {
                self.by_term.remove(&term);
            }
        }
    }

    /// How near each of them is to a capture.
    pub fn near(&self, seen: &Seen) -> Row {
        let first = self.captures.front().copied().unwrap_or(u64::MAX);
        let mut shared = vec![Shared::default(); self.captures.len()];
        let at = |seq: u64| (seq - first) as usize;
        for (term, own) in &seen.vector.0 {
            for (seq, weight) in self.with(term) {
                shared[at(*seq)].words += u64::from(*own) * u64::from(*weight);
            }
        }
        for (term, own) in &seen.across.0 {
            for (seq, weight) in self.with(term) {
                let with = &mut shared[at(*seq)];
                with.across += u64::from(*own) * u64::from(*weight);
                with.common += 1;
            }
        }
        Row { first, shared }
    }

    fn with(&self, term: &Term) -> impl Iterator<Item = &(u64, u32)> {
        let (early, late) = self.by_term.get(term).map_or_else(Default::default, VecDeque::as_slices);
        early.iter().chain(late)
    }
}

fn terms(seen: &Seen) -> impl Iterator<Item = (Term, u32)> + '_ {
    seen.vector.0.iter().chain(&seen.across.0).copied()
}

/// What two captures share of what they are about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shared {
    /// Product of their vectors.
    pub words: u64,
    /// That of their vectors of what crosses languages.
    pub across: u64,
    /// Terms of the latter that both have.
    pub common: usize,
}

impl Shared {
    /// What two captures share, worked out from their terms.
    pub fn of(a: &Seen, b: &Seen) -> Self {
        Shared {
            words: a.vector.product(&b.vector),
            across: a.across.product(&b.across),
            common: a.across.shared(&b.across),
        }
    }
    /// How near they are, 0..=1, whatever their languages.
    pub fn nearness(&self, one_tongue: impl FnOnce() -> bool) -> f64 {
        let same = Vector::cosine_of(self.words);
        if self.common < 2 {
            return same;
        }
        // Names and figures alone say less than a whole text in one's own language.
        let part = if one_tongue() { 0.4 } else { 0.7 };
        same.max(part * Vector::cosine_of(self.across))
    }
}

/// What one capture shares with each of the latest.
#[derive(Debug)]
pub struct Row {
    first: u64,
    shared: Vec<Shared>,
}

impl Row {
    /// What a capture shares with the one that the row is of.
    pub fn shared(&self, this: &Seen, other: &Seen) -> Shared {
        let at = other.seq.checked_sub(self.first).and_then(|at| self.shared.get(at as usize));
        at.copied().unwrap_or_else(|| Shared::of(this, other))
    }
    /// How near it is to it.
    pub fn to(&self, this: &Seen, other: &Seen) -> f64 {
        self.shared(this, other).nearness(|| this.tongue() == other.tongue())
    }
    /// The numbers of the captures that may be as near as this, the latest first.
    pub fn as_near(&self, least: f64) -> impl Iterator<Item = u64> + '_ {
        let near = move |at: &usize| self.shared[*at].nearness(|| false) >= least;
        (0..self.shared.len()).rev().filter(near).map(|at| self.first + at as u64)
    }
}
