//! Text, positions in it, and evidence cut from it.
//!
//! Positions are counted in Unicode scalar values, because that is what Python, SQL and
//! people count; Rust slices by bytes. [`Text`] converts between the two in constant time.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ops::Range;

/// A half-open range of Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
pub struct Span {
    /// First scalar value of the range.
    pub start: u32,
    /// One past the last scalar value.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`.
    pub fn new(start: u32, end: u32) -> Self {
        Span { start, end }
    }
    /// Length in scalar values.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }
    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Whether the two share at least one scalar value.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Which text of an article a span counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The article's `text`.
    #[default]
    Text,
    /// The article's `title`.
    Title,
    /// The page's furniture: what surrounds the article (`furniture`).
    Page,
}

impl Part {
    fn is_text(&self) -> bool {
        *self == Part::Text
    }
}

/// One mark for this many scalar values; a lookup walks at most this far.
const STRIDE: usize = 16;

/// A string with an index from scalar-value positions to byte positions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    string: String,
    /// Byte position of every `STRIDE`-th scalar value; empty for pure ASCII.
    marks: Vec<u32>,
    chars: u32,
}

impl Text {
    /// Indexes a string.
    pub fn new(string: impl Into<String>) -> Self {
        let string = string.into();
        if string.is_ascii() {
            let chars = string.len() as u32;
            return Text { string, marks: Vec::new(), chars };
        }
        let mut marks = Vec::with_capacity(string.len() / STRIDE + 1);
        let mut chars = 0u32;
        for (byte, _) in string.char_indices() {
            if (chars as usize).is_multiple_of(STRIDE) {
                marks.push(byte as u32);
            }
            chars += 1;
        }
        Text { string, marks, chars }
    }

    /// The string itself.
    pub fn as_str(&self) -> &str {
        &self.string
    }
    /// Length in scalar values.
    pub fn char_len(&self) -> u32 {
        self.chars
    }
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }
    /// The span of all of it.
    pub fn whole(&self) -> Span {
        Span::new(0, self.chars)
    }

    /// Byte position of a scalar-value position; positions past the end give the end.
    pub fn byte_at(&self, position: u32) -> usize {
        if self.marks.is_empty() {
            return (position as usize).min(self.string.len());
        }
        if position >= self.chars {
            return self.string.len();
        }
        let mark = self.marks[position as usize / STRIDE] as usize;
        let rest = position as usize % STRIDE;
        self.string[mark..].char_indices().nth(rest).map_or(self.string.len(), |(b, _)| mark + b)
    }

    /// Scalar-value position of a byte position (rounded down to a character boundary).
    pub fn char_at(&self, byte: usize) -> u32 {
        let byte = byte.min(self.string.len());
        if self.marks.is_empty() {
            return byte as u32;
        }
        let slot = self.marks.partition_point(|&m| m as usize <= byte).saturating_sub(1);
        let mark = self.marks[slot] as usize;
        let extra = self.string.as_bytes()[mark..byte].iter().filter(|b| begins_char(**b)).count();
        (slot * STRIDE + extra) as u32
    }

    /// The span of a byte range.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        Span::new(self.char_at(bytes.start), self.char_at(bytes.end))
    }
    /// The byte range of a span.
    pub fn bytes(&self, span: Span) -> Range<usize> {
        self.byte_at(span.start)..self.byte_at(span.end.max(span.start))
    }
    /// The words of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.string[self.bytes(span)]
    }
    /// Cuts evidence out of this text; `None` if the range is empty or off a character boundary.
    pub fn cut(&self, bytes: Range<usize>, part: Part) -> Option<Evidence> {
        let quote = self.string.get(bytes.clone())?;
        if quote.is_empty() {
            return None;
        }
        Some(Evidence { part, span: self.span(bytes), quote: quote.into() })
    }
    /// Cuts evidence by a span in scalar values; `None` if it is empty or out of range.
    pub fn cut_span(&self, span: Span, part: Part) -> Option<Evidence> {
        if span.end > self.chars {
            return None;
        }
        self.cut(self.bytes(span), part)
    }
}

/// Whether a byte of UTF-8 is the first of a character.
fn begins_char(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

impl From<&str> for Text {
    fn from(s: &str) -> Self {
        Text::new(s)
    }
}
impl From<String> for Text {
    fn from(s: String) -> Self {
        Text::new(s)
    }
}
impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.string
    }
}
impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.string)
    }
}
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.string)
    }
}
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d).map(Text::new)
    }
}

/// A quote and its position. The fields are private: outside deserialisation the only way
/// to get one is [`Text::cut`], so the quote always is what stands at the position.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    #[serde(default, skip_serializing_if = "Part::is_text")]
    part: Part,
    #[serde(flatten)]
    span: Span,
    quote: Box<str>,
}

impl Evidence {
    /// Which text of the article the position counts in.
    pub fn part(&self) -> Part {
        self.part
    }
    /// Position in scalar values.
    pub fn span(&self) -> Span {
        self.span
    }
    /// The words themselves.
    pub fn quote(&self) -> &str {
        &self.quote
    }
    /// Whether it shares words with another of its article.
    pub fn overlaps(&self, other: &Evidence) -> bool {
        self.part == other.part && self.span.overlaps(other.span)
    }
    /// Whether the quote is what stands at its position in `text`.
    pub fn holds_in(&self, text: &Text) -> bool {
        self.span.end <= text.char_len() && text.slice(self.span) == &*self.quote
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(string: &str) {
        let text = Text::new(string);
        let chars: Vec<(usize, char)> = string.char_indices().collect();
        assert_eq!(text.char_len() as usize, chars.len());
        for (i, (byte, _)) in chars.iter().enumerate() {
            assert_eq!(text.byte_at(i as u32), *byte);
            assert_eq!(text.char_at(*byte), i as u32);
        }
        assert_eq!(text.byte_at(chars.len() as u32), string.len());
        assert_eq!(text.char_at(string.len()) as usize, chars.len());
    }

    #[test]
    fn positions_agree_with_char_indices() {
        check("");
        check("plain ascii");
        check("2万亿元 is 2 trillion yuan");
        check(&"国产芯片 chips 𠮷 ".repeat(200));
    }

    #[test]
    fn evidence_is_what_stands_there() {
        let text = Text::new("总投资2万亿元。");
        let at = text.as_str().find("2万亿元").unwrap();
        let evidence = text.cut(at..at + "2万亿元".len(), Part::Text).unwrap();
        assert_eq!((evidence.span(), evidence.quote()), (Span::new(3, 7), "2万亿元"));
        assert!(evidence.holds_in(&text));
        assert!(!evidence.holds_in(&Text::new("总投资3万亿元。")));
        assert_eq!(serde_json::to_string(&evidence).unwrap(), r#"{"start":3,"end":7,"quote":"2万亿元"}"#);
    }

    #[test]
    fn no_evidence_from_nothing_or_off_a_boundary() {
        let text = Text::new("元a");
        assert!(text.cut(0..0, Part::Text).is_none());
        assert!(text.cut(0..1, Part::Text).is_none());
        assert!(text.cut(0..99, Part::Text).is_none());
    }
}
