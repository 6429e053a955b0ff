//! Clauses: the stretch of a sentence in which a trigger and its cues belong together.

use super::rules::RuleSet;
use crate::cues::{Form, Hit, Hits};
use crate::passage::is_han;
use std::ops::Range;

/// Cuts a sentence where a mark or a word begins a new clause. The clauses cover the sentence in order.
pub fn split(sentence: &str, set: &RuleSet, hits: &Hits, clauses: &mut Vec<Range<usize>>) {
    clauses.clear();
    let breaks = hits.of(&set.cues, set.grammar.breaks).filter(|h| !is_in_number(sentence, h));
    let mut marks: Vec<usize> = breaks.map(|h| h.start).collect();
    marks.extend(gaps(sentence));
    // Nearly no Chinese sentence has the marks that these ask for, and many English ones have but one of them.
    let places = |mark: &str| sentence.match_indices(mark).map(|(at, _)| at).collect::<Vec<_>>();
    let (ands, commas) = (places(AND), places(", "));
    if !ands.is_empty() {
        marks.extend(seconds(sentence, set, hits, &ands));
        marks.extend(others(sentence, set, hits, &ands));
        marks.extend(coordinates(sentence, set, hits, &ands));
    }
    if !commas.is_empty() {
        marks.extend(participles(sentence, set, hits, &commas));
        marks.extend(fronted(sentence, set, hits, &commas));
        marks.extend(limited(set, hits, &commas));
        marks.extend(resumed(sentence, &commas));
    }
    marks.sort_unstable();
    let mut start = 0;
    for mark in marks {
        if mark > start {
            clauses.push(start..mark);
            start = mark;
        }
    }
    clauses.push(start..sentence.len());
}

const AND: &str = " and ";

/// 8,400: a comma between digits.
fn is_in_number(sentence: &str, hit: &Hit) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    sentence[..hit.start].ends_with(digit) && sentence[hit.end..].starts_with(digit)
}

/// A space between Chinese words stands for a comma, in headlines above all.
fn gaps(sentence: &str) -> impl Iterator<Item = usize> {
    let open = |at: usize| {
        let behind = || sentence[at..].trim_start().chars().next();
        sentence[..at].chars().next_back().is_some_and(is_han) && behind().is_some_and(is_han)
    };
    sentence.match_indices([' ', '\u{3000}']).map(|(at, _)| at).filter(move |&at| open(at))
}

/// ", and foreign chips are not allowed": a second subject with a verb of its own, which no list of things has.
fn seconds(sentence: &str, set: &RuleSet, hits: &Hits, ands: &[usize]) -> impl Iterator<Item = usize> {
    const SUBJECT: usize = 60;
    const ITEM: usize = 24;
    let opens = move |at: usize| {
        let behind = at + 1 + AND.len();
        let verb = hits.of(&set.cues, set.grammar.finite).find(|h| h.start > behind);
        let subject = verb.filter(|h| h.start - behind <= SUBJECT).map(|h| &sentence[behind..h.start]);
        let plain =
            subject.is_some_and(|s| !s.contains(',') && !s.contains(" that ") && !s.contains(" who "));
        let item = sentence[..at].rfind(',').is_some_and(|comma| at - comma <= ITEM);
        plain && !item
    };
    let commas = ands.iter().filter(|&&and| sentence[..and].ends_with(',')).map(|and| and - 1);
    commas.filter(move |&at| opens(at))
}

/// "… suspended its controls and Washington shelved its fees": a name with a verb of its own behind a bare "and".
fn others(sentence: &str, set: &RuleSet, hits: &Hits, ands: &[usize]) -> impl Iterator<Item = usize> {
    const NAME: usize = 40;
    let verb = |h: &&Hit| matches!(set.cues.form(h), Form::Past | Form::Third);
    let acts = move |at: usize| {
        let behind = at + AND.len();
        let next = hits.iter().filter(verb).find(|h| h.start > behind && h.start - behind <= NAME);
        let name = next.map_or("", |h| sentence[behind..h.start].trim());
        let capital = |w: &str| w.starts_with(char::is_uppercase) || w == "the";
        let named = !name.is_empty() && name.split(' ').all(capital);
        named && hits.iter().filter(verb).any(|h| h.end <= at && !sentence[h.end..at].contains(','))
    };
    ands.iter().copied().filter(move |&at| acts(at))
}

/// "Fined Didi and barred it", "will spend billions and open a plant": a second verb with an object of its own.
fn coordinates(sentence: &str, set: &RuleSet, hits: &Hits, ands: &[usize]) -> impl Iterator<Item = usize> {
    const OBJECT: usize = 8;
    let finite = |form: Form| matches!(form, Form::Past | Form::Third);
    let alike = move |a: Form, b: Form| finite(a) && finite(b) || a == Form::Base && b == Form::Base;
    let acts = move |at: usize| {
        let begins = |h: &&Hit| h.start == at + AND.len() && set.cues.form(h) != Form::Fixed;
        let verb = hits.iter().filter(begins).max_by_key(|h| h.end);
        verb.is_some_and(|v| {
            let first = |h: &Hit| h.end + OBJECT <= at && alike(set.cues.form(h), set.cues.form(v));
            opens_object(&sentence[v.end..]) && hits.iter().any(first)
        })
    };
    ands.iter().copied().filter(move |&at| acts(at))
}

