//! Two editions of one page: which claims and figures changed.

use crate::compare::Said;
use crate::groups;
use crate::seen::Seen;
use headwater_model::tracking::{Cited, Version};
use headwater_model::{Claim, Knowledge};
use std::collections::BTreeSet;

/// Claims that are not in both versions in the same words, paired where they assert the same.
pub fn changed_claims(old: &Seen, new: &Seen, knowledge: &Knowledge) -> Vec<(Option<Cited>, Option<Cited>)> {
    let quotes = |seen: &Seen| -> BTreeSet<String> {
        seen.claims.iter().map(|c| c.evidence.quote().to_owned()).collect()
    };
    let (before, after) = (quotes(old), quotes(new));
    let cite = |seen: &Seen, claim: &Claim| Cited {
        capture: seen.capture.clone(),
        evidence: claim.evidence.clone(),
    };
    let mut added: Vec<&Claim> = new.claims.iter().filter(|c| !before.contains(c.evidence.quote())).collect();
    let mut found = Vec::new();
    for claim in old.claims.iter().filter(|c| !after.contains(c.evidence.quote())) {
        let fit = |other: &Claim| {
            groups::fit(Said { seen: old, claim }, Said { seen: new, claim: other }, true, knowledge)
        };
        let best = (0..added.len())
            .filter_map(|i| Some((fit(added[i]).filter(|f| *f >= 0.3)?, i)))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let partner = best.map(|(_, i)| cite(new, added.remove(i)));
        found.push((Some(cite(old, claim)), partner));
    }
    found.extend(added.into_iter().map(|claim| (None, Some(cite(new, claim)))));
    found
}

/// The first figure that changed, in words, after a separator; empty if none did.
pub fn changed_figures(version: &Version) -> String {
    use headwater_model::tracking::DifferenceKind::{Added, Removed};
    let digits = |text: &str| text.chars().any(|c| c.is_numeric());
    let pairs = version.difference.windows(2);
    let figure = |pair: &&[(headwater_model::tracking::DifferenceKind, String)]| {
        pair[0].0 == Removed && pair[1].0 == Added && digits(&pair[0].1) && digits(&pair[1].1)
    };
    let shown = |text: &str| text.trim().chars().take(40).collect::<String>();
    pairs
        .filter(figure)
        .map(|p| format!(" ({} became {})", shown(&p[0].1), shown(&p[1].1)))
        .next()
        .unwrap_or_default()
}
