//! What becomes of imported entities (JSON Lines) beside those that people edit (TOML): nobody can give a rule to each of a
//! million names, so what a person wrote goes first.

use crate::file::Placed;
use crate::load::case_key;
use crate::names::names_of;
use headwater_model::knowledge::Entity;
use std::collections::BTreeMap;

/// A name that more imported entities than this bear tells nobody, and is left out.
const BEARERS: u32 = 8;

/// Whether an entity comes from an import.
pub(crate) fn is_imported(placed: &Placed<Entity>) -> bool {
    placed.file.ends_with(".jsonl")
}

/// Settles imported entities: one that people have too, by its Wikidata id, gives them its names; a name that people
/// gave to another is taken away, and so is one that too many bear. What has no name left goes.
pub(crate) fn settle(entities: &mut Vec<Placed<Entity>>) {
    if !entities.iter().any(is_imported) {
        return;
    }
    let own: BTreeMap<String, usize> = entities
        .iter()
        .enumerate()
        .filter(|(_, p)| !is_imported(p))
        .filter_map(|(index, p)| Some((p.value.identifiers.get("wikidata")?.clone(), index)))
        .collect();
    let mut bearers = Bearers::default();
    for placed in entities.iter() {
        let own = !is_imported(placed);
        names_of(&placed.value).for_each(|n| bearers.add(n.text, own));
    }
    let mut given: Vec<(usize, String)> = Vec::new();
    for placed in entities.iter_mut().filter(|p| is_imported(p)) {
        let same = placed.value.identifiers.get("wikidata").and_then(|id| own.get(id));
        if let Some(&index) = same {
            let names = names_of(&placed.value).filter(|n| bearers.is_free(n.text));
            given.extend(names.map(|n| (index, n.text.to_owned())));
            drop_names(&mut placed.value, &|_| false);
        } else {
            drop_names(&mut placed.value, &|name| bearers.may_stay(name));
        }
    }
    for (index, name) in given {
        entities[index].value.aliases.push(name);
    }
    entities.retain(|p| !is_imported(p) || names_of(&p.value).next().is_some());
}

/// Keeps the names that may stay.
fn drop_names(entity: &mut Entity, stays: &dyn Fn(&str) -> bool) {
    for name in [&mut entity.en, &mut entity.zh_hans, &mut entity.zh_hant] {
        if !stays(name) {
            name.clear();
        }
    }
    entity.aliases.retain(|n| stays(n));
    entity.ambiguous.retain(|a| stays(&a.name));
}

/// How many imported entities bear each name, and whether one that a person wrote does.
#[derive(Default)]
struct Bearers(BTreeMap<String, (u32, bool)>);

impl Bearers {
    fn add(&mut self, name: &str, own: bool) {
        let entry = self.0.entry(case_key(name)).or_default();
        if own {
            entry.1 = true;
        } else {
            entry.0 += 1;
        }
    }
    fn of(&self, name: &str) -> (u32, bool) {
        self.0.get(&case_key(name)).copied().unwrap_or_default()
    }
    /// Nobody else bears it.
    fn is_free(&self, name: &str) -> bool {
        self.of(name) == (1, false)
    }
    fn may_stay(&self, name: &str) -> bool {
        let (imported, own) = self.of(name);
        !own && imported <= BEARERS
    }
}
