//! What the tracker keeps of a capture while it is in the window.

use crate::memory::copies::{Pairs, Sketch};
use crate::memory::near::Shared;
use crate::reading::event::Event;
use crate::reading::publisher::Publisher;
use crate::reading::reference::Reference;
use crate::reading::unread::Unread;
use crate::reading::wording::{Gist, Wording};
use crate::text::glossary::Concept;
use crate::text::passage;
use crate::text::terms::{Term, Vector};
use crate::text::units;
use headwater_model::mention::Quantity;
use headwater_model::source::SourceClass;
use headwater_model::time::{Date, DateMention};
use headwater_model::tracking::{Cited, Edge};
use headwater_model::{CaptureId, Claim, EntityId, Evidence, Knowledge, NodeId, Part, Span, StoryId, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;

/// One readable capture.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Seen {
    /// Place in the order of readable captures.
    pub seq: u64,
    /// The capture.
    pub capture: CaptureId,
    /// Its address.
    pub url: String,
    /// The address as far as it tells one page from another.
    pub address: String,
    /// Day of publication, else of capture.
    pub day: Date,
    /// Day of the capture that showed another text than an earlier one of its address.
    pub revised: Option<Date>,
    /// Second of publication since 1970, where the page states it to the minute.
    pub moment: Option<i64>,
    /// Headline.
    pub title: Text,
    /// Text.
    pub text: Text,
    /// BCP 47.
    pub language: String,
    /// What its word is worth.
    pub class: SourceClass,
    /// Whose page it is.
    pub publisher: Publisher,
    /// Whom it names as its sources.
    pub references: Vec<Reference>,
    /// Who wrote it, folded.
    pub authors: Vec<String>,
    /// People whose word it gives, folded, each with the words: one may be the author of another report.
    pub persons: Vec<(String, Evidence)>,
    /// Addresses that its text links to, and the words that carry the link.
    pub links: Vec<(String, Option<Evidence>)>,
    /// All its terms, for their frequencies.
    pub terms: Vec<Term>,
    /// What it is about, in its language's words.
    pub vector: Vector,
    /// What it is about, in names and figures that are the same in every language.
    pub across: Vector,
    /// Entities and figures in text order, by hash: what a translation keeps.
    pub marks: Vec<u32>,
    /// The same with the terms of the knowledge's glossary between them.
    pub outline: Vec<u32>,
    /// Terms of the glossary in each claim's words, sorted.
    pub concepts: Vec<Vec<Concept>>,
    /// Figures and days in each claim's words, by hash, sorted.
    pub details: Vec<Vec<u32>>,
    /// Every telling figure in each claim's words, beside those of its voices.
    pub figures: Vec<Vec<Quantity>>,
    /// Every entity that it names.
    pub entities: BTreeSet<EntityId>,
    /// Entities in the cells of its tables, by their place in the text.
    pub named: Vec<(Span, EntityId)>,
    /// What it asserts.
    pub claims: Vec<Claim>,
    /// Sentences that no claim was made of yet, which those of others may tell how to read.
    pub unread: Vec<Unread>,
    /// The days from which it says that something applies, with the words that say so.
    pub applies: Vec<DateMention>,
    /// What its lead asserts.
    pub events: Vec<Event>,
    /// Its notice that it was corrected.
    pub correction: Option<Evidence>,
    /// Words by which it says that it is a translation.
    pub translated: Option<Evidence>,
    /// The capture that holds a later version of the same address.
    pub superseded: Option<u64>,
    /// The story it is in.
    pub story: Option<StoryId>,
    /// What it derives from.
    pub edges: Vec<Edge>,
    /// Its shingles; rebuilt from the text.
    #[serde(skip)]
    pub sketch: Sketch,
    /// What its text shares with others, as far as it was asked for.
    #[serde(skip)]
    pub pairs: Pairs,
    /// Its words and those of its claims, worked out when asked for.
    #[serde(skip)]
    pub wording: Wording,
}

impl Seen {
    /// Fills in what is computed from the text and not saved.
    pub fn prepare(&mut self) {
        self.sketch = Sketch::new(&units::units(self.text.as_str()));
    }
    /// Bytes of text that it holds.
    pub fn weight(&self) -> usize {
        self.text.as_str().len() + self.title.as_str().len()
    }
    /// The two-letter language; empty if unknown.
    pub fn tongue(&self) -> &str {
        let end = self.language.bytes().position(|b| b == b'-').unwrap_or(self.language.len());
        &self.language[..end]
    }
    /// The text folded, byte by byte where it was.
    pub fn folded(&self) -> &str {
        self.wording.folded(self.text.as_str())
    }
    /// The gists of its claims.
    pub fn gists(&self, knowledge: &Knowledge) -> &[Gist] {
        self.wording.gists(&self.claims, knowledge)
    }
    /// Words of the text without the blanks around them; `None` if there are none.
    pub fn cut(&self, at: Range<usize>) -> Option<Evidence> {
        passage::cut(&self.text, at)
    }
    /// The node that it is.
    pub fn node(&self) -> NodeId {
        NodeId::Capture(self.capture.clone())
    }
    /// Words of it, cited.
    pub fn cite(&self, evidence: Evidence) -> Cited {
        Cited { capture: self.capture.clone(), evidence }
    }
    /// What the text says first, as evidence: its first claim, else its first sentence or line.
    pub fn lead(&self) -> Option<Evidence> {
        /// A claim further down than this is not what the article is about.
        const TOP: u32 = 500;
        let in_text = self.claims.iter().map(|c| &c.evidence).filter(|e| e.part() == Part::Text);
        let first = in_text.filter(|e| e.span().start < TOP).min_by_key(|e| e.span().start);
        if let Some(first) = first {
            return Some(first.clone());
        }
        let text = self.text.as_str();
        let begin = text.len() - text.trim_start().len();
        let end = passage::sentence_end(text, begin);
        self.text.cut(begin..end, Part::Text)
    }
    /// How near two articles are in what they are about, 0..=1, whatever their languages.
    pub fn nearness(&self, other: &Seen) -> f64 {
        Shared::of(self, other).nearness(|| self.tongue() == other.tongue())
    }
}

/// Whether two pages are of one publisher or of one site.
pub fn one_publisher(a: &Seen, b: &Seen) -> bool {
    let keys = b.publisher.keys();
    a.publisher.keys().iter().any(|key| keys.contains(key))
}
