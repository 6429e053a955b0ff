//! The words of `data/parties.toml`, by which names are told from what stands around them.

use crate::text::list::List;
use serde::Deserialize;
use std::sync::LazyLock;

/// Words around names and in them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// What points to parties elsewhere.
    pub pointers: List,
    /// Words before a name that are no part of it.
    pub leads: List,
    /// What joins two parties in English.
    pub joints: List,
    /// Words before another name of the same party.
    pub aliases: List,
    /// Words before a party that say whose it is.
    pub owned: List,
    /// Words for who belongs to a party or deals with it.
    pub kin: List,
    /// The same before the party.
    pub kin_before: List,
    /// What stands between a party and them.
    pub kin_links: List,
    /// What joins them to the party, so that it is meant as well.
    pub kin_joins: List,
    /// English numerals.
    pub counts: List,
    /// Words by which a party of kin is somebody's.
    pub kin_whose: List,
    /// Words by which a party is itself what a word of kin says.
    pub kin_as: List,
    /// What joins another party.
    pub kin_and: List,
    /// What leads back to the party that was named first.
    pub kin_again: List,
    /// Endings of parties' names in Chinese.
    pub ends: List,
    /// What follows 等 where it stands for others.
    pub others: List,
    /// Words that hold a 的 which joins nothing.
    pub holding: List,
    /// Chinese numerals.
    pub numerals: String,
    /// What is counted with them.
    pub counters: List,
    /// What stands behind the number of a notice before the party that it names.
    pub of_notice: List,
    /// Beginnings of words that stand for parties named before.
    pub anaphors: List,
    /// Endings of words for papers and things.
    pub papers: List,
    /// Beginnings of words that describe parties and name none.
    pub described: List,
    /// Last words of names that have a stop of their own.
    pub abbreviated: List,
    /// Small words inside names.
    pub small: List,
    /// Marks that end the name at the head of a line.
    pub facts: List,
    /// What marks the line of a person.
    pub persons: List,
    /// Verbs by which a line is a sentence and no name.
    pub says: List,
    /// Beginnings of lines that name nobody.
    pub no_entries: List,
    /// Capital words that open a sentence.
    pub no_names: List,
    /// Who signs a document.
    pub signatures: List,
    /// Offices of who does.
    pub officers: List,
    /// What a gazette prints below a document.
    pub imprints: List,
    /// Things that are put on a list and are no parties.
    pub no_parties: List,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/parties.toml")).expect("data/parties.toml is right")
});

/// The words.
pub fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}
