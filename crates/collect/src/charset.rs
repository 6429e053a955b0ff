//! Bytes to text, for feeds and lists: byte order mark, declared and guessed encodings, in that order.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

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

/// Decodes a document: `declared` by the transport, if by anyone, is believed before the document's own
/// declaration, and neither where the bytes contradict it.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    if let Some(decoded) = by_mark(bytes) {
        return decoded;
    }
    if let Some(decoded) = wide_without_mark(bytes) {
        return decoded;
    }
    let http = content_type.and_then(charset_parameter);
    let own = declaration(bytes);
    let mut mislabelled = false;
    let labels: Vec<String> = [http, own].into_iter().flatten().collect();
    for label in &labels {
        match strictly(bytes, label) {
            Some(decoded) => return Decoded { mislabelled, ..decoded },
            None => mislabelled = true,
        }
    }
    let nearly = labels.iter().map(String::as_str).chain(["utf-8"]).find_map(|label| leniently(bytes, label));
    nearly.unwrap_or_else(|| guessed(bytes, mislabelled))
}

fn named(text: String, encoding: &str) -> Decoded {
    Decoded { text, encoding: encoding.to_owned(), mislabelled: false }
}

/// The encodings that a byte order mark announces. Four-byte marks first: they begin like two-byte ones.
fn by_mark(bytes: &[u8]) -> Option<Decoded> {
    if let Some(rest) = bytes.strip_prefix(&[0x00, 0x00, 0xFE, 0xFF]) {
        return Some(named(utf32(rest, u32::from_be_bytes), "utf-32be"));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE, 0x00, 0x00]) {
        return Some(named(utf32(rest, u32::from_le_bytes), "utf-32le"));
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let (text, broken) = encoding.decode_without_bom_handling(&bytes[length..]);
    if broken && encoding == encoding_rs::UTF_8 {
        let label = declaration(&bytes[length..]);
        let other = label.and_then(|l| strictly(&bytes[length..], &l)).filter(|d| d.encoding != "utf-8");
        return Some(Decoded {
            mislabelled: true,
            ..other.unwrap_or_else(|| named(text.into_owned(), "utf-8"))
        });
    }
    let mut decoded = named(text.into_owned(), &encoding.name().to_ascii_lowercase());
    decoded.mislabelled = broken;
    Some(decoded)
}

/// UTF-16 and UTF-32 without a mark show in the first `<`: XML 1.0, appendix F.
fn wide_without_mark(bytes: &[u8]) -> Option<Decoded> {
    match bytes.get(..4)? {
        [0, 0, 0, b'<'] => Some(named(utf32(bytes, u32::from_be_bytes), "utf-32be")),
        [b'<', 0, 0, 0] => Some(named(utf32(bytes, u32::from_le_bytes), "utf-32le")),
        [0, b'<', 0, _] => Some(named(encoding_rs::UTF_16BE.decode(bytes).0.into_owned(), "utf-16be")),
        [b'<', 0, _, 0] => Some(named(encoding_rs::UTF_16LE.decode(bytes).0.into_owned(), "utf-16le")),
        _ => None,
    }
}

fn utf32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> String {
    let units = bytes.chunks_exact(4).map(|c| read([c[0], c[1], c[2], c[3]]));
    units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The text under a label, unless its bytes are not valid in that encoding.
fn strictly(bytes: &[u8], label: &str) -> Option<Decoded> {
    let label = label.trim().to_ascii_lowercase();
    if matches!(label.as_str(), "us-ascii" | "ascii") {
        return bytes.is_ascii().then(|| named(String::from_utf8_lossy(bytes).into_owned(), "us-ascii"));
    }
    let encoding = encoding_for(&label)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(named(text.into_owned(), &shown(encoding, &label)))
}

/// One broken character among this many does not refute a label: texts are cut in the middle of a character, and
/// pages quote others without converting them.
const BROKEN_ONE_IN: usize = 50;

/// The text under a label in spite of a few broken characters.
fn leniently(bytes: &[u8], label: &str) -> Option<Decoded> {
    let encoding = encoding_for(&label.trim().to_ascii_lowercase())?;
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    let broken = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let text = (broken * BROKEN_ONE_IN < foreign).then(|| text.into_owned())?;
    Some(Decoded { mislabelled: broken > 0, ..named(text, &shown(encoding, label)) })
}

/// The encoding of a label. Every GB label is read as GB18030, their superset; and a two-byte label cannot be
/// true of bytes whose `<` takes one byte, so it is not believed.
fn encoding_for(label: &str) -> Option<&'static Encoding> {
    let label = label.replace('_', "-");
    if label.starts_with("utf-16")
        || label.starts_with("utf16")
        || label.starts_with("utf-32")
        || label == "u16"
    {
        return None;
    }
    let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
    Some(if encoding == encoding_rs::GBK { encoding_rs::GB18030 } else { encoding })
}

/// The name that a person expects: ISO 8859-1 stays so where no byte is beyond it.
fn shown(encoding: &'static Encoding, label: &str) -> String {
    if encoding == encoding_rs::WINDOWS_1252 && matches!(label, "iso-8859-1" | "latin1" | "latin-1") {
        return "iso-8859-1".to_owned();
    }
    encoding.name().to_ascii_lowercase()
}

