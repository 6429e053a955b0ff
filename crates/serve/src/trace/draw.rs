//! The drawing of a chain as SVG.

use super::lines::{clipped, lines_of};
use super::{Chain, Node};
use crate::script::{lang_of, pictured};
use headwater_model::id::NodeId;
use headwater_model::tracking::Edge;
use maud::{Markup, html};

/// Sizes of the drawing in SVG units, which are pixels at its natural size. Four columns fit on a laptop's screen.
const NODE_WIDTH: i32 = 224;
const NODE_HEIGHT: i32 = 126;
/// Wide enough for "≠ exclusivity", so that what changed on a step touches neither box.
const COLUMN_GAP: i32 = 116;
const ROW_GAP: i32 = 26;
const MARGIN: i32 = 16;
/// Between the border of a box and its words.
const PADDING: i32 = 12;
/// Characters of a quote that three lines may hold.
const QUOTED: usize = 90;
/// Room for a line of a box, and for a bold name beside the day, in hundredths of the size of their letters (12 and 13.5).
const LINE: usize = (NODE_WIDTH - 2 * PADDING) as usize * 100 / 12;
const OUTLET: usize = (NODE_WIDTH - 2 * PADDING - 90) as usize * 1000 / 135;

impl Chain {
    /// Draws the picture.
    pub fn draw(&self) -> Markup {
        let cells = self.cells();
        let corner = |&(column, row): &(usize, usize)| {
            let (across, down) = (NODE_WIDTH + COLUMN_GAP, NODE_HEIGHT + ROW_GAP);
            (MARGIN + column as i32 * across, MARGIN + row as i32 * down)
        };
        let places: Vec<(i32, i32)> = cells.iter().map(corner).collect();
        let width = MARGIN + NODE_WIDTH + places.iter().map(|p| p.0).max().unwrap_or_default();
        let height = MARGIN + NODE_HEIGHT + places.iter().map(|p| p.1).max().unwrap_or_default();
        html! {
            div.trace.wide[cells.iter().any(|cell| cell.0 > 0)] tabindex="0" role="region" aria-label="Picture of the chain; it scrolls" {
                svg #trace xmlns="http://www.w3.org/2000/svg" width=(width) height=(height)
                    viewBox={ "0 0 " (width) " " (height) } role="group" aria-label="The chain from the first source to the latest retelling" {
                    @for (from, to, edge, drifted) in &self.edges { (draw_edge(places[*from], places[*to], edge, !drifted.is_empty())) }
                    @for (from, _, edge, drifted) in &self.edges { (label(places[*from], edge, drifted)) }
                    @for (node, place) in self.nodes.iter().zip(&places) { (draw_node(node, *place)) }
                }
            }
        }
    }

    /// Column and row of each node: a column is filled source by source, and in the order of days.
    fn cells(&self) -> Vec<(usize, usize)> {
        let columns = self.columns();
        let mut rows = vec![0; self.nodes.len()];
        for column in 0..=columns.iter().max().copied().unwrap_or_default() {
            let mut members: Vec<usize> = (0..columns.len()).filter(|&n| columns[n] == column).collect();
            members.sort_by_key(|&n| (self.sources(n).map(|source| rows[source]).min(), n));
            for (row, member) in members.into_iter().enumerate() {
                rows[member] = row;
            }
        }
        columns.into_iter().zip(rows).collect()
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
}

fn draw_node(node: &Node, (x, y): (i32, i32)) -> Markup {
    let mut class = String::from("node");
    for (is, name) in [
        (node.headwater, " headwater"),
        (matches!(node.id, NodeId::Unseen(_)), " unseen"),
        (node.drifted, " drifted"),
        (!node.folded.is_empty(), " folded"),
    ] {
        class += if is { name } else { "" };
    }
    let quote = lines_of(&headwater_model::title_of(&node.quote, QUOTED), LINE, 3);
    html! {
        a href=(node.href) class=(class) {
            title lang=[lang_of(&node.quote)] { (node.outlet) ", " (node.day) ": " (node.quote) }
            @if !node.folded.is_empty() {
                rect x=(x + 5) y=(y + 5) width=(NODE_WIDTH) height=(NODE_HEIGHT) rx="8" {}
            }
            rect x=(x) y=(y) width=(NODE_WIDTH) height=(NODE_HEIGHT) rx="8" {}
            // A picture in the picture cuts off what a font wider than we reckon with draws over the border.
            svg x=(x) y=(y) width=(NODE_WIDTH - 3) height=(NODE_HEIGHT) {
                text.outlet x=(PADDING) y="22" { (pictured(&clipped(&node.outlet, OUTLET))) }
                text.day x=(NODE_WIDTH - PADDING) y="22" text-anchor="end" { (node.day) }
                text.title x=(PADDING) y="42" { (pictured(&clipped(&node.title, LINE))) }
                @for (i, line) in quote.iter().enumerate() {
                    text.quote x=(PADDING) y=(62 + 16 * i as i32) { (pictured(line)) }
                }
                @if !node.badge.is_empty() {
                    text.badge x=(NODE_WIDTH - PADDING) y=(NODE_HEIGHT - 8) text-anchor="end" { (node.badge) }
                }
            }
        }
    }
}

fn draw_edge(from: (i32, i32), to: (i32, i32), edge: &Edge, drifted: bool) -> Markup {
    let (x1, y1) = (to.0 + NODE_WIDTH, to.1 + NODE_HEIGHT / 2);
    let (x2, y2) = (from.0, from.1 + NODE_HEIGHT / 2);
    let bend = (x2 - x1).abs().max(60) / 2;
    let path = format!("M{x1} {y1} C{} {y1} {} {y2} {x2} {y2}", x1 + bend, x2 - bend);
    let class = if drifted { "edge drift" } else { "edge" };
    html! { path class={ (class) @if !edge.directed { " uncertain" } } d=(path) {} }
}

/// How a retelling derives and what it changed, near the retelling, where edges from one source have parted.
fn label(from: (i32, i32), edge: &Edge, drifted: &[String]) -> Markup {
    let (x, y) = (from.0 - 8, from.1 + NODE_HEIGHT / 2 - 6);
    html! {
        text.step x=(x) y=(y) text-anchor="end" { (edge.called()) }
        @if let [first, rest @ ..] = drifted {
            text.step.what x=(x) y=(y + 22) text-anchor="end" { "≠ " (first) }
            @if !rest.is_empty() { text.step.what x=(x) y=(y + 38) text-anchor="end" { "and " (rest.len()) " more" } }
        }
    }
}
