//! Training a linear chain: maximum likelihood by FTRL-proximal, one sentence at a time in their order, so
//! that a second run gives the same model. Weights that do not earn their place stay zero.

use headwater_analyse::names::tagger::model::{LABELS, Model, may_follow};
use std::collections::BTreeMap;

/// How to train.
pub struct Options {
    /// Times that all sentences are seen.
    pub epochs: usize,
    /// Step size.
    pub alpha: f64,
    /// How much evidence a weight needs before it leaves zero.
    pub lambda1: f64,
    /// Pull towards zero.
    pub lambda2: f64,
    /// Features whose largest weight, quantised, is below this are left out.
    pub prune: i8,
}

/// A sentence: the features of each token, and its label.
pub type Sentence = (Vec<Vec<u32>>, Vec<usize>);

/// Weights are stored in parts of this.
const SCALE: f64 = 16.0;

/// What FTRL keeps of a weight.
#[derive(Clone, Copy, Default)]
struct State {
    z: f64,
    n: f64,
    w: f64,
}

impl State {
    fn step(&mut self, gradient: f64, options: &Options) {
        let n = self.n + gradient * gradient;
        let sigma = (n.sqrt() - self.n.sqrt()) / options.alpha;
        self.z += gradient - sigma * self.w;
        self.n = n;
        self.w = if self.z.abs() <= options.lambda1 {
            0.0
        } else {
            -(self.z - self.z.signum() * options.lambda1)
                / ((1.0 + n.sqrt()) / options.alpha + options.lambda2)
        };
    }
}

type Table = [[f64; LABELS]; LABELS + 1];

/// Trains a model and returns its bytes.
pub fn train(sentences: &[Sentence], options: &Options) -> Vec<u8> {
    let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
    for feature in sentences.iter().flat_map(|(f, _)| f).flatten() {
        let next = numbers.len();
        numbers.entry(*feature).or_insert(next);
    }
    let numbered: Vec<(Vec<Vec<usize>>, &[usize])> = sentences
        .iter()
        .filter(|(features, _)| !features.is_empty())
        .map(|(features, labels)| {
            (features.iter().map(|t| t.iter().map(|f| numbers[f]).collect()).collect(), labels.as_slice())
        })
        .collect();
    let mut weights = vec![[State::default(); LABELS]; numbers.len()];
    let mut transitions = [[State::default(); LABELS]; LABELS + 1];
    for _ in 0..options.epochs {
        for (features, labels) in &numbered {
            learn(features, labels, &mut weights, &mut transitions, options);
        }
    }
    store(&numbers, &weights, &transitions, options)
}

#[expect(clippy::disallowed_methods, reason = "weights are learnt once, on one machine")]
fn learn(
    features: &[Vec<usize>],
    labels: &[usize],
    weights: &mut [[State; LABELS]],
    transitions: &mut [[State; LABELS]; LABELS + 1],
    options: &Options,
) {
    let mut scores = vec![[0.0; LABELS]; features.len()];
    for (score, token) in scores.iter_mut().zip(features) {
        for &feature in token {
            for (sum, state) in score.iter_mut().zip(&weights[feature]) {
                *sum += state.w;
            }
        }
    }
    let mut table: Table = [[0.0; LABELS]; LABELS + 1];
    for (before, row) in table.iter_mut().enumerate() {
        for (label, weight) in row.iter_mut().enumerate().filter(|(label, _)| may_follow(before, *label)) {
            *weight = transitions[before][label].w.exp();
        }
    }
    let (single, pairs) = expect(&scores, &table);
    for (at, token) in features.iter().enumerate() {
        for label in 0..LABELS {
            let gradient = single[at][label] - f64::from(u8::from(labels[at] == label));
            if gradient.abs() < 1e-4 {
                continue;
            }
            for &feature in token {
                weights[feature][label].step(gradient, options);
            }
        }
    }
    let mut gradients = pairs;
    let mut before = LABELS;
    for &label in labels {
        gradients[before][label] -= 1.0;
        before = label;
    }
    for (before, row) in transitions.iter_mut().enumerate() {
        for (label, state) in row.iter_mut().enumerate().filter(|(label, _)| may_follow(before, *label)) {
            state.step(gradients[before][label], options);
        }
    }
}

/// The expected labels of each token and the expected number of each pair, by forward and backward sums.
#[expect(clippy::disallowed_methods, reason = "weights are learnt once, on one machine")]
fn expect(scores: &[[f64; LABELS]], table: &Table) -> (Vec<[f64; LABELS]>, Table) {
    let length = scores.len();
    let potentials: Vec<[f64; LABELS]> = scores
        .iter()
        .map(|row| {
            let top = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            row.map(|s| (s - top).exp())
        })
        .collect();
    let mut forward = vec![[0.0; LABELS]; length];
    let mut scales = vec![0.0; length];
    for at in 0..length {
        for label in 0..LABELS {
            let sum = match at.checked_sub(1) {
                None => table[LABELS][label],
                Some(last) => (0..LABELS).map(|b| forward[last][b] * table[b][label]).sum(),
            };
            forward[at][label] = sum * potentials[at][label];
        }
        scales[at] = forward[at].iter().sum::<f64>().max(1e-300);
        forward[at] = forward[at].map(|v| v / scales[at]);
    }
    let mut backward = vec![[1.0; LABELS]; length];
    for at in (0..length - 1).rev() {
        for label in 0..LABELS {
            let sum: f64 = (0..LABELS)
                .map(|next| table[label][next] * potentials[at + 1][next] * backward[at + 1][next])
                .sum();
            backward[at][label] = sum / scales[at + 1];
        }
    }
    let mut pairs: Table = [[0.0; LABELS]; LABELS + 1];
    let mut single = vec![[0.0; LABELS]; length];
    for at in 0..length {
        for label in 0..LABELS {
            single[at][label] = forward[at][label] * backward[at][label];
            let own = potentials[at][label] * backward[at][label] / scales[at];
            match at.checked_sub(1) {
                None => pairs[LABELS][label] += single[at][label],
                Some(last) => {
                    for before in 0..LABELS {
                        pairs[before][label] += forward[last][before] * table[before][label] * own;
                    }
                }
            }
        }
    }
    (single, pairs)
}

fn store(
    numbers: &BTreeMap<u32, usize>,
    weights: &[[State; LABELS]],
    transitions: &[[State; LABELS]; LABELS + 1],
    options: &Options,
) -> Vec<u8> {
    let small = |w: f64| (w * SCALE).round().clamp(-127.0, 127.0) as i8;
    let rows: Vec<(u32, [i8; LABELS])> = numbers
        .iter()
        .filter(|(key, _)| **key != 0)
        .map(|(key, &number)| (*key, weights[number].map(|s| small(s.w))))
        .filter(|(_, row)| row.iter().any(|w| w.unsigned_abs() >= options.prune.unsigned_abs()))
        .collect();
    let chain = transitions.map(|row| row.map(|s| (s.w * SCALE).round().clamp(-30_000.0, 30_000.0) as i16));
    Model::write(&chain, &rows)
}
