//! Dates and periods, resolved against publication, then capture.
//!
//! A sentence is read once from left to right; [`english`] and [`chinese`] know the words, [`calendar`] the
//! arithmetic and the EDTF names. A bare day, weekday or month is the nearest past one, or the next one where the
//! sentence looks ahead; one on which an act begins is the nearest of both. Vague words (近日, recently) are no dates.

pub mod calendar;
pub mod chinese;
pub mod english;
mod lunar;
mod memo;
mod numeric;
mod outlook;

use crate::Passage;
use crate::passage::Language;
use calendar::{Now, When};
use headwater_model::time::{Anchor, DateMention, utc_day};
use headwater_model::{Analysis, Article};
use jiff::civil::Date;
use outlook::Outlook;
use std::cell::LazyCell;
use std::ops::Range;

/// What sort of expression names the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A day.
    Day,
    /// A week, month, quarter, year or an interval of them.
    Period,
    /// A length counted from the day of writing: "the past three years", "within 30 days". It is a figure too,
    /// and [`find`] leaves it to the figures.
    Rolling,
    /// A length ago or ahead: "two years ago".
    Distance,
}

/// A date of a sentence, before evidence is cut for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Bytes of the sentence.
    pub range: Range<usize>,
    /// What it names.
    pub when: When,
    /// What sort of expression it is.
    pub sort: Sort,
    /// Whether it is complete in itself.
    pub complete: bool,
}

/// The dates of one sentence, read on a day. Whether a bare date lies ahead is for its clause to say.
pub fn dates(sentence: &str, language: Language, day: Date) -> Vec<Found> {
    // Asked for where a bare date stands: in most sentences none does.
    let outlook = LazyCell::new(|| Outlook::of(sentence, language));
    read_with(sentence, language, day, |at| Now {
        day,
        future: outlook.looks_ahead(at),
        soon: true,
        begins: outlook.begins(at),
    })
}

/// The dates of one sentence; the caller says whether it looks ahead.
pub fn read(sentence: &str, language: Language, now: Now) -> Vec<Found> {
    read_with(sentence, language, now.day, |_| now)
}

fn read_with(sentence: &str, language: Language, day: Date, now: impl Fn(usize) -> Now) -> Vec<Found> {
    if language.is_chinese() { chinese::read(sentence, day, now) } else { english::read(sentence, day, now) }
}

/// Where a sentence names dates: bytes that hold no figures.
pub fn spans(sentence: &str, language: Language) -> Vec<Range<usize>> {
    // Which bytes name a date does not hang on the day, so any day will do.
    let found = dates(sentence, language, Date::constant(2020, 1, 1));
    found.into_iter().filter(|f| f.sort != Sort::Rolling).map(|f| f.range).collect()
}

/// Finds the dates of a passage.
pub fn find(passage: &Passage, article: &Article, analysis: &mut Analysis) {
    let published = article.published.as_ref().and_then(|p| p.day());
    let relative = if published.is_some() { Anchor::Published } else { Anchor::Capture };
    let today = published.unwrap_or_else(|| utc_day(article.captured));
    for sentence in &passage.sentences {
        let Some(words) = passage.as_str().get(sentence.range.clone()) else { continue };
        for found in dates(words, sentence.language, today) {
            if found.sort == Sort::Rolling || is_number_of_document(&words[found.range.end..]) {
                continue;
            }
            let bytes = found.range.start + sentence.range.start..found.range.end + sentence.range.start;
            let Some(evidence) = passage.text.cut(bytes, passage.part) else { continue };
            let anchor = if found.complete { Anchor::Text } else { relative };
            let precision = found.when.precision();
            analysis.dates.push(DateMention { value: found.when.edtf(), precision, anchor, evidence });
        }
    }
}

/// Whether a year is the first part of a document's number: 2026年第61号.
fn is_number_of_document(after: &str) -> bool {
    let Some(rest) = after.trim_start().strip_prefix('第') else { return false };
    let digits = rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    digits.len() < rest.len() && digits.trim_start().starts_with(['号', '號'])
}
