//! Invented pages in the layouts of Chinese and Japanese portals, newspapers and offices, of which the corpora hold few.
//! Their text is known because it was put there.
//!
//! A layout is a file of `eval/data/layouts`, line by line: `* 3-9 ` repeats a line, `? ` takes it half of the time; `{a|b}` is
//! one of several, `{p}`, `{s}` and `{h}` are a paragraph, a sentence and a heading of the article, `{=words}` are words of
//! it, and other names in braces stand for what is not of it.

use crate::dice::Dice;
use anyhow::{Context, Result};
use headwater_model::{Capture, Hints};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Pages of each layout.
const EACH: u64 = 8;

/// Clauses and names of one script.
#[derive(Deserialize)]
struct Prose {
    comma: String,
    stop: String,
    quotes: [String; 2],
    clauses: Vec<String>,
    heads: Vec<String>,
    subjects: Vec<String>,
    predicates: Vec<String>,
    names: Vec<String>,
    sites: Vec<String>,
    sources: Vec<String>,
    comments: Vec<String>,
}

/// A page with what is to be read on it.
pub struct Invented {
    /// Name of its layout.
    pub layout: String,
    /// As it was captured.
    pub capture: Capture,
    /// Its headline.
    pub title: String,
    /// Its text, line by line.
    pub text: String,
}

/// Pages of every layout.
pub fn pages() -> Result<Vec<Invented>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/layouts");
    let prose = std::fs::read_to_string(folder.join("prose.toml")).context("the layouts have no prose")?;
    let prose: BTreeMap<String, Prose> = toml::from_str(&prose)?;
    let mut files: Vec<_> = std::fs::read_dir(&folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "html"));
    files.sort();
    let mut pages = Vec::new();
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let script = name.split('-').next().unwrap_or_default();
        let prose = prose.get(script).with_context(|| format!("no prose for {name}"))?;
        let layout = std::fs::read_to_string(&file)?;
        pages.extend((0..EACH).map(|number| page(&name, number, &layout, prose)));
    }
    Ok(pages)
}

fn page(name: &str, number: u64, layout: &str, prose: &Prose) -> Invented {
    let mut writer = Writer::new(prose, Dice::new(name, number));
    let body = writer.page(layout).into_bytes();
    let capture = Capture {
        url: format!("http://{name}.example/2026/0609/{number}.html"),
        captured: jiff::Timestamp::constant(1_793_491_200, 0),
        status: 200,
        content_type: Some("text/html; charset=utf-8".into()),
        body,
        hints: Hints::default(),
    };
    Invented { layout: name.to_owned(), capture, title: writer.title, text: writer.text.join("\n") }
}

/// Writes one page.
struct Writer<'a> {
    prose: &'a Prose,
    dice: Dice,
    title: String,
    site: &'a str,
    source: &'a str,
    lead: String,
    day: u64,
    /// The lines of the article.
    text: Vec<String>,
}

impl<'a> Writer<'a> {
    fn new(prose: &'a Prose, dice: Dice) -> Writer<'a> {
        let mut writer = Writer {
            prose,
            dice,
            title: String::new(),
            site: "",
            source: "",
            lead: String::new(),
            day: 0,
            text: Vec::new(),
        };
        writer.title = writer.headline();
        writer.site = writer.dice.one(&prose.sites);
        writer.source = writer.dice.one(&prose.sources);
        writer.lead = writer.paragraph(4);
        writer.day = writer.dice.number(1, 28);
        writer
    }

    fn page(&mut self, layout: &str) -> String {
        let mut page = String::new();
        for line in layout.lines() {
            let (line, times) = self.times(line);
            for _ in 0..times {
                self.write(line, &mut page);
                page.push('\n');
            }
        }
        page
    }

    /// A line without the mark that says how often it is written, and how often it is.
    fn times<'l>(&mut self, line: &'l str) -> (&'l str, u64) {
        if let Some(rest) = line.strip_prefix("? ") {
            return (rest, self.dice.number(0, 1));
        }
        let read = || {
            let (range, rest) = line.strip_prefix("* ")?.split_once(' ')?;
            let (least, most) = range.split_once('-')?;
            Some((rest, least.parse().ok()?, most.parse().ok()?))
        };
        match read() {
            Some((rest, least, most)) => (rest, self.dice.number(least, most)),
            None => (line, 1),
        }
    }

