//! The frame of every page.

use crate::script::{lang_of, said};
use maud::{DOCTYPE, Markup, html};

const PLACES: &[(&str, &str)] = &[
    ("/", "What changed"),
    ("/stories", "Stories"),
    ("/claims", "Claims"),
    ("/measures", "Measures"),
    ("/lists", "Lists"),
    ("/sources", "Sources"),
];

/// A whole page. `place` is the address in the navigation that it belongs to.
pub fn page(title: &str, place: &str, sample: bool, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title lang=[lang_of(title)] { (title) " · Headwater" }
                link rel="stylesheet" href="/style.css";
                link rel="alternate" type="application/atom+xml" title="What changed" href="/feed.xml";
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                @if sample {
                    p.sample role="note" { strong { "Sample data." } " Every outlet and article here was written for the demo; none of it is news." }
                }
                header.site {
                    a.brand href="/" { "Headwater" }
                    nav aria-label="Main" {
                        @for (href, name) in PLACES {
                            a href=(href) aria-current=[(*href == place).then_some("page")] { (name) }
                        }
                    }
                    form.search action="/search" role="search" {
                        label.hidden for="q" { "Search" }
                        input id="q" name="q" type="search" placeholder="Search";
                    }
                }
                main id="content" {
                    h1 { (said(title)) }
                    (body)
                }
            }
        }
    }
}

/// A moment as a person reads it; the machine's form stands beside.
pub fn moment(at: jiff::Timestamp) -> Markup {
    let seconds = format!("{at:.0}");
    let minutes = seconds.get(..16).unwrap_or(&seconds).replace('T', " ");
    html! { time datetime=(seconds) { (minutes) " UTC" } }
}

/// A number and what is counted, in the singular or the plural.
pub fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// A sentence that names commands between backticks, as messages for a terminal do.
pub fn advice(text: &str) -> Markup {
    html! { @for (i, part) in text.split('`').enumerate() { @if i % 2 == 1 { code { (part) } } @else { (said(part)) } } }
}

/// What a page behind the last one of a list says.
pub fn before_here(list: &str) -> Markup {
    html! { p.nothing { "The list ends before this page. " a href=(list) { "Its first page" } } }
}

/// A sentence for an empty page: what would be here, and how it comes to be.
pub fn nothing(what: &str) -> Markup {
    html! { p.nothing { (what) } }
}
