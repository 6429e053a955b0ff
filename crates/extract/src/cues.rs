//! The words by which pages speak of themselves, from `data/cues.toml`.

use headwater_model::NoticeKind;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// All cues.
#[derive(Deserialize)]
pub struct Cues {
    /// Notices.
    pub notice: Vec<NoticeCues>,
    /// Words that give a page's kind away.
    pub page_kind: PageKindCues,
    /// Lines that are no part of an article.
    pub furniture: FurnitureCues,
    /// What ends the name in a notice.
    pub notice_value: ValueCues,
}

/// What ends the name in a notice.
#[derive(Deserialize)]
pub struct ValueCues {
    /// Other labels.
    pub labels: Vec<String>,
}

/// Lines that are no part of an article.
#[derive(Deserialize)]
pub struct FurnitureCues {
    /// Beginnings of short lines.
    pub starts: Vec<String>,
    /// Words anywhere in short lines.
    pub inside: Vec<String>,
    /// Signs at the beginning of short lines.
    pub signs: Vec<char>,
    /// Whole lines.
    pub alone: Vec<String>,
    /// Words of brief lines between a headline and its text.
    pub beside: Vec<String>,
}

/// How one kind of notice is recognised.
#[derive(Deserialize)]
pub struct NoticeCues {
    /// Which kind.
    pub kind: NoticeKind,
    /// Beginnings of a line; the value is the rest.
    #[serde(default)]
    pub starts: Vec<String>,
    /// Labels inside a line; the value follows, up to the next gap.
    #[serde(default)]
    pub inside: Vec<String>,
    /// Words anywhere; the value is the line.
    #[serde(default)]
    pub whole: Vec<String>,
}

/// Words that give a page's kind away.
#[derive(Deserialize)]
pub struct PageKindCues {
    pub challenge: Vec<String>,
    pub plain_challenge: Vec<String>,
    pub player: Vec<String>,
    pub viewer: Vec<String>,
    pub offers: Vec<String>,
    pub declared: Vec<String>,
    pub offered: Vec<String>,
    pub login: Vec<String>,
    pub paywall: Vec<String>,
    pub error: Vec<String>,
    pub login_titles: Vec<String>,
    pub error_titles: Vec<String>,
    pub empty: Vec<String>,
    pub list_titles: Vec<String>,
}

/// The cues, read once.
pub static CUES: LazyLock<Cues> =
    LazyLock::new(|| toml::from_str(include_str!("../data/cues.toml")).expect("data/cues.toml is right"));

/// A line that only points elsewhere is at most this long.
const FURNITURE: usize = 180;

/// No cue that is a whole line has more bytes, with some room for what stands around it.
const ALONE: usize = 90;

/// Whether a line points elsewhere or speaks of the site.
pub fn is_furniture(line: &str) -> bool {
    if line.len() > 4 * FURNITURE || line.chars().count() > FURNITURE {
        return false;
    }
    let holds = |cue: &String| line.contains(cue.as_str());
    if line.starts_with(CUES.furniture.signs.as_slice()) || CUES.furniture.inside.iter().any(holds) {
        return true;
    }
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '[' | '【'));
    let (alone, starts) = &*FURNITURE_CUES;
    let first = folds(line).next();
    let begun = first.and_then(|c| starts.get(&c));
    if begun.is_none() && line.len() > ALONE {
        return false;
    }
    let folded = fold(line);
    let folded = folded.as_str();
    let whole = folded.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ']');
    let begins = |cue: &String| {
        let rest = folded.strip_prefix(cue.as_str());
        let ascii = cue.ends_with(|c: char| c.is_ascii_alphabetic());
        // A cue in letters ends where a word may end: "photo by" is none in "photo bystander".
        rest.is_some_and(|r| !ascii || !r.starts_with(char::is_alphanumeric) || r.starts_with('s'))
    };
    alone.contains(whole) || begun.is_some_and(|cues| cues.iter().any(begins))
}

type Beginnings = BTreeMap<char, Vec<String>>;

/// Whole lines, and beginnings of lines by their first character: every short line of a page is looked up.
static FURNITURE_CUES: LazyLock<(BTreeSet<String>, Beginnings)> = LazyLock::new(|| {
    let mut starts = Beginnings::new();
    for cue in CUES.furniture.starts.iter().map(|cue| fold(cue)) {
        starts.entry(cue.chars().next().unwrap_or(' ')).or_default().push(cue);
    }
    (CUES.furniture.alone.iter().map(|cue| fold(cue)).collect(), starts)
});

/// Lower case, full-width letters and punctuation made half-width; character for character, so that
/// positions agree.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(folds(text));
    folded
}

/// The characters of [`fold`].
pub fn folds(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| match c {
        c if c.is_ascii() => c.to_ascii_lowercase(),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        '\u{3000}' | '\u{a0}' => ' ',
        '’' => '\'',
        // Han characters need no look into Unicode's tables.
        '\u{4e00}'..='\u{9fff}' => c,
        c => c.to_lowercase().next().unwrap_or(c),
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn cues_are_folded_and_every_notice_can_match() {
        for cues in &super::CUES.notice {
            for cue in cues.starts.iter().chain(&cues.inside).chain(&cues.whole) {
                assert!(!cue.is_empty(), "{}", cues.kind);
            }
            assert!(!(cues.starts.is_empty() && cues.whole.is_empty()), "{}", cues.kind);
        }
    }
}
