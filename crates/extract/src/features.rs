//! What tells a block of the article from the rest of the page, as numbers for the trees of [`crate::trees`].
//!
//! Nothing here depends on a language: letters, punctuation, links, tags, names of elements, and what stands around a
//! block. A Han character counts as three letters.

use crate::blocks::{Block, Element, Outline, letters, letters_of};
use crate::cues::is_furniture;
use crate::marks::{MARKS, Mark};
use crate::metadata::folded;

/// The features of one block.
pub type Row = Vec<i16>;

/// What a page says of its article outside of its blocks.
#[derive(Default)]
pub struct About<'a> {
    /// The headline.
    pub title: &'a str,
    /// The block that holds it.
    pub headline: Option<usize>,
    /// What the head says the article is about.
    pub description: &'a str,
    /// The article's text as structured data give it.
    pub stated: &'a str,
}

/// A paragraph has at least so many letters.
const PARAGRAPH: usize = 80;
/// A block whose links are more than this share of it, in thousandths, is a link.
const LINKED: usize = 330;

/// What a block is by itself.
#[derive(Default)]
struct Own {
    letters: usize,
    linked: usize,
    sentences: usize,
    commas: usize,
    figures: usize,
    /// Signs of lists, paths and links.
    signs: usize,
    words: usize,
    /// Words that begin with a capital letter.
    capitals: usize,
    paragraph: bool,
    furniture: bool,
}

impl Own {
    fn of(block: &Block) -> Own {
        let mut own = Own::default();
        let mut begins = true;
        for c in block.text.chars() {
            own.letters += letters_of(c);
            match c {
                '.' | '!' | '?' | '。' | '！' | '？' | '…' | '؟' | '।' => own.sentences += 1,
                ',' | '，' | '、' | ';' | '；' | '،' | '：' | ':' => own.commas += 1,
                '|' | '»' | '›' | '·' | '©' | '@' | '#' | '/' | '•' => own.signs += 1,
                '0'..='9' => own.figures += 1,
                _ => {}
            }
            let blank = c.is_whitespace();
            if begins && !blank {
                own.words += 1;
                own.capitals += usize::from(c.is_uppercase());
            }
            begins = blank;
        }
        own.linked = block.linked().min(own.letters);
        own.paragraph = own.letters >= PARAGRAPH && own.linked * 1000 < LINKED * own.letters;
        own.furniture = !block.row && is_furniture(&block.text);
        own
    }
}

/// Sums over the blocks inside an element.
#[derive(Clone, Copy, Default)]
struct Sum {
    letters: usize,
    linked: usize,
    blocks: usize,
    paragraphs: usize,
    /// Letters of paragraphs.
    prose: usize,
    commas: usize,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.letters += other.letters;
        self.linked += other.linked;
        self.blocks += other.blocks;
        self.paragraphs += other.paragraphs;
        self.prose += other.prose;
        self.commas += other.commas;
    }

    fn of(own: &Own) -> Sum {
        Sum {
            letters: own.letters,
            linked: own.linked,
            blocks: 1,
            paragraphs: usize::from(own.paragraph),
            prose: if own.paragraph { own.letters } else { 0 },
            commas: if own.paragraph { own.commas } else { 0 },
        }
    }
}

/// A text as hashes of its stretches, to ask whether it holds a block.
pub struct Known(Vec<u64>);

/// Letters of a stretch.
const STRETCH: usize = 10;

impl Known {
    /// Of a text.
    pub fn of(text: &str) -> Known {
        let mut hashes: Vec<u64> = stretches(&folded(text)).collect();
        hashes.sort_unstable();
        Known(hashes)
    }

    /// How much of a block (its letters and digits in lower case) it holds, in thousandths; -1 where nothing can be said.
    pub fn share(&self, block: &str) -> i16 {
        if self.0.is_empty() {
            return -1;
        }
        let (mut all, mut held) = (0, 0);
        for hash in stretches(block) {
            all += 1;
            held += usize::from(self.0.binary_search(&hash).is_ok());
        }
        if all == 0 { -1 } else { share(held, all) }
    }
}

/// How often a block's words stand on the page, up to 5.
fn repeats(sorted: &[&str], plain: &str) -> i16 {
    let from = sorted.partition_point(|p| *p < plain);
    sorted[from..].iter().take(5).take_while(|p| **p == plain).count() as i16
}

