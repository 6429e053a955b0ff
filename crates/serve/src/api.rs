//! The same as JSON and as a feed.

use crate::error::Error;
use crate::names::news_link;
use crate::pages::search;
use crate::site::{Asked, Site};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use headwater_model::{GroupId, StoryId};
use maud::{PreEscaped, html};
use serde::Serialize;

const NEWS: usize = 200;

fn json(value: &impl Serialize) -> Result<Response, Error> {
    Ok(([(header::CONTENT_TYPE, "application/json")], serde_json::to_string(value)?).into_response())
}

/// What changed.
pub fn news(site: &Site, asked: &Asked) -> Result<Response, Error> {
    json(&site.ledger()?.news(asked.since.parse().ok(), NEWS)?)
}

/// A search.
pub fn search(site: &Site, asked: &Asked) -> Result<Response, Error> {
    json(&search::hits(site, asked, 0)?)
}

/// A claim group.
pub fn claim(site: &Site, id: &str, _: &Asked) -> Result<Response, Error> {
    json(
        &site
            .ledger()?
            .group_of(&GroupId::new(id))?
            .ok_or_else(|| Error::not_found("There is no such claim."))?,
    )
}

/// A story.
pub fn story(site: &Site, id: &str, _: &Asked) -> Result<Response, Error> {
    json(
        &site
            .ledger()?
            .story_of(&StoryId::new(id))?
            .ok_or_else(|| Error::not_found("There is no such story."))?,
    )
}

/// What changed, as an Atom feed.
pub fn feed(site: &Site, asked: &Asked) -> Result<Response, Error> {
    let news = site.ledger()?.news(asked.since.parse().ok(), NEWS)?;
    let updated = news.first().map(|n| n.day.to_string()).unwrap_or_else(|| "1970-01-01".into());
    let body = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>"))
        feed xmlns="http://www.w3.org/2005/Atom" {
            title { "Headwater: what changed" }
            id { "urn:headwater:news" }
            updated { (updated) "T00:00:00Z" }
            author { name { "Headwater" } }
            @for item in &news {
                entry {
                    title { (item.kind.phrase()) ": " (item.text) }
                    id { "urn:headwater:news:" (item.day) ":" (headwater_model::id::digest(&[item.text.as_bytes()])) }
                    updated { (item.day) "T00:00:00Z" }
                    (PreEscaped(format!("<link rel=\"alternate\" href=\"{}\"/>", news_link(item))))
                    summary { @for cited in &item.cited { "“" (cited.evidence.quote()) "” " } }
                }
            }
        }
    };
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], body.into_string()).into_response())
}
