//! Dates and periods, resolved against publication, then capture.

use crate::Passage;
use headwater_model::{Analysis, Article};

/// Finds the dates of a passage.
pub fn find(_passage: &Passage, _article: &Article, _analysis: &mut Analysis) {}
