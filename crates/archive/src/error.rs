//! What can go wrong with an archive.

use std::path::{Path, PathBuf};

/// An archive could not be read or written. The message names the file and what to do.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Kind);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("cannot {verb} {path}: {source}")]
    Io { verb: &'static str, path: PathBuf, source: std::io::Error },
    #[error(
        "{path} is being written by another process; wait for it to end, or name another workspace with --dir"
    )]
    Locked { path: PathBuf },
    #[error("{path} is not a WARC file: {reason}")]
    NotWarc { path: PathBuf, reason: String },
    #[error("{path} at byte {offset}: the record is cut off")]
    CutOff { path: PathBuf, offset: u64 },
    #[error("{path} at byte {offset}: {reason}")]
    Damaged { path: PathBuf, offset: u64, reason: String },
}

impl Error {
    pub(crate) fn io(verb: &'static str, path: &Path, source: std::io::Error) -> Self {
        Error(Kind::Io { verb, path: path.to_owned(), source })
    }
    pub(crate) fn locked(path: &Path) -> Self {
        Error(Kind::Locked { path: path.to_owned() })
    }
    pub(crate) fn not_warc(path: &Path, reason: impl Into<String>) -> Self {
        Error(Kind::NotWarc { path: path.to_owned(), reason: reason.into() })
    }
    pub(crate) fn damaged(path: &Path, offset: u64, reason: impl Into<String>) -> Self {
        Error(Kind::Damaged { path: path.to_owned(), offset, reason: reason.into() })
    }
    pub(crate) fn cut_off(path: &Path, offset: u64) -> Self {
        Error(Kind::CutOff { path: path.to_owned(), offset })
    }
    /// Whether another process is writing: what was asked for can be done later.
    pub fn is_locked(&self) -> bool {
        matches!(self.0, Kind::Locked { .. })
    }
    /// Whether the file ends inside a record, as an interrupted write leaves it.
    pub fn is_cut_off(&self) -> bool {
        matches!(self.0, Kind::CutOff { .. })
    }
    /// Whether the file is no WARC at all, as against a damaged one.
    pub fn is_not_warc(&self) -> bool {
        matches!(self.0, Kind::NotWarc { .. })
    }
}
