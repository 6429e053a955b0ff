//! Boosted trees for two classes: logistic loss, symmetric trees, each grown on a part of the samples and features.

use headwater_eval::dice::scattered;
use headwater_extract::teach::{DEPTH, LEAVES, Tree, Trees, UNIT};
use rayon::prelude::*;

/// Samples with what they should be.
#[derive(Default)]
pub struct Samples<'a> {
    /// Features.
    pub rows: Vec<&'a [i16]>,
    /// Whether each belongs to the text.
    pub labels: Vec<bool>,
    /// How much each counts.
    pub weights: Vec<f32>,
}

/// How trees are grown.
pub struct Options {
    /// How many.
    pub trees: usize,
    /// How much of its weight a tree is given.
    pub rate: f32,
    /// What a leaf's weights are drawn to zero by.
    pub lambda: f32,
}

/// Values that a feature is cut into.
const BINS: usize = 64;
/// Of a thousand samples and features, how many a tree sees.
const SAMPLES: u64 = 500;
const FEATURES: u64 = 400;

/// The values between which a feature is cut.
fn cuts(rows: &[&[i16]], feature: usize) -> Vec<i16> {
    let step = (rows.len() / 40_000).max(1);
    let mut values: Vec<i16> = rows.iter().step_by(step).map(|r| r[feature]).collect();
    values.sort_unstable();
    let at = |bin: usize| values[bin * (values.len() - 1) / BINS];
    let mut cuts: Vec<i16> = (1..BINS).map(at).collect();
    cuts.dedup();
    // Nothing is above the highest value.
    cuts.retain(|c| Some(c) != values.last());
    cuts
}

#[derive(Clone, Copy, Default)]
struct Slope {
    first: f32,
    second: f32,
}

impl Slope {
    fn gain(self, lambda: f32) -> f32 {
        self.first * self.first / (self.second + lambda)
    }
}

/// Grows trees on samples.
pub fn grow(samples: &Samples, options: &Options) -> Trees {
    let count = samples.rows.first().map_or(0, |r| r.len());
    let cuts: Vec<Vec<i16>> = (0..count).into_par_iter().map(|f| cuts(&samples.rows, f)).collect();
    let binned = |feature: usize| -> Vec<u8> {
        let cut = &cuts[feature];
        samples.rows.iter().map(|r| cut.partition_point(|c| *c < r[feature]) as u8).collect()
    };
    let bins: Vec<Vec<u8>> = (0..count).into_par_iter().map(binned).collect();
    let mut scores = vec![0f32; samples.rows.len()];
    let mut trees = Vec::new();
    for number in 0..options.trees as u64 {
        let picked: Vec<u32> = (0..samples.rows.len() as u64)
            .filter(|at| scattered(number << 32 | at) % 1000 < SAMPLES)
            .map(|at| at as u32)
            .collect();
        let slopes: Vec<Slope> = picked.iter().map(|at| slope(samples, &scores, *at as usize)).collect();
        let features: Vec<usize> =
            (0..count).filter(|f| scattered(!(number << 16 | *f as u64)) % 1000 < FEATURES).collect();
        let mut places = vec![0u8; picked.len()];
        let mut asked: Vec<(usize, usize)> = Vec::new();
        for level in 0..DEPTH {
            let search = |feature: &usize| {
                best_cut(
                    &bins[*feature],
                    cuts[*feature].len(),
                    &picked,
                    &slopes,
                    &places,
                    level,
                    options.lambda,
                )
                .map(|(gain, cut)| (gain, *feature, cut))
            };
            let found: Vec<(f32, usize, usize)> = features.par_iter().filter_map(search).collect();
            let Some(best) = found.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)) else { break };
            for (place, at) in places.iter_mut().zip(&picked) {
                *place |= u8::from(usize::from(bins[best.1][*at as usize]) > best.2) << level;
            }
            asked.push((best.1, best.2));
        }
        let tree = finished(&asked, &cuts, &places, &slopes, options);
        for (at, score) in scores.iter_mut().enumerate() {
            let place = asked.iter().enumerate().fold(0, |place, (level, (feature, cut))| {
                place | usize::from(usize::from(bins[*feature][at]) > *cut) << level
            });
            *score += f32::from(tree.weights[place]) / UNIT as f32;
        }
        trees.push(tree);
    }
    Trees(trees)
}

#[expect(clippy::disallowed_methods, reason = "weights are learnt once, on one machine")]
fn slope(samples: &Samples, scores: &[f32], at: usize) -> Slope {
    let chance = 1.0 / (1.0 + (-scores[at]).exp());
    let weight = samples.weights[at];
    let label = f32::from(u8::from(samples.labels[at]));
    Slope { first: weight * (label - chance), second: weight * chance * (1.0 - chance) }
}

fn best_cut(
    bins: &[u8],
    cuts: usize,
    picked: &[u32],
    slopes: &[Slope],
    places: &[u8],
    level: usize,
    lambda: f32,
) -> Option<(f32, usize)> {
    let leaves = 1 << level;
    let mut sums = vec![Slope::default(); leaves * BINS];
    for ((at, slope), place) in picked.iter().zip(slopes).zip(places) {
        let sum = &mut sums[usize::from(*place) * BINS + usize::from(bins[*at as usize])];
        sum.first += slope.first;
        sum.second += slope.second;
    }
    let mut gains = vec![0f32; cuts];
    for leaf in sums.chunks_exact(BINS) {
        let add = |a: Slope, b: &Slope| Slope { first: a.first + b.first, second: a.second + b.second };
        let all = leaf.iter().fold(Slope::default(), add);
        let mut below = Slope::default();
        for (cut, gain) in gains.iter_mut().enumerate() {
            below = add(below, &leaf[cut]);
            let above = Slope { first: all.first - below.first, second: all.second - below.second };
            *gain += below.gain(lambda) + above.gain(lambda) - all.gain(lambda);
        }
    }
    let best = gains.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((best.1, best.0))
}

fn finished(
    asked: &[(usize, usize)],
    cuts: &[Vec<i16>],
    places: &[u8],
    slopes: &[Slope],
    options: &Options,
) -> Tree {
    let mut sums = [Slope::default(); LEAVES];
    for (place, slope) in places.iter().zip(slopes) {
        sums[usize::from(*place)].first += slope.first;
        sums[usize::from(*place)].second += slope.second;
    }
    let mut tree = Tree { questions: [(0, i16::MAX); DEPTH], weights: [0; LEAVES] };
    for (to, (feature, cut)) in tree.questions.iter_mut().zip(asked) {
        *to = (*feature as u8, cuts[*feature][*cut]);
    }
    for (to, sum) in tree.weights.iter_mut().zip(sums) {
        let weight = options.rate * sum.first / (sum.second + options.lambda);
        *to = (weight * UNIT as f32).round().clamp(-30_000.0, 30_000.0) as i16;
    }
    tree
}
