//! Short forms: what an article calls somebody after it has given the full name.

use super::{Found, Meaning, sort, taken};
use crate::Passage;
use crate::passage::is_han;
use headwater_knowledge::{Lexicon, Matcher, fold, word_starts};
use headwater_model::mention::EntityKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Endings {
    english: Vec<String>,
    chinese: Vec<String>,
    defined: Vec<String>,
}

static ENDINGS: LazyLock<Endings> = LazyLock::new(|| {
    let text = include_str!("../../data/short_forms.toml");
    toml::from_str(text).unwrap_or(Endings { english: Vec::new(), chinese: Vec::new(), defined: Vec::new() })
});

/// A short form longer than this (in characters) is no short form.
const LONGEST: usize = 24;

/// An article with more short forms than this is a list of names; the rest is left alone.
const MOST: usize = 200;

/// Adds the short forms of those of the names found so far that are asked for.
pub(super) fn add<'l>(
    passages: &[Passage],
    lexicon: &Lexicon,
    found: &mut Vec<Found<'l>>,
    asked: fn(&Meaning) -> bool,
) {
    let mut forms: BTreeMap<String, Form<'l>> = BTreeMap::new();
    for one in found.iter().filter(|one| asked(&one.meaning)) {
        let Some(kind) = one.kind() else { continue };
        let text = passages[one.passage].as_str();
        let written = &text[one.range.clone()];
        let mut note = |form: String, defined: bool| {
            let from =
                if passages[one.passage].part == headwater_model::Part::Title { 0 } else { one.range.end };
            let meaning = one.meaning.clone();
            let new = Form { meaning, from, passage: one.passage, defined, shared: false };
            if forms.len() < MOST || forms.contains_key(&form) {
                forms.entry(form).and_modify(|f| f.meet(&new)).or_insert(new);
            }
        };
        if let Some(form) = derived(kind, written) {
            note(form, false);
        }
        if let Some(form) = defined(&text[one.range.end..]) {
            note(form, true);
        }
    }
    forms.retain(|_, f| !f.shared);
    link(passages, lexicon, &forms, found);
}

struct Form<'l> {
    meaning: Meaning<'l>,
    /// Where it is first given: it counts from there on.
    passage: usize,
    from: usize,
    /// Given in brackets after the full name.
    defined: bool,
    /// Two entities would share it.
    shared: bool,
}

impl Form<'_> {
    fn meet(&mut self, other: &Form<'_>) {
        self.shared |= !self.meaning.is(&other.meaning);
        self.defined |= other.defined;
        if (other.passage, other.from) < (self.passage, self.from) {
            (self.passage, self.from) = (other.passage, other.from);
        }
    }
}

