//! How large a PDF becomes. The libraries inflate its streams without a limit, a thousandfold where they are made for it,
//! so they are measured first.

use flate2::read::{DeflateDecoder, ZlibDecoder};
use lopdf::{Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use weezl::{BitOrder, decode};

/// Bytes to which all streams but pictures may inflate; these are not looked at.
const MOST: usize = 256 << 20;
/// Bytes of what draws one page: a library holds it as operations, which take twenty times as much.
const DRAWN: usize = 16 << 20;

/// Whether the file is too large as it is written: streams that hold objects are inflated when it is opened.
pub fn is_file_too_large(bytes: &[u8]) -> bool {
    let mut left = MOST;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let before = &bytes[at.saturating_sub(DICTIONARY)..at];
        let object = memchr::memmem::rfind(before, b"obj").map_or(before, |at| &before[at..]);
        if before.ends_with(b"end") || memchr::memmem::find(object, b"/Image").is_some() {
            continue;
        }
        let data = &bytes[at + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        match inflate(data, left, &mut |_| ()) {
            Some(size) => left -= size,
            None => return true,
        }
    }
    false
}

/// Bytes before the word `stream` in which its dictionary stands.
const DICTIONARY: usize = 1024;

/// Whether the streams of a document that is open are too large: also those that were encrypted, or written in a way that
/// only the library tells.
pub fn is_too_large(document: &Document) -> bool {
    let contents: BTreeSet<ObjectId> =
        document.page_iter().flat_map(|page| document.get_page_contents(page)).collect();
    let mut left = MOST;
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else { continue };
        let is = |kind: &[u8]| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|k| k == kind);
        let drawn = contents.contains(id) || is(b"Form");
        if is(b"Image") && !drawn {
            continue;
        }
        match decoded(stream, if drawn { left.min(DRAWN) } else { left }) {
            Some(size) => left -= size,
            None => return true,
        }
    }
    false
}

/// Bytes of what a stream holds, with each step of decoding; `None` if it is more than some bytes.
fn decoded(stream: &Stream, most: usize) -> Option<usize> {
    let mut data: Option<Vec<u8>> = None;
    let mut left = most;
    for filter in stream.filters().unwrap_or_default() {
        let given = data.as_deref().unwrap_or(&stream.content);
        let made = match filter {
            b"FlateDecode" => inflated(given, left)?,
            b"LZWDecode" => unpacked(given, left)?,
            // At most four times as long.
            b"ASCII85Decode" => Stream::new(dictionary! { "Filter" => "ASCII85Decode" }, given.to_vec())
                .decompressed_content()
                .unwrap_or_default(),
            _ => break,
        };
        left = left.checked_sub(made.len())?;
        data = Some(made);
    }
    Some(most - left)
}

/// Hands on what deflated bytes hold, so far as they can be read; `None` if it is more than some bytes.
fn inflate(data: &[u8], most: usize, take: &mut dyn FnMut(&[u8])) -> Option<usize> {
    let mut read = |decoder: &mut dyn Read| {
        let (mut buffer, mut size) = ([0; 16 << 10], 0);
        // What is damaged is read up to the damage.
        while let Ok(length @ 1..) = decoder.read(&mut buffer) {
            size += length;
            if size > most {
                return None;
            }
            take(&buffer[..length]);
        }
        Some(size)
    };
    // The library reads on without the head if that is wrong.
    match read(&mut ZlibDecoder::new(data))? {
        0 => read(&mut DeflateDecoder::new(data.get(2..).unwrap_or_default())),
        size => Some(size),
    }
}

fn inflated(data: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut made = Vec::new();
    inflate(data, most, &mut |bytes| made.extend_from_slice(bytes)).map(|_| made)
}

/// The same of the older packing.
fn unpacked(data: &[u8], most: usize) -> Option<Vec<u8>> {
    /// Bits of the letters from which its codes are made.
    const LETTER: u8 = 8;
    let mut made = Bounded { data: Vec::new(), most };
    let mut decoder = decode::Decoder::with_tiff_size_switch(BitOrder::Msb, LETTER);
    let _ = decoder.into_stream(&mut made).decode_all(data);
    (made.data.len() <= most).then_some(made.data)
}

/// Takes bytes until they are more than asked for.
struct Bounded {
    data: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.data.extend_from_slice(bytes);
        if self.data.len() > self.most { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes.len()) }
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
