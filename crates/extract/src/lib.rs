//! Capture to article: charset, DOM, body, metadata, PDF.

use dom_smoothie::{Config, Readability, TextMode};
use headwater_model::article::Paragraph;
use headwater_model::capture::DOCUMENT_TYPE;
use headwater_model::time::{DateBasis, PageDate, Precision};
use headwater_model::{Article, Capture, Doubt, PageKind, Span, Text};

/// Reads a capture. Never fails: what is no article says what it is instead.
pub fn extract(capture: &Capture) -> Article {
    let mut article = Article {
        capture: capture.id(),
        url: capture.url.clone(),
        canonical_url: None,
        page_kind: PageKind::Article,
        page_kind_reason: None,
        title: Text::default(),
        byline: vec![],
        site_name: None,
        language: "und".into(),
        published: capture.hints.published.as_deref().and_then(|d| date(d, DateBasis::Feed)),
        modified: None,
        captured: capture.captured,
        text: Text::default(),
        paragraphs: vec![],
        tables: vec![],
        links: vec![],
        furniture: Text::default(),
        notices: vec![],
        official: None,
        doubts: vec![],
    };
    if capture.status >= 400 {
        article.page_kind = PageKind::Error;
        article.page_kind_reason = Some(format!("HTTP status {}", capture.status));
        return article;
    }
    match capture.media_type().as_str() {
        DOCUMENT_TYPE => document(capture, &mut article),
        "text/plain" => article.text = decode(capture).trim_end().into(),
        _ => html(capture, &mut article),
    }
    if article.text.is_empty() && article.title.is_empty() {
        article.page_kind = PageKind::Empty;
        article.page_kind_reason = Some("no text was found".into());
    }
    paragraphs(&mut article);
    article
}

fn decode(capture: &Capture) -> String {
    let label = capture.content_type.as_deref().and_then(|t| t.split("charset=").nth(1)).map(str::to_owned).or_else(|| {
        let head = String::from_utf8_lossy(&capture.body[..capture.body.len().min(2048)]).to_ascii_lowercase();
        let at = head.find("charset=")? + 8;
        Some(head[at..].trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect())
    });
    let encoding = label.and_then(|l| encoding_rs::Encoding::for_label(l.trim_matches(['"', '\'', ' ']).as_bytes()));
    let encoding = match encoding {
        Some(e) if e == encoding_rs::GBK => encoding_rs::GB18030,
        Some(e) => e,
        None => encoding_rs::UTF_8,
    };
    encoding.decode(&capture.body).0.into_owned()
}

fn document(capture: &Capture, article: &mut Article) {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(&capture.body) else {
        article.doubts.push(Doubt::new("not_json", "the document is not JSON"));
        return;
    };
    let field = |name: &str| value.get(name).and_then(|v| v.as_str());
    article.title = field("title").unwrap_or_default().into();
    article.text = field("text").or(field("abstract")).unwrap_or_default().into();
    article.published = field("published").and_then(|d| date(d, DateBasis::Meta));
}

fn html(capture: &Capture, article: &mut Article) {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let Ok(mut readability) = Readability::new(decode(capture), None, Some(config)) else { return };
    let Ok(found) = readability.parse() else { return };
    article.title = found.title.as_str().into();
    article.byline = found.byline.into_iter().collect();
    article.site_name = found.site_name;
    article.published = found.published_time.as_deref().and_then(|d| date(d, DateBasis::Meta)).or(article.published.take());
    let lines: Vec<&str> = found.text_content.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    article.text = lines.join("\n").into();
}

fn date(value: &str, basis: DateBasis) -> Option<PageDate> {
    let day = headwater_model::time::day_of(value)?;
    Some(PageDate { value: day.to_string(), precision: Precision::Day, basis })
}

fn paragraphs(article: &mut Article) {
    let mut at = 0;
    for line in article.text.as_str().split('\n') {
        let end = at + line.chars().count() as u32;
        if end > at {
            let han = line.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
            let language = if han * 3 > line.chars().count() { "zh-Hans" } else { "en" };
            article.paragraphs.push(Paragraph { span: Span::new(at, end), language: language.into() });
        }
        at = end + 1;
    }
    if let Some(first) = article.paragraphs.first() {
        article.language = first.language.clone();
    }
}
