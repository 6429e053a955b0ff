//! Sets of characters that are asked for each character of a text.

/// Characters, one bit each up to the last of them.
pub struct Characters(Vec<u64>);

impl Characters {
    /// Whether a character is one of these.
    #[inline]
    pub fn hold(&self, c: char) -> bool {
        let (word, bit) = place(c);
        self.0.get(word).is_some_and(|bits| bits >> bit & 1 == 1)
    }
}

impl FromIterator<char> for Characters {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        let mut bits = Vec::new();
        for (word, bit) in characters.into_iter().map(place) {
            bits.resize(bits.len().max(word + 1), 0);
            bits[word] |= 1 << bit;
        }
        Characters(bits)
    }
}

#[inline]
fn place(c: char) -> (usize, u32) {
    (c as usize / 64, c as u32 % 64)
}

#[cfg(test)]
mod tests {
    use super::Characters;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set: Characters = "第a９".chars().collect();
        let held: String = "a第b弟９8🦀".chars().filter(|c| set.hold(*c)).collect();
        assert_eq!(held, "a第９");
        assert!(!"".chars().collect::<Characters>().hold('a'));
    }
}
