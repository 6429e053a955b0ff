//! What listings say, as data: bytes in, entries out.

use headwater_collect::feed::{self, Feed, Record};
use headwater_collect::listing::{Form, Listing, parse};
use headwater_collect::{ListRule, xml};
use headwater_model::source::SourceKind;
use std::io::Write;
use url::Url;

fn read(bytes: &[u8], kind: SourceKind, rule: &ListRule) -> Listing {
    parse(
        bytes,
        Some("text/html; charset=utf-8"),
        &Url::parse("https://a.example/news/").unwrap(),
        kind,
        rule,
    )
}

/// Entries one a line: address, title, published, language.
fn lines(listing: &Listing) -> Vec<String> {
    let shown = |value: &Option<String>| value.clone().unwrap_or("-".to_owned());
    let line = |e: &headwater_collect::listing::Entry| {
        format!("{} | {} | {} | {}", e.url, shown(&e.title), shown(&e.published), shown(&e.language))
    };
    listing.entries.iter().map(line).collect()
}

fn check(text: &str, kind: SourceKind, rule: &ListRule, expected: &[&str]) -> Listing {
    let listing = read(text.as_bytes(), kind, rule);
    assert_eq!(lines(&listing), expected, "{text}\n{:?}", listing.problems);
    listing
}

#[test]
fn feeds() {
    let none = ListRule::default();
    let rss = "<?xml version='1.0'?><rss version='2.0'><channel><title>A</title><language>zh-cn</language><ttl>90</ttl>
        <item><title>工信部 &lt;b&gt;发布&lt;/b&gt; 目录</title><link>/1#top</link><pubDate>Tue, 09 Jun 2026 08:30:00 +0800</pubDate>
        <author>li@a.example (Li Na)</author><description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;</description></item>
        <item><title>By id</title><guid>https://a.example/2</guid></item>
        <item><title>Twice</title><link>https://a.example/1</link></item>
        <item><title>No address</title></item></channel></rss>";
    let listing = check(
        rss,
        SourceKind::Feed,
        &none,
        &[
            "https://a.example/1 | 工信部 发布 目录 | 2026-06-09T08:30:00+08:00 | zh-cn",
            "https://a.example/2 | By id | - | zh-cn",
        ],
    );
    assert_eq!((listing.form, listing.ttl), (Form::Feed("rss20".into()), Some(90)));
    assert_eq!(listing.entries[0].authors, ["Li Na (li@a.example)"]);
    assert_eq!(listing.entries[0].summary.as_deref(), Some("One two"));

    let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en' xml:base='https://b.example/x/'>
        <entry><title type='html'>A &amp;amp; B</title><link rel='self' href='feed'/><link href='1'/>
        <published>2026-06-09T08:30:00Z</published><updated>2026-06-10T08:30:00Z</updated></entry></feed>";
    let listing =
        check(atom, SourceKind::Feed, &none, &["https://b.example/x/1 | A & B | 2026-06-09T08:30:00Z | en"]);
    assert_eq!(listing.entries[0].updated.as_deref(), Some("2026-06-10T08:30:00Z"));

    let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'
        xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>A</title></channel>
        <item><title>One</title><link>https://a.example/1</link><dc:date>2026-06-09</dc:date></item></rdf:RDF>";
    check(rdf, SourceKind::Feed, &none, &["https://a.example/1 | One | 2026-06-09 | -"]);

    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"A","language":"en","items":[
        {"id":"1","url":"/1","title":"One","date_published":"2026-06-09T08:30:00+08:00","authors":[{"name":"Li Na"}]},
        {"id":"https://a.example/2","content_text":"Two"}]}"#;
    check(
        json,
        SourceKind::Feed,
        &none,
        &["https://a.example/1 | One | 2026-06-09T08:30:00+08:00 | en", "https://a.example/2 | - | - | en"],
    );
}

#[test]
fn ill_formed_feeds_keep_their_entries() {
    let broken = "<rss version=2.0><channel><item><title>AT&T < IBM &nbsp; more</title><link>https://a.example/?a=1&b=2</link>
        </item><item><title>Cut off</title><link>https://a.example/2</link><descr";
    let listing = check(
        broken,
        SourceKind::Feed,
        &ListRule::default(),
        &["https://a.example/?a=1&b=2 | AT&T < IBM more | - | -", "https://a.example/2 | Cut off | - | -"],
    );
    assert!(!listing.problems.is_empty());
}

