//! Bytes to text, for pages, feeds and lists alike. Labels lie, so a label is believed only as far as the bytes
//! bear it out: a byte order mark, then UTF-8 where the bytes are UTF-8, then what the server says, then what the
//! document says of itself, then a guess.
//!
//! Which of two labels comes first is for the standards to say: the server's before the document's (RFC 7303 for
//! XML, the HTML standard for pages), `<meta>` before an XML declaration in HTML, and a mark before either.

mod labels;
mod plausible;
mod wide;

pub use labels::charset_parameter;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, ISO_2022_JP, UTF_8};

/// Text with the encoding that it was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without its byte order mark.
    pub text: String,
    /// Name of the encoding: as IANA has it, lower case.
    pub encoding: String,
    /// Whether the encoding that was declared did not fit the bytes.
    pub mislabelled: bool,
}

impl Decoded {
    fn new(text: impl Into<String>, encoding: &str) -> Decoded {
        Decoded { text: text.into(), encoding: encoding.to_owned(), mislabelled: false }
    }

    fn but(self, mislabelled: bool) -> Decoded {
        Decoded { mislabelled: self.mislabelled || mislabelled, ..self }
    }
}

/// Decodes a document. `content_type` is the server's word, if it gave one; the address only helps to guess.
pub fn decode(bytes: &[u8], content_type: Option<&str>, url: &str) -> Decoded {
    if let Some(decoded) = by_mark(bytes).or_else(|| wide::without_mark(bytes)) {
        return decoded;
    }
    let labels = labels::of(bytes, content_type);
    let fits = |(at, label): (usize, &String)| strictly(bytes, label).map(|decoded| decoded.but(at > 0));
    let fitting = || labels.iter().enumerate().find_map(fits);
    let found = match as_utf8(bytes) {
        Some(text) if labels::any_eastern(&labels) && plausible::is_chance(text) => fitting(),
        Some(text) => Some(utf8(text, &labels)),
        None => leniently(bytes, "utf-8", BROKEN_ONE_IN).map(|decoded| decoded.but(true)).or_else(fitting),
    };
    if let Some(decoded) = found {
        return decoded;
    }
    let nearly = labels.iter().find_map(|label| leniently(bytes, label, BROKEN_ONE_IN));
    // A text that no label fits is still UTF-8 if more of it is so than is not: no other encoding is by chance.
    let nearly = nearly.or_else(|| leniently(bytes, "utf-8", 3));
    nearly.unwrap_or_else(|| guessed(bytes, url, &labels)).but(true)
}

/// Whether the bytes look like UTF-16 or UTF-32 without a byte order mark.
pub fn is_wide(bytes: &[u8]) -> bool {
    wide::shape(bytes).is_some()
}

/// The encodings that a byte order mark announces. Four-byte marks first: they begin like two-byte ones.
fn by_mark(bytes: &[u8]) -> Option<Decoded> {
    if let Some(decoded) = wide::by_long_mark(bytes) {
        return Some(decoded);
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let rest = &bytes[length..];
    let (text, broken) = encoding.decode_without_bom_handling(rest);
    if broken && encoding == UTF_8 {
        // The mark was put before a text in another encoding, which the text itself may name.
        let other = labels::of(rest, None).iter().find_map(|label| strictly(rest, label));
        return Some(other.unwrap_or_else(|| Decoded::new(text, "utf-8")).but(true));
    }
    Some(Decoded::new(text, &encoding.name().to_ascii_lowercase()).but(broken))
}

/// The bytes as UTF-8, if they are; a last character that was cut off is left out.
fn as_utf8(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes)
        .or_else(|error| {
            let whole = &bytes[..error.valid_up_to()];
            let cut = error.error_len().is_none() && !whole.is_ascii();
            if cut { std::str::from_utf8(whole) } else { Err(error) }
        })
        .ok()
}

/// Text that is UTF-8: no text of some length in another encoding is so by chance, whatever its label says. But
/// ISO-2022-JP consists of ASCII bytes, and what is ASCII fits every label.
fn utf8(text: &str, labels: &[String]) -> Decoded {
    let label = labels.first().map(String::as_str);
    if !text.is_ascii() {
        let fits = label.is_none_or(|l| labels::encoding(l) == Some(UTF_8));
        return Decoded::new(text, "utf-8").but(!fits);
    }
    let shifted = text.contains("\u{1b}$B") || text.contains("\u{1b}$@");
    if shifted || labels.iter().any(|l| labels::encoding(l) == Some(ISO_2022_JP)) {
        return Decoded::new(ISO_2022_JP.decode(text.as_bytes()).0, "iso-2022-jp");
    }
    let known = labels.iter().position(|l| l == "us-ascii" || labels::encoding(l).is_some());
    let name = known.map_or_else(|| "utf-8".to_owned(), |at| labels::shown(&labels[at]));
    Decoded::new(text, &name).but(known.unwrap_or(labels.len()) > 0)
}

/// The text under a label, unless its bytes are not valid in that encoding or make no text in it.
fn strictly(bytes: &[u8], label: &str) -> Option<Decoded> {
    let encoding = labels::encoding(label)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    plausible::is_text(&text, encoding).then(|| Decoded::new(text, &labels::shown(label)))
}

/// One broken character among this many does not refute a label: texts are cut in the middle of a character, and
/// pages quote others without converting them.
const BROKEN_ONE_IN: usize = 50;

/// The text under a label if no more than one foreign character in so many is broken.
fn leniently(bytes: &[u8], label: &str, one_in: usize) -> Option<Decoded> {
    let encoding = labels::encoding(label)?;
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    let broken = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let holds = broken * one_in <= foreign && plausible::is_text(&text, encoding);
    holds.then(|| Decoded::new(text, &labels::shown(label)))
}

/// Bytes from which an encoding is guessed.
const SAMPLE: usize = 64 << 10;

/// The most likely encoding; a label that is valid at least is better than a guess that is no text either.
fn guessed(bytes: &[u8], url: &str, labels: &[String]) -> Decoded {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    let encoding = detector.guess(top_level_domain(url), Utf8Detection::Allow);
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken || !plausible::is_text(&text, encoding) {
        let valid = labels.iter().find_map(|label| {
            let encoding = labels::encoding(label)?;
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
            Some(Decoded::new(text, &labels::shown(label)))
        });
        if let Some(decoded) = valid {
            return decoded;
        }
    }
    Decoded::new(text, &encoding.name().to_ascii_lowercase())
}

/// `cn` of `https://www.a.cn:8080/b`, if the detector can take it.
fn top_level_domain(url: &str) -> Option<&[u8]> {
    let host = url.split("://").nth(1)?.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    let (_, last) = host.rsplit_once('.')?;
    (!last.is_empty() && last.bytes().all(|b| b.is_ascii_lowercase())).then_some(last.as_bytes())
}
