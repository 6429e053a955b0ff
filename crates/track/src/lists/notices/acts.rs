//! Sentences: which verbs act upon which list, and upon whom.

use super::grammar::{self, Verb, grammar};
use super::named::ListAt;
use super::site::{Site, first_end};
use super::{Act, Reader};
use crate::acts::effective::{self, Period};
use crate::acts::hearsay;
use crate::acts::performed::{self, Standing};
use crate::lists::parties::{self, Party};
use crate::lists::renames::{self, How};
use crate::text::passage::{self, overlap, shifted};
use crate::text::units;
use crate::text::words::{self, ends_with_any, has_any, starts_with_any};
use headwater_model::EntityId;
use headwater_model::claim::ListChange;
use headwater_model::mention::QuantityKind;
use headwater_model::time::{Date, days_between};
use headwater_model::tracking::Basis;
use rust_decimal::prelude::ToPrimitive;
use std::ops::Range;

/// How many verbs of one sentence are read.
const VERBS: usize = 100;

/// A sentence whose verbs are read.
struct Sentence<'a> {
    at: Range<usize>,
    /// Folded.
    words: &'a str,
    /// The lists that it names, by their place in it.
    lists: Vec<ListAt>,
    period: Period,
}

impl<'a> Reader<'a> {
    pub(super) fn sentence(&mut self, sentence: Range<usize>) {
        let open = self.open;
        for part in self.parts(&sentence) {
            self.acts_of(part);
        }
        // What a correction says in passing does not name the lines below it.
        let words = self.folded[sentence].trim_start();
        if starts_with_any(words, &words::lists().members.corrects) {
            self.open = open.or(self.open);
        }
    }

    /// A sentence up to where it excepts something and behind: each has its own day.
    fn parts(&self, sentence: &Range<usize>) -> Vec<Range<usize>> {
        let words = &self.folded[sentence.clone()];
        let excepts = grammar().excepts.iter().filter_map(|word| words.find(word.as_str())).min();
        match excepts.map(|at| sentence.start + at) {
            Some(at) if at > sentence.start => vec![sentence.start..at, at..sentence.end],
            _ => vec![sentence.clone()],
        }
    }

    fn acts_of(&mut self, at: Range<usize>) {
        let words = &self.folded[at.clone()];
        if has_any(words, &grammar().hedges) || hearsay::is_only_told(words) || self.is_recital(&at) {
            return;
        }
        if self.misdated(&at) {
            return;
        }
        let renamed = self.renames(&at);
        if self.moves(&at) {
            return;
        }
        let mut verbs = self.verbs(words, &at);
        verbs.retain(|(verb, _)| {
            renamed.is_none_or(|from| is_before_names(words, verb, from)) && !is_of_whom(words, verb)
        });
        // A sentence of the longest document is read in no more steps than its words.
        verbs.truncate(VERBS);
        if !verbs.is_empty() {
            let period = effective::period(self.seen, self.analysis, &at);
            let lists = self.lists_in(&at);
            self.acts_of_verbs(&verbs, &Sentence { at, words, lists, period });
        }
    }

    fn acts_of_verbs(&mut self, verbs: &[(Range<usize>, &Verb)], sentence: &Sentence) {
        let words = sentence.words;
        let mut last: Vec<Party> = Vec::new();
        let mut after = 0;
        for (number, (at, verb)) in verbs.iter().enumerate() {
            let next = verbs.get(number + 1).map_or(words.len(), |(next, _)| next.start);
            let site =
                Site { words, verb: at.clone(), front: verb.front, after, next, lists: &sentence.lists };
            after = at.end;
            match verb.is {
                Some(change) => self.act(change, verb, &site, sentence, &mut last),
                // The lines below a change of an entry name nobody new.
                None => self.open = None,
            }
        }
    }

