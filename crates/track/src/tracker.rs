//! The fold itself: what happens when a capture arrives.

use crate::compare::{Said, figure_mark, mark};
use crate::derive::{derive, order};
use crate::difference::difference;
use crate::event;
use crate::glossary::{Concept, Found, Glossary};
use crate::groups::{self, Group, Groups};
use crate::lists;
use crate::measures;
use crate::proposals;
use crate::publisher::{self, Names};
use crate::reference::{self, Reader};
use crate::seen::Seen;
use crate::standing::{Bench, standing};
use crate::stories::Stories;
use crate::terms;
use crate::units;
use crate::unseen::Register;
use crate::window::{self, Window};
use headwater_model::note::{Decision, Note};
use headwater_model::source::SourceClass;
use headwater_model::time::Date;
use headwater_model::tracking::{
    Cited, ClaimGroup, DerivationKind, Designation, Edge, GroupState, News, NewsKind, Subject, Version,
};
use headwater_model::{
    Analysis, Article, CaptureId, Change, Changes, Claim, Evidence, GroupId, Hints, Knowledge, MeasureId,
    NodeId, NoticeKind, Part,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
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
    names: Names,
    glossary: Glossary,
    window: Window,
    register: Register,
    stories: Stories,
    groups: Groups,
    /// What was told of measures, lists and pages, so that it is told once.
    told: BTreeSet<String>,
}

