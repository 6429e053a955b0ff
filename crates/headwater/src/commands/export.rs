//! `headwater export`: stable shapes for other programs.

use super::SheetFormat;
use super::sheet::{Columns, Place, Sheet};
use crate::config;
use anyhow::{Result, bail};
use clap::ValueEnum;
use headwater_ledger::{DecidedMeasure, Ledger};
use headwater_model::id::{NodeId, UnseenId};
use headwater_model::tracking::{Cited, ClaimGroup, Conflict, Drift, Edge, Origin, Story};
use headwater_model::{CaptureId, Knowledge};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;

/// Write everything out for other programs
///
/// Write everything of one kind out: one JSON object a line, one JSON array, or a table for spreadsheets. In a table a
/// claim has a row for each mention, a list for each act, a measure for each step; a cell that begins like a formula
/// has an apostrophe before it.
#[derive(clap::Args)]
pub struct Arguments {
    /// What to write.
    #[arg(long, value_enum)]
    what: What,
    /// How to print; `text` is the same as `jsonl`.
    #[arg(long, value_enum, default_value_t = SheetFormat::Jsonl)]
    format: SheetFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// Articles with their text and notices.
    Articles,
    /// Derivations between articles.
    Edges,
    /// Claim groups with their mentions, headwaters, drift and conflicts.
    Claims,
    /// Stories.
    Stories,
    /// Measures and their events.
    Measures,
    /// Lists and their designations.
    Lists,
    /// Sources and how they fare.
    Sources,
}

const ARTICLES: Columns = Columns {
    columns: &[
        ("url", Place::Each("url")),
        ("capture", Place::Each("capture")),
        ("captured", Place::Each("captured")),
        ("page_kind", Place::Each("page_kind")),
        ("title", Place::Each("title")),
        ("site_name", Place::Each("site_name")),
        ("byline", Place::Each("byline")),
        ("published", Place::Each("published")),
        ("modified", Place::Each("modified")),
        ("language", Place::Each("language")),
        ("text", Place::Each("text")),
    ],
    rows: None,
};

const CLAIMS: Columns = Columns {
    columns: &[
        ("claim", Place::Whole("id")),
        ("frame", Place::Whole("frame")),
        ("measure", Place::Whole("measure")),
        ("state", Place::Whole("state")),
        ("headwater", Place::Whole("headwater")),
        ("independent_sources", Place::Whole("independent_sources")),
        ("url", Place::Each("url")),
        ("capture", Place::Each("capture")),
        ("captured", Place::Each("captured")),
        ("day", Place::Each("day")),
        ("modality", Place::Each("modality")),
        ("polarity", Place::Each("polarity")),
        ("exclusivity", Place::Each("exclusivity")),
        ("change", Place::Each("change")),
        ("quantity", Place::Each("quantity")),
        ("attribution", Place::Each("attribution")),
        ("entities", Place::Each("entities")),
        ("quote", Place::Each("quote")),
        ("start", Place::Each("start")),
        ("end", Place::Each("end")),
        ("part", Place::Each("part")),
    ],
    rows: Some("mentions"),
};

const MEASURES: Columns = Columns {
    columns: &[
        ("measure", Place::Whole("id")),
        ("measure_name", Place::Whole("name")),
        ("event", Place::Each("event")),
        ("date", Place::Each("date")),
        ("precision", Place::Each("precision")),
        ("reported", Place::Each("reported")),
        ("source_class", Place::Each("source_class")),
        ("url", Place::Each("url")),
        ("capture", Place::Each("capture")),
        ("quote", Place::Each("quote")),
        ("start", Place::Each("start")),
        ("end", Place::Each("end")),
        ("part", Place::Each("part")),
    ],
    rows: Some("events"),
};

