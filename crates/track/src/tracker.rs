//! The fold itself: what happens when a capture arrives.

use crate::acts::known::Notices;
use crate::claims::between::Between;
use crate::claims::compare::proposed as drifting;
use crate::claims::groups::{self, Groups};
use crate::claims::news;
use crate::claims::reread;
use crate::claims::sameness::{self, Pair};
use crate::claims::standing::{self, Bench, standing};
use crate::derivations::{self, Asked, derive, order, owing};
use crate::editions;
use crate::editions::difference::difference;
use crate::lists;
use crate::measures;
use crate::memory::near::Row;
use crate::memory::seen::Seen;
use crate::memory::unseen::Register;
use crate::memory::window::{self, Window};
use crate::page::{self, Acts, Page, Readable, Reading};
use crate::reading::event;
use crate::reading::reference;
use crate::stories::Stories;
use crate::stories::joining::{self, Lesson};
use crate::text::passage;
use crate::text::terms::Bag;
use headwater_model::note::{Decision, Note};
use headwater_model::source::SourceClass;
use headwater_model::time::Date;
use headwater_model::tracking::{
    Basis, Cited, DerivationKind, Designation, Edge, News, NewsKind, Subject, Version,
};
use headwater_model::{Analysis, Article, CaptureId, Change, Changes, GroupId, Knowledge, MeasureId};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Captures between two clearings of what has left the window.
const CLEARING: u64 = 512;
/// Things about measures and lists that are remembered as told.
const TOLD: usize = 200_000;
/// Captures that are asked again when a late arrival or an uncaptured report comes in.
const ASKED_AGAIN: usize = 48;
/// Captures among which these are looked for, the latest.
const LOOKED_AT: usize = 400;
/// HTTP statuses of a page that its publisher took down.
const GONE: [u16; 3] = [404, 410, 451];

/// The fold over the archive: what is known so far, and what each capture changes.
pub struct Tracker {
    knowledge: Arc<Knowledge>,
    reading: Arc<Reading>,
    window: Window,
    register: Register,
    stories: Stories,
    groups: Groups,
    /// What is known of pairs of claims; not saved, for it can be asked again.
    between: Between,
    /// What was told of measures, lists and pages, so that it is told once, and by which capture.
    told: BTreeMap<String, u64>,
    /// Numbered notices, by which later ones name them.
    notices: Notices,
    /// What tells what captures owe that no reference led to, if that is asked.
    owing: Option<owing::Tables>,
}

/// What is saved. Indexes are rebuilt.
#[derive(Serialize, Deserialize)]
struct State<S, R, T, G, N, M, L> {
    next: u64,
    texts: usize,
    seen: S,
    register: R,
    stories: T,
    groups: G,
    told: N,
    numbers: M,
    of_lists: L,
}

/// A saved state could not be read back: another version wrote it, or it is damaged.
#[derive(Debug)]
pub struct RestoreError(String);

impl std::fmt::Display for RestoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the tracker's state cannot be read: {}", self.0)
    }
}
impl std::error::Error for RestoreError {}

impl Tracker {
    /// A tracker that has seen nothing yet.
    pub fn new(knowledge: Arc<Knowledge>) -> Self {
        Tracker::within(knowledge, window::TEXTS)
    }

    /// A tracker that compares a capture with so many before it.
    pub fn within(knowledge: Arc<Knowledge>, texts: usize) -> Self {
        let reading = Arc::new(Reading::new(knowledge.clone()));
        let (register, stories, groups, between, told, notices) = Default::default();
        let window = Window::new(texts, 0);
        let owing = Some(owing::Tables::default());
        Tracker { knowledge, reading, window, register, stories, groups, between, told, notices, owing }
    }

    /// What is needed to read articles as [`page::read`] does, on any thread.
    pub fn reading(&self) -> Arc<Reading> {
        self.reading.clone()
    }

