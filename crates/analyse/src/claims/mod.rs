//! Claims: what a text asserts.
//!
//! A sentence is scanned once for every cue of its language. A rule fires where its trigger stands and the other
//! cues that it asks for stand around it; blockers take out what is no assertion; the strongest rule of a clause
//! wins. A model that has learned from labelled sentences is asked whether they say so (`learned`): it hears what no rule
//! knows, and takes back what only looks like a claim. Cues around the trigger then say how firm (`modality`; a second model
//! weighs that with the words around it: `firmness`), whether negated and whether exhaustive, and the names around it fill
//! the parts. All words are data: `rules/claims_en.toml`, `rules/claims_zh.toml`, `rules/frames.toml`.

mod clauses;
pub mod firmness;
pub mod headline;
mod labels;
pub mod learned;
pub mod linear;
mod measures;
mod modality;
mod roles;
pub mod rules;
mod topic;

use crate::Passage;
use crate::cues::{Form, Hit, Hits, fold};
use crate::passage::{Language, Piece, Sentence};
use crate::voices::kinds;
use firmness::{Asked, Firmness};
use headwater_knowledge::Lexicon;
use headwater_model::claim::{Exclusivity, Filler, Frame, LEARNED, Modality, Role};
use headwater_model::mention::{Attribution, EntityKind, EntityMention, Quantity, QuantityKind, VoiceKind};
use headwater_model::time::{Anchor, DateMention, days_between, first_day};
use headwater_model::{Analysis, Article, Claim, Doubt, Evidence, Part};
use learned::{Senses, Verdict, class_of};
use measures::{Places, Title};
use modality::Site;
use roles::Name;
use rules::{FRAMES, ITSELF, Mark, Reach, Rule, RuleSet};
use std::cell::{OnceCell, RefCell};
use std::ops::Range;
pub use topic::is_of_something_else;
use topic::{Subject, Topic};

/// Claims of one article; each is compared with others, and no text asserts more.
const CLAIMS: usize = 200;

/// Acts of one sentence that are told; for each the whole sentence is weighed, and no sentence of a person tells more.
const ACTS: usize = 64;

/// Days for which a day on which something begins is one that has come; an older one may be next year's.
const LATELY: i32 = 31;

/// Bytes between a subject and its "is not": an adverb.
const COPULA: usize = 9;

/// Bytes between the word for a basis, or the law named before, and the name of the law: a bracket, an article, an "and".
const BASIS: usize = 12;

/// Whether what stands between the word for a basis and a law's name leaves the law a part of the basis: a bracket, an article, other
/// laws in their marks (根据《…法》和《…条例》).
fn rests_on(between: &str) -> bool {
    let mut named = false;
    let own = between.chars().filter(|c| {
        named = match c {
            '《' => true,
            '》' => false,
            _ => named,
        };
        !named && *c != '》'
    });
    own.map(char::len_utf8).sum::<usize>() <= BASIS
}

/// Finds the claims of a passage; everything else is already in `analysis`.
pub fn find(passage: &Passage, article: &Article, analysis: &mut Analysis, lexicon: &Lexicon) {
    let mut scratch = Scratch::default();
    let mut claims = Vec::new();
    let mentions = Mentions::of(passage, analysis);
    let mut topic = Topic::default();
    for sentence in &passage.sentences {
        if sentence.piece == Piece::Whole {
            read(passage, article, sentence, &mentions, lexicon, &mut scratch, &mut claims);
            topic.read(scratch.subject, claims.len());
        }
    }
    topic.keep(&mut claims);
    let room = CLAIMS.saturating_sub(analysis.claims.len());
    if claims.len() > room {
        claims.truncate(room);
        analysis.doubts.push(Doubt::new("too_many_claims", format!("the first {CLAIMS} claims are read")));
    }
    analysis.claims.append(&mut claims);
}

/// A sentence as the learned reading sees it, to be learned from.
pub struct Lesson {
    /// Bytes of the passage.
    pub range: Range<usize>,
    /// Its language.
    pub language: Language,
    /// All that it has.
    pub features: Vec<u32>,
    /// The frames that the rules read in it.
    pub by_rules: Vec<Frame>,
    /// Whether it has a word of policy, or names a rule, a list or an authority.
    pub policy: bool,
}

/// The sentences of a passage whose other mentions are already in `analysis`, as the learned reading sees them.
pub fn lessons(passage: &Passage, article: &Article, analysis: &Analysis, lexicon: &Lexicon) -> Vec<Lesson> {
    let mentions = Mentions::of(passage, analysis);
    let mut scratch = Scratch::default();
    let whole = passage.sentences.iter().filter(|s| s.piece == Piece::Whole);
    let lesson = |sentence: &Sentence| {
        let set = RuleSet::of(sentence.language);
        let folded = fold(passage.as_str().get(sentence.range.clone())?, sentence.language);
        let mut context = Context::new(passage, article, sentence, &mentions, lexicon);
        context.scan(set, &folded, &mut scratch.hits);
        scratch.candidates.clear();
        if !supposes(set, &folded, &scratch.hits) {
            clauses::split(&folded, set, &scratch.hits, &mut scratch.clauses);
            by_rules(set, &folded, &context, &mut scratch);
        }
        let features = Senses::of(sentence.language).features(&scratch.hits, &context);
        let by_rules = scratch.candidates.iter().map(|c| set.rules[c.rule].frame).collect();
        let policy = subject(set, &context, &scratch.hits).policy;
        Some(Lesson {
            range: sentence.range.clone(),
            language: sentence.language,
            features,
            by_rules,
            policy,
        })
    };
    whole.filter_map(lesson).collect()
}

/// A claim as the learned firmness sees it, to be learned from.
pub struct FirmnessLesson {
    /// Bytes of the passage that it rests on.
    pub evidence: Range<usize>,
    /// The first byte of its trigger.
    pub trigger: usize,
    /// Its language.
    pub language: Language,
    /// Its frame.
    pub frame: Frame,
    /// How firm it is by the rules.
    pub stated: Modality,
    /// All that says how firm it is.
    pub features: Vec<u32>,
}

/// The claims of a passage whose other mentions are already in `analysis`, as the learned firmness sees them.
pub fn firmness_lessons(
    passage: &Passage,
    article: &Article,
    analysis: &Analysis,
    lexicon: &Lexicon,
) -> Vec<FirmnessLesson> {
    let mentions = Mentions::of(passage, analysis);
    let mut scratch = Scratch { lessons: Some(RefCell::default()), ..Scratch::default() };
    for sentence in passage.sentences.iter().filter(|s| s.piece == Piece::Whole) {
        read(passage, article, sentence, &mentions, lexicon, &mut scratch, &mut Vec::new());
    }
    scratch.lessons.map(RefCell::into_inner).unwrap_or_default()
}

/// Buffers that one passage needs once.
#[derive(Default)]
struct Scratch {
    hits: Hits,
    clauses: Vec<Range<usize>>,
    /// Stretches that only say which ones are meant: "carmakers that claim the subsidy".
    relatives: Vec<Range<usize>>,
    candidates: Vec<Candidate>,
    /// How firm the document is that the passage last told of.
    document: Option<Modality>,
    /// Sentences so far, and those of them that had the claims' world in them.
    sentences: usize,
    in_setting: usize,
    /// What the last sentence is about.
    subject: Subject,
    /// From which claim on the last sentence's stand.
    last: usize,
    /// Where lessons of firmness go, if any are asked for.
    lessons: Option<RefCell<Vec<FirmnessLesson>>>,
}

/// A rule that fired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Candidate {
    rule: usize,
    trigger: Hit,
    clause: usize,
    /// Whether the trigger stands in a name: "fund" in "Big Fund".
    named: bool,
    /// What was planned in the clause before, if this one goes on with it.
    goes_on: Option<Modality>,
    /// Whether the learned reading chose it, and not the rule's own conditions.
    learned: bool,
}

impl Scratch {
    /// A trigger of a rule in its clause, with what leads the clause.
    fn site<'a>(&'a self, set: &'a RuleSet, rule: &Rule, trigger: Hit, at: (usize, usize)) -> Site<'a> {
        let (clause, lead) = at;
        let own = &self.clauses[clause];
        // A clause may end inside a word that only looks like two: 法案押后，最快明年推出 has no "after" in it.
        let clause = own.start..own.end.max(trigger.end);
        Site {
            set,
            hits: &self.hits,
            trigger,
            clause,
            frame: rule.frame,
            own: rule.own,
            lead,
            relatives: &self.relatives,
        }
    }

    /// The clause in which a byte stands, and from where its auxiliaries are sought.
    fn clause_of(&self, set: &RuleSet, byte: usize) -> (usize, usize) {
        let clause = clauses::of(&self.clauses, byte);
        (clause, lead(set, &self.clauses, &self.hits, clause))
    }
}

