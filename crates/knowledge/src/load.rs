//! Reading and checking a knowledge folder.

use crate::error::{Error, Problem};
use crate::file::{Contents, Placed};
use crate::fold::{fold, is_han};
use crate::imported::{is_imported, settle};
use crate::names::names_of;
use headwater_model::Knowledge;
use headwater_model::id::digest;
use headwater_model::knowledge::Entity;
use headwater_model::mention::EntityKind;
use std::collections::BTreeMap;
use std::path::Path;

/// A file larger than this is refused: a list of a million names takes about 300 MB.
const LARGEST: u64 = 4 << 30;

/// Reads a knowledge folder and checks it.
pub fn load(dir: &Path) -> Result<Knowledge, Error> {
    let files = read_files(dir)?;
    let (knowledge, problems) = assemble(files.iter().map(|(n, t)| (n.as_str(), t.as_str())));
    if problems.is_empty() { Ok(knowledge) } else { Err(Error::of(problems)) }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Entities by kind.
    pub entities: BTreeMap<EntityKind, usize>,
    /// Names of all entities, in every script.
    pub names: usize,
    /// Measures.
    pub measures: usize,
    /// Rates.
    pub rates: usize,
    /// What is to be put right.
    pub problems: Vec<Problem>,
}

/// Checks a knowledge folder without using it.
pub fn check(dir: &Path) -> Result<Report, Error> {
    let files = read_files(dir)?;
    let (knowledge, problems) = assemble(files.iter().map(|(n, t)| (n.as_str(), t.as_str())));
    let mut entities = BTreeMap::new();
    for entity in &knowledge.entities {
        *entities.entry(entity.kind).or_default() += 1;
    }
    let names = knowledge.entities.iter().map(|e| names_of(e).count()).sum();
    let (measures, rates) = (knowledge.measures.len(), knowledge.rates.len());
    Ok(Report { entities, names, measures, rates, problems })
}

