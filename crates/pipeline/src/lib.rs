//! The order of the stages. The line is drawn here, once:
//!
//! ```text
//! archive ─▶ extract ─▶ analyse ─▶ track ─▶ ledger ─▶ search
//!            └─ a map, per capture ─┘ └─ a fold, in archive order ─┘
//! ```
//!
//! [`Line::advance`] does it for whatever the archive holds beyond the ledger's position. Live
//! collection, import and rebuild differ only in what they put into the archive before.

mod check;
mod documents;
mod error;
mod import;
mod index;
mod line;
mod note;
mod rebuild;
mod workspace;

pub use check::{Report, check};
pub use documents::{Refused, captures, file_addresses, instant};
pub use error::Error;
pub use import::{Imported, import};
pub use index::is_behind;
pub use line::{CODE_VERSION, Line, Progress, Summary, read};
pub use note::note;
pub use rebuild::rebuild;
pub use workspace::Workspace;
