//! What the tracker reads off an article and its analysis besides references and terms: its moment, links, people,
//! marks.

pub mod asserted;
pub mod event;
pub mod figures;
pub mod publisher;
pub mod reference;
pub mod steps;
pub mod unread;
pub mod wording;

use crate::reading::figures::figure_mark;
use crate::text::glossary::Found;
use crate::text::terms::mark;
use crate::text::words;
use headwater_model::capture::page;
use headwater_model::mention::{Comparator, Quantity, QuantityKind};
use headwater_model::time::Precision;
use headwater_model::{Analysis, Article, Evidence, NoticeKind, Part, Span};
use rust_decimal::Decimal;

/// Second of publication, where the page states it to the minute with its offset.
pub fn moment(article: &Article) -> Option<i64> {
    let value = &article.published.as_ref()?.value;
    let stamp: Option<jiff::Timestamp> = value.parse().ok();
    stamp.map(|s| s.as_second())
}

/// Those who wrote an article, folded: by its by-line, or by a line at the head of its text that is but a name.
pub fn authors(article: &Article) -> Vec<String> {
    /// Lines that may be one, and their length.
    const LINES: usize = 2;
    const LONGEST: usize = 60;
    let head = article.text.as_str().lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES);
    let name = |line: &str| {
        let (line, signed) = line.strip_prefix("By ").map_or((line, false), |rest| (rest, true));
        let name = line.split(',').next().unwrap_or_default();
        // "By Ada Lind in Oslo and Bo Ek in Riga" names two, the first first.
        let name = if signed { name.split(" in ").next().unwrap_or_default() } else { name };
        let name = name.split(" and ").next().unwrap_or_default().trim();
        (line.len() <= LONGEST && is_name(name)).then(|| publisher::bare(name))
    };
    let mut found: Vec<String> = article.byline.iter().map(|author| publisher::bare(author)).collect();
    for author in head.filter_map(name) {
        if !found.contains(&author) {
            found.push(author);
        }
    }
    found
}

/// Whether words are a person's name as it is written in Latin letters: two or three words with capitals.
fn is_name(words: &str) -> bool {
    let capital = |word: &str| {
        let mut letters = word.chars().filter(|c| !matches!(c, '.' | '-' | '\''));
        letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_alphabetic)
    };
    (2..=3).contains(&words.split(' ').count()) && words.split(' ').all(capital)
}

/// Addresses that the text links to, and the words that carry each link.
pub fn links(article: &Article) -> Vec<(String, Option<headwater_model::Evidence>)> {
    /// A page with more links in its text is a list of links.
    const MOST: usize = 100;
    let own = page(&article.url);
    let all = article.links.iter().take(MOST).map(|l| (page(&l.href), l.evidence.clone()));
    let mut found: Vec<_> = all.filter(|(address, _)| *address != own).collect();
    found.extend(written_out(&article.text).into_iter().filter(|(address, _)| *address != own));
    let original = article.notices.iter().filter(|n| n.kind == NoticeKind::OriginalUrl);
    found.extend(original.map(|n| (page(&n.value), Some(n.evidence.clone()))));
    found
}

/// Addresses that stand in the text as such, with "http" before them or without.
fn written_out(text: &headwater_model::Text) -> Vec<(String, Option<Evidence>)> {
    /// A text with more of them is a list of links.
    const MOST: usize = 20;
    let whole = text.as_str();
    let outside = |c: char| !c.is_ascii_graphic() || "\"<>()[]".contains(c);
    let words = whole.split(outside).filter(|word| word.contains('/'));
    let address = |word: &str| {
        let at = word.as_ptr() as usize - whole.as_ptr() as usize;
        let link = word.trim_end_matches(['.', ',', ';', ':']);
        let bare = link.strip_prefix("http://").or_else(|| link.strip_prefix("https://"));
        let (host, path) = bare.unwrap_or(link).split_once('/')?;
        let is_host = bare.is_some() || (host.contains('.') && !path.is_empty() && publisher::is_host(host));
        is_host.then(|| (page(link), text.cut(at..at + link.len(), Part::Text)))
    };
    words.filter_map(address).take(MOST).collect()
}

/// People that the knowledge lacks and whose word the article gives, or who are told to have written.
pub fn persons(article: &Article, analysis: &Analysis) -> Vec<(String, Evidence)> {
    let unknown = |a: &&headwater_model::mention::Attribution| {
        a.source.entity.is_none() && a.source.kind == headwater_model::mention::VoiceKind::Person
    };
    let voices = analysis.attributions.iter().filter(unknown);
    let full = |name: &str| full_name(article.text.as_str(), name).unwrap_or(name).to_owned();
    let mut found: Vec<(String, Evidence)> =
        voices.map(|a| (publisher::bare(&full(&a.source.text)), a.evidence.clone())).collect();
    for (name, evidence) in writers(&article.text) {
        if !found.iter().any(|(known, _)| *known == name) {
            found.push((name, evidence));
        }
    }
    found
}

