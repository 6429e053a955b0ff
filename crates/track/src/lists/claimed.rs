//! Acts upon lists, as claims, tables and numbered lines state them.

use crate::acts::claim::{cite, class_of, presupposes, sentence_of};
use crate::acts::effective::{self, Effective};
use crate::acts::hearsay;
use crate::acts::performed::{self, Standing};
use crate::lists::notices;
use crate::lists::parties;
use crate::memory::seen::Seen;
use crate::text::list::List;
use crate::text::passage;
use crate::text::units;
use crate::text::words::{self, first_of, has_any};
use headwater_model::claim::{Filler, Frame, ListChange, Modality, Polarity, Role};
use headwater_model::membership::{is_legal_form, name_key};
use headwater_model::mention::{EntityKind, Quantity, QuantityKind};
use headwater_model::source::SourceClass;
use headwater_model::time::{DateMention, first_day};
use headwater_model::tracking::{Basis, Cited, Designation};
use headwater_model::{Analysis, Article, Claim, EntityId, Evidence, Knowledge, Part, Span};
use rust_decimal::prelude::ToPrimitive;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Designations that an article states: by its listing claims, and row by row or line by line where an
/// authority's own page shows the list. `from_when` is what the document says of when it applies, `own` what an authority's
/// sentences do to lists.
pub fn designations(
    article: &Article,
    seen: &Seen,
    analysis: &Analysis,
    from_when: Option<&Effective>,
    own: Vec<Designation>,
    knowledge: &Knowledge,
) -> Vec<Designation> {
    let read: BTreeSet<EntityId> = own.iter().map(|d| d.list.clone()).collect();
    let mut found = Found::default();
    let mut acts = Vec::new();
    let only = only_list(seen, knowledge);
    for claim in seen.claims.iter().filter(|c| c.frame == Frame::Listing && !c.is_learned()) {
        let words = units::simplified(sentence_of(seen, claim));
        if hearsay::is_only_told(&words) || hearsay::is_advice(&words) {
            continue;
        }
        let from = from_when.cloned().or_else(|| effective_from(seen, analysis, claim));
        let told = Told::of(seen, claim);
        let done = is_done(claim, from.is_some()) && told.is_performed(from.is_some());
        let named = list_of(claim, knowledge).or_else(|| again_of(claim, &told, only.as_ref()));
        let Some(list) = named.filter(|_| done) else { continue };
        // An authority's own sentence on a list is read as such, with all its members.
        if !read.contains(&list) {
            by_claim(seen, analysis, (claim, &told), &list, from.as_ref(), &mut found);
        }
        acts.push(Act::of(claim, list, from));
    }
    if seen.class == SourceClass::Official && own.is_empty() {
        by_authority(article, seen, analysis, knowledge, (acts, from_when), &mut found);
    }
    if seen.class == SourceClass::Official {
        by_answer(seen, analysis, knowledge, &mut found);
    }
    let mut all = one_name_each(seen.text.as_str(), found.all);
    let country = |id: &EntityId| knowledge.entity(id).and_then(|e| e.country.clone());
    let ours = seen.publisher.entity.as_ref().and_then(country);
    for one in all.iter_mut().filter(|d| d.class == SourceClass::Official) {
        // What one government says of another's list is a report of it.
        if ours.as_ref().zip(country(&one.list).as_ref()).is_some_and(|(ours, theirs)| ours != theirs) {
            one.class = SourceClass::Press;
        }
    }
    all.extend(own);
    all
}

/// What is designated so far, and what tells whether it is: a long list is asked once for each of its lines.
#[derive(Default)]
struct Found {
    all: Vec<Designation>,
    names: BTreeSet<(EntityId, ListChange, String)>,
    members: BTreeSet<(EntityId, ListChange, EntityId)>,
    told: BTreeSet<(EntityId, ListChange, Option<EntityId>, String)>,
}

