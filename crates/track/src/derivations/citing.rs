//! Citations: which captured report, or which uncaptured one, an article's references mean.

use crate::claims::retelling::Laid;
use crate::derivations::{Asked, Covered, Draft, REACH_DAYS, links_to, names, order};
use crate::memory::numbers::{first_of, is_of_other_number, numbers_of};
use crate::memory::seen::{Seen, one_publisher};
use crate::memory::unseen::Register;
use crate::memory::window::Window;
use crate::reading;
use crate::reading::event;
use crate::reading::publisher;
use crate::reading::reference::{self, Reference, Via};
use crate::text::units;
use crate::text::words;
use headwater_model::mention::EntityKind;
use headwater_model::source::SourceClass;
use headwater_model::time::days_between;
use headwater_model::tracking::{Cited, DerivationKind, Reason};
use headwater_model::{EntityId, Evidence, Knowledge, NodeId, Part};
use std::cell::LazyCell;

/// Nearness from which two articles are about one thing, so that a citation means this report.
const RELATED: f64 = 0.10;
/// The same where nothing names the report.
const PLAINLY: f64 = 0.20;
/// The same where the leads do not assert one act either.
const CERTAINLY: f64 = 0.25;
/// Days within which a claim alone says which report is cited.
const RETOLD_DAYS: i32 = 7;
/// Days before its own on which a document under embargo is told.
const EMBARGO_DAYS: i32 = 3;
/// Days after which an authority's spoken words are no longer cited as news.
const SPOKEN_DAYS: i32 = 3;

/// Adds what the article names as its sources; `covered` is what it has from a copied text. Returns the references to what is not
/// captured, as far as can be told.
pub fn edges<'a>(asked: &Asked<'a>, covered: &Covered, draft: &mut Draft) -> Vec<&'a Reference> {
    let mut unresolved = Vec::new();
    let Asked { this, window, knowledge, .. } = *asked;
    let copied = |evidence: &Evidence| {
        evidence.part() == Part::Text && covered.has_all(asked, &this.text.bytes(evidence.span()))
    };
    // "Foreign media, citing X": the report in between is the one that was read, if it is captured and names X, too.
    let between = this.references.iter().filter(|r| r.rests);
    let between = between.filter_map(|r| described_report(asked, &Laid::new(this, r))).next();
    let named_by =
        |other: &Seen, reference: &Reference| other.references.iter().any(|r| r.same_source(reference));
    for reference in &this.references {
        if reference.rests {
            let names = |other: &&Seen| this.references.iter().any(|r| r.node && named_by(other, r));
            if let Some(other) = between.filter(names) {
                cite_captured(this, reference, other, draft);
            }
            continue;
        }
        if reference.node && between.is_some_and(|other| named_by(other, reference)) {
            continue;
        }
        // What an authority answers it does not rest on: "some media report that … Is that so?"
        if reference.via == Via::Described && this.class == SourceClass::Official {
            continue;
        }
        // "The newspaper" is the one that was named, if one was.
        let named = |r: &Reference| r.node || r.via == Via::SourceLine;
        if reference.via == Via::Described && this.references.iter().any(named) {
            continue;
        }
        // What an authority says, in an article that rests on a report, is told by the report.
        if reference.spoken && this.references.iter().any(named) {
            continue;
        }
        let laid = Laid::new(this, reference);
        let found = match reference.is_described() {
            true => described_report(asked, &laid),
            false => resolve(asked, &laid).or_else(|| document_elsewhere(asked, &laid)),
        };
        let found = found.or_else(|| filing(asked, &laid));
        // What was copied with its passage is the other's citation, not this article's.
        let already = found.is_some_and(|other| draft.has(other));
        if !already && (copied(&reference.evidence) || inherited(this, reference, window, draft)) {
            continue;
        }
        match found {
            Some(other) => cite_captured(this, reference, other, draft),
            // Who wrote a captured report is no outlet that is missing.
            None if author_report(asked, &reference.key).is_some() => {}
            None if reference.node && is_looked_for(reference, knowledge) => unresolved.push(reference),
            None => {}
        }
    }
    unresolved
}

