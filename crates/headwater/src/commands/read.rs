//! `headwater read`: documents straight to the terminal, without a workspace.

use super::collect::capture;
use super::{Format, now, parse_day};
use crate::{config, screen};
use anyhow::{Context, Result};
use headwater_collect::{FetchSettings, Fetcher, Validators};
use headwater_knowledge::Lexicon;
use headwater_model::{Analysis, Article, Capture, Hints, Knowledge};
use headwater_pipeline::{Refused, captures, instant, read};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Read documents without a workspace: what they say, on whose word
///
/// Read documents without a workspace: the article, its names, figures, dates, voices and claims. Where `--dir` is a
/// workspace, its `headwater.toml` says how addresses are fetched; nothing is written to it.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, folders, WARC archives, JSON lines, or addresses.
    #[arg(required = true, value_name = "PATH|URL")]
    inputs: Vec<String>,
    /// The day of capture, to which "today" and "last month" refer; default: now.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    captured: Option<jiff::civil::Date>,
    /// How to print: for people, one JSON document, or one JSON object a line.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// A knowledge folder to use instead of the built-in one.
    #[arg(long, value_name = "DIR")]
    knowledge: Option<PathBuf>,
}

/// Documents that are read at once: enough for every core, few enough to stay small.
const BATCH: usize = 64;

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    // In a workspace, addresses are fetched as its configuration says.
    let settings = match headwater_pipeline::Workspace::new(dir).exists() {
        true => config::open(dir)?.1.collect.fetch,
        false => FetchSettings::default(),
    };
    let knowledge = match &arguments.knowledge {
        Some(folder) => headwater_knowledge::load(folder)?,
        None => headwater_knowledge::embedded(),
    };
    let lexicon = Lexicon::new(knowledge);
    let captured = match arguments.captured {
        Some(day) => instant(&day.to_string()).context("the day of capture is out of range")?,
        None => now(),
    };
    let mut inputs = arguments.inputs.iter().flat_map(|input| input_captures(input, captured, &settings));
    let mut printer = Printer {
        knowledge: lexicon.knowledge(),
        out: anstream::stdout().lock(),
        format: arguments.format,
        all: Vec::new(),
        read: 0,
        refused: 0,
    };
    loop {
        let batch: Vec<_> = inputs.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let results: Vec<_> =
            batch.into_par_iter().map(|c| c.map(|capture| read(&capture, &lexicon))).collect();
        for result in results {
            printer.print(result)?;
        }
    }
    printer.finish()
}

fn input_captures(
    input: &str,
    captured: jiff::Timestamp,
    settings: &FetchSettings,
) -> Box<dyn Iterator<Item = Result<Capture, Refused>>> {
    if !(input.starts_with("http://") || input.starts_with("https://")) {
        return captures(Path::new(input), captured);
    }
    let fetched =
        fetch(input, settings).map_err(|e| Refused { what: input.to_owned(), why: format!("{e:#}") });
    Box::new(std::iter::once(fetched))
}

/// Fetches one address, as politely as a collector would.
fn fetch(url: &str, settings: &FetchSettings) -> Result<Capture> {
    let fetcher = Fetcher::new(settings.clone())?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the network runtime")?;
    let fetched = runtime.block_on(fetcher.fetch(url, &Validators::default(), None))?;
    Ok(capture(&fetched, Hints::default()))
}

struct Printer<'k, W: Write> {
    knowledge: &'k Knowledge,
    out: W,
    format: Format,
    all: Vec<Value>,
    read: u64,
    refused: u64,
}

impl<W: Write> Printer<'_, W> {
    fn print(&mut self, result: Result<(Article, Analysis), Refused>) -> Result<()> {
        match &result {
            Ok((article, _)) => {
                self.read += 1;
                if article.text.is_empty() && article.title.is_empty() {
                    self.refused += 1;
                    let why = article.page_kind_reason.as_deref().unwrap_or("it holds no text");
                    anstream::eprintln!("headwater: {}: nothing to read: {why}", article.url);
                }
            }
            Err(refused) => {
                self.refused += 1;
                anstream::eprintln!("headwater: {}: {}", refused.what, refused.why);
            }
        }
        match (self.format, result) {
            (Format::Text, Ok((article, analysis))) => {
                screen::article(&mut self.out, &article, &analysis, self.knowledge)?
            }
            (Format::Text, Err(_)) => {}
            (Format::Jsonl, result) => writeln!(self.out, "{}", object(result))?,
            (Format::Json, result) => self.all.push(object(result)),
        }
        Ok(())
    }

    fn finish(mut self) -> Result<ExitCode> {
        if self.format == Format::Json {
            writeln!(self.out, "{}", serde_json::to_string_pretty(&self.all)?)?;
        }
        Ok(match (self.read, self.refused) {
            (0, _) => ExitCode::from(2),
            (_, 0) => ExitCode::SUCCESS,
            _ => ExitCode::from(1),
        })
    }
}

/// The article's fields with what was found in it; for an input that could not be read, why.
fn object(result: Result<(Article, Analysis), Refused>) -> Value {
    match result {
        Ok((article, analysis)) => document(&article, &analysis),
        Err(refused) => json!({ "input": refused.what, "error": refused.why }),
    }
}

/// One object of an article and its analysis; the doubts of both are one list.
pub fn document(article: &Article, analysis: &Analysis) -> Value {
    let mut object = json!(article);
    let Value::Object(found) = json!(analysis) else { return object };
    if let Value::Object(fields) = &mut object {
        for (name, value) in found {
            match (name.as_str(), fields.get_mut(&name), value) {
                ("doubts", Some(Value::Array(doubts)), Value::Array(more)) => doubts.extend(more),
                (_, _, value) => drop(fields.insert(name, value)),
            }
        }
    }
    object
}
