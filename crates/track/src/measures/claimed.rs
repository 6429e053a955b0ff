//! Steps of measures, as claims state them.

use crate::acts::claim::{self, cite, class_of, sentence_of};
use crate::acts::effective::Effective;
use crate::acts::hearsay;
use crate::measures::called;
use crate::measures::instruments;
use crate::memory::seen::Seen;
use crate::text::list::List;
use crate::text::units;
use crate::text::words;
use headwater_model::claim::{Frame, Modality, Polarity, Role};
use headwater_model::mention::EntityKind;
use headwater_model::source::SourceClass;
use headwater_model::time::first_day;
use headwater_model::tracking::{MeasureEvent, MeasureStep};
use headwater_model::{Article, Claim, EntityId, Knowledge, MeasureId, Part};
use std::cell::LazyCell;

/// What an authority's document is by its own words, whatever its sentences say of what will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Something is proposed, or found for the time being.
    Proposed,
    /// Something is decided.
    Final,
}

/// What an authority's document says of itself in headline and lead; the headline first.
pub fn stage(article: &Article, class: SourceClass) -> Option<Stage> {
    /// Characters of the lead.
    const LEAD: usize = 700;
    let folded = |text: &str| text.chars().take(LEAD).map(units::fold).collect::<String>();
    let lists = words::lists();
    let told = |text: &str| {
        let says = |list: &List| {
            let places = list.iter().filter_map(|word| text.find(word.as_str()));
            list.is_in(text).then(|| places.min()).flatten()
        };
        match (says(&lists.instruments.proposals), says(&lists.instruments.decisions)) {
            (None, None) => None,
            (Some(at), Some(other)) if other < at => Some(Stage::Final),
            (Some(_), _) => Some(Stage::Proposed),
            (None, Some(_)) => Some(Stage::Final),
        }
    };
    if class != SourceClass::Official {
        return None;
    }
    let fields = article.official.iter().flat_map(|o| &o.fields);
    let stated: Vec<String> = fields
        .filter(|(label, _)| matches!(label.as_str(), "type" | "action"))
        .map(|(_, v)| folded(v))
        .collect();
    let is_rule = stated.iter().any(|value| value == "rule");
    told(&stated.join("; "))
        .or(is_rule.then_some(Stage::Final))
        .or_else(|| told(&folded(article.title.as_str())))
        .or_else(|| told(&folded(article.text.as_str())))
}

/// The steps that an article's claims report, one of a kind for each measure. `proposed` names the measure that the
/// claim at a place is about, where the knowledge has none that fits; `from_when` is what the document says of when it
/// applies.
pub fn events(
    seen: &Seen,
    article: &Article,
    from_when: Option<&Effective>,
    knowledge: &Knowledge,
    proposed: impl Fn(usize) -> Option<(MeasureId, String)>,
) -> Vec<MeasureEvent> {
    let mut found: Vec<MeasureEvent> = Vec::new();
    let stage = LazyCell::new(|| stage(article, seen.class));
    for (at, claim) in seen.claims.iter().enumerate().filter(|(_, claim)| !claim.is_learned()) {
        // Most claims are of no measure, which is cheap to ask.
        let known = claim.measure.clone().map(|measure| (measure, None));
        let Some((measure, proposed_name)) =
            known.or_else(|| proposed(at).map(|(id, name)| (id, Some(name))))
        else {
            continue;
        };
        let Some(step) = step(claim, seen.class).map(|step| of_document(step, claim, *stage, seen.class))
        else {
            continue;
        };
        let twice = found.iter().any(|e| e.measure == measure && e.step == step);
        if twice || moves_nothing(seen, claim, knowledge) || is_another(seen, claim, step, knowledge) {
            continue;
        }
        let event = MeasureEvent {
            measure,
            proposed_name,
            step,
            date: claim.time.as_ref().map(|t| t.value.clone()).filter(|date| {
                // A document's own step is taken as it is published; a day before it is that of what it speaks of.
                ((*stage).is_none() || first_day(date).is_some_and(|day| day >= seen.day))
                    && !(step == MeasureStep::Suspended
                        && (prolongs_suspension(seen, claim) || ends_with_time(seen, claim)))
            }),
            reported: seen.day,
            class: class_of(seen, claim),
            cited: cite(seen, claim),
            rule: format!("modality_{}", claim.modality),
        };
        found.extend(dated(event, from_when));
    }
    found
}

