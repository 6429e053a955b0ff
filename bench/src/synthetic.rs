//! A long stream of captures made from a file of documents, as a newsroom that follows an authority would see it.
//!
//! Of a hundred captures 45 are documents (from the second round on with other figures, so that none is the copy of an
//! earlier one), 30 reprints by one of two hundred outlets under another headline (half of them cut, a third with a
//! source line), 10 edits of a recent document at its address (one figure changed), and 15 retellings that name their
//! source. Copies, edits and retellings are of the two thousand documents before them. 400 captures make a day.

use anyhow::{Context, Result, ensure};
use jiff::civil::Date;
use serde::Deserialize;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// Captures a day.
const A_DAY: usize = 400;
/// Documents before it that a capture may copy, edit or retell.
const RECENT: usize = 2000;
const OUTLETS: u64 = 200;

#[derive(Deserialize)]
struct Document {
    url: String,
    title: String,
    #[serde(alias = "abstract", alias = "text", default)]
    body: Option<String>,
}

/// A document of the stream that later captures may go back to.
struct Told {
    url: String,
    title: String,
    body: String,
    day: Date,
}

/// Writes `count` captures made from the documents of `file` (JSON lines).
pub fn write(file: &Path, to: &Path, count: usize) -> Result<()> {
    let mut documents = Vec::new();
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let document: Document = serde_json::from_str(&line?).context("a line is no document")?;
        if document.body.as_ref().is_some_and(|body| body.len() > 80) {
            documents.push(document);
        }
    }
    ensure!(!documents.is_empty(), "{} holds no document with a text", file.display());
    let mut out = BufWriter::new(std::fs::File::create(to)?);
    let mut stream = Stream { documents, next: 0, recent: Vec::new(), dice: Dice(7) };
    let first: Date = "2020-01-02".parse()?;
    for n in 0..count {
        let day = first.checked_add(jiff::Span::new().days((n / A_DAY) as i64))?;
        writeln!(out, "{}", stream.capture(n, day))?;
    }
    Ok(out.flush()?)
}

struct Stream {
    documents: Vec<Document>,
    next: usize,
    recent: Vec<Told>,
    dice: Dice,
}

impl Stream {
    fn capture(&mut self, n: usize, day: Date) -> serde_json::Value {
        let roll = self.dice.below(100);
        if roll < 45 || self.recent.is_empty() {
            return self.document(day);
        }
        let told = &self.recent[self.dice.below(self.recent.len() as u64) as usize];
        let outlet = self.dice.below(OUTLETS);
        let url = format!("http://outlet-{outlet}.example/{day}/{n}");
        match roll {
            45..75 => {
                let body = if self.dice.below(2) == 0 { cut(&told.body) } else { &told.body };
                let title = format!("Outlet {outlet} presents: {}", told.title);
                let source = (self.dice.below(3) == 0).then_some("Federal Register");
                line(&url, day, &title, body, source)
            }
            75..85 => line(&told.url, day, &told.title, &figures(&told.body, 1 + n % 8), None),
            _ => {
                let lead = told.body.split_inclusive(". ").next().unwrap_or(&told.body).trim();
                let body = format!(
                    "According to a notice that the Federal Register published on {}: {lead}\nOutlet {outlet} has asked the agency for comment on item {n}.",
                    told.day
                );
                line(&url, day, &format!("Agency acts on {}", told.title), &body, None)
            }
        }
    }

    fn document(&mut self, day: Date) -> serde_json::Value {
        let round = self.next / self.documents.len();
        let document = &self.documents[self.next % self.documents.len()];
        self.next += 1;
        let body = figures(document.body.as_deref().unwrap_or_default(), round);
        let told = Told {
            url: format!("{}/{round}", document.url),
            title: figures(&document.title, round),
            body,
            day,
        };
        let value = line(&told.url, day, &told.title, &told.body, None);
        if self.recent.len() < RECENT {
            self.recent.push(told);
        } else {
            let at = self.next % RECENT;
            self.recent[at] = told;
        }
        value
    }
}

fn line(url: &str, day: Date, title: &str, text: &str, source: Option<&str>) -> serde_json::Value {
    let day = day.to_string();
    let text = source.map_or(text.to_owned(), |source| format!("{text}\nSource: {source}"));
    serde_json::json!({ "url": url, "published": day, "captured": format!("{day}T12:00:00Z"), "title": title, "text": text })
}

/// The text without its last third.
fn cut(text: &str) -> &str {
    let mut at = text.len() * 2 / 3;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}

/// The text with other figures: every digit moved on by `step`.
fn figures(text: &str, step: usize) -> String {
    let moved = |c: char| c.to_digit(10).map_or(c, |d| char::from(b'0' + ((d as usize + step) % 10) as u8));
    text.chars().map(moved).collect()
}

/// Throws of a die that fall alike on every machine (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}
