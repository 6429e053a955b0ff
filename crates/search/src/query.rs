//! Queries as people type them: words, `"a phrase"`, `-without`. Nothing that is typed is an error.

use crate::index::Fields;
use crate::words::words;
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
            let found: Vec<String> = words(&text, true).into_iter().map(|w| w.form).collect();
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
    let terms: Vec<String> = words(text, false).into_iter().map(|w| w.form).collect();
    let mut ways: Vec<(Occur, Box<dyn Query>)> = vec![
        (Occur::Should, all_of(fields.text, &terms, phrase)),
        (Occur::Should, Box::new(BoostQuery::new(all_of(fields.title, &terms, phrase), TITLE_BOOST))),
    ];
    for entity in entities {
        let term = Term::from_field_text(fields.entities, entity.as_str());
        ways.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
    }
    Box::new(BooleanQuery::new(ways))
}

fn all_of(field: Field, forms: &[String], phrase: bool) -> Box<dyn Query> {
    let terms: Vec<Term> = forms.iter().map(|form| Term::from_field_text(field, form)).collect();
    if phrase && terms.len() > 1 {
        // Search mode puts the parts of a long word between the words, so neighbours are near, not next.
        let mut query = PhraseQuery::new(terms.clone());
        query.set_slop(2 * terms.len() as u32);
        return Box::new(query);
    }
    let must =
        |term| (Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>);
    Box::new(BooleanQuery::new(terms.into_iter().map(must).collect()))
}
