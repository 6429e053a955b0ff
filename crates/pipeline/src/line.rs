//! The line: extract and analyse as a map, track as a fold, ledger and search as its record.

use crate::Workspace;
use headwater_analyse::analyse;
use headwater_archive::{Archive, Entry, Item};
use headwater_extract::extract;
use headwater_knowledge::Lexicon;
use headwater_ledger::{CaptureRecord, Ledger};
use headwater_model::capture::Position;
use headwater_model::time::utc_day;
use headwater_model::{Analysis, Article, Capture, CaptureId};
use headwater_search::Index;
use headwater_track::Tracker;
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Identifies the code for the law "ledger = f(archive, knowledge, code)".
pub const CODE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Captures that are read and analysed at once: enough to keep every core busy, few enough that
/// pages of ordinary size take little memory.
const MAP_BATCH: usize = 256;
/// A map batch ends early once its pages have this many bytes.
const MAP_BYTES: usize = 48 << 20;
/// Batches that may wait, read and analysed, for the fold.
const BATCHES_AHEAD: usize = 1;
/// The ledger is committed after this many captures: a commit stores the tracker's whole state.
const COMMIT_EVERY: u64 = 8192;

/// A stage that touches the disk failed. The message names the file and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(pub(crate) String);

macro_rules! from {
    ($($source:ty),+) => {$(
        impl From<$source> for Error {
            fn from(e: $source) -> Self { Error(e.to_string()) }
        }
    )+};
}
from!(headwater_archive::Error, headwater_ledger::Error, headwater_search::Error, std::io::Error);

/// Told after every batch: captures done, and how far into the archive's bytes the line is.
pub type Progress<'a> = &'a mut dyn FnMut(&Summary);

/// What an advance did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Captures folded in.
    pub captures: u64,
    /// Of these, pages that are articles or notices.
    pub articles: u64,
    /// Notes of people folded in.
    pub notes: u64,
    /// Position of the last record folded in.
    pub position: Position,
    /// Faults met in the archive, in words; the captures before and after them are in.
    pub faults: Vec<String>,
}

/// Reads and analyses one capture: the map of the line. Pure.
pub fn read(capture: &Capture, lexicon: &Lexicon) -> (Article, Analysis) {
    let article = extract(capture);
    let analysis = analyse(&article, lexicon);
    (article, analysis)
}

/// The line over one archive, open at the ledger's position.
pub struct Line {
    archive: Archive,
    lexicon: Arc<Lexicon>,
    tracker: Tracker,
    ledger: Ledger,
    index: Index,
    position: Position,
    chain: String,
}

impl Line {
    /// Opens the line of a workspace. A ledger that was made by other code or from other knowledge
    /// is refused: `rebuild` makes a new one.
    pub fn open(workspace: &Workspace, lexicon: Arc<Lexicon>) -> Result<Self, Error> {
        Line::open_at(&workspace.archive(), &workspace.ledger(), &workspace.index(), lexicon)
    }

    fn open_at(archive: &Path, ledger: &Path, index: &Path, lexicon: Arc<Lexicon>) -> Result<Self, Error> {
        let ledger = if ledger.exists() { Ledger::open(ledger)? } else { Ledger::create(ledger)? };
        let knowledge = Arc::new(lexicon.knowledge().clone());
        check_origin(&ledger, &knowledge.digest)?;
        let tracker = match ledger.tracker_state()? {
            Some(state) => Tracker::restore(knowledge, &state)
                .map_err(|e| Error(format!("{e}; run `headwater rebuild`")))?,
            None => Tracker::new(knowledge),
        };
        let position = ledger.position()?.unwrap_or_default();
        let chain = ledger.meta("archive_digest")?.unwrap_or_default();
        let index = Index::open_or_create(index)?;
        Ok(Line { archive: Archive::open(archive), lexicon, tracker, ledger, index, position, chain })
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }
    /// Position of the last record folded in.
    pub fn position(&self) -> Position {
        self.position
    }

