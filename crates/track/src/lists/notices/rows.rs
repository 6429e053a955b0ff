//! Rows of tables, whose cells are set apart by tabs: the first row tells which columns hold names.

use super::{Reader, TABLE};
use crate::lists::parties::{self, Party};
use crate::text::words;
use std::ops::Range;

/// A table that is being read.
pub struct Table {
    /// Columns that hold names.
    columns: Vec<usize>,
    /// Those that hold further names.
    aliases: Vec<usize>,
    /// How many cells its first row has.
    width: usize,
    /// What stands in the last row that is as long.
    row_before: Vec<String>,
}

impl Table {
    /// A table by its first row, and whether that holds the columns' heads; none if no column of it can hold names.
    fn by_first_row(text: &str, folded: &str, cells: &[Range<usize>]) -> (Option<Table>, bool) {
        let columns = |is_head: &dyn Fn(&str) -> bool| -> Vec<usize> {
            (0..cells.len()).filter(|i| is_head(&folded[cells[*i].clone()])).collect()
        };
        let (names, aliases) = (columns(&is_name_head), columns(&is_alias_head));
        let is_number = |cell: &Range<usize>| !text[cell.clone()].chars().any(char::is_alphabetic);
        let numbers = cells.first().is_some_and(|cell| is_number_head(&folded[cell.clone()]));
        let first = cells.iter().position(|cell| !is_number(cell)).map(|first| first + usize::from(numbers));
        let has_heads = !names.is_empty() || numbers;
        let mut columns = if names.is_empty() { first.into_iter().collect() } else { names };
        columns.retain(|column| !aliases.contains(column));
        let table = Table { columns, aliases, width: cells.len(), row_before: Vec::new() };
        (Some(table).filter(|table| !table.columns.is_empty()), has_heads)
    }

    /// By how many columns a row is shifted whose first cell, or whose heads' first cell, is empty and was left out.
    fn shift(&self, text: &str, cells: &[Range<usize>]) -> isize {
        if cells.len() > self.width {
            return (cells.len() - self.width).cast_signed();
        }
        // What the row before has one column further on stands here.
        let repeats = self.columns.iter().any(|column| {
            let (here, before) = (cells.get(*column), self.row_before.get(column + 1));
            here.zip(before)
                .is_some_and(|(here, before)| !before.is_empty() && text[here.clone()] == **before)
        });
        if cells.len() < self.width && repeats { -1 } else { 0 }
    }

    /// The party of a row: by its first name, with those of further columns.
    fn party(&mut self, text: &str, cells: &[Range<usize>]) -> Option<Party> {
        let shift = self.shift(text, cells);
        if cells.len() >= self.width {
            self.row_before = cells.iter().map(|cell| text[cell.clone()].to_owned()).collect();
        }
        let named = self.columns.iter().filter_map(|column| cells.get(column.checked_add_signed(shift)?));
        let mut named = named.filter(|cell| parties::in_cell(text, (*cell).clone()).is_some());
        let mut party = parties::in_cell(text, named.next()?.clone())?;
        party.also.extend(named.map(|cell| text[cell.clone()].to_owned()));
        let further = self.aliases.iter().filter_map(|column| cells.get(*column));
        let further = further.map(|cell| &text[cell.clone()]).filter(|name| parties::is_name(name));
        party.also.extend(further.map(str::to_owned));
        Some(party)
    }
}

impl Reader<'_> {
    pub(super) fn row(&mut self, line: &Range<usize>) {
        let text = self.seen.text.as_str();
        let cells = cells(text, line);
        let mut table = match self.table.take() {
            Some(table) => table,
            None => {
                let (table, has_heads) = Table::by_first_row(text, self.folded, &cells);
                self.table = table;
                if has_heads {
                    return;
                }
                let Some(table) = self.table.take() else { return };
                table
            }
        };
        let act = self.open.or((!self.acts.is_empty()).then_some(0));
        if let Some(act) = act
            && let Some(party) = table.party(text, &cells)
        {
            self.add(act, vec![party], TABLE);
        }
        self.table = Some(table);
    }
}

/// The cells of a row without the blanks around their words.
fn cells(text: &str, line: &Range<usize>) -> Vec<Range<usize>> {
    let mut at = line.start;
    let cell = |cell: &str| {
        let trimmed = cell.trim();
        let start = at + (trimmed.as_ptr() as usize - cell.as_ptr() as usize);
        at += cell.len() + 1;
        start..start + trimmed.len()
    };
    text[line.clone()].split('\t').map(cell).collect()
}

fn is_name_head(cell: &str) -> bool {
    /// Characters of the longest head.
    const LONGEST: usize = 24;
    cell.chars().count() <= LONGEST && words::has_any(cell, &words::lists().members.name_heads)
}

fn is_alias_head(cell: &str) -> bool {
    words::lists().members.alias_heads.iter().any(|head| cell.trim() == head)
}

/// Whether a cell heads the column that only numbers the rows.
fn is_number_head(cell: &str) -> bool {
    words::lists().members.number_heads.iter().any(|head| cell.trim() == head)
}
