//! Two mentions of one claim, dimension by dimension: what differs, and what is the same value in
//! another rendering.

use crate::acts::effective;
use crate::claims::modality::{self, stage};
use crate::memory::seen::Seen;
use crate::memory::window::Window;
use crate::reading::asserted::{ids, kin, leads};
use crate::reading::figures::{Relation, bound, figure_mark, is_telling, middle, relate, same_bounds};
use crate::reading::reference::Via;
use crate::reading::wording::{Gist, OfClaim};
use crate::text::glossary::Concept;
use crate::text::list::List;
use crate::text::passage;
use crate::text::pieces::{self, pieces, share_words};
use crate::text::terms::mark;
use crate::text::units::{self, folded};
use crate::text::words::{self, has_any};
use headwater_model::claim::{Exclusivity, Frame, ListChange, Modality, Polarity, Role};
use headwater_model::knowledge::Entity;
use headwater_model::mention::{Attribution, Comparator, EntityKind, Quantity, QuantityKind, VoiceKind};
use headwater_model::source::SourceClass;
use headwater_model::time::{DateMention, days_between, first_day};
use headwater_model::tracking::Dimension;
use headwater_model::{Claim, EntityId, Evidence, Knowledge, Part};
use rust_decimal::Decimal;
use std::cell::LazyCell;
use std::collections::BTreeSet;

/// A claim by the number of its capture and its place in it.
pub type Place = (u64, u32);

/// A claim in the article that makes it.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    /// The article.
    pub seen: &'a Seen,
    /// The claim.
    pub claim: &'a Claim,
    /// Which of the article's claims it is.
    at: usize,
}

impl<'a> Said<'a> {
    /// All that an article says.
    pub fn all(seen: &'a Seen) -> impl Iterator<Item = Said<'a>> {
        seen.claims.iter().enumerate().map(move |(at, claim)| Said { seen, claim, at })
    }
    /// A claim of a capture in the window.
    pub fn at((seq, at): Place, window: &'a Window) -> Option<Self> {
        let (seen, at) = (window.get(seq)?, at as usize);
        Some(Said { seen, claim: seen.claims.get(at)?, at })
    }
    /// Where it stands.
    pub fn place(&self) -> Place {
        (self.seen.seq, self.at as u32)
    }
    /// Terms of the glossary in the claim's words.
    pub fn concepts(&self) -> &[Concept] {
        self.of_claim(&self.seen.concepts)
    }
    /// Telling figures and days in the claim's words.
    pub fn details(&self) -> &[u32] {
        self.of_claim(&self.seen.details)
    }
    /// Every telling figure in the claim's words.
    fn figures(&self) -> &'a [Quantity] {
        let seen: &'a Seen = self.seen;
        self.of_claim(&seen.figures)
    }
    /// The claim's words.
    pub fn wording(&self) -> Option<&'a OfClaim> {
        self.seen.wording.claims(&self.seen.claims).get(self.at)
    }
    /// What says most of whether it is one with another.
    pub fn gist(&self, knowledge: &Knowledge) -> &'a Gist {
        let seen: &'a Seen = self.seen;
        &seen.gists(knowledge)[self.at]
    }
    fn of_claim<'s, T>(&self, rows: &'s [Vec<T>]) -> &'s [T] {
        rows.get(self.at).map_or(&[], Vec::as_slice)
    }
    /// How far down its article it stands, 0..=1.
    pub fn position(&self) -> f64 {
        f64::from(self.claim.evidence.span().start) / f64::from(self.seen.text.char_len().max(1))
    }
    /// Where the claim lies in the text, in bytes.
    fn bytes(&self) -> std::ops::Range<usize> {
        self.seen.text.bytes(self.claim.evidence.span())
    }
    /// The authority on whose own page the claim stands without saying whose act it is: "the Ministry has not
    /// decided …".
    pub fn own_authority(self) -> Option<&'a EntityId> {
        let acts =
            |role: Role| matches!(role, Role::Authority | Role::Funder | Role::Holder | Role::Supplier);
        let told = self.claim.fillers.iter().any(|f| f.id.is_some() && acts(f.role));
        self.seen.publisher.entity.as_ref().filter(|_| self.seen.class == SourceClass::Official && !told)
    }
}

/// How two mentions differ on one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// On what.
    pub dimension: Dimension,
    /// The first mention's value in words.
    pub from: String,
    /// The second's.
    pub to: String,
    /// What a person should know.
    pub note: String,
    /// Whether it is the same value in another rendering: a conversion, a rounding.
    pub rendering: bool,
    /// Whether the first article gives the second's value as well, so that it is one of its others.
    pub known: bool,
}

impl Difference {
    /// A difference without a note.
    pub fn new(dimension: Dimension, from: impl Into<String>, to: impl Into<String>) -> Self {
        Difference {
            dimension,
            from: from.into(),
            to: to.into(),
            note: String::new(),
            rendering: false,
            known: false,
        }
    }
    /// Whether two modalities lie so far apart that more than wording separates them: weighed against done.
    pub fn is_wide(&self) -> bool {
        let rung = |word: &str| Modality::ALL.iter().find(|m| m.word() == word).and_then(|m| stage(*m));
        rung(&self.from).zip(rung(&self.to)).is_some_and(|(a, b)| a.abs_diff(b) >= 2)
    }
}

/// Everything on which the second mention differs from the first.
pub fn differences(from: Said, to: Said, knowledge: &Knowledge) -> Vec<Difference> {
    let mut found = Vec::new();
    // One sentence on two pages says one thing, however each was read.
    if is_one_sentence(from.claim.evidence.quote(), to.claim.evidence.quote()) {
        return found;
    }
    quantity(from, to, knowledge, &mut found);
    found.extend(modality::difference(from, to));
    found.extend(polarity(from, to));
    found.extend(exclusivity(from, to));
    found.extend(change(from.claim, to.claim));
    found.extend(time(from, to, knowledge));
    found.extend(entity(from, to, knowledge));
    found.extend(scope(from, to, knowledge));
    found.extend(attribution(from, to, knowledge));
    found
}

/// Whether two sentences have the same words: the point of a figure is one of them, for 2.6 is not 26.
fn is_one_sentence(a: &str, b: &str) -> bool {
    let points = |s: &str| s.as_bytes().windows(3).filter(|w| is_point(w)).count();
    folded(a) == folded(b) && points(a) == points(b)
}

/// Whether the middle one of three bytes is the point of a figure.
fn is_point(three: &[u8]) -> bool {
    matches!(three, [before, b'.', behind] if before.is_ascii_digit() && behind.is_ascii_digit())
}

/// Whether two claims give one figure that tells something: an amount, a share, a count of some size.
pub fn same_figure(a: Said, b: Said, knowledge: &Knowledge) -> bool {
    let (Some(p), Some(q)) = (&a.claim.quantity, &b.claim.quantity) else { return false };
    let related = relate(p, a.seen.day, q, b.seen.day, knowledge);
    is_telling(p) && is_telling(q) && matches!(related, Relation::Same | Relation::Rendered(_))
}

/// Whether two sentences of one language plainly say one thing: most of their words are the same, and the figure of either, or
/// neither has one.
pub fn are_one_wording(a: Said, b: Said, knowledge: &Knowledge) -> bool {
    let figures = match (&a.claim.quantity, &b.claim.quantity) {
        (Some(p), Some(q)) => {
            matches!(relate(p, a.seen.day, q, b.seen.day, knowledge), Relation::Same | Relation::Rendered(_))
        }
        (p, q) => p.is_none() && q.is_none(),
    };
    let frames = a.claim.frame == b.claim.frame || kin(a.claim.frame, b.claim.frame);
    frames && figures && are_alike(a, b)
}

/// Whether the words of two claims give one such figure, whichever is their own.
fn shares_figure(a: Said, b: Said, knowledge: &Knowledge) -> bool {
    let one = |p: &Quantity, q: &Quantity| {
        is_telling(p) && relate(p, a.seen.day, q, b.seen.day, knowledge) == Relation::Same
    };
    a.figures().iter().any(|p| b.figures().iter().any(|q| one(p, q)))
}

