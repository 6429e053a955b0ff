//! Designations: of each member that was found once, with the days that its act gives.

use super::grammar::grammar;
use super::{Act, Found, Notice, Reader};
use crate::acts::effective::{self, Effective, OfPart};
use crate::acts::times;
use crate::lists::parties::{Met, Party};
use crate::text::passage::{self, overlap};
use crate::text::units::simplified;
use crate::text::words::{ends_with_any, has_any, lists};
use headwater_model::claim::ListChange;
use headwater_model::knowledge::Entity;
use headwater_model::membership::{bare_key, is_legal_form, is_named_as, names_of};
use headwater_model::mention::EntityKind;
use headwater_model::time::Date;
use headwater_model::tracking::{Basis, Designation};
use headwater_model::{Article, EntityId, Evidence};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Entries and parties to which a document gives a day of their own.
struct Part {
    entries: Vec<u32>,
    /// Parties that the words name which say so.
    names: BTreeSet<String>,
    from: Effective,
}

impl Reader<'_> {
    /// What the document does to lists by all that was read.
    pub(super) fn notice(self, article: &Article) -> Notice {
        let when_from = self.when_from(article);
        let parts = self.parts_with_days();
        let mut designations = self.members(when_from.as_ref(), &parts);
        // Rows under a headline, in a document without a day of its own.
        let undated = article.published.is_none() && when_from.is_none();
        if undated && self.acts.iter().all(|act| act.named == 0 && act.period.from.is_none()) {
            for one in &mut designations {
                one.rule.annexed = true;
            }
        }
        let postponed = self.acts.iter().filter(|act| act.change == ListChange::Postponed && act.named == 0);
        designations.extend(postponed.filter_map(|act| self.postponement(act)));
        let unread = self.unread(&designations);
        Notice { designations, unread }
    }

    /// From when the document applies, by what it says outside the sentences of acts with days of their own.
    fn when_from(&self, article: &Article) -> Option<Effective> {
        let dated = self.acts.iter().filter(|act| act.named > 0 && act.period.from.is_some());
        let own_days: Vec<Range<usize>> = dated.map(|act| act.sentence.clone()).collect();
        effective::of_document_outside(self.seen, article, self.analysis, &own_days)
    }

    /// Single entries and parties to which the document gives a day of their own, outside the sentences of acts.
    fn parts_with_days(&self) -> Vec<Part> {
        let acts =
            |part: &OfPart| self.acts.iter().any(|act| act.named > 0 && overlap(&act.sentence, &part.words));
        let mut parts = effective::of_parts(self.seen, self.analysis);
        parts.retain(|part| !acts(part));
        if parts.is_empty() {
            return Vec::new();
        }
        let mut names: Vec<String> = self.found.iter().map(|found| self.own_key(&found.party)).collect();
        names.sort_by(|a, b| (b.len(), a).cmp(&(a.len(), b)));
        names.dedup();
        let read = |part: OfPart| {
            let words = &self.folded[part.words];
            Part { entries: effective::entries_in(words), names: names_told(words, &names), from: part.from }
        };
        parts.into_iter().map(read).collect()
    }

    /// A party's name as it is sought in the words of others.
    fn own_key(&self, party: &Party) -> String {
        simplified(&bare_key(&self.seen.text.as_str()[party.at.clone()]))
    }

    /// The day of its own that a member has by its number or its name.
    fn own_day<'p>(&self, found: &Found, parts: &'p [Part]) -> Option<&'p Effective> {
        if parts.is_empty() {
            return None;
        }
        let name = self.own_key(&found.party);
        let number = self.entry_number(found);
        let is_meant = |part: &&Part| match number.filter(|_| !part.entries.is_empty()) {
            Some(number) => part.entries.contains(&number),
            None => part.names.contains(&name),
        };
        parts.iter().find(is_meant).map(|part| &part.from)
    }

    /// The number before a member in its numbered line or row; one that opens a sentence counts something else.
    fn entry_number(&self, found: &Found) -> Option<u32> {
        let (text, at) = (self.seen.text.as_str(), &found.party.at);
        let line = text[..at.start].rfind('\n').map_or(0, |n| n + 1);
        let before = &text[line..at.start];
        let end = text[at.end..].find('\n').map_or(text.len(), |n| at.end + n);
        let is_entry = match found.basis {
            Basis::Table => before.contains('\t'),
            Basis::Line => passage::numbered(&text[line..end]).is_some(),
            _ => false,
        };
        let before = before.trim_start_matches(|c: char| !c.is_alphanumeric());
        before.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok().filter(|_| is_entry)
    }

    /// The first act that points to members of whom none was read. An annex gives both names where its notice gave one.
    fn unread(&self, designations: &[Designation]) -> Option<Evidence> {
        let read = |act: &Act| designations.iter().any(|d| d.list == act.list && d.change == act.change);
        let unread = self.acts.iter().find(|act| act.points && !read(act))?;
        self.seen.cut(unread.sentence.clone())
    }

    /// Every member of every act, once.
    fn members(&self, when_from: Option<&Effective>, parts: &[Part]) -> Vec<Designation> {
        let mut designations: Vec<Designation> = Vec::new();
        // Those whose day is that of the document.
        let mut general: Vec<bool> = Vec::new();
        let mut met: BTreeMap<(&EntityId, ListChange), Met> = BTreeMap::new();
        let short = self.short_names();
        let by_short_name = |found: &Found| short.get(&found.party.at.start).cloned();
        for found in &self.found {
            let act = &self.acts[found.act];
            let own = self.own_day(found, parts).or(act.period.from.as_ref());
            let Some(one) = self.designation(found, own, when_from) else { continue };
            let one = Designation { member: one.member.or_else(|| by_short_name(found)), ..one };
            let met = met.entry((&act.list, act.change)).or_default();
            let names = || std::iter::once(&one.name).chain(&one.also).map(String::as_str);
            let same = met.find(names());
            met.take(names(), same.unwrap_or(designations.len()));
            match same.and_then(|number| designations.get_mut(number)) {
                Some(known) => {
                    // "The addition of Acme is effective …": a later sentence gives the day.
                    let number = same.unwrap_or_default();
                    if own.is_some() && std::mem::replace(&mut general[number], false) {
                        (known.effective, known.dated) = (one.effective, one.dated.clone());
                    }
                    complete(known, one);
                }
                None => {
                    designations.push(one);
                    general.push(own.is_none());
                }
            }
        }
        designations
    }

    /// The designation of a member: cited is the sentence that names it, or its line with the sentence above it.
    fn designation(
        &self,
        found: &Found,
        own: Option<&Effective>,
        when_from: Option<&Effective>,
    ) -> Option<Designation> {
        let act = &self.acts[found.act];
        let text = self.seen.text.as_str();
        let sentence = self.seen.cut(act.sentence.clone())?;
        let (evidence, above) = if is_row(found.basis) {
            (self.seen.cut(line_around(text, &found.party.at))?, Some(sentence))
        } else {
            (sentence, None)
        };
        let of_document = when_from.filter(|_| act.change != ListChange::Postponed);
        let effective = own.or(of_document);
        if act.coming && effective.is_none() {
            return None;
        }
        Some(Designation {
            list: act.list.clone(),
            member: self.member(&found.party),
            name: text[found.party.at.clone()].trim().to_owned(),
            also: found.party.also.clone(),
            change: act.change,
            effective: effective.map(|e| e.day),
            until: self.until(act, effective.map(|e| e.day)),
            instead_of: act.period.instead_of,
            dated: effective.and_then(|e| e.cited.clone()),
            published: self.seen.day,
            class: self.seen.class,
            cited: self.seen.cite(evidence),
            act: above.map(|sentence| self.seen.cite(sentence)),
            rule: found.basis.into(),
        })
    }

    /// "Delays the effective date from … to …": what was to count from the one day counts from the other.
    fn postponement(&self, act: &Act) -> Option<Designation> {
        let from = act.period.from.as_ref()?;
        let instead_of = act.period.instead_of.or_else(|| self.published_day(&act.sentence))?;
        let sentence = self.seen.cut(act.sentence.clone())?;
        Some(Designation {
            list: act.list.clone(),
            member: None,
            name: String::new(),
            also: Vec::new(),
            change: ListChange::Postponed,
            effective: Some(from.day),
            until: None,
            instead_of: Some(instead_of),
            dated: from.cited.clone(),
            published: self.seen.day,
            class: self.seen.class,
            cited: self.seen.cite(sentence),
            act: None,
            rule: Basis::Prose.into(),
        })
    }

    /// The last day of an act: that of a suspension, or of a listing that is for a time by its own words.
    fn until(&self, act: &Act, from: Option<Date>) -> Option<Date> {
        if act.change != ListChange::Added {
            return act.period.until;
        }
        let own = Some(act.sentence.clone()).filter(|own| self.is_for_a_time(own));
        let of_document = || self.validity.get_or_init(|| self.validity_of_document()).clone();
        let sentence = own.or_else(of_document)?;
        let start = from.unwrap_or(self.seen.day);
        let period = effective::period(self.seen, self.analysis, &sentence);
        let stated = period.until.filter(|until| *until > start);
        let told = || times::last_day(&self.folded[sentence.clone()], start);
        // The only day of a sentence may be that from which the time runs.
        if effective::days_in(self.seen, self.analysis, sentence.clone()).count() > 1 {
            stated.or_else(told)
        } else {
            told().or(stated)
        }
    }

    fn is_for_a_time(&self, stretch: &Range<usize>) -> bool {
        has_any(&self.folded[stretch.clone()], &grammar().validity)
    }

    /// 本公告自…起实施，有效期一年.
    fn validity_of_document(&self) -> Option<Range<usize>> {
        let text = self.seen.text.as_str();
        let line = passage::lines(text).find(|line| self.is_for_a_time(line))?;
        let itself = |sentence: &Range<usize>| has_any(&self.folded[sentence.clone()], &grammar().itself);
        passage::sentences(text, line).into_iter().find(|s| self.is_for_a_time(s) && itself(s))
    }

    /// The parties of the knowledge that names of members are but longer names of, by where they stand: 上海 before it, Technology
    /// and a legal form behind it. Two such names in one document are of two parties, and neither need be the known one.
    fn short_names(&self) -> BTreeMap<usize, EntityId> {
        let name = |found: &Found| self.seen.text.as_str()[found.party.at.clone()].to_owned();
        let mut bearers: BTreeMap<EntityId, BTreeMap<String, Vec<usize>>> = BTreeMap::new();
        for found in &self.found {
            let known = self.member(&found.party).or_else(|| self.by_core(&found.party));
            let Some(id) = known else { continue };
            bearers.entry(id).or_default().entry(name(found)).or_default().push(found.party.at.start);
        }
        let alone = bearers.into_iter().filter(|(_, names)| names.len() == 1);
        let places = alone.flat_map(|(id, names)| {
            names.into_values().flatten().map(move |at| (at, id.clone())).collect::<Vec<_>>()
        });
        places.collect()
    }

    /// The company of the knowledge whose name is what a member's name is in its core.
    fn by_core(&self, party: &Party) -> Option<EntityId> {
        let text = self.seen.text.as_str();
        let entities = &self.analysis.entities;
        let inside = passage::mentions_in(&self.seen.text, entities, |e| &e.evidence, party.at.clone());
        let inside: Vec<_> = inside.filter(|e| e.id.is_some()).collect();
        let places = inside.iter().filter(|e| e.kind == EntityKind::Place);
        let places: Vec<&str> = places.map(|e| e.evidence.quote()).collect();
        let cores: Vec<String> =
            names_of(&text[party.at.clone()]).into_iter().map(|name| core(name, &places)).collect();
        let companies = inside.iter().filter(|e| e.kind == EntityKind::Company);
        let mut known = companies.filter_map(|e| self.knowledge.entity(e.id.as_ref()?));
        let is_called = |entity: &&Entity| {
            let names: Vec<String> = entity.names().map(|known| core(known, &[])).collect();
            cores.iter().any(|core| core.chars().count() > 1 && names.contains(core))
        };
        known.find(is_called).map(|entity| entity.id.clone())
    }

    /// The party that the knowledge has under the whole of a name. A longer name that begins with a known one is another's.
    fn member(&self, party: &Party) -> Option<EntityId> {
        use EntityKind as K;
        let name = &self.seen.text.as_str()[party.at.clone()];
        let entities = &self.analysis.entities;
        let inside = passage::mentions_in(&self.seen.text, entities, |e| &e.evidence, party.at.clone());
        let parties =
            inside.filter(|e| matches!(e.kind, K::Company | K::Organisation | K::Person | K::Product));
        let mut known = parties.filter_map(|e| self.knowledge.entity(e.id.as_ref()?));
        let is_called = |entity: &&Entity| entity.names().any(|known| is_named_as(known, name));
        known.find(is_called).map(|entity| entity.id.clone())
    }

    /// The day on which the rule that a sentence speaks of was published: "the final rule published February 2, 2026".
    pub(super) fn published_day(&self, sentence: &Range<usize>) -> Option<Date> {
        let told = |at: &Range<usize>| {
            let before = self.folded[sentence.start..at.start].trim_end();
            let before = before.strip_suffix(" on").unwrap_or(before);
            ends_with_any(before, &grammar().told)
        };
        let mut days = effective::days_in(self.seen, self.analysis, sentence.clone());
        days.find(|date| told(&self.seen.text.bytes(date.evidence.span())))?.value.parse().ok()
    }
}

