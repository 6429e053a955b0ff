//! Every page of the sample newsroom: its links lead somewhere and say where, its words are in the language that it
//! says, and what it is asked it answers or refuses in words.

mod program;

use program::{Pages, told, workspace};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A start tag, an end tag or the text between two tags.
enum Piece<'a> {
    Start(&'a str, BTreeMap<&'a str, &'a str>),
    End,
    Text(&'a str),
}

/// Elements without an end tag, in the pages and in their pictures.
const VOID: &[&str] = &["!doctype", "meta", "link", "input", "br"];

/// The pieces of a page that we drew, which is well formed: no sign of a tag stands in a text or a value.
fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        pieces.push(Piece::Text(&rest[..at]));
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with('/') {
            pieces.push(Piece::End);
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut values = BTreeMap::new();
        let mut attributes = attributes;
        while let Some((name, after)) = attributes.split_once("=\"") {
            let (value, after) = after.split_once('"').expect("a value ends");
            values.insert(name.rsplit(' ').next().unwrap_or(name), value);
            attributes = after;
        }
        let void = VOID.contains(&name.to_lowercase().as_str());
        pieces.push(Piece::Start(name, values));
        if void {
            pieces.push(Piece::End);
        }
    }
    pieces
}

/// What is wrong with a page, and where it leads.
struct Page {
    faults: Vec<String>,
    links: BTreeSet<String>,
    anchors: BTreeSet<String>,
}

fn read(path: &str, html: &str) -> Page {
    let mut page = Page { faults: Vec::new(), links: BTreeSet::new(), anchors: BTreeSet::new() };
    let is_han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
    // The elements that are open, each with its language, and the text inside it so far.
    let mut open: Vec<(&str, String, String)> = Vec::new();
    for piece in pieces(html) {
        match piece {
            Piece::Start(name, values) => {
                let outer = open.last().map_or(String::new(), |(_, language, _)| language.clone());
                let language = values.get("lang").map_or(outer, |language| (*language).to_owned());
                page.anchors.extend(values.get("id").map(|id| (*id).to_owned()));
                page.links
                    .extend(values.get("href").or(values.get("src")).map(|link| link.replace("&amp;", "&")));
                if name == "th" && !values.contains_key("scope") {
                    page.faults.push(format!("{path}: a head of a table without a scope"));
                }
                open.push((name, language, String::new()));
            }
            Piece::End => {
                let (name, _, text) = open.pop().expect("every end has its start");
                if ["a", "title", "h1", "h2", "h3"].contains(&name) && text.trim().is_empty() {
                    page.faults.push(format!("{path}: <{name}> says nothing"));
                }
                if let Some((_, _, outer)) = open.last_mut() {
                    outer.push_str(&text);
                }
            }
            Piece::Text(text) => {
                if let Some((name, language, inside)) = open.last_mut() {
                    inside.push_str(text);
                    // The title of a window holds no marks, so one in two languages is in one.
                    if *name != "title"
                        && text.contains(is_han)
                        && !["zh", "ja"].iter().any(|l| language.starts_with(l))
                    {
                        page.faults.push(format!("{path}: <{name}> is in {language:?}: {text}"));
                    }
                    if text.contains("in_force") || text.contains("at_least") {
                        page.faults
                            .push(format!("{path}: a word of the vocabulary as machines write it: {text}"));
                    }
                }
            }
        }
    }
    page
}

#[test]
fn links_lead_somewhere_and_words_are_in_their_language() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), &["demo", "--no-serve"]);
    let pages = Pages::of(folder.path());
    let mut read_pages: BTreeMap<String, Page> = BTreeMap::new();
    let mut wanted: Vec<(String, String)> = vec![("/".into(), "the beginning".into())];
    let mut faults = Vec::new();
    while let Some((link, from)) = wanted.pop() {
        let path = link.split('#').next().unwrap_or_default().to_owned();
        // The newsroom's pages were captured whole; their markup is theirs.
        let ours = !(path.starts_with("/raw/")
            || path.ends_with(".css")
            || path.contains(".xml")
            || path.starts_with("/cite/"));
        if !read_pages.contains_key(&path) && path.starts_with('/') {
            let (status, answer) = pages.get(&path);
            // News of a claim that went into another leads on to that one, or to the article that tells it no longer.
            let on = |to: &&str| {
                to.starts_with("/claim/") || path.starts_with("/claim/") && to.starts_with("/article/")
            };
            let merged = answer.lines().find_map(|line| line.strip_prefix("location: "));
            if let Some(to) = merged.filter(|to| status == 307 && on(to)) {
                wanted.push((to.to_owned(), path.clone()));
            } else if status != 200 {
                faults.push(format!("{from} leads to {path}, which answers {status}"));
            }
            let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
            let page = read(&path, if ours { body } else { "" });
            let base = path.split('?').next().unwrap_or(&path).to_owned();
            for link in &page.links {
                let link = if link.starts_with('#') { format!("{path}{link}") } else { link.clone() };
                // One further page of a list shows what all show.
                if link.starts_with('/')
                    && !(link.starts_with(&format!("{base}?")) && link.contains("page=3"))
                {
                    wanted.push((link, path.clone()));
                }
            }
            faults.extend(page.faults.iter().cloned());
            read_pages.insert(path.clone(), page);
        }
        if let Some((_, anchor)) = link.split_once('#')
            && ours
            && read_pages.get(&path).is_some_and(|page| !page.anchors.contains(anchor))
        {
            faults.push(format!("{from} leads to {link}, which has no such place"));
        }
    }
    assert!(read_pages.len() > 150, "only {} pages were found", read_pages.len());
    let shown: Vec<&String> = faults.iter().take(40).collect();
    assert!(faults.is_empty(), "{} faults on {} pages: {shown:#?}", faults.len(), read_pages.len());
}

