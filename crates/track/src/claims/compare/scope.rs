//! What a claim is about: some told as all, a thing told as another.

use crate::claims::compare::{Difference, Said, are_alike};
use crate::reading::asserted::kin;
use crate::reading::figures::{Relation, bound, relate, same_bounds};
use crate::text::list::List;
use crate::text::pieces::{pieces, share_words};
use crate::text::units::{self, folded};
use crate::text::words;
use headwater_model::claim::{Frame, Role};
use headwater_model::mention::{Comparator, Quantity, QuantityKind};
use headwater_model::tracking::Dimension;
use headwater_model::{Knowledge, Part};
use std::cell::LazyCell;
use std::collections::BTreeSet;

/// What the claim is about: what its figure is a share of, the thing it names, or that thing less narrowly told.
pub(super) fn scope(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let (x, y) = (from.claim.frame, to.claim.frame);
    let asked = x == y || kin(x, y) || from.claim.quantity.is_none();
    counted_scope(from, to)
        .or_else(|| part_told_as_all(from, to))
        .or_else(|| forbidden(from, to))
        .or_else(|| broader(from, to).filter(|_| asked))
        .or_else(|| contrary(from, to))
        .or_else(|| unqualified(from, to))
        .or_else(|| whole(from, to, knowledge).filter(|_| x == y || are_alike(from, to)))
        .or_else(|| everywhere(from, to))
        .or_else(|| widened(from, to))
}

/// What the first says of some of a number, told of all of it: "11 companies, eight of them Chinese", "11 Chinese companies".
fn part_told_as_all(from: Said, to: Said) -> Option<Difference> {
    /// Characters of a Chinese word.
    const HAN: usize = 2;
    let (a, b) = (from.claim.quantity.as_ref()?, to.claim.quantity.as_ref()?);
    let parts = &words::lists().wording.parts;
    let one_figure = a.kind == QuantityKind::Count && b.kind == QuantityKind::Count && same_bounds(a, b);
    let (before, after) = (units::simplified(from.claim.evidence.quote()), to.claim.evidence.quote());
    if !one_figure || words::has_any(&units::simplified(after), parts) {
        return None;
    }
    let (of_all, of_some) = split_in_parts(&before)?;
    let of_some = of_some.split(['.', ';', '。', '；']).next()?;
    let number = b.evidence.quote();
    let at = after.find(number)?;
    let (number, rest) = (units::simplified(number), &after[at + number.len()..]);
    let behind = units::simplified(rest);
    let told = format!("{number}{behind}");
    // The comma of 1,400 ends no clause.
    let clause = behind.split([',', '，', ';', '；']).next().unwrap_or_default();
    if let Some(nation) = nation_of_part(of_all, of_some, &format!("{number}{clause}")) {
        return Some(Difference::new(Dimension::Scope, of_some.trim(), format!("{number} {nation}")));
    }
    // What stands between the number and what is counted, in or behind the words of the figure.
    let kind = if rest.is_ascii() && number.is_ascii() {
        let mut words = number.split(' ').skip(1).chain(rest.split_whitespace());
        let word = words.next()?.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        Some(word).filter(|word| word.chars().count() > 3)?
    } else {
        let counters = ['家', '个', '名', '间'];
        let behind = told.split_once(counters)?.1;
        behind.chars().take(HAN).collect::<String>()
    };
    let is_part = kind.chars().count() >= HAN && of_some.contains(&kind) && !of_all.contains(&kind);
    is_part.then(|| Difference::new(Dimension::Scope, of_some.trim(), format!("{number} {kind}")))
}

/// Words of some number and those behind that tell of some of them: "12 companies, four of them Chinese", 12家实体，包括2家中国企业.
fn split_in_parts(simplified: &str) -> Option<(&str, &str)> {
    let lists = &words::lists().wording;
    let numbered = |(_, of_some): &(&str, &str)| {
        let first = of_some.trim_start();
        let digit = first.starts_with(|c: char| c.is_ascii_digit());
        digit || words::starts_with_any(first, &lists.numbers_of_some)
    };
    let split = |part: &String| simplified.split_once(part.as_str());
    let in_number = || lists.parts_in_number.iter().filter_map(split).find(numbered);
    lists.parts.iter().find_map(split).or_else(in_number)
}

/// The country of which some were and all are told to be: the words for it stand within the part, not before it, and right behind the
/// retold number.
fn nation_of_part(of_all: &str, of_some: &str, told: &str) -> Option<String> {
    /// Characters behind the number.
    const REACH: usize = 24;
    let near: String = told.chars().take(REACH).collect();
    let has = |text: &str, nation: &List| {
        let lower = text.to_lowercase();
        nation.iter().find(|word| stands_in(&lower, word)).cloned()
    };
    let mut nations = words::lists().wording.nations.iter();
    nations.find_map(|nation| {
        has(&near, nation).filter(|_| has(of_some, nation).is_some() && has(of_all, nation).is_none())
    })
}

