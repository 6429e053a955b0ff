//! Documents of the United States' Federal Register, as its JSON and as its text.

use crate::dates::{Habit, page_date};
use headwater_model::article::Official;
use headwater_model::time::DateBasis;
use regex::Regex;
use serde_json::Value;
use std::sync::LazyLock;

/// Fields of the JSON that are kept as they are, and what they are called.
const FIELDS: &[(&str, &str)] = &[
    ("type", "type"),
    ("action", "action"),
    ("citation", "citation"),
    ("comments close", "comments_close_on"),
    ("signing date", "signing_date"),
    ("executive order", "executive_order_number"),
];

/// What the JSON of a document states; nothing if it is none of the Federal Register's.
pub fn of_json(value: &Value) -> Option<Official> {
    let number = string(value, "document_number")?;
    let mut fields: Vec<(String, String)> =
        FIELDS.iter().filter_map(|(label, name)| Some((label.to_string(), string(value, name)?))).collect();
    for reference in list(value, "cfr_references") {
        if let (Some(title), Some(part)) = (scalar(&reference["title"]), scalar(&reference["part"])) {
            fields.push(("cfr".into(), format!("{title} CFR {part}")));
        }
    }
    fields.extend(names(value, "regulation_id_numbers").into_iter().map(|rin| ("rin".into(), rin)));
    let mut dockets = names(value, "docket_ids").into_iter();
    let index = dockets.next().or_else(|| string(value, "docket_id"));
    fields.extend(dockets.map(|docket| ("docket".into(), docket)));
    let issuers = match names(value, "agencies") {
        issuers if issuers.is_empty() => names(value, "agency_names"),
        issuers => issuers,
    };
    let dates = string(value, "dates").unwrap_or_default();
    let effective = string(value, "effective_on").or_else(|| effective_in(&dates));
    Some(Official {
        number: Some(number),
        index,
        issuers,
        signed: string(value, "signing_date"),
        effective,
        fields,
        ..Official::default()
    })
}

static EFFECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:effective (?:date:?|on|as of)|takes? effect on|is effective)\s+((?:[A-Z][a-z]+ \d{1,2}, \d{4})|(?:\d{1,2} [A-Z][a-z]+ \d{4}))").expect("a valid pattern")
});

/// The day on which the field for dates says that a document takes effect.
fn effective_in(dates: &str) -> Option<String> {
    let found = EFFECTIVE.captures(dates)?;
    page_date(&found[1], DateBasis::Text, Habit::default()).map(|d| d.value)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn string(value: &Value, name: &str) -> Option<String> {
    scalar(value.get(name)?)
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// The strings of a list, or the names of its objects.
fn names(value: &Value, name: &str) -> Vec<String> {
    let named = |v: &Value| scalar(v).or_else(|| string(v, "name")).or_else(|| string(v, "raw_name"));
    list(value, name).filter_map(named).collect()
}

static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\[?FR Doc(?:\.| No:?)?\s*((?:[A-Z]\d-)?\d{2,4}-\d{4,6})\b"));
static DOCKET: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bDocket (?:Nos?\.?|ID|Number)[:\s]*([A-Z0-9][A-Za-z0-9–_.-]*[A-Za-z0-9])"));
static RIN: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bRIN:?\s*(\d{4}-[A-Z]{2}\d{2})\b"));
static CFR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\d{1,2}) CFR [Pp]arts? (\d+(?:(?:, and|,| and) \d+)*)$"));
static COMMENTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)comments (?:must|should|are|on)[^.]{0,120}?(?:by|before|until|than|due)\s+([A-Z][a-z]+ \d{1,2}, \d{4})",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// Labels at the head of a document's text.
const LABELS: &[&str] = &["AGENCY:", "ACTION:", "SUMMARY:", "DATES:"];

/// What a document's text states of itself; nothing unless it has two of the labels that these documents begin with.
pub fn of_text<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Official> {
    let lines: Vec<&str> = lines.map(str::trim).collect();
    let labelled = |label: &str| lines.iter().position(|l| l.starts_with(label));
    if LABELS.iter().filter(|label| labelled(label).is_some()).count() < 2 {
        return None;
    }
    let value = |label: &str| paragraph(&lines, labelled(label)?, label);
    let found = |pattern: &Regex| lines.iter().find_map(|l| Some(pattern.captures(l)?[1].to_owned()));
    let mut fields = Vec::new();
    fields.extend(value("ACTION:").map(|action| ("action".into(), action.trim_end_matches('.').to_owned())));
    for line in &lines {
        if let Some(cfr) = CFR.captures(line) {
            let parts = cfr[2].split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty());
            fields.extend(parts.map(|part| ("cfr".into(), format!("{} CFR {part}", &cfr[1]))));
        }
    }
    fields.extend(found(&RIN).map(|rin| ("rin".into(), rin)));
    let dates = value("DATES:").unwrap_or_default();
    let day = |text: &str| page_date(text, DateBasis::Text, Habit::default()).map(|d| d.value);
    let comments = COMMENTS.captures(&dates).and_then(|c| day(&c[1]));
    fields.extend(comments.map(|day| ("comments close".into(), day)));
    Some(Official {
        number: found(&NUMBER),
        index: found(&DOCKET),
        issuers: value("AGENCY:").map(|agency| agency.trim_end_matches('.').to_owned()).into_iter().collect(),
        effective: effective_in(&dates),
        fields,
        ..Official::default()
    })
}

