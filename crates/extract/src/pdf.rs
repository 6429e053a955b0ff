//! The text layer of a PDF.

use crate::blocks::squeezed;
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
    let text = text_layer(&capture.body).unwrap_or_else(|why| {
        article.doubts.push(Doubt::new("pdf_unreadable", why));
        String::new()
    });
    let lines: Vec<String> = text.lines().map(squeezed).filter(|l| !l.is_empty()).collect();
    if lines.is_empty() {
        no_text(article);
        return;
    }
    article.title = Text::new(lines[0].chars().take(200).collect::<String>());
    article.text = Text::new(lines.join("\n"));
}

/// Names of the character maps of Chinese, Japanese and Korean fonts that are not embedded: one library knows
/// them, the other lays out pages better.
const EASTERN_MAPS: &[&[u8]] = &[
    b"/UniGB-",
    b"/UniCNS-",
    b"/UniJIS-",
    b"/UniKS-",
    b"/GBK-EUC-",
    b"/GB-EUC-",
    b"/ETen-B5-",
    b"/90ms-RKSJ-",
];

fn text_layer(bytes: &[u8]) -> Result<String, String> {
    let eastern = EASTERN_MAPS.iter().any(|map| bytes.windows(map.len()).any(|w| w == *map));
    let read = std::panic::catch_unwind(|| if eastern { by_operators(bytes) } else { by_layout(bytes) });
    read.unwrap_or_else(|_| Err("the PDF's fonts are of a kind that cannot be read".into()))
}

fn by_layout(bytes: &[u8]) -> Result<String, String> {
    pdf_extract::extract_text_from_mem(bytes).map_err(|e| format!("the PDF could not be read: {e}"))
}

fn by_operators(bytes: &[u8]) -> Result<String, String> {
    let failed = |e: lopdf::Error| format!("the PDF could not be read: {e}");
    let document = lopdf::Document::load_mem(bytes).map_err(failed)?;
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).map_err(failed)
}

fn no_text(article: &mut Article) {
    article.page_kind = PageKind::Media;
    article.page_kind_reason = Some("a PDF without a text layer".into());
    article.doubts.push(Doubt::new(
        "no_text_layer",
        "no text layer: the PDF holds pictures of text, or its text cannot be read",
    ));
}
