//! Who fills which part of a claim: the names around the trigger, by where they stand and what they are.

use super::modality::Site;
use super::rules::{FRAMES, FrameRoles, Reach, Rule, STANDS_FOR};
use crate::cues::Form;
use headwater_model::Evidence;
use headwater_model::claim::{Filler, Frame, ListChange, Modality, Role};
use headwater_model::mention::{EntityKind, EntityMention};
use std::ops::Range;

/// A name in the sentence: bytes of the sentence.
#[derive(Clone)]
pub struct Name<'a> {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is.
    pub mention: &'a EntityMention,
}

/// Fills the parts of a claim from the names of the sentence.
pub fn fill(site: &Site, rule: &Rule, sentence: &str, names: &[Name]) -> Vec<Filler> {
    let Some(frame) = FRAMES.get(&rule.frame) else { return Vec::new() };
    let passive = is_passive(site);
    let inside = |n: &&Name| site.clause.start <= n.range.start && n.range.end <= site.clause.end;
    let mut fillers = Vec::new();
    let mut acting = false;
    for name in names.iter().filter(inside) {
        if let Some(role) = role_of(site, rule, frame, passive, sentence, name) {
            // "TSMC's chairman said its plant in Arizona": of what is supplied a place is where, if a firm is told of.
            let place = rule.frame == Frame::Supply && name.mention.kind == EntityKind::Place;
            acting |= role == frame.agent && !place;
            push(&mut fillers, role, name);
        }
    }
    if !acting {
        let able = |n: &Name| frame.agents.contains(&n.mention.kind) && !is_described(site, sentence, n);
        let before = names.iter().enumerate().rev();
        let before = before.filter(|(_, n)| n.range.end <= site.clause.start && able(n));
        let placed = fillers.iter().any(|f| f.role == frame.agent);
        let before = before.filter(|(_, n)| !placed || n.mention.kind == EntityKind::Company);
        let nearest =
            || before.clone().find(|(_, n)| opens_clause(sentence, n)).or_else(|| before.clone().next());
        if let Some((at, name)) = nearest().filter(|_| !passive || rule.reverse) {
            // 英伟达表示，没有收到通知: who was told nothing told nobody.
            let untold = rule.frame == Frame::Instruction && rule.reverse;
            push(&mut fillers, if untold { Role::Subject } else { frame.agent }, name);
            let mut last = at;
            while last + 1 < names.len() && are_paired(site, sentence, &names[last], &names[last + 1]) {
                last += 1;
                push(&mut fillers, frame.agent, &names[last]);
            }
            let mut first = at;
            while first > 0 && are_paired(site, sentence, &names[first - 1], &names[first]) {
                first -= 1;
                push(&mut fillers, frame.agent, &names[first]);
            }
        }
    }
    let verb = site.set.cues.form(&site.trigger) != Form::Fixed && !rule.reverse;
    if !fillers.iter().any(|f| f.role == frame.agent) && verb {
        let acts = |n: &&Name| inside(n) && n.range.end <= site.trigger.start && !passive;
        let firms = names.iter().filter(acts).filter(|n| frame.agents_else.contains(&n.mention.kind));
        let firms: Vec<&Evidence> = firms.map(|n| &n.mention.evidence).collect();
        fillers.iter_mut().filter(|f| firms.contains(&&f.evidence)).for_each(|f| f.role = frame.agent);
    }
    // "China Telecom, which has run …, will not be required to": who bears it opened the sentence.
    // So does who is "not a subject of the inquiry".
    let is = passive || site.any(site.set.grammar.passive, Reach::Aux);
    if is && !rule.reverse && !fillers.iter().any(|f| f.role != frame.agent) {
        let before = names.iter().filter(|n| n.range.end <= site.clause.start && opens_clause(sentence, n));
        let bears =
            |n: &Name| frame.passive.get(&n.mention.kind).or(frame.patient.get(&n.mention.kind)).copied();
        if let Some((name, role)) = before.rev().find_map(|n| Some((n, bears(n)?))) {
            push(&mut fillers, role, name);
        }
    }
    if let Some(name) =
        whose_list(site, rule, sentence, names).filter(|_| !fillers.iter().any(|f| f.role == frame.agent))
    {
        push(&mut fillers, frame.agent, name);
    }
    add_countries(&mut fillers, frame.agent);
    fillers.sort_by_key(|f| f.evidence.span());
    fillers
}

