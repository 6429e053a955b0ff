//! English: subject, verb and what is said, before or behind it; "according to", "citing".
//!
//! The grammar is shallow on purpose: a noun phrase is what stands between two words that cannot be part of one.

use super::Found;
use crate::cues::{Builder, Cues, Form, Group, Hit};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A source that is longer than this many words is a misread clause.
const LONGEST_SOURCE: usize = 32;

#[derive(Deserialize)]
struct File {
    #[serde(flatten)]
    words: BTreeMap<String, toml::Value>,
}

/// What a word is, as bits.
type Bits = u32;

const NAMES: [&str; 14] = [
    "say",
    "state",
    "speak",
    "auxiliary",
    "be",
    "adverb",
    "pronoun",
    "stop",
    "finite",
    "leading",
    "weekday",
    "occasion",
    "adjunct",
    "hearer",
];
const SAY: Bits = 1;
const STATE: Bits = 1 << 1;
const SPEAK: Bits = 1 << 2;
const AUXILIARY: Bits = 1 << 3;
const BE: Bits = 1 << 4;
const ADVERB: Bits = 1 << 5;
const PRONOUN: Bits = 1 << 6;
const STOP: Bits = 1 << 7;
const FINITE: Bits = 1 << 8;
const LEADING: Bits = 1 << 9;
const WEEKDAY: Bits = 1 << 10;
const OCCASION: Bits = 1 << 11;
const ADJUNCT: Bits = 1 << 12;
const HEARER: Bits = 1 << 13;
const OPENING: Bits = 1 << 14;

struct Grammar {
    cues: Cues,
    groups: Vec<Group>,
}

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../rules/voices_en.toml")).expect("voices_en.toml");
    let mut builder = Builder::default();
    let names = NAMES.iter().copied().chain(["opening"]);
    let groups = names.map(|name| builder.group(&super::words(&file.words, name))).collect();
    Grammar { cues: builder.build(), groups }
});

/// One word or mark of a sentence.
#[derive(Debug, Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    bits: Bits,
    form: Form,
    /// Whether it stands inside quotation marks.
    quoted: bool,
}

/// The sentence being read.
struct Reader<'a> {
    text: &'a str,
    sentence: Range<usize>,
    tokens: Vec<Token>,
    quotes: &'a [Range<usize>],
}

/// Finds the voices of one sentence; all positions are bytes of `text`.
pub fn find(
    text: &str,
    sentence: Range<usize>,
    quotes: &[Range<usize>],
    hits: &mut Vec<Hit>,
    found: &mut Vec<Found>,
) {
    let Some(words) = text.get(sentence.clone()) else { return };
    GRAMMAR.cues.scan(words, hits);
    let speaks = |h: &Hit| GRAMMAR.groups[..3].iter().any(|&g| GRAMMAR.cues.is(h, g));
    if !hits.iter().any(speaks) && !words.contains("ccording to") && !words.contains("citing") {
        return;
    }
    let tokens = tokens(text, sentence.clone(), quotes, hits);
    let reader = Reader { text, sentence, tokens, quotes };
    let before = found.len();
    for at in 0..reader.tokens.len() {
        if let Some(one) = reader.at(at)
            && !found[before..].iter().any(|f| f.cue == one.cue)
        {
            found.push(one);
        }
    }
    reader.cite(before, found);
}

