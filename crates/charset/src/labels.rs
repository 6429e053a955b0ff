//! What the server and the document say of the document's encoding.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};

/// Bytes in which a declaration must stand: an XML declaration opens the file; `<meta>` is sought in the first 1,024
/// bytes by the HTML standard, but pages and feeds with long comments at their head get more.
const WITHIN: usize = 4096;

/// The labels on a document, lower case, the one to be believed first first.
pub fn of(bytes: &[u8], content_type: Option<&str>) -> Vec<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(WITHIN)]).to_ascii_lowercase();
    let xml = xml_declaration(&head);
    let is_page = ["<html", "<head", "<!doctype html", "<body"].iter().any(|tag| head.contains(tag));
    let meta = if is_page || xml.is_none() { meta(&head) } else { None };
    [content_type.and_then(charset_parameter), meta, xml].into_iter().flatten().map(|l| plain(&l)).collect()
}

/// A label as it is looked up: `GB_2312` and ` gb2312 ` are the same.
fn plain(label: &str) -> String {
    match label.trim().to_ascii_lowercase().replace('_', "-").as_str() {
        "ascii" | "us-ascii" => "us-ascii".to_owned(),
        label => label.to_owned(),
    }
}

/// The encoding of a label. Every GB label is read as GB18030, their superset; and a label of wide characters cannot
/// be true of bytes whose `<` takes one byte, so it is not believed.
pub fn encoding(label: &str) -> Option<&'static Encoding> {
    if ["utf-16", "utf16", "utf-32", "ucs-2", "u16", "us-ascii"].iter().any(|l| label.starts_with(l)) {
        return None;
    }
    let encoding = Encoding::for_label_no_replacement(label.as_bytes())
        .or_else(|| Encoding::for_label_no_replacement(label.replacen('-', "_", 1).as_bytes()))?;
    Some(if encoding == GBK { GB18030 } else { encoding })
}

/// Whether an encoding is one of two bytes a character.
pub fn is_eastern(encoding: &'static Encoding) -> bool {
    [GB18030, BIG5, EUC_JP, SHIFT_JIS, EUC_KR].contains(&encoding)
}

/// Whether any label names such an encoding.
pub fn any_eastern(labels: &[String]) -> bool {
    labels.iter().filter_map(|label| encoding(label)).any(is_eastern)
}

/// The name that a person expects: ISO 8859-1 stays so where the standard reads its superset.
pub fn shown(label: &str) -> String {
    match encoding(label) {
        Some(found) if found == WINDOWS_1252 && matches!(label, "iso-8859-1" | "latin1" | "latin-1") => {
            "iso-8859-1".to_owned()
        }
        Some(found) => found.name().to_ascii_lowercase(),
        None => label.to_owned(),
    }
}

/// `charset` of a Content-Type, quotes and blanks around it removed.
pub fn charset_parameter(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}

fn xml_declaration(head: &str) -> Option<String> {
    let declaration = &head[head.find("<?xml")?..];
    value_of("encoding", &declaration[..declaration.find("?>").unwrap_or(declaration.len())])
}

/// The first `<meta>` that names an encoding, outside of comments.
fn meta(head: &str) -> Option<String> {
    let mut rest = head;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = &comment[comment.find("-->")?..];
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        if let Some(label) = rest[..end].strip_prefix("<meta").and_then(|tag| value_of("charset", tag)) {
            return Some(label);
        }
        rest = &rest[1..];
    }
    None
}

/// The value after `name =`, quoted or not.
fn value_of(name: &str, text: &str) -> Option<String> {
    let after = text
        .match_indices(name)
        .find_map(|(at, _)| text[at + name.len()..].trim_start().strip_prefix('=').map(str::trim_start))?;
    let value = after.trim_start_matches(['"', '\'', ' ']);
    let end = value.find(|c: char| c.is_whitespace() || "\"';>/?".contains(c)).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}
