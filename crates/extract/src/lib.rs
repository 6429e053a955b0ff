//! Capture to article: DOM, body, metadata, notices, PDF, e-mail.
//!
//! [`extract`] never fails and never panics: a page that holds no article says what it is instead and which
//! words gave that away. A page that is nested deeper than [`MAX_DEPTH`] elements or has more
//! than [`MAX_TAGS`] tags is read as plain words.

mod article;
mod blocks;
mod body;
mod bylines;
mod calendars;
mod cues;
mod dates;
mod document;
mod features;
mod headline;
mod html;
mod landmarks;
mod language;
mod letter;
mod mail;
mod marks;
mod metadata;
mod near;
mod notices;
mod official;
mod page_kind;
mod pdf;
mod published;
mod register;
mod renderings;
mod reporters;
mod site;
pub mod teach;
mod titles;
mod trees;
mod wholeness;

pub use html::own_address;

use headwater_model::capture::DOCUMENT_TYPE;
use headwater_model::{Article, Capture, Doubt, PageKind};

/// Elements may be nested this deep, counted by tags alone: scripts that write tags and ends that are left out make
/// that more than the tree's own depth. Browsers stop at 512; of 2,310 real pages one reached 1,386, 99 % stay
/// below 180.
pub const MAX_DEPTH: usize = 1_500;

/// A page may have this many tags. Real pages stay below 50,000; the trees that are built of a page take about
/// 2 kB a tag, so this bounds them to half a gigabyte.
pub const MAX_TAGS: usize = 250_000;

/// Reads a capture.
pub fn extract(capture: &Capture) -> Article {
    let mut article = article::blank(capture);
    // A library's panic on a strange page must cost that page only.
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| read(capture, article.clone())));
    match read {
        Ok(read) => article = read,
        Err(_) => {
            article.page_kind = PageKind::Empty;
            article.page_kind_reason = Some("the page could not be read".into());
            article.doubts.push(Doubt::new("unreadable", "a library gave up on this page"));
        }
    }
    article
}

fn read(capture: &Capture, mut article: Article) -> Article {
    if capture.body.is_empty() {
        article.page_kind = if capture.status >= 400 { PageKind::Error } else { PageKind::Empty };
        article.page_kind_reason = Some(format!("status {}, no body", capture.status));
        return article;
    }
    let mut around = page_kind::Around::default();
    match kind_of(capture) {
        Kind::Pdf => pdf::read(capture, &mut article),
        Kind::Document => document::read(capture, &mut article),
        Kind::Text => document::read_text(capture, &mut article),
        Kind::Html => around = html::read(capture, &mut article),
        Kind::Mail => around = mail::read(capture, &mut article),
        Kind::Media => {
            article.page_kind = PageKind::Media;
            article.page_kind_reason = Some(capture.media_type());
        }
    }
    article::finish(capture, &mut article, &around);
    article
}

enum Kind {
    Html,
    Pdf,
    Text,
    Mail,
    Document,
    Media,
}

/// What the bytes are: by signature first, for labels lie.
fn kind_of(capture: &Capture) -> Kind {
    let head = &capture.body[..capture.body.len().min(1024)];
    let media = capture.media_type();
    match media.as_str() {
        _ if head.starts_with(b"%PDF-") => Kind::Pdf,
        DOCUMENT_TYPE | "application/json" => Kind::Document,
        "text/plain" | "text/markdown" => Kind::Text,
        "message/rfc822" => Kind::Mail,
        "text/html" | "application/xhtml+xml" => Kind::Html,
        _ if ["image/", "video/", "audio/", "font/"].iter().any(|m| media.starts_with(m)) => Kind::Media,
        _ if looks_like_markup(head) => Kind::Html,
        _ if is_binary(head) => Kind::Media,
        "" => Kind::Text,
        _ => Kind::Html,
    }
}

/// Whether the bytes are no text of any encoding: random ones have one control in ten.
fn is_binary(head: &[u8]) -> bool {
    let is_control = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    let controls = head.iter().filter(|b| is_control(**b)).count();
    controls * 20 > head.len() && !headwater_charset::is_wide(head)
}

fn looks_like_markup(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<body", "<div", "<p>", "<meta", "<article"]
        .iter()
        .any(|m| head.contains(m))
}
