//! first to thirty-first in words.

use crate::quantities::line::Line;

/// first, second … thirty-first, twenty second
pub(super) fn ordinal_words(line: &Line, at: usize) -> Option<(i8, usize)> {
    const FIRST: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    let position = |at: usize| FIRST.iter().position(|w| line.is_word(at, w)).map(|i| i as i8 + 1);
    if let Some(n) = position(at) {
        return Some((n, at + 1));
    }
    let tens = match line.text(at) {
        _ if line.is_word(at, "twenty") => 20,
        _ if line.is_word(at, "thirty") => 30,
        _ if line.is_word(at, "thirtieth") => return Some((30, at + 1)),
        _ if line.is_word(at, "fifteen") => return Some((15, at + 1)),
        _ => return None,
    };
    let next = at + 1 + usize::from(line.is_dash(at + 1));
    const UNITS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let unit = position(next)
        .filter(|n| *n < 10)
        .or_else(|| UNITS.iter().position(|w| line.is_word(next, w)).map(|i| i as i8 + 1));
    match unit.map(|u| tens + u) {
        Some(n) if n <= 31 => Some((n, next + 1)),
        Some(_) => None,
        None => Some((tens, at + 1)),
    }
}