fn stretches(folded: &str) -> impl Iterator<Item = u64> {
    // A sum that grows by the next letter and loses the one that is left behind.
    let last = (0..STRETCH).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let number = |c: char| u64::from(c as u32);
    let (mut sum, mut left) = (0u64, folded.chars());
    folded.chars().enumerate().filter_map(move |(at, c)| {
        sum = sum.wrapping_mul(BASE).wrapping_add(number(c));
        if at >= STRETCH {
            sum = sum.wrapping_sub(last.wrapping_mul(left.next().map_or(0, number)));
        }
        (at + 1 >= STRETCH).then_some(sum)
    })
}

/// What a stretch's sum is multiplied with for each letter.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

fn is_inside(elements: &[Element], element: usize, of: usize) -> bool {
    (of..elements[of].end.max(of + 1)).contains(&element)
}

/// Steps up from an element until one is reached that holds another.
fn steps_to(elements: &[Element], mut element: usize, other: usize) -> i16 {
    let mut steps = 0;
    while !is_inside(elements, other, element) && steps < 20 {
        element = elements[element].parent;
        steps += 1;
    }
    steps
}

fn share(part: usize, whole: usize) -> i16 {
    (part * 1000 / whole.max(1)).min(1000) as i16
}

fn capped(value: usize) -> i16 {
    value.min(i16::MAX as usize) as i16
}

fn signed(to: usize, from: usize, most: i64) -> i16 {
    (to as i64 - from as i64).clamp(-most, most) as i16
}

/// A page as its blocks are looked at.
struct Page<'a> {
    outline: &'a Outline,
    own: Vec<Own>,
    sums: Vec<Sum>,
    /// Sums over the blocks before each one.
    before: Vec<Sum>,
    /// The element that holds most prose by a count that falls with each level up.
    best: usize,
    /// The smallest element that holds most of the page's prose.
    core: usize,
    /// Sums over the blocks of each template.
    templates: Vec<(u32, Sum)>,
}

impl<'a> Page<'a> {
    fn of(outline: &'a Outline) -> Page<'a> {
        let own: Vec<Own> = outline.blocks.iter().map(Own::of).collect();
        let mut sums = vec![Sum::default(); outline.elements.len()];
        let mut weights = vec![0usize; outline.elements.len()];
        let mut before = vec![Sum::default()];
        for (block, own) in outline.blocks.iter().zip(&own) {
            let sum = Sum::of(own);
            sums[block.element].add(sum);
            let mut running = *before.last().expect("it begins with one");
            running.add(sum);
            before.push(running);
            if own.paragraph {
                let parent = outline.elements[block.element].parent;
                let weight = 60 + own.letters.min(900) + 20 * own.commas.min(20);
                weights[block.element] += weight;
                weights[parent] += weight / 2;
                weights[outline.elements[parent].parent] += weight / 4;
            }
        }
        for at in (1..sums.len()).rev() {
            let (parent, sum) = (outline.elements[at].parent, sums[at]);
            sums[parent].add(sum);
        }
        let unlinked = |at: usize| {
            let sum = sums[at];
            weights[at] * (sum.letters - sum.linked) / sum.letters.max(1)
        };
        // Of equals the first, which is the outer one.
        let best = (0..sums.len()).rev().max_by_key(|at| unlinked(*at)).unwrap_or(0);
        let whole = sums[0].prose;
        let holds = |at: &usize| sums[*at].prose * 10 >= whole * 6;
        let core = (0..sums.len()).rev().find(holds).unwrap_or(0);
        let mut templates: Vec<(u32, Sum)> = outline
            .blocks
            .iter()
            .zip(&own)
            .map(|(b, o)| (outline.elements[b.element].like, Sum::of(o)))
            .collect();
        templates.sort_by_key(|(like, _)| *like);
        templates.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1.add(next.1);
            }
            same
        });
        Page { outline, own, sums, before, best, core, templates }
    }

    fn up(&self, element: usize, steps: usize) -> usize {
        (0..steps).fold(element, |at, _| self.outline.elements[at].parent)
    }

    /// Sums over the blocks from one to before another.
    fn between(&self, from: usize, to: usize) -> Sum {
        let (from, to) = (&self.before[from.min(to)], &self.before[to]);
        Sum {
            letters: to.letters - from.letters,
            linked: to.linked - from.linked,
            blocks: to.blocks - from.blocks,
            paragraphs: to.paragraphs - from.paragraphs,
            prose: to.prose - from.prose,
            commas: to.commas - from.commas,
        }
    }

    fn template(&self, like: u32) -> Sum {
        self.templates
            .binary_search_by_key(&like, |(l, _)| *l)
            .map(|at| self.templates[at].1)
            .unwrap_or_default()
    }
}

