//! Quarters, halves, seasons, and early, mid and late.

use super::super::Sort;
use super::super::calendar::{When, full_year};
use super::ordinals::ordinal_words;
use super::words::WORDS;
use super::{Read, Reader};

impl Reader<'_, '_> {
    /// A year by number or by "this year".
    pub(super) fn some_year(&self, at: usize) -> Option<(i16, usize)> {
        let of = usize::from(self.line.is_any(at, &["of", "in", ","]));
        let the = usize::from(self.line.is_word(at + of, "the"));
        if let Some(by) =
            self.relative_word(at + of + the).filter(|_| self.line.is_word(at + of + the + 1, "year"))
        {
            return Some((self.day.year().checked_add(by as i16)?, at + of + the + 2));
        }
        if the == 1 && self.line.is_word(at + of + 1, "year") {
            return Some((self.day.year(), at + of + 2));
        }
        self.year(at + of)
    }

    /// Quarters, halves and seasons.
    pub(super) fn part_of_year(&self, at: usize) -> Option<Read> {
        let line = self.line;
        if let Some(code) = self.part_code(at) {
            return Some(code);
        }
        // "2016 Q3", "2016 the third quarter"
        if let Some((year, next)) = self.year(at) {
            if let Some((half, end)) = self.half_code(next) {
                return self.done(Some(When::Half(year, half)), at, end, Sort::Period, true);
            }
            if let Some(Read { when, next: end, .. }) =
                self.part_code(next).or_else(|| self.part_in_words(next)).filter(|r| !r.complete)
            {
                let when = match when {
                    When::Quarter(_, q) => When::Quarter(year, q),
                    When::Half(_, h) => When::Half(year, h),
                    _ => return None,
                };
                return self.done(Some(when), at, end, Sort::Period, true);
            }
            if let Some((month, end)) = self.month(next + usize::from(line.is(next, ","))) {
                return self.done(Some(When::Month(year, month)), at, end, Sort::Period, true);
            }
        }
        self.first_of_year(at)
            .or_else(|| self.part_in_words(at))
            .or_else(|| self.part_of_named_year(at))
            .or_else(|| self.season(at))
    }

    /// "next year's third quarter", "2025's first half"
    fn part_of_named_year(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let (year, next, complete) = match self.relative_word(at).filter(|_| line.is_word(at + 1, "year")) {
            Some(by) => (self.day.year().checked_add(by as i16)?, at + 2, false),
            None => self.year(at).map(|(year, next)| (year, next, true))?,
        };
        let possessive = line.is_any(next, &["'", "’"]) && line.is(next + 1, "s");
        let part = possessive.then(|| self.part_in_words(next + 2))??;
        let when = match part.when {
            When::Quarter(_, n) => When::Quarter(year, n),
            When::Half(_, n) => When::Half(year, n),
            _ => return None,
        };
        self.done(Some(when), at, part.next, Sort::Period, complete)
    }

    /// "the first nine months of 2026", "first three quarters"
    pub(super) fn first_of_year(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        if !line.is_word(at + the, "first") {
            return None;
        }
        let (n, next) = self.count(at + the + 1)?;
        let year_of = |end: usize| {
            self.some_year(end)
                .map_or((self.day.year(), end, false), |(y, e)| (y, e, self.year(e - 1).is_some()))
        };
        let (year, end, complete) = year_of(next + 1);
        let n = i8::try_from(n).ok()?;
        let when = if line.is_word(next, "months") && (2..12).contains(&n) {
            When::Span(When::Month(year, 1).into(), When::Month(year, n).into())
        } else if line.is_word(next, "quarters") && (2..4).contains(&n) {
            When::Span(When::Quarter(year, 1).into(), When::Quarter(year, n).into())
        } else {
            return None;
        };
        let other = end == next + 1 && line.is_any(end, &["of", "after", "in"]);
        (!other).then_some(Read { when, start: at, next: end, sort: Sort::Period, complete })
    }

    pub(super) fn half_code(&self, at: usize) -> Option<(i8, usize)> {
        let half = if self.line.is_word(at, "H1") {
            1
        } else if self.line.is_word(at, "H2") {
            2
        } else {
            return None;
        };
        Some((half, at + 1))
    }

    /// Q3, H1, 1Q26 with the year after it.
    pub(super) fn part_code(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let word = line.lower(at)?;
        let mut chars = word.chars();
        let (letter, number) = (chars.next()?, chars.next()?.to_digit(10)? as i8);
        let rest = chars.as_str();
        let short_year = rest.strip_prefix(['\'', '-']).unwrap_or(rest).parse::<i16>().ok();
        if !(rest.is_empty() || short_year.is_some()) {
            return None;
        }
        let make = |year: i16| match letter {
            'q' if (1..=4).contains(&number) => Some(When::Quarter(year, number)),
            'h' if (1..=2).contains(&number) => Some(When::Half(year, number)),
            _ => None,
        };
        make(2000)?;
        if let Some(year) = short_year.filter(|y| *y >= 10) {
            return self.done(make(full_year(year, self.day)), at, at + 1, Sort::Period, true);
        }
        if let Some((year, next)) = self.some_year(at + 1) {
            let complete = self.year(next - 1).is_some();
            return self.done(make(year), at, next, Sort::Period, complete);
        }
        if letter == 'h' {
            return None;
        }
        let year = self.day.year();
        let ahead = make(year)?.first()? > self.day && !self.now().future;
        self.done(make(if ahead { year - 1 } else { year }), at, at + 1, Sort::Period, false)
    }

