//! The line: extract and analyse as a map, track as a fold, ledger and search as its record.

use crate::error::{Error, Kind};
use crate::{Workspace, index};
use headwater_analyse::analyse;
use headwater_archive::{Archive, Entry, Item, Lock, Writer};
use headwater_extract::extract;
use headwater_knowledge::Lexicon;
use headwater_ledger::{CaptureRecord, Ledger};
use headwater_model::capture::Position;
use headwater_model::id::digest;
use headwater_model::time::utc_day;
use headwater_model::{Analysis, Article, Capture, Doubt};
use headwater_search::Index;
use headwater_track::Tracker;
use rayon::prelude::*;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Identifies the code for the law "ledger = f(archive, knowledge, code)": the release, and a hash of the sources and
/// data of the stages, which the build script makes.
pub const CODE_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("HEADWATER_CODE"));

/// Captures that are read and analysed at once: enough to keep every core busy, few enough that
/// pages of ordinary size take little memory.
const MAP_BATCH: usize = 256;
/// A map batch ends early once its pages have this many bytes.
const MAP_BYTES: usize = 48 << 20;
/// Batches that may wait, read and analysed, for the fold.
const BATCHES_AHEAD: usize = 1;
/// The ledger is committed after so many captures, few at first and more as a run goes on: what is not committed is read
/// anew after an interruption, but a commit stores the tracker's whole state.
const COMMIT_AFTER: std::ops::RangeInclusive<u64> = 512..=8192;
/// The part of a run that may be read anew.
const COMMIT_PART: u64 = 4;

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
    /// Pages in which nothing could be read, each with its reason.
    pub empty: Vec<String>,
    /// Faults met in the archive, in words; the captures before and after them are in.
    pub faults: Vec<String>,
}

