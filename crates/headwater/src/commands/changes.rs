//! `headwater changes`

use super::{Format, parse_day, parse_limit};
use crate::config;
use crate::screen::{ACCENT, BOLD, DIM};
use anyhow::Result;
use headwater_ledger::{Known, Ledger};
use std::path::Path;
use std::process::ExitCode;

/// What moved: new claims, drift, conflicts, steps of measures, list changes, edits, pages gone. Each once, under the
/// day on which it became known here: the day of the capture that brought it. The day that the source gives, the JSON's
/// `day`, stands beside where it is another.
#[derive(clap::Args)]
pub struct Arguments {
    /// What became known on this day or later; default: everything.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    since: Option<jiff::civil::Date>,
    /// At most this many.
    #[arg(long, default_value_t = 200, value_parser = parse_limit)]
    limit: usize,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let news = Ledger::open_read_only(&workspace.ledger())?.news(arguments.since, arguments.limit)?;
    match arguments.format {
        Format::Json => anstream::println!("{}", serde_json::to_string_pretty(&news)?),
        Format::Jsonl => {
            for item in &news {
                anstream::println!("{}", serde_json::to_string(item)?);
            }
        }
        Format::Text => {
            let mut day = None;
            for Known { known, news: item } in &news {
                if day.replace(known) != Some(known) {
                    anstream::println!("{BOLD}{known}{BOLD:#}");
                }
                let dated = if item.day == *known { String::new() } else { format!(" (of {})", item.day) };
                anstream::println!(
                    "  {ACCENT}{}{ACCENT:#} {}{DIM}{dated}{DIM:#}",
                    item.kind.phrase(),
                    item.text
                );
                for cited in item
                    .cited
                    .iter()
                    .filter(|c| !c.evidence.quote().starts_with(item.text.trim_end_matches('…')))
                {
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
