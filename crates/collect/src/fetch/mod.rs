//! Fetching, politely and within bounds: robots.txt, one request per host at a time, delays, redirects by hand,
//! sizes and times, and no request to a private address unless configured.

mod client;
mod hosts;

use crate::clock;
use crate::robots::Robots;
use crate::{address, inflate};
use client::Client;
use hosts::{Gate, Hosts};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use url::Url;

/// How the fetcher behaves. Every field has a default; times are in seconds, sizes in bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FetchSettings {
    /// `User-Agent`; must begin with the name that robots.txt files are searched for.
    pub user_agent: String,
    /// Between two requests to one host.
    pub delay: f64,
    /// The longest `Crawl-delay` of a robots.txt that is honoured; a longer one counts as this.
    pub max_crawl_delay: f64,
    /// The longest `Retry-After` that is waited for at once; a longer one closes the host until then.
    pub max_wait: f64,
    /// Requests under way at once, over all hosts.
    pub concurrency: usize,
    /// Largest body, as sent.
    pub max_body: usize,
    /// Largest body, content encodings removed.
    pub max_decoded: usize,
    /// To connect.
    pub connect_timeout: f64,
    /// For one address altogether, waiting for the host's turn excepted.
    pub timeout: f64,
    /// Redirects followed.
    pub max_redirects: usize,
    /// Whether machines of this network may be asked.
    pub allow_private: bool,
    /// An HTTP proxy for every request; the addresses are then its business.
    pub proxy: Option<String>,
}

impl Default for FetchSettings {
    fn default() -> Self {
        FetchSettings {
            user_agent: concat!("Headwater/", env!("CARGO_PKG_VERSION"), " (news archive; obeys robots.txt)")
                .to_owned(),
            // One request a second is what most published crawling policies take as polite.
            delay: 1.0,
            max_crawl_delay: 30.0,
            max_wait: 10.0,
            concurrency: 8,
            max_body: 20 << 20,
            max_decoded: 32 << 20,
            connect_timeout: 15.0,
            timeout: 60.0,
            max_redirects: 8,
            allow_private: false,
            proxy: None,
        }
    }
}

impl FetchSettings {
    /// The name that robots.txt files are searched for: the User-Agent up to the first other character.
    pub fn agent(&self) -> &str {
        let end = self.user_agent.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_'));
        &self.user_agent[..end.unwrap_or(self.user_agent.len())]
    }

    /// What is wrong with the settings, in words; `None` if they can be used.
    pub fn fault(&self) -> Option<String> {
        let times = [
            ("delay", self.delay),
            ("max_crawl_delay", self.max_crawl_delay),
            ("max_wait", self.max_wait),
            ("connect_timeout", self.connect_timeout),
            ("timeout", self.timeout),
        ];
        let (name, value) = times.into_iter().find(|(_, seconds)| !(0.0..=LONGEST).contains(seconds))?;
        Some(format!("{name} = {value}: it must be 0 to {LONGEST} seconds"))
    }
}

/// The longest time that can be set, in seconds: a day.
const LONGEST: f64 = 86_400.0;

/// At which step a fetch failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The address itself.
    Address,
    /// Finding the host.
    Dns,
    /// robots.txt.
    Robots,
    /// Reaching the host.
    Connect,
    /// The host's certificate.
    Tls,
    /// Waiting for the answer.
    Answer,
    /// Following redirects.
    Redirect,
    /// The status.
    Status,
    /// The body: too large, or packed in a way that cannot be unpacked.
    Body,
    /// The content type.
    ContentType,
    /// Reading the listing.
    Parse,
    /// Finding entries in it.
    Entries,
    /// How new the newest entry is.
    Newest,
}

impl Step {
    /// The step in a word or two.
    pub fn word(self) -> &'static str {
        match self {
            Step::Address => "address",
            Step::Dns => "DNS",
            Step::Robots => "robots.txt",
            Step::Connect => "connect",
            Step::Tls => "TLS",
            Step::Answer => "answer",
            Step::Redirect => "redirect",
            Step::Status => "status",
            Step::Body => "body",
            Step::ContentType => "content type",
            Step::Parse => "parse",
            Step::Entries => "entries",
            Step::Newest => "newest date",
        }
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.word())
    }
}

