//! OPML in and out, folders kept.
//!
//! Read with the tolerant XML reader of this crate: subscription lists in the wild lack the version that a strict
//! reader demands, and spell `xmlUrl` in every way.

use crate::source::{Source, free_id, id_from_url};
use crate::xml::{self, Element};
use headwater_model::id::SourceId;
use headwater_model::source::SourceKind;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Sources of an OPML document, with the folder that each stands in, and what was wrong with the document.
pub fn import(text: &str) -> (Vec<Source>, Vec<String>) {
    let document = xml::parse(text);
    let mut import = Import { sources: Vec::new(), ids: BTreeSet::new(), problems: document.problems };
    let root = document.root.as_ref().filter(|r| r.name == "opml");
    match root.and_then(|r| r.child("", "body")) {
        Some(body) => import.outlines(body, &[]),
        None => import.problems.push("it is no OPML document: <opml><body> is missing".to_owned()),
    }
    (import.sources, import.problems)
}

struct Import {
    sources: Vec<Source>,
    ids: BTreeSet<String>,
    problems: Vec<String>,
}

impl Import {
    fn outlines(&mut self, element: &Element, folders: &[String]) {
        for outline in element.elements().filter(|e| e.name == "outline") {
            let name = outline.attribute("title").filter(|t| !t.trim().is_empty());
            let name = name.or_else(|| outline.attribute("text")).unwrap_or_default().trim().to_owned();
            match outline.attribute("xmlurl").or_else(|| outline.attribute("url")) {
                Some(url) if !url.trim().is_empty() => {
                    self.source(url.trim(), &name, outline, folders);
                    // An outline that was not closed holds its neighbours.
                    self.outlines(outline, folders);
                }
                _ => {
                    // A slash parts folders, so one inside a name gives way.
                    let mut inner = folders.to_vec();
                    inner.push(name.replace('/', "-"));
                    self.outlines(outline, &inner);
                }
            }
        }
    }

    fn source(&mut self, url: &str, name: &str, outline: &Element, folders: &[String]) {
        let id = free_id(&id_from_url(url), |id| self.ids.contains(id));
        let name = if name.is_empty() { &id } else { name };
        let mut source = Source::new(&id, name, url, SourceKind::Feed);
        source.id = SourceId::new(id.clone());
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
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n");
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
        let _ = writeln!(
            out,
            "{indent}<outline type=\"rss\" text=\"{name}\" title=\"{name}\" xmlUrl=\"{url}\"{language}/>"
        );
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
        let second = Source::new("b.example", "B", "https://b.example/rss", SourceKind::Feed);
        let text = export(&[first.clone(), second.clone()], "Mine");
        let (sources, problems) = import(&text);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(sources, [second, first]);
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
        assert!(import("<html/>").1.iter().any(|p| p.contains("no OPML")));
    }
}
