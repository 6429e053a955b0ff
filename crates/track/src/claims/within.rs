//! Two claims of one article: a headline and its text, a lead and the sentence that tells it in full.

use crate::claims::apart::{by_act, by_party, over, shared_parties};
use crate::claims::compare::{self, Said};
use crate::reading::asserted::{self, kin};
use crate::reading::figures::{self, Relation};
use crate::text::units;
use headwater_model::claim::{Frame, Role};
use headwater_model::{Claim, Knowledge, Part};

/// Fit from which a headline joins its own article's claim.
const HEADLINE: f64 = 0.22;
/// Fit from which two sentences join where the second tells the first in full, and of any two.
const IN_FULL: f64 = 0.10;
const SENTENCES: f64 = 0.62;
/// Fit beyond these that is asked where a model heard neither of two claims, one, or both.
const HEARD: [f64; 3] = [0.0, 0.15, 0.25];
/// Likeness of words from which two tellings are one whatever frames they were read in.
const ONE_WORDING: f64 = 0.25;
/// What the very day from which something applies says, where both tell it.
const ONE_DAY: f64 = 0.2;
/// What each further figure or day says that both tell.
const DETAIL: f64 = 0.12;
/// What two claims that each head the article say by that, and a headline and the text below it once more.
const LEADS: f64 = 0.15;

/// By how much two claims of one article fit better than they must to be one; `None` if they cannot be.
pub fn excess(a: Said, b: Said, knowledge: &Knowledge) -> Option<f64> {
    let lead = |said: Said| asserted::leads(said.claim) && said.claim.evidence.part() == Part::Text;
    let heard = [a, b].into_iter().filter(|said| said.claim.is_learned()).count();
    let more = if lead(a) && lead(b) { 0.0 } else { HEARD[heard] };
    Some(fit(a, b, knowledge)? - least(a.claim, b.claim) - more)
}

fn least(x: &Claim, y: &Claim) -> f64 {
    let title = |claim: &Claim| claim.evidence.part() == Part::Title;
    match () {
        () if title(x) != title(y) => HEADLINE,
        () if is_told_in_full(x, y) => IN_FULL,
        () => SENTENCES,
    }
}

/// How well the two fit, about 0..=1.5.
fn fit(a: Said, b: Said, knowledge: &Knowledge) -> Option<f64> {
    let (x, y) = (a.claim, b.claim);
    if by_act(a, b) || by_party(x, y) {
        return None;
    }
    let frames = x.frame == y.frame;
    let details = units::shared(a.details(), b.details());
    let (shared, share) = shared_parties(a, b, knowledge);
    // One sentence that was read in two ways is two claims, however alike their words.
    let one_sentence = !frames && x.evidence == y.evidence;
    let words = if one_sentence { 0.0 } else { words(a, b) };
    let one_wording = || words >= ONE_WORDING && shared + details > 0;
    if !(frames || kin(x.frame, y.frame) || compare::same_figure(a, b, knowledge) || one_wording()) {
        return None;
    }
    let mut fit = 0.45 * share + words - if frames { 0.0 } else { 0.1 };
    if asserted::leads(x) && asserted::leads(y) {
        fit += if is_headline_of(x, y) { 2.0 * LEADS } else { LEADS };
    }
    fit += match (&x.quantity, &y.quantity) {
        (Some(p), Some(q)) => match figures::relate(p, a.seen.day, q, b.seen.day, knowledge) {
            Relation::Same | Relation::Rendered(_) => 0.35,
            // The same two parties or more and another figure: then the figure is what is disputed.
            Relation::Different if shared > 1 => 0.0,
            Relation::Different => -0.05,
            Relation::Incomparable => 0.0,
        },
        _ => 0.0,
    };
    if x.measure.is_some() && x.measure == y.measure {
        fit += 0.2;
    }
    if asserted::share(x, Role::List, y, Role::List) {
        fit += 0.2;
    }
    let same_time = x.time.as_ref().zip(y.time.as_ref()).map(|(p, q)| compare::same_time(&p.value, &q.value));
    fit += match same_time {
        Some(true) if is_one_day(x, y) => ONE_DAY,
        Some(true) => 0.1,
        Some(false) => -0.1,
        None => 0.0,
    };
    // What figure and time already said is not said again.
    let told = usize::from(compare::same_figure(a, b, knowledge)) + usize::from(same_time == Some(true));
    fit += DETAIL * details.saturating_sub(told).min(2) as f64;
    if over(x) != over(y) {
        fit -= 0.15;
    }
    Some(fit)
}

/// Up to 0.5 for the same words.
fn words(a: Said, b: Said) -> f64 {
    0.5 * compare::likeness(a, b)
}

/// Whether two claims give one date to the day.
fn is_one_day(x: &Claim, y: &Claim) -> bool {
    let day = |claim: &Claim| claim.time.as_ref().is_some_and(|time| time.value.len() == "2026-10-01".len());
    day(x) && day(y)
}

/// Whether one claim stands in the headline and the other at the beginning of the text below it.
fn is_headline_of(x: &Claim, y: &Claim) -> bool {
    let title = |claim: &Claim| claim.evidence.part() == Part::Title;
    title(x) != title(y) && asserted::leads(x) && asserted::leads(y)
}

/// Whether one of two sentences of an article names the members of what the other says was put on a list, or taken
/// off it: the lead and its detail.
fn is_told_in_full(x: &Claim, y: &Claim) -> bool {
    let same_act =
        x.frame == Frame::Listing && x.frame == y.frame && x.change.is_some() && x.change == y.change;
    let times = x.time.as_ref().zip(y.time.as_ref());
    let same_time = times.is_none_or(|(p, q)| compare::same_time(&p.value, &q.value));
    let members = |c: &Claim| c.role(Role::Member).next().is_some();
    same_act && same_time && x.polarity == y.polarity && members(x) != members(y)
}
