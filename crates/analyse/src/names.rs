//! Names: entities of the knowledge folder and names that it lacks.

use crate::Passage;
use headwater_knowledge::Lexicon;
use headwater_model::{Analysis, Article};

/// Finds the names of all passages.
pub fn find(_article: &Article, _passages: &[Passage], _lexicon: &Lexicon, _analysis: &mut Analysis) {}
