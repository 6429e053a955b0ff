//! Dates and periods, resolved against publication, then capture.

use crate::Passage;
use crate::passage::Language;
use headwater_model::{Analysis, Article};
use std::ops::Range;

/// Where a sentence names dates: bytes that hold no figures.
pub fn spans(_sentence: &str, _language: Language) -> Vec<Range<usize>> {
    Vec::new()
}

/// Finds the dates of a passage.
pub fn find(_passage: &Passage, _article: &Article, _analysis: &mut Analysis) {}
