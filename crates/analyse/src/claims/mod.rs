//! Claims: what a text asserts.
//!
//! A sentence is scanned once for every cue of its language. A rule fires where its trigger stands and the other
//! cues that it asks for stand around it; blockers take out what is no assertion; the strongest rule of a clause
//! wins. Cues around the trigger then say how firm, whether negated and whether exhaustive, and the names around
//! it fill the parts. All words are data: `rules/claims_en.toml`, `rules/claims_zh.toml`, `rules/frames.toml`.

mod clauses;
mod measures;
mod modality;
mod roles;
pub mod rules;

use crate::Passage;
use crate::cues::{Hit, fold};
use crate::passage::{Language, Sentence};
use headwater_knowledge::Lexicon;
use headwater_model::claim::{Modality, Role};
use headwater_model::mention::{Attribution, Quantity, VoiceKind};
use headwater_model::time::DateMention;
use headwater_model::{Analysis, Article, Claim, Part};
use modality::Site;
use roles::Name;
use rules::{FRAMES, Reach, Rule, RuleSet};
use std::ops::Range;

/// Sentences longer than this are tables or runaway markup, not prose.
const LONGEST: usize = 4000;

/// Finds the claims of a passage; everything else is already in `analysis`.
pub fn find(passage: &Passage, article: &Article, analysis: &mut Analysis, lexicon: &Lexicon) {
    let mut scratch = Scratch::default();
    let mut claims = Vec::new();
    for sentence in &passage.sentences {
        if sentence.range.len() <= LONGEST {
            read(passage, article, sentence, analysis, lexicon, &mut scratch, &mut claims);
        }
    }
    analysis.claims.append(&mut claims);
}

/// Buffers that one passage needs once.
#[derive(Default)]
struct Scratch {
    hits: Vec<Hit>,
    clauses: Vec<Range<usize>>,
    candidates: Vec<Candidate>,
}

/// A rule that fired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Candidate {
    rule: usize,
    trigger: Hit,
    clause: usize,
}

fn read(
    passage: &Passage,
    article: &Article,
    sentence: &Sentence,
    analysis: &Analysis,
    lexicon: &Lexicon,
    scratch: &mut Scratch,
    claims: &mut Vec<Claim>,
) {
    let set: &RuleSet =
        if sentence.language == Language::English { &rules::ENGLISH } else { &rules::CHINESE };
    let Some(words) = passage.as_str().get(sentence.range.clone()) else { return };
    let folded = fold(words, sentence.language);
    set.cues.scan(&folded, &mut scratch.hits);
    clauses::split(&folded, set, &scratch.hits, &mut scratch.clauses);
    let context = Context::new(passage, sentence, analysis);
    fire(set, &folded, &context, scratch);
    settle(set, &scratch.hits, &mut scratch.candidates);
    let first = claims.len();
    for candidate in &scratch.candidates {
        let claim = context.claim(set, &folded, scratch, candidate, article, lexicon);
        if let Some(claim) = claim.filter(|c| !is_told_already(&claims[first..], c)) {
            claims.push(claim);
        }
    }
}

/// One act is one claim however many verbs tell it: same frame, change and stage, and no other party.
fn is_told_already(claims: &[Claim], claim: &Claim) -> bool {
    claims.iter().any(|c| {
        let holders = |c: &Claim| c.role(Role::Holder).map(|f| f.value().to_owned()).collect::<Vec<_>>();
        c.frame == claim.frame
            && c.change == claim.change
            && c.modality == claim.modality
            && c.polarity == claim.polarity
            && (holders(c) == holders(claim) || holders(claim).is_empty())
    })
}

/// Tries the rules of every trigger.
fn fire(set: &RuleSet, sentence: &str, context: &Context, scratch: &mut Scratch) {
    scratch.candidates.clear();
    if sentence.ends_with(['?', '？']) {
        return;
    }
    for trigger in &scratch.hits {
        for group in set.cues.groups(trigger) {
            let Some(&index) = set.triggers.get(group) else { continue };
            let rule = &set.rules[index];
            let clause = clauses::of(&scratch.clauses, trigger.start);
            let site = Site {
                set,
                hits: &scratch.hits,
                trigger: *trigger,
                clause: scratch.clauses[clause].clone(),
                frame: rule.frame,
            };
            if fits(&site, rule, context) && !is_blocked(&site) {
                scratch.candidates.push(Candidate { rule: index, trigger: *trigger, clause });
            }
        }
    }
}

