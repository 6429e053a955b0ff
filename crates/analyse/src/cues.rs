//! Words that mark something, found in one pass over a sentence.
//!
//! A rule file names groups of words. All words of a file stand in one table, which is asked where a word can begin; a
//! hit knows its groups as bits, and so does the whole sentence: most rules ask for words that are not there, and that
//! costs one look. In the files, `@name` stands for a group named in `[words]`, and `ban~` for a verb with its inflections
//! (`tell~told`, `give~gave~given`).

use crate::passage::Language;
use headwater_knowledge::{Phrases, Pieces, simplified};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// A group of words, by its number.
pub type Group = u16;

/// Which form of a verb a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Not given as a verb: a noun, a phrase, a Chinese word.
    Fixed,
    /// The bare form.
    Base,
    /// Third person singular, or a plural noun.
    Third,
    /// Past tense or participle.
    Past,
    /// The -ing form.
    Ing,
}

/// A word found: bytes of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Number of the word.
    pub word: u32,
}

/// The words found in one sentence, in order of their start, and the groups to which any of them belongs.
#[derive(Default)]
pub struct Hits {
    words: Vec<Hit>,
    groups: Vec<u64>,
    /// Room for the sentence in lower case, and for its pieces.
    lower: String,
    pieces: Pieces,
}

impl Hits {
    /// Whether a word of the group stands in the sentence.
    pub fn has(&self, group: Group) -> bool {
        holds(&self.groups, group)
    }
    /// The words of a group: none are looked through where the sentence has none.
    pub fn of(&self, cues: &Cues, group: Group) -> impl Iterator<Item = &Hit> {
        let words = if self.has(group) { self.words.as_slice() } else { &[] };
        words.iter().filter(move |hit| cues.is(hit, group))
    }
    /// Keeps some of the words.
    pub fn retain(&mut self, cues: &Cues, keep: impl FnMut(&Hit) -> bool) {
        self.words.retain(keep);
        self.sum_up(cues);
    }
    /// The pieces of the sentence that was read last, in lower case.
    pub fn pieces(&self) -> impl Iterator<Item = &str> {
        self.pieces.within(&self.lower)
    }
    /// The same pieces, each with its bytes.
    pub fn placed_pieces(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.pieces.placed(&self.lower)
    }
    fn sum_up(&mut self, cues: &Cues) {
        self.groups.clear();
        self.groups.resize(cues.width, 0);
        for hit in &self.words {
            self.groups.iter_mut().zip(cues.bits(hit)).for_each(|(all, own)| *all |= own);
        }
    }
}

impl std::ops::Deref for Hits {
    type Target = [Hit];
    fn deref(&self) -> &[Hit] {
        &self.words
    }
}

fn holds(groups: &[u64], group: Group) -> bool {
    groups.get(usize::from(group) / 64).is_some_and(|bits| bits >> (group % 64) & 1 == 1)
}

/// All words of one rule file.
pub struct Cues {
    /// The distinct spellings in lower case.
    spellings: Phrases,
    /// The words of each spelling: more than one where only capitals tell them apart.
    words: Vec<Vec<u32>>,
    forms: Vec<Form>,
    groups: Vec<Vec<Group>>,
    rules: Vec<Vec<usize>>,
    /// The groups of each word once more, as bits.
    bits: Vec<u64>,
    /// How many numbers of `bits` a word has.
    width: usize,
}

impl Cues {
    /// Finds every word of a (folded) sentence, in order of their start; overlapping ones too.
    pub fn scan(&self, sentence: &str, hits: &mut Hits) {
        self.find(sentence, hits);
        hits.sum_up(self);
    }
    /// The same, but the groups of the sentence are known only when some of the words have been left out.
    pub fn find(&self, sentence: &str, hits: &mut Hits) {
        let Hits { words, lower, pieces, .. } = hits;
        words.clear();
        lower.clear();
        lower.push_str(sentence);
        lower.make_ascii_lowercase();
        pieces.cut(lower);
        self.spellings.each(lower, pieces, |range, spelling| {
            let own = self.words[spelling as usize].iter();
            words.extend(own.map(|&word| Hit { start: range.start, end: range.end, word }));
        });
        words.sort_by_key(|h| (h.start, std::cmp::Reverse(h.end)));
    }
    /// Whether a word belongs to a group.
    pub fn is(&self, hit: &Hit, group: Group) -> bool {
        holds(self.bits(hit), group)
    }
    fn bits(&self, hit: &Hit) -> &[u64] {
        let from = hit.word as usize * self.width;
        &self.bits[from..from + self.width]
    }
    /// Which form of a verb a word is.
    pub fn form(&self, hit: &Hit) -> Form {
        self.form_of(hit.word)
    }
    /// The form of a word by its number.
    pub fn form_of(&self, word: u32) -> Form {
        self.forms[word as usize]
    }
    /// The groups of a word by its number, sorted.
    pub fn groups_of(&self, word: u32) -> &[Group] {
        &self.groups[word as usize]
    }
    /// The rules that a word triggers, by its number, in their order.
    pub fn rules_of(&self, word: u32) -> &[usize] {
        &self.rules[word as usize]
    }
    /// How many words there are.
    pub fn words(&self) -> u32 {
        self.forms.len() as u32
    }
    /// A number above that of every group.
    pub fn group_numbers(&self) -> usize {
        self.width * 64
    }
}

