//! How firm a claim is, whether it is negated, and whether the named are all there are: by cues around the trigger.

use super::rules::{Mark, Reach, Rule, RuleSet};
use crate::cues::{Form, Group, Hit, Hits};
use headwater_model::claim::{Exclusivity, Frame, Modality, Polarity};
use std::ops::Range;

/// Auxiliaries stand at most this many bytes before their verb ("will not be immediately").
const AUX: usize = 28;

/// A trigger in its clause, with every cue of the sentence.
pub struct Site<'a> {
    /// The rules.
    pub set: &'a RuleSet,
    /// The cues of the sentence.
    pub hits: &'a Hits,
    /// The trigger.
    pub trigger: Hit,
    /// The clause.
    pub clause: Range<usize>,
    /// The frame.
    pub frame: Frame,
    /// Whether the trigger's own words say nothing of firmness.
    pub own: bool,
    /// From where on auxiliaries count, if not from the clause's own start.
    pub lead: usize,
    /// Stretches that only say who or what is meant.
    pub relatives: &'a [Range<usize>],
}

impl Site<'_> {
    /// The words of a group.
    pub fn of(&self, group: Group) -> impl Iterator<Item = &Hit> {
        self.hits.of(&self.set.cues, group)
    }

    /// Whether a hit stands where a mark asks for it.
    pub fn reaches(&self, hit: &Hit, reach: Reach) -> bool {
        let inside = self.clause.start <= hit.start && hit.end <= self.clause.end;
        let overlaps = hit.start < self.trigger.end && self.trigger.start < hit.end;
        // "Firms that want to raise money need clearance": what those want is no plan of the rule.
        let holds = |r: &Range<usize>, h: &Hit| r.start <= h.start && h.end <= r.end;
        let described = self.relatives.iter().any(|r| holds(r, hit) && !holds(r, &self.trigger))
            && reach != Reach::Sentence;
        match reach {
            _ if described => false,
            _ if overlaps => self.says_with_trigger(hit, reach),
            Reach::Sentence => true,
            Reach::Clause => inside,
            Reach::Onward => hit.end <= self.clause.end && !self.turns_after(hit),
            Reach::Before => hit.start >= self.lead && hit.end <= self.trigger.start,
            Reach::Unturned => !self.turns_between(hit),
            Reach::After => inside && hit.start >= self.trigger.end,
            Reach::Predicate => inside && hit.start >= self.trigger.end && self.is_predicate(hit),
            Reach::Adjacent => inside && hit.end <= self.trigger.start && self.trigger.start - hit.end <= 1,
            Reach::Aux => inside && hit.end <= self.trigger.start && self.trigger.start - hit.end <= AUX,
        }
    }

    /// A cue that holds the trigger counts (停止出货), and "halted" in "halted production"; but 要 in 要求 and "may" in
    /// "may not" are no auxiliaries.
    fn says_with_trigger(&self, hit: &Hit, reach: Reach) -> bool {
        if self.own {
            return false;
        }
        let holds = hit.start <= self.trigger.start && self.trigger.end <= hit.end;
        let part = self.trigger.start <= hit.start && hit.end <= self.trigger.end;
        let wide = matches!(reach, Reach::Clause | Reach::Sentence | Reach::Onward | Reach::Unturned);
        // "Will have to", 拟征收: a trigger may begin with its auxiliary.
        let led =
            reach == Reach::Before && part && hit.start == self.trigger.start && hit.end < self.trigger.end;
        let into = hit.start < self.trigger.start && self.trigger.start < hit.end;
        (holds && reach != Reach::After) || ((part || into) && wide) || led
    }

    /// Whether the trigger is a noun and nothing between it and the hit begins another clause or act.
    fn is_predicate(&self, hit: &Hit) -> bool {
        let grammar = &self.set.grammar;
        let between = |h: &Hit| self.trigger.end <= h.start && h.end <= hit.start;
        let opened = || self.of(grammar.interrupts).chain(self.of(grammar.infinitive)).any(between);
        // "The export ban is": a bare form right before the hit is a noun.
        let noun = match self.set.cues.form(&self.trigger) {
            // "Must hold a certificate" is a phrase of a verb.
            Form::Fixed => !self.hits.iter().any(|h| self.begins_trigger(h)),
            Form::Third => true,
            Form::Base => hit.start - self.trigger.end <= 1 || !self.is_infinitive(),
            Form::Past | Form::Ing => false,
        };
        noun && !opened()
    }

    /// Whether a finite verb is a part of the trigger.
    fn begins_trigger(&self, hit: &Hit) -> bool {
        hit.start == self.trigger.start
            && hit.end < self.trigger.end
            && self.set.cues.is(hit, self.set.grammar.finite)
    }

    /// "US to ban": a bare form right after its particle.
    pub fn is_infinitive(&self) -> bool {
        let near = |h: &Hit| h.end < self.trigger.start && self.trigger.start - h.end <= 12;
        self.set.cues.form(&self.trigger) == Form::Base && self.of(self.set.grammar.infinitive).any(near)
    }

    /// Whether the sentence turns to something else between a cue and the trigger: 但, 此外, "meanwhile".
    fn turns_after(&self, hit: &Hit) -> bool {
        let between = |h: &Hit| hit.end <= h.start && h.end <= self.trigger.start;
        self.of(self.set.grammar.turns).any(between)
    }

    /// Whether the sentence turns between a cue, before or behind, and the trigger.
    fn turns_between(&self, hit: &Hit) -> bool {
        let (from, to) = (hit.end.min(self.trigger.end), hit.start.max(self.trigger.start));
        let between = |h: &Hit| from <= h.start && h.end <= to;
        self.of(self.set.grammar.turns).any(between)
    }

    fn meets<T>(&self, mark: &Mark<T>) -> bool {
        let fits = || mark.frames.is_empty() || mark.frames.contains(&self.frame);
        let met = |group, reach| self.of(group).any(|h| self.reaches(h, reach));
        self.hits.has(mark.cues)
            && fits()
            && met(mark.cues, mark.reach)
            && !met(mark.unless, Reach::Clause)
            && !met(mark.lacks, Reach::Sentence)
            && mark.with.is_none_or(|with| met(with, Reach::Sentence))
    }

    /// Whether the words of a mark that count stand behind the trigger only.
    fn stands_behind(&self, mark: &Mark<Modality>) -> bool {
        let before = |h: &Hit| h.start < self.trigger.end;
        !self.of(mark.cues).filter(|h| self.reaches(h, mark.reach)).any(before)
    }

    /// Whether a word of the group stands where asked; what is but the trigger or a part of it does not count.
    pub fn any(&self, group: u16, reach: Reach) -> bool {
        let stands = |h: &Hit| {
            let apart = h.start < self.trigger.start || h.end > self.trigger.end;
            apart && self.reaches(h, reach)
        };
        self.of(group).any(stands)
    }
}

