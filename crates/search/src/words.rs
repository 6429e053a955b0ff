//! Words: how text is cut for the index and for queries.

use headwater_model::script::is_han;
use jieba_rs::{Jieba, TokenizeMode};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// First and last character of the blocks in which traditional forms stand.
const HAN: std::ops::RangeInclusive<u32> = 0x3400..=0x9fff;

/// Simplified form of each Han character, by code point from the first of [`HAN`].
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    use ferrous_opencc::{OpenCC, config::BuiltinConfig};
    let converter = OpenCC::from_config(BuiltinConfig::T2s).ok();
    let simplified = |c: char| {
        let converted = converter.as_ref()?.convert(c.encode_utf8(&mut [0; 4]));
        let mut chars = converted.chars();
        // A character that would become several keeps its form, so that positions agree.
        chars.next().filter(|_| chars.next().is_none())
    };
    HAN.filter_map(char::from_u32).map(|c| simplified(c).unwrap_or(c)).collect()
});

/// One character as the index sees it: simplified, half-width, lower case.
fn fold_char(c: char) -> char {
    let code = c as u32;
    match code {
        _ if HAN.contains(&code) => SIMPLIFIED[(code - HAN.start()) as usize],
        0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// A text as the index sees it, character for character.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// One word: where it stands in the text (bytes), its place among the words, and its folded form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub range: Range<usize>,
    /// A Han character counts as one place, so that what is a phrase does not hang on how a text is cut into words.
    pub place: usize,
    pub form: String,
}

/// How Chinese is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Into words.
    Words,
    /// Into words, and the words inside long ones.
    Parts,
    /// Into characters.
    Characters,
}

/// The words of a text.
pub fn words(text: &str, cut: Cut) -> Vec<Word> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |i: usize| chars.get(i).map_or(text.len(), |(byte, _)| *byte);
    let mut found = Vec::new();
    let (mut i, mut place) = (0, 0);
    while i < chars.len() {
        let (start, c) = (i, chars[i].1);
        if is_han(c) {
            i += chars[i..].iter().take_while(|(_, c)| is_han(*c)).count();
            let run: String = chars[start..i].iter().map(|(_, c)| fold_char(*c)).collect();
            found.extend(cut_run(&run, cut).into_iter().map(|(from, to, form)| Word {
                range: end_of(start + from)..end_of(start + to),
                place: place + from,
                form,
            }));
            place += i - start;
        } else if c.is_alphanumeric() {
            i += length(&chars[i..]);
            let folded: String =
                chars[start..i].iter().map(|(_, c)| fold_char(*c)).filter(|c| *c != ',').collect();
            found.push(Word { range: end_of(start)..end_of(i), place, form: spelled(stem(folded)) });
            place += 1;
        } else {
            // A phrase does not reach over the end of a sentence.
            place += usize::from(matches!(c, '\n' | '。' | '！' | '？' | '!' | '?'));
            i += 1;
        }
    }
    found
}

/// Characters of the word at the beginning, none of them Han. The commas that group the digits of a number are within it.
fn length(chars: &[(usize, char)]) -> usize {
    let digits =
        |at: usize| chars[at.min(chars.len())..].iter().take_while(|(_, c)| c.is_ascii_digit()).count();
    let mut end = chars.iter().take_while(|(_, c)| c.is_alphanumeric() && !is_han(*c)).count();
    if digits(0) == end && end <= 3 {
        while chars.get(end).is_some_and(|(_, c)| fold_char(*c) == ',') && digits(end + 1) == 3 {
            end += 4;
        }
    }
    end
}

/// A run of folded Han characters, cut: first character, the one behind the last, form; the earliest first.
fn cut_run(run: &str, cut: Cut) -> Vec<(usize, usize, String)> {
    let mode = match cut {
        Cut::Characters => {
            return run.chars().enumerate().map(|(at, c)| (at, at + 1, c.to_string())).collect();
        }
        Cut::Words => TokenizeMode::Default,
        Cut::Parts => TokenizeMode::Search,
    };
    JIEBA.tokenize(run, mode, false).into_iter().map(|t| (t.start, t.end, t.word.to_owned())).collect()
}

/// The words that the index holds: of Chinese each word, the words inside it, and each character.
fn indexed(text: &str) -> Vec<Word> {
    let mut all = words(text, Cut::Parts);
    all.extend(words(text, Cut::Characters));
    all.sort_by_key(|word| (word.place, word.range.end));
    all.dedup_by_key(|word| word.range.clone());
    all
}

/// English plurals and possessives find their singular; more stemming than that joins words
/// that policy texts keep apart (import, important).
fn stem(word: String) -> String {
    let plural = word.len() > 3
        && word.is_ascii()
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us");
    if !plural {
        return word;
    }
    match word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        Some(stem) => format!("{stem}y"),
        None => word[..word.len() - 1].to_owned(),
    }
}

/// How English words are spelled on either side of the Atlantic.
#[derive(serde::Deserialize)]
struct Spellings {
    words: BTreeMap<String, String>,
    beginnings: BTreeMap<String, String>,
    endings: BTreeMap<String, String>,
}

static SPELLINGS: LazyLock<Spellings> =
    LazyLock::new(|| toml::from_str(include_str!("../data/spellings.toml")).expect("the spellings are TOML"));