impl Found {
    fn push(&mut self, one: Designation) {
        let act = (one.list.clone(), one.change);
        self.names.insert((act.0.clone(), act.1, name_key(&one.name)));
        self.members.extend(one.member.clone().map(|member| (act.0.clone(), act.1, member)));
        self.told.insert((act.0, act.1, one.member.clone(), one.name.clone()));
        self.all.push(one);
    }
    /// Whether a member or its name is there, however it is written.
    fn has(&self, act: &Act, name: &str, member: Option<&EntityId>) -> bool {
        let member = member.map(|member| (act.list.clone(), act.change, member.clone()));
        self.names.contains(&(act.list.clone(), act.change, name_key(name)))
            || member.is_some_and(|member| self.members.contains(&member))
    }
}

/// The list that a claim is about. A regulation that it names besides is no list of parties.
fn list_of(claim: &Claim, knowledge: &Knowledge) -> Option<EntityId> {
    let kind = |id: &EntityId| knowledge.entity(id).map(|e| e.kind);
    let named = || claim.role(Role::List).filter_map(|f| f.id.as_ref());
    let list = named().find(|id| kind(id) == Some(EntityKind::List));
    list.or_else(|| named().find(|id| kind(id) != Some(EntityKind::Law))).cloned()
}

/// The one list that the claims of an article name.
fn only_list(seen: &Seen, knowledge: &Knowledge) -> Option<EntityId> {
    let listings = seen.claims.iter().filter(|claim| claim.frame == Frame::Listing);
    let lists: BTreeSet<EntityId> = listings.filter_map(|claim| list_of(claim, knowledge)).collect();
    lists.first().filter(|_| lists.len() == 1).cloned()
}

/// The list that a claim speaks of as "the list", where its article names but one.
fn again_of(claim: &Claim, told: &Told, only: Option<&EntityId>) -> Option<EntityId> {
    let unnamed = claim.role(Role::List).all(|filler| filler.id.is_none());
    only.filter(|_| unnamed && has_any(&told.words, &words::lists().members.list_again)).cloned()
}

/// Whom an authority's answer says that a list does not have: "Is Acme on the Entity List?" and below "No."
fn by_answer(seen: &Seen, analysis: &Analysis, knowledge: &Knowledge, found: &mut Found) {
    let text = seen.text.as_str();
    let lists = words::lists();
    let answers_no = |line: &Range<usize>| {
        let words = units::aligned(&text[line.clone()]);
        let behind = words.split_once([':', '：']).map_or(words.as_str(), |(_, behind)| behind).trim_start();
        lists.members.says_no.iter().any(|no| behind.starts_with(no.as_str()))
    };
    let mut lines = passage::lines(text).filter(|line| !line.is_empty()).peekable();
    while let Some(line) = lines.next() {
        let asked = units::aligned(&text[line.clone()]);
        let asks = asked.trim_end().ends_with(['?', '？']) && has_any(&asked, &lists.members.asks_if_listed);
        let Some(answer) = lines.peek().filter(|answer| asks && answers_no(answer)) else { continue };
        let inside: Vec<_> =
            passage::mentions_in(&seen.text, &analysis.entities, |e| &e.evidence, line.clone()).collect();
        let list = inside.iter().filter(|e| e.kind == EntityKind::List).find_map(|e| e.id.clone());
        let mut parties = inside.iter().filter(|e| e.kind == EntityKind::Company);
        let (Some(list), Some(party)) = (list, parties.next()) else { continue };
        // Two names of one party, "ChangXin Memory Technologies (CXMT)".
        let is_known = |id: &EntityId| knowledge.entity(id).is_some();
        let alone = parties.all(|other| other.id == party.id && other.id.as_ref().is_some_and(is_known));
        if let Some(evidence) = seen.text.cut(answer.clone(), Part::Text).filter(|_| alone) {
            let act = Act { list, change: ListChange::Excluded, effective: None, from: 0 };
            let name = party.evidence.quote().to_owned();
            add(seen, &act, name, party.id.clone(), evidence, Basis::Answer, found);
        }
    }
}

