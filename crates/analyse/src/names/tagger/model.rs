//! A trained model and the best labels for a sentence: a linear chain, integers throughout.
//!
//! The file: `HWT1`, the number of features (u32), the weights of one label after another (i16), then the
//! features' hashes, sorted (u32), then a weight a feature and label (i8). Little-endian.

use super::features::each_token;
use super::tokens::Token;
use crate::table::Table;

/// Outside; begin and inside of a person, a body, a place.
pub const LABELS: usize = 7;

/// The path that no sentence takes: an inside label after another name's.
const NEVER: i32 = i32::MIN / 4;

/// A number for each label and one for none: eight are reckoned with at once.
type Row = [i32; LABELS + 1];

const MAGIC: &[u8; 4] = b"HWT1";

/// Weights by feature.
pub struct Model {
    /// Of a label behind another one: by the one before (`LABELS`: the sentence's start), and by the one behind.
    onward: [Row; LABELS + 1],
    back: [Row; LABELS],
    /// By feature; the last weight is none, for eight are added at once.
    weights: Table<u32, [i8; LABELS + 1]>,
}

/// Room for the numbers of one sentence after another.
#[derive(Default)]
pub struct Tables {
    scores: Vec<Row>,
    forward: Vec<Row>,
    backward: Vec<Row>,
}

/// A run of tokens that is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First token.
    pub from: usize,
    /// The token after the last.
    pub until: usize,
    /// 0 person, 1 body, 2 place.
    pub class: usize,
    /// By how much the best reading beats the best one in which a token of the name is no such part of a name. Of what
    /// class it is may be less sure.
    pub margin: i32,
}

/// Whether a label may follow another (`LABELS`: the sentence's start).
pub fn may_follow(before: usize, label: usize) -> bool {
    let inside = label > 0 && label.is_multiple_of(2);
    !inside || before == label || before + 1 == label
}

/// Outside, the beginning or the inside of a name of any class.
fn part(label: usize) -> usize {
    if label == 0 { 0 } else { 2 - label % 2 }
}

impl Model {
    /// Reads a model; `None` if the bytes are none.
    pub fn read(bytes: &[u8]) -> Option<Model> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (table, rest) = rest.split_at_checked((LABELS + 1) * LABELS * 2)?;
        let (keys, values) = rest.split_at_checked(count * 4)?;
        let mut onward = [[NEVER; LABELS + 1]; LABELS + 1];
        let mut back = [[NEVER; LABELS + 1]; LABELS];
        for (number, pair) in table.chunks_exact(2).enumerate() {
            let (before, label) = (number / LABELS, number % LABELS);
            if may_follow(before, label) {
                let weight = i32::from(i16::from_le_bytes([pair[0], pair[1]]));
                (onward[before][label], back[label][before]) = (weight, weight);
            }
        }
        let entry = |(key, values): (&[u8], &[u8])| {
            let mut row = [0; LABELS + 1];
            row.iter_mut().zip(values).for_each(|(weight, byte)| *weight = i8::from_le_bytes([*byte]));
            (u32::from_le_bytes([key[0], key[1], key[2], key[3]]), row)
        };
        let entries = keys.chunks_exact(4).zip(values.chunks_exact(LABELS)).map(entry);
        Some(Model { onward, back, weights: Table::of(entries.collect()) })
    }

    /// The bytes of a model. `rows` must be sorted by hash.
    pub fn write(transitions: &[[i16; LABELS]; LABELS + 1], rows: &[(u32, [i8; LABELS])]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((rows.len() as u32).to_le_bytes());
        bytes.extend(transitions.iter().flatten().flat_map(|w| w.to_le_bytes()));
        bytes.extend(rows.iter().flat_map(|(key, _)| key.to_le_bytes()));
        bytes.extend(rows.iter().flat_map(|(_, row)| row).flat_map(|w| w.to_le_bytes()));
        bytes
    }

    /// The names of a sentence.
    pub fn spans(&self, tokens: &[Token], tables: &mut Tables) -> Vec<Span> {
        let Tables { scores, forward, backward } = tables;
        scores.clear();
        scores.resize(tokens.len(), [0; LABELS + 1]);
        let known = |feature| self.weights.may_hold(feature);
        each_token(tokens, known, |at, features| scores[at] = self.weights.sum(features));
        self.read_forward(scores, forward);
        self.read_backward(scores, backward);
        decode(forward, backward)
    }

    /// The best score of the labels up to each token, that token's included.
    fn read_forward(&self, scores: &[Row], table: &mut Vec<Row>) {
        table.clear();
        for own in scores {
            let mut row = match table.last() {
                None => self.onward[LABELS],
                Some(last) => best(last, &self.onward),
            };
            row.iter_mut().zip(own).for_each(|(score, own)| *score = bounded(*score + own));
            table.push(row);
        }
    }

    /// The best score of the labels after each token.
    fn read_backward(&self, scores: &[Row], table: &mut Vec<Row>) {
        table.clear();
        table.resize(scores.len(), [0; LABELS + 1]);
        for at in (1..scores.len()).rev() {
            let mut behind = table[at];
            behind.iter_mut().zip(&scores[at]).for_each(|(score, own)| *score += own);
            table[at - 1] = best(&behind, &self.back).map(bounded);
        }
    }
}

/// The best score of each label that a step from another one leads to.
#[inline]
fn best(from: &Row, steps: &[Row]) -> Row {
    let mut best = [i32::MIN; LABELS + 1];
    for (score, step) in from.iter().zip(steps).take(LABELS) {
        best.iter_mut().zip(step).for_each(|(best, step)| *best = (*best).max(score + step));
    }
    best
}

/// However long a sentence is, three scores can be added.
fn bounded(score: i32) -> i32 {
    score.clamp(NEVER, -NEVER)
}

/// The names that the best labels tell.
fn decode(forward: &[Row], backward: &[Row]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut before = LABELS;
    for (at, (forward, backward)) in forward.iter().zip(backward).enumerate() {
        let mut through = *forward;
        through.iter_mut().zip(backward).for_each(|(score, after)| *score += after);
        // The first of equals that may follow; max_by_key would take the last.
        let mut best = 0;
        for label in 1..LABELS {
            if may_follow(before, label) && through[label] > through[best] {
                best = label;
            }
        }
        let others =
            (0..LABELS).filter(|&l| part(l) != part(best)).map(|l| through[l]).max().unwrap_or(NEVER);
        let margin = through[best].saturating_sub(others);
        match (best, spans.last_mut()) {
            (0, _) => {}
            (label, Some(span)) if label.is_multiple_of(2) && span.until == at => {
                span.until = at + 1;
                span.margin = span.margin.min(margin);
            }
            (label, _) => {
                spans.push(Span { from: at, until: at + 1, class: (label - 1) / 2, margin });
            }
        }
        before = best;
    }
    spans
}
