//! Words that are data: the things that figures are shares of, and the lists of `data/words.toml`.

use crate::text::list::List;
use crate::text::units;
use headwater_model::claim::Modality;
use headwater_model::tracking::MeasureStep;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    thing: Vec<Thing>,
    contrast: Vec<Contrast>,
}

/// Two kinds that exclude one another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contrast {
    one: List,
    other: List,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Thing {
    name: String,
    /// Whether it is a word under which others fall: technology.
    #[serde(default)]
    broad: bool,
    /// Whether it can be made, sold or kept out.
    #[serde(default)]
    tangible: bool,
    /// The thing that it is a kind of.
    under: Option<String>,
    words: List,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/things.toml")).expect("data/things.toml"));

static THINGS: LazyLock<&[Thing]> = LazyLock::new(|| &FILE.thing);

/// The sides of contrasts that folded words tell, by the contrast's place and whether it is the second side.
pub fn sides(folded: &str) -> Vec<(usize, bool)> {
    let told = |(at, contrast): (usize, &Contrast)| {
        let sides = [(&contrast.one, false), (&contrast.other, true)];
        sides
            .into_iter()
            .filter(|(words, _)| has_any(folded, words))
            .map(move |(_, side)| (at, side))
            .collect()
    };
    FILE.contrast.iter().enumerate().flat_map(|c| -> Vec<(usize, bool)> { told(c) }).collect()
}

/// What a side of a contrast is called.
pub fn contrast(at: usize, side: bool) -> &'static str {
    let of = |contrast: &'static Contrast| if side { &contrast.other } else { &contrast.one };
    FILE.contrast.get(at).and_then(|contrast| of(contrast).first()).map_or("", |word| word.trim())
}

/// The things that a phrase names, by their names in `data/things.toml`.
pub fn things(phrase: &str) -> BTreeSet<&'static str> {
    let folded = without_qualifiers(&units::simplified(phrase));
    let single = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(|word| NAMED.single.get(word));
    let han = !folded.is_ascii();
    let others = Some(&NAMED.others).filter(|_| NAMED.any.is_in(&folded)).into_iter().flatten();
    let of_some = others.filter(|(word, _)| (han || word.is_ascii()) && folded.contains(*word));
    single.flatten().copied().chain(of_some.map(|(_, name)| *name)).collect()
}

/// The names of things by their words: every pair of claims asks for them.
#[derive(Default)]
struct Named {
    /// By a word of an alphabetic script.
    single: FxHashMap<&'static str, Vec<&'static str>>,
    /// By several such words, or by Han characters.
    others: Vec<(&'static str, &'static str)>,
    /// The words of these.
    any: List,
    /// Words of broad things.
    broad: List,
}

static NAMED: LazyLock<Named> = LazyLock::new(|| {
    let mut named = Named::default();
    for thing in THINGS.iter() {
        for word in &thing.words {
            if word.is_ascii() && !word.contains(' ') {
                named.single.entry(word).or_default().push(&thing.name);
            } else {
                named.others.push((word, &thing.name));
            }
        }
    }
    named.any = List::of(named.others.iter().map(|(word, _)| word.to_string()).collect());
    named.broad = List::of(THINGS.iter().filter(|t| t.broad).flat_map(|t| &t.words).cloned().collect());
    named
});

/// Whether the last word of a phrase, or its last words, are a thing's.
pub fn ends_with_thing(phrase: &str) -> bool {
    let folded = units::simplified(phrase.trim_end());
    let own = |word: &str| {
        folded.strip_suffix(word).is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_alphanumeric()))
    };
    THINGS.iter().flat_map(|thing| &thing.words).any(|word| own(word))
}

