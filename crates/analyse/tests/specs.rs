//! Runs the specifications in `specs/*.md`: a passage, then tables of everything that is to be found in it.
//!
//! A passage opens with ```` ```passage LANGUAGE DAY ````; a first line that begins with `# ` is its title.
//! The first header of a table names the kind of value; the first cell of a row is the quote (for `voice`
//! and `claim` a part of it suffices). An empty cell is not compared; `-` stands for "none".

use headwater_analyse::analyse;
use headwater_analyse::claims::rules::{CHINESE, ENGLISH};
use headwater_knowledge::Lexicon;
use headwater_model::article::Article;
use headwater_model::claim::Role;
use headwater_model::mention::{Attribution, EntityMention, Quantity, VoiceKind};
use headwater_model::time::{DateBasis, DateMention, PageDate, Precision};
use headwater_model::{Analysis, CaptureId, Claim, Evidence, Part, Text};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn specifications() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "md"));
    files.sort();
    let lexicon = lexicon();
    let mut wrong = Vec::new();
    let mut tables = 0;
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let found = run(&name, &std::fs::read_to_string(&file).unwrap(), &lexicon, &mut wrong);
        assert!(found > 0, "{name} specifies nothing");
        tables += found;
    }
    assert!(wrong.is_empty(), "{} of {tables} tables differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// No rule without a passage that shows what it is for.
#[test]
fn every_claim_rule_has_its_passage() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let lexicon = lexicon();
    for (file, rules) in [("claims_en.md", &*ENGLISH), ("claims_zh.md", &*CHINESE)] {
        let page = std::fs::read_to_string(folder.join(file)).unwrap();
        let fired: BTreeSet<String> = passages(&page)
            .flat_map(|article| analyse(&article, &lexicon).claims)
            .map(|claim| claim.rule)
            .collect();
        let by_words = rules.rules[..rules.plain].iter().map(|r| r.name.as_str());
        let silent: Vec<&str> = by_words.filter(|r| !fired.contains(*r)).collect();
        assert!(silent.is_empty(), "{file} has no passage for {silent:?}");
    }
}

/// The passages of a page, as articles.
fn passages(page: &str) -> impl Iterator<Item = Article> {
    page.split("```passage ").skip(1).map(|rest| {
        let (head, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        let body = rest.split("\n```").next().unwrap_or_default();
        article(head, &body.lines().collect::<Vec<_>>())
    })
}

fn lexicon() -> Lexicon {
    Lexicon::new(headwater_knowledge::embedded())
}

/// Runs one file and returns how many tables it holds.
fn run(name: &str, page: &str, lexicon: &Lexicon, wrong: &mut Vec<String>) -> usize {
    let lines: Vec<&str> = page.lines().collect();
    let (mut at, mut tables, mut partly) = (0, 0, false);
    let mut read: Option<(Article, Analysis)> = None;
    while at < lines.len() {
        if let Some(head) = lines[at].strip_prefix("```passage ") {
            let end = (at + 1..lines.len()).find(|&i| lines[i].trim() == "```").unwrap_or(lines.len());
            let article = article(head, &lines[at + 1..end]);
            let analysis = analyse(&article, lexicon);
            read = Some((article, analysis));
            at = end + 1;
            partly = false;
        } else if lines[at].starts_with('|') {
            let end = (at..lines.len()).find(|&i| !lines[i].starts_with('|')).unwrap_or(lines.len());
            let table = Table { name, line: at + 1, rows: lines[at..end].iter().map(|l| cells(l)).collect() };
            let (article, analysis) =
                read.as_ref().unwrap_or_else(|| panic!("{name}:{}: no passage before", at + 1));
            table.compare(article, analysis, partly, wrong);
            tables += 1;
            at = end;
            partly = false;
        } else {
            partly |= lines[at].trim() == "partly:";
            at += 1;
        }
    }
    tables
}

fn article(head: &str, lines: &[&str]) -> Article {
    let mut words = head.split_whitespace();
    let language = words.next().unwrap_or("en").to_owned();
    let day = words.next().unwrap_or("2026-06-09").to_owned();
    let (title, body) = match lines.first().and_then(|l| l.strip_prefix("# ")) {
        Some(title) => (title, &lines[1..]),
        None => ("", lines),
    };
    let captured = format!("{day}T23:59:00Z").parse().expect("a day");
    Article {
        title: Text::from(title),
        language,
        published: Some(PageDate { value: day, precision: Precision::Day, basis: DateBasis::Meta }),
        text: Text::from(body.join("\n")),
        ..Article::new(CaptureId::new("spec"), "https://news.example/spec", captured)
    }
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    inner.split('|').map(|c| c.trim().to_owned()).collect()
}

/// A field's value by the field's name.
type Field<'a> = Box<dyn Fn(&str) -> Option<String> + 'a>;

/// A value that was found, as a table sees it.
struct Found<'a> {
    quote: &'a str,
    /// Whether a part of the quote names it.
    loose: bool,
    field: Field<'a>,
}

