//! Leads of policy news of every field, each event told in five ways: `data/leads`.
//!
//! Counted is in how many a claim stands over the words that carry the assertion, has a frame that is accepted for them, and a
//! modality as well. Each set is by another hand, and was measured before it was read; of the last only the figures are
//! looked at.

use crate::{Context, floors::Figure, floors::corpus_digest};
use headwater_analyse::analyse;
use headwater_eval::corpus::plain_article;
use headwater_knowledge::{Lexicon, embedded};
use headwater_model::claim::{Frame, Modality};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Lead {
    event: String,
    rendering: String,
    language: String,
    kind: String,
    frame: Vec<Frame>,
    modality: Vec<Modality>,
    text: String,
    /// The words of the text that carry the assertion.
    main: String,
}

#[derive(Default)]
struct Tally {
    leads: usize,
    told: usize,
    framed: usize,
    with_modality: usize,
}

/// The sets, in the order in which they were written.
const SETS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];

/// Measures every set.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    if context.only.as_ref().is_some_and(|only| !"leads".contains(only.as_str())) {
        return Ok(Vec::new());
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/leads");
    let digest = corpus_digest(&folder)?;
    let lexicon = Lexicon::new(embedded());
    let mut figures = Vec::new();
    for set in SETS {
        let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
        let misses = context.misses && Some(&set) != SETS.last();
        for line in std::fs::read_to_string(folder.join(format!("{set}.jsonl")))?.lines() {
            let lead: Lead = serde_json::from_str(line)?;
            let language = if lead.language == "en" { "en" } else { "zh" };
            judge(&lead, &lexicon, tallies.entry(language).or_default(), misses)?;
        }
        for (language, tally) in &tallies {
            figures.extend(rows(&format!("leads {language}, {set}"), tally, &digest));
        }
    }
    Ok(figures)
}

fn judge(lead: &Lead, lexicon: &Lexicon, tally: &mut Tally, misses: bool) -> anyhow::Result<()> {
    let name = format!("{} {}", lead.event, lead.rendering);
    anyhow::ensure!(!lead.frame.is_empty() && !lead.modality.is_empty(), "{name} says not what it tells");
    let title = if lead.kind == "headline" { lead.text.as_str() } else { "" };
    let article = plain_article(&name, &lead.language, title, &lead.text)?;
    let main = lead.text.find(&lead.main).map(|at| at..at + lead.main.len());
    let main = main.ok_or_else(|| anyhow::anyhow!("{name}: its main words are not in its text"))?;
    let mut claims = analyse(&article, lexicon).claims;
    claims.retain(|claim| {
        let own = article.text.bytes(claim.evidence.span());
        claim.evidence.part() == headwater_model::Part::Text && own.start < main.end && main.start < own.end
    });
    let framed = || claims.iter().filter(|claim| lead.frame.contains(&claim.frame));
    let right = framed().any(|claim| lead.modality.contains(&claim.modality));
    tally.leads += 1;
    tally.told += usize::from(!claims.is_empty());
    tally.framed += usize::from(framed().next().is_some());
    tally.with_modality += usize::from(right);
    if misses && !right {
        let found: Vec<String> = claims.iter().map(|c| format!("{} {}", c.frame, c.modality)).collect();
        println!("{name}: {} {} expected, {found:?} found: {}", lead.frame[0], lead.modality[0], lead.text);
    }
    Ok(())
}

fn rows(set: &str, tally: &Tally, digest: &str) -> Vec<Figure> {
    let row = |measure: &str, right: usize| Figure::share(set, measure, right, tally.leads, digest);
    vec![
        row("told by a claim", tally.told),
        row("in an accepted frame", tally.framed),
        row("and modality", tally.with_modality),
    ]
}