fn read(
    passage: &Passage,
    article: &Article,
    sentence: &Sentence,
    mentions: &Mentions,
    lexicon: &Lexicon,
    scratch: &mut Scratch,
    claims: &mut Vec<Claim>,
) {
    let (set, senses) = (RuleSet::of(sentence.language), Senses::of(sentence.language));
    let Some(words) = passage.as_str().get(sentence.range.clone()) else { return };
    if labels::only_names(&set.lists, words, passage.part) {
        return;
    }
    let folded = fold(words, sentence.language);
    let mut context = Context::new(passage, article, sentence, mentions, lexicon);
    context.scan(set, &folded, &mut scratch.hits);
    scratch.candidates.clear();
    scratch.subject = subject(set, &context, &scratch.hits);
    let in_setting = is_in_setting(set, &context, scratch);
    if !context.looks_back() && !supposes(set, &folded, &scratch.hits) {
        clauses::split(&folded, set, &scratch.hits, &mut scratch.clauses);
        // Rules know words only in the world of claims; the model has learned from other sentences, too.
        if in_setting {
            by_rules(set, &folded, &context, scratch);
        }
        reconsider(set, &folded, senses, &context, scratch);
    }
    let first = claims.len();
    let mut last = None;
    for candidate in &scratch.candidates {
        let frame = set.rules[candidate.rule].frame;
        let goes_on =
            last.filter(|(f, _)| *f == frame || continues(set, &folded, scratch, candidate)).map(|(_, m)| m);
        let candidate = &Candidate { goes_on, ..*candidate };
        let Some((claim, stated)) = context.claim(set, &folded, scratch, candidate) else { continue };
        // What the rules say of a plan is said of what goes on with it, whatever the model made of it: it has its own say there.
        last = Some((claim.frame, stated)).filter(|(_, stated)| *stated < Modality::InForce).or(last);
        // Who denies an act takes no stance besides.
        let denies = |c: &Claim| c.frame == Frame::Position && c.modality == Modality::Denied;
        let told = claims[first..].iter().any(|c| c.modality == Modality::Denied);
        if denies(&claim) && told {
            continue;
        }
        let turned = begins_with(set, scratch, candidate, set.grammar.turns)
            || begins_with(set, scratch, candidate, set.grammar.joins);
        match claims[first..].iter_mut().find(|c| is_told_by(c, &claim, turned)) {
            Some(known) => complete(known, claim),
            None => claims.push(claim),
        }
    }
    let state = modality::document_state(set, &scratch.hits);
    let consults = state == Some(Modality::Consultation) && claims.len() == first;
    let later = context.takes_effect_later(set, &scratch.hits);
    look_back(&mut claims[scratch.last..first], consults, later);
    scratch.last = first;
    scratch.document = state.or(scratch.document);
}

/// What the rules read in a sentence.
fn by_rules(set: &RuleSet, folded: &str, context: &Context, scratch: &mut Scratch) {
    clauses::relatives(folded, set, &scratch.hits, &mut scratch.relatives);
    fire(set, folded, context, scratch);
    leave_out_described(set, &scratch.relatives, &mut scratch.candidates);
    settle(set, &scratch.hits, &scratch.clauses, &mut scratch.candidates);
    scratch.candidates.truncate(ACTS);
}

/// Asks the learned reading whether the rules that fired, or their silence, tell what the sentence asserts.
fn reconsider(set: &RuleSet, folded: &str, senses: &Senses, context: &Context, scratch: &mut Scratch) {
    // "Views on the draft are being taken": that speaks of what was told before.
    let consults = || modality::document_state(set, &scratch.hits) == Some(Modality::Consultation);
    if scratch.candidates.is_empty() && consults() {
        return;
    }
    let told = scratch.candidates.iter().map(|c| set.rules[c.rule].frame);
    let frame = match senses.verdict(&scratch.hits, context, told) {
        Verdict::Keeps(kept) => {
            return scratch.candidates.retain(|c| kept[class_of(Some(set.rules[c.rule].frame))]);
        }
        Verdict::Nothing => return scratch.candidates.clear(),
        Verdict::Another(frame) => frame,
    };
    let Some((rule, trigger)) = senses.trigger(set, &scratch.hits, frame) else { return };
    let at = scratch.clause_of(set, trigger.start);
    let site = scratch.site(set, &set.rules[rule], trigger, at);
    if !is_blocked(&site) && !is_in_law(set, folded, &trigger) {
        let named = context.is_part_of_name(&trigger);
        scratch.candidates.clear();
        scratch.candidates.push(Candidate {
            rule,
            trigger,
            clause: at.0,
            named,
            goes_on: None,
            learned: true,
        });
    }
}

/// What a sentence says of the text that the one before told of: "comments are due by May 4" makes a consultation of what was
/// proposed, and what "takes effect on July 1" has been decided only.
fn look_back(told: &mut [Claim], consults: bool, later: bool) {
    let rules = |c: &&mut Claim| !matches!(c.frame, Frame::Position | Frame::Supply | Frame::Instruction);
    for claim in told.iter_mut().filter(rules) {
        if consults && claim.modality < Modality::Consultation {
            claim.modality = Modality::Consultation;
        } else if later && claim.modality == Modality::InForce {
            claim.modality = Modality::Adopted;
        }
    }
}

/// Whether a clause begins with a joining word (并, "and") or a participle (", adding 12"). What was planned before it
/// is planned behind it.
fn continues(set: &RuleSet, sentence: &str, scratch: &Scratch, candidate: &Candidate) -> bool {
    let Some(clause) = scratch.clauses.get(candidate.clause) else { return false };
    begins_with(set, scratch, candidate, set.grammar.joins)
        || clauses::is_participle(sentence[clause.clone()].trim_start_matches([',', ' ']))
}

/// Whether a word of the group begins the candidate's clause, over its mark.
fn begins_with(set: &RuleSet, scratch: &Scratch, candidate: &Candidate, group: u16) -> bool {
    let Some(clause) = scratch.clauses.get(candidate.clause) else { return false };
    let begins = |h: &Hit| h.start >= clause.start && h.start - clause.start <= 3;
    scratch.hits.of(&set.cues, group).any(begins)
}

/// "State-backed", "open-ended": a verb's form inside a compound is no verb.
fn is_compound(set: &RuleSet, sentence: &str, hit: &Hit) -> bool {
    let (before, after) = (&sentence.as_bytes()[..hit.start], &sentence.as_bytes()[hit.end..]);
    let left = matches!(before, [.., letter, b'-'] if letter.is_ascii_alphanumeric());
    let right = matches!(after, [b'-', letter, ..] if letter.is_ascii_alphanumeric());
    let single = || !sentence[hit.start..hit.end].contains(' ');
    (left || right) && set.cues.form(hit) != Form::Fixed && single()
}

/// Whether a word is only a piece of one of these words.
fn is_piece(whole: &[Hit], hit: &Hit) -> bool {
    whole.iter().any(|w| w.start <= hit.start && hit.end <= w.end && hit.end - hit.start < w.end - w.start)
}

/// "In May", "May 12": no modal verb.
fn is_month(set: &RuleSet, sentence: &str, hit: &Hit) -> bool {
    if &sentence[hit.start..hit.end] != "May" {
        return false;
    }
    let before = sentence[..hit.start].trim_end();
    let after = sentence[hit.end..].trim_start();
    let led =
        set.lists.months.iter().any(|w| before.rsplit(' ').next().is_some_and(|b| b.eq_ignore_ascii_case(w)));
    before.is_empty() || led || after.starts_with(|c: char| c.is_ascii_digit())
}

/// "Announcement No. 58" denies nothing.
fn is_number_sign(sentence: &str, hit: &Hit) -> bool {
    let (word, after) = (&sentence[hit.start..hit.end], &sentence[hit.end..]);
    let numbered = || after.strip_prefix('.').map(str::trim_start);
    word.eq_ignore_ascii_case("no") && numbered().is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
}

