//! Whether archive, ledger and every quote agree.

use crate::Workspace;
use crate::line::{CODE_VERSION, Error};
use headwater_archive::{Archive, Item};
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
    let archive = Archive::open(&workspace.archive());
    let checked = archive.check()?;
    let mut report = Report {
        records: checked.records,
        faults: checked.faults,
        pending: checked.unfinished.into_iter().collect(),
        ..Report::default()
    };
    if !workspace.ledger().exists() {
        if checked.records > 0 {
            report.pending.push("there is an archive and no ledger yet".into());
        }
        return Ok(report);
    }
    let ledger = Ledger::open(&workspace.ledger())?;
    let (folded, chain, beyond) = chain(&archive, ledger.position()?.unwrap_or_default())?;
    report.folded = folded;
    let mut same = |what: &str, stored: Option<String>, now: &str| {
        let stored = stored.unwrap_or_default();
        if !stored.is_empty() && stored != now {
            report.faults.push(format!(
                "the ledger was made from another {what} ({stored}, now {now}); run `headwater rebuild`"
            ));
        }
    };
    same("archive", ledger.meta("archive_digest")?, &chain);
    same("knowledge folder", ledger.meta("knowledge_digest")?, knowledge_digest);
    same("version of headwater", ledger.meta("code_version")?, CODE_VERSION);
    if beyond > 0 {
        report.pending.push(format!("{beyond} captures are archived and not yet in the ledger"));
    }
    let (quotes, wrong) = ledger.check_quotes()?;
    report.quotes = quotes;
    report.faults.extend(wrong);
    report.ledger_digest = ledger.digest()?;
    Ok(report)
}

/// The digest of what stands up to `until`, how many items that is, and how many stand beyond.
fn chain(archive: &Archive, until: Position) -> Result<(u64, String, u64), Error> {
    let (mut folded, mut beyond, mut chain) = (0, 0, String::new());
    for entry in archive.entries_after(Position::default())? {
        // Damaged records are reported by the archive's own check.
        let Ok(entry) = entry else { continue };
        if entry.position > until {
            beyond += 1;
            continue;
        }
        folded += 1;
        let identity = match entry.item {
            Item::Capture(capture) => capture.id().to_string(),
            Item::Revisit { url, captured } => format!("{url} {captured}"),
            Item::Note(note) => serde_json::to_string(&note).unwrap_or_default(),
        };
        chain = headwater_model::id::digest(&[chain.as_bytes(), identity.as_bytes()]);
    }
    Ok((folded, chain, beyond))
}
