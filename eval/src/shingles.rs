//! Shingle F1 as the article-extraction-benchmark counts it: four tokens a shingle, counted with repeats,
//! each page normalised to one, precision and recall averaged over pages before F1 is taken.

use std::collections::BTreeMap;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tokens {
    /// Runs of letters, digits and underscores.
    Words,
    /// Every character that is no white space; for scripts without spaces.
    Characters,
}

/// Tokens a shingle.
const SHINGLE: usize = 4;

/// Shared, surplus and missing shingles of one page, as shares of all of them.
#[derive(Clone, Copy, Default)]
pub struct Match {
    shared: f64,
    surplus: f64,
    missing: f64,
}

impl Match {
    /// Compares a text with what it should be.
    pub fn of(expected: &str, found: &str, tokens: Tokens) -> Match {
        let (expected, found) = (shingles(expected, tokens), shingles(found, tokens));
        let common = |(shingle, n): (&Vec<&str>, &usize)| *n.min(found.get(shingle).unwrap_or(&0));
        let shared: usize = expected.iter().map(common).sum();
        let surplus = found.values().sum::<usize>() - shared;
        let missing = expected.values().sum::<usize>() - shared;
        let all = (shared + surplus + missing).max(1) as f64;
        Match { shared: shared as f64 / all, surplus: surplus as f64 / all, missing: missing as f64 / all }
    }

    /// F1 of this page alone.
    pub fn f1(self) -> f64 {
        f1(&[self])
    }

    fn part(self, other: f64) -> f64 {
        let nothing_wrong = self.surplus == 0.0 && self.missing == 0.0;
        if nothing_wrong {
            1.0
        } else if self.shared + other == 0.0 {
            0.0
        } else {
            self.shared / (self.shared + other)
        }
    }
}

/// F1 of the mean precision and the mean recall.
pub fn f1(matches: &[Match]) -> f64 {
    let n = matches.len().max(1) as f64;
    let precision = matches.iter().map(|m| m.part(m.surplus)).sum::<f64>() / n;
    let recall = matches.iter().map(|m| m.part(m.missing)).sum::<f64>() / n;
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

fn shingles(text: &str, tokens: Tokens) -> BTreeMap<Vec<&str>, usize> {
    let list = match tokens {
        Tokens::Words => words(text),
        Tokens::Characters => characters(text),
    };
    let mut counted = BTreeMap::new();
    if list.is_empty() {
        return counted;
    }
    for shingle in list.windows(SHINGLE.min(list.len())) {
        *counted.entry(shingle.to_vec()).or_default() += 1;
    }
    counted
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect()
}

fn characters(text: &str) -> Vec<&str> {
    let each = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    each.map(|(at, c)| &text[at..at + c.len_utf8()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: &str, found: &str, tokens: Tokens, f: f64) {
        let value = Match::of(expected, found, tokens).f1();
        assert!((value - f).abs() < 0.001, "{expected} / {found}: {value}");
    }

    #[test]
    fn shingles_are_counted_as_the_benchmark_counts_them() {
        check("a b c d e", "a b c d e", Tokens::Words, 1.0);
        check("a b c d e", "x y", Tokens::Words, 0.0);
        check("a b c d e", "a b c d", Tokens::Words, 2.0 / 3.0);
        check("芯片出口管制", "芯片出口", Tokens::Characters, 0.5);
        check("", "", Tokens::Words, 1.0);
    }
}
