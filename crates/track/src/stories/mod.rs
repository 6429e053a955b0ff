//! Stories: articles about one event, in every language, grouped as they come.
//!
//! Each article joins the nearest story or opens one. A story is the sum of its articles' vectors; the
//! longer it has been silent, the nearer an article must be to reopen it.

pub mod joining;

use self::joining::{Asked, Cosines, Lesson, Tables};
use crate::claims::retelling::Laid;
use crate::memory::near::Row;
use crate::memory::numbers;
use crate::memory::seen::Seen;
use crate::memory::window::Window;
use crate::reading;
use crate::reading::event::{self, Event, Likeness};
use crate::text::terms::{Term, Vector};
use headwater_model::source::SourceClass;
use headwater_model::time::{Date, days_between};
use headwater_model::tracking::{Cited, DerivationKind, Edge, Reason, Story};
use headwater_model::{CaptureId, EntityId, Knowledge, MeasureId, NodeId, Part, StoryId};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Heaviest terms by which stories are looked up.
const KEYS: usize = 40;
/// Stories that are weighed of those found, the nearest.
const WEIGHED: usize = 8;
/// Nearness below which none is.
const NEAR: f64 = 0.06;
/// Articles looked up by one term, the latest.
const POSTINGS: usize = 96;
/// Terms kept of a story.
const TERMS: usize = 1200;
/// Articles told of one story; a story that long is told whole no more.
const ARTICLES: usize = 1000;

/// Whether a story is about another notice of the authority whose notice an article is.
fn has_other_notice(open: &Open, seen: &Seen, window: &Window) -> bool {
    let other =
        |capture: &CaptureId| window.find(capture).is_some_and(|page| numbers::are_two_notices(page, seen));
    // Most pages have no number, which is cheap to ask.
    seen.class == SourceClass::Official
        && !numbers::numbers_of(seen.title.as_str()).is_empty()
        && open.story.articles.iter().any(other)
}

/// A sum of vectors: terms, sorted, with the weight of each, and the square of its length, which every comparison needs.
/// Most terms of a story are not an article's, so the weights are kept apart and seldom read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<(Term, u64)>")]
struct Sum {
    terms: Vec<Term>,
    weights: Vec<u64>,
    square: f64,
}

impl Sum {
    fn pairs(&self) -> impl Iterator<Item = (Term, u64)> + '_ {
        self.terms.iter().copied().zip(self.weights.iter().copied())
    }
}

impl From<Vec<(Term, u64)>> for Sum {
    fn from(pairs: Vec<(Term, u64)>) -> Self {
        let square = pairs.iter().map(|(_, w)| (*w as f64) * (*w as f64)).sum();
        let (terms, weights) = pairs.into_iter().unzip();
        Sum { terms, weights, square }
    }
}

impl Serialize for Sum {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.pairs())
    }
}

/// A story by the number of the capture that opened it.
type Number = u64;

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
    open: BTreeMap<Number, Open>,
    #[serde(skip)]
    by_term: FxHashMap<Term, Vec<Posting>>,
    #[serde(skip)]
    numbers: FxHashMap<StoryId, Number>,
    #[serde(skip)]
    pub tables: Tables,
}

/// An article and its story.
#[derive(Debug, Clone, Copy)]
struct Posting {
    article: u64,
    story: Number,
}

/// What became of an article.
pub struct Joined {
    /// The story.
    pub story: Story,
    /// Whether it has just got its second page; another edition of the first is none.
    pub grew: bool,
}

impl Stories {
    /// Finds or opens the story of an article. `None` for a round-up, which belongs to none.
    pub fn assign(
        &mut self,
        seen: &Seen,
        window: &Window,
        row: &Row,
        measures: &[MeasureId],
        denied: Option<StoryId>,
        knowledge: &Knowledge,
    ) -> Option<Joined> {
        if reading::is_round_up(seen.title.as_str()) {
            return None;
        }
        let found = self.nearest(seen, window, row, knowledge).or_else(|| self.of_denied(denied?));
        let (number, reason) = match found {
            Some(found) => found,
            None => (self.open_new(seen), None),
        };
        let open = self.open.get_mut(&number)?;
        let grew = is_second_page(seen, &open.story, window);
        join(open, seen, measures, reason);
        Some(Joined { story: open.story.clone(), grew })
    }

