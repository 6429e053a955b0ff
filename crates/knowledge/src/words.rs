//! The guard against names across word borders: 其中国产 is 其中 + 国产 and holds no 中国.

use crate::fold::is_han;
use jieba_rs::Jieba;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The dictionary is constant; building it takes a tenth of a second, so it is built once.
static WORDS: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// A word of the dictionary in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// How many bytes it has.
    pub bytes: usize,
    /// How many characters it has.
    pub characters: usize,
    /// Its part of speech.
    pub speech: Speech,
}

/// A part of speech, as the dictionary calls it: `ns` a place, `nr` a person, `v` a verb …
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speech([u8; 8]);

impl Speech {
    /// By its name, of which no dictionary has one of more than eight letters.
    fn new(name: &str) -> Self {
        let mut letters = [0; 8];
        letters.iter_mut().zip(name.bytes()).for_each(|(letter, byte)| *letter = byte);
        Speech(letters)
    }

    /// The letters of its name.
    pub fn letters(&self) -> impl Iterator<Item = char> {
        self.0.into_iter().take_while(|byte| *byte != 0).map(char::from)
    }
}

/// The runs of Han characters of an article and what stands between them, each cut to words once: the guard of known
/// names and the tagger of unknown ones ask for the same runs.
#[derive(Default)]
pub struct Words {
    /// The cut of each run, by its number.
    cuts: Vec<Vec<Word>>,
    numbers: HashMap<String, usize>,
}

/// More runs than this are not remembered.
const REMEMBERED: usize = 4096;

impl Words {
    /// A text of simplified characters cut to words of the dictionary, which cover it.
    pub fn cut(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::with_capacity(text.len() / 4);
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c| is_han(c) != is_han(first)).unwrap_or(rest.len());
            let (run, behind) = rest.split_at(end);
            words.extend_from_slice(self.run(run));
            rest = behind;
        }
        words
    }

    fn run(&mut self, run: &str) -> &[Word] {
        if let Some(&number) = self.numbers.get(run) {
            return &self.cuts[number];
        }
        if self.cuts.len() >= REMEMBERED {
            self.cuts.clear();
            self.numbers.clear();
        }
        let words = WORDS.tag(run, false).into_iter().map(|t| Word {
            bytes: t.word.len(),
            characters: t.end - t.start,
            speech: Speech::new(t.tag),
        });
        self.numbers.insert(run.to_owned(), self.cuts.len());
        self.cuts.push(words.collect());
        self.cuts.last().map_or(&[], Vec::as_slice)
    }
}

/// A run of Han characters is cut to this many characters around a name before it is segmented.
const WINDOW: usize = 48;

/// A Han name of up to this many characters gives way to any word across its borders; a longer one only to a long
/// word across its end (中国银行业 is 中国 + 银行业) or to one at each border, for 德国经济部长 still names the ministry.
const GUARDED: usize = 3;

/// Word borders of a folded text, worked out run by run as they are asked for.
pub(crate) struct Borders<'t> {
    text: &'t str,
    run: Range<usize>,
    words: Vec<Range<usize>>,
    cut: &'t mut Words,
}

impl<'t> Borders<'t> {
    pub fn new(text: &'t str, cut: &'t mut Words) -> Self {
        Borders { text, run: 0..0, words: Vec::new(), cut }
    }

    /// Whether a name may stand here: no word of the language begins outside and ends inside it,
    /// or the other way round, or encloses it on both sides.
    pub fn allow(&mut self, name: &Range<usize>) -> bool {
        if !(self.run.start <= name.start && name.end <= self.run.end) {
            self.segment(name);
        }
        let short = self.text[name.clone()].chars().count() <= GUARDED;
        let mut crossing = 0;
        for word in &self.words {
            let apart = word.end <= name.start || name.end <= word.start;
            let inside = name.start <= word.start && word.end <= name.end;
            // 中国人, 北京市: a word made from the name. The other way round it is chance: 老谋深算.
            let derived = word.start == name.start && name.end < word.end;
            if apart || inside || derived {
                continue;
            }
            if is_title(&self.text[name.start..name.end], &self.text[name.end.min(word.end)..word.end]) {
                continue;
            }
            let word_text = &self.text[word.clone()];
            // 商务部长 heads the 商务部.
            let long = word.start > name.start && word_text.chars().count() > 2 && !word_text.ends_with('长');
            if short || long {
                return false;
            }
            crossing += 1;
        }
        crossing < 2
    }

    fn segment(&mut self, name: &Range<usize>) {
        let before = self.text[..name.start].char_indices().rev().take(WINDOW);
        let start = before.take_while(|(_, c)| is_han(*c)).last().map_or(name.start, |(at, _)| at);
        let after = self.text[name.end..].char_indices().take(WINDOW);
        let end = after.take_while(|(_, c)| is_han(*c)).last();
        let end = end.map_or(name.end, |(at, c)| name.end + at + c.len_utf8());
        self.run = start..end;
        let mut at = start;
        let words = self.cut.run(&self.text[start..end]).iter().map(|word| {
            at += word.bytes;
            at - word.bytes..at
        });
        // A single character has no inside to cross into.
        self.words = words.filter(|w| w.end - w.start > 4).collect();
    }
}

/// 工信部副部长, 商务部长: what stands behind an office's last character makes a title of it, and the office stays its own.
fn is_title(name: &str, behind: &str) -> bool {
    let office = name.ends_with(['部', '局', '署', '委']);
    office && matches!(behind, "长" | "副")
}