/// The features of every block of a page.
pub fn rows(outline: &Outline, about: &About) -> Vec<Row> {
    let page = Page::of(outline);
    let title = folded(about.title);
    let description = Known::of(about.description);
    let stated = Known::of(about.stated);
    let whole = whole(&page);
    let plains: Vec<String> = outline.blocks.iter().map(|b| folded(&b.text)).collect();
    let mut repeated: Vec<&str> = plains.iter().map(String::as_str).collect();
    repeated.sort_unstable();
    let (mut since_furniture, mut since_heading) = (50usize, 50usize);
    let mut rows = Vec::with_capacity(outline.blocks.len());
    for (at, block) in outline.blocks.iter().enumerate() {
        let mut row = Row::with_capacity(COUNT);
        by_itself(&page, at, &mut row);
        let plain = &plains[at];
        row.push(if plain.len() < 4 {
            0
        } else {
            i16::from(title.contains(plain.as_str())) + i16::from(title == *plain)
        });
        row.push(repeats(&repeated, plain));
        row.push(description.share(plain));
        row.push(stated.share(plain));
        row.extend([capped(since_furniture), capped(since_heading)]);
        marked(&page, at, &mut row);
        inside(&page, at, &mut row);
        around(&page, at, about.headline, &mut row);
        row.extend_from_slice(&whole);
        debug_assert_eq!(row.len(), FIRST);
        rows.push(row);
        since_furniture = if page.own[at].furniture { 0 } else { (since_furniture + 1).min(50) };
        since_heading = if block.place.heading > 0 { 0 } else { (since_heading + 1).min(50) };
    }
    rows
}

/// How many features a block has once its neighbours are weighed.
pub const COUNT: usize = FIRST + SECOND;

/// How many it has before.
pub const FIRST: usize = BY_ITSELF + 6 + MARKS + INSIDE + AROUND + WHOLE;

const BY_ITSELF: usize = 20;

fn by_itself(page: &Page, at: usize, row: &mut Row) {
    let (block, own) = (&page.outline.blocks[at], &page.own[at]);
    let text = block.text.as_str();
    let last = text
        .trim_end_matches(['"', '”', '»', '」', '』', ')', '）', '’', '\'', ' '])
        .chars()
        .last()
        .unwrap_or(' ');
    let first = text.chars().next().unwrap_or(' ');
    let end = match last {
        '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '।' => 3,
        ':' | '：' | ';' | '；' | ',' | '，' => 2,
        '…' | '>' | '›' | '→' | '|' => 0,
        _ => 1,
    };
    let begin = match first {
        // Scripts without cases begin as sentences do.
        c if c.is_uppercase() || c as u32 >= 0x2e80 => 3,
        c if c.is_lowercase() => 2,
        c if c.is_ascii_digit() => 1,
        _ => 0,
    };
    // A script without spaces has as many words as its letters make.
    let words = own.words.max(own.letters / 9);
    row.extend([
        capped(own.letters),
        share(own.linked, own.letters),
        capped(block.links.len()),
        capped(own.sentences),
        capped(own.commas),
        end,
        begin,
        share(own.capitals, words),
        capped(words),
        share(own.figures, text.len()),
        capped(own.signs),
        share(block.bold, own.letters),
        i16::from(own.furniture),
        i16::from(block.row),
        i16::from(block.place.heading),
        i16::from(block.place.aside),
        i16::from(block.place.dated),
        i16::from(block.marks.has(Mark::Caption)) + 2 * i16::from(block.marks.has(Mark::Byline)),
        i16::from(block.marks != crate::marks::Marks::default()),
        capped(own.letters / (own.sentences + own.commas + 1)),
    ]);
}

