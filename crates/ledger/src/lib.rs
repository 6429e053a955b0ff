//! Changes to embedded SQL; queries; digest.
//!
//! The ledger is derived: a function of archive, knowledge and code. All SQL stands here.
//! Records are stored as the JSON of `model`'s types, beside the columns by which they are found.

mod apply;
mod error;
mod queries;
mod schema;
mod verify;

pub use error::Error;
pub use queries::{CaptureRow, Citation, Counts, DecidedMeasure, Known, PageKinds};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use headwater_model::CaptureId;
use headwater_model::capture::Position;
use headwater_model::id::SourceId;
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::io::{Read, Write};
use std::path::Path;

/// What the ledger knows of a capture besides its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureRecord {
    /// Its id.
    pub id: CaptureId,
    /// Its address.
    pub url: String,
    /// When it was captured.
    pub captured: Timestamp,
    /// HTTP status.
    pub status: u16,
    /// Media type without parameters.
    pub media_type: String,
    /// Where its record stands in the archive.
    pub position: Position,
    /// The source that led to it.
    pub source: Option<SourceId>,
    /// The address that was asked for, if redirects led to another.
    pub requested_url: Option<String>,
}

/// The ledger of one workspace.
pub struct Ledger {
    db: Connection,
    waiting: apply::Waiting,
}

/// Statements that are kept prepared.
const STATEMENTS: usize = 64;

impl Ledger {
    /// Makes a new ledger. It is made under another name first, so that one that was interrupted in the making
    /// is never taken for a ledger.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let draft = path.with_extension("draft");
        let _ = std::fs::remove_file(&draft);
        let db = Connection::open(&draft).map_err(|e| Error::at(path, e))?;
        db.execute_batch(schema::SCHEMA).map_err(|e| Error::at(path, e))?;
        db.close().map_err(|(_, e)| Error::at(path, e))?;
        std::fs::rename(&draft, path)?;
        Ledger::open(path)
    }

    /// Opens a ledger for reading and writing.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ledger::tuned(Connection::open_with_flags(path, flags).map_err(|e| Error::at(path, e))?)
    }

    /// Opens a ledger for reading. Where there is none yet, it is one of nothing, in memory: a workspace into which nothing
    /// came has no ledger, and looking makes none.
    pub fn open_read_only(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Ledger::of_nothing();
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(|e| Error::at(path, e))?;
        let asked = db.query_row("SELECT count(*) FROM progress", [], |_| Ok(()));
        let db = match asked {
            Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen) => {
                Ledger::open_unchanging(path, flags)?
            }
            // What else may be wrong is told by the first question.
            _ => db,
        };
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Ledger { db, waiting: apply::Waiting::default() })
    }

    /// Opens a ledger on a medium that cannot be written, where SQLite has no place for its journal's index.
    fn open_unchanging(path: &Path, flags: OpenFlags) -> Result<Connection, Error> {
        let mut journal = path.as_os_str().to_owned();
        journal.push("-wal");
        if std::fs::metadata(&journal).is_ok_and(|journal| journal.len() > 0) {
            return Err(Error::unfinished(path));
        }
        let absolute = std::path::absolute(path)?;
        let encoded = absolute.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let address = format!("file:{encoded}?immutable=1");
        Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)
            .map_err(|e| Error::at(path, e))
    }

    fn of_nothing() -> Result<Self, Error> {
        let db = Connection::open_in_memory()?;
        db.execute_batch(schema::SCHEMA)?;
        Ok(Ledger { db, waiting: apply::Waiting::default() })
    }

    fn tuned(db: Connection) -> Result<Self, Error> {
        // A ledger can be rebuilt, so it need not survive a power cut; it must survive a kill, and WAL does.
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;",
        )?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Ledger { db, waiting: apply::Waiting::default() })
    }

    /// Closes the ledger and folds its journal into the file.
    pub fn close(self) -> Result<(), Error> {
        self.db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
        self.db.close().map_err(|(_, e)| e.into())
    }

    /// Begins a transaction; everything up to [`Ledger::commit`] is stored together or not at all.
    pub fn begin(&self) -> Result<(), Error> {
        Ok(self.db.execute_batch("BEGIN IMMEDIATE")?)
    }

    /// From now on the ledger is read as it stands, whatever is written to it meanwhile.
    pub fn hold(&self) -> Result<(), Error> {
        self.db.execute_batch("BEGIN DEFERRED")?;
        // The moment is that of the first look.
        self.position().map(|_| ())
    }

    /// Ends the transaction.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.write_waiting()?;
        Ok(self.db.execute_batch("COMMIT")?)
    }

    /// Ends the transaction and forgets what it held.
    pub fn roll_back(&mut self) -> Result<(), Error> {
        self.waiting = apply::Waiting::default();
        Ok(self.db.execute_batch("ROLLBACK")?)
    }

    /// A named fact about the ledger: `archive_digest`, `knowledge_digest`, `code_version`.
    pub fn meta(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(self.db.query_row("SELECT value FROM meta WHERE key = ?1", [key], |r| r.get(0)).optional()?)
    }

    /// States a named fact about the ledger.
    pub fn set_meta(&self, key: &str, value: &str) -> Result<(), Error> {
        self.db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)", [key, value])?;
        Ok(())
    }

    /// The last record folded in.
    pub fn position(&self) -> Result<Option<Position>, Error> {
        let row = self.db.query_row("SELECT segment, offset FROM progress", [], |r| {
            Ok(Position { segment: r.get(0)?, offset: r.get::<_, i64>(1)? as u64 })
        });
        Ok(row.optional()?)
    }

    /// States the last record folded in.
    pub fn set_position(&self, position: Position) -> Result<(), Error> {
        self.db.execute(
            "INSERT INTO progress (id, segment, offset) VALUES (1, ?1, ?2)
             ON CONFLICT (id) DO UPDATE SET segment = ?1, offset = ?2",
            params![position.segment, position.offset as i64],
        )?;
        Ok(())
    }

    /// The tracker's state at that position.
    pub fn tracker_state(&self) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT tracker FROM progress WHERE tracker IS NOT NULL";
        let row: Option<Vec<u8>> = self.db.query_row(sql, [], |r| r.get(0)).optional()?;
        let Some(stored) = row else { return Ok(None) };
        let mut state = Vec::with_capacity(stored.len() * 6);
        ZlibDecoder::new(&stored[..]).read_to_end(&mut state)?;
        Ok(Some(state))
    }

    /// Stores the tracker's state; the position must have been stated. It is compressed: the state is the texts
    /// of everything in the tracker's window, and every commit writes it whole.
    pub fn set_tracker_state(&self, state: &[u8]) -> Result<(), Error> {
        let mut encoder = ZlibEncoder::new(Vec::with_capacity(state.len() / 4), Compression::fast());
        encoder.write_all(state)?;
        self.db.execute("UPDATE progress SET tracker = ?1", [encoder.finish()?])?;
        Ok(())
    }
}
