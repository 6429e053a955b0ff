//! Whether claims of two captures assert the same: a linear model weighs what they have in common and what sets them apart.
//!
//! The clues are few and have names; what each says for or against stands in `data/sameness.toml`, learned from the labelled
//! chains by `cargo xtask train --only sameness`. Two tables: of captures of which one derives from the other, and of others.

use crate::claims::apart::{are_rivals, by_act, by_party, by_thing, is_history, over, shared_parties};
use crate::claims::compare::{self, Said};
use crate::claims::modality::stage;
use crate::claims::retelling;
use crate::memory::near::Shared;
use crate::memory::numbers;
use crate::memory::seen::Seen;
use crate::memory::window::Window;
use crate::reading::asserted::{self, kin};
use crate::reading::event::{self, Likeness};
use crate::reading::figures::{self, Relation};
use crate::text::terms::Vector;
use crate::text::units;
use headwater_model::claim::Role;
use headwater_model::mention::VoiceKind;
use headwater_model::source::SourceClass;
use headwater_model::time::days_between;
use headwater_model::{CaptureId, Claim, Evidence, Knowledge, NodeId, Part};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What ties the captures of two claims together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// One derives from the other, or both from one report that is not captured.
    Derived,
    /// Neither does.
    Unconnected,
}

/// The odds of what is two for sure.
const TWO: f64 = -8.0;

/// Days within which claims of unconnected captures may be one.
pub const DAYS: i32 = 12;

/// Names the clues of a model: the struct that holds them, and the table of what each of them weighs.
macro_rules! clues {
    ($($(#[$meaning:meta])* $name:ident,)*) => {
        /// What is weighed; a clue that is not a share, a distance or a number is 1 where it holds. The same names hold what each
        /// of them weighs.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Clues {
            $($(#[$meaning])* pub $name: f64,)*
        }

        impl Clues {
            /// The clues in order.
            pub fn values(&self) -> Vec<f64> {
                vec![$(self.$name),*]
            }
        }

        /// What the clues weigh, and what is said without any.
        #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
        pub struct Weights {
            /// Logarithm of the odds where no clue holds.
            pub bias: f64,
            /// What each clue adds to them.
            pub clues: Clues,
        }

        impl Weights {
            /// Weights in the order of the clues; `None` if there are more or fewer.
            pub fn of(bias: f64, weights: &[f64]) -> Option<Self> {
                let [$($name),*] = *weights else { return None };
                Some(Weights { bias, clues: Clues { $($name),* } })
            }
            /// Logarithm of the odds.
            pub fn odds(&self, clues: &Clues) -> f64 {
                self.bias + (0.0 $(+ clues.$name * self.clues.$name)*)
            }
        }
    };
}

pub(crate) use clues as name_clues;

clues! {
    /// They are of one frame.
    same_frame,
    /// Two tellings of one act may be cast in their frames.
    kin_frames,
    /// Share of the words of the one that says less, the rarer the more.
    words_of_shorter,
    /// The same of the one that says more.
    words_of_longer,
    /// How much the shared words say by their rarity, 0..=2.
    shared_words,
    /// The rarest of the shared words, 0..=1.
    rarest_word,
    /// They are of two languages: then no words are shared.
    other_language,
    /// Share of the glossary's terms of the one that has fewer.
    terms,
    /// Terms that both have, in fives, 0..=1.
    shared_terms,
    /// Share of the parties of the one that names fewer; places count less.
    parties,
    /// They name two parties or more in common.
    two_parties,
    /// Whom they name is of other countries.
    other_lands,
    /// Who acts is of other countries.
    other_state,
    /// They give one figure.
    same_figure,
    /// They give one figure in two renderings: converted, rounded.
    rendered_figure,
    /// They give two figures of one kind.
    other_figure,
    /// How near to one another these are: the smaller as part of the larger.
    near_figures,
    /// They give figures of two kinds.
    incomparable_figure,
    /// One alone gives a figure.
    one_figure,
    /// They are of one frame and give one telling figure.
    frame_and_figure,
    /// Their words hold one figure or day in common.
    detail,
    /// They hold two or more.
    details,
    /// They give one time.
    same_time,
    /// They give two times.
    other_time,
    /// Both lead their article.
    both_lead,
    /// They are of one frame as well.
    frame_of_leads,
    /// One of them does.
    one_leads,
    /// How far apart they stand in their articles, 0..=1.
    position,
    /// Days between the articles, in tens, 0..=1.
    days,
    /// The articles tell one story.
    one_story,
    /// Nearness of the articles by their words, 0..=1.
    article_words,
    /// Nearness of the articles by what crosses languages, 0..=1.
    article_names,
    /// Share of the words of the shorter claim times the nearness of the articles.
    words_of_near,
    /// Nearness of the articles, where both claims lead.
    leads_of_near,
    /// They are of one measure.
    same_measure,
    /// They are of one list.
    same_list,
    /// Only one tells an end, or they tell two kinds of it.
    other_end,
    /// Rungs between their stages, in threes, 0..=1.
    stages,
    /// They are of one modality.
    same_modality,
    /// One alone is told as history.
    history,
    /// Claims of the two that a model heard and no rule read, in twos.
    heard,
    /// They are different acts upon one thing.
    other_act,
    /// The one party that makes such a claim what it is differs.
    other_party,
    /// They say what they are about, and nothing of it is the same.
    other_thing,
    /// Each names somebody whom the other's article does not know.
    strangers,
    /// The leads of the articles assert one thing.
    same_event,
    /// The leads of the articles assert things of different kinds.
    other_event,
    /// They set two figures among the same words.
    rivals,
    /// Both stand on an authority's page.
    both_official,
    /// Claims of the two that are laid to an outlet, in twos.
    laid_to_outlet,
}

/// The two tables.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tables {
    /// Of captures of which one derives from the other.
    pub derived: Weights,
    /// Of others.
    pub unconnected: Weights,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/sameness.toml")).expect("data/sameness.toml is right")
});

/// A clue that holds or does not.
pub fn is(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// Odds, given as their logarithm, as share, 0..=1.
pub fn share(odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-odds))
}

