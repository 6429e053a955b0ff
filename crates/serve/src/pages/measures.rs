//! Measures and their life cycles, with what was true and what was known on any day.

use super::claim_card;
use crate::asked::Asked;
use crate::error::Error;
use crate::layout;
use crate::names;
use crate::script::said;
use crate::site::Site;
use headwater_ledger::{DecidedMeasure, Ledger};
use headwater_model::claim::Modality;
use headwater_model::life::{day_of_event, state_on};
use headwater_model::plain;
use headwater_model::source::SourceClass;
use headwater_model::time::days_between;
use headwater_model::tracking::{MeasureEvent, MeasureStep};
use headwater_model::{CaptureId, MeasureId};
use jiff::civil::Date;
use maud::{Markup, html};

/// Proposals shown, the latest first: a newsroom that follows an authority has hundreds.
const PROPOSALS: usize = 60;

/// A measure of the list.
struct Row {
    latest: Date,
    name: String,
    id: MeasureId,
    state: Option<Modality>,
    confirmed: bool,
    events: usize,
}

pub fn list(site: &Site, asked: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let mut rows = Vec::new();
    let (day, _) = asked.as_of(&ledger, std::iter::empty())?;
    for measure in ledger.measures_as_decided()? {
        let name = measure.called(&site.knowledge);
        let DecidedMeasure { id, confirmed, events, .. } = measure;
        let latest = events.iter().map(|e| e.reported).max().unwrap_or_default();
        let (on, known) = asked.as_of(&ledger, events.iter().map(|e| e.reported))?;
        let state = state_on(&events, on, known);
        rows.push(Row { latest, name, id, state, confirmed, events: events.len() });
    }
    rows.sort_by(|a, b| (b.latest, &a.name).cmp(&(a.latest, &b.name)));
    let open = |row: &Row| is_proposed(&row.id) && !row.confirmed;
    let (proposals, known): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(open);
    let body = html! {
        @if known.is_empty() { (layout::nothing("No known measure has moved yet.")) }
        @else { p.legend { "As they stood on " time { (day) } "." } }
        (cards(&known))
        @if !proposals.is_empty() {
            section aria-labelledby="proposals" {
                h2 #proposals { "Proposed from what was read" }
                p { "Official documents and reports tell of these; no knowledge file names them. "
                    code { "headwater note confirm ID" } " takes one up, " code { "headwater note reject ID" } " drops it."
                    @if proposals.len() > PROPOSALS { " The latest " (PROPOSALS) " of " (proposals.len()) "." } }
                (cards(&proposals[..proposals.len().min(PROPOSALS)]))
            }
        }
    };
    Ok(layout::page("Measures", "/measures", site.sample, body))
}

fn cards(rows: &[Row]) -> Markup {
    html! {
        div.cards {
            @for row in rows {
                article.card {
                    p.kind { (state_word(row.state)) " · " (layout::count(row.events, "event")) }
                    h2 { a href={ "/measure/" (row.id) } { (said(&row.name)) } }
                    p.facts { "last reported " time { (row.latest) } @if is_proposed(&row.id) { " · " code { (row.id) } } }
                }
            }
        }
    }
}

/// Whether the line proposed a measure that the knowledge lacks.
fn is_proposed(id: &MeasureId) -> bool {
    id.as_str().starts_with("proposed-")
}

fn state_word(state: Option<Modality>) -> String {
    state.map_or_else(|| "none".to_owned(), plain)
}

pub fn one(site: &Site, id: &str, asked: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let id = MeasureId::new(id);
    let mut events = ledger.measure_events(&id)?;
    if events.is_empty() && site.knowledge.measure(&id).is_none() {
        return Err(Error::not_found("There is no such measure."));
    }
    // Of one day what comes first in a life cycle comes first; what is only set for the day ahead comes after what was done.
    events.sort_by_key(|e| (day_of_event(e), e.reported, e.step));
    let (on, known) = asked.as_of(&ledger, events.iter().map(|e| e.reported))?;
    let state = state_on(&events, on, known);
    let groups = ledger.groups_of_measure(&id)?;
    let told = told(&events);
    let body = html! {
        (identity(site, &id))
        form.filters {
            label { "State on " input type="date" name="on" value=(on); }
            label { "as known on " input type="date" name="known" value=(known); }
            button { "Show" }
        }
        div.verdict { p.number { "On " time { (on) } ", as known on " time { (known) } ": " strong { (state_word(state)) } } }
        @if !told.is_empty() { section { h2 { "Its life so far" } (ladder(&told, on)) } }
        (steps(site, &ledger, &told)?)
        section { h2 { "Claims about it" } @if groups.is_empty() { (layout::nothing("None.")) } div.cards { @for group in &groups { (claim_card(group)) } } }
    };
    Ok(layout::page(&ledger.measure_name(&site.knowledge, &id)?, "/measures", site.sample, body))
}