/// A word in the one spelling in which texts and queries meet.
fn spelled(word: String) -> String {
    let Spellings { words, beginnings, endings } = &*SPELLINGS;
    if let Some(other) = words.get(&word) {
        return other.clone();
    }
    let swapped = |(from, to): (&String, &String)| Some(format!("{to}{}", word.strip_prefix(from.as_str())?));
    if let Some(other) = beginnings.iter().find_map(swapped) {
        return other;
    }
    let ended = |(from, to): (&String, &String)| {
        let stem = word.strip_suffix(from.as_str()).filter(|stem| stem.len() > 2)?;
        Some(format!("{stem}{to}"))
    };
    endings.iter().find_map(ended).unwrap_or(word)
}

/// The tokenizer of the index.
#[derive(Clone)]
pub struct WordTokenizer;

/// Words of one text, one after the other.
pub struct Words {
    words: std::vec::IntoIter<Word>,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = Words;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words {
        Words { words: indexed(text).into_iter(), token: Token::default() }
    }
}

impl TokenStream for Words {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token = Token {
            offset_from: word.range.start,
            offset_to: word.range.end,
            position: word.place,
            text: word.form,
            position_length: 1,
        };
        true
    }
    fn token(&self) -> &Token {
        &self.token
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// A passage of a text around the first words that a query matched.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Snippet {
    /// The passage.
    pub text: String,
    /// Byte ranges of the matched words in it.
    pub marked: Vec<Range<usize>>,
}

/// Bytes of a snippet before and after the first match, at most: about two lines on a page.
const SNIPPET_BEFORE: usize = 120;
const SNIPPET_AFTER: usize = 200;

/// Cuts a snippet out of a text around the first word whose form is in `forms`.
pub fn snippet(text: &str, forms: &[String]) -> Snippet {
    let matched: Vec<Range<usize>> =
        words(text, Cut::Parts).into_iter().filter(|w| forms.contains(&w.form)).map(|w| w.range).collect();
    let first = matched.first().map_or(0, |r| r.start);
    let start = beginning(text, first);
    let end = ending(text, text.floor_char_boundary(first + SNIPPET_AFTER));
    let mut marked: Vec<Range<usize>> = Vec::new();
    for range in matched.into_iter().filter(|r| r.start >= start && r.end <= end) {
        // Search mode tells a long word and then its parts; one mark serves for both.
        if marked.last().is_none_or(|last| range.start >= last.end + start) {
            marked.push(range.start - start..range.end - start);
        }
    }
    Snippet { text: text[start..end].replace('\n', " "), marked }
}

/// Where a snippet begins: at the sentence of the match, else at a word before it.
fn beginning(text: &str, matched: usize) -> usize {
    let from = text.floor_char_boundary(matched.saturating_sub(SNIPPET_BEFORE));
    let before = &text[from..matched];
    let sentence = [". ", "! ", "? ", "。", "！", "？", "\n"];
    let after_sentence = sentence.iter().filter_map(|end| Some(before.rfind(end)? + end.len())).max();
    let after_word = || if from == 0 { Some(0) } else { before.find(' ').map(|at| at + 1) };
    from + after_sentence.or_else(after_word).unwrap_or(0)
}

/// Where a snippet ends: not within a word, where words are apart by blanks.
fn ending(text: &str, end: usize) -> usize {
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let cuts = inside(text[..end].chars().next_back()) && inside(text[end..].chars().next());
    // A word that is longer than any is cut all the same.
    let word = text[..end].rfind(' ').filter(|at| cuts && end - at < 30);
    word.unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages() {
        let forms = |text: &str| words(text, Cut::Parts).into_iter().map(|w| w.form).collect::<Vec<_>>();
        assert_eq!(forms("Export controls, agencies"), ["export", "control", "agency"]);
        assert!(forms("出口管制條例").contains(&"管制".to_owned()));
        assert_eq!(forms("華為"), forms("华为"));
        assert_eq!(forms("ＡＩ晶片"), ["ai", "晶片"]);
        assert_eq!(
            forms("120,000 to 1,200,000, 3,4 and 2026,000"),
            ["120000", "to", "1200000", "3", "4", "and", "2026", "000"]
        );
        assert_eq!(
            forms("licences licenced centre authorising recognises"),
            forms("licenses licensed center authorizing recognizes")
        );
    }

    #[test]
    fn places_agree_however_a_text_is_cut() {
        let places = |cut| {
            words("自2027年起，出口管制。Ends", cut)
                .into_iter()
                .map(|w| (w.range.start, w.place))
                .collect::<BTreeMap<_, _>>()
        };
        let characters = places(Cut::Characters);
        assert!(places(Cut::Parts).iter().all(|(at, place)| characters[at] == *place));
        assert_eq!(characters.values().copied().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6, 7, 9]);
    }

    #[test]
    fn snippets_mark_whole_words() {
        let text = "之前的内容很长。".repeat(30) + "商务部发布出口管制公告。";
        let snippet = snippet(&text, &["管制".to_owned()]);
        assert_eq!(snippet.marked.iter().map(|r| &snippet.text[r.clone()]).collect::<Vec<_>>(), ["管制"]);
        assert_eq!(snippet.text, "商务部发布出口管制公告。");
        let text = "Chips are controlled. ".to_owned() + &"Equipment also. ".repeat(20);
        let cut = super::snippet(&text, &["chip".to_owned()]).text;
        assert!(cut.ends_with("also.") || cut.ends_with("Equipment"), "{cut}");
    }
}
