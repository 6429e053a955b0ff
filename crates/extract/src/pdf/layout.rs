//! Pages to the blocks of a text.

use super::furniture;
use super::glyphs::Page;
use super::lines::{self, Line, Paragraph, append};
use super::tables::{self, Part};
use crate::blocks::Block;

/// Something that stands on a page.
enum Piece {
    Paragraph(Paragraph),
    Rows(Rows),
}

/// A table, or as much of one as a page holds.
struct Rows {
    cells: Vec<Vec<String>>,
    /// Left and right borders of its columns.
    columns: Vec<(f64, f64)>,
}

/// What a document's pages hold.
#[derive(Default)]
pub struct Laid {
    /// The words in the largest letters at the head of the first page.
    pub title: Option<String>,
    /// Lines as they stand on the pages.
    pub lines: Vec<String>,
    /// Paragraphs, and rows of tables.
    pub blocks: Vec<Block>,
}

/// Reads pages.
pub fn read(pages: &[Page]) -> Laid {
    let mut laid: Vec<(Vec<Line>, f64, f64)> = pages.iter().map(|p| (lines::of(p), p.foot, p.head)).collect();
    let words: String = laid.iter().flat_map(|(lines, ..)| lines).map(|l| l.text() + "\n").collect();
    furniture::strip(&mut laid);
    let stand = laid.iter().flat_map(|(lines, ..)| lines).map(Line::text).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut title = None;
    for (at, (lines, ..)) in laid.into_iter().enumerate() {
        let table = match pieces.last() {
            Some(Piece::Rows(rows)) => Some(rows.columns.as_slice()),
            _ => None,
        };
        let mut page = pieces_of(lines, table, &words);
        if at == 0 {
            title = title_among(&page);
        }
        join(&mut pieces, &mut page, &words);
        pieces.append(&mut page);
    }
    Laid { title, lines: stand, blocks: pieces.into_iter().flat_map(blocks).collect() }
}

fn pieces_of(lines: Vec<Line>, table: Option<&[(f64, f64)]>, words: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for part in tables::parts(lines, table) {
        match part {
            Part::Text(lines) => pieces.extend(paragraphs(&lines, words)),
            Part::Columns(region) if region.is_table() => {
                pieces.push(Piece::Rows(Rows { cells: region.rows(words), columns: region.columns }));
            }
            Part::Columns(region) => {
                let mut found: Vec<Piece> = Vec::new();
                for column in region.by_column() {
                    let mut next = paragraphs(&column, words);
                    join(&mut found, &mut next, words);
                    found.append(&mut next);
                }
                pieces.extend(found);
            }
        }
    }
    pieces
}

fn paragraphs(lines: &[Line], words: &str) -> Vec<Piece> {
    lines::paragraphs(lines, words).into_iter().map(Piece::Paragraph).collect()
}

/// Joins a paragraph or a table that goes on in the next column or on the next page.
fn join(before: &mut [Piece], after: &mut Vec<Piece>, words: &str) {
    let (Some(last), Some(next)) = (before.last_mut(), after.first_mut()) else { return };
    match (last, next) {
        (Piece::Paragraph(last), Piece::Paragraph(next)) if goes_on(last, next) => {
            append(&mut last.text, &next.text, words);
            last.open = next.open;
            after.remove(0);
        }
        (Piece::Rows(last), Piece::Rows(next)) if last.columns.len() == next.columns.len() => {
            last.go_on(&mut next.cells, words);
            after.remove(0);
        }
        _ => {}
    }
}

/// Whether a paragraph goes on in the next column or on the next page.
fn goes_on(last: &Paragraph, next: &Paragraph) -> bool {
    let begins_within = next.text.starts_with(char::is_lowercase);
    next.flush && !ends(&last.text) && (last.size - next.size).abs() < 0.5 && (last.open || begins_within)
}

impl Rows {
    /// Adds the rows of the next page.
    fn go_on(&mut self, next: &mut Vec<Vec<String>>, words: &str) {
        // The head row is repeated on each page.
        if self.cells[0] == next[0] {
            next.remove(0);
        }
        let rest = next.first().is_some_and(|row| row[0].is_empty())
            && self.cells.iter().all(|row| !row[0].is_empty());
        if let Some(last) = self.cells.last_mut().filter(|_| rest) {
            // A row that the page's end cut in two.
            for (cell, more) in last.iter_mut().zip(next.remove(0)).filter(|(_, more)| !more.is_empty()) {
                append(cell, &more, words);
            }
        }
        self.cells.append(next);
    }
}

fn ends(text: &str) -> bool {
    text.ends_with(['.', '。', '!', '！', '?', '？', ':', '：', ';', '；', '”', '"'])
}

fn blocks(piece: Piece) -> Vec<Block> {
    let block = |text: String, row| Block { text, row, ..Block::default() };
    match piece {
        Piece::Paragraph(paragraph) => vec![block(paragraph.text, false)],
        Piece::Rows(rows) => rows.cells.into_iter().map(|row| block(row.join("\t"), true)).collect(),
    }
}

/// Paragraphs at the head of a document among which its title is.
const HEAD: usize = 8;
/// How much larger than the text a title is set at least.
const LARGER: f64 = 1.12;

/// The paragraph in the largest letters. The name of the office at the head of an official paper is larger still, and
/// ends in "document".
fn title_among(pieces: &[Piece]) -> Option<String> {
    let paragraphs = || {
        pieces.iter().filter_map(|p| match p {
            Piece::Paragraph(paragraph) => Some(paragraph),
            Piece::Rows(_) => None,
        })
    };
    let usual = paragraphs().max_by_key(|p| p.text.chars().count())?.size;
    let large =
        |p: &&Paragraph| p.size > LARGER * usual && p.text.chars().count() > 3 && !p.text.ends_with("文件");
    let candidates: Vec<&Paragraph> = paragraphs().take(HEAD).filter(large).collect();
    let largest = candidates.iter().map(|p| p.size).fold(0.0, f64::max);
    candidates.into_iter().find(|p| p.size > largest - 0.1).map(|p| p.text.clone())
}
