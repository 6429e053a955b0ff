//! The tracing picture: a claim's chain from its headwaters to its latest retelling, as SVG.
//!
//! Layered drawing: a node's column is its longest way from a headwater; in a column, retellings of one source stand
//! together, in the order of days. Of a long chain the last retellings that say the same are folded into one box, so that
//! what changed on the way is seen at a glance.

mod draw;
mod fold;
mod lines;

use crate::error::Error;
use crate::names;
use headwater_ledger::Ledger;
use headwater_model::claim::Polarity;
use headwater_model::id::NodeId;
use headwater_model::tracking::{ClaimGroup, Edge, Mention};
use headwater_model::{CaptureId, Knowledge};
use std::collections::{BTreeMap, BTreeSet};

/// One box of the picture.
struct Node {
    id: NodeId,
    href: String,
    outlet: String,
    day: String,
    title: String,
    quote: String,
    badge: String,
    headwater: bool,
    drifted: bool,
    /// Outlets of the retellings that this box stands for beside its own.
    folded: Vec<String>,
}

/// The chain of one claim: its nodes and the derivations among them.
pub struct Chain {
    nodes: Vec<Node>,
    /// From retelling to source, as indices.
    edges: Vec<(usize, usize, Edge, Vec<String>)>,
}

impl Chain {
    /// Gathers the chain: every mention, the derivations among them, and the unseen reports upstream.
    pub fn of(ledger: &Ledger, knowledge: &Knowledge, group: &ClaimGroup) -> Result<Self, Error> {
        let captures: BTreeSet<CaptureId> = group.mentions.iter().map(|m| m.capture.clone()).collect();
        let now = standing_now(ledger, group)?;
        let source = |edge: &Edge| now.get(&edge.to).unwrap_or(&edge.to).clone();
        let mut ids: Vec<NodeId> = Vec::new();
        let mut derivations = Vec::new();
        for capture in &captures {
            ids.push(NodeId::Capture(capture.clone()));
            for edge in ledger.edges_from(capture)? {
                let to = source(&edge);
                let inside = match &to {
                    NodeId::Capture(to) => captures.contains(to),
                    NodeId::Unseen(_) => true,
                };
                if inside || group.headwaters.contains(&to) {
                    derivations.push(edge);
                }
            }
        }
        ids.extend(derivations.iter().map(source));
        ids.extend(group.headwaters.iter().cloned());
        ids.sort();
        ids.dedup();
        let mut nodes: Vec<Node> =
            ids.iter().map(|id| node(ledger, knowledge, group, id)).collect::<Result<_, _>>()?;
        nodes.sort_by(|a, b| (&a.day, &a.id).cmp(&(&b.day, &b.id)));
        let place: BTreeMap<NodeId, usize> =
            nodes.iter().enumerate().map(|(i, n)| (n.id.clone(), i)).collect();
        let edges = derivations.into_iter().filter_map(|edge| {
            let from = *place.get(&NodeId::Capture(edge.from.clone()))?;
            let to = *place.get(&source(&edge))?;
            let drifted = drift_along(group, &edge);
            (from != to).then_some((from, to, edge, drifted))
        });
        Ok(Chain { edges: edges.collect(), nodes }.folded(group))
    }

    /// How many reports the chain has, drawn or folded.
    pub fn len(&self) -> usize {
        self.nodes.iter().map(|n| 1 + n.folded.len()).sum()
    }
}

/// The captures that stand for earlier ones of their pages: who cited a page before it was edited cited that page.
fn standing_now(ledger: &Ledger, group: &ClaimGroup) -> Result<BTreeMap<NodeId, NodeId>, Error> {
    let pages: BTreeMap<&CaptureId, &str> =
        group.mentions.iter().map(|m| (&m.capture, m.url.as_str())).collect();
    let mut now = BTreeMap::new();
    for (capture, url) in &pages {
        for version in ledger.versions(url)?.into_iter().filter(|v| !pages.contains_key(&v.before)) {
            now.insert(NodeId::Capture(version.before), NodeId::Capture((*capture).clone()));
        }
    }
    Ok(now)
}

/// Dimensions on which a retelling drifted from this source.
fn drift_along(group: &ClaimGroup, edge: &Edge) -> Vec<String> {
    let mut dimensions: Vec<String> = group
        .drift
        .iter()
        .filter(|d| d.to.capture == edge.from && edge.to == NodeId::Capture(d.from.capture.clone()))
        .map(|d| d.dimension.to_string())
        .collect();
    dimensions.dedup();
    dimensions
}

/// How firm a mention is, and whether it says the contrary.
fn badge(mention: &Mention) -> String {
    let contrary = if mention.polarity == Polarity::Negated { "negated, " } else { "" };
    format!("{contrary}{}", headwater_model::plain(mention.modality))
}

fn node(ledger: &Ledger, knowledge: &Knowledge, group: &ClaimGroup, id: &NodeId) -> Result<Node, Error> {
    let headwater = group.headwaters.contains(id);
    match id {
        NodeId::Unseen(unseen_id) => {
            let unseen = ledger.unseen(unseen_id)?;
            let named = unseen
                .as_ref()
                .and_then(|u| u.outlet.as_ref())
                .and_then(|o| knowledge.entity(o))
                .map(|e| e.en.clone());
            Ok(Node {
                id: id.clone(),
                href: format!("/unseen/{unseen_id}"),
                outlet: named.or(unseen.as_ref().map(|u| u.name.clone())).unwrap_or_default(),
                day: unseen.and_then(|u| u.date).map(|d| d.to_string()).unwrap_or_default(),
                title: "cited, not captured".into(),
                quote: String::new(),
                badge: String::new(),
                headwater,
                drifted: false,
                folded: Vec::new(),
            })
        }
        NodeId::Capture(capture) => {
            let article = ledger.article_alone(capture)?;
            let mention = group.mentions.iter().find(|m| m.capture == *capture);
            Ok(Node {
                id: id.clone(),
                href: format!("/article/{capture}"),
                outlet: article.as_ref().map(|a| names::outlet(knowledge, a)).unwrap_or_default(),
                day: article.as_ref().map(|a| a.day().to_string()).unwrap_or_default(),
                title: article.as_ref().map(headwater_model::Article::heading).unwrap_or_default(),
                quote: mention.map(|m| m.evidence.quote().to_owned()).unwrap_or_default(),
                badge: mention.map(badge).unwrap_or_default(),
                headwater,
                drifted: group.drift.iter().any(|d| d.to.capture == *capture),
                folded: Vec::new(),
            })
        }
    }
}
