//! `headwater measure`

use super::AsOf;
use super::sheet::{Columns, Place};
use crate::config;
use crate::screen::{ACCENT, BOLD, DIM};
use anyhow::{Result, bail};
use headwater_ledger::Ledger;
use headwater_model::life::{day_of_event, state_on};
use headwater_model::tracking::MeasureEvent;
use headwater_model::{Knowledge, MeasureId, Part, plain};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// How a measure stood on a day, by which steps
///
/// How a measure stood on a day, and the steps that were known by then, each with its words. Without a measure: all
/// measures and how each stood.
#[derive(clap::Args)]
pub struct Arguments {
    /// The measure: its id or one of its names.
    measure: Option<String>,
    #[command(flatten)]
    as_of: AsOf,
}

const STEPS: Columns = Columns {
    columns: &[
        ("measure", Place::Whole("measure")),
        ("name", Place::Whole("name")),
        ("on", Place::Whole("on")),
        ("known", Place::Whole("known")),
        ("state", Place::Whole("state")),
        ("step", Place::Each("step")),
        ("day", Place::Each("day")),
        ("stated", Place::Each("stated")),
        ("reported", Place::Each("reported")),
        ("source_class", Place::Each("source_class")),
        ("url", Place::Each("url")),
        ("quote", Place::Each("quote")),
    ],
    rows: Some("steps"),
};

const MEASURES: Columns = Columns {
    columns: &[
        ("measure", Place::Each("measure")),
        ("name", Place::Each("name")),
        ("on", Place::Each("on")),
        ("known", Place::Each("known")),
        ("state", Place::Each("state")),
        ("steps", Place::Each("steps")),
    ],
    rows: None,
};

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let knowledge = headwater_knowledge::load(&workspace.knowledge())?;
    let ledger = super::open_ledger(&workspace)?;
    let measures = Measures { ledger, knowledge, as_of: arguments.as_of };
    match &arguments.measure {
        Some(named) => measures.one(&measures.find(named)?),
        None => measures.all(),
    }
}

struct Measures {
    ledger: Ledger,
    knowledge: Knowledge,
    as_of: AsOf,
}

impl Measures {
    /// The measure that a person names.
    fn find(&self, named: &str) -> Result<MeasureId> {
        let id = MeasureId::new(named);
        let moved = self.ledger.measures()?;
        if moved.contains(&id) {
            return Ok(id);
        }
        let lower = named.to_lowercase();
        let found = self.knowledge.measures.iter().find(|m| {
            m.id == id
                || [&m.en, &m.zh].into_iter().chain(&m.aliases).any(|name| name.to_lowercase() == lower)
        });
        if let Some(measure) = found {
            return Ok(measure.id.clone());
        }
        for id in &moved {
            if self.ledger.measure_name(&self.knowledge, id)?.to_lowercase() == lower {
                return Ok(id.clone());
            }
        }
        // 商务部公告2026年第52号: a notice goes by the number that opens its headline.
        for id in moved {
            let opens = |event: &MeasureEvent| {
                let words = &event.cited.evidence;
                let rest = words.quote().strip_prefix(named).filter(|_| words.part() == Part::Title);
                rest.is_some_and(|rest| !rest.starts_with(char::is_numeric))
            };
            if self.ledger.measure_events(&id)?.iter().any(opens) {
                return Ok(id);
            }
        }
        bail!("there is no measure {named:?}; `headwater measure` shows those that moved")
    }

    /// What was known of the events, in their order, and the two days.
    fn known(&self, mut events: Vec<MeasureEvent>) -> Result<(Vec<MeasureEvent>, Date, Date)> {
        let told = events.iter().map(|e| e.reported);
        let (on, known) = self.ledger.as_of(self.as_of.on, self.as_of.known, told)?;
        events.retain(|e| e.reported <= known);
        events.sort_by_key(|e| (day_of_event(e), e.reported));
        Ok((events, on, known))
    }

    fn one(&self, id: &MeasureId) -> Result<ExitCode> {
        let (events, on, known) = self.known(self.ledger.measure_events(id)?)?;
        let state = state_on(&events, on, known);
        let rows = events.iter().map(|event| self.step(event)).collect::<Result<Vec<_>>>()?;
        let name = self.ledger.measure_name(&self.knowledge, id)?;
        let whole =
            json!({ "measure": id, "name": name, "on": on, "known": known, "state": state, "steps": rows });
        super::print_one(&whole, std::slice::from_ref(&whole), &STEPS, self.as_of.format, || {
            let state = state.map_or_else(|| "none".to_owned(), plain);
            say!("{BOLD}{name}{BOLD:#} {DIM}{id}{DIM:#}");
            say!("{ACCENT}{state}{ACCENT:#} on {on}, as known on {known}\n");
            for (row, event) in rows.iter().zip(&events) {
                let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
                let later = if day_of_event(event) > on { ", later than that day" } else { "" };
                let unstated = if event.date.is_none() { " (day of the report)" } else { "" };
                say!("  {}{unstated} {BOLD}{}{BOLD:#}{later}", text("day"), plain(event.step));
                say!("      {DIM}{}, {}{DIM:#}", plain(event.class), text("url"));
                say!("      “{}”", text("quote"));
            }
        })
    }

    fn step(&self, event: &MeasureEvent) -> Result<Value> {
        let row = self.ledger.capture_row(&event.cited.capture)?;
        Ok(json!({
            "step": event.step, "day": day_of_event(event), "stated": event.date, "reported": event.reported,
            "source_class": event.class, "url": row.map(|r| r.url), "quote": event.cited.evidence.quote(),
        }))
    }

    fn all(&self) -> Result<ExitCode> {
        let mut rows = Vec::new();
        for measure in self.ledger.measures_as_decided()? {
            let name = measure.called(&self.knowledge);
            let (events, on, known) = self.known(measure.events)?;
            rows.push(json!({
                "measure": measure.id, "name": name, "on": on, "known": known,
                "state": state_on(&events, on, known), "steps": events.len(),
            }));
        }
        super::print_rows(&rows, &MEASURES, self.as_of.format, "no measure has moved yet", |row| {
            let word = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
            let state = row["state"].as_str().map_or_else(|| "none".to_owned(), plain);
            format!(
                "{state:>12} on {}  {BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}",
                word("on"),
                word("name"),
                word("measure")
            )
        })
    }
}
