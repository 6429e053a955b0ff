//! The tracing page of a claim: who said it first, and what changed on the way.

use super::{change, claim_card, counted, quotes, references};
use crate::asked::Asked;
use crate::error::Error;
use crate::layout;
use crate::names;
use crate::script::said;
use crate::site::Site;
use crate::trace::Chain;
use axum::response::{IntoResponse, Redirect, Response};
use headwater_ledger::Ledger;
use headwater_model::GroupId;
use headwater_model::id::{NodeId, UnseenId};
use headwater_model::plain;
use headwater_model::tracking::{Cited, ClaimGroup, Conflict, Drift, Mention, Origin};
use maud::{Markup, html};

const A_PAGE: usize = 100;

pub fn list(site: &Site, asked: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let groups = ledger.striking_groups(A_PAGE, asked.offset(A_PAGE)?)?;
    let (page, all) = (asked.page()?, ledger.counts()?.claims as usize);
    let body = html! {
        p { (layout::count(all, "claim")) ". Those that changed most on the way come first." }
        @if groups.is_empty() && all > 0 { (layout::before_here("/claims")) }
        @else if groups.is_empty() { (layout::nothing("No claims yet.")) }
        div.cards { @for group in &groups { (claim_card(group)) } }
        nav.pages aria-label="Pages" {
            @if page > 1 { a rel="prev" href=(asked.other_page("/claims", page - 1)?) { "More striking" } }
            @if all > asked.offset(A_PAGE)?.saturating_add(groups.len()) && !groups.is_empty() { " " a rel="next" href=(asked.next_page("/claims")?) { "More" } }
        }
    };
    Ok(layout::page("Claims", "/claims", site.sample, body))
}

pub fn draw(site: &Site, id: &str, _: &Asked) -> Result<Response, Error> {
    let ledger = site.ledger()?;
    let id = GroupId::new(id);
    let Some(group) = ledger.group_of(&id)? else {
        // News may tell of a claim that has gone into another one, or that its page tells no longer.
        let to = if let Some(successor) = ledger.successor(&id)? {
            format!("/claim/{successor}")
        } else {
            let capture = ledger.told_once(&id)?;
            format!("/article/{}", capture.ok_or_else(|| Error::not_found("There is no such claim."))?)
        };
        return Ok(Redirect::temporary(&to).into_response());
    };
    let chain = Chain::of(&ledger, &site.knowledge, &group)?;
    let title = group
        .mentions
        .first()
        .map_or_else(|| group.frame.to_string(), |m| headwater_model::title_of(m.evidence.quote(), TITLE));
    let body = html! {
        (verdict(site, &ledger, &group)?)
        section aria-labelledby="chain" {
            h2 #chain { "The chain" }
            p.legend { "From the first source on the left to the latest retelling. Dashed: cited, not captured. "
                span.drift { "≠" } " what changed on that step. Retellings of a long chain that say the same stand in one box. " (layout::count(chain.len(), "report")) "." }
            (chain.draw())
        }
        (drifts("What changed on the way", "drift", &group.drift, site, &ledger)?)
        (conflicts(site, &ledger, &group)?)
        (drifts("One value, rendered differently", "rendering", &group.renderings, site, &ledger)?)
        (mentions(site, &ledger, &group)?)
        @if !group.reasons.is_empty() {
            section { h2 { "Why these are one claim" } ul { @for reason in group.reasons.iter().take(30) { li { (said(&reason.text)) } } } }
        }
        (references(group.id.as_str()))
        @if let Some(story) = &group.story { p { a href={ "/story/" (story) } { "The story it belongs to" } } }
    };
    Ok(layout::page(&title, "/claims", site.sample, body).into_response())
}

/// Characters of a claim's title.
const TITLE: usize = 110;

