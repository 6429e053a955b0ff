//! Search.

use crate::asked::Asked;
use crate::error::Error;
use crate::layout;
use crate::names;
use crate::script::{lang_of, said, within};
use crate::site::Site;
use headwater_model::plain;
use headwater_search::{Filter, Hit, Hits, Index, Snippet};
use maud::{Markup, html};

const A_PAGE: usize = 20;
/// Entries of the feed of a search.
const A_FEED: usize = 100;

/// Pages of hits that can be turned to: nobody reads further, and each one makes the next dearer.
const PAGES: usize = 500;

pub fn draw(site: &Site, asked: &Asked) -> Result<Markup, Error> {
    let page = page(asked)?;
    let found = hits(site, asked, false)?;
    let ledger = site.ledger()?;
    let more = |page: usize| format!("/search?{}&page={page}", query(asked));
    let what = if asked.everything.is_empty() { "article" } else { "page" };
    let body = html! {
        form.filters action="/search" {
            label { "Words " input name="q" type="search" value=(asked.q); }
            label { "From " input name="since" type="date" value=(asked.since); }
            label { "To " input name="until" type="date" value=(asked.until); }
            label { "Language " select name="language" {
                @for (value, name) in [("", "any"), ("en", "English"), ("zh", "中文")] { option value=(value) lang=[lang_of(name)] selected[value == asked.language] { (name) } }
            } }
            label { input type="checkbox" name="everything" value="on" checked[!asked.everything.is_empty()]; " also error pages, walls and stubs" }
            button { "Search" }
        }
        p { (layout::count(found.total, what)) " found. Words must all occur; “a phrase”, -without, this OR that, title:word and site:host are understood; a name finds all names of its entity. "
            @if !asked.q.is_empty() { a href={ "/search.xml?" (query(asked)) } { "Follow this search as a feed" } "." } }
        @if let Some(word) = no_operator(&asked.q) { p.hint { code { (word) } " is no operator: it is looked for as a word, and all words must occur." } }
        @if found.hits.is_empty() && found.total > 0 { p.nothing { "They stand on earlier pages: " a href=(more(1)) { "the first" } "." } }
        ol.hits {
            @for hit in &found.hits { li { (one(hit, &names::outlet_of(&ledger, site, hit))) } }
        }
        nav.pages aria-label="Pages" {
            @if page > 1 { a rel="prev" href=(more(page - 1)) { "Better" } }
            @if found.total > page * A_PAGE && page < PAGES { " " a rel="next" href=(more(page + 1)) { "More" } }
        }
    };
    let title = if asked.q.is_empty() { "Search".to_owned() } else { format!("Search: {}", asked.q) };
    Ok(layout::page(&title, "", site.sample, body))
}

/// Words that other search engines take for operators: between two words, and right before one.
const JOINING: [&str; 3] = ["AND", "NOT", "|"];
const FIELDS: [&str; 7] = ["intitle:", "inurl:", "url:", "lang:", "before:", "after:", "filetype:"];

/// The first of those in a query, outside its phrases.
fn no_operator(query: &str) -> Option<&str> {
    let outside = query.split('"').step_by(2).flat_map(str::split_whitespace);
    let field = |word: &'_ str| {
        FIELDS.iter().map(|field| field.len()).find(|length| {
            word.get(..*length).is_some_and(|start| FIELDS.iter().any(|f| start.eq_ignore_ascii_case(f)))
        })
    };
    let mut told = outside.filter_map(|word| match field(word) {
        Some(length) => word.get(..length),
        None => Some(word).filter(|word| JOINING.contains(word)),
    });
    told.next()
}

fn page(asked: &Asked) -> Result<usize, Error> {
    Ok(asked.page()?.min(PAGES))
}

/// What was asked, as the query of an address, but for the page.
pub fn query(asked: &Asked) -> String {
    let pairs = [
        ("q", &asked.q),
        ("since", &asked.since),
        ("until", &asked.until),
        ("language", &asked.language),
        ("everything", &asked.everything),
    ];
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Searches as the page and the API do; for a feed the latest captured come first.
pub fn hits(site: &Site, asked: &Asked, newest: bool) -> Result<Hits, Error> {
    let Some(index) = Index::open(&site.index)? else {
        return Ok(Hits { total: 0, hits: Vec::new() });
    };
    let filter = Filter { newest, ..asked.filter(&index)? };
    let (limit, offset) = match newest {
        true => (A_FEED, 0),
        false => (A_PAGE, (page(asked)? - 1) * A_PAGE),
    };
    Ok(index.search(&asked.q, &filter, limit, offset, &|text| (site.names_in)(text))?)
}

fn one(hit: &Hit, outlet: &str) -> Markup {
    html! {
        h2 { a href={ "/article/" (hit.capture) } { (said(&hit.title)) } }
        p.facts {
            time { (hit.day) } " · " (said(outlet))
            @if hit.kind != "article" { " · " span.tag { (plain(&hit.kind)) } }
            @if hit.editions > 1 { " · " (hit.editions) " editions, the latest captured " @if let Ok(at) = hit.captured.parse() { (layout::moment(at)) } }
        }
        p { (marked(&hit.snippet)) }
    }
}

fn marked(snippet: &Snippet) -> Markup {
    let mut at = 0;
    let language = lang_of(&snippet.text);
    html! {
        span lang=[language] {
            @for range in &snippet.marked {
                @let before = std::mem::replace(&mut at, range.end);
                (within(language, &snippet.text[before..range.start])) mark { (within(language, &snippet.text[range.clone()])) }
            }
            (within(language, &snippet.text[at..]))
        }
    }
}
