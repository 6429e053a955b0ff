//! What the collector remembers between rounds. Losing it costs fetching again, and nothing else.

use crate::fetch::Validators;
use headwater_model::Hints;
use headwater_model::id::SourceId;
use headwater_model::source::{Health, SourceState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// The whole memory.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Sources by id.
    pub sources: BTreeMap<String, SourceMemory>,
    /// Pages by the address that listings give them.
    pub pages: BTreeMap<String, PageMemory>,
}

/// What is remembered of a source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceMemory {
    /// How it fares; absent until it was asked.
    pub health: Option<Health>,
    /// Since when it fares so.
    pub since: Option<Timestamp>,
    /// When it was last asked.
    pub checked: Option<Timestamp>,
    /// When it last listed something new.
    pub last_new: Option<Timestamp>,
    /// The step that failed and what to do; empty when all is well.
    pub message: String,
    /// Entries of the last listing.
    pub entries: u32,
    /// Failures in a row.
    pub failures: u32,
    /// Median seconds between its entries, once known.
    pub usual_gap: Option<i64>,
    /// Minutes for which it asks not to be asked again.
    pub ttl: Option<u32>,
    /// Not to be asked before.
    pub not_before: Option<Timestamp>,
    /// Where it said that it lives now.
    pub moved_to: Option<String>,
    /// What its listing is recognised by.
    pub validators: Validators,
    /// Digest of the listing's bytes.
    pub digest: String,
    /// Pages that it lists, the first so many.
    pub listed: Vec<String>,
}

/// What is remembered of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageMemory {
    /// The source that led to it.
    pub source: SourceId,
    /// When it first answered, or was first asked if it has not.
    pub first: Timestamp,
    /// When it was last asked.
    pub last: Timestamp,
    /// How often it was fetched again.
    #[serde(default)]
    pub revisits: u32,
    /// Failures in a row that are its own: what its host answers of it.
    #[serde(default)]
    pub failures: u32,
    /// Times in a row that its host could not be reached, or asked to be left alone.
    #[serde(default)]
    pub unreached: u32,
    /// Last status; 0 if it never answered.
    pub status: u16,
    /// Digest of the last body kept; empty if there is none.
    #[serde(default)]
    pub digest: String,
    /// When the body of that digest was fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<Timestamp>,
    /// The listing's date of change when it was last fetched, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// What the page is recognised by.
    #[serde(default)]
    pub validators: Validators,
    /// What its listing said of it.
    #[serde(default)]
    pub hints: Hints,
    /// What is wrong with it since it was last asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
}

/// Why a page cannot be had.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trouble {
    /// Whether its site refuses us.
    pub refused: bool,
    /// In words.
    pub why: String,
}

impl State {
    /// Reads the memory; where there is none yet, it is empty.
    pub fn load(path: &Path) -> std::io::Result<State> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(State::default()),
            Err(e) => Err(e),
        }
    }

    /// Writes the memory beside its place and moves it there, so that an interruption leaves the old one.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        let beside = path.with_extension("json.new");
        let mut file = std::io::BufWriter::new(std::fs::File::create(&beside)?);
        serde_json::to_writer(&mut file, self)?;
        file.flush()?;
        file.get_ref().sync_all()?;
        std::fs::rename(&beside, path)
    }

    /// How a source fares, for people.
    pub fn source_state(&self, source: &crate::source::Source) -> SourceState {
        let memory = self.sources.get(source.id.as_str()).cloned().unwrap_or_default();
        SourceState {
            source: source.id.clone(),
            url: source.url.clone(),
            name: source.name.clone(),
            health: memory.health.unwrap_or(Health::New),
            since: memory.since,
            checked: memory.checked,
            last_new: memory.last_new,
            message: memory.message,
            entries: memory.entries,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        assert_eq!(State::load(&path).unwrap(), State::default());
        let mut state = State::default();
        state.sources.insert("a".into(), SourceMemory { failures: 2, ..SourceMemory::default() });
        state.save(&path).unwrap();
        assert_eq!(State::load(&path).unwrap(), state);
        std::fs::write(&path, "{ torn").unwrap();
        assert!(State::load(&path).is_err(), "what cannot be read is not taken for nothing");
    }
}
