//! Every dependency's licence must be one that MIT OR Apache-2.0 can be combined with.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::process::Command;

/// Licences that ask for no more than attribution, or (MPL-2.0) for changes to their own files.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "NCSA",
    "OpenSSL",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
    "WTFPL",
];

/// Checks licences from `cargo metadata`, and known vulnerabilities where cargo-deny is installed.
pub fn check() -> Result<()> {
    let output = Command::new("cargo").args(["metadata", "--format-version", "1", "--locked"]).output()?;
    ensure!(output.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let refused: Vec<String> = packages
        .iter()
        .filter(|p| !p["source"].is_null())
        .filter(|p| !p["license"].as_str().is_some_and(allowed) && p["license_file"].is_null())
        .map(|p| format!("{} {}: {}", p["name"], p["version"], p["license"]))
        .collect();
    ensure!(refused.is_empty(), "licences that are not allowed:\n  {}", refused.join("\n  "));
    println!("{} packages, every licence allowed", packages.len());
    advisories()
}

fn advisories() -> Result<()> {
    let deny = Command::new("cargo").args(["deny", "--version"]).output();
    if !deny.is_ok_and(|o| o.status.success()) {
        println!("advisories: not checked, for cargo-deny is not installed (cargo install cargo-deny)");
        return Ok(());
    }
    let status = Command::new("cargo").args(["deny", "check", "advisories"]).status()?;
    ensure!(status.success(), "cargo deny found advisories; see above");
    Ok(())
}

/// Whether an SPDX expression can be satisfied from the allowed licences.
fn allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let without_groups = expression.replace(['(', ')'], "");
    let any_of = |part: &str| part.split(" OR ").any(|l| ALLOWED.contains(&l.trim()));
    without_groups.split(" AND ").all(any_of)
}
