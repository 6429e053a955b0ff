//! `headwater import`

use super::{now, parse_day};
use crate::{config, progress};
use anyhow::{Context, Result, bail};
use headwater_pipeline::{import, instant};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Add archives (WARC), pages, PDFs, texts, folders or JSON lines of documents
///
/// Add WARC archives, HTML, PDF, text, e-mails, folders of these, or JSON lines of documents
/// `{url, published, title, text|abstract}` to the archive, and run the line. An HTML file is of the address that it gives as its own
/// (where a browser saved it from, else its canonical address), else of its path.
#[derive(clap::Args)]
pub struct Arguments {
    /// What to add. Folders are walked in the order of their names.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day of capture for what carries none of its own; default: now.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    captured: Option<jiff::civil::Date>,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let lexicon = config::lexicon(&workspace)?;
    let captured = match arguments.captured {
        Some(day) => instant(&day.to_string()).context("the day of capture is out of range")?,
        None => now(),
    };
    // A day is its noon, and where it is noon first that is half a day ahead.
    let latest = now() + jiff::SignedDuration::from_hours(24);
    if let Some(day) = arguments.captured.filter(|_| captured > latest) {
        bail!("--captured {day} is yet to come");
    }
    let archived = progress::counter("archived");
    let read = progress::counter("read and traced");
    let imported = import(
        &workspace,
        lexicon,
        &arguments.paths,
        captured,
        latest,
        &mut |so_far| archived.set_position(so_far.added + so_far.held),
        &mut |summary| read.set_position(summary.captures),
    )?;
    archived.finish_and_clear();
    read.finish_and_clear();
    for refused in &imported.refused {
        anstream::eprintln!("headwater: {}: {}", refused.what, refused.why);
    }
    for empty in &imported.summary.empty {
        anstream::eprintln!("headwater: {empty}");
    }
    for fault in &imported.summary.faults {
        anstream::eprintln!("headwater: {fault}");
    }
    say!(
        "{} captures archived, {} held already, {} refused; {} of {} captures are articles",
        imported.added,
        imported.held,
        imported.refused.len(),
        imported.summary.articles,
        imported.summary.captures
    );
    if imported.added + imported.held == 0 {
        return Ok(ExitCode::from(2));
    }
    let summary = &imported.summary;
    let clean = imported.refused.is_empty() && summary.faults.is_empty() && summary.empty.is_empty();
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
