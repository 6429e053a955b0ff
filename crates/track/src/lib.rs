//! Analyses to derivations, claim groups, drift, stories, measures, lists.
//!
//! A fold in archive order: [`Tracker::step`] takes one capture and tells what it changes. Nothing here
//! reads a clock, a disk or the order of a hash map; memory is bounded by the window of captures that a
//! new one is compared with.

pub mod background;
mod called;
mod citing;
mod compare;
pub mod copies;
mod derive;
pub mod difference;
mod editions;
mod effective;
mod event;
mod glossary;
mod groups;
mod hearsay;
mod instruments;
mod lists;
mod measures;
mod modality;
mod news;
mod notices;
mod objects;
mod parties;
mod passage;
mod proposals;
mod publisher;
mod reading;
mod reference;
mod renames;
mod reread;
mod retelling;
mod seen;
mod standing;
mod stories;
mod terms;
mod times;
mod tracker;
mod translation;
pub mod units;
mod unseen;
mod window;
mod wording;
mod words;

pub use tracker::{RestoreError, Tracker};
