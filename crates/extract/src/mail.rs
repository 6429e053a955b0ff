//! An e-mail as an article: its subject is the title, its writer the by-line, its day the day on which it was sent.

use crate::dates::{Habit, page_date};
use crate::page_kind::Around;
use crate::{document, html, register};
use headwater_model::time::DateBasis;
use headwater_model::{Article, Capture, Doubt, Text};
use mail_parser::{Message, MessageParser, PartType};

/// Reads a message: the page that it carries, or else its plain words.
pub fn read(capture: &Capture, article: &mut Article) -> Around {
    let message = MessageParser::default().parse(&capture.body).filter(has_head);
    let Some(message) = message else {
        article.doubts.push(Doubt::new("not_a_message", "the file has no head of an e-mail"));
        document::read_text(capture, article);
        return Around::default();
    };
    let around = match page(&message) {
        Some(page) => {
            let content_type = Some("text/html; charset=utf-8".into());
            html::read(&Capture { content_type, body: page.into(), ..capture.clone() }, article)
        }
        None => {
            words(&message, article);
            Around::default()
        }
    };
    head(&message, article);
    around
}

/// Whether the bytes begin with a head: any words before a colon pass for one, so a known field is asked for.
fn has_head(message: &Message) -> bool {
    message.from().is_some() || message.date().is_some() || message.subject().is_some()
}

fn words(message: &Message, article: &mut Article) {
    let text = message.body_text(0).unwrap_or_default().replace("\r\n", "\n");
    article.official = register::of_text(text.lines());
    article.text = Text::new(text.trim());
}

/// The message as a page, where its sender wrote one.
fn page<'m>(message: &'m Message) -> Option<&'m str> {
    message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(page) => Some(&**page),
        _ => None,
    })
}

/// What the message's head says goes before what its words seem to say.
fn head(message: &Message, article: &mut Article) {
    if let Some(subject) = message.subject() {
        article.title = Text::new(subject.trim());
    }
    if let Some(sent) = message.date().filter(|d| d.is_valid()) {
        article.published = page_date(&sent.to_rfc3339(), DateBasis::Meta, Habit::default());
    }
    let writers = message.from().into_iter().flat_map(|from| from.iter());
    let names: Vec<String> = writers.filter_map(|w| w.name()).map(|n| n.trim().to_owned()).collect();
    if !names.is_empty() {
        article.byline = names;
    }
}
