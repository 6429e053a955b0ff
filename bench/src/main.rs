//! How fast pages are read, beside other extractors and the parsing alone; how an import grows.
//!
//! `cargo xtask bench reading --data DIR [--python PYTHON]` measures on the article-extraction-benchmark's pages, in
//! interleaved rounds, the CPU time, and prints medians. `cargo xtask bench growth` shows how the time
//! grows with a page's size, `cargo xtask bench scale FILE` how an import grows with its documents, with
//! `--synthetic 1000000` to a million captures.
#![allow(clippy::print_stdout, reason = "a benchmark prints its table")]

mod analysing;
mod contenders;
mod growth;
mod scale;
mod synthetic;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use contenders::{Contender, contenders};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

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
        /// A Python that has trafilatura, to measure it as well.
        #[arg(long)]
        python: Option<PathBuf>,
    },
    /// Milliseconds an article and stage, by the number of names.
    Analyse {
        /// Rounds of which the median is taken.
        #[arg(long, default_value_t = 101)]
        rounds: usize,
    },
    /// Time by the size of the page, from 10 kB to 10 MB.
    Growth,
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
        Bench::Reading { data, rounds, python } => reading(&data, rounds, python.as_deref()),
        Bench::Analyse { rounds } => analysing::measure(rounds),
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

fn pages(data: &Path) -> Result<Vec<Page>> {
    let folder = data.join("extraction/aeb/html");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .with_context(|| format!("{} is absent", folder.display()))?
        .map(|e| Ok(e?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    let read = |path: &PathBuf| {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut bytes)?;
        let text = headwater_extract::decode(&bytes, None, "");
        Ok(Page { bytes, text })
    };
    files.iter().map(read).collect()
}

fn reading(data: &Path, rounds: usize, python: Option<&Path>) -> Result<()> {
    let pages = pages(data)?;
    let size: usize = pages.iter().map(|p| p.bytes.len()).sum();
    println!("{} pages, {:.1} MB, {rounds} rounds, CPU time", pages.len(), size as f64 / 1e6);
    let mut contenders = contenders();
    if let Some(python) = python {
        contenders.push(Contender::python(python, data));
    }
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); contenders.len()];
    for _ in 0..rounds {
        for (contender, times) in contenders.iter().zip(&mut times) {
            times.push(contender.round(&pages)?);
        }
    }
    let medians: Vec<f64> = times.into_iter().map(median).collect();
    let of = |name: &str| contenders.iter().position(|c| c.name.starts_with(name)).map(|at| medians[at]);
    let (floor, peer) = (of("parsing"), of("Python"));
    println!("{:<36} {:>9} {:>7} {:>10} {:>10}", "", "pages/s", "MB/s", "of floor", "of Python");
    for (contender, seconds) in contenders.iter().zip(&medians) {
        let times = |other: Option<f64>, faster: bool| {
            other.map_or("-".into(), |o| format!("{:.1}", if faster { o / seconds } else { seconds / o }))
        };
        println!(
            "{:<36} {:>9.1} {:>7.1} {:>10} {:>10}",
            contender.name,
            pages.len() as f64 / seconds,
            size as f64 / 1e6 / seconds,
            times(floor, false),
            times(peer, true),
        );
    }
    println!("of floor: times the time of parsing alone; of Python: times as fast as Python trafilatura");
    Ok(())
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
