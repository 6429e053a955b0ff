//! Words that are data: the things that figures are shares of.

use crate::units;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    thing: Vec<Thing>,
}

#[derive(Deserialize)]
struct Thing {
    name: String,
    words: Vec<String>,
}

static THINGS: LazyLock<Vec<Thing>> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/things.toml")).map_or_else(|_| Vec::new(), |f: File| f.thing)
});

/// The things that a phrase names, by their names in `data/things.toml`.
pub fn things(phrase: &str) -> BTreeSet<&'static str> {
    let folded: String = phrase.chars().map(units::fold).collect();
    let latin: BTreeSet<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let named = |word: &String| {
        if word.is_ascii() && !word.contains(' ') {
            latin.contains(word.as_str())
        } else {
            folded.contains(word)
        }
    };
    THINGS.iter().filter(|t| t.words.iter().any(named)).map(|t| t.name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_the_same_in_both_languages() {
        assert_eq!(things("國產晶片"), things("domestic chips"));
        assert_eq!(things("domestic technology"), things("国产技术"));
        assert!(things("chips").is_disjoint(&things("technology")));
        assert!(things("parting").is_empty());
    }
}
