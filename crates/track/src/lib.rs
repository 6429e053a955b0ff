//! Analyses to derivations, claim groups, drift, stories, measures, lists.
//!
//! A fold in archive order: [`Tracker::step`] takes one capture and tells what it changes. Nothing here
//! reads a clock, a disk or the order of a hash map; memory is bounded by the window of captures that a
//! new one is compared with.
//!
//! The folders use one another in one direction, which ARCHITECTURE.md states and a test holds. All stands on words and
//! sentences (`text`). What an article says of itself, of its sources and in its claims (`reading`) is what is kept of it
//! (`memory`). What an authority's document does (`acts`) moves measures (`measures`) and lists (`lists`). So far goes what a
//! capture says by itself: the map ([`read`], `page`). With those before it, its claims are grouped and held against one another
//! (`claims`), what it owes to others is worked out (`derivations`), it joins a story (`stories`) or is told apart from its
//! last edition (`editions`): the fold ([`Tracker::fold`], `tracker`).

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

pub use claims::compare::proposed as drifting;
pub use claims::sameness::{Clues, Pair, Tables, Tie, Weights};
pub use derivations::owing;
pub use memory::copies;
pub use page::{Page, Reading, read};
pub use stories::joining;
pub use text::{background, units};
pub use tracker::{RestoreError, Tracker};