/// A fetch that brought nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{step}: {message}")]
pub struct FetchError {
    /// At which step.
    pub step: Step,
    /// Why, in words.
    pub message: String,
    /// When the host asks to be asked again.
    pub retry_after: Option<Duration>,
    /// Whether the host does not want us, as against being out of order.
    pub refused: bool,
}

impl FetchError {
    pub(crate) fn new(step: Step, message: impl Into<String>) -> FetchError {
        FetchError { step, message: message.into(), retry_after: None, refused: false }
    }
    /// Whether it says nothing of the page: its host could not be reached, or asks to be left alone for now.
    pub fn is_of_host(&self) -> bool {
        let host = matches!(self.step, Step::Dns | Step::Robots | Step::Connect | Step::Tls | Step::Answer);
        !self.refused && (host || self.retry_after.is_some())
    }
}

/// Header names and values, in order.
pub type Headers = Vec<(String, String)>;

/// One redirect on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The address that was asked.
    pub url: String,
    /// Its status.
    pub status: u16,
    /// Where it led, absolute.
    pub location: String,
    /// What was sent.
    pub request_headers: Headers,
    /// What came back.
    pub response_headers: Headers,
    /// When.
    pub started: Timestamp,
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The address that was asked for first.
    pub requested_url: String,
    /// The address that answered, after redirects.
    pub url: String,
    /// HTTP status.
    pub status: u16,
    /// What was sent to the last address.
    pub request_headers: Headers,
    /// What came back from it.
    pub response_headers: Headers,
    /// `HTTP/1.1`.
    pub http_version: String,
    /// The body, content encodings removed, charset untouched.
    pub body: Vec<u8>,
    /// When the last address was asked.
    pub started: Timestamp,
    /// The redirects on the way.
    pub redirects: Vec<Redirect>,
}

impl Fetched {
    /// The value of a response header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response_headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
    /// `Content-Type` as the server gave it.
    pub fn content_type(&self) -> Option<&str> {
        self.header("content-type")
    }
    /// The body as text.
    pub fn text(&self) -> String {
        headwater_charset::decode(&self.body, self.content_type(), &self.url).text
    }
    /// Where the requested address lives now, if every redirect on the way was permanent.
    pub fn moved_to(&self) -> Option<&str> {
        let permanent = self.redirects.iter().all(|r| matches!(r.status, 301 | 308));
        (!self.redirects.is_empty() && permanent).then_some(self.url.as_str())
    }
    /// What to send next time, so that an unchanged page need not be sent again.
    pub fn validators(&self) -> Validators {
        let value = |name| self.header(name).map(str::to_owned);
        let from = (self.url != self.requested_url).then(|| self.url.clone());
        Validators { etag: value("etag"), last_modified: value("last-modified"), from }
    }
    /// Seconds after which the host asks to be asked again.
    pub fn retry_after(&self) -> Option<Duration> {
        hosts::retry_after(self.header("retry-after")?, self.started)
    }
}

/// What a server gave to recognise an unchanged page by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Validators {
    /// `ETag`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// The address that gave them, where it is not the one that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// The one that fetches. Cheap to clone; clones share their politeness.
#[derive(Clone)]
pub struct Fetcher {
    settings: Arc<FetchSettings>,
    client: Client,
    hosts: Arc<Hosts>,
    slots: Arc<Semaphore>,
}

impl Fetcher {
    /// Makes a fetcher.
    pub fn new(settings: FetchSettings) -> Result<Fetcher, FetchError> {
        if let Some(fault) = settings.fault() {
            return Err(FetchError::new(Step::Address, fault));
        }
        let client = Client::new(&settings)?;
        let slots = Arc::new(Semaphore::new(settings.concurrency.max(1)));
        Ok(Fetcher { settings: Arc::new(settings), client, hosts: Arc::default(), slots })
    }

    /// Its settings.
    pub fn settings(&self) -> &FetchSettings {
        &self.settings
    }