#[test]
fn sitemaps() {
    let none = ListRule::default();
    let news = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'
        xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc> https://a.example/1 </loc><lastmod>2026-06-10</lastmod>
        <n:news><n:publication><n:name>A</n:name><n:language>zh-tw</n:language></n:publication>
        <n:publication_date>2026-06-09T08:30+08:00</n:publication_date><n:title>標題</n:title></n:news></url></urlset>";
    let expected = ["https://a.example/1 | 標題 | 2026-06-09T08:30:00+08:00 | zh-Hant"];
    check(news, SourceKind::Sitemap, &none, &expected);

    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(news.as_bytes()).unwrap();
    assert_eq!(lines(&read(&packed.finish().unwrap(), SourceKind::Sitemap, &none)), expected);

    let index =
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>/s1.xml.gz</loc>
        <lastmod>2026-06-09</lastmod></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>";
    let listing = check(index, SourceKind::Sitemap, &none, &[]);
    assert_eq!(listing.form, Form::SitemapIndex);
    assert_eq!(listing.children[0].url, "https://a.example/s1.xml.gz");
    check(
        "https://a.example/1\n\nhttps://a.example/2\n",
        SourceKind::Sitemap,
        &none,
        &["https://a.example/1 | - | - | -", "https://a.example/2 | - | - | -"],
    );
}

#[test]
fn lists_by_rule() {
    let page = "<html lang='zh'><base href='https://a.example/base/'><ul class='l'>
        <li><a href='1.html' title='关于公布安全可靠目录的公告'>关于公布安全可靠…</a><span>[2026-06-09]</span></li>
        <li><a href='javascript:void(0)'>x</a></li><li><a href='2.html'>第二条</a><i>2026年6月8日</i></li></ul>
        <a class='n' href='p2.html'>下一页</a></html>";
    let rule = ListRule { item: Some("ul.l li".into()), next: Some("a.n".into()), ..ListRule::default() };
    let listing = check(
        page,
        SourceKind::List,
        &rule,
        &[
            "https://a.example/base/1.html | 关于公布安全可靠目录的公告 | 2026-06-09 | -",
            "https://a.example/base/2.html | 第二条 | 2026-06-08 | -",
        ],
    );
    assert_eq!(listing.next_page.as_deref(), Some("https://a.example/base/p2.html"));
    assert_eq!(listing.language.as_deref(), Some("zh"));
    let wrong = ListRule { item: Some("ul[".into()), ..ListRule::default() };
    assert!(read(page.as_bytes(), SourceKind::List, &wrong).problems[0].contains("is not a CSS selector"));
}

#[test]
fn lists_without_a_rule() {
    let page = "<html><nav><a href='/about'>About this newspaper and its history</a></nav><main>
        <div><a href='/n/1'>Ministry publishes the second list of products</a> <time datetime='2026-06-09T08:30Z'>today</time></div>
        <div><a href='/n/2'>Chipmaker says orders have doubled since</a> <span>2026-06-08</span></div>
        <div><a href='/n/3'>财政部发布政府采购新规定</a> <span>2026-06-07</span></div>
        <p><a href='/subscribe-today'>Subscribe today to our newsletter</a></p>
        <a href='https://other.example/x'>An advertisement on another host</a></main></html>";
    check(
        page,
        SourceKind::List,
        &ListRule::default(),
        &[
            "https://a.example/n/1 | Ministry publishes the second list of products | 2026-06-09T08:30:00Z | -",
            "https://a.example/n/2 | Chipmaker says orders have doubled since | 2026-06-08 | -",
            "https://a.example/n/3 | 财政部发布政府采购新规定 | 2026-06-07 | -",
        ],
    );
}

#[test]
fn interfaces_that_answer_json() {
    let register = r#"{"count":2,"next_page_url":"https://a.example/api?page=2","results":[
        {"title":"Entity List additions","document_number":"2026-11111","html_url":"https://a.example/d/1",
         "json_url":"https://a.example/api/1.json","publication_date":"2026-06-09","abstract":"Adds."}]}"#;
    let listing = check(
        register,
        SourceKind::Api,
        &ListRule::default(),
        &["https://a.example/d/1 | Entity List additions | 2026-06-09 | -"],
    );
    assert_eq!(listing.next_page.as_deref(), Some("https://a.example/api?page=2"));
    let rule = ListRule { link: Some("json_url".into()), ..ListRule::default() };
    check(
        register,
        SourceKind::Api,
        &rule,
        &["https://a.example/api/1.json | Entity List additions | 2026-06-09 | -"],
    );
    let nested = r#"{"data":{"rows":[{"meta":{"u":"/1"},"t":"One","d":"2026年6月9日"}]}}"#;
    let rule = ListRule {
        item: Some("data.rows".into()),
        link: Some("meta.u".into()),
        title: Some("t".into()),
        date: Some("d".into()),
        ..ListRule::default()
    };
    check(nested, SourceKind::Api, &rule, &["https://a.example/1 | One | 2026-06-09 | -"]);
}

