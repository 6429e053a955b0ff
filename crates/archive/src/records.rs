//! WARC records out of a stream, plain or gzip, ours or another tool's.

use crate::Error;
use flate2::bufread::GzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// A record's block is read up to this many bytes; the rest is skipped and the record says so.
/// Larger than any page that a person reads, smaller than what a small machine can hold.
pub const MAX_BLOCK: u64 = 64 << 20;
/// A header larger than this is no WARC header.
const MAX_HEADER: usize = 64 << 10;
/// Skipping the rest of an oversized record stops here: what inflates further is a bomb.
const MAX_SKIP: u64 = 4 << 30;
/// Behind damage so many places that look like the start of a member are tried. By chance one stands in some gigabytes.
const MAX_PROBES: usize = 1_000;

/// Named fields of a record's header, in order; names compare without regard to case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

/// One record as it stands in the file.
#[derive(Debug, Clone)]
pub struct RawRecord {
    /// Byte offset of the gzip member (or of the record, in a plain file).
    pub offset: u64,
    /// Header fields.
    pub fields: Fields,
    /// The block, at most [`MAX_BLOCK`] bytes.
    pub block: Vec<u8>,
    /// Whether the block was longer than that.
    pub cut: bool,
}

/// Reads records one after the other.
pub struct Records {
    path: PathBuf,
    stream: Option<Stream>,
    member: u64,
}

enum Stream {
    Plain(Counted),
    Gzip(Box<BufReader<GzDecoder<Counted>>>),
}

impl Records {
    /// Opens a file at a byte offset where a record (or its gzip member) begins.
    pub fn open(path: &Path, offset: u64) -> Result<Self, Error> {
        let mut file = File::open(path).map_err(|e| Error::io("open", path, e))?;
        file.seek(SeekFrom::Start(offset)).map_err(|e| Error::io("read", path, e))?;
        let mut input = Counted { inner: BufReader::with_capacity(256 << 10, file), at: offset };
        let head = input.fill_buf().map_err(|e| Error::io("read", path, e))?;
        let stream = match head {
            [] if offset == 0 => return Err(Error::not_warc(path, "it is empty")),
            [] => None,
            [0x1f, 0x8b, ..] => Some(Stream::gzip(input)),
            _ if offset > 0 || head.trim_ascii_start().starts_with(b"WARC/") => Some(Stream::Plain(input)),
            _ => return Err(Error::not_warc(path, "it does not begin with WARC/")),
        };
        Ok(Records { path: path.to_owned(), stream, member: offset })
    }

    /// Byte offset after the last record that was read whole.
    pub fn end(&self) -> u64 {
        self.member
    }

    fn read_record(&mut self) -> Result<Option<RawRecord>, Fault> {
        let Some(first) = self.first_line()? else { return Ok(None) };
        let offset = self.member;
        if !first.starts_with(b"WARC/") {
            return Err(Fault::Bad(format!(
                "expected WARC/, found {:?}",
                String::from_utf8_lossy(&first[..first.len().min(40)])
            )));
        }
        let stream = self.stream.as_mut().ok_or(Fault::Truncated)?;
        let fields = read_fields(stream)?;
        let length: u64 = fields
            .get("Content-Length")
            .and_then(|v| v.trim().parse().ok())
            .ok_or_else(|| Fault::Bad("the record has no valid Content-Length".into()))?;
        let mut block = Vec::with_capacity(length.min(1 << 20) as usize);
        stream.take(length.min(MAX_BLOCK)).read_to_end(&mut block)?;
        if (block.len() as u64) < length.min(MAX_BLOCK) {
            return Err(Fault::Truncated);
        }
        let rest = length - block.len() as u64;
        if rest > MAX_SKIP {
            return Err(Fault::Bad(format!("a record of {length} bytes")));
        }
        if io::copy(&mut stream.take(rest), &mut io::sink())? < rest {
            return Err(Fault::Truncated);
        }
        self.finish_member()?;
        Ok(Some(RawRecord { offset, fields, block, cut: rest > 0 }))
    }

    /// The first non-empty line at or after the current place, moving to the next gzip member
    /// where one ends.
    fn first_line(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        loop {
            let Some(stream) = self.stream.as_mut() else { return Ok(None) };
            match read_line(stream)? {
                Some(line) if line.is_empty() => {
                    if let Stream::Plain(input) = stream {
                        self.member = input.at;
                    }
                }
                Some(line) => return Ok(Some(line)),
                None => self.next_member()?,
            }
        }
    }

    /// After a record: swallows the line ends, and notes where the next record begins. Reading
    /// to a member's end checks its CRC; a member that goes on holds several records.
    fn finish_member(&mut self) -> Result<(), Fault> {
        let Some(stream) = self.stream.as_mut() else { return Ok(()) };
        while matches!(stream.fill_buf()?.first(), Some(b'\r' | b'\n')) {
            stream.consume(1);
        }
        match stream {
            Stream::Plain(input) => self.member = input.at,
            Stream::Gzip(decoder) => {
                if decoder.fill_buf()?.is_empty() {
                    self.next_member()?;
                }
            }
        }
        Ok(())
    }

    /// Moves to the next gzip member that holds a record. A member starts anew, so damage costs no more than one.
    /// False where what follows is not worth the search.
    fn resume_after_damage(&mut self) -> bool {
        let Ok(file) = File::open(&self.path) else { return true };
        let mut starts = member_starts(&self.path, self.member + 1).into_iter().flatten();
        let found = starts.by_ref().take(MAX_PROBES).find(|start| holds_record(&file, *start));
        if let Some(start) = found {
            self.stream = open_member(&self.path, start);
            self.member = start;
        }
        found.is_some() || starts.next().is_none()
    }