/// A folded phrase without the things that only say of what kind a broad one is: semiconductor technology, 芯片技术.
fn without_qualifiers(folded: &str) -> String {
    if !NAMED.broad.is_in(folded) {
        return folded.to_owned();
    }
    let broad = THINGS.iter().filter(|t| t.broad).flat_map(|t| &t.words);
    let tangible = || THINGS.iter().filter(|t| t.tangible).flat_map(|t| &t.words);
    let begins = |at: usize, word: &str| {
        !word.is_ascii() || !folded[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
    };
    let mut kept = folded.to_owned();
    for word in broad.filter(|word| folded.contains(word.as_str())) {
        for (at, _) in folded.match_indices(word.as_str()).collect::<Vec<_>>().into_iter().rev() {
            let before = folded[..at].trim_end_matches(' ');
            let thing =
                tangible().filter(|t| before.ends_with(t.as_str()) && begins(before.len() - t.len(), t));
            if let Some(longest) = thing.max_by_key(|t| t.len()) {
                kept.replace_range(before.len() - longest.len()..before.len(), &" ".repeat(longest.len()));
            }
        }
    }
    kept
}

/// Whether a phrase for what a figure is a share of says nothing of what it is: "capacity", "total".
pub fn is_general(phrase: &str) -> bool {
    let folded = units::simplified(phrase);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| lists().wording.bases.iter().any(|base| base == word))
}

/// Whether a unit counts things without saying what they are: 颗, "pieces".
pub fn is_counter(unit: &str) -> bool {
    let unit = units::simplified(unit);
    lists().wording.counting.contains(&unit)
}

/// Whether a thing is one under which others fall.
pub fn is_broad(name: &str) -> bool {
    THINGS.iter().any(|thing| thing.name == name && thing.broad)
}

/// The thing that one is a kind of.
pub fn class_of(name: &str) -> Option<&'static str> {
    THINGS.iter().find(|thing| thing.name == name)?.under.as_deref()
}

/// Whether simplified words only take up a thing that was named before: "the ships", 该类产品.
pub fn is_taken_up(simplified: &str, name: &str) -> bool {
    let words = THINGS.iter().filter(|thing| thing.name == name).flat_map(|thing| &thing.words);
    let stands = words.flat_map(|word| simplified.match_indices(word.as_str()));
    let mut stands = stands.into_iter().map(|(at, _)| at).peekable();
    stands.peek().is_some() && stands.all(|at| ends_with_any(&simplified[..at], &lists().wording.taking_up))
}

/// Whether things of one phrase and of another are wholly others: none the same, and none a kind of another.
pub fn are_other_things(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    let meets = |x: &BTreeSet<&str>, y: &BTreeSet<&str>| {
        x.iter().any(|thing| y.contains(thing) || class_of(thing).is_some_and(|class| y.contains(class)))
    };
    !a.is_empty() && !b.is_empty() && !meets(a, b) && !meets(b, a)
}

/// Whether a thing can be made, sold or kept out.
pub fn is_tangible(name: &str) -> bool {
    THINGS.iter().any(|thing| thing.name == name && thing.tangible)
}

/// A step that words tell.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    is: MeasureStep,
    of: Vec<Modality>,
    words: List,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Steps {
    step: Vec<Step>,
}

static STEPS: LazyLock<Vec<Step>> = LazyLock::new(|| {
    toml::from_str::<Steps>(include_str!("../../data/steps.toml")).expect("data/steps.toml").step
});

/// The step of a measure that folded words tell beyond a modality, by `data/steps.toml`.
pub fn refined(modality: Modality, folded: &str) -> Option<MeasureStep> {
    // "presumption" resumes nothing: a Latin word counts where it begins.
    let begins = |at: usize| !folded[..at].ends_with(|c: char| c.is_ascii_alphabetic());
    let told = |word: &String| folded.match_indices(word.as_str()).any(|(at, _)| begins(at));
    let fits =
        |step: &&Step| step.of.contains(&modality) && step.words.is_in(folded) && step.words.iter().any(told);
    STEPS.iter().find(fits).map(|step| step.is)
}

/// Folded words with a space around each Latin one.
pub fn spaced(words: &str) -> String {
    let space = |c: char| {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '\'' | '-') { ' ' } else { c }
    };
    format!(" {} ", units::simplified(words).chars().map(space).collect::<String>())
}

/// Where folded words make a thing all of its kind, how they do: "all chinese chips", 所有芯片.
pub fn whole(folded: &str) -> Option<String> {
    /// Characters from such a word to the end of the thing.
    const REACH: usize = 30;
    let phrase = |word: &String| {
        let at = folded.find(word.as_str())?;
        let clause: String = folded[at..]
            .chars()
            .take(REACH)
            .take_while(|c| !matches!(c, '，' | '。' | '；' | '0'..='9'))
            .collect();
        let ends = clause.char_indices().map(|(at, c)| at + c.len_utf8()).skip(word.chars().count());
        let shortest = ends.filter(|end| !clause[*end..].starts_with(|c: char| c.is_ascii_alphanumeric()));
        shortest.map(|end| clause[..end].trim()).find(|phrase| !things(phrase).is_empty()).map(str::to_owned)
    };
    Some(&lists().wording.wholes).filter(|list| list.is_in(folded))?.iter().find_map(phrase)
}

