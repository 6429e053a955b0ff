//! Figures: money, percentages, counts, durations, with comparators and scopes.

use crate::Passage;
use headwater_model::Analysis;

/// Finds the figures of a passage.
pub fn find(_passage: &Passage, _analysis: &mut Analysis) {}
