//! How a source fares, from what it answered: a pure function of memory, answer and time.

use crate::fetch::{FetchError, Step};
use crate::listing::{Form, Listing};
use crate::source::{DEFAULT_INTERVAL, Source};
use crate::state::SourceMemory;
use crate::{dates, fetch};
use headwater_model::source::Health;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// Nothing new for this many usual gaps makes a source quiet …
const QUIET_GAPS: i64 = 3;
/// … but not before two days: a weekend is no silence.
const QUIET_LEAST: i64 = 2 * 24 * 3600;
/// Assumed where a source has too few dated entries to tell: a fortnight.
const QUIET_UNKNOWN: i64 = 14 * 24 * 3600;

/// What asking a source came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// It listed entries, some of them new.
    Listed {
        /// How many.
        entries: usize,
        /// How many of them were unknown.
        new: usize,
        /// Where it lives now, if it moved for good.
        moved_to: Option<String>,
    },
    /// It is as it was.
    Unchanged,
    /// It refuses us.
    Refused(String),
    /// A step failed.
    Failed(Step, String),
}

impl Asked {
    /// What a fetch error means for its source.
    pub fn from_error(error: &FetchError) -> Asked {
        if error.refused {
            return Asked::Refused(error.message.clone());
        }
        Asked::Failed(error.step, error.message.clone())
    }

    /// What an answer's status means, if it is not a success.
    pub fn from_status(status: u16) -> Option<Asked> {
        match status {
            200..=299 => None,
            304 => Some(Asked::Unchanged),
            401 | 402 | 403 | 429 | 451 => {
                Some(Asked::Refused(format!("it answers {status} {}", meaning(status))))
            }
            _ => Some(Asked::Failed(Step::Status, format!("it answers {status} {}", meaning(status)))),
        }
    }
}

/// What a status means, in words.
pub(crate) fn meaning(status: u16) -> &'static str {
    match status {
        401 => "(log in)",
        402 => "(pay)",
        403 => "(forbidden)",
        404 => "(not found)",
        410 => "(gone)",
        429 => "(too many requests)",
        451 => "(withheld for legal reasons)",
        500..=599 => "(the server is out of order)",
        300..=399 => "(redirect without a target)",
        _ => "",
    }
}

/// What a listing that was read means: one without entries and in no known form is a failure.
pub(crate) fn of_listing(listing: &Listing, new: usize, moved_to: Option<&str>) -> Asked {
    if listing.form == Form::Unknown {
        return Asked::Failed(Step::Parse, listing.problems.first().cloned().unwrap_or_default());
    }
    let moved_to = listing.moved_to.clone().or_else(|| moved_to.map(str::to_owned));
    Asked::Listed { entries: listing.entries.len(), new, moved_to }
}

/// Updates a source's memory after it was asked.
pub(crate) fn judge(memory: &mut SourceMemory, source: &Source, now: Timestamp, asked: &Asked) {
    memory.checked = Some(now);
    let (health, message) = match asked {
        Asked::Listed { entries, new, moved_to } => {
            memory.failures = 0;
            memory.entries = u32::try_from(*entries).unwrap_or(u32::MAX);
            if *new > 0 {
                memory.last_new = Some(now);
            }
            listed(memory, source, now, moved_to.as_deref())
        }
        Asked::Unchanged => {
            memory.failures = 0;
            listed(memory, source, now, None)
        }
        Asked::Refused(message) => {
            memory.failures += 1;
            (Health::Blocked, message.clone())
        }
        Asked::Failed(step, message) => {
            memory.failures += 1;
            (Health::Failing, format!("{step}: {message}"))
        }
    };
    set(memory, now, health, message);
}

/// Sets the health, and since when it is so.
pub(crate) fn set(memory: &mut SourceMemory, now: Timestamp, health: Health, message: String) {
    if memory.health != Some(health) {
        memory.health = Some(health);
        memory.since = Some(now);
    }
    memory.message = message;
}

fn listed(
    memory: &mut SourceMemory,
    source: &Source,
    now: Timestamp,
    moved_to: Option<&str>,
) -> (Health, String) {
    // A listing without a word about its address says nothing new about it.
    if let Some(to) = moved_to {
        memory.moved_to = Some(to.to_owned());
    }
    if let Some(to) = memory.moved_to.as_deref().filter(|to| *to != source.url) {
        return (Health::Moved, format!("it lives at {to} now; change its address"));
    }
    if memory.entries == 0 {
        return (Health::Empty, "it answers, and lists nothing".to_owned());
    }
    let Some(last_new) = memory.last_new else { return (Health::Ok, String::new()) };
    let silence = now.as_second() - last_new.as_second();
    let usual = memory.usual_gap.map_or(QUIET_UNKNOWN, |gap| (gap * QUIET_GAPS).max(QUIET_LEAST));
    if silence > usual {
        let days = silence / 86_400;
        return (Health::Quiet, format!("nothing new for {days} days, longer than is usual for it"));
    }
    (Health::Ok, String::new())
}

