//! Whether an article owes what it tells to a captured page to which neither its references nor its text led, and to which: a linear
//! model weighs how the page is named, how near it is, and whether it tells the same, and of all pages one is chosen, or none.
//!
//! References are rules on words, and newsrooms find other words: a notice is called "an order signed on Monday", a report is retold
//! without a word of where it was read. The clues are few and have names; what each says for or against stands in
//! `data/owing.toml`, learned from the labelled chains by `cargo xtask train --only owing`. Two tables: of documents, and of reports.

use crate::claims::compare::Said;
use crate::claims::retelling;
use crate::claims::sameness::{self, is, name_clues};
use crate::derivations::citing;
use crate::derivations::{Asked, Draft, order, passages};
use crate::memory::near::Shared;
use crate::memory::numbers;
use crate::memory::seen::{Seen, one_publisher};
use crate::memory::window::Window;
use crate::reading::asserted::leads;
use crate::reading::event::{self, Likeness};
use crate::reading::figures::Relation;
use crate::reading::publisher;
use crate::reading::reference::{Reference, Via};
use crate::text::terms::Vector;
use crate::text::units;
use headwater_model::mention::{EntityKind, VoiceKind};
use headwater_model::source::SourceClass;
use headwater_model::time::days_between;
use headwater_model::tracking::{Cited, DerivationKind, Edge, Reason};
use headwater_model::{CaptureId, EntityId, Knowledge};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

name_clues! {
    /// A reference that stands for a report or a document names the page's publisher.
    named,
    /// The article names neither the page's publisher, nor, as far as the knowledge has it, one that it is part of, nor its country.
    stranger,
    /// It has other captured sources.
    other_source,
    /// One of them has the page as its source.
    through,
    /// The page has a captured source itself.
    retells,
    /// The best odds that a claim of the article is one with a claim of the page, as logarithm, in fives, -1..=1.
    claim_odds,
    /// Share of the article's claims that the page plainly tells.
    claims,
    /// Share of the page's claims that the article plainly tells.
    claims_of_page,
    /// Cosine of their words.
    words,
    /// Cosine of what crosses languages in them.
    names,
    /// Names, figures and terms that both have, in tens, 0..=2.
    shared_names,
    /// No other page of its kind is nearer.
    nearest,
    /// They are of two languages.
    other_language,
    /// Days between them, in tens, 0..=1.
    days,
    /// They are of one day.
    same_day,
    /// The leads assert things of different kinds.
    other_event,
    /// Share of the words that lead the article which stand in the page, the rarer the more; of one language.
    lead_words,
    /// Share of the names, terms and figures of what leads it that the page has.
    lead_things,
    /// What leads it is laid to somebody.
    voiced,
    /// How much of what some sentence of the article asserts stands in the page, in words, 0..=1; of one language.
    passage_words,
    /// The same in names, terms and figures.
    passage_things,
    /// Claims of the article that the page plainly tells, in threes, 0..=1.
    told_claims,
    /// The likeliest of them the page has from people without a name, or who spoke to its newsroom.
    scoop,
    /// The likeliest two give two figures of one kind.
    other_figure,
}

/// The two tables.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tables {
    /// Of documents: authorities' pages and filings.
    pub document: Weights,
    /// Of reports.
    pub report: Weights,
}

static LEARNED: LazyLock<Tables> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/owing.toml")).expect("data/owing.toml is right")
});

impl Default for Tables {
    fn default() -> Self {
        *LEARNED
    }
}

impl Tables {
    fn weights(&self, table: Table) -> &Weights {
        match table {
            Table::Document => &self.document,
            Table::Report => &self.report,
        }
    }

    fn odds(&self, candidate: &Candidate) -> f64 {
        self.weights(candidate.table).odds(&candidate.clues)
    }

