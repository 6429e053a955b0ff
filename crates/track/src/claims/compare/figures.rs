//! How a retelling departs from a figure: another one, another bound of it, another rendering.

use crate::claims::compare::{Difference, Said};
use crate::reading::asserted::leads;
use crate::reading::figures::{Relation, bound, figure_mark, is_telling, middle, relate, same_bounds};
use crate::text::passage;
use crate::text::pieces::share_words;
use crate::text::units;
use crate::text::words::{self, has_any};
use headwater_model::claim::Frame;
use headwater_model::mention::{Comparator, Quantity, QuantityKind};
use headwater_model::tracking::Dimension;
use headwater_model::{Evidence, Knowledge, Part};
use rust_decimal::Decimal;

/// The figures by which two claims are compared: their own, or, where those measure different things or one has none, one
/// figure that the words of both tell.
fn compared<'a>(from: Said<'a>, to: Said<'a>, knowledge: &Knowledge) -> Option<(&'a Quantity, &'a Quantity)> {
    /// So large a count is one whatever word for it was read.
    const LARGE: i64 = 100;
    let related = |p: &Quantity, q: &Quantity| relate(p, from.seen.day, q, to.seen.day, knowledge);
    let own = from.claim.quantity.as_ref().zip(to.claim.quantity.as_ref());
    if let Some((a, b)) = own.filter(|(a, b)| related(a, b) != Relation::Incomparable) {
        return Some((a, b));
    }
    let large = |q: &Quantity| {
        q.kind == QuantityKind::Count && q.low.or(q.high).is_some_and(|n| n >= Decimal::from(LARGE))
    };
    let one = |p: &Quantity, q: &Quantity| match related(p, q) {
        Relation::Same | Relation::Rendered(_) => true,
        Relation::Incomparable => large(p) && large(q) && same_bounds(p, q),
        Relation::Different => false,
    };
    let (mine, theirs) = (from.figures(), to.figures());
    let pairs = mine.iter().flat_map(|p| theirs.iter().map(move |q| (p, q)));
    let is_own = |(p, q): &(&Quantity, &Quantity)| {
        let of = |figure: &Quantity, said: Said| said.claim.quantity.as_ref() == Some(figure);
        usize::from(!of(p, from)) + usize::from(!of(q, to))
    };
    pairs.filter(|(p, q)| one(p, q)).min_by_key(is_own).or_else(|| left_out_figure(from, to, knowledge))
}

/// The one figure of the first claim's words in whose place the second gives its own, where the reading left the first's out:
/// "21 people and entities", "27 people and entities".
fn left_out_figure<'a>(
    from: Said<'a>,
    to: Said<'a>,
    knowledge: &Knowledge,
) -> Option<(&'a Quantity, &'a Quantity)> {
    let theirs = to.claim.quantity.as_ref().filter(|q| q.kind == QuantityKind::Count && is_telling(q))?;
    if from.claim.quantity.is_some() || from.seen.tongue() != to.seen.tongue() {
        return None;
    }
    let alike = |mine: &&Quantity| {
        let related = relate(mine, from.seen.day, theirs, to.seen.day, knowledge);
        // Of what is counted without a word for it nothing says that it is the same.
        let named = !mine.unit.is_empty() && !theirs.unit.is_empty();
        named && is_telling(mine) && related == Relation::Different && share_words(&mine.unit, &theirs.unit)
    };
    let mut found = from.figures().iter().filter(alike);
    found.next().filter(|_| found.next().is_none()).map(|mine| (mine, theirs))
}

pub(super) fn quantity(from: Said, to: Said, knowledge: &Knowledge, found: &mut Vec<Difference>) {
    let Some((a, b)) = compared(from, to, knowledge) else {
        found.extend(bound_of_unrelated(from, to, knowledge));
        return;
    };
    let mut difference = Difference::new(Dimension::Quantity, a.evidence.quote(), b.evidence.quote());
    match relate(a, from.seen.day, b, to.seen.day, knowledge) {
        Relation::Incomparable | Relation::Same => {}
        Relation::Rendered(note) => {
            difference.note = note;
            difference.rendering = true;
            found.push(difference);
        }
        Relation::Different if are_unnamed_dollars(from, a, b, knowledge) => {
            difference.note = format!("dollars that the first does not name ({})", b.unit);
            difference.rendering = true;
            found.push(difference);
        }
        Relation::Different => {
            // The same digits of another currency are no figure of the first article.
            difference.known = figure_mark(b).is_some_and(|m| from.seen.marks.contains(&m))
                && !(middle(a) == middle(b) && a.unit != b.unit);
            found.push(difference);
            return;
        }
    }
    // Headlines leave bounds out.
    let headline = [from, to].iter().any(|said| said.claim.evidence.part() == Part::Title);
    if !headline {
        found.extend(other_bound(from, a, to, b).or_else(|| bound_beside(from, a, to, b, knowledge)));
    }
}

