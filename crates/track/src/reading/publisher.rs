//! Publishers: whose page a capture is, and which publisher a citation names.

use crate::text::units::folded;
use crate::text::words;
use headwater_model::mention::EntityKind;
use headwater_model::source::SourceClass;
use headwater_model::{Article, EntityId, Knowledge, NoticeKind, PageKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whose page a capture is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// The outlet, agency or company, if the knowledge has it.
    pub entity: Option<EntityId>,
    /// Its names as its pages give them, folded.
    pub names: Vec<String>,
    /// Further issuers that the page names in a line of their own, as one does on a government's common site.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuers: Vec<EntityId>,
    /// The agency that this one is under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<EntityId>,
}

impl Publisher {
    /// Keys under which a citation can find it.
    pub fn keys(&self) -> Vec<String> {
        let entities = self.entity.iter().chain(&self.issuers).map(key_of);
        entities.chain(self.names.iter().cloned()).collect()
    }
    /// Whether words say that somebody told this outlet something, or that it has learnt it.
    pub fn is_told(&self, words: &str) -> bool {
        let (folded, lists) = (folded(words), words::lists());
        // A short name stands in other words by chance.
        let names = self.names.iter().filter(|n| n.chars().count() >= if n.is_ascii() { 4 } else { 2 });
        let told = |name: &String| {
            // Most words do not name it at all, which is cheap to ask.
            folded.contains(name.as_str())
                && (lists.sources.told_to.iter().any(|cue| folded.contains(&format!("{cue}{name}")))
                    || lists.sources.learns.iter().any(|cue| folded.contains(&format!("{name}{cue}"))))
        };
        names.into_iter().any(told)
            || lists.sources.learns_itself.iter().any(|cue| folded.contains(cue.as_str()))
    }
    /// Whether a voice is this outlet's.
    pub fn is_named(&self, voice: &headwater_model::mention::Attribution) -> bool {
        let of = |name: &String| bare(&voice.source.text).starts_with(name.as_str());
        (voice.source.entity.is_some() && voice.source.entity == self.entity) || self.names.iter().any(of)
    }
    /// Keys under which its pages are found: its own, and that of the agency that it is under.
    pub fn page_keys(&self) -> Vec<String> {
        self.keys().into_iter().chain(self.under.iter().map(key_under)).collect()
    }
    /// Keys by which it may be cited: its own, and that of the agency that it is under.
    pub fn cited_keys(&self) -> Vec<String> {
        self.keys().into_iter().chain(self.under.iter().map(key_of)).collect()
    }
    /// Whether a citation of this entity or name means this publisher.
    pub fn is(&self, entity: Option<&EntityId>, name: &str) -> bool {
        match (entity, &self.entity) {
            (Some(cited), Some(own)) => cited == own || self.issuers.contains(cited),
            _ => self.names.iter().any(|own| same_name(own, name)),
        }
    }
}

/// Key of an entity among publishers' keys; the colon keeps it apart from folded names.
pub fn key_of(id: &EntityId) -> String {
    format!("id:{id}")
}

/// Key of the pages of agencies under an entity.
pub fn key_under(id: &EntityId) -> String {
    format!("under:{id}")
}

/// Whether a key is that of an entity.
pub fn is_key_of(key: &str, id: &EntityId) -> bool {
    key.strip_prefix("id:") == Some(id.as_str())
}

/// Two folded names that differ by an article or an addition only.
fn same_name(a: &str, b: &str) -> bool {
    let long_enough = |s: &str| s.chars().count() >= if s.is_ascii() { 5 } else { 3 };
    a == b || (long_enough(a) && b.contains(a)) || (long_enough(b) && a.contains(b))
}

/// A name without the words that a citation adds to it.
pub fn bare(name: &str) -> String {
    let folded = folded(name);
    let stripped = folded.strip_prefix("the").filter(|rest| rest.len() > 3);
    stripped.map_or(folded.clone(), str::to_owned)
}

/// Publishers by name.
#[derive(Debug, Default)]
pub struct Names {
    by_name: BTreeMap<String, EntityId>,
}

impl Names {
    /// The names of everyone in the knowledge who can publish.
    pub fn new(knowledge: &Knowledge) -> Self {
        let publishes = |kind: EntityKind| {
            matches!(
                kind,
                EntityKind::Outlet | EntityKind::Agency | EntityKind::Organisation | EntityKind::Company
            )
        };
        let mut by_name = BTreeMap::new();
        for entity in knowledge.entities.iter().filter(|e| publishes(e.kind)) {
            for name in entity.names() {
                let key = bare(name);
                if !key.is_empty() {
                    by_name.entry(key).or_insert_with(|| entity.id.clone());
                }
            }
        }
        Names { by_name }
    }
    /// Who is called so.
    pub fn find(&self, name: &str) -> Option<&EntityId> {
        self.by_name.get(&bare(name))
    }
}

/// The host of an address, without `www.` and port, lower case.
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    host.strip_prefix("www.").map_or(host.clone(), str::to_owned)
}