/// One act is one claim however many verbs tell it: same frame, change and stage, and no other party.
fn is_told_by(known: &Claim, claim: &Claim, turned: bool) -> bool {
    let holders = |c: &Claim| c.role(Role::Holder).map(|f| f.value().to_owned()).collect::<Vec<_>>();
    let knows = |f: &Filler| known.fillers.iter().any(|k| k.id == f.id);
    let same = known.frame == claim.frame && known.change == claim.change && known.polarity == claim.polarity;
    let adds_nothing = claim.quantity.as_ref().is_none_or(|q| known.quantity.as_ref() == Some(q))
        && claim.fillers.iter().all(knows);
    let party = holders(known) == holders(claim) || holders(claim).is_empty();
    let planned = |c: &Claim| c.modality < Modality::InForce;
    // "The curbs stay suspended, but sales to the army are still barred": one rests, one goes on.
    let rests = |c: &Claim| matches!(c.modality, Modality::Suspended | Modality::Ended | Modality::Rejected);
    let same_stage =
        known.modality == claim.modality || planned(known) == planned(claim) && claim.quantity.is_none();
    // Six hundred thousand of one chip, and another one in the first quarter.
    let made = |c: &Claim| c.role(Role::Object).filter_map(|f| f.id.clone()).collect::<Vec<_>>();
    let (objects, others) = (made(known), made(claim));
    let others = !objects.is_empty() && !others.is_empty() && others.iter().all(|o| !objects.contains(o));
    let another = turned && claim.quantity.is_some() && claim.quantity != known.quantity;
    // Fourteen put on one list, five on another.
    let lists = |c: &Claim| c.role(Role::List).filter_map(|f| f.id.clone()).collect::<Vec<_>>();
    let (list, next) = (lists(known), lists(claim));
    let unlike = !list.is_empty() && !next.is_empty() && next.iter().all(|l| !list.contains(l));
    let apart = unlike || claim.frame == Frame::Supply && (others || another);
    same && !apart && (!turned || rests(known) == rests(claim)) && (adds_nothing || same_stage && party)
}

/// What the second telling of an act names and the first does not: its parties and its figure.
fn complete(known: &mut Claim, claim: Claim) {
    let lacks = |f: &Filler| known.role(f.role).next().is_none();
    let more: Vec<Filler> =
        claim.fillers.into_iter().filter(|f| f.role != Role::Authority && lacks(f)).collect();
    known.fillers.extend(more);
    known.fillers.sort_by_key(|f| f.evidence.span());
    known.quantity = known.quantity.take().or(claim.quantity);
}

/// What a sentence is about, by its words and the names that the knowledge has.
fn subject(set: &RuleSet, context: &Context, hits: &Hits) -> Subject {
    let names = |is: fn(EntityKind) -> bool| {
        context.names.iter().any(|n| n.mention.id.is_some() && is(n.mention.kind))
    };
    Subject { policy: hits.has(set.grammar.policy) || names(is_rule_or_its_maker), party: names(is_party) }
}

/// Whether a sentence is about the world of claims: by its words or names, else by the sentences before it. One that a
/// country or a body opens tells what that does: 越南放行…, 国际奥委会不准….
fn is_in_setting(set: &RuleSet, context: &Context, scratch: &mut Scratch) -> bool {
    let country = |n: &Name| {
        let place = n.mention.id.as_ref().and_then(|id| context.lexicon.entity(id));
        place.is_some_and(|place| place.subtype.as_deref() == Some("country"))
    };
    let body = |n: &Name| n.mention.kind == EntityKind::Organisation;
    let acts = |n: &Name| n.range.start == 0 && (body(n) || country(n));
    let opened = || context.names.iter().any(acts);
    let itself = scratch.subject.party || scratch.hits.has(set.grammar.setting) || opened();
    scratch.sentences += 1;
    let asks = context.passage.as_str().get(context.range.clone()).is_some_and(|w| w.ends_with(['?', '？']));
    scratch.in_setting += usize::from(itself && !asks);
    // A text of two or three sentences is about one thing.
    let brief = context.passage.sentences.len() <= 3 && scratch.in_setting > 0;
    itself || brief || scratch.in_setting * 2 > scratch.sentences
}

fn is_party(kind: EntityKind) -> bool {
    !matches!(kind, EntityKind::Place | EntityKind::Person | EntityKind::Outlet | EntityKind::Organisation)
}

fn is_rule_or_its_maker(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Agency | EntityKind::List | EntityKind::Law | EntityKind::Measure)
}

/// A question claims nothing, nor does "Had it been listed, its share would be smaller".
fn supposes(set: &RuleSet, sentence: &str, hits: &Hits) -> bool {
    let inverted = || hits.of(&set.cues, set.grammar.inverted).any(|h| h.start == 0);
    sentence.ends_with(['?', '？']) || hits.has(set.grammar.supposes) && inverted()
}

/// Tries the rules of every trigger.
fn fire(set: &RuleSet, sentence: &str, context: &Context, scratch: &mut Scratch) {
    for trigger in scratch.hits.iter() {
        let mut place = None;
        for index in set.triggered(&scratch.hits, trigger) {
            let rule = &set.rules[index];
            let at = *place.get_or_insert_with(|| scratch.clause_of(set, trigger.start));
            let site = scratch.site(set, rule, *trigger, at);
            if !is_noun(&site, rule, sentence)
                && fits(&site, rule, context)
                && !is_blocked(&site)
                && !is_in_law(set, sentence, trigger)
                && !is_case(&site, rule, sentence)
                && !describes(&site, rule, sentence)
            {
                let named = context.is_part_of_name(trigger);
                let (trigger, clause) = (*trigger, at.0);
                let candidate =
                    Candidate { rule: index, trigger, clause, named, goes_on: None, learned: false };
                scratch.candidates.push(candidate);
            }
        }
    }
}

/// From where auxiliaries of a clause are sought: 法国拟效仿意大利，对…收取 goes on with the subject and the plan of the
/// clause before.
fn lead(set: &RuleSet, clauses: &[Range<usize>], hits: &Hits, clause: usize) -> usize {
    let start = clauses[clause].start;
    let goes_on = |h: &Hit| h.start >= start && h.start - start <= 3;
    let before = clause.checked_sub(1).filter(|_| hits.of(&set.cues, set.grammar.resumes).any(goes_on));
    before.map_or(start, |b| clauses[b].start)
}

/// "The block", "its order", "with banned chips": behind a determiner a bare form is a noun and a participle describes
/// one; neither is a trigger of a verb's rule.
fn is_noun(site: &Site, rule: &Rule, sentence: &str) -> bool {
    let bare = matches!(site.set.cues.form(&site.trigger), Form::Base | Form::Third | Form::Past);
    if !(bare && rule.verbs) {
        return false;
    }
    let before =
        |h: &Hit| h.end < site.trigger.start && sentence[h.end..site.trigger.start].trim().is_empty();
    let owned = ["'s ", "’s ", "s' ", "s’ "].iter().any(|s| sentence[..site.trigger.start].ends_with(s));
    // "The state chip fund is considering": a verb behind a bare form makes a noun of it.
    let base = site.set.cues.form(&site.trigger) == Form::Base;
    let governed = || site.of(site.set.grammar.finite).any(|h| h.start == site.trigger.end + 1);
    owned || site.of(site.set.grammar.determiners).any(before) || base && governed()
}

fn fits(site: &Site, rule: &Rule, context: &Context) -> bool {
    let near = |h: &Hit| {
        let gap = h.start.saturating_sub(site.trigger.end).max(site.trigger.start.saturating_sub(h.end));
        let inside = rule.sentence || (site.clause.start <= h.start && h.end <= site.clause.end);
        inside && gap <= rule.within
    };
    let met = |group: u16, place: fn(&Hit, &Hit) -> bool| {
        site.of(group).any(|h| place(h, &site.trigger) && near(h))
    };
    // The comma behind a name may part it from the next one: "told Telekom, Vodafone and Telefonica to".
    let begins = |at: usize| context.names.iter().any(|n| n.range.start == at);
    let parts = |h: &Hit| begins(h.end + 1) && context.names.iter().any(|n| n.range.end == h.start);
    let opens =
        |h: &&Hit| rule.tight && h.start >= site.trigger.end && !parts(h) && !is_inserted(site, context, h);
    let stop = site.of(site.set.grammar.interrupts).find(opens).map_or(usize::MAX, |h| h.start);
    // "Revoked the licence", "the licence was revoked": what a passive is about stands before it.
    let passive = site.set.cues.form(&site.trigger) == Form::Past
        && !rule.reverse
        && site.any(site.set.grammar.passive, Reach::Aux);
    let behind = |g: u16| {
        let found = |h: &Hit| {
            let after = h.start >= site.trigger.end && h.start < stop;
            (after || passive && h.end <= site.trigger.start) && near(h)
        };
        site.of(g).any(found)
    };
    rule.after.iter().all(|&g| behind(g))
        && rule.before.iter().all(|&g| met(g, |h, t| h.end <= t.start))
        && rule.near.iter().all(|&g| met(g, |h, t| h.start >= t.end || h.end <= t.start))
        && !site.of(rule.without).any(|h| stands_against(site, h))
        && (rule.figure.is_empty() || context.has_figure(rule, &site.clause))
        && (rule.entity.is_empty()
            || context
                .names
                .iter()
                .any(|n| rule.entity.contains(&n.mention.kind) && within(&n.range, &site.clause))
            || rule.frame == Frame::Position && context.voice_of(&site.trigger).is_some())
        && !context
            .names
            .iter()
            .any(|n| rule.without_entity.contains(&n.mention.kind) && within(&n.range, &site.clause))
}

