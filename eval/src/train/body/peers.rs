//! Two extractors of others, whose agreement stands for the truth where nobody has written it down.

use headwater_extract::teach::lines;

/// The text that trafilatura finds, asked for more than it is sure of.
pub fn trafilatura(page: &str) -> Option<String> {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_links(true)
        .with_exclude_comments(true)
        .with_focus(trafilatura::ExtractionFocus::FavorRecall);
    let found = trafilatura::extract(page, &options).ok()?;
    Some(lines(&found.content_html).join("\n"))
}

/// The text that readability finds.
pub fn readability(page: &str) -> Option<String> {
    let mut readability = dom_smoothie::Readability::new(page, None, None).ok()?;
    let found = readability.parse().ok()?;
    Some(lines(&found.content).join("\n"))
}
