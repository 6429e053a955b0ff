//! One round: ask the sources that are due, fetch what is new or due again, hand it over in a fixed order.

use crate::fetch::{FetchError, FetchSettings, Fetched, Fetcher, Step, Validators};
use crate::health::{self, Asked};
use crate::listing::{self, Entry, Form, Listing};
use crate::source::{DEFAULT_MAX_ENTRIES, Source};
use crate::state::{PageMemory, SourceMemory, State, Trouble};
use crate::{challenge, clock};
use headwater_model::Hints;
use headwater_model::id::{SourceId, digest};
use headwater_model::source::{Health, SourceKind, SourceState};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use url::Url;

/// How the collector behaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CollectSettings {
    /// How pages are fetched.
    pub fetch: FetchSettings,
    /// When a page is fetched again after the first time, in hours: so that silent edits and removals are seen.
    pub revisit_after_hours: Vec<u32>,
    /// Whether every page already known is fetched again in every round.
    pub revisit_always: bool,
}

impl Default for CollectSettings {
    fn default() -> Self {
        // Most edits happen within hours of publication; notices are taken down within weeks.
        let revisit_after_hours = vec![2, 12, 48, 240];
        CollectSettings { fetch: FetchSettings::default(), revisit_after_hours, revisit_always: false }
    }
}

/// Failures in a row after which a page is no longer tried.
const MAX_PAGE_FAILURES: u32 = 5;

/// Times in a row that a page's host is not reached after which the page is no longer tried: some five weeks.
const MAX_UNREACHED: u32 = 40;

/// A page that is done with, and no longer listed, is forgotten after so many hours: two months.
const REMEMBERED_HOURS: i64 = 60 * 24;

/// Failures to reach a host in a row after which the rest of the round leaves it alone.
const MAX_HOST_FAILURES: u32 = 3;

/// Pages of a listing by which its source is judged, the first.
const JUDGED_BY: usize = 50;

/// Pages of one host that are handed over at a stretch. So many wait for their turn, which bounds the memory they take.
const STRETCH: usize = 8;

/// Sitemaps of one list of sitemaps that are read in one round, unless the source says otherwise.
const MAX_CHILDREN: usize = 5;

/// State is written to the checkpoint after this many captures, or after this part of the pages remembered, since it
/// is written whole.
const CHECKPOINT_EVERY: usize = 25;
const CHECKPOINT_PART: usize = 200;

/// Which sources a round asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// All that are enabled, except where a host asked to be left alone for longer.
    All,
    /// Those whose time has come.
    Scheduled,
}

/// What became of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Fetched for the first time.
    New,
    /// Its bytes differ from the last ones.
    Changed,
    /// As it was: the server says so, or the bytes are the same.
    Unchanged,
    /// Not found any more, or never (404, 410).
    Gone,
    /// The site refuses us: 401, 403, 429, a bot wall, robots.txt.
    Blocked(String),
    /// A step failed.
    Failed(Step, String),
}

impl Outcome {
    /// Why the page cannot be had, if it cannot.
    pub fn trouble(&self) -> Option<Trouble> {
        let (refused, why) = match self {
            Outcome::New | Outcome::Changed | Outcome::Unchanged => return None,
            Outcome::Gone => (false, "it is not found (any more)".to_owned()),
            Outcome::Blocked(why) => (true, why.clone()),
            Outcome::Failed(step, why) => (false, format!("{step}: {why}")),
        };
        Some(Trouble { refused, why })
    }
}

/// One page of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// The source that led to it.
    pub source: SourceId,
    /// The address as the source lists it.
    pub url: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The answer; absent where there was none.
    pub fetched: Option<Fetched>,
    /// What the listing said of it.
    pub hints: Hints,
    /// When the bytes that an unchanged page still has were captured.
    pub earlier: Option<Timestamp>,
    /// Which page of the round this is, from 1.
    pub position: usize,
    /// How many pages the round has.
    pub total: usize,
}

