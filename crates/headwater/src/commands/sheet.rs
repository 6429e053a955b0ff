//! Tables for spreadsheets: rows of JSON objects as CSV.

use anyhow::Result;
use serde_json::Value;
use std::io::Write;

/// Where a column's value stands in an object that holds a list of further objects, each of which makes a row.
#[derive(Clone, Copy)]
pub enum Place {
    /// In the object itself; the same on all its rows.
    Whole(&'static str),
    /// In the row's own object.
    Each(&'static str),
}

/// The columns of a table, and the field whose list makes its rows; without one, each object is a row.
pub struct Columns {
    /// Heads and places, from left to right.
    pub columns: &'static [(&'static str, Place)],
    /// The field that holds the rows.
    pub rows: Option<&'static str>,
}

/// A table that is written row by row.
pub struct Sheet<W: Write> {
    out: csv::Writer<W>,
    columns: &'static Columns,
}

impl<W: Write> Sheet<W> {
    /// Begins a table with its heads. The mark before them tells spreadsheets that this is UTF-8.
    pub fn new(mut out: W, columns: &'static Columns) -> Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut out = csv::Writer::from_writer(out);
        out.write_record(columns.columns.iter().map(|(head, _)| head))?;
        Ok(Sheet { out, columns })
    }

    /// Writes the rows of one object.
    pub fn write(&mut self, object: &Value) -> Result<()> {
        let whole = [object.clone()];
        let rows = match self.columns.rows {
            Some(field) => object[field].as_array().map_or(&[][..], Vec::as_slice),
            None => &whole,
        };
        for row in rows {
            self.out.write_record(self.columns.columns.iter().map(|(_, place)| match place {
                Place::Whole(field) => cell(&object[field]),
                Place::Each(field) => cell(&row[field]),
            }))?;
        }
        Ok(())
    }

    /// Ends the table.
    pub fn finish(mut self) -> Result<()> {
        Ok(self.out.flush()?)
    }
}

/// A value as a cell: text as it is, a list with semicolons, an object by its words.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => harmless(text),
        Value::Array(values) => harmless(&values.iter().map(cell).collect::<Vec<_>>().join("; ")),
        Value::Object(_) => {
            let words = ["/name", "/source/text", "/evidence/quote", "/value"];
            let words = words.iter().find_map(|place| value.pointer(place)?.as_str());
            words.map_or_else(|| value.to_string(), harmless)
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A text that a spreadsheet takes for a text. One that begins like a formula would be computed, and what stands in a
/// page is not to be trusted with that; the apostrophe is the spreadsheet's own sign for a text.
fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const MEMBERS: Columns = Columns {
        columns: &[
            ("list", Place::Whole("id")),
            ("member", Place::Each("name")),
            ("said by", Place::Each("by")),
        ],
        rows: Some("events"),
    };

    #[test]
    fn each_inner_object_is_a_row_and_no_cell_is_a_formula() {
        let mut bytes = Vec::new();
        let mut sheet = Sheet::new(&mut bytes, &MEMBERS).unwrap();
        let events = json!([
            { "name": "Huawei, Ltd.", "by": ["a", { "source": { "text": "an official" } }] },
            { "name": "=1+1", "by": null },
        ]);
        sheet.write(&json!({ "id": "l", "events": events })).unwrap();
        sheet.finish().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "\u{feff}list,member,said by\nl,\"Huawei, Ltd.\",a; an official\nl,'=1+1,\n");
    }
}
