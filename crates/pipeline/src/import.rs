//! Import: what a person hands over goes into the archive, and the line goes on from there.

use crate::documents::{Refused, captures};
use crate::{Error, Line, Progress, Summary, Workspace};
use headwater_archive::Writer;
use headwater_knowledge::Lexicon;
use headwater_model::{Capture, CaptureId};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// What an import did.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// Captures that were added to the archive.
    pub added: u64,
    /// Captures that the archive already held.
    pub held: u64,
    /// What could not be read, and why.
    pub refused: Vec<Refused>,
    /// What the line then did.
    pub summary: Summary,
}

/// Imports files, folders, archives and JSON lines. `captured` is the time of what carries none of
/// its own; what was captured after `latest` is refused. `archived` is told after every capture that is safe in the archive.
pub fn import(
    workspace: &Workspace,
    lexicon: Arc<Lexicon>,
    paths: &[PathBuf],
    captured: Timestamp,
    latest: Timestamp,
    archived: &mut dyn FnMut(&Imported),
    progress: Progress,
) -> Result<Imported, Error> {
    let (mut line, mut writer) = Line::open_with_writer(workspace, lexicon)?;
    // An import that was interrupted may have left captures that the ledger does not know yet.
    line.advance(progress)?;
    let mut imported = Imported::default();
    let mut seen = BTreeSet::new();
    for found in paths.iter().flat_map(|path| captures(path, captured)) {
        match found {
            // The archive is for good, and what is dated ahead would be the latest that is known until that day comes.
            Ok(capture) if capture.captured > latest => imported.refused.push(Refused {
                what: capture.url,
                why: format!("it says that it was captured at {:.0}, which is yet to come", capture.captured),
            }),
            Ok(capture) => add(&mut writer, &line, &mut seen, &capture, &mut imported)?,
            Err(refused) => imported.refused.push(refused),
        }
        archived(&imported);
    }
    writer.sync()?;
    imported.summary = line.advance(progress)?;
    Ok(imported)
}

fn add(
    writer: &mut Writer,
    line: &Line,
    seen: &mut BTreeSet<CaptureId>,
    capture: &Capture,
    imported: &mut Imported,
) -> Result<(), Error> {
    let id = capture.id();
    if seen.contains(&id) || line.ledger().has_capture(&id)? || is_unchanged(line, capture)? {
        imported.held += 1;
        return Ok(());
    }
    if capture.url.starts_with("http")
        && capture.content_type.as_deref() != Some(headwater_model::capture::DOCUMENT_TYPE)
    {
        let exchange = headwater_archive::Exchange { capture, request_headers: &[], response_headers: &[] };
        writer.exchange(&exchange)?;
    } else {
        writer.resource(capture)?;
    }
    seen.insert(id);
    imported.added += 1;
    Ok(())
}

/// Whether the latest capture of the same address up to then had the same bytes: importing a folder or a
/// file of documents twice adds nothing. One of an earlier time does: it is evidence of who was first.
fn is_unchanged(line: &Line, capture: &Capture) -> Result<bool, Error> {
    let before = line.ledger().capture_until(&capture.url, capture.captured)?;
    Ok(before.is_some_and(|(id, captured)| capture.id_at(captured) == id))
}
