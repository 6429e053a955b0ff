//! The digest of everything derived, and the check of every quote.

use crate::schema::DERIVED;
use crate::{Error, Ledger};
use headwater_model::mention::Quantity;
use headwater_model::tracking::{
    Cited, ClaimGroup, Designation, Edge, MeasureEvent, News, Reason, Story, Unseen, Version,
};
use headwater_model::{Analysis, Article, CaptureId, Evidence};
use rusqlite::OptionalExtension;
use rusqlite::types::ValueRef;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// At most this many faults are told; more say nothing new.
const MAX_FAULTS: usize = 100;

/// Articles kept at hand while quotes are held against them: what one record cites is often cited by the next.
const ARTICLES_HELD: usize = 256;

impl Ledger {
    /// SHA-256 over every row of every derived table in the order of its key, as 32 hexadecimal digits.
    /// Where in the archive a record stands, and the order in which articles came, are not part of it.
    pub fn digest(&self) -> Result<String, Error> {
        let mut hash = Sha256::new();
        for (table, order) in DERIVED {
            hash.update(table.as_bytes());
            let mut statement = self.db.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
            let kept: Vec<usize> = statement
                .column_names()
                .enumerate()
                .filter(|(_, name)| !["seq", "segment", "offset"].contains(name))
                .map(|(at, _)| at)
                .collect();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for &at in &kept {
                    update(&mut hash, row.get_ref(at)?);
                }
            }
        }
        Ok(hash.finalize()[..16].iter().map(|b| format!("{b:02x}")).collect())
    }

    /// Holds every piece of evidence against its text: those of articles and their analyses, and every quote by which a
    /// derivation, claim, story, measure, list, edit or piece of news is shown. Returns how many there are and what is
    /// wrong.
    pub fn check_quotes(&self) -> Result<(u64, Vec<String>), Error> {
        let mut check = Quotes { ledger: self, held: BTreeMap::new(), count: 0, faults: Vec::new() };
        self.articles_after(0, |_, article, analysis| {
            each_evidence(article, analysis, &mut |evidence| {
                check.hold(&article.url, evidence, Some(article))
            });
            ControlFlow::Continue(())
        })?;
        check.records("SELECT edge FROM edges ORDER BY from_capture, to_node", |edge: &Edge, tell| {
            cited_in(&edge.reasons, tell)
        })?;
        check.records("SELECT unseen FROM unseen ORDER BY id", |unseen: &Unseen, tell| {
            each_cited(&unseen.cited, tell)
        })?;
        check.records("SELECT claim_group FROM groups ORDER BY id", each_of_group)?;
        check.records("SELECT story FROM stories ORDER BY id", |story: &Story, tell| {
            each_cited(&story.lead, tell);
            cited_in(&story.reasons, tell);
        })?;
        check.records(
            "SELECT event FROM measure_events ORDER BY capture, at",
            |event: &MeasureEvent, tell| each_cited([&event.cited], tell),
        )?;
        check.records(
            "SELECT designation FROM designations ORDER BY capture, at",
            |act: &Designation, tell| each_cited(act.dated.iter().chain(&act.act).chain([&act.cited]), tell),
        )?;
        check.records("SELECT version FROM versions ORDER BY after", |version: &Version, tell| {
            each_cited(version.claims.iter().flat_map(|(before, after)| before.iter().chain(after)), tell)
        })?;
        check.records("SELECT news FROM news ORDER BY id", |news: &News, tell| {
            each_cited(&news.cited, tell)
        })?;
        Ok((check.count, check.faults))
    }

    /// An article without its analysis.
    pub fn article_alone(&self, capture: &CaptureId) -> Result<Option<Article>, Error> {
        let mut statement = self.db.prepare_cached("SELECT article FROM articles WHERE capture = ?1")?;
        let json: Option<String> = statement.query_row([capture.as_str()], |row| row.get(0)).optional()?;
        Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
    }
}

/// Told of every piece of evidence that a record shows, with the capture in which it is said to stand.
type Tell<'t> = &'t mut dyn FnMut(&CaptureId, &Evidence);

/// A check of quotes under way.
struct Quotes<'l> {
    ledger: &'l Ledger,
    held: BTreeMap<CaptureId, Option<Article>>,
    count: u64,
    faults: Vec<String>,
}

