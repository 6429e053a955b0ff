//! What a stage was not sure of. Pure stages cannot fail: they return a value and doubts.

use crate::Evidence;
use serde::{Deserialize, Serialize};

/// One doubt: which rule has it, about what, in words for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Kind of doubt, a stable short name such as `date_conflict`, `ambiguous_name`, `truncated`.
    pub kind: String,
    /// What is doubtful and what was done, in a sentence.
    pub message: String,
    /// The words that gave rise to it, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

impl Doubt {
    /// A doubt about the page as a whole.
    pub fn new(kind: &str, message: impl Into<String>) -> Self {
        Doubt { kind: kind.into(), message: message.into(), evidence: None }
    }
    /// A doubt about a passage.
    pub fn at(kind: &str, message: impl Into<String>, evidence: Evidence) -> Self {
        Doubt { kind: kind.into(), message: message.into(), evidence: Some(evidence) }
    }
}
