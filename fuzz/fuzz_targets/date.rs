//! Any text: dates, figures, names, voices and claims are found without a panic, and every quote holds.
#![no_main]

use headwater_analyse::analyse;
use headwater_extract::extract;
use headwater_knowledge::{Lexicon, embedded};
use headwater_model::{Capture, Hints};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(embedded()));

fuzz_target!(|text: &str| {
    headwater_collect::dates::to_iso(text);
    headwater_collect::dates::find_iso(text);
    let capture = Capture {
        url: "http://a.example/1".into(),
        captured: "2026-06-03T00:00:00Z".parse().expect("a time"),
        status: 200,
        content_type: Some("text/plain".into()),
        body: text.as_bytes().to_vec(),
        hints: Hints::default(),
    };
    let article = extract(&capture);
    let analysis = analyse(&article, &LEXICON);
    for evidence in analysis.dates.iter().map(|d| &d.evidence).chain(analysis.quantities.iter().map(|q| &q.evidence)) {
        assert!(evidence.holds_in(article.part(evidence.part())));
    }
});
