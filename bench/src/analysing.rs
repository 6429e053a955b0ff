//! How long an article's analysis takes, and on which stage, with as many names as users may load.
//!
//! The articles are our own, dense with names and figures; the names are made up by a seeded generator. Many of them
//! begin as names in the news do, for those are the ones that cost time.

use anyhow::Result;
use cpu_time::ProcessTime;
use headwater_analyse::names::{self, tagger, tagger::Desk};
use headwater_analyse::{Passage, analyse, claims, dates, quantities, voices};
use headwater_knowledge::{Lexicon, embedded};
use headwater_model::article::Article;
use headwater_model::knowledge::{Entity, Knowledge};
use headwater_model::mention::EntityKind;
use headwater_model::{Analysis, CaptureId, EntityId, Part, Text};
use std::collections::BTreeMap;
use std::hint::black_box;

const ARTICLES: [(&str, &str, &str); 2] = [
    ("English", "en", include_str!("../articles/english.txt")),
    ("Chinese", "zh-Hans", include_str!("../articles/chinese.txt")),
];

/// Prints, for each number of names beside those of the knowledge folder, how long the lexicon takes to build and an
/// article to analyse.
pub fn measure(rounds: usize, names: &[usize]) -> Result<()> {
    println!("milliseconds of CPU time an article: the median of {rounds} rounds, and the least");
    for &count in names {
        let mut knowledge = embedded();
        add_names(&mut knowledge, count);
        let start = ProcessTime::now();
        let lexicon = Lexicon::new(knowledge);
        println!("\n{} names: built in {:.2} s", lexicon.name_count(), start.elapsed().as_secs_f64());
        for (name, language, text) in ARTICLES {
            let article = article(language, text)?;
            println!("{name}, {} bytes", text.len());
            // The first round pays for word lists and rules.
            black_box(analyse(&article, &lexicon));
            let mut times: BTreeMap<(usize, &str), Vec<f64>> = BTreeMap::new();
            for _ in 0..rounds {
                let mut note = |place, stage, ms| times.entry((place, stage)).or_default().push(ms);
                let (_, whole) = timed(|| analyse(&article, &lexicon));
                note(0, "whole", whole);
                stages(&article, &lexicon, &mut note);
            }
            for ((_, stage), mut ms) in times {
                ms.sort_by(f64::total_cmp);
                println!("  {stage:<28} {:>8.3} {:>8.3}", ms[ms.len() / 2], ms[0]);
            }
        }
    }
    Ok(())
}

/// The stages one by one, as `analyse` has them, and apart from that the two parts of the first that cost most.
fn stages(article: &Article, lexicon: &Lexicon, note: &mut impl FnMut(usize, &'static str, f64)) {
    let mut analysis = Analysis::empty(article.capture.clone());
    let (passages, ms) = timed(|| [Passage::new(article, Part::Title), Passage::new(article, Part::Text)]);
    note(1, "sentences", ms);
    let ((), ms) = timed(|| names::find(article, &passages, lexicon, &mut analysis));
    note(2, "names", ms);
    let (_, ms) = timed(|| passages.iter().map(|p| lexicon.names_in(p.as_str()).len()).sum::<usize>());
    note(3, "  of that, known names", ms);
    let (_, ms) = timed(|| passages.iter().map(tag).sum::<usize>());
    note(4, "  of that, the tagger", ms);
    let mut stage = |place, name, find: &dyn Fn(&Passage, &mut Analysis)| {
        let ((), ms) = timed(|| passages.iter().for_each(|p| find(p, &mut analysis)));
        note(place, name, ms);
    };
    stage(5, "dates", &|p, a| dates::find(p, article, a));
    stage(6, "figures", &|p, a| quantities::find(p, a));
    stage(7, "voices", &|p, a| voices::find(p, a, lexicon));
    stage(8, "claims", &|p, a| claims::find(p, article, a, lexicon));
}

fn tag(passage: &Passage) -> usize {
    let mut desk = Desk::default();
    let tag = |s: &headwater_analyse::passage::Sentence| {
        tagger::tag(&passage.as_str()[s.range.clone()], s.language.is_chinese(), &[], &mut desk).len()
    };
    passage.sentences.iter().map(tag).sum()
}

/// Never inlined, so that a profiler can be told to look at the rounds alone.
#[inline(never)]
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = ProcessTime::now();
    let done = black_box(work());
    (done, start.elapsed().as_secs_f64() * 1e3)
}