/// Which of some names, the longest first, folded words hold as whole words: "Heron Optics" is not "Heron", nor "western" "Tern".
fn names_told(words: &str, names: &[String]) -> BTreeSet<String> {
    /// Letters of the shortest name by which a part is told.
    const SHORTEST: usize = 3;
    let mut key = String::new();
    // Places in the key before which something stands that is no letter.
    let mut edges = BTreeSet::new();
    for c in words.chars() {
        if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        } else {
            edges.insert(key.len());
        }
    }
    edges.extend([0, key.len()]);
    let is_edge = |at: usize| {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        edges.contains(&at) || !(latin(key[..at].chars().next_back()) && latin(key[at..].chars().next()))
    };
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut told = BTreeSet::new();
    for name in names.iter().filter(|name| name.chars().count() >= SHORTEST) {
        for (at, _) in key.match_indices(name.as_str()) {
            let at = at..at + name.len();
            if is_edge(at.start) && is_edge(at.end) && !taken.iter().any(|other| overlap(other, &at)) {
                taken.push(at);
                told.insert(name.clone());
            }
        }
    }
    told
}

/// What is left of a name without a place before it, and without a legal form and words for what companies do behind it.
fn core(name: &str, places: &[&str]) -> String {
    let behind =
        |name: &str| places.iter().find_map(|place| Some(name.strip_prefix(place)?.trim().to_owned()));
    let mut rest = simplified(&behind(name).unwrap_or_else(|| name.to_owned()));
    let general = &lists().members.of_companies;
    loop {
        let bare = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        let whole = |word: &str, before: &str| !word.is_ascii() || before.ends_with([' ', ',', '.']);
        let form = |word: &str| {
            let before = bare.strip_suffix(word)?;
            (whole(word, before) && before.chars().any(char::is_alphanumeric)).then_some(before)
        };
        let last = bare.rsplit([' ', ',']).next().unwrap_or_default();
        let legal = if is_legal_form(&last.replace('.', "")) { form(last) } else { None };
        let shorter = legal.or_else(|| general.iter().find_map(|word| form(word)));
        match shorter {
            Some(shorter) => rest = shorter.to_owned(),
            None => return bare_key(bare),
        }
    }
}

