//! One knowledge file: TOML with entities, measures, rates, terms and shared groups of context words, or
//! JSON Lines with an entity a line (what an import writes).
//!
//! ```toml
//! [defaults]                  # for every entity of the file
//! kind = "company"
//! country = "CN"
//!
//! [context]                   # groups that any file may use as "@chips"
//! chips = ["chip", "芯片"]
//!
//! [[entity]]
//! id = "huawei"
//! en = "Huawei"
//! hans = "华为"
//! hant = "華為"
//! aliases = ["Huawei Technologies"]
//! ambiguous = [["HW", "@chips"]]   # the name, then the words of which one must stand near
//! ```

use crate::error::Problem;
use headwater_model::knowledge::{AmbiguousName, Entity, Measure, Rate};
use headwater_model::mention::EntityKind;
use headwater_model::{EntityId, MeasureId};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// An entry and the line where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T> {
    pub file: String,
    pub line: usize,
    pub value: T,
}

/// What one or more files hold, before it is checked.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    pub entities: Vec<Placed<Entity>>,
    pub measures: Vec<Placed<Measure>>,
    pub rates: Vec<Placed<Rate>>,
    pub contexts: BTreeMap<String, Vec<String>>,
    pub terms: BTreeMap<String, Vec<String>>,
    pub problems: Vec<Problem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    defaults: Defaults,
    #[serde(default)]
    context: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    entity: Vec<Spanned<EntityEntry>>,
    #[serde(default)]
    measure: Vec<Spanned<MeasureEntry>>,
    #[serde(default)]
    rate: Vec<Spanned<RateEntry>>,
    #[serde(default)]
    terms: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Defaults {
    kind: Option<EntityKind>,
    country: Option<String>,
    subtype: Option<String>,
    parent: Option<String>,
    /// Context words for every ambiguous name that states none.
    #[serde(default)]
    context: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityEntry {
    id: String,
    kind: Option<EntityKind>,
    en: String,
    #[serde(default)]
    hans: String,
    hant: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    ambiguous: Vec<Vec<String>>,
    country: Option<String>,
    subtype: Option<String>,
    parent: Option<String>,
    #[serde(default)]
    sites: Vec<String>,
    #[serde(default)]
    identifiers: BTreeMap<String, String>,
    from: Option<Date>,
    until: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureEntry {
    id: String,
    en: String,
    #[serde(default)]
    zh: String,
    #[serde(default)]
    aliases: Vec<String>,
    since: Option<Date>,
    jurisdiction: String,
    #[serde(default)]
    authorities: Vec<String>,
    instrument: String,
    gta_type: Option<u16>,
    mast_chapter: Option<String>,
    #[serde(default)]
    cues: Vec<Vec<String>>,
    list: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateEntry {
    currency: String,
    /// Units of the currency for one US dollar, by day.
    per_usd: BTreeMap<Date, Decimal>,
}

impl Contents {
    /// Reads one file into what is there.
    pub fn add(&mut self, name: &str, text: &str) {
        if name.ends_with(".jsonl") {
            self.add_lines(name, text);
        } else {
            self.add_toml(name, text);
        }
    }

    fn problem(&mut self, file: &str, line: usize, entry: &str, message: impl Into<String>) {
        let (file, entry) = (file.to_owned(), entry.to_owned());
        self.problems.push(Problem { file, line, entry, message: message.into() });
    }

    fn add_lines(&mut self, name: &str, text: &str) {
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            match serde_json::from_str::<Entity>(line) {
                Ok(value) => {
                    self.entities.push(Placed { file: name.to_owned(), line: number + 1, value });
                }
                Err(error) => self.problem(name, number + 1, "", format!("not an entity: {error}")),
            }
        }
    }

    fn add_toml(&mut self, name: &str, text: &str) {
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                let line = error.span().map_or(0, |span| line_at(text, span.start));
                self.problem(name, line, "", error.message().to_owned());
                return;
            }
        };
        let lines = LineIndex::new(text);
        for entry in file.entity {
            let line = lines.line(entry.span().start);
            let entry = entry.into_inner();
            if entry.kind.or(file.defaults.kind).is_none() {
                self.problem(
                    name,
                    line,
                    &entry.id,
                    "has no kind: state `kind`, or one for the file in `[defaults]`",
                );
                continue;
            }
            let value = entry.with(&file.defaults);
            self.entities.push(Placed { file: name.to_owned(), line, value });
        }
        for entry in file.measure {
            let line = lines.line(entry.span().start);
            self.measures.push(Placed { file: name.to_owned(), line, value: entry.into_inner().into() });
        }
        for entry in file.rate {
            let line = lines.line(entry.span().start);
            let RateEntry { currency, per_usd } = entry.into_inner();
            for (date, per_usd) in per_usd {
                let value = Rate { currency: currency.clone(), date, per_usd };
                self.rates.push(Placed { file: name.to_owned(), line, value });
            }
        }
        for (key, words) in file.terms {
            self.add_term(name, key, words);
        }
        for (group, words) in file.context {
            if self.contexts.insert(group.clone(), words).is_some() {
                self.problem(name, 0, &group, "this group of context words stands in two files: rename one");
            }
        }
    }

    fn add_term(&mut self, file: &str, key: String, words: Vec<String>) {
        let holder =
            |word: &String| self.terms.iter().find(|(_, known)| known.contains(word)).map(|(k, _)| k);
        let taken = words.iter().find_map(|word| Some((word, holder(word)?)));
        if let Some((word, holder)) = taken {
            let message =
                format!("has the word {word:?}, which the term {holder:?} has: leave it in one of them");
            self.problem(file, 0, &key, message);
        } else {
            self.terms.entry(key).or_default().extend(words);
        }
    }

    /// Puts the words of a group where an entry names it.
    pub fn resolve_contexts(&mut self) {
        let mut unknown = Vec::new();
        for placed in &mut self.entities {
            for ambiguous in &mut placed.value.ambiguous {
                let mut words = Vec::with_capacity(ambiguous.context.len());
                for word in std::mem::take(&mut ambiguous.context) {
                    match word.strip_prefix('@').map(|group| (group, self.contexts.get(group))) {
                        None => words.push(word),
                        Some((_, Some(group))) => words.extend(group.iter().cloned()),
                        Some((group, None)) => {
                            unknown.push((
                                placed.file.clone(),
                                placed.line,
                                placed.value.id.to_string(),
                                group.to_owned(),
                            ));
                        }
                    }
                }
                ambiguous.context = words;
            }
        }
        for (file, line, entry, group) in unknown {
            self.problem(
                &file,
                line,
                &entry,
                format!("no group of context words is called {group:?}: add it under `[context]`"),
            );
        }
    }
}

