//! The names sets: our own sentences in `data/names/{en,zh}.jsonl`, labelled with every name, and Universal NER for names
//! that the knowledge lacks.
//!
//! Of a sentence each name counts once, by its first surface. A surface is met by a mention of exactly these words or of the
//! same id. Every fourth sentence is `held`: `--misses` does not print it, and the tagger does not learn from it.

use crate::{Context, floors::Figure, floors::corpus_digest, floors::share};
use headwater_analyse::analyse;
use headwater_analyse::names::tagger::{self, Class};
use headwater_eval::corpus::{self, Example, Label, Labelled};
use headwater_knowledge::{Lexicon, embedded};
use headwater_model::mention::EntityMention;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

/// Measures every set that is there.
pub fn measure(context: &Context) -> anyhow::Result<Vec<Figure>> {
    let lexicon = Lexicon::new(embedded());
    let mut figures = own(context, &lexicon)?;
    let sets = [
        ("uner_en", "en_ewt-ud-test.iob2", "en", "spaCy 3.8 en_core_web_sm .583"),
        ("uner_zh", "zh_gsd-ud-test.iob2", "zh-Hant", "jieba 0.42 posseg .311, simplified .381"),
    ];
    for (set, file, language, peer) in sets {
        let folder = format!("entities/{set}");
        if context.wants(set, &folder) {
            let digest = corpus_digest(&context.data.join(&folder))?;
            let examples = corpus::universal(&context.data.join(&folder).join(file))?;
            figures.extend(universal(set, language, peer, &examples, &lexicon, &digest));
        }
    }
    Ok(figures)
}

/// Labels that were met, and mentions that are right.
#[derive(Default)]
struct Count {
    met: usize,
    expected: usize,
    right: usize,
    found: usize,
}

impl Count {
    fn expect(&mut self, met: bool) {
        self.met += usize::from(met);
        self.expected += 1;
    }
    fn find(&mut self, right: bool) {
        self.right += usize::from(right);
        self.found += 1;
    }
    fn precision(&self) -> f64 {
        share(self.right, self.found)
    }
    fn recall(&self) -> f64 {
        share(self.met, self.expected)
    }
    fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }
}

#[derive(Default)]
struct Tally {
    spans: Count,
    ids: Count,
    unknown: Count,
}

