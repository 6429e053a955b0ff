//! What a text asserts.

use crate::id::{EntityId, MeasureId};
use crate::mention::{Attribution, Quantity};
use crate::time::DateMention;
use crate::{Evidence, vocabulary};
use serde::{Deserialize, Serialize, Serializer};

vocabulary! {
    /// What kind of assertion it is.
    Frame {
        Listing => "listing", Requirement => "requirement", Restriction => "restriction", Permission => "permission",
        Funding => "funding", Charge => "charge", Penalty => "penalty", Instruction => "instruction",
        Investigation => "investigation", Supply => "supply", Position => "position",
    }
}

vocabulary! {
    /// How firm the act is: a ladder from `considering` to `in_force`, and states apart from it.
    Modality {
        Considering => "considering", Drafting => "drafting", Proposed => "proposed", Consultation => "consultation",
        Expected => "expected", Announced => "announced", Adopted => "adopted", InForce => "in_force",
        Suspended => "suspended", Ended => "ended", Rejected => "rejected", Denied => "denied",
        Unspecified => "unspecified",
    }
}

impl Modality {
    /// Rung on the ladder, 0 (`considering`) to 7 (`in_force`); `None` apart from it.
    pub fn rung(self) -> Option<u8> {
        let rung = self as u8;
        (rung <= Modality::InForce as u8).then_some(rung)
    }
}

vocabulary! {
    /// Whether the claim is asserted or negated.
    Polarity { Affirmed => "affirmed", Negated => "negated" }
}

vocabulary! {
    /// Whether the named fillers are all there are.
    Exclusivity { Only => "only", Including => "including", Unspecified => "unspecified" }
}

vocabulary! {
    /// Who or what plays which part in a claim.
    Role {
        Authority => "authority", List => "list", Member => "member", Subject => "subject", Object => "object",
        Target => "target", Funder => "funder", Recipient => "recipient", Supplier => "supplier", Buyer => "buyer",
        Holder => "holder",
    }
}

vocabulary! {
    /// What a listing does to its members. Who is suspended stays a member to whom the list's measures do not apply for a
    /// while; who is postponed becomes one later than was said.
    ListChange {
        Added => "added", Listed => "listed", Removed => "removed", Excluded => "excluded",
        Suspended => "suspended", Resumed => "resumed", Postponed => "postponed",
    }
}

/// What the rule of a claim begins with that a model heard.
pub const LEARNED: &str = "learned_";

/// Who fills a role: an entity, or the words of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filler {
    /// The part it plays.
    pub role: Role,
    /// The entity, if the knowledge base has it.
    pub id: Option<EntityId>,
    /// The words.
    pub evidence: Evidence,
}

impl Filler {
    /// The entity id, or the words.
    pub fn value(&self) -> &str {
        self.id.as_ref().map_or(self.evidence.quote(), EntityId::as_str)
    }
}

/// One assertion. In JSON, `roles` is also given as a map from role to entity ids or words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Claim {
    /// What kind of assertion it is.
    pub frame: Frame,
    /// What a listing does; `None` for other frames.
    pub change: Option<ListChange>,
    /// Who and what, in text order.
    pub fillers: Vec<Filler>,
    /// How much.
    pub quantity: Option<Quantity>,
    /// How firm.
    pub modality: Modality,
    /// Asserted or negated.
    pub polarity: Polarity,
    /// Whether the named are all there are.
    pub exclusivity: Exclusivity,
    /// When it happens or applies.
    pub time: Option<DateMention>,
    /// On whose word, outermost voice first.
    pub attribution: Vec<Attribution>,
    /// The measure it is about.
    pub measure: Option<MeasureId>,
    /// The rule that made it; behind [`LEARNED`], if a model and not the rule's own words chose it.
    pub rule: String,
    /// The clause.
    pub evidence: Evidence,
}

impl Claim {
    /// Whether a model and no rule tells it: a likely reading, on which no list and no measure should move.
    pub fn is_learned(&self) -> bool {
        self.rule.starts_with(LEARNED)
    }

    /// Fillers of one role, in text order.
    pub fn role(&self, role: Role) -> impl Iterator<Item = &Filler> {
        self.fillers.iter().filter(move |f| f.role == role)
    }
}

impl Serialize for Claim {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut roles: Vec<(&str, Vec<&str>)> = Vec::new();
        for &role in Role::ALL {
            let values: Vec<&str> = self.role(role).map(Filler::value).collect();
            if !values.is_empty() {
                roles.push((role.word(), values));
            }
        }
        if let Some(change) = self.change {
            roles.push(("change", vec![change.word()]));
        }
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("frame", &self.frame)?;
        map.serialize_entry("roles", &Roles(&roles))?;
        map.serialize_entry("change", &self.change)?;
        map.serialize_entry("quantity", &self.quantity)?;
        map.serialize_entry("modality", &self.modality)?;
        map.serialize_entry("polarity", &self.polarity)?;
        map.serialize_entry("exclusivity", &self.exclusivity)?;
        map.serialize_entry("time", &self.time)?;
        map.serialize_entry("attribution", &self.attribution)?;
        map.serialize_entry("measure", &self.measure)?;
        map.serialize_entry("rule", &self.rule)?;
        map.serialize_entry("fillers", &self.fillers)?;
        map.serialize_entry("evidence", &self.evidence)?;
        map.end()
    }
}

/// Roles as a JSON object in the vocabulary's order.
struct Roles<'a>(&'a [(&'a str, Vec<&'a str>)]);

impl Serialize for Roles<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(self.0.iter().map(|(role, values)| (role, values)))
    }
}
