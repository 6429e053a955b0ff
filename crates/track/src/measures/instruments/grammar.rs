//! The words of `data/instruments.toml`, by which steps of instruments are read.

use crate::text::list::List;
use headwater_model::tracking::MeasureStep;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    step: Vec<Step>,
    grammar: Grammar,
}

/// Words that tell a step.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The step; none where what is put off or prolonged is not the instrument itself.
    pub is: Option<MeasureStep>,
    /// Only where a court is told of.
    #[serde(default)]
    pub court: bool,
    /// Only of bills, where a chamber is told of.
    #[serde(default)]
    pub chamber: bool,
    /// Only of tariffs.
    #[serde(default)]
    pub tariff: bool,
    /// What was suspended stays so.
    #[serde(default)]
    pub prolongs: bool,
    /// Only with a day.
    #[serde(default)]
    pub dated: bool,
    /// The words.
    pub words: List,
}

/// Words around the names of instruments and what is done to them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    /// Suspensions, which may be prolonged instead of the instrument.
    pub suspensions: List,
    /// Courts.
    pub courts: List,
    /// Who moves bills.
    pub chambers: List,
    /// Meetings that pass rules, of which reports tell.
    pub meetings: List,
    /// Words by which a step is only thought of.
    pub hedges: List,
    /// The same in the clause of the verb.
    pub wishes: List,
    /// Beginnings of sentences that go on about what was named before.
    pub goes_on: List,
    /// What it is called there.
    pub itself: List,
    /// How a document speaks of what it does itself.
    pub own_act: List,
    /// How it speaks of the instrument that its headline names.
    pub headed: List,
    /// Words by which what is published is a draft.
    pub drafts: List,
    /// Words beside what is repealed that make it the text before, of the same name.
    pub old: List,
    /// Words of headlines of documents that only end something.
    pub ends_title: List,
    /// How a notice says what it decides.
    pub decides: List,
    /// Words between what an office resumes or rests and the instrument, where a report tells of it.
    pub to_rule: List,
    /// Words between what a chamber does and the bill that it does it to.
    pub to_bill: List,
    /// Words before a verb by which it only says which bill or person is meant.
    pub which: List,
    /// What is still to come.
    pub coming: List,
    /// Words between a subject and its passive verb.
    pub passive: List,
    /// Endings of the names of bills.
    pub bills: List,
    /// Words behind the name of an instrument that leave it the one that is spoken of.
    pub follows: List,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/instruments.toml")).expect("data/instruments.toml is right")
});

/// The single words.
pub fn grammar() -> &'static Grammar {
    &FILE.grammar
}

/// The steps, of which the first that fits a place is told.
pub fn steps() -> &'static [Step] {
    &FILE.step
}
