//! Queries as people type them: words, `"a phrase"`, `-without`, `this OR that`, `title:word`, `site:host`. Nothing that is typed
//! is an error.

use crate::index::Fields;
use crate::words::{Cut, Word, words};
use headwater_model::EntityId;
use headwater_model::capture::host;
use std::ops::Range;
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// Finds the entities that a text names: where (bytes), and which.
pub type NamesIn<'a> = &'a dyn Fn(&str) -> Vec<(Range<usize>, Vec<EntityId>)>;

/// A match in the title counts this much more than one in the text.
const TITLE_BOOST: f32 = 3.0;

/// Where a thing is sought.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Anywhere,
    Title,
    Site,
}

/// What introduces a scope, in capitals or not.
const SCOPES: [(&str, Scope); 2] = [("title:", Scope::Title), ("site:", Scope::Site)];

/// What stands between two things of which one is enough.
const OR: &str = "OR";

/// One thing that a person asked for.
struct Part {
    text: String,
    phrase: bool,
    without: bool,
    scope: Scope,
}

impl Part {
    fn is_plain(&self) -> bool {
        !self.phrase && !self.without && self.scope == Scope::Anywhere
    }
    fn is_or(&self) -> bool {
        self.is_plain() && self.text == OR
    }
}

/// A word, a phrase, or a name that is known, which may be of several words.
struct Unit {
    text: String,
    phrase: bool,
    without: bool,
    scope: Scope,
    entities: Vec<EntityId>,
}

/// The query, and the word forms that a snippet should mark.
pub(crate) fn build(typed: &str, fields: &Fields, names_in: NamesIn) -> (Box<dyn Query>, Vec<String>) {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let mut forms = Vec::new();
    for ways in alternatives(&parts(typed), names_in) {
        let mut queries: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let without = ways.iter().any(|unit| unit.without);
        for unit in &ways {
            let found: Vec<String> = words(&unit.text, Cut::Parts).into_iter().map(|w| w.form).collect();
            if found.is_empty() {
                continue;
            }
            queries.push((Occur::Should, unit_query(unit, fields)));
            if !without && unit.scope != Scope::Site {
                forms.extend(found);
            }
        }
        if !queries.is_empty() {
            let occur = if without { Occur::MustNot } else { Occur::Must };
            clauses.push((occur, Box::new(BooleanQuery::new(queries))));
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
        let scoped = SCOPES.iter().find_map(|(mark, scope)| {
            let typed = rest.get(..mark.len()).filter(|typed| typed.eq_ignore_ascii_case(mark))?;
            Some((&rest[typed.len()..], *scope))
        });
        let (scope_rest, scope) = scoped.unwrap_or((rest, Scope::Anywhere));
        // A mark that nothing closes is none.
        let marks = ['"', '“', '”'];
        let quoted = scope_rest.strip_prefix(marks).and_then(|inner| inner.split_once(marks));
        let (text, after) =
            quoted.unwrap_or_else(|| scope_rest.split_once(char::is_whitespace).unwrap_or((scope_rest, "")));
        parts.push(Part { text: text.to_owned(), phrase: quoted.is_some(), without, scope });
        rest = after.trim_start();
    }
    join_plain(parts)
}

/// Plain words next to one another stay together, so that a name of several words is seen whole.
fn join_plain(parts: Vec<Part>) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            Some(last) if last.is_plain() && part.is_plain() && !last.is_or() && !part.is_or() => {
                last.text.push(' ');
                last.text.push_str(&part.text);
            }
            _ => joined.push(part),
        }
    }
    joined
}

/// The units that are asked for, those apart of which one is enough. `OR` binds the units on its two sides alone.
fn alternatives(parts: &[Part], names_in: NamesIn) -> Vec<Vec<Unit>> {
    let mut ways: Vec<Vec<Unit>> = Vec::new();
    let mut or = false;
    for part in parts {
        if part.is_or() {
            or = true;
            continue;
        }
        for unit in units(part, names_in) {
            match ways.last_mut() {
                Some(last) if or && !unit.without && !last[0].without => last.push(unit),
                _ => ways.push(vec![unit]),
            }
            or = false;
        }
    }
    ways
}

/// Takes a part apart: names that are known, and the words between them.
fn units(part: &Part, names_in: NamesIn) -> Vec<Unit> {
    let Part { phrase, without, scope, .. } = *part;
    let unit = |text: &str, entities| Unit { text: text.to_owned(), phrase, without, scope, entities };
    if phrase || scope != Scope::Anywhere {
        return vec![unit(&part.text, Vec::new())];
    }
    let mut units = Vec::new();
    let mut at = 0;
    let plain = |text: &str| text.split_whitespace().map(|word| unit(word, Vec::new())).collect::<Vec<_>>();
    for (range, entities) in names_in(&part.text) {
        if range.start >= at {
            units.extend(plain(&part.text[at..range.start]));
            units.push(unit(&part.text[range.clone()], entities));
            at = range.end;
        }
    }
    units.extend(plain(&part.text[at..]));
    units
}

/// A unit matches by its words, or by any name of the entities that it names; a site by its host or one above it.
fn unit_query(unit: &Unit, fields: &Fields) -> Box<dyn Query> {
    let exact = |field, word: &str| -> Box<dyn Query> {
        Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic))
    };
    if unit.scope == Scope::Site {
        return exact(fields.site, host(&unit.text.to_lowercase()));
    }
    let wanted = if unit.phrase { vec![words(&unit.text, Cut::Characters)] } else { wanted(&unit.text) };
    let mut ways: Vec<(Occur, Box<dyn Query>)> =
        vec![(Occur::Should, Box::new(BoostQuery::new(all_of(fields.title, &wanted), TITLE_BOOST)))];
    if unit.scope == Scope::Anywhere {
        ways.push((Occur::Should, all_of(fields.text, &wanted)));
    }
    ways.extend(unit.entities.iter().map(|id| (Occur::Should, exact(fields.entities, id.as_str()))));
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