/// Whether a word stands in a text; a Latin one not inside of another word, as "indian" in "Indiana".
fn stands_in(text: &str, word: &str) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric();
    let apart = |at: usize| !text[..at].ends_with(joins) && !text[at + word.len()..].starts_with(joins);
    text.match_indices(word).any(|(at, _)| !word.is_ascii() || apart(at))
}

/// One of two kinds that exclude one another, told as the other: a trial as mass production, a loan as a grant.
fn contrary(from: Said, to: Said) -> Option<Difference> {
    let (before, after) = (&from.wording()?.sides, &to.wording()?.sides);
    let told = |(at, side): &(usize, bool)| before.contains(&(*at, !side)) && !before.contains(&(*at, *side));
    let new = |(at, side): &&(usize, bool)| told(&(*at, *side)) && !after.contains(&(*at, !side));
    let (at, side) = after.iter().find(new)?;
    let same_frame = from.claim.frame == to.claim.frame || kin(from.claim.frame, to.claim.frame);
    let name = |side: bool| words::contrast(*at, side);
    same_frame.then(|| Difference::new(Dimension::Scope, name(!side), name(*side)))
}

/// Some of a kind that are told as all of it: "older chips", "all Chinese chips".
fn whole(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    let headline = [from, to].iter().any(|said| said.claim.evidence.part() == Part::Title);
    let (x, y) = (from.wording()?, to.wording()?);
    if !y.tells_all || headline {
        return None;
    }
    let (mine, theirs) = (told_all_of(from), told_all_of(to));
    let one_tongue = from.seen.tongue() == to.seen.tongue();
    // "All their demand" says nothing of all data centres.
    let told = |thing: &Vec<u64>| mine.iter().any(|own| units::shared(own, thing) > 0);
    let newly = if one_tongue { theirs.iter().any(|thing| !told(thing)) } else { !x.tells_all };
    if !newly {
        return None;
    }
    let named = !one_tongue || theirs.iter().any(|thing| !told(thing) && units::shared(thing, &x.pieces) > 0);
    // "Some of the insurers", told of "all insurers", whatever insurers are.
    if named && x.tells_some && !y.tells_some {
        return Some(Difference::new(Dimension::Scope, "some", "all"));
    }
    if let Some(bounded) =
        from.claim.quantity.as_ref().filter(|q| named && is_left_out(from, q, to, knowledge))
    {
        return Some(Difference::new(Dimension::Scope, bounded.evidence.quote(), "all"));
    }
    let bare = || narrowed_word(from, to).map(|(narrow, all)| Difference::new(Dimension::Scope, narrow, all));
    y.whole.as_ref().map(|after| Difference::new(Dimension::Scope, "some", after)).or_else(bare)
}

/// A word of English of which the second claim tells any or all and which the first narrows by another that the second article
/// has nowhere: "location data", "any data".
fn narrowed_word(from: Said, to: Said) -> Option<(String, String)> {
    /// Characters of the shortest word that says something.
    const LEAST: usize = 4;
    if from.seen.tongue() != to.seen.tongue() {
        return None;
    }
    let (before, after) =
        (words::spaced(from.claim.evidence.quote()), words::spaced(to.claim.evidence.quote()));
    let wholes = words::lists().wording.wholes.iter().filter(|word| word.is_ascii());
    let text = LazyCell::new(|| words::spaced(to.seen.text.as_str()));
    let behind =
        wholes.flat_map(|word| after.match_indices(word.as_str()).map(move |(at, _)| at + word.len()));
    behind.into_iter().find_map(|at| {
        let thing = after[at..].split_whitespace().next().filter(|word| word.len() >= LEAST)?;
        let words: Vec<&str> = before.split_whitespace().collect();
        let narrows = |pair: &&[&str]| {
            pair[1] == thing
                && pair[0].len() >= LEAST
                && !pieces(pair[0]).is_empty()
                && !text.contains(&format!(" {} ", pair[0]))
        };
        words.windows(2).find(narrows).map(|pair| (pair.join(" "), format!("all {thing}")))
    })
}

/// Whether a figure that says of which of a kind a claim holds has no counterpart in a second one, which tells it of all:
/// 纯度99.998%以上的石英砂, told of 所有石英砂; 14家注册果园, of 所有果园.
fn is_left_out(from: Said, figure: &Quantity, to: Said, knowledge: &Knowledge) -> bool {
    let threshold = bound(figure.comparator) == bound(Comparator::AtLeast);
    let words: Vec<u64> = pieces(figure.evidence.quote()).into_iter().collect();
    let counted = || {
        figure.kind == QuantityKind::Count
            && told_all_of(to).iter().any(|thing| units::shared(thing, &words) > 0)
    };
    let gone = |other: &Quantity| {
        relate(figure, from.seen.day, other, to.seen.day, knowledge) == Relation::Incomparable
    };
    (threshold || counted()) && to.figures().iter().all(gone)
}

