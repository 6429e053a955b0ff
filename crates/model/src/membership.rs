//! A list's members on a day, folded from its designations.

use crate::claim::ListChange;
use crate::source::SourceClass;
use crate::time::days_between;
use crate::tracking::{Basis, Cited, Designation};
use crate::{CaptureId, EntityId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The day from which an act counts: its effective date, else its publication.
pub fn counts_from(designation: &Designation) -> Date {
    designation.effective.unwrap_or(designation.published)
}

/// What identifies a member: its entity, else the letters and digits of its name in lower case.
pub fn member_key(designation: &Designation) -> String {
    match &designation.member {
        Some(id) => id.to_string(),
        None => name_key(&designation.name),
    }
}

/// A name by its letters and digits in lower case: "Acme Corp." is "ACME Corp".
pub fn name_key(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether two names are one party's: alike but for marks, capitals and what the law calls its bearer.
pub fn is_named_as(a: &str, b: &str) -> bool {
    let (x, y) = (bare_key(a), bare_key(b));
    name_key(a) == name_key(b) || (x == y && x.chars().count() > 1)
}

/// The names of a party: all of it, and where it is written in two scripts, 洛克韦尔公司（Rockwell Corp.）, each.
pub fn names_of(name: &str) -> Vec<&str> {
    let mut names = vec![name];
    if let Some((first, rest)) = name.split_once(['（', '('])
        && let Some((second, after)) = rest.split_once(['）', ')'])
        && after.trim().is_empty()
        && has_han(first) != has_han(second)
    {
        names.extend([first.trim(), second.trim()]);
    }
    names
}

fn has_han(text: &str) -> bool {
    text.chars().any(crate::script::is_han)
}

/// Whether a word in lower case is what the law calls a company, which by itself names nobody: "ltd".
pub fn is_legal_form(word: &str) -> bool {
    LEGAL_FORMS.contains(&word)
}

static LEGAL_FORMS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/legal_forms.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// A name without what the law calls its bearer: "Acme" of "Acme Co., Ltd.".
pub fn bare_key(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut rest = lower.trim();
    while let Some(shorter) = LEGAL_FORMS.iter().find_map(|form| {
        let before = rest.trim_end_matches(|c: char| !c.is_alphanumeric()).strip_suffix(form)?;
        let whole = has_han(form) || before.ends_with(|c: char| !c.is_alphanumeric());
        (whole && before.chars().any(char::is_alphanumeric)).then_some(before)
    }) {
        rest = shorter;
    }
    name_key(rest)
}

/// Whether a name is without what the law calls its bearer.
pub fn is_bare(name: &str) -> bool {
    bare_key(name) == name_key(name)
}

/// The members met so far, by all that they are called.
#[derive(Default)]
struct Known {
    /// Key of the member of each name.
    exact: BTreeMap<String, String>,
    /// Keys of the members of each name without its legal form, with the captures that name them.
    bare: BTreeMap<String, BTreeMap<String, BTreeSet<CaptureId>>>,
}

impl Known {
    /// The key of the member that an act is about. A short name is its long one's if only one long name is known, unless
    /// one page gives both: then they are two parties.
    fn key(&mut self, act: &Designation) -> String {
        let names: Vec<&str> = names(act).collect();
        let mut exact = vec![member_key(act)];
        exact.extend(names.iter().map(|name| name_key(name)));
        let bare: Vec<String> = names.iter().map(|name| bare_key(name)).collect();
        let page = &act.cited.capture;
        let long = || {
            let only = bare.iter().filter_map(|name| self.bare.get(name)).filter(|keys| keys.len() == 1);
            only.flatten().find(|(_, pages)| !pages.contains(page)).map(|(key, _)| key.clone())
        };
        let met = exact.iter().find_map(|name| self.exact.get(name).cloned()).or_else(long);
        let key = met.unwrap_or_else(|| exact[0].clone());
        for name in exact {
            self.exact.entry(name).or_insert_with(|| key.clone());
        }
        for name in bare {
            self.bare.entry(name).or_default().entry(key.clone()).or_default().insert(page.clone());
        }
        key
    }
}

/// A member on a day, with every designation that speaks of it up to then, the deciding one last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a> {
    /// What identifies it.
    pub key: String,
    /// Its designations in the order in which they count.
    pub designations: Vec<&'a Designation>,
    /// Whether an official act says that it is one, and not the press alone.
    pub is_official: bool,
    /// The act by which the list's measures do not apply to it on that day.
    pub suspended: Option<&'a Designation>,
    /// The act by which that of [`Member::since`] was put off to another day.
    pub put_off: Option<&'a Designation>,
    /// The day of the notice to which the annex belongs that lists it, where [`Member::since`] is a row of one, or of which a
    /// report tells that names it besides.
    pub annexed: Option<Date>,
}

impl<'a> Member<'a> {
    /// The act since which it is a member without a break: the first to list it after its last official removal.
    pub fn since(&self) -> &'a Designation {
        let removed = |d: &&Designation| d.change == ListChange::Removed && d.class == SourceClass::Official;
        let run = self.designations.rsplit(removed).next().unwrap_or_default();
        let act = run.iter().find(|d| makes_member(d)).or(self.designations.last());
        act.copied().unwrap_or(self.designations[0])
    }

    /// What its list calls it on that day: by the last official act that gave it a name, else by [`Member::since`].
    pub fn name(&self) -> &'a str {
        let renamed = |d: &&&Designation| d.rule.basis.only_names() && d.class == SourceClass::Official;
        let last = self.designations.iter().rfind(renamed).copied();
        &last.unwrap_or_else(|| self.since()).name
    }

    /// The party of the knowledge that it is.
    pub fn entity(&self) -> Option<&'a EntityId> {
        self.misprint().unwrap_or_else(|| self.since()).member.as_ref()
    }

    /// The correction that put it in the place of another party.
    pub fn misprint(&self) -> Option<&'a Designation> {
        self.designations.iter().rfind(|d| d.rule.basis == Basis::Misprint).copied()
    }

    /// All else that its acts call it.
    pub fn also(&self) -> Vec<&'a str> {
        let own = |d: &&'a Designation| -> Vec<&'a str> {
            std::iter::once(&d.name).chain(&d.also).map(String::as_str).collect()
        };
        let name = self.name();
        let misprints = self.misprint().map(misprinted).unwrap_or_default();
        let mut found: Vec<&'a str> = Vec::new();
        for other in self.designations.iter().flat_map(own) {
            let another = other.is_empty()
                || name_key(other) == name_key(name)
                || !misprints.is_empty()
                    && names_of(other).iter().all(|name| misprints.contains(&bare_key(name)));
            if !another && !found.contains(&other) {
                found.push(other);
            }
        }
        found
    }

    /// The day since which it is a member: that of [`Member::since`], or the one to which that was put off, or of its notice.
    pub fn since_day(&self) -> Date {
        let later = self.put_off.and_then(|later| later.effective);
        later.or(self.annexed).unwrap_or_else(|| counts_from(self.since()))
    }

    /// Reports of the official act of [`Member::since`] that give it another day: they make nobody a member, and differ all
    /// the same.
    pub fn dated_otherwise(&self) -> impl Iterator<Item = &'a Designation> {
        let (own, day) = (self.since(), self.since_day());
        let is_official = own.class == SourceClass::Official && own.change == ListChange::Added;
        let differs = move |d: &&Designation| {
            reports_listing(d) && is_near(d, own) && d.effective.is_some_and(|told| told != day)
        };
        self.designations.iter().copied().filter(move |_| is_official).filter(differs)
    }

    /// The words that give that day, if any do.
    pub fn dated(&self) -> Option<&'a Cited> {
        match self.put_off {
            Some(later) => Some(later.dated.as_ref().unwrap_or(&later.cited)),
            None => self.since().dated.as_ref(),
        }
    }
}

