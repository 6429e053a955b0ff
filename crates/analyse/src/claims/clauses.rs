//! Clauses: the stretch of a sentence in which a trigger and its cues belong together.

use super::rules::RuleSet;
use crate::cues::Hit;
use std::ops::Range;

/// Cuts a sentence where a mark or a word begins a new clause. The clauses cover the sentence in order.
pub fn split(sentence: &str, set: &RuleSet, hits: &[Hit], clauses: &mut Vec<Range<usize>>) {
    clauses.clear();
    let mut start = 0;
    for hit in hits.iter().filter(|h| set.cues.is(h, set.grammar.breaks)) {
        if hit.start > start {
            clauses.push(start..hit.start);
            start = hit.start;
        }
    }
    clauses.push(start..sentence.len());
}

/// The clause that holds a byte.
pub fn of(clauses: &[Range<usize>], at: usize) -> usize {
    clauses.partition_point(|c| c.end <= at).min(clauses.len().saturating_sub(1))
}