    /// What a verb does, and upon whom; `last` are the parties of the act before.
    fn act(
        &mut self,
        change: ListChange,
        verb: &Verb,
        site: &Site,
        sentence: &Sentence,
        last: &mut Vec<Party>,
    ) {
        let Some((list, is_named)) = self.list_of(site, sentence.at.start) else { return };
        if change == ListChange::Added && self.takes_back(site) {
            let change = if is_in_error(site) { ListChange::Removed } else { ListChange::Excluded };
            self.correct(change, list, verb, site, sentence);
            return;
        }
        let standing = performed::standing(site.words, &site.verb);
        if standing == Standing::Open {
            // Nor do the lines below name whom it is done to; but "any of them may request removal" leaves them to the act
            // that points to them.
            self.open = self.open.filter(|open| {
                let open = &self.acts[*open];
                open.points && open.change != change
            });
            return;
        }
        let parties = self.parties_of(verb, site, sentence, is_named, last);
        let points = site.points();
        let postpones = change == ListChange::Postponed
            && (sentence.period.instead_of.is_some() || self.published_day(&sentence.at).is_some());
        let coming = standing == Standing::Coming;
        let mut period = self.period_of(site, sentence);
        if coming && period.from.is_none() {
            period.from = effective::first_to_come(self.seen, self.analysis, &sentence.at);
        }
        let act = Act {
            coming,
            named: parties.len(),
            count: self.counted(&shifted(&(site.verb.end..site.next), sentence.at.start)),
            points,
            ..Act::done(list, change, period, sentence.at.clone())
        };
        if parties.is_empty() && !points && !postpones {
            // "Adding" without a list in its sentence adds to one only where somebody is named or pointed to.
            if is_named && matches!(change, ListChange::Added | ListChange::Removed) {
                self.open(act);
            }
            return;
        }
        let number = self.open(act);
        self.plain = sentence.words.trim_end().ends_with([':', '：']);
        last.clone_from(&parties);
        self.add(number, parties, Basis::Prose);
    }

    /// Whether a verb tells in a correction of a listing that never was one: "was not added", "should not have been added". Elsewhere
    /// that may be the word of who was listed.
    fn takes_back(&self, site: &Site) -> bool {
        let corrects = |words: &str| has_any(words, &words::lists().members.corrects);
        let told = is_in_error(site) || hearsay::is_negated(site.words, site.verb.start);
        told && (corrects(site.words) || corrects(&units::aligned(self.seen.title.as_str())))
    }

    /// Takes back the listing of those whom a sentence names.
    fn correct(&mut self, change: ListChange, list: EntityId, verb: &Verb, site: &Site, sentence: &Sentence) {
        let parties = self.parties_of(verb, site, sentence, true, &[]);
        if parties.is_empty() {
            return;
        }
        let act =
            Act { named: parties.len(), ..Act::done(list, change, Period::default(), sentence.at.clone()) };
        let number = self.take(act);
        self.add(number, parties, Basis::Correction);
    }

    /// For what time an act applies: by what its own clauses say, else by its sentence. One sentence may add somebody from a day
    /// and remove others at once.
    fn period_of(&self, site: &Site, sentence: &Sentence) -> Period {
        let whole = site.after == 0 && site.next == site.words.len();
        let own = shifted(&site.clauses(), sentence.at.start);
        let told =
            if whole { sentence.period.clone() } else { effective::period(self.seen, self.analysis, &own) };
        if told.from.is_some() {
            return told;
        }
        match effective::at_once_in(self.seen, &own) {
            Some(now) => Period { from: Some(now), ..told },
            None => sentence.period.clone(),
        }
    }

    /// The first number of something that is counted in a stretch: "adding nine entities".
    fn counted(&self, stretch: &Range<usize>) -> Option<u64> {
        let quantities = &self.analysis.quantities;
        let own = passage::mentions_in(&self.seen.text, quantities, |q| &q.evidence, stretch.clone());
        let mut counts = own.filter(|q| q.kind == QuantityKind::Count && q.low == q.high);
        counts.next()?.low?.to_u64()
    }

    /// The list that a verb acts upon, and whether the sentence names it: behind the verb, else before it, else further on, else
    /// the one that the document is about.
    fn list_of(&self, site: &Site, sentence: usize) -> Option<(EntityId, bool)> {
        let behind = site.lists.iter().find(|(at, _)| at.start >= site.verb.end && at.start < site.next);
        let before = || site.lists.iter().rev().find(|(at, _)| at.end <= site.verb.start);
        let later = || site.lists.iter().find(|(at, _)| at.start >= site.next);
        if let Some((_, list)) = behind.or_else(before).or_else(later) {
            return Some((list.clone(), true));
        }
        let told = self.lists.iter().rev().find(|(at, _)| at.start < sentence).or(self.lists.first());
        told.map(|(_, list)| (list.clone(), false))
    }

