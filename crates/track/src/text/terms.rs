//! What an article is about, as weighted terms: words, Han bigrams, entity ids, figures, concepts.
//!
//! Ids, normalised figures and concepts are the same in every language, so they tie a Chinese and an English
//! report of one event together.

use crate::text::background;
use crate::text::glossary::Concept;
use crate::text::passage;
use crate::text::units::{self, Unit};
use headwater_model::{Analysis, Article, Part};
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::hash::Hasher;
use std::ops::Range;

/// A term by hash. The lowest two bits give its kind.
pub type Term = u32;

const WORD: u32 = 0;
const ENTITY: u32 = 1;
const FIGURE: u32 = 2;
const CONCEPT: u32 = 3;

fn term(kind: u32, hash: u64) -> Term {
    ((units::spread(hash ^ u64::from(kind)) >> 32) as u32 & !3) | kind
}

/// The term of a word, or of a pair of Han characters, by its hash.
pub fn word(hash: u64) -> Term {
    term(WORD, hash)
}

/// Hash of a string, the same on every machine.
pub fn text_hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// Hash of a name, figure or date: what a translation keeps.
pub fn mark(text: &str) -> u32 {
    (units::spread(text_hash(text)) >> 32) as u32
}

/// The term of a concept of the glossary.
pub fn of_concept(concept: Concept) -> Term {
    term(CONCEPT, u64::from(concept))
}

/// Whether a term means the same in every language.
pub fn crosses_languages(term: Term) -> bool {
    term & 3 != WORD
}

/// Terms of one article.
#[derive(Debug, Default)]
pub struct Bag {
    /// How often each stands there, weighted by where, in the order of the terms.
    pub counts: Vec<(Term, u16)>,
    /// Words that are written as names throughout.
    names: BTreeSet<Term>,
}

/// Only so much of a long text says what it is about.
const LONGEST: usize = 1200;
/// The first so many units say more of what is new, and count twice.
const LEAD: usize = 60;
/// A headline's word counts as this many.
const TITLE_WEIGHT: u16 = 3;

/// The terms of an article.
pub fn bag(
    article: &Article,
    title: &[Unit],
    text: &[Unit],
    analysis: &Analysis,
    concepts: &[Concept],
) -> Bag {
    let mut bag =
        Bag { names: names(&text[..text.len().min(LONGEST)], article.text.as_str()), ..Bag::default() };
    let counts = &mut Counts::default();
    let (in_title, in_text) = (known(article, analysis, Part::Title), known(article, analysis, Part::Text));
    words(title, article.title.as_str(), &in_title, TITLE_WEIGHT, counts);
    words(&text[..text.len().min(LONGEST)], article.text.as_str(), &in_text, 1, counts);
    for line in lead(article, analysis, text) {
        words(line, article.text.as_str(), &in_text, 1, counts);
    }
    for id in analysis.entities.iter().filter_map(|e| e.id.as_ref()) {
        add(counts, term(ENTITY, text_hash(id.as_str())), 2);
    }
    for quantity in &analysis.quantities {
        if let Some(value) = quantity.low.or(quantity.high) {
            let key = format!("{}{}", value.normalize(), quantity.unit);
            add(counts, term(FIGURE, text_hash(&key)), 1);
        }
    }
    for concept in concepts {
        add(counts, of_concept(*concept), 1);
    }
    for date in analysis.dates.iter().filter(|d| d.value.len() == DAY) {
        add(counts, term(FIGURE, text_hash(&date.value)), 1);
    }
    let known: BTreeSet<Term> = named_by_knowledge(article, text, &in_text);
    bag.names.retain(|term| !known.contains(term));
    bag.counts = std::mem::take(counts).into_iter().collect();
    bag.counts.sort_unstable();
    bag
}

/// The lines of a text's beginning that name or count something. "Officials gave no further details" is said of every event.
fn lead<'t>(
    article: &'t Article,
    analysis: &'t Analysis,
    text: &'t [Unit],
) -> impl Iterator<Item = &'t [Unit]> {
    let entities = analysis.entities.iter().map(|e| &e.evidence);
    let told = entities
        .chain(analysis.quantities.iter().map(|q| &q.evidence))
        .chain(analysis.dates.iter().map(|d| &d.evidence));
    let told: BTreeSet<usize> =
        told.filter(|e| e.part() == Part::Text).map(|e| article.text.bytes(e.span()).start).collect();
    let units = &text[..text.len().min(LEAD)];
    let end = units.last().map_or(0, |unit| unit.end as usize);
    let of = |at: usize| units.partition_point(|unit| (unit.start as usize) < at);
    passage::lines(article.text.as_str())
        .take_while(move |line| line.start < end)
        .filter(move |line| told.range(line.clone()).next().is_some())
        .map(move |line| &units[of(line.start)..of(line.end)])
}

