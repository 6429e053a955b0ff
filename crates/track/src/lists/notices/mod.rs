//! Acts upon lists as an authority's own document states them: "by adding entries for …", 将甲公司列入…, and the members that
//! stand behind a colon, under a heading, or in lines and rows of an annex.
//!
//! A reader goes through the document line by line. Sentences tell acts (`acts`, and which words around a verb are its object:
//! `site`, `chinese`, `english`), lines (`lines`) and rows of tables (`rows`) their members; of both designations are made at
//! the end (`designations`).

mod acts;
mod chinese;
mod designations;
mod english;
mod grammar;
mod lines;
mod named;
mod rows;
mod site;

use crate::acts::effective::Period;
use crate::acts::known::Asked;
use crate::lists::parties::Party;
use crate::lists::renames;
use crate::memory::seen::Seen;
use crate::text::passage;
use headwater_model::claim::ListChange;
use headwater_model::mention::{EntityKind, EntityMention};
use headwater_model::tracking::{Basis, Designation};
use headwater_model::{Analysis, Article, EntityId, Evidence, Knowledge, Part};
use named::ListAt;
use rows::Table;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where folded words put members on a list (`on`) or take them off: the places of such verbs.
pub fn places_of_acts(words: &str, on: bool) -> Vec<Range<usize>> {
    let change = if on { ListChange::Added } else { ListChange::Removed };
    let mut verbs = grammar::verbs_in(words);
    grammar::longest_each(&mut verbs);
    verbs.into_iter().filter(|(_, verb)| verb.is == Some(change)).map(|(at, _)| at).collect()
}

/// Longest text that is read, in bytes, and members of one document.
const LONGEST: usize = 4_000_000;
const MEMBERS: usize = 20_000;

/// What a document does to lists.
pub struct Notice {
    /// Act by act.
    pub designations: Vec<Designation>,
    /// Acts that point to members elsewhere and of whom none was read: the sentence.
    pub unread: Option<Evidence>,
}

/// Reads an authority's document; `numbers` are the notices before it.
pub fn read(
    article: &Article,
    seen: &Seen,
    analysis: &Analysis,
    knowledge: &Knowledge,
    numbers: &Asked,
) -> Notice {
    let mut reader = Reader::new(seen, analysis, knowledge, numbers);
    if seen.text.as_str().len() <= LONGEST && !reader.lists.is_empty() {
        reader.read();
    }
    reader.notice(article)
}

/// An act upon a list whose sentence was read.
#[derive(Clone)]
struct Act {
    list: EntityId,
    change: ListChange,
    /// Whether it is announced only, so that it counts from a day that is stated or not at all.
    coming: bool,
    period: Period,
    sentence: Range<usize>,
    /// Members that its own sentence names.
    named: usize,
    /// How many members it says that there are.
    count: Option<u64>,
    /// Whether it points to members elsewhere.
    points: bool,
}

impl Act {
    /// An act that is done, of whose members nothing is known yet.
    fn done(list: EntityId, change: ListChange, period: Period, sentence: Range<usize>) -> Act {
        Act { list, change, coming: false, period, sentence, named: 0, count: None, points: false }
    }
}

struct Found {
    act: usize,
    party: Party,
    basis: Basis,
}

struct Reader<'a> {
    seen: &'a Seen,
    analysis: &'a Analysis,
    knowledge: &'a Knowledge,
    /// The text in small letters and simplified characters, byte for byte.
    folded: &'a str,
    /// Lists that the text names, in order.
    lists: Vec<ListAt>,
    /// What the text names, by its words.
    called: BTreeMap<&'a str, Vec<&'a EntityMention>>,
    /// The sentence by which the whole document is for a time, looked for once.
    validity: OnceCell<Option<Range<usize>>>,
    acts: Vec<Act>,
    found: Vec<Found>,
    /// The act whose members the lines may name.
    open: Option<usize>,
    /// Whether a line without a number may be a member.
    plain: bool,
    /// The table that is being read.
    table: Option<Table>,
}

