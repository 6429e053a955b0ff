//! Short forms: what an article calls somebody after it has given the full name.

use super::{Found, Meaning, sort, taken};
use crate::Passage;
use crate::passage::is_han;
use headwater_knowledge::{Lexicon, Matcher, fold, is_of_word};
use headwater_model::mention::EntityKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize, Default)]
struct Endings {
    english: Vec<String>,
    chinese: Vec<String>,
    defined: Vec<String>,
    family_first: Vec<String>,
}

static ENDINGS: LazyLock<Endings> = LazyLock::new(|| {
    let text = include_str!("../../data/short_forms.toml");
    toml::from_str(text).unwrap_or_default()
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
        let mut note = |form: String, origin: Origin| {
            let from =
                if passages[one.passage].part == headwater_model::Part::Title { 0 } else { one.range.end };
            let meaning = one.meaning.clone();
            let new = Form { meaning, from, passage: one.passage, origin, shared: false };
            if forms.len() < MOST || forms.contains_key(&form) {
                forms.entry(form).and_modify(|f| f.meet(&new)).or_insert(new);
            }
        };
        if let Some(form) = family_name(kind, written) {
            note(form, Origin::FamilyName);
        } else if let Some(form) = without_place(kind, written, lexicon) {
            note(form, Origin::Derived);
        } else if let Some(form) = derived(kind, written) {
            note(form, Origin::Derived);
        }
        if let Some(form) = defined(&text[one.range.end..]) {
            note(form, Origin::Defined);
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
    origin: Origin,
    /// Two entities would share it.
    shared: bool,
}

/// How an article comes by a short form; the surer the greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// A family name that stands first, as in Wang Wentao: so short that it needs its neighbours' consent.
    FamilyName,
    /// What a full name gives by itself.
    Derived,
    /// Given in brackets after the full name.
    Defined,
}

impl Form<'_> {
    fn meet(&mut self, other: &Form<'_>) {
        self.shared |= !self.meaning.is(&other.meaning);
        self.origin = self.origin.max(other.origin);
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
        for (start, c) in text.char_indices() {
            if start < free || !matcher.may_begin(c) || is_inside_word(text, start, c) {
                continue;
            }
            let mut longest = None;
            matcher.each_at(text, start, |length, form| longest = Some((length, form as usize)));
            let Some((length, hit)) = longest else { continue };
            let (form, what) = listed[hit];
            let range = start..start + length;
            free = range.end;
            let early = (number, range.start) < (what.passage, what.from);
            let alone = stands_alone(text, &range)
                && (what.origin != Origin::FamilyName || stands_for_a_person(text, &range));
            if early || !alone || taken(found, number, &range) {
                continue;
            }
            let other = others[hit].get_or_insert_with(|| {
                let guessed = matches!(what.meaning, Meaning::Unknown(..));
                !lexicon.names_in(form).is_empty() || guessed && is_word(form, passages)
            });
            if what.origin == Origin::Defined || !*other {
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

/// Whether a word goes on with the character at a place.
fn is_inside_word(text: &str, at: usize, c: char) -> bool {
    is_of_word(c) && text[..at].ends_with(is_of_word)
}

fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let first = text[range.clone()].chars().next();
    let last = text[range.clone()].chars().next_back();
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let joined = |a: Option<char>, b: Option<char>| a.is_some_and(is_of_word) && b.is_some_and(is_of_word);
    !joined(before, first) && !joined(last, after)
}

/// Whether the words beside a family name leave it one: in "Wang Yi" and "Jack Wang" it is a part of somebody else's name.
fn stands_for_a_person(text: &str, range: &Range<usize>) -> bool {
    let next = text[range.end..].strip_prefix([' ', '-']);
    if next.is_some_and(|next| next.starts_with(char::is_uppercase)) {
        return false;
    }
    /// Bytes of the longest word: a Chinese text may have no blank back to its beginning.
    const WORD: usize = 100;
    let before = text[..range.start].trim_end();
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(WORD))..];
    let word = near.rsplit(' ').next().unwrap_or_default();
    let ends = word.ends_with(|c: char| !c.is_alphanumeric());
    ends || !word.starts_with(char::is_uppercase) || super::cued::is_title(word)
}

/// The family name of an East Asian name in Latin letters, which stands first (Wang Wentao) or last (C.C. Wei). Where both
/// words can be one, the order is unknown and neither is taken.
fn family_name(kind: EntityKind, written: &str) -> Option<String> {
    let listed = |word: &&str| ENDINGS.family_first.iter().any(|name| name == word);
    let words: Vec<&str> = written.split(' ').collect();
    let (Some(first), Some(last), EntityKind::Person) = (words.first(), words.last(), kind) else {
        return None;
    };
    let mut families = [first, last].into_iter().filter(|word| listed(word));
    let family = families.next().filter(|_| words.len() > 1 && families.next().is_none())?;
    Some((*family).to_owned())
}

/// 金管局 after 香港金管局: a body's Chinese name without the place in front.
fn without_place(kind: EntityKind, written: &str, lexicon: &Lexicon) -> Option<String> {
    if kind != EntityKind::Agency || !written.starts_with(is_han) {
        return None;
    }
    let hits = lexicon.names_in(written);
    let place = hits.iter().filter(|m| m.range.start == 0 && m.range.end < written.len());
    let place = place.filter(|m| m.candidates.iter().any(|c| c.entity.kind == EntityKind::Place));
    let rest = &written[place.map(|m| m.range.end).max()?..];
    (rest.chars().count() > 2).then(|| rest.to_owned())
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

/// The last word of a name in Latin letters.
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
