//! What pairs of claims are to one another, as far as it was asked for: a group is judged anew with every mention that joins it, and
//! most of its mentions are those of before.

use crate::claims::compare::proposed::Proposed;
use crate::claims::compare::{Difference, Place, Said};
use crate::claims::groups::Closeness;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::Arc;

/// How little two claims are each other's counterpart: by title, by figure, frame and parties, by what they share, by lead.
pub type Apart = (usize, usize, usize, usize);

/// Pairs of which something is kept, some 100 MB at most: pages made for it have many claims alike. Beyond that all are forgotten and
/// asked for again.
const PAIRS: usize = 400_000;

/// What is known of pairs of claims. What is known of a pair is known of it for good, but for the claims that its articles
/// turn out to make later.
#[derive(Debug, Default)]
pub struct Between {
    pairs: RefCell<FxHashMap<(Place, Place), Pair>>,
}

#[derive(Debug, Default)]
struct Pair {
    /// How many claims the articles made when the pair was asked for.
    claims: (usize, usize),
    apart: Option<Apart>,
    closeness: Option<Closeness>,
    differences: Option<Arc<[Difference]>>,
    proposed: Option<Arc<[Proposed]>>,
}

impl Between {
    /// How little two claims are each other's counterpart.
    pub fn apart(&self, a: Said, b: Said, work_out: impl FnOnce() -> Apart) -> Apart {
        self.known(a, b, |pair| &mut pair.apart, work_out)
    }

    /// How close they are.
    pub fn closeness(&self, a: Said, b: Said, work_out: impl FnOnce() -> Closeness) -> Closeness {
        self.known(a, b, |pair| &mut pair.closeness, work_out)
    }

    /// How the second differs from the first.
    pub fn differences(
        &self,
        a: Said,
        b: Said,
        work_out: impl FnOnce() -> Vec<Difference>,
    ) -> Arc<[Difference]> {
        self.known(a, b, |pair| &mut pair.differences, || work_out().into())
    }

    /// What the second may have changed.
    pub fn proposed(&self, a: Said, b: Said, work_out: impl FnOnce() -> Vec<Proposed>) -> Arc<[Proposed]> {
        self.known(a, b, |pair| &mut pair.proposed, || work_out().into())
    }

    fn known<T: Clone>(
        &self,
        a: Said,
        b: Said,
        part: impl Fn(&mut Pair) -> &mut Option<T>,
        work_out: impl FnOnce() -> T,
    ) -> T {
        let claims = (a.seen.claims.len(), b.seen.claims.len());
        let place = (a.place(), b.place());
        let known = |pair: &mut Pair| (pair.claims == claims).then(|| part(pair).clone()).flatten();
        let known = self.pairs.borrow_mut().get_mut(&place).and_then(known);
        if let Some(known) = known {
            return known;
        }
        let found = work_out();
        let mut pairs = self.pairs.borrow_mut();
        if pairs.len() >= PAIRS {
            pairs.clear();
        }
        let pair = pairs.entry(place).or_default();
        if pair.claims != claims {
            *pair = Pair { claims, ..Pair::default() };
        }
        *part(pair) = Some(found.clone());
        found
    }

    /// Forgets the pairs of captures before `first`.
    pub fn forget_before(&mut self, first: u64) {
        self.pairs.get_mut().retain(|((a, _), (b, _)), _| *a.min(b) >= first);
    }
}
