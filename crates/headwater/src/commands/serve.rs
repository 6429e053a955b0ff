//! `headwater serve`

use crate::config;
use anyhow::{Context, Result};
use headwater_knowledge::Lexicon;
use headwater_pipeline::Workspace;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serve the pages, and the same as feeds and JSON below `/api`
///
/// Serve the pages on this machine, and the same as feeds (`/feed.xml`) and JSON (below `/api`).
#[derive(clap::Args)]
pub struct Arguments {
    /// The port; the next free one is taken if it is in use, and 0 takes any.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, config) = config::open(dir)?;
    let lexicon = config::lexicon(&workspace)?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the network runtime")?;
    runtime.block_on(async {
        let listener = listen(arguments.port).await?;
        say!("pages on http://{}/  (Ctrl-C ends)", listener.local_addr()?);
        serve(&workspace, config.sample, lexicon, listener).await
    })?;
    Ok(ExitCode::SUCCESS)
}

/// How many ports are tried after the first.
const PORTS_TRIED: u16 = 50;

/// Listens on a port of this machine only, or on the next free one.
pub async fn listen(port: u16) -> Result<TcpListener> {
    let mut last = None;
    for port in port..=port.saturating_add(PORTS_TRIED) {
        match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await {
            Ok(listener) => return Ok(listener),
            Err(e) => last = Some(e),
        }
    }
    let last = last.map(|e| e.to_string()).unwrap_or_default();
    anyhow::bail!("no free port from {port} to {}: {last}", port.saturating_add(PORTS_TRIED))
}

/// Serves a workspace until the process ends.
pub async fn serve(
    workspace: &Workspace,
    sample: bool,
    lexicon: Arc<Lexicon>,
    listener: TcpListener,
) -> Result<()> {
    let site = headwater_serve::Site {
        ledger: workspace.ledger(),
        index: workspace.index(),
        archive: workspace.archive(),
        knowledge: Arc::new(lexicon.knowledge().clone()),
        sample,
        names_in: Arc::new(move |text: &str| super::search::names_in(&lexicon, text)),
    };
    Ok(headwater_serve::run(listener, site).await?)
}
