//! Whether a verb's act is done, by the words that govern it: "BIS adds" and "determined to add" are acts, "may add", "denied a
//! request to add" and 不排除将…列入 are none, and "will add" is one that is to come.

use crate::acts::hearsay;
use crate::text::list::List;
use crate::text::passage;
use crate::text::units;
use crate::text::words::{ends_with_any, has_any};
use headwater_model::membership::is_legal_form;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    english: English,
    chinese: Chinese,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct English {
    modals: List,
    coming: List,
    does: List,
    settled: List,
    auxiliaries: List,
    adverbs: List,
    articles: List,
    before_nouns: List,
    wishes: List,
    open: List,
    open_near: List,
    performing: List,
    deeds: List,
    not_by: List,
    joins: List,
    conditions: List,
    inverted: List,
    before_that: List,
    times: List,
    open_behind: List,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chinese {
    open: List,
    right_before: List,
    conditions: List,
    as_told: List,
    reasons: List,
    by_noun: List,
    reason_ends: List,
    until_end: List,
    hedges: List,
    asked: List,
    holding: List,
    asked_by: List,
    by: List,
    performing: List,
    coming: List,
    opens: List,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/performed.toml")).expect("data/performed.toml is right")
});

/// What ends a Chinese clause.
const MARKS: [char; 8] = ['，', ',', '；', ';', '。', '：', ':', '！'];

/// How a verb's act stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is done by these words, or was.
    Done,
    /// It is announced; from its day on it is done.
    Coming,
    /// It is weighed, asked for, possible or refused.
    Open,
}

/// How the act of a verb at a place of a folded sentence stands.
pub fn standing(words: &str, verb: &Range<usize>) -> Standing {
    if words[verb.clone()].chars().any(units::is_ideographic) {
        chinese(words, verb)
    } else {
        Governed::new(words, verb, 0).standing()
    }
}

/// What a verb's form asks of the words before it.
#[derive(Debug, PartialEq, Eq)]
enum Form {
    /// "Adds".
    Finite,
    /// "Added".
    Past,
    /// "Add".
    Plain,
    /// "Adding".
    Gerund,
    /// "Addition of".
    Noun,
}

impl Form {
    fn of(verb: &str) -> Form {
        let first = verb.split(' ').find(|word| !word.ends_with("ly")).unwrap_or(verb);
        match () {
            () if verb.ends_with(" of")
                || first.ends_with("ion")
                || first.ends_with("ions")
                || first.ends_with("als") =>
            {
                Form::Noun
            }
            () if first.ends_with("ing") => Form::Gerund,
            () if first.ends_with("ed") || first.ends_with("wn") || first.ends_with("en") => Form::Past,
            () if first.ends_with('s') && !first.ends_with("ss") => Form::Finite,
            () => Form::Plain,
        }
    }
}

/// An English verb with the words before it.
struct Governed<'a> {
    words: &'a str,
    verb: Range<usize>,
    /// Places of the words of its clause before it, the nearest first.
    before: Vec<Range<usize>>,
    depth: usize,
}

impl<'a> Governed<'a> {
    /// How many words are looked at, and how many verbs one below the other.
    const WORDS: usize = 40;
    const DEPTH: usize = 4;

    fn new(words: &'a str, verb: &Range<usize>, depth: usize) -> Self {
        let mark = words[..verb.start].rfind([';', '；', '。', '?']);
        let clause = mark.map_or(0, |at| passage::behind(words, at));
        let mut before = Vec::new();
        let mut end = words[..verb.start].trim_end().len();
        while end > clause && before.len() < Self::WORDS {
            let blank = words[clause..end].rfind(char::is_whitespace);
            let start = blank.map_or(clause, |at| passage::behind(words, clause + at));
            before.push(start..end);
            end = words[..start].trim_end().len().max(clause);
            if start == clause {
                break;
            }
        }
        Governed { words, verb: verb.clone(), before, depth }
    }

