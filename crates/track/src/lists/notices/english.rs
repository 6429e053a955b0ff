//! Objects of English verbs: the subject of a passive one, "have been added", else what follows up to the list.

use super::grammar::grammar;
use super::site::{Site, first_end, last_end};
use crate::text::words::starts_with_any;
use std::ops::Range;

impl Site<'_> {
    /// Where the objects stand; those of a verb `onto` which measures apply stand behind the list.
    pub fn english_objects(&self, onto: bool) -> Vec<Range<usize>> {
        if onto {
            return self.english_onto().into_iter().collect();
        }
        let behind = self.verb.end..self.next;
        let rest = &self.words[behind.clone()];
        let colon = rest.find(": ").map(|at| behind.start + at + ": ".len());
        if let Some(subject) = self.passive_subject() {
            let named = first_end(self.words, &behind, &grammar().including).or(colon);
            let named = named.map(|from| from..self.clause_end(from));
            return std::iter::once(subject).chain(named).collect();
        }
        let list = self.list_in(behind.clone());
        let listed = colon.filter(|from| list.is_none_or(|list| list < *from)).map(|from| from..behind.end);
        let stops = grammar().stops.iter().filter_map(|w| rest.find(w.as_str()).map(|at| behind.start + at));
        let end = stops.chain(list).min().unwrap_or(behind.end);
        listed.into_iter().chain(std::iter::once(behind.start..end)).collect()
    }

    /// "Suspended the Entity List requirements for X".
    fn english_onto(&self) -> Option<Range<usize>> {
        let mut lists = self.lists.iter().map(|(at, _)| at.end);
        let list = lists.find(|at| *at >= self.verb.end && *at <= self.next);
        let from = list.unwrap_or(self.verb.end);
        Some(first_end(self.words, &(from..self.next), &grammar().whom)?..self.next)
    }

    /// "It has been removed": whether an object stands for parties that were named before.
    pub fn stands_for_others(&self, object: &Range<usize>) -> bool {
        let words = self.words[object.clone()].trim_matches(|c: char| !c.is_alphanumeric());
        let words = words.strip_prefix("and ").unwrap_or(words);
        let last = words.rsplit(" and ").next().unwrap_or_default().trim();
        grammar().again.iter().any(|word| word == last)
    }

    /// Up to where the names of a clause run: the verb's next, or ", and" with a number before another act.
    fn clause_end(&self, from: usize) -> usize {
        let rest = &self.words[from..self.next];
        let stop = counted_clauses(rest).next().filter(|_| self.next < self.words.len());
        from + stop.map_or(rest.len(), |at| at.start)
    }

    /// "X, Y and Z have been added": the words before the auxiliaries.
    fn passive_subject(&self) -> Option<Range<usize>> {
        let end = self.words[self.verb.clone()].ends_with("ed").then(|| self.before_auxiliaries())??;
        let before = &self.words[self.after..end];
        // "Announced sanctions on X and Y, which have been added"
        if let Some(said) = grammar().relative.iter().find_map(|word| before.strip_suffix(word.as_str())) {
            let start = last_end(said, &(0..said.len()), &grammar().before_them).unwrap_or(0);
            return Some(self.after + start..self.after + said.len());
        }
        let clause = counted_clauses(before).last().map(|at| at.end);
        let start = last_end(before, &(0..before.len()), &grammar().before_subject);
        Some(self.after + start.into_iter().chain(clause).max().unwrap_or(0)..end)
    }

    /// Where the words before a verb end without its auxiliaries; nothing if these make it no passive.
    fn before_auxiliaries(&self) -> Option<usize> {
        let mut end = self.words[..self.verb.start].trim_end().len();
        let mut passive = false;
        loop {
            let before = &self.words[self.after..end];
            let word = before.rsplit(' ').next().unwrap_or_default();
            if !grammar().auxiliaries.iter().any(|auxiliary| auxiliary == word) {
                return passive.then_some(end);
            }
            passive |= grammar().passive.iter().any(|auxiliary| auxiliary == word);
            end = self.words[..end - word.len()].trim_end().len();
        }
    }
}

/// Where ", and" stands before a number: clauses with members of their own.
fn counted_clauses(words: &str) -> impl Iterator<Item = Range<usize>> {
    let joints = words.match_indices(", and ").map(|(at, joint)| at..at + joint.len());
    joints.filter(move |at| {
        let behind = &words[at.end..];
        behind.starts_with(|c: char| c.is_ascii_digit()) || starts_with_any(behind, &grammar().numbers)
    })
}
