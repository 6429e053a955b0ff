//! What a longer text is about, sentence by sentence.
//!
//! A sentence by itself gives its words the benefit of the doubt. In a longer text its neighbours say what it is about:
//! a match report, a car review and a shopping guide also "approve", "ban" and "ship".

use headwater_model::Claim;
use headwater_model::claim::Role;

/// From so many sentences on, the text around a sentence says what it is about.
const LONGER: usize = 12;
/// Sentences before it, to which a sentence may owe its subject.
const BEFORE: usize = 2;
/// In a longer text that is about policy at least one sentence in so many has a word of it.
const ONE_IN: usize = 6;

/// What a sentence is about.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Subject {
    /// It has a word of policy, or names a rule, a list or an authority.
    pub policy: bool,
    /// It names a party that may act or be acted upon: a company, a product, an authority.
    pub party: bool,
}

/// The sentences of a passage that were read.
#[derive(Default)]
pub(super) struct Topic {
    /// Of each: what it is about, and how many claims there were behind it.
    sentences: Vec<(Subject, usize)>,
}

impl Topic {
    /// Notes a sentence that was read.
    pub(super) fn read(&mut self, subject: Subject, claims: usize) {
        self.sentences.push((subject, claims));
    }

    /// Keeps of a longer passage the claims of sentences that are about policy or a known party, or stand right behind
    /// one that is. Where policy is mentioned in passing only, as in a live blog, a sentence must be about it itself, and
    /// its claim have an author.
    pub(super) fn keep(&self, claims: &mut Vec<Claim>) {
        if self.sentences.len() < LONGER {
            return;
        }
        let about = self.sentences.iter().filter(|(s, _)| s.policy).count() * ONE_IN >= self.sentences.len();
        let mut number = 0;
        claims.retain(|claim| {
            let at = self.sentences.partition_point(|(_, claims)| *claims <= number);
            number += 1;
            let before = if about { BEFORE } else { 0 };
            let near = &self.sentences[at.saturating_sub(before)..=at.min(self.sentences.len() - 1)];
            let party = |s: &Subject| about && s.party;
            near.iter().any(|(s, _)| s.policy || party(s)) && (about || has_author(claim))
        });
    }
}

/// Whether it is said who acts or who says so.
fn has_author(claim: &Claim) -> bool {
    !claim.attribution.is_empty() || claim.role(Role::Authority).next().is_some()
}
