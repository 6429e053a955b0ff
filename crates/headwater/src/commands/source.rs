//! `headwater source`

use super::Format;
use crate::config;
use anyhow::{Context, Result, bail};
use headwater_collect::source::{free_id, id_from_url};
use headwater_collect::{Fetcher, Found, Source, discover, load_sources, opml, write_source};
use headwater_model::id::SourceId;
use headwater_pipeline::Workspace;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Add, list, import and export sources
///
/// They stand in `sources/*.toml`, which people may edit.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Add a source: a feed, a sitemap, or a page from whose address the feed is found
    Add {
        /// The address.
        url: String,
        /// Its id; default: made from the address.
        #[arg(long)]
        id: Option<String>,
        /// What to call it; default: its own title.
        #[arg(long)]
        name: Option<String>,
    },
    /// List the sources and how each fares
    List {
        /// How to print.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Add the sources of an OPML file: feeds, and what `export` wrote; groups kept
    Import {
        /// The OPML file.
        path: PathBuf,
    },
    /// Print all sources as OPML: feeds, and sitemaps, lists and pages as links; groups kept
    Export,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, config) = config::open(dir)?;
    match arguments.action {
        Action::Add { url, id, name } => {
            let fetcher = Fetcher::new(config.collect.fetch)?;
            add(&workspace, &fetcher, &url, id, name)
        }
        Action::List { format } => list(&workspace, format),
        Action::Import { path } => import(&workspace, &path),
        Action::Export => {
            say_on!("{}", opml::export(&load_sources(&workspace.sources())?, "Headwater sources"));
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn add(
    workspace: &Workspace,
    fetcher: &Fetcher,
    url: &str,
    id: Option<String>,
    name: Option<String>,
) -> Result<ExitCode> {
    if url::Url::parse(url).is_err() {
        bail!("{url:?} is not an address; write it in full, as https://example.org/");
    }
    let runtime = tokio::runtime::Runtime::new().context("cannot start the network runtime")?;
    let found = runtime.block_on(discover(fetcher, url))?;
    let known = load_sources(&workspace.sources())?;
    // A section of a site names the feed of the whole, which may be a source already.
    let is_new = |found: &&Found| !known.iter().any(|source| source.url == found.url);
    let Some(best) = found.iter().find(is_new).or(found.first()) else {
        bail!(
            "{url} has no feed, no sitemap and no list of links; a list page can be described by hand in {}",
            workspace.sources().display()
        );
    };
    if let Some(same) = known.iter().find(|source| source.url == best.url) {
        bail!(
            "{url} leads to nothing new: what it names, {}, is there already: {} ({})",
            best.url,
            same.id,
            same.name
        );
    }
    let id = id.unwrap_or_else(|| unused(&id_from_url(&best.url), &known));
    let name = name.or(best.title.clone()).unwrap_or_else(|| id.clone());
    let mut source = Source::new(&id, &name, &best.url, best.kind);
    source.language = best.language.clone();
    store(workspace, &source, &known)?;
    say!("added {id}, {name}: {} ({}, {} entries; {})", best.url, best.form, best.entries, best.how);
    if best.entries == 0 {
        anstream::eprintln!(
            "headwater: {} lists nothing; `headwater doctor {id}` says what it answers",
            best.url
        );
    }
    for other in found.iter().filter(|other| other.url != best.url) {
        say!("also found: {} ({}, {} entries; {})", other.url, other.form, other.entries, other.how);
    }
    Ok(ExitCode::SUCCESS)
}

/// An id that no source has yet.
fn unused(wanted: &str, known: &[Source]) -> String {
    free_id(wanted, |id| known.iter().any(|s| s.id.as_str() == id))
}

/// Writes a source into a file of its own, unless its id or address is there already.
fn store(workspace: &Workspace, source: &Source, known: &[Source]) -> Result<()> {
    if let Some(same) = known.iter().find(|s| s.url == source.url) {
        bail!("{} is there already: {} ({})", source.url, same.id, same.name);
    }
    if let Some(same) = known.iter().find(|s| s.id == source.id) {
        bail!("{} is there already: {} ({})", source.id, same.name, same.url);
    }
    Ok(write_source(&workspace.sources().join(format!("{}.toml", source.id)), source)?)
}

fn list(workspace: &Workspace, format: Format) -> Result<ExitCode> {
    let state = super::collect::memory(workspace)?;
    let sources = load_sources(&workspace.sources())?;
    let states: Vec<_> = sources.iter().map(|s| state.source_state(s)).collect();
    match format {
        Format::Json => say!("{}", serde_json::to_string_pretty(&states)?),
        Format::Jsonl => {
            for state in &states {
                say!("{}", serde_json::to_string(state)?);
            }
        }
        Format::Text if states.is_empty() => say!("no sources yet: `headwater source add URL`"),
        Format::Text => {
            for (source, state) in sources.iter().zip(&states) {
                let health = if source.enabled { state.health.word() } else { "disabled" };
                let since = state.since.map(|s| format!(" since {s:.0}")).unwrap_or_default();
                say!(
                    "{:<28} {:<8} {:>5} entries  {}{since} {}",
                    state.source,
                    health,
                    state.entries,
                    state.url,
                    state.message
                );
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn import(workspace: &Workspace, path: &Path) -> Result<ExitCode> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (sources, mut problems) = opml::import(&text);
    let mut added = 0;
    let mut known = load_sources(&workspace.sources())?;
    for mut source in sources {
        source.id = SourceId::new(unused(source.id.as_str(), &known));
        match store(workspace, &source, &known) {
            Ok(()) => {
                added += 1;
                known.push(source);
            }
            Err(e) => problems.push(e.to_string()),
        }
    }
    for problem in &problems {
        anstream::eprintln!("headwater: {problem}");
    }
    say!("{added} sources added");
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
