//! `headwater demo`: the whole line on the sample newsroom.

use super::collect::{collect_round, collector};
use super::{init, serve};
use crate::config::{self, Config};
use crate::newsroom::{Newsroom, Outlet};
use crate::screen::{ACCENT, BOLD, DIM};
use anyhow::{Context, Result};
use headwater_collect::{Due, ListRule, Source};
use headwater_ledger::Ledger;
use headwater_model::id::SourceId;
use headwater_model::source::SourceKind;
use headwater_pipeline::Workspace;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tokio::net::TcpListener;

/// Show everything on a sample newsroom: collect it over HTTP, run the line, open the pages
///
/// Serve the sample newsroom from this machine, collect it over real HTTP, run the line, print what was
/// found, and open the pages. Needs no network. Its workspace stands in the folder for temporary files unless `--dir` names
/// another.
#[derive(clap::Args)]
pub struct Arguments {
    /// The port of the pages; the next free one is taken if it is in use, and 0 takes any.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Print the summary and end, without serving the pages.
    #[arg(long)]
    no_serve: bool,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let folder = folder(dir)?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the network runtime")?;
    runtime.block_on(async {
        let newsroom = Newsroom::load()?;
        let listener = TcpListener::bind("127.0.0.1:0").await.context("cannot serve the sample newsroom")?;
        let proxy = format!("http://{}", listener.local_addr()?);
        tokio::spawn(newsroom.clone().serve(listener));
        let workspace = make_workspace(&folder, &proxy, &newsroom.outlets)?;
        let (_, config) = config::open(&folder)?;
        let lexicon = config::lexicon(&workspace)?;
        let sources: Vec<Source> = newsroom.outlets.iter().map(source).collect();
        let collector = collector(&workspace, &config)?;
        for round in 1..=newsroom.rounds() {
            newsroom.set_round(round);
            collect_round(&workspace, &collector, &lexicon, &sources, Due::All).await?;
        }
        summarise(&workspace)?;
        if arguments.no_serve {
            return Ok(());
        }
        let listener = serve::listen(arguments.port).await?;
        say!(
            "\n{DIM}workspace {}: try `headwater --dir {} trace URL`{DIM:#}",
            folder.display(),
            folder.display()
        );
        // The last line: a program that waited for the address may stop reading, and what is printed then ends this one.
        say!("pages on {BOLD}http://{}/{BOLD:#}  (Ctrl-C ends)", listener.local_addr()?);
        serve::serve(&workspace, true, lexicon, listener).await
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The demo's workspace: `--dir` if it was given, else one in the system's folder for temporary files.
/// It is made anew, but only if it is absent, empty or an earlier demo.
fn folder(dir: &Path) -> Result<PathBuf> {
    let folder =
        if dir == Path::new(".") { std::env::temp_dir().join("headwater-demo") } else { dir.to_owned() };
    let demo = config::open(&folder).is_ok_and(|(_, config)| config.sample);
    let empty = std::fs::read_dir(&folder).map_or(true, |mut entries| entries.next().is_none());
    anyhow::ensure!(
        demo || empty,
        "{} holds something else than a demo; name another folder with --dir",
        folder.display()
    );
    if demo {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(folder)
}

fn make_workspace(folder: &Path, proxy: &str, outlets: &[Outlet]) -> Result<Workspace> {
    let workspace = Workspace::new(folder);
    let mut config = Config { sample: true, ..Config::default() };
    config.collect.revisit_always = true;
    config.collect.fetch.proxy = Some(proxy.to_owned());
    // The newsroom is on this machine; waiting between requests would be polite to nobody.
    config.collect.fetch.delay = 0.0;
    init::make(&workspace, &toml::to_string(&config)?)?;
    for outlet in outlets {
        headwater_collect::write_source(&workspace.sources().join("sample.toml"), &source(outlet))?;
    }
    let knowledge = workspace.knowledge().join("sample-outlets.toml");
    std::fs::write(&knowledge, outlets_as_knowledge(outlets))
        .with_context(|| format!("cannot write {}", knowledge.display()))?;
    Ok(workspace)
}

fn source(outlet: &Outlet) -> Source {
    let kind = match outlet.entry_type.as_str() {
        "news_sitemap" | "sitemap" => SourceKind::Sitemap,
        "html_list" => SourceKind::List,
        _ => SourceKind::Feed,
    };
    let mut source = Source::new(&outlet.id, &outlet.name, &outlet.entry, kind);
    source.id = SourceId::new(outlet.id.as_str());
    source.language = Some(outlet.language.clone());
    source.entity = Some(outlet.id.clone());
    source.list =
        outlet.item.as_ref().map(|item| ListRule { item: Some(item.clone()), ..ListRule::default() });
    source
}

/// The stand-in outlets as entities, so that a citation of one finds its pages.
fn outlets_as_knowledge(outlets: &[Outlet]) -> String {
    let mut text = String::from("# The stand-in outlets of the sample newsroom.\n");
    for outlet in outlets {
        let kind = if outlet.kind == "official" { "agency" } else { "outlet" };
        let quoted = |s: &str| toml::Value::String(s.to_owned()).to_string();
        text += &format!(
            "\n[[entity]]\nid = {}\nkind = \"{kind}\"\nen = {}\nhans = {}\nsites = [{}]\n",
            quoted(&outlet.id),
            quoted(&outlet.name),
            quoted(&outlet.name_zh),
            quoted(&outlet.host)
        );
    }
    text
}

fn summarise(workspace: &Workspace) -> Result<()> {
    let ledger = Ledger::open(&workspace.ledger())?;
    let counts = ledger.counts()?;
    say!(
        "{BOLD}The sample newsroom, collected and traced{BOLD:#} {DIM}(sample data, written for this demo){DIM:#}"
    );
    for (number, what) in [
        (counts.captures, "captures"),
        (counts.articles, "articles and notices"),
        (counts.reprints, "reprints"),
        (counts.stories, "stories"),
        (counts.claims, "claims"),
        (counts.drifted, "claims that drifted"),
        (counts.conflicting, "claims in conflict"),
        (counts.measures, "measures with a life cycle"),
        (counts.lists, "lists with members"),
    ] {
        say!("  {number:>5} {what}");
    }
    if let Some(drift) = ledger.striking_groups(1, 0)?.first().and_then(|g| g.drift.first()) {
        say!(
            "\n{ACCENT}The most striking drift{ACCENT:#}: {} changed, {} → {}",
            drift.dimension,
            drift.from_value,
            drift.to_value
        );
        say!("  was “{}”\n  now “{}”", drift.from.evidence.quote(), drift.to.evidence.quote());
    }
    Ok(())
}