/// Whether a word stands in ", including A and B,": examples between commas, behind which the clause goes on.
fn is_inserted(site: &Site, context: &Context, hit: &Hit) -> bool {
    let words = context.passage.as_str().get(context.range.clone()).unwrap_or_default();
    let examples = |m: &&Mark<Exclusivity>| m.value == Exclusivity::Including;
    let leads = |h: &&Hit| site.set.exclusivity.iter().filter(examples).any(|m| site.set.cues.is(h, m.cues));
    let inserted = |h: &Hit| {
        let start = words.get(..h.start)?.strip_suffix(", ")?.len();
        let end = h.end + words.get(h.end..site.clause.end)?.find(", to ")? + 1;
        Some(start..end)
    };
    site.hits.iter().filter(leads).filter_map(inserted).any(|stretch| within(&(hit.start..hit.end), &stretch))
}

/// Whether a word stands in the clause; one that runs into the trigger does too: 须取得 before 取得许可. What is but
/// a part of the trigger does not: "grants" the verb is not the noun.
fn stands_against(site: &Site, hit: &Hit) -> bool {
    let into = hit.start < site.trigger.start && site.trigger.start < hit.end;
    let part = site.trigger.start <= hit.start && hit.end <= site.trigger.end;
    into || !part && site.reaches(hit, Reach::Clause)
}

/// 被列入清单的企业, 搭载国产芯片的服务器: a verb inside a Chinese noun phrase describes a noun and asserts nothing.
/// Not so 被控走私…的芯片, nor where the noun is what the rule asks for: 暂停…的生产.
fn describes(site: &Site, rule: &Rule, sentence: &str) -> bool {
    const PHRASE: usize = 42;
    let behind = &sentence[site.trigger.end..site.clause.end];
    // 包括甲、乙在内的多家企业 names examples and describes nothing.
    let mut marks = behind.match_indices('的').map(|(at, _)| at);
    let Some(at) = marks.find(|&at| !behind[..at].ends_with("在内")) else { return false };
    let head = site.trigger.end + at + '的'.len_utf8();
    // 除名的诉讼, 征税的提案: what the noun holds is the act itself.
    let asked = |h: &Hit| {
        let near = rule.near.iter().filter(|_| rule.frame != Frame::Supply);
        let mut groups = rule.after.iter().chain(near).chain([&site.set.grammar.contents]);
        h.start == head && groups.any(|&g| site.set.cues.is(h, g))
    };
    if site.hits.iter().any(asked) {
        return false;
    }
    let (object, noun) = (&behind[..at], &behind[at + '的'.len_utf8()..]);
    let listed = rule.frame == Frame::Listing && sentence[..site.trigger.start].ends_with('已');
    let passive = listed
        || sentence[..site.trigger.start].ends_with(['被', '获'])
        || sentence[site.trigger.start..].starts_with('被');
    let whole = matches!(rule.frame, Frame::Penalty | Frame::Instruction);
    let led = (passive && !whole) || rule.frame == Frame::Supply || object.is_empty();
    // 宁畅是最新被列入清单的企业: a predicate asserts what it describes.
    let said = sentence[site.clause.start..site.trigger.start].trim_end_matches(['被', '获']);
    if rule.frame != Frame::Supply && site.set.lists.predicates.iter().any(|p| said.ends_with(p.as_str())) {
        return false;
    }
    // 关闭位于该地的工厂, 收购国内矿工的黄金: where it is describes it, not what is done.
    let placed = |h: &Hit| h.start == site.trigger.end;
    // 关闭两家公司在千叶的装置
    let sited = |h: &Hit| h.start >= site.trigger.end && h.end < head;
    let grammar = &site.set.grammar;
    if rule.frame == Frame::Supply
        && (site.of(grammar.located).any(placed) || site.of(grammar.sited).any(sited))
    {
        return false;
    }
    // 测试某厂制造的光刻机: what is tried was made by somebody.
    if site.of(grammar.makes).any(|h| h.end + '的'.len_utf8() == head) {
        return false;
    }
    let share = site.of(grammar.parts).any(|h| h.start == head);
    let rate =
        share || noun.trim_start_matches(['约', '近', '逾', '超']).starts_with(|c: char| c.is_ascii_digit());
    let figure = rate || object.chars().any(|c| c.is_ascii_digit());
    led && at <= PHRASE && !figure && !noun.trim().is_empty() && !object.starts_with('了')
}

/// Where a sentence begins behind the place and day at which it was filed: "HONG KONG, Jan 19 (Reuters) - ", 某社某地6月5日电,
/// （吉隆坡讯）.
fn dateline(sentence: &str) -> usize {
    const LONGEST: usize = 70;
    let bracket = sentence.starts_with(['（', '(', '【', '〔', '[']);
    let close =
        bracket.then(|| sentence.find(['）', ')', '】', '〕', ']'])).flatten().filter(|&at| at <= LONGEST);
    if let Some(at) = close.filter(|&at| sentence[..at].ends_with(['电', '電', '讯', '訊'])) {
        return at;
    }
    let head = &sentence[..sentence.floor_char_boundary(LONGEST + 8)];
    let dash = head.match_indices(' ').find_map(|(at, _)| {
        let dash = [" - ", " – ", " — ", " -- "].into_iter().find(|dash| head[at..].starts_with(dash))?;
        Some((at, dash.len()))
    });
    let filed = |words: &str| {
        let place = words.split([',', '(']).next().unwrap_or_default().trim();
        let capitals =
            place.len() > 2 && !place.contains(char::is_lowercase) && place.contains(char::is_uppercase);
        capitals || words.ends_with(')') && words.contains('(')
    };
    if let Some((at, length)) = dash.filter(|&(at, _)| at <= LONGEST && filed(&sentence[..at])) {
        return at + length;
    }
    let mut wires = head.match_indices('日').map(|(at, day)| at + day.len());
    let wired =
        wires.find(|&at| head[at..].starts_with(['电', '電', '讯', '訊'])).map(|at| at + '电'.len_utf8());
    wired.filter(|&end| end <= LONGEST && !sentence[..end].contains(['，', '。'])).unwrap_or(0)
}

fn within(range: &Range<usize>, clause: &Range<usize>) -> bool {
    clause.start <= range.start && range.end <= clause.end
}

/// A clause in which no rule fired.
fn free_clause(scratch: &Scratch, clause: usize) -> Option<Range<usize>> {
    let free = scratch.candidates.iter().all(|c| c.clause != clause);
    scratch.clauses.get(clause).filter(|_| free).cloned()
}

fn is_blocked(site: &Site) -> bool {
    site.set.blockers.iter().any(|b| {
        site.hits.has(b.cues)
            && (b.frames.is_empty() || b.frames.contains(&site.frame))
            && site.any(b.cues, b.reach)
            && b.with.is_none_or(|w| site.any(w, b.reach))
            && !site.any(b.unless, Reach::Sentence)
    })
}

/// 《出口管制法》, 《政府采购条例》, the "Sanctions and Anti-Money Laundering Act": the name of a law, which is no act. That of
/// an announcement may tell one.
fn is_in_law(set: &RuleSet, sentence: &str, trigger: &Hit) -> bool {
    let in_capitals =
        trigger.start > 0 && sentence[trigger.start..].starts_with(|c: char| c.is_ascii_uppercase());
    if in_capitals && ends_as_law(set, &sentence[trigger.end..]) {
        return true;
    }
    let open = sentence[..trigger.start].rfind(['《', '》']);
    let named = open.is_some_and(|at| sentence[at..].starts_with('《'));
    let name = sentence[trigger.end..].find('》').map(|at| &sentence[trigger.start..trigger.end + at]);
    named
        && name.is_some_and(|n| {
            !n.ends_with("办法") && set.lists.laws.iter().any(|law| n.ends_with(law.as_str()))
        })
}

/// Whether the words in capitals at the head of some are the end of a law's name.
fn ends_as_law(set: &RuleSet, behind: &str) -> bool {
    const LONGEST: usize = 8;
    let words =
        behind.split_whitespace().take(LONGEST).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_of_name = |word: &&str| {
        !word.starts_with(char::is_lowercase) || set.lists.small.iter().any(|small| small == word)
    };
    words.take_while(is_of_name).any(|word| set.lists.laws.iter().any(|law| law == word))
}

