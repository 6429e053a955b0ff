//! The claims set: our own sentences and passages, labelled to the vocabulary, in `data/claims/*.jsonl`.
//!
//! A labelled claim holds every reading that is accepted. It is met by a claim of the same frame; what else is right is
//! counted among the met. `optional` claims may be found or not: a measure named in passing, a headline that says what
//! the text says. Every fourth sentence of `en` and `zh` is `held`: rules are written without a look at its misses, so
//! `--misses` does not print them. The `fresh` passages were written and labelled before anybody saw what the rules made
//! of them, the `blind` ones by another hand, those of `third` to `thirteenth` by eleven more: their first figures
//! were the honest ones (`data/claims/README.md`). Rules were then mended by them, one set after the other, and since there is a
//! learned reading it learns from all but `twelfth`, `thirteenth` and `held`. `prose` is what claims nothing: sport,
//! markets, earnings, history, and policy news without an act; `pages` are whole pages of other worlds, of which nothing is learned.

use crate::{Context, floors::Figure, floors::corpus_digest, floors::share};
use headwater_analyse::analyse;
use headwater_eval::corpus::plain_article;
use headwater_knowledge::{Lexicon, embedded};
use headwater_model::claim::{Claim, Exclusivity, Filler, Frame, ListChange, Modality, Polarity, Role};
use headwater_model::mention::VoiceKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Sentence {
    id: String,
    language: String,
    split: String,
    #[serde(default)]
    title: String,
    text: String,
    claims: Vec<Vec<Reading>>,
    #[serde(default)]
    optional: Vec<Vec<Reading>>,
}

/// One accepted reading of a claim.
#[derive(Deserialize)]
struct Reading {
    frame: Frame,
    modality: Vec<Modality>,
    polarity: Vec<Polarity>,
    exclusivity: Vec<Exclusivity>,
    #[serde(default)]
    change: Vec<ListChange>,
    #[serde(default)]
    quantity: Option<String>,
    /// Ids; `a|b` where either fills the part.
    #[serde(default)]
    roles: BTreeMap<Role, Vec<String>>,
    #[serde(default)]
    attribution: Vec<Vec<VoiceKind>>,
}

impl Reading {
    /// `adopted` is accepted for a one-off act that was done, and the two names of "stated" and "done" for stances
    /// and supplies.
    fn has_modality(&self, found: Modality) -> bool {
        let done = self.modality.contains(&Modality::InForce);
        let loose = match self.frame {
            Frame::Position => matches!(found, Modality::InForce | Modality::Unspecified),
            Frame::Supply => done && found == Modality::Unspecified,
            _ => done && found == Modality::Adopted,
        };
        loose || self.modality.contains(&found)
    }

    fn has_polarity(&self, found: Polarity) -> bool {
        self.polarity.contains(&found) || self.modality.contains(&Modality::Denied)
    }
}

/// Right and possible, or found, expected and right.
#[derive(Default)]
struct Count {
    right: usize,
    of: usize,
}

impl Count {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }
}

#[derive(Default)]
struct Tally {
    expected: usize,
    found: usize,
    framed: usize,
    with_modality: usize,
    rest: BTreeMap<&'static str, Count>,
    sentences: usize,
    /// Sentences in which nothing was found.
    silent: usize,
}

/// Measures every set that is there.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    if context.only.as_ref().is_some_and(|only| !"claims".contains(only.as_str())) {
        return Ok(Vec::new());
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/claims");
    let digest = corpus_digest(&folder)?;
    let lexicon = Lexicon::new(embedded());
    let mut figures = Vec::new();
    for language in ["en", "zh"] {
        let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
        let read = |file: &str| std::fs::read_to_string(folder.join(format!("{language}{file}.jsonl")));
        let files = ["", "-fresh", "-blind", "-prose", "-pages"]
            .map(read)
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?;
        for line in files.iter().flat_map(|file| file.lines()) {
            let sentence: Sentence = serde_json::from_str(line)?;
            let article = plain_article(&sentence.id, &sentence.language, &sentence.title, &sentence.text)?;
            let claims = analyse(&article, &lexicon).claims;
            let tally = tallies.entry(sentence.split.clone()).or_default();
            judge(&sentence, &claims, tally, context.misses && !is_unread(&sentence.split));
        }
        for (split, tally) in &tallies {
            figures.extend(rows(&format!("claims {language}, {split}"), tally, &digest));
        }
    }
    Ok(figures)
}

/// Splits at whose misses nobody looks who writes rules.
fn is_unread(split: &str) -> bool {
    matches!(split, "held" | "pages" | "thirteenth")
}

