//! A sentence cut into words, numbers and signs, with positions.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, then letters and digits.
    Word,
    /// Digits with grouping commas and one decimal point.
    Number,
    /// Any other single character.
    Sign,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    start: u32,
    end: u32,
    kind: TokenKind,
    /// Its first byte in lower case: most words that are asked for differ in it or in length.
    first: u8,
}

impl Token {
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A text and its tokens. White space is no token.
pub struct Line<'a> {
    source: &'a str,
    /// The text in lower case, byte for byte.
    lowered: String,
    tokens: Vec<Token>,
}

impl<'a> Line<'a> {
    /// Cuts a text.
    pub fn new(source: &'a str) -> Self {
        let mut tokens = Vec::with_capacity(source.len() / 4);
        let lowered = source.to_ascii_lowercase();
        let mut at = 0;
        while let Some(c) = source[at..].chars().next() {
            let rest = &source[at..];
            let (length, kind) = if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            } else if c.is_ascii_digit() {
                (number_length(rest), TokenKind::Number)
            } else if c.is_alphabetic() {
                (word_length(rest), TokenKind::Word)
            } else if c == '.' && rest[1..].starts_with(|d: char| d.is_ascii_digit()) && opens(source, at) {
                (1 + digits(&rest[1..]), TokenKind::Number)
            } else {
                (c.len_utf8(), TokenKind::Sign)
            };
            let (start, end) = (at as u32, (at + length) as u32);
            tokens.push(Token { start, end, kind, first: lowered.as_bytes()[at] });
            at += length;
        }
        Line { source, lowered, tokens }
    }

    /// The text.
    pub fn source(&self) -> &'a str {
        self.source
    }
    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
    /// A token's words; empty past the end.
    pub fn text(&self, at: usize) -> &'a str {
        self.get(at).unwrap_or("")
    }
    /// A token's words.
    pub fn get(&self, at: usize) -> Option<&'a str> {
        self.tokens.get(at).map(|t| &self.source[t.range()])
    }
    /// A token's kind.
    pub fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|t| t.kind)
    }
    /// First byte of a token; the end of the text past the end.
    pub fn start(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.source.len(), |t| t.start as usize)
    }
    /// Byte after the token before `at`.
    pub fn end_before(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(0, |t| t.end as usize)
    }
    /// Whether the token touches the one before it.
    pub fn glued(&self, at: usize) -> bool {
        at > 0 && at < self.tokens.len() && self.tokens[at].start == self.tokens[at - 1].end
    }
    /// Whether the token is exactly this.
    pub fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| &self.source.as_bytes()[t.range()] == text.as_bytes())
    }
    /// Whether the token is this word in any case.
    pub fn is_word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| self.spells(token, word))
    }
    /// Whether the token is one of these words in any case.
    pub fn is_any(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| words.iter().any(|word| self.spells(token, word)))
    }
    #[inline]
    fn spells(&self, token: &Token, word: &str) -> bool {
        (token.end - token.start) as usize == word.len()
            && word.as_bytes().first().is_some_and(|first| first.to_ascii_lowercase() == token.first)
            && self.lowered.as_bytes()[token.range()].eq_ignore_ascii_case(word.as_bytes())
    }
    /// Whether the token is a hyphen or dash.
    pub fn is_dash(&self, at: usize) -> bool {
        matches!(self.get(at), Some("-" | "–" | "—" | "‑" | "−"))
    }
    /// The token in lower case; `None` for one too long to be of interest.
    pub fn lower(&self, at: usize) -> Option<&str> {
        const LONGEST: u32 = 24;
        self.tokens.get(at).filter(|t| t.end - t.start <= LONGEST).map(|t| &self.lowered[t.range()])
    }
    /// The token that begins at or after a byte.
    pub fn token_from(&self, byte: usize) -> usize {
        self.tokens.partition_point(|t| (t.start as usize) < byte)
    }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Whether a full stop at `at` may open a decimal (`.5`) rather than end a word.
fn opens(source: &str, at: usize) -> bool {
    !source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.')
}

/// Length of a number: `1,234,567.89`, `12,34,567` (lakh), `1 414 021 100` with narrow spaces.
fn number_length(text: &str) -> usize {
    let mut length = digits(text);
    if length <= 3 {
        length += groups(&text[length..]);
    }
    let rest = &text[length..];
    if rest.starts_with('.') && digits(&rest[1..]) > 0 {
        length += 1 + digits(&rest[1..]);
    }
    length
}

/// Length of the groups `,ddd` (the last of three digits, earlier ones of two or three).
fn groups(text: &str) -> usize {
    let (mut at, mut last) = (0, 0);
    loop {
        let rest = &text[at..];
        let Some(separator) =
            rest.chars().next().filter(|c| matches!(c, ',' | ' ' | '\u{202f}' | '\u{2009}' | '\u{a0}'))
        else {
            break;
        };
        let size = digits(&rest[separator.len_utf8()..]);
        // A plain space groups only where the number ends in a word's end: `40 000`, not `20 100-ton`.
        let after = rest[separator.len_utf8() + size..].chars().next();
        if separator == ' '
            && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | ':' | '%'))
        {
            break;
        }
        if !(size == 3 || (size == 2 && separator == ',')) {
            break;
        }
        at += separator.len_utf8() + size;
        last = size;
    }
    if last == 3 { at } else { 0 }
}

fn word_length(text: &str) -> usize {
    let dotted = dotted_length(text);
    if dotted > 0 {
        return dotted;
    }
    let ascii = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let rest = &text[ascii..];
    let length = match rest.bytes().next() {
        // Most words are ASCII and need no decoding.
        None | Some(..0x80) => ascii,
        Some(_) => ascii + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()),
    };
    const CODES: &[&str] = &[
        "USD", "EUR", "GBP", "JPY", "CNY", "RMB", "HKD", "TWD", "NTD", "KRW", "AUD", "CAD", "SGD", "INR",
        "CHF", "Rs", "RM",
    ];
    // `USD115` is a code and a number; hardly a word has digits so near its beginning.
    let numbered = text[..length].bytes().skip(2).take(2).any(|b| b.is_ascii_digit());
    let code = CODES.iter().filter(|_| numbered).find(|code| {
        text[..length].strip_prefix(**code).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.contains(char::is_alphabetic)
        })
    });
    code.map_or(length, |code| code.len())
}

/// Length of `U.S.`, `U.K`, `p.m.`: single letters with full stops, two or more.
fn dotted_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() && bytes[at].is_ascii_alphabetic() && bytes[at + 1] == b'.' {
        at += 2;
    }
    if at < 2 {
        return 0;
    }
    let open = bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
        && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
    match (at, open) {
        (_, true) => at + 1,
        (2, false) => 0,
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        let check = |text: &str, expected: &[&str]| {
            let line = Line::new(text);
            let found: Vec<&str> = (0..line.len()).map(|i| line.text(i)).collect();
            assert_eq!(found, expected);
        };
        check(
            "U.S. sales of $1,234.5m rose 5%.",
            &["U.S.", "sales", "of", "$", "1,234.5", "m", "rose", "5", "%", "."],
        );
        check("7-nanometre, 3.5bn", &["7", "-", "nanometre", ",", "3.5", "bn"]);
        check("22,24,26 .5", &["22", ",", "24", ",", "26", ".5"]);
        check("12,34,567.89 a. b", &["12,34,567.89", "a", ".", "b"]);
    }
}
