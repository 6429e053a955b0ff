//! `headwater collect`

use super::now;
use crate::config::{self, Config};
use crate::progress;
use anyhow::{Context, Error, Result, bail};
use headwater_archive::{Exchange, Writer, block_digest};
use headwater_collect::{
    Captured, Collector, Due, Fetched, Outcome, Round, Sink, Source, State, load_sources, next_due,
};
use headwater_knowledge::Lexicon;
use headwater_model::{Capture, Hints};
use headwater_pipeline::{Line, Summary, Workspace};
use indicatif::ProgressBar;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// Fetch what is new from the sources and run the line
///
/// Fetch what is new from the sources, archive it, and run the line. Politely: robots.txt, one request a
/// host at a time, conditional requests.
#[derive(clap::Args)]
pub struct Arguments {
    /// Go on: ask each source again when its time has come, until interrupted.
    #[arg(long)]
    watch: bool,
    /// Ask every source now, whether or not its time has come.
    #[arg(long)]
    all: bool,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, config) = config::open(dir)?;
    let mut lexicon = config::lexicon(&workspace)?;
    let mut sources = load_sources(&workspace.sources())?;
    if sources.is_empty() {
        bail!("there are no sources yet: `headwater source add URL`");
    }
    let runtime = tokio::runtime::Runtime::new().context("cannot start the network runtime")?;
    let collector = collector(&workspace, &config)?;
    let mut due = if arguments.all || !arguments.watch { Due::All } else { Due::Scheduled };
    let mut waits = false;
    loop {
        match runtime.block_on(collect_round(&workspace, &collector, &lexicon, &sources, due)) {
            Ok((round, summary)) => {
                report(&round, &summary);
                if !arguments.watch {
                    let faulty = round.sources.iter().any(|s| !s.message.is_empty())
                        || !(round.troubles.is_empty() && summary.faults.is_empty());
                    return Ok(if faulty { ExitCode::from(1) } else { ExitCode::SUCCESS });
                }
                due = Due::Scheduled;
                waits = false;
            }
            // An import or a rebuild comes to an end; the watch need not.
            Err(error) if arguments.watch && is_locked(&error) => {
                if !waits {
                    anstream::eprintln!(
                        "headwater: the archive is being written by another process; waiting"
                    );
                }
                waits = true;
            }
            Err(error) if arguments.watch && renew(&workspace, &mut lexicon)? => {
                anstream::eprintln!("headwater: {error}; going on with the knowledge as it is now");
                waits = true;
            }
            Err(error) => return Err(error),
        }
        std::thread::sleep(if waits { SHORTEST } else { pause(&workspace, &sources) });
        match load_sources(&workspace.sources()) {
            Ok(loaded) => sources = loaded,
            Err(error) => anstream::eprintln!("headwater: {error}; going on with the sources as they were"),
        }
    }
}

fn is_locked(error: &Error) -> bool {
    error.downcast_ref::<headwater_pipeline::Error>().is_some_and(headwater_pipeline::Error::is_locked)
}

/// Reads the knowledge again; says whether it has changed, as it has when the ledger was made anew from it.
fn renew(workspace: &Workspace, lexicon: &mut Arc<Lexicon>) -> Result<bool> {
    let read = config::lexicon(workspace)?;
    let changed = read.knowledge().digest != lexicon.knowledge().digest;
    *lexicon = read;
    Ok(changed)
}

/// The shortest pause between two rounds.
const SHORTEST: Duration = Duration::from_secs(5);

/// How long until the next source is due, within reason.
fn pause(workspace: &Workspace, sources: &[Source]) -> Duration {
    // A round that cannot read it has said so.
    let state = memory(workspace).unwrap_or_default();
    let left = next_due(sources, &state).map_or(60, |next| next.as_second() - now().as_second());
    Duration::from_secs(left.clamp(0, 3600).unsigned_abs()).max(SHORTEST)
}

/// What is remembered of sources and pages.
pub fn memory(workspace: &Workspace) -> Result<State> {
    let path = workspace.collector();
    State::load(&path).with_context(|| {
        format!("{} cannot be read; move it away, and every page is fetched anew", path.display())
    })
}

