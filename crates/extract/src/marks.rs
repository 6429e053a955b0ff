//! What elements are by their tags, and what they are called by their class and id.

use crate::bylines::BYLINES;
use crate::dates::WORDS;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::sync::LazyLock;

/// One thing that an element may be or be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the data file says of each which names it has")]
pub enum Mark {
    Body,
    Content,
    Comment,
    Related,
    Share,
    Byline,
    Person,
    Topic,
    Menu,
    Foot,
    Side,
    Advert,
    Offer,
    Caption,
    Lead,
    Popup,
    List,
    Box,
    Headline,
    // By their tags.
    Article,
    Main,
    Section,
    Aside,
    Nav,
    Footer,
    Header,
    Form,
    Figure,
    Listing,
    Table,
    Quote,
    Paragraph,
    Item,
    Heading,
    Hidden,
}

/// How many marks there are.
pub const MARKS: usize = Mark::Hidden as usize + 1;

/// A set of marks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks(u64);

impl Marks {
    /// Whether a mark is among them.
    pub fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u64) != 0
    }

    fn add(&mut self, mark: Mark) {
        self.0 |= 1 << mark as u64;
    }
}

impl std::ops::BitOr for Marks {
    type Output = Marks;
    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl std::ops::BitAnd for Marks {
    type Output = Marks;
    fn bitand(self, other: Marks) -> Marks {
        Marks(self.0 & other.0)
    }
}

/// How many elements up the nearest one of each mark is; [`FAR`] where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near([u8; MARKS]);

/// Further up than this is as good as nowhere.
pub const FAR: u8 = 15;

impl Default for Near {
    fn default() -> Near {
        Near([FAR; MARKS])
    }
}

impl Near {
    /// The same for an element of these marks one deeper.
    pub fn inside(&self, marks: Marks) -> Near {
        let mut near = *self;
        for (at, steps) in near.0.iter_mut().enumerate() {
            *steps = if marks.0 & (1 << at) != 0 { 0 } else { steps.saturating_add(1).min(FAR) };
        }
        near
    }

    /// The same without the marks that names give.
    pub fn nameless(&self) -> Near {
        let mut near = *self;
        near.0[..Mark::Article as usize].fill(FAR);
        near
    }

    /// Steps to each mark in their order.
    pub fn steps(&self) -> &[u8; MARKS] {
        &self.0
    }

    /// Steps to one mark.
    pub fn to(&self, mark: Mark) -> u8 {
        self.0[mark as usize]
    }
}

#[derive(Deserialize)]
struct Named {
    mark: Vec<Names>,
}

#[derive(Deserialize)]
struct Names {
    kind: Mark,
    names: Vec<String>,
}

/// What the class and id of an element say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Called {
    /// The marks that they give.
    pub marks: Marks,
    /// Whether they speak of what is beside an article.
    pub aside: bool,
    /// Whether they speak of a date.
    pub dated: bool,
    /// Whether they speak of an author.
    pub signed: bool,
}

/// All that a name can say, in the order of its numbers: the marks come first.
const ASIDE: usize = MARKS;
const DATED: usize = MARKS + 1;
const SIGNED: usize = MARKS + 2;

/// Every name of an element, and by its place what it says.
static NAMES: LazyLock<(AhoCorasick, Vec<usize>)> = LazyLock::new(|| {
    let named: Named =
        toml::from_str(include_str!("../data/places.toml")).expect("data/places.toml is right");
    let marks = named.mark.iter().map(|m| (&m.names, m.kind as usize));
    let (aside, dated) = (&WORDS.places.aside, &WORDS.places.dated);
    let all = marks.chain([(aside, ASIDE), (dated, DATED), (&BYLINES.places, SIGNED)]);
    let pairs = all.flat_map(|(names, says)| names.iter().map(move |n| (n.to_ascii_lowercase(), says)));
    let (names, says): (Vec<String>, Vec<usize>) = pairs.unzip();
    (AhoCorasick::new(names).expect("the names are few and short"), says)
});

impl Called {
    /// Reads an element's class and id, in lower case with spaces around.
    pub fn of(called: &str) -> Called {
        let mut read = Called::default();
        if called.is_empty() {
            return read;
        }
        let (names, says) = &*NAMES;
        let found = names.find_overlapping_iter(called);
        let said = found.fold(0u64, |said, found| said | 1 << says[found.pattern().as_usize()]);
        let has = |number: usize| said & (1 << number) != 0;
        (read.aside, read.dated, read.signed) = (has(ASIDE), has(DATED), has(SIGNED));
        read.marks = Marks(said & ((1 << MARKS) - 1));
        read
    }
}

/// The marks of an element, with those that its names give.
pub fn of(tag: &str, named: Marks, item: &str, hidden: bool) -> Marks {
    let mut marks = named;
    if item.contains("articlebody") {
        marks.add(Mark::Body);
    }
    if hidden {
        marks.add(Mark::Hidden);
    }
    let tagged = match tag {
        "article" => Mark::Article,
        "main" => Mark::Main,
        "section" => Mark::Section,
        "aside" => Mark::Aside,
        "nav" => Mark::Nav,
        "footer" => Mark::Footer,
        "header" => Mark::Header,
        "form" | "button" => Mark::Form,
        "figure" | "figcaption" => Mark::Figure,
        "ul" | "ol" | "dl" => Mark::Listing,
        "table" => Mark::Table,
        "blockquote" => Mark::Quote,
        "p" => Mark::Paragraph,
        "li" | "dd" | "dt" => Mark::Item,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Mark::Heading,
        _ => return marks,
    };
    marks.add(tagged);
    marks
}

/// Tags and names of an element and all around it as one number (FNV-1a). Figures are left out: sites count in them.
pub fn like(tag: &str, called: &str, around: u32) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let bytes = tag.bytes().chain(called.bytes().filter(|b| !b.is_ascii_digit()));
    bytes.fold(0x811c_9dc5 ^ around.rotate_left(5), step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_marked_by_tag_name_and_item() {
        let has = |tag: &str, called: &str, item: &str, mark: Mark| {
            of(tag, Called::of(called).marks, item, false).has(mark)
        };
        assert!(
            has("div", " post-content ", "", Mark::Body) && has("div", " post-content ", "", Mark::Content)
        );
        assert!(has("div", " ad ", "", Mark::Advert) && !has("div", " reading ", "", Mark::Advert));
        assert!(has("ul", "", "", Mark::Listing) && !has("ul", "", "", Mark::List));
        assert!(has("div", "", "articlebody ", Mark::Body));
    }

    #[test]
    fn marks_are_as_far_as_their_elements() {
        let tagged = |tag: &str| of(tag, Marks::default(), "", false);
        let outer = Near::default().inside(tagged("article"));
        let inner = outer.inside(Marks::default()).inside(tagged("p"));
        assert_eq!((inner.to(Mark::Article), inner.to(Mark::Paragraph), inner.to(Mark::Nav)), (2, 0, FAR));
    }

    #[test]
    fn names_are_in_lower_case() {
        let (_, says) = &*NAMES;
        assert!(says.len() > 300);
        let text = include_str!("../data/places.toml");
        let names = text.lines().filter(|l| l.starts_with("names"));
        assert!(names.clone().count() > 15 && names.clone().all(|l| l.to_lowercase() == *l));
    }
}