    /// Reads one capture and folds it in. Captures come in archive order.
    pub fn step(&mut self, article: &Article, analysis: &Analysis, status: u16) -> Changes {
        let page = page::read(article, analysis, &self.reading);
        self.fold(page, article, analysis, status)
    }

    /// Folds in a capture that was read before. Captures come in archive order.
    pub fn fold(&mut self, page: Page, article: &Article, analysis: &Analysis, status: u16) -> Changes {
        let mut told = Told { capture: article.capture.clone(), changes: Vec::new() };
        let Some(page) = page.0 else {
            self.page_gone(article, status, &mut told);
            return told.done();
        };
        let before = self.window.at_address(&page.seen.address).map(|s| s.seq);
        if self.is_unchanged(before, article) {
            return told.done();
        }
        let Readable { seen, bag, acts } = *page;
        let acts = self.settled(acts, &seen, article, analysis);
        let seq = self.take_in(seen, &bag, article.captured);
        self.supersede(before, seq, &mut told);
        let near = OnceCell::new();
        let mut concerned = self.derive_all(seq, &near, &mut told);
        concerned.extend(before);
        let grown = self.reread(seq, &concerned);
        self.tell_story(seq, &near, analysis, &mut told);
        self.tell_claims(seq, near, &grown, &concerned, &mut told);
        self.tell_acts(acts, seq, &mut told);
        self.clear(seq);
        told.done()
    }

    /// Folds a person's decision in.
    pub fn note(&mut self, note: &Note) -> Changes {
        let made = note.made.to_string();
        let capture = CaptureId::of(&[b"note", made.as_bytes(), note.author.as_bytes()]);
        let mut told = Told { capture, changes: Vec::new() };
        match &note.decision {
            Decision::MergeGroups { keep, merge } => {
                if self.groups.merge(keep, merge, &self.window, &self.knowledge) {
                    told.changes.push(Change::GroupGone(merge.clone()));
                    self.tell_group(keep, &mut told);
                }
            }
            Decision::SplitGroup { group, captures } => {
                let captures = groups::numbers(captures, &self.window);
                if let Some(new) = self.groups.split(group, &captures, &self.window) {
                    self.tell_group(group, &mut told);
                    self.tell_group(&new, &mut told);
                }
            }
            // The ledger keeps what was decided of measures and lists; what was read of them stays as it is.
            Decision::ConfirmMeasure { .. } | Decision::CountPage { .. } => {}
        }
        told.done()
    }

    /// The complete state: a tracker restored from it goes on identically.
    pub fn save(&self) -> Vec<u8> {
        let seen: Vec<&Seen> = self.window.iter().collect();
        let state = State {
            next: self.window.next(),
            texts: self.window.texts(),
            seen,
            register: &self.register,
            stories: &self.stories,
            groups: &self.groups,
            told: &self.told,
            numbers: &self.notices.measures,
            of_lists: &self.notices.lists,
        };
        serde_json::to_vec(&state).expect("the state is JSON")
    }

    /// The tracker that was saved.
    pub fn restore(knowledge: Arc<Knowledge>, state: &[u8]) -> Result<Self, RestoreError> {
        type Saved = State<
            Vec<Seen>,
            Register,
            Stories,
            Groups,
            BTreeMap<String, u64>,
            BTreeMap<String, (u64, MeasureId, Option<String>)>,
            BTreeMap<String, (u64, headwater_model::EntityId)>,
        >;
        let state: Saved = serde_json::from_slice(state).map_err(|e| RestoreError(e.to_string()))?;
        let mut tracker = Tracker::new(knowledge);
        tracker.register = state.register;
        tracker.register.reindex();
        tracker.stories = state.stories;
        tracker.stories.reindex();
        tracker.window = Window::new(state.texts, state.next);
        for mut seen in state.seen {
            seen.prepare();
            tracker.stories.index(&seen);
            tracker.window.push(seen);
        }
        tracker.groups = state.groups;
        tracker.groups.reindex(&tracker.window);
        tracker.told = state.told;
        tracker.notices = Notices { measures: state.numbers, lists: state.of_lists };
        Ok(tracker)
    }

