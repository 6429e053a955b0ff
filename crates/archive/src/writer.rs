//! Appends records. One process at a time; what an interrupted write left is set aside.

use crate::records::Records;
use crate::segment::{Archive, block_digest};
use crate::{Error, HINTS_TYPE, NOTE_TYPE};
use flate2::Compression;
use flate2::write::GzEncoder;
use headwater_model::capture::{Position, clean_address};
use headwater_model::note::Note;
use headwater_model::{Capture, Hints};
use jiff::Timestamp;
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A new segment is begun once one has this many bytes: WARC tools expect about a gigabyte at
/// most, and a fault never costs more than a segment.
pub const SEGMENT_SIZE: u64 = 512 << 20;

/// A request and its response as they went over the wire, the body's codings undone.
#[derive(Debug, Clone)]
pub struct Exchange<'a> {
    /// What was captured.
    pub capture: &'a Capture,
    /// The request's headers.
    pub request_headers: &'a [(String, String)],
    /// The response's headers.
    pub response_headers: &'a [(String, String)],
}

/// The right to write to an archive, and to what is derived from it. One process at a time has it.
pub struct Lock {
    folder: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the right, until the lock is dropped. Fails if another process has it. Makes the folder if there is none.
    pub fn take(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(|e| Error::io("create", folder, e))?;
        let path = folder.join("lock");
        let file = File::create(&path).map_err(|e| Error::io("create", &path, e))?;
        file.try_lock().map_err(|_| Error::locked(folder))?;
        Ok(Lock { folder: folder.to_owned(), _file: file })
    }
}

/// The archive's only writer.
pub struct Writer {
    archive: Archive,
    segment: u32,
    file: File,
    path: PathBuf,
    offset: u64,
    limit: u64,
    _lock: Lock,
}

/// What a record says besides its block.
#[derive(Default)]
struct Header<'a> {
    kind: &'a str,
    url: Option<&'a str>,
    date: Timestamp,
    media_type: &'a str,
    /// Fields of this kind of record alone.
    fields: &'a [(&'a str, &'a str)],
    /// The record's id; without one it is made from where and what the record is.
    id: Option<&'a str>,
}

impl Writer {
    /// Opens the archive in `folder` for appending, and makes it if there is none. Fails if another
    /// process writes to it. A cut-off record at the end is moved to `<segment>.cut` and removed;
    /// records before `whole_until` are known to be whole and not read again.
    pub fn open(folder: &Path, whole_until: Position) -> Result<Self, Error> {
        Writer::with_segment_size(folder, whole_until, SEGMENT_SIZE)
    }

    /// As [`Writer::open`], with another size in bytes at which a new segment is begun.
    pub fn with_segment_size(folder: &Path, whole_until: Position, limit: u64) -> Result<Self, Error> {
        Writer::begin(Lock::take(folder)?, whole_until, limit)
    }

    /// As [`Writer::open`], for whoever has the lock already and looked up `whole_until` under it.
    pub fn under(lock: Lock, whole_until: Position) -> Result<Self, Error> {
        Writer::begin(lock, whole_until, SEGMENT_SIZE)
    }

    fn begin(lock: Lock, whole_until: Position, limit: u64) -> Result<Self, Error> {
        let archive = Archive::open(&lock.folder);
        let mut segment = archive.segments()?.last().copied().unwrap_or(1);
        let start = if whole_until.segment == segment { whole_until.offset } else { 0 };
        let mended = mend(&archive.path(segment), start)?;
        segment += u32::from(!mended.whole);
        let offset = if mended.whole { mended.end } else { 0 };
        let path = archive.path(segment);
        let file = append(&path)?;
        let mut writer = Writer { archive, segment, file, path, offset, limit, _lock: lock };
        if writer.offset == 0 {
            writer.write_info()?;
        }
        Ok(writer)
    }

    /// The archive that is written to.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Archives a capture that came over HTTP: `request`, `metadata`, `response`.
    pub fn exchange(&mut self, exchange: &Exchange) -> Result<Position, Error> {
        self.make_room()?;
        let capture = exchange.capture;
        let id = record_id(&[b"response", capture.id().as_str().as_bytes()]);
        let request = Header {
            kind: "request",
            url: Some(&capture.url),
            date: capture.captured,
            media_type: "application/http; msgtype=request",
            fields: &[("WARC-Concurrent-To", &id)],
            ..Header::default()
        };
        self.append(&request, &request_block(&capture.url, exchange.request_headers))?;
        self.hints(&capture.hints, &id, capture)?;
        let response = Header {
            kind: "response",
            url: Some(&capture.url),
            date: capture.captured,
            media_type: "application/http; msgtype=response",
            fields: &[("WARC-Payload-Digest", &block_digest(&capture.body))],
            id: Some(&id),
        };
        self.append(&response, &response_block(capture, exchange.response_headers))
    }

