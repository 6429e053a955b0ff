//! How far an act has come by a claim, and whether a retelling tells it as having come further.
//!
//! The analysis reads each sentence by itself; two sentences are compared by what they say of the step in so many words,
//! and by what their articles say around them.

use crate::claims::compare::{Difference, Said};
use crate::reading::asserted::{kin, leads};
use crate::reading::steps::Steps;
use crate::text::list::List;
use crate::text::passage;
use crate::text::units;
use crate::text::words::{self, has_any};
use headwater_model::claim::{Frame, Modality, Polarity};
use headwater_model::source::SourceClass;
use headwater_model::time::first_day;
use headwater_model::tracking::Dimension;
use headwater_model::{Claim, Part};
use jiff::civil::Date;

/// Rungs that a retelling may interchange without changing what it says: being weighed, being written, being planned,
/// being done.
pub fn stage(modality: Modality) -> Option<u8> {
    match modality {
        Modality::Considering => Some(0),
        Modality::Drafting | Modality::Proposed | Modality::Consultation => Some(1),
        Modality::Expected | Modality::Announced => Some(2),
        Modality::Adopted | Modality::InForce => Some(DONE),
        Modality::Suspended => Some(10),
        Modality::Ended => Some(11),
        Modality::Rejected => Some(12),
        Modality::Denied => Some(13),
        Modality::Unspecified => None,
    }
}

/// The rung of what is done.
pub const DONE: u8 = 3;

/// How far an act has come by a claim, read with its words and its article.
pub fn told(said: Said) -> Modality {
    let modality = said.claim.modality;
    // A review that is going on is no review that is weighed.
    if !matches!(modality, Modality::Denied | Modality::Rejected)
        && said.claim.frame != Frame::Investigation
        && steps(said).weighed
        && !is_in_effect(said)
    {
        return Modality::Considering;
    }
    // The articles of a draft are written as if they applied.
    let standing = stage(modality) == Some(DONE);
    if standing && said.seen.class == SourceClass::Official && speaks_of_draft(said.seen.title.as_str()) {
        return Modality::Consultation;
    }
    // 现将…印发给你们，请认真贯彻执行: what an authority gives out so is decided, whatever it asks of those who get it.
    if stage(modality).is_some_and(|stage| stage < DONE) && is_given_out(said) {
        return Modality::Adopted;
    }
    // "Under the draft, firms would have to …", where the article says that it is open for comment.
    let written = matches!(stage(modality), Some(1 | 2)) && said.wording().is_some_and(|w| w.steps.drafted);
    if written && said.seen.wording.is_open(said.seen.text.as_str()) {
        return Modality::Consultation;
    }
    // "Has frozen the assets of a dealer who would …" is done, whatever comes after it.
    if matches!(stage(modality), Some(1)) && steps(said).opens_done && !steps(said).drafted {
        return Modality::InForce;
    }
    // 欧盟通过法案，将投入…: what the act will do is to come, the act is there.
    if stage(modality) == Some(2) && steps(said).enacted {
        return Modality::Adopted;
    }
    // 正起草一项条例，暂停…: what a draft would suspend is not suspended.
    let over = matches!(stage(modality), Some(10 | 11));
    if over && (steps(said).drafted || steps(said).drafting) && !steps(said).done && !steps(said).opens_done {
        return Modality::Drafting;
    }
    // "Will stop taking orders on October 1" has stopped nothing yet.
    if modality == Modality::Ended && steps(said).coming && !steps(said).done {
        Modality::Expected
    } else {
        modality
    }
}

/// Whether an authority gives out what a claim tells, by the words of its own document.
fn is_given_out(said: Said) -> bool {
    let words = units::simplified(said.claim.evidence.quote());
    said.seen.class == SourceClass::Official
        && has_any(&words, &words::lists().steps.given_out)
        && !speaks_of_draft(&words)
}

/// Whether words call a document a draft.
pub fn speaks_of_draft(words: &str) -> bool {
    has_any(&units::simplified(words), &words::lists().instruments.proposals)
}

