//! Columns: of a table, read row by row, or of text, read one after the other.
//!
//! On the page the two look alike. But a file draws a table cell by cell, going back to the first column in each row,
//! and text column by column.

use super::glyphs::Run;
use super::lines::{Line, append, text_of};

/// Lines that stand in the same columns.
pub struct Region {
    pub lines: Vec<Line>,
    /// Left and right border of each column's words.
    pub columns: Vec<(f64, f64)>,
    /// Whether the columns are those of a table on the page before.
    carried: bool,
}

/// A part of a page.
pub enum Part {
    Text(Vec<Line>),
    Columns(Region),
}

/// Parts a page into text across its width and regions of columns. A table at the end of the page before, of which the
/// columns are given, may go on with a single row.
pub fn parts(lines: Vec<Line>, before: Option<&[(f64, f64)]>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = lines.into_iter().peekable();
    let mut text: Vec<Line> = Vec::new();
    while let Some(line) = rest.next() {
        let begins = line.pieces.len() > 1 || rest.peek().is_some_and(|next| beside(&line, next));
        if !begins {
            text.push(line);
            continue;
        }
        let mut region = Region { columns: borders(&line), lines: vec![line], carried: false };
        if let Some(columns) = before.filter(|_| parts.is_empty() && text.is_empty()) {
            region.carry(columns);
        }
        while let Some(fitted) = rest.peek().and_then(|next| region.fitted(next)) {
            region.take(fitted);
            rest.next();
        }
        let after = region.cut_tail();
        if !region.carried && region.split_lines() < 2 || region.columns.len() < 2 {
            text.extend(region.lines);
        } else {
            region.reach_up(&mut text);
            if !text.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut text)));
            }
            parts.push(Part::Columns(region));
        }
        text.extend(after);
    }
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    parts
}

/// Lines of one column are apart by more than this part of the size.
const LINE: f64 = 0.95;

/// Whether two lines stand side by side, though not on one base line.
fn beside(one: &Line, other: &Line) -> bool {
    let apart = one.right() < other.left() || other.right() < one.left();
    apart && (one.base - other.base).abs() < LINE * one.size.min(other.size)
}

fn borders(line: &Line) -> Vec<(f64, f64)> {
    line.pieces.iter().map(|p| (p.left(), p.right())).collect()
}

/// Lines further apart than this many sizes are not of one region.
const APART: f64 = 4.0;
/// A stretched blank is narrower than this many sizes.
const GAP: f64 = 1.5;
/// Between two columns there is at least this part of the size.
const GUTTER: f64 = 0.3;

impl Region {
    /// The line as one of this region, its pieces split between columns if they ran together; `None` if it is none.
    fn fitted(&self, line: &Line) -> Option<Line> {
        let last = self.lines.last()?;
        if last.base - line.base > APART * last.size.max(line.size) {
            return None;
        }
        let mut fitted = Line { pieces: Vec::new(), ..line.clone() };
        for piece in &line.pieces {
            fitted.pieces.extend(self.split(piece)?);
        }
        let merged = merge(&self.columns, &borders(&fitted));
        let widest = (GAP * line.size).max(0.0);
        // A line that makes one column of two is none of the region, unless it was a stretched blank that parted them.
        let lost: Vec<f64> = gaps(&self.columns)
            .filter(|(left, right)| !gaps(&merged).any(|(a, b)| a < *right && b > *left))
            .map(|(left, right)| right - left)
            .collect();
        (lost.is_empty() || merged.len() > 1 && lost.iter().all(|gap| *gap < widest)).then_some(fitted)
    }

    /// Lines of several pieces, or beside another.
    fn split_lines(&self) -> usize {
        (0..self.lines.len()).filter(|at| self.is_split(*at)).count()
    }

    fn is_split(&self, at: usize) -> bool {
        let near = |other: Option<&Line>| other.is_some_and(|other| beside(&self.lines[at], other));
        let before = at.checked_sub(1).and_then(|before| self.lines.get(before));
        self.lines[at].pieces.len() > 1 || near(self.lines.get(at + 1)) || near(before)
    }

    /// Takes over the columns of a table that ended the page before, if the first line stands in them.
    fn carry(&mut self, columns: &[(f64, f64)]) {
        let merged = merge(columns, &self.columns);
        if merged.len() == columns.len() {
            (self.columns, self.carried) = (merged, true);
        }
    }