/// Logarithm of the odds that two claims of different captures assert the same; `None` where nothing they say ties them. Headlines
/// of unconnected captures are too short to tell: they join what their own text tells.
pub fn odds(a: Said, b: Said, tie: Tie, knowledge: &Knowledge) -> Option<f64> {
    let titles = [a, b].iter().any(|said| said.claim.evidence.part() == Part::Title);
    if tie == Tie::Unconnected && titles {
        return None;
    }
    let weights = match tie {
        Tie::Derived => &TABLES.derived,
        Tie::Unconnected => &TABLES.unconnected,
    };
    let clues = clues(a, b, tie, knowledge)?;
    if tie == Tie::Unconnected && are_two(a, b, &clues, knowledge) {
        return Some(TWO);
    }
    Some(weights.odds(&clues))
}

/// Logarithm of the odds that a claim tells what the other does, were the one's article known to derive from the other's; whatever
/// stories they are in, for what an article owes is asked before it joins one.
pub fn retold(a: Said, b: Said, knowledge: &Knowledge) -> Option<f64> {
    let clues = clues(a, b, Tie::Derived, knowledge)?;
    // What is about another thing, or about somebody whom the other does not know, retells nothing.
    if clues.other_thing + clues.strangers > 0.0 {
        return Some(TWO);
    }
    Some(TABLES.derived.odds(&Clues { one_story: 0.0, ..clues }))
}

/// Whether claims of unconnected captures are two whatever else they share: each is about another thing or about somebody whom the
/// other's article does not know, or one authority does it on another day to another number.
fn are_two(a: Said, b: Said, clues: &Clues, knowledge: &Knowledge) -> bool {
    let others = clues.other_thing + clues.strangers > 0.0;
    let one_sum = || clues.one_story > 0.0 && compare::same_sum(a, b, knowledge);
    let one_authority =
        a.seen.publisher.entity.is_some() && a.seen.publisher.entity == b.seen.publisher.entity;
    let other_number = clues.both_official * clues.other_figure > 0.0 && a.seen.day != b.seen.day;
    (others && !one_sum()) || (one_authority && other_number) || numbers::are_two_notices(a.seen, b.seen)
}

