//! Letters as they are written elsewhere.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Radicals {
    kangxi: String,
    supplement: String,
    letters: String,
}

/// Letters of radicals.
static LETTERS: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    let read: Radicals =
        toml::from_str(include_str!("../../data/radicals.toml")).expect("data/radicals.toml is right");
    ('\u{2f00}'..='\u{2fd5}')
        .zip(read.kangxi.chars())
        .chain(read.supplement.chars().zip(read.letters.chars()))
        .collect()
});

/// A glyph's text with radicals as letters and ligatures taken apart, so that words are found.
pub fn plain(glyph: &str) -> String {
    let mut text = String::with_capacity(glyph.len());
    for c in glyph.chars() {
        match c {
            '\u{2e80}'..='\u{2fdf}' => text.push(LETTERS.get(&c).copied().unwrap_or(c)),
            'ﬀ' => text.push_str("ff"),
            'ﬁ' => text.push_str("fi"),
            'ﬂ' => text.push_str("fl"),
            'ﬃ' => text.push_str("ffi"),
            'ﬄ' => text.push_str("ffl"),
            'ﬅ' | 'ﬆ' => text.push_str("st"),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    text
}