/// Median seconds between entries, from the dates that the listing gives; `None` with fewer than three dates.
pub(crate) fn usual_gap(listing: &Listing) -> Option<i64> {
    let dates = listing.entries.iter().take(500).filter_map(|e| e.published.as_ref().or(e.updated.as_ref()));
    let mut instants: Vec<i64> = dates.filter_map(|d| dates::instant(d)).map(Timestamp::as_second).collect();
    instants.sort_unstable();
    instants.dedup();
    let mut gaps: Vec<i64> = instants.windows(2).map(|pair| pair[1] - pair[0]).collect();
    gaps.sort_unstable();
    (gaps.len() >= 2).then(|| gaps[gaps.len() / 2])
}

/// When a source is to be asked next: its interval, stretched by what it asks for and by failures.
pub(crate) fn next_due(source: &Source, memory: Option<&SourceMemory>) -> Timestamp {
    let Some((memory, checked)) = memory.and_then(|m| Some((m, m.checked?))) else {
        return Timestamp::UNIX_EPOCH;
    };
    let own = source.interval;
    // A person's interval overrides what the feed asks for; a feed may ask for a day at most.
    let minutes = own.unwrap_or_else(|| DEFAULT_INTERVAL.max(memory.ttl.unwrap_or(0).min(24 * 60)));
    let patience = 1_i64 << memory.failures.min(4);
    let pause = (i64::from(minutes) * 60 * patience).min((12 * 3600).max(i64::from(minutes) * 60));
    let due = checked.checked_add(SignedDuration::from_secs(pause)).unwrap_or(Timestamp::MAX);
    memory.not_before.map_or(due, |not_before| due.max(not_before))
}

/// The instant until which a host asked to be left alone.
pub(crate) fn not_before(now: Timestamp, pause: Option<Duration>) -> Option<Timestamp> {
    let seconds = i64::try_from(pause?.as_secs()).ok()?;
    now.checked_add(SignedDuration::from_secs(seconds)).ok()
}

/// The pause that an answer or an error asks for.
pub(crate) fn pause_of(answer: &Result<fetch::Fetched, FetchError>) -> Option<Duration> {
    match answer {
        Ok(fetched) if matches!(fetched.status, 429 | 503) => fetched.retry_after(),
        Ok(_) => None,
        Err(error) => error.retry_after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use headwater_model::source::SourceKind;

    fn source() -> Source {
        Source::new("a", "A", "https://a.example/feed", SourceKind::Feed)
    }

    fn at(iso: &str) -> Timestamp {
        iso.parse().unwrap()
    }

    fn new_entries(new: usize) -> Asked {
        Asked::Listed { entries: 5, new, moved_to: None }
    }

    #[test]
    fn a_source_falls_quiet_and_wakes() {
        let mut memory = SourceMemory { usual_gap: Some(86_400), ..SourceMemory::default() };
        let mut check = |when: &str, asked: &Asked, health: Health| {
            judge(&mut memory, &source(), at(when), asked);
            assert_eq!(memory.health, Some(health), "{when} {}", memory.message);
        };
        check("2026-06-01T00:00:00Z", &new_entries(5), Health::Ok);
        check("2026-06-03T00:00:00Z", &Asked::Unchanged, Health::Ok);
        check("2026-06-04T01:00:00Z", &new_entries(0), Health::Quiet);
        check("2026-06-05T00:00:00Z", &new_entries(1), Health::Ok);
        check("2026-06-05T01:00:00Z", &Asked::Refused("403".into()), Health::Blocked);
        check("2026-06-05T02:00:00Z", &Asked::Failed(Step::Dns, "unknown".into()), Health::Failing);
        check("2026-06-05T03:00:00Z", &Asked::Listed { entries: 0, new: 0, moved_to: None }, Health::Empty);
        let moved = Asked::Listed { entries: 5, new: 0, moved_to: Some("https://b.example/".into()) };
        check("2026-06-05T04:00:00Z", &moved, Health::Moved);
        check("2026-06-05T05:00:00Z", &Asked::Unchanged, Health::Moved);
        check("2026-06-05T06:00:00Z", &new_entries(0), Health::Moved);
    }

    #[test]
    fn failing_says_since_when() {
        let mut memory = SourceMemory::default();
        for hour in 1..4 {
            let asked = Asked::Failed(Step::Tls, "expired".into());
            judge(&mut memory, &source(), at(&format!("2026-06-01T0{hour}:00:00Z")), &asked);
        }
        assert_eq!(memory.since, Some(at("2026-06-01T01:00:00Z")));
        assert_eq!((memory.failures, memory.message.as_str()), (3, "TLS: expired"));
    }

    #[test]
    fn when_it_is_due() {
        let due = |source: &Source, memory: &SourceMemory| next_due(source, Some(memory)).to_string();
        let mut memory =
            SourceMemory { checked: Some(at("2026-06-01T00:00:00Z")), ..SourceMemory::default() };
        assert_eq!(due(&source(), &memory), "2026-06-01T00:30:00Z");
        memory.ttl = Some(60);
        assert_eq!(due(&source(), &memory), "2026-06-01T01:00:00Z");
        memory.failures = 3;
        assert_eq!(due(&source(), &memory), "2026-06-01T08:00:00Z");
        memory.failures = 30;
        assert_eq!(due(&source(), &memory), "2026-06-01T12:00:00Z");
        memory.not_before = Some(at("2026-06-03T00:00:00Z"));
        assert_eq!(due(&source(), &memory), "2026-06-03T00:00:00Z");
        assert_eq!(next_due(&source(), None), Timestamp::UNIX_EPOCH);
    }
}