    fn word(&self, number: usize) -> &'a str {
        let at = self.before.get(number).cloned().unwrap_or(0..0);
        self.words[at].trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
    }

    fn ends_clause(&self, number: usize) -> bool {
        let ends = |at: &Range<usize>| self.words[at.clone()].ends_with([',', ':', '—']);
        // "Co., Ltd.": the comma stands inside a name.
        let form = number > 0 && is_legal_form(&self.word(number - 1).replace('.', ""));
        self.before.get(number).is_some_and(ends) && !form
    }

    fn standing(&self) -> Standing {
        let form = Form::of(&self.words[self.verb.clone()]);
        if hearsay::is_negated(self.words, self.verb.start) || self.is_conditional(&form) {
            return Standing::Open;
        }
        match form {
            Form::Finite => Standing::Done,
            Form::Past => self.past(),
            Form::Plain => self.plain(0),
            Form::Gerund => self.gerund(),
            Form::Noun => self.noun(),
        }
    }

    /// "If BIS adds": whether the clause of the verb, or one before it that it follows from, is only thought of.
    fn is_conditional(&self, form: &Form) -> bool {
        let grammar = &FILE.english;
        let opens = |number: usize| {
            number + 1 >= self.before.len()
                || self.ends_clause(number + 1)
                || is_one(self.word(number + 1), &grammar.joins)
                || self.word(number + 1) == "that"
        };
        let past = *form == Form::Past && !is_one(self.word(0), &["is", "are"]);
        let own = (0..self.before.len()).take_while(|n| !self.ends_clause(*n));
        let mut own = own.filter(|n| !past && *form != Form::Gerund && is_one(self.word(*n), &grammar.times));
        (0..self.before.len()).any(|n| self.is_condition(n) && opens(n)) || own.any(opens)
    }

    /// Whether a word can open what is only thought of: "were" of "X, Y and Z were added" is the verb's own.
    fn is_condition(&self, number: usize) -> bool {
        let grammar = &FILE.english;
        let word = self.word(number);
        if is_one(word, &grammar.before_that) {
            return number > 0 && self.word(number - 1) == "that";
        }
        if !is_one(word, &grammar.inverted) {
            return is_one(word, &grammar.conditions);
        }
        let mut behind = (0..number).rev();
        let Some(subject) = behind.find(|n| self.behind_adverbs(*n) == *n) else { return false };
        let is_subject = !is_one(self.word(subject), &grammar.auxiliaries)
            && self.word(subject) != "not"
            && Form::of(self.word(subject)) != Form::Past;
        // "Were X to be added": behind the subject stands "to", before its clause ends.
        let to = || {
            let mut clause = (0..subject).rev().take_while(|n| !self.ends_clause(n + 1));
            clause.any(|n| self.word(n) == "to")
        };
        is_subject && (word != "were" || to())
    }

    /// The first word from a place on that is no adverb.
    fn behind_adverbs(&self, from: usize) -> usize {
        let adverb =
            |word: &str| is_one(word, &FILE.english.adverbs) || word.len() > 3 && word.ends_with("ly");
        (from..self.before.len()).find(|n| !adverb(self.word(*n))).unwrap_or(self.before.len())
    }

    /// "BIS added", "X may have been added", "X asked to be added".
    fn past(&self) -> Standing {
        let mut at = self.behind_adverbs(0);
        let mut auxiliary = "";
        while is_one(self.word(at), &FILE.english.auxiliaries) {
            auxiliary = self.word(at);
            at = self.behind_adverbs(at + 1);
        }
        match auxiliary {
            "be" => self.plain(at),
            "have" if is_one(self.word(at), &FILE.english.modals) => Standing::Open,
            "being" | "having" if self.is_open(at, at) || is_one(self.word(at), &FILE.english.not_by) => {
                Standing::Open
            }
            "" if self.is_wished(at) => Standing::Open,
            _ => Standing::Done,
        }
    }

    /// Whether somebody wishes what stands behind: "want X added".
    fn is_wished(&self, from: usize) -> bool {
        const NEAR: usize = 8;
        let mut near = (from..self.before.len().min(from + NEAR)).take_while(|n| !self.ends_clause(*n));
        near.any(|n| is_one(self.word(n), &FILE.english.wishes))
    }

    /// A verb in its plain form by the word before it: "may add", "determined to add", "add".
    fn plain(&self, from: usize) -> Standing {
        let grammar = &FILE.english;
        let at = self.behind_adverbs(from);
        if let Some(standing) = self.is_settled(at) {
            return standing;
        }
        match self.word(at) {
            word if is_one(word, &grammar.coming) => Standing::Coming,
            word if is_one(word, &grammar.does) => Standing::Done,
            word if is_one(word, &grammar.modals) => Standing::Open,
            "to" => self.infinitive(at + 1),
            _ => {
                // "Remove A and add B" does as its first verb does; "urged that X be added".
                let own = at..self.before.len();
                let leads = |n: &usize| {
                    let infinitive =
                        self.word(*n) == "to" && *n > at && !is_one(self.word(n - 1), &grammar.articles);
                    infinitive || self.of_modal(*n).is_some() || self.is_open(*n, at)
                };
                match own.take_while(|n| *n == at || !self.ends_clause(*n)).find(leads) {
                    Some(n) if is_one(self.word(n), &grammar.coming) => Standing::Coming,
                    Some(n) if self.word(n) == "to" => self.infinitive(n + 1),
                    Some(_) => Standing::Open,
                    None => Standing::Done,
                }
            }
        }
    }

    /// "Has determined that X should be added": how the verb stands that settles it.
    fn is_settled(&self, modal: usize) -> Option<Standing> {
        if !is_one(self.word(modal), &FILE.english.settled) {
            return None;
        }
        let mut that = (modal..self.before.len()).filter(|n| self.word(*n) == "that");
        self.of_performing(that.next()? + 1)
    }

    /// Whether a word leaves open what the verb tells that stands `behind` it, or "to" before that verb.
    fn is_open(&self, number: usize, behind: usize) -> bool {
        /// How many words from it a word may stand that often says something else.
        const NEAR: usize = 2;
        let word = self.word(number);
        let one_of = |list: &[String]| list.iter().any(|open| is_form_of(word, open));
        one_of(&FILE.english.open) || number <= behind + NEAR && one_of(&FILE.english.open_near)
    }

    /// How a performing verb at a place stands itself.
    fn of_performing(&self, number: usize) -> Option<Standing> {
        let word = self.word(number);
        let performs = FILE.english.performing.iter().any(|verb| is_form_of(word, verb));
        if !performs || self.is_noun(number) {
            return None;
        }
        if self.depth >= Self::DEPTH {
            return Some(Standing::Open);
        }
        Some(Governed::new(self.words, &self.before[number], self.depth + 1).standing())
    }

    /// "A final rule", "this action": whether a word that may be a verb is a noun here.
    fn is_noun(&self, number: usize) -> bool {
        is_one(self.word(number + 1), &FILE.english.before_nouns) && !self.word(number).ends_with("ing")
    }

    /// What the words before "to" say: nearest is a word that leaves it open, or one that does it.
    fn infinitive(&self, from: usize) -> Standing {
        let mut deed = false;
        for number in from..self.before.len() {
            if let Some(standing) = self.of_performing(number) {
                return standing;
            }
            if self.is_open(number, from) || self.word(number) == "not" {
                return Standing::Open;
            }
            deed |= is_one(self.word(number), &FILE.english.deeds);
        }
        if deed { Standing::Done } else { Standing::Open }
    }

    /// What the words before say of a verb or noun that is their object: up to the verb that does it.
    fn object_of(&self, from: usize) -> Standing {
        for number in (from..self.before.len()).take_while(|n| !self.ends_clause(*n)) {
            if let Some(standing) = self.of_performing(number).or_else(|| self.of_modal(number)) {
                return standing;
            }
            if self.is_open(number, from) {
                return Standing::Open;
            }
        }
        Standing::Done
    }

    /// "Amends the regulations, 15 CFR part 744, by adding": by the nearest verb that does it or may, else by any that leaves it
    /// open.
    fn means_of(&self, from: usize) -> Standing {
        let mut all = from..self.before.len();
        let done = all.clone().find_map(|n| self.of_performing(n).or_else(|| self.of_modal(n)));
        let open = || if all.any(|n| self.is_open(n, from)) { Standing::Open } else { Standing::Done };
        done.unwrap_or_else(open)
    }

    fn of_modal(&self, number: usize) -> Option<Standing> {
        match self.word(number) {
            word if is_one(word, &FILE.english.coming) => Some(Standing::Coming),
            word if is_one(word, &FILE.english.modals) => Some(Standing::Open),
            _ => None,
        }
    }

    fn gerund(&self) -> Standing {
        let grammar = &FILE.english;
        let at = self.behind_adverbs(0);
        let word = self.word(at);
        match word {
            "" => Standing::Done,
            "by" => self.means_of(at + 1),
            _ if self.ends_clause(at) => Standing::Done,
            "be" => self.plain(at + 1),
            _ if is_one(word, &grammar.auxiliaries) => Standing::Done,
            _ if is_one(word, &grammar.not_by) || self.is_open(at, at) => Standing::Open,
            _ if is_one(word, &grammar.joins) => self.means_of(at + 1),
            _ => Standing::Done,
        }
    }

    fn noun(&self) -> Standing {
        let behind = self.words[self.verb.end..].split([',', ';', '.']).next().unwrap_or_default();
        if has_any(behind, &FILE.english.open_behind) {
            return Standing::Open;
        }
        self.object_of(0)
    }
}

