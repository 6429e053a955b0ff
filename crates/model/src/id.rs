//! Identities. Ids of what is derived are content hashes, so a rebuild gives the same ones;
//! ids of what a person names (entities, measures, sources) are the person's words.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// Hashes parts into 16 hexadecimal digits. Each part is preceded by its length, so that
/// `["ab","c"]` and `["a","bc"]` differ.
pub fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    data_encoding::HEXLOWER.encode(&hash.finalize()[..8])
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Box<str>);
        impl $name {
            /// Takes an id as it is written.
            pub fn new(id: impl Into<Box<str>>) -> Self { Self(id.into()) }
            /// Derives an id from what identifies the thing.
            pub fn of(parts: &[&[u8]]) -> Self { Self(digest(parts).into()) }
            /// The id as it is written.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(&self.0) }
        }
        impl From<&str> for $name { fn from(s: &str) -> Self { Self(s.into()) } }
        impl std::borrow::Borrow<str> for $name { fn borrow(&self) -> &str { &self.0 } }
    )+};
}

ids! {
    /// One capture of one URL: hash of URL, capture time and payload.
    CaptureId,
    /// An entity of the knowledge folder, e.g. `huawei`.
    EntityId,
    /// A measure of the knowledge folder, or a proposed one (`proposed-…`).
    MeasureId,
    /// A configured source.
    SourceId,
    /// A claim group: hash of its first mention.
    GroupId,
    /// A story: hash of its first capture.
    StoryId,
    /// A report or document that was cited and not captured.
    UnseenId,
}

/// A node of the derivation graph: something captured, or something known only by citation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeId {
    /// A captured article.
    Capture(CaptureId),
    /// A cited report that was not captured.
    Unseen(UnseenId),
}
