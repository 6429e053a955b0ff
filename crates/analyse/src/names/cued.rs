//! Names that the words beside them give away: "Mayor Delia Okonjo", "Hitoshi Kuramochi, president of", "the regulator,
//! Ibama, said", "Ministry of Energy and Mineral Resources". The tagger learnt from too few names to be sure of each.

use super::tagger::{self, Class, Tagged};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize, Default)]
struct Words {
    honorifics: Vec<String>,
    offices: Vec<String>,
    roles: Vec<String>,
    bodies: Vec<String>,
    of_offices: Vec<String>,
    companies: Vec<String>,
    titles: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/cued_names.toml")).expect("data/cued_names.toml")
});

/// The margin of a name that the tagger had no part in.
pub(super) const GIVEN: i32 = i32::MAX;

/// A name of more words than this is a headline or a row of names.
const LONGEST: usize = 4;

/// A word of a sentence without the signs around it.
struct Word<'t> {
    text: &'t str,
    range: Range<usize>,
    /// Whether a sign, such as a bracket, opens it.
    opened: bool,
    /// The sign that follows it at once.
    sign: Option<char>,
}

impl Word<'_> {
    fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase) && !self.text.ends_with("'s") && !self.text.ends_with("’s")
    }
    fn among(&self, words: &[String]) -> bool {
        words.iter().any(|word| word == self.text)
    }
}

/// Whether a word stands before names of people: Mr, Minister.
pub(super) fn is_title(word: &str) -> bool {
    WORDS.honorifics.iter().chain(&WORDS.offices).any(|title| title == word)
}

/// The names of an English sentence that its words give away.
pub(super) fn english(sentence: &str) -> Vec<Tagged> {
    let words = words(sentence);
    let mut found = Vec::new();
    for at in (0..words.len()).filter(|&at| words[at].is_capital()) {
        let person = titled(&words, at).or_else(|| described(&words, at)).or_else(|| after_role(&words, at));
        let name = person.map(|words| (words, Class::Person));
        let body = || after_body(&words, at).or_else(|| office(&words, at)).map(|words| (words, Class::Body));
        if let Some((inside, class)) = name.or_else(body) {
            let range = words[inside.start].range.start..words[inside.end - 1].range.end;
            found.push(Tagged { range, class, margin: GIVEN });
        }
    }
    found
}

fn words(sentence: &str) -> Vec<Word<'_>> {
    let mut at = 0;
    let pieces = sentence.split_inclusive(char::is_whitespace).map(|piece| {
        let start = at;
        at += piece.len();
        (start, piece)
    });
    let inner = |c: char| !c.is_alphanumeric();
    let read = |(start, piece): (usize, &'_ str)| {
        let from = start + piece.len() - piece.trim_start_matches(inner).len();
        let until = start + piece.trim_end_matches(inner).len();
        let range = from..until.max(from);
        let text = sentence.get(range.clone()).filter(|text| !text.is_empty())?;
        Some(Word {
            text,
            opened: from > start,
            sign: sentence[range.end..].chars().next().filter(|c| !c.is_whitespace()),
            range,
        })
    };
    pieces.filter_map(read).collect()
}

