//! `headwater doctor`

use crate::config;
use crate::screen::{ACCENT, BOLD};
use anyhow::{Context, Result, bail};
use headwater_collect::{Fetcher, diagnose, load_sources};
use std::path::Path;
use std::process::ExitCode;

/// Try each source step by step and name the step that fails
///
/// Try each source step by step — address, DNS, robots.txt, connection, status, parsing, entries, newest
/// date — and name the step that fails.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only the sources with these ids.
    ids: Vec<String>,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, config) = config::open(dir)?;
    let sources = load_sources(&workspace.sources())?;
    for id in &arguments.ids {
        if !sources.iter().any(|s| s.id.as_str() == id) {
            bail!("there is no source {id}; `headwater source list` shows them");
        }
    }
    let fetcher = Fetcher::new(config.collect.fetch)?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the network runtime")?;
    let mut failing = 0;
    for source in sources
        .iter()
        .filter(|s| arguments.ids.is_empty() || arguments.ids.iter().any(|id| id == s.id.as_str()))
    {
        say!("{BOLD}{}{BOLD:#} {}", source.id, source.url);
        for step in runtime.block_on(diagnose(source, &fetcher)) {
            if step.ok {
                say!("  ok    {:<12} {}", step.step, step.message);
            } else {
                failing += 1;
                say!("  {ACCENT}fails{ACCENT:#} {:<12} {}", step.step, step.message);
            }
        }
    }
    Ok(if failing > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
