//! What people decide. Notes enter at the head of the line, as records of the archive.

use crate::id::{CaptureId, GroupId, MeasureId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One decision of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When it was made.
    pub made: Timestamp,
    /// Who made it, as they call themselves.
    pub author: String,
    /// Why, in their words.
    #[serde(default)]
    pub reason: String,
    /// What they decided.
    #[serde(flatten)]
    pub decision: Decision,
}

/// What a person can decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Decision {
    /// Two claim groups are one.
    MergeGroups {
        /// The group that stays.
        keep: GroupId,
        /// The group that goes into it.
        merge: GroupId,
    },
    /// The mentions of these captures are another claim than the rest of the group.
    SplitGroup {
        /// The group to split.
        group: GroupId,
        /// Captures whose mentions leave.
        captures: Vec<CaptureId>,
    },
    /// A proposed measure is real (`name` becomes its name) or not (`confirmed: false`).
    ConfirmMeasure {
        /// The proposed measure.
        measure: MeasureId,
        /// Whether it is one.
        confirmed: bool,
        /// Its name.
        name: Option<String>,
    },
    /// What captures say of a measure or of a list's members counts, or does not.
    CountPage {
        /// The measure's or the list's id.
        of: String,
        /// The captures.
        captures: Vec<CaptureId>,
        /// Whether it counts; the latest decision stands.
        counts: bool,
    },
}
