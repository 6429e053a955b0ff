//! The pieces that the tagger labels: a Han character, a word of other letters and digits, or one sign.

use super::words::{self, Lists};
use crate::passage::is_han;
use headwater_knowledge::{Word, is_of_word, simplified};
use headwater_model::mention::EntityKind;
use std::ops::Range;

/// A piece of a sentence and what the features ask about it.
pub struct Token {
    /// Bytes of the sentence.
    pub range: Range<usize>,
    /// The word, in lower case and simplified characters, as a hash.
    pub word: u64,
    /// First and last letters of a Latin word, as hashes: two and three first, two, three and four last.
    pub affixes: [u64; 5],
    /// What it looks like: `Xx`, `X`, `d`, 漢.
    pub shape: u64,
    /// Whether it is a word with a capital.
    pub capital: bool,
    /// Whether it is a Han character.
    pub han: bool,
    /// Whether it is a sign that no name crosses.
    pub stop: bool,
    /// Word lists in which it stands.
    pub lists: Lists,
    /// Whether a Han word of the lists begins with it.
    opens: bool,
    /// Word lists of a longer Han word that begins here.
    pub begins: Lists,
    /// Word lists of a longer Han word that ends here.
    pub ends: Lists,
    /// The known name that covers it: its kind, and whether it begins here.
    pub known: u64,
    /// Part of speech of the dictionary's word that covers it, and where in that word it stands.
    pub speech: u64,
}

/// What stands before the first token and behind the last, for the features.
pub(super) const BEYOND: Token = Token {
    range: 0..0,
    word: 1,
    affixes: [0; 5],
    shape: 1,
    capital: false,
    han: false,
    stop: true,
    lists: 0,
    opens: false,
    begins: 0,
    ends: 0,
    known: 0,
    speech: 1,
};

