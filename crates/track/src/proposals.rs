//! Measures that the knowledge lacks, proposed from claims that are about one with a name of its own: a person confirms
//! them, or says that they are none.

use crate::units::folded;
use crate::words;
use headwater_model::claim::Frame;
use headwater_model::id::digest;
use headwater_model::source::SourceClass;
use headwater_model::{Analysis, Article, Claim, MeasureId};
use std::ops::Range;

/// Proposes the measure that a claim is about: an instrument that its sentence names in title marks, 《…办法》, or, on
/// an authority's numbered document, the document itself.
pub fn propose(
    claim: &Claim,
    article: &Article,
    analysis: &Analysis,
    class: SourceClass,
) -> Option<(MeasureId, String)> {
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
    let name = named_in(claim, article, analysis).or_else(|| numbered(article, analysis, class))?;
    let key = format!("proposed-{}", &digest(&[folded(&name).as_bytes()])[..16]);
    Some((MeasureId::new(key), name))
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
    // A notice that puts members on a list moves the list.
    let lists = analysis.claims.iter().any(|claim| claim.frame == Frame::Listing);
    let named = official.number.is_some() && !article.title.is_empty() && !lists;
    named.then(|| {
        let whole = article.title.as_str();
        let inner = titles(whole, 0..whole.len()).into_iter().next();
        inner.map_or(whole, |title| without_state(&whole[title])).to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_their_state() {
        let text = "现就《算力设施管理办法（征求意见稿）》公开征求意见";
        let found = titles(text, 0..text.len());
        assert_eq!(found.len(), 1);
        assert_eq!(without_state(&text[found[0].clone()]), "算力设施管理办法");
        assert!(titles("《未完", 0.."《未完".len()).is_empty());
    }
}
