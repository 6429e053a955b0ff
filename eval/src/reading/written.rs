//! Pages of many countries that were written one by one: their text, what they say of themselves, and those that are no
//! articles. The trees that tell the text learnt from the articles.

use super::fields::{self, Stated};
use super::pages;
use crate::{Context, floors, floors::Figure};
use headwater_eval::shingles::{Match, Tokens, f1};
use headwater_eval::written::{self, HANDS, Written};
use headwater_model::Article;

/// Pages whose F1 is below this are printed as misses.
const MISS: f64 = 0.9;

/// Text, fields and kinds, hand by hand.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for hand in HANDS {
        let set = format!("written, {hand} hand");
        if context.only.as_ref().is_none_or(|only| set.contains(only.as_str())) {
            figures.extend(of_hand(context, hand, &set)?);
        }
    }
    Ok(figures)
}

fn of_hand(context: &Context, hand: &str, set: &str) -> anyhow::Result<Vec<Figure>> {
    let corpus = floors::corpus_digest(&written::folder(hand))?;
    let written = written::pages(hand)?;
    let articles: Vec<Article> = written.iter().map(|p| headwater_extract::extract(&p.capture)).collect();
    let (mut matches, mut stated, mut read) = (Vec::new(), Vec::new(), Vec::new());
    for (page, article) in written.iter().zip(&articles).filter(|(p, _)| p.is_article()) {
        let eastern = ["zh", "ja"].iter().any(|l| page.stated.language.starts_with(l));
        let tokens = if eastern { Tokens::Characters } else { Tokens::Words };
        let found = Match::of(&page.stated.text, article.text.as_str(), tokens);
        if context.misses && found.f1() < MISS {
            println!("{set}: {:.3} {}", found.f1(), page.name);
            pages::print_lines(&page.stated.text, article.text.as_str());
        }
        matches.push(found);
        stated.push(serde_json::from_value(page.json.clone())?);
        read.push(article.clone());
    }
    let stated: Vec<&Stated> = stated.iter().collect();
    let mut figures = fields::figures(context, set, &stated, &read, &corpus);
    let text = ("main text, 4-gram F1", f1(&matches), matches.len());
    for (measure, value, items) in [text, kinds(context, set, &written, &articles)] {
        figures.push(Figure::new(set, measure, value, items, &corpus));
    }
    Ok(figures)
}

/// How many pages are called what they are.
fn kinds(
    context: &Context,
    set: &str,
    pages: &[Written],
    articles: &[Article],
) -> (&'static str, f64, usize) {
    let mut right = 0;
    for (page, article) in pages.iter().zip(articles) {
        let found = article.page_kind.to_string();
        let is_right = match &page.stated.kind {
            Some(kind) if !page.is_article() => found == *kind,
            _ => article.page_kind.is_readable(),
        };
        right += usize::from(is_right);
        if context.misses && !is_right {
            println!(
                "{set}: {found} for {} ({})",
                page.name,
                article.page_kind_reason.as_deref().unwrap_or("")
            );
        }
    }
    ("kind of page, accuracy", right as f64 / pages.len().max(1) as f64, pages.len())
}
