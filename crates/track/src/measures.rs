//! Steps of measures, and acts upon lists, as claims state them.

use crate::seen::Seen;
use headwater_model::claim::{Frame, ListChange, Modality, Polarity, Role};
use headwater_model::mention::{Quantity, QuantityKind, VoiceKind};
use headwater_model::source::SourceClass;
use headwater_model::time::first_day;
use headwater_model::tracking::{Cited, Designation, MeasureEvent, MeasureStep};
use headwater_model::{Article, Claim, Part, Span};
use std::collections::BTreeSet;

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

/// The steps that an article's claims report, one of a kind for each measure.
pub fn events(seen: &Seen) -> Vec<MeasureEvent> {
    let mut found: Vec<MeasureEvent> = Vec::new();
    for claim in &seen.claims {
        let (Some(measure), Some(step)) = (&claim.measure, step(claim, seen.class)) else { continue };
        if found.iter().any(|e| e.measure == *measure && e.step == step) {
            continue;
        }
        let event = MeasureEvent {
            measure: measure.clone(),
            proposed_name: None,
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

fn cite(seen: &Seen, claim: &Claim) -> Cited {
    Cited { capture: seen.capture.clone(), evidence: claim.evidence.clone() }
}

/// The step that a claim about a measure reports. A stance, a delivery or a probe is none.
fn step(claim: &Claim, class: SourceClass) -> Option<MeasureStep> {
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

/// Designations that an article states: by its listing claims, and row by row where an authority's own
/// page shows the list as a table.
pub fn designations(article: &Article, seen: &Seen) -> Vec<Designation> {
    let mut found = Vec::new();
    let claims =
        seen.claims.iter().filter(|c| c.frame == Frame::Listing && c.modality.rung().is_some_and(|r| r >= 5));
    for claim in claims.clone() {
        by_claim(seen, claim, &mut found);
    }
    if seen.class == SourceClass::Official
        && let Some(claim) = claims.into_iter().find(|c| c.role(Role::List).any(|f| f.id.is_some()))
    {
        by_table(article, seen, claim, &mut found);
    }
    found
}

fn by_claim(seen: &Seen, claim: &Claim, found: &mut Vec<Designation>) {
    let Some(list) = claim.role(Role::List).find_map(|f| f.id.clone()) else { return };
    let Some(change) = effective_change(claim) else { return };
    for member in claim.role(Role::Member) {
        if member.id.is_none() && seen.class != SourceClass::Official {
            // "The companies", "eight firms": without a name nobody is designated.
            continue;
        }
        let known = |d: &&mut Designation| {
            d.list == list && d.change == change && d.member == member.id && d.name == member.evidence.quote()
        };
        if found.iter_mut().find(known).is_some() {
            continue;
        }
        found.push(Designation {
            list: list.clone(),
            member: member.id.clone(),
            name: member.evidence.quote().to_owned(),
            change,
            effective: effective(claim),
            published: seen.day,
            class: class_of(seen, claim),
            cited: cite(seen, claim),
            rule: "listing_claim".into(),
        });
    }
}

/// "Is not on the list" is an exclusion told as a fact.
fn effective_change(claim: &Claim) -> Option<ListChange> {
    match (claim.change?, claim.polarity) {
        (change, Polarity::Affirmed) => Some(change),
        (ListChange::Added | ListChange::Listed, Polarity::Negated) => Some(ListChange::Excluded),
        _ => None,
    }
}

fn effective(claim: &Claim) -> Option<headwater_model::time::Date> {
    let time = claim.time.as_ref()?;
    (time.value.len() >= 10).then(|| first_day(&time.value)).flatten()
}

/// Heads of the column that names the members.
const NAME_HEADS: [&str; 16] = [
    "企业名称",
    "单位名称",
    "公司名称",
    "产品名称",
    "实体名称",
    "機構名稱",
    "企業名稱",
    "產品名稱",
    "公司名稱",
    "名称",
    "名稱",
    "company",
    "entity",
    "product",
    "name",
    "organization",
];
/// Rows of one table that are read.
const ROWS: usize = 20_000;

fn by_table(article: &Article, seen: &Seen, claim: &Claim, found: &mut Vec<Designation>) {
    let Some(list) = claim.role(Role::List).find_map(|f| f.id.clone()) else { return };
    let change = effective_change(claim).unwrap_or(ListChange::Listed);
    for table in &article.tables {
        let Some((head, rows)) = table.rows.split_first() else { continue };
        let Some(column) = name_column(article, head) else { continue };
        for cell in rows.iter().take(ROWS).filter_map(|row| row.get(column)) {
            let Some(evidence) = article.text.cut_span(*cell, Part::Text) else { continue };
            let name = evidence.quote().trim().to_owned();
            if name.is_empty() || found.iter().any(|d| d.name == name && d.change == change) {
                continue;
            }
            found.push(Designation {
                list: list.clone(),
                member: entity_at(seen, *cell),
                name,
                change,
                effective: effective(claim),
                published: seen.day,
                class: seen.class,
                cited: Cited { capture: seen.capture.clone(), evidence },
                rule: "list_table".into(),
            });
        }
    }
}

fn name_column(article: &Article, head: &[Span]) -> Option<usize> {
    let words: Vec<String> =
        head.iter().map(|cell| article.text.slice(*cell).trim().to_lowercase()).collect();
    let heads = NAME_HEADS.iter();
    heads.into_iter().find_map(|name| words.iter().position(|word| word == name || word.contains(name)))
}

fn entity_at(seen: &Seen, cell: Span) -> Option<headwater_model::EntityId> {
    seen.named.iter().find(|(span, _)| cell.contains(*span)).map(|(_, id)| id.clone())
}

/// A notice's own count of its members, where it is not the number of rows: the stated count, its
/// words, and the rows.
pub fn miscount(
    seen: &Seen,
    quantities: &[Quantity],
    designations: &[Designation],
) -> Option<(u64, Cited, u64)> {
    use rust_decimal::prelude::ToPrimitive;
    let rows: BTreeSet<&str> =
        designations.iter().filter(|d| d.rule == "list_table").map(|d| d.name.as_str()).collect();
    if rows.is_empty() {
        return None;
    }
    let total = |q: &&Quantity| {
        let text = seen.text.as_str();
        let before = &text[..seen.text.byte_at(q.evidence.span().start)];
        let stated = before.trim_end().ends_with(['共', '计', '計'])
            || before.to_lowercase().trim_end().ends_with("total of");
        q.kind == QuantityKind::Count && q.evidence.part() == Part::Text && stated
    };
    let quantity = quantities.iter().find(total)?;
    let stated = quantity.low.or(quantity.high)?.to_u64()?;
    let cited = Cited { capture: seen.capture.clone(), evidence: quantity.evidence.clone() };
    (stated != rows.len() as u64).then_some((stated, cited, rows.len() as u64))
}
