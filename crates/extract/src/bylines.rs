//! Authors: who a page says wrote it, one name each.
//!
//! Structured data are asked first, but many sites name themselves there; then the elements that are named for the
//! author, then lines near the headline that begin like a byline. A site's own name is taken only if nobody else is
//! named.

use crate::blocks::{Block, Outline, Signature, letters};
use crate::cues::is_furniture;
use crate::dates::{Habit, is_month, page_date};
use crate::headline::stands_beside;
use crate::metadata::{Head, folded, names};
use crate::near;
use crate::reporters::{at_head, in_brackets, korean, reporters};
use aho_corasick::AhoCorasick;
use headwater_model::time::DateBasis;
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What `data/bylines.toml` holds.
#[derive(Deserialize)]
pub struct Words {
    /// Parts of the names of elements that hold an author's name.
    pub places: Vec<String>,
    /// Whole names of elements that hold nothing else.
    pub clear: Vec<String>,
    before: Vec<String>,
    lines: Vec<String>,
    after: Vec<String>,
    nobody: Vec<String>,
    roles: Vec<String>,
    bodies: Vec<String>,
    /// Folders of addresses under which sites keep their authors' pages.
    folders: Vec<String>,
    labels: Vec<String>,
    particles: Vec<String>,
    offices: Vec<String>,
    /// Before the name of whoever took a picture.
    pictures: Vec<String>,
    /// Words in brackets at the end of a paragraph that sign nothing.
    pub unsigned: Vec<String>,
    /// Words that stand in no person's name.
    unnamed: Vec<String>,
    /// Places of two words and more, which look like a person's name.
    regions: Vec<String>,
    /// How Korean family names begin.
    pub korean_families: String,
    /// What reporters are called by in Korean that is no name.
    pub korean_offices: Vec<String>,
}

/// The words, read once.
pub static BYLINES: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/bylines.toml")).expect("data/bylines.toml is right")
});

static FOLDERS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(&BYLINES.folders).expect("the folders are few and short"));

/// Whether an address lies where sites keep their authors' pages.
pub fn leads_to_author(address: &str) -> bool {
    FOLDERS.is_match(address)
}

/// The authors of a page. `headline` is the block of its headline.
pub fn authors(head: &Head, outline: &Outline, headline: Option<usize>, site: &str) -> Vec<String> {
    let clean = |names: Vec<String>| {
        // A site's own name may hold an "and".
        let own = |name: &String| !site.is_empty() && folded(name) == folded(site);
        let parts = names.iter().flat_map(|n| if own(n) { vec![n.clone()] } else { split(n) });
        let mut clean: Vec<String> = Vec::new();
        for name in parts {
            if !clean.contains(&name) {
                clean.push(name);
            }
        }
        let all = clean.clone();
        clean.retain(|name| !all.iter().any(|other| is_wrapped(name, other)));
        // Behind a name stands the desk: "By Ada Pier, Gazette North".
        let at_desk: Vec<bool> = clean.iter().map(|name| is_at_desk(name, site)).collect();
        let mut at_desk = at_desk.into_iter().enumerate().map(|(at, desk)| at > 0 && desk);
        clean.retain(|_| !at_desk.next().unwrap_or(false));
        clean
    };
    let publisher = head.publisher().unwrap_or_default();
    let people = |names: Vec<String>| -> Vec<String> {
        let somebody = |name: &String| !is_body(name, site) && !is_body(name, &publisher);
        clean(names).into_iter().filter(somebody).collect()
    };
    let json = in_data(head);
    let (persons, all): (Vec<String>, Vec<String>) = (
        json.iter().filter(|(_, person)| *person).map(|(n, _)| n.clone()).collect(),
        json.iter().map(|(n, _)| n.clone()).collect(),
    );
    let first = |found: Vec<String>| (!found.is_empty()).then_some(found);
    // A head that names one of two is behind its page.
    let all_of = |found: Vec<String>| {
        let linked = people(linked(outline, headline));
        let more = found.len() < linked.len() && found.iter().all(|name| linked.contains(name));
        if more { linked } else { found }
    };
    let stated = first(people(persons))
        .or_else(|| in_metas(head).find_map(|names| first(people(names))))
        .or_else(|| first(people(labelled(head))))
        .map(all_of);
    let shown = || {
        first(people(signed(outline, headline, false)))
            .or_else(|| first(people(byline(outline, headline))))
            .or_else(|| first(people(reporters(&outline.blocks))))
            .or_else(|| first(people(korean(&outline.blocks))))
            .or_else(|| first(people(signed(outline, headline, true))))
            .or_else(|| first(people(below(outline))))
            .or_else(|| first(people(under_label(&outline.blocks))))
            .or_else(|| first(people(beside_date(outline, headline))))
            .or_else(|| first(people(in_brackets(&outline.blocks))))
            .or_else(|| first(people(last_line(outline))))
            .or_else(|| first(people(bold_at_end(outline))))
    };
    let named = match stated {
        // A user's name, of somebody whom the page calls by the whole one.
        Some(users) if users.iter().all(|name| is_handle(name)) => {
            shown().filter(|names| names.iter().all(|name| is_full_name(name))).or(Some(users))
        }
        stated => stated.or_else(shown),
    };
    named
        .or_else(|| first(clean(all.clone())))
        .or_else(|| in_metas(head).find_map(|names| first(clean(names))))
        .or_else(|| first(clean(signed(outline, headline, false))))
        .or_else(|| first(as_stated(all, site)))
        .or_else(|| in_metas(head).find_map(|names| first(as_stated(names, site))))
        .unwrap_or_default()
}

