//! What is told as news of lists.

use headwater_model::Knowledge;
use headwater_model::source::SourceClass;
use headwater_model::time::Date;
use headwater_model::tracking::{Basis, Designation, News, NewsKind, Subject};

/// An act upon a list as news of a day, and what it is told once by; none where the page has it from others.
pub fn of_act(act: &Designation, day: Date, knowledge: &Knowledge) -> Option<(String, News)> {
    if act.class == SourceClass::Secondary {
        return None;
    }
    let member = act.member.as_ref().map_or(act.name.clone(), |m| m.to_string());
    // A change of names is news of its own, and each new name is.
    let renamed = act.rule.basis.only_names();
    let called = if renamed { format!(" {}", act.name) } else { String::new() };
    let official = act.class == SourceClass::Official;
    let key = format!("{} {member} {}{called} {official}", act.list, act.change);
    // Who is added from a day to come is not on the list yet.
    let later = act.effective.filter(|later| *later > day);
    let from = later.map(|later| format!(" from {later}")).unwrap_or_default();
    let what = match act.also.first() {
        Some(old) if act.rule.basis == Basis::Misprint => format!("{} instead of {old}", act.name),
        Some(old) if renamed => format!("{} also called {old}", act.name),
        _ => format!("{} {}", act.name, act.change),
    };
    let news = News {
        kind: NewsKind::ListChange,
        subject: Subject::List(act.list.clone()),
        day,
        text: format!("{}: {what}{from} ({} source)", knowledge.name(&act.list), act.class),
        cited: std::iter::once(&act.cited).chain(later.and(act.dated.as_ref())).cloned().collect(),
    };
    Some((key, news))
}