    /// Folds in everything that the archive holds beyond the ledger's position.
    pub fn advance(&mut self, progress: Progress) -> Result<Summary, Error> {
        let mut summary = Summary { position: self.position, ..Summary::default() };
        let entries = self.archive.entries_after(self.position)?;
        let lexicon = self.lexicon.clone();
        // The map of the next batch goes on while this one is folded in.
        std::thread::scope(|scope| {
            let (sender, batches) = sync_channel(BATCHES_AHEAD);
            scope.spawn(move || send_batches(entries, &lexicon, &sender));
            self.fold_all(&batches, &mut summary, progress)
        })?;
        self.catch_up_index()?;
        Ok(summary)
    }

    fn fold_all(
        &mut self,
        batches: &Receiver<Batch>,
        summary: &mut Summary,
        progress: Progress,
    ) -> Result<(), Error> {
        let mut uncommitted = 0;
        self.ledger.begin()?;
        for batch in batches {
            summary.faults.extend(batch.faults);
            for mapped in batch.mapped {
                self.fold(mapped, summary)?;
                uncommitted += 1;
            }
            if uncommitted >= COMMIT_EVERY {
                self.commit()?;
                self.ledger.begin()?;
                uncommitted = 0;
            }
            progress(summary);
        }
        self.commit()
    }

    fn fold(&mut self, mapped: Mapped, summary: &mut Summary) -> Result<(), Error> {
        let identity = match mapped.read {
            Read::Page(page) => {
                let (record, hints, article, analysis) = *page;
                let changes = self.tracker.step(&article, &analysis, &hints, record.status);
                self.ledger.capture(&record)?;
                self.ledger.article(&article, &analysis)?;
                self.ledger.changes(changes, utc_day(record.captured))?;
                summary.captures += 1;
                summary.articles += u64::from(article.page_kind.is_readable());
                record.id.to_string()
            }
            Read::Revisit { url, captured } => {
                self.ledger.revisit(&url, captured, mapped.position)?;
                format!("{url} {captured}")
            }
            Read::Note(note) => {
                let changes = self.tracker.note(&note);
                self.ledger.note(&note, mapped.position)?;
                self.ledger.changes(changes, utc_day(note.made))?;
                summary.notes += 1;
                serde_json::to_string(&note).unwrap_or_default()
            }
        };
        self.chain = headwater_model::id::digest(&[self.chain.as_bytes(), identity.as_bytes()]);
        self.position = mapped.position;
        summary.position = mapped.position;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.ledger.set_position(self.position)?;
        self.ledger.set_tracker_state(&self.tracker.save())?;
        self.ledger.set_meta("archive_digest", &self.chain)?;
        self.ledger.set_meta("knowledge_digest", &self.lexicon.knowledge().digest)?;
        self.ledger.set_meta("code_version", CODE_VERSION)?;
        Ok(self.ledger.commit()?)
    }

    /// Brings the index to the ledger's last article. The ledger is the source, so an index that was
    /// interrupted or deleted catches up here.
    fn catch_up_index(&mut self) -> Result<(), Error> {
        let mut seq = self.index.indexed_seq()?;
        let index = &mut self.index;
        let mut failed = None;
        self.ledger.articles_after(seq, |at, article, analysis| {
            seq = at;
            let ids: Vec<_> = analysis.entities.iter().filter_map(|e| e.id.clone()).collect();
            if let Err(e) = index.add(article, &ids) {
                failed.get_or_insert(e);
            }
        })?;
        if let Some(e) = failed {
            return Err(e.into());
        }
        Ok(self.index.commit(seq)?)
    }
}

fn map(entry: Entry, lexicon: &Lexicon) -> Mapped {
    let Entry { position, item } = entry;
    let read = match item {
        Item::Capture(capture) => {
            let (article, analysis) = read(&capture, lexicon);
            let record = CaptureRecord {
                id: article.capture.clone(),
                url: capture.url.clone(),
                captured: capture.captured,
                status: capture.status,
                media_type: capture.media_type(),
                position,
                source: capture.hints.source.clone(),
            };
            Read::Page(Box::new((record, capture.hints, article, analysis)))
        }
        Item::Revisit { url, captured } => Read::Revisit { url, captured },
        Item::Note(note) => Read::Note(note),
    };
    Mapped { position, read }
}

