//! What a captured page is. A page is called something else than an article only when it says so itself and has
//! little text of its own: taking an article for a wall loses more than the reverse.

use crate::cues::{CUES, fold};
use headwater_model::{Article, Capture, NoticeKind, PageKind};

/// Characters of text (a Han character counts three) above which a page speaks for itself.
const SUBSTANCE: usize = 700;

/// Decides, unless a reader has done so already.
pub fn decide(capture: &Capture, article: &mut Article) {
    if article.page_kind != PageKind::Article {
        return;
    }
    if let Some((kind, reason)) = kind(capture, article) {
        article.page_kind = kind;
        article.page_kind_reason = Some(reason);
    }
}

fn kind(capture: &Capture, article: &Article) -> Option<(PageKind, String)> {
    let cues = &CUES.page_kind;
    let size = substance(article.text.as_str());
    let page = words_of_page(capture, article, size);
    let says = |words: &[String]| words.iter().find(|w| page.contains(w.as_str())).cloned();
    if size < SUBSTANCE {
        if let Some(word) = says(&cues.challenge) {
            return Some((PageKind::Challenge, word));
        }
        if (400..600).contains(&capture.status) {
            return Some((PageKind::Error, format!("status {}", capture.status)));
        }
        let walls = [
            (PageKind::Paywall, &cues.paywall),
            (PageKind::Error, &cues.error),
            (PageKind::Login, &cues.login),
        ];
        for (kind, words) in walls {
            if let Some(word) = says(words) {
                return Some((kind, word));
            }
        }
    }
    if matches!(capture.status, 401 | 403 | 429 | 503) && size < 2 * SUBSTANCE {
        return Some((PageKind::Challenge, format!("status {}", capture.status)));
    }
    if capture.status >= 400 {
        return Some((PageKind::Error, format!("status {}", capture.status)));
    }
    if article.notices.iter().any(|n| n.kind == NoticeKind::Paywall) && size < 2 * SUBSTANCE {
        let words = article.notices.iter().find(|n| n.kind == NoticeKind::Paywall).map(|n| n.value.clone());
        return Some((PageKind::Paywall, words.unwrap_or_default()));
    }
    if article.official.as_ref().is_some_and(|o| o.number.is_some() || o.index.is_some()) {
        return Some((
            PageKind::Notice,
            article.official.as_ref().and_then(|o| o.number.clone()).unwrap_or_default(),
        ));
    }
    if size < 60 {
        let word = says(&cues.empty);
        let titled = article.title.is_empty() || word.is_some() || size == 0;
        return titled.then(|| (PageKind::Empty, word.unwrap_or_else(|| "no text was found".into())));
    }
    list(article)
}

fn substance(text: &str) -> usize {
    text.chars().map(|c| if c as u32 >= 0x2e80 { 3 } else { 1 }).sum()
}

/// Title and text; for a page with little text also the words around it.
fn words_of_page(capture: &Capture, article: &Article, size: usize) -> String {
    let mut words = fold(article.title.as_str()) + "\n" + &fold(article.text.as_str());
    if size < SUBSTANCE {
        let page = crate::charset::decode(
            &capture.body[..capture.body.len().min(200_000)],
            capture.content_type.as_deref(),
            &capture.url,
        );
        if capture.media_type().contains("html") && page.len() < 60_000 {
            words += "\n";
            words += &fold(&visible(&page));
        }
    }
    words
}

/// The words of a small page, `noscript` included, scripts and styles left out.
fn visible(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        text.push(' ');
        rest = &rest[at..];
        let lower: String = rest.chars().take(8).collect::<String>().to_ascii_lowercase();
        let end = match () {
            () if lower.starts_with("<script") => rest.find("</script").or(Some(rest.len())),
            () if lower.starts_with("<style") => rest.find("</style").or(Some(rest.len())),
            () => rest.find('>').map(|e| e + 1),
        };
        rest = &rest[end.unwrap_or(rest.len()).max(1)..];
    }
    text + rest
}

/// A page whose text is almost all links, line after line.
fn list(article: &Article) -> Option<(PageKind, String)> {
    let linked: u32 = article.links.iter().filter_map(|l| l.evidence.as_ref()).map(|e| e.span().len()).sum();
    let lines = article.text.as_str().lines().count();
    let mostly_links = article.links.len() >= 10 && linked * 10 > article.text.char_len() * 7 && lines >= 8;
    mostly_links.then(|| (PageKind::List, format!("{} links make up most of its text", article.links.len())))
}
