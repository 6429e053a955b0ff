//! What changed: the first screen.

use super::{change, claim_card, quotes};
use crate::asked::Asked;
use crate::error::Error;
use crate::layout;
use crate::names;
use crate::script::said;
use crate::site::Site;
use headwater_ledger::{Known, Ledger};
use headwater_model::tracking::ClaimGroup;
use maud::{Markup, html};

/// News on the first screen: about two weeks of a busy newsroom.
const NEWS: usize = 120;
const STRIKING: usize = 4;

pub fn draw(site: &Site, asked: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let counts = ledger.counts()?;
    let news = ledger.news(asked.since()?, NEWS, asked.offset(NEWS)?)?;
    let (page, all) = (asked.page()?, ledger.count_news(asked.since()?)?);
    let failing = ledger.sources()?.into_iter().filter(|s| !s.message.is_empty()).count();
    let striking: Vec<ClaimGroup> = ledger
        .striking_groups(STRIKING, 0)?
        .into_iter()
        .filter(|g| !g.drift.is_empty() || !g.conflicts.is_empty())
        .collect();
    let body = html! {
        p.summary {
            a href="/search" { (counted(counts.articles, "article", "articles")) } " · "
            a href="/stories" { (counted(counts.stories, "story", "stories")) } " · "
            a href="/claims" { (counted(counts.claims, "claim", "claims")) } ", of which "
            strong.drift { (counts.drifted) } " drifted and " strong.conflict { (counts.conflicting) } " conflict · "
            a href="/measures" { (counted(counts.measures, "measure", "measures")) } " · "
            a href="/lists" { (counted(counts.lists, "list", "lists")) }
        }
        @if failing > 0 { p.note { a href="/sources" { (layout::count(failing, "source")) (if failing == 1 { " does" } else { " do" }) " not come in as it should" } "." } }
        @if let Some(group) = striking.first() { (striking_drift(&ledger, site, group)?) }
        @if striking.len() > 1 {
            section { h2 { "Also worth a look" } div.cards { @for group in &striking[1..] { (claim_card(group)) } } }
        }
        section {
            h2 { "Day by day" }
            p.legend { "By the day on which it became known here; the day that the source gives stands beside where it is another." }
            @if news.is_empty() && all > 0 { (layout::before_here("/")) } @else { (days(&news)) }
            nav.pages aria-label="Pages" {
                @if page > 1 { a rel="prev" href=(asked.other_page("/", page - 1)?) { "Later" } }
                @if all > asked.offset(NEWS)?.saturating_add(news.len()) && !news.is_empty() { " " a rel="next" href=(asked.next_page("/")?) { "Earlier" } }
            }
        }
    };
    Ok(layout::page("What changed", "/", site.sample, body))
}

/// A number of things, as the summary has it.
fn counted(n: u64, one: &str, many: &str) -> Markup {
    html! { strong { (n) } " " (if n == 1 { one } else { many }) }
}

/// The most striking drift, with both quotes.
fn striking_drift(ledger: &Ledger, site: &Site, group: &ClaimGroup) -> Result<Markup, Error> {
    let Some(drift) = group.drift.first() else { return Ok(claim_card(group)) };
    Ok(html! {
        section.striking aria-labelledby="striking" {
            h2 #striking { a href={ "/claim/" (group.id) } { "Changed on the way: " (change(drift)) } }
            (quotes(site, ledger, drift)?)
            p { a href={ "/claim/" (group.id) } { "See the whole chain: " (layout::count(group.mentions.len(), "mention")) ", " (layout::count(group.independent_sources as usize, "independent source")) } }
        }
    })
}

fn days(news: &[Known]) -> Markup {
    if news.is_empty() {
        return layout::nothing("Nothing has moved yet. Add a source and collect, or import an archive.");
    }
    html! {
        @for day in news.chunk_by(|a, b| a.known == b.known) {
            section.day {
                h3 { time datetime=(day[0].known) { (day[0].known) } }
                ul.news {
                    @for Known { known, news: item } in day {
                        li {
                            span.tag { (item.kind.phrase()) } " "
                            a href=(names::news_link(item)) { (said(&item.text)) }
                            @if item.day != *known { " " span.note { "of " time { (item.day) } } }
                            @if let Some(cited) = item.cited.iter().find(|c| !item.is_quote(c.evidence.quote())) { " " q.small { (said(cited.evidence.quote())) } }
                        }
                    }
                }
            }
        }
    }
}
