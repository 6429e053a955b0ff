//! What the tagger asks about a token: the words around it, what they look like, in which lists they stand,
//! and which names are known already. A feature is a 32-bit hash.

use super::tokens::{self, Token, hash};
use super::words::{CHINESE, ENGLISH, Lists};
use std::sync::LazyLock;

/// Neighbours whose words features ask for.
const NEAR: [isize; 5] = [-2, -1, 0, 1, 2];

/// How far ahead a Han character looks for a word that ends a name, such as 公司.
const AHEAD: usize = 8;

/// The lists that features ask for by name.
struct Named {
    /// English given names and surnames.
    given_or_surname: Lists,
    /// Chinese surnames.
    surname: Lists,
    /// Characters that write foreign sounds.
    sound: Lists,
    /// Words that end the name of a body or a place.
    ending: Lists,
}

static NAMED: LazyLock<Named> = LazyLock::new(|| Named {
    given_or_surname: ENGLISH.list("given") | ENGLISH.list("surname"),
    surname: CHINESE.list("surname"),
    sound: CHINESE.list("sound"),
    ending: ["company", "agency", "organisation", "place"].iter().fold(0, |all, l| all | CHINESE.list(l)),
});

/// Words that may stand inside a name between capitals: of, for, and.
static INNER: LazyLock<[u64; 6]> =
    LazyLock::new(|| ["of", "for", "and", "&", "the", "de"].map(|w| super::tokens::hash_text(w.chars())));

/// Calls a function with the features of every token that are to be kept, by its place in the sentence.
pub fn each_token(tokens: &[Token], keep: impl Fn(u32) -> bool, mut take: impl FnMut(usize, &[u32])) {
    let named = &*NAMED;
    let runs = capital_runs(tokens);
    let shouted = tokens.iter().filter(|t| t.capital).count() * 10 > tokens.len() * 6;
    let mut features = vec![0; 128];
    for at in 0..tokens.len() {
        let mut asker = Asker {
            tokens,
            at,
            named,
            words: [0; NEAR.len()],
            speech: [0; NEAR.len()],
            keep: &keep,
            features: &mut features,
            count: 0,
        };
        asker.words = NEAR.map(|offset| asker.near(offset).word);
        asker.speech = NEAR.map(|offset| asker.near(offset).speech);
        asker.common();
        if tokens[at].han {
            asker.chinese();
        } else {
            asker.english(&runs[at], shouted);
        }
        let count = asker.count;
        take(at, &features[..count]);
    }
}

/// A row of capitalised words: "University of Toronto". From and until which token.
type Run = Option<(usize, usize)>;

fn capital_runs(tokens: &[Token]) -> Vec<Run> {
    let mut runs = vec![None; tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at].capital {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        loop {
            let inner =
                tokens[end..].iter().take(2).take_while(|t| INNER.contains(&t.word) && !t.capital).count();
            if !tokens.get(end + inner).is_some_and(|t| t.capital) {
                break;
            }
            end += inner + 1;
        }
        runs[at..end].fill(Some((at, end)));
        at = end;
    }
    runs
}

struct Asker<'t, K> {
    tokens: &'t [Token],
    at: usize,
    named: &'static Named,
    /// Words and parts of speech of the token and its neighbours.
    words: [u64; NEAR.len()],
    speech: [u64; NEAR.len()],
    /// Whether a feature is to be kept.
    keep: &'t K,
    /// Room for the features, and how many of them there are.
    features: &'t mut Vec<u32>,
    count: usize,
}

