//! Measures that the knowledge lacks, proposed from claims that are about one with a name of its own: a person confirms
//! them, or says that they are none.

use crate::glossary::{self, Concept};
use crate::seen::Seen;
use crate::units::folded;
use crate::words;
use headwater_model::claim::Frame;
use headwater_model::id::digest;
use headwater_model::mention::EntityKind;
use headwater_model::source::SourceClass;
use headwater_model::{Analysis, Article, Claim, MeasureId, Part};
use std::ops::Range;

/// Proposes the measure that the claim at a place of an article is about: an instrument that its sentence names, or, on
/// an authority's numbered document about trade, the document itself; `title` are the terms of its headline.
pub fn propose(
    seen: &Seen,
    at: usize,
    article: &Article,
    analysis: &Analysis,
    title: &[Concept],
) -> Option<(MeasureId, String)> {
    let claim = seen.claims.get(at)?;
    let binds = matches!(
        claim.frame,
        Frame::Requirement
            | Frame::Restriction
            | Frame::Instruction
            | Frame::Permission
            | Frame::Charge
            | Frame::Funding
    );
    if !binds || claim.measure.is_some() {
        return None;
    }
    let about = seen.concepts.get(at).map_or(&[][..], Vec::as_slice);
    let trade = || about.iter().chain(title).any(|concept| glossary::is_trade(*concept));
    let official = seen.class == SourceClass::Official;
    let name = named_in(claim, article, analysis)
        // An authority's own text names many a law that it rests on.
        .or_else(|| english_name(claim, article, analysis).filter(|_| !official && trade()))
        .or_else(|| numbered(article, analysis, seen.class).filter(|_| trade()))?;
    let key = format!("proposed-{}", &digest(&[folded(&name).as_bytes()])[..16]);
    Some((MeasureId::new(key), name))
}

/// The instrument that an English sentence names in capitals: the Remote Access Security Act. One that the knowledge has
/// is no proposal, and neither is what another rests on: "under the Trade Expansion Act".
fn english_name(claim: &Claim, article: &Article, analysis: &Analysis) -> Option<String> {
    let part = claim.evidence.part();
    // Every word of a headline may have a capital.
    if part != Part::Text {
        return None;
    }
    let text = article.part(part);
    let bytes = text.bytes(claim.evidence.span());
    let quote = &text.as_str()[bytes.clone()];
    let known = |at: Range<usize>| {
        let (start, end) = (bytes.start + at.start, bytes.start + at.end);
        let inside = |e: &&headwater_model::mention::EntityMention| {
            let own = text.bytes(e.evidence.span());
            own.start < end
                && start < own.end
                && matches!(e.kind, EntityKind::Law | EntityKind::Measure | EntityKind::List)
        };
        analysis.entities.iter().filter(|e| e.id.is_some() && e.evidence.part() == part).any(|e| inside(&e))
    };
    capital_runs(quote).into_iter().find_map(|run| {
        let name = &quote[run.clone()];
        let lists = words::lists();
        let ends = lists.english_instruments.iter().any(|end| name.ends_with(end.as_str()));
        let before = quote[..run.start].trim_end().to_lowercase();
        let before = before.strip_suffix("the").unwrap_or(&before).trim_end();
        let rests = lists.resting_english.iter().any(|word| before.ends_with(word.as_str()));
        (ends && name.split(' ').count() > 2 && !rests && !known(run)).then(|| name.to_owned())
    })
}

/// Runs of words with capitals, joined by small ones: Creating Helpful Incentives to Produce Semiconductors Act.
fn capital_runs(quote: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut run, mut at): (Option<Range<usize>>, usize) = (None, 0);
    for word in quote.split(' ') {
        let bare = word.trim_end_matches(['.', ',', ';', ':', ')', '"']);
        let span = at..at + bare.len();
        let joins = matches!(bare, "of" | "and" | "for" | "on" | "to" | "in");
        let capital = bare.starts_with(|c: char| c.is_ascii_uppercase()) && bare != "The";
        if capital {
            run = Some(run.map_or(span.clone(), |r| r.start..span.end));
        }
        if (!capital && !joins) || bare.len() < word.len() {
            found.extend(run.take());
        }
        at += word.len() + 1;
    }
    found.extend(run);
    found
}