/// The firmest-ranked cue decides; without one, the form of the trigger. What a document says is as firm as the
/// document: `document` is how firm the last one was that the text told of, where this sentence speaks of it again.
pub fn modality(site: &Site, rule: &Rule, document: Option<Modality>) -> Modality {
    let demanded = |m: &&Mark<Modality>| rule.demands && is_end(m.value) && site.stands_behind(m);
    let marks = site.set.modality.iter().filter(|m| site.meets(m) && !demanded(m));
    let cue = marks.max_by_key(|m| m.rank);
    match (cue, rule.modality) {
        (Some(mark), Some(_)) if mark.value == Modality::Denied => mark.value,
        // "Is weighing whether to withdraw", "plans to stop selling": an end that is only planned.
        (_, Some(modality)) if is_end(modality) && rule.own => wavers(site).unwrap_or(modality),
        (_, Some(modality)) if is_end(modality) => {
            planned(site, modality).or_else(|| weighed(site, site.trigger.start)).unwrap_or(modality)
        }
        (_, Some(modality)) => modality,
        (Some(mark), None) if is_end(mark.value) => end(site, mark),
        (Some(mark), None) if mark.rank >= FIRM => mark.value,
        (_, None) if document.is_some() => document.unwrap_or(Modality::InForce),
        (Some(mark), None) => mark.value,
        (None, None) if site.is_infinitive() => Modality::Announced,
        (None, None) => Modality::InForce,
    }
}

fn is_end(modality: Modality) -> bool {
    matches!(modality, Modality::Ended | Modality::Suspended | Modality::Rejected)
}

/// What a word for an end says, unless the end is only weighed.
fn end(site: &Site, mark: &Mark<Modality>) -> Modality {
    let place = site.of(mark.cues).find(|h| site.reaches(h, mark.reach)).map(|h| h.start);
    place.and_then(|place| weighed(site, place)).unwrap_or(mark.value)
}

/// "Is considering a pause", 考虑暂停发放, "drafts a delay": what is weighed or written stands before the word for the end, which has
/// not come.
fn weighed(site: &Site, place: usize) -> Option<Modality> {
    let weighs = |m: &&Mark<Modality>| {
        let before = |h: &Hit| h.end <= place && site.reaches(h, Reach::Before);
        let drafts = m.value == Modality::Drafting && m.reach == Reach::Aux;
        (m.value == Modality::Considering || drafts) && site.meets(m) && site.of(m.cues).any(before)
    };
    site.set.modality.iter().find(weighs).map(|m| m.value)
}

