//! English: subject, verb and what is said, before or behind it; "according to", "citing".
//!
//! The grammar is shallow on purpose: a noun phrase is what stands between two words that cannot be part of one.

mod content;
mod opinions;
mod phrases;
mod tokens;

use super::Found;
use crate::cues::{Form, Hits};
use std::ops::Range;
use tokens::*;

/// Numbers behind which a word is a noun: "nine questions".
const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen", "several"];

/// Finds the voices of one sentence; all positions are bytes of `text`.
pub fn find(
    text: &str,
    sentence: Range<usize>,
    quotes: &[Range<usize>],
    hits: &mut Hits,
    found: &mut Vec<Found>,
) {
    let Some(words) = text.get(sentence.clone()) else { return };
    GRAMMAR.cues.scan(words, hits);
    let speaks = GRAMMAR.speaking().any(|g| hits.has(g));
    let colon = [": “", ": \""].iter().any(|w| words.contains(w));
    let headline = !words.ends_with(['.', '”', '"']) && (words.contains(": ") || words.contains(" - "));
    let cites = ["ccording to", "citing", "Citing", "uoting", "Per ", "per ", "to quote ", "To quote "]
        .iter()
        .any(|w| words.contains(w));
    // “Two is enough,” the whip grinned: a quotation that is left open.
    let open = quotes.iter().any(|q| text[..q.end].trim_end_matches(['”', '"']).ends_with([',', '?', '!']));
    if !speaks && !cites && !headline && !colon && !open {
        return;
    }
    let tokens = tokens(text, sentence.clone(), quotes, hits);
    let reader = Reader { text, sentence, tokens, quotes };
    let before = found.len();
    for at in 0..reader.tokens.len() {
        if let Some(one) = reader.at(at, &found[before..])
            && !found[before..].iter().any(|f| f.cue == one.cue)
        {
            found.push(one);
        }
    }
    reader.cite(before, found);
    found.extend(reader.behind_colon(&found[before..]));
    found.extend(reader.uttered(&found[before..]));
    if found.len() == before {
        found.extend(reader.headline());
    }
    let sources: Vec<Range<usize>> = found[before..].iter().map(|f| f.source.clone()).collect();
    // "Three people who have seen the results": what describes a source is no voice.
    let describes = |f: &Found| {
        // "Ms. Hallam, who denies wrongdoing," tells it besides.
        let besides = |s: &Range<usize>| text.get(s.start..f.cue.start).is_some_and(|w| w.contains(','));
        let within = |s: &Range<usize>| s.start < f.cue.start && f.cue.end <= s.end;
        sources.iter().any(|s| within(s) && !besides(s))
    };
    let behind = found[before..].iter().filter(|f| f.cue.end <= f.content.start);
    let contents: Vec<Range<usize>> = behind.map(|f| f.content.clone()).collect();
    // "The airline said it plans to resume flights": a plan that another tells.
    let told = |f: &Found| {
        let means = reader.tokens.iter().position(|t| t.start == f.cue.start).filter(|&i| {
            reader.is(i, MEANS) && reader.word(i + 1) != "that" && !f.direct && f.content.start > f.cue.start
        });
        let whole = f.source.start.min(f.cue.start);
        means.is_some() && contents.iter().any(|c| c.start <= whole && f.cue.end <= c.end && *c != f.content)
    };
    let describes = |f: &Found| describes(f) || told(f);
    let mut at = 0;
    found.retain(|f| {
        at += 1;
        at <= before || !describes(f)
    });
    narrow(&mut found[before..]);
}

/// "Nvidia expects to ship it, its finance chief said": what an inner voice says ends where the outer one's does.
fn narrow(found: &mut [Found]) {
    let outer: Vec<(usize, usize)> = found
        .iter()
        .filter(|f| f.content.end <= f.source.start.min(f.cue.start))
        .map(|f| (f.content.end, f.source.start.min(f.cue.start)))
        .collect();
    for one in found {
        // "“We are done,” Reyes wrote, according to the indictment": a cue behind both covers both.
        let inside = |(end, voice): &&(usize, usize)| {
            one.content.start < *end && one.cue.start < *end && *voice < one.content.end
        };
        if let Some((end, _)) = outer.iter().find(inside) {
            one.content.end = *end;
        }
    }
}