/// What is known of a word.
#[derive(Clone)]
struct Entry {
    form: Form,
    groups: Vec<Group>,
    rules: Vec<usize>,
}

/// Collects groups until all words are known.
#[derive(Default)]
pub struct Builder {
    named: BTreeMap<String, Vec<String>>,
    /// The words of a named group by their numbers: many groups of rules have the same ones.
    resolved: BTreeMap<String, Vec<usize>>,
    /// The number of each word, in the order in which they were met.
    numbers: BTreeMap<String, usize>,
    words: Vec<Entry>,
    /// The groups by the numbers of their words.
    groups: BTreeMap<Vec<usize>, Group>,
}

impl Builder {
    /// A builder that knows the named groups of a file.
    pub fn new(named: BTreeMap<String, Vec<String>>) -> Self {
        Builder { named, ..Builder::default() }
    }

    /// Adds a group and returns its number; groups of the same words are one.
    pub fn group(&mut self, words: &[String]) -> Group {
        let words = self.distinct(words);
        let new = self.groups.len() as Group;
        let group = *self.groups.entry(words.clone()).or_insert(new);
        if group == new {
            words.into_iter().for_each(|word| self.words[word].groups.push(group));
        }
        group
    }

    /// Enters the words that trigger a rule.
    pub fn trigger(&mut self, words: &[String], rule: usize) {
        self.distinct(words).into_iter().for_each(|word| self.words[word].rules.push(rule));
    }

    /// The numbers of words in all their spellings, each once.
    fn distinct(&mut self, words: &[String]) -> Vec<usize> {
        let mut numbers = self.numbers_of(words, 0);
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The numbers of words in all their spellings. Named groups may name others, to a depth that no file needs more of.
    fn numbers_of(&mut self, words: &[String], depth: usize) -> Vec<usize> {
        let mut numbers = Vec::new();
        for word in words {
            let Some(name) = word.strip_prefix('@') else {
                numbers
                    .extend(spellings(word).into_iter().map(|(spelling, form)| self.enter(spelling, form)));
                continue;
            };
            assert!(depth < 8, "words {name:?} name each other");
            if !self.resolved.contains_key(name) {
                let named = self.named.get(name).unwrap_or_else(|| panic!("no words named {name:?}")).clone();
                let resolved = self.numbers_of(&named, depth + 1);
                self.resolved.insert(name.to_owned(), resolved);
            }
            numbers.extend_from_slice(&self.resolved[name]);
        }
        numbers
    }

    /// Enters a word. Given once as a verb, it is one wherever it is given.
    fn enter(&mut self, spelling: String, form: Form) -> usize {
        let new = self.words.len();
        let number = *self.numbers.entry(spelling).or_insert(new);
        match self.words.get_mut(number) {
            Some(known) if known.form == Form::Fixed => known.form = form,
            Some(_) => {}
            None => self.words.push(Entry { form, groups: Vec::new(), rules: Vec::new() }),
        }
        number
    }

    /// Enters the words.
    pub fn build(self) -> Cues {
        let mut spellings = Phrases::for_texts(self.words.len());
        let mut words: Vec<Vec<u32>> = Vec::with_capacity(self.words.len());
        for (spelling, word) in self.numbers.keys().zip(0u32..) {
            let place = spellings.add(&spelling.to_ascii_lowercase()) as usize;
            words.resize(words.len().max(place + 1), Vec::new());
            words[place].push(word);
        }
        let width = self.groups.len().div_ceil(64);
        let mut bits = vec![0; self.words.len() * width];
        let (mut forms, mut groups, mut rules) = (Vec::new(), Vec::new(), Vec::new());
        for (word, number) in self.numbers.into_values().enumerate() {
            let entry = self.words[number].clone();
            entry.groups.iter().for_each(|g| bits[word * width + usize::from(*g) / 64] |= 1 << (g % 64));
            forms.push(entry.form);
            groups.push(entry.groups);
            rules.push(entry.rules);
        }
        Cues { spellings, words, forms, groups, rules, bits, width }
    }
}

/// A word as the file gives it, in all its spellings.
fn spellings(word: &str) -> Vec<(String, Form)> {
    let mut all = if word.contains('~') { inflections(word) } else { vec![(word.to_owned(), Form::Fixed)] };
    let curled: Vec<_> =
        all.iter().filter(|(w, _)| w.contains('\'')).map(|(w, f)| (w.replace('\'', "’"), *f)).collect();
    all.extend(curled);
    all
}

/// `ban~` → ban, bans, banned, banning; words after the verb stay: `lay~laid off`.
fn inflections(word: &str) -> Vec<(String, Form)> {
    let (verb, tail) = word.split_once(' ').map_or((word, String::new()), |(v, t)| (v, format!(" {t}")));
    let mut parts = verb.split('~');
    let base = parts.next().unwrap_or_default();
    let irregular: Vec<&str> = parts.filter(|p| !p.is_empty()).collect();
    let mut forms = vec![(base.to_owned(), Form::Base), (third(base), Form::Third)];
    if irregular.is_empty() {
        forms.extend(with_ending(base, "ed").into_iter().map(|w| (w, Form::Past)));
    }
    forms.extend(irregular.iter().filter(|p| **p != base).map(|p| ((*p).to_owned(), Form::Past)));
    forms.extend(with_ending(base, "ing").into_iter().map(|w| (w, Form::Ing)));
    forms.into_iter().map(|(w, f)| (w + &tail, f)).collect()
}

fn third(base: &str) -> String {
    match base {
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| base.ends_with(e)) => format!("{base}es"),
        _ if ends_in_consonant_y(base) => format!("{}ies", &base[..base.len() - 1]),
        _ => format!("{base}s"),
    }
}

