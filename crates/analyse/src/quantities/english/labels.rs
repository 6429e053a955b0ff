//! Numbers that name rather than count.

use super::super::line::TokenKind;
use super::super::numeral::Form;
use super::words::WORDS;
use super::{Measure, Reader};
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// A number that names rather than counts: Section 301, No. 5, 10:30, 9 a.m., 3rd.
    pub(super) fn is_label(&self, at: usize, measure: &Measure) -> bool {
        let line = self.line;
        let next = measure.next;
        let clock = line.is(next, ":") && line.glued(next)
            || at > 0 && line.is(at - 1, ":") && line.glued(at) && line.glued(at - 1)
            || line.is_any(next, &["a.m.", "p.m.", "a.m", "p.m", "am", "pm", "o"]) && measure.unit.is_none();
        let ordinal = line.glued(next) && line.is_any(next, &["st", "nd", "rd", "th"]);
        // `352-65 vote`, `3-2`: two numbers joined that are no span.
        let score = at > 1
            && line.is_dash(at - 1)
            && line.glued(at)
            && line.glued(at - 1)
            && line.kind(at - 2) == Some(TokenKind::Number);
        if score {
            return true;
        }
        let code = measure.unit.is_none()
            && line.glued(next)
            && line.kind(next) == Some(TokenKind::Word)
            && line.kind(next.saturating_sub(1)) == Some(TokenKind::Number);
        // General License 8M: the letter is the label's, and no million.
        let lettered = at > 0
            && line.glued(at + 1)
            && measure.next > at + 1
            && line.text(at + 1).len() == 1
            && WORDS.labels.has(line, at - 1)
            && line.text(at - 1).starts_with(|c: char| c.is_uppercase());
        if clock || ordinal || code || lettered {
            return true;
        }
        let before = if at > 1 && line.is(at - 1, ".") { at - 2 } else { at.wrapping_sub(1) };
        let counted =
            measure.unit.is_none() && measure.read.scale == Decimal::ONE && measure.read.form == Form::Digits;
        let label =
            WORDS.labels.has(line, before) && (measure.unit.is_none() || line.is(at.wrapping_sub(1), "."));
        counted && (label || self.follows_name(at, measure) || self.is_house_number(next))
    }

    /// `1600 Pennsylvania Avenue`
    fn is_house_number(&self, next: usize) -> bool {
        let capital = |at: usize| self.line.text(at).starts_with(|c: char| c.is_uppercase());
        (next..next + 4).take_while(|&at| capital(at)).any(|at| at > next && WORDS.streets.has(self.line, at))
    }

    /// `Boeing 737 jets`, `Fortune 500 companies`: a number after a capitalised word inside a sentence.
    pub(super) fn follows_name(&self, at: usize, measure: &Measure) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let word = self.line.text(before);
        let initial = word.len() == 1 && before > 0 && self.line.is(before - 1, "&");
        let capital = word.starts_with(|c: char| c.is_uppercase())
            && word != self.capital
            && (word.len() > 1 || initial);
        capital
            && !self.headline
            && measure.read.low < Decimal::from(10_000)
            && !self.line.text(at).contains(',')
    }
}