    fn write(&mut self, line: &str, page: &mut String) {
        let mut rest = line;
        while let Some(at) = rest.find('{') {
            page.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            // A brace of structured data is one.
            if rest.starts_with(['"', '@']) {
                page.push('{');
                continue;
            }
            let end = closing(rest);
            self.place(&rest[..end], page);
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        page.push_str(rest);
    }

    fn place(&mut self, name: &str, page: &mut String) {
        if let Some(words) = name.strip_prefix('=') {
            self.text.push(words.to_owned());
            return page.push_str(words);
        }
        let choices = alternatives(name);
        if choices.len() > 1 {
            let choice = choices[self.dice.number(0, choices.len() as u64 - 1) as usize];
            return self.write(choice, page);
        }
        let own = match name {
            "p" => Some(self.next_paragraph()),
            "s" => Some(self.paragraph(1)),
            "h" => Some(self.dice.one(&self.prose.heads).to_owned()),
            "sig" => Some(self.site.to_owned()),
            "sigdate" => Some(self.date()),
            _ => None,
        };
        if let Some(own) = own {
            page.push_str(&own);
            return self.text.push(own);
        }
        let words = self.other(name);
        page.push_str(&words);
    }

    /// Words that are not of the article.
    fn other(&mut self, name: &str) -> String {
        match name {
            "title" => self.title.clone(),
            "site" => self.site.to_owned(),
            "source" => self.source.to_owned(),
            "desc" => self.lead.chars().take(90).collect(),
            "date" => self.date(),
            "day" => format!("2026-06-{:02}", self.day),
            "iso" => format!("2026-06-{:02}T08:30:00+08:00", self.day),
            "time" => format!("{:02}:{:02}", self.dice.number(0, 23), self.dice.number(0, 59)),
            "name" => self.dice.one(&self.prose.names).to_owned(),
            "comment" => self.dice.one(&self.prose.comments).to_owned(),
            "link" => self.headline(),
            "teaser" | "caption" => self.paragraph(1),
            "word" => self.dice.one(&self.prose.clauses).chars().take(4).filter(|c| *c != '#').collect(),
            "n" => {
                let most = [9, 99, 999, 9999][self.dice.number(0, 3) as usize];
                self.dice.number(1, most).to_string()
            }
            name => unreachable!("a layout asks for {name}"),
        }
    }

    fn date(&self) -> String {
        format!("2026年06月{:02}日", self.day)
    }

    fn headline(&mut self) -> String {
        let subject = self.dice.one(&self.prose.subjects);
        let predicate = self.dice.one(&self.prose.predicates);
        self.counted(&format!("{subject}{predicate}"))
    }

    fn counted(&mut self, words: &str) -> String {
        let figure = self.dice.number(2, 480).to_string();
        words.replace('#', &figure)
    }

    fn next_paragraph(&mut self) -> String {
        if !self.lead.is_empty() {
            return std::mem::take(&mut self.lead);
        }
        let most = self.dice.number(1, 5);
        self.paragraph(most)
    }

    fn paragraph(&mut self, most: u64) -> String {
        let mut paragraph = String::new();
        for _ in 0..self.dice.number(1, most) {
            let count = self.dice.number(1, 4);
            let clauses: Vec<String> = (0..count)
                .map(|_| {
                    let clause = self.dice.one(&self.prose.clauses);
                    self.counted(clause)
                })
                .collect();
            let sentence = clauses.join(&self.prose.comma) + &self.prose.stop;
            let [open, close] = &self.prose.quotes;
            let quoted = self.dice.number(0, 9) == 0;
            paragraph += &if quoted { format!("{open}{sentence}{close}") } else { sentence };
        }
        paragraph
    }
}

/// Where the brace ends that was opened before.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// What stands between the bars outside of inner braces.
fn alternatives(text: &str) -> Vec<&str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '|' if depth == 0 => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}
