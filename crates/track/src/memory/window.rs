//! The window: the captures that a new one is compared with, and the indexes over them.
//!
//! Its size bounds the tracker's memory whatever the archive's. Every index is a function of the
//! captures in the window, so a restored tracker rebuilds them and goes on identically.

use crate::memory::copies::{Index, Pairs};
use crate::memory::near::{LATEST, Latest};
use crate::memory::seen::Seen;
use crate::text::terms::Frequencies;
use headwater_model::tracking::Edge;
use headwater_model::{CaptureId, NodeId};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

/// Readable captures in the window.
pub const TEXTS: usize = 12_000;
/// Bytes of text in the window.
const BYTES: usize = 48 << 20;

/// The captures within reach, in archive order.
#[derive(Debug, Default)]
pub struct Window {
    seen: VecDeque<Seen>,
    next: u64,
    texts: usize,
    bytes: usize,
    by_capture: FxHashMap<CaptureId, u64>,
    by_address: FxHashMap<String, u64>,
    of_address: BTreeMap<String, BTreeSet<u64>>,
    by_publisher: BTreeMap<String, BTreeSet<u64>>,
    by_citation: BTreeMap<String, BTreeSet<u64>>,
    by_author: BTreeMap<String, BTreeSet<u64>>,
    derived: FxHashMap<CaptureId, BTreeSet<u64>>,
    citing_unseen: BTreeMap<NodeId, BTreeSet<u64>>,
    /// The latest captures by their terms.
    pub latest: Latest,
    /// Index of shared passages.
    pub copies: Index,
    /// How many texts have each term.
    pub frequencies: Frequencies,
}

