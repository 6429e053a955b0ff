//! Ledger, index and archive to pages, feeds and JSON over HTTP.
//!
//! Pages are drawn on the server, one module each. There is no script, inline style or build step;
//! a Content-Security-Policy holds us to it. Nothing here writes.

mod api;
mod asked;
pub mod cite;
mod difference;
mod error;
mod layout;
mod names;
mod pages;
mod script;
mod site;
mod trace;

pub use pages::replay::archived;
pub use site::{NamesIn, Site, router, run};