/// What an authority's own page lists beyond its sentences; `acts` are those of its claims.
fn by_authority(
    article: &Article,
    seen: &Seen,
    analysis: &Analysis,
    knowledge: &Knowledge,
    (mut acts, from_when): (Vec<Act>, Option<&Effective>),
    found: &mut Found,
) {
    // A headline over rows without a day is no act: the notice is, whose annex they are.
    let annex = from_when.is_none()
        && article.published.is_none()
        && !seen.claims.iter().any(|c| c.frame == Frame::Listing && c.evidence.part() == Part::Text);
    if acts.is_empty() {
        acts.extend(Act::by_title(seen, analysis, knowledge, from_when));
    }
    acts.sort_by_key(|act| act.from);
    if let Some(first) = acts.first() {
        by_correction(seen, analysis, first, found);
        by_table(article, seen, first, found);
    }
    by_line(seen, analysis, &acts, found);
    if annex {
        for one in &mut found.all {
            one.rule.annexed = true;
        }
    }
}

/// Whether a claim tells of an act that is done, or of one whose day is set.
fn is_done(claim: &Claim, is_dated: bool) -> bool {
    match claim.modality {
        Modality::Adopted | Modality::InForce => true,
        Modality::Announced => is_dated,
        _ => false,
    }
}

/// The words of a claim within its sentence, folded byte for byte.
struct Told {
    words: String,
    /// Where the sentence begins in the text or the title.
    from: usize,
    part: Part,
    change: Option<ListChange>,
    /// The verbs or nouns that tell of the act: those of the claim's own words, if it has some.
    acts: Vec<Range<usize>>,
}

impl Told {
    fn of(seen: &Seen, claim: &Claim) -> Told {
        let part = claim.evidence.part();
        let text = if part == Part::Text { &seen.text } else { &seen.title };
        let at = text.bytes(claim.evidence.span());
        let sentence = if part == Part::Text {
            let text = text.as_str();
            passage::sentence_start(text, at.start)..passage::sentence_end(text, at.start).max(at.end)
        } else {
            0..text.as_str().len()
        };
        let from = sentence.start;
        let own = at.start - from..at.end - from;
        let words = units::aligned(&text.as_str()[sentence]);
        let acts = Told::acts_in(&words, &own, claim.change);
        Told { words, from, part, change: claim.change, acts }
    }

    fn acts_in(words: &str, own: &Range<usize>, change: Option<ListChange>) -> Vec<Range<usize>> {
        let on = change != Some(ListChange::Removed);
        let mut found = notices::places_of_acts(words, on);
        let lists = words::lists();
        let further = if on { &lists.members.putting_on } else { &lists.members.taking_off };
        if found.is_empty() {
            found.extend(further.iter().flat_map(|word| words::places(words, word)));
        }
        let within: Vec<_> = found.iter().filter(|at| passage::overlap(at, own)).cloned().collect();
        if within.is_empty() { found } else { within }
    }

    /// Parties that the sentence names around the verb and the list.
    fn named(&self, seen: &Seen) -> Vec<String> {
        // Every word of a headline may have a capital.
        if self.part != Part::Text {
            return Vec::new();
        }
        named_in_report(&seen.text.as_str()[self.from..self.from + self.words.len()])
    }

    /// Whether one of its verbs tells of an act that is done, or of one that is to come from a stated day.
    fn is_performed(&self, is_dated: bool) -> bool {
        if !matches!(self.change, Some(ListChange::Added | ListChange::Removed)) {
            return true;
        }
        let counts = |at: &Range<usize>| match performed::standing(&self.words, at) {
            Standing::Done => true,
            Standing::Coming => is_dated,
            Standing::Open => false,
        };
        self.acts.is_empty() || self.acts.iter().any(counts)
    }

    /// Whether a name in it stands for somebody's subsidiary, parent or customer: "a unit of Acme was added".
    fn is_of_kin(&self, seen: &Seen, name: &Evidence) -> bool {
        let text = if self.part == Part::Text { &seen.text } else { &seen.title };
        let at = text.bytes(name.span());
        let within =
            name.part() == self.part && at.start >= self.from && at.end <= self.from + self.words.len();
        if !within {
            return false;
        }
        let at = at.start - self.from..at.end - self.from;
        let verb = self.acts.iter().find(|verb| verb.start >= at.end);
        parties::is_of_kin(&self.words, &at, verb.map(|verb| verb.start))
    }
}

