//! The program: parses the command line and runs one command.

#[macro_use]
mod say;
mod commands;
mod config;
mod newsroom;
mod progress;
mod screen;

use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let options = commands::Options::parse_from(typed(std::env::args_os()));
    match commands::run(options) {
        Ok(code) => code,
        // A reader that went away (`| head`) is no error of ours.
        Err(e) if is_broken_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            anstream::eprintln!("headwater: {e:#}");
            ExitCode::from(2)
        }
    }
}

/// The words of the command line. What `search` is to leave out is written `-tariff`, which looks like an option: a blank
/// before it, which a query does not mind, says that it is none.
fn typed(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut searching = false;
    let word = |word: OsString| {
        let text = word.to_string_lossy();
        let without =
            text.starts_with('-') && !text.starts_with("--") && text.chars().count() > 1 && text != "-h";
        let without = searching && without;
        searching |= text == "search";
        if without { OsString::from(format!(" {text}")) } else { word }
    };
    words.map(word).collect()
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| {
        e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
