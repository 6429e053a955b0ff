//! Acts upon lists, as claims, tables and numbered lines state them.

use crate::measures::{cite, class_of};
use crate::passage;
use crate::seen::Seen;
use crate::units;
use crate::words;
use headwater_model::claim::{Frame, ListChange, Polarity, Role};
use headwater_model::mention::{EntityKind, Quantity, QuantityKind};
use headwater_model::source::SourceClass;
use headwater_model::time::{Date, first_day};
use headwater_model::tracking::{Cited, Designation};
use headwater_model::{Analysis, Article, Claim, EntityId, Evidence, Knowledge, Part, Span};
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeSet;
use std::ops::Range;

/// Designations that an article states: by its listing claims, and row by row or line by line where an
/// authority's own page shows the list.
pub fn designations(
    article: &Article,
    seen: &Seen,
    analysis: &Analysis,
    knowledge: &Knowledge,
) -> Vec<Designation> {
    let mut found = Vec::new();
    let claims =
        seen.claims.iter().filter(|c| c.frame == Frame::Listing && c.modality.rung().is_some_and(|r| r >= 5));
    for claim in claims.clone() {
        by_claim(seen, claim, &mut found);
    }
    if seen.class != SourceClass::Official {
        return found;
    }
    let acts: Vec<Act> = claims.filter_map(|claim| Act::of(seen, claim)).collect();
    let mut acts = match acts.is_empty() {
        true => Act::by_title(seen, analysis, knowledge).into_iter().collect(),
        false => acts,
    };
    acts.sort_by_key(|act| act.from);
    if let Some(first) = acts.first() {
        by_table(article, seen, first, &mut found);
    }
    by_line(seen, analysis, &acts, &mut found);
    if let Some(act) = acts.first() {
        by_correction(seen, analysis, act, &mut found);
    }
    found
}

/// Members that a corrected notice says were on it by mistake: they come off the list.
fn by_correction(seen: &Seen, analysis: &Analysis, act: &Act, found: &mut Vec<Designation>) {
    let text = seen.text.as_str();
    let by_mistake = |text: &str| {
        let text = units::simplified(text);
        words::lists().by_mistake.iter().any(|word| text.contains(word))
    };
    // A long annex is asked once, not at every name.
    if !by_mistake(text) {
        return;
    }
    let companies = analysis.entities.iter().filter(|e| {
        e.evidence.part() == Part::Text && matches!(e.kind, EntityKind::Company | EntityKind::Organisation)
    });
    for company in companies {
        let bytes = seen.text.bytes(company.evidence.span());
        let (from, to) = (passage::sentence_start(text, bytes.start), passage::sentence_end(text, bytes.end));
        if !by_mistake(&text[from..to]) {
            continue;
        }
        let act = Act { list: act.list.clone(), change: ListChange::Removed, effective: None, from: 0 };
        let name = company.evidence.quote().to_owned();
        add(seen, &act, name, company.id.clone(), company.evidence.clone(), "corrected_notice", found);
        // The edition that says so is the act, not the day of the notice.
        if let Some(last) = found.last_mut().filter(|d| d.rule == "corrected_notice") {
            last.published = seen.revised.unwrap_or(seen.day);
        }
    }
}

/// What a page does to which list.
struct Act {
    list: EntityId,
    change: ListChange,
    effective: Option<Date>,
    /// From where on the members follow.
    from: u32,
}

impl Act {
    fn of(seen: &Seen, claim: &Claim) -> Option<Act> {
        let list = claim.role(Role::List).find_map(|f| f.id.clone())?;
        let change = effective_change(claim).unwrap_or(ListChange::Listed);
        let from = match claim.evidence.part() {
            Part::Text => claim.evidence.span().start,
            _ => 0,
        };
        let effective = effective(claim).filter(|_| seen.class == SourceClass::Official);
        Some(Act { list, change, effective, from })
    }

    /// An annex asserts nothing by itself: its headline names the list.
    fn by_title(seen: &Seen, analysis: &Analysis, knowledge: &Knowledge) -> Option<Act> {
        let in_title = analysis.entities.iter().filter(|e| e.evidence.part() == Part::Title);
        let list = in_title
            .filter_map(|e| e.id.clone())
            .find(|id| knowledge.entity(id).is_some_and(|e| e.kind == EntityKind::List))?;
        let title = seen.title.as_str().to_lowercase();
        let says = |words: &[String]| words.iter().any(|word| title.contains(word));
        let change = match (says(&words::lists().taking_off), says(&words::lists().putting_on)) {
            (true, false) => ListChange::Removed,
            (false, true) => ListChange::Added,
            _ => ListChange::Listed,
        };
        Some(Act { list, change, effective: None, from: 0 })
    }
}