    /// A piece that reaches over several columns, split where one of them begins.
    fn split(&self, piece: &Run) -> Option<Vec<Run>> {
        let covered: Vec<f64> = self
            .columns
            .iter()
            .map(|c| c.0)
            .filter(|left| *left > piece.left() + 0.5 * piece.size && *left < piece.right())
            .collect();
        let inside = self.columns.iter().filter(|c| c.0 < piece.right() && c.1 > piece.left()).count();
        if covered.is_empty() || inside < 2 {
            return Some(vec![piece.clone()]);
        }
        let mut pieces = Vec::new();
        let mut rest = piece.clone();
        for left in covered {
            let near = |g: &super::glyphs::Glyph| (g.left - left).abs() < 0.3 * piece.size;
            let at = rest.glyphs.iter().position(|g| near(g) && !g.text.trim().is_empty())?;
            let gap = rest.glyphs[..at]
                .iter()
                .rev()
                .find(|g| !g.text.trim().is_empty())
                .map(|g| rest.glyphs[at].left - g.right)?;
            if gap < GUTTER * piece.size {
                return None;
            }
            let glyphs = rest.glyphs.split_off(at);
            pieces.push(std::mem::replace(&mut rest, Run { glyphs, ..piece.clone() }));
        }
        pieces.push(rest);
        Some(pieces)
    }

    fn take(&mut self, line: Line) {
        self.columns = merge(&self.columns, &borders(&line));
        self.lines.push(line);
    }

    /// Single pieces after the last row, further below it than its rows are apart, are text again.
    fn cut_tail(&mut self) -> Vec<Line> {
        let full = (0..self.lines.len()).rev().find(|at| self.is_split(*at)).unwrap_or(self.lines.len() - 1);
        let pitch = self.lines[..=full].windows(2).map(|p| p[0].base - p[1].base).fold(0.0, f64::max);
        let near = |pair: &[Line]| pair[0].base - pair[1].base <= 1.05 * pitch.max(1.2 * pair[0].size);
        let kept = self.lines[full..].windows(2).take_while(|pair| near(pair)).count();
        self.lines.split_off(full + kept + 1)
    }

    /// Cells whose first lines stand higher than those beside them.
    fn reach_up(&mut self, text: &mut Vec<Line>) {
        while let Some(line) = text.pop_if(|line| {
            let first = &self.lines[0];
            let close = line.base - first.base < 1.6 * first.size;
            let beside = self
                .columns
                .iter()
                .skip(1)
                .any(|c| line.left() > c.0 - first.size && line.right() < c.1 + first.size);
            close && beside && line.pieces.len() == 1
        }) {
            self.lines.insert(0, line);
        }
    }

    /// The column in which a piece stands.
    fn column(&self, piece: &Run) -> usize {
        let overlap = |c: &(f64, f64)| c.1.min(piece.right()) - c.0.max(piece.left());
        let best = (0..self.columns.len())
            .max_by(|a, b| overlap(&self.columns[*a]).total_cmp(&overlap(&self.columns[*b])));
        best.unwrap_or(0)
    }

    /// Each piece with its column, in the order of drawing.
    fn drawn(&self) -> Vec<(usize, &Run)> {
        let mut pieces: Vec<&Run> = self.lines.iter().flat_map(|l| &l.pieces).collect();
        pieces.sort_by(|a, b| a.drawn.cmp(&b.drawn).then(a.left().total_cmp(&b.left())));
        pieces.into_iter().map(|piece| (self.column(piece), piece)).collect()
    }

    /// Whether it is a table: its columns are not drawn one after the other.
    pub fn is_table(&self) -> bool {
        let drawn = self.drawn();
        self.carried || drawn.windows(2).filter(|pair| pair[0].0 != pair[1].0).count() >= self.columns.len()
    }

    /// The rows of a table, each cell's words on one line.
    pub fn rows(&self, words: &str) -> Vec<Vec<String>> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut before: Option<(usize, &Run)> = None;
        for (column, piece) in self.drawn() {
            let begins = before.is_none_or(|(last, run)| {
                let below = run.base - piece.base;
                column < last || column == last && below > 1.8 * piece.size
            });
            if begins {
                rows.push(vec![String::new(); self.columns.len()]);
            }
            if let Some(cell) = rows.last_mut().and_then(|row| row.get_mut(column)) {
                append(cell, &text_of(piece), words);
            }
            before = Some((column, piece));
        }
        rows
    }

    /// The lines of each column by itself.
    pub fn by_column(&self) -> Vec<Vec<Line>> {
        let mut columns: Vec<Vec<Line>> = vec![Vec::new(); self.columns.len()];
        for line in &self.lines {
            for piece in &line.pieces {
                let column = &mut columns[self.column(piece)];
                column.push(Line { base: piece.base, size: piece.size, pieces: vec![piece.clone()] });
            }
        }
        columns
    }
}

/// The empty intervals between columns.
fn gaps(columns: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> + '_ {
    columns.windows(2).map(|pair| (pair[0].1, pair[1].0))
}

/// Intervals of two kinds as one list, those that overlap made one.
fn merge(columns: &[(f64, f64)], more: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut all: Vec<(f64, f64)> = columns.iter().chain(more).copied().collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut merged: Vec<(f64, f64)> = Vec::new();
    for (left, right) in all {
        match merged.last_mut() {
            Some(last) if left < last.1 => last.1 = last.1.max(right),
            _ => merged.push((left, right)),
        }
    }
    merged
}
