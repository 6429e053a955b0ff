//! The ledger through its public surface.

use headwater_ledger::{CaptureRecord, Citation, Ledger};
use headwater_model::capture::Position;
use headwater_model::claim::{Frame, ListChange};
use headwater_model::id::NodeId;
use headwater_model::note::{Decision, Note};
use headwater_model::source::SourceClass;
use headwater_model::time::{DateBasis, PageDate, Precision};
use headwater_model::tracking::*;
use headwater_model::{Analysis, Article, CaptureId, Change, Changes, MeasureId, Part, Text};
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 6, 9);

fn new(folder: &tempfile::TempDir) -> Ledger {
    Ledger::create(&folder.path().join("ledger.sqlite")).unwrap()
}

fn store(ledger: &mut Ledger, changes: Vec<Change>) {
    ledger.begin().unwrap();
    ledger.changes(Changes { capture: "c1".into(), changes }, DAY).unwrap();
    ledger.commit().unwrap();
}

fn article() -> Article {
    let captured = "2026-06-09T08:00:00Z".parse().unwrap();
    let text = "The ministry opened a consultation on gallium.".into();
    Article { text, ..Article::new("c1".into(), "http://a.example/1", captured) }
}

/// A quote from another text than the one that it names.
fn wrong() -> Cited {
    let other = Text::new("A consultation that nobody opened.");
    Cited { capture: "c1".into(), evidence: other.cut(0..14, Part::Text).unwrap() }
}

fn reasons() -> Vec<Reason> {
    vec![Reason { rule: "r".into(), text: "it says so".into(), cited: vec![wrong()] }]
}

fn group() -> ClaimGroup {
    ClaimGroup {
        id: "g".into(),
        frame: Frame::ALL[0],
        measure: None,
        story: None,
        mentions: Vec::new(),
        headwaters: Vec::new(),
        independent_sources: 1,
        drift: Vec::new(),
        conflicts: Vec::new(),
        renderings: Vec::new(),
        state: GroupState::Stands,
        reasons: Vec::new(),
    }
}

fn drift() -> Vec<Drift> {
    let right = Cited { evidence: article().text.cut(0..12, Part::Text).unwrap(), ..wrong() };
    vec![Drift {
        dimension: Dimension::Scope,
        from_value: String::new(),
        to_value: String::new(),
        from: right,
        to: wrong(),
        note: String::new(),
    }]
}

fn story() -> Story {
    Story {
        id: "s".into(),
        title: "Gallium".into(),
        lead: None,
        articles: Vec::new(),
        first: DAY,
        latest: DAY,
        measures: Vec::new(),
        entities: Vec::new(),
        reasons: Vec::new(),
    }
}

fn event(measure: &str, name: &str) -> MeasureEvent {
    MeasureEvent {
        measure: measure.into(),
        proposed_name: Some(name.into()),
        step: MeasureStep::ConsultationOpened,
        date: None,
        reported: DAY,
        class: SourceClass::Official,
        cited: wrong(),
        rule: "r".into(),
    }
}