/// Whether a claim moves no measure: its sentence only asks for something under one, passes on or denies what others say or
/// wishes that another did it, or it tells of what a fund does with its money.
fn moves_nothing(seen: &Seen, claim: &Claim, knowledge: &Knowledge) -> bool {
    let denied = matches!(claim.modality, Modality::Denied | Modality::Rejected);
    let weighed = matches!(claim.modality, Modality::Considering | Modality::Expected | Modality::Proposed);
    let words = units::simplified(sentence_of(seen, claim));
    let asked_for = claim.modality == Modality::Proposed && hearsay::only_requests(&words);
    asked_for
        || is_of_fund(claim, knowledge)
        || !denied && !weighed && hearsay::is_advice(&words)
        || !denied && seen.class == SourceClass::Official && hearsay::is_only_told(&words)
}

/// Whether a claim that the words of a measure meet is about another: its sentence names the measure only as what it rests on, or
/// proposes something where what it names has been in effect for long: "to China, including Macau".
fn is_another(seen: &Seen, claim: &Claim, step: MeasureStep, knowledge: &Knowledge) -> bool {
    use MeasureStep as S;
    let Some(measure) = claim.measure.as_ref().and_then(|id| knowledge.measure(id)) else { return false };
    let words = units::aligned(sentence_of(seen, claim));
    let proposes =
        matches!(step, S::Introduced | S::Drafted | S::ConsultationOpened | S::ReportedConsidering);
    called::only_rested_on(measure, &words)
        || proposes && called::is_old(measure, seen.day) && !called::is_named(measure, &words)
}

/// Whether the day of a claim is the last one of what it tells: 暂停至2027年11月9日.
fn ends_with_time(seen: &Seen, claim: &Claim) -> bool {
    let Some(time) = claim.time.as_ref().filter(|time| time.evidence.part() == Part::Text) else {
        return false;
    };
    let at = seen.text.bytes(time.evidence.span()).start;
    let before = &seen.folded()[..at];
    words::ends_with_any(before.trim_end(), &words::lists().days.until_before)
}

/// Whether a claim tells that something stays suspended: the day that it gives is one of the old suspension's end, or the new one's.
fn prolongs_suspension(seen: &Seen, claim: &Claim) -> bool {
    instruments::prolongs_suspension(&units::simplified(sentence_of(seen, claim)))
}

/// Whether a claim about a fund tells of what the fund does with its money.
fn is_of_fund(claim: &Claim, knowledge: &Knowledge) -> bool {
    let fund = claim.measure.as_ref().and_then(|id| knowledge.measure(id)).filter(|m| called::is_fund(m));
    let is_fund = |id: &EntityId| knowledge.is(id, EntityKind::Fund);
    claim.frame == Frame::Funding
        && fund.is_some()
        && claim.role(Role::Funder).any(|funder| funder.id.as_ref().is_some_and(is_fund))
}

/// The step that an authority's own document makes: what it only proposes is not done, and a headline says that it is
/// published, not from when it applies.
fn of_document(step: MeasureStep, claim: &Claim, stage: Option<Stage>, class: SourceClass) -> MeasureStep {
    use MeasureStep as S;
    let done = matches!(step, S::InForce | S::Published | S::Adopted | S::Announced);
    let headline = class == SourceClass::Official && claim.evidence.part() == Part::Title;
    match stage {
        Some(Stage::Proposed) if done => S::Introduced,
        Some(Stage::Final) if matches!(step, S::Introduced | S::Signalled | S::Announced) => S::Published,
        // "Must obtain" holds from the day that the document gives, not from the one on which it is printed.
        Some(Stage::Final) if step == S::InForce && claim.time.is_none() => S::Published,
        _ if headline && step == S::InForce => S::Published,
        _ => step,
    }
}

