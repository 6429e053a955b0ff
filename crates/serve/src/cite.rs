//! An article as a reference for other people's lists: BibTeX, RIS, CSL-JSON. Each has the day of publication, the day of
//! capture, and where the archived copy stands.

use crate::names;
use crate::pages::replay;
use headwater_ledger::Ledger;
use headwater_model::time::{first_day, utc_day};
use headwater_model::{Article, CaptureId, GroupId, Knowledge};
use jiff::civil::Date;
use serde_json::{Value, json};

/// A way to write references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// BibTeX, for LaTeX (entries as `biblatex` knows them).
    Bibtex,
    /// RIS, for EndNote and its like.
    Ris,
    /// CSL-JSON, for Zotero, Pandoc and their like.
    Csl,
}

impl Style {
    /// The style of this name: `bibtex`, `ris` or `csl`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "bibtex" => Some(Style::Bibtex),
            "ris" => Some(Style::Ris),
            "csl" => Some(Style::Csl),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Style::Bibtex => "application/x-bibtex; charset=utf-8",
            Style::Ris => "application/x-research-info-systems; charset=utf-8",
            Style::Csl => "application/vnd.citationstyles.csl+json",
        }
    }
}

/// References to articles, in a style, in the order given.
pub fn references(style: Style, articles: &[Article], knowledge: &Knowledge) -> String {
    let references = articles.iter().map(|article| Reference::to(article, knowledge));
    match style {
        Style::Bibtex => references.map(|r| r.bibtex()).collect::<Vec<_>>().join("\n"),
        Style::Ris => references.map(|r| r.ris()).collect::<Vec<_>>().join("\n"),
        Style::Csl => format!("{:#}\n", Value::Array(references.map(|r| r.csl()).collect())),
    }
}

/// The articles that make a claim, each once, in the order of its mentions.
pub fn of_claim(ledger: &Ledger, claim: &GroupId) -> Result<Vec<Article>, headwater_ledger::Error> {
    let Some(group) = ledger.group_of(claim)? else { return Ok(Vec::new()) };
    let mut captures: Vec<&CaptureId> = Vec::new();
    for mention in &group.mentions {
        if !captures.contains(&&mention.capture) {
            captures.push(&mention.capture);
        }
    }
    let found =
        captures.into_iter().map(|capture| ledger.article_alone(capture)).collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

struct Reference<'a> {
    key: String,
    title: String,
    authors: &'a [String],
    outlet: String,
    /// As stated: a year, a month, or a day.
    issued: Option<&'a str>,
    accessed: Date,
    url: &'a str,
    language: &'a str,
    number: Option<&'a str>,
    copy: String,
}

impl<'a> Reference<'a> {
    fn to(article: &'a Article, knowledge: &Knowledge) -> Self {
        let host = headwater_model::capture::host(&article.url);
        let host: String = host.chars().filter(char::is_ascii_alphanumeric).collect();
        let capture: String = article.capture.as_str().chars().take(6).collect();
        Reference {
            key: format!("{host}{}{capture}", article.day().year()),
            title: article.heading(),
            authors: &article.byline,
            outlet: names::outlet(knowledge, article),
            issued: article.published.as_ref().map(|date| date.value.get(..10).unwrap_or(&date.value)),
            accessed: utc_day(article.captured),
            url: &article.url,
            language: names::lang(&article.language).unwrap_or_default(),
            number: article.official.as_ref().and_then(|official| official.number.as_deref()),
            copy: replay::address("web", article.captured, &article.url),
        }
    }

