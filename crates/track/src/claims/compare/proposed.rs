//! What a retelling may have changed, and how likely it did: a linear model weighs what the rules of this folder find, what they
//! cannot be sure of, and how surely the two sentences tell one thing.
//!
//! A rule sees two sentences and says yes or no; whether an article changed what it had from its source also hangs on what it says
//! elsewhere, how near the sentences are, and in which words either tells the step or the voice. The clues are few and
//! have names; what each says for or against stands in `data/drift.toml`, learned from the labelled chains by
//! `cargo xtask train --only drift`. Two tables: of the step that is reached, and of on whose word it is.

use crate::claims::compare::attribution::{counts_people, is_beheaded, is_covered, is_unnamed, told};
use crate::claims::compare::{Difference, Said, likeness, shares_figure};
use crate::claims::modality::{self, stage};
use crate::claims::sameness::{self, Tie, is, name_clues};
use crate::reading::asserted::leads;
use crate::reading::figures::{Relation, relate};
use crate::reading::reference::Via;
use headwater_model::mention::{Attribution, VoiceKind};
use headwater_model::source::SourceClass;
use headwater_model::tracking::Dimension;
use headwater_model::{CaptureId, Knowledge, Part};
use serde::{Deserialize, Serialize};
use std::cell::LazyCell;
use std::sync::LazyLock;

name_clues! {
    /// The rules tell it, with all that they except.
    ruled,
    /// The rules find it between these two sentences.
    found,
    /// The source has the retelling's value elsewhere.
    known,
    /// The two sentences are the nearest of the two articles.
    nearest,
    /// The odds that they tell one claim, in fives, -1..=1.
    sameness,
    /// Share of their words, of one language.
    words,
    /// They are of two languages.
    other_language,
    /// Both lead their article.
    both_lead,
    /// One of them does.
    one_leads,
    /// One of them is a headline.
    title,
    /// They are of one frame.
    same_frame,
    /// They give one telling figure.
    same_figure,
    /// Their own figures differ.
    other_figure,
    /// The retelling copies or translates the source's text.
    copy,
    /// The source is an authority's page.
    official,
    /// Sentences of the two that a model heard and no rule read, in twos.
    heard,
    /// The retelling has the source's value in another sentence of the claim.
    kept,
    /// Another source of it has the retelling's value.
    elsewhere,
    /// It may be a later step.
    later,
    /// Sentences of the retelling that tell the claim, in fives, 0..=1.
    mentions,
    /// Other dimensions on which the rules find the two sentences to differ, in threes, 0..=1.
    others,
    /// The first tells it as weighed.
    weighed,
    /// The first tells it as written or proposed.
    drafted,
    /// The first tells it as to come.
    coming,
    /// The first tells it as done.
    done,
    /// The first tells it as stopped or over.
    over,
    /// The second tells it as weighed.
    now_weighed,
    /// The second tells it as written or proposed.
    now_drafted,
    /// The second tells it as to come.
    now_coming,
    /// The second tells it as done.
    now_done,
    /// The second tells it as stopped or over.
    now_over,
    /// Rungs by which the second is firmer, in threes.
    firmer,
    /// Rungs by which it is less firm, in threes.
    softer,
    /// The first alone has words of weighing.
    weighing_lost,
    /// The first alone has words of a draft.
    draft_lost,
    /// The first alone has words of a plan or of what is to come.
    plan_lost,
    /// The first alone has words of advice or of what is possible.
    advice_lost,
    /// The second alone has words of a decision.
    decision_new,
    /// The second alone has words of what is done.
    deed_new,
    /// The second alone says that it applies.
    effect_new,
    /// The second alone has words of what is to come.
    plan_new,
    /// The first rests on people without a name.
    people,
    /// It rests on a person, an official or a body with a name.
    speaker,
    /// It rests on a document.
    paper,
    /// It rests on an outlet.
    outlet,
    /// The second is laid to nobody.
    unvoiced,
    /// The second is laid to people without a name.
    now_people,
    /// The second is laid to somebody with a name.
    now_speaker,
    /// The second is laid to a document.
    now_paper,
    /// The second is laid to an outlet and nobody else.
    now_outlet,
    /// The second speaks of people.
    counts_people,
    /// The second's voice, or a reference in its words, is the source itself.
    laid_to_source,
    /// The retelling names the source somewhere.
    names_source,
    /// The retelling names whom the first is laid to.
    names_voice,
    /// Words around the second lay it to somebody.
    covered,
    /// The second is the first without the words for who said it.
    beheaded,
}

