//! Years and decades.

use super::super::Sort;
use super::super::calendar::{When, full_year};
use super::parts::PartOf;
use super::{Read, Reader};
use crate::quantities::line::{Line, TokenKind};
use rust_decimal::prelude::ToPrimitive;

impl Reader<'_, '_> {
    /// A year in digits or in words: 2016, nineteen seventy eight, two thousand and eighteen.
    pub(super) fn year(&self, at: usize) -> Option<(i16, usize)> {
        let line = self.line;
        if line.kind(at) == Some(TokenKind::Number) {
            let text = line.text(at);
            if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let year: i16 = text.parse().ok()?;
            let glued = line.glued(at + 1)
                && (line.kind(at + 1) == Some(TokenKind::Word) || line.is_any(at + 1, &["%", ":"]));
            return ((1000..2200).contains(&year)
                && !glued
                && !line.is_any(at + 1, &["percent", "%", "million", "billion"]))
            .then_some((year, at + 1));
        }
        self.year_words(at)
    }

    /// nineteen seventy eight, nineteen zero one, two thousand and eighteen, one thousand seven hundred and eighty nine
    fn year_words(&self, at: usize) -> Option<(i16, usize)> {
        let line = self.line;
        let (first, next) =
            self.numeral(at).filter(|(n, _)| n.is_exact() && n.form == crate::quantities::Form::Words)?;
        let first = first.low.to_i16()?;
        if (1000..2200).contains(&first)
            && line.is_any(at, &["one", "two"])
            && line.is_word(at + 1, "thousand")
        {
            return Some((first, next));
        }
        if !(17..=20).contains(&first) {
            return None;
        }
        let zero = usize::from(line.is_any(next, &["zero", "oh"]));
        let dash = usize::from(line.is_dash(next));
        let (second, end) = self
            .numeral(next + zero + dash)
            .filter(|(n, _)| n.is_exact() && n.form == crate::quantities::Form::Words)?;
        let second = second
            .low
            .to_i16()
            .filter(|n| if zero == 1 { (1..10).contains(n) } else { (10..100).contains(n) })?;
        Some((first * 100 + second, end))
    }

    /// "the 1970s", "the 70s", "the seventies", "15th century"
    pub(super) fn decade(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let apostrophe = usize::from(line.is_any(at + the, &["'", "’"]));
        let place = at + the + apostrophe;
        if let Some((n, next)) = self.day_number(place).filter(|(_, n)| {
            line.is_word(*n, "century") || line.is_dash(*n) && line.is_word(*n + 1, "century")
        }) {
            let start = (i16::from(n) - 1).checked_mul(100)?;
            return self.done(
                Some(When::Century(start)),
                place,
                next + 1 + usize::from(line.is_dash(next)),
                Sort::Period,
                true,
            );
        }
        if line.kind(place) == Some(TokenKind::Number) {
            let text = line.text(place);
            let possessive = usize::from(line.is_any(place + 1, &["'", "’"]));
            let plural = line.is(place + 1 + possessive, "s") && line.glued(place + 1);
            let number: i16 = text
                .parse()
                .ok()
                .filter(|n| n % 10 == 0 && plural && (text.len() == 4 || text.len() == 2))?;
            // "in his early 30s" is an age.
            let age = (place.saturating_sub(3)..place)
                .any(|i| line.is_any(i, &["his", "her", "their", "my", "your", "aged", "our"]));
            if age && text.len() == 2 {
                return None;
            }
            let two = full_year(number, self.day);
            let past = if two > self.day.year() && !self.now().future { two - 100 } else { two };
            let year = if text.len() == 4 { number } else { past };
            return self.done(
                Some(When::Decade(year)),
                at,
                place + 2 + possessive,
                Sort::Period,
                text.len() == 4,
            );
        }
        if the == 0 {
            return None;
        }
        let (year, next) = decade_words(line, place)?;
        self.done(Some(When::Decade(year)), at, next, Sort::Period, year >= 1000)
    }

