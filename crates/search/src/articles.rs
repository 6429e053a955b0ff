//! What a search finds, article by article: the captures of one address are one article in several editions.

use headwater_model::capture::page;
use headwater_model::id::digest;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// The page of an address as a number by which its captures find one another.
pub(crate) fn place(url: &str) -> u64 {
    let digest = digest(&[page(url).as_bytes()]);
    digest.get(..16).and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or_default()
}

/// One article that fits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    place: u64,
    /// Of the capture that fits best.
    pub score: Score,
    /// When the latest capture that fits was made, in seconds.
    pub captured: u64,
    /// Of that capture.
    pub address: DocAddress,
    /// How many captures fit.
    pub editions: usize,
}

/// Collects every article that fits: the best first, or the newest.
pub(crate) struct Articles {
    /// Whether what was captured last comes first.
    pub newest: bool,
}

impl Collector for Articles {
    type Fruit = Vec<Found>;
    type Child = OneSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<OneSegment> {
        let fast = reader.fast_fields();
        Ok(OneSegment {
            segment,
            place: fast.u64("place")?,
            captured: fast.u64("captured")?,
            found: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Vec<Found>>) -> tantivy::Result<Vec<Found>> {
        let mut found: Vec<Found> = segments.into_iter().flatten().collect();
        found.sort_unstable_by_key(|f| (f.place, std::cmp::Reverse(f.captured), f.address));
        found.dedup_by(|earlier, latest| {
            let same = earlier.place == latest.place;
            if same {
                latest.editions += 1;
                latest.score = latest.score.max(earlier.score);
            }
            same
        });
        // Articles that fit as well as one another: the latest captured first, then by their addresses' number, for
        // the order may not depend on how the index is cut into segments.
        found.sort_by(|a, b| {
            let (best, newest) = (b.score.total_cmp(&a.score), b.captured.cmp(&a.captured));
            let order = if self.newest { newest.then(best) } else { best.then(newest) };
            order.then(a.place.cmp(&b.place))
        });
        Ok(found)
    }
}

/// The captures of one segment that fit.
pub(crate) struct OneSegment {
    segment: SegmentOrdinal,
    place: Column<u64>,
    captured: Column<u64>,
    found: Vec<Found>,
}

impl SegmentCollector for OneSegment {
    type Fruit = Vec<Found>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.found.push(Found {
            place: self.place.first(doc).unwrap_or_default(),
            score,
            captured: self.captured.first(doc).unwrap_or_default(),
            address: DocAddress::new(self.segment, doc),
            editions: 1,
        });
    }

    fn harvest(self) -> Vec<Found> {
        self.found
    }
}
