//! What people see on a terminal. Colours vanish where the output is no terminal.

use anstyle::{AnsiColor, Style};
use headwater_model::claim::Filler;
use headwater_model::{Analysis, Article, Evidence, Knowledge, Part, plain};
use std::io::{Result, Write};

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const ACCENT: Style = AnsiColor::Yellow.on_default().bold();
const NAME: Style = AnsiColor::Cyan.on_default();
const FIGURE: Style = AnsiColor::Green.on_default();
const VOICE: Style = AnsiColor::Magenta.on_default();

/// Prints an article with its marks, and a table of its claims.
pub fn article(
    out: &mut dyn Write,
    article: &Article,
    analysis: &Analysis,
    knowledge: &Knowledge,
) -> Result<()> {
    let title = if article.title.is_empty() { "(no title)" } else { article.title.as_str() };
    writeln!(out, "{BOLD}{title}{BOLD:#}")?;
    writeln!(out, "{DIM}{}{DIM:#}", facts(article).join(" · "))?;
    for notice in &article.notices {
        writeln!(out, "{DIM}{}: {}{DIM:#}", plain(notice.kind), notice.value)?;
    }
    writeln!(out)?;
    marked(out, article, analysis)?;
    claims(out, analysis, knowledge)?;
    for doubt in article.doubts.iter().chain(&analysis.doubts) {
        writeln!(out, "{ACCENT}doubt{ACCENT:#} {}: {}", plain(&doubt.kind), plain(&doubt.message))?;
    }
    writeln!(out)
}

fn facts(article: &Article) -> Vec<String> {
    let mut facts = vec![article.url.clone(), article.page_kind.to_string(), article.language.clone()];
    facts.extend(article.site_name.clone());
    facts.extend(article.byline.iter().cloned());
    facts.extend(article.published.as_ref().map(|d| format!("published {} ({})", d.value, d.basis)));
    facts.extend(article.modified.as_ref().map(|d| format!("modified {} ({})", d.value, d.basis)));
    facts.extend(article.page_kind_reason.as_ref().map(|r| format!("because: {r}")));
    facts
}

/// The text, each evidence in the colour of its kind. Marks that overlap an earlier one are left out.
fn marked(out: &mut dyn Write, article: &Article, analysis: &Analysis) -> Result<()> {
    let mut marks: Vec<(&Evidence, Style)> = Vec::new();
    marks.extend(analysis.entities.iter().map(|m| (&m.evidence, NAME)));
    marks.extend(analysis.quantities.iter().map(|m| (&m.evidence, FIGURE)));
    marks.extend(analysis.dates.iter().map(|m| (&m.evidence, FIGURE)));
    marks.extend(analysis.attributions.iter().map(|m| (&m.evidence, VOICE)));
    marks.retain(|(e, _)| e.part() == Part::Text);
    marks.sort_by_key(|(e, _)| (e.span().start, std::cmp::Reverse(e.span().end)));
    let mut at = 0;
    for (evidence, style) in marks {
        let bytes = article.text.bytes(evidence.span());
        if bytes.start < at {
            continue;
        }
        let text = article.text.as_str();
        write!(out, "{}{style}{}{style:#}", &text[at..bytes.start], &text[bytes.clone()])?;
        at = bytes.end;
    }
    writeln!(out, "{}\n", &article.text.as_str()[at..])
}

/// Who or what fills a role: the entity's English name, else the words.
fn name<'a>(filler: &'a Filler, knowledge: &'a Knowledge) -> &'a str {
    let entity = filler.id.as_ref().and_then(|id| knowledge.entity(id));
    entity.map_or(filler.value(), |entity| entity.en.as_str())
}

fn claims(out: &mut dyn Write, analysis: &Analysis, knowledge: &Knowledge) -> Result<()> {
    if analysis.claims.is_empty() {
        return Ok(());
    }
    writeln!(out, "{BOLD}claims{BOLD:#}")?;
    for claim in &analysis.claims {
        let fillers: Vec<String> =
            claim.fillers.iter().map(|f| format!("{}={}", f.role, name(f, knowledge))).collect();
        let voices: Vec<&str> = claim.attribution.iter().map(|a| a.source.text.as_str()).collect();
        write!(out, "  {ACCENT}{}{ACCENT:#} {}", claim.frame, plain(claim.modality))?;
        if claim.polarity != headwater_model::claim::Polarity::Affirmed {
            write!(out, " {}", claim.polarity)?;
        }
        if claim.exclusivity != headwater_model::claim::Exclusivity::Unspecified {
            write!(out, " {}", claim.exclusivity)?;
        }
        write!(out, " {}", fillers.join(" "))?;
        if let Some(change) = claim.change {
            write!(out, " change={change}")?;
        }
        if !voices.is_empty() {
            write!(out, " {VOICE}says {}{VOICE:#}", voices.join(" < "))?;
        }
        writeln!(out, "\n    {DIM}{}{DIM:#}", claim.evidence.quote())?;
    }
    writeln!(out)
}
