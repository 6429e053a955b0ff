//! Main text and headline on invented pages in the layouts of Chinese and Japanese sites. The trees that tell the text learnt from
//! them.

use crate::{Context, floors, floors::Figure};
use headwater_eval::layouts;
use headwater_eval::shingles::{Match, Tokens, f1};
use std::path::Path;

/// Pages whose F1 is below this are printed as misses.
const MISS: f64 = 0.9;

/// Character shingle F1, and headlines that are right to the letter.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    if context.only.as_ref().is_some_and(|only| !"layouts".contains(only.as_str())) {
        return Ok(Vec::new());
    }
    let (mut matches, mut titles) = (Vec::new(), 0);
    let pages = layouts::pages()?;
    for page in &pages {
        let article = headwater_extract::extract(&page.capture);
        let found = Match::of(&page.text, article.text.as_str(), Tokens::Characters);
        let titled = article.title.as_str() == page.title;
        if context.misses && (found.f1() < MISS || !titled) {
            println!("layouts: {:.3} {:?} {}", found.f1(), article.title.as_str(), page.capture.url);
        }
        titles += usize::from(titled);
        matches.push(found);
    }
    let corpus = floors::corpus_digest(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/layouts"))?;
    let figure = |measure: &str, value: f64| Figure::new("layouts", measure, value, pages.len(), &corpus);
    Ok(vec![
        figure("main text of invented zh and ja pages, character 4-gram F1", f1(&matches)),
        figure("title, accuracy", titles as f64 / pages.len().max(1) as f64),
    ])
}
