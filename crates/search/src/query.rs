//! Queries as people type them: words, `"a phrase"`, `-without`. Nothing that is typed is an error.

use crate::index::Fields;
use crate::words::{Cut, Word, words};
use headwater_model::EntityId;
use std::ops::Range;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// Finds the entities that a text names: where (bytes), and which.
pub type NamesIn<'a> = &'a dyn Fn(&str) -> Vec<(Range<usize>, Vec<EntityId>)>;

/// A match in the title counts this much more than one in the text.
const TITLE_BOOST: f32 = 3.0;

/// One thing that a person asked for.
struct Part {
    text: String,
    phrase: bool,
    without: bool,
}

/// The query, and the word forms that a snippet should mark.
pub(crate) fn build(typed: &str, fields: &Fields, names_in: NamesIn) -> (Box<dyn Query>, Vec<String>) {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let mut forms = Vec::new();
    for part in parts(typed) {
        let occur = if part.without { Occur::MustNot } else { Occur::Must };
        for (text, entities) in units(&part, names_in) {
            let found: Vec<String> = words(&text, Cut::Parts).into_iter().map(|w| w.form).collect();
            if found.is_empty() {
                continue;
            }
            clauses.push((occur, unit_query(&text, part.phrase, &entities, fields)));
            if !part.without {
                forms.extend(found);
            }
        }
    }
    if clauses.is_empty() && !typed.trim().is_empty() {
        // A sign by itself asks for nothing that a text could have; nothing typed asks for everything.
        return (Box::new(EmptyQuery), forms);
    }
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    (Box::new(BooleanQuery::new(clauses)), forms)
}

fn parts(typed: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let without = rest.starts_with('-') && rest.len() > 1;
        rest = if without { &rest[1..] } else { rest };
        let quoted = rest.strip_prefix(['"', '“', '”']);
        let (text, after) = match quoted {
            Some(inner) => inner.split_once(['"', '“', '”']).unwrap_or((inner, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        parts.push(Part { text: text.to_owned(), phrase: quoted.is_some(), without });
        rest = after.trim_start();
    }
    join_plain(parts)
}

/// Plain words next to one another stay together, so that a name of several words is seen whole.
fn join_plain(parts: Vec<Part>) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            Some(last) if !(last.phrase || last.without || part.phrase || part.without) => {
                last.text.push(' ');
                last.text.push_str(&part.text);
            }
            _ => joined.push(part),
        }
    }
    joined
}

/// Takes a part's words apart: names that are known, and what stands between them.
fn units(part: &Part, names_in: NamesIn) -> Vec<(String, Vec<EntityId>)> {
    if part.phrase {
        return vec![(part.text.clone(), Vec::new())];
    }
    let mut units = Vec::new();
    let mut at = 0;
    for (range, entities) in names_in(&part.text) {
        if range.start >= at {
            units.push((part.text[at..range.start].to_owned(), Vec::new()));
            units.push((part.text[range.clone()].to_owned(), entities));
            at = range.end;
        }
    }
    units.push((part.text[at..].to_owned(), Vec::new()));
    units
}

/// A unit matches by its words, or by any name of the entities that it names.
fn unit_query(text: &str, phrase: bool, entities: &[EntityId], fields: &Fields) -> Box<dyn Query> {
    let wanted = if phrase { vec![words(text, Cut::Characters)] } else { wanted(text) };
    let mut ways: Vec<(Occur, Box<dyn Query>)> = vec![
        (Occur::Should, all_of(fields.text, &wanted)),
        (Occur::Should, Box::new(BoostQuery::new(all_of(fields.title, &wanted), TITLE_BOOST))),
    ];
    for entity in entities {
        let term = Term::from_field_text(fields.entities, entity.as_str());
        ways.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
    }
    Box::new(BooleanQuery::new(ways))
}

/// The words that must occur, each by itself; but a figure with the Han characters that it touches, as in 12万颗, is one
/// thing.
fn wanted(text: &str) -> Vec<Vec<Word>> {
    let mut wanted: Vec<Vec<Word>> = Vec::new();
    for word in words(text, Cut::Words) {
        let figure = |w: &Word| w.form.bytes().all(|b| b.is_ascii_digit());
        match wanted.last_mut().filter(|before| before[0].range.end == word.range.start && figure(&before[0]))
        {
            Some(figure) => {
                // The characters, for a word may be cut otherwise where it stands.
                let characters = words(&text[word.range.clone()], Cut::Characters).into_iter();
                figure.extend(characters.map(|c| Word { place: word.place + c.place, ..c }));
            }
            None => wanted.push(vec![word]),
        }
    }
    wanted
}

/// Everything must occur; what is of several words, as a phrase.
fn all_of(field: Field, wanted: &[Vec<Word>]) -> Box<dyn Query> {
    let one = |phrase: &Vec<Word>| -> Box<dyn Query> {
        let mut terms: Vec<(usize, Term)> =
            phrase.iter().map(|word| (word.place, Term::from_field_text(field, &word.form))).collect();
        match terms.len() {
            1 => Box::new(TermQuery::new(terms.remove(0).1, IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new_with_offset(terms)),
        }
    };
    Box::new(BooleanQuery::new(wanted.iter().map(|phrase| (Occur::Must, one(phrase))).collect()))
}