/// The two tables.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tables {
    /// Of the step that is reached.
    pub modality: Weights,
    /// Of on whose word it is.
    pub attribution: Weights,
}

static LEARNED: LazyLock<Tables> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/drift.toml")).expect("data/drift.toml is right")
});

/// Which table tells of a dimension; of the others the rules tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Modality.
    Modality,
    /// Attribution.
    Attribution,
}

impl Table {
    /// Both.
    pub const ALL: [Table; 2] = [Table::Modality, Table::Attribution];

    /// The table of a dimension.
    pub fn of(dimension: Dimension) -> Option<Self> {
        match dimension {
            Dimension::Modality => Some(Table::Modality),
            Dimension::Attribution => Some(Table::Attribution),
            _ => None,
        }
    }
}

/// Logarithm of the odds from which a change is told. Read by models of the other hands, the labelled chains lose as many changes above
/// it as they gain false ones below; a reader of either sees both sentences.
pub const LEAST: f64 = -0.75;

/// Logarithm of the odds that a retelling changed what its source says.
pub fn odds(table: Table, clues: &Clues) -> f64 {
    match table {
        Table::Modality => LEARNED.modality.odds(clues),
        Table::Attribution => LEARNED.attribution.odds(clues),
    }
}

/// A change that a retelling may have made, as a trainer asks for it.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The source.
    pub from: CaptureId,
    /// The retelling.
    pub to: CaptureId,
    /// On what.
    pub table: Table,
    /// What is known of it.
    pub clues: Clues,
}

/// A difference that may be a change, with what two sentences by themselves say of it.
pub type Proposed = (Table, Difference, Clues);

/// What the second sentence may have changed: what the rules `found`, or else what the two are read to say.
pub fn proposed(from: Said, to: Said, found: &[Difference], knowledge: &Knowledge) -> Vec<Proposed> {
    let of = |table: Table, read: fn(Said, Said) -> Option<Difference>| {
        let by_rule = found.iter().find(|d| !d.rendering && Table::of(d.dimension) == Some(table));
        let difference = by_rule.cloned().or_else(|| read(from, to))?;
        Some((table, difference, by_rule.is_some()))
    };
    let proposed = [of(Table::Modality, step), of(Table::Attribution, voice)].into_iter().flatten();
    // Most pairs differ in neither, and the rest is dear to ask.
    let common = LazyCell::new(|| common(from, to, found, knowledge));
    let with_clues = |(table, difference, is_found): (Table, Difference, bool)| {
        let known = is_found && difference.known;
        let mut clues = Clues { found: is(is_found), known: is(known), ..*common };
        match table {
            Table::Modality => steps(from, to, &mut clues),
            Table::Attribution => voices(from, to, &mut clues),
        }
        (table, difference, clues)
    };
    proposed.map(with_clues).collect()
}

/// How surely the two tell one thing.
fn common(from: Said, to: Said, found: &[Difference], knowledge: &Knowledge) -> Clues {
    let (a, b) = (from.claim, to.claim);
    let titles = [a, b].iter().any(|claim| claim.evidence.part() == Part::Title);
    let one_tongue = from.seen.tongue() == to.seen.tongue();
    let odds = sameness::odds(from, to, Tie::Derived, knowledge).unwrap_or(-5.0);
    let (x, y) = (leads(a), leads(b));
    let figures = a.quantity.as_ref().zip(b.quantity.as_ref());
    let related = figures.map(|(p, q)| relate(p, from.seen.day, q, to.seen.day, knowledge));
    let others = found.iter().filter(|d| !d.rendering).count().saturating_sub(1).min(3);
    Clues {
        sameness: odds.clamp(-5.0, 5.0) / 5.0,
        words: if one_tongue { likeness(from, to) } else { 0.0 },
        other_language: is(!one_tongue),
        both_lead: is(x && y),
        one_leads: is(x != y),
        title: is(titles),
        same_frame: is(a.frame == b.frame),
        same_figure: is(shares_figure(from, to, knowledge)),
        other_figure: is(related == Some(Relation::Different)),
        official: is(from.seen.class == SourceClass::Official),
        heard: [a, b].iter().filter(|claim| claim.is_learned()).count() as f64 / 2.0,
        others: others as f64 / 3.0,
        ..Clues::default()
    }
}

