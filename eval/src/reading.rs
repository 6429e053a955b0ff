//! The reading suite: main text and publication dates.

use crate::Context;
use crate::floors::{Figure, corpus_digest};
use anyhow::Result;
use headwater_extract::extract;
use headwater_model::{Article, Capture, Hints};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Measures every set that is there.
pub fn measure(context: &Context) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    if context.wants("aeb", "extraction/aeb") {
        figures.push(aeb(context, &context.data.join("extraction/aeb"))?);
    }
    if context.wants("trafilatura", "extraction/trafilatura") {
        figures.push(segments(context, &context.data.join("extraction/trafilatura"))?);
    }
    if context.wants("readability", "extraction/readability") {
        figures.push(eastern(context, &context.data.join("extraction/readability"))?);
    }
    if context.wants("htmldate", "dates/htmldate") {
        figures.push(dates(context, &context.data.join("dates/htmldate"))?);
    }
    Ok(figures)
}

fn read(url: &str, body: Vec<u8>) -> Article {
    let captured = "2026-11-01T12:00:00Z".parse().expect("a valid instant");
    let content_type = Some("text/html".to_owned());
    extract(&Capture {
        url: url.to_owned(),
        captured,
        status: 200,
        content_type,
        body,
        hints: Hints::default(),
    })
}

