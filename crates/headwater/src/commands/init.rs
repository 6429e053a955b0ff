//! `headwater init`

use crate::config;
use anyhow::{Context, Result, bail};
use headwater_pipeline::Workspace;
use std::path::Path;
use std::process::ExitCode;

/// Make a workspace: configuration, sources, knowledge
#[derive(clap::Args)]
pub struct Arguments {}

pub fn run(dir: &Path, _: Arguments) -> Result<ExitCode> {
    let workspace = Workspace::new(dir);
    if workspace.exists() {
        bail!("{} is a workspace already", dir.display());
    }
    make(&workspace, config::TEMPLATE)?;
    say!("made a workspace in {}", dir.display());
    say!("next: `headwater source add URL`, or `headwater import PATH…`");
    Ok(ExitCode::SUCCESS)
}

/// Makes the folders and writes configuration and knowledge.
pub fn make(workspace: &Workspace, configuration: &str) -> Result<()> {
    for folder in
        [workspace.root().to_owned(), workspace.sources(), workspace.knowledge(), workspace.archive()]
    {
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    for (name, text) in headwater_knowledge::FILES {
        let path = workspace.knowledge().join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let path = workspace.configuration();
    std::fs::write(&path, configuration).with_context(|| format!("cannot write {}", path.display()))
}