/// Whether most of the words of two claims are the same.
fn are_alike(a: Said, b: Said) -> bool {
    const MOST: f64 = 0.5;
    let (Some(p), Some(q)) = (a.wording(), b.wording()) else { return false };
    a.seen.tongue() == b.seen.tongue() && pieces::likeness(&p.pieces, &q.pieces) >= MOST
}

/// The same of an amount or a count: shares and rates are alike by chance.
pub fn same_sum(a: Said, b: Said, knowledge: &Knowledge) -> bool {
    let share = a.claim.quantity.as_ref().is_some_and(|q| q.kind == QuantityKind::Percent);
    !share && same_figure(a, b, knowledge)
}

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

fn quantity(from: Said, to: Said, knowledge: &Knowledge, found: &mut Vec<Difference>) {
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
    // "Nearly" is a rendering of a figure; of "up to" it is another bound.
    (differ && bound(told) != bound(retold) && told != Comparator::Nearly)
        .then(|| Difference::new(Dimension::Comparator, told.word(), retold.word()))
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
fn told_comparator(said: Said, figure: &Quantity) -> Comparator {
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

/// Whether a claim is the denial of what it says.
pub fn denies(claim: &Claim) -> bool {
    claim.modality == Modality::Denied
}

/// Whether a page only takes up what the press says, to answer it: "some media report that …". It asserts nothing of it.
pub fn is_taken_up(said: Said) -> bool {
    let voices = &said.claim.attribution;
    let press = |a: &Attribution| a.source.kind == VoiceKind::Outlet;
    let answered = said.seen.class == SourceClass::Official && !voices.is_empty() && voices.iter().all(press);
    let replied = said.claim.frame != Frame::Position
        && said.claim.evidence.part() == Part::Text
        && words::has_any(&units::simplified(said.claim.evidence.quote()), &words::lists().sources.taking_up);
    (answered || replied) && !refutes(said)
}

/// Authorities that a denial is laid to: what they deny is their own act.
pub fn denying<'a>(said: Said<'a>) -> impl Iterator<Item = &'a EntityId> {
    let official = |a: &&Attribution| a.source.kind == VoiceKind::Official;
    let voices = said.claim.attribution.iter().filter(official).filter_map(|a| a.source.entity.as_ref());
    voices.filter(move |_| refutes(said))
}

/// Whether a claim denies in so many words, or by an authority's plain "has not" on its own page.
pub fn refutes(said: Said) -> bool {
    let claim = said.claim;
    let negated = claim.polarity == Polarity::Negated && claim.change.is_none() && !negates_figure(&[claim]);
    denies(claim) || (negated && said.seen.class == SourceClass::Official)
}

fn polarity(from: Said, to: Said) -> Option<Difference> {
    let (a, b) = (from.claim, to.claim);
    // A denial is told as such; whether it is also written as a negation does not matter.
    let otherwise_told = same_exclusion(a, b) || change(a, b).is_some();
    if denies(a) || denies(b) || otherwise_told {
        return None;
    }
    // "Buys no chips" is 不采购, however each was read.
    let negative = |said: Said, other: Said| {
        let tells_it = || clauses(said).iter().any(|clause| clause.is_negated && clause.is_about(other));
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

/// A clause of a claim's words.
struct Clause {
    is_negated: bool,
    /// Its words without those that negate.
    words: BTreeSet<u64>,
}

impl Clause {
    /// Whether it shares words with another claim.
    fn is_about(&self, other: Said) -> bool {
        /// So many.
        const SHARED: usize = 2;
        let theirs = other.wording().map_or(&[][..], |words| &words.pieces);
        self.words.iter().filter(|word| theirs.binary_search(word).is_ok()).count() >= SHARED
    }
}

fn clauses(said: Said) -> Vec<Clause> {
    let negations = &words::lists().wording.negations;
    let simplified = units::simplified(said.claim.evidence.quote());
    let bounds = &words::lists().wording.bounds;
    let of = |clause: &str| {
        // "Not more than" negates nothing but the figure.
        let spaced = bounds.iter().fold(words::spaced(clause), |text, word| text.replace(word.as_str(), " "));
        let bare = negations.iter().fold(spaced.clone(), |text, word| text.replace(word.as_str(), " "));
        Clause { is_negated: words::has_any(&spaced, negations), words: pieces(&bare) }
    };
    simplified.split([',', '，', ';', '；', '。']).map(of).collect()
}

/// Whether a negation belongs to a figure: "not less than" negates nothing else.
pub fn negates_figure(claims: &[&Claim]) -> bool {
    /// Bytes before a figure in which its own words may begin.
    const BEFORE: usize = 16;
    let of_figure = |claim: &Claim, q: &Quantity| {
        let (quote, figure) = (claim.evidence.quote(), q.evidence.quote());
        // A figure that is not found in the words may be bounded by any of them.
        let Some(at) = quote.find(figure) else { return true };
        let from = quote.floor_char_boundary(at.saturating_sub(BEFORE));
        words::has_any(&words::spaced(&quote[from..at + figure.len()]), &words::lists().wording.negations)
    };
    let bounded = |c: &Claim, q: &Quantity| !matches!(bound(q.comparator), 0 | 3) && of_figure(c, q);
    claims
        .iter()
        .any(|c| c.polarity == Polarity::Negated && c.quantity.as_ref().is_some_and(|q| bounded(c, q)))
}

/// "Is not on the list" and "was left off the list" are one exclusion in two forms.
fn same_exclusion(a: &Claim, b: &Claim) -> bool {
    let out = |c: &Claim| {
        c.change == Some(ListChange::Excluded) || (c.change.is_some() && c.polarity == Polarity::Negated)
    };
    out(a) && out(b)
}

fn exclusivity(from: Said, to: Said) -> Option<Difference> {
    let (a, b) = (told_exclusivity(from), told_exclusivity(to));
    let differs = match (a, b) {
        (x, y) if x == y => false,
        // What is left open adds nothing; that nothing else is there adds something.
        (_, Exclusivity::Unspecified) => false,
        (Exclusivity::Unspecified, Exclusivity::Including) => false,
        // "Only" bounds what stands behind it: "applies only to data centres" says nothing of "firms including Acme".
        (Exclusivity::Including, Exclusivity::Only) | (Exclusivity::Only, Exclusivity::Including) => {
            name_one(from, to)
        }
        _ => true,
    };
    differs.then(|| Difference::new(Dimension::Exclusivity, a.word(), b.word()))
}

/// Whether two claims name one party or thing beside who acts, or neither names any that is known.
fn name_one(a: Said, b: Said) -> bool {
    let acts = |role: Role| matches!(role, Role::Authority | Role::Funder | Role::Holder);
    let named = |said: Said| -> BTreeSet<EntityId> {
        said.claim.fillers.iter().filter(|f| !acts(f.role)).filter_map(|f| f.id.clone()).collect()
    };
    let things = |said: Said| said.wording().map(|words| words.things.clone()).unwrap_or_default();
    let (x, y) = (named(a), named(b));
    !x.is_disjoint(&y) || x.is_empty() || y.is_empty() || !things(a).is_disjoint(&things(b))
}

/// Whether the named are all there is; 手机、平板等, "phones and tablets, among others", leaves room for more.
fn told_exclusivity(said: Said) -> Exclusivity {
    let open = || said.wording().is_some_and(|words| words.names_some);
    let closed = || said.wording().is_some_and(|words| words.names_only);
    // A model hears what is done, not whom alone it concerns: that must stand in the words.
    let read = said.claim.exclusivity;
    match if said.claim.is_learned() { Exclusivity::Unspecified } else { read } {
        Exclusivity::Unspecified if closed() => Exclusivity::Only,
        Exclusivity::Unspecified if open() => Exclusivity::Including,
        told => told,
    }
}

fn change(a: &Claim, b: &Claim) -> Option<Difference> {
    let (x, y) = (a.change?, b.change?);
    let standing = |c: ListChange| matches!(c, ListChange::Added | ListChange::Listed);
    let told = |c: &Claim, change: ListChange| match c.polarity {
        Polarity::Negated => format!("not {change}"),
        Polarity::Affirmed => change.word().to_owned(),
    };
    (x != y && !(standing(x) && standing(y)))
        .then(|| Difference::new(Dimension::Change, told(a, x), told(b, y)))
}

/// The days from which the acts of two claims apply, where both articles state one.
fn days_of_acts<'a>(from: Said<'a>, to: Said<'a>) -> Option<(&'a DateMention, &'a DateMention)> {
    let day = |said: Said<'a>| match said.claim.frame {
        Frame::Position | Frame::Investigation | Frame::Supply => None,
        _ => effective::of_act(said.seen, &said.claim.evidence),
    };
    day(from).zip(day(to))
}