/// Whose page an article is.
pub fn of(article: &Article, knowledge: &Knowledge, names: &Names) -> Publisher {
    let host = host(&article.url);
    let site = article.site_name.as_deref();
    let owner = knowledge.site_owner(&host).map(|e| e.id.clone());
    let entity = owner.or_else(|| names.find(site?).cloned());
    let mut all: Vec<String> = site.into_iter().map(bare).collect();
    if let Some(official) = &article.official {
        all.extend(official.issuers.iter().map(|issuer| bare(issuer)));
    }
    if let Some(known) = entity.as_ref().and_then(|id| knowledge.entity(id)) {
        all.extend([&known.en, &known.zh_hans].into_iter().map(|n| bare(n)));
    }
    // Who is not known is at least called as its address is: www.quayside-wire.example.
    if entity.is_none() {
        all.extend(called_by_host(&host));
    }
    all.retain(|name| name.chars().count() > 1);
    all.sort();
    all.dedup();
    let issuers = if is_government(&host) { issuers(article, knowledge, names) } else { Vec::new() };
    let agency = |id: &EntityId| knowledge.entity(id).filter(|e| e.kind == EntityKind::Agency);
    let under = entity.as_ref().and_then(agency).and_then(|e| e.parent.clone());
    Publisher { entity, names: all, issuers, under }
}

/// The name that a host gives away, folded; a short one would be part of others' names.
fn called_by_host(host: &str) -> Option<String> {
    const SHORTEST: usize = 7;
    let labels: Vec<&str> = host.split('.').collect();
    let own = labels.iter().rev().skip(1).find(|label| label.len() >= SHORTEST)?;
    Some(folded(own))
}

/// Agencies whose name is a whole line of the text.
fn issuers(article: &Article, knowledge: &Knowledge, names: &Names) -> Vec<EntityId> {
    /// Lines that are looked at, and how many agencies issue one page.
    const LINES: usize = 400;
    const MOST: usize = 4;
    let lines = article.text.as_str().lines().take(LINES).filter(|line| line.chars().count() < 80);
    let agency = |id: &&EntityId| knowledge.is(id, EntityKind::Agency);
    let mut found: Vec<EntityId> =
        lines.filter_map(|line| names.find(line)).filter(agency).cloned().collect();
    found.dedup();
    found.truncate(MOST);
    found
}

/// Whether letters are a host's name: labels of letters, digits and hyphens, the last of letters.
pub fn is_host(host: &str) -> bool {
    let label = |l: &str| !l.is_empty() && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let top = host.rsplit('.').next().unwrap_or_default();
    host.split('.').all(label) && top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic())
}

/// Whether a host is a government's: sample.gov, www.gov.uk, a.go.jp.
fn is_government(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    let (Some(top), second) = (labels.next(), labels.next()) else { return false };
    let named = |label: &str| words::lists().sources.governments.iter().any(|g| g == label);
    matches!(top, "gov" | "mil") || (top.len() == 2 && second.is_some_and(named))
}

/// What an article's word is worth by itself: an authority's own page, a machine's text, or the press.
pub fn class(article: &Article, knowledge: &Knowledge, publisher: &Publisher) -> SourceClass {
    let says = |kind: NoticeKind| article.notices.iter().any(|n| n.kind == kind);
    if says(NoticeKind::MachineGenerated) {
        return SourceClass::Secondary;
    }
    if is_filing(&article.url) {
        return SourceClass::Press;
    }
    let agency = publisher.entity.as_ref().and_then(|id| knowledge.entity(id)).map(|e| e.kind);
    let host = host(&article.url);
    let government = is_government(&host);
    let numbered = article.official.as_ref().is_some_and(|o| o.number.is_some() || o.index.is_some());
    let official =
        agency == Some(EntityKind::Agency) || government || numbered || article.page_kind == PageKind::Notice;
    // A newspaper's reprint of a notice carries its number and stays a newspaper's page.
    if official && agency != Some(EntityKind::Outlet) { SourceClass::Official } else { SourceClass::Press }
}

/// Whether an address is that of a company's own filing, which is the company's word and nobody's act.
pub fn is_filing(url: &str) -> bool {
    let (host, sources) = (host(url), &words::lists().sources);
    let keeper = sources.filings.iter().any(|keeper| {
        host.strip_suffix(keeper.as_str()).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    });
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]).to_ascii_lowercase();
    let under = |own: &String| {
        path.strip_prefix(own.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    keeper && !sources.filings_own.iter().any(under)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_without_what_varies() {
        assert_eq!(host("https://User@WWW.A.example:80/x"), "a.example");
    }

    #[test]
    fn unknown_publishers_are_called_as_their_address_is() {
        assert_eq!(called_by_host("quayside-wire.example").as_deref(), Some("quaysidewire"));
        assert_eq!(called_by_host("news.post.com"), None);
    }

    #[test]
    fn names_agree_but_for_additions() {
        let publisher = Publisher { names: vec![bare("The Harbour Post")], ..Publisher::default() };
        assert!(publisher.is(None, &bare("Harbour Post")));
        assert!(publisher.is(None, &bare("the Harbour Post newspaper")));
        assert!(!publisher.is(None, &bare("Post")));
    }
}
