//! Names that the knowledge lacks: what the tagger finds beside the known ones, where it is sure enough.

use super::cued;
use super::tagger::{self, Class, Desk, Tagged};
use super::{Found, Meaning, sort};
use crate::Passage;
use crate::passage::{Piece, Sentence, is_han};
use crate::quantities::numerals_zh::{Reading, numeral};
use crate::quantities::{Form, counting_zh};
use headwater_model::mention::EntityKind;
use std::ops::Range;

/// A tagged name of a smaller margin than this is dropped: a wrong name costs more than a missing one.
const SURE: i32 = 5;

/// More unknown names than this are not remembered for the rest of the article.
const REMEMBERED: usize = 200;

/// Adds the unknown names of all passages. `found` is in order.
pub(super) fn add(passages: &[Passage], found: &mut Vec<Found<'_>>, desk: &mut Desk) {
    let mut before = Before::default();
    let mut new = New::default();
    for (number, passage) in passages.iter().enumerate() {
        for sentence in passage.sentences.iter().filter(|s| s.piece != Piece::Later) {
            add_of_sentence(passage, number, sentence, found, &mut new, (&mut before, desk));
        }
    }
    let mut places = 0..;
    found.retain(|_| places.next().is_none_or(|at| new.replaced.binary_search(&at).is_err()));
    found.append(&mut new.names);
    sort(found);
}

/// What is found, sentence by sentence; put among the known names at the end, or each sentence would cost the article's
/// length.
#[derive(Default)]
struct New<'l> {
    names: Vec<Found<'l>>,
    /// Known names, by their place, within a new one.
    replaced: Vec<usize>,
}

fn add_of_sentence<'l>(
    passage: &Passage,
    number: usize,
    sentence: &Sentence,
    found: &[Found<'l>],
    new: &mut New<'l>,
    (before, desk): (&mut Before, &mut Desk),
) {
    let text = &passage.as_str()[sentence.range.clone()];
    let start = sentence.range.start;
    let from = found.partition_point(|f| (f.passage, f.range.end) <= (number, start));
    let here = found[from..].iter().take_while(|f| f.passage == number && f.range.start < start + text.len());
    let known: Vec<(Range<usize>, EntityKind)> = here
        .filter_map(|f| Some((f.range.start.checked_sub(start)?..f.range.end - start, f.kind()?)))
        .collect();
    let first = new.names.len();
    let chinese = sentence.language.is_chinese();
    for tagged in names(text, chinese, &known, desk) {
        let name = &text[tagged.range.clone()];
        let (kind, full) = before.settle(name, tagger::kind(name, tagged.class));
        new.names.push(Found {
            passage: number,
            range: start + tagged.range.start..start + tagged.range.end,
            meaning: Meaning::Unknown(kind, full),
            rule: if tagged.margin == cued::GIVEN { "cue" } else { "tagger" },
        });
    }
    let added = &new.names[first..];
    let within =
        |f: &Found| added.iter().any(|a| a.range.start <= f.range.start && f.range.end <= a.range.end);
    let here = found[from..]
        .iter()
        .take_while(|f| f.passage == number && f.range.start < start + text.len())
        .zip(from..);
    new.replaced.extend(here.filter(|(f, _)| within(f)).map(|(_, at)| at));
}

/// The names of a sentence that the knowledge lacks: those of which the tagger is sure, and those that words give away.
fn names(text: &str, chinese: bool, known: &[(Range<usize>, EntityKind)], desk: &mut Desk) -> Vec<Tagged> {
    let free = |t: &Tagged| stands_free(&text[t.range.clone()], t, known);
    let mut tagged = |chinese| {
        let sure = tagger::tag(text, chinese, known, desk).into_iter().filter(|t| t.margin >= SURE);
        let tidied = sure.flat_map(|one| apart(text, one)).map(|one| tidy(text, one, known));
        tidied.filter(|t| free(t) && is_name(&text[t.range.clone()])).collect::<Vec<_>>()
    };
    let mut names = if chinese || tagger::may_name(text, known) { tagged(chinese) } else { Vec::new() };
    if !chinese {
        cued::english(text).into_iter().filter(|t| free(t)).for_each(|cued| prefer(&mut names, cued));
    } else if has_latin_names(text) {
        let latin =
            |t: &Tagged| !text[t.range.clone()].chars().any(is_han) && text[t.range.clone()].contains(' ');
        tagged(false).into_iter().filter(latin).for_each(|name| prefer(&mut names, name));
    }
    names
}

/// Takes a name in place of shorter ones within it.
fn prefer(names: &mut Vec<Tagged>, name: Tagged) {
    let met = |t: &Tagged| t.range.start < name.range.end && name.range.start < t.range.end;
    let within = |t: &Tagged| name.range.start <= t.range.start && t.range.end <= name.range.end;
    if names.iter().filter(|t| met(t)).all(|t| within(t) && t.range.len() < name.range.len()) {
        names.retain(|t| !met(t));
        names.push(name);
    }
}

/// Whether a Chinese sentence holds names of several words in Latin letters, which the tagger for English knows better:
/// Delmont Optics Inc.移出名单.
fn has_latin_names(text: &str) -> bool {
    let mut capitals = text.split(' ').map(|word| {
        let word = word.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '.').next().unwrap_or_default();
        word.starts_with(|c: char| c.is_ascii_uppercase())
    });
    let mut last = false;
    capitals.any(|capital| std::mem::replace(&mut last, capital) && capital)
}

