//! What a claim says by itself, whatever its article.

use headwater_model::claim::{Frame, Role};
use headwater_model::{Claim, EntityId, Part};
use std::collections::BTreeSet;

/// Roles of those upon whom or which an act is done: what tells one act of an authority from its next.
pub const ACTED_UPON: [Role; 7] =
    [Role::Member, Role::Subject, Role::Object, Role::Target, Role::Recipient, Role::Supplier, Role::Buyer];

/// Roles of those who act.
pub const ACTING: [Role; 3] = [Role::Authority, Role::Funder, Role::Holder];

/// Whether a claim stands in the headline or at the beginning of its article.
pub fn leads(claim: &Claim) -> bool {
    /// Characters.
    const EARLY: u32 = 200;
    claim.evidence.part() == Part::Title || claim.evidence.span().start < EARLY
}

/// Entity ids that fill a role.
pub fn ids(claim: &Claim, role: Role) -> BTreeSet<&EntityId> {
    each(claim, role).collect()
}

fn each(claim: &Claim, role: Role) -> impl Iterator<Item = &EntityId> {
    claim.role(role).filter_map(|f| f.id.as_ref())
}

/// Whether an entity fills a role of one claim and a role of another.
pub fn share(x: &Claim, of_x: Role, y: &Claim, of_y: Role) -> bool {
    each(x, of_x).any(|id| each(y, of_y).any(|other| other == id))
}

/// Whether two claims both have entities in a role, and none in common.
pub fn differ(x: &Claim, y: &Claim, role: Role) -> bool {
    let filled = |claim| each(claim, role).next().is_some();
    filled(x) && filled(y) && !share(x, role, y, role)
}

/// Frames in which two tellings of one act may be cast: told to stop, barred from; ordered, bought; approved
/// the spending, spends.
pub fn kin(a: Frame, b: Frame) -> bool {
    use Frame as F;
    const KIN: [(Frame, Frame); 12] = [
        (F::Instruction, F::Requirement),
        (F::Instruction, F::Restriction),
        (F::Requirement, F::Restriction),
        (F::Restriction, F::Permission),
        (F::Requirement, F::Permission),
        (F::Instruction, F::Supply),
        (F::Permission, F::Supply),
        (F::Funding, F::Permission),
        (F::Funding, F::Supply),
        (F::Listing, F::Permission),
        (F::Listing, F::Restriction),
        (F::Charge, F::Penalty),
    ];
    KIN.iter().any(|(x, y)| (*x == a && *y == b) || (*x == b && *y == a))
}
