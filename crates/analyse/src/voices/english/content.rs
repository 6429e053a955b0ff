//! What is said: behind the verb, before it, or in the quotation on either side.

use super::tokens::*;
use crate::cues::Form;
use std::ops::Range;

impl Reader<'_> {
    /// The quotation that ends right before a phrase, over a comma.
    pub(super) fn quote_before(&self, phrase: usize) -> Option<&Range<usize>> {
        let last = if phrase > 0 && self.word(phrase - 1) == "," { phrase - 1 } else { phrase };
        if last == 0 { self.quote_before_sentence() } else { self.quote_ending_at(self.tokens[last - 1].end) }
    }
    /// What a verb introduces.
    pub(super) fn content_after(&self, verb: usize) -> Option<Range<usize>> {
        let bits = self.tokens[verb].bits;
        let mut at = verb + 1;
        if self.is_mark(at) && self.opens_quote(at).is_none() && !matches!(self.word(at), ":" | ",") {
            return None;
        }
        at = self.skip_particle(verb, at);
        // "Wrote on X: “…”": whatever stands before a colon and a quotation is where.
        if let Some(colon) = self.colon_ahead(at) {
            at = colon;
        }
        // "Voiced doubt that", "expressed the hope that".
        if self.is(verb, VOICES) {
            let near = (at..(at + 4).min(self.tokens.len())).find(|&i| self.word(i) == "that");
            at = near.filter(|&i| i > at).unwrap_or(at);
        }
        at = self.skip_hearer(verb, at);
        at = self.skip_occasion(at);
        at = self.skip_aside(at);
        if self.word(at).starts_with(|c: char| c.is_ascii_digit()) {
            // "Ruled 5 to 4 that".
            at = (at..at + 5).find(|&i| self.word(i) == "that").unwrap_or(at);
        }
        let aside = matches!(self.word(verb + 2), "citing" | "quoting");
        let (mut introduced, mut paused) = (false, false);
        while matches!(self.word(at), "that" | ":" | ",")
            && !(self.word(at) == "," && self.ends_soon(at + 1))
            && !self.is_pointing(verb, at)
        {
            introduced |= matches!(self.word(at), "that" | ":");
            paused |= self.word(at) == ",";
            at += 1;
            if paused && !introduced {
                at = self.that_behind_aside(at).unwrap_or(at);
            }
            if paused && !introduced && self.opens_quote(at).is_none() && !self.goes_on_behind_comma(at) {
                return None;
            }
            at = self.skip_occasion(at);
            // "Said, however, that".
            let aside = matches!(self.word(at), "however" | "too" | "though" | "meanwhile" | "instead");
            at += usize::from(paused && aside && self.word(at + 1) == ",");
        }
        if self.answers(verb, at) || (paused && self.opens_quote(at).is_none() && !introduced && !aside) {
            return None;
        }
        let start = self.tokens.get(at)?.start;
        if let Some(quote) = self.opens_quote(at) {
            // "Vowed “merciless” retaliation": a quoted word inside what is said.
            let behind = self.tokens.iter().position(|t| t.start >= quote.end).unwrap_or(self.tokens.len());
            let inside = behind < at + 6 && behind < self.tokens.len() && !self.is_mark(behind);
            let of = self.word(behind) == "of";
            let inside = inside && (of || !self.is(behind, ADJUNCT | STOP | LEADING | PRONOUN | WEEKDAY));
            let whole = introduced || inside;
            let end = if whole { self.clause_end(at).max(quote.end) } else { quote.end };
            return Some(quote.start..end);
        }
        if self.is_mark(at) {
            return None;
        }
        let rest = self.tokens.len() - at;
        let answer = matches!(self.word(at), "yes" | "no" | "so" | "otherwise") && self.is_mark(at + 1);
        let long = answer || rest > 2 || (rest == 2 && bits & SPEAK != 0);
        let shown = bits & STATE != 0 && self.is_document_before(verb);
        let clause = introduced || self.looks_like_clause(at);
        let accepted = match () {
            () if bits & SAY != 0 || answer => long && (clause || self.word(verb) != "report"),
            () if bits & STATE != 0 && (clause || shown) => long,
            () if bits & FORECAST != 0 && self.tells_figure(at) => long,
            // "First reported the talks": a paper's word for its own news.
            () if self.word(verb) == "reported" && verb > 0 && self.word(verb - 1) == "first" => long,
            () => bits & SPEAK != 0 && long,
        };
        let compared = bits & FORECAST != 0 && !introduced;
        let end = self.said_until(verb, at);
        accepted.then(|| start..if compared { self.until_compared(at, end) } else { end })
    }

    /// A colon soon behind a verb, before a quotation and with no clause between.
    fn colon_ahead(&self, at: usize) -> Option<usize> {
        const LONG: usize = 10;
        let limit = (at + LONG).min(self.tokens.len());
        let plain = |i: &usize| {
            !self.is(*i, FINITE | BE | AUXILIARY | PRONOUN)
                && self.word(*i) != "that"
                && !self.tokens[*i].quoted
        };
        let colon = (at..limit).take_while(plain).find(|&i| self.is_mark(i))?;
        (self.word(colon) == ":" && self.opens_quote(colon + 1).is_some() && self.is(at, ADJUNCT))
            .then_some(colon)
    }

    /// "Said on Friday, after a long session, that": the aside ends at a comma before "that".
    fn that_behind_aside(&self, at: usize) -> Option<usize> {
        const LONG: usize = 12;
        let limit = (at + LONG).min(self.tokens.len());
        let mark = (at..limit).find(|&i| self.is_mark(i) && !matches!(self.word(i), "-" | "’" | "'"))?;
        let aside = self.is(at, ADJUNCT | STOP) && self.word(mark) == "," && mark > at;
        (aside && self.word(mark + 1) == "that").then_some(mark + 1)
    }

    /// "Growth of 2.1 percent this year": what is foreseen has a figure in it.
    fn tells_figure(&self, at: usize) -> bool {
        const LONG: usize = 8;
        let limit = (at + LONG).min(self.tokens.len());
        let counts = |i: usize| self.word(i).starts_with(|c: char| c.is_ascii_digit() || c == '$');
        (at..limit).take_while(|&i| !self.is_mark(i)).any(|i| counts(i) || self.is(i, OUTLOOK))
    }
    /// ", down from the 2.7 percent it projected in January": with what a forecast is compared is no part of it.
    fn until_compared(&self, at: usize, end: usize) -> usize {
        let compares = |i: usize| {
            matches!(
                self.word(i),
                "down"
                    | "up"
                    | "from"
                    | "above"
                    | "below"
                    | "compared"
                    | "versus"
                    | "against"
                    | "higher"
                    | "lower"
                    | "after"
            )
        };
        let comma = (at + 1..self.tokens.len()).find(|&i| {
            self.word(i) == "," && !self.tokens[i].quoted && compares(i + 1) && self.tokens[i].start < end
        });
        comma.map_or(end, |i| self.tokens[i - 1].end)
    }

    /// "Say that is false", "rejects that characterization": this "that" introduces nothing.
    fn is_pointing(&self, verb: usize, at: usize) -> bool {
        let object = self.tokens[verb].bits & (SAY | STATE) == 0 && !self.looks_like_clause(at + 1);
        self.word(at) == "that" && at == verb + 1 && (self.is(at + 1, BE | AUXILIARY) || object)
    }

    /// What a verb introduces ends where its subject says or does the next thing: "and called on", ", calling it", "but
    /// gave no reason".
    fn said_until(&self, verb: usize, at: usize) -> usize {
        let end = self.clause_end(at);
        let form = self.tokens[verb].form;
        let next = |&i: &usize| {
            let (word, next) = (self.word(i), i + 1);
            let says = self.is(next, SAY | STATE | SPEAK) && self.tokens[next].form == form;
            // "Wants to expand checks and has promised to take on the lobby".
            let helped = (next + 1..next + 3).find(|&j| !self.is(j, ADVERB));
            let perfect = matches!(self.word(next), "has" | "have" | "had")
                && helped
                    .is_some_and(|j| self.is(j, SAY | STATE | SPEAK) && self.tokens[j].form == Form::Past);
            let marked = self.is_mark(next + 1) && self.opens_quote(next + 1).is_none();
            let many = form == Form::Base && self.looks_like_clause(next + 1);
            let coordinate = (matches!(form, Form::Past | Form::Third) || many) && says && !marked || perfect;
            // "Described the inquiry as a whitewash and walked out", "called it a farce and her lawyer said".
            let names = self.tokens[verb].bits & SAY == 0
                && self.tokens[verb].bits & SPEAK != 0
                && form == Form::Past
                && !(at..i).any(|j| self.is(j, FINITE | BE | AUXILIARY) || self.word(j) == "to");
            let did = |j: usize| {
                let word = self.word(j);
                word.len() > 4 && word.ends_with("ed") || self.is(j, FINITE | IRREGULAR) && !self.is(j, BE)
            };
            let owner = self.is(next, PRONOUN) || self.opens_phrase(next);
            let another = owner
                && (next + 1..next + 5).find(|&j| did(j) || self.is_mark(j)).is_some_and(|j| {
                    self.is(j, SAY | STATE) && !self.is_mark(j) && self.tokens[j].form == Form::Past
                });
            let acts = names && (did(next) && !marked && self.word(next + 1) != "by" || another);
            match word {
                _ if self.tokens[i].quoted => false,
                "and" => coordinate || acts,
                "but" => coordinate || self.falls_silent(next),
                "," | "”" | "\"" if word == "," || self.word(i - 1) == "," => {
                    self.is(next, SAY | STATE | SPEAK | OUTCOME) && self.word(next).ends_with("ing")
                }
                _ => false,
            }
        };
        // "The president, who believed that the agency leaks, asked": a relative clause ends at its comma.
        let who = (verb.saturating_sub(5)..verb).find(|&i| matches!(self.word(i), "who" | "which"));
        let relative = who.filter(|&w| w > 0 && self.word(w - 1) == ",");
        let resumes = |&i: &usize| {
            let main = (i + 1..i + 3).find(|&j| !self.is(j, ADVERB));
            let verb =
                |j: usize| self.is(j, FINITE | SAY | STATE | SPEAK | BE) && self.tokens[j].form != Form::Ing;
            self.word(i) == "," && !self.tokens[i].quoted && main.is_some_and(verb)
        };
        // "Which officials described as a compromise, the tax": up to the comma.
        let object = relative.filter(|&w| self.word(w) == "which" && w + 1 < verb);
        if object.is_some()
            && let Some(comma) =
                (at + 1..self.tokens.len()).find(|&i| self.word(i) == "," && !self.tokens[i].quoted)
            && self.tokens[comma].start < end
        {
            return self.tokens[comma - 1].end;
        }
        if relative.is_some()
            && let Some(comma) = (at + 1..self.tokens.len()).find(resumes)
            && self.tokens[comma].start < end
        {
            return self.tokens[comma - 1].end;
        }
        let within = (at + 1..self.tokens.len()).take_while(|&i| self.tokens[i].start < end);
        let Some(mut last) = within.into_iter().find(next) else { return end };
        while last > at + 1 && self.word(last - 1) == "," {
            last -= 1;
        }
        let closes = matches!(self.word(last), "”" | "\"");
        self.tokens[last - usize::from(!closes)].end
    }
    /// "But declined to say", "but gave no reason", "but would not".
    fn falls_silent(&self, at: usize) -> bool {
        let no = matches!(self.word(at + 1), "no" | "not" | "n't");
        let silent =
            matches!(self.word(at), "declined" | "declines" | "refused" | "refuses" | "offered" | "stopped");
        // "It had been invited but declined" is still what was said.
        silent && self.word(at + 1) == "to" && self.is(at + 2, WITHHELD)
            || silent && !matches!(self.word(at), "declined" | "declines" | "refused" | "refuses")
            || no
                && matches!(
                    self.word(at),
                    "gave" | "gives" | "would" | "did" | "does" | "offered" | "could" | "provided"
                )
    }
    /// "put it", "point out", "called for", "brushed off": the particle is part of the cue.
    fn skip_particle(&self, verb: usize, at: usize) -> usize {
        let verb = self.word(verb).to_ascii_lowercase();
        let out = verb.starts_with("point") && self.word(at) == "out";
        let put = verb.starts_with("put") && self.word(at) == "it";
        let call = verb.starts_with("call") && matches!(self.word(at), "for" | "on")
            || verb.starts_with("argue") && matches!(self.word(at), "for" | "against");
        // "Let it be known that", "made it clear that".
        if matches!(verb.as_str(), "let" | "lets" | "make" | "makes" | "made") {
            return (at..at + 4).find(|&i| self.word(i) == "that").unwrap_or(at);
        }
        let particle = matches!(self.word(at), "off" | "down" | "aside" | "away");
        at + usize::from(out || put || call || particle)
    }

    /// "responded to the letter", "spoke on condition of anonymity": nothing is said.
    pub(super) fn answers(&self, verb: usize, at: usize) -> bool {
        let verb = self.word(verb).to_ascii_lowercase();
        let next = self.word(at);
        let replies = ["respond", "repl", "comment"].iter().any(|v| verb.starts_with(v));
        let speaks = ["speak", "spoke", "talk"].iter().any(|v| verb.starts_with(v));
        let mut soon = at..(at + 12).min(self.tokens.len());
        let said = soon.any(|i| self.opens_quote(i).is_some() || self.word(i) == "that");
        let silent =
            (replies && matches!(next, "to" | "on")) || (speaks && !matches!(next, "of" | "about" | "out"));
        // "Speaking at a rally, she called him unfit": where, and nothing of what.
        let place = speaks
            && verb.ends_with("ing")
            && matches!(next, "at" | "in" | "to" | "on" | "from" | "with" | "before");
        let guilty = next == "guilty" || next == "not" && self.word(at + 1) == "guilty";
        let empty = matches!(next, "nothing" | "goodbye" | "hello" | "grace") || guilty;
        (silent && !said) || place || empty
    }

    /// "Polls show", "the report found": a text shows whatever stands behind the verb.
    fn is_document_before(&self, verb: usize) -> bool {
        // "The poll, taken in May, found": before what stands between.
        let end = Some(verb).filter(|&v| v > 0 && self.word(v - 1) == ",");
        let end = end.and_then(|v| self.apposition(v - 1)).unwrap_or(verb);
        let plain = |i: &usize| !self.is_mark(*i) && self.word(*i) != "that" && !self.is(*i, SAY);
        let near = (end.saturating_sub(6)..end).rev().take_while(plain);
        near.into_iter().any(|i| self.is(i, DOCUMENT))
    }

    /// "told reporters", "told him", "asked Ms. Smith".
    pub(super) fn skip_hearer(&self, verb: usize, mut at: usize) -> usize {
        let word = self.word(verb).to_ascii_lowercase();
        if !self.is(verb, ADDRESSES) {
            return at;
        }
        let from = at;
        while self.is(at, HEARER)
            || (self.is_capital(at) && !self.is_mark(at))
            || (at == from && self.word(at) == "the")
            || (at > from && matches!(self.word(at), "and" | "of" | "’s" | "news" | "committee"))
        {
            at += 1;
        }
        if let Some(that) = self.that_behind_hearer(from) {
            return that;
        }
        // "Told reporters traveling with him that", "told the president that": more of the hearers.
        let described = at > from && (self.word(at).ends_with("ing") || self.word(at).ends_with("ed"));
        let article = self.opens_phrase(from);
        if described || article {
            let limit = (at + 9).min(self.tokens.len());
            let plain = |i: &usize| !self.is_mark(*i) && !self.is(*i, FINITE | BE);
            at = (at..limit).take_while(plain).find(|&i| self.word(i) == "that").unwrap_or(at);
        }
        if at == from || article {
            at = self.common_hearer(from).unwrap_or(at);
        }
        // "Asked aides on Sunday whether".
        let asked = self.skip_occasion(at);
        let asks = matches!(self.word(asked), "whether" | "if" | "why" | "how" | "what" | "when" | "who");
        // "Telling a radio interviewer “…”": a hearer without a name before the quotation.
        let near = (from..(from + 6).min(self.tokens.len())).find(|&i| self.opens_quote(i).is_some());
        if let Some(quote) =
            near.filter(|&i| article && i > from + 1 && !(from..i).any(|j| self.is(j, FINITE | BE | ADJUNCT)))
        {
            return quote;
        }
        if self.word(at) == "to" && at > from && self.word(from).starts_with(char::is_lowercase) {
            // "Told the envoys to go home": what they are told begins with them.
            return from;
        }
        if word.starts_with("ask") && self.opens_quote(at).is_none() && self.word(at) != "," && !asks {
            from
        } else {
            at
        }
    }
    /// "Told visiting executives that", "warned the board twice, in writing, that".
    fn that_behind_hearer(&self, from: usize) -> Option<usize> {
        const LONG: usize = 8;
        let limit = (from + LONG).min(self.tokens.len());
        let stops = |i: usize| {
            self.is_mark(i) && !matches!(self.word(i), "’" | "'")
                || self.is(i, FINITE | BE | PRONOUN | AUXILIARY) && i > from
                || self.word(i) == "that"
        };
        let stop = (from..limit).find(|&i| stops(i)).filter(|&i| i > from)?;
        let aside = || {
            let close = (stop + 1..(stop + LONG).min(self.tokens.len())).find(|&i| self.is_mark(i))?;
            let comma = self.word(stop) == "," && self.word(close) == ",";
            (comma && self.word(close + 1) == "that").then_some(close + 1)
        };
        if self.word(stop) == "that" { Some(stop) } else { aside() }
    }
    /// "Told friends he is", "assured the public she is", "asked aides on Sunday whether": hearers that are no names.
    fn common_hearer(&self, from: usize) -> Option<usize> {
        const LONG: usize = 4;
        let plain = |i: usize| {
            let word = self.word(i);
            !self.is_mark(i)
                && !self.is(i, FINITE | BE | AUXILIARY | PRONOUN | STOP | ADJUNCT)
                && (i == from || !self.is(i, OPENING))
                && !word.ends_with("ing")
                && (word.starts_with(char::is_lowercase) || i > from)
        };
        let end = (from..from + LONG).find(|&i| !plain(i))?;
        let next = self.skip_occasion(end);
        let clause = matches!(
            self.word(next),
            "that" | "whether" | "if" | "why" | "how" | "he" | "she" | "they" | "it" | "we" | "there"
        );
        (end > from && clause).then_some(end)
    }
    /// "on Tuesday", "in a statement to Reuters": when and where it was said.
    pub(super) fn skip_occasion(&self, mut at: usize) -> usize {
        loop {
            let from = at;
            if self.is(at, WEEKDAY) && !self.is(at, OPENING)
                || self.is(at, ADVERB)
                    && matches!(self.word(at + 1), "that" | "whether" | "if")
                    && !self.is(at + 2, BE)
            {
                at += 1;
            } else if self.is(at, ADJUNCT) && !self.is_infinitive(at)
                || matches!(self.word(at), "late" | "last" | "earlier" | "this")
            {
                let limit = (at + 9).min(self.tokens.len());
                let ends = |i: usize| self.is(i, OCCASION | WEEKDAY) || self.is_of_date(i);
                let marked = |i: usize| {
                    let verb = self.is(i, FINITE | PRONOUN) && self.word(i) != "May";
                    self.is_mark(i) || verb || self.word(i) == "that"
                };
                // "Concluded with “high confidence” that".
                let behind = |i: usize| {
                    let quote = self.opens_quote(i)?;
                    (i..limit)
                        .find(|&j| self.tokens[j].start >= quote.end)
                        .filter(|&j| self.word(j) == "that")
                };
                let stop = (at + 1..limit).find(|&i| marked(i)).unwrap_or(limit);
                match (at + 1..stop).rev().find(|&i| ends(i)) {
                    Some(last) => at = last + 1,
                    None if self.word(stop) == "that" => at = stop,
                    None if behind(stop).is_some() => at = behind(stop).unwrap_or(at),
                    None => return from,
                }
            }
            if at == from {
                return at;
            }
        }
    }
    /// "…, in a speech in Ohio, that": when and where it was said, or whom it cites, and not another clause.
    fn goes_on_behind_comma(&self, at: usize) -> bool {
        self.is(at, ONWARD)
    }
    /// A year, or the number behind a month.
    fn is_of_date(&self, at: usize) -> bool {
        let number = self.word(at).parse::<u16>();
        number.is_ok_and(|n| (1900..2100).contains(&n) || (n <= 31 && self.is(at - 1, WEEKDAY)))
    }
    /// "Pledged to release": no hearer stands behind "to".
    fn is_infinitive(&self, to: usize) -> bool {
        let next = self.word(to + 1);
        // "Pledged to release the documents": a verb before its object.
        let object = matches!(self.word(to + 2), "the" | "its" | "their" | "his" | "her" | "all");
        if self.word(to) == "to" && object && self.is(to + 1, OCCASION) {
            return true;
        }
        self.word(to) == "to"
            && !self.is_capital(to + 1)
            && !self.is(to + 1, HEARER | PRONOUN | WEEKDAY | OCCASION)
            && !matches!(next, "the" | "a" | "an" | "his" | "her" | "their" | "its" | "this" | "more" | "two")
            && !next.ends_with('s')
    }
    /// ", citing two people," between a verb and its clause.
    pub(super) fn skip_aside(&self, at: usize) -> usize {
        let aside = self.word(at) == "," && matches!(self.word(at + 1), "citing" | "quoting" | "without");
        let close = |&i: &usize| self.word(i) == ",";
        if !aside { at } else { (at + 1..self.tokens.len()).find(close).unwrap_or(at) }
    }
    pub(super) fn ends_soon(&self, at: usize) -> bool {
        self.opens_quote(at).is_none() && self.tokens.len() <= at + 1
    }
    /// A clause without "that": a beginning that a clause may have, and a finite verb soon after.
    pub(super) fn looks_like_clause(&self, at: usize) -> bool {
        let begins = self.is(at, OPENING | PRONOUN) || self.is_capital(at) || self.word(at).ends_with('s');
        let limit = (at + 14).min(self.tokens.len());
        let verb =
            |i: usize| self.is(i, FINITE | BE) || (self.word(i).len() > 4 && self.word(i).ends_with("ed"));
        // "Had seen the letter, but said": another clause has the verb.
        let parts = |i: usize| {
            self.word(i) == ";"
                || self.word(i) == "," && matches!(self.word(i + 1), "but" | "while" | "though")
        };
        begins && (at + 1..limit).take_while(|&i| !parts(i)).any(verb)
    }
    /// What is said before the cue, given where the cue's phrase begins, and ends if the verb came first.
    pub(super) fn content_before(&self, phrase: usize, end: Option<usize>) -> Option<Range<usize>> {
        let mut last = phrase;
        if last > 0 && self.word(last - 1) == "as" {
            last -= 1;
        }
        while last > 0 && matches!(self.word(last - 1), "," | "—" | "–") {
            last -= 1;
        }
        let start = self.sentence.start;
        let direct = if last > 0 {
            self.quote_ending_at(self.tokens[last - 1].end)
        } else {
            self.quote_before_sentence()
        };
        if let Some(quote) = direct {
            let begin = self.mixed_start(quote, last).unwrap_or(quote.start);
            return Some(begin..self.resumed(end, quote.end));
        }
        let comma = last > 0 && last < phrase;
        if !comma {
            return None;
        }
        let turn = |i: &usize| self.word(*i) == ";" && !self.tokens[*i].quoted;
        let from = self.tokens[..last].iter().position(|t| t.start >= start).unwrap_or(0);
        let from = (from..last).rev().find(turn).map_or(from, |i| i + 1);
        let begin = self.tokens[from].start;
        let stop = self.tokens[last - 1].end;
        let verb = |i: usize| {
            // "City to scrap the toll, mayor says": a headline's verb.
            self.is(i, FINITE | BE | AUXILIARY | SAY | STATE | SPEAK)
                || self.word(i).ends_with("ed")
                || self.word(i).ends_with('s')
                || self.word(i) == "to"
        };
        (last - from >= 2 && (from..last).any(verb)).then_some(begin..self.resumed(end, stop))
    }
    /// "The economy is “not out of the woods,” she cautioned": what stands before the quoted words is said, too.
    fn mixed_start(&self, quote: &Range<usize>, last: usize) -> Option<usize> {
        let turn = |i: &usize| matches!(self.word(*i), ";" | ":" | "—") && !self.tokens[*i].quoted;
        let opens = (0..last).find(|&i| self.tokens[i].start >= quote.start)?;
        let from = (0..opens).rev().find(turn).map_or(0, |i| i + 1);
        let begins = opens > from && opens.checked_sub(1).is_some_and(|i| !self.is_mark(i));
        let plain = (from..opens).all(|i| {
            !self.tokens[i].quoted
                && self.opens_quote(i).is_none()
                && (!self.is(i, SAY | STATE)
                    || i > 0 && self.is(i - 1, AUXILIARY) && self.tokens[i].form == Form::Base)
                && self.word(i) != ","
        });
        let verb = (from..opens).any(|i| self.is(i, FINITE | BE | AUXILIARY) || self.word(i).ends_with("ed"))
            || opens >= from + 2;
        (begins && plain && verb).then(|| self.tokens[from].start)
    }
    /// "Turnout, said Ms. Okonjo, “was lower than we hoped”": what is said stands around the voice.
    pub(super) fn around(&self, verb: usize, end: usize) -> Option<Range<usize>> {
        let before = verb.checked_sub(2)?;
        let comma = self.word(verb - 1) == "," && self.word(end) == "," && !self.tokens[before].quoted;
        let acts = |i: usize| self.is(i, FINITE | BE | AUXILIARY | SAY | STATE | SPEAK);
        let lone = comma && !(0..before + 1).any(acts) && self.quote_before(verb).is_none();
        let goes_on = self.opens_quote(end + 1).is_some() || acts(end + 1);
        (lone && goes_on).then(|| self.tokens[0].start..self.clause_end(end + 1))
    }
    /// `“A,” he said, “B”`: the content goes on behind the cue.
    pub(super) fn resumed(&self, end: Option<usize>, content: usize) -> usize {
        let Some(end) = end else { return content };
        let limit = (end + 14).min(self.tokens.len());
        let opens = |&i: &usize| self.opens_quote(i).is_some();
        let next = (end..limit).find(opens).filter(|&i| i == end || matches!(self.word(i - 1), "," | ":"));
        next.and_then(|i| self.opens_quote(i)).map_or(content, |q| q.end)
    }
    pub(super) fn quote_ending_at(&self, end: usize) -> Option<&Range<usize>> {
        self.quotes.iter().find(|q| q.end == end || q.end + 1 == end)
    }
    /// A sentence that a question mark cut from its quotation: `“Why?” he asked.`
    pub(super) fn quote_before_sentence(&self) -> Option<&Range<usize>> {
        let before = self.text[..self.sentence.start].trim_end_matches(' ').len();
        // “… on day one.” at the end of what somebody said before is not the next sentence's.
        let whole = |q: &&Range<usize>| {
            let ahead = self.text[..q.start].trim_end_matches(' ');
            ahead.is_empty() || ahead.ends_with(['.', '?', '!', '\n', '”', '"', ':', '—', ')'])
        };
        self.quotes.iter().find(|q| q.end == before).filter(whole)
    }
    /// ", but two aides acknowledged": another voice begins, and what the first said is over.
    fn turns_to_another(&self, at: usize) -> bool {
        const REACH: usize = 9;
        let joins = ["but", "and", "while", "though", "although", "whereas"];
        // “… in kind,” but he declined: the comma stands inside the quotation.
        let closed = matches!(self.word(at), "”" | "\"") && at > 0 && self.word(at - 1) == ",";
        let comma = self.word(at) == "," && !self.tokens[at].quoted;
        if !(comma || closed) || !joins.contains(&self.word(at + 1)) {
            return false;
        }
        let limit = (at + 2 + REACH).min(self.tokens.len());
        let ends =
            |&i: &usize| self.is(i, FINITE | BE | STOP) && !self.is(i, SAY | STATE | SPEAK | AUXILIARY);
        let stop = (at + 2..limit).find(ends).unwrap_or(limit);
        let speaks = |i: usize| {
            let many = (at + 2..i).any(|j| self.word(j).ends_with('s') && !self.word(j).ends_with("ss"))
                || matches!(
                    self.word(i - 1),
                    "they" | "we" | "some" | "others" | "many" | "I" | "people" | "police"
                );
            let finite = matches!(self.tokens[i].form, Form::Past | Form::Third);
            self.is(i, SAY | STATE | SPEAK) && (finite || many && self.tokens[i].form == Form::Base)
        };
        (at + 3..stop).any(speaks)
    }

    /// ", a figure the government disputes", ", a theory that has not stopped it": the writer's word on what was said.
    pub(super) fn is_judged(&self, at: usize) -> bool {
        const LONG: usize = 7;
        // ", which legal scholars say could".
        let says = |i: usize| {
            self.is(i, SAY | STATE)
                && self.tokens.get(i).is_some_and(|t| !matches!(t.form, Form::Ing | Form::Fixed))
        };
        let plain = |i: &usize| !self.is_mark(*i) && !self.is(*i, BE);
        if matches!(self.word(at), "which" | "whom") && (at + 2..at + 5).take_while(plain).any(says) {
            return true;
        }
        let noun =
            at + 1 < self.tokens.len() && matches!(self.word(at), "a" | "an") && !self.is_capital(at + 1);
        let limit = (at + LONG).min(self.tokens.len());
        let plain = |i: &usize| !self.is_mark(*i);
        // ", a line he repeated in Riyadh".
        let own = |i: usize| {
            matches!(self.word(i), "he" | "she" | "they" | "it")
                && (i + 1..i + 4)
                    .find(|&j| !self.is(j, ADVERB | AUXILIARY))
                    .is_some_and(|j| self.is(j, SAY | STATE | SPEAK) || self.word(j).ends_with("ed"))
        };
        noun && (at + 2..limit)
            .take_while(plain)
            .any(|i| self.is(i, JUDGES) && self.tokens[i].form != Form::Ing || own(i))
    }
    /// ", with the Nikkei putting the price at 900 billion": another voice.
    fn has_with(&self, at: usize) -> bool {
        const LONG: usize = 7;
        let limit = (at + LONG).min(self.tokens.len());
        let mut near = (at + 2..limit).take_while(|&i| !self.is_mark(i));
        let says = |i: usize| self.is(i, SAY | STATE | SPEAK) && self.tokens[i].form == Form::Ing;
        self.word(at) == "with" && near.any(says)
    }
    /// ", and an autopsy is pending", ", though trading was thin", ", then deleted it": a clause of the writer's own.
    fn goes_its_own_way(&self, at: usize) -> bool {
        const REACH: usize = 7;
        let limit = (at + 1 + REACH).min(self.tokens.len());
        let acts = |i: usize| {
            self.is(i, FINITE | BE | AUXILIARY) || self.word(i).len() > 4 && self.word(i).ends_with("ed")
        };
        let plain = |i: &usize| !self.is_mark(*i) && !self.is(*i, STOP);
        match self.word(at) {
            "though" | "although" => true,
            "then" => acts(at + 1),
            "and" => {
                let subject = self.is(at + 1, OPENING | PRONOUN) || self.is_capital(at + 1);
                let that =
                    matches!(self.word(at + 1), "that" | "when" | "if" | "in" | "on" | "at" | "by" | "not");
                subject && !that && (at + 2..limit).take_while(plain).any(acts)
            }
            _ => false,
        }
    }

    /// The end of the clause that begins at a token: the sentence without its full stop, or an earlier turn.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        let turn = |i: usize| {
            if !matches!(self.word(i), "," | ";" | "and" | "but" | "”" | "\"") {
                return false;
            }
            let next = |words: &[&str]| words.iter().any(|w| self.word(i + 1).eq_ignore_ascii_case(w));
            let citing = next(&["citing", "according", "adding", "saying"]);
            let named = next(&["a", "an"]) && self.is(i + 2, NOUN);
            if named && matches!(self.word(i), "”" | "\"") && i > at && self.word(i - 1) == "," {
                return true;
            }
            let joins = matches!(self.word(i), "and" | "but") && i > at + 2 && self.word(i + 2) == "that";
            if joins && self.is(i + 1, SAY | STATE) && !self.tokens[i].quoted {
                return matches!(self.tokens[i + 1].form, Form::Past | Form::Third);
            }
            let own = self.word(i) == ","
                && (self.is_judged(i + 1) || self.goes_its_own_way(i + 1) || self.has_with(i + 1));
            // “… of piracy,” and on Tuesday he went further: the comma stands inside the quotation.
            if matches!(self.word(i), "”" | "\"") && i > at && self.word(i - 1) == "," {
                let later = self.word(i + 1) == "and"
                    && matches!(self.word(i + 2), "on" | "in" | "by")
                    && self.is(i + 3, WEEKDAY)
                    && self.is(i + 4, PRONOUN | OPENING);
                return later;
            }
            !self.tokens[i].quoted
                && (self.word(i) == ";" || own || (self.word(i) == "," && (citing || named)))
        };
        let last = (at..self.tokens.len()).find(|&i| turn(i) || self.turns_to_another(i));
        let mut end = last.unwrap_or(self.tokens.len());
        if last.is_some() && matches!(self.word(end), "”" | "\"") {
            // A turn behind a closing quotation mark leaves the mark to what was said.
            return self.tokens[end].end;
        }
        while end > at + 1 && matches!(self.word(end - 1), "." | "?" | "!" | ",") {
            end -= 1;
        }
        self.tokens[end - 1].end
    }
}
