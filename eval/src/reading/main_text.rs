//! Main text against three sets, each by its own measure. The trees that tell the text learnt from these pages; what they do
//! on sites that they have not seen is measured by the trainer (`cargo xtask train --only body --folds 4`).

use super::fields::{self, Stated};
use super::pages::{self, Page};
use crate::{Context, floors, floors::Figure};
use headwater_eval::shingles::{Match, Tokens, f1};
use headwater_model::Article;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Pages whose F1 is below this are printed as misses.
const MISS: f64 = 0.85;

#[derive(Deserialize)]
struct Truth {
    #[serde(rename = "articleBody")]
    body: String,
    #[serde(default)]
    url: String,
}

/// The article-extraction-benchmark: shingle F1.
pub fn aeb(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let folder = context.data.join("extraction/aeb");
    if !context.wants("aeb", "extraction/aeb") {
        return Ok(Vec::new());
    }
    let truth: BTreeMap<String, Truth> =
        serde_json::from_slice(&std::fs::read(folder.join("ground-truth.json"))?)?;
    let page = |(id, t): (&String, &Truth)| Page {
        name: id.clone(),
        url: t.url.clone(),
        path: folder.join(format!("html/{id}.html.gz")),
    };
    let list: Vec<Page> = truth.iter().map(page).collect();
    let articles = pages::read(&list)?;
    let matches: Vec<Match> = truth
        .values()
        .zip(&articles)
        .map(|(t, a)| Match::of(&t.body, a.text.as_str(), Tokens::Words))
        .collect();
    misses(context, "aeb", &list, &matches);
    let corpus = floors::corpus_digest(&folder)?;
    let peer = "rs-trafilatura .970, trafilatura 2.3.1 .960, dom_smoothie .951";
    let text = Figure::new("aeb", "main text, 4-gram F1", f1(&matches), matches.len(), &corpus);
    Ok(vec![text.beside(Some(peer)), readable("aeb", &list, &articles, &corpus, context)])
}

fn misses(context: &Context, set: &str, list: &[Page], matches: &[Match]) {
    if !context.misses {
        return;
    }
    for (page, found) in list.iter().zip(matches).filter(|(_, m)| m.f1() < MISS) {
        println!("{set}: {:.3} {}", found.f1(), page.name);
    }
}

/// Every page of these sets holds something to read: none may be taken for a wall, an error or a list.
fn readable(set: &str, list: &[Page], articles: &[Article], corpus: &str, context: &Context) -> Figure {
    let right = articles.iter().filter(|a| a.page_kind.is_readable()).count();
    if context.misses {
        for (page, article) in list.iter().zip(articles).filter(|(_, a)| !a.page_kind.is_readable()) {
            let reason = article.page_kind_reason.as_deref().unwrap_or_default();
            println!("{set}: {} for {} ({reason})", article.page_kind, page.name);
        }
    }
    Figure::share(set, "articles not taken for something else", right, articles.len(), corpus)
}

#[derive(Deserialize)]
struct Segments {
    file: String,
    with: Vec<String>,
    without: Vec<String>,
    #[serde(flatten)]
    stated: Stated,
}

/// Trafilatura's evaluation: F over segments that must and must not be there, and what pages state.
pub fn trafilatura(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let folder = context.data.join("extraction/trafilatura");
    if !context.wants("trafilatura", "extraction/trafilatura") {
        return Ok(Vec::new());
    }
    let truth: BTreeMap<String, Segments> =
        serde_json::from_slice(&std::fs::read(folder.join("evaldata.json"))?)?;
    let places = [folder.join("eval"), folder.join("cache")];
    let places: Vec<&Path> = places.iter().map(|p| p.as_path()).collect();
    let mut list = Vec::new();
    let mut expected = Vec::new();
    for (url, segments) in truth {
        if let Some(path) = pages::find(&places, &segments.file) {
            list.push(Page { name: segments.file.clone(), url, path });
            expected.push(segments);
        }
    }
    let articles = pages::read(&list)?;
    let corpus = floors::corpus_digest(&folder)?;
    let value = segments_f(context, &expected, &articles);
    let text = Figure::new("trafilatura", "main text, segments F", value, articles.len(), &corpus);
    let text = text.beside(Some("trafilatura 2.3.1 .923, magic-html .889"));
    let mut figures = vec![text, readable("trafilatura", &list, &articles, &corpus, context)];
    let stated: Vec<&Stated> = expected.iter().map(|e| &e.stated).collect();
    figures.extend(fields::figures(context, "trafilatura", &stated, &articles, &corpus));
    Ok(figures)
}

