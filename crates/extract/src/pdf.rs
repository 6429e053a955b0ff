//! The text layer of a PDF.

use crate::body::squeezed;
use headwater_model::{Article, Capture, Doubt, PageKind, Text};

/// A PDF larger than this is not read: the library holds it in memory several times over.
const MAX_BYTES: usize = 32 << 20;

/// Reads the text layer, a paragraph a line.
pub fn read(capture: &Capture, article: &mut Article) {
    if capture.body.len() > MAX_BYTES {
        article.doubts.push(Doubt::new("too_large", format!("PDFs are read up to {} MiB", MAX_BYTES >> 20)));
        no_text(article);
        return;
    }
    let text = match std::panic::catch_unwind(|| pdf_extract::extract_text_from_mem(&capture.body)) {
        Ok(Ok(text)) => text,
        Ok(Err(e)) => {
            article.doubts.push(Doubt::new("pdf_unreadable", format!("the PDF could not be read: {e}")));
            String::new()
        }
        Err(_) => {
            article
                .doubts
                .push(Doubt::new("pdf_unreadable", "the PDF's fonts are of a kind that cannot be read"));
            String::new()
        }
    };
    let lines: Vec<String> = text.lines().map(squeezed).filter(|l| !l.is_empty()).collect();
    if lines.is_empty() {
        no_text(article);
        return;
    }
    article.title = Text::new(lines[0].chars().take(200).collect::<String>());
    article.text = Text::new(lines.join("\n"));
}

fn no_text(article: &mut Article) {
    article.page_kind = PageKind::Media;
    article.page_kind_reason = Some("a PDF without a text layer".into());
    article.doubts.push(Doubt::new(
        "no_text_layer",
        "no text layer: the PDF holds pictures of text, or its text cannot be read",
    ));
}
