//! Where each character of a page stands: runs of glyphs, in the order in which the file draws them.

use super::letters;
use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// One character on a page.
#[derive(Debug, Clone)]
pub struct Glyph {
    pub left: f64,
    pub right: f64,
    /// What is drawn: a ligature is several characters.
    pub text: String,
    /// Whether a blank was drawn before it. Its width is not believed: files state none for blanks, or any.
    pub blank: bool,
}

/// Glyphs that follow one another on one base line.
#[derive(Debug, Clone)]
pub struct Run {
    /// Height of the base line above the page's foot.
    pub base: f64,
    pub size: f64,
    pub glyphs: Vec<Glyph>,
    /// Which run of its page it is, in the order of drawing.
    pub drawn: usize,
}

impl Run {
    pub fn left(&self) -> f64 {
        self.glyphs.first().map_or(0.0, |g| g.left)
    }
    pub fn right(&self) -> f64 {
        self.glyphs.last().map_or(0.0, |g| g.right)
    }
}

/// A page: its runs, and the heights of its foot and head.
#[derive(Debug, Default)]
pub struct Page {
    pub runs: Vec<Run>,
    pub foot: f64,
    pub head: f64,
    /// The gap that parts runs, as a part of the letters' size.
    pub wide: f64,
}

/// Collects pages from the library's interpreter.
#[derive(Default)]
pub struct Collector {
    pub pages: Vec<Page>,
    /// Glyphs of the page at hand, each with its base line and size.
    drawn: Vec<(Glyph, f64, f64)>,
    /// Whether the last thing drawn was a blank.
    blank: bool,
    blanks: usize,
}

/// A gap wider than this part of the letters' size parts runs where blanks are drawn as such: without a blank there is
/// none in a word.
const WIDE_BESIDE_BLANKS: f64 = 0.5;
/// The same where words are apart by gaps alone, or by a blank that was stretched.
const WIDE: f64 = 0.9;
const STRETCHED: f64 = 1.6;
/// A base line that differs by less than this part of the size is the same: footnote marks are raised by a third.
const LEVEL: f64 = 0.35;

impl OutputDev for Collector {
    fn begin_page(
        &mut self,
        _: u32,
        media: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.pages.push(Page { foot: media.lly, head: media.ury, ..Page::default() });
        Ok(())
    }
    fn end_page(&mut self) -> Result<(), OutputError> {
        let glyphs = std::mem::take(&mut self.drawn);
        let blanks = std::mem::take(&mut self.blanks);
        self.blank = false;
        if let Some(page) = self.pages.last_mut() {
            page.wide = if blanks * 25 > glyphs.len() { WIDE_BESIDE_BLANKS } else { WIDE };
            glyphs.into_iter().for_each(|(glyph, base, size)| page.add(glyph, base, size));
        }
        Ok(())
    }
    fn output_character(
        &mut self,
        to_page: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        if text.trim().is_empty() {
            self.blank = true;
            self.blanks += 1;
            return Ok(());
        }
        let (across, up) = (to_page.m11.hypot(to_page.m12), to_page.m21.hypot(to_page.m22));
        let (size, advance) = (font_size.abs() * up, font_size.abs() * across * width);
        let (x, y) = upright(to_page);
        if [x, y, size, advance].iter().all(|n| n.is_finite()) && size > 0.0 {
            let glyph = Glyph { left: x, right: x + advance, text: letters::plain(text), blank: self.blank };
            self.drawn.push((glyph, y, size));
        }
        self.blank = false;
        Ok(())
    }
    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// The position of a glyph as the reader holds the page: wide tables are often drawn sideways.
fn upright(to_page: &Transform) -> (f64, f64) {
    let (x, y) = (to_page.m31, to_page.m32);
    match (to_page.m11, to_page.m12) {
        (along, up) if up.abs() <= along.abs() => (x, y),
        (_, up) if up > 0.0 => (y, -x),
        _ => (-y, x),
    }
}

impl Page {
    fn add(&mut self, glyph: Glyph, base: f64, size: f64) {
        let drawn = self.runs.len();
        if let Some(run) = self.runs.last_mut().filter(|run| (base - run.base).abs() < LEVEL * run.size) {
            // Bold letters are drawn twice, a hair apart.
            let hair = |last: &Glyph| last.text == glyph.text && (last.left - glyph.left).abs() < 0.15 * size;
            if run.glyphs.last().is_some_and(hair) {
                return;
            }
            let wide = if glyph.blank { STRETCHED } else { self.wide };
            if (-0.5 * size..wide * size).contains(&(glyph.left - run.right())) {
                run.glyphs.push(glyph);
                return;
            }
        }
        self.runs.push(Run { base, size, glyphs: vec![glyph], drawn });
    }
}