impl Captured {
    /// Whether the answer is worth a record of its own: something was said that was not said before.
    pub fn is_news(&self) -> bool {
        let answered = self.fetched.as_ref().is_some_and(|f| f.status != 304);
        answered && !matches!(self.outcome, Outcome::Unchanged | Outcome::Failed(..))
    }
}

/// Where a round's pages go. A closure that takes them is one.
pub trait Sink {
    /// Why it can take no more.
    type Error;
    /// Takes a page.
    fn take(&mut self, captured: Captured) -> Result<(), Self::Error>;
    /// Makes what was taken outlast a power cut. Asked for before it is remembered for good: a page that the
    /// collector knew and the archive had lost would be unchanged for ever, and never archived.
    fn keep(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

impl<F, E> Sink for F
where
    F: FnMut(Captured) -> Result<(), E>,
{
    type Error = E;
    fn take(&mut self, captured: Captured) -> Result<(), E> {
        self(captured)
    }
}

/// What a round came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Round {
    /// How the sources fare that were asked, in their order.
    pub sources: Vec<SourceState>,
    /// Pages fetched for the first time.
    pub new: usize,
    /// Pages whose bytes changed.
    pub changed: usize,
    /// Pages as they were.
    pub unchanged: usize,
    /// Pages not found.
    pub gone: usize,
    /// Pages that refused us.
    pub blocked: usize,
    /// Pages that failed.
    pub failed: usize,
    /// Which were not found, refused us or failed, each with the reason, in words.
    pub troubles: Vec<String>,
}

impl Round {
    fn count(&mut self, captured: &Captured) {
        self.troubles
            .extend(captured.outcome.trouble().map(|trouble| format!("{}: {}", captured.url, trouble.why)));
        *match &captured.outcome {
            Outcome::New => &mut self.new,
            Outcome::Changed => &mut self.changed,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Gone => &mut self.gone,
            Outcome::Blocked(_) => &mut self.blocked,
            Outcome::Failed(..) => &mut self.failed,
        } += 1;
    }
}

/// The collector. One for many rounds knows each host's rules, and when it was last asked, from the rounds before.
pub struct Collector {
    fetcher: Fetcher,
    settings: CollectSettings,
    checkpoint: Option<PathBuf>,
}

impl Collector {
    /// Makes a collector.
    pub fn new(settings: CollectSettings) -> Result<Collector, FetchError> {
        let fetcher = Fetcher::new(settings.fetch.clone())?;
        Ok(Collector { fetcher, settings, checkpoint: None })
    }

    /// Writes the state to this file during a round, so that an interrupted one need not start over.
    pub fn with_checkpoint(mut self, path: PathBuf) -> Collector {
        self.checkpoint = Some(path);
        self
    }

    /// Its fetcher.
    pub fn fetcher(&self) -> &Fetcher {
        &self.fetcher
    }

    /// One round over the sources. Pages are fetched from several hosts at once and handed to `sink` one by one: by
    /// source, then as listed, then those fetched again; of a host with many pages the first few, then the first few of
    /// the next host …, and so on in turns. Stops at the sink's first error.
    pub async fn collect_once<S: Sink>(
        &self,
        sources: &[Source],
        state: &mut State,
        due: Due,
        mut sink: S,
    ) -> Result<Round, S::Error> {
        let now = clock::now();
        let is_due = |s: &&Source| {
            let memory = state.sources.get(s.id.as_str());
            let asks_to_wait = memory.and_then(|m| m.not_before).is_some_and(|until| until > now);
            s.enabled && !asks_to_wait && (due == Due::All || health::next_due(s, memory) <= now)
        };
        let sources: Vec<&Source> = sources.iter().filter(is_due).collect();
        let listings = self.ask(&sources, state).await;
        let (visits, validators) = self.plan(&sources, state, listings, now);
        let mut round = Round::default();
        let mut pauses: BTreeMap<usize, Duration> = BTreeMap::new();
        let total = visits.len();
        let mut answers = self.fetch_all(&visits);
        for (at, visit) in visits.into_iter().enumerate() {
            let answer = answers.next(&visit.host).await;
            pauses.extend(health::pause_of(&answer).map(|pause| (visit.source, pause)));
            let (captured, memory) = settle(&visit, sources[visit.source], answer, at + 1, total);
            round.count(&captured);
            sink.take(captured)?;
            state.pages.insert(visit.url, memory);
            if (at + 1) % CHECKPOINT_EVERY.max(state.pages.len() / CHECKPOINT_PART) == 0 {
                self.checkpoint(state, &mut sink)?;
            }
        }
        for (at, source) in sources.iter().enumerate() {
            conclude(state, source, pauses.get(&at).copied());
        }
        for (source, validators) in validators {
            state.sources.entry(source).or_default().validators = validators;
        }
        round.sources = sources.iter().map(|s| state.source_state(s)).collect();
        Ok(round)
    }

