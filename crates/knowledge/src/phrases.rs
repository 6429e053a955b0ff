//! Texts of whole words: a text is cut once into its words, Han characters and signs, each with a hash, and from each of these
//! a hash grows piece by piece. So a letter is read once, however many texts there are and however many of them begin alike.

use crate::fold::is_of_word;
use crate::hashed::{Filter, START, Store, grown};
use std::ops::Range;

/// Distinct texts, each by its number in their order.
pub struct Phrases {
    texts: Store,
    /// Hashes of the beginnings of texts, of as many pieces as `is_asked` tells.
    beginnings: Filter,
}

impl Phrases {
    /// No texts yet, and room for about so many.
    pub fn for_texts(count: usize) -> Self {
        Phrases { texts: Store::for_texts(count), beginnings: Filter::of(count * 2) }
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Enters a text, if it is not there yet, and tells its number.
    pub fn add(&mut self, text: &str) -> u32 {
        let (number, new) = self.texts.add(text, hash_of);
        if new {
            let (mut beginning, mut count) = (START, 0);
            each_piece(text, |piece| {
                beginning = grown(beginning, piece.hash);
                count += 1;
                if is_asked(count) {
                    self.beginnings.enter(beginning);
                }
            });
        }
        number
    }

    /// Calls a function with the place and the number of each of the texts that stands in a text which is cut to pieces: by
    /// their start, of each the shortest first.
    pub fn each(&self, text: &str, pieces: &Pieces, take: impl FnMut(Range<usize>, u32)) {
        self.each_of(text, pieces, false, take);
    }

    /// The same also where a text stands in the plural: `chip` in "chips".
    pub fn each_or_plural(&self, text: &str, pieces: &Pieces, take: impl FnMut(Range<usize>, u32)) {
        self.each_of(text, pieces, true, take);
    }

    #[inline]
    fn each_of(&self, text: &str, pieces: &Pieces, plural: bool, mut take: impl FnMut(Range<usize>, u32)) {
        let mut tell = |range: Range<u32>, hash| {
            let range = range.start as usize..range.end as usize;
            if let Some(number) = self.texts.get(&text.as_bytes()[range.clone()], hash) {
                take(range, number);
            }
        };
        for (at, first) in pieces.0.iter().enumerate() {
            let mut sum = START;
            for (count, piece) in (1..).zip(&pieces.0[at..]) {
                if let Some(singular) = piece.singular.filter(|_| plural) {
                    tell(first.start..piece.end - 1, grown(sum, singular));
                }
                sum = grown(sum, piece.hash);
                // A text that ends here begins so, too.
                if is_asked(count) && !self.beginnings.may_hold(sum) {
                    break;
                }
                tell(first.start..piece.end, sum);
            }
        }
    }
}

fn hash_of(text: &str) -> u64 {
    let mut sum = START;
    each_piece(text, |piece| sum = grown(sum, piece.hash));
    sum
}

/// At which lengths the beginnings of texts are entered and asked for: one piece, two, four, and so on.
#[inline]
fn is_asked(count: usize) -> bool {
    count.is_power_of_two()
}

/// The words of letters and digits of a text, its Han characters and its signs, in their order.
#[derive(Default)]
pub struct Pieces(Vec<Piece>);

struct Piece {
    start: u32,
    end: u32,
    hash: u64,
    /// The hash of a word without the s in which it ends.
    singular: Option<u64>,
}

impl Pieces {
    /// A text cut to pieces.
    pub fn of(text: &str) -> Self {
        let mut pieces = Pieces::default();
        pieces.cut(text);
        pieces
    }

    /// The pieces as they stand in the text that was cut.
    pub fn within<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.placed(text).map(|(_, piece)| piece)
    }

    /// The same, each with its bytes of the text.
    pub fn placed<'t>(&self, text: &'t str) -> impl Iterator<Item = (Range<usize>, &'t str)> {
        let placed = move |piece: &Piece| {
            let range = piece.start as usize..piece.end as usize;
            Some((range.clone(), text.get(range)?))
        };
        self.0.iter().filter_map(placed)
    }

    /// Cuts a text to pieces, which take the place of those that are held.
    pub fn cut(&mut self, text: &str) {
        self.0.clear();
        self.0.reserve(text.len() / 3);
        each_piece(text, |piece| self.0.push(piece));
    }
}

#[inline]
fn each_piece(text: &str, mut take: impl FnMut(Piece)) {
    let (mut start, mut hash, mut singular, mut inside) = (0, START, None, false);
    for (at, c) in text.char_indices() {
        let joins = is_of_word(c);
        if joins && inside {
            singular = (c == 's').then_some(hash);
        } else {
            if at > 0 {
                take(Piece { start, end: at as u32, hash, singular });
            }
            (start, hash, singular) = (at as u32, START, None);
        }
        hash = grown(hash, c.into());
        inside = joins;
    }
    if !text.is_empty() {
        take(Piece { start, end: text.len() as u32, hash, singular });
    }
}

#[cfg(test)]
mod tests {
    use super::{Phrases, Pieces};

    const TEXTS: [&str; 9] =
        ["chip", "chip ban", "chip ban of the year", "芯片", "芯片法案", "ai", "h20", "yahoo!", "s"];

    fn found(text: &str, plural: bool) -> String {
        let mut phrases = Phrases::for_texts(TEXTS.len());
        TEXTS.into_iter().for_each(|text| _ = phrases.add(text));
        let mut found = Vec::new();
        let take = |range: std::ops::Range<usize>, number: u32| {
            assert!(text[range.clone()] == *TEXTS[number as usize]);
            found.push(format!("{}:{}", range.start, &text[range.clone()]));
        };
        let pieces = Pieces::of(text);
        if plural {
            phrases.each_or_plural(text, &pieces, take)
        } else {
            phrases.each(text, &pieces, take)
        }
        found.join("|")
    }

    #[test]
    fn words_end_where_letters_do() {
        assert_eq!(found("chip bans", false), "0:chip");
        assert_eq!(found("a chip ban.", false), "2:chip|2:chip ban");
        assert_eq!(found("chip ban of the year", false), "0:chip|0:chip ban|0:chip ban of the year");
        assert_eq!(found("chips microchip", false), "");
        assert_eq!(found("芯片chip法案芯片法案", false), "0:芯片|6:chip|16:芯片|16:芯片法案");
        assert_eq!(found("ai芯片h20芯", false), "0:ai|2:芯片|8:h20");
        assert_eq!(found("", false), "");
    }

    #[test]
    fn a_plural_stands_for_its_word() {
        assert_eq!(found("chips ai", true), "0:chip|6:ai");
        assert_eq!(found("chip bans, yahoo!s", true), "0:chip|0:chip ban|11:yahoo!|17:s");
        assert_eq!(found("chipss", true), "");
    }

    #[test]
    fn no_texts() {
        let phrases = Phrases::for_texts(0);
        assert!(phrases.is_empty());
        phrases.each("abc", &Pieces::of("abc"), |_, _| panic!("found something"));
    }
}
