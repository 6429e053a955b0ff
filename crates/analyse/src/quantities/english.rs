//! English figures.

use super::line::{Line, TokenKind};
use super::numeral::{Form, Numeral};
use super::numerals_en::{Read, Reading, numeral, vulgar};
use super::units::{BOUNDS, UNITS, Unit};
use super::{Found, is_masked};
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;
use std::ops::Range;

/// Words that end a noun phrase: what is counted stands before them.
const STOPS: &[&str] = &[
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "from",
    "by",
    "with",
    "and",
    "or",
    "but",
    "that",
    "which",
    "who",
    "whom",
    "whose",
    "as",
    "than",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "has",
    "have",
    "had",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "must",
    "should",
    "shall",
    "do",
    "does",
    "did",
    "not",
    "into",
    "onto",
    "over",
    "under",
    "between",
    "through",
    "during",
    "after",
    "before",
    "since",
    "until",
    "till",
    "per",
    "a",
    "an",
    "the",
    "this",
    "these",
    "those",
    "its",
    "their",
    "his",
    "her",
    "our",
    "my",
    "your",
    "it",
    "they",
    "he",
    "she",
    "we",
    "you",
    "i",
    "if",
    "when",
    "while",
    "where",
    "because",
    "so",
    "via",
    "against",
    "last",
    "next",
    "below",
    "above",
    "earlier",
    "yesterday",
    "today",
    "tomorrow",
    "ahead",
    "away",
    "instead",
    "already",
    "still",
    "just",
    "even",
    "too",
    "again",
    "both",
    "either",
    "once",
    "went",
    "goes",
    "go",
    "came",
    "fail",
    "fails",
    "failed",
    "disagreed",
    "agreed",
    "want",
    "wanted",
    "believe",
    "believed",
    "think",
    "must",
    "among",
    "amid",
    "about",
    "around",
    "within",
    "without",
    "across",
    "up",
    "down",
    "out",
    "off",
    "each",
    "every",
    "all",
    "said",
    "says",
    "say",
    "made",
    "worth",
    "using",
    "including",
    "compared",
    "versus",
    "vs",
    "ago",
    "later",
    "earlier",
    "now",
    "then",
    "there",
    "also",
    "only",
    "respectively",
    "annually",
    "daily",
];

/// Words that may stand between a number and its unit.
const BETWEEN: &[&str] = &[
    "more",
    "additional",
    "extra",
    "further",
    "straight",
    "consecutive",
    "full",
    "whole",
    "long",
    "other",
    "new",
    "successive",
];

/// Words before a number that make it a label.
const LABELS: &[&str] = &[
    "section",
    "article",
    "chapter",
    "part",
    "title",
    "rule",
    "figure",
    "table",
    "page",
    "phase",
    "level",
    "tier",
    "type",
    "model",
    "version",
    "annex",
    "appendix",
    "resolution",
    "flight",
    "route",
    "highway",
    "room",
    "no",
    "nos",
    "number",
    "item",
    "paragraph",
    "para",
    "clause",
    "schedule",
    "order",
    "act",
    "law",
    "docket",
    "code",
    "gate",
    "line",
    "pier",
    "step",
    "stage",
    "category",
    "class",
    "grade",
    "block",
    "lot",
    "unit",
    "vol",
    "volume",
    "issue",
    "ep",
    "episode",
    "season",
    "day",
    "week",
    "part",
];

/// The figures of a sentence.
pub fn figures(sentence: &str, masked: &[Range<usize>]) -> Vec<Found> {
    read(sentence, masked, false)
}

/// The figures of a sentence in which every length of time counts: "an hour", "another week", "all day".
pub fn lengths(sentence: &str) -> Vec<Found> {
    read(sentence, &[], true)
}

fn read(sentence: &str, masked: &[Range<usize>], lengths: bool) -> Vec<Found> {
    let line = Line::new(sentence);
    let reader = Reader {
        line: &line,
        masked,
        headline: headline(&line),
        capital: line.text(0),
        consumed: Default::default(),
        lengths,
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        at = match reader.figure(at) {
            Some((figures, next)) => {
                reader.consumed.set(if figures.is_empty() { 0 } else { next });
                found.extend(figures);
                next.max(at + 1)
            }
            None => at + 1,
        };
    }
    found
}