/// The number of independent sources, and who they are.
fn verdict(site: &Site, ledger: &Ledger, group: &ClaimGroup) -> Result<Markup, Error> {
    let (n, m) = (group.independent_sources, group.mentions.len());
    Ok(html! {
        div.verdict {
            p.number { strong { (n) } " independent " (if n == 1 { "source" } else { "sources" }) " behind " (layout::count(m, "mention")) }
            p {
                span.tag { (group.frame) } " " span.tag { (group.state) } " "
                @if let Some(measure) = &group.measure { a.tag href={ "/measure/" (measure) } { (said(&ledger.measure_name(&site.knowledge, measure)?)) } }
            }
            @if !group.headwaters.is_empty() {
                p {
                    @for (i, headwater) in group.headwaters.iter().enumerate() {
                        @let origin = group.origin(headwater);
                        @let words = if i > 0 && origin == Origin::Said { "independently by" } else { origin.words() };
                        @if i > 0 { "; " (words) } @else { (words[..1].to_uppercase()) (words[1..]) }
                        " " (names::node(ledger, &site.knowledge, headwater)?) (origin.remark())
                    }
                    "."
                }
            }
        }
    })
}

fn drifts(title: &str, class: &str, drifts: &[Drift], site: &Site, ledger: &Ledger) -> Result<Markup, Error> {
    if drifts.is_empty() {
        return Ok(html! {});
    }
    Ok(html! {
        section {
            h2 { (title) }
            @for alike in alike(drifts) {
                @let (drift, others) = (alike[0], &alike[1..]);
                article class={ "card " (class) } {
                    h3 { (change(drift)) @if !others.is_empty() { " (" (alike.len()) " times)" } }
                    @if !drift.note.is_empty() { p.note { (said(&drift.note)) } }
                    (quotes(site, ledger, drift)?)
                    @if !others.is_empty() {
                        details {
                            summary { "The same change in " (layout::count(others.len(), "other report")) }
                            @for drift in others { (quotes(site, ledger, drift)?) }
                        }
                    }
                }
            }
        }
    })
}

/// Changes that are the same, together, in the order in which they were first made.
fn alike(drifts: &[Drift]) -> Vec<Vec<&Drift>> {
    let mut alike: Vec<Vec<&Drift>> = Vec::new();
    for drift in drifts {
        let same = |other: &Drift| {
            (other.dimension, &other.from_value, &other.to_value)
                == (drift.dimension, &drift.from_value, &drift.to_value)
        };
        match alike.iter_mut().find(|group| same(group[0])) {
            Some(group) => group.push(drift),
            None => alike.push(vec![drift]),
        }
    }
    alike
}

fn conflicts(site: &Site, ledger: &Ledger, group: &ClaimGroup) -> Result<Markup, Error> {
    let (corrected, between): (Vec<&Conflict>, Vec<&Conflict>) =
        group.conflicts.iter().partition(|conflict| conflict.is_of_correction());
    Ok(html! {
        (contradictions("Conflicts between sources that do not derive from one another", &between, site, ledger)?)
        (contradictions("Copies of what was corrected afterwards", &corrected, site, ledger)?)
    })
}

fn contradictions(
    title: &str,
    conflicts: &[&Conflict],
    site: &Site,
    ledger: &Ledger,
) -> Result<Markup, Error> {
    if conflicts.is_empty() {
        return Ok(html! {});
    }
    Ok(html! {
        section {
            h2 { (title) }
            @for conflicts in of_one_pair(conflicts) {
                @let first = conflicts[0];
                article.card.conflict {
                    @for conflict in &conflicts {
                        h3 { span.dimension { (conflict.dimension) } ": " @for (i, (value, n)) in counted(conflict.values.iter().map(|(value, _)| value.as_str())).into_iter().enumerate() { @if i > 0 { " or " } (said(&plain(value))) @if n > 1 { " (" (n) " times)" } } }
                    }
                    @if !first.note.is_empty() { p.note { (said(&first.note)) } }
                    div.pair {
                        @for (value, cited) in &first.values {
                            blockquote { strong { (said(&plain(value))) } " " (said(cited.evidence.quote())) footer { (names::cited(ledger, &site.knowledge, &cited.capture)?) } }
                        }
                    }
                }
            }
        }
    })
}