fn fits(site: &Site, rule: &Rule, context: &Context) -> bool {
    let near = |h: &Hit| {
        let gap = h.start.saturating_sub(site.trigger.end).max(site.trigger.start.saturating_sub(h.end));
        let inside = rule.sentence || (site.clause.start <= h.start && h.end <= site.clause.end);
        inside && gap <= rule.within
    };
    let met = |group: u16, place: fn(&Hit, &Hit) -> bool| {
        site.hits.iter().any(|h| site.set.cues.is(h, group) && place(h, &site.trigger) && near(h))
    };
    rule.after.iter().all(|&g| met(g, |h, t| h.start >= t.end))
        && rule.before.iter().all(|&g| met(g, |h, t| h.end <= t.start))
        && rule.near.iter().all(|&g| met(g, |h, t| h.start >= t.end || h.end <= t.start))
        && !site.hits.iter().any(|h| site.set.cues.is(h, rule.without) && site.reaches(h, Reach::Clause))
        && (rule.figure.is_empty()
            || context.figures.iter().any(|(r, q)| rule.figure.contains(&q.kind) && within(r, &site.clause)))
        && (rule.entity.is_empty()
            || context
                .names
                .iter()
                .any(|n| rule.entity.contains(&n.mention.kind) && within(&n.range, &site.clause)))
}

fn within(range: &Range<usize>, clause: &Range<usize>) -> bool {
    clause.start <= range.start && range.end <= clause.end
}

fn is_blocked(site: &Site) -> bool {
    site.set.blockers.iter().any(|b| {
        (b.frames.is_empty() || b.frames.contains(&site.frame))
            && site.any(b.cues, b.reach)
            && b.with.is_none_or(|w| site.any(w, b.reach))
    })
}

/// Keeps the strongest rule of a clause, and of equal ones the first. Behind a joining word another frame may
/// follow, if its trigger is a verb: "fined X and barred it".
fn settle(set: &RuleSet, hits: &[Hit], candidates: &mut Vec<Candidate>) {
    let strength = |c: &Candidate| set.rules[c.rule].strength;
    candidates.sort_by_key(|c| {
        (c.clause, std::cmp::Reverse(strength(c)), c.trigger.start, std::cmp::Reverse(c.trigger.end), c.rule)
    });
    let joined = |first: &Candidate, next: &Candidate| {
        let between = first.trigger.end..next.trigger.start;
        let join = |h: &Hit| set.cues.is(h, set.grammar.joins) && within(&(h.start..h.end), &between);
        strength(next) >= 3
            && set.rules[first.rule].frame != set.rules[next.rule].frame
            && hits.iter().any(|h| join(h) && next.trigger.start - h.end <= 24)
    };
    let mut first: Option<Candidate> = None;
    candidates.retain(|c| {
        let keep = first.is_none_or(|f| f.clause != c.clause || joined(&f, c));
        if first.is_none_or(|f| f.clause != c.clause) {
            first = Some(*c);
        }
        keep
    });
    let strongest = candidates.iter().map(strength).max().unwrap_or(0);
    if strongest > 1 {
        candidates.retain(|c| strength(c) > 1);
    }
}

