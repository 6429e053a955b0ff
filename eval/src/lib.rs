//! Sentences with their names, for the measures and for the trainer of the tagger.

pub mod corpus;
pub mod dice;
pub mod layouts;
pub mod shingles;
pub mod written;
