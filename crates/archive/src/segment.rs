//! The archive as a sequence of captures and notes.

use crate::block::parse_response;
use crate::records::{MAX_BLOCK, RawRecord, Records};
use crate::{Error, HINTS_TYPE, NOTE_TYPE};
use data_encoding::BASE32;
use headwater_model::capture::{Position, clean_address};
use headwater_model::note::Note;
use headwater_model::{Capture, Hints};
use jiff::Timestamp;
use sha1::{Digest, Sha1};
use std::path::{Path, PathBuf};

/// What a record means.
#[derive(Debug, Clone)]
pub enum Item {
    /// A page or document.
    Capture(Capture),
    /// The address answered what it had answered before; nothing new was stored.
    Revisit {
        /// The address.
        url: String,
        /// When it was asked.
        captured: Timestamp,
    },
    /// A person's decision.
    Note(Note),
}

/// An item and where its record stands.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where the record begins.
    pub position: Position,
    /// What it means.
    pub item: Item,
}

/// What a check of the whole archive found.
#[derive(Debug, Clone, Default)]
pub struct Check {
    /// Segments read.
    pub segments: u32,
    /// Records read whole.
    pub records: u64,
    /// What is wrong: file, byte offset and fault, in words.
    pub faults: Vec<String>,
    /// The unfinished record that an interrupted write left at the archive's end, in words. The next writer sets
    /// it aside.
    pub unfinished: Option<String>,
    /// Digest of all record digests in order.
    pub digest: String,
}

/// A folder of segments, read only.
#[derive(Debug, Clone)]
pub struct Archive {
    folder: PathBuf,
}

impl Archive {
    /// Names an archive; a folder that does not exist is an empty archive.
    pub fn open(folder: &Path) -> Self {
        Archive { folder: folder.to_owned() }
    }

    /// Numbers of the segments, ascending.
    pub fn segments(&self) -> Result<Vec<u32>, Error> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(Error::io("list", &self.folder, e)),
        };
        let mut numbers: Vec<u32> = entries
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".warc.gz")?.parse().ok())
            .collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// The file of a segment.
    pub fn path(&self, segment: u32) -> PathBuf {
        self.folder.join(format!("{segment:08}.warc.gz"))
    }

    /// Everything that stands after `after`, in order. A record that is cut off ends its segment with an error that says
    /// so: it is what an interrupted write leaves, and the next writer sets it aside.
    pub fn entries_after(
        &self,
        after: Position,
    ) -> Result<impl Iterator<Item = Result<Entry, Error>> + use<>, Error> {
        let segments: Vec<(u32, PathBuf)> =
            self.segments()?.into_iter().filter(|&s| s >= after.segment).map(|s| (s, self.path(s))).collect();
        Ok(segments.into_iter().flat_map(move |(segment, path)| {
            let start = if segment == after.segment { after.offset } else { 0 };
            let entries = items(segment, &path, start);
            entries.filter(move |e| e.as_ref().map_or(true, |e| e.position > after))
        }))
    }

    /// The entry at a position.
    pub fn read(&self, position: Position) -> Result<Option<Entry>, Error> {
        let path = self.path(position.segment);
        items(position.segment, &path, position.offset).next().transpose()
    }

    /// Reads every record once, verifies its digest, and tells what it means. What should mean something and cannot
    /// be read is a fault.
    pub fn check(&self, tell: &mut dyn FnMut(Entry)) -> Result<Check, Error> {
        let mut check = Check::default();
        let mut chain = sha2::Sha256::new();
        let segments = self.segments()?;
        for segment in &segments {
            check.segments += 1;
            let path = self.path(*segment);
            let records = match Records::open(&path, 0) {
                Ok(records) => records,
                Err(e) if e.is_not_warc() && std::fs::metadata(&path).is_ok_and(|m| m.len() == 0) => continue,
                Err(e) => {
                    check.faults.push(e.to_string());
                    continue;
                }
            };
            let mut hints = None;
            for record in records {
                match record {
                    Ok(record) => {
                        check.records += 1;
                        let digest = block_digest(&record.block);
                        if record.fields.get("WARC-Block-Digest").is_some_and(|stated| stated != digest)
                            && !record.cut
                        {
                            let at = record.offset;
                            check.faults.push(format!(
                                "{} at byte {at}: the block is not what its digest states",
                                path.display()
                            ));
                        }
                        sha2::Digest::update(&mut chain, digest.as_bytes());
                        match entry(*segment, &path, record, &mut hints) {
                            Some(Ok(entry)) => tell(entry),
                            Some(Err(e)) => check.faults.push(e.to_string()),
                            None => {}
                        }
                    }
                    Err(e) if e.is_cut_off() && segments.last() == Some(segment) => {
                        check.unfinished = Some(e.to_string());
                    }
                    Err(e) => check.faults.push(e.to_string()),
                }
            }
        }
        check.digest = data_encoding::HEXLOWER.encode(&sha2::Digest::finalize(chain)[..16]);
        Ok(check)
    }
}

