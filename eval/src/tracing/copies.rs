//! Copies among real pages: every pair whose texts contain one another by 0.7 or more in word
//! 5-grams, by an exact oracle, against what the tracker's index finds and what it calls a reprint.

use crate::{Context, floors, floors::Figure};
use headwater_model::tracking::DerivationKind;
use headwater_model::{Capture, Change, Hints, NodeId};
use headwater_track::Tracker;
use headwater_track::copies::{Index, Sketch};
use headwater_track::units::units;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

const FOLDER: &str = "extraction/readability/test-pages";
/// Containment from which a pair is a copy, and below which it is none.
const COPY: f64 = 0.7;
const NO_COPY: f64 = 0.2;

struct Text {
    url: String,
    body: String,
}

pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    if !context.wants("copies", "stories/ecbplus") {
        return Ok(Vec::new());
    }
    let texts = corpus(&context.data)?;
    let oracle: Vec<BTreeSet<u64>> = texts.iter().map(|t| grams(&t.body)).collect();
    let pairs = true_pairs(&oracle);
    let found = found_pairs(&texts);
    let hit = pairs.iter().filter(|p| found.contains(p)).count();
    if context.misses {
        for (a, b) in pairs.iter().filter(|p| !found.contains(p)) {
            println!("copy missed: {} and {}", texts[*a].url, texts[*b].url);
        }
    }
    let reprints = reprints(&texts);
    let sound = reprints.iter().filter(|(a, b)| containment(&oracle[*a], &oracle[*b]) >= NO_COPY).count();
    let corpus = floors::corpus_digest(&context.data.join("stories/ecbplus"))?;
    let figure = |measure: &str, value, items| Figure::new("copies", measure, value, items, &corpus);
    Ok(vec![
        figure("pairs of 0.7 found, recall", share(hit, pairs.len()), pairs.len()),
        figure("reprints of at least 0.2, precision", share(sound, reprints.len()), reprints.len()),
    ])
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// All texts that can be had without another stage: ECB+ articles, Federal Register abstracts and the
/// expected texts of readability's pages.
fn corpus(data: &Path) -> anyhow::Result<Vec<Text>> {
    let mut texts = Vec::new();
    for document in super::stories::texts(data)? {
        texts.push(Text { url: format!("https://ecb.example/{}", document.0), body: document.1 });
    }
    for path in super::pages(&data.join(FOLDER), "expected.html")? {
        let html = std::fs::read(&path)?;
        let capture = Capture {
            url: format!("https://pages.example/{}", path.display()),
            captured: "2026-01-01T00:00:00Z".parse()?,
            status: 200,
            content_type: Some("text/html; charset=utf-8".into()),
            body: html,
            hints: Hints::default(),
        };
        let article = headwater_extract::extract(&capture);
        texts.push(Text { url: capture.url, body: article.text.as_str().to_owned() });
    }
    Ok(texts)
}

fn grams(text: &str) -> BTreeSet<u64> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let digest = |gram: &[&str]| {
        u64::from_str_radix(&headwater_model::id::digest(&[gram.join(" ").as_bytes()]), 16).unwrap_or(0)
    };
    words.windows(5).map(digest).collect()
}

fn containment(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let shared = a.intersection(b).count();
    let least = a.len().min(b.len());
    if least == 0 { 0.0 } else { shared as f64 / least as f64 }
}

fn true_pairs(oracle: &[BTreeSet<u64>]) -> BTreeSet<(usize, usize)> {
    let mut having: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (i, grams) in oracle.iter().enumerate() {
        grams.iter().for_each(|g| having.entry(*g).or_default().push(i));
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for texts in having.values() {
        for (n, a) in texts.iter().enumerate() {
            texts[n + 1..].iter().for_each(|b| *shared.entry((*a, *b)).or_default() += 1);
        }
    }
    let copy =
        |(a, b): &(usize, usize), n: usize| n as f64 >= COPY * oracle[*a].len().min(oracle[*b].len()) as f64;
    shared.into_iter().filter(|(pair, n)| copy(pair, *n)).map(|(pair, _)| pair).collect()
}

fn found_pairs(texts: &[Text]) -> BTreeSet<(usize, usize)> {
    let mut index = Index::default();
    let mut sketches: Vec<Sketch> = Vec::new();
    let mut found = BTreeSet::new();
    for (i, text) in texts.iter().enumerate() {
        let sketch = Sketch::new(&units(&text.body));
        for candidate in index.candidates(&sketch) {
            let other = &sketches[candidate as usize];
            if sketch.contained_in(other).max(other.contained_in(&sketch)) >= COPY * 0.9 {
                found.insert((candidate as usize, i));
            }
        }
        index.add(i as u64, &sketch);
        sketches.push(sketch);
    }
    found
}

fn reprints(texts: &[Text]) -> Vec<(usize, usize)> {
    let lexicon = super::lexicon();
    let mut tracker = Tracker::new(Arc::new(lexicon.knowledge().clone()));
    let mut number = BTreeMap::new();
    let mut found = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        let capture = headwater_eval::topics::capture(&text.url, "2026-01-01", "", &text.body);
        let article = headwater_extract::extract(&capture);
        number.insert(article.capture.clone(), i);
        let analysis = headwater_model::Analysis::empty(article.capture.clone());
        for change in tracker.step(&article, &analysis, 200).changes {
            if let Change::Edge(edge) = change
                && edge.kind == DerivationKind::Reprint
                && let NodeId::Capture(to) = &edge.to
                && let (Some(a), Some(b)) = (number.get(&edge.from), number.get(to))
            {
                found.push((*a, *b));
            }
        }
    }
    found
}
