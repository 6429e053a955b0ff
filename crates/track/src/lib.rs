//! Analyses to derivations, claim groups, drift, stories, measures, lists.

use headwater_model::note::Note;
use headwater_model::{Analysis, Article, Changes, Hints, Knowledge};
use std::sync::Arc;

/// The fold over the archive: what is known so far, and what each capture changes.
pub struct Tracker {
    _knowledge: Arc<Knowledge>,
}

/// A saved state could not be read back.
#[derive(Debug)]
pub struct RestoreError(String);

impl std::fmt::Display for RestoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the tracker's state is unreadable: {}", self.0)
    }
}
impl std::error::Error for RestoreError {}

impl Tracker {
    /// A tracker that knows nothing yet.
    pub fn new(knowledge: Arc<Knowledge>) -> Self {
        Tracker { _knowledge: knowledge }
    }
    /// Folds one capture in, in archive order.
    pub fn step(&mut self, article: &Article, _analysis: &Analysis, _hints: &Hints, _status: u16) -> Changes {
        Changes { capture: article.capture.clone(), changes: Vec::new() }
    }
    /// Folds a person's decision in.
    pub fn note(&mut self, _note: &Note) -> Changes {
        Changes { capture: headwater_model::CaptureId::new(""), changes: Vec::new() }
    }
    /// The complete state.
    pub fn save(&self) -> Vec<u8> {
        Vec::new()
    }
    /// The tracker that was saved.
    pub fn restore(knowledge: Arc<Knowledge>, _state: &[u8]) -> Result<Self, RestoreError> {
        Ok(Tracker::new(knowledge))
    }
}
