//! The words of a sentence and what each is by itself: a verb of saying, an auxiliary, a pronoun.

use crate::cues::{Builder, Cues, Form, Group, Hit};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A source that is longer than this many words is a misread clause.
pub(super) const LONGEST_SOURCE: usize = 32;
/// An apposition that begins with an article and is longer than this many tokens is what is said.
pub(super) const LONGEST_APPOSITION: usize = 12;

#[derive(Deserialize)]
struct File {
    #[serde(flatten)]
    words: BTreeMap<String, toml::Value>,
}

/// What a word is, as bits.
pub(super) type Bits = u64;

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
pub(super) const SAY: Bits = 1;
pub(super) const STATE: Bits = 1 << 1;
pub(super) const SPEAK: Bits = 1 << 2;
pub(super) const AUXILIARY: Bits = 1 << 3;
pub(super) const BE: Bits = 1 << 4;
pub(super) const ADVERB: Bits = 1 << 5;
pub(super) const PRONOUN: Bits = 1 << 6;
pub(super) const STOP: Bits = 1 << 7;
pub(super) const FINITE: Bits = 1 << 8;
pub(super) const LEADING: Bits = 1 << 9;
pub(super) const WEEKDAY: Bits = 1 << 10;
pub(super) const OCCASION: Bits = 1 << 11;
pub(super) const ADJUNCT: Bits = 1 << 12;
pub(super) const HEARER: Bits = 1 << 13;
pub(super) const OPENING: Bits = 1 << 14;
pub(super) const DOCUMENT: Bits = 1 << 15;
pub(super) const NOUN: Bits = 1 << 16;
pub(super) const VIEW: Bits = 1 << 17;
pub(super) const LABEL: Bits = 1 << 18;
pub(super) const TAIL: Bits = 1 << 19;
pub(super) const OUTCOME: Bits = 1 << 20;
/// Verbs that go on to an utterance: "went on to say".
pub(super) const UTTERS: Bits = 1 << 21;
/// Adjectives whose complement belongs to a source: "people close to the talks".
pub(super) const DESCRIBED: Bits = 1 << 22;
/// What makes a noun of the word behind it: "the", "of".
pub(super) const DETERMINER: Bits = 1 << 23;
/// What somebody declines to do who says nothing: "comment".
pub(super) const WITHHELD: Bits = 1 << 24;
/// Plurals without an s: "people".
pub(super) const PLURAL: Bits = 1 << 25;
/// What begins a clause that was not said: ", he said, though no date is set".
pub(super) const APPENDED: Bits = 1 << 26;
/// What begins an apposition without an article: ", director of".
pub(super) const POST: Bits = 1 << 27;
/// What may stand behind the comma of a cue whose content follows: "said, in a speech, that".
pub(super) const ONWARD: Bits = 1 << 28;
/// Verbs behind which the hearer stands: "told reporters".
pub(super) const ADDRESSES: Bits = 1 << 29;
/// Participles of what nobody is named for: "it is alleged that".
pub(super) const IMPERSONAL: Bits = 1 << 30;
/// Adjectives of who thinks so: "confident that".
pub(super) const CONVINCED: Bits = 1 << 31;
/// Nouns of saying that need nobody's name beside them: "rumors that".
pub(super) const UNOWNED: Bits = 1 << 32;
/// Verbs that judge what was said: ", a figure the government disputes".
pub(super) const JUDGES: Bits = 1 << 33;
/// Verbs that foresee a figure: "sees growth of 2.1 percent".
pub(super) const FORECAST: Bits = 1 << 34;
/// Verbs that give a feeling its voice: "voiced doubt that".
pub(super) const VOICES: Bits = 1 << 35;
/// Nouns for what was just quoted: "was the general's reply".
pub(super) const UTTERANCE: Bits = 1 << 36;
/// How a fact comes out that nobody tells: "it emerged that".
pub(super) const EMERGES: Bits = 1 << 37;
/// How a paper was come by: ", seen by this newspaper,".
pub(super) const OBTAINED: Bits = 1 << 38;
/// How somebody was asked: ", reached by phone,".
pub(super) const REACHED: Bits = 1 << 39;
/// Verbs in the past that end like no other: "cut its rate".
pub(super) const IRREGULAR: Bits = 1 << 40;
/// What a forecast is of: "see a recession".
pub(super) const OUTLOOK: Bits = 1 << 41;
/// Verbs of what somebody means to do or knows; inside what another says they are no voice of their own.
pub(super) const MEANS: Bits = 1 << 42;