/// The members on `day`, from what had been published by `known_by`, by key. Only an official act removes a
/// member: absence from a report, or a report of a removal, does not. Nor does a report of an official act put anybody on the
/// list before that act counts.
pub fn members_on(designations: &[Designation], day: Date, known_by: Date) -> Vec<Member<'_>> {
    let counts = |d: &&Designation| d.published <= known_by && d.class != SourceClass::Secondary;
    let (mut postponements, known): (Vec<&Designation>, Vec<&Designation>) =
        designations.iter().filter(counts).partition(|d| d.change == ListChange::Postponed);
    postponements.sort_by_key(|d| d.published);
    let (annexes, corrections) = (Annexes::new(&known), Corrections::new(&known));
    let notices = Notices::new(&known, &corrections);
    let applies = |d: &Designation| annexes.from(d).unwrap_or_else(|| applies_from(d, &postponements));
    let besides = |d: &Designation| notices.told_besides(d).map(applies).filter(|day| *day > counts_from(d));
    let mut acts: Vec<(Date, Option<&Designation>, &Designation)> = known
        .iter()
        .map(|d| (notices.told_by(d), *d))
        .map(|(notice, d)| (besides(d).unwrap_or_else(|| applies(notice.unwrap_or(d))), notice, d))
        .filter(|(from, ..)| *from <= day)
        .collect();
    acts.sort_by_key(|(from, notice, _)| (*from, notice.is_some()));
    let mut members: BTreeMap<String, Standing> = BTreeMap::new();
    let mut met = Known::default();
    for (_, notice, act) in acts {
        let own = notice.unwrap_or(act);
        let named = corrections.of(own).unwrap_or(own);
        let standing = members.entry(met.key(named)).or_default();
        match notice {
            Some(_) => standing.acts.push(act),
            None => standing.take(act),
        }
    }
    let on = members.into_iter().filter(|(_, standing)| standing.is_member && !standing.has_ended(day));
    on.map(|(key, standing)| {
        let suspended = standing.suspended.filter(|act| act.until.is_none_or(|last| day <= last));
        let Standing { is_official, acts, .. } = standing;
        let mut member =
            Member { key, designations: acts, is_official, suspended, put_off: None, annexed: None };
        member.put_off = put_off_by(member.since(), &postponements);
        member.annexed = annexes.from(member.since()).or_else(|| besides(member.since()));
        member
    })
    .collect()
}