struct Table<'a> {
    name: &'a str,
    line: usize,
    rows: Vec<Vec<String>>,
}

impl Table<'_> {
    fn compare(&self, article: &Article, analysis: &Analysis, partly: bool, wrong: &mut Vec<String>) {
        let header = &self.rows[0];
        let found = self.found(&header[0], article, analysis);
        let mut used = vec![0; found.len()];
        for (offset, row) in self.rows.iter().enumerate().skip(2) {
            let hits: Vec<usize> = (0..found.len()).filter(|&i| self.fits(&found[i], header, row)).collect();
            hits.iter().for_each(|&i| used[i] += 1);
            if hits.len() != 1 {
                let near = found.iter().map(|f| shown(f, header)).collect::<Vec<_>>().join("\n      ");
                let (row, count) = (row.join(" | "), hits.len());
                let place = format!("{}:{}", self.name, self.line + offset);
                wrong.push(format!("  {place}: {count} match | {row} |; found:\n      {near}"));
            }
        }
        for (i, value) in found.iter().enumerate().filter(|_| !partly) {
            if used[i] == 0 {
                wrong.push(format!("  {}:{}: unexpected {}", self.name, self.line, shown(value, header)));
            }
        }
    }

    fn fits(&self, value: &Found, header: &[String], row: &[String]) -> bool {
        let quoted = if value.loose { value.quote.contains(&row[0]) } else { value.quote == row[0] };
        quoted
            && header.iter().zip(row).skip(1).filter(|(_, cell)| !cell.is_empty()).all(|(column, cell)| {
                let field = (value.field)(column).unwrap_or_else(|| {
                    panic!("{}:{}: {} has no column {column}", self.name, self.line, header[0])
                });
                field == *cell || (field.is_empty() && cell == "-")
            })
    }

    fn found<'a>(&self, kind: &str, article: &'a Article, analysis: &'a Analysis) -> Vec<Found<'a>> {
        match kind {
            "entity" => analysis.entities.iter().map(entity).collect(),
            "quantity" => analysis.quantities.iter().map(quantity).collect(),
            "date" => analysis.dates.iter().map(date).collect(),
            "voice" => analysis.attributions.iter().map(|a| voice(article, a)).collect(),
            "claim" => analysis.claims.iter().map(claim).collect(),
            "doubt" => {
                let quote = |e: &'a Option<Evidence>| e.as_ref().map_or("", Evidence::quote);
                let found = analysis.doubts.iter().map(|d| Found {
                    quote: quote(&d.evidence),
                    loose: true,
                    field: Box::new(move |c| (c == "kind").then(|| d.kind.clone())),
                });
                found.collect()
            }
            other => panic!("{}:{}: unknown kind {other:?}", self.name, self.line),
        }
    }
}

fn shown(value: &Found, header: &[String]) -> String {
    let fields = header.iter().skip(1).map(|c| (value.field)(c).unwrap_or_default()).collect::<Vec<_>>();
    format!("| {} | {} |", value.quote, fields.join(" | "))
}

