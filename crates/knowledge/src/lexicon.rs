//! All names, and the rules by which a string is a name: word borders, case,
//! script.

use crate::fold::{Folded, fold, fold_into, is_han, is_of_word};
use crate::matcher::Matcher;
use crate::measures::MeasureIndex;
use crate::names::names_of;
use crate::phrases::{Phrases, Pieces};
use crate::words::{Borders, Words};
use headwater_model::Knowledge;
use headwater_model::knowledge::{Entity, Measure};
use headwater_model::mention::EntityKind;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The knowledge, and what finds its names in a text.
pub struct Lexicon {
    knowledge: Knowledge,
    names: Phrases,
    /// For each name, where its bearers start; one more at the end.
    starts: Vec<u32>,
    bearers: Vec<Bearer>,
    measures: MeasureIndex,
    /// Finds context words, folded.
    contexts: Matcher,
    /// Context words by their folded form, each as the knowledge writes it.
    words: Vec<(String, Vec<String>)>,
    /// "Dutch" → `NL`, sorted.
    adjectives: Vec<(String, String)>,
    /// `NL` → the Netherlands, for places with an adjective.
    places: Vec<(String, headwater_model::EntityId)>,
}

/// Who has a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Bearer {
    owner: Owner,
    /// Which of the entity's ambiguous names it is.
    ambiguous: Option<u16>,
    case: Case,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Entity(u32),
    Measure(u32),
}

/// How much of a name's case a text must keep.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    /// None: the name is written in lower case or in Han characters.
    Any,
    /// Words that begin with a capital: one bit a word, the first word lowest.
    Capitals(u32),
    /// All letters: an acronym or a code.
    Exact(Box<str>),
}

/// A name in a text and whom it may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'l> {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The entities that bear the name.
    pub candidates: Vec<Candidate<'l>>,
    /// The measures that bear the name or number.
    pub measures: Vec<&'l Measure>,
}

/// An entity that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'l> {
    /// The entity.
    pub entity: &'l Entity,
    /// Context words of which one must stand in the article, if the name is ambiguous.
    pub context: Option<&'l [String]>,
}

impl Lexicon {
    /// Enters the names: less than a second for a million.
    pub fn new(knowledge: Knowledge) -> Self {
        let mut names = Names::for_names(knowledge.entities.iter().map(|e| names_of(e).count()).sum());
        for (entity, index) in knowledge.entities.iter().zip(0u32..) {
            let mut ambiguous = 0u16;
            for name in names_of(entity) {
                let rule = name.context.map(|_| ambiguous);
                ambiguous += u16::from(rule.is_some());
                names.add(name.text, Owner::Entity(index), rule);
            }
        }
        for (measure, index) in knowledge.measures.iter().zip(0u32..) {
            for name in [&measure.en, &measure.zh].into_iter().chain(&measure.aliases) {
                names.add(name, Owner::Measure(index), None);
            }
        }
        let (names, starts, bearers) = names.sorted();
        let adjectives = adjectives_of(&knowledge);
        let placed = |e: &Entity| Some((e.country.clone()?, e.id.clone()));
        let described = knowledge.entities.iter().filter(|e| has_adjective(e));
        let places = described.filter_map(placed).collect();
        let words = context_words(&knowledge);
        let contexts = Matcher::new(words.iter().map(|(folded, _)| folded.as_str()));
        let measures = MeasureIndex::new(&knowledge);
        Lexicon { knowledge, measures, names, starts, bearers, contexts, words, adjectives, places }
    }

    /// The entities, measures and rates themselves.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// What leads to a measure.
    pub fn measures(&self) -> &MeasureIndex {
        &self.measures
    }

    /// The entity with this id.
    pub fn entity(&self, id: &headwater_model::EntityId) -> Option<&Entity> {
        self.knowledge.entity(id)
    }

    /// All names of an entity, the English one first.
    pub fn names_of(&self, id: &headwater_model::EntityId) -> Vec<&str> {
        self.entity(id).map(|e| names_of(e).map(|n| n.text).collect()).unwrap_or_default()
    }

