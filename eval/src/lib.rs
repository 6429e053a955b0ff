//! What the measures and the trainers share.

pub mod chains;
pub mod corpus;
pub mod dice;
pub mod layouts;
pub mod shingles;
pub mod topics;
pub mod written;
