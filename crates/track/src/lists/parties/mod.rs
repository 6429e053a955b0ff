//! Parties as official documents name them: in a run of a sentence (`english`, `chinese`), in quotes, in a line or row of an
//! annex (`entries`).

mod chinese;
mod english;
mod entries;
mod met;
mod vocabulary;

pub use chinese::{in_chinese_run, looks_like_party};
pub use english::in_run;
pub use entries::{in_cell, in_line};
pub use met::Met;

use crate::text::list::List;
use crate::text::units;
use crate::text::words::{lists, places, starts_with_any};
use headwater_model::membership::is_legal_form;
use std::ops::Range;
use vocabulary::{Vocabulary, vocabulary};

/// A party: where its name stands, and what it is called besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Bytes of the text.
    pub at: Range<usize>,
    /// Other names.
    pub also: Vec<String>,
}

impl Party {
    fn at(at: Range<usize>) -> Party {
        Party { at, also: Vec::new() }
    }
}

/// Parties in a run of words of either language.
pub fn in_words(text: &str, run: Range<usize>) -> Vec<Party> {
    if text[run.clone()].chars().any(units::is_ideographic) {
        in_chinese_run(text, run)
    } else {
        in_run(text, run)
    }
}

/// What points to parties elsewhere: in an annex, in the lines below.
pub fn pointers() -> &'static List {
    &vocabulary().pointers
}

/// Whether a name at a place of folded words only says whose the party is that is meant: "a subsidiary of Acme", 甲公司的子公司,
/// and before a verb at a place "Acme said its unit was added". "Acme and its units" are Acme, too.
pub fn is_of_kin(words: &str, name: &Range<usize>, verb: Option<usize>) -> bool {
    let Vocabulary { kin, kin_before, kin_links, .. } = vocabulary();
    let before = words[..name.start].trim_end().trim_end_matches(" the").trim_end();
    if kin_before.iter().any(|word| before.ends_with(word.as_str())) {
        return true;
    }
    let behind = &words[name.end..];
    let bare =
        kin_links.iter().find_map(|link| behind.strip_prefix(link.as_str())).unwrap_or(behind).trim_start();
    if kin.iter().any(|word| bare.starts_with(word.as_str())) {
        return true;
    }
    let Some(between) = verb.and_then(|verb| words.get(name.end..verb)) else { return false };
    let mut places = kin.iter().flat_map(|word| places(between, word));
    places.any(|at| is_subject(&between[..at.start], &between[at.end..]))
}

/// Whether a word of kin is whom a verb is told of, by what stands between a name and the word and between it and the verb: "said
/// its unit was", and not ", a unit of Acme, was" nor "and its units were".
fn is_subject(before: &str, behind: &str) -> bool {
    let Vocabulary { kin_links, kin_joins, kin_whose, kin_as, kin_and, kin_again, .. } = vocabulary();
    let is_in = |list: &List| list.iter().any(|word| before.contains(word.as_str()));
    let ends = |list: &List| list.iter().any(|word| before.trim_end().ends_with(word.as_str()));
    if ends(kin_joins) || is_in(kin_as) || kin_again.iter().any(|word| behind.contains(word.as_str())) {
        return false;
    }
    let commas = |words: &str| {
        let parts = words.split([',', '，']).skip(1);
        parts.filter(|part| !is_form(part.split_whitespace().next().unwrap_or_default())).count()
    };
    // "Acme's main supplier, Skua, was".
    if kin_links.iter().any(|link| before.starts_with(link.as_str())) && commas(before) == 0 {
        return true;
    }
    let whose = ends(kin_whose) || commas(before) == 0 && !is_in(kin_and);
    // "Said its unit, Skua Ltd., was": two commas hold a name.
    whose && commas(behind) % 2 == 0
}

/// Whether words only describe parties: 家企业, 多家公司.
pub fn is_described(name: &str) -> bool {
    starts_with_any(name, &vocabulary().described)
}

/// Whether words can name a party.
pub fn is_name(name: &str) -> bool {
    /// Characters of the longest name.
    const LONGEST: usize = 120;
    let folded = units::simplified(name);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let mut own = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let is_count = |word: &str| vocabulary().counts.iter().any(|count| count == word);
    let general = own.clone().all(|w| is_legal_form(w) || is_general_word(w) || is_count(w));
    let is_thing = |first: &str| vocabulary().no_parties.iter().any(|word| word == first);
    letters > 1
        && name.chars().count() <= LONGEST
        && !general
        && own.next().is_some_and(|first| !is_thing(first))
}

/// Whether a word in small letters speaks of parties or papers in general: "entities".
pub fn is_general_word(word: &str) -> bool {
    lists().members.general_parties.iter().any(|general| general == word)
}

/// Whether a word is the form of a company, with or without its stops.
fn is_form(word: &str) -> bool {
    is_legal_form(&word.to_lowercase().replace('.', ""))
}