fn marked(page: &Page, at: usize, row: &mut Row) {
    let near = &page.outline.elements[page.outline.blocks[at].element].near;
    row.extend(near.steps().iter().map(|s| i16::from(*s)));
}

const INSIDE: usize = 3 * 6 + 6 + 6;

/// The elements that a block stands in, and where these are on the page.
fn inside(page: &Page, at: usize, row: &mut Row) {
    let element = page.outline.blocks[at].element;
    let prose = page.sums[0].prose;
    for steps in [0, 1, 3] {
        let sum = page.sums[page.up(element, steps)];
        row.extend([
            capped(sum.letters),
            share(sum.linked, sum.letters),
            capped(sum.blocks),
            share(sum.prose, prose),
            share(sum.prose, sum.letters),
            capped(sum.commas),
        ]);
    }
    let elements = &page.outline.elements;
    row.extend([
        i16::from(is_inside(elements, element, page.best)),
        steps_to(elements, element, page.best),
        steps_to(elements, page.best, element),
        i16::from(is_inside(elements, element, page.core)),
        steps_to(elements, element, page.core),
        steps_to(elements, page.core, element),
    ]);
    let template = page.template(elements[element].like);
    row.extend([
        capped(template.blocks),
        share(template.linked, template.letters),
        share(template.prose, prose),
        capped(template.letters / template.blocks.max(1)),
        capped(template.commas),
        share(template.paragraphs, template.blocks),
    ]);
}

const NEIGHBOURS: [i64; 6] = [-3, -2, -1, 1, 2, 3];
const AROUND: usize = 6 * 5 + 2 * 3 * 3 + 7;

/// The blocks before and after.
fn around(page: &Page, at: usize, headline: Option<usize>, row: &mut Row) {
    let count = page.own.len();
    let blocks = &page.outline.blocks;
    let element = blocks[at].element;
    for step in NEIGHBOURS {
        let other = usize::try_from(at as i64 + step).ok().filter(|o| *o < count);
        let Some(other) = other else {
            row.extend([-1; 5]);
            continue;
        };
        let (own, elements) = (&page.own[other], &page.outline.elements);
        let there = blocks[other].element;
        let kin = match () {
            () if there == element => 3,
            () if elements[there].parent == elements[element].parent => 2,
            () if elements[there].like == elements[element].like => 1,
            () => 0,
        };
        row.extend([
            capped(own.letters),
            share(own.linked, own.letters),
            capped(own.sentences),
            kin,
            i16::from(own.furniture) + 2 * i16::from(blocks[other].place.heading > 0),
        ]);
    }
    for reach in [4, 10, 30] {
        let left = page.between(at.saturating_sub(reach), at);
        let right = page.between((at + 1).min(count), (at + 1 + reach).min(count));
        for sum in [left, right] {
            row.extend([capped(sum.prose), share(sum.linked, sum.letters), capped(sum.paragraphs)]);
        }
    }
    let whole = page.sums[0];
    row.extend([
        share(at, count),
        share(page.before[at].prose, whole.prose),
        capped(at),
        capped(page.before[at].prose),
        headline.map_or(-500, |h| signed(at, h, 400)),
        headline.map_or(-1, |h| capped(page.between(h, at.max(h)).prose)),
        headline.map_or(-1, |h| capped(page.between(h, at.max(h)).linked)),
    ]);
}

const WHOLE: usize = 8;

/// What the page is as a whole.
fn whole(page: &Page) -> [i16; WHOLE] {
    let whole = page.sums[0];
    let count = |mark: Mark| page.outline.elements.iter().filter(|e| e.near.to(mark) == 0).count();
    [
        capped(whole.prose),
        share(whole.linked, whole.letters),
        capped(whole.blocks),
        share(page.sums[page.best].prose, whole.prose),
        share(page.sums[page.core].linked, page.sums[page.core].letters),
        capped(count(Mark::Article)),
        capped(count(Mark::Body)),
        capped(whole.paragraphs),
    ]
}

const SECOND: usize = 1 + 8 + 4 * 2 + 6 + 3;