/// The country whose press folded words describe: 日媒, 英国媒体.
pub fn press_of(folded: &str) -> Option<&'static str> {
    let of = |(country, words): (&'static String, &'static List)| {
        has_any(folded, words).then_some(country.as_str())
    };
    lists().sources.press_of.iter().find_map(of)
}

/// Whether some words hold one of a list.
pub fn has_any(words: &str, list: &List) -> bool {
    list.is_in(words)
}

/// Whether some words begin with one of a list.
pub fn starts_with_any(words: &str, list: &[String]) -> bool {
    list.iter().any(|word| words.starts_with(word.as_str()))
}

/// Whether some words end with one of a list.
pub fn ends_with_any(words: &str, list: &[String]) -> bool {
    list.iter().any(|word| words.ends_with(word.as_str()))
}

/// Words by which something applies so many days after it is published.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Later {
    /// Days.
    pub days: i32,
    /// The words.
    pub words: List,
}

/// The lists of `data/words.toml`, by what reads them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// Sentences and pages in general.
    pub texts: Texts,
    /// Whom an article names as its sources, who publishes it, and what it says of other reports and documents.
    pub sources: Sources,
    /// What the words of two claims say otherwise.
    pub wording: Wording,
    /// How far an act has come by the words of a claim.
    pub steps: StepWords,
    /// From when and until when an act applies.
    pub days: Days,
    /// What rules, laws and notices are called, and what a document does by its headline.
    pub instruments: Instruments,
    /// Who is put on a list and taken off, in tables, headlines and reports.
    pub members: Members,
}

/// Sentences and pages in general.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// Words by which a headline says that the page is a round-up.
    pub round_ups: List,
    /// Words of lines that count what changes with every look at a page.
    pub counters: List,
    /// Keys of the glossary's terms for acts, instruments and people in general: they do not say what an act is about.
    pub acts: List,
    /// Short forms behind whose stop a sentence may go on.
    pub short_forms: List,
    /// Words that open a sentence even behind one.
    pub openers: List,
}

/// Whom an article names as its sources, who publishes it, and what it says of other reports and documents.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// Endings of the names of an authority's offices, folded.
    pub offices: List,
    /// Words for authorities by what they are.
    pub authorities: List,
    /// The characters that say so behind the Chinese name of one.
    pub authorities_behind: Vec<char>,
    /// Words that make what an authority said a document or a written statement.
    pub written: List,
    /// Those of them that make a reply or figures, and no document that would be looked for.
    pub replies: List,
    /// Words by which a document says that it was given out before its own day.
    pub embargo: List,
    /// Words for figures that somebody keeps.
    pub figures: List,
    /// Words for what an organisation finds out and gives out in writing.
    pub studies: List,
    /// What a source line gives for a source and is nobody.
    pub nobody: List,
    /// Second parts of the addresses of governments, before a country's code.
    pub governments: List,
    /// Hosts where companies file what they say of themselves.
    pub filings: List,
    /// Beginnings of the paths there under which the keeper speaks for itself.
    pub filings_own: List,
    /// Words for what a company files with an exchange.
    pub filed: List,
    /// Further words for what an authority gives out, where it is told to issue it or something rests on it.
    pub documents: List,
    /// Words by which an authority gives out something written.
    pub issuing: List,
    /// Words after a name by which somebody is told to have written.
    pub writing: List,
    /// Words by which one report rests on another.
    pub citing: List,
    /// Words of reporting near which an outlet's name is a source.
    pub reporting: List,
    /// Words that end the names of newspapers, agencies and broadcasters.
    pub media: List,
    /// Beginnings of words that stand for a source without naming it.
    pub unnamed: List,
    /// Words for outlets in general. What is called by one of them and not by name is described.
    pub outlets: List,
    /// Endings of words for the press of a country or kind, 英媒, 港媒, 当地媒体; what is called 传媒 is one house.
    pub press: List,
    /// Words for it.
    pub house: List,
    /// Words for the press of other countries than the writer's.
    pub foreign_press: List,
    /// Words for the press of a country, by its code.
    pub press_of: BTreeMap<String, List>,
    /// Words between a cue and the day that is its own.
    pub fillers: List,
    /// Words by which a text says that it is a translation.
    pub translated: List,
    /// Words by which such a line says that the page is put together from several reports.
    pub put_together: List,
    /// Folded words before an outlet's name by which somebody told it something, and behind it by which it has learnt it.
    pub told_to: List,
    /// Behind it.
    pub learns: List,
    /// Folded words by which a newsroom that does not name itself has learnt something.
    pub learns_itself: List,
    /// Words by which somebody only takes up what is reported.
    pub taking_up: List,
    /// Words by which an article says that it had a document before it came out.
    pub in_advance: List,
    /// Words by which it says that what it had is a draft.
    pub drafts: List,
}

