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
use headwater_model::{Analysis, Article, Capture, Changes, Doubt};
use headwater_search::Index;
use headwater_track::{Page, Reading, Tracker};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
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
/// Batches that may wait, read, analysed and mapped, for the fold.
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
/// A page that meets a fault in the analysis is kept as an article without one, and one that meets a fault in the tracing is
/// not traced; a doubt says so. What one page does to the program must not stop those behind it in the archive.
pub fn read(capture: &Capture, lexicon: &Lexicon) -> (Article, Analysis) {
    let article = extract(capture);
    let analysis = catch_unwind(|| analyse(&article, lexicon)).unwrap_or_else(|_| not_analysed(&article));
    (article, analysis)
}

fn not_analysed(article: &Article) -> Analysis {
    let mut analysis = Analysis::empty(article.capture.clone());
    analysis.doubts.push(Doubt::new("not_analysed", "a fault in the analysis; please report this page"));
    analysis
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
    /// Pages in whose tracing a fault was met, by their place in the archive: they are not traced.
    faulty: BTreeSet<Position>,
    step: Step,
}

/// How a page is folded in.
type Step = fn(&mut Tracker, Page, &Article, &Analysis, u16) -> Changes;

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
        check_origin(&ledger, &lexicon.knowledge().digest)?;
        let Stored { tracker, position, chain } = Stored::read(&ledger, &lexicon)?;
        let index = Index::open_or_create(index)?;
        Ok(Line {
            archive: Archive::open(archive),
            lexicon,
            tracker,
            ledger,
            index,
            position,
            chain,
            faulty: BTreeSet::new(),
            step: Tracker::fold,
        })
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
        loop {
            let entries = self.archive.entries_after(self.position)?;
            let (lexicon, reading) = (self.lexicon.clone(), self.tracker.reading());
            // The map of the next batch goes on while this one is folded in.
            let folded = std::thread::scope(|scope| {
                let (sender, batches) = sync_channel(BATCHES_AHEAD);
                scope.spawn(move || send_batches(entries, (&lexicon, &reading), &sender));
                self.fold_all(&batches, &mut summary, progress)
            })?;
            match folded {
                Folded::All => break,
                Folded::UpTo(fault) => self.go_back_before(fault)?,
            }
        }
        self.catch_up_index()?;
        Ok(summary)
    }

    /// Folds in what comes. Where a page makes the tracing fail, the summary is that of the last commit.
    fn fold_all(
        &mut self,
        batches: &Receiver<Batch>,
        summary: &mut Summary,
        progress: Progress,
    ) -> Result<Folded, Error> {
        let mut uncommitted = 0;
        let mut committed = summary.clone();
        self.ledger.begin()?;
        for batch in batches {
            summary.faults.extend(batch.faults);
            for mapped in batch.mapped {
                if let Folded::UpTo(fault) = self.fold(mapped, summary)? {
                    *summary = committed;
                    return Ok(Folded::UpTo(fault));
                }
                uncommitted += 1;
                // What comes behind a fault is not gone through again for the next one.
                if self.faulty.contains(&self.position) {
                    (committed, uncommitted) = (self.commit_so_far(summary)?, 0);
                }
            }
            let enough = summary.captures / COMMIT_PART;
            if uncommitted >= enough.clamp(*COMMIT_AFTER.start(), *COMMIT_AFTER.end()) {
                (committed, uncommitted) = (self.commit_so_far(summary)?, 0);
            }
            progress(summary);
        }
        self.commit()?;
        Ok(Folded::All)
    }

    /// Returns to the last commit, from where everything is folded in anew, the page at fault untraced.
    fn go_back_before(&mut self, fault: Position) -> Result<(), Error> {
        self.faulty.insert(fault);
        self.ledger.roll_back()?;
        Stored { tracker: self.tracker, position: self.position, chain: self.chain } =
            Stored::read(&self.ledger, &self.lexicon)?;
        Ok(())
    }

    fn fold(&mut self, mapped: Mapped, summary: &mut Summary) -> Result<Folded, Error> {
        match mapped.read {
            Read::Page(page) => {
                let Analysed { record, article, mut analysis, page } = *page;
                let sound = page.filter(|_| !self.faulty.contains(&mapped.position));
                let changes = if let Some(page) = sound {
                    let step = || (self.step)(&mut self.tracker, page, &article, &analysis, record.status);
                    match catch_unwind(AssertUnwindSafe(step)) {
                        Ok(changes) => changes,
                        Err(_) => return Ok(Folded::UpTo(mapped.position)),
                    }
                } else {
                    let message = "a fault in the tracing; please report this page";
                    analysis.doubts.push(Doubt::new("not_traced", message));
                    Changes { capture: article.capture.clone(), changes: Vec::new() }
                };
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
        Ok(Folded::All)
    }

    /// Commits and goes on; gives the summary of what is committed.
    fn commit_so_far(&mut self, summary: &Summary) -> Result<Summary, Error> {
        self.commit()?;
        self.ledger.begin()?;
        Ok(summary.clone())
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

/// How far the fold came.
enum Folded {
    /// To the end of what it was given.
    All,
    /// To the page at this place, in whose tracing a fault was met.
    UpTo(Position),
}

/// How far a line has come, as its ledger holds it.
struct Stored {
    tracker: Tracker,
    position: Position,
    chain: String,
}

impl Stored {
    fn read(ledger: &Ledger, lexicon: &Lexicon) -> Result<Stored, Error> {
        let knowledge = Arc::new(lexicon.knowledge().clone());
        let tracker = match ledger.tracker_state()? {
            Some(state) => Tracker::restore(knowledge, &state)?,
            None => Tracker::new(knowledge),
        };
        let position = ledger.position()?.unwrap_or_default();
        Ok(Stored { tracker, position, chain: ledger.meta("archive_digest")?.unwrap_or_default() })
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

fn map(entry: Entry, (lexicon, reading): (&Lexicon, &Reading)) -> Mapped {
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
            let page = catch_unwind(|| headwater_track::read(&article, &analysis, reading)).ok();
            Read::Page(Box::new(Analysed { record, article, analysis, page }))
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
    Page(Box<Analysed>),
    Revisit { url: String, captured: jiff::Timestamp },
    Note(headwater_model::note::Note),
}

/// A page as the map leaves it to the fold.
struct Analysed {
    record: CaptureRecord,
    article: Article,
    analysis: Analysis,
    /// None if a fault was met in the reading for the tracing.
    page: Option<Page>,
}

/// Captures that were read and analysed together, and the faults met on the way to them.
struct Batch {
    mapped: Vec<Mapped>,
    faults: Vec<String>,
}

/// Reads and analyses batch after batch, until the archive ends or nobody receives any more.
fn send_batches(
    mut entries: impl Iterator<Item = Result<Entry, headwater_archive::Error>>,
    with: (&Lexicon, &Reading),
    sender: &SyncSender<Batch>,
) {
    loop {
        let mut faults = Vec::new();
        let batch = next_batch(&mut entries, &mut faults);
        if batch.is_empty() && faults.is_empty() {
            return;
        }
        let mapped = batch.into_par_iter().map(|entry| map(entry, with)).collect();
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

#[cfg(test)]
#[path = "../tests/made/mod.rs"]
mod made;

#[cfg(test)]
mod tests {
    use super::*;
    use headwater_archive::Writer;

    /// The line over three pages, traced by a step.
    fn line_of_three(folder: &Path, step: Step) -> (Line, Summary) {
        let workspace = Workspace::new(folder);
        let mut writer = Writer::open(&workspace.archive(), Position::default()).unwrap();
        let one = "China banned exports of gallium to the United States on Tuesday.";
        let two =
            "Japan banned exports of photoresist to China. India raised its tariff on solar cells to 40%.";
        for (hour, text) in [one, two, one].into_iter().enumerate() {
            let url = format!("http://star.example/{hour}");
            writer.resource(&made::document(&url, hour as u32, &format!("Report {hour}"), text)).unwrap();
        }
        drop(writer);
        let lexicon = Arc::new(Lexicon::new(headwater_knowledge::embedded()));
        let mut line = Line::open(&workspace, lexicon).unwrap();
        line.step = step;
        let summary = line.advance(&mut |_| {}).unwrap();
        (line, summary)
    }

    /// The claims of each page, and whether it is said to be not traced.
    fn read_of(line: &Line) -> Vec<(usize, bool)> {
        let mut read = Vec::new();
        let tell = |_, _: &Article, analysis: &Analysis| {
            read.push((
                analysis.claims.len(),
                analysis.doubts.iter().any(|doubt| doubt.kind == "not_traced"),
            ));
            ControlFlow::Continue(())
        };
        line.ledger.articles_after(0, tell).unwrap();
        read
    }

    #[test]
    fn a_page_whose_tracing_fails_stops_none_behind_it() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let (sound, _) = line_of_three(folders[0].path(), Tracker::fold);
        let (line, summary) = line_of_three(folders[1].path(), |tracker, page, article, analysis, status| {
            assert!(analysis.claims.len() < 2, "a fault made for this test");
            tracker.fold(page, article, analysis, status)
        });
        assert_eq!((summary.captures, summary.articles), (3, 3));
        assert_eq!(read_of(&sound), [(1, false), (2, false), (1, false)]);
        assert_eq!(read_of(&line), [(1, false), (2, true), (1, false)]);
        assert_eq!(line.position(), sound.position());
    }
}