    /// A checkpoint that cannot be written costs only fetching again, so it stops nothing.
    fn checkpoint<S: Sink>(&self, state: &State, sink: &mut S) -> Result<(), S::Error> {
        if let Some(path) = &self.checkpoint {
            sink.keep()?;
            let _ = state.save(path);
        }
        Ok(())
    }

    /// Asks every source for its listing, several at once.
    async fn ask(&self, sources: &[&Source], state: &State) -> Vec<Answered> {
        // Only a list of several pages is read up to what is known.
        let paged = |s: &&&Source| s.rule().pages() > 1;
        let mut known: BTreeMap<&str, BTreeSet<String>> =
            sources.iter().filter(paged).map(|s| (s.id.as_str(), BTreeSet::new())).collect();
        for (url, page) in &state.pages {
            if let Some(urls) = known.get_mut(page.source.as_str()) {
                urls.insert(url.clone());
            }
        }
        let mut tasks = JoinSet::new();
        for (at, source) in sources.iter().enumerate() {
            let id = source.id.as_str();
            let memory = state.sources.get(id).cloned().unwrap_or_default();
            let known = known.remove(id).unwrap_or_default();
            let asking = Asking { fetcher: self.fetcher.clone(), source: (*source).clone(), memory, known };
            tasks.spawn(async move { (at, asking.run().await) });
        }
        let mut answered: BTreeMap<usize, Answered> = BTreeMap::new();
        while let Some(done) = tasks.join_next().await {
            if let Ok((at, answer)) = done {
                answered.insert(at, answer);
            }
        }
        (0..sources.len()).map(|at| answered.remove(&at).unwrap_or_default()).collect()
    }

    /// Notes how the sources fare, and decides which pages are fetched, in order. Returns what the listings are
    /// recognised by, too: that is remembered once their pages are fetched, for the next round of one that is
    /// interrupted needs the listing again.
    fn plan(
        &self,
        sources: &[&Source],
        state: &mut State,
        listings: Vec<Answered>,
        now: Timestamp,
    ) -> (Vec<Visit>, Vec<(String, Validators)>) {
        let mut planned: BTreeSet<String> = BTreeSet::new();
        let mut visits = Vec::new();
        let mut validators = Vec::new();
        self.forget(sources, state, &listings, now);
        let mut again = self.due_again(state, now);
        for (at, (source, answered)) in sources.iter().zip(listings).enumerate() {
            let fresh = fresh_entries(source, state, &answered, &planned);
            validators.extend(note(state, source, now, &answered, &fresh));
            let old = again.remove(source.id.as_str()).unwrap_or_default();
            for entry in fresh.into_iter().chain(old) {
                if planned.insert(entry.url.clone()) {
                    visits.push(visit(at, source, state, entry));
                }
            }
        }
        (by_turns(visits), validators)
    }

    /// Forgets pages that are done with and that their source no longer lists. Of a list of sitemaps only the newest
    /// are read, so nothing is known of what it no longer lists.
    fn forget(&self, sources: &[&Source], state: &mut State, listings: &[Answered], now: Timestamp) {
        let mut listed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (source, answered) in sources.iter().zip(listings) {
            let Some(listing) = &answered.listing else { continue };
            if !listing.entries.is_empty() && listing.form != Form::SitemapIndex {
                listed.insert(source.id.as_str(), listing.entries.iter().map(|e| e.url.as_str()).collect());
            }
        }
        let long_ago = now.saturating_sub(SignedDuration::from_hours(REMEMBERED_HOURS)).unwrap_or(now);
        state.pages.retain(|url, page| {
            let unlisted = listed.get(page.source.as_str()).is_some_and(|urls| !urls.contains(url.as_str()));
            !(unlisted && page.last < long_ago && self.is_done(page))
        });
    }

