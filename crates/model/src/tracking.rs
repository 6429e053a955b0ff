//! What `track` returns: derivations, claim groups, stories, events of measures and lists.
//!
//! Records are whole and replace the earlier one of the same id, so applying them is idempotent.

use crate::claim::{Exclusivity, Frame, ListChange, Modality, Polarity};
use crate::id::{CaptureId, EntityId, GroupId, MeasureId, NodeId, SourceId, StoryId, UnseenId};
use crate::mention::{Attribution, Quantity};
use crate::source::SourceClass;
use crate::{Evidence, vocabulary};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A quote in a named capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// The capture that says it.
    pub capture: CaptureId,
    /// The words.
    pub evidence: Evidence,
}

/// Why something was decided: which rule, in words, on what evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Rule's name.
    pub rule: String,
    /// What it saw, in words for a person.
    pub text: String,
    /// The words that show it, on either side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cited: Vec<Cited>,
}

vocabulary! {
    /// How one article derives from another, strongest first.
    DerivationKind {
        Reprint => "reprint", Translation => "translation", Excerpt => "excerpt", Quotation => "quotation",
        Citation => "citation",
    }
}

/// A derivation: `from` derives from `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// The capture that derives.
    pub from: CaptureId,
    /// What it derives from.
    pub to: NodeId,
    /// How.
    pub kind: DerivationKind,
    /// How sure, 0..=1000.
    pub score: u16,
    /// Whether the direction is known; if not, time alone decided.
    pub directed: bool,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl Edge {
    /// Rules by which an article owes what it tells to a page without a word of where it was read.
    pub const SILENT: [&str; 2] = ["retold_document", "retold_report"];

    /// What a reader is told that it is: who names nobody cites nobody.
    pub fn called(&self) -> &'static str {
        let silent = self.reasons.iter().all(|reason| Edge::SILENT.contains(&reason.rule.as_str()));
        match self.kind {
            DerivationKind::Citation if silent && !self.reasons.is_empty() => "retelling",
            kind => kind.word(),
        }
    }
}

/// A report or document that was cited and not captured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unseen {
    /// Its id.
    pub id: UnseenId,
    /// The outlet or agency.
    pub outlet: Option<EntityId>,
    /// Its name as cited.
    pub name: String,
    /// Day of publication as cited.
    pub date: Option<Date>,
    /// Where it was cited.
    pub cited: Vec<Cited>,
    /// The capture that it turned out to be, once captured.
    pub resolved: Option<CaptureId>,
}

/// One article's version of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The capture.
    pub capture: CaptureId,
    /// Its address.
    pub url: String,
    /// Position of the claim in the capture's analysis; past its end where a sentence was read by its source's claim, which the
    /// analysis alone does not have.
    pub claim: u32,
    /// Day of publication, else of capture.
    pub day: Date,
    /// How firm.
    pub modality: Modality,
    /// Asserted or negated.
    pub polarity: Polarity,
    /// Whether the named are all there are.
    pub exclusivity: Exclusivity,
    /// What a listing does.
    pub change: Option<ListChange>,
    /// How much.
    pub quantity: Option<Quantity>,
    /// On whose word.
    pub attribution: Vec<Attribution>,
    /// Entities in its roles, as `role:id`, sorted.
    pub entities: Vec<String>,
    /// The words.
    pub evidence: Evidence,
}

vocabulary! {
    /// On what two mentions of one claim differ.
    Dimension {
        Quantity => "quantity", Comparator => "comparator", Modality => "modality", Exclusivity => "exclusivity",
        Scope => "scope", Attribution => "attribution", Polarity => "polarity", Time => "time", Entity => "entity",
        Change => "change",
    }
}

/// A difference along a derivation edge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    /// On what they differ.
    pub dimension: Dimension,
    /// The parent's value in words.
    pub from_value: String,
    /// The retelling's value in words.
    pub to_value: String,
    /// The parent's words.
    pub from: Cited,
    /// The retelling's words.
    pub to: Cited,
    /// What a person should know: "a conversion at 6.78 yuan per dollar", "a rounding".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Drift {
    /// How much the change matters to a reader, 0..=100: what is said to be all there is or the contrary
    /// weighs most, then what is said to have happened already.
    pub fn weight(&self) -> u8 {
        let rung = |word: &str| Modality::ALL.iter().find(|m| m.word() == word).and_then(|m| m.rung());
        match self.dimension {
            Dimension::Polarity => 100,
            Dimension::Exclusivity if self.to_value == Exclusivity::Only.word() => 95,
            Dimension::Change => 90,
            Dimension::Modality => match rung(&self.from_value).zip(rung(&self.to_value)) {
                Some((from, to)) => 30 + 9 * to.saturating_sub(from),
                None => 80,
            },
            Dimension::Entity => 85,
            Dimension::Quantity => 75,
            Dimension::Exclusivity | Dimension::Scope => 65,
            Dimension::Comparator => 60,
            Dimension::Attribution => 50,
            Dimension::Time => 40,
        }
    }
}

