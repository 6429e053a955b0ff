//! Another person of the same name: "Li Qiang, a farmer" is not the premier, nor is "John Lee of Samsung" the head of a
//! city's government. Whom the text itself makes another is left to the reader, with a doubt.

use super::{Found, Meaning};
use crate::Passage;
use headwater_knowledge::Lexicon;
use headwater_model::knowledge::Entity;
use headwater_model::mention::EntityKind;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize, Default)]
struct Walks {
    behind: Vec<String>,
    before: Vec<String>,
}

static WALKS: LazyLock<Walks> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/namesakes.toml")).expect("data/namesakes.toml"));

/// Takes back the names of people whom the text makes others. `found` is in order.
pub(super) fn doubt(passages: &[Passage], lexicon: &Lexicon, found: &mut [Found<'_>]) {
    for at in 0..found.len() {
        let one = &found[at];
        let Some(person) = one.entity().filter(|e| e.kind == EntityKind::Person) else { continue };
        let text = passages[one.passage].as_str();
        let (before, after) = (&text[..one.range.start], &text[one.range.end..]);
        let next = found.get(at + 1).filter(|f| f.passage == one.passage);
        let of = next.filter(|f| text.get(one.range.end..f.range.start) == Some(" of "));
        let of = of.and_then(Found::entity).filter(|body| body.kind == EntityKind::Company);
        if walks_elsewhere(before, after) || of.is_some_and(|body| is_of_another(person, body, lexicon)) {
            found[at].meaning = Meaning::Several(vec![person]);
            found[at].rule = "namesake";
        }
    }
}

fn walks_elsewhere(before: &str, after: &str) -> bool {
    let described = after.strip_prefix(", a ").or_else(|| after.strip_prefix(", an ")).unwrap_or_default();
    let described = &described[..described.find([',', '.', ';']).unwrap_or(described.len())];
    // What he is stands last, before who, from or in: "a retired farmer from Henan".
    let mut words =
        described.split(' ').take_while(|word| !matches!(*word, "who" | "from" | "in" | "of" | "at"));
    words.any(|word| WALKS.behind.iter().any(|walk| walk == word))
        || WALKS.before.iter().any(|walk| before.ends_with(walk.as_str()))
}

/// Whether a company that the person is said to be of is another country's and not known as the person's.
fn is_of_another(person: &Entity, body: &Entity, lexicon: &Lexicon) -> bool {
    let own = |id| Some(id) == person.parent.as_ref();
    let parent = body.parent.as_ref().and_then(|id| lexicon.entity(id));
    let known = own(&body.id) || parent.is_some_and(|parent| own(&parent.id));
    !known && body.country.is_some() && person.country.is_some() && body.country != person.country
}
