//! What is known of each host: whose turn it is, when it may be asked next, its robots.txt.

use super::{FetchError, Step};
use crate::robots::Robots;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// How long rules are kept (RFC 9309: no longer than a day), and how long their failure is remembered.
const ROBOTS_KEPT: Duration = Duration::from_secs(24 * 3600);
const ROBOTS_FAILURE_KEPT: Duration = Duration::from_secs(300);

/// The longest `Retry-After` that is believed.
const LONGEST_RETRY: Duration = Duration::from_secs(24 * 3600);

/// All hosts asked so far.
#[derive(Default)]
pub(super) struct Hosts {
    gates: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<Gate>>>>,
}

impl Hosts {
    /// The gate of an address's host. Whoever holds its lock is the one that asks.
    pub(super) fn gate(&self, url: &Url) -> Arc<tokio::sync::Mutex<Gate>> {
        let key = url.origin().ascii_serialization();
        let mut gates = self.gates.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        gates.entry(key).or_default().clone()
    }
}

/// One host.
pub(super) struct Gate {
    /// When it may be asked next.
    pub(super) next: Instant,
    closed_until: Option<Instant>,
    robots: Option<(Instant, Result<Robots, FetchError>)>,
}

impl Default for Gate {
    fn default() -> Self {
        Gate { next: Instant::now(), closed_until: None, robots: None }
    }
}

impl Gate {
    /// Waits until the host may be asked; fails if it asked for a longer pause than that.
    pub(super) async fn turn(&mut self, max_wait: Duration) -> Result<(), FetchError> {
        let now = Instant::now();
        if let Some(until) = self.closed_until {
            let left = until.saturating_duration_since(now);
            if left > max_wait {
                let message =
                    format!("the host asks not to be asked for another {} s", left.as_secs().max(1));
                return Err(FetchError { retry_after: Some(left), ..FetchError::new(Step::Status, message) });
            }
            tokio::time::sleep_until(until).await;
            self.closed_until = None;
        }
        tokio::time::sleep_until(self.next).await;
        Ok(())
    }

    pub(super) fn close_for(&mut self, pause: Duration) {
        self.closed_until = Some(Instant::now() + pause);
    }

    pub(super) fn robots(&self) -> Option<Result<Robots, FetchError>> {
        let (until, found) = self.robots.as_ref()?;
        (Instant::now() < *until).then(|| found.clone())
    }

    pub(super) fn keep_robots(&mut self, found: Result<Robots, FetchError>) {
        let kept = if found.is_ok() { ROBOTS_KEPT } else { ROBOTS_FAILURE_KEPT };
        self.robots = Some((Instant::now() + kept, found));
    }
}

/// `Retry-After`: seconds, or an HTTP date.
pub(super) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let seconds = match value.trim().parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value.trim()).ok()?;
            u64::try_from(date.as_second() - now.as_second()).unwrap_or(0)
        }
    };
    Some(Duration::from_secs(seconds).min(LONGEST_RETRY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses() {
        let now: Timestamp = "2026-06-09T08:00:00Z".parse().unwrap();
        let check = |value: &str, seconds: Option<u64>| {
            assert_eq!(retry_after(value, now).map(|d| d.as_secs()), seconds, "{value}");
        };
        check("120", Some(120));
        check("Tue, 09 Jun 2026 08:01:30 GMT", Some(90));
        check("Tue, 09 Jun 2026 07:00:00 GMT", Some(0));
        check("99999999", Some(24 * 3600));
        check("soon", None);
    }
}