/// Finds all short forms in one pass, the leftmost and longest of them. One that the knowledge has as a name of its own is
/// none, unless the text defines it; nor is a word of the article a form of a name that is only guessed.
fn link<'l>(
    passages: &[Passage],
    lexicon: &Lexicon,
    forms: &BTreeMap<String, Form<'l>>,
    found: &mut Vec<Found<'l>>,
) {
    let listed: Vec<(&String, &Form<'l>)> = forms.iter().collect();
    if listed.is_empty() {
        return;
    }
    let matcher = Matcher::new(listed.iter().map(|(form, _)| form.as_str()));
    let mut others: Vec<Option<bool>> = vec![None; listed.len()];
    let mut added = Vec::new();
    for (number, passage) in passages.iter().enumerate() {
        let text = passage.as_str();
        let mut free = 0;
        for start in word_starts(text) {
            let mut longest = None;
            if start >= free {
                matcher.each_at(text, start, |length, form| longest = Some((length, form as usize)));
            }
            let Some((length, hit)) = longest else { continue };
            let (form, what) = listed[hit];
            let range = start..start + length;
            free = range.end;
            let early = (number, range.start) < (what.passage, what.from);
            if early || !stands_alone(text, &range) || taken(found, number, &range) {
                continue;
            }
            let other = others[hit].get_or_insert_with(|| {
                let guessed = matches!(what.meaning, Meaning::Unknown(..));
                !lexicon.names_in(form).is_empty() || guessed && is_word(form, passages)
            });
            if what.defined || !*other {
                added.push(Found {
                    passage: number,
                    range,
                    meaning: what.meaning.clone(),
                    rule: "short_form",
                });
            }
        }
    }
    found.append(&mut added);
    sort(found);
}

/// Whether the article has a Latin form in lower case as well: then its capital tells little of a name that the tagger
/// guessed ("Target Date").
fn is_word(form: &str, passages: &[Passage]) -> bool {
    let lower = form.to_lowercase();
    let stands = |p: &Passage| {
        let mut hits = p.as_str().match_indices(lower.as_str());
        hits.any(|(at, _)| stands_alone(p.as_str(), &(at..at + lower.len())))
    };
    lower != form && passages.iter().any(stands)
}

fn stands_alone(text: &str, range: &std::ops::Range<usize>) -> bool {
    let word = |c: char| !is_han(c) && c.is_alphanumeric();
    let first = text[range.clone()].chars().next();
    let last = text[range.clone()].chars().next_back();
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let joined = |a: Option<char>, b: Option<char>| a.is_some_and(word) && b.is_some_and(word);
    !joined(before, first) && !joined(last, after)
}

/// The short form that a full name gives by itself: a surname, or a company without its endings.
fn derived(kind: EntityKind, written: &str) -> Option<String> {
    let han = written.chars().all(|c| is_han(c) || c == '·');
    match (kind, han) {
        (EntityKind::Person, false) => surname(written),
        (EntityKind::Person, true) => {
            written.rsplit_once('·').map(|(_, last)| last.to_owned()).filter(|l| l.chars().count() > 1)
        }
        (EntityKind::Company, false) => without_english_ending(written),
        (EntityKind::Company, true) => without_chinese_ending(written),
        _ => None,
    }
}

/// The last word of a name in Latin letters. East Asian names put it first: then the first word is
/// used by papers as well, and neither is certain, so names of two short words give none.
fn surname(written: &str) -> Option<String> {
    let words: Vec<&str> = written.split(' ').filter(|w| !w.is_empty()).collect();
    let last = words.last().filter(|_| words.len() > 1)?;
    (last.len() > 3 && last.chars().all(char::is_alphabetic) && last.starts_with(char::is_uppercase))
        .then(|| (*last).to_owned())
}

fn without_english_ending(written: &str) -> Option<String> {
    let mut words: Vec<&str> = written.split(' ').collect();
    let whole = words.len();
    while words.len() > 1
        && words.last().is_some_and(|w| ENDINGS.english.iter().any(|e| e == w.trim_end_matches(',')))
    {
        words.pop();
    }
    let short = words.join(" ").trim_end_matches(',').to_owned();
    (words.len() < whole && short.len() > 3).then_some(short)
}

fn without_chinese_ending(written: &str) -> Option<String> {
    let folded = fold(written);
    let ending = ENDINGS.chinese.iter().find(|e| folded.ends_with(e.as_str()))?;
    let keep = written.chars().count().saturating_sub(ending.chars().count());
    (keep >= 2).then(|| written.chars().take(keep).collect())
}

/// The short form that a text gives in brackets right after the full name: `(BIS)`, `（以下简称“信安标委”）`.
fn defined(rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches(['》', '」', '"', '”']).trim_start_matches(' ');
    let inside = rest.strip_prefix('(').or_else(|| rest.strip_prefix('（'))?;
    let end =
        inside.char_indices().take(LONGEST + 8).find(|(_, c)| matches!(c, ')' | '）')).map(|(at, _)| at)?;
    let inside = inside[..end].trim();
    let folded = fold(inside);
    let introduced = ENDINGS.defined.iter().find(|d| folded.starts_with(d.as_str()));
    let skip = introduced.map_or(0, |d| d.chars().count());
    let form: String = inside.chars().skip(skip).collect();
    let form = form.trim_matches(|c: char| c.is_whitespace() || "“”\"「」『』'‘’:：,，《》".contains(c));
    let acronym =
        form.len() >= 2 && form.len() <= 8 && form.chars().all(|c| c.is_ascii_uppercase() || c == '&');
    let named = introduced.is_some() && (2..=LONGEST).contains(&form.chars().count());
    (acronym || named).then(|| form.to_owned())
}
