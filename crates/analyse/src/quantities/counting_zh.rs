//! Chinese measure words, the nouns they count, and words that only look like numbers.

use crate::texts::Texts;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    measures: Vec<String>,
    direct: Vec<String>,
    nouns: Vec<String>,
    words: Vec<String>,
}

/// Words by their first character.
type Table = Texts<()>;

struct Counting {
    measures: Table,
    direct: Table,
    nouns: Table,
    words: Table,
}

static COUNTING: LazyLock<Counting> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../../data/counted_zh.toml")).expect("counted_zh.toml is well-formed");
    Counting {
        measures: table(file.measures),
        direct: table(file.direct),
        nouns: table(file.nouns),
        words: table(file.words),
    }
});

fn table(words: Vec<String>) -> Table {
    Texts::by_first(words.into_iter().map(|word| (word, ())))
}

fn found(table: &Table, text: &str) -> Option<usize> {
    table.beginning(text).map(|(word, ())| word.len())
}

/// Length of the measure word that begins `text`.
pub fn measure(text: &str) -> Option<usize> {
    found(&COUNTING.measures, text)
}

/// Length of the word that begins `text` and is counted without a measure word.
pub fn direct(text: &str) -> Option<usize> {
    found(&COUNTING.direct, text)
}

/// Length of the word that begins `text` and holds numerals without being a number.
pub fn word(text: &str) -> Option<usize> {
    found(&COUNTING.words, text)
}

/// The first characters of those words.
pub fn begin_words() -> impl Iterator<Item = char> {
    COUNTING.words.keys()
}

/// Characters that end a noun phrase.
const STOPS: &str = "的了在是和与與及将將被已向从從对對为為以于於并並而等、，。；：！？,.;:!?（）()“”「」《》就也都还還又或由把让讓给給";

/// The counted noun: the range of the head noun in `text`, and the end of the phrase.
pub fn noun(text: &str) -> Option<std::ops::Range<usize>> {
    let mut at = 0;
    for c in text.chars().take(9) {
        if STOPS.contains(c) {
            return None;
        }
        let person = text[at..].starts_with('人')
            && text[at..].chars().nth(1).is_some_and(|n| "工造脸臉事力物形民".contains(n));
        if let Some(length) = found(&COUNTING.nouns, &text[at..]).filter(|l| !person || *l > '人'.len_utf8())
        {
            return Some(last_noun(text, at, length));
        }
        at += c.len_utf8();
    }
    None
}

/// The counted noun that ends `text`.
pub fn last(text: &str) -> Option<&str> {
    // No noun of the file is longer than this.
    let starts = text.char_indices().rev().map(|(at, _)| at).take(6);
    let nouns = starts.filter(|&at| found(&COUNTING.nouns, &text[at..]) == Some(text.len() - at));
    nouns.last().map(|at| &text[at..])
}

/// 芯片企业: of nouns in a row the last is the head.
fn last_noun(text: &str, start: usize, length: usize) -> std::ops::Range<usize> {
    let (mut start, mut end) = (start, start + length);
    while let Some(length) =
        found(&COUNTING.nouns, &text[end..]).filter(|&l| l > '人'.len_utf8() || text[end..].starts_with('人'))
    {
        (start, end) = (end, end + length);
    }
    start..end
}
