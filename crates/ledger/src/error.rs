//! What can go wrong with a ledger.

use std::path::Path;

/// The ledger could not be read or written. It can always be made anew with `headwater rebuild`.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

impl Error {
    pub(crate) fn at(path: &Path, error: rusqlite::Error) -> Self {
        Error(format!(
            "cannot open the ledger {}: {error}; `headwater rebuild` makes it anew",
            path.display()
        ))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        Error(format!("the ledger: {e}; `headwater rebuild` makes it anew"))
    }
}

impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Self {
        Error(format!(
            "the ledger holds a record that this version does not read: {e}; run `headwater rebuild`"
        ))
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Error(format!("the ledger cannot be read or written: {e}; `headwater rebuild` makes it anew"))
    }
}
