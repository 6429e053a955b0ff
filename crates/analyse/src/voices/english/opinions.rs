//! Voices that no verb of saying has: "it is alleged that", "officials are confident", "rumors that", "in the view of".

use super::super::Found;
use super::tokens::*;
use crate::cues::Form;

/// "His", "their": whose it is, without a name.
fn is_own(word: &str) -> bool {
    matches!(word, "his" | "her" | "their" | "its" | "my" | "our")
}

/// How many adverbs or helpers may stand before the word.
const NEAR: usize = 3;

impl Reader<'_> {
    /// The voice whose cue is a participle, an adjective or a noun at a token.
    pub(super) fn opinion(&self, at: usize) -> Option<Found> {
        let is = |bits| self.is(at, bits);
        let past = self.tokens[at].form == Form::Past || self.word(at).eq_ignore_ascii_case("thought");
        let passive = || if is(IMPERSONAL) && past { self.impersonal(at) } else { None };
        let quoted = || self.quoted_as(at);
        let convinced = || if is(CONVINCED) { self.convinced(at) } else { None };
        let unowned = || if is(UNOWNED) { self.unowned(at) } else { None };
        let view = || if is(VIEW) { self.view_of(at) } else { None };
        passive().or_else(quoted).or_else(convinced).or_else(unowned).or_else(view)
    }

    /// The form of "to be" before a word, over adverbs.
    pub(super) fn be_before(&self, at: usize) -> Option<usize> {
        let helper = |&i: &usize| self.is(i, ADVERB) || self.is_manner(i) || self.word(i) == "not";
        (at.saturating_sub(NEAR)..at).rev().find(|i| !helper(i)).filter(|&i| self.is(i, BE))
    }

    /// "It is widely assumed that he will go", "Mr. Lund is believed to have met her": nobody is named.
    fn impersonal(&self, at: usize) -> Option<Found> {
        let be = self.be_before(at)?;
        let next = self.word(at + 1);
        let subject = self.subject_before_be(be)?;
        let it = subject.len() == 1 && self.word(subject.start).eq_ignore_ascii_case("it");
        if it {
            let that = (at + 1..(at + 12).min(self.tokens.len()))
                .take_while(|&i| !self.is_mark(i))
                .find(|&i| self.word(i) == "that")?;
            let content = self.tokens.get(that + 1)?.start..self.clause_end(that + 1);
            return self.nobody(at, content);
        }
        // "Mr. Vane was told to go", "is known for": told or known is no opinion.
        let verb = next == "to"
            && self.tokens.len() > at + 3
            && !self.is_capital(at + 2)
            && !self.is(at + 2, OPENING);
        let as_what = next == "as" && self.is(at, IMPERSONAL);
        let known =
            matches!(self.word(at), "known" | "expected") && next == "to" && self.is_capital(subject.start);
        if !(verb || as_what) || known && self.word(at) == "known" {
            return None;
        }
        // "The suspect, named as Daniel Moss, is believed to": from where the clause begins.
        let turn = |i: &usize| matches!(self.word(*i), ";" | ":") && !self.tokens[*i].quoted;
        let from = (0..subject.start).rev().find(turn).map_or(0, |i| i + 1);
        let begins =
            (from..subject.start).all(|i| !self.is(i, SAY | STATE | SPEAK | STOP) || self.word(i) == "as");
        let start = if begins { from } else { subject.start };
        let start = (start..subject.start).find(|&i| !self.is(i, LEADING)).unwrap_or(subject.start);
        self.nobody(at, self.tokens[start].start..self.clause_end(at + 1))
    }

    /// The subject of a form of "to be": the noun phrase before it.
    fn subject_before_be(&self, be: usize) -> Option<std::ops::Range<usize>> {
        let mut end = be;
        while end > 0 && self.is(end - 1, AUXILIARY | ADVERB) {
            end -= 1;
        }
        let end = if end > 0 && self.word(end - 1) == "," { self.apposition(end - 1)? } else { end };
        let start = self.phrase_start(end)?;
        let plain = !self.tokens[start].quoted && self.word(start) != "who" && self.word(start) != "which";
        (start < end && plain).then_some(start..end)
    }

    /// "Ms. Ach was quoted as saying that": the subject speaks.
    fn quoted_as(&self, at: usize) -> Option<Found> {
        if !(self.word(at) == "saying" && at > 2 && self.word(at - 1) == "as") {
            return None;
        }
        let quoted = (at.saturating_sub(8)..at.saturating_sub(1)).rev().find(|&i| self.word(i) == "quoted");
        let be = self.be_before(quoted?)?;
        let source = self.subject_before_be(be)?;
        // "Its minister, Selin Aksoy, was quoted as saying": with the name.
        let close = be - usize::from(self.word(be - 1) == ",");
        let source = source.start..if close < be { close } else { source.end };
        let content = self.content_after(at)?;
        self.build(source, at..at + 1, content)
    }

    /// "Officials are confident the bridge will open."
    fn convinced(&self, at: usize) -> Option<Found> {
        let be = self.be_before(at)?;
        let that = self.word(at + 1) == "that";
        let next = at + 1 + usize::from(that);
        let clause = that || self.looks_like_clause(next) && !self.is(next, ADJUNCT);
        let source = self.subject_before_be(be).filter(|_| clause)?;
        if source.start > 0 && matches!(self.word(source.start - 1), "because" | "if" | "unless" | "when") {
            return None;
        }
        let content = self.tokens.get(next)?.start..self.clause_end(next);
        let it = self.word(source.start).eq_ignore_ascii_case("it");
        if it { None } else { self.build(source, at..at + 1, content) }
    }

    /// "Rumors that the premier is ill", and nobody's.
    fn unowned(&self, at: usize) -> Option<Found> {
        let before = if at == 0 { "" } else { self.word(at - 1) };
        let owned = before.ends_with("’s")
            || before.ends_with("'s")
            || before.ends_with('’')
            || before.ends_with('\'');
        let owner = matches!(
            before,
            "his" | "her" | "their" | "its" | "my" | "our" | "His" | "Her" | "Their" | "Its"
        );
        if owned || owner || self.word(at + 1) != "that" {
            return None;
        }
        let content = self.tokens.get(at + 2)?.start
            ..self.until_main_verb(at, at + 2).min(self.until_comma(at, at + 2));
        self.nobody(at, content)
    }

    /// "In the view of many conservatives, the chief justice betrayed them."
    fn view_of(&self, at: usize) -> Option<Found> {
        let led = at > 1 && self.word(at - 1) == "the" && self.word(at - 2).eq_ignore_ascii_case("in");
        let of = led && self.word(at + 1) == "of";
        // "…, in the words of the finance minister": what is said stands before.
        if of && at > 2 && matches!(self.word(at - 3), "," | "”" | "\"") {
            let end = self.phrase_end(at + 2);
            // "The bill would, in the words of its sponsor, “end the war”": what is said stands around.
            if self.word(end) == "," && self.opens_quote(end + 1).is_some() {
                let content = self.tokens[0].start..self.clause_end(end + 1);
                return self.build(at + 2..end, at..at + 1, content);
            }
            let content = self.content_before(at - 2, None)?;
            return self.build(at + 2..self.phrase_end(at + 2), at..at + 1, content);
        }
        let comma =
            (at + 3..(at + 12).min(self.tokens.len())).filter(|_| of).find(|&i| self.word(i) == ",")?;
        let content = self.tokens.get(comma + 1)?.start..self.clause_end(comma + 1);
        self.build(at + 2..comma, at..at + 1, content)
    }

    /// Voices that a turn of phrase has: "it emerged that", "was the general's reply", "to quote its architect".
    pub(super) fn turned(&self, at: usize) -> Option<Found> {
        let emerged = || if self.is(at, EMERGES) { self.emerged(at) } else { None };
        let answer = || if self.is(at, BE) { self.answer_to(at) } else { None };
        emerged().or_else(answer).or_else(|| self.to_quote(at)).or_else(|| self.quoted_saying(at))
    }

    /// "It emerged on Thursday that the inspector had flagged the cracks": nobody is named.
    fn emerged(&self, at: usize) -> Option<Found> {
        const LONG: usize = 8;
        let helper = |&i: &usize| self.is(i, ADVERB | AUXILIARY) || self.is_manner(i);
        let subject = (at.saturating_sub(NEAR)..at).rev().find(|i| !helper(i))?;
        let plain = |i: &usize| !self.is_mark(*i) && !self.is(*i, FINITE | BE | PRONOUN);
        let limit = (at + LONG).min(self.tokens.len());
        let that = (at + 1..limit).take_while(plain).find(|&i| self.word(i) == "that")?;
        let content = self.tokens.get(that + 1)?.start..self.clause_end(that + 1);
        self.nobody(at, content).filter(|_| self.word(subject).eq_ignore_ascii_case("it"))
    }

    /// "“Let them come,” was the general's reply", "That was the verdict of the court", "was how she summed it up": a noun or
    /// a clause that stands for what was quoted right before.
    fn answer_to(&self, be: usize) -> Option<Found> {
        const LONG: usize = 8;
        let that = be == 1 && matches!(self.word(0), "That" | "This" | "Such" | "So");
        let quote = if that { self.quote_before(0) } else { self.quote_before(be) }?.clone();
        let limit = (be + 2 + LONG).min(self.tokens.len());
        let near = |i: &usize| !self.is_mark(*i) && !self.tokens[*i].quoted;
        if self.word(be + 1) == "how" {
            let verb = (be + 3..self.tokens.len().min(be + 20))
                .find(|&i| self.is(i, SAY | STATE | SPEAK) && self.tokens[i].form == Form::Past)?;
            return self.build(self.subject_before(verb)?, verb..verb + 1, quote);
        }
        let noun = (be + 1..limit).take_while(near).find(|&i| self.is(i, UTTERANCE))?;
        if matches!(self.word(noun + 1), "of" | "from") {
            return self.build(noun + 2..self.phrase_end(noun + 2), noun..noun + 1, quote);
        }
        let ending = |i: usize| ["’s", "'s", "s’", "s'"].iter().any(|e| self.word(i).ends_with(e));
        let owner = (be + 1..noun).rev().find(|&i| ending(i) || is_own(self.word(i)))?;
        let start = if ending(owner) { be + 1 } else { owner };
        let found = self.build(start..owner + 1, noun..noun + 1, quote)?;
        let bare = self.word(owner).trim_end_matches(['’', '\'']);
        let bare = bare.strip_suffix("’s").or_else(|| bare.strip_suffix("'s")).unwrap_or(bare);
        let cut = self.word(owner).len() - bare.len();
        Some(Found { source: found.source.start..found.source.end - cut, ..found })
    }

    /// "To quote its architect, “…”", "to hear the union tell it, management walked away first".
    fn to_quote(&self, to: usize) -> Option<Found> {
        const LONG: usize = 12;
        if !self.word(to).eq_ignore_ascii_case("to") {
            return None;
        }
        let limit = (to + LONG).min(self.tokens.len());
        let comma = (to + 2..limit).find(|&i| self.is_mark(i)).filter(|&i| self.word(i) == ",")?;
        if self.word(to + 1) == "quote" {
            let quote = self.opens_quote(comma + 1)?.clone();
            return self.build(to + 2..comma, to..to + 2, quote);
        }
        let tells =
            self.word(to + 1) == "hear" && self.word(comma - 2) == "tell" && self.word(comma - 1) == "it";
        let content = self.tokens.get(comma + 1)?.start..self.clause_end(comma + 1);
        self.build(to + 2..comma - 2, comma - 2..comma - 1, content).filter(|_| tells)
    }

    /// "Local media quoted a director as saying that": the director says it.
    fn quoted_saying(&self, at: usize) -> Option<Found> {
        const BACK: usize = 16;
        let as_word = at.checked_sub(1).filter(|&i| self.word(i) == "as")?;
        let verb = (at.saturating_sub(BACK)..as_word).rev().find(|&i| {
            matches!(self.word(i), "quoted" | "quotes" | "quoting" | "cited" | "cites" | "citing")
        })?;
        let says = self.as_saying(verb) == Some(at) && self.be_before(verb).is_none() && verb + 1 < as_word;
        let content = self.content_after(at)?;
        self.build(verb + 1..as_word, at..at + 1, content).filter(|_| says && self.word(verb + 1) != "by")
    }

    /// "“Two is enough,” the whip grinned": whatever is done right behind a quotation that a comma leaves open is its cue.
    pub(super) fn uttered(&self, found: &[Found]) -> Option<Found> {
        const REACH: usize = 9;
        let bare = |i: usize| !self.tokens[i].quoted && !self.is_mark(i);
        let start = (0..self.tokens.len()).find(|&i| bare(i) && self.quote_before(i).is_some())?;
        let quote = self.quote_before(start)?.clone();
        let said = self.text.get(quote.clone())?.trim_end_matches(['”', '"']);
        // “Hamlet,” a play, ran for a week: one word is a title.
        let open = said.ends_with(',')
            || said.ends_with(['?', '!']) && self.word(start).starts_with(char::is_lowercase);
        let told = found.iter().any(|f| f.content.start < quote.end && quote.start < f.content.end);
        if told || !open || said.split_whitespace().count() < 2 {
            return None;
        }
        let acts = |i: &usize| {
            let word = self.word(*i);
            let past = word.len() > 4 && word.ends_with("ed") && !self.is_capital(*i);
            (past || self.is(*i, FINITE | IRREGULAR))
                && !self.is(*i, BE | AUXILIARY)
                && self.word(i + 1) != "by"
        };
        let closes =
            |i: usize| i >= self.tokens.len() || self.is_mark(i) || self.is(i, ADJUNCT | ADVERB | WEEKDAY);
        if acts(&start) {
            let end = self.phrase_end(start + 1);
            return self.build(start + 1..end, start..start + 1, quote).filter(|_| closes(end));
        }
        let limit = (start + REACH).min(self.tokens.len());
        let plain = |i: &usize| !self.is_mark(*i) && !self.is(*i, BE | AUXILIARY | STOP);
        let verb = (start + 1..limit).take_while(plain).find(acts)?;
        let subject = self.subject_before(verb).filter(|s| s.start == start)?;
        let content = quote.start..self.resumed(Some(verb + 1), quote.end);
        self.build(subject, verb..verb + 1, content).filter(|_| closes(verb + 1))
    }

    /// Whether a verb at the end of its clause disputes: "a claim the ministry denies". Who refuses a request says nothing.
    pub(super) fn disputes(&self, verb: usize) -> bool {
        let refuses = ["reject", "refus"].iter().any(|w| self.word(verb).starts_with(w));
        // ", a claim the union rejected as fiction".
        let as_what = self.word(verb + 1) == "as";
        as_what || self.is_mark(verb + 1) && !refuses
    }
    /// ", a figure the government disputes": what it says of what was said, given where the subject begins.
    pub(super) fn judged_before(&self, subject: usize) -> Option<std::ops::Range<usize>> {
        let noun = subject.checked_sub(1 + usize::from(self.word(subject.checked_sub(1)?) == "that"))?;
        let article = noun.checked_sub(1)?;
        // … calls,” a claim the union rejected: the comma may stand inside the quotation.
        let comma = |i: usize| {
            self.word(i) == "," || matches!(self.word(i), "”" | "\"") && i > 0 && self.word(i - 1) == ","
        };
        let led = matches!(self.word(article), "a" | "an") && article > 0 && comma(article - 1);
        led.then(|| self.tokens[article].start..self.tokens[noun].end)
    }

    /// "Her finance minister was blunter: “Nobody should book a holiday.”" A quotation behind a colon has a voice, whatever
    /// stands before the colon.
    pub(super) fn behind_colon(&self, found: &[Found]) -> Option<Found> {
        const LONGEST: usize = 6;
        let colon = (1..self.tokens.len())
            .find(|&i| self.word(i) == ":" && !self.tokens[i].quoted && self.opens_quote(i + 1).is_some())?;
        let quote = self.opens_quote(colon + 1)?;
        let told = found.iter().any(|f| f.content.start < quote.end && quote.start < f.content.end);
        let turn = |i: &usize| matches!(self.word(*i), ";" | "—") && !self.tokens[*i].quoted;
        let from = (0..colon).rev().find(turn).map_or(0, |i| i + 1);
        let from = (from..colon).find(|&i| !self.is(i, LEADING))?;
        let acts = |i: &usize| {
            self.is(*i, FINITE | BE | AUXILIARY) || self.word(*i).ends_with("ed") && self.word(*i).len() > 4
        };
        let Some(verb) = (from + 1..colon).find(acts) else {
            // "Energy Commissioner Jonas Vetter: “We have gas”": a name and its office stand for "said".
            let name = |i: usize| self.is_capital(i) || matches!(self.word(i), "of" | "the" | "for");
            // "Orlov on Instagram: “…”": where it was written is no part of who wrote it.
            let place = (from + 1..colon).find(|&i| matches!(self.word(i), "on" | "in" | "at"));
            let close = place.unwrap_or(colon);
            let length = colon - from;
            let office = (2..=LONGEST).contains(&length) && self.is_capital(colon - 1);
            let named =
                (from..close).all(name) && (place.is_none_or(|p| p + 1 < colon && (p + 1..colon).all(name)));
            let speaks = !told && office && named && !self.is_label(from..colon);
            return self.build(from..close, colon..colon + 1, quote.clone()).filter(|_| speaks);
        };
        let owner = self.is(from, OPENING | PRONOUN) || self.is_capital(from);
        let named =
            !told && owner && !self.is(from, ADJUNCT | STOP) && !(from..verb).any(|i| self.is(i, STOP));
        let close =
            if self.word(verb - 1) == "," { self.apposition(verb - 1).map(|_| verb - 1)? } else { verb };
        let short = colon - verb <= LONGEST && verb - from <= LONGEST + 4;
        // "Mr. Orlov's response was blunt: “Wrong.”": whose it is speaks.
        let owner = close.checked_sub(2).filter(|&i| i >= from && self.is(i + 1, UTTERANCE | NOUN));
        let ending = owner.and_then(|i| ["’s", "'s"].into_iter().find(|e| self.word(i).ends_with(e)));
        if let (Some(owner), Some(ending)) = (owner, ending) {
            let found = self
                .build(from..owner + 1, owner + 1..owner + 2, quote.clone())
                .filter(|_| named && short)?;
            return Some(Found { source: found.source.start..found.source.end - ending.len(), ..found });
        }
        self.build(from..close, verb..colon, quote.clone()).filter(|_| named && short)
    }

    /// A voice that nobody is named for.
    fn nobody(&self, at: usize, content: std::ops::Range<usize>) -> Option<Found> {
        let cue = self.tokens.get(at)?.start..self.tokens.get(at)?.end;
        let source = cue.start..cue.start;
        (content.start < content.end).then_some(Found { source, cue, content, direct: false })
    }
}