/// Every record that shows a quote, each with one that does not stand where it is said to stand.
fn records() -> Vec<(&'static str, Change)> {
    let node = NodeId::Unseen("u".into());
    let (kind, score) = (DerivationKind::Citation, 900);
    let edge = Edge { from: "c1".into(), to: node, kind, score, directed: true, reasons: reasons() };
    let unseen = Unseen {
        id: "u".into(),
        outlet: None,
        name: "A daily".into(),
        date: None,
        cited: vec![wrong()],
        resolved: None,
    };
    let conflict =
        Conflict { dimension: Dimension::Scope, values: vec![("all".into(), wrong())], note: String::new() };
    let designation = Designation {
        list: "entity-list".into(),
        member: None,
        name: "A firm".into(),
        also: Vec::new(),
        change: ListChange::ALL[0],
        effective: None,
        until: None,
        instead_of: None,
        dated: None,
        published: DAY,
        class: SourceClass::Official,
        cited: wrong(),
        act: None,
        rule: Basis::Claim.into(),
    };
    let version = Version {
        url: "http://a.example/1".into(),
        before: "c0".into(),
        after: "c1".into(),
        difference: Vec::new(),
        claims: vec![(None, Some(wrong()))],
    };
    let news = News {
        kind: NewsKind::Edit,
        subject: Subject::Article("c1".into()),
        day: DAY,
        text: "edited".into(),
        cited: vec![wrong()],
    };
    vec![
        ("edge", Change::Edge(edge)),
        ("unseen report", Change::Unseen(unseen)),
        ("reasons of a group", Change::Group(ClaimGroup { reasons: reasons(), ..group() })),
        ("drift", Change::Group(ClaimGroup { drift: drift(), ..group() })),
        ("rendering", Change::Group(ClaimGroup { renderings: drift(), ..group() })),
        ("conflict", Change::Group(ClaimGroup { conflicts: vec![conflict], ..group() })),
        ("lead", Change::Story(Story { lead: Some(wrong()), ..story() })),
        ("reasons of a story", Change::Story(Story { reasons: reasons(), ..story() })),
        ("event", Change::MeasureEvent(event("m", "A measure"))),
        ("designation", Change::Designation(designation)),
        ("version", Change::Version(version)),
        ("news", Change::News(news)),
    ]
}

#[test]
fn a_quote_that_does_not_stand_is_found_wherever_it_is_shown() {
    for (what, change) in records() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = new(&folder);
        ledger.article(&article(), &Analysis::empty("c1".into())).unwrap();
        assert_eq!(ledger.check_quotes().unwrap(), (0, vec![]));
        store(&mut ledger, vec![change]);
        let (count, faults) = ledger.check_quotes().unwrap();
        assert!(count > 0, "{what}: not looked at");
        assert_eq!(faults, ["http://a.example/1: \"A consultation\" does not stand at 0..14"], "{what}");
    }
}

fn decide(ledger: &Ledger, made: &str, confirmed: bool, name: Option<&str>) {
    let measure: MeasureId = "proposed-gallium".into();
    let decision = Decision::ConfirmMeasure { measure, confirmed, name: name.map(str::to_owned) };
    let made = made.parse().unwrap();
    let note = Note { made, author: "editor".into(), reason: String::new(), decision };
    ledger.note(&note).unwrap();
}

fn names(ledger: &Ledger) -> Vec<(String, bool)> {
    let measures = ledger.measures_as_decided().unwrap();
    measures.into_iter().map(|m| (m.name.unwrap(), m.confirmed)).collect()
}

#[test]
fn the_decision_that_was_archived_last_counts_whatever_the_clock_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = new(&folder);
    ledger.article(&article(), &Analysis::empty("c1".into())).unwrap();
    store(&mut ledger, vec![Change::MeasureEvent(event("proposed-gallium", "Licences for gallium"))]);
    assert_eq!(names(&ledger), [("Licences for gallium".to_owned(), false)]);
    decide(&ledger, "2026-06-10T09:00:00Z", false, None);
    assert_eq!(names(&ledger), []);
    // The clock was set back in between.
    decide(&ledger, "2026-06-10T08:00:00Z", true, Some("The gallium rule"));
    assert_eq!(names(&ledger), [("The gallium rule".to_owned(), true)]);
    decide(&ledger, "2026-06-10T07:00:00Z", true, None);
    assert_eq!(names(&ledger), [("Licences for gallium".to_owned(), true)]);
    let made: Vec<String> = ledger.notes().unwrap().iter().map(|n| n.made.to_string()).collect();
    assert_eq!(made, ["2026-06-10T09:00:00Z", "2026-06-10T08:00:00Z", "2026-06-10T07:00:00Z"]);
}