    /// Whether a page is never due again by itself.
    fn is_done(&self, page: &PageMemory) -> bool {
        let visited = page.status == 410 || page.revisits as usize >= self.settings.revisit_after_hours.len();
        let left = page.failures + page.unreached == 0 && visited && !self.settings.revisit_always;
        left || is_given_up(page)
    }

    /// Known pages whose time has come again, by source, the longest known first.
    fn due_again(&self, state: &State, now: Timestamp) -> BTreeMap<String, Vec<Entry>> {
        let mut due: BTreeMap<String, Vec<(Timestamp, Entry)>> = BTreeMap::new();
        for (url, page) in &state.pages {
            if self.is_due_again(page, now) {
                let entry = Entry { url: url.clone(), updated: page.updated.clone(), ..Entry::default() };
                due.entry(page.source.as_str().to_owned()).or_default().push((page.first, entry));
            }
        }
        let order = |mut pages: Vec<(Timestamp, Entry)>| {
            pages.sort_by(|a, b| (a.0, &a.1.url).cmp(&(b.0, &b.1.url)));
            pages.into_iter().map(|(_, entry)| entry).collect()
        };
        due.into_iter().map(|(source, pages)| (source, order(pages))).collect()
    }

    fn is_due_again(&self, page: &PageMemory, now: Timestamp) -> bool {
        if is_given_up(page) || self.settings.revisit_always {
            return !is_given_up(page);
        }
        if page.failures + page.unreached > 0 {
            let pause = pause_after(page.failures + page.unreached);
            return page.last.checked_add(pause).is_ok_and(|due| due <= now);
        }
        let Some(hours) = self.settings.revisit_after_hours.get(page.revisits as usize) else { return false };
        let pause = SignedDuration::from_hours(i64::from(*hours));
        page.first.checked_add(pause).is_ok_and(|due| due <= now) && page.status != 410
    }

