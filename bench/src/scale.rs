//! How an import grows: the same file at a tenth and whole, through the real binary.

#![allow(clippy::disallowed_methods, reason = "a measurement of time looks at the clock")]

use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Searches that are timed once the import is done, in words of the documents' field.
const QUERIES: &[&str] =
    &["export+controls", "semiconductor+licence", "Huawei", "%22Entity+List%22", "fishery+closure"];
const BINARY: &str = "target/release/headwater";

/// Imports a file of documents (JSON lines, may be gzip) at a tenth and whole, and prints what it took.
pub fn measure(file: &Path, synthetic: Option<usize>) -> Result<()> {
    ensure!(file.exists(), "{} is absent; name a file of documents, one JSON object a line", file.display());
    let built = Command::new("cargo").args(["build", "--release", "--quiet"]).status()?;
    ensure!(built.success(), "the binary cannot be built");
    let folder = std::env::temp_dir().join(format!("headwater-scale-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let whole = folder.join("whole.jsonl");
    let tenth = folder.join("tenth.jsonl");
    let mut lines = unpack(file, &whole)?;
    if let Some(count) = synthetic {
        let documents = folder.join("documents.jsonl");
        std::fs::rename(&whole, &documents)?;
        crate::synthetic::write(&documents, &whole, count)?;
        lines = count;
    }
    head(&whole, &tenth, lines / 10)?;
    println!(
        "{:>9} {:>8} {:>7} {:>11} {:>9} {:>9} {:>9} {:>9} {:>12}",
        "documents", "seconds", "docs/s", "CPU ms/doc", "peak MiB", "archive", "ledger", "index", "search ms"
    );
    for (name, input) in [("tenth", tenth), ("whole", whole)] {
        row(&folder.join(name), &input)?;
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

fn row(workspace: &Path, input: &Path) -> Result<()> {
    let documents = BufReader::new(std::fs::File::open(input)?).lines().count();
    run(workspace, &["init"])?;
    let begun = Instant::now();
    let (peak, cpu) =
        peak_and_cpu(Command::new(BINARY).arg("--dir").arg(workspace).arg("import").arg(input))?;
    let seconds = begun.elapsed().as_secs_f64();
    let mib = |path: &str| size(&workspace.join(path)) >> 20;
    let search = median_search(workspace)?;
    println!(
        "{documents:>9} {seconds:>8.1} {:>7.0} {:>11.2} {:>9} {:>9} {:>9} {:>9} {:>12.1}",
        documents as f64 / seconds,
        cpu * 1e3 / documents as f64,
        peak >> 10,
        mib("archive"),
        mib("ledger.sqlite"),
        mib("index"),
        search.as_secs_f64() * 1e3
    );
    Ok(())
}

/// Unpacks a file of documents; how many lines it has.
pub fn unpack(file: &Path, to: &Path) -> Result<usize> {
    let text = if file.extension().is_some_and(|e| e == "gz") {
        let output = Command::new("gzip").arg("-dc").arg(file).output().context("cannot run gzip")?;
        ensure!(output.status.success(), "{} cannot be unpacked", file.display());
        output.stdout
    } else {
        std::fs::read(file)?
    };
    std::fs::write(to, &text)?;
    Ok(text.iter().filter(|b| **b == b'\n').count())
}

fn head(file: &Path, to: &Path, lines: usize) -> Result<()> {
    let mut out = std::fs::File::create(to)?;
    for line in BufReader::new(std::fs::File::open(file)?).lines().take(lines) {
        writeln!(out, "{}", line?)?;
    }
    Ok(())
}

fn run(workspace: &Path, arguments: &[&str]) -> Result<()> {
    let output = Command::new(BINARY).arg("--dir").arg(workspace).args(arguments).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// Runs a command to its end; its largest resident size in KiB and its CPU time in seconds, as the kernel keeps them.
/// The CPU time says what a document costs even where other programs share the machine.
fn peak_and_cpu(command: &mut Command) -> Result<(u64, f64)> {
    /// Clock ticks a second in /proc.
    const TICKS: f64 = 100.0;
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let times = PathBuf::from(format!("/proc/{}/stat", child.id()));
    let (mut peak, mut cpu) = (0, 0.0_f64);
    let ended = loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let high =
            text.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak = high.unwrap_or(peak);
        let stat = std::fs::read_to_string(&times).unwrap_or_default();
        // Fields 14 and 15, counted behind the name in brackets: user and system time.
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
        cpu = cpu.max(fields.filter_map(|f| f.parse::<f64>().ok()).sum::<f64>() / TICKS);
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    ensure!(ended.success(), "the import failed");
    Ok((peak, cpu))
}

fn size(path: &Path) -> u64 {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.filter_map(Result::ok).map(|e| size(&e.path())).sum(),
        Err(_) => std::fs::metadata(path).map_or(0, |m| m.len()),
    }
}

/// The median time of a search page, over every query five times.
fn median_search(workspace: &Path) -> Result<Duration> {
    let mut server = Command::new(BINARY)
        .arg("--dir")
        .arg(workspace)
        .args(["serve", "--port", "0"])
        .stdout(Stdio::piped())
        .spawn()?;
    let times = address(&mut server).and_then(|address| {
        let queries = QUERIES.iter().cycle().take(5 * QUERIES.len());
        queries.map(|query| search(&address, query)).collect::<Result<Vec<Duration>>>()
    });
    server.kill()?;
    server.wait()?;
    let mut times = times?;
    times.sort();
    Ok(times[times.len() / 2])
}

fn address(server: &mut Child) -> Result<String> {
    let out = server.stdout.take().context("the server prints nothing")?;
    for line in BufReader::new(out).lines() {
        if let Some(address) = line?.split_whitespace().find_map(|w| w.strip_prefix("http://")) {
            return Ok(address.trim_end_matches('/').to_owned());
        }
    }
    bail!("the server does not say where it listens")
}

fn search(address: &str, query: &str) -> Result<Duration> {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET /search?q={query} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    ensure!(answer.starts_with(b"HTTP/1.1 200"), "the search for {query} failed");
    Ok(begun.elapsed())
}
