//! Who is measured. Each takes its turn in a process of its own, so that CPU time and peak memory are its alone.

use crate::{Page, pages};
use anyhow::{Context, Result, bail};
use cpu_time::ProcessTime;
use dom_query::Document;
use headwater_model::{Capture, Hints};
use std::hint::black_box;
use std::path::Path;
use std::process::Command;

/// One way to read a page.
pub struct Contender {
    /// What the table calls it.
    pub name: &'static str,
    way: Way,
}

enum Way {
    Here(fn(&Page)),
    /// Lines of Python that define `read(page)`, which is given bytes.
    Python(&'static str),
}

/// What reading all pages once took.
#[derive(Clone, Copy)]
pub struct Turn {
    /// CPU time in seconds.
    pub seconds: f64,
    /// Peak memory above what the pages themselves and the program take, in KiB.
    pub memory: u64,
    /// Pages that it gave up on with an error.
    pub failed: usize,
}

/// All of them. The first is the floor.
pub fn contenders() -> Vec<Contender> {
    let here = |name, way| Contender { name, way: Way::Here(way) };
    let python = |name, way| Contender { name, way: Way::Python(way) };
    vec![
        here("parsing alone (html5ever, dom_query)", parse),
        here("headwater, the whole stage", whole),
        here("crate dom_smoothie", smoothie),
        here("crate trafilatura, no fallback", trafilatura_alone),
        here("crate trafilatura, fallback", trafilatura_fallback),
        python("Python trafilatura", TRAFILATURA),
        python("Python newspaper4k", NEWSPAPER),
        python("Python resiliparse (text alone)", RESILIPARSE),
    ]
}

impl Contender {
    /// Why it cannot be measured, if it cannot.
    pub fn missing(&self, python: Option<&Path>) -> Option<String> {
        let Way::Python(script) = self.way else { return None };
        let Some(python) = python else { return Some("no --python was given".into()) };
        let output = Command::new(python).arg("-c").arg(script).output();
        match output {
            Ok(output) if output.status.success() => None,
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                Some(said.trim().lines().last().unwrap_or("it cannot be imported").to_owned())
            }
            Err(e) => Some(format!("{}: {e}", python.display())),
        }
    }

    /// Reads all pages once, in a process of its own.
    pub fn turn(&self, data: &Path, python: Option<&Path>) -> Result<Turn> {
        let mut command = match (&self.way, python) {
            (Way::Here(_), _) => {
                let mut command = Command::new(std::env::current_exe()?);
                command.args(["turn", self.name, "--data"]).arg(data);
                command
            }
            (Way::Python(script), Some(python)) => {
                let mut command = Command::new(python);
                command.arg("-c").arg(format!("{script}{LOOP}")).arg(crate::folder(data));
                command
            }
            (Way::Python(_), None) => bail!("no Python"),
        };
        let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let last = printed.trim().lines().last().unwrap_or_default();
        let numbers: Vec<f64> = last.split_whitespace().filter_map(|n| n.parse().ok()).collect();
        let [seconds, before, peak, failed] = numbers[..] else {
            bail!("{}: {}", self.name, String::from_utf8_lossy(&output.stderr));
        };
        Ok(Turn { seconds, memory: (peak - before).max(0.0) as u64, failed: failed as usize })
    }

    /// Reads all pages once in this process; prints seconds, and memory before and at its peak in KiB.
    pub fn run(&self, data: &Path) -> Result<()> {
        let Way::Here(way) = self.way else { bail!("{} runs in Python", self.name) };
        let pages = pages(data)?;
        // What is set up once is no part of reading a page.
        pages.iter().take(1).for_each(way);
        let before = memory("VmRSS:")?;
        let start = ProcessTime::now();
        pages.iter().for_each(way);
        println!("{} {before} {} 0", start.elapsed().as_secs_f64(), memory("VmHWM:")?);
        Ok(())
    }
}

/// What the kernel says of this process's memory, in KiB.
fn memory(field: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line =
        status.lines().find_map(|l| l.strip_prefix(field)).context("the kernel says nothing of memory")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}

const TRAFILATURA: &str = "
from trafilatura import bare_extraction
def read(page):
    bare_extraction(page, with_metadata=True, include_comments=False)
";

const NEWSPAPER: &str = "
import newspaper
def read(page):
    article = newspaper.Article('https://page.example/2026/06/09/page', fetch_images=False)
    article.download(input_html=page)
    article.parse()
";

const RESILIPARSE: &str = "
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from resiliparse.extract.html2text import extract_plain_text
def read(page):
    extract_plain_text(bytes_to_str(page, detect_encoding(page)), main_content=True)
";

const LOOP: &str = "
import glob, gzip, sys, time
def memory(field):
    return next(l.split()[1] for l in open('/proc/self/status') if l.startswith(field))
pages = [gzip.open(f).read() for f in sorted(glob.glob(sys.argv[1] + '/*.gz'))]
try:
    read(pages[0])
except Exception:
    pass
before = memory('VmRSS:')
start = time.process_time()
failed = 0
for page in pages:
    try:
        read(page)
    except Exception:
        failed += 1
print(time.process_time() - start, before, memory('VmHWM:'), failed)
";

fn parse(page: &Page) {
    black_box(Document::from(page.text.as_str()));
}

fn whole(page: &Page) {
    let capture = Capture {
        url: "https://page.example/2026/06/09/page".into(),
        captured: "2026-11-01T00:00:00Z".parse().expect("a time"),
        status: 200,
        content_type: Some("text/html".into()),
        body: page.bytes.clone(),
        hints: Hints::default(),
    };
    black_box(headwater_extract::extract(&capture));
}

fn smoothie(page: &Page) {
    let readability = dom_smoothie::Readability::new(page.text.as_str(), None, None);
    black_box(readability.and_then(|mut r| r.parse()).is_ok());
}

fn trafilatura_alone(page: &Page) {
    black_box(trafilatura::extract(&page.text, &trafilatura::Options::default()).is_ok());
}

fn trafilatura_fallback(page: &Page) {
    let options = trafilatura::Options::default().with_fallback(true);
    black_box(trafilatura::extract(&page.text, &options).is_ok());
}