fn judge(sentence: &Sentence, found: &[Claim], tally: &mut Tally, misses: bool) {
    tally.sentences += 1;
    tally.expected += sentence.claims.len();
    tally.found += found.len();
    tally.silent += usize::from(found.is_empty());
    let mut free: Vec<&Claim> = found.iter().collect();
    let mut wrong = Vec::new();
    for readings in &sentence.claims {
        let met = readings.iter().flat_map(|r| free.iter().enumerate().map(move |(i, c)| (r, i, *c)));
        let met = met.filter(|(r, _, c)| r.frame == c.frame);
        let best = met.max_by_key(|(r, i, c)| (r.has_modality(c.modality), std::cmp::Reverse(*i)));
        let Some((reading, at, claim)) = best else {
            wrong.push(format!("missed {} {}", readings[0].frame, readings[0].modality[0]));
            continue;
        };
        free.remove(at);
        compare(reading, claim, tally, &mut wrong);
    }
    for readings in &sentence.optional {
        let met = |c: &&Claim| readings.iter().any(|r| r.frame == c.frame && r.has_modality(c.modality));
        if let Some(at) = free.iter().position(met) {
            free.remove(at);
            tally.found -= 1;
        }
    }
    wrong.extend(free.iter().map(|c| format!("spurious {} {} ({})", c.frame, c.modality, c.rule)));
    if misses && !wrong.is_empty() {
        let text = format!("{} {}", sentence.title, sentence.text);
        println!("{}\t{}\t{}", sentence.id, text.trim(), wrong.join("; "));
    }
}

fn compare(reading: &Reading, claim: &Claim, tally: &mut Tally, wrong: &mut Vec<String>) {
    tally.framed += 1;
    let modal = reading.has_modality(claim.modality);
    tally.with_modality += usize::from(modal);
    if !modal {
        wrong
            .push(format!("{} {} not {} ({})", claim.frame, claim.modality, reading.modality[0], claim.rule));
    }
    let mut check = |what: &'static str, right: bool, shown: String| {
        tally.rest.entry(what).or_default().add(right);
        if !right {
            wrong.push(format!("{what}: {shown}"));
        }
    };
    check("polarity", reading.has_polarity(claim.polarity), claim.polarity.to_string());
    check("exclusivity", reading.exclusivity.contains(&claim.exclusivity), claim.exclusivity.to_string());
    if !reading.change.is_empty() {
        check(
            "change",
            claim.change.is_some_and(|c| reading.change.contains(&c)),
            format!("{:?}", claim.change),
        );
    }
    if let Some(value) = &reading.quantity {
        let stated =
            claim.quantity.as_ref().and_then(|q| q.low.or(q.high)).map(|v| v.normalize().to_string());
        check("quantity", stated.as_ref() == Some(value), format!("{stated:?} not {value}"));
    }
    for (role, ids) in &reading.roles {
        for id in ids {
            let accepted = |f: &Filler| f.id.as_ref().is_some_and(|i| id.split('|').any(|a| a == i.as_str()));
            let filled = claim.role(*role).any(accepted);
            check("roles (recall)", filled, format!("{role} {id}"));
        }
    }
    if !reading.attribution.is_empty() {
        let kinds: Vec<VoiceKind> = claim.attribution.iter().map(|a| a.source.kind).collect();
        let all = reading.attribution.iter().all(|a| a.iter().any(|k| kinds.contains(k)));
        let shown = format!("{:?}", kinds.iter().map(|k| k.word()).collect::<Vec<_>>());
        check("attribution", all && kinds.len() == reading.attribution.len(), shown);
    }
}

fn rows(set: &str, tally: &Tally, digest: &str) -> Vec<Figure> {
    let row = |measure: &str, value: f64, items: usize| Figure::new(set, measure, value, items, digest);
    if tally.expected == 0 {
        return vec![row("sentences left alone", share(tally.silent, tally.sentences), tally.sentences)];
    }
    let f1 = |right: usize| share(2 * right, tally.found + tally.expected);
    let mut all = vec![
        row("frame, precision", share(tally.framed, tally.found), tally.found),
        row("frame, recall", share(tally.framed, tally.expected), tally.expected),
        row("frame, F1", f1(tally.framed), tally.sentences),
        row("frame + modality, F1", f1(tally.with_modality), tally.sentences),
    ];
    all.extend(
        tally.rest.iter().map(|(what, c)| row(&format!("{what}, of the met"), share(c.right, c.of), c.of)),
    );
    all
}