/// Whether what a denial denies is something done, other than weighed, planned or talked of: in the clause behind its own
/// word.
pub fn denies_what_is_done(denial: &Claim) -> bool {
    let quote = units::simplified(denial.evidence.quote());
    let lists = words::lists();
    let behind = |word: &String| Some(quote.find(word.as_str())? + word.len());
    let Some(from) = lists.wording.denying.iter().filter_map(behind).min() else { return false };
    let clause = quote[from..].split([',', '，', ';', '；']).next().unwrap_or_default();
    let clause = words::spaced(clause.trim_start_matches('了'));
    let has = |words: &List| has_any(&clause, words);
    has(&lists.steps.denied_done)
        && !has(&lists.steps.talked_of)
        && !has(&lists.steps.weighed)
        && !has(&lists.steps.planned)
}

/// What the words of a claim say of its step.
pub fn steps(said: Said) -> Steps {
    said.wording().map_or(Steps::default(), |wording| wording.steps)
}

/// Whether a claim says in so many words that what it tells applies.
pub fn is_in_effect(said: Said) -> bool {
    steps(said).in_effect
}

/// How the second claim tells another step than the first.
pub fn difference(from: Said, to: Said) -> Option<Difference> {
    let (a, b) = (told(from), told(to));
    let (x, y) = (stage(a)?, stage(b)?);
    // A headline's counterpart is the lead.
    let title = |said: Said| said.claim.evidence.part() == Part::Title;
    if title(from) != title(to) && leads(from.claim) != leads(to.claim) {
        return None;
    }
    // A denial is the group's state, not a change on the way.
    if (a == Modality::Denied) != (b == Modality::Denied) {
        return None;
    }
    if is_lifted(from, to) {
        return Some(Difference::new(
            Dimension::Modality,
            Modality::Suspended.word(),
            Modality::Ended.word(),
        ));
    }
    if is_told_early(from, to) {
        let before = if stage(a) == Some(2) { a } else { Modality::Adopted };
        return Some(Difference::new(Dimension::Modality, before.word(), Modality::InForce.word()));
    }
    if is_goal_made_duty(from, to) {
        return Some(Difference::new(Dimension::Modality, "goal", "duty"));
    }
    if is_advice_decided(from, to) {
        return Some(Difference::new(Dimension::Modality, Modality::Proposed.word(), b.word()));
    }
    // What is told less firmly than before is seldom a change and often a cautious wording, more so in
    // another language.
    let across = from.seen.tongue() != to.seen.tongue();
    let softer = y < x && (across || x - y < 2);
    // Chinese need not mark tense: unless it does, planned and done are often one in translation.
    let tense = across && ((x, y) == (0, 1) || ((x, y) == (2, DONE) && !(is_marked(from) && is_marked(to))));
    // "Plans to" is a proposal to one reader and an announcement to the next.
    let planned = (x, y) == (1, 2) && (steps(to).planned || across && steps(from).coming && steps(to).coming);
    let alike = are_told_alike(from, to) || is_repeated(from, to, y.abs_diff(x));
    let one = x == y
        || is_unsaid(from, a)
        || is_unsaid(to, b)
        || softer
        || tense
        || planned
        || alike
        || is_detail_of_plan(to);
    (!one).then(|| Difference::new(Dimension::Modality, a.word(), b.word()))
}

/// Whether nothing in a claim's words tells the step at which a model's claim was read.
fn is_unsaid(said: Said, modality: Modality) -> bool {
    let s = steps(said);
    let told = match stage(modality) {
        Some(0) => s.weighed,
        Some(1) => s.drafted || s.planned || s.advised || s.coming,
        Some(2) => s.coming || s.planned || s.agreed || s.told || s.drafted,
        Some(DONE) => s.done || s.in_effect || s.opens_done || s.enacted,
        Some(10 | 11) => said.wording().is_some_and(|words| words.stops || words.suspends || words.lifts),
        _ => true,
    };
    said.claim.is_learned() && !told
}

