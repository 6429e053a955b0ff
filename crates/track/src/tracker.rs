//! The fold itself: what happens when a capture arrives.

use crate::derive::{derive, order};
use crate::difference::difference;
use crate::publisher::{self, Names};
use crate::reference::{self, Reader};
use crate::seen::Seen;
use crate::stories::Stories;
use crate::terms;
use crate::units;
use crate::unseen::Register;
use crate::window::Window;
use headwater_model::note::Note;
use headwater_model::time::Date;
use headwater_model::tracking::{Cited, Edge, News, NewsKind, Subject, Version};
use headwater_model::{
    Analysis, Article, CaptureId, Change, Changes, Hints, Knowledge, MeasureId, NoticeKind, Part,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Captures between two clearings of what has left the window.
const CLEARING: u64 = 512;
/// Captures that are asked again when a late arrival or an uncaptured report comes in.
const ASKED_AGAIN: usize = 48;
/// HTTP statuses of a page that its publisher took down.
const GONE: [u16; 3] = [404, 410, 451];

/// The fold over the archive: what is known so far, and what each capture changes.
pub struct Tracker {
    knowledge: Arc<Knowledge>,
    names: Names,
    window: Window,
    register: Register,
    stories: Stories,
}

/// What is saved. Indexes are rebuilt.
#[derive(Serialize, Deserialize)]
struct State<S, R, T> {
    next: u64,
    seen: S,
    register: R,
    stories: T,
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
        let names = Names::new(&knowledge);
        let (window, register, stories) = Default::default();
        Tracker { knowledge, names, window, register, stories }
    }

    /// Folds one capture in. Captures come in archive order.
    pub fn step(&mut self, article: &Article, analysis: &Analysis, _hints: &Hints, status: u16) -> Changes {
        let mut told = Told { capture: article.capture.clone(), changes: Vec::new() };
        if !article.page_kind.is_readable() || article.text.is_empty() {
            self.page_gone(article, status, &mut told);
            return told.done();
        }
        let before = self.window.at_address(&publisher::address(&article.url)).map(|s| s.seq);
        if self.is_unchanged(before, article) {
            return told.done();
        }
        let seq = self.take_in(article, analysis);
        self.supersede(before, seq, &mut told);
        self.derive_all(seq, &mut told);
        self.tell_story(seq, analysis, &mut told);
        self.clear(seq);
        told.done()
    }

    /// Folds a person's decision in.
    pub fn note(&mut self, note: &Note) -> Changes {
        let made = note.made.to_string();
        let capture = CaptureId::of(&[b"note", made.as_bytes(), note.author.as_bytes()]);
        Changes { capture, changes: Vec::new() }
    }

    /// The complete state: a tracker restored from it goes on identically.
    pub fn save(&self) -> Vec<u8> {
        let seen: Vec<&Seen> = self.window.iter().collect();
        let state =
            State { next: self.window.next(), seen, register: &self.register, stories: &self.stories };
        serde_json::to_vec(&state).unwrap_or_default()
    }

    /// The tracker that was saved.
    pub fn restore(knowledge: Arc<Knowledge>, state: &[u8]) -> Result<Self, RestoreError> {
        let state: State<Vec<Seen>, Register, Stories> =
            serde_json::from_slice(state).map_err(|e| RestoreError(e.to_string()))?;
        let mut tracker = Tracker::new(knowledge);
        tracker.register = state.register;
        tracker.stories = state.stories;
        tracker.window = Window::starting_at(state.next);
        for mut seen in state.seen {
            seen.prepare();
            tracker.stories.index(&seen);
            tracker.window.push(seen);
        }
        Ok(tracker)
    }

    fn page_gone(&mut self, article: &Article, status: u16, told: &mut Told) {
        let Some(before) = self.window.at_address(&publisher::address(&article.url)) else { return };
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
        before
            .and_then(|seq| self.window.get(seq))
            .is_some_and(|seen| seen.text == article.text && seen.title == article.title)
    }

    fn take_in(&mut self, article: &Article, analysis: &Analysis) -> u64 {
        let mut seen = self.read(article, analysis);
        seen.prepare();
        let seq = seen.seq;
        self.window.push(seen);
        seq
    }

    fn read(&self, article: &Article, analysis: &Analysis) -> Seen {
        let own = publisher::of(article, &self.knowledge, &self.names);
        let reader = Reader { article, analysis, own: &own, knowledge: &self.knowledge, names: &self.names };
        let bag = terms::bag(
            article,
            &units::units(article.title.as_str()),
            &units::units(article.text.as_str()),
            analysis,
        );
        let notice =
            |kind: NoticeKind| article.notices.iter().find(|n| n.kind == kind).map(|n| n.evidence.clone());
        Seen {
            seq: self.window.next(),
            capture: article.capture.clone(),
            url: article.url.clone(),
            day: article.day(),
            moment: moment(article),
            title: article.title.clone(),
            text: article.text.clone(),
            language: article.language.clone(),
            class: publisher::class(article, &self.knowledge, &own),
            references: reader.references(),
            links: links(article),
            terms: bag.iter().map(|(term, _)| *term).collect(),
            vector: self.window.frequencies.vector(&bag),
            marks: marks(analysis),
            entities: analysis.entities.iter().filter_map(|e| e.id.clone()).collect(),
            claims: analysis.claims.clone(),
            correction: notice(NoticeKind::Correction),
            translated: reference::translation_notice(article),
            machine: notice(NoticeKind::MachineGenerated).is_some(),
            superseded: None,
            story: None,
            edges: Vec::new(),
            sketch: Default::default(),
            publisher: own,
        }
    }

    fn supersede(&mut self, before: Option<u64>, seq: u64, told: &mut Told) {
        let Some(old) = before.and_then(|b| self.window.get_mut(b)) else { return };
        old.superseded = Some(seq);
        let old = old.clone();
        let Some(new) = self.window.get(seq) else { return };
        let version = Version {
            url: new.url.clone(),
            before: old.capture.clone(),
            after: new.capture.clone(),
            difference: difference(old.text.as_str(), new.text.as_str()),
            claims: Vec::new(),
        };
        told.changes.push(Change::Version(version));
        let day = new.day;
        let text = format!("{} was edited: {}", new.url, new.title);
        let cited = new
            .correction
            .iter()
            .map(|evidence| Cited { capture: new.capture.clone(), evidence: evidence.clone() });
        let (subject, cited) = (Subject::Article(new.capture.clone()), cited.collect());
        let kind = if new.correction.is_some() { NewsKind::Correction } else { NewsKind::Edit };
        told.news(kind, subject, day, text, cited);
    }

    /// Works out what the new capture derives from, and what earlier ones derive from it.
    fn derive_all(&mut self, seq: u64, told: &mut Told) {
        self.find_unseen(seq, told);
        self.derive_one(seq, told);
        for other in self.concerned(seq) {
            self.derive_one(other, told);
        }
        told.changes.extend(self.register.take_changed().into_iter().map(Change::Unseen));
    }

    fn find_unseen(&mut self, seq: u64, told: &mut Told) {
        let Some(new) = self.window.get(seq) else { return };
        let related = |n: u64| self.window.get(n).is_some_and(|s| s.nearness(new) >= 0.10);
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
    fn concerned(&self, seq: u64) -> Vec<u64> {
        let Some(new) = self.window.get(seq) else { return Vec::new() };
        let mut numbers: BTreeSet<u64> = self.window.citing(&new.publisher.keys());
        let copies = self.window.copies.candidates(&new.sketch).into_iter();
        numbers.extend(
            copies.filter(|n| self.window.get(*n).is_some_and(|s| s.seq != seq && order(s, new).other_first)),
        );
        numbers.remove(&seq);
        let related = |n: &u64| self.window.get(*n).is_some_and(|s| s.nearness(new) >= 0.05);
        let mut latest: Vec<u64> = numbers.into_iter().rev().filter(related).take(ASKED_AGAIN).collect();
        latest.reverse();
        latest
    }

    fn derive_one(&mut self, seq: u64, told: &mut Told) {
        let Some(seen) = self.window.get(seq) else { return };
        let edges = derive(seen, &self.window, &mut self.register);
        let (from, old) = (seen.capture.clone(), seen.edges.clone());
        told.edges(&from, &old, &edges);
        self.window.set_edges(seq, edges);
    }

    fn tell_story(&mut self, seq: u64, analysis: &Analysis, told: &mut Told) {
        let Some(seen) = self.window.get(seq) else { return };
        let measures: Vec<MeasureId> = analysis.claims.iter().filter_map(|c| c.measure.clone()).collect();
        let joined = self.stories.assign(seen, &self.window, &measures);
        self.stories.index(seen);
        let day = seen.day;
        let Some(joined) = joined else { return };
        if let Some(seen) = self.window.get_mut(seq) {
            seen.story = Some(joined.story.id.clone());
        }
        if joined.grew {
            let text = format!("a second article makes a story: {}", joined.story.title);
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

    fn clear(&mut self, seq: u64) {
        if seq % CLEARING == 0 {
            let first = self.window.iter().next().map_or(0, |s| s.seq);
            self.stories.forget_before(first);
            self.register.forget_before(first);
        }
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

/// Second of publication, where the page states it to the minute with its offset.
fn moment(article: &Article) -> Option<i64> {
    let value = &article.published.as_ref()?.value;
    let stamp: Option<jiff::Timestamp> = value.parse().ok();
    stamp.map(|s| s.as_second())
}

fn links(article: &Article) -> Vec<(String, Option<headwater_model::Evidence>)> {
    /// A page with more links in its text is a list of links.
    const MOST: usize = 100;
    let own = publisher::address(&article.url);
    let all = article.links.iter().take(MOST).map(|l| (publisher::address(&l.href), l.evidence.clone()));
    let mut found: Vec<_> = all.filter(|(address, _)| *address != own).collect();
    let original = article.notices.iter().filter(|n| n.kind == NoticeKind::OriginalUrl);
    found.extend(original.map(|n| (publisher::address(&n.value), Some(n.evidence.clone()))));
    found
}

/// Entities and figures in text order.
fn marks(analysis: &Analysis) -> Vec<u32> {
    let entity = |e: &headwater_model::mention::EntityMention| {
        let id = e.id.as_ref().filter(|_| e.evidence.part() == Part::Text)?;
        Some((e.evidence.span(), mark(id.as_str())))
    };
    let figure = |q: &headwater_model::mention::Quantity| {
        let value = q.low.or(q.high).filter(|_| q.evidence.part() == Part::Text)?;
        Some((q.evidence.span(), mark(&format!("{}{}", value.normalize(), q.kind))))
    };
    let dates = analysis.dates.iter().filter(|d| d.evidence.part() == Part::Text);
    let mut found: Vec<_> = analysis.entities.iter().filter_map(entity).collect();
    found.extend(analysis.quantities.iter().filter_map(figure));
    found.extend(dates.map(|d| (d.evidence.span(), mark(&d.value))));
    found.sort_unstable();
    found.into_iter().map(|(_, mark)| mark).collect()
}

fn mark(text: &str) -> u32 {
    (units::spread(terms::text_hash(text)) >> 32) as u32
}
