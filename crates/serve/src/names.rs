//! What things are called on pages.

use crate::error::Error;
use crate::script::said;
use crate::site::Site;
use headwater_ledger::{Citation, Ledger};
use headwater_model::capture::host;
use headwater_model::claim::Filler;
use headwater_model::id::NodeId;
use headwater_model::tracking::{News, Subject};
use headwater_model::{Article, CaptureId, EntityId, Knowledge};
use headwater_search::Hit;
use maud::{Markup, html};

/// The outlet of a page: who owns its site, else what the site calls itself, else its host.
pub fn outlet(knowledge: &Knowledge, article: &Article) -> String {
    outlet_at(knowledge, &article.url, article.site_name.clone())
}

/// The outlet of a page that a search found.
pub fn outlet_of(ledger: &Ledger, site: &Site, hit: &Hit) -> String {
    let cited = ledger.citation(&hit.capture).ok().flatten();
    outlet_at(&site.knowledge, &hit.url, cited.and_then(|cited| cited.site_name))
}

fn outlet_at(knowledge: &Knowledge, url: &str, site_name: Option<String>) -> String {
    let host = host(url);
    let owner = knowledge.site_owner(host).map(|e| e.en.clone());
    owner.or(site_name).unwrap_or_else(|| host.to_owned())
}

/// Who or what fills a role: the entity's name, else the words.
pub fn filler(knowledge: &Knowledge, filler: &Filler) -> String {
    filler.id.as_ref().map_or_else(|| filler.evidence.quote().to_owned(), |id| entity(knowledge, id))
}

/// An entity's name.
pub fn entity(knowledge: &Knowledge, id: &EntityId) -> String {
    let Some(entity) = knowledge.entity(id) else { return id.to_string() };
    if entity.zh_hans.is_empty() || entity.zh_hans == entity.en {
        return entity.en.clone();
    }
    format!("{} {}", entity.en, entity.zh_hans)
}

/// A language as an HTML `lang` attribute.
pub fn lang(language: &str) -> Option<&str> {
    (!matches!(language, "und" | "mul" | "")).then_some(language)
}

/// The day and outlet of a capture, as a link to its article.
pub fn cited(ledger: &Ledger, knowledge: &Knowledge, capture: &CaptureId) -> Result<Markup, Error> {
    Ok(match ledger.citation(capture)? {
        Some(Citation { url, site_name, day }) => html! {
            a href={ "/article/" (capture) } { (said(&outlet_at(knowledge, &url, site_name))) } " " time { (day) }
        },
        None => html! { (capture) },
    })
}

/// A node of a chain as a link.
pub fn node(ledger: &Ledger, knowledge: &Knowledge, node: &NodeId) -> Result<Markup, Error> {
    match node {
        NodeId::Capture(capture) => cited(ledger, knowledge, capture),
        NodeId::Unseen(id) => {
            let unseen = ledger.unseen(id)?;
            let name = unseen.as_ref().map_or(id.to_string(), |u| match &u.outlet {
                Some(outlet) => entity(knowledge, outlet),
                None => u.name.clone(),
            });
            let day = unseen.and_then(|u| u.date);
            Ok(
                html! { a href={ "/unseen/" (id) } { (said(&name)) } @if let Some(day) = day { " " time { (day) } } " " span.tag { "not captured" } },
            )
        }
    }
}

/// Where a piece of news leads.
pub fn news_link(news: &News) -> String {
    match &news.subject {
        Subject::Claim(id) => format!("/claim/{id}"),
        Subject::Story(id) => format!("/story/{id}"),
        Subject::Measure(id) => format!("/measure/{id}"),
        Subject::List(id) => format!("/list/{id}"),
        Subject::Article(id) => format!("/article/{id}"),
        Subject::Source(_) => "/sources".to_owned(),
    }
}
