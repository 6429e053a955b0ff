//! A text to be analysed, with its sentences and the language of each.

use headwater_knowledge::is_of_word;
pub use headwater_model::script::is_han;
use headwater_model::{Article, Part, Text};
use std::ops::Range;

/// The script family that decides which rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Latin script; rules are English.
    English,
    /// Han script, simplified.
    ChineseSimplified,
    /// Han script, traditional.
    ChineseTraditional,
}

impl Language {
    /// Whether the language is Chinese in either script.
    pub fn is_chinese(self) -> bool {
        self != Language::English
    }
}

/// Whose money a bare "yuan" or "dollar" is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// The mainland, and every page that says nothing else.
    Mainland,
    /// Taiwan.
    Taiwan,
    /// Hong Kong and Macao.
    HongKong,
}

impl Region {
    /// By the language tag, else the site's top-level domain; traditional script alone is taken for Taiwan's.
    fn of(language: &str, url: &str, traditional: bool) -> Self {
        let host = url.split("://").nth(1).unwrap_or(url).split(['/', ':']).next().unwrap_or_default();
        if language.contains("HK")
            || language.contains("MO")
            || host.ends_with(".hk")
            || host.ends_with(".mo")
        {
            return Region::HongKong;
        }
        if language.contains("TW") || host.ends_with(".tw") || traditional {
            Region::Taiwan
        } else {
            Region::Mainland
        }
    }
}

/// One sentence: a byte range of the passage, trimmed, and its language.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Byte range in the passage.
    pub range: Range<usize>,
    /// Language by script.
    pub language: Language,
    /// Whether it is all of a sentence.
    pub piece: Piece,
}

/// How much of a sentence stands in a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// All of it.
    Whole,
    /// The beginning of one that is cut because it is too long for prose: a list, a table, runaway markup.
    First,
    /// What follows of such a one.
    Later,
}

/// Bytes of the longest sentence; what runs on longer is cut there, so that no rule looks further.
pub const LONGEST: usize = 4000;

/// The title or the text of an article.
pub struct Passage<'a> {
    /// The indexed text.
    pub text: &'a Text,
    /// Which part of the article it is.
    pub part: Part,
    /// Sentences in order; those of languages that are not read are left out.
    pub sentences: Vec<Sentence>,
    /// Where it was published.
    pub region: Region,
}

impl<'a> Passage<'a> {
    /// One part of an article.
    pub fn new(article: &'a Article, part: Part) -> Self {
        let traditional = article.language.starts_with("zh-Hant")
            || article.language.ends_with("-TW")
            || article.language.ends_with("-HK");
        let region = Region::of(&article.language, &article.url, traditional);
        let mut passage = Passage { region, ..Passage::of(article.part(part), part, traditional) };
        let text = passage.text;
        passage.sentences.retain(|s| {
            is_read(language_at(article, part, text, s.range.start))
                && !is_of_another_script(&text.as_str()[s.range.clone()])
        });
        passage
    }

    /// A text by itself; `traditional` tells which Chinese it is, where it is Chinese.
    pub fn of(text: &'a Text, part: Part, traditional: bool) -> Self {
        let words = text.as_str();
        let ranges = sentence_ranges(words);
        let mut sentences = Vec::with_capacity(ranges.len());
        for range in ranges {
            each_piece(words, range, |range, piece| {
                let language = language_of(&words[range.clone()], traditional);
                sentences.push(Sentence { range, language, piece });
            });
        }
        Passage { text, part, sentences, region: Region::of("", "", traditional) }
    }

    /// The words.
    pub fn as_str(&self) -> &'a str {
        self.text.as_str()
    }
}

/// The language of the paragraph at a byte; the article's where its paragraphs are not told apart.
fn language_at<'a>(article: &'a Article, part: Part, text: &Text, byte: usize) -> &'a str {
    let own = (part == Part::Text).then(|| article.paragraph_at(text.char_at(byte))).flatten();
    own.map_or(&article.language, |p| &p.language)
}

/// Whether sentences of a language are read: by rules for English, a German one would assert what it does not say.
/// What is too short or too mixed to tell is tried.
fn is_read(language: &str) -> bool {
    let primary = language.split('-').next().unwrap_or_default();
    matches!(primary, "" | "und" | "mul" | "en" | "zh")
}

/// Whether a character is a letter of any script but Han.
fn is_letter(c: char) -> bool {
    is_of_word(c) && c.is_alphabetic()
}

/// Whether most letters are neither Latin nor Han: a Korean sentence on a page that calls itself Chinese.
fn is_of_another_script(sentence: &str) -> bool {
    if sentence.is_ascii() {
        return false;
    }
    let (mut own, mut others) = (0, 0);
    for c in sentence.chars() {
        if is_han(c) || c < '\u{250}' && is_letter(c) {
            own += 1;
        } else if is_letter(c) {
            others += 1;
        }
    }
    others > own
}

/// A Han character says about as much as two or three Latin letters, so a sentence is Chinese
/// from one Han character in four letters, and with its own stops between names in Latin letters from one in ten.
fn language_of(sentence: &str, traditional: bool) -> Language {
    if sentence.is_ascii() {
        return Language::English;
    }
    let (mut han, mut others, mut stops) = (0, 0, false);
    for c in sentence.chars() {
        stops |= matches!(c, '，' | '。' | '、' | '；');
        if is_han(c) {
            han += 1;
        } else if is_letter(c) {
            others += 1;
        }
    }
    let letters = han + others;
    let least = if stops { 10 } else { 4 };
    match (han * least >= letters && han > 0, traditional) {
        (false, _) => Language::English,
        (true, false) => Language::ChineseSimplified,
        (true, true) => Language::ChineseTraditional,
    }
}

