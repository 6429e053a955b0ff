//! The script of characters.

/// Whether a character is a Han ideograph: of the unified ones and their extensions, or one kept for compatibility. Kana
/// and signs between the blocks are none.
#[inline]
pub fn is_han(c: char) -> bool {
    c >= '\u{3400}'
        && matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::is_han;

    #[test]
    fn ideographs_of_every_block() {
        assert!("一㐀龥\u{f900}\u{20000}".chars().all(is_han));
        assert!(!"aのア한，。\u{4dc0}１".chars().any(is_han));
    }
}