/// 确需采购其他产品的，须报备: the case for which a rule is made, where nothing is bought, sold or allowed yet.
fn is_case(site: &Site, rule: &Rule, sentence: &str) -> bool {
    const MARK: usize = '，'.len_utf8();
    let clause = sentence[site.clause.clone()].trim_end();
    let behind = sentence[site.clause.end..].trim_start();
    let acts = matches!(rule.frame, Frame::Supply | Frame::Funding | Frame::Permission);
    // 凡出口芯片，须申报
    let any = |h: &Hit| {
        h.start <= site.clause.start + MARK
            && h.start >= site.clause.start
            && site.set.cues.is(h, site.set.grammar.cases)
    };
    acts && behind.starts_with(['，', ',']) && (clause.ends_with('的') || site.hits.iter().any(any))
}

/// "Carmakers that claim the subsidy must show": what only says who is meant claims nothing beside what is said of them.
fn leave_out_described(set: &RuleSet, relatives: &[Range<usize>], candidates: &mut Vec<Candidate>) {
    let described = |c: &Candidate| relatives.iter().any(|r| within(&(c.trigger.start..c.trigger.end), r));
    let told: Vec<usize> = candidates
        .iter()
        .filter(|c| !described(c) && set.rules[c.rule].strength > 1)
        .map(|c| c.clause)
        .collect();
    candidates.retain(|c| !described(c) || !told.contains(&c.clause));
}

/// Takes away what is named before an "is not": it is the subject, and what it is said not to be stands behind, as in
/// 出口管制不是禁止出口.
fn leave_out_subjects(set: &RuleSet, hits: &[Hit], candidates: &mut Vec<Candidate>) {
    let is_not = |h: &&Hit| set.cues.is(h, set.grammar.is_not);
    // Few sentences have one.
    if !hits.iter().any(|h| is_not(&h)) {
        return;
    }
    let is_subject = |c: &Candidate, h: &Hit| {
        let behind = |other: &Candidate| {
            other.clause == c.clause
                && set.rules[other.rule].frame == set.rules[c.rule].frame
                && other.trigger.start >= h.end
        };
        let before = c.trigger.end <= h.start && h.start - c.trigger.end <= COPULA;
        before && candidates.iter().any(behind)
    };
    let kept = |c: &&Candidate| !hits.iter().filter(is_not).any(|h| is_subject(c, h));
    *candidates = candidates.iter().filter(kept).copied().collect();
}

/// Keeps the strongest rule of a clause, and of equal ones the first. Behind a joining word another frame may
/// follow, if its trigger is a verb: "fined X and barred it".
fn settle(set: &RuleSet, hits: &[Hit], clauses: &[Range<usize>], candidates: &mut Vec<Candidate>) {
    leave_out_subjects(set, hits, candidates);
    let strength = |c: &Candidate| set.rules[c.rule].strength;
    candidates.sort_by_key(|c| {
        let place = (c.trigger.start, std::cmp::Reverse(c.trigger.end));
        (c.clause, c.named, std::cmp::Reverse(strength(c)), place, c.rule)
    });
    let joined = |first: &Candidate, next: &Candidate| {
        let between = first.trigger.end..next.trigger.start;
        let join = |h: &Hit| set.cues.is(h, set.grammar.joins) && within(&(h.start..h.end), &between);
        let act = |c: &Candidate| (set.rules[c.rule].frame, set.rules[c.rule].change);
        // "Told Alibaba and ByteDance to stop buying": the infinitive goes on with the first act, over joined names.
        let particle = |h: &Hit, from: usize| {
            from < h.start && h.end <= next.trigger.start && set.cues.is(h, set.grammar.infinitive)
        };
        let acts = |j: &Hit| next.trigger.start - j.end <= 24 && !hits.iter().any(|h| particle(h, j.end));
        strength(next) >= 3 && act(first) != act(next) && hits.iter().any(|h| join(h) && acts(h))
    };
    let mut first: Option<Candidate> = None;
    candidates.retain(|c| {
        let keep = first.is_none_or(|f| f.clause != c.clause || joined(&f, c));
        if first.is_none_or(|f| f.clause != c.clause) {
            first = Some(*c);
        }
        keep
    });
    // 约谈某企业，要求说明: what is told behind the act of telling belongs to it.
    let telling = candidates.iter().find(|c| set.rules[c.rule].frame == Frame::Instruction).copied();
    if let Some(telling) = telling {
        let tells =
            |c: &Candidate| matches!(set.rules[c.rule].frame, Frame::Instruction | Frame::Requirement);
        let opens = |c: &Candidate| c.trigger.start - clauses[c.clause].start <= '，'.len_utf8();
        // 让它们停掉下单, 不得再牵线: what a bidding clause tells to do has not been done.
        let bidden = |c: &Candidate| {
            let bids = |h: &Hit| {
                let at = clauses[c.clause].start;
                h.start >= at && h.start - at <= '，'.len_utf8() && set.cues.is(h, set.grammar.bids)
            };
            matches!(set.rules[c.rule].frame, Frame::Supply | Frame::Restriction) && hits.iter().any(bids)
        };
        candidates.retain(|c| c.clause <= telling.clause || !(tells(c) && opens(c) || bidden(c)));
    }
    // What somebody warns of or objects to is named behind the stance and is no claim of its own.
    let stance = candidates.iter().find(|c| set.rules[c.rule].frame == Frame::Position).copied();
    if let Some(stance) = stance {
        let named = |c: &Candidate| {
            c.clause > stance.clause && strength(c) <= 3 && set.cues.form(&c.trigger) == Form::Fixed
        };
        let turned = |c: &Candidate| {
            let between = |h: &Hit| stance.trigger.end <= h.start && h.end <= c.trigger.start;
            hits.iter().any(|h| between(h) && set.cues.is(h, set.grammar.turns))
        };
        candidates.retain(|c| !named(c) || turned(c));
        // 回应…列入清单：坚决反对: what is answered has been told before.
        let answered = |c: &Candidate| {
            let asks = |h: &Hit| {
                clauses[c.clause].start <= h.start
                    && h.end <= c.trigger.start
                    && set.cues.is(h, set.grammar.answers)
            };
            c.clause < stance.clause && hits.iter().any(asks)
        };
        candidates.retain(|c| !answered(c));
    }
    let strongest = candidates.iter().map(strength).max().unwrap_or(0);
    if strongest > 1 {
        candidates.retain(|c| strength(c) > 1);
    }
}