/// The other bound that one figure has in a second claim.
fn other_bound(from: Said, a: &Quantity, to: Said, b: &Quantity) -> Option<Difference> {
    let (told, retold) = (told_comparator(from, a), told_comparator(to, b));
    // A "minimum price" and a "cap" are names of what is told, with or without the figure's bound.
    let differ = bound(a.comparator) != bound(b.comparator)
        || a.comparator != told && told == Comparator::UpTo && b.comparator == Comparator::Exact;
    // "Must retain at least 80%", "may not be sold with less than 80%": one bound from either side of it.
    let forbids = |said: Said| said.claim.frame == Frame::Restriction;
    let turned = match (forbids(from), forbids(to)) {
        (false, true) => is_other_side(told, retold),
        (true, false) => is_other_side(retold, told),
        _ => false,
    };
    // "Nearly" is a rendering of a figure; of "up to" it is another bound.
    (differ && !turned && bound(told) != bound(retold) && told != Comparator::Nearly)
        .then(|| Difference::new(Dimension::Comparator, told.word(), retold.word()))
}

/// Whether what is required by one bound is what is not forbidden by the other.
fn is_other_side(required: Comparator, forbidden: Comparator) -> bool {
    use Comparator as C;
    matches!((required, forbidden), (C::AtLeast, C::LessThan) | (C::AtMost | C::UpTo, C::MoreThan))
}

/// The bound that a figure beside the one compared has lost: "110 slots, of them at most 12 for tankers".
fn bound_beside(
    from: Said,
    a: &Quantity,
    to: Said,
    b: &Quantity,
    knowledge: &Knowledge,
) -> Option<Difference> {
    let mine = from.figures().iter().filter(|q| q.evidence != a.evidence);
    let theirs = || to.figures().iter().filter(|q| q.evidence != b.evidence);
    let same =
        |p: &Quantity, q: &Quantity| relate(p, from.seen.day, q, to.seen.day, knowledge) == Relation::Same;
    let mut pairs = mine.flat_map(|p| theirs().map(move |q| (p, q)));
    let lost = |p: &Quantity, q: &Quantity| {
        is_telling(p)
            && same(p, q)
            && bound(told_comparator(from, p)) != 0
            && told_comparator(to, q) == Comparator::Exact
    };
    pairs.find_map(|(p, q)| other_bound(from, p, to, q).filter(|_| lost(p, q)))
}

/// Whether the first amount is in the dollars of its publisher's own country, which does not say so, and the second calls them by
/// name: "$1.2 billion" on a page of Hong Kong's government, "HK$1.2 billion".
fn are_unnamed_dollars(from: Said, a: &Quantity, b: &Quantity, knowledge: &Knowledge) -> bool {
    let publisher = from.seen.publisher.entity.as_ref().and_then(|id| knowledge.entity(id));
    let country = publisher.and_then(|e| e.country.as_deref());
    let own = country.is_some_and(|land| b.unit.starts_with(land) && b.unit.ends_with('D'));
    let quote = a.evidence.quote();
    let bare = quote.find('$').is_some_and(|at| !quote[..at].ends_with(|c: char| c.is_ascii_alphabetic()));
    a.unit == "USD" && own && bare && same_bounds(a, b)
}

/// How a claim bounds a figure: by its comparator, or by words that stand a little apart from it, 最高每箱16美元, "fees start
/// at $9".
pub(super) fn told_comparator(said: Said, figure: &Quantity) -> Comparator {
    match bound(figure.comparator) {
        0 => bounded_in_clause(&said.claim.evidence, &figure.evidence).unwrap_or(figure.comparator),
        _ => figure.comparator,
    }
}

/// How the clause around a figure bounds it.
fn bounded_in_clause(words: &Evidence, figure: &Evidence) -> Option<Comparator> {
    /// Characters of the clause before the figure, and right behind it.
    const BEFORE: usize = 48;
    const BEHIND: usize = 4;
    let at = passage::place_in(words, figure)?;
    let quote = words.quote();
    let words = &words::lists().wording;
    // What stands before another figure is that one's.
    let parts = |c: char| c.is_ascii_digit() || matches!(c, '，' | '；' | ';' | '、' | ',' | '。');
    let clause = quote[..at].rsplit(parts).next().unwrap_or_default();
    let skipped = clause.chars().count().saturating_sub(BEFORE);
    let before = words::spaced(&clause.chars().skip(skipped).collect::<String>());
    let behind: String = quote[at + figure.quote().len()..].chars().take(BEHIND).collect();
    let behind = units::simplified(&behind);
    let from_above = has_any(&before, &words.bounds_from_above)
        || words::starts_with_any(&behind, &words.bounds_from_above_behind);
    let from_below = has_any(&before, &words.bounds_from_below)
        || words::starts_with_any(&behind, &words.bounds_from_below_behind);
    match (from_below, from_above) {
        (true, false) => Some(Comparator::AtLeast),
        (false, true) if has_any(&before, &words.bounds_up_to) => Some(Comparator::UpTo),
        (false, true) => Some(Comparator::AtMost),
        _ => None,
    }
}

/// The bound that an amount of money lost in another currency at whose rate nothing is known.
fn bound_of_unrelated(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let (a, b) = (from.claim.quantity.as_ref()?, to.claim.quantity.as_ref()?);
    let rate = |q: &Quantity, said: Said| knowledge.per_usd(&q.unit, said.seen.day);
    let money = [a, b].iter().all(|q| q.kind == QuantityKind::Money) && a.unit != b.unit;
    let unknown = rate(a, from).is_none() || rate(b, to).is_none();
    let text = [from, to].iter().all(|said| said.claim.evidence.part() == Part::Text && leads(said.claim));
    let lost = bound(a.comparator) != 0 && b.comparator == Comparator::Exact;
    (money && unknown && text && lost)
        .then(|| Difference::new(Dimension::Comparator, a.comparator.word(), b.comparator.word()))
}