    fn page_gone(&mut self, article: &Article, status: u16, told: &mut Told) {
        let Some(before) = self.window.at_address(&headwater_model::capture::page(&article.url)) else {
            return;
        };
        if GONE.contains(&status) {
            let cited: Vec<Cited> = before
                .lead()
                .map(|evidence| Cited { capture: before.capture.clone(), evidence })
                .into_iter()
                .collect();
            let text = format!("{} answers {status}; it was captured before: {}", article.url, before.title);
            let subject = Subject::Article(before.capture.clone());
            told.news(NewsKind::PageGone, subject, article.day(), text, cited);
        }
    }

    fn is_unchanged(&self, before: Option<u64>, article: &Article) -> bool {
        before.and_then(|seq| self.window.get(seq)).is_some_and(|seen| editions::say_the_same(seen, article))
    }

    /// What a document does, read again where it names a notice that is known by now.
    fn settled(&self, acts: Acts, seen: &Seen, article: &Article, analysis: &Analysis) -> Acts {
        let known =
            |key: &String| self.notices.measures.contains_key(key) || self.notices.lists.contains_key(key);
        if !acts.asked.iter().any(known) {
            return acts;
        }
        page::acts(seen, article, analysis, &self.reading, &self.notices)
    }

    fn take_in(&mut self, mut seen: Seen, bag: &Bag, captured: jiff::Timestamp) -> u64 {
        seen.seq = self.window.next();
        (seen.vector, seen.across) = self.window.frequencies.vectors(bag);
        let edited = self.window.at_address(&seen.address).is_some();
        seen.revised = edited.then(|| headwater_model::time::utc_day(captured));
        let seq = seen.seq;
        let gone = self.window.push(seen);
        self.groups.forget_captures(gone);
        seq
    }

    /// Reads the sentences that the analysis made no claim of by the claims of what a capture derives from, and of the
    /// captures that turned out to derive from it (`retellings`); theirs by its own; and those of all who derive from one
    /// that turned out to say more. Returns the captures that make claims of which they made none before, other than the
    /// new one, each with the number of those before.
    fn reread(&mut self, seq: u64, retellings: &[u64]) -> BTreeMap<u64, usize> {
        let mut grown = BTreeMap::new();
        for child in retellings.iter().copied().chain([seq]) {
            self.read_by_sources(child, &mut grown);
            for parent in self.window.parents(child) {
                let (source, retelling) = (self.window.get(parent), self.window.get(child));
                let found =
                    source.zip(retelling).map(|(source, seen)| self.reader(source).by_retelling(seen));
                self.add_claims(parent, found.unwrap_or_default(), &mut grown);
            }
        }
        // What one retelling made plain in a source is plain to its others, whichever came first.
        let sources = grown.keys().copied().chain([seq]).filter_map(|number| self.window.get(number));
        let told: BTreeSet<u64> =
            sources.flat_map(|source| self.window.derived_from(&source.capture)).collect();
        for child in told.into_iter().rev().take(ASKED_AGAIN).filter(|child| *child != seq) {
            self.read_by_sources(child, &mut grown);
        }
        grown.remove(&seq);
        grown
    }

    fn reader<'a>(&'a self, seen: &'a Seen) -> reread::Reader<'a> {
        reread::Reader { seen, window: &self.window, knowledge: &self.knowledge }
    }

    fn read_by_sources(&mut self, seq: u64, grown: &mut BTreeMap<u64, usize>) {
        let found = self.window.get(seq).map(|seen| self.reader(seen).by_sources());
        self.add_claims(seq, found.unwrap_or_default(), grown);
    }

