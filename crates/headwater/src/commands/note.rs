//! `headwater note`

use super::{Format, now};
use crate::config;
use crate::screen::{BOLD, DIM};
use anyhow::{Result, bail};
use clap::Subcommand;
use headwater_ledger::Ledger;
use headwater_model::note::{Decision, Note};
use headwater_model::tracking::ClaimGroup;
use headwater_model::{CaptureId, EntityId, GroupId, MeasureId};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

/// Merge and split claims, confirm measures, strike steps and members: a person's word, kept in the archive
///
/// Put right what the program could not know: two claims that are one, one claim that is two, a proposed
/// measure that is real or none, a step of a measure or a member of a list that a page does not tell. A note is a record of
/// the archive, so a rebuild keeps it.
///
/// Ids stand on the pages and in `headwater trace`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Two claims are one: the mentions of the second go into the first
    Merge {
        /// The claim that stays.
        keep: String,
        /// The claim that goes into it.
        merge: String,
        #[command(flatten)]
        by: By,
    },
    /// The mentions on some pages are another claim than the rest
    Split {
        /// The claim to split.
        claim: String,
        /// Addresses of the pages whose mentions leave.
        #[arg(required = true, value_name = "URL")]
        pages: Vec<String>,
        #[command(flatten)]
        by: By,
    },
    /// A proposed measure is real
    Confirm {
        /// The measure's id.
        measure: String,
        /// Its name; default: the proposed one.
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        by: By,
    },
    /// A proposed measure is none
    Reject {
        /// The measure's id.
        measure: String,
        #[command(flatten)]
        by: By,
    },
    /// What a page says of a measure or a list does not count: a step that it did not take, a member that it did not name
    Disregard(Page),
    /// What a page says of a measure or a list counts again
    Regard(Page),
    /// Show all notes
    List {
        /// How to print.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

#[derive(clap::Args)]
struct Page {
    /// The measure's or the list's id, as it stands in the addresses of their pages.
    id: String,
    /// Address of the page.
    url: String,
    #[command(flatten)]
    by: By,
}

#[derive(clap::Args)]
struct By {
    /// Why, in your words.
    #[arg(long, default_value = "")]
    reason: String,
    /// Who decides.
    #[arg(long, default_value = "editor")]
    author: String,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let ledger = super::open_ledger(&workspace)?;
    let mut before = BTreeSet::new();
    let (decision, by) = match arguments.action {
        Action::List { format } => return list(&ledger, format),
        Action::Merge { keep, merge, by } => {
            let (keep, merge) = (group(&ledger, &keep)?, group(&ledger, &merge)?);
            if keep.id == merge.id {
                bail!("{} is one claim already; name two", keep.id);
            }
            if keep.frame != merge.frame {
                anstream::eprintln!(
                    "headwater: note that one is a {}, the other a {}",
                    keep.frame,
                    merge.frame
                );
            }
            (Decision::MergeGroups { keep: keep.id, merge: merge.id }, by)
        }
        Action::Split { claim, pages, by } => {
            let group = group(&ledger, &claim)?;
            let captures = pages_of(&ledger, &group, &pages)?;
            for capture in &captures {
                before.extend(ledger.groups_of(capture)?.into_iter().map(|g| g.id));
            }
            (Decision::SplitGroup { group: group.id, captures }, by)
        }
        Action::Confirm { measure, name, by } => {
            let measure = proposed(&ledger, &measure)?;
            (Decision::ConfirmMeasure { measure, confirmed: true, name }, by)
        }
        Action::Reject { measure, by } => {
            let measure = proposed(&ledger, &measure)?;
            if ledger.decided_measures()?.get(&measure) == Some(&None) {
                say!("{measure} is rejected already");
                return Ok(ExitCode::SUCCESS);
            }
            (Decision::ConfirmMeasure { measure, confirmed: false, name: None }, by)
        }
        Action::Disregard(page) => (count_page(&ledger, &page, false)?, page.by),
        Action::Regard(page) => (count_page(&ledger, &page, true)?, page.by),
    };
    drop(ledger);
    let note = Note { made: now(), author: by.author, reason: by.reason, decision };
    headwater_pipeline::note(&workspace, config::lexicon(&workspace)?, &note, &mut |_| {})?;
    report(&super::open_ledger(&workspace)?, &note, &before)
}

fn group(ledger: &Ledger, id: &str) -> Result<ClaimGroup> {
    let asked = GroupId::new(id);
    if let Some(group) = ledger.group_of(&asked)? {
        return Ok(group);
    }
    match ledger.successor(&asked)? {
        Some(into) => bail!("claim {id} was merged into claim {into}; name that one"),
        None => bail!("no claim has the id {id}; `headwater trace URL` shows the ids of a page's claims"),
    }
}

fn pages_of(ledger: &Ledger, group: &ClaimGroup, pages: &[String]) -> Result<Vec<CaptureId>> {
    let mut leave = Vec::new();
    for page in pages {
        let captures = super::captures_at(ledger, page)?;
        let within = captures.into_iter().filter(|c| group.mentions.iter().any(|m| m.capture == c.id));
        let before = leave.len();
        leave.extend(within.map(|c| c.id));
        if leave.len() == before {
            bail!(
                "{page} does not mention the claim {}; `headwater trace {}` shows who does",
                group.id,
                group.id
            );
        }
    }
    if group.mentions.iter().all(|m| leave.contains(&m.capture)) {
        bail!("all mentions of {} stand on these pages; leave at least one out", group.id);
    }
    Ok(leave)
}

/// The decision on what a page says of a measure or a list, if it says anything that the decision changes.
fn count_page(ledger: &Ledger, page: &Page, counts: bool) -> Result<Decision> {
    let (id, url) = (&page.id, &page.url);
    let uncounted = ledger.uncounted(id)?;
    let told: BTreeSet<CaptureId> = match counts {
        true => uncounted,
        false => {
            let events =
                ledger.measure_events(&MeasureId::new(id.as_str()))?.into_iter().map(|e| e.cited.capture);
            let designations =
                ledger.designations(&EntityId::new(id.as_str()))?.into_iter().map(|d| d.cited.capture);
            events.chain(designations).collect()
        }
    };
    let mut captures: Vec<CaptureId> = super::captures_at(ledger, url)?.into_iter().map(|c| c.id).collect();
    captures.retain(|capture| told.contains(capture));
    match (captures.is_empty(), counts) {
        (false, _) => Ok(Decision::CountPage { of: id.clone(), captures, counts }),
        (true, true) => bail!("what {url} says of {id} was never disregarded"),
        (true, false) => bail!(
            "{url} tells no step of a measure {id} and no member of a list {id}; `headwater measure {id}` and `headwater list {id}` show who does"
        ),
    }
}

fn proposed(ledger: &Ledger, id: &str) -> Result<MeasureId> {
    let measure = MeasureId::new(id);
    let events = ledger.measure_events(&measure)?;
    match events.iter().any(|e| e.proposed_name.is_some()) {
        true => Ok(measure),
        false => bail!("{id} is not a proposed measure; the page of measures lists them"),
    }
}

/// Tells what became of the decision, which reaches only what the tracker still remembers.
/// `before` are the claims that the pages of a split claim had.
fn report(ledger: &Ledger, note: &Note, before: &BTreeSet<GroupId>) -> Result<ExitCode> {
    let done = match &note.decision {
        Decision::MergeGroups { keep, merge } => match (ledger.group_of(keep)?, ledger.group_of(merge)?) {
            (Some(kept), None) => Some(format!("claim {keep} has {} mentions now", kept.mentions.len())),
            _ => None,
        },
        Decision::SplitGroup { group, captures } => {
            let rest = ledger.group_of(group)?;
            let left = rest.is_some_and(|g| !g.mentions.iter().any(|m| captures.contains(&m.capture)));
            let mut found = Vec::new();
            for capture in captures {
                let groups = ledger.groups_of(capture)?.into_iter();
                found.extend(groups.filter(|g| !before.contains(&g.id)).map(|g| g.id.to_string()));
            }
            found.sort();
            found.dedup();
            left.then(|| format!("their mentions are apart now, as claim {}", found.join(", ")))
        }
        Decision::ConfirmMeasure { confirmed: true, .. } => Some("the measure is confirmed".into()),
        Decision::ConfirmMeasure { .. } => Some("the measure is rejected and no longer listed".into()),
        Decision::CountPage { of, counts, .. } => Some(format!(
            "what the page says of {of} {}",
            if *counts { "counts" } else { "no longer counts" }
        )),
    };
    match done {
        Some(done) => {
            say!("{done}");
            Ok(ExitCode::SUCCESS)
        }
        None => {
            bail!("the note is kept, but the claim is too old: only the latest articles can be regrouped")
        }
    }
}

fn list(ledger: &Ledger, format: Format) -> Result<ExitCode> {
    let notes = ledger.notes()?;
    match format {
        Format::Json => say!("{}", serde_json::to_string_pretty(&notes)?),
        Format::Jsonl => {
            for note in &notes {
                say!("{}", serde_json::to_string(note)?);
            }
        }
        Format::Text => notes.iter().try_for_each(|note| print(ledger, note))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn addresses(ledger: &Ledger, captures: &[CaptureId]) -> Result<String> {
    let rows = captures.iter().map(|capture| ledger.capture_row(capture)).collect::<Result<Vec<_>, _>>()?;
    let mut pages: Vec<String> = rows.into_iter().flatten().map(|row| row.url).collect();
    pages.dedup();
    Ok(pages.join(" and "))
}

fn print(ledger: &Ledger, note: &Note) -> Result<()> {
    let what = match &note.decision {
        Decision::MergeGroups { keep, merge } => format!("claim {merge} is claim {keep}"),
        Decision::SplitGroup { group, captures } => {
            format!("what {} says is another claim than {group}", addresses(ledger, captures)?)
        }
        Decision::CountPage { of, captures, counts } => {
            let counts = if *counts { "counts" } else { "does not count" };
            format!("what {} says of {of} {counts}", addresses(ledger, captures)?)
        }
        Decision::ConfirmMeasure { measure, confirmed: true, name } => {
            format!("{measure} is a measure{}", name.as_ref().map_or(String::new(), |n| format!(": {n}")))
        }
        Decision::ConfirmMeasure { measure, .. } => format!("{measure} is no measure"),
    };
    say!("{BOLD}{what}{BOLD:#}  {DIM}{} {} {}{DIM:#}", note.made, note.author, note.reason);
    Ok(())
}
