//! Measures that the knowledge has, by what texts call them: a bill by its short title, a tariff by its law and its goods.

use crate::acts::claim;
use crate::text::list::List;
use crate::text::units::{aligned, folded};
use crate::text::words;
use headwater_model::claim::ListChange;
use headwater_model::knowledge::Measure;
use headwater_model::time::{Date, days_between, first_day};
use headwater_model::{Claim, EntityId, Knowledge};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// Days before its first act from which a measure is spoken of.
const SPOKEN_OF_BEFORE: i32 = 120;

#[derive(Deserialize)]
struct File {
    called: Kinds,
}

/// Kinds of measures in the knowledge, by how a text names them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    bills: Vec<String>,
    tariffs: Vec<String>,
    funds: Vec<String>,
    listings: Vec<String>,
    not_by_name: Vec<String>,
    ends: Vec<String>,
    bill_ends: Vec<String>,
    tariff_words: List,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    toml::from_str::<File>(include_str!("../../data/instruments.toml")).expect("data/instruments.toml").called
});

/// Names of measures, found by how they begin.
#[derive(Debug, Default)]
pub struct Called {
    names: FxHashMap<[char; 2], Vec<(String, usize)>>,
    tariffs: Vec<(usize, Vec<Vec<String>>)>,
    /// The first measure that bears a name, by the name folded.
    by_name: FxHashMap<String, usize>,
}

/// A measure that a stretch of text names, and where.
pub struct Hit {
    /// Its place in the knowledge.
    pub measure: usize,
    /// Bytes of the stretch.
    pub at: Range<usize>,
}

impl Called {
    /// What the measures of the knowledge are called.
    pub fn new(knowledge: &Knowledge) -> Self {
        let mut called = Called::default();
        let mut all: Vec<(String, usize)> = Vec::new();
        for (number, measure) in knowledge.measures.iter().enumerate() {
            all.extend(names(measure).into_iter().map(|name| (name, number)));
            for name in [&measure.en, &measure.zh].into_iter().chain(&measure.aliases) {
                called.by_name.entry(folded(name)).or_insert(number);
            }
            if KINDS.tariffs.contains(&measure.instrument) {
                let folded = |all: &Vec<String>| {
                    all.iter().map(|w| aligned(w.trim_end_matches('*'))).collect::<Vec<_>>()
                };
                called.tariffs.push((number, measure.cues.iter().map(folded).collect()));
            }
        }
        // The longest name at a place is meant.
        all.sort_by_key(|(name, measure)| (std::cmp::Reverse(name.len()), *measure));
        for (name, number) in all {
            if let [Some(first), Some(second)] = begins(&name) {
                called.names.entry([first, second]).or_default().push((name, number));
            }
        }
        called
    }

    /// The measure that bears a name.
    pub fn by_name(&self, name: &str) -> Option<usize> {
        self.by_name.get(&folded(name)).copied()
    }

    /// The measures that folded words name; a tariff only where one of its authorities, as `acts` tells, plays a part.
    pub fn find(
        &self,
        words: &str,
        day: Date,
        knowledge: &Knowledge,
        acts: impl Fn(&EntityId) -> bool,
    ) -> Vec<Hit> {
        let of_its_time = |number: usize| {
            let since = knowledge.measures.get(number).and_then(|m| m.since);
            since.is_none_or(|since| since <= day || days_between(day, since) <= SPOKEN_OF_BEFORE)
        };
        let mut found: Vec<Hit> = Vec::new();
        let mut end = 0;
        let mut chars = words.char_indices().peekable();
        while let Some((at, first)) = chars.next() {
            let Some((_, second)) = chars.peek() else { break };
            let Some(names) = self.names.get(&[first, *second]).filter(|_| at >= end) else { continue };
            let here = names.iter().find(|(name, measure)| {
                let joins = |c: char| c.is_ascii_alphanumeric();
                let ends = |rest: &str| !name.is_ascii() || !rest.starts_with(|c: char| joins(c) || c == '-');
                words[at..].strip_prefix(name.as_str()).is_some_and(ends)
                    && !words[..at].ends_with(|c: char| joins(c) && first.is_ascii())
                    && of_its_time(*measure)
            });
            let Some((name, measure)) = here else { continue };
            end = at + name.len();
            let ends = KINDS.bill_ends.iter().find(|ending| words[end..].starts_with(ending.as_str()));
            end += ends.map_or(0, String::len);
            if found.iter().all(|hit| hit.measure != *measure) {
                found.push(Hit { measure: *measure, at: at..end });
            }
        }
        let tells = |word: &String| words::openings(words, word).next().is_some();
        if KINDS.tariff_words.is_in(words) && KINDS.tariff_words.iter().any(tells) {
            found.extend(self.tariffs(words, knowledge, acts, of_its_time));
        }
        found
    }

    fn tariffs<'a>(
        &'a self,
        words: &'a str,
        knowledge: &'a Knowledge,
        acts: impl Fn(&EntityId) -> bool + 'a,
        of_its_time: impl Fn(usize) -> bool + 'a,
    ) -> impl Iterator<Item = Hit> + 'a {
        self.tariffs.iter().filter_map(move |(measure, alternatives)| {
            let own = knowledge.measures.get(*measure)?;
            let tells = |word: &String| words::openings(words, word).next().is_some();
            let told = alternatives.iter().find(|all| all.iter().all(tells))?;
            let at = words::openings(words, told.first()?).next()?;
            let own = own.authorities.iter().any(&acts) && of_its_time(*measure);
            own.then(|| Hit { measure: *measure, at: at..at + told[0].len() })
        })
    }
}

