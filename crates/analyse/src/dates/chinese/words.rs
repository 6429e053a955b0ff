//! Years, days, months and feasts by name, from the data file.

use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
pub(in crate::dates) struct Words {
    /// Characters with which a date can begin, sorted.
    #[serde(deserialize_with = "characters")]
    pub(super) first: Vec<char>,
    pub(in crate::dates) ahead: Vec<String>,
    pub(in crate::dates) reports: Vec<String>,
    pub(super) eras: Vec<Era>,
    pub(super) years: Vec<Distance>,
    pub(super) days: Vec<Distance>,
    pub(super) months: Vec<Distance>,
    pub(super) feasts: Vec<Feast>,
}

#[derive(Deserialize)]
pub(super) struct Era {
    pub(super) name: String,
    pub(super) first: i16,
}

#[derive(Deserialize)]
pub(super) struct Distance {
    pub(super) name: String,
    pub(super) by: i32,
}

#[derive(Deserialize)]
pub(super) struct Feast {
    pub(super) name: String,
    #[serde(default)]
    pub(super) month: i8,
    #[serde(default)]
    pub(super) day: i8,
    #[serde(default)]
    pub(super) lunar: bool,
    #[serde(default)]
    pub(super) term: i8,
    #[serde(default)]
    pub(super) nth: i8,
    #[serde(default)]
    pub(super) weekday: i8,
}

/// The words, longest first, read once. The file is part of the program and the tests read it.
pub(in crate::dates) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: Words = toml::from_str(include_str!("../../../data/calendar_zh.toml"))
        .expect("calendar_zh.toml is well-formed");
    let names = words.feasts.iter().map(|f| &f.name).chain(words.eras.iter().map(|e| &e.name));
    let initials: Vec<char> = names.filter_map(|name| name.chars().next()).collect();
    words.first.extend(initials);
    words.first.sort_unstable();
    words.eras.sort_by_key(|e| std::cmp::Reverse(e.name.len()));
    for list in [&mut words.years, &mut words.days, &mut words.months] {
        list.sort_by_key(|d| std::cmp::Reverse(d.name.len()));
    }
    words.feasts.sort_by_key(|f| std::cmp::Reverse(f.name.len()));
    words
});

fn characters<'de, D: serde::Deserializer<'de>>(text: D) -> Result<Vec<char>, D::Error> {
    Ok(String::deserialize(text)?.chars().collect())
}