/// Another step, as the two are read.
fn step(from: Said, to: Said) -> Option<Difference> {
    let (a, b) = (modality::told(from), modality::told(to));
    let (x, y) = (stage(a)?, stage(b)?);
    (x != y).then(|| Difference::new(Dimension::Modality, a.word(), b.word()))
}

fn steps(from: Said, to: Said, clues: &mut Clues) {
    let (a, b) = (modality::steps(from), modality::steps(to));
    let (x, y) = (stage(modality::told(from)), stage(modality::told(to)));
    clues.weighed = is(x == Some(0));
    clues.drafted = is(x == Some(1));
    clues.coming = is(x == Some(2));
    clues.done = is(x == Some(3));
    clues.over = is(x > Some(3));
    clues.now_weighed = is(y == Some(0));
    clues.now_drafted = is(y == Some(1));
    clues.now_coming = is(y == Some(2));
    clues.now_done = is(y == Some(3));
    clues.now_over = is(y > Some(3));
    if let (Some(x @ 0..=3), Some(y @ 0..=3)) = (x, y) {
        clues.firmer = f64::from(y.saturating_sub(x)) / 3.0;
        clues.softer = f64::from(x.saturating_sub(y)) / 3.0;
    }
    clues.weighing_lost = is(a.weighed && !b.weighed);
    clues.draft_lost = is((a.drafted || a.drafting) && !(b.drafted || b.drafting));
    clues.plan_lost = is((a.planned || a.coming) && !(b.planned || b.coming));
    clues.advice_lost = is((a.advised || a.possible) && !(b.advised || b.possible));
    clues.decision_new = is((b.decided || b.enacted || b.agreed) && !(a.decided || a.enacted || a.agreed));
    clues.deed_new = is((b.done || b.told) && !(a.done || a.told));
    clues.effect_new = is(b.in_effect && !a.in_effect);
    clues.plan_new = is((b.planned || b.coming) && !(a.planned || a.coming));
}

/// Another voice: one that the first has and the second has not.
fn voice(from: Said, to: Said) -> Option<Difference> {
    let (a, b) = (told(from), told(to));
    let kinds = |s: Said| -> Vec<VoiceKind> { s.claim.attribution.iter().map(|a| a.source.kind).collect() };
    let differs = !a.is_empty() && kinds(from) != kinds(to) && to.claim.evidence.part() != Part::Title;
    let none = |told: String| if told.is_empty() { "none".to_owned() } else { told };
    differs.then(|| Difference::new(Dimension::Attribution, a, none(b)))
}

fn voices(from: Said, to: Said, clues: &mut Clues) {
    let has = |said: Said, kinds: &[VoiceKind]| {
        said.claim.attribution.iter().any(|a| kinds.contains(&a.source.kind))
    };
    let speakers = [VoiceKind::Official, VoiceKind::Organisation, VoiceKind::Person];
    let unnamed = |said: Said| said.claim.attribution.iter().any(is_unnamed);
    clues.people = is(unnamed(from));
    clues.speaker = is(has(from, &speakers));
    clues.paper = is(has(from, &[VoiceKind::Document]));
    clues.outlet = is(has(from, &[VoiceKind::Outlet]));
    let voices = &to.claim.attribution;
    clues.unvoiced = is(voices.is_empty());
    clues.now_people = is(unnamed(to));
    clues.now_speaker = is(has(to, &speakers));
    clues.now_paper = is(has(to, &[VoiceKind::Document]));
    clues.now_outlet = is(!voices.is_empty() && voices.iter().all(|a| a.source.kind == VoiceKind::Outlet));
    clues.counts_people = is(counts_people(to.claim.evidence.quote()));
    let named =
        || to.seen.references.iter().filter(|r| r.via != Via::SourceLine && r.names(&from.seen.publisher));
    clues.names_source = is(named().next().is_some());
    let at_claim = named().any(|r| r.evidence.overlaps(&to.claim.evidence));
    let entity = from.seen.publisher.entity.as_ref();
    let is_source = |a: &Attribution| entity.is_some() && a.source.entity.as_ref() == entity;
    clues.laid_to_source = is(at_claim || voices.iter().any(is_source));
    let same_voice = |a: &Attribution| {
        let entity = a.source.entity.as_ref();
        entity.is_some_and(|id| to.seen.entities.contains(id))
    };
    clues.names_voice = is(from.claim.attribution.iter().any(same_voice));
    clues.covered = is(is_covered(from, to));
    clues.beheaded = is(is_beheaded(from, to));
}