/// Adds to each block's features how its neighbours, and the elements that it stands in, were weighed at first.
pub fn add_second(outline: &Outline, scores: &[i32], rows: &mut [Row]) {
    let weighed = Weighed::of(outline, scores);
    for (at, row) in rows.iter_mut().enumerate() {
        weighed.add(at, row);
        debug_assert_eq!(row.len(), COUNT);
    }
}

/// A page after its blocks were weighed once.
struct Weighed<'a> {
    outline: &'a Outline,
    scores: &'a [i32],
    /// Letters, and letters times chance in thousandths, of the blocks inside each element.
    sums: Vec<(usize, usize)>,
    /// The same of each template.
    templates: Vec<(u32, (usize, usize))>,
    /// Letters of chosen blocks before each block.
    before: Vec<usize>,
    /// The smallest elements that hold most and nearly all of the chosen text.
    cores: [usize; 2],
    first: usize,
    last: usize,
}

/// The chance that a score stands for, in thousandths.
fn chance(score: i32) -> usize {
    (1000.0 / (1.0 + libm::exp(-f64::from(score) / f64::from(crate::trees::UNIT)))) as usize
}

impl<'a> Weighed<'a> {
    fn of(outline: &'a Outline, scores: &'a [i32]) -> Weighed<'a> {
        let mut sums = vec![(0, 0); outline.elements.len()];
        let mut chosen = vec![0usize; outline.elements.len()];
        let mut before = vec![0];
        let mut templates = Vec::new();
        for (block, score) in outline.blocks.iter().zip(scores) {
            let size = letters(&block.text);
            let part = (size, size * chance(*score));
            let sum: &mut (usize, usize) = &mut sums[block.element];
            (sum.0, sum.1) = (sum.0 + part.0, sum.1 + part.1);
            let taken = if *score > 0 { size } else { 0 };
            chosen[block.element] += taken;
            before.push(before.last().copied().unwrap_or(0) + taken);
            templates.push((outline.elements[block.element].like, part));
        }
        for at in (1..sums.len()).rev() {
            let (parent, sum, taken) = (outline.elements[at].parent, sums[at], chosen[at]);
            sums[parent] = (sums[parent].0 + sum.0, sums[parent].1 + sum.1);
            chosen[parent] += taken;
        }
        templates.sort_by_key(|(like, _)| *like);
        templates.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 = (first.1.0 + next.1.0, first.1.1 + next.1.1);
            }
            same
        });
        let core = |tenths: usize| {
            (0..chosen.len()).rev().find(|at| chosen[*at] * 100 >= chosen[0] * tenths).unwrap_or(0)
        };
        let first = scores.iter().position(|s| *s > 0).unwrap_or(0);
        let last = scores.iter().rposition(|s| *s > 0).unwrap_or(0);
        Weighed { outline, scores, sums, templates, before, cores: [core(60), core(92)], first, last }
    }

    fn add(&self, at: usize, row: &mut Row) {
        let score = |at: i64| {
            let known = usize::try_from(at).ok().and_then(|at| self.scores.get(at));
            known.map_or(-9000, |s| (*s).clamp(-9000, 9000) as i16)
        };
        row.push(score(at as i64));
        row.extend([-4, -3, -2, -1, 1, 2, 3, 4].map(|step| score(at as i64 + step)));
        let mean = |(letters, chances): (usize, usize)| capped(chances / letters.max(1));
        let elements = &self.outline.elements;
        let element = self.outline.blocks[at].element;
        let mut up = element;
        for _ in 0..3 {
            row.extend([mean(self.sums[up]), share(self.sums[up].1, self.sums[0].1)]);
            up = elements[up].parent;
        }
        let like = elements[element].like;
        let template = self.templates.binary_search_by_key(&like, |(l, _)| *l).map(|at| self.templates[at].1);
        let template = template.unwrap_or_default();
        row.extend([mean(template), share(template.1, self.sums[0].1)]);
        for core in self.cores {
            row.extend([
                i16::from(is_inside(elements, element, core)),
                steps_to(elements, element, core),
                steps_to(elements, core, element),
            ]);
        }
        row.extend([
            share(self.before[at], *self.before.last().unwrap_or(&0)),
            signed(at, self.first, 100),
            signed(at, self.last, 100),
        ]);
    }
}
