//! The HTTP message inside a `response` record.

use std::io::Read;

/// A compressed body is unpacked up to this many bytes: what grows further is a bomb. Less than a record's block
/// may have, so that what was read can be archived with its headers.
pub const MAX_BODY: u64 = 32 << 20;

/// Status, headers and decoded body of a response block.
pub struct Response {
    pub status: u16,
    pub content_type: Option<String>,
    pub body: Vec<u8>,
}

/// Takes a response block apart: status line and headers, then the body with its transfer and
/// content codings undone as far as they can be. `None` if it does not begin with a status line.
pub fn parse_response(block: &[u8]) -> Option<Response> {
    let mut headers = [httparse::EMPTY_HEADER; 256];
    let mut message = httparse::Response::new(&mut headers);
    let config = {
        let mut config = httparse::ParserConfig::default();
        config.ignore_invalid_headers_in_responses(true).allow_obsolete_multiline_headers_in_responses(true);
        config
    };
    let httparse::Status::Complete(start) = config.parse_response(&mut message, block).ok()? else {
        return None;
    };
    let header = |name: &str| {
        let found = message.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(found.value).trim().to_owned())
    };
    let chunked = header("transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked"));
    let raw = &block[start..];
    let unchunked = if chunked { unchunk(raw) } else { None };
    let body = decode(unchunked.as_deref().unwrap_or(raw), &header("content-encoding").unwrap_or_default());
    Some(Response { status: message.code?, content_type: header("content-type"), body })
}

/// Undoes chunked transfer coding; `None` if the body is not in fact chunked, which archives of
/// decoded bodies often are.
fn unchunk(mut raw: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(raw.len());
    loop {
        let line_end = raw.windows(2).take(64).position(|w| w == b"\r\n")?;
        let size = std::str::from_utf8(&raw[..line_end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        raw = &raw[line_end + 2..];
        if size == 0 {
            return Some(body);
        }
        let chunk = &raw[..size.min(raw.len())];
        body.extend_from_slice(chunk);
        if chunk.len() < size {
            return Some(body);
        }
        raw = raw[size..].strip_prefix(b"\r\n").unwrap_or(&raw[size..]);
    }
}

/// Undoes content codings. A body that does not decode is kept as it is: many archives store
/// the decoded body under the original header.
fn decode(raw: &[u8], codings: &str) -> Vec<u8> {
    let mut body = raw.to_vec();
    for coding in codings.rsplit(',') {
        let decoded = match coding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => bounded(flate2::read::MultiGzDecoder::new(&body[..])),
            "deflate" => bounded(flate2::read::ZlibDecoder::new(&body[..]))
                .or_else(|| bounded(flate2::read::DeflateDecoder::new(&body[..]))),
            "br" => bounded(brotli_decompressor::Decompressor::new(&body[..], 4096)),
            _ => None,
        };
        body = decoded.unwrap_or(body);
    }
    body
}

/// What a decoder gives, up to [`MAX_BODY`]. A stream that is cut off gives what came before
/// the cut; one that gives nothing is not in this coding.
fn bounded(decoder: impl Read) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    let outcome = decoder.take(MAX_BODY).read_to_end(&mut body);
    (outcome.is_ok() || !body.is_empty()).then_some(body)
}
