//! Sources and how they fare.

use crate::asked::Asked;
use crate::error::Error;
use crate::layout;
use crate::script::said;
use crate::site::Site;
use headwater_model::PageKind;
use maud::{Markup, html};

pub fn draw(site: &Site, _: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let (sources, pages) = (ledger.sources()?, ledger.pages_of_sources()?);
    let body = html! {
        @if sources.is_empty() { (layout::nothing("No source has been asked yet: `headwater source add URL`, then `headwater collect`.")) }
        @else {
            div.scroll tabindex="0" role="region" aria-label="Table of sources" {
                table.records {
                    thead { tr { th scope="col" { "Source" } th scope="col" { "Fares" } th scope="col" { "What to do" } th scope="col" { "Since" } th scope="col" { "Entries" } th scope="col" { "Pages" } th scope="col" { "Last new" } } }
                    tbody {
                        @for s in &sources {
                            tr {
                                td data-label="Source" { strong { (said(&s.name)) } br; span.url { (s.url) } }
                                td data-label="Fares" { span class={ "health " (s.health) } { (s.health) } }
                                td data-label="What to do" { (layout::advice(&s.message)) }
                                td data-label="Since" { @if let Some(t) = s.since { (layout::moment(t)) } }
                                td data-label="Entries" { (s.entries) }
                                td data-label="Pages" { @for (kind, n) in pages.get(&s.source).into_iter().flatten() { (page_count(*kind, *n)) br; } }
                                td data-label="Last new" { @if let Some(t) = s.last_new { (layout::moment(t)) } }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(layout::page("Sources", "/sources", site.sample, body))
}

/// How many pages of one kind a source led to. What is no article stands out: a source whose feed answers may
/// still show walls in place of its pages.
fn page_count(kind: PageKind, n: u64) -> Markup {
    let what = match kind {
        PageKind::Article => "article",
        PageKind::Notice => "notice",
        PageKind::List => "page of links",
        PageKind::Error => "error page",
        PageKind::Challenge => "bot wall",
        PageKind::Paywall => "paywall",
        PageKind::Login => "login page",
        PageKind::Empty => "empty page",
        PageKind::Media => "media page",
    };
    let text = match kind {
        PageKind::List if n != 1 => format!("{n} pages of links"),
        _ => layout::count(n as usize, what),
    };
    let good = matches!(kind, PageKind::Article | PageKind::Notice | PageKind::List | PageKind::Media);
    html! { span class=[(!good).then_some("health blocked")] { (text) } }
}