/// Whether what is only suspended is told as ended for good: "suspended its ban", "lifted its ban".
fn is_lifted(from: Said, to: Said) -> bool {
    let (Some(before), Some(after)) = (from.wording(), to.wording()) else { return false };
    let title = [from, to].iter().any(|said| said.claim.evidence.part() == Part::Title);
    before.suspends && !before.lifts && after.lifts && !after.stops && !title
}

/// Whether both claims tell the step in the same kind of words, however each was read: "is considering" and 正考虑, "has
/// told … to" and 已要求.
fn are_told_alike(from: Said, to: Said) -> bool {
    let (x, y) = (steps(from), steps(to));
    // "Has bought 30 million tons, and the other side will suspend its rule": the clause with the figure is done.
    let done = |said: Said| figure_clause(said).is_some_and(|s| s.done && !s.coming);
    let turned = done(to) && !done(from);
    // "Will pay" of a draft budget and 将承担 are alike to come, whatever rung each was read at.
    let open = matches!(stage(told(from)), Some(1 | 2)) && !(y.done && stage(told(from)) == Some(1));
    let coming = x.coming && y.coming && open && !turned && !x.weighed;
    // From a day ahead of both.
    let ahead = starts_later(from) && starts_later(to) && stage(told(from)) == Some(2);
    let ahead = ahead && !(y.done || y.weighed || y.drafted);
    // "Has frozen" is done in both, whatever else the one was read as.
    let plain = |s: Steps| s.done && !(s.coming || s.planned || s.weighed || s.drafted || s.advised);
    !y.in_effect
        && (coming
            || ahead
            || (plain(x) && plain(y))
            || (x.weighed && y.weighed)
            || (x.drafted && y.drafted)
            || (x.planned && y.planned && !y.finished)
            || (x.agreed && y.agreed)
            || (x.decided && y.decided)
            || (x.told && y.told))
}

/// Whether the second claim's words are nearly all the first's and say the same of the step; words that say nothing of it
/// say so little that steps which are wide apart are not one for them.
fn is_repeated(from: Said, to: Said, apart: u8) -> bool {
    const WIDE: u8 = 2;
    const NEARLY_ALL: f64 = 0.8;
    let (Some(p), Some(q)) = (from.wording(), to.wording()) else { return false };
    let shared = units::shared(&p.pieces, &q.pieces) as f64;
    let least = p.pieces.len().min(q.pieces.len()).max(1) as f64;
    let says = p.steps != Steps::default() || apart < WIDE;
    says && p.steps == q.steps && from.seen.tongue() == to.seen.tongue() && shared >= NEARLY_ALL * least
}

/// What the clause around a claim's figure says of the step.
fn figure_clause(said: Said) -> Option<Steps> {
    let (figure, quote) = (said.claim.quantity.as_ref()?, said.claim.evidence.quote());
    let at = passage::place_in(&said.claim.evidence, &figure.evidence)?;
    let breaks = [',', '，', ';', '；'];
    let start = quote[..at].rfind(breaks).map_or(0, |mark| passage::behind(quote, mark));
    let end = quote[at..].find(breaks).map_or(quote.len(), |i| at + i);
    Some(Steps::of(&quote[start..end]))
}

/// Whether what the first claim recommends is told as decided.
fn is_advice_decided(from: Said, to: Said) -> bool {
    let (x, y) = (steps(from), steps(to));
    x.advised && !y.advised && !x.done && y.done && stage(to.claim.modality) == Some(DONE)
}

/// Whether what is but a goal by the first claim is a duty by the second.
fn is_goal_made_duty(from: Said, to: Said) -> bool {
    let (Some(a), Some(b)) = (from.wording(), to.wording()) else { return false };
    let headline = [from, to].iter().any(|said| said.claim.evidence.part() == Part::Title);
    let affirmed = [from, to].iter().all(|said| said.claim.polarity == Polarity::Affirmed);
    !headline && affirmed && a.grip.goal && !a.grip.duty && b.grip.duty && !b.grip.goal
}

