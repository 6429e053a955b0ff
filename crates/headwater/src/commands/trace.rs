//! `headwater trace`

use super::Format;
use crate::config;
use crate::screen::{ACCENT, BOLD, DIM};
use anyhow::{Result, bail};
use headwater_ledger::Ledger;
use headwater_model::claim::Polarity;
use headwater_model::id::NodeId;
use headwater_model::tracking::{ClaimGroup, DerivationKind, Edge, Mention};
use headwater_model::{CaptureId, GroupId, Knowledge, plain};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

/// Trace a page or a claim to where it was first said
///
/// Trace a page, or a claim by its id, to where it was first said, with both quotes wherever something
/// changed on the way. Reprints that change nothing stand in one line under what they reprint; `--format json` has
/// every mention whole.
#[derive(clap::Args)]
pub struct Arguments {
    /// The address of a page (its own or the one that it gives as its own), a file that was imported, a capture's id or the
    /// address of its archived copy, or a claim's id.
    #[arg(value_name = "URL|PATH|CAPTURE|CLAIM")]
    subject: String,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let knowledge = headwater_knowledge::load(&workspace.knowledge())?;
    let ledger = super::open_ledger(&workspace)?;
    let groups = groups(&ledger, &arguments.subject)?;
    match arguments.format {
        Format::Json => say!("{}", serde_json::to_string_pretty(&groups)?),
        Format::Jsonl => {
            for group in &groups {
                say!("{}", serde_json::to_string(group)?);
            }
        }
        Format::Text => {
            for group in &groups {
                let reprints = reprints(&ledger, group)?;
                Trace { ledger: &ledger, knowledge: &knowledge, group, reprints }.print()?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn groups(ledger: &Ledger, subject: &str) -> Result<Vec<ClaimGroup>> {
    if let Some(group) = ledger.group_of(&GroupId::new(subject))? {
        return Ok(vec![group]);
    }
    if let Some(id) = ledger.successor(&GroupId::new(subject))?
        && let Some(group) = ledger.group_of(&id)?
    {
        anstream::eprintln!("headwater: claim {subject} was merged into claim {id}");
        return Ok(vec![group]);
    }
    let captures = super::captures_at(ledger, subject)?;
    if captures.is_empty() {
        bail!("{subject} is neither a captured page nor a claim; `headwater search` finds pages");
    }
    let mut groups: BTreeMap<GroupId, ClaimGroup> = BTreeMap::new();
    for capture in captures {
        groups.extend(ledger.groups_of(&capture.id)?.into_iter().map(|g| (g.id.clone(), g)));
    }
    if groups.is_empty() {
        bail!("no claims were found on {subject}; `headwater read` shows what it says");
    }
    let mut groups: Vec<ClaimGroup> = groups.into_values().collect();
    groups.sort_by_key(|g| std::cmp::Reverse((g.drift.len(), g.conflicts.len(), g.mentions.len())));
    Ok(groups)
}

struct Trace<'a> {
    ledger: &'a Ledger,
    knowledge: &'a Knowledge,
    group: &'a ClaimGroup,
    /// Reprints that change nothing and that nobody retells, by what they reprint.
    reprints: BTreeMap<CaptureId, Vec<CaptureId>>,
}

fn reprints(ledger: &Ledger, group: &ClaimGroup) -> Result<BTreeMap<CaptureId, Vec<CaptureId>>> {
    let captures: BTreeSet<&CaptureId> = group.mentions.iter().map(|m| &m.capture).collect();
    let edges = captures.iter().map(|capture| ledger.edges_from(capture)).collect::<Result<Vec<_>, _>>()?;
    let mut reprints: BTreeMap<CaptureId, Vec<CaptureId>> = BTreeMap::new();
    for edge in group.carried_on(edges.iter().flatten()) {
        if let Edge { kind: DerivationKind::Reprint, to: NodeId::Capture(source), from, .. } = edge
            && captures.contains(source)
        {
            reprints.entry(source.clone()).or_default().push(from.clone());
        }
    }
    Ok(reprints)
}

impl Trace<'_> {
    fn print(&self) -> Result<()> {
        let group = self.group;
        let sources = if group.independent_sources == 1 { "source" } else { "sources" };
        let mentions = if group.mentions.len() == 1 { "mention" } else { "mentions" };
        say!(
            "{BOLD}{} · {}{BOLD:#}  {} {mentions}, {ACCENT}{} independent {sources}{ACCENT:#}  {DIM}claim {}{DIM:#}",
            group.frame,
            group.state,
            group.mentions.len(),
            group.independent_sources,
            group.id
        );
        for headwater in &group.headwaters {
            let origin = group.origin(headwater);
            say!("  {} {}{}", origin.words(), self.node(headwater)?, origin.remark());
        }
        let mut mentions: Vec<&Mention> = group.mentions.iter().collect();
        mentions.sort_by_key(|m| m.day);
        let folded: BTreeSet<&CaptureId> = self.reprints.values().flatten().collect();
        let mut told: BTreeSet<&CaptureId> = BTreeSet::new();
        for mention in mentions.into_iter().filter(|m| !folded.contains(&m.capture)) {
            self.words(mention);
            if told.insert(&mention.capture) {
                self.changes(mention)?;
                self.reprinted(&mention.capture)?;
            }
        }
        for conflict in &group.conflicts {
            say!("  {ACCENT}conflict of {}{ACCENT:#} {}", conflict.dimension, conflict.note);
            for (value, cited) in &conflict.values {
                say!(
                    "      {}: “{}” {DIM}{}{DIM:#}",
                    plain(value),
                    cited.evidence.quote(),
                    self.url(&cited.capture)?
                );
            }
        }
        say!();
        Ok(())
    }

    fn words(&self, mention: &Mention) {
        let contrary = if mention.polarity == Polarity::Negated { "negated, " } else { "" };
        say!("  {} {contrary}{} {DIM}{}{DIM:#}", mention.day, plain(mention.modality), mention.url);
        say!("      “{}”", mention.evidence.quote());
    }

    /// Where a mention's article has the claim from, and what it changed: told once an article.
    fn changes(&self, mention: &Mention) -> Result<()> {
        for edge in self.ledger.edges_from(&mention.capture)? {
            say!("      {DIM}{} of{DIM:#} {}", edge.called(), self.node(&edge.to)?);
        }
        let at = |d: &&headwater_model::tracking::Drift| d.to.capture == mention.capture;
        for drift in self.group.drift.iter().filter(at) {
            say!(
                "      {ACCENT}{} changed{ACCENT:#}: {} → {} {}",
                drift.dimension,
                plain(&drift.from_value),
                plain(&drift.to_value),
                drift.note
            );
            say!(
                "        was “{}”\n        now “{}”",
                drift.from.evidence.quote(),
                drift.to.evidence.quote()
            );
        }
        for same in self.group.renderings.iter().filter(at) {
            say!(
                "      {DIM}same value: {} → {} ({}){DIM:#}",
                plain(&same.from_value),
                plain(&same.to_value),
                same.note
            );
        }
        Ok(())
    }

    fn reprinted(&self, source: &CaptureId) -> Result<()> {
        let Some(reprints) = self.reprints.get(source) else { return Ok(()) };
        let mut urls = reprints.iter().map(|capture| self.url(capture)).collect::<Result<Vec<_>>>()?;
        urls.sort();
        say!("      {DIM}reprinted unchanged by{DIM:#} {}", urls.join(" "));
        Ok(())
    }

    fn url(&self, capture: &CaptureId) -> Result<String> {
        Ok(self.ledger.capture_row(capture)?.map_or(capture.to_string(), |row| row.url))
    }

    fn node(&self, node: &NodeId) -> Result<String> {
        match node {
            NodeId::Capture(capture) => self.url(capture),
            NodeId::Unseen(id) => {
                let Some(unseen) = self.ledger.unseen(id)? else { return Ok(id.to_string()) };
                let known = unseen.outlet.as_ref().and_then(|o| self.knowledge.entity(o));
                let name = known.map_or(unseen.name.as_str(), |e| e.en.as_str());
                let day = unseen.date.map(|d| format!(", {d}")).unwrap_or_default();
                Ok(format!("{name}{day} (cited, not captured)"))
            }
        }
    }
}