/// Whether one of a name's words is of the site's name.
fn is_at_desk(name: &str, site: &str) -> bool {
    let words = |text: &str| {
        text.split_whitespace().map(folded).filter(|w| w.chars().count() > 1).collect::<Vec<_>>()
    };
    let own = words(site);
    words(name).iter().any(|word| own.contains(word) && !BYLINES.particles.contains(word))
}

/// Whether a name is another one with words around it that are no name's: `von Ada Pier` beside `Ada Pier`, 御厨朔 : 記者.
fn is_wrapped(name: &str, other: &str) -> bool {
    let behind = name.strip_prefix(other).unwrap_or_default().trim_start();
    if behind.starts_with([':', '：', '／', '|']) {
        return true;
    }
    let rest = name.strip_suffix(other).or_else(|| name.strip_prefix(other));
    let small = |rest: &str| rest.split_whitespace().all(|word| word.starts_with(char::is_lowercase));
    name != other && rest.is_some_and(|rest| rest.contains(' ') && small(rest))
}

/// What is stated as the author and looks like nobody's name: initials, "Staff Writer".
fn as_stated(names: Vec<String>, site: &str) -> Vec<String> {
    let short =
        |name: &&String| (2..40).contains(&name.chars().count()) && name.split_whitespace().count() < 5;
    let somebody = |name: &&String| {
        let lower = name.trim().to_lowercase();
        !BYLINES.nobody.contains(&lower)
            && !is_body(name, site)
            && lower.chars().any(char::is_alphabetic)
            && !lower.contains("http")
    };
    names.iter().filter(short).filter(somebody).map(|name| name.trim().to_owned()).take(1).collect()
}

/// Authors of the structured data, and whether each is a person.
fn in_data(head: &Head) -> Vec<(String, bool)> {
    let Some(item) = head.item() else { return Vec::new() };
    let Some(stated) = item.get("author").or_else(|| item.get("creator")) else { return Vec::new() };
    let values: Vec<&Value> = match stated {
        Value::Array(values) => values.iter().collect(),
        value => vec![value],
    };
    let read = |value: &Value| {
        let value = head.resolved(value);
        let kind = value.get("@type").and_then(Value::as_str).unwrap_or("Person");
        let names: Vec<String> = match value.get("name").unwrap_or(value) {
            Value::Array(names) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            name => name.as_str().map(str::to_owned).into_iter().collect(),
        };
        let person = !kind.ends_with("Organization");
        names.into_iter().map(move |n| (unescaped(n), person))
    };
    values.into_iter().flat_map(read).collect()
}

/// Some sites write references of HTML into their data.
fn unescaped(name: String) -> String {
    let escaped = name.contains('&') && name.contains(';');
    if escaped { dom_query::Document::from(name.as_str()).text().to_string() } else { name }
}

/// The author among the labelled facts that a page gives for previews of it.
fn labelled(head: &Head) -> Vec<String> {
    let value = |name: &str| head.meta_values(&[name]).next().map(str::to_owned);
    let is_author = |n: &u8| {
        let label = value(&format!("twitter:label{n}"));
        label.is_some_and(|label| BYLINES.labels.contains(&label.trim().to_lowercase()))
    };
    [1u8, 2].iter().filter(|n| is_author(n)).filter_map(|n| value(&format!("twitter:data{n}"))).collect()
}

