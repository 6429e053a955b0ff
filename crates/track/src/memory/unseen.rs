//! The register of reports and documents that were cited and are not captured.

use crate::memory::seen::Seen;
use crate::reading::reference::Reference;
use headwater_model::CaptureId;
use headwater_model::id::UnseenId;
use headwater_model::time::{Date, days_between};
use headwater_model::tracking::{Cited, Unseen};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One uncaptured report with those who cite it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Known {
    /// What is known of it.
    pub unseen: Unseen,
    /// Its publisher's folded names.
    keys: BTreeSet<String>,
    /// Numbers of the captures that cite it.
    pub citers: Vec<u64>,
}

impl Known {
    /// Keys of the publishers that could have published it.
    fn all_keys(&self) -> impl Iterator<Item = String> + '_ {
        let entity = self.unseen.outlet.as_ref().map(crate::reading::publisher::key_of);
        self.keys.iter().cloned().chain(entity)
    }
}

/// Citations kept of one uncaptured report as evidence.
const CITED: usize = 50;
/// Days between two citations of one report that state no day.
const REACH_DAYS: i32 = 14;

/// All uncaptured reports that captures of the window cite.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Register {
    known: BTreeMap<UnseenId, Known>,
    changed: BTreeSet<UnseenId>,
    /// Those that a publisher of a key could have published; follows from the others.
    #[serde(skip)]
    by_key: BTreeMap<String, BTreeSet<UnseenId>>,
}

impl Register {
    /// The uncaptured report that a reference means: one that related articles cite, else a new one.
    pub fn cite(&mut self, citer: &Seen, reference: &Reference, related: impl Fn(u64) -> bool) -> UnseenId {
        let keys = reference.keys();
        let fits = |known: &&Known| {
            known.unseen.resolved.is_none()
                && dates_agree(known, reference, citer.day)
                && known.citers.iter().rev().take(12).any(|seq| related(*seq))
        };
        let cited = Cited { capture: citer.capture.clone(), evidence: reference.evidence.clone() };
        let known = self.of(&keys).find(fits).map(|known| known.unseen.id.clone());
        let id = known.unwrap_or_else(|| self.open(citer, reference));
        if let Some(known) = self.known.get_mut(&id) {
            for key in &keys {
                self.by_key.entry(key.clone()).or_default().insert(id.clone());
            }
            known.keys.extend(keys);
            let mut moved = false;
            if !known.citers.contains(&citer.seq) {
                known.citers.push(citer.seq);
                moved = true;
            }
            if known.unseen.date.is_none() && reference.date.is_some() {
                known.unseen.date = reference.date;
                moved = true;
            }
            if known.unseen.cited.len() < CITED && !known.unseen.cited.contains(&cited) {
                known.unseen.cited.push(cited);
                moved = true;
            }
            if moved {
                self.changed.insert(id.clone());
            }
        }
        id
    }

    fn open(&mut self, citer: &Seen, reference: &Reference) -> UnseenId {
        let id = UnseenId::of(&[reference.key.as_bytes(), citer.capture.as_str().as_bytes()]);
        let unseen = Unseen {
            id: id.clone(),
            outlet: reference.entity.clone(),
            name: reference.name.clone(),
            date: reference.date,
            cited: Vec::new(),
            resolved: None,
        };
        let keys = reference.keys().into_iter().collect();
        let known = Known { unseen, keys, citers: Vec::new() };
        self.index(&known);
        self.known.insert(id.clone(), known);
        id
    }

    /// Those that publishers of these keys could have published, in the order of their ids.
    fn of(&self, keys: &[String]) -> impl Iterator<Item = &Known> {
        let ids: BTreeSet<&UnseenId> = keys.iter().filter_map(|key| self.by_key.get(key)).flatten().collect();
        ids.into_iter().filter_map(|id| self.known.get(id))
    }

    fn index(&mut self, known: &Known) {
        for key in known.all_keys() {
            self.by_key.entry(key).or_default().insert(known.unseen.id.clone());
        }
    }

    /// Makes the index anew: of a restored state, or when much was forgotten.
    pub fn reindex(&mut self) {
        self.by_key.clear();
        let known = std::mem::take(&mut self.known);
        known.values().for_each(|known| self.index(known));
        self.known = known;
    }

    /// Uncaptured reports that a capture turns out to be; `related` says whether the capture is about the same
    /// as a citer, who may have stated the day.
    pub fn found_in(&self, seen: &Seen, related: impl Fn(u64, bool) -> bool) -> Vec<UnseenId> {
        let keys = seen.publisher.keys();
        let fits = |known: &&Known| {
            let stated = known.unseen.date.is_some();
            known.unseen.resolved.is_none()
                && known.unseen.date.is_none_or(|date| days_between(date, seen.day) <= 1)
                && known.citers.iter().any(|seq| related(*seq, stated))
        };
        self.of(&keys).filter(fits).map(|known| known.unseen.id.clone()).collect()
    }

    /// Notes that an uncaptured report is captured now; those who cite it are returned.
    pub fn resolve(&mut self, id: &UnseenId, capture: &CaptureId) -> Vec<u64> {
        let Some(known) = self.known.get_mut(id) else { return Vec::new() };
        known.unseen.resolved = Some(capture.clone());
        self.changed.insert(id.clone());
        known.citers.clone()
    }

    /// What is known of one.
    pub fn get(&self, id: &UnseenId) -> Option<&Unseen> {
        self.known.get(id).map(|known| &known.unseen)
    }

    /// The ones that changed since this was last asked.
    pub fn take_changed(&mut self) -> Vec<Unseen> {
        let changed = std::mem::take(&mut self.changed);
        changed.iter().filter_map(|id| self.known.get(id)).map(|known| known.unseen.clone()).collect()
    }

    /// Forgets what nothing from `first` on cites.
    pub fn forget_before(&mut self, first: u64) {
        self.known.retain(|_, known| known.citers.iter().any(|seq| *seq >= first));
        self.reindex();
    }
}

fn dates_agree(known: &Known, reference: &Reference, day: Date) -> bool {
    match (known.unseen.date, reference.date) {
        (Some(a), Some(b)) => days_between(a, b) <= 1,
        (Some(a), None) | (None, Some(a)) => days_between(a, day) <= REACH_DAYS,
        (None, None) => true,
    }
}
