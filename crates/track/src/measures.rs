//! Steps of measures, as claims state them.

use crate::seen::Seen;
use crate::{units, words};
use headwater_model::claim::{Frame, Modality, Polarity};
use headwater_model::mention::VoiceKind;
use headwater_model::source::SourceClass;
use headwater_model::time::first_day;
use headwater_model::tracking::{Cited, MeasureEvent, MeasureStep};
use headwater_model::{Claim, MeasureId};

/// What a claim's word is worth: its page's, unless it stands on anonymous people alone.
pub fn class_of(seen: &Seen, claim: &Claim) -> SourceClass {
    if seen.class != SourceClass::Press {
        return seen.class;
    }
    let anonymous = claim.attribution.iter().any(|a| a.source.kind == VoiceKind::Anonymous);
    let named = claim.attribution.iter().any(|a| {
        matches!(
            a.source.kind,
            VoiceKind::Official | VoiceKind::Document | VoiceKind::Organisation | VoiceKind::Person
        )
    });
    if anonymous && !named { SourceClass::Anonymous } else { SourceClass::Press }
}

/// The steps that an article's claims report, one of a kind for each measure. `proposed` names the measure that a
/// claim is about, where the knowledge has none that fits.
pub fn events(seen: &Seen, proposed: impl Fn(&Claim) -> Option<(MeasureId, String)>) -> Vec<MeasureEvent> {
    let mut found: Vec<MeasureEvent> = Vec::new();
    for claim in &seen.claims {
        let Some(step) = step(claim, seen.class) else { continue };
        let known = claim.measure.clone().map(|measure| (measure, None));
        let Some((measure, proposed_name)) =
            known.or_else(|| proposed(claim).map(|(id, name)| (id, Some(name))))
        else {
            continue;
        };
        if found.iter().any(|e| e.measure == measure && e.step == step) {
            continue;
        }
        let event = MeasureEvent {
            measure,
            proposed_name,
            step,
            date: claim.time.as_ref().map(|t| t.value.clone()),
            reported: seen.day,
            class: class_of(seen, claim),
            cited: cite(seen, claim),
            rule: format!("modality_{}", claim.modality),
        };
        found.extend(dated(event));
    }
    found
}

/// Steps before being in force happen when they are told: a later date in them is that of what is
/// planned. What an authority has published with such a date is in force from it on.
fn dated(event: MeasureEvent) -> Vec<MeasureEvent> {
    let planned = event.date.as_deref().and_then(first_day).is_some_and(|day| day > event.reported);
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
    let from_then =
        MeasureEvent { step: MeasureStep::InForce, rule: "stated_effective_date".into(), ..event };
    if told.step == MeasureStep::Published { vec![told, from_then] } else { vec![told] }
}

pub fn cite(seen: &Seen, claim: &Claim) -> Cited {
    Cited { capture: seen.capture.clone(), evidence: claim.evidence.clone() }
}

/// The step that a claim about a measure reports: what its modality says, made more precise by its words.
fn step(claim: &Claim, class: SourceClass) -> Option<MeasureStep> {
    let step = by_modality(claim, class)?;
    let quote: String = claim.evidence.quote().chars().map(units::fold).collect();
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
    claim.time.is_some() && ["will ", "to be ", "将", "將", "拟"].iter().any(|word| cue.contains(word))
}