/// What the words of two claims say otherwise.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Words by which a text says that a draft is open for comment.
    pub open: List,
    /// Words behind which it is said what some of a number are.
    pub parts: List,
    /// Words by which the named are all that is meant.
    pub named_only: List,
    /// A "no" that is a sentence of its own, as it is written.
    pub answers: List,
    /// Words by which something needs leave, and words by which it is out of the question.
    pub leave: List,
    /// These.
    pub bans: List,
    /// Words by which something is a wish or a goal, and words by which it is a duty.
    pub voluntary: List,
    /// These.
    pub compulsory: List,
    /// Han characters that join the words of a sentence.
    pub joints: String,
    /// The character that ends an enumeration which is left open.
    pub open_end: char,
    /// Characters behind which it is part of another word.
    pub open_end_by_chance_behind: String,
    /// Characters before which it is.
    pub open_end_by_chance_before: String,
    /// Characters right behind which a sentence names a party.
    pub before_names: String,
    /// Words right behind a place by which it only tells where something was made.
    pub made: List,
    /// Words that leave room for more than what is named.
    pub among_others: List,
    /// Words of negation.
    pub negations: List,
    /// Words that forbid without a "not".
    pub forbidding: List,
    /// Words that negate nothing but the figure behind them, or hold a character of negation by chance.
    pub bounds: List,
    /// Words that make an object all of its kind.
    pub wholes: List,
    /// Words that make it some of its kind.
    pub somes: List,
    /// Words by which something holds in a whole country, or in all.
    pub everywhere: List,
    /// Words inside which one of these stands by chance.
    pub everywhere_by_chance: List,
    /// Words right before a thing that was named before.
    pub taking_up: List,
    /// Words and marks that join one thing to another.
    pub joining: List,
    /// Words for unnamed people on whose word a report rests.
    pub people: List,
    /// Words with which such people are counted.
    pub counted_people: List,
    /// Beginnings of words for what such people are.
    pub callings: List,
    /// Words that make whoever is counted a witness.
    pub witnesses: List,
    /// Words a little before a figure by which it is the most.
    pub bounds_from_above: List,
    /// Those of them by which it is the most that there may be of it: "up to".
    pub bounds_up_to: List,
    /// Words a little before a figure by which it is the least.
    pub bounds_from_below: List,
    /// Words right behind a figure by which it is the most.
    pub bounds_from_above_behind: List,
    /// Words right behind a figure by which it is the least.
    pub bounds_from_below_behind: List,
    /// Words for what is of a country, by which some of a number are told apart.
    pub nations: Vec<List>,
    /// Words before a number of some of those counted before.
    pub parts_in_number: List,
    /// Such numbers in words.
    pub numbers_of_some: List,
    /// Words by which an article tells a denial.
    pub denying: List,
    /// Words by which something is stopped.
    pub stopping: List,
    /// Words by which something is stopped for a time.
    pub suspending: List,
    /// Words by which something is ended for good.
    pub lifting: List,
    /// Words of clauses that say of what something does not hold.
    pub excluded: List,
    /// Words that count things without saying what they are: 颗, "pieces".
    pub counting: List,
    /// Words for a figure's base that say nothing of what it is.
    pub bases: List,
}