/// "Were placed on Taiwan's entity list": whose list it is puts them there.
fn whose_list<'n, 'm>(
    site: &Site,
    rule: &Rule,
    sentence: &str,
    names: &'n [Name<'m>],
) -> Option<&'n Name<'m>> {
    let owns = |n: &&Name| {
        let body = matches!(n.mention.kind, EntityKind::Agency | EntityKind::Place);
        let behind = site.trigger.end <= n.range.start && n.range.end <= site.clause.end;
        body && behind && ["'s ", "’s "].iter().any(|of| sentence[n.range.end..].starts_with(of))
    };
    let acts = rule.change.is_some_and(|change| change != ListChange::Listed);
    names.iter().find(owns).filter(|_| acts)
}

/// "Beijing tells carmakers": the country acts by the name of its capital or its government.
fn add_countries(fillers: &mut Vec<Filler>, agent: Role) {
    let country = |f: &Filler| {
        let id = f.id.as_ref().filter(|_| f.role == agent)?;
        Some(Filler { id: Some(STANDS_FOR.get(id)?.clone()), ..f.clone() })
    };
    let countries: Vec<Filler> = fillers.iter().filter_map(country).collect();
    for one in countries {
        if !fillers.iter().any(|f| f.role == one.role && f.id == one.id) {
            fillers.push(one);
        }
    }
}

/// A name that opens a sentence or clause is its subject more likely than one that stands inside.
fn opens_clause(sentence: &str, name: &Name) -> bool {
    let before = sentence[..name.range.start].trim_end_matches([' ', '《', '“', '「']);
    before.is_empty()
        || before.ends_with(['，', ',', '；', ':', '：'])
        || before.ends_with(" the")
        || before == "The"
}

/// "U.S. chips", 中国企业: a place that only describes the noun behind it does not act.
fn is_described(site: &Site, sentence: &str, name: &Name) -> bool {
    name.mention.kind == EntityKind::Place && heads_noun(site, sentence, name)
}

/// Whether a noun that names can describe stands right behind a name: "Nvidia chips", 英伟达芯片.
fn heads_noun(site: &Site, sentence: &str, name: &Name) -> bool {
    let next = |h: &crate::cues::Hit| {
        h.start >= name.range.end && sentence[name.range.end..h.start].trim().is_empty()
    };
    site.of(site.set.grammar.heads).any(next)
}

/// 商务部、海关总署; "the EU and Japan": names that play one part together.
fn are_paired(site: &Site, sentence: &str, first: &Name, second: &Name) -> bool {
    if first.range.end > second.range.start || first.mention.kind != second.mention.kind {
        return false;
    }
    let between = first.range.end..second.range.start;
    let joined = |h: &crate::cues::Hit| between.start <= h.start && h.end <= between.end;
    sentence[between.clone()].trim().len() <= 5 && site.of(site.set.grammar.pairs).any(joined)
}

fn push(fillers: &mut Vec<Filler>, role: Role, name: &Name) {
    let again = fillers.iter().any(|f| f.role == role && f.id.is_some() && f.id == name.mention.id);
    if !again {
        fillers.push(Filler { role, id: name.mention.id.clone(), evidence: name.mention.evidence.clone() });
    }
}

fn is_passive(site: &Site) -> bool {
    /// Bytes between a word for a plan and what is planned.
    const PLANNED: usize = 12;
    let form = site.set.cues.form(&site.trigger);
    let begins = |h: &crate::cues::Hit| h.start == site.trigger.start && h.end < site.trigger.end;
    let itself = site.of(site.set.grammar.passive).any(begins);
    let helped = matches!(form, Form::Past | Form::Fixed | Form::Base);
    // "Is not considering a ban": behind an article stands a noun.
    let determined = || site.of(site.set.grammar.determiners).any(|h| h.end + 1 == site.trigger.start);
    // "Is considering export restrictions": so it does behind a word for what is planned.
    let planned = || {
        let plans = |value| matches!(value, Modality::Considering | Modality::Drafting | Modality::Announced);
        let marks = site.set.modality.iter().filter(|mark| plans(mark.value));
        let right_before =
            |h: &crate::cues::Hit| h.end < site.trigger.start && site.trigger.start - h.end <= PLANNED;
        marks.map(|mark| mark.cues).any(|cues| site.of(cues).any(right_before))
    };
    let noun = || form != Form::Past && (determined() || site.is_infinitive() || planned());
    itself || helped && site.any(site.set.grammar.passive, Reach::Aux) && !noun()
}