/// Whether a source that is not captured is worth a node: a report always; of an authority only what the article
/// begins with, for much is laid to authorities in passing.
fn is_looked_for(reference: &Reference, knowledge: &Knowledge) -> bool {
    /// Characters.
    const LEAD: u32 = 150;
    let kind = reference.entity.as_ref().and_then(|id| knowledge.entity(id)).map(|e| e.kind);
    let leads = reference.evidence.part() == Part::Text && reference.evidence.span().start < LEAD;
    kind.is_none_or(|kind| kind == EntityKind::Outlet) || leads
}

/// Whether a reprinted or translated parent names the same source: it came along with the text.
fn inherited(this: &Seen, reference: &Reference, window: &Window, draft: &Draft) -> bool {
    if reference.via == Via::SourceLine {
        return false;
    }
    let parents = draft.edges.iter().filter(|e| e.kind <= DerivationKind::Translation);
    let mut captures = parents.filter_map(|e| window.captured(&e.to));
    let same = |r: &Reference| r.same_source(reference);
    captures.any(|parent| parent.seq != this.seq && parent.references.iter().any(same))
}

fn cite_captured(this: &Seen, reference: &Reference, other: &Seen, draft: &mut Draft) {
    let dated = reference.date.is_some();
    let score = match (reference.via, dated) {
        (Via::SourceLine, _) => 950,
        (Via::Attribution | Via::Study, true) => 950,
        (Via::Attribution | Via::Study, false) => 850,
        (Via::Name, true) => 800,
        (Via::Name, false) => 650,
        (Via::Described | Via::Document, _) => 600,
    };
    let cited = both(this, &reference.evidence, other);
    let text = format!("names {} as its source; the report of {} is captured", reference.name, other.day);
    let reason = Reason { rule: rule_of(reference).into(), text, cited };
    draft.add(NodeId::Capture(other.capture.clone()), DerivationKind::Citation, score, true, reason);
}

/// The words that name a source, and those with which the source begins.
fn both(this: &Seen, evidence: &Evidence, other: &Seen) -> Vec<Cited> {
    let named = Cited { capture: this.capture.clone(), evidence: evidence.clone() };
    let lead = other.lead().map(|evidence| Cited { capture: other.capture.clone(), evidence });
    std::iter::once(named).chain(lead).collect()
}

/// Adds a report or a document that an article names and that is not captured.
pub fn cite_unseen(asked: &Asked, reference: &Reference, register: &mut Register, draft: &mut Draft) {
    let this = asked.this;
    let near = |seq: u64| asked.window.get(seq).is_some_and(|other| asked.nearness(other) >= RELATED);
    let related = |seq: u64| seq == this.seq || near(seq);
    let id = register.cite(this, reference, related);
    let dated = reference.date.map_or(String::new(), |d| format!(" of {d}"));
    let text = format!("names {}{dated} as its source, which is not captured", reference.name);
    let cited = vec![Cited { capture: this.capture.clone(), evidence: reference.evidence.clone() }];
    let reason = Reason { rule: rule_of(reference).into(), text, cited };
    let score = if reference.via == Via::Name { 600 } else { 800 };
    draft.add(NodeId::Unseen(id), DerivationKind::Citation, score, true, reason);
}

fn rule_of(reference: &Reference) -> &'static str {
    match reference.via {
        Via::SourceLine => "source_line",
        Via::Attribution | Via::Study => "attribution",
        Via::Name => "named_outlet",
        Via::Described => "described_outlet",
        Via::Document => "described_document",
    }
}

