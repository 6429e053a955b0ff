//! Where things lie in a workspace.

use std::path::{Path, PathBuf};

/// A folder with an archive and everything that is derived from it.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Names a workspace.
    pub fn new(root: &Path) -> Self {
        Workspace { root: root.to_owned() }
    }
    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }
    /// The configuration; its presence makes a folder a workspace.
    pub fn configuration(&self) -> PathBuf {
        self.root.join("headwater.toml")
    }
    /// Source files, one or more sources each.
    pub fn sources(&self) -> PathBuf {
        self.root.join("sources")
    }
    /// Knowledge files.
    pub fn knowledge(&self) -> PathBuf {
        self.root.join("knowledge")
    }
    /// The archive: the truth.
    pub fn archive(&self) -> PathBuf {
        self.root.join("archive")
    }
    /// What the collector remembers between runs; losing it costs re-fetching.
    pub fn collector(&self) -> PathBuf {
        self.root.join("collector.json")
    }
    /// The ledger: derived.
    pub fn ledger(&self) -> PathBuf {
        self.root.join("ledger.sqlite")
    }
    /// The search index: derived.
    pub fn index(&self) -> PathBuf {
        self.root.join("index")
    }
    /// Whether the folder is a workspace.
    pub fn exists(&self) -> bool {
        self.configuration().exists()
    }
}