    /// What the odds can come to, whatever the claims of the two tell.
    fn most(&self, candidate: &Candidate) -> f64 {
        let weights = self.weights(candidate.table);
        let share = |weight: f64| is(weight > 0.0);
        weights.odds(&Clues {
            claim_odds: weights.clues.claim_odds.signum(),
            claims: share(weights.clues.claims),
            claims_of_page: share(weights.clues.claims_of_page),
            passage_words: share(weights.clues.passage_words),
            passage_things: share(weights.clues.passage_things),
            told_claims: share(weights.clues.told_claims),
            scoop: share(weights.clues.scoop),
            other_figure: share(weights.clues.other_figure),
            ..candidate.clues
        })
    }
}

/// Which table tells of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// It is a document.
    Document,
    /// It is a report.
    Report,
}

impl Table {
    fn of(page: &Seen) -> Self {
        match page.class == SourceClass::Official || publisher::is_filing(&page.url) {
            true => Table::Document,
            false => Table::Report,
        }
    }
}

/// An article and a page that it may owe something to, as a trainer asks for them.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The article.
    pub from: CaptureId,
    /// The page.
    pub to: CaptureId,
    /// Which table tells of it.
    pub table: Table,
    /// What ties the two.
    pub clues: Clues,
}

/// Nearness from which a page is looked at.
pub const NEAR: f64 = 0.08;
/// Days between an article and its source.
const DAYS: i32 = 14;
/// Pages of either kind that are looked at, the nearest.
const LOOKED_AT: usize = 8;

/// A page that an article may owe something to.
struct Candidate<'a> {
    page: &'a Seen,
    table: Table,
    told: Told<'a>,
    clues: Clues,
}

/// Adds what the article owes to pages that its references and its text did not lead to. Returns the references that are left without
/// a page.
pub fn edges<'a>(
    asked: &Asked<'a>,
    tables: &Tables,
    unresolved: Vec<&'a Reference>,
    draft: &mut Draft,
) -> Vec<&'a Reference> {
    let mut left = unresolved;
    let mut rest = candidates(asked, &left, draft);
    // Comparing claims is dear, and most articles have nothing left to owe.
    if likeliest(&rest.iter().map(|c| tables.most(c)).collect::<Vec<_>>()).is_none() {
        return left;
    }
    compare_claims(asked, &mut rest);
    while let Some((at, share)) = likeliest(&rest.iter().map(|c| tables.odds(c)).collect::<Vec<_>>()) {
        let candidate = rest.remove(at);
        add(asked, &candidate, share, draft);
        left.retain(|reference| !is_meant(reference, &candidate, asked.knowledge));
        // What it has from there it need not have from elsewhere.
        for other in &mut rest {
            other.clues.other_source = 1.0;
            other.clues.through = other.clues.through.max(is(owes(candidate.page, other.page)));
        }
    }
    left
}

/// The likeliest source and how likely it is, 0..=1, where it is likelier that there is one than that there is none; of each page the
/// logarithm of its odds against none. Which of two that tell the same it was matters less than that there is one.
pub fn likeliest(odds: &[f64]) -> Option<(usize, f64)> {
    let shares = shares(odds);
    let best = shares.iter().copied().enumerate().rev().max_by(|a, b| a.1.total_cmp(&b.1));
    best.filter(|_| shares.iter().sum::<f64>() > 0.5)
}

/// How likely each of some options is, 0..=1, of which one may be chosen, or none; of each the logarithm of its odds against none.
pub fn shares(odds: &[f64]) -> Vec<f64> {
    // None has the odds 1, of which the logarithm is 0; taking the greatest away keeps the powers small.
    let most = odds.iter().copied().fold(0.0, f64::max);
    let powers: Vec<f64> = odds.iter().map(|odds| libm::exp(odds - most)).collect();
    let all = libm::exp(-most) + powers.iter().sum::<f64>();
    powers.into_iter().map(|power| power / all).collect()
}

/// Whether a reference that led nowhere may mean a page whose publisher it does not name: what an outlet is said to be, and the name of
/// an organisation in another language.
fn is_open(reference: &Reference) -> bool {
    matches!(reference.via, Via::Described | Via::Study)
}

