//! Trains what is learned from examples: `cargo xtask train --data DIR [--only names|claims|firmness|body|background|sameness|owing|drift|stories]`.
//!
//! The reading of claims (`claims.rs`) and of how firm they are (`firmness.rs`) learns from our own labelled sentences, and what claims
//! nothing from pages of something else, too.
//!
//! The tagger of unknown names learns from Universal NER's training and development sentences, from our own labelled sentences that are not held
//! out, and from invented names in patterns of news sentences. Never from a test part, on which it prints its F1 at the end.

mod background;
mod body;
mod claims;
mod crf;
mod drift;
mod firmness;
mod hands;
mod invent;
mod labelled;
mod logistic;
mod owing;
mod sameness;
mod stories;
mod svm;

use anyhow::{Context, Result};
use clap::Parser;
use headwater_analyse::names::tagger;
use headwater_analyse::names::tagger::features::each_token;
use headwater_analyse::names::tagger::model::{Model, Span, Tables};
use headwater_eval::chains;
use headwater_eval::corpus::{self, Example};
use headwater_knowledge::{Lexicon, Words, embedded};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Train the tagger of unknown names, the reading of claims and the trees that tell an article's text, and count common words.
#[derive(Parser)]
struct Options {
    /// Folder into which the corpora were unpacked.
    #[arg(long)]
    data: PathBuf,
    /// Only one of the nine; firmness, sameness, owing, drift and stories, which need a build with the weights of `claims`, are made only so.
    #[arg(long)]
    only: Option<What>,
    #[command(flatten)]
    body: body::Asked,
}

/// Room for the trees of deeply nested pages.
const STACK: usize = 256 << 20;

/// The analyser, whose weights stand in its `data`.
const ANALYSE: &str = "../crates/analyse";

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    Names,
    Claims,
    Firmness,
    Body,
    Background,
    Sameness,
    Owing,
    Drift,
    Stories,
}

const HOW: crf::Options = crf::Options { epochs: 18, alpha: 0.2, lambda1: 0.1, lambda2: 5.0, prune: 2 };

fn main() -> Result<()> {
    let Options { data, only, body } = Options::parse();
    rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global()?;
    let wanted = |what: What| only.is_none_or(|only| only == what);
    if wanted(What::Body) {
        body::train(&data, &here().join("../crates/extract/data"), &body)?;
    }
    if wanted(What::Names) {
        names(&data.join("entities"))?;
    }
    if wanted(What::Claims) {
        let mut pages = body::pages::all(&data)?;
        // On these it is measured how much the analyser claims of pages of other worlds.
        pages.retain(|page| page.set != "aeb");
        let (mut chains, _) = chains::labelled()?;
        chains.retain(|chain| !chains::UNREAD.contains(&chain.half.as_str()));
        claims::train(&texts()?, &chains, &pages, &here().join(ANALYSE))?;
    }
    // Its lessons are the claims that the weights of the frames tell with which this was built, so it is asked for by itself.
    if only == Some(What::Firmness) {
        firmness::train(&texts()?, &here().join(ANALYSE))?;
    }
    // Its lessons are pairs of the claims that the analyser tells with which this was built.
    if only == Some(What::Sameness) {
        sameness::train(&here().join("../crates/track/data/sameness.toml"))?;
    }
    // Its lessons are what articles have in common with pages, the claims among it.
    if only == Some(What::Owing) {
        owing::train(&here().join("../crates/track/data/owing.toml"))?;
    }
    // Its lessons are what retellings differ in from their sources, as the claims are read and grouped with which this was built.
    if only == Some(What::Drift) {
        drift::train(&here().join("../crates/track/data/drift.toml"))?;
    }
    // Its lessons are what captures have in common with stories, the claims among it.
    if only == Some(What::Stories) {
        stories::train(&data, &here().join("../crates/track/data/stories.toml"))?;
    }
    if wanted(What::Background) {
        let target = here().join("../crates/track/data/background.bin");
        background::train(&data, &here().join("data"), &target)?;
    }
    Ok(())
}

