//! OPML in and out, folders kept.
//!
//! Read with the tolerant XML reader of this crate: subscription lists in the wild lack the version that a strict
//! reader demands, and spell `xmlUrl` in every way.
//!
//! OPML knows feeds (`type="rss"`) and links (`type="link"`). What else a source is, and how its list is read, stands
//! in attributes of a namespace of our own, as OPML 2.0 wants it, so that other programs see links.

use crate::source::{ListRule, Source, free_id, id_from_url};
use crate::xml::{self, Element};
use headwater_model::id::SourceId;
use headwater_model::source::SourceKind;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Sources of an OPML document, with the folder that each stands in, and what was wrong with the document.
pub fn import(text: &str) -> (Vec<Source>, Vec<String>) {
    let document = xml::parse(text);
    let mut import =
        Import { sources: Vec::new(), ids: BTreeSet::new(), outlines: 0, problems: document.problems };
    let root = document.root.as_ref().filter(|r| r.name == "opml");
    match root.and_then(|r| r.child("", "body")) {
        Some(body) => import.outlines(body, &[]),
        None => import.problems.push("it is no OPML document: <opml><body> is missing".to_owned()),
    }
    if root.is_some() && import.sources.is_empty() {
        import.problems.push(match import.outlines {
            0 => "it has no <outline>, so it names no source".to_owned(),
            n => format!("none of its {n} outlines has the address of a feed (xmlUrl)"),
        });
    }
    (import.sources, import.problems)
}

struct Import {
    sources: Vec<Source>,
    ids: BTreeSet<String>,
    /// How many outlines were read, folders too.
    outlines: usize,
    problems: Vec<String>,
}

impl Import {
    fn outlines(&mut self, element: &Element, folders: &[String]) {
        for outline in element.elements().filter(|e| e.name == "outline") {
            let name = outline.attribute("title").filter(|t| !t.trim().is_empty());
            let name = name.or_else(|| outline.attribute("text")).unwrap_or_default().trim().to_owned();
            self.outlines += 1;
            match address(outline) {
                Address::Source(url, kind) => {
                    self.source(url, kind, &name, outline, folders);
                    // An outline that was not closed holds its neighbours.
                    self.outlines(outline, folders);
                }
                Address::Site(url) => {
                    self.problems.push(format!(
                        "{name}: no feed is named, only the site; `headwater source add {url}` looks for one"
                    ));
                    self.outlines(outline, folders);
                }
                Address::None => {
                    // A slash parts folders, so one inside a name gives way.
                    let mut inner = folders.to_vec();
                    inner.push(name.replace('/', "-"));
                    self.outlines(outline, &inner);
                }
            }
        }
    }

    fn source(&mut self, url: &str, kind: SourceKind, name: &str, outline: &Element, folders: &[String]) {
        let wanted = own(outline, "id").map_or_else(|| id_from_url(url), str::to_owned);
        let id = free_id(&wanted, |id| self.ids.contains(id));
        let name = if name.is_empty() { &id } else { name };
        let mut source = Source::new(&id, name, url, kind);
        source.id = SourceId::new(id.clone());
        source.list = list_rule(outline);
        source.entity = own(outline, "entity").map(str::to_owned);
        source.enabled = own(outline, "enabled") != Some("false");
        let number = |name: &str| own(outline, name).and_then(|n| n.parse().ok());
        (source.interval, source.delay, source.max_entries) =
            (number("interval"), number("delay"), number("max_entries"));
        source.group = (!folders.is_empty()).then(|| folders.join("/"));
        source.language = outline.attribute("language").filter(|l| *l != "unknown").map(str::to_owned);
        match source.fault() {
            Some(fault) => self.problems.push(format!("{name}: {fault}")),
            None => {
                self.ids.insert(id);
                self.sources.push(source);
            }
        }
    }
}

/// What the address of an outline is.
enum Address<'a> {
    /// Something to collect from.
    Source(&'a str, SourceKind),
    /// A site whose feed is not named.
    Site(&'a str),
    None,
}

fn address(outline: &Element) -> Address<'_> {
    let value = |name| outline.attribute(name).map(str::trim).filter(|v| !v.is_empty());
    let kind = own(outline, "kind").and_then(|kind| kind.parse().ok());
    let is_link =
        value("type").is_some_and(|t| ["link", "include"].contains(&t.to_ascii_lowercase().as_str()));
    match (value("xmlurl"), value("url")) {
        (Some(url), _) => Address::Source(url, kind.unwrap_or(SourceKind::Feed)),
        (None, Some(url)) if kind.is_some() || !is_link => {
            Address::Source(url, kind.unwrap_or(SourceKind::Feed))
        }
        (None, url) => url.or(value("htmlurl")).map_or(Address::None, Address::Site),
    }
}

/// Names our attributes. An address that leads nowhere is usual for a namespace.
const NAMESPACE: &str = "urn:headwater:source";

/// The value of an attribute of ours.
fn own<'a>(outline: &'a Element, name: &str) -> Option<&'a str> {
    outline.attribute(&format!("{NAMESPACE}:{name}"))
}

/// The rule of a list, a field an attribute.
fn list_rule(outline: &Element) -> Option<ListRule> {
    let field = |name: &str| own(outline, name).map(str::to_owned);
    let rule = ListRule {
        item: field("item"),
        link: field("link"),
        title: field("title"),
        date: field("date"),
        next: field("next"),
        max_pages: own(outline, "max_pages").and_then(|n| n.parse().ok()),
    };
    (rule != ListRule::default()).then_some(rule)
}