/// SHA-1 in base 32, as WARC tools write and verify it.
pub fn block_digest(block: &[u8]) -> String {
    format!("sha1:{}", BASE32.encode(&Sha1::digest(block)))
}

/// The items of one WARC file from a byte offset on.
pub fn items(segment: u32, path: &Path, start: u64) -> Box<dyn Iterator<Item = Result<Entry, Error>> + Send> {
    let records = match Records::open(path, start) {
        Ok(records) => records,
        Err(e) if e.is_not_warc() && std::fs::metadata(path).is_ok_and(|m| m.len() == 0) => {
            return Box::new(std::iter::empty());
        }
        Err(e) => return Box::new(std::iter::once(Err(e))),
    };
    let mut hints = None;
    let file = path.to_owned();
    Box::new(records.filter_map(move |record| match record {
        Ok(record) => entry(segment, &file, record, &mut hints),
        Err(e) => Some(Err(e)),
    }))
}

/// What a collector knew of the next capture, with the id of that capture's record.
type Known = Option<(String, Hints)>;

/// What a record means and where it stands; `None` for records that mean nothing by themselves.
fn entry(segment: u32, file: &Path, record: RawRecord, hints: &mut Known) -> Option<Result<Entry, Error>> {
    let position = Position { segment, offset: record.offset };
    let item = if record.cut {
        Err(format!("the record is larger than {} MiB and was left out", MAX_BLOCK >> 20))
    } else {
        item(record, hints)
    };
    match item {
        Ok(item) => item.map(|item| Ok(Entry { position, item })),
        Err(why) => Some(Err(Error::damaged(file, position.offset, why))),
    }
}

/// What a record means, or in words why it cannot be told. Nothing that should mean something is passed over: a
/// decision that is lost without a word is worse than a fault.
fn item(record: RawRecord, hints: &mut Known) -> Result<Option<Item>, String> {
    let fields = &record.fields;
    let content_type = fields.get("Content-Type").unwrap_or_default();
    match fields.get("WARC-Type").ok_or("the record does not say what it is")? {
        "metadata" if content_type == NOTE_TYPE => {
            let note = serde_json::from_slice(&record.block);
            note.map(|note| Some(Item::Note(note))).map_err(|e| format!("the note cannot be read: {e}"))
        }
        "metadata" if content_type == HINTS_TYPE => {
            let of = fields.get("WARC-Concurrent-To").unwrap_or_default().to_owned();
            let read = serde_json::from_slice(&record.block)
                .map_err(|e| format!("what was known of the page cannot be read: {e}"))?;
            *hints = Some((of, read));
            Ok(None)
        }
        "response" => {
            let Some((url, captured)) = place(&record)? else { return Ok(None) };
            if !content_type.starts_with("application/http") && !url.starts_with("http") {
                return Ok(None);
            }
            let response = parse_response(&record.block).ok_or("the response has no status line")?;
            Ok(Some(Item::Capture(Capture {
                url,
                captured,
                status: response.status,
                content_type: response.content_type,
                body: response.body,
                hints: take_hints(hints, &record),
            })))
        }
        "resource" | "conversion" => {
            let Some((url, captured)) = place(&record)? else { return Ok(None) };
            let hints = take_hints(hints, &record);
            let content_type = Some(content_type.to_owned()).filter(|t| !t.is_empty());
            Ok(Some(Item::Capture(Capture {
                url,
                captured,
                status: 200,
                content_type,
                body: record.block,
                hints,
            })))
        }
        "revisit" => Ok(place(&record)?.map(|(url, captured)| Item::Revisit { url, captured })),
        _ => Ok(None),
    }
}

fn take_hints(hints: &mut Known, record: &RawRecord) -> Hints {
    let id = record.fields.get("WARC-Record-ID");
    match hints.take() {
        Some((of, found)) if Some(of.as_str()) == id => found,
        _ => Hints::default(),
    }
}

/// Address and time of a record; `None` for one that is of the network and of no page.
fn place(record: &RawRecord) -> Result<Option<(String, Timestamp)>, String> {
    let url = record.fields.get("WARC-Target-URI").ok_or("the record has no address")?;
    let url = clean_address(url.trim_start_matches('<').trim_end_matches('>'));
    if url.starts_with("dns:") || url.starts_with("whois:") {
        return Ok(None);
    }
    let date = record.fields.get("WARC-Date").unwrap_or_default();
    let captured = date.parse().map_err(|_| format!("the record's date {date:?} cannot be read"))?;
    Ok(Some((url, captured)))
}
