//! A trained model and the best labels for a sentence: a linear chain, integers throughout.
//!
//! The file: `HWT1`, the number of features (u32), the weights of one label after another (i16), then the
//! features' hashes, sorted (u32), then a weight a feature and label (i8). Little-endian.

use super::features::each_token;
use super::table::Table;
use super::tokens::Token;

/// Outside; begin and inside of a person, a body, a place.
pub const LABELS: usize = 7;

/// `transitions[LABELS]` are the weights of a sentence's first label.
pub type Transitions = [[i32; LABELS]; LABELS + 1];

/// The path that no sentence takes: an inside label after another name's.
pub const NEVER: i32 = i32::MIN / 4;

const MAGIC: &[u8; 4] = b"HWT1";

/// Weights by feature.
pub struct Model {
    transitions: Transitions,
    /// By feature; the last weight is none, for eight are added at once.
    weights: Table<u32, [i8; LABELS + 1]>,
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
    /// By how much the best reading beats the best one in which a token of the name has another label.
    pub margin: i32,
}

/// Whether a label may follow another (`LABELS`: the sentence's start).
pub fn may_follow(before: usize, label: usize) -> bool {
    let inside = label > 0 && label.is_multiple_of(2);
    !inside || before == label || before + 1 == label
}

impl Model {
    /// Reads a model; `None` if the bytes are none.
    pub fn read(bytes: &[u8]) -> Option<Model> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (table, rest) = rest.split_at_checked((LABELS + 1) * LABELS * 2)?;
        let (keys, values) = rest.split_at_checked(count * 4)?;
        let mut transitions = [[NEVER; LABELS]; LABELS + 1];
        for (number, pair) in table.chunks_exact(2).enumerate() {
            let (before, label) = (number / LABELS, number % LABELS);
            if may_follow(before, label) {
                transitions[before][label] = i32::from(i16::from_le_bytes([pair[0], pair[1]]));
            }
        }
        let mut weights: Table<u32, [i8; LABELS + 1]> = Table::for_entries(count);
        for (key, row) in keys.chunks_exact(4).zip(values.chunks_exact(LABELS)) {
            let key = u32::from_le_bytes([key[0], key[1], key[2], key[3]]);
            for (weight, byte) in weights.entry(key).iter_mut().zip(row) {
                *weight = i8::from_le_bytes([*byte]);
            }
        }
        Some(Model { transitions, weights })
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
    pub fn spans(&self, tokens: &[Token]) -> Vec<Span> {
        if tokens.is_empty() {
            return Vec::new();
        }
        let mut scores = vec![[0i32; LABELS + 1]; tokens.len()];
        let mut met = Vec::new();
        each_token(tokens, |at, features| {
            let sum = &mut scores[at];
            self.weights.each(features, &mut met, |row| {
                sum.iter_mut().zip(row).for_each(|(score, weight)| *score += i32::from(*weight));
            });
        });
        self.decode(&scores)
    }

    fn decode(&self, scores: &[[i32; LABELS + 1]]) -> Vec<Span> {
        let forward = self.forward(scores);
        let backward = self.backward(scores);
        let through = |at: usize, label: usize| forward[at][label].saturating_add(backward[at][label]);
        let mut spans: Vec<Span> = Vec::new();
        let mut before = LABELS;
        for at in 0..scores.len() {
            // The first of equals that may follow; max_by_key would take the last.
            let mut best = 0;
            for label in 1..LABELS {
                if may_follow(before, label) && through(at, label) > through(at, best) {
                    best = label;
                }
            }
            let others = (0..LABELS).filter(|&l| l != best).map(|l| through(at, l)).max().unwrap_or(NEVER);
            let margin = through(at, best).saturating_sub(others);
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

    /// The best score of the labels up to each token, that token's included.
    fn forward(&self, scores: &[[i32; LABELS + 1]]) -> Vec<[i32; LABELS]> {
        let mut table: Vec<[i32; LABELS]> = Vec::with_capacity(scores.len());
        for (at, own) in scores.iter().enumerate() {
            let mut row = [NEVER; LABELS];
            for label in 0..LABELS {
                let best = match at.checked_sub(1) {
                    None => self.transitions[LABELS][label],
                    Some(last) => (0..LABELS)
                        .map(|b| table[last][b].saturating_add(self.transitions[b][label]))
                        .max()
                        .unwrap_or(NEVER),
                };
                row[label] = best.saturating_add(own[label]).max(NEVER);
            }
            table.push(row);
        }
        table
    }

    /// The best score of the labels after each token.
    fn backward(&self, scores: &[[i32; LABELS + 1]]) -> Vec<[i32; LABELS]> {
        let mut table = vec![[0; LABELS]; scores.len()];
        for at in (0..scores.len().saturating_sub(1)).rev() {
            for label in 0..LABELS {
                let after = |next: usize| {
                    self.transitions[label][next]
                        .saturating_add(scores[at + 1][next])
                        .saturating_add(table[at + 1][next])
                };
                table[at][label] = (0..LABELS).map(after).max().unwrap_or(NEVER).max(NEVER);
            }
        }
        table
    }
}