/// How such days differ: not where the second is told as one that took the place of the first.
fn applies_from(from: Said, to: Said, x: &DateMention, y: &DateMention) -> Option<Difference> {
    let moves =
        |words: &Evidence| has_any(&units::simplified(words.quote()), &words::lists().days.postponing);
    // A plan of a day gone by: its year was only understood.
    let past = |said: Said, day: &DateMention| first_day(&day.value).is_some_and(|day| day < said.seen.day);
    let misread = || (past(from, x) || past(to, y)) && may_be_one(x, y);
    let said = same_time(&x.value, &y.value) || misread();
    if moves(&y.evidence) || moves(&to.claim.evidence) || said {
        return None;
    }
    let states = |said: Said, day: &DateMention| said.seen.applies.iter().any(|own| own.value == day.value);
    let known = states(from, y) || states(to, x);
    let note = format!("applies from: “{}”, “{}”", x.evidence.quote(), y.evidence.quote());
    Some(Difference { known, note, ..Difference::new(Dimension::Time, &*x.value, &*y.value) })
}

fn time(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    day(from, to).or_else(|| lasting(from, to)).or_else(|| length(from, to, knowledge))
}

/// What has an end, told as for good.
fn lasting(from: Said, to: Said) -> Option<Difference> {
    let lasting = &words::lists().days.lasting;
    let word = |text: &str| {
        let spaced = words::spaced(text);
        lasting.iter().find(|word| spaced.contains(word.as_str())).cloned()
    };
    let text = to.claim.evidence.part() == Part::Text && from.seen.claims.len() > 1;
    let told = word(to.claim.evidence.quote()).filter(|_| text && from.claim.frame == to.claim.frame)?;
    word(from.seen.text.as_str()).is_none().then(|| {
        let before = from.claim.time.as_ref().map_or("unspecified", |time| &*time.value);
        Difference::new(Dimension::Time, before, told.trim())
    })
}

/// How long it lasts, beside one and the same amount or count: so much within six years, within three.
fn length(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    fn only_length<'a>(said: Said<'a>) -> Option<&'a Quantity> {
        let mut lengths = said.figures().iter().filter(|q| q.kind == QuantityKind::Duration);
        lengths.next().filter(|_| lengths.next().is_none())
    }
    let (a, b) = (only_length(from)?, only_length(to)?);
    let text = to.claim.evidence.part() == Part::Text;
    let related = relate(a, from.seen.day, b, to.seen.day, knowledge);
    let known = figure_mark(b).is_some_and(|m| from.seen.marks.contains(&m));
    (text && related == Relation::Different && same_sum(from, to, knowledge) && !known)
        .then(|| Difference::new(Dimension::Time, a.evidence.quote(), b.evidence.quote()))
}

fn day(from: Said, to: Said) -> Option<Difference> {
    if let Some((x, y)) = days_of_acts(from, to) {
        return applies_from(from, to, x, y);
    }
    let (x, y) = (from.claim.time.as_ref()?, to.claim.time.as_ref()?);
    // The days around an article's own are mostly those of reports and statements, not of the act.
    let of_report = |s: Said, value: &str| {
        let day = first_day(value).filter(|_| value.len() >= 10);
        day.and_then(|day| s.seen.day.since(day).ok()).is_some_and(|span| span.get_days().abs() <= 7)
    };
    if may_be_one(x, y)
        || same_time(&x.value, &y.value)
        || of_report(from, &x.value)
        || of_report(to, &y.value)
    {
        return None;
    }
    let known = from.seen.marks.contains(&mark(&y.value)) || to.seen.marks.contains(&mark(&x.value));
    Some(Difference { known, ..Difference::new(Dimension::Time, &*x.value, &*y.value) })
}

/// Whether two dates may be one, for the year or the week of one was only understood: "from April" and 明年度 are of the year that
/// the reader took them to be of, "from Tuesday" of the week.
fn may_be_one(x: &DateMention, y: &DateMention) -> bool {
    const WEEK: i32 = 7;
    let year = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
    let undated = |time: &DateMention| !time.evidence.quote().as_bytes().windows(4).any(year);
    let numbered = |time: &DateMention| time.evidence.quote().contains(|c: char| c.is_ascii_digit());
    let in_year = x.value.get(4..).zip(y.value.get(4..));
    let one_day = in_year.is_some_and(|(p, q)| p.starts_with(q) || q.starts_with(p));
    let a_week_apart = || {
        let days = first_day(&x.value).zip(first_day(&y.value)).map(|(p, q)| days_between(p, q));
        x.value.len() >= 10 && y.value.len() >= 10 && days == Some(WEEK)
    };
    ((undated(x) || undated(y)) && one_day) || (!(numbered(x) || numbered(y)) && a_week_apart())
}

/// Whether one date lies in the other, however precisely each is given.
pub fn same_time(a: &str, b: &str) -> bool {
    let head = |v: &str| v.split('T').next().unwrap_or_default().to_owned();
    let (a, b) = (head(a), head(b));
    // Seasons, quarters and halves stand in the place of a month.
    let part =
        |v: &str| v.get(5..7).and_then(|month| month.parse::<u8>().ok()).is_some_and(|month| month > 12);
    let ranged = |v: &str| v.contains('/') || v.contains('Q') || v.contains('H') || part(v);
    if ranged(&a) || ranged(&b) {
        // A span and a day inside its year: too coarse to contradict.
        return a.get(..4) == b.get(..4);
    }
    if a.starts_with(&b) || b.starts_with(&a) {
        return true;
    }
    // One day's difference is what time zones make.
    match (first_day(&a), first_day(&b)) {
        (Some(x), Some(y)) if a.len() >= 10 && b.len() >= 10 => {
            x.since(y).is_ok_and(|s| s.get_days().abs() <= 1)
        }
        _ => false,
    }
}

/// How many entities two claims share, whatever their roles.
pub fn shared_ids(a: &Claim, b: &Claim) -> usize {
    let own: BTreeSet<&EntityId> = a.fillers.iter().filter_map(|f| f.id.as_ref()).collect();
    own.into_iter().filter(|id| b.fillers.iter().any(|f| f.id.as_ref() == Some(*id))).count()
}