/// The words with blanks for what stands in brackets, byte for byte, and where each bracket's inside is.
pub fn without_brackets(words: &str) -> (String, Vec<Range<usize>>) {
    let (mut bare, mut inside) = (String::with_capacity(words.len()), Vec::new());
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in words.char_indices() {
        let opens = matches!(c, '(' | '（' | '[');
        let closes = matches!(c, ')' | '）' | ']') && depth > 0;
        if opens {
            depth += 1;
            start = if depth == 1 { at + c.len_utf8() } else { start };
        }
        if depth > 0 {
            bare.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            bare.push(c);
        }
        if closes {
            depth -= 1;
            if depth == 0 {
                inside.push(start..at);
            }
        }
    }
    (bare, inside)
}

/// A name without the stop of its sentence; that of "Ltd." is its own.
fn without_stop(name: &str) -> &str {
    let last = name.rsplit([' ', ',']).next().unwrap_or_default().to_ascii_lowercase();
    let bare = last.trim_end_matches('.');
    let own = vocabulary().abbreviated.iter().any(|word| word == bare) || bare.contains('.');
    if own { name } else { name.trim_end_matches('.') }
}

/// Where a stretch of words stands in a text of which it is a part that begins at a byte.
fn place(part: &str, of: &str, begins: usize) -> Range<usize> {
    let start = begins + (part.as_ptr() as usize - of.as_ptr() as usize);
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use english::other_names;

    fn names(words: &str) -> Vec<String> {
        in_run(words, 0..words.len()).into_iter().map(|p| words[p.at].to_owned()).collect()
    }

    #[test]
    fn runs_of_names() {
        assert_eq!(
            names("Alpha Optics Co., Ltd. and Beta Marine LLC"),
            ["Alpha Optics Co., Ltd.", "Beta Marine LLC"]
        );
        assert_eq!(
            names(
                "two individuals and three companies, Dunmore Freight Ltd, Kestrel FZCO, and Vardan OOO, for supplying parts"
            ),
            ["Dunmore Freight Ltd", "Kestrel FZCO", "Vardan OOO"]
        );
        assert_eq!(
            names("entries for \"Korda Center;\" \"Pellan Co., Ltd.;\" and \"Yin Co.\""),
            ["Korda Center", "Pellan Co., Ltd.", "Yin Co."]
        );
        assert_eq!(
            names("Norland Optics, located in Germany, and Tirana Parts Sh.p.k., located in Albania,"),
            ["Norland Optics", "Tirana Parts Sh.p.k."]
        );
        assert_eq!(names("five entities under six entries"), Vec::<String>::new());
    }

    #[test]
    fn other_names_stand_in_brackets() {
        let words = "Brackwell Turbines (also known as: BW Turbines; Brakvel) and its subsidiaries Ondra Castings and Lys Bearings";
        let found = in_run(words, 0..words.len());
        assert_eq!(found[0].also, ["BW Turbines", "Brakvel"]);
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn chinese_runs_are_counted_and_joined() {
        let check = |words: &str, expected: &[&str]| {
            let found: Vec<_> =
                in_chinese_run(words, 0..words.len()).into_iter().map(|p| &words[p.at]).collect();
            assert_eq!(found, expected);
        };
        check("晶阳微电子有限公司、渭川激光研究所等2家实体", &["晶阳微电子有限公司", "渭川激光研究所"]);
        check("附件所列5家日本实体", &[]);
        check("甲东公司（A Co.）和乙南中心", &["甲东公司（A Co.）", "乙南中心"]);
        check("商务部公告2026年第18号中哈默电子公司", &["哈默电子公司"]);
    }

    #[test]
    fn a_cell_holds_a_name_and_more() {
        let check = |cell: &str, name: &str, also: &[&str]| {
            let found = in_cell(cell, 0..cell.len()).unwrap();
            assert_eq!((&cell[found.at], found.also), (name, also.iter().map(|a| (*a).to_owned()).collect()));
        };
        check("Ibis Freight FZE, Office 9, Port Zone, Dubai, UAE.", "Ibis Freight FZE", &[]);
        check(
            "Tern Optics Co., Ltd., a.k.a., the following two aliases: —Tern Photonics; and —TOPT. 5 Quay Road, Ningbo.",
            "Tern Optics Co., Ltd.",
            &["Tern Photonics", "TOPT"],
        );
        check("PETROVA, Anna Ilyinichna", "PETROVA, Anna Ilyinichna", &[]);
        check("‘17. Volna Pribor AO", "Volna Pribor AO", &[]);
        check("鹭岛光学公司（Egret Optics, Inc.）", "鹭岛光学公司（Egret Optics, Inc.）", &[]);
    }

    #[test]
    fn entries_between_semicolons_end_before_their_facts() {
        let words = "KESTREL LINES SA, Colon, Panama [RUSSIA]; TERN OIL DMCC, Dubai, UAE [RUSSIA].";
        assert_eq!(names(words), ["KESTREL LINES SA", "TERN OIL DMCC"]);
    }

    #[test]
    fn descriptions_and_owners_are_no_names() {
        let check = |words: &str, expected: &[&str]| {
            let found: Vec<_> =
                in_chinese_run(words, 0..words.len()).into_iter().map(|p| &words[p.at]).collect();
            assert_eq!(found, expected, "{words}");
        };
        check("未能说明最终用户、最终用途的东浦精工株式会社等2家", &["东浦精工株式会社"]);
        check("甲东公司、参与军用项目、危害安全的乙南研究所", &["甲东公司", "乙南研究所"]);
        check("海西集团及其子公司海西动力公司", &["海西集团", "海西动力公司"]);
        check("甲公司及其子公司", &["甲公司"]);
        check("中国科学院等离子体物理研究所", &["中国科学院等离子体物理研究所"]);
        check("上海高等研究院等3家实体", &["上海高等研究院"]);
        check("广东美的制冷设备有限公司", &["广东美的制冷设备有限公司"]);
        check("甲东公司、乙南公司等美国企业", &["甲东公司", "乙南公司"]);
        check("违反规定的甲东公司等", &["甲东公司"]);
        check("海西集团和旗下", &["海西集团"]);
    }

    #[test]
    fn of_kin_is_whose_party_is_meant_and_not_who_is_described() {
        let check = |words: &str, expected: bool| {
            let (name, verb) = ("tern".len(), words.find("added").unwrap());
            assert_eq!(is_of_kin(words, &(0..name), Some(verb)), expected, "{words}");
        };
        for words in [
            "tern said its unit was added",
            "tern said its unit, skua co., ltd., was added",
            "tern's main supplier, skua, was added",
            "tern's unit was added",
        ] {
            check(words, true);
        }
        for words in [
            "tern, whose customers are abroad, was added",
            "tern, a unit of skua, was added",
            "tern as a supplier of skua was added",
            "tern and a unit of skua were added",
            "tern lost its customers and was added",
            "tern and its units were added",
        ] {
            check(words, false);
        }
    }

    #[test]
    fn a_cue_inside_a_word_gives_no_other_name() {
        for line in ["Osaka Kiko Co., Ltd.", "Tanaka Seiki Works", "Nanaka Optics (Osaka branch)"] {
            let found = in_line(line, 0..line.len());
            assert_eq!(found.iter().map(|p| p.also.len()).collect::<Vec<_>>(), [0], "{line}");
        }
        let other = |words: &str| other_names(words);
        assert_eq!(other("a.k.a.Tern Optics"), ["Tern Optics"]);
        assert_eq!(other("aka Tern"), ["Tern"]);
        assert_eq!(other("简称燕鸥"), ["燕鸥"]);
    }

    #[test]
    fn a_short_name_is_that_of_the_first_long_one() {
        let mut met = Met::default();
        for (number, name) in
            ["Tern Co., Ltd.", "Tern FZE", "Skua", "燕鸥公司（Gannet Corp.）"].iter().enumerate()
        {
            met.take(std::iter::once(*name), number);
        }
        let find = |name: &str| met.find(std::iter::once(name));
        assert_eq!(find("TERN Co Ltd"), Some(0));
        assert_eq!(find("Tern"), Some(0));
        assert_eq!(find("Tern FZE"), Some(1));
        assert_eq!(find("Tern LLC"), None);
        assert_eq!(find("Skua Inc."), Some(2));
        assert_eq!(find("Gannet Corp."), Some(3));
        assert_eq!(find("Puffin"), None);
    }

    #[test]
    fn names_of_cells_stand_where_their_words_do() {
        let check = |cell: &str, expected: &str| {
            let found = in_cell(cell, 0..cell.len()).unwrap_or_else(|| panic!("{cell}"));
            assert_eq!(&cell[found.at], expected, "{cell}");
        };
        check(";甲公司", "甲公司");
        check("1. ,甲公司", "甲公司");
        check("2) “,乙公司”", "乙公司");
        check("3. Tern Optics LLC; Dubai", "Tern Optics LLC");
    }

    #[test]
    fn lines_begin_with_the_name() {
        let check = |line: &str, expected: &[&str]| {
            let found: Vec<_> = in_line(line, 0..line.len()).into_iter().map(|p| &line[p.at]).collect();
            assert_eq!(found, expected);
        };
        check("HASSANI, Behnam, Tehran, Iran; DOB 12 Mar 1979 (individual) [IRAN].", &["HASSANI, Behnam"]);
        check("CREST SHIPPING LLC (a.k.a. \"CREST\"), Dubai [IRAN].", &["CREST SHIPPING LLC"]);
        check("NAVEED TRADING CO., Hong Kong, China [NPWMD].", &["NAVEED TRADING CO."]);
        check(
            "CHINA: Lan Co., Ltd.; Hexi Works; and Tian Institute.",
            &["Lan Co., Ltd.", "Hexi Works", "Tian Institute"],
        );
        check("Ingrid S. Halvorsen, Assistant Secretary for Export Controls.", &[]);
        check(
            "Tern Optics Co., Ltd., a.k.a., the following two aliases: —Tern Photonics; and —TOPT. 5 Quay Road, Ningbo.",
            &["Tern Optics Co., Ltd."],
        );
        check("This rule does not impose new duties on exporters that hold a licence.", &[]);
    }
}