/// The captured report of a described outlet, or the document of an authority that is not named: the earliest of the
/// days before that is plainly about the same, for what it says is told as another's.
fn described_report<'a>(asked: &Asked<'a>, laid: &Laid) -> Option<&'a Seen> {
    /// Days between a report and one that does not name it.
    const DAYS: i32 = 4;
    let Asked { this, window, knowledge, .. } = *asked;
    let reference = laid.reference;
    let document = reference.via != Via::Described;
    // What is farther from the article is not the report, and is not looked at.
    let least = match (laid.is_empty(), document) {
        (true, _) => PLAINLY,
        (false, true) => 0.0,
        (false, false) => RELATED,
    };
    let is_spoken = is_spoken(reference);
    let possible = |other: &&Seen| {
        other.seq != this.seq
            && (other.class == SourceClass::Official) == document
            && days_between(this.day, other.day) <= DAYS
            && in_time(this, reference, is_spoken, other)
            && other.publisher != this.publisher
            && other.address != this.address
            && (document || order(this, other).other_first)
            && !before(this, other)
    };
    // Whether it is near enough, and if so, whether it tells what is laid to it.
    let near = |other: &'a Seen| {
        let agrees = LazyCell::new(|| event::agree(&this.events, &other.events));
        let retells = LazyCell::new(|| laid.is_told_by(other, knowledge));
        let nearness = asked.nearness(other);
        let near = if reference.spoken {
            // What is only said is found by what is said: an authority gives out much.
            *retells
        } else {
            nearness >= CERTAINLY && (document || *agrees || *retells)
                || nearness >= PLAINLY && *agrees
                || (document || nearness >= RELATED) && *retells
        };
        near.then(|| (other, *agrees || *retells))
    };
    let meant = |(other, _): &(&Seen, bool)| {
        let denied = || document && laid.is_denied_by(other, knowledge);
        let elsewhere = || document && laid.is_of_other_state(other, knowledge);
        !is_of_other_press(this, reference, other, knowledge)
            && !elsewhere()
            && !is_replaced(asked, laid, other)
            && !denied()
    };
    let latest = asked.near().as_near(least).filter_map(|seq| window.get(seq));
    let found: Vec<(&Seen, bool)> = latest.filter(possible).filter_map(near).filter(meant).collect();
    // Of several documents the one that says what is laid to it; of a report and its retellings the report.
    let among = |node: &NodeId| match node {
        NodeId::Capture(capture) => found.iter().any(|(s, _)| s.capture == *capture),
        NodeId::Unseen(_) => false,
    };
    let retelling = |s: &Seen| s.edges.iter().any(|edge| among(&edge.to));
    // Of two that tell one act the one with the figure that is laid to it.
    let other_figure = |other: &Seen| laid.differs_in_figure(other, knowledge);
    let rank = |(other, told): &&(&Seen, bool)| {
        let (untold, retelling) = (!told, retelling(other));
        let first = if document { (untold, retelling) } else { (retelling, untold) };
        (first, other_figure(other), other.day, other.moment.unwrap_or(i64::MAX), other.seq)
    };
    found.iter().min_by_key(rank).map(|(other, _)| *other)
}

/// Whether an outlet cannot be the press that is described: 日媒 is none of a country known to be another, and foreign
/// media do not write in the article's own language.
fn is_of_other_press(this: &Seen, reference: &Reference, other: &Seen, knowledge: &Knowledge) -> bool {
    if reference.via != Via::Described {
        return false;
    }
    let name = units::simplified(&reference.name);
    let described = words::press_of(&name);
    let country = other.publisher.entity.as_ref().and_then(|id| knowledge.entity(id)?.country.as_deref());
    let elsewhere = described.zip(country).is_some_and(|(described, country)| described != country);
    elsewhere
        || (words::has_any(&name, &words::lists().sources.foreign_press) && other.tongue() == this.tongue())
}