/// A name without the signs around it and the weekday behind it, and with the word behind it that makes a company of it.
fn tidy(text: &str, mut tagged: Tagged, known: &[(Range<usize>, EntityKind)]) -> Tagged {
    trim(text, &mut tagged.range);
    let Range { start, end } = tagged.range;
    let name = &text[start..end];
    if !name.chars().any(is_han) {
        return tagged;
    }
    if tagged.class == Class::Person {
        tagged.range.start += cued::title_before(name);
    }
    let Range { start, end } = tagged.range;
    let name = &text[start..end];
    if let Some(at) = weekday_in(name) {
        tagged.range.end = start + at;
        return tagged;
    }
    let behind = cued::company_behind(&text[end..]);
    let free = known.iter().all(|(r, _)| r.end <= start || end + behind <= r.start);
    if behind > 0 && free && !tagger::has_ending(name) {
        tagged.range.end = end + behind;
        tagged.class = Class::Body;
    }
    tagged
}

/// 瓦尔托宁周二表示: where a weekday begins inside a name that the tagger drew too long.
fn weekday_in(name: &str) -> Option<usize> {
    let day = |rest: &str| rest.starts_with(|c: char| "一二三四五六日".contains(c));
    let weekday = |rest: &str| ["周", "週", "星期"].iter().any(|w| rest.strip_prefix(w).is_some_and(day));
    name.char_indices().map(|(at, _)| at).find(|&at| at > 3 && weekday(&name[at..]))
}

/// Names that the tagger takes for one: those of a Chinese row (Acme Inc.、Beta LLC), "the Kitano Institute's Rei Sakuma".
fn apart(text: &str, tagged: Tagged) -> Vec<Tagged> {
    let mut names = Vec::new();
    let mut start = tagged.range.start;
    for name in text[tagged.range.clone()].split('、') {
        let range = start..start + name.len();
        start = range.end + '、'.len_utf8();
        names.extend(of_body(text, Tagged { range, ..tagged.clone() }));
    }
    names
}

/// A body and its person, or the one name that there is.
fn of_body(text: &str, tagged: Tagged) -> Vec<Tagged> {
    let name = &text[tagged.range.clone()];
    let cut = ["'s ", "’s "].iter().find_map(|mark| Some((name.find(mark)?, mark.len())));
    let Some((at, mark)) = cut.filter(|(at, _)| tagger::has_ending(&name[..*at])) else {
        return vec![tagged];
    };
    let Range { start, end } = tagged.range;
    let person = name[at + mark..].split(' ').filter(|w| w.starts_with(char::is_uppercase)).count() > 1
        && !tagger::has_ending(&name[at + mark..]);
    let class = if person { Class::Person } else { tagged.class };
    let body = Tagged { range: start..start + at, class: Class::Body, margin: tagged.margin };
    vec![body, Tagged { range: start + at + mark..end, class, margin: tagged.margin }]
}

/// A capital in a Latin name, two characters in a Han one.
fn is_name(name: &str) -> bool {
    if name.chars().any(is_han) {
        return name.chars().count() > 1 && !counts(name) && !is_noun(name);
    }
    name.chars().count() > 1 && name.chars().any(char::is_uppercase)
}

/// 大桥, 全省, 研究院: no more than a word that ends names, alone or behind a word of size.
fn is_noun(name: &str) -> bool {
    let pair = name.chars().count() == 2 && name.starts_with(|c: char| "大小老本该該此全各".contains(c));
    let behind = name.chars().next().map_or("", |c| &name[c.len_utf8()..]);
    tagger::is_ending(name) || pair && tagger::is_ending(behind)
}

/// 10家科技公司, 约10家: a number and its measure word count some and name none.
fn counts(name: &str) -> bool {
    let name = name.trim_start_matches(['约', '約', '近', '逾', '超', '至']);
    let number = numeral(name, 0, Reading::default());
    number.is_some_and(|n| {
        let behind = &name[n.range.end..];
        let digits = n.form == Form::Digits && counting_zh::measure(behind).is_some();
        digits || behind.starts_with(['家', '名', '个', '個', '位'])
    })
}

/// A known name keeps its place, but for a place within the longer name of a body: the University of Toronto.
fn stands_free(name: &str, tagged: &Tagged, known: &[(Range<usize>, EntityKind)]) -> bool {
    let mut met =
        known.iter().filter(|(r, _)| r.start < tagged.range.end && tagged.range.start < r.end).peekable();
    if met.peek().is_none() {
        return true;
    }
    tagged.class == Class::Body
        && met.all(|(r, kind)| {
            let inside = tagged.range.start <= r.start && r.end <= tagged.range.end;
            inside && *kind == EntityKind::Place && r.len() < tagged.range.len()
        })
        && tagger::has_ending(name)
}

/// Quotation marks and brackets at the ends belong to no name.
fn trim(text: &str, range: &mut Range<usize>) {
    let outer = |c: char| !c.is_alphanumeric() && c != '.';
    let name = &text[range.clone()];
    let start = range.start + (name.len() - name.trim_start_matches(outer).len());
    *range = start..(range.start + name.trim_end_matches(outer).len()).max(start);
}

/// The unknown names of the article so far, in their order: one name is one thing throughout, and a family name
/// after a person's full name is that person.
#[derive(Default)]
struct Before(Vec<(String, EntityKind)>);

impl Before {
    /// What a name is, and the full name that it stands for.
    fn settle(&mut self, name: &str, kind: EntityKind) -> (EntityKind, String) {
        let family = |full: &str| full.strip_suffix(name).is_some_and(|given| given.ends_with([' ', '·']));
        let same =
            self.0.iter().find(|(full, kind)| full == name || *kind == EntityKind::Person && family(full));
        if let Some((full, kind)) = same {
            return (*kind, full.clone());
        }
        if self.0.len() < REMEMBERED {
            self.0.push((name.to_owned(), kind));
        }
        (kind, name.to_owned())
    }
}
