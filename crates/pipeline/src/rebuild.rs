//! Rebuild: a new ledger and index are made from the archive beside the old ones and swapped in.

use crate::error::Kind;
use crate::line::Line;
use crate::{Error, Progress, Summary, Workspace};
use headwater_archive::{Archive, Lock};
use headwater_knowledge::Lexicon;
use headwater_ledger::Ledger;
use headwater_model::source::SourceState;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Makes a new ledger and index from the archive and swaps them in. What is not derived (how the sources fare) is
/// carried over, if the old ledger can still be read. A ledger is not given up for an archive that is not there.
pub fn rebuild(workspace: &Workspace, lexicon: Arc<Lexicon>, progress: Progress) -> Result<Summary, Error> {
    if Archive::open(&workspace.archive()).segments()?.is_empty() && known(&workspace.ledger()) > 0 {
        return Err(Kind::NoArchive(workspace.archive()).into());
    }
    // Holding the archive keeps a collector from going on with the ledger that is swapped out.
    let _lock = Lock::take(&workspace.archive())?;
    let (ledger, index) = (workspace.root().join("ledger.new.sqlite"), workspace.root().join("index.new"));
    remove(&ledger)?;
    remove(&index)?;
    let mut line = Line::open_at(&workspace.archive(), &ledger, &index, lexicon)?;
    let mut summary = line.advance(progress)?;
    match source_states(&workspace.ledger()) {
        Ok(states) => states.iter().try_for_each(|state| line.ledger().set_source(state))?,
        Err(_) => summary.faults.push(
            "the old ledger cannot be read; how the sources fare is known again once they are collected"
                .into(),
        ),
    }
    let lost = known(&workspace.ledger()).saturating_sub(summary.captures);
    if lost > 0 {
        // The collector would take the pages for fetched, and never fetch them again.
        remove(&workspace.collector())?;
        summary.faults.push(format!(
            "{lost} captures that the old ledger knew are not in the archive any more: a segment is missing, or was cut off \
             (what was cut off lies beside it, as `.cut`); the next collection fetches every page anew"
        ));
    }
    line.close()?;
    swap_ledger(&ledger, &workspace.ledger())?;
    swap_index(&index, &workspace.index(), &workspace.root().join("index.old"))?;
    Ok(summary)
}

/// How many captures the old ledger knows; none if it cannot be read.
fn known(ledger: &Path) -> u64 {
    let old = ledger.exists().then(|| Ledger::open(ledger).ok()).flatten();
    old.and_then(|old| old.count_captures().ok()).unwrap_or(0)
}

fn source_states(ledger: &Path) -> Result<Vec<SourceState>, Error> {
    if !ledger.exists() {
        return Ok(Vec::new());
    }
    let old = Ledger::open(ledger)?;
    let states = old.sources()?;
    old.close()?;
    Ok(states)
}

/// The new ledger takes the old one's name in one step. The old journal goes before: beside the new file it would be
/// read as the new one's.
fn swap_ledger(new: &Path, old: &Path) -> Result<(), Error> {
    remove(&beside(old, "-wal"))?;
    remove(&beside(old, "-shm"))?;
    Ok(std::fs::rename(new, old)?)
}

/// A folder cannot take the name of another in one step. Whoever looks in between finds no index, and an interruption
/// leaves one that is missing or of another origin; a line makes either anew.
fn swap_index(new: &Path, old: &Path, aside: &Path) -> Result<(), Error> {
    remove(aside)?;
    if old.exists() {
        std::fs::rename(old, aside)?;
    }
    std::fs::rename(new, old)?;
    remove(aside)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Removes a ledger with its journal, or an index folder, if it is there.
fn remove(path: &Path) -> Result<(), Error> {
    for path in [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")] {
        let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        match removed {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
    }
    Ok(())
}
