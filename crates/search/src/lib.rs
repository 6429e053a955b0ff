//! Articles to full-text index; queries.
//!
//! Chinese is cut into words, and simplified and traditional characters find one another. A
//! query word that names a known entity finds all the names of that entity.

mod articles;
mod index;
mod query;
mod unchanging;
mod words;

pub use index::{Error, Filter, Hit, Hits, Index};
pub use query::NamesIn;
pub use words::{Snippet, fold};