/// A hash of words and numbers: quick, the same everywhere.
#[inline]
pub fn hash(seed: u64, value: u64) -> u64 {
    let mixed = (seed ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 29
}

/// The hash of no text.
pub fn hash_start() -> u64 {
    0x51_7c_c1
}

/// The hash of a text that goes on with a character.
#[inline]
pub fn hash_with(sum: u64, c: char) -> u64 {
    hash(sum, u64::from(u32::from(c)))
}

/// A hash of a text.
pub fn hash_text(text: impl Iterator<Item = char>) -> u64 {
    text.fold(hash_start(), hash_with)
}

/// The pieces of a sentence. `known`: names found already, by bytes of the sentence; `words`: the whole sentence
/// cut to words, for Chinese. They take the place of what `tokens` holds.
pub fn tokens(sentence: &str, known: &[(Range<usize>, EntityKind)], words: &[Word], tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut lower = Vec::new();
    let mut chars = sentence.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        if is_of_word(c) {
            while let Some(&(at, next)) = chars.peek() {
                if !(is_of_word(next) || joins(sentence, at, next)) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        tokens.push(token(sentence, start..end, &mut lower));
    }
    mark_words(sentence, tokens);
    mark_known(tokens, known);
    mark_speech(sentence, tokens, words);
}

/// Whether a sign stands within a word: U.S., O'Neill, AT&T. A possessive s is a word of its own.
fn joins(sentence: &str, at: usize, sign: char) -> bool {
    let mut rest = sentence[at + sign.len_utf8()..].chars();
    let (next, after) = (rest.next(), rest.next());
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_han(c));
    let before = sentence[..at].chars().next_back();
    match sign {
        '.' => {
            letter(next) && !letter(after) || before.is_some_and(char::is_uppercase) && initials(sentence, at)
        }
        '\'' | '’' => letter(next) && letter(after),
        '&' => letter(next) && before.is_some_and(|c| c.is_alphanumeric()),
        _ => false,
    }
}

/// Whether the full stop at a place ends a row of initials: `U.S.`, `J.`
fn initials(sentence: &str, at: usize) -> bool {
    let mut back = sentence[..at].chars().rev();
    back.next().is_some_and(char::is_uppercase) && back.next().is_none_or(|c| c == '.' || c.is_whitespace())
}

/// `lower` is room for the letters, used again for each token.
fn token(sentence: &str, range: Range<usize>, lower: &mut Vec<char>) -> Token {
    let text = &sentence[range.clone()];
    let first = text.chars().next().unwrap_or(' ');
    let han = is_han(first);
    if han {
        return han_token(first, range);
    }
    lower.clear();
    match text.is_ascii() {
        true => lower.extend(text.bytes().map(|b| char::from(b.to_ascii_lowercase()))),
        false => lower.extend(text.chars().flat_map(char::to_lowercase).map(simplified)),
    }
    let word = hash_text(lower.iter().copied());
    let ends = |n: usize| hash_text(lower.iter().rev().take(n).copied());
    let begins = |n: usize| hash_text(lower.iter().take(n).copied());
    let latin = is_of_word(first);
    let lists = if latin { words::ENGLISH.of(word).unwrap_or(0) } else { 0 };
    Token {
        word,
        affixes: if latin { [begins(2), begins(3), ends(2), ends(3), ends(4)] } else { [0; 5] },
        shape: shape(text),
        capital: first.is_uppercase(),
        stop: !latin && !matches!(first, '·' | '-' | '・' | '•' | '&' | '.' | '\'' | '’'),
        lists,
        speech: 0,
        range,
        ..BEYOND
    }
}

/// A Han character, which is a token by itself.
fn han_token(c: char, range: Range<usize>) -> Token {
    let word = hash_with(hash_start(), simplified(c));
    let lists = words::CHINESE.of(word);
    Token {
        word,
        shape: hash(hash_with(hash_start(), '漢'), 1),
        han: true,
        stop: false,
        lists: lists.unwrap_or(0),
        opens: lists.is_some(),
        speech: 0,
        range,
        ..BEYOND
    }
}

/// `Xxx9` as its runs: `X`, `x`, `d`; a Han character or a sign stands for its kind.
fn shape(text: &str) -> u64 {
    let mut last = ' ';
    let mut runs = 0u32;
    let classes = text.chars().filter_map(|c| {
        let class = match c {
            c if is_han(c) => '漢',
            c if !is_of_word(c) => c,
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            c => c,
        };
        let again = class == last;
        last = class;
        runs += u32::from(!again);
        (!again && runs <= 6).then_some(class)
    });
    hash(hash_text(classes), u64::from(text.chars().take(2).count() == 1))
}

/// Marks Han words of two and more characters that stand in the lists.
fn mark_words(sentence: &str, tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        if !tokens[at].opens {
            continue;
        }
        let mut sum = tokens[at].word;
        for end in at + 1..tokens.len() {
            if !tokens[end].han {
                break;
            }
            let c = sentence[tokens[end].range.clone()].chars().next().map_or(' ', simplified);
            sum = hash_with(sum, c);
            let Some(lists) = words::CHINESE.of(sum) else { break };
            if lists != 0 {
                tokens[at].begins = lists;
                tokens[end].ends |= lists;
            }
        }
    }
}

fn mark_known(tokens: &mut [Token], known: &[(Range<usize>, EntityKind)]) {
    for (range, kind) in known {
        let from = tokens.partition_point(|t| t.range.end <= range.start);
        let inside = tokens[from..].iter_mut().take_while(|t| t.range.start < range.end);
        for (number, token) in inside.enumerate() {
            token.known = 2 * (*kind as u64 + 1) + u64::from(number == 0);
        }
    }
}

/// Marks what the dictionary says; words and tokens both go through the sentence once.
fn mark_speech(sentence: &str, tokens: &mut [Token], words: &[Word]) {
    let mut starts = sentence.char_indices().map(|(at, _)| at).chain(std::iter::once(sentence.len()));
    let mut from = starts.next().unwrap_or(0);
    let mut next = 0;
    for word in words.iter().filter(|word| word.characters > 0) {
        let until = starts.nth(word.characters - 1).unwrap_or(sentence.len());
        let tag = hash_text(word.speech.letters());
        while let Some(token) = tokens.get_mut(next).filter(|t| t.range.start < until) {
            let place = u64::from(token.range.start == from) + 2 * u64::from(token.range.end >= until);
            token.speech = hash(tag, place);
            next += 1;
        }
        from = until;
    }
}
