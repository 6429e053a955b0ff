//! Chains as they are labelled, one TOML file each. `README.md` beside them says how.

use headwater_model::tracking::{DerivationKind, Dimension, GroupState};
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A chain: pages, and what should be found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// File's name.
    #[serde(skip)]
    pub name: String,
    /// What it shows.
    #[serde(rename = "about")]
    pub _about: String,
    /// `dev` or `held`.
    pub half: String,
    pub pages: BTreeMap<String, Page>,
    #[serde(default, rename = "edge")]
    pub edges: Vec<Edge>,
    #[serde(default, rename = "claim")]
    pub claims: Vec<Claim>,
    #[serde(default, rename = "drift")]
    pub drift: Vec<Drift>,
    #[serde(default, rename = "conflict")]
    pub conflicts: Vec<Conflict>,
    #[serde(default, rename = "story")]
    pub stories: Vec<Story>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub url: String,
    pub published: String,
    /// When it differs from the day of publication.
    pub captured: Option<Timestamp>,
    pub title: String,
    pub text: String,
    /// A source line.
    pub source: Option<String>,
    /// Whether it belongs to none of the chains.
    #[serde(default)]
    pub distractor: bool,
}

impl Page {
    /// The time of capture: as stated, else that of publication, where Chinese pages state the hour of Beijing.
    pub fn captured(&self) -> Timestamp {
        let parse = |zone: &str| {
            let local = self.published.replace(' ', "T");
            let whole =
                if local.contains('T') { format!("{local}:00{zone}") } else { format!("{local}T12:00:00Z") };
            whole.parse::<Timestamp>().ok()
        };
        self.captured.or_else(|| self.published.parse().ok()).or_else(|| parse("+08:00")).unwrap_or_default()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    pub from: String,
    /// A page, or `unseen:NAME`.
    pub to: String,
    pub kind: DerivationKind,
    /// Neither missed nor wrong.
    #[serde(default)]
    pub optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Words inside the claim's evidence, by page.
    pub quotes: BTreeMap<String, String>,
    /// Pages, or `unseen:NAME`.
    pub headwaters: Vec<String>,
    pub state: Option<GroupState>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drift {
    pub at: String,
    pub dimension: Dimension,
    pub from: Option<String>,
    pub to: Option<String>,
    #[serde(default)]
    pub optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    pub dimension: Dimension,
    /// Pages whose values differ.
    pub pages: Vec<String>,
    #[serde(default)]
    pub optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    pub pages: Vec<String>,
}

/// All chains of a folder, by name.
pub fn read(folder: &Path) -> anyhow::Result<Vec<Chain>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml") && !p.ends_with("outlets.toml"));
    paths.sort();
    let chain = |path: &std::path::PathBuf| -> anyhow::Result<Chain> {
        let mut chain: Chain = toml::from_str(&std::fs::read_to_string(path)?)
            .map_err(|e| anyhow::anyhow!("{}: {e}", path.display()))?;
        chain.name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(chain)
    };
    paths.iter().map(chain).collect()
}
