//! What a claim says by itself, whatever its article.

use headwater_model::claim::{Frame, Role};
use headwater_model::{Claim, EntityId, Part};
use std::collections::BTreeSet;

/// Roles of those upon whom or which an act is done: what tells one act of an authority from its next.
pub const ACTED_UPON: [Role; 7] =
    [Role::Member, Role::Subject, Role::Object, Role::Target, Role::Recipient, Role::Supplier, Role::Buyer];

/// Whether a claim stands in the headline or at the beginning of its article.
pub fn leads(claim: &Claim) -> bool {
    /// Characters.
    const EARLY: u32 = 200;
    claim.evidence.part() == Part::Title || claim.evidence.span().start < EARLY
}

/// Entity ids that fill a role.
pub fn ids(claim: &Claim, role: Role) -> BTreeSet<&EntityId> {
    claim.role(role).filter_map(|f| f.id.as_ref()).collect()
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
