//! What a person hands over: files, folders, archives and lines of JSON, as captures.

use headwater_archive::{Item, items};
use headwater_model::capture::{DOCUMENT_TYPE, clean_address};
use headwater_model::{Capture, Hints};
use jiff::Timestamp;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// A local file is read up to this many bytes; a page is never larger, and what is larger by
/// inflating is a bomb.
const MAX_FILE: u64 = 32 << 20;
/// A line of JSON is read up to this many bytes.
const MAX_LINE: u64 = 16 << 20;

/// Something that could not be read: which, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The file, with the line or byte where that helps.
    pub what: String,
    /// Why, in words.
    pub why: String,
}

/// What one path holds, one after the other. Folders are walked in the order of their names.
pub fn captures(path: &Path, captured: Timestamp) -> Box<dyn Iterator<Item = Result<Capture, Refused>>> {
    let read = move |file: Result<PathBuf, Refused>| match file {
        Ok(file) => file_captures(&file, captured),
        Err(refused) => Box::new(std::iter::once(Err(refused))),
    };
    let mut found = files(path).into_iter().flat_map(read).peekable();
    if found.peek().is_none() {
        return Box::new(std::iter::once(Err(refused(path, "there is nothing in it"))));
    }
    Box::new(found)
}

/// The files of a path: itself, or everything in a folder, in the order of names. What cannot be looked into is refused
/// in its place, and the rest is there all the same.
fn files(path: &Path) -> Vec<Result<PathBuf, Refused>> {
    let unreadable = |e: std::io::Error| Err(refused(path, format!("it cannot be read: {e}")));
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(metadata) if metadata.is_file() => return vec![Ok(path.to_owned())],
        // A pipe would be waited for, for ever.
        Ok(_) => return vec![Err(refused(path, "it is neither a file nor a folder"))],
        Err(e) => return vec![unreadable(e)],
    }
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(e) => return vec![unreadable(e)],
    };
    let (mut names, mut files) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry {
            Ok(entry) => names.push(entry.path()),
            Err(e) => files.push(unreadable(e)),
        }
    }
    names.sort();
    // A link may point back up; what is linked to is imported under its own name or not at all.
    files.extend(
        names.iter().filter(|name| !hidden(name) && !name.is_symlink()).flat_map(|name| self::files(name)),
    );
    files
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"."))
}

fn refused(path: &Path, why: impl Into<String>) -> Refused {
    Refused { what: path.display().to_string(), why: why.into() }
}

/// What a file is, by its first bytes, then by its name.
enum Kind {
    Warc,
    Lines,
    Page(Option<&'static str>),
}

fn file_captures(path: &Path, captured: Timestamp) -> Box<dyn Iterator<Item = Result<Capture, Refused>>> {
    let once = |r| Box::new(std::iter::once(r)) as Box<dyn Iterator<Item = _>>;
    let kind = match kind(path) {
        Ok(kind) => kind,
        Err(e) => return once(Err(refused(path, format!("it cannot be read: {e}")))),
    };
    match kind {
        Kind::Warc => warc(path),
        Kind::Lines => lines(path, captured),
        Kind::Page(media_type) => match page(path, media_type, captured) {
            Ok(page) => Box::new(each_document(page)),
            Err(refused) => once(Err(refused)),
        },
    }
}

fn kind(path: &Path) -> std::io::Result<Kind> {
    let mut head = Vec::new();
    let read = open(path)?.take(1024).read_to_end(&mut head);
    // Damage further on costs what stands there, not the file.
    if head.is_empty() {
        read?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
    Ok(match extension {
        _ if head.starts_with(b"WARC/") => Kind::Warc,
        "warc" => Kind::Warc,
        "jsonl" | "ndjson" => Kind::Lines,
        _ if head.starts_with(b"%PDF-") => Kind::Page(Some("application/pdf")),
        "html" | "htm" | "xhtml" | "shtml" => Kind::Page(Some("text/html")),
        "txt" | "text" | "md" => Kind::Page(Some("text/plain")),
        "eml" => Kind::Page(Some("message/rfc822")),
        "json" => Kind::Page(Some(DOCUMENT_TYPE)),
        _ => Kind::Page(None),
    })
}

/// Opens a file, undoing gzip where it is gzip.
fn open(path: &Path) -> std::io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::with_capacity(256 << 10, File::open(path)?);
    let gzip = file.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    Ok(if gzip {
        Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(file)))
    } else {
        Box::new(file)
    })
}

fn warc(path: &Path) -> Box<dyn Iterator<Item = Result<Capture, Refused>>> {
    let name = path.display().to_string();
    let found = items(0, path, 0).filter_map(move |entry| match entry {
        Ok(entry) => match entry.item {
            Item::Capture(capture) => Some(Ok(capture)),
            Item::Revisit { .. } | Item::Note(_) => None,
        },
        Err(e) => Some(Err(Refused {
            what: name.clone(),
            why: format!("{e}; the rest was read as far as it could be"),
        })),
    });
    Box::new(found.flat_map(|found| match found {
        Ok(capture) => Box::new(each_document(capture)),
        Err(refused) => Box::new(std::iter::once(Err(refused))) as Box<dyn Iterator<Item = _>>,
    }))
}

