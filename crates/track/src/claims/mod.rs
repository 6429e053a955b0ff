//! Claims: which mentions assert the same thing, what differs between them, and how a claim stands.

pub mod apart;
pub mod between;
pub mod compare;
pub mod groups;
pub mod modality;
pub mod news;
pub mod reread;
pub mod retelling;
pub mod rivals;
pub mod sameness;
pub mod standing;
pub mod within;