fn by_claim(seen: &Seen, claim: &Claim, found: &mut Vec<Designation>) {
    let Some(list) = claim.role(Role::List).find_map(|f| f.id.clone()) else { return };
    let Some(change) = effective_change(claim) else { return };
    for member in claim.role(Role::Member) {
        if member.id.is_none() && seen.class != SourceClass::Official {
            // "The companies", "eight firms": without a name nobody is designated.
            continue;
        }
        let known = |d: &&mut Designation| {
            d.list == list && d.change == change && d.member == member.id && d.name == member.evidence.quote()
        };
        if found.iter_mut().find(known).is_some() {
            continue;
        }
        found.push(Designation {
            list: list.clone(),
            member: member.id.clone(),
            name: member.evidence.quote().to_owned(),
            change,
            effective: effective(claim),
            published: seen.day,
            class: class_of(seen, claim),
            cited: cite(seen, claim),
            rule: "listing_claim".into(),
        });
    }
}

/// "Is not on the list" is an exclusion told as a fact.
fn effective_change(claim: &Claim) -> Option<ListChange> {
    match (claim.change?, claim.polarity) {
        (change, Polarity::Affirmed) => Some(change),
        (ListChange::Added | ListChange::Listed, Polarity::Negated) => Some(ListChange::Excluded),
        _ => None,
    }
}

fn effective(claim: &Claim) -> Option<headwater_model::time::Date> {
    let time = claim.time.as_ref()?;
    (time.value.len() >= 10).then(|| first_day(&time.value)).flatten()
}

/// Rows of one table that are read.
const ROWS: usize = 20_000;

fn by_table(article: &Article, seen: &Seen, act: &Act, found: &mut Vec<Designation>) {
    for table in &article.tables {
        let Some((head, rows)) = table.rows.split_first() else { continue };
        let Some(column) = name_column(article, head) else { continue };
        for cell in rows.iter().take(ROWS).filter_map(|row| row.get(column)) {
            let Some(evidence) = article.text.cut_span(*cell, Part::Text) else { continue };
            let name = evidence.quote().trim().to_owned();
            add(seen, act, name, entity_at(&seen.named, *cell), evidence, "list_table", found);
        }
    }
}

fn name_column(article: &Article, head: &[Span]) -> Option<usize> {
    let words: Vec<String> =
        head.iter().map(|cell| article.text.slice(*cell).trim().to_lowercase()).collect();
    let heads = words::lists().name_heads.iter();
    heads.into_iter().find_map(|name| words.iter().position(|word| word == name || word.contains(name)))
}

/// The first of some entities, in order of the text, that stands within a stretch of it.
fn entity_at(named: &[(Span, EntityId)], stretch: Span) -> Option<EntityId> {
    let first = named.partition_point(|(span, _)| span.start < stretch.start);
    let mut within = named[first..].iter().take_while(|(span, _)| span.start < stretch.end);
    within.find(|(span, _)| stretch.contains(*span)).map(|(_, id)| id.clone())
}

/// Adds a member that a page lists, unless it is there.
fn add(
    seen: &Seen,
    act: &Act,
    name: String,
    member: Option<EntityId>,
    evidence: Evidence,
    rule: &str,
    found: &mut Vec<Designation>,
) {
    let same = |d: &Designation| d.name == name || (member.is_some() && d.member == member);
    if name.is_empty() || found.iter().any(|d| d.list == act.list && d.change == act.change && same(d)) {
        return;
    }
    found.push(Designation {
        list: act.list.clone(),
        member,
        name,
        change: act.change,
        effective: act.effective,
        published: seen.day,
        class: seen.class,
        cited: Cited { capture: seen.capture.clone(), evidence },
        rule: rule.into(),
    });
}

