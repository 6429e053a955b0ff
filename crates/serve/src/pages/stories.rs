//! Stories: one event with its reactions, in every language.

use super::claim_card;
use crate::error::Error;
use crate::layout;
use crate::names;
use crate::site::{Asked, Site};
use headwater_model::StoryId;
use maud::{Markup, html};

const A_PAGE: usize = 40;

pub fn list(site: &Site, asked: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let page = asked.page.max(1);
    let stories = ledger.stories(A_PAGE, (page - 1).saturating_mul(A_PAGE))?;
    let body = html! {
        @if stories.is_empty() { (layout::nothing("No stories yet.")) }
        div.cards {
            @for story in &stories {
                article.card {
                    p.kind { time { (story.first) } @if story.latest != story.first { " – " time { (story.latest) } } " · " (story.articles.len()) " articles" }
                    h2 { a href={ "/story/" (story.id) } { (story.title) } }
                    @if let Some(lead) = &story.lead { p { (lead.evidence.quote()) } }
                }
            }
        }
        nav.pages aria-label="Pages" {
            @if page > 1 { a rel="prev" href={ "/stories?page=" (page - 1) } { "Later" } }
            @if stories.len() == A_PAGE { " " a rel="next" href={ "/stories?page=" (page.saturating_add(1)) } { "Earlier" } }
        }
    };
    Ok(layout::page("Stories", "/stories", site.sample, body))
}

pub fn one(site: &Site, id: &str, _: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let id = StoryId::new(id);
    let story = ledger.story_of(&id)?.ok_or_else(|| Error::not_found("There is no such story."))?;
    let mut articles = Vec::new();
    for capture in &story.articles {
        articles.extend(ledger.article_of(capture)?.map(|(a, _)| a));
    }
    articles.sort_by_key(|a| (a.day(), a.captured));
    let groups = ledger.groups_of_story(&id)?;
    let body = html! {
        @if let Some(lead) = &story.lead { blockquote.lead { (lead.evidence.quote()) footer { (names::cited(&ledger, &site.knowledge, &lead.capture)?) } } }
        @if !story.measures.is_empty() {
            p { "Measures: " @for measure in &story.measures { a href={ "/measure/" (measure) } { (names::measure(&site.knowledge, &ledger, measure)?) } " " } }
        }
        section { h2 { "Claims" } @if groups.is_empty() { (layout::nothing("No claims were found in it.")) } div.cards { @for group in &groups { (claim_card(group)) } } }
        section {
            h2 { "Articles, first to latest" }
            ol.articles {
                @for article in &articles {
                    li {
                        time { (article.day()) } " " strong { (names::outlet(&site.knowledge, article)) } " "
                        a href={ "/article/" (article.capture) } lang=[names::lang(&article.language)] { (article.title) }
                        @for edge in ledger.edges_from(&article.capture)? { " " span.tag { (edge.kind) " of " (names::node(&ledger, &site.knowledge, &edge.to)?) } }
                    }
                }
            }
        }
        @if !story.reasons.is_empty() { section { h2 { "Why these belong together" } ul { @for reason in story.reasons.iter().take(20) { li { (reason.text) } } } } }
    };
    Ok(layout::page(&story.title, "/stories", site.sample, body))
}
