//! An article: its text with the evidence marked, what it says of itself, and what became of it.

use super::{claim_card, references, replay, stories};
use crate::asked::Asked;
use crate::error::Error;
use crate::layout;
use crate::names;
use crate::script::{lang_of, said, within};
use crate::site::Site;
use headwater_ledger::Ledger;
use headwater_model::article::Table;
use headwater_model::id::NodeId;
use headwater_model::plain;
use headwater_model::tracking::{ClaimGroup, DifferenceKind, Mention, Version};
use headwater_model::{Analysis, Article, CaptureId, Evidence, Part, Span, Text};
use maud::{Markup, html};
use std::collections::BTreeSet;

pub fn draw(site: &Site, id: &str, _: &Asked) -> Result<Markup, Error> {
    let ledger = site.ledger()?;
    let id = CaptureId::new(id);
    let (article, analysis) =
        ledger.article_of(&id)?.ok_or_else(|| Error::not_found("There is no such article."))?;
    let groups = ledger.groups_of_edition(&article)?;
    let edits = ledger.versions(&article.url)?;
    let body = html! {
        (facts(site, &ledger, &article)?)
        (notices(&article))
        @if let Some(later) = edits.iter().find(|edit| edit.before == id) { p.notice role="note" { a href={ "/article/" (later.after) } { "A later edition" } " has other words; " a href="#edits" { "what changed" } " stands below." } }
        section.text lang=[names::lang(&article.language)] aria-label="Text" { (paragraphs(&article, &analysis)) }
        p.legend { "Marked: " mark.name { "names" } " " mark.figure { "figures and dates" } " " mark.voice { "voices" } " " mark.claim { "claims" } }
        (derivations(site, &ledger, &article, &edits)?)
        section { h2 { "Claims" } @if groups.is_empty() { (layout::nothing("No claims were found in it.")) } div.cards { @for group in &groups { (claim_card(group)) } } }
        (claims(site, &article, &analysis, &groups))
        (versions(&edits))
        (doubts(&article, &analysis))
        (references(article.capture.as_str()))
    };
    Ok(layout::page(&article.heading(), "", site.sample, body))
}

fn facts(site: &Site, ledger: &Ledger, article: &Article) -> Result<Markup, Error> {
    let captures = ledger.captures_at(&article.url)?;
    Ok(html! {
        dl.facts {
            dt { "Outlet" } dd { (said(&names::outlet(&site.knowledge, article))) }
            @if !article.byline.is_empty() { dt { "By" } dd { (said(&article.byline.join(", "))) } }
            @if let Some(date) = &article.published { dt { "Published" } dd { time { (date.value) } " " span.note { "(" (plain(date.basis)) ")" } } }
            @if let Some(date) = &article.modified { dt { "Modified" } dd { time { (date.value) } " " span.note { "(" (plain(date.basis)) ")" } } }
            dt { "Captured" } dd {
                a href=(replay::address("web", article.captured, &article.url)) { (layout::moment(article.captured)) }
                @if captures.len() > 1 { ", one of " (captures.len()) " captures: " @for c in &captures { @if c.id != article.capture { a href={ "/article/" (c.id) } { (layout::moment(c.captured)) } " " } } }
            }
            dt { "Address" } dd.url { (article.url) }
            @if article.page_kind.word() != "article" { dt { "Kind" } dd { (article.page_kind) @if let Some(reason) = &article.page_kind_reason { ": " (said(reason)) } } }
            @for story in ledger.stories_of(&article.capture)? { dt { "Story" } dd { a href={ "/story/" (story.id) } { (said(&stories::title(ledger, &story)?)) } } }
            @if let Some(official) = &article.official {
                @if let Some(number) = &official.number { dt { "Document" } dd { (said(number)) } }
                @if !official.issuers.is_empty() { dt { "Issued by" } dd { (said(&official.issuers.join(", "))) } }
                @if let Some(day) = &official.signed { dt { "Signed" } dd { (day) } }
                @if let Some(day) = &official.effective { dt { "Effective" } dd { (day) } }
                @for annex in &official.annexes { dt { "Annex" } dd.url { (annex) } }
            }
        }
    })
}

fn notices(article: &Article) -> Markup {
    html! {
        @if !article.notices.is_empty() {
            ul.notices aria-label="What the page says of itself" {
                @for notice in &article.notices { li { span.tag { (plain(notice.kind)) } " " (said(&notice.value)) } }
            }
        }
    }
}

/// The text, paragraph by paragraph; where one begins a table, the table, whose rows are paragraphs too.
fn paragraphs(article: &Article, analysis: &Analysis) -> Markup {
    let marks = Marks::of(analysis);
    let tables = tables(article);
    let whole = names::lang(&article.language);
    let mut drawn = 0;
    html! {
        @for paragraph in article.paragraphs.iter() {
            @if paragraph.span.start < drawn {}
            @else if let Some((table, end)) = table_at(&tables, paragraph.span) {
                @let () = drawn = end;
                (rows(article, table, &marks, whole))
            }
            @else {
                @let language = names::lang(&paragraph.language);
                p lang=[language] { (marked(&article.text, paragraph.span, &marks, language.or(whole))) }
            }
        }
    }
}

