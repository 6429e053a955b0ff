//! The pages, one module each. Each function draws one page from the ledger.

pub mod article;
pub mod claim;
pub mod home;
pub mod lists;
pub mod measures;
pub mod replay;
pub mod search;
pub mod sources;
pub mod stories;

use crate::layout;
use headwater_model::tracking::ClaimGroup;
use maud::{Markup, html};

/// A claim in one block: its first words, where it stands, and how it fared.
pub fn claim_card(group: &ClaimGroup) -> Markup {
    let first = group.mentions.first();
    let sources = layout::count(group.independent_sources as usize, "independent source");
    html! {
        article.card {
            p.kind { (group.frame) " · " (group.state) }
            p { a href={ "/claim/" (group.id) } { @if let Some(first) = first { q { (first.evidence.quote()) } } @else { (group.id) } } }
            p.facts {
                (layout::count(group.mentions.len(), "mention")) " · " (sources)
                @if !group.drift.is_empty() { " · " span.drift { (layout::count(group.drift.len(), "drift")) } }
                @if !group.conflicts.is_empty() { " · " span.conflict { (layout::count(group.conflicts.len(), "conflict")) } }
            }
        }
    }
}
