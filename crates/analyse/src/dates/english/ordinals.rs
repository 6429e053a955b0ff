//! first to thirty-first in words.

use crate::quantities::line::Line;
use crate::quantities::word_map::WordMap;
use std::sync::LazyLock;

/// What a word says of an ordinal.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Word {
    /// A whole one: first, thirtieth.
    Whole(i8),
    /// Tens that a unit may follow.
    Tens(i8),
    /// A unit without its ending: twenty two.
    Unit(i8),
}

static WORDS: LazyLock<WordMap<Word>> = LazyLock::new(|| {
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
    const UNITS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let wholes = FIRST.into_iter().zip(1..).chain([("thirtieth", 30), ("fifteen", 15)]);
    let units = UNITS.into_iter().zip(1..).map(|(word, n)| (word, Word::Unit(n)));
    let tens = [("twenty", Word::Tens(20)), ("thirty", Word::Tens(30))];
    wholes.map(|(word, n)| (word, Word::Whole(n))).chain(units).chain(tens).collect()
});

/// first, second … thirty-first, twenty second
pub(super) fn ordinal_words(line: &Line, at: usize) -> Option<(i8, usize)> {
    let tens = match WORDS.at(line, at)? {
        Word::Whole(n) => return Some((*n, at + 1)),
        Word::Tens(n) => *n,
        Word::Unit(_) => return None,
    };
    let next = at + 1 + usize::from(line.is_dash(at + 1));
    match WORDS.at(line, next) {
        Some(Word::Whole(unit @ ..10) | Word::Unit(unit)) if tens + unit <= 31 => {
            Some((tens + unit, next + 1))
        }
        Some(Word::Whole(..10) | Word::Unit(_)) => None,
        _ => Some((tens, at + 1)),
    }
}
