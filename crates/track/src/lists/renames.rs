//! Members of a list that get another name or a further one: "by changing its name to …", “甲公司”更名为“乙公司”.

use crate::lists::parties;
use crate::text::passage;
use crate::text::words::{first_of, starts_with_any};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    old: Vec<String>,
    new: Vec<String>,
    short: Vec<String>,
    corrected: Vec<String>,
    not: Vec<String>,
    misprints: Vec<String>,
    aliases: Vec<String>,
    ends: Vec<String>,
    subject: Vec<String>,
    chinese: Vec<String>,
    whose: Vec<String>,
    opens: Vec<String>,
    changes: Vec<String>,
    instead_of: Vec<String>,
    read: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/renames.toml")).expect("data/renames.toml is right")
});

/// Where a sentence names a member and what it is called besides or from now on.
#[derive(Debug, PartialEq, Eq)]
pub struct Renamed {
    /// Its name so far.
    pub old: Range<usize>,
    /// The new ones.
    pub new: Range<usize>,
    /// Where the words begin that say so.
    pub from: usize,
    /// How the new name stands to the old one.
    pub how: How,
}

/// How a new name stands to the one so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is a further one.
    Further,
    /// It takes its place.
    Instead,
    /// The one so far was printed wrongly, and may be another party's.
    Misprinted,
}

impl Renamed {
    fn instead(old: Range<usize>, new: Range<usize>) -> Self {
        Renamed { from: old.start.min(new.start), old, new, how: How::Instead }
    }
    fn misprinted(self) -> Self {
        Renamed { how: How::Misprinted, ..self }
    }
}

/// What folded words say of a member's names.
pub fn renamed(words: &str) -> Option<Renamed> {
    let misprint = || misprint(words).or_else(|| corrected(words));
    changed(words).or_else(misprint).or_else(|| chinese(words)).or_else(|| english(words))
}

/// For: "A", read: "B".
fn misprint(words: &str) -> Option<Renamed> {
    let (old, new) = for_and_read(words)?;
    let letters = |at: &Range<usize>| words[at.clone()].chars().any(char::is_alphabetic);
    (letters(&old) && letters(&new)).then(|| Renamed::instead(old, new).misprinted())
}

/// “甲公司”应为“乙公司”, "A" should read "B", item 6 should read B, not A.
fn corrected(words: &str) -> Option<Renamed> {
    let cue = first_of(words, &FILE.corrected, 0)?;
    let end = words[cue.end..].find(['。', '；', ';', '\n']).map_or(words.len(), |at| cue.end + at);
    let behind = cue.end..end;
    let (old, new) = match first_of(&words[..end], &FILE.not, cue.end) {
        // "B, not A".
        Some(not) => (quoted_first(words, not.end..end), quoted_first(words, cue.end..not.start)),
        None => (quoted_last(words, 0..cue.start)?, quoted_first(words, behind)),
    };
    let party = |at: &Range<usize>| {
        let name = words[at.clone()].trim();
        let latin =
            name.is_ascii() && !name.starts_with(|c: char| c.is_ascii_digit()) && parties::is_name(name);
        latin || !name.is_ascii() && parties::looks_like_party(name)
    };
    (party(&old) && party(&new)).then(|| Renamed::instead(old, new).misprinted())
}

/// What a stretch has in its first quotes, else what stands before its first mark of a clause.
fn quoted_first(words: &str, stretch: Range<usize>) -> Range<usize> {
    let inside = &words[stretch.clone()];
    if let Some(open) = inside.find(QUOTES) {
        let start = stretch.start + passage::behind(inside, open);
        let close = words[start..stretch.end].find(QUOTES).map_or(stretch.end, |at| start + at);
        return start..close;
    }
    let end = inside.find(['，', ',', '。']).unwrap_or(inside.len());
    let end = if inside.is_ascii() { inside.trim_end_matches(['.', ' ', ',']).len() } else { end };
    stretch.start..stretch.start + end
}

/// What a stretch has in its last quotes, else, where it has none, what stands behind its last mark or word that opens an object.
fn quoted_last(words: &str, stretch: Range<usize>) -> Option<Range<usize>> {
    let inside = words[stretch.clone()].trim_end_matches([',', '，', ' ']);
    let inside = FILE.misprints.iter().fold(inside, |inside, word| inside.trim_end_matches(word.as_str()));
    let quoted = inside.trim_end().strip_suffix(QUOTES);
    if let Some(quoted) = quoted {
        let start = quoted.rfind(QUOTES).map(|at| passage::behind(quoted, at))?;
        return Some(stretch.start + start..stretch.start + quoted.len());
    }
    let opens =
        FILE.opens.iter().chain(&FILE.old).filter_map(|w| inside.rfind(w.as_str()).map(|at| at + w.len()));
    Some(stretch.start + opens.max().unwrap_or(0)..stretch.start + inside.len())
}