/// Whether a party is named in a line of its own below the sentence of its act, and not in the sentence itself.
fn is_row(basis: Basis) -> bool {
    !matches!(basis, Basis::Prose | Basis::Correction) && !basis.only_names()
}

/// Adds to a designation what another of the same member says. A row with both names says more than the sentence above it.
fn complete(known: &mut Designation, one: Designation) {
    if known.rule.basis != Basis::Prose || !is_row(one.rule.basis) {
        let more: Vec<String> = std::iter::once(one.name).chain(one.also).collect();
        let news: Vec<String> =
            more.into_iter().filter(|name| *name != known.name && !known.also.contains(name)).collect();
        known.also.extend(news);
        return;
    }
    let before = std::mem::replace(&mut known.name, one.name);
    let others = std::iter::once(before).chain(std::mem::take(&mut known.also)).chain(one.also);
    known.also = others.filter(|name| *name != known.name).collect();
    known.act = Some(std::mem::replace(&mut known.cited, one.cited));
    known.rule = one.rule;
}

/// The line around a stretch, or the stretch itself where that is too long to be quoted.
fn line_around(text: &str, at: &Range<usize>) -> Range<usize> {
    /// Bytes of the longest line that is quoted whole.
    const LINE: usize = 400;
    let start = text[..at.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at.end..].find('\n').map_or(text.len(), |n| at.end + n);
    if end - start <= LINE { start..end } else { at.clone() }
}
