//! What the line writes. Applying the same record twice changes nothing.

use crate::{CaptureRecord, Error, Ledger};
use headwater_model::capture::page;
use headwater_model::id::{GroupId, NodeId, StoryId, digest};
use headwater_model::note::Note;
use headwater_model::source::SourceState;
use headwater_model::tracking::{ClaimGroup, Designation, Edge, MeasureEvent, News, Story, Unseen, Version};
use headwater_model::{Analysis, Article, CaptureId, Change, Changes};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::params;
use std::collections::BTreeMap;

/// A node as one word: `c:<capture>` or `u:<unseen>`.
pub fn node_key(node: &NodeId) -> String {
    match node {
        NodeId::Capture(id) => format!("c:{id}"),
        NodeId::Unseen(id) => format!("u:{id}"),
    }
}

/// Claim groups and stories that wait before they are written.
const WAITING: usize = 2048;

/// Claim groups and stories that grew since they were last written. A much retold one grows many times between two
/// commits and is a long record, so only how it stands in the end is written.
#[derive(Default)]
pub(crate) struct Waiting {
    groups: BTreeMap<GroupId, ClaimGroup>,
    stories: BTreeMap<StoryId, Story>,
}

impl Ledger {
    /// Stores a capture's place.
    pub fn capture(&self, record: &CaptureRecord) -> Result<(), Error> {
        self.run(
            "INSERT OR REPLACE INTO captures (id, url, captured, status, media_type, segment, offset, source, page, asked) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                record.id.as_str(),
                record.url,
                record.captured.to_string(),
                record.status,
                record.media_type,
                record.position.segment,
                record.position.offset as i64,
                record.source.as_ref().map(|s| s.as_str()),
                page(&record.url),
                record.requested_url.as_deref().map(page)
            ],
        )
    }

    /// Stores that an address answered as before.
    pub fn revisit(&self, url: &str, captured: Timestamp) -> Result<(), Error> {
        self.run(
            "INSERT OR REPLACE INTO revisits (url, captured) VALUES (?1, ?2)",
            params![url, captured.to_string()],
        )
    }

    /// Stores an article and what it was found to say.
    pub fn article(&self, article: &Article, analysis: &Analysis) -> Result<(), Error> {
        self.run(
            "INSERT INTO articles (capture, page_kind, title, published, language, article, analysis, site_name, url, canonical, page) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (capture) DO UPDATE SET page_kind = ?2, title = ?3, published = ?4, language = ?5, article = ?6, analysis = ?7, site_name = ?8, url = ?9, canonical = ?10, page = ?11",
            params![
                article.capture.as_str(),
                article.page_kind.word(),
                article.title.as_str(),
                article.published.as_ref().map(|d| d.value.as_str()),
                article.language,
                serde_json::to_string(article)?,
                serde_json::to_string(analysis)?,
                article.site_name,
                article.url,
                article.canonical_url.as_deref().map(page).filter(|canonical| *canonical != page(&article.url)),
                page(&article.url)
            ],
        )
    }

    /// Stores a person's decision, after those made before it. Its id is what it says, so that one archive gives one
    /// ledger however it is cut into segments.
    pub fn note(&self, note: &Note) -> Result<(), Error> {
        let json = serde_json::to_string(note)?;
        self.run(
            "INSERT INTO notes (id, note) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING",
            params![digest(&[json.as_bytes()]), json],
        )
    }

    /// Stores how a source fares. This is not derived: it comes from the collector.
    pub fn set_source(&self, state: &SourceState) -> Result<(), Error> {
        self.run(
            "INSERT OR REPLACE INTO sources (id, state) VALUES (?1, ?2)",
            params![state.source.as_str(), serde_json::to_string(state)?],
        )
    }

    /// Applies what one capture changes, in order. `known` is the day on which that became known here: the day of the
    /// capture, or of the decision.
    pub fn changes(&mut self, changes: Changes, known: Date) -> Result<(), Error> {
        for (at, change) in changes.changes.into_iter().enumerate() {
            self.change(&changes.capture, known, at, change)?;
        }
        if self.waiting.groups.len() + self.waiting.stories.len() > WAITING {
            self.write_waiting()?;
        }
        Ok(())
    }

    /// Writes the claim groups and stories as they stand now.
    pub(crate) fn write_waiting(&mut self) -> Result<(), Error> {
        let waiting = std::mem::take(&mut self.waiting);
        waiting.groups.values().try_for_each(|group| self.group(group))?;
        waiting.stories.values().try_for_each(|story| self.story(story))
    }

    fn change(&mut self, capture: &CaptureId, known: Date, at: usize, change: Change) -> Result<(), Error> {
        match change {
            Change::Edge(edge) => self.edge(&edge),
            Change::EdgeGone(from, to) => self.run(
                "DELETE FROM edges WHERE from_capture = ?1 AND to_node = ?2",
                params![from.as_str(), node_key(&to)],
            ),
            Change::Unseen(unseen) => self.unseen_report(&unseen),
            Change::GroupGone(id) => {
                self.merged(&id)?;
                self.waiting.groups.remove(&id);
                self.run("DELETE FROM mentions WHERE group_id = ?1", params![id.as_str()])?;
                self.run("DELETE FROM groups WHERE id = ?1", params![id.as_str()])
            }
            Change::MeasureEvent(event) => self.measure_event(&event, capture, at),
            Change::Designation(designation) => self.designation(&designation, capture, at),
            Change::Version(version) => self.version(&version),
            Change::News(news) => self.news_item(&news, known),
            Change::Group(group) => {
                self.waiting.groups.insert(group.id.clone(), group);
                Ok(())
            }
            Change::Story(story) => {
                self.waiting.stories.insert(story.id.clone(), story);
                Ok(())
            }
        }
    }

    fn edge(&self, edge: &Edge) -> Result<(), Error> {
        self.run(
            "INSERT OR REPLACE INTO edges (from_capture, to_node, kind, score, edge) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![edge.from.as_str(), node_key(&edge.to), edge.kind.word(), edge.score, serde_json::to_string(edge)?],
        )
    }

    fn unseen_report(&self, unseen: &Unseen) -> Result<(), Error> {
        self.run(
            "INSERT OR REPLACE INTO unseen (id, unseen) VALUES (?1, ?2)",
            params![unseen.id.as_str(), serde_json::to_string(unseen)?],
        )
    }

    fn group(&self, group: &ClaimGroup) -> Result<(), Error> {
        let latest = group.mentions.iter().map(|m| m.day).max().map(|d| d.to_string()).unwrap_or_default();
        self.run(
            "INSERT OR REPLACE INTO groups (id, frame, measure, story, mentions, drift, conflicts, latest, claim_group) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                group.id.as_str(),
                group.frame.word(),
                group.measure.as_ref().map(|m| m.as_str()),
                group.story.as_ref().map(|s| s.as_str()),
                group.mentions.len() as i64,
                group.drift.iter().map(|d| i64::from(d.weight())).max().unwrap_or(0),
                group.conflicts.len() as i64,
                latest,
                serde_json::to_string(group)?
            ],
        )?;
        self.run("DELETE FROM mentions WHERE group_id = ?1", params![group.id.as_str()])?;
        for mention in &group.mentions {
            self.run(
                "INSERT OR REPLACE INTO mentions (group_id, capture, claim) VALUES (?1, ?2, ?3)",
                params![group.id.as_str(), mention.capture.as_str(), mention.claim],
            )?;
        }
        Ok(())
    }

    fn story(&self, story: &Story) -> Result<(), Error> {
        self.run(
            "INSERT OR REPLACE INTO stories (id, latest, articles, story) VALUES (?1, ?2, ?3, ?4)",
            params![
                story.id.as_str(),
                story.latest.to_string(),
                story.articles.len() as i64,
                serde_json::to_string(story)?
            ],
        )?;
        // Articles are never taken out of a story.
        let held: i64 = self
            .db
            .prepare_cached("SELECT COUNT(*) FROM story_articles WHERE story = ?1")?
            .query_row([story.id.as_str()], |row| row.get(0))?;
        for article in story.articles.iter().skip(held as usize) {
            self.run(
                "INSERT OR REPLACE INTO story_articles (story, capture) VALUES (?1, ?2)",
                params![story.id.as_str(), article.as_str()],
            )?;
        }
        Ok(())
    }

    fn measure_event(&self, event: &MeasureEvent, capture: &CaptureId, at: usize) -> Result<(), Error> {
        self.run(
            "INSERT OR REPLACE INTO measure_events (measure, capture, at, event) VALUES (?1, ?2, ?3, ?4)",
            params![
                event.measure.as_str(),
                capture.as_str(),
                format!("{at:06}"),
                serde_json::to_string(event)?
            ],
        )
    }

    fn designation(&self, designation: &Designation, capture: &CaptureId, at: usize) -> Result<(), Error> {
        self.run(
            "INSERT OR REPLACE INTO designations (list, capture, at, designation) VALUES (?1, ?2, ?3, ?4)",
            params![
                designation.list.as_str(),
                capture.as_str(),
                format!("{at:06}"),
                serde_json::to_string(designation)?
            ],
        )
    }

    fn version(&self, version: &Version) -> Result<(), Error> {
        self.run(
            "INSERT OR REPLACE INTO versions (page, after, version) VALUES (?1, ?2, ?3)",
            params![page(&version.url), version.after.as_str(), serde_json::to_string(version)?],
        )
    }

    fn news_item(&self, news: &News, known: Date) -> Result<(), Error> {
        let json = serde_json::to_string(news)?;
        let id = digest(&[json.as_bytes()]);
        self.run(
            "INSERT OR IGNORE INTO news (id, known, day, kind, news) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, known.to_string(), news.day.to_string(), news.kind.word(), json],
        )
    }

    /// Remembers the mentions of a claim group that goes into another, by which the other is found later: all of them, for
    /// those of a page that is edited leave it.
    fn merged(&self, id: &GroupId) -> Result<(), Error> {
        let Some(waiting) = self.waiting.groups.get(id) else {
            return self.run(
                "INSERT OR REPLACE INTO merged (id, capture, claim) SELECT group_id, capture, claim FROM mentions WHERE group_id = ?1",
                [id.as_str()],
            );
        };
        waiting.mentions.iter().try_for_each(|mention| {
            self.run(
                "INSERT OR REPLACE INTO merged (id, capture, claim) VALUES (?1, ?2, ?3)",
                params![id.as_str(), mention.capture.as_str(), mention.claim],
            )
        })
    }

    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), Error> {
        self.db.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}
