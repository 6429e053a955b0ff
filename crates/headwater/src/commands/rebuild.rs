//! `headwater rebuild`

use crate::{config, progress};
use anyhow::Result;
use headwater_pipeline::rebuild;
use std::path::Path;
use std::process::ExitCode;

/// Make ledger and index anew from the archive
///
/// Make ledger and index anew from the archive, beside the old ones, and swap them in.
#[derive(clap::Args)]
pub struct Arguments {}

pub fn run(dir: &Path, _: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let lexicon = config::lexicon(&workspace)?;
    let bar = progress::counter("read and traced");
    let summary = rebuild(&workspace, lexicon, &mut |summary| bar.set_position(summary.captures))?;
    bar.finish_and_clear();
    for fault in &summary.faults {
        anstream::eprintln!("headwater: {fault}");
    }
    let digest = headwater_ledger::Ledger::open(&workspace.ledger())?.digest()?;
    say!(
        "{} captures, {} articles, {} notes; ledger {digest}",
        summary.captures,
        summary.articles,
        summary.notes
    );
    Ok(if summary.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