    /// The outlet, agency or company whose site a host is.
    pub fn site_owner(&self, host: &str) -> Option<&Entity> {
        self.knowledge.site_owner(host)
    }

    /// The country of an adjective such as "Dutch", in the case in which it is written.
    pub fn country_of_adjective(&self, word: &str) -> Option<&str> {
        let at = self.adjectives.binary_search_by(|(a, _)| a.as_str().cmp(word)).ok()?;
        Some(&self.adjectives[at].1)
    }

    /// The countries whose adjectives stand in a text, as places: "South Korean" tells of South Korea.
    pub fn countries_of_adjectives(&self, text: &str) -> BTreeSet<&headwater_model::EntityId> {
        let part = |c: char| c.is_alphabetic() || c == '.';
        let word_end =
            |from: usize| text[from..].find(|c: char| !part(c)).map_or(text.len(), |len| from + len);
        let mut countries: BTreeSet<&str> = BTreeSet::new();
        let mut read = 0;
        for (at, _) in text.match_indices(|c: char| c.is_ascii_uppercase()) {
            if at < read {
                continue;
            }
            // "North Korean" is one adjective, and no "Korean".
            let one = word_end(at);
            let two = text[one..].strip_prefix(' ').map(|_| word_end(one + 1));
            let named = |end: usize| Some((end, self.country_of_adjective(&text[at..end])?));
            let found = two.and_then(named).or_else(|| named(one));
            read = found.map_or(one, |(end, _)| end);
            countries.extend(found.map(|(_, country)| country));
        }
        let places = self.places.iter().filter(|(country, _)| countries.contains(country.as_str()));
        places.map(|(_, id)| id).collect()
    }

    /// The context words, as the knowledge writes them, that stand in a folded text. A Latin word must begin where
    /// a word begins; one of up to three letters must be a whole word, for "AI" is not in "aim".
    pub fn contexts_in(&self, folded: &str) -> BTreeSet<&str> {
        let mut met: Vec<u32> = Vec::new();
        for at in word_starts(folded) {
            self.contexts.each_at(folded, at, |length, number| {
                if stands_as_word(folded, &(at..at + length)) {
                    met.push(number);
                }
            });
        }
        met.sort_unstable();
        met.dedup();
        met.into_iter().flat_map(|number| &self.words[number as usize].1).map(String::as_str).collect()
    }

    /// How many distinct names there are, folded.
    pub fn name_count(&self) -> usize {
        self.names.len()
    }