impl Window {
    /// The number that the next capture gets.
    pub fn next(&self) -> u64 {
        self.next
    }
    /// How many readable captures it holds.
    pub fn texts(&self) -> usize {
        self.texts
    }
    /// The number of the oldest capture.
    pub fn first(&self) -> u64 {
        self.seen.front().map_or(self.next, |seen| seen.seq)
    }
    /// An empty window for so many readable captures, which starts numbering at `next`.
    pub fn new(texts: usize, next: u64) -> Self {
        Window { next, texts, ..Window::default() }
    }
    /// All captures, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Seen> {
        self.seen.iter()
    }
    /// The capture of this number, if it is still in the window.
    pub fn get(&self, seq: u64) -> Option<&Seen> {
        self.slot(seq).map(|i| &self.seen[i])
    }
    /// The same, to be changed.
    pub fn get_mut(&mut self, seq: u64) -> Option<&mut Seen> {
        self.slot(seq).map(|i| &mut self.seen[i])
    }
    /// The capture with this id.
    pub fn find(&self, capture: &CaptureId) -> Option<&Seen> {
        self.get(*self.by_capture.get(capture)?)
    }
    /// The latest capture of an address.
    pub fn at_address(&self, address: &str) -> Option<&Seen> {
        self.get(*self.by_address.get(address)?)
    }
    /// Numbers of the captures of a publisher, by any of its keys: so many, the latest first.
    pub fn of_publisher(&self, keys: &[String], most: usize) -> Vec<u64> {
        latest(keys.iter().filter_map(|key| self.by_publisher.get(key)), most)
    }
    /// Numbers of the captures that one wrote: so many, the latest first.
    pub fn by_author(&self, key: &str, most: usize) -> Vec<u64> {
        latest(self.by_author.get(key), most)
    }
    /// Numbers of the captures that name a publisher, by any of its keys: so many, the latest first.
    pub fn citing(&self, keys: &[String], most: usize) -> Vec<u64> {
        latest(keys.iter().filter_map(|key| self.by_citation.get(key)), most)
    }
    /// Numbers of the captures that derive from one.
    pub fn derived_from(&self, capture: &CaptureId) -> BTreeSet<u64> {
        self.derived.get(capture).cloned().unwrap_or_default()
    }
    /// The capture that a node is.
    pub fn captured(&self, node: &NodeId) -> Option<&Seen> {
        match node {
            NodeId::Capture(capture) => self.find(capture),
            NodeId::Unseen(_) => None,
        }
    }
    /// Numbers of the captures that a capture derives from, in the order of its derivations.
    pub fn parents(&self, seq: u64) -> Vec<u64> {
        let edges = self.get(seq).into_iter().flat_map(|seen| &seen.edges);
        let captured = edges.filter_map(|edge| self.captured(&edge.to)).map(|parent| parent.seq);
        captured.filter(|number| *number != seq).collect()
    }
    /// Numbers of the captures that derive from one uncaptured report: so many, the latest first.
    pub fn sharing_unseen(&self, node: &NodeId, most: usize) -> Vec<u64> {
        latest(self.citing_unseen.get(node), most)
    }
    /// The version of the same address before this capture.
    pub fn earlier_version(&self, seq: u64) -> Option<u64> {
        let address = &self.get(seq)?.address;
        let before = self.of_address.get(address)?.range(..seq).next_back().copied();
        before.filter(|b| self.get(*b).is_some())
    }
    fn slot(&self, seq: u64) -> Option<usize> {
        let first = self.seen.front()?.seq;
        let slot = usize::try_from(seq.checked_sub(first)?).ok()?;
        (slot < self.seen.len()).then_some(slot)
    }

    /// Takes a capture in and lets the oldest go that no longer fit. Returns the numbers of those that went.
    pub fn push(&mut self, seen: Seen) -> Range<u64> {
        self.next = seen.seq + 1;
        self.bytes += seen.weight();
        self.index(&seen);
        if let Some(at) = self.seen.len().checked_sub(LATEST) {
            self.latest.remove(&self.seen[at]);
        }
        self.seen.push_back(seen);
        let before = self.first();
        while self.seen.len() > self.texts || (self.bytes > BYTES && self.seen.len() > 1) {
            let Some(oldest) = self.seen.pop_front() else { break };
            self.unindex(&oldest);
        }
        before..self.first()
    }

    /// What is known of a capture's text and others, to be put back afterwards.
    pub fn take_pairs(&mut self, seq: u64) -> Pairs {
        self.get_mut(seq).map(|seen| std::mem::take(&mut seen.pairs)).unwrap_or_default()
    }

    /// Replaces what a capture derives from.
    pub fn set_edges(&mut self, seq: u64, edges: Vec<Edge>) {
        let Some(slot) = self.slot(seq) else { return };
        let old = std::mem::replace(&mut self.seen[slot].edges, edges);
        for edge in &old {
            self.unlink(edge, seq);
        }
        for edge in self.seen[slot].edges.clone() {
            self.link(&edge, seq);
        }
    }

    fn link(&mut self, edge: &Edge, seq: u64) {
        match &edge.to {
            NodeId::Capture(parent) => self.derived.entry(parent.clone()).or_default().insert(seq),
            NodeId::Unseen(_) => self.citing_unseen.entry(edge.to.clone()).or_default().insert(seq),
        };
    }

    fn unlink(&mut self, edge: &Edge, seq: u64) {
        let NodeId::Capture(parent) = &edge.to else {
            if let Some(citers) = self.citing_unseen.get_mut(&edge.to) {
                citers.remove(&seq);
            }
            if self.citing_unseen.get(&edge.to).is_some_and(BTreeSet::is_empty) {
                self.citing_unseen.remove(&edge.to);
            }
            return;
        };
        if let Some(children) = self.derived.get_mut(parent) {
            children.remove(&seq);
        }
    }

    fn index(&mut self, seen: &Seen) {
        let seq = seen.seq;
        self.by_capture.insert(seen.capture.clone(), seq);
        self.by_address.insert(seen.address.clone(), seq);
        for key in seen.publisher.page_keys() {
            self.by_publisher.entry(key).or_default().insert(seq);
        }
        for key in seen.references.iter().flat_map(|r| r.keys()) {
            self.by_citation.entry(key).or_default().insert(seq);
        }
        for author in &seen.authors {
            self.by_author.entry(author.clone()).or_default().insert(seq);
        }
        self.of_address.entry(seen.address.clone()).or_default().insert(seq);
        for edge in &seen.edges {
            self.link(edge, seq);
        }
        self.latest.add(seen);
        self.copies.add(seq, &seen.sketch);
        self.frequencies.add(seen.terms.iter().copied());
    }

    fn unindex(&mut self, seen: &Seen) {
        let seq = seen.seq;
        self.bytes = self.bytes.saturating_sub(seen.weight());
        self.by_capture.remove(&seen.capture);
        if self.by_address.get(&seen.address) == Some(&seq) {
            self.by_address.remove(&seen.address);
        }
        drop_from(&mut self.by_publisher, seen.publisher.page_keys(), seq);
        drop_from(&mut self.by_citation, seen.references.iter().flat_map(|r| r.keys()).collect(), seq);
        drop_from(&mut self.by_author, seen.authors.clone(), seq);
        drop_from(&mut self.of_address, vec![seen.address.clone()], seq);
        for edge in &seen.edges {
            self.unlink(edge, seq);
        }
        self.derived.remove(&seen.capture);
        self.latest.remove(seen);
        self.copies.remove(seq, &seen.sketch);
        self.frequencies.remove(seen.terms.iter().copied());
    }
}

/// So many of the numbers in some sets, each once, the latest first.
fn latest<'a>(sets: impl IntoIterator<Item = &'a BTreeSet<u64>>, most: usize) -> Vec<u64> {
    let mut numbers: Vec<u64> =
        sets.into_iter().flat_map(|set| set.iter().rev().take(most)).copied().collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.dedup();
    numbers.truncate(most);
    numbers
}

fn drop_from(index: &mut BTreeMap<String, BTreeSet<u64>>, keys: Vec<String>, seq: u64) {
    for key in keys {
        let Some(numbers) = index.get_mut(&key) else { continue };
        numbers.remove(&seq);
        if numbers.is_empty() {
            index.remove(&key);
        }
    }
}
