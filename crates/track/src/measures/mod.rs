//! Steps of measures: as claims state them, and as official documents do to the instruments that they name.

pub mod called;
pub mod claimed;
pub mod instruments;
pub mod news;
pub mod objects;
pub mod proposals;