#[test]
fn a_replayed_page_leads_to_what_was_captured_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), &["init"]);
    let pages = folder.path().join("pages");
    std::fs::create_dir(&pages).unwrap();
    let page = |links: &str| {
        format!(
            "<html><head><title>Licences</title></head><body><article><h1>Licences</h1><p>The ministry will require licences \
             for exports of gallium from March 1, it said in a notice on Monday, and it named nine firms.</p>{links}</article></body></html>"
        )
    };
    let links = "<p><a href='annex.html'>annex</a> <a href='absent.html'>absent</a> <a href='#top'>top</a> \
                 <a href='https://elsewhere.example/'>elsewhere</a></p>";
    std::fs::write(pages.join("notice.html"), page(links)).unwrap();
    std::fs::write(pages.join("annex.html"), page("")).unwrap();
    told(folder.path(), &["import", pages.to_str().unwrap()]);
    let articles = told(folder.path(), &["export", "--what", "articles"]);
    let url = articles.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["url"].clone());
    let url = url.map(|u| u.as_str().unwrap().to_owned()).find(|u| u.ends_with("notice.html")).unwrap();
    let (status, raw) = Pages::of(folder.path()).get(&format!("/raw/99991231235959/{url}"));
    assert_eq!(status, 200);
    let annex = url.replace("notice.html", "annex.html");
    // A slash before a dot is written so that no browser takes it for a step up.
    let raw = raw.replace("%2F", "/");
    assert!(raw.contains(&format!("/{annex}\"")) && raw.contains("href=\"/raw/"), "{raw}");
    assert!(raw.contains("href=\"#top\""), "{raw}");
    assert!(!raw.contains("absent.html") && !raw.contains("elsewhere.example"), "{raw}");
}

/// Three reports, one of them without a title and in two editions, and a page that is gone.
fn newsroom() -> Vec<serde_json::Value> {
    let document = |url: &str, captured: &str, title: &str, text: &str| json!({ "url": url, "published": "2026-10-05", "captured": captured, "title": title, "text": text });
    vec![
        document(
            "https://a.example/fee",
            "2026-11-02T08:00:00Z",
            "",
            "The port authority approved a fee of 4 percent on crane imports on Monday, it said in a notice.",
        ),
        document(
            "https://a.example/fee",
            "2026-11-03T08:00:00Z",
            "",
            "The port authority approved a fee of 9 percent on crane imports on Monday, it said in a notice.",
        ),
        document(
            "https://b.example/list",
            "2026-11-03T09:00:00Z",
            "Two firms listed",
            "The Commerce Department added Huawei and SMIC to the Entity List on October 1, it said in a notice.",
        ),
    ]
}

#[test]
fn a_document_of_two_addresses_tells_each_step_once() {
    let folder = tempfile::tempdir().unwrap();
    let rule = "The Bureau of Industry and Security issues a final rule, the Tin Plating Rule, which requires a license for \
                exports of tin plating tools. The Tin Plating Rule is effective November 9, 2026.";
    let document = |url: &str| json!({ "url": url, "published": "2026-11-02", "captured": "2026-11-03T08:00:00Z", "title": "Tin Plating Rule", "text": rule });
    workspace(
        folder.path(),
        &[document("https://www.bis.gov/tin"), document("https://www.bis.gov/api/tin.json")],
    );
    let pages = Pages::of(folder.path());
    let (_, measures) = pages.get("/measures");
    let at = measures.find("/measure/proposed-").expect("a measure is proposed");
    let path = measures[at..].split('"').next().unwrap();
    let (_, page) = pages.get(path);
    assert_eq!(page.matches("<strong>in force</strong> <span").count(), 1, "{page}");
    assert!(page.matches("/article/").count() >= 2, "{page}");
}