fn segments_f(context: &Context, expected: &[Segments], articles: &[Article]) -> f64 {
    let (mut right, mut missing, mut surplus) = (0usize, 0usize, 0usize);
    for (segments, article) in expected.iter().zip(articles) {
        let text = article.text.as_str();
        let lost: Vec<&String> = segments.with.iter().filter(|s| !text.contains(s.as_str())).collect();
        let kept: Vec<&String> = segments.without.iter().filter(|s| text.contains(s.as_str())).collect();
        right += segments.with.len() - lost.len();
        missing += lost.len();
        surplus += kept.len();
        if context.misses && lost.len() + kept.len() > 0 {
            println!("trafilatura: {} lost {lost:?} kept {kept:?}", segments.file);
        }
    }
    2.0 * right as f64 / (2 * right + missing + surplus).max(1) as f64
}

/// Mozilla's pages: in Chinese and Japanese by character shingles, the others by word shingles.
pub fn readability(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let folder = context.data.join("extraction/readability/test-pages");
    if !context.wants("readability", "extraction/readability/test-pages") {
        return Ok(Vec::new());
    }
    let mut names: Vec<String> = std::fs::read_dir(&folder)?
        .map(|e| Ok(e?.file_name().to_string_lossy().into_owned()))
        .collect::<anyhow::Result<_>>()?;
    names.retain(|n| folder.join(n).join("expected.html").exists());
    names.sort();
    let page = |name: &String| Page {
        name: name.clone(),
        url: "http://fakehost/test/page.html".into(),
        path: folder.join(name).join("source.html"),
    };
    let list: Vec<Page> = names.iter().map(page).collect();
    let articles = pages::read(&list)?;
    let corpus = floors::corpus_digest(&folder)?;
    let mut stated = Vec::new();
    let (mut eastern, mut others) = (Vec::new(), Vec::new());
    for (name, article) in names.iter().zip(&articles) {
        let expected = words_of(&std::fs::read_to_string(folder.join(name).join("expected.html"))?);
        let matched = |tokens| Match::of(&expected, article.text.as_str(), tokens);
        if is_eastern(&expected) {
            let found = matched(Tokens::Characters);
            if context.misses && found.f1() < 1.0 {
                println!("readability: {:.3} {name}", found.f1());
                let html = std::fs::read_to_string(folder.join(name).join("expected.html"))?;
                let lines = headwater_extract::teach::lines(&html).join("\n");
                pages::print_lines(&lines, article.text.as_str());
            }
            eastern.push(found);
        } else {
            others.push(matched(Tokens::Words));
        }
        let metadata = std::fs::read(folder.join(name).join("expected-metadata.json"))?;
        stated.push(serde_json::from_slice::<Stated>(&metadata)?);
    }
    let figure = |measure: &str, matches: &[Match], peer: &str| {
        Figure::new("readability", measure, f1(matches), matches.len(), &corpus).beside(Some(peer))
    };
    let mut figures = vec![
        figure(
            "main text zh and ja, character 4-gram F1",
            &eastern,
            "dom_smoothie 1.000 (the texts are readability's own), crate trafilatura .984, trafilatura 2.3.1 .969",
        ),
        figure(
            "main text others, 4-gram F1",
            &others,
            "dom_smoothie .997 (the texts are readability's own), crate trafilatura .957, trafilatura 2.3.1 .933",
        ),
    ];
    let stated: Vec<&Stated> = stated.iter().collect();
    figures.extend(fields::figures(context, "readability", &stated, &articles, &corpus));
    Ok(figures)
}

/// The words of an expected text: it is a fragment that holds nothing but the article.
fn words_of(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        text.push(' ');
        let end = rest[at..].find('>').map_or(rest.len(), |e| at + e + 1);
        rest = &rest[end..];
    }
    unescaped(&(text + rest))
}

fn unescaped(text: &str) -> String {
    let pairs =
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn is_eastern(text: &str) -> bool {
    let east =
        text.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')).count();
    east > 100 && east * 3 > text.split_whitespace().count() * 4
}
