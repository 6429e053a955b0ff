//! What a tracker has told, as a ledger would hold it, for tests.

use headwater_knowledge::Lexicon;
use headwater_model::id::UnseenId;
use headwater_model::tracking::{ClaimGroup, Designation, Edge, MeasureEvent, News, Story, Unseen};
use headwater_model::{Capture, CaptureId, Change, Changes, GroupId, Hints, NodeId, StoryId};
use headwater_track::Tracker;
use std::collections::BTreeMap;

/// The state after all captures.
#[derive(Debug, Default, PartialEq)]
pub struct Told {
    pub urls: BTreeMap<CaptureId, String>,
    pub edges: BTreeMap<(CaptureId, NodeId), Edge>,
    pub groups: BTreeMap<GroupId, ClaimGroup>,
    pub stories: BTreeMap<StoryId, Story>,
    pub unseen: BTreeMap<UnseenId, Unseen>,
    pub news: Vec<News>,
    pub events: Vec<MeasureEvent>,
    pub designations: Vec<Designation>,
}

impl Told {
    /// Reads, analyses and folds a capture in.
    pub fn take(&mut self, tracker: &mut Tracker, lexicon: &Lexicon, capture: &Capture) {
        let article = headwater_extract::extract(capture);
        let analysis = headwater_analyse::analyse(&article, lexicon);
        self.urls.insert(article.capture.clone(), capture.url.clone());
        self.enter(tracker.step(&article, &analysis, &capture.hints, capture.status));
    }

    fn enter(&mut self, changes: Changes) {
        for change in changes.changes {
            match change {
                Change::Edge(edge) => drop(self.edges.insert((edge.from.clone(), edge.to.clone()), edge)),
                Change::EdgeGone(from, to) => drop(self.edges.remove(&(from, to))),
                Change::Unseen(unseen) => drop(self.unseen.insert(unseen.id.clone(), unseen)),
                Change::Group(group) => drop(self.groups.insert(group.id.clone(), group)),
                Change::GroupGone(id) => drop(self.groups.remove(&id)),
                Change::Story(story) => drop(self.stories.insert(story.id.clone(), story)),
                Change::News(news) => self.news.push(news),
                Change::MeasureEvent(event) => self.events.push(event),
                Change::Designation(designation) => self.designations.push(designation),
                Change::Version(_) => {}
            }
        }
    }

    /// Derivations as `from kind to`, by address; not every test asks for them.
    #[allow(dead_code)]
    pub fn derivations(&self) -> Vec<String> {
        let node = |node: &NodeId| match node {
            NodeId::Capture(capture) => self.urls.get(capture).cloned().unwrap_or_default(),
            NodeId::Unseen(id) => format!("unseen {}", self.unseen.get(id).map_or("", |u| u.name.as_str())),
        };
        self.edges.values().map(|e| format!("{} {} {}", self.urls[&e.from], e.kind, node(&e.to))).collect()
    }
}

/// A page as a capture.
pub fn page(url: &str, captured: &str, content_type: &str, body: Vec<u8>) -> Capture {
    Capture {
        url: url.into(),
        captured: captured.parse().unwrap(),
        status: 200,
        content_type: Some(content_type.into()),
        body,
        hints: Hints::default(),
    }
}