/// From when an act that a claim tells of counts: from the day that the text states, else from the day on which it was
/// done. A later day in the claim that is not said to be the first ("through April 1") is another's.
fn effective_from(seen: &Seen, analysis: &Analysis, claim: &Claim) -> Option<Effective> {
    let told = || {
        let time = claim.time.as_ref().filter(|t| t.value.len() >= 10)?;
        let day =
            first_day(&time.value).filter(|day| *day <= seen.day && claim.modality != Modality::Announced)?;
        Some(Effective::new(day, seen, Some(time.evidence.clone())))
    };
    effective::of_claim(seen, analysis, &claim.evidence).or_else(told)
}

/// What a notice says in sentences that correct it: who was on it by mistake or comes off, and who is new.
fn by_correction(seen: &Seen, analysis: &Analysis, act: &Act, found: &mut Found) {
    let text = seen.text.as_str();
    let lists = words::lists();
    let corrects = |text: &str| {
        let text = units::simplified(text);
        has_any(&text, &lists.members.by_mistake) || has_any(&text, &lists.members.corrects)
    };
    // A long annex is asked once, not at every name.
    if !corrects(text) {
        return;
    }
    let companies = analysis.entities.iter().filter(|e| {
        e.evidence.part() == Part::Text && matches!(e.kind, EntityKind::Company | EntityKind::Organisation)
    });
    for company in companies {
        let bytes = seen.text.bytes(company.evidence.span());
        let sentence = passage::sentence_start(text, bytes.start)..passage::sentence_end(text, bytes.end);
        if !corrects(&text[sentence.clone()]) {
            continue;
        }
        let clause = units::simplified(clause_around(text, &sentence, &bytes));
        let change = match () {
            () if has_any(&clause, &lists.members.by_mistake)
                || has_any(&clause, &lists.members.taking_off) =>
            {
                ListChange::Removed
            }
            () if has_any(&clause, &lists.members.putting_on) => ListChange::Added,
            () => continue,
        };
        let stated = effective::days_in(seen, analysis, sentence).next();
        let day =
            |d: &DateMention| Some(Effective::new(first_day(&d.value)?, seen, Some(d.evidence.clone())));
        let effective = stated.and_then(day);
        let act = Act { list: act.list.clone(), change, effective, from: 0 };
        let name = company.evidence.quote().to_owned();
        add(seen, &act, name, company.id.clone(), company.evidence.clone(), Basis::Correction, found);
    }
}

/// The clause of a sentence in which a stretch stands; a comma of names (、) does not end it.
fn clause_around<'t>(text: &'t str, sentence: &Range<usize>, stretch: &Range<usize>) -> &'t str {
    let ends = |c: char| matches!(c, '，' | '；' | ';' | '。' | '\n');
    let before = &text[sentence.start..stretch.start];
    let start = before.rfind(ends).map_or(0, |at| passage::behind(before, at));
    let after = &text[stretch.end..sentence.end.max(stretch.end)];
    let end = after.find(ends).unwrap_or(after.len());
    &text[sentence.start + start..stretch.end + end]
}

/// A party that a page gives two names, 洛克韦尔防务公司（Rockwell Defense Corp.）, is one member: the first of the two goes
/// where the second is listed in the same act.
fn one_name_each(text: &str, found: Vec<Designation>) -> Vec<Designation> {
    /// Bytes of the longest name before a bracket and in it.
    const LONGEST: usize = 200;
    let mut written: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for one in &found {
        written.entry(name_key(&one.name)).or_default().insert(&one.name);
    }
    let names: BTreeSet<&str> =
        found.iter().filter(|d| d.member.is_none()).map(|d| d.name.as_str()).collect();
    // The names right before a bracket that holds another, with that other's key.
    let mut second: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (at, bracket) in text.match_indices(['（', '(']) {
        let from = at + bracket.len();
        let soon = &text[from..text.floor_char_boundary(from + LONGEST)];
        let Some((inside, _)) = soon.split_once(['）', ')']) else { continue };
        let key = name_key(inside);
        if !written.contains_key(&key) {
            continue;
        }
        let before = text[..at].trim_end_matches(' ');
        let starts = before.char_indices().rev().map(|(start, _)| &before[start..]);
        for name in starts.take_while(|name| name.len() <= LONGEST).filter_map(|name| names.get(name)) {
            second.entry(name).or_default().insert(key.clone());
        }
    }
    let acts: BTreeSet<(&EntityId, ListChange, &str)> =
        found.iter().map(|d| (&d.list, d.change, d.name.as_str())).collect();
    let twice = |first: &Designation| {
        let keys = second.get(first.name.as_str()).into_iter().flatten();
        let mut others =
            keys.filter_map(|key| written.get(key)).flatten().filter(|name| **name != first.name);
        first.member.is_none() && others.any(|name| acts.contains(&(&first.list, first.change, *name)))
    };
    let gone: Vec<bool> = found.iter().map(twice).collect();
    found.into_iter().zip(gone).filter(|(_, gone)| !gone).map(|(one, _)| one).collect()
}