/// What two claims have in common; `None` where nothing they say ties them.
pub fn clues(a: Said, b: Said, tie: Tie, knowledge: &Knowledge) -> Option<Clues> {
    /// Of how rare a word the shared words are summed up, and what they can come to.
    const MUCH: f64 = 30.0;
    const MOST: f64 = 2.0;
    const RAREST: f64 = 8.0;
    let (x, y) = (a.claim, b.claim);
    let one_story = in_one_story(a, b);
    let (frames, kindred) = (x.frame == y.frame, kin(x.frame, y.frame));
    let derived = tie == Tie::Derived;
    let days = days_between(a.seen.day, b.seen.day);
    // What is cheap to ask comes first: most pairs end here.
    if !derived && (days > DAYS || !(frames || kindred || one_story)) {
        return None;
    }
    let words = shared_words(a, b);
    let (shared, parties) = shared_parties(a, b, knowledge);
    let details = units::shared(a.details(), b.details());
    let concepts = units::shared(a.concepts(), b.concepts());
    if shared == 0 && words.count < 2 && details == 0 && concepts < 2 {
        return None;
    }
    let figures = x.quantity.as_ref().zip(y.quantity.as_ref());
    let related = related_figures(a, b, knowledge);
    let other_figure = figures.filter(|_| related == Some(Relation::Different));
    let articles = Shared::of(a.seen, b.seen);
    let nearness = articles.nearness(|| a.seen.tongue() == b.seen.tongue());
    let time = x.time.as_ref().zip(y.time.as_ref()).map(|(p, q)| compare::same_time(&p.value, &q.value));
    let events = event::relate(&a.seen.events, &b.seen.events);
    let stages = stage(x.modality).zip(stage(y.modality)).map_or(0, |(p, q)| p.abs_diff(q));
    let (lead_a, lead_b) = (asserted::leads(x), asserted::leads(y));
    let telling = figures.is_some_and(|(p, q)| figures::is_telling(p) && figures::is_telling(q));
    let figure = telling && matches!(related, Some(Relation::Same | Relation::Rendered(_)));
    let each =
        |holds: &dyn Fn(&Claim) -> bool| [x, y].into_iter().filter(|claim| holds(claim)).count() as f64 / 2.0;
    let laid = |claim: &Claim| claim.attribution.iter().any(|voice| voice.source.kind == VoiceKind::Outlet);
    Some(Clues {
        same_frame: is(frames),
        kin_frames: is(kindred),
        words_of_shorter: words.of_shorter,
        words_of_longer: words.of_longer,
        shared_words: (words.sum / MUCH).min(MOST),
        rarest_word: words.rarest / RAREST,
        other_language: is(a.seen.tongue() != b.seen.tongue()),
        terms: part(concepts, a.concepts().len().min(b.concepts().len())),
        shared_terms: part(concepts.min(5), 5),
        parties,
        two_parties: is(shared > 1),
        other_lands: is(units::are_strangers(&a.gist(knowledge).lands, &b.gist(knowledge).lands)),
        other_state: is(units::are_strangers(&a.gist(knowledge).acting, &b.gist(knowledge).acting)),
        same_figure: is(related == Some(Relation::Same)),
        rendered_figure: is(matches!(related, Some(Relation::Rendered(_)))),
        other_figure: is(other_figure.is_some()),
        near_figures: other_figure
            .map_or(0.0, |(p, q)| figures::ratio(p, a.seen.day, q, b.seen.day, knowledge)),
        incomparable_figure: is(related == Some(Relation::Incomparable)),
        one_figure: is(x.quantity.is_some() != y.quantity.is_some()),
        frame_and_figure: is(frames && figure),
        detail: is(details > 0),
        details: is(details > 1),
        same_time: is(time == Some(true)),
        other_time: is(time == Some(false)),
        both_lead: is(lead_a && lead_b),
        frame_of_leads: is(frames && lead_a && lead_b),
        one_leads: is(lead_a != lead_b),
        position: (a.position() - b.position()).abs(),
        days: f64::from(days.min(10)) / 10.0,
        one_story: is(one_story),
        article_words: Vector::cosine_of(articles.words),
        article_names: Vector::cosine_of(articles.across),
        words_of_near: words.of_shorter * nearness,
        leads_of_near: is(lead_a && lead_b) * nearness,
        same_measure: is(x.measure.is_some() && x.measure == y.measure),
        same_list: is(asserted::share(x, Role::List, y, Role::List)),
        other_end: is(over(x) != over(y)),
        stages: f64::from(stages.min(3)) / 3.0,
        same_modality: is(x.modality == y.modality),
        history: is(is_history(a) != is_history(b)),
        heard: each(&|claim| claim.is_learned()),
        other_act: is(by_act(a, b)),
        other_party: is(by_party(x, y)),
        other_thing: is(by_thing(a, b)),
        strangers: is(retelling::name_others((a.seen, x), (b.seen, y), knowledge)),
        same_event: is(events == Likeness::Same),
        other_event: is(events == Likeness::Other),
        rivals: is(are_rivals(a, b)),
        both_official: is([a, b].iter().all(|said| said.seen.class == SourceClass::Official)),
        laid_to_outlet: each(&laid),
    })
}