/// Steps before being in force happen when they are told: a later date in them is that of what is
/// planned. What an authority has published with such a date is in force from it on.
fn dated(mut event: MeasureEvent, from_when: Option<&Effective>) -> Vec<MeasureEvent> {
    let mut planned = event.date.as_deref().and_then(first_day).is_some_and(|day| day > event.reported);
    if let Some(from) = from_when.filter(|_| event.step == MeasureStep::Published && !planned) {
        (event.date, planned) = (Some(from.day.to_string()), true);
    }
    let settled = matches!(event.step, MeasureStep::Adopted | MeasureStep::Published);
    let before = matches!(
        event.step,
        MeasureStep::ReportedConsidering
            | MeasureStep::Signalled
            | MeasureStep::Announced
            | MeasureStep::Drafted
            | MeasureStep::Introduced
            | MeasureStep::ConsultationOpened
            | MeasureStep::Denied
            | MeasureStep::Rejected
    );
    if !planned || !(settled || before) {
        return vec![event];
    }
    let told = MeasureEvent { date: None, ..event.clone() };
    let cited = from_when.and_then(|from| from.cited.clone()).unwrap_or_else(|| event.cited.clone());
    let rule = "stated_effective_date".into();
    let from_then = MeasureEvent { step: MeasureStep::InForce, rule, cited, ..event };
    if told.step == MeasureStep::Published { vec![told, from_then] } else { vec![told] }
}

/// The step that a claim about a measure reports: what its modality says, made more precise by its words.
fn step(claim: &Claim, class: SourceClass) -> Option<MeasureStep> {
    let step = by_modality(claim, class)?;
    let quote = units::simplified(claim.evidence.quote());
    Some(words::refined(claim.modality, &quote).unwrap_or(step))
}

/// A stance, a delivery or a probe is none.
fn by_modality(claim: &Claim, class: SourceClass) -> Option<MeasureStep> {
    if matches!(claim.frame, Frame::Position | Frame::Supply) {
        return None;
    }
    if claim.polarity == Polarity::Negated && claim.modality != Modality::Denied {
        return None;
    }
    if class != SourceClass::Official && claim::presupposes(claim) {
        return None;
    }
    // One party's word that it is not on a list moves no list.
    if claim.frame == Frame::Listing && matches!(claim.modality, Modality::Denied | Modality::Rejected) {
        return None;
    }
    let one_off = matches!(claim.frame, Frame::Penalty | Frame::Investigation | Frame::Instruction);
    Some(match claim.modality {
        Modality::Considering => MeasureStep::ReportedConsidering,
        Modality::Drafting => MeasureStep::Drafted,
        Modality::Proposed => MeasureStep::Introduced,
        Modality::Consultation => MeasureStep::ConsultationOpened,
        Modality::Expected => MeasureStep::Signalled,
        Modality::Announced => MeasureStep::Announced,
        Modality::Adopted if class == SourceClass::Official => MeasureStep::Published,
        Modality::Adopted => MeasureStep::Adopted,
        Modality::InForce if one_off => MeasureStep::Enforced,
        Modality::InForce => MeasureStep::InForce,
        Modality::Suspended => MeasureStep::Suspended,
        Modality::Ended if ends_later(claim) => MeasureStep::TerminationAnnounced,
        Modality::Ended => MeasureStep::Repealed,
        Modality::Rejected => MeasureStep::Rejected,
        Modality::Denied => MeasureStep::Denied,
        Modality::Unspecified => return None,
    })
}

fn ends_later(claim: &Claim) -> bool {
    let cue = claim.evidence.quote().to_lowercase();
    claim.time.is_some() && words::has_any(&cue, &words::lists().instruments.coming)
}
