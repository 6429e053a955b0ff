//! What a page's head and structured data say: title, authors, dates, site, address.

use crate::body::{Block, squeezed};
use crate::dates::{in_url, page_date};
use dom_query::Document;
use headwater_model::time::{DateBasis, PageDate};
use headwater_model::{Article, Capture, Doubt, Text};
use serde_json::Value;

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.issued",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "firstpublishedtime",
    "og:published_time",
    "article.published",
    "published-date",
    "dc.date",
    "dcterms.date",
    "date",
    "publication_date",
    "rnews:datepublished",
    "cxenseparse:recs:publishtime",
    "pub_date",
    "article_date_original",
    "ptime",
    "apub:time",
    "weibo: article:create_at",
    "bt:pubdate",
    "shareaholic:article_published_time",
    "originalpublicationdate",
    "doc-date",
    "release_date",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "lastmodifiedtime",
    "last-modified",
    "lastmod",
    "revised",
    "dc.date.modified",
];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator.personalname",
    "og:author",
    "mediaid",
];
const SITES: &[&str] = &[
    "og:site_name",
    "sitename",
    "application-name",
    "citation_journal_title",
    "dc.publisher",
    "publisher",
    "twitter:site",
];
const TITLES: &[&str] = &[
    "og:title",
    "articletitle",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "headline",
    "parsely-title",
];

/// The first name that has a value, and that value.
fn meta(metas: &[(String, String)], names: &[&str]) -> Option<String> {
    names
        .iter()
        .find_map(|name| metas.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.clone()))
}

/// Reads head and structured data into the article.
pub fn read(document: &Document, blocks: &[Block], capture: &Capture, eastern: bool, article: &mut Article) {
    let metas = metas(document);
    let data = structured(document);
    let item = main_item(&data);
    article.canonical_url = canonical(document, &capture.url);
    article.site_name =
        meta(&metas, SITES).map(|s| s.trim_start_matches('@').to_owned()).or_else(|| publisher(item));
    article.title = Text::new(title(document, &metas, item, article.site_name.as_deref()));
    article.byline = authors(document, &metas, item, blocks);
    published(document, &metas, item, blocks, capture, eastern, article);
}

fn metas(document: &Document) -> Vec<(String, String)> {
    let read = |m: &dom_query::NodeRef| {
        let name = m.attr("property").or_else(|| m.attr("name")).or_else(|| m.attr("itemprop"))?;
        let content = m.attr("content")?;
        Some((name.trim().to_ascii_lowercase(), squeezed(&content)))
    };
    document.select("meta").nodes().iter().filter_map(read).collect()
}

/// Every JSON-LD object, graphs laid open.
fn structured(document: &Document) -> Vec<Value> {
    let mut found = Vec::new();
    for script in document.select("script[type='application/ld+json']").nodes().iter().take(20) {
        let text = script.text();
        // Line ends inside strings are a common fault.
        let parsed = serde_json::from_str(&text)
            .or_else(|_| serde_json::from_str(&text.replace(['\n', '\r', '\t'], " ")));
        let Ok(value) = parsed else { continue };
        open(value, &mut found, 0);
    }
    found
}

fn open(value: Value, found: &mut Vec<Value>, depth: usize) {
    match value {
        _ if depth > 6 => {}
        Value::Array(values) => values.into_iter().for_each(|v| open(v, found, depth + 1)),
        Value::Object(mut fields) => {
            if let Some(graph) = fields.remove("@graph") {
                open(graph, found, depth + 1);
            }
            found.push(Value::Object(fields));
        }
        _ => {}
    }
}

/// The object that describes the article.
fn main_item(data: &[Value]) -> Option<&Value> {
    let is = |v: &&Value, wanted: &[&str]| {
        let types = match v.get("@type") {
            Some(Value::String(t)) => vec![t.as_str()],
            Some(Value::Array(ts)) => ts.iter().filter_map(Value::as_str).collect(),
            _ => vec![],
        };
        types.iter().any(|t| wanted.iter().any(|w| t.ends_with(w)))
    };
    let best = data.iter().find(|v| is(v, &["Article", "Posting", "Report"]) && v.get("headline").is_some());
    best.or_else(|| data.iter().find(|v| v.get("datePublished").is_some()))
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(squeezed(s)).filter(|s| !s.is_empty()),
        Value::Object(fields) => fields.get("name").and_then(text_of),
        Value::Array(values) => values.first().and_then(text_of),
        _ => None,
    }
}