/// From when the rows of annexes count: from the day of the nearest notice that names one of their parties, where they give none.
struct Annexes<'a> {
    days: BTreeMap<&'a CaptureId, Date>,
}

impl<'a> Annexes<'a> {
    /// Days between the notice and what was seen of its annex.
    const BETWEEN: i32 = 31;

    fn new(known: &[&'a Designation]) -> Self {
        let rows = known.iter().filter(|d| d.rule.annexed && d.effective.is_none());
        let mut names: BTreeMap<String, BTreeSet<&'a CaptureId>> = BTreeMap::new();
        for row in rows {
            for name in keys(row) {
                names.entry(name).or_default().insert(&row.cited.capture);
            }
        }
        let mut days = BTreeMap::new();
        if names.is_empty() {
            return Annexes { days: BTreeMap::new() };
        }
        let seen: BTreeMap<&CaptureId, Date> =
            known.iter().filter(|d| d.rule.annexed).map(|d| (&d.cited.capture, d.published)).collect();
        for notice in known.iter().filter(|act| is_notice(act)) {
            for annex in keys(notice).iter().filter_map(|name| names.get(name)).flatten() {
                let Some(day) = seen.get(annex) else { continue };
                let between = days_between(*day, notice.published);
                if between <= Self::BETWEEN {
                    let near = (between, counts_from(notice));
                    days.entry(*annex)
                        .and_modify(|nearest: &mut (i32, Date)| {
                            if near.0 < nearest.0 {
                                *nearest = near;
                            }
                        })
                        .or_insert(near);
                }
            }
        }
        Annexes { days: days.into_iter().map(|(annex, (_, day))| (annex, day)).collect() }
    }

    fn from(&self, row: &Designation) -> Option<Date> {
        let own = row.rule.annexed && row.effective.is_none();
        self.days.get(&row.cited.capture).copied().filter(|_| own)
    }
}

/// Official acts that put parties on the list, by their names, and those of which a capture tells.
struct Notices<'a> {
    acts: BTreeMap<String, Vec<&'a Designation>>,
    told: BTreeMap<&'a CaptureId, &'a Designation>,
}

