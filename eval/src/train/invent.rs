//! Invented names in patterns of news sentences, so that the tagger meets the sentences that it will read: the
//! corpora that may be learnt from are reviews, mails and encyclopaedias.

use headwater_analyse::names::tagger::Class;
use headwater_eval::corpus::Example;
use std::collections::BTreeMap;

/// How often each pattern is filled, in English and in Chinese.
const TIMES: [usize; 2] = [10, 8];

/// A row of numbers that looks random and is the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// The parts of names: lists of words by name of the list.
pub struct Parts {
    lists: BTreeMap<String, Vec<String>>,
    patterns: Vec<String>,
    chinese: bool,
}

impl Parts {
    /// Reads `data/tagger/{en,zh}.toml`; `words` are the tagger's own lists of given names and surnames.
    pub fn read(text: &str, words: &BTreeMap<String, String>, chinese: bool) -> anyhow::Result<Self> {
        let mut source: BTreeMap<String, String> = toml::from_str(text)?;
        let patterns = source.remove("patterns").unwrap_or_default();
        let patterns = patterns.lines().filter(|l| !l.is_empty()).map(str::to_owned).collect();
        // A no-break space stands inside a part, a plain one between two.
        let list = |text: &str| text.split_ascii_whitespace().map(|w| w.replace('\u{a0}', " ")).collect();
        let mut lists: BTreeMap<String, Vec<String>> =
            source.iter().map(|(name, text)| (name.clone(), list(text))).collect();
        for (name, text) in words {
            lists.entry(format!("known {name}")).or_insert_with(|| list(text));
        }
        Ok(Parts { lists, patterns, chinese })
    }

    /// Every pattern, filled some times.
    pub fn examples(&self) -> Vec<Example> {
        let mut dice = Dice(0x2545_f491_4f6c_dd1d);
        let filled =
            self.patterns.iter().flat_map(|p| std::iter::repeat_n(p, TIMES[usize::from(self.chinese)]));
        filled.map(|pattern| self.fill(pattern, &mut dice)).collect()
    }

    fn fill(&self, pattern: &str, dice: &mut Dice) -> Example {
        let mut example = Example::default();
        let mut rest = pattern;
        while let Some((plain, after)) = rest.split_once('{') {
            example.text.push_str(plain);
            let Some((slot, after)) = after.split_once('}') else { break };
            let (class, name) = if self.chinese { self.han(slot, dice) } else { self.latin(slot, dice) };
            let start = example.text.len();
            example.text.push_str(&name);
            example.names.push((start..example.text.len(), class));
            rest = after;
        }
        example.text.push_str(rest);
        example
    }

    fn one(&self, list: &str, dice: &mut Dice) -> &str {
        let words = self.lists.get(list).map(Vec::as_slice).unwrap_or_default();
        words.get(dice.roll(words.len())).map_or("", String::as_str)
    }

    /// A character of a list that is written without spaces.
    fn sign(&self, list: &str, dice: &mut Dice) -> char {
        let all: Vec<char> = self.lists.get(list).into_iter().flatten().flat_map(|w| w.chars()).collect();
        all.get(dice.roll(all.len())).copied().unwrap_or('文')
    }

    /// A word that stands in no list, made of syllables, so that the tagger looks at more than lists.
    fn made(&self, dice: &mut Dice, last: &str) -> String {
        let middle = if dice.roll(3) == 0 { self.one("middles", dice) } else { "" };
        format!("{}{middle}{}", self.one("heads", dice), self.one(last, dice))
    }