fn identity(site: &Site, id: &MeasureId) -> Markup {
    let Some(measure) = site.knowledge.measure(id) else {
        return html! {
            @if is_proposed(id) {
                p.hint { "The knowledge folder has no such measure; the line proposes it from what the documents say. " code { "headwater note confirm " (id) } " confirms it, " code { "headwater note reject " (id) } " takes it off the list." }
            }
        };
    };
    html! {
        dl.facts {
            @if !measure.zh.is_empty() { dt { "Chinese name" } dd { (said(&measure.zh)) } }
            dt { "Jurisdiction" } dd { (measure.jurisdiction) }
            @if !measure.authorities.is_empty() { dt { "Authority" } dd { @for (i, a) in measure.authorities.iter().enumerate() { @if i > 0 { ", " } (said(&names::entity(&site.knowledge, a))) } } }
            dt { "Instrument" } dd { (measure.instrument.replace('_', " ")) }
            @if let Some(list) = &measure.list { dt { "List" } dd { a href={ "/list/" (list) } { (said(&names::entity(&site.knowledge, list))) } } }
        }
    }
}

/// An event and the captures that tell it in the same words, the first in front: a document may have two addresses.
struct Told<'e> {
    event: &'e MeasureEvent,
    captures: Vec<&'e CaptureId>,
}

fn told(events: &[MeasureEvent]) -> Vec<Told<'_>> {
    let mut told: Vec<Told> = Vec::new();
    for event in events {
        let day = day_of_event(event);
        let alike = |other: &MeasureEvent| {
            (other.step, other.class, &other.date) == (event.step, event.class, &event.date)
                && other.cited.evidence.quote() == event.cited.evidence.quote()
        };
        let mut of_day = told.iter_mut().rev().take_while(|t| day_of_event(t.event) == day);
        match of_day.find(|t| alike(t.event)) {
            Some(known) => known.captures.push(&event.cited.capture),
            None => told.push(Told { event, captures: vec![&event.cited.capture] }),
        }
    }
    told
}

/// The ladder as a picture: days from left to right, firmness from bottom to top. A line follows the state, dots are what is told;
/// what lies ahead of the day that is asked for is drawn as a plan.
fn ladder(told: &[Told], on: Date) -> Markup {
    const LANE: i32 = 26;
    const LEFT: i32 = 112;
    let events: Vec<MeasureEvent> = told.iter().map(|t| t.event.clone()).collect();
    let mut days: Vec<Date> = events.iter().map(day_of_event).collect();
    days.dedup();
    let states: Vec<Option<Modality>> = days.iter().map(|day| state_on(&events, *day, Date::MAX)).collect();
    let rungs: Vec<Option<Modality>> = (0..events.len()).map(|i| rung(&events, i)).collect();
    let lanes: Vec<Modality> =
        LANES.into_iter().filter(|m| states.iter().chain(&rungs).any(|on| *on == Some(*m))).collect();
    let y = |on: Option<Modality>| {
        let lane = on.and_then(|on| lanes.iter().position(|lane| *lane == on))?;
        Some(24 + lane as i32 * LANE)
    };
    let heights: Vec<Option<i32>> = states.iter().map(|state| y(*state)).collect();
    let x = places(&days, LEFT + 30);
    let (width, height) = (x[days.len()] + 12, 24 + lanes.len() as i32 * LANE + 20);
    // The days up to the one that is asked for, and where that one lies.
    let past = days.partition_point(|day| *day <= on);
    let now = now(&days, &x, past, on);
    let until: Vec<i32> = x[..past].iter().copied().chain([now]).collect();
    let before = past.saturating_sub(1);
    let ahead: Vec<i32> = [now].into_iter().chain(x[before + 1..].iter().copied()).collect();
    html! {
        div.trace.wide[width > 360] tabindex="0" role="region" aria-label="Picture of the life cycle; it scrolls" {
            svg.ladder xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="img"
                aria-label="Events from first to latest, firmer ones higher; the list below says the same" {
                @for lane in &lanes {
                    @let y = y(Some(*lane)).unwrap_or_default();
                    text x="8" y=(y + 4) { (plain(lane)) }
                    line.lane x1=(LEFT - 8) x2=(width - 8) y1=(y) y2=(y) {}
                }
                line.now x1=(now) x2=(now) y1="8" y2=(height - 24) { title { "the day asked for, " (on) } }
                @if past > 0 {
                    path.state d=(course(&heights[..past], &until)) {}
                    path.state.planned d=(course(&heights[before..], &ahead)) {}
                } @else {
                    path.state.planned d=(course(&heights, &x)) {}
                }
                @for (event, rung) in events.iter().zip(&rungs) {
                    @if let (Some(y), Ok(day)) = (y(*rung), days.binary_search(&day_of_event(event))) {
                        circle.step.secondary[event.class == SourceClass::Secondary].planned[day >= past] cx=(x[day]) cy=(y) r=(if event.class == SourceClass::Official { 9 } else { 6 }) {
                            title { (plain(event.step)) ", " (day_of_event(event)) ", " (event.class) }
                        }
                    }
                }
                @for (day, date) in days.iter().enumerate() {
                    text.planned[day >= past] x=(x[day]) y=(height - 10) text-anchor="middle" { (date) }
                }
            }
        }
        p.legend { "Large dots are official acts, small ones reports. The upright line is the day asked for; hollow dots and the broken line lie ahead of it. Longer times are wider, though not to scale." }
    }
}