/// What a page does to which list.
struct Act {
    list: EntityId,
    change: ListChange,
    effective: Option<Effective>,
    /// From where on the members follow.
    from: u32,
}

impl Act {
    fn of(claim: &Claim, list: EntityId, effective: Option<Effective>) -> Act {
        let change = effective_change(claim).unwrap_or(ListChange::Listed);
        let from = match claim.evidence.part() {
            Part::Text => claim.evidence.span().start,
            _ => 0,
        };
        Act { list, change, effective, from }
    }

    /// An annex asserts nothing by itself: its headline names the list.
    fn by_title(
        seen: &Seen,
        analysis: &Analysis,
        knowledge: &Knowledge,
        effective: Option<&Effective>,
    ) -> Option<Act> {
        let in_title = analysis.entities.iter().filter(|e| e.evidence.part() == Part::Title);
        let list = in_title.filter_map(|e| e.id.clone()).find(|id| knowledge.is(id, EntityKind::List))?;
        let title = seen.title.as_str().to_lowercase();
        let says = |words: &List| has_any(&title, words);
        let change =
            match (says(&words::lists().members.taking_off), says(&words::lists().members.putting_on)) {
                (true, false) => ListChange::Removed,
                (false, true) => ListChange::Added,
                _ => ListChange::Listed,
            };
        Some(Act { list, change, effective: effective.cloned(), from: 0 })
    }
}

/// Whether a known name is but the first word of another party's: "Mistral Logistics FZE". A legal form, a place or a word for
/// a company behind it leaves it the known one's.
fn begins_longer_name(seen: &Seen, analysis: &Analysis, name: &Evidence) -> bool {
    if name.part() != Part::Text {
        return false;
    }
    let text = seen.text.as_str();
    let end = seen.text.bytes(name.span()).end;
    let Some(rest) = text[end..].strip_prefix(' ') else { return false };
    let word = rest.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
    let lower = word.to_lowercase();
    let capital = word.chars().count() > 2 && word.starts_with(|c: char| c.is_ascii_uppercase());
    let known = analysis
        .entities
        .iter()
        .any(|e| e.evidence.part() == Part::Text && seen.text.bytes(e.evidence.span()).start == end + 1);
    capital && !known && !is_legal_form(&lower) && !words::lists().members.of_companies.contains(&lower)
}