/// Quotation marks around names.
const QUOTES: [char; 6] = ['“', '”', '"', '「', '」', '\u{2033}'];

/// What a corrigendum prints for what: the words that were wrong, and the right ones.
pub fn for_and_read(words: &str) -> Option<(Range<usize>, Range<usize>)> {
    let find = |list: &[String], from: usize| {
        let found = list.iter().filter_map(|w| words[from..].find(w.as_str()).map(|at| from + at + w.len()));
        found.min()
    };
    let start = find(&FILE.instead_of, 0)?;
    let read =
        FILE.read.iter().filter_map(|w| words[start..].find(w.as_str()).map(|at| (start + at, w.len())));
    let (read, length) = read.min()?;
    let marks = |c: char| c.is_whitespace() || "\"“”‘’'«»,;:.，。；：「」".contains(c);
    let bare = |at: Range<usize>| {
        let part = &words[at.clone()];
        let start = at.start + part.len() - part.trim_start_matches(marks).len();
        start..(start + part.trim_matches(marks).len())
    };
    let (old, new) = (bare(start..read), bare(read + length..words.len()));
    (!old.is_empty() && !new.is_empty()).then_some((old, new))
}

/// Whether a folded line gives what was printed wrongly, so that the next may give what is right, and whether one does.
pub fn opens_misprint(line: &str) -> bool {
    starts_with_any(line.trim_start(), &FILE.instead_of) && for_and_read(line).is_none()
}

/// Whether it is the line of what is right.
pub fn is_right_print(line: &str) -> bool {
    starts_with_any(line.trim_start(), &FILE.read)
}

/// "ACME LTD, Limassol [X] -to- ACME MARINE LTD, Larnaca [X]": an entry before and after.
fn changed(words: &str) -> Option<Renamed> {
    let mark = FILE.changes.iter().find_map(|mark| Some((words.find(mark.as_str())?, mark.len())))?;
    Some(Renamed::instead(0..mark.0, mark.0 + mark.1..words.len()))
}

fn chinese(words: &str) -> Option<Renamed> {
    let cue = FILE.chinese.iter().find_map(|cue| Some((words.find(cue.as_str())?, cue.len())))?;
    let (before, after) = (&words[..cue.0], cue.0 + cue.1);
    let before = FILE.whose.iter().fold(before, |before, word| before.trim_end_matches(word.as_str()));
    let quoted = before.trim_end_matches(['”', '"', '」']);
    let old = if quoted.len() < before.len() {
        quoted.rfind(['“', '"', '「']).map(|at| passage::behind(quoted, at))?..quoted.len()
    } else {
        let opens = FILE.opens.iter().filter_map(|w| before.rfind(w.as_str()).map(|at| at + w.len()));
        let start = opens.max().unwrap_or(0);
        start..before.len()
    };
    let rest = words[after..].trim_start_matches(['“', '"', '「', ' ']);
    let start = words.len() - rest.len();
    let end = rest.find(['”', '"', '」', '，', '。', '；']).map_or(words.len(), |at| start + at);
    let party = |at: &Range<usize>| parties::looks_like_party(words[at.clone()].trim());
    (party(&old) && party(&(start..end))).then(|| Renamed::instead(old, start..end))
}

fn english(words: &str) -> Option<Renamed> {
    let find = |list: &[String], from: usize| {
        let found = list.iter().filter_map(|w| words[from..].find(w.as_str()).map(|at| (from + at, w.len())));
        found.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))
    };
    let until = |from: usize| find(&FILE.ends, from).map_or(words.len(), |(at, _)| at);
    let alias = find(&FILE.aliases, 0);
    let old = find(&FILE.old, 0);
    // "Adding the alias B to the entry for A", "revising the entry for A by adding the aliases B and C".
    let named = find(&FILE.new, 0);
    let alias = alias.filter(|(at, _)| named.is_none_or(|(name, _)| name > *at));
    if let (Some((at, length)), Some((before, size))) = (alias, old) {
        let start = before + size;
        let (old, new) = if at >= start {
            (start..until(start).min(at), at + length..words.len())
        } else if at + length <= before {
            (start..until(start), at + length..before)
        } else {
            // "Adding aliases for A: B and C": the cues share a word, and the names stand behind the colon.
            let colon = start + words[start..].find(": ")?;
            (start..colon, colon + ": ".len()..words.len())
        };
        return Some(Renamed { from: at.min(before), old, new, how: How::Further });
    }
    // "A is renamed B", "A has changed its name to B".
    let from = old.map_or(0, |(at, size)| at + size);
    let (cue, length) =
        find(&FILE.new, from).or_else(|| find(&FILE.short, from).filter(|_| of_names(words, old)))?;
    // "The entry for A is removed, and the entry for B is corrected to read C": the last one before the new name.
    let nearest = |from: usize| {
        let found = FILE.old.iter().filter_map(|w| words[..from].rfind(w.as_str()).map(|at| (at, w.len())));
        found.max_by_key(|(at, length)| (at + length, *length))
    };
    let own = match nearest(cue) {
        Some((at, size)) => at + size..until(at + size).min(cue),
        None => {
            let subject = FILE.subject.iter().filter_map(|w| words[..cue].find(w.as_str())).min()?;
            0..subject
        }
    };
    Some(Renamed::instead(own, cue + length..words.len()))
}

