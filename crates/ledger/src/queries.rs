//! What pages, commands and exports ask.

use crate::apply::node_key;
use crate::{Error, Ledger};
use headwater_model::capture::{Position, page};
use headwater_model::id::{NodeId, SourceId, UnseenId};
use headwater_model::note::{Decision, Note};
use headwater_model::source::SourceState;
use headwater_model::time::day_of;
use headwater_model::tracking::{ClaimGroup, Designation, Edge, MeasureEvent, News, Story, Unseen, Version};
use headwater_model::{
    Analysis, Article, CaptureId, EntityId, GroupId, Knowledge, MeasureId, PageKind, StoryId,
};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Params, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// How much the ledger holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Captures of any kind.
    pub captures: u64,
    /// Articles and notices, each once, however often it was captured.
    pub articles: u64,
    /// Derivations by near-identical text.
    pub reprints: u64,
    /// Stories.
    pub stories: u64,
    /// Claim groups.
    pub claims: u64,
    /// Claim groups with drift.
    pub drifted: u64,
    /// Claim groups with conflicts.
    pub conflicting: u64,
    /// Measures with at least one event.
    pub measures: u64,
    /// Lists with at least one designation.
    pub lists: u64,
}

/// A piece of news with the day on which it became known here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known {
    /// Day of the capture that brought it, or of the decision.
    pub known: Date,
    /// What moved; its `day` is the one that its source gives.
    #[serde(flatten)]
    pub news: News,
}

/// Pages of a source by what they are.
pub type PageKinds = BTreeMap<PageKind, u64>;

/// What is said of a capture where it is cited. A page cites hundreds, so these stand in columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Its address.
    pub url: String,
    /// What its site calls itself.
    pub site_name: Option<String>,
    /// Day of publication, else of capture.
    pub day: Date,
}

/// A measure as it stands by what was read and by what people decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedMeasure {
    /// Its id.
    pub id: MeasureId,
    /// The name that a person gave it, else the one that a source gives it; the knowledge may have another.
    pub name: Option<String>,
    /// Whether a person confirmed it.
    pub confirmed: bool,
    /// Its events, in the order in which they were captured.
    pub events: Vec<MeasureEvent>,
}

impl DecidedMeasure {
    /// What it is called: by the knowledge, else by its name here, else by its id.
    pub fn called(&self, knowledge: &Knowledge) -> String {
        let known = knowledge.measure(&self.id).map(|known| known.en.clone());
        known.or_else(|| self.name.clone()).unwrap_or_else(|| self.id.to_string())
    }
}

/// One capture of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaptureRow {
    /// Its id.
    pub id: CaptureId,
    /// Its address.
    pub url: String,
    /// When it was captured.
    pub captured: Timestamp,
    /// HTTP status.
    pub status: u16,
    /// Media type without parameters.
    pub media_type: String,
    /// Where its record stands in the archive.
    pub position: Position,
}

const CAPTURE: &str = "SELECT id, url, captured, status, media_type, segment, offset FROM captures";

impl Ledger {
    /// How much there is.
    pub fn counts(&self) -> Result<Counts, Error> {
        let count = |sql: &str| -> Result<u64, Error> {
            Ok(self.db.query_row(sql, [], |r| r.get::<_, i64>(0))? as u64)
        };
        Ok(Counts {
            captures: count("SELECT count(*) FROM captures")?,
            articles: count(
                "SELECT count(DISTINCT page) FROM articles WHERE page_kind IN ('article', 'notice')",
            )?,
            reprints: count("SELECT count(*) FROM edges WHERE kind = 'reprint'")?,
            stories: count("SELECT count(*) FROM stories")?,
            claims: count("SELECT count(*) FROM groups")?,
            drifted: count("SELECT count(*) FROM groups WHERE drift > 0")?,
            conflicting: count("SELECT count(*) FROM groups WHERE conflicts > 0")?,
            measures: count("SELECT count(DISTINCT measure) FROM measure_events")?,
            lists: count("SELECT count(DISTINCT list) FROM designations")?,
        })
    }

    /// How many captures are folded in. This much can be asked of a ledger of any version.
    pub fn count_captures(&self) -> Result<u64, Error> {
        Ok(self.db.query_row("SELECT count(*) FROM captures", [], |r| r.get::<_, i64>(0))? as u64)
    }