    /// Fetches an address. `delay` overrides the settings' delay between requests to the host.
    pub async fn fetch(
        &self,
        url: &str,
        validators: &Validators,
        delay: Option<Duration>,
    ) -> Result<Fetched, FetchError> {
        let mut at =
            Url::parse(url.trim()).map_err(|e| FetchError::new(Step::Address, format!("{url}: {e}")))?;
        at.set_fragment(None);
        let mut redirects: Vec<Redirect> = Vec::new();
        let none = Validators::default();
        loop {
            // Validators mean something to the address alone that gave them: another one's page may have the
            // same ETag.
            let theirs = match &validators.from {
                Some(from) => from == at.as_str(),
                None => redirects.is_empty(),
            };
            let answer = self.hop(&at, if theirs { validators } else { &none }, delay).await?;
            let Some(location) = redirect_target(&answer, &at) else {
                return self.finish(url, &at, answer, redirects);
            };
            let location = location?;
            redirects.push(Redirect {
                url: at.to_string(),
                status: answer.status,
                location: location.to_string(),
                request_headers: answer.request_headers,
                response_headers: answer.response_headers,
                started: answer.started,
            });
            if redirects.len() > self.settings.max_redirects
                || redirects.iter().any(|r| r.url == location.as_str())
            {
                let message = format!("{} redirects lead nowhere, last to {location}", redirects.len());
                return Err(FetchError::new(Step::Redirect, message));
            }
            at = location;
        }
    }

    /// One request: its turn with the host, robots.txt, the answer.
    async fn hop(
        &self,
        url: &Url,
        validators: &Validators,
        delay: Option<Duration>,
    ) -> Result<Answer, FetchError> {
        if let Some(refusal) =
            address::refusal(url, self.settings.allow_private || self.settings.proxy.is_some())
        {
            return Err(FetchError::new(Step::Address, refusal));
        }
        let gate = self.hosts.gate(url);
        let mut gate = gate.lock().await;
        let robots = self.robots_of(url, &mut gate).await?;
        if !robots.allows(url.as_str()) {
            let forbidden = FetchError::new(Step::Robots, format!("robots.txt forbids {}", url.path()));
            return Err(FetchError { refused: true, ..forbidden });
        }
        let delay = self.delay(&robots, delay);
        self.request(url, validators, &mut gate, delay).await
    }

    fn delay(&self, robots: &Robots, own: Option<Duration>) -> Duration {
        let usual = own.unwrap_or(Duration::from_secs_f64(self.settings.delay));
        let asked = robots.delay.unwrap_or_default();
        usual.max(asked.min(Duration::from_secs_f64(self.settings.max_crawl_delay)))
    }

    /// A request in its turn; a short `Retry-After` is waited for once.
    async fn request(
        &self,
        url: &Url,
        validators: &Validators,
        gate: &mut Gate,
        delay: Duration,
    ) -> Result<Answer, FetchError> {
        let max_wait = Duration::from_secs_f64(self.settings.max_wait);
        for again in [true, false] {
            gate.turn(max_wait).await?;
            let slot = self.slots.acquire().await;
            let answer = self.answer(url, validators).await;
            drop(slot);
            gate.next = Instant::now() + delay;
            let answer = answer?;
            let wait = match answer.status {
                429 | 503 => answer.header("retry-after").and_then(|v| hosts::retry_after(v, answer.started)),
                _ => None,
            };
            let Some(wait) = wait else { return Ok(answer) };
            gate.close_for(wait);
            if !again || wait > max_wait {
                return Ok(answer);
            }
        }
        Err(FetchError::new(Step::Answer, "the host asks to wait again and again"))
    }

    async fn answer(&self, url: &Url, validators: &Validators) -> Result<Answer, FetchError> {
        let limit = Duration::from_secs_f64(self.settings.timeout.max(0.1));
        let request = self.client.ask(url, validators, self.settings.max_body);
        match tokio::time::timeout(limit, request).await {
            Ok(answer) => answer,
            Err(_) => {
                Err(FetchError::new(Step::Answer, format!("no full answer within {} s", limit.as_secs_f64())))
            }
        }
    }