/// Conflicts by the quotes that they rest on: a denial contradicts a report on two dimensions with the same words.
fn of_one_pair<'a>(conflicts: &[&'a Conflict]) -> Vec<Vec<&'a Conflict>> {
    let mut found: Vec<Vec<&Conflict>> = Vec::new();
    for conflict in conflicts.iter().copied() {
        match found.iter_mut().find(|known| rest_on_one(known[0], conflict)) {
            Some(known) => known.push(conflict),
            None => found.push(vec![conflict]),
        }
    }
    found
}

fn rest_on_one(a: &Conflict, b: &Conflict) -> bool {
    a.values.iter().map(|(_, cited)| cited).eq(b.values.iter().map(|(_, cited)| cited))
}

fn mentions(site: &Site, ledger: &Ledger, group: &ClaimGroup) -> Result<Markup, Error> {
    let mut mentions: Vec<_> = group.mentions.iter().collect();
    mentions.sort_by_key(|m| m.day);
    Ok(html! {
        section {
            h2 #mentions { "Every mention, first to latest" }
            ol.mentions {
                @for mention in mentions {
                    li {
                        (names::cited(ledger, &site.knowledge, &mention.capture)?) " " span.tag { (plain(mention.modality)) }
                        @if mention.polarity.word() == "negated" { " " span.tag { "negated" } }
                        @if mention.exclusivity.word() != "unspecified" { " " span.tag { (mention.exclusivity) } }
                        blockquote { a href={ "/article/" (mention.capture) "#c" (mention.claim) } { (said(mention.evidence.quote())) } }
                        @for before in before_edits(ledger, mention)? {
                            p.note { "Before it was edited: " a href={ "/article/" (before.capture) } { (said(before.evidence.quote())) } }
                        }
                        @if !mention.attribution.is_empty() { p.note { "On the word of " @for (i, a) in mention.attribution.iter().enumerate() { @if i > 0 { ", citing " } (said(&a.source.text)) } } }
                        @for edge in ledger.edges_from(&mention.capture)? { p.note { (edge.called()) " of " (names::node(ledger, &site.knowledge, &edge.to)?) @if let Some(r) = edge.reasons.first() { ": " (said(&r.text)) } } }
                    }
                }
            }
        }
    })
}

/// What a page said in the place of a mention before it was edited.
fn before_edits(ledger: &Ledger, mention: &Mention) -> Result<Vec<Cited>, Error> {
    let edits = ledger.versions(&mention.url)?.into_iter().filter(|edit| edit.after == mention.capture);
    let changed = edits.flat_map(|edit| edit.claims).filter_map(|(before, after)| before.zip(after));
    let here = changed.filter(|(_, after)| after.evidence == mention.evidence);
    Ok(here.map(|(before, _)| before).collect())
}

/// A report that was cited and not captured.
pub fn unseen(site: &Site, id: &str, _: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let id = UnseenId::new(id);
    let unseen = ledger.unseen(&id)?.ok_or_else(|| Error::not_found("There is no such report."))?;
    let name = unseen.outlet.as_ref().map_or(unseen.name.clone(), |o| names::entity(&site.knowledge, o));
    let body = html! {
        p { "This report was cited and has not been captured." @if let Some(day) = unseen.date { " It is said to be of " time { (day) } "." } }
        @if let Some(capture) = &unseen.resolved { p { "It was captured later: " (names::cited(&ledger, &site.knowledge, capture)?) } }
        h2 { "Cited by" }
        ul {
            @for edge in ledger.edges_to(&NodeId::Unseen(id))? {
                li { (names::cited(&ledger, &site.knowledge, &edge.from)?) @for cited in edge.reasons.iter().flat_map(|r| &r.cited) { blockquote { (said(cited.evidence.quote())) } } }
            }
        }
    };
    Ok(layout::page(&name, "/claims", site.sample, body))
}
