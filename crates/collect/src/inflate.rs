//! Content encodings removed, within bounds: a few kilobytes of gzip can hold gigabytes.

use std::io::Read;

/// Bytes that a compressed listing may grow to: sitemaps may be 50 MiB.
pub const MAX_LISTING: usize = 64 << 20;

/// The content of a gzip file, or the bytes themselves if they are none.
pub(crate) fn gunzip_if_gzip(bytes: &[u8]) -> Result<std::borrow::Cow<'_, [u8]>, String> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes.into());
    }
    bounded(flate2::read::MultiGzDecoder::new(bytes), MAX_LISTING).map(Into::into)
}

/// Removes the content encodings that a header names, outermost last. `None` if there are none to remove.
pub(crate) fn decode(body: &[u8], encodings: &str, limit: usize) -> Result<Option<Vec<u8>>, String> {
    let names: Vec<String> = encodings.split(',').map(|n| n.trim().to_ascii_lowercase()).collect();
    let mut decoded: Option<Vec<u8>> = None;
    for name in names.iter().rev().filter(|n| !n.is_empty() && *n != "identity") {
        let input = decoded.as_deref().unwrap_or(body);
        decoded = Some(match name.as_str() {
            // Servers label pages gzip that are not compressed at all: the bytes decide.
            "gzip" | "x-gzip" if !input.starts_with(&[0x1f, 0x8b]) => input.to_vec(),
            "gzip" | "x-gzip" => bounded(flate2::read::MultiGzDecoder::new(input), limit)?,
            "deflate" => deflate(input, limit)?,
            other => return Err(format!("the content encoding {other:?} is unknown")),
        });
    }
    Ok(decoded)
}

/// `deflate` means zlib by the standard, and raw deflate for some servers.
fn deflate(input: &[u8], limit: usize) -> Result<Vec<u8>, String> {
    bounded(flate2::read::ZlibDecoder::new(input), limit)
        .or_else(|_| bounded(flate2::read::DeflateDecoder::new(input), limit))
}

fn bounded(reader: impl Read, limit: usize) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let read = reader.take(limit as u64 + 1).read_to_end(&mut out);
    if out.len() > limit {
        return Err(format!("it is more than {} MiB when unpacked", limit >> 20));
    }
    match read {
        Ok(_) => Ok(out),
        // A cut-off stream still holds a page's beginning.
        Err(_) if !out.is_empty() => Ok(out),
        Err(error) => Err(format!("it cannot be unpacked: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn encodings_are_removed() {
        assert_eq!(decode(b"x", "identity", 10).unwrap(), None);
        assert_eq!(decode(&gzip(b"page"), "gzip", 10).unwrap().unwrap(), b"page");
        assert_eq!(decode(&gzip(&gzip(b"page")), "gzip, gzip", 100).unwrap().unwrap(), b"page");
        assert_eq!(decode(b"plain", "gzip", 10).unwrap().unwrap(), b"plain");
        assert!(decode(b"x", "br", 10).unwrap_err().contains("br"));
    }

    #[test]
    fn bombs_are_bounded() {
        let bomb = gzip(&vec![0; 10 << 20]);
        assert!(decode(&bomb, "gzip", 1 << 20).unwrap_err().contains("1 MiB"));
    }

    #[test]
    fn a_cut_off_stream_keeps_its_beginning() {
        let words: String = (0..5_000).map(|n| format!("{n} ")).collect();
        let packed = gzip(words.as_bytes());
        let read = decode(&packed[..packed.len() / 2], "gzip", 1 << 20).unwrap().unwrap();
        assert!(words.as_bytes().starts_with(&read) && read.len() > 100);
    }
}
