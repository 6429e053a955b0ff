//! Numbers without a look at their units.

use super::super::line::{Line, TokenKind};
use super::super::numeral::{Form, Numeral};
use super::super::numerals_en::{Read, Reading, numeral, vulgar};
use rust_decimal::Decimal;

/// Every number of a sentence.
pub fn numbers(sentence: &str) -> Vec<Numeral> {
    let line = Line::new(sentence);
    let reading = Reading { money: false, bare: true };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < line.len() {
        if let Some(read) = crate::quantities::power::power(sentence, line.start(at))
            .filter(|_| !line.glued(at) || line.kind(at - 1) == Some(TokenKind::Sign))
        {
            at = line.token_from(read.range.end);
            found.push(read);
            continue;
        }
        if let Some(value) = vulgar(line.text(at)) {
            found.push(Numeral::exact(line.start(at)..line.end_before(at + 1), value, Form::Fraction));
        }
        let read = numeral(&line, at, reading)
            .filter(|(read, _)| read.form != Form::Vague)
            .map(|read| ratio_of(&line, read));
        match read {
            Some((read, next)) => {
                if is_bare_number(&line, at, next) {
                    found.push(read);
                }
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// `one out of three`, `1 in twenty-one`, `1 over 3`.
pub(super) fn ratio_of(line: &Line, (read, next): Read) -> Read {
    let of = if line.is_any(next, &["in", "over"]) {
        next + 1
    } else if line.is_word(next, "out") && line.is_word(next + 1, "of") {
        next + 2
    } else {
        return (read, next);
    };
    let sum = line.source()[..read.range.start].ends_with(['$', '£', '€', '¥']);
    let money = sum || read.low > Decimal::ONE && line.is_word(next, "in");
    let Some((base, after)) = numeral(line, of, Reading::default()).filter(|_| !money) else {
        return (read, next);
    };
    let proper = line.is_word(next, "over") || read.low < base.low;
    match crate::quantities::numeral::fraction(read.low, base.low) {
        Some(value) if proper => {
            (Numeral::exact(read.range.start..base.range.end, value, Form::Fraction), after)
        }
        _ => (read, next),
    }
}

/// A bare number is no pronoun ("the one", "one you mentioned") and carries no unit of its own (`180ml`).
pub(super) fn is_bare_number(line: &Line, at: usize, next: usize) -> bool {
    let pronoun = next == at + 1
        && line.is_word(at, "one")
        && (at > 0
            && line.is_any(at - 1, &["the", "this", "that", "which", "no", "any", "every", "each", "some"])
            || line.is_any(next, &["you", "another", "of"]));
    let ordinal = line.glued(next) && line.is_any(next, &["st", "nd", "rd", "th"]);
    let unit = line.glued(next)
        && line.kind(next) == Some(TokenKind::Word)
        && line.kind(next - 1) == Some(TokenKind::Number);
    !(pronoun || ordinal || unit)
}
