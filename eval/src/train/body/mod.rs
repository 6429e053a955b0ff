//! The trees that tell an article's blocks from the rest of its page.
//!
//! They learn from pages whose text people marked (whole or in part), and, where nobody has, from what two extractors
//! of others agree on. Figures come from pages of sites that the measured trees never saw, and from invented pages that none
//! learns from.

mod boost;
pub mod pages;
mod peers;

use anyhow::Result;
use boost::{Options, Samples};
use headwater_eval::dice::Dice;
use headwater_eval::shingles::{Match, Tokens, f1};
use headwater_extract::teach::{COUNT, FIRST, Known, Lesson, Row, Trees, folded, letters};
use pages::{Page, Truth};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const FIRST_LOOK: Options = Options { trees: 240, rate: 0.1, lambda: 1.0 };
const SECOND_LOOK: Options = Options { trees: 400, rate: 0.1, lambda: 1.0 };

/// A page made ready to learn from.
struct Read {
    page: Page,
    whole: Labelled,
    /// The page as it would be if it were a flash, or if its elements had names that say nothing.
    copies: Vec<Labelled>,
}

/// Blocks, and what is known of each.
struct Labelled {
    lesson: Lesson,
    labels: Vec<bool>,
    weights: Vec<f32>,
}

/// What is measured before the trees are grown.
#[derive(clap::Args)]
pub struct Asked {
    /// Measure the trees first, on so many parts of the sites, each unseen in turn.
    #[arg(long, default_value_t = 0)]
    folds: usize,
    /// Print the pages of unseen sites that were read badly.
    #[arg(long)]
    misses: bool,
    /// Measure the extractors of others on the same pages.
    #[arg(long)]
    peers: bool,
    /// A Python that has some of them.
    #[arg(long)]
    python: Option<PathBuf>,
}

/// Trains the trees, having measured what is asked.
pub fn train(data: &Path, target: &Path, asked: &Asked) -> Result<()> {
    let mut pages = pages::all(data)?;
    pages.extend(pages::invented()?);
    let mut read: Vec<Read> = pages.into_par_iter().map(read).collect();
    let blocks: usize = read.iter().flat_map(Read::all).map(|l| l.labels.len()).sum();
    let eastern = read.iter().filter(|r| r.whole.lesson.eastern).count();
    println!("{} pages, {eastern} of them eastern, {blocks} blocks", read.len());
    println!("learns from {}", digest(&read));
    if asked.folds > 1 {
        measure(&mut read, asked.folds, asked.misses);
    }
    if asked.peers {
        measure_peers(&read, asked.python.as_deref());
    }
    let (first, second) = grow(&mut read.iter_mut().collect::<Vec<_>>());
    print_learnt(&mut read, &first, &second);
    for (name, trees) in [("body_first.bin", first), ("body_second.bin", second)] {
        std::fs::write(target.join(name), trees.to_bytes())?;
        println!("{name}: {} trees, {} bytes", trees.0.len(), trees.to_bytes().len());
    }
    Ok(())
}

/// What the trees make of the very pages that they learnt from.
fn print_learnt(read: &mut [Read], first: &Trees, second: &Trees) {
    let text = |page: &mut Read| {
        add_second(page, first);
        page.whole.lesson.text(&scores(&page.whole, second))
    };
    let texts: Vec<String> = read.iter_mut().map(text).collect();
    print("in sample", &read.iter().collect::<Vec<_>>(), texts.iter().map(String::as_str));
}

/// Names what is learned from, so that two runs can be told to have learnt from the same.
fn digest(read: &[Read]) -> String {
    let row = |(row, (label, weight)): (&Row, (&bool, &f32))| {
        let features = row[..FIRST].iter().flat_map(|f| f.to_le_bytes());
        features.chain([u8::from(*label)]).chain(weight.to_le_bytes()).collect::<Vec<u8>>()
    };
    let page = |l: &Labelled| {
        let rows = l.lesson.rows.iter().zip(l.labels.iter().zip(&l.weights)).flat_map(row);
        headwater_model::id::digest(&[&rows.collect::<Vec<u8>>()])
    };
    let pages: Vec<String> = read.par_iter().flat_map_iter(|r| r.all().map(page)).collect();
    headwater_model::id::digest(&[pages.concat().as_bytes()])
}

