//! The rule files for claims: read once, checked, and compiled into one automaton a language.

use crate::cues::{Builder, Cues, Group, Hit, Hits};
use crate::passage::Language;
use headwater_model::EntityId;
use headwater_model::claim::{Exclusivity, Frame, ListChange, Modality, Polarity, Role};
use headwater_model::mention::{EntityKind, QuantityKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Rules of English.
pub static ENGLISH: LazyLock<RuleSet> =
    LazyLock::new(|| RuleSet::read(include_str!("../../rules/claims_en.toml"), 100));
/// Rules of Chinese.
pub static CHINESE: LazyLock<RuleSet> =
    LazyLock::new(|| RuleSet::read(include_str!("../../rules/claims_zh.toml"), 90));
/// Who plays which part in each frame, in any language.
pub static FRAMES: LazyLock<BTreeMap<Frame, FrameRoles>> =
    LazyLock::new(|| frames_file().frame.into_iter().map(|f| (f.frame, f)).collect());
/// Which country a capital or a government stands for, by their ids.
pub static STANDS_FOR: LazyLock<BTreeMap<EntityId, EntityId>> = LazyLock::new(|| frames_file().stands_for);
/// How a text speaks of the actor itself, as the source of what it plans.
pub static ITSELF: LazyLock<Vec<String>> = LazyLock::new(|| frames_file().itself);

fn frames_file() -> FramesFile {
    toml::from_str(include_str!("../../rules/frames.toml")).expect("frames.toml is well formed")
}

#[derive(Deserialize)]
struct FramesFile {
    itself: Vec<String>,
    stands_for: BTreeMap<EntityId, EntityId>,
    frame: Vec<FrameRoles>,
}

/// Which kinds of entity play which part in a frame.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameRoles {
    frame: Frame,
    /// Part of who acts.
    pub agent: Role,
    /// Kinds of entity that can act.
    pub agents: Vec<EntityKind>,
    /// Kinds that act where nobody else does: a firm that bars its users.
    #[serde(default)]
    pub agents_else: Vec<EntityKind>,
    /// Part of who or what is acted upon, by kind.
    #[serde(default)]
    pub patient: BTreeMap<EntityKind, Role>,
    /// Part of what stands before a passive verb, by kind; else as `patient`.
    #[serde(default)]
    pub passive: BTreeMap<EntityKind, Role>,
    /// Part of what stands behind "to", "against", 对 …, by kind; else as `patient`.
    #[serde(default)]
    pub toward: BTreeMap<EntityKind, Role>,
    /// Kinds of figure that the frame is about, best first.
    #[serde(default)]
    pub figures: Vec<QuantityKind>,
}

