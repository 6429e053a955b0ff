//! A real browser for the tests: found, or installed with the system's package manager.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// Makes sure that Chromium and its driver are there.
pub fn install() -> Result<()> {
    if BROWSERS.iter().any(|b| found(b)) && found("chromedriver") {
        println!("Chromium and chromedriver are installed");
        return Ok(());
    }
    if !found("apt-get") {
        bail!(
            "the browser tests need chromium and chromedriver on the PATH; install them with your package manager"
        );
    }
    println!("installing chromium, chromium-driver and CJK fonts with apt-get");
    let sudo = if found("sudo") { "sudo " } else { "" };
    let script = format!(
        "{sudo}apt-get update -qq && {sudo}apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-noto-cjk"
    );
    let status =
        Command::new("sh").args(["-c", &script]).env("DEBIAN_FRONTEND", "noninteractive").status()?;
    if !status.success() {
        bail!("apt-get could not install chromium and chromium-driver; install them by hand");
    }
    Ok(())
}

/// Draws the README's picture: the tracing page of the sample's most striking claim.
pub fn picture() -> Result<()> {
    install()?;
    let status = Command::new("cargo")
        .args(["test", "--quiet", "-p", "headwater", "--test", "browser", "--", "--ignored", "picture"])
        .env("HEADWATER_PICTURE", "1")
        .status()
        .context("cannot run cargo")?;
    if !status.success() {
        bail!("the picture could not be drawn");
    }
    Ok(())
}

fn found(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| Path::new(&folder).join(program).exists())
}
