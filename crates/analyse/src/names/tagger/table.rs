//! What a hash leads to. Most features and words that are asked for are in no table; a filter in front, small enough for a
//! processor's cache, says so without a look at the table itself.

/// Bits of the filter an entry.
const BITS: usize = 8;

/// Values by hash: open addressing, as many places as a power of two, at most half full. No entry has the hash 0.
pub struct Table<K, V> {
    filter: Vec<u64>,
    slots: Vec<(K, V)>,
}

impl<K: Copy + Eq + Default + Into<u64>, V: Copy + Default> Table<K, V> {
    /// A table with room for so many entries.
    pub fn for_entries(count: usize) -> Self {
        let bits = (count * BITS).next_power_of_two().max(64);
        let places = (count * 2).next_power_of_two().max(2);
        Table { filter: vec![0; bits / 64], slots: vec![(K::default(), V::default()); places] }
    }

    /// The entry of a hash, to be changed; a new one holds the default.
    pub fn entry(&mut self, key: K) -> &mut V {
        let (word, bit) = self.filter_place(key);
        self.filter[word] |= bit;
        let at = self.place(key);
        self.slots[at].0 = key;
        &mut self.slots[at].1
    }

    /// Those of many hashes that the filter lets pass. All are written and the place of the next one tells, for a
    /// processor cannot guess which of them pass, and guessing wrong costs more than writing.
    pub fn likely(&self, keys: &[K], passed: &mut Vec<K>) {
        passed.clear();
        passed.resize(keys.len(), K::default());
        let mut count = 0;
        for key in keys {
            passed[count] = *key;
            count += usize::from(self.may_hold(*key));
        }
        passed.truncate(count);
    }

    #[inline]
    fn may_hold(&self, key: K) -> bool {
        let (word, bit) = self.filter_place(key);
        self.filter[word] & bit != 0
    }

    /// What a hash leads to.
    #[inline]
    pub fn get(&self, key: K) -> Option<&V> {
        if !self.may_hold(key) {
            return None;
        }
        let (found, value) = &self.slots[self.place(key)];
        (*found == key).then_some(value)
    }

    #[inline]
    fn filter_place(&self, key: K) -> (usize, u64) {
        let hash: u64 = key.into();
        ((hash >> 6) as usize & (self.filter.len() - 1), 1 << (hash & 63))
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
        assert!(keys.iter().all(|k| table.get(k + 1).is_none()));
        let mut passed = Vec::new();
        table.likely(&keys, &mut passed);
        assert_eq!(passed, keys);
    }
}