fn ends_in_consonant_y(base: &str) -> bool {
    base.ends_with('y') && !base[..base.len() - 1].ends_with(['a', 'e', 'o', 'u'])
}

/// The regular past or -ing form; a verb that might double its last letter is given both ways.
fn with_ending(base: &str, ending: &str) -> Vec<String> {
    if ending == "ed" && ends_in_consonant_y(base) {
        return vec![format!("{}ied", &base[..base.len() - 1])];
    }
    if ending == "ed" && base.ends_with("ee") {
        return vec![format!("{base}d")];
    }
    if let Some(stem) = base.strip_suffix('e').filter(|s| !s.ends_with('e')) {
        return vec![format!("{stem}{ending}")];
    }
    let mut forms = vec![format!("{base}{ending}")];
    let last = base.chars().next_back().unwrap_or_default();
    let before = base.chars().rev().nth(1).unwrap_or_default();
    if base.is_ascii() && !"aeiouwxy".contains(last) && "aeiou".contains(before) {
        forms.push(format!("{base}{last}{ending}"));
    }
    forms
}

/// The character as the rules write it: simplified, with some variants of Taiwan and Hong Kong.
fn plain(c: char) -> char {
    match c {
        '著' => '着',
        '瞭' => '了',
        '祇' => '只',
        '藉' => '借',
        '牴' => '抵',
        '諮' | '谘' => '咨',
        '鍊' => '链',
        _ => Some(simplified(c)).filter(|s| s.len_utf8() == c.len_utf8()).unwrap_or(c),
    }
}

/// The sentence in simplified script, byte for byte in place; English is left alone.
pub fn fold(sentence: &str, language: Language) -> Cow<'_, str> {
    if language == Language::English || sentence.chars().all(|c| plain(c) == c) {
        return Cow::Borrowed(sentence);
    }
    Cow::Owned(sentence.chars().map(plain).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected() {
        let check = |verb: &str, expected: &[&str]| {
            let forms: Vec<String> = inflections(verb).into_iter().map(|(w, _)| w).collect();
            assert_eq!(forms, expected);
        };
        check("ban~", &["ban", "bans", "baned", "banned", "baning", "banning"]);
        check("levy~", &["levy", "levies", "levied", "levying"]);
        check("approve~", &["approve", "approves", "approved", "approving"]);
        check("give~gave~given", &["give", "gives", "gave", "given", "giving"]);
    }

    #[test]
    fn words_have_borders_and_groups() {
        let mut builder = Builder::new(BTreeMap::from([("bans".into(), vec!["ban~".into()])]));
        let bans = builder.group(&["@bans".into(), "禁止".into()]);
        let other = builder.group(&["curb~".into()]);
        let cues = builder.build();
        let mut hits = Hits::default();
        cues.scan("China Bans chips; urban 出口禁止令 curbs", &mut hits);
        let found: Vec<bool> = hits.iter().map(|h| cues.is(h, bans)).collect();
        assert_eq!(found, [true, true, false]);
        assert!(hits.has(bans) && hits.has(other));
        assert!(cues.is(&hits[2], other) && cues.form(&hits[0]) == Form::Third);
    }

    #[test]
    fn traditional_script_is_read_as_simplified() {
        let folded = fold("將華為列入實體清單", Language::ChineseTraditional);
        assert!(folded.contains("列入实体清单"), "{folded}");
    }
}
