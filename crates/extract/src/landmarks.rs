//! The elements that say something of a page as a whole, gathered in one walk over its tree.

use dom_query::{Document, Element, NodeData, NodeRef};

/// Elements called a logo, and headlines, among which the site's own logo is: each may hold all of a page.
const LOGOS: usize = 40;
/// Pictures among which the logo is.
const PICTURES: usize = 12;
/// Headings of the first level that may be the headline.
const FIRST: usize = 12;
/// Of the second level.
const SECOND: usize = 3;
/// Scripts of structured data.
const DATA: usize = 20;

/// What a page has of such elements, in its order.
#[derive(Default)]
pub struct Landmarks<'a> {
    /// The outermost element.
    pub whole: Option<NodeRef<'a>>,
    /// The title that a browser's tab shows.
    pub tab: Option<NodeRef<'a>>,
    /// The `meta` elements.
    pub metas: Vec<NodeRef<'a>>,
    /// The link to the page's own address.
    pub canonical: Option<NodeRef<'a>>,
    /// Scripts that hold structured data.
    pub data: Vec<NodeRef<'a>>,
    /// The first pictures that say in words what they show.
    pub pictures: Vec<NodeRef<'a>>,
    /// The first elements called a logo, and the headings of the first level among them.
    pub logos: Vec<NodeRef<'a>>,
    /// The first headings of the first level.
    pub first: Vec<NodeRef<'a>>,
    /// The first headings of the second level.
    pub second: Vec<NodeRef<'a>>,
}

impl<'a> Landmarks<'a> {
    /// Those of a tree.
    pub fn of(document: &'a Document) -> Landmarks<'a> {
        let mut found = Landmarks::default();
        for node in document.root().descendants_it() {
            node.query(|n| {
                if let NodeData::Element(element) = &n.data {
                    found.note(&node, element);
                }
            });
        }
        found
    }

    fn note(&mut self, node: &NodeRef<'a>, element: &Element) {
        let tag = &*element.name.local;
        let is =
            |name: &str, value: &str| attribute(element, name).is_some_and(|v| v.eq_ignore_ascii_case(value));
        match tag {
            "html" if self.whole.is_none() => self.whole = Some(*node),
            "title" if self.tab.is_none() => self.tab = Some(*node),
            "meta" => self.metas.push(*node),
            "link" if self.canonical.is_none() && is("rel", "canonical") => self.canonical = Some(*node),
            "script" if is("type", "application/ld+json") => keep(&mut self.data, node, DATA),
            "img" if attribute(element, "alt").is_some() => keep(&mut self.pictures, node, PICTURES),
            "h1" => keep(&mut self.first, node, FIRST),
            "h2" => keep(&mut self.second, node, SECOND),
            _ => {}
        }
        if self.logos.len() < LOGOS && (tag == "h1" || is_called_logo(element)) {
            self.logos.push(*node);
        }
    }
}

fn keep<'a>(kept: &mut Vec<NodeRef<'a>>, node: &NodeRef<'a>, most: usize) {
    if kept.len() < most {
        kept.push(*node);
    }
}

fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

fn is_called_logo(element: &Element) -> bool {
    element.attrs.iter().any(|a| match &*a.name.local {
        "class" => a.value.contains("logo") || a.value.contains("sitename"),
        "id" => a.value.contains("logo"),
        _ => false,
    })
}
