//! Markup inside feeds: whether a text is markup, its words without tags, and its links made absolute.

use crate::xml::{character, html_entity};
use url::Url;

/// Elements whose presence shows that a text is HTML.
const TELLING: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "td",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
    "audio",
    "iframe",
    "figure",
    "section",
    "article",
    "center",
    "blink",
    "q",
    "cite",
    "del",
    "ins",
];

/// Whether a text that could be either is meant as HTML: it has a known tag that is closed or needs no closing,
/// or a character reference.
pub(super) fn looks_like_html(text: &str) -> bool {
    let last = text.rfind('>').unwrap_or(0);
    let tags = text.match_indices('<').take(2_000).take_while(|(at, _)| *at < last).any(|(at, _)| {
        let rest = text[at + 1..].strip_prefix('/').unwrap_or(&text[at + 1..]);
        let name: String = rest.chars().take(12).take_while(char::is_ascii_alphanumeric).collect();
        TELLING.contains(&name.to_ascii_lowercase().as_str())
    });
    tags || has_reference(text)
}

fn has_reference(text: &str) -> bool {
    text.match_indices('&').take(2_000).any(|(at, _)| reference(&text[at..]).is_some())
}

/// A character reference at the start of a text: its character and its length in bytes.
fn reference(text: &str) -> Option<(String, usize)> {
    let limit = text.char_indices().nth(12).map_or(text.len(), |(at, _)| at);
    let end = text[..limit].find(';')?;
    let name = &text[1..end];
    let resolved = match name.strip_prefix('#') {
        Some(number) => character(number)?.to_string(),
        None => html_entity(name)?,
    };
    Some((resolved, end + 1))
}

/// Character references resolved once.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((resolved, length)) => {
                out.push_str(&resolved);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// UTF-8 that was read as Windows-1252 and written again ("â€¦" for "…"), put right: the text must consist of
/// Windows-1252 characters whose bytes are valid UTF-8, which no text in words of any language does by chance.
pub(super) fn undo_double_encoding(text: String) -> String {
    if text.is_ascii() || text.chars().any(|c| c > '\u{2122}') {
        return text;
    }
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&text);
    if unmappable {
        return text;
    }
    match std::str::from_utf8(&bytes) {
        Ok(mended) => mended.to_owned(),
        Err(_) => text,
    }
}

/// The words of HTML: tags become blanks, references characters.
pub(super) fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    // Beyond the last `>` nothing is a tag.
    let (tagged, tail) = html.split_at(html.rfind('>').map_or(0, |at| at + 1));
    let mut rest = tagged;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        match rest.find('>').filter(|_| is_tag) {
            Some(end) => {
                let inline = ["<b>", "</b>", "<i>", "</i>", "<em>", "</em>", "<strong>", "</strong>"];
                if !inline.contains(&&rest[..=end]) {
                    out.push(' ');
                }
                rest = &rest[end + 1..];
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    unescape(&(out + rest + tail))
}

/// Attributes of HTML that hold one address.
const ADDRESSES: &[&str] = &["href", "src", "cite", "action", "longdesc", "background", "data", "poster"];

/// Markup with its relative addresses made absolute, as long as they may be.
pub(super) fn with_absolute_links(html: &str, base: &str, mut may: impl FnMut() -> bool) -> String {
    let Ok(base) = Url::parse(base) else { return html.to_owned() };
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let end = tag.find('>').map_or(tag.len(), |e| e + 1);
        out.push_str(&tag_with_absolute_links(&tag[..end], &base, &mut may));
        rest = &tag[end..];
    }
    out + rest
}

/// Tags longer than this are left alone: no link needs as much, and each address costs a pass over its tag.
const MAX_TAG: usize = 16 << 10;

fn tag_with_absolute_links(tag: &str, base: &Url, may: &mut impl FnMut() -> bool) -> String {
    if tag.len() > MAX_TAG {
        return tag.to_owned();
    }
    let mut out = String::with_capacity(tag.len());
    let mut rest = tag;
    while let Some((start, end)) = next_address(rest) {
        out.push_str(&rest[..start]);
        let written = rest[start..end].trim();
        match base.join(&unescape(written)) {
            Ok(absolute) if Url::parse(written).is_err() && may() => {
                out.push_str(&absolute.as_str().replace('&', "&amp;"))
            }
            _ => out.push_str(written),
        }
        rest = &rest[end..];
    }
    out + rest
}

/// Where the value of the next address attribute stands in a tag.
fn next_address(tag: &str) -> Option<(usize, usize)> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find('=').map(|at| from + at) {
        from = at + 1;
        let name_starts =
            lower[..at].trim_end().rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |s| s + 1);
        if !ADDRESSES.contains(&lower[name_starts..at].trim_end()) {
            continue;
        }
        let value = &tag[from..];
        let skipped = value.len() - value.trim_start().len();
        let start = from + skipped;
        let quote = tag[start..].chars().next()?;
        if matches!(quote, '"' | '\'') {
            let end = tag[start + 1..].find(quote)?;
            return Some((start + 1, start + 1 + end));
        }
        let end = tag[start..].find(|c: char| c.is_whitespace() || c == '>').unwrap_or(tag.len() - start);
        return Some((start, start + end));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_told_from_text() {
        for html in ["<p>x</p>", "a<br/>b", "AT&amp;T", "<a href='x'>y</a>"] {
            assert!(looks_like_html(html), "{html}");
        }
        for text in ["5 < 6 > 4", "a & b", "<unknown>", "History of R&D", ""] {
            assert!(!looks_like_html(text), "{text}");
        }
    }

    #[test]
    fn double_encoding_is_undone() {
        let check = |text: &str, expected: &str| assert_eq!(undo_double_encoding(text.to_owned()), expected);
        check("itâ€™s â€¦", "it’s …");
        check("cafÃ©", "café");
        for sound in ["café", "it’s …", "中文", "Ã", "AT&T", "Ünïcödé"] {
            check(sound, sound);
        }
    }

    #[test]
    fn words_without_tags() {
        assert_eq!(without_tags("<p>A <b>b</b>c</p>&amp;").trim(), "A bc &");
        assert_eq!(without_tags("5 < 6"), "5 < 6");
    }

    #[test]
    fn links_become_absolute() {
        let check = |html: &str, expected: &str| {
            assert_eq!(with_absolute_links(html, "https://a.example/x/", || true), expected);
        };
        check("<a href=\"y?a=1&amp;b=2\">z</a>", "<a href=\"https://a.example/x/y?a=1&amp;b=2\">z</a>");
        check("<img alt='=' src='/y'>", "<img alt='=' src='https://a.example/y'>");
        check("<a href=y>z", "<a href=https://a.example/x/y>z");
        check("<a href='https://b.example'>", "<a href='https://b.example'>");
        check("a = b < c", "a = b < c");
    }
}
