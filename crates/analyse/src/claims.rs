//! Claims: what a text asserts.

use crate::Passage;
use headwater_knowledge::Lexicon;
use headwater_model::{Analysis, Article};

/// Finds the claims of a passage; everything else is already in `analysis`.
pub fn find(_passage: &Passage, _article: &Article, _analysis: &mut Analysis, _lexicon: &Lexicon) {}
