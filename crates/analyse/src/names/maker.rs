//! A product that the text gives to another maker than the knowledge does.

use super::Found;
use crate::Passage;
use headwater_knowledge::Lexicon;
use headwater_model::knowledge::Entity;
use headwater_model::mention::EntityKind;
use headwater_model::{Analysis, Doubt};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Table {
    before: Vec<String>,
    after: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/makers.toml"))
        .unwrap_or(Table { before: Vec::new(), after: Vec::new() })
});

/// A product's maker may be a subsidiary's subsidiary; deeper chains are errors in the data.
const DEEPEST: usize = 4;

/// Adds a doubt for each product that is given to another maker. `found` is in order.
pub(super) fn doubt(passages: &[Passage], lexicon: &Lexicon, found: &[Found<'_>], analysis: &mut Analysis) {
    for pair in found.windows(2).filter(|p| p[0].passage == p[1].passage) {
        let (Some(first), Some(second)) = (pair[0].entity(), pair[1].entity()) else { continue };
        let passage = &passages[pair[0].passage];
        if pair[0].range.end > pair[1].range.start {
            continue;
        }
        let between = &passage.as_str()[pair[0].range.end..pair[1].range.start];
        let (company, product, links) = match (first.kind, second.kind) {
            (EntityKind::Company, EntityKind::Product) => (first, second, &TABLE.before),
            (EntityKind::Product, EntityKind::Company) => (second, first, &TABLE.after),
            _ => continue,
        };
        if !links.iter().any(|l| l == between) {
            continue;
        }
        let Some(maker) = product.parent.as_ref().and_then(|id| lexicon.entity(id)) else { continue };
        if related(lexicon, company, maker) {
            continue;
        }
        let message = format!(
            "the text gives {} to {}; the knowledge gives it to {}: both are kept",
            product.en, company.en, maker.en
        );
        if let Some(evidence) = passage.text.cut(pair[0].range.start..pair[1].range.end, passage.part) {
            analysis.doubts.push(Doubt::at("wrong_maker", message, evidence));
        }
    }
}

/// Whether one is the other, or owns it.
fn related(lexicon: &Lexicon, a: &Entity, b: &Entity) -> bool {
    let (a, b) = (owners(lexicon, a), owners(lexicon, b));
    a.iter().any(|x| b.iter().any(|y| x.id == y.id))
}

/// The entity and those above it.
fn owners<'l>(lexicon: &'l Lexicon, entity: &'l Entity) -> Vec<&'l Entity> {
    let up = |e: &&'l Entity| e.parent.as_ref().and_then(|id| lexicon.entity(id));
    std::iter::successors(Some(entity), up).take(DEEPEST).collect()
}