/// Reads and analyses one capture: the map of the line. Pure.
///
/// A page that meets a fault in the analysis is kept as an article without one, with a doubt that says so: what one page
/// does to the analysis must not stop those behind it in the archive.
pub fn read(capture: &Capture, lexicon: &Lexicon) -> (Article, Analysis) {
    let article = extract(capture);
    let analysis = std::panic::catch_unwind(|| analyse(&article, lexicon)).unwrap_or_else(|_| {
        let mut analysis = Analysis::empty(article.capture.clone());
        analysis.doubts.push(Doubt::new("not_analysed", "a fault in the analysis; please report this page"));
        analysis
    });
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
    /// is refused: `rebuild` makes a new one. Whoever goes on to advance it must be the only one who does.
    pub fn open(workspace: &Workspace, lexicon: Arc<Lexicon>) -> Result<Self, Error> {
        Line::open_at(&workspace.archive(), &workspace.ledger(), &workspace.index(), lexicon)
    }

    /// Opens the line with the archive's writer. The right to write is taken before the ledger is looked at, so that no
    /// other process moves on or swaps the ledger in between.
    pub fn open_with_writer(workspace: &Workspace, lexicon: Arc<Lexicon>) -> Result<(Self, Writer), Error> {
        let lock = Lock::take(&workspace.archive())?;
        let line = Line::open(workspace, lexicon)?;
        let writer = Writer::under(lock, line.position)?;
        Ok((line, writer))
    }

    pub(crate) fn open_at(
        archive: &Path,
        ledger: &Path,
        index: &Path,
        lexicon: Arc<Lexicon>,
    ) -> Result<Self, Error> {
        let ledger = if ledger.exists() { Ledger::open(ledger)? } else { Ledger::create(ledger)? };
        let knowledge = Arc::new(lexicon.knowledge().clone());
        check_origin(&ledger, &knowledge.digest)?;
        let tracker = match ledger.tracker_state()? {
            Some(state) => Tracker::restore(knowledge, &state)?,
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
            let enough = summary.captures / COMMIT_PART;
            if uncommitted >= enough.clamp(*COMMIT_AFTER.start(), *COMMIT_AFTER.end()) {
                self.commit()?;
                self.ledger.begin()?;
                uncommitted = 0;
            }
            progress(summary);
        }
        self.commit()
    }

    fn fold(&mut self, mapped: Mapped, summary: &mut Summary) -> Result<(), Error> {
        match mapped.read {
            Read::Page(page) => {
                let (record, hints, article, analysis) = *page;
                let changes = self.tracker.step(&article, &analysis, &hints, record.status);
                self.ledger.capture(&record)?;
                self.ledger.article(&article, &analysis)?;
                self.ledger.changes(changes, utc_day(record.captured))?;
                summary.captures += 1;
                if article.text.is_empty() && article.title.is_empty() {
                    let why = article.page_kind_reason.as_deref().unwrap_or("it holds no text");
                    summary.empty.push(format!("{}: nothing to read: {why}", article.url));
                }
                summary.articles += u64::from(article.page_kind.is_readable());
            }
            Read::Revisit { url, captured } => self.ledger.revisit(&url, captured)?,
            Read::Note(note) => {
                let changes = self.tracker.note(&note);
                self.ledger.note(&note)?;
                self.ledger.changes(changes, utc_day(note.made))?;
                summary.notes += 1;
            }
        }
        self.chain = link(&self.chain, &mapped.identity);
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

    /// Brings the index to the ledger's last article. The ledger is the source, so an index that was interrupted,
    /// deleted or made from another ledger catches up here.
    fn catch_up_index(&mut self) -> Result<(), Error> {
        let mut seq = match self.index.standing()? {
            Some((seq, origin)) if origin == index::origin(&self.ledger, self.knowledge(), seq)? => seq,
            Some(_) => {
                self.index.clear()?;
                0
            }
            None => 0,
        };
        let (index, lexicon) = (&mut self.index, &self.lexicon);
        let mut failed = None;
        self.ledger.articles_after(seq, |at, article, analysis| {
            seq = at;
            let mut ids: Vec<_> = analysis.entities.iter().filter_map(|e| e.id.clone()).collect();
            for text in [&article.title, &article.text] {
                ids.extend(lexicon.countries_of_adjectives(text.as_str()).into_iter().cloned());
            }
            match index.add(article, &ids) {
                Ok(()) => ControlFlow::Continue(()),
                Err(e) => {
                    failed = Some(e);
                    ControlFlow::Break(())
                }
            }
        })?;
        if let Some(e) = failed {
            return Err(e.into());
        }
        let origin = index::origin(&self.ledger, self.knowledge(), seq)?;
        Ok(self.index.commit(seq, &origin)?)
    }

    fn knowledge(&self) -> &str {
        &self.lexicon.knowledge().digest
    }

    /// Closes ledger and index, everything in their files.
    pub(crate) fn close(self) -> Result<(), Error> {
        Ok(self.ledger.close()?)
    }
}

/// What an item is, in the chain that identifies an archive.
pub(crate) fn identity(item: &Item) -> String {
    match item {
        Item::Capture(capture) => capture.id().to_string(),
        Item::Revisit { url, captured } => format!("{url} {captured}"),
        Item::Note(note) => serde_json::to_string(note).expect("a note is JSON"),
    }
}

/// The chain with one more item.
pub(crate) fn link(chain: &str, identity: &str) -> String {
    digest(&[chain.as_bytes(), identity.as_bytes()])
}

fn map(entry: Entry, lexicon: &Lexicon) -> Mapped {
    let Entry { position, item } = entry;
    let identity = identity(&item);
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
                requested_url: capture.hints.requested_url.clone(),
            };
            Read::Page(Box::new((record, capture.hints, article, analysis)))
        }
        Item::Revisit { url, captured } => Read::Revisit { url, captured },
        Item::Note(note) => Read::Note(note),
    };
    Mapped { position, identity, read }
}

struct Mapped {
    position: Position,
    identity: String,
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
        return Err(Kind::OtherCode.into());
    }
    if differs("knowledge_digest", knowledge_digest)? {
        return Err(Kind::OtherKnowledge.into());
    }
    Ok(())
}