/// A difference between mentions that do not derive from one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// On what they differ.
    pub dimension: Dimension,
    /// Each value in words, with the words that state it.
    pub values: Vec<(String, Cited)>,
    /// Whether a later correction or denial explains it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Conflict {
    /// The note of a conflict between a copy of what was corrected afterwards and the correction.
    pub const CORRECTED: &str = "the source was corrected afterwards";

    /// Whether it is one between a copy and the correction of its source.
    pub fn is_of_correction(&self) -> bool {
        self.note == Self::CORRECTED
    }
}

/// The same assertion, wherever it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimGroup {
    /// Its id.
    pub id: GroupId,
    /// What kind of assertion it is.
    pub frame: Frame,
    /// The measure that it is about.
    pub measure: Option<MeasureId>,
    /// The story that it first appeared in.
    pub story: Option<StoryId>,
    /// Its mentions in archive order.
    pub mentions: Vec<Mention>,
    /// The nodes upstream of which nothing is known, earliest first.
    pub headwaters: Vec<NodeId>,
    /// How many origins there are: not articles, not outlets.
    pub independent_sources: u32,
    /// What changed along derivations.
    pub drift: Vec<Drift>,
    /// What differs without derivation.
    pub conflicts: Vec<Conflict>,
    /// Conversions and roundings of one value, named as such (no drift).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renderings: Vec<Drift>,
    /// `stands`, `denied`, `corrected` or `disputed`.
    pub state: GroupState,
    /// Why the mentions are one claim.
    pub reasons: Vec<Reason>,
}

/// What a headwater has to do with the claim that is traced to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It says it, or is a report that is known by others alone.
    Said,
    /// It denies it, and does not say it.
    Denied,
    /// Others have it from there; in its own captured text it was not made out.
    Laid,
}

impl Origin {
    /// What is said of it before its name.
    pub fn words(self) -> &'static str {
        match self {
            Origin::Said => "first said by",
            Origin::Denied => "denied by",
            Origin::Laid => "laid to",
        }
    }

    /// What is said of it behind its name, if anything is.
    pub fn remark(self) -> &'static str {
        match self {
            Origin::Laid => ", in whose own text it was not made out",
            Origin::Said | Origin::Denied => "",
        }
    }
}

impl ClaimGroup {
    /// What a headwater has to do with the claim.
    pub fn origin(&self, node: &NodeId) -> Origin {
        let NodeId::Capture(capture) = node else { return Origin::Said };
        let own = || self.mentions.iter().filter(|mention| mention.capture == *capture);
        if own().next().is_none() {
            Origin::Laid
        } else if own().all(|mention| mention.modality == Modality::Denied) {
            Origin::Denied
        } else {
            Origin::Said
        }
    }

    /// The derivations at which the chain ends: a capture's only one, of a capture that nobody retells and that is no
    /// headwater. `edges` are the derivations of the captures that mention the claim.
    pub fn last_steps<'e>(&self, edges: impl Iterator<Item = &'e Edge>) -> Vec<&'e Edge> {
        let mut ways: BTreeMap<&CaptureId, Vec<&Edge>> = BTreeMap::new();
        let mut retold: BTreeSet<&NodeId> = BTreeSet::new();
        for edge in edges {
            ways.entry(&edge.from).or_default().push(edge);
            retold.insert(&edge.to);
        }
        let single =
            ways.into_values().filter_map(|ways| if let [edge] = ways[..] { Some(edge) } else { None });
        let ends = |edge: &&Edge| {
            let node = NodeId::Capture(edge.from.clone());
            !retold.contains(&node) && !self.headwaters.contains(&node)
        };
        single.filter(ends).collect()
    }

    /// The last steps that carry the claim on and no more: nothing changed on the way.
    pub fn carried_on<'e>(&self, edges: impl Iterator<Item = &'e Edge>) -> Vec<&'e Edge> {
        let mut carried = self.last_steps(edges);
        carried.retain(|edge| !self.drift.iter().any(|d| d.to.capture == edge.from));
        carried
    }
}