fn tokens(text: &str, sentence: Range<usize>, quotes: &[Range<usize>], hits: &[Hit]) -> Vec<Token> {
    let words = &text[sentence.clone()];
    let mut all = Vec::with_capacity(words.len() / 5 + 1);
    let mut chars = words.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        if is_word(c) {
            while let Some(&(at, next)) = chars.peek() {
                if next == '.' && is_abbreviation(&words[start..at]) {
                    end = at + 1;
                    chars.next();
                    break;
                }
                let stop = matches!(next, '.' | '\'' | '’' | '-' | '&');
                let inner = stop && words[at + next.len_utf8()..].starts_with(is_word);
                if !(is_word(next) || inner) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        let (start, end) = (sentence.start + start, sentence.start + end);
        let quoted = quotes.iter().any(|q| q.start < start && end < q.end);
        all.push(Token { start, end, bits: 0, form: Form::Fixed, quoted });
    }
    mark(&mut all, sentence.start, hits);
    all
}

/// Tells each token what it is; a phrase ("point out") marks its first word.
fn mark(tokens: &mut [Token], offset: usize, hits: &[Hit]) {
    for hit in hits {
        let Ok(at) = tokens.binary_search_by_key(&(hit.start + offset), |t| t.start) else { continue };
        let token = &mut tokens[at];
        let whole = token.end == hit.end + offset;
        for (bit, group) in GRAMMAR.groups.iter().enumerate() {
            if GRAMMAR.cues.is(hit, *group) && (whole || bit < 3) && token.end <= hit.end + offset {
                token.bits |= 1 << bit;
                token.form = GRAMMAR.cues.form(hit);
            }
        }
    }
}

/// Titles and initials, whose full stop ends no sentence.
fn is_abbreviation(word: &str) -> bool {
    const TITLES: [&str; 14] =
        ["Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt", "Jr", "St"];
    TITLES.contains(&word) || (word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase()))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '%')
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| &self.text[t.start..t.end])
    }
    fn is(&self, at: usize, bits: Bits) -> bool {
        self.tokens.get(at).is_some_and(|t| t.bits & bits != 0)
    }
    fn is_mark(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(|c| !is_word(c))
    }
    fn opens_quote(&self, at: usize) -> Option<&Range<usize>> {
        let token = self.tokens.get(at)?;
        self.quotes.iter().find(|q| q.start == token.start)
    }
    fn is_capital(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// The voice whose cue begins at a token.
    fn at(&self, at: usize) -> Option<Found> {
        let token = self.tokens[at];
        if token.quoted {
            return None;
        }
        if self.word(at).eq_ignore_ascii_case("according") && self.word(at + 1) == "to" {
            return self.according(at);
        }
        if token.bits & (SAY | STATE | SPEAK) == 0 || self.is_noun(at) {
            return None;
        }
        self.spoken(at)
    }

    /// Words that are nouns where they stand: "the report", "a claim", "his fears".
    fn is_noun(&self, at: usize) -> bool {
        let before = if at == 0 { "" } else { self.word(at - 1) };
        let determined = matches!(
            before.to_ascii_lowercase().as_str(),
            "the"
                | "a"
                | "an"
                | "this"
                | "his"
                | "her"
                | "their"
                | "its"
                | "to"
                | "of"
                | "in"
                | "no"
                | "any"
                | "new"
                | "for"
                | "with"
                | "our"
                | "my"
                | "these"
                | "some"
                | "by"
                | "public"
                | "from"
        ) || before.ends_with("'s")
            || before.ends_with("’s");
        determined && self.tokens[at].form != Form::Past
            || determined && before != "his" && before != "her" && !before.ends_with('s')
    }

    fn spoken(&self, verb: usize) -> Option<Found> {
        let saying = self.tokens[verb].form == Form::Ing;
        if self.is_hypothetical(verb) {
            return None;
        }
        let (subject, inverted) = match self.subject_before(verb) {
            Some(range) => (range, false),
            None if saying && verb > 0 => (self.main_subject(verb)?, false),
            None => (self.subject_after(verb)?, true),
        };
        let quoted_before = !inverted && self.quote_before(subject.start).is_some();
        let content = if inverted {
            self.content_before(verb, Some(subject.end))?
        } else if quoted_before {
            self.content_before(subject.start, Some(verb + 1))?
        } else {
            let after = self.content_after(verb);
            match after {
                Some(content) => content,
                None => self.content_before(subject.start, None)?,
            }
        };
        self.build(subject, verb..verb + 1, content)
    }

    /// "would add", "could show": not said yet, unless a quotation or "that" follows.
    fn is_hypothetical(&self, verb: usize) -> bool {
        let modal = verb > 0 && self.tokens[verb].form == Form::Base && self.is(verb - 1, AUXILIARY);
        let negated = verb > 1 && matches!(self.word(verb - 2), "did" | "does" | "do");
        modal && !negated && self.word(verb + 1) != "that" && self.opens_quote(verb + 1).is_none()
    }

    /// The quotation that ends right before a phrase, over a comma.
    fn quote_before(&self, phrase: usize) -> Option<&Range<usize>> {
        let last = if phrase > 0 && self.word(phrase - 1) == "," { phrase - 1 } else { phrase };
        if last == 0 { self.quote_before_sentence() } else { self.quote_ending_at(self.tokens[last - 1].end) }
    }

    /// The noun phrase that ends right before a verb, over its adverbs and auxiliaries.
    fn subject_before(&self, verb: usize) -> Option<Range<usize>> {
        let mut end = verb;
        let mut passive = false;
        while end > 0 && (self.is(end - 1, ADVERB | AUXILIARY | BE) || self.is_manner(end - 1)) {
            passive |= self.is(end - 1, BE);
            end -= 1;
        }
        if end == 0 || (passive && self.tokens[verb].form != Form::Ing) || self.tokens[end - 1].quoted {
            return None;
        }
        if self.tokens[verb].form == Form::Ing && !passive {
            return None;
        }
        let mut head = end;
        if self.word(head - 1) == "," {
            head = self.apposition(head - 1)?;
            if head == 0 {
                return None;
            }
        }
        let start = self.phrase_start(head)?;
        (start < head).then_some(start..if self.word(end - 1) == "," { end - 1 } else { end })
    }

    fn is_manner(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() > 4 && word.ends_with("ly") && !self.is_capital(at)
    }

    /// "Smith, a spokesman for the ministry, said": where the name ends, given the second comma.
    fn apposition(&self, comma: usize) -> Option<usize> {
        let first = (comma.saturating_sub(24)..comma).rev().find(|&i| self.word(i) == ",")?;
        let next = self.word(first + 1).to_ascii_lowercase();
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
    fn phrase_start(&self, end: usize) -> Option<usize> {
        let last = end.checked_sub(1)?;
        if self.is(last, PRONOUN) {
            return Some(last);
        }
        let mut start = end;
        while start > 0 && end - start < LONGEST_SOURCE {
            let at = start - 1;
            let word = self.word(at);
            let joins = word == "and" || word == "&";
            if self.tokens[at].quoted
                || self.is(at, STOP)
                || (self.is_mark(at) && !matches!(word, "’" | "'" | "&"))
            {
                break;
            }
            if joins
                && !(at > 0 && (self.is_capital(at - 1) || self.is_capital(at + 1)) && !self.is_mark(at - 1))
            {
                break;
            }
            if self.is(at, FINITE | SAY) && !self.has_relative(at) && self.tokens[at].form != Form::Base {
                break;
            }
            start = at;
        }
        while start < end && (self.is(start, LEADING) || self.is_time(start)) {
            start += 1;
        }
        (start < end && !self.is_mark(start)).then_some(start)
    }

    /// "On Tuesday", "In 2015" before a subject.
    fn is_time(&self, at: usize) -> bool {
        matches!(self.word(at), "On" | "In" | "By")
            && (self.is(at + 1, WEEKDAY) || self.word(at + 1).parse::<u16>().is_ok())
            || self.word(at).parse::<u16>().is_ok_and(|y| y > 1900 && y < 2100)
    }

    /// A verb behind "who" belongs to the noun phrase.
    fn has_relative(&self, at: usize) -> bool {
        (at.saturating_sub(6)..at).any(|i| matches!(self.word(i), "who" | "which" | "whose"))
    }

    /// "…, saying that": the subject of the sentence, up to its first finite verb.
    fn main_subject(&self, verb: usize) -> Option<Range<usize>> {
        if !matches!(self.word(verb - 1), "," | "in" | "by" | "and") || self.is_mark(0) {
            return None;
        }
        let start = (0..verb).find(|&i| !self.is(i, LEADING | ADJUNCT))?;
        let past = |i: usize| {
            let word = self.word(i);
            self.is(i, FINITE | SAY | STATE | SPEAK)
                || (word.len() > 4 && word.ends_with("ed") && !self.is_capital(i))
        };
        let end = (start + 1..verb).find(|&i| past(i) || self.is_mark(i))?;
        (end - start <= 10).then_some(start..end)
    }

    /// "…," said Smith, a lawyer.
    fn subject_after(&self, verb: usize) -> Option<Range<usize>> {
        let led = verb == 0 || matches!(self.word(verb - 1), "," | "”" | "\"" | "—" | "–" | "?" | "!");
        if !led || self.tokens[verb].form == Form::Ing || self.tokens[verb].bits & (SAY | STATE) == 0 {
            return None;
        }
        let start = verb + 1;
        let end = self.phrase_end(start);
        let sound = self.is_capital(start)
            || self.is(start, PRONOUN)
            || matches!(self.word(start), "the" | "a" | "an" | "one" | "his" | "her" | "two" | "some");
        (end > start && sound && !self.is(start, ADJUNCT)).then_some(start..end)
    }

    /// Where the noun phrase ends that begins at `start`, with an apposition.
    fn phrase_end(&self, start: usize) -> usize {
        if self.is(start, PRONOUN) && !self.is(start + 1, ADJUNCT) {
            return start + 1;
        }
        let stops = |i: usize| {
            let word = self.word(i);
            let place = self.is(i, ADJUNCT) && !matches!(word, "of" | "for" | "with" | "from" | "at");
            (self.is_mark(i) && !matches!(word, "’" | "'" | "&"))
                || self.is(i, STOP | WEEKDAY | FINITE) && i > start
                || (place && i > start)
        };
        let limit = (start + LONGEST_SOURCE).min(self.tokens.len());
        let mut end = (start..limit).find(|&i| stops(i)).unwrap_or(limit);
        let next = self.word(end + 1).to_ascii_lowercase();
        let apposed = matches!(
            next.as_str(),
            "a" | "an"
                | "the"
                | "who"
                | "whose"
                | "director"
                | "president"
                | "chief"
                | "head"
                | "professor"
                | "chairman"
                | "spokesman"
                | "spokeswoman"
        );
        if self.word(end) == "," && apposed {
            let close = |i: usize| matches!(self.word(i), "," | "." | ";" | "—" | "“" | "\"" | ":");
            end = (end + 1..limit).find(|&i| close(i)).unwrap_or(end);
        }
        end
    }

    /// What a verb introduces.
    fn content_after(&self, verb: usize) -> Option<Range<usize>> {
        let bits = self.tokens[verb].bits;
        let mut at = verb + 1;
        if self.is_mark(at) && self.opens_quote(at).is_none() && !matches!(self.word(at), ":" | ",") {
            return None;
        }
        at = self.skip_hearer(verb, at);
        at = self.skip_occasion(at);
        at = self.skip_aside(at);
        let introduced = self.word(at) == "that";
        while matches!(self.word(at), "that" | ":" | ",") && !(self.word(at) == "," && self.ends_soon(at + 1))
        {
            at += 1;
            at = self.skip_occasion(at);
        }
        let aside = matches!(self.word(verb + 2), "citing" | "quoting");
        if self.word(verb + 1) == "," && self.opens_quote(at).is_none() && !introduced && !aside {
            return None;
        }
        let start = self.tokens.get(at)?.start;
        if let Some(quote) = self.opens_quote(at) {
            return Some(quote.start..quote.end);
        }
        if self.is_mark(at) {
            return None;
        }
        let long = self.tokens.len() - at > 2;
        let clause = introduced || self.looks_like_clause(at);
        let accepted = match () {
            () if bits & SAY != 0 => long && (clause || self.word(verb) != "report"),
            () if bits & STATE != 0 && clause => long,
            () => bits & SPEAK != 0 && long,
        };
        accepted.then(|| start..self.clause_end(at))
    }

    /// "told reporters", "told him", "asked Ms. Smith".
    fn skip_hearer(&self, verb: usize, mut at: usize) -> usize {
        let word = self.word(verb).to_ascii_lowercase();
        let addressed = ["tell", "told", "inform", "remind", "assure", "notif", "advis", "warn", "ask"];
        if !addressed.iter().any(|v| word.starts_with(v)) {
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
        if word.starts_with("ask") && self.opens_quote(at).is_none() && self.word(at) != "," {
            from
        } else {
            at
        }
    }

    /// "on Tuesday", "in a statement to Reuters": when and where it was said.
    fn skip_occasion(&self, mut at: usize) -> usize {
        loop {
            let from = at;
            if self.is(at, WEEKDAY) && !self.is(at, OPENING)
                || self.is(at, ADVERB) && self.word(at + 1) == "that"
            {
                at += 1;
            } else if self.is(at, ADJUNCT) || matches!(self.word(at), "late" | "last" | "earlier" | "this") {
                let limit = (at + 9).min(self.tokens.len());
                let ends = |i: usize| self.is(i, OCCASION | WEEKDAY) || self.word(i).parse::<u16>().is_ok();
                let marked =
                    |i: usize| self.is_mark(i) || self.is(i, FINITE | PRONOUN) || self.word(i) == "that";
                let stop = (at + 1..limit).find(|&i| marked(i)).unwrap_or(limit);
                match (at + 1..stop).rev().find(|&i| ends(i)) {
                    Some(last) => at = last + 1,
                    None if self.word(stop) == "that" => at = stop,
                    None => return from,
                }
            }
            if at == from {
                return at;
            }
        }
    }

    /// ", citing two people," between a verb and its clause.
    fn skip_aside(&self, at: usize) -> usize {
        let aside = self.word(at) == "," && matches!(self.word(at + 1), "citing" | "quoting" | "without");
        let close = |&i: &usize| self.word(i) == ",";
        if !aside { at } else { (at + 1..self.tokens.len()).find(close).unwrap_or(at) }
    }

    fn ends_soon(&self, at: usize) -> bool {
        self.opens_quote(at).is_none() && self.tokens.len() <= at + 1
    }

    /// A clause without "that": a beginning that a clause may have, and a finite verb soon after.
    fn looks_like_clause(&self, at: usize) -> bool {
        let begins = self.is(at, OPENING | PRONOUN) || self.is_capital(at) || self.word(at).ends_with('s');
        let limit = (at + 14).min(self.tokens.len());
        let verb =
            |i: usize| self.is(i, FINITE | BE) || (self.word(i).len() > 4 && self.word(i).ends_with("ed"));
        begins && (at + 1..limit).take_while(|&i| self.word(i) != ";").any(verb)
    }

    /// What is said before the cue, given where the cue's phrase begins, and ends if the verb came first.
    fn content_before(&self, phrase: usize, end: Option<usize>) -> Option<Range<usize>> {
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
            return Some(quote.start..self.resumed(end, quote.end));
        }
        let comma = last > 0 && last < phrase;
        if !comma {
            return None;
        }
        let from = self.tokens[..last].iter().position(|t| t.start >= start).unwrap_or(0);
        let begin = self.tokens[from].start;
        let stop = self.tokens[last - 1].end;
        (last - from >= 2).then_some(begin..self.resumed(end, stop))
    }

    /// `“A,” he said, “B”`: the content goes on behind the cue.
    fn resumed(&self, end: Option<usize>, content: usize) -> usize {
        let Some(end) = end else { return content };
        let at = if self.word(end) == "," || self.word(end) == ":" { end + 1 } else { end };
        self.opens_quote(at).map_or(content, |q| q.end)
    }

    fn quote_ending_at(&self, end: usize) -> Option<&Range<usize>> {
        self.quotes.iter().find(|q| q.end == end || q.end + 1 == end)
    }

    /// A sentence that a question mark cut from its quotation: `“Why?” he asked.`
    fn quote_before_sentence(&self) -> Option<&Range<usize>> {
        let before = self.text[..self.sentence.start].trim_end_matches(' ').len();
        self.quotes.iter().find(|q| q.end == before)
    }

    /// The end of the clause that begins at a token: the sentence without its full stop, or an earlier turn.
    fn clause_end(&self, at: usize) -> usize {
        let turn = |i: usize| {
            let next = self.word(i + 1).to_ascii_lowercase();
            let citing = matches!(next.as_str(), "citing" | "according" | "adding" | "saying");
            !self.tokens[i].quoted && (self.word(i) == ";" || (self.word(i) == "," && citing))
        };
        let last = (at..self.tokens.len()).find(|&i| turn(i)).unwrap_or(self.tokens.len());
        let mut end = last;
        while end > at + 1 && matches!(self.word(end - 1), "." | "?" | "!" | ",") {
            end -= 1;
        }
        self.tokens[end - 1].end
    }

    fn according(&self, at: usize) -> Option<Found> {
        let start = at + 2;
        let end = self.phrase_end(start);
        if end <= start {
            return None;
        }
        let leads = (0..at).all(|i| self.is(i, LEADING) || self.is_mark(i));
        let content = if leads {
            let from = if self.word(end) == "," { end + 1 } else { end };
            let first = self.tokens.get(from)?;
            first.start..self.clause_end(from)
        } else {
            let mut last = at;
            while last > 0 && self.word(last - 1) == "," {
                last -= 1;
            }
            let turn = |i: &usize| matches!(self.word(*i), ";" | ":") && !self.tokens[*i].quoted;
            let from = (0..last).rev().find(turn).map_or(0, |i| i + 1);
            self.tokens.get(from)?.start..self.tokens[last.checked_sub(1)?].end
        };
        self.build(start..end, at..at + 2, content)
    }

    /// "citing two people": the source of what the sentence's outer voice covers, or of all that precedes.
    fn cite(&self, before: usize, found: &mut Vec<Found>) {
        for at in 1..self.tokens.len() {
            if !self.word(at).eq_ignore_ascii_case("citing") || self.tokens[at].quoted {
                continue;
            }
            let end = self.phrase_end(at + 1);
            let outer = found[before..].iter().map(|f| f.content.clone()).max_by_key(Range::len);
            let last = if self.word(at - 1) == "," { at - 1 } else { at };
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