impl Reader<'_> {
    /// "Bessent: U.S. may raise tariffs", "U.S. to curb exports - sources": a short name at either end of a headline.
    fn headline(&self) -> Option<Found> {
        const NAME: usize = 5;
        const LEAST: usize = 4;
        let count = self.tokens.len();
        if count < LEAST || self.word(count - 1) == "." || self.tokens.iter().any(|t| t.quoted) {
            return None;
        }
        if let Some(colon) = (1..=NAME.min(count - LEAST)).find(|&i| self.word(i) == ":") {
            let named =
                (0..colon).all(|i| self.is_capital(i) || self.is(i, ADJUNCT)) && !self.is_label(0..colon);
            let said = self.tokens.get(colon + 1)?.start..self.clause_end(colon + 1);
            // "Exclusive: city to raise tolls - sources": behind a label the source may stand at the end.
            if named || !self.is_label(0..colon) {
                return self.build(0..colon, colon..colon + 1, said).filter(|_| named);
            }
        }
        let dash = (count.saturating_sub(NAME)..count - 1).find(|&i| matches!(self.word(i), "-" | ":"))?;
        let said = self.tokens[0].start..self.tokens[dash.checked_sub(LEAST)? + LEAST - 1].end;
        // "Tunnel was unsafe from day one: inspectors".
        let people = |i: usize| self.word(i).ends_with('s') && self.word(i).len() > 4 && count - dash <= 3;
        // "City to restart talks: finance ministry".
        let office = self.is(count - 1, TAIL)
            && (dash + 1..count).all(|i| !self.is_mark(i) && !self.is(i, FINITE | BE | AUXILIARY | ADJUNCT));
        let named = (office
            || (dash + 1..count).all(|i| self.is_capital(i) || self.is(i, TAIL) || people(i)))
            && !self.is_label(dash + 1..count);
        self.build(dash + 1..count, dash..dash + 1, said).filter(|_| named)
    }
    /// "Exclusive", "analysis".
    pub(super) fn is_label(&self, words: Range<usize>) -> bool {
        words.into_iter().any(|i| self.is(i, LABEL))
    }
    /// The voice whose cue begins at a token.
    fn at(&self, at: usize, before: &[Found]) -> Option<Found> {
        let token = self.tokens[at];
        if token.quoted {
            return None;
        }
        if self.word(at).eq_ignore_ascii_case("according") && self.word(at + 1) == "to" {
            return self.according(at, 2);
        }
        if self.is_per(at) {
            return self.according(at, 1);
        }
        if self.word(at) == "quoted" && self.word(at + 1) == "by" {
            return self.quoted_by(at);
        }
        if let Some(one) = self.quotes_as(at).or_else(|| self.turned(at)) {
            return Some(one);
        }
        if let Some(one) = self.read_in(at).or_else(|| self.opinion(at)) {
            return Some(one);
        }
        if (token.bits & (NOUN | VIEW) != 0 || matches!(self.word(at), "report" | "reports"))
            && let Some(one) = self.shared(at).or_else(|| self.possessed(at))
        {
            return Some(one);
        }
        if token.bits & (SAY | STATE) != 0
            && let Some(one) = self.went_on_to(at).or_else(|| self.described(at))
        {
            return Some(one);
        }
        if token.bits & (SAY | STATE | SPEAK | FORECAST) == 0 || self.is_noun(at) || self.is_name(at) {
            return None;
        }
        if self.word(at + 1) == "by" && at == 0 {
            return self.fronted(at);
        }
        if self.word(at + 1) == "by" && token.bits & SAY == 0 {
            return self.told_by(at);
        }
        let first = (token.form == Form::Ing).then(|| self.goes_on(at, before)).flatten();
        first.or_else(|| self.spoken(at)).or_else(|| self.goes_on(at, before))
    }

    /// "I read, in the Keystone Dispatch, that": who has read it passes on what the paper says.
    fn read_in(&self, verb: usize) -> Option<Found> {
        const NAME: usize = 8;
        let comma = |i: usize| usize::from(self.word(i) == ",");
        let inside = verb + 1 + comma(verb + 1);
        if !matches!(self.word(verb), "read" | "saw" | "learned" | "learnt") || self.word(inside) != "in" {
            return None;
        }
        let name = inside + 1..(inside + 1..inside + NAME).find(|&i| matches!(self.word(i), "," | "that"))?;
        let that = name.end + comma(name.end);
        let named = name.clone().any(|i| self.is_capital(i));
        if self.word(that) != "that" || !named {
            return None;
        }
        let content = self.tokens.get(that + 1)?.start..self.clause_end(that + 1);
        self.build(name, verb..verb + 1, content)
    }

    /// "Emerged to declare that", "went on to say", "plan to argue that": the subject of the verb before speaks.
    fn went_on_to(&self, verb: usize) -> Option<Found> {
        const BACK: usize = 5;
        let to = verb.checked_sub(1).filter(|&i| matches!(self.word(i), "to" | "of"))?;
        let lead =
            (to.saturating_sub(BACK)..to).rev().find(|&i| self.is(i, UTTERS) && !self.tokens[i].quoted)?;
        let said = self.word(verb + 1) == "that" || self.opens_quote(verb + 1).is_some();
        // "Was fond of saying that".
        let fond = self.word(to) == "of";
        if fond != (self.word(lead) == "fond") {
            return None;
        }
        let lead = if fond { self.be_before(lead)? } else { lead };
        let subject = self.subject_before(lead)?;
        // "“…,” the bishop likes to say": what is said stands before.
        let quote = self.quote_before(subject.start).filter(|_| self.is_mark(verb + 1)).cloned();
        let content = if said { self.content_after(verb)? } else { quote? };
        self.build(subject, verb..verb + 1, content)
    }

    /// "An open letter asserting that", "signs reading “America First”": the noun before the participle speaks.
    fn described(&self, verb: usize) -> Option<Found> {
        let before = verb.checked_sub(1)?;
        // "Issued a statement saying the attack was revenge".
        let text = self.is(before, DOCUMENT | OCCASION | NOUN) && self.looks_like_clause(verb + 1);
        let said = text || self.word(verb + 1) == "that" || self.opens_quote(verb + 1).is_some();
        let noun = !self.is_mark(before)
            && !self.is(
                before,
                BE | AUXILIARY | ADJUNCT | ADVERB | STOP | PRONOUN | OPENING | SAY | STATE | SPEAK,
            );
        if self.tokens[verb].form != Form::Ing
            || self.is(verb, NOUN)
            || !said
            || !noun
            || self.word(before) == "and"
        {
            return None;
        }
        let article =
            |&i: &usize| matches!(self.word(i), "a" | "an" | "the" | "his" | "her" | "its" | "their");
        let start = (verb.saturating_sub(6)..verb).rev().find(article).unwrap_or(before);
        let content = self.content_after(verb)?;
        self.build(start..verb, verb..verb + 1, content).filter(|_| !(start..verb).any(|i| self.is_mark(i)))
    }

    /// "His claim that …", "in the ministry's view, …": whose word or view it is stands before the noun.
    fn possessed(&self, noun: usize) -> Option<Found> {
        const OWN: [&str; 6] = ["his", "her", "their", "its", "my", "our"];
        let owner = noun.checked_sub(1)?;
        let word = self.word(owner);
        let own = OWN.iter().any(|w| word.eq_ignore_ascii_case(w));
        let of = word.ends_with("’s") || word.ends_with("'s") || word.ends_with("s’") || word.ends_with("s'");
        if !own && !of {
            return None;
        }
        let start = if own { owner } else { self.owner_start(owner)? };
        let ending = ["’s", "'s", "’", "'"].iter().find(|e| word.ends_with(**e)).filter(|_| !own);
        let led = start > 0 && matches!(self.word(start - 1), "in" | "In" | "to" | "To" | "by" | "By");
        // "Alleged in its complaint that": where it was said.
        let placed = start > 1
            && matches!(self.word(start - 1), "in" | "during" | "at")
            && self.is(start - 2, SAY | STATE | SPEAK);
        let content = match () {
            // "The opposition's view is that the bill goes too far".
            () if matches!(self.word(noun + 1), "is" | "was" | "remains")
                && self.word(noun + 2) == "that" =>
            {
                self.tokens.get(noun + 3)?.start..self.clause_end(noun + 3)
            }
            () if placed => return None,
            () if self.is(noun, NOUN) && self.word(noun + 1) == "that" => {
                self.tokens.get(noun + 2)?.start..self.until_main_verb(start, noun + 2)
            }
            // "Her rival’s pledge to drain …": up to the verb of the sentence.
            () if self.is(noun, NOUN) && self.word(noun + 1) == "to" && self.is_deed(noun + 2) => {
                let verb = |&i: &usize| {
                    self.is(i, FINITE | BE | AUXILIARY) || self.is_mark(i) && self.word(i) == ","
                };
                let end = (noun + 4..self.tokens.len()).find(|i| !self.tokens[*i].quoted && verb(i));
                let last = end.map_or(self.clause_end(noun + 1), |i| self.tokens[i - 1].end);
                self.tokens.get(noun + 1)?.start..last
            }
            () if self.is(noun, VIEW) && led && self.word(noun + 1) == "," => {
                self.tokens.get(noun + 2)?.start..self.clause_end(noun + 2)
            }
            () => return None,
        };
        // "The senator's claim": whose it is, without its ending.
        let found = self.build(start..owner + 1, noun..noun + 1, content)?;
        let source = found.source.start..found.source.end - ending.map_or(0, |e| e.len());
        Some(Found { source, ..found })
    }
    /// "His claim that he was never told was contradicted": where the claim opens the sentence, the second verb is the
    /// sentence's own, unless a clause inside the claim has it.
    fn until_main_verb(&self, owner: usize, at: usize) -> usize {
        let end = self.clause_end(at);
        let opens = (0..owner).all(|i| self.is(i, LEADING | OPENING) || self.is_mark(i));
        let past = |i: usize| {
            let word = self.word(i);
            word.len() > 4
                && word.ends_with("ed")
                && !self.is_capital(i)
                && !self.is(i - 1, ADJUNCT | DETERMINER)
        };
        let verb = |i: usize| (self.is(i, FINITE | BE | AUXILIARY) || past(i)) && !self.tokens[i].quoted;
        let Some(first) = (at..self.tokens.len()).find(|&i| verb(i)).filter(|_| opens) else { return end };
        let mut group = first;
        while self.is(group, BE | AUXILIARY | ADVERB) {
            group += 1;
        }
        group += usize::from(group < self.tokens.len() && verb(group));
        let mut depth = 0;
        for i in group..self.tokens.len() {
            depth += usize::from(matches!(
                self.word(i),
                "that" | "which" | "who" | "if" | "when" | "because" | "and"
            ));
            if verb(i) && depth > 0 {
                depth -= 1;
            } else if verb(i) {
                let last = (owner..i).rev().find(|&j| !self.is(j, ADVERB)).unwrap_or(i - 1);
                return self.tokens[last].end.min(end);
            }
        }
        end
    }
    /// "Concern among party elders that", "claims by both sides that": who thinks so stands behind the noun.
    fn shared(&self, noun: usize) -> Option<Found> {
        const LONG: usize = 9;
        // "A report in the Ledger that duties would be scrapped": in a paper with a name.
        let printed = self.word(noun + 1) == "in"
            && (noun + 2..noun + 5).any(|i| self.is_capital(i))
            && (self.is(noun, NOUN) || matches!(self.word(noun), "report" | "reports"));
        let led = printed || matches!(self.word(noun + 1), "among" | "by" | "from") && self.is(noun, NOUN);
        let limit = (noun + LONG).min(self.tokens.len());
        let plain = |i: &usize| !self.is_mark(*i) && !self.is(*i, FINITE | BE);
        let that = (noun + 2..limit).filter(|_| led).take_while(plain).find(|&i| self.word(i) == "that")?;
        let end = self.until_comma(noun, that + 1).min(self.until_main_verb(noun, that + 1));
        let content = self.tokens.get(that + 1)?.start..end;
        self.build(noun + 2..that, noun..noun + 1, content)
    }
    /// "Despite warnings from engineers that it was unsafe, the council": up to the comma, where a preposition opens the sentence.
    pub(super) fn until_comma(&self, noun: usize, at: usize) -> usize {
        let end = self.clause_end(at);
        let opens = self.is(0, ADJUNCT) || self.word(0).eq_ignore_ascii_case("despite");
        let led = (1..noun).all(|i| !self.is(i, FINITE | BE) && !self.is_mark(i));
        let comma = (at + 2..self.tokens.len()).find(|&i| self.word(i) == "," && !self.tokens[i].quoted);
        comma.filter(|_| opens && led).map_or(end, |i| self.tokens[i - 1].end.min(end))
    }
    /// What somebody promises to do: a bare verb, and no name and no hearer.
    fn is_deed(&self, at: usize) -> bool {
        let plain =
            !self.is_capital(at) && !self.is(at, OPENING | HEARER | ADJUNCT | PRONOUN) && !self.is_mark(at);
        (plain || self.opens_quote(at).is_some()) && at < self.tokens.len()
    }

    /// "Was accused by a former deputy of steering contracts": who says it stands behind "by".
    fn told_by(&self, verb: usize) -> Option<Found> {
        let helpers = || verb.saturating_sub(3)..verb;
        let helped = helpers().any(|i| self.is(i, BE)) && !helpers().any(|i| self.word(i) == "not");
        // "News of it was first reported by the Chronicle".
        let reports = self.word(verb) == "reported";
        if !helped || self.tokens[verb].form != Form::Past || self.tokens[verb].bits & SPEAK == 0 && !reports
        {
            return None;
        }
        let start = verb + 2;
        let end = self.phrase_end(start);
        let act =
            |&i: &usize| matches!(self.word(i), "of" | "for" | "as") && self.word(i + 1).ends_with("ing");
        let end = (start + 1..end).find(act).unwrap_or(end);
        let turn = |&i: &usize| matches!(self.word(i), ";" | ",") && !self.tokens[i].quoted;
        let from = (0..verb).rev().find(turn).map_or(0, |i| i + 1);
        // "The claim has been disputed by": what they dispute; "is expected by analysts to fall": the whole.
        let whole = self.clause_end(verb);
        let be = helpers().find(|&i| self.is(i, BE | AUXILIARY)).unwrap_or(verb);
        let ends = end >= self.tokens.len() || self.is_mark(end);
        let last = if ends && (reports || self.is(verb, JUDGES)) && be > from {
            self.tokens[be - 1].end
        } else {
            whole
        };
        let content = self.tokens.get(from)?.start..last;
        self.build(start..end, verb..verb + 1, content)
    }

    /// "Warned by his own treasurer that the money would run out, the governor said": who warns stands behind "by".
    fn fronted(&self, verb: usize) -> Option<Found> {
        const LONG: usize = 12;
        let start = verb + 2;
        let limit = (start + LONG).min(self.tokens.len());
        let plain = |i: &usize| !self.is_mark(*i) && !self.is(*i, FINITE | BE);
        let that = (start + 1..limit).take_while(plain).find(|&i| self.word(i) == "that")?;
        let comma = (that + 2..self.tokens.len()).find(|&i| self.word(i) == "," && !self.tokens[i].quoted)?;
        let content = self.tokens.get(that + 1)?.start..self.tokens[comma - 1].end;
        let past = self.tokens[verb].form == Form::Past;
        self.build(start..that, verb..verb + 1, content).filter(|_| past)
    }

    /// Where the name of an owner begins: capitals before it, and "the"; of an office ("the prime minister's") its article.
    fn owner_start(&self, owner: usize) -> Option<usize> {
        const LONGEST: usize = 4;
        if !self.is_capital(owner) {
            let article = |&i: &usize| matches!(self.word(i), "the" | "The" | "a" | "A" | "an" | "An");
            let plain = |i: &usize| !self.is_mark(*i) && !self.is(*i, ADJUNCT | FINITE | BE | STOP | PRONOUN);
            let mut back = (owner.saturating_sub(LONGEST)..owner).rev().take_while(plain);
            return Some(back.find(article).unwrap_or(owner));
        }
        let mut start = owner;
        while start > 0
            && self.is_capital(start - 1)
            && !self.is_mark(start - 1)
            && !self.is(start - 1, ADJUNCT)
        {
            start -= 1;
        }
        let article = start > 0 && matches!(self.word(start - 1), "the" | "The");
        Some(start - usize::from(article))
    }

    /// "…, he said, adding that …", "he posted a photo and wrote: …": the one who spoke before goes on.
    fn goes_on(&self, verb: usize, before: &[Found]) -> Option<Found> {
        // "A Democratic aide, told of the remark, laughed": who is told does not speak.
        let told = self.word(verb + 1) == "of" && self.word(verb) == "told";
        let joined = verb > 0 && matches!(self.word(verb - 1), "," | "and" | "but" | "then") && !told;
        let form = self.tokens[verb].form;
        let finite =
            matches!(form, Form::Ing | Form::Past) || form == Form::Third && self.word(verb + 1) == "that";
        let says = matches!(self.word(verb - usize::from(verb > 0)), "but" | "and")
            && self.tokens[verb].bits & (SAY | STATE) != 0;
        let finite = finite || form == Form::Third && says;
        let nested =
            |f: &Found| before.iter().any(|g| g.content.start < f.cue.start && f.cue.end <= g.content.end);
        let last = before.iter().rev().find(|f| !nested(f)).filter(|_| joined && finite)?;
        let content = self.content_after(verb)?;
        let token = self.tokens[verb];
        let direct = self.quotes.iter().any(|q| q.start == content.start);
        Some(Found { source: last.source.clone(), cue: token.start..token.end, content, direct })
    }
    /// Words that are nouns where they stand: "the report", "a claim", "his fears".
    pub(super) fn is_noun(&self, at: usize) -> bool {
        let before = if at == 0 { "" } else { self.word(at - 1) };
        let determined =
            at > 0 && self.is(at - 1, DETERMINER) || before.ends_with("'s") || before.ends_with("’s");
        // "Played down fears of": over the particle.
        let particle = at > 1 && matches!(before, "down" | "off" | "up" | "aside" | "away");
        let governor = at.saturating_sub(1 + usize::from(particle));
        // "Dismissed talk of a ban": behind a verb a bare form is what it is about.
        let governed = at > 0
            && matches!(self.tokens[at].form, Form::Base | Form::Third)
            && self.is(governor, SAY | STATE | SPEAK)
            && self.is(at + 1, ADJUNCT)
            && matches!(self.tokens[governor].form, Form::Past | Form::Third)
            && !self.is_capital(at - 1)
            && !(at > 1 && self.is(at - 2, OPENING));
        let number = before.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(&before);
        let plural = self.tokens[at].form == Form::Third && NUMBERS.contains(&before) && before != "one";
        let counted = number && before != "one" && self.tokens[at].form == Form::Base || plural;
        // "State media": the noun.
        let state = self.word(at) == "state" && self.word(at + 1) != "that";
        // "Voiced doubt that".
        let voiced = at > 0 && self.is(at - 1, VOICES) && self.tokens[at].form == Form::Base;
        counted
            || state
            || governed
            || voiced
            || self.is_plural_noun(at)
            || determined && self.tokens[at].form != Form::Past
            || determined && before != "his" && before != "her" && !before.ends_with('s')
    }
    /// "The due-diligence rules for battery makers": a plural behind its determiner, with what belongs to it.
    fn is_plural_noun(&self, at: usize) -> bool {
        const NEAR: usize = 3;
        let plain = |i: &usize| !self.is_mark(*i) && !self.is(*i, FINITE | BE | AUXILIARY | PRONOUN);
        let mut before = (at.saturating_sub(NEAR)..at).rev().take_while(plain);
        let determined =
            before.any(|i| matches!(self.word(i), "the" | "a" | "its" | "their" | "his" | "her" | "new"));
        let belongs = matches!(self.word(at + 1), "for" | "of" | "on");
        self.tokens[at].form == Form::Third && !self.is(at, SAY) && belongs && determined
    }
    /// "Felt said": a capital inside a sentence is a name's, but for headlines that capitalise all their words.
    fn is_name(&self, at: usize) -> bool {
        let words = self.tokens.iter().filter(|t| t.end - t.start > 3).count();
        let capitals =
            (0..self.tokens.len()).filter(|&i| self.is_capital(i) && self.word(i).len() > 3).count();
        // ", Judge Diallo": a title behind a comma.
        let inside = at > 0 && (!self.is_mark(at - 1) || self.word(at - 1) == "," && self.is_capital(at + 1));
        inside && self.is_capital(at) && capitals * 2 < words
    }

    fn spoken(&self, verb: usize) -> Option<Found> {
        let saying = self.tokens[verb].form == Form::Ing;
        let asks_for =
            self.word(verb).to_ascii_lowercase().starts_with("ask") && self.word(verb + 1) == "for";
        // "Plan to argue that": the argument is the cue.
        let utters = self.is(verb, UTTERS) && self.word(verb + 1) == "to" && self.is(verb + 2, SAY | STATE);
        let utters = utters && self.word(verb + 3) == "that";
        // "Is considering a bill": no word of it yet; "put it on hold": no figure.
        let ponders = self.word(verb).ends_with("ing") && self.word(verb).starts_with("consider");
        let puts = self.word(verb).starts_with("put") && self.word(verb + 1) != "it" && !self.puts_at(verb);
        if self.is_hypothetical(verb) || self.answers(verb, verb + 1) || asks_for || utters || ponders || puts
        {
            return None;
        }
        let (subject, inverted) = match self.subject_before(verb) {
            Some(range) => (range, false),
            None if verb > 0 && (saying || matches!(self.before_helpers(verb), "and" | "but")) => {
                (self.main_subject(verb)?, false)
            }
            None => (self.subject_after(verb)?, true),
        };
        if !inverted && !self.agrees(&subject, verb) || self.keeps_silent(verb) {
            return None;
        }
        if self.is_aside(&subject, verb) {
            return None;
        }
        let subject = self.antecedent(&subject).unwrap_or(subject);
        let quoted_before = !inverted && self.quote_before(subject.start).is_some();
        let turn = |i: &usize| matches!(self.word(*i), ";" | ":") && !self.tokens[*i].quoted;
        let from = (0..subject.start).rev().find(turn).map_or(0, |i| i + 1);
        let heard = self.heard_until(from, &subject, verb);
        let heard_lone = self.word(from).eq_ignore_ascii_case("as")
            && !(from..subject.start).any(|i| self.is(i, FINITE | BE | SAY | STATE | SPEAK));
        let parenthetic = !inverted
            && !quoted_before
            && subject.start > 0
            && self.word(subject.start - 1) == ","
            // "As president, he said, he would repeal the law"; not "in an interview, he said, the law was bad".
            && (!self.is(from, ADJUNCT)
                || heard_lone && !(from..subject.start).any(|i| self.is(i, OCCASION | WEEKDAY)))
            && !["asked", "speaking", "pressed", "addressing", "writing", "when", "appearing", "responding"]
                .iter()
                .any(|w| self.word(from).eq_ignore_ascii_case(w))
            && self.word(heard) == ","
            && !self.is_appended(heard + 1)
            && !self.is_judged(heard + 1);
        let inverted_front = inverted && verb == 0;
        // "Wrote the columnist a day later": when is no part of who.
        let later = |i: &usize| *i > subject.start && matches!(self.word(*i), "a" | "one" | "two" | "three");
        let time = subject.clone().rev().find(later).filter(|&i| {
            inverted_front
                && subject.end - i <= 2
                && matches!(self.word(i + 2), "later" | "earlier" | "ago" | "after")
        });
        let subject = subject.start..time.unwrap_or(subject.end);
        let content = if parenthetic && self.tokens[verb].bits & (SAY | STATE) != 0 {
            self.tokens[from].start..self.clause_end(heard + 1)
        } else if inverted_front {
            // "Wrote the columnist a day later: “They blinked.”"
            let colon = (subject.start..self.tokens.len()).find(|&i| self.word(i) == ":")?;
            self.opens_quote(colon + 1)?.clone()
        } else if inverted {
            self.around(verb, subject.end).or_else(|| self.content_before(verb, Some(subject.end)))?
        } else if let Some(judged) = self.judged_before(subject.start).filter(|_| self.disputes(verb)) {
            // ", a claim the spokesman rejected as “a smear”".
            self.opens_quote(verb + 2).cloned().unwrap_or(judged)
        } else if let Some(whole) = self.inserted(&subject, verb) {
            whole
        } else if subject.start > 0
            && self.word(subject.start - 1).eq_ignore_ascii_case("as")
            && self.word(verb + 1) == ","
            && verb + 3 < self.tokens.len()
        {
            self.tokens[verb + 2].start..self.clause_end(verb + 2)
        } else if let Some(first) = self.behind_as(&subject, verb) {
            self.tokens[first].start..self.clause_end(first)
        } else if let Some(figure) = self.figure_before(&subject, verb) {
            figure
        } else if quoted_before {
            self.content_before(subject.start, Some(verb + 1))?
        } else {
            let after = self.trailing(&subject, verb).or_else(|| self.content_after(verb));
            match after {
                Some(content) => content,
                None if matches!(self.word(verb + 1), "of" | "about") => return None,
                None => self.content_before(subject.start, None)?,
            }
        };
        self.build(subject, verb..verb + 1, content)
    }
    /// Where the comma stands that closes an inserted voice: "she said,", "he told the panel,", "wrote for the court,". More than
    /// the verb is part of it only where no verb stands before it, so that what was said goes on behind.
    fn heard_until(&self, from: usize, subject: &Range<usize>, verb: usize) -> usize {
        const LONG: usize = 7;
        let acts = |i: usize| self.is(i, FINITE | BE | AUXILIARY | SAY | STATE | SPEAK) && !self.is_noun(i);
        if self.word(verb + 1) == "," || (from..subject.start).any(acts) {
            return verb + 1;
        }
        let limit = (verb + 2 + LONG).min(self.tokens.len());
        let mark = (verb + 1..limit).find(|&i| self.is_mark(i) || acts(i) || self.word(i) == "that");
        let led = self.is(verb + 1, ADJUNCT | WEEKDAY) || self.is(verb, ADDRESSES);
        mark.filter(|&i| led && self.word(i) == "," && i + 2 < self.tokens.len()).unwrap_or(verb + 1)
    }
    /// "As Friedrich List wrote almost two centuries ago, it is common": what is said begins behind the comma.
    fn behind_as(&self, subject: &Range<usize>, verb: usize) -> Option<usize> {
        const LONG: usize = 9;
        let led = subject.start == 1 && self.word(0) == "As" && self.tokens[verb].bits & (SAY | STATE) != 0;
        let limit = (verb + LONG).min(self.tokens.len());
        let plain = |i: &usize| !self.is(*i, FINITE | BE | AUXILIARY | PRONOUN) && self.word(*i) != "that";
        let comma = (verb + 1..limit).filter(|_| led).take_while(plain).find(|&i| self.is_mark(i))?;
        (self.word(comma) == "," && comma + 3 < self.tokens.len()).then_some(comma + 1)
    }
    /// "Down from the 2.7 percent it projected in January", "the $4.2 billion that analysts had forecast".
    fn figure_before(&self, subject: &Range<usize>, verb: usize) -> Option<Range<usize>> {
        const LONG: usize = 5;
        let ends = verb + 1 >= self.tokens.len() || self.is_mark(verb + 1) || self.is(verb + 1, ADJUNCT);
        if !self.is(verb, FORECAST) || !ends {
            return None;
        }
        let end = subject.start - usize::from(subject.start > 0 && self.word(subject.start - 1) == "that");
        let counts = |&i: &usize| self.word(i).starts_with(|c: char| c.is_ascii_digit() || c == '$');
        let near = (end.saturating_sub(LONG)..end).rev().take_while(|&i| !self.is_mark(i));
        let first = near.filter(counts).last()?;
        let plain = !(first..end).any(|i| self.is(i, FINITE | BE | AUXILIARY | ADJUNCT));
        plain.then(|| self.tokens[first].start..self.tokens[end - 1].end)
    }
    /// "…, the minister said in Perth", "…, a spokesman told reporters on Monday, rejecting a report": what stands behind
    /// such a cue is where and when, and what was said stands before.
    fn trailing(&self, subject: &Range<usize>, verb: usize) -> Option<Range<usize>> {
        const REACH: usize = 14;
        let led = subject.start > 0 && self.word(subject.start - 1) == ",";
        if matches!(self.word(verb + 1), "of" | "about") {
            return None;
        }
        // "…, the agency said, citing a draft": what was said stands before, too.
        let cites =
            self.word(verb + 1) == "," && matches!(self.word(verb + 2), "citing" | "quoting" | "without");
        if led
            && cites
            && !(verb + 3..self.tokens.len()).any(|i| self.word(i) == "that" && self.word(i - 1) == ",")
        {
            return self.content_before(subject.start, None);
        }
        let after = self.skip_hearer(verb, verb + 1);
        // "Told a Senate panel, adding that": a hearer without a name.
        let mark = (after..self.tokens.len())
            .take(9)
            .find(|&i| self.is_mark(i) || self.is(i, FINITE | BE | PRONOUN));
        let told = self.word(verb).to_ascii_lowercase().starts_with("t") && self.tokens[verb].bits & SAY != 0;
        // "…, two delegates told Argus.": the name of who heard it ends the sentence.
        let named = after > verb + 1 && (after >= self.tokens.len() || mark == Some(after));
        let heard = told
            && (named && mark.is_none_or(|i| matches!(self.word(i), "," | "."))
                || mark.is_some_and(|i| i > after && matches!(self.word(i), "," | ".")));
        let occasion = heard
            || self.is(after, ADJUNCT | WEEKDAY)
            || matches!(self.word(after), "last" | "this" | "late" | "earlier");
        let reach = mark.filter(|_| heard).map_or(REACH, |i| i - after);
        let mut near = (after..self.tokens.len()).take(reach);
        // "After the close, above the 4.2 billion that analysts had forecast": a "that" far behind a comma.
        let comma = (after + 1..self.tokens.len()).take(reach).find(|&i| self.word(i) == ",");
        let that = |i: usize| self.word(i) == "that" && comma.is_none_or(|c| i <= c + 1);
        let introduces = near.any(|i| that(i) || self.word(i) == ":" || self.opens_quote(i).is_some());
        let next = self.skip_occasion(after);
        let clause = self.looks_like_clause(next) && self.word(next) != "," && !self.is(next, ADJUNCT);
        let plain = self.tokens[verb].bits & (SAY | STATE) != 0;
        (led && occasion && plain && !introduces && !clause)
            .then(|| self.content_before(subject.start, None))?
    }
    /// "Mr. Hale, as one former colleague put it, never met a camera": what is said stands around the voice.
    fn inserted(&self, subject: &Range<usize>, verb: usize) -> Option<Range<usize>> {
        let comma = subject.start.checked_sub(2)?;
        // “It is,” as one banker put it, “a tax”: the comma may stand inside the quotation.
        let closed = matches!(self.word(comma), "”" | "\"") && comma > 0 && self.word(comma - 1) == ",";
        let as_it = (closed || self.word(comma) == ",") && self.word(comma + 1) == "as" && comma > 0;
        let close = (verb + 1..verb + 3).find(|&i| self.word(i) == ",")?;
        (as_it && close + 2 < self.tokens.len()).then(|| self.tokens[0].start..self.clause_end(close + 1))
    }
    /// "Put the death toll at 31", "put the odds at “slim to none”".
    fn puts_at(&self, verb: usize) -> bool {
        const REACH: usize = 10;
        let state = |i: usize| {
            matches!(self.word(i), "risk" | "odds" | "ease" | "stake" | "rest" | "the" | "a" | "an")
        };
        let mut near = verb + 1..(verb + REACH).min(self.tokens.len());
        near.any(|i| self.word(i) == "at" && !state(i + 1))
    }
    /// "Declined to comment": nothing is said.
    fn keeps_silent(&self, verb: usize) -> bool {
        let declines =
            ["declin", "refus"].iter().any(|v| self.word(verb).to_ascii_lowercase().starts_with(v));
        declines && self.word(verb + 1) == "to" && self.is(verb + 2, WITHHELD)
    }
    /// "The ranking member, who accused her": "who" stands for the noun phrase before it.
    fn antecedent(&self, subject: &Range<usize>) -> Option<Range<usize>> {
        let who = subject.start;
        if subject.len() != 1 || !matches!(self.word(who), "who" | "which") || who == 0 {
            return None;
        }
        let end = if self.word(who - 1) == "," { who - 1 } else { who };
        let start = self.phrase_start(end)?;
        // "Heard from three nurses, who".
        let start = start + usize::from(self.is(start, ADJUNCT));
        // "Drew criticism from environmental groups, which said".
        let from = (start + 1..end).find(|&i| self.word(i) == "from" && self.is(i - 1, UTTERANCE | NOUN));
        let start = from.map_or(start, |i| i + 1);
        // "Has been disputed by two colleagues, who": behind the verb.
        let by = (start..end).rev().find(|&i| self.word(i) == "by" && self.tokens[i - 1].form == Form::Past);
        let start = by.map_or(start, |i| i + 1);
        (start < end).then_some(start..end)
    }
    /// "Who declined to be named", "to hear him tell it": how it was said, or a turn of phrase.
    fn is_aside(&self, subject: &Range<usize>, verb: usize) -> bool {
        let word = self.word(verb).to_ascii_lowercase();
        let who = subject.len() == 1 && self.word(subject.start).eq_ignore_ascii_case("who");
        let neither = self.word(subject.start) == "neither" && subject.len() == 1;
        neither
            || who && ["declin", "sp", "refus", "ask"].iter().any(|v| word.starts_with(v))
            || self.word(subject.start).eq_ignore_ascii_case("to")
    }
    /// ", he said, adding that", ", she said, though no date is set": what follows is not what was said.
    fn is_appended(&self, at: usize) -> bool {
        let word = self.word(at);
        self.opens_quote(at).is_none() && (self.is(at, APPENDED) || (word.len() > 5 && word.ends_with("ing")))
    }
    /// "would add", "could show": not said yet, unless a quotation or "that" follows.
    fn is_hypothetical(&self, verb: usize) -> bool {
        // "Had forecast" is past, whatever it looks like.
        let perfect = verb > 0 && matches!(self.word(verb - 1), "has" | "have" | "had");
        let modal =
            verb > 0 && self.tokens[verb].form == Form::Base && self.is(verb - 1, AUXILIARY) && !perfect;
        let negated = verb > 1 && matches!(self.word(verb - 2), "did" | "does" | "do");
        // "Investors should expect “a bumpy ride”": advice, and nobody's word.
        let advice = verb > 0 && matches!(self.word(verb - 1), "should" | "must");
        modal && !negated && (advice || self.word(verb + 1) != "that" && self.opens_quote(verb + 1).is_none())
    }
    /// "Per a notice on the website, inspections will be stepped up", "…, per Reuters"; not "a dollar per barrel".
    fn is_per(&self, at: usize) -> bool {
        let opens = at == 0 || self.word(at - 1) == ",";
        let source =
            matches!(self.word(at + 1), "a" | "an" | "the" | "its" | "their") || self.is_capital(at + 1);
        opens && source && self.word(at).eq_ignore_ascii_case("per")
    }

    /// "Was quoted by Anadolu as saying that the quota would be doubled": who quotes passes it on.
    fn quoted_by(&self, verb: usize) -> Option<Found> {
        const NAME: usize = 8;
        let start = verb + 2;
        let end =
            (start + 1..start + NAME).find(|&i| self.word(i) == "as" && self.word(i + 1) == "saying")?;
        let first = end + 2 + usize::from(self.word(end + 2) == "that");
        let content = self.tokens.get(first)?.start..self.clause_end(first);
        self.build(start..end, verb..verb + 1, content)
    }

    /// "Local media quoted a director as saying that 40 were hurt": who quotes passes it on.
    fn quotes_as(&self, verb: usize) -> Option<Found> {
        let quotes = ["quoted", "quotes", "quoting", "cited", "cites"].contains(&self.word(verb));
        let saying = quotes.then(|| self.as_saying(verb)).flatten()?;
        let subject = self.subject_before(verb).or_else(|| self.main_subject(verb))?;
        let content = self.content_after(saying)?;
        self.build(subject, verb..verb + 1, content)
    }

    /// Where "saying" stands in "quoted a director as saying".
    pub(super) fn as_saying(&self, verb: usize) -> Option<usize> {
        const LONG: usize = 16;
        let limit = (verb + LONG).min(self.tokens.len());
        let says = |i: usize| matches!(self.word(i), "saying" | "telling" | "writing" | "warning");
        let plain = |i: &usize| !self.is(*i, FINITE | BE) && !self.tokens[*i].quoted;
        (verb + 2..limit).take_while(plain).find(|&i| says(i) && self.word(i - 1) == "as")
    }

    /// "According to a notice", "per a notice": a cue of so many words before its source.
    fn according(&self, at: usize, words: usize) -> Option<Found> {
        let start = at + words;
        let mut end = self.phrase_end(start);
        if end <= start {
            return None;
        }
        // "…; according to the readout, it was": the part behind a semicolon stands by itself.
        let turn = |i: &usize| matches!(self.word(*i), ";" | ":") && !self.tokens[*i].quoted;
        let from = (0..at).rev().find(turn).map_or(0, |i| i + 1);
        let leads = (from..at).all(|i| self.is(i, LEADING) || self.is_mark(i));
        let comma = (start..self.tokens.len()).find(|&i| self.word(i) == "," && !self.tokens[i].quoted);
        if leads && self.word(end) != "," && end + 1 < self.tokens.len() && comma.is_some_and(|c| c > end) {
            // "According to a memo seen by two papers, the ministry knew": all before the comma describes the source.
            end = comma.unwrap_or(end);
        }
        if leads && end + 1 >= self.tokens.len() {
            // "According to two people, the president has grown …": what runs to the end is what is said.
            end = (start..end).find(|&i| self.word(i) == ",").unwrap_or(end);
        }
        // "According to the Journal, which cited two people, …", "per a draft, seen by this paper, …": described once more.
        let mut described = None;
        if leads && self.word(end) == "," {
            let which = matches!(self.word(end + 1), "which" | "who" | "whose");
            let read = self.is(end + 1, OBTAINED);
            let close = (end + 2..self.tokens.len()).find(|&i| self.word(i) == ",");
            described = close.filter(|&c| (which || read) && c + 3 < self.tokens.len());
            end = described.filter(|_| read).unwrap_or(end);
        }
        // "Reported that, according to documents, the company had paid".
        let inner =
            at > 2 && self.word(at - 1) == "," && self.word(at - 2) == "that" && self.word(end) == ",";
        // "Most voters, according to a poll, don't care": what is said stands around the voice.
        let acts = |i: usize| {
            self.is(i, FINITE | BE | AUXILIARY | SAY | STATE | SPEAK) || self.word(i).ends_with("ed")
        };
        let around =
            !leads && at > from && self.word(at - 1) == "," && self.word(end) == "," && !(from..at).any(acts);
        let content = if around {
            self.tokens.get(from)?.start..self.clause_end(end + 1)
        } else if leads || inner {
            let end = described.unwrap_or(end);
            let from = if self.word(end) == "," { end + 1 } else { end };
            let first = self.tokens.get(from)?;
            first.start..self.clause_end(from)
        } else {
            let mut last = at;
            while last > 0 && self.word(last - 1) == "," {
                last -= 1;
            }
            self.tokens.get(from)?.start..self.tokens[last.checked_sub(1)?].end
        };
        self.build(start..end, at..start, content)
    }
    /// "citing two people": the source of what the sentence's outer voice covers, or of all that precedes.
    fn cite(&self, before: usize, found: &mut Vec<Found>) {
        for at in 0..self.tokens.len() {
            let cites = ["citing", "quoting"].iter().any(|w| self.word(at).eq_ignore_ascii_case(w));
            // "The Journal, which cited two people".
            let which = at > 0 && matches!(self.word(at - 1), "which" | "who");
            let cites = cites || which && matches!(self.word(at), "cited" | "quoted");
            let without = at > 0 && matches!(self.word(at - 1), "without" | "not" | "never");
            // "Quoting the director as saying": the director says it.
            let without = without || self.as_saying(at).is_some();
            if !cites || without || self.tokens[at].quoted {
                continue;
            }
            let comma = (at + 1..self.tokens.len()).find(|&i| self.word(i) == ",").filter(|_| at == 0);
            let end = comma.unwrap_or_else(|| self.phrase_end(at + 1));
            let told = found[before..].iter();
            // Who told it last before the citation cites; else who tells most.
            let nearest = told
                .clone()
                .filter(|f| f.content.end <= self.tokens[at].start && f.cue.end <= self.tokens[at].start)
                .max_by_key(|f| f.cue.start);
            let outer = nearest.map(|f| f.content.clone());
            let outer = outer.or_else(|| told.map(|f| f.content.clone()).max_by_key(Range::len));
            let last = if at > 0 && self.word(at - 1) == "," { at - 1 } else { at };
            let content = outer.or_else(|| Some(self.tokens[0].start..self.tokens[last.checked_sub(1)?].end));
            if let Some(one) = content.and_then(|c| self.build(at + 1..end, at..at + 1, c)) {
                found.push(one);
            }
        }
    }
    fn build(&self, source: Range<usize>, cue: Range<usize>, content: Range<usize>) -> Option<Found> {
        let first = self.tokens.get(source.start)?;
        let last = self.tokens.get(source.end.checked_sub(1)?)?;
        let source = first.start..last.end;
        let cue = self.tokens.get(cue.start)?.start..self.tokens.get(cue.end.checked_sub(1)?)?.end;
        let direct = self.quotes.iter().any(|q| q.start == content.start);
        let apart =
            content.end <= source.start || content.start >= source.end || content.start < source.start;
        (content.start < content.end && apart).then_some(Found { source, cue, content, direct })
    }
}
