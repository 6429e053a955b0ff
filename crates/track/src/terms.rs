//! What an article is about, as weighted terms: words, Han bigrams, entity ids, figures.
//!
//! Ids and normalised figures are the same in every language, so they tie a Chinese and an English
//! report of one event together.

use crate::units::{self, Unit};
use headwater_model::{Analysis, Article};
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hash::Hasher;

/// A term by hash. The lowest two bits give its kind.
pub type Term = u32;

const WORD: u32 = 0;
const ENTITY: u32 = 1;
const FIGURE: u32 = 2;

fn term(kind: u32, hash: u64) -> Term {
    ((units::spread(hash ^ u64::from(kind)) >> 32) as u32 & !3) | kind
}

/// Hash of a string, the same on every machine.
pub fn text_hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// Whether a term means the same in every language.
pub fn crosses_languages(term: Term) -> bool {
    term & 3 != WORD
}

/// Terms of one article with their counts, sorted.
pub type Bag = Vec<(Term, u16)>;

/// Only so much of a long text says what it is about.
const LONGEST: usize = 1200;
/// The first so many units say more of what is new, and count twice.
const LEAD: usize = 60;
/// A headline's word counts as this many.
const TITLE_WEIGHT: u16 = 3;

/// The terms of an article.
pub fn bag(article: &Article, title: &[Unit], text: &[Unit], analysis: &Analysis) -> Bag {
    let mut counts: BTreeMap<Term, u16> = BTreeMap::new();
    words(title, article.title.as_str(), TITLE_WEIGHT, &mut counts);
    words(&text[..text.len().min(LONGEST)], article.text.as_str(), 1, &mut counts);
    words(&text[..text.len().min(LEAD)], article.text.as_str(), 1, &mut counts);
    for id in analysis.entities.iter().filter_map(|e| e.id.as_ref()) {
        add(&mut counts, term(ENTITY, text_hash(id.as_str())), 2);
    }
    for quantity in &analysis.quantities {
        if let Some(value) = quantity.low.or(quantity.high) {
            let key = format!("{}{}", value.normalize(), quantity.unit);
            add(&mut counts, term(FIGURE, text_hash(&key)), 1);
        }
    }
    counts.into_iter().collect()
}

fn add(counts: &mut BTreeMap<Term, u16>, term: Term, n: u16) {
    let slot = counts.entry(term).or_default();
    *slot = slot.saturating_add(n);
}

/// Counts words; a name (a capitalised word) counts once more, and so do two names side by side.
fn words(units: &[Unit], text: &str, weight: u16, counts: &mut BTreeMap<Term, u16>) {
    let mut before: Option<u64> = None;
    for (i, unit) in units.iter().enumerate() {
        let name_before = before.take();
        if !unit.ideographic {
            let Some(word) = text.get(unit.start as usize..unit.end as usize) else { continue };
            let Some(hash) = stem(word) else { continue };
            let capital = word.starts_with(|c: char| c.is_uppercase());
            add(counts, term(WORD, hash), weight + u16::from(capital));
            if capital {
                name_before.into_iter().for_each(|b| add(counts, term(WORD, b.rotate_left(11) ^ hash), 1));
                before = Some(hash);
            }
        } else if let Some(next) = units.get(i + 1).filter(|n| n.ideographic && n.start == unit.end) {
            add(counts, term(WORD, unit.hash.rotate_left(9) ^ next.hash), weight);
        }
    }
}

/// Hash of a word without the commonest English endings; `None` for a single letter.
pub fn stem(word: &str) -> Option<u64> {
    let folded: String = word.chars().map(units::fold).collect();
    folded.chars().nth(1)?;
    let endings = ["ing", "ed", "es", "s", "e"];
    let stem = endings.iter().find_map(|end| folded.strip_suffix(end).filter(|rest| rest.len() >= 4));
    Some(text_hash(stem.unwrap_or(&folded)))
}

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
        let df = self.of.get(&term).copied().unwrap_or(0);
        // Without many texts nothing is known to be common yet; the floor keeps first weights apart.
        let texts = f64::from((self.texts + 1).max(40));
        // The text that is being weighed has the term too and is not counted yet: hence 1 + 0.5.
        (texts / (f64::from(df) + 1.5)).ln().max(0.0)
    }
    /// A bag as two unit vectors of its strongest terms: its language's words, and what means the same in
    /// every language. One would drown the other.
    pub fn vectors(&self, bag: &Bag) -> (Vector, Vector) {
        let weight = |&(term, n): &(Term, u16)| (term, (1.0 + f64::from(n).ln()) * self.idf(term));
        let (across, words): (Vec<_>, Vec<_>) =
            bag.iter().map(weight).partition(|(term, _)| crosses_languages(*term));
        (Vector::unit(words), Vector::unit(across))
    }
}

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
    /// Cosine with another unit vector.
    pub fn cosine(&self, other: &Vector) -> f64 {
        dot(&self.0, &other.0) as f64 / (ONE * ONE)
    }
    /// How many terms both have.
    pub fn shared(&self, other: &Vector) -> usize {
        let theirs = |term: &Term| other.0.binary_search_by_key(term, |(t, _)| *t).is_ok();
        self.0.iter().filter(|(term, _)| theirs(term)).count()
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