    /// Starts fetching: one task a host, each in the order of its visits.
    fn fetch_all(&self, visits: &[Visit]) -> Answers {
        let mut by_host: BTreeMap<String, Vec<Errand>> = BTreeMap::new();
        for visit in visits {
            by_host.entry(visit.host.clone()).or_default().push(visit.errand());
        }
        let mut answers = Answers { tasks: JoinSet::new(), channels: BTreeMap::new() };
        for (host, errands) in by_host {
            // Answers wait here for their turn to be handed over; one more waits to be sent.
            let (sender, receiver) = mpsc::channel(STRETCH - 1);
            answers.channels.insert(host, receiver);
            answers.tasks.spawn(run_errands(self.fetcher.clone(), errands, sender));
        }
        answers
    }
}

fn is_given_up(page: &PageMemory) -> bool {
    page.failures >= MAX_PAGE_FAILURES || page.unreached >= MAX_UNREACHED
}

/// How long a page is left alone after so many failures in a row: after the first until the next round, then for
/// half an hour, two hours, eight, a day. By time and not by rounds, so that an outage costs no page.
fn pause_after(failures: u32) -> SignedDuration {
    let minutes = match failures {
        0 | 1 => 0,
        many => (30 << (2 * (many - 2).min(3))).min(24 * 60),
    };
    SignedDuration::from_mins(minutes)
}

/// Each host's first stretch of visits, then each host's second …: a host is asked ahead for one stretch while the others
/// are handed over, and none waits for another to be through.
fn by_turns(visits: Vec<Visit>) -> Vec<Visit> {
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    let turn = |visit: &Visit| {
        let before = asked.entry(visit.host.clone()).or_default();
        *before += 1;
        (*before - 1) / STRETCH
    };
    let turns: Vec<usize> = visits.iter().map(turn).collect();
    let mut visits: Vec<(usize, Visit)> = turns.into_iter().zip(visits).collect();
    visits.sort_by_key(|(turn, _)| *turn);
    visits.into_iter().map(|(_, visit)| visit).collect()
}

/// When the next source is due; `None` if none is enabled. A source never asked is due since the epoch.
pub fn next_due(sources: &[Source], state: &State) -> Option<Timestamp> {
    let enabled = sources.iter().filter(|s| s.enabled);
    enabled.map(|s| health::next_due(s, state.sources.get(s.id.as_str()))).min()
}

/// Asking one source for its listing.
struct Asking {
    fetcher: Fetcher,
    source: Source,
    memory: SourceMemory,
    known: BTreeSet<String>,
}

/// What came of it.
#[derive(Default)]
struct Answered {
    asked: Option<Asked>,
    listing: Option<Listing>,
    validators: Validators,
    digest: String,
    not_before: Option<Timestamp>,
    moved_to: Option<String>,
}

impl Asking {
    async fn run(self) -> Answered {
        if self.source.kind == SourceKind::Page {
            // The page is its own listing, and is fetched like any other page.
            let listing = Url::parse(&self.source.url).ok().map(|base| self.parse(b"", None, &base));
            return Answered { listing, ..Answered::default() };
        }
        let answer = self.fetcher.fetch(&self.source.url, &self.memory.validators, self.delay()).await;
        let mut answered = Answered {
            not_before: health::not_before(clock::now(), health::pause_of(&answer)),
            ..Answered::default()
        };
        match answer {
            Err(error) => answered.asked = Some(Asked::from_error(&error)),
            Ok(fetched) => self.read(fetched, &mut answered).await,
        }
        answered
    }

    fn delay(&self) -> Option<Duration> {
        self.source.delay.map(|seconds| Duration::from_secs(u64::from(seconds)))
    }

    fn parse(&self, bytes: &[u8], content_type: Option<&str>, base: &Url) -> Listing {
        listing::parse(bytes, content_type, base, self.source.kind, &self.source.rule())
    }

    async fn read(&self, fetched: Fetched, answered: &mut Answered) {
        answered.moved_to = fetched.moved_to().map(str::to_owned);
        let text = fetched.text();
        let failed = Asked::from_status(fetched.status);
        if failed != Some(Asked::Unchanged)
            && let Some(sign) = challenge::sign(&fetched.response_headers, &text)
        {
            answered.asked = Some(Asked::Refused(format!("a bot wall stands before it ({sign})")));
            return;
        }
        if let Some(failed) = failed {
            answered.asked = Some(failed);
            answered.validators = self.memory.validators.clone();
            answered.digest.clone_from(&self.memory.digest);
            return;
        }
        answered.validators = fetched.validators();
        answered.digest = digest(&[&fetched.body]);
        let Ok(base) = Url::parse(&fetched.url) else { return };
        let mut listing = self.parse(&fetched.body, fetched.content_type(), &base);
        self.follow(&mut listing).await;
        answered.listing = Some(listing);
    }

    /// The further pages of a list, and the sitemaps of a list of sitemaps.
    async fn follow(&self, listing: &mut Listing) {
        let mut pages = 1;
        while pages < self.source.rule().pages()
            && listing.entries.iter().any(|e| !self.known.contains(&e.url))
        {
            let Some(next) = listing.next_page.take() else { break };
            let Some(more) = self.fetch_part(&next).await else { break };
            listing.next_page.clone_from(&more.next_page);
            if !add_entries(listing, more) {
                break;
            }
            pages += 1;
        }
        if listing.form == Form::SitemapIndex {
            let mut children = std::mem::take(&mut listing.children);
            children.sort_by(|a, b| b.updated.cmp(&a.updated));
            let limit =
                self.source.list.as_ref().and_then(|l| l.max_pages).map_or(MAX_CHILDREN, |n| n as usize);
            for child in children.into_iter().take(limit) {
                if let Some(more) = self.fetch_part(&child.url).await {
                    add_entries(listing, more);
                }
            }
        }
    }