/// Where the days stand, and where the picture ends: the longer the time between two days, the farther apart, for years would
/// else push everything else together.
fn places(days: &[Date], first: i32) -> Vec<i32> {
    const LEAST: i32 = 90;
    /// For each time that the weeks between double.
    const MORE: i32 = 24;
    const MOST: i32 = 280;
    let doubled = |days: i32| (1 + days / 7).ilog2() as i32;
    let width = |pair: &[Date]| (LEAST + MORE * doubled(days_between(pair[0], pair[1]))).min(MOST);
    let mut places = vec![first];
    for gap in days.windows(2).map(width).chain([LEAST]) {
        places.push(places[places.len() - 1] + gap);
    }
    places
}

/// Where a day lies among the days that have places, so many of which have come by then.
fn now(days: &[Date], x: &[i32], past: usize, on: Date) -> i32 {
    const BESIDE: i32 = 45;
    let Some(last) = past.checked_sub(1) else { return x[0] - BESIDE / 3 };
    let Some(next) = days.get(past) else { return x[last] + BESIDE };
    let share = f64::from(days_between(days[last], on)) / f64::from(days_between(days[last], *next).max(1));
    // Not on the dot itself, where what was reached that day would look like a plan.
    x[last] + (f64::from(x[past] - x[last]) * share.clamp(0.12, 0.9)) as i32
}

/// The states of a measure from firm to gone.
const LANES: [Modality; 13] = [
    Modality::InForce,
    Modality::Adopted,
    Modality::Announced,
    Modality::Expected,
    Modality::Consultation,
    Modality::Proposed,
    Modality::Drafting,
    Modality::Considering,
    Modality::Unspecified,
    Modality::Suspended,
    Modality::Rejected,
    Modality::Denied,
    Modality::Ended,
];

/// Where an event stands on the ladder. An extension of what is suspended leaves it so; what is told besides stands where it
/// would bring the measure by itself.
fn rung(events: &[MeasureEvent], i: usize) -> Option<Modality> {
    match events[i].step {
        MeasureStep::Extended | MeasureStep::Amended | MeasureStep::Enforced => {
            state_on(&events[..=i], day_of_event(&events[i]), Date::MAX)
        }
        _ => state_on(&events[i..=i], Date::MAX, Date::MAX),
    }
}

/// The path of a state: level from its place to the next one, then up or down; broken where there is none.
fn course(heights: &[Option<i32>], x: &[i32]) -> String {
    let mut path = String::new();
    let mut drawn = false;
    for (y, level) in heights.iter().zip(x.windows(2)) {
        let Some(y) = y else {
            drawn = false;
            continue;
        };
        let from = if drawn { format!("V{y}") } else { format!("M{} {y}", level[0]) };
        path.push_str(&format!("{from}H{}", level[1]));
        drawn = true;
    }
    path
}

fn steps(site: &Site, ledger: &Ledger, told: &[Told]) -> Result<Markup, Error> {
    Ok(html! {
        ol.articles {
            @for Told { event, captures } in told {
                li {
                    time { (day_of_event(event)) } " " strong { (plain(event.step)) } " "
                    span.tag { (plain(event.class)) } " "
                    @for (i, capture) in captures.iter().enumerate() { @if i > 0 { ", " } (names::cited(ledger, &site.knowledge, capture)?) }
                    @if event.date.is_none() { " " span.note { "(no date stated; day of the report)" } }
                    blockquote { (said(event.cited.evidence.quote())) }
                }
            }
        }
    })
}
