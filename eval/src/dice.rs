//! Numbers without any order that one could see, and the same on every day.

/// A number for each number.
pub fn scattered(seed: u64) -> u64 {
    let mut x = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A number for a text.
pub fn hash(text: &str) -> u64 {
    scattered(text.bytes().fold(7, |h, b| scattered(h ^ u64::from(b))))
}

/// Draws one number after another.
pub struct Dice(u64);

impl Dice {
    /// Dice for a thing of this name and number.
    pub fn new(name: &str, number: u64) -> Dice {
        Dice(hash(name) ^ scattered(number))
    }

    /// A number from one to another, both included.
    pub fn number(&mut self, least: u64, most: u64) -> u64 {
        self.0 = scattered(self.0);
        least + (self.0 >> 8) % (most - least + 1)
    }

    /// One of several.
    pub fn one<'a>(&mut self, of: &'a [String]) -> &'a str {
        &of[self.number(0, of.len() as u64 - 1) as usize]
    }
}
