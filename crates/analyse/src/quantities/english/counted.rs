//! What a number counts: the head of the noun phrase after it.

use super::super::line::TokenKind;
use super::super::numeral::{Form, Numeral};
use super::super::units::Unit;
use super::Reader;
use super::words::WORDS;
use headwater_model::mention::QuantityKind;
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// What is counted: the head of the noun phrase after the number.
    pub(super) fn counted(&self, next: usize, read: &Numeral) -> Option<(Unit, usize)> {
        let line = self.line;
        if matches!(read.form, Form::Fraction) {
            return self.share(next);
        }
        let hyphen = usize::from(line.is_dash(next) && line.glued(next) && line.glued(next + 1));
        let mut first = next + hyphen;
        if read.form == Form::Vague || line.is_any(first, &["of"]) && !read.is_exact() {
            first += usize::from(line.is_word(first, "of"));
            while line.is_any(first, &["the", "its", "their", "these", "those"]) {
                first += 1;
            }
        }
        if line.is_word(first, "of") {
            // "fewer than 1,000 of the 12,000 applications"
            first += 1;
            if !line.is_any(first, &["the", "its", "their", "these", "those", "all"]) {
                return None;
            }
            while line.is_any(first, &["the", "its", "their", "these", "those", "all"])
                || line.kind(first) == Some(TokenKind::Number)
            {
                first += 1;
            }
            let name = line.text(self.head(first, false, read)?).to_owned();
            return Some((
                Unit { name, kind: QuantityKind::Count, factor: Decimal::ONE },
                line.end_before(next),
            ));
        }
        let head = self.head(first, hyphen == 1, read)?;
        let name = line.text(head).to_owned();
        Some((Unit { name, kind: QuantityKind::Count, factor: Decimal::ONE }, line.end_before(head + 1)))
    }

    /// The first plural of the noun phrase, else its only word.
    pub(super) fn head(&self, first: usize, hyphen: bool, read: &Numeral) -> Option<usize> {
        let line = self.line;
        let mut end = first;
        while end < first + 7
            && (line.kind(end) == Some(TokenKind::Word)
                || end > first && line.is_dash(end) && line.glued(end)
                || self.is_model_number(first, end))
            && !WORDS.stops.has(line, end)
        {
            end += 1;
        }
        if end == first {
            return None;
        }
        let word = |at: usize| line.kind(at) == Some(TokenKind::Word);
        if hyphen {
            return word(first)
                .then_some(first)
                .filter(|&at| line.text(at).chars().all(|c| c.is_alphabetic()));
        }
        let one = read.is_exact() && read.low == Decimal::ONE;
        let lower = |at: &usize| {
            self.headline
                || line.text(*at).starts_with(|c: char| c.is_lowercase())
                || line.text(*at).chars().nth(1).is_some_and(char::is_uppercase)
        };
        if let Some(plural) =
            (first..end).filter(|&at| word(at)).find(|at| is_plural(line.text(*at)) && lower(at))
        {
            let more = (plural + 1..end)
                .take_while(|&at| word(at))
                .last()
                .filter(|&at| is_plural(line.text(at)) && lower(&at) && WORDS.noun_joints.has(line, plural));
            return Some(more.unwrap_or(plural));
        }
        let single = one || read.scale > Decimal::ONE || read.form == Form::Digits;
        (single && (end - first <= 2 || one))
            .then(|| end - 1)
            .filter(|&at| word(at) && lower(&at) && self.is_countable(at))
    }

    /// `910C` in "200,000 Ascend 910C chips".
    pub(super) fn is_model_number(&self, first: usize, at: usize) -> bool {
        let line = self.line;
        let number = line.kind(at) == Some(TokenKind::Number) && line.text(at).len() <= 4;
        number && at > first && line.text(at - 1).starts_with(|c: char| c.is_uppercase())
    }

    pub(super) fn is_countable(&self, at: usize) -> bool {
        let text = self.line.text(at);
        text.len() > 1
            && !text.ends_with("ly")
            && !text.ends_with("ed")
            && !self.line.is_any(
                at,
                &[
                    "more", "less", "other", "such", "am", "pm", "deep", "best", "new", "high", "low",
                    "million", "billion",
                ],
            )
    }

    /// "a third of the chips", "half the market": a fraction is a share.
    pub(super) fn share(&self, next: usize) -> Option<(Unit, usize)> {
        let line = self.line;
        let follows = line.is_any(next, &["of", "the", "its", "their", "a", "an", "all"])
            || WORDS.stops.has(line, next)
            || next >= line.len()
            || line.kind(next) == Some(TokenKind::Sign)
            || line.is_any(
                next,
                &[
                    "stake", "share", "majority", "less", "more", "higher", "lower", "increase", "cut",
                    "interest", "drop",
                ],
            );
        follows.then(|| {
            (
                Unit { name: "percent".into(), kind: QuantityKind::Percent, factor: Decimal::ONE_HUNDRED },
                line.end_before(next),
            )
        })
    }
}

pub(super) fn is_plural(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    WORDS.irregular_plurals.contains(&lower)
        || lower.len() > 2
            && lower.ends_with('s')
            && !["ss", "us", "is", "ous"].iter().any(|end| lower.ends_with(end))
            && lower.is_ascii()
            && !["this", "its", "has", "was", "does", "says", "as"].contains(&lower.as_str())
}