    /// Whether a capture is folded in.
    pub fn has_capture(&self, id: &CaptureId) -> Result<bool, Error> {
        Ok(self.db.prepare_cached("SELECT 1 FROM captures WHERE id = ?1")?.exists([id.as_str()])?)
    }

    /// The latest capture of an address that is not after some time: its id and time.
    pub fn capture_until(
        &self,
        url: &str,
        until: Timestamp,
    ) -> Result<Option<(CaptureId, Timestamp)>, Error> {
        let sql =
            format!("{CAPTURE} WHERE url = ?1 AND captured <= ?2 ORDER BY captured DESC, id DESC LIMIT 1");
        let found = self.captures_where(&sql, [url, &until.to_string()])?.pop();
        Ok(found.map(|c| (c.id, c.captured)))
    }

    /// How many pages some articles are: the captures of one page are one.
    pub fn addresses_of(&self, articles: &[CaptureId]) -> Result<usize, Error> {
        let ids = serde_json::to_string(articles)?;
        let sql = "SELECT count(DISTINCT c.page) FROM json_each(?1) j JOIN captures c ON c.id = j.value";
        let count: i64 = self.db.prepare_cached(sql)?.query_row([ids], |r| r.get(0))?;
        Ok(count as usize)
    }

    /// All captures of an address, earliest first.
    pub fn captures_of(&self, url: &str) -> Result<Vec<CaptureRow>, Error> {
        self.captures_where(&format!("{CAPTURE} WHERE url = ?1 ORDER BY captured, id"), [url])
    }

    /// All captures of the page of an address, earliest first: `https` or not, with or without a closing slash or the
    /// parameters that count readers. Else those of pages that give the address as their own (`rel=canonical`), or to
    /// which it led.
    pub fn captures_at(&self, address: &str) -> Result<Vec<CaptureRow>, Error> {
        let page = page(address);
        for place in ["page = ?1", "id IN (SELECT capture FROM articles WHERE canonical = ?1)", "asked = ?1"]
        {
            let captures =
                self.captures_where(&format!("{CAPTURE} WHERE {place} ORDER BY captured, id"), [&page])?;
            if !captures.is_empty() {
                return Ok(captures);
            }
        }
        Ok(Vec::new())
    }

    /// The day of the latest look at any page: what "today" is to the ledger, which has no clock.
    pub fn latest_day(&self) -> Result<Option<Date>, Error> {
        let latest =
            |sql: &str| -> Result<Option<String>, Error> { Ok(self.db.query_row(sql, [], |r| r.get(0))?) };
        let (captured, seen) =
            (latest("SELECT max(captured) FROM captures")?, latest("SELECT max(captured) FROM revisits")?);
        Ok(captured.max(seen).and_then(|at| day_of(&at)))
    }

    /// On which day, and as known on which, a list or measure is shown if nobody says: the day of the latest look. A source
    /// east of us may be dated a day ahead of it, so what it told counts as known. `told` are the days of what was told.
    pub fn as_of(
        &self,
        on: Option<Date>,
        known: Option<Date>,
        told: impl Iterator<Item = Date>,
    ) -> Result<(Date, Date), Error> {
        // Where nothing was looked at, one day asked for stands for the other.
        let latest = self.latest_day()?.or(on).or(known).unwrap_or_default();
        Ok((on.unwrap_or(latest), known.unwrap_or_else(|| told.fold(latest, Date::max))))
    }

    /// A capture by its id.
    pub fn capture_row(&self, id: &CaptureId) -> Result<Option<CaptureRow>, Error> {
        Ok(self.captures_where(&format!("{CAPTURE} WHERE id = ?1"), [id.as_str()])?.pop())
    }

