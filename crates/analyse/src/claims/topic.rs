//! Whether a longer text is about policy at all.
//!
//! A sentence by itself gives its words the benefit of the doubt. In a longer text the others say what it is about: a match report,
//! a car review and a shopping guide also "approve", "ban" and "ship".

use headwater_model::Claim;
use headwater_model::claim::Role;

/// From so many sentences on, a text's own words say what it is about.
const LONGER: usize = 12;
/// In a longer text that is about policy at least one sentence in so many has a word of it: a feature tells of an act in one
/// paragraph of ten.
const ONE_IN: usize = 12;

/// What a sentence is about.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Subject {
    /// It has a word of policy, or names a rule, a list or an authority.
    pub policy: bool,
    /// It names a party that may act or be acted upon: a company, a product, an authority.
    pub party: bool,
}

/// Whether a text of sentences, of which so many have a word of policy, is a longer one about something else.
pub fn is_of_something_else(of_policy: usize, sentences: usize) -> bool {
    sentences >= LONGER && of_policy * ONE_IN < sentences
}

/// The sentences of a passage that were read.
#[derive(Default)]
pub(super) struct Topic {
    /// Of each: whether it has a word of policy, and how many claims there were behind it.
    sentences: Vec<(bool, usize)>,
}

impl Topic {
    /// Notes a sentence that was read.
    pub(super) fn read(&mut self, subject: Subject, claims: usize) {
        self.sentences.push((subject.policy, claims));
    }

    /// Where a longer passage mentions policy in passing only, as a live blog does, keeps the claims with an author of the
    /// sentences that are about policy themselves.
    pub(super) fn keep(&self, claims: &mut Vec<Claim>) {
        let of_policy = self.sentences.iter().filter(|(policy, _)| *policy).count();
        if !is_of_something_else(of_policy, self.sentences.len()) {
            return;
        }
        let mut number = 0;
        claims.retain(|claim| {
            let at = self.sentences.partition_point(|(_, claims)| *claims <= number);
            number += 1;
            self.sentences.get(at).is_some_and(|(policy, _)| *policy) && has_author(claim)
        });
    }
}

/// Whether it is said who acts or who says so.
fn has_author(claim: &Claim) -> bool {
    !claim.attribution.is_empty() || claim.role(Role::Authority).next().is_some()
}