/// Characters of a day.
const DAY: usize = 10;

/// Bytes of the names that the knowledge has, in order.
fn known(article: &Article, analysis: &Analysis, part: Part) -> Vec<Range<usize>> {
    let named = analysis.entities.iter().filter(|e| e.id.is_some() && e.evidence.part() == part);
    let mut ranges: Vec<Range<usize>> = named.map(|e| article.part(part).bytes(e.evidence.span())).collect();
    ranges.sort_unstable_by_key(|r| (r.start, r.end));
    ranges
}

/// Words of a text that begin with a capital wherever they stand, the first of a sentence among them.
fn names(units: &[Unit], text: &str) -> BTreeSet<Term> {
    let (mut capital, mut small) = (BTreeSet::new(), BTreeSet::new());
    for unit in units.iter().filter(|u| !u.ideographic) {
        let Some(word) = text.get(unit.start as usize..unit.end as usize) else { continue };
        let Some(hash) = stem(word) else { continue };
        let set = if word.starts_with(|c: char| c.is_uppercase()) { &mut capital } else { &mut small };
        set.insert(term(WORD, hash));
    }
    capital.retain(|term| !small.contains(term));
    capital
}

/// Words inside the names that the knowledge has.
fn named_by_knowledge(article: &Article, units: &[Unit], known: &[Range<usize>]) -> BTreeSet<Term> {
    let text = article.text.as_str();
    let inside = |unit: &&Unit| {
        let at = known.partition_point(|range| range.end <= unit.start as usize);
        known.get(at).is_some_and(|range| range.start <= unit.start as usize)
    };
    let words = units.iter().filter(|u| !u.ideographic).filter(inside);
    words.filter_map(|u| Some(term(WORD, stem(text.get(u.start as usize..u.end as usize)?)?))).collect()
}

/// How often each term was met so far.
type Counts = FxHashMap<Term, u16>;

fn add(counts: &mut Counts, term: Term, n: u16) {
    let slot = counts.entry(term).or_default();
    *slot = slot.saturating_add(n);
}

/// The words of a text's beginning, each once.
pub fn plain<'t>(text: &'t str, units: &'t [Unit]) -> impl Iterator<Item = Term> + 't {
    let mut counts = Counts::default();
    words(&units[..units.len().min(LONGEST)], text, &[], 1, &mut counts);
    counts.into_keys()
}

/// Counts words; a name (a capitalised word) counts once more, and so do two names side by side. A name
/// that the knowledge has counts once however often it stands: its bearers are in the news every week, and
/// do not tell one event from the next.
fn words(units: &[Unit], text: &str, known: &[Range<usize>], weight: u16, counts: &mut Counts) {
    let mut before: Option<u64> = None;
    let mut next_known = known.iter().peekable();
    for (i, unit) in units.iter().enumerate() {
        let name_before = before.take();
        let (start, end) = (unit.start as usize, unit.end as usize);
        while next_known.next_if(|range| range.end <= start).is_some() {}
        let is_known = next_known.peek().is_some_and(|range| range.start <= start);
        let mut count = |term: Term, n: u16| {
            if is_known {
                counts.entry(term).or_insert(1);
            } else {
                add(counts, term, n);
            }
        };
        if !unit.ideographic {
            let Some(word) = text.get(start..end) else { continue };
            let Some(hash) = stem(word) else { continue };
            let capital = word.starts_with(|c: char| c.is_uppercase());
            count(term(WORD, hash), weight + u16::from(capital));
            if capital && !is_known {
                name_before.into_iter().for_each(|b| count(term(WORD, b.rotate_left(11) ^ hash), 1));
                before = Some(hash);
            }
        } else if let Some(next) = units.get(i + 1).filter(|n| n.ideographic && n.start == unit.end) {
            count(term(WORD, unit.hash.rotate_left(9) ^ next.hash), weight);
        }
    }
}

/// Hash of a word without the commonest English endings; `None` for a single letter.
pub fn stem(word: &str) -> Option<u64> {
    /// Bytes of a word that is folded where it stands.
    const SHORT: usize = 48;
    if !word.is_ascii() || word.len() > SHORT {
        return stem_of(&units::simplified(word));
    }
    let mut small = [0; SHORT];
    let small = &mut small[..word.len()];
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    stem_of(std::str::from_utf8(small).ok()?)
}

