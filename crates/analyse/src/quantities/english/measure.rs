//! A number with the sign before it or the unit after it.

use super::super::line::{Line, TokenKind};
use super::super::numeral::{Form, Numeral};
use super::super::numerals_en::{Reading, may_begin, numeral};
use super::super::units::{BOUNDS, UNITS, Unit};
use super::words::WORDS;
use super::{Measure, Reader};
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// A number with what belongs to it: money sign before, unit after.
    pub(super) fn measure(&self, at: usize) -> Option<Measure> {
        let line = self.line;
        if let Some(length) = self.article_length(at) {
            return Some(length);
        }
        if !may_begin(line, at) {
            return None;
        }
        let part =
            || numeral(line, at, Reading::default()).is_some_and(|(read, _)| read.form == Form::Fraction);
        if line.is_any(at, &["one"]) && self.is_pronoun(at) && !part() {
            return None;
        }
        let sign = self.money_sign(at);
        let (read, next) = numeral(line, at, Reading { money: sign.is_some(), bare: false })?;
        let mut measure = Measure {
            start: sign.as_ref().map_or(read.range.start, |(_, start)| *start),
            read,
            unit: None,
            next,
        };
        if let Some((unit, _)) = sign {
            measure.unit = Some(unit);
            self.after_sign(&mut measure);
        } else if let Some((unit, next)) = self.unit_after(measure.next, &mut measure.read) {
            measure.unit = Some(unit);
            measure.next = next;
            self.minor_part(&mut measure);
        } else if at > 0 && line.is_word(at - 1, "magnitude") && measure.read.low < Decimal::TEN {
            measure.unit =
                Some(Unit { name: "magnitude".into(), kind: QuantityKind::Other, factor: Decimal::ONE });
        }
        Some(measure)
    }

    /// "$10 dollars", "$1.2-billion".
    pub(super) fn after_sign(&self, measure: &mut Measure) {
        let line = self.line;
        if line.is_dash(measure.next)
            && line.glued(measure.next)
            && let Some((unit, next)) = scale_word(line, measure.next + 1)
            && let Some(scaled) = measure.read.clone().times(unit)
        {
            measure.read = Numeral { scale: unit, ..scaled };
            measure.next = next;
        }
        if let Some((unit, next)) = UNITS
            .english_at(line, measure.next)
            .filter(|(u, _)| u.kind == QuantityKind::Money && u.factor == Decimal::ONE)
        {
            let same = measure.unit.as_ref().is_some_and(|u| u.name == unit.name || u.name == "USD");
            if same && !line.is_word(measure.next, unit.name.as_str())
                || measure.unit.as_ref().is_some_and(|u| u.name == unit.name)
            {
                measure.unit = Some(unit.clone());
                measure.next = next;
            }
        }
        self.minor_part(measure);
    }

    /// "more than an hour", "nearly a decade", "an hour and a half": an article that stands for one.
    pub(super) fn article_length(&self, at: usize) -> Option<Measure> {
        let line = self.line;
        let (value, place) = match line.text(at) {
            _ if self.lengths && line.is_any(at, &["a", "an"]) && line.is_word(at + 1, "couple") => {
                (2, at + 2 + usize::from(line.is_word(at + 2, "of")))
            }
            _ if self.lengths && line.is_word(at, "couple") => {
                (2, at + 1 + usize::from(line.is_word(at + 1, "of")))
            }
            _ if self.lengths
                && line.is_any(at, &["a", "an"])
                && line.is_any(at + 1, &["few", "several"]) =>
            {
                (3, at + 2)
            }
            _ if self.lengths && line.is_any(at, &["few", "several", "some"]) => (3, at + 1),
            _ if self.lengths && line.is_any(at, &["all", "full", "whole", "another"]) => {
                (1, at + 1 + usize::from(line.is_dash(at + 1)))
            }
            _ if line.is_any(at, &["a", "an"]) => (1, at + 1),
            _ if line.is_word(at, "the") && line.is_any(at + 1, &["past", "last", "next", "coming"]) => {
                (1, at + 2)
            }
            _ => return None,
        };
        let rolling = line.is_word(at, "the");
        let fortnight = line.is_word(place, "fortnight") && self.lengths;
        let (unit, next) = if fortnight {
            (Unit { name: "wk".into(), kind: QuantityKind::Duration, factor: Decimal::TWO }, place + 1)
        } else {
            UNITS
                .english_at(line, place)
                .filter(|(u, _)| u.kind == QuantityKind::Duration)
                .map(|(u, n)| (u.clone(), n))?
        };
        let half = line.is_word(next, "and")
            && line.is_any(next + 1, &["half", "a"])
            && (line.is_word(next + 1, "half") || line.is_word(next + 2, "half"));
        let bound =
            BOUNDS.english_before(line, at, false).is_some_and(|(is, _)| is != Comparator::Approximate);
        let comparison = line.is_any(next, &["ago", "earlier", "before", "later"]);
        // "a decade" is a figure like 十年; after another figure it is a rate.
        let long = line.is_any(place, &["decade", "century"]) && at > self.consumed.get()
            || rolling && line.is_word(at + 1, "past");
        if rolling && !long {
            return None;
        }
        if !(self.lengths || half || (bound || long) && !comparison) {
            return None;
        }
        let read = Numeral::exact(line.start(at)..line.end_before(next), Decimal::from(value), Form::Words);
        Some(Measure { start: line.start(at), read, unit: Some(unit), next })
    }

    /// The sign or code just before the number at token `at`.
    pub(super) fn money_sign(&self, at: usize) -> Option<(Unit, usize)> {
        let line = self.line;
        let before = at.checked_sub(1).filter(|before| *before >= self.consumed.get())?;
        let text = line.text(before);
        let end = line.end_before(at);
        let close = line.start(at) - end <= 1;
        if !close {
            return None;
        }
        if let Some(unit) = UNITS.code(text) {
            return Some((unit.clone(), line.start(before)));
        }
        if let Some(unit) = text.strip_prefix('M').and_then(|code| UNITS.code(code)) {
            return Some((Unit { factor: Decimal::from(1_000_000), ..unit.clone() }, line.start(before)));
        }
        let is_sign = line.kind(before) == Some(TokenKind::Sign)
            || matches!(
                text,
                "Rs" | "RM" | "Rp" | "RMB" | "Rmb" | "rmb" | "CHF" | "usd" | "eur" | "gbp" | "sen" | "dollar"
            );
        if !is_sign {
            return None;
        }
        let (unit, start) =
            UNITS.money_before(&line.source()[..end]).map(|(u, s)| (u.clone(), s)).or_else(|| {
                UNITS
                    .english_at(line, before)
                    .filter(|(u, next)| u.kind == QuantityKind::Money && *next == at)
                    .map(|(u, _)| (u.clone(), line.start(before)))
            })?;
        Some((self.whose(unit, &line.source()[..start]), start))
    }

    /// `¥` is the yen where the sentence speaks of Japan; `us $ 5` and `c $ 5` are written apart.
    pub(super) fn whose(&self, unit: Unit, _before: &str) -> Unit {
        let japan = unit.name == "CNY"
            && self.line.source().contains('¥')
            && ["Japan", "Tokyo", "yen", "Yen"].iter().any(|w| self.line.source().contains(w));
        match UNITS.code("JPY") {
            Some(yen) if japan => yen.clone(),
            _ => unit,
        }
    }

    /// The unit at `next`, perhaps after a hyphen or a word such as "more".
    pub(super) fn unit_after(&self, next: usize, read: &mut Numeral) -> Option<(Unit, usize)> {
        let line = self.line;
        let hyphen = line.is_dash(next) && line.glued(next) && line.glued(next + 1);
        let mut place = next + usize::from(hyphen);
        if let Some((by, after)) = scale_word(line, place).filter(|_| hyphen)
            && let Some(scaled) = read.clone().times(by)
        {
            *read = Numeral { scale: by, ..scaled };
            place = after + usize::from(line.is_dash(after) && line.glued(after));
        }
        if let Some(code) = line.get(place).and_then(|t| t.strip_prefix('M')).and_then(|c| UNITS.code(c)) {
            return Some((Unit { factor: Decimal::from(1_000_000), ..code.clone() }, place + 1));
        }
        // `400m long`: alone, m is a million as often.
        const EXTENTS: &[&str] = &[
            "long",
            "wide",
            "tall",
            "high",
            "deep",
            "away",
            "across",
            "above",
            "below",
            "sprint",
            "freestyle",
            "hurdles",
            "final",
            "race",
        ];
        if line.is(place, "m") && line.glued(place) && line.is_any(place + 1, EXTENTS) {
            return Some((
                Unit { name: "m".into(), kind: QuantityKind::Length, factor: Decimal::ONE },
                place + 1,
            ));
        }
        let of = usize::from(
            line.is_word(place, "of")
                && matches!(read.form, Form::Vague | Form::Words)
                && read.form == Form::Vague,
        );
        let skipped = usize::from(of == 0 && WORDS.between.has(line, place) && !hyphen);
        // "half an hour", "a quarter of a mile"
        let share = usize::from(line.is_word(place, "of") && read.form == Form::Fraction);
        if read.form == Form::Fraction
            && line.is_any(place + share, &["a", "an"])
            && let Some((unit, after)) = UNITS.english_at(line, place + share + 1)
            && unit.kind != QuantityKind::Money
        {
            return Some((unit.clone(), after));
        }
        if line.is_any(place, &["pound", "pounds"]) && self.is_weight(place, place + 1) {
            let unit = Unit { name: "[lb_av]".into(), kind: QuantityKind::Other, factor: Decimal::ONE };
            return Some((unit, place + 1));
        }
        let (unit, after) = UNITS
            .english_at(line, place + of)
            .map(|(u, a)| (u.clone(), a))
            .or_else(|| {
                UNITS
                    .english_at(line, place + of + skipped)
                    .filter(|(u, _)| skipped == 1 && u.kind == QuantityKind::Duration)
                    .map(|(u, a)| (u.clone(), a))
            })
            .or_else(|| self.sign_after(place))
            .or_else(|| self.chinese_unit(place))?;
        // `3 USD50 cards`: the code is the next number's.
        let next_number = line.glued(after)
            && line.kind(after) == Some(TokenKind::Number)
            && unit.kind == QuantityKind::Money;
        if next_number || !self.fits(&unit, place, after, read) {
            return None;
        }
        // "75 USD million"
        if unit.kind == QuantityKind::Money
            && let Some((by, scaled_end)) = scale_word(line, after)
            && let Some(scaled) = read.clone().times(by)
        {
            *read = Numeral { scale: by, ..scaled };
            return Some((unit, scaled_end));
        }
        Some((unit, after))
    }

    /// `100元` in an English sentence.
    pub(super) fn chinese_unit(&self, at: usize) -> Option<(Unit, usize)> {
        let text = self.line.get(at).filter(|t| t.starts_with(crate::passage::is_han))?;
        let (unit, length) = match UNITS.chinese_at(text) {
            Some((unit, length)) => (unit, length),
            None => (UNITS.code("CNY").filter(|_| text.starts_with('元'))?, '元'.len_utf8()),
        };
        (length == text.len()).then(|| (unit.clone(), at + 1))
    }

    pub(super) fn sign_after(&self, at: usize) -> Option<(Unit, usize)> {
        let line = self.line;
        let (unit, length) = UNITS.sign_at(&line.source()[line.start(at).min(line.source().len())..])?;
        let end = line.start(at) + length;
        let next = line.token_from(end);
        let signed = line.kind(at) == Some(TokenKind::Sign) || !line.text(at).is_ascii();
        // `1 $10`: a sign nearer to the number after it is that number's; `10 $ 30 $` goes by the first.
        let number = line.kind(next) == Some(TokenKind::Number);
        let nearer = number && (line.start(next) == end || line.is_word(next + 1, "dollars"));
        (signed && !nearer).then(|| (unit.clone(), next))
    }

    /// Whether a unit word is one here: "second" may be an ordinal, "mark" a verb, "real" an adjective.
    pub(super) fn fits(&self, unit: &Unit, at: usize, after: usize, read: &Numeral) -> bool {
        let line = self.line;
        let text = line.text(at);
        let one = read.is_exact() && read.low == Decimal::ONE;
        match text {
            "mark" | "real" | "won" | "sol" | "rand" if !self.plain_number(read) => false,
            "won" if read.scale >= Decimal::from(1_000_000) => true,
            "won" => !line.is_any(after, &["the", "a", "in", "by", "their", "his", "an", "at"]),
            "mu" | "x" | "X" | "h" | "g" | "pp" | "bp" | "jin" if read.form != Form::Digits => false,
            // "the 2006 second-overall pick"
            "second" => (one || read.form == Form::Digits) && !line.is_dash(after),
            "mark" | "real" => one || line.glued(at),
            "W" | "V" => line.glued(at) || line.start(at) - line.end_before(at) <= 1,
            "point" | "points" => one || !line.is_word(after, "of"),
            "x" | "X" => line.glued(at) && read.low < Decimal::ONE_HUNDRED,
            "hp" => read.form == Form::Digits,
            "quarters" => {
                read.form != Form::Fraction && read.low != Decimal::from(3)
                    || line.is_any(at, &["consecutive"])
            }
            _ => unit.kind != QuantityKind::Computing || text != "parameter",
        }
    }

    /// Pounds are a weight where something weighs, or of something that is no money.
    fn is_weight(&self, at: usize, after: usize) -> bool {
        const WEIGHTS: &[&str] = &[
            "weigh", "weighs", "weighed", "weighing", "weight", "lost", "lose", "losing", "gained", "lift",
            "lifted", "shed",
        ];
        const MONEY: &[&str] = &[
            "debt",
            "public",
            "taxpayers",
            "taxpayer",
            "investment",
            "sales",
            "funding",
            "damage",
            "savings",
            "cash",
            "revenue",
            "aid",
            "government",
            "new",
            "extra",
        ];
        let line = self.line;
        let heavy = line.is_any(after, &["heavy", "heavier", "lighter", "overweight"]);
        let of = line.is_word(after, "of") && !(after + 1..after + 3).any(|i| line.is_any(i, MONEY));
        let weighs = (at.saturating_sub(5)..at).any(|i| line.is_any(i, WEIGHTS))
            && !line.is_any(after, &["in", "on", "to", "a"]);
        let tall = (at.saturating_sub(6)..at).any(|i| line.is_any(i, &["foot", "feet", "inches", "ft"]));
        heavy || of || weighs || tall
    }

    pub(super) fn plain_number(&self, read: &Numeral) -> bool {
        read.low >= Decimal::ONE
    }

    /// "3 dollars 50 cents", "thirteen dollars and forty-five", "15 dollars 50".
    pub(super) fn minor_part(&self, measure: &mut Measure) {
        let line = self.line;
        let Some(unit) =
            measure.unit.as_ref().filter(|u| u.kind == QuantityKind::Money && u.factor == Decimal::ONE)
        else {
            return;
        };
        if measure.read.scale > Decimal::ONE || !measure.read.is_exact() || measure.read.low.scale() > 0 {
            return;
        }
        let joined = usize::from(line.is_word(measure.next, "and"));
        let Some((part, after)) = numeral(line, measure.next + joined, Reading::default()) else { return };
        if part.low >= Decimal::ONE_HUNDRED
            || part.low.scale() > 0
            || part.scale > Decimal::ONE
            || !part.is_exact()
        {
            return;
        }
        let minor =
            UNITS.english_at(line, after).filter(|(u, _)| u.name == unit.name && u.factor < Decimal::ONE);
        // "15 dollars 50": two digits that end the clause.
        let ends = after >= line.len()
            || line.kind(after) == Some(TokenKind::Sign) && !line.is_any(after, &["-", "%", "$"]);
        let closes = (ends || line.is_word(after, "more"))
            && measure.read.range.start == measure.start
            && part.low >= Decimal::TEN;
        let Some(value) =
            part.low.checked_mul(Decimal::new(1, 2)).and_then(|p| p.checked_add(measure.read.low))
        else {
            return;
        };
        if let Some((_, next)) = minor {
            measure.next = next;
        } else if closes {
            measure.next = after;
        } else {
            return;
        }
        (measure.read.low, measure.read.high) = (value, value);
    }

    /// "one" as a pronoun or article-like word.
    pub(super) fn is_pronoun(&self, at: usize) -> bool {
        let line = self.line;
        line.is_any(
            at + 1,
            &[
                "of", "another", "that", "is", "was", "who", "you", ",", ".", "can", "could", "day", "thing",
                "way", "time", "reason", "source", "official", "person",
            ],
        ) && !line.is_any(at + 1, &["person"])
            || at > 0 && line.is_any(at - 1, &["no", "any", "the", "this", "that", "every", "which", "each"])
    }
}

pub(super) fn scale_word(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let value: u64 = match line.text(at) {
        t if t.eq_ignore_ascii_case("thousand") => 1_000,
        t if t.eq_ignore_ascii_case("million") || t == "mn" => 1_000_000,
        t if t.eq_ignore_ascii_case("billion") || t == "bn" => 1_000_000_000,
        t if t.eq_ignore_ascii_case("trillion") || t == "tn" => 1_000_000_000_000,
        _ => return None,
    };
    Some((value.into(), at + 1))
}