/// Parts of the sites for the scores of the first look that the second one learns from: no page is weighed by trees
/// that have seen its site.
const PARTS: usize = 2;

/// Grows the trees of both looks.
fn grow(read: &mut [&mut Read]) -> (Trees, Trees) {
    let part = |r: &Read| r.page.site.bytes().fold(3usize, |h, b| (h * 37 + b as usize) % 10_007) % PARTS;
    for number in 0..PARTS {
        let trees = boost::grow(&samples(read.iter().filter(|r| part(r) != number), FIRST), &FIRST_LOOK);
        read.par_iter_mut().filter(|r| part(r) == number).for_each(|r| add_second(r, &trees));
    }
    let second = boost::grow(&samples(read.iter(), COUNT), &SECOND_LOOK);
    let first = boost::grow(&samples(read.iter(), FIRST), &FIRST_LOOK);
    (first, second)
}

fn scores(page: &Labelled, trees: &Trees) -> Vec<i32> {
    trees.scores(&page.lesson.rows)
}

fn add_second(read: &mut Read, first: &Trees) {
    for page in std::iter::once(&mut read.whole).chain(&mut read.copies) {
        let scores = scores(page, first);
        page.lesson.add_second(&scores);
    }
}

impl Read {
    fn all(&self) -> impl Iterator<Item = &Labelled> {
        std::iter::once(&self.whole).chain(&self.copies)
    }
}

fn samples<'a>(pages: impl Iterator<Item = &'a &'a mut Read>, features: usize) -> Samples<'a> {
    let mut samples = Samples::default();
    for page in pages.flat_map(|read| read.all()) {
        for ((row, label), weight) in page.lesson.rows.iter().zip(&page.labels).zip(&page.weights) {
            if *weight > 0.0 {
                samples.rows.push(&row[..features]);
                samples.labels.push(*label);
                samples.weights.push(*weight);
            }
        }
    }
    samples
}

/// A text to look blocks up in.
struct Text {
    stretches: Known,
    lines: BTreeSet<String>,
}

impl Text {
    fn of(text: &str) -> Text {
        Text { stretches: Known::of(text), lines: text.lines().map(folded).collect() }
    }

    fn holds(&self, block: &str) -> bool {
        let plain = folded(block);
        self.lines.contains(&plain) || self.stretches.share(&plain) >= 600
    }
}

fn read(page: Page) -> Read {
    let lesson = Lesson::of(&page.capture);
    let told: Vec<(bool, f32)> = match &page.truth {
        Truth::Whole(text) | Truth::Expected(text) => {
            let trust = if matches!(page.truth, Truth::Whole(_)) { 2.0 } else { 0.7 };
            let text = Text::of(text);
            lesson.texts().map(|b| (text.holds(b), trust)).collect()
        }
        Truth::Parts { with, without } => {
            let part = |block: &str, parts: &[String]| parts.iter().any(|p| block.contains(p.trim()));
            let told = taught(&page, &lesson);
            let corrected = |(block, told): (&str, (bool, f32))| match () {
                () if part(block, without) => (false, 3.0),
                () if part(block, with) => (true, 3.0),
                () => told,
            };
            lesson.texts().zip(told).map(corrected).collect()
        }
        Truth::Lines(text) => {
            let text = Text::of(text);
            // Cells of a table's row are known one by one.
            let is_row = |block: &str| block.contains('\t');
            let told = lesson.texts().map(|b| (text.holds(b), is_row(b)));
            told.map(|(held, row)| (held, if row && !held { 0.0 } else { 1.0 })).collect()
        }
        Truth::Unknown => taught(&page, &lesson),
    };
    let whole = labelled(lesson, told, 1.0);
    let copies = copies(&page, &whole);
    Read { page, whole, copies }
}