fn json(path: &Path) -> Result<Value> {
    Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// True positives, false positives, false negatives.
#[derive(Default, Clone, Copy)]
struct Counts {
    tp: f64,
    fp: f64,
    fn_: f64,
}

impl Counts {
    fn f1(self) -> f64 {
        2.0 * self.tp / (2.0 * self.tp + self.fp + self.fn_).max(f64::MIN_POSITIVE)
    }
    fn add(&mut self, other: Counts) {
        self.tp += other.tp;
        self.fp += other.fp;
        self.fn_ += other.fn_;
    }
}

/// Overlap of 4-grams as multisets, scaled to one a page, as article-extraction-benchmark's own script counts.
fn shingles(wanted: &[String], found: &[String]) -> Counts {
    let count = |tokens: &[String]| {
        let mut grams: BTreeMap<Vec<String>, f64> = BTreeMap::new();
        let n = tokens.len().clamp(1, 4);
        for gram in tokens.windows(n) {
            *grams.entry(gram.to_vec()).or_default() += 1.0;
        }
        grams
    };
    let (wanted, found) = (count(wanted), count(found));
    let mut counts = Counts::default();
    for (gram, n) in &wanted {
        let m = found.get(gram).copied().unwrap_or(0.0);
        counts.tp += n.min(m);
        counts.fn_ += (n - m).max(0.0);
    }
    counts.fp = found.iter().map(|(gram, m)| (m - wanted.get(gram).copied().unwrap_or(0.0)).max(0.0)).sum();
    let all = (counts.tp + counts.fp + counts.fn_).max(1.0);
    Counts { tp: counts.tp / all, fp: counts.fp / all, fn_: counts.fn_ / all }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

fn characters(text: &str) -> Vec<String> {
    text.chars().filter(|c| c.is_alphanumeric()).map(String::from).collect()
}

fn aeb(context: &Context, folder: &Path) -> Result<Figure> {
    let truth = json(&folder.join("ground-truth.json"))?;
    let mut sum = Counts::default();
    let entries = truth.as_object().into_iter().flatten();
    let mut items = 0;
    for (id, wanted) in entries {
        let file = std::fs::File::open(folder.join(format!("html/{id}.html.gz")))?;
        let mut body = Vec::new();
        flate2::read::GzDecoder::new(file).read_to_end(&mut body)?;
        let article = read(text(wanted, "url"), body);
        let counts = shingles(&words(text(wanted, "articleBody")), &words(article.text.as_str()));
        if context.misses && counts.f1() < 0.8 {
            println!("aeb {:.2} {id} {}", counts.f1(), article.page_kind);
        }
        sum.add(counts);
        items += 1;
    }
    let peer = Some("rs_trafilatura 0.970, trafilatura 2.0 0.958 (their README)".into());
    let (set, measure) = ("aeb".into(), "main text, 4-gram F1".into());
    Ok(Figure { set, measure, value: sum.f1(), items, peer, corpus: corpus_digest(folder)? })
}

/// Segments that must and must not be in the text, as trafilatura's evaluation counts them.
fn segments(context: &Context, folder: &Path) -> Result<Figure> {
    let truth = json(&folder.join("evaldata.json"))?;
    let (mut sum, mut items) = (Counts::default(), 0);
    for (url, page) in truth.as_object().into_iter().flatten() {
        let Some(path) = find(folder, text(page, "file")) else { continue };
        let article = read(url, std::fs::read(path)?);
        let list = |key: &str| {
            page[key]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let holds = |segment: &String| article.text.as_str().contains(segment.as_str());
        let (wanted, unwanted) = (list("with"), list("without"));
        let got = wanted.iter().filter(|s| holds(s)).count() as f64;
        if context.misses && got == 0.0 {
            println!("trafilatura nothing of {} in {url}", wanted.len());
        }
        let fp = unwanted.iter().filter(|s| holds(s)).count() as f64;
        sum.add(Counts { tp: got, fp, fn_: wanted.len() as f64 - got });
        items += 1;
    }
    let peer = Some("trafilatura 2.2 0.924 (its docs)".into());
    let (set, measure) = ("trafilatura".into(), "main text, wanted/unwanted segments F".into());
    Ok(Figure { set, measure, value: sum.f1(), items, peer, corpus: corpus_digest(folder)? })
}

fn find(folder: &Path, file: &str) -> Option<PathBuf> {
    ["eval", "cache", "test_set"].iter().map(|sub| folder.join(sub).join(file)).find(|p| p.is_file())
}

/// Pages in Chinese and Japanese, by character 4-grams: words need spaces.
fn eastern(_: &Context, folder: &Path) -> Result<Figure> {
    let (mut sum, mut items) = (Counts::default(), 0);
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(folder.join("test-pages"))?.filter_map(|e| Some(e.ok()?.path())).collect();
    pages.sort();
    for page in pages {
        let expected = read("http://expected.example/", std::fs::read(page.join("expected.html"))?);
        let wanted = std::fs::read_to_string(page.join("expected.html"))?;
        let plain = strip(&wanted);
        let east = plain.chars().filter(|c| ('\u{3040}'..='\u{9fff}').contains(c)).count();
        if east * 4 < plain.chars().count() || expected.text.is_empty() {
            continue;
        }
        let article = read("http://page.example/", std::fs::read(page.join("source.html"))?);
        sum.add(shingles(&characters(&plain), &characters(article.text.as_str())));
        items += 1;
    }
    let (set, measure) = ("readability zh/ja".into(), "main text, character 4-gram F1".into());
    Ok(Figure { set, measure, value: sum.f1(), items, peer: None, corpus: corpus_digest(folder)? })
}

/// The words of an HTML fragment.
fn strip(html: &str) -> String {
    let mut inside = false;
    let keep = |c: &char| {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                return false;
            }
            _ => {}
        }
        !inside
    };
    html.chars().filter(keep).collect()
}

fn dates(context: &Context, folder: &Path) -> Result<Figure> {
    let (mut right, mut items) = (0usize, 0usize);
    for name in ["eval_default.json", "eval_mediacloud_2020.json"] {
        for (url, page) in json(&folder.join(name))?.as_object().into_iter().flatten() {
            let Some(path) = find(folder, text(page, "file")) else { continue };
            let article = read(url, std::fs::read(path)?);
            let found = article
                .published
                .as_ref()
                .map(|d| d.value.chars().take(10).collect::<String>())
                .unwrap_or_default();
            let wanted = text(page, "date");
            right += usize::from(found == wanted);
            items += 1;
            if context.misses && found != wanted {
                println!("htmldate {url}: {found:?} for {wanted}, {:?}", article.published.map(|d| d.basis));
            }
        }
    }
    let peer = Some("htmldate, extensive 0.903 (its docs)".into());
    let (set, measure) = ("htmldate".into(), "publication day, accuracy".into());
    let value = right as f64 / items.max(1) as f64;
    Ok(Figure { set, measure, value, items, peer, corpus: corpus_digest(folder)? })
}
