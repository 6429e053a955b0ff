//! The knowledge folder that was current when the program was built.

use crate::load::assemble;
use headwater_model::Knowledge;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../knowledge/", $name)))),+]
    };
}

/// Name and text of every file, so that a new workspace can be given its own copy.
pub const FILES: &[(&str, &str)] = files![
    "agencies-cn.toml",
    "agencies-other.toml",
    "agencies-tw.toml",
    "agencies-us.toml",
    "companies-cn.toml",
    "companies-other.toml",
    "companies-us.toml",
    "contexts.toml",
    "funds.toml",
    "laws.toml",
    "lists.toml",
    "measures.toml",
    "organisations.toml",
    "outlets.toml",
    "people.toml",
    "places.toml",
    "products.toml",
    "programmes.toml",
    "rates.toml",
    "terms.toml",
];

/// The knowledge compiled in. A test holds that it has no problems.
pub fn embedded() -> Knowledge {
    assemble(FILES.iter().copied()).0
}