fn by_claim(
    seen: &Seen,
    analysis: &Analysis,
    (claim, words): (&Claim, &Told),
    list: &EntityId,
    effective: Option<&Effective>,
    found: &mut Found,
) {
    let Some(mut change) = effective_change(claim) else { return };
    let before = seen.class != SourceClass::Official && presupposes(claim);
    let long_ago = claim
        .time
        .as_ref()
        .and_then(|time| Some((last_day(&time.value).filter(|day| *day < seen.day)?, time)));
    let told_before = long_ago.map(|(day, time)| Effective::new(day, seen, Some(time.evidence.clone())));
    let effective = effective.or(told_before.as_ref());
    if change == ListChange::Added && before {
        change = ListChange::Listed;
    }
    let is_named = |member: &Filler| member.id.is_some() || is_proper(member.evidence.quote());
    if seen.class != SourceClass::Official && !claim.role(Role::Member).any(is_named) {
        let told = Act { list: list.clone(), change, effective: effective.cloned(), from: 0 };
        for name in words.named(seen) {
            add(seen, &told, name, None, claim.evidence.clone(), Basis::Claim, found);
        }
    }
    for member in claim.role(Role::Member).filter(|member| !words.is_of_kin(seen, &member.evidence)) {
        // "The companies", "eight firms", "Certain Entities": without a name nobody is designated.
        let name = member.evidence.quote();
        let named = !is_general(name) && (seen.class == SourceClass::Official || is_proper(name));
        let told = (list.clone(), change, member.id.clone(), member.evidence.quote().to_owned());
        let another = member.id.is_some() && begins_longer_name(seen, analysis, &member.evidence);
        if another || (member.id.is_none() && !named) || found.told.contains(&told) {
            continue;
        }
        found.push(Designation {
            list: list.clone(),
            member: member.id.clone(),
            name: member.evidence.quote().to_owned(),
            also: Vec::new(),
            change,
            effective: effective.map(|e| e.day),
            until: None,
            instead_of: None,
            dated: effective.and_then(|e| e.cited.clone()),
            published: seen.day,
            class: class_of(seen, claim),
            cited: cite(seen, claim),
            act: None,
            rule: Basis::Claim.into(),
        });
    }
}

/// The last day of a year or month that is told: by then at the latest.
fn last_day(value: &str) -> Option<headwater_model::time::Date> {
    let first = first_day(value)?;
    match value.len() {
        4 => first.last_of_year().into(),
        7 => first.last_of_month().into(),
        _ => None,
    }
}

/// "Is not on the list" is an exclusion told as a fact.
fn effective_change(claim: &Claim) -> Option<ListChange> {
    match (claim.change?, claim.polarity) {
        (change, Polarity::Affirmed) => Some(change),
        (ListChange::Added | ListChange::Listed, Polarity::Negated) => Some(ListChange::Excluded),
        _ => None,
    }
}

/// Whether words speak of parties or papers in general and name nobody: "Certain Entities", "Revision of Entry".
fn is_general(name: &str) -> bool {
    let name = units::simplified(name);
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.clone().all(is_legal_form) || words.any(parties::is_general_word)
}

/// Parties whom a report names around the verb and the list: "added Acme Optics to its Entity List", "added two firms, including
/// Acme Optics and Tern Works, to it", "added two firms to it: Acme Optics and Tern Works", "Acme Optics and Tern Works were removed".
fn named_in_report(sentence: &str) -> Vec<String> {
    let lists = words::lists();
    let folded = units::aligned(sentence);
    let first = |from: usize, list: &List| first_of(&folded, list, from);
    let Some(verb) = first(0, &lists.members.report_verbs) else { return Vec::new() };
    let list = first(verb.end, &lists.members.report_ends);
    let object = list.as_ref().map(|list| verb.end..list.start);
    let given = first(verb.start, &lists.members.report_names).map(|given| {
        let end = list.as_ref().map_or(folded.len(), |list| list.start);
        given.end..if given.end < end { end } else { folded.len() }
    });
    let subject = first(0, &lists.members.report_passives).map(|passive| 0..passive.start);
    // Who is counted and then named is named behind the count.
    let mut runs = subject.into_iter().chain(given.or(object)).filter(|run| run.start < run.end);
    let names = |run: Range<usize>| -> Vec<String> {
        let parties = parties::in_words(sentence, run).into_iter();
        parties.map(|party| sentence[party.at].to_owned()).filter(|name| is_proper(name)).collect()
    };
    runs.find_map(|run| Some(names(run)).filter(|names| !names.is_empty())).unwrap_or_default()
}

/// Whether a report's words for a party are its name, and no description of it: capitals, or the ending of a company's name.
fn is_proper(name: &str) -> bool {
    let mut words = name.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).peekable();
    let capital = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    if name.is_ascii() {
        return words.clone().count() > 1 && words.all(capital) && parties::is_name(name);
    }
    !parties::is_described(name)
        && !name.chars().any(|c| c.is_ascii_digit())
        && parties::looks_like_party(name)
}

