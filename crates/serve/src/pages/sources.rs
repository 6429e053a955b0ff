//! Sources and how they fare.

use crate::error::Error;
use crate::layout;
use crate::site::{Asked, Site};
use maud::{Markup, html};

pub fn draw(site: &Site, _: &Asked) -> Result<Markup, Error> {
    let sources = site.ledger()?.sources()?;
    let body = html! {
        @if sources.is_empty() { (layout::nothing("No source has been asked yet: `headwater source add URL`, then `headwater collect`.")) }
        @else {
            div.scroll tabindex="0" role="region" aria-label="Table of sources" {
                table {
                    thead { tr { th { "Source" } th { "Fares" } th { "Since" } th { "Entries" } th { "Last new" } th { "What to do" } } }
                    tbody {
                        @for s in &sources {
                            tr {
                                td { strong { (s.name) } br; span.url { (s.url) } }
                                td { span class={ "health " (s.health) } { (s.health) } }
                                td { @if let Some(t) = s.since { (layout::moment(t)) } }
                                td { (s.entries) }
                                td { @if let Some(t) = s.last_new { (layout::moment(t)) } }
                                td { (s.message) }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(layout::page("Sources", "/sources", site.sample, body))
}