/// The `.toml` and `.jsonl` files of a folder, by name.
pub(crate) fn read_files(dir: &Path) -> Result<Vec<(String, String)>, Error> {
    let at =
        |path: &Path, error: &dyn std::fmt::Display| Error::new(format!("read {}: {error}", path.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(|e| at(dir, &e))? {
        let path = entry.map_err(|e| at(dir, &e))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || !(name.ends_with(".toml") || name.ends_with(".jsonl")) {
            continue;
        }
        let size = std::fs::metadata(&path).map_err(|e| at(&path, &e))?.len();
        if size > LARGEST {
            return Err(at(&path, &"larger than 4 GiB: split it"));
        }
        files.push((name, std::fs::read_to_string(&path).map_err(|e| at(&path, &e))?));
    }
    if files.is_empty() {
        return Err(Error::new(format!(
            "find knowledge in {}: it holds no .toml or .jsonl file",
            dir.display()
        )));
    }
    files.sort();
    Ok(files)
}

/// Puts files together, sorted, with everything that is wrong with them.
pub(crate) fn assemble<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> (Knowledge, Vec<Problem>) {
    let mut contents = Contents::default();
    let mut parts: Vec<&[u8]> = Vec::new();
    for (name, text) in files {
        contents.add(name, text);
        parts.extend([name.as_bytes(), text.as_bytes()]);
    }
    contents.resolve_contexts();
    settle(&mut contents.entities);
    contents.entities.sort_by(|a, b| a.value.id.cmp(&b.value.id));
    contents.measures.sort_by(|a, b| a.value.id.cmp(&b.value.id));
    contents.rates.sort_by(|a, b| (&a.value.currency, a.value.date).cmp(&(&b.value.currency, b.value.date)));
    check_contents(&mut contents);
    let knowledge = Knowledge {
        entities: values(contents.entities),
        measures: values(contents.measures),
        rates: values(contents.rates),
        terms: contents.terms,
        digest: digest(&parts),
        ..Knowledge::default()
    };
    (knowledge, contents.problems)
}

fn values<T>(placed: Vec<Placed<T>>) -> Vec<T> {
    placed.into_iter().map(|p| p.value).collect()
}

fn check_contents(contents: &mut Contents) {
    let mut problems = std::mem::take(&mut contents.problems);
    for pair in contents.entities.windows(2).filter(|p| p[0].value.id == p[1].value.id) {
        problems.push(twice(&pair[0], &pair[1], pair[1].value.id.as_str()));
    }
    for pair in contents.measures.windows(2).filter(|p| p[0].value.id == p[1].value.id) {
        problems.push(twice(&pair[0], &pair[1], pair[1].value.id.as_str()));
    }
    let known = |id: &str| contents.entities.binary_search_by(|p| p.value.id.as_str().cmp(id)).is_ok();
    for placed in &contents.entities {
        check_entity(placed, &known, &mut problems);
    }
    for placed in &contents.measures {
        let measure = &placed.value;
        let named = measure.authorities.iter().chain(&measure.list);
        for id in named.filter(|id| !known(id.as_str())) {
            let message =
                format!("names {id:?}, which no entity has for its id: correct it or add the entity");
            problems.push(problem(placed, measure.id.as_str(), message));
        }
        if measure.zh.is_empty() || measure.en.is_empty() {
            problems.push(problem(
                placed,
                measure.id.as_str(),
                "needs its name in English (`en`) and Chinese (`zh`)",
            ));
        }
    }
    check_clashes(&contents.entities, &mut problems);
    contents.problems = problems;
}

fn problem<T>(placed: &Placed<T>, entry: &str, message: impl Into<String>) -> Problem {
    Problem { file: placed.file.clone(), line: placed.line, entry: entry.to_owned(), message: message.into() }
}

fn twice<T>(first: &Placed<T>, second: &Placed<T>, id: &str) -> Problem {
    problem(
        second,
        id,
        format!("stands already at {}:{}: merge the two or choose another id", first.file, first.line),
    )
}

fn check_entity(placed: &Placed<Entity>, known: &dyn Fn(&str) -> bool, problems: &mut Vec<Problem>) {
    let entity = &placed.value;
    let id = entity.id.as_str();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.:".contains(c);
    let imported = is_imported(placed);
    if id.is_empty() || !(imported || id.chars().all(plain)) {
        problems.push(problem(placed, id, "an id consists of a–z, 0–9, and - _ . : only"));
    }
    if entity.en.trim().is_empty() && !imported {
        problems.push(problem(placed, id, "has no English name: state `en`"));
    }
    if !imported && entity.zh_hans.trim().is_empty() && is_bilingual(entity.kind) {
        problems.push(problem(
            placed,
            id,
            "has no Chinese name: state `hans` (and `hant`, where it differs)",
        ));
    }
    if let Some(parent) = entity.parent.as_ref().filter(|p| !known(p.as_str())) {
        problems.push(problem(
            placed,
            id,
            format!("its parent {parent:?} is no entity's id: correct it or add the parent"),
        ));
    }
    if entity.parent.as_ref() == Some(&entity.id) {
        problems.push(problem(placed, id, "is its own parent"));
    }
    if entity.from.zip(entity.until).is_some_and(|(from, until)| from > until) {
        problems.push(problem(placed, id, "ends before it begins: exchange `from` and `until`"));
    }
    for name in entity.aliases.iter().filter(|n| is_too_short(n)) {
        let message = format!(
            "the alias {name:?} is too short to stand alone: put it under `ambiguous` with context words"
        );
        problems.push(problem(placed, id, message));
    }
}

/// Offices, places and instruments are spoken of in both languages; a company or a product may
/// have one name everywhere.
fn is_bilingual(kind: EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::Agency | EntityKind::Place | EntityKind::List | EntityKind::Law | EntityKind::Fund
    )
}

/// One Han character or one letter names nothing by itself.
fn is_too_short(name: &str) -> bool {
    name.trim().chars().count() < 2
}

/// A name that two entities bear without a rule. Names under `ambiguous` have one; imported names were settled before.
fn check_clashes(entities: &[Placed<Entity>], problems: &mut Vec<Problem>) {
    let mut bearers: Vec<(String, usize, bool)> = Vec::new();
    for (index, placed) in entities.iter().enumerate().filter(|(_, p)| !is_imported(p)) {
        let names = names_of(&placed.value);
        bearers.extend(
            names
                .filter(|n| !n.text.trim().is_empty())
                .map(|n| (case_key(n.text), index, n.context.is_some())),
        );
    }
    bearers.sort();
    bearers.dedup();
    for group in bearers.chunk_by(|a, b| a.0 == b.0) {
        let mut owners: Vec<usize> = group.iter().map(|(_, index, _)| *index).collect();
        owners.dedup();
        if owners.len() < 2 {
            continue;
        }
        for (name, index, _) in group.iter().filter(|(_, _, rule)| !rule) {
            let placed = &entities[*index];
            let others: Vec<String> = owners
                .iter()
                .filter(|o| *o != index)
                .map(|&o| format!("{} ({}:{})", entities[o].value.id, entities[o].file, entities[o].line))
                .collect();
            let message = format!(
                "bears the name {name:?} together with {}: put it under `ambiguous` in each, with context words",
                others.join(", ")
            );
            problems.push(problem(placed, placed.value.id.as_str(), message));
        }
    }
}

/// Acronyms keep their case, for `MOST` is no `most`; everything else is folded.
pub(crate) fn case_key(name: &str) -> String {
    if name.chars().any(is_han) || name.chars().any(char::is_lowercase) {
        fold(name)
    } else {
        name.trim().to_owned()
    }
}
