//! `headwater.toml`: what a person sets in a workspace.

use anyhow::{Context, Result, bail};
use headwater_knowledge::Lexicon;
use headwater_pipeline::Workspace;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;

/// The configuration. Every field has a default; `headwater.toml` holds what differs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How pages are fetched.
    pub collect: headwater_collect::CollectSettings,
    /// Whether the workspace holds sample data; every page then says so.
    pub sample: bool,
}

/// What `init` writes.
pub const TEMPLATE: &str = "\
# A Headwater workspace. Everything here has a default; write down only what differs.
#
# sources/    where to collect from: `headwater source add URL`, or edit the files
# knowledge/  names, measures, lists, rates: edit the files, then `headwater rebuild`
# archive/    every page as it was: the only thing that cannot be made anew
";

/// Opens the workspace in `dir`: it must have been made by `init`.
pub fn open(dir: &Path) -> Result<(Workspace, Config)> {
    let workspace = Workspace::new(dir);
    if !workspace.exists() {
        bail!("{} is not a workspace: run `headwater --dir {} init` first", dir.display(), dir.display());
    }
    let path = workspace.configuration();
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let config: Config = toml::from_str(&text).with_context(|| format!("{} is not right", path.display()))?;
    if let Some(fault) = config.collect.fetch.fault() {
        bail!("{} is not right: collect.fetch.{fault}", path.display());
    }
    Ok((workspace, config))
}

/// Loads the workspace's knowledge folder.
pub fn lexicon(workspace: &Workspace) -> Result<Arc<Lexicon>> {
    let knowledge = headwater_knowledge::load(&workspace.knowledge())?;
    Ok(Arc::new(Lexicon::new(knowledge)))
}
