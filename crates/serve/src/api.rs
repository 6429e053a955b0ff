//! The same as JSON and as a feed.

use crate::asked::Asked;
use crate::cite::{Style, of_claim, references};
use crate::error::Error;
use crate::names::{news_link, outlet_of};
use crate::pages::search;
use crate::site::Site;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use headwater_ledger::Known;
use headwater_model::id::digest;
use headwater_model::{CaptureId, GroupId, StoryId};
use maud::{PreEscaped, html};
use serde::Serialize;

const NEWS: usize = 200;

fn json(value: &impl Serialize) -> Result<Response, Error> {
    Ok(([(header::CONTENT_TYPE, "application/json")], serde_json::to_string(value)?).into_response())
}

/// What changed, page by page.
pub fn news(site: &Site, asked: &Asked) -> Result<Response, Error> {
    let (ledger, since) = (site.ledger()?, asked.since()?);
    let mut response = json(&ledger.news(since, NEWS, asked.offset(NEWS)?)?)?;
    if ledger.count_news(since)? > asked.offset(NEWS)?.saturating_add(NEWS) {
        let next = format!("<{}>; rel=\"next\"", asked.next_page("/api/news.json")?);
        response.headers_mut().extend(HeaderValue::from_str(&next).ok().map(|next| (header::LINK, next)));
    }
    Ok(response)
}

/// A search.
pub fn search(site: &Site, asked: &Asked) -> Result<Response, Error> {
    json(&search::hits(site, asked, false)?)
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

/// References to an article, or to all that make a claim.
pub fn cite(site: &Site, style: &str, id: &str) -> Result<Response, Error> {
    let style = Style::named(style).ok_or_else(|| {
        Error::Asked(format!("{style} is no style of references; there are bibtex, ris, csl."))
    })?;
    let ledger = site.ledger()?;
    let articles = match ledger.article_of(&CaptureId::new(id))? {
        Some((article, _)) => vec![article],
        None => of_claim(&ledger, &GroupId::new(id))?,
    };
    if articles.is_empty() {
        return Err(Error::not_found("There is no such article or claim."));
    }
    let body = references(style, &articles, &site.knowledge);
    Ok(([(header::CONTENT_TYPE, style.media_type())], body).into_response())
}

/// What changed, as an Atom feed.
pub fn feed(site: &Site, asked: &Asked) -> Result<Response, Error> {
    let (ledger, since) = (site.ledger()?, asked.since()?);
    let news = ledger.news(since, NEWS, asked.offset(NEWS)?)?;
    let goes_on = ledger.count_news(since)? > asked.offset(NEWS)?.saturating_add(news.len());
    let next = goes_on.then(|| asked.next_page("/feed.xml")).transpose()?;
    let own = asked.other_page("/feed.xml", asked.page()?)?;
    let entries = news.iter().map(|Known { known, news }| {
        let dated = if news.day == *known { String::new() } else { format!("Dated {}. ", news.day) };
        let quotes: Vec<String> = news.cited.iter().map(|c| format!("“{}”", c.evidence.quote())).collect();
        Entry {
            title: format!("{}: {}", news.kind.phrase(), news.text),
            id: format!("urn:headwater:news:{}:{}", news.day, digest(&[news.text.as_bytes()])),
            updated: format!("{known}T00:00:00Z"),
            link: news_link(news),
            summary: dated + &quotes.join(" "),
        }
    });
    let feed =
        Feed { title: "Headwater: what changed", id: "urn:headwater:news", own: &own, next: next.as_deref() };
    Ok(feed.atom(&asked.site, entries.collect()))
}

/// A saved search as an Atom feed: what fits, the latest captured first. An edit makes an entry new again.
pub fn search_feed(site: &Site, asked: &Asked) -> Result<Response, Error> {
    let found = search::hits(site, asked, true)?;
    let ledger = site.ledger()?;
    let entries = found.hits.into_iter().map(|hit| Entry {
        summary: format!("{}, {}. {}", outlet_of(&ledger, site, &hit), hit.day, hit.snippet.text),
        title: hit.title,
        id: format!("urn:headwater:article:{}", digest(&[hit.url.as_bytes()])),
        updated: hit.captured,
        link: format!("/article/{}", hit.capture),
    });
    let narrowed = [&asked.q, &asked.since, &asked.until, &asked.language].map(String::as_str);
    let id = digest(&narrowed.map(str::as_bytes));
    let (title, id) = (format!("Headwater: {}", asked.q), format!("urn:headwater:search:{id}"));
    let own = format!("/search.xml?{}", search::query(asked));
    Ok(Feed { title: &title, id: &id, own: &own, next: None }.atom(&asked.site, entries.collect()))
}

/// One entry of a feed.
struct Entry {
    title: String,
    id: String,
    updated: String,
    link: String,
    summary: String,
}

/// What a feed says of itself.
struct Feed<'a> {
    title: &'a str,
    id: &'a str,
    /// Its own address on this site, and the one at which it goes on.
    own: &'a str,
    next: Option<&'a str>,
}

impl Feed<'_> {
    /// An Atom feed of entries, the newest first; its links begin with where the site stands. The epoch stands for the time
    /// of a feed without any, for it never changed.
    fn atom(&self, site: &str, entries: Vec<Entry>) -> Response {
        let link = |rel: &str, place: &str| {
            PreEscaped(format!("<link rel=\"{rel}\" href=\"{}{}\"/>", site, place.replace('&', "&amp;")))
        };
        let updated = entries.first().map_or("1970-01-01T00:00:00Z", |entry| entry.updated.as_str());
        let body = html! {
            (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>"))
            feed xmlns="http://www.w3.org/2005/Atom" {
                title { (legal(self.title)) }
                id { (self.id) }
                (link("self", self.own))
                (link("alternate", "/"))
                @if let Some(next) = self.next { (link("next", next)) }
                updated { (updated) }
                author { name { "Headwater" } }
                @for entry in &entries {
                    entry {
                        title { (legal(&entry.title)) }
                        id { (entry.id) }
                        updated { (entry.updated) }
                        (link("alternate", &entry.link))
                        summary { (legal(&entry.summary)) }
                    }
                }
            }
        };
        ([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], body.into_string()).into_response()
    }
}

/// A text without the signs that XML has no way to write.
fn legal(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}