    /// Adds the claims that sentences of a capture turned out to make, and notes how many there were before.
    fn add_claims(&mut self, seq: u64, found: Vec<reread::Read>, grown: &mut BTreeMap<u64, usize>) {
        let Some(seen) = self.window.get_mut(seq).filter(|_| !found.is_empty()) else { return };
        grown.entry(seq).or_insert(seen.claims.len());
        for read in found {
            seen.unread.retain(|unread| !unread.is(&read.claim));
            seen.concepts.push(read.concepts);
            seen.details.push(read.details);
            seen.figures.push(read.figures);
            seen.claims.push(read.claim);
        }
        seen.wording.forget_claims();
    }

    /// Every pair of claims of the captures in the window that something ties, with what they have in common: what
    /// `cargo xtask train --only sameness` learns from.
    pub fn pairs(&self) -> Vec<Pair> {
        sameness::pairs(&self.window, &self.knowledge)
    }

    /// What the retellings of every group may have changed: what `cargo xtask train --only drift` learns from.
    pub fn changes(&self) -> Vec<drifting::Lesson> {
        self.groups.all().flat_map(|group| standing::lessons(group, &self.bench())).collect()
    }

    /// Every capture of the window with the pages that it may owe something to: what `cargo xtask train --only owing` learns from.
    pub fn owings(&self) -> Vec<owing::Lesson> {
        derivations::lessons(&self.window, &self.knowledge)
    }

    /// Every capture of the window with the stories that it may join, as the captures before it are said to be `of` stories: what
    /// `cargo xtask train --only stories` learns from.
    pub fn joins(&self, of: &dyn Fn(&CaptureId) -> Option<usize>) -> Vec<Lesson> {
        Stories::lessons(&self.window, &self.knowledge, of)
    }

    /// Lets other tables than the learned ones tell which story a capture joins.
    pub fn join_by(&mut self, tables: joining::Tables) {
        self.stories.tables = tables;
    }

    /// Lets other tables than the learned ones tell what captures owe that no reference led to, or none.
    pub fn owe_by(&mut self, tables: Option<owing::Tables>) {
        self.owing = tables;
    }

    fn supersede(&mut self, before: Option<u64>, seq: u64, told: &mut Told) {
        let Some(old) = before.and_then(|b| self.window.get_mut(b)) else { return };
        old.superseded = Some(seq);
        let (Some(old), Some(new)) = (before.and_then(|b| self.window.get(b)), self.window.get(seq)) else {
            return;
        };
        let version = Version {
            url: new.url.clone(),
            before: old.capture.clone(),
            after: new.capture.clone(),
            difference: difference(old.text.as_str(), new.text.as_str()),
            claims: editions::changed_claims(old, new, &self.knowledge),
        };
        let day = new.day;
        let text = format!("{}: {}", new.url, editions::told(old, new));
        // A note that stood there before is not told again with the next edit.
        let quote = |seen: &Seen| seen.correction.as_ref().map(|note| note.quote().to_owned());
        let note = new.correction.as_ref().filter(|_| quote(old) != quote(new));
        let kind = if note.is_some() { NewsKind::Correction } else { NewsKind::Edit };
        let cited = note.map(|note| Cited { capture: new.capture.clone(), evidence: note.clone() });
        told.news(kind, Subject::Article(new.capture.clone()), day, text, cited.into_iter().collect());
        told.changes.push(Change::Version(version));
    }

    /// Works out what the new capture derives from, and what earlier ones derive from it.
    /// Returns the captures of which the latter is true.
    fn derive_all(&mut self, seq: u64, near: &OnceCell<Row>, told: &mut Told) -> Vec<u64> {
        self.find_unseen(seq, told);
        self.derive_one(seq, near, told);
        let concerned = self.concerned(seq, near).into_iter();
        let changed = concerned.filter(|other| self.derive_one(*other, &OnceCell::new(), told)).collect();
        told.changes.extend(self.register.take_changed().into_iter().map(Change::Unseen));
        changed
    }