impl Quotes<'_> {
    /// Holds every quote of every record of a query against the article that it cites.
    fn records<T: DeserializeOwned>(&mut self, sql: &str, each: impl Fn(&T, Tell)) -> Result<(), Error> {
        let ledger = self.ledger;
        ledger.try_each(sql, |record: T| {
            let mut failed = Ok(());
            each(&record, &mut |capture, evidence| {
                if failed.is_ok() {
                    failed = self.cited(capture, evidence);
                }
            });
            failed
        })
    }

    fn cited(&mut self, capture: &CaptureId, evidence: &Evidence) -> Result<(), Error> {
        if !self.held.contains_key(capture) {
            if self.held.len() >= ARTICLES_HELD {
                self.held.clear();
            }
            self.held.insert(capture.clone(), self.ledger.article_alone(capture)?);
        }
        let article = self.held.remove(capture).flatten();
        let place = article.as_ref().map_or(capture.as_str(), |a| &a.url).to_owned();
        self.hold(&place, evidence, article.as_ref());
        self.held.insert(capture.clone(), article);
        Ok(())
    }

    fn hold(&mut self, place: &str, evidence: &Evidence, article: Option<&Article>) {
        self.count += 1;
        let holds = article.is_some_and(|a| evidence.holds_in(a.part(evidence.part())));
        if !holds && self.faults.len() < MAX_FAULTS {
            let (span, quote) = (evidence.span(), evidence.quote());
            self.faults.push(format!("{place}: {quote:?} does not stand at {}..{}", span.start, span.end));
        }
    }
}

fn each_cited<'c>(cited: impl IntoIterator<Item = &'c Cited>, tell: Tell) {
    cited.into_iter().for_each(|c| tell(&c.capture, &c.evidence));
}

fn cited_in(reasons: &[Reason], tell: Tell) {
    each_cited(reasons.iter().flat_map(|r| &r.cited), tell);
}

fn each_of_group(group: &ClaimGroup, tell: Tell) {
    for mention in &group.mentions {
        tell(&mention.capture, &mention.evidence);
        let mut tell = |evidence: &Evidence| tell(&mention.capture, evidence);
        mention.quantity.iter().for_each(|q| of_quantity(q, &mut tell));
        mention.attribution.iter().for_each(|a| tell(&a.evidence));
    }
    each_cited(group.drift.iter().chain(&group.renderings).flat_map(|d| [&d.from, &d.to]), tell);
    each_cited(group.conflicts.iter().flat_map(|c| &c.values).map(|(_, cited)| cited), tell);
    cited_in(&group.reasons, tell);
}

fn update(hash: &mut Sha256, value: ValueRef) {
    let bytes = match value {
        ValueRef::Null => Vec::new(),
        ValueRef::Integer(i) => i.to_le_bytes().to_vec(),
        ValueRef::Real(r) => r.to_le_bytes().to_vec(),
        ValueRef::Text(t) | ValueRef::Blob(t) => t.to_vec(),
    };
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

/// Tells every piece of evidence of an article and its analysis.
fn each_evidence(article: &Article, analysis: &Analysis, tell: &mut dyn FnMut(&Evidence)) {
    article.notices.iter().for_each(|n| tell(&n.evidence));
    article.links.iter().filter_map(|l| l.evidence.as_ref()).for_each(&mut *tell);
    article.doubts.iter().chain(&analysis.doubts).filter_map(|d| d.evidence.as_ref()).for_each(&mut *tell);
    analysis.entities.iter().for_each(|e| tell(&e.evidence));
    analysis.dates.iter().for_each(|d| tell(&d.evidence));
    analysis.attributions.iter().for_each(|a| tell(&a.evidence));
    analysis.quantities.iter().for_each(|q| of_quantity(q, tell));
    for claim in &analysis.claims {
        tell(&claim.evidence);
        claim.fillers.iter().for_each(|f| tell(&f.evidence));
        claim.time.iter().for_each(|d| tell(&d.evidence));
        claim.quantity.iter().for_each(|q| of_quantity(q, tell));
        claim.attribution.iter().for_each(|a| tell(&a.evidence));
    }
}

fn of_quantity(quantity: &Quantity, tell: &mut dyn FnMut(&Evidence)) {
    tell(&quantity.evidence);
    quantity.scope.iter().for_each(tell);
}