fn own(context: &Context, lexicon: &Lexicon) -> anyhow::Result<Vec<Figure>> {
    if context.only.as_ref().is_some_and(|only| !"names".contains(only.as_str())) {
        return Ok(Vec::new());
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/names");
    let digest = corpus_digest(&folder)?;
    let mut figures = Vec::new();
    for language in ["en", "zh"] {
        let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
        for sentence in corpus::labelled(&folder.join(format!("{language}.jsonl")))? {
            let article = corpus::article(&sentence.text, &sentence.language);
            let mentions = analyse(&article, lexicon).entities;
            let tally = tallies.entry(sentence.split.clone()).or_default();
            let wrong = judge(&sentence, &mentions, tally);
            if context.misses && !sentence.split.ends_with("held") && !wrong.is_empty() {
                println!("{}\t{}\n    {}", sentence.id, sentence.text, wrong.join("; "));
            }
        }
        for (split, tally) in &tallies {
            let set = format!("names {language}, {split}");
            let row =
                |measure: &str, value: f64, items: usize| Figure::new(&set, measure, value, items, &digest);
            figures.extend([
                row("spans, F1", tally.spans.f1(), tally.spans.expected),
                row("ids, recall", tally.ids.recall(), tally.ids.expected),
                row("ids, precision", tally.ids.precision(), tally.ids.found),
                row("unknown names, precision", tally.unknown.precision(), tally.unknown.found),
                row("unknown names, recall", tally.unknown.recall(), tally.unknown.expected),
            ]);
        }
    }
    Ok(figures)
}

/// The mentions that count: each id and each unknown surface once, the first; words that point back are no names.
fn first_mentions(mentions: &[EntityMention]) -> Vec<&EntityMention> {
    let mut seen = BTreeSet::new();
    let key = |m: &EntityMention| m.id.as_ref().map_or_else(|| m.name.clone(), ToString::to_string);
    mentions.iter().filter(|m| m.rule != "anaphor" && seen.insert(key(m))).collect()
}

/// Counts a sentence and tells what is wrong.
fn judge(sentence: &Labelled, mentions: &[EntityMention], tally: &mut Tally) -> Vec<String> {
    let mentions = first_mentions(mentions);
    let mut wrong = Vec::new();
    for label in sentence.entities.iter().filter(|l| !l.optional) {
        let met = mentions.iter().find(|m| meets(label, m));
        tally.spans.expect(met.is_some());
        if met.is_none() {
            wrong.push(format!("missed {}", label.surface));
        }
        if label.id == [None] {
            tally.unknown.expect(met.is_some_and(|m| m.id.is_none()));
        } else if label.id.iter().flatten().any(|id| id != "*") {
            tally.ids.expect(met.is_some_and(|m| allows(label, m)));
        }
    }
    for mention in mentions {
        let labels: Vec<&Label> = sentence
            .entities
            .iter()
            .filter(|l| meets(l, mention) || l.optional && overlaps(l, mention))
            .collect();
        let optional = labels.iter().any(|l| l.optional);
        let right = labels.iter().any(|l| l.optional || allows(l, mention));
        if !optional {
            tally.spans.find(!labels.is_empty());
        }
        if mention.id.is_some() {
            tally.ids.find(right);
        } else if mention.candidates.is_empty() && !optional {
            tally.unknown.find(!labels.is_empty());
        }
        if !right {
            let ids: Vec<&str> = mention.id.iter().chain(&mention.candidates).map(|id| id.as_str()).collect();
            wrong.push(format!("{} = {} ({})", mention.evidence.quote(), ids.join("|"), mention.rule));
        }
    }
    wrong
}

/// Whether a mention has a label's words or one of its ids.
fn meets(label: &Label, mention: &EntityMention) -> bool {
    mention.evidence.quote() == label.surface
        || mention.id.as_ref().is_some_and(|id| names(label, id.as_str()))
}

fn names(label: &Label, id: &str) -> bool {
    label.id.iter().flatten().any(|own| own == id)
}

/// Whether the id of a mention, or that it has none, is right for a label.
fn allows(label: &Label, mention: &EntityMention) -> bool {
    match &mention.id {
        Some(id) => names(label, id.as_str()) || names(label, "*"),
        None => label.id.iter().any(|own| own.as_deref().is_none_or(|own| own == "*")),
    }
}

fn overlaps(label: &Label, mention: &EntityMention) -> bool {
    let span = mention.evidence.span();
    let end = label.start + label.surface.chars().count();
    (span.start as usize) < end && label.start < span.end as usize
}

/// The tagger by itself on a test part: exact words and class.
fn universal(
    set: &str,
    language: &str,
    peer: &str,
    examples: &[Example],
    lexicon: &Lexicon,
    digest: &str,
) -> Vec<Figure> {
    let mut count = Count::default();
    for example in examples {
        let known = corpus::known(&example.text, language, lexicon);
        let tagged = tagger::tag(&example.text, language != "en", &known, &mut tagger::Desk::default());
        let found: Vec<(Range<usize>, Class)> = tagged.into_iter().map(|t| (t.range, t.class)).collect();
        found.iter().for_each(|f| count.find(example.names.contains(f)));
        example.names.iter().for_each(|n| count.expect(found.contains(n)));
    }
    let names = example_names(examples);
    let mut rows = vec![
        Figure::new(set, "tagger, precision", count.precision(), names, digest),
        Figure::new(set, "tagger, recall", count.recall(), names, digest),
        Figure::new(set, "tagger, micro F1", count.f1(), names, digest),
    ];
    rows[2].peer = Some(peer.to_owned());
    rows
}

fn example_names(examples: &[Example]) -> usize {
    examples.iter().map(|e| e.names.len()).sum()
}
