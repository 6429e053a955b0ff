//! The lists that a document acts upon: those that it names, else those of the notices whose numbers it gives, else that of the
//! office that acts.

use super::grammar::{grammar, offices};
use crate::acts::known::Asked;
use crate::acts::numbers;
use crate::memory::seen::Seen;
use crate::text::words::{has_any, starts_with_any};
use headwater_model::mention::EntityKind;
use headwater_model::{Analysis, EntityId, Knowledge, Part};
use std::ops::Range;

/// A list where it is named; at the beginning, without words, where the whole document is about it.
pub type ListAt = (Range<usize>, EntityId);

/// The lists, in the order of the text.
pub fn lists(seen: &Seen, analysis: &Analysis, knowledge: &Knowledge, known: &Asked) -> Vec<ListAt> {
    let is_own = |id: &EntityId| is_list(id, knowledge) && is_ours(id, seen, knowledge);
    let mut lists = by_name(seen, analysis, is_own);
    if lists.is_empty() {
        let named = numbers::numbers_of_text(seen, analysis);
        lists.extend(named.into_iter().filter_map(|(key, at)| Some((at, known.list(&key)?))));
    }
    if lists.is_empty() {
        let mut acting = offices().iter().filter(|office| has_any(seen.folded(), &office.words));
        let own = acting.find(|office| is_own(&office.list));
        lists.extend(own.map(|office| (0..0, office.list.clone())));
    }
    lists.sort_by_key(|(at, _)| at.start);
    lists
}

fn is_list(id: &EntityId, knowledge: &Knowledge) -> bool {
    knowledge.is(id, EntityKind::List)
}

/// Whether a list may be the publisher's. What one government says of another's list is no act upon it.
fn is_ours(id: &EntityId, seen: &Seen, knowledge: &Knowledge) -> bool {
    let country = |id: &EntityId| knowledge.entity(id)?.country.clone();
    let (own, theirs) = (seen.publisher.entity.as_ref().and_then(country), country(id));
    own.is_none() || theirs.is_none() || own == theirs
}

fn by_name(seen: &Seen, analysis: &Analysis, is_own: impl Fn(&EntityId) -> bool) -> Vec<ListAt> {
    let folded = seen.folded();
    let mut lists: Vec<ListAt> = Vec::new();
    for mention in &analysis.entities {
        let Some(id) = mention.id.clone().filter(&is_own) else { continue };
        if mention.evidence.part() != Part::Text {
            // The title's list is that of the whole document.
            lists.insert(0, (0..0, id));
            continue;
        }
        let at = seen.text.bytes(mention.evidence.span());
        let after = folded[at.end..].trim_start_matches(['》', '」']);
        if !starts_with_any(after, &grammar().no_lists) {
            lists.push((at, id));
        }
    }
    lists.sort_by_key(|(at, _)| at.start);
    lists
}