/// What is known of one sentence.
struct Context<'a> {
    passage: &'a Passage<'a>,
    range: Range<usize>,
    language: Language,
    names: Vec<Name<'a>>,
    figures: Vec<(Range<usize>, &'a Quantity)>,
    dates: Vec<(Range<usize>, &'a DateMention)>,
    voices: Vec<(Range<usize>, &'a Attribution)>,
    lexicon: &'a Lexicon,
    /// The title above the sentence.
    title: &'a str,
    /// When the page was published, else captured.
    today: jiff::civil::Date,
    /// Read when the first claim of the passage asks for it.
    above: &'a OnceCell<Title>,
    /// Read when the first claim of the sentence asks for it.
    measures: OnceCell<Places<'a>>,
}

impl<'a> Context<'a> {
    fn new(
        passage: &'a Passage<'a>,
        article: &'a Article,
        sentence: &Sentence,
        mentions: &'a Mentions<'a>,
        lexicon: &'a Lexicon,
    ) -> Self {
        let range = sentence.range.clone();
        let local = |r: &Range<usize>| {
            r.start.saturating_sub(range.start)..r.end.saturating_sub(range.start).min(range.len())
        };
        let voices = mentions.voices_at(&range).filter(|v| {
            v.content.start < range.end && range.start < v.content.end || within(&v.evidence, &range)
        });
        Context {
            passage,
            language: sentence.language,
            names: inside(&mentions.names, &range)
                .map(|(r, mention)| Name { range: local(r), mention })
                .collect(),
            figures: inside(&mentions.figures, &range).map(|(r, q)| (local(r), *q)).collect(),
            dates: inside(&mentions.dates, &range).map(|(r, d)| (local(r), *d)).collect(),
            voices: voices.map(|v| (local(&v.content), v.attribution)).collect(),
            lexicon,
            today: article.day(),
            title: if passage.part == Part::Title { "" } else { article.title.as_str() },
            above: &mentions.title,
            measures: OnceCell::new(),
            range,
        }
    }

    /// Finds the words of the rules in the sentence, and leaves out of them and of the names what plays no part in what it asserts.
    fn scan(&mut self, set: &RuleSet, folded: &str, hits: &mut Hits) {
        set.cues.find(folded, hits);
        let whole: Vec<Hit> = hits.iter().filter(|h| set.cues.is(h, set.grammar.apart)).copied().collect();
        let counts = |h: &Hit| {
            let plain = !is_piece(&whole, h)
                && !is_month(set, folded, h)
                && !is_compound(set, folded, h)
                && !is_number_sign(folded, h);
            plain && !self.is_in_name(h) && !self.sets_apart(set, folded, h)
        };
        hits.retain(&set.cues, counts);
        self.leave_out_others(set, folded, hits);
    }

    /// Whether a figure of a kind that the rule asks for stands in the clause, or makes up the short one behind it:
    /// 投资某新创，上限为5亿美元.
    fn has_figure(&self, rule: &Rule, clause: &Range<usize>) -> bool {
        const SHORT: usize = 36;
        let words = self.passage.as_str().get(self.range.clone()).unwrap_or_default();
        let mut marks = words[clause.end.min(words.len())..].char_indices().skip(1);
        let stop = marks
            .find(|(_, c)| matches!(c, '，' | ',' | '。' | '；'))
            .map_or(words.len(), |(i, _)| clause.end + i);
        let short = rule.frame == Frame::Funding && stop - clause.end <= SHORT;
        let near = clause.start..if short { stop } else { clause.end };
        self.figures.iter().any(|(range, q)| rule.figure.contains(&q.kind) && within(range, &near))
    }

    /// "Samsung, not SK Hynix, got it": the "not" sets a name apart and negates no act.
    fn sets_apart(&self, set: &RuleSet, sentence: &str, hit: &Hit) -> bool {
        let aside = sentence[..hit.start].ends_with(", ");
        let named = || self.names.iter().any(|n| n.range.start == hit.end + 1);
        aside && set.polarity.iter().any(|m| set.cues.is(hit, m.cues)) && named()
    }

    /// "Unlike Japan", ", not SK Hynix,", 除华为外, "Microsoft-backed": names that only set others apart or describe them play no part.
    fn leave_out_others(&mut self, set: &RuleSet, sentence: &str, hits: &Hits) {
        const NEAR: usize = 5;
        let led = |n: &Name, group| {
            let before = |h: &Hit| h.end <= n.range.start && n.range.start - h.end <= NEAR;
            hits.of(&set.cues, group).any(before)
        };
        let followed = |n: &Name, group| {
            let behind = |h: &Hit| h.start >= n.range.end && h.start - n.range.end <= 1;
            hits.of(&set.cues, group).any(behind)
        };
        let grammar = &set.grammar;
        let set_apart = |n: &Name| {
            let not = sentence[..n.range.start].ends_with(", not ");
            not || led(n, grammar.unlike) || led(n, grammar.except) && followed(n, grammar.excepted)
        };
        let filed = dateline(sentence);
        let described =
            |n: &Name| set.lists.describing.iter().any(|d| sentence[n.range.end..].starts_with(d.as_str()));
        self.names.retain(|n| n.range.start >= filed && !set_apart(n) && !described(n));
    }

    /// "In 1998 the two firms merged": a sentence that opens with a date of long ago, and has no other, tells history.
    fn looks_back(&self) -> bool {
        const OPENING: usize = 9;
        const YEARS: i16 = 8;
        let old =
            |d: &DateMention| first_day(&d.value).is_some_and(|day| day.year() + YEARS < self.today.year());
        let opens = self.dates.first().is_some_and(|(range, _)| range.start <= OPENING);
        opens && self.dates.iter().all(|(_, d)| old(d))
    }

    /// Words inside a name are no cues: 立法 in 立法院, "export control" in "Export Control Law".
    fn is_in_name(&self, hit: &Hit) -> bool {
        let is_act = |n: &Name| ["Law", "Act", "法", "条例"].iter().any(|w| n.mention.name.ends_with(w));
        let proper = |n: &Name| match n.mention.kind {
            EntityKind::List | EntityKind::Measure | EntityKind::Document | EntityKind::Fund => false,
            EntityKind::Law => is_act(n),
            _ => true,
        };
        self.names.iter().any(|n| {
            let inside = n.range.start <= hit.start && hit.end <= n.range.end;
            inside && n.range.len() > hit.end - hit.start && n.mention.id.is_some() && proper(n)
        })
    }

    /// Whether a hit stands in the name of a fund.
    fn is_part_of_name(&self, hit: &Hit) -> bool {
        let mut funds = self.names.iter().filter(|n| n.mention.kind == EntityKind::Fund);
        funds.any(|n| within(&(hit.start..hit.end), &n.range))
    }

    fn claim(
        &self,
        set: &RuleSet,
        sentence: &str,
        scratch: &Scratch,
        candidate: &Candidate,
    ) -> Option<(Claim, Modality)> {
        let rule = &set.rules[candidate.rule];
        let site =
            scratch.site(set, rule, candidate.trigger, scratch.clause_of(set, candidate.trigger.start));
        let mut attribution = self.attribution(&site, sentence);
        let mut fillers = self.fillers(&site, rule, sentence, &attribution);
        if rule.frame == Frame::Position && !fillers.iter().any(|f| f.role == Role::Holder) {
            fillers.extend(self.speaker(&attribution));
        }
        let authority = fillers.iter().find(|f| FRAMES.get(&rule.frame).is_some_and(|r| r.agent == f.role));
        let document = candidate.goes_on.or(scratch.document.filter(|_| modality::speaks_of_document(&site)));
        // A day that lies ahead and whose word it is are known, and no guess: they hold for what the model says as well.
        let known = |said| {
            let said = self.not_before(set, &site, said);
            by_voice(said, &attribution, authority.and_then(|a| a.id.as_ref()))
        };
        let stated = known(modality::modality(&site, rule, document));
        let words = self.passage.as_str().get(self.range.clone())?;
        let evidence = self.evidence(scratch, candidate, words);
        let asked = Asked { site: &site, rule, stated, document, attribution: &attribution };
        let firmness = Firmness::of(self.language);
        if let Some(lessons) = &scratch.lessons {
            lessons.borrow_mut().push(FirmnessLesson {
                evidence: evidence.clone(),
                trigger: self.range.start + site.trigger.start,
                language: self.language,
                frame: rule.frame,
                stated,
                features: firmness.features(&asked),
            });
        }
        let modality = known(firmness.modality(&asked));
        if modality == Modality::Denied {
            attribution = self.denier(&site).map_or(attribution, |voice| vec![voice]);
        } else if rule.frame == Frame::Position && attribution.is_empty() {
            attribution.extend(self.voice_of(&site.trigger));
        }
        let is_basis =
            |at: usize| site.of(site.set.grammar.basis).any(|h| h.end <= at && rests_on(&words[h.end..at]));
        let measures = self.measures.get_or_init(|| {
            let above = self.above.get_or_init(|| Title::new(self.lexicon, self.title));
            Places::new(self.lexicon, words, self.title, above)
        });
        let measure = measures.find(self.lexicon, self.today, &fillers, &is_basis);
        let claim = Claim {
            frame: rule.frame,
            change: rule.change,
            quantity: self.figure(rule, &site, free_clause(scratch, candidate.clause + 1)).cloned(),
            modality,
            polarity: modality::polarity(&site, rule, sentence),
            exclusivity: modality::exclusivity(&site, sentence),
            time: self.time(&site).cloned(),
            attribution,
            measure,
            rule: if candidate.learned { format!("{LEARNED}{}", rule.name) } else { rule.name.clone() },
            evidence: self.passage.text.cut(evidence, self.passage.part)?,
            fillers,
        };
        Some((claim, stated))
    }

    /// Who plays which part. Who only tells of goods does not supply them, where somebody else can: "TrendForce estimates
    /// that CXMT will ship".
    fn fillers(&self, site: &Site, rule: &Rule, sentence: &str, attribution: &[Attribution]) -> Vec<Filler> {
        let goods = rule.frame == Frame::Supply && !rule.reverse;
        let tells =
            |n: &Name| attribution.iter().any(|a| a.evidence.span().contains(n.mention.evidence.span()));
        if rule.frame == Frame::Position || !self.names.iter().any(tells) {
            return roles::fill(site, rule, sentence, &self.names);
        }
        let others: Vec<Name> = self.names.iter().filter(|n| !tells(n)).cloned().collect();
        let filled = roles::fill(site, rule, sentence, &others);
        if !goods {
            let agent = FRAMES.get(&rule.frame).map(|f| f.agent);
            let acts = |n: &Name| n.range.end <= site.trigger.start && n.range.start >= site.clause.start;
            let body = |f: &Filler| {
                Some(f.role) == agent && others.iter().any(|n| n.mention.evidence == f.evidence && acts(n))
            };
            let told = if filled.iter().any(body) { &others } else { &self.names };
            return roles::fill(site, rule, sentence, told);
        }
        // "Kioxia, which counts Apple among its customers, said it would ship": who supplies stands in what is said.
        let told = |n: &Name| {
            self.voices.iter().any(|(content, a)| attribution.contains(a) && within(&n.range, content))
        };
        let firm = |f: &Filler| {
            let named = |n: &Name| n.mention.evidence == f.evidence && n.mention.kind == EntityKind::Company;
            f.role == Role::Supplier && others.iter().any(|n| named(n) && told(n))
        };
        if filled.iter().any(firm) {
            return filled;
        }
        // "Calder sent tools to SMIC, the bureau said": no office that tells of goods has sold or bought them.
        let trade = |n: &&Name| !tells(n) || n.mention.kind != EntityKind::Agency;
        let traders: Vec<Name> = self.names.iter().filter(trade).cloned().collect();
        roles::fill(site, rule, sentence, &traders)
    }

    /// On whose word something is denied: who says the word for it, "it was not so", or whose word it is.
    fn denier(&self, site: &Site) -> Option<Attribution> {
        let cues = site.set.modality.iter().filter(|m| m.value == Modality::Denied);
        let mut told = cues.flat_map(|m| site.of(m.cues));
        let says = |h: &Hit| {
            let covers = self.voices.iter().filter(|(content, _)| within(&(h.start..h.end), content));
            let widest = covers.max_by_key(|(content, _)| content.len()).map(|(_, a)| *a)?;
            // 院长表示，外界说…并非事实: what people say is denied by who speaks of it.
            let unnamed = widest.source.kind == VoiceKind::Anonymous;
            let named = |a: &&Attribution| {
                let before = a.evidence.span().start < widest.evidence.span().start;
                before && a.source.kind != VoiceKind::Anonymous && a.source.kind != VoiceKind::Outlet
            };
            let speaker = self.voices.iter().map(|(_, a)| *a).find(named).filter(|_| unnamed);
            Some(speaker.unwrap_or(widest).clone())
        };
        told.find_map(|h| says(h).or_else(|| self.voice_of(h)))
    }

    /// The voice whose cue a word is.
    fn voice_of(&self, hit: &Hit) -> Option<Attribution> {
        let words = self.passage.as_str().get(self.range.clone()).unwrap_or_default();
        let said = words.get(hit.start..)?;
        // 表示欢迎: the cue may be the beginning of the word only.
        let cue = |a: &Attribution| {
            let end = hit.end.min(hit.start + a.cue.len());
            let place = self.passage.text.span(self.range.start + hit.start..self.range.start + end);
            said.starts_with(&a.cue) && a.evidence.span().contains(place)
        };
        self.voices.iter().map(|(_, a)| *a).find(|a| cue(a)).cloned()
    }

    /// Who says so holds the position, if nobody else does: "'We do not support it,' the senator said".
    fn speaker(&self, attribution: &[Attribution]) -> Option<Filler> {
        let voice = attribution.last()?;
        let id = voice.source.entity.as_ref()?;
        let spoken = |n: &&Name| {
            n.mention.id.as_ref() == Some(id) && voice.evidence.span().contains(n.mention.evidence.span())
        };
        let name = self.names.iter().find(spoken)?;
        Some(Filler { role: Role::Holder, id: Some(id.clone()), evidence: name.mention.evidence.clone() })
    }

    /// The clause with its voice is the sentence, unless that is long: then the clause alone.
    fn evidence(&self, scratch: &Scratch, candidate: &Candidate, words: &str) -> Range<usize> {
        const QUOTABLE: usize = 600;
        if words.len() <= QUOTABLE {
            return self.range.clone();
        }
        let clause = scratch.clauses[candidate.clause].clone();
        let piece = words.get(clause.clone()).unwrap_or(words);
        let start = self.range.start + clause.start + (piece.len() - piece.trim_start().len());
        start..start + piece.trim().len()
    }

    /// The figure that the frame is about: in the clause, else in the next one if that claims nothing itself; of the
    /// best kind, nearest after the trigger, else before it.
    fn figure(&self, rule: &Rule, site: &Site, next_clause: Option<Range<usize>>) -> Option<&'a Quantity> {
        let kinds = &FRAMES.get(&rule.frame)?.figures;
        let next =
            |(range, _): &&(Range<usize>, &Quantity)| next_clause.as_ref().is_some_and(|c| within(range, c));
        let key = |(range, quantity): &&(Range<usize>, &Quantity)| {
            let kind = kinds.iter().position(|k| *k == quantity.kind)?;
            let outside = !within(range, &site.clause);
            let gap = if range.start >= site.trigger.end {
                range.start - site.trigger.end
            } else {
                site.trigger.start.saturating_sub(range.end) * 3
            };
            Some((outside, self.is_former(site, range), kind, gap))
        };
        let figures = self.figures.iter().filter(|f| key(f).is_some_and(|(outside, ..)| !outside || next(f)));
        figures
            .filter(|(range, q)| !self.counts_voices(site, range, q))
            .min_by_key(|f| key(f))
            .map(|(_, q)| *q)
    }

    /// "Up from 50%", 低于去年的33%: what was before.
    fn is_former(&self, site: &Site, range: &Range<usize>) -> bool {
        const GAP: usize = 10;
        let before = |h: &Hit| h.end <= range.start && range.start - h.end <= GAP;
        site.of(site.set.grammar.former).any(before)
    }

    /// Whether a figure is the number of those who say it: "two people said", "with reference to two officials".
    fn counts_voices(&self, site: &Site, range: &Range<usize>, figure: &Quantity) -> bool {
        let inside = |a: &Attribution| a.evidence.span().contains(figure.evidence.span());
        let beside = |h: &Hit| h.end <= range.start && range.start - h.end <= 1;
        let heard = || site.of(site.set.grammar.heard).any(beside);
        figure.kind == QuantityKind::Count
            && (self.voices.iter().any(|(_, a)| inside(a))
                || kinds::are_people(figure.evidence.quote()) && heard())
    }

    /// The date that applies: one ahead behind "from" or 自, one behind "on" or 于, else the first of the clause, else of the sentence.
    fn time(&self, site: &Site) -> Option<&'a DateMention> {
        let led_by = |group: u16, range: &Range<usize>| {
            let led = |h: &Hit| h.end <= range.start && range.start - h.end <= 10;
            site.of(group).any(led)
        };
        let of = &site.set.grammar;
        let mut ahead = self.dates.iter().filter(|(_, date)| self.lies_ahead(date));
        let from = ahead.find(|(range, _)| led_by(of.start, range));
        let by_cue = from.or_else(|| self.dates.iter().find(|(range, _)| led_by(of.effective, range)));
        let mut told = self.dates.iter().filter(|(_, date)| !self.is_of_report(date));
        let by_clause = || told.clone().find(|(range, _)| within(range, &site.clause));
        by_cue.or_else(by_clause).or_else(|| told.next()).map(|(_, d)| *d)
    }

    /// Whether a date is that of an outlet's report and not of what it tells: 据《某报》6月2日报道, "Reuters reported on Tuesday".
    fn is_of_report(&self, date: &DateMention) -> bool {
        /// Characters between the cue and its day: " on ".
        const BESIDE: u32 = 4;
        let day = date.evidence.span();
        self.voices.iter().filter(|(_, a)| a.source.kind == VoiceKind::Outlet).any(|(_, a)| {
            let voice = a.evidence.span();
            voice.contains(day) || voice.end <= day.start && day.start - voice.end <= BESIDE
        })
    }

    /// "It takes effect on July 1": whether the sentence opens with what was told before, which is to apply from a day ahead.
    fn takes_effect_later(&self, set: &RuleSet, hits: &Hits) -> bool {
        const BESIDE: usize = 24;
        let mut names = hits.of(&set.cues, set.grammar.told_before).filter(|h| h.start <= 2);
        let applies = |of: &Hit| {
            let beside = |h: &Hit| h.start > of.end && h.start - of.end <= BESIDE;
            hits.of(&set.cues, set.grammar.takes_effect).any(beside)
        };
        names.any(applies) && self.dates.iter().any(|(_, d)| self.lies_ahead(d))
    }

    /// Whether a date is still to come. One that names no year and is half a year gone, "from 8 January" told in November, is the next.
    fn lies_ahead(&self, date: &DateMention) -> bool {
        const HALF_A_YEAR: i32 = 183;
        const OF_A_YEAR: [&str; 8] = ["年", "year", "last", "this", "去", "今", "本", "上"];
        let gone = |day| self.today.since(day).map_or(0, |span| span.get_days());
        // 今年1月, "last January" name one.
        let names_year = || OF_A_YEAR.iter().any(|word| date.evidence.quote().to_lowercase().contains(word));
        let next = |day| {
            date.anchor != Anchor::Text
                && (HALF_A_YEAR..2 * HALF_A_YEAR).contains(&gone(day))
                && !names_year()
        };
        first_day(&date.value).is_some_and(|day| day > self.today || next(day))
    }

    /// What stands for the day from which a rule applies, 自7月1日, "effective July 1", and lies ahead: decided, and not
    /// in force yet. Goods that come from then on are only announced.
    fn not_before(&self, set: &RuleSet, site: &Site, stated: Modality) -> Modality {
        let until_then = match site.frame {
            Frame::Requirement | Frame::Restriction | Frame::Permission | Frame::Charge | Frame::Funding => {
                Modality::Adopted
            }
            Frame::Supply => Modality::Announced,
            _ => return stated,
        };
        let words = self.passage.as_str().get(self.range.clone()).unwrap_or_default();
        let rules = until_then == Modality::Adopted;
        let from = |range: &Range<usize>| {
            let led = |h: &Hit| h.start == range.start || h.end <= range.start && range.start - h.end <= 10;
            // 2028年起
            let on = words.get(range.end..).is_some_and(|behind| behind.starts_with('起'));
            on || rules && site.hits.of(&set.cues, set.grammar.start).any(led)
        };
        let ahead = |d: &DateMention| self.lies_ahead(d);
        let later = self.dates.iter().any(|(range, d)| from(range) && ahead(d));
        // 新例周二起生效: that day has come.
        let lately = |d: &DateMention| {
            first_day(&d.value)
                .is_some_and(|day| day <= self.today && days_between(day, self.today) <= LATELY)
        };
        let came =
            |range: &Range<usize>| words.get(range.end..).is_some_and(|behind| behind.starts_with('起'));
        let begun = || self.dates.iter().any(|(range, d)| came(range) && lately(d));
        // 2027年镍矿配额砍至2.5亿吨: done for a time to come.
        let bounds = |range: &Range<usize>| {
            words.get(range.end..).is_some_and(|behind| behind.starts_with(['前', '底', '之', '度', '财']))
        };
        // "Extended until November a licence": a day behind a verb is another act's.
        let governed = |range: &Range<usize>| {
            let verb = |h: &Hit| h.start >= site.clause.start && h.end <= range.start;
            site.hits.iter().any(|h| verb(h) && set.cues.form(h) != Form::Fixed)
        };
        let opens = |range: &Range<usize>| {
            let inside = range.start >= site.clause.start && range.end <= site.trigger.start;
            inside && range.start >= dateline(words) && !bounds(range) && !governed(range)
        };
        // 10月份产量增长: the last October, whatever "from October" would be.
        let to_come = |d: &DateMention| first_day(&d.value).is_some_and(|day| day > self.today);
        let then = || self.dates.iter().any(|(range, d)| opens(range) && to_come(d));
        match stated {
            Modality::InForce if later => until_then,
            Modality::InForce if then() => Modality::Announced,
            Modality::Adopted if !later && begun() => Modality::InForce,
            stated => stated,
        }
    }

    /// The voices whose content covers the trigger, outermost first. "Plans to", "urged" tell of the act itself and
    /// lend it nobody's word.
    fn attribution(&self, site: &Site, sentence: &str) -> Vec<Attribution> {
        let trigger = &site.trigger;
        // As it stands there: the cue of a voice is in its own script.
        let words = self.passage.as_str().get(self.range.clone()).unwrap_or_default();
        let intends = |a: &Attribution| {
            let cue = |h: &Hit| {
                let told = sentence[h.end..].starts_with([',', '，', ':', '：', '称', '说']);
                let that = sentence[h.end..].starts_with(" that ");
                let cue = words.get(h.start..h.end).is_some_and(|words| words.starts_with(&a.cue));
                cue && !told && !that
            };
            site.of(site.set.grammar.intends).any(cue)
        };
        let covers = |range: &Range<usize>| range.start <= trigger.start && trigger.end <= range.end;
        // "Said the rules were wrong and urged the EU to drop them": who urges has spoken before.
        let spoken = |of: &Attribution| {
            self.voices.iter().find(|(_, a)| a.source.text == of.source.text && !intends(a))
        };
        let covering = self.voices.iter().filter(|(range, _)| covers(range));
        let mut found: Vec<_> =
            covering.filter_map(|v| if intends(v.1) { spoken(v.1) } else { Some(v) }).collect();
        found.sort_by_key(|(range, a)| (std::cmp::Reverse(range.len()), a.evidence.span()));
        found.dedup();
        found.into_iter().map(|(_, a)| (*a).clone()).collect()
    }
}