/// Whether words are about names at all: "the name of A to B", "renaming A as B", and not "the entry for A to add an address".
fn of_names(words: &str, old: Option<(usize, usize)>) -> bool {
    old.is_some_and(|(at, size)| words[at..at + size].contains("nam"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_names_stand_apart() {
        let check = |words: &str, old: &str, new: &str, instead: bool| {
            let found = renamed(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!(words[found.old].trim_matches([' ', ',', '“', '”']), old, "{words}");
            assert!(words[found.new].contains(new), "{words}");
            assert_eq!(found.how == How::Instead, instead, "{words}");
        };
        check(
            "revises the entry for tern ltd. by changing its name to skua ltd.",
            "tern ltd.",
            "skua ltd.",
            true,
        );
        check("changing the name of tern ltd. to skua ltd.", "tern ltd.", "skua ltd.", true);
        check("renaming tern ltd. as skua ltd.", "tern ltd.", "skua ltd.", true);
        check(
            "revises the entry for tern ltd. to reflect its new name, skua ltd.",
            "tern ltd.",
            "skua ltd.",
            true,
        );
        check("tern ltd. has been renamed skua ltd. on the list", "tern ltd.", "skua ltd.", true);
        check("revising the entry for tern ltd. to add the alias skua", "tern ltd.", "skua", false);
        check("adding two aliases, skua and gannet, to the entry for tern ltd.", "tern ltd.", "skua", false);
        check("“燕鸥公司”名称变更为“贼鸥公司”", "燕鸥公司", "贼鸥公司", true);
        check("将燕鸥公司更名为贼鸥公司。", "燕鸥公司", "贼鸥公司", true);
        assert_eq!(renamed("correcting the entry for tern ltd. to change its address"), None);
        assert_eq!(renamed("施行日期变更为2026年6月1日"), None);
        assert_eq!(renamed("the bureau revises the entry for tern ltd."), None);
        for words in [
            "公告中，第六项“燕鸥公司（tern ltd.）”应为“贼鸥公司（skua ltd.）”，特此更正。",
            "附件第6项应为“贼鸥公司（skua ltd.）”，而非“燕鸥公司（tern ltd.）”。",
            "附件中的“燕鸥公司（tern ltd.）”有误，应更正为“贼鸥公司（skua ltd.）”。",
            "公告所列“燕鸥公司（tern ltd.）”系笔误，应为“贼鸥公司（skua ltd.）”。",
        ] {
            let found = renamed(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!(found.how, How::Misprinted, "{words}");
            assert_eq!(&words[found.old], "燕鸥公司（tern ltd.）", "{words}");
            assert_eq!(&words[found.new], "贼鸥公司（skua ltd.）", "{words}");
        }
        for words in [
            "correction: item 6 should read skua ltd., not tern ltd.",
            "in the annex, \"tern ltd.\" should read \"skua ltd.\".",
            "the sixth entry should have read skua ltd. instead of tern ltd.",
        ] {
            let found = renamed(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!(found.how, How::Misprinted, "{words}");
            assert!(words[found.old].contains("tern"), "{words}");
            assert!(words[found.new].contains("skua"), "{words}");
        }
        assert_eq!(renamed("the effective date should read 1 june 2026, not 1 july 2026."), None);
        assert_eq!(renamed("出口经营者应为依法登记的企业。"), None);
        // Cues that share a word.
        check("adding aliases for tern ltd.: skua and gannet.", "tern ltd.", "gannet", false);
        assert_eq!(renamed("the rule is adding an alias for tern ltd. to the entity list."), None);
        assert_eq!(renamed("the rule is adding aliases for two entities on the entity list."), None);
        assert_eq!(renamed("the bureau adds the alias for tern ltd"), None);
        // Acts that say nothing of names.
        assert_eq!(renamed("acme corp. was added to the entity list and beta ltd. was removed."), None);
        assert_eq!(
            renamed("gannet plc was removed from the list, as the bureau had said to its owner"),
            None
        );
    }
}
