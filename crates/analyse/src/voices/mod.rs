//! Voices: who says what.

use crate::Passage;
use headwater_knowledge::Lexicon;
use headwater_model::Analysis;

/// Finds the attributions of a passage; names are already in `analysis.entities`.
pub fn find(_passage: &Passage, _analysis: &mut Analysis, _lexicon: &Lexicon) {}
