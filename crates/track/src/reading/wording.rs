//! The words of an article and of its claims as comparisons ask for them: again for every pair, so worked out once.

use crate::reading::asserted::ACTING;
use crate::reading::event;
use crate::reading::figures::figure_mark;
use crate::reading::steps::{Steps, without_chance};
use crate::text::background;
use crate::text::list::List;
use crate::text::pieces::pieces;
use crate::text::terms::{mark, text_hash};
use crate::text::units;
use crate::text::words;
use headwater_model::claim::Role;
use headwater_model::mention::EntityKind;
use headwater_model::{Claim, Knowledge};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What is known of the words so far.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    text: OnceLock<Vec<u64>>,
    folded: OnceLock<String>,
    is_open: OnceLock<bool>,
    speaks_of_denial: OnceLock<bool>,
    has_in_advance: OnceLock<bool>,
    is_embargoed: OnceLock<bool>,
    claims: OnceLock<Vec<OfClaim>>,
    gists: OnceLock<Vec<Gist>>,
}

/// The words of a claim.
#[derive(Debug, Clone)]
pub struct OfClaim {
    /// Its pieces, sorted.
    pub pieces: Vec<u64>,
    /// How rare each of them is in the news at large: the logarithm of so many reports of which one has it.
    pub rarity: Vec<f32>,
    /// The words by which it names what it is about, as events have them.
    pub objects: Vec<u32>,
    /// The things that it names.
    pub things: BTreeSet<&'static str>,
    /// What they say of the step that is reached.
    pub steps: Steps,
    /// Whether they name some of more: "among others", 等.
    pub names_some: bool,
    /// The words that make a thing all of its kind: "all Chinese chips".
    pub whole: Option<String>,
    /// Whether they speak of all of anything.
    pub tells_all: bool,
    /// Whether they speak of some of it.
    pub tells_some: bool,
    /// Whether they hold a negation.
    pub is_negative: bool,
    /// Whether their only negation is an answer of its own at their beginning: "No. …".
    pub answers: bool,
    /// Whether they make the named all there is: 仅针对.
    pub names_only: bool,
    /// How firmly they hold to it.
    pub grip: Grip,
    /// Whether they speak of stopping something.
    pub stops: bool,
    /// Whether they speak of stopping something for a time.
    pub suspends: bool,
    /// Whether they speak of ending something for good.
    pub lifts: bool,
    /// Which sides of contrasts they tell.
    pub sides: Vec<(usize, bool)>,
    clauses: OnceLock<Vec<Clause>>,
}

/// A clause of a claim's words.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Whether it holds a negation.
    pub is_negated: bool,
    /// Its words without those that negate.
    pub words: BTreeSet<u64>,
}

impl Clause {
    fn of(words_of_clause: &str) -> Self {
        let lists = &words::lists().wording;
        // "Not more than" negates nothing but the figure.
        let without =
            |text: String, list: &List| list.iter().fold(text, |text, word| text.replace(word.as_str(), " "));
        let spaced = without(words::spaced(words_of_clause), &lists.bounds);
        let is_negated = words::has_any(&spaced, &lists.negations);
        Clause { is_negated, words: pieces(&without(spaced, &lists.negations)) }
    }
}

/// How firmly words hold somebody to something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Grip {
    /// It needs leave.
    pub leave: bool,
    /// It is out of the question.
    pub ban: bool,
    /// It is a goal.
    pub goal: bool,
    /// It is a duty.
    pub duty: bool,
}

impl Grip {
    fn of(folded: &str) -> Self {
        let lists = words::lists();
        let has = |words: &List| words::has_any(folded, words);
        Grip {
            leave: has(&lists.wording.leave),
            ban: has(&lists.wording.bans),
            goal: has(&lists.wording.voluntary),
            duty: has(&lists.wording.compulsory),
        }
    }
}

impl Wording {
    /// The pieces of the article's text, sorted.
    pub fn text(&self, text: &str) -> &[u64] {
        self.text.get_or_init(|| pieces(text).into_iter().collect())
    }

    /// The article's text as acts are read in it, every character as long as it was: asked for by all who read acts.
    pub fn folded(&self, text: &str) -> &str {
        self.folded.get_or_init(|| units::aligned(text))
    }

    /// Whether the article says that a draft is open for comment.
    pub fn is_open(&self, text: &str) -> bool {
        *self.is_open.get_or_init(|| words::has_any(&units::simplified(text), &words::lists().wording.open))
    }

    /// Whether the article speaks of a denial.
    pub fn speaks_of_denial(&self, text: &str) -> bool {
        let denying = || words::has_any(&units::simplified(text), &words::lists().wording.denying);
        *self.speaks_of_denial.get_or_init(denying)
    }

    /// Whether the article says that it had a document before it came out: a draft is no document yet, and what is decided in the
    /// end may differ.
    pub fn has_in_advance(&self, text: &str) -> bool {
        let lists = &words::lists().sources;
        let tells = |sentence: &str| {
            words::has_any(sentence, &lists.in_advance) && !words::has_any(sentence, &lists.drafts)
        };
        let in_advance = || units::simplified(text).split(['.', '。', '\n']).any(tells);
        *self.has_in_advance.get_or_init(in_advance)
    }

    /// Whether a document says that it was given out before its own day.
    pub fn is_embargoed(&self, text: &str) -> bool {
        /// Bytes at the head of the text.
        const HEAD: usize = 300;
        let head = || units::simplified(&text[..text.floor_char_boundary(HEAD)]);
        *self.is_embargoed.get_or_init(|| words::has_any(&head(), &words::lists().sources.embargo))
    }

