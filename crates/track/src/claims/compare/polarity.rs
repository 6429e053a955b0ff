//! What is told with a "not" and what without.

use crate::claims::compare::exclusivity::{change, same_exclusion};
use crate::claims::compare::{Difference, Said, denies, negates_figure};
use crate::reading::wording::Clause;
use crate::text::words::{self, has_any};
use headwater_model::claim::Polarity;
use headwater_model::tracking::Dimension;

pub(super) fn polarity(from: Said, to: Said) -> Option<Difference> {
    let (a, b) = (from.claim, to.claim);
    // A denial is told as such; whether it is also written as a negation does not matter.
    let otherwise_told = same_exclusion(a, b) || change(a, b).is_some();
    if denies(a) || denies(b) || otherwise_told {
        return None;
    }
    // "Buys no chips" is 不采购, however each was read.
    let negative = |said: Said, other: Said| {
        let tells_it = || clauses(said).iter().any(|clause| clause.is_negated && is_about(clause, other));
        said.wording().is_some_and(|words| words.is_negative)
            && (said.seen.tongue() != other.seen.tongue() || tells_it())
    };
    // "A: No. Recipients must keep it": the no is to the question.
    let answers = |said: Said| {
        said.claim.polarity == Polarity::Negated && said.wording().is_some_and(|words| words.answers)
    };
    if answers(from) || answers(to) {
        return None;
    }
    let turned = is_turned_round(from, to);
    if turned.is_none() && (negates_figure(&[a, b]) || (negative(from, to) && negative(to, from))) {
        return None;
    }
    if let Some(negated) = turned.filter(|_| a.polarity == b.polarity) {
        let told = |negated: bool| if negated { Polarity::Negated } else { Polarity::Affirmed }.word();
        return Some(Difference::new(Dimension::Polarity, told(negated), told(!negated)));
    }
    (a.polarity != b.polarity)
        .then(|| Difference::new(Dimension::Polarity, a.polarity.word(), b.polarity.word()))
}

/// Whether two claims of one language tell one thing in the same words but for a "not": 适用 and 不适用, "are exempt" and
/// "are not exempt". Says whether it is the first that has it.
fn is_turned_round(from: Said, to: Said) -> Option<bool> {
    /// Share of the words of the clause that says less which the other has.
    const ALIKE: f64 = 0.7;
    /// Words, or pairs of Han characters, of the shortest clause that says something.
    const LEAST: usize = 4;
    // "Barred from" is a "not" of another kind, and the no of an answer is one to its question.
    let forbids =
        |said: Said| has_any(&words::spaced(said.claim.evidence.quote()), &words::lists().wording.forbidding);
    let otherwise =
        |said: Said| said.wording().is_none_or(|words| words.stops || words.answers) || forbids(said);
    if from.seen.tongue() != to.seen.tongue() || otherwise(from) || otherwise(to) {
        return None;
    }
    let (mine, theirs) = (clauses(from), clauses(to));
    let pairs = mine.iter().flat_map(|a| theirs.iter().map(move |b| (a, b)));
    let turned = |(a, b): &(&Clause, &Clause)| {
        let shorter = a.words.len().min(b.words.len());
        let shared = a.words.intersection(&b.words).count();
        a.is_negated != b.is_negated && shorter >= LEAST && shared as f64 >= ALIKE * shorter as f64
    };
    pairs.filter(turned).map(|(a, _)| a.is_negated).next()
}

/// Whether a clause shares words with another claim.
fn is_about(clause: &Clause, other: Said) -> bool {
    /// So many.
    const SHARED: usize = 2;
    let theirs = other.wording().map_or(&[][..], |words| &words.pieces);
    clause.words.iter().filter(|word| theirs.binary_search(word).is_ok()).count() >= SHARED
}

fn clauses(said: Said<'_>) -> &[Clause] {
    said.wording().map_or(&[], |words| words.clauses(said.claim.evidence.quote()))
}