fn entity(e: &EntityMention) -> Found<'_> {
    let field = move |column: &str| {
        Some(match column {
            "id" => e.id.as_ref().map(ToString::to_string).unwrap_or_default(),
            "kind" => e.kind.to_string(),
            "name" => e.name.clone(),
            "rule" => e.rule.clone(),
            "candidates" => e.candidates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            "part" => part(&e.evidence),
            _ => return None,
        })
    };
    Found { quote: e.evidence.quote(), loose: false, field: Box::new(field) }
}

fn part(evidence: &Evidence) -> String {
    if evidence.part() == Part::Title { "title".into() } else { "text".into() }
}

fn measured(q: &Quantity, column: &str) -> Option<String> {
    let number = |n: &Option<_>| n.as_ref().map(ToString::to_string).unwrap_or_default();
    Some(match column {
        "kind" => q.kind.to_string(),
        "low" => number(&q.low),
        "high" => number(&q.high),
        "unit" => q.unit.clone(),
        "comparator" => q.comparator.to_string(),
        "per" => q.per.clone().unwrap_or_default(),
        "scope" => q.scope.as_ref().map(|s| s.quote().to_owned()).unwrap_or_default(),
        _ => return None,
    })
}

fn quantity(q: &Quantity) -> Found<'_> {
    let field = move |column: &str| measured(q, column);
    Found { quote: q.evidence.quote(), loose: false, field: Box::new(field) }
}

fn date(d: &DateMention) -> Found<'_> {
    let field = move |column: &str| {
        Some(match column {
            "value" => d.value.clone(),
            "precision" => d.precision.to_string(),
            "anchor" => d.anchor.to_string(),
            _ => return None,
        })
    };
    Found { quote: d.evidence.quote(), loose: false, field: Box::new(field) }
}

fn voice<'a>(article: &'a Article, a: &'a Attribution) -> Found<'a> {
    let field = move |column: &str| {
        Some(match column {
            "kind" => a.source.kind.to_string(),
            "source" => a.source.text.clone(),
            "entity" => a.source.entity.as_ref().map(ToString::to_string).unwrap_or_default(),
            "count" => a.source.count.map(|c| c.to_string()).unwrap_or_default(),
            "direct" => a.direct.to_string(),
            "cue" => a.cue.clone(),
            "content" => article.part(a.evidence.part()).slice(a.content).to_owned(),
            _ => return None,
        })
    };
    Found { quote: a.evidence.quote(), loose: true, field: Box::new(field) }
}

fn claim(c: &Claim) -> Found<'_> {
    let field = move |column: &str| {
        Some(match column {
            "frame" => c.frame.to_string(),
            "change" => c.change.map(|c| c.to_string()).unwrap_or_default(),
            "modality" => c.modality.to_string(),
            "polarity" => c.polarity.to_string(),
            "exclusivity" => c.exclusivity.to_string(),
            "quantity" => c.quantity.as_ref().map(|q| q.evidence.quote().to_owned()).unwrap_or_default(),
            "time" => c.time.as_ref().map(|t| t.value.clone()).unwrap_or_default(),
            "measure" => c.measure.as_ref().map(ToString::to_string).unwrap_or_default(),
            "attribution" => voices(&c.attribution),
            "rule" => c.rule.clone(),
            "part" => part(&c.evidence),
            role => match role.parse::<Role>() {
                Ok(role) => c.role(role).map(|f| f.value()).collect::<Vec<_>>().join(", "),
                Err(_) => c.quantity.as_ref().map_or(Some(String::new()), |q| measured(q, role))?,
            },
        })
    };
    Found { quote: c.evidence.quote(), loose: true, field: Box::new(field) }
}

/// Kinds of the voices, outermost first.
fn voices(attributions: &[Attribution]) -> String {
    let kinds: Vec<&str> = attributions.iter().map(|a| VoiceKind::word(a.source.kind)).collect();
    kinds.join(", ")
}