/// A party that the first article does not name at all, in the place of one that the second's claim no longer
/// has: another company, another product, a product given to another maker. Roles do not matter here, for
/// "ordered from" and "supplied by" exchange them.
fn entity(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    /// Kinds of parties; a country or a ministry may stand for one another and is none.
    const EXCHANGED: [EntityKind; 5] =
        [EntityKind::Company, EntityKind::Product, EntityKind::Person, EntityKind::List, EntityKind::Fund];
    // A product in whose place another company stands was given to another maker.
    let parties = |s: Said<'_>, other: &Claim| -> BTreeSet<(EntityKind, EntityId)> {
        let named = |id: &EntityId| other.fillers.iter().any(|f| f.id.as_ref() == Some(id));
        let entities = s.claim.fillers.iter().filter_map(|f| knowledge.entity(f.id.as_ref()?));
        let mut found = BTreeSet::new();
        for entity in entities {
            found.insert((entity.kind, entity.id.clone()));
            let made = entity.kind == EntityKind::Product && !named(&entity.id);
            let maker = entity.parent.as_ref().filter(|_| made).and_then(|id| knowledge.entity(id));
            found.extend(maker.filter(|e| e.kind == EntityKind::Company).map(|e| (e.kind, e.id.clone())));
        }
        found
    };
    let (mine, theirs) = (parties(from, to.claim), parties(to, from.claim));
    for kind in EXCHANGED {
        let of_kind = |all: &BTreeSet<(EntityKind, EntityId)>| -> Vec<EntityId> {
            all.iter().filter(|(k, _)| *k == kind).map(|(_, id)| id.clone()).collect()
        };
        let (a, b) = (of_kind(&mine), of_kind(&theirs));
        let kin = |x: &EntityId, y: &EntityId| x == y || knowledge.are_related(x, y);
        let new = b.iter().find(|id| !from.seen.entities.contains(*id) && !a.iter().any(|x| kin(x, id)));
        let gone: Vec<&EntityId> = a.iter().filter(|id| !b.iter().any(|y| kin(y, id))).collect();
        if let (Some(new), false) = (new, gone.is_empty()) {
            let known = |id: &EntityId| knowledge.name(id);
            let before: Vec<String> = gone.into_iter().map(known).collect();
            return Some(Difference::new(Dimension::Entity, before.join(", "), known(new)));
        }
    }
    members(from, to, knowledge)
        .or_else(|| rival(from, to, knowledge))
        .or_else(|| renamed(from, to, knowledge))
        .or_else(|| other_state(from, to, knowledge))
        .or_else(|| other_agency(from, to, knowledge))
}

/// An authority of which the first article says nothing in the place of one of the same country of which the second says
/// nothing: an order of the central bank told as one of the regulator of telephones.
fn other_agency(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let agencies = |claim: &Claim| -> Vec<EntityId> {
        let voices = claim.attribution.iter().filter_map(|a| a.source.entity.as_ref());
        let ids = ids(claim, Role::Authority).into_iter().chain(voices);
        ids.filter(|id| knowledge.is(id, EntityKind::Agency)).cloned().collect()
    };
    let parent = |id: &EntityId| {
        let above = knowledge.entity(id).and_then(|e| e.parent.clone());
        above.filter(|id| knowledge.is(id, EntityKind::Agency))
    };
    let kin =
        |a: &EntityId, b: &EntityId| a == b || parent(a).as_ref() == Some(b) || parent(b).as_ref() == Some(a);
    let named = |seen: &Seen, id: &EntityId| {
        seen.entities.iter().chain(seen.publisher.entity.iter()).any(|known| kin(known, id))
    };
    let country = |id: &EntityId| knowledge.entity(id).and_then(|e| e.country.clone());
    let new = agencies(to.claim).into_iter().find(|id| !named(from.seen, id))?;
    let text = to.claim.evidence.part() == Part::Text;
    // Who acts may be told in another sentence.
    let mut before = agencies(from.claim);
    if before.is_empty() {
        before = from.seen.claims.iter().flat_map(agencies).collect();
    }
    before.retain(|id| country(id) == country(&new));
    let old = before.first().filter(|_| text && !before.iter().any(|id| named(to.seen, id)))?;
    Some(Difference::new(Dimension::Entity, knowledge.name(old), knowledge.name(&new)))
}

/// Parties of one act upon a list that only one of the two claims names: the first names all of them, and the second one more,
/// or fewer.
fn members(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let (a, b) = (from.claim, to.claim);
    let one_act = a.change.is_some() && a.change == b.change && a.polarity == b.polarity;
    let open = [from, to].iter().any(|said| told_exclusivity(*said) != Exclusivity::Unspecified);
    let (before, after) = (ids(a, Role::Member), ids(b, Role::Member));
    if !one_act || open || before.is_disjoint(&after) || b.evidence.part() == Part::Title {
        return None;
    }
    let counted = |claim: &Claim| claim.quantity.as_ref().is_some_and(|q| q.kind == QuantityKind::Count);
    let (added, left) = (|| after.difference(&before), || before.difference(&after));
    let kin =
        |id: &EntityId, others: &BTreeSet<&EntityId>| others.iter().any(|o| knowledge.are_related(id, o));
    let told = |claim: &Claim, id: &EntityId| {
        let named = knowledge.entity(id);
        named.is_some_and(|e| [&e.en, &e.zh_hans, &e.zh_hant].iter().any(|n| is_in(claim, n)))
    };
    // Who is named elsewhere in either is left out of no claim by more than its reading.
    let more = added().any(|id| !kin(id, &before) && !from.seen.entities.contains(*id));
    let fewer = left().any(|id| !kin(id, &after) && !to.seen.entities.contains(*id) && !told(b, id));
    let differs = more || (fewer && !counted(b));
    let names = |ids: &BTreeSet<&EntityId>| -> String {
        ids.iter().map(|id| knowledge.name(id)).collect::<Vec<_>>().join(", ")
    };
    differs.then(|| Difference::new(Dimension::Entity, names(&before), names(&after)))
}

/// Whether a claim's words hold a name.
fn is_in(claim: &Claim, name: &str) -> bool {
    !name.is_empty() && units::simplified(claim.evidence.quote()).contains(&units::simplified(name))
}

/// A name in the very place of another one, in two sentences that have the same words around it: "including an Acme soybean",
/// "including a Tern soybean", whoever they are.
fn renamed(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    if from.seen.tongue() != to.seen.tongue() || from.claim.frame != to.claim.frame {
        return None;
    }
    let (before, after) = (from.claim.evidence.quote(), to.claim.evidence.quote());
    let (old, new) = if before.is_ascii() && after.is_ascii() {
        exchanged_word(before, after)?
    } else {
        exchanged_run(before, after)?
    };
    // Who is named on both sides was only left out here.
    let names = |seen: &Seen, name: &str| {
        let told = |name: &str| {
            [seen.text.as_str(), seen.title.as_str()].iter().any(|t| folded(t).contains(&folded(name)))
        };
        // 芯片企业Acme is Acme.
        let bare = name.trim_start_matches(units::is_ideographic);
        told(name) || (!bare.is_empty() && told(bare))
    };
    // Burma is Myanmar.
    let one_entity = || {
        let called = |e: &Entity, name: &str| e.names().any(|own| folded(own) == folded(name));
        let both = |id: &EntityId| to.seen.entities.contains(id);
        let shared = from.seen.entities.iter().filter(|id| both(id)).filter_map(|id| knowledge.entity(id));
        shared.into_iter().any(|e| called(e, &old) && called(e, &new))
    };
    let strangers = !names(from.seen, &new) && !names(to.seen, &old) && !one_entity();
    strangers.then(|| Difference::new(Dimension::Entity, old, new))
}

/// A capitalised word of the first sentence in whose place the second has another, between the same words.
fn exchanged_word(a: &str, b: &str) -> Option<(String, String)> {
    /// Words around it that must be the same, beside articles.
    const AROUND: usize = 2;
    let words = |s: &str| -> Vec<String> {
        let bare = s.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
        bare.filter(|w| !w.is_empty() && !matches!(&**w, "a" | "an" | "the")).collect()
    };
    let (x, y) = (words(a), words(b));
    let named = |word: &str| word.chars().count() > 2 && word.starts_with(|c: char| c.is_ascii_uppercase());
    let place = |i: usize| Some((x.get(i.checked_sub(AROUND)?..i)?, x.get(i + 1..i + 1 + AROUND)?));
    let exchanged = |(i, old): (usize, &String)| {
        let (before, behind) = place(i).filter(|_| named(old))?;
        let mut others = (AROUND..y.len().saturating_sub(AROUND))
            .filter(|j| y[j - AROUND..*j] == *before && y[j + 1..j + 1 + AROUND] == *behind && named(&y[*j]));
        let new = &y[others.next()?];
        (new != old && !x.contains(new) && !y.contains(old)).then(|| (old.clone(), new.clone()))
    };
    // A sentence's first word is a capital in any case.
    x.iter().enumerate().skip(1).find_map(exchanged)
}

