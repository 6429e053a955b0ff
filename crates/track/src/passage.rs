//! Sentences: where the one around a position begins and ends.

/// Longest sentence in bytes; what runs on longer is cut there.
const LONGEST: usize = 1500;

/// Byte at which the sentence that begins at or before `from` ends (its full stop included).
pub fn sentence_end(text: &str, from: usize) -> usize {
    let mut chars = text[floor(text, from)..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let here = floor(text, from) + at + c.len_utf8();
        let next = chars.peek().map(|(_, c)| *c);
        if at > LONGEST || c == '\n' {
            return here - usize::from(c == '\n');
        }
        if ends(c, next) {
            let close = next.filter(|c| matches!(c, '”' | '」' | '』' | '"'));
            return here + close.map_or(0, char::len_utf8);
        }
    }
    text.len()
}

fn ends(c: char, next: Option<char>) -> bool {
    match c {
        '。' | '！' | '？' => true,
        '.' | '!' | '?' => next.is_none_or(|n| n.is_whitespace() || matches!(n, '”' | '"')),
        _ => false,
    }
}

/// Byte at which the sentence around `at` begins.
pub fn sentence_start(text: &str, at: usize) -> usize {
    let at = floor(text, at);
    let begin = floor(text, at.saturating_sub(LONGEST));
    let mut start = begin;
    let mut chars = text[begin..at].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        if c == '\n' || (next.is_some() && ends(c, next)) {
            start = begin + i + c.len_utf8();
        }
    }
    start
}

/// The nearest character boundary at or before a byte.
pub fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_of_both_scripts() {
        let check = |text: &str, at: usize, expected: &str| {
            assert_eq!(text[sentence_start(text, at)..sentence_end(text, at)].trim(), expected);
        };
        check("One is 2.5 here. Two is there.", 3, "One is 2.5 here.");
        check("One is 2.5 here. Two is there.", 20, "Two is there.");
        check("第一句。第二句在此。", 15, "第二句在此。");
        check("a\nb", 2, "b");
        check("", 0, "");
    }
}
