//! The pages of a corpus, read by the product as captures.

use flate2::read::GzDecoder;
use headwater_model::{Article, Capture, Hints};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A page of a corpus.
pub struct Page {
    /// What the corpus calls it.
    pub name: String,
    /// Its address.
    pub url: String,
    /// Where its bytes lie.
    pub path: PathBuf,
}

impl Page {
    /// The page as a capture, long after every page of the corpora was written. No header says the charset.
    fn capture(&self) -> anyhow::Result<Capture> {
        let bytes = std::fs::read(&self.path)?;
        let mut body = Vec::new();
        if self.path.extension().is_some_and(|e| e == "gz") {
            GzDecoder::new(&bytes[..]).read_to_end(&mut body)?;
        } else {
            body = bytes;
        }
        Ok(Capture {
            url: self.url.clone(),
            captured: "2026-11-01T00:00:00Z".parse()?,
            status: 200,
            content_type: Some("text/html".into()),
            body,
            hints: Hints::default(),
        })
    }
}

/// Reads all pages, in order, on two threads.
pub fn read(pages: &[Page]) -> anyhow::Result<Vec<Article>> {
    let (left, right) = pages.split_at(pages.len() / 2);
    let each = |part: &[Page]| part.iter().map(article).collect::<anyhow::Result<Vec<_>>>();
    std::thread::scope(|scope| {
        let left = scope.spawn(|| each(left));
        let right = each(right)?;
        let mut all = left.join().map_err(|_| anyhow::anyhow!("a page could not be read"))??;
        all.extend(right);
        Ok(all)
    })
}

fn article(page: &Page) -> anyhow::Result<Article> {
    Ok(headwater_extract::extract(&page.capture()?))
}

/// The first of several folders that has a file of this name.
pub fn find(folders: &[&Path], file: &str) -> Option<PathBuf> {
    folders.iter().map(|f| f.join(file)).find(|p| p.is_file())
}

/// Characters of a line that are printed.
const SHOWN: usize = 100;

/// The lines that were lost, and those that are no text.
pub fn print_lines(stated: &str, found: &str) {
    let one_side = |of: &str, other: &str, what: &str| {
        let other: BTreeSet<&str> = other.lines().collect();
        for line in of.lines().filter(|line| !other.contains(line)) {
            println!("  {what} {}", line.chars().take(SHOWN).collect::<String>());
        }
    };
    one_side(stated, found, "lost");
    one_side(found, stated, "surplus");
}
