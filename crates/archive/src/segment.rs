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

    /// Everything that stands after `after`, in order. A record that is cut off ends its segment
    /// without an error: it is what an interrupted write leaves, and the writer sets it aside.
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

    /// Reads every record and verifies its digests.
    pub fn check(&self) -> Result<Check, Error> {
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
    let mut hints: Option<(String, Hints)> = None;
    let file = path.to_owned();
    Box::new(records.filter_map(move |record| {
        let record = match record {
            Ok(record) => record,
            Err(e) => return Some(Err(e)),
        };
        if record.cut {
            let why = format!("the record is larger than {} MiB and was left out", MAX_BLOCK >> 20);
            return Some(Err(Error::damaged(&file, record.offset, why)));
        }
        let position = Position { segment, offset: record.offset };
        let item = item(record, &mut hints)?;
        Some(Ok(Entry { position, item }))
    }))
}

/// What a record means; `None` for records that mean nothing by themselves.
fn item(record: RawRecord, hints: &mut Option<(String, Hints)>) -> Option<Item> {
    let fields = &record.fields;
    let content_type = fields.get("Content-Type").unwrap_or_default();
    match fields.get("WARC-Type")? {
        "metadata" if content_type == NOTE_TYPE => serde_json::from_slice(&record.block).ok().map(Item::Note),
        "metadata" if content_type == HINTS_TYPE => {
            let of = fields.get("WARC-Concurrent-To")?.to_owned();
            *hints = serde_json::from_slice(&record.block).ok().map(|h| (of, h));
            None
        }
        "response" => {
            let response = if content_type.starts_with("application/http")
                || fields.get("WARC-Target-URI")?.starts_with("http")
            {
                parse_response(&record.block)?
            } else {
                return None;
            };
            let (url, captured) = place(&record)?;
            let hints = take_hints(hints, &record);
            let content_type = response.content_type;
            Some(Item::Capture(Capture {
                url,
                captured,
                status: response.status,
                content_type,
                body: response.body,
                hints,
            }))
        }
        "resource" | "conversion" => {
            let (url, captured) = place(&record)?;
            let hints = take_hints(hints, &record);
            let content_type = Some(content_type.to_owned()).filter(|t| !t.is_empty());
            Some(Item::Capture(Capture {
                url,
                captured,
                status: 200,
                content_type,
                body: record.block,
                hints,
            }))
        }
        "revisit" => place(&record).map(|(url, captured)| Item::Revisit { url, captured }),
        _ => None,
    }
}

fn take_hints(hints: &mut Option<(String, Hints)>, record: &RawRecord) -> Hints {
    let id = record.fields.get("WARC-Record-ID");
    match hints.take() {
        Some((of, found)) if Some(of.as_str()) == id => found,
        _ => Hints::default(),
    }
}

/// Address and time of a record.
fn place(record: &RawRecord) -> Option<(String, Timestamp)> {
    let url = record.fields.get("WARC-Target-URI")?;
    let url = clean_address(url.trim_start_matches('<').trim_end_matches('>'));
    let captured = record.fields.get("WARC-Date")?.parse().ok()?;
    (!url.starts_with("dns:") && !url.starts_with("whois:")).then_some((url, captured))
}
