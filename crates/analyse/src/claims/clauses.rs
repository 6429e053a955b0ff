//! Clauses: the stretch of a sentence in which a trigger and its cues belong together.

use super::rules::RuleSet;
use crate::cues::Hit;
use crate::passage::is_han;
use std::ops::Range;

/// Cuts a sentence where a mark or a word begins a new clause. The clauses cover the sentence in order.
pub fn split(sentence: &str, set: &RuleSet, hits: &[Hit], clauses: &mut Vec<Range<usize>>) {
    clauses.clear();
    let mut marks: Vec<usize> =
        hits.iter().filter(|h| set.cues.is(h, set.grammar.breaks)).map(|h| h.start).collect();
    marks.extend(gaps(sentence));
    marks.sort_unstable();
    let mut start = 0;
    for mark in marks {
        if mark > start {
            clauses.push(start..mark);
            start = mark;
        }
    }
    clauses.push(start..sentence.len());
}

/// A space between Chinese words stands for a comma, in headlines above all.
fn gaps(sentence: &str) -> impl Iterator<Item = usize> {
    let open = |at: usize| {
        let behind = sentence[at..].trim_start().chars().next();
        sentence[..at].chars().next_back().is_some_and(is_han) && behind.is_some_and(is_han)
    };
    sentence.match_indices([' ', '\u{3000}']).map(|(at, _)| at).filter(move |&at| open(at))
}

/// The clause that holds a byte.
pub fn of(clauses: &[Range<usize>], at: usize) -> usize {
    clauses.partition_point(|c| c.end <= at).min(clauses.len().saturating_sub(1))
}