/// What is known of one sentence.
struct Context<'a> {
    passage: &'a Passage<'a>,
    range: Range<usize>,
    names: Vec<Name<'a>>,
    figures: Vec<(Range<usize>, &'a Quantity)>,
    dates: Vec<(Range<usize>, &'a DateMention)>,
    voices: Vec<(Range<usize>, &'a Attribution)>,
}

impl<'a> Context<'a> {
    fn new(passage: &'a Passage<'a>, sentence: &Sentence, analysis: &'a Analysis) -> Self {
        let range = sentence.range.clone();
        let text = passage.text;
        let whole = text.span(range.clone());
        let part = passage.part;
        let local = |span: headwater_model::Span| {
            let bytes = text.bytes(span);
            bytes.start.saturating_sub(range.start)..bytes.end.saturating_sub(range.start).min(range.len())
        };
        let names = inside(&analysis.entities, part, whole, |e| &e.evidence);
        let figures = inside(&analysis.quantities, part, whole, |q| &q.evidence);
        let dates = inside(&analysis.dates, part, whole, |d| &d.evidence);
        let voices = analysis.attributions.iter().filter(|a| {
            a.evidence.part() == part && (a.content.overlaps(whole) || whole.contains(a.evidence.span()))
        });
        Context {
            passage,
            names: names.map(|m| Name { range: local(m.evidence.span()), mention: m }).collect(),
            figures: figures.map(|q| (local(q.evidence.span()), q)).collect(),
            dates: dates.map(|d| (local(d.evidence.span()), d)).collect(),
            voices: voices.map(|a| (local(a.content), a)).collect(),
            range,
        }
    }

    fn claim(
        &self,
        set: &RuleSet,
        sentence: &str,
        scratch: &Scratch,
        candidate: &Candidate,
        article: &Article,
        lexicon: &Lexicon,
    ) -> Option<Claim> {
        let rule = &set.rules[candidate.rule];
        let clause = scratch.clauses.get(candidate.clause)?.clone();
        let site = Site {
            set,
            hits: &scratch.hits,
            trigger: candidate.trigger,
            clause: clause.clone(),
            frame: rule.frame,
        };
        let fillers = roles::fill(&site, rule, sentence, &self.names);
        let attribution = self.attribution(&site.trigger);
        let authority = fillers.iter().find(|f| FRAMES.get(&rule.frame).is_some_and(|r| r.agent == f.role));
        let stated = modality::modality(&site, rule);
        let modality = by_voice(stated, &attribution, authority.and_then(|a| a.id.as_ref()));
        let words = self.passage.as_str().get(self.range.clone())?;
        let title = if self.passage.part == Part::Title { "" } else { article.title.as_str() };
        let measure = measures::find(lexicon.knowledge(), words, title, &fillers);
        Some(Claim {
            frame: rule.frame,
            change: rule.change,
            quantity: self.figure(rule, &site).cloned(),
            modality,
            polarity: modality::polarity(&site, rule),
            exclusivity: modality::exclusivity(&site, sentence),
            time: self.time(&site).cloned(),
            attribution,
            measure,
            rule: rule.name.clone(),
            evidence: self.passage.text.cut(self.evidence(scratch, candidate, words), self.passage.part)?,
            fillers,
        })
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

    /// The figure that the frame is about: of the best kind, nearest after the trigger, else before it.
    fn figure(&self, rule: &Rule, site: &Site) -> Option<&'a Quantity> {
        let kinds = &FRAMES.get(&rule.frame)?.figures;
        let key = |(range, quantity): &&(Range<usize>, &Quantity)| {
            let kind = kinds.iter().position(|k| *k == quantity.kind)?;
            let outside = !within(range, &site.clause);
            let gap = if range.start >= site.trigger.end {
                range.start - site.trigger.end
            } else {
                site.trigger.start.saturating_sub(range.end) * 3
            };
            Some((outside, kind, gap))
        };
        let figures = self.figures.iter().filter(|f| key(f).is_some_and(|(outside, ..)| !outside));
        figures.min_by_key(|f| key(f)).map(|(_, q)| *q)
    }

    /// The date that applies: behind "effective" or 自, else the first of the clause, else of the sentence.
    fn time(&self, site: &Site) -> Option<&'a DateMention> {
        let effective = |range: &Range<usize>| {
            site.hits.iter().any(|h| {
                h.end <= range.start
                    && range.start - h.end <= 10
                    && site.set.cues.is(h, site.set.grammar.effective)
            })
        };
        let by_cue = self.dates.iter().find(|(range, _)| effective(range));
        let by_clause = || self.dates.iter().find(|(range, _)| within(range, &site.clause));
        by_cue.or_else(by_clause).or(self.dates.first()).map(|(_, d)| *d)
    }

    /// The voices whose content covers the trigger, outermost first.
    fn attribution(&self, trigger: &Hit) -> Vec<Attribution> {
        let covers = |range: &Range<usize>| range.start <= trigger.start && trigger.end <= range.end;
        let mut found: Vec<_> = self.voices.iter().filter(|(range, _)| covers(range)).collect();
        found.sort_by_key(|(range, a)| (std::cmp::Reverse(range.len()), a.evidence.span()));
        found.into_iter().map(|(_, a)| (*a).clone()).collect()
    }
}

fn inside<'a, T>(
    values: &'a [T],
    part: Part,
    whole: headwater_model::Span,
    evidence: impl Fn(&T) -> &headwater_model::Evidence + Copy + 'a,
) -> impl Iterator<Item = &'a T> {
    values.iter().filter(move |v| evidence(v).part() == part && whole.contains(evidence(v).span()))
}

/// A plan is `announced` on the word of who will act, and `expected` on anybody else's.
fn by_voice(
    stated: Modality,
    attribution: &[Attribution],
    authority: Option<&headwater_model::EntityId>,
) -> Modality {
    let Some(inner) = attribution.last() else { return stated };
    let itself = inner.source.entity.is_some() && inner.source.entity.as_ref() == authority;
    let outsider = matches!(inner.source.kind, VoiceKind::Anonymous | VoiceKind::Outlet);
    match stated {
        Modality::Announced if outsider && !itself => Modality::Expected,
        Modality::Expected if itself => Modality::Announced,
        other => other,
    }
}
