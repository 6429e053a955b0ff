//! On whose word a claim is told.

use crate::claims::compare::{Difference, Said};
use crate::reading::reference::Via;
use crate::text::passage;
use crate::text::units::folded;
use crate::text::words::{self, has_any};
use headwater_model::mention::{Attribution, EntityKind, VoiceKind};
use headwater_model::tracking::Dimension;
use headwater_model::{Knowledge, Part};

pub(super) fn attribution(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let anonymous =
        |s: Said| s.claim.attribution.iter().find(|a| a.source.kind == VoiceKind::Anonymous).cloned();
    let title = to.claim.evidence.part() == Part::Title;
    let people = |s: Said| s.claim.attribution.iter().any(|a| a.source.kind != VoiceKind::Outlet);
    // A source's name is lost where nothing in the article names one any more.
    let names_same = |r: &crate::reading::reference::Reference| {
        let in_text = r.via != Via::SourceLine;
        (in_text && r.names(&from.seen.publisher))
            || from.seen.references.iter().any(|known| known.same_source(r))
    };
    let outlet = !from.claim.attribution.is_empty()
        && (is_beheaded(from, to) || !to.seen.references.iter().any(names_same));
    let names_author = || from.seen.authors.iter().any(|name| to.seen.text.as_str().contains(name.as_str()));
    let covered = || !is_beheaded(from, to) && (is_covered(from, to) || names_author());
    // "On the word of three people" is a voice, however it was read.
    let retold = || from.claim.attribution.iter().any(is_unnamed) && counts_people(to.claim.evidence.quote());
    if (people(from) || outlet) && to.claim.attribution.is_empty() && !title && !covered() && !retold() {
        return Some(Difference::new(Dimension::Attribution, told(from), "none"));
    }
    if !title && are_people_lost(from, to, knowledge) {
        return Some(Difference::new(Dimension::Attribution, told(from), told(to)));
    }
    let (a, unnamed) = (anonymous(from)?, anonymous(to));
    // "China plans" is no official who speaks, and a voice that the first has too is no stronger one.
    let named = |a: &Attribution| {
        matches!(a.source.kind, VoiceKind::Official | VoiceKind::Organisation | VoiceKind::Document)
    };
    let speaks = |a: &&Attribution| {
        let known = a.source.entity.as_ref().and_then(|id| knowledge.entity(id));
        named(a)
            && a.source.count.is_none()
            && !counts_people(&a.source.text)
            && known.is_none_or(|e| e.kind != EntityKind::Place)
            && !from.claim.attribution.iter().any(named)
    };
    if let (Some(official), None) = (to.claim.attribution.iter().find(speaks), &unnamed) {
        return Some(Difference::new(Dimension::Attribution, a.source.text, official.source.text.clone()));
    }
    let (x, y) = (a.source.count?, unnamed.and_then(|u| u.source.count)?);
    (x != y).then(|| Difference::new(Dimension::Attribution, format!("{x}"), format!("{y}")))
}

/// On whose word a claim is told, as its article says it.
pub(super) fn told(said: Said) -> String {
    let voices = said.claim.attribution.iter().map(|voice| voice.source.text.as_str());
    voices.collect::<Vec<_>>().join("; ")
}

/// Whether words count people: "on the word of three people", 两名供应商, and neither "within three years" nor "three
/// frigates".
pub(super) fn counts_people(words: &str) -> bool {
    /// Words behind the number within which it is said who is counted: "two former senior officials".
    const NEAR: usize = 3;
    let (folded, lists) = (words::spaced(words), &words::lists().wording);
    let witnesses = has_any(&folded, &lists.witnesses);
    let counted = lists.counted_people.iter().flat_map(|number| folded.match_indices(number.as_str()));
    counted.into_iter().any(|(at, number)| {
        if !number.is_ascii() {
            return !folded[..at].ends_with('第');
        }
        let behind = folded[at + number.len()..].split_whitespace().take(NEAR).collect::<Vec<_>>().join(" ");
        let near = format!(" {behind} ");
        witnesses || has_any(&near, &lists.people) || has_any(&near, &lists.callings)
    })
}

/// Whether a voice is that of people who are not named: "two officials".
pub(super) fn is_unnamed(voice: &Attribution) -> bool {
    let people = &words::lists().wording.people;
    match voice.source.kind {
        VoiceKind::Anonymous => true,
        VoiceKind::Official => {
            voice.source.count.is_some() && words::has_any(&words::spaced(&voice.source.text), people)
        }
        _ => false,
    }
}

/// Whether the second sentence is the first without the words for who said it at its beginning.
pub(super) fn is_beheaded(from: Said, to: Said) -> bool {
    let (long, short) = (folded(from.claim.evidence.quote()), folded(to.claim.evidence.quote()));
    long.len() > short.len() && !short.is_empty() && long.ends_with(&short)
}

/// Whether the unnamed people on whose word a report rests are gone from a claim that is laid to the report alone, and
/// from all before it and the sentence behind it: "two people told the paper", told as "the paper reported".
fn are_people_lost(from: Said, to: Said, knowledge: &Knowledge) -> bool {
    let people = &words::lists().wording.people;
    // Of an outlet that the knowledge lacks the reference tells that it is one.
    let outlet = |a: &Attribution| {
        let known = a.source.entity.as_ref().and_then(|id| knowledge.entity(id)).map(|e| e.kind);
        let named = || to.seen.references.iter().any(|r| r.node && r.evidence == a.evidence);
        a.source.kind == VoiceKind::Outlet || (known.is_none() && !is_unnamed(a) && named())
    };
    let voices = &to.claim.attribution;
    let around = || words::spaced(passage::up_to_next(to.seen.text.as_str(), to.bytes().end));
    from.claim.attribution.iter().any(is_unnamed)
        && !voices.is_empty()
        && voices.iter().all(outlet)
        && !counts_people(to.claim.evidence.quote())
        && !words::has_any(&around(), people)
}

/// Whether an article's claim without a voice of its own follows words that lay it to somebody: "X reported.
/// Under the plan …".
pub(super) fn is_covered(from: Said, said: Said) -> bool {
    /// Characters after the claim within which the source may be named.
    const REACH: u32 = 120;
    let span = said.claim.evidence.span();
    // An authority that the first article mentions, too, is none that it would be laid to.
    let mentioned = |r: &crate::reading::reference::Reference| {
        r.via == Via::Name && !r.node && from.seen.references.iter().any(|known| known.same_source(r))
    };
    let near = |r: &crate::reading::reference::Reference| {
        !mentioned(r)
            && r.evidence.part() == Part::Text
            && (r.node || r.via != Via::Attribution)
            && r.via != Via::SourceLine
            && r.evidence.span().start < span.end + REACH
    };
    said.seen.references.iter().any(near)
}