/// Each document of a JSON interface's answer, such as the Federal Register's `documents.json`; anything else as it is.
fn each_document(capture: Capture) -> Box<dyn Iterator<Item = Result<Capture, Refused>>> {
    let json = capture.content_type.as_deref().is_some_and(|kind| kind.contains("json"));
    let listed = if json { listed(&capture.body) } else { None };
    let Some(entries) = listed else { return Box::new(std::iter::once(Ok(capture))) };
    let (what, captured) = (capture.url, capture.captured);
    Box::new(entries.into_iter().enumerate().map(move |(number, entry)| {
        let what = format!("{what} entry {}", number + 1);
        document(entry.to_string().into_bytes(), captured).map_err(|why| Refused { what, why })
    }))
}

/// The documents in an answer that lists some: an array, or an object that holds one under a usual name.
fn listed(body: &[u8]) -> Option<Vec<serde_json::Value>> {
    const ARRAYS: [&str; 5] = ["results", "items", "documents", "articles", "data"];
    let is_document = |value: &serde_json::Value| {
        let has = |name: &str| value.get(name).is_some_and(serde_json::Value::is_string);
        (has("url") || has("html_url")) && (has("title") || has("text") || has("abstract"))
    };
    let root: serde_json::Value = serde_json::from_slice(body).ok()?;
    if is_document(&root) {
        return None;
    }
    let array = match root {
        serde_json::Value::Array(array) => Some(array),
        serde_json::Value::Object(mut fields) => ARRAYS.iter().find_map(|name| match fields.remove(*name) {
            Some(serde_json::Value::Array(array)) => Some(array),
            _ => None,
        }),
        _ => None,
    }?;
    array.iter().any(is_document).then_some(array)
}

fn page(path: &Path, media_type: Option<&str>, captured: Timestamp) -> Result<Capture, Refused> {
    let mut body = Vec::new();
    let read = open(path).and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut body));
    read.map_err(|e| refused(path, format!("it cannot be read: {e}")))?;
    if body.len() as u64 > MAX_FILE {
        return Err(refused(path, format!("it is larger than {} MiB", MAX_FILE >> 20)));
    }
    let url = file_url(path).ok_or_else(|| refused(path, "its path cannot be made an address"))?;
    let content_type = media_type.map(str::to_owned);
    let mut page = Capture { url, captured, status: 200, content_type, body, hints: Hints::default() };
    // A page that somebody saved is still its publisher's, and another copy of it is the same page.
    if media_type == Some("text/html")
        && let Some(address) = headwater_extract::own_address(&page)
    {
        page.url = address;
    }
    Ok(page)
}

/// The addresses under which a file of this machine may have been captured: its path's, and the one that it gives as its own.
pub fn file_addresses(path: &Path) -> Vec<String> {
    let own = || match kind(path).ok()? {
        Kind::Page(media @ Some("text/html")) => Some(page(path, media, Timestamp::UNIX_EPOCH).ok()?.url),
        _ => None,
    };
    file_url(path).into_iter().chain(own()).collect()
}

fn file_url(path: &Path) -> Option<String> {
    let absolute = std::path::absolute(path).ok()?;
    url::Url::from_file_path(absolute).ok().map(Into::into)
}

/// Each line is one document `{url, published, title, text|abstract, …}`.
fn lines(path: &Path, captured: Timestamp) -> Box<dyn Iterator<Item = Result<Capture, Refused>>> {
    let name = path.display().to_string();
    let mut file = match open(path) {
        Ok(file) => file,
        Err(e) => return Box::new(std::iter::once(Err(refused(path, format!("it cannot be read: {e}"))))),
    };
    let mut number = 0u64;
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        while !ended {
            number += 1;
            let mut line = Vec::new();
            let read = (&mut file).take(MAX_LINE + 1).read_until(b'\n', &mut line);
            let what = format!("{name} line {number}");
            match read {
                Ok(0) => return None,
                Ok(_) if line.len() as u64 > MAX_LINE && line.last() != Some(&b'\n') => {
                    // The lines behind it are read all the same.
                    ended = file.skip_until(b'\n').is_err();
                    let why = format!("it is longer than {} MiB", MAX_LINE >> 20);
                    return Some(Err(Refused { what, why }));
                }
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(document(line, captured).map_err(|why| Refused { what, why })),
                Err(e) => {
                    ended = true;
                    return Some(Err(Refused { what, why: format!("it cannot be read: {e}") }));
                }
            }
        }
        None
    }))
}

fn document(line: Vec<u8>, captured: Timestamp) -> Result<Capture, String> {
    let value: serde_json::Value =
        serde_json::from_slice(&line).map_err(|e| format!("it is not JSON: {e}"))?;
    let field = |name: &str| value.get(name).and_then(|v| v.as_str());
    let url = field("url").or(field("html_url")).ok_or("it has no \"url\"")?;
    if field("text").is_none() && field("abstract").is_none() && field("title").is_none() {
        return Err("it has none of \"text\", \"abstract\", \"title\"".into());
    }
    let captured = match field("captured") {
        Some(stated) => instant(stated).ok_or_else(|| {
            format!("its \"captured\" is {stated:?}; write it as 2026-06-09 or 2026-06-09T12:00:00Z")
        })?,
        None => captured,
    };
    let body = line.trim_ascii().to_vec();
    Ok(Capture {
        url: clean_address(url),
        captured,
        status: 200,
        content_type: Some(DOCUMENT_TYPE.into()),
        body,
        hints: Hints::default(),
    })
}

/// An instant from an ISO 8601 instant or day; a day is its noon in UTC, which is the same day
/// nearly everywhere.
pub fn instant(value: &str) -> Option<Timestamp> {
    value.parse().ok().or_else(|| format!("{value}T12:00:00Z").parse().ok())
}