    fn find_unseen(&mut self, seq: u64, told: &mut Told) {
        let Some(new) = self.window.get(seq) else { return };
        let related = |n: u64, dated: bool| {
            self.window
                .get(n)
                .is_some_and(|s| s.nearness(new) >= 0.10 || (dated && event::agree(&s.events, &new.events)))
        };
        for id in self.register.found_in(new, related) {
            self.register.resolve(&id, &new.capture);
            let Some(unseen) = self.register.get(&id) else { continue };
            let text = format!("the report of {} that others cite is captured: {}", unseen.name, new.title);
            told.news(
                NewsKind::UnseenFound,
                Subject::Article(new.capture.clone()),
                new.day,
                text,
                unseen.cited.clone(),
            );
        }
    }

    /// Earlier captures that the new one could be a source of.
    fn concerned(&self, seq: u64, near: &OnceCell<Row>) -> Vec<u64> {
        let Some(new) = self.window.get(seq) else { return Vec::new() };
        let asked = Asked::new(new, &self.window, &self.knowledge, near);
        // One more than are looked at: the new one may be among them.
        let citing = self.window.citing(&new.publisher.cited_keys(), LOOKED_AT + 1);
        let mut numbers: BTreeSet<u64> = citing.into_iter().collect();
        // A source that is only described is looked for once; again only where an older report comes in late.
        let described = self.window.citing(&[reference::DESCRIBED.into()], LOOKED_AT).into_iter();
        let later = |n: &u64| {
            self.window.get(*n).is_some_and(|s| s.seq != seq && s.day >= new.day && order(s, new).known)
        };
        numbers.extend(described.filter(later));
        // So is one to which no reference led.
        numbers.extend(asked.near().as_near(owing::NEAR).filter(later));
        let copies = self.window.copies.candidates(&new.sketch).into_iter();
        numbers.extend(
            copies.filter(|n| self.window.get(*n).is_some_and(|s| s.seq != seq && order(s, new).other_first)),
        );
        numbers.remove(&seq);
        let related = |n: &u64| {
            self.window
                .get(*n)
                .is_some_and(|s| asked.nearness(s) >= 0.05 || event::agree(&s.events, &new.events))
        };
        let looked_at = numbers.into_iter().rev().take(LOOKED_AT);
        let mut latest: Vec<u64> = looked_at.filter(related).take(ASKED_AGAIN).collect();
        latest.reverse();
        latest
    }

    /// Says whether anything changed.
    fn derive_one(&mut self, seq: u64, near: &OnceCell<Row>, told: &mut Told) -> bool {
        let mut pairs = self.window.take_pairs(seq);
        let Some(seen) = self.window.get(seq) else { return false };
        let asked = Asked::new(seen, &self.window, &self.knowledge, near);
        let edges = derive(&asked, &mut pairs, &mut self.register, self.owing.as_ref());
        let changed = seen.edges != edges;
        if changed {
            told.edges(&seen.capture, &seen.edges, &edges);
            self.window.set_edges(seq, edges);
        }
        if let Some(seen) = self.window.get_mut(seq) {
            seen.pairs = pairs;
        }
        changed
    }

    fn tell_story(&mut self, seq: u64, near: &OnceCell<Row>, analysis: &Analysis, told: &mut Told) {
        let Some(seen) = self.window.get(seq) else { return };
        let own = seen.claims.iter().take(analysis.claims.len());
        let measures: Vec<MeasureId> = own.filter_map(|c| c.measure.clone()).collect();
        let day = seen.day;
        let denied = self.groups.denied_story(seen, near, &self.window, &self.knowledge);
        let row = near.get_or_init(|| self.window.latest.near(seen));
        let assigned = self.stories.assign(seen, &self.window, row, &measures, denied, &self.knowledge);
        let Some(joined) = assigned else { return };
        if let Some(seen) = self.window.get_mut(seq) {
            seen.story = Some(joined.story.id.clone());
            self.stories.index(seen);
        }
        if joined.grew {
            let text = format!("two articles tell of it now: {}", joined.story.title);
            told.news(
                NewsKind::NewStory,
                Subject::Story(joined.story.id.clone()),
                day,
                text,
                joined.story.lead.iter().cloned().collect(),
            );
        }
        told.changes.push(Change::Story(joined.story));
    }

