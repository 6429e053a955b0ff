//! Two quotes side by side, with the words that changed marked.

use crate::script::{lang_of, within};
use maud::{Markup, html};
use std::ops::Range;

/// Pairs of words that are compared at most; longer quotes are marked between their common ends.
const PAIRS: usize = 250_000;
/// Quotes of which the shorter shares less than one word in so many with the other are not one text, and marking most of it would say
/// nothing.
const SHARED: usize = 2;

/// One side of a change: its quote, and the value that changed as the record gives it.
pub struct Side<'a> {
    /// The words.
    pub quote: &'a str,
    /// The value.
    pub value: &'a str,
}

/// Marks what changed: the value itself where it stands in the quote, else the words that the other quote lacks.
pub fn marked_pair(before: Side, after: Side) -> (Markup, Markup) {
    let (a, b) = (tokens(before.quote), tokens(after.quote));
    let (only_a, only_b) = differing(&a, &b);
    (marked(&before, &a, &only_a), marked(&after, &b, &only_b))
}

fn marked(side: &Side, tokens: &[&str], changed: &[bool]) -> Markup {
    let ranges = match value_in(side) {
        Some(range) => vec![range],
        None => runs(tokens, changed),
    };
    let language = lang_of(side.quote);
    let mut at = 0;
    html! {
        span lang=[language] {
            @for range in &ranges {
                (within(language, &side.quote[std::mem::replace(&mut at, range.end)..range.start]))
                mark.changed { (within(language, &side.quote[range.clone()])) }
            }
            (within(language, &side.quote[at..]))
        }
    }
}

/// Where a value stands in its quote, in any case, as whole words.
fn value_in(side: &Side) -> Option<Range<usize>> {
    let value = side.value.replace('_', " ").to_lowercase();
    let quote = side.quote.to_lowercase();
    // Lower case may take another number of bytes; then positions do not agree.
    if value.is_empty() || quote.len() != side.quote.len() {
        return None;
    }
    let start = quote.find(&value)?;
    let range = start..start + value.len();
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let cut_before = letter(quote[..start].chars().next_back()) && letter(value.chars().next());
    let cut_after = letter(quote[range.end..].chars().next()) && letter(value.chars().next_back());
    let whole = !cut_before && !cut_after;
    (whole && side.quote.is_char_boundary(range.start) && side.quote.is_char_boundary(range.end))
        .then_some(range)
}

/// Byte ranges of the marked tokens, neighbours joined.
fn runs(tokens: &[&str], changed: &[bool]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for (token, changed) in tokens.iter().zip(changed) {
        let range = at..at + token.len();
        at = range.end;
        match runs.last_mut() {
            Some(last) if *changed && last.end == range.start => last.end = range.end,
            _ if *changed => runs.push(range),
            _ => {}
        }
    }
    runs
}

/// Which tokens of either side have no partner on the other, by the longest common subsequence.
fn differing(a: &[&str], b: &[&str]) -> (Vec<bool>, Vec<bool>) {
    let same = |x: &&str, y: &&str| x.trim_end() == y.trim_end();
    let head = a.iter().zip(b).take_while(|(x, y)| same(x, y)).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| same(x, y)).count();
    let (mut only_a, mut only_b) = (vec![false; a.len()], vec![false; b.len()]);
    let (inner_a, inner_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    only_a[head..a.len() - tail].fill(true);
    only_b[head..b.len() - tail].fill(true);
    if inner_a.len() * inner_b.len() <= PAIRS {
        for (i, j) in common(inner_a, inner_b) {
            only_a[head + i] = false;
            only_b[head + j] = false;
        }
    }
    let kept = only_a.iter().filter(|only| !**only).count();
    if kept * SHARED < a.len().min(b.len()) {
        return (vec![false; a.len()], vec![false; b.len()]);
    }
    (only_a, only_b)
}

/// The longest common subsequence of two lists of tokens, as pairs of positions.
fn common(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut longest = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i].trim_end() == b[j].trim_end() {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i].trim_end() == b[j].trim_end() {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Words with the space after them; Han characters and punctuation one by one.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last_alone = false;
    for (at, c) in text.char_indices() {
        let alone = ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
        let border = alone
            || last_alone
            || (at > start && text[..at].ends_with(char::is_whitespace) && !c.is_whitespace());
        if border && at > start {
            tokens.push(&text[start..at]);
            start = at;
        }
        last_alone = alone;
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: (&str, &str), after: (&str, &str), expected: (&str, &str)) {
        let side = |(quote, value)| Side { quote, value };
        let (a, b) = marked_pair(side(before), side(after));
        let shown = |markup: Markup| {
            let text = markup.into_string().replace("<mark class=\"changed\">", "[").replace("</mark>", "]");
            text.replace("<span>", "").replace("<span lang=\"zh-Hans\">", "").replace("</span>", "")
        };
        assert_eq!((shown(a).as_str(), shown(b).as_str()), expected);
    }

    #[test]
    fn what_changed_is_marked() {
        // The value that changed, where it stands in the quote.
        check(
            ("groups including A and B", "including"),
            ("only A and B", "only"),
            ("groups [including] A and B", "[only] A and B"),
        );
        check(
            ("约2万亿元", "约2万亿元"),
            ("about $295 billion", "about $295 billion"),
            ("[约2万亿元]", "[about $295 billion]"),
        );
        // Else the words that differ, and no more.
        check(
            ("the ministry may add nine firms to the list in May", "considering"),
            ("the ministry will add nine large firms to the list in May", "expected"),
            (
                "the ministry [may ]add nine firms to the list in May",
                "the ministry [will ]add nine [large ]firms to the list in May",
            ),
        );
        check(("约2万亿元", ""), ("约3万亿元", ""), ("约[2]万亿元", "约[3]万亿元"));
        check(("same", ""), ("same", ""), ("same", "same"));
        // Two texts that share nothing are not marked whole.
        check(
            ("部委正在考虑新规", "considering"),
            ("The ministry expects rules", "expected"),
            ("部委正在考虑新规", "The ministry expects rules"),
        );
    }
}
