//! Two quotes side by side, with the words that changed marked.

use maud::{Markup, html};

/// Marks what differs between two texts: what is left after their common beginning and end. Borders
/// fall between words, or between Han characters.
pub fn marked_pair(before: &str, after: &str) -> (Markup, Markup) {
    let (a, b) = (tokens(before), tokens(after));
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    (marked(&a, head, tail), marked(&b, head, tail))
}

fn marked(tokens: &[&str], head: usize, tail: usize) -> Markup {
    let end = tokens.len() - tail;
    let (same, changed, rest) = (tokens[..head].concat(), tokens[head..end].concat(), tokens[end..].concat());
    html! { (same) @if !changed.is_empty() { mark.changed { (changed) } } (rest) }
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

    fn check(before: &str, after: &str, expected: (&str, &str)) {
        let (a, b) = marked_pair(before, after);
        assert_eq!((a.into_string().as_str(), b.into_string().as_str()), expected);
    }

    #[test]
    fn changed_words_are_marked() {
        check(
            "groups including A and B",
            "only A and B",
            (
                "<mark class=\"changed\">groups including </mark>A and B",
                "<mark class=\"changed\">only </mark>A and B",
            ),
        );
        check(
            "约2万亿元",
            "约3万亿元",
            ("约<mark class=\"changed\">2</mark>万亿元", "约<mark class=\"changed\">3</mark>万亿元"),
        );
        check("same", "same", ("same", "same"));
        check("", "new", ("", "<mark class=\"changed\">new</mark>"));
    }
}
