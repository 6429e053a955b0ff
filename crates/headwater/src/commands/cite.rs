//! `headwater cite`

use crate::config;
use anyhow::{Result, bail};
use clap::ValueEnum;
use headwater_ledger::Ledger;
use headwater_model::{Article, GroupId};
use headwater_serve::cite::{Style, references};
use std::path::Path;
use std::process::ExitCode;

/// Print references to a page or a claim: BibTeX, RIS, CSL-JSON
///
/// Print references to a page, or to every page that makes a claim: with the day of publication, the day of capture,
/// and where the archived copy stands below the address of `headwater serve`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The address of a page (its latest capture), a file that was imported, a capture's id or the address of its archived
    /// copy, or a claim's id.
    #[arg(value_name = "URL|PATH|CAPTURE|CLAIM")]
    subject: String,
    /// How to write them.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    /// BibTeX, for LaTeX.
    #[default]
    Bibtex,
    /// RIS, for EndNote and its like.
    Ris,
    /// CSL-JSON, for Zotero, Pandoc and their like.
    Csl,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let knowledge = headwater_knowledge::load(&workspace.knowledge())?;
    let articles = articles(&super::open_ledger(&workspace)?, &arguments.subject)?;
    let style = match arguments.format {
        Format::Bibtex => Style::Bibtex,
        Format::Ris => Style::Ris,
        Format::Csl => Style::Csl,
    };
    say_on!("{}", references(style, &articles, &knowledge));
    Ok(ExitCode::SUCCESS)
}

/// The latest capture of a page, or every article that makes a claim.
fn articles(ledger: &Ledger, subject: &str) -> Result<Vec<Article>> {
    let claim = GroupId::new(subject);
    let claim = ledger.successor(&claim)?.unwrap_or(claim);
    let articles = headwater_serve::cite::of_claim(ledger, &claim)?;
    if !articles.is_empty() {
        return Ok(articles);
    }
    let Some(capture) = super::captures_at(ledger, subject)?.pop() else {
        bail!("{subject} is neither a captured page nor a claim; `headwater search` finds pages");
    };
    Ok(ledger.article_of(&capture.id)?.into_iter().map(|(article, _)| article).collect())
}
