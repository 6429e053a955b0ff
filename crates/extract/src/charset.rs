//! Bytes to text. Labels lie, so a label is believed only as far as the bytes bear it out.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes in which a `meta` label is looked for; HTML asks for the first 1024.
const HEAD: usize = 4096;

/// Decodes a page: byte-order mark, then UTF-8 if the bytes are UTF-8, then the label of the server or
/// the page if the bytes bear it out, then a guess helped by the address.
pub fn decode(bytes: &[u8], content_type: Option<&str>, url: &str) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned();
    }
    if is_utf16(bytes) {
        let encoding = if bytes.first() == Some(&0) { UTF_16BE } else { UTF_16LE };
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Seven-bit encodings (ISO-2022-JP, HZ) are valid UTF-8 too, and need their label.
        let label = labels(bytes, content_type).find(|e| *e == encoding_rs::ISO_2022_JP);
        return label.map_or_else(|| text.to_owned(), |e| e.decode(bytes).0.into_owned());
    }
    for encoding in labels(bytes, content_type) {
        let (text, _, _) = encoding.decode(bytes);
        if bears_out(&text, encoding) {
            return text.into_owned();
        }
    }
    guess(bytes, url).decode(bytes).0.into_owned()
}

/// Whether the bytes look like UTF-16 without a mark: every second one is zero.
pub fn is_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    head.len() >= 8 && (zeros(0) * 5 > head.len() * 2 || zeros(1) * 5 > head.len() * 2)
}

/// Encodings that the server and the page name, every GB label as GB18030, which contains the others.
fn labels<'a>(
    bytes: &'a [u8],
    content_type: Option<&'a str>,
) -> impl Iterator<Item = &'static Encoding> + 'a {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).into_owned();
    let stated = [content_type.map(str::to_owned), Some(head)];
    stated.into_iter().flatten().filter_map(|text| {
        let text = text.to_ascii_lowercase();
        let at = text.find("charset")? + "charset".len();
        let label = text[at..].trim_start_matches([' ', '=', '"', '\'']);
        let end =
            label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).unwrap_or(label.len());
        let encoding = Encoding::for_label(&label.as_bytes()[..end])?;
        Some(if encoding == GBK { GB18030 } else { encoding })
    })
}

/// Whether a decoding is plausible: almost nothing unreadable, and no letters that only a wrong table gives.
fn bears_out(text: &str, encoding: &'static Encoding) -> bool {
    let (mut chars, mut bad, mut odd, mut high) = (0usize, 0usize, 0usize, 0usize);
    for c in text.chars() {
        chars += 1;
        bad += usize::from(c == '\u{fffd}');
        high += usize::from(c as u32 > 0x7f);
        odd += usize::from(matches!(c, '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}'));
    }
    if encoding == UTF_8 {
        return bad * 50 < high.max(1);
    }
    if encoding == WINDOWS_1252 {
        // Chinese read as Latin is almost all accented letters in a row.
        return odd == 0 && high * 3 < chars.max(1);
    }
    (bad + odd) * 100 < high.max(1)
}

fn guess(bytes: &[u8], url: &str) -> &'static Encoding {
    let host = url::Url::parse(url).ok().and_then(|u| u.host_str().map(str::to_owned)).unwrap_or_default();
    let tld =
        host.rsplit('.').next().filter(|t| t.bytes().all(|b| b.is_ascii_lowercase())).map(str::to_owned);
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(64 << 10)], true);
    let encoding = detector.guess(tld.as_deref().map(str::as_bytes), chardetng::Utf8Detection::Allow);
    if encoding == GBK { GB18030 } else { encoding }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZH: &str = "工业和信息化部发布通知，要求企业在九月一日前完成申报，并公布第一批名单。";
    const HANT: &str = "經濟部表示，名單自七月一日起生效，業者出口須先取得許可。";
    const JA: &str = "経済産業省は、半導体製造装置の輸出管理を見直すと発表した。";

    fn check(encoding: &'static Encoding, text: &str, label: Option<&str>, meta: &str) {
        let page = format!("<html><head>{meta}</head><p>{text}</p></html>");
        let bytes = encoding.encode(&page).0.into_owned();
        let found = decode(&bytes, label, "http://a.example/");
        assert!(found.contains(text), "{} label {label:?} {meta}: {found}", encoding.name());
    }

    #[test]
    fn every_encoding_with_right_wrong_and_no_labels() {
        for (encoding, text) in [
            (GB18030, ZH),
            (GBK, ZH),
            (encoding_rs::BIG5, HANT),
            (encoding_rs::EUC_JP, JA),
            (encoding_rs::SHIFT_JIS, JA),
        ] {
            check(encoding, text, Some(&format!("text/html; charset={}", encoding.name())), "");
            check(encoding, text, None, &format!("<meta charset={}>", encoding.name()));
            check(encoding, text, None, "");
            check(encoding, text, Some("text/html; charset=utf-8"), "");
            check(encoding, text, Some("text/html; charset=iso-8859-1"), "");
        }
        check(GB18030, ZH, Some("text/html; charset=gb2312"), "");
        check(UTF_8, ZH, Some("text/html; charset=gb2312"), "<meta charset=gbk>");
    }

    #[test]
    fn utf16_with_and_without_mark() {
        let page = format!("<html><p>plain words {ZH}</p>{}", " ".repeat(400));
        let little: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = page.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [[&[0xff, 0xfe], &little[..]].concat(), [&[0xfe, 0xff], &big[..]].concat(), little, big]
        {
            assert!(decode(&bytes, None, "").contains(ZH));
        }
    }
}