    /// Archives a document that came without HTTP: a file, a line of JSON.
    pub fn resource(&mut self, capture: &Capture) -> Result<Position, Error> {
        self.make_room()?;
        let id = record_id(&[b"resource", capture.id().as_str().as_bytes()]);
        if capture.hints != Hints::default() {
            self.hints(&capture.hints, &id, capture)?;
        }
        let header = Header {
            kind: "resource",
            url: Some(&capture.url),
            date: capture.captured,
            media_type: capture.content_type.as_deref().unwrap_or("application/octet-stream"),
            fields: &[("WARC-Payload-Digest", &block_digest(&capture.body))],
            id: Some(&id),
        };
        self.append(&header, &capture.body)
    }

    /// Notes that an address answered as before: a `revisit` record without a payload. Without a digest the server only
    /// said so (304), and sent nothing that could be compared.
    pub fn revisit(
        &mut self,
        url: &str,
        captured: Timestamp,
        before: Timestamp,
        payload_digest: Option<&str>,
    ) -> Result<Position, Error> {
        self.make_room()?;
        let before = before.to_string();
        let same = match payload_digest {
            Some(_) => "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
            None => "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
        };
        let mut fields = vec![
            ("WARC-Profile", same),
            ("WARC-Refers-To-Target-URI", url),
            ("WARC-Refers-To-Date", &before),
        ];
        fields.extend(payload_digest.map(|digest| ("WARC-Payload-Digest", digest)));
        let header = Header {
            kind: "revisit",
            url: Some(url),
            date: captured,
            media_type: "application/http; msgtype=response",
            fields: &fields,
            ..Header::default()
        };
        self.append(&header, b"")
    }

    /// Archives a person's decision.
    pub fn note(&mut self, note: &Note) -> Result<Position, Error> {
        self.make_room()?;
        let block = serde_json::to_vec(note).expect("a note is JSON");
        let header = Header { kind: "metadata", date: note.made, media_type: NOTE_TYPE, ..Header::default() };
        self.append(&header, &block)
    }

    /// Asks the system to put everything on the disk.
    pub fn sync(&mut self) -> Result<(), Error> {
        self.file.sync_data().map_err(|e| Error::io("write", &self.path, e))
    }

    fn hints(&mut self, hints: &Hints, of: &str, capture: &Capture) -> Result<Position, Error> {
        let block = serde_json::to_vec(hints).expect("hints are JSON");
        let header = Header {
            kind: "metadata",
            url: Some(&capture.url),
            date: capture.captured,
            media_type: HINTS_TYPE,
            fields: &[("WARC-Concurrent-To", of)],
            ..Header::default()
        };
        self.append(&header, &block)
    }

    /// The record that WARC puts at the head of a file. It carries no clock: the segment's number
    /// says as much, and equal archives have equal bytes.
    fn write_info(&mut self) -> Result<(), Error> {
        let block = format!(
            "software: headwater/{}\r\nformat: WARC File Format 1.1\r\nsegment: {}\r\n",
            env!("CARGO_PKG_VERSION"),
            self.segment
        );
        let name = format!("{:08}.warc.gz", self.segment);
        let header = Header {
            kind: "warcinfo",
            date: Timestamp::UNIX_EPOCH,
            media_type: "application/warc-fields",
            fields: &[("WARC-Filename", &name)],
            ..Header::default()
        };
        self.append(&header, block.as_bytes())?;
        Ok(())
    }