impl<'a> Notices<'a> {
    fn new(known: &[&'a Designation], corrections: &Corrections) -> Self {
        let mut acts: BTreeMap<String, Vec<&'a Designation>> = BTreeMap::new();
        for act in known.iter().filter(|act| is_notice(act)) {
            let right = corrections.of(act);
            for name in all_keys(act).into_iter().chain(right.map(all_keys).unwrap_or_default()) {
                acts.entry(name).or_default().push(act);
            }
        }
        let mut notices = Notices { acts, told: BTreeMap::new() };
        let told = known.iter().filter_map(|d| Some((&d.cited.capture, notices.told_by(d)?)));
        notices.told = told.collect();
        notices
    }

    /// The official act that a report tells of: what newsrooms take for its day is not the day of the act.
    fn told_by(&self, report: &Designation) -> Option<&'a Designation> {
        if !reports_listing(report) {
            return None;
        }
        let names = all_keys(report).into_iter();
        let acts: Vec<_> = names.filter_map(|name| self.acts.get(&name)).flatten().collect();
        acts.into_iter().copied().find(|act| is_near(report, act) && counts_from(report) <= counts_from(act))
    }

    /// The official act of which a report tells that puts somebody on the list besides: whom the act does not name is no member
    /// before those whom it does.
    fn told_besides(&self, report: &Designation) -> Option<&'a Designation> {
        let act = self.told.get(&report.cited.capture).copied().filter(|act| is_near(report, act))?;
        (reports_listing(report) && self.told_by(report).is_none()).then_some(act)
    }
}

/// What was printed wrongly in official acts.
struct Corrections<'a> {
    /// Acts that name the wrong party, with the correction that names the right one.
    acts: Vec<(&'a Designation, &'a Designation)>,
}

impl<'a> Corrections<'a> {
    fn new(known: &[&'a Designation]) -> Self {
        let is_official = |d: &&&'a Designation| d.class == SourceClass::Official;
        let misprints = known.iter().filter(is_official).filter(|d| d.rule.basis == Basis::Misprint);
        let mut acts = Vec::new();
        for misprint in misprints {
            let wrong = misprinted(misprint);
            let named = known.iter().filter(is_official).filter(|act| {
                !act.rule.basis.only_names()
                    && act.rule.basis != Basis::Correction
                    && act.published <= misprint.published
                    && keys(act).iter().any(|name| wrong.contains(name))
            });
            // The last notice before the correction is the one that it corrects.
            let named: Vec<_> = named.collect();
            let last = named.iter().map(|act| act.published).max();
            acts.extend(
                named.into_iter().filter(|act| Some(act.published) == last).map(|act| (*act, *misprint)),
            );
        }
        Corrections { acts }
    }

    /// The correction of an act.
    fn of(&self, act: &Designation) -> Option<&'a Designation> {
        self.acts.iter().find(|(wrong, _)| std::ptr::eq(*wrong, act)).map(|(_, right)| *right)
    }
}

/// Whether the day that a report gives is near enough to an official act for one of it.
fn is_near(report: &Designation, act: &Designation) -> bool {
    /// Days before or after the act.
    const NEAR: i32 = 62;
    let day = counts_from(report);
    days_between(act.published, day).min(days_between(counts_from(act), day)) <= NEAR
}

/// Whether an act puts its party on the list or says that it stands there.
fn puts_on(act: &Designation) -> bool {
    matches!(act.change, ListChange::Added | ListChange::Listed)
}

/// Whether it does, and does not only say what a member is called.
fn makes_member(act: &Designation) -> bool {
    puts_on(act) && !act.rule.basis.only_names()
}

