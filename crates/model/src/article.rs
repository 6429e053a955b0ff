//! What `extract` returns: the article that a page holds, or why it holds none.

use crate::id::CaptureId;
use crate::time::PageDate;
use crate::{Doubt, Evidence, Span, Text, vocabulary};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// What a captured page is.
    PageKind {
        Article => "article", Notice => "notice", List => "list", Error => "error", Challenge => "challenge",
        Paywall => "paywall", Login => "login", Empty => "empty", Media => "media",
    }
}

impl PageKind {
    /// Whether the page asserts something that is worth analysing.
    pub fn is_readable(self) -> bool {
        matches!(self, PageKind::Article | PageKind::Notice | PageKind::Paywall)
    }
}

vocabulary! {
    /// What a page says about itself.
    NoticeKind {
        OriginalSource => "original_source", OriginalUrl => "original_url", OriginalTitle => "original_title",
        Editor => "editor", OpinionDisclaimer => "opinion_disclaimer", MachineGenerated => "machine_generated",
        Correction => "correction", Paywall => "paywall", Sponsored => "sponsored", RelativeTime => "relative_time",
    }
}

/// One thing that a page says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What it is.
    pub kind: NoticeKind,
    /// What it says, without its label: the outlet's name, the address, the editor.
    pub value: String,
    /// The words.
    pub evidence: Evidence,
}

/// A paragraph of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// BCP 47: `en`, `zh-Hans`, `zh-Hant`, `ja` …
    pub language: String,
    /// Whether it says again, in another language, what the text says elsewhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rendering: bool,
}

/// Ends a line within a cell of a table: white space, so that words on both sides stay apart, and no line feed, so that
/// the row stays one paragraph.
pub const LINE_IN_CELL: char = '\u{2028}';

/// A table of the text, kept as rows of cells. Each cell is a span of `text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Rows from top to bottom, the head row first if there is one.
    pub rows: Vec<Vec<Span>>,
}

/// A link inside the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Absolute address.
    pub href: String,
    /// The words that carry it, where they stand in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// What an official document says about itself in its head table or metadata.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Official {
    /// Document number: 发文字号, 公告号, FR document number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Index number: 索引号, docket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<String>,
    /// Issuing bodies as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issuers: Vec<String>,
    /// Date of signing (成文日期), ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<String>,
    /// Date from which it applies, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective: Option<String>,
    /// Validity as stated (有效, 废止 …).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity: Option<String>,
    /// Action type as stated (Final rule, Notice …), CFR references and other labelled fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<(String, String)>,
    /// Addresses of annexes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub annexes: Vec<String>,
}

/// An article, or the readable part of a page that is not quite one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The capture it was read from.
    pub capture: CaptureId,
    /// The capture's address.
    pub url: String,
    /// The address that the page gives as its own.
    pub canonical_url: Option<String>,
    /// What the page is.
    pub page_kind: PageKind,
    /// The words that gave the page kind away, for anything but an article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_kind_reason: Option<String>,
    /// The headline.
    pub title: Text,
    /// Authors, one name each.
    pub byline: Vec<String>,
    /// The site's name.
    pub site_name: Option<String>,
    /// BCP 47 language of the whole; `mul` for a page in two languages, `und` if unknown.
    pub language: String,
    /// First publication, as the page states it.
    pub published: Option<PageDate>,
    /// Last change, as the page states it.
    pub modified: Option<PageDate>,
    /// The capture's time.
    pub captured: Timestamp,
    /// The article's text; paragraphs end in a line feed. A row of a table is a paragraph, its cells are parted by tabs, and
    /// lines within a cell by [`LINE_IN_CELL`].
    pub text: Text,
    /// Paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// Tables, whose cells stand in `text` (one line a row, cells apart by a tab).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    /// Links inside the article.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The lines of page furniture that notices quote (`part: page`), one a line.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub furniture: Text,
    /// What the page says about itself.
    pub notices: Vec<Notice>,
    /// What an official document says about itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Official>,
    /// What was doubtful.
    pub doubts: Vec<Doubt>,
}

impl Article {
    /// An article of which nothing is known but where and when it was captured.
    pub fn new(capture: CaptureId, url: impl Into<String>, captured: Timestamp) -> Self {
        Article {
            capture,
            url: url.into(),
            canonical_url: None,
            page_kind: PageKind::Article,
            page_kind_reason: None,
            title: Text::default(),
            byline: Vec::new(),
            site_name: None,
            language: "und".into(),
            published: None,
            modified: None,
            captured,
            text: Text::default(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            links: Vec::new(),
            furniture: Text::default(),
            notices: Vec::new(),
            official: None,
            doubts: Vec::new(),
        }
    }
    /// The paragraph in which a character of the text stands.
    pub fn paragraph_at(&self, position: u32) -> Option<&Paragraph> {
        let next = self.paragraphs.partition_point(|p| p.span.start <= position);
        next.checked_sub(1).and_then(|at| self.paragraphs.get(at))
    }
    /// The text that a piece of evidence counts in.
    pub fn part(&self, part: crate::Part) -> &Text {
        match part {
            crate::Part::Text => &self.text,
            crate::Part::Title => &self.title,
            crate::Part::Page => &self.furniture,
        }
    }
    /// What to call it: the title, else the text's first words, else its host and day.
    pub fn heading(&self) -> String {
        let title = heading(self.title.as_str(), self.text.as_str());
        title.unwrap_or_else(|| format!("{}, {}", crate::capture::host(&self.url), self.day()))
    }
    /// The day to which "today" in the text refers: publication, else capture.
    pub fn day(&self) -> jiff::civil::Date {
        let captured = crate::time::utc_day(self.captured);
        self.published.as_ref().and_then(PageDate::day).unwrap_or(captured)
    }
}

/// Characters of a heading that is made of a text's first words.
const FIRST_WORDS: usize = 60;

/// The title, else the text's first words, if there are any.
pub fn heading(title: &str, text: &str) -> Option<String> {
    if !title.trim().is_empty() {
        return Some(title.to_owned());
    }
    let first = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(crate::begun(first, FIRST_WORDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_can_be_called_something() {
        let check = |title: &str, text: &str, expected: &str| {
            let captured = "2026-06-09T12:00:00Z".parse().unwrap();
            let article = Article {
                title: title.into(),
                text: text.into(),
                ..Article::new("c".into(), "https://www.example.org/a/b", captured)
            };
            assert_eq!(article.heading(), expected);
        };
        check("Chips", "The text.", "Chips");
        check(" ", "\n The text.\nMore.", "The text.");
        let long = "The ministry said on Tuesday that exporters of gallium must hold a licence from March";
        check("", long, "The ministry said on Tuesday that exporters of gallium must…");
        check("", &"出口".repeat(40), &format!("{}…", "出口".repeat(30)));
        check("", "", "example.org, 2026-06-09");
    }
}