    /// Upon whom a verb acts.
    fn parties_of(
        &self,
        verb: &Verb,
        site: &Site,
        sentence: &Sentence,
        is_list_named: bool,
        last: &[Party],
    ) -> Vec<Party> {
        let text = self.seen.text.as_str();
        let read = if site.is_latin() { parties::in_run } else { parties::in_chinese_run };
        let (runs, inherits) = site.objects(verb.onto);
        let runs = runs.into_iter().map(|run| shifted(&run, sentence.at.start));
        let mut parties: Vec<Party> = runs.flat_map(|run| read(text, run)).collect();
        parties.retain(|party| {
            let is_list = |(list, _): &ListAt| overlap(&shifted(list, sentence.at.start), &party.at);
            let own = party.at.start.saturating_sub(sentence.at.start)
                ..party.at.end.saturating_sub(sentence.at.start);
            !parties::is_of_kin(sentence.words, &own, None)
                && !self.is_no_party(party)
                && !sentence.lists.iter().any(is_list)
                && !self.has_date(&party.at)
        });
        if inherits && parties.is_empty() {
            parties = last.to_vec();
        }
        if verb.front && !is_list_named {
            parties.retain(|party| parties::looks_like_party(&text[party.at.clone()]));
        }
        parties
    }

    /// Whether a sentence tells of what was done on a day long before: 2026年4月10日，工作机制发布公告，将甲公司列入….
    fn is_recital(&self, sentence: &Range<usize>) -> bool {
        /// Days after which an act is no news.
        const LONG: i32 = 6;
        let text = self.seen.text.as_str();
        let first = effective::days_in(self.seen, self.analysis, sentence.clone()).next();
        first.is_some_and(|date| {
            let at = self.seen.text.bytes(date.evidence.span());
            let before = text[sentence.start..at.start].trim_matches(|c: char| !c.is_alphabetic());
            let opens = before.is_empty() || before.eq_ignore_ascii_case("on");
            let long_ago = |day: Date| day < self.seen.day && days_between(day, self.seen.day) > LONG;
            opens && text[at.end..].starts_with([',', '，']) && date.value.parse().is_ok_and(long_ago)
        })
    }

    /// Verbs of a sentence in order, outside title marks and lists' names.
    fn verbs(&self, words: &str, sentence: &Range<usize>) -> Vec<(Range<usize>, &'static Verb)> {
        let mut found = grammar::verbs_in(words);
        found.retain(|(at, _)| !is_titled(words, at.start) && !self.meets_list(&shifted(at, sentence.start)));
        grammar::longest_each(&mut found);
        found
    }

    /// A member that gets another name or a further one; where the sentence begins to say so.
    fn renames(&mut self, sentence: &Range<usize>) -> Option<usize> {
        let text = self.seen.text.as_str();
        let renamed = renames::renamed(&self.folded[sentence.clone()])?;
        let own = |at: &Range<usize>| {
            let mut found = parties_of_entry(text, shifted(at, sentence.start));
            found.retain(|party| {
                !self.meets_list(&party.at) && !self.has_date(&party.at) && !self.is_no_party(party)
            });
            found
        };
        let (old, new) = (own(&renamed.old).into_iter().next()?, own(&renamed.new));
        let list = self.list_up_to(sentence.end)?.clone();
        let name = |party: &Party| text[party.at.clone()].to_owned();
        let party = if renamed.how == How::Misprinted {
            let also = std::iter::once(name(&old)).chain(old.also).collect();
            Party { at: new.into_iter().next()?.at, also }
        } else if renamed.how == How::Instead {
            let first = new.into_iter().next()?;
            let before = std::iter::once(name(&old)).chain(old.also);
            Party { at: first.at, also: first.also.into_iter().chain(before).collect() }
        } else {
            let further: Vec<String> = new.iter().map(name).collect();
            if further.is_empty() {
                return None;
            }
            Party { at: old.at, also: old.also.into_iter().chain(further).collect() }
        };
        let period = effective::period(self.seen, self.analysis, sentence);
        let act =
            self.take(Act { named: 1, ..Act::done(list, ListChange::Listed, period, sentence.clone()) });
        let basis = if renamed.how == How::Misprinted { Basis::Misprint } else { Basis::Renaming };
        self.add(act, vec![party], basis);
        self.open = None;
        Some(renamed.from)
    }

    /// For: "1 January 2027", read: "1 December 2026": what was to count from the one day counts from the other.
    fn misdated(&mut self, sentence: &Range<usize>) -> bool {
        let Some((old, new)) = renames::for_and_read(&self.folded[sentence.clone()]) else { return false };
        let day = |at: &Range<usize>| {
            let at = shifted(at, sentence.start);
            effective::day_of(self.seen, self.analysis, &at)
        };
        let (Some(instead_of), Some(from), Some(list)) =
            (day(&old), day(&new), self.list_up_to(sentence.end))
        else {
            return false;
        };
        let period = Period { from: Some(from), until: None, instead_of: Some(instead_of.day) };
        self.take(Act::done(list.clone(), ListChange::Postponed, period, sentence.clone()));
        true
    }