fn role_of(
    site: &Site,
    rule: &Rule,
    frame: &FrameRoles,
    passive: bool,
    sentence: &str,
    name: &Name,
) -> Option<Role> {
    let kind = name.mention.kind;
    let grammar = &site.set.grammar;
    let led_by = |group| leads(site, group, sentence, name.range.start);
    let can_act = frame.agents.contains(&kind) && !is_described(site, sentence, name);
    let before = name.range.end <= site.trigger.start;
    if rule.frame == Frame::Penalty && !before && is_of_offence(site, sentence, name) {
        return None;
    }
    let borne = frame.passive.get(&kind).filter(|_| passive && before);
    let acted = borne.or(frame.patient.get(&kind)).copied();
    if rule.frame == Frame::Penalty && is_in_grounds(site, sentence, name) && !led_by(grammar.by) {
        return None;
    }
    // "Stop buying Nvidia chips", "chips made by YMTC": whose goods they are is told neither to stop nor barred.
    let possessive = ["'s ", "’s "].iter().any(|of| sentence[name.range.end..].starts_with(of));
    let owns = possessive || led_by(grammar.by) || led_by(grammar.uses) || heads_noun(site, sentence, name);
    let goods = matches!(rule.frame, Frame::Instruction | Frame::Restriction) && kind == EntityKind::Company;
    if goods && owns && !before && !passive {
        return Some(Role::Object);
    }
    // "At least 12 firms in Israel": where they sit, whose goods may not be used.
    let placed = rule.frame == Frame::Instruction && kind == EntityKind::Place && !before && !passive;
    if placed && led_by(grammar.located) {
        return None;
    }
    // 台积电在美国投资: where it is done.
    let where_done = matches!(rule.frame, Frame::Funding | Frame::Supply) && kind == EntityKind::Place;
    if where_done && led_by(grammar.sited) && !led_by(grammar.onto) && !led_by(grammar.toward) {
        return acted.filter(|role| *role == Role::Object);
    }
    if led_by(grammar.by) && can_act {
        return Some(if rule.reverse { acted? } else { frame.agent });
    }
    // 向某厂采购: whom a buyer turns to supplies.
    if before && rule.reverse && can_act && led_by(grammar.onto) {
        return Some(frame.agent);
    }
    if before && led_by(grammar.onto) {
        return frame.toward.get(&kind).copied().or(acted);
    }
    if !before && led_by(grammar.toward) {
        return frame.toward.get(&kind).copied().or(acted);
    }
    // "was told to stop ordering Nvidia's chips": behind a passive nobody acts but who is led by "by".
    let acts = if passive && !rule.reverse { false } else { before != (passive || rule.reverse) };
    if acts && can_act { Some(frame.agent) } else { acted.filter(|_| !acts || !can_act) }
}

/// "Fined over sales to SMIC", "for selling pumps to YMTC": who is named behind the reason of a penalty is not punished.
fn is_of_offence(site: &Site, sentence: &str, name: &Name) -> bool {
    let grammar = &site.set.grammar;
    let between = |h: &crate::cues::Hit| site.trigger.end <= h.start && h.end < name.range.start;
    // "For" and "with" tell the act only before its -ing form: "a fine for Apple", "settled with Apple".
    let acts = |h: &crate::cues::Hit| {
        let next = sentence[h.end..].trim_start().split([' ', ',']).next().unwrap_or_default();
        next.len() > 4 && next.ends_with("ing")
    };
    site.of(grammar.reasons).any(between) || site.of(grammar.reasons_of_acts).any(|h| between(h) && acts(h))
}

/// 因向华为出口被罚, 指控三人向华为走私: whom the reason for a punishment names is not punished.
fn is_in_grounds(site: &Site, sentence: &str, name: &Name) -> bool {
    let opens = |h: &crate::cues::Hit| {
        let beside = h.end <= name.range.start && h.start >= site.clause.start;
        // 以涉嫌走私起诉华为: behind the verb stands who is punished.
        let parted = h.end <= site.trigger.start && site.trigger.end <= name.range.start;
        beside && !parted
    };
    let behind = name.range.start >= site.trigger.end;
    site.of(site.set.grammar.grounds).any(opens)
        || behind && leads(site, site.set.grammar.sent, sentence, name.range.start)
}

/// Whether a word of the group stands right before a name, with at most an article or two other words between.
fn leads(site: &Site, group: u16, sentence: &str, start: usize) -> bool {
    let apart = |h: &crate::cues::Hit| h.start >= site.trigger.end || start <= site.trigger.start;
    let near = |h: &&crate::cues::Hit| h.end <= start && start - h.end <= 14 && apart(h);
    site.of(group).filter(near).any(|h| !sentence[h.end..start].contains([',', '，', '、', ';', '；']))
}
