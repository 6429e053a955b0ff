//! Words as sets, by which two texts or two phrases are compared.

use crate::text::terms;
use crate::text::units::{self, Unit, folded};
use crate::text::words;
use std::collections::BTreeSet;

/// Words of four letters or more without endings, figures, and pairs of Han characters.
pub fn pieces(text: &str) -> BTreeSet<u64> {
    let figure = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    pieces_where(text, |word| word.chars().count() >= 4 || figure(word), |_| true)
}

/// Words of three letters or more without endings, and pairs of Han characters that may be of one word.
pub fn words(text: &str) -> BTreeSet<u64> {
    let joints = &words::lists().wording.joints;
    let joins = |han: &str| han.chars().any(|c| joints.contains(units::fold(c)));
    pieces_where(
        text,
        |word| word.chars().count() >= 3 && word.chars().all(char::is_alphabetic),
        |han| !joins(han),
    )
}

fn pieces_where(
    text: &str,
    is_wanted: impl Fn(&str) -> bool,
    is_pair: impl Fn(&str) -> bool,
) -> BTreeSet<u64> {
    let units = units::units(text);
    let of = |from: &Unit, to: &Unit| text.get(from.start as usize..to.end as usize).unwrap_or_default();
    let mut found = BTreeSet::new();
    for (i, unit) in units.iter().enumerate() {
        if !unit.ideographic {
            found.extend(Some(of(unit, unit)).filter(|word| is_wanted(word)).and_then(terms::stem));
        } else if let Some(next) = units.get(i + 1).filter(|n| n.ideographic && is_pair(of(unit, n))) {
            found.insert(unit.hash.rotate_left(9) ^ next.hash);
        }
    }
    found
}

/// How much two sets of pieces, sorted, have in common, 0..=1. A headline and a sentence differ in length, so the shorter counts
/// most.
pub fn likeness(p: &[u64], q: &[u64]) -> f64 {
    if p.is_empty() || q.is_empty() {
        return 0.0;
    }
    let (shared, short, long) = (units::shared(p, q) as f64, p.len().min(q.len()), p.len().max(q.len()));
    0.6 * shared / short as f64 + 0.4 * shared / long as f64
}

/// Whether two phrases share a word, or a third of the shorter one's Han characters.
pub fn share_words(a: &str, b: &str) -> bool {
    let stems = |s: &str| -> BTreeSet<String> {
        let words = s.split(|c: char| !c.is_alphanumeric()).filter(|w| w.is_ascii() && !w.is_empty());
        words.map(|w| w.to_lowercase().trim_end_matches('s').to_owned()).collect()
    };
    let han = |s: &str| -> BTreeSet<char> {
        s.chars().map(units::fold).filter(|c| units::is_ideographic(*c)).collect()
    };
    let (x, y) = (stems(a), stems(b));
    let (p, q) = (han(a), han(b));
    let characters = p.intersection(&q).count() * 3 >= p.len().min(q.len()).max(1);
    let nothing = (x.is_empty() && p.is_empty()) || (y.is_empty() && q.is_empty());
    nothing || !x.is_disjoint(&y) || characters || folded(a) == folded(b)
}
