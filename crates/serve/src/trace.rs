//! The tracing picture: a claim's chain from its headwaters to its latest retelling, as SVG.
//!
//! Layered drawing: a node's column is its longest way from a headwater, its row the order of days. Parallel
//! retellings of one source therefore stand under one another, and a chain of thirty stays readable.

use crate::error::Error;
use crate::names;
use headwater_ledger::Ledger;
use headwater_model::id::NodeId;
use headwater_model::tracking::{ClaimGroup, Edge};
use headwater_model::{CaptureId, Knowledge};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Sizes of the drawing in SVG units, which are pixels at its natural size. Four columns fit on a laptop's screen.
const NODE_WIDTH: i32 = 232;
const NODE_HEIGHT: i32 = 126;
const COLUMN_GAP: i32 = 100;
const ROW_GAP: i32 = 26;
const MARGIN: i32 = 16;
/// Latin letters that fit on one line of a node; a Han character takes the place of two.
const LINE: usize = 32;

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
    language: String,
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
        let mut ids: Vec<NodeId> = Vec::new();
        let mut derivations = Vec::new();
        for capture in &captures {
            ids.push(NodeId::Capture(capture.clone()));
            for edge in ledger.edges_from(capture)? {
                let inside = match &edge.to {
                    NodeId::Capture(to) => captures.contains(to),
                    NodeId::Unseen(_) => true,
                };
                if inside || group.headwaters.contains(&edge.to) {
                    derivations.push(edge);
                }
            }
        }
        ids.extend(derivations.iter().map(|e| e.to.clone()));
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
            let to = *place.get(&edge.to)?;
            let drifted = drift_along(group, &edge);
            (from != to).then_some((from, to, edge, drifted))
        });
        Ok(Chain { edges: edges.collect(), nodes })
    }

    /// How many boxes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Column of each node: the longest way from a node that derives from nothing. Bounded by the number of
    /// nodes, so that a circle of citations ends.
    fn columns(&self) -> Vec<usize> {
        let mut columns = vec![0; self.nodes.len()];
        for _ in 0..self.nodes.len() {
            let mut moved = false;
            for (from, to, _, _) in &self.edges {
                if columns[*from] < columns[*to] + 1 && columns[*to] + 1 < self.nodes.len() {
                    columns[*from] = columns[*to] + 1;
                    moved = true;
                }
            }
            if !moved {
                break;
            }
        }
        columns
    }

    /// Draws the picture.
    pub fn draw(&self) -> Markup {
        let columns = self.columns();
        let mut rows = vec![0; columns.iter().max().map_or(0, |m| m + 1)];
        let places: Vec<(i32, i32)> = columns
            .iter()
            .map(|&column| {
                let row = rows[column];
                rows[column] += 1;
                let x = MARGIN + column as i32 * (NODE_WIDTH + COLUMN_GAP);
                (x, MARGIN + row * (NODE_HEIGHT + ROW_GAP))
            })
            .collect();
        let width = 2 * MARGIN + rows.len() as i32 * (NODE_WIDTH + COLUMN_GAP) - COLUMN_GAP;
        let height = 2 * MARGIN + rows.iter().max().copied().unwrap_or(1) * (NODE_HEIGHT + ROW_GAP) - ROW_GAP;
        html! {
            div.trace tabindex="0" role="region" aria-label="Picture of the chain; it scrolls" {
                svg #trace xmlns="http://www.w3.org/2000/svg" width=(width) height=(height)
                    viewBox={ "0 0 " (width) " " (height) } role="group" aria-label="The chain from the first source to the latest retelling" {
                    @for (from, to, edge, drifted) in &self.edges { (draw_edge(places[*from], places[*to], edge, drifted)) }
                    @for (node, place) in self.nodes.iter().zip(&places) { (draw_node(node, *place)) }
                }
            }
        }
    }
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

fn node(ledger: &Ledger, knowledge: &Knowledge, group: &ClaimGroup, id: &NodeId) -> Result<Node, Error> {
    let headwater = group.headwaters.contains(id);
    match id {
        NodeId::Unseen(unseen_id) => {
            let unseen = ledger.unseen(unseen_id)?;
            let named = unseen.as_ref().and_then(|u| u.outlet.as_ref()).map(|o| names::entity(knowledge, o));
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
                language: String::new(),
            })
        }
        NodeId::Capture(capture) => {
            let article = ledger.article_of(capture)?.map(|(a, _)| a);
            let mention = group.mentions.iter().find(|m| m.capture == *capture);
            Ok(Node {
                id: id.clone(),
                href: format!("/article/{capture}"),
                outlet: article.as_ref().map(|a| names::outlet(knowledge, a)).unwrap_or_default(),
                day: article.as_ref().map(|a| a.day().to_string()).unwrap_or_default(),
                title: article.as_ref().map(|a| a.title.to_string()).unwrap_or_default(),
                quote: mention.map(|m| m.evidence.quote().to_owned()).unwrap_or_default(),
                badge: mention.map(|m| m.modality.to_string().replace('_', " ")).unwrap_or_default(),
                headwater,
                drifted: group.drift.iter().any(|d| d.to.capture == *capture),
                language: article.map(|a| a.language).unwrap_or_default(),
            })
        }
    }
}

