//! `headwater search`

use super::{Format, parse_day, parse_limit};
use crate::config;
use crate::screen::{ACCENT, BOLD, DIM};
use anyhow::{Result, anyhow, bail, ensure};
use headwater_knowledge::{Lexicon, Match};
use headwater_model::EntityId;
use headwater_search::{Filter, Hit, Index};
use std::ops::Range;
use std::path::Path;
use std::process::ExitCode;

/// Search articles, in English and Chinese
///
/// Search articles in English and Chinese, simplified and traditional alike. Words must all occur; `"a
/// phrase"` (the words next to one another, in this order), `-without`, `this OR that`, `title:word` and `site:host` are
/// understood; the name of a known entity, in capitals or not, finds all its names; British and American spellings find one
/// another, and so do 120,000 and 120000. Each article once, however often it was captured.
#[derive(clap::Args)]
pub struct Arguments {
    /// What to look for.
    #[arg(required = true)]
    query: Vec<String>,
    /// Published on this day or later.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    since: Option<jiff::civil::Date>,
    /// Published on this day or earlier.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    until: Option<jiff::civil::Date>,
    /// Language: `en`, `zh`.
    #[arg(long)]
    language: Option<String>,
    /// Find error pages, bot walls, stubs and lists too.
    #[arg(long)]
    everything: bool,
    /// At most this many.
    #[arg(long, default_value_t = 20, value_parser = parse_limit)]
    limit: usize,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub fn run(dir: &Path, arguments: Arguments) -> Result<ExitCode> {
    let (workspace, _) = config::open(dir)?;
    let lexicon = config::lexicon(&workspace)?;
    let ledger = super::open_ledger(&workspace)?;
    let Some(index) = Index::open(&workspace.index())? else {
        ensure!(
            ledger.counts()?.captures == 0,
            "the search index is missing; `headwater rebuild` makes it anew"
        );
        bail!("nothing has been collected or imported yet; nothing can be found");
    };
    let Arguments { since, until, everything, .. } = arguments;
    if let Some((since, until)) = since.zip(until) {
        ensure!(since <= until, "--since {since} is after --until {until}: no day lies between");
    }
    let language = match &arguments.language {
        Some(language) => Some(index.language(language)?.map_err(|why| anyhow!(why))?),
        None => None,
    };
    let filter = Filter { since, until, language, everything, ..Filter::default() };
    let names_in = |text: &str| names_in(&lexicon, text);
    let found = index.search(&arguments.query.join(" "), &filter, arguments.limit, 0, &names_in)?;
    match arguments.format {
        Format::Json => say!("{}", serde_json::to_string_pretty(&found)?),
        Format::Jsonl => {
            for hit in &found.hits {
                say!("{}", serde_json::to_string(hit)?);
            }
        }
        Format::Text => {
            for hit in &found.hits {
                say!("{BOLD}{}{BOLD:#}\n{DIM}{}{DIM:#}\n{}\n", hit.title, facts(hit), marked(hit));
            }
            let what = match (everything, found.total) {
                (false, 1) => "article",
                (false, _) => "articles",
                (true, 1) => "page",
                (true, _) => "pages",
            };
            say!("{} of {} {what}", found.hits.len(), found.total);
            if found.hits.len() < found.total {
                anstream::eprintln!("headwater: `--limit {}` shows all", found.total);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn facts(hit: &Hit) -> String {
    let mut facts = vec![hit.day.clone(), hit.url.clone()];
    if hit.kind != "article" {
        facts.push(hit.kind.replace('_', " "));
    }
    if hit.editions > 1 {
        facts.push(format!("{} editions, the latest captured {}", hit.editions, hit.captured));
    }
    facts.join(" · ")
}

/// The entities that a query names.
pub fn names_in(lexicon: &Lexicon, text: &str) -> Vec<(Range<usize>, Vec<EntityId>)> {
    let ids = |m: &Match| m.candidates.iter().map(|c| c.entity.id.clone()).collect();
    lexicon.names_typed(text).iter().map(|m| (m.range.clone(), ids(m))).collect()
}

fn marked(hit: &Hit) -> String {
    let (text, mut shown, mut at) = (&hit.snippet.text, String::new(), 0);
    for range in &hit.snippet.marked {
        shown += &format!("{}{ACCENT}{}{ACCENT:#}", &text[at..range.start], &text[range.clone()]);
        at = range.end;
    }
    shown + &text[at..]
}
