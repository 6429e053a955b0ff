//! What is a letter, told without Unicode's tables for the characters of most pages: each look into them takes long.

/// As [`char::is_alphabetic`].
pub fn is_alphabetic(c: char) -> bool {
    known(c).unwrap_or_else(|| c.is_alphabetic())
}

/// As [`char::is_alphanumeric`].
pub fn is_alphanumeric(c: char) -> bool {
    known(c).unwrap_or_else(|| c.is_alphanumeric())
}

/// Whether a frequent character is a letter or no part of a word, if that is known.
fn known(c: char) -> Option<bool> {
    match c {
        '×' | '÷' => Some(false),
        // Western, Cyrillic, Japanese and Han letters, Korean syllables.
        '\u{c0}'..='\u{24f}'
        | '\u{400}'..='\u{481}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => Some(true),
        // Quotation marks, dashes and blanks.
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn letters_are_unicodes() {
        for c in '\0'..=char::MAX {
            assert_eq!(super::is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(super::is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