    /// Puts the capture's claims into their groups, behind those that earlier captures turned out to make (`grown`), and
    /// tells every group that is concerned.
    fn tell_claims(
        &mut self,
        seq: u64,
        near: OnceCell<Row>,
        grown: &BTreeMap<u64, usize>,
        concerned: &[u64],
        told: &mut Told,
    ) {
        let mut ids: Vec<GroupId> = Vec::new();
        let others = grown.iter().map(|(seq, from)| (*seq, *from, OnceCell::new()));
        for (seq, from, near) in others.chain([(seq, 0, near)]) {
            let Some(seen) = self.window.get(seq) else { continue };
            let (placed, gone) = self.groups.place(seen, from, &near, &self.window, &self.knowledge);
            ids.retain(|id| !gone.contains(id));
            told.changes.extend(gone.into_iter().map(Change::GroupGone));
            ids.extend(
                placed.into_iter().map(|(id, _)| id).filter(|id| !ids.contains(id)).collect::<Vec<_>>(),
            );
        }
        for id in concerned.iter().flat_map(|other| self.groups.of_capture(*other)) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        for id in &ids {
            self.tell_group(id, told);
        }
    }

    fn bench(&self) -> Bench<'_> {
        Bench {
            window: &self.window,
            knowledge: &self.knowledge,
            between: &self.between,
            register: &self.register,
        }
    }

    fn tell_group(&mut self, id: &GroupId, told: &mut Told) {
        let Some(group) = self.groups.get(id) else { return };
        let standing = standing(group, &self.bench());
        let day = self.window.iter().next_back().map_or(Date::MIN, |s| s.day);
        let news = news::of_group(group, &standing, &self.window, day);
        if let Some(group) = self.groups.get_mut(id) {
            for (key, item) in news {
                if group.told.insert(key) {
                    told.changes.push(Change::News(item));
                }
            }
        }
        told.changes.push(Change::Group(standing));
    }

    /// Tells steps of measures and acts upon lists.
    fn tell_acts(&mut self, acts: Acts, seq: u64, told: &mut Told) {
        let Some(seen) = self.window.get(seq) else { return };
        let copy = seen.edges.iter().any(|e| e.kind == DerivationKind::Reprint);
        if let Some((key, list)) = acts.of_list {
            self.notices.lists.entry(key).or_insert((seq, list));
        }
        if let Some((key, measure, name)) = acts.measure {
            self.notices.measures.insert(key, (seq, measure, name));
        }
        for mut event in acts.events {
            // Another edition of the same page tells the same step.
            if !is_new(&mut self.told, measures::news::key_on_page(&event, &seen.address), seq) {
                continue;
            }
            if copy && seen.class != SourceClass::Official {
                event.class = SourceClass::Secondary;
            }
            if let Some((key, news)) = measures::news::of_step(&event, seen.day, &self.knowledge)
                && is_new(&mut self.told, key, seq)
            {
                told.changes.push(Change::News(news));
            }
            told.changes.push(Change::MeasureEvent(event));
        }
        for (text, cited) in acts.conflicts {
            let subject = Subject::Article(seen.capture.clone());
            told.news(NewsKind::Conflict, subject, seen.day, text, vec![cited]);
        }
        let mut designations = acts.designations;
        date_by_edition(seen, &mut designations);
        self.date_silent_additions(seen, &mut designations);
        for act in designations {
            if let Some((key, news)) = lists::news::of_act(&act, seen.day, &self.knowledge)
                && is_new(&mut self.told, key, seq)
            {
                told.changes.push(Change::News(news));
            }
            told.changes.push(Change::Designation(act));
        }
    }

    /// Whom a later edition names and the one before it did not was not published on the day that both state.
    fn date_silent_additions(&self, seen: &Seen, designations: &mut [Designation]) {
        let before = self.window.earlier_version(seen.seq).and_then(|seq| self.window.get(seq));
        let (Some(before), Some(revised)) = (before, seen.revised) else { return };
        let may_be_new = |d: &Designation| !d.name.is_empty() && d.published < revised;
        let names = |d: &Designation| -> Vec<String> {
            std::iter::once(&d.name).chain(&d.also).filter(|_| may_be_new(d)).cloned().collect()
        };
        let all: Vec<String> = designations.iter().flat_map(names).collect();
        let old = passage::held(before.text.as_str(), &all.iter().map(String::as_str).collect::<Vec<_>>());
        for one in designations.iter_mut().filter(|d| may_be_new(d)) {
            let named = std::iter::once(&one.name).chain(&one.also).any(|name| old.contains(name.as_str()));
            if !named {
                one.published = revised;
            }
        }
    }

    fn clear(&mut self, seq: u64) {
        if seq.is_multiple_of(CLEARING) {
            let first = self.window.first();
            self.stories.forget_before(first);
            self.register.forget_before(first);
            self.groups.forget_before(first);
            self.between.forget_before(first);
            // What was told of measures and lists so long ago may be told again rather than grow for ever.
            keep_latest(&mut self.notices.measures, |(seq, ..)| *seq);
            keep_latest(&mut self.notices.lists, |(seq, _)| *seq);
            keep_latest(&mut self.told, |seq| *seq);
        }
    }
}