    /// A denial belongs to the story of what it denies, however few words the two share.
    fn of_denied(&self, story: StoryId) -> Option<(Number, Option<Reason>)> {
        let text = "it denies what an article of the story asserts".into();
        let reason = Reason { rule: "denial".into(), text, cited: Vec::new() };
        self.numbers.get(&story).map(|number| (*number, Some(reason)))
    }

    /// Makes the stories of a restored state findable by their ids.
    pub fn reindex(&mut self) {
        self.numbers = self.open.iter().map(|(number, open)| (open.story.id.clone(), *number)).collect();
    }

    /// Makes an article's story findable by the article's heaviest terms.
    pub fn index(&mut self, seen: &Seen) {
        let Some(story) = seen.story.as_ref().and_then(|id| self.numbers.get(id)).copied() else { return };
        for term in keys(seen) {
            let postings = self.by_term.entry(term).or_default();
            postings.push(Posting { article: seen.seq, story });
            if postings.len() > POSTINGS {
                postings.remove(0);
            }
        }
    }

    /// Forgets stories and terms whose last article is before `first`.
    pub fn forget_before(&mut self, first: u64) {
        self.open.retain(|_, open| open.last >= first);
        let open = &self.open;
        self.numbers.retain(|_, number| open.contains_key(number));
        self.by_term.retain(|_, postings| {
            postings.retain(|posting| posting.article >= first);
            !postings.is_empty()
        });
    }

    fn nearest(
        &self,
        seen: &Seen,
        window: &Window,
        row: &Row,
        knowledge: &Knowledge,
    ) -> Option<(Number, Option<Reason>)> {
        if let Some((id, reason)) = by_derivation(seen, window, knowledge) {
            return self.numbers.get(&id).map(|number| (*number, Some(reason)));
        }
        let asked = Asked::new(
            seen,
            window,
            knowledge,
            row,
            cited_stories(seen, window, |other| other.story.as_ref()),
        );
        let odds = self.promising(&asked).into_iter().filter_map(|(number, cosines)| {
            let open = self.open.get(&number).filter(|open| !has_other_notice(open, seen, window))?;
            let odds = self.tables.odds(&asked.clues(open, &cosines), cosines.table());
            Some((odds - asked.strangeness(open), number))
        });
        let likely = odds.filter(|(odds, _)| *odds >= self.tables.least);
        // Of two alike the earlier one.
        let (odds, number) = likely.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        let share = 100.0 / (1.0 + libm::exp(-odds));
        let text = format!("it tells what the story does with a likelihood of {}%", share.round());
        let reason = Reason { rule: "nearest_story".into(), text, cited: Vec::new() };
        Some((number, Some(reason)))
    }

    /// The stories that are weighed for an article: those whose words or names are nearest, the nearest first.
    fn promising(&self, asked: &Asked) -> Vec<(Number, Cosines)> {
        let numbers = self.candidates(asked.seen, asked.window.first()).into_iter();
        let mut found: Vec<(Number, Cosines)> =
            numbers.filter_map(|number| Some((number, asked.cosines(self.open.get(&number)?)))).collect();
        found.retain(|(_, cosines)| cosines.nearness() >= NEAR);
        found.sort_by(|a, b| b.1.nearness().total_cmp(&a.1.nearness()).then(a.0.cmp(&b.0)));
        found.truncate(WEIGHED);
        found
    }