fn publisher(item: Option<&Value>) -> Option<String> {
    text_of(item?.get("publisher")?)
}

fn canonical(document: &Document, url: &str) -> Option<String> {
    let link = document
        .select("link[rel='canonical']")
        .attr("href")
        .or_else(|| document.select("meta[property='og:url']").attr("content"))?;
    let base = url::Url::parse(url).ok();
    let absolute = base.and_then(|b| b.join(&link).ok()).or_else(|| url::Url::parse(&link).ok())?;
    matches!(absolute.scheme(), "http" | "https").then(|| absolute.into())
}

fn title(
    document: &Document,
    metas: &[(String, String)],
    item: Option<&Value>,
    site: Option<&str>,
) -> String {
    let headline = item.and_then(|i| text_of(i.get("headline")?));
    let headings: Vec<String> =
        document.select("h1").nodes().iter().map(|n| squeezed(&n.text())).filter(|t| !t.is_empty()).collect();
    let tab = squeezed(&document.select("head > title, title").first().text());
    // A heading that the tab repeats is the title, whatever else the page has.
    let repeated = headings.iter().find(|h| h.chars().count() > 4 && tab.contains(h.as_str())).cloned();
    let stated = repeated
        .or(meta(metas, TITLES))
        .or(headline)
        .or_else(|| (headings.len() == 1).then(|| headings[0].clone()));
    let title = stated.filter(|t| t.chars().count() > 3).unwrap_or(tab);
    without_site(&title, site)
}

/// Takes the site's name off the end of a title.
fn without_site(title: &str, site: Option<&str>) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", "_", "|", "-"] {
        let Some((head, tail)) = title.rsplit_once(mark) else { continue };
        let is_site = site.is_some_and(|s| s.eq_ignore_ascii_case(tail.trim()));
        let is_mark = mark.len() > 1 || matches!(mark, "_" | "|");
        let short = tail.chars().count() <= 24 && head.chars().count() >= 2 * tail.chars().count() && is_mark;
        let roomy = mark != " - " || head.chars().count() > 25;
        if is_site || (short && roomy) {
            return without_site(head.trim(), site);
        }
    }
    title.trim().to_owned()
}

fn authors(
    document: &Document,
    metas: &[(String, String)],
    item: Option<&Value>,
    blocks: &[Block],
) -> Vec<String> {
    let mut names: Vec<String> = match item.and_then(|i| i.get("author")) {
        Some(Value::Array(values)) => values.iter().filter_map(text_of).collect(),
        Some(value) => text_of(value).into_iter().collect(),
        None => Vec::new(),
    };
    if names.is_empty() {
        names = metas.iter().filter(|(n, _)| AUTHORS.contains(&n.as_str())).map(|(_, v)| v.clone()).collect();
    }
    if names.is_empty() {
        let marked = document.select("[rel='author'], [itemprop='author'], .byline .author, .author-name, .byline__name, .byline, .author");
        names = marked
            .nodes()
            .iter()
            .take(4)
            .map(|n| squeezed(&n.text()))
            .filter(|t| t.chars().count() < 60)
            .take(1)
            .collect();
    }
    if names.is_empty() {
        names.extend(blocks.iter().find_map(reporter));
    }
    let mut clean: Vec<String> = names.iter().flat_map(|n| split_names(n)).collect();
    clean.dedup();
    clean
}

/// 记者 and the names after it, in a line of page furniture.
fn reporter(block: &Block) -> Option<String> {
    let text = &block.text;
    let at = ["记者", "記者", "作者：", "作者:", "文/"]
        .iter()
        .find_map(|cue| Some(text.find(cue)? + cue.len()))?;
    let rest = text[at..].trim_start_matches([' ', '：', ':', '　']);
    let end = rest
        .find([
            '／', '/', '\u{3000}', '|', '）', ')', '，', ',', '。', '【', '】', '报', '報', '摄', '攝', '电',
            '電',
        ])
        .unwrap_or(rest.len());
    let name = rest[..end].trim();
    let fits = (2..=12).contains(&name.chars().count()) && text.chars().count() < 80;
    fits.then(|| name.to_owned())
}

