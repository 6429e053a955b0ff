//! Acts upon lists: as claims state them, and as an authority's own notice does, member by member.

pub mod claimed;
pub mod news;
pub mod notices;
pub mod parties;
pub mod renames;
