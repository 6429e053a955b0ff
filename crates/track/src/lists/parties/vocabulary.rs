//! The words of `data/parties.toml`, by which names are told from what stands around them.

use serde::Deserialize;
use std::sync::LazyLock;

/// Words around names and in them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// What points to parties elsewhere.
    pub pointers: Vec<String>,
    /// Words before a name that are no part of it.
    pub leads: Vec<String>,
    /// What joins two parties in English.
    pub joints: Vec<String>,
    /// Words before another name of the same party.
    pub aliases: Vec<String>,
    /// Words before a party that say whose it is.
    pub owned: Vec<String>,
    /// Words for who belongs to a party or deals with it.
    pub kin: Vec<String>,
    /// The same before the party.
    pub kin_before: Vec<String>,
    /// What stands between a party and them.
    pub kin_links: Vec<String>,
    /// What joins them to the party, so that it is meant as well.
    pub kin_joins: Vec<String>,
    /// Endings of parties' names in Chinese.
    pub ends: Vec<String>,
    /// What follows 等 where it stands for others.
    pub others: Vec<String>,
    /// Words that hold a 的 which joins nothing.
    pub holding: Vec<String>,
    /// Chinese numerals.
    pub numerals: String,
    /// What is counted with them.
    pub counters: Vec<String>,
    /// What stands behind the number of a notice before the party that it names.
    pub of_notice: Vec<String>,
    /// Beginnings of words that stand for parties named before.
    pub anaphors: Vec<String>,
    /// Endings of words for papers and things.
    pub papers: Vec<String>,
    /// Beginnings of words that describe parties and name none.
    pub described: Vec<String>,
    /// Last words of names that have a stop of their own.
    pub abbreviated: Vec<String>,
    /// Small words inside names.
    pub small: Vec<String>,
    /// Marks that end the name at the head of a line.
    pub facts: Vec<String>,
    /// What marks the line of a person.
    pub persons: Vec<String>,
    /// Verbs by which a line is a sentence and no name.
    pub says: Vec<String>,
    /// Beginnings of lines that name nobody.
    pub no_entries: Vec<String>,
    /// Capital words that open a sentence.
    pub no_names: Vec<String>,
    /// Who signs a document.
    pub signatures: Vec<String>,
    /// Offices of who does.
    pub officers: Vec<String>,
    /// What a gazette prints below a document.
    pub imprints: Vec<String>,
    /// Things that are put on a list and are no parties.
    pub no_parties: Vec<String>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/parties.toml")).expect("data/parties.toml is right")
});

/// The words.
pub fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}
