//! Why a source does not work: every step in order, up to the one that fails.

use crate::fetch::{FetchError, Fetched, Fetcher, Step, Validators};
use crate::health::Asked;
use crate::listing::{self, Form, Listing};
use crate::source::Source;
use crate::{challenge, clock, dates};
use headwater_model::source::SourceKind;
use std::time::Duration;
use url::Url;

/// One step of asking a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// Which step.
    pub step: Step,
    /// Whether it went well.
    pub ok: bool,
    /// What was found, or what failed and what to do.
    pub message: String,
}

/// Steps before an answer comes, in their order.
const BEFORE_ANSWER: &[Step] =
    &[Step::Address, Step::Dns, Step::Robots, Step::Connect, Step::Tls, Step::Answer];

/// Asks a source without regard for what is remembered of it, and says how each step went. The last of the steps
/// is the one that failed, if one did.
pub async fn diagnose(source: &Source, fetcher: &Fetcher) -> Vec<Diagnosis> {
    if let Some(fault) = source.fault() {
        return vec![bad(Step::Address, fault)];
    }
    let delay = source.delay.map(|s| Duration::from_secs(u64::from(s)));
    match fetcher.fetch(&source.url, &Validators::default(), delay).await {
        Err(error) => broken_off(source, &error),
        Ok(fetched) => answered(source, &fetched),
    }
}

fn good(step: Step, message: impl Into<String>) -> Diagnosis {
    Diagnosis { step, ok: true, message: message.into() }
}

fn bad(step: Step, message: impl Into<String>) -> Diagnosis {
    Diagnosis { step, ok: false, message: message.into() }
}

fn steps_before(source: &Source, end: Option<Step>) -> Vec<Diagnosis> {
    let applies = |step: &&Step| **step != Step::Tls || source.url.starts_with("https:");
    let passed = BEFORE_ANSWER.iter().filter(applies).take_while(|step| Some(**step) != end);
    passed
        .map(|step| good(*step, if *step == Step::Address { source.url.clone() } else { String::new() }))
        .collect()
}

fn broken_off(source: &Source, error: &FetchError) -> Vec<Diagnosis> {
    let mut steps = steps_before(source, Some(error.step));
    if !BEFORE_ANSWER.contains(&error.step) {
        steps = steps_before(source, None);
    }
    let advice = match error.step {
        Step::Dns => "; check the spelling of the host",
        Step::Robots if error.refused => "; ask its publisher, or take another source",
        Step::Tls => "; the certificate is the publisher's to mend",
        _ => "",
    };
    steps.push(bad(error.step, format!("{}{advice}", error.message)));
    steps
}

fn answered(source: &Source, fetched: &Fetched) -> Vec<Diagnosis> {
    let mut steps = steps_before(source, None);
    if !fetched.redirects.is_empty() {
        steps.push(good(Step::Redirect, format!("{} leads to {}", fetched.redirects.len(), fetched.url)));
        if let Some(to) = fetched.moved_to().filter(|to| *to != source.url) {
            steps.pop();
            steps.push(good(Step::Redirect, format!("it moved for good: change its address to {to}")));
        }
    }
    let text = fetched.text();
    if let Some(sign) = challenge::sign(&fetched.response_headers, &text) {
        let message = format!("{}, but with a bot wall in place of the content ({sign})", fetched.status);
        steps.push(bad(Step::Status, message));
        return steps;
    }
    match Asked::from_status(fetched.status) {
        Some(Asked::Refused(message) | Asked::Failed(_, message)) => steps.push(bad(Step::Status, message)),
        _ => {
            steps.push(good(Step::Status, fetched.status.to_string()));
            steps.push(good(Step::ContentType, fetched.content_type().unwrap_or("not stated")));
            contents(source, fetched, &mut steps);
        }
    }
    steps
}

fn contents(source: &Source, fetched: &Fetched, steps: &mut Vec<Diagnosis>) {
    let Ok(base) = Url::parse(&fetched.url) else { return };
    let listing = listing::parse(&fetched.body, fetched.content_type(), &base, source.kind, &source.rule());
    if listing.form == Form::Unknown {
        steps.push(bad(Step::Parse, listing.problems.join("; ")));
        return;
    }
    let mut message = listing.form.to_string();
    if !listing.problems.is_empty() {
        message = format!("{message}; {}", listing.problems.join("; "));
    }
    steps.push(good(Step::Parse, message));
    if source.kind == SourceKind::Page {
        return;
    }
    entries(&listing, steps);
}

fn entries(listing: &Listing, steps: &mut Vec<Diagnosis>) {
    if listing.form == Form::SitemapIndex {
        let count = listing.children.len();
        steps.push(Diagnosis { step: Step::Entries, ok: count > 0, message: format!("{count} sitemaps") });
        return;
    }
    let count = listing.entries.len();
    if count == 0 {
        steps.push(bad(Step::Entries, "it lists nothing"));
        return;
    }
    steps.push(good(Step::Entries, format!("{count}, the first is {}", listing.entries[0].url)));
    let dated = listing.entries.iter().filter_map(|e| e.published.as_ref().or(e.updated.as_ref()));
    let newest = dated.filter_map(|d| Some((dates::instant(d)?, d))).max();
    match newest {
        None => steps.push(good(Step::Newest, "its entries give no dates")),
        Some((instant, _)) if instant.as_second() > clock::now().as_second() + 86_400 => {
            steps.push(bad(Step::Newest, format!("{instant} lies in the future")));
        }
        Some((_, date)) => steps.push(good(Step::Newest, date.as_str())),
    }
}