/// "Is considering dropping the plan": what has ended is the plan itself, so that only what stands right before its end can say that
/// the end has not come.
fn wavers(site: &Site) -> Option<Modality> {
    let weighs = |m: &&Mark<Modality>| m.value == Modality::Considering && site.any(m.cues, Reach::Aux);
    site.set.modality.iter().find(weighs).map(|m| m.value)
}

/// What the auxiliaries of the trigger say of a plan, unless they say that it was decided.
/// A bill or a draft that is rejected was always one, and so was one that is withdrawn: the word for it stands behind.
fn planned(site: &Site, end: Modality) -> Option<Modality> {
    let near = |m: &&Mark<Modality>| {
        let text = matches!(m.value, Modality::Drafting | Modality::Proposed | Modality::Consultation);
        if text && end == Modality::Rejected {
            return false;
        }
        let reach = matches!(m.reach, Reach::Before | Reach::Aux | Reach::Adjacent)
            || m.reach == Reach::Onward && text;
        m.value < Modality::InForce && (reach || m.rank > ENDS)
    };
    let told = |m: &&Mark<Modality>| site.meets(m) && site.of(m.cues).any(|h| h.start < site.trigger.start);
    let marks = site.set.modality.iter().filter(near).filter(told);
    marks.max_by_key(|m| m.rank).map(|m| m.value).filter(|m| *m < Modality::Adopted)
}

/// No cue of an end has a greater rank: what outranks it, "a bill to scrap", says that the end is only planned.
const ENDS: u8 = 98;

/// From this rank on a cue of the sentence itself outweighs the state of the document that it speaks of.
const FIRM: u8 = 85;

/// How firm the document is that a sentence tells of, if it tells of one: "is drafting", 征求意见, 印发.
pub fn document_state(set: &RuleSet, hits: &Hits) -> Option<Modality> {
    let told = |m: &&Mark<Modality>| m.document && hits.has(m.cues);
    let voided = |m: &&Mark<Modality>| hits.has(m.unless);
    set.modality.iter().filter(|m| told(m) && !voided(m)).max_by_key(|m| m.rank).map(|m| m.value)
}

/// Whether the sentence speaks of a document before the trigger: 办法规定, "the rule".
pub fn speaks_of_document(site: &Site) -> bool {
    site.of(site.set.grammar.documents).any(|h| h.end <= site.trigger.start)
}

/// Negated if the trigger says so or a cue does.
pub fn polarity(site: &Site, rule: &Rule, sentence: &str) -> Polarity {
    rule.polarity.unwrap_or_else(|| {
        // A plan goes on over a comma, a negation does not.
        let site = &Site { lead: site.clause.start, clause: site.clause.clone(), ..*site };
        let value = site.set.polarity.iter().find(|m| site.meets(m)).map_or(Polarity::Affirmed, |m| m.value);
        // 未领牌者最高可判监七年: who is punished has failed to do it.
        let offends = |h: &&Hit| {
            let negates = site.set.polarity.iter().any(|m| site.set.cues.is(h, m.cues));
            negates && h.start >= site.clause.start && h.end <= site.trigger.start
        };
        let offender = |h: &Hit| {
            let between = &sentence[h.end..site.trigger.start];
            site.set.lists.offenders.iter().any(|o| between.contains(o.as_str()))
        };
        let punished = site.frame == Frame::Penalty && site.hits.iter().find(offends).is_some_and(offender);
        if punished { Polarity::Affirmed } else { value }
    })
}

/// The first cue in the file's order decides.
pub fn exclusivity(site: &Site, sentence: &str) -> Exclusivity {
    let says = |mark: &&Mark<Exclusivity>| {
        let amount = |h: &Hit| site.of(site.set.grammar.amounts).any(|a| a.start == h.end + 1);
        let part = |h: &Hit| mark.value == Exclusivity::Only && amount(h);
        let found = |h: &Hit| site.reaches(h, mark.reach) && !part(h) && !before_figure(sentence, h.end);
        site.of(mark.cues).any(found)
    };
    site.set.exclusivity.iter().find(says).map_or(Exclusivity::Unspecified, |m| m.value)
}

/// "Only 700,000" bounds a figure, not the fillers.
fn before_figure(sentence: &str, end: usize) -> bool {
    let next = sentence[end..].trim_start_matches([' ', '有', '约', '为']).chars().next();
    next.is_some_and(|c| c.is_ascii_digit() || "$€£¥".contains(c))
}