/// What a claim tells all of, each by the pieces of the words that name it.
fn told_all_of(said: Said) -> Vec<Vec<u64>> {
    /// Characters behind such a word that name the thing, of an alphabetic script and of Chinese.
    const REACH: usize = 24;
    const HAN: usize = 4;
    let folded = words::spaced(said.claim.evidence.quote());
    let wholes = words::lists().wording.wholes.iter();
    let thing = |(at, word): (usize, &str)| {
        let behind = folded[at + word.len()..].trim_start();
        let reach = if behind.starts_with(units::is_ideographic) { HAN } else { REACH };
        pieces(&behind.chars().take(reach).collect::<String>()).into_iter().collect()
    };
    wholes.flat_map(|word| folded.match_indices(word.as_str())).map(thing).collect()
}

/// What is told of a place, told of the whole country, or of all countries.
fn everywhere(from: Said, to: Said) -> Option<Difference> {
    let lists = &words::lists().wording;
    let told = |said: Said| {
        let spaced = words::spaced(said.claim.evidence.quote());
        let bare =
            lists.everywhere_by_chance.iter().fold(spaced, |text, word| text.replace(word.as_str(), " "));
        lists.everywhere.iter().find(|word| bare.contains(word.as_str())).cloned()
    };
    let headline = [from, to].iter().any(|said| said.claim.evidence.part() == Part::Title);
    let word = told(to).filter(|_| !headline && told(from).is_none())?;
    let all = from.wording()?.tells_all;
    (!all).then(|| Difference::new(Dimension::Scope, "some", word.trim()))
}

/// A further thing that is joined to those which the first claim names and of which its article says nothing: 露天作业和车间作业.
fn widened(from: Said, to: Said) -> Option<Difference> {
    /// Words, or Han characters, before what is joined and behind it that must follow one another in the first; of what is joined.
    const BEFORE: usize = 4;
    const BEHIND: usize = 2;
    const MOST: usize = 8;
    if from.seen.tongue() != to.seen.tongue() || to.claim.evidence.part() == Part::Title {
        return None;
    }
    let (before, after) = (tokens(from.claim.evidence.quote()), tokens(to.claim.evidence.quote()));
    let joints = &words::lists().wording.joining;
    let whole = LazyCell::new(|| folded(from.seen.text.as_str()));
    let joined = (BEFORE..after.len()).filter(|at| joints.contains(&after[*at])).find_map(|at| {
        let head = &after[at - BEFORE..at];
        (at + 2..=at + 1 + MOST).take_while(|end| end + BEHIND <= after.len()).find_map(|end| {
            let (added, tail) = (&after[at + 1..end], &after[end..end + BEHIND]);
            let follows = |w: &[String]| w[..BEFORE] == *head && w[BEFORE..] == *tail;
            let is_thing = |word: &String| word.chars().all(char::is_alphabetic);
            let name = added.concat();
            let new = head.iter().chain(added).all(is_thing)
                && name.chars().count() >= 2
                && before.windows(BEFORE + BEHIND).any(follows)
                && !whole.contains(&folded(&name));
            new.then(|| (head.concat(), name))
        })
    });
    joined.map(|(head, name)| Difference::new(Dimension::Scope, head.clone(), format!("{head}, {name}")))
}

/// The words of a text, each Han character and each mark by itself.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for c in units::simplified(text).chars() {
        let joins = c.is_alphanumeric() && !units::is_ideographic(c);
        match found.last_mut().filter(|_| joins && open) {
            Some(word) => word.push(c),
            None if c.is_whitespace() => {}
            None => found.push(c.to_string()),
        }
        open = joins;
    }
    found
}

/// What needs a licence, told as banned, and what was licensed, told as a ban lifted.
fn forbidden(from: Said, to: Said) -> Option<Difference> {
    let (before, after) = (from.wording()?.grip, to.wording()?.grip);
    let headline = [from, to].iter().any(|said| said.claim.evidence.part() == Part::Title);
    let licensed = matches!(from.claim.frame, Frame::Requirement | Frame::Permission);
    let firmer = before.leave && !before.ban && after.ban && !after.leave;
    (licensed && firmer && !headline).then(|| Difference::new(Dimension::Scope, "licence", "ban"))
}

