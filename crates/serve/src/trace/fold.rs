//! Retellings that say the same, as one box.

use super::Chain;
use headwater_model::CaptureId;
use headwater_model::tracking::ClaimGroup;
use std::collections::{BTreeMap, BTreeSet};

/// A chain up to this many boxes is drawn whole: it fits on a screen.
const WHOLE: usize = 12;
/// So many retellings of one source that say the same make one box.
const ALIKE: usize = 3;

/// A change on the way: the dimension, the source's value, the retelling's value.
type Change<'a> = (String, &'a str, &'a str);

/// What a retelling changed.
fn changes<'a>(group: &'a ClaimGroup, capture: &CaptureId) -> Vec<Change<'a>> {
    let own = group.drift.iter().filter(|d| d.to.capture == *capture);
    own.map(|d| (d.dimension.to_string(), d.from_value.as_str(), d.to_value.as_str())).collect()
}

impl Chain {
    /// The chain with its last retellings folded: those of one source, derived from it in the same way, that changed
    /// nothing or all the same. The first of them gives the box its quote.
    pub(super) fn folded(self, group: &ClaimGroup) -> Self {
        if self.nodes.len() <= WHOLE {
            return self;
        }
        let last = group.last_steps(self.edges.iter().map(|(_, _, edge, _)| edge));
        let last: BTreeSet<&CaptureId> = last.into_iter().map(|edge| &edge.from).collect();
        let mut alike: BTreeMap<(usize, &str, &str, Vec<Change>), Vec<usize>> = BTreeMap::new();
        for (from, to, edge, _) in &self.edges {
            if last.contains(&edge.from) {
                let changes = changes(group, &edge.from);
                let kind = (*to, edge.called(), self.nodes[*from].badge.as_str(), changes);
                alike.entry(kind).or_default().push(*from);
            }
        }
        let stacks: Vec<(&str, Vec<usize>)> = alike
            .into_iter()
            .filter(|(_, members)| members.len() >= ALIKE)
            .map(|((_, kind, ..), mut members)| {
                members.sort_unstable();
                (kind, members)
            })
            .collect();
        self.stacked(&stacks)
    }

    /// The nodes that a node derives from.
    pub(super) fn sources(&self, node: usize) -> impl Iterator<Item = usize> {
        self.edges.iter().filter(move |e| e.0 == node).map(|e| e.1)
    }

    fn stacked(mut self, stacks: &[(&str, Vec<usize>)]) -> Self {
        let mut gone: BTreeSet<usize> = BTreeSet::new();
        for (kind, members) in stacks {
            let names: Vec<String> = members.iter().map(|&m| self.nodes[m].outlet.clone()).collect();
            let [first, rest @ ..] = members.as_slice() else { continue };
            let stack = &mut self.nodes[*first];
            stack.outlet = format!("{} {kind}s", names.len());
            stack.title = names.join(", ");
            stack.href = "#mentions".into();
            stack.folded = names[1..].to_vec();
            gone.extend(rest);
        }
        let kept: Vec<usize> = (0..self.nodes.len()).filter(|n| !gone.contains(n)).collect();
        let place: BTreeMap<usize, usize> = kept.iter().enumerate().map(|(now, was)| (*was, now)).collect();
        let edges = self.edges.into_iter().filter_map(|(from, to, edge, drifted)| {
            Some((*place.get(&from)?, *place.get(&to)?, edge, drifted))
        });
        let edges = edges.collect();
        let nodes =
            self.nodes.into_iter().enumerate().filter(|(n, _)| !gone.contains(n)).map(|(_, node)| node);
        Chain { nodes: nodes.collect(), edges }
    }
}
