//! What `analyse` finds in a text: names, figures, voices. (Dates are in [`crate::time`].)

use crate::id::EntityId;
use crate::{Evidence, Span, vocabulary};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// What an entity is.
    EntityKind {
        Company => "company", Product => "product", Agency => "agency", Person => "person", Place => "place",
        List => "list", Law => "law", Measure => "measure", Fund => "fund", Outlet => "outlet",
        Document => "document", Organisation => "organisation",
    }
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityMention {
    /// The knowledge base's id; `None` for a name that it lacks or that stays ambiguous.
    pub id: Option<EntityId>,
    /// The name as written, or the full name that a short form stands for.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Other ids that the name could stand for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<EntityId>,
    /// What decided: `name`, `short_form`, `context`, `anaphor`, `tagger` …
    pub rule: String,
    /// The words.
    pub evidence: Evidence,
}

vocabulary! {
    /// What is measured.
    QuantityKind {
        Money => "money", Percent => "percent", Count => "count", Duration => "duration",
        Computing => "computing", Length => "length", Other => "other",
    }
}

vocabulary! {
    /// How a stated figure bounds the true one.
    Comparator {
        Exact => "exact", Approximate => "approximate", AtLeast => "at_least", AtMost => "at_most",
        MoreThan => "more_than", LessThan => "less_than", UpTo => "up_to", Nearly => "nearly", Range => "range",
    }
}

/// A figure in the text. Exact, approximate and nearly have `low == high`; a one-sided bound
/// leaves the open side `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// What is measured.
    pub kind: QuantityKind,
    /// Lower value, in `unit`, all scale words multiplied out.
    pub low: Option<Decimal>,
    /// Upper value.
    pub high: Option<Decimal>,
    /// ISO 4217 for money, `percent`, UCUM where it has one (`a`, `mo`, `d`, `nm`), else the thing counted.
    pub unit: String,
    /// How the figure bounds the true one.
    pub comparator: Comparator,
    /// The unit of a rate's denominator (`a` for "per year").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// What the figure is a change of or a share of: "80% of *chips*".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Evidence>,
    /// The words.
    pub evidence: Evidence,
}

vocabulary! {
    /// What kind of voice speaks.
    VoiceKind {
        Outlet => "outlet", Official => "official", Anonymous => "anonymous", Person => "person",
        Organisation => "organisation", Document => "document",
    }
}

/// Who says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// The entity, if the knowledge base has it.
    pub entity: Option<EntityId>,
    /// The words that name the source.
    pub text: String,
    /// What kind of voice it is.
    pub kind: VoiceKind,
    /// How many people, if the text says.
    pub count: Option<u32>,
}

/// A voice and what it is said to have said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// Who says it.
    pub source: Voice,
    /// The cue: `said`, `according to`, `据…报道`.
    pub cue: String,
    /// What is covered, in the same text as the evidence.
    pub content: Span,
    /// Whether the words are quoted.
    pub direct: bool,
    /// Source and cue.
    pub evidence: Evidence,
}