/// Words before a full stop that do not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt", "St", "Jr", "Sr", "Rev",
    "Adm", "Capt", "Maj", "Cmdr", "Hon", "vs", "No", "Nos", "Inc", "Ltd", "Co", "Corp", "U.S", "U.K", "U.N",
    "E.U", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "a.m", "p.m",
    "e.g", "i.e", "Art", "Sec", "Fig", "approx", "est", "D.C",
];

fn sentence_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::with_capacity(text.len() / 100 + 1);
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        let ends = match c {
            '\n' | '。' | '！' | '？' | '；' => true,
            '!' | '?' => text[after..].starts_with([' ', '\n', '"', '”', '’', ')']) || after == text.len(),
            '.' => ends_at_stop(text, start, at, after),
            _ => false,
        };
        if !ends {
            continue;
        }
        let mut end = after;
        while let Some(&(next, closer)) = chars.peek() {
            if !matches!(closer, '"' | '”' | '’' | '」' | '』' | '）' | ')') || (c == '\n') {
                break;
            }
            end = next + closer.len_utf8();
            chars.next();
        }
        push_trimmed(text, start..end, &mut ranges);
        start = end;
    }
    push_trimmed(text, start..text.len(), &mut ranges);
    ranges
}

/// A full stop ends a sentence before white space and a capital, digit, quote or Han character,
/// unless the word before it is an abbreviation or a single initial.
fn ends_at_stop(text: &str, start: usize, at: usize, after: usize) -> bool {
    let rest = text[after..].trim_start_matches(['"', '”', '’', ')']);
    if rest.is_empty() {
        return true;
    }
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let next = rest.trim_start().chars().next();
    if !next.is_none_or(|c| c.is_uppercase() || c.is_ascii_digit() || is_han(c) || "\"“‘'(".contains(c)) {
        return false;
    }
    let word = text[start..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    !(initial || ABBREVIATIONS.contains(&word))
}

/// Calls a function with a sentence, or with the pieces of one that is too long.
fn each_piece(text: &str, sentence: Range<usize>, mut take: impl FnMut(Range<usize>, Piece)) {
    if sentence.len() <= LONGEST {
        return take(sentence, Piece::Whole);
    }
    let (mut start, mut piece) = (sentence.start, Piece::First);
    while start < sentence.end {
        let end = cut_before(text, start, (start + LONGEST).min(sentence.end), sentence.end);
        take(start..end, piece);
        (start, piece) = (end, Piece::Later);
    }
}

/// Where a sentence is cut at the latest byte: behind a word, where one ends near.
fn cut_before(text: &str, start: usize, latest: usize, end: usize) -> usize {
    /// Bytes of the longest word.
    const WORD: usize = 200;
    if latest == end {
        return end;
    }
    let latest = text.floor_char_boundary(latest);
    let near = text.floor_char_boundary(latest.saturating_sub(WORD).max(start));
    text[near..latest]
        .rfind([' ', '，', '、', ','])
        .map_or(latest, |at| text.ceil_char_boundary(near + at + 1))
}

fn push_trimmed(text: &str, range: Range<usize>, ranges: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = range.start + (piece.len() - piece.trim_start().len());
        ranges.push(start..start + trimmed.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentence_ranges(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn scripts_that_are_not_read() {
        assert!(is_of_another_script("상무부는 3월 1일 발표했다."));
        assert!(is_of_another_script("半導体の輸出についてはまだ決まっていないという。"));
        assert!(!is_of_another_script("商务部表示，三星（삼성）不在清单上。"));
        assert!(!is_of_another_script("Huawei said so."));
        assert!(!is_of_another_script("2026-06-09"));
    }

    #[test]
    fn a_sentence_without_an_end_is_cut() {
        let text = "新闻 and ".repeat(2000);
        let pieces = |range| {
            let mut pieces = Vec::new();
            each_piece(&text, range, |range, piece| pieces.push((range, piece)));
            pieces
        };
        let whole = pieces(3..LONGEST);
        let pieces = pieces(0..text.len());
        assert!(pieces.iter().all(|(range, _)| range.len() <= LONGEST && text.get(range.clone()).is_some()));
        assert_eq!(pieces.iter().map(|(range, _)| range.len()).sum::<usize>(), text.len());
        let later = pieces.iter().filter(|(_, piece)| *piece == Piece::Later).count();
        assert_eq!((pieces[0].1, later), (Piece::First, pieces.len() - 1));
        assert_eq!(whole, [(3..LONGEST, Piece::Whole)]);
    }

    #[test]
    fn sentences() {
        check("", &[]);
        check("One. Two.", &["One.", "Two."]);
        check(
            "The U.S. Commerce Department said so. It grew 3.5 percent.",
            &["The U.S. Commerce Department said so.", "It grew 3.5 percent."],
        );
        check("“We will.” She left.", &["“We will.”", "She left."]);
        check("J. Smith of Acme Inc. said no", &["J. Smith of Acme Inc. said no"]);
        check("商务部回应。“不属实。”他说。", &["商务部回应。", "“不属实。”", "他说。"]);
        check("Line one\nLine two", &["Line one", "Line two"]);
    }
}