fn article(language: &str, text: &str) -> Result<Article> {
    let (title, text) = text.split_once('\n').unwrap_or(("", text));
    let captured = "2026-06-10T08:00:00Z".parse()?;
    Ok(Article {
        title: Text::from(title),
        language: language.to_owned(),
        text: Text::from(text),
        ..Article::new(CaptureId::new("made-up"), "https://news.example/chips", captured)
    })
}

/// Adds entities with an English and a Chinese name each, more than half as many, for some get the same name.
fn add_names(knowledge: &mut Knowledge, names: usize) {
    let mut seed = Seed(0x9e37_79b9_7f4a_7c15);
    for number in 0..names * 5 / 8 {
        let id = EntityId::new(format!("made-up-{number:07}"));
        let kind = if number % 3 == 0 { EntityKind::Person } else { EntityKind::Company };
        knowledge.entities.push(Entity::new(id, kind, english_name(&mut seed), chinese_name(&mut seed)));
    }
    knowledge.entities.sort_by(|a, b| a.id.cmp(&b.id));
}

const HEADS: &[&str] = &[
    "China",
    "National",
    "United",
    "Commerce",
    "Advanced",
    "American",
    "South",
    "Department",
    "Chinese",
    "European",
    "State",
    "Senator",
    "Wei",
    "Li",
    "Tom",
    "Howard",
    "Harbour",
    "Applied",
    "Research",
    "Bank",
];
const SYLLABLES: &[&str] = &[
    "ka", "ren", "tol", "mi", "ves", "dor", "an", "li", "shu", "gra", "pel", "no", "bri", "qua", "ter",
    "sil", "mo", "ha", "rin", "ex", "ul", "fa", "jo", "wen",
];
const ENDINGS: &[&str] =
    &["Inc", "Ltd", "Group", "Holdings", "Technology", "Partners", "of China", "Semiconductor"];
const PLACES: &[&str] =
    &["中国", "北京", "上海", "深圳", "国家", "华", "中", "江苏", "浙江", "美国", "海", "长江"];
const SIGNS: &str =
    "新天科信安达东方兴隆瑞丰宏远金海龙凤明光华盛德立成创通联合源恒泰和平永昌国际电子工业子微力智能云数";
const TAILS: &[&str] = &["公司", "集团", "科技有限公司", "股份有限公司", "研究院", "银行", ""];

fn english_name(seed: &mut Seed) -> String {
    let mut words = Vec::new();
    if seed.below(3) == 0 {
        words.push(String::from(*seed.pick(HEADS)));
    }
    for _ in 0..1 + seed.below(2) {
        let word: String = (0..2 + seed.below(3)).map(|_| *seed.pick(SYLLABLES)).collect();
        words.push(word[..1].to_uppercase() + &word[1..]);
    }
    if seed.below(2) == 0 {
        words.push(String::from(*seed.pick(ENDINGS)));
    }
    words.join(" ")
}

fn chinese_name(seed: &mut Seed) -> String {
    let signs: Vec<char> = SIGNS.chars().collect();
    let place = if seed.below(2) == 0 { *seed.pick(PLACES) } else { "" };
    let middle: String = (0..2 + seed.below(4)).map(|_| *seed.pick(&signs)).collect();
    format!("{place}{middle}{}", seed.pick(TAILS))
}

/// A row of numbers that is the same on every machine.
struct Seed(u64);

impl Seed {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit
    }
    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
