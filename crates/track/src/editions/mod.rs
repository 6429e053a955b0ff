//! Two editions of one page: whether anything changed, and which words and claims did.

pub mod difference;

use crate::claims::compare::Said;
use crate::claims::groups;
use crate::claims::sameness::{self, Tie};
use crate::memory::seen::Seen;
use crate::text::passage;
use crate::text::words;
use headwater_model::tracking::Cited;
use headwater_model::{Article, Knowledge};
use std::collections::BTreeSet;

/// Claims that are not in both versions in the same words, paired where they assert the same.
pub fn changed_claims(old: &Seen, new: &Seen, knowledge: &Knowledge) -> Vec<(Option<Cited>, Option<Cited>)> {
    let quotes = |seen: &Seen| -> BTreeSet<String> {
        seen.claims.iter().map(|c| c.evidence.quote().to_owned()).collect()
    };
    let (before, after) = (quotes(old), quotes(new));
    let cite = |said: Said| said.seen.cite(said.claim.evidence.clone());
    let only = |seen, elsewhere: &BTreeSet<String>| {
        Said::all(seen).filter(|said| !elsewhere.contains(said.claim.evidence.quote())).collect()
    };
    let (gone, mut added): (Vec<Said>, Vec<Said>) = (only(old, &after), only(new, &before));
    let mut found = Vec::new();
    for said in gone {
        let odds = |other: Said| sameness::odds(said, other, Tie::Derived, knowledge);
        let best = (0..added.len())
            .filter_map(|i| Some((odds(added[i]).filter(|odds| *odds >= groups::DERIVED)?, i)))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let partner = best.map(|(_, i)| cite(added.remove(i)));
        found.push((Some(cite(said)), partner));
    }
    found.extend(added.into_iter().map(|said| (None, Some(cite(said)))));
    found
}

/// Characters and words of a line that may be a counter, and characters of quotes in news.
const COUNTER: usize = 40;
const COUNTER_WORDS: usize = 5;
const QUOTED: usize = 160;

/// Whether an article says what an earlier edition said: counters, and how quotation marks and blanks are set, are no words.
pub fn say_the_same(seen: &Seen, article: &Article) -> bool {
    if seen.title != article.title {
        return false;
    }
    seen.text == article.text || sentences(seen.text.as_str()).eq(sentences(article.text.as_str()))
}

/// What changed from one edition to the next, in words: the headline, else the first sentence that is another.
pub fn told(old: &Seen, new: &Seen) -> String {
    let quoted = |text: &str| format!("“{}”", headwater_model::begun(text, QUOTED));
    if old.title != new.title {
        return format!("the headline {} became {}", quoted(old.title.as_str()), quoted(new.title.as_str()));
    }
    let (before, after): (Vec<String>, Vec<String>) =
        (sentences(old.text.as_str()).collect(), sentences(new.text.as_str()).collect());
    let gone: Vec<&String> = missing(&before, &after);
    let come: Vec<&String> = missing(&after, &before);
    let telling = |found: &[&String]| -> Option<String> {
        let first = found.iter().find(|line| !line.starts_with(['【', '〔'])).or(found.first());
        first.map(|line| (**line).clone())
    };
    let what = match (telling(&gone), telling(&come)) {
        (Some(was), Some(is)) => format!("{} became {}", quoted(&was), quoted(&is)),
        (None, Some(is)) => format!("{} was added", quoted(&is)),
        (Some(was), None) => format!("{} was taken out", quoted(&was)),
        (None, None) => "its sentences stand in another order".to_owned(),
    };
    match gone.len().max(come.len()) {
        0 | 1 => what,
        2 => format!("{what}, and one more change"),
        more => format!("{what}, and {} more changes", more - 1),
    }
}

/// Sentences of one text that the other lacks.
fn missing<'a>(of: &'a [String], other: &[String]) -> Vec<&'a String> {
    let known: BTreeSet<&String> = other.iter().collect();
    of.iter().filter(|sentence| !known.contains(sentence)).collect()
}

/// The sentences of a text, without counters, quotation marks and blanks set in one way.
fn sentences(text: &str) -> impl Iterator<Item = String> + '_ {
    let lines = text.lines().filter(|line| !is_counter(line));
    let sentences = lines.flat_map(|line| {
        let mut at = 0;
        std::iter::from_fn(move || {
            let from = at;
            at = passage::sentence_end(line, from);
            (at > from).then(|| &line[from..at])
        })
    });
    sentences.map(plainly_set).filter(|sentence| !sentence.is_empty())
}

/// Whether a line only counts something that changes with every look: views, comments, how long ago.
fn is_counter(line: &str) -> bool {
    let short = line.chars().nth(COUNTER).is_none() && !line.trim_end().ends_with(['.', '。']);
    if !short || !line.contains(char::is_numeric) {
        return false;
    }
    let folded = line.to_lowercase();
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let counts = |counter: &String| {
        if counter.is_ascii() { words.contains(&counter.as_str()) } else { folded.contains(counter.as_str()) }
    };
    words.len() <= COUNTER_WORDS && words::lists().texts.counters.iter().any(counts)
}

fn plainly_set(text: &str) -> String {
    let straight = |c: char| match c {
        '“' | '”' | '„' | '‟' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        '‐' | '‑' => '-',
        other => other,
    };
    let words: Vec<String> =
        text.split_whitespace().map(|word| word.chars().map(straight).collect()).collect();
    words.join(" ")
}
