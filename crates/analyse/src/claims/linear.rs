//! A linear model: what the features of a sentence say for each of a few classes.
//!
//! The file: `HWL1`, the number of classes and of features (u32), what a part of a weight is worth (f32), a bias a class (f32), then
//! the features' hashes, sorted (u32), then a weight a feature and class (i8). Little-endian. Weights are summed as integers; the
//! few operations on floats behind it (a product, a root, a sum) are rounded alike on every machine that IEEE 754 binds.

use crate::table::Table;

/// Classes that a model may have at most.
pub const CLASSES: usize = 16;

/// A number for each class; those beyond a model's classes are 0.
pub type Row<T> = [T; CLASSES];

const MAGIC: &[u8; 4] = b"HWL1";

/// Weights by feature.
pub struct Linear {
    classes: usize,
    part: f32,
    bias: Row<f32>,
    weights: Table<u32, Row<i8>>,
}

/// What each of so many features counts: texts of any length compare, but a text that has few of them says little.
pub fn unit(features: usize) -> f32 {
    const FEW: usize = 150;
    1.0 / (features.max(FEW) as f32).sqrt()
}

/// Adds a row to a sum.
pub fn add(sum: &mut Row<i32>, row: &Row<i32>) {
    sum.iter_mut().zip(row).for_each(|(sum, own)| *sum += own);
}

impl Linear {
    /// Reads a model; `None` if the bytes are none.
    pub fn read(bytes: &[u8]) -> Option<Linear> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut number = || {
            let (number, behind) = rest.split_first_chunk::<4>()?;
            rest = behind;
            Some(*number)
        };
        let classes = Some(u32::from_le_bytes(number()?) as usize).filter(|classes| *classes > 0)?;
        let count = u32::from_le_bytes(number()?) as usize;
        let part = f32::from_le_bytes(number()?);
        let mut bias = Row::default();
        for class in bias.get_mut(..classes)? {
            *class = f32::from_le_bytes(number()?);
        }
        let (keys, values) = rest.split_at_checked(count.checked_mul(4)?)?;
        if values.len() != count.checked_mul(classes)? {
            return None;
        }
        let entry = |(key, values): (&[u8], &[u8])| {
            let mut row = Row::default();
            row.iter_mut().zip(values).for_each(|(weight, byte)| *weight = i8::from_le_bytes([*byte]));
            (u32::from_le_bytes([key[0], key[1], key[2], key[3]]), row)
        };
        let entries = keys.chunks_exact(4).zip(values.chunks_exact(classes)).map(entry);
        Some(Linear { classes, part, bias, weights: Table::of(entries.collect()) })
    }

    /// The bytes of a model. `rows` must be sorted by hash and of as many classes as there are biases.
    pub fn write(bias: &[f32], part: f32, rows: &[(u32, Vec<i8>)]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((bias.len() as u32).to_le_bytes());
        bytes.extend((rows.len() as u32).to_le_bytes());
        bytes.extend(part.to_le_bytes());
        bytes.extend(bias.iter().flat_map(|b| b.to_le_bytes()));
        bytes.extend(rows.iter().flat_map(|(key, _)| key.to_le_bytes()));
        bytes.extend(rows.iter().flat_map(|(_, row)| row).flat_map(|w| w.to_le_bytes()));
        bytes
    }

    /// What some features say for each class, in parts of a weight.
    pub fn sum(&self, mut features: Vec<u32>) -> Row<i32> {
        self.weights.sift(&mut features);
        self.weights.sum(&features)
    }

    /// How much a sum of so many features says for each class.
    pub fn scores(&self, sum: &Row<i32>, features: usize) -> Row<f32> {
        let unit = self.part * unit(features);
        std::array::from_fn(|class| sum[class] as f32 * unit + self.bias[class])
    }

    /// How many classes there are.
    pub fn classes(&self) -> usize {
        self.classes
    }
}

#[cfg(test)]
mod tests {
    use super::{Linear, unit};

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let bytes = Linear::write(&[0.5, -0.5], 0.25, &[(7, vec![4, -8]), (9, vec![0, 16])]);
        let model = Linear::read(&bytes).expect("a model");
        let of_400 = |features: &[u32]| model.scores(&model.sum(features.to_vec()), 400);
        assert_eq!(&of_400(&[7])[..3], [0.55, -0.6, 0.0]);
        assert_eq!(&of_400(&[7, 9, 11, 13])[..2], [0.55, -0.4]);
        assert!(unit(1) == unit(150) && unit(150) > unit(151));
        assert_eq!((model.sum(vec![7, 9])[1], model.classes()), (8, 2));
        assert!((0..bytes.len()).all(|end| Linear::read(&bytes[..end]).is_none()));
        assert!(Linear::read(&Linear::write(&[], 0.25, &[])).is_none());
    }
}
