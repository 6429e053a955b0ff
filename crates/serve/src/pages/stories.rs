//! Stories: one event with its reactions, in every language.

use super::{claim_card, counted};
use crate::asked::Asked;
use crate::error::Error;
use crate::layout;
use crate::names;
use crate::script::{lang_of, said};
use crate::site::Site;
use headwater_ledger::Ledger;
use headwater_model::plain;
use headwater_model::tracking::Story;
use headwater_model::{Article, PageKind, StoryId};
use maud::{Markup, html};
use std::collections::BTreeMap;

const A_PAGE: usize = 40;

pub fn list(site: &Site, asked: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let page = asked.page()?;
    let mut stories = Vec::new();
    for story in ledger.stories(A_PAGE, asked.offset(A_PAGE)?)? {
        stories.push((title(&ledger, &story)?, ledger.addresses_of(&story.articles)?, story));
    }
    let body = html! {
        @if stories.is_empty() && page > 1 { (layout::before_here("/stories")) }
        @else if stories.is_empty() { (layout::nothing("No stories yet.")) }
        div.cards {
            @for (title, articles, story) in &stories {
                article.card {
                    p.kind { time { (story.first) } @if story.latest != story.first { " – " time { (story.latest) } } " · " (layout::count(*articles, "article")) }
                    h2 { a href={ "/story/" (story.id) } { (said(title)) } }
                    @if let Some(lead) = &story.lead { p { (said(lead.evidence.quote())) } }
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
    let articles = articles(&ledger, &story)?;
    let groups = ledger.groups_of_story(&id)?;
    let body = html! {
        @if let Some(lead) = &story.lead { blockquote.lead { (said(lead.evidence.quote())) footer { (names::cited(&ledger, &site.knowledge, &lead.capture)?) } } }
        @if !story.measures.is_empty() {
            p { "Measures: " @for measure in &story.measures { a href={ "/measure/" (measure) } { (said(&ledger.measure_name(&site.knowledge, measure)?)) } " " } }
        }
        section { h2 { "Claims" } @if groups.is_empty() { (layout::nothing("No claims were found in it.")) } div.cards { @for group in &groups { (claim_card(group)) } } }
        section {
            h2 { "Articles, first to latest" }
            ol.articles {
                @for article in &articles {
                    li {
                        time { (article.day()) } " " strong { (said(&names::outlet(&site.knowledge, article))) } " "
                        @let heading = article.heading();
                        a href={ "/article/" (article.capture) } lang=[lang_of(&heading)] { (heading) }
                        @if !matches!(article.page_kind, PageKind::Article | PageKind::Notice) { " " span.tag { (plain(article.page_kind)) } }
                        @for edge in ledger.edges_from(&article.capture)? { " " span.tag { (edge.called()) " of " (names::node(&ledger, &site.knowledge, &edge.to)?) } }
                    }
                }
            }
        }
        @if !story.reasons.is_empty() { section { h2 { "Why these belong together" } ul { @for (text, n) in counted(story.reasons.iter().map(|reason| reason.text.as_str())).into_iter().take(20) { li { (said(text)) @if n > 1 { " (" (n) " articles)" } } } } } }
    };
    Ok(layout::page(&title(&ledger, &story)?, "/stories", site.sample, body))
}

/// The articles of a story, first to latest; each once, as its latest edition has it.
fn articles(ledger: &Ledger, story: &Story) -> Result<Vec<Article>, Error> {
    let mut pages: BTreeMap<String, Article> = BTreeMap::new();
    for capture in &story.articles {
        let Some(article) = ledger.article_alone(capture)? else { continue };
        let page = headwater_model::capture::page(&article.url);
        if pages.get(&page).is_none_or(|other| other.captured <= article.captured) {
            pages.insert(page, article);
        }
    }
    let mut articles: Vec<Article> = pages.into_values().collect();
    articles.sort_by_key(|a| (a.day(), a.captured));
    Ok(articles)
}

/// The headline of a story; where its source has none, what its first article is called.
pub fn title(ledger: &Ledger, story: &Story) -> Result<String, Error> {
    if !story.title.trim().is_empty() {
        return Ok(story.title.clone());
    }
    let first = story.articles.first().map(|capture| ledger.article_alone(capture)).transpose()?.flatten();
    Ok(first.map_or_else(|| story.id.to_string(), |article| article.heading()))
}