fn guessed(bytes: &[u8], mislabelled: bool) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { mislabelled, ..named(text.to_owned(), "utf-8") };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    let encoding = if encoding == encoding_rs::GBK { encoding_rs::GB18030 } else { encoding };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    // XML without a declaration is UTF-8; these bytes are not.
    Decoded { mislabelled: true, ..named(text.into_owned(), &encoding.name().to_ascii_lowercase()) }
}

/// `charset` of a Content-Type, quotes and blanks around it removed.
pub fn charset_parameter(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

/// Bytes in which a declaration must stand: an XML declaration opens the file, `<meta>` is sought in the first
/// 1,024 bytes by the HTML standard; feeds with long leading comments get a little more.
const DECLARATION_WITHIN: usize = 2048;

/// The encoding named by an XML declaration or an HTML meta element.
fn declaration(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(DECLARATION_WITHIN)];
    let head = String::from_utf8_lossy(head);
    let lower = head.to_ascii_lowercase();
    if let Some(start) = lower.find("<?xml") {
        let end = lower[start..].find("?>").map_or(lower.len(), |e| start + e);
        return quoted_after(&head[start..end], &lower[start..end], "encoding");
    }
    let meta = lower.find("<meta")?;
    quoted_after(&head[meta..], &lower[meta..], "charset")
}

/// The value after `name =`, quoted or not.
fn quoted_after(text: &str, lower: &str, name: &str) -> Option<String> {
    let rest = text.get(lower.find(name)? + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let value = rest.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || "\"';>/?".contains(c)).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], content_type: Option<&str>, text: &str, encoding: &str) {
        let decoded = decode(bytes, content_type);
        assert!(decoded.text.contains(text), "{encoding}: {:?}", decoded.text);
        assert_eq!(decoded.encoding, encoding, "{text}");
    }

    #[test]
    fn encodings() {
        let chinese = "<?xml version='1.0' encoding='NAME'?><t>国务院关于集成电路产业的通知</t>";
        for (name, label, expected) in [
            ("gb2312", "gb18030", "gb18030"),
            ("gbk", "gbk", "gb18030"),
            ("gb18030", "gb18030", "gb18030"),
            ("utf-8", "utf-8", "utf-8"),
        ] {
            let text = chinese.replace("NAME", name);
            let (bytes, ..) = Encoding::for_label(label.as_bytes()).unwrap().encode(&text);
            check(&bytes, None, "国务院", expected);
            // A wrong label from the server is outvoted by the bytes, and then the document is believed.
            check(&bytes, Some("text/xml; charset=us-ascii"), "国务院", expected);
        }
        let (big5, ..) =
            encoding_rs::BIG5.encode("<?xml version='1.0' encoding='big5'?><t>經濟部國際貿易署</t>");
        check(&big5, None, "經濟部", "big5");
        let (euc, ..) = encoding_rs::EUC_JP.encode("<t>経済産業省の輸出管理について説明した</t>");
        check(&euc, Some("text/xml; charset=euc-jp"), "輸出管理", "euc-jp");
        check(&euc, None, "輸出管理", "euc-jp");
    }

    #[test]
    fn wide_encodings() {
        for (little, mark) in [(true, true), (true, false), (false, true), (false, false)] {
            let text = format!("{}<t>半导体</t>", if mark { "\u{feff}" } else { "" });
            let turn = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            let bytes: Vec<u8> = text.encode_utf16().flat_map(turn).collect();
            check(
                &bytes,
                Some("text/xml; charset=utf-8"),
                "<t>半导体",
                if little { "utf-16le" } else { "utf-16be" },
            );
        }
    }

    #[test]
    fn a_broken_character_refutes_no_label() {
        let mut bytes = "<t>国务院关于集成电路产业的通知</t>".repeat(10).into_bytes();
        bytes.extend(b"<t>\xe5\x9b");
        check(&bytes, Some("text/xml; charset=utf-8"), "国务院", "utf-8");
        check(&bytes, None, "国务院", "utf-8");
        let text = "<?xml version='1.0' encoding='gb2312'?>国务院关于集成电路产业的通知".repeat(10);
        let (mut bytes, ..) = encoding_rs::GBK.encode(&text);
        bytes.to_mut().push(0xff);
        check(&bytes, None, "国务院", "gb18030");
    }

    #[test]
    fn labels_that_lie() {
        check("<t>半导体</t>".as_bytes(), Some("text/xml; charset=utf-16"), "半导体", "utf-8");
        check("<t>caf\u{e9}</t>".as_bytes(), Some("text/xml; charset=\"no-such\""), "café", "utf-8");
        check(
            b"<t>caf\xe9 au lait \x93quoted\x94</t>",
            Some("text/xml; charset=iso-8859-1"),
            "“quoted”",
            "iso-8859-1",
        );
        assert!(decode(b"<t>caf\xe9</t>", Some("text/xml; charset=utf-8")).mislabelled);
        assert_eq!(decode(b"", None).text, "");
    }
}