/// The one run of Han characters in whose place the second clause has another, between the same words.
fn exchanged_run(a: &str, b: &str) -> Option<(String, String)> {
    /// Characters on either side that must be the same, and on both together.
    const AROUND: usize = 2;
    const IN_ALL: usize = 10;
    /// Han characters and words of the longest name.
    const MOST: usize = 8;
    let clauses = |s: &str| -> Vec<Vec<char>> {
        let simplified = without_asides(&units::simplified(s));
        simplified.split(['，', ',', '。', '；', '：']).map(|clause| clause.chars().collect()).collect()
    };
    let (joints, before_names) = (&words::lists().wording.joints, &words::lists().wording.before_names);
    let (x, y) = (clauses(a), clauses(b));
    let pairs = x.iter().flat_map(|p| y.iter().map(move |q| (p, q)));
    pairs.into_iter().find_map(|(p, q)| {
        let before = p.iter().zip(q).take_while(|(c, d)| c == d).count();
        let room = p.len().min(q.len()) - before;
        let behind = p.iter().rev().zip(q.iter().rev()).take(room).take_while(|(c, d)| c == d).count();
        let (old, new) = (&p[before..p.len() - behind], &q[before..q.len() - behind]);
        let is_name = |run: &[char]| {
            let words = tokens(&run.iter().collect::<String>()).len();
            (run.len() > 1 && words <= MOST)
                && run.iter().all(|c| units::is_ideographic(*c) || c.is_ascii_alphabetic())
                && !run.iter().any(|c| joints.contains(*c))
        };
        let led = before.checked_sub(1).is_some_and(|at| before_names.contains(p[at]));
        let framed = led && before.min(behind) >= AROUND && before + behind >= IN_ALL;
        let framed = framed && is_name(old) && is_name(new);
        framed.then(|| (old.iter().collect(), new.iter().collect()))
    })
}

/// Words without what they add in brackets: 约合34亿元人民币.
fn without_asides(words: &str) -> String {
    let mut depth = 0_usize;
    let outside = |c: &char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    words.chars().filter(outside).collect()
}

/// Another state or union that acts, of which the first article says nothing, in the place of the one that acts there: a rule
/// of Denmark told as one of the European Union.
fn other_state(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    const ACTING: [Role; 3] = [Role::Authority, Role::Subject, Role::Funder];
    let (a, b) = (from.claim, to.claim);
    if a.frame != b.frame || !leads(a) || !leads(b) || b.evidence.part() == Part::Title {
        return None;
    }
    let place = |id: &EntityId| knowledge.entity(id).filter(|e| e.kind == EntityKind::Place);
    let acts = |claim: &Claim, roles: &[Role]| -> Vec<&Entity> {
        let of = roles.iter().flat_map(|role| claim.role(*role)).filter_map(|f| f.id.as_ref());
        of.filter_map(|id| knowledge.entity(id)).collect()
    };
    // "Chinese-made cars" are no act of China.
    let made = |filler: &headwater_model::claim::Filler| {
        let quote = units::simplified(b.evidence.quote());
        let behind = quote
            .split_once(&units::simplified(filler.evidence.quote()))
            .map(|(_, behind)| behind.to_owned());
        behind.is_some_and(|behind| words::starts_with_any(&behind, &words::lists().wording.made))
    };
    if b.role(Role::Authority).any(made) {
        return None;
    }
    let (old, new) = (acts(a, &ACTING), acts(b, &ACTING[..1]));
    let ([old], [new]) = (&old[..], &new[..]) else { return None };
    let known = from.seen.entities.iter().filter_map(|id| knowledge.entity(id));
    let apart = old.country.is_some() && new.country.is_some() && old.country != new.country;
    // With the figure of the first and without a word of who acts there.
    let gone = |id: &EntityId| knowledge.entity(id).is_none_or(|e| e.country != old.country);
    let replaced = || shares_figure(from, to, knowledge) && to.seen.entities.iter().all(gone);
    let stranger = known.into_iter().all(|e| e.country != new.country) || replaced();
    let states = place(&old.id).is_some() && place(&new.id).is_some();
    (states && apart && stranger).then(|| Difference::new(Dimension::Entity, &*old.en, &*new.en))
}

/// A party that the first article names elsewhere, its rival, in the place of the one that acts in its lead: "Acme is to supply
/// Tern", told as "Beta is to supply Tern".
fn rival(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    const ACTING: [Role; 4] = [Role::Supplier, Role::Buyer, Role::Recipient, Role::Funder];
    let company = |id: &&EntityId| knowledge.is(id, EntityKind::Company);
    let named = |claim: &Claim, id: &EntityId| claim.fillers.iter().any(|f| f.id.as_ref() == Some(id));
    let same_frame = from.claim.frame == to.claim.frame;
    let leading = leads(from.claim)
        && leads(to.claim)
        && (share_party(from.claim, to.claim, knowledge) || shares_figure(from, to, knowledge));
    // In one and the same sentence another name is another party, whatever else is told of it.
    let one_wording = same_frame && are_one_wording(from, to, knowledge);
    let one_act = same_frame && (leading || one_wording);
    let in_role = |claim: &Claim, role: Role| -> Vec<EntityId> {
        ids(claim, role).into_iter().filter(company).cloned().collect()
    };
    ACTING.into_iter().filter(|_| one_act).find_map(|role| {
        let (before, after) = (in_role(from.claim, role), in_role(to.claim, role));
        let ([old], [new]) = (&before[..], &after[..]) else { return None };
        // What both articles tell of the rival as well is no exchange.
        let told = |seen: &Seen, id: &EntityId| {
            seen.claims.iter().any(|c| c.frame == from.claim.frame && ids(c, role).contains(id))
        };
        let exchanged = old != new
            && !knowledge.are_related(old, new)
            && !named(to.claim, old)
            && !named(from.claim, new)
            && (one_wording || !(told(from.seen, new) || told(to.seen, old)));
        let name = |id: &EntityId| knowledge.name(id);
        exchanged.then(|| Difference::new(Dimension::Entity, name(old), name(new)))
    })
}

/// Whether two claims name one company or product.
fn share_party(a: &Claim, b: &Claim, knowledge: &Knowledge) -> bool {
    let party = |id: &EntityId| {
        let kind = knowledge.entity(id).map(|e| e.kind);
        matches!(kind, Some(EntityKind::Company | EntityKind::Product))
    };
    let all = |c: &Claim| -> BTreeSet<EntityId> {
        c.fillers.iter().filter_map(|f| f.id.clone()).filter(party).collect()
    };
    !all(a).is_disjoint(&all(b))
}

/// What the claim is about: what its figure is a share of, the thing it names, or that thing less narrowly told.
fn scope(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let (x, y) = (from.claim.frame, to.claim.frame);
    let asked = x == y || kin(x, y) || from.claim.quantity.is_none();
    counted_scope(from, to)
        .or_else(|| part_told_as_all(from, to))
        .or_else(|| forbidden(from, to))
        .or_else(|| broader(from, to).filter(|_| asked))
        .or_else(|| contrary(from, to))
        .or_else(|| unqualified(from, to))
        .or_else(|| whole(from, to, knowledge).filter(|_| x == y || are_alike(from, to)))
        .or_else(|| everywhere(from, to))
        .or_else(|| widened(from, to))
}