/// Whether the study of an organisation that the knowledge lacks may be a page of another such: by its name in another language.
fn may_be_study(reference: &Reference, page: &Seen) -> bool {
    reference.via == Via::Study && page.publisher.entity.is_none()
}

/// Whether a reference that led nowhere means a page that was found by other clues.
fn is_meant(reference: &Reference, found: &Candidate, knowledge: &Knowledge) -> bool {
    let outlet = || reference.entity.as_ref().is_none_or(|id| knowledge.is(id, EntityKind::Outlet));
    reference.names(&found.page.publisher)
        || may_be_study(reference, found.page)
        || (found.table == Table::Document && !outlet())
}

fn add(asked: &Asked, candidate: &Candidate, share: f64, draft: &mut Draft) {
    let (this, Candidate { page, table, told, .. }) = (asked.this, candidate);
    let [document, report] = Edge::SILENT;
    let (rule, what) = match table {
        Table::Document => (document, "document"),
        Table::Report => (report, "report"),
    };
    let text =
        format!("tells what the {what} of {} says, and names neither it nor another page for it", page.day);
    let cited: Vec<Cited> = match &told.best {
        Some((_, own, theirs)) => {
            [*own, *theirs].map(|said| said.seen.cite(said.claim.evidence.clone())).into()
        }
        None => [this, page].into_iter().filter_map(|seen| Some(seen.cite(seen.lead()?))).collect(),
    };
    let reason = Reason { rule: rule.into(), text, cited };
    let score = (share * 1000.0).round() as u16;
    draft.add(page.node(), DerivationKind::Citation, score, order(this, page).known, reason);
}

/// The pages that an article may owe something to beside `draft`, which is what it owes by its references and its text, and what ties
/// it to each beside their claims.
fn candidates<'a>(asked: &Asked<'a>, unresolved: &[&Reference], draft: &Draft) -> Vec<Candidate<'a>> {
    let Asked { this, window, knowledge, .. } = *asked;
    // What people told a newsroom is theirs, and what was copied came with the copy.
    let copied = draft.edges.iter().any(|edge| edge.kind <= DerivationKind::Translation);
    if this.class == SourceClass::Official || is_told_by_people(this) || copied {
        return Vec::new();
    }
    // Who names another report that is not captured has it from there.
    let named = |other: &Seen| unresolved.iter().all(|r| is_open(r) || r.names(&other.publisher));
    // Who tells of one notice and names its authority does not silently tell of another of it.
    let cited = || draft.edges.iter().filter_map(|edge| window.captured(&edge.to));
    let cites_its_like =
        |page: &Seen| cited().any(|other| other.seq != page.seq && numbers::are_two_notices(other, page));
    let near = asked.near().as_near(NEAR).filter_map(|seq| window.get(seq));
    let mut near: Vec<(f64, &Seen)> = near.map(|other| (asked.nearness(other), other)).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.seq.cmp(&b.1.seq)));
    // An authority's document tells of what its own state does.
    let of_other_state = |page: &Seen| {
        Table::of(page) == Table::Document
            && retelling::are_of_other_state(this.claims.iter().filter(|claim| leads(claim)), page, knowledge)
    };
    let mut found = Vec::new();
    for table in [Table::Document, Table::Report] {
        let of_table = near.iter().map(|(_, page)| *page).filter(|page| Table::of(page) == table);
        let possible = of_table.filter(|page| {
            (table == Table::Document || named(page))
                && may_owe(this, page, window)
                && !cites_its_like(page)
                && !numbers::is_of_other_number(this, page)
                && !is_of_other_day(this, page)
                && !of_other_state(page)
        });
        found.extend(possible.take(LOOKED_AT).enumerate().map(|(rank, page)| {
            let clues = Clues { nearest: is(rank == 0), ..clues(asked, page, draft) };
            Candidate { page, table, told: Told::default(), clues }
        }));
    }
    found.retain(|candidate| !draft.has(candidate.page));
    found
}

