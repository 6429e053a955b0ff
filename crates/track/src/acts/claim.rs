//! A claim as one who reads acts asks for it: what its word is worth, and the sentence in which it stands.

use crate::memory::seen::Seen;
use crate::text::passage;
use crate::text::units;
use crate::text::words::{self, has_any};
use headwater_model::claim::ListChange;
use headwater_model::mention::VoiceKind;
use headwater_model::source::SourceClass;
use headwater_model::tracking::Cited;
use headwater_model::{Claim, Part};

/// What a claim's word is worth: its page's, unless it stands on anonymous people alone.
pub fn class_of(seen: &Seen, claim: &Claim) -> SourceClass {
    if seen.class != SourceClass::Press {
        return seen.class;
    }
    let anonymous = claim.attribution.iter().any(|a| a.source.kind == VoiceKind::Anonymous);
    let named = claim.attribution.iter().any(|a| {
        matches!(
            a.source.kind,
            VoiceKind::Official | VoiceKind::Document | VoiceKind::Organisation | VoiceKind::Person
        )
    });
    if anonymous && !named { SourceClass::Anonymous } else { SourceClass::Press }
}

/// The sentence in which a claim stands.
pub fn sentence_of<'a>(seen: &'a Seen, claim: &Claim) -> &'a str {
    if claim.evidence.part() != Part::Text {
        return seen.title.as_str();
    }
    let text = seen.text.as_str();
    let at = seen.text.bytes(claim.evidence.span());
    &text[passage::sentence_start(text, at.start)..passage::sentence_end(text, at.start).max(at.end)]
}

pub fn cite(seen: &Seen, claim: &Claim) -> Cited {
    seen.cite(claim.evidence.clone())
}

/// Whether a claim speaks of a listing that was made before and tells of no new act: "has sued over its inclusion".
pub fn presupposes(claim: &Claim) -> bool {
    let quote = units::simplified(claim.evidence.quote());
    claim.change == Some(ListChange::Added) && has_any(&quote, &words::lists().members.presupposing)
}