    /// Every article of the window with each story that is weighed for it, where the articles before it stand in the stories that
    /// they are said to be `of`; without those that join by what they derive from.
    pub fn lessons(
        window: &Window,
        knowledge: &Knowledge,
        of: &dyn Fn(&CaptureId) -> Option<usize>,
    ) -> Vec<Lesson> {
        let mut stories = Stories::default();
        let mut numbers: BTreeMap<usize, Number> = BTreeMap::new();
        let mut told: BTreeMap<u64, StoryId> = BTreeMap::new();
        let mut found = Vec::new();
        for seen in window.iter().filter(|seen| !reading::is_round_up(seen.title.as_str())) {
            let mut seen = Seen { story: None, ..seen.clone() };
            let is_before = |edge: &Edge| match &edge.to {
                NodeId::Capture(capture) => window.find(capture).is_some_and(|other| other.seq < seen.seq),
                NodeId::Unseen(_) => true,
            };
            let edges: Vec<Edge> = seen.edges.iter().filter(|edge| is_before(edge)).cloned().collect();
            seen.edges = edges;
            let own = of(&seen.capture).and_then(|story| numbers.get(&story)).copied();
            if by_derivation(&seen, window, knowledge).is_none() {
                let row = window.latest.near(&seen);
                let cited = cited_stories(&seen, window, |other| told.get(&other.seq));
                let asked = Asked::new(&seen, window, knowledge, &row, cited);
                let lessons = stories.promising(&asked).into_iter().filter_map(|(number, cosines)| {
                    let clues = asked.clues(stories.open.get(&number)?, &cosines);
                    let article = seen.capture.clone();
                    Some(Lesson { article, table: cosines.table(), clues, is_own: own == Some(number) })
                });
                found.extend(lessons.collect::<Vec<_>>());
            }
            let number = own.unwrap_or_else(|| stories.open_new(&seen));
            if let Some(story) = of(&seen.capture) {
                numbers.insert(story, number);
            }
            let Some(open) = stories.open.get_mut(&number) else { continue };
            join(open, &seen, &[], None);
            told.insert(seen.seq, open.story.id.clone());
            seen.story = Some(open.story.id.clone());
            stories.index(&seen);
        }
        found
    }

    /// Stories of the articles from `first` on that share a heavy term, the earliest first.
    fn candidates(&self, seen: &Seen, first: u64) -> Vec<Number> {
        let found = keys(seen).into_iter().filter_map(|t| self.by_term.get(&t)).flatten();
        let within = found.filter(|posting| posting.article >= first);
        let mut numbers: Vec<Number> = within.map(|posting| posting.story).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn open_new(&mut self, seen: &Seen) -> Number {
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
            across: Sum::default(),
            events: Vec::new(),
            last: seen.seq,
            entities: BTreeMap::new(),
            best: u64::MAX,
        };
        self.open.insert(seen.seq, open);
        self.numbers.insert(id, seen.seq);
        seen.seq
    }
}

/// Terms by which an article's story is found.
fn keys(seen: &Seen) -> Vec<Term> {
    let mut terms = seen.vector.heaviest(KEYS);
    terms.extend(seen.across.heaviest(KEYS));
    terms
}

/// The story of what an article copies or translates, or retells from its first words on.
fn by_derivation(seen: &Seen, window: &Window, knowledge: &Knowledge) -> Option<(StoryId, Reason)> {
    let copied = seen.edges.iter().find(|e| e.kind <= DerivationKind::Translation);
    let retold = || seen.edges.iter().find(|e| retells(seen, e, window, knowledge));
    let reason = |text: String| Reason { rule: "derivation".into(), text, cited: Vec::new() };
    if let Some(edge) = copied.or_else(retold) {
        let NodeId::Capture(capture) = &edge.to else { return None };
        let story = window.find(capture)?.story.clone()?;
        return Some((story, reason(format!("it derives from an article of the story: {}", edge.called()))));
    }
    if let Some(story) = by_unseen(seen, window) {
        return Some((story, reason("it cites the same report as an article of the story".into())));
    }
    // A source that is captured after its retellings belongs to their story.
    let own = NodeId::Capture(seen.capture.clone());
    let before = window.derived_from(&seen.capture).into_iter().take_while(|n| *n < seen.seq);
    let mut retellings = before.filter_map(|n| window.get(n));
    let rests = |other: &Seen| {
        let edge = other.edges.iter().find(|e| e.to == own);
        edge.is_some_and(|e| e.kind <= DerivationKind::Translation || retells_of(other, e, seen, knowledge))
    };
    let story = retellings.find(|other| rests(other))?.story.clone()?;
    Some((story, reason("an article of the story retells it".into())))
}