fn stem_of(folded: &str) -> Option<u64> {
    folded.chars().nth(1)?;
    let endings = ["ing", "ed", "es", "s", "e"];
    let stem = endings.iter().find_map(|end| folded.strip_suffix(end).filter(|rest| rest.len() >= 4));
    Some(text_hash(stem.unwrap_or(folded)))
}

/// Reports at large that weigh as much as an archive of so many texts: a young archive does not know yet what is
/// common.
const REPORTS: f64 = 150.0;

/// How many texts of the window have each term.
#[derive(Debug, Default)]
pub struct Frequencies {
    texts: u32,
    of: FxHashMap<Term, u32>,
}

impl Frequencies {
    /// Counts a text in.
    pub fn add(&mut self, terms: impl Iterator<Item = Term>) {
        self.texts += 1;
        terms.for_each(|term| *self.of.entry(term).or_default() += 1);
    }
    /// Counts a text out.
    pub fn remove(&mut self, terms: impl Iterator<Item = Term>) {
        self.texts = self.texts.saturating_sub(1);
        for term in terms {
            let Some(n) = self.of.get_mut(&term) else { continue };
            *n = n.saturating_sub(1);
            if *n == 0 {
                self.of.remove(&term);
            }
        }
    }
    /// Inverse document frequency, 0 for a term that nearly every text has.
    pub fn idf(&self, term: Term) -> f64 {
        let met = f64::from(self.of.get(&term).copied().unwrap_or(0));
        let texts = f64::from(self.texts + 1) + REPORTS;
        // The text that is being weighed has the term too and is not counted yet: hence 1 + 0.5.
        libm::log(texts / (met + REPORTS * background::share(term) + 1.5)).max(0.0)
    }
    /// A bag as two unit vectors of its strongest terms: its language's words, and what means the same in
    /// every language. One would drown the other.
    pub fn vectors(&self, bag: &Bag) -> (Vector, Vector) {
        let weight = |&(term, n): &(Term, u16)| {
            let name = if bag.names.contains(&term) { NAME } else { 1.0 };
            (term, (1.0 + libm::log(f64::from(n))) * self.idf(term) * name)
        };
        let (across, words): (Vec<_>, Vec<_>) =
            bag.counts.iter().map(weight).partition(|(term, _)| crosses_languages(*term));
        (Vector::unit(words), Vector::unit(across))
    }
}

/// Who and where says more of an event than what happened. Chosen on the odd topics of ECB+.
const NAME: f64 = 1.6;
/// Terms kept of a text.
const STRONGEST: usize = 160;
/// Weight that stands for 1.
const ONE: f64 = 65_535.0;

/// A sparse vector of length 1, sorted by term; weights are in 1/65535, so that sums are exact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vector(pub Vec<(Term, u32)>);

impl Vector {
    /// The unit vector of weights, their strongest only.
    pub fn unit(mut weights: Vec<(Term, f64)>) -> Self {
        weights.retain(|(_, w)| *w > 0.0);
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        weights.truncate(STRONGEST);
        let norm = weights.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
        let mut scaled: Vec<_> = weights.into_iter().map(|(t, w)| (t, (w / norm * ONE) as u32)).collect();
        scaled.sort_unstable_by_key(|(term, _)| *term);
        Vector(scaled)
    }
    /// The product with another, as it is summed up: a whole number.
    pub fn product(&self, other: &Vector) -> u64 {
        dot(&self.0, &other.0)
    }
    /// The cosine of two unit vectors with this product.
    pub fn cosine_of(product: u64) -> f64 {
        product as f64 / (ONE * ONE)
    }
    /// Whether it has a term.
    pub fn has(&self, term: Term) -> bool {
        self.0.binary_search_by_key(&term, |(own, _)| *own).is_ok()
    }
    /// How many terms both have.
    pub fn shared(&self, other: &Vector) -> usize {
        self.0.iter().filter(|(term, _)| other.has(*term)).count()
    }
    /// The `n` heaviest terms.
    pub fn heaviest(&self, n: usize) -> Vec<Term> {
        let mut all = self.0.clone();
        all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        all.into_iter().take(n).map(|(term, _)| term).collect()
    }
}

fn dot(a: &[(Term, u32)], b: &[(Term, u32)]) -> u64 {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += u64::from(a[i].1) * u64::from(b[j].1);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}
