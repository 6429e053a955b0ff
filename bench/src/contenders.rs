//! Who is measured.

use crate::Page;
use anyhow::{Context, Result};
use cpu_time::ProcessTime;
use dom_query::Document;
use headwater_model::{Capture, Hints};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// One way to read a page.
pub struct Contender {
    /// What the table calls it.
    pub name: &'static str,
    way: Way,
}

enum Way {
    Here(fn(&Page)),
    Python { python: PathBuf, folder: PathBuf },
}

/// Those of this process.
pub fn contenders() -> Vec<Contender> {
    let here = |name, way| Contender { name, way: Way::Here(way) };
    vec![
        here("parsing alone (html5ever, dom_query)", parse),
        here("headwater, the whole stage", whole),
        here("crate dom_smoothie", smoothie),
        here("crate trafilatura, no fallback", trafilatura_alone),
        here("crate trafilatura, fallback", trafilatura_fallback),
    ]
}

impl Contender {
    /// Python's trafilatura, which reads the same files in a process of its own and states its CPU time.
    pub fn python(python: &Path, data: &Path) -> Contender {
        let folder = data.join("extraction/aeb/html");
        Contender { name: "Python trafilatura", way: Way::Python { python: python.into(), folder } }
    }

    /// Reads all pages once.
    pub fn round(&self, pages: &[Page]) -> Result<Duration> {
        match &self.way {
            Way::Here(way) => {
                let start = ProcessTime::now();
                pages.iter().for_each(way);
                Ok(start.elapsed())
            }
            Way::Python { python, folder } => run(python, folder),
        }
    }
}

const SCRIPT: &str = "
import glob, gzip, sys, time
from trafilatura import bare_extraction
pages = [gzip.open(f).read() for f in sorted(glob.glob(sys.argv[1] + '/*.gz'))]
start = time.process_time()
for page in pages:
    bare_extraction(page, with_metadata=True, include_comments=False)
print(time.process_time() - start)
";

fn run(python: &Path, folder: &Path) -> Result<Duration> {
    let output =
        Command::new(python).arg("-c").arg(SCRIPT).arg(folder).output().context("failed to run Python")?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let seconds: f64 =
        printed.trim().parse().with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
    Ok(Duration::from_secs_f64(seconds))
}

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
