//! The parties of one document, by all that they are called.

use headwater_model::membership::{bare_key, is_bare, name_key, names_of};
use std::collections::BTreeMap;

/// The parties of one document, by all that they are called.
#[derive(Default)]
pub struct Met {
    exact: BTreeMap<String, usize>,
    /// By their names without a legal form, and those that are without one.
    bare: BTreeMap<String, usize>,
    short: BTreeMap<String, usize>,
}

impl Met {
    /// The number of the first party that one of the names is that of. "Acme Co., Ltd." and "Acme FZE" on one page are two;
    /// "Acme" is short for either.
    pub fn find<'n>(&self, names: impl Iterator<Item = &'n str>) -> Option<usize> {
        let own = names.flat_map(names_of).flat_map(|name| {
            let bare = bare_key(name);
            let others = if is_bare(name) { &self.bare } else { &self.short };
            let other = others.get(&bare).filter(|_| bare.chars().count() > 1);
            [self.exact.get(&name_key(name)), other]
        });
        own.flatten().min().copied()
    }

    /// Takes names of a party.
    pub fn take<'n>(&mut self, names: impl Iterator<Item = &'n str>, party: usize) {
        let enter = |into: &mut BTreeMap<String, usize>, key: String| {
            into.entry(key).and_modify(|first| *first = party.min(*first)).or_insert(party);
        };
        for name in names.flat_map(names_of) {
            enter(&mut self.exact, name_key(name));
            enter(&mut self.bare, bare_key(name));
            if is_bare(name) {
                enter(&mut self.short, bare_key(name));
            }
        }
    }
}
