//! The article as it is begun and ended for every kind of capture.

use crate::page_kind::{self, Around};
use crate::{dates, language, wholeness};
use headwater_model::article::Paragraph;
use headwater_model::time::DateBasis;
use headwater_model::{Article, Capture, Doubt, Span, Text};

/// An article that holds nothing yet.
pub fn blank(capture: &Capture) -> Article {
    Article::new(capture.id(), capture.url.clone(), capture.captured)
}

/// The body of a capture as text.
pub fn words_of(capture: &Capture) -> String {
    headwater_charset::decode(&capture.body, capture.content_type.as_deref(), &capture.url).text
}

/// What holds for every kind: languages, dates within reason, what the page is.
pub fn finish(capture: &Capture, article: &mut Article, around: &Around) {
    if article.title.is_empty()
        && let Some(title) = &capture.hints.title
    {
        article.title = Text::new(title.trim());
    }
    if article.byline.is_empty() {
        article.byline = capture.hints.authors.clone();
    }
    date_by_feed(capture, article);
    dates::drop_future(article);
    without_controls(article);
    paragraphs(article);
    page_kind::decide(capture, article, around);
    if article.page_kind.is_readable() {
        wholeness::check(article);
    }
}

/// A feed's date, where the page states none: what was guessed from the page says less.
fn date_by_feed(capture: &Capture, article: &mut Article) {
    let is_guess = |doubt: &Doubt| doubt.kind == "date_guessed";
    if article.published.is_some() && !article.doubts.iter().any(is_guess) {
        return;
    }
    let hint = capture.hints.published.as_deref();
    let stated = hint.and_then(|d| dates::page_date(d, DateBasis::Feed, dates::Habit::default()));
    if stated.is_some() {
        article.published = stated;
        article.doubts.retain(|doubt| !is_guess(doubt));
    }
}

/// Controls made blanks, each one by one: they are no text, and a terminal or a reader of feeds may obey them or break.
/// Evidence that was cut before stands where it stood.
fn without_controls(article: &mut Article) {
    let is_wrong = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let mended = |text: &str| text.contains(is_wrong).then(|| text.replace(is_wrong, " "));
    for text in [&mut article.title, &mut article.text] {
        if let Some(mended) = mended(text.as_str()) {
            *text = Text::new(mended);
        }
    }
    for name in article.byline.iter_mut().chain(&mut article.site_name) {
        if let Some(mended) = mended(name) {
            *name = mended;
        }
    }
}

fn paragraphs(article: &mut Article) {
    let traditional = language::is_traditional(article.text.as_str());
    let mut at = 0;
    let mut found = Vec::new();
    for line in article.text.as_str().split('\n') {
        let end = at + line.chars().count() as u32;
        if !line.trim().is_empty() {
            found.push(Paragraph {
                span: Span::new(at, end),
                language: language::of(line, traditional),
                rendering: false,
            });
        }
        at = end + 1;
    }
    let title = article.title.as_str();
    article.language = match language::whole(&found) {
        Some(language) => language,
        None if !title.is_empty() => language::of(title, language::is_traditional(title)),
        None => "und".into(),
    };
    // A line too short to tell takes the language of the whole.
    for paragraph in &mut found {
        if paragraph.language == "und" && article.language != "mul" {
            paragraph.language = article.language.clone();
        }
    }
    article.paragraphs = found;
}