/// A thing that is told as something broader: inverters as equipment, chips as technology.
fn broader(from: Said, to: Said) -> Option<Difference> {
    let (x, y) = (&from.wording()?.things, &to.wording()?.things);
    let headline = [from, to].iter().any(|said| said.claim.evidence.part() == Part::Title);
    if headline {
        return None;
    }
    let (lost, new) = (|| x.difference(y).copied(), || y.difference(x).copied());
    let kept = || x.intersection(y).copied();
    // Of a kind whose other things are still named nothing was lost.
    let is_kind = |thing: &str, class: &str| words::class_of(thing) == Some(class);
    let kinds = |class: &&str| {
        lost().any(|thing| is_kind(thing, class)) && !kept().any(|thing| is_kind(thing, class))
    };
    let told = |lost: Vec<&str>, new: Vec<&str>| {
        let found = !lost.is_empty() && !new.is_empty();
        found.then(|| Difference::new(Dimension::Scope, lost.join(", "), new.join(", ")))
    };
    let quote = units::simplified(to.claim.evidence.quote());
    let classes: Vec<&str> = new().filter(kinds).filter(|class| !words::is_taken_up(&quote, class)).collect();
    let under = lost().filter(|thing| classes.iter().any(|class| is_kind(thing, class))).collect();
    let tangible = |thing: &&str| words::is_tangible(thing);
    told(under, classes).or_else(|| {
        let broad = new().filter(|thing| words::is_broad(thing)).collect();
        if kept().any(|thing| tangible(&thing)) {
            None
        } else {
            told(lost().filter(tangible).collect(), broad)
        }
    })
}

/// An object that loses what narrowed it, before it or within it, and that the second article nowhere narrows:
/// ArF浸没式光刻胶 as 光刻胶, 对华ArF光刻胶出口 as 对华光刻胶出口.
fn unqualified(from: Said, to: Said) -> Option<Difference> {
    const ROLES: [Role; 2] = [Role::Object, Role::Target];
    /// Units of the qualifier: shorter ones are mostly articles and measure words.
    const LEAST: usize = 2;
    if from.seen.tongue() != to.seen.tongue() || to.claim.evidence.part() == Part::Title {
        return None;
    }
    // Folded for few pairs only: it is the whole text.
    let whole = LazyCell::new(|| folded(to.seen.text.as_str()));
    let narrower = |a: &str, b: &str| {
        let qualifier = left_out(&folded(a), &folded(b));
        qualifier.is_some_and(|q| q.chars().count() >= LEAST && !whole.contains(&q))
    };
    let pairs = ROLES.iter().flat_map(|role| from.claim.role(*role).map(move |f| (*role, f)));
    let told = pairs.flat_map(|(role, f)| to.claim.role(role).map(move |t| (f, t)));
    let mut lost =
        told.map(|(f, t)| (f.evidence.quote(), t.evidence.quote())).filter(|(a, b)| narrower(a, b));
    lost.next().map(|(a, b)| Difference::new(Dimension::Scope, a, b))
}

/// The one stretch that a shorter phrase leaves out of a longer one, before its last word: particles do not count.
fn left_out(long: &str, short: &str) -> Option<String> {
    let plain = |s: &str| -> Vec<char> { s.chars().filter(|c| *c != '的').collect() };
    let (long, short) = (plain(long), plain(short));
    let from_end = long.iter().rev().zip(short.iter().rev()).take_while(|(a, b)| a == b).count();
    let from_start = long.iter().zip(&short).take_while(|(a, b)| a == b).count();
    let left = short.len().checked_sub(from_end)?;
    let fits = !short.is_empty() && long.len() > short.len() && from_end > 0 && from_start >= left;
    fits.then(|| long[left..long.len() - from_end].iter().collect())
}

/// What the figure is a share of: other words of one language, or another thing in either.
fn counted_scope(from: Said, to: Said) -> Option<Difference> {
    let counted =
        |s: Said| s.claim.quantity.as_ref().and_then(|q| q.scope.as_ref()).map(|e| e.quote().to_owned());
    let (a, b) = (counted(from)?, counted(to)?);
    let (x, y) = (things_of(&a), things_of(&b));
    if words::is_general(&a) || words::is_general(&b) {
        return None;
    }
    let differs = if x.is_empty() || y.is_empty() {
        // Other words of the same sentence are no other thing.
        from.seen.tongue() == to.seen.tongue()
            && !share_words(&a, &b)
            && !share_words(from.claim.evidence.quote(), &b)
    } else {
        x.is_disjoint(&y)
    };
    differs.then(|| Difference::new(Dimension::Scope, a, b))
}

/// The things that a phrase is for; one that it only names on the way, "squid jiggers", "AI servers bought", says nothing.
fn things_of(phrase: &str) -> BTreeSet<&'static str> {
    const BEHIND: [&str; 8] = [" made ", " used ", " from ", " in ", " on ", " for ", " to ", " that "];
    let head = BEHIND.iter().filter_map(|word| phrase.find(word)).min().map_or(phrase, |at| &phrase[..at]);
    if head.is_ascii() && !words::ends_with_thing(head) { BTreeSet::new() } else { words::things(phrase) }
}
