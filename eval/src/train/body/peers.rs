//! Extractors of others. The agreement of two stands for the truth where nobody has written it down; all are measured on
//! the same pages by the same measures, if asked for.

use anyhow::{Context, Result, bail};
use headwater_extract::teach::lines;
use rayon::prelude::*;
use std::path::Path;
use std::process::{Command, Stdio};

/// The text that trafilatura finds, asked for more than it is sure of.
pub fn trafilatura(page: &str) -> Option<String> {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_links(true)
        .with_exclude_comments(true)
        .with_focus(trafilatura::ExtractionFocus::FavorRecall);
    let found = trafilatura::extract(page, &options).ok()?;
    Some(lines(&found.content_html).join("\n"))
}

/// The text that readability finds.
pub fn readability(page: &str) -> Option<String> {
    let mut readability = dom_smoothie::Readability::new(page, None, None).ok()?;
    let found = readability.parse().ok()?;
    Some(lines(&found.content).join("\n"))
}

fn plain_trafilatura(page: &str) -> Option<String> {
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    let found = trafilatura::extract(page, &options).ok()?;
    Some(lines(&found.content_html).join("\n"))
}

fn libreadability(page: &str) -> Option<String> {
    let found = libreadability::extract(page, None).ok()?;
    Some(lines(&found.content).join("\n"))
}

/// Finds a page's text.
type Reader = fn(&str) -> Option<String>;

/// Crates that find a text.
const CRATES: &[(&str, Reader)] = &[
    ("dom_smoothie", readability),
    ("libreadability", libreadability),
    ("crate trafilatura", plain_trafilatura),
];

/// Python packages that do, as the lines that define `read(page)`.
const PACKAGES: &[(&str, &str)] = &[
    (
        "Python trafilatura",
        "from trafilatura import extract\ndef read(page): return extract(page, include_comments=False)",
    ),
    (
        "Python magic-html",
        "from magic_html import GeneralExtractor\nimport re\nextractor = GeneralExtractor()\n\
         def read(page): return re.sub('<[^>]*>', '\\n', extractor.extract(page)['html'])",
    ),
];

const LOOP: &str = "
import json, sys
texts = []
for page in json.load(sys.stdin):
    try: texts.append(read(page) or '')
    except Exception: texts.append('')
json.dump(texts, sys.stdout)
";

/// What each peer finds on these pages; in place of the texts, why it cannot be asked.
pub fn texts(pages: &[String], python: Option<&Path>) -> Vec<(&'static str, Result<Vec<String>>)> {
    let crates = CRATES.iter().map(|(name, read)| {
        let safely =
            |page: &String| std::panic::catch_unwind(|| read(page)).ok().flatten().unwrap_or_default();
        (*name, Ok(pages.par_iter().map(safely).collect()))
    });
    let packages = PACKAGES.iter().map(|(name, script)| (*name, in_python(script, pages, python)));
    crates.chain(packages).collect()
}

fn in_python(script: &str, pages: &[String], python: Option<&Path>) -> Result<Vec<String>> {
    let python = python.context("no --python was given")?;
    if !Command::new(python).arg("-c").arg(script).stderr(Stdio::null()).status()?.success() {
        bail!("not installed beside {}", python.display());
    }
    let mut child = Command::new(python)
        .arg("-c")
        .arg(format!("{script}{LOOP}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    serde_json::to_writer(child.stdin.take().context("no way to it")?, pages)?;
    Ok(serde_json::from_slice(&child.wait_with_output()?.stdout)?)
}