fn names(folder: &Path) -> Result<()> {
    let lexicon = Lexicon::new(embedded());
    let parts = [
        ("en", vec!["uner_en/en_ewt-ud-dev.iob2"], "uner_en/en_ewt-ud-test.iob2"),
        (
            "zh",
            vec!["uner_zh/zh_gsd-ud-train.iob2", "uner_zh/zh_gsd-ud-dev.iob2"],
            "uner_zh/zh_gsd-ud-test.iob2",
        ),
    ];
    for (language, files, test) in parts {
        let mut examples = Vec::new();
        for file in files {
            examples.extend(corpus::universal(&folder.join(file))?);
        }
        let examples = spread(own(language)?, examples);
        let sentences: Vec<crf::Sentence> =
            examples.iter().map(|e| sentence(e, language == "zh", &lexicon)).collect();
        let bytes = crf::train(&sentences, &HOW);
        let target = here().join(format!("../crates/analyse/data/tagger_{language}.bin"));
        std::fs::write(&target, &bytes).with_context(|| format!("write {}", target.display()))?;
        let f1 = f1(&bytes, &corpus::universal(&folder.join(test))?, language, &lexicon);
        println!(
            "{language}: {} sentences, {} bytes, F1 {f1:.4} on the test part",
            sentences.len(),
            bytes.len()
        );
    }
    Ok(())
}

/// The labelled texts of the reading of claims.
fn texts() -> Result<Vec<labelled::Labelled>> {
    labelled::texts(&here().join("data"), &here().join(ANALYSE).join("specs"))
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Our own sentences, labelled and invented.
fn own(language: &str) -> Result<Vec<Example>> {
    let words = std::fs::read_to_string(here().join("../crates/analyse/data/tagger_words.toml"))?;
    let words: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&words)?;
    let chinese = language == "zh";
    let words = words.get(if chinese { "chinese" } else { "english" }).cloned().unwrap_or_default();
    let patterns = std::fs::read_to_string(here().join(format!("data/tagger/{language}.toml")))?;
    let mut examples = invent::Parts::read(&patterns, &words, chinese)?.examples();
    let labelled = corpus::labelled(&here().join(format!("data/names/{language}.jsonl")))?;
    let learnt = |s: &&corpus::Labelled| ["dev", "fresh"].contains(&s.split.as_str());
    examples.extend(labelled.iter().filter(learnt).map(corpus::example));
    Ok(examples)
}

/// Some examples spread evenly among others: what is learnt last weighs most.
fn spread(some: Vec<Example>, others: Vec<Example>) -> Vec<Example> {
    let step = (others.len() / some.len().max(1)).max(1);
    let mut some = some.into_iter();
    let mut all = Vec::with_capacity(some.len() + others.len());
    for (at, other) in others.into_iter().enumerate() {
        all.push(other);
        if at % step == 0 {
            all.extend(some.next());
        }
    }
    all.extend(some);
    all
}

/// How well the weights do on the test part, of which they learnt nothing: exact words and class.
fn f1(weights: &[u8], examples: &[Example], language: &str, lexicon: &Lexicon) -> f64 {
    let Some(model) = Model::read(weights) else { return 0.0 };
    let (mut right, mut all) = (0, 0);
    let (mut tokens, mut tables) = (Vec::new(), Tables::default());
    for example in examples {
        let known = corpus::known(&example.text, language, lexicon);
        tagger::read(&example.text, language == "zh", &known, &mut Words::default(), &mut tokens);
        let spans = model.spans(&tokens, &mut tables);
        let name = |s: &Span| {
            let range = tokens[s.from].range.start..tokens[s.until - 1].range.end;
            example.names.iter().any(|(r, class)| *r == range && *class as usize == s.class)
        };
        right += spans.iter().filter(|s| name(s)).count();
        all += spans.len() + example.names.len();
    }
    2.0 * right as f64 / all.max(1) as f64
}

/// Features and labels of a sentence, the names that the knowledge has marked as known.
fn sentence(example: &Example, chinese: bool, lexicon: &Lexicon) -> crf::Sentence {
    let known = corpus::known(&example.text, if chinese { "zh-Hans" } else { "en" }, lexicon);
    let mut tokens = Vec::new();
    tagger::read(&example.text, chinese, &known, &mut Words::default(), &mut tokens);
    let mut features = vec![Vec::new(); tokens.len()];
    each_token(&tokens, |_| true, |at, of_token| features[at].extend_from_slice(of_token));
    let mut labels = vec![0; tokens.len()];
    for (range, class) in &example.names {
        let met =
            tokens.iter().enumerate().filter(|(_, t)| t.range.start < range.end && t.range.end > range.start);
        for (number, (at, _)) in met.enumerate() {
            labels[at] = 1 + 2 * (*class as usize) + usize::from(number > 0);
        }
    }
    (features, labels)
}
