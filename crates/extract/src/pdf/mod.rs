//! The text layer of a PDF: paragraphs, columns one after the other, tables by rows.

mod fonts;
mod furniture;
mod glyphs;
mod layout;
mod letters;
mod lines;
mod size;
mod tables;

use crate::dates::{Habit, in_url, page_date};
use headwater_model::time::{DateBasis, PageDate};
use headwater_model::{Article, Capture, Doubt, PageKind, Text};
use layout::Laid;
use lopdf::Document;
use pdf_extract::output_doc;

/// A PDF larger than this is not read: the library holds it in memory several times over.
const MAX_BYTES: usize = 32 << 20;

/// Reads the text layer, a paragraph or a row of a table a line.
pub fn read(capture: &Capture, article: &mut Article) {
    if capture.body.len() > MAX_BYTES {
        article.doubts.push(Doubt::new("too_large", format!("PDFs are read up to {} MiB", MAX_BYTES >> 20)));
        no_text(article);
        return;
    }
    let layer = read_layer(&capture.body).unwrap_or_else(|doubt| {
        article.doubts.push(doubt);
        Layer::default()
    });
    let Laid { title, lines, blocks } = layer.laid;
    let Some(first) = blocks.first() else {
        no_text(article);
        return;
    };
    let title = title.as_ref().unwrap_or(&first.text);
    article.title = Text::new(title.chars().take(200).collect::<String>());
    crate::html::fill(article, blocks);
    date(article, &lines, layer.made);
}

/// Lines from the head and from the foot of a document where its date stands.
const EDGE: usize = 8;
/// Characters of a line that holds little but a date.
const DATE_LINE: usize = 24;

/// The day under which the address files the document, the one that stands by itself at its head or foot, else the
/// one on which the file was made, with a doubt.
fn date(article: &mut Article, lines: &[String], made: Option<PageDate>) {
    let alone = |line: &&String| line.chars().count() <= DATE_LINE;
    let edges = lines.iter().take(EDGE).chain(lines.iter().rev().take(EDGE));
    let stated = edges.filter(alone).find_map(|line| page_date(line, DateBasis::Text, Habit::default()));
    article.published = in_url(&article.url).or(stated);
    if let Some(made) = made.filter(|_| article.published.is_none()) {
        let message = format!(
            "the document states no date of publication; {} was guessed from the day on which its file was made",
            made.value
        );
        article.doubts.push(Doubt::new("date_guessed", message));
        article.published = Some(made);
    }
}

/// What a PDF gives.
#[derive(Default)]
struct Layer {
    laid: Laid,
    /// The day on which the file was made or last changed.
    made: Option<PageDate>,
}

/// The libraries panic on some fonts.
fn read_layer(bytes: &[u8]) -> Result<Layer, Doubt> {
    let too_large = || Doubt::new("too_large", "the PDF's pages unpack to more than is read");
    let unreadable = |why: String| Doubt::new("pdf_unreadable", why);
    let read = std::panic::catch_unwind(|| {
        if size::is_file_too_large(bytes) {
            return Err(too_large());
        }
        let mut document = open(bytes).map_err(unreadable)?;
        if size::is_too_large(&document) {
            return Err(too_large());
        }
        fonts::prepare(&mut document);
        let laid = by_layout(&document).map_err(unreadable)?;
        Ok(Layer { laid, made: made(&document) })
    });
    read.unwrap_or_else(|_| Err(unreadable("the PDF's fonts are of a kind that cannot be read".into())))
}

/// A PDF locked without a password opens with an empty one.
fn open(bytes: &[u8]) -> Result<Document, String> {
    let mut document = Document::load_mem(bytes).map_err(unreadable)?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| "the PDF is locked with a password".to_owned())?;
    }
    Ok(document)
}

fn unreadable(why: impl std::fmt::Display) -> String {
    format!("the PDF could not be read: {why}")
}

fn by_layout(document: &Document) -> Result<Laid, String> {
    let mut collector = glyphs::Collector::default();
    output_doc(document, &mut collector).map_err(unreadable)?;
    Ok(layout::read(&collector.pages))
}

/// `D:20260609083000+08'00'` in the file's own description.
fn made(document: &Document) -> Option<PageDate> {
    let about = document.trailer.get_deref(b"Info", document).ok()?.as_dict().ok()?;
    [b"ModDate".as_slice(), b"CreationDate"].iter().find_map(|key| {
        let written = about.get_deref(key, document).ok()?.as_str().ok()?;
        let written = std::str::from_utf8(written).ok()?;
        let day = written.trim_start_matches("D:").get(..8)?;
        page_date(day, DateBasis::Meta, Habit::default())
    })
}

fn no_text(article: &mut Article) {
    article.page_kind = PageKind::Media;
    article.page_kind_reason = Some("a PDF without a text layer".into());
    article.doubts.push(Doubt::new(
        "no_text_layer",
        "no text layer: the PDF holds pictures of text, or its text cannot be read",
    ));
}