/// The capitalised words from a place on, up to the first sign between them.
fn run(words: &[Word<'_>], from: usize) -> Range<usize> {
    let mut end = from;
    // The bound keeps a page in capitals linear.
    while let Some(word) = words[..words.len().min(from + 2 * LONGEST)]
        .get(end)
        .filter(|w| w.is_capital() && (end == from || !w.opened))
    {
        end += 1;
        let initial = word.text.len() == 1 && word.sign == Some('.');
        if word.sign.is_some() && !initial {
            break;
        }
    }
    from..end
}

/// A person's name of at least so many words that begins here.
fn person(words: &[Word<'_>], from: usize, least: usize) -> Option<Range<usize>> {
    let run = run(words, from);
    let fits = (least..=LONGEST).contains(&run.len());
    let ordinary = |word: &Word<'_>| {
        word.among(&WORDS.offices)
            || word.among(&WORDS.honorifics)
            || tagger::has_ending(word.text)
            || WORDS.roles.contains(&word.text.to_lowercase())
    };
    (fits && !words[run.clone()].iter().any(ordinary)).then_some(run)
}

/// "Ms. Ferrante", "Mayor Delia Okonjo".
fn titled(words: &[Word<'_>], at: usize) -> Option<Range<usize>> {
    let before = words.get(at.checked_sub(1)?)?;
    if before.among(&WORDS.honorifics) && matches!(before.sign, None | Some('.')) {
        return person(words, at, 1);
    }
    if before.among(&WORDS.offices) && before.sign.is_none() { person(words, at, 2) } else { None }
}

/// "Hitoshi Kuramochi, president of", "Xu Wenbo, a researcher at".
fn described(words: &[Word<'_>], at: usize) -> Option<Range<usize>> {
    let begins = at == 0 || !words[at - 1].is_capital() || words[at - 1].sign.is_some();
    let comma = begins && words[run(words, at).end - 1].sign == Some(',');
    let run = if comma { person(words, at, 2)? } else { return None };
    // "a senior researcher", "its former chief executive"
    let role = words[run.end..].iter().take(4).take_while(|w| !w.is_capital()).any(|w| w.among(&WORDS.roles));
    role.then_some(run)
}

/// "its chief executive, Lieve Verstraeten, told".
fn after_role(words: &[Word<'_>], at: usize) -> Option<Range<usize>> {
    let before = words.get(at.checked_sub(1)?)?;
    if before.sign != Some(',') || !before.among(&WORDS.roles) {
        return None;
    }
    person(words, at, 2).filter(|run| words[run.end - 1].sign == Some(','))
}

/// "the environment agency, Ibama, denied".
fn after_body(words: &[Word<'_>], at: usize) -> Option<Range<usize>> {
    let before = words.get(at.checked_sub(1)?)?;
    let run = run(words, at + usize::from(words[at].text == "The"));
    let between = before.sign == Some(',') && before.among(&WORDS.bodies);
    (between && (1..=LONGEST).contains(&run.len()) && words[run.end - 1].sign == Some(',')).then_some(run)
}

/// "Ministry of Energy and Mineral Resources".
fn office(words: &[Word<'_>], at: usize) -> Option<Range<usize>> {
    let of = words.get(at + 1).filter(|w| w.text == "of" && words[at].among(&WORDS.of_offices))?;
    let mut end = run(words, at + 2).end;
    while of.sign.is_none()
        && words[end - 1].sign.is_none()
        && words.get(end).is_some_and(|w| w.text == "and" && w.sign.is_none())
        && !run(words, end + 1).is_empty()
    {
        end = run(words, end + 1).end;
    }
    (end > at + 2 && end <= at + 2 * LONGEST).then_some(at..end)
}

/// How many bytes at the head of a Chinese name are a title and none of the person's: 长官 + 安德根. What is left must be a name.
pub(super) fn title_before(name: &str) -> usize {
    let own = WORDS.titles.iter().find(|title| name.starts_with(title.as_str())).map_or(0, String::len);
    let title = own.max(tagger::title_before(name));
    if name[title..].chars().nth(1).is_some() { title } else { 0 }
}

/// How many bytes behind a Chinese name make a company of it: 奥瑞利斯 + 制药.
pub(super) fn company_behind(rest: &str) -> usize {
    WORDS.companies.iter().find(|word| rest.starts_with(word.as_str())).map_or(0, String::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_no_part_of_a_name() {
        let without = |name: &'static str| &name[title_before(name)..];
        assert_eq!(without("长官安德根"), "安德根");
        assert_eq!(without("新闻发言人安德根"), "安德根");
        assert_eq!(without("安德根"), "安德根");
        assert_eq!(without("长官安"), "长官安");
        assert_eq!(without("长官"), "长官");
    }

    #[test]
    fn words_beside_a_name() {
        let check = |sentence: &str, expected: &[(&str, Class)]| {
            let found: Vec<_> =
                english(sentence).into_iter().map(|t| (&sentence[t.range.clone()], t.class)).collect();
            assert_eq!(found, expected, "{sentence}");
        };
        check(
            "Mayor Jon Arbuthnot asked Ms. Ferro to resign.",
            &[("Jon Arbuthnot", Class::Person), ("Ferro", Class::Person)],
        );
        check("Kimi Oda, president of Toyo Seiki, bowed.", &[("Kimi Oda", Class::Person)]);
        check("The group's chief executive, Lieve Maes, told investors.", &[("Lieve Maes", Class::Person)]);
        check("Brazil's environment agency, Ibama, denied it.", &[("Ibama", Class::Body)]);
        check(
            "The Ministry of Energy and Mineral Resources agreed.",
            &[("Ministry of Energy and Mineral Resources", Class::Body)],
        );
        check("The president of the club, in Paris, left.", &[]);
        check("In Judge Advocate courts, Monday is quiet.", &[]);
        check("", &[]);
    }
}