/// Whether an article that names nobody for it may have it from a page, by when and where either stands. What an authority gives
/// out is its own word.
fn may_owe(this: &Seen, page: &Seen, window: &Window) -> bool {
    let edited_since =
        || page.seq > this.seq && window.earlier_version(page.seq).is_some_and(|v| v < this.seq);
    let comes_first =
        || order(this, page).other_first || (Table::of(page) == Table::Document && page.seq < this.seq);
    this.class != SourceClass::Official
        && page.seq != this.seq
        && page.address != this.address
        && days_between(this.day, page.day) <= DAYS
        && page.superseded.is_none_or(|next| next > this.seq)
        && !owes(page, this)
        && !one_publisher(this, page)
        && comes_first()
        && !citing::before(this, page)
        && !edited_since()
}

/// Adds to what ties an article to pages what their claims have in common, and drops the pages whose claims are of something else.
fn compare_claims<'a>(asked: &Asked<'a>, candidates: &mut Vec<Candidate<'a>>) {
    for candidate in candidates.iter_mut() {
        let told = Told::new(asked, candidate.page);
        candidate.clues.claim_odds = told.best.map_or(-1.0, |(odds, ..)| odds.clamp(-5.0, 5.0) / 5.0);
        candidate.clues.claims = told.of_article;
        candidate.clues.claims_of_page = told.of_page;
        candidate.clues.told_claims = (told.count as f64 / 3.0).min(1.0);
        candidate.clues.passage_words = passages::most_words(asked.this, candidate.page);
        candidate.clues.passage_things = passages::most_things(asked.this, candidate.page);
        if let Some((_, own, theirs)) = told.best {
            let related = sameness::related_figures(own, theirs, asked.knowledge);
            candidate.clues.scoop = is(is_of_people(theirs));
            candidate.clues.other_figure = is(related == Some(Relation::Different));
        }
        candidate.told = told;
    }
    candidates.retain(|Candidate { table, told, .. }| {
        !told.is_of_two_states(asked.knowledge) && (*table == Table::Document || told.is_something())
    });
}

/// Whether an article gives the day of what it has from a page's publisher, and the page is of another.
fn is_of_other_day(this: &Seen, page: &Seen) -> bool {
    let named = this.references.iter().filter(|reference| reference.names(&page.publisher));
    let mut days = named.filter_map(|reference| reference.date).peekable();
    days.peek().is_some() && days.all(|day| days_between(day, page.day) > 1)
}

/// Whether what leads an article is laid to people without a name and to nobody else, or was told to its own newsroom.
fn is_told_by_people(this: &Seen) -> bool {
    let leading = || this.claims.iter().filter(|claim| leads(claim));
    let mut voices = leading().flat_map(|claim| &claim.attribution).peekable();
    let unnamed = voices.peek().is_some() && voices.all(|voice| voice.source.kind == VoiceKind::Anonymous);
    unnamed || leading().any(|claim| this.publisher.is_told(claim.evidence.quote()))
}

/// Whether a claim is laid to people without a name, or who spoke to the newsroom that tells it.
fn is_of_people(said: Said) -> bool {
    let voices = &said.claim.attribution;
    voices.iter().any(|voice| voice.source.kind == VoiceKind::Anonymous)
        || (!voices.is_empty() && said.seen.publisher.is_told(said.claim.evidence.quote()))
}

/// Whether a page is known to owe something to another.
fn owes(page: &Seen, to: &Seen) -> bool {
    let node = to.node();
    page.edges.iter().any(|edge| edge.to == node)
}

