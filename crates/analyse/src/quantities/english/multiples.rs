//! Figures in one word (doubled, tenfold) and ratios (one in five).

use super::super::line::TokenKind;
use super::super::numeral::{Form, Numeral};
use super::super::numerals_en::{Reading, numeral};
use super::super::units::{BOUNDS, UNITS, Unit};
use super::super::{Found, is_masked};
use super::Reader;
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// "one in five", "3 out of 10 workers": a share, as a fraction is.
    pub(super) fn ratio(&self, at: usize) -> Option<(Vec<Found>, usize)> {
        let line = self.line;
        let plain = |at: usize| {
            numeral(line, at, Reading::default()).filter(|(n, next)| {
                n.is_exact() && n.low.scale() == 0 && n.scale == Decimal::ONE && *next == at + 1
            })
        };
        let (count, next) = plain(at)?;
        let of = if line.is_word(next, "in") {
            next + 1
        } else if line.is_word(next, "out") && line.is_word(next + 1, "of") {
            next + 2
        } else {
            return None;
        };
        let of = of + usize::from(line.is_word(of, "every"));
        let (base, end) = plain(of)?;
        let unit = UNITS.english_at(line, end).is_some()
            || line.is_dash(end)
            || line.kind(end) == Some(TokenKind::Number);
        if unit || count.low >= base.low || base.low > Decimal::from(1000) || count.low.is_zero() {
            return None;
        }
        let share =
            Unit { name: "percent".into(), kind: QuantityKind::Percent, factor: Decimal::ONE_HUNDRED };
        let value = crate::quantities::numeral::fraction(count.low, base.low)?;
        let (comparator, start, _) = self.bound(at, end, end, false);
        let range = start.unwrap_or(line.start(at))..line.end_before(end);
        if is_masked(self.masked, &range) {
            return None;
        }
        let read = Numeral::exact(range.clone(), value, Form::Fraction);
        let mut found = Found::bounded(range, &share, &read, comparator)?;
        found.scope = self.phrase(end);
        Some((vec![found], end))
    }

    /// "per cent of twenty-two", and nothing else: the number follows its unit.
    pub(super) fn inverted_percent(&self) -> Option<(Vec<Found>, usize)> {
        let line = self.line;
        let (unit, next) =
            UNITS.english_at(line, 0).filter(|(u, n)| u.name == "percent" && line.is_word(*n, "of"))?;
        let (read, end) =
            numeral(line, next + 1, Reading::default()).filter(|(_, end)| *end == line.len())?;
        let found = Found::bounded(0..line.end_before(end), unit, &read, Comparator::Exact)?;
        Some((vec![found], end))
    }

    /// "doubled", "tenfold", "halved", "twice": a figure in one word.
    pub(super) fn multiple(&self, at: usize) -> Option<(Vec<Found>, usize)> {
        let line = self.line;
        let text = line.text(at);
        let (value, unit, kind) = match_multiple(text)?;
        let comparator = BOUNDS.english_before(line, at, false);
        let start = comparator.map_or(line.start(at), |(_, token)| line.start(token));
        let unit = Unit { name: unit.into(), kind, factor: Decimal::ONE };
        let read = Numeral::exact(start..line.end_before(at + 1), value, Form::Words);
        let range = read.range.clone();
        if is_masked(self.masked, &range) {
            return None;
        }
        let found = Found::bounded(range, &unit, &read, comparator.map_or(Comparator::Exact, |(is, _)| is))?;
        Some((vec![found], at + 1))
    }
}

pub(super) fn match_multiple(text: &str) -> Option<(Decimal, &'static str, QuantityKind)> {
    // doubled, halving, tripled, tenfold, twice: nothing shorter, and few words end so.
    let ends = [b'd', b'g', b'e', b's'].contains(text.as_bytes().last()?);
    if !ends || !(5..=12).contains(&text.len()) {
        return None;
    }
    if !["fold", "ed", "ing", "uble", "bles", "ple", "ples", "ice", "ves"]
        .iter()
        .any(|end| text.to_ascii_lowercase().ends_with(end))
    {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let times: u32 = match lower.as_str() {
        "doubled" | "doubling" | "twofold" | "double" | "doubles" | "twice" => 2,
        "tripled" | "tripling" | "threefold" | "triple" | "trebled" | "triples" | "thrice" => 3,
        "quadrupled" | "quadrupling" | "fourfold" | "quadruple" => 4,
        "quintupled" | "fivefold" => 5,
        "sixfold" => 6,
        "sevenfold" => 7,
        "eightfold" => 8,
        "ninefold" => 9,
        "tenfold" => 10,
        "twentyfold" => 20,
        "hundredfold" => 100,
        "thousandfold" => 1000,
        "halved" | "halving" | "halves" => {
            return Some((Decimal::from(50), "percent", QuantityKind::Percent));
        }
        _ => return None,
    };
    Some((times.into(), "times", QuantityKind::Other))
}