    /// "the third quarter of 2016", "first half of this year", "fourth quarter"
    pub(super) fn part_in_words(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let (n, mut next) = ordinal_words(line, at + the)
            .or_else(|| self.day_number(at + the).filter(|(_, n)| *n == at + the + 2))?;
        next += usize::from(line.is_dash(next));
        let quarter = line.is_word(next, "quarter") && (1..=4).contains(&n);
        let half = line.is_word(next, "half") && (1..=2).contains(&n);
        if !(quarter || half) {
            return None;
        }
        let make = |year| if quarter { When::Quarter(year, n) } else { When::Half(year, n) };
        if let Some((year, end)) = self.some_year(next + 1) {
            let complete = self.year(end - 1).is_some();
            return self.done(Some(make(year)), at, end, Sort::Period, complete);
        }
        if self.speaks_of_a_game(at) {
            return None;
        }
        if half && !line.is_any(next + 1, &["of"]) && self.line.is_any(next + 1, &["and"]) {
            return None;
        }
        if half && (line.is_word(next + 1, "of")) {
            return None;
        }
        let year = self.day.year();
        let ahead = make(year).first()? > self.day && !self.now().future;
        self.done(Some(make(if ahead { year - 1 } else { year })), at, next + 1, Sort::Period, false)
    }

    /// Whether the words around tell of a game, which has halves and quarters of its own.
    fn speaks_of_a_game(&self, at: usize) -> bool {
        (at.saturating_sub(40)..at + 40)
            .any(|at| self.line.lower(at).is_some_and(|word| WORDS.games.contains(word)))
    }

    pub(super) fn season(&self, at: usize) -> Option<Read> {
        let line = self.line;
        let the = usize::from(line.is_word(at, "the"));
        let mid = usize::from(line.is_any(at + the, &["mid", "early", "late"]))
            + usize::from(line.is_dash(at + the + 1));
        let by = self.relative_word(at + the + mid);
        let place = at + the + mid + usize::from(by.is_some());
        let season = match line.text(place) {
            _ if line.is_word(place, "spring") => 1,
            _ if line.is_word(place, "summer") => 2,
            _ if line.is_any(place, &["autumn"])
                || line.is_word(place, "fall")
                    && (by.is_some() || the == 1 && self.some_year(place + 1).is_some()) =>
            {
                3
            }
            _ if line.is_word(place, "winter") => 4,
            _ => return None,
        };
        if let Some(by) = by {
            return self.done(
                Some(When::Season(self.day.year().checked_add(by as i16)?, season)),
                at,
                place + 1,
                Sort::Period,
                false,
            );
        }
        let (year, end) = self.some_year(place + 1)?;
        self.done(Some(When::Season(year, season)), at, end, Sort::Period, self.year(end - 1).is_some())
    }

    /// early, late, mid-, beginning of, end of
    pub(super) fn part_word(&self, at: usize) -> (PartOf, usize) {
        let line = self.line;
        let place = at + usize::from(line.is_word(at, "the"));
        let after = |next: usize| {
            let of = usize::from(line.is_any(next, &["of", "in"]));
            next + of + usize::from(of == 1 && line.is_word(next + 1, "the"))
        };
        const OF: &[(&str, PartOf)] = &[
            ("end", PartOf::End),
            ("start", PartOf::Early),
            ("beginning", PartOf::Early),
            ("middle", PartOf::Mid),
        ];
        if let Some((_, part)) =
            OF.iter().find(|(w, _)| line.is_word(place, w)).filter(|_| line.is_word(place + 1, "of"))
        {
            return (*part, after(place + 1));
        }
        const BARE: &[(&str, PartOf)] = &[
            ("early", PartOf::Early),
            ("late", PartOf::Late),
            ("mid", PartOf::Mid),
            ("earlier", PartOf::Earlier),
            ("later", PartOf::Later),
        ];
        match BARE.iter().find(|(w, _)| line.is_word(place, w)) {
            Some((_, part)) => (*part, after(place + 1 + usize::from(line.is_dash(place + 1)))),
            None => (PartOf::Whole, at),
        }
    }
}

/// Which part of a period is meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PartOf {
    Whole,
    Early,
    Mid,
    Late,
    /// Before now, within the period.
    Earlier,
    /// After now, within the period.
    Later,
    /// The end: its last day.
    End,
}