/// The story of another article that begins with the same uncaptured report of the days before; in one language their
/// own words tell whether they are one story.
fn by_unseen(seen: &Seen, window: &Window) -> Option<StoryId> {
    let begins_with = |article: &Seen, node: &NodeId| {
        let edge = article.edges.iter().find(|edge| edge.to == *node);
        edge.is_some_and(|edge| own(edge, article).any(is_early))
    };
    let unseen = seen.edges.iter().map(|edge| &edge.to).filter(|to| matches!(to, NodeId::Unseen(_)));
    unseen.filter(|node| begins_with(seen, node)).find_map(|node| {
        let others = window.sharing_unseen(node, CITERS).into_iter();
        let others = others.filter_map(|seq| window.get(seq));
        let fits = |other: &&Seen| {
            other.seq < seen.seq
                && other.tongue() != seen.tongue()
                && days_between(seen.day, other.day) <= RETOLD_DAYS
                && begins_with(other, node)
                && event::relate(&seen.events, &other.events) != Likeness::Other
        };
        others.into_iter().find(fits).and_then(|other| other.story.clone())
    })
}

/// Words of an article that an edge cites.
fn own<'a>(edge: &'a Edge, article: &'a Seen) -> impl Iterator<Item = &'a Cited> {
    edge.reasons.iter().flat_map(|r| &r.cited).filter(|c| c.capture == article.capture)
}

/// Whether words stand in the headline or at the beginning.
fn is_early(cited: &Cited) -> bool {
    /// Characters within which the source is named.
    const EARLY: u32 = 300;
    cited.evidence.part() == Part::Title || cited.evidence.span().start < EARLY
}

/// Articles looked at that cite one uncaptured report, the latest.
const CITERS: usize = 24;
/// Days between a report and its retelling.
const RETOLD_DAYS: i32 = 4;

/// Whether an article begins with another's report of the days before, or tells its claim as its words.
fn retells(seen: &Seen, edge: &Edge, window: &Window, knowledge: &Knowledge) -> bool {
    let NodeId::Capture(capture) = &edge.to else { return false };
    window.find(capture).is_some_and(|source| retells_of(seen, edge, source, knowledge))
}

/// The same of a source.
fn retells_of(seen: &Seen, edge: &Edge, source: &Seen, knowledge: &Knowledge) -> bool {
    let tells = |c: &Cited| {
        let reference = seen.references.iter().find(|r| r.evidence == c.evidence);
        reference.is_some_and(|r| Laid::new(seen, r).is_told_by(source, knowledge))
    };
    let other = event::relate(&seen.events, &source.events) == Likeness::Other;
    let told = own(edge, seen).any(|c| (is_early(c) && !other) || tells(c));
    days_between(seen.day, source.day) <= RETOLD_DAYS && told
}

/// Stories, as articles are said to be of them, of those that one derives from.
fn cited_stories<'a>(
    seen: &Seen,
    window: &'a Window,
    of: impl Fn(&'a Seen) -> Option<&'a StoryId>,
) -> BTreeSet<&'a StoryId> {
    seen.edges.iter().filter_map(|edge| of(window.captured(&edge.to)?)).collect()
}

/// An article's vector, made ready to be held against many stories: most terms of a story are not the article's, and a
/// table says so without a search.
struct Probe<'a> {
    vector: &'a Vector,
    length: f64,
    /// The first term of the vector that has a place in the table, by its number; and the next one that has the same.
    first: [u8; Probe::PLACES],
    next: [u8; Probe::NONE as usize],
}

impl<'a> Probe<'a> {
    /// Many more than the terms of a vector, few enough to stay in the nearest cache.
    const PLACES: usize = 8192;
    /// No term; more terms than a vector has.
    const NONE: u8 = u8::MAX;
    /// Terms of a story that are looked up before the found ones are read.
    const AT_ONCE: usize = 64;

    fn new(vector: &'a Vector) -> Self {
        let (mut first, mut next) = ([Probe::NONE; Probe::PLACES], [Probe::NONE; Probe::NONE as usize]);
        for (number, (term, _)) in (0..Probe::NONE).zip(&vector.0) {
            let place = &mut first[Probe::place(*term)];
            next[usize::from(number)] = std::mem::replace(place, number);
        }
        let square: f64 = vector.0.iter().map(|(_, w)| f64::from(*w) * f64::from(*w)).sum();
        Probe { vector, length: square.sqrt(), first, next }
    }