/// Whether words begin with what an object begins with: "the", "it", a name, a number.
fn opens_object(words: &str) -> bool {
    const OPENERS: [&str; 13] =
        ["the", "a", "an", "its", "their", "his", "her", "it", "them", "some", "all", "two", "three"];
    let Some(words) = words.strip_prefix(' ') else { return false };
    let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    OPENERS.contains(&first)
        || words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "$€£".contains(c))
}

/// ", requiring that", ", adding 12": a participle behind a comma tells the next act.
fn participles(sentence: &str, set: &RuleSet, hits: &Hits, commas: &[usize]) -> impl Iterator<Item = usize> {
    let lookalike = |at: usize| hits.of(&set.cues, set.grammar.lookalikes).any(|h| h.start == at);
    // "Before shipping, transshipping or transiting": a list of such forms is none.
    let listed = |at: usize| sentence[..at].ends_with("ing");
    commas
        .iter()
        .copied()
        .filter(move |&at| is_participle(&sentence[at + 2..]) && !lookalike(at + 2) && !listed(at))
}

/// "Fined in April, the start-up faces …", "Denying the petition, the court …": a participle before its subject.
fn fronted(sentence: &str, set: &RuleSet, hits: &Hits, commas: &[usize]) -> Option<usize> {
    let opens = |h: &Hit| h.start == 0 && matches!(set.cues.form(h), Form::Past | Form::Ing);
    let having = ["Having ", "Being "].iter().any(|w| sentence.starts_with(w));
    if !having && !hits.iter().any(opens) {
        return None;
    }
    commas.iter().copied().find(|at| opens_object(&sentence[at + 1..]))
}

/// "Unless the two sides reach a deal, tariffs will take effect": what follows is asserted.
fn limited(set: &RuleSet, hits: &Hits, commas: &[usize]) -> Option<usize> {
    hits.of(&set.cues, set.grammar.limits).any(|h| h.start == 0).then(|| commas.first().copied()).flatten()
}

/// "The office, whose guidelines merely advised caution, has barred …": the main verb behind a relative clause.
fn resumed(sentence: &str, commas: &[usize]) -> impl Iterator<Item = usize> {
    const RELATIVES: [&str; 3] = [", whose ", ", which ", ", who "];
    const VERBS: [&str; 8] = ["has ", "have ", "is ", "are ", "was ", "were ", "will ", "must "];
    let main = move |at: &usize| VERBS.iter().any(|v| sentence[at + 2..].starts_with(v));
    let relative = move |at: usize| RELATIVES.iter().any(|r| sentence[..at].contains(r));
    commas.iter().copied().filter(main).filter(move |&at| relative(at))
}

/// "Carmakers that claim the subsidy must show", "any item which contains": from the pronoun behind a noun in the plural
/// or one of any kind to the verb of the sentence. "Said that firms must" tells, and describes nobody.
pub fn relatives(sentence: &str, set: &RuleSet, hits: &Hits, found: &mut Vec<Range<usize>>) {
    found.clear();
    let spaced = |h: &&Hit| sentence[..h.start].ends_with(' ') && sentence[h.end..].starts_with(' ');
    let of = |group| hits.of(&set.cues, group);
    for pronoun in of(set.grammar.relatives).filter(spaced) {
        let (at, behind) = (pronoun.start - 1, pronoun.end + 1);
        let clause = sentence[..at].rfind([',', ';', ':']).map_or(0, |mark| mark + 1);
        let before = sentence[clause..at].trim_start();
        let opens = at - before.len();
        let any = of(set.grammar.anyone).any(|h| h.start == opens);
        let says = of(set.grammar.intends).any(|h| h.end == at);
        let noun = any || before.ends_with('s') && !before.ends_with("says");
        let verbs = of(set.grammar.obliges).filter(|h| h.start > behind);
        let stop = sentence[behind..].find([',', ';']).map_or(sentence.len(), |mark| behind + mark);
        let end = verbs.map(|h| h.start).find(|&end| end < stop);
        found.extend(end.filter(|_| noun && !says).map(|end| at..end));
    }
    found.extend(reduced(sentence, set, hits));
}

/// "The servers bought by state banks will have to run": a participle behind a noun in the plural, with no auxiliary,
/// up to the verb of the sentence.
fn reduced<'a>(
    sentence: &'a str,
    set: &'a RuleSet,
    hits: &'a Hits,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let participles = hits.iter().filter(|h| set.cues.form(h) == Form::Past);
    participles.filter_map(move |p| {
        let linked = hits.of(&set.cues, set.grammar.links).any(|h| h.start == p.end + 1);
        let behind = || sentence[..p.start].trim_end().ends_with('s');
        if !(linked && behind()) {
            return None;
        }
        let stop = sentence[p.end..].find([',', ';']).map_or(sentence.len(), |mark| p.end + mark);
        let verb = |h: &&Hit| h.start > p.end && h.start < stop;
        let end = hits.of(&set.cues, set.grammar.obliges).find(verb)?.start;
        Some(p.start..end)
    })
}

/// Whether words begin with an -ing form.
pub fn is_participle(words: &str) -> bool {
    let end = words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len());
    let word = &words[..end];
    word.len() > 5 && word.ends_with("ing") && word.starts_with(char::is_lowercase)
}

/// The clause that holds a byte.
pub fn of(clauses: &[Range<usize>], at: usize) -> usize {
    clauses.partition_point(|c| c.end <= at).min(clauses.len().saturating_sub(1))
}
