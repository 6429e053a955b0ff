//! Lists: who was on them on any day, by which notice, and what was known then.

use crate::asked::Asked;
use crate::error::Error;
use crate::layout;
use crate::names;
use crate::script::said;
use crate::site::Site;
use headwater_ledger::Ledger;
use headwater_model::membership::{Member, counts_from, members_on};
use headwater_model::mention::EntityKind;
use headwater_model::plain;
use headwater_model::source::SourceClass;
use headwater_model::tracking::Designation;
use headwater_model::{CaptureId, EntityId};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

pub fn list(site: &Site, asked: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let mut rows = Vec::new();
    let (day, _) = asked.as_of(&ledger, std::iter::empty())?;
    for id in ledger.lists()? {
        let designations = ledger.designations(&id)?;
        let (on, known) = asked.as_of(&ledger, designations.iter().map(|d| d.published))?;
        let latest = designations.iter().map(|d| d.published).max().unwrap_or_default();
        rows.push((id, members_on(&designations, on, known).len(), designations.len(), latest));
    }
    let body = html! {
        @if rows.is_empty() { (layout::nothing("No list has changed yet.")) }
        @else { p.legend { "Members on " time { (day) } "." } }
        div.cards {
            @for (id, members, acts, latest) in &rows {
                article.card {
                    p.kind { (layout::count(*members, "member")) " · " (layout::count(*acts, "act")) }
                    h2 { a href={ "/list/" (id) } { (said(&names::entity(&site.knowledge, id))) } }
                    p.facts { "last reported " time { (latest) } }
                }
            }
        }
    };
    Ok(layout::page("Lists", "/lists", site.sample, body))
}

pub fn one(site: &Site, id: &str, asked: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let id = EntityId::new(id);
    let designations = ledger.designations(&id)?;
    if designations.is_empty() && !is_known(site, &id) {
        return Err(Error::not_found("There is no such list."));
    }
    let (on, known) = asked.as_of(&ledger, designations.iter().map(|d| d.published))?;
    let members = members_on(&designations, on, known);
    let row = |member: &Member| -> Result<Markup, Error> {
        let act = member.since();
        Ok(html! {
            tr {
                td data-label="Member" {
                    (said(&member.entity().map_or(member.name().to_owned(), |m| names::entity(&site.knowledge, m))))
                    @for name in member.also() { br; span.note { (said(name)) } }
                    @if let Some(rests) = member.suspended {
                        br; span.tag { "suspended" } " since " time { (counts_from(rests)) }
                        @if let Some(last) = rests.until { " until " time { (last) } }
                    }
                }
                td.since data-label="Since" { time { (member.since_day()) } @if act.effective.is_none() { span.note { " (published)" } } @if let Some(words) = member.dated() { br; q { (said(words.evidence.quote())) } } (otherwise(member)) }
                td data-label="Source" { (source(act.class)) }
                td data-label="Evidence" { @for d in &member.designations { span.tag { (plain(d.change)) } " " q { (said(d.cited.evidence.quote())) } @if let Some(act) = &d.act { details { summary { "the act" } q { (said(act.evidence.quote())) } } } " " (names::cited(&ledger, &site.knowledge, &d.cited.capture)?) br; } }
            }
        })
    };
    let press = members.iter().filter(|member| !member.is_official).count();
    let mut acts: Vec<&Designation> = designations.iter().rev().collect();
    acts.sort_by_key(|d| std::cmp::Reverse(counts_from(d)));
    let body = html! {
        form.filters {
            label { "Members on " input type="date" name="on" value=(on); }
            label { "as known on " input type="date" name="known" value=(known); }
            button { "Show" }
        }
        div.verdict { p.number { strong { (members.len()) } (if members.len() == 1 { " member" } else { " members" }) @if press > 0 { ", " (press) " by the press alone," } " on " time { (on) } ", as known on " time { (known) } } }
        @if designations.is_empty() { (layout::nothing("No act upon this list has been read yet.")) }
        @else if members.is_empty() { (layout::nothing("No act that was known by then and applies by then makes anybody a member.")) }
        @else { div.scroll tabindex="0" role="region" aria-label="Members" {
            table.records {
                thead { tr { th scope="col" { "Member" } th scope="col" { "Since" } th scope="col" { "Source" } th scope="col" { "Evidence" } } }
                tbody { @for member in &members { (row(member)?) } }
            }
        } }
        (editions(site, &ledger, &designations)?)
        @if !designations.is_empty() { section {
            h2 { "Every act, latest first" }
            ol.articles {
                @for d in acts {
                    li { time { (counts_from(d)) } " " span.tag { (plain(d.change)) } " " @if let Some(day) = d.instead_of.filter(|_| d.name.is_empty()) { "what was to apply from " time { (day) } } @else { strong { (said(&d.name)) } } " " span.tag { (plain(d.class)) } " " (names::cited(&ledger, &site.knowledge, &d.cited.capture)?) }
                }
            }
        } }
    };
    Ok(layout::page(&names::entity(&site.knowledge, &id), "/lists", site.sample, body))
}

/// Whether the knowledge has a list, though no act upon it has been read.
fn is_known(site: &Site, id: &EntityId) -> bool {
    let is_list = site.knowledge.entity(id).is_some_and(|entity| entity.kind == EntityKind::List);
    is_list || site.knowledge.measures.iter().any(|measure| measure.list.as_ref() == Some(id))
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
                        @if !gone.is_empty() { p { "only in the earlier: " del { (said(&gone.join(", "))) } } }
                        @if !come.is_empty() { p { "only in the later: " ins { (said(&come.join(", "))) } } }
                    }
                }
            }
        }
    })
}

/// The days that reports give an official act instead of its own.
fn otherwise(member: &Member) -> Markup {
    html! {
        @for report in member.dated_otherwise() {
            br; span.tag { "disagrees" } " " (source(report.class)) ": " time { (counts_from(report)) }
        }
    }
}

fn source(class: SourceClass) -> &'static str {
    match class {
        SourceClass::Official => "official notice",
        SourceClass::Press => "press report",
        SourceClass::Anonymous => "press, anonymous sources",
        SourceClass::Secondary => "secondary",
    }
}