/// How far from the trigger a cue of modality may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// With at most a space between it and the trigger.
    Adjacent,
    /// Right before the trigger: its auxiliaries.
    Aux,
    /// Before it in the clause.
    Before,
    /// After it in the clause.
    After,
    /// The verb behind a trigger that is a noun: "could" in "a ban on exports could follow".
    Predicate,
    /// Anywhere in the clause.
    Clause,
    /// In the clause or before it in the sentence, up to a turn.
    Onward,
    /// Anywhere in the sentence, up to a turn.
    Unturned,
    /// Anywhere in the sentence.
    Sentence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    grammar: BTreeMap<String, Vec<String>>,
    modality: Vec<RawModality>,
    polarity: Vec<RawPolarity>,
    exclusivity: Vec<RawExclusivity>,
    blocker: Vec<RawBlocker>,
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawModality {
    value: Modality,
    rank: u8,
    reach: Reach,
    cues: Vec<String>,
    #[serde(default)]
    frames: Vec<Frame>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default)]
    document: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPolarity {
    value: Polarity,
    reach: Reach,
    cues: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    frames: Vec<Frame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExclusivity {
    value: Exclusivity,
    reach: Reach,
    cues: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBlocker {
    name: String,
    reach: Reach,
    cues: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    frames: Vec<Frame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    name: String,
    #[allow(dead_code)]
    why: String,
    frame: Frame,
    change: Option<ListChange>,
    strength: u8,
    trigger: Vec<String>,
    #[serde(default)]
    after: Vec<Vec<String>>,
    #[serde(default)]
    before: Vec<Vec<String>>,
    #[serde(default)]
    near: Vec<Vec<String>>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    figure: Vec<QuantityKind>,
    #[serde(default)]
    entity: Vec<EntityKind>,
    #[serde(default)]
    without_entity: Vec<EntityKind>,
    modality: Option<Modality>,
    polarity: Option<Polarity>,
    #[serde(default)]
    reverse: bool,
    #[serde(default)]
    sentence: bool,
    #[serde(default)]
    tight: bool,
    #[serde(default)]
    verbs: bool,
    #[serde(default)]
    own: bool,
    #[serde(default)]
    demands: bool,
    within: Option<usize>,
}

/// One rule.
pub struct Rule {
    /// Its name.
    pub name: String,
    /// What it finds.
    pub frame: Frame,
    /// What a listing does.
    pub change: Option<ListChange>,
    /// Between rules that fire in one clause the stronger wins: 4 special, 3 verbs, 2 nouns, 1 hints.
    pub strength: u8,
    /// Each group must be met after the trigger.
    pub after: Vec<Group>,
    /// Each group must be met before the trigger.
    pub before: Vec<Group>,
    /// Each group must be met in the clause.
    pub near: Vec<Group>,
    /// All of these groups: the sentence must have a word of each.
    asks: Vec<Group>,
    /// None of these may be met in the clause.
    pub without: Group,
    /// A figure of one of these kinds must stand in the clause, if any are named.
    pub figure: Vec<QuantityKind>,
    /// A name of one of these kinds must stand in the clause, if any are named.
    pub entity: Vec<EntityKind>,
    /// No name of these kinds may stand in the clause.
    pub without_entity: Vec<EntityKind>,
    /// How firm where no cue says otherwise.
    pub modality: Option<Modality>,
    /// Polarity where the trigger itself settles it.
    pub polarity: Option<Polarity>,
    /// Whether the one before the trigger is the one acted upon ("buys from").
    pub reverse: bool,
    /// Whether the other cues may stand anywhere in the sentence.
    pub sentence: bool,
    /// Whether its triggers count as verbs only: not "the block", "an order".
    pub verbs: bool,
    /// Whether its triggers stop or end what the claim is not about ("halted exports"), and so say nothing of firmness.
    pub own: bool,
    /// Whether what stands behind its triggers is what they demand ("must pause"), and no word on how firm the demand is.
    pub demands: bool,
    /// Whether nothing that begins another clause may stand before the cues of `after`.
    pub tight: bool,
    /// How many bytes from the trigger they may stand.
    pub within: usize,
}

/// A cue of modality, polarity or exclusivity.
pub struct Mark<T> {
    /// What it says.
    pub value: T,
    /// The greater wins.
    pub rank: u8,
    /// Where it may stand.
    pub reach: Reach,
    /// Its words.
    pub cues: Group,
    /// Only for these frames, if any are named.
    pub frames: Vec<Frame>,
    /// Words in the same clause that void it.
    pub unless: Group,
    /// Words that must stand in the sentence too; none are asked for without a group.
    pub with: Option<Group>,
    /// Words of the sentence that void it.
    pub lacks: Group,
    /// Whether it tells the state of a document, which holds for what later sentences say of that.
    pub document: bool,
}

/// What makes a clause or a sentence no claim.
pub struct Blocker {
    /// Its name.
    pub name: String,
    /// Where it may stand: `clause` or `sentence`, or relative to the trigger.
    pub reach: Reach,
    /// Its words.
    pub cues: Group,
    /// Words that must stand there too; an empty group asks for none.
    pub with: Option<Group>,
    /// Words of the sentence that void it.
    pub unless: Group,
    /// Only for these frames, if any are named.
    pub frames: Vec<Frame>,
}

/// The groups that the engine itself asks for.
pub struct Grammar {
    /// What begins a new clause.
    pub breaks: Group,
    /// What joins two acts of one clause.
    pub joins: Group,
    /// Forms of "to be" and 被.
    pub passive: Group,
    /// What stands before who acts: by, 由.
    pub by: Group,
    /// What stands before who or what is acted upon though it precedes the verb: 对, 将.
    pub onto: Group,
    /// What stands before whom an act is directed at: to, against, 向.
    pub toward: Group,
    /// What begins the act that somebody is told to do: to, 停止.
    pub complement: Group,
    /// What stands before the date or figure of the act itself: effective, 自.
    pub effective: Group,
    /// What stands before a figure that holds no longer: "up from", 低于去年的.
    pub former: Group,
    /// What stands before those on whose word something is told: "citing", "learned from", 援引.
    pub heard: Group,
    /// Verbs by which a rule binds those whom the words before describe: "must", "may not", "need".
    pub obliges: Group,
    /// What begins a clause that tells somebody what to do: 让, 不得.
    pub bids: Group,
    /// Verbs that say who made the noun behind 的: 某厂制造的光刻机.
    pub makes: Group,
    /// What begins a clause that says who is meant: "that", "who".
    pub relatives: Group,
    /// What begins a noun phrase of any kind: "any item which".
    pub anyone: Group,
    /// What stands behind a participle that describes the noun before it: "bought by".
    pub links: Group,
    /// How much of something there is behind 的: 一半.
    pub parts: Group,
    /// What an infinitive begins with.
    pub infinitive: Group,
    /// Verbs that show a clause of its own behind ", and": "is", "must".
    pub finite: Group,
    /// Words of the world that claims are about; a sentence that has none of them, nor a name of it, claims nothing.
    pub setting: Group,
    /// Words of policy and of trade under it: in a longer text a claim has one in its sentence or just before it.
    pub policy: Group,
    /// What makes the word behind it a noun: "the", "its".
    pub determiners: Group,
    /// Nouns whose 的 holds the act itself: 提案, 诉讼.
    pub contents: Group,
    /// "Is not" before what something is said not to be: 不是, 并非.
    pub is_not: Group,
    /// What stands before the day from which a rule applies: 自, "effective".
    pub start: Group,
    /// What names the rule that the sentence before told of: "it", "the change".
    pub told_before: Group,
    /// What tells that it will apply: "takes effect".
    pub takes_effect: Group,
    /// What begins a clause without a subject of its own: 对, 并.
    pub resumes: Group,
    /// -ing forms behind a comma that begin no clause: "including".
    pub lookalikes: Group,
    /// What begins another clause between a trigger and what it asks for behind it: "that", "he".
    pub interrupts: Group,
    /// Cues of voices that tell of an act, not on whose word: "plans to", "urged".
    pub intends: Group,
    /// Words whose pieces are no cues: 提起诉讼 holds 起诉, 模拟 holds 拟.
    pub apart: Group,
    /// Verbs that open a condition without a conjunction: "Had it been listed, …".
    pub inverted: Group,
    /// Conjunctions whose clause, opening a sentence, limits an assertion and does not make it a supposition: "Unless".
    pub limits: Group,
    /// What turns a sentence to something else: 但, 此外, "meanwhile".
    pub turns: Group,
    /// Words for a text that rules: "the rule", 办法.
    pub documents: Group,
    /// Nouns that a place's name before them only describes: "U.S. chips", 中国企业.
    pub heads: Group,
    /// What joins two names: "and", 、.
    pub pairs: Group,
    /// What stands before a name that only sets the rest apart: "unlike", 不同于.
    pub unlike: Group,
    /// What stands before and behind what is left out: 除…外.
    pub except: Group,
    /// What closes what is left out: 外, 以外.
    pub excepted: Group,
    /// What stands before what somebody answers to, which has been told before: 回应, "asked about".
    pub answers: Group,
    /// What opens the case for which a rule is made: 凡.
    pub cases: Group,
    /// What stands before where somebody sits: "firms in Israel".
    pub located: Group,
    /// What stands before what somebody uses: "using".
    pub uses: Group,
    /// Words for a part or a number: "half", "a third".
    pub amounts: Group,
    /// What tells a supposition behind an inverted verb: "would".
    pub supposes: Group,
    /// What stands before the reason of a penalty: "over", "on charges".
    pub reasons: Group,
    /// What stands before it if the form of an act follows: "for selling".
    pub reasons_of_acts: Group,
    /// What stands before the law that an act rests on, which the act does not move: "pursuant to", 根据.
    pub basis: Group,
    /// What opens the reason for which somebody is punished: 因, 涉嫌.
    pub grounds: Group,
    /// What stands before who got the goods for which somebody is punished: 向, 卖给.
    pub sent: Group,
    /// What stands before where something is done: 在.
    pub sited: Group,
}

/// All rules of a language.
pub struct RuleSet {
    /// The words.
    pub cues: Cues,
    /// The rules.
    pub rules: Vec<Rule>,
    /// From where on the plain rules stand, one a frame in their order. They ask for nothing and no word triggers them: the learned
    /// reading tells by them what it hears without the words of any other.
    pub plain: usize,
    /// Cues of modality.
    pub modality: Vec<Mark<Modality>>,
    /// Cues of polarity.
    pub polarity: Vec<Mark<Polarity>>,
    /// Cues of exclusivity.
    pub exclusivity: Vec<Mark<Exclusivity>>,
    /// What makes a clause no claim.
    pub blockers: Vec<Blocker>,
    /// What the engine asks for.
    pub grammar: Grammar,
    /// Its groups by their names.
    pub grammar_groups: Vec<(&'static str, Group)>,
    /// Words that are looked for at a place, and are no cues.
    pub lists: Lists,
}

/// Words that the engine looks for at a place of its own.
pub struct Lists {
    /// Endings by which a name only describes: "-backed".
    pub describing: Vec<String>,
    /// What ends the words for who is punished, if they say what was not done: 者.
    pub offenders: Vec<String>,
    /// What stands before a month: "in May".
    pub months: Vec<String>,
    /// What makes a predicate of a noun that a verb describes: 是最新被列入清单的企业.
    pub predicates: Vec<String>,
    /// What the name of a law ends with.
    pub laws: Vec<String>,
    /// What labels a line of a document's head: 发布单位.
    pub labels: Vec<String>,
    /// Words inside names that are written small: "of".
    pub small: Vec<String>,
}

impl RuleSet {
    /// The rules of a language.
    pub fn of(language: Language) -> &'static RuleSet {
        if language == Language::English { &ENGLISH } else { &CHINESE }
    }

    /// The rules that a word triggers in a sentence which has the other words that they ask for.
    pub fn triggered(&self, hits: &Hits, trigger: &Hit) -> impl Iterator<Item = usize> {
        let rules = self.cues.rules_of(trigger.word).iter().copied();
        rules.filter(|&rule| self.rules[rule].asks.iter().all(|group| hits.has(*group)))
    }

    fn read(file: &str, within: usize) -> Self {
        let file: RuleFile = toml::from_str(file).unwrap_or_else(|e| panic!("claim rules: {e}"));
        let mut builder = Builder::new(file.words);
        let mut grammar_groups = Vec::new();
        let grammar = grammar(&file.grammar, &mut builder, &mut grammar_groups);
        let modality = file.modality.into_iter().map(|m| Mark {
            value: m.value,
            rank: m.rank,
            reach: m.reach,
            cues: builder.group(&m.cues),
            frames: m.frames,
            unless: builder.group(&m.unless),
            with: (!m.with.is_empty()).then(|| builder.group(&m.with)),
            lacks: builder.group(&m.lacks),
            document: m.document,
        });
        let modality = modality.collect();
        let mut polarity = Vec::new();
        for m in file.polarity {
            let (cues, unless) = (builder.group(&m.cues), builder.group(&m.unless));
            let mark = plain_mark(m.value, m.reach, cues, unless, builder.group(&[]));
            polarity.push(Mark { frames: m.frames, ..mark });
        }
        let mut exclusivity = Vec::new();
        for m in &file.exclusivity {
            let (cues, unless) = (builder.group(&m.cues), builder.group(&[]));
            exclusivity.push(plain_mark(m.value, m.reach, cues, unless, unless));
        }
        let mut blockers = Vec::new();
        for b in file.blocker {
            let with = (!b.with.is_empty()).then(|| builder.group(&b.with));
            let (cues, unless) = (builder.group(&b.cues), builder.group(&b.unless));
            blockers.push(Blocker { name: b.name, reach: b.reach, cues, with, unless, frames: b.frames });
        }
        let mut rules = Vec::new();
        for raw in file.rule {
            builder.trigger(&raw.trigger, rules.len());
            rules.push(rule(raw, within, &mut builder));
        }
        let plain = rules.len();
        rules.extend(Frame::ALL.iter().map(|frame| plain_rule(*frame, within, builder.group(&[]))));
        let list = |name: &str| file.grammar.get(name).cloned().unwrap_or_default();
        let lists = Lists {
            describing: list("describing"),
            offenders: list("offenders"),
            months: list("months"),
            predicates: list("predicates"),
            laws: list("laws"),
            labels: list("labels"),
            small: list("small"),
        };
        let cues = builder.build();
        RuleSet {
            cues,
            rules,
            plain,
            modality,
            polarity,
            exclusivity,
            blockers,
            grammar,
            grammar_groups,
            lists,
        }
    }
}

fn plain_mark<T>(value: T, reach: Reach, cues: Group, unless: Group, lacks: Group) -> Mark<T> {
    Mark { value, rank: 0, reach, cues, frames: Vec::new(), unless, with: None, lacks, document: false }
}

fn rule(raw: RawRule, within: usize, builder: &mut Builder) -> Rule {
    let mut groups = |lists: &[Vec<String>]| lists.iter().map(|l| builder.group(l)).collect::<Vec<_>>();
    let (after, before, near) = (groups(&raw.after), groups(&raw.before), groups(&raw.near));
    Rule {
        name: raw.name,
        frame: raw.frame,
        change: raw.change,
        strength: raw.strength,
        asks: [after.as_slice(), &before, &near].concat(),
        after,
        before,
        near,
        without: builder.group(&raw.without),
        figure: raw.figure,
        entity: raw.entity,
        without_entity: raw.without_entity,
        modality: raw.modality,
        polarity: raw.polarity,
        reverse: raw.reverse,
        sentence: raw.sentence,
        tight: raw.tight,
        verbs: raw.verbs,
        own: raw.own,
        demands: raw.demands,
        within: raw.within.unwrap_or(within),
    }
}

/// The rule of a frame that has no words of its own. What it finds of a list is an addition: other acts are told by their words.
fn plain_rule(frame: Frame, within: usize, none: Group) -> Rule {
    Rule {
        name: frame.to_string(),
        frame,
        change: (frame == Frame::Listing).then_some(ListChange::Added),
        strength: 1,
        after: Vec::new(),
        before: Vec::new(),
        near: Vec::new(),
        asks: Vec::new(),
        without: none,
        figure: Vec::new(),
        entity: Vec::new(),
        without_entity: Vec::new(),
        modality: None,
        polarity: None,
        reverse: false,
        sentence: false,
        verbs: false,
        own: false,
        demands: false,
        tight: false,
        within,
    }
}

fn grammar(
    file: &BTreeMap<String, Vec<String>>,
    builder: &mut Builder,
    groups: &mut Vec<(&'static str, Group)>,
) -> Grammar {
    let mut group = |name| {
        let group = builder.group(file.get(name).map_or(&[], Vec::as_slice));
        groups.push((name, group));
        group
    };
    Grammar {
        breaks: group("breaks"),
        joins: group("joins"),
        passive: group("passive"),
        by: group("by"),
        onto: group("onto"),
        toward: group("toward"),
        complement: group("complement"),
        effective: group("effective"),
        former: group("former"),
        heard: group("heard"),
        obliges: group("obliges"),
        bids: group("bids"),
        makes: group("makes"),
        relatives: group("relatives"),
        anyone: group("anyone"),
        links: group("links"),
        parts: group("parts"),
        infinitive: group("infinitive"),
        finite: group("finite"),
        setting: group("setting"),
        policy: group("policy"),
        determiners: group("determiners"),
        contents: group("contents"),
        start: group("start"),
        is_not: group("is_not"),
        told_before: group("told_before"),
        takes_effect: group("takes_effect"),
        resumes: group("resumes"),
        lookalikes: group("lookalikes"),
        interrupts: group("interrupts"),
        intends: group("intends"),
        apart: group("apart"),
        turns: group("turns"),
        inverted: group("inverted"),
        limits: group("limits"),
        documents: group("documents"),
        heads: group("heads"),
        pairs: group("pairs"),
        basis: group("basis"),
        reasons: group("reasons"),
        reasons_of_acts: group("reasons_of_acts"),
        unlike: group("unlike"),
        except: group("except"),
        excepted: group("excepted"),
        answers: group("answers"),
        cases: group("cases"),
        located: group("located"),
        uses: group("uses"),
        amounts: group("amounts"),
        supposes: group("supposes"),
        grounds: group("grounds"),
        sent: group("sent"),
        sited: group("sited"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `decr~y` would make a cue of "y".
    #[test]
    fn verbs_are_given_whole() {
        let mut hits = crate::cues::Hits::default();
        ENGLISH.cues.scan("e y d ed ied red ned ted s ing", &mut hits);
        assert!(hits.is_empty(), "an ending stands for a verb");
    }

    #[test]
    fn rule_files_are_sound() {
        for set in [&*ENGLISH, &*CHINESE] {
            let mut names: Vec<&str> = set.rules.iter().map(|r| r.name.as_str()).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "rules share a name");
            for frame in Frame::ALL {
                let by_words = &set.rules[..set.plain];
                assert!(by_words.iter().any(|r| r.frame == *frame), "no rule finds {frame}");
                assert_eq!(set.rules[set.plain + *frame as usize].frame, *frame);
            }
            assert!(set.rules.iter().all(|r| (r.frame == Frame::Listing) == r.change.is_some()));
        }
        assert!(Frame::ALL.iter().all(|f| FRAMES.contains_key(f)));
    }
}