const LISTS: Columns = Columns {
    columns: &[
        ("list", Place::Whole("id")),
        ("list_name", Place::Whole("name")),
        ("member", Place::Each("member")),
        ("name", Place::Each("name")),
        ("change", Place::Each("change")),
        ("effective", Place::Each("effective")),
        ("published", Place::Each("published")),
        ("source_class", Place::Each("source_class")),
        ("url", Place::Each("url")),
        ("capture", Place::Each("capture")),
        ("quote", Place::Each("quote")),
        ("start", Place::Each("start")),
        ("end", Place::Each("end")),
        ("part", Place::Each("part")),
    ],
    rows: Some("events"),
};

impl What {
    /// Its table, for what makes one.
    fn columns(self) -> Option<&'static Columns> {
        match self {
            What::Articles => Some(&ARTICLES),
            What::Claims => Some(&CLAIMS),
            What::Measures => Some(&MEASURES),
            What::Lists => Some(&LISTS),
            What::Edges | What::Stories | What::Sources => None,
        }
    }
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let knowledge = headwater_knowledge::load(&workspace.knowledge())?;
    let ledger = super::open_ledger(&workspace)?;
    let exporter = Exporter { ledger, knowledge, places: RefCell::default() };
    let out = std::io::BufWriter::new(std::io::stdout().lock());
    if arguments.format == SheetFormat::Csv {
        let Some(columns) = arguments.what.columns() else {
            bail!(
                "csv is for articles, claims, measures and lists; the others make no table: use json or jsonl"
            );
        };
        let mut sheet = Sheet::new(out, columns)?;
        exporter.each(arguments.what, &mut |object| sheet.write(&object))?;
        sheet.finish()?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut printer = Printer { out, array: arguments.format == SheetFormat::Json, first: true };
    exporter.each(arguments.what, &mut |object| printer.print(&object))?;
    printer.finish()?;
    Ok(ExitCode::SUCCESS)
}

struct Printer<W: Write> {
    out: W,
    array: bool,
    first: bool,
}

impl<W: Write> Printer<W> {
    fn print(&mut self, object: &Value) -> Result<()> {
        match (self.array, std::mem::replace(&mut self.first, false)) {
            (true, true) => write!(self.out, "[{object}")?,
            (true, false) => write!(self.out, ",\n{object}")?,
            (false, _) => writeln!(self.out, "{object}")?,
        }
        Ok(())
    }
    fn finish(mut self) -> Result<()> {
        match (self.array, self.first) {
            (true, true) => writeln!(self.out, "[]")?,
            (true, false) => writeln!(self.out, "]")?,
            _ => {}
        }
        Ok(self.out.flush()?)
    }
}

/// One object of the fields of two.
fn together(mut one: Value, other: Value) -> Value {
    if let (Value::Object(fields), Value::Object(more)) = (&mut one, other) {
        fields.extend(more);
    }
    one
}

struct Exporter {
    ledger: Ledger,
    knowledge: Knowledge,
    /// Address and time of captures already looked up.
    places: RefCell<BTreeMap<CaptureId, (String, String)>>,
}

impl Exporter {
    fn each(&self, what: What, print: &mut dyn FnMut(Value) -> Result<()>) -> Result<()> {
        let mut failed = Ok(());
        let mut tell = |value: Result<Value>| {
            if failed.is_ok() {
                failed = value.and_then(&mut *print);
            }
        };
        match what {
            What::Articles => self.ledger.articles_after(0, |_, a, _| {
                let stories = self.ledger.stories_of(&a.capture).map_err(Into::into);
                tell(stories.map(|stories| {
                    json!({
                        "url": a.url, "capture": a.capture, "captured": a.captured, "page_kind": a.page_kind,
                        "title": a.title, "site_name": a.site_name, "byline": a.byline, "published": a.published,
                        "modified": a.modified, "canonical_url": a.canonical_url, "language": a.language,
                        "text": a.text, "notices": a.notices,
                        "stories": stories.iter().map(|story| &story.id).collect::<Vec<_>>(),
                    })
                }));
                ControlFlow::Continue(())
            })?,
            What::Edges => self.ledger.each_edge(|edge| tell(self.edge(&edge)))?,
            What::Claims => self.ledger.each_group(|group| tell(self.group(&group)))?,
            What::Stories => self.ledger.each_story(|story| {
                tell(self.story(&story))
            })?,
            What::Measures => {
                for measure in self.ledger.measures_as_decided()? {
                    tell(self.measure(&measure));
                }
            }
            What::Lists => {
                for id in self.ledger.lists()? {
                    tell(self.list(&id));
                }
            }
            What::Sources => {
                for source in self.ledger.sources()? {
                    tell(Ok(json!(source)));
                }
            }
        }
        failed
    }

