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

use crate::difference::{Side, marked_pair};
use crate::error::Error;
use crate::layout;
use crate::names;
use crate::script::said;
use crate::site::Site;
use headwater_ledger::Ledger;
use headwater_model::plain;
use headwater_model::tracking::{ClaimGroup, Drift};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// A claim in one block: its first words, where it stands, and how it fared.
pub fn claim_card(group: &ClaimGroup) -> Markup {
    let first = group.mentions.first();
    let sources = layout::count(group.independent_sources as usize, "independent source");
    html! {
        article.card {
            p.kind { (group.frame) " · " (group.state) }
            p { a href={ "/claim/" (group.id) } { @if let Some(first) = first { q { (said(first.evidence.quote())) } } @else { (group.id) } } }
            p.facts {
                (layout::count(group.mentions.len(), "mention")) " · " (sources)
                @if !group.drift.is_empty() { " · " span.drift { (layout::count(group.drift.len(), "drift")) } }
                @if !group.conflicts.is_empty() { " · " span.conflict { (layout::count(group.conflicts.len(), "conflict")) } }
            }
        }
    }
}

/// Where references to an article, or to all that make a claim, are had.
fn references(id: &str) -> Markup {
    html! {
        p.facts { "Cite: " @for (i, (style, name)) in [("bibtex", "BibTeX"), ("ris", "RIS"), ("csl", "CSL-JSON")].iter().enumerate() {
            @if i > 0 { " · " } a href={ "/cite/" (style) "/" (id) } { (name) }
        } }
    }
}

/// What changed from one value to another: on what, from what, to what.
fn change(drift: &Drift) -> Markup {
    html! { span.dimension { (drift.dimension) } ": " (said(&plain(&drift.from_value))) " → " (said(&plain(&drift.to_value))) }
}

/// Both quotes of a change side by side, with what changed marked.
fn quotes(site: &Site, ledger: &Ledger, drift: &Drift) -> Result<Markup, Error> {
    let (before, after) = marked_pair(
        Side { quote: drift.from.evidence.quote(), value: &drift.from_value },
        Side { quote: drift.to.evidence.quote(), value: &drift.to_value },
    );
    Ok(html! {
        div.pair {
            blockquote { (before) footer { (names::cited(ledger, &site.knowledge, &drift.from.capture)?) } }
            blockquote { (after) footer { (names::cited(ledger, &site.knowledge, &drift.to.capture)?) } }
        }
    })
}

/// Each text once, in the order in which they were met, with how often it was.
fn counted<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<(&'t str, usize)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for text in texts {
        let at = *places.entry(text).or_insert(counted.len());
        match counted.get_mut(at) {
            Some((_, n)) => *n += 1,
            None => counted.push((text, 1)),
        }
    }
    counted
}
