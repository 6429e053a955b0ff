//! What is told as news of the steps of measures.

use headwater_model::Knowledge;
use headwater_model::source::SourceClass;
use headwater_model::time::{Date, first_day};
use headwater_model::tracking::{MeasureEvent, News, NewsKind, Subject};

/// What a step is told once by, of all editions of a page.
pub fn key_on_page(event: &MeasureEvent, address: &str) -> String {
    format!("{address} {} {} {:?}", event.measure, event.step, event.date)
}

/// A step as news of a day, and what it is told once by; none where the page has it from others.
pub fn of_step(event: &MeasureEvent, day: Date, knowledge: &Knowledge) -> Option<(String, News)> {
    if event.class == SourceClass::Secondary {
        return None;
    }
    let key = format!("{} {} {}", event.measure, event.step, event.class == SourceClass::Official);
    let known = knowledge.measure(&event.measure).map(|m| m.en.clone());
    let name = known.or(event.proposed_name.clone()).unwrap_or_else(|| event.measure.to_string());
    // What is decided for a day to come is not done yet.
    let later = event.date.as_deref().and_then(first_day).filter(|later| *later > day);
    let from = later.map(|later| format!(" from {later}")).unwrap_or_default();
    let step = event.step.word().replace('_', " ");
    let news = News {
        kind: NewsKind::MeasureStep,
        subject: Subject::Measure(event.measure.clone()),
        day,
        text: format!("{name}: {step}{from} ({} source)", event.class),
        cited: vec![event.cited.clone()],
    };
    Some((key, news))
}
