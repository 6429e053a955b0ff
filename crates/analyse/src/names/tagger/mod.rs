//! Names that the knowledge lacks, by a small trained model.
//!
//! A linear chain labels the tokens of a sentence; its features are the words, their shapes, word lists that
//! people keep, a dictionary's parts of speech, and the names that are known already. The weights come with the
//! program: `cargo xtask train` makes them, and `data/tagger_LICENCE.md` says of what. Integers throughout, and
//! linear in the text.

pub mod features;
pub mod model;
pub mod tokens;
pub mod words;

use crate::passage::is_han;
use headwater_knowledge::{Words, simplified};
use headwater_model::mention::EntityKind;
use model::{Model, Tables};
use std::ops::Range;
use std::sync::LazyLock;
use tokens::{Token, hash_start, hash_text, hash_with, tokens};

/// What a name names, as far as the tagger can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A person.
    Person,
    /// A company, an agency, any organisation.
    Body,
    /// A place.
    Place,
}

/// A name that the tagger found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tagged {
    /// Bytes of the sentence.
    pub range: Range<usize>,
    /// What it names.
    pub class: Class,
    /// How sure the tagger is, in its own units: from 0 upwards.
    pub margin: i32,
}

static ENGLISH: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::read(include_bytes!("../../../data/tagger_en.bin")));
static CHINESE: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::read(include_bytes!("../../../data/tagger_zh.bin")));

impl Class {
    /// The class by its number in the model.
    pub fn numbered(number: usize) -> Option<Class> {
        [Class::Person, Class::Body, Class::Place].get(number).copied()
    }

    /// The class of a kind; laws and products are none.
    pub fn of(kind: EntityKind) -> Option<Class> {
        use EntityKind as K;
        match kind {
            K::Person => Some(Class::Person),
            K::Place => Some(Class::Place),
            K::Company | K::Agency | K::Organisation | K::Outlet | K::Fund => Some(Class::Body),
            K::Product | K::List | K::Law | K::Measure | K::Document => None,
        }
    }
}

/// What is used again for each sentence of an article: its words, and room for tokens and scores.
#[derive(Default)]
pub struct Desk {
    /// How the runs of Han characters were cut.
    pub words: Words,
    tokens: Vec<Token>,
    tables: Tables,
}

/// The tokens of a sentence, a Chinese one cut to words by the dictionary, in place of what `read` holds.
pub fn read(
    sentence: &str,
    chinese: bool,
    known: &[(Range<usize>, EntityKind)],
    words: &mut Words,
    read: &mut Vec<Token>,
) {
    if !chinese {
        return tokens(sentence, known, &[], read);
    }
    let plain: String = sentence.chars().map(simplified).collect();
    tokens(sentence, known, &words.cut(&plain), read);
}

/// The names of a sentence, the known ones too. `known`: those, by bytes of the sentence.
pub fn tag(
    sentence: &str,
    chinese: bool,
    known: &[(Range<usize>, EntityKind)],
    desk: &mut Desk,
) -> Vec<Tagged> {
    let model = if chinese { &*CHINESE } else { &*ENGLISH };
    let Some(model) = model else { return Vec::new() };
    let Desk { words, tokens, tables } = desk;
    read(sentence, chinese, known, words, tokens);
    let spans = model.spans(tokens, tables).into_iter();
    spans
        .filter_map(|span| {
            let class = Class::numbered(span.class)?;
            let range = tokens[span.from].range.start..tokens[span.until - 1].range.end;
            Some(Tagged { range, class, margin: span.margin })
        })
        .collect()
}

/// Words that name nobody, capital or not: the, Monday.
static COMMON: LazyLock<words::Lists> = LazyLock::new(|| words::ENGLISH.list("common"));

/// Whether an English sentence has a capital word that may belong to an unknown name. Many have none beside the known names and
/// the word that they begin with, and need no tagging.
pub fn may_name(sentence: &str, known: &[(Range<usize>, EntityKind)]) -> bool {
    let mut begun = 0;
    sentence.split_inclusive(|c: char| !c.is_alphanumeric()).any(|piece| {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        let (start, end) = (begun, begun + word.len());
        begun += piece.len();
        let named = || known.iter().any(|(range, _)| range.start <= start && end <= range.end);
        let common = || {
            let lists = words::ENGLISH.of(hash_text(word.chars().flat_map(char::to_lowercase)));
            lists.is_some_and(|lists| lists & *COMMON != 0)
        };
        word.starts_with(char::is_uppercase) && !named() && !common()
    })
}

/// What a body is by the words that it ends with; a person or a place as it is.
pub fn kind(name: &str, class: Class) -> EntityKind {
    match class {
        Class::Person => EntityKind::Person,
        Class::Place => EntityKind::Place,
        Class::Body if name.chars().any(is_han) => body(chinese_ending(name), &words::CHINESE),
        Class::Body => body(english_words(name), &words::ENGLISH),
    }
}

fn body(lists: words::Lists, all: &words::Words) -> EntityKind {
    let kinds =
        [("agency", EntityKind::Agency), ("outlet", EntityKind::Outlet), ("company", EntityKind::Company)];
    let named = kinds.into_iter().find(|(list, _)| lists & all.list(list) != 0);
    named.map_or(EntityKind::Organisation, |(_, kind)| kind)
}

/// Whether a name ends (or, before "of", begins) with a word that tells a body: University, 公司.
pub fn has_ending(name: &str) -> bool {
    let (lists, all) = if name.chars().any(is_han) {
        (chinese_ending(name), &*words::CHINESE)
    } else {
        (english_words(name), &*words::ENGLISH)
    };
    ["agency", "outlet", "company", "organisation"].iter().any(|list| lists & all.list(list) != 0)
}

/// Whether a Han name is nothing but a word that ends names: 大桥, 研究院.
pub fn is_ending(name: &str) -> bool {
    let lists = words::CHINESE.of(hash_text(name.chars().map(simplified))).unwrap_or(0);
    ["agency", "outlet", "company", "organisation", "place"]
        .iter()
        .any(|list| lists & words::CHINESE.list(list) != 0)
}

/// How many bytes at the head of a Han text are the longest title of two characters and more: 部长.
pub fn title_before(name: &str) -> usize {
    let title = words::CHINESE.list("title");
    let (mut sum, mut length) = (hash_start(), 0);
    for (count, (at, c)) in name.char_indices().enumerate() {
        sum = hash_with(sum, simplified(c));
        let Some(lists) = words::CHINESE.of(sum) else { break };
        if count > 0 && lists & title != 0 {
            length = at + c.len_utf8();
        }
    }
    length
}

/// The lists of the longest Han word that ends a name.
fn chinese_ending(name: &str) -> words::Lists {
    let starts: Vec<usize> = name.char_indices().rev().take(words::LONGEST).map(|(at, _)| at).collect();
    let endings = starts.iter().rev().map(|&at| hash_text(name[at..].chars().map(simplified)));
    endings.filter_map(|word| words::CHINESE.of(word)).find(|&lists| lists != 0).unwrap_or(0)
}

/// The lists of a name's last word, or of the last one before "of" and "for".
fn english_words(name: &str) -> words::Lists {
    let head =
        [" of ", " for "].iter().filter_map(|link| name.find(link)).min().map_or(name, |at| &name[..at]);
    let mut all = head.split(' ').map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let last = all.next_back().unwrap_or_default();
    words::ENGLISH.of(hash_text(last.chars())).unwrap_or(0)
}
