//! Which measure a claim is about.

use headwater_model::claim::{Filler, Role};
use headwater_model::{EntityId, Knowledge, MeasureId};

/// The measure whose name the sentence or title gives, else the one whose cues all occur and whose authority or
/// list plays a part. The longest name wins, so that a part of a name does not. A name at a place of the sentence
/// that `is_basis` tells is the law that an act rests on, and not what is decided.
pub fn find(
    knowledge: &Knowledge,
    sentence: &str,
    title: &str,
    fillers: &[Filler],
    is_basis: &dyn Fn(usize) -> bool,
) -> Option<MeasureId> {
    let places = [sentence, title];
    let is_named = |name: &str| {
        sentence.match_indices(name).any(|(at, _)| !is_basis(at))
            || (title.contains(name) && !sentence.contains(name))
    };
    let mut best: Option<(usize, &MeasureId)> = None;
    for measure in &knowledge.measures {
        let names = measure.aliases.iter().chain([&measure.en, &measure.zh]);
        let named = names.filter(|n| n.chars().count() > 3 && is_named(n));
        let score = named.map(|n| 1000 + n.len()).max();
        let score = score.or_else(|| by_cues(measure, &places, fillers));
        if let Some(score) = score.filter(|s| best.is_none_or(|(b, _)| *s > b)) {
            best = Some((score, &measure.id));
        }
    }
    best.map(|(_, id)| id.clone())
}

fn by_cues(
    measure: &headwater_model::knowledge::Measure,
    places: &[&str; 2],
    fillers: &[Filler],
) -> Option<usize> {
    let party = |id: &EntityId| measure.authorities.contains(id) || measure.list.as_ref() == Some(id);
    let plays = |f: &Filler| {
        matches!(f.role, Role::Authority | Role::List | Role::Funder | Role::Holder)
            && f.id.as_ref().is_some_and(party)
    };
    let met = |words: &&Vec<String>| {
        !words.is_empty() && words.iter().all(|w| places.iter().any(|p| contains(p, w)))
    };
    let words = measure.cues.iter().filter(met).map(|w| w.iter().map(String::len).sum::<usize>()).max()?;
    fillers.iter().any(plays).then_some(words)
}

/// Case does not matter in Latin script.
fn contains(text: &str, word: &str) -> bool {
    if word.is_empty() {
        return false;
    }
    let (text, word) = (text.as_bytes(), word.as_bytes());
    text.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word))
}