/// How far an act has come by the words of a claim.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepWords {
    /// Words of what is intended.
    pub planned: List,
    /// Words by which a sentence marks what is to come.
    pub to_come: List,
    /// What is done.
    pub done: List,
    /// Words by which what is denied was done.
    pub denied_done: List,
    /// Words by which it was only spoken of.
    pub talked_of: List,
    /// Those of them that also say from when something is to apply.
    pub begins: List,
    /// Words that open a perfect, and verbs after them with which what follows is only said.
    pub perfect: List,
    /// These verbs.
    pub saying: List,
    /// What applies.
    pub in_effect: List,
    /// Words for what is being written.
    pub drafting: List,
    /// Words for what stands in a draft.
    pub drafted: List,
    /// What is weighed.
    pub weighed: List,
    /// How a law is said to be passed.
    pub enacting: List,
    /// What makes that one to come.
    pub not_enacting: List,
    /// What is passed.
    pub acts: List,
    /// What is only possible.
    pub possible: List,
    /// Words right behind 已 behind which the verb is still to come: 已对港口的货柜收费.
    pub leading_on: List,
    /// Words by which an authority gives out what it has decided.
    pub given_out: List,
    /// What somebody has decided.
    pub decided: List,
    /// What somebody has agreed to.
    pub agreed: List,
    /// What somebody has been told to do.
    pub told: List,
    /// Words inside which one of these stands by chance.
    pub no_steps: List,
    /// What is recommended.
    pub recommended: List,
}

/// From when and until when an act applies.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// Words by which something is for good.
    pub lasting: List,
    /// Names of days and months.
    pub calendar: Vec<String>,
    /// Words right before a day from which something applies.
    pub applies_before: List,
    /// Words after it, in its clause.
    pub applies_after: List,
    /// Words by which something applies as soon as it is published.
    pub applies_at_once: List,
    /// The same in a sentence that tells an act.
    pub act_at_once: List,
    /// Words before a day by which something is to be done by then.
    pub deadlines: List,
    /// What may stand between them and the day.
    pub day_openings: List,
    /// Words right behind such a day.
    pub deadlines_behind: List,
    /// Words by which something applies some days after it is published.
    pub applies_later: Vec<Later>,
    /// Words right before the first day of a time, and right behind it.
    pub from_before: List,
    /// Words with "on" before a day on which something was only told.
    pub told_on: List,
    /// Words behind the first day.
    pub from_after: List,
    /// Words right before its last day, and right behind it.
    pub until_before: List,
    /// Behind it.
    pub until_after: List,
    /// Words by which a day is put off, so that a second one takes its place.
    pub postponing: List,
    /// Where the words begin that give a part of what a document does a day of its own.
    pub of_part: List,
    /// What stands before the numbers of entries.
    pub entries: List,
}

/// What rules, laws and notices are called, and what a document does by its headline.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instruments {
    /// Words before a number in a headline that is another's.
    pub of_others: List,
    /// Those of trade and technology policy: a numbered document about none of them is no measure worth proposing.
    pub trade: List,
    /// Endings of the names of instruments in English.
    pub english_instruments: List,
    /// Words after which an instrument named in English is what another rests on.
    pub resting_english: List,
    /// Words of a clause by which the law behind them is the power for an act.
    pub resting_clauses: List,
    /// What goes on behind a comma about the sections of that law.
    pub sections_go_on: List,
    /// Words between the two by which the act itself has begun.
    pub act_begins: List,
    /// Words before such an ending that make it any instrument of its kind: "Final Rule".
    pub general_instruments: List,
    /// Verbs of headlines before the name of an instrument.
    pub heading_verbs: List,
    /// Beginnings of headlines that tell of an act upon another instrument, and parts of English ones.
    pub of_another: List,
    /// English ones.
    pub of_another_english: List,
    /// Beginnings of what follows the name of a case in a notice's headline.
    pub notice_kinds: List,
    /// Words of headlines of notices that are no measure: forms, meetings, single cases.
    pub formalities: List,
    /// Words by which an authority's document says that it proposes something, or finds it for the time being.
    pub proposals: List,
    /// Words by which it says that something is decided.
    pub decisions: List,
    /// Words after which an instrument in title marks is what another rests on.
    pub resting: List,
    /// Endings of the names of instruments.
    pub endings: List,
    /// Words of the headline of a numbered notice that is a measure of its own.
    pub notice_acts: List,
    /// The same in English.
    pub notice_acts_english: List,
    /// What a numbered document calls itself in English before its number.
    pub numbered_kinds: List,
    /// Words by which an end is still to come.
    pub coming: List,
}