/// What the first says of some of a number, told of all of it: "11 companies, eight of them Chinese", "11 Chinese companies".
fn part_told_as_all(from: Said, to: Said) -> Option<Difference> {
    /// Characters of a Chinese word.
    const HAN: usize = 2;
    let (a, b) = (from.claim.quantity.as_ref()?, to.claim.quantity.as_ref()?);
    let parts = &words::lists().wording.parts;
    let one_figure = a.kind == QuantityKind::Count && b.kind == QuantityKind::Count && same_bounds(a, b);
    let (before, after) = (units::simplified(from.claim.evidence.quote()), to.claim.evidence.quote());
    if !one_figure || words::has_any(&units::simplified(after), parts) {
        return None;
    }
    let (of_all, of_some) = split_in_parts(&before)?;
    let of_some = of_some.split(['.', ';', '。', '；']).next()?;
    let number = b.evidence.quote();
    let at = after.find(number)?;
    let (number, rest) = (units::simplified(number), &after[at + number.len()..]);
    let behind = units::simplified(rest);
    let told = format!("{number}{behind}");
    // The comma of 1,400 ends no clause.
    let clause = behind.split([',', '，', ';', '；']).next().unwrap_or_default();
    if let Some(nation) = nation_of_part(of_all, of_some, &format!("{number}{clause}")) {
        return Some(Difference::new(Dimension::Scope, of_some.trim(), format!("{number} {nation}")));
    }
    // What stands between the number and what is counted, in or behind the words of the figure.
    let kind = if rest.is_ascii() && number.is_ascii() {
        let mut words = number.split(' ').skip(1).chain(rest.split_whitespace());
        let word = words.next()?.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        Some(word).filter(|word| word.chars().count() > 3)?
    } else {
        let counters = ['家', '个', '名', '间'];
        let behind = told.split_once(counters)?.1;
        behind.chars().take(HAN).collect::<String>()
    };
    let is_part = kind.chars().count() >= HAN && of_some.contains(&kind) && !of_all.contains(&kind);
    is_part.then(|| Difference::new(Dimension::Scope, of_some.trim(), format!("{number} {kind}")))
}

/// Words of some number and those behind that tell of some of them: "12 companies, four of them Chinese", 12家实体，包括2家中国企业.
fn split_in_parts(simplified: &str) -> Option<(&str, &str)> {
    let lists = &words::lists().wording;
    let numbered = |(_, of_some): &(&str, &str)| {
        let first = of_some.trim_start();
        let digit = first.starts_with(|c: char| c.is_ascii_digit());
        digit || words::starts_with_any(first, &lists.numbers_of_some)
    };
    let split = |part: &String| simplified.split_once(part.as_str());
    let in_number = || lists.parts_in_number.iter().filter_map(split).find(numbered);
    lists.parts.iter().find_map(split).or_else(in_number)
}

/// The country of which some were and all are told to be: the words for it stand within the part, not before it, and right behind the
/// retold number.
fn nation_of_part(of_all: &str, of_some: &str, told: &str) -> Option<String> {
    /// Characters behind the number.
    const REACH: usize = 24;
    let near: String = told.chars().take(REACH).collect();
    let has = |text: &str, nation: &List| {
        let lower = text.to_lowercase();
        nation.iter().find(|word| stands_in(&lower, word)).cloned()
    };
    let mut nations = words::lists().wording.nations.iter();
    nations.find_map(|nation| {
        has(&near, nation).filter(|_| has(of_some, nation).is_some() && has(of_all, nation).is_none())
    })
}

/// Whether a word stands in a text; a Latin one not inside of another word, as "indian" in "Indiana".
fn stands_in(text: &str, word: &str) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric();
    let apart = |at: usize| !text[..at].ends_with(joins) && !text[at + word.len()..].starts_with(joins);
    text.match_indices(word).any(|(at, _)| !word.is_ascii() || apart(at))
}

/// One of two kinds that exclude one another, told as the other: a trial as mass production, a loan as a grant.
fn contrary(from: Said, to: Said) -> Option<Difference> {
    let (before, after) = (&from.wording()?.sides, &to.wording()?.sides);
    let told = |(at, side): &(usize, bool)| before.contains(&(*at, !side)) && !before.contains(&(*at, *side));
    let new = |(at, side): &&(usize, bool)| told(&(*at, *side)) && !after.contains(&(*at, !side));
    let (at, side) = after.iter().find(new)?;
    let same_frame = from.claim.frame == to.claim.frame || kin(from.claim.frame, to.claim.frame);
    let name = |side: bool| words::contrast(*at, side);
    same_frame.then(|| Difference::new(Dimension::Scope, name(!side), name(*side)))
}

/// Some of a kind that are told as all of it: "older chips", "all Chinese chips".
fn whole(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let headline = [from, to].iter().any(|said| said.claim.evidence.part() == Part::Title);
    let (x, y) = (from.wording()?, to.wording()?);
    if !y.tells_all || headline {
        return None;
    }
    let (mine, theirs) = (told_all_of(from), told_all_of(to));
    let one_tongue = from.seen.tongue() == to.seen.tongue();
    // "All their demand" says nothing of all data centres.
    let told = |thing: &Vec<u64>| mine.iter().any(|own| units::shared(own, thing) > 0);
    let newly = if one_tongue { theirs.iter().any(|thing| !told(thing)) } else { !x.tells_all };
    if !newly {
        return None;
    }
    let named = !one_tongue || theirs.iter().any(|thing| !told(thing) && units::shared(thing, &x.pieces) > 0);
    // "Some of the insurers", told of "all insurers", whatever insurers are.
    if named && x.tells_some && !y.tells_some {
        return Some(Difference::new(Dimension::Scope, "some", "all"));
    }
    if let Some(bounded) =
        from.claim.quantity.as_ref().filter(|q| named && is_left_out(from, q, to, knowledge))
    {
        return Some(Difference::new(Dimension::Scope, bounded.evidence.quote(), "all"));
    }
    let bare = || narrowed_word(from, to).map(|(narrow, all)| Difference::new(Dimension::Scope, narrow, all));
    y.whole.as_ref().map(|after| Difference::new(Dimension::Scope, "some", after)).or_else(bare)
}

/// A word of English of which the second claim tells any or all and which the first narrows by another that the second article
/// has nowhere: "location data", "any data".
fn narrowed_word(from: Said, to: Said) -> Option<(String, String)> {
    /// Characters of the shortest word that says something.
    const LEAST: usize = 4;
    if from.seen.tongue() != to.seen.tongue() {
        return None;
    }
    let (before, after) =
        (words::spaced(from.claim.evidence.quote()), words::spaced(to.claim.evidence.quote()));
    let wholes = words::lists().wording.wholes.iter().filter(|word| word.is_ascii());
    let text = LazyCell::new(|| words::spaced(to.seen.text.as_str()));
    let behind =
        wholes.flat_map(|word| after.match_indices(word.as_str()).map(move |(at, _)| at + word.len()));
    behind.into_iter().find_map(|at| {
        let thing = after[at..].split_whitespace().next().filter(|word| word.len() >= LEAST)?;
        let words: Vec<&str> = before.split_whitespace().collect();
        let narrows = |pair: &&[&str]| {
            pair[1] == thing
                && pair[0].len() >= LEAST
                && !pieces(pair[0]).is_empty()
                && !text.contains(&format!(" {} ", pair[0]))
        };
        words.windows(2).find(narrows).map(|pair| (pair.join(" "), format!("all {thing}")))
    })
}

/// Whether a figure that says of which of a kind a claim holds has no counterpart in a second one, which tells it of all:
/// 纯度99.998%以上的石英砂, told of 所有石英砂; 14家注册果园, of 所有果园.
fn is_left_out(from: Said, figure: &Quantity, to: Said, knowledge: &Knowledge) -> bool {
    let threshold = bound(figure.comparator) == bound(Comparator::AtLeast);
    let words: Vec<u64> = pieces(figure.evidence.quote()).into_iter().collect();
    let counted = || {
        figure.kind == QuantityKind::Count
            && told_all_of(to).iter().any(|thing| units::shared(thing, &words) > 0)
    };
    let gone = |other: &Quantity| {
        relate(figure, from.seen.day, other, to.seen.day, knowledge) == Relation::Incomparable
    };
    (threshold || counted()) && to.figures().iter().all(gone)
}