    /// The names in a text, leftmost and longest, without overlaps.
    pub fn names_in(&self, text: &str) -> Vec<Match<'_>> {
        self.longest_in(text, true)
    }

    /// The names in what a person typed, who may write all of them in lower case.
    pub fn names_typed(&self, text: &str) -> Vec<Match<'_>> {
        self.longest_in(text, false)
    }

    fn longest_in(&self, text: &str, case: bool) -> Vec<Match<'_>> {
        let mut found: Vec<Match<'_>> = Vec::new();
        let all = self.found_in(text, &Folded::new(text), &mut Words::default(), case);
        for one in all.into_iter().filter(|m| !m.candidates.is_empty()) {
            if found.last().is_none_or(|last| last.range.end <= one.range.start) {
                found.push(one);
            }
        }
        found
    }

    /// Every name in a text, those inside longer ones too: by start, longest first. `folded` is the text folded; `words`
    /// remembers how its runs were cut.
    pub fn all_in(&self, text: &str, folded: &Folded, words: &mut Words) -> Vec<Match<'_>> {
        self.found_in(text, folded, words, true)
    }

    fn found_in(&self, text: &str, folded: &Folded, words: &mut Words, case: bool) -> Vec<Match<'_>> {
        let mut borders = Borders::new(&folded.text, words);
        let mut found = Vec::new();
        self.names.each_or_plural(&folded.text, &Pieces::of(&folded.text), |span, name| {
            let Some(end) = name_end(&folded.text, &span) else { return };
            let range = folded.original(text, &span);
            let written = case.then(|| &text[range.clone()]);
            let one = self.meant(name, written, range.clone(), end > span.end);
            let named = !one.candidates.is_empty() || !one.measures.is_empty();
            let guarded = folded.text[span.clone()].chars().all(is_han);
            if named && (!guarded || borders.allow(&span)) {
                found.push(one);
            }
        });
        found.sort_by(|a, b| (a.range.start, b.range.end).cmp(&(b.range.start, a.range.end)));
        found
    }

    /// Who may be meant by a name that was written as `words`; anyone of the name, if case does not matter.
    fn meant(&self, name: u32, words: Option<&str>, range: Range<usize>, plural: bool) -> Match<'_> {
        let (from, to) = (self.starts[name as usize], self.starts[name as usize + 1]);
        let mut one = Match { range, candidates: Vec::new(), measures: Vec::new() };
        for bearer in &self.bearers[from as usize..to as usize] {
            if words.is_some_and(|words| !bearer.case.fits(words)) {
                continue;
            }
            match bearer.owner {
                Owner::Measure(index) => one.measures.push(&self.knowledge.measures[index as usize]),
                Owner::Entity(index) => {
                    let entity = &self.knowledge.entities[index as usize];
                    // "H20s" are several H20, but "Apples" are not Apple.
                    if plural && entity.kind != EntityKind::Product {
                        continue;
                    }
                    let rule = bearer.ambiguous.and_then(|a| entity.ambiguous.get(a as usize));
                    one.candidates.push(Candidate { entity, context: rule.map(|r| r.context.as_slice()) });
                }
            }
        }
        one.candidates.dedup_by(|a, b| std::ptr::eq(a.entity, b.entity));
        one.measures.dedup_by(|a, b| a.id == b.id);
        one
    }
}

/// Every context word under its folded form, sorted.
fn context_words(knowledge: &Knowledge) -> Vec<(String, Vec<String>)> {
    let rules = knowledge.entities.iter().flat_map(|e| &e.ambiguous);
    let written: BTreeSet<&String> = rules.flat_map(|rule| &rule.context).collect();
    let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for word in written {
        words.entry(fold(word)).or_default().push(word.clone());
    }
    words.remove("");
    words.into_iter().collect()
}

/// Where a name may begin: at each character but inside a Latin word.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, c)| {
        let latin = is_of_word(c);
        let starts = !(latin && inside);
        inside = latin;
        starts.then_some(at)
    })
}

/// Whether a context word may stand here.
fn stands_as_word(text: &str, range: &Range<usize>) -> bool {
    let word = &text[range.clone()];
    if !word.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return true;
    }
    let alone = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
    let whole = word.len() <= 3;
    alone(text[..range.start].chars().next_back()) && (!whole || alone(text[range.end..].chars().next()))
}

fn has_adjective(entity: &Entity) -> bool {
    entity.kind == EntityKind::Place && entity.identifiers.contains_key("adjective")
}

/// The words under the scheme `adjective` of places, apart by semicolons.
fn adjectives_of(knowledge: &Knowledge) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for place in knowledge.entities.iter().filter(|e| has_adjective(e)) {
        if let (Some(words), Some(country)) = (place.identifiers.get("adjective"), &place.country) {
            found.extend(words.split(';').map(|w| (w.trim().to_owned(), country.clone())));
        }
    }
    found.sort();
    found
}

/// The names while they are gathered.
struct Names {
    phrases: Phrases,
    /// The number of a name, and one who has it.
    bearers: Vec<(u32, Bearer)>,
    /// The name at hand, folded.
    key: String,
}

impl Names {
    fn for_names(count: usize) -> Self {
        Names { phrases: Phrases::for_texts(count), bearers: Vec::with_capacity(count), key: String::new() }
    }