    fn next_member(&mut self) -> Result<(), Fault> {
        self.stream = match self.stream.take() {
            Some(Stream::Gzip(decoder)) => {
                let mut input = decoder.into_inner().into_inner();
                self.member = input.at;
                let more = !input.fill_buf()?.is_empty();
                more.then(|| Stream::gzip(input))
            }
            _ => None,
        };
        Ok(())
    }
}

impl Iterator for Records {
    type Item = Result<RawRecord, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.read_record() {
            Ok(record) => record.map(Ok),
            Err(fault) => {
                let gzip = matches!(self.stream, Some(Stream::Gzip(_)));
                self.stream = None;
                let at = self.member;
                let whole = !gzip || matches!(fault, Fault::Truncated) || self.resume_after_damage();
                Some(Err(match fault {
                    Fault::Truncated => Error::cut_off(&self.path, at),
                    fault if whole => Error::damaged(&self.path, at, fault.to_string()),
                    fault => Error::damaged(&self.path, at, format!("{fault}; the rest cannot be read")),
                }))
            }
        }
    }
}

/// Bytes of the fixed part of a gzip member's header.
const MEMBER_HEADER: usize = 10;

/// Whether ten bytes are a header that a compressor writes: deflate, no reserved flag, a known level and system.
fn begins_member(header: &[u8; MEMBER_HEADER]) -> bool {
    let [0x1f, 0x8b, 8, flags, _, _, _, _, level, system] = *header else { return false };
    flags & 0xe0 == 0 && matches!(level, 0 | 2 | 4) && matches!(system, 0..=13 | 255)
}

/// The start of every gzip member, and of what looks like one, from an offset on.
fn member_starts(path: &Path, from: u64) -> io::Result<impl Iterator<Item = u64> + use<>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut window = [0u8; MEMBER_HEADER];
    let bytes = BufReader::with_capacity(256 << 10, file).bytes().map_while(Result::ok).enumerate();
    Ok(bytes.filter_map(move |(at, byte)| {
        window.rotate_left(1);
        window[MEMBER_HEADER - 1] = byte;
        (at + 1 >= MEMBER_HEADER && begins_member(&window)).then(|| from + (at + 1 - MEMBER_HEADER) as u64)
    }))
}

/// Whether the member at an offset holds a WARC record, by its first bytes.
fn holds_record(mut file: &File, start: u64) -> bool {
    /// Compressed bytes in which they stand, behind a header that may name a file.
    const REACH: u64 = 4 << 10;
    let mut first = [0; 5];
    let read = file.seek(SeekFrom::Start(start)).and_then(|_| {
        let input = BufReader::with_capacity(512, file.take(REACH));
        GzDecoder::new(input).read_exact(&mut first)
    });
    read.is_ok() && &first == b"WARC/"
}

/// The member at an offset.
fn open_member(path: &Path, start: u64) -> Option<Stream> {
    let mut file = File::open(path).ok()?;
    file.seek(SeekFrom::Start(start)).ok()?;
    Some(Stream::gzip(Counted { inner: BufReader::with_capacity(256 << 10, file), at: start }))
}

#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("cut off")]
    Truncated,
    #[error("{0}")]
    Bad(String),
    #[error("{0}")]
    Io(io::Error),
}

impl From<io::Error> for Fault {
    fn from(e: io::Error) -> Self {
        if e.kind() == io::ErrorKind::UnexpectedEof { Fault::Truncated } else { Fault::Io(e) }
    }
}

impl Stream {
    fn gzip(input: Counted) -> Self {
        Stream::Gzip(Box::new(BufReader::with_capacity(64 << 10, GzDecoder::new(input))))
    }
}

impl Read for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(input) => input.read(buf),
            Stream::Gzip(decoder) => decoder.read(buf),
        }
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Stream::Plain(input) => input.fill_buf(),
            Stream::Gzip(decoder) => decoder.fill_buf(),
        }
    }
    fn consume(&mut self, n: usize) {
        match self {
            Stream::Plain(input) => input.consume(n),
            Stream::Gzip(decoder) => decoder.consume(n),
        }
    }
}

/// A reader that counts what was taken from it.
struct Counted {
    inner: BufReader<File>,
    at: u64,
}

impl Read for Counted {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }
    fn consume(&mut self, n: usize) {
        self.at += n as u64;
        self.inner.consume(n);
    }
}

/// One line without its end; `None` at the end of the stream (or of the gzip member).
fn read_line(stream: &mut Stream) -> Result<Option<Vec<u8>>, Fault> {
    let mut line = Vec::new();
    stream.take(MAX_HEADER as u64).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && line.len() == MAX_HEADER {
        return Err(Fault::Bad("a header line of over 64 KiB".into()));
    }
    while matches!(line.last(), Some(b'\r' | b'\n')) {
        line.pop();
    }
    Ok(Some(line))
}

fn read_fields(stream: &mut Stream) -> Result<Fields, Fault> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut size = 0;
    loop {
        let line = read_line(stream)?.ok_or(Fault::Truncated)?;
        size += line.len();
        if size > MAX_HEADER {
            return Err(Fault::Bad("a record header of over 64 KiB".into()));
        }
        if line.is_empty() {
            return Ok(Fields(fields));
        }
        let line = String::from_utf8_lossy(&line);
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
}