/// Whether an official act puts its party on the list by itself, and not as a row of an annex.
fn is_notice(act: &Designation) -> bool {
    act.change == ListChange::Added && act.class == SourceClass::Official && !act.rule.annexed
}

/// Whether a report tells that somebody is put on the list or stands there.
fn reports_listing(act: &Designation) -> bool {
    puts_on(act) && act.class != SourceClass::Official
}

/// All that an act's party is called. Who was printed in its place is another.
fn names(act: &Designation) -> impl Iterator<Item = &str> {
    let also = act.also.iter().filter(|_| act.rule.basis != Basis::Misprint);
    std::iter::once(&act.name).chain(also).flat_map(|name| names_of(name))
}

/// The same as keys.
fn keys(act: &Designation) -> Vec<String> {
    names(act).map(bare_key).collect()
}

/// The same, and what the knowledge calls it.
fn all_keys(act: &Designation) -> Vec<String> {
    keys(act).into_iter().chain(act.member.as_ref().map(|id| id.to_string())).collect()
}

/// Who was printed wrongly by what a correction says, as keys.
fn misprinted(correction: &Designation) -> Vec<String> {
    correction.also.iter().flat_map(|name| names_of(name)).map(bare_key).collect()
}

/// How a party stands to a list.
#[derive(Default)]
struct Standing<'a> {
    is_member: bool,
    /// Whether an official act made it one.
    is_official: bool,
    /// The official act that says that it is none.
    excluded: Option<&'a Designation>,
    suspended: Option<&'a Designation>,
    /// The last official act that took it off.
    removed: Option<&'a Designation>,
    acts: Vec<&'a Designation>,
}

impl<'a> Standing<'a> {
    fn take(&mut self, act: &'a Designation) {
        let official = act.class == SourceClass::Official;
        match act.change {
            _ if act.rule.basis.only_names() => {}
            // Who was taken off before the act counted never came on by it.
            ListChange::Added | ListChange::Listed if self.was_cancelled(act) => {}
            // A report that the authority says is wrong.
            ListChange::Added | ListChange::Listed if !official && self.is_denied(act) => {}
            ListChange::Added | ListChange::Listed => {
                (self.is_member, self.is_official) = (true, self.is_official || official);
            }
            ListChange::Excluded if official => {
                self.is_member &= self.is_official && act.rule.basis != Basis::Correction;
                self.excluded = Some(act);
            }
            ListChange::Removed if official => {
                (self.is_member, self.is_official, self.suspended) = (false, false, None);
                self.removed = Some(act);
            }
            // Measures against a member cannot rest or go on but where it is one.
            ListChange::Suspended if official => {
                (self.is_member, self.is_official, self.suspended) = (true, true, Some(act));
            }
            ListChange::Resumed if official => {
                (self.is_member, self.is_official, self.suspended) = (true, true, None);
            }
            _ => {}
        }
        self.acts.push(act);
    }

    /// Whether it is listed for a time only, and that time is over: its last listing says until when.
    fn has_ended(&self, day: Date) -> bool {
        let last =
            self.acts.iter().filter(|act| act.class == SourceClass::Official).rfind(|act| makes_member(act));
        last.and_then(|act| act.until).is_some_and(|until| until < day)
    }

    /// Whether the authority said not long before that it is not on the list, or took it off: a report of that notice may have
    /// mistaken who comes for who goes.
    fn is_denied(&self, report: &Designation) -> bool {
        /// Days for which such a word stands against reports.
        const STANDS: i32 = 7;
        let against = self.excluded.into_iter().chain(self.removed);
        against.into_iter().any(|act| days_between(act.published, report.published) <= STANDS)
    }

    fn was_cancelled(&self, act: &Designation) -> bool {
        let ends = |d: &Designation| match d.change {
            ListChange::Removed => true,
            ListChange::Excluded => d.rule.basis == Basis::Correction,
            _ => false,
        };
        let cancels =
            |d: &&Designation| ends(d) && d.class == SourceClass::Official && d.published > act.published;
        self.acts.iter().any(cancels)
    }
}

