//! Analyses to derivations, claim groups, drift, stories, measures, lists.
//!
//! A fold in archive order: [`Tracker::step`] takes one capture and tells what it changes. Nothing here
//! reads a clock, a disk or the order of a hash map; memory is bounded by the window of captures that a
//! new one is compared with.

mod acts;
mod claims;
mod derivations;
mod editions;
mod lists;
mod measures;
mod memory;
mod reading;
mod stories;
mod text;
mod tracker;

pub use derivations::copies;
pub use text::{background, units};
pub use tracker::{RestoreError, Tracker};
