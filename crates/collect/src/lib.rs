//! Sources to captures: plan, politeness, web, feeds, sitemaps, lists.
//!
//! [`source`] says what to ask, [`fetch`] asks politely, [`listing`] reads what a source lists, [`collector`] draws
//! one round from these, [`health`] says how each source fares. Parsing is pure; only [`fetch`] uses the network,
//! and only this crate and the binary know what time it is.

mod address;
mod challenge;
mod clock;
pub mod collector;
pub mod dates;
pub mod discover;
pub mod doctor;
pub mod feed;
pub mod fetch;
pub mod health;
mod inflate;
pub mod listing;
pub mod opml;
pub mod robots;
pub mod source;
pub mod state;
pub mod xml;

pub use collector::{Captured, CollectSettings, Collector, Due, Outcome, Round, Sink, next_due};
pub use discover::{Found, discover};
pub use doctor::{Diagnosis, diagnose};
pub use fetch::{FetchError, FetchSettings, Fetched, Fetcher, Step, Validators};
pub use source::{ListRule, Source, load_sources, write_source};
pub use state::State;
