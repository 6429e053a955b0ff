//! Stories: articles about one event, in every language, grouped as they come.
//!
//! Each article joins the nearest story or opens one. A story is the sum of its articles' vectors; the
//! longer it has been silent, the nearer an article must be to reopen it.

use crate::event::{self, Event, Likeness};
use crate::seen::Seen;
use crate::terms::{Term, Vector};
use crate::window::Window;
use headwater_model::source::SourceClass;
use headwater_model::time::Date;
use headwater_model::tracking::{Cited, DerivationKind, Edge, Reason, Story};
use headwater_model::{EntityId, MeasureId, NodeId, Part, StoryId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Nearness from which an article belongs to a story; chosen on the odd ones of ECB+ topics 1–35.
const NEAR: f64 = 0.28;
/// Added for every day of silence beyond the first three, up to thirty: the next step of a measure is the
/// next story.
const PER_DAY: f64 = 0.01;
/// Nearness credited to an article that cites one of the story's.
const CITES: f64 = 0.08;
/// Nearness credited to an article whose lead asserts what one of the story's does, and denied to one whose
/// lead asserts something else: the same parties in the same week are not the same event.
const SAME_EVENT: f64 = 0.16;
const OTHER_EVENT: f64 = 0.12;
/// Weight of what crosses languages alone, for an article in a language that the story lacks.
const ACROSS: f64 = 0.6;
/// Heaviest terms by which stories are looked up.
const KEYS: usize = 40;
/// Articles looked up by one term, the latest.
const POSTINGS: usize = 96;
/// Terms kept of a story.
const TERMS: usize = 1200;
/// Articles told of one story; a story that long is told whole no more.
const ARTICLES: usize = 1000;

/// A sum of vectors, sorted by term.
type Sum = Vec<(Term, u64)>;

/// A story with what is needed to compare it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Open {
    story: Story,
    /// Sums of the articles' vectors: of their words by language, and of what crosses languages.
    words: BTreeMap<String, Sum>,
    across: Sum,
    /// Number of the last article.
    last: u64,
    entities: BTreeMap<EntityId, u32>,
    /// What the leads of its articles assert.
    events: Vec<Event>,
    /// Rank of the source that gave title and lead: lower is better.
    best: u64,
}

/// All stories with an article in the window.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Stories {
    open: BTreeMap<StoryId, Open>,
    #[serde(skip)]
    by_term: BTreeMap<Term, Vec<u64>>,
}

/// What became of an article.
pub struct Joined {
    /// The story.
    pub story: Story,
    /// Whether it has just got its second article from another publisher.
    pub grew: bool,
}

impl Stories {
    /// Finds or opens the story of an article. `None` for a round-up, which belongs to none.
    pub fn assign(&mut self, seen: &Seen, window: &Window, measures: &[MeasureId]) -> Option<Joined> {
        if is_round_up(seen.title.as_str()) {
            return None;
        }
        let (id, reason) = match self.nearest(seen, window) {
            Some(found) => found,
            None => (self.open_new(seen), None),
        };
        let open = self.open.get_mut(&id)?;
        let grew = join(open, seen, measures, reason);
        Some(Joined { story: open.story.clone(), grew })
    }

    /// Makes an article findable by its heaviest terms.
    pub fn index(&mut self, seen: &Seen) {
        for term in keys(seen) {
            let posting = self.by_term.entry(term).or_default();
            posting.push(seen.seq);
            if posting.len() > POSTINGS {
                posting.remove(0);
            }
        }
    }

    /// Forgets stories and terms whose last article is before `first`.
    pub fn forget_before(&mut self, first: u64) {
        self.open.retain(|_, open| open.last >= first);
        self.by_term.retain(|_, posting| {
            posting.retain(|seq| *seq >= first);
            !posting.is_empty()
        });
    }

