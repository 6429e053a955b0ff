//! Training a linear model: one support vector machine a class against the rest, with squared hinge loss, by dual coordinate
//! descent (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008). The examples are seen in an
//! order that is mixed anew each time by a fixed seed, so that a second run gives the same model.

use headwater_analyse::claims::linear::{CLASSES, Linear, unit};
use headwater_eval::dice::Dice;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// One example: what it has, the classes of which it is, and how much it counts.
pub struct Example<'a> {
    /// Features; one that is there twice counts twice.
    pub features: &'a [u32],
    /// Classes.
    pub classes: Vec<usize>,
    /// Classes of which it is neither an example nor a counter-example.
    pub accepted: Vec<usize>,
    /// Of an ordinary one 1.
    pub weight: f64,
}

/// Times that all examples are seen.
const ROUNDS: usize = 40;
/// Examples that must have a feature before it is learned from.
const LEAST: usize = 2;
/// Features whose largest weight, in parts of the largest of all, is below this are left out.
const PRUNED: i8 = 6;

/// Trains a model of so many classes and returns its bytes. `cost`: how much an error costs against large weights.
pub fn train(examples: &[Example], classes: usize, cost: f64) -> Vec<u8> {
    assert!(classes <= CLASSES);
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for example in examples {
        let distinct: BTreeSet<u32> = example.features.iter().copied().collect();
        distinct.into_iter().for_each(|feature| *counts.entry(feature).or_default() += 1);
    }
    let kept = counts.into_iter().filter(|(_, count)| *count >= LEAST).map(|(feature, _)| feature);
    let numbers: BTreeMap<u32, usize> = kept.zip(0..).collect();
    let row = |e: &Example| {
        let features: Vec<usize> = e.features.iter().filter_map(|f| numbers.get(f).copied()).collect();
        Row { square: square(&features), features }
    };
    let rows: Vec<Row> = examples.iter().map(row).collect();
    let learned: Vec<(Vec<f64>, f64)> = (0..classes)
        .into_par_iter()
        .map(|class| machine(examples, &rows, numbers.len(), class, cost))
        .collect();
    let largest = learned.iter().flat_map(|(w, _)| w).fold(0.0f64, |most, w| most.max(w.abs()));
    let part = largest.max(f64::MIN_POSITIVE) / f64::from(i8::MAX);
    let quantised = |feature: usize| -> Vec<i8> {
        learned.iter().map(|(weights, _)| (weights[feature] / part).round() as i8).collect()
    };
    let weights: Vec<(u32, Vec<i8>)> = numbers
        .into_iter()
        .map(|(feature, number)| (feature, quantised(number)))
        .filter(|(_, row)| row.iter().any(|w| w.abs() >= PRUNED))
        .collect();
    let bias: Vec<f32> = learned.iter().map(|(_, bias)| *bias as f32).collect();
    Linear::write(&bias, part as f32, &weights)
}

/// The features of an example that are learned from, by number, and the square of their length.
struct Row {
    features: Vec<usize>,
    square: f64,
}

/// The weights and the bias of one class against the rest.
fn machine(examples: &[Example], rows: &[Row], features: usize, class: usize, cost: f64) -> (Vec<f64>, f64) {
    let mut weights = vec![0.0; features];
    let mut bias = 0.0;
    let mut alphas = vec![0.0; examples.len()];
    let is_either =
        |example: &Example| example.accepted.contains(&class) && !example.classes.contains(&class);
    let mut order: Vec<usize> = (0..examples.len()).filter(|at| !is_either(&examples[*at])).collect();
    let mut dice = Dice::new("examples", class as u64);
    for _ in 0..ROUNDS {
        for last in (1..order.len()).rev() {
            order.swap(last, dice.number(0, last as u64) as usize);
        }
        for &at in &order {
            let (example, row) = (&examples[at], &rows[at]);
            let own = example.classes.contains(&class);
            // Of an example of two classes each is a half: neither is false for the other.
            let cost = cost * example.weight / example.classes.len().max(1) as f64;
            let side = if own { 1.0 } else { -1.0 };
            let unit = f64::from(unit(example.features.len()));
            let said = row.features.iter().map(|f| weights[*f]).sum::<f64>() * unit + bias;
            let ridge = 1.0 / (2.0 * cost);
            let norm = row.square * unit * unit + 1.0;
            let gradient = side * said - 1.0 + alphas[at] * ridge;
            let before: f64 = alphas[at];
            alphas[at] = (before - gradient / (norm + ridge)).max(0.0);
            let step = (alphas[at] - before) * side;
            row.features.iter().for_each(|f| weights[*f] += step * unit);
            bias += step;
        }
    }
    (weights, bias)
}

/// The square of a row's length.
fn square(features: &[usize]) -> f64 {
    let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
    features.iter().for_each(|feature| *counts.entry(*feature).or_default() += 1.0);
    counts.values().map(|count| count * count).sum()
}

#[cfg(test)]
mod tests {
    use super::{Example, train};
    use headwater_analyse::claims::linear::Linear;

    #[test]
    fn what_is_labelled_is_told_apart_and_a_second_run_gives_the_same() {
        let texts: Vec<(Vec<u32>, usize)> =
            (0..60u32).map(|n| (vec![1 + n % 3, 100 + n % 7], (n % 3) as usize)).collect();
        let examples = || -> Vec<Example> {
            texts
                .iter()
                .map(|(features, class)| Example {
                    features,
                    classes: vec![*class],
                    accepted: Vec::new(),
                    weight: 1.0,
                })
                .collect()
        };
        let bytes = train(&examples(), 3, 1.0);
        assert_eq!(bytes, train(&examples(), 3, 1.0));
        let model = Linear::read(&bytes).expect("a model");
        for (features, class) in &texts {
            let scores = model.scores(&model.sum(features.clone()), features.len());
            let best = (0..3).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
            assert_eq!(best, Some(*class));
        }
    }
}
