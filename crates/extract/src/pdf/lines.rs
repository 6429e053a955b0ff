//! Runs to lines, and lines to paragraphs.

use super::glyphs::{Glyph, Page, Run};

/// Pieces of text on one base line, from left to right, far apart from one another.
#[derive(Debug, Clone)]
pub struct Line {
    pub base: f64,
    pub size: f64,
    pub pieces: Vec<Run>,
}

impl Line {
    pub fn left(&self) -> f64 {
        self.pieces.first().map_or(0.0, Run::left)
    }
    pub fn right(&self) -> f64 {
        self.pieces.last().map_or(0.0, Run::right)
    }
    /// The whole line, its pieces apart by a blank.
    pub fn text(&self) -> String {
        self.pieces.iter().map(text_of).collect::<Vec<_>>().join(" ")
    }
}

/// A gap wider than this part of the size is a blank between words.
const BLANK: f64 = 0.17;

/// Lines from the head of a page to its foot.
pub fn of(page: &Page) -> Vec<Line> {
    let mut runs: Vec<&Run> = page.runs.iter().collect();
    runs.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left().total_cmp(&b.left())));
    let mut lines: Vec<Line> = Vec::new();
    for run in runs {
        match lines.last_mut() {
            Some(line) if line.base - run.base < 0.35 * line.size.max(run.size) => {
                line.pieces.push(run.clone())
            }
            _ => lines.push(Line { base: run.base, size: run.size, pieces: vec![run.clone()] }),
        }
    }
    lines.iter_mut().for_each(|line| line.settle(page.wide));
    lines
}

impl Line {
    /// Puts the pieces in order and joins those that touch.
    fn settle(&mut self, wide: f64) {
        self.pieces.sort_by(|a, b| a.left().total_cmp(&b.left()));
        let mut settled: Vec<Run> = Vec::new();
        for run in std::mem::take(&mut self.pieces) {
            match settled.last_mut() {
                Some(last) if run.left() - last.right() < wide * run.size.max(last.size) => {
                    last.glyphs.extend(run.glyphs)
                }
                _ => settled.push(run),
            }
        }
        self.size = settled.iter().map(|r| r.size).fold(0.0, f64::max);
        self.pieces = settled;
    }
}

/// The words of a run: blanks stand where the file has them or where there is room for one.
pub fn text_of(run: &Run) -> String {
    let mut text = String::new();
    let mut last: Option<&Glyph> = None;
    for glyph in &run.glyphs {
        let room = glyph.blank || last.is_some_and(|l| glyph.left - l.right > BLANK * run.size);
        if room
            && !text.ends_with(char::is_whitespace)
            && !(ends_eastern(&text) && starts_eastern(&glyph.text))
        {
            text.push(' ');
        }
        text.push_str(&glyph.text);
        last = Some(glyph);
    }
    crate::blocks::squeezed(&text)
}

/// Whether a character is set without blanks around it.
pub fn is_eastern(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

fn ends_eastern(text: &str) -> bool {
    text.chars().next_back().is_some_and(is_eastern)
}

fn starts_eastern(text: &str) -> bool {
    text.chars().next().is_some_and(is_eastern)
}

/// Adds the next line of a paragraph or cell to it: without a blank in Chinese and Japanese, and without the hyphen of
/// a word that was broken.
pub fn append(text: &mut String, next: &str, words: &str) {
    if text.is_empty() || ends_eastern(text) && starts_eastern(next) {
        text.push_str(next);
        return;
    }
    let broken =
        text.strip_suffix(['-', '\u{ad}', '\u{2010}']).filter(|before| before.ends_with(char::is_alphabetic));
    match broken {
        Some(before) if next.starts_with(char::is_lowercase) => {
            let (first, second) = (last_word(before), first_word(next));
            // A compound that is written with its hyphen elsewhere keeps it.
            if !words.contains(&format!("{first}-{second}")) {
                text.truncate(before.len());
            }
            text.push_str(next);
        }
        _ => {
            text.push(' ');
            text.push_str(next);
        }
    }
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// Distances between base lines that differ by less than this part are the same.
const SAME_PITCH: f64 = 1.3;

/// What tells whether a line goes on in the next: the borders of the column and the usual distance of lines.
pub struct Column {
    pub left: f64,
    pub right: f64,
    pub pitch: f64,
}

impl Column {
    pub fn of(lines: &[Line]) -> Column {
        let left = lines.iter().map(Line::left).fold(f64::INFINITY, f64::min);
        let right = lines.iter().map(Line::right).fold(f64::NEG_INFINITY, f64::max);
        let mut pitches: Vec<f64> = lines.windows(2).map(|pair| pair[0].base - pair[1].base).collect();
        pitches.sort_by(f64::total_cmp);
        Column { left, right, pitch: pitches.get(pitches.len() / 2).copied().unwrap_or_default() }
    }

    /// Whether the second line continues the first one's paragraph.
    fn goes_on(&self, first: &Line, second: &Line) -> bool {
        let pitch = first.base - second.base;
        let usual = if self.pitch > 0.0 { self.pitch } else { 1.5 * first.size };
        let close = pitch > 0.0 && pitch < SAME_PITCH * usual.min(2.2 * first.size);
        close && (first.size / second.size - 1.0).abs() < 0.12 && self.flows(first, second)
    }

    /// Whether the first line is full, and the second not indented.
    pub fn flows(&self, first: &Line, second: &Line) -> bool {
        // A heading in the middle is full when the second line is in the middle too.
        let centred = |line: &Line| {
            line.left() - self.left > 2.0 * line.size
                && (line.left() - self.left - self.right + line.right()).abs() < line.size
        };
        if centred(first) && centred(second) {
            return true;
        }
        let indented =
            second.left() > self.left.max(first.left().min(self.left + 3.0 * first.size)) + 0.8 * second.size;
        first.right() + width_of_first_word(second) + 0.2 * first.size > self.right && !indented
    }
}

fn width_of_first_word(line: &Line) -> f64 {
    let Some(piece) = line.pieces.first() else { return 0.0 };
    let eastern = piece.glyphs.first().is_some_and(|g| starts_eastern(&g.text));
    // Chinese breaks after any character but before its punctuation.
    let end =
        if eastern { Some(2) } else { piece.glyphs.iter().skip(1).position(|g| g.blank).map(|at| at + 1) };
    let last = piece.glyphs[..end.unwrap_or(piece.glyphs.len()).min(piece.glyphs.len())].last();
    last.map_or(0.0, |g| g.right - piece.left())
}

/// A paragraph: its words, and its first and last lines.
#[derive(Debug, Clone)]
pub struct Paragraph {
    pub text: String,
    pub size: f64,
    /// Whether its last line is full, so that the next page may continue it.
    pub open: bool,
    /// Whether its first line begins at the border of its column.
    pub flush: bool,
}

/// The paragraphs of one column.
pub fn paragraphs(lines: &[Line], words: &str) -> Vec<Paragraph> {
    let column = Column::of(lines);
    let mut found: Vec<Paragraph> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let next = line.text();
        let continues = at > 0 && column.goes_on(&lines[at - 1], line);
        let open = line.right() > column.right - 2.0 * line.size;
        match found.last_mut() {
            Some(paragraph) if continues => {
                append(&mut paragraph.text, &next, words);
                paragraph.open = open;
            }
            _ => {
                let flush = line.left() < column.left + 0.8 * line.size;
                found.push(Paragraph { text: next, size: line.size, open, flush });
            }
        }
    }
    found
}
