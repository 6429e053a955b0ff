//! Lists: who was on them on any day, by which notice, and what was known then.

use crate::error::Error;
use crate::layout;
use crate::names;
use crate::site::{Asked, Site};
use headwater_ledger::Ledger;
use headwater_model::membership::{Member, counts_from, members_on};
use headwater_model::source::SourceClass;
use headwater_model::tracking::Designation;
use headwater_model::{CaptureId, EntityId};
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

pub fn list(site: &Site, _: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let mut rows = Vec::new();
    for id in ledger.lists()? {
        let designations = ledger.designations(&id)?;
        let latest = latest(&designations);
        rows.push((id, members_on(&designations, latest, latest).len(), designations.len(), latest));
    }
    let body = html! {
        @if rows.is_empty() { (layout::nothing("No list has changed yet.")) }
        div.cards {
            @for (id, members, acts, latest) in &rows {
                article.card {
                    p.kind { (members) " members known · " (acts) " acts" }
                    h2 { a href={ "/list/" (id) } { (names::entity(&site.knowledge, id)) } }
                    p.facts { "latest " time { (latest) } }
                }
            }
        }
    };
    Ok(layout::page("Lists", "/lists", site.sample, body))
}

fn latest(designations: &[Designation]) -> Date {
    designations.iter().map(|d| counts_from(d).max(d.published)).max().unwrap_or_default()
}

pub fn one(site: &Site, id: &str, asked: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let id = EntityId::new(id);
    let designations = ledger.designations(&id)?;
    if designations.is_empty() {
        return Err(Error::not_found("Nothing is known of such a list."));
    }
    let latest = latest(&designations);
    let on: Date = asked.on.parse().unwrap_or(latest);
    let known: Date = asked.known.parse().unwrap_or(latest);
    let members = members_on(&designations, on, known);
    let row = |member: &Member| -> Result<Markup, Error> {
        let last = member.designations[member.designations.len() - 1];
        Ok(html! {
            tr {
                td { (last.member.as_ref().map_or(last.name.clone(), |m| names::entity(&site.knowledge, m))) }
                td { time { (counts_from(last)) } @if last.effective.is_none() { span.note { " (published)" } } }
                td { (source(last.class)) }
                td { @for d in &member.designations { span.tag { (d.change) } " " q { (d.cited.evidence.quote()) } " " (names::cited(&ledger, &site.knowledge, &d.cited.capture)?) br; } }
            }
        })
    };
    let body = html! {
        form.filters {
            label { "Members on " input type="date" name="on" value=(on); }
            label { "as known on " input type="date" name="known" value=(known); }
            button { "Show" }
        }
        div.verdict { p.number { strong { (members.len()) } " members on " time { (on) } ", as known on " time { (known) } } }
        div.scroll tabindex="0" role="region" aria-label="Members" {
            table {
                thead { tr { th { "Member" } th { "From" } th { "Source" } th { "Evidence" } } }
                tbody { @for member in &members { (row(member)?) } }
            }
        }
        (editions(site, &ledger, &designations)?)
        section {
            h2 { "Every act, latest first" }
            ol.articles {
                @for d in designations.iter().rev() {
                    li { time { (counts_from(d)) } " " span.tag { (d.change) } " " strong { (d.name) } " " span.tag { (d.class) } " " (names::cited(&ledger, &site.knowledge, &d.cited.capture)?) }
                }
            }
        }
    };
    Ok(layout::page(&names::entity(&site.knowledge, &id), "/lists", site.sample, body))
}

/// Where two captures of one official address name other members: both stand, and the difference is shown.
fn editions(site: &Site, ledger: &Ledger, designations: &[Designation]) -> Result<Markup, Error> {
    let mut addresses: BTreeMap<String, BTreeMap<CaptureId, BTreeSet<&str>>> = BTreeMap::new();
    for d in designations.iter().filter(|d| d.class == SourceClass::Official) {
        let Some(row) = ledger.capture_row(&d.cited.capture)? else { continue };
        addresses.entry(row.url).or_default().entry(row.id).or_default().insert(&d.name);
    }
    let mut differences = Vec::new();
    for captures in addresses.into_values() {
        let mut captures: Vec<_> = captures.into_iter().collect();
        captures.sort_by_key(|(id, _)| designations.iter().position(|d| d.cited.capture == *id));
        for pair in captures.windows(2) {
            let [(before, old), (after, new)] = pair else { continue };
            if old != new {
                let gone: Vec<&str> = old.difference(new).copied().collect();
                let come: Vec<&str> = new.difference(old).copied().collect();
                differences.push((before.clone(), after.clone(), gone, come));
            }
        }
    }
    Ok(html! {
        @if !differences.is_empty() {
            section {
                h2 { "Editions that differ" }
                @for (before, after, gone, come) in &differences {
                    article.card.conflict {
                        p { (names::cited(ledger, &site.knowledge, before)?) " and a later capture of the same address, " (names::cited(ledger, &site.knowledge, after)?) ":" }
                        @if !gone.is_empty() { p { "only in the earlier: " del { (gone.join(", ")) } } }
                        @if !come.is_empty() { p { "only in the later: " ins { (come.join(", ")) } } }
                    }
                }
            }
        }
    })
}

fn source(class: SourceClass) -> &'static str {
    match class {
        SourceClass::Official => "official notice",
        SourceClass::Press => "press report",
        SourceClass::Anonymous => "press, anonymous sources",
        SourceClass::Secondary => "secondary",
    }
}