/// The document of an authority on a page that is not its own: a gazette's, a government's common site.
fn document_elsewhere<'a>(asked: &Asked<'a>, laid: &Laid) -> Option<&'a Seen> {
    let kind = laid.reference.entity.as_ref().and_then(|id| asked.knowledge.entity(id)).map(|e| e.kind);
    let issued = laid.reference.node && kind == Some(EntityKind::Agency);
    issued.then(|| described_report(asked, laid)).flatten()
}

/// The filing of a company that an article tells of, "said in a filing to the exchange", of those days: the nearest that is
/// plainly about the same or tells what is laid to it.
fn filing<'a>(asked: &Asked<'a>, laid: &Laid) -> Option<&'a Seen> {
    /// Days after which a filing is no longer told as news.
    const DAYS: i32 = 4;
    let Asked { this, window, knowledge, .. } = *asked;
    if laid.reference.via == Via::Described || !reference::speaks_of_filing(laid.reference.evidence.quote()) {
        return None;
    }
    let filed = |other: &&Seen| {
        publisher::is_filing(&other.url)
            && other.seq != this.seq
            && other.address != this.address
            && days_between(this.day, other.day) <= DAYS
            && !before(this, other)
            && !is_replaced(asked, laid, other)
            && (asked.nearness(other) >= PLAINLY || laid.is_told_by(other, knowledge))
    };
    let near = asked.near().as_near(RELATED).filter_map(|seq| window.get(seq)).filter(filed);
    near.max_by_key(|other| ((asked.nearness(other) * 1000.0) as u32, other.seq))
}

/// Adds reports whose author an article names as its source.
pub fn author_edges(asked: &Asked, draft: &mut Draft) {
    let this = asked.this;
    // "By Gannet Wire": an outlet that is named writes its own page, and who prints it is no source.
    let is_outlet = |key: &String| this.references.iter().any(|r| r.node && r.key == publisher::bare(key));
    for (key, evidence) in this.persons.iter().filter(|(key, _)| !is_outlet(key)) {
        let Some(other) = author_report(asked, key) else { continue };
        let cited = both(this, evidence, other);
        let text = format!("names the author of {} as its source", other.url);
        let reason = Reason { rule: "named_author".into(), text, cited };
        draft.add(NodeId::Capture(other.capture.clone()), DerivationKind::Citation, 800, true, reason);
    }
}

/// What somebody whom an article names wrote about the same thing: the nearest of it.
fn author_report<'a>(asked: &Asked<'a>, author: &str) -> Option<&'a Seen> {
    /// Reports of one author that are looked at, the latest.
    const LOOKED_AT: usize = 50;
    let Asked { this, window, .. } = *asked;
    let written = window.by_author(author, LOOKED_AT).into_iter().filter_map(|n| window.get(n));
    let fits = |other: &&Seen| {
        other.seq != this.seq
            && other.publisher != this.publisher
            && days_between(this.day, other.day) <= REACH_DAYS
            && !before(this, other)
            && asked.nearness(other) >= RELATED
    };
    let rank = |other: &&Seen| {
        ((asked.nearness(other) * 1000.0) as u32, event::agree(&this.events, &other.events), other.seq)
    };
    written.filter(fits).max_by_key(rank)
}

