//! What a number counts: the head of the noun phrase after it.

use super::super::line::TokenKind;
use super::super::numeral::{Form, Numeral};
use super::super::units::{BOUNDS, Unit};
use super::words::WORDS;
use super::{Measure, Reader};
use headwater_model::mention::QuantityKind;
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// What is counted: the head of the noun phrase after the number.
    pub(super) fn counted(&self, next: usize, read: &Numeral) -> Option<(Unit, usize)> {
        let line = self.line;
        if matches!(read.form, Form::Fraction) {
            // "before the half"
            let at = line.token_from(read.range.start);
            let part = at > 0 && line.is_word(at - 1, "the") && !line.is_word(next, "of");
            return self.share(next).filter(|_| !part);
        }
        // "the two sides" says who, not how many.
        let at = line.token_from(read.range.start);
        if at > 0 && line.is_word(at - 1, "the") && line.is_word(at, "two") && WORDS.pairs.has(line, next) {
            return None;
        }
        if let Some(known) = self.casualties(next).or_else(|| self.of_them(next)) {
            return Some(known);
        }
        let hyphen = usize::from(line.is_dash(next) && line.glued(next) && line.glued(next + 1));
        let mut first = next + hyphen;
        // "50 or more workers", "a hundred or so residents"
        if let Some((_, after)) = BOUNDS.english_after(line, next) {
            first = after;
        }
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
            return Some((count(&name), line.end_before(next)));
        }
        let Some(head) = self.head(first, hyphen == 1, read) else {
            return self.age(next, read).or_else(|| self.group(next, read));
        };
        // `787s` is cut in two.
        let model = line.kind(head) == Some(TokenKind::Number);
        let name = if model { format!("{}s", line.text(head)) } else { line.text(head).to_owned() };
        let head = head + usize::from(model);
        Some((count(&name), line.end_before(head + 1)))
    }

    /// A large number without a noun: "up to 1.3 million from 900,000", "the total is 12,650". It counts what was counted
    /// last where the words compare, else just units of one.
    pub(super) fn bare(&self, at: usize, measure: &Measure) -> Option<(Unit, usize)> {
        let line = self.line;
        let text = line.text(at);
        let large = measure.read.scale >= Decimal::from(1_000)
            || text.contains(',') && measure.read.form == Form::Digits;
        let joined = |at: usize| line.is_dash(at) || line.is_any(at, &["/", "(", "#", "&"]);
        let code =
            at > 0 && (joined(at - 1) && line.glued(at)) || joined(measure.next) && line.glued(measure.next);
        // `4K`, `5500M`: a letter makes a name of it.
        let last = measure.next.saturating_sub(1);
        let letter = line.kind(last) == Some(TokenKind::Word) && line.text(last).len() == 1;
        if code || letter || measure.read.form == Form::Vague {
            return None;
        }
        let start = BOUNDS.english_before(line, at, false).map_or(at, |(_, start)| start);
        if let Some(known) = self.of_the_last(start, measure).or_else(|| self.of_the_subject(start, measure))
        {
            return Some((known, line.end_before(measure.next)));
        }
        if !large {
            return None;
        }
        let compares = start > 0 && line.is_any(start - 1, &["from", "to", "with", "than", "against"]);
        let last = self.counted.borrow();
        let unit = if compares && !last.is_empty() { count(&last) } else { count("1") };
        Some((unit, line.end_before(measure.next)))
    }

    /// "from 67 years in 2000 to 73", "38 planes in May, up from 31", "four more than in 2025", "of the 64 on board, 61
    /// survived": the number has the unit of the last figure.
    fn of_the_last(&self, start: usize, measure: &Measure) -> Option<Unit> {
        let line = self.line;
        let next = measure.next;
        let last = self.last.borrow();
        let last = last.as_ref().filter(|last| start >= last.next && start < last.next + 12)?;
        let count = last.unit.kind == QuantityKind::Count;
        let more = line.is_any(next, &["more", "fewer", "less"]) && line.is_word(next + 1, "than");
        if more && count {
            return Some(last.unit.clone());
        }
        let part = line.is_word(0, "of") && count && start > 0 && line.is(start - 1, ",");
        let deed = line.text(next).ends_with("ed") || WORDS.stops.has(line, next);
        if part && deed {
            return Some(last.unit.clone());
        }
        if !self.ends_phrase(next) {
            return None;
        }
        let before = start.checked_sub(1)?;
        let word = |at: usize, words: &[&str]| before >= at && line.is_any(before - at, words);
        let turned = word(1, &["up", "down"]);
        let follows = match line.lower(before)? {
            "from" => turned || matches!(last.opener, Some("to" | "by")),
            // "bringing its total to 274"
            "to" => last.opener == Some("from") || count && word(1, &["total", "number", "count", "tally"]),
            // "options for a further 40"
            "further" | "another" | "additional" | "including" => count,
            word if WORDS.harms.contains(word) => count,
            "of" => {
                word(1, &["instead"]) || count && word(1, &["increase", "decrease", "rise", "fall", "drop"])
            }
            "than" => word(1, &["rather"]),
            // "83 years for women and 78 for men"
            "and" => line.is_any(next, &["for", "in", "among"]) && line.is_word(last.next, line.text(next)),
            "against" | "versus" => count,
            "with" => count && before > 0 && line.is_word(before - 1, "compared"),
            _ => false,
        };
        follows.then(|| last.unit.clone())
    }

    /// "Homicides fell to 112", "the number of cases has climbed past 1,200": the number counts what the verb is about.
    fn of_the_subject(&self, start: usize, measure: &Measure) -> Option<Unit> {
        let line = self.line;
        if measure.read.low.scale() > 0 && measure.read.scale == Decimal::ONE
            || !self.ends_phrase(measure.next)
        {
            return None;
        }
        // "climbed past 1,200" bounds the number as a whole.
        let before = || (start.saturating_sub(3)..start).rev().find(|&at| WORDS.changes.has(line, at));
        let verb = if WORDS.changes.has(line, start) { start } else { before()? };
        if (verb + 1..start).any(|at| !line.is_any(at, &["to", "by", "at", "from", "steadily", "sharply"])) {
            return None;
        }
        let mut at = verb;
        while at > 0
            && (line.is_any(at - 1, &["has", "have", "had", "also", "then"])
                || line.text(at - 1).ends_with("ly"))
        {
            at -= 1;
        }
        // The subject of the number: "the death toll from the floods".
        let from = at.saturating_sub(7);
        if let Some(group) = (from..at).rev().find_map(|at| WORDS.counted_by.get(line.lower(at)?)) {
            return Some(count(group));
        }
        let noun = at.checked_sub(1)?;
        let base = line.is_word(noun, "base") && noun > 0;
        if base && line.kind(noun - 1) == Some(TokenKind::Word) {
            return Some(count(&format!("{}s", line.text(noun - 1))));
        }
        let counts = is_plural(line.text(noun)) && !WORDS.measured.has(line, noun);
        counts.then(|| count(&line.text(noun).to_lowercase()))
    }

    /// "from 12.41 to 15 euros": the first of two values has the unit of the second.
    pub(super) fn of_the_next(&self, at: usize, measure: &Measure) -> Option<(Unit, usize)> {
        let line = self.line;
        let from = self.opener(at, measure) == Some("from") && line.is_word(measure.next, "to");
        let second = self.measure(measure.next + 1).filter(|_| from)?;
        let (unit, _) = match second.unit {
            Some(unit) => (unit, 0),
            None => self.counted(second.next, &second.read)?,
        };
        Some((unit, line.end_before(measure.next)))
    }

    /// Whether no noun follows: the end, a sign or a word that ends a phrase.
    fn ends_phrase(&self, next: usize) -> bool {
        let line = self.line;
        match line.kind(next) {
            None => true,
            Some(TokenKind::Word) => WORDS.stops.has(line, next),
            Some(TokenKind::Sign) => line.is_any(next, &[",", ".", ";", ")", ":"]) && !line.glued(next + 1),
            Some(TokenKind::Number) => false,
        }
    }

    /// "12 of them": what was counted last.
    fn of_them(&self, of: usize) -> Option<(Unit, usize)> {
        let them = self.line.is_word(of, "of") && self.line.is_any(of + 1, &["them", "whom", "which"]);
        let last = self.counted.borrow();
        (them && !last.is_empty()).then(|| (count(&last), self.line.end_before(of)))
    }

    /// "4 dead", "more than 200 injured"
    fn casualties(&self, next: usize) -> Option<(Unit, usize)> {
        WORDS.casualties.has(self.line, next).then(|| (count("people"), self.line.end_before(next + 1)))
    }

    /// "children under 16", "aged 18 to 65": years of age.
    pub(super) fn age(&self, next: usize, read: &Numeral) -> Option<(Unit, usize)> {
        let line = self.line;
        let at = line.token_from(read.range.start);
        let plain = matches!(read.form, Form::Digits | Form::Words)
            && read.low.scale() == 0
            && read.low <= Decimal::from(110);
        let bound = at > 1
            && line.is_any(at - 1, &["under", "over", "above", "below"])
            && WORDS.aged.has(line, at - 2);
        // "children under five suffer"
        let young = bound && read.low < Decimal::from(20) && is_plural(line.text(at.saturating_sub(2)));
        let aged = at > 0 && line.is_word(at - 1, "aged")
            || at > 1 && line.is_word(at - 1, "of") && line.is_any(at - 2, &["age", "ages"]);
        let aged = aged || self.is_aside(at, next);
        let ends = aged || young || line.kind(next) != Some(TokenKind::Word) || WORDS.stops.has(line, next);
        let year = Unit { name: "a".into(), kind: QuantityKind::Duration, factor: Decimal::ONE };
        let other = line.is_any(next, &["%", ":", "-", "/"]);
        (plain && (bound || aged) && ends && !other).then(|| (year, line.end_before(next)))
    }

    /// "Ana Reyes, 45, said", "At 73, he is": an age stands apart.
    fn is_aside(&self, at: usize, next: usize) -> bool {
        let line = self.line;
        let capital = |at: usize| line.text(at).starts_with(|c: char| c.is_uppercase());
        let word = |at: usize| line.kind(at) == Some(TokenKind::Word);
        if !line.is(next, ",") || !word(next + 1) {
            return false;
        }
        let opens =
            at == 1 && line.is_word(0, "at") && (line.is_any(next + 1, &["he", "she"]) || capital(next + 1));
        let named = at > 1
            && line.is(at - 1, ",")
            && word(at - 2)
            && (capital(at - 2) && at > 2 && capital(at - 3) || WORDS.persons.has(line, at - 2));
        opens || named
    }

    /// "a crowd of 72,000"
    fn group(&self, next: usize, read: &Numeral) -> Option<(Unit, usize)> {
        let line = self.line;
        let at = line.token_from(read.range.start);
        let bound = BOUNDS.english_before(line, at, false).map_or(at, |(_, start)| start);
        let of = bound.checked_sub(1).filter(|&of| line.is_word(of, "of"))?;
        let group = of.checked_sub(1).filter(|&group| WORDS.groups.has(line, group))?;
        let ends = line.kind(next) != Some(TokenKind::Word) || WORDS.stops.has(line, next);
        ends.then(|| (count(line.text(group)), line.end_before(next)))
    }

    /// The first plural of the noun phrase, else its only word.
    pub(super) fn head(&self, first: usize, hyphen: bool, read: &Numeral) -> Option<usize> {
        let line = self.line;
        let mut end = first;
        while end < first + 7
            && (line.kind(end) == Some(TokenKind::Word)
                || end > first && line.is_dash(end) && line.glued(end)
                || self.is_model_number(first, end)
                || line.kind(end) == Some(TokenKind::Number) && self.is_dashed_model(end))
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
        if let Some(model) = (first + 1..end)
            .find(|&at| line.kind(at - 1) == Some(TokenKind::Number) && line.is(at, "s") && line.glued(at))
        {
            return Some(model - 1);
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
        // "One person died": what comes before the verb.
        let last =
            if one && line.text(end - 1).ends_with("ed") && end - first > 1 { end - 2 } else { end - 1 };
        (single && (end - first <= 2 || one))
            .then_some(last)
            .filter(|&at| word(at) && lower(&at) && self.is_countable(at))
    }

    /// `910C` in "200,000 Ascend 910C chips".
    pub(super) fn is_model_number(&self, first: usize, at: usize) -> bool {
        let line = self.line;
        let number = line.kind(at) == Some(TokenKind::Number) && line.text(at).len() <= 4;
        number && at > first && line.text(at - 1).starts_with(|c: char| c.is_uppercase())
    }

    /// `35` in "12 F-35 jets".
    fn is_dashed_model(&self, at: usize) -> bool {
        let line = self.line;
        at > 1
            && line.is_dash(at - 1)
            && line.glued(at)
            && line.glued(at - 1)
            && line.text(at - 2).starts_with(|c: char| c.is_uppercase())
    }

    pub(super) fn is_countable(&self, at: usize) -> bool {
        let text = self.line.text(at);
        text.len() > 1
            && !WORDS.adjectives.has(self.line, at)
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
        if line.is_dash(next) && line.glued(next) || line.is_dash(next + 1) && line.is_dash(next) {
            return None;
        }
        let follows = line.is_any(next, &["of", "the", "its", "their", "a", "an", "all"])
            || WORDS.stops.has(line, next)
            || next >= line.len()
            || line.kind(next) == Some(TokenKind::Sign)
            || line.is_any(
                next,
                &[
                    "stake", "share", "majority", "less", "more", "higher", "lower", "increase", "cut",
                    "interest", "drop", "fewer", "off", "faster", "larger", "bigger", "smaller", "cheaper",
                    "this", "last", "next",
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

fn count(name: &str) -> Unit {
    Unit { name: name.to_owned(), kind: QuantityKind::Count, factor: Decimal::ONE }
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