    /// A story: its addresses, each once, and all captures of them.
    fn story(&self, story: &Story) -> Result<Value> {
        let mut urls: Vec<String> = Vec::new();
        let mut articles = Vec::new();
        for capture in &story.articles {
            let (url, captured) = self.place(capture)?;
            let day = self.ledger.citation(capture)?.map(|cited| cited.day);
            articles.push(json!({ "url": url, "capture": capture, "captured": captured, "day": day }));
            if !urls.contains(&url) {
                urls.push(url);
            }
        }
        Ok(json!({
            "id": story.id, "title": story.title, "first": story.first, "latest": story.latest, "urls": urls,
            "articles": articles,
        }))
    }

    /// Where words stand: the fields by which every kind of record names them.
    fn words(&self, cited: &Cited) -> Result<Value> {
        let (url, captured) = self.place(&cited.capture)?;
        let evidence = &cited.evidence;
        Ok(json!({
            "url": url, "capture": cited.capture, "captured": captured, "quote": evidence.quote(),
            "start": evidence.span().start, "end": evidence.span().end, "part": evidence.part(),
        }))
    }

    /// Address and time of a capture.
    fn place(&self, capture: &CaptureId) -> Result<(String, String)> {
        if let Some(place) = self.places.borrow().get(capture) {
            return Ok(place.clone());
        }
        let row = self.ledger.capture_row(capture)?;
        let place = row.map(|r| (r.url, r.captured.to_string())).unwrap_or_default();
        self.places.borrow_mut().insert(capture.clone(), place.clone());
        Ok(place)
    }

    fn unseen(&self, id: &UnseenId) -> Result<Value> {
        let unseen = self.ledger.unseen(id)?;
        let name = unseen.as_ref().map_or(id.as_str(), |u| u.outlet.as_ref().map_or(&u.name, |o| o.as_str()));
        Ok(
            json!({ "unseen": name, "name": unseen.as_ref().map(|u| &u.name), "date": unseen.as_ref().and_then(|u| u.date) }),
        )
    }

    /// A URL, or `{unseen, date}`.
    fn node(&self, node: &NodeId) -> Result<Value> {
        match node {
            NodeId::Capture(capture) => Ok(json!(self.place(capture)?.0)),
            NodeId::Unseen(id) => self.unseen(id),
        }
    }

    fn edge(&self, edge: &Edge) -> Result<Value> {
        let (from, from_captured) = self.place(&edge.from)?;
        let to_captured = match &edge.to {
            NodeId::Capture(capture) => Some(self.place(capture)?.1),
            NodeId::Unseen(_) => None,
        };
        Ok(json!({
            "from": from, "from_captured": from_captured, "to": self.node(&edge.to)?, "to_captured": to_captured,
            "kind": edge.kind, "score": edge.score, "directed": edge.directed, "reasons": edge.reasons,
        }))
    }