    /// "Moved X from the Entity List to the Unverified List": off the one and onto the other.
    fn moves(&mut self, sentence: &Range<usize>) -> bool {
        let words = &self.folded[sentence.clone()];
        let lists = self.lists_in(sentence);
        let verb = grammar().moves.iter().find_map(|verb| words::places(words, verb).next());
        let (Some(verb), [first, second, ..]) = (verb, &lists[..]) else { return false };
        if first.1 == second.1 || !is_from_to(words, &verb, &first.0, &second.0) {
            return false;
        }
        if performed::standing(words, &verb) != Standing::Done {
            return false;
        }
        let site = Site { words, verb, front: false, after: 0, next: words.len(), lists: &lists };
        let parties = self.moved(&site, sentence.start);
        let period = effective::period(self.seen, self.analysis, sentence);
        for (list, change) in [(&first.1, ListChange::Removed), (&second.1, ListChange::Added)] {
            let act = self.open(Act {
                named: parties.len(),
                points: parties.is_empty(),
                ..Act::done(list.clone(), change, period.clone(), sentence.clone())
            });
            self.add(act, parties.clone(), Basis::Prose);
        }
        true
    }

    /// Who goes from one list to another.
    fn moved(&self, site: &Site, sentence: usize) -> Vec<Party> {
        let text = self.seen.text.as_str();
        if site.is_latin() {
            let runs = site.english_objects(false).into_iter();
            let runs = runs.map(|run| {
                let end = site.words[run.clone()].find(" from ").map_or(run.end, |at| run.start + at);
                shifted(&(run.start..end), sentence)
            });
            return runs.flat_map(|run| parties::in_run(text, run)).collect();
        }
        let open = first_end(site.words, &(0..site.verb.start), &grammar().opens);
        let run = open.map(|open| shifted(&site.without_list(open..site.verb.start), sentence));
        run.map_or(Vec::new(), |run| parties::in_chinese_run(text, run))
    }
}

/// Whether words around a verb say that what it tells was a mistake: "was added in error", "should not have been added". What was left
/// out by mistake is added.
fn is_in_error(site: &Site) -> bool {
    let grammar = grammar();
    let behind = &site.words[site.verb.end..site.next];
    let clause = behind.split([',', ';', '，', '；', '。']).next().unwrap_or_default();
    let before = site.words[site.after..site.verb.start].trim_end();
    let told = has_any(clause, &grammar.in_error) || ends_with_any(before, &grammar.before_error);
    told && !has_any(site.words, &grammar.left_out)
}

/// Whether a verb is one before a change of names that begins at a place: what follows that adds names and nobody.
fn is_before_names(words: &str, verb: &Range<usize>, from: usize) -> bool {
    verb.end <= from && !words[verb.end..from].trim().is_empty()
}

/// Whether a Chinese verb only says who is meant, 已暂停措施的甲公司.
fn is_of_whom(words: &str, verb: &Range<usize>) -> bool {
    let was_done = ends_with_any(&words[..verb.start], &grammar().was_done);
    let behind = words[verb.end..].split([',', '，', '。', '；', ';']).next().unwrap_or_default();
    was_done && words[verb.clone()].chars().any(units::is_ideographic) && behind.contains('的')
}

/// Whether a place stands inside title marks.
fn is_titled(words: &str, at: usize) -> bool {
    words[..at].rfind(['《', '》']).is_some_and(|mark| words[mark..].starts_with('《'))
}

/// Whether a verb leads from the one list to the other: "moved … from A to B", 从甲名单调整至乙名单.
fn is_from_to(words: &str, verb: &Range<usize>, from: &Range<usize>, to: &Range<usize>) -> bool {
    if words[verb.clone()].is_ascii() {
        words[from.end..to.start].contains(" to ")
    } else {
        verb.start >= from.end && verb.end <= to.start
    }
}

/// Parties of a run, in whichever language; one with brackets is an entry of a list.
fn parties_of_entry(text: &str, run: Range<usize>) -> Vec<Party> {
    let words = &text[run.clone()];
    if !words.chars().any(units::is_ideographic) && words.contains('[') {
        return parties::in_line(text, run);
    }
    parties::in_words(text, run)
}
