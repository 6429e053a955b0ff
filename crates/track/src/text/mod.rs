//! Texts as the tracker compares and searches them: units, sentences, terms, and the words that are data.

pub mod background;
pub mod glossary;
pub mod list;
pub mod passage;
pub mod pieces;
pub mod terms;
pub mod units;
pub mod words;