/// How the figures of two claims are related, if both give one.
pub fn related_figures(a: Said, b: Said, knowledge: &Knowledge) -> Option<Relation> {
    let (p, q) = (a.claim.quantity.as_ref()?, b.claim.quantity.as_ref()?);
    Some(figures::relate(p, a.seen.day, q, b.seen.day, knowledge))
}

/// Whether two articles tell one story.
pub fn in_one_story(a: Said, b: Said) -> bool {
    a.seen.story.is_some() && a.seen.story == b.seen.story
}

fn part(some: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { some as f64 / all as f64 }
}

/// The words that two claims of one language share.
#[derive(Default)]
struct SharedWords {
    count: usize,
    /// Sum of their rarity, and its share of that of all words of either claim.
    sum: f64,
    of_shorter: f64,
    of_longer: f64,
    rarest: f64,
}

fn shared_words(a: Said, b: Said) -> SharedWords {
    let (Some(p), Some(q)) = (a.wording(), b.wording()) else { return SharedWords::default() };
    if a.seen.tongue() != b.seen.tongue() {
        return SharedWords::default();
    }
    let mut found = SharedWords::default();
    for (at, piece) in p.pieces.iter().enumerate() {
        if q.pieces.binary_search(piece).is_ok() {
            found.count += 1;
            found.sum += f64::from(p.rarity[at]);
            found.rarest = found.rarest.max(f64::from(p.rarity[at]));
        }
    }
    let all = |rarity: &[f32]| rarity.iter().copied().map(f64::from).sum::<f64>();
    let (of_a, of_b) = (all(&p.rarity), all(&q.rarity));
    let share = |of: f64| if of > 0.0 { found.sum / of } else { 0.0 };
    (found.of_shorter, found.of_longer) = (share(of_a.min(of_b)), share(of_a.max(of_b)));
    found
}

/// Captures that derive from this one or that it derives from; the earlier version of its address, too.
pub fn derived(seen: &Seen, window: &Window) -> BTreeSet<u64> {
    let mut found = window.derived_from(&seen.capture);
    for edge in &seen.edges {
        match &edge.to {
            node @ NodeId::Capture(_) => found.extend(window.captured(node).map(|s| s.seq)),
            // Two retellings of one uncaptured report are as near as two of a captured one.
            NodeId::Unseen(_) => found.extend(window.sharing_unseen(&edge.to, 24)),
        }
    }
    found.extend(window.earlier_version(seen.seq));
    found.remove(&seen.seq);
    found
}

/// Two claims of the window, as a trainer asks for them.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Either claim: its capture, and the place of its words.
    pub claims: [(CaptureId, Evidence); 2],
    /// What ties the captures.
    pub tie: Tie,
    /// What the claims have in common.
    pub clues: Clues,
}

impl Pair {
    /// A pair, if something ties the two and both stand in the text: a headline is labelled nowhere.
    pub fn of(a: Said, b: Said, tie: Tie, knowledge: &Knowledge) -> Option<Self> {
        let cited = |said: Said| {
            let evidence = Some(said.claim.evidence.clone()).filter(|words| words.part() == Part::Text)?;
            Some((said.seen.capture.clone(), evidence))
        };
        let claims = [cited(a)?, cited(b)?];
        Some(Pair { claims, tie, clues: clues(a, b, tie, knowledge)? })
    }
}

/// Every pair of claims of the window that something ties.
pub fn pairs(window: &Window, knowledge: &Knowledge) -> Vec<Pair> {
    let mut found = Vec::new();
    for seen in window.iter() {
        let derived = derived(seen, window);
        for before in window.iter().take_while(|before| before.seq < seen.seq) {
            let tie = if derived.contains(&before.seq) { Tie::Derived } else { Tie::Unconnected };
            let claims = Said::all(before).flat_map(|a| Said::all(seen).map(move |b| (a, b)));
            found.extend(claims.filter_map(|(a, b)| Pair::of(a, b, tie, knowledge)));
        }
    }
    found
}
