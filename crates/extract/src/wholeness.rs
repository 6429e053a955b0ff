//! Whether a text is whole: cut off in the middle, repeated, or given twice in two languages.

use crate::letter::is_alphanumeric;
use crate::renderings;
use headwater_model::{Article, Doubt, Part};
use std::collections::BTreeSet;

/// A shorter last paragraph may be a signature, a heading or an item of a list.
const PARAGRAPH: usize = 60;
/// A shorter paragraph may well stand twice.
const REPEATED: usize = 30;

/// Adds what is doubtful about the text as a whole.
pub fn check(article: &mut Article) {
    let doubts = [cut_off(article), repeated(article), renderings::mark(article)];
    article.doubts.extend(doubts.into_iter().flatten());
}

/// Lines of the text and where each begins, in bytes.
fn lines(article: &Article) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    article.text.as_str().split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        (start, line)
    })
}

fn letters(line: &str) -> usize {
    line.chars().filter(|c| is_alphanumeric(*c)).map(|c| if c as u32 >= 0x2e80 { 3 } else { 1 }).sum()
}

/// What a sentence ends with, before quotes and brackets.
const ENDS: &[char] =
    &['.', '!', '?', '。', '！', '？', '；', ';', ':', '：', '|', '।', '۔', '؟', '♦', '■', '▪', '#', '*'];
const CLOSERS: &[char] = &['"', '\'', '”', '’', '»', '“', ')', '）', ']', '】', '」', '』', '》', ' '];
const DOTS: &[&str] = &["...", "…", "[...]", "[…]", "(...)", "(…)"];

/// The last paragraph ends in dots or in the middle of a sentence.
fn cut_off(article: &Article) -> Option<Doubt> {
    let (start, last) = lines(article).filter(|(_, l)| !l.trim().is_empty() && !l.contains('\t')).last()?;
    let line = last.trim_end();
    let dots = DOTS.iter().any(|d| line.ends_with(d));
    let open = letters(line) >= PARAGRAPH
        && !line.trim_end_matches(CLOSERS).ends_with(ENDS)
        && line.ends_with(char::is_alphanumeric);
    if !(dots && letters(line) >= PARAGRAPH / 3 || open) {
        return None;
    }
    let from = line.char_indices().rev().nth(30).map_or(0, |(at, _)| at);
    let evidence = article.text.cut(start + from..start + line.len(), Part::Text)?;
    Some(Doubt::at("truncated", "the text breaks off in the middle of a sentence", evidence))
}

fn repeated(article: &Article) -> Option<Doubt> {
    let mut seen = BTreeSet::new();
    let long = lines(article).filter(|(_, l)| letters(l) >= REPEATED && !l.contains('\t'));
    let twice: Vec<(usize, &str)> = long.filter(|(_, l)| !seen.insert(l.trim())).collect();
    let (start, line) = *twice.first()?;
    let evidence = article.text.cut(start..start + line.len(), Part::Text)?;
    Some(Doubt::at("repeated_text", format!("{} paragraphs stand more than once", twice.len()), evidence))
}
