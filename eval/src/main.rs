//! Measures every stage on real corpora and holds the figures against floors.
//!
//! `cargo xtask eval SUITE --data DIR` prints a table and compares with `eval/SUITE.json`;
//! `--write` stores the new figures, and refuses to lower a floor without `--lower`.

mod feeds;
mod floors;
mod reading;
mod tracing;
mod understanding;

use clap::Parser;
use std::path::PathBuf;

/// Measure a stage on real corpora.
#[derive(Parser)]
struct Options {
    /// Which suite.
    #[arg(value_enum)]
    suite: Suite,
    /// Folder into which the corpora were unpacked.
    #[arg(long)]
    data: PathBuf,
    /// Only sets whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// Print each miss.
    #[arg(long)]
    misses: bool,
    /// Store the figures as the new floors.
    #[arg(long)]
    write: bool,
    /// Allow `--write` to lower a floor.
    #[arg(long)]
    lower: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Suite {
    Reading,
    Understanding,
    Tracing,
}

/// What a suite needs to know.
pub struct Context {
    /// Folder of the corpora.
    pub data: PathBuf,
    /// Only sets whose name contains this.
    pub only: Option<String>,
    /// Print each miss.
    pub misses: bool,
}

impl Context {
    /// Whether a set is to be measured: it was asked for and its folder is there.
    pub fn wants(&self, set: &str, folder: &str) -> bool {
        let asked = self.only.as_ref().is_none_or(|only| set.contains(only.as_str()));
        let there = self.data.join(folder).exists();
        if asked && !there {
            println!("{set}: skipped, {} is absent", self.data.join(folder).display());
        }
        asked && there
    }
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let whole = options.only.is_none();
    let context = Context { data: options.data, only: options.only, misses: options.misses };
    let (name, figures) = match options.suite {
        Suite::Reading => {
            let mut figures = reading::measure(&context)?;
            figures.extend(feeds::measure(&context)?);
            ("reading", figures)
        }
        Suite::Understanding => ("understanding", understanding::measure(&context)?),
        Suite::Tracing => ("tracing", tracing::measure(&context)?),
    };
    floors::report(name, &figures, whole, options.write, options.lower)
}