    fn latin(&self, slot: &str, dice: &mut Dice) -> (Class, String) {
        let one = |list: &str, dice: &mut Dice| self.one(list, dice).to_owned();
        let capital = |word: String| {
            let mut chars = word.chars();
            chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
        };
        let listed_or = |list: &str, last: &str, dice: &mut Dice| {
            if dice.roll(5) < 2 { self.made(dice, last) } else { capital(self.one(list, dice).to_owned()) }
        };
        match slot {
            "per" | "fam" => {
                let mut family = listed_or("known surname", "family_ends", dice);
                if dice.roll(12) == 0 {
                    let particle = one("particles", dice);
                    let gap = if particle.ends_with(['-', '\'', 'c']) { "" } else { " " };
                    family = format!("{particle}{gap}{family}");
                }
                if slot == "fam" {
                    return (Class::Person, family);
                }
                let name = match dice.roll(10) {
                    0 => format!(
                        "{} {}",
                        family.split(' ').next_back().unwrap_or_default(),
                        one("eastern", dice)
                    ),
                    1 => format!(
                        "{} {}. {family}",
                        listed_or("known given", "given_ends", dice),
                        char::from(b'A' + dice.roll(26) as u8)
                    ),
                    2 => format!("{}. {family}", char::from(b'A' + dice.roll(26) as u8)),
                    3 => format!(
                        "{} {family}-{}",
                        listed_or("known given", "given_ends", dice),
                        listed_or("known surname", "family_ends", dice)
                    ),
                    4 => format!(
                        "{} {}",
                        one("pinyin", dice),
                        capital(one("pinyin", dice) + &one("pinyin_ends", dice))
                    ),
                    _ => format!("{} {family}", listed_or("known given", "given_ends", dice)),
                };
                (Class::Person, name)
            }
            // Half of the places are in no list, so that the tagger looks at more than lists.
            "loc" if dice.roll(2) == 0 => {
                let name = match dice.roll(3) {
                    0 => capital(one("known surname", dice)) + &one("towns", dice),
                    1 => self.made(dice, "place_ends"),
                    _ => one("pinyin", dice) + &one("pinyin_ends", dice),
                };
                (Class::Place, name)
            }
            "loc" => (Class::Place, one("places", dice)),
            "com" => {
                let stem = match dice.roll(8) {
                    0 => capital(one("known surname", dice)),
                    1 | 2 => self.made(dice, "stem_ends"),
                    3 => one("pinyin", dice) + &one("pinyin_ends", dice),
                    4 => format!("{} {}", one("stems", dice), one("features", dice)),
                    5 => one("places", dice),
                    _ => one("stems", dice),
                };
                let name = match dice.roll(6) {
                    0 => format!("{stem} {}", one("endings", dice)),
                    1 => format!("{stem} {} {}", one("trades", dice), one("endings", dice)),
                    2 => stem,
                    3 => format!("{stem} & {}", listed_or("known surname", "family_ends", dice)),
                    _ => format!("{stem} {}", one("trades", dice)),
                };
                (Class::Body, name)
            }
            "age" => {
                let town = if dice.roll(3) == 0 {
                    one("pinyin", dice) + &one("pinyin_ends", dice)
                } else if dice.roll(2) == 0 {
                    self.made(dice, "place_ends")
                } else {
                    one("places", dice)
                };
                let name = match dice.roll(6) {
                    0 | 4 => format!("{town} {}", one("body_ends", dice)),
                    5 => format!(
                        "{town} {} {}{}",
                        one("levels", dice),
                        one("bodies", dice),
                        format_args!(" {}", one("subjects", dice))
                    ),
                    1 => format!(
                        "{} {} and {}",
                        one("bodies", dice),
                        one("subjects", dice),
                        one("subjects", dice)
                    ),
                    _ => format!("{} {}", one("bodies", dice), one("subjects", dice)),
                };
                (Class::Body, name)
            }
            "org" => {
                let town = match dice.roll(4) {
                    0 => self.made(dice, "place_ends"),
                    1 => one("pinyin", dice) + &one("pinyin_ends", dice),
                    _ => one("places", dice),
                };
                let name = match dice.roll(5) {
                    0 => format!("{} {town}", one("schools", dice)),
                    1 => format!("{} {}", one("studies", dice), one("study_subjects", dice)),
                    2 => format!("{town} {} {}", one("members", dice), one("union_ends", dice)),
                    _ => format!("{town} {}", one("school_ends", dice)),
                };
                (Class::Body, name)
            }
            _ if dice.roll(3) == 0 => {
                (Class::Body, format!("{} {}", one("foreign_papers", dice), self.made(dice, "place_ends")))
            }
            _ => (Class::Body, format!("{} {}", one("places", dice), one("papers", dice))),
        }
    }