impl EntityEntry {
    fn with(self, defaults: &Defaults) -> Entity {
        let ambiguous = self.ambiguous.into_iter().filter_map(|mut words| {
            if words.is_empty() {
                return None;
            }
            let name = words.remove(0);
            let context = if words.is_empty() { defaults.context.clone() } else { words };
            Some(AmbiguousName { name, context })
        });
        Entity {
            kind: self.kind.or(defaults.kind).unwrap_or(EntityKind::Organisation),
            ambiguous: ambiguous.collect(),
            country: self.country.or_else(|| defaults.country.clone()).filter(|c| !c.is_empty()),
            subtype: self.subtype.or_else(|| defaults.subtype.clone()),
            parent: self
                .parent
                .or_else(|| defaults.parent.clone())
                .filter(|p| !p.is_empty())
                .map(EntityId::new),
            id: EntityId::new(self.id),
            en: self.en,
            zh_hant: self.hant.unwrap_or_else(|| self.hans.clone()),
            zh_hans: self.hans,
            aliases: self.aliases,
            sites: self.sites,
            identifiers: self.identifiers,
            from: self.from,
            until: self.until,
        }
    }
}

impl From<MeasureEntry> for Measure {
    fn from(entry: MeasureEntry) -> Self {
        Measure {
            id: MeasureId::new(entry.id),
            en: entry.en,
            zh: entry.zh,
            aliases: entry.aliases,
            since: entry.since,
            jurisdiction: entry.jurisdiction,
            authorities: entry.authorities.into_iter().map(EntityId::new).collect(),
            instrument: entry.instrument,
            gta_type: entry.gta_type,
            mast_chapter: entry.mast_chapter,
            cues: entry.cues,
            list: entry.list.map(EntityId::new),
        }
    }
}

/// Where lines start.
struct LineIndex(Vec<usize>);

impl LineIndex {
    fn new(text: &str) -> Self {
        LineIndex(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }
    fn line(&self, byte: usize) -> usize {
        self.0.partition_point(|&start| start <= byte)
    }
}

fn line_at(text: &str, byte: usize) -> usize {
    LineIndex::new(text).line(byte)
}
