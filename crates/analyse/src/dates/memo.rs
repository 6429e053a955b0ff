//! What was read at a place of a sentence: the rules for one expression ask for the same number again and again.

use std::cell::RefCell;

/// How many places are remembered; rules look a few words ahead.
const PLACES: usize = 8;

/// The values of the last places that were asked for.
pub(super) struct Memo<T>(RefCell<[Option<(usize, T)>; PLACES]>);

impl<T: Clone> Memo<T> {
    pub(super) fn new() -> Self {
        Memo(RefCell::new([const { None }; PLACES]))
    }

    /// The value of a place, read now if it is not remembered.
    pub(super) fn at(&self, place: usize, read: impl FnOnce() -> T) -> T {
        let slot = place % PLACES;
        if let Some((known, value)) = &self.0.borrow()[slot]
            && *known == place
        {
            return value.clone();
        }
        let value = read();
        self.0.borrow_mut()[slot] = Some((place, value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::Memo;

    #[test]
    fn each_place_is_read_once_while_it_is_remembered() {
        let memo = Memo::new();
        assert_eq!((memo.at(3, || "a"), memo.at(3, || "b")), ("a", "a"));
        assert_eq!((memo.at(11, || "c"), memo.at(3, || "d")), ("c", "d"));
    }
}
