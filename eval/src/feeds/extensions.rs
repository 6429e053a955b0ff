//! Vocabularies that the feed reader keeps as they stand, under feedparser's names: places, chapters, validity.

use super::expression::Value;
use super::view::{Map, moment, put, text};
use headwater_collect::dates;
use headwater_collect::feed::{Extra, Moment, Record};

/// Adds what the extensions of a record say.
pub fn put_all(map: &mut Map, record: &Record) {
    if let Some(info) = record.extra("feedburner_browserfriendly") {
        put(map, &["info"], text(&info.text));
    }
    if let Some(valid) = record.extra("dcterms_valid") {
        validity(map, &valid.text);
    }
    if let Some(chapters) = record.extra("psc_chapters") {
        map.insert("psc_chapters".to_owned(), chapters_view(chapters));
    }
    for (name, all) in &record.extras {
        if let (true, Some(first)) = (name.starts_with("georss_") || name.starts_with("gml_"), all.first()) {
            let shape = name.split_once('_').map_or("", |(_, shape)| shape);
            put(map, &["where"], place(shape, first));
        }
    }
}

/// `start=…;end=…;scheme=…`.
fn validity(map: &mut Map, written: &str) {
    for part in written.split(';') {
        let name = match part.split_once('=') {
            Some(("start", _)) => "validity_start",
            Some(("end", _)) => "validity_end",
            _ => continue,
        };
        let value = part.split_once('=').map_or("", |(_, value)| value);
        moment(map, &[name], &Some(Moment { written: value.to_owned(), iso: dates::to_iso(value) }));
    }
}

fn chapters_view(chapters: &Extra) -> Value {
    let mut map: Map = chapters.attributes.iter().map(|(n, v)| (n.clone(), text(v))).collect();
    let chapter = |(_, chapter): &(String, Extra)| {
        let mut map: Map = chapter.attributes.iter().map(|(n, v)| (n.clone(), text(v))).collect();
        if let Some(start) = chapter.attributes.get("start") {
            let seconds = start.split(':').fold(0.0, |sum, part| sum * 60.0 + part.parse().unwrap_or(0.0));
            map.insert("start_parsed".to_owned(), Value::Number(seconds));
        }
        Value::Map(map)
    };
    map.insert("chapters".to_owned(), Value::List(chapters.children.iter().map(chapter).collect()));
    Value::Map(map)
}

/// A place: its kind and coordinates, longitude first. Nothing where there are too few numbers.
fn place(shape: &str, element: &Extra) -> Value {
    if shape == "where" {
        return element.children.first().map_or(Value::None, |(name, child)| place(name, child));
    }
    let dimension = element
        .attributes
        .get("srsdimension")
        .or_else(|| element.children.iter().find_map(|(_, child)| child.attributes.get("srsdimension")));
    let size = dimension.and_then(|d| d.parse().ok()).unwrap_or(2_usize).max(2);
    let numbers: Vec<f64> =
        element.text.split([' ', ',', '\n']).filter_map(|n| n.trim().parse().ok()).collect();
    let mut points: Vec<Value> = numbers.chunks_exact(size).map(point).collect();
    let (kind, least, coordinates) = match shape {
        "point" => ("Point", 1, points.first().cloned().unwrap_or(Value::None)),
        "box" | "envelope" => ("Box", 2, Value::List(points.clone())),
        "line" | "linestring" => ("LineString", 2, Value::List(points.clone())),
        "polygon" => ("Polygon", 4, Value::List(vec![Value::List(std::mem::take(&mut points))])),
        _ => return Value::Map(Map::new()),
    };
    if numbers.len() / size < least {
        return Value::Map(Map::new());
    }
    Value::Map(Map::from([("type".to_owned(), text(kind)), ("coordinates".to_owned(), coordinates)]))
}

fn point(numbers: &[f64]) -> Value {
    let mut parts: Vec<Value> = numbers.iter().map(|n| Value::Number(*n)).collect();
    parts.swap(0, 1);
    Value::List(parts)
}
