//! What a person has written down as known: entities, measures, rates. Data, loaded by
//! `headwater-knowledge`; the stages see only these types.

use crate::capture::hosts_up;
use crate::id::{EntityId, MeasureId};
use crate::mention::EntityKind;
use crate::source::SourceClass;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// An entity with all its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Stable id, e.g. `huawei`.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// English name.
    pub en: String,
    /// Simplified Chinese name; empty if none is used.
    #[serde(default)]
    pub zh_hans: String,
    /// Traditional Chinese name; empty if none is used.
    #[serde(default)]
    pub zh_hant: String,
    /// Further names in any script.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that others bear too, or that are common words as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ambiguous: Vec<AmbiguousName>,
    /// ISO 3166-1 alpha-2 country, or `EU`.
    #[serde(default)]
    pub country: Option<String>,
    /// Finer kind, free words (`foundry`, `regulator`).
    #[serde(default)]
    pub subtype: Option<String>,
    /// Parent company, maker of a product, superior of an agency, employer of a person.
    #[serde(default)]
    pub parent: Option<EntityId>,
    /// Hosts whose pages, and those of the hosts below them, speak for it (outlets, agencies). One that begins with `www.`
    /// speaks for it alone.
    #[serde(default)]
    pub sites: Vec<String>,
    /// Identifiers by scheme: `wikidata`, `ticker`, `lei`.
    #[serde(default)]
    pub identifiers: BTreeMap<String, String>,
    /// First day on which the name or office holds.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day on which it holds.
    #[serde(default)]
    pub until: Option<Date>,
}

impl Entity {
    /// An entity of which nothing is known but its kind and its names in English and simplified Chinese.
    pub fn new(id: EntityId, kind: EntityKind, en: String, zh_hans: String) -> Self {
        Entity {
            id,
            kind,
            en,
            zh_hans,
            zh_hant: String::new(),
            aliases: Vec::new(),
            ambiguous: Vec::new(),
            country: None,
            subtype: None,
            parent: None,
            sites: Vec::new(),
            identifiers: BTreeMap::new(),
            from: None,
            until: None,
        }
    }

    /// Its names as they are written: in English, simplified and traditional script, which may be empty, and the others. Those that mean it
    /// only in the right company are not among them, unless they stand here as well.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let own = [&self.en, &self.zh_hans, &self.zh_hant];
        own.into_iter().chain(&self.aliases).map(String::as_str)
    }
}

/// A name that means the entity only in the right company: where one of the context words stands in
/// the article, or where the article also uses a name that only this entity bears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmbiguousName {
    /// The name as written.
    pub name: String,
    /// Words of which one must stand in the article, in any script and case. Without any, only
    /// another name of the entity or its country decides.
    #[serde(default)]
    pub context: Vec<String>,
}

/// A policy instrument that is followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Stable id.
    pub id: MeasureId,
    /// English name.
    pub en: String,
    /// Chinese name.
    #[serde(default)]
    pub zh: String,
    /// Further names and identifiers under which texts mention it (`国发〔2025〕11号`, `90 FR 12345`).
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The day of its first act, where an earlier act of the same kind would be taken for it.
    #[serde(default)]
    pub since: Option<Date>,
    /// ISO 3166-1 alpha-2, or `EU`.
    pub jurisdiction: String,
    /// Issuing authorities.
    #[serde(default)]
    pub authorities: Vec<EntityId>,
    /// Instrument kind, e.g. `procurement_list`, `export_control`.
    pub instrument: String,
    /// GTA intervention type id, where one fits.
    #[serde(default)]
    pub gta_type: Option<u16>,
    /// UNCTAD MAST chapter, where one fits.
    #[serde(default)]
    pub mast_chapter: Option<String>,
    /// Words that tie a claim to the measure when its authority or list also fits: every inner
    /// list is an alternative, all of whose words must appear in the claim's sentence or the title.
    #[serde(default)]
    pub cues: Vec<Vec<String>>,
    /// The list that the measure keeps, if it is one.
    #[serde(default)]
    pub list: Option<EntityId>,
}

/// A dated exchange rate, for comparison only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// ISO 4217.
    pub currency: String,
    /// The day of the rate.
    pub date: Date,
    /// Units of the currency for one US dollar.
    pub per_usd: Decimal,
}