fn is_one<S: AsRef<str>>(word: &str, list: &[S]) -> bool {
    list.iter().any(|one| one.as_ref() == word)
}

/// Whether a word is a form of a verb or noun: "plan", "plans", "planned", "denied".
fn is_form_of(word: &str, plain: &str) -> bool {
    const ENDINGS: [&str; 6] = ["", "s", "es", "ed", "d", "ing"];
    let Some(last) = plain.chars().next_back() else { return false };
    if let Some(rest) = word.strip_prefix(plain) {
        let doubled = rest.strip_prefix(last).is_some_and(|rest| matches!(rest, "ed" | "ing"));
        return doubled || ENDINGS.contains(&rest);
    }
    let stem = &plain[..plain.len() - last.len_utf8()];
    let rest = word.strip_prefix(stem).filter(|rest| !stem.is_empty() && !rest.is_empty());
    matches!((last, rest), ('e', Some("ing")) | ('y', Some("ies" | "ied")))
}

/// How a Chinese verb stands by its clause, and the clauses before it that it follows from.
fn chinese(words: &str, verb: &Range<usize>) -> Standing {
    /// Bytes of the sentence before the verb that are looked at.
    const BEFORE: usize = 2_000;
    let grammar = &FILE.chinese;
    let from = words.floor_char_boundary(verb.start.saturating_sub(BEFORE));
    let told = without_reason(words, verb);
    let words = told.as_str();
    let before = &words[from..verb.start];
    let mut clauses = before.rsplit(MARKS);
    let own = clauses.next().unwrap_or_default();
    let same = before.rsplit(['；', ';', '。']).next().unwrap_or_default();
    let only_thought = |clause: &str| {
        /// Bytes of a word that is none of those that are held.
        const LONG: usize = 7;
        let whole = clause.trim();
        let clause = blank(whole, &grammar.holding);
        let mut conditions = grammar.conditions.iter();
        !ends_with_any(whole, &grammar.as_told)
            && conditions.any(|word| {
                clause.starts_with(word.as_str()) || word.len() > LONG && whole.starts_with(word.as_str())
            })
    };
    if hearsay::is_negated(words, verb.start) || same.split(MARKS).any(only_thought) {
        return Standing::Open;
    }
    // The names of an object are no words of its clause.
    let object = grammar.opens.iter().filter_map(|word| own.rfind(word.as_str())).max();
    let subject = object.map_or(own, |at| &own[..at]);
    if has_any(own, &grammar.coming) && !is_open(subject) {
        return Standing::Coming;
    }
    let near = object.map(|at| &own[at..]).unwrap_or_default();
    let near = blank(near, &grammar.holding);
    let near = near.trim_end_matches(['被', '遭']);
    if is_open(subject) || ends_with_any(near, &grammar.right_before) && object.is_none() {
        return Standing::Open;
    }
    Standing::Done
}

