//! Words broken into the lines of a box.

/// Width of a character in hundredths of the letters' size, as wide fonts draw it: which font a reader has is not known.
fn width(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{ffff}' if !('\u{2010}'..='\u{2027}').contains(&c) => 100,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 33,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' => 42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' => 95,
        'A'..='Z' | '&' | '…' => 74,
        _ => 62,
    }
}

/// The beginning of a text, on one line.
pub(super) fn clipped(text: &str, most: usize) -> String {
    lines_of(text, most, 1).pop().unwrap_or_default()
}

/// Breaks a text into at most `count` lines, between words where there are any; a rest is cut with an ellipsis.
pub(super) fn lines_of(text: &str, most: usize, count: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    let rest = text.trim().chars();
    for c in rest {
        let c = if c.is_whitespace() { ' ' } else { c };
        // A line may not begin with a sign that closes; a Chinese one hangs over the edge instead.
        let hangs =
            matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '」' | '』' | '》' | '”');
        if used + width(c) > most && !(hangs && used <= most) {
            if lines.len() == count {
                if let Some(last) = lines.last_mut() {
                    last.pop();
                    last.push('…');
                }
                return lines;
            }
            let carried = carry(lines.last_mut());
            used = carried.chars().map(width).sum();
            lines.push(carried);
        }
        // A blank at which a line broke begins none.
        if c == ' ' && lines.last().is_some_and(String::is_empty) {
            continue;
        }
        used += width(c);
        if let Some(last) = lines.last_mut() {
            last.push(c);
        }
    }
    lines
}

/// Takes the unfinished word off a full line.
fn carry(line: Option<&mut String>) -> String {
    let Some(line) = line else { return String::new() };
    match line.rfind(' ') {
        Some(at) if at > line.len() / 2 && line.ends_with(|c: char| c.is_ascii_alphanumeric()) => {
            let word = line[at + 1..].to_owned();
            line.truncate(at);
            word
        }
        _ => {
            line.truncate(line.trim_end().len());
            String::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_end_in_an_ellipsis() {
        assert_eq!(lines_of("one two three", 450, 3), ["one two", "three"]);
        assert_eq!(lines_of("国产芯片采购清单", 400, 2), ["国产芯片", "采购清单"]);
        assert_eq!(lines_of("国产芯片采购清单", 400, 1), ["国产芯…"]);
        assert_eq!(lines_of("国产芯片，采购清单", 400, 2), ["国产芯片，", "采购清单"]);
        assert_eq!(lines_of("", 400, 1), [""]);
    }
}