/// One name each, without "By" and addresses.
fn split_names(names: &str) -> Vec<String> {
    let names = names.trim();
    let names = ["By ", "by ", "BY ", "Written by ", "Von ", "Par ", "记者 ", "記者 ", "记者", "記者"]
        .iter()
        .find_map(|p| names.strip_prefix(p))
        .unwrap_or(names);
    let parts =
        names.split([',', ';', '、', '|']).flat_map(|p| p.split(" and ")).flat_map(|p| p.split(" & "));
    let is_name = |n: &&str| {
        !n.is_empty()
            && n.chars().count() < 50
            && !n.contains("http")
            && !n.contains('@')
            && n.split_whitespace().count() < 6
    };
    parts.map(|n| n.trim().trim_end_matches('.').trim()).filter(is_name).map(str::to_owned).collect()
}

fn published(
    document: &Document,
    metas: &[(String, String)],
    item: Option<&Value>,
    blocks: &[Block],
    capture: &Capture,
    eastern: bool,
    article: &mut Article,
) {
    let field = |name: &str| item.and_then(|i| i.get(name)).and_then(Value::as_str);
    let json = field("datePublished")
        .or_else(|| field("dateCreated"))
        .and_then(|d| page_date(d, DateBasis::JsonLd, eastern));
    let stated = meta(metas, PUBLISHED).and_then(|d| page_date(&d, DateBasis::Meta, eastern));
    let address =
        in_url(article.canonical_url.as_deref().unwrap_or(&capture.url)).or_else(|| in_url(&capture.url));
    let conflict = match (&json, &stated) {
        (Some(a), Some(b)) if a.day() != b.day() => {
            Some(format!("structured data say {}, the page's head {}", a.value, b.value))
        }
        _ => None,
    };
    if let Some(conflict) = conflict {
        article.doubts.push(Doubt::new("date_conflict", conflict));
    }
    article.published = json
        .or(stated)
        .or_else(|| time_element(document, eastern))
        .or(address)
        .or_else(|| in_blocks(blocks, eastern));
    article.modified = field("dateModified")
        .and_then(|d| page_date(d, DateBasis::JsonLd, eastern))
        .or_else(|| meta(metas, MODIFIED).and_then(|d| page_date(&d, DateBasis::Meta, eastern)));
}

/// The first `time` element, or an element that is named for the publication date.
fn time_element(document: &Document, eastern: bool) -> Option<PageDate> {
    let named = "time[itemprop='datePublished'], [itemprop='datePublished'], time[pubdate], time.published, time.entry-date, abbr.published, time[datetime]";
    for node in document.select(named).nodes().iter().take(10) {
        let value = node.attr("datetime").or_else(|| node.attr("content")).or_else(|| node.attr("title"));
        let found = value
            .and_then(|v| page_date(&v, DateBasis::TimeElement, eastern))
            .or_else(|| page_date(&node.text(), DateBasis::TimeElement, eastern));
        if found.is_some() {
            return found;
        }
    }
    let classes = "[class*='publish'], [class*='pubdate'], [class*='post-date'], [class*='date'], [id*='date'], [class*='time'], [class*='info'], [class*='byline'], [class*='meta']";
    let short = |text: &str| text.chars().count() < 160;
    let texts = document
        .select(classes)
        .nodes()
        .iter()
        .take(60)
        .map(|n| squeezed(&n.text()))
        .filter(|t| short(t))
        .collect::<Vec<_>>();
    texts.iter().find_map(|t| page_date(t, DateBasis::Text, eastern))
}

/// A date in a short line near the top of the page.
fn in_blocks(blocks: &[Block], eastern: bool) -> Option<PageDate> {
    let short = blocks.iter().filter(|b| b.text.chars().count() < 120);
    short.take(150).find_map(|b| page_date(&b.text, DateBasis::Text, eastern))
}
