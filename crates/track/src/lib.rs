//! Analyses to derivations, claim groups, drift, stories, measures, lists.
//!
//! A fold in archive order: [`Tracker::step`] takes one capture and tells what it changes. Nothing here
//! reads a clock, a disk or the order of a hash map; memory is bounded by the window of captures that a
//! new one is compared with.
//!
//! The folders follow a capture through a step. What an article says of itself and of its sources is read (`reading`), what it
//! shares with others and owes to them is worked out (`derivations`), its claims are grouped and held against one another
//! (`claims`), it joins a story (`stories`) or is told apart from its last edition (`editions`). What an authority's document does
//! (`acts`) moves measures (`measures`) and lists (`lists`). All this stands on words and sentences (`text`), and on what is kept of
//! earlier captures (`memory`).

mod acts;
mod claims;
mod derivations;
mod editions;
mod lists;
mod measures;
mod memory;
mod page;
mod reading;
mod stories;
mod text;
mod tracker;

pub use derivations::copies;
pub use page::{Page, Reading, read};
pub use text::{background, units};
pub use tracker::{RestoreError, Tracker};
