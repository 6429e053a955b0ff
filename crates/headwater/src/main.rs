//! The program: parses the command line and runs one command.

mod commands;
mod config;
mod newsroom;
mod progress;
mod screen;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let options = commands::Options::parse();
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

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| {
        e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