/// What a passage mentions, by its bytes, in order.
struct Mentions<'a> {
    names: Vec<(Range<usize>, &'a EntityMention)>,
    figures: Vec<(Range<usize>, &'a Quantity)>,
    dates: Vec<(Range<usize>, &'a DateMention)>,
    voices: Vec<Said<'a>>,
    /// Measures of the title above.
    title: OnceCell<Title>,
}

/// A voice: where it stands and what it says.
struct Said<'a> {
    evidence: Range<usize>,
    content: Range<usize>,
    attribution: &'a Attribution,
    /// How far it and all before it reach at most, and from where it and all behind it begin at the earliest.
    until: usize,
    from: usize,
}

impl<'a> Mentions<'a> {
    fn of(passage: &Passage, analysis: &'a Analysis) -> Self {
        let voices = analysis.attributions.iter().filter(|a| a.evidence.part() == passage.part);
        let mut voices: Vec<Said> = voices
            .map(|attribution| {
                let evidence = passage.text.bytes(attribution.evidence.span());
                let content = passage.text.bytes(attribution.content);
                let until = evidence.end.max(content.end);
                let from = evidence.start.min(content.start);
                Said { evidence, content, attribution, until, from }
            })
            .collect();
        let mut until = 0;
        for voice in &mut voices {
            until = until.max(voice.until);
            voice.until = until;
        }
        let mut from = usize::MAX;
        for voice in voices.iter_mut().rev() {
            from = from.min(voice.from);
            voice.from = from;
        }
        Mentions {
            names: placed(passage, &analysis.entities, |e| &e.evidence),
            figures: placed(passage, &analysis.quantities, |q| &q.evidence),
            dates: placed(passage, &analysis.dates, |d| &d.evidence),
            voices,
            title: OnceCell::new(),
        }
    }

    /// The voices among which those of a stretch are.
    fn voices_at(&self, stretch: &Range<usize>) -> impl Iterator<Item = &Said<'a>> {
        let first = self.voices.partition_point(|v| v.until <= stretch.start);
        let end = self.voices.partition_point(|v| v.from < stretch.end).max(first);
        self.voices[first..end].iter()
    }
}

