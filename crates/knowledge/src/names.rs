//! All names of an entity.

use headwater_model::knowledge::Entity;

/// A name and, if it needs one, its context rule.
#[derive(Debug, Clone, Copy)]
pub struct Name<'a> {
    /// The name as written.
    pub text: &'a str,
    /// Context words, for a name that is ambiguous.
    pub context: Option<&'a [String]>,
}

/// All names of an entity: English, simplified, traditional, aliases, then the ambiguous ones. A
/// name listed under `ambiguous` is ambiguous even where it is also the main name.
pub fn names_of(entity: &Entity) -> impl Iterator<Item = Name<'_>> {
    let plain = entity.names().filter(|n| !n.is_empty());
    let plain = plain.filter(|n| !entity.ambiguous.iter().any(|a| a.name == **n));
    let ruled = entity.ambiguous.iter().map(|a| Name { text: &a.name, context: Some(&a.context) });
    plain.map(|text| Name { text, context: None }).chain(ruled)
}