/// The collector of a workspace. One serves all rounds, so that robots.txt is asked for once a day and a host that
/// asked to be left alone is.
pub fn collector(workspace: &Workspace, config: &Config) -> Result<Collector> {
    Ok(Collector::new(config.collect.clone())?.with_checkpoint(workspace.collector()))
}

/// One round: fetch, archive, run the line, note how the sources fare.
pub async fn collect_round(
    workspace: &Workspace,
    collector: &Collector,
    lexicon: &Arc<Lexicon>,
    sources: &[Source],
    due: Due,
) -> Result<(Round, Summary)> {
    let (mut line, mut writer) = Line::open_with_writer(workspace, lexicon.clone())?;
    let mut state = memory(workspace)?;
    let bar = progress::counter("fetched");
    let archiving = Archiving { writer: &mut writer, bar: &bar };
    let round = collector.collect_once(sources, &mut state, due, archiving).await?;
    bar.finish_and_clear();
    writer.sync()?;
    state
        .save(&workspace.collector())
        .with_context(|| format!("cannot write {}", workspace.collector().display()))?;
    let bar = progress::counter("read and traced");
    let summary = line.advance(&mut |summary| bar.set_position(summary.captures))?;
    bar.finish_and_clear();
    for source in &round.sources {
        line.ledger().set_source(source)?;
    }
    Ok((round, summary))
}

/// The archive as what takes a round's pages.
struct Archiving<'a> {
    writer: &'a mut Writer,
    bar: &'a ProgressBar,
}

impl Sink for Archiving<'_> {
    type Error = headwater_archive::Error;
    fn take(&mut self, captured: Captured) -> Result<(), Self::Error> {
        self.bar.set_length(captured.total as u64);
        self.bar.set_position(captured.position as u64);
        self.bar.set_message(captured.url.clone());
        archive(self.writer, &captured)
    }
    fn keep(&mut self) -> Result<(), Self::Error> {
        self.writer.sync()
    }
}

/// The status of an answer without a body: the page is as it was.
const NOT_MODIFIED: u16 = 304;

/// Puts what was fetched into the archive.
fn archive(writer: &mut Writer, captured: &Captured) -> Result<(), headwater_archive::Error> {
    let Some(fetched) = &captured.fetched else { return Ok(()) };
    if captured.is_news() {
        let capture = capture(fetched, captured.hints.clone());
        let exchange = Exchange {
            capture: &capture,
            request_headers: &fetched.request_headers,
            response_headers: &fetched.response_headers,
        };
        writer.exchange(&exchange)?;
    } else if let (Outcome::Unchanged, Some(earlier)) = (&captured.outcome, captured.earlier) {
        let digest = (fetched.status != NOT_MODIFIED).then(|| block_digest(&fetched.body));
        writer.revisit(&fetched.url, fetched.started, earlier, digest.as_deref())?;
    }
    Ok(())
}

/// A capture of what was fetched.
pub fn capture(fetched: &Fetched, hints: Hints) -> Capture {
    let requested_url = (fetched.requested_url != fetched.url).then(|| fetched.requested_url.clone());
    Capture {
        url: fetched.url.clone(),
        captured: fetched.started,
        status: fetched.status,
        content_type: fetched.content_type().map(str::to_owned),
        body: fetched.body.clone(),
        hints: Hints { requested_url, ..hints },
    }
}

/// Pages that cannot be had that are named, of one round.
const NAMED: usize = 20;

fn report(round: &Round, summary: &Summary) {
    for source in round.sources.iter().filter(|s| !s.message.is_empty()) {
        anstream::eprintln!("headwater: {} is {}: {}", source.source, source.health, source.message);
    }
    for trouble in round.troubles.iter().take(NAMED) {
        anstream::eprintln!("headwater: {trouble}");
    }
    if round.troubles.len() > NAMED {
        anstream::eprintln!("headwater: and {} more pages", round.troubles.len() - NAMED);
    }
    for fault in &summary.faults {
        anstream::eprintln!("headwater: {fault}");
    }
    say!(
        "{} sources asked; {} pages new, {} changed, {} unchanged, {} gone, {} blocked, {} failed; {} articles read",
        round.sources.len(),
        round.new,
        round.changed,
        round.unchanged,
        round.gone,
        round.blocked,
        round.failed,
        summary.articles
    );
}