/// The captured report that a reference means.
fn resolve<'a>(asked: &Asked<'a>, laid: &Laid) -> Option<&'a Seen> {
    /// Reports of one publisher that are looked at, the latest first.
    const LOOKED_AT: usize = 200;
    let Asked { this, window, knowledge, .. } = *asked;
    let reference = laid.reference;
    let is_spoken = is_spoken(reference);
    let mut keys = reference.keys();
    keys.extend(houses(reference, knowledge));
    let candidates = window.of_publisher(&keys, LOOKED_AT).into_iter().filter_map(|n| window.get(n));
    let mut best: Option<(u32, &Seen)> = None;
    for other in candidates {
        let same_page = || other.seq == this.seq || other.address == this.address;
        // A version that came later is not the one that was read.
        let edited_since =
            || other.seq > this.seq && window.earlier_version(other.seq).is_some_and(|v| v < this.seq);
        if !in_time(this, reference, is_spoken, other)
            || before(this, other)
            || same_page()
            || edited_since()
            || is_replaced(asked, laid, other)
            || (other.class == SourceClass::Official && is_of_other_number(this, other))
        {
            continue;
        }
        let nearness = asked.nearness(other);
        let linked = links_to(this, other).is_some();
        let dated = reference.date.is_some_and(|date| date == other.day);
        let least = if dated || linked { RELATED / 2.0 } else { RELATED };
        // The very day and the same act are enough where languages share few names; so is the same claim.
        let near = nearness >= least;
        let lately = days_between(this.day, other.day) <= RETOLD_DAYS;
        let retells = lately && laid.is_told_by(other, knowledge);
        let agree = (dated && event::agree(&this.events, &other.events)) || retells;
        let other_kind = this.tongue() == other.tongue()
            && other.class == SourceClass::Official
            && reference.is_of_other_kind(other.title.as_str(), other.text.as_str());
        // An authority gives out much: what it says of one thing is not cited for another. Leads of two languages may
        // be one without its being seen.
        let other_act = (other.class == SourceClass::Official || is_of_states(other, knowledge))
            && !linked
            && !retells
            && reference.date != Some(other.day)
            && !reading::is_round_up(this.title.as_str())
            && nearness < PLAINLY
            && match event::relate(&this.events, &other.events) {
                event::Likeness::Same => false,
                event::Likeness::Open => this.tongue() == other.tongue(),
                event::Likeness::Other => true,
            };
        let denied = other.class == SourceClass::Official && laid.is_denied_by(other, knowledge);
        // What an authority gave out about something else is not what is cited.
        if denied || (!near && !agree) || other_kind || other_act {
            continue;
        }
        let rank = (nearness * 1000.0) as u32
            + if linked { 2000 } else { 0 }
            + if dated { 200 } else { 0 }
            + if agree { 150 } else { 0 };
        if best.is_none_or(|(r, _)| rank > r) {
            best = Some((rank, other));
        }
    }
    best.map(|(_, other)| other)
}

/// Keys of the pages of agencies under the one that a reference names, and of the one that it is under: what a department
/// denies stands on the page of its bureau.
fn houses(reference: &Reference, knowledge: &Knowledge) -> Vec<String> {
    let agency = |id: &EntityId| knowledge.entity(id).filter(|e| e.kind == EntityKind::Agency);
    let Some(named) = reference.entity.as_ref().and_then(agency) else { return Vec::new() };
    let over = named.parent.as_ref().and_then(agency).map(|e| publisher::key_of(&e.id));
    std::iter::once(publisher::key_under(&named.id)).chain(over).collect()
}

/// Whether a page is an organisation's, which gives out much, as authorities do.
fn is_of_states(other: &Seen, knowledge: &Knowledge) -> bool {
    let kind = other.publisher.entity.as_ref().and_then(|id| knowledge.entity(id)).map(|e| e.kind);
    kind == Some(EntityKind::Organisation)
}

/// Whether an address had a later version by the day of the citation, which is then the one that was read, unless only
/// the earlier one says what is laid to it.
fn is_replaced(asked: &Asked, laid: &Laid, other: &Seen) -> bool {
    let Asked { this, window, knowledge, .. } = *asked;
    let next = other.superseded.filter(|next| *next < this.seq).and_then(|next| window.get(next));
    // Who changed a text read its source as it stood on that day.
    let read = this.revised.unwrap_or(this.day);
    let next = next.filter(|next| next.revised.is_none_or(|day| day <= read));
    let tells = |version| laid.is_told_by(version, knowledge);
    next.is_some_and(|next| tells(next) || !tells(other))
}

/// Whether an article says that it had a document before it came out.
fn has_in_advance(seen: &Seen) -> bool {
    seen.wording.has_in_advance(seen.text.as_str())
}

