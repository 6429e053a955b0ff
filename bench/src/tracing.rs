//! How fast a stream of captures is traced, beside datasketch's MinHash LSH, which finds copies and nothing else.
//!
//! Both take the same captures in turns (see [`crate::synthetic`]), each in a process of its own, and CPU time is counted.
//! datasketch is asked as its documentation shows: 128 permutations, threshold 0.7, word 5-grams, every capture's
//! neighbours looked up before it is put in.

use crate::synthetic;
use anyhow::{Context, Result, ensure};
use cpu_time::ProcessTime;
use headwater_analyse::analyse;
use headwater_knowledge::{Lexicon, embedded};
use headwater_model::capture::DOCUMENT_TYPE;
use headwater_model::{Capture, Change, Hints};
use headwater_track::Tracker;
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

const DATASKETCH: &str = "
import json, sys, time
from datasketch import MinHash, MinHashLSH
texts = [json.loads(line)['text'] for line in open(sys.argv[1])]
start = time.process_time()
index, pairs = MinHashLSH(threshold=0.7, num_perm=128), 0
for number, text in enumerate(texts):
    words = text.split()
    grams = {' '.join(words[i:i + 5]).encode() for i in range(max(1, len(words) - 4))}
    sketch = MinHash(num_perm=128)
    sketch.update_batch(list(grams))
    pairs += len(index.query(sketch))
    index.insert(number, sketch)
print(time.process_time() - start, pairs)
";

/// Measures `count` captures made from the documents of `file`, in interleaved rounds, and prints medians.
pub fn measure(file: &Path, count: usize, rounds: usize, python: Option<&Path>) -> Result<()> {
    ensure!(rounds > 0 && count > 0, "nothing to measure");
    let folder = std::env::temp_dir().join(format!("headwater-tracing-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let measured = in_folder(&folder, file, count, rounds, python);
    let removed = std::fs::remove_dir_all(&folder);
    measured?;
    Ok(removed?)
}

fn in_folder(folder: &Path, file: &Path, count: usize, rounds: usize, python: Option<&Path>) -> Result<()> {
    let (documents, stream) = (folder.join("documents.jsonl"), folder.join("stream.jsonl"));
    crate::scale::unpack(file, &documents)?;
    synthetic::write(&documents, &stream, count)?;
    println!("{count} captures, {rounds} interleaved rounds, CPU time, medians");
    let (mut own, mut peer) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        own.push(numbers(Command::new(std::env::current_exe()?).arg("traced").arg(&stream))?);
        if let Some(python) = python {
            peer.push(numbers(Command::new(python).arg("-c").arg(DATASKETCH).arg(&stream))?);
        }
    }
    let [read, analysed, mapped, folded] = [0, 1, 2, 3].map(|at| median(&own, at));
    let traced = mapped + folded;
    let copies = median(&peer, 0);
    let row = |name: &str, seconds: f64| {
        let ratio = if copies > 0.0 { format!("{:.2}", copies / seconds) } else { "-".into() };
        println!("{name:<62} {:>10.0} captures/s {ratio:>8}", count as f64 / seconds);
    };
    println!("{:<62} {:>21} {:>8}", "", "", "of peer");
    row("headwater: derivations, claims, drift, stories, measures, lists", traced);
    row("headwater: of these, what is folded in one after another", folded);
    row("headwater: all of these and the analysis of both languages", traced + analysed);
    row("headwater: the same and reading the documents", traced + analysed + read);
    println!("derivations found: {:.0}", median(&own, 4));
    match python {
        Some(_) => {
            row("datasketch MinHash LSH: copies alone", copies);
            println!("pairs found: {:.0}", median(&peer, 1));
        }
        None => println!("datasketch: skipped, no --python was given"),
    }
    Ok(())
}

/// Traces a stream in this process; prints seconds for reading, for analysing, for what of tracing is done per
/// capture and for what is folded, and the derivations found.
pub fn run(stream: &Path) -> Result<()> {
    let lexicon = Lexicon::new(embedded());
    let mut tracker = Tracker::new(Arc::new(lexicon.knowledge().clone()));
    let reading = tracker.reading();
    let mut times = [Duration::ZERO; 4];
    let mut edges = 0;
    for line in BufReader::new(std::fs::File::open(stream)?).lines() {
        let capture = capture(&line?)?;
        let begun = ProcessTime::now();
        let article = headwater_extract::extract(&capture);
        let read = begun.elapsed();
        let analysis = analyse(&article, &lexicon);
        let analysed = begun.elapsed();
        let page = headwater_track::read(&article, &analysis, &reading);
        let mapped = begun.elapsed();
        let changes = tracker.fold(page, &article, &analysis, capture.status).changes;
        let folded = begun.elapsed();
        edges += changes.iter().filter(|change| matches!(change, Change::Edge(_))).count();
        for (time, spent) in times.iter_mut().zip([read, analysed - read, mapped - analysed, folded - mapped])
        {
            *time += spent;
        }
    }
    let [read, analysed, mapped, folded] = times.map(|time| time.as_secs_f64());
    println!("{read} {analysed} {mapped} {folded} {edges}");
    Ok(())
}

fn capture(line: &str) -> Result<Capture> {
    #[derive(Deserialize)]
    struct Line {
        url: String,
        captured: jiff::Timestamp,
    }
    let read: Line = serde_json::from_str(line).context("a line is no capture")?;
    Ok(Capture {
        url: read.url,
        captured: read.captured,
        status: 200,
        content_type: Some(DOCUMENT_TYPE.into()),
        body: line.as_bytes().to_vec(),
        hints: Hints::default(),
    })
}

/// Runs a command; the numbers that it prints.
fn numbers(command: &mut Command) -> Result<Vec<f64>> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}", said.trim().lines().last().unwrap_or("it failed"));
    let printed = String::from_utf8_lossy(&output.stdout);
    Ok(printed.split_whitespace().filter_map(|word| word.parse().ok()).collect())
}

/// The median of one number of all turns; 0 where none was taken.
fn median(turns: &[Vec<f64>], at: usize) -> f64 {
    crate::middle(turns.iter().filter_map(|turn| turn.get(at).copied()).collect()).unwrap_or_default()
}
