//! Bringing in names that others have collected: FollowTheMoney entities and Wikidata dumps,
//! streamed to JSON Lines that [`crate::load`] reads.

use crate::error::Error;
use headwater_model::EntityId;
use headwater_model::knowledge::Entity;
use headwater_model::mention::EntityKind;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Records read.
    pub read: u64,
    /// Entities written.
    pub written: u64,
    /// Records that are no entity of a kind that we have, or have no name.
    pub left_out: u64,
    /// Lines that could not be read.
    pub broken: u64,
    /// The first of those lines, by number, and what is wrong with each.
    pub faults: Vec<(u64, String)>,
    /// Lines seen, empty ones too.
    line: u64,
}

/// More faults than this are counted, not kept.
const FAULTS: usize = 10;

impl Imported {
    fn fault(&mut self, message: impl Into<String>) {
        self.broken += 1;
        if self.faults.len() < FAULTS {
            self.faults.push((self.line, message.into()));
        }
    }

    /// A line as JSON; what is none is noted.
    fn json(&mut self, line: &str) -> Option<Value> {
        serde_json::from_str(line).map_err(|error| self.fault(format!("is no JSON object: {error}"))).ok()
    }
}

/// Which items of a Wikidata dump are wanted.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Classes (`Q4830453`) of which an item must be an instance (P31), and the kind that they
    /// give. Empty: a built-in handful for companies, people, countries, cities and agencies.
    pub classes: BTreeMap<String, EntityKind>,
    /// Items known in fewer Wikimedia sites than this are left out.
    pub min_sitelinks: usize,
}

/// A line longer than this is skipped: the longest items of Wikidata take some 5 MB.
const LONGEST_LINE: u64 = 64 << 20;

/// Reads FollowTheMoney entities, one JSON object a line, plain or gzip, and writes entities as JSON Lines.
pub fn import_ftm(reader: impl Read, mut writer: impl Write) -> Result<Imported, Error> {
    each_line(reader, |line, done| {
        let Some(value) = done.json(line) else { return Ok(()) };
        write_entity(ftm_entity(&value), &mut writer, done)
    })
}

/// Reads a Wikidata JSON dump (an item a line, plain or gzip) and writes entities as JSON Lines.
pub fn import_wikidata(
    reader: impl Read,
    mut writer: impl Write,
    filter: &Filter,
) -> Result<Imported, Error> {
    let defaults;
    let classes = if filter.classes.is_empty() {
        defaults = default_classes();
        &defaults
    } else {
        &filter.classes
    };
    each_line(reader, |line, done| {
        let line = line.trim_end_matches(',');
        if line == "[" || line == "]" {
            done.read -= 1;
            return Ok(());
        }
        let Some(value) = done.json(line) else { return Ok(()) };
        let known = value["sitelinks"].as_object().map_or(0, serde_json::Map::len);
        let entity = if known < filter.min_sitelinks { None } else { wikidata_entity(&value, classes) };
        write_entity(entity, &mut writer, done)
    })
}

/// Calls a function with each line, unpacking gzip (also of several members).
fn each_line(
    reader: impl Read,
    mut take: impl FnMut(&str, &mut Imported) -> Result<(), Error>,
) -> Result<Imported, Error> {
    let failed = |error: std::io::Error| Error::new(format!("read the import: {error}"));
    let mut reader = BufReader::with_capacity(1 << 20, reader);
    let packed = reader.fill_buf().map_err(failed)?.starts_with(&[0x1f, 0x8b]);
    let mut reader: Box<dyn BufRead + '_> = if packed {
        Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(reader)))
    } else {
        Box::new(reader)
    };
    let mut done = Imported::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = (&mut reader).take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(failed)?;
        if length == 0 {
            return Ok(done);
        }
        done.line += 1;
        if length as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
            done.read += 1;
            done.fault("is longer than 64 MB and was skipped");
            reader.skip_until(b'\n').map_err(failed)?;
            continue;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if !text.is_empty() {
            done.read += 1;
            take(text, &mut done)?;
        }
    }
}

fn write_entity(entity: Option<Entity>, writer: &mut impl Write, done: &mut Imported) -> Result<(), Error> {
    let Some(entity) = entity else {
        done.left_out += 1;
        return Ok(());
    };
    let line = serde_json::to_string(&entity).map_err(|e| Error::new(format!("write an entity: {e}")))?;
    writeln!(writer, "{line}").map_err(|e| Error::new(format!("write the import: {e}")))?;
    done.written += 1;
    Ok(())
}

fn ftm_entity(value: &Value) -> Option<Entity> {
    let kind = match value["schema"].as_str()? {
        "Company" => EntityKind::Company,
        "Organization" | "LegalEntity" => EntityKind::Organisation,
        "PublicBody" => EntityKind::Agency,
        "Person" => EntityKind::Person,
        _ => return None,
    };
    let properties = &value["properties"];
    let all = |name: &str| strings(&properties[name]);
    let mut names: BTreeSet<String> = ["name", "alias", "previousName"].iter().flat_map(|p| all(p)).collect();
    names.extend(value["caption"].as_str().map(str::to_owned));
    let countries = ["country", "jurisdiction", "nationality", "mainCountry"].iter().flat_map(|p| all(p));
    let mut identifiers = BTreeMap::new();
    for (scheme, property) in
        [("wikidata", "wikidataId"), ("lei", "leiCode"), ("ticker", "ticker"), ("isin", "isin")]
    {
        identifiers.extend(all(property).into_iter().next().map(|v| (scheme.to_owned(), v)));
    }
    let main = value["caption"].as_str().unwrap_or_default();
    let mut entity = named(value["id"].as_str()?, kind, main, names)?;
    entity.country = countries.into_iter().next().map(|c| c.to_uppercase());
    entity.identifiers = identifiers;
    Some(entity)
}

fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect()
}

/// An entity from a heap of names: the first Latin one is English, the first Han one Chinese.
fn named(id: &str, kind: EntityKind, main: &str, mut names: BTreeSet<String>) -> Option<Entity> {
    let is_latin = |n: &str| n.chars().any(|c| c.is_ascii_alphabetic()) && !n.chars().any(crate::is_han);
    let is_chinese = |n: &str| n.chars().all(|c| crate::is_han(c) || "·・（）()".contains(c));
    names.retain(|n| tells(n));
    let main = if tells(main) { main } else { "" };
    let pick = |fits: &dyn Fn(&str) -> bool| {
        std::iter::once(main)
            .chain(names.iter().map(String::as_str))
            .find(|n| !n.is_empty() && fits(n))
            .map(str::to_owned)
    };
    let en = pick(&is_latin);
    let zh = pick(&is_chinese);
    names.retain(|n| Some(n) != en.as_ref() && Some(n) != zh.as_ref());
    if en.is_none() && zh.is_none() {
        return None;
    }
    let aliases = names.into_iter().collect();
    let new = Entity::new(EntityId::new(id), kind, en.unwrap_or_default(), zh.unwrap_or_default());
    Some(Entity { aliases, ..new })
}

/// Whether a name tells its bearer by itself. In a list of a million, short names are mostly words as well: three Han
/// characters or a capitalised word of four letters are the least.
fn tells(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    if name.chars().any(crate::is_han) {
        return letters > 2;
    }
    letters > 3 && name.chars().any(|c| c.is_uppercase() || !c.is_ascii() && !c.is_lowercase())
}

/// Classes of Wikidata whose direct instances make useful names.
fn default_classes() -> BTreeMap<String, EntityKind> {
    let classes = [
        ("Q5", EntityKind::Person),
        ("Q4830453", EntityKind::Company),
        ("Q783794", EntityKind::Company),
        ("Q6881511", EntityKind::Company),
        ("Q891723", EntityKind::Company),
        ("Q327333", EntityKind::Agency),
        ("Q192350", EntityKind::Agency),
        ("Q6256", EntityKind::Place),
        ("Q515", EntityKind::Place),
        ("Q11032", EntityKind::Outlet),
        ("Q192283", EntityKind::Outlet),
        ("Q484652", EntityKind::Organisation),
        ("Q43229", EntityKind::Organisation),
        ("Q79913", EntityKind::Organisation),
        ("Q155271", EntityKind::Organisation),
        ("Q7278", EntityKind::Organisation),
        ("Q3918", EntityKind::Organisation),
        ("Q22687", EntityKind::Company),
        ("Q46970", EntityKind::Company),
        ("Q3624078", EntityKind::Place),
        ("Q1549591", EntityKind::Place),
        ("Q35657", EntityKind::Place),
    ];
    classes.into_iter().map(|(id, kind)| (id.to_owned(), kind)).collect()
}

fn wikidata_entity(value: &Value, classes: &BTreeMap<String, EntityKind>) -> Option<Entity> {
    let id = value["id"].as_str().filter(|id| id.starts_with('Q'))?;
    let instances = value["claims"]["P31"].as_array()?;
    let class = |claim: &Value| claim["mainsnak"]["datavalue"]["value"]["id"].as_str().map(str::to_owned);
    let kind = instances.iter().filter_map(class).find_map(|c| classes.get(&c).copied())?;
    let label = |language: &str| value["labels"][language]["value"].as_str().unwrap_or_default().to_owned();
    let first =
        |languages: &[&str]| languages.iter().map(|l| label(l)).find(|l| !l.is_empty()).unwrap_or_default();
    let mut names = BTreeSet::new();
    for language in ["en", "zh", "zh-hans", "zh-cn", "zh-hant", "zh-tw", "zh-hk"] {
        names.insert(label(language));
        let aliases = value["aliases"][language].as_array().map(Vec::as_slice).unwrap_or_default();
        names.extend(aliases.iter().filter_map(|a| a["value"].as_str()).map(str::to_owned));
    }
    let (en, hans, hant) =
        (label("en"), first(&["zh-hans", "zh-cn", "zh"]), first(&["zh-hant", "zh-tw", "zh-hk"]));
    let mut entity = named(&id.to_lowercase(), kind, &en, names)?;
    entity.aliases.retain(|n| *n != hans && *n != hant);
    let keep = |name: String, other: String| if tells(&name) { name } else { other };
    entity.en = keep(en, entity.en);
    entity.zh_hans = keep(hans, entity.zh_hans);
    entity.zh_hant = keep(hant, String::new());
    entity.identifiers.insert("wikidata".to_owned(), id.to_owned());
    Some(entity)
}
