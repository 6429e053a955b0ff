//! `headwater changes`

use super::{Format, parse_day, parse_limit};
use crate::config;
use crate::screen::{ACCENT, BOLD, DIM};
use anyhow::Result;
use headwater_ledger::Known;
use std::path::Path;
use std::process::ExitCode;

/// What became known since a day
///
/// What moved: new claims, drift, conflicts, steps of measures, list changes, edits, pages gone. Each once, under the
/// day on which it became known here: the day of the capture that brought it. The day that the source gives, the JSON's
/// `day`, stands beside where it is another.
#[derive(clap::Args)]
pub struct Arguments {
    /// What became known on this day or later; default: everything.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    since: Option<jiff::civil::Date>,
    /// At most this many, the latest; how many there are besides is said.
    #[arg(long, default_value_t = 200, value_parser = parse_limit)]
    limit: usize,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let ledger = super::open_ledger(&workspace)?;
    let news = ledger.news(arguments.since, arguments.limit, 0)?;
    let all = ledger.count_news(arguments.since)?;
    match arguments.format {
        Format::Json => say!("{}", serde_json::to_string_pretty(&news)?),
        Format::Jsonl => {
            for item in &news {
                say!("{}", serde_json::to_string(item)?);
            }
        }
        Format::Text => {
            let mut day = None;
            for Known { known, news: item } in &news {
                if day.replace(known) != Some(known) {
                    say!("{BOLD}{known}{BOLD:#}");
                }
                let dated = if item.day == *known { String::new() } else { format!(" (of {})", item.day) };
                say!("  {ACCENT}{}{ACCENT:#} {}{DIM}{dated}{DIM:#}", item.kind.phrase(), item.text);
                for cited in item.cited.iter().filter(|c| !item.is_quote(c.evidence.quote())) {
                    say!("      {DIM}“{}”{DIM:#}", cited.evidence.quote());
                }
            }
            if news.is_empty() {
                say!("nothing moved");
            }
        }
    }
    let ailing: Vec<String> = ledger
        .sources()?
        .iter()
        .filter(|source| !source.message.is_empty())
        .map(|source| format!("{} ({})", source.source, source.health))
        .collect();
    if !ailing.is_empty() {
        anstream::eprintln!(
            "headwater: not as they should come in: {}; `headwater source list` says why",
            ailing.join(", ")
        );
    }
    if all > news.len() {
        anstream::eprintln!("headwater: and {} more; `--limit {all}` shows all", all - news.len());
    }
    Ok(ExitCode::SUCCESS)
}
