//! The map: what an article and its analysis say by themselves, whatever was captured before. It is read on any core, before
//! the fold comes to it.

use crate::acts::effective;
use crate::acts::known::{Asked, Notices};
use crate::acts::numbers;
use crate::lists;
use crate::lists::notices::{self, Notice};
use crate::measures;
use crate::measures::called::{self, Called};
use crate::measures::instruments::{self, Moved};
use crate::measures::proposals;
use crate::memory::copies::Sketch;
use crate::memory::seen::Seen;
use crate::reading;
use crate::reading::event;
use crate::reading::publisher::{self, Names};
use crate::reading::reference::{self, Reader};
use crate::reading::unread::Unread;
use crate::text::glossary::{Concept, Glossary};
use crate::text::terms::{self, Bag};
use crate::text::units;
use headwater_model::capture::page;
use headwater_model::mention::QuantityKind;
use headwater_model::source::SourceClass;
use headwater_model::tracking::{Cited, Designation, MeasureEvent};
use headwater_model::{Analysis, Article, EntityId, Evidence, Knowledge, MeasureId, NoticeKind};
use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is needed to read articles: the knowledge, by what texts call it.
pub struct Reading {
    pub(crate) knowledge: Arc<Knowledge>,
    names: Names,
    glossary: Glossary,
    called: Called,
}

impl Reading {
    /// The knowledge as it is read with.
    pub fn new(knowledge: Arc<Knowledge>) -> Self {
        let (names, glossary) = (Names::new(&knowledge), Glossary::new(&knowledge));
        let called = Called::new(&knowledge);
        Reading { knowledge, names, glossary, called }
    }
}

/// What an article says by itself, read for the fold. A page without words says nothing.
pub struct Page(pub(crate) Option<Box<Readable>>);

/// A page of words.
pub(crate) struct Readable {
    /// What is kept of it. Its number, its vectors and what depends on other captures are the fold's to fill in.
    pub seen: Seen,
    /// Its terms, for its vectors.
    pub bag: Bag,
    /// What it does to measures and lists.
    pub acts: Acts,
}

/// What a document does to measures and lists.
pub(crate) struct Acts {
    /// The key of its own number, and the list that it acts upon.
    pub of_list: Option<(String, EntityId)>,
    /// The key of its own number, and the measure that it is.
    pub measure: Option<(String, MeasureId, Option<String>)>,
    /// Steps of measures.
    pub events: Vec<MeasureEvent>,
    /// Acts upon lists.
    pub designations: Vec<Designation>,
    /// What does not agree in it, in words.
    pub conflicts: Vec<(String, Cited)>,
    /// The numbered notices that the reading asked for: read again, it says another thing only if one of them is known.
    pub asked: BTreeSet<String>,
}

/// Reads an article for the fold. Pure; no document before it plays a part.
pub fn read(article: &Article, analysis: &Analysis, reading: &Reading) -> Page {
    if !article.page_kind.is_readable() || article.text.is_empty() {
        return Page(None);
    }
    let (seen, bag) = seen(article, analysis, reading);
    let acts = acts(&seen, article, analysis, reading, &Notices::default());
    Page(Some(Box::new(Readable { seen, bag, acts })))
}

fn seen(article: &Article, analysis: &Analysis, with: &Reading) -> (Seen, Bag) {
    let own = publisher::of(article, &with.knowledge, &with.names);
    let reader = Reader { article, analysis, own: &own, knowledge: &with.knowledge, names: &with.names };
    let (title, text) = (units::units(article.title.as_str()), units::units(article.text.as_str()));
    let in_text = with.glossary.find(article.text.as_str(), &text);
    let in_title = with.glossary.find(article.title.as_str(), &title);
    let concepts: Vec<Concept> = in_title.iter().chain(&in_text).map(|found| found.concept).collect();
    let bag = terms::bag(article, &title, &text, analysis, &concepts);
    let marks = reading::marks(article, analysis);
    let in_words: Vec<Evidence> = analysis.claims.iter().map(|c| c.evidence.clone()).collect();
    let in_claims: Vec<Vec<Concept>> =
        analysis.claims.iter().map(|c| with.glossary.distinct(c.evidence.quote())).collect();
    let mut claims = reading::claims(analysis);
    for claim in claims.iter_mut().filter(|c| called::is_other_listing(c, article.day(), &with.knowledge)) {
        claim.measure = None;
    }
    let tongue = article.language.split('-').next().unwrap_or_default();
    let notice =
        |kind: NoticeKind| article.notices.iter().find(|n| n.kind == kind).map(|n| n.evidence.clone());
    let mut seen = Seen {
        seq: 0,
        capture: article.capture.clone(),
        url: article.url.clone(),
        address: page(&article.url),
        day: article.day(),
        revised: None,
        moment: reading::moment(article),
        title: article.title.clone(),
        text: article.text.clone(),
        language: article.language.clone(),
        class: publisher::class(article, &with.knowledge, &own),
        references: reader.references(),
        authors: reading::authors(article),
        persons: reading::persons(article, analysis),
        links: reading::links(article),
        terms: bag.counts.iter().map(|(term, _)| *term).collect(),
        vector: Default::default(),
        across: Default::default(),
        outline: reading::outline(&marks, &in_text),
        marks: marks.into_iter().map(|(_, mark)| mark).collect(),
        events: event::of(&analysis.claims, &in_claims, tongue, article.day(), &with.knowledge),
        concepts: in_claims,
        details: reading::details(analysis, &in_words),
        figures: reading::figures(article, analysis, &in_words),
        entities: analysis.entities.iter().filter_map(|e| e.id.clone()).collect(),
        named: reading::named(article, analysis),
        claims,
        unread: Vec::new(),
        applies: Vec::new(),
        correction: notice(NoticeKind::Correction),
        translated: reference::translation_notice(article),
        superseded: None,
        story: None,
        edges: Vec::new(),
        sketch: Sketch::new(&text),
        pairs: Default::default(),
        wording: Default::default(),
        publisher: own,
    };
    seen.applies = effective::stated(&seen, analysis);
    seen.unread = Unread::of((&seen.text, &seen.references, &seen.claims), analysis, &with.glossary);
    (seen, bag)
}

