//! Running heads and page numbers.

use super::lines::Line;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The part of a page's height at its head and at its foot where furniture stands.
const MARGIN: f64 = 0.13;

/// Heights that differ by less than this part of the letters' size are the same.
const LEVEL: f64 = 0.5;

/// A number by itself, as `3`, `— 3 —`, `3 / 9`, `Page 3 of 9`, `第 3 页 共 9 页`, `iv`.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^[\s\-–—―·.|]*(?:page\s*|p\.\s*|第\s*)?(?:\d{1,4}|[ivxl]{1,6})\s*[页頁]?(?:\s*(?:/|of|[,，]?\s*[共全])\s*\d{1,4}\s*[页頁]?)?[\s\-–—―·.|]*$")
        .expect("a right expression")
});

/// Takes page numbers out, and lines at the head or foot that come back on other pages.
pub fn strip(pages: &mut [(Vec<Line>, f64, f64)]) {
    let mut seen: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (lines, foot, head) in pages.iter() {
        for line in lines.iter().filter(|l| in_margin(l, *foot, *head)) {
            seen.entry(pattern(line)).or_default().push(line.base - foot);
        }
    }
    seen.values_mut().for_each(|bases| bases.sort_by(f64::total_cmp));
    // Left and right pages may differ, and the first has often none.
    let often = (pages.len() * 2 / 5).max(2);
    for (lines, foot, head) in pages.iter_mut() {
        let (first, last) = (lines.first().map(|l| l.base), lines.last().map(|l| l.base));
        // Rows of a table may be alike, but stand where the page's other rows leave them.
        let comes_back = |line: &Line| {
            let (base, level) = (line.base - *foot, LEVEL * line.size);
            seen.get(&pattern(line)).is_some_and(|bases| {
                let from = bases.partition_point(|other| *other <= base - level);
                let to = bases.partition_point(|other| *other < base + level);
                to.saturating_sub(from) >= often
            })
        };
        let is_furniture = |line: &Line| {
            let outermost = Some(line.base) == first || Some(line.base) == last;
            let numbers = outermost && NUMBER.is_match(&line.text());
            in_margin(line, *foot, *head) && (numbers || comes_back(line))
        };
        // What stands further in than other words is no furniture.
        let top = lines.iter().take_while(|line| is_furniture(line)).count();
        let bottom = lines[top..].iter().rev().take_while(|line| is_furniture(line)).count();
        lines.truncate(lines.len() - bottom);
        lines.drain(..top);
    }
}

fn in_margin(line: &Line, foot: f64, head: f64) -> bool {
    let height = (line.base - foot) / (head - foot).max(1.0);
    !(MARGIN..=1.0 - MARGIN).contains(&height)
}

/// The line without what changes from page to page.
fn pattern(line: &Line) -> String {
    let text = line.text();
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}