fn draw_node(node: &Node, (x, y): (i32, i32)) -> Markup {
    let mut class = String::from("node");
    for (is, name) in [
        (node.headwater, " headwater"),
        (matches!(node.id, NodeId::Unseen(_)), " unseen"),
        (node.drifted, " drifted"),
    ] {
        class += if is { name } else { "" };
    }
    let quote = lines(&node.quote, 3);
    html! {
        a href=(node.href) class=(class) {
            title { (node.outlet) ", " (node.day) ": " (node.quote) }
            rect x=(x) y=(y) width=(NODE_WIDTH) height=(NODE_HEIGHT) rx="8" {}
            text.outlet x=(x + 12) y=(y + 22) { (clipped(&node.outlet, LINE - 12)) }
            text.day x=(x + NODE_WIDTH - 12) y=(y + 22) text-anchor="end" { (node.day) }
            text.title x=(x + 12) y=(y + 42) lang=[names::lang(&node.language)] { (clipped(&node.title, LINE)) }
            @for (i, line) in quote.iter().enumerate() {
                text.quote x=(x + 12) y=(y + 62 + 16 * i as i32) lang=[names::lang(&node.language)] { (line) }
            }
            @if !node.badge.is_empty() {
                text.badge x=(x + NODE_WIDTH - 12) y=(y + NODE_HEIGHT - 8) text-anchor="end" { (node.badge) }
            }
        }
    }
}

fn draw_edge(from: (i32, i32), to: (i32, i32), edge: &Edge, drifted: &[String]) -> Markup {
    let (x1, y1) = (to.0 + NODE_WIDTH, to.1 + NODE_HEIGHT / 2);
    let (x2, y2) = (from.0, from.1 + NODE_HEIGHT / 2);
    let bend = (x2 - x1).abs().max(60) / 2;
    let path = format!("M{x1} {y1} C{} {y1} {} {y2} {x2} {y2}", x1 + bend, x2 - bend);
    // The label stands near the retelling, where edges from one source have parted.
    let (x, y) = (x2 - 8, y2 - 6);
    let class = if drifted.is_empty() { "edge" } else { "edge drift" };
    html! {
        g class=(class) {
            path d=(path) class=[(!edge.directed).then_some("uncertain")] {}
            text x=(x) y=(y) text-anchor="end" { (edge.kind) }
            @if !drifted.is_empty() {
                text.what x=(x) y=(y + 22) text-anchor="end" { "≠ " (drifted[0]) @if drifted.len() > 1 { " +" (drifted.len() - 1) } }
            }
        }
    }
}

/// Width of a character in halves of a Han character's.
fn width(c: char) -> usize {
    if ('\u{1100}'..'\u{ffff}').contains(&c) { 2 } else { 1 }
}

fn clipped(text: &str, most: usize) -> String {
    lines_of(text, most, 1).pop().unwrap_or_default()
}

fn lines(text: &str, count: usize) -> Vec<String> {
    lines_of(text, LINE, count)
}

/// Breaks a text into at most `count` lines, between words where there are any; a rest is cut with an ellipsis.
fn lines_of(text: &str, most: usize, count: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    let rest = text.trim().chars();
    for c in rest {
        let c = if c.is_whitespace() { ' ' } else { c };
        if used + width(c) > most {
            if lines.len() == count {
                if let Some(last) = lines.last_mut() {
                    last.pop();
                    last.push('…');
                }
                return lines;
            }
            let carried = carry(lines.last_mut());
            used = carried.chars().map(width).sum();
            lines.push(carried);
        }
        used += width(c);
        if let Some(last) = lines.last_mut() {
            last.push(c);
        }
    }
    lines
}

/// Takes the unfinished word off a full line.
fn carry(line: Option<&mut String>) -> String {
    let Some(line) = line else { return String::new() };
    match line.rfind(' ') {
        Some(at) if at > line.len() / 2 && line.ends_with(|c: char| c.is_ascii_alphanumeric()) => {
            let word = line[at + 1..].to_owned();
            line.truncate(at);
            word
        }
        _ => {
            line.truncate(line.trim_end().len());
            String::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_end_in_an_ellipsis() {
        assert_eq!(lines_of("one two three", 8, 3), ["one two", "three"]);
        assert_eq!(lines_of("国产芯片采购清单", 8, 2), ["国产芯片", "采购清单"]);
        assert_eq!(lines_of("国产芯片采购清单", 8, 1), ["国产芯…"]);
        assert_eq!(lines_of("", 8, 1), [""]);
    }
}