/// The values of each name in turn: papers list each author in an element of its own.
fn in_metas(head: &Head) -> impl Iterator<Item = Vec<String>> {
    let of = |name: &'static String| {
        let values = head.meta_values(std::slice::from_ref(name)).filter(|v| !v.contains("http"));
        values.map(str::to_owned).collect()
    };
    names().authors.iter().map(of)
}

/// The words of the clearest element named for the author, and of its like beside it. `aside` asks for those
/// beside the article, of which only the clear ones count.
fn signed(outline: &Outline, headline: Option<usize>, aside: bool) -> Vec<String> {
    let at = headline.unwrap_or(0);
    let rank = |s: &&Signature| (std::cmp::Reverse(s.rank), s.block.abs_diff(at));
    // A link to somebody's page signs an article only if it stands by itself near the headline.
    let near = |s: &Signature| (at.saturating_sub(BEFORE)..at + AFTER).contains(&s.block);
    let alone = |s: &Signature| outline.blocks.get(s.block).is_none_or(|b| b.text.chars().count() <= BYLINE);
    let linked = |s: &Signature| {
        s.rank > 1 || near(s) && alone(s) && split(&s.text).iter().all(|n| is_written_as_name(n))
    };
    let pictured = |s: &Signature| {
        let text = s.text.trim_start().to_lowercase();
        BYLINES.pictures.iter().any(|word| text.starts_with(word.as_str()))
    };
    let asked = |s: &&Signature| {
        let clear = s.rank >= 3 || LINES.rest(&s.text).is_some();
        s.aside == aside && (!aside || clear) && linked(s) && !pictured(s) && !split(&s.text).is_empty()
    };
    let named: Vec<&Signature> = outline.signatures.iter().filter(asked).collect();
    let Some(best) = named.iter().copied().min_by_key(rank) else { return Vec::new() };
    let beside = |s: &&&Signature| s.rank == best.rank && s.block.abs_diff(best.block) <= 2;
    named.iter().filter(beside).flat_map(|s| names_in(s, outline)).collect()
}

/// What a signature says: the names that its links are, or those behind a reporter's office, else all of it. Pages glue to a name
/// what stands in an element of its own.
fn names_in(signature: &Signature, outline: &Outline) -> Vec<String> {
    let links = outline.blocks.get(signature.block).map(|b| b.links.as_slice()).unwrap_or_default();
    let full =
        |(words, _): &&(String, String)| signature.text.contains(words.as_str()) && is_full_name(words);
    let names: Vec<String> = links.iter().filter(full).map(|(words, _)| words.clone()).collect();
    match () {
        () if !names.is_empty() => names,
        () => vec![at_head(&signature.text).unwrap_or_else(|| signature.text.clone())],
    }
}

/// The words of the links near the headline that lead to people's pages.
fn linked(outline: &Outline, headline: Option<usize>) -> Vec<String> {
    let at = headline.unwrap_or(0);
    let near = |s: &&Signature| s.rank == 1 && !s.aside && (at..at + AFTER).contains(&s.block);
    outline.signatures.iter().filter(near).map(|s| s.text.clone()).collect()
}

/// How far from the headline a byline stands.
const BEFORE: usize = 4;
const AFTER: usize = 12;
/// Characters of a line that is a byline.
const BYLINE: usize = 100;

/// A line near the headline that begins like a byline.
fn byline(outline: &Outline, headline: Option<usize>) -> Vec<String> {
    let at = headline.unwrap_or(0);
    let near = outline.blocks.iter().enumerate().skip(at.saturating_sub(BEFORE)).take(BEFORE + AFTER);
    let lines = near.filter(|(n, _)| Some(*n) != headline).map(|(_, b)| b.text.as_str());
    let short = lines.filter(|t| t.chars().count() <= BYLINE);
    let named = |rest: &&str| split(rest).first().is_none_or(|name| is_written_as_name(name));
    short.filter_map(named_in_line).find(named).map(str::to_owned).into_iter().collect()
}

/// Characters of a labelled line below the text.
const LABELLED: usize = 90;