    fn nearest(&self, seen: &Seen, window: &Window) -> Option<(StoryId, Option<Reason>)> {
        if let Some(found) = by_derivation(seen, window) {
            return Some(found).filter(|(id, _)| self.open.contains_key(id));
        }
        let events = event::of(seen);
        let mut best: Option<(f64, &Open)> = None;
        for id in self.candidates(seen, window) {
            let Some(open) = self.open.get(&id) else { continue };
            let silence = days(seen.day, open);
            let mut least = NEAR + PER_DAY * f64::from((silence - 3).clamp(0, 27));
            if silence <= 7 && cites_one_of(seen, open) {
                least -= CITES;
            }
            least += match event::relate(&events, &open.events) {
                Likeness::Same if silence <= 7 => -SAME_EVENT,
                Likeness::Other => OTHER_EVENT,
                _ => 0.0,
            };
            let excess = nearness(seen, open) - least;
            if excess >= 0.0 && best.is_none_or(|(e, _)| excess > e) {
                best = Some((excess, open));
            }
        }
        let open = best?.1;
        let nearness = nearness(seen, open);
        let text = format!("as near to the story as {}%", (nearness * 100.0).round());
        let reason = Reason { rule: "nearest_story".into(), text, cited: Vec::new() };
        Some((open.story.id.clone(), Some(reason)))
    }

    fn candidates(&self, seen: &Seen, window: &Window) -> BTreeSet<StoryId> {
        let found = keys(seen).into_iter().filter_map(|t| self.by_term.get(&t));
        let numbers: BTreeSet<u64> = found.flatten().copied().collect();
        numbers.into_iter().filter_map(|n| window.get(n)?.story.clone()).collect()
    }

    fn open_new(&mut self, seen: &Seen) -> StoryId {
        let id = StoryId::of(&[seen.capture.as_str().as_bytes()]);
        let story = Story {
            id: id.clone(),
            title: String::new(),
            lead: None,
            articles: Vec::new(),
            first: seen.day,
            latest: seen.day,
            measures: Vec::new(),
            entities: Vec::new(),
            reasons: Vec::new(),
        };
        let open = Open {
            story,
            words: BTreeMap::new(),
            across: Sum::new(),
            events: Vec::new(),
            last: seen.seq,
            entities: BTreeMap::new(),
            best: u64::MAX,
        };
        self.open.insert(id.clone(), open);
        id
    }
}

/// Terms by which an article's story is found.
fn keys(seen: &Seen) -> Vec<Term> {
    let mut terms = seen.vector.heaviest(KEYS);
    terms.extend(seen.across.heaviest(KEYS));
    terms
}

/// The story of what an article copies or translates, or retells from its first words on.
fn by_derivation(seen: &Seen, window: &Window) -> Option<(StoryId, Option<Reason>)> {
    let copied = seen.edges.iter().find(|e| e.kind <= DerivationKind::Translation);
    let retold = || seen.edges.iter().find(|e| retells(seen, e, window));
    let edge = copied.or_else(retold)?;
    let NodeId::Capture(capture) = &edge.to else { return None };
    let story = window.find(capture)?.story.clone()?;
    let text = format!("a {} of an article of the story", edge.kind);
    Some((story, Some(Reason { rule: "derivation".into(), text, cited: Vec::new() })))
}

/// Whether an article begins with another's report of the days before, and asserts the same.
fn retells(seen: &Seen, edge: &Edge, window: &Window) -> bool {
    /// Characters within which the source is named.
    const EARLY: u32 = 250;
    /// Days between a report and its retelling.
    const DAYS: i32 = 4;
    let NodeId::Capture(capture) = &edge.to else { return false };
    let Some(source) = window.find(capture) else { return false };
    let mut own = edge.reasons.iter().flat_map(|r| &r.cited).filter(|c| c.capture == seen.capture);
    let early = |c: &Cited| c.evidence.part() == Part::Title || c.evidence.span().start < EARLY;
    own.any(early)
        && seen.day.since(source.day).is_ok_and(|s| s.get_days().abs() <= DAYS)
        && event::relate(&event::of(seen), &event::of(source)) != Likeness::Other
}

fn cites_one_of(seen: &Seen, open: &Open) -> bool {
    seen.edges.iter().any(|e| matches!(&e.to, NodeId::Capture(c) if open.story.articles.contains(c)))
}

/// Cosine with the story's articles of the same language; with what crosses languages, where it has none.
fn nearness(seen: &Seen, open: &Open) -> f64 {
    /// Names and figures that must be shared across languages.
    const SHARED: usize = 3;
    if let Some(sum) = open.words.get(seen.tongue()) {
        return cosine(&seen.vector, sum);
    }
    let shared = |(t, _): &&(Term, u32)| open.across.binary_search_by_key(t, |(u, _)| *u).is_ok();
    if seen.across.0.iter().filter(shared).count() < SHARED {
        return 0.0;
    }
    ACROSS * cosine(&seen.across, &open.across)
}

