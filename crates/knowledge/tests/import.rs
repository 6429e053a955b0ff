//! Importing what others have collected, and living with it.

use flate2::write::GzEncoder;
use headwater_knowledge::{Filter, Lexicon, check, import_ftm, import_wikidata, load};
use headwater_model::EntityId;
use std::io::Write;

const FTM: &str = r#"{"id":"acme-1","schema":"Company","caption":"Acme Robotics","properties":{"name":["Acme Robotics","艾克美机器人"],"country":["cn"],"leiCode":["L1"]}}
{"id":"vessel-1","schema":"Vessel","caption":"Blue Star","properties":{"name":["Blue Star"]}}

{"id":"p-1","schema":"Person","caption":"Ivana Kolar","properties":{"name":["Ivana Kolar","IK"],"alias":["Ivana K. Kolar"]}}
not json
"#;

const WIKIDATA: &str = r#"[
{"id":"Q1001","labels":{"en":{"value":"Northwind Traders"},"zh-hans":{"value":"北风贸易行"},"zh-hant":{"value":"北風貿易行"}},"aliases":{"en":[{"value":"Northwind"},{"value":"nw"}]},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q4830453"}}}}]},"sitelinks":{"enwiki":{}}},
{"id":"Q1002","labels":{"en":{"value":"a painting"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q3305213"}}}}]},"sitelinks":{}},
{"id":"Q1003","labels":{"en":{"value":"Ruritania"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q6256"}}}}]},"sitelinks":{"enwiki":{},"dewiki":{}}}
]
"#;

fn gzip(parts: &[&str]) -> Vec<u8> {
    let members = parts.iter().flat_map(|part| {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(part.as_bytes()).unwrap();
        encoder.finish().unwrap()
    });
    members.collect()
}

#[test]
fn follow_the_money() {
    let mut out = Vec::new();
    let done = import_ftm(FTM.as_bytes(), &mut out).unwrap();
    assert_eq!((done.read, done.written, done.left_out, done.broken), (4, 2, 1, 1));
    assert_eq!(done.faults[0].0, 5, "{:?}", done.faults);
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("imported.jsonl"), &out).unwrap();
    let knowledge = load(dir.path()).unwrap();
    let acme = knowledge.entity(&EntityId::new("acme-1")).unwrap();
    assert_eq!((acme.en.as_str(), acme.zh_hans.as_str()), ("Acme Robotics", "艾克美机器人"));
    assert_eq!(acme.country.as_deref(), Some("CN"));
    let lexicon = Lexicon::new(knowledge);
    assert_eq!(lexicon.names_in("艾克美機器人 hired Ivana Kolar; IK left.").len(), 2);
}

#[test]
fn wikidata_plain_and_packed() {
    let mut plain = Vec::new();
    let done = import_wikidata(WIKIDATA.as_bytes(), &mut plain, &Filter::default()).unwrap();
    assert_eq!((done.read, done.written, done.left_out, done.broken), (3, 2, 1, 0));
    let (head, tail) = WIKIDATA.split_at(200);
    let mut packed = Vec::new();
    import_wikidata(gzip(&[head, tail]).as_slice(), &mut packed, &Filter::default()).unwrap();
    assert_eq!(plain, packed);
    let known = Filter { min_sitelinks: 2, ..Filter::default() };
    assert_eq!(import_wikidata(WIKIDATA.as_bytes(), &mut Vec::new(), &known).unwrap().written, 1);
}

/// What a person wrote goes first: the same entity gives its names, another's name gives way.
#[test]
fn imported_names_give_way() {
    let dir = tempfile::tempdir().unwrap();
    let own = "[[entity]]\nid=\"acme\"\nkind=\"company\"\nen=\"Acme\"\nidentifiers={wikidata=\"Q1\"}\n";
    std::fs::write(dir.path().join("a.toml"), own).unwrap();
    let line = |id: &str, qid: &str, en: &str, aliases: &str| {
        format!(
            "{{\"id\":\"{id}\",\"kind\":\"company\",\"en\":\"{en}\",\"aliases\":[{aliases}],\"identifiers\":{{\"wikidata\":\"{qid}\"}}}}\n"
        )
    };
    let mut lines = line("q1", "Q1", "Acme", "\"Acme Works\"");
    lines += &line("q2", "Q2", "Acme", "\"Acme of Ruritania\"");
    for number in 10..30 {
        lines += &line(&format!("q{number}"), &format!("Q{number}"), "Common Name", "");
    }
    std::fs::write(dir.path().join("b.jsonl"), lines).unwrap();
    assert!(check(dir.path()).unwrap().problems.is_empty());
    let lexicon = Lexicon::new(load(dir.path()).unwrap());
    let ids = |text: &str| -> Vec<String> {
        let names = lexicon.names_in(text);
        names.iter().flat_map(|m| m.candidates.iter().map(|c| c.entity.id.to_string())).collect()
    };
    assert_eq!(ids("Acme rose."), ["acme"]);
    assert_eq!(ids("Acme Works rose."), ["acme"]);
    assert_eq!(ids("Acme of Ruritania rose."), ["q2"]);
    assert!(ids("Common Name rose.").is_empty());
    assert_eq!(lexicon.knowledge().entities.len(), 2);
}
