//! What changed between two versions of a text: by character for Han, by word for the rest.

use crate::text::units::is_ideographic;
use headwater_model::tracking::DifferenceKind;

/// Largest table of a comparison, in cells; beyond it two passages count as replaced whole.
const CELLS: usize = 4_000_000;
/// Characters kept on either side of a change; longer kept runs are shortened.
const CONTEXT: usize = 60;
/// Stands for what was left out.
const LEFT_OUT: &str = " … ";

/// Runs of text in order.
pub type Runs = Vec<(DifferenceKind, String)>;

/// The difference of two texts, long kept runs shortened.
pub fn difference(before: &str, after: &str) -> Runs {
    let (a, b): (Vec<&str>, Vec<&str>) = (paragraphs(before), paragraphs(after));
    let mut runs = Vec::new();
    let mut replaced = (Vec::new(), Vec::new());
    for step in compare(&a, &b) {
        match step {
            (DifferenceKind::Kept, p) => {
                inside(&mut replaced, &mut runs);
                push(&mut runs, DifferenceKind::Kept, p);
            }
            (DifferenceKind::Removed, p) => replaced.0.extend(pieces(p)),
            (DifferenceKind::Added, p) => replaced.1.extend(pieces(p)),
        }
    }
    inside(&mut replaced, &mut runs);
    shorten(&mut runs);
    runs
}

fn inside(replaced: &mut (Vec<&str>, Vec<&str>), runs: &mut Runs) {
    for (kind, piece) in compare(&replaced.0, &replaced.1) {
        push(runs, kind, piece);
    }
    replaced.0.clear();
    replaced.1.clear();
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Words with what follows them up to the next, and single Han characters.
fn pieces(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        let splits = last.is_some_and(|l| {
            is_ideographic(c)
                || is_ideographic(l)
                || (c.is_alphanumeric() != l.is_alphanumeric())
                || !c.is_alphanumeric()
        });
        if splits {
            found.push(&text[start..at]);
            start = at;
        }
        last = Some(c);
    }
    if start < text.len() {
        found.push(&text[start..]);
    }
    found
}

/// Steps from `a` to `b`: a longest common subsequence after equal ends were set aside.
fn compare<'a>(a: &[&'a str], b: &[&'a str]) -> Vec<(DifferenceKind, &'a str)> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[head..], &b[head..]);
    let tail = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (mid_a, mid_b) = (&rest_a[..rest_a.len() - tail], &rest_b[..rest_b.len() - tail]);
    let kept = |p: &&'a str| (DifferenceKind::Kept, *p);
    let mut steps: Vec<_> = a[..head].iter().map(kept).collect();
    if mid_a.len().saturating_mul(mid_b.len()) > CELLS {
        steps.extend(mid_a.iter().map(|p| (DifferenceKind::Removed, *p)));
        steps.extend(mid_b.iter().map(|p| (DifferenceKind::Added, *p)));
    } else {
        common(mid_a, mid_b, &mut steps);
    }
    steps.extend(rest_a[rest_a.len() - tail..].iter().map(kept));
    steps
}

fn common<'a>(a: &[&'a str], b: &[&'a str], steps: &mut Vec<(DifferenceKind, &'a str)>) {
    let width = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            steps.push((DifferenceKind::Kept, a[i]));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            steps.push((DifferenceKind::Removed, a[i]));
            i += 1;
        } else {
            steps.push((DifferenceKind::Added, b[j]));
            j += 1;
        }
    }
    steps.extend(a[i..].iter().map(|p| (DifferenceKind::Removed, *p)));
    steps.extend(b[j..].iter().map(|p| (DifferenceKind::Added, *p)));
}

/// Appends to the last run of its kind. Between two kept runs all that was removed comes before all
/// that was added, so that a change reads as "this became that".
fn push(runs: &mut Runs, kind: DifferenceKind, piece: &str) {
    if let Some((last, text)) = runs.last_mut()
        && *last == kind
    {
        text.push_str(piece);
        return;
    }
    let len = runs.len();
    if kind == DifferenceKind::Removed && len >= 2 && runs[len - 1].0 == DifferenceKind::Added {
        match &mut runs[len - 2] {
            (DifferenceKind::Removed, text) => text.push_str(piece),
            _ => runs.insert(len - 1, (kind, piece.to_owned())),
        }
        return;
    }
    runs.push((kind, piece.to_owned()));
}

fn shorten(runs: &mut Runs) {
    let last = runs.len().saturating_sub(1);
    for (i, (kind, text)) in runs.iter_mut().enumerate() {
        let chars = text.chars().count();
        if *kind != DifferenceKind::Kept || chars <= 2 * CONTEXT + LEFT_OUT.len() {
            continue;
        }
        let head: String = text.chars().take(CONTEXT).collect();
        let tail: String = text.chars().skip(chars - CONTEXT).collect();
        *text = match i {
            0 => format!("{LEFT_OUT}{tail}"),
            _ if i == last => format!("{head}{LEFT_OUT}"),
            _ => format!("{head}{LEFT_OUT}{tail}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, expected: &str) {
        let shown = |(kind, text): &(DifferenceKind, String)| match kind {
            DifferenceKind::Kept => text.clone(),
            DifferenceKind::Removed => format!("[-{text}-]"),
            DifferenceKind::Added => format!("[+{text}+]"),
        };
        assert_eq!(difference(before, after).iter().map(shown).collect::<String>(), expected);
    }

    #[test]
    fn by_word_and_by_character() {
        check("a plan of 295 billion", "a plan of 300 billion", "a plan of [-295-][+300+] billion");
        check("总投资2万亿元。", "总投资3万亿元。", "总投资[-2-][+3+]万亿元。");
        check("共八家企业被列入", "共九家企业被列入", "共[-八-][+九+]家企业被列入");
        check("one\ntwo\n", "one\ntwo\nthree\n", "one\ntwo\n[+three\n+]");
        check("", "新", "[+新+]");
        check("same", "same", "same");
    }

    #[test]
    fn long_kept_runs_are_shortened() {
        let long = "词".repeat(500);
        let runs = difference(&format!("{long}甲"), &format!("{long}乙"));
        assert!(runs[0].1.chars().count() < 100);
        assert_eq!(runs[1..], [(DifferenceKind::Removed, "甲".into()), (DifferenceKind::Added, "乙".into())]);
    }
}