vocabulary! {
    /// Where a claim stands.
    GroupState { Stands => "stands", Disputed => "disputed", Denied => "denied", Corrected => "corrected" }
}

/// A story: one event with its reactions, in every language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Its id.
    pub id: StoryId,
    /// Headline of its best source.
    pub title: String,
    /// One line taken from that source.
    pub lead: Option<Cited>,
    /// Articles in archive order.
    pub articles: Vec<CaptureId>,
    /// First publication day.
    pub first: Date,
    /// Latest publication day.
    pub latest: Date,
    /// Measures that its claims are about.
    pub measures: Vec<MeasureId>,
    /// Entities that it is most about, at most ten.
    pub entities: Vec<EntityId>,
    /// Why its articles belong together.
    pub reasons: Vec<Reason>,
}

vocabulary! {
    /// A step in a measure's life.
    MeasureStep {
        ReportedConsidering => "reported_considering", Signalled => "signalled", Announced => "announced",
        Drafted => "drafted", ConsultationOpened => "consultation_opened", ConsultationClosed => "consultation_closed",
        Introduced => "introduced", PassedStage => "passed_stage", Adopted => "adopted", Published => "published",
        InForce => "in_force", GuidanceIssued => "guidance_issued", Enforced => "enforced", Amended => "amended",
        Extended => "extended", ScopeWidened => "scope_widened", ScopeNarrowed => "scope_narrowed",
        Suspended => "suspended", Postponed => "postponed", Enjoined => "enjoined",
        TerminationAnnounced => "termination_announced", Expired => "expired", Repealed => "repealed",
        Replaced => "replaced", Withdrawn => "withdrawn", Rejected => "rejected", Denied => "denied",
        Resumed => "resumed", Corrected => "corrected", UnofficialPractice => "unofficial_practice",
    }
}

/// One step of a measure, as one capture states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureEvent {
    /// The measure.
    pub measure: MeasureId,
    /// Its name as the source gives it, for a measure that the knowledge lacks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_name: Option<String>,
    /// The step.
    pub step: MeasureStep,
    /// When, ISO 8601 / EDTF, as stated.
    pub date: Option<String>,
    /// Day on which the source reports it.
    pub reported: Date,
    /// What the source's word is worth.
    pub class: SourceClass,
    /// The words.
    pub cited: Cited,
    /// Rule's name.
    pub rule: String,
}

/// One act upon a list, as one capture states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Designation {
    /// The list.
    pub list: EntityId,
    /// The member's entity id, if known.
    pub member: Option<EntityId>,
    /// The member's name as written; empty where an act upon other acts names nobody.
    pub name: String,
    /// What the member is called besides: in another script, as an alias.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// What was done.
    pub change: ListChange,
    /// Day from which it applies, if stated.
    pub effective: Option<Date>,
    /// Last day on which it applies, if it is for a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Day that the new one takes the place of, if it is postponed, or that on which what is postponed was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<Date>,
    /// The words that state that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Cited>,
    /// Day of publication.
    pub published: Date,
    /// What the source's word is worth.
    pub class: SourceClass,
    /// The words that name the member.
    pub cited: Cited,
    /// The sentence of the act, where other words name the member: a row of its annex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Cited>,
    /// By what it was read.
    pub rule: Rule,
}

vocabulary! {
    /// By what an act upon a list was read.
    Basis {
        /// A claim.
        Claim => "listing_claim",
        /// A sentence of an authority's document.
        Prose => "notice_prose",
        /// An authority's answer: who is not on a list.
        Answer => "answer",
        /// A line of a list.
        Line => "list_line",
        /// A row of a table.
        Table => "list_table",
        /// A sentence that corrects a notice.
        Correction => "corrected_notice",
        /// A sentence that only gives a member another name: it makes nobody one.
        Renaming => "notice_renamed",
        /// A correction that puts another party in the place of one that was printed wrongly, which `also` names. The act
        /// stays the one that it corrects.
        Misprint => "notice_misprint",
    }
}

impl Basis {
    /// Whether the act only says what a member is called, and makes nobody one by itself.
    pub fn only_names(self) -> bool {
        matches!(self, Basis::Renaming | Basis::Misprint)
    }
}

