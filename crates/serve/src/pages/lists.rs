//! Lists: who was on them on any day, by which notice, and what was known then.

use crate::error::Error;
use crate::layout;
use crate::names;
use crate::site::{Asked, Site};
use headwater_model::EntityId;
use headwater_model::membership::{Member, counts_from, members_on};
use headwater_model::source::SourceClass;
use headwater_model::tracking::Designation;
use jiff::civil::Date;
use maud::{Markup, html};

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

fn source(class: SourceClass) -> &'static str {
    match class {
        SourceClass::Official => "official notice",
        SourceClass::Press => "press report",
        SourceClass::Anonymous => "press, anonymous sources",
        SourceClass::Secondary => "secondary",
    }
}