pub(super) struct Grammar {
    pub(super) cues: Cues,
}

impl Grammar {
    /// The groups without which a sentence has no voice but "according to" and "citing".
    pub(super) fn speaking(&self) -> impl Iterator<Item = Group> {
        [SAY, STATE, SPEAK, NOUN, VIEW, IMPERSONAL, CONVINCED, FORECAST, UTTERANCE, EMERGES]
            .into_iter()
            .map(|bit| bit.trailing_zeros() as Group)
    }
}

pub(super) static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../rules/voices_en.toml")).expect("voices_en.toml");
    let mut builder = Builder::default();
    let names = NAMES.iter().copied().chain([
        "opening",
        "document",
        "noun",
        "view",
        "label",
        "tail",
        "outcome",
        "utters",
        "described",
        "determiner",
        "withheld",
        "plural",
        "appended",
        "post",
        "onward",
        "addresses",
        "impersonal",
        "convinced",
        "unowned",
        "judges",
        "forecast",
        "voices",
        "utterance",
        "emerges",
        "obtained",
        "reached",
        "irregular",
        "outlook",
        "means",
    ]);
    for (bit, name) in names.enumerate() {
        let group = builder.group(&crate::voices::words(&file.words, name));
        assert_eq!(usize::from(group), bit, "rules/voices_en.toml: {name} has the words of another group");
    }
    Grammar { cues: builder.build() }
});

/// One word or mark of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) bits: Bits,
    pub(super) form: Form,
    /// Whether it stands inside quotation marks.
    pub(super) quoted: bool,
}

/// The sentence being read.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) sentence: Range<usize>,
    pub(super) tokens: Vec<Token>,
    pub(super) quotes: &'a [Range<usize>],
}

pub(super) fn tokens(
    text: &str,
    sentence: Range<usize>,
    quotes: &[Range<usize>],
    hits: &[Hit],
) -> Vec<Token> {
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
                let numbers = || is_number_sign(&words[start..at], &words[at + 1..]);
                if next == '.' && (is_abbreviation(&words[start..at]) || numbers()) {
                    end = at + 1;
                    chars.next();
                    break;
                }
                let digits = next == ',' && words[..at].ends_with(|c: char| c.is_ascii_digit());
                let stop = matches!(next, '.' | '\'' | '’' | '-' | '&' | '/') || digits;
                // "OPEC+": a plus that ends a name.
                let plus = next == '+' && !words[at + 1..].starts_with(is_word);
                let inner = stop && words[at + next.len_utf8()..].starts_with(is_word);
                if !(is_word(next) || inner || plus) {
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
        // The groups of this grammar are numbered as the bits are.
        for bit in GRAMMAR.cues.groups_of(hit.word) {
            if (whole || *bit < 3) && token.end <= hit.end + offset {
                token.bits |= 1 << bit;
                token.form = GRAMMAR.cues.form(hit);
            }
        }
    }
}

/// "Announcement No. 58": the full stop ends no sentence, and the word denies nothing.
fn is_number_sign(word: &str, after: &str) -> bool {
    matches!(word, "No" | "Nos") && after.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Titles, forms of companies and initials, whose full stop ends no sentence.
fn is_abbreviation(word: &str) -> bool {
    const TITLES: [&str; 27] = [
        "Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt", "Jr", "St", "Rev",
        "Capt", "Maj", "Cmdr", "Adm", "Hon", "Sr", "Mme", "Co", "Inc", "Corp", "Ltd", "Bros",
    ];
    TITLES.contains(&word) || (word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase()))
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '%')
}

impl Reader<'_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| &self.text[t.start..t.end])
    }
    pub(super) fn is(&self, at: usize, bits: Bits) -> bool {
        self.tokens.get(at).is_some_and(|t| t.bits & bits != 0)
    }
    /// Whether an article or an owner opens a phrase: "the", "its".
    pub(super) fn opens_phrase(&self, at: usize) -> bool {
        matches!(self.word(at), "the" | "a" | "an" | "his" | "her" | "their" | "its")
    }
    pub(super) fn is_mark(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(|c| !is_word(c))
    }
    pub(super) fn opens_quote(&self, at: usize) -> Option<&Range<usize>> {
        let token = self.tokens.get(at)?;
        self.quotes.iter().find(|q| q.start == token.start)
    }
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }
}
