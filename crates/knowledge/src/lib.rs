//! Knowledge files to lexicon: what a person has written down as known, checked, and what finds every
//! name in a text.
//!
//! Facts stand in files, never in code: [`load`] reads a folder, [`embedded`] is the folder that
//! was current when the program was built. [`Lexicon`] finds names; whom an ambiguous one means is
//! for the reader of the whole article to say.

mod edit;
mod embedded;
mod error;
mod file;
mod fold;
mod hashed;
mod import;
mod imported;
mod lexicon;
mod load;
mod matcher;
mod measures;
mod names;
mod phrases;
mod words;

pub use edit::add_entity;
pub use embedded::{FILES, embedded};
pub use error::{Error, Problem};
pub use fold::{Folded, fold, is_han, is_of_word, simplified};
pub use import::{Filter, Imported, import_ftm, import_wikidata};
pub use lexicon::{Candidate, Lexicon, Match};
pub use load::{Report, check, load};
pub use matcher::Matcher;
pub use measures::{Alternative, MeasureIndex};
pub use names::{Name, names_of};
pub use phrases::{Phrases, Pieces};
pub use words::{Speech, Word, Words};
