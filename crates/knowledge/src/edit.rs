//! Adding an entity to a folder by program.

use crate::error::Error;
use crate::load::{assemble, read_files};
use headwater_model::knowledge::Entity;
use std::fmt::Write as _;
use std::path::Path;

/// The file to which entities are added.
const FILE: &str = "added.toml";

/// Adds an entity to `added.toml` of the folder, if the folder stays sound with it.
pub fn add_entity(dir: &Path, entity: &Entity) -> Result<(), Error> {
    let mut files = read_files(dir)?;
    let at = match files.iter().position(|(name, _)| name == FILE) {
        Some(at) => at,
        None => {
            files.push((FILE.to_owned(), "# Entities added one by one.\n".to_owned()));
            files.len() - 1
        }
    };
    files[at].1.push_str(&entry(entity));
    let text = files[at].1.clone();
    files.sort();
    let (_, problems) = assemble(files.iter().map(|(n, t)| (n.as_str(), t.as_str())));
    if !problems.is_empty() {
        return Err(Error::of(problems));
    }
    std::fs::write(dir.join(FILE), text)
        .map_err(|error| Error::new(format!("write {}: {error}", dir.join(FILE).display())))
}

/// An entity as a TOML entry.
fn entry(entity: &Entity) -> String {
    let mut out = String::from("\n[[entity]]\n");
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "{name} = {}", quoted(value));
        }
    };
    field("id", entity.id.as_str());
    field("kind", entity.kind.word());
    field("en", &entity.en);
    field("hans", &entity.zh_hans);
    field("hant", &entity.zh_hant);
    field("country", entity.country.as_deref().unwrap_or_default());
    field("subtype", entity.subtype.as_deref().unwrap_or_default());
    field("parent", entity.parent.as_ref().map_or("", |p| p.as_str()));
    let dates = [("from", entity.from), ("until", entity.until)];
    for (name, date) in dates.into_iter().filter_map(|(n, d)| d.map(|d| (n, d))) {
        field(name, &date.to_string());
    }
    for (name, list) in [("aliases", &entity.aliases), ("sites", &entity.sites)] {
        if !list.is_empty() {
            let _ = writeln!(out, "{name} = {}", quoted_list(list.iter().map(String::as_str)));
        }
    }
    if !entity.ambiguous.is_empty() {
        let rules = entity.ambiguous.iter().map(|a| {
            quoted_list(std::iter::once(a.name.as_str()).chain(a.context.iter().map(String::as_str)))
        });
        let _ = writeln!(out, "ambiguous = [{}]", rules.collect::<Vec<_>>().join(", "));
    }
    if !entity.identifiers.is_empty() {
        let pairs = entity.identifiers.iter().map(|(k, v)| format!("{} = {}", quoted(k), quoted(v)));
        let _ = writeln!(out, "identifiers = {{ {} }}", pairs.collect::<Vec<_>>().join(", "));
    }
    out
}

fn quoted(value: &str) -> String {
    toml::Value::String(value.to_owned()).to_string()
}

fn quoted_list<'a>(values: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", values.map(quoted).collect::<Vec<_>>().join(", "))
}