/// A line anywhere that names the author under a label, as articles do at their foot.
fn below(outline: &Outline) -> Vec<String> {
    let lines = outline.blocks.iter().filter(|b| !b.place.aside && b.text.chars().count() <= LABELLED);
    let named = lines.filter_map(|b| LABELS.rest(&b.text));
    let written = |rest: &&str| split(rest).first().is_some_and(|name| is_written_as_name(name));
    named.into_iter().find(written).map(str::to_owned).into_iter().collect()
}

/// Letters of a paragraph.
const PARAGRAPH: usize = 120;
/// Lines between the last paragraph and the name below it: "Yours faithfully".
const GREETING: usize = 2;

/// The name that is all of the line below a text, as letters are signed.
fn last_line(outline: &Outline) -> Vec<String> {
    let blocks = &outline.blocks;
    let like = |b: &Block| outline.elements[b.element].like;
    let is_prose = |b: &Block| !b.place.aside && b.linked() == 0 && !b.row && letters(&b.text) >= PARAGRAPH;
    let Some(last) = blocks.iter().rposition(is_prose) else { return Vec::new() };
    let kin = |b: &&Block| like(b) == like(&blocks[last]) && b.links.is_empty() && b.place.heading == 0;
    let below: Vec<&Block> = blocks[last + 1..].iter().take_while(kin).take(2 + GREETING).collect();
    // More lines below it would make it a heading.
    // Bold type is asked for more by itself.
    let is_name = |b: &&&Block| b.bold == 0 && is_bare_name(&b.text);
    let name = below.last().filter(|b| below.len() <= 1 + GREETING && is_name(b));
    name.map(|b| b.text.clone()).into_iter().collect()
}

/// The name in bold type that ends the element which holds most of the page's paragraphs.
fn bold_at_end(outline: &Outline) -> Vec<String> {
    let parent = |b: &Block| outline.elements[b.element].parent;
    let own = |b: &&Block| !b.place.aside && !b.row && b.linked() == 0 && b.place.heading == 0;
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for block in outline.blocks.iter().filter(own).filter(|b| letters(&b.text) >= PARAGRAPH) {
        *sizes.entry(parent(block)).or_default() += letters(&block.text);
    }
    let Some((most, _)) = sizes.into_iter().max_by_key(|(_, size)| *size) else { return Vec::new() };
    let last = outline.blocks.iter().rposition(|b| own(&b) && parent(b) == most);
    let Some(at) = last else { return Vec::new() };
    // Bold type above a link or a heading is the label of those.
    let inside = |b: &&Block| (most..outline.elements[most].end).contains(&b.element);
    let leads = |b: &Block| b.place.heading > 0 || b.linked() * 2 >= letters(&b.text);
    let labels = outline.blocks.get(at + 1).filter(inside).is_some_and(leads);
    let last = outline.blocks.get(at).filter(|_| !labels);
    let is_signature = |b: &&Block| {
        b.bold * 10 >= 9 * letters(&b.text) && is_bare_name(&b.text) && !is_spoken(&b.text, &outline.blocks)
    };
    last.filter(is_signature).map(|b| b.text.clone()).into_iter().collect()
}

/// Whether a page has one of the words of a line in small letters, too, as it has those of a heading. In scripts with accents
/// syllables of names are words.
fn is_spoken(line: &str, blocks: &[Block]) -> bool {
    let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
    let spoken = |block: &Block| {
        let mut parts = block.text.split(|c: char| !c.is_alphanumeric());
        parts.any(|part| words.iter().any(|word| word == part && !BYLINES.particles.contains(word)))
    };
    line.is_ascii() && blocks.iter().any(spoken)
}

/// A line that follows one which is no more than the label of its author.
fn under_label(blocks: &[Block]) -> Vec<String> {
    let is_label = |block: &Block| {
        let label = block.text.trim_end_matches([':', '：', ' ', '\u{a0}']);
        label.chars().count() <= LABEL && BYLINES.labels.contains(&label.to_lowercase())
    };
    let mut pairs = blocks.iter().zip(blocks.iter().skip(1));
    let named = |(label, name): (&Block, &Block)| {
        if name.place.aside || name.text.chars().count() > LABELLED || !is_label(label) {
            return None;
        }
        let names = split(&name.text);
        (!names.is_empty() && names.iter().all(|name| is_full_name(name))).then_some(names)
    };
    pairs.find_map(named).unwrap_or_default()
}

