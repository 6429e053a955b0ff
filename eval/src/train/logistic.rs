//! Training a logistic model of a few dense features by Newton's method (iteratively reweighted least squares), with a ridge
//! on the weights of the features as they are spread: the same bytes each time.

/// One example: its features, whether it is of the class, and how much it counts.
pub struct Example {
    /// Features.
    pub features: Vec<f64>,
    /// Whether it is of the class.
    pub is_of: bool,
    /// Of an ordinary one 1.
    pub weight: f64,
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
    let width = examples.first().map_or(0, |example| example.features.len());
    let spread = spreads(examples, width);
    // The bias is one feature more, of which a large weight costs nothing.
    let row = |example: &Example| -> Vec<f64> {
        let spread = example.features.iter().zip(&spread).map(|(feature, spread)| feature / spread);
        spread.chain([1.0]).collect()
    };
    let rows: Vec<Vec<f64>> = examples.iter().map(row).collect();
    let mut weights = vec![0.0; width + 1];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|w| -ridge * w).collect();
        let mut curvature = vec![vec![0.0; width + 1]; width + 1];
        for (at, line) in curvature.iter_mut().enumerate() {
            line[at] = ridge;
        }
        (gradient[width], curvature[width][width]) = (0.0, f64::EPSILON);
        for (row, example) in rows.iter().zip(examples) {
            let odds: f64 = row.iter().zip(&weights).map(|(f, w)| f * w).sum();
            let said = 1.0 / (1.0 + libm::exp(-odds));
            let error = example.weight * (f64::from(u8::from(example.is_of)) - said);
            let sure = example.weight * said * (1.0 - said);
            for (a, f) in row.iter().enumerate().filter(|(_, f)| **f != 0.0) {
                gradient[a] += error * f;
                for (b, g) in row.iter().enumerate().skip(a) {
                    curvature[a][b] += sure * f * g;
                }
            }
        }
        let step = solved(curvature, gradient);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step);
    }
    let bias = weights.pop().unwrap_or_default();
    Model { bias, weights: weights.iter().zip(&spread).map(|(weight, spread)| weight / spread).collect() }
}

/// Standard deviation of each feature; 1 of one that never changes.
fn spreads(examples: &[Example], width: usize) -> Vec<f64> {
    let count = examples.len().max(1) as f64;
    let of = |at: usize| {
        let mean = examples.iter().map(|e| e.features[at]).sum::<f64>() / count;
        let square = examples.iter().map(|e| (e.features[at] - mean).powi(2)).sum::<f64>() / count;
        if square > 0.0 { square.sqrt() } else { 1.0 }
    };
    (0..width).map(of).collect()
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
            Example { features: vec![f64::from(u8::from(has)), 1.0], is_of, weight: 1.0 }
        };
        let model = train(&(0..200).map(example).collect::<Vec<_>>(), 1e-6);
        assert!((model.odds(&[1.0, 1.0]) - libm::log(4.0)).abs() < 1e-3);
        assert!((model.odds(&[0.0, 1.0]) + libm::log(4.0)).abs() < 1e-3);
    }
}
