//! What the tracker has told, as a ledger would hold it.

use super::label::{Chain, Page};
use headwater_model::id::UnseenId;
use headwater_model::tracking::{Cited, ClaimGroup, Edge, Story, Unseen};
use headwater_model::{Article, CaptureId, Change, Changes, GroupId, NodeId, StoryId};
use std::collections::BTreeMap;

/// The state after all captures.
#[derive(Default)]
pub struct Book {
    /// Articles with the address and day by which a page finds its own.
    articles: Vec<((String, jiff::Timestamp), Article)>,
    pub edges: BTreeMap<(CaptureId, NodeId), Edge>,
    pub groups: BTreeMap<GroupId, ClaimGroup>,
    pub stories: BTreeMap<StoryId, Story>,
    unseen: BTreeMap<UnseenId, Unseen>,
}

impl Book {
    /// Enters what a capture changed.
    pub fn enter(&mut self, page: &Page, article: Article, changes: Changes) {
        self.articles.push(((page.url.clone(), page.captured()), article));
        for change in changes.changes {
            match change {
                Change::Edge(edge) => drop(self.edges.insert((edge.from.clone(), edge.to.clone()), edge)),
                Change::EdgeGone(from, to) => drop(self.edges.remove(&(from, to))),
                Change::Unseen(unseen) => drop(self.unseen.insert(unseen.id.clone(), unseen)),
                Change::Group(group) => drop(self.groups.insert(group.id.clone(), group)),
                Change::GroupGone(id) => drop(self.groups.remove(&id)),
                Change::Story(story) => drop(self.stories.insert(story.id.clone(), story)),
                _ => {}
            }
        }
    }

    pub fn article(&self, page: &Page) -> Option<&Article> {
        let key = (page.url.clone(), page.captured());
        self.articles.iter().find(|(k, _)| *k == key).map(|(_, article)| article)
    }

    /// Prints what a chain's pages assert, group by group, and what each derives from, with the reasons.
    pub fn show(&self, chain: &Chain) {
        let pages = chain.pages.iter().filter_map(|(n, p)| Some((self.article(p)?.capture.clone(), n)));
        let names: BTreeMap<CaptureId, &String> = pages.collect();
        self.show_edges(&names);
        for group in
            self.groups.values().filter(|g| g.mentions.iter().any(|m| names.contains_key(&m.capture)))
        {
            println!("{} of {:?}", group.frame, group.measure);
            for m in &group.mentions {
                let page = names.get(&m.capture).map_or(m.url.as_str(), |n| n.as_str());
                let voices: Vec<_> =
                    m.attribution.iter().map(|a| (&a.source.text, a.source.kind.word())).collect();
                let figure = m.quantity.as_ref().map_or("", |q| q.evidence.quote());
                println!(
                    "  {page} {} {} {} {:?} [{figure}] {:?} {voices:?} {:?} {}",
                    m.modality,
                    m.polarity,
                    m.exclusivity,
                    m.change.map(|c| c.word()),
                    m.entities,
                    m.evidence.part(),
                    m.evidence.quote()
                );
            }
            for d in &group.drift {
                println!(
                    "    drift at {:?} {} {} to {}",
                    names.get(&d.to.capture),
                    d.dimension,
                    d.from_value,
                    d.to_value
                );
            }
        }
    }

    fn show_edges(&self, names: &BTreeMap<CaptureId, &String>) {
        for edge in self.edges.values().filter(|e| names.contains_key(&e.from)) {
            let to = match &edge.to {
                NodeId::Unseen(id) => format!("unseen:{}", self.unseen_name(id)),
                NodeId::Capture(c) => names.get(c).map_or(c.to_string(), |n| n.to_string()),
            };
            println!("{} {} {to} {}", names[&edge.from], edge.kind, edge.score);
            for reason in &edge.reasons {
                let quote = reason.cited.first().map_or("", |c| c.evidence.quote());
                println!("    {}: {} [{quote}]", reason.rule, reason.text);
            }
        }
    }

    /// The name under which an uncaptured report is cited.
    pub fn unseen_name(&self, id: &UnseenId) -> String {
        self.unseen.get(id).map_or(id.to_string(), |u| u.name.clone())
    }

    /// Whether words of a page overlap a quote.
    pub fn overlaps(&self, page: &Page, words: &str, capture: &CaptureId, quote: &Cited) -> bool {
        let Some(article) = self.article(page).filter(|a| a.capture == *capture) else { return false };
        let text = article.part(quote.evidence.part());
        let Some(at) = text.as_str().find(words) else { return false };
        let bytes = text.bytes(quote.evidence.span());
        bytes.start < at + words.len() && at < bytes.end
    }
}
