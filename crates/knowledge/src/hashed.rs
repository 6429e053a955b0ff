//! Texts found by their hashes. A filter in front, a few bits a text, answers nearly every question without a look at the
//! table. A million names are entered in a fraction of a second; an automaton over them takes ten seconds to build and more
//! memory than the names.

use std::ops::Range;

/// Distinct texts, each by its number in their order.
pub(crate) struct Store {
    /// All texts, one after another.
    all: String,
    /// Where each begins; one more at the end.
    starts: Vec<u32>,
    /// Numbers of texts by hash, open addressing, at most half full.
    places: Vec<Place>,
    /// Hashes of all texts.
    hashes: Filter,
}

/// The number of a text, and a part of its hash: nearly every other text differs in it and need not be looked at.
#[derive(Clone, Copy)]
struct Place {
    number: u32,
    tag: u32,
}

/// No text.
const NONE: Place = Place { number: u32::MAX, tag: 0 };

impl Place {
    fn is_taken(self) -> bool {
        self.number != NONE.number
    }
}

impl Store {
    /// No texts yet, and room for about so many.
    pub fn for_texts(count: usize) -> Self {
        Store {
            all: String::new(),
            starts: vec![0],
            places: vec![NONE; (count * 2).next_power_of_two().max(2)],
            hashes: Filter::of(count),
        }
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn range(&self, number: u32) -> Range<usize> {
        self.starts[number as usize] as usize..self.starts[number as usize + 1] as usize
    }

    /// Enters a text, if it is not there yet, and tells its number, and whether it is new.
    pub fn add(&mut self, text: &str, hash_of: fn(&str) -> u64) -> (u32, bool) {
        let hash = hash_of(text);
        if let Some(number) = self.number(text.as_bytes(), hash) {
            return (number, false);
        }
        self.hashes.enter(hash);
        let number = self.len() as u32;
        self.all.push_str(text);
        self.starts.push(self.all.len() as u32);
        if self.len() * 2 > self.places.len() {
            self.places = vec![NONE; self.places.len() * 2];
            (0..number).for_each(|n| self.place(n, hash_of(&self.all[self.range(n)])));
        }
        self.place(number, hash);
        (number, true)
    }

    fn place(&mut self, number: u32, hash: u64) {
        let mask = self.places.len() - 1;
        let hash = spread(hash);
        let mut at = hash as usize & mask;
        while self.places[at].is_taken() {
            at = (at + 1) & mask;
        }
        self.places[at] = Place { number, tag: (hash >> 32) as u32 };
    }

    /// The number of a text, if it is one of these.
    #[inline]
    pub fn get(&self, text: &[u8], hash: u64) -> Option<u32> {
        if self.hashes.may_hold(hash) { self.number(text, hash) } else { None }
    }

    fn number(&self, text: &[u8], hash: u64) -> Option<u32> {
        let mask = self.places.len() - 1;
        let hash = spread(hash);
        let mut at = hash as usize & mask;
        while self.places[at].is_taken() {
            let Place { number, tag } = self.places[at];
            if tag == (hash >> 32) as u32 && &self.all.as_bytes()[self.range(number)] == text {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
        None
    }
}

/// A set of hashes that may take a few others for its own.
pub(crate) struct Filter(Vec<u64>);

impl Filter {
    /// Bits a hash.
    const BITS: usize = 12;

    /// Room for about so many hashes.
    pub fn of(count: usize) -> Self {
        Filter(vec![0; (count * Self::BITS).next_power_of_two().max(64) / 64])
    }
    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let hash = spread(hash);
        // Two bits of one word: two chances to tell a stranger, one look.
        (hash as usize & (self.0.len() - 1), 1 << (hash >> 58) | 1 << (hash >> 52 & 63))
    }
    /// Takes a hash in.
    pub fn enter(&mut self, hash: u64) {
        let (word, bits) = self.place(hash);
        self.0[word] |= bits;
    }
    /// Whether a hash may be one of these.
    #[inline]
    pub fn may_hold(&self, hash: u64) -> bool {
        let (word, bits) = self.place(hash);
        self.0[word] & bits == bits
    }
}

/// The hash of nothing.
pub(crate) const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of what goes on with a value: a character, or the hash of a word.
#[inline]
pub(crate) fn grown(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A hash whose every bit hangs on all of the text.
#[inline]
fn spread(hash: u64) -> u64 {
    (hash ^ hash >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93) ^ hash >> 29
}
