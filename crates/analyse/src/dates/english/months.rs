//! Months, and the year that goes with them.

use super::super::Sort;
use super::super::calendar::{When, shift_month};
use super::parts::PartOf;
use super::{Read, Reader};
use crate::quantities::line::TokenKind;

/// Nouns that a month stands before: "their March peak".
const AFTER_MONTHS: &[&str] = &[
    "peak",
    "high",
    "low",
    "highs",
    "lows",
    "meeting",
    "election",
    "elections",
    "report",
    "figure",
    "figures",
    "reading",
    "deadline",
    "summit",
    "data",
    "survey",
    "delivery",
    "settlement",
    "quarter",
];

impl Reader<'_, '_> {
    /// this month, next month
    pub(super) fn relative_month(&self, at: usize) -> Option<(i32, usize)> {
        let the = usize::from(self.line.is_word(at, "the"));
        let by = self.relative_word(at + the)?;
        self.line.is_word(at + the + 1, "month").then_some((by, at + the + 2))
    }

    pub(super) fn relative_word(&self, at: usize) -> Option<i32> {
        match self.line.text(at) {
            _ if self.line.is_any(at, &["this", "current", "same"]) => Some(0),
            _ if self.line.is_any(at, &["next", "coming", "upcoming", "following"]) => Some(1),
            _ if self.line.is_any(at, &["last", "past", "previous"]) => Some(-1),
            _ => None,
        }
    }

    /// The year after a month, else the year that the month itself suggests.
    pub(super) fn year_after(&self, at: usize, month: i8) -> (i16, usize, bool) {
        let line = self.line;
        let skip = usize::from(line.is_any(at, &[",", "of"]));
        if let Some((year, next)) = self.year(at + skip) {
            return (year, next, true);
        }
        let the = usize::from(line.is_any(at, &["of", ","]));
        if let Some(by) = self.relative_word(at + the).filter(|_| line.is_word(at + the + 1, "year")) {
            return (self.day.year().saturating_add(by as i16), at + the + 2, false);
        }
        (self.now().year_of_month(month), at, false)
    }

    pub(super) fn month(&self, at: usize) -> Option<(i8, usize)> {
        let word = self.line.lower(at)?;
        const MONTHS: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let short = word.len() == 3 || word == "sept";
        let index = MONTHS.iter().position(|m| *m == word || short && m.starts_with(word))?;
        let lower = self.line.text(at).starts_with(|c: char| c.is_lowercase());
        let date_follows = self.line.kind(at + 1) == Some(TokenKind::Number)
            || self.line.is_any(at + 1, &["the", "first", "twenty", "of", ".", "-", "between"]);
        let date_before = at > 0
            && (self.line.kind(at - 1) == Some(TokenKind::Number)
                || self.line.is_any(
                    at - 1,
                    &[
                        "of", "in", "last", "next", "this", "since", "until", "by", "from", "to", "th", "st",
                        "nd", "rd", "through", "late", "early", "mid", "and", ",",
                    ],
                ));
        if matches!(word, "may" | "march" | "mar" | "sep" | "dec" | "jan")
            && lower
            && !(date_follows && self.line.kind(at + 1) == Some(TokenKind::Number)
                || date_before && !self.line.is_any(at.wrapping_sub(1), &["to", "and", ","]))
        {
            return (matches!(word, "jan" | "sep" | "dec") && (date_follows || date_before))
                .then(|| (index as i8 + 1, at + 1));
        }
        if (word == "may" || word == "march") && !lower && at == 0 && !date_follows {
            return None;
        }
        let stop = usize::from(
            short
                && self.line.is(at + 1, ".")
                && self.line.glued(at + 1)
                && at + 2 < self.line.len()
                && (self.line.kind(at + 2) == Some(TokenKind::Number)),
        );
        let full_stop = usize::from(
            stop == 0
                && self.line.is(at + 1, ".")
                && self.line.glued(at + 1)
                && self.line.kind(at + 2) == Some(TokenKind::Number),
        );
        Some((index as i8 + 1, at + 1 + stop + full_stop))
    }

    /// A month by name or by "this month"; with the year.
    pub(super) fn some_month(&self, at: usize) -> Option<(i16, i8, usize)> {
        if let Some((month, next)) = self.month(at) {
            let (year, end, _) = self.year_after(next, month);
            return Some((year, month, end));
        }
        let (by, next) = self.relative_month(at)?;
        let (year, month) = shift_month(self.day, by)?;
        Some((year, month, next))
    }

    /// "June 2026", "June of 2026", "june next year", "this September", "early June", "end of March", bare "June"
    pub(super) fn named_month(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let (part, body) = self.part_word(at);
        let by = self.relative_word(body).filter(|_| self.month(body + 1).is_some());
        if let (Some((month, next)), Some(by)) = (self.month(body + 1), by) {
            let now = self.day;
            let year = match by {
                0 => now.year(),
                1 => now.year() + i16::from(month <= now.month()),
                _ => now.year() - i16::from(month >= now.month()),
            };
            return self.done(
                Some(part.of(When::Month(year, month), self.now())),
                at,
                next,
                Sort::Period,
                false,
            );
        }
        let (month, next) = self.month(body)?;
        let (mut year, end, complete) = self.year_after(next, month);
        // "for July delivery"
        let ahead = end == next && line.is_any(next, &["delivery", "settlement"]);
        if ahead && month >= self.day.month() {
            year = self.day.year();
        } else if ahead {
            year = self.day.year().saturating_add(1);
        }
        // "feed them through September" ends in the month that comes, "the nine months through March" in the last one.
        let lasts = end == next
            && body > 1
            && line.is_any(body - 1, &["through", "until"])
            && !line.is_any(body - 2, &["months", "month", "year", "quarter", "quarters", "weeks"])
            && self.month(body - 2).is_none();
        if lasts && month > self.day.month() && month - self.day.month() <= 6 {
            year = self.day.year();
        }
        let when = part.of(When::Month(year, month), self.now());
        let name_only = end == next && part == PartOf::Whole;
        let lone = line.text(body).len() < 4
            && name_only
            && !(at > 0 && line.is_any(at - 1, &["in", "since", "by", "until", "of", "from", "to"]));
        // May, March and August begin names too: a bare month wants a word before it that dates take.
        let doubtful = name_only
            && line.is_any(body, &["may", "march", "august", "april", "june"])
            && !line.is_any(next, AFTER_MONTHS)
            && !(at > 0 && line.is_dash(at - 1) && line.glued(at))
            && !(at > 0
                && line.is_any(
                    at - 1,
                    &[
                        "in", "since", "by", "until", "of", "from", "to", "through", "for", "during",
                        "before", "after", "and", "between", "or", "out", "through", "last", "this", "each",
                        "every",
                    ],
                ));
        if lone || doubtful {
            return None;
        }
        let sort = if matches!(when, When::Day(_)) { Sort::Day } else { Sort::Period };
        self.done(Some(when), at, end, sort, complete)
    }
}