/// The rule by which an act upon a list was read; in words, `annex_list_table`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Rule {
    /// By what.
    pub basis: Basis,
    /// Whether its document lists members without an act and a day of its own: the annex of a notice.
    pub annexed: bool,
}

/// How the word begins where rows are annexed.
const ANNEX: &str = "annex_";

impl From<Basis> for Rule {
    fn from(basis: Basis) -> Self {
        Rule { basis, annexed: false }
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        format!("{}{}", if rule.annexed { ANNEX } else { "" }, rule.basis)
    }
}

impl TryFrom<String> for Rule {
    type Error = String;
    fn try_from(word: String) -> Result<Self, String> {
        let (annexed, basis) = word.strip_prefix(ANNEX).map_or((false, &*word), |basis| (true, basis));
        Ok(Rule { basis: basis.parse()?, annexed })
    }
}

/// A new version of an address, with what changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The address.
    pub url: String,
    /// The earlier capture.
    pub before: CaptureId,
    /// The later capture.
    pub after: CaptureId,
    /// Runs of words: kept, removed, added, in text order; long kept runs are shortened.
    pub difference: Vec<(DifferenceKind, String)>,
    /// Claims that changed: the earlier words and the later.
    pub claims: Vec<(Option<Cited>, Option<Cited>)>,
}

vocabulary! {
    /// What became of a run of words.
    DifferenceKind { Kept => "kept", Removed => "removed", Added => "added" }
}

vocabulary! {
    /// What moved.
    NewsKind {
        NewClaim => "new_claim", FirstOfficialSource => "first_official_source", Drift => "drift",
        Conflict => "conflict", MeasureStep => "measure_step", ListChange => "list_change", Edit => "edit",
        PageGone => "page_gone", SourceQuiet => "source_quiet", Denial => "denial", Correction => "correction",
        NewStory => "new_story", UnseenFound => "unseen_found",
    }
}

impl NewsKind {
    /// In plain words.
    pub fn phrase(self) -> &'static str {
        match self {
            NewsKind::NewClaim => "new claim",
            NewsKind::FirstOfficialSource => "first official source",
            NewsKind::Drift => "drift",
            NewsKind::Conflict => "conflict",
            NewsKind::MeasureStep => "measure moved",
            NewsKind::ListChange => "list changed",
            NewsKind::Edit => "edited",
            NewsKind::PageGone => "page gone",
            NewsKind::SourceQuiet => "source quiet",
            NewsKind::Denial => "denial",
            NewsKind::Correction => "correction",
            NewsKind::NewStory => "new story",
            NewsKind::UnseenFound => "source found",
        }
    }
}

/// What a piece of news is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A claim group.
    Claim(GroupId),
    /// A story.
    Story(StoryId),
    /// A measure.
    Measure(MeasureId),
    /// A list.
    List(EntityId),
    /// A capture.
    Article(CaptureId),
    /// A source.
    Source(SourceId),
}

/// Something that moved, told once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// What moved.
    pub kind: NewsKind,
    /// What it is about.
    pub subject: Subject,
    /// Day on which it moved, as the capture tells it.
    pub day: Date,
    /// In plain words.
    pub text: String,
    /// The words that show it.
    pub cited: Vec<Cited>,
}

impl News {
    /// Whether its text is only these words, or the beginning of them: then they need not be shown again.
    pub fn is_quote(&self, quote: &str) -> bool {
        quote.contains(self.text.trim_matches(['…', ' ']))
    }
}

/// One change to the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A derivation was found, or became stronger. Key: (from, to).
    Edge(Edge),
    /// A derivation turned out not to be one (an unseen node became a capture). Key: (from, to).
    EdgeGone(CaptureId, NodeId),
    /// An uncaptured report is known, or was found. Key: id.
    Unseen(Unseen),
    /// A claim group as it stands now. Key: id.
    Group(ClaimGroup),
    /// A claim group was merged away.
    GroupGone(GroupId),
    /// A story as it stands now. Key: id.
    Story(Story),
    /// A step of a measure.
    MeasureEvent(MeasureEvent),
    /// An act upon a list.
    Designation(Designation),
    /// An address changed its words.
    Version(Version),
    /// Something moved.
    News(News),
}

/// What one capture changes, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The capture.
    pub capture: CaptureId,
    /// Its changes, to be applied in this order.
    pub changes: Vec<Change>,
}
