//! A list's members on a day, folded from its designations.

use crate::claim::ListChange;
use crate::source::SourceClass;
use crate::tracking::Designation;
use jiff::civil::Date;
use std::collections::BTreeMap;

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

/// A member on a day, with every designation that speaks of it up to then, the deciding one last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a> {
    /// What identifies it.
    pub key: String,
    /// Its designations in the order in which they count.
    pub designations: Vec<&'a Designation>,
}

impl<'a> Member<'a> {
    /// The act since which it is a member without a break: the first to list it after its last official removal.
    pub fn since(&self) -> &'a Designation {
        let removed = |d: &&Designation| d.change == ListChange::Removed && d.class == SourceClass::Official;
        let run = self.designations.rsplit(removed).next().unwrap_or_default();
        let lists = |d: &&&Designation| matches!(d.change, ListChange::Added | ListChange::Listed);
        let act = run.iter().find(lists).or(self.designations.last());
        act.copied().unwrap_or(self.designations[0])
    }
}

/// The members on `day`, from what had been published by `known_by`, by key. Only an official act removes a
/// member: absence from a report, or a report of a removal, does not.
pub fn members_on(designations: &[Designation], day: Date, known_by: Date) -> Vec<Member<'_>> {
    let counts = |d: &&Designation| {
        d.published <= known_by && counts_from(d) <= day && d.class != SourceClass::Secondary
    };
    let mut acts: Vec<&Designation> = designations.iter().filter(counts).collect();
    acts.sort_by_key(|d| counts_from(d));
    let mut members: BTreeMap<String, (bool, Vec<&Designation>)> = BTreeMap::new();
    for act in acts {
        let entry = members.entry(member_key(act)).or_default();
        match act.change {
            ListChange::Added | ListChange::Listed => entry.0 = true,
            ListChange::Removed if act.class == SourceClass::Official => entry.0 = false,
            ListChange::Removed | ListChange::Excluded => {}
        }
        entry.1.push(act);
    }
    let on = members.into_iter().filter(|(_, (is_member, _))| *is_member);
    on.map(|(key, (_, designations))| Member { key, designations }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracking::Cited;
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
            change,
            effective: effective.map(|d| d.parse().unwrap()),
            dated: None,
            published: published.parse().unwrap(),
            class,
            cited: Cited { capture: "c".into(), evidence },
            rule: "test".into(),
        }
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
}
