//! What the trainer of the trees needs: pages as their features, and texts made by given scores.

use crate::html::ReadPage;
use crate::{article, blocks, body, features};
use dom_query::Document;
use headwater_model::Capture;

pub use crate::cues::is_furniture;
pub use crate::features::{COUNT, FIRST, Known, Row};
pub use crate::metadata::folded;
pub use crate::trees::{DEPTH, LEAVES, Tree, Trees, UNIT};

/// A page as the trees see it.
pub struct Lesson {
    read: ReadPage,
    /// The features of each block.
    pub rows: Vec<Row>,
    /// Whether the page is in Chinese or Japanese.
    pub eastern: bool,
}

impl Lesson {
    /// Reads a page of HTML.
    pub fn of(capture: &Capture) -> Lesson {
        let page = article::words_of(capture);
        let read = ReadPage::of(&page, capture, &mut article::blank(capture));
        Lesson::of_read(read)
    }

    fn of_read(read: ReadPage) -> Lesson {
        let rows = features::rows(&read.outline, &read.about());
        Lesson { eastern: read.zone.is_some(), read, rows }
    }

    /// The same page without some of its blocks: a short text among as much furniture as stood around a long one.
    pub fn without(&self, is_left_out: &[bool]) -> Lesson {
        Lesson::of_read(self.read.without(is_left_out))
    }

    /// The same page with names of elements that say nothing, as those are that machines make up.
    pub fn nameless(&self) -> Lesson {
        Lesson::of_read(self.read.nameless())
    }

    /// The words of each block.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.read.outline.blocks.iter().map(|b| b.text.as_str())
    }

    /// Adds to the features how the blocks were weighed at first.
    pub fn add_second(&mut self, scores: &[i32]) {
        self.rows.iter_mut().for_each(|row| row.truncate(features::FIRST));
        features::add_second(&self.read.outline, scores, &mut self.rows);
    }

    /// The text that these scores make.
    pub fn text(&self, scores: &[i32]) -> String {
        let chosen = body::chosen(&self.read.outline.blocks, scores);
        chosen.into_iter().map(|b| b.text).collect::<Vec<_>>().join("\n")
    }
}

/// The lines of a piece of HTML.
pub fn lines(html: &str) -> Vec<String> {
    blocks::outline(&Document::from(html)).blocks.into_iter().map(|b| b.text).collect()
}

/// Letters of a text; a Han character counts three.
pub fn letters(text: &str) -> usize {
    blocks::letters(text)
}

/// Decodes a page as reading does.
pub fn decode(capture: &Capture) -> String {
    article::words_of(capture)
}
