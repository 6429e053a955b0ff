//! What changed: the first screen.

use super::claim_card;
use crate::difference::marked_pair;
use crate::error::Error;
use crate::layout;
use crate::names;
use crate::site::{Asked, Site};
use headwater_ledger::Ledger;
use headwater_model::tracking::{ClaimGroup, News};
use maud::{Markup, html};

/// News on the first screen: about two weeks of a busy newsroom.
const NEWS: usize = 120;
const STRIKING: usize = 4;

pub fn draw(site: &Site, asked: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let counts = ledger.counts()?;
    let news = ledger.news(asked.since.parse().ok(), NEWS)?;
    let striking: Vec<ClaimGroup> = ledger
        .striking_groups(STRIKING)?
        .into_iter()
        .filter(|g| !g.drift.is_empty() || !g.conflicts.is_empty())
        .collect();
    let body = html! {
        p.summary {
            strong { (counts.articles) } " articles · "
            a href="/stories" { strong { (counts.stories) } " stories" } " · "
            a href="/claims" { strong { (counts.claims) } " claims" } ", of which "
            strong.drift { (counts.drifted) } " drifted and " strong.conflict { (counts.conflicting) } " conflict · "
            a href="/measures" { strong { (counts.measures) } " measures" } " · " a href="/lists" { strong { (counts.lists) } " lists" }
        }
        @if let Some(group) = striking.first() { (striking_drift(&ledger, site, group)?) }
        @if striking.len() > 1 {
            section { h2 { "Also worth a look" } div.cards { @for group in &striking[1..] { (claim_card(group)) } } }
        }
        section { h2 { "Day by day" } (days(&news)) }
    };
    Ok(layout::page("What changed", "/", site.sample, body))
}

/// The most striking drift, with both quotes.
fn striking_drift(ledger: &Ledger, site: &Site, group: &ClaimGroup) -> Result<Markup, Error> {
    let Some(drift) = group.drift.first() else { return Ok(claim_card(group)) };
    let (before, after) = marked_pair(drift.from.evidence.quote(), drift.to.evidence.quote());
    Ok(html! {
        section.striking aria-labelledby="striking" {
            h2 #striking { a href={ "/claim/" (group.id) } { "On the way, " span.drift { (drift.dimension) } " changed: " (drift.from_value) " → " (drift.to_value) } }
            div.pair {
                blockquote { (before) footer { (names::cited(ledger, &site.knowledge, &drift.from.capture)?) } }
                blockquote { (after) footer { (names::cited(ledger, &site.knowledge, &drift.to.capture)?) } }
            }
            p { a href={ "/claim/" (group.id) } { "See the whole chain: " (layout::count(group.mentions.len(), "mention")) ", " (layout::count(group.independent_sources as usize, "independent source")) } }
        }
    })
}

fn days(news: &[News]) -> Markup {
    if news.is_empty() {
        return layout::nothing("Nothing has moved yet. Add a source and collect, or import an archive.");
    }
    html! {
        @for day in news.chunk_by(|a, b| a.day == b.day) {
            section.day {
                h3 { time datetime=(day[0].day) { (day[0].day) } }
                ul.news {
                    @for item in day {
                        li {
                            span.tag { (item.kind.phrase()) } " "
                            a href=(names::news_link(item)) { (item.text) }
                            @if let Some(cited) = item.cited.iter().find(|c| c.evidence.quote() != item.text) { " " q.small { (cited.evidence.quote()) } }
                        }
                    }
                }
            }
        }
    }
}