/// Whether this article was certainly published before the other.
pub fn before(this: &Seen, other: &Seen) -> bool {
    let embargoed = || other.wording.is_embargoed(other.text.as_str());
    // A think tank's study is told ahead of its publication as an authority's document is.
    let issues =
        || other.class == SourceClass::Official || (other.publisher.entity.is_none() && names(this, other));
    let early = || embargoed() || (has_in_advance(this) && issues());
    if days_between(this.day, other.day) <= EMBARGO_DAYS && early() {
        return false;
    }
    match (this.moment, other.moment) {
        (Some(a), Some(b)) => a + 60 < b,
        // A day's difference is what time zones make.
        _ => this.day.saturating_add(jiff::Span::new().days(1)) < other.day,
    }
}

/// Whether a reference gives an authority's spoken words.
fn is_spoken(reference: &Reference) -> bool {
    let attributed = reference.via == Via::Attribution
        && !reference.node
        && !reference::speaks_of_document(&units::simplified(reference.evidence.quote()));
    reference.spoken || attributed
}

fn in_time(this: &Seen, reference: &Reference, spoken: bool, other: &Seen) -> bool {
    // An authority's spoken words are told after they were said, by a page of the same day or later.
    if spoken && other.day > this.day && !has_in_advance(this) {
        return false;
    }
    match reference.date {
        Some(date) => {
            days_between(date, other.day) <= 1
                || other.revised.is_some_and(|day| days_between(date, day) <= 1)
        }
        None => days_between(this.day, other.day) <= if spoken { SPOKEN_DAYS } else { REACH_DAYS },
    }
}

/// Adds the documents of authorities that an article names by their numbers: 第77号公告, "Order A/214".
pub fn number_edges(asked: &Asked, covered: &Covered, draft: &mut Draft) {
    let Asked { this, window, .. } = *asked;
    let numbers =
        if this.class == SourceClass::Official { Vec::new() } else { numbers_of(this.text.as_str()) };
    if numbers.is_empty() {
        return;
    }
    let meant = |other: &&Seen| {
        other.seq != this.seq
            && other.class == SourceClass::Official
            && days_between(this.day, other.day) <= RETOLD_DAYS
            && !before(this, other)
            && other.superseded.is_none_or(|next| next > this.seq)
    };
    for other in asked.near().as_near(RELATED).filter_map(|seq| window.get(seq)).filter(meant) {
        let Some((_, at)) = first_of(&numbers, &numbers_of(other.title.as_str())) else { continue };
        if draft.has(other) || covered.has_all(asked, at) {
            continue;
        }
        let Some(evidence) = this.cut(at.clone()) else { continue };
        let cited = both(this, &evidence, other);
        let reason =
            Reason { rule: "number".into(), text: format!("names {} by its number", other.url), cited };
        draft.add(NodeId::Capture(other.capture.clone()), DerivationKind::Citation, 800, true, reason);
    }
}

/// Adds links in the text to captured pages about the same thing.
pub fn link_edges(asked: &Asked, draft: &mut Draft) {
    let Asked { this, window, .. } = *asked;
    for (address, evidence) in &this.links {
        let Some(evidence) = evidence.as_ref().filter(|e| e.part() == Part::Text) else { continue };
        let Some(other) = window.at_address(address).filter(|o| o.seq != this.seq) else { continue };
        // A notice leads on to its annex and owes it nothing.
        let own = one_publisher(this, other) || other.address == this.address;
        if own || before(this, other) || asked.nearness(other) < RELATED {
            continue;
        }
        let cited = vec![Cited { capture: this.capture.clone(), evidence: evidence.clone() }];
        let text = format!("links to {}", other.url);
        let reason = Reason { rule: "link".into(), text, cited };
        draft.add(NodeId::Capture(other.capture.clone()), DerivationKind::Citation, 750, true, reason);
    }
}
