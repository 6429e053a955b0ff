//! A verb in its sentence, and where its objects stand: in Chinese (`chinese`) and in English (`english`).

use super::named::ListAt;
use crate::lists::parties;
use crate::text::passage;
use crate::text::units;
use crate::text::words::has_any;
use std::ops::Range;

/// A verb in its sentence.
pub struct Site<'a> {
    /// The folded sentence.
    pub words: &'a str,
    /// The verb's place in it.
    pub verb: Range<usize>,
    /// Whether its object may stand behind it in Chinese.
    pub front: bool,
    /// Where the verb before ends.
    pub after: usize,
    /// Where the next one begins.
    pub next: usize,
    /// The lists that the sentence names.
    pub lists: &'a [ListAt],
}

impl Site<'_> {
    pub fn is_latin(&self) -> bool {
        !self.words[self.verb.clone()].chars().any(units::is_ideographic)
    }

    /// Whether the words around the verb point to members elsewhere.
    pub fn points(&self) -> bool {
        has_any(&self.words[self.after..self.next], parties::pointers())
            || self.words.trim_end().ends_with([':', '：']) && self.next == self.words.len()
    }

    /// Where its objects stand, and whether they stand for the parties of the verb before.
    pub fn objects(&self, onto: bool) -> (Vec<Range<usize>>, bool) {
        if self.is_latin() {
            let objects = self.english_objects(onto);
            let again = objects.iter().any(|object| self.stands_for_others(object));
            return (objects, again);
        }
        let (object, again) = if onto { (self.chinese_onto(), false) } else { self.chinese_object() };
        (object.into_iter().collect(), again)
    }

    /// The clauses of the verb: from the end of those of the verb before to where those of the next begin.
    pub fn clauses(&self) -> Range<usize> {
        let opens = |stretch: Range<usize>| {
            let words = &self.words[stretch.clone()];
            let mark = words.rfind(['，', ',', '；', ';']).map(|at| passage::behind(words, at));
            let joint = words.rfind(" and ").map(|at| at + " and ".len());
            mark.into_iter().chain(joint).max().map_or(stretch.end, |at| stretch.start + at)
        };
        let start = if self.after == 0 { 0 } else { opens(self.after..self.verb.start).min(self.verb.start) };
        let end = if self.next == self.words.len() { self.next } else { opens(self.verb.end..self.next) };
        start..end
    }

    /// The first list that begins in a stretch.
    pub fn list_in(&self, stretch: Range<usize>) -> Option<usize> {
        self.lists.iter().map(|(at, _)| at.start).filter(|at| stretch.contains(at)).min()
    }
}

/// Where the first of some words ends in a stretch.
pub fn first_end(words: &str, stretch: &Range<usize>, of: &[String]) -> Option<usize> {
    let ends = of.iter().filter_map(|w| words[stretch.clone()].find(w.as_str()).map(|at| at + w.len()));
    ends.min().map(|at| stretch.start + at)
}

/// Where the last of some words ends in a stretch.
pub fn last_end(words: &str, stretch: &Range<usize>, of: &[String]) -> Option<usize> {
    let ends = of.iter().filter_map(|w| words[stretch.clone()].rfind(w.as_str()).map(|at| at + w.len()));
    ends.max().map(|at| stretch.start + at)
}
