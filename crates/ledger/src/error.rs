//! What can go wrong with a ledger.

use std::path::{Path, PathBuf};

/// The ledger could not be read or written. It can always be made anew with `headwater rebuild`.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Kind);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("cannot open the ledger {path}: {source}; `headwater rebuild` makes it anew")]
    Open { path: PathBuf, source: rusqlite::Error },
    #[error(
        "the ledger {path} stands on a medium that cannot be written, and its journal is not folded in yet; copy the workspace to a place that can be written"
    )]
    Unfinished { path: PathBuf },
    #[error("the ledger: {0}; `headwater rebuild` makes it anew")]
    Sql(#[source] rusqlite::Error),
    #[error("the ledger holds a record that this version does not read: {0}; run `headwater rebuild`")]
    Record(#[source] serde_json::Error),
    #[error("the ledger cannot be read or written: {0}; `headwater rebuild` makes it anew")]
    Io(#[source] std::io::Error),
}

impl Error {
    pub(crate) fn unfinished(path: &Path) -> Self {
        Error(Kind::Unfinished { path: path.to_owned() })
    }

    pub(crate) fn at(path: &Path, source: rusqlite::Error) -> Self {
        Error(Kind::Open { path: path.to_owned(), source })
    }
}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        Error(Kind::Sql(e))
    }
}

impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Self {
        Error(Kind::Record(e))
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Error(Kind::Io(e))
    }
}
