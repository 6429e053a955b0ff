//! Years, days, months and feasts by name, from the data file.

use crate::characters::Characters;
use crate::texts::Texts;
use serde::Deserialize;
use std::sync::LazyLock;

pub(in crate::dates) struct Words {
    /// Characters with which a date can begin, beside those of numbers, eras and feasts.
    pub(super) first: Characters,
    pub(in crate::dates) ahead: Vec<String>,
    pub(in crate::dates) reports: Vec<String>,
    pub(in crate::dates) begins_behind: Vec<String>,
    pub(in crate::dates) begins_before: Vec<String>,
    pub(super) eras: Texts<Era>,
    pub(super) years: Texts<Distance>,
    pub(super) days: Texts<Distance>,
    pub(super) months: Texts<Distance>,
    pub(super) feasts: Texts<Feast>,
}

#[derive(Deserialize)]
struct File {
    first: String,
    ahead: Vec<String>,
    reports: Vec<String>,
    begins_behind: Vec<String>,
    begins_before: Vec<String>,
    eras: Vec<Era>,
    years: Vec<Distance>,
    days: Vec<Distance>,
    months: Vec<Distance>,
    feasts: Vec<Feast>,
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

/// The words, read once. The file is part of the program and the tests read it.
pub(in crate::dates) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/calendar_zh.toml"))
        .expect("calendar_zh.toml is well-formed");
    let distances = |list: Vec<Distance>| Texts::by_first(list.into_iter().map(|d| (d.name.clone(), d)));
    Words {
        first: file.first.chars().collect(),
        ahead: file.ahead,
        reports: file.reports,
        begins_behind: file.begins_behind,
        begins_before: file.begins_before,
        eras: Texts::by_first(file.eras.into_iter().map(|e| (e.name.clone(), e))),
        years: distances(file.years),
        days: distances(file.days),
        months: distances(file.months),
        feasts: Texts::by_first(file.feasts.into_iter().map(|f| (f.name.clone(), f))),
    }
});