    fn group(&self, group: &ClaimGroup) -> Result<Value> {
        let mentions: Vec<Value> = group
            .mentions
            .iter()
            .map(|m| {
                let words =
                    self.words(&Cited { capture: m.capture.clone(), evidence: m.evidence.clone() })?;
                let said = json!({
                    "url": m.url, "day": m.day, "modality": m.modality, "polarity": m.polarity,
                    "exclusivity": m.exclusivity, "change": m.change, "quantity": m.quantity,
                    "attribution": m.attribution, "entities": m.entities,
                });
                Ok(together(said, words))
            })
            .collect::<Result<_>>()?;
        let nodes = |all: Vec<&NodeId>| all.into_iter().map(|n| self.node(n)).collect::<Result<Vec<_>>>();
        let headwaters = nodes(group.headwaters.iter().collect())?;
        let laid = group.headwaters.iter().filter(|node| group.origin(node) == Origin::Laid);
        let not_made_out = nodes(laid.collect())?;
        Ok(json!({
            "id": group.id, "frame": group.frame, "measure": group.measure, "state": group.state, "mentions": mentions,
            "headwater": headwaters.first(), "headwaters": headwaters, "not_made_out": not_made_out, "independent_sources": group.independent_sources,
            "drift": group.drift.iter().map(|d| self.drift(d)).collect::<Result<Vec<_>>>()?,
            "renderings": group.renderings.iter().map(|d| self.drift(d)).collect::<Result<Vec<_>>>()?,
            "conflicts": group.conflicts.iter().map(|c| self.conflict(c)).collect::<Result<Vec<_>>>()?,
        }))
    }

    fn drift(&self, drift: &Drift) -> Result<Value> {
        Ok(json!({
            "dimension": drift.dimension, "from_value": drift.from_value, "to_value": drift.to_value,
            "from_url": self.place(&drift.from.capture)?.0, "at_url": self.place(&drift.to.capture)?.0,
            "from_quote": drift.from.evidence.quote(), "to_quote": drift.to.evidence.quote(), "note": drift.note,
        }))
    }

    fn conflict(&self, conflict: &Conflict) -> Result<Value> {
        let urls: Vec<String> =
            conflict.values.iter().map(|(_, c)| Ok(self.place(&c.capture)?.0)).collect::<Result<_>>()?;
        let values: Vec<&str> = conflict.values.iter().map(|(v, _)| v.as_str()).collect();
        let quotes: Vec<&str> = conflict.values.iter().map(|(_, c)| c.evidence.quote()).collect();
        Ok(
            json!({ "dimension": conflict.dimension, "values": values, "urls": urls, "quotes": quotes, "note": conflict.note }),
        )
    }

    fn measure(&self, measure: &DecidedMeasure) -> Result<Value> {
        let DecidedMeasure { id, name, events, .. } = measure;
        let name = self.knowledge.measure(id).map(|m| &m.en).or(name.as_ref());
        let events: Vec<Value> = events
            .iter()
            .map(|e| {
                let precision = e.date.as_ref().map(|d| match d.len() { 4 => "year", 7 => "month", _ => "day" });
                let step = json!({
                    "event": e.step, "date": e.date, "precision": precision, "reported": e.reported, "source_class": e.class,
                });
                Ok(together(step, self.words(&e.cited)?))
            })
            .collect::<Result<_>>()?;
        Ok(json!({ "id": id, "name": name, "events": events }))
    }

    fn list(&self, id: &headwater_model::EntityId) -> Result<Value> {
        let events: Vec<Value> = self
            .ledger
            .designations(id)?
            .iter()
            .map(|d| {
                let act = json!({
                    "member": d.member.as_ref().map_or(d.name.as_str(), |m| m.as_str()), "name": d.name, "change": d.change,
                    "effective": d.effective,
                    "effective_quote": d.dated.as_ref().map(|words| words.evidence.quote()), "published": d.published, "source_class": d.class,
                });
                Ok(together(act, self.words(&d.cited)?))
            })
            .collect::<Result<_>>()?;
        let name = self.knowledge.entity(id).map_or(id.as_str(), |e| e.en.as_str());
        Ok(json!({ "id": id, "name": name, "events": events }))
    }
}
