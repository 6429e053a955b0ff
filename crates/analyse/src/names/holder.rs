//! Whose a list or an office is: "its Entity List" said of China is not the American list of that name, and a
//! 商务部长 called Lutnick is not China's.

use super::world::{World, sole};
use crate::passage::is_han;
use crate::texts::Texts;
use headwater_knowledge::Match;
use headwater_model::knowledge::Entity;
use headwater_model::mention::EntityKind;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize, Default)]
struct Table {
    possessives: Vec<String>,
    behind: Vec<String>,
    described: Vec<String>,
    officers: Vec<String>,
}

/// What stands between an office and the name of who holds it.
static OFFICERS: LazyLock<Texts<()>> =
    LazyLock::new(|| Texts::by_first(TABLE.officers.iter().map(|title| (title.clone(), ()))));

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/holders.toml")).expect("data/holders.toml"));

/// Whether the text gives a list to another country than the knowledge does. `sentence`: its bytes; `list`: all names of
/// the text, in order.
pub(super) fn is_of_another(
    entity: &Entity,
    text: &str,
    sentence: &Range<usize>,
    one: &Match<'_>,
    list: &[Match<'_>],
    world: &World<'_>,
) -> bool {
    let (EntityKind::List, Some(own)) = (entity.kind, entity.country.as_deref()) else { return false };
    is_possessed(text, sentence, &one.range)
        && holder(text, sentence, one, list, world).is_some_and(|country| country != own)
}

/// "its Entity List", 其实体清单, "an entity list of its own".
fn is_possessed(text: &str, sentence: &Range<usize>, name: &Range<usize>) -> bool {
    let before = text[sentence.start.min(name.start)..name.start].trim_end();
    let after = text[name.end..sentence.end.max(name.end)].trim_start();
    let alone = |word: &str, rest: &str| {
        word.starts_with(is_han) || rest.is_empty() || rest.ends_with(|c: char| !c.is_alphanumeric())
    };
    let ends = |word: &String| before.strip_suffix(word.as_str()).is_some_and(|rest| alone(word, rest));
    TABLE.possessives.iter().any(ends) || TABLE.behind.iter().any(|words| after.starts_with(words.as_str()))
}

/// The country last named before the list in its sentence, by a place, an office or an adjective, unless that only
/// describes a noun.
fn holder<'l>(
    text: &str,
    sentence: &Range<usize>,
    one: &Match<'l>,
    list: &[Match<'l>],
    world: &World<'l>,
) -> Option<&'l str> {
    let from = list.partition_point(|m| m.range.start < sentence.start);
    let named = list[from..].iter().take_while(|m| m.range.start < one.range.start);
    let named = named.filter(|m| m.range.end <= one.range.start && !describes(&text[m.range.end..]));
    let named = named.filter_map(|m| {
        let entity = sole(m).filter(|e| matches!(e.kind, EntityKind::Place | EntityKind::Agency))?;
        Some((m.range.end, entity.country.as_deref()?))
    });
    let adjectives = world.adjectives_in(text, sentence.start..one.range.start);
    let adjectives = adjectives.filter(|(end, _)| !describes(&text[*end..]));
    named.chain(adjectives).max_by_key(|(end, _)| *end).map(|(_, country)| country)
}

/// The country of the officer whose name follows a body's: 商务部长卢特尼克, "commerce ministry spokesman He Yadong".
pub(super) fn country_of_officer<'l>(text: &str, one: &Match<'_>, list: &[Match<'l>]) -> Option<&'l str> {
    let rest = &text[one.range.end..];
    let (title, ()) = OFFICERS.beginning(rest)?;
    let start = one.range.end + title.len();
    let at = list.partition_point(|m| m.range.start < start);
    let here = list[at..].iter().take_while(|m| m.range.start == start);
    let officer = here.filter_map(sole).find(|e| e.kind == EntityKind::Person)?;
    officer.country.as_deref()
}

fn describes(after: &str) -> bool {
    let after = after.trim_start_matches([' ', '的']);
    TABLE.described.iter().any(|noun| after.starts_with(noun.as_str()))
}
