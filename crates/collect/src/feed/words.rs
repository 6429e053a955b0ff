//! Text constructs: RSS's plain or escaped text, Atom's `type` and `mode`, inline XHTML.

use super::Words;
use super::markup;
use crate::xml::{Element, Node};
use data_encoding::BASE64_MIME_PERMISSIVE;
use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use url::Url;

/// A longer address is no place where relative ones start.
const MAX_BASE: usize = 2 << 10;

/// What absolute addresses may add to a feed in bytes; those after that stay as written.
const MAX_ADDED: usize = 32 << 20;

/// A longer `xml:lang` is no language.
const MAX_LANGUAGE: usize = 64;

/// What an element inherits from those around it.
#[derive(Debug, Clone, Default)]
pub(super) struct Setting {
    /// Where relative addresses start.
    pub base: Arc<str>,
    /// What absolute addresses have added so far, in the whole feed.
    pub added: Rc<Cell<usize>>,
    /// `xml:lang`.
    pub language: Option<String>,
    /// Whether the format is Atom, in which a text without a type is plain.
    pub atom: bool,
    /// Whether it is Atom 1.0, in which inline markup stands in a `div` that is not part of it.
    pub atom10: bool,
}

impl Setting {
    /// The setting inside an element.
    pub(super) fn inside(&self, element: &Element) -> Setting {
        let mut inner = self.clone();
        let cdf = element.attribute("base").filter(|_| matches!(element.name.as_str(), "channel" | "item"));
        let written = element.attribute("xml:base").or(cdf).filter(|base| base.len() <= MAX_BASE);
        if let Some(base) = written.and_then(|base| self.joined(base))
            && matches!(base.scheme(), "http" | "https")
        {
            inner.base = as_base(&base);
        }
        let language = element.attribute("xml:lang").or_else(|| element.attribute("lang"));
        if let Some(language) = language.filter(|language| language.len() <= MAX_LANGUAGE) {
            inner.language = (!language.trim().is_empty()).then(|| language.trim().replace('_', "-"));
        }
        inner
    }

    fn joined(&self, written: &str) -> Option<Url> {
        let written = written.trim();
        Url::parse(written).or_else(|_| Url::parse(&self.base).and_then(|base| base.join(written))).ok()
    }

    /// An address made absolute; as written where that cannot be done.
    pub(super) fn absolute(&self, written: &str) -> String {
        let written = written.trim();
        if let Some((scheme, _)) = written.split_once(':')
            && !scheme.is_empty()
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            && Url::parse(written).is_ok()
        {
            return written.to_owned();
        }
        if !self.may_add() {
            return written.to_owned();
        }
        match Url::parse(&self.base).and_then(|base| base.join(written)) {
            Ok(url) => url.into(),
            Err(_) => written.to_owned(),
        }
    }

    /// Whether one more address may be made absolute.
    pub(super) fn may_add(&self) -> bool {
        let added = self.added.get() + self.base.len();
        self.added.set(added);
        added <= MAX_ADDED
    }
}

/// An address as the start of relative ones.
pub(super) fn as_base(address: &Url) -> Arc<str> {
    match address.as_str() {
        long if long.len() > MAX_BASE => Arc::default(),
        short => Arc::from(short),
    }
}

/// The words of an element.
pub(super) fn of(element: &Element, outer: &Setting) -> Words {
    let setting = outer.inside(element);
    let stated = element.attribute("type").map(|t| media_type(t.trim()));
    let mode = element.attribute("mode").unwrap_or_default();
    let src = element.attribute("src").map(|s| setting.absolute(s));
    let has_elements = element.elements().next().is_some();
    let (mut value, mut kind) = if mode == "base64" {
        from_base64(element, stated)
    } else if has_elements {
        inline(element, stated, setting.atom10)
    } else {
        escaped(element, stated, mode, &setting)
    };
    value = markup::undo_double_encoding(value);
    if kind == "text/plain" && !setting.atom && markup::looks_like_html(&value) {
        kind = Cow::Borrowed("text/html");
    }
    if kind.contains("html") {
        value = markup::with_absolute_links(&value, &setting.base, || setting.may_add());
    }
    Words { value, media_type: kind.into_owned(), language: setting.language, base: setting.base, src }
}

/// Atom's short names as media types.
fn media_type(stated: &str) -> Cow<'static, str> {
    match stated.to_ascii_lowercase().as_str() {
        "text" | "plain" | "" => Cow::Borrowed("text/plain"),
        "html" => Cow::Borrowed("text/html"),
        "xhtml" => Cow::Borrowed("application/xhtml+xml"),
        other => Cow::Owned(other.to_owned()),
    }
}

fn from_base64(element: &Element, stated: Option<Cow<'static, str>>) -> (String, Cow<'static, str>) {
    let text = element.text();
    let decoded = BASE64_MIME_PERMISSIVE.decode(text.as_bytes());
    let value = decoded.map_or(text, |bytes| String::from_utf8_lossy(&bytes).into_owned());
    (value, stated.unwrap_or(Cow::Borrowed("text/plain")))
}

/// Inline markup. Atom 1.0 wraps XHTML in a `div` that is not part of the content; some programs wrap escaped
/// HTML in one too.
fn inline(element: &Element, stated: Option<Cow<'static, str>>, atom10: bool) -> (String, Cow<'static, str>) {
    let kind = stated.unwrap_or(Cow::Borrowed("text/html"));
    let only = match element.children.iter().filter(|n| !is_blank(n)).collect::<Vec<_>>().as_slice() {
        [Node::Element(only)] if only.name == "div" && atom10 => Some(only),
        _ => None,
    };
    match only {
        Some(div) if kind == "text/html" && div.elements().next().is_none() => (div.text(), kind),
        _ => (only.unwrap_or(element).inner_markup().trim().to_owned(), kind),
    }
}

fn is_blank(node: &Node) -> bool {
    matches!(node, Node::Text(text) if text.trim().is_empty())
}

fn escaped(
    element: &Element,
    stated: Option<Cow<'static, str>>,
    mode: &str,
    setting: &Setting,
) -> (String, Cow<'static, str>) {
    let text = element.text();
    let kind = stated.unwrap_or(Cow::Borrowed("text/plain"));
    // XHTML that was escaped by mistake, and Atom 0.3's `mode="xml"` default, hold characters, not markup.
    if kind == "application/xhtml+xml" && setting.atom && mode != "escaped" && !text.contains('<') {
        return (quick_xml::escape::partial_escape(text.as_str()).into_owned(), kind);
    }
    if is_base64_by_type(&kind, &text, setting) {
        return from_base64(element, Some(kind));
    }
    (text, kind)
}

/// Atom 1.0: content of a type that is neither text nor XML is base64.
fn is_base64_by_type(kind: &str, text: &str, setting: &Setting) -> bool {
    let textual =
        kind.starts_with("text/") || kind.ends_with("xml") || kind.contains("json") || !kind.contains('/');
    setting.atom && !textual && !text.is_empty()
}
