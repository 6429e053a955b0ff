//! What the tracker reads off an article and its analysis besides references and terms: its moment, links, people,
//! marks.

use crate::compare::{figure_mark, mark};
use crate::glossary::Found;
use crate::publisher;
use headwater_model::{Analysis, Article, Evidence, NoticeKind, Part};

/// Second of publication, where the page states it to the minute with its offset.
pub fn moment(article: &Article) -> Option<i64> {
    let value = &article.published.as_ref()?.value;
    let stamp: Option<jiff::Timestamp> = value.parse().ok();
    stamp.map(|s| s.as_second())
}

/// Addresses that the text links to, and the words that carry each link.
pub fn links(article: &Article) -> Vec<(String, Option<headwater_model::Evidence>)> {
    /// A page with more links in its text is a list of links.
    const MOST: usize = 100;
    let own = publisher::address(&article.url);
    let all = article.links.iter().take(MOST).map(|l| (publisher::address(&l.href), l.evidence.clone()));
    let mut found: Vec<_> = all.filter(|(address, _)| *address != own).collect();
    found.extend(written_out(&article.text).into_iter().filter(|(address, _)| *address != own));
    let original = article.notices.iter().filter(|n| n.kind == NoticeKind::OriginalUrl);
    found.extend(original.map(|n| (publisher::address(&n.value), Some(n.evidence.clone()))));
    found
}

/// Addresses that stand in the text as such.
fn written_out(text: &headwater_model::Text) -> Vec<(String, Option<Evidence>)> {
    /// A text with more of them is a list of links.
    const MOST: usize = 20;
    let whole = text.as_str();
    let starts = whole.match_indices("http").filter(|(at, _)| {
        let rest = &whole[*at..];
        rest.starts_with("http://") || rest.starts_with("https://")
    });
    let address = |(at, _): (usize, &str)| {
        let rest = &whole[at..];
        let end = rest.find(|c: char| !c.is_ascii_graphic() || "\"<>".contains(c)).unwrap_or(rest.len());
        let link = rest[..end].trim_end_matches(['.', ',', ';', ')', ']']);
        (publisher::address(link), text.cut(at..at + link.len(), Part::Text))
    };
    starts.take(MOST).map(address).collect()
}

/// People that the knowledge lacks and whose word the article gives.
pub fn persons(analysis: &Analysis) -> Vec<(String, Evidence)> {
    let unknown = |a: &&headwater_model::mention::Attribution| {
        a.source.entity.is_none() && a.source.kind == headwater_model::mention::VoiceKind::Person
    };
    let found = analysis.attributions.iter().filter(unknown);
    found.map(|a| (publisher::bare(&a.source.text), a.evidence.clone())).collect()
}

/// Entities and figures in text order, with the byte where each stands.
pub fn marks(article: &Article, analysis: &Analysis) -> Vec<(usize, u32)> {
    let at = |evidence: &Evidence| article.text.bytes(evidence.span()).start;
    let entity = |e: &headwater_model::mention::EntityMention| {
        let id = e.id.as_ref().filter(|_| e.evidence.part() == Part::Text)?;
        Some((at(&e.evidence), mark(id.as_str())))
    };
    let figure = |q: &headwater_model::mention::Quantity| {
        let mark = figure_mark(q).filter(|_| q.evidence.part() == Part::Text)?;
        Some((at(&q.evidence), mark))
    };
    let dates = analysis.dates.iter().filter(|d| d.evidence.part() == Part::Text);
    let mut found: Vec<_> = analysis.entities.iter().filter_map(entity).collect();
    found.extend(analysis.quantities.iter().filter_map(figure));
    found.extend(dates.map(|d| (at(&d.evidence), mark(&d.value))));
    found.sort_unstable();
    found
}

/// Entities, figures and terms in text order.
pub fn outline(marks: &[(usize, u32)], concepts: &[Found]) -> Vec<u32> {
    let concepts = concepts.iter().map(|found| (found.start as usize, found.concept));
    let mut all: Vec<(usize, u32)> = marks.iter().copied().chain(concepts).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, mark)| mark).collect()
}

/// Entities in the cells of tables, in order of the text.
pub fn named(
    article: &Article,
    analysis: &Analysis,
) -> Vec<(headwater_model::Span, headwater_model::EntityId)> {
    if article.tables.is_empty() {
        return Vec::new();
    }
    let in_text = analysis.entities.iter().filter(|e| e.evidence.part() == Part::Text);
    let mut found: Vec<_> = in_text.filter_map(|e| Some((e.evidence.span(), e.id.clone()?))).collect();
    found.sort();
    found
}
