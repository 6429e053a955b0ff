//! `headwater check`

use super::Format;
use crate::config;
use anyhow::Result;
use headwater_pipeline::check;
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;

/// Verify that archive, ledger and every quote agree
///
/// Verify the archive's digests, that the ledger is of this archive, knowledge and code, and that every
/// quote stands where it is said to stand. Exits with 0 when everything agrees, with 1 when not. What an
/// interrupted run left for the next one is named, and is no fault; nor is what was cut off and set aside.
#[derive(clap::Args)]
pub struct Arguments {
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let knowledge = headwater_knowledge::load(&workspace.knowledge())?;
    let report = check(&workspace, &knowledge.digest)?;
    let aside = set_aside(&workspace.archive());
    if arguments.format == Format::Text {
        for fault in &report.faults {
            anstream::eprintln!("headwater: {fault}");
        }
        for pending in &report.pending {
            anstream::eprintln!("headwater: {pending}; the next collect, import or rebuild takes it up");
        }
        for (name, bytes) in &aside {
            anstream::eprintln!("headwater: {name}: {bytes} bytes that make no whole record, set aside");
        }
        say!(
            "{} records, {} folded into the ledger, {} quotes verified",
            report.records,
            report.folded,
            report.quotes
        );
        say!("ledger {}", report.ledger_digest);
        say!("{}", if report.faults.is_empty() { "everything agrees" } else { "not everything agrees" });
    } else {
        say!(
            "{}",
            json!({ "records": report.records, "folded": report.folded, "quotes": report.quotes,
                    "ledger_digest": report.ledger_digest, "faults": report.faults, "pending": report.pending,
                    "set_aside": aside.iter().map(|(name, _)| name).collect::<Vec<_>>() })
        );
    }
    Ok(if report.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// What writers cut off from segments and kept beside them: names and sizes.
fn set_aside(archive: &Path) -> Vec<(String, u64)> {
    let entries = std::fs::read_dir(archive).into_iter().flatten().filter_map(Result::ok);
    let is_cut = |path: &Path| path.extension().is_some_and(|e| e.to_string_lossy().starts_with("cut"));
    let cut = entries.filter(|entry| is_cut(&entry.path()));
    let named = cut.map(|e| (e.path().display().to_string(), e.metadata().map_or(0, |m| m.len())));
    let mut found: Vec<(String, u64)> = named.collect();
    found.sort();
    found
}