fn labelled(lesson: Lesson, told: Vec<(bool, f32)>, trust: f32) -> Labelled {
    let sizes: Vec<f32> = lesson.texts().map(|b| 30.0 + letters(b).min(600) as f32).collect();
    // A long page counts for more than a short one, but not by its whole length; one in Chinese or Japanese, of which
    // there are few, for several.
    let rare = if lesson.eastern { 3.0 } else { 1.0 };
    let scale = trust * rare / (sizes.iter().sum::<f32>().max(1.0) * 40.0).sqrt();
    let labels = told.iter().map(|(label, _)| *label).collect();
    let weights = told.iter().zip(&sizes).map(|((_, trust), size)| trust * size * scale).collect();
    Labelled { lesson, labels, weights }
}

/// Paragraphs that a flash has at most.
const FLASH: u64 = 3;
/// How much a copy counts beside its page.
const COPY: f32 = 0.7;

/// One page of so many is copied in each way.
const COPIED: u64 = 3;

/// The corpora hold few short articles, and few pages whose elements are named by machines: some pages are made into one, some
/// into the other.
fn copies(page: &Page, whole: &Labelled) -> Vec<Labelled> {
    let mut dice = Dice::new(&page.capture.url, 0);
    let (way, kept) = (dice.number(1, COPIED), dice.number(1, FLASH));
    let mut paragraphs = 0;
    let is_left_out = |(label, weight): (&bool, &f32)| {
        let is_text = *label || *weight == 0.0;
        paragraphs += u64::from(is_text);
        is_text && paragraphs > kept
    };
    let left_out: Vec<bool> = whole.labels.iter().zip(&whole.weights).map(is_left_out).collect();
    let told = whole
        .labels
        .iter()
        .zip(&whole.weights)
        .map(|(label, weight)| (*label, f32::from(u8::from(*weight > 0.0))));
    let left = told.clone().zip(&left_out).filter(|(_, out)| !**out).map(|(told, _)| told).collect();
    match way {
        1 if left_out.contains(&true) => vec![labelled(whole.lesson.without(&left_out), left, COPY)],
        2 => vec![labelled(whole.lesson.nameless(), told.collect(), COPY)],
        _ => Vec::new(),
    }
}

/// Letters of text above which an extractor is believed.
const ENOUGH: usize = 240;

/// What the two teachers say of each block, and how far to believe it.
fn taught(page: &Page, lesson: &Lesson) -> Vec<(bool, f32)> {
    let decoded = headwater_extract::teach::decode(&page.capture);
    let thorough = peers::trafilatura(&decoded).filter(|t| letters(t) >= ENOUGH);
    let quick = peers::readability(&decoded).filter(|t| letters(t) >= ENOUGH);
    let (Some(thorough), Some(quick)) = (thorough, quick) else {
        return lesson.texts().map(|_| (false, 0.0)).collect();
    };
    let (thorough, quick) = (Text::of(&thorough), Text::of(&quick));
    let tell = |block: &str| match (thorough.holds(block), quick.holds(block)) {
        (one, other) if one == other => (one, 1.0),
        (_, quick) if lesson.eastern => (quick, 0.5),
        (thorough, _) => (thorough && letters(block) >= 60, 0.3),
    };
    lesson.texts().map(tell).collect()
}