/// What a claim tells all of, each by the pieces of the words that name it.
fn told_all_of(said: Said) -> Vec<Vec<u64>> {
    /// Characters behind such a word that name the thing, of an alphabetic script and of Chinese.
    const REACH: usize = 24;
    const HAN: usize = 4;
    let folded = words::spaced(said.claim.evidence.quote());
    let wholes = words::lists().wording.wholes.iter();
    let thing = |(at, word): (usize, &str)| {
        let behind = folded[at + word.len()..].trim_start();
        let reach = if behind.starts_with(units::is_ideographic) { HAN } else { REACH };
        pieces(&behind.chars().take(reach).collect::<String>()).into_iter().collect()
    };
    wholes.flat_map(|word| folded.match_indices(word.as_str())).map(thing).collect()
}

/// What is told of a place, told of the whole country, or of all countries.
fn everywhere(from: Said, to: Said) -> Option<Difference> {
    let lists = &words::lists().wording;
    let told = |said: Said| {
        let spaced = words::spaced(said.claim.evidence.quote());
        let bare =
            lists.everywhere_by_chance.iter().fold(spaced, |text, word| text.replace(word.as_str(), " "));
        lists.everywhere.iter().find(|word| bare.contains(word.as_str())).cloned()
    };
    let headline = [from, to].iter().any(|said| said.claim.evidence.part() == Part::Title);
    let word = told(to).filter(|_| !headline && told(from).is_none())?;
    let all = from.wording()?.tells_all;
    (!all).then(|| Difference::new(Dimension::Scope, "some", word.trim()))
}

/// A further thing that is joined to those which the first claim names and of which its article says nothing: 露天作业和车间作业.
fn widened(from: Said, to: Said) -> Option<Difference> {
    /// Words, or Han characters, before what is joined and behind it that must follow one another in the first; of what is joined.
    const BEFORE: usize = 4;
    const BEHIND: usize = 2;
    const MOST: usize = 8;
    if from.seen.tongue() != to.seen.tongue() || to.claim.evidence.part() == Part::Title {
        return None;
    }
    let (before, after) = (tokens(from.claim.evidence.quote()), tokens(to.claim.evidence.quote()));
    let joints = &words::lists().wording.joining;
    let whole = LazyCell::new(|| folded(from.seen.text.as_str()));
    let joined = (BEFORE..after.len()).filter(|at| joints.contains(&after[*at])).find_map(|at| {
        let head = &after[at - BEFORE..at];
        (at + 2..=at + 1 + MOST).take_while(|end| end + BEHIND <= after.len()).find_map(|end| {
            let (added, tail) = (&after[at + 1..end], &after[end..end + BEHIND]);
            let follows = |w: &[String]| w[..BEFORE] == *head && w[BEFORE..] == *tail;
            let is_thing = |word: &String| word.chars().all(char::is_alphabetic);
            let name = added.concat();
            let new = head.iter().chain(added).all(is_thing)
                && name.chars().count() >= 2
                && before.windows(BEFORE + BEHIND).any(follows)
                && !whole.contains(&folded(&name));
            new.then(|| (head.concat(), name))
        })
    });
    joined.map(|(head, name)| Difference::new(Dimension::Scope, head.clone(), format!("{head}, {name}")))
}

/// The words of a text, each Han character and each mark by itself.
fn tokens(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for c in units::simplified(text).chars() {
        let joins = c.is_alphanumeric() && !units::is_ideographic(c);
        match found.last_mut().filter(|_| joins && open) {
            Some(word) => word.push(c),
            None if c.is_whitespace() => {}
            None => found.push(c.to_string()),
        }
        open = joins;
    }
    found
}

/// What needs a licence, told as banned, and what was licensed, told as a ban lifted.
fn forbidden(from: Said, to: Said) -> Option<Difference> {
    let (before, after) = (from.wording()?.grip, to.wording()?.grip);
    let headline = [from, to].iter().any(|said| said.claim.evidence.part() == Part::Title);
    let licensed = matches!(from.claim.frame, Frame::Requirement | Frame::Permission);
    let firmer = before.leave && !before.ban && after.ban && !after.leave;
    (licensed && firmer && !headline).then(|| Difference::new(Dimension::Scope, "licence", "ban"))
}

/// A thing that is told as something broader: inverters as equipment, chips as technology.
fn broader(from: Said, to: Said) -> Option<Difference> {
    let (x, y) = (&from.wording()?.things, &to.wording()?.things);
    let headline = [from, to].iter().any(|said| said.claim.evidence.part() == Part::Title);
    if headline {
        return None;
    }
    let (lost, new) = (|| x.difference(y).copied(), || y.difference(x).copied());
    let kept = || x.intersection(y).copied();
    // Of a kind whose other things are still named nothing was lost.
    let is_kind = |thing: &str, class: &str| words::class_of(thing) == Some(class);
    let kinds = |class: &&str| {
        lost().any(|thing| is_kind(thing, class)) && !kept().any(|thing| is_kind(thing, class))
    };
    let told = |lost: Vec<&str>, new: Vec<&str>| {
        let found = !lost.is_empty() && !new.is_empty();
        found.then(|| Difference::new(Dimension::Scope, lost.join(", "), new.join(", ")))
    };
    let quote = units::simplified(to.claim.evidence.quote());
    let classes: Vec<&str> = new().filter(kinds).filter(|class| !words::is_taken_up(&quote, class)).collect();
    let under = lost().filter(|thing| classes.iter().any(|class| is_kind(thing, class))).collect();
    let tangible = |thing: &&str| words::is_tangible(thing);
    told(under, classes).or_else(|| {
        let broad = new().filter(|thing| words::is_broad(thing)).collect();
        if kept().any(|thing| tangible(&thing)) {
            None
        } else {
            told(lost().filter(tangible).collect(), broad)
        }
    })
}

/// An object that loses what narrowed it, before it or within it, and that the second article nowhere narrows:
/// ArF浸没式光刻胶 as 光刻胶, 对华ArF光刻胶出口 as 对华光刻胶出口.
fn unqualified(from: Said, to: Said) -> Option<Difference> {
    const ROLES: [Role; 2] = [Role::Object, Role::Target];
    /// Units of the qualifier: shorter ones are mostly articles and measure words.
    const LEAST: usize = 2;
    if from.seen.tongue() != to.seen.tongue() || to.claim.evidence.part() == Part::Title {
        return None;
    }
    // Folded for few pairs only: it is the whole text.
    let whole = LazyCell::new(|| folded(to.seen.text.as_str()));
    let narrower = |a: &str, b: &str| {
        let qualifier = left_out(&folded(a), &folded(b));
        qualifier.is_some_and(|q| q.chars().count() >= LEAST && !whole.contains(&q))
    };
    let pairs = ROLES.iter().flat_map(|role| from.claim.role(*role).map(move |f| (*role, f)));
    let told = pairs.flat_map(|(role, f)| to.claim.role(role).map(move |t| (f, t)));
    let mut lost =
        told.map(|(f, t)| (f.evidence.quote(), t.evidence.quote())).filter(|(a, b)| narrower(a, b));
    lost.next().map(|(a, b)| Difference::new(Dimension::Scope, a, b))
}

/// The one stretch that a shorter phrase leaves out of a longer one, before its last word: particles do not count.
fn left_out(long: &str, short: &str) -> Option<String> {
    let plain = |s: &str| -> Vec<char> { s.chars().filter(|c| *c != '的').collect() };
    let (long, short) = (plain(long), plain(short));
    let from_end = long.iter().rev().zip(short.iter().rev()).take_while(|(a, b)| a == b).count();
    let from_start = long.iter().zip(&short).take_while(|(a, b)| a == b).count();
    let left = short.len().checked_sub(from_end)?;
    let fits = !short.is_empty() && long.len() > short.len() && from_end > 0 && from_start >= left;
    fits.then(|| long[left..long.len() - from_end].iter().collect())
}