/// The whole name of somebody who is called by the last part of it where his word is given: "Ada Lind", later "Lind".
fn full_name<'t>(text: &'t str, last: &str) -> Option<&'t str> {
    let single = !last.contains(' ') && last.starts_with(|c: char| c.is_ascii_uppercase());
    let places = single.then(|| words::places(text, last)).into_iter().flatten();
    let longest = |at: std::ops::Range<usize>| {
        let starts = text[..at.start].rmatch_indices(' ').map(|(space, _)| space + 1).take(3).skip(1);
        starts.map(|start| &text[start..at.end]).filter(|name| is_name(name)).last()
    };
    places.into_iter().find_map(longest)
}

/// Names right before a word of writing: "As Harriet Oduya reported in London".
fn writers(text: &headwater_model::Text) -> Vec<(String, Evidence)> {
    /// A text with more of them is a list of people.
    const MOST: usize = 20;
    let whole = text.as_str();
    let cues = words::lists().sources.writing.iter().flat_map(|cue| whole.match_indices(cue.as_str()));
    let mut places: Vec<usize> = cues.map(|(at, _)| at).collect();
    places.sort_unstable();
    let name = |end: usize| {
        let before = &whole[..end];
        let mut starts = before.rmatch_indices(' ').map(|(at, _)| at + 1).take(3).skip(1);
        let (two, three) = (starts.next()?, starts.next());
        let fits = |start: &usize| is_name(&before[*start..]);
        let start = three.filter(fits).or(Some(two).filter(fits))?;
        Some((publisher::bare(&before[start..]), text.cut(start..end, Part::Text)?))
    };
    places.into_iter().filter_map(name).take(MOST).collect()
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

/// What an article asserts; the only figure in a claim's words, beside those of its voices, is the claim's: "two people
/// said" counts nothing of it.
pub fn claims(analysis: &Analysis) -> Vec<headwater_model::Claim> {
    let voiced = |evidence: &Evidence| analysis.attributions.iter().any(|a| a.evidence.overlaps(evidence));
    let mut claims = analysis.claims.clone();
    for claim in &mut claims {
        // "A rule that has puzzled more than one reader" gives no figure.
        let single = |q: &Quantity| {
            q.kind == QuantityKind::Count && q.low.or(q.high).is_some_and(|n| n <= Decimal::ONE)
        };
        if claim.quantity.as_ref().is_some_and(|figure| !voiced(&figure.evidence) && !single(figure)) {
            continue;
        }
        let here = analysis.quantities.iter().filter(|q| claim.evidence.overlaps(&q.evidence));
        let mut own = here.filter(|q| figures::is_telling(q) && !voiced(&q.evidence));
        if let (Some(figure), None) = (own.next(), own.next()) {
            claim.quantity = Some(figure.clone());
        }
    }
    claims
}

/// Telling figures in each of some words, beside those of voices. What stands in brackets behind a figure, "up to 52 billion
/// forints ($156 million)", is bounded as it is.
pub fn figures(article: &Article, analysis: &Analysis, words: &[Evidence]) -> Vec<Vec<Quantity>> {
    let voiced = |evidence: &Evidence| analysis.attributions.iter().any(|a| a.evidence.overlaps(evidence));
    let bracketed = |before: &Quantity, q: &Quantity| {
        let (end, start) = (before.evidence.span().end, q.evidence.span().start);
        let part = article.part(q.evidence.part());
        before.evidence.part() == q.evidence.part()
            && (end < start && start - end <= BRACKET)
            && matches!(part.slice(Span::new(end, start)).trim(), "(" | "（")
    };
    let mut all: Vec<Quantity> = Vec::new();
    // Most figures of a long table stand in none of the words.
    let is_asked = |q: &&Quantity| words.iter().any(|words| words.overlaps(&q.evidence));
    let told = analysis.quantities.iter().filter(is_asked);
    for figure in told.filter(|q| figures::is_telling(q) && !voiced(&q.evidence)) {
        let mut figure = figure.clone();
        let before = analysis.quantities.iter().find(|before| bracketed(before, &figure));
        if let Some(before) = before.filter(|_| figure.comparator == Comparator::Exact) {
            figure.comparator = before.comparator;
        }
        all.push(figure);
    }
    let of = |words: &Evidence| all.iter().filter(|q| words.overlaps(&q.evidence)).cloned().collect();
    words.iter().map(of).collect()
}

/// Characters between a figure and the one in brackets behind it: a blank and the bracket.
const BRACKET: u32 = 2;

/// Telling figures and days in each of some words, by hash, sorted: what two tellings of a claim have in common beside
/// its main figure.
pub fn details(analysis: &Analysis, words: &[Evidence]) -> Vec<Vec<u32>> {
    let figures = analysis.quantities.iter().filter(|q| figures::is_telling(q));
    let figures = figures.filter_map(|q| Some((&q.evidence, figure_mark(q)?)));
    let days = analysis.dates.iter().filter(|d| d.precision == Precision::Day);
    let all: Vec<(&Evidence, u32)> = figures.chain(days.map(|d| (&d.evidence, mark(&d.value)))).collect();
    let of = |words: &Evidence| {
        let here = all.iter().filter(|(evidence, _)| words.overlaps(evidence));
        let mut marks: Vec<u32> = here.map(|(_, mark)| *mark).collect();
        marks.sort_unstable();
        marks.dedup();
        marks
    };
    words.iter().map(of).collect()
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

/// Whether a headline says that the page tells of many things.
pub fn is_round_up(title: &str) -> bool {
    let lower = title.to_lowercase();
    words::has_any(&lower, &words::lists().texts.round_ups)
}
