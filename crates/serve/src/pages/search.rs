//! Search.

use crate::error::Error;
use crate::layout;
use crate::names;
use crate::site::{Asked, Site};
use headwater_search::{Filter, Hit, Index, Snippet};
use maud::{Markup, html};

const A_PAGE: usize = 20;

/// Pages of hits that can be turned to: nobody reads further, and each one makes the next dearer.
const PAGES: usize = 500;

pub fn draw(site: &Site, asked: &Asked) -> Result<Markup, Error> {
    let page = asked.page.clamp(1, PAGES);
    let found = hits(site, asked, (page - 1) * A_PAGE)?;
    let more = |page: usize| {
        let pairs = [
            ("q", &asked.q),
            ("since", &asked.since),
            ("until", &asked.until),
            ("language", &asked.language),
        ];
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .append_pair("page", &page.to_string())
            .finish();
        format!("/search?{query}")
    };
    let body = html! {
        form.filters action="/search" {
            label { "Words " input name="q" type="search" value=(asked.q); }
            label { "From " input name="since" type="date" value=(asked.since); }
            label { "To " input name="until" type="date" value=(asked.until); }
            label { "Language " select name="language" {
                @for (value, name) in [("", "any"), ("en", "English"), ("zh", "中文")] { option value=(value) selected[value == asked.language] { (name) } }
            } }
            button { "Search" }
        }
        p { (found.total) " found. Words must all occur; “a phrase” and -without are understood; a name finds all names of its entity." }
        ol.hits {
            @for hit in &found.hits { li { (one(hit)) } }
        }
        nav.pages aria-label="Pages" {
            @if page > 1 { a rel="prev" href=(more(page - 1)) { "Better" } }
            @if found.total > page * A_PAGE && page < PAGES { " " a rel="next" href=(more(page + 1)) { "More" } }
        }
    };
    let title = if asked.q.is_empty() { "Search".to_owned() } else { format!("Search: {}", asked.q) };
    Ok(layout::page(&title, "", site.sample, body))
}

/// Searches as the page and the API do.
pub fn hits(site: &Site, asked: &Asked, offset: usize) -> Result<headwater_search::Hits, Error> {
    let filter = Filter {
        since: asked.since.parse().ok(),
        until: asked.until.parse().ok(),
        language: Some(asked.language.clone()).filter(|l| !l.is_empty()),
    };
    let Some(index) = Index::open(&site.index)? else {
        return Err(Error::not_found("Nothing has been collected or imported yet."));
    };
    Ok(index.search(&asked.q, &filter, A_PAGE, offset, &|text| (site.names_in)(text))?)
}

fn one(hit: &Hit) -> Markup {
    html! {
        h2 lang=[names::lang(&hit.language)] { a href={ "/article/" (hit.capture) } { @if hit.title.is_empty() { (hit.url) } @else { (hit.title) } } }
        p.facts { time { (hit.day) } " · " (names::host(&hit.url)) }
        p lang=[names::lang(&hit.language)] { (marked(&hit.snippet)) }
    }
}

fn marked(snippet: &Snippet) -> Markup {
    let mut at = 0;
    html! {
        @for range in &snippet.marked {
            @let before = std::mem::replace(&mut at, range.end);
            (snippet.text[before..range.start]) mark { (snippet.text[range.clone()]) }
        }
        (snippet.text[at..])
    }
}