/// An edition that corrects a notice is the act, not the day of the notice.
fn date_by_edition(seen: &Seen, designations: &mut [Designation]) {
    for one in designations.iter_mut().filter(|d| d.rule.basis == Basis::Correction) {
        one.published = seen.revised.unwrap_or(seen.day);
    }
}

/// Whether something about a measure or a list was not told yet; from now on it was.
fn is_new(told: &mut BTreeMap<String, u64>, key: String, seq: u64) -> bool {
    match told.entry(key) {
        Entry::Vacant(entry) => {
            entry.insert(seq);
            true
        }
        Entry::Occupied(_) => false,
    }
}

/// Forgets what was met longest ago of what is too much.
fn keep_latest<T>(all: &mut BTreeMap<String, T>, seq: impl Fn(&T) -> u64) {
    if let Some(excess) = all.len().checked_sub(TOLD).filter(|excess| *excess > 0) {
        let mut seqs: Vec<u64> = all.values().map(&seq).collect();
        seqs.sort_unstable();
        let kept_from = seqs[excess];
        all.retain(|_, one| seq(one) >= kept_from);
    }
}

/// The changes of one step as they are told.
struct Told {
    capture: CaptureId,
    changes: Vec<Change>,
}

impl Told {
    fn done(self) -> Changes {
        Changes { capture: self.capture, changes: self.changes }
    }
    fn news(&mut self, kind: NewsKind, subject: Subject, day: Date, text: String, cited: Vec<Cited>) {
        self.changes.push(Change::News(News { kind, subject, day, text, cited }));
    }
    /// Tells edges that are new, changed or gone.
    fn edges(&mut self, from: &CaptureId, old: &[Edge], new: &[Edge]) {
        for gone in old.iter().filter(|o| !new.iter().any(|n| n.to == o.to)) {
            self.changes.push(Change::EdgeGone(from.clone(), gone.to.clone()));
        }
        let changed = new.iter().filter(|n| !old.contains(n));
        self.changes.extend(changed.cloned().map(Change::Edge));
    }
}
