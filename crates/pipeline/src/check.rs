//! Whether archive, ledger and every quote agree.

use crate::line::{identity, link};
use crate::{CODE_VERSION, Error, Workspace, index};
use headwater_archive::{Archive, Check, Entry};
use headwater_ledger::Ledger;
use headwater_model::capture::Position;

/// What a check found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Records of the archive that were read and verified.
    pub records: u64,
    /// Captures and notes folded into the ledger.
    pub folded: u64,
    /// Pieces of evidence that were held against their texts.
    pub quotes: u64,
    /// The ledger's digest.
    pub ledger_digest: String,
    /// What is wrong, in words. Empty when everything agrees.
    pub faults: Vec<String>,
    /// What an interrupted run left for the next one to take up, in words.
    pub pending: Vec<String>,
}

/// Verifies the archive's digests, that the ledger is of this archive, knowledge and code, and that
/// every quote stands where it is said to stand.
pub fn check(workspace: &Workspace, knowledge_digest: &str) -> Result<Report, Error> {
    let ledger = match workspace.ledger().exists() {
        true => Some(Ledger::open_read_only(&workspace.ledger())?),
        false => None,
    };
    // A collector may go on meanwhile: all that is asked of the ledger is of one moment, however long the archive takes.
    ledger.as_ref().map(Ledger::hold).transpose()?;
    let position = ledger.as_ref().map(Ledger::position).transpose()?.flatten();
    let (checked, read) = read_through(&Archive::open(&workspace.archive()), position.unwrap_or_default())?;
    let mut report = Report {
        records: checked.records,
        faults: checked.faults,
        pending: checked.unfinished.into_iter().collect(),
        ..Report::default()
    };
    let Some(ledger) = ledger else {
        if checked.records > 0 {
            report.pending.push("there is an archive and no ledger yet".into());
        }
        return Ok(report);
    };
    report.folded = read.folded;
    let mut same = |what: &str, stored: Option<String>, now: &str| {
        let stored = stored.unwrap_or_default();
        if !stored.is_empty() && stored != now {
            report.faults.push(format!(
                "the ledger was made from another {what} ({stored}, now {now}); run `headwater rebuild`"
            ));
        }
    };
    same("archive", ledger.meta("archive_digest")?, &read.chain);
    same("knowledge folder", ledger.meta("knowledge_digest")?, knowledge_digest);
    same("version of headwater", ledger.meta("code_version")?, CODE_VERSION);
    if read.beyond > 0 {
        report.pending.push(format!("{} captures are archived and not yet in the ledger", read.beyond));
    }
    report.pending.extend(index::pending(workspace, &ledger, knowledge_digest)?);
    let (quotes, wrong) = ledger.check_quotes()?;
    report.quotes = quotes;
    report.faults.extend(wrong);
    report.ledger_digest = ledger.digest()?;
    Ok(report)
}

/// What of an archive a ledger that stands at some position has folded in.
#[derive(Default)]
struct Folded {
    folded: u64,
    /// Identifies what was folded in.
    chain: String,
    beyond: u64,
}

/// Reads the archive once, for its own check and for the ledger's.
fn read_through(archive: &Archive, until: Position) -> Result<(Check, Folded), Error> {
    let mut read = Folded::default();
    let checked = archive.check(&mut |Entry { position, item }| {
        if position > until {
            read.beyond += 1;
            return;
        }
        read.folded += 1;
        read.chain = link(&read.chain, &identity(&item));
    })?;
    Ok((checked, read))
}