/// Whether the words before a verb or its object leave the act open.
fn is_open(clause: &str) -> bool {
    let grammar = &FILE.chinese;
    let clause = blank(clause, &grammar.holding);
    let clause = clause.trim().trim_end_matches(['被', '遭']);
    // What is decided is done, unless it may be or is not decided.
    let decided =
        grammar.performing.iter().filter_map(|word| Some((clause.rfind(word.as_str())?, word.len()))).max();
    if let Some((at, length)) = decided {
        return is_open(&clause[..at]) || is_open(&clause[at + length..]);
    }
    let by = grammar.by.iter().any(|word| clause.starts_with(word.as_str()));
    let open =
        grammar.open.iter().filter(|word| !(by && grammar.asked_by.iter().any(|asked| asked == *word)));
    open.clone().any(|word| clause.contains(word.as_str())) || ends_with_any(clause, &grammar.right_before)
}

/// The words with blanks, byte for byte, for the reason that the clause of a verb gives. What its last words say of the act stays.
fn without_reason(words: &str, verb: &Range<usize>) -> String {
    let Some(reason) = reason_for(words, verb) else { return words.to_owned() };
    // U+3000 is as long as a Chinese character.
    let blank = |c: char| if c.len_utf8() == 3 { "\u{3000}".into() } else { " ".repeat(c.len_utf8()) };
    let blanks: String = words[reason.clone()].chars().map(blank).collect();
    [&words[..reason.start], &blanks, &words[reason.end..]].concat()
}

