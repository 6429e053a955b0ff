//! `headwater changes`

use super::{Format, parse_day};
use crate::config;
use crate::screen::{ACCENT, BOLD, DIM};
use anyhow::Result;
use headwater_ledger::Ledger;
use std::path::Path;
use std::process::ExitCode;

/// What moved: new claims, drift, conflicts, steps of measures, list changes, edits, pages gone. Each once.
#[derive(clap::Args)]
pub struct Arguments {
    /// From this day on; default: everything.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    since: Option<jiff::civil::Date>,
    /// At most this many.
    #[arg(long, default_value_t = 200)]
    limit: usize,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let news = Ledger::open(&workspace.ledger())?.news(arguments.since, arguments.limit)?;
    match arguments.format {
        Format::Json => anstream::println!("{}", serde_json::to_string_pretty(&news)?),
        Format::Jsonl => {
            for item in &news {
                anstream::println!("{}", serde_json::to_string(item)?);
            }
        }
        Format::Text => {
            let mut day = None;
            for item in &news {
                if day.replace(item.day) != Some(item.day) {
                    anstream::println!("{BOLD}{}{BOLD:#}", item.day);
                }
                anstream::println!("  {ACCENT}{}{ACCENT:#} {}", item.kind.phrase(), item.text);
                for cited in item.cited.iter().filter(|c| c.evidence.quote() != item.text) {
                    anstream::println!("      {DIM}“{}”{DIM:#}", cited.evidence.quote());
                }
            }
            if news.is_empty() {
                anstream::println!("nothing moved");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