/// The whole knowledge folder, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// Entities, sorted by id.
    pub entities: Vec<Entity>,
    /// Measures, sorted by id.
    pub measures: Vec<Measure>,
    /// Rates, sorted by currency and date.
    pub rates: Vec<Rate>,
    /// Words for the same thing in every language, by the term's key. What they say compares texts across
    /// languages; they are no entities.
    pub terms: BTreeMap<String, Vec<String>>,
    /// Digest of the files, in their order.
    pub digest: String,
    /// Whose a site is.
    pub sites: SiteOwners,
}

/// The owner of each site, by its place among the entities: worked out when it is first asked for, so that a million entities
/// are walked through once and not for every page. A copy, which may get other entities, works it out anew.
#[derive(Debug, Default)]
pub struct SiteOwners(OnceLock<BTreeMap<String, usize>>);

impl Clone for SiteOwners {
    fn clone(&self) -> Self {
        SiteOwners::default()
    }
}

/// It says nothing that the entities do not say.
impl PartialEq for SiteOwners {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for SiteOwners {}

impl Knowledge {
    /// The entity with this id.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.entities.binary_search_by(|e| e.id.cmp(id)).ok().map(|i| &self.entities[i])
    }
    /// What an entity is called in English; its id if the knowledge lacks it.
    pub fn name(&self, id: &EntityId) -> String {
        self.entity(id).map_or_else(|| id.to_string(), |e| e.en.clone())
    }
    /// Whether an entity is known to be of a kind.
    pub fn is(&self, id: &EntityId, kind: EntityKind) -> bool {
        self.entity(id).is_some_and(|e| e.kind == kind)
    }
    /// Whether one of two entities is part of the other, its country, or the line of products that it belongs to.
    pub fn are_related(&self, a: &EntityId, b: &EntityId) -> bool {
        let (Some(x), Some(y)) = (self.entity(a), self.entity(b)) else { return false };
        let under = |child: &Entity, id: &EntityId| child.parent.as_ref() == Some(id);
        let place = |e: &Entity| e.kind == EntityKind::Place;
        let line = x.parent.is_some()
            && x.parent == y.parent
            && (x.en.starts_with(&y.en) || y.en.starts_with(&x.en));
        line || under(x, b)
            || under(y, a)
            || ((place(x) || place(y)) && x.country == y.country && x.country.is_some())
    }
    /// The measure with this id.
    pub fn measure(&self, id: &MeasureId) -> Option<&Measure> {
        self.measures.binary_search_by(|m| m.id.cmp(id)).ok().map(|i| &self.measures[i])
    }
    /// The outlet, agency or company whose site a host is: the longest of its `sites` that the host ends in. A site that
    /// is written with `www.` is that host alone: whole countries' authorities have theirs below `gov.cn`.
    pub fn site_owner(&self, host: &str) -> Option<&Entity> {
        let owned = self.entities.iter().enumerate().flat_map(|(at, e)| e.sites.iter().map(move |s| (s, at)));
        let owners = self.sites.0.get_or_init(|| owned.map(|(site, at)| (site.clone(), at)).collect());
        if let Some(&at) = owners.get(host) {
            return self.entities.get(at);
        }
        let owner = hosts_up(host.strip_prefix("www.").unwrap_or(host)).find_map(|site| owners.get(site));
        self.entities.get(*owner?)
    }
    /// What a site's word is worth: `official` for agencies, else `press`.
    pub fn source_class(&self, host: &str) -> SourceClass {
        match self.site_owner(host).map(|e| e.kind) {
            Some(EntityKind::Agency) => SourceClass::Official,
            _ => SourceClass::Press,
        }
    }
    /// Units of `currency` for one US dollar on `day`: the latest rate not after it, else the first.
    pub fn per_usd(&self, currency: &str, day: Date) -> Option<Decimal> {
        if currency == "USD" {
            return Some(Decimal::ONE);
        }
        let mut rates = self.rates.iter().filter(|r| r.currency == currency).peekable();
        let first = rates.peek()?.per_usd;
        Some(rates.take_while(|r| r.date <= day).last().map_or(first, |r| r.per_usd))
    }
}
