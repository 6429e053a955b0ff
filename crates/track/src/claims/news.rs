//! What is worth telling of a claim group.

use crate::claims::groups::Group;
use crate::memory::window::Window;
use headwater_model::Part;
use headwater_model::capture::host;
use headwater_model::source::SourceClass;
use headwater_model::time::Date;
use headwater_model::tracking::{Cited, ClaimGroup, GroupState, Mention, News, NewsKind, Subject};

/// What is worth telling of a group, each with the key under which it is told once.
pub fn of_group(group: &Group, standing: &ClaimGroup, window: &Window, day: Date) -> Vec<(String, News)> {
    let mut found = Vec::new();
    let Some(first) = standing.mentions.first() else { return found };
    let subject = Subject::Claim(group.id.clone());
    let quote = |text: &str| headwater_model::title_of(text, 160);
    let mut add = |key: String, kind: NewsKind, text: String, cited: Vec<Cited>| {
        found.push((key, News { kind, subject: subject.clone(), day, text, cited }));
    };
    let cite = |m: &Mention| Cited { capture: m.capture.clone(), evidence: m.evidence.clone() };
    let outlet = |cited: &Cited| window.find(&cited.capture).map_or("", |seen| host(&seen.url));
    // Values by themselves do not say what they are values of.
    let about = || format!(", on “{}”", headwater_model::title_of(first.evidence.quote(), 100));
    // What heads an article or is about something followed is news; the rest is its detail.
    let heads = first.evidence.part() == Part::Title || first.evidence.span().start < 300;
    if heads || group.measure.is_some() {
        add("new".into(), NewsKind::NewClaim, quote(first.evidence.quote()), vec![cite(first)]);
    }
    let official = |m: &&Mention| window.find(&m.capture).is_some_and(|s| s.class == SourceClass::Official);
    if let Some(mention) = standing.mentions.iter().find(official)
        && !official(&first)
    {
        add(
            "official".into(),
            NewsKind::FirstOfficialSource,
            quote(mention.evidence.quote()),
            vec![cite(mention), cite(first)],
        );
    }
    for drift in &standing.drift {
        let key = format!("drift {} {}", drift.dimension, drift.to.capture);
        let plain = |value: &str| value.replace('_', " ");
        let (was, is) = (plain(&drift.from_value), plain(&drift.to_value));
        let text = format!("{}: {was} became {is} at {}{}", drift.dimension, outlet(&drift.to), about());
        add(key, NewsKind::Drift, text, vec![drift.from.clone(), drift.to.clone()]);
    }
    for conflict in standing.conflicts.iter().filter(|c| c.note != "denied") {
        let values: Vec<&str> = conflict.values.iter().map(|(v, _)| v.as_str()).collect();
        let text = format!("{}: {}{}", conflict.dimension, values.join(" / "), about());
        let cited = conflict.values.iter().map(|(_, c)| c.clone()).take(6).collect();
        add(format!("conflict {}", conflict.dimension), NewsKind::Conflict, text, cited);
    }
    let denial = standing.mentions.iter().find(|m| m.modality == headwater_model::claim::Modality::Denied);
    if let Some(denial) = denial {
        add("denied".into(), NewsKind::Denial, quote(denial.evidence.quote()), vec![cite(denial)]);
    }
    if standing.state == GroupState::Corrected {
        let seen = |m: &&Mention| window.find(&m.capture);
        let mut mentions = standing.mentions.iter();
        let noted = mentions.find(|m| seen(m).is_some_and(|s| s.correction.is_some() || s.revised.is_some()));
        let now = noted.unwrap_or(first);
        add("corrected".into(), NewsKind::Correction, quote(now.evidence.quote()), vec![cite(now)]);
    }
    found
}