    fn captures_where(&self, sql: &str, values: impl Params) -> Result<Vec<CaptureRow>, Error> {
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(values, capture_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// An article and what it was found to say.
    pub fn article_of(&self, capture: &CaptureId) -> Result<Option<(Article, Analysis)>, Error> {
        let sql = "SELECT article, analysis FROM articles WHERE capture = ?1";
        let row = self.db.prepare_cached(sql)?.query_row([capture.as_str()], two_strings).optional()?;
        row.map(|(article, analysis)| parsed(&article, &analysis)).transpose()
    }

    /// What is said of a capture where it is cited.
    pub fn citation(&self, capture: &CaptureId) -> Result<Option<Citation>, Error> {
        let sql = "SELECT c.url, a.site_name, a.published, c.captured FROM articles a JOIN captures c ON c.id = a.capture WHERE a.capture = ?1";
        let citation = |row: &Row| {
            let (published, captured): (Option<String>, String) = (row.get(2)?, row.get(3)?);
            let day = published.as_deref().and_then(day_of).or_else(|| day_of(&captured)).unwrap_or_default();
            Ok(Citation { url: row.get(0)?, site_name: row.get(1)?, day })
        };
        Ok(self.db.prepare_cached(sql)?.query_row([capture.as_str()], citation).optional()?)
    }

    /// The article that came as number `seq`.
    pub fn article_numbered(&self, seq: u64) -> Result<Option<CaptureId>, Error> {
        let mut statement = self.db.prepare_cached("SELECT capture FROM articles WHERE seq = ?1")?;
        let capture = statement.query_row([seq as i64], |r| r.get::<_, String>(0)).optional()?;
        Ok(capture.map(CaptureId::new))
    }

    /// How many articles came after number `seq`.
    pub fn count_after(&self, seq: u64) -> Result<u64, Error> {
        let mut statement = self.db.prepare_cached("SELECT count(*) FROM articles WHERE seq > ?1")?;
        Ok(statement.query_row([seq as i64], |r| r.get::<_, i64>(0))? as u64)
    }

    /// Tells every article after `seq`, in the order in which they came, with its own number.
    pub fn articles_after(
        &self,
        seq: u64,
        mut tell: impl FnMut(u64, &Article, &Analysis) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let mut statement = self
            .db
            .prepare_cached("SELECT seq, article, analysis FROM articles WHERE seq > ?1 ORDER BY seq")?;
        let mut rows = statement.query([seq as i64])?;
        while let Some(row) = rows.next()? {
            let (article, analysis) = parsed(
                row.get_ref(1)?.as_str().unwrap_or_default(),
                row.get_ref(2)?.as_str().unwrap_or_default(),
            )?;
            if tell(row.get::<_, i64>(0)? as u64, &article, &analysis).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// How many things moved and became known on `since` or later.
    pub fn count_news(&self, since: Option<Date>) -> Result<usize, Error> {
        let since = since.map(|d| d.to_string()).unwrap_or_default();
        let mut statement = self.db.prepare_cached("SELECT count(*) FROM news WHERE known >= ?1")?;
        Ok(statement.query_row([since], |r| r.get::<_, i64>(0))? as usize)
    }

    /// What moved and became known on `since` or later: what became known last first, then by its own day.
    pub fn news(&self, since: Option<Date>, limit: usize, offset: usize) -> Result<Vec<Known>, Error> {
        let since = since.map(|d| d.to_string()).unwrap_or_default();
        let sql = "SELECT known, news FROM news WHERE known >= ?1 ORDER BY known DESC, day DESC, kind, id LIMIT ?2 OFFSET ?3";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![since, limit as i64, offset as i64])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let known = row.get_ref(0)?.as_str().unwrap_or_default().parse().unwrap_or_default();
            found.push(Known {
                known,
                news: serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or_default())?,
            });
        }
        Ok(found)
    }

    /// Stories, latest first.
    pub fn stories(&self, limit: usize, offset: usize) -> Result<Vec<Story>, Error> {
        let sql = "SELECT story FROM stories ORDER BY latest DESC, articles DESC, id LIMIT ?1 OFFSET ?2";
        self.records(sql, params![limit as i64, offset as i64])
    }

    /// A story.
    pub fn story_of(&self, id: &StoryId) -> Result<Option<Story>, Error> {
        Ok(self.records("SELECT story FROM stories WHERE id = ?1", [id.as_str()])?.pop())
    }

    /// The stories that an article belongs to, by any of its editions.
    pub fn stories_of(&self, capture: &CaptureId) -> Result<Vec<Story>, Error> {
        let sql = "SELECT story FROM stories WHERE id IN (SELECT a.story FROM story_articles a JOIN captures c ON c.id = a.capture WHERE c.page = (SELECT page FROM captures WHERE id = ?1)) ORDER BY id";
        self.records(sql, [capture.as_str()])
    }

    /// A claim group.
    pub fn group_of(&self, id: &GroupId) -> Result<Option<ClaimGroup>, Error> {
        Ok(self.records("SELECT claim_group FROM groups WHERE id = ?1", [id.as_str()])?.pop())
    }

    /// The claim group into which another was merged.
    pub fn successor(&self, id: &GroupId) -> Result<Option<GroupId>, Error> {
        let sql = "SELECT m.group_id FROM merged g JOIN mentions m ON m.capture = g.capture AND m.claim = g.claim WHERE g.id = ?1 ORDER BY m.group_id";
        let row =
            self.db.prepare_cached(sql)?.query_row([id.as_str()], |r| r.get::<_, String>(0)).optional()?;
        Ok(row.map(GroupId::new))
    }

    /// The capture that told a claim which is no longer told: another edition took its place, or it was read otherwise since.
    pub fn told_once(&self, id: &GroupId) -> Result<Option<CaptureId>, Error> {
        let sql = "SELECT capture FROM merged WHERE id = ?1 ORDER BY capture LIMIT 1";
        let row =
            self.db.prepare_cached(sql)?.query_row([id.as_str()], |r| r.get::<_, String>(0)).optional()?;
        Ok(row.map(CaptureId::new))
    }

    /// Claim groups: those with the weightiest drift first, then those with most conflicts and mentions.
    pub fn striking_groups(&self, limit: usize, offset: usize) -> Result<Vec<ClaimGroup>, Error> {
        let sql = "SELECT claim_group FROM groups ORDER BY drift DESC, conflicts DESC, mentions DESC, latest DESC, id LIMIT ?1 OFFSET ?2";
        self.records(sql, [limit as i64, offset as i64])
    }

    /// The claim groups that a capture's claims belong to.
    pub fn groups_of(&self, capture: &CaptureId) -> Result<Vec<ClaimGroup>, Error> {
        let sql = "SELECT DISTINCT g.id, g.claim_group FROM groups g JOIN mentions m ON m.group_id = g.id WHERE m.capture = ?1 ORDER BY g.id";
        self.records_at(1, sql, [capture.as_str()])
    }

    /// The claim groups that a capture's claims belong to; where a later edition took their place, or an earlier one says
    /// the same, those of the page.
    pub fn groups_of_edition(&self, article: &Article) -> Result<Vec<ClaimGroup>, Error> {
        let own = self.groups_of(&article.capture)?;
        if !own.is_empty() {
            return Ok(own);
        }
        let sql = "SELECT DISTINCT g.id, g.claim_group FROM groups g JOIN mentions m ON m.group_id = g.id JOIN captures c ON c.id = m.capture WHERE c.page = ?1 ORDER BY g.id";
        self.records_at(1, sql, [page(&article.url)])
    }

    /// The claim groups that first appeared in a story.
    pub fn groups_of_story(&self, story: &StoryId) -> Result<Vec<ClaimGroup>, Error> {
        let sql = "SELECT claim_group FROM groups WHERE story = ?1 ORDER BY drift DESC, conflicts DESC, mentions DESC, id";
        self.records(sql, [story.as_str()])
    }

    /// The claim groups about a measure, and those with a mention in the words by which it moved: what a measure that the
    /// knowledge lacks is about is told by its steps alone.
    pub fn groups_of_measure(&self, measure: &MeasureId) -> Result<Vec<ClaimGroup>, Error> {
        let sql = "SELECT claim_group FROM groups WHERE measure = ?1 ORDER BY drift DESC, conflicts DESC, mentions DESC, id";
        let mut groups: Vec<ClaimGroup> = self.records(sql, [measure.as_str()])?;
        for event in self.measure_events(measure)? {
            let cited = &event.cited;
            let tells = |group: &ClaimGroup| {
                let own = group.mentions.iter().filter(|m| m.capture == cited.capture);
                own.map(|m| &m.evidence).any(|words| words.overlaps(&cited.evidence))
            };
            for group in self.groups_of(&cited.capture)? {
                if tells(&group) && !groups.iter().any(|known| known.id == group.id) {
                    groups.push(group);
                }
            }
        }
        Ok(groups)
    }

    /// Derivations from a capture.
    pub fn edges_from(&self, capture: &CaptureId) -> Result<Vec<Edge>, Error> {
        self.records("SELECT edge FROM edges WHERE from_capture = ?1 ORDER BY to_node", [capture.as_str()])
    }

    /// Derivations to a node.
    pub fn edges_to(&self, node: &NodeId) -> Result<Vec<Edge>, Error> {
        self.records("SELECT edge FROM edges WHERE to_node = ?1 ORDER BY from_capture", [node_key(node)])
    }

    /// A report that was cited and not captured.
    pub fn unseen(&self, id: &UnseenId) -> Result<Option<Unseen>, Error> {
        Ok(self.records("SELECT unseen FROM unseen WHERE id = ?1", [id.as_str()])?.pop())
    }

    /// Measures that have events, by id, as people decided: what was rejected, or only told by pages that do
    /// not count, is left out, and what was confirmed has the name that it was given.
    pub fn measures_as_decided(&self) -> Result<Vec<DecidedMeasure>, Error> {
        let decided = self.decided_measures()?;
        let mut measures = Vec::new();
        for id in self.measures()? {
            let decision = decided.get(&id);
            if decision == Some(&None) {
                continue;
            }
            let measure = self.as_decided(id, decision)?;
            if !measure.events.is_empty() {
                measures.push(measure);
            }
        }
        Ok(measures)
    }

    fn as_decided(&self, id: MeasureId, decision: Option<&Option<String>>) -> Result<DecidedMeasure, Error> {
        let events = self.measure_events(&id)?;
        let given = decision.cloned().flatten().filter(|name| !name.is_empty());
        let name = given.or_else(|| events.iter().find_map(|e| e.proposed_name.clone()));
        Ok(DecidedMeasure { id, name, confirmed: decision.is_some(), events })
    }

    /// What a measure is called, by the knowledge, by people, or by its sources; else its id.
    pub fn measure_name(&self, knowledge: &Knowledge, id: &MeasureId) -> Result<String, Error> {
        if let Some(known) = knowledge.measure(id) {
            return Ok(known.en.clone());
        }
        let decided = self.decided_measures()?;
        Ok(self.as_decided(id.clone(), decided.get(id))?.called(knowledge))
    }

    /// Measures that have events, by id.
    pub fn measures(&self) -> Result<Vec<MeasureId>, Error> {
        let mut statement =
            self.db.prepare_cached("SELECT DISTINCT measure FROM measure_events ORDER BY measure")?;
        let rows = statement.query_map([], |r| Ok(MeasureId::new(r.get::<_, String>(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What people decided about proposed measures: the name of one that is confirmed (empty where the proposed one
    /// stays), nothing for one that is rejected. The latest decision counts.
    pub fn decided_measures(&self) -> Result<BTreeMap<MeasureId, Option<String>>, Error> {
        let decided = self.notes()?.into_iter().filter_map(|note| match note.decision {
            Decision::ConfirmMeasure { measure, confirmed, name } => {
                Some((measure, confirmed.then(|| name.unwrap_or_default())))
            }
            _ => None,
        });
        Ok(decided.collect())
    }

    /// The captures whose word on a measure or a list does not count, by people's decisions.
    pub fn uncounted(&self, of: &str) -> Result<BTreeSet<CaptureId>, Error> {
        // Asked for every measure and list, so only the notes on this one are read.
        let sql = "SELECT note FROM notes WHERE note ->> '$.of' = ?1 ORDER BY seq";
        let mut uncounted = BTreeSet::new();
        for note in self.records::<Note>(sql, [of])? {
            match note.decision {
                Decision::CountPage { captures, counts: true, .. } => {
                    uncounted.retain(|capture| !captures.contains(capture));
                }
                Decision::CountPage { captures, counts: false, .. } => uncounted.extend(captures),
                _ => {}
            }
        }
        Ok(uncounted)
    }

    /// A measure's events, in the order in which they were captured, without those that do not count by people's decisions.
    pub fn measure_events(&self, measure: &MeasureId) -> Result<Vec<MeasureEvent>, Error> {
        let sql = "SELECT e.event FROM measure_events e JOIN articles a ON a.capture = e.capture WHERE e.measure = ?1 ORDER BY a.seq, e.at";
        let mut events: Vec<MeasureEvent> = self.records(sql, [measure.as_str()])?;
        let uncounted = self.uncounted(measure.as_str())?;
        events.retain(|event| !uncounted.contains(&event.cited.capture));
        Ok(events)
    }

    /// Lists that have designations, by id.
    pub fn lists(&self) -> Result<Vec<EntityId>, Error> {
        let mut statement = self.db.prepare_cached("SELECT DISTINCT list FROM designations ORDER BY list")?;
        let rows = statement.query_map([], |r| Ok(EntityId::new(r.get::<_, String>(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A list's designations, in the order in which they were captured, without those that do not count by people's decisions.
    pub fn designations(&self, list: &EntityId) -> Result<Vec<Designation>, Error> {
        let sql = "SELECT d.designation FROM designations d JOIN articles a ON a.capture = d.capture WHERE d.list = ?1 ORDER BY a.seq, d.at";
        let mut designations: Vec<Designation> = self.records(sql, [list.as_str()])?;
        let uncounted = self.uncounted(list.as_str())?;
        designations.retain(|designation| !uncounted.contains(&designation.cited.capture));
        Ok(designations)
    }

    /// The versions of an address.
    pub fn versions(&self, address: &str) -> Result<Vec<Version>, Error> {
        let sql = "SELECT v.version FROM versions v JOIN articles a ON a.capture = v.after WHERE v.page = ?1 ORDER BY a.seq";
        self.records(sql, [page(address)])
    }

    /// How the sources fare.
    pub fn sources(&self) -> Result<Vec<SourceState>, Error> {
        self.records("SELECT state FROM sources ORDER BY id", [])
    }

    /// How many pages of each kind the sources led to, by the source.
    pub fn pages_of_sources(&self) -> Result<BTreeMap<SourceId, PageKinds>, Error> {
        let sql = "SELECT c.source, a.page_kind, count(DISTINCT c.page) FROM captures c JOIN articles a ON a.capture = c.id WHERE c.source IS NOT NULL GROUP BY 1, 2";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut sources: BTreeMap<SourceId, PageKinds> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (source, kind): (String, String) = (row.get(0)?, row.get(1)?);
            if let Ok(kind) = kind.parse() {
                sources.entry(SourceId::new(source)).or_default().insert(kind, row.get::<_, i64>(2)? as u64);
            }
        }
        Ok(sources)
    }

    /// What people decided, in the order of the archive: clocks may be set back, the archive is not.
    pub fn notes(&self) -> Result<Vec<Note>, Error> {
        self.records("SELECT note FROM notes ORDER BY seq", [])
    }

    /// Tells every derivation, by its ends.
    pub fn each_edge(&self, tell: impl FnMut(Edge)) -> Result<(), Error> {
        self.each("SELECT edge FROM edges ORDER BY from_capture, to_node", tell)
    }

    /// Tells every claim group, by id.
    pub fn each_group(&self, tell: impl FnMut(ClaimGroup)) -> Result<(), Error> {
        self.each("SELECT claim_group FROM groups ORDER BY id", tell)
    }

    /// Tells every story, by id.
    pub fn each_story(&self, tell: impl FnMut(Story)) -> Result<(), Error> {
        self.each("SELECT story FROM stories ORDER BY id", tell)
    }

    fn each<T: DeserializeOwned>(&self, sql: &str, mut tell: impl FnMut(T)) -> Result<(), Error> {
        self.try_each(sql, |record| {
            tell(record);
            Ok(())
        })
    }

    /// Tells every record of a query until one cannot be read or is refused.
    pub(crate) fn try_each<T: DeserializeOwned>(
        &self,
        sql: &str,
        mut tell: impl FnMut(T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            tell(serde_json::from_str(row.get_ref(0)?.as_str().unwrap_or_default())?)?;
        }
        Ok(())
    }

    fn records<T: DeserializeOwned>(&self, sql: &str, values: impl Params) -> Result<Vec<T>, Error> {
        self.records_at(0, sql, values)
    }

    fn records_at<T: DeserializeOwned>(
        &self,
        column: usize,
        sql: &str,
        values: impl Params,
    ) -> Result<Vec<T>, Error> {
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(serde_json::from_str(row.get_ref(column)?.as_str().unwrap_or_default())?);
        }
        Ok(records)
    }
}

fn capture_row(row: &Row) -> rusqlite::Result<CaptureRow> {
    Ok(CaptureRow {
        id: CaptureId::new(row.get::<_, String>(0)?),
        url: row.get(1)?,
        captured: row.get::<_, String>(2)?.parse().unwrap_or(Timestamp::UNIX_EPOCH),
        status: row.get(3)?,
        media_type: row.get(4)?,
        position: Position { segment: row.get(5)?, offset: row.get::<_, i64>(6)? as u64 },
    })
}

fn two_strings(row: &Row) -> rusqlite::Result<(String, String)> {
    Ok((row.get(0)?, row.get(1)?))
}

fn parsed(article: &str, analysis: &str) -> Result<(Article, Analysis), Error> {
    Ok((serde_json::from_str(article)?, serde_json::from_str(analysis)?))
}