/// The tables with the place where each begins, in the order of these.
fn tables(article: &Article) -> Vec<(u32, &Table)> {
    let start = |t: &Table| Some(t.rows.first()?.first()?.start);
    let mut tables: Vec<_> = article.tables.iter().filter_map(|t| Some((start(t)?, t))).collect();
    tables.sort_by_key(|(start, _)| *start);
    tables
}

/// The table whose first row stands in a paragraph, and where its last row ends.
fn table_at<'a>(tables: &[(u32, &'a Table)], paragraph: Span) -> Option<(&'a Table, u32)> {
    let at = tables.partition_point(|(start, _)| *start < paragraph.start);
    let (_, table) = tables.get(at).filter(|(start, _)| *start <= paragraph.end)?;
    Some((table, table.rows.last()?.last()?.end))
}

fn rows(article: &Article, table: &Table, marks: &Marks, language: Option<&str>) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Table" {
            table { tbody {
                @for row in &table.rows { tr { @for cell in row { td { (marked(&article.text, *cell, marks, language)) } } } }
            } }
        }
    }
}

/// A stretch to mark: its evidence, its class, and the anchor of a claim.
struct Mark<'a> {
    evidence: &'a Evidence,
    class: &'static str,
    claim: Option<usize>,
}

/// The marks of a text in the order in which they begin. A long document has tens of thousands, and as many
/// paragraphs, so none of these may look through all of those.
struct Marks<'a> {
    marks: Vec<Mark<'a>>,
    /// How far the marks up to each one reach.
    reach: Vec<u32>,
}

impl<'a> Marks<'a> {
    fn of(analysis: &'a Analysis) -> Self {
        let mark = |class| move |evidence| Mark { evidence, class, claim: None };
        let mut marks: Vec<Mark> = Vec::new();
        marks.extend(analysis.entities.iter().map(|m| &m.evidence).map(mark("name")));
        marks.extend(analysis.quantities.iter().map(|m| &m.evidence).map(mark("figure")));
        marks.extend(analysis.dates.iter().map(|m| &m.evidence).map(mark("figure")));
        marks.extend(analysis.attributions.iter().map(|m| &m.evidence).map(mark("voice")));
        for (i, claim) in analysis.claims.iter().enumerate() {
            marks.push(Mark { evidence: &claim.evidence, class: "claim", claim: Some(i) });
        }
        marks.retain(|m| m.evidence.part() == Part::Text);
        marks.sort_by_key(|m| m.evidence.span().start);
        let furthest = |end: &mut u32, m: &Mark| {
            *end = (*end).max(m.evidence.span().end);
            Some(*end)
        };
        let reach = marks.iter().scan(0, furthest).collect();
        Marks { marks, reach }
    }

    /// The marks that share something with a stretch.
    fn over(&self, stretch: Span) -> impl Iterator<Item = &Mark<'a>> {
        let from = self.reach.partition_point(|end| *end <= stretch.start);
        let to = self.marks.partition_point(|m| m.evidence.span().start < stretch.end).max(from);
        self.marks[from..to].iter().filter(move |m| m.evidence.span().overlaps(stretch))
    }
}

/// A stretch of text, cut wherever a mark begins or ends; each piece has the classes of all marks over it.
fn marked(text: &Text, stretch: Span, marks: &Marks, language: Option<&str>) -> Markup {
    let Span { start, end } = stretch;
    let mut cuts: Vec<u32> = marks
        .over(stretch)
        .flat_map(|m| [m.evidence.span().start, m.evidence.span().end])
        .filter(|c| *c > start && *c < end)
        .collect();
    cuts.extend([start, end]);
    cuts.sort_unstable();
    cuts.dedup();
    html! {
        @for pair in cuts.windows(2) {
            @let over: Vec<&Mark> = marks.over(Span::new(pair[0], pair[1])).collect();
            @let words = within(language, text.slice(Span::new(pair[0], pair[1])));
            @let anchor = over.iter().filter(|m| m.evidence.span().start == pair[0]).find_map(|m| m.claim);
            @if over.is_empty() { (words) } @else {
                @let classes = classes(&over);
                mark class=(classes) id=[anchor.map(|c| format!("c{c}"))] { (words) }
            }
        }
    }
}

fn classes(marks: &[&Mark]) -> String {
    let mut classes: Vec<&str> = marks.iter().map(|m| m.class).collect();
    classes.sort_unstable();
    classes.dedup();
    classes.join(" ")
}

/// Which claims have an anchor in the text: those whose words stand there and are not those of an earlier one. The
/// others have theirs in the table.
fn anchored(article: &Article, analysis: &Analysis) -> Vec<bool> {
    let mut starts = BTreeSet::new();
    let in_text = |start: u32| article.paragraph_at(start).is_some_and(|p| start < p.span.end);
    let anchors = analysis.claims.iter().map(|claim| {
        let (part, start) = (claim.evidence.part(), claim.evidence.span().start);
        part == Part::Text && in_text(start) && starts.insert(start)
    });
    anchors.collect()
}