/// The instrument in title marks in the claim's words. One that the knowledge has is no proposal, and neither is what a
/// measure only rests on: 根据《…法》.
fn named_in(claim: &Claim, article: &Article, analysis: &Analysis) -> Option<String> {
    let part = claim.evidence.part();
    let text = article.part(part);
    let within = text.bytes(claim.evidence.span());
    titles(text.as_str(), within).into_iter().find_map(|title| {
        let known = analysis.entities.iter().any(|e| {
            e.id.is_some()
                && e.evidence.part() == part
                && title.contains(&text.bytes(e.evidence.span()).start)
        });
        let before = &text.as_str()[..title.start - '《'.len_utf8()];
        let lists = words::lists();
        let rested_on = lists.resting.iter().any(|word| before.ends_with(word.as_str()));
        let name = without_state(&text.as_str()[title]);
        let instrument = lists.instruments.iter().any(|end| name.ends_with(end.as_str()));
        (!known && !rested_on && instrument).then(|| name.to_owned())
    })
}

/// What stands in title marks.
fn titles(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    /// Bytes of the longest title.
    const LONGEST: usize = 240;
    let opened = text[within.clone()].match_indices('《');
    let closed = |(at, mark): (usize, &str)| {
        let start = within.start + at + mark.len();
        let len = text[start..].find('》')?;
        (len <= LONGEST).then(|| start..start + len)
    };
    opened.filter_map(closed).collect()
}

/// A title without what tells its state: （征求意见稿）, （试行）.
fn without_state(title: &str) -> &str {
    title.split(['（', '(']).next().unwrap_or(title).trim()
}

/// The headline of an authority's own numbered document.
fn numbered(article: &Article, analysis: &Analysis, class: SourceClass) -> Option<String> {
    let official = article.official.as_ref().filter(|_| class == SourceClass::Official)?;
    let title = article.title.as_str().to_lowercase();
    if words::has_any(&title, &words::lists().formalities) {
        return None;
    }
    // A notice that puts members on a list moves the list.
    let lists = analysis.claims.iter().any(|claim| claim.frame == Frame::Listing);
    let named = official.number.is_some() && !article.title.is_empty() && !lists;
    named.then(|| {
        let whole = article.title.as_str();
        let inner = titles(whole, 0..whole.len()).into_iter().next();
        inner.map_or(without_kind(whole), |title| without_state(&whole[title])).to_owned()
    })
}

/// A headline without the kind of notice that it ends in, so that a case's notices are steps of one measure: "Steel
/// Nails From Taiwan: Final Results of Antidumping Duty Administrative Review".
fn without_kind(title: &str) -> &str {
    let Some((name, rest)) = title.split_once([':', ';']) else { return title };
    let rest = rest.trim_start().to_lowercase();
    let kind = words::lists().notice_kinds.iter().any(|kind| rest.starts_with(kind.as_str()));
    if kind { name.trim() } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_of_one_case_are_of_one_name() {
        assert_eq!(
            without_kind("Steel Nails From Taiwan: Final Results of Antidumping Duty Administrative Review"),
            "Steel Nails From Taiwan"
        );
        let whole = "Export Administration Regulations: Controls on Laser Tools";
        assert_eq!(without_kind(whole), whole);
    }

    #[test]
    fn names_are_runs_of_capitals() {
        let quote =
            "The bill, known as the Remote Cloud Access Security Act, would bar Acme from renting chips";
        let runs: Vec<&str> = capital_runs(quote).into_iter().map(|run| &quote[run]).collect();
        assert_eq!(runs, ["Remote Cloud Access Security Act", "Acme"]);
    }

    #[test]
    fn titles_lose_their_state() {
        let text = "现就《算力设施管理办法（征求意见稿）》公开征求意见";
        let found = titles(text, 0..text.len());
        assert_eq!(found.len(), 1);
        assert_eq!(without_state(&text[found[0].clone()]), "算力设施管理办法");
        assert!(titles("《未完", 0.."《未完".len()).is_empty());
    }
}