/// Reads what a document does to measures and lists; `known` are the numbered notices before it.
pub(crate) fn acts(
    seen: &Seen,
    article: &Article,
    analysis: &Analysis,
    with: &Reading,
    known: &Notices,
) -> Acts {
    let asked = Asked::of(known);
    let knowledge = &*with.knowledge;
    let title = LazyCell::new(|| with.glossary.distinct(article.title.as_str()));
    let proposed = |at: usize| proposals::propose(seen, at, article, analysis, &title);
    let from_when = effective::of_document(seen, article, analysis);
    let official = seen.class == SourceClass::Official;
    let notice = official.then(|| notices::read(article, seen, analysis, knowledge, &asked));
    let listed = notice.as_ref().and_then(|n| n.designations.first()).map(|d| d.list.clone());
    let of_list = listed.and_then(|list| Some((numbers::own_number(seen, analysis)?, list)));
    let lists = notice.as_ref().is_some_and(|n| !n.designations.is_empty() || n.unread.is_some());
    let Moved { events: moved, number: measure } =
        instruments::read(article, seen, analysis, knowledge, (&asked, &with.called), lists);
    // What is read of an instrument by its name stands for what its sentences claim besides.
    let named_in = |name: &Option<String>, whole: &Option<String>| {
        name.as_ref().zip(whole.as_ref()).is_some_and(|(name, whole)| whole.contains(name.as_str()))
    };
    // The headline of a rule is no second name of it: "Export Regulations: Wafer Reporting Rule".
    let read = |event: &MeasureEvent| {
        moved.iter().any(|m| m.measure == event.measure || named_in(&m.proposed_name, &event.proposed_name))
    };
    let mut events = measures::claimed::events(seen, article, from_when.as_ref(), knowledge, proposed);
    events.retain(|event| !read(event));
    events.extend(moved);
    let Notice { designations: own, unread } =
        notice.unwrap_or(Notice { designations: Vec::new(), unread: None });
    let designations =
        lists::claimed::designations(article, seen, analysis, from_when.as_ref(), own, knowledge);
    let unread =
        unread.filter(|_| designations.is_empty()).map(|sentence| of_unread(sentence, seen, analysis));
    let miscount = lists::claimed::miscount(seen, &analysis.quantities, &designations);
    let miscount = miscount
        .map(|(stated, cited, rows)| (format!("the notice counts {stated} members and lists {rows}"), cited));
    let conflicts = unread.into_iter().chain(miscount).collect();
    Acts { of_list, measure, events, designations, conflicts, asked: asked.keys() }
}

/// A notice that points to members of whom none was read: better said than left out.
fn of_unread(sentence: Evidence, seen: &Seen, analysis: &Analysis) -> (String, Cited) {
    let counts = analysis.quantities.iter().filter(|q| {
        q.kind == QuantityKind::Count
            && q.evidence.part() == sentence.part()
            && sentence.span().contains(q.evidence.span())
    });
    let count = counts.filter_map(|q| q.low.filter(|low| Some(*low) == q.high)).max();
    let text = match count {
        Some(count) => format!("the notice counts {count} members and none was read"),
        None => "the notice points to members and none was read".to_owned(),
    };
    (text, seen.cite(sentence))
}
