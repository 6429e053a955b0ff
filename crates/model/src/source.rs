//! Where captures come from, and how each source fares.

use crate::id::SourceId;
use crate::vocabulary;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// How a source lists its pages.
    SourceKind {
        Feed => "feed", Sitemap => "sitemap", List => "list", Page => "page", Api => "api",
    }
}

vocabulary! {
    /// What the source's word is worth for a measure's life cycle.
    SourceClass { Official => "official", Press => "press", Anonymous => "anonymous", Secondary => "secondary" }
}

vocabulary! {
    /// How a source fares, as a person sees it.
    Health {
        /// Entries arrive.
        Ok => "ok",
        /// Answers, but nothing new for longer than is usual for it.
        Quiet => "quiet",
        /// Answers, and lists nothing.
        Empty => "empty",
        /// Refuses us: a bot wall, 401, 403, robots.txt.
        Blocked => "blocked",
        /// Lives elsewhere now.
        Moved => "moved",
        /// Fails since the time stated.
        Failing => "failing",
        /// Never asked yet.
        New => "new",
    }
}

/// What is known of a source's fate: written by `collect`, read by people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceState {
    /// Which source.
    pub source: SourceId,
    /// Its address.
    pub url: String,
    /// What a person calls it.
    pub name: String,
    /// How it fares.
    pub health: Health,
    /// Since when it fares so.
    pub since: Option<Timestamp>,
    /// When it was last asked.
    pub checked: Option<Timestamp>,
    /// When it last listed something new.
    pub last_new: Option<Timestamp>,
    /// The step that failed and what to do, in a sentence; empty when all is well.
    pub message: String,
    /// How many entries it listed when last asked.
    pub entries: u32,
}