    /// "in 2016", "2026 budget", "nineteen twenty eight", "year 247"
    pub(super) fn year_expression(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let (part, body) = self.part_word(at);
        if line.is_any(body, &["year", "fiscal"]) {
            let year = line.is_any(body + 1, &["year"]);
            let place = body + 1 + usize::from(year);
            if let Some((n, next)) = self.year(place) {
                return self.done(Some(When::Year(n)), body, next, Sort::Period, true);
            }
            let (n, next) = self.numeral(place).filter(|(n, _)| n.is_exact())?;
            let year = n.low.to_i16().filter(|y| {
                (100..1000).contains(y) && line.is_word(body, "year") && (body == 0 || self.is_short())
            })?;
            return self.done(Some(When::Year(year)), body, next, Sort::Period, true);
        }
        let (year, next) = self.year(body)?;
        let lone = line.kind(body) == Some(TokenKind::Number);
        let money = body > 0
            && (line.is_any(
                body - 1,
                &[
                    "$",
                    "€",
                    "£",
                    "¥",
                    "no",
                    "#",
                    "rs",
                    "nearly",
                    "about",
                    "around",
                    "some",
                    "over",
                    "than",
                    "least",
                    "approximately",
                    "roughly",
                    "almost",
                ],
            ) || part == PartOf::Whole
                && line.glued(body)
                && !line.is_any(body - 1, &["(", "\"", "“", "‘", "'", "/", "—", "–"]));
        // RTX 2060: a year far ahead after a word in capitals is a model.
        let code = body > 0
            && line.text(body - 1).len() > 1
            && line.text(body - 1).chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
            && year > self.day.year().saturating_add(15);
        if code {
            return None;
        }
        let counted = part == PartOf::Whole && self.is_counted_year(body, next, year);
        let own =
            !lone || (1900..2100).contains(&year) || body > 0 && line.is_any(body - 1, &["in", "since"]);
        if money
            || counted
            || !own
            || line.glued(next)
                && line.is_dash(next)
                && line.glued(next + 1)
                && line.kind(next + 1) == Some(TokenKind::Number)
        {
            return None;
        }
        let when = part.of(When::Year(year), self.now());
        let sort = if matches!(when, When::Day(_)) { Sort::Day } else { Sort::Period };
        self.done(Some(when), at, next, sort, true)
    }

    /// 2000 people, 2048 GPUs: a plain plural after the number makes it a count, unless a preposition makes it a year.
    pub(super) fn is_counted_year(&self, at: usize, next: usize, year: i16) -> bool {
        let line = self.line;
        let preposition = at > 0
            && line.is_any(
                at - 1,
                &[
                    "in",
                    "since",
                    "by",
                    "until",
                    "from",
                    "during",
                    "of",
                    "for",
                    "late",
                    "early",
                    "before",
                    "after",
                    "through",
                    "fiscal",
                    "and",
                    "to",
                    "throughout",
                    "till",
                ],
            );
        let noun = line.text(next);
        let plural = noun.len() > 3
            && noun.ends_with('s')
            && !noun.ends_with("ss")
            && noun.starts_with(|c: char| c.is_lowercase())
            || line.is_any(
                next,
                &[
                    "people", "gpus", "km", "meters", "metres", "miles", "yuan", "dollars", "points",
                    "troops", "mw", "tons", "tonnes",
                ],
            );
        let round = year % 100 == 0 || !(1950..=2050).contains(&year);
        let unit = crate::quantities::units::UNITS
            .english_at(line, next)
            .is_some_and(|(u, _)| u.factor > rust_decimal::Decimal::ZERO)
            && !line.is_any(next, &["real", "mark"]);
        plural && (!preposition && (round || year == 2048) || unit) || unit && !preposition
    }
}

/// the seventies, the nineteen seventies, the twenty-tens, the two thousands, the noughties
pub(super) fn decade_words(line: &Line, at: usize) -> Option<(i16, usize)> {
    const TENS: [(&str, i16); 9] = [
        ("tens", 10),
        ("twenties", 20),
        ("thirties", 30),
        ("forties", 40),
        ("fifties", 50),
        ("sixties", 60),
        ("seventies", 70),
        ("eighties", 80),
        ("nineties", 90),
    ];
    let tens = |at: usize| TENS.iter().find(|(w, _)| line.is_word(at, w)).map(|(_, n)| *n);
    if line.is_word(at, "noughties") {
        return Some((2000, at + 1));
    }
    if line.is_word(at, "two") && line.is_word(at + 1, "thousands") {
        return Some((2000, at + 2));
    }
    if line.is_word(at, "two") && line.is_word(at + 1, "thousand") && line.is_word(at + 2, "and") {
        return tens(at + 3).map(|n| (2000 + n, at + 4));
    }
    if let Some(n) = tens(at) {
        return (n >= 20).then_some((if n == 20 { 1920 } else { 1900 + n }, at + 1));
    }
    let century = if line.is_word(at, "nineteen") {
        1900
    } else if line.is_word(at, "twenty") {
        2000
    } else if line.is_word(at, "eighteen") {
        1800
    } else {
        return None;
    };
    let next = at + 1 + usize::from(line.is_dash(at + 1));
    tens(next).map(|n| (century + n, next + 1))
}
