//! What a hash leads to.

use std::cmp::Reverse;

/// Values by hash, no two of which fall on one place: a look finds the value there or nowhere. So that they do not meet, the hashes
/// are grouped, and each group is turned until all of it falls on free places. No entry has the hash 0.
pub struct Table<K, V> {
    slots: Vec<(K, V)>,
    /// By how many bits a turned hash is too long for a place.
    shift: u32,
    /// By how much each group is turned.
    turns: Vec<u16>,
    /// One bit for each of eight times as many places: whether a hash of the table falls there. It fits a processor's cache.
    seen: Vec<u64>,
}

/// Bits of `seen` a place.
const SEEN: usize = 8;

/// Places for each group.
const GROUP: usize = 8;

impl<K: Copy + Ord + Default + Into<u64>, V: Copy + Default> Table<K, V> {
    /// A table of entries; of those with one hash the first counts.
    pub fn of(mut entries: Vec<(K, V)>) -> Self {
        entries.sort_by_key(|entry| entry.0);
        entries.dedup_by_key(|entry| entry.0);
        let mut places = (entries.len() * 3 / 2 + 1).next_power_of_two().max(8);
        loop {
            if let Some(table) = Table::empty(places).filled(&mut entries) {
                return table;
            }
            places *= 2;
        }
    }

    fn empty(places: usize) -> Self {
        Table {
            slots: vec![(K::default(), V::default()); places],
            shift: u64::BITS - places.trailing_zeros(),
            turns: vec![0; places / GROUP],
            seen: vec![0; places * SEEN / 64],
        }
    }

    /// The table with all entries, if each group has a turn that fits; the largest groups are placed first.
    fn filled(mut self, entries: &mut [(K, V)]) -> Option<Self> {
        entries.sort_unstable_by_key(|entry| self.group(entry.0));
        let mut groups: Vec<&[(K, V)]> =
            entries.chunk_by(|a, b| self.group(a.0) == self.group(b.0)).collect();
        groups.sort_by_key(|group| Reverse(group.len()));
        for group in groups {
            let turn = (0..=u16::MAX).find(|turn| self.fits(group, *turn))?;
            for entry in group {
                let (at, number) = (self.turned(entry.0, turn), self.group(entry.0));
                let (word, bit) = self.bit(entry.0);
                self.slots[at] = *entry;
                self.turns[number] = turn;
                self.seen[word] |= 1 << bit;
            }
        }
        Some(self)
    }

    /// Whether a turn leads all of a group to free places.
    fn fits(&self, group: &[(K, V)], turn: u16) -> bool {
        let place = |entry: &(K, V)| self.turned(entry.0, turn);
        group.iter().enumerate().all(|(number, entry)| {
            let at = place(entry);
            self.slots[at].0 == K::default() && group[..number].iter().all(|other| place(other) != at)
        })
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

    /// Leaves out the hashes that `may_hold` sorts out.
    pub fn sift(&self, keys: &mut Vec<K>) {
        let mut kept = 0;
        for at in 0..keys.len() {
            // Put down in any case, and left standing if it is kept: a branch would be guessed wrong as often as not.
            keys[kept] = keys[at];
            kept += usize::from(self.may_hold(keys[at]));
        }
        keys.truncate(kept);
    }

    /// The word of `seen` and the bit in it that stand for a hash.
    #[inline]
    fn bit(&self, key: K) -> (usize, u32) {
        let at = key.into() as usize & (self.slots.len() * SEEN - 1);
        (at / 64, (at % 64) as u32)
    }

    #[inline]
    fn group(&self, key: K) -> usize {
        key.into() as usize & (self.turns.len() - 1)
    }

    /// Where a hash stands, if it does.
    #[inline]
    fn place(&self, key: K) -> usize {
        self.turned(key, self.turns[self.group(key)])
    }

    #[inline]
    fn turned(&self, key: K, turn: u16) -> usize {
        let factor = (2 * u64::from(turn) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (key.into().wrapping_mul(factor) >> self.shift) as usize
    }
}

impl<K: Copy + Ord + Default + Into<u64>, const N: usize> Table<K, [i8; N]>
where
    [i8; N]: Default,
{
    /// What the rows of some hashes add up to.
    pub fn sum(&self, keys: &[K]) -> [i32; N] {
        /// So many weights add up in 16 bits, which takes half the steps of 32.
        const AT_ONCE: usize = 256;
        let mut sum = [0; N];
        for keys in keys.chunks(AT_ONCE) {
            let mut part = [0; N];
            for row in keys.iter().filter_map(|key| self.get(*key)) {
                part.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i16::from(*weight));
            }
            sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += i32::from(part));
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn what_was_entered_is_found_and_nothing_else() {
        let keys: Vec<u32> = (1..=5000u32).map(|n| n.wrapping_mul(0x9e37_79b9)).collect();
        let entries: Vec<(u32, u32)> = keys.iter().map(|key| (*key, key ^ 1)).collect();
        let table = Table::of(entries);
        assert!(keys.iter().all(|k| table.may_hold(*k) && table.get(*k) == Some(&(k ^ 1))));
        assert!(keys.iter().all(|k| table.get(k + 1).is_none()));
        assert!(keys.iter().filter(|k| table.may_hold(**k + 1)).count() < keys.len() / 4);
        let mut sifted = keys.iter().flat_map(|k| [k + 1, *k]).collect();
        table.sift(&mut sifted);
        assert!(keys.iter().all(|k| sifted.contains(k)) && sifted.len() < keys.len() * 5 / 4);
        assert_eq!(Table::<u32, u32>::of(Vec::new()).get(7), None);
        assert_eq!(Table::<u32, u32>::of(vec![(7, 1), (3, 2), (7, 3)]).get(7), Some(&1));
    }

    #[test]
    fn rows_add_up() {
        let keys: Vec<u32> = (1..=600).collect();
        let table = Table::of(keys.iter().map(|key| (*key, [127, -128, (key % 3) as i8])).collect());
        assert_eq!(table.sum(&[]), [0; 3]);
        assert_eq!(table.sum(&[2, 2000, 5]), [254, -256, 4]);
        assert_eq!(table.sum(&keys), [600 * 127, -600 * 128, 600]);
    }
}
