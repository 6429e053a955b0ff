//! What `analyse` returns.

use crate::id::CaptureId;
use crate::mention::{Attribution, EntityMention, Quantity};
use crate::time::DateMention;
use crate::{Claim, Doubt};
use serde::{Deserialize, Serialize};

/// Everything that one article was found to say. Each list is in text order, title first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Analysis {
    /// The capture it was read from.
    pub capture: CaptureId,
    /// Names.
    pub entities: Vec<EntityMention>,
    /// Figures.
    pub quantities: Vec<Quantity>,
    /// Dates.
    pub dates: Vec<DateMention>,
    /// Voices.
    pub attributions: Vec<Attribution>,
    /// Assertions.
    pub claims: Vec<Claim>,
    /// What was doubtful.
    pub doubts: Vec<Doubt>,
}

impl Analysis {
    /// An analysis that found nothing.
    pub fn empty(capture: CaptureId) -> Self {
        Analysis {
            capture,
            entities: Vec::new(),
            quantities: Vec::new(),
            dates: Vec::new(),
            attributions: Vec::new(),
            claims: Vec::new(),
            doubts: Vec::new(),
        }
    }
}
