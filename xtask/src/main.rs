//! The project's chores. `cargo xtask` lists them.

mod browser;
mod licences;

use anyhow::{Context, Result, bail};
use std::process::Command;

const HELP: &str = "\
cargo xtask CHORE

  test              everything: format, lints, licences, all tests, the pages in a real browser
  test --quick      the same without the browser
  eval SUITE --data DIR [--only SET] [--misses] [--write [--lower]]
                    measure a stage on real corpora; SUITE: reading, understanding, tracing
  train --data DIR [--only names|claims|firmness|body|background|sameness|owing|drift|stories] [--folds N [--misses]]
                    train the tagger of unknown names, the reading of claims and the trees that tell a page's
                    text, and count common words; with folds, measure the trees first on sites that they have not seen;
                    firmness of claims, sameness of claims, owing, drift and joining of stories only where they are asked for: each
                    needs a build with the weights of the ones before
  bench reading --data DIR [--python PYTHON] | bench growth
                    measure how fast pages are read, beside other extractors
  bench analyse     measure where an article's analysis spends its time, with up to a million names
  bench tracing FILE [--python PYTHON]
                    measure how many captures are traced a second, beside datasketch, which finds copies alone
  bench scale FILE  import a large file of documents (JSON lines) at a tenth and whole: time, memory, sizes, search
  licences          check every dependency's licence
  picture           draw docs/tracing.png from the sample newsroom
";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest: Vec<&str> = arguments.iter().skip(1).map(String::as_str).collect();
    match arguments.first().map(String::as_str) {
        Some("test") => test(rest.contains(&"--quick")),
        Some("eval") => eval(&rest),
        Some("train") => train(&rest),
        Some("bench") => bench(&rest),
        Some("licences") => licences::check(),
        Some("picture") => browser::picture(),
        _ => {
            print!("{HELP}");
            Ok(())
        }
    }
}

/// Everything that has to hold before a change lands.
fn test(quick: bool) -> Result<()> {
    step("format", cargo(&["fmt", "--all", "--check"]))?;
    step("lints", cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))?;
    println!("== licences and advisories");
    licences::check()?;
    step("tests", cargo(&["test", "--workspace", "--quiet"]))?;
    if quick {
        println!("== browser: left out (--quick)");
        return Ok(());
    }
    println!("== browser");
    browser::install()?;
    step(
        "pages in a browser",
        cargo(&["test", "--quiet", "-p", "headwater", "--test", "browser", "--", "--ignored"]),
    )
}

fn eval(rest: &[&str]) -> Result<()> {
    let arguments = [&["run", "--release", "--quiet", "-p", "headwater-eval", "--"], rest].concat();
    run(cargo(&arguments))
}

fn train(rest: &[&str]) -> Result<()> {
    let arguments =
        [&["run", "--release", "--quiet", "-p", "headwater-eval", "--bin", "headwater-train", "--"], rest]
            .concat();
    run(cargo(&arguments))
}

fn bench(rest: &[&str]) -> Result<()> {
    let arguments = [&["run", "--release", "--quiet", "-p", "headwater-bench", "--"], rest].concat();
    run(cargo(&arguments))
}

fn step(name: &str, command: Command) -> Result<()> {
    println!("== {name}");
    run(command)
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(option_env!("CARGO").unwrap_or("cargo"));
    command.args(arguments);
    command
}

fn run(mut command: Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot run {command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed ({status})");
    }
    Ok(())
}