/// Every number of a sentence.
pub fn numbers(sentence: &str) -> Vec<Numeral> {
    let line = Line::new(sentence);
    let reading = Reading { money: false, bare: true };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < line.len() {
        if let Some(read) = super::power::power(sentence, line.start(at))
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
            .map(|read| ratio(&line, read));
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
fn ratio(line: &Line, (read, next): Read) -> Read {
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
    match super::numeral::fraction(read.low, base.low) {
        Some(value) if proper => {
            (Numeral::exact(read.range.start..base.range.end, value, Form::Fraction), after)
        }
        _ => (read, next),
    }
}

/// A bare number is no pronoun ("the one", "one you mentioned") and carries no unit of its own (`180ml`).
fn is_bare_number(line: &Line, at: usize, next: usize) -> bool {
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

/// Most words of a headline begin with a capital, so capitals say nothing there.
fn headline(line: &Line) -> bool {
    let words = (0..line.len()).filter(|&i| line.kind(i) == Some(TokenKind::Word) && line.text(i).len() > 3);
    let (mut all, mut capitals) = (0, 0);
    for at in words {
        all += 1;
        capitals += usize::from(line.text(at).starts_with(|c: char| c.is_uppercase()));
    }
    capitals * 3 > all * 2
}

struct Reader<'l, 'a> {
    line: &'l Line<'a>,
    masked: &'l [Range<usize>],
    headline: bool,
    capital: &'a str,
    /// Tokens before this one belong to figures already.
    consumed: std::cell::Cell<usize>,
    /// Whether "an hour" is a figure.
    lengths: bool,
}

/// A number with its unit.
struct Measure {
    read: Numeral,
    unit: Option<Unit>,
    /// First byte, with a sign before the number.
    start: usize,
    /// Token after it.
    next: usize,
}

impl Reader<'_, '_> {
    fn figure(&self, at: usize) -> Option<(Vec<Found>, usize)> {
        if at == 0
            && let Some(share) = self.inverted_percent()
        {
            return Some(share);
        }
        if !self.may_begin(at) {
            return None;
        }
        if let Some(multiple) = self.multiple(at) {
            return Some(multiple);
        }
        if let Some(ratio) = self.ratio(at) {
            return Some(ratio);
        }
        let first = self.measure(at)?;
        if is_masked(self.masked, &(first.start..self.line.end_before(first.next)))
            || self.is_label(at, &first)
        {
            return Some((Vec::new(), first.next));
        }
        if let Some((low, high)) = self.range(at, &first) {
            let next = high.next;
            return Some((self.ranged(at, low, high).into_iter().collect(), next));
        }
        let next = first.next;
        let (found, after) = self.single(at, first)?;
        Some((found.into_iter().collect(), after.max(next)))
    }

    /// Whether a figure can begin at a token. Letters decide for words: number words and multiples begin with these.
    fn may_begin(&self, at: usize) -> bool {
        match self.line.kind(at) {
            Some(TokenKind::Number) => true,
            Some(TokenKind::Sign) => matches!(self.line.text(at), "-" | "−"),
            Some(TokenKind::Word) => {
                let first = self.line.text(at).as_bytes().first().map_or(0, u8::to_ascii_lowercase);
                b"abcdefhmnoqstwz".contains(&first) && self.line.text(at).len() <= 13
            }
            None => false,
        }
    }

    /// "one in five", "3 out of 10 workers": a share, as a fraction is.
    fn ratio(&self, at: usize) -> Option<(Vec<Found>, usize)> {
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
        let value = super::numeral::fraction(count.low, base.low)?;
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
    fn inverted_percent(&self) -> Option<(Vec<Found>, usize)> {
        let line = self.line;
        let (unit, next) =
            UNITS.english_at(line, 0).filter(|(u, n)| u.name == "percent" && line.is_word(*n, "of"))?;
        let (read, end) =
            numeral(line, next + 1, Reading::default()).filter(|(_, end)| *end == line.len())?;
        let found = Found::bounded(0..line.end_before(end), unit, &read, Comparator::Exact)?;
        Some((vec![found], end))
    }

    /// A number with what belongs to it: money sign before, unit after.
    fn measure(&self, at: usize) -> Option<Measure> {
        let line = self.line;
        if let Some(length) = self.article_length(at) {
            return Some(length);
        }
        if line.is_any(at, &["one"]) && self.is_pronoun(at) {
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
        }
        Some(measure)
    }

    /// "$10 dollars", "$1.2-billion".
    fn after_sign(&self, measure: &mut Measure) {
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
    fn article_length(&self, at: usize) -> Option<Measure> {
        let line = self.line;
        let (value, place) = match line.text(at) {
            _ if line.is_any(at, &["a", "an"]) && line.is_word(at + 1, "couple") && self.lengths => {
                (2, at + 2 + usize::from(line.is_word(at + 2, "of")))
            }
            _ if line.is_word(at, "couple") && self.lengths => {
                (2, at + 1 + usize::from(line.is_word(at + 1, "of")))
            }
            _ if line.is_any(at, &["a", "an"])
                && line.is_any(at + 1, &["few", "several"])
                && self.lengths =>
            {
                (3, at + 2)
            }
            _ if line.is_any(at, &["few", "several", "some"]) && self.lengths => (3, at + 1),
            _ if line.is_any(at, &["all", "full", "whole", "another"]) && self.lengths => {
                (1, at + 1 + usize::from(line.is_dash(at + 1)))
            }
            _ if line.is_any(at, &["a", "an"]) => (1, at + 1),
            _ => return None,
        };
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
        if !(self.lengths || half || bound && !comparison) {
            return None;
        }
        let read = Numeral::exact(line.start(at)..line.end_before(next), Decimal::from(value), Form::Words);
        Some(Measure { start: line.start(at), read, unit: Some(unit), next })
    }

    /// The sign or code just before the number at token `at`.
    fn money_sign(&self, at: usize) -> Option<(Unit, usize)> {
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
    fn whose(&self, unit: Unit, _before: &str) -> Unit {
        let japan = unit.name == "CNY"
            && self.line.source().contains('¥')
            && ["Japan", "Tokyo", "yen", "Yen"].iter().any(|w| self.line.source().contains(w));
        match UNITS.code("JPY") {
            Some(yen) if japan => yen.clone(),
            _ => unit,
        }
    }

    /// The unit at `next`, perhaps after a hyphen or a word such as "more".
    fn unit_after(&self, next: usize, read: &mut Numeral) -> Option<(Unit, usize)> {
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
        let of = usize::from(
            line.is_word(place, "of")
                && matches!(read.form, Form::Vague | Form::Words)
                && read.form == Form::Vague,
        );
        let skipped = usize::from(of == 0 && line.is_any(place, BETWEEN) && !hyphen);
        // "half an hour", "a quarter of a mile"
        let share = usize::from(line.is_word(place, "of") && read.form == Form::Fraction);
        if read.form == Form::Fraction
            && line.is_any(place + share, &["a", "an"])
            && let Some((unit, after)) = UNITS.english_at(line, place + share + 1)
            && unit.kind != QuantityKind::Money
            && unit.name != "percent"
        {
            return Some((unit.clone(), after));
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
    fn chinese_unit(&self, at: usize) -> Option<(Unit, usize)> {
        let text = self.line.get(at).filter(|t| t.starts_with(crate::passage::is_han))?;
        let (unit, length) = match UNITS.chinese_at(text) {
            Some((unit, length)) => (unit, length),
            None => (UNITS.code("CNY").filter(|_| text.starts_with('元'))?, '元'.len_utf8()),
        };
        (length == text.len()).then(|| (unit.clone(), at + 1))
    }

    fn sign_after(&self, at: usize) -> Option<(Unit, usize)> {
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
    fn fits(&self, unit: &Unit, at: usize, after: usize, read: &Numeral) -> bool {
        let line = self.line;
        let text = line.text(at);
        let one = read.is_exact() && read.low == Decimal::ONE;
        match text {
            "pound" | "pounds" if line.is_any(after, &["of"]) || line.is_word(after, "heavy") => false,
            "mark" | "real" | "won" | "sol" | "rand" if !self.plain_number(read) => false,
            "won" => !line.is_any(after, &["the", "a", "in", "by", "their", "his", "an", "at"]),
            "mu" | "x" | "h" | "g" | "pp" | "bp" | "jin" if read.form != Form::Digits => false,
            "second" => one || read.form == Form::Digits,
            "mark" | "real" => one || line.glued(at),
            "W" | "V" => line.glued(at) || line.start(at) - line.end_before(at) <= 1,
            "point" | "points" => one || !line.is_word(after, "of"),
            "x" => line.glued(at),
            "hp" => read.form == Form::Digits,
            "quarters" => {
                read.form != Form::Fraction && read.low != Decimal::from(3)
                    || line.is_any(at, &["consecutive"])
            }
            _ => unit.kind != QuantityKind::Computing || text != "parameter",
        }
    }

    fn plain_number(&self, read: &Numeral) -> bool {
        read.low >= Decimal::ONE
    }

    /// "3 dollars 50 cents", "thirteen dollars and forty-five", "15 dollars 50".
    fn minor_part(&self, measure: &mut Measure) {
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
    fn is_pronoun(&self, at: usize) -> bool {
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

    /// A number that names rather than counts: Section 301, No. 5, 10:30, 9 a.m., 3rd.
    fn is_label(&self, at: usize, measure: &Measure) -> bool {
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
        if clock || ordinal || code {
            return true;
        }
        let before = if at > 1 && line.is(at - 1, ".") { at - 2 } else { at.wrapping_sub(1) };
        let counted =
            measure.unit.is_none() && measure.read.scale == Decimal::ONE && measure.read.form == Form::Digits;
        let label =
            line.is_any(before, LABELS) && (measure.unit.is_none() || line.is(at.wrapping_sub(1), "."));
        counted && (label || self.follows_name(at, measure))
    }

    /// `Boeing 737 jets`, `Fortune 500 companies`: a number after a capitalised word inside a sentence.
    fn follows_name(&self, at: usize, measure: &Measure) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let word = self.line.text(before);
        let capital = word.starts_with(|c: char| c.is_uppercase()) && word != self.capital && word.len() > 1;
        capital
            && !self.headline
            && measure.read.low < Decimal::from(10_000)
            && !self.line.text(at).contains(',')
    }

    /// The second half of a range after `first`, if there is one.
    fn range(&self, at: usize, first: &Measure) -> Option<(Measure, Measure)> {
        let line = self.line;
        let between = at > 0 && self.opener(at, first) == Some("between");
        let join = first.next;
        let joined = line.is_dash(join)
            || line.is_any(join, &["to", "through", "~", "～"])
            || (between && line.is_word(join, "and"))
            || line.is_word(join, "or");
        if !joined || first.read.form == Form::Vague {
            return None;
        }
        let second_at = self.second_number(join + 1)?;
        let second = self.measure(second_at)?;
        if is_masked(self.masked, &(second.start..line.end_before(second.next)))
            || second.start < line.start(join)
        {
            return None;
        }
        let same = match (&first.unit, &second.unit) {
            (Some(a), Some(b)) => a.name == b.name && a.factor == b.factor,
            (Some(a), None) => a.kind == QuantityKind::Money && first.start < first.read.range.start,
            _ => true,
        };
        let mut low = Measure { read: first.read.clone(), unit: first.unit.clone(), ..*first };
        low.read.borrow_scale(&second.read);
        let rises = low.read.high < second.read.low;
        let change = line.is_word(join, "to") && !between && self.is_change(at, first);
        let choice = line.is_word(join, "or")
            && !(first.unit.is_none()
                && second.read.low.checked_sub(low.read.high).is_some_and(|gap| gap <= Decimal::TEN));
        (same && rises && !change && !choice).then_some((low, second))
    }

    /// The token of the number after a range's joining word, past a money sign.
    fn second_number(&self, at: usize) -> Option<usize> {
        (at..at + 4)
            .find(|&i| {
                self.line.kind(i) == Some(TokenKind::Number)
                    || self.line.kind(i) == Some(TokenKind::Word)
                        && numeral(self.line, i, Reading::default()).is_some()
            })
            .filter(|&i| {
                i == at
                    || (at..i).all(|k| {
                        UNITS.code(self.line.text(k)).is_some()
                            || self.line.kind(k) == Some(TokenKind::Sign)
                                && !matches!(self.line.text(k), "," | "." | "(" | "/")
                            || self.line.glued(i)
                    })
            })
    }

    /// The word before a figure (and its money sign).
    fn opener(&self, at: usize, first: &Measure) -> Option<&'static str> {
        let token = self.line.token_from(first.start).min(at);
        let before = token.checked_sub(1)?;
        ["between", "from"].into_iter().find(|w| self.line.is_word(before, w))
    }

    /// "rose from 5% to 10%" and "raised 5% to 10%" state two values, no span.
    fn is_change(&self, at: usize, first: &Measure) -> bool {
        const CHANGES: &[&str] = &[
            "rose",
            "rise",
            "rises",
            "risen",
            "rising",
            "fell",
            "fall",
            "falls",
            "fallen",
            "falling",
            "grew",
            "grow",
            "grown",
            "growing",
            "increased",
            "increase",
            "increases",
            "increasing",
            "cut",
            "cuts",
            "cutting",
            "raised",
            "raise",
            "raises",
            "raising",
            "lowered",
            "lower",
            "lowering",
            "dropped",
            "drop",
            "drops",
            "jumped",
            "jump",
            "climbed",
            "climb",
            "declined",
            "decline",
            "expanded",
            "expand",
            "reduced",
            "reduce",
            "reducing",
            "narrowed",
            "widened",
            "slowed",
            "moved",
            "changed",
            "went",
            "gone",
            "shrank",
            "soared",
            "surged",
            "plunged",
            "slid",
            "slipped",
            "up",
            "down",
            "gained",
            "doubled",
            "upgraded",
            "boosted",
            "hiked",
            "slashed",
            "edged",
            "accelerated",
        ];
        let from = self.opener(at, first) == Some("from");
        let start = self.line.token_from(first.start).min(at);
        let reach = if from { 8 } else { 1 };
        let verb = (start.saturating_sub(reach)..start).any(|i| self.line.is_any(i, CHANGES));
        verb && (from || first.unit.is_some())
    }

    fn ranged(&self, at: usize, low: Measure, high: Measure) -> Option<Found> {
        let unit = self.range_unit(&low, &high)?;
        let (unit, end) = unit;
        let read = Numeral { low: low.read.low, high: high.read.high, more: false, ..low.read.clone() };
        let opener = self.opener(at, &low).map(|_| self.line.start(self.line.token_from(low.start) - 1));
        let start = opener.filter(|_| true).unwrap_or(low.start);
        let first = self.line.token_from(low.start);
        let found =
            Found::bounded(low.start.min(start.max(low.start))..end, &unit, &read, Comparator::Range)?;
        Some(self.finish(found, self.line.token_from(end), first))
    }

    fn range_unit(&self, low: &Measure, high: &Measure) -> Option<(Unit, usize)> {
        if let Some(unit) = high.unit.as_ref().or(low.unit.as_ref()) {
            return Some((unit.clone(), self.line.end_before(high.next)));
        }
        let (unit, end) = self.counted(high.next, &high.read)?;
        Some((unit, end))
    }

    fn single(&self, at: usize, measure: Measure) -> Option<(Option<Found>, usize)> {
        let line = self.line;
        let (unit, end) = match &measure.unit {
            Some(unit) => (unit.clone(), line.end_before(measure.next)),
            None => match self.counted(measure.next, &measure.read) {
                Some(counted) => counted,
                None => return Some((None, measure.next)),
            },
        };
        let next = line.token_from(end);
        let mut read = measure.read.clone();
        let next = self.and_a_half(&unit, &mut read, next);
        let start = line.token_from(measure.start).min(at);
        let duration = unit.kind == QuantityKind::Duration;
        let (comparator, begin, next) = self.bound(start, next, measure.next, duration);
        let range = begin.unwrap_or(measure.start)..line.end_before(next).max(end);
        let found = Found::bounded(range, &unit, &read, comparator)?;
        Some((Some(self.finish(found, next, start)), next))
    }

    /// "an hour and a half", "two years and a half".
    fn and_a_half(&self, unit: &Unit, read: &mut Numeral, next: usize) -> usize {
        let line = self.line;
        if unit.kind != QuantityKind::Duration || !line.is_word(next, "and") {
            return next;
        }
        let half = next + 1 + usize::from(line.is_word(next + 1, "a"));
        if !line.is_word(half, "half") {
            return next;
        }
        let add = Decimal::new(5, 1);
        if let (Some(low), Some(high)) = (read.low.checked_add(add), read.high.checked_add(add)) {
            (read.low, read.high) = (low, high);
        }
        half + 1
    }

    /// The words that bound a figure, before it or after it.
    fn bound(
        &self,
        start: usize,
        next: usize,
        number_end: usize,
        duration: bool,
    ) -> (Comparator, Option<usize>, usize) {
        let line = self.line;
        let article = usize::from(start > 0 && line.is_any(start - 1, &["a", "an", "the"]) && start > 1);
        let before = BOUNDS.english_before(line, start, duration).or_else(|| {
            (article == 1)
                .then(|| BOUNDS.english_before(line, start - 1, duration))
                .flatten()
                .filter(|_| true)
        });
        if let Some((is, token)) = before {
            return (is, Some(line.start(token)), next);
        }
        if let Some((is, after)) = BOUNDS
            .english_after(line, next)
            .or_else(|| BOUNDS.english_after(line, number_end).filter(|(_, a)| *a <= next))
        {
            return (is, None, after.max(next));
        }
        (Comparator::Exact, None, next)
    }

    /// Rate and scope.
    fn finish(&self, mut found: Found, next: usize, start: usize) -> Found {
        found.per = self.per(next, &found);
        if found.kind == QuantityKind::Percent {
            found.scope = self.scope(next);
        }
        let capacity = start >= 3
            && self.line.is_word(start - 1, "of")
            && self.line.is_any(start - 3, &["annual", "yearly"])
            && self.line.is_any(
                start - 2,
                &["capacity", "output", "production", "sales", "shipments", "supply", "quota", "demand"],
            );
        if capacity && found.per.is_none() {
            found.per = Some("a".into());
        }
        found
    }

    fn per(&self, next: usize, found: &Found) -> Option<String> {
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
            return None;
        }
        if line.is_word(at + 1, "annum") {
            return Some("a".into());
        }
        let at = at + 1 + usize::from(line.is_dash(at + 1));
        // "$1.1bn a year earlier" compares; it is no rate.
        if article
            && line.is_any(
                at + 1,
                &["earlier", "ago", "before", "later", "after", "prior", "previously", "from", "since", "to"],
            )
        {
            return None;
        }
        if let Some((unit, _)) = UNITS.english_at(line, at).filter(|(u, _)| u.kind != QuantityKind::Money) {
            let spans_itself = found.kind == QuantityKind::Duration && article;
            let plain_time = unit.factor == Decimal::ONE
                && (slash
                    || unit.kind == QuantityKind::Duration
                    || matches!(unit.name.as_str(), "[bbl_us]" | "t" | "kg" | "[oz_av]"));
            return (plain_time && !spans_itself).then(|| unit.name.clone());
        }
        let thing = line.text(at);
        let known = [
            "share",
            "head",
            "capita",
            "person",
            "unit",
            "chip",
            "piece",
            "vehicle",
            "car",
            "household",
            "user",
            "employee",
            "token",
            "wafer",
            "student",
            "child",
            "barrel",
            "worker",
            "shipment",
            "item",
            "violation",
        ];
        let named = line.kind(at) == Some(TokenKind::Word)
            && (slash && thing.chars().all(char::is_lowercase)
                || known.iter().any(|w| thing.eq_ignore_ascii_case(w)));
        named.then(|| thing.to_lowercase())
    }

    /// "80% of the chips": the noun phrase after "of".
    fn scope(&self, next: usize) -> Option<Range<usize>> {
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
        {
            first += 1;
        }
        self.phrase(first)
    }

    /// "80 percent domestic chips".
    fn adjoining(&self, next: usize) -> Option<Range<usize>> {
        const NOT_NOUNS: &[&str] = &[
            "fewer",
            "share",
            "off",
            "interest",
            "level",
            "chance",
            "rate",
            "duty",
            "duties",
            "tax",
            "levy",
            "fee",
            "discount",
            "faster",
            "better",
            "of",
            "larger",
            "bigger",
            "smaller",
            "cheaper",
            "quicker",
            "higher",
            "lower",
            "more",
            "less",
            "year",
            "last",
            "this",
            "next",
            "yesterday",
            "today",
            "stake",
            "tariff",
            "tariffs",
            "increase",
            "decline",
            "rise",
            "drop",
            "growth",
            "gain",
            "cut",
            "fall",
        ];
        if self.line.is_any(next, NOT_NOUNS)
            || self.line.is_any(next, STOPS)
            || self.line.text(next).ends_with("ly")
        {
            return None;
        }
        self.phrase(next)
    }

    fn phrase(&self, first: usize) -> Option<Range<usize>> {
        let line = self.line;
        let mut end = first;
        while end < first + 6
            && (line.kind(end) == Some(TokenKind::Word) || line.is_dash(end))
            && !line.is_any(end, STOPS)
        {
            end += 1;
        }
        (end > first).then(|| line.start(first)..line.end_before(end))
    }

    /// What is counted: the head of the noun phrase after the number.
    fn counted(&self, next: usize, read: &Numeral) -> Option<(Unit, usize)> {
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
    fn head(&self, first: usize, hyphen: bool, read: &Numeral) -> Option<usize> {
        let line = self.line;
        let mut end = first;
        while end < first + 7
            && (line.kind(end) == Some(TokenKind::Word)
                || end > first && line.is_dash(end) && line.glued(end)
                || self.is_model_number(first, end))
            && !line.is_any(end, STOPS)
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
                .filter(|&at| is_plural(line.text(at)) && lower(&at) && is_noun_joint(line.text(plural)));
            return Some(more.unwrap_or(plural));
        }
        let single = one || read.scale > Decimal::ONE || read.form == Form::Digits;
        (single && (end - first <= 2 || one))
            .then(|| end - 1)
            .filter(|&at| word(at) && lower(&at) && self.is_countable(at))
    }

    /// `910C` in "200,000 Ascend 910C chips".
    fn is_model_number(&self, first: usize, at: usize) -> bool {
        let line = self.line;
        let number = line.kind(at) == Some(TokenKind::Number) && line.text(at).len() <= 4;
        number && at > first && line.text(at - 1).starts_with(|c: char| c.is_uppercase())
    }

    fn is_countable(&self, at: usize) -> bool {
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
    fn share(&self, next: usize) -> Option<(Unit, usize)> {
        let line = self.line;
        let follows = line.is_any(next, &["of", "the", "its", "their", "a", "an", "all"])
            || line.is_any(next, STOPS)
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

    /// "doubled", "tenfold", "halved", "twice": a figure in one word.
    fn multiple(&self, at: usize) -> Option<(Vec<Found>, usize)> {
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

fn match_multiple(text: &str) -> Option<(Decimal, &'static str, QuantityKind)> {
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

/// Plurals that are also a first part: "sales staff", "arms makers".
fn is_noun_joint(text: &str) -> bool {
    [
        "arms",
        "sales",
        "goods",
        "sports",
        "systems",
        "electronics",
        "semiconductors",
        "states",
        "communications",
        "services",
        "materials",
    ]
    .contains(&text.to_ascii_lowercase().as_str())
}

fn is_plural(text: &str) -> bool {
    const IRREGULAR: &[&str] = &[
        "people",
        "men",
        "women",
        "children",
        "staff",
        "personnel",
        "aircraft",
        "police",
        "troops",
        "data",
        "lawmakers",
        "countries",
        "feet",
        "spacecraft",
        "criteria",
        "teeth",
        "sheep",
        "cattle",
    ];
    let lower = text.to_ascii_lowercase();
    IRREGULAR.contains(&lower.as_str())
        || lower.len() > 2
            && lower.ends_with('s')
            && !["ss", "us", "is", "ous"].iter().any(|end| lower.ends_with(end))
            && lower.is_ascii()
            && !["this", "its", "has", "was", "does", "says", "as"].contains(&lower.as_str())
}

fn scale_word(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let value: u64 = match line.text(at) {
        t if t.eq_ignore_ascii_case("thousand") => 1_000,
        t if t.eq_ignore_ascii_case("million") || t == "mn" => 1_000_000,
        t if t.eq_ignore_ascii_case("billion") || t == "bn" => 1_000_000_000,
        t if t.eq_ignore_ascii_case("trillion") || t == "tn" => 1_000_000_000_000,
        _ => return None,
    };
    Some((value.into(), at + 1))
}