    async fn fetch_part(&self, url: &str) -> Option<Listing> {
        let fetched = self.fetcher.fetch(url, &Validators::default(), self.delay()).await.ok()?;
        if fetched.status != 200 {
            return None;
        }
        let base = Url::parse(&fetched.url).ok()?;
        Some(self.parse(&fetched.body, fetched.content_type(), &base))
    }
}

/// Adds the entries of a further part; false if none of them was new to the listing.
fn add_entries(listing: &mut Listing, more: Listing) -> bool {
    let before = listing.entries.len();
    let seen: BTreeSet<String> = listing.entries.iter().map(|e| e.url.clone()).collect();
    listing.entries.extend(more.entries.into_iter().filter(|e| !seen.contains(&e.url)));
    listing.problems.extend(more.problems);
    listing.entries.len() > before
}

/// Entries that are unknown or that say that they changed, at most as many as the source allows.
fn fresh_entries(
    source: &Source,
    state: &State,
    answered: &Answered,
    planned: &BTreeSet<String>,
) -> Vec<Entry> {
    let Some(listing) = &answered.listing else { return Vec::new() };
    let is_fresh = |entry: &&Entry| match state.pages.get(&entry.url) {
        None => !planned.contains(&entry.url),
        Some(_) if source.kind == SourceKind::Page => true,
        Some(page) => is_newer(entry.updated.as_deref(), page.updated.as_deref()),
    };
    let limit = source.max_entries.unwrap_or(DEFAULT_MAX_ENTRIES) as usize;
    listing.entries.iter().filter(is_fresh).take(limit).cloned().collect()
}

fn is_newer(listed: Option<&str>, known: Option<&str>) -> bool {
    let instant = |iso: Option<&str>| iso.and_then(crate::dates::instant);
    match (instant(listed), instant(known)) {
        (Some(listed), Some(known)) => listed > known,
        _ => false,
    }
}

/// Writes what a source answered into its memory; returns what a listing that was read is recognised by.
fn note(
    state: &mut State,
    source: &Source,
    now: Timestamp,
    answered: &Answered,
    fresh: &[Entry],
) -> Option<(String, Validators)> {
    let new = fresh.iter().filter(|e| !state.pages.contains_key(&e.url)).count();
    let memory = state.sources.entry(source.id.as_str().to_owned()).or_default();
    memory.not_before = answered.not_before;
    let asked = match (&answered.asked, &answered.listing) {
        (Some(asked), _) => asked.clone(),
        (None, Some(listing)) => health::of_listing(listing, new, answered.moved_to.as_deref()),
        (None, None) => Asked::Failed(Step::Address, "it could not be asked".to_owned()),
    };
    let mut validators = None;
    if let Some(listing) = &answered.listing {
        memory.listed = listing.entries.iter().take(JUDGED_BY).map(|entry| entry.url.clone()).collect();
        memory.usual_gap = health::usual_gap(listing).or(memory.usual_gap);
        memory.ttl = listing.ttl;
        // With more entries left than one round takes, the next round needs the listing again.
        let all_taken = new < source.max_entries.unwrap_or(DEFAULT_MAX_ENTRIES) as usize;
        let read = matches!(asked, Asked::Listed { .. });
        memory.validators = Validators::default();
        validators =
            (all_taken && read).then(|| (source.id.as_str().to_owned(), answered.validators.clone()));
        memory.digest.clone_from(&answered.digest);
    }
    health::judge(memory, source, now, &asked);
    validators
}

/// A page to fetch.
struct Visit {
    source: usize,
    url: String,
    host: String,
    entry: Entry,
    hints: Hints,
    memory: Option<PageMemory>,
    delay: Option<Duration>,
}

impl Visit {
    fn errand(&self) -> Errand {
        let validators = self.memory.as_ref().filter(|m| !m.digest.is_empty()).map(|m| m.validators.clone());
        Errand { url: self.url.clone(), validators: validators.unwrap_or_default(), delay: self.delay }
    }
}

fn visit(at: usize, source: &Source, state: &State, entry: Entry) -> Visit {
    let memory = state.pages.get(&entry.url).cloned();
    let known = memory.as_ref().map(|m| m.hints.clone()).unwrap_or_default();
    let hints = Hints {
        source: Some(source.id.clone()),
        title: entry.title.clone().or(known.title),
        published: entry.published.clone().or(known.published),
        language: entry.language.clone().or(known.language).or_else(|| source.language.clone()),
        authors: if entry.authors.is_empty() { known.authors } else { entry.authors.clone() },
        requested_url: None,
    };
    let host = Url::parse(&entry.url).map(|u| u.origin().ascii_serialization()).unwrap_or_default();
    let delay = source.delay.map(|seconds| Duration::from_secs(u64::from(seconds)));
    Visit { source: at, url: entry.url.clone(), host, entry, hints, memory, delay }
}

/// What a host's task needs to know of a visit.
struct Errand {
    url: String,
    validators: Validators,
    delay: Option<Duration>,
}

type Answer = Result<Fetched, FetchError>;

/// Fetches the pages of one host one after the other, and gives up on a host that cannot be reached.
async fn run_errands(fetcher: Fetcher, errands: Vec<Errand>, sender: mpsc::Sender<Answer>) {
    let mut failures = 0;
    let mut last: Option<FetchError> = None;
    for errand in errands {
        let answer = match &last {
            Some(error) if failures >= MAX_HOST_FAILURES => Err(error.clone()),
            _ => fetcher.fetch(&errand.url, &errand.validators, errand.delay).await,
        };
        match &answer {
            Err(e) if matches!(e.step, Step::Dns | Step::Connect | Step::Tls | Step::Answer) => {
                failures += 1;
                last = Some(e.clone());
            }
            _ => failures = 0,
        }
        if sender.send(answer).await.is_err() {
            return;
        }
    }
}

/// Answers on their way, in the order of each host's visits.
struct Answers {
    tasks: JoinSet<()>,
    channels: BTreeMap<String, mpsc::Receiver<Answer>>,
}

impl Answers {
    async fn next(&mut self, host: &str) -> Answer {
        let answer = match self.channels.get_mut(host) {
            Some(channel) => channel.recv().await,
            None => None,
        };
        while self.tasks.try_join_next().is_some() {}
        answer.unwrap_or_else(|| Err(FetchError::new(Step::Answer, "the fetch was broken off")))
    }
}

/// What an answer makes of a page, and what is remembered of it.
fn settle(
    visit: &Visit,
    source: &Source,
    answer: Answer,
    position: usize,
    total: usize,
) -> (Captured, PageMemory) {
    let now = answer.as_ref().map_or_else(|_| clock::now(), |f| f.started);
    let outcome = outcome(visit, &answer);
    let mut memory = visit.memory.clone().unwrap_or_else(|| PageMemory {
        source: source.id.clone(),
        first: now,
        last: now,
        revisits: 0,
        failures: 0,
        unreached: 0,
        status: 0,
        digest: String::new(),
        captured: None,
        updated: None,
        validators: Validators::default(),
        hints: Hints::default(),
        trouble: None,
    });
    let earlier = memory.captured.filter(|_| outcome == Outcome::Unchanged);
    let mut hints = visit.hints.clone();
    memory.hints = hints.clone();
    remember(&mut memory, visit, &outcome, &answer, now);
    let fetched = answer.ok();
    let moved = fetched.as_ref().filter(|f| f.url != visit.url);
    hints.requested_url = moved.map(|_| visit.url.clone());
    let captured = Captured {
        source: source.id.clone(),
        url: visit.url.clone(),
        outcome,
        fetched,
        hints,
        earlier,
        position,
        total,
    };
    (captured, memory)
}

fn remember(memory: &mut PageMemory, visit: &Visit, outcome: &Outcome, answer: &Answer, now: Timestamp) {
    memory.last = now;
    memory.updated = visit.entry.updated.clone().or_else(|| memory.updated.take());
    match outcome {
        // As it was before: gone is still gone.
        Outcome::Unchanged if matches!(memory.status, 404 | 410) => {}
        other => memory.trouble = other.trouble(),
    }
    if says_nothing_of_the_page(answer) {
        memory.unreached += 1;
        return;
    }
    memory.unreached = 0;
    // A page that is reached at last is as young as one that is reached at once.
    if memory.status == 0 && answer.is_ok() {
        memory.first = now;
    }
    if visit.memory.as_ref().is_some_and(|m| m.failures == 0 && m.status != 0) {
        memory.revisits += 1;
    }
    if let Ok(fetched) = answer
        && fetched.status != 304
    {
        memory.status = fetched.status;
    }
    match (outcome, answer) {
        (Outcome::New | Outcome::Changed, Ok(fetched)) => {
            memory.failures = 0;
            memory.digest = digest(&[&fetched.body]);
            memory.validators = fetched.validators();
            memory.captured = Some(now);
        }
        (Outcome::Unchanged | Outcome::Gone, _) => memory.failures = 0,
        _ => memory.failures += 1,
    }
}

fn says_nothing_of_the_page(answer: &Answer) -> bool {
    match answer {
        Ok(fetched) => matches!(fetched.status, 429 | 503),
        Err(error) => error.is_of_host(),
    }
}

fn outcome(visit: &Visit, answer: &Answer) -> Outcome {
    let fetched = match answer {
        Ok(fetched) => fetched,
        Err(error) if error.refused => return Outcome::Blocked(error.message.clone()),
        Err(error) => return Outcome::Failed(error.step, error.message.clone()),
    };
    let before = visit.memory.as_ref();
    match fetched.status {
        404 | 410 if before.is_some_and(|m| matches!(m.status, 404 | 410)) => return Outcome::Unchanged,
        404 | 410 => return Outcome::Gone,
        _ => {}
    }
    match Asked::from_status(fetched.status) {
        Some(Asked::Unchanged) => return Outcome::Unchanged,
        Some(Asked::Refused(message)) => return Outcome::Blocked(message),
        Some(Asked::Failed(step, message)) => return Outcome::Failed(step, message),
        _ => {}
    }
    if let Some(sign) = wall(fetched) {
        return Outcome::Blocked(format!("a bot wall stands before it ({sign})"));
    }
    match before.filter(|m| !m.digest.is_empty()) {
        None => Outcome::New,
        // A page that was gone and is back has changed, even if its words have not.
        Some(m) if m.digest == digest(&[&fetched.body]) && !matches!(m.status, 404 | 410) => {
            Outcome::Unchanged
        }
        Some(_) => Outcome::Changed,
    }
}

fn wall(fetched: &Fetched) -> Option<&'static str> {
    if fetched.content_type().is_some_and(|t| t.contains("pdf")) {
        return None;
    }
    let text = fetched.text();
    challenge::sign(&fetched.response_headers, &text)
}

/// A source whose listing can be read but none of whose pages can be had is not well. Pages count that it lists, whichever
/// source they were fetched for and whenever.
fn conclude(state: &mut State, source: &Source, pause: Option<Duration>) {
    let now = clock::now();
    let memory = state.sources.entry(source.id.as_str().to_owned()).or_default();
    memory.not_before = health::not_before(now, pause).max(memory.not_before);
    if !matches!(memory.health, Some(Health::Ok | Health::Quiet)) {
        return;
    }
    let known = memory.listed.iter().filter_map(|url| state.pages.get(url));
    let troubles: Option<Vec<&Trouble>> = known.map(|page| page.trouble.as_ref()).collect();
    let Some(troubles) = troubles.filter(|troubles| !troubles.is_empty()) else { return };
    let refused = troubles.iter().filter(|trouble| trouble.refused).count();
    let health = if refused * 2 >= troubles.len() { Health::Blocked } else { Health::Failing };
    let told =
        troubles.iter().rev().find(|t| t.refused == (health == Health::Blocked)).unwrap_or(&troubles[0]);
    let message = format!("its pages cannot be fetched: {}", told.why);
    health::set(memory, now, health, message);
}
