//! A measure's state on a day, folded from its events; never stored alone.

use crate::claim::Modality;
use crate::source::SourceClass;
use crate::time::{days_between, first_day};
use crate::tracking::{MeasureEvent, MeasureStep};
use jiff::civil::Date;

/// The day on which an event takes place: as stated, else as reported.
pub fn day_of_event(event: &MeasureEvent) -> Date {
    event.date.as_deref().and_then(first_day).unwrap_or(event.reported)
}

/// The state on `day`, from what had been reported by `known_by`: what was true and what was known are two
/// questions. `None` before the first event. What a secondary source says never sets it.
pub fn state_on(events: &[MeasureEvent], day: Date, known_by: Date) -> Option<Modality> {
    let counts = |e: &&MeasureEvent| day_of_event(e) <= day;
    let mut known: Vec<&MeasureEvent> =
        events.iter().filter(|e| e.class != SourceClass::Secondary && e.reported <= known_by).collect();
    let stands = |report: &&MeasureEvent| !known.iter().any(|act| is_gainsaid(report, act));
    known = known.iter().copied().filter(stands).collect();
    let mut events: Vec<&MeasureEvent> = known.iter().copied().filter(counts).collect();
    events.retain(|event| !known.iter().any(|later| is_called_off(event, later)));
    events.sort_by_key(|e| (day_of_event(e), e.reported));
    events.into_iter().fold(None, after)
}

/// Whether a later act takes away what an earlier one had only set a day for: a date that was put off, an end that was
/// put off, a start within a suspension.
fn is_called_off(event: &MeasureEvent, later: &MeasureEvent) -> bool {
    use MeasureStep as S;
    let (day, from) = (day_of_event(event), day_of_event(later));
    let ahead = event.date.is_some() && day > event.reported && event.reported < later.reported;
    let starts = matches!(event.step, S::InForce | S::Resumed);
    let ends = matches!(event.step, S::Expired | S::TerminationAnnounced | S::Repealed);
    ahead
        && match later.step {
            S::Postponed | S::Suspended | S::Enjoined | S::Withdrawn | S::Repealed | S::Replaced => {
                starts && from <= day
            }
            S::Extended => ends && later.reported <= day,
            _ => false,
        }
}

/// Whether the press alone says that something ended or applies again that an official act of the same days keeps as it is: then
/// both are told, and the act stands.
fn is_gainsaid(report: &MeasureEvent, act: &MeasureEvent) -> bool {
    use MeasureStep as S;
    /// Days between the two.
    const DAYS: i32 = 7;
    let ends = matches!(
        report.step,
        S::Expired | S::Repealed | S::Replaced | S::Withdrawn | S::TerminationAnnounced | S::Rejected
    );
    let resumes = matches!(report.step, S::InForce | S::Resumed);
    let stays = match act.step {
        S::Suspended | S::Postponed | S::Extended => true,
        S::Published | S::Adopted | S::InForce | S::Resumed | S::Amended => !resumes,
        _ => false,
    };
    report.class != SourceClass::Official
        && act.class == SourceClass::Official
        && (ends || resumes)
        && stays
        && day_of_event(act) <= day_of_event(report)
        && days_between(act.reported, report.reported) <= DAYS
}

fn is_decided(state: Modality) -> bool {
    matches!(state, Modality::Adopted | Modality::InForce | Modality::Suspended | Modality::Ended)
}

