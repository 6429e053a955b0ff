//! Rows of tables, whose cells are set apart by tabs: the first row tells which columns hold names.

use super::Reader;
use crate::lists::parties::{self, Party};
use crate::text::passage;
use crate::text::words;
use headwater_model::claim::ListChange;
use headwater_model::membership::bare_key;
use headwater_model::tracking::Basis;
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
    /// The act whose members it gives, once a row was read.
    act: Option<usize>,
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
        let table = Table { columns, aliases, width: cells.len(), row_before: Vec::new(), act: None };
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
        if let Some(party) = table.party(text, &cells) {
            table.act = table.act.or_else(|| self.act_of_table(Some(&party), || self.rows_from(line)));
            if let Some(act) = table.act {
                self.add(act, vec![party], Basis::Table);
            }
        }
        self.table = Some(table);
    }

    /// The act whose members a table gives, or what stands below a heading: the one that is open; but where another act upon the
    /// list named its own parties between, that of which the first row is a member, or whose number the rows have, or that
    /// which adds. The rows of a long table are counted only where their number is asked for.
    pub(super) fn act_of_table(&self, first: Option<&Party>, rows: impl Fn() -> u64) -> Option<usize> {
        let open = self.open.or((!self.acts.is_empty()).then_some(0))?;
        let act = &self.acts[open];
        let moves = |change: ListChange| matches!(change, ListChange::Added | ListChange::Removed);
        if act.points || act.named == 0 && self.open.is_some() || !moves(act.change) {
            return Some(open);
        }
        let rivals =
            || self.acts.iter().enumerate().rev().filter(|(_, a)| a.list == act.list && moves(a.change));
        if rivals().all(|(_, rival)| rival.change == act.change) {
            return Some(open);
        }
        let name = |party: &Party| bare_key(&self.seen.text.as_str()[party.at.clone()]);
        let is_named = |party: &Party, number: usize| {
            let own = name(party);
            self.found.iter().any(|found| found.act == number && name(&found.party) == own)
        };
        let by_name = first.and_then(|party| rivals().find(|(number, _)| is_named(party, *number)));
        let by_count = || {
            let rows = rows();
            let mut fitting = rivals().filter(|(_, rival)| rival.count == Some(rows));
            let one = fitting.next()?;
            fitting.all(|(_, other)| other.change == one.1.change).then_some(one)
        };
        let added = || rivals().find(|(_, rival)| rival.change == ListChange::Added);
        by_name.or_else(by_count).or_else(added).map(|(number, _)| number)
    }

    /// How many rows a table has from a line on.
    fn rows_from(&self, line: &Range<usize>) -> u64 {
        let lines = passage::lines(&self.seen.text.as_str()[line.start..]);
        let text = &self.seen.text.as_str()[line.start..];
        lines.filter(|at| !at.is_empty()).take_while(|at| text[at.clone()].contains('\t')).count() as u64
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