#[test]
fn mistakes_are_named() {
    let none = ListRule::default();
    let check = |text: &str, kind: SourceKind, problem: &str| {
        let listing = read(text.as_bytes(), kind, &none);
        assert_eq!(listing.form, Form::Unknown, "{text}");
        assert!(listing.problems[0].contains(problem), "{text}: {:?}", listing.problems);
    };
    check("<!DOCTYPE html><html><body>hi", SourceKind::Feed, "an HTML page, not a feed");
    let named = "<!DOCTYPE html><html><link rel='alternate' type='application/rss+xml' href='/rss'>";
    check(named, SourceKind::Feed, "https://a.example/rss");
    check("", SourceKind::Feed, "empty");
    check("{\"a\": 1}", SourceKind::Api, "no array");
    check("{\"a\": ", SourceKind::Api, "cannot be read");
    check("<note>x</note>", SourceKind::Feed, "<note>");
    check("hello", SourceKind::Feed, "\"hello\"");
}

#[test]
fn headlines_are_no_dates() {
    let item = |n: u32, title: &str, date: &str| format!("<li><a href='/n/{n}'>{title}</a> {date}</li>");
    let page = format!(
        "<html><ul>{}{}{}</ul></html>",
        item(1, "Top 10 Decisions of 2026", ""),
        item(2, "5 Markets to Watch in 2026", ""),
        item(3, "Ministry names two buyers", "9 June 2026, 8:30 pm")
    );
    let rule = ListRule { item: Some("li".into()), ..ListRule::default() };
    check(
        &page,
        SourceKind::List,
        &rule,
        &[
            "https://a.example/n/1 | Top 10 Decisions of 2026 | - | -",
            "https://a.example/n/2 | 5 Markets to Watch in 2026 | - | -",
            "https://a.example/n/3 | Ministry names two buyers | 2026-06-09T20:30:00 | -",
        ],
    );
}

#[test]
fn controls_are_no_part_of_a_headline() {
    let rss = "<rss version='2.0'><channel><item><title>One&#27;[2Jtwo</title><link>/1</link></item></channel></rss>";
    let json = r#"{"version":"https://jsonfeed.org/version/1","items":[{"url":"/1","title":"One\u001b]0;x\u0007two"}]}"#;
    for text in [rss, json] {
        let listing = read(text.as_bytes(), SourceKind::Feed, &ListRule::default());
        let title = listing.entries[0].title.clone().unwrap();
        assert!(title.starts_with("One") && !title.contains(char::is_control), "{title:?}");
    }
}

fn feed_of(root: &str, items: &str) -> Feed {
    let feed = format!("<rss version='2.0' {root}><channel>{items}</channel></rss>");
    feed::read_document(&xml::parse(&feed), None)
}

#[test]
fn what_every_element_inherits_is_kept_once() {
    let item = "<item><title>x</title><description>&lt;a href='z'></description></item>";
    let long = "x".repeat(100_000);
    let read = feed_of(&format!("xml:base='http://a.example/{long}/' xml:lang='{long}'"), &item.repeat(2));
    assert_eq!(read.entries.len(), 2);
    for title in read.entries.iter().flat_map(|e| &e.title) {
        assert_eq!((&*title.base, title.language.as_deref()), ("", None));
    }
    let base = format!("xml:base='http://a.example/{}/'", "x".repeat(1_900));
    let items = format!(
        "<item><title>x</title><description>{}</description></item>",
        "&lt;a href='z'>".repeat(15_000)
    );
    let read = feed_of(&base, &items.repeat(2));
    let [first, second] = &read.entries[..] else { panic!("two entries") };
    let start = |e: &Record| e.title.as_ref().unwrap().base.as_ptr();
    assert_eq!(start(first), start(second));
    let grown: usize = read.entries.iter().flat_map(|e| &e.summary).map(|s| s.value.len()).sum();
    assert!(grown > 30 << 20 && grown < 40 << 20, "{grown}");
}

#[test]
fn what_is_nested_is_kept_once() {
    let long = "x".repeat(100_000);
    for name in ["unknown", "media:content"] {
        let nested = format!("<{name}>").repeat(100) + &long + &format!("</{name}>").repeat(100);
        let media = "xmlns:media='http://search.yahoo.com/mrss/'";
        let read = feed_of(media, &format!("<item>{nested}</item>"));
        let kept = format!("{:?}", read.entries[0].extras);
        assert!(kept.contains(&long) && kept.len() < 150_000, "{name}: {}", kept.len());
    }
}

#[test]
fn declared_entities_are_bounded() {
    let value = "v".repeat(200);
    let bomb = format!("<!DOCTYPE a [<!ENTITY e \"{value}\">]><a b='{0}'>{0}</a>", "&e;".repeat(100_000));
    let document = xml::parse(&bomb);
    assert!(document.problems.iter().any(|p| p.contains("more than a megabyte")), "{:?}", document.problems);
    let root = document.root.unwrap();
    let grown = root.text().len() + root.attribute("b").unwrap().len();
    assert!(grown > 1_000_000 && grown <= 1 << 20, "{grown}");
}

#[test]
fn a_bomb_is_bounded() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..100 {
        packed.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let listing = read(&packed.finish().unwrap(), SourceKind::Sitemap, &ListRule::default());
    assert!(listing.problems[0].contains("when unpacked"), "{:?}", listing.problems);
}
