//! How fast pages are read, beside other extractors and the parsing alone; how an import grows.
//!
//! `cargo xtask bench reading --data DIR [--python PYTHON]` measures on the article-extraction-benchmark's pages, in
//! interleaved rounds, CPU time and peak memory, and prints medians. `cargo xtask bench growth` shows how the time
//! grows with a page's size, `cargo xtask bench tracing FILE [--python PYTHON]` how fast captures are traced, `cargo xtask
//! bench scale FILE` how an import grows with its documents, with `--synthetic 1000000` to a million captures.
#![allow(clippy::print_stdout, reason = "a benchmark prints its table")]

mod analysing;
mod contenders;
mod growth;
mod scale;
mod synthetic;
mod tracing;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use contenders::{Turn, contenders};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Measure how fast pages are read.
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    bench: Bench,
}

#[derive(Subcommand)]
enum Bench {
    /// Pages a second, beside other extractors.
    Reading {
        /// Folder into which the corpora were unpacked.
        #[arg(long)]
        data: PathBuf,
        /// Interleaved rounds.
        #[arg(long, default_value_t = 5)]
        rounds: usize,
        /// A Python that has trafilatura, newspaper4k and resiliparse (or some of them), to measure these as well.
        #[arg(long)]
        python: Option<PathBuf>,
        /// Only those whose name contains this.
        #[arg(long)]
        only: Option<String>,
    },
    /// One contender's turn, as `reading` runs it in a process of its own.
    #[command(hide = true)]
    Turn {
        /// Who.
        name: String,
        /// Folder into which the corpora were unpacked.
        #[arg(long)]
        data: PathBuf,
    },
    /// Milliseconds an article and stage, by the number of names.
    Analyse {
        /// Rounds of which the median is taken.
        #[arg(long, default_value_t = 101)]
        rounds: usize,
        /// How many names to load beside those of the knowledge folder; may be given several times.
        #[arg(long, value_name = "COUNT", default_values_t = [0, 100_000, 1_000_000])]
        names: Vec<usize>,
    },
    /// Time by the size of the page, from 10 kB to 10 MB.
    Growth,
    /// Captures traced a second, beside datasketch's MinHash LSH, which finds copies alone.
    Tracing {
        /// The file of documents that the captures are made from: JSON lines, may be gzip.
        file: PathBuf,
        /// How many captures.
        #[arg(long, default_value_t = 20_000)]
        captures: usize,
        /// Interleaved rounds.
        #[arg(long, default_value_t = 3)]
        rounds: usize,
        /// A Python that has datasketch.
        #[arg(long)]
        python: Option<PathBuf>,
    },
    /// Our turn of `tracing`, in a process of its own.
    #[command(hide = true)]
    Traced {
        /// The captures.
        stream: PathBuf,
    },
    /// How an import grows: a large file of documents at a tenth and whole.
    Scale {
        /// The file: JSON lines, may be gzip.
        file: PathBuf,
        /// So many captures made from the file's documents, with reprints, edits and retellings, in its place.
        #[arg(long, value_name = "COUNT")]
        synthetic: Option<usize>,
    },
}

fn main() -> Result<()> {
    match Options::parse().bench {
        Bench::Reading { data, rounds, python, only } => {
            reading(&data, rounds, python.as_deref(), only.as_deref())
        }
        Bench::Turn { name, data } => {
            let contender = contenders().into_iter().find(|c| c.name == name);
            contender.with_context(|| format!("nobody is called {name}"))?.run(&data)
        }
        Bench::Analyse { rounds, names } => analysing::measure(rounds, &names),
        Bench::Tracing { file, captures, rounds, python } => {
            tracing::measure(&file, captures, rounds, python.as_deref())
        }
        Bench::Traced { stream } => tracing::run(&stream),
        Bench::Growth => growth::measure(),
        Bench::Scale { file, synthetic } => scale::measure(&file, synthetic),
    }
}

/// A page as it was captured.
pub struct Page {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The bytes as text, for those that take text.
    pub text: String,
}

/// Where the pages lie.
pub fn folder(data: &Path) -> PathBuf {
    data.join("extraction/aeb/html")
}

/// Every page of the article-extraction-benchmark.
pub fn pages(data: &Path) -> Result<Vec<Page>> {
    let folder = folder(data);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .with_context(|| format!("{} is absent", folder.display()))?
        .map(|e| Ok(e?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    let read = |path: &PathBuf| {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut bytes)?;
        let text = headwater_charset::decode(&bytes, None, "").text;
        Ok(Page { bytes, text })
    };
    files.iter().map(read).collect()
}

fn reading(data: &Path, rounds: usize, python: Option<&Path>, only: Option<&str>) -> Result<()> {
    let pages = pages(data)?;
    let size: usize = pages.iter().map(|p| p.bytes.len()).sum();
    println!(
        "{} pages, {:.1} MB, {rounds} interleaved rounds on one core, CPU time, medians",
        pages.len(),
        size as f64 / 1e6
    );
    let mut taking = Vec::new();
    for contender in contenders().into_iter().filter(|c| only.is_none_or(|o| c.name.contains(o))) {
        match contender.missing(python) {
            Some(why) => println!("{}: skipped, {why}", contender.name),
            None => taking.push((contender, Vec::new())),
        }
    }
    for _ in 0..rounds {
        for (contender, turns) in &mut taking {
            turns.push(contender.turn(data, python)?);
        }
    }
    let medians: Vec<(&str, Turn)> = taking.iter().map(|(c, turns)| (c.name, median(turns))).collect();
    let of = |name: &str| medians.iter().find(|(n, _)| n.starts_with(name)).map(|(_, turn)| turn.seconds);
    let (floor, peer) = (of("parsing"), of("Python trafilatura"));
    println!(
        "{:<36} {:>9} {:>7} {:>9} {:>10} {:>15}",
        "", "pages/s", "MB/s", "peak MiB", "of floor", "of trafilatura"
    );
    for (name, turn) in &medians {
        let ratio = |part: Option<f64>| part.map_or("-".into(), |r| format!("{r:.1}"));
        println!(
            "{name:<36} {:>9.1} {:>7.1} {:>9.1} {:>10} {:>15}",
            pages.len() as f64 / turn.seconds,
            size as f64 / 1e6 / turn.seconds,
            turn.memory as f64 / 1024.0,
            ratio(floor.map(|f| turn.seconds / f)),
            ratio(peer.map(|p| p / turn.seconds)),
        );
        if turn.failed > 0 {
            println!("{:<36} failed on {} pages", "", turn.failed);
        }
    }
    println!(
        "of floor: times the time of parsing alone; of trafilatura: times as fast as Python trafilatura;"
    );
    println!("peak: above what the program and the pages themselves take, each in a process of its own");
    Ok(())
}

/// The median of some values.
fn middle(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The medians of time and memory, each by itself.
fn median(turns: &[Turn]) -> Turn {
    let at = turns.len() / 2;
    let seconds = middle(turns.iter().map(|t| t.seconds).collect()).unwrap_or_default();
    let mut memory: Vec<u64> = turns.iter().map(|t| t.memory).collect();
    memory.sort_unstable();
    Turn { seconds, memory: memory[at], failed: turns[at].failed }
}