/// Members that stand line by line, numbered: "1. Acme Corp., Shenzhen", 1．泰拓科技公司（Tetra Corp.）. A line that is a
/// sentence is a provision, not a member.
fn by_line(seen: &Seen, analysis: &Analysis, acts: &[Act], found: &mut Vec<Designation>) {
    /// Characters of the longest name.
    const LONGEST: usize = 120;
    let text = seen.text.as_str();
    let mut start = 0;
    let mut items: Vec<Range<usize>> = Vec::new();
    for line in text.split_inclusive('\n') {
        let bytes = start..start + line.len();
        start = bytes.end;
        let Some(name) = numbered(line.trim_end()) else { continue };
        let words = name.split(' ').count();
        let sentence = name.contains(['。', '；', ';', ':', '：']) || (name.ends_with('.') && words > 8);
        if sentence || name.chars().count() > LONGEST {
            continue;
        }
        let at = bytes.start + line.find(name).unwrap_or(0);
        items.push(at..at + name.len());
    }
    let in_text =
        analysis.entities.iter().filter(|e| e.evidence.part() == Part::Text && e.kind != EntityKind::Place);
    let mut named: Vec<(Span, EntityId)> =
        in_text.filter_map(|e| Some((e.evidence.span(), e.id.clone()?))).collect();
    named.sort();
    // One numbered line is no list.
    for item in items.iter().filter(|_| items.len() > 1).take(ROWS) {
        let Some(evidence) = seen.text.cut(item.clone(), Part::Text) else { continue };
        // The act that was told last before the line.
        let Some(act) = acts.iter().rfind(|act| act.from <= evidence.span().start) else { continue };
        let member = entity_at(&named, evidence.span());
        let name = evidence.quote().trim().to_owned();
        add(seen, act, name, member, evidence, "list_line", found);
    }
}

/// What follows the number of a numbered line.
fn numbered(line: &str) -> Option<&str> {
    let line = line.trim_start().trim_start_matches(['（', '(']);
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let rest = line.trim_start_matches(number);
    let rest = (rest.len() < line.len()).then_some(rest)?;
    let rest = rest.strip_prefix(['.', '．', '、', ')', '）', ' '])?;
    // "3.5 percent" is a figure.
    let name = rest.trim_start_matches(['.', '．', '、', ')', '）', ' ', '\u{3000}']);
    (!name.starts_with(|c: char| c.is_ascii_digit())).then(|| name.trim_end_matches([',', '，', '、', ' ']))
}

/// A notice's own count of its members, where it is not the number of those that it lists: the stated count, its
/// words, and the number listed.
pub fn miscount(
    seen: &Seen,
    quantities: &[Quantity],
    designations: &[Designation],
) -> Option<(u64, Cited, u64)> {
    let listed =
        |rule: &str| designations.iter().filter(|d| d.rule == rule).map(|d| d.name.as_str()).collect();
    let rows: BTreeSet<&str> = listed("list_table");
    let lines: BTreeSet<&str> = listed("list_line");
    let members = if rows.is_empty() { lines } else { rows };
    if members.is_empty() || seen.class != SourceClass::Official {
        return None;
    }
    let (stated, evidence) = stated_count(seen, quantities)?;
    let cited = Cited { capture: seen.capture.clone(), evidence };
    (stated != members.len() as u64).then_some((stated, cited, members.len() as u64))
}

/// How many members the page says there are: in so many words, or as the figure of its one listing.
fn stated_count(seen: &Seen, quantities: &[Quantity]) -> Option<(u64, Evidence)> {
    let exact = |q: &Quantity| {
        (q.kind == QuantityKind::Count).then_some(q.low.filter(|low| Some(*low) == q.high)?)?.to_u64()
    };
    let total = |q: &&Quantity| {
        let before = &seen.text.as_str()[..seen.text.byte_at(q.evidence.span().start)];
        let stated = before.trim_end().ends_with(['共', '计', '計'])
            || before.to_lowercase().trim_end().ends_with("total of");
        q.evidence.part() == Part::Text && stated
    };
    if let Some(quantity) = quantities.iter().find(total) {
        return Some((exact(quantity)?, quantity.evidence.clone()));
    }
    let listings =
        seen.claims.iter().filter(|c| c.frame == Frame::Listing && c.evidence.part() == Part::Text);
    let mut figures =
        listings.filter_map(|c| c.quantity.as_ref()).filter_map(|q| Some((exact(q)?, q.evidence.clone())));
    let first = figures.next()?;
    figures.all(|(n, _)| n == first.0).then_some(first)
}
