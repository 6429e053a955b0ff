//! What a tracker has told, as a ledger would hold it, for tests; each of them uses some of it.
#![allow(dead_code)]

use headwater_knowledge::Lexicon;
use headwater_model::capture::DOCUMENT_TYPE;
use headwater_model::id::UnseenId;
use headwater_model::membership::Member;
use headwater_model::tracking::{ClaimGroup, Designation, Edge, MeasureEvent, News, Story, Unseen};
use headwater_model::{Capture, CaptureId, Change, Changes, GroupId, Hints, NodeId, StoryId};
use headwater_track::Tracker;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The knowledge of the release.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(headwater_knowledge::embedded()));

/// A tracker with that knowledge.
pub fn tracker() -> Tracker {
    Tracker::new(Arc::new(LEXICON.knowledge().clone()))
}

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
        self.enter(tracker.step(&article, &analysis, capture.status));
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

    /// Derivations as `from kind to`, by address.
    pub fn derivations(&self) -> Vec<String> {
        self.edges
            .values()
            .map(|e| format!("{} {} {}", self.urls[&e.from], e.kind, self.node(&e.to)))
            .collect()
    }

    /// A node by its address, or by the name of what is not captured.
    pub fn node(&self, node: &NodeId) -> String {
        match node {
            NodeId::Capture(capture) => self.urls.get(capture).cloned().unwrap_or_default(),
            NodeId::Unseen(id) => format!("unseen {}", self.unseen.get(id).map_or("", |u| u.name.as_str())),
        }
    }

    /// Those to which a reference or shared text led.
    pub fn referred(&self) -> Vec<String> {
        let known = self.edges.values().zip(self.derivations());
        known.filter(|(e, _)| !e.reasons[0].rule.starts_with("retold_")).map(|(_, told)| told).collect()
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

/// A text with its headline and the day of its publication as a capture of a moment.
pub fn document(url: &str, published: &str, captured: &str, title: &str, text: &str) -> Capture {
    let body = serde_json::json!({ "url": url, "published": published, "title": title, "text": text });
    page(url, captured, DOCUMENT_TYPE, body.to_string().into_bytes())
}

/// What is told of captures.
pub fn told_of(captures: impl IntoIterator<Item = Capture>) -> Told {
    let (mut told, mut tracker) = (Told::default(), tracker());
    captures.into_iter().for_each(|capture| told.take(&mut tracker, &LEXICON, &capture));
    told
}

/// What is told of documents, each an address, its day, a headline and a text, captured an hour before midnight of that day.
pub fn told(documents: &[(&str, &str, &str, &str)]) -> Told {
    told_of(
        documents
            .iter()
            .map(|(url, day, title, text)| document(url, day, &format!("{day}T23:00:00Z"), title, text)),
    )
}

/// All names of a member.
pub fn called(member: &Member) -> String {
    let names = member.designations.iter().flat_map(|d| std::iter::once(&d.name).chain(&d.also));
    names.cloned().collect::<Vec<_>>().join(" / ")
}