    /// The lowest two bits of a term give its kind, so they tell least.
    fn place(term: Term) -> usize {
        (term >> 2) as usize % Probe::PLACES
    }

    /// The article's weight of a term.
    fn weight(&self, term: Term) -> Option<u32> {
        let mut number = self.first[Probe::place(term)];
        while number != Probe::NONE {
            let (own, weight) = self.vector.0[usize::from(number)];
            if own == term {
                return Some(weight);
            }
            number = self.next[usize::from(number)];
        }
        None
    }

    /// Gives the weights of the terms that both have, in the order of the terms.
    fn each_common(&self, sum: &Sum, mut give: impl FnMut(f64, f64)) {
        let mut found = [0; Probe::AT_ONCE];
        for (terms, weights) in sum.terms.chunks(Probe::AT_ONCE).zip(sum.weights.chunks(Probe::AT_ONCE)) {
            // Without a branch: which terms are the article's cannot be foreseen.
            let mut count = 0;
            for (at, term) in terms.iter().enumerate() {
                found[count] = at;
                count += usize::from(self.first[Probe::place(*term)] != Probe::NONE);
            }
            for at in &found[..count] {
                if let Some(weight) = self.weight(terms[*at]) {
                    give(f64::from(weight), weights[*at] as f64);
                }
            }
        }
    }

    fn cosine(&self, sum: &Sum) -> f64 {
        let mut dot = 0.0;
        self.each_common(sum, |a, b| dot += a * b);
        if self.length * sum.square > 0.0 { dot / (self.length * sum.square.sqrt()) } else { 0.0 }
    }
}

fn days(day: Date, open: &Open) -> i32 {
    if day > open.story.latest {
        days_between(day, open.story.latest)
    } else if day < open.story.first {
        days_between(open.story.first, day)
    } else {
        0
    }
}

/// Whether a story has captures of one page so far, and this is of another.
fn is_second_page(seen: &Seen, story: &Story, window: &Window) -> bool {
    let mut pages = story.articles.iter().map(|capture| window.find(capture).map(|s| &s.address));
    let Some(first) = pages.next() else { return false };
    first != Some(&seen.address) && pages.all(|page| page == first)
}

/// Takes an article into a story.
fn join(open: &mut Open, seen: &Seen, measures: &[MeasureId], reason: Option<Reason>) {
    let story = &mut open.story;
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
    event::add(&mut open.events, seen.events.clone());
    add_vector(open.words.entry(seen.tongue().to_owned()).or_default(), &seen.vector);
    add_vector(&mut open.across, &seen.across);
}

/// Lower is better: an authority's own page, then what derives from nothing captured, then what was
/// published first.
fn rank(seen: &Seen) -> u64 {
    let class = match seen.class {
        SourceClass::Official => 0,
        SourceClass::Press | SourceClass::Anonymous => 1,
        SourceClass::Secondary => 2,
    };
    let derived = seen.edges.iter().any(|e| matches!(e.to, NodeId::Capture(_)));
    let untitled = seen.title.is_empty();
    // What was published first may be captured last.
    let since = seen.day.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days());
    let day = u64::try_from(since).unwrap_or(0).min((1 << 20) - 1);
    let order = (day << 37) | (seen.seq & ((1 << 37) - 1));
    (u64::from(untitled) << 61) | (class << 58) | (u64::from(derived) << 57) | order
}

fn most_named(counts: &BTreeMap<EntityId, u32>) -> Vec<EntityId> {
    let mut ranked: Vec<(&EntityId, &u32)> = counts.iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    ranked.into_iter().take(10).map(|(id, _)| id.clone()).collect()
}

fn add_vector(sum: &mut Sum, vector: &Vector) {
    let mut weights: Vec<(Term, u64)> = sum.pairs().collect();
    for (term, weight) in &vector.0 {
        match weights.binary_search_by_key(term, |(t, _)| *t) {
            Ok(i) => weights[i].1 += u64::from(*weight),
            Err(i) => weights.insert(i, (*term, u64::from(*weight))),
        }
    }
    if weights.len() > TERMS {
        weights.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        weights.truncate(TERMS * 3 / 4);
        weights.sort_unstable_by_key(|(term, _)| *term);
    }
    *sum = Sum::from(weights);
}