/// What the figure is a share of: other words of one language, or another thing in either.
fn counted_scope(from: Said, to: Said) -> Option<Difference> {
    let counted =
        |s: Said| s.claim.quantity.as_ref().and_then(|q| q.scope.as_ref()).map(|e| e.quote().to_owned());
    let (a, b) = (counted(from)?, counted(to)?);
    let (x, y) = (things_of(&a), things_of(&b));
    if words::is_general(&a) || words::is_general(&b) {
        return None;
    }
    let differs = if x.is_empty() || y.is_empty() {
        // Other words of the same sentence are no other thing.
        from.seen.tongue() == to.seen.tongue()
            && !share_words(&a, &b)
            && !share_words(from.claim.evidence.quote(), &b)
    } else {
        x.is_disjoint(&y)
    };
    differs.then(|| Difference::new(Dimension::Scope, a, b))
}

/// The things that a phrase is for; one that it only names on the way, "squid jiggers", "AI servers bought", says nothing.
fn things_of(phrase: &str) -> BTreeSet<&'static str> {
    const BEHIND: [&str; 8] = [" made ", " used ", " from ", " in ", " on ", " for ", " to ", " that "];
    let head = BEHIND.iter().filter_map(|word| phrase.find(word)).min().map_or(phrase, |at| &phrase[..at]);
    if head.is_ascii() && !words::ends_with_thing(head) { BTreeSet::new() } else { words::things(phrase) }
}

fn attribution(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let told =
        |s: Said| -> Vec<String> { s.claim.attribution.iter().map(|a| a.source.text.clone()).collect() };
    let anonymous =
        |s: Said| s.claim.attribution.iter().find(|a| a.source.kind == VoiceKind::Anonymous).cloned();
    let title = to.claim.evidence.part() == Part::Title;
    let people = |s: Said| s.claim.attribution.iter().any(|a| a.source.kind != VoiceKind::Outlet);
    // A source's name is lost where nothing in the article names one any more.
    let names_same = |r: &crate::reading::reference::Reference| {
        let in_text = r.via != Via::SourceLine;
        (in_text && r.names(&from.seen.publisher))
            || from.seen.references.iter().any(|known| known.same_source(r))
    };
    let outlet = !from.claim.attribution.is_empty()
        && (is_beheaded(from, to) || !to.seen.references.iter().any(names_same));
    let names_author = || from.seen.authors.iter().any(|name| to.seen.text.as_str().contains(name.as_str()));
    let covered = || !is_beheaded(from, to) && (is_covered(from, to) || names_author());
    // "On the word of three people" is a voice, however it was read.
    let retold = || from.claim.attribution.iter().any(is_unnamed) && counts_people(to.claim.evidence.quote());
    if (people(from) || outlet) && to.claim.attribution.is_empty() && !title && !covered() && !retold() {
        return Some(Difference::new(Dimension::Attribution, told(from).join("; "), "none"));
    }
    if !title && are_people_lost(from, to, knowledge) {
        return Some(Difference::new(Dimension::Attribution, told(from).join("; "), told(to).join("; ")));
    }
    let (a, unnamed) = (anonymous(from)?, anonymous(to));
    // "China plans" is no official who speaks, and a voice that the first has too is no stronger one.
    let named = |a: &Attribution| {
        matches!(a.source.kind, VoiceKind::Official | VoiceKind::Organisation | VoiceKind::Document)
    };
    let speaks = |a: &&Attribution| {
        let known = a.source.entity.as_ref().and_then(|id| knowledge.entity(id));
        named(a)
            && a.source.count.is_none()
            && !counts_people(&a.source.text)
            && known.is_none_or(|e| e.kind != EntityKind::Place)
            && !from.claim.attribution.iter().any(named)
    };
    if let (Some(official), None) = (to.claim.attribution.iter().find(speaks), &unnamed) {
        return Some(Difference::new(Dimension::Attribution, a.source.text, official.source.text.clone()));
    }
    let (x, y) = (a.source.count?, unnamed.and_then(|u| u.source.count)?);
    (x != y).then(|| Difference::new(Dimension::Attribution, format!("{x}"), format!("{y}")))
}

/// Whether words count people: "on the word of three people", 两名供应商, and neither "within three years" nor "three
/// frigates".
fn counts_people(words: &str) -> bool {
    /// Words behind the number within which it is said who is counted: "two former senior officials".
    const NEAR: usize = 3;
    let (folded, lists) = (words::spaced(words), &words::lists().wording);
    let witnesses = has_any(&folded, &lists.witnesses);
    let counted = lists.counted_people.iter().flat_map(|number| folded.match_indices(number.as_str()));
    counted.into_iter().any(|(at, number)| {
        if !number.is_ascii() {
            return !folded[..at].ends_with('第');
        }
        let behind = folded[at + number.len()..].split_whitespace().take(NEAR).collect::<Vec<_>>().join(" ");
        let near = format!(" {behind} ");
        witnesses || has_any(&near, &lists.people) || has_any(&near, &lists.callings)
    })
}

/// Whether a voice is that of people who are not named: "two officials".
fn is_unnamed(voice: &Attribution) -> bool {
    let people = &words::lists().wording.people;
    match voice.source.kind {
        VoiceKind::Anonymous => true,
        VoiceKind::Official => {
            voice.source.count.is_some() && words::has_any(&words::spaced(&voice.source.text), people)
        }
        _ => false,
    }
}

/// Whether the second sentence is the first without the words for who said it at its beginning.
fn is_beheaded(from: Said, to: Said) -> bool {
    let (long, short) = (folded(from.claim.evidence.quote()), folded(to.claim.evidence.quote()));
    long.len() > short.len() && !short.is_empty() && long.ends_with(&short)
}

/// Whether the unnamed people on whose word a report rests are gone from a claim that is laid to the report alone, and
/// from all before it and the sentence behind it: "two people told the paper", told as "the paper reported".
fn are_people_lost(from: Said, to: Said, knowledge: &Knowledge) -> bool {
    let people = &words::lists().wording.people;
    // Of an outlet that the knowledge lacks the reference tells that it is one.
    let outlet = |a: &Attribution| {
        let known = a.source.entity.as_ref().and_then(|id| knowledge.entity(id)).map(|e| e.kind);
        let named = || to.seen.references.iter().any(|r| r.node && r.evidence == a.evidence);
        a.source.kind == VoiceKind::Outlet || (known.is_none() && !is_unnamed(a) && named())
    };
    let voices = &to.claim.attribution;
    let around = || words::spaced(passage::up_to_next(to.seen.text.as_str(), to.bytes().end));
    from.claim.attribution.iter().any(is_unnamed)
        && !voices.is_empty()
        && voices.iter().all(outlet)
        && !counts_people(to.claim.evidence.quote())
        && !words::has_any(&around(), people)
}

/// Whether an article's claim without a voice of its own follows words that lay it to somebody: "X reported.
/// Under the plan …".
fn is_covered(from: Said, said: Said) -> bool {
    /// Characters after the claim within which the source may be named.
    const REACH: u32 = 120;
    let span = said.claim.evidence.span();
    // An authority that the first article mentions, too, is none that it would be laid to.
    let mentioned = |r: &crate::reading::reference::Reference| {
        r.via == Via::Name && !r.node && from.seen.references.iter().any(|known| known.same_source(r))
    };
    let near = |r: &crate::reading::reference::Reference| {
        !mentioned(r)
            && r.evidence.part() == Part::Text
            && (r.node || r.via != Via::Attribution)
            && r.via != Via::SourceLine
            && r.evidence.span().start < span.end + REACH
    };
    said.seen.references.iter().any(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_agree_at_the_coarser_precision() {
        assert!(same_time("2026-06", "2026-06-09"));
        assert!(same_time("2026-06-09", "2026-06-10"));
        assert!(!same_time("2026-06-09", "2026-07-09"));
        assert!(same_time("2026-Q3", "2026-07-09"));
        assert!(!same_time("2026", "2027"));
    }
}
