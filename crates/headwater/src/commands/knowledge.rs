//! `headwater knowledge`

use crate::config;
use anyhow::{Context, Result, bail};
use headwater_knowledge::Filter;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Check and import knowledge; it is added to by editing its files
///
/// Check and import knowledge: names, measures, lists, rates. It stands in `knowledge/*.toml`, which people edit to add
/// to it; `headwater rebuild` applies what changed.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Check a knowledge folder: unique ids, parents that exist, names that clash
    Check {
        /// The folder; default: the workspace's.
        folder: Option<PathBuf>,
    },
    /// Make an entity file from a FollowTheMoney or Wikidata JSON dump, read as a stream. A dump of the same kind and name
    /// takes the place of the one imported before
    Import {
        /// The dump, plain or gzip.
        path: PathBuf,
        /// What it is.
        #[arg(long, value_enum)]
        from: Dump,
    },
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Dump {
    /// FollowTheMoney entities, one JSON object a line.
    Ftm,
    /// Wikidata entities, a JSON array or one object a line.
    Wikidata,
}

impl Dump {
    fn word(self) -> &'static str {
        match self {
            Dump::Ftm => "ftm",
            Dump::Wikidata => "wikidata",
        }
    }
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    match arguments.action {
        Action::Check { folder: Some(folder) } => check(&folder),
        Action::Check { folder: None } => check(&config::open(dir)?.0.knowledge()),
        Action::Import { path, from } => import(dir, &path, from),
    }
}

fn check(folder: &Path) -> Result<ExitCode> {
    let report = headwater_knowledge::check(folder)?;
    for problem in &report.problems {
        anstream::eprintln!("headwater: {problem}");
    }
    if !report.problems.is_empty() {
        anstream::eprintln!(
            "headwater: {} to put right in {}",
            plural(report.problems.len()),
            folder.display()
        );
    }
    for (kind, count) in &report.entities {
        say!("{count:>6} {kind}");
    }
    say!("{:>6} names, {} measures, {} rates", report.names, report.measures, report.rates);
    Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn import(dir: &Path, path: &Path, from: Dump) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let reader = BufReader::new(File::open(path).with_context(|| format!("cannot read {}", path.display()))?);
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let target = workspace.knowledge().join(format!("imported-{}-{name}.jsonl", from.word()));
    // Under another name until it is whole: an import that brings nothing leaves an earlier one as it was.
    let draft = target.with_extension("draft");
    let writer =
        BufWriter::new(File::create(&draft).with_context(|| format!("cannot write {}", draft.display()))?);
    let imported = match from {
        Dump::Ftm => headwater_knowledge::import_ftm(reader, writer)?,
        Dump::Wikidata => headwater_knowledge::import_wikidata(reader, writer, &Filter::default())?,
    };
    let replaced = if target.exists() { ", in place of an earlier import" } else { "" };
    if imported.written > 0 {
        std::fs::rename(&draft, &target).with_context(|| format!("cannot write {}", target.display()))?;
        say!(
            "{} read, {} written to {}{replaced}, {} left out; `headwater rebuild` applies them",
            imported.read,
            imported.written,
            target.display(),
            imported.left_out
        );
    } else {
        std::fs::remove_file(&draft).with_context(|| format!("cannot remove {}", draft.display()))?;
    }
    for (line, fault) in &imported.faults {
        anstream::eprintln!("headwater: {}:{line}: {fault}", path.display());
    }
    if imported.broken > imported.faults.len() as u64 {
        anstream::eprintln!(
            "headwater: {} lines could not be read; the first are named above",
            imported.broken
        );
    }
    if imported.written == 0 {
        bail!("nothing in {} could be taken over; nothing was written", path.display());
    }
    Ok(if imported.broken == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn plural(problems: usize) -> String {
    if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") }
}