impl<K: Fn(u32) -> bool> Asker<'_, K> {
    fn near(&self, offset: isize) -> &Token {
        static BEYOND: Token = tokens::BEYOND;
        self.tokens.get(self.at.wrapping_add_signed(offset)).unwrap_or(&BEYOND)
    }
    #[inline]
    fn word(&self, offset: isize) -> u64 {
        self.words[(offset - NEAR[0]) as usize]
    }
    fn shape(&self, offset: isize) -> u64 {
        self.near(offset).shape
    }
    fn known(&self, offset: isize) -> u64 {
        self.near(offset).known
    }
    #[inline]
    fn speech(&self, offset: isize) -> u64 {
        self.speech[(offset - NEAR[0]) as usize]
    }
    fn lists(&self, offset: isize) -> Lists {
        self.near(offset).lists
    }

    // Inlined everywhere, so that the hash of the template is known before the program runs.
    #[inline(always)]
    fn add<const N: usize>(&mut self, template: u64, values: [u64; N]) {
        let sum = values.iter().fold(hash(0xfeed, template), |sum, &value| hash(sum, value));
        let feature = (sum >> 32) as u32;
        // Put down in any case, and left standing if it is kept: a branch would be guessed wrong as often as not.
        match self.features.get_mut(self.count) {
            Some(place) => *place = feature,
            None => self.features.push(feature),
        }
        self.count += usize::from((self.keep)(feature));
    }

    /// One feature for each list of a set.
    fn add_lists(&mut self, template: u64, lists: Lists, with: u64) {
        let mut rest = lists;
        while rest != 0 {
            self.add(template, [u64::from(rest.trailing_zeros()), with]);
            rest &= rest - 1;
        }
    }

    fn common(&mut self) {
        self.add(0, []);
        for offset in -2..=2 {
            self.add(1, [offset as u64, self.word(offset)]);
        }
        self.add(2, [self.word(-1), self.word(0)]);
        self.add(3, [self.word(0), self.word(1)]);
        self.add(4, [self.shape(-1), self.shape(0), self.shape(1)]);
        for offset in -1..=1 {
            if self.known(offset) != 0 {
                self.add(5, [offset as u64, self.known(offset)]);
            }
        }
        self.add(6, [self.known(-1), self.known(0), self.known(1)]);
    }

    fn english(&mut self, run: &Run, shouted: bool) {
        let token = &self.tokens[self.at];
        let (shape, own, affixes) = (token.shape, token.lists, token.affixes);
        self.add(10, [shape]);
        self.add(11, [self.shape(-1), shape]);
        self.add(12, [shape, self.shape(1)]);
        for (template, affix) in (13..).zip(affixes).filter(|(_, a)| *a != 0) {
            self.add(template, [affix]);
        }
        self.add(18, [shape, u64::from(self.at == 0), u64::from(shouted)]);
        for offset in -2..=2 {
            self.add_lists(20, self.lists(offset), offset as u64);
        }
        for offset in -1..=1 {
            self.add_lists(21, self.lists(offset), hash(offset as u64, shape));
        }
        self.add(22, [u64::from(own), u64::from(self.lists(1)), self.shape(1)]);
        self.add(23, [u64::from(self.lists(-1)), self.shape(-1), u64::from(own), shape]);
        let Some((from, until)) = *run else { return };
        let (place, length) = ((self.at - from).min(3) as u64, (until - from).min(4) as u64);
        let (first, last) = (&self.tokens[from], &self.tokens[until - 1]);
        let (first_lists, last_lists, last_word) = (first.lists, last.lists, last.word);
        let before = from.checked_sub(1).map(|i| &self.tokens[i]);
        let (word_before, lists_before) = before.map_or((1, 0), |t| (t.word, t.lists));
        let after = self.tokens.get(until);
        let (word_after, lists_after) = after.map_or((1, 0), |t| (t.word, t.lists));
        self.add(30, [place, length]);
        self.add(31, [last_word, u64::from(place == 0)]);
        self.add_lists(32, last_lists, hash(place, u64::from(length == 1)));
        self.add_lists(33, first_lists, hash(place, length));
        self.add(34, [word_before, place.min(1), length.min(2)]);
        self.add(35, [word_after, place.min(1), length.min(2)]);
        self.add_lists(36, lists_before, hash(place.min(1), length));
        self.add_lists(37, lists_after, hash(place.min(1), length));
        let named = self.named.given_or_surname;
        self.add(38, [u64::from(first_lists & named), u64::from(last_lists & named), length]);
    }

    fn chinese(&mut self) {
        self.add(50, [self.word(-2), self.word(-1)]);
        self.add(51, [self.word(1), self.word(2)]);
        self.add(52, [self.word(-1), self.word(1)]);
        self.add(53, [self.word(-1), self.word(0), self.word(1)]);
        self.add(54, [self.word(-2), self.word(-1), self.word(0)]);
        self.add(55, [self.word(0), self.word(1), self.word(2)]);
        for offset in -3..=3 {
            self.add_lists(56, self.lists(offset), offset as u64);
        }
        let (surname, sound) = (self.named.surname, self.named.sound);
        let sounds = (-2..=3).fold(0u64, |set, o| set << 1 | u64::from(self.lists(o) & sound != 0));
        self.add(57, [sounds]);
        let ends_before = self.near(-1).ends;
        self.add_lists(58, ends_before, 0);
        if self.lists(0) & surname != 0 {
            self.add_lists(59, ends_before, 1);
            for (ahead, template) in [(2, 60), (3, 61)] {
                let next = self.near(ahead).begins | self.near(ahead).lists;
                self.add_lists(template, next, 1);
                self.add(template, [99, u64::from(self.near(ahead).stop)]);
            }
        }
        for (offset, back) in [(-1isize, 1u64), (-2, 2)] {
            if self.lists(offset) & surname != 0 {
                let ends = self.near(offset - 1).ends;
                self.add_lists(62, ends, back);
                let next = self.near(1).begins;
                self.add_lists(63, next, back);
                self.add(64, [back, u64::from(self.near(offset - 1).stop)]);
            }
        }
        for offset in 0..=4 {
            let begins = self.near(offset).begins;
            self.add_lists(65, begins, offset as u64);
        }
        for offset in -4..=0 {
            let ends = self.near(offset).ends;
            self.add_lists(66, ends, offset as u64);
        }
        for offset in -2..=2 {
            self.add(80, [offset as u64, self.speech(offset)]);
        }
        self.add(81, [self.speech(-1), self.speech(0)]);
        self.add(82, [self.speech(0), self.speech(1)]);
        self.add(83, [self.speech(-1), self.speech(0), self.speech(1)]);
        self.add(84, [self.speech(0), self.word(0)]);
        self.add(85, [self.speech(-2), self.speech(-1), self.speech(0)]);
        self.add(86, [self.speech(0), self.speech(1), self.speech(2)]);
        self.ahead();
    }

    /// The next word that may end a name, before the clause ends.
    fn ahead(&mut self) {
        for step in 1..=AHEAD {
            let token = self.near(step as isize);
            if token.stop {
                return;
            }
            let lists = token.begins & self.named.ending;
            if lists != 0 {
                self.add_lists(70, lists, step.min(5) as u64);
                self.add_lists(71, lists, self.word(0));
                self.add_lists(72, lists, self.word(-1));
                return;
            }
        }
    }
}