fn clues(asked: &Asked, page: &Seen, draft: &Draft) -> Clues {
    let Asked { this, window, knowledge, .. } = *asked;
    let node = page.node();
    let other_sources = draft.edges.iter().filter(|edge| edge.to != node);
    let other_sources: Vec<&Seen> = other_sources.filter_map(|edge| window.captured(&edge.to)).collect();
    let shared = Shared::of(this, page);
    let days = days_between(this.day, page.day);
    let mut leading = this.claims.iter().filter(|claim| leads(claim));
    let named = this.references.iter().any(|r| r.node && r.names(&page.publisher));
    let publisher = page.publisher.entity.as_ref();
    let studied = || this.references.iter().any(|r| may_be_study(r, page));
    let mentions = |id: &EntityId| {
        this.entities.contains(id) || this.entities.iter().any(|other| knowledge.are_related(id, other))
    };
    Clues {
        named: is(named),
        stranger: is(publisher.map_or(!named && !studied(), |id| !mentions(id))),
        other_source: is(!other_sources.is_empty()),
        through: is(other_sources.iter().any(|other| owes(other, page))),
        retells: is(page.edges.iter().any(|edge| window.captured(&edge.to).is_some())),
        words: Vector::cosine_of(shared.words),
        names: Vector::cosine_of(shared.across),
        shared_names: (shared.common as f64 / 10.0).min(2.0),
        other_language: is(this.tongue() != page.tongue()),
        days: f64::from(days.min(10)) / 10.0,
        same_day: is(days == 0),
        other_event: is(event::relate(&this.events, &page.events) == Likeness::Other),
        lead_words: passages::lead_words(this, page),
        lead_things: passages::lead_things(this, page),
        voiced: is(leading.any(|claim| !claim.attribution.is_empty())),
        // What is known only beside others, or of the claims.
        ..Clues::default()
    }
}

/// What a page tells of what an article does.
#[derive(Default)]
struct Told<'a> {
    /// The two claims that are likeliest one, and their odds.
    best: Option<(f64, Said<'a>, Said<'a>)>,
    /// Share of the claims of either that the other plainly tells.
    of_article: f64,
    of_page: f64,
    /// How many of the article's.
    count: usize,
}

impl<'a> Told<'a> {
    /// Whether a claim of the article may be one of the page's: who retells a report tells something of what it does. A document may be
    /// told in words in which no claim is found.
    fn is_something(&self) -> bool {
        /// Logarithm of the odds from which it may be.
        const MAY_BE: f64 = -1.0;
        self.best.is_some_and(|(odds, ..)| odds > MAY_BE)
    }

    /// Whether what the two tell most alike are acts of two states: one sentence pattern serves for many of them.
    fn is_of_two_states(&self, knowledge: &Knowledge) -> bool {
        self.best.is_some_and(|(_, own, theirs)| {
            units::are_strangers(&own.gist(knowledge).acting, &theirs.gist(knowledge).acting)
        })
    }

    fn new(asked: &Asked<'a>, page: &'a Seen) -> Self {
        let [own, theirs]: [Vec<Said>; 2] = [asked.this, page].map(|seen| passages::in_text(seen).collect());
        let mut best: Option<(f64, Said, Said)> = None;
        let (mut of_article, mut of_page) = (vec![false; own.len()], vec![false; theirs.len()]);
        for (i, a) in own.iter().enumerate() {
            for (j, b) in theirs.iter().enumerate() {
                let Some(odds) = sameness::retold(*a, *b, asked.knowledge) else { continue };
                if best.is_none_or(|(known, ..)| odds > known) {
                    best = Some((odds, *a, *b));
                }
                of_article[i] |= odds > 0.0;
                of_page[j] |= odds > 0.0;
            }
        }
        let count = |told: &[bool]| told.iter().filter(|told| **told).count();
        let share = |told: &[bool]| count(told) as f64 / told.len().max(1) as f64;
        Told { best, of_article: share(&of_article), of_page: share(&of_page), count: count(&of_article) }
    }
}

/// What ties an article to each page that it may owe something to, as a trainer asks for it.
pub fn lessons(asked: &Asked, unresolved: &[&Reference], draft: &Draft) -> Vec<Lesson> {
    let lesson = |candidate: Candidate| Lesson {
        from: asked.this.capture.clone(),
        to: candidate.page.capture.clone(),
        table: candidate.table,
        clues: candidate.clues,
    };
    let mut candidates = candidates(asked, unresolved, draft);
    compare_claims(asked, &mut candidates);
    candidates.into_iter().map(lesson).collect()
}
