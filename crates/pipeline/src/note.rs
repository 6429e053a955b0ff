//! A person's decision: it goes into the archive like everything else, and the line goes on from there.

use crate::{Error, Line, Progress, Summary, Workspace};
use headwater_knowledge::Lexicon;
use headwater_model::note::Note;
use std::sync::Arc;

/// Archives a decision and folds it in, with whatever an interrupted run left before it.
pub fn note(
    workspace: &Workspace,
    lexicon: Arc<Lexicon>,
    note: &Note,
    progress: Progress,
) -> Result<Summary, Error> {
    let (mut line, mut writer) = Line::open_with_writer(workspace, lexicon)?;
    line.advance(progress)?;
    writer.note(note)?;
    writer.sync()?;
    line.advance(progress)
}
