//! Texts that nobody writes: what is found in them is the same, and the work is bounded.

use headwater_analyse::analyse;
use headwater_knowledge::{Lexicon, embedded};
use headwater_model::mention::EntityMention;
use headwater_model::{Analysis, Article, CaptureId, Text};
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(embedded()));

fn read(text: &str) -> Analysis {
    let captured = "2026-06-09T00:00:00Z".parse().unwrap();
    let article = Article {
        language: "en".to_owned(),
        text: Text::new(text),
        ..Article::new(CaptureId::new("c"), "https://news.example/a", captured)
    };
    analyse(&article, &LEXICON)
}

#[test]
fn more_claims_than_anybody_makes_are_a_doubt() {
    let claims = |count: usize| {
        let line = |n| format!("The Commerce Department added {n} companies to the Entity List on Tuesday.");
        let analysis = read(&(2..count + 2).map(line).collect::<Vec<_>>().join("\n"));
        (analysis.claims.len(), analysis.doubts.iter().any(|d| d.kind == "too_many_claims"))
    };
    assert_eq!(claims(200), (200, false));
    assert_eq!(claims(201), (200, true));
}

/// Many Chinese pages and most PDF files have marks of half width, and some have none.
#[test]
fn every_passage_is_read_whatever_the_width_of_its_marks() {
    let narrow = [
        ('，', ", "),
        ('。', ". "),
        ('：', ":"),
        ('；', ";"),
        ('、', ","),
        ('“', "\""),
        ('”', "\""),
        ('「', "'"),
        ('」', "'"),
        ('《', "<"),
        ('》', ">"),
        ('（', "("),
        ('）', ")"),
        ('？', "?"),
        ('！', "!"),
    ];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let pages =
        std::fs::read_dir(folder).unwrap().map(|e| std::fs::read_to_string(e.unwrap().path()).unwrap());
    let mut passages = 0;
    for page in pages {
        for passage in page.split("```passage ").skip(1) {
            let text =
                passage.split_once('\n').unwrap_or_default().1.split("\n```").next().unwrap_or_default();
            let with = |mark: fn(&'static str) -> &'static str| -> String {
                let of = |c: char| narrow.iter().find(|(wide, _)| *wide == c).map(|(_, narrow)| mark(narrow));
                text.chars().map(|c| of(c).map_or(c.to_string(), str::to_owned)).collect()
            };
            for text in [with(|mark| mark), with(str::trim), with(|_| "")] {
                let analysis = read(&text);
                let quotes = analysis.claims.iter().map(|claim| claim.evidence.quote());
                assert!(quotes.clone().all(|quote| text.contains(quote)), "{text}");
            }
            passages += 1;
        }
    }
    assert!(passages > 500, "{passages}");
}

/// "After" ends a clause in Chinese, and here it is the second half of a word for putting off.
#[test]
fn a_word_that_runs_over_the_end_of_its_clause_is_read() {
    for text in [
        "内阁消息人士称，征收糖税的草案押后，最快明年推出。",
        "两名官员透露，要求大模型备案的法案押后，秋季才提交。",
    ] {
        assert_eq!(read(text).claims.len(), 1, "{text}");
    }
}

#[test]
fn names_are_found_to_the_end_of_a_sentence_that_has_none() {
    let times = 500;
    let analysis = read(&"the commerce ministry and Apple met ".repeat(times));
    let apple = |e: &&EntityMention| e.id.as_ref().is_some_and(|id| id.as_str() == "apple");
    assert_eq!(analysis.entities.iter().filter(apple).count(), times);
}

#[test]
fn every_line_is_read_alike_however_many_there_are() {
    let line =
        "“We will go,” said Rei Sakuma, president of the Kitano Institute, which met Huawei in Geneva.";
    let found = |times: usize| {
        let analysis = read(&vec![line; times].join("\n"));
        let sources = analysis.attributions.iter().map(|a| a.source.text.clone());
        let named = analysis.entities.iter().map(|e| e.evidence.quote().to_owned());
        (sources.collect::<Vec<_>>(), named.collect::<Vec<_>>())
    };
    let (sources, named) = found(1);
    assert!(sources.len() == 1 && named.iter().any(|name| name == "Kitano Institute"), "{named:?}");
    let (all_sources, all_named) = found(60);
    assert!(all_sources.len() == 60 && all_sources.iter().all(|source| *source == sources[0]));
    assert_eq!(all_named.len(), 60 * named.len());
    assert!(all_named.chunks(named.len()).all(|line| line == named), "{all_named:?}");
}