/// Characters of a label that is a line of its own.
const LABEL: usize = 16;

/// A line near the headline that is a name and no more, with the date in it or beside it.
fn beside_date(outline: &Outline, headline: Option<usize>) -> Vec<String> {
    let Some(at) = headline else { return Vec::new() };
    let head: Vec<&str> = outline.blocks.iter().skip(at + 1).take(UNDER).map(|b| b.text.as_str()).collect();
    let dates: Vec<bool> = head.iter().map(|line| is_dated(line)).collect();
    let beside = |n: usize| dates[n.saturating_sub(1)..(n + 2).min(dates.len())].contains(&true);
    let named = |(n, line): (usize, &&str)| {
        let names = split(line);
        // Behind the name in a dated line stands what its bearer does, or who helped.
        let names =
            if dates[n] { names.into_iter().take_while(|name| is_bare_name(name)).collect() } else { names };
        let whole: usize = names.iter().map(|name| name.len()).sum();
        let bare = dates[n] || whole + 6 * names.len() >= line.len();
        // "Dear editors," greets.
        let greets = line.ends_with([',', '!']);
        (beside(n) && bare && !greets && !names.is_empty() && names.iter().all(|name| is_bare_name(name)))
            .then_some(names)
    };
    let brief = |(_, line): &(usize, &&str)| line.chars().count() <= BYLINE;
    let under = several_names(outline, at, &dates)
        .or_else(|| head.iter().enumerate().take_while(brief).find_map(named))
        .or_else(|| head.iter().enumerate().filter(brief).find_map(named));
    under
        .or_else(|| behind_date(outline.blocks.get(at.saturating_sub(1)..at + 1 + UNDER)?))
        .unwrap_or_default()
}

/// Lines between the headline and the date right above it, each of which is a name, and all or none a link.
fn several_names(outline: &Outline, headline: usize, dates: &[bool]) -> Option<Vec<String>> {
    let at = headline + 1 + dates.iter().position(|dated| *dated)?;
    let above = outline.blocks.get(headline + 1..at)?;
    let last = above.last()?;
    let is_kin = |b: &&Block| is_bare_name(&b.text) && b.links.is_empty() == last.links.is_empty();
    let names: Vec<String> = above.iter().rev().take_while(is_kin).map(|b| b.text.clone()).collect();
    (names.len() > 1).then(|| names.into_iter().rev().collect())
}

/// A name that stands in one line with the date, behind it: 09.06.2026 | Ada Pier.
fn behind_date(blocks: &[Block]) -> Option<Vec<String>> {
    let marks = ["|", " - ", " – ", " — ", "·", "•", " / "];
    let named = |block: &Block| {
        let parts = marks.iter().fold(vec![block.text.as_str()], |parts, mark| {
            parts.into_iter().flat_map(|part| part.split(mark)).collect()
        });
        let dated = is_dated(&block.text) && is_dated(parts.first()?);
        let full = |part: &&str| {
            is_bare_name(part) && !stands_beside(part) && part.split_whitespace().all(|word| !is_month(word))
        };
        let names: Vec<String> =
            parts.iter().map(|part| part.trim()).filter(full).map(str::to_owned).collect();
        (dated && names.len() == 1 && parts.len() <= 4).then_some(names)
    };
    blocks.iter().find_map(named)
}

/// Whether a name is one word in letters of Europe, as users call themselves.
fn is_handle(name: &str) -> bool {
    !name.contains(char::is_whitespace) && name.chars().all(|c| (c as u32) < 0x2e80)
}

/// Lines under the headline among which the author stands.
const UNDER: usize = 4;

fn is_dated(line: &str) -> bool {
    let dated = || page_date(line, DateBasis::Text, Habit::default()).is_some();
    line.chars().count() <= BYLINE && (dated() || near::is_told(line))
}

/// Whether a name has two to four words, each with a capital letter: a given name and a family name.
fn is_full_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
    };
    let small = |word: &&str| BYLINES.particles.iter().any(|particle| particle == word);
    (2..=4).contains(&words.len())
        && words.iter().all(|w| capital(w) || small(w))
        && words.iter().filter(|w| capital(w)).count() > 1
}