/// Whether something else rests on what stands at a place: "under the …", 根据《甲条例》和《乙条例》等有关规定.
pub fn is_rested_on(words: &str, at: &Range<usize>) -> bool {
    let lists = words::lists();
    let before = words[..at.start].trim_end();
    let before = before.strip_suffix("the").unwrap_or(before).trim_end();
    let clause = before_titles(&words[..at.start]).rsplit('，').next().unwrap_or_default();
    let rests =
        |word: &String| clause.ends_with(word.as_str()) || clause.trim_start().starts_with(word.as_str());
    let mut english = lists.instruments.resting_english.iter().filter(|word| *word != "of");
    english.any(|word| before.ends_with(word.as_str()))
        || lists.instruments.resting.iter().any(rests)
        || is_power(&words[..at.start])
}

/// Whether small words before the name of a law say that it is the power for an act, and not what is acted upon: "in exercise of the
/// powers conferred by section 3 of the …".
pub fn is_power(before: &str) -> bool {
    /// Bytes from those words to the name.
    const NEAR: usize = 160;
    let lists = &words::lists().instruments;
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(NEAR))..];
    let rests = lists.resting_clauses.iter();
    let last = rests.filter_map(|word| words::places(near, word).last()).map(|at| at.end).max();
    // What a comma opens is the act, but for further sections: "by sections 4, 5 and 6".
    let goes_on = |part: &str| {
        let part = part.trim_start();
        part.starts_with(|c: char| c.is_ascii_digit() || c == '(')
            || lists
                .sections_go_on
                .iter()
                .any(|word| words::places(part, word).next().is_some_and(|at| at.start == 0))
    };
    let of_law = |between: &str| between.split(',').skip(1).all(goes_on);
    last.is_some_and(|end| of_law(&near[end..]) && !words::has_any(&near[end..], &lists.act_begins))
}

/// The words before the title marks that a place stands in or right behind, and before all that are joined to them.
fn before_titles(words: &str) -> &str {
    let open = words.rfind('《').filter(|at| !words[*at..].contains('》'));
    let mut rest = open.map_or(words.trim_end_matches(['《', '「']), |at| &words[..at]);
    loop {
        let joined = rest.trim_end_matches(['、', '和', '及', '与', '以']);
        let Some(title) = joined.strip_suffix('》').and_then(|title| title.rfind('《')) else {
            return rest;
        };
        rest = &joined[..title];
    }
}

/// Whether folded words name a measure only as what something else rests on.
pub fn only_rested_on(measure: &Measure, words: &str) -> bool {
    let names = names(measure);
    let mut places = names.iter().flat_map(|name| words::places(words, name)).peekable();
    places.peek().is_some() && places.all(|at| is_rested_on(words, &at))
}

/// Whether folded words name a measure, and not only things that it is about.
pub fn is_named(measure: &Measure, words: &str) -> bool {
    let cues = measure.cues.iter().filter(|cue| cue.len() == 1).flatten().map(|cue| aligned(cue));
    names(measure).into_iter().chain(cues).any(|name| words::places(words, &name).next().is_some())
}

/// Whether a measure was in effect so long before a day that what is proposed on it is another.
pub fn is_old(measure: &Measure, day: Date) -> bool {
    measure.since.is_some_and(|since| since < day && days_between(since, day) > SPOKEN_OF_BEFORE)
}

/// Whether a measure of the knowledge is a bill.
pub fn is_bill(measure: &Measure) -> bool {
    KINDS.bills.contains(&measure.instrument)
}

/// Whether it is a tariff.
pub fn is_tariff(measure: &Measure) -> bool {
    KINDS.tariffs.contains(&measure.instrument)
}

/// Whether it is a fund.
pub fn is_fund(measure: &Measure) -> bool {
    KINDS.funds.contains(&measure.instrument)
}

/// Whether a claim tells of a listing of another time than that which its measure is: who is put on a list this year is not put
/// there by the notice of years ago, though it names a member of that.
pub fn is_other_listing(claim: &Claim, day: Date, knowledge: &Knowledge) -> bool {
    /// Days after its first act in which reports still tell of it as new.
    const NEW: i32 = 45;
    let measure = claim.measure.as_ref().and_then(|id| knowledge.measure(id));
    let Some(since) = measure.filter(|m| KINDS.listings.contains(&m.instrument)).and_then(|m| m.since) else {
        return false;
    };
    let told = claim.time.as_ref().map(|time| time.value.as_str());
    let of_year = told.is_some_and(|told| told.len() < 10 && since.to_string().starts_with(told));
    let act = told.and_then(first_day).unwrap_or(day);
    claim.change == Some(ListChange::Added)
        && !claim::presupposes(claim)
        && !of_year
        && days_between(since, act).abs() > NEW
}

fn begins(name: &str) -> [Option<char>; 2] {
    let mut chars = name.chars();
    [chars.next(), chars.next()]
}

/// What a measure is called in so many words, folded: its names without what explains them, and those of its cues that are
/// a name by themselves.
fn names(measure: &Measure) -> Vec<String> {
    if KINDS.not_by_name.contains(&measure.instrument) {
        return Vec::new();
    }
    let is_name = |name: &str| KINDS.ends.iter().any(|end| name.ends_with(end.as_str()));
    let bare = |name: &String| aligned(name.split(['(', '（']).next().unwrap_or_default().trim());
    let own = [&measure.en, &measure.zh].into_iter().map(bare).filter(|name| is_name(name));
    let cues = measure.cues.iter().filter_map(|cue| match &cue[..] {
        [name] => Some(aligned(name)).filter(|name| is_bill(measure) || is_name(name)),
        _ => None,
    });
    let mut names: Vec<String> =
        own.chain(measure.aliases.iter().map(|alias| aligned(alias))).chain(cues).collect();
    names.sort();
    names.dedup();
    names.retain(|name| name.chars().count() > 3);
    names
}