/// Trains without each part of the sites in turn, and measures on it.
fn measure(read: &mut [Read], folds: usize, misses: bool) {
    let fold = |r: &Read| r.page.site.bytes().fold(7usize, |h, b| (h * 31 + b as usize) % 10_007) % folds;
    let (mut one, mut both) = (Vec::new(), Vec::new());
    for number in 0..folds {
        let (mut held, mut rest) = (Vec::new(), Vec::new());
        for (at, page) in read.iter_mut().enumerate() {
            if fold(page) == number {
                held.push((at, page));
            } else {
                rest.push(page);
            }
        }
        let (first, second) = grow(&mut rest);
        for (at, page) in &mut held {
            one.push((*at, scores(&page.whole, &first)));
            add_second(page, &first);
            both.push((*at, scores(&page.whole, &second)));
        }
        eprintln!("fold {number}");
    }
    one.sort();
    both.sort();
    for (name, scores) in [("one look", &one), ("two looks", &both)] {
        for least in [-300, 0, 300] {
            let texts: Vec<String> = scores
                .iter()
                .map(|(at, s)| read[*at].whole.lesson.text(&s.iter().map(|s| s - least).collect::<Vec<_>>()))
                .collect();
            let all: Vec<&Read> = read.iter().collect();
            print(&format!("{name}, above {least}"), &all, texts.iter().map(String::as_str));
        }
    }
    if misses {
        for (at, scores) in &both {
            print_misses(&read[*at], &read[*at].whole.lesson.text(scores));
        }
    }
}

fn measure_peers(read: &[Read], python: Option<&Path>) {
    let known: Vec<&Read> = read.iter().filter(|r| !matches!(r.page.truth, Truth::Unknown)).collect();
    let pages: Vec<String> =
        known.par_iter().map(|r| headwater_extract::teach::decode(&r.page.capture)).collect();
    for (name, texts) in peers::texts(&pages, python) {
        match texts {
            Ok(texts) => print(name, &known, texts.iter().map(String::as_str)),
            Err(why) => println!("{name}: skipped, {why}"),
        }
    }
}

/// A page whose F1 is below this is a miss.
const MISS: f64 = 0.9;

/// The blocks of a badly read page that are lost or surplus.
fn print_misses(read: &Read, text: &str) {
    let (truth, tokens) = match &read.page.truth {
        Truth::Whole(truth) => (truth, Tokens::Words),
        Truth::Expected(truth) if read.whole.lesson.eastern => (truth, Tokens::Characters),
        Truth::Lines(lines) => (lines, Tokens::Characters),
        _ => return,
    };
    let found = Match::of(truth, text, tokens).f1();
    if found >= MISS {
        return;
    }
    println!("{}: {found:.3} {}", read.page.set, read.page.capture.url);
    let chosen: BTreeSet<&str> = text.lines().collect();
    for (block, label) in
        read.whole.lesson.texts().zip(&read.whole.labels).filter(|(b, label)| chosen.contains(b) != **label)
    {
        println!("  {} {block:.120}", if *label { "lost" } else { "surplus" });
    }
}

fn print<'a>(name: &str, read: &[&Read], texts: impl Iterator<Item = &'a str>) {
    let [mut whole, mut expected, mut eastern, mut made, mut written] = [const { Vec::new() }; 5];
    let (mut right, mut missing, mut surplus) = (0usize, 0usize, 0usize);
    for (read, text) in read.iter().zip(texts) {
        match &read.page.truth {
            Truth::Whole(truth) => whole.push(Match::of(truth, text, Tokens::Words)),
            Truth::Expected(truth) if read.whole.lesson.eastern => {
                eastern.push(Match::of(truth, text, Tokens::Characters))
            }
            Truth::Expected(truth) => expected.push(Match::of(truth, text, Tokens::Words)),
            Truth::Parts { with, without } => {
                let held = with.iter().filter(|p| text.contains(p.as_str())).count();
                right += held;
                missing += with.len() - held;
                surplus += without.iter().filter(|p| text.contains(p.as_str())).count();
            }
            Truth::Lines(lines) if read.page.set == "written" => {
                written.push(Match::of(lines, text, Tokens::Characters));
            }
            Truth::Lines(lines) => made.push(Match::of(lines, text, Tokens::Characters)),
            Truth::Unknown => {}
        }
    }
    let parts = 2.0 * right as f64 / (2 * right + missing + surplus).max(1) as f64;
    println!(
        "{name}: aeb {:.4}, trafilatura {parts:.4} ({missing} missing, {surplus} surplus), readability {:.4}, zh and ja {:.4}, layouts {:.4}, written {:.4}",
        f1(&whole),
        f1(&expected),
        f1(&eastern),
        f1(&made),
        f1(&written)
    );
}
