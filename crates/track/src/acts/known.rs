//! Numbered notices that were read before, by which a later one names them: 暂停实施2026年第27号公告, 停止2026年第71号对甲公司采取的措施.

use headwater_model::{EntityId, MeasureId};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Numbered notices by their keys, each with the number of the capture that published it.
#[derive(Debug, Default)]
pub struct Notices {
    /// Those that are measures, with what these are called if the knowledge lacks them.
    pub measures: BTreeMap<String, (u64, MeasureId, Option<String>)>,
    /// Those that act upon lists.
    pub lists: BTreeMap<String, (u64, EntityId)>,
}

/// The notices as one reading asks for them. What it asked for is noted: where none of that is known, it would have read the
/// same from any others.
pub struct Asked<'a> {
    known: &'a Notices,
    keys: RefCell<BTreeSet<String>>,
}

impl<'a> Asked<'a> {
    /// A reading that asked for nothing yet.
    pub fn of(known: &'a Notices) -> Self {
        Asked { known, keys: RefCell::default() }
    }
    /// The measure that a notice is, and what it is called.
    pub fn measure(&self, key: &str) -> Option<(MeasureId, Option<String>)> {
        self.note(key);
        self.known.measures.get(key).map(|(_, measure, name)| (measure.clone(), name.clone()))
    }
    /// The list that a notice acts upon.
    pub fn list(&self, key: &str) -> Option<EntityId> {
        self.note(key);
        self.known.lists.get(key).map(|(_, list)| list.clone())
    }
    /// All that was asked for.
    pub fn keys(self) -> BTreeSet<String> {
        self.keys.into_inner()
    }
    fn note(&self, key: &str) {
        let mut keys = self.keys.borrow_mut();
        if !keys.contains(key) {
            keys.insert(key.to_owned());
        }
    }
}