    fn append(&mut self, header: &Header, block: &[u8]) -> Result<Position, Error> {
        let Header { kind, url, date, media_type, fields, id } = *header;
        let digest = block_digest(block);
        let position = Position { segment: self.segment, offset: self.offset };
        let id = id.map_or_else(
            || record_id(&[kind.as_bytes(), position.to_string().as_bytes(), digest.as_bytes()]),
            str::to_owned,
        );
        let mut header =
            format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {date}\r\n");
        if let Some(url) = url {
            header += &format!("WARC-Target-URI: {}\r\n", clean_address(url));
        }
        for (name, value) in fields {
            header += &format!("{name}: {}\r\n", value.replace(['\r', '\n'], " "));
        }
        header += &format!(
            "WARC-Block-Digest: {digest}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        // The member is made whole in memory and written at once, so that what an interruption
        // cuts off is at most the last record.
        let mut encoder = GzEncoder::new(Vec::with_capacity(block.len() / 3 + 512), Compression::new(6));
        let member = (|| {
            encoder.write_all(header.as_bytes())?;
            encoder.write_all(block)?;
            encoder.write_all(b"\r\n\r\n")?;
            encoder.finish()
        })()
        .map_err(|e| Error::io("compress for", &self.path, e))?;
        self.file.write_all(&member).map_err(|e| Error::io("write", &self.path, e))?;
        self.offset += member.len() as u64;
        Ok(position)
    }

    /// Begins a segment where the last one is full. Only before the first of records that belong together: what was
    /// known of a page is read with the record behind it, in the same segment.
    fn make_room(&mut self) -> Result<(), Error> {
        if self.offset >= self.limit { self.begin_segment() } else { Ok(()) }
    }

    fn begin_segment(&mut self) -> Result<(), Error> {
        self.sync()?;
        self.segment += 1;
        self.path = self.archive.path(self.segment);
        self.file = append(&self.path)?;
        self.offset = 0;
        self.write_info()
    }
}

fn append(path: &Path) -> Result<File, Error> {
    OpenOptions::new().create(true).append(true).open(path).map_err(|e| Error::io("open", path, e))
}

/// The end of a segment's whole records, and whether it may be written on. What an interrupted write left is moved
/// to a `.cut` file beside. Damage of another kind, with records behind it, is left as it is: those records are
/// still to be had, and the next segment is begun.
fn mend(path: &Path, start: u64) -> Result<Mended, Error> {
    let length = match std::fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => 0,
        Err(e) => return Err(Error::io("read", path, e)),
    };
    if length == 0 {
        return Ok(Mended { end: 0, whole: true });
    }
    let mut records = match Records::open(path, start) {
        Ok(records) => records,
        Err(e) if e.is_not_warc() => return Ok(Mended { end: length, whole: false }),
        Err(e) => return Err(e),
    };
    let fault = records.by_ref().find_map(Result::err);
    let end = records.end();
    if end < length {
        if !fault.is_some_and(|e| e.is_cut_off()) {
            return Ok(Mended { end: length, whole: false });
        }
        set_aside(path, end).map_err(|e| Error::io("copy the end of", path, e))?;
        let file = OpenOptions::new().write(true).open(path).map_err(|e| Error::io("open", path, e))?;
        file.set_len(end).map_err(|e| Error::io("shorten", path, e))?;
    }
    Ok(Mended { end, whole: true })
}

struct Mended {
    end: u64,
    whole: bool,
}

/// Copies what stands after `end` to the first free `.cut` name: nothing is ever overwritten.
fn set_aside(path: &Path, end: u64) -> std::io::Result<()> {
    let mut rest = File::open(path)?;
    rest.seek(SeekFrom::Start(end))?;
    let names = (1..).map(|n| path.with_extension(if n == 1 { "cut".into() } else { format!("cut{n}") }));
    for name in names {
        match File::create_new(&name) {
            Ok(mut aside) => return std::io::copy(&mut rest, &mut aside).map(|_| ()),
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

/// A record id derived from what the record is, so that equal archives have equal bytes.
fn record_id(parts: &[&[u8]]) -> String {
    let a = headwater_model::id::digest(parts);
    let b = headwater_model::id::digest(&[a.as_bytes(), b"id"]);
    let hex = a + &b;
    // The version and variant digits of a name-based UUID (RFC 9562, version 8: custom).
    format!("<urn:uuid:{}-{}-8{}-9{}-{}>", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

fn request_block(url: &str, headers: &[(String, String)]) -> Vec<u8> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find(['/', '?']).map_or("/", |at| &rest[at..]);
    let path: String = path.chars().filter(|c| !c.is_control() && *c != ' ').collect();
    let mut block = format!("GET {path} HTTP/1.1\r\n").into_bytes();
    push_headers(&mut block, headers);
    block
}

/// The response's block. The body is stored decoded, so the headers that described its codings
/// and length keep their values under the name that web archives use for that.
fn response_block(capture: &Capture, headers: &[(String, String)]) -> Vec<u8> {
    let mut block = format!("HTTP/1.1 {} \r\n", capture.status).into_bytes();
    let mut kept: Vec<(String, String)> = headers
        .iter()
        .map(|(name, value)| match name.to_ascii_lowercase().as_str() {
            "content-encoding" | "transfer-encoding" | "content-length" => {
                (format!("X-Archive-Orig-{name}"), value.clone())
            }
            _ => (name.clone(), value.clone()),
        })
        .collect();
    let typed = kept.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if let (false, Some(content_type)) = (typed, &capture.content_type) {
        kept.push(("Content-Type".into(), content_type.clone()));
    }
    kept.push(("Content-Length".into(), capture.body.len().to_string()));
    push_headers(&mut block, &kept);
    block.extend_from_slice(&capture.body);
    block
}

fn push_headers(block: &mut Vec<u8>, headers: &[(String, String)]) {
    for (name, value) in headers {
        let line = format!("{name}: {value}").replace(['\r', '\n'], " ");
        block.extend_from_slice(line.as_bytes());
        block.extend_from_slice(b"\r\n");
    }
    block.extend_from_slice(b"\r\n");
}