    /// Adds a name and, for `RTX 4090`, the form without the space.
    fn add(&mut self, name: &str, owner: Owner, ambiguous: Option<u16>) {
        fold_into(name, &mut self.key);
        if self.key.is_empty() {
            return;
        }
        let bearer = Bearer { owner, ambiguous, case: Case::of(name) };
        if let Some(joined) = joined(&self.key) {
            let case = match &bearer.case {
                Case::Capitals(bits) => Case::Capitals(bits & 1),
                other => other.clone(),
            };
            self.bearers.push((self.phrases.add(&joined), Bearer { case, ..bearer.clone() }));
        }
        self.bearers.push((self.phrases.add(&self.key), bearer));
    }

    /// The names, where the bearers of each begin (and one more at the end), and the bearers.
    fn sorted(mut self) -> (Phrases, Vec<u32>, Vec<Bearer>) {
        self.bearers.sort_unstable();
        self.bearers.dedup();
        let mut starts = Vec::with_capacity(self.phrases.len() + 1);
        for (at, (number, _)) in self.bearers.iter().enumerate() {
            if *number as usize == starts.len() {
                starts.push(at as u32);
            }
        }
        starts.push(self.bearers.len() as u32);
        (self.phrases, starts, self.bearers.into_iter().map(|(_, bearer)| bearer).collect())
    }
}

/// The name without its spaces before digits, if it has any.
fn joined(key: &str) -> Option<String> {
    if !key.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut out = String::with_capacity(key.len());
    let mut chars = key.chars().peekable();
    while let Some(c) = chars.next() {
        if !(c == ' ' && chars.peek().is_some_and(char::is_ascii_digit)) {
            out.push(c);
        }
    }
    (out.len() < key.len()).then_some(out)
}

impl Case {
    fn of(name: &str) -> Case {
        let lower = name.chars().any(char::is_lowercase);
        let upper = name.chars().any(char::is_uppercase);
        if !upper || name.chars().any(is_han) {
            return Case::Any;
        }
        if !lower {
            return Case::Exact(letters(name).collect::<String>().into());
        }
        let bits = words(name).take(32).enumerate();
        Case::Capitals(bits.fold(0, |set, (i, w)| if starts_upper(w) { set | 1 << i } else { set }))
    }

    fn fits(&self, written: &str) -> bool {
        match self {
            Case::Any => true,
            Case::Exact(wanted) => letters(written).eq(wanted.chars()),
            Case::Capitals(bits) => {
                words(written).take(32).enumerate().all(|(i, w)| bits & (1 << i) == 0 || starts_upper(w))
            }
        }
    }
}

/// Letters, with full-width ones as half-width.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).filter(|c| c.is_alphabetic())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == '-' || c == '\u{2011}').filter(|w| !w.is_empty())
}

fn starts_upper(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// Where a Latin name ends if it stands by itself: not inside a longer word, number or address; a
/// plural s is taken along. `None` if it does not stand by itself.
fn name_end(text: &str, span: &Range<usize>) -> Option<usize> {
    let word = |c: char| is_of_word(c) || c == '_' || c == '@';
    let first = text[span.clone()].chars().next()?;
    let last = text[span.clone()].chars().next_back()?;
    let mut before = text[..span.start].chars().rev();
    let previous = before.next();
    if word(first) {
        let in_address = previous == Some('.') && before.next().is_some_and(|c| c.is_ascii_lowercase());
        if previous.is_some_and(word)
            || in_address && !first.is_ascii_digit() && text[span.end..].starts_with('.')
        {
            return None;
        }
    }
    if !word(last) {
        return Some(span.end);
    }
    let rest = &text[span.end..];
    let mut after = rest.chars();
    match (after.next(), after.next()) {
        (Some('s'), next) if !next.is_some_and(word) && next != Some('\'') => Some(span.end + 1),
        // HK$, US$
        (Some('$'), _) => None,
        (Some('.'), Some(next)) if next.is_ascii_lowercase() && !text[span.clone()].contains('.') => None,
        (Some(c), _) if word(c) => None,
        _ => Some(span.end),
    }
}