    fn bibtex(&self) -> String {
        let mut entry = format!("@online{{{},\n", self.key);
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                entry += &format!("  {name} = {{{value}}},\n");
            }
        };
        field("title", &format!("{{{}}}", tex(&self.title)));
        // Braces keep a name of one piece in one piece: whose family name comes first is not known.
        let authors: Vec<String> = self.authors.iter().map(|author| format!("{{{}}}", tex(author))).collect();
        field("author", &authors.join(" and "));
        field("organization", &tex(&self.outlet));
        field("date", self.issued.unwrap_or_default());
        field("number", &tex(self.number.unwrap_or_default()));
        field("url", &address(self.url));
        field("urldate", &self.accessed.to_string());
        field("langid", self.language);
        field("note", &format!("Archived copy: \\nolinkurl{{{}}}", address(&self.copy)));
        entry + "}\n"
    }

    fn ris(&self) -> String {
        let mut entry = String::new();
        let mut field = |tag: &str, value: &str| {
            if !value.is_empty() {
                entry += &format!("{tag}  - {}\r\n", value.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        };
        field("TY", "ELEC");
        field("ID", &self.key);
        field("TI", &self.title);
        self.authors.iter().for_each(|author| field("AU", author));
        field("PB", &self.outlet);
        if let Some(issued) = self.issued {
            field("PY", issued.get(..4).unwrap_or(issued));
            let parts: Vec<&str> = issued.split('-').collect();
            field("DA", &format!("{}/", parts.join("/")));
        }
        field("M1", self.number.unwrap_or_default());
        field("UR", self.url);
        field("Y2", &format!("{}/", self.accessed.strftime("%Y/%m/%d")));
        field("LA", self.language);
        field("N1", &format!("Archived copy: {}", self.copy));
        entry + "ER  - \r\n"
    }

    fn csl(&self) -> Value {
        let parts = |value: &str| -> Value {
            let parts: Vec<i64> = value.split('-').filter_map(|part| part.parse().ok()).collect();
            json!({ "date-parts": [parts] })
        };
        let authors: Vec<Value> = self.authors.iter().map(|author| json!({ "literal": author })).collect();
        let mut item = json!({
            "id": self.key, "type": "webpage", "title": self.title, "container-title": self.outlet, "URL": self.url,
            "accessed": parts(&self.accessed.to_string()), "archive": "Headwater", "archive_location": self.copy,
        });
        let optional = [
            ("author", (!authors.is_empty()).then(|| json!(authors))),
            ("issued", self.issued.filter(|date| first_day(date).is_some()).map(parts)),
            ("language", Some(self.language).filter(|l| !l.is_empty()).map(|l| json!(l))),
            ("number", self.number.map(|number| json!(number))),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                item[name] = value;
            }
        }
        item
    }
}

/// A text in TeX, where ten signs do something.
fn tex(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => written.extend(['\\', c]),
            '~' => written += "\\textasciitilde{}",
            '^' => written += "\\textasciicircum{}",
            '\\' => written += "\\textbackslash{}",
            c if c.is_control() => written.push(' '),
            c => written.push(c),
        }
    }
    written
}

/// An address in a field between braces, which must not hold any.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D")
}

#[cfg(test)]
mod tests {
    use super::*;
    use headwater_model::time::{DateBasis, PageDate, Precision};

    fn article() -> Article {
        let captured = "2026-06-10T08:00:05Z".parse().unwrap();
        Article {
            title: "关于100% & more".into(),
            byline: vec!["Ana Reyes".into(), "Li Wei".into()],
            language: "zh-Hans".into(),
            published: Some(PageDate {
                value: "2026-06".into(),
                precision: Precision::Month,
                basis: DateBasis::Meta,
            }),
            ..Article::new("0123456789abcdef".into(), "https://www.example.org/a{b}", captured)
        }
    }

    #[test]
    fn references_have_both_dates_and_the_archived_copy() {
        let write = |style| references(style, &[article()], &Knowledge::default());
        let bibtex = write(Style::Bibtex);
        for line in [
            "@online{exampleorg2026012345,",
            "  title = {{关于100\\% \\& more}},",
            "  author = {{Ana Reyes} and {Li Wei}},",
            "  date = {2026-06},",
            "  url = {https://www.example.org/a%7Bb%7D},",
            "  urldate = {2026-06-10},",
            "  note = {Archived copy: \\nolinkurl{/web/20260610080005/https://www.example.org/a%7Bb%7D}},",
        ] {
            assert!(bibtex.lines().any(|l| l == line), "{line} in {bibtex}");
        }
        let ris = write(Style::Ris);
        for line in
            ["TY  - ELEC", "AU  - Li Wei", "PY  - 2026", "DA  - 2026/06/", "Y2  - 2026/06/10/", "ER  - "]
        {
            assert!(ris.split("\r\n").any(|l| l == line), "{line} in {ris}");
        }
        let csl: Value = serde_json::from_str(&write(Style::Csl)).unwrap();
        assert_eq!(csl[0]["issued"]["date-parts"], json!([[2026, 6]]));
        assert_eq!(csl[0]["accessed"]["date-parts"], json!([[2026, 6, 10]]));
        assert_eq!(csl[0]["author"][1]["literal"], "Li Wei");
    }
}
