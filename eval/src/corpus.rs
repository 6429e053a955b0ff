//! Sentences with their names: from Universal NER files and from our own labelled sentences.

use anyhow::{Context, Result};
use headwater_analyse::names::{self, tagger::Class};
use headwater_knowledge::Lexicon;
use headwater_model::article::Article;
use headwater_model::mention::EntityKind;
use headwater_model::{CaptureId, Text};
use serde::Deserialize;
use std::ops::Range;
use std::path::Path;

/// A sentence and its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Names by bytes of the sentence.
    pub names: Vec<(Range<usize>, Class)>,
}

/// The sentences of a Universal NER file.
pub fn universal(path: &Path) -> Result<Vec<Example>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
    Ok(text.split("\n\n").filter_map(sentence).collect())
}

fn sentence(block: &str) -> Option<Example> {
    let text = block.lines().find_map(|l| l.strip_prefix("# text = "))?.to_owned();
    let mut example = Example { text, names: Vec::new() };
    let (mut at, mut open) = (0, false);
    for line in block.lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t').skip(1);
        let (Some(token), Some(label)) = (fields.next(), fields.next()) else { continue };
        let range = find(&example.text, at, token)?;
        at = range.end;
        let class = match label.get(2..) {
            Some("PER") => Some(Class::Person),
            Some("ORG") => Some(Class::Body),
            Some("LOC") => Some(Class::Place),
            _ => None,
        };
        match (class, label.starts_with('I'), example.names.last_mut()) {
            (Some(_), true, Some(last)) if open => last.0.end = range.end,
            (Some(class), _, _) => example.names.push((range, class)),
            (None, _, _) => {}
        }
        open = class.is_some();
    }
    Some(example)
}

/// Where a token stands from a place on; the text may have spaces where the token has none.
fn find(text: &str, from: usize, token: &str) -> Option<Range<usize>> {
    let rest = &text[from..];
    if let Some(at) = rest.find(token) {
        return Some(from + at..from + at + token.len());
    }
    let start = from + (rest.len() - rest.trim_start().len());
    let wanted: Vec<char> = token.chars().filter(|c| !c.is_whitespace()).collect();
    let (mut met, mut end) = (0, start);
    for c in text[start..].chars() {
        if met == wanted.len() {
            break;
        }
        if !c.is_whitespace() {
            if c != wanted[met] {
                return None;
            }
            met += 1;
        }
        end += c.len_utf8();
    }
    Some(start..end)
}

/// A labelled sentence of `data/names`.
#[derive(Deserialize)]
pub struct Labelled {
    /// Its number.
    pub id: String,
    /// Its language.
    pub language: String,
    /// `dev`, or `held` for what is never learnt from.
    pub split: String,
    /// The sentence.
    pub text: String,
    /// Its names.
    pub entities: Vec<Label>,
}

/// A name of a labelled sentence.
#[derive(Deserialize)]
pub struct Label {
    /// First character.
    pub start: usize,
    /// The words.
    pub surface: String,
    /// Ids that are right: `None` for a name that the knowledge lacks, `*` for any or none.
    pub id: Vec<Option<String>>,
    /// Kinds that are right.
    pub kind: Vec<EntityKind>,
    /// Neither missed nor wrong.
    #[serde(default)]
    pub optional: bool,
}

impl Label {
    /// Its bytes.
    pub fn bytes(&self, text: &str) -> Range<usize> {
        let start = text.char_indices().nth(self.start).map_or(text.len(), |(at, _)| at);
        start..start + self.surface.len()
    }
}

/// The sentences of a file of `data/names`.
pub fn labelled(path: &Path) -> Result<Vec<Labelled>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// A labelled sentence to learn from.
pub fn example(sentence: &Labelled) -> Example {
    let named = sentence.entities.iter().filter_map(|label| {
        let class = Class::of(*label.kind.first()?)?;
        Some((label.bytes(&sentence.text), class))
    });
    Example { text: sentence.text.clone(), names: named.collect() }
}

/// An article of one sentence.
pub fn article(text: &str, language: &str) -> Article {
    Article {
        language: language.to_owned(),
        text: Text::from(text),
        ..Article::new(CaptureId::new("sentence"), "https://news.example/", jiff::Timestamp::UNIX_EPOCH)
    }
}

/// An article of nothing but a title and a text, captured on the day that the labels are for.
pub fn plain_article(id: &str, language: &str, title: &str, text: &str) -> Result<Article> {
    Ok(Article {
        capture: CaptureId::new(id),
        title: Text::from(title),
        captured: "2026-06-09T08:00:00Z".parse()?,
        ..article(text, language)
    })
}

/// The names of a sentence that the knowledge has, by bytes.
pub fn known(text: &str, language: &str, lexicon: &Lexicon) -> Vec<(Range<usize>, EntityKind)> {
    names::known(&article(text, language), lexicon)
}