/// The state after one event.
fn after(state: Option<Modality>, event: &MeasureEvent) -> Option<Modality> {
    use MeasureStep as S;
    let official = event.class == SourceClass::Official;
    let next = match event.step {
        S::ReportedConsidering => Modality::Considering,
        S::Signalled => Modality::Expected,
        S::Announced => Modality::Announced,
        S::Drafted => Modality::Drafting,
        S::ConsultationOpened | S::ConsultationClosed => Modality::Consultation,
        S::Introduced | S::PassedStage => Modality::Proposed,
        // What applies is not undone by being printed again: the notice changes it, or rests on it.
        S::Adopted | S::Published if matches!(state, Some(Modality::InForce | Modality::Suspended)) => {
            return state;
        }
        S::Adopted | S::Published => Modality::Adopted,
        S::InForce | S::Resumed => Modality::InForce,
        S::Suspended | S::Postponed | S::Enjoined => Modality::Suspended,
        S::TerminationAnnounced if event.date.is_some() => Modality::Ended,
        S::Expired | S::Repealed | S::Replaced | S::Withdrawn => Modality::Ended,
        S::Rejected => Modality::Rejected,
        // Who denies that something is weighed undoes nothing that is decided.
        S::Denied if state.is_some_and(is_decided) => return state,
        S::Denied => Modality::Denied,
        // What is changed or enforced was in force before.
        S::Enforced | S::Amended | S::Extended | S::ScopeWidened | S::ScopeNarrowed => {
            return state.or(Some(Modality::InForce));
        }
        S::TerminationAnnounced | S::GuidanceIssued | S::Corrected | S::UnofficialPractice => return state,
    };
    // A report that something is still being weighed or drafted does not undo a firmer act.
    let firm = |m: Modality| m.rung().unwrap_or(0);
    let steps_back =
        state.is_some_and(|s| s.rung().is_some() && next.rung().is_some() && firm(next) < firm(s));
    if steps_back && !official { state } else { Some(next) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracking::Cited;
    use crate::{Part, Text};

    fn event(step: MeasureStep, date: Option<&str>, reported: &str, class: SourceClass) -> MeasureEvent {
        let evidence = Text::new("words").cut(0..5, Part::Text).unwrap();
        MeasureEvent {
            measure: "m".into(),
            proposed_name: None,
            step,
            date: date.map(str::to_owned),
            reported: reported.parse().unwrap(),
            class,
            cited: Cited { capture: "c".into(), evidence },
            rule: "test".into(),
        }
    }

    #[test]
    fn the_press_ends_nothing_that_an_act_of_these_days_keeps() {
        use MeasureStep as S;
        use SourceClass::{Official, Press};
        let events = [
            event(S::InForce, None, "2026-01-01", Official),
            event(S::Suspended, None, "2026-11-09", Official),
            event(S::Withdrawn, None, "2026-11-10", Press),
            event(S::Resumed, None, "2026-11-11", Press),
        ];
        let on = |events: &[MeasureEvent], day: &str| state_on(events, day.parse().unwrap(), Date::MAX);
        assert_eq!(on(&events, "2026-11-12"), Some(Modality::Suspended));
        assert_eq!(on(&[events[0].clone(), events[2].clone()], "2026-11-12"), Some(Modality::Ended));
        let told = event(S::Withdrawn, None, "2026-12-24", Press);
        assert_eq!(on(&[events[1].clone(), told], "2026-12-25"), Some(Modality::Ended));
    }

    #[test]
    fn a_life() {
        use MeasureStep as S;
        use SourceClass::{Official, Press, Secondary};
        let events = [
            event(S::Drafted, None, "2026-01-10", Press),
            event(S::Published, Some("2026-03-01"), "2026-03-01", Official),
            event(S::InForce, Some("2026-09-01"), "2026-03-01", Official),
            event(S::ReportedConsidering, None, "2026-09-05", Press),
            event(S::InForce, None, "2026-02-01", Secondary),
            event(S::TerminationAnnounced, Some("2026-12-01"), "2026-10-01", Official),
        ];
        let check = |day: &str, known: &str, expected: Option<Modality>| {
            assert_eq!(
                state_on(&events, day.parse().unwrap(), known.parse().unwrap()),
                expected,
                "{day} known {known}"
            );
        };
        check("2026-01-01", "2026-12-31", None);
        check("2026-02-15", "2026-12-31", Some(Modality::Drafting));
        check("2026-08-31", "2026-12-31", Some(Modality::Adopted));
        check("2026-09-10", "2026-12-31", Some(Modality::InForce));
        check("2026-09-10", "2026-02-01", Some(Modality::Drafting));
        check("2026-11-30", "2026-12-31", Some(Modality::InForce));
        check("2026-12-01", "2026-12-31", Some(Modality::Ended));
    }
}
