//! Documents that come as text or JSON.

use crate::article::words_of;
use crate::dates::{Habit, page_date};
use crate::register;
use headwater_model::time::DateBasis;
use headwater_model::{Article, Capture, Doubt, Text};
use serde_json::Value;

/// A text file. Its first line is its title only if it is clearly one: short, without a full stop, and apart
/// from the rest by an empty line. Otherwise the text stays as it is.
pub fn read_text(capture: &Capture, article: &mut Article) {
    let text = words_of(capture);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_end();
    let ends = |line: &str| {
        line.ends_with(['.', '。', '!', '！', '?', '？', ':', '：', '"', '”', ',', '，', ';', '；'])
    };
    let (title, body) = match text.split_once("\n\n") {
        Some((first, rest))
            if !first.contains('\n')
                && first.chars().count() <= 120
                && !ends(first.trim())
                && !rest.trim().is_empty() =>
        {
            (first.trim(), rest.trim_start_matches('\n'))
        }
        _ => ("", text),
    };
    article.official = register::of_text(text.lines());
    article.title = Text::new(title);
    article.text = Text::new(body);
}

/// Characters of a value that cannot be read which a doubt shows.
const SHOWN: usize = 60;

/// A document in JSON: `{url, published, title, text|abstract}`, or one of the Federal Register's.
pub fn read(capture: &Capture, article: &mut Article) {
    let value: Value = match serde_json::from_slice(&capture.body) {
        Ok(value) => value,
        Err(e) => {
            article.doubts.push(Doubt::new("not_json", format!("the document is not JSON: {e}")));
            return;
        }
    };
    let field = |name: &str| value.get(name).and_then(Value::as_str).map(str::trim).filter(|s| !s.is_empty());
    let text = field("text").or(field("body_text")).or(field("abstract")).unwrap_or_default();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    article.text = Text::new(lines.join("\n"));
    article.title = Text::new(field("title").unwrap_or_default());
    article.site_name = field("site_name").or(field("source")).map(str::to_owned);
    let mut dated = |names: &[&str]| {
        let (name, stated) = names.iter().find_map(|name| Some((name, field(name)?)))?;
        let date = page_date(stated, DateBasis::Meta, Habit::default());
        if date.is_none() {
            let stated: String = stated.chars().take(SHOWN).collect();
            let message = format!(
                "its {name:?} is {stated:?}, which is no date that can be read: it counts as undated"
            );
            article.doubts.push(Doubt::new("unreadable_date", message));
        }
        date
    };
    let published = dated(&["published", "publication_date", "date"]);
    let modified = dated(&["modified"]);
    article.published = published;
    article.modified = modified;
    article.byline = match value.get("authors") {
        Some(Value::Array(values)) => values
            .iter()
            .filter_map(|v| v.as_str().or_else(|| v.get("name").and_then(Value::as_str)).map(str::to_owned))
            .collect(),
        Some(Value::String(name)) => vec![name.clone()],
        _ => Vec::new(),
    };
    article.official = register::of_json(&value);
}