/// Whether a name that nothing labels is a person's, by its words: sections and places are written like one.
fn is_bare_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let unnamed = |word: &str| BYLINES.unnamed.iter().any(|other| other == word);
    is_full_name(name)
        && !BYLINES.regions.contains(&lower)
        && !lower.split_whitespace().any(unnamed)
        && !is_furniture(name)
}

/// Whether each word begins as names do. Scripts without capital letters are not asked.
fn is_written_as_name(name: &str) -> bool {
    name.split_whitespace().all(|word| {
        !word.starts_with(char::is_lowercase) || BYLINES.particles.iter().any(|particle| particle == word)
    })
}

/// Whether a brief line names its author.
pub fn is_byline(line: &str) -> bool {
    line.chars().count() <= BYLINE && named_in_line(line).is_some()
}

/// What follows the word that begins a byline, if it looks like a name.
fn named_in_line(line: &str) -> Option<&str> {
    let rest = LINES.rest(line)?;
    // Scripts without cases have no capital letter to begin with.
    let name = rest.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    name.then_some(rest)
}

/// Words at the beginning of a line, by their first letter: every line of a page is asked for them.
struct Beginnings(BTreeMap<char, Vec<&'static str>>);

static LINES: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(BYLINES.lines.iter()));
static BEFORE_NAMES: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(BYLINES.before.iter()));
/// Those that can be nothing else than the label of what follows.
static LABELS: LazyLock<Beginnings> = LazyLock::new(|| {
    Beginnings::of(BYLINES.lines.iter().filter(|word| word.ends_with([':', '：', '/', '／', '丨'])))
});

impl Beginnings {
    fn of(words: impl Iterator<Item = &'static String>) -> Beginnings {
        let mut by_first: BTreeMap<char, Vec<&str>> = BTreeMap::new();
        for word in words {
            by_first.entry(word.chars().next().unwrap_or(' ')).or_default().push(word);
        }
        Beginnings(by_first)
    }

    /// What follows the longest of the words that a line begins with.
    fn rest<'a>(&self, line: &'a str) -> Option<&'a str> {
        let first = line.trim_start().chars().next()?.to_lowercase().next()?;
        let words = self.0.get(&first)?.iter();
        words.filter_map(|word| after_word(line, word)).min_by_key(|rest| rest.len())
    }
}

/// What follows a word at the beginning of a line; an alphabetic word must end there.
fn after_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let line = line.trim_start();
    let mut ends = line.char_indices().map(|(at, _)| at).skip(word.chars().count());
    let end = ends.next().unwrap_or(line.len());
    if line[..end].to_lowercase() != *word {
        return None;
    }
    let rest = &line[end..];
    // One Han character begins many a word.
    let label = word.chars().count() > 1 && word.ends_with(|c: char| c as u32 >= 0x2e80);
    let whole = label
        || word.ends_with(|c: char| !c.is_alphabetic())
        || rest.starts_with([' ', ':', '：', '\u{a0}', '\u{3000}', '/', '／', '|', '｜']);
    whole.then(|| rest.trim_start_matches([' ', ':', '：', '\u{a0}', '\u{3000}', '/', '／', '|', '｜']))
}

/// Whether a name is the site's, or a body's rather than a person's.
fn is_body(name: &str, site: &str) -> bool {
    let (name, site) = (folded(name), folded(site));
    let own = !site.is_empty()
        && (name == site
            || (site.len() > 4 && name.starts_with(&site))
            || (name.len() > 4 && site.starts_with(&name)));
    own || BYLINES.bodies.iter().any(|b| name.ends_with(&folded(b)))
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\S+@\S+|https?://\S+|\S+\.(?:com|de|org|net)/\S*").expect("a valid pattern")
});

/// The names in a byline, without the words around them.
fn split(byline: &str) -> Vec<String> {
    let byline = ADDRESS.replace_all(byline, " ");
    let mut rest = byline.trim().trim_matches(['"', '“', '”', '-', '–', '—', '/', '|', '(', ')']).trim();
    while let Some(shorter) = BEFORE_NAMES.rest(rest) {
        if shorter.len() == rest.len() || shorter.is_empty() {
            break;
        }
        rest = shorter;
    }
    let lower = rest.to_lowercase();
    // Lower case may change lengths; then the byline is taken whole.
    let ends = BYLINES.after.iter().filter_map(|w| found_after(rest, &lower, w));
    let end = ends.chain(figure(rest)).min().unwrap_or(rest.len());
    let rest = rest.get(..end).unwrap_or(rest);
    let parts =
        [" and ", " und ", " et ", " y ", " og ", " och ", " en ", " avec ", " with ", " mit ", " & "]
            .iter()
            .fold(rest.to_owned(), |text, joint| text.replace(joint, ","));
    let parts = parts.split([',', ';', '、', '|', '/', '／', '&', '，', '▪', '\u{3000}']).flat_map(spaced);
    let mut found = Vec::new();
    for part in parts {
        match name(&part) {
            Some(name) => found.push(name),
            // What follows what somebody is, is where: "Jane Doe, Editor, Privacy Project".
            None if !found.is_empty() && is_role(&part) && part.split_whitespace().count() > 1 => break,
            None => {}
        }
    }
    found
}