/// The day from which an act counts, after what was said later of that day.
fn applies_from(act: &Designation, postponements: &[&Designation]) -> Date {
    let later = put_off_by(act, postponements);
    later.and_then(|later| later.effective).unwrap_or_else(|| counts_from(act))
}

/// The last act that puts off the day from which another counts. `postponements` are in the order of their publication.
fn put_off_by<'a>(act: &Designation, postponements: &[&'a Designation]) -> Option<&'a Designation> {
    let mut day = counts_from(act);
    let mut put_off = None;
    for later in postponements.iter().copied().filter(|p| puts_on(act) && p.published >= act.published) {
        // "The rule published February 2" is told by that day where its own is not given.
        let of_day = later.name.is_empty() && [Some(day), Some(act.published)].contains(&later.instead_of);
        let of_party = !later.name.is_empty()
            && (member_key(later) == member_key(act) || bare_key(&later.name) == bare_key(&act.name));
        if let Some(new) = later.effective.filter(|_| of_day || of_party) {
            (day, put_off) = (new, Some(later));
        }
    }
    put_off
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Part, Text};

    fn act(
        name: &str,
        change: ListChange,
        effective: Option<&str>,
        published: &str,
        class: SourceClass,
    ) -> Designation {
        let evidence = Text::new("words").cut(0..5, Part::Text).unwrap();
        Designation {
            list: "l".into(),
            member: None,
            name: name.into(),
            also: Vec::new(),
            change,
            effective: effective.map(|d| d.parse().unwrap()),
            until: None,
            instead_of: None,
            dated: None,
            published: published.parse().unwrap(),
            class,
            cited: Cited { capture: "c".into(), evidence },
            act: None,
            rule: crate::tracking::Basis::Prose.into(),
        }
    }

    #[test]
    fn a_rule_is_one_word_whether_its_rows_are_annexed_or_not() {
        for word in ["\"list_table\"", "\"annex_list_table\"", "\"annex_notice_renamed\""] {
            let rule: crate::tracking::Rule = serde_json::from_str(word).unwrap();
            assert_eq!(rule.annexed, word.contains("annex"));
            assert_eq!(serde_json::to_string(&rule).unwrap(), word);
        }
        assert!(serde_json::from_str::<crate::tracking::Rule>("\"annex_\"").is_err());
    }

    #[test]
    fn members_by_day() {
        use ListChange::{Added, Excluded, Removed};
        use SourceClass::{Official, Press};
        let acts = [
            act("Acme Corp", Added, Some("2026-03-01"), "2026-02-20", Official),
            act("Beta", Added, None, "2026-03-05", Press),
            act("Beta", Removed, None, "2026-04-01", Press),
            act("ACME corp", Removed, None, "2026-05-01", Official),
            act("Gamma", Excluded, None, "2026-03-05", Press),
        ];
        let check = |day: &str, known: &str, expected: &[&str]| {
            let found = members_on(&acts, day.parse().unwrap(), known.parse().unwrap());
            assert_eq!(found.into_iter().map(|m| m.key).collect::<Vec<_>>(), expected, "{day} known {known}");
        };
        check("2026-02-25", "2026-12-31", &[]);
        check("2026-03-02", "2026-12-31", &["acmecorp"]);
        check("2026-04-15", "2026-12-31", &["acmecorp", "beta"]);
        check("2026-05-02", "2026-12-31", &["beta"]);
        check("2026-05-02", "2026-03-01", &["acmecorp"]);

        let two_scripts = [
            act("洛克韦尔公司（Rockwell Corp.）", Added, None, "2026-03-01", Official),
            act("北岭光电有限公司", Added, None, "2026-03-01", Official),
            act("Rockwell Corp", Removed, None, "2026-05-01", Official),
            act("北岭光电", Removed, None, "2026-06-01", Official),
        ];
        let mut two_scripts = two_scripts.map(|a| Designation {
            cited: Cited { capture: a.published.to_string().as_str().into(), ..a.cited.clone() },
            ..a
        });
        let count = |acts: &[Designation], day: &str| {
            members_on(acts, day.parse().unwrap(), day.parse().unwrap()).len()
        };
        assert_eq!(["2026-04-01", "2026-05-02", "2026-06-02"].map(|day| count(&two_scripts, day)), [2, 1, 0]);
        two_scripts[2].name = "Rockwell LLC".into();
        two_scripts[2].change = Added;
        two_scripts[2].cited.capture = two_scripts[0].cited.capture.clone();
        assert_eq!(count(&two_scripts, "2026-05-02"), 3, "one page that names both forms means two parties");

        let again = [
            act("Acme Corp", Added, Some("2026-03-01"), "2026-02-20", Official),
            act("Acme Corp", Removed, None, "2026-05-01", Official),
            act("Acme Corp", Added, None, "2026-06-01", Official),
            act("Acme Corp", Added, None, "2026-07-01", Press),
            act("Acme Corp", Removed, None, "2026-08-01", Press),
        ];
        let day = "2026-09-01".parse().unwrap();
        let since = members_on(&again, day, day)[0].since().published;
        assert_eq!(since.to_string(), "2026-06-01", "an act tells since when, no report of a removal");
    }

    #[test]
    fn a_report_of_a_notice_counts_from_the_notices_day() {
        use ListChange::{Added, Listed, Removed};
        use SourceClass::{Official, Press};
        let notice = act("朗斯顿公司（Langston Aero）", Added, Some("2026-05-25"), "2026-05-11", Official);
        let report = |change, effective, published| act("Langston Aero", change, effective, published, Press);
        let acts = [
            report(Added, None, "2026-05-09"),
            notice,
            report(Added, Some("2026-05-11"), "2026-05-12"),
            report(Listed, None, "2026-05-14"),
        ];
        let on = |day: &str, known: &str| members_on(&acts, day.parse().unwrap(), known.parse().unwrap());
        assert_eq!(on("2026-05-10", "2026-05-10").len(), 1, "known by the press alone");
        assert_eq!(on("2026-05-24", "2026-12-31"), []);
        let members = on("2026-05-25", "2026-12-31");
        let [member] = &members[..] else { panic!("{members:#?}") };
        assert!(member.is_official && member.since().class == Official);
        assert_eq!(member.since_day().to_string(), "2026-05-25");
        let otherwise: Vec<_> = member.dated_otherwise().map(|d| d.published.to_string()).collect();
        assert_eq!(otherwise, ["2026-05-12"], "only who gives a day gives another one");

        let other = act("Antara Shipping", Added, Some("2026-05-11"), "2026-05-12", Press);
        let mut besides = [acts[1].clone(), acts[2].clone(), other];
        besides[0].cited.capture = "notice".into();
        let on = |day: &str| members_on(&besides, day.parse().unwrap(), Date::MAX).len();
        assert_eq!(
            [on("2026-05-24"), on("2026-05-25")],
            [0, 2],
            "whom a report names besides is no member before the others"
        );

        let again = [
            act("Acme", Added, None, "2026-01-05", Official),
            act("Acme", Removed, None, "2026-02-02", Official),
            act("Acme", Added, None, "2026-02-20", Press),
        ];
        let day = "2026-03-01".parse().unwrap();
        assert_eq!(members_on(&again, day, day).len(), 1, "no report of an act that came before it ended");
        let mistaken = [again[0].clone(), again[1].clone(), act("Acme", Added, None, "2026-02-03", Press)];
        assert_eq!(members_on(&mistaken, day, day), [], "a report that takes who goes for who comes");
    }

    #[test]
    fn a_misprint_puts_another_party_in_the_place_of_the_first() {
        use ListChange::{Added, Excluded, Listed};
        use SourceClass::{Official, Press};
        let misprint = Designation {
            also: vec!["布莱克伍德公司（Blackwood LLC）".into()],
            rule: Basis::Misprint.into(),
            ..act("布莱克威尔公司（Blackwell LLC）", Listed, None, "2026-05-18", Official)
        };
        let excluded = Designation {
            rule: Basis::Correction.into(),
            ..act("布莱克伍德公司", Excluded, None, "2026-05-18", Official)
        };
        let acts = [
            act("布莱克伍德公司（Blackwood LLC）", Added, Some("2026-05-25"), "2026-05-11", Official),
            act("Blackwood", Added, None, "2026-05-11", Press),
            act("Blackwell", Added, None, "2026-05-19", Press),
            misprint,
            excluded,
        ];
        let on = |acts: &[Designation], known: &str| -> Vec<(String, Vec<String>, bool)> {
            let members = members_on(acts, "2026-05-26".parse().unwrap(), known.parse().unwrap());
            let also = |m: &Member| m.also().into_iter().map(str::to_owned).collect();
            members.iter().map(|m| (m.name().to_owned(), also(m), m.is_official)).collect()
        };
        let wrong = [("布莱克伍德公司（Blackwood LLC）".to_owned(), vec!["Blackwood".to_owned()], true)];
        assert_eq!(on(&acts, "2026-05-12"), wrong);
        let early = members_on(&acts, "2026-05-24".parse().unwrap(), Date::MAX);
        assert_eq!(early, [], "nor is the right one on it before the notice counts");
        let right = [("布莱克威尔公司（Blackwell LLC）".to_owned(), vec!["Blackwell".to_owned()], true)];
        assert_eq!(on(&acts, "2026-12-31"), right);
        assert_eq!(on(&acts[3..], "2026-12-31"), [], "without its notice a correction lists nobody");
        let denied = [acts[0].clone(), acts[4].clone()];
        assert_eq!(on(&denied, "2026-12-31"), []);
    }

    #[test]
    fn an_annex_counts_from_its_nearest_notice() {
        use SourceClass::Official;
        let row = |name: &str, capture: &str| {
            let mut row = act(name, ListChange::Added, None, "2026-05-20", Official);
            row.rule = crate::tracking::Rule { basis: Basis::Table, annexed: true };
            row.cited.capture = capture.into();
            row
        };
        let acts = [
            act("Tern", ListChange::Added, Some("2026-05-01"), "2026-04-25", Official),
            act("Tern", ListChange::Added, Some("2026-06-01"), "2026-05-19", Official),
            act("Skua", ListChange::Added, Some("2026-06-08"), "2026-05-28", Official),
            row("Tern", "annex"),
            row("Gannet", "annex"),
        ];
        let is_on = |day: &str| {
            members_on(&acts, day.parse().unwrap(), Date::MAX).iter().any(|member| member.key == "gannet")
        };
        assert!(!is_on("2026-05-02") && !is_on("2026-05-31"));
        assert!(is_on("2026-06-01"));
    }

    #[test]
    fn a_day_that_was_put_off_is_told_by_the_act_that_did_so() {
        let added =
            act("Acme Corp", ListChange::Added, Some("2026-03-02"), "2026-02-10", SourceClass::Official);
        let postponed = |published: &str, instead_of: &str, to: &str| Designation {
            instead_of: Some(instead_of.parse().unwrap()),
            ..act("", ListChange::Postponed, Some(to), published, SourceClass::Official)
        };
        let first = postponed("2026-02-27", "2026-03-02", "2026-04-15");
        let second = postponed("2026-04-10", "2026-04-15", "2026-06-01");
        let acts = [added, second.clone(), first.clone()];
        let on = |day: &str, known: &str| members_on(&acts, day.parse().unwrap(), known.parse().unwrap());
        assert_eq!(on("2026-03-10", "2026-02-20")[0].put_off, None);
        assert_eq!(on("2026-03-10", "2026-12-31"), []);
        let early = on("2026-04-20", "2026-03-31");
        assert_eq!(
            (early[0].put_off, early[0].since_day().to_string().as_str()),
            (Some(&first), "2026-04-15")
        );
        let late = on("2026-06-02", "2026-12-31");
        assert_eq!(
            (late[0].put_off, late[0].since_day().to_string().as_str()),
            (Some(&second), "2026-06-01")
        );
        assert_eq!(late[0].dated(), Some(&second.cited));
    }
}
