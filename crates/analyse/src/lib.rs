//! Article to analysis: names, figures, dates, voices, claims.
//!
//! One pass over the passages of an article (title, then text). Each topic is a module with one
//! `find`; later topics see what earlier ones found. Nothing here reads a clock or a disk.

mod characters;
pub mod claims;
mod cues;
pub mod dates;
pub mod names;
pub mod passage;
pub mod quantities;
mod table;
mod texts;
pub mod voices;

pub use passage::Passage;

use headwater_knowledge::Lexicon;
use headwater_model::{Analysis, Article, Claim, Part};

/// Works out what an article asserts. Never fails; what was unsure is in `doubts`.
pub fn analyse(article: &Article, lexicon: &Lexicon) -> Analysis {
    let mut analysis = Analysis::empty(article.capture.clone());
    if !article.page_kind.is_readable() {
        return analysis;
    }
    let passages = mentions(article, lexicon, &mut analysis);
    for passage in &passages {
        claims::find(passage, article, &mut analysis, lexicon);
    }
    drop_renderings(article, &mut analysis);
    claims::headline::compare(&mut analysis);
    analysis
}

/// Finds all but the claims: names, dates, figures, voices.
fn mentions<'a>(article: &'a Article, lexicon: &Lexicon, analysis: &mut Analysis) -> [Passage<'a>; 2] {
    let passages = [Passage::new(article, Part::Title), Passage::new(article, Part::Text)];
    names::find(article, &passages, lexicon, analysis);
    for passage in &passages {
        dates::find(passage, article, analysis);
        quantities::find(passage, analysis);
        voices::find(passage, analysis, lexicon);
    }
    passages
}

/// The sentences of an article's text as the learned reading of claims sees them.
pub fn lessons(article: &Article, lexicon: &Lexicon) -> Vec<claims::Lesson> {
    let mut analysis = Analysis::empty(article.capture.clone());
    let [_, text] = mentions(article, lexicon, &mut analysis);
    claims::lessons(&text, article, &analysis, lexicon)
}

/// The claims of an article's text as the learned firmness sees them.
pub fn firmness_lessons(article: &Article, lexicon: &Lexicon) -> Vec<claims::FirmnessLesson> {
    let mut analysis = Analysis::empty(article.capture.clone());
    let [_, text] = mentions(article, lexicon, &mut analysis);
    claims::firmness_lessons(&text, article, &analysis, lexicon)
}

/// What a page says again in a second language is no second claim. What only the second language says is kept.
fn drop_renderings(article: &Article, analysis: &mut Analysis) {
    let again = |claim: &Claim| {
        let evidence = &claim.evidence;
        let paragraph =
            (evidence.part() == Part::Text).then(|| article.paragraph_at(evidence.span().start)).flatten();
        paragraph.is_some_and(|p| p.rendering)
    };
    let said: Vec<_> = analysis.claims.iter().filter(|c| !again(c)).map(|c| (c.frame, c.change)).collect();
    analysis.claims.retain(|claim| !(again(claim) && said.contains(&(claim.frame, claim.change))));
}
