//! What can go wrong where stages touch the disk.

/// A stage that touches the disk failed. The message names the file and what to do.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Kind);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error(transparent)]
    Archive(headwater_archive::Error),
    #[error(transparent)]
    Ledger(headwater_ledger::Error),
    #[error(transparent)]
    Search(headwater_search::Error),
    #[error(transparent)]
    Io(std::io::Error),
    #[error("{0}; run `headwater rebuild`")]
    State(headwater_track::RestoreError),
    #[error("there is nothing in {}, though the ledger knows captures: is the disk mounted? The ledger is left as it is", .0.display())]
    NoArchive(std::path::PathBuf),
    #[error("the ledger was made by another version of headwater; run `headwater rebuild`")]
    OtherCode,
    #[error("the knowledge folder has changed since the ledger was made; run `headwater rebuild`")]
    OtherKnowledge,
}

impl Error {
    /// Whether another process is writing to the workspace: what was asked for can be done later.
    pub fn is_locked(&self) -> bool {
        matches!(&self.0, Kind::Archive(e) if e.is_locked())
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Error(kind)
    }
}

macro_rules! from {
    ($($source:ty => $kind:ident),+ $(,)?) => {$(
        impl From<$source> for Error {
            fn from(e: $source) -> Self { Error(Kind::$kind(e)) }
        }
    )+};
}
from!(
    headwater_archive::Error => Archive,
    headwater_ledger::Error => Ledger,
    headwater_search::Error => Search,
    headwater_track::RestoreError => State,
    std::io::Error => Io,
);