fn placed<'a, T>(
    passage: &Passage,
    values: &'a [T],
    evidence: fn(&T) -> &Evidence,
) -> Vec<(Range<usize>, &'a T)> {
    let here = values.iter().filter(|v| evidence(v).part() == passage.part);
    let mut placed: Vec<_> = here.map(|v| (passage.text.bytes(evidence(v).span()), v)).collect();
    placed.sort_by_key(|(range, _)| range.start);
    placed
}

/// Those that stand wholly in a sentence.
fn inside<'m, T>(
    placed: &'m [(Range<usize>, T)],
    sentence: &Range<usize>,
) -> impl Iterator<Item = &'m (Range<usize>, T)> {
    let from = placed.partition_point(|(range, _)| range.start < sentence.start);
    let (start, end) = (sentence.start, sentence.end);
    let here = placed[from..].iter().take_while(move |(range, _)| range.start < end);
    here.filter(move |(range, _)| within(range, &(start..end)))
}

/// A plan is `announced` on the word of who will act, and `expected` on anybody else's.
fn by_voice(
    stated: Modality,
    attribution: &[Attribution],
    authority: Option<&headwater_model::EntityId>,
) -> Modality {
    let Some(inner) = attribution.last() else { return stated };
    let itself = inner.source.entity.is_some() && inner.source.entity.as_ref() == authority;
    let named = inner.source.entity.is_some() || is_named(&inner.source.text);
    let another = inner.source.kind == VoiceKind::Organisation && authority.is_some() && named;
    let counted = inner.source.count.is_some_and(|count| count > 1);
    let unnamed = inner.source.kind == VoiceKind::Official && (counted || is_unnamed(&inner.source.text));
    let outsider =
        another || unnamed || matches!(inner.source.kind, VoiceKind::Anonymous | VoiceKind::Outlet);
    match stated {
        Modality::Announced if outsider && !itself => Modality::Expected,
        Modality::Expected if itself => Modality::Announced,
        other => other,
    }
}

/// "TrendForce", and not "it" or "the company", which may be the actor itself.
fn is_named(source: &str) -> bool {
    !ITSELF.iter().any(|w| source.eq_ignore_ascii_case(w))
}

/// "Unnamed officials", 两名官员: an office's people, whom no name and no body speaks for.
fn is_unnamed(source: &str) -> bool {
    let plain = source.ends_with("officials") || source.ends_with("official");
    (plain && !source.contains(char::is_uppercase)) || source.ends_with("官员")
}
