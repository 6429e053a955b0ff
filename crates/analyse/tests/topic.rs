//! What a longer text is about decides whether its words are claims of policy.

use headwater_analyse::analyse;
use headwater_knowledge::{Lexicon, embedded};
use headwater_model::article::Paragraph;
use headwater_model::{Article, CaptureId, Claim, Span, Text};
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(embedded()));

fn article(language: &str, text: &str) -> Article {
    let captured = "2026-06-09T00:00:00Z".parse().unwrap();
    Article {
        language: language.to_owned(),
        text: Text::new(text),
        ..Article::new(CaptureId::new("c"), "https://news.example/a", captured)
    }
}

fn claims(language: &str, text: &str) -> Vec<Claim> {
    analyse(&article(language, text), &LEXICON).claims
}

const REVIEW: &str = "The van arrived on a wet Tuesday and the children approved of it at once. \
    Its camera is capped at a resolution that my telephone passed years ago. \
    The dealer told us to keep the tyres a little soft. \
    Up to seven people fit, and five of them would allow you to say so. \
    The maker sold 40,000 of them last year and ships the next batch in May. \
    Parents are banned from the third row by their knees. \
    It needs a charger that costs $900, and it gets $70 worth of range out of a night. \
    We were ordered by the voice assistant to take a break. \
    The seats are made of a fine cloth that stains. \
    The boot must be slammed. \
    Rivals have cut their prices to $38,000. \
    The door opposes every attempt to close it gently. \
    I recommend it to anybody who is required to carry a cello.";

#[test]
fn a_review_that_bans_and_ships_claims_nothing() {
    let found: Vec<String> = claims("en", REVIEW).iter().map(|c| c.evidence.quote().to_owned()).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_sentence_of_policy_with_its_author_is_heard_among_others() {
    let act = "The Commerce Department has banned exports of advanced chips to the maker, officials said.";
    let text = format!("{REVIEW} {act} {REVIEW}");
    let found = claims("en", &text);
    assert!(!found.is_empty());
    assert!(found.iter().all(|c| c.evidence.quote() == act), "{found:#?}");
}

#[test]
fn a_long_report_on_policy_keeps_the_sentence_behind_the_rule() {
    let report = "The Commerce Department published new export controls on chip tools on Monday. \
        Exports of etching machines to China are banned. The rule takes effect in June. \
        Lawmakers had pressed for it. The ministry in Beijing objected to the curbs. \
        The regulation covers 140 companies. Officials said licences would be refused. \
        The department had consulted its allies. Tariffs are not part of the package. \
        The government of the Netherlands said that it was studying the rule. \
        A ban on service contracts is still being considered. The agency will answer questions on Friday. \
        Customs officers have been told to hold shipments.";
    let found = claims("en", report);
    assert!(
        found.iter().any(|c| c.evidence.quote().starts_with("Exports of etching machines")),
        "{found:#?}"
    );
}

#[test]
fn sentences_of_a_language_that_is_not_read_claim_nothing() {
    let german =
        "Die Regierung will den Export von Chips nach China verbieten, sagte die Ministerin am Montag.";
    assert!(claims("de", german).is_empty());
    let english = "The government has banned exports of chips to China, the minister said on Monday.";
    assert!(!claims("en", english).is_empty());

    let text = format!("{german}\n{english}");
    let cut = german.chars().count() as u32;
    let paragraph = |start, end, language: &str| Paragraph {
        span: Span::new(start, end),
        language: language.into(),
        rendering: false,
    };
    let mut both = article("mul", &text);
    both.paragraphs = vec![paragraph(0, cut, "de"), paragraph(cut + 1, text.chars().count() as u32, "en")];
    let found = analyse(&both, &LEXICON).claims;
    assert!(!found.is_empty() && found.iter().all(|c| c.evidence.quote() == english), "{found:#?}");
}

#[test]
fn what_a_page_says_again_in_a_second_language_is_no_second_claim() {
    let english = "The government has banned exports of chips to China, the minister said on Monday.";
    let chinese = "部长周一表示，政府已禁止向中国出口芯片。";
    let text = format!("{english}\n{chinese}");
    let (cut, end) = (english.chars().count() as u32, text.chars().count() as u32);
    let mut both = article("mul", &text);
    let found = |both: &mut Article, rendering| -> Vec<String> {
        both.paragraphs = vec![
            Paragraph { span: Span::new(0, cut), language: "en".into(), rendering: false },
            Paragraph { span: Span::new(cut + 1, end), language: "zh-Hans".into(), rendering },
        ];
        analyse(both, &LEXICON).claims.iter().map(|c| c.evidence.quote().to_owned()).collect()
    };
    assert!(found(&mut both, false).contains(&chinese.to_owned()));
    let quotes = found(&mut both, true);
    assert!(!quotes.is_empty() && quotes.iter().all(|quote| quote == english), "{quotes:#?}");
}
