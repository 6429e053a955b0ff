//! `headwater list`

use super::AsOf;
use super::sheet::{Columns, Place};
use crate::config;
use crate::screen::{BOLD, DIM};
use anyhow::{Result, bail};
use headwater_ledger::Ledger;
use headwater_model::membership::{Member, counts_from, members_on};
use headwater_model::mention::EntityKind;
use headwater_model::tracking::Designation;
use headwater_model::{EntityId, Knowledge, plain};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// Who was on a list on a day, by which act
///
/// Who was on a list on a day: its members, since when, by which act and on whose word. Without a list: all lists and
/// how many members each had.
///
/// A member counts from the day that its act names as effective, else from publication; an end is set by an official
/// act only. A report of an official act counts from the act's day: where it gives another, it is shown beneath.
#[derive(clap::Args)]
pub struct Arguments {
    /// The list: its id or one of its names.
    list: Option<String>,
    #[command(flatten)]
    as_of: AsOf,
}

const MEMBERS: Columns = Columns {
    columns: &[
        ("list", Place::Whole("list")),
        ("on", Place::Whole("on")),
        ("known", Place::Whole("known")),
        ("member", Place::Each("member")),
        ("name", Place::Each("name")),
        ("since", Place::Each("since")),
        ("dated", Place::Each("dated")),
        ("since_basis", Place::Each("since_basis")),
        ("source_class", Place::Each("source_class")),
        ("url", Place::Each("url")),
        ("quote", Place::Each("quote")),
        ("act", Place::Each("act")),
        ("also", Place::Each("also")),
        ("suspended", Place::Each("suspended")),
        ("suspended_until", Place::Each("suspended_until")),
        ("suspended_quote", Place::Each("suspended_quote")),
        ("corrected", Place::Each("corrected")),
    ],
    rows: Some("members"),
};

const LISTS: Columns = Columns {
    columns: &[
        ("list", Place::Each("list")),
        ("name", Place::Each("name")),
        ("on", Place::Each("on")),
        ("known", Place::Each("known")),
        ("members", Place::Each("members")),
        ("acts", Place::Each("acts")),
    ],
    rows: None,
};

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let knowledge = headwater_knowledge::load(&workspace.knowledge())?;
    let ledger = super::open_ledger(&workspace)?;
    let lists = Lists { ledger, knowledge, as_of: arguments.as_of };
    match &arguments.list {
        Some(named) => lists.one(&lists.find(named)?),
        None => lists.all(),
    }
}

/// What a member is called besides, where its acts give more than one name.
fn also(member: &Member) -> Option<String> {
    let names = member.also();
    (!names.is_empty()).then(|| names.join("; "))
}

struct Lists {
    ledger: Ledger,
    knowledge: Knowledge,
    as_of: AsOf,
}

impl Lists {
    /// The list that a person names.
    fn find(&self, named: &str) -> Result<EntityId> {
        let id = EntityId::new(named);
        let mut entities = self.knowledge.entities.iter().filter(|e| e.kind == EntityKind::List);
        let bears = |name: &str| name.to_lowercase() == named.to_lowercase();
        if self.ledger.lists()?.contains(&id) {
            return Ok(id);
        }
        let found = entities.find(|e| e.id == id || e.names().any(bears));
        match found {
            Some(entity) => Ok(entity.id.clone()),
            None => bail!("there is no list {named:?}; `headwater list` shows those with members"),
        }
    }

