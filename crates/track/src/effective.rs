//! From when an act applies, where a text says so: "effective November 12, 2026", 自7月1日起生效.

use crate::passage;
use crate::seen::Seen;
use crate::{units, words};
use headwater_model::source::SourceClass;
use headwater_model::time::{Date, DateMention, Precision, first_day};
use headwater_model::tracking::Cited;
use headwater_model::{Analysis, Article, Evidence, Part, Span};
use std::ops::Range;

/// The day from which an act applies, and the words that state it.
#[derive(Debug, Clone)]
pub struct Effective {
    /// The day.
    pub day: Date,
    /// The words; none where only the fields in a document's head give the day.
    pub cited: Option<Cited>,
}

impl Effective {
    /// A day that words of an article state.
    pub fn new(day: Date, seen: &Seen, evidence: Option<Evidence>) -> Self {
        Effective { day, cited: evidence.map(|evidence| Cited { capture: seen.capture.clone(), evidence }) }
    }
}

/// When an authority's own document applies: from the day in the fields of its head, else from the first day that its
/// text gives with such words, else at once. The text's words are cited for the day that they state only.
pub fn of_document(seen: &Seen, article: &Article, analysis: &Analysis) -> Option<Effective> {
    let own = seen.class == SourceClass::Official;
    let whole = 0..seen.text.as_str().len();
    let in_text = || first_in(seen, analysis, whole).or_else(|| at_once(seen));
    let stated = own.then(in_text).flatten();
    let head = article.official.as_ref().and_then(|official| first_day(official.effective.as_ref()?));
    match (head, stated) {
        (Some(day), Some(stated)) if stated.day == day => Some(stated),
        (Some(day), _) => Some(Effective { day, cited: None }),
        (None, stated) => stated,
    }
}

/// What the sentence of a claim says of it, else the two sentences after.
pub fn of_claim(seen: &Seen, analysis: &Analysis, claim: &Evidence) -> Option<Effective> {
    /// Sentences after that of the claim in which "the list takes effect" still speaks of its act.
    const AFTER: usize = 2;
    if claim.part() != Part::Text {
        return None;
    }
    let text = seen.text.as_str();
    let at = seen.text.bytes(claim.span()).start;
    let start = passage::sentence_start(text, at);
    let mut end = passage::sentence_end(text, at);
    for _ in 0..AFTER {
        end = passage::sentence_end(text, end + text[end..].len() - text[end..].trim_start().len());
    }
    first_in(seen, analysis, start..end)
}

fn first_in(seen: &Seen, analysis: &Analysis, stretch: Range<usize>) -> Option<Effective> {
    let text = seen.text.as_str();
    let stated = |date: &&DateMention| applies_from(text, seen.text.bytes(date.evidence.span()));
    let date = days_in(seen, analysis, stretch).find(stated)?;
    Some(Effective::new(first_day(&date.value)?, seen, around(seen, date)))
}

/// The days that stand in a stretch of the text, in bytes.
pub fn days_in<'a>(
    seen: &'a Seen,
    analysis: &'a Analysis,
    stretch: Range<usize>,
) -> impl Iterator<Item = &'a DateMention> {
    let days =
        analysis.dates.iter().filter(|d| d.evidence.part() == Part::Text && d.precision == Precision::Day);
    days.filter(move |date| {
        let bytes = seen.text.bytes(date.evidence.span());
        stretch.start <= bytes.start && bytes.end <= stretch.end
    })
}

/// Whether the words beside a date make it the day from which something applies.
fn applies_from(text: &str, date: Range<usize>) -> bool {
    /// Bytes to each side that are looked at.
    const BESIDE: usize = 60;
    let lists = words::lists();
    let before = &text[passage::floor(text, date.start.saturating_sub(BESIDE))..date.start];
    let before = before.to_lowercase();
    let before = before.trim_end();
    if lists.applies_before.iter().any(|words| before.ends_with(words.as_str())) {
        return true;
    }
    let after = &text[date.end..passage::floor(text, date.end + BESIDE)];
    let clause = after.split(['，', '。', '；', ',', ';', '.', '\n']).next().unwrap_or_default();
    let clause: String = clause.chars().take(10).collect();
    let clause = units::simplified(&clause);
    words::has_any(&clause, &lists.applies_after)
}

/// 自公布之日起施行: from the day of publication.
fn at_once(seen: &Seen) -> Option<Effective> {
    let text = seen.text.as_str();
    let lower = text.to_lowercase();
    // Lower case may be of another length; then places in it are none of the text.
    let folded = if lower.len() == text.len() { lower.as_str() } else { text };
    let found = words::lists()
        .applies_at_once
        .iter()
        .find_map(|words| Some((folded.find(words.as_str())?, words.len())));
    let (at, length) = found?;
    Some(Effective::new(seen.day, seen, seen.text.cut(at..at + length, Part::Text)))
}

/// The date with what stands beside it in its sentence, at most so many characters to a side.
fn around(seen: &Seen, date: &DateMention) -> Option<Evidence> {
    const BESIDE: u32 = 30;
    let text = seen.text.as_str();
    let Span { start, end } = date.evidence.span();
    let bytes = seen.text.bytes(date.evidence.span());
    let (from, to) = (passage::sentence_start(text, bytes.start), passage::sentence_end(text, bytes.end));
    let from = from.max(seen.text.byte_at(start.saturating_sub(BESIDE)));
    let to = to.min(seen.text.byte_at((end + BESIDE).min(seen.text.char_len())));
    let cut = &text[from..to];
    let (head, tail) = (cut.len() - cut.trim_start().len(), cut.len() - cut.trim_end().len());
    seen.text.cut(from + head..to - tail, Part::Text)
}