#[test]
fn a_page_whose_word_does_not_count_moves_no_measure() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = new(&folder);
    ledger.article(&article(), &Analysis::empty("c1".into())).unwrap();
    store(&mut ledger, vec![Change::MeasureEvent(event("proposed-gallium", "Licences for gallium"))]);
    let decide = |of: &str, counts| {
        let made = "2026-06-10T09:00:00Z".parse().unwrap();
        let decision = Decision::CountPage { of: of.into(), captures: vec!["c1".into()], counts };
        ledger.note(&Note { made, author: "editor".into(), reason: String::new(), decision }).unwrap();
    };
    decide("proposed-germanium", false);
    assert_eq!(names(&ledger).len(), 1);
    decide("proposed-gallium", false);
    assert_eq!(ledger.measure_events(&"proposed-gallium".into()).unwrap(), []);
    assert_eq!(names(&ledger), []);
    decide("proposed-gallium", true);
    assert_eq!(names(&ledger).len(), 1);
}

#[test]
fn a_note_that_is_folded_in_twice_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = new(&folder);
    for _ in 0..2 {
        decide(&ledger, "2026-06-10T09:00:00Z", false, None);
    }
    assert_eq!(ledger.notes().unwrap().len(), 1);
}

#[test]
fn a_citation_says_what_the_article_says() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = new(&folder);
    for (n, (published, day)) in
        [(Some("2026-06-08T23:00:00+08:00"), date(2026, 6, 8)), (Some("2026-06"), DAY), (None, DAY)]
            .into_iter()
            .enumerate()
    {
        let (id, url) = (CaptureId::new(format!("c{n}")), format!("http://a.example/{n}"));
        let basis = DateBasis::ALL[0];
        let published =
            published.map(|value| PageDate { value: value.into(), precision: Precision::Day, basis });
        let site_name = published.as_ref().map(|_| "A daily".to_owned());
        let article = Article {
            published,
            site_name: site_name.clone(),
            ..Article::new(id.clone(), url.as_str(), article().captured)
        };
        let (captured, position) = (article.captured, Position::default());
        let media_type = "text/html".to_owned();
        let record = CaptureRecord {
            id: id.clone(),
            url: url.clone(),
            captured,
            status: 200,
            media_type,
            position,
            source: None,
            requested_url: None,
        };
        ledger.capture(&record).unwrap();
        ledger.article(&article, &Analysis::empty(id.clone())).unwrap();
        assert_eq!(article.day(), day);
        assert_eq!(ledger.citation(&id).unwrap(), Some(Citation { url, site_name, day }));
    }
    assert_eq!(ledger.citation(&"none".into()).unwrap(), None);
}

#[test]
fn an_article_is_found_by_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = new(&folder);
    ledger.article(&article(), &Analysis::empty("c1".into())).unwrap();
    let found = [0, 1, 2].map(|seq| ledger.article_numbered(seq).unwrap());
    assert_eq!(found, [None, Some(CaptureId::new("c1")), None]);
    assert_eq!((ledger.count_after(0).unwrap(), ledger.count_after(1).unwrap()), (1, 0));
}

#[test]
fn a_page_is_found_by_every_address_of_it_and_by_what_led_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = new(&folder);
    let record = CaptureRecord {
        id: "c1".into(),
        url: "http://a.example/new/?utm_source=feed".into(),
        captured: article().captured,
        status: 200,
        media_type: "text/html".into(),
        position: Position::default(),
        source: None,
        requested_url: Some("http://a.example/moved".into()),
    };
    ledger.capture(&record).unwrap();
    let at = |address: &str| ledger.captures_at(address).unwrap().len();
    for address in
        ["https://www.a.example/new", "http://a.example/new/#top", "https://a.example/moved/", &record.url]
    {
        assert_eq!(at(address), 1, "{address}");
    }
    assert_eq!((at("http://a.example/new?id=1"), at("http://b.example/new")), (0, 0));
    assert_eq!(
        ledger.captures_of("http://a.example/new").unwrap().len(),
        0,
        "a capture keeps its own address"
    );
}