    fn one(&self, id: &EntityId) -> Result<ExitCode> {
        let designations = self.ledger.designations(id)?;
        let (on, known) =
            self.ledger.as_of(self.as_of.on, self.as_of.known, designations.iter().map(|d| d.published))?;
        let members = members_on(&designations, on, known);
        let rows = members.iter().map(|member| self.member(member)).collect::<Result<Vec<_>>>()?;
        let whole =
            json!({ "list": id, "name": self.knowledge.name(id), "on": on, "known": known, "members": rows });
        super::print_one(&whole, &rows, &MEMBERS, self.as_of.format, || {
            let count = if rows.len() == 1 { "1 member".into() } else { format!("{} members", rows.len()) };
            say!("{BOLD}{}{BOLD:#} {DIM}{id}{DIM:#}", self.knowledge.name(id));
            // Without any act there may be no day to speak of.
            if designations.is_empty() {
                say!("no act upon it is known");
                return;
            }
            let press = members.iter().filter(|member| !member.is_official).count();
            let basis = match (press, members.len() - press) {
                (0, _) => String::new(),
                (_, 0) => " (by the press alone)".into(),
                (press, official) => format!(" ({official} by official acts, {press} by the press alone)"),
            };
            say!("{count}{basis} on {on}, as known on {known}\n");
            for row in &rows {
                let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
                let basis = if text("since_basis") == "published" { " (published)" } else { "" };
                say!("  {BOLD}{}{BOLD:#}  since {}{basis}", text("name"), text("since"));
                say!("      {DIM}{}, {}{DIM:#}", plain(text("source_class")), text("url"));
                say!("      “{}”", text("quote"));
                if row["dated"].is_string() {
                    say!("      from that day: “{}”", text("dated"));
                }
                if row["act"].is_string() {
                    say!("      of the act “{}”", text("act"));
                }
                if row["corrected"].is_string() {
                    say!("      {BOLD}corrected{BOLD:#} “{}”", text("corrected"));
                }
                if row["suspended"].is_string() {
                    let until = if row["suspended_until"].is_string() { " until " } else { "" };
                    let (since, until) = (text("suspended"), format!("{until}{}", text("suspended_until")));
                    say!("      {BOLD}suspended{BOLD:#} since {since}{until}");
                    say!("      “{}”", text("suspended_quote"));
                }
                for report in row["dated_otherwise"].as_array().into_iter().flatten() {
                    let text = |field: &str| report[field].as_str().unwrap_or_default().to_owned();
                    let (class, url) = (plain(text("source_class")), text("url"));
                    say!("      {BOLD}disagrees{BOLD:#} since {}  {DIM}{class}, {url}{DIM:#}", text("since"));
                    say!("      “{}”", text("quote"));
                }
            }
        })
    }

    fn member(&self, member: &Member) -> Result<Value> {
        let act = member.since();
        let entity = member.entity();
        let name = entity.map_or_else(|| member.name().to_owned(), |id| self.knowledge.name(id));
        let row = self.ledger.capture_row(&act.cited.capture)?;
        let otherwise =
            member.dated_otherwise().map(|report| self.report(report)).collect::<Result<Vec<_>>>()?;
        let rests = member.suspended;
        Ok(json!({
            "member": entity.map_or(member.name(), |id| id.as_str()), "name": name,
            "since": member.since_day(), "since_basis": if act.effective.is_some() { "effective" } else { "published" },
            "dated": member.dated().map(|cited| cited.evidence.quote()),
            "source_class": act.class, "url": row.map(|r| r.url), "quote": act.cited.evidence.quote(),
            "act": act.act.as_ref().map(|act| act.evidence.quote()), "also": also(member),
            "suspended": rests.map(counts_from), "suspended_until": rests.and_then(|act| act.until),
            "suspended_quote": rests.map(|act| act.cited.evidence.quote()),
            "corrected": member.misprint().map(|act| act.cited.evidence.quote()), "dated_otherwise": otherwise,
        }))
    }

    /// A report that gives the act another day.
    fn report(&self, report: &Designation) -> Result<Value> {
        let row = self.ledger.capture_row(&report.cited.capture)?;
        let words = report.dated.as_ref().unwrap_or(&report.cited);
        Ok(json!({
            "since": counts_from(report), "source_class": report.class, "url": row.map(|r| r.url),
            "quote": words.evidence.quote(),
        }))
    }

    fn all(&self) -> Result<ExitCode> {
        let mut rows = Vec::new();
        for id in self.ledger.lists()? {
            let designations = self.ledger.designations(&id)?;
            let (on, known) = self.ledger.as_of(
                self.as_of.on,
                self.as_of.known,
                designations.iter().map(|d| d.published),
            )?;
            let members = members_on(&designations, on, known).len();
            let name = self.knowledge.name(&id);
            rows.push(json!({
                "list": id, "name": name, "on": on, "known": known, "members": members, "acts": designations.len(),
            }));
        }
        super::print_rows(&rows, &LISTS, self.as_of.format, "no list has changed yet", |row| {
            let word = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
            let members = if row["members"] == 1 { "member " } else { "members" };
            format!(
                "{:>5} {members} on {}  {BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}",
                row["members"],
                word("on"),
                word("name"),
                word("list")
            )
        })
    }
}