/// Who is put on a list and taken off, in tables, headlines and reports.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Members {
    /// Heads of the column that names the members.
    pub name_heads: List,
    /// Heads of the column that gives further names.
    pub alias_heads: List,
    /// Heads of the column that numbers the rows.
    pub number_heads: List,
    /// Verbs before the parties whom a report tells to be put on a list or taken off.
    pub report_verbs: List,
    /// What stands between them and the list.
    pub report_ends: List,
    /// What stands before parties whom a report gives behind their number.
    pub report_names: List,
    /// The verb with what makes it passive, whose subject they are.
    pub report_passives: List,
    /// The list that was named before.
    pub list_again: List,
    /// Words by which a headline puts members on a list.
    pub putting_on: List,
    /// Words by which a question asks whether somebody is on a list, and beginnings of the answer that he is not.
    pub asks_if_listed: List,
    /// The answers.
    pub says_no: List,
    /// Words by which a headline takes members off a list.
    pub taking_off: List,
    /// Words by which a corrected notice says that somebody was on it by mistake.
    pub by_mistake: List,
    /// Words by which it says that it is corrected.
    pub corrects: List,
    /// Words of which one in a name shows that it names nobody: "Certain Entities".
    pub general_parties: List,
    /// Words by which a sentence speaks of a listing that was made before: "has sued over its inclusion".
    pub presupposing: List,
    /// Words behind a company's name that leave it that company's.
    pub of_companies: List,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/words.toml")).expect("data/words.toml"));

/// The lists of `data/words.toml`.
pub fn lists() -> &'static Lists {
    &LISTS
}

/// Where the first of some words stands in a text from a place on; of those that begin there the longest.
pub fn first_of(text: &str, words: &[String], from: usize) -> Option<Range<usize>> {
    let found =
        words.iter().filter_map(|w| text[from..].find(w.as_str()).map(|at| from + at..from + at + w.len()));
    found.min_by_key(|at| (at.start, std::cmp::Reverse(at.end)))
}

/// Where a word stands in a text; a Latin one not inside of a longer word.
pub fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let joins = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let places = text.match_indices(word).map(|(at, word)| at..at + word.len());
    places.filter(move |at| {
        !word.is_ascii() || !text[..at.start].ends_with(joins) && !text[at.end..].starts_with(joins)
    })
}

/// Where a word stands in a text; a Latin one from its beginning, whatever its ending: "tariff" in "tariffs", and "duty" not in
/// "heavy-duty".
pub fn openings<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let joins = |c: char| c.is_alphanumeric() || c == '-';
    let places = text.match_indices(word).map(|(at, _)| at);
    places.filter(move |at| !word.is_ascii() || !text[..*at].ends_with(joins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        let read: Result<Lists, _> = toml::from_str(include_str!("../../data/words.toml"));
        assert!(read.is_ok_and(|lists| !lists.sources.written.is_empty()));
        assert_eq!(refined(Modality::Suspended, "delayed by a year"), Some(MeasureStep::Postponed));
        assert_eq!(refined(Modality::Suspended, "暂停实施"), None);
    }

    #[test]
    fn openings_are_no_ends_of_longer_words() {
        assert_eq!(openings("heavy-duty trucks and duty", "duty").collect::<Vec<_>>(), [22]);
        assert_eq!(openings("tariffs", "tariff").collect::<Vec<_>>(), [0]);
        assert_eq!(openings("加征关税", "关税").collect::<Vec<_>>(), ["加征".len()]);
    }

    #[test]
    fn things_are_the_same_in_both_languages() {
        assert_eq!(things("國產晶片"), things("domestic chips"));
        assert_eq!(things("domestic technology"), things("国产技术"));
        assert!(things("chips").is_disjoint(&things("technology")));
        assert!(things("parting").is_empty());
        assert!(are_other_things(&things("chips"), &things("企业")));
        assert!(!are_other_things(&things("inverters"), &things("设备")));
    }
}
