//! Noun phrases around a verb: who speaks.

use super::tokens::*;
use crate::cues::Form;
use std::ops::Range;

impl Reader<'_> {
    /// Whether a verb can have this subject: "a conference call" and "he disliked phone calls" hold nouns, not verbs.
    pub(super) fn agrees(&self, subject: &Range<usize>, verb: usize) -> bool {
        if subject.is_empty() {
            return false;
        }
        let pronoun = |i: usize| {
            ["he", "she", "they", "i", "we", "it"].iter().any(|w| self.word(i).eq_ignore_ascii_case(w))
        };
        if pronoun(subject.start) && subject.len() > 1 && self.word(subject.start + 1) != "," {
            return false;
        }
        if self.is_no_phrase(subject) {
            return false;
        }
        let helped = (subject.end..verb).any(|i| self.is(i, AUXILIARY));
        let last = self.head(subject);
        let word = self.word(last).to_ascii_lowercase();
        let plural =
            (word.ends_with('s') && !word.ends_with("'s") && !word.ends_with("’s") && !word.ends_with("ss"))
                || self.is(last, PRONOUN)
                || self.is(last, PLURAL)
                || subject.clone().any(|i| {
                    matches!(self.word(i), "and" | "," | "people" | "People" | "of" | "who" | "which" | ")")
                });
        let past = matches!(self.word(verb), "put" | "read" | "forecast" | "bet");
        match self.tokens[verb].form {
            Form::Base => helped || plural || past || self.is_capital(last),
            Form::Third => {
                !word.ends_with('s') || self.is_capital(last) || subject.len() > 2 || word.ends_with("ss")
            }
            _ => true,
        }
    }

    /// "would give buyers", "is drafting", "adding to the sum": words before a verb that are nobody.
    fn is_no_phrase(&self, subject: &Range<usize>) -> bool {
        let first = self.word(subject.start);
        let verbal = subject.len() > 1
            && self.is(subject.start, SAY | STATE | SPEAK)
            && !self.is_capital(subject.start)
            && (self.opens_phrase(subject.start + 1)
                || self.tokens[subject.start].form == Form::Past && self.word(subject.start + 1) == "up");
        let acting = first.ends_with("ing") && first.len() > 4 && !self.is_capital(subject.start);
        // ", opening another front in its disputes": what somebody did, with what it was done to.
        let opens = |at: usize| self.opens_phrase(at) || matches!(self.word(at), "another" | "this" | "that");
        let clause = acting && self.word(subject.start.saturating_sub(1)) == "," && opens(subject.start + 1);
        let led = subject.start > 0 && self.is(subject.start - 1, BE | AUXILIARY);
        // "Will accept written comments": a verb behind its modal, with what it is about.
        let before = (0..subject.start).rev().find(|&i| !self.is(i, ADVERB | LEADING));
        let modal = before.is_some_and(|i| {
            matches!(
                self.word(i),
                "will" | "would" | "can" | "could" | "may" | "might" | "must" | "should" | "shall"
            )
        });
        let bare = modal && !self.is_capital(subject.start) && !self.is(subject.start, OPENING | PRONOUN);
        let lone = subject.len() == 1 || self.is(subject.start, SAY | STATE | SPEAK);
        // "In unusually pointed remarks", "of the debate question": nouns behind a preposition.
        let placed = matches!(
            first,
            "In" | "in" | "of" | "for" | "with" | "from" | "at" | "on" | "by" | "into" | "about"
        );
        placed
            || clause
            || self.is_day(subject.start)
            || bare
            || verbal
            || self.is(subject.start, AUXILIARY | FINITE) && !self.is_capital(subject.start)
            || acting && (led || lone)
            || self.word(subject.start + 1) == "to" && acting
    }

    /// "April 5": a month with its day.
    fn is_day(&self, at: usize) -> bool {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let day = self.word(at + 1).parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
        day && MONTHS.iter().any(|month| self.word(at).starts_with(month))
    }

    /// The noun of a phrase, before what describes it: "documents" in "documents published on the website".
    fn head(&self, subject: &Range<usize>) -> usize {
        let described = |i: &usize| {
            let word = self.word(*i);
            self.is(*i, ADJUNCT) || (word.len() > 4 && word.ends_with("ed") && !self.is_capital(*i))
        };
        let mut head = (subject.start + 1..subject.end).find(described).unwrap_or(subject.end) - 1;
        // "Sources close to the talks": the adjective describes its noun.
        while head > subject.start && self.is(head, DESCRIBED) {
            head -= 1;
        }
        head
    }

    /// The noun phrase that ends right before a verb, over its adverbs and auxiliaries.
    pub(super) fn subject_before(&self, verb: usize) -> Option<Range<usize>> {
        let mut end = verb;
        let mut passive = false;
        if end > 0 && matches!(self.word(end - 1), "and" | "but") {
            return None;
        }
        while end > 0 && (self.is(end - 1, ADVERB | AUXILIARY | BE) || self.is_manner(end - 1)) {
            passive |= self.is(end - 1, BE);
            end -= 1;
        }
        if end == 0 || (passive && self.tokens[verb].form != Form::Ing) || self.tokens[end - 1].quoted {
            return None;
        }
        if self.tokens[verb].form == Form::Ing && !passive {
            let with =
                (end.saturating_sub(8)..end).rev().find(|&i| self.word(i).eq_ignore_ascii_case("with"));
            return with.map(|i| i + 1..end).filter(|r| !r.is_empty() && !r.clone().any(|i| self.is_mark(i)));
        }
        let mut head = end;
        if self.word(head - 1) == ")" {
            head = (head.saturating_sub(10)..head).rev().find(|&i| self.word(i) == "(")?;
        } else if self.word(head - 1) == "," {
            head = self.apposition(head - 1)?;
        } else if matches!(self.word(head - 1), "—" | "–") {
            let dash = |&i: &usize| matches!(self.word(i), "—" | "–");
            head = (head.saturating_sub(24)..head - 1).rev().find(dash)?;
        }
        if head == 0 {
            return None;
        }
        // "F.B.I. data, which show that": "which" stands for what is before it.
        if self.word(head - 1) == "which" && self.is(verb, SAY | STATE) {
            return Some(head - 1..head);
        }
        let cites = matches!(self.word(head + 1), "citing" | "quoting") && self.word(head) == ",";
        let inserted = self.word(end - 1) == "," && self.is_circumstance(head + 1);
        let close = if matches!(self.word(end - 1), "," | "—" | "–") { end - 1 } else { end };
        let named = inserted.then(|| self.apposition(head)).flatten();
        let start = self.phrase_start(named.unwrap_or(head))?;
        // "Mr. Trump on Monday": when it was said is no part of who says it.
        let close = match self.word(close.saturating_sub(2)) {
            "on" | "late" | "early" | "last"
                if self.is(close - 1, WEEKDAY)
                    && close > start + 2
                    && !self.word(close - 3).ends_with("ed") =>
            {
                close - 2
            }
            _ => close,
        };
        (start < head).then_some(start..if cites || inserted { head } else { close })
    }
    pub(super) fn is_manner(&self, at: usize) -> bool {
        let word = self.word(at);
        // "His family", "an ally": a noun behind its determiner.
        let noun =
            at > 0 && self.is(at - 1, OPENING) && !matches!(self.word(at - 1), "he" | "she" | "they" | "it");
        word.len() > 4 && word.ends_with("ly") && !self.is_capital(at) && !noun
    }
    /// "Smith, a spokesman for the ministry, said": where the name ends, given the second comma.
    pub(super) fn apposition(&self, comma: usize) -> Option<usize> {
        let first = (comma.saturating_sub(24)..comma).rev().find(|&i| self.word(i) == ",")?;
        let next = self.word(first + 1).to_ascii_lowercase();
        // "Donna Petrakis, 61, a retired driver who voted for him, said": the age stands between.
        let aged = first > 1 && self.word(first - 1).parse::<u8>().is_ok() && self.word(first - 2) == ",";
        let first = if aged { first - 2 } else { first };
        let starts = matches!(
            next.as_str(),
            "a" | "an"
                | "the"
                | "who"
                | "whose"
                | "which"
                | "one"
                | "another"
                | "his"
                | "her"
                | "their"
                | "its"
                | "now"
        ) || next.parse::<u8>().is_ok()
            || next.chars().next().is_some_and(char::is_lowercase)
            || self.is_capital(first + 1);
        let inside = first + 1..comma;
        (starts && inside.clone().all(|i| !self.tokens[i].quoted && self.opens_quote(i).is_none()))
            .then_some(first)
    }
    /// Where the noun phrase begins that ends before `end`.
    pub(super) fn phrase_start(&self, end: usize) -> Option<usize> {
        let last = end.checked_sub(1)?;
        // "A person who has read it" is no pronoun, nor is "the head of one".
        let of = last > 0 && self.word(last - 1) == "of";
        if self.is(last, PRONOUN) && !of && !(self.word(last) == "it" && self.has_relative(last)) {
            return Some(last);
        }
        let mut start = end;
        while start > 0 && end - start < LONGEST_SOURCE {
            let at = start - 1;
            let word = self.word(at);
            let joins = word == "and" || word == "&";
            let more = word == "than"
                && at > 0
                && matches!(self.word(at - 1).to_ascii_lowercase().as_str(), "more" | "less" | "fewer");
            if word == "," && self.is_inside_name(at, end) {
                start = at;
                continue;
            }
            // "The broker that supplied them said".
            let relative = word == "that"
                && at > 0
                && (self.is(at + 1, FINITE | BE | AUXILIARY) || self.word(at + 1).ends_with("ed"))
                && !self.is(at + 1, SAY | STATE | PRONOUN | OPENING)
                && at + 2 < end
                && !self.is_mark(at - 1)
                && !self.is(
                    at - 1,
                    SAY | STATE | SPEAK | NOUN | STOP | BE | AUXILIARY | ADVERB | HEARER | OCCASION | WEEKDAY,
                )
                && !self.is_capital(at - 1);
            if self.tokens[at].quoted
                || (self.is(at, STOP) && !more && !relative)
                || (self.is_mark(at) && !matches!(word, "’" | "'" | "&"))
            {
                break;
            }
            if joins
                && !(at > 0 && (self.is_capital(at - 1) || self.is_capital(at + 1)) && !self.is_mark(at - 1))
            {
                break;
            }
            let acts = self.tokens[at].form == Form::Third
                && self.is(at, STATE | SPEAK)
                && (matches!(self.word(at + 1), "for" | "that" | "the" | "a" | "an")
                    || self.is(at + 1, PRONOUN));
            let finite = self.is(at, FINITE | SAY) && self.tokens[at].form != Form::Base;
            // "People familiar with the plans said": a noun where it stands.
            // "Officials say the line, which opened in May, plans": the subject begins behind "say".
            let acts = acts
                || self.tokens[at].form == Form::Base
                    && self.is(at, SAY | STATE)
                    && at > 0
                    && !self.is(at - 1, DETERMINER | AUXILIARY)
                    && (self.opens_phrase(at + 1) || self.is(at + 1, PRONOUN) && at + 2 < end);
            // "Strategists led by Ana Pereira": what describes them.
            let described = self.word(at + 1) == "by" && at + 2 < end;
            if (finite || acts) && !described && !self.has_relative(at) && !self.is_noun(at) {
                break;
            }
            start = at;
        }
        while start < end && (self.is(start, LEADING) || self.is_time(start) || self.is_clock(start)) {
            start += 1;
        }
        // "In its annual report the regulator noted": where, before who.
        if matches!(self.word(start), "In" | "At" | "During" | "in" | "at" | "during")
            && let Some(own) = (start + 3..end).find(|&i| {
                matches!(self.word(i), "the" | "a" | "an" | "his" | "her" | "their")
                    || self.is(i, PRONOUN) && i + 1 == end
            })
            && self.is(own - 1, OCCASION | DOCUMENT | NOUN | WEEKDAY)
        {
            start = own;
        }
        // "A figure the speaker disputes": whose it is begins with an article of its own.
        let article = |i: usize| matches!(self.word(i), "the" | "a" | "an" | "his" | "her" | "their");
        let bare = |i: usize| {
            let before = i - 1;
            let judged = self.is_judged_noun(before);
            judged
                || !self.is_mark(before)
                    && !self
                        .is(before, ADJUNCT | STOP | LEADING | SAY | STATE | SPEAK | FINITE | BE | AUXILIARY)
                    && !matches!(
                        self.word(before),
                        "of" | "and" | "or" | "all" | "both" | "half" | "&" | "than" | "who"
                    )
                    && !self.word(before).ends_with("ing")
                    && !self.word(before).ends_with("ed")
        };
        // "Less than the 420 million euros the FT had reported".
        let counts = |i: usize| self.word(i).starts_with(|c: char| c.is_ascii_digit());
        if (article(start) || (start..end).any(counts))
            && let Some(own) = (start + 2..end).rev().find(|&i| article(i) && bare(i))
        {
            start = own;
        }
        if matches!(self.word(start), "a" | "an") && self.is(start + 1, NOUN) && start + 2 < end {
            // "…, a charge Republicans dispute"
            start += 2;
        }
        (start < end && !self.is_mark(start)).then_some(start)
    }
    /// ", a figure the speaker disputes": the noun behind a comma and its article.
    fn is_judged_noun(&self, at: usize) -> bool {
        let led = at > 1 && matches!(self.word(at - 1), "a" | "an") && self.word(at - 2) == ",";
        led && !self.is_mark(at) && !self.is_capital(at)
    }
    /// ", by contrast,", ", speaking to reporters,": between a name and its verb, but no part of the name.
    fn is_circumstance(&self, at: usize) -> bool {
        let word = self.word(at);
        let part = word == "for" && self.word(at + 2) == "part";
        let reached = self.is(at, REACHED) && self.is(at + 1, ADJUNCT);
        let place = part
            || reached
            || self.is(at, ADJUNCT) && !matches!(word, "of" | "from" | "for" | "with" | "under");
        place || matches!(word, "however" | "meanwhile" | "too" | "instead" | "though") || {
            word.len() > 5 && word.ends_with("ing") && !self.is_capital(at)
        }
    }
    /// "the Ministry of Trade, Industry and Resources": a comma between the parts of one name.
    fn is_inside_name(&self, comma: usize, end: usize) -> bool {
        let joined =
            (comma + 2..(comma + 6).min(end)).any(|i| self.word(i) == "and" && self.is_capital(i + 1));
        let named = (comma.saturating_sub(6)..comma).any(|i| matches!(self.word(i), "of" | "for"));
        // "Sony, TDK and Murata all said".
        let list = (comma + 2..(comma + 5).min(end)).any(|i| self.word(i) == "and" && self.is_capital(i + 1))
            && (comma + 1..end).all(|i| self.is_capital(i) || matches!(self.word(i), "and" | "," | "the"))
            && comma > 0
            && !self.is(comma - 1, WEEKDAY)
            && (comma == 1 || !self.is(comma - 2, ADJUNCT));
        if list && self.is_capital(comma - 1) && self.is_capital(comma + 1) {
            return true;
        }
        joined && named && comma > 0 && self.is_capital(comma - 1) && self.is_capital(comma + 1)
    }
    /// "On Tuesday", "In 2015" before a subject.
    pub(super) fn is_time(&self, at: usize) -> bool {
        matches!(self.word(at), "On" | "In" | "By")
            && (self.is(at + 1, WEEKDAY) || self.word(at + 1).parse::<u16>().is_ok())
            || self.word(at).parse::<u16>().is_ok_and(|y| y > 1900 && y < 2100)
    }
    /// "14:05 Trump says": when a live page noted it is no part of who says it.
    fn is_clock(&self, at: usize) -> bool {
        let figure = |i: usize| self.word(i).parse::<u8>().is_ok();
        let colon = |i: Option<usize>| i.is_some_and(|i| matches!(self.word(i), ":" | "."));
        figure(at) && (colon(at.checked_sub(1)) && at > 1 && figure(at - 2) || colon(Some(at + 1)))
    }
    /// A verb behind "who" belongs to the noun phrase.
    pub(super) fn has_relative(&self, at: usize) -> bool {
        (at.saturating_sub(6)..at).any(|i| matches!(self.word(i), "who" | "which" | "whose"))
    }
    /// The word before a verb, its auxiliaries and adverbs: "and" in "and has promised".
    pub(super) fn before_helpers(&self, verb: usize) -> &str {
        let helper = |&i: &usize| !self.is(i, AUXILIARY | ADVERB);
        (0..verb).rev().find(helper).map_or("", |i| self.word(i))
    }
    /// "…, saying that": the subject of the sentence, up to its first finite verb.
    pub(super) fn main_subject(&self, verb: usize) -> Option<Range<usize>> {
        // “… as ‘fiction,’” saying: the comma stands inside the quotation.
        let closed = verb > 1 && matches!(self.word(verb - 1), "”" | "\"") && self.word(verb - 2) == ",";
        if !closed
            && !matches!(
                self.before_helpers(verb),
                "," | "in" | "by" | "and" | "but" | "before" | "after" | "while"
            )
            || self.is_mark(0)
        {
            return None;
        }
        // "On Twitter, he posted a photo and wrote": the subject stands behind the circumstance.
        let comma = (1..verb).find(|&i| self.word(i) == ",").filter(|_| self.is(0, ADJUNCT));
        let start = (comma.map_or(0, |c| c + 1)..verb).find(|&i| !self.is(i, LEADING | ADJUNCT))?;
        let past = |i: usize| {
            let word = self.word(i);
            let described = matches!(self.word(i + 1), "by" | "in" | "from" | "on" | "at");
            // "Cut its rate, saying": behind its subject and before its object.
            let irregular = self.is(i, IRREGULAR) && self.is(i + 1, DETERMINER | OPENING) && !self.is_noun(i);
            !self.is_capital(i) && self.is(i, FINITE | SAY | STATE | SPEAK) && !self.is_noun(i)
                || irregular
                || (word.len() > 4 && word.ends_with("ed") && !self.is_capital(i) && !described)
        };
        let mut end = (start + 1..verb).find(|&i| past(i) || self.is_mark(i))?;
        if self.word(end) == "," && end + 1 < verb {
            // ", in a speech in Davao,": where he spoke is no part of who speaks.
            let placed = self.is_circumstance(end + 1) && self.is(end + 1, ADJUNCT);
            let close = (end + 1..verb).find(|&i| self.word(i) == ",").filter(|_| !placed).unwrap_or(end);
            end = if close + 1 < verb && past(close + 1) { close } else { end };
        }
        (end - start <= 16).then_some(start..end)
    }
    /// "…," said Smith, a lawyer.
    pub(super) fn subject_after(&self, verb: usize) -> Option<Range<usize>> {
        let led = verb == 0 || matches!(self.word(verb - 1), "," | "”" | "\"" | "—" | "–" | "?" | "!");
        if !led || self.tokens[verb].form == Form::Ing || self.tokens[verb].bits & (SAY | STATE) == 0 {
            return None;
        }
        let start = verb + 1;
        let end = self.phrase_end(start);
        let sound = self.is_capital(start)
            || self.is(start, PRONOUN)
            || matches!(self.word(start), "the" | "a" | "an" | "one" | "his" | "her" | "two" | "some")
            // “A disgrace,” tweeted former governor Ellen Whitlock.
            || self.quote_before(verb).is_some() && (start..(start + 4).min(end)).any(|i| self.is_capital(i));
        (end > start && sound && !self.is(start, ADJUNCT)).then_some(start..end)
    }
    /// Where the noun phrase ends that begins at `start`, with an apposition.
    pub(super) fn phrase_end(&self, start: usize) -> usize {
        // "Says one negotiator": a numeral of what follows.
        let counts = matches!(self.word(start), "one" | "some" | "many" | "most" | "both" | "neither")
            && !self.is_mark(start + 1)
            && !self.is(start + 1, STOP | WEEKDAY | FINITE | PRONOUN | AUXILIARY | BE);
        if self.is(start, PRONOUN) && !counts && !self.is(start + 1, ADJUNCT) {
            // "Said one, Peter Maddow."
            let named =
                self.word(start + 1) == "," && self.is_capital(start + 2) && self.is_capital(start + 3);
            let close = (start + 2..self.tokens.len()).find(|&i| self.is_mark(i));
            return close.filter(|_| named).unwrap_or(start + 1);
        }
        let stops = |i: usize| {
            let word = self.word(i);
            let led = i > 0 && self.is(i - 1, DESCRIBED);
            // "A memo obtained by Politico": by whom, and not by when.
            let whom = word == "by" && self.is_capital(i + 1) && !self.is(i + 1, WEEKDAY);
            let of = whom || matches!(word, "of" | "for" | "with" | "from" | "at");
            // "Said one trader in Geneva": where somebody without a name is.
            let where_from = word == "in"
                && self.is_capital(i + 1)
                && !self.is(i + 1, WEEKDAY)
                && matches!(self.word(start), "a" | "an" | "one" | "another");
            let place = self.is(i, ADJUNCT) && !led && !of && !where_from;
            let inner = (start + 1..i).any(|j| matches!(self.word(j), "who" | "whose"));
            (self.is_mark(i) && !matches!(word, "’" | "'" | "&"))
                || !inner
                    && self.is(i, STOP | WEEKDAY | FINITE)
                    && i > start
                    && word != "who"
                    // "With the plans", "the Sunday Chronicle".
                    && !(self.is(i, FINITE) && self.is(i - 1, DETERMINER))
                    && !(self.word(i - 1) == "the" && self.is_capital(i) && self.is_capital(i + 1))
                || !inner && place && i > start
        };
        let limit = (start + LONGEST_SOURCE).min(self.tokens.len());
        let mut end = (start..limit).find(|&i| stops(i)).unwrap_or(limit);
        let next = self.word(end + 1).to_ascii_lowercase();
        let article = matches!(next.as_str(), "a" | "an" | "the" | "who" | "whose");
        let apposed = article || self.is(end + 1, POST);
        // "Rep. Tom Garrity, R-Ohio".
        let party = ["R-", "D-", "I-"].iter().any(|p| self.word(end + 1).starts_with(p));
        if self.word(end) == "," && party {
            return end + 2;
        }
        let aged = self.word(end + 1).parse::<u8>().is_ok() && self.word(end + 2) == ",";
        if self.word(end) == "," && aged {
            let close = |i: usize| matches!(self.word(i), "," | "." | ";" | "—" | "“" | "\"" | ":");
            end = (end + 3..limit).find(|&i| close(i)).unwrap_or(end);
        } else if self.word(end) == "," && apposed {
            let close = |i: usize| matches!(self.word(i), "," | "." | ";" | "—" | "“" | "\"" | ":");
            // "According to local media, the government intends to …": as long as that it is what is said.
            let close = (end + 1..limit).find(|&i| close(i)).unwrap_or(end);
            let described = (end + 1..close).any(|i| matches!(self.word(i), "who" | "whose"));
            let clause = matches!(next.as_str(), "a" | "an" | "the")
                && !described
                && (close - end > LONGEST_APPOSITION || (end + 2..close).any(|i| self.is(i, AUXILIARY | BE)));
            end = if clause { end } else { close };
        }
        end
    }
}