    /// The host's rules, fetched once in a while.
    async fn robots_of(&self, url: &Url, gate: &mut Gate) -> Result<Robots, FetchError> {
        if let Some(robots) = gate.robots() {
            return robots;
        }
        let found = self.fetch_robots(url, gate).await;
        gate.keep_robots(found.clone());
        found
    }

    async fn fetch_robots(&self, url: &Url, gate: &mut Gate) -> Result<Robots, FetchError> {
        let Ok(mut at) = url.join("/robots.txt") else { return Ok(Robots::permissive()) };
        at.set_query(None);
        // RFC 9309 asks to follow at least five redirects, also to another host.
        for _ in 0..=5 {
            let answer = self.request(&at, &Validators::default(), gate, Duration::ZERO).await?;
            match redirect_target(&answer, &at) {
                Some(Ok(target)) => {
                    let private = self.settings.allow_private || self.settings.proxy.is_some();
                    if address::refusal(&target, private).is_some() {
                        return Ok(Robots::permissive());
                    }
                    at = target;
                }
                Some(Err(_)) => return Ok(Robots::permissive()),
                None => return self.read_robots(answer),
            }
        }
        Ok(Robots::permissive())
    }

    /// No file means no rules; a server out of order means none of it may be fetched now (RFC 9309, 2.3.1).
    fn read_robots(&self, answer: Answer) -> Result<Robots, FetchError> {
        match answer.status {
            200..=299 => {
                let encodings = answer.header("content-encoding").unwrap_or_default().to_owned();
                let body =
                    inflate::decode(&answer.body, &encodings, 4 << 20).ok().flatten().unwrap_or(answer.body);
                Ok(Robots::parse(&body, self.settings.agent()))
            }
            429 | 500..=599 => {
                let message =
                    format!("robots.txt could not be read ({}), so nothing is fetched now", answer.status);
                let retry_after =
                    answer.header("retry-after").and_then(|v| hosts::retry_after(v, answer.started));
                Err(FetchError { retry_after, ..FetchError::new(Step::Robots, message) })
            }
            _ => Ok(Robots::permissive()),
        }
    }

    /// The sitemaps that a host's robots.txt names.
    pub async fn sitemaps_of(&self, url: &Url) -> Vec<String> {
        let gate = self.hosts.gate(url);
        let mut gate = gate.lock().await;
        self.robots_of(url, &mut gate).await.map(|r| r.sitemaps).unwrap_or_default()
    }

    fn finish(
        &self,
        requested: &str,
        url: &Url,
        answer: Answer,
        redirects: Vec<Redirect>,
    ) -> Result<Fetched, FetchError> {
        let encodings = answer.header("content-encoding").unwrap_or_default().to_owned();
        let decoded = inflate::decode(&answer.body, &encodings, self.settings.max_decoded)
            .map_err(|message| FetchError::new(Step::Body, message))?;
        Ok(Fetched {
            requested_url: requested.to_owned(),
            url: url.to_string(),
            status: answer.status,
            request_headers: answer.request_headers,
            response_headers: answer.response_headers,
            http_version: answer.http_version,
            body: decoded.unwrap_or(answer.body),
            started: answer.started,
            redirects,
        })
    }
}

/// One answer as it came.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) http_version: String,
    pub(crate) request_headers: Headers,
    pub(crate) response_headers: Headers,
    pub(crate) body: Vec<u8>,
    pub(crate) started: Timestamp,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.response_headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

/// Where an answer redirects to, if it does.
fn redirect_target(answer: &Answer, from: &Url) -> Option<Result<Url, FetchError>> {
    if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = answer.header("location")?;
    Some(match from.join(location) {
        Ok(mut target) => {
            target.set_fragment(None);
            Ok(target)
        }
        Err(error) => Err(FetchError::new(Step::Redirect, format!("it leads to {location:?}: {error}"))),
    })
}

/// The present, for callers in this module's children.
fn now() -> Timestamp {
    clock::now()
}