fn cosine(vector: &Vector, sum: &Sum) -> f64 {
    let square = |w: f64| w * w;
    let of_vector: f64 = vector.0.iter().map(|(_, w)| square(f64::from(*w))).sum();
    let of_sum: f64 = sum.iter().map(|(_, w)| square(*w as f64)).sum();
    let mut dot = 0.0;
    for (term, weight) in &vector.0 {
        if let Ok(i) = sum.binary_search_by_key(term, |(t, _)| *t) {
            dot += f64::from(*weight) * sum[i].1 as f64;
        }
    }
    if of_vector * of_sum > 0.0 { dot / (of_vector.sqrt() * of_sum.sqrt()) } else { 0.0 }
}

fn days(day: Date, open: &Open) -> i32 {
    let since = |a: Date, b: Date| a.since(b).map_or(i32::MAX, |s| s.get_days());
    if day > open.story.latest {
        since(day, open.story.latest)
    } else if day < open.story.first {
        since(open.story.first, day)
    } else {
        0
    }
}

/// Takes an article into a story; says whether a second publisher has just joined.
fn join(open: &mut Open, seen: &Seen, measures: &[MeasureId], reason: Option<Reason>) -> bool {
    let story = &mut open.story;
    let grew = story.articles.len() == 1;
    story.first = story.first.min(seen.day);
    story.latest = story.latest.max(seen.day);
    if story.articles.len() < ARTICLES {
        story.articles.push(seen.capture.clone());
    }
    if let Some(reason) = reason.filter(|_| story.reasons.len() < 12) {
        story.reasons.push(reason);
    }
    let rank = rank(seen);
    if rank < open.best {
        open.best = rank;
        story.title = seen.title.as_str().to_owned();
        story.lead = seen.lead().map(|evidence| Cited { capture: seen.capture.clone(), evidence });
    }
    for measure in measures {
        if let Err(at) = story.measures.binary_search(measure) {
            story.measures.insert(at, measure.clone());
        }
    }
    for entity in &seen.entities {
        *open.entities.entry(entity.clone()).or_default() += 1;
    }
    story.entities = most_named(&open.entities);
    open.last = open.last.max(seen.seq);
    event::add(&mut open.events, event::of(seen));
    add_vector(open.words.entry(seen.tongue().to_owned()).or_default(), &seen.vector);
    add_vector(&mut open.across, &seen.across);
    grew
}

/// Lower is better: an authority's own page, then what derives from nothing captured, then the earliest.
fn rank(seen: &Seen) -> u64 {
    let class = match seen.class {
        SourceClass::Official => 0,
        SourceClass::Press | SourceClass::Anonymous => 1,
        SourceClass::Secondary => 2,
    };
    let derived = seen.edges.iter().any(|e| matches!(e.to, NodeId::Capture(_)));
    let untitled = seen.title.is_empty();
    (u64::from(untitled) << 61) | (class << 58) | (u64::from(derived) << 57) | (seen.seq & ((1 << 57) - 1))
}

fn most_named(counts: &BTreeMap<EntityId, u32>) -> Vec<EntityId> {
    let mut ranked: Vec<(&EntityId, &u32)> = counts.iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    ranked.into_iter().take(10).map(|(id, _)| id.clone()).collect()
}

fn add_vector(sum: &mut Sum, vector: &Vector) {
    for (term, weight) in &vector.0 {
        match sum.binary_search_by_key(term, |(t, _)| *t) {
            Ok(i) => sum[i].1 += u64::from(*weight),
            Err(i) => sum.insert(i, (*term, u64::from(*weight))),
        }
    }
    if sum.len() > TERMS {
        sum.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        sum.truncate(TERMS * 3 / 4);
        sum.sort_unstable_by_key(|(term, _)| *term);
    }
}

/// Words by which a headline says that the page is a round-up.
const ROUND_UPS: [&str; 26] = [
    "roundup",
    "round-up",
    "briefing",
    "morning brief",
    "daily brief",
    "newsletter",
    "week in review",
    "weekly digest",
    "daily digest",
    "this week in",
    "news digest",
    "in brief",
    "what we're reading",
    "top stories",
    "早报",
    "早報",
    "晚报",
    "要闻",
    "要聞",
    "一周",
    "一週",
    "周报",
    "週報",
    "早知道",
    "速览",
    "速覽",
];

fn is_round_up(title: &str) -> bool {
    let lower = title.to_lowercase();
    ROUND_UPS.iter().any(|words| lower.contains(words))
}