/// The reason that the clause of a Chinese verb gives before it, without what its last words say of the act: 因拒绝核查 of
/// 因拒绝核查被列入, 出于安全考虑 of 出于安全考虑将…列入.
pub fn reason_for(words: &str, verb: &Range<usize>) -> Option<Range<usize>> {
    let grammar = &FILE.chinese;
    let before = &words[..verb.start];
    let from = before.rfind(MARKS).map_or(0, |at| passage::behind(before, at));
    let own = &before[from..];
    let places = |list: &'static List, least: usize| {
        let places = list.iter().flat_map(|word| own.match_indices(word.as_str()));
        places.filter(move |(at, word)| *at >= least && !is_held(own, *at, word.len()))
    };
    let first = |list: &'static List| places(list, 0).min_by_key(|(at, _)| *at);
    let last_end = |least: usize| places(&grammar.reason_ends, least).map(|(at, word)| at + word.len()).max();
    let (start, opener) = first(&grammar.reasons)
        .or_else(|| first(&grammar.until_end).filter(|(at, word)| last_end(at + word.len()).is_some()))?;
    let inner = start + opener.len();
    let end = last_end(inner).or_else(|| {
        let passive = own.trim_end().strip_suffix(['被', '遭']).map(str::len);
        let object = || grammar.opens.iter().filter_map(|word| own[inner..].rfind(word.as_str())).max();
        let object = passive.is_none().then(object).flatten().map(|at| inner + at);
        let agent = || own[inner..].rfind(['被', '遭']).map(|at| inner + at);
        let end = passive.or(object).or_else(agent).filter(|end| *end >= inner)?;
        Some(inner + kept(&own[inner..end], opener, object.is_some()))
    })?;
    Some(from + start..from + end)
}

/// Where the words of a reason begin that are the act's.
fn kept(reason: &str, opener: &str, has_object: bool) -> usize {
    /// Bytes before the end in which they begin.
    const NEAR: usize = 12;
    let grammar = &FILE.chinese;
    let last = |list: &[String]| list.iter().filter_map(|word| reason.rfind(word.as_str())).max();
    let hedged = last(&grammar.hedges).filter(|at| reason.len() - at <= NEAR);
    let asked = last(&grammar.asked).filter(|_| has_object);
    let ends = |list: &[String]| {
        list.iter().filter_map(|word| reason.strip_suffix(word.as_str())).map(str::len).min()
    };
    let by_noun = grammar.by_noun.iter().any(|word| word == opener);
    let done = ends(&grammar.open).filter(|_| has_object && !by_noun);
    let near =
        Some(blank(reason, &grammar.holding)).filter(|words| ends_with_any(words, &grammar.right_before));
    let near = near.and_then(|_| ends(&grammar.right_before));
    [hedged, asked, done, near].into_iter().flatten().min().unwrap_or(reason.len())
}

/// Whether a word at a place is a part of one that only looks as if it held it: 因 in 基因.
fn is_held(words: &str, at: usize, length: usize) -> bool {
    FILE.chinese.holding.iter().any(|held| {
        let mut places = words.match_indices(held.as_str());
        places.any(|(start, held)| start <= at && at + length <= start + held.len())
    })
}