    /// The gists of its claims, in their order.
    pub fn gists(&self, claims: &[Claim], knowledge: &Knowledge) -> &[Gist] {
        self.gists.get_or_init(|| claims.iter().map(|claim| Gist::of(claim, knowledge)).collect())
    }

    /// Forgets what is known of its claims: there are more of them now.
    pub fn forget_claims(&mut self) {
        (self.claims, self.gists) = Default::default();
    }

    /// The words of its claims, in their order.
    pub fn claims(&self, claims: &[Claim]) -> &[OfClaim] {
        self.claims.get_or_init(|| claims.iter().map(OfClaim::new).collect())
    }
}

impl OfClaim {
    fn new(claim: &Claim) -> Self {
        let quote = claim.evidence.quote();
        let folded = words::spaced(quote);
        let names_some = words::has_any(&folded, &words::lists().wording.among_others) || ends_open(&folded);
        let is_negative = words::has_any(&folded, &words::lists().wording.negations);
        let pieces: Vec<u64> = pieces(quote).into_iter().collect();
        OfClaim {
            rarity: pieces.iter().map(|piece| background::rarity(*piece)).collect(),
            pieces,
            objects: event::objects(claim),
            things: words::things(&without_excluded(quote)),
            steps: Steps::of(quote),
            names_some,
            whole: words::whole(&folded),
            tells_all: words::has_any(&folded, &words::lists().wording.wholes),
            tells_some: words::has_any(&folded, &words::lists().wording.somes),
            is_negative,
            answers: is_negative
                && without_answer(quote).is_some_and(|rest| {
                    !words::has_any(&words::spaced(rest), &words::lists().wording.negations)
                }),
            names_only: words::has_any(&without_chance(&folded), &words::lists().wording.named_only),
            grip: Grip::of(&folded),
            stops: words::has_any(&folded, &words::lists().wording.stopping),
            suspends: words::has_any(&folded, &words::lists().wording.suspending),
            lifts: words::has_any(&folded, &words::lists().wording.lifting),
            sides: words::sides(&folded),
            clauses: OnceLock::new(),
        }
    }

    /// The clauses of its quote.
    pub fn clauses(&self, quote: &str) -> &[Clause] {
        let marks = [',', '，', ';', '；', '。'];
        self.clauses.get_or_init(|| units::simplified(quote).split(marks).map(Clause::of).collect())
    }
}

/// Words without the clauses that say of what it does not hold: 油轮不在其列.
fn without_excluded(quote: &str) -> String {
    let excludes = |clause: &str| words::has_any(&words::spaced(clause), &words::lists().wording.excluded);
    if !excludes(quote) {
        return quote.to_owned();
    }
    let clauses = quote.split([',', '，', ';', '；']).filter(|clause| !excludes(clause));
    clauses.collect::<Vec<_>>().join(", ")
}

/// Whether an enumeration is left open: 内蒙古、黑龙江等9个省区, not 、平等的.
fn ends_open(folded: &str) -> bool {
    let lists = &words::lists().wording;
    folded.match_indices(lists.open_end).any(|(at, end)| {
        let clause = folded[..at].rsplit(['，', ',', '。', '；']).next().unwrap_or_default();
        let before = clause.chars().next_back();
        let behind = folded[at + end.len()..].chars().next();
        clause.contains('、')
            && !before.is_some_and(|c| lists.open_end_by_chance_behind.contains(c))
            && !behind.is_some_and(|c| lists.open_end_by_chance_before.contains(c))
    })
}

/// The words behind a "no" that is a sentence of its own.
fn without_answer(quote: &str) -> Option<&str> {
    let answer = quote.trim_start_matches(['A', '答', ':', '：', ' ', '"', '“']);
    words::lists().wording.answers.iter().find_map(|no| answer.strip_prefix(no.as_str()))
}

/// What says most of whether two claims are one, as hashes: every pair of claims is asked for it.
#[derive(Debug, Clone)]
pub struct Gist {
    /// Its figure, as marks have it.
    pub figure: Option<u32>,
    /// Everyone and everything that it names, places apart: they are in every report of a country. Each once.
    pub parties: Vec<u64>,
    /// Countries of whom it names, as far as they are known, by hash, sorted.
    pub lands: Vec<u32>,
    /// Those of who acts.
    pub acting: Vec<u32>,
}

impl Gist {
    /// The gist of a claim.
    pub fn of(claim: &Claim, knowledge: &Knowledge) -> Self {
        let named = claim.fillers.iter().filter_map(|f| f.id.as_ref());
        let parties =
            named.filter(|id| !knowledge.is(id, EntityKind::Place)).map(|id| text_hash(id.as_str()));
        let distinct: BTreeSet<u64> = parties.collect();
        let figure = claim.quantity.as_ref().and_then(figure_mark);
        let lands = |is_asked: &dyn Fn(Role) -> bool| -> Vec<u32> {
            let asked = claim.fillers.iter().filter(|f| is_asked(f.role)).filter_map(|f| f.id.as_ref());
            let lands: BTreeSet<u32> =
                asked.filter_map(|id| Some(mark(knowledge.entity(id)?.country.as_deref()?))).collect();
            lands.into_iter().collect()
        };
        Gist {
            figure,
            parties: distinct.into_iter().collect(),
            lands: lands(&|_| true),
            acting: lands(&|role| ACTING.contains(&role)),
        }
    }
}