impl<'a> Reader<'a> {
    fn new(seen: &'a Seen, analysis: &'a Analysis, knowledge: &'a Knowledge, numbers: &Asked) -> Self {
        let mut called: BTreeMap<&str, Vec<&EntityMention>> = BTreeMap::new();
        for mention in analysis.entities.iter().filter(|e| e.evidence.part() == Part::Text) {
            called.entry(mention.evidence.quote().trim()).or_default().push(mention);
        }
        Reader {
            seen,
            analysis,
            knowledge,
            folded: seen.folded(),
            lists: named::lists(seen, analysis, knowledge, numbers),
            called,
            validity: OnceCell::new(),
            acts: Vec::new(),
            found: Vec::new(),
            open: None,
            plain: false,
            table: None,
        }
    }

    fn read(&mut self) {
        let lines: Vec<Range<usize>> =
            passage::lines(self.seen.text.as_str()).filter(|line| !line.is_empty()).collect();
        let mut lines = lines.into_iter().peekable();
        while let Some(line) = lines.next() {
            if self.found.len() >= MEMBERS {
                return;
            }
            let words = |line: &Range<usize>| &self.folded[line.clone()];
            let right = lines.peek().filter(|_| renames::opens_misprint(words(&line)));
            match right.filter(|next| renames::is_right_print(words(next))) {
                // For: "A", and below read: "B".
                Some(right) => {
                    let end = right.end;
                    self.sentence(line.start..end);
                    lines.next();
                }
                None => self.line(line),
            }
        }
    }

    /// Takes an act.
    fn take(&mut self, act: Act) -> usize {
        self.acts.push(act);
        self.acts.len() - 1
    }

    /// Takes an act whose members the lines below may name.
    fn open(&mut self, act: Act) -> usize {
        let number = self.take(act);
        self.open = Some(number);
        number
    }

    /// Takes members of an act.
    fn add(&mut self, act: usize, parties: Vec<Party>, basis: Basis) {
        self.found.extend(parties.into_iter().map(|party| Found { act, party, basis }));
    }

    /// Whether a party's whole name is that of something of a kind.
    fn is_called(&self, party: &Party, kind: impl Fn(EntityKind) -> bool) -> bool {
        let name = &self.seen.text.as_str()[party.at.clone()];
        // A long name that nobody knows is taken for a place or a body by its looks only.
        let short = name.split(' ').count() < 3;
        let mut called = self.called.get(name.trim()).into_iter().flatten();
        called.any(|e| kind(e.kind) && (short || e.id.is_some()))
    }

    /// Whether a name is that of who acts or where, and of nobody who is acted upon.
    fn is_no_party(&self, party: &Party) -> bool {
        use EntityKind as K;
        self.is_called(party, |kind| matches!(kind, K::Agency | K::Place | K::Law | K::List))
    }

    /// Whether more than half of a stretch is a date.
    fn has_date(&self, at: &Range<usize>) -> bool {
        let dates = passage::mentions_in(&self.seen.text, &self.analysis.dates, |d| &d.evidence, at.clone());
        dates.into_iter().any(|date| self.seen.text.bytes(date.evidence.span()).len() * 2 > at.len())
    }

    /// The lists that a sentence names, by their place in it.
    fn lists_in(&self, sentence: &Range<usize>) -> Vec<ListAt> {
        let first = self.lists.partition_point(|(at, _)| at.start < sentence.start);
        let near = self.lists[first..].iter().take_while(|(at, _)| at.start <= sentence.end);
        near.filter(|(at, _)| at.end <= sentence.end && !at.is_empty())
            .map(|(at, id)| (at.start - sentence.start..at.end - sentence.start, id.clone()))
            .collect()
    }

    /// The list that was named last up to a place, else the first.
    fn list_up_to(&self, place: usize) -> Option<&EntityId> {
        let before = self.lists.iter().rev().find(|(at, _)| at.start <= place);
        before.or(self.lists.first()).map(|(_, list)| list)
    }

    /// Whether a stretch of the text shares words with the name of a list. No name of one stands within another's.
    fn meets_list(&self, at: &Range<usize>) -> bool {
        let before = self.lists.partition_point(|(list, _)| list.start < at.end);
        self.lists[..before].last().is_some_and(|(list, _)| at.start < list.end)
    }
}
