//! What a figure is per, and what a share is a share of.

use super::super::Found;
use super::super::line::TokenKind;
use super::super::numerals_en::{Reading, numeral};
use super::super::units::UNITS;
use super::words::WORDS;
use super::{Measure, Reader};
use headwater_model::mention::QuantityKind;
use rust_decimal::Decimal;
use std::ops::Range;

impl Reader<'_, '_> {
    pub(super) fn per(&self, next: usize, found: &Found) -> Option<String> {
        let line = self.line;
        let adverb = |at| match line.text(at) {
            t if t.eq_ignore_ascii_case("annually") || t.eq_ignore_ascii_case("yearly") => Some("a"),
            t if t.eq_ignore_ascii_case("monthly") => Some("mo"),
            t if t.eq_ignore_ascii_case("weekly") => Some("wk"),
            t if t.eq_ignore_ascii_case("daily") => Some("d"),
            t if t.eq_ignore_ascii_case("hourly") => Some("h"),
            _ => None,
        };
        if let Some(unit) = adverb(next) {
            return Some(unit.into());
        }
        let hyphen = line.is_dash(next) && line.glued(next);
        let at = next + usize::from(hyphen);
        let (article, slash) =
            (line.is_any(at, &["a", "an", "each", "every"]), line.is_any(at, &["per", "/"]));
        if !(article || slash) {
            return self
                .later_rate(next)
                .filter(|_| matches!(found.kind, QuantityKind::Count | QuantityKind::Other));
        }
        if line.is_word(at + 1, "annum") {
            return Some("a".into());
        }
        let at = at + 1 + usize::from(line.is_dash(at + 1));
        // "$1.1bn a year earlier" compares; it is no rate.
        let time = UNITS.english_at(line, at).is_some_and(|(unit, _)| unit.kind == QuantityKind::Duration);
        if article
            && time
            && line.is_any(
                at + 1,
                &["earlier", "ago", "before", "later", "after", "prior", "previously", "since"],
            )
            || article
                && time
                && line.is_any(at + 1, &["from", "to"])
                && line.is_any(at + 2, &["now", "today", "then", "that"])
        {
            return None;
        }
        if let Some((unit, _)) = UNITS.english_at(line, at).filter(|(u, _)| u.kind != QuantityKind::Money) {
            let spans_itself = found.kind == QuantityKind::Duration && article;
            let plain_time = unit.factor == Decimal::ONE
                && (slash
                    || unit.kind == QuantityKind::Duration
                    || found.kind == QuantityKind::Money && unit.name != "percent");
            return (plain_time && !spans_itself).then(|| unit.name.clone());
        }
        let thing = line.text(at);
        let named = line.kind(at) == Some(TokenKind::Word)
            && (slash && thing.chars().all(char::is_lowercase) || WORDS.per_things.has(line, at));
        named.then(|| thing.to_lowercase())
    }

    /// "1.5 million people die of it every year", "55 billion cubic metres of gas a year"
    fn later_rate(&self, next: usize) -> Option<String> {
        let line = self.line;
        let mut clause = (next..next + 8).take_while(|&at| line.kind(at) == Some(TokenKind::Word));
        let of = line.is_word(next, "of");
        let each = clause.find(|&at| {
            line.is_any(at, &["every", "each"])
                || of && at <= next + 4 && line.is_any(at, &["a", "an", "per"])
        })?;
        let (unit, _) = UNITS
            .english_at(line, each + 1)
            .filter(|(unit, _)| unit.kind == QuantityKind::Duration && unit.factor == Decimal::ONE)?;
        Some(unit.name.clone())
    }

    /// "6.4 per 1,000 people": the number counts what the second number is of.
    pub(super) fn per_many(&self, first: &Measure) -> Option<(Found, usize)> {
        let line = self.line;
        let per = Some(first.next).filter(|&at| first.unit.is_none() && line.is_word(at, "per"))?;
        let (many, after) = numeral(line, per + 1, Reading::default())
            .filter(|(many, _)| many.is_exact() && many.low >= Decimal::ONE_HUNDRED)?;
        let (unit, end) = self.counted(after, &many)?;
        let start = line.token_from(first.start);
        let (comparator, begin, _) = self.bound(start, first.next, first.next, false);
        let mut found = Found::bounded(begin.unwrap_or(first.start)..end, &unit, &first.read, comparator)?;
        found.per = Some(format!("{} {}", many.low.normalize(), unit.name));
        Some((found, line.token_from(end)))
    }

    /// "80% of the chips": the noun phrase after "of".
    pub(super) fn scope(&self, next: usize) -> Option<Range<usize>> {
        let line = self.line;
        let share = line.is_any(next, &["share", "stake", "cut", "portion", "slice", "interest"])
            && line.is_any(next + 1, &["of", "in"]);
        let of = next + usize::from(line.is(next, ")") || share);
        if !(line.is_word(of, "of") || share) {
            return self.adjoining(next);
        }
        let mut first = of + 1;
        while line
            .is_any(first, &["the", "its", "their", "all", "a", "an", "his", "her", "our", "those", "these"])
            || first < of + 4 && line.kind(first) == Some(TokenKind::Number)
        {
            first += 1;
        }
        self.phrase(first)
    }

    /// "80 percent domestic chips".
    pub(super) fn adjoining(&self, next: usize) -> Option<Range<usize>> {
        if WORDS.after_shares.has(self.line, next)
            || WORDS.stops.has(self.line, next)
            || self.line.text(next).ends_with("ly")
        {
            return None;
        }
        self.phrase(next)
    }

    pub(super) fn phrase(&self, first: usize) -> Option<Range<usize>> {
        let line = self.line;
        let mut end = first;
        let possessive = |at: usize| {
            line.is_any(at, &["'", "’"]) && line.glued(at) && line.glued(at + 1)
                || line.is(at, "s") && line.glued(at)
        };
        while end < first + 7
            && (line.kind(end) == Some(TokenKind::Word)
                || line.is_dash(end) && line.glued(end)
                || line.kind(end) == Some(TokenKind::Number) && possessive(end - 1)
                || possessive(end))
            && !WORDS.stops.has(line, end)
        {
            end += 1;
        }
        (end > first && line.kind(first) == Some(TokenKind::Word))
            .then(|| line.start(first)..line.end_before(end))
    }
}
