//! The commands, one a file.

mod changes;
mod check;
mod cite;
mod collect;
mod demo;
mod doctor;
mod export;
mod import;
mod init;
mod knowledge;
mod list;
mod measure;
mod note;
mod read;
mod rebuild;
mod search;
mod serve;
mod sheet;
mod source;
mod trace;

use anyhow::Result;
use clap::{Parser, Subcommand, ValueEnum};
use headwater_ledger::{CaptureRow, Ledger};
use headwater_model::CaptureId;
use headwater_pipeline::Workspace;
use jiff::civil::Date;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Follow policy news in English and Chinese: archive every page, work out what each text asserts,
/// and trace every claim back to where it was first said.
#[derive(Parser)]
#[command(name = "headwater", version, after_help = EXAMPLES)]
pub struct Options {
    /// The workspace.
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  headwater demo                                the whole line on sample data, then its pages
  headwater read https://example.org/story      one page, straight to the terminal
  headwater init; headwater source add https://example.org/; headwater collect; headwater serve
  headwater import pages/ archive.warc.gz documents.jsonl
  headwater trace https://example.org/story     who said it first, and what changed on the way
  headwater changes --since 2026-06-01          what became known since
  headwater list entity-list --on 2026-06-01    who was on a list on a day

Exit codes: 0 done; 1 done, but something in the input or the workspace is not right (it is named);
2 not done, and why.";

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    Demo(demo::Arguments),
    Init(init::Arguments),
    Source(source::Arguments),
    Collect(collect::Arguments),
    Import(import::Arguments),
    Read(read::Arguments),
    Search(search::Arguments),
    Trace(trace::Arguments),
    Changes(changes::Arguments),
    List(list::Arguments),
    Measure(measure::Arguments),
    Cite(cite::Arguments),
    Export(export::Arguments),
    Serve(serve::Arguments),
    Knowledge(knowledge::Arguments),
    Note(note::Arguments),
    Rebuild(rebuild::Arguments),
    Check(check::Arguments),
    Doctor(doctor::Arguments),
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
}

/// How tables are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum SheetFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A table for spreadsheets, in UTF-8 with the mark (BOM) that says so.
    Csv,
}

/// A number of things to print, of which there must be one at least.
fn parse_limit(value: &str) -> Result<usize, String> {
    let limit = value.parse().ok().filter(|limit| *limit > 0);
    limit.ok_or_else(|| format!("{value:?} is no number from 1 on"))
}

/// Runs a command.
pub fn run(options: Options) -> Result<ExitCode> {
    let dir = options.dir;
    match options.command {
        Command::Demo(a) => demo::run(&dir, a),
        Command::Init(a) => init::run(&dir, a),
        Command::Source(a) => source::run(&dir, a),
        Command::Collect(a) => collect::run(&dir, a),
        Command::Import(a) => import::run(&dir, a),
        Command::Read(a) => read::run(&dir, a),
        Command::Search(a) => search::run(&dir, a),
        Command::Trace(a) => trace::run(&dir, a),
        Command::Changes(a) => changes::run(&dir, a),
        Command::List(a) => list::run(&dir, a),
        Command::Measure(a) => measure::run(&dir, a),
        Command::Cite(a) => cite::run(&dir, a),
        Command::Export(a) => export::run(&dir, a),
        Command::Serve(a) => serve::run(&dir, a),
        Command::Knowledge(a) => knowledge::run(&dir, a),
        Command::Note(a) => note::run(&dir, a),
        Command::Rebuild(a) => rebuild::run(&dir, a),
        Command::Check(a) => check::run(&dir, a),
        Command::Doctor(a) => doctor::run(&dir, a),
    }
}

/// As of which days, and how, a list or measure is printed.
#[derive(clap::Args)]
struct AsOf {
    /// On this day; default: the day of the latest capture.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    on: Option<Date>,
    /// As known on this day, by what had been published then; default: by everything that was captured.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    known: Option<Date>,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: SheetFormat,
}

/// Prints one object that holds rows: for people by `text`, for machines whole or in `lines`, or as a sheet.
fn print_one(
    whole: &Value,
    lines: &[Value],
    columns: &'static sheet::Columns,
    format: SheetFormat,
    text: impl FnOnce(),
) -> Result<ExitCode> {
    match format {
        SheetFormat::Json => say!("{}", serde_json::to_string_pretty(whole)?),
        SheetFormat::Jsonl => lines.iter().for_each(|line| say!("{line}")),
        SheetFormat::Csv => print_sheet(std::slice::from_ref(whole), columns)?,
        SheetFormat::Text => text(),
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a table: each row as a line for people, an object, or a row of a sheet.
fn print_rows(
    rows: &[Value],
    columns: &'static sheet::Columns,
    format: SheetFormat,
    none: &str,
    line: impl Fn(&Value) -> String,
) -> Result<ExitCode> {
    match format {
        SheetFormat::Json => say!("{}", serde_json::to_string_pretty(rows)?),
        SheetFormat::Jsonl => rows.iter().for_each(|row| say!("{row}")),
        SheetFormat::Csv => print_sheet(rows, columns)?,
        SheetFormat::Text if rows.is_empty() => say!("{none}"),
        SheetFormat::Text => rows.iter().for_each(|row| say!("{}", line(row))),
    }
    Ok(ExitCode::SUCCESS)
}

fn print_sheet(rows: &[Value], columns: &'static sheet::Columns) -> Result<()> {
    let mut sheet = sheet::Sheet::new(std::io::stdout().lock(), columns)?;
    rows.iter().try_for_each(|row| sheet.write(row))?;
    sheet.finish()?;
    Ok(())
}

/// Opens the ledger to be asked. What is archived and not yet in it is named, for the answer lacks it.
fn open_ledger(workspace: &Workspace) -> Result<Ledger> {
    let ledger = Ledger::open_read_only(&workspace.ledger())?;
    if headwater_pipeline::is_behind(workspace, &ledger)? {
        anstream::eprintln!(
            "headwater: not everything that is archived has been read yet: an import or a collection goes on or was \
             interrupted; the next one reads the rest, and so does `headwater rebuild`"
        );
    }
    Ok(ledger)
}

/// The captures of what a person names: one by its id or its archived copy, or all of an address, of one that pages give
/// as their own, or of a file of this machine.
fn captures_at(ledger: &Ledger, subject: &str) -> Result<Vec<CaptureRow>> {
    if let Some(one) = ledger.capture_row(&CaptureId::new(subject))? {
        return Ok(vec![one]);
    }
    let captures = ledger.captures_at(subject)?;
    if !captures.is_empty() {
        return Ok(captures);
    }
    if let Some(one) = headwater_serve::archived(ledger, subject)? {
        return Ok(vec![one]);
    }
    for address in headwater_pipeline::file_addresses(Path::new(subject)) {
        let captures = ledger.captures_at(&address)?;
        if !captures.is_empty() {
            return Ok(captures);
        }
    }
    Ok(captures)
}

/// A day as an instant, for `--captured` and `--since`.
fn parse_day(value: &str) -> Result<Date, String> {
    value.parse().map_err(|_| format!("{value:?} is not a date; write it as 2026-06-09"))
}

/// The current time. Capturing is the one moment at which Headwater looks at a clock.
#[allow(clippy::disallowed_methods, reason = "collecting and importing record when they happened")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