/// The attributes that only we read.
fn own_attributes(source: &Source) -> String {
    let rule = source.rule();
    let number = |n: Option<u32>| n.map(|n| n.to_string());
    let kind = (source.kind != SourceKind::Feed).then(|| source.kind.word().to_owned());
    let fields = [
        ("id", Some(source.id.to_string())),
        ("kind", kind),
        ("entity", source.entity.clone()),
        ("enabled", (!source.enabled).then(|| "false".to_owned())),
        ("interval", number(source.interval)),
        ("delay", number(source.delay)),
        ("max_entries", number(source.max_entries)),
        ("item", rule.item),
        ("link", rule.link),
        ("title", rule.title),
        ("date", rule.date),
        ("next", rule.next),
        ("max_pages", number(rule.max_pages)),
    ];
    let written =
        |(name, value): (&str, Option<String>)| Some(format!(" headwater:{name}=\"{}\"", escaped(&value?)));
    fields.into_iter().filter_map(written).collect()
}

/// Folders and sources of one level.
#[derive(Default)]
struct Folder<'a> {
    folders: BTreeMap<String, Folder<'a>>,
    sources: Vec<&'a Source>,
}

/// Sources as an OPML 2.0 document.
pub fn export(sources: &[Source], title: &str) -> String {
    let mut top = Folder::default();
    for source in sources {
        let folders = source.group.iter().flat_map(|g| g.split('/')).filter(|f| !f.is_empty());
        let folder = folders.fold(&mut top, |at, name| at.folders.entry(name.to_owned()).or_default());
        folder.sources.push(source);
    }
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:headwater=\"{NAMESPACE}\">\n  <head>\n"
    );
    let _ = writeln!(out, "    <title>{}</title>\n  </head>\n  <body>", escaped(title));
    write_folder(&mut out, &top, 2);
    out.push_str("  </body>\n</opml>\n");
    out
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

fn write_folder(out: &mut String, folder: &Folder<'_>, depth: usize) {
    let indent = "  ".repeat(depth);
    for source in &folder.sources {
        let (name, url) = (escaped(&source.name), escaped(&source.url));
        let language =
            source.language.as_ref().map(|l| format!(" language=\"{}\"", escaped(l))).unwrap_or_default();
        let address = match source.kind {
            SourceKind::Feed => format!("type=\"rss\" text=\"{name}\" title=\"{name}\" xmlUrl=\"{url}\""),
            _ => format!("type=\"link\" text=\"{name}\" title=\"{name}\" url=\"{url}\""),
        };
        let own = own_attributes(source);
        let _ = writeln!(out, "{indent}<outline {address}{own}{language}/>");
    }
    for (name, inner) in &folder.folders {
        let name = escaped(name);
        let _ = writeln!(out, "{indent}<outline text=\"{name}\" title=\"{name}\">");
        write_folder(out, inner, depth + 1);
        let _ = writeln!(out, "{indent}</outline>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_exported_is_imported() {
        let mut first =
            Source::new("a.example", "A & \"B\" 新闻", "https://a.example/feed?x=1&y=2", SourceKind::Feed);
        first.group = Some("亚洲/官方".to_owned());
        first.language = Some("zh-Hans".to_owned());
        first.id = SourceId::new("moj");
        first.entity = Some("a-ministry".to_owned());
        first.enabled = false;
        (first.interval, first.delay, first.max_entries) = (Some(600), Some(9), Some(5));
        let second = Source::new("b.example", "B", "https://b.example/rss", SourceKind::Feed);
        let map = Source::new("c.example", "C", "https://c.example/sitemap.xml", SourceKind::Sitemap);
        let mut list = Source::new("d.example-news", "D", "https://d.example/news/", SourceKind::List);
        list.list = Some(ListRule {
            item: Some("ul.news > li".to_owned()),
            next: Some("a[rel=\"next\"]".to_owned()),
            max_pages: Some(3),
            ..ListRule::default()
        });
        let text = export(&[first.clone(), second.clone(), map.clone(), list.clone()], "Mine");
        let (sources, problems) = import(&text);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(sources, [second, map, list, first]);
        assert!(text.contains("<outline type=\"link\" text=\"C\" title=\"C\" url="), "{text}");
    }

    #[test]
    fn loose_documents_are_read() {
        let text = "<opml><body><outline text='News &amp; more'><outline TEXT='A' XMLURL='https://a.example/feed'>\
                    <outline text='bad' xmlUrl='nowhere'/><outline xmlUrl='https://a.example/feed?2'/></body></opml>";
        let (sources, problems) = import(text);
        let listed: Vec<_> =
            sources.iter().map(|s| (s.id.as_str(), s.group.as_deref().unwrap_or("-"))).collect();
        assert!(listed.contains(&("a.example", "News & more")), "{listed:?}");
        assert!(sources.iter().any(|s| s.id.as_str() == "a.example-2"), "{listed:?}");
        assert!(problems.iter().any(|p| p.contains("bad")), "{problems:?}");
        let (sources, problems) = import(
            "<opml><body><outline text='Sites'><outline text='B' type='link' url='https://b.example/'/>\
             <outline text='C' htmlUrl='https://c.example/'/></outline></body></opml>",
        );
        assert!(sources.is_empty(), "{sources:?}");
        assert!(problems[0].contains("`headwater source add https://b.example/`"), "{problems:?}");
        assert!(problems[2].contains("none of its 3 outlines"), "{problems:?}");
        assert!(import("<opml><body/></opml>").1.iter().any(|p| p.contains("no <outline>")));
        assert!(import("<html/>").1.iter().any(|p| p.contains("no OPML")));
    }
}