/// Rows of one table that are read.
const ROWS: usize = 20_000;

fn by_table(article: &Article, seen: &Seen, act: &Act, found: &mut Found) {
    for table in &article.tables {
        let Some((head, rows)) = table.rows.split_first() else { continue };
        let Some(column) = name_column(article, head) else { continue };
        for cell in rows.iter().take(ROWS).filter_map(|row| row.get(column)) {
            let Some(evidence) = article.text.cut_span(*cell, Part::Text) else { continue };
            let Some(party) = parties::in_cell(seen.text.as_str(), seen.text.bytes(*cell)) else { continue };
            let name = seen.text.as_str()[party.at].trim().to_owned();
            add(seen, act, name, entity_at(&seen.named, *cell), evidence, Basis::Table, found);
        }
    }
}

fn name_column(article: &Article, head: &[Span]) -> Option<usize> {
    let words: Vec<String> =
        head.iter().map(|cell| article.text.slice(*cell).trim().to_lowercase()).collect();
    let heads = words::lists().members.name_heads.iter();
    heads.into_iter().find_map(|name| words.iter().position(|word| word == name || word.contains(name)))
}

/// The first of some entities, in order of the text, that stands within a stretch of it.
fn entity_at(named: &[(Span, EntityId)], stretch: Span) -> Option<EntityId> {
    let first = named.partition_point(|(span, _)| span.start < stretch.start);
    let mut within = named[first..].iter().take_while(|(span, _)| span.start < stretch.end);
    within.find(|(span, _)| stretch.contains(*span)).map(|(_, id)| id.clone())
}

/// Adds a member that a page lists, unless it is there.
fn add(
    seen: &Seen,
    act: &Act,
    name: String,
    member: Option<EntityId>,
    evidence: Evidence,
    basis: Basis,
    found: &mut Found,
) {
    if name.is_empty() || found.has(act, &name, member.as_ref()) {
        return;
    }
    found.push(Designation {
        list: act.list.clone(),
        member,
        name,
        also: Vec::new(),
        change: act.change,
        until: None,
        instead_of: None,
        effective: act.effective.as_ref().map(|e| e.day),
        dated: act.effective.as_ref().and_then(|e| e.cited.clone()),
        published: seen.day,
        class: seen.class,
        cited: Cited { capture: seen.capture.clone(), evidence },
        act: None,
        rule: basis.into(),
    });
}

/// Members that stand line by line, numbered: "1. Acme Corp., Shenzhen", 1．泰拓科技公司（Tetra Corp.）. A line that is a
/// sentence is a provision, not a member.
fn by_line(seen: &Seen, analysis: &Analysis, acts: &[Act], found: &mut Found) {
    /// Characters of the longest name.
    const LONGEST: usize = 120;
    let text = seen.text.as_str();
    let mut items: Vec<Range<usize>> = Vec::new();
    for bytes in passage::lines(text) {
        let line = &text[bytes.clone()];
        let Some(name) = passage::numbered(line) else { continue };
        let words = name.split(' ').count();
        let sentence = name.contains(['。', '；', ';', ':', '：']) || (name.ends_with('.') && words > 8);
        if sentence || name.chars().count() > LONGEST {
            continue;
        }
        let at = bytes.start + line.find(name).unwrap_or(0);
        items.push(at..at + name.len());
    }
    let in_text =
        analysis.entities.iter().filter(|e| e.evidence.part() == Part::Text && e.kind != EntityKind::Place);
    let mut named: Vec<(Span, EntityId)> =
        in_text.filter_map(|e| Some((e.evidence.span(), e.id.clone()?))).collect();
    named.sort();
    // One numbered line is no list.
    for item in items.iter().filter(|_| items.len() > 1).take(ROWS) {
        let Some(evidence) = seen.text.cut(item.clone(), Part::Text) else { continue };
        // The act that was told last before the line.
        let Some(act) = acts.iter().rfind(|act| act.from <= evidence.span().start) else { continue };
        let member = entity_at(&named, evidence.span());
        let name = evidence.quote().trim().to_owned();
        add(seen, act, name, member, evidence, Basis::Line, found);
    }
}