struct Mapped {
    position: Position,
    read: Read,
}

enum Read {
    Page(Box<(CaptureRecord, headwater_model::Hints, Article, Analysis)>),
    Revisit { url: String, captured: jiff::Timestamp },
    Note(headwater_model::note::Note),
}

/// Captures that were read and analysed together, and the faults met on the way to them.
struct Batch {
    mapped: Vec<Mapped>,
    faults: Vec<String>,
}

/// Reads and analyses batch after batch, until the archive ends or nobody receives any more.
fn send_batches(
    mut entries: impl Iterator<Item = Result<Entry, headwater_archive::Error>>,
    lexicon: &Lexicon,
    sender: &SyncSender<Batch>,
) {
    loop {
        let mut faults = Vec::new();
        let batch = next_batch(&mut entries, &mut faults);
        if batch.is_empty() && faults.is_empty() {
            return;
        }
        let mapped = batch.into_par_iter().map(|entry| map(entry, lexicon)).collect();
        if sender.send(Batch { mapped, faults }).is_err() {
            return;
        }
    }
}

fn next_batch(
    entries: &mut impl Iterator<Item = Result<Entry, headwater_archive::Error>>,
    faults: &mut Vec<String>,
) -> Vec<Entry> {
    let mut batch = Vec::with_capacity(MAP_BATCH);
    let mut bytes = 0;
    while batch.len() < MAP_BATCH && bytes < MAP_BYTES {
        match entries.next() {
            Some(Ok(entry)) => {
                if let Item::Capture(capture) = &entry.item {
                    bytes += capture.body.len();
                }
                batch.push(entry);
            }
            Some(Err(e)) => faults.push(e.to_string()),
            None => break,
        }
    }
    batch
}

fn check_origin(ledger: &Ledger, knowledge_digest: &str) -> Result<(), Error> {
    let differs = |key: &str, now: &str| -> Result<bool, Error> {
        Ok(ledger.meta(key)?.is_some_and(|then| then != now))
    };
    if differs("code_version", CODE_VERSION)? {
        return Err(Error(
            "the ledger was made by another version of headwater; run `headwater rebuild`".into(),
        ));
    }
    if differs("knowledge_digest", knowledge_digest)? {
        return Err(Error(
            "the knowledge folder has changed since the ledger was made; run `headwater rebuild`".into(),
        ));
    }
    Ok(())
}

/// Makes a new ledger and index from the archive beside the old ones and swaps them in. What is not
/// derived (how the sources fare) is carried over.
pub fn rebuild(workspace: &Workspace, lexicon: Arc<Lexicon>, progress: Progress) -> Result<Summary, Error> {
    let (ledger, index) = (workspace.root().join("ledger.new.sqlite"), workspace.root().join("index.new"));
    remove(&ledger)?;
    remove(&index)?;
    let mut line = Line::open_at(&workspace.archive(), &ledger, &index, lexicon)?;
    let summary = line.advance(progress)?;
    if workspace.ledger().exists() {
        for state in Ledger::open(&workspace.ledger())?.sources()? {
            line.ledger.set_source(&state)?;
        }
    }
    line.ledger.close()?;
    drop(line.index);
    remove(&workspace.ledger())?;
    std::fs::rename(&ledger, workspace.ledger())?;
    remove(&workspace.index())?;
    std::fs::rename(&index, workspace.index())?;
    Ok(summary)
}

/// Removes a ledger with its journal, or an index folder, if it is there.
fn remove(path: &Path) -> Result<(), Error> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let path = Path::new(&name);
        let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        match removed {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Whether the ledger holds a capture.
pub(crate) fn holds(ledger: &Ledger, id: &CaptureId) -> Result<bool, Error> {
    Ok(ledger.has_capture(id)?)
}