#[test]
fn what_cannot_be_asked_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), &newsroom());
    let pages = Pages::of(folder.path());
    for (path, word) in [
        ("/list/entity-list?on=abc", "on=abc is not a day"),
        ("/measures?known=2026-13-01", "known=2026-13-01 is not a day"),
        ("/search?since=abc", "since=abc is not a day"),
        ("/search?q=a&page=abc", "page=abc is no number"),
        ("/search?q=a&page=0", "page=0 is no number"),
        ("/search?q=a&q=b", "cannot be read"),
        ("/search?q=a&since=2026-10-02&until=2026-10-01", "no day lies between"),
        ("/search?q=a&language=xx", "no article is in the language"),
        ("/?since=yesterday", "since=yesterday is not a day"),
        ("/feed.xml?since=yesterday", "since=yesterday is not a day"),
    ] {
        let (status, page) = pages.get(path);
        assert_eq!(status, 400, "{path}: {page}");
        assert!(page.contains(word) && page.contains("<h1>"), "{path}: {page}");
    }
    for path in ["/list/nobody", "/measure/nothing", "/claim/0000000000000000", "/story/x", "/nowhere"] {
        assert_eq!(pages.get(path).0, 404, "{path}");
    }
}

#[test]
fn an_article_without_a_title_is_called_by_its_first_words() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), &newsroom()[..1]);
    let pages = Pages::of(folder.path());
    for path in ["/search?q=crane", "/stories"] {
        let (_, page) = pages.get(path);
        assert!(page.contains(">The port authority approved a fee of"), "{path}: {page}");
        assert!(read(path, page.split_once("\r\n\r\n").unwrap().1).faults.is_empty(), "{path}");
    }
    assert!(told(folder.path(), &["search", "crane"]).starts_with("The port authority approved a fee of"));
}

#[test]
fn lists_and_news_stand_under_the_day_of_the_latest_look() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), &newsroom());
    let pages = Pages::of(folder.path());
    let (_, list) = pages.get("/list/entity-list");
    assert!(
        list.contains("<strong>2</strong> members, 2 by the press alone, on <time>2026-11-03</time>"),
        "{list}"
    );
    let (_, before) = pages.get("/list/entity-list?on=2026-09-30");
    assert!(before.contains("<strong>0</strong> members on <time>2026-09-30</time>"), "{before}");
    let (_, home) = pages.get("/");
    assert!(home.contains("<h3><time datetime=\"2026-11-03\">2026-11-03</time></h3>"), "{home}");
    assert!(
        home.contains("of <time>2026-10-05</time>"),
        "the day that the source gives stands beside: {home}"
    );
    let (_, feed) = pages.get("/feed.xml?since=2026-11-03");
    assert!(
        feed.contains("<updated>2026-11-03T00:00:00Z</updated>") && feed.contains("Dated 2026-10-05."),
        "{feed}"
    );
    assert!(!feed.contains("<updated>2026-11-02"), "{feed}");
    // A list that the knowledge has is a page even before anybody was put on it.
    let (status, empty) = pages.get("/list/uel");
    assert_eq!(status, 200, "{empty}");
    assert!(empty.contains("No act upon this list has been read yet"), "{empty}");
}

#[test]
fn a_search_is_a_feed_whose_newest_come_first() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), &newsroom());
    let pages = Pages::of(folder.path());
    let (_, page) = pages.get("/search?q=said");
    assert!(page.contains("href=\"/search.xml?q=said\""), "{page}");
    assert!(page.contains(">2 articles found."), "{page}");
    assert!(page.contains("2 editions"), "{page}");
    let (status, feed) = pages.get("/search.xml?q=said");
    assert_eq!(status, 200);
    let updated: Vec<&str> =
        feed.match_indices("<updated>").map(|(at, tag)| &feed[at + tag.len()..][..10]).collect();
    assert_eq!(updated, ["2026-11-03", "2026-11-03", "2026-11-03"], "the feed's and its entries': {feed}");
    assert_eq!(feed.matches("<entry>").count(), 2, "{feed}");
    let (_, one) = pages.get("/search.xml?q=crane");
    assert!(one.contains("fee of 9 percent"), "the latest edition: {one}");
}

#[test]
fn a_workspace_into_which_nothing_came_has_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    told(folder.path(), &["init"]);
    let pages = Pages::of(folder.path());
    for path in [
        "/",
        "/stories",
        "/claims",
        "/measures",
        "/lists",
        "/sources",
        "/search?q=chips",
        "/feed.xml",
        "/search.xml?q=chips",
    ] {
        let (status, answer) = pages.get(path);
        assert_eq!(status, 200, "{path}: {answer}");
    }
    let (_, home) = pages.get("/");
    assert!(home.contains("Add a source and collect, or import an archive"), "{home}");
    assert_eq!(pages.get("/claim/0123456789abcdef").0, 404);
}