/// What is saved. Indexes are rebuilt.
#[derive(Serialize, Deserialize)]
struct State<S, R, T, G, N> {
    next: u64,
    texts: usize,
    seen: S,
    register: R,
    stories: T,
    groups: G,
    told: N,
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
        let names = Names::new(&knowledge);
        let glossary = Glossary::new(&knowledge);
        let (register, stories, groups, told) = Default::default();
        Tracker { knowledge, names, glossary, window: Window::new(texts, 0), register, stories, groups, told }
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
        let mut concerned = self.derive_all(seq, &mut told);
        concerned.extend(before);
        self.tell_story(seq, analysis, &mut told);
        self.tell_claims(seq, &concerned, &mut told);
        self.tell_acts(article, analysis, seq, &mut told);
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
                if self.groups.merge(keep, merge, &self.window) {
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
            // A measure is confirmed by writing it into the knowledge folder; names are linked by `analyse`.
            Decision::ConfirmMeasure { .. } | Decision::LinkEntity { .. } => {}
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
        };
        serde_json::to_vec(&state).unwrap_or_default()
    }

    /// The tracker that was saved.
    pub fn restore(knowledge: Arc<Knowledge>, state: &[u8]) -> Result<Self, RestoreError> {
        let state: State<Vec<Seen>, Register, Stories, Groups, BTreeSet<String>> =
            serde_json::from_slice(state).map_err(|e| RestoreError(e.to_string()))?;
        let mut tracker = Tracker::new(knowledge);
        tracker.register = state.register;
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
        let gone = self.window.push(seen);
        self.groups.forget_captures(gone);
        seq
    }

    fn read(&self, article: &Article, analysis: &Analysis) -> Seen {
        let own = publisher::of(article, &self.knowledge, &self.names);
        let reader = Reader { article, analysis, own: &own, knowledge: &self.knowledge, names: &self.names };
        let (title, text) = (units::units(article.title.as_str()), units::units(article.text.as_str()));
        let in_text = self.glossary.find(article.text.as_str(), &text);
        let in_title = self.glossary.find(article.title.as_str(), &title);
        let concepts: Vec<Concept> = in_title.iter().chain(&in_text).map(|found| found.concept).collect();
        let bag = terms::bag(article, &title, &text, analysis, &concepts);
        let marks = marks(article, analysis);
        let in_claims: Vec<Vec<Concept>> =
            analysis.claims.iter().map(|c| self.glossary.distinct(c.evidence.quote())).collect();
        let (vector, across) = self.window.frequencies.vectors(&bag);
        let notice =
            |kind: NoticeKind| article.notices.iter().find(|n| n.kind == kind).map(|n| n.evidence.clone());
        Seen {
            seq: self.window.next(),
            capture: article.capture.clone(),
            url: article.url.clone(),
            address: publisher::address(&article.url),
            day: article.day(),
            moment: moment(article),
            title: article.title.clone(),
            text: article.text.clone(),
            language: article.language.clone(),
            class: publisher::class(article, &self.knowledge, &own),
            references: reader.references(),
            authors: article.byline.iter().map(|author| publisher::bare(author)).collect(),
            persons: persons(analysis),
            links: links(article),
            terms: bag.counts.keys().copied().collect(),
            vector,
            across,
            outline: outline(&marks, &in_text),
            marks: marks.into_iter().map(|(_, mark)| mark).collect(),
            events: event::of(&analysis.claims, &in_claims, &self.knowledge),
            concepts: in_claims,
            entities: analysis.entities.iter().filter_map(|e| e.id.clone()).collect(),
            named: named(article, analysis),
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
            claims: changed_claims(&old, new, &self.knowledge),
        };
        let day = new.day;
        let figures = changed_figures(&version);
        let text = format!("{} was edited: {}{figures}", new.url, new.title);
        let cited = new
            .correction
            .iter()
            .map(|evidence| Cited { capture: new.capture.clone(), evidence: evidence.clone() });
        let (subject, cited) = (Subject::Article(new.capture.clone()), cited.collect());
        let kind = if new.correction.is_some() { NewsKind::Correction } else { NewsKind::Edit };
        told.news(kind, subject, day, text, cited);
    }

    /// Works out what the new capture derives from, and what earlier ones derive from it.
    /// Returns the captures of which the latter is true.
    fn derive_all(&mut self, seq: u64, told: &mut Told) -> Vec<u64> {
        self.find_unseen(seq, told);
        self.derive_one(seq, told);
        let concerned = self.concerned(seq);
        let changed = concerned.into_iter().filter(|other| self.derive_one(*other, told)).collect();
        told.changes.extend(self.register.take_changed().into_iter().map(Change::Unseen));
        changed
    }

    fn find_unseen(&mut self, seq: u64, told: &mut Told) {
        let Some(new) = self.window.get(seq) else { return };
        let related = |n: u64, dated: bool| {
            self.window.get(n).is_some_and(|s| s.nearness(new) >= 0.10 || (dated && event::agree(s, new)))
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
    fn concerned(&self, seq: u64) -> Vec<u64> {
        let Some(new) = self.window.get(seq) else { return Vec::new() };
        let mut numbers: BTreeSet<u64> = self.window.citing(&new.publisher.keys());
        // A source that is only described is looked for once; again only where an older report comes in late.
        let described = self.window.citing(&[reference::DESCRIBED.into()]).into_iter().rev().take(LOOKED_AT);
        let later = |n: &u64| {
            self.window.get(*n).is_some_and(|s| s.seq != seq && s.day >= new.day && order(s, new).known)
        };
        numbers.extend(described.filter(later));
        let copies = self.window.copies.candidates(&new.sketch).into_iter();
        numbers.extend(
            copies.filter(|n| self.window.get(*n).is_some_and(|s| s.seq != seq && order(s, new).other_first)),
        );
        numbers.remove(&seq);
        let related =
            |n: &u64| self.window.get(*n).is_some_and(|s| s.nearness(new) >= 0.05 || event::agree(s, new));
        let looked_at = numbers.into_iter().rev().take(LOOKED_AT);
        let mut latest: Vec<u64> = looked_at.filter(related).take(ASKED_AGAIN).collect();
        latest.reverse();
        latest
    }

    /// Says whether anything changed.
    fn derive_one(&mut self, seq: u64, told: &mut Told) -> bool {
        let Some(seen) = self.window.get(seq) else { return false };
        let edges = derive(seen, &self.window, &mut self.register);
        let (from, old) = (seen.capture.clone(), seen.edges.clone());
        if old == edges {
            return false;
        }
        told.edges(&from, &old, &edges);
        self.window.set_edges(seq, edges);
        true
    }

    fn tell_story(&mut self, seq: u64, analysis: &Analysis, told: &mut Told) {
        let Some(seen) = self.window.get(seq) else { return };
        let measures: Vec<MeasureId> = analysis.claims.iter().filter_map(|c| c.measure.clone()).collect();
        let day = seen.day;
        let Some(joined) = self.stories.assign(seen, &self.window, &measures) else { return };
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

    /// Puts the capture's claims into their groups and tells every group that is concerned.
    fn tell_claims(&mut self, seq: u64, concerned: &[u64], told: &mut Told) {
        let Some(seen) = self.window.get(seq).cloned() else { return };
        let placed = self.groups.place(&seen, &self.window, &self.knowledge);
        let mut ids: Vec<GroupId> = placed.iter().map(|(id, _)| id.clone()).collect();
        for id in concerned.iter().flat_map(|other| self.groups.of_capture(*other)) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        for id in &ids {
            self.tell_group(id, told);
        }
    }

    fn tell_group(&mut self, id: &GroupId, told: &mut Told) {
        let Some(group) = self.groups.get(id) else { return };
        let register = &self.register;
        let unseen_day = |node: &NodeId| match node {
            NodeId::Unseen(unseen) => register.get(unseen).and_then(|u| u.date),
            NodeId::Capture(_) => None,
        };
        let bench = Bench { window: &self.window, knowledge: &self.knowledge, unseen_day: &unseen_day };
        let standing = standing(group, &bench);
        let day = self.window.iter().next_back().map_or(Date::MIN, |s| s.day);
        let news = group_news(group, &standing, &self.window, day);
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
    fn tell_acts(&mut self, article: &Article, analysis: &Analysis, seq: u64, told: &mut Told) {
        let Some(seen) = self.window.get(seq).cloned() else { return };
        let copy = seen.edges.iter().any(|e| e.kind == DerivationKind::Reprint);
        let proposed = |claim: &Claim| proposals::propose(claim, article, analysis, seen.class);
        for mut event in measures::events(&seen, proposed) {
            if copy && seen.class != SourceClass::Official {
                event.class = SourceClass::Secondary;
            }
            let known = self.knowledge.measure(&event.measure).map(|m| m.en.clone());
            let name = known.or(event.proposed_name.clone()).unwrap_or_else(|| event.measure.to_string());
            let key = format!("{} {} {}", event.measure, event.step, event.class == SourceClass::Official);
            if event.class != SourceClass::Secondary && self.told.insert(key) {
                let text =
                    format!("{name}: {} ({} source)", event.step.word().replace('_', " "), event.class);
                told.news(
                    NewsKind::MeasureStep,
                    Subject::Measure(event.measure.clone()),
                    seen.day,
                    text,
                    vec![event.cited.clone()],
                );
            }
            told.changes.push(Change::MeasureEvent(event));
        }
        let designations = lists::designations(article, &seen, analysis, &self.knowledge);
        self.tell_lists(&seen, analysis, designations, told);
    }

    fn tell_lists(
        &mut self,
        seen: &Seen,
        analysis: &Analysis,
        designations: Vec<Designation>,
        told: &mut Told,
    ) {
        if let Some((stated, cited, rows)) = lists::miscount(seen, &analysis.quantities, &designations) {
            let text = format!("the notice counts {stated} members and lists {rows}");
            let subject = Subject::Article(seen.capture.clone());
            told.news(NewsKind::Conflict, subject, seen.day, text, vec![cited]);
        }
        for designation in designations {
            let official = designation.class == SourceClass::Official;
            let member = designation.member.as_ref().map_or(designation.name.clone(), |m| m.to_string());
            let key = format!("{} {member} {} {official}", designation.list, designation.change);
            if designation.class != SourceClass::Secondary && self.told.insert(key) {
                let name = self
                    .knowledge
                    .entity(&designation.list)
                    .map_or(designation.list.to_string(), |e| e.en.clone());
                let text = format!(
                    "{name}: {} {} ({} source)",
                    designation.name, designation.change, designation.class
                );
                told.news(
                    NewsKind::ListChange,
                    Subject::List(designation.list.clone()),
                    seen.day,
                    text,
                    vec![designation.cited.clone()],
                );
            }
            told.changes.push(Change::Designation(designation));
        }
    }

    fn clear(&mut self, seq: u64) {
        if seq.is_multiple_of(CLEARING) {
            let first = self.window.first();
            self.stories.forget_before(first);
            self.register.forget_before(first);
            self.groups.forget_before(first);
            // What was told of measures and lists so long ago may be told again rather than grow for ever.
            while self.told.len() > TOLD {
                self.told.pop_first();
            }
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
    found.extend(written_out(&article.text).into_iter().filter(|(address, _)| *address != own));
    let original = article.notices.iter().filter(|n| n.kind == NoticeKind::OriginalUrl);
    found.extend(original.map(|n| (publisher::address(&n.value), Some(n.evidence.clone()))));
    found
}

/// Addresses that stand in the text as such.
fn written_out(text: &headwater_model::Text) -> Vec<(String, Option<Evidence>)> {
    /// A text with more of them is a list of links.
    const MOST: usize = 20;
    let whole = text.as_str();
    let starts = whole.match_indices("http").filter(|(at, _)| {
        let rest = &whole[*at..];
        rest.starts_with("http://") || rest.starts_with("https://")
    });
    let address = |(at, _): (usize, &str)| {
        let rest = &whole[at..];
        let end = rest.find(|c: char| !c.is_ascii_graphic() || "\"<>".contains(c)).unwrap_or(rest.len());
        let link = rest[..end].trim_end_matches(['.', ',', ';', ')', ']']);
        (publisher::address(link), text.cut(at..at + link.len(), Part::Text))
    };
    starts.take(MOST).map(address).collect()
}

/// People that the knowledge lacks and whose word the article gives.
fn persons(analysis: &Analysis) -> Vec<(String, Evidence)> {
    let unknown = |a: &&headwater_model::mention::Attribution| {
        a.source.entity.is_none() && a.source.kind == headwater_model::mention::VoiceKind::Person
    };
    let found = analysis.attributions.iter().filter(unknown);
    found.map(|a| (publisher::bare(&a.source.text), a.evidence.clone())).collect()
}

/// Entities and figures in text order, with the byte where each stands.
fn marks(article: &Article, analysis: &Analysis) -> Vec<(usize, u32)> {
    let at = |evidence: &Evidence| article.text.bytes(evidence.span()).start;
    let entity = |e: &headwater_model::mention::EntityMention| {
        let id = e.id.as_ref().filter(|_| e.evidence.part() == Part::Text)?;
        Some((at(&e.evidence), mark(id.as_str())))
    };
    let figure = |q: &headwater_model::mention::Quantity| {
        let mark = figure_mark(q).filter(|_| q.evidence.part() == Part::Text)?;
        Some((at(&q.evidence), mark))
    };
    let dates = analysis.dates.iter().filter(|d| d.evidence.part() == Part::Text);
    let mut found: Vec<_> = analysis.entities.iter().filter_map(entity).collect();
    found.extend(analysis.quantities.iter().filter_map(figure));
    found.extend(dates.map(|d| (at(&d.evidence), mark(&d.value))));
    found.sort_unstable();
    found
}

/// Entities, figures and terms in text order.
fn outline(marks: &[(usize, u32)], concepts: &[Found]) -> Vec<u32> {
    let concepts = concepts.iter().map(|found| (found.start as usize, found.concept));
    let mut all: Vec<(usize, u32)> = marks.iter().copied().chain(concepts).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, mark)| mark).collect()
}

/// Entities in the cells of tables, in order of the text.
fn named(article: &Article, analysis: &Analysis) -> Vec<(headwater_model::Span, headwater_model::EntityId)> {
    if article.tables.is_empty() {
        return Vec::new();
    }
    let in_text = analysis.entities.iter().filter(|e| e.evidence.part() == Part::Text);
    let mut found: Vec<_> = in_text.filter_map(|e| Some((e.evidence.span(), e.id.clone()?))).collect();
    found.sort();
    found
}

/// Claims that are not in both versions in the same words, paired where they assert the same.
fn changed_claims(old: &Seen, new: &Seen, knowledge: &Knowledge) -> Vec<(Option<Cited>, Option<Cited>)> {
    let quotes = |seen: &Seen| -> BTreeSet<String> {
        seen.claims.iter().map(|c| c.evidence.quote().to_owned()).collect()
    };
    let (before, after) = (quotes(old), quotes(new));
    let cite = |seen: &Seen, claim: &Claim| Cited {
        capture: seen.capture.clone(),
        evidence: claim.evidence.clone(),
    };
    let mut added: Vec<&Claim> = new.claims.iter().filter(|c| !before.contains(c.evidence.quote())).collect();
    let mut found = Vec::new();
    for claim in old.claims.iter().filter(|c| !after.contains(c.evidence.quote())) {
        let fit = |other: &Claim| {
            groups::fit(Said { seen: old, claim }, Said { seen: new, claim: other }, true, knowledge)
        };
        let best = (0..added.len())
            .filter_map(|i| Some((fit(added[i]).filter(|f| *f >= 0.3)?, i)))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let partner = best.map(|(_, i)| cite(new, added.remove(i)));
        found.push((Some(cite(old, claim)), partner));
    }
    found.extend(added.into_iter().map(|claim| (None, Some(cite(new, claim)))));
    found
}

/// The first figure that changed, in words, after a separator; empty if none did.
fn changed_figures(version: &Version) -> String {
    use headwater_model::tracking::DifferenceKind::{Added, Removed};
    let digits = |text: &str| text.chars().any(|c| c.is_numeric());
    let pairs = version.difference.windows(2);
    let figure = |pair: &&[(headwater_model::tracking::DifferenceKind, String)]| {
        pair[0].0 == Removed && pair[1].0 == Added && digits(&pair[0].1) && digits(&pair[1].1)
    };
    let shown = |text: &str| text.trim().chars().take(40).collect::<String>();
    pairs
        .filter(figure)
        .map(|p| format!(" ({} became {})", shown(&p[0].1), shown(&p[1].1)))
        .next()
        .unwrap_or_default()
}

/// What is worth telling of a group, each with the key under which it is told once.
fn group_news(group: &Group, standing: &ClaimGroup, window: &Window, day: Date) -> Vec<(String, News)> {
    let mut found = Vec::new();
    let Some(first) = standing.mentions.first() else { return found };
    let subject = Subject::Claim(group.id.clone());
    let quote = |text: &str| text.chars().take(160).collect::<String>();
    let mut add = |key: String, kind: NewsKind, text: String, cited: Vec<Cited>| {
        found.push((key, News { kind, subject: subject.clone(), day, text, cited }));
    };
    let cite = |m: &headwater_model::tracking::Mention| Cited {
        capture: m.capture.clone(),
        evidence: m.evidence.clone(),
    };
    // What heads an article or is about something followed is news; the rest is its detail.
    let heads = first.evidence.part() == Part::Title || first.evidence.span().start < 300;
    if heads || group.measure.is_some() {
        add("new".into(), NewsKind::NewClaim, quote(first.evidence.quote()), vec![cite(first)]);
    }
    let official = |m: &&headwater_model::tracking::Mention| {
        window.find(&m.capture).is_some_and(|s| s.class == SourceClass::Official)
    };
    if let Some(mention) = standing.mentions.iter().find(official)
        && !official(&first)
    {
        add(
            "official".into(),
            NewsKind::FirstOfficialSource,
            quote(mention.evidence.quote()),
            vec![cite(mention), cite(first)],
        );
    }
    for drift in &standing.drift {
        let key = format!("drift {} {}", drift.dimension, drift.to.capture);
        let plain = |value: &str| value.replace('_', " ");
        let text =
            format!("{}: {} became {}", drift.dimension, plain(&drift.from_value), plain(&drift.to_value));
        add(key, NewsKind::Drift, text, vec![drift.from.clone(), drift.to.clone()]);
    }
    for conflict in standing.conflicts.iter().filter(|c| c.note != "denied") {
        let values: Vec<&str> = conflict.values.iter().map(|(v, _)| v.as_str()).collect();
        let text = format!("{}: {}", conflict.dimension, values.join(" / "));
        let cited = conflict.values.iter().map(|(_, c)| c.clone()).take(6).collect();
        add(format!("conflict {}", conflict.dimension), NewsKind::Conflict, text, cited);
    }
    let denial = standing.mentions.iter().find(|m| m.modality == headwater_model::claim::Modality::Denied);
    if let Some(denial) = denial {
        add("denied".into(), NewsKind::Denial, quote(denial.evidence.quote()), vec![cite(denial)]);
    }
    if standing.state == GroupState::Corrected {
        add("corrected".into(), NewsKind::Correction, quote(first.evidence.quote()), vec![cite(first)]);
    }
    found
}
