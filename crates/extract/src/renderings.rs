//! A page that says the same in two languages: what it says again is marked, so that it is not read as a second report.

use headwater_model::article::Paragraph;
use headwater_model::{Article, Doubt};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// So many figures and names must stand in both languages.
const SHARED: usize = 3;

/// Marks the paragraphs that say again, in the language that comes second, what the others say. A page in two languages
/// whose halves name the same figures and names says the same twice.
pub fn mark(article: &mut Article) -> Option<Doubt> {
    if article.language != "mul" {
        return None;
    }
    let marks: Vec<BTreeSet<String>> =
        article.paragraphs.iter().map(|p| marks_of(article.text.slice(p.span))).collect();
    let first = article.paragraphs.iter().find(|p| p.language != "und").map(is_eastern)?;
    let side = |eastern: bool| -> BTreeSet<&String> {
        let own = article.paragraphs.iter().zip(&marks).filter(|(p, _)| is_eastern(p) == eastern);
        own.flat_map(|(_, marks)| marks).collect()
    };
    let (original, second) = (side(first), side(!first));
    let shared = original.intersection(&second).count();
    if shared < SHARED || shared * 2 < original.len().min(second.len()) {
        return None;
    }
    // A row of a table has both languages side by side, and what names nothing of the other half may be new.
    let again = |paragraph: &Paragraph, marks: &BTreeSet<String>| {
        let row = article.text.slice(paragraph.span).contains('\t');
        let new = !marks.is_empty() && !marks.iter().any(|mark| original.contains(mark));
        is_eastern(paragraph) != first && !row && !new
    };
    let found: Vec<bool> = article.paragraphs.iter().zip(&marks).map(|(p, marks)| again(p, marks)).collect();
    for (paragraph, again) in article.paragraphs.iter_mut().zip(found) {
        paragraph.rendering = again;
    }
    let message =
        format!("the page says the same in two languages: {shared} figures and names stand in both");
    Some(Doubt::new("same_in_two_languages", message))
}

fn is_eastern(paragraph: &Paragraph) -> bool {
    ["zh", "ja", "ko"].iter().any(|language| paragraph.language.starts_with(language))
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\d[\d,]*(?:\.\d+)?)\s?(万亿|萬億|亿|億|万|萬|千|thousand|million|billion|trillion)?")
        .expect("a right expression")
});

/// What two languages write alike: figures, and names in Latin letters.
fn marks_of(line: &str) -> BTreeSet<String> {
    let words = line.split(|c: char| !c.is_ascii_alphanumeric());
    let is_name = |w: &&str| w.len() > 1 && w.chars().filter(char::is_ascii_uppercase).count() > 1;
    let names = words.filter(is_name).map(str::to_lowercase);
    names
        .chain(NUMBER.captures_iter(line).filter_map(|c| figure(&c[1], c.get(2).map(|unit| unit.as_str()))))
        .collect()
}

/// A figure written out: `4万` and `40,000` are one.
fn figure(digits: &str, unit: Option<&str>) -> Option<String> {
    let digits = digits.replace(',', "");
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let zeros = match unit {
        None => 0,
        Some("千" | "thousand") => 3,
        Some("万" | "萬") => 4,
        Some("million") => 6,
        Some("亿" | "億") => 8,
        Some("billion") => 9,
        Some(_) => 12,
    };
    let part = part.trim_end_matches('0');
    let (moved, left) = part.split_at(part.len().min(zeros));
    let written = format!("{whole}{moved}{}", "0".repeat(zeros - moved.len()));
    let written = written.trim_start_matches('0');
    (!written.is_empty() || !left.is_empty())
        .then(|| if left.is_empty() { written.to_owned() } else { format!("{written}.{left}") })
}

#[cfg(test)]
mod tests {
    use super::marks_of;

    #[test]
    fn figures_and_names_are_alike_in_both_languages() {
        let chinese = marks_of("示例公司称，EX300每月产能4万片，投资3.25亿元，占12.5%。");
        let english =
            marks_of("Example said that 40,000 EX300 wafers a month cost 325 million yuan, 12.50% of all.");
        assert_eq!(chinese, english);
    }
}