/// Whether a claim that its words do not call done is a detail of what its article's lead calls planned: "The levy is 5%."
fn is_detail_of_plan(said: Said) -> bool {
    let steps = steps(said);
    let plain = stage(said.claim.modality) == Some(DONE) && !steps.done && !steps.in_effect;
    let is_plan = |other: Said| {
        let claim = other.claim;
        leads(claim)
            && precedes(claim, said.claim)
            && (claim.frame == said.claim.frame || kin(claim.frame, said.claim.frame))
            && stage(told(other)).is_some_and(|stage| stage < DONE)
    };
    plain && Said::all(said.seen).any(is_plan)
}

/// Whether one claim says in its own words that something is only planned, and the other that it is done: what may
/// contradict one another without a derivation between them.
pub fn are_opposed(a: Said, b: Said) -> bool {
    let (low, high) =
        if stage(told(a)) < stage(told(b)) { (steps(a), steps(b)) } else { (steps(b), steps(a)) };
    let planned = |s: Steps| s.weighed || s.drafted || s.planned || s.coming;
    planned(low) && (high.in_effect || (high.done && !planned(high)))
}

/// Whether one claim of an article stands before another.
fn precedes(first: &Claim, second: &Claim) -> bool {
    let place = |claim: &Claim| (claim.evidence.part() != Part::Title, claim.evidence.span().start);
    second.evidence.part() == Part::Text && place(first) < place(second)
}

/// Whether something that is to apply from a later day is told, before that day, as applying already.
fn is_told_early(from: Said, to: Said) -> bool {
    let decided =
        matches!(stage(from.claim.modality), Some(2 | DONE)) && from.claim.polarity == Polarity::Affirmed;
    let later = day(from).is_some_and(|day| day > to.seen.day);
    let plainly = leads(to.claim) || is_in_effect(to);
    // "Has raised the levy" is told by both in the same way, and "by the end of the year" is no beginning; "has decided to
    // raise it" is not yet done.
    let before = steps(from);
    let done = before.done && !before.decided && !before.coming;
    let alike = done && steps(to).done && !is_in_effect(to);
    decided
        && later
        && !alike
        && !is_deadline(from)
        && to.claim.modality == Modality::InForce
        && to.claim.time.is_none()
        && plainly
}

/// Whether a claim's day is one by which something is to be done.
fn is_deadline(said: Said) -> bool {
    /// Bytes before the day in which it says so.
    const BEFORE: usize = 48;
    let (quote, lists) = (said.claim.evidence.quote(), &words::lists().days);
    let Some(day) = said.claim.time.as_ref().map(|time| &time.evidence) else { return false };
    let Some(at) = passage::place_in(&said.claim.evidence, day) else { return false };
    let before = words::spaced(&quote[quote.floor_char_boundary(at.saturating_sub(BEFORE))..at]);
    let skip = |before: &str, word: &String| before.strip_suffix(word.as_str()).map(str::to_owned);
    let before = before.trim_end().to_owned();
    let before = lists.day_openings.iter().find_map(|word| skip(&before, word)).unwrap_or(before);
    let behind: String = quote[at + day.quote().len()..].chars().take(1).collect();
    words::ends_with_any(&before, &lists.deadlines)
        || has_any(&units::simplified(&behind), &lists.deadlines_behind)
}

/// Whether a claim's act applies from a day that is still ahead of its article.
fn starts_later(said: Said) -> bool {
    day(said).is_some_and(|day| day > said.seen.day)
}

/// The day that a claim tells.
fn day(said: Said) -> Option<Date> {
    said.claim.time.as_ref().and_then(|time| first_day(&time.value))
}

/// Whether the words of a claim say by themselves whether it is planned or done.
fn is_marked(said: Said) -> bool {
    let steps = steps(said);
    let marked = if stage(said.claim.modality) == Some(DONE) { steps.done } else { steps.coming };
    said.seen.tongue() != "zh" || marked
}