/// What follows a label up to an empty line or the next label; the line after it where it stands alone.
fn paragraph(lines: &[&str], at: usize, label: &str) -> Option<String> {
    let first = lines[at].strip_prefix(label)?.trim();
    let is_label = |line: &&&str| LABELS.iter().any(|l| line.starts_with(l));
    let rest = lines[at + 1..].iter().skip_while(|l| first.is_empty() && l.is_empty());
    let rest = rest.take_while(|l| !l.is_empty() && !is_label(l)).take(12).copied();
    let words: Vec<&str> = std::iter::once(first).chain(rest).filter(|l| !l.is_empty()).collect();
    Some(words.join(" ")).filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_of_a_rule() {
        let value = serde_json::json!({
            "document_number": "2026-01234", "type": "Rule", "action": "Interim final rule.", "citation": "91 FR 1684",
            "docket_ids": ["260101-0001", "BIS-2026-0001"], "signing_date": null, "comments_close_on": "2026-03-16",
            "agencies": [{"raw_name": "DEPARTMENT OF COMMERCE", "name": "Commerce Department"},
                         {"raw_name": "Bureau of Industry and Security", "name": "Industry and Security Bureau"}],
            "cfr_references": [{"title": 15, "part": 742}, {"title": "15", "part": "744"}],
            "regulation_id_numbers": ["0694-AJ99"],
            "dates": "This rule is effective on February 2, 2026.",
        });
        let found = of_json(&value).expect("a document");
        assert_eq!(found.number.as_deref(), Some("2026-01234"));
        assert_eq!(found.index.as_deref(), Some("260101-0001"));
        assert_eq!(found.issuers, ["Commerce Department", "Industry and Security Bureau"]);
        assert_eq!(found.effective.as_deref(), Some("2026-02-02"));
        let field = |label: &str| -> Vec<&str> {
            found.fields.iter().filter(|(l, _)| l == label).map(|(_, v)| v.as_str()).collect()
        };
        assert_eq!(field("cfr"), ["15 CFR 742", "15 CFR 744"]);
        assert_eq!(field("docket"), ["BIS-2026-0001"]);
        assert_eq!((field("rin"), field("comments close")), (vec!["0694-AJ99"], vec!["2026-03-16"]));
        assert_eq!(of_json(&serde_json::json!({"title": "no number"})), None);
    }

    #[test]
    fn text_of_a_rule() {
        let text = "DEPARTMENT OF COMMERCE\n\nBureau of Industry and Security\n\n15 CFR Parts 742, 744, and 746\n\n\
            [Docket No. 260101-0001]\nRIN 0694-AJ99\n\nControls on Crane Units\n\n\
            AGENCY: Bureau of Industry and Security, Department of\nCommerce.\n\nACTION: Interim final rule; request for comments.\n\n\
            SUMMARY: This rule adds controls.\n\nDATES: This rule is effective on February 2, 2026. Comments must be received by\n\
            BIS no later than March 16, 2026.\n\n[FR Doc. 2026-01234 Filed 1-14-26; 8:45 am]";
        let found = of_text(text.lines()).expect("a document");
        assert_eq!(found.number.as_deref(), Some("2026-01234"));
        assert_eq!(found.index.as_deref(), Some("260101-0001"));
        assert_eq!(found.issuers, ["Bureau of Industry and Security, Department of Commerce"]);
        assert_eq!(found.effective.as_deref(), Some("2026-02-02"));
        let fields: Vec<(&str, &str)> = found.fields.iter().map(|(l, v)| (l.as_str(), v.as_str())).collect();
        assert_eq!(
            fields,
            [
                ("action", "Interim final rule; request for comments"),
                ("cfr", "15 CFR 742"),
                ("cfr", "15 CFR 744"),
                ("cfr", "15 CFR 746"),
                ("rin", "0694-AJ99"),
                ("comments close", "2026-03-16"),
            ]
        );
        assert_eq!(of_text("ACTION: the film has plenty of it.\nThe end.".lines()), None);
        let page =
            ["AGENCY:", "Coast Guard, Homeland Security.", "ACTION:", "Notice.", "FR Doc. 2026-04321 Filed"];
        let found = of_text(page.into_iter()).expect("a document");
        assert_eq!(found.issuers, ["Coast Guard, Homeland Security"]);
        assert_eq!(found.number.as_deref(), Some("2026-04321"));
    }
}