fn claims(site: &Site, article: &Article, analysis: &Analysis, groups: &[ClaimGroup]) -> Markup {
    let anchored = anchored(article, analysis);
    // Sentences that were read by the claims of other reports.
    let past = |m: &&Mention| m.capture == article.capture && m.claim as usize >= analysis.claims.len();
    let by_others =
        groups.iter().flat_map(|group| group.mentions.iter().filter(past).map(move |m| (group, m)));
    let by_others: Vec<(&ClaimGroup, &Mention)> = by_others.collect();
    html! {
        @if !analysis.claims.is_empty() || !by_others.is_empty() {
            section {
                h2 { "What it asserts" }
                div.scroll tabindex="0" role="region" aria-label="Table of claims" {
                    table.records {
                        thead { tr { th scope="col" { "Frame" } th scope="col" { "Who and what" } th scope="col" { "How much" } th scope="col" { "How firm" } th scope="col" { "On whose word" } th scope="col" { "Words" } } }
                        tbody {
                            @for (i, claim) in analysis.claims.iter().enumerate() {
                                tr id=[(!anchored[i]).then(|| format!("c{i}"))] {
                                    td data-label="Frame" { (claim.frame) @if let Some(change) = claim.change { " (" (change) ")" } }
                                    td data-label="Who and what" { @for filler in &claim.fillers { span.role { (filler.role) " " } (said(&names::filler(&site.knowledge, filler))) br; } }
                                    td data-label="How much" { @if let Some(q) = &claim.quantity { (said(q.evidence.quote())) } }
                                    td data-label="How firm" { (plain(claim.modality)) @if claim.polarity.word() == "negated" { ", negated" } @if claim.exclusivity.word() != "unspecified" { ", " (claim.exclusivity) } }
                                    td data-label="On whose word" { @for a in &claim.attribution { (said(&a.source.text)) br; } }
                                    td data-label="Words" { a href={ "#c" (i) } { q { (said(claim.evidence.quote())) } } }
                                }
                            }
                            @for (group, mention) in by_others {
                                tr id={ "c" (mention.claim) } {
                                    td data-label="Frame" { (group.frame) }
                                    td data-label="Who and what" { a href={ "/claim/" (group.id) } { "Read by what other reports say" } }
                                    td data-label="How much" { @if let Some(q) = &mention.quantity { (said(q.evidence.quote())) } }
                                    td data-label="How firm" { (plain(mention.modality)) @if mention.polarity.word() == "negated" { ", negated" } }
                                    td data-label="On whose word" { @for a in &mention.attribution { (said(&a.source.text)) br; } }
                                    td data-label="Words" { q { (said(mention.evidence.quote())) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn derivations(site: &Site, ledger: &Ledger, article: &Article, edits: &[Version]) -> Result<Markup, Error> {
    let up = ledger.edges_from(&article.capture)?;
    // Who cited the page before it was edited cited this page.
    let this_and_after = edits.iter().position(|version| version.before == article.capture);
    let earlier = edits[..this_and_after.unwrap_or(edits.len())].iter().map(|version| &version.before);
    let mut down = Vec::new();
    for capture in earlier.chain([&article.capture]) {
        down.extend(ledger.edges_to(&NodeId::Capture(capture.clone()))?);
    }
    Ok(html! {
        @if !(up.is_empty() && down.is_empty()) {
            section {
                h2 { "Where it comes from, and where it went" }
                ul {
                    @for edge in &up { li { span.tag { (edge.called()) } " of " (names::node(ledger, &site.knowledge, &edge.to)?) @for r in &edge.reasons { p.note { (said(&r.text)) } } } }
                    @for edge in &down { li { (names::cited(ledger, &site.knowledge, &edge.from)?) ": " span.tag { (edge.called()) } " of it" } }
                }
            }
        }
    })
}

fn versions(versions: &[Version]) -> Markup {
    html! {
        @if !versions.is_empty() {
            section {
                h2 #edits { "Edits" }
                @for version in versions {
                    article.card {
                        p.note { a href={ "/article/" (version.before) } { "before" } " → " a href={ "/article/" (version.after) } { "after" } }
                        @let whole: String = version.difference.iter().map(|(_, words)| words.as_str()).collect();
                        @let language = lang_of(&whole);
                        p lang=[language] { @for (kind, words) in &version.difference { (run(*kind, within(language, words))) } }
                    }
                }
            }
        }
    }
}

fn run(kind: DifferenceKind, words: Markup) -> Markup {
    match kind {
        DifferenceKind::Kept => html! { (words) },
        DifferenceKind::Removed => html! { del { (words) } },
        DifferenceKind::Added => html! { ins { (words) } },
    }
}

fn doubts(article: &Article, analysis: &Analysis) -> Markup {
    let doubts: Vec<_> = article.doubts.iter().chain(&analysis.doubts).collect();
    html! {
        @if !doubts.is_empty() {
            section { h2 { "Doubts" } ul { @for doubt in doubts { li { span.tag { (doubt.kind.replace('_', " ")) } " " (said(&plain(&doubt.message))) } } } }
        }
    }
}
