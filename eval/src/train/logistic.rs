//! Training a logistic model of a few dense features by Newton's method, with a ridge on the weights of the features as they are
//! spread: the same bytes each time. Its general form is the conditional logit (McFadden 1974): of some options one is chosen, or
//! none. With one option this is logistic regression.

use headwater_track::owing::shares;

/// One example: what may be chosen, what is, and how much it counts.
pub struct Example {
    /// The features of each option.
    pub options: Vec<Vec<f64>>,
    /// Which of them is chosen, if one is.
    pub chosen: Option<usize>,
    /// Of an ordinary one 1.
    pub weight: f64,
}

impl Example {
    /// Of something that is of a class or is not.
    pub fn of(features: Vec<f64>, is_of: bool, weight: f64) -> Self {
        Example { options: vec![features], chosen: is_of.then_some(0), weight }
    }
}

/// A bias and the weight of each feature.
pub struct Model {
    /// Logarithm of the odds where every feature is 0.
    pub bias: f64,
    /// What each feature adds to them.
    pub weights: Vec<f64>,
}

impl Model {
    /// The table that the tracker reads, of bias and weights as it is written: to the fourth digit, and no zero with a sign.
    ///
    /// # Panics
    /// Where the table has another number of clues.
    pub fn table<T>(&self, of: impl FnOnce(f64, &[f64]) -> Option<T>) -> T {
        let rounded = |value: &f64| (value * 1e4).round() / 1e4 + 0.0;
        let weights: Vec<f64> = self.weights.iter().map(rounded).collect();
        of(rounded(&self.bias), &weights).expect("every clue has its weight")
    }
    /// Logarithm of the odds.
    pub fn odds(&self, features: &[f64]) -> f64 {
        self.bias + features.iter().zip(&self.weights).map(|(f, w)| f * w).sum::<f64>()
    }
}

/// What a squared weight costs against an error, of the models of the tracker.
pub const RIDGE: f64 = 10.0;

/// Steps, of which a handful are enough.
const STEPS: usize = 20;

/// Trains a model. `ridge`: what a squared weight costs against an error, of a feature whose spread is 1.
pub fn train(examples: &[Example], ridge: f64) -> Model {
    let options = || examples.iter().flat_map(|example| &example.options);
    let width = options().next().map_or(0, Vec::len);
    let spread: Vec<f64> = (0..width).map(|at| spread(options().map(|features| features[at]))).collect();
    // The bias is one feature more, of which a large weight costs nothing.
    let row = |features: &Vec<f64>| -> Vec<f64> {
        let spread = features.iter().zip(&spread).map(|(feature, spread)| feature / spread);
        spread.chain([1.0]).collect()
    };
    let rows: Vec<Vec<Vec<f64>>> = examples.iter().map(|e| e.options.iter().map(row).collect()).collect();
    let mut weights = vec![0.0; width + 1];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|w| -ridge * w).collect();
        let mut curvature = vec![vec![0.0; width + 1]; width + 1];
        for (at, line) in curvature.iter_mut().enumerate() {
            line[at] = ridge;
        }
        (gradient[width], curvature[width][width]) = (0.0, f64::EPSILON);
        for (rows, example) in rows.iter().zip(examples) {
            let odds = |row: &Vec<f64>| row.iter().zip(&weights).map(|(f, w)| f * w).sum();
            let said = shares(&rows.iter().map(odds).collect::<Vec<f64>>());
            let mut mean = vec![0.0; width + 1];
            for (at, (row, said)) in rows.iter().zip(&said).enumerate() {
                let error = f64::from(u8::from(example.chosen == Some(at))) - said;
                for (a, f) in row.iter().enumerate().filter(|(_, f)| **f != 0.0) {
                    gradient[a] += example.weight * error * f;
                    mean[a] += said * f;
                    for (b, g) in row.iter().enumerate().skip(a) {
                        curvature[a][b] += example.weight * said * f * g;
                    }
                }
            }
            for (a, f) in mean.iter().enumerate().filter(|(_, f)| **f != 0.0) {
                for (b, g) in mean.iter().enumerate().skip(a) {
                    curvature[a][b] -= example.weight * f * g;
                }
            }
        }
        let step = solved(curvature, gradient);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step);
    }
    let bias = weights.pop().unwrap_or_default();
    Model { bias, weights: weights.iter().zip(&spread).map(|(weight, spread)| weight / spread).collect() }
}

/// Standard deviation of a feature; 1 of one that never changes.
fn spread(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = values.clone().count().max(1) as f64;
    let mean = values.clone().sum::<f64>() / count;
    let square = values.map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    if square > 0.0 { square.sqrt() } else { 1.0 }
}

/// Solves symmetric equations of which the upper half is given, by elimination: the ridge keeps the diagonal above 0.
fn solved(mut lines: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        let (above, below) = lines.split_at_mut(pivot + 1);
        let own = &above[pivot];
        for (line, row) in below.iter_mut().enumerate().map(|(n, row)| (pivot + 1 + n, row)) {
            // The lower half of the pivot's column is the upper half of its line.
            let factor = own[line] / own[pivot];
            row.iter_mut().zip(own).skip(line).for_each(|(value, top)| *value -= factor * top);
            right[line] -= factor * right[pivot];
        }
    }
    for line in (0..size).rev() {
        let known: f64 = (line + 1..size).map(|column| lines[line][column] * right[column]).sum();
        right[line] = (right[line] - known) / lines[line][line];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::{Example, train};

    #[test]
    fn odds_are_those_of_the_examples() {
        // Of a hundred with the feature eighty are of the class, of a hundred without it twenty.
        let example = |n: usize| {
            let has = n < 100;
            let is_of = if has { n < 80 } else { n < 120 };
            Example::of(vec![f64::from(u8::from(has)), 1.0], is_of, 1.0)
        };
        let model = train(&(0..200).map(example).collect::<Vec<_>>(), 1e-6);
        assert!((model.odds(&[1.0, 1.0]) - libm::log(4.0)).abs() < 1e-3);
        assert!((model.odds(&[0.0, 1.0]) + libm::log(4.0)).abs() < 1e-3);
    }

    #[test]
    fn one_of_some_options_is_chosen_or_none() {
        // Of a hundred choices among two, sixty fall on the one with the feature, twenty on the other and twenty on neither.
        let example = |n: usize| {
            let chosen = if n < 60 { Some(0) } else { (n < 80).then_some(1) };
            Example { options: vec![vec![1.0], vec![0.0]], chosen, weight: 1.0 }
        };
        let model = train(&(0..100).map(example).collect::<Vec<_>>(), 1e-6);
        assert!((model.odds(&[1.0]) - libm::log(3.0)).abs() < 1e-3);
        assert!(model.odds(&[0.0]).abs() < 1e-3);
    }
}