/// A notice's own count of its members, where it is not the number of those that it lists: the stated count, its
/// words, and the number listed.
pub fn miscount(
    seen: &Seen,
    quantities: &[Quantity],
    designations: &[Designation],
) -> Option<(u64, Cited, u64)> {
    let of = |by: &[Basis]| -> BTreeSet<&str> {
        let own = designations.iter().filter(|d| by.contains(&d.rule.basis));
        own.map(|d| d.name.as_str()).collect()
    };
    let (rows, lines) = (of(&[Basis::Table]), of(&[Basis::Line]));
    let members = if rows.is_empty() { lines.clone() } else { rows.clone() };
    if members.is_empty() || seen.class != SourceClass::Official {
        return None;
    }
    let (stated, evidence) = stated_count(seen, quantities)?;
    let cited = Cited { capture: seen.capture.clone(), evidence };
    // Who stands in a sentence and in no row is counted as well, and each act by itself.
    let all = of(&[Basis::Table, Basis::Line, Basis::Prose]);
    let acts: BTreeSet<(&EntityId, ListChange)> = designations.iter().map(|d| (&d.list, d.change)).collect();
    let by_act = |(list, change): &(&EntityId, ListChange)| {
        designations.iter().filter(|d| &d.list == *list && d.change == *change).count() as u64 == stated
    };
    let fits =
        [&rows, &lines, &all].iter().any(|names| names.len() as u64 == stated) || acts.iter().any(by_act);
    (!fits).then_some((stated, cited, members.len() as u64))
}

/// How many members the page says there are: in so many words, or as the figure of its one listing.
fn stated_count(seen: &Seen, quantities: &[Quantity]) -> Option<(u64, Evidence)> {
    let exact = |q: &Quantity| {
        (q.kind == QuantityKind::Count).then_some(q.low.filter(|low| Some(*low) == q.high)?)?.to_u64()
    };
    let total = |q: &&Quantity| {
        let before = seen.text.as_str()[..seen.text.byte_at(q.evidence.span().start)].trim_end();
        let words = before.len().checked_sub("total of".len()).and_then(|at| before.get(at..));
        let stated = before.ends_with(['共', '计', '計'])
            || words.is_some_and(|words| words.eq_ignore_ascii_case("total of"));
        q.evidence.part() == Part::Text && stated
    };
    if let Some(quantity) = quantities.iter().find(total) {
        return Some((exact(quantity)?, quantity.evidence.clone()));
    }
    let listings =
        seen.claims.iter().filter(|c| c.frame == Frame::Listing && c.evidence.part() == Part::Text);
    let mut figures =
        listings.filter_map(|c| c.quantity.as_ref()).filter_map(|q| Some((exact(q)?, q.evidence.clone())));
    let first = figures.next()?;
    figures.all(|(n, _)| n == first.0).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_name_members_around_the_verb_and_the_list() {
        let check =
            |sentence: &str, expected: &[&str]| assert_eq!(named_in_report(sentence), expected, "{sentence}");
        let three = ["Tern Optics", "Skua Marine", "Gannet Works"];
        check(
            "China on Monday added three companies to its unreliable entity list: Tern Optics, Skua Marine and Gannet Works.",
            &three,
        );
        check(
            "China said it would add three firms, including Tern Optics, Skua Marine and Gannet Works, to its list from May 25.",
            &three,
        );
        check(
            "Tern Optics, Skua Marine and Gannet Works were removed from the list with immediate effect.",
            &three,
        );
        check("The ministry added Tern Optics, Skua Marine and Gannet Works to its list.", &three);
        check("China added five companies to its unreliable entity list.", &[]);
        check("Shares of Tern Optics fell after it was told that firms were added to the list.", &[]);
    }

    #[test]
    fn descriptions_are_no_names() {
        assert!(is_proper("家乐福集团") && is_proper("Tern Optics") && is_proper("燕鸥公司"));
        assert!(
            !is_proper("家企业")
                && !is_proper("家中国公司")
                && !is_proper("多家公司")
                && !is_proper("其子公司")
        );
    }
}