/// Where a word begins that ends a name. One that may stand in a name, too, does so with a capital letter: Ada Le Goff.
fn found_after(text: &str, lower: &str, word: &str) -> Option<usize> {
    let bare = word.trim();
    let particle = BYLINES.particles.iter().any(|particle| particle == bare);
    let at = if particle { text.find(word) } else { lower.find(word) };
    at.filter(|at| *at > 0)
}

/// Where a figure begins that is no part of a word: `Ada 9 June`, but not `ada99`.
fn figure(text: &str) -> Option<usize> {
    let mut before = ' ';
    text.char_indices().find_map(|(at, c)| {
        let begins = c.is_ascii_digit() && !before.is_alphanumeric();
        before = c;
        begins.then_some(at)
    })
}

/// Chinese names that only a space parts.
fn spaced(part: &str) -> Vec<String> {
    let eastern = !part.trim().is_empty() && part.chars().all(|c| c as u32 >= 0x2e80 || c.is_whitespace());
    // One character is no name: the space parts a family name from a given one (御厨 朔).
    let whole = part.split_whitespace().all(|name| name.chars().count() > 1);
    if eastern && whole {
        part.split_whitespace().map(str::to_owned).collect()
    } else {
        vec![part.to_owned()]
    }
}

fn is_role(part: &str) -> bool {
    let lower = part.trim().to_lowercase();
    let has = |word: &str| BYLINES.roles.iter().any(|r| r == word);
    has(&lower) || lower.contains(' ') && lower.split_whitespace().any(has)
}

/// A part of a byline if it names somebody.
fn name(part: &str) -> Option<String> {
    let mut part = without_office(trimmed(unglued(part)));
    // The date after a name has lost its figures by now.
    while let Some((rest, last)) = part.rsplit_once(' ') {
        if !is_month(last.trim_matches(['.', ','])) {
            break;
        }
        part = trimmed(rest);
    }
    let lower = part.to_lowercase();
    let nobody = BYLINES.nobody.contains(&lower) || BYLINES.before.contains(&lower) || is_month(&lower);
    let shortest = if part.is_ascii() { 3 } else { 2 };
    let long = (shortest..50).contains(&part.chars().count()) && part.split_whitespace().count() < 6;
    let lettered = part.chars().any(char::is_alphabetic);
    (lettered && long && !nobody && !is_role(part)).then(|| part.to_owned())
}

/// A name without what its page writes right behind it in an element of its own: `Ada MarshallReporter`. Names that hold a
/// capital letter inside begin with little before it: `MacDonald`.
fn unglued(part: &str) -> &str {
    let mut begun = 0;
    let mut before = ' ';
    for (at, c) in part.char_indices() {
        if c.is_uppercase() && before.is_lowercase() && begun > 4 {
            return &part[..at];
        }
        begun = if c.is_alphabetic() { begun + 1 } else { 0 };
        before = c;
    }
    part
}

/// A name without the reporter's office before or behind it, as scripts without spaces write them.
fn without_office(part: &str) -> &str {
    let offices = || BYLINES.offices.iter().map(String::as_str);
    let rest = offices().find_map(|office| part.strip_prefix(office)).unwrap_or(part).trim_start();
    let name = offices().find_map(|office| rest.strip_suffix(office)).unwrap_or(rest).trim_end();
    if name.chars().count() < 2 { part } else { name }
}

fn trimmed(part: &str) -> &str {
    part.trim()
        .trim_matches(['.', ':', '：', '-', '–', '—', '"', '(', ')', '[', ']', '【', '】', '•', '·', '*'])
        .trim()
}
