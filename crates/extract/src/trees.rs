//! Boosted trees over a block's features: sums of small tables, in integers.
//!
//! Each tree asks the same questions of every block, one a level: is this feature above this value? The answers, as
//! bits, are the place of its weight. The trees are made by `cargo xtask train`.

use crate::blocks::Outline;
use crate::features::{self, About, COUNT, Row};
use std::sync::LazyLock;

/// Questions a tree.
pub const DEPTH: usize = 6;
/// Answers a tree.
pub const LEAVES: usize = 1 << DEPTH;
/// What a weight of one is stored as.
pub const UNIT: i32 = 1000;

/// A tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// A feature and the value it has to be above.
    pub questions: [(u8, i16); DEPTH],
    /// What the answers weigh.
    pub weights: [i16; LEAVES],
}

/// Trees whose weights are added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trees(pub Vec<Tree>);

/// Blocks that are weighed at once.
const LANES: usize = 16;

const BYTES: usize = DEPTH * 3 + LEAVES * 2;

impl Trees {
    /// How much speaks for each block, as log odds times [`UNIT`].
    pub fn scores(&self, rows: &[Row]) -> Vec<i32> {
        let mut scores = Vec::with_capacity(rows.len());
        for rows in rows.chunks(LANES) {
            scores.extend_from_slice(&self.of_few(rows)[..rows.len()]);
        }
        scores
    }

    /// The scores of up to [`LANES`] blocks. The same feature of all of them stands side by side, so that a tree asks its
    /// question of all at once.
    fn of_few(&self, rows: &[Row]) -> [i32; LANES] {
        let mut columns = [[0i16; LANES]; COUNT];
        for (lane, row) in rows.iter().enumerate() {
            columns.iter_mut().zip(row).for_each(|(column, value)| column[lane] = *value);
        }
        let mut scores = [0; LANES];
        for tree in &self.0 {
            let mut places = [0i16; LANES];
            // The first answer is the lowest bit.
            for (feature, above) in tree.questions.iter().rev() {
                let column = &columns[usize::from(*feature)];
                for (place, value) in places.iter_mut().zip(column) {
                    *place = (*place << 1) | i16::from(value > above);
                }
            }
            for (score, place) in scores.iter_mut().zip(&places) {
                *score += i32::from(tree.weights[*place as usize % LEAVES]);
            }
        }
        scores
    }

    /// The trees as bytes: of each its features, the values, the weights, in little endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.0.len() * BYTES);
        for tree in &self.0 {
            for (feature, above) in tree.questions {
                bytes.push(feature);
                bytes.extend(above.to_le_bytes());
            }
            tree.weights.iter().for_each(|w| bytes.extend(w.to_le_bytes()));
        }
        bytes
    }

    /// The trees of such bytes.
    pub fn of_bytes(bytes: &[u8]) -> Trees {
        let number = |pair: &[u8]| i16::from_le_bytes([pair[0], pair[1]]);
        let tree = |bytes: &[u8]| {
            let (questions, weights) = bytes.split_at(DEPTH * 3);
            let mut tree = Tree { questions: [(0, 0); DEPTH], weights: [0; LEAVES] };
            for (to, from) in tree.questions.iter_mut().zip(questions.chunks_exact(3)) {
                *to = (from[0], number(&from[1..]));
            }
            for (to, from) in tree.weights.iter_mut().zip(weights.chunks_exact(2)) {
                *to = number(from);
            }
            tree
        };
        Trees(bytes.chunks_exact(BYTES).map(tree).collect())
    }
}

/// The trees that weigh each block at first, and those that know how its neighbours were weighed.
pub struct Body {
    /// Of the first look.
    pub first: Trees,
    /// Of the second.
    pub second: Trees,
}

impl Body {
    /// Scores of all blocks of a page; those above 0 are its text.
    pub fn scores(&self, outline: &Outline, about: &About) -> Vec<i32> {
        let mut rows = features::rows(outline, about);
        let first = self.first.scores(&rows);
        features::add_second(outline, &first, &mut rows);
        self.second.scores(&rows)
    }
}

/// The trees that tell the article's blocks.
pub static BODY: LazyLock<Body> = LazyLock::new(|| Body {
    first: Trees::of_bytes(include_bytes!("../data/body_first.bin")),
    second: Trees::of_bytes(include_bytes!("../data/body_second.bin")),
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_weighs_by_its_answers_and_survives_as_bytes() {
        let mut tree = Tree { questions: [(0, i16::MAX); DEPTH], weights: [0; LEAVES] };
        tree.questions[0] = (1, 10);
        tree.questions[1] = (0, -5);
        tree.weights[0b01] = 700;
        tree.weights[0b11] = -300;
        let trees = Trees(vec![tree.clone(), tree]);
        let rows = [vec![-5, 11], vec![-4, 11], vec![-4, 10]];
        assert_eq!(trees.scores(&rows), [1400, -600, 0]);
        let many: Vec<Row> = rows.iter().cycle().take(50).cloned().collect();
        assert_eq!(trees.scores(&many)[48..], [1400, -600]);
        assert_eq!(Trees::of_bytes(&trees.to_bytes()), trees);
    }

    #[test]
    fn the_trees_ask_only_for_features_that_there_are() {
        for (trees, most) in [(&BODY.first, features::FIRST), (&BODY.second, features::COUNT)] {
            assert!(trees.0.len() >= 100);
            assert!(trees.0.iter().flat_map(|t| t.questions).all(|(feature, _)| usize::from(feature) < most));
        }
    }
}
