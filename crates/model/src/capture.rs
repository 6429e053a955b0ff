//! A capture: the bytes of one URL at one moment, as the archive holds them.

use crate::id::{CaptureId, SourceId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the collector knew about a page besides its bytes: the feed entry that led to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hints {
    /// The source that led to the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// The headline in the feed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The date in the feed, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The language that the feed or source declares, BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Authors in the feed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// The address that was asked for, if redirects led elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_url: Option<String>,
}

/// Media type of a document given as JSON `{url, published, title, text|abstract}`.
pub const DOCUMENT_TYPE: &str = "application/vnd.headwater.document+json";

/// One capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The address the bytes came from, after redirects.
    pub url: String,
    /// When they were captured. After the archive this is "now".
    pub captured: Timestamp,
    /// HTTP status; 200 for a local file.
    pub status: u16,
    /// `Content-Type` as the server gave it.
    pub content_type: Option<String>,
    /// The payload, transfer and content encodings removed, charset untouched.
    pub body: Vec<u8>,
    /// What the collector knew besides.
    pub hints: Hints,
}

/// An address as an archive may hold it: without line ends, which would forge a header field, and with blanks
/// written as `%20`, which WARC tools insist on.
pub fn clean_address(url: &str) -> String {
    let kept = url.trim().chars().filter(|c| !c.is_control());
    kept.fold(String::with_capacity(url.len()), |mut clean, c| {
        if c.is_whitespace() {
            clean.push_str("%20")
        } else {
            clean.push(c)
        }
        clean
    })
}

/// The host of an address without `www.`; of a local file, its name.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or(host);
    if host.is_empty() {
        url.rsplit('/').next().unwrap_or(url)
    } else {
        host.strip_prefix("www.").unwrap_or(host)
    }
}

/// A host and those above it: `asia.star.example`, `star.example`, `example`.
pub fn hosts_up(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |host| Some(host.split_once('.')?.1))
}

/// An address as far as it tells one page from another: without scheme, `www.`, fragment, closing slash, and the
/// parameters by which sites count who came from where. A fragment that leads on, as `#!/x` and `#/x` do, is kept.
pub fn page(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let kept: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && !counts(p)).collect();
    let mut page = path.trim_end_matches('/').to_owned();
    if !kept.is_empty() {
        page += &format!("?{}", kept.join("&"));
    }
    if fragment.starts_with(['!', '/']) {
        page += &format!("#{fragment}");
    }
    page
}

/// Whether a parameter of an address only counts who came from where.
fn counts(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    let mut known = include_str!("../data/tracking_parameters.txt").lines().filter(|l| !l.starts_with("# "));
    known.any(|known| known.strip_suffix('*').map_or(known == name, |begin| name.starts_with(begin)))
}

impl Capture {
    /// The capture's identity: what, when, and which bytes.
    pub fn id(&self) -> CaptureId {
        self.id_at(self.captured)
    }
    /// The identity of the same bytes, captured at another time.
    pub fn id_at(&self, captured: Timestamp) -> CaptureId {
        CaptureId::of(&[self.url.as_bytes(), captured.to_string().as_bytes(), &self.body])
    }
    /// The media type without parameters, lower case; empty if unknown.
    pub fn media_type(&self) -> String {
        let value = self.content_type.as_deref().unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }
}

/// Where a record begins in the archive. The archive's order is the order of positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Position {
    /// Number of the segment, from 1; 0 stands before everything.
    pub segment: u32,
    /// Byte offset of the record's gzip member in the segment.
    pub offset: u64,
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.segment, self.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn addresses_of_one_page_agree() {
        let one = "a.example/x";
        for same in
            ["http://a.example/x", "https://www.a.example/x/", "https://a.example/x?utm_source=b&fbclid=1#c"]
        {
            assert_eq!(page(same), one, "{same}");
        }
        assert_eq!(page("http://a.example/x?id=1&UTM_medium=mail"), "a.example/x?id=1");
        assert_eq!(page("https://a.example/#/x"), "a.example#/x");
        assert_ne!(page("http://a.example/x?id=1"), page("http://a.example/x?id=2"));
        assert_eq!(page("file:///tmp/a.html"), "/tmp/a.html");
    }
}