    fn han(&self, slot: &str, dice: &mut Dice) -> (Class, String) {
        let sounds = |dice: &mut Dice, least: usize| -> String {
            let length = least + dice.roll(3);
            (0..length).map(|_| self.sign("known sound", dice)).collect()
        };
        let maybe_place = |dice: &mut Dice| {
            if dice.roll(3) == 0 { self.one("places", dice).to_owned() } else { String::new() }
        };
        match slot {
            "per" => {
                let family = if dice.roll(25) == 0 {
                    self.one("known double_surname", dice).to_owned()
                } else {
                    self.sign("known surname", dice).to_string()
                };
                let length = 1 + usize::from(dice.roll(4) > 0);
                let given: String = (0..length).map(|_| self.sign("given", dice)).collect();
                (Class::Person, family + &given)
            }
            "fer" => {
                let last = sounds(dice, 2);
                let name = match dice.roll(7) {
                    0..=2 => last,
                    3 => format!("{}·{}·{last}", sounds(dice, 2), sounds(dice, 2)),
                    _ => format!("{}·{last}", sounds(dice, 2)),
                };
                (Class::Person, name)
            }
            // Names of peoples that write them in more than one part: 吾买尔江·买买提, 格桑次仁.
            "min" => {
                let first = self.one("minority", dice).to_owned();
                let dot = if dice.roll(2) == 0 { "·" } else { "" };
                (Class::Person, format!("{first}{dot}{}", self.one("minority", dice)))
            }
            "loc" => {
                let mut name =
                    if dice.roll(5) == 0 { sounds(dice, 2) } else { self.one("places", dice).to_owned() };
                if dice.roll(4) == 0 {
                    name.push_str(self.one("place_ends", dice));
                }
                (Class::Place, name)
            }
            "com" => {
                let stem = match dice.roll(5) {
                    0 | 1 => format!("{}{}", self.sign("stem_signs", dice), self.sign("stem_signs", dice)),
                    2 if dice.roll(2) == 0 => sounds(dice, 2),
                    _ => self.one("stems", dice).to_owned(),
                };
                let trade = if dice.roll(5) == 0 { "" } else { self.one("trades", dice) };
                let ending =
                    if trade.is_empty() || dice.roll(3) == 0 { self.one("endings", dice) } else { "" };
                let place = if dice.roll(6) == 0 { self.one("places", dice) } else { "" };
                (Class::Body, format!("{place}{stem}{trade}{ending}"))
            }
            "age" => {
                let name = if dice.roll(3) == 0 {
                    self.one("state_bodies", dice).to_owned()
                } else {
                    let end = if dice.roll(2) == 0 { self.one("place_ends", dice) } else { "" };
                    let county = if dice.roll(3) == 0 { self.one("counties", dice) } else { "" };
                    format!("{}{end}{county}{}", self.one("places", dice), self.one("bodies", dice))
                };
                (Class::Body, name)
            }
            "org" => {
                let name = match dice.roll(4) {
                    0 | 1 => format!("{}{}", self.one("places", dice), self.one("schools", dice)),
                    2 => {
                        let town = self.one("places", dice);
                        format!("{town}{}{}", self.one("members", dice), self.one("studies", dice))
                    }
                    _ => format!(
                        "{}{}{}",
                        maybe_place(dice),
                        self.one("stems", dice),
                        self.one("studies", dice)
                    ),
                };
                (Class::Body, name)
            }
            _ => (Class::Body, format!("{}{}", self.one("places", dice), self.one("papers", dice))),
        }
    }
}