/// Words with marks in the place of others.
fn blank(words: &str, holding: &[String]) -> String {
    holding.iter().fold(words.to_owned(), |words, held| {
        if words.contains(held.as_str()) { words.replace(held.as_str(), "·") } else { words }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, verb: &str, expected: Standing) {
        let at = words.rfind(verb).unwrap();
        assert_eq!(standing(words, &(at..at + verb.len())), expected, "{words}");
    }

    #[test]
    fn done_are_plain_acts_and_what_is_decided() {
        for (words, verb) in [
            ("the bureau today added tern ltd. to the list", "added"),
            ("in response to a request from japan, the bureau added tern ltd.", "added"),
            ("the committee determined to add tern ltd. to the list", "add"),
            ("the bureau amends the ear, 15 cfr part 744, to add tern ltd.", "add"),
            ("this final rule amends the regulations by removing tern ltd. and adding skua ltd.", "adding"),
            ("the bureau is adding four entities", "adding"),
            ("the bureau issued a rule, adding tern ltd.", "adding"),
            ("the following entities shall be added to annex iv", "added"),
            ("tern ltd. has been added", "added"),
            ("the bureau announced the removal of tern ltd.", "removal of"),
            ("add tern ltd. under china", "add"),
            ("the committee did not object and decided to remove tern ltd.", "remove"),
            ("商务部决定将燕鸥公司列入名单", "列入"),
            ("根据工作机制的要求将燕鸥公司列入名单", "列入"),
            ("经研究决定将燕鸥公司列入名单", "列入"),
            ("国家发展和改革委员会将燕鸥公司列入名单", "列入"),
            ("燕鸥微电子研究所被列入名单", "列入"),
            ("将未来可能科技公司列入名单", "列入"),
        ] {
            check(words, verb, Standing::Done);
        }
    }

    #[test]
    fn coming_is_what_will_be_done() {
        for (words, verb) in [
            ("the bureau will add tern ltd. on december 1", "add"),
            ("tern ltd. will be added to the list", "added"),
            ("the bureau will remove skua ltd. and add tern ltd.", "add"),
            ("商务部将于12月1日将燕鸥公司列入名单", "列入"),
            ("燕鸥公司将被列入名单", "列入"),
        ] {
            check(words, verb, Standing::Coming);
        }
    }

    #[test]
    fn open_is_what_is_weighed_asked_for_possible_or_refused() {
        for (words, verb) in [
            ("the bureau will consider adding tern ltd.", "adding"),
            ("the bureau plans to add tern ltd.", "add"),
            ("the bureau has threatened to add tern ltd.", "add"),
            ("the bureau decided not to add tern ltd.", "add"),
            ("the bureau denied a request to add tern ltd.", "add"),
            ("the bureau warned that it could add tern ltd.", "add"),
            ("tern ltd. asked to be removed", "removed"),
            ("tern ltd. would like to be removed", "removed"),
            ("china asked the united states to remove tern ltd.", "remove"),
            ("the committee denied the request of tern ltd. to be removed", "removed"),
            ("if the bureau adds tern ltd., prices rise", "adds"),
            ("once the bureau adds tern ltd., prices rise", "adds"),
            ("lawmakers demanded that tern ltd. be added", "added"),
            ("lawmakers want tern ltd. added to the list", "added"),
            ("the bureau could respond by adding tern ltd.", "adding"),
            ("the bureau stopped short of adding tern ltd.", "adding"),
            ("tern ltd. may have been added", "added"),
            ("the bureau may decide to add tern ltd.", "add"),
            ("the bureau has not decided to remove tern ltd.", "remove"),
            ("the bureau is expected to add tern ltd.", "add"),
            ("the bureau rejected the proposed removal of tern ltd.", "removal of"),
            ("商务部不排除将燕鸥公司列入名单", "列入"),
            ("商务部或将燕鸥公司列入名单", "列入"),
            ("商务部可能将燕鸥公司列入名单", "列入"),
            ("商务部没有将燕鸥公司列入名单", "列入"),
            ("议员要求将燕鸥公司列入名单", "列入"),
            ("商务部拒绝将燕鸥公司移出名单", "移出"),
            ("如燕鸥公司违规，商务部将其列入名单", "列入"),
            ("燕鸥公司可能被列入名单", "列入"),
            ("燕鸥公司申请移出名单", "移出"),
            ("商务部尚未决定将燕鸥公司移出名单", "移出"),
            ("商务部正在研究将燕鸥公司列入名单", "列入"),
        ] {
            check(words, verb, Standing::Open);
        }
    }
}
