//! Captures and notes in WARC segments, in order: the truth.
//!
//! An archive is a folder of segments, `00000001.warc.gz` and so on, each standard WARC 1.1 with a
//! gzip member a record. Records are only ever appended. The order of captures is the order
//! of their records; everything that Headwater derives is a function of that order.
//!
//! A capture over HTTP is three records: `request`, `metadata` (what the collector knew), `response`.
//! The response comes last, so a capture is complete when its response is. A document that
//! came without HTTP is a `resource`. A person's decision is a `metadata` record of type [`NOTE_TYPE`].

mod block;
mod error;
mod records;
mod segment;
mod writer;

pub use block::MAX_BODY;
pub use error::Error;
pub use records::{Fields, MAX_BLOCK, RawRecord, Records};
pub use segment::{Archive, Check, Entry, Item, block_digest, items};
pub use writer::{Exchange, Lock, SEGMENT_SIZE, Writer};

/// Media type of a note record.
pub const NOTE_TYPE: &str = "application/vnd.headwater.note+json";
/// Media type of the record that holds what the collector knew besides the page.
pub const HINTS_TYPE: &str = "application/vnd.headwater.hints+json";
