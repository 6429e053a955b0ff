//! What is read alike of every official act: from when it applies, for how long, and whether it is only told of.

pub mod claim;
pub mod effective;
pub mod hearsay;
pub mod known;
pub mod numbers;
pub mod performed;
pub mod times;
