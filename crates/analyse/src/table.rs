//! What a hash leads to.

/// Values by hash: open addressing, as many places as a power of two, at most two thirds full: the smaller it is, the more of it
/// is in a processor's cache. No entry has the hash 0.
pub struct Table<K, V> {
    slots: Vec<(K, V)>,
    /// One bit for each of eight times as many places: whether a hash of the table falls there. It fits a processor's cache.
    seen: Vec<u64>,
}

/// Bits of `seen` a place.
const SEEN: usize = 8;

impl<K: Copy + Eq + Default + Into<u64>, V: Copy + Default> Table<K, V> {
    /// A table with room for so many entries.
    pub fn for_entries(count: usize) -> Self {
        let places = (count * 3 / 2 + 1).next_power_of_two().max(8);
        Table { slots: vec![(K::default(), V::default()); places], seen: vec![0; places * SEEN / 64] }
    }

    /// The entry of a hash, to be changed; a new one holds the default.
    pub fn entry(&mut self, key: K) -> &mut V {
        let at = self.place(key);
        let (word, bit) = self.bit(key);
        self.seen[word] |= 1 << bit;
        self.slots[at].0 = key;
        &mut self.slots[at].1
    }

    /// What a hash leads to.
    #[inline]
    pub fn get(&self, key: K) -> Option<&V> {
        let (found, value) = &self.slots[self.place(key)];
        (*found == key).then_some(value)
    }

    /// Whether a hash may lead to something. The table is larger than a processor's cache and has few of the hashes that are
    /// asked for, so the bits, which fit it, sort out most of them.
    #[inline]
    pub fn may_hold(&self, key: K) -> bool {
        let (word, bit) = self.bit(key);
        self.seen[word] >> bit & 1 == 1
    }

    /// What each of many hashes leads to, if it does; all are fetched at once. `met` is room for the hashes that stand where
    /// they should.
    pub fn each<'t>(&'t self, keys: &[K], met: &mut Vec<K>, mut take: impl FnMut(&'t V)) {
        let mask = self.slots.len() - 1;
        let home = |key: K| &self.slots[key.into() as usize & mask];
        met.clear();
        met.extend(keys.iter().map(|key| home(*key).0));
        for (key, there) in keys.iter().zip(met) {
            if there == key {
                take(&home(*key).1);
            } else {
                self.get(*key).into_iter().for_each(&mut take);
            }
        }
    }

    /// The word of `seen` and the bit in it that stand for a hash.
    #[inline]
    fn bit(&self, key: K) -> (usize, u32) {
        let at = key.into() as usize & (self.slots.len() * SEEN - 1);
        (at / 64, (at % 64) as u32)
    }

    /// Where a hash stands or would stand.
    #[inline]
    fn place(&self, key: K) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = key.into() as usize & mask;
        while self.slots[at].0 != key && self.slots[at].0 != K::default() {
            at = (at + 1) & mask;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn what_was_entered_is_found_and_nothing_else() {
        let keys: Vec<u32> = (1..=500u32).map(|n| n.wrapping_mul(0x9e37_79b9)).collect();
        let mut table: Table<u32, u32> = Table::for_entries(keys.len());
        keys.iter().for_each(|k| *table.entry(*k) += k ^ 1);
        assert!(keys.iter().all(|k| table.get(*k) == Some(&(k ^ 1))));
        assert!(keys.iter().all(|k| table.may_hold(*k) && table.get(k + 1).is_none()));
        assert!(keys.iter().filter(|k| table.may_hold(**k + 1)).count() < keys.len() / 4);
        let mut found = Vec::new();
        table.each(&[keys[7], keys[7] + 1, keys[3]], &mut Vec::new(), |value| found.push(*value));
        assert_eq!(found, [keys[7] ^ 1, keys[3] ^ 1]);
    }
}
