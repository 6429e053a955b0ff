//! The words of `data/notices.toml`, by which acts upon lists are read.

use crate::text::list::List;
use crate::text::words::{self, has_any};
use headwater_model::EntityId;
use headwater_model::claim::ListChange;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verb: Vec<Verb>,
    heading: Vec<Heading>,
    office: Vec<Office>,
    grammar: Grammar,
}

/// Verbs that do the same to a list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verb {
    /// What is done; nothing where members stay as they are.
    pub is: Option<ListChange>,
    /// Whether its object may stand behind it in Chinese.
    #[serde(default)]
    pub front: bool,
    /// Whether what it ends or rests are measures against its object.
    #[serde(default)]
    pub onto: bool,
    /// One of these must stand in the sentence, if there are any.
    #[serde(default)]
    pub with: List,
    /// The verbs.
    pub words: List,
}

/// A heading under which members stand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// What the lines below do; nothing where they name nobody.
    pub is: Option<ListChange>,
    /// The whole line.
    pub words: List,
}

/// An office whose acts are upon its own list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// What it is called.
    pub words: List,
    /// Its list.
    pub list: EntityId,
}

/// Words by which acts are told apart from what stands around them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// Words that make a sentence none of an act that is done.
    pub hedges: List,
    /// Words right before a Chinese verb of which a member is told, and not an act.
    pub was_done: List,
    /// Words between a subject and its passive verb.
    pub auxiliaries: List,
    /// Those of them that make it passive.
    pub passive: List,
    /// What opens an object before its verb.
    pub opens: List,
    /// What opens the object of a suspension.
    pub onto: List,
    /// What closes it.
    pub closes: List,
    /// What joins two acts upon the same parties.
    pub joins: List,
    /// What stands in an object for parties that were named before.
    pub anaphors: List,
    /// Beginnings of verbs before which the subject is who was listed by mistake.
    pub mistakes: List,
    /// What stands between that subject and its verb.
    pub copulas: List,
    /// What stands between a Chinese subject and its verb where the act is denied or was a mistake.
    pub denials: List,
    /// What stands behind a verb, or right before it, that tells of a mistake, and words by which the mistake was to leave
    /// somebody out.
    pub in_error: List,
    /// Right before it.
    pub before_error: List,
    /// Somebody was left out.
    pub left_out: List,
    /// Characters that lead to the list behind an object.
    pub to_list: String,
    /// Numbers that open a clause with members of its own.
    pub numbers: List,
    /// What stands before the party to which requirements no longer apply.
    pub whom: List,
    /// What stands before the members whom a sentence gives as some of those that it counts.
    pub including: List,
    /// Where the object of an English verb ends.
    pub stops: List,
    /// Beginnings of lines that announce an annex.
    pub annexes: List,
    /// Beginnings of the lines above a reprint of the list with the entries that are new.
    pub supplements: List,
    /// Where a sentence begins to except something.
    pub excepts: List,
    /// Lists in these phrases are none: a body, a law.
    pub no_lists: List,
    /// What stands between parties and a verb that is said of them.
    pub relative: List,
    /// What stands before the first of them in such a sentence.
    pub before_them: List,
    /// What stands before the subject of a clause.
    pub before_subject: List,
    /// What stands for the parties that were named before, in English.
    pub again: List,
    /// How long members stay on a list.
    pub validity: List,
    /// What a document calls itself.
    pub itself: List,
    /// Words before the day of the rule that a sentence speaks of.
    pub told: List,
    /// Verbs by which a party goes from one list to another.
    pub moves: List,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/notices.toml")).expect("data/notices.toml is right")
});

/// The single words.
pub fn grammar() -> &'static Grammar {
    &FILE.grammar
}

/// Verbs of acts upon lists in folded words, and where they stand.
pub fn verbs_in(words: &str) -> Vec<(Range<usize>, &'static Verb)> {
    let told = |verb: &&Verb| verb.with.is_empty() || has_any(words, &verb.with);
    let own = |verb: &'static Verb| {
        verb.words.iter().flat_map(|word| words::places(words, word)).map(move |at| (at, verb))
    };
    FILE.verb.iter().filter(told).flat_map(own).collect()
}

/// Puts verbs in order and leaves the longest where several begin.
pub fn longest_each(verbs: &mut Vec<(Range<usize>, &'static Verb)>) {
    verbs.sort_by_key(|(at, _)| (at.start, std::cmp::Reverse(at.end)));
    let mut end = 0;
    verbs.retain(|(at, _)| {
        let keep = at.start >= end;
        end = if keep { at.end } else { end };
        keep
    });
}

/// The heading that a whole line is.
pub fn heading(line: &str) -> Option<&'static Heading> {
    FILE.heading.iter().find(|heading| heading.words.iter().any(|word| word == line))
}

/// Offices with a list of their own.
pub fn offices() -> &'static [Office] {
    &FILE.office
}
