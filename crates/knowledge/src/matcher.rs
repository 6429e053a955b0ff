//! All names in one sorted list, and a table of how they begin: from a place in a text, the names that stand there are
//! found by narrowing the list letter by letter. A million names are sorted in about a second; an automaton over them takes
//! ten times as long to build and more memory than the names.

/// A name's head: as many characters lead to a part of the list.
const HEAD: usize = 4;

/// Distinct texts, each by its number in their order.
pub(crate) struct Matcher {
    /// All texts, one after another.
    all: String,
    /// Where each begins; one more at the end.
    starts: Vec<u32>,
    /// Heads by hash, open addressing, at most half full: the first and the last text but one that begin so.
    heads: Vec<(u32, u32)>,
}

impl Matcher {
    /// `texts` must be sorted, distinct and not empty each.
    pub fn new<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut matcher = Matcher { all: String::new(), starts: vec![0], heads: Vec::new() };
        for text in texts {
            matcher.all.push_str(text);
            matcher.starts.push(matcher.all.len() as u32);
        }
        matcher.all.shrink_to_fit();
        matcher.index();
        matcher
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn text(&self, number: u32) -> &str {
        &self.all[self.starts[number as usize] as usize..self.starts[number as usize + 1] as usize]
    }

    fn index(&mut self) {
        let mut heads: Vec<(u32, u32)> = Vec::new();
        for number in 0..self.len() as u32 {
            match heads.last_mut() {
                Some(last) if head(self.text(last.0)) == head(self.text(number)) => last.1 = number + 1,
                _ => heads.push((number, number + 1)),
            }
        }
        self.heads = vec![(0, 0); (heads.len() * 2).next_power_of_two().max(2)];
        for (from, until) in heads {
            let place = self.place(head(self.text(from)));
            self.heads[place] = (from, until);
        }
    }

    /// Where a head stands in the table or would stand.
    fn place(&self, wanted: &str) -> usize {
        let mask = self.heads.len() - 1;
        let mut at = hash(wanted) as usize & mask;
        loop {
            let (from, until) = self.heads[at];
            if from == until || head(self.text(from)) == wanted {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Calls a function with the length and the number of each text that stands at a place, the shortest first.
    pub fn each_at(&self, text: &str, at: usize, mut take: impl FnMut(usize, u32)) {
        if self.len() == 0 {
            return;
        }
        let rest = &text[at..];
        let mut chars = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        for count in 1..=HEAD {
            let Some(length) = chars.next() else { return };
            let (from, until) = self.heads[self.place(&rest[..length])];
            if from == until {
                continue;
            }
            // A text shorter than a head has only itself for its head.
            if count < HEAD {
                take(length, from);
            } else {
                self.narrow(rest.as_bytes(), length, from, until, &mut take);
            }
        }
    }

    /// The texts of a part of the list, all alike in their first bytes, that the bytes begin with.
    fn narrow(&self, bytes: &[u8], alike: usize, from: u32, until: u32, take: &mut impl FnMut(usize, u32)) {
        let (mut from, mut until, mut alike) = (from, until, alike);
        while from < until {
            if self.text(from).len() == alike {
                take(alike, from);
                from += 1;
            }
            let Some(next) = bytes.get(alike) else { return };
            let byte = |number: u32| self.all.as_bytes()[self.starts[number as usize] as usize + alike];
            let first = partition(from, until, |number| byte(number) < *next);
            until = partition(first, until, |number| byte(number) == *next);
            from = first;
            alike += 1;
        }
    }
}

/// The first number of a range for which a condition, true at first, no longer holds.
fn partition(from: u32, until: u32, holds: impl Fn(u32) -> bool) -> u32 {
    let (mut from, mut until) = (from, until);
    while from < until {
        let middle = from + (until - from) / 2;
        if holds(middle) {
            from = middle + 1;
        } else {
            until = middle;
        }
    }
    from
}

fn head(text: &str) -> &str {
    text.char_indices().nth(HEAD).map_or(text, |(at, _)| &text[..at])
}

fn hash(text: &str) -> u64 {
    let mixed = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    mixed ^ mixed >> 32
}

#[cfg(test)]
mod tests {
    use super::Matcher;

    #[test]
    fn every_text_that_stands_there() {
        let texts =
            ["a", "ab", "abcd", "abcde", "abcdef", "abce", "华为", "华为技术", "华为技术有限公司", "华为云"];
        let matcher = Matcher::new(texts.into_iter());
        for text in ["abcdefg", "abcde", "abcx", "x", "", "华为技术有限", "华为云服务", "华"] {
            let mut found = Vec::new();
            matcher.each_at(text, 0, |length, number| found.push((length, number)));
            let expected: Vec<(usize, u32)> = texts
                .iter()
                .zip(0..)
                .filter(|(t, _)| text.starts_with(**t))
                .map(|(t, number)| (t.len(), number))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn no_texts() {
        Matcher::new([].into_iter()).each_at("abc", 1, |_, _| panic!("found something"));
    }
}
